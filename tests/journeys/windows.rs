//! Journeys through what floats, and what keys say that do nothing: the entity's card is walked and scrolled, windows
//! take the mouse, Esc goes one step back, and a library that can only be read says so.

use super::stage::{NOON, Stage};
use dateline::app::effect::Effect;
use dateline::app::key::MouseKind;
use dateline::app::message::Message;
use dateline::app::{Mode, Opens, Pane, Popup};
use dateline::release::ReleaseId;

fn on_the_card(stage: &Stage) -> &dateline::app::Card {
    match stage.app.popup() {
        Some(Popup::Entity(card)) => card,
        other => panic!("no card but {other:?}"),
    }
}

fn footer(stage: &Stage) -> Vec<String> {
    let hints = stage.app.hints();
    hints.into_iter().map(|hint| hint.words).collect()
}

#[test]
fn the_card_is_walked_and_enter_opens_what_is_chosen() {
    let mut stage = Stage::new(5, 120, 36);
    stage.press("j enter e I");
    assert_eq!(on_the_card(&stage).chosen(), None);
    assert!(footer(&stage).contains(&"releases".to_owned()));
    stage.press("j");
    assert!(matches!(
        on_the_card(&stage).chosen(),
        Some(Opens::Entity(_))
    ));
    assert!(footer(&stage).contains(&"open it".to_owned()));
    // The card of the other name, and one step back.
    stage.press("enter");
    assert_eq!(on_the_card(&stage).chosen(), None);
    stage.press("esc");
    assert!(matches!(
        on_the_card(&stage).chosen(),
        Some(Opens::Entity(_))
    ));
    stage.press("5 j");
    assert_eq!(
        on_the_card(&stage).chosen(),
        Some(Opens::Release(ReleaseId(1)))
    );
    stage.press("enter");
    assert!(stage.app.popup().is_none());
    assert!(
        stage.effects.iter().any(
            |effect| matches!(effect, Effect::Open { release, .. } if *release == ReleaseId(1))
        )
    );
}

#[test]
fn a_card_that_is_higher_than_the_window_scrolls() {
    let mut stage = Stage::new(5, 100, 12);
    stage.press("j enter e I");
    let card = on_the_card(&stage);
    assert!(card.height < card.rows.len(), "{} rows", card.rows.len());
    stage.press("9 j");
    let card = on_the_card(&stage);
    assert_eq!(card.top + card.height, card.rows.len());
    let (row, _) = card.chosen_place().expect("a choice");
    assert!(card.top <= row && row < card.top + card.height);
    stage.press("9 k");
    assert_eq!(on_the_card(&stage).top, 0);
    let area = stage.app.window().expect("a window");
    stage.mouse(MouseKind::WheelDown, area.column + 1, area.row + 1);
    assert!(on_the_card(&stage).top > 0);
}

#[test]
fn windows_take_the_mouse() {
    let mut stage = Stage::new(5, 120, 36);
    stage.press("j enter e I");
    let area = stage.app.window().expect("a window");
    let card = on_the_card(&stage);
    let last = u16::try_from(card.rows.len() - 1).expect("a card");
    // The headline in the last row.
    let (column, row) = (area.column + 30, area.row + 3 + last);
    stage.mouse(MouseKind::Press, column, row);
    assert_eq!(
        on_the_card(&stage).chosen(),
        Some(Opens::Release(ReleaseId(1)))
    );
    // A click beside a window closes it, but not one that is written into.
    stage.mouse(MouseKind::Press, 1, 35);
    assert!(stage.app.popup().is_none());
    stage.press("esc m");
    assert!(matches!(stage.app.popup(), Some(Popup::Form(_))));
    stage.mouse(MouseKind::Press, 1, 35);
    assert!(matches!(stage.app.popup(), Some(Popup::Form(_))));
    stage.press("esc :");
    let area = stage.app.window().expect("a window");
    let Some(Popup::Palette(palette)) = stage.app.popup() else {
        panic!("the palette is open");
    };
    assert_eq!(palette.choices[0].action, dateline::app::Action::Search);
    let third = palette.choices[2].action;
    stage.mouse(MouseKind::Press, area.column + 5, area.row + 7);
    let Some(Popup::Palette(palette)) = stage.app.popup() else {
        panic!("the palette is open");
    };
    assert_eq!(palette.choices[palette.pick.selected].action, third);
    stage.mouse(MouseKind::Double, area.column + 5, area.row + 7);
    assert!(!matches!(stage.app.popup(), Some(Popup::Palette(_))));
}

#[test]
fn the_help_scrolls_with_the_first_key() {
    let mut stage = Stage::new(5, 80, 24);
    stage.press("? down down");
    let Some(Popup::Help(help)) = stage.app.popup() else {
        panic!("the help is open");
    };
    assert_eq!(help.pick.top, 2);
    stage.press("pagedown up");
    let Some(Popup::Help(help)) = stage.app.popup() else {
        panic!("the help is open");
    };
    assert_eq!(help.pick.top, 2 + help.pick.page() - 1);
}

#[test]
fn the_sidebar_shows_the_mention_and_esc_goes_back_to_the_place() {
    let mut stage = Stage::new(5, 120, 10);
    stage.press("enter 3 }");
    let place = |stage: &Stage| {
        let reading = stage.app.reading().expect("a release is open");
        (reading.cursor(), reading.top())
    };
    let before = place(&stage);
    stage.press("e");
    let mut moved = false;
    for _ in 0..6 {
        stage.press("j");
        moved |= place(&stage).1 != before.1;
    }
    assert!(moved, "no name needed to be shown");
    stage.press("esc");
    assert_eq!(stage.app.focus(), Pane::Reading);
    assert_eq!(place(&stage), before);
    // What Enter takes stays.
    stage.press("Q enter");
    assert_eq!(stage.app.focus(), Pane::Reading);
    stage.press("Q j j enter");
    assert!(place(&stage).0 > 0);
}

