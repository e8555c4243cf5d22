//! The library end to end: what goes in, what comes out, what survives. Every test has a library of its own in a
//! temporary directory.

use std::path::PathBuf;

use dateline::entity::Reading;
use dateline::query::Query;
use dateline::release::{Anchor, AnchorStatus, Format, Incoming, PassageId, ReleaseId};
use dateline::store::{
    Found, Intake, Library, NewPassage, Order, Origin, Prepared, Preparer, Reader, Selection, Show,
    Start, StoreError,
};
use dateline::text::Extent;

/// 2025-06-01T12:00:00Z.
const NOW: i64 = 1_748_779_200;
/// Days since the epoch of `NOW`.
const TODAY: i64 = NOW / 86_400;

struct Shelf {
    library: Library,
    reader: Reader,
    path: PathBuf,
    _directory: tempfile::TempDir,
}

fn shelf() -> Shelf {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("data").join("library.db");
    let library = Library::open(&path).expect("a new library");
    let reader = Reader::open(&path).expect("a reader");
    Shelf {
        library,
        reader,
        path,
        _directory: directory,
    }
}

fn incoming(headline: &str, date: &str, text: &str) -> Incoming {
    Incoming {
        headline: Some(headline.into()),
        published: Some(date.into()),
        text: text.into(),
        original: text.as_bytes().to_vec(),
        format: Format::Plain,
        ..Incoming::default()
    }
}

fn prepared(incoming: Incoming) -> Prepared {
    Preparer::new(Reading::Patterns).prepare(incoming, &[], NOW)
}

impl Shelf {
    fn take(&mut self, incoming: Vec<Incoming>) -> Intake {
        let batch: Vec<Prepared> = incoming.into_iter().map(prepared).collect();
        self.library
            .take_in(&batch, &Origin::named("Tests"), NOW)
            .expect("taken in")
    }

    fn one(&mut self, incoming: Incoming) -> ReleaseId {
        let intake = self.take(vec![incoming]);
        *intake
            .added
            .first()
            .unwrap_or_else(|| panic!("not new: {intake:?}"))
    }

    fn headlines(&self, query: &str) -> Vec<String> {
        let selection = Selection {
            query: Some(Query::parse(query)),
            ..Selection::default()
        };
        let page = self
            .reader
            .rows(&selection, Start::First, 100, TODAY)
            .expect("rows");
        page.rows
            .into_iter()
            .map(|row| row.headline.as_str().to_owned())
            .collect()
    }

    fn count(&self, show: Show) -> u64 {
        let selection = Selection {
            show,
            ..Selection::default()
        };
        self.reader
            .count(&selection, None, TODAY)
            .expect("counted")
            .total
    }

    fn bookmark(&mut self, release: ReleaseId, words: &str) -> dateline::release::Passage {
        let text = self.reader.release(release).expect("the release").text;
        let start = text.find(words).expect("the words are there");
        let extent = Extent::new(start, start + words.len());
        let new = NewPassage {
            release,
            extent,
            anchor: Anchor::take(&text, extent),
            note: "check this".into(),
            tags: vec!["harbour".into()],
        };
        self.library.add_passage(new, NOW).expect("saved")
    }
}

const PORT: &str = "The port of Lisbon opened a third quay today. Traffic grew by four per cent in spring.\n\n\
    The harbour master, Ana Costa, said that the quay would serve container ships.";

#[test]
fn rows_come_in_the_order_of_their_dates_and_page_by_page() {
    let mut shelf = shelf();
    let many: Vec<Incoming> = (1..=28)
        .rev()
        .flat_map(|day| {
            (0..3).map(move |n| {
                let text =
                    format!("Text number {n} of day {day}, about nothing else in particular.");
                incoming(
                    &format!("Day {day:02} no {n}"),
                    &format!("2025-02-{day:02}"),
                    &text,
                )
            })
        })
        .collect();
    assert_eq!(shelf.take(many).added.len(), 84);
    let all = Selection::default();
    let rows = |start, limit| shelf.reader.rows(&all, start, limit, TODAY).expect("rows");
    let whole = rows(Start::First, 200);
    assert!(whole.at_start && whole.at_end && whole.rows.len() == 84);
    assert!(
        whole
            .rows
            .windows(2)
            .all(|pair| pair[0].id > pair[1].id && pair[0].published >= pair[1].published)
    );
    // Forward in steps of ten gives the whole, and so does backward.
    let (mut forward, mut page) = (Vec::new(), rows(Start::First, 10));
    loop {
        forward.extend(page.rows.iter().map(|row| row.id));
        if page.at_end {
            break;
        }
        page = rows(Start::After(*forward.last().expect("a row")), 10);
    }
    let ids: Vec<ReleaseId> = whole.rows.iter().map(|row| row.id).collect();
    assert_eq!(forward, ids);
    let last = rows(Start::Last, 10);
    assert_eq!(
        last.rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        ids[74..]
    );
    let before = rows(Start::Before(ids[74]), 10);
    assert_eq!(
        before.rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        ids[64..74]
    );
    let around = rows(Start::Around(ids[40]), 11);
    assert_eq!(
        around.rows.iter().map(|row| row.id).collect::<Vec<_>>(),
        ids[35..46]
    );
    let around = rows(Start::Around(ids[1]), 10);
    assert!(around.at_start && around.rows.len() == 10 && around.rows[0].id == ids[0]);
    let oldest = Selection {
        order: Order::Oldest,
        ..Selection::default()
    };
    let first = shelf
        .reader
        .rows(&oldest, Start::First, 1, TODAY)
        .expect("rows");
    assert_eq!(Some(first.rows[0].id), ids.last().copied());
    let counted = shelf
        .reader
        .count(&all, Some(ids[40]), TODAY)
        .expect("counted");
    assert_eq!(
        (counted.total, counted.unread, counted.before),
        (84, 84, Some(40))
    );
}

