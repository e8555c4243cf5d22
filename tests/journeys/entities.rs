//! Journeys of an entity across the library: its card, the reader's decisions about it, and undoing them.

use super::stage::Stage;
use dateline::app::effect::Effect;
use dateline::app::{Choosing, Mode, Pane, Popup};
use dateline::entity::{Decision, Joined, Kind};
use dateline::release::LibraryEntityId;

const ACME: LibraryEntityId = LibraryEntityId(1);

/// A release is open and Acme Power is chosen in the sidebar.
fn stage() -> Stage {
    let mut stage = Stage::new(5, 120, 36);
    stage.press("j enter e");
    assert_eq!(stage.app.focus(), Pane::Side);
    stage
}

fn decided(stage: &Stage) -> Decision {
    stage
        .library
        .decided
        .get(&ACME)
        .cloned()
        .unwrap_or_default()
}

#[test]
fn the_card_opens_from_the_sidebar_and_enter_lists_the_releases() {
    let mut stage = stage();
    stage.press("I");
    assert!(matches!(stage.app.popup(), Some(Popup::Entity(card)) if card.page.id == ACME));
    assert_eq!(stage.app.mode(), Mode::Entity);
    stage.press("enter");
    assert!(stage.app.popup().is_none());
    assert_eq!(stage.app.list().scope().entity, Some(ACME));
    // The card of the entity whose releases are listed opens from the list too.
    stage.press("I");
    assert!(matches!(stage.app.popup(), Some(Popup::Entity(_))));
    stage.press("esc esc");
    assert_eq!(stage.app.list().scope().entity, None);
}

#[test]
fn an_entity_is_joined_to_the_one_that_is_typed_and_undone() {
    let mut stage = stage();
    stage.press("I m");
    assert!(
        matches!(stage.app.popup(), Some(Popup::Chooser(chooser)) if chooser.choosing == Choosing::Join)
    );
    stage.type_text("bank");
    let Some(Popup::Chooser(chooser)) = stage.app.popup() else {
        panic!("the choice is open");
    };
    assert_eq!(chooser.options.len(), 1);
    stage.press("enter");
    assert_eq!(decided(&stage).joined, Joined::Into(LibraryEntityId(2)));
    assert!(
        stage.notice().contains("Example Bank"),
        "{}",
        stage.notice()
    );
    let reopened = stage.effects.iter().rev().take(3);
    assert!(
        reopened
            .into_iter()
            .any(|effect| matches!(effect, Effect::Open { .. })),
        "what is open is asked for again"
    );
    assert_eq!(stage.app.focus(), Pane::Side, "the focus stays");
    stage.press("u");
    assert_eq!(decided(&stage), Decision::default());
}

#[test]
fn an_entity_is_renamed_hidden_given_a_kind_and_taken_apart() {
    let mut stage = stage();
    stage.press("I r ctrl-u");
    stage.type_text("Acme Wind");
    stage.press("enter");
    assert_eq!(decided(&stage).name.as_deref(), Some("Acme Wind"));
    stage.press("I K");
    stage.type_text("prod");
    stage.press("enter");
    assert_eq!(decided(&stage).kind, Some(Kind::Product));
    stage.press("I x");
    assert!(decided(&stage).hidden);
    assert_eq!(
        decided(&stage).name.as_deref(),
        Some("Acme Wind"),
        "one decision keeps the others"
    );
    stage.press("u u");
    assert!(!decided(&stage).hidden);
    assert_eq!(decided(&stage).kind, None);
    stage.press("I s enter");
    let apart = stage.library.decided.get(&LibraryEntityId(7));
    assert_eq!(apart.map(|decision| decision.joined), Some(Joined::Apart));
}

#[test]
fn a_name_is_looked_up_and_a_hidden_one_is_shown_again() {
    let mut stage = stage();
    stage.press("I x");
    assert!(
        stage.notice().contains("F n finds it again"),
        "{}",
        stage.notice()
    );
    stage.press("esc esc F n");
    stage.type_text("acme");
    stage.press("enter");
    assert!(matches!(stage.app.popup(), Some(Popup::Entity(card)) if card.page.id == ACME));
    let hints = stage.app.hints();
    assert_eq!(hints[0].words, "show again");
    stage.press("x");
    assert!(!decided(&stage).hidden);
    // A name that nobody bears opens nothing, and Esc leads back.
    stage.press("F n");
    stage.type_text("zzz");
    stage.press("enter");
    assert!(!matches!(stage.app.popup(), Some(Popup::Entity(_))));
}

#[test]
fn what_could_not_be_saved_is_said_and_not_undoable() {
    let mut stage = stage();
    stage.library.broken = true;
    stage.press("I x");
    assert!(stage.notice().contains("Not saved"), "{}", stage.notice());
    stage.library.broken = false;
    stage.press("u");
    assert!(stage.library.decided.is_empty());
}

#[test]
fn the_palette_runs_decisions_without_a_card() {
    let mut stage = stage();
    stage.press(":");
    stage.type_text("rename the entity");
    stage.press("enter");
    assert!(matches!(stage.app.popup(), Some(Popup::Form(_))));
    let mut nowhere = Stage::new(5, 120, 36);
    nowhere.press("I");
    assert!(nowhere.app.popup().is_none());
    assert!(nowhere.notice().contains("No name"), "{}", nowhere.notice());
}
