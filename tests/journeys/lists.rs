//! Journeys in the list: long lists, search, lists of an entity, filters, what arrives.

use super::stage::{NOON, Stage, groups, library, listing};
use dateline::app::effect::Effect;
use dateline::app::key::MouseKind;
use dateline::app::message::{Message, Progress};
use dateline::app::{Left, Line, Mode, Pane, SideLine, SideView};

#[test]
fn a_long_list_scrolls_like_a_short_one() {
    let mut stage = Stage::new(5000, 120, 36);
    assert_eq!(stage.app.list().total(), Some(5000));
    stage.press("5 0 j");
    assert!(stage.chosen().starts_with("Release 50 "));
    stage.press("3 0 0 0 j");
    assert!(
        stage.chosen().starts_with("Release 3050 "),
        "{}",
        stage.chosen()
    );
    assert!(
        stage.app.list().rows().count() <= 3000,
        "only a window is held"
    );
    stage.press("G");
    assert!(stage.chosen().starts_with("Release 4999 "));
    stage.press("1 0 0 0 k");
    assert!(stage.chosen().starts_with("Release 3999 "));
    stage.press("g");
    assert!(stage.chosen().starts_with("Acme Power"));
    let asked = stage
        .effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Rows { .. }))
        .count();
    assert!(asked < 60, "{asked} pages were asked for");
}

/// Rows that were asked for before the reader moved do not take the choice back to where it was.
#[test]
fn a_list_that_is_loaded_afresh_leaves_the_choice_where_it_has_gone() {
    let mut stage = Stage::new(50, 120, 36);
    stage.press("j");
    stage.library.slow = true;
    stage.tell(Message::LibraryChanged { added: 1 });
    stage.press("j j");
    stage.answer();
    assert!(
        stage.chosen().starts_with("Release 3 "),
        "{}",
        stage.chosen()
    );
    // So too while an import fills a list that nobody had touched.
    let mut stage = Stage::new(50, 120, 36);
    stage.tell(Message::Progress(Progress {
        job: 0,
        label: "Importing".into(),
        done: 1,
        total: None,
        finished: false,
    }));
    stage.library.slow = true;
    stage.tell(Message::LibraryChanged { added: 1 });
    stage.press("j");
    stage.answer();
    assert!(
        stage.chosen().starts_with("Release 1 "),
        "{}",
        stage.chosen()
    );
}

#[test]
fn walking_down_and_up_again_meets_every_release_in_order() {
    let mut stage = Stage::new(900, 120, 20);
    for number in 1..900 {
        stage.press("j");
        assert!(
            stage.chosen().starts_with(&format!("Release {number} ")),
            "{} {}",
            number,
            stage.chosen()
        );
    }
    for number in (1..899).rev() {
        stage.press("k");
        assert!(
            stage.chosen().starts_with(&format!("Release {number} ")),
            "{} {}",
            number,
            stage.chosen()
        );
    }
}

#[test]
fn the_chosen_row_is_always_on_the_screen() {
    let mut stage = Stage::new(300, 100, 13);
    for keys in [
        "j", "j", "ctrl-d", "space", "9 j", "ctrl-u", "k", "G", "b", "k", "g", "3 3 j",
    ] {
        stage.press(keys);
        let chosen = stage.app.list().selected();
        let shown = stage
            .app
            .list()
            .visible()
            .iter()
            .filter(|line| matches!(line, Line::Release { index, .. } if *index == chosen));
        assert!(shown.count() >= 2, "after {keys}");
    }
}

#[test]
fn search_shows_hits_as_one_types_and_esc_brings_all_back() {
    let mut stage = Stage::new(200, 120, 36);
    stage.press("1 2 j enter ) l");
    stage.press("h");
    let before = stage.picture();
    stage.press("/");
    assert_eq!(stage.app.mode(), Mode::Prompt);
    stage.type_text("solar");
    assert!(
        stage
            .app
            .list()
            .rows()
            .all(|row| row.headline.as_str() != "Acme Power buys the Nordhavn wind farm")
    );
    assert!(stage.app.prompt().unwrap().found.is_some());
    stage.tell(Message::Clock { now: NOON + 1 });
    assert_eq!(stage.app.side().view(), SideView::Facets, "after a pause");
    let reading = stage.app.reading().unwrap();
    assert_eq!(
        Some(reading.id()),
        stage.app.list().chosen().map(|row| row.id),
        "the first hit is previewed"
    );
    assert!(reading.hits() > 0 && reading.hit().is_some());
    stage.press("down down");
    stage.press("esc");
    assert_eq!(stage.picture(), before);
}

