//! Journeys in the text: the cursor, selections, folds, find, the mouse, sizes.

use super::stage::{NOON, Stage, WIND, held, library, listing};
use dateline::app::key::MouseKind;
use dateline::app::message::Message;
use dateline::app::{Fit, Mark, Pane, Role, SideLine, SideView};
use dateline::release::{Section, SectionKind};
use dateline::text::Extent;

fn reading(stage: &Stage) -> &dateline::app::Reading {
    stage.app.reading().expect("a release is open")
}

/// The rows on the screen: role and words.
fn rows(stage: &Stage) -> Vec<(Role, String)> {
    let reading = reading(stage);
    let visible = reading.visible().iter();
    visible
        .map(|row| (row.role, reading.words(row.origin, row.extent).to_owned()))
        .collect()
}

#[test]
fn a_release_is_set_in_its_parts() {
    let stage = Stage::new(2, 120, 60);
    let rows = rows(&stage);
    let roles: Vec<Role> = rows.iter().map(|(role, _)| *role).collect();
    assert_eq!(roles[0], Role::Headline);
    assert!(roles.contains(&Role::Deck) && roles.contains(&Role::Facts));
    assert!(
        roles.contains(&Role::Lede)
            && roles.contains(&Role::Subhead)
            && roles.contains(&Role::ListItem)
    );
    let folded: Vec<&str> = rows
        .iter()
        .filter(|(role, _)| *role == Role::Folded)
        .map(|(_, words)| words.as_str())
        .collect();
    assert_eq!(folded, ["About Acme Power", "Media contact:"]);
    let lede = rows.iter().find(|(role, _)| *role == Role::Lede).unwrap();
    assert!(
        lede.1
            .starts_with("OSLO, March 19, 2026 /PR Newswire/ -- Acme"),
        "{lede:?}"
    );
    let start = WIND.find("OSLO").unwrap();
    let runs = reading(&stage).runs(dateline::text::Extent::new(start, start + 4));
    assert!(runs[0].tags.contains(&Mark::Dateline));
}

#[test]
fn the_cursor_walks_by_sentence_and_paragraph() {
    let mut stage = Stage::new(2, 120, 40);
    stage.press("enter");
    assert_eq!(stage.sentence(), "Acme Power buys the Nordhavn wind farm");
    stage.press("} }");
    assert!(stage.sentence().starts_with("OSLO"));
    stage.press(") )");
    assert!(stage.sentence().starts_with("It is the largest"));
    stage.press("(");
    assert!(stage.sentence().starts_with("The deal adds"));
    stage.press("{");
    assert!(
        stage.sentence().starts_with("OSLO"),
        "first to the start of the paragraph"
    );
    stage.press("{");
    assert_eq!(stage.sentence(), "Deal adds 90 MW off the Danish coast");
    stage.press("9 9 )");
    assert!(
        stage.sentence().starts_with("Media contact:"),
        "{}",
        stage.sentence()
    );
    stage.press("(");
    assert!(
        stage.sentence().starts_with("About Acme Power"),
        "a folded part is one step"
    );
    stage.press("enter )");
    assert!(
        stage.sentence().starts_with("Acme Power ASA builds"),
        "{}",
        stage.sentence()
    );
}

#[test]
fn selections_grow_and_shrink() {
    let mut stage = Stage::new(2, 120, 40);
    stage.press("enter } } v");
    let first = stage.sentence();
    assert_eq!(stage.selected(), first);
    stage.press(")");
    assert!(
        stage.selected().ends_with("portfolio."),
        "{}",
        stage.selected()
    );
    stage.press("w w w");
    assert!(
        stage.selected().ends_with("It is the"),
        "{}",
        stage.selected()
    );
    stage.press("b");
    assert!(stage.selected().ends_with("It is "), "{}", stage.selected());
    stage.press("}");
    assert!(
        stage.selected().ends_with("third this year."),
        "{}",
        stage.selected()
    );
    stage.press("x {");
    assert!(
        stage.selected().starts_with("Deal adds"),
        "{}",
        stage.selected()
    );
    stage.press("esc");
    assert_eq!(stage.selected(), "");
    assert_eq!(stage.app.focus(), Pane::Reading);
    stage.press("v v");
    assert_eq!(stage.selected(), "Deal adds 90 MW off the Danish coast");
}

/// What a bookmark takes first is the headline, not the address above it.
#[test]
fn the_cursor_starts_below_a_letterhead() {
    let (address, headline) = ("Harbour Authority, Quay 1", "The harbour opens quay seven");
    let text = format!("{address}\n\n{headline}\n\nShips may berth from June.\n");
    let mut held = held(&text, listing(headline, NOON - 60));
    let section = |kind, words: &str| {
        let start = text.find(words).expect("words of the text");
        Section {
            kind,
            extent: Extent::new(start, start + words.len()),
        }
    };
    held.release.sections = vec![
        section(SectionKind::Furniture, address),
        section(SectionKind::Headline, headline),
        section(SectionKind::Lede, "Ships may berth from June."),
    ];
    let mut library = library(1);
    library.held.insert(0, held);
    let mut stage = Stage::with(library, 120, 40);
    assert_eq!(rows(&stage)[0].0, Role::Furniture);
    stage.press("enter");
    assert_eq!(stage.sentence(), headline);
}

