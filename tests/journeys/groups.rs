//! Journeys among the groups of the sources: headings are moved over, opened, folded and asked; what changes a source is
//! refused there.

use dateline::app::key::MouseKind;
use dateline::app::message::Message;
use dateline::app::{Left, Pane, group_words};
use dateline::release::{Health, SourceGroup, SourceId};

use super::sources::refreshes;
use super::stage::{Stage, groups, library, source, tagged};

fn stage() -> Stage {
    let mut library = library(3);
    library.sources = groups();
    let mut stage = Stage::with(library, 120, 36);
    stage.press("S");
    stage
}

/// The chosen line: a source's name, or a group's in capitals.
fn chosen(stage: &Stage) -> String {
    let sources = stage.app.sources();
    let heading = sources.chosen_heading();
    let heading = heading.map(|heading| group_words(&heading.group).to_uppercase());
    let source = sources.chosen().map(|row| row.name.to_string());
    heading.or(source).unwrap_or_default()
}

/// All lines, walked through with the cursor.
fn lines(stage: &mut Stage) -> Vec<String> {
    let mut lines = Vec::new();
    stage.press("g");
    while lines.last() != Some(&chosen(stage)) {
        lines.push(chosen(stage));
        stage.press("j");
    }
    lines
}

#[test]
fn the_cursor_moves_over_headings_and_sources() {
    let mut stage = stage();
    assert_eq!(chosen(&stage), "ENERGY");
    let all = [
        "ENERGY",
        "Acme Power newsroom",
        "Grid Operators",
        "PORTS AND SHIPPING",
        "Harbour Wire",
        "Old Bulletin",
        "Pilots of the Sound",
        "NO GROUP",
        "Samples",
        "Nordic Notices",
    ];
    assert_eq!(lines(&mut stage), all);
    stage.press("g 3 j");
    assert_eq!(chosen(&stage), "PORTS AND SHIPPING");
    stage.press("G 2 k");
    assert_eq!(chosen(&stage), "NO GROUP");
}

#[test]
fn a_heading_leads_to_the_releases_of_its_group_and_esc_back() {
    let mut stage = stage();
    stage.press("3 j enter");
    let group = stage.app.list().scope().group.clone();
    assert_eq!(group, Some(SourceGroup::of(Some("ports and shipping"))));
    assert!(stage.app.list().scope().is_narrow());
    // A search and a filter stay within the group.
    stage.press("F u");
    assert_eq!(stage.app.list().scope().group, group);
    stage.press("/");
    stage.type_text("pilot");
    assert_eq!(stage.app.list().scope().group, group);
    stage.press("esc esc");
    assert_eq!(stage.app.left(), Left::Sources);
    assert_eq!(chosen(&stage), "PORTS AND SHIPPING");
    stage.press("G 2 k enter");
    assert_eq!(stage.app.list().scope().group, Some(SourceGroup::Untagged));
    stage.press("F f");
    assert!(!stage.app.list().scope().is_narrow());
}

#[test]
fn groups_are_folded_and_unfolded() {
    let mut stage = stage();
    stage.press("j j h");
    assert_eq!(
        chosen(&stage),
        "ENERGY",
        "from a source its group is folded"
    );
    stage.press("j");
    assert_eq!(chosen(&stage), "PORTS AND SHIPPING");
    stage.press("z a");
    let folded = [
        "ENERGY",
        "PORTS AND SHIPPING",
        "NO GROUP",
        "Samples",
        "Nordic Notices",
    ];
    assert_eq!(lines(&mut stage), folded);
    // Folded they stay, whatever comes and wherever one goes.
    stage.tell(Message::SourcesChanged);
    stage.press("S S");
    assert_eq!(lines(&mut stage), folded);
    stage.press("g l j");
    assert_eq!(chosen(&stage), "Acme Power newsroom");
    stage.press("z m");
    assert_eq!(chosen(&stage), "ENERGY");
    assert_eq!(
        lines(&mut stage),
        ["ENERGY", "PORTS AND SHIPPING", "NO GROUP"]
    );
    stage.press("z r");
    assert_eq!(chosen(&stage), "NO GROUP");
    assert_eq!(lines(&mut stage).len(), 10);
}

#[test]
fn where_nothing_is_left_to_unfold_the_key_goes_to_the_right() {
    let mut stage = stage();
    stage.press("j l");
    assert_ne!(stage.app.focus(), Pane::Left);
}

#[test]
fn a_group_is_asked_as_a_whole_and_what_is_paused_or_gone_is_not() {
    let mut stage = stage();
    stage.press("r");
    assert_eq!(refreshes(&stage), [vec![SourceId(2)]]);
    stage.press("3 j r");
    assert_eq!(refreshes(&stage)[1], [SourceId(4), SourceId(6)]);
    stage.library.sources.truncate(2);
    stage.tell(Message::SourcesChanged);
    stage.press("G k r");
    assert!(
        stage.notice().starts_with("Nothing to ask"),
        "{}",
        stage.notice()
    );
    assert_eq!(refreshes(&stage).len(), 2);
}