#[test]
fn what_comes_in_comes_out_as_it_was_understood() {
    let mut shelf = shelf();
    let source = incoming("Lisbon opens a third quay", "2025-05-30", PORT);
    let understood = dateline::release::understand(&source, &[]);
    let recognised = dateline::entity::Recogniser::new(Reading::Patterns).recognise(&understood);
    let id = shelf.one(source);
    let held = shelf.reader.open_release(id).expect("opened");
    let as_json = |release| serde_json::to_value(release).expect("JSON");
    assert_eq!(as_json(&held.release), as_json(&understood));
    assert_eq!(held.recognition, recognised);
    assert_eq!(held.links.len(), recognised.entities.len());
    assert_eq!(held.reading, Some(Reading::Patterns));
    assert_eq!(shelf.reader.original(id).expect("kept"), PORT.as_bytes());
}

#[test]
fn the_same_release_is_known_again_and_a_changed_one_is_a_version() {
    let mut shelf = shelf();
    let mut first = incoming("Lisbon opens a third quay", "2025-05-30", PORT);
    first.url = Some("https://www.example.com/news/quay?utm_source=feed".into());
    let id = shelf.one(first.clone());
    assert_eq!(shelf.take(vec![first.clone()]).known, 1);
    let passage = shelf.bookmark(id, "the quay would serve container ships");
    shelf.library.set_starred(&[id], true).expect("starred");
    // Another way to the same text.
    let copy = Incoming {
        url: None,
        path: Some("/tmp/quay.txt".into()),
        ..first.clone()
    };
    assert_eq!(shelf.take(vec![copy]).known, 1);
    // The page says more today.
    let mut changed = first;
    changed.url = Some("http://example.com/news/quay/".into());
    changed.text = PORT.replace("opened a third quay", "opened its third and longest quay");
    let intake = shelf.take(vec![changed]);
    assert_eq!((intake.added.len(), intake.changed), (0, vec![id]));
    let held = shelf.reader.open_release(id).expect("opened");
    assert!(held.release.text.contains("longest") && held.listing.starred);
    assert_eq!(held.listing.versions, 2);
    let found = &held.keepings.passages[0];
    assert_eq!(
        (&found.id, found.status),
        (&passage.id, AnchorStatus::Moved)
    );
    assert_eq!(
        found.extent.map(|e| e.of(&held.release.text)),
        Some("the quay would serve container ships")
    );
    assert_eq!(shelf.headlines("longest").len(), 1);
    assert_eq!(shelf.reader.versions(id).expect("versions").len(), 1);
}

#[test]
fn two_stories_under_one_identifier_stay_two() {
    let mut shelf = shelf();
    let with_guid = |headline: &str, text: &str| Incoming {
        guid: Some("item-1".into()),
        ..incoming(headline, "2025-05-30", text)
    };
    shelf.one(with_guid("Lisbon opens a third quay", PORT));
    shelf.one(with_guid(
        "Results of the half-year",
        "Revenue of the Beta group rose to nine million francs.",
    ));
    assert_eq!(shelf.count(Show::All), 2);
}

