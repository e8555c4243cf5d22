//! Journeys among the sources: what each key does to them, what is said, what undo takes back.

use dateline::app::Left;
use dateline::app::effect::Effect;
use dateline::app::message::Message;
use dateline::release::{FullText, Health, SourceChoices, SourceId};

use super::stage::{Stage, library, sources};

fn stage() -> Stage {
    let mut library = library(3);
    library.sources = sources();
    let mut stage = Stage::with(library, 120, 36);
    stage.press("S j");
    assert_eq!(chosen(&stage), "Acme Power newsroom");
    stage
}

fn chosen(stage: &Stage) -> String {
    let row = stage.app.sources().chosen();
    row.map(|row| row.name.to_string()).unwrap_or_default()
}

fn choices(stage: &Stage) -> SourceChoices {
    let row = stage.app.sources().chosen().expect("a source");
    row.following.clone().expect("it is followed").choices
}

pub(super) fn refreshes(stage: &Stage) -> Vec<Vec<SourceId>> {
    let effects = stage.effects.iter();
    effects
        .filter_map(|effect| match effect {
            Effect::Refresh { sources } => Some(sources.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn one_source_or_all_are_asked() {
    let mut stage = stage();
    stage.press("r R");
    assert_eq!(refreshes(&stage), [vec![SourceId(2)], vec![]]);
    // What is not followed is not asked.
    stage.press("g r");
    assert_eq!(stage.notice(), "Samples is not followed");
    assert_eq!(refreshes(&stage).len(), 2);
}

#[test]
fn an_address_is_followed_and_asked_at_once_and_undo_unfollows_it() {
    let mut stage = stage();
    stage.press("n");
    stage.type_text("news.example.com/feed");
    stage.press("tab");
    stage.type_text("The Example");
    stage.press("tab");
    stage.type_text("energy");
    stage.press("enter");
    assert!(stage.notice().contains("is followed"), "{}", stage.notice());
    assert_eq!(chosen(&stage), "The Example", "it is chosen");
    assert_eq!(choices(&stage).tags, ["energy"]);
    let asked = stage.app.sources().chosen().map(|row| row.id);
    assert_eq!(refreshes(&stage), [Vec::from_iter(asked)]);
    stage.press("u");
    assert_eq!(stage.library.unfollowed.len(), 1);
    assert_ne!(chosen(&stage), "The Example");
}

#[test]
fn an_address_that_is_none_can_be_mended() {
    let mut stage = stage();
    stage.press("n enter");
    assert!(
        stage.notice().contains("Type or paste"),
        "{}",
        stage.notice()
    );
    stage.type_text("nonsense");
    stage.press("enter");
    assert!(
        stage.notice().contains("is no address"),
        "{}",
        stage.notice()
    );
    stage.type_text(".example.com");
    stage.press("enter");
    assert_eq!(chosen(&stage), "nonsense.example.com");
    assert_eq!(refreshes(&stage).len(), 1);
}

#[test]
fn a_source_is_named_tagged_and_given_its_time() {
    let mut stage = stage();
    stage.press("a");
    stage.press("ctrl-u");
    stage.type_text("Acme");
    stage.press("tab");
    stage.type_text("wind");
    stage.press("tab ctrl-u");
    stage.type_text("30 min");
    stage.press("enter");
    assert_eq!(stage.notice(), "Source saved");
    assert_eq!(chosen(&stage), "Acme", "it stays chosen");
    let now = choices(&stage);
    assert_eq!(now.tags, ["wind"]);
    assert_eq!(now.interval, Some(1800));
    stage.press("u");
    assert_eq!(chosen(&stage), "Acme Power newsroom");
    assert_eq!(choices(&stage).interval, Some(7200));
}

#[test]
fn a_time_that_is_none_keeps_the_form_open() {
    let mut stage = stage();
    stage.press("a tab tab ctrl-u");
    stage.type_text("often");
    stage.press("enter");
    assert!(stage.notice().contains("30 min"), "{}", stage.notice());
    assert!(stage.app.popup().is_some());
    assert!(stage.library.saved.is_empty());
    stage.press("esc");
    assert_eq!(choices(&stage).interval, Some(7200));
}

#[test]
fn full_text_goes_round_and_pause_goes_back_and_forth() {
    let mut stage = stage();
    stage.press("x");
    assert_eq!(choices(&stage).full_text, FullText::OnOpen);
    assert_eq!(stage.notice(), "Full text of teasers: on open");
    stage.press("x");
    assert_eq!(choices(&stage).full_text, FullText::Always);
    stage.press("p");
    assert!(choices(&stage).paused);
    stage.press("u u");
    assert!(!choices(&stage).paused);
    assert_eq!(choices(&stage).full_text, FullText::OnOpen);
}

#[test]
fn a_key_pressed_twice_before_the_disk_answers_counts_twice() {
    let mut stage = stage();
    stage.library.slow = true;
    stage.press("x x");
    stage.answer();
    stage.press("S S");
    assert_eq!(choices(&stage).full_text, FullText::Always);
}

#[test]
fn unfollowing_is_undone() {
    let mut stage = stage();
    stage.press("d");
    assert!(
        stage
            .notice()
            .starts_with("Acme Power newsroom is no longer followed")
    );
    assert_eq!(stage.library.unfollowed.len(), 1);
    assert_ne!(chosen(&stage), "Acme Power newsroom");
    stage.press("u");
    assert!(stage.library.unfollowed.is_empty());
    assert!(stage.app.sources().of(SourceId(2)).is_some());
}

#[test]
fn what_is_not_on_disk_is_not_shown() {
    let mut stage = stage();
    stage.library.broken = true;
    stage.press("p");
    assert!(stage.notice().contains("the disk is full"));
    assert!(!choices(&stage).paused);
}

#[test]
fn a_visit_in_the_background_changes_what_is_told_and_not_what_is_chosen() {
    let mut stage = stage();
    stage.press("j");
    assert_eq!(chosen(&stage), "Harbour Wire");
    if let Some(following) = &mut stage.library.sources[1].following {
        following.health = Health::Fresh;
    }
    let new = super::stage::source(8, "A new one", (1, 1), Health::Fresh);
    stage.library.sources.insert(0, new);
    stage.tell(Message::SourcesChanged);
    assert_eq!(chosen(&stage), "Harbour Wire");
    let row = stage.app.sources().chosen().expect("a source");
    let following = row.following.as_ref().expect("it is followed");
    assert_eq!(following.health, Health::Fresh);
    // Where the sources are not shown, nobody asks for them.
    stage.press("S");
    assert_eq!(stage.app.left(), Left::List);
    let asked = stage.effects.len();
    stage.tell(Message::SourcesChanged);
    assert_eq!(stage.effects.len(), asked);
}

#[test]
fn elsewhere_the_palette_says_to_choose_a_source() {
    let mut stage = Stage::new(3, 120, 36);
    stage.press(":");
    stage.type_text("stop following");
    stage.press("enter");
    assert_eq!(stage.notice(), "Choose a source first: S lists them");
}