#[test]
fn what_changes_a_source_is_refused_on_a_heading() {
    let mut stage = stage();
    for key in ["a", "x", "p", "d"] {
        stage.press(key);
        assert_eq!(
            stage.notice(),
            "energy is a group: choose one of its sources",
            "{key}"
        );
        assert!(stage.app.popup().is_none());
    }
    stage.press("h d");
    let words = "energy is a group: choose one of its sources; l unfolds the group";
    assert_eq!(stage.notice(), words);
    stage.press("G p");
    assert!(stage.library.saved.len() == 1, "of a source it is done");
}

#[test]
fn the_chosen_line_stays_chosen_when_sources_come_and_change_their_group() {
    let mut stage = stage();
    stage.press("3 j");
    let new = tagged(
        source(8, "A new one", (1, 1), Health::Fresh),
        vec!["aviation".to_owned()],
    );
    stage.library.sources.insert(0, new);
    stage.tell(Message::SourcesChanged);
    assert_eq!(chosen(&stage), "PORTS AND SHIPPING");
    stage.press("j z m");
    assert_eq!(chosen(&stage), "PORTS AND SHIPPING");
    stage.press("l j");
    // It goes to a folded group, which is unfolded for it.
    stage.press("a tab ctrl-u");
    stage.type_text("energy");
    stage.press("enter");
    assert_eq!(chosen(&stage), "Harbour Wire");
    let energy = [
        "AVIATION",
        "ENERGY",
        "Acme Power newsroom",
        "Grid Operators",
        "Harbour Wire",
    ];
    assert_eq!(lines(&mut stage)[..5], energy);
}

#[test]
fn a_new_source_is_chosen_even_in_a_folded_group() {
    let mut stage = stage();
    stage.press("z m n");
    stage.type_text("news.example.com/feed");
    stage.press("tab tab");
    stage.type_text("energy");
    stage.press("enter");
    assert_eq!(chosen(&stage), "news.example.com/feed");
}

#[test]
fn the_mouse_chooses_folds_and_scrolls() {
    let mut stage = stage();
    let top = stage.app.geometry().left.expect("the sources").row;
    // A heading, two sources of two rows each, a heading.
    stage.mouse(MouseKind::Press, 8, top + 5);
    assert_eq!(chosen(&stage), "PORTS AND SHIPPING");
    stage.mouse(MouseKind::Press, 8, top + 4);
    assert_eq!(chosen(&stage), "Grid Operators");
    stage.mouse(MouseKind::Press, 1, top);
    assert_eq!(chosen(&stage), "ENERGY");
    stage.mouse(MouseKind::Press, 8, top + 1);
    assert_eq!(chosen(&stage), "PORTS AND SHIPPING", "energy is folded");
    stage.mouse(MouseKind::Press, 1, top + 3);
    assert_eq!(chosen(&stage), "Harbour Wire", "beside a source is no mark");
    stage.mouse(MouseKind::Press, 8, top + 30);
    assert_eq!(chosen(&stage), "Harbour Wire", "below the last is nothing");
    stage.mouse(MouseKind::Double, 8, top + 1);
    let group = stage.app.list().scope().group.clone();
    assert_eq!(group, Some(SourceGroup::of(Some("ports and shipping"))));
    stage.press("esc");
    stage.mouse(MouseKind::Press, 1, top);
    stage.mouse(MouseKind::Double, 1, top);
    assert_eq!(stage.app.left(), Left::Sources, "the mark only folds");
    stage.press("j");
    assert_eq!(chosen(&stage), "PORTS AND SHIPPING", "and unfolds");
}

#[test]
fn hundreds_of_sources_in_a_low_window() {
    let mut library = library(3);
    let sources = (2..602).map(|id| {
        let tag = format!("group {}", id % 40);
        tagged(
            source(id, &format!("Source {id}"), (9, 1), Health::Fresh),
            vec![tag],
        )
    });
    library.sources = sources.collect();
    let mut stage = Stage::with(library, 50, 20);
    stage.press("S");
    for keys in [
        "G", "b", "ctrl-u", "g", "space", "ctrl-d", "z m", "G", "z r",
    ] {
        stage.press(keys);
        let sources = stage.app.sources();
        let selected = sources.selected();
        let shown: Vec<_> = sources.shown().collect();
        assert!(
            shown.iter().any(|(number, ..)| *number == selected),
            "{keys}"
        );
        let rows = usize::from(stage.app.geometry().left.expect("the sources").rows);
        let last = shown.last().expect("a line");
        assert!(last.2 + last.1.rows() <= rows, "{keys}");
    }
}