#[test]
fn marks_are_kept_and_counted() {
    let mut shelf = shelf();
    let a = shelf.one(incoming("A quay", "2025-05-30", PORT));
    let b = shelf.one(incoming(
        "A bank",
        "2025-05-29",
        "The bank of Porto lent nine million to farmers this year.",
    ));
    shelf.library.set_read(&[a, b], true).expect("read");
    shelf.library.set_read(&[b], false).expect("unread");
    shelf.library.set_starred(&[b], true).expect("starred");
    shelf
        .library
        .set_tags(b, &["Money".into(), " farms ".into(), String::new()])
        .expect("tagged");
    shelf.library.save_position(b, 17).expect("position");
    assert_eq!(
        (shelf.count(Show::Unread), shelf.count(Show::Starred)),
        (1, 1)
    );
    let held = shelf.reader.open_release(b).expect("opened");
    assert_eq!(held.keepings.tags, ["Money", "farms"]);
    assert_eq!(held.keepings.position, 17);
    for (query, found) in [
        ("is:unread", vec!["A bank"]),
        ("is:read", vec!["A quay"]),
        ("is:starred -quay", vec!["A bank"]),
        ("tag:money", vec!["A bank"]),
        ("has:tag has:passage", vec![]),
        ("after:2025-05-30", vec!["A quay"]),
        ("before:2025-05-30", vec!["A bank"]),
        ("date:2025-05", vec!["A quay", "A bank"]),
        ("after:2d", vec!["A quay"]),
        ("source:tests bank", vec!["A bank"]),
    ] {
        assert_eq!(shelf.headlines(query), found, "{query}");
    }
}

#[test]
fn deleted_stays_deleted_and_comes_back_when_asked() {
    let mut shelf = shelf();
    let source = incoming("A quay", "2025-05-30", PORT);
    let id = shelf.one(source.clone());
    shelf.library.set_deleted(&[id], true).expect("deleted");
    assert_eq!(
        (shelf.count(Show::All), shelf.headlines("quay").len()),
        (0, 0)
    );
    assert_eq!(shelf.take(vec![source]).known, 1);
    let mut newer = incoming("A quay", "2025-05-30", &PORT.replace("today", "on Friday"));
    newer.path = Some("/tmp/other.txt".into());
    assert_eq!(shelf.count(Show::All), 0);
    shelf.library.set_deleted(&[id], false).expect("back");
    assert_eq!(
        (shelf.count(Show::All), shelf.headlines("quay").len()),
        (1, 1)
    );
    shelf
        .library
        .check_index()
        .expect("the index agrees with the texts");
}

#[test]
fn passages_are_made_edited_deleted_and_brought_back() {
    let mut shelf = shelf();
    let id = shelf.one(incoming("A quay", "2025-05-30", PORT));
    let passage = shelf.bookmark(id, "Traffic grew by four per cent in spring.");
    assert_eq!(
        (passage.status, passage.citation.paragraph),
        (AnchorStatus::Exact, Some(1))
    );
    assert_eq!(passage.citation.issued.as_deref(), Some("2025-05-30"));
    assert_eq!(shelf.count(Show::WithPassages), 1);
    let edited = shelf
        .library
        .edit_passage(&passage.id, "", &[], NOW + 5)
        .expect("edited");
    assert_eq!((edited.note.as_str(), edited.modified), ("", NOW + 5));
    let rows = shelf.reader.passages(Some("traff")).expect("passages");
    assert_eq!(rows.len(), 1);
    assert_eq!(
        shelf
            .reader
            .passages(Some("nowhere"))
            .expect("passages")
            .len(),
        0
    );
    shelf
        .library
        .set_passage_deleted(&passage.id, true, NOW)
        .expect("deleted");
    assert_eq!(
        (
            shelf.count(Show::WithPassages),
            shelf.reader.passages(None).expect("none").len()
        ),
        (0, 0)
    );
    shelf
        .library
        .set_passage_deleted(&passage.id, false, NOW)
        .expect("back");
    assert_eq!(shelf.count(Show::WithPassages), 1);
    let nobody = PassageId("no such passage".into());
    assert!(matches!(
        shelf.library.edit_passage(&nobody, "", &[], NOW),
        Err(StoreError::NoPassage(_))
    ));
}

#[test]
fn search_finds_what_is_asked_for_and_lights_it() {
    let mut shelf = shelf();
    shelf.one(incoming(
        "Solar park in Évora",
        "2025-05-30",
        "The solar park of Évora feeds forty thousand homes.",
    ));
    shelf.one(incoming(
        "Wind farm",
        "2025-05-29",
        "A wind farm off Porto; the climate report praised it. Don't panic.",
    ));
    shelf.one(incoming(
        "新质生产力",
        "2025-05-28",
        "长沙，发展新质生产力是推动高质量发展的内在要求，习近平在湖南考察时强调。",
    ));
    for (query, count) in [
        ("solar OR wind", 2),
        ("solar wind", 0),
        ("\"climate report\"", 1),
        ("\"report climate\"", 0),
        ("\"report climate\"~3", 1),
        ("clim*", 1),
        ("evora", 1),
        ("title:wind", 1),
        ("title:porto", 0),
        ("body:porto", 1),
        ("-solar", 2),
        ("(solar OR porto) -homes", 1),
        ("don't", 1),
        ("新质生产", 1),
        ("长沙", 1),
        ("质", 1),
        ("火星人", 0),
        ("lang:xx", 0),
    ] {
        assert_eq!(shelf.headlines(query).len(), count, "{query}");
    }
    let selection = Selection {
        query: Some(Query::typed("porto clim")),
        ..Selection::default()
    };
    let mut pages: Vec<Found> = Vec::new();
    shelf
        .reader
        .search(&selection, 10, TODAY, &mut |found| pages.push(found))
        .expect("searched");
    let last = pages.pop().expect("a page");
    assert!(last.complete && last.exact && last.total == 1);
    let snippet = last.rows[0].snippet.clone().expect("a snippet");
    let lit: Vec<&str> = snippet
        .hits
        .iter()
        .map(|hit| hit.of(&snippet.text))
        .collect();
    assert_eq!(lit, ["Porto", "climate"]);
}

