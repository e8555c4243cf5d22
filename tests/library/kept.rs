//! The two steps in which releases come in: kept as their source sent them, then taken apart.

use dateline::app::message::Message;
use dateline::jobs::Jobs;
use dateline::release::{Format, Incoming, ReleaseId};
use dateline::store::{Arrival, Arrivals, Kept, Origin, Selection, Show, Start, rescue};

use super::{NOW, Shelf, TODAY, incoming, shelf};

const QUAY: &str = "BERGEN, May 28, 2025 /PRNewswire/ -- The harbour authority of Bergen opened quay 4 on Wednesday.\n\n\
                    \"Ships may berth from June,\" said Ingrid Dahl, head of the harbour.";
const FERRY: &str = "OSLO, May 29, 2025 /PRNewswire/ -- Fjordline AS ordered a ferry that needs no diesel.\n\n\
                     The yard lays its keel in autumn.";

/// An entry of a feed.
fn entry(guid: &str, headline: &str, date: &str, text: &str) -> Incoming {
    Incoming {
        guid: Some(guid.into()),
        original: format!(
            "<item><title>{headline}</title><description><![CDATA[{text}]]></description></item>"
        )
        .into_bytes(),
        format: Format::Feed,
        ..incoming(headline, date, text)
    }
}

fn quay() -> Incoming {
    entry("q", "Bergen Opens Quay 4", "2025-05-28T09:30:00Z", QUAY)
}

fn ferry() -> Incoming {
    entry(
        "f",
        "Ferry Without Diesel Ordered",
        "2025-05-30T07:00:00Z",
        FERRY,
    )
}

fn keep(shelf: &mut Shelf, sent: Vec<Incoming>) -> Kept {
    let some = vec![Arrivals {
        arrivals: sent.into_iter().map(|one| Arrival::new(one, NOW)).collect(),
        origin: Origin::named("Tests"),
    }];
    let mut kept = shelf.library.keep(some, NOW).expect("kept");
    kept.pop().expect("one source")
}

fn listed(shelf: &Shelf) -> Vec<(ReleaseId, String, i64)> {
    let page = shelf
        .reader
        .rows(&Selection::default(), Start::First, 100, TODAY)
        .expect("rows");
    let row = |row: dateline::release::Listing| (row.id, row.headline.to_string(), row.published);
    page.rows.into_iter().map(row).collect()
}

fn take_apart(shelf: &mut Shelf) {
    for id in shelf.reader.waiting(None, 100).expect("what waits") {
        assert!(shelf.library.take_apart(id, NOW).expect("taken apart"));
    }
    assert_eq!(shelf.reader.waiting_count().expect("a count"), 0);
    let found = shelf.library.check().expect("checked");
    assert!(found.is_sound(), "{found:?}");
}

#[test]
fn what_is_kept_can_be_read_at_once_and_found_once_it_is_taken_apart() {
    let mut shelf = shelf();
    let kept = keep(&mut shelf, vec![quay(), ferry()]);
    assert_eq!((kept.added.len(), kept.known, kept.rest.len()), (2, 0, 0));
    let before = listed(&shelf);
    assert_eq!(before[0].1, "Ferry Without Diesel Ordered");
    assert_eq!(shelf.reader.waiting_count().expect("a count"), 2);
    assert_eq!(shelf.headlines("keel"), Vec::<String>::new());
    let held = shelf.reader.open_release(before[1].0).expect("it opens");
    assert!(held.release.text.contains("Ingrid Dahl"));
    assert_eq!(
        held.release.dateline.and_then(|d| d.place).as_deref(),
        Some("BERGEN")
    );
    assert_eq!(
        shelf.reader.original(before[1].0).expect("its bytes"),
        quay().original
    );
    assert!(shelf.library.check().expect("checked").is_sound());

    take_apart(&mut shelf);
    // The text says the 29th; the row stays where its source put it.
    assert_eq!(listed(&shelf), before);
    assert_eq!(shelf.headlines("keel"), ["Ferry Without Diesel Ordered"]);
    let held = shelf.reader.open_release(before[0].0).expect("it opens");
    assert_eq!(held.listing.wire.as_deref(), Some("PR Newswire"));
    assert!(!held.recognition.entities.is_empty());
    assert!(held.listing.dated && held.listing.timed);
    assert_eq!(
        shelf.reader.original(before[0].0).expect("its bytes"),
        ferry().original
    );
}

