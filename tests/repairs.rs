//! The repairs, from the outside: all can be undone, what was broken is whole again, what was whole stays.

use dateline::release::{Declined, Markup, MarkupKind, Repaired, repair, undo};
use dateline::text::{Extent, sanitise};
use proptest::prelude::*;

/// Repairs `read` and holds what must always be true against the outcome.
fn repaired(read: &str) -> Repaired {
    let repaired = repair(read, &[], &[]);
    let text = repaired.text.as_str();
    assert_eq!(undo(text, &repaired.repairs), read);
    assert_eq!(sanitise(text), text);
    let mut last = 0;
    for repair in &repaired.repairs {
        assert!(repair.extent.start >= last, "repairs overlap: {repair:?}");
        assert_eq!(repair.extent.of(text), repair.after);
        assert_ne!(repair.before, repair.after);
        last = repair.extent.end;
    }
    repaired
}

#[test]
fn a_text_that_is_whole_stays_as_it_is() {
    let whole = "Acme opens a plant\n\nLYON, 3 May 2024 – Acme opened a plant.\n\nAbout Acme\n\nAcme makes things.";
    let outcome = repaired(whole);
    assert_eq!(outcome.text, whole);
    assert_eq!(outcome.repairs, []);
}

#[test]
fn a_declined_repair_is_not_made() {
    let read = "The plant&amp;site opened.  It is big.";
    let made = repaired(read).repairs;
    assert_eq!(made.len(), 2);
    let declined = Declined {
        before: made[0].before.clone(),
        after: made[0].after.clone(),
    };
    let outcome = repair(read, &[], &[declined]);
    assert_eq!(outcome.text, "The plant&amp;site opened. It is big.");
    assert_eq!(undo(&outcome.text, &outcome.repairs), read);
}

#[test]
fn markup_moves_with_its_words() {
    let read = "\n\nA  heading\r\n\r\nSee  our&nbsp;site today.";
    let extent = |words: &str| {
        let start = read.find(words).unwrap();
        Extent::new(start, start + words.len())
    };
    let markup = [
        Markup {
            extent: extent("A  heading"),
            kind: MarkupKind::Heading(2),
        },
        Markup {
            extent: extent("our&nbsp;site"),
            kind: MarkupKind::Link("https://example.org".into()),
        },
    ];
    let outcome = repair(read, &markup, &[]);
    let words: Vec<&str> = outcome
        .markup
        .iter()
        .map(|m| m.extent.of(&outcome.text))
        .collect();
    assert_eq!(words, ["A heading", "our site"]);
}

#[test]
fn hard_wrapped_lines_become_paragraphs() {
    let read = "LYON, 3 May 2024 – Acme opened its new plant for inter-\nnational customers on Tuesday and invited the long-\nterm owners of the old one to see it. The plant makes\nthings.\n\nSecond paragraph, which is also broken at the width of\na letter.";
    assert_eq!(
        repaired(read).text,
        "LYON, 3 May 2024 – Acme opened its new plant for international customers on Tuesday and invited the \
         long-term owners of the old one to see it. The plant makes things.\n\nSecond paragraph, which is also broken \
         at the width of a letter."
    );
}

#[test]
fn lines_broken_inside_a_sentence_are_joined() {
    let read = "Acme announced that\nthe long\n-awaited plant has opened\n,\na\ns planned by\nits owners.\nThe plant on the 8\nth\nfloor pro\nduces thing\ns\n.\nThe end is near for the old one.";
    let text = repaired(read).text;
    assert!(
        text.contains("has opened, as planned by its owners."),
        "{text}"
    );
    assert!(text.contains("the 8th floor produces things."), "{text}");
}

/// Text as it may come: letters, blanks, controls, glue, entities, mojibake, long runs.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,9}",
        "[ \t\r\n\u{A0}\u{AD}\u{200B}\u{200D}\u{FEFF}]{1,4}",
        "[.,:;!?()“”’'\"#@/&-]{1,3}",
        r"[0-9]{1,5}",
        Just("&amp;".to_owned()),
        Just("&#8217;".to_owned()),
        Just("â€™".to_owned()),
        Just("\u{1B}[31m".to_owned()),
        Just("https://example.org/a".to_owned()),
        Just("press@example.org".to_owned()),
        Just("About AcmeAcme is".to_owned()),
        Just("Chinaand".to_owned()),
        Just("The end of the day. A new start This is".to_owned()),
        Just("e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}".to_owned()),
        any::<char>().prop_map(|c| c.to_string()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_all_gives_back_what_was_read(read in any_text()) {
        repaired(&read);
    }

    #[test]
    fn declining_all_can_be_undone_too(read in any_text()) {
        let declined: Vec<Declined> = repaired(&read)
            .repairs
            .into_iter()
            .map(|r| Declined { before: r.before, after: r.after })
            .collect();
        let outcome = repair(&read, &[], &declined);
        prop_assert_eq!(undo(&outcome.text, &outcome.repairs), read);
        prop_assert_eq!(sanitise(&outcome.text), outcome.text.as_str());
    }

    #[test]
    fn markup_stays_on_the_text(read in any_text(), at in 0_usize..60, length in 0_usize..30) {
        let extent = Extent::new(at.min(read.len()), (at + length).min(read.len()));
        let markup = [Markup { extent, kind: MarkupKind::Strong }];
        let outcome = repair(&read, &markup, &[]);
        prop_assert!(outcome.markup[0].extent.end <= outcome.text.len());
    }
}