#[test]
fn folds_open_and_close() {
    let mut stage = Stage::new(2, 120, 60);
    stage.press("enter z r");
    assert!(
        rows(&stage)
            .iter()
            .any(|(role, words)| *role == Role::Boilerplate && words.starts_with("It has 400"))
    );
    stage.press("z m");
    assert!(
        rows(&stage)
            .iter()
            .all(|(role, _)| *role != Role::Boilerplate)
    );
    stage.press("z a");
    assert!(
        rows(&stage)
            .iter()
            .any(|(role, _)| *role == Role::Boilerplate)
    );
}

#[test]
fn find_lights_words_and_esc_returns() {
    let mut stage = Stage::new(2, 120, 14);
    stage.press("enter");
    let before = stage.picture();
    stage.press("f");
    stage.type_text("400 employees");
    let stand = reading(&stage).hit().expect("a hit in the fold");
    assert_eq!(stand.of, 1);
    assert!(
        rows(&stage)
            .iter()
            .any(|(_, words)| words.contains("400 employees")),
        "its fold opened"
    );
    stage.press("esc");
    assert_eq!(reading(&stage).hits(), 0);
    assert_eq!(reading(&stage).cursor(), 0);
    assert_eq!(stage.picture().lines().next(), before.lines().next());
    stage.press("f");
    stage.type_text("dahl");
    stage.press("enter n");
    assert_eq!(reading(&stage).hit().unwrap().number, 1);
}

#[test]
fn mentions_are_walked_and_lit() {
    let mut stage = Stage::new(2, 120, 40);
    stage.press("enter ] ]");
    let stand = reading(&stage).mention().unwrap();
    assert_eq!(stand.number, 1, "{stand:?}");
    stage.press("e j j");
    let Some(SideLine::Entity(number)) = stage.app.side().chosen() else {
        panic!()
    };
    let entity = &reading(&stage).opened().recognition.entities[number];
    let of = entity.mentions.len();
    let lit = reading(&stage).runs(entity.mentions[0].extent);
    assert!(lit.iter().any(|run| run.tags.contains(&Mark::Lit)));
    stage.press("]");
    assert_eq!(reading(&stage).mention().unwrap().of, of);
    stage.press("esc esc");
    assert!(reading(&stage).lit().is_none());
}

#[test]
fn esc_never_only_puts_out_mentions_that_are_off_the_screen() {
    // Tall: the mentions are on the screen, and one Esc puts them out.
    let mut tall = Stage::new(1, 120, 36);
    tall.press("enter e tab tab");
    assert_eq!(tall.app.focus(), Pane::Reading);
    assert!(reading(&tall).lit_is_seen());
    tall.press("esc");
    assert!(reading(&tall).lit().is_none());
    assert_eq!(tall.app.focus(), Pane::Reading);
    // Low: they were left above, so the same Esc leads back to the list.
    let mut low = Stage::new(1, 120, 10);
    low.press("enter e j j tab tab G");
    assert!(reading(&low).lit().is_some());
    assert!(!reading(&low).lit_is_seen());
    low.press("esc");
    assert!(reading(&low).lit().is_none());
    assert_eq!(low.app.focus(), Pane::Left);
}

#[test]
fn quotes_outline_and_contacts_are_views_that_jump() {
    let mut stage = Stage::new(2, 120, 20);
    stage.press("enter Q");
    assert_eq!(stage.app.side().view(), SideView::Quotes);
    assert!(matches!(stage.app.side().lines()[0], SideLine::Speaker(0)));
    assert!(
        stage.sentence().contains("cheapest power"),
        "{}",
        stage.sentence()
    );
    stage.press("esc O j j enter");
    assert_eq!(stage.sentence(), "A PLAN FOR THE COAST");
    assert_eq!(stage.app.focus(), Pane::Reading);
    stage.press("c j enter");
    assert_eq!(
        stage.library.copied.last().unwrap().as_str(),
        "kari@acme.example"
    );
}

#[test]
fn what_is_said_and_an_address_go_on_over_rows_and_one_key_passes_them() {
    let mut stage = Stage::new(2, 120, 20);
    stage.press("enter Q");
    let side = stage.app.side();
    assert_eq!(side.chosen(), Some(SideLine::Quote(0)));
    let rows = side.chosen_rows();
    assert!(
        rows.len() > 1,
        "a quotation is shown in more than a few words"
    );
    let text = reading(&stage).text();
    let first = side.part(rows.start).expect("a part").of(text);
    let second = side.part(rows.start + 1).expect("a part").of(text);
    assert!(
        text.contains(&format!("{first} {second}")),
        "{first}|{second}"
    );
    stage.press("j");
    assert_eq!(stage.app.side().chosen(), Some(SideLine::Quote(1)));
    stage.press("k");
    assert_eq!(stage.app.side().chosen(), Some(SideLine::Quote(0)));
    // What the speaker says in two parts is shown without what stands between them.
    let mut broken = Stage::with(broken_off(), 120, 20);
    broken.press("enter Q");
    let text = reading(&broken).text();
    let side = broken.app.side();
    let said: Vec<&str> = side
        .chosen_rows()
        .filter_map(|row| Some(side.part(row)?.of(text)))
        .collect();
    assert!(
        said.join(" ")
            .starts_with("Wind is the cheapest power there is, We will"),
        "{said:?}"
    );
    // Another width parts the words elsewhere; the choice stays.
    stage.press("j");
    stage.tell(Message::Resize {
        columns: 200,
        rows: 40,
    });
    assert_eq!(stage.app.side().chosen(), Some(SideLine::Quote(1)));
}

