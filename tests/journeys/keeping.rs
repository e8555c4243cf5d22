//! Journeys of what is the user's own: bookmarks, notes, marks, deletions, and undoing them.

use super::stage::{NOON, Stage, correction, library};
use dateline::app::effect::Effect;
use dateline::app::message::Message;
use dateline::app::{Banner, ChangeLine, Left, Mark, Pane, Popup};
use dateline::release::{VersionChange, changes};

#[test]
fn bookmark_with_a_note_find_it_in_the_passages_and_jump_back() {
    let mut stage = Stage::new(20, 120, 36);
    stage.press("j k enter");
    assert_eq!(stage.app.focus(), Pane::Reading);
    assert!(stage.app.list().chosen().unwrap().read, "Enter reads");
    stage.press(") ) )");
    let sentence = stage.sentence();
    assert!(sentence.starts_with("The deal adds"), "{sentence}");
    stage.press("m");
    assert!(matches!(stage.app.popup(), Some(Popup::Form(_))));
    stage.type_text("check the price");
    stage.press("tab");
    stage.type_text("energy, deals");
    stage.press("enter");
    assert_eq!(stage.notice(), "Bookmarked");
    let reading = stage.app.reading().unwrap();
    let passage = &reading.opened().keepings.passages[0];
    assert_eq!(passage.anchor.exact, sentence);
    assert_eq!(
        (passage.note.as_str(), passage.tags.join(" ").as_str()),
        ("check the price", "energy deals")
    );
    let lit = reading.runs(passage.extent.unwrap());
    assert!(lit.iter().all(|run| run.tags.contains(&Mark::Passage(0))));
    assert_eq!(stage.app.list().chosen().unwrap().passages, 1);

    stage.press("esc j j j M");
    assert_eq!(stage.app.left(), Left::Passages);
    assert_eq!(stage.app.passages().rows().len(), 1);
    stage.press("enter");
    assert_eq!(stage.app.focus(), Pane::Reading);
    assert_eq!(stage.sentence(), sentence);
    stage.press("esc esc");
    assert_eq!(
        (stage.app.left(), stage.app.focus()),
        (Left::List, Pane::Left)
    );
}

#[test]
fn passages_are_edited_deleted_and_brought_back() {
    let mut stage = Stage::new(3, 120, 36);
    stage.press("enter ) m enter M");
    stage.press("a");
    stage.type_text("later");
    stage.press("enter");
    assert_eq!(stage.app.passages().rows()[0].passage.note, "later");
    stage.press("d");
    assert!(stage.app.passages().rows().is_empty());
    assert!(
        stage
            .app
            .reading()
            .unwrap()
            .opened()
            .keepings
            .passages
            .is_empty()
    );
    stage.press("u");
    assert_eq!(stage.app.passages().rows().len(), 1);
    assert_eq!(stage.app.passages().rows()[0].passage.note, "later");
    stage.press("u");
    assert_eq!(stage.app.passages().rows()[0].passage.note, "");
    stage.press("u");
    assert!(
        stage.app.passages().rows().is_empty(),
        "undo takes the bookmark itself back"
    );
    stage.press("u");
    assert_eq!(stage.notice(), "Nothing to undo");
}

#[test]
fn esc_in_the_note_bookmarks_nothing() {
    let mut stage = Stage::new(3, 120, 36);
    stage.press("enter ) m esc");
    assert!(
        stage
            .library
            .saved
            .iter()
            .all(|effect| !matches!(effect, Effect::AddPassage { .. }))
    );
}

#[test]
fn star_read_and_deletion_are_undone_in_order() {
    let mut stage = Stage::new(20, 120, 36);
    stage.press("j s r");
    let row = stage.app.list().chosen().unwrap();
    assert!(row.starred && row.read);
    let headline = stage.chosen();
    stage.press("d");
    assert_ne!(stage.chosen(), headline);
    assert_eq!(stage.app.list().total(), Some(19));
    stage.press("u");
    assert_eq!(stage.chosen(), headline, "the release is back and chosen");
    assert_eq!(stage.app.list().total(), Some(20));
    stage.press("u");
    assert!(!stage.app.list().chosen().unwrap().read);
    stage.press("u");
    assert!(!stage.app.list().chosen().unwrap().starred);
}