#[test]
fn enter_opens_the_hit_and_esc_goes_back_step_by_step() {
    let mut stage = Stage::new(200, 120, 36);
    stage.press("j j");
    let before = stage.picture();
    stage.press("/");
    stage.type_text("wind farm");
    stage.press("enter");
    assert_eq!(stage.app.focus(), Pane::Reading);
    let reading = stage.app.reading().unwrap();
    assert_eq!(reading.hit().unwrap().number, 0);
    let hits = reading.hits();
    assert!(hits >= 3);
    stage.press("n");
    assert_eq!(stage.app.reading().unwrap().hit().unwrap().number, 1);
    stage.press("N N");
    assert_eq!(
        stage.app.reading().unwrap().hit().unwrap().number,
        hits - 1,
        "round the start"
    );
    stage.press("esc");
    assert_eq!(stage.app.focus(), Pane::Left);
    assert!(stage.app.list().scope().query.is_some());
    stage.press("esc");
    assert_eq!(stage.chosen(), "Release 2 of the harbour authority");
    assert!(stage.app.list().scope().query.is_none());
    assert_eq!(stage.picture().lines().next(), before.lines().next());
}

#[test]
fn what_the_hits_have_in_common_narrows_them() {
    let mut stage = Stage::new(50, 120, 36);
    stage.press("/");
    stage.type_text("solar");
    stage.tell(Message::Clock { now: NOON + 1 });
    stage.press("tab");
    assert!(stage.app.prompt().is_none());
    assert_eq!(
        (stage.app.focus(), stage.app.side().view()),
        (Pane::Left, SideView::Facets)
    );
    stage.press("backtab enter");
    let scope = stage.app.list().scope();
    assert!(scope.entity.is_some() && scope.query.as_deref() == Some("solar"));
    stage.press("esc");
    assert_eq!(stage.app.focus(), Pane::Side);
    stage.press("tab esc");
    assert!(stage.app.list().scope().query.is_none());
}

#[test]
fn a_source_says_whom_its_releases_name() {
    let mut stage = Stage::new(10, 120, 36);
    let of_release = |stage: &Stage| stage.app.side().view() == SideView::Entities;
    assert!(of_release(&stage));
    stage.press("S");
    assert_eq!(stage.app.side().view(), SideView::Facets);
    assert!(stage.picture().contains("Acme Power"));
    let source = stage.app.sources().chosen().expect("a source").id;
    stage.press("backtab");
    assert!(!stage.picture().contains("¶"), "no release is shown");
    stage.press("enter");
    let scope = stage.app.list().scope();
    assert!(scope.entity.is_some() && scope.source == Some(source));
    assert!(of_release(&stage));
    // The way back: the names, the sources, the list with what its release names.
    stage.press("esc");
    assert_eq!(
        (stage.app.left(), stage.app.focus()),
        (Left::Sources, Pane::Side)
    );
    stage.press("esc");
    assert_eq!(
        (stage.app.left(), stage.app.focus()),
        (Left::Sources, Pane::Left)
    );
    assert_eq!(stage.app.side().view(), SideView::Facets);
    stage.press("esc");
    assert!(of_release(&stage));
}

#[test]
fn names_of_a_source_that_is_chosen_no_more_are_replaced() {
    let mut library = library(3);
    library.sources = groups();
    let mut stage = Stage::with(library, 120, 36);
    stage.press("S");
    stage.library.slow = true;
    stage.press("j j");
    stage.answer();
    let chosen = stage.app.sources().scope();
    assert_eq!(stage.app.side().facets_of(), chosen.as_ref());
}

#[test]
fn late_answers_to_old_searches_are_dropped() {
    let mut stage = Stage::new(50, 120, 36);
    stage.press("/");
    stage.library.slow = true;
    stage.type_text("so");
    let late = std::mem::take(&mut stage.library.waiting);
    stage.library.slow = false;
    stage.type_text("lar");
    let shown = stage.picture();
    for message in late {
        stage.tell(message);
    }
    assert_eq!(stage.picture(), shown);
}