#[test]
fn the_best_match_comes_first_when_it_is_asked_for() {
    let mut shelf = shelf();
    shelf.one(incoming(
        "Harvest",
        "2025-05-30",
        "Farmers spoke of wheat, rye and, once, of solar panels. Nothing else was said.",
    ));
    shelf.one(incoming(
        "Solar power for farms",
        "2025-05-01",
        "Solar panels on farms: solar power is cheap, solar power is there.",
    ));
    let best = Selection {
        query: Some(Query::parse("solar")),
        order: Order::Best,
        ..Selection::default()
    };
    let page = shelf
        .reader
        .rows(&best, Start::First, 10, TODAY)
        .expect("rows");
    assert_eq!(page.rows[0].headline, "Solar power for farms");
    assert!(page.at_start && page.at_end);
}

#[test]
fn a_newer_library_and_another_programs_file_are_left_alone() {
    let shelf = shelf();
    let path = shelf.path.clone();
    drop((shelf.library, shelf.reader));
    let db = rusqlite::Connection::open(&path).expect("opened");
    db.pragma_update(None, "user_version", 9_999).expect("set");
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .expect("checkpoint");
    drop(db);
    let before = std::fs::read(&path).expect("read");
    assert!(matches!(
        Library::open(&path),
        Err(StoreError::Newer { found: 9_999, .. })
    ));
    assert!(matches!(Reader::open(&path), Err(StoreError::Newer { .. })));
    assert_eq!(std::fs::read(&path).expect("read"), before);

    let foreign = path.with_file_name("foreign.db");
    rusqlite::Connection::open(&foreign)
        .and_then(|db| db.execute_batch("CREATE TABLE theirs (x)"))
        .expect("made");
    let before = std::fs::read(&foreign).expect("read");
    assert!(matches!(
        Library::open(&foreign),
        Err(StoreError::Foreign { .. })
    ));
    assert_eq!(std::fs::read(&foreign).expect("read"), before);
}

#[cfg(unix)]
#[test]
fn the_library_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mut shelf = shelf();
    shelf.one(incoming("A quay", "2025-05-30", PORT));
    let mode = |path: &std::path::Path| {
        std::fs::metadata(path).expect("there").permissions().mode() & 0o777
    };
    assert_eq!(mode(shelf.path.parent().expect("a directory")), 0o700);
    for name in ["library.db", "library.db-wal"] {
        assert_eq!(mode(&shelf.path.with_file_name(name)), 0o600, "{name}");
    }
}

#[test]
fn two_writers_work_side_by_side() {
    let mut shelf = shelf();
    let id = shelf.one(incoming("A quay", "2025-05-30", PORT));
    let mut second = Library::open(&shelf.path).expect("a second instance");
    let version = shelf.reader.data_version().expect("version");
    second.set_starred(&[id], true).expect("starred");
    assert_ne!(shelf.reader.data_version().expect("version"), version);
    shelf.library.set_read(&[id], true).expect("read");
    let held = shelf.reader.open_release(id).expect("opened");
    assert!(held.listing.read && held.listing.starred);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(96))]
    #[test]
    fn whatever_is_typed_is_never_an_error(
        typed in "[a-z\"()*:~,.'é湖新🙂^+{}\\[\\] -]{0,40}|(NOT |OR |AND |\\(|NEAR\\(|\"|-|title:|person:|date:2025|tag:a|is:unread |has:note |lang:|solar |port ){0,12}|\\PC{0,40}"
    ) {
        thread_local! {
            static SHELF: Shelf = {
                let mut shelf = shelf();
                shelf.one(incoming("Solar port", "2025-05-30", PORT));
                shelf.one(incoming("新质生产力", "2025-05-28", "长沙，发展新质生产力是推动高质量发展的内在要求。"));
                shelf
            };
        }
        SHELF.with(|shelf| {
            for query in [Query::typed(&typed), Query::parse(&typed)] {
                for order in [Order::Newest, Order::Best] {
                    let selection = Selection { query: Some(query.clone()), order, ..Selection::default() };
                    let page = shelf.reader.rows(&selection, Start::First, 10, TODAY);
                    assert!(page.is_ok(), "{typed:?}: {page:?}");
                }
                let selection = Selection { query: Some(query), ..Selection::default() };
                let counted = shelf.reader.count(&selection, None, TODAY);
                assert!(counted.is_ok(), "{typed:?}: {counted:?}");
                let searched = shelf.reader.search(&selection, 10, TODAY, &mut |_| ());
                assert!(searched.is_ok(), "{typed:?}: {searched:?}");
            }
        });
    }
}