/// A library whose first release has its quotation broken off by its speaker and taken up again.
fn broken_off() -> super::stage::Library {
    let mut library = library(1);
    let quotes = &mut library.held[0].release.quotes;
    let parts: Vec<Extent> = quotes.iter().map(|quote| quote.extent).collect();
    quotes.truncate(1);
    quotes[0].extent = Extent::new(parts[0].start, parts[1].end);
    quotes[0].parts = parts;
    library
}

#[test]
fn a_walk_that_stays_and_an_end_of_the_outline_say_so() {
    let mut stage = Stage::new(2, 120, 20);
    stage.press("enter ' r ' r");
    assert_eq!(stage.notice(), "This is the only repair in this release");
    stage.press("f");
    stage.type_text("turbines");
    stage.press("enter n");
    assert_eq!(stage.notice(), "This is the only hit in this release");
    stage.press("esc ' s ' s ' s");
    assert_eq!(stage.notice(), "No sub-heading below");
    // What was said of one release is not said of the next.
    stage.press("J");
    assert_eq!(stage.notice(), "");
}

#[test]
fn a_tiny_window_and_back_keeps_cursor_selection_and_place() {
    let mut stage = Stage::new(2, 120, 16);
    stage.press("enter 6 ) v )");
    let (picture, selected) = (stage.picture(), stage.selected());
    for (columns, rows) in [
        (1, 1),
        (0, 0),
        (1, 500),
        (500, 1),
        (40, 10),
        (70, 16),
        (120, 16),
    ] {
        stage.tell(Message::Resize { columns, rows });
        assert_eq!(stage.selected(), selected);
    }
    assert_eq!(stage.picture(), picture);
    stage.tell(Message::Resize {
        columns: 1,
        rows: 1,
    });
    assert_eq!(stage.app.geometry().fit, Fit::TooSmall);
    stage.press("j");
}

#[test]
fn the_mouse_selects_text() {
    let mut stage = Stage::new(2, 120, 40);
    let text = stage.app.geometry().text;
    let line = rows(&stage)
        .iter()
        .position(|(role, _)| *role == Role::Lede)
        .unwrap();
    let row = text.row + u16::try_from(line).unwrap();
    stage.mouse(MouseKind::Press, text.column, row);
    assert_eq!(stage.app.focus(), Pane::Reading);
    stage.mouse(MouseKind::Drag, text.column + 3, row);
    assert_eq!(stage.selected(), "OSLO");
    stage.mouse(MouseKind::Release, text.column + 3, row);
    stage.mouse(MouseKind::Double, text.column + 7, row);
    assert_eq!(stage.selected(), "March");
    stage.mouse(MouseKind::Triple, text.column + 7, row);
    assert!(stage.selected().starts_with("OSLO") && stage.selected().ends_with("this year."));
    stage.mouse(MouseKind::Press, text.column, row);
    assert_eq!(stage.selected(), "");
}

#[test]
fn a_drag_ends_with_the_release_in_which_it_began() {
    let mut stage = Stage::new(2, 120, 40);
    let text = stage.app.geometry().text;
    // The first release is longer than all of the second.
    stage.mouse(MouseKind::Press, text.column + 9, text.row + 16);
    let second = stage.app.list().row(1).expect("a row").id;
    stage.press("J");
    assert_eq!(reading(&stage).id(), second);
    stage.mouse(MouseKind::Drag, text.column + 3, text.row);
    assert_eq!(stage.selected(), "");
}

#[test]
fn the_measure_changes_the_rows_and_not_the_place() {
    let mut stage = Stage::new(2, 200, 40);
    stage.press("enter 5 )");
    let sentence = stage.sentence();
    let before = reading(&stage).page().columns;
    stage.press("- - -");
    assert_eq!(reading(&stage).page().columns, before - 12);
    assert_eq!(stage.sentence(), sentence);
    stage.press("+ + + #");
    assert!(stage.app.settings().numbers);
}

#[test]
fn one_pane_at_a_time_follows_the_focus() {
    let mut stage = Stage::new(5, 50, 20);
    assert!(stage.app.geometry().reading.is_none());
    stage.press("enter");
    assert!(stage.app.geometry().reading.is_some() && stage.app.geometry().left.is_none());
    stage.press("e");
    assert!(stage.app.geometry().side.is_some() && stage.app.geometry().reading.is_none());
    stage.press("esc esc");
    assert!(stage.app.geometry().left.is_some());
}
