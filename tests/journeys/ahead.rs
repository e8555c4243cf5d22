//! Keys typed faster than the library answers: they mean the release that they were typed for.

use super::stage::{Stage, WIND, held, library, listing};
use dateline::app::effect::Effect;
use dateline::app::message::Message;
use dateline::app::{Asked, Pane, Popup};
use dateline::text::SafeText;

/// Two releases with an address each; the first one is chosen and shown, and from now on nothing is answered.
fn slow() -> Stage {
    let mut library = library(1);
    let mut second = held(WIND, listing("Second", super::stage::NOON - 7200));
    second.release.url = Some(SafeText::clean_line("https://example.com/second"));
    library.held.push(second);
    let mut stage = Stage::with(library, 120, 36);
    stage.library.slow = true;
    stage
}

fn opened(stage: &Stage) -> Vec<&str> {
    let effects = stage.effects.iter();
    effects
        .filter_map(|effect| match effect {
            Effect::OpenAddress { address } => Some(address.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn what_is_asked_of_a_release_that_is_on_its_way_waits_for_it() {
    let mut stage = slow();
    stage.press("j o k");
    assert_eq!(opened(&stage), [""; 0], "the one before is not meant");
    assert_eq!(stage.notice(), "", "and nothing untrue is said");
    assert_eq!(stage.chosen(), "Second", "what follows waits behind it");
    stage.answer();
    assert_eq!(opened(&stage), ["https://example.com/second"]);
    assert_eq!(stage.chosen(), "Acme Power buys the Nordhavn wind farm");
}

#[test]
fn what_is_typed_after_enter_is_meant_for_the_text() {
    let mut stage = slow();
    stage.press("j enter } m");
    stage.type_text("quote");
    assert!(stage.app.popup().is_none());
    stage.answer();
    assert_eq!(stage.app.focus(), Pane::Reading);
    let reading = stage.app.reading().expect("a release is open");
    let Some(Popup::Form(form)) = stage.app.popup() else {
        panic!("no form");
    };
    assert_eq!(form.fields[0].1.text(), "quote");
    let extent = reading.taken();
    let release = reading.id();
    assert_eq!(form.asked, Asked::Bookmark { release, extent });
}

#[test]
fn moving_through_the_list_waits_for_nothing() {
    let mut stage = slow();
    stage.press("j k j");
    assert_eq!(stage.chosen(), "Second");
}

#[test]
fn a_release_that_does_not_come_keeps_no_key() {
    let mut stage = slow();
    stage.press("j enter }");
    stage.library.waiting.clear();
    stage.library.slow = false;
    stage.tell(Message::WorkerFailed {
        what: SafeText::clean_line("reading: no luck"),
    });
    let told = stage.notice();
    assert!(
        told.contains("no luck") && told.contains("/data/panic.txt"),
        "{told}"
    );
    stage.press("?");
    assert!(matches!(stage.app.popup(), Some(Popup::Help(_))));
}