#[test]
fn a_pasted_book_is_a_query_too() {
    let mut shelf = shelf();
    shelf.one(incoming("A quay", "2025-05-30", PORT));
    assert_eq!(
        shelf
            .headlines(&"((port OR quay) -(solar ".repeat(800))
            .len(),
        1
    );
    assert_eq!(shelf.headlines(&"((port OR quay) ".repeat(800)).len(), 1);
}

/// A seeded source of numbers, for damage that comes back the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap_or(0)
    }
}

/// A library with releases, marks and passages, closed, as bytes of its file and of its mirror.
fn kept() -> (Vec<u8>, Vec<u8>) {
    let mut shelf = shelf();
    let many: Vec<Incoming> = (0..40)
        .map(|n| {
            incoming(
                &format!("Release number {n}"),
                "2025-05-30",
                &format!("{PORT}\n\nThis is text number {n}."),
            )
        })
        .collect();
    let ids = shelf.take(many).added;
    for id in &ids[..5] {
        shelf.bookmark(*id, "the quay would serve container ships");
    }
    shelf.library.set_read(&ids[3..9], true).expect("read");
    shelf
        .library
        .set_deleted(&ids[20..22], true)
        .expect("deleted");
    shelf.library.mirror().expect("mirrored");
    let mirror = std::fs::read(dateline::store::mirror_path(&shelf.path)).expect("a mirror");
    drop((shelf.library, shelf.reader));
    (std::fs::read(&shelf.path).expect("the file"), mirror)
}

#[test]
fn a_damaged_library_is_set_aside_and_what_is_yours_comes_back() {
    let (sound, mirror) = kept();
    let mut dice = Dice(0x0005_EED5);
    for variant in 0..24 {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("library.db");
        let mut damaged = sound.clone();
        match variant {
            0 => damaged = b"This is no database, it is a text of some length. ".repeat(40),
            1 => damaged.clear(),
            2..=7 => damaged.truncate(4096 * (1 + dice.roll(damaged.len() / 4096))),
            _ => {
                for _ in 0..(1 << (variant % 12)) {
                    let at = dice.roll(damaged.len());
                    damaged[at] ^= 1 << dice.roll(8);
                }
            }
        }
        std::fs::write(&path, &damaged).expect("written");
        std::fs::write(dateline::store::mirror_path(&path), &mirror).expect("written");
        // What the program does: open, and where the check finds damage, set aside. Another program's mark on the
        // file, or a newer schema's, is left alone.
        let opened = dateline::store::open_or_rescue(&path, NOW);
        let mut library = match opened {
            Ok((library, _)) => library,
            Err(StoreError::Foreign { .. } | StoreError::Newer { .. }) => {
                assert_eq!(
                    std::fs::read(&path).expect("read"),
                    damaged,
                    "variant {variant}"
                );
                continue;
            }
            Err(other) => panic!("variant {variant}: {other}"),
        };
        let sound = library.check().is_ok_and(|found| found.file.is_empty());
        if !sound {
            drop(library);
            dateline::store::rescue(&path, NOW).expect("rescued");
            library = Library::open(&path).expect("the new library");
        }
        let reader = Reader::open(&path).expect("a reader");
        let passages = reader.passages(None).expect("passages");
        assert_eq!(passages.len(), 5, "variant {variant}");
        library
            .check_index()
            .or_else(|_| library.rebuild())
            .expect("an index");
    }
}