#[test]
fn what_the_user_set_holds_while_a_release_is_taken_apart() {
    let mut shelf = shelf();
    let kept = keep(&mut shelf, vec![quay(), ferry()]);
    let [quay, ferry] = kept.added[..] else {
        panic!("{kept:?}")
    };
    shelf.library.set_read(&[quay], true).expect("read");
    shelf.library.set_starred(&[quay], true).expect("starred");
    shelf
        .library
        .set_tags(quay, &["port".into()])
        .expect("tagged");
    shelf.bookmark(quay, "Ships may berth from June");
    shelf.library.set_deleted(&[ferry], true).expect("deleted");
    take_apart(&mut shelf);
    let held = shelf.reader.open_release(quay).expect("it opens");
    assert!(held.listing.read && held.listing.starred);
    assert_eq!(held.keepings.tags, ["port"]);
    let passage = &held.keepings.passages[0];
    let extent = passage.extent.expect("found again");
    assert_eq!(extent.of(&held.release.text), "Ships may berth from June");
    assert_eq!(shelf.count(Show::All), 1);
    assert_eq!(shelf.headlines("keel"), Vec::<String>::new());
    assert_eq!(keep(&mut shelf, vec![self::ferry()]).known, 1);
    shelf.library.set_deleted(&[ferry], false).expect("back");
    assert_eq!(shelf.headlines("keel").len(), 1);
}

#[test]
fn what_is_sent_again_is_known_and_what_changed_is_a_version() {
    let changed = |to: &str| {
        entry(
            "q",
            "Bergen Opens Quay 4",
            "2025-05-28T09:30:00Z",
            &QUAY.replace("June", to),
        )
    };
    let mut shelf = shelf();
    let id = keep(&mut shelf, vec![quay(), quay()]).added[0];
    assert_eq!(keep(&mut shelf, vec![quay()]).known, 1);
    for (number, month) in ["July", "August"].into_iter().enumerate() {
        let mut kept = keep(&mut shelf, vec![changed(month)]);
        assert_eq!((kept.added.len(), kept.known), (0, 0));
        let rest = kept.rest.pop().expect("it is to be compared");
        assert_eq!(rest.text, changed(month).text);
        assert_eq!(shelf.take(vec![rest]).changed, [id]);
        assert_eq!(shelf.reader.waiting_count().expect("a count"), 0);
        assert_eq!(
            shelf.reader.versions(id).expect("versions").len(),
            number + 1
        );
        assert_eq!(keep(&mut shelf, vec![changed(month)]).known, 1, "{month}");
    }
    let first = &shelf.reader.versions(id).expect("versions")[0];
    assert!(first.text.contains("from June"));
    // What it once was is not what it is.
    assert_eq!(keep(&mut shelf, vec![quay()]).rest.len(), 1);
    assert!(shelf.library.check().expect("checked").is_sound());
}

#[test]
fn what_its_words_must_place_is_understood_first() {
    let mut shelf = shelf();
    let kept = keep(
        &mut shelf,
        vec![
            entry("1", "", "2025-05-28T09:30:00Z", QUAY),
            entry("2", "Not Dated", "", QUAY),
            entry(
                "3",
                "Held Back",
                "2025-05-28T09:30:00Z",
                &format!("EMBARGOED UNTIL JUNE 30\n\n{QUAY}"),
            ),
            incoming("A File", "2025-05-28", QUAY),
        ],
    );
    assert_eq!((kept.added.len(), kept.rest.len()), (0, 4));
}

#[test]
fn copies_find_each_other_when_they_are_taken_apart() {
    let long = format!(
        "{QUAY}\n\n{}",
        "The quay is long enough for two ships that lie one behind the other. ".repeat(12)
    );
    let twin = long.replace("/PRNewswire/", "(GLOBE NEWSWIRE)");
    let mut shelf = shelf();
    let mut other = entry(
        "other",
        "Bergen Opens Quay 4",
        "2025-05-28T09:45:00Z",
        &twin,
    );
    other.url = Some("https://wire.example/bergen".into());
    keep(
        &mut shelf,
        vec![
            entry("q", "Bergen Opens Quay 4", "2025-05-28T09:30:00Z", &long),
            other,
        ],
    );
    assert_eq!(listed(&shelf).len(), 2);
    take_apart(&mut shelf);
    assert_eq!(listed(&shelf).len(), 1);
}

#[test]
fn what_waits_is_rescued() {
    let mut shelf = shelf();
    keep(&mut shelf, vec![quay(), ferry()]);
    let Shelf {
        library,
        reader,
        path,
        _directory,
    } = shelf;
    drop((library, reader));
    let rescued = rescue(&path, NOW).expect("rescued");
    assert_eq!(rescued.releases, 2);
}

#[test]
fn what_a_kill_left_waiting_is_taken_apart_at_the_next_start() {
    let mut shelf = shelf();
    keep(&mut shelf, vec![quay(), ferry()]);
    let (sender, messages) = crossbeam_channel::unbounded();
    let jobs = Jobs::start(&shelf.path, sender).expect("started");
    let mut most = (0, None);
    for message in &messages {
        if let Message::Progress(progress) = message {
            most = (progress.done, progress.total);
            if progress.finished {
                break;
            }
        }
    }
    assert_eq!(most, (2, Some(2)));
    assert_eq!(shelf.reader.waiting_count().expect("a count"), 0);
    assert_eq!(shelf.headlines("keel"), ["Ferry Without Diesel Ordered"]);
    drop(jobs);
}
