//! The library end to end: what goes in, what comes out, what survives. Every test has a library of its own in a
//! temporary directory.

mod carried;
mod commands;
mod damage;
mod jobs;
mod kept;
mod stories;

use std::path::PathBuf;

use dateline::entity::Reading;
use dateline::query::Query;
use dateline::release::{
    Anchor, AnchorStatus, Format, Incoming, PassageId, ReleaseId, SourceChoices, SourceGroup,
};
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
        ("farm -sol*", 1),
        ("farm -cl*", 0),
        ("farm -(solar OR praised)", 0),
        ("park -porto -长沙", 1),
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
fn sources_stand_by_group_and_a_search_finds_a_group() {
    let mut shelf = shelf();
    for (name, tags) in [
        ("Zeta Grid", &["energy", "nordic"][..]),
        ("Alpha Post", &[]),
        ("Beta Wind", &["Energy"]),
        ("City Hall", &["council"]),
    ] {
        let batch = [prepared(incoming(
            &format!("News of {name}"),
            "2025-05-30",
            PORT,
        ))];
        let origin = Origin::named(name);
        shelf
            .library
            .take_in(&batch, &origin, NOW)
            .expect("taken in");
        let source = shelf.library.follow(&origin, NOW).expect("followed");
        let choices = SourceChoices {
            name: name.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            ..SourceChoices::default()
        };
        shelf.library.set_source(source, &choices).expect("tagged");
    }
    let listed = shelf.reader.sources().expect("sources");
    let names: Vec<&str> = listed.iter().map(|source| source.name.as_str()).collect();
    assert_eq!(names, ["City Hall", "Beta Wind", "Zeta Grid", "Alpha Post"]);
    let mut energy = shelf.headlines("source:energy");
    energy.sort();
    assert_eq!(energy, ["News of Beta Wind", "News of Zeta Grid"]);
    assert_eq!(shelf.headlines("source:nordic"), ["News of Zeta Grid"]);
    assert!(shelf.headlines("source:ener").is_empty());
}

#[test]
fn the_list_of_a_group_is_of_its_sources_and_of_no_other() {
    let mut shelf = shelf();
    for (name, tags) in [
        ("Zeta Grid", &["Énergie du Nord", "council"][..]),
        ("Beta Wind", &["energie du nord"]),
        ("Energie du Nord", &[]),
        ("Alpha Post", &["nordic", "energie du nord"]),
        ("City Hall", &["council"]),
    ] {
        let batch = [prepared(incoming(
            &format!("News of {name}"),
            "2025-05-30",
            PORT,
        ))];
        let origin = Origin::named(name);
        shelf
            .library
            .take_in(&batch, &origin, NOW)
            .expect("taken in");
        let source = shelf.library.follow(&origin, NOW).expect("followed");
        let choices = SourceChoices {
            name: name.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            ..SourceChoices::default()
        };
        shelf.library.set_source(source, &choices).expect("tagged");
    }
    let of = |group: SourceGroup, query: Option<&str>| {
        let selection = Selection {
            group: Some(group),
            query: query.map(Query::parse),
            ..Selection::default()
        };
        let page = shelf.reader.rows(&selection, Start::First, 10, TODAY);
        let rows = page.expect("rows").rows.into_iter();
        let mut found: Vec<String> = rows.map(|row| row.headline.to_string()).collect();
        found.sort();
        found
    };
    let energy = || SourceGroup::of(Some("energie du nord"));
    assert_eq!(
        of(energy(), None),
        ["News of Beta Wind", "News of Zeta Grid"]
    );
    assert_eq!(of(energy(), Some("beta")), ["News of Beta Wind"]);
    let council = SourceGroup::of(Some("council"));
    assert_eq!(of(council, None), ["News of City Hall"]);
    assert_eq!(of(SourceGroup::Untagged, None), ["News of Energie du Nord"]);
    assert!(of(SourceGroup::of(Some("nord")), None).is_empty());
    let listed = shelf.reader.sources().expect("sources");
    let beta = listed.iter().find(|source| source.name == "Beta Wind");
    assert_eq!(beta.map(|source| source.group.clone()), Some(energy()));
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

#[test]
fn the_words_of_a_short_teaser_are_found() {
    let mut shelf = shelf();
    for (day, text) in [
        (1, "Quay number four opens."),
        (2, "New ferry timetable from June"),
        (3, "Ana Costa takes over in May."),
        (4, "25 May 2025\n\nSales rose 4 %.\n\nMore on Monday."),
    ] {
        shelf.one(incoming(
            "News of the port",
            &format!("2025-05-0{day}"),
            text,
        ));
    }
    for query in ["quay", "timetable", "costa", "sales", "monday"] {
        assert_eq!(shelf.headlines(query).len(), 1, "{query}");
    }
}

#[test]
fn hits_come_first_then_their_count_then_the_words_around_the_rest() {
    let mut shelf = shelf();
    for number in 0..40 {
        let text = format!("{PORT} Ships of every size may use quay number {number}.");
        shelf.one(incoming(&format!("Release {number}"), "2025-03-04", &text));
    }
    let selection = Selection {
        query: Some(Query::typed("qua")),
        ..Selection::default()
    };
    let mut pages: Vec<Found> = Vec::new();
    shelf
        .reader
        .search(&selection, 30, TODAY, &mut |found| pages.push(found))
        .expect("searched");
    let told: Vec<_> = pages
        .iter()
        .map(|page| {
            let lit = page.rows.iter().filter(|row| row.snippet.is_some()).count();
            (page.rows.len(), page.exact, page.complete, lit == 30)
        })
        .collect();
    let expected = [
        (30, false, false, false),
        (30, true, false, false),
        (30, true, true, true),
    ];
    assert_eq!(told, expected);
    assert_eq!(pages[1].total, 40);
}

#[test]
fn a_snippet_does_not_begin_with_what_ended_the_words_before() {
    let mut shelf = shelf();
    for pad in 0..8 {
        let text = format!(
            "{}{} the quay opens.",
            "x".repeat(pad),
            "word -- ".repeat(40)
        );
        shelf.one(incoming(&format!("Release {pad}"), "2025-03-04", &text));
    }
    let selection = Selection {
        query: Some(Query::parse("quay")),
        ..Selection::default()
    };
    let mut rows = Vec::new();
    shelf
        .reader
        .search(&selection, 50, TODAY, &mut |found| rows = found.rows)
        .expect("searched");
    assert_eq!(rows.len(), 8);
    for row in rows {
        let text = row.snippet.expect("a snippet").text;
        assert!(text.starts_with("… "), "{text}");
        assert!(!text.starts_with("… -"), "{text}");
    }
}