#[test]
fn a_lost_library_comes_back_from_its_mirror_and_texts_fill_in() {
    let mut shelf = shelf();
    let source = incoming("Lisbon opens a third quay", "2025-05-30", PORT);
    let id = shelf.one(source.clone());
    let other = incoming(
        "A bank lends",
        "2025-05-29",
        "The bank of Porto lent nine million to farmers this year.",
    );
    let deleted = shelf.one(other.clone());
    let passage = shelf.bookmark(id, "the quay would serve container ships");
    shelf
        .library
        .set_tags(id, &["quays".into()])
        .expect("tagged");
    shelf
        .library
        .set_deleted(&[deleted], true)
        .expect("deleted");
    shelf.library.mirror().expect("mirrored");
    let path = shelf.path.clone();
    drop((shelf.library, shelf.reader));
    for companion in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{companion}", path.display()));
    }
    let (library, rescue) = dateline::store::open_or_rescue(&path, NOW).expect("opened");
    let yours = rescue.expect("something came back").yours;
    assert_eq!((yours.passages, yours.releases), (1, 2));
    shelf.library = library;
    shelf.reader = Reader::open(&path).expect("a reader");
    // The passage is there at once, the rest of the release when it is sent again.
    let rows = shelf.reader.passages(None).expect("passages");
    assert_eq!(
        (&rows[0].0.id, rows[0].1.headline.as_str()),
        (&passage.id, "Lisbon opens a third quay")
    );
    assert_eq!(shelf.count(Show::All), 1);
    shelf.take(vec![source, other]);
    assert_eq!(shelf.count(Show::All), 1, "what was deleted stays so");
    let held = shelf.reader.open_release(rows[0].1.id).expect("opened");
    assert!(held.release.text.contains("Ana Costa"));
    let found = &held.keepings.passages[0];
    assert_eq!(
        found.extent.map(|e| e.of(&held.release.text)),
        Some("the quay would serve container ships")
    );
    assert_eq!(
        (held.keepings.tags, held.listing.versions),
        (vec!["quays".to_owned()], 1)
    );
    shelf.library.check_index().expect("the index agrees");
}

mod jobs {
    use std::time::Duration;

    use crossbeam_channel::{Receiver, unbounded};
    use dateline::app::Message;
    use dateline::app::effect::{Effect, From, Scope, Ticket};
    use dateline::jobs::Jobs;

    use super::*;

    /// A running set of jobs over a library in a directory.
    fn running(path: &std::path::Path) -> (Jobs, Receiver<Message>) {
        let (sender, messages) = unbounded();
        (Jobs::start(path, sender).expect("started"), messages)
    }

    /// The first message that `wanted` picks; the test fails where none comes.
    fn wait<T>(messages: &Receiver<Message>, mut wanted: impl FnMut(Message) -> Option<T>) -> T {
        loop {
            let message = messages
                .recv_timeout(Duration::from_secs(60))
                .expect("a message in time");
            if let Some(found) = wanted(message) {
                return found;
            }
        }
    }

    fn rows(
        jobs: &Jobs,
        messages: &Receiver<Message>,
        number: u64,
    ) -> Vec<dateline::release::Listing> {
        let ticket = Ticket(number);
        jobs.run(Effect::Rows {
            ticket,
            scope: Scope::default(),
            from: From::Start,
            limit: 50,
        });
        wait(messages, |message| match message {
            Message::Rows {
                ticket: its, rows, ..
            } if its == ticket => Some(rows),
            _ => None,
        })
    }

    fn import_ends(messages: &Receiver<Message>) {
        wait(messages, |message| match message {
            Message::Progress(progress) if progress.finished => Some(()),
            _ => None,
        });
    }

