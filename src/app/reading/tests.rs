//! Readings of texts that nobody would write: long, without spaces, without ends.

use super::{Reading, Unit, Walk, Way};
use crate::app::message::Opened;
use crate::release::{Keepings, Listing, Release, ReleaseId};
use crate::text::SafeText;

pub(crate) fn opened(text: &str) -> Opened {
    Opened {
        listing: Listing {
            id: ReleaseId(1),
            headline: SafeText::clean("A headline"),
            issuer: None,
            wire: None,
            source: None,
            published: 0,
            dated: true,
            timed: true,
            language: None,
            read: false,
            starred: false,
            passages: 0,
            embargo: None,
            standing: None,
            versions: 1,
            copies: 1,
            also: Vec::new(),
            snippet: None,
        },
        release: Release {
            text: SafeText::clean(text),
            ..Release::default()
        },
        recognition: crate::entity::Recognition::default(),
        links: Vec::new(),
        correction: None,
        keepings: Keepings::default(),
    }
}

#[test]
fn texts_that_nobody_would_write_are_read_like_any_other() {
    let prose = "The fox said on Monday that Example Corp. raised $15.5 million. ".repeat(6);
    for text in [
        format!("{prose}\n\n").repeat(100),
        prose.repeat(100),
        "x".repeat(40_000),
        "新质生产力的发展。".repeat(1_500),
        "a\n\n".repeat(12_000),
        "a b\n".repeat(10_000),
        "\"".repeat(10_000),
        "e\u{301}".repeat(10_000),
        "\n \n".to_owned(),
        String::new(),
    ] {
        let mut reading = Reading::new(opened(&text), 76, 34);
        for way in [Way::Forward, Way::Back, Way::Forward] {
            reading.scroll(way, 1);
            reading.scroll(way, 32);
            for unit in [Unit::Sentence, Unit::Paragraph, Unit::Word] {
                reading.step(unit, way, 3);
            }
            reading.select();
            for unit in [Unit::Word, Unit::Sentence, Unit::Row, Unit::Paragraph] {
                reading.step(unit, way, 3);
            }
            let selected = reading.selection().expect("a selection").extent();
            assert!(reading.text().get(selected.start..selected.end).is_some());
            reading.unselect();
            reading.end(way);
            reading.walk(Walk::Hits, way, 1);
            reading.resize(20, 10);
        }
        let found = crate::app::hits::find(reading.text(), "fox");
        reading.set_hits(found);
        assert_eq!(reading.first_hit().is_some(), text.contains("fox"));
    }
}