#[test]
fn an_emptied_prompt_shows_what_was_before_and_backspace_leaves_it() {
    let mut stage = Stage::new(50, 120, 36);
    stage.press("j");
    let before = stage.picture();
    stage.press("/");
    stage.type_text("so");
    stage.press("backspace backspace");
    assert!(stage.app.list().scope().query.is_none());
    stage.press("backspace");
    assert_eq!(stage.picture(), before);
}

#[test]
fn an_entity_lists_its_releases_and_esc_comes_back() {
    let mut stage = Stage::new(30, 120, 36);
    stage.press("enter e");
    assert_eq!(stage.app.focus(), Pane::Side);
    assert!(matches!(
        stage.app.side().chosen(),
        Some(SideLine::Entity(_))
    ));
    let before = stage.picture();
    stage.press("j");
    let Some(SideLine::Entity(number)) = stage.app.side().chosen() else {
        panic!("{:?}", stage.app.side().chosen())
    };
    assert_eq!(
        stage.app.reading().unwrap().lit(),
        Some(dateline::app::Lit::Entity(number))
    );
    stage.press("k enter");
    assert!(stage.app.list().scope().entity.is_some());
    assert!(stage.app.scope_name().is_some());
    assert_eq!(stage.app.focus(), Pane::Left);
    stage.press("esc");
    assert_eq!(stage.picture(), before);
}

#[test]
fn filters_are_scopes_and_esc_takes_them_off() {
    let mut stage = Stage::new(30, 120, 36);
    stage.press("j s F s");
    assert_eq!(stage.app.list().rows().count(), 1);
    stage.press("esc");
    assert_eq!(stage.app.list().total(), Some(30));
    stage.press("F o");
    assert!(stage.chosen().starts_with("Release 29 "));
    stage.press("F");
    let menu = stage.app.menu().expect("a menu after the prefix");
    assert!(menu.iter().any(|hint| hint.keys == "u"));
    stage.press("esc");
    assert!(stage.app.menu().is_none());
    assert!(
        stage.chosen().starts_with("Release 29 "),
        "Esc only left the menu"
    );
}

#[test]
fn what_arrives_moves_nothing() {
    let mut stage = Stage::new(40, 120, 36);
    stage.press("8 j");
    let lines = |stage: &Stage| -> Vec<String> {
        let list = stage.app.list();
        let rows = list.visible().iter().filter_map(|line| match line {
            Line::Release { index, part: 0, .. } => {
                list.row(*index).map(|row| row.headline.to_string())
            }
            _ => None,
        });
        rows.collect()
    };
    let (before, chosen) = (lines(&stage), stage.chosen());
    for minute in 1..30 {
        let row = listing(&format!("Fresh {minute}"), NOON - minute * 60);
        stage
            .library
            .held
            .push(super::stage::held("Fresh\n\nNews.\n", row));
    }
    stage.tell(Message::LibraryChanged { added: 29 });
    assert_eq!((lines(&stage), stage.chosen()), (before, chosen));
    assert_eq!(stage.app.list().total(), Some(69));
    assert_eq!(stage.app.list().position(), Some(38));
    stage.press("g");
    assert!(stage.chosen().starts_with("Fresh 1"));
}

#[test]
fn an_untouched_list_stays_at_its_start_while_an_import_runs() {
    let mut stage = Stage::with(library(0), 120, 36);
    assert!(stage.app.list().is_empty());
    stage.tell(Message::Progress(Progress {
        job: 0,
        label: "Importing".into(),
        done: 1,
        total: None,
        finished: false,
    }));
    for minute in (1..40).rev() {
        let row = listing(&format!("Fresh {minute}"), NOON - minute * 60);
        stage
            .library
            .held
            .push(super::stage::held("Fresh\n\nNews.\n", row));
        stage.tell(Message::LibraryChanged { added: 1 });
    }
    assert!(stage.chosen().starts_with("Fresh 1"));
}