    #[test]
    fn the_first_start_has_the_samples_and_every_request_is_answered() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("library.db");
        let (jobs, messages) = running(&path);
        import_ends(&messages);
        let listed = rows(&jobs, &messages, 1);
        assert!(listed.len() >= 14, "{} samples", listed.len());
        let release = listed[0].id;
        jobs.run(Effect::Open {
            ticket: Ticket(2),
            release,
        });
        let opened = wait(&messages, |message| match message {
            Message::Opened {
                ticket: Ticket(2),
                opened,
            } => Some(opened),
            _ => None,
        });
        let text = opened.release.text.clone();
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let extent = Extent::new(0, end);
        let anchor = Anchor::take(&text, extent);
        let (note, tags) = (String::new(), Vec::new());
        jobs.run(Effect::AddPassage {
            ticket: Ticket(3),
            release,
            extent,
            anchor,
            note,
            tags,
        });
        let passage = wait(&messages, |message| match message {
            Message::PassageSaved {
                ticket: Ticket(3),
                passage,
            } => Some(passage),
            _ => None,
        });
        assert_eq!(passage.extent, Some(extent));
        jobs.run(Effect::SetStar {
            ticket: Ticket(4),
            releases: vec![release],
            starred: true,
        });
        wait(&messages, |message| {
            matches!(message, Message::Saved { ticket: Ticket(4) }).then_some(())
        });
        jobs.run(Effect::Search {
            ticket: Ticket(5),
            scope: Scope {
                query: Some("the".into()),
                ..Scope::default()
            },
            limit: 50,
        });
        let found = wait(&messages, |message| match message {
            Message::Found {
                ticket: Ticket(5),
                rows,
                complete: true,
                ..
            } => Some(rows),
            _ => None,
        });
        assert!(!found.is_empty() && found[0].snippet.is_some());
        drop(jobs);
        // Nothing but the mirror has to be right after the end: it is there, with the passage.
        let mirror =
            std::fs::read_to_string(dateline::store::mirror_path(&path)).expect("a mirror");
        assert!(mirror.contains(&passage.id.0));
    }

    #[test]
    fn a_change_of_another_instance_is_noticed() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("library.db");
        let (jobs, messages) = running(&path);
        import_ends(&messages);
        let release = rows(&jobs, &messages, 1)[0].id;
        let mut second = Library::open(&path).expect("a second instance");
        second.set_starred(&[release], true).expect("starred");
        if cfg!(target_os = "linux") {
            wait(&messages, |message| {
                matches!(message, Message::LibraryChanged { added: 0 }).then_some(())
            });
        }
        assert!(rows(&jobs, &messages, 2)[0].starred);
    }

    #[cfg(unix)]
    #[test]
    fn a_library_removed_under_us_is_told_and_what_is_yours_is_kept() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("data").join("library.db");
        let (jobs, messages) = running(&path);
        import_ends(&messages);
        let release = rows(&jobs, &messages, 1)[0].id;
        let star = |number, starred| Effect::SetStar {
            ticket: Ticket(number),
            releases: vec![release],
            starred,
        };
        jobs.run(star(2, true));
        wait(&messages, |message| {
            matches!(message, Message::Saved { ticket: Ticket(2) }).then_some(())
        });
        std::fs::remove_file(&path).expect("removed");
        jobs.run(star(3, false));
        let problem = wait(&messages, |message| match message {
            Message::NotSaved {
                ticket: Ticket(3),
                problem,
            } => Some(problem),
            Message::Saved { ticket: Ticket(3) } => panic!("shown as saved"),
            _ => None,
        });
        assert!(problem.contains("removed"), "{problem}");
        let kept = std::fs::read_to_string(dateline::store::mirror_path(&path)).expect("kept");
        assert!(kept.contains("\"starred\":true"));
    }
}

mod commands {
    use std::process::{Command, Output};

    use super::*;

    /// Runs the program on a data directory; its exit code, standard output and standard error.
    fn run(data: &std::path::Path, arguments: &[&str]) -> (Option<i32>, String, String) {
        let Output {
            status,
            stdout,
            stderr,
        } = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .arg("--data-dir")
            .arg(data)
            .args(arguments)
            .env_remove("DATELINE_CONFIG")
            .stdin(std::process::Stdio::null())
            .output()
            .expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (status.code(), text(stdout), text(stderr))
    }

    #[test]
    fn a_release_is_added_found_shown_bookmarked_and_exported() {
        let directory = tempfile::tempdir().expect("a directory");
        let data = directory.path().join("data");
        let file = directory.path().join("quay.txt");
        std::fs::write(&file, format!("Lisbon opens a third quay\n\n{PORT}\n")).expect("written");
        let file = file.to_str().expect("UTF-8");

        assert_eq!(
            run(&data, &["list"]).0,
            Some(1),
            "nothing is there, and no library is made by looking"
        );
        assert!(!data.exists());
        let (code, _, said) = run(&data, &["add", file]);
        assert_eq!((code, said.contains("1 new")), (Some(0), true), "{said}");
        let (code, _, said) = run(&data, &["add", file, "/no/such/file"]);
        assert_eq!((code, said.contains("1 known")), (Some(1), true), "{said}");

        let (code, found, _) = run(&data, &["search", "container ships", "--jsonl"]);
        assert_eq!(code, Some(0));
        let row: serde_json::Value = serde_json::from_str(found.trim()).expect("one object");
        let id = row["id"].to_string();
        assert!(
            row["snippet"]["text"]
                .as_str()
                .is_some_and(|text| text.contains("container ships")),
            "{row}"
        );
        assert_eq!(run(&data, &["search", "zeppelin"]).0, Some(1));

        let (_, shown, _) = run(&data, &["show", &id, "--json"]);
        let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
        assert_eq!(
            (&shown["id"], &shown["library"]["read"]),
            (&row["id"], &serde_json::Value::Bool(false))
        );
        assert!(
            shown["text"]
                .as_str()
                .is_some_and(|text| text.contains("Ana Costa"))
        );
        assert_eq!(run(&data, &["show", "12345"]).0, Some(3));

        let quote = "the quay would serve container ships";
        let (code, pid, _) = run(
            &data,
            &[
                "passage", "add", &id, "--quote", quote, "--note", "ask her", "--tag", "port",
            ],
        );
        assert_eq!(code, Some(0));
        assert_eq!(
            run(&data, &["passage", "add", &id, "--quote", "no such words"]).0,
            Some(3)
        );
        let (_, passages, _) = run(&data, &["passages", "contain", "--json"]);
        assert!(
            passages.contains(quote) && passages.contains("ask her"),
            "{passages}"
        );
        let (code, exported, _) = run(&data, &["export", "--format", "csv"]);
        assert!(code == Some(0) && exported.contains(quote), "{exported}");
        let (code, whole, _) = run(&data, &["export", "--releases", "quay"]);
        assert!(code == Some(0) && whole.lines().count() == 1 && whole.contains("Ana Costa"));
        assert_eq!(run(&data, &["passage", "remove", pid.trim()]).0, Some(0));
        assert_eq!(run(&data, &["passages"]).0, Some(1));

        let (code, sources, _) = run(&data, &["sources", "--plain"]);
        assert!(code == Some(0) && sources.contains("quay.txt"), "{sources}");
        assert_eq!(run(&data, &["remove", "quay.txt"]).0, Some(0));
        assert_eq!(
            run(&data, &["list", "--plain"]).1.lines().count(),
            1,
            "its release stays"
        );
        let (code, said, _) = run(&data, &["doctor"]);
        assert!(code == Some(0) && said.contains("sound"), "{said}");
    }