#[test]
fn nothing_shows_as_saved_before_it_is() {
    let mut stage = Stage::new(5, 120, 36);
    stage.library.slow = true;
    stage.press("s s s");
    assert!(
        !stage.app.list().chosen().unwrap().starred,
        "not on disk yet"
    );
    stage.answer();
    assert!(
        stage.app.list().chosen().unwrap().starred,
        "three times is once"
    );
    stage.library.broken = true;
    stage.press("s");
    assert!(
        stage.app.list().chosen().unwrap().starred,
        "the mark stays as it is on disk"
    );
    assert_eq!(stage.notice(), "Not saved: the disk is full");
    stage.press("j");
    assert_eq!(stage.notice(), "", "an error goes with the next key");
}

#[test]
fn copying_gives_the_quotation_with_its_source_and_warns_of_an_embargo() {
    let mut stage = Stage::new(3, 120, 36);
    stage.press("enter ) ) y");
    let copied = stage.library.copied[0].to_string();
    assert!(
        copied.contains("$240 million") && copied.contains("Acme Power"),
        "{copied}"
    );
    assert!(stage.notice().contains("OSC 52"));

    let mut held = library(2);
    let release = &mut held.held[0];
    release.listing.embargo = Some(NOON + 7200);
    release.release.embargo = Some(dateline::release::Embargo {
        extent: dateline::text::Extent::new(0, 4),
        until: None,
        certain: true,
    });
    let mut stage = Stage::with(held, 120, 36);
    assert_eq!(stage.app.banners().len(), 1);
    stage.press("enter y");
    assert!(matches!(stage.app.popup(), Some(Popup::Warning(_))));
    assert!(stage.library.copied.is_empty());
    stage.press("esc y enter");
    assert_eq!(stage.library.copied.len(), 1);
    let turn = stage.app.next_turn().expect("the countdown turns");
    assert!(turn > NOON && turn <= NOON + 61);
    stage.tell(Message::Clock { now: NOON + 7200 });
    stage.press("y");
    assert_eq!(
        stage.library.copied.len(),
        2,
        "no warning once it is lifted"
    );
}

#[test]
fn a_passage_under_embargo_leaves_only_after_a_warning() {
    let mut stage = Stage::new(3, 120, 36);
    stage.press("enter ) m enter");
    stage.library.held[0].keepings.passages[0].citation.embargo = Some(NOON + 60);
    stage.press("M y");
    assert!(matches!(stage.app.popup(), Some(Popup::Warning(_))));
    stage.press("esc E");
    assert!(matches!(stage.app.popup(), Some(Popup::Warning(_))));
    stage.press("enter");
    assert!(matches!(stage.app.popup(), Some(Popup::Form(_))));
    stage.press("esc y enter");
    assert_eq!(stage.library.copied.len(), 1);
}