#[test]
fn the_mouse_chooses_opens_scrolls_and_drags_borders() {
    let mut stage = Stage::new(60, 120, 36);
    let first = stage.chosen();
    let third = |line: &Line| matches!(line, Line::Release { index: 2, .. });
    let line = stage.app.list().visible().iter().position(third).unwrap();
    let row = stage.app.geometry().left.unwrap().row + u16::try_from(line).unwrap();
    stage.mouse(MouseKind::Press, 5, row);
    assert_ne!(stage.chosen(), first);
    stage.mouse(MouseKind::Double, 5, row);
    assert_eq!(stage.app.focus(), Pane::Reading);
    let chosen = stage.chosen();
    let top = format!("{:?}", stage.app.list().visible().first());
    stage.mouse(MouseKind::WheelDown, 5, 5);
    assert_ne!(format!("{:?}", stage.app.list().visible().first()), top);
    assert_eq!(stage.chosen(), chosen);
    let edge = stage.app.geometry().left_edge.unwrap();
    stage.mouse(MouseKind::Press, edge, 10);
    stage.mouse(MouseKind::Drag, edge - 6, 10);
    stage.mouse(MouseKind::Release, edge - 6, 10);
    assert_eq!(stage.app.geometry().left_edge, Some(edge - 6));
}

#[test]
fn the_full_text_of_a_teaser_comes_without_a_jump() {
    let mut library = library(4);
    let teaser = library.held[1].clone();
    let id = teaser.listing.id;
    let more = "And a paragraph of the page that the teaser did not have.";
    let full = format!("{}\n\n{more}\n", teaser.release.text.trim_end());
    library.full_texts.insert(id, full);
    let mut stage = Stage::with(library, 120, 36);
    stage.press("j");
    let asked = |stage: &Stage| {
        let effects = stage.effects.iter();
        effects
            .filter(|effect| matches!(effect, Effect::Complete { .. }))
            .count()
    };
    let text = |stage: &Stage| stage.app.reading().expect("open").text().to_owned();
    assert!(
        !text(&stage).contains(more),
        "what is only shown asks for nothing"
    );
    assert_eq!(asked(&stage), 0);
    // The teaser stands there while its page is read.
    stage.library.slow = true;
    stage.press("enter");
    assert!(!text(&stage).contains(more));
    stage.press(")");
    let at = stage.sentence();
    stage.answer();
    assert!(text(&stage).contains(more));
    assert_eq!(stage.sentence(), at, "the cursor stays on its sentence");
    assert_eq!(stage.app.focus(), Pane::Reading);
    let careful = stage.effects.iter();
    let careful = careful.filter(|effect| matches!(effect, Effect::Recognise { .. }));
    assert_eq!(careful.count(), 2, "the full text is read carefully too");
    stage.press("esc enter");
    assert_eq!(asked(&stage), 1, "a page is asked once");
}

#[test]
fn what_was_named_is_opened_unless_the_reader_is_elsewhere() {
    let mut stage = Stage::new(10, 120, 36);
    let second = stage.app.list().row(1).expect("a row").id;
    stage.tell(Message::Show { release: second });
    let open = |stage: &Stage| stage.app.reading().expect("a release").id();
    assert_eq!((stage.app.focus(), open(&stage)), (Pane::Reading, second));
    // Who reads is not torn away.
    let third = stage.app.list().row(2).expect("a row").id;
    stage.tell(Message::Show { release: third });
    assert_eq!(open(&stage), second);
}

#[test]
fn sources_lead_to_their_releases() {
    let mut stage = Stage::new(10, 120, 36);
    stage.press("S");
    assert_eq!(stage.app.left(), Left::Sources);
    assert_eq!(stage.app.sources().rows().len(), 1);
    stage.press("enter");
    assert!(stage.app.list().scope().source.is_some());
    stage.press("esc");
    assert_eq!(stage.app.left(), Left::Sources);
    stage.press("esc");
    assert_eq!(stage.app.left(), Left::List);
}

#[test]
fn the_palette_runs_what_is_chosen_and_help_closes() {
    let mut stage = Stage::new(10, 120, 36);
    stage.press(":");
    stage.type_text("all passages");
    stage.press("enter");
    assert_eq!(stage.app.left(), Left::Passages);
    stage.press("?");
    stage.type_text("undo");
    stage.press("esc");
    assert!(stage.app.popup().is_none());
    assert_eq!(stage.app.left(), Left::Passages);
}

#[test]
fn the_end_of_a_long_list_says_where_it_is() {
    let mut stage = Stage::new(600, 120, 36);
    stage.press("G");
    assert_eq!(stage.app.list().position(), Some(600));
    stage.press("k k");
    assert_eq!(stage.app.list().position(), Some(598));
    stage.press("g");
    assert_eq!(stage.app.list().position(), Some(1));
}