    #[test]
    fn a_file_that_is_no_database_is_set_aside_by_the_doctor() {
        let directory = tempfile::tempdir().expect("a directory");
        std::fs::write(
            directory.path().join("library.db"),
            "no database at all ".repeat(100),
        )
        .expect("written");
        let (code, said, _) = run(directory.path(), &["doctor"]);
        assert!(code == Some(1) && said.contains("set aside"), "{said}");
        assert_eq!(run(directory.path(), &["doctor"]).0, Some(0));
    }

    /// An archive of so many releases, as JSON Lines.
    fn archive(directory: &std::path::Path, count: usize) -> PathBuf {
        let lines: String = (0..count)
            .map(|n| {
                let text = format!("{PORT}\n\nThis is release number {n} of the archive, and it says {}.", "more ".repeat(n % 50));
                let release = serde_json::json!({"headline": format!("Quay report {n}"), "text": text, "id": n.to_string(),
                    "published": "2025-05-30", "source": "Archive"});
                format!("{release}\n")
            })
            .collect();
        let path = directory.join("archive.jsonl");
        std::fs::write(&path, lines).expect("written");
        path
    }

    fn releases(library: &std::path::Path) -> u64 {
        let Ok(reader) = Reader::open(library) else {
            return 0;
        };
        reader
            .count(&Selection::default(), None, TODAY)
            .map_or(0, |counted| counted.total)
    }

    #[test]
    fn an_import_that_is_killed_leaves_a_sound_library_and_the_next_one_completes_it() {
        const COUNT: usize = 500;
        for wanted in [1, 200] {
            let directory = tempfile::tempdir().expect("a directory");
            let (data, file) = (
                directory.path().join("data"),
                archive(directory.path(), COUNT),
            );
            let library = data.join("library.db");
            let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
                .args([
                    "--data-dir".as_ref(),
                    data.as_os_str(),
                    "add".as_ref(),
                    file.as_os_str(),
                ])
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null())
                .spawn()
                .expect("started");
            // Killed as soon as so many are in, or at its end.
            while releases(&library) < wanted && child.try_wait().expect("asked").is_none() {
                std::thread::yield_now();
            }
            let _ = child.kill();
            child.wait().expect("ended");
            let sound = Library::open(&library)
                .expect("opened")
                .check()
                .expect("checked");
            assert!(sound.is_sound(), "{sound:?}");
            let file = file.to_str().expect("UTF-8");
            assert_eq!(run(&data, &["add", file]).0, Some(0));
            assert_eq!(releases(&library), COUNT as u64);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_full_disk_is_said_and_loses_nothing() {
        let directory = tempfile::tempdir().expect("a directory");
        let data = directory.path().join("data");
        let file = directory.path().join("quay.txt");
        std::fs::write(&file, format!("Lisbon opens a third quay\n\n{PORT}\n")).expect("written");
        assert_eq!(
            run(&data, &["add", file.to_str().expect("UTF-8")]).0,
            Some(0)
        );
        let big = archive(directory.path(), 1_500);
        // No file may grow beyond some hundred kilobytes: what a full disk is to one that writes.
        let script = format!(
            "ulimit -f 800; exec '{}' --data-dir '{}' add '{}'",
            env!("CARGO_BIN_EXE_dateline"),
            data.display(),
            big.display()
        );
        let output = Command::new("sh")
            .arg("-c")
            .arg(script)
            .output()
            .expect("the shell runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert!(said.contains("while "), "{said}");
        let library = Library::open(&data.join("library.db")).expect("opened");
        assert!(library.check().expect("checked").is_sound());
        let (code, found, _) = run(&data, &["list", "--plain", "title:third"]);
        assert!(
            code == Some(0) && found.contains("Lisbon opens a third quay"),
            "{found}"
        );
    }
}
