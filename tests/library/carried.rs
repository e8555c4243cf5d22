//! Releases that two sources carry word for word: one row, both sources, whichever way they come in.

use dateline::release::{Incoming, Listing, ReleaseId, SourceId};
use dateline::store::{Arrival, Arrivals, Origin, Selection, Show, Start};

use super::{NOW, PORT, Shelf, TODAY, incoming, prepared, shelf};

const HEADLINE: &str = "Lisbon opens a third quay";

fn feed(name: &str) -> Origin {
    Origin {
        kind: "feed".to_owned(),
        name: name.to_owned(),
        address: Some(format!("https://{}.example/rss", name.to_lowercase())),
    }
}

/// The release as a source sends it, under an address of its own.
fn sent_by(source: &str) -> Incoming {
    Incoming {
        guid: Some(format!("{source}-1")),
        url: Some(format!("https://{}.example/news/1", source.to_lowercase())),
        ..incoming(HEADLINE, "2025-05-30T08:00:00Z", PORT)
    }
}

/// How many were known when a source brought a release, by the quick way of a refresh or by that of an import.
fn bring(shelf: &mut Shelf, source: &str, release: Incoming, quickly: bool) -> u64 {
    if !quickly {
        let batch = [prepared(release)];
        return shelf
            .library
            .take_in(&batch, &feed(source), NOW)
            .expect("taken in")
            .known;
    }
    let some = vec![Arrivals {
        arrivals: vec![Arrival::new(release, NOW)],
        origin: feed(source),
    }];
    let kept = shelf.library.keep(some, NOW).expect("kept").remove(0);
    let batch: Vec<_> = kept.rest.into_iter().map(prepared).collect();
    let taken = shelf.library.take_in(&batch, &feed(source), NOW);
    kept.known + taken.expect("taken in").known
}

fn rows(shelf: &Shelf, selection: &Selection) -> Vec<Listing> {
    let page = shelf.reader.rows(selection, Start::First, 100, TODAY);
    page.expect("rows").rows
}

fn of_source(source: i64) -> Selection {
    Selection {
        source: Some(SourceId(source)),
        ..Selection::default()
    }
}

/// Releases and unread ones of each source.
fn counts(shelf: &Shelf) -> Vec<(String, u64, u64)> {
    let sources = shelf.reader.sources().expect("sources").into_iter();
    sources
        .map(|source| (source.name.to_string(), source.releases, source.unread))
        .collect()
}

fn both(releases: u64, unread: u64) -> Vec<(String, u64, u64)> {
    ["Port", "Wire"]
        .map(|name| (name.to_owned(), releases, unread))
        .to_vec()
}

#[test]
fn what_two_sources_carry_word_for_word_is_one_row_with_both() {
    for quickly in [false, true] {
        let mut shelf = shelf();
        assert_eq!(bring(&mut shelf, "Wire", sent_by("Wire"), false), 0);
        assert_eq!(bring(&mut shelf, "Port", sent_by("Port"), quickly), 1);
        let all = rows(&shelf, &Selection::default());
        let [row] = &all[..] else {
            panic!("one row: {all:?}");
        };
        assert_eq!((row.copies, row.sources().as_str()), (2, "Wire, Port"));
        let id = row.id;
        // It is found once, and stands in the list of each source and in the window of its copies.
        assert_eq!(shelf.headlines("quay"), [HEADLINE]);
        for source in ["wire", "port"] {
            assert_eq!(shelf.headlines(&format!("source:{source}")), [HEADLINE]);
        }
        let story = Selection {
            story: Some(id),
            ..Selection::default()
        };
        for selection in [of_source(1), of_source(2), story] {
            let found: Vec<ReleaseId> = rows(&shelf, &selection).iter().map(|r| r.id).collect();
            assert_eq!(found, [id], "{selection:?}");
        }
        assert_eq!(counts(&shelf), both(1, 1));
        let carriers = shelf.reader.carriers(id).expect("read");
        assert_eq!(
            carriers[0].url.as_deref(),
            Some("https://port.example/news/1")
        );
        // What is sent again is nothing new, to either.
        for source in ["Wire", "Port"] {
            assert_eq!(bring(&mut shelf, source, sent_by(source), true), 1);
        }
        assert_eq!(rows(&shelf, &Selection::default())[0].copies, 2);
        // It is read, and deleted, for both.
        shelf.library.set_read(&[id], true).expect("read");
        assert_eq!(counts(&shelf), both(1, 0));
        shelf.library.set_deleted(&[id], true).expect("deleted");
        assert_eq!(shelf.count(Show::All), 0);
        assert_eq!(bring(&mut shelf, "Port", sent_by("Port"), quickly), 1);
        assert!(rows(&shelf, &of_source(2)).is_empty());
        let found = shelf.library.check().expect("checked");
        assert!(found.is_sound(), "{found:?}");
    }
}

#[test]
fn other_markup_around_the_same_words_is_known_the_next_time_without_being_taken_apart() {
    let mut shelf = shelf();
    assert_eq!(bring(&mut shelf, "Wire", sent_by("Wire"), false), 0);
    let spaced = Incoming {
        text: PORT.replace(". ", ".  "),
        ..sent_by("Port")
    };
    let same_page = Incoming {
        url: sent_by("Wire").url,
        ..spaced
    };
    assert_eq!(bring(&mut shelf, "Port", same_page.clone(), true), 1);
    assert_eq!(rows(&shelf, &Selection::default())[0].copies, 2);
    for (source, release) in [("Wire", sent_by("Wire")), ("Port", same_page)] {
        let some = vec![Arrivals {
            arrivals: vec![Arrival::new(release, NOW)],
            origin: feed(source),
        }];
        let kept = shelf.library.keep(some, NOW).expect("kept").remove(0);
        assert_eq!((kept.known, kept.rest.len()), (1, 0), "{source}");
    }
}

#[test]
fn what_was_only_opened_is_no_source_and_other_words_are_a_release_of_their_own() {
    let mut shelf = shelf();
    assert_eq!(bring(&mut shelf, "Wire", sent_by("Wire"), false), 0);
    let batch = [prepared(sent_by("Wire"))];
    let taken = shelf.library.take_in(&batch, &Origin::opened(), NOW);
    assert_eq!(taken.expect("taken in").known, 1);
    assert_eq!(rows(&shelf, &Selection::default())[0].copies, 1);
    assert!(rows(&shelf, &of_source(2)).is_empty());
    let other = Incoming {
        text: PORT.replace("today", "on Friday"),
        ..sent_by("Port")
    };
    assert_eq!(bring(&mut shelf, "Port", other, true), 0);
    let all = rows(&shelf, &Selection::default());
    assert!(all.iter().all(|row| row.also.is_empty()), "{all:?}");
}