#[test]
fn a_note_keeps_its_lines() {
    let mut stage = Stage::new(3, 120, 36);
    stage.press("enter ) m ctrl-o");
    let asked = stage.effects.iter().rev().find_map(|effect| match effect {
        Effect::EditText { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let ticket = asked.expect("the editor is asked for");
    let text = Some("one\ntwo\n".to_owned());
    stage.tell(Message::Edited { ticket, text });
    stage.press("enter a enter");
    let passages = &stage.library.held[0].keepings.passages;
    assert_eq!(passages[0].note, "one\ntwo");
}

#[test]
fn tags_of_a_release_are_set_and_undone() {
    let mut stage = Stage::new(3, 120, 36);
    stage.press("enter t");
    stage.type_text("#energy coast, energy");
    stage.press("enter");
    assert_eq!(
        stage.app.reading().unwrap().opened().keepings.tags,
        ["energy", "coast"]
    );
    stage.press("u");
    assert!(
        stage
            .app
            .reading()
            .unwrap()
            .opened()
            .keepings
            .tags
            .is_empty()
    );
}

#[test]
fn a_repair_is_shown_and_declined() {
    let mut stage = Stage::new(3, 120, 36);
    stage.press("enter ' r z o");
    assert!(matches!(stage.app.popup(), Some(Popup::Original(0))));
    stage.press("esc z x");
    let text = stage.app.reading().unwrap().text();
    assert!(text.contains("24turbines"), "{text}");
    stage.press("u");
    let text = stage.app.reading().unwrap().text();
    assert!(text.contains("24 turbines"), "{text}");
}

#[test]
fn what_its_source_changed_is_shown_and_scrolled() {
    let mut held = library(3);
    let release = held.held[0].listing.id;
    let words = |n: u32| {
        let all: Vec<String> = (0..200)
            .map(|w| {
                format!(
                    "{} words of the text",
                    if w % 20 == 0 { n * 1000 + w } else { w }
                )
            })
            .collect();
        all.join(" ")
    };
    let change = VersionChange {
        number: 2,
        before_seen: NOON - 86_400,
        headline: None,
        changes: changes(&words(1), &words(2)),
    };
    held.changes.insert(release, vec![change]);
    let mut stage = Stage::with(held, 120, 30);
    stage.press("z v");
    let Some(Popup::Changes(shown)) = stage.app.popup() else {
        panic!("the window");
    };
    assert!(
        shown.lines.contains(&ChangeLine::Removed("1000".into()))
            && shown.lines.contains(&ChangeLine::Added("2000".into())),
        "{:?}",
        shown.lines
    );
    assert_eq!(shown.pick.top, 0);
    stage.press("space j");
    let Some(Popup::Changes(shown)) = stage.app.popup() else {
        panic!("the window");
    };
    assert!(shown.pick.top > 2, "{:?}", shown.pick);
    stage.press("esc j z v");
    assert!(stage.app.popup().is_none());
    assert_eq!(
        stage.notice(),
        "Its source has changed nothing in it since it came"
    );
}

#[test]
fn a_correction_leads_to_what_it_corrects() {
    let mut held = library(20);
    held.held.insert(0, correction());
    let mut stage = Stage::with(held, 120, 36);
    stage.press("enter");
    assert_eq!(stage.app.banners().len(), 1);
    stage.press("' c");
    let reading = stage.app.reading().unwrap();
    assert_eq!(
        reading.opened().listing.headline.as_str(),
        "Acme Power buys the Nordhavn wind farm"
    );
    assert!(reading.release().standing.is_none());
    assert!(stage.notice().contains("Esc leads back"));
    stage.press("esc");
    assert!(stage.app.reading().unwrap().release().standing.is_some());
    assert_eq!(stage.app.focus(), Pane::Reading);
    stage.press("esc");
    assert_eq!(
        stage.app.focus(),
        Pane::Left,
        "one step back, and no circle"
    );
}

#[test]
fn what_was_corrected_says_so_and_leads_to_its_correction() {
    let mut held = library(20);
    held.held.insert(0, correction());
    let mut stage = Stage::with(held, 120, 36);
    stage.press("enter ' c");
    assert!(
        matches!(
            stage.app.banners()[..],
            [Banner::Replaced {
                withdrawn: false,
                ..
            }]
        ),
        "{:?}",
        stage.app.banners()
    );
    stage.press("' c");
    assert!(stage.app.reading().unwrap().release().standing.is_some());
    assert_eq!(stage.notice(), "This is what corrects it; Esc leads back");
    stage.press("esc");
    let reading = stage.app.reading().unwrap();
    assert!(reading.replaced_by().is_some(), "back at what it corrects");
    stage.press("esc");
    assert_eq!(stage.app.focus(), Pane::Left);
}

#[test]
fn a_correction_of_what_is_not_there_and_an_ordinary_release_say_so() {
    let mut held = library(2);
    held.held.insert(0, correction());
    held.held
        .retain(|held| held.listing.headline.as_str() != "Acme Power buys the Nordhavn wind farm");
    let mut stage = Stage::with(held, 120, 36);
    stage.press("enter ' c");
    assert!(
        stage.notice().contains("not in the library"),
        "{}",
        stage.notice()
    );
    stage.press("J ' c");
    assert!(
        stage.notice().contains("corrects nothing"),
        "{}",
        stage.notice()
    );
    assert!(stage.app.prompt().is_none(), "no search is begun for it");
}

#[test]
fn the_position_in_each_release_is_remembered() {
    let mut stage = Stage::new(5, 80, 12);
    stage.press("enter 9 j");
    let top = stage.app.reading().unwrap().top();
    assert!(top > 0);
    stage.press("esc j enter esc k enter");
    assert_eq!(stage.app.reading().unwrap().top(), top);
    stage.press("4 k q");
    assert!(stage.app.leaving());
    assert!(matches!(
        stage.effects[stage.effects.len() - 2],
        Effect::SavePosition { .. }
    ));
}