#[test]
fn the_passages_view_shows_each_passage_in_its_place() {
    let mut stage = Stage::new(3, 120, 12);
    stage.press("enter } m enter 6 } m enter M");
    let shown = |stage: &Stage| {
        let chosen = stage.app.passages().chosen().expect("a passage");
        let start = chosen.passage.extent.expect("a place").start;
        let reading = stage.app.reading().expect("a release");
        reading.cell_of(start).is_some()
    };
    assert!(shown(&stage));
    stage.press("j");
    assert!(shown(&stage), "the second passage is not on the screen");
}

#[test]
fn a_key_that_does_nothing_says_why() {
    // In an empty library, in an open release, in an empty list of passages.
    let mut empty = Stage::new(0, 120, 36);
    for key in [
        "enter", "n", "]", "' s", "z a", "i", "I", "w", "s", "r", "d", "t", "y", "m", "A", "X",
    ] {
        empty.tell(Message::Clock { now: NOON + 10 });
        empty.press(key);
        assert!(
            !empty.notice().is_empty(),
            "{key} says nothing in an empty library"
        );
        empty.tell(Message::Clock { now: NOON + 100 });
    }
    let mut stage = Stage::new(3, 120, 36);
    stage.press("j enter");
    for key in [
        "X", "' q", "' p", "' r", "' c", "z a", "z o", "z x", "w", "a", "enter", "D", "n",
    ] {
        stage.tell(Message::Clock { now: NOON + 10 });
        stage.press(key);
        assert!(
            !stage.notice().is_empty(),
            "{key} says nothing in a release"
        );
        stage.tell(Message::Clock { now: NOON + 100 });
    }
    stage.press("M");
    for key in ["enter", "y", "a", "D", "s", "r"] {
        stage.press(key);
        assert!(
            !stage.notice().is_empty(),
            "{key} says nothing in empty passages"
        );
        stage.tell(Message::Clock { now: NOON + 200 });
        stage.press("esc M");
    }
}

#[test]
fn the_footer_fits_what_has_the_focus() {
    let mut stage = Stage::new(5, 120, 36);
    for (keys, first, last) in [
        ("", "read", "help"),
        ("enter", "sentence", "help"),
        ("v", "word", "let go"),
        ("esc Q", "read there", "help"),
        ("c", "copy", "help"),
        ("esc ?", "scroll", "close"),
        ("esc :", "run", "close"),
        ("esc m", "keep", "cancel"),
        ("esc / a", "read", "back"),
    ] {
        if !keys.is_empty() {
            stage.press(keys);
        }
        let words = footer(&stage);
        assert_eq!(words.first().map(String::as_str), Some(first), "{keys}");
        assert_eq!(words.last().map(String::as_str), Some(last), "{keys}");
    }
}

#[test]
fn a_library_that_can_only_be_read_keeps_quiet_about_read_marks() {
    let mut stage = Stage::new(3, 120, 36);
    stage.tell(Message::ReadOnly);
    assert!(stage.app.read_only());
    stage.press("enter");
    assert_eq!(stage.app.mode(), Mode::Reading);
    assert!(
        !stage
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::SetRead { .. })),
        "a read mark was asked for that nothing can keep"
    );
}

#[test]
fn what_is_opened_and_known_is_shown_where_it_stands() {
    let mut stage = Stage::new(5, 120, 36);
    stage.app = dateline::app::App::new(dateline::app::Settings::default()).on(
        dateline::app::effect::Scope {
            source: Some(dateline::release::SourceId(9)),
            ..dateline::app::effect::Scope::default()
        },
    );
    let release = stage.library.held[3].listing.id;
    stage.tell(Message::Clock { now: NOON });
    stage.tell(Message::Resize {
        columns: 120,
        rows: 36,
    });
    stage.tell(Message::Known {
        release,
        alone: true,
    });
    assert_eq!(stage.chosen(), "Release 3 of the harbour authority");
    assert_eq!(
        stage.app.reading().map(dateline::app::Reading::id),
        Some(release)
    );
    assert!(!stage.notice().is_empty());
}

#[test]
fn a_card_that_comes_late_takes_no_keys() {
    let mut stage = Stage::new(5, 120, 36);
    stage.press("j enter e");
    stage.library.slow = true;
    stage.press("I esc");
    stage.answer();
    assert!(stage.app.popup().is_none(), "the reader has gone on");
    stage.press("e");
    stage.library.slow = true;
    stage.press("I");
    stage.answer();
    assert!(matches!(stage.app.popup(), Some(Popup::Entity(_))));
}

#[test]
fn a_sequence_that_was_begun_is_left_without_a_word() {
    let mut stage = Stage::new(3, 120, 36);
    stage.press("j F esc");
    assert_eq!(stage.notice(), "");
    assert_eq!(stage.chosen(), "Release 1 of the harbour authority");
    stage.press("enter z esc");
    assert_eq!(
        (stage.notice().as_str(), stage.app.focus()),
        ("", Pane::Reading)
    );
    stage.press("F j");
    assert!(stage.notice().contains("does nothing here"));
}
