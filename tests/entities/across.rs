//! One entity across a library: what the user decides holds for all releases, through readings anew and a lost file, and
//! can be taken back; what releases teach about short forms joins them, and takes them apart when it is ambiguous.

use dateline::entity::{
    Decision, Entity, Joined, Kind, Layer, Mention, Reading, Recogniser, Recognition,
};
use dateline::query::Query;
use dateline::release::{Format, Incoming, LibraryEntityId, ReleaseId};
use dateline::store::{
    Library, NewReading, Origin, Preparer, Reader, Selection, Start, mirror_path,
};
use dateline::text::{Extent, SafeText};

/// 2025-06-01T12:00:00Z.
const NOW: i64 = 1_748_779_200;

struct Shelf {
    library: Library,
    reader: Reader,
    path: std::path::PathBuf,
    _directory: tempfile::TempDir,
}

/// A name as a reading has it: kind, full name, other forms.
type Name<'a> = (Kind, &'a str, &'a [&'a str]);

fn recognition(names: &[Name<'_>]) -> Recognition {
    let entity = |(number, (kind, name, aliases)): (usize, &Name<'_>)| Entity {
        id: number as u32 + 1,
        name: SafeText::clean_line(name),
        kind: *kind,
        aliases: aliases
            .iter()
            .map(|alias| SafeText::clean_line(alias))
            .collect(),
        value: None,
        of: None,
        mentions: vec![Mention {
            extent: Extent::new(number, number + 1),
            from: Layer::Pattern,
            score: 1.0,
        }],
    };
    Recognition {
        entities: names.iter().enumerate().map(entity).collect(),
        themes: Vec::new(),
    }
}

impl Shelf {
    /// A library of releases that name these.
    fn of(releases: &[&[Name<'_>]]) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let path = directory.path().join("library.db");
        let library = Library::open(&path).expect("a new library");
        let reader = Reader::open(&path).expect("a reader");
        let mut shelf = Self {
            library,
            reader,
            path,
            _directory: directory,
        };
        for (number, names) in releases.iter().enumerate() {
            shelf.add(number, names);
        }
        shelf.library.learn().expect("learnt");
        shelf
    }

    fn add(&mut self, number: usize, names: &[Name<'_>]) -> ReleaseId {
        let text =
            format!("Quay {number} opens\n\nThe {number} ships may berth from this day on.\n");
        let incoming = Incoming {
            headline: Some(format!("Quay {number} opens")),
            published: Some(format!("2025-{:02}-02", number % 12 + 1)),
            original: text.as_bytes().to_vec(),
            text,
            format: Format::Plain,
            ..Incoming::default()
        };
        let prepared = Preparer::new(Reading::Patterns).prepare(incoming, &[], NOW);
        let intake = self
            .library
            .take_in(&[prepared], &Origin::named("Tests"), NOW);
        let id = intake.expect("taken in").added[0];
        self.read(id, names);
        id
    }

    fn read(&mut self, id: ReleaseId, names: &[Name<'_>]) {
        let reading = NewReading::new(Reading::Careful, &recognition(names));
        assert!(self.library.keep_reading(id, &reading).expect("kept"));
    }

    /// The entity of this name, with the number of releases that name it.
    fn find(&self, name: &str) -> Option<(LibraryEntityId, u64)> {
        let all = self
            .reader
            .entities(&Selection::default(), 100, 0)
            .expect("entities");
        let found = all.iter().find(|entity| entity.name.as_str() == name);
        found.map(|entity| (entity.id, entity.releases))
    }

    fn id(&self, name: &str) -> LibraryEntityId {
        self.find(name).unwrap_or_else(|| panic!("no {name}")).0
    }

    fn decide(&mut self, entity: LibraryEntityId, decision: &Decision) {
        self.library.decide(entity, decision).expect("decided");
        assert_eq!(
            self.library.check().expect("checked").counts,
            0,
            "counts agree"
        );
    }

    /// Headlines of the releases that name an entity.
    fn releases(&self, entity: LibraryEntityId) -> usize {
        let selection = Selection {
            entity: Some(entity),
            ..Selection::default()
        };
        self.rows(&selection)
    }

    fn searched(&self, query: &str) -> usize {
        let selection = Selection {
            query: Some(Query::parse(query)),
            ..Selection::default()
        };
        self.rows(&selection)
    }

    fn rows(&self, selection: &Selection) -> usize {
        let page = self
            .reader
            .rows(selection, Start::First, 100, 0)
            .expect("rows");
        page.rows.len()
    }
}

fn into(entity: LibraryEntityId) -> Decision {
    Decision {
        joined: Joined::Into(entity),
        ..Decision::default()
    }
}

const BROADCASTER: Name<'_> = (Kind::Org, "Harbour Television Network", &[]);
const SHORT: Name<'_> = (Kind::Org, "HTN", &[]);

#[test]
fn two_names_are_joined_and_taken_apart_again() {
    let mut shelf = Shelf::of(&[&[BROADCASTER], &[SHORT], &[BROADCASTER, SHORT]]);
    let (full, short) = (shelf.id("Harbour Television Network"), shelf.id("HTN"));
    shelf.decide(short, &into(full));
    assert_eq!(shelf.find("Harbour Television Network"), Some((full, 3)));
    assert_eq!(shelf.find("HTN"), None);
    assert_eq!(shelf.releases(full), 3);
    assert_eq!(shelf.searched("org:htn"), 3, "found by the joined name too");
    // In a release that names both they are one, with the mentions of both.
    let last = shelf.add(7, &[BROADCASTER, SHORT]);
    let held = shelf.reader.open_release(last).expect("opened");
    assert_eq!(held.recognition.entities.len(), 1);
    assert_eq!(held.recognition.entities[0].mentions.len(), 2);
    assert_eq!(held.links, [Some((full, 4))]);

    shelf.decide(short, &Decision::default());
    assert_eq!(shelf.find("HTN"), Some((short, 3)));
    assert_eq!(shelf.find("Harbour Television Network"), Some((full, 3)));
}

#[test]
fn nothing_is_joined_in_a_circle() {
    let mut shelf = Shelf::of(&[&[BROADCASTER], &[SHORT]]);
    let (full, short) = (shelf.id("Harbour Television Network"), shelf.id("HTN"));
    shelf.decide(short, &into(full));
    shelf.decide(full, &into(short));
    assert_eq!(shelf.releases(full), 2);
    shelf.decide(full, &into(full));
    assert_eq!(shelf.find("Harbour Television Network"), Some((full, 2)));
}

#[test]
fn a_name_a_kind_and_hiding_hold_when_a_release_is_read_anew() {
    let mut shelf = Shelf::of(&[&[SHORT], &[SHORT]]);
    let short = shelf.id("HTN");
    let decision = Decision {
        name: Some("Harbour Channel".into()),
        kind: Some(Kind::Product),
        ..Decision::default()
    };
    shelf.decide(short, &decision);
    let id = shelf.add(5, &[SHORT]);
    shelf.read(id, &[SHORT]);
    let held = shelf.reader.open_release(id).expect("opened");
    let entity = &held.recognition.entities[0];
    assert_eq!(
        (entity.name.as_str(), entity.kind),
        ("Harbour Channel", Kind::Product)
    );
    assert_eq!(entity.aliases[0].as_str(), "HTN");
    assert_eq!(shelf.searched("product:channel"), 3);
    // A release that uses the user's name is joined to it.
    shelf.add(6, &[(Kind::Org, "Harbour Channel", &[])]);
    assert_eq!(shelf.find("Harbour Channel"), Some((short, 4)));

    let hidden = Decision {
        hidden: true,
        ..decision
    };
    shelf.decide(short, &hidden);
    assert_eq!(shelf.find("Harbour Channel"), None);
    let held = shelf.reader.open_release(id).expect("opened");
    assert!(held.recognition.entities.is_empty());
    assert_eq!(shelf.library.decided(short).expect("decided"), hidden);
    // Who hid it finds it by its name, and its card says that it is hidden.
    let named = shelf.reader.named("harbour chan", 5).expect("named");
    assert_eq!(named.len(), 1);
    let page = shelf.reader.about(named[0].id, 0).expect("about");
    assert!(page.decision.hidden);
}

#[test]
fn decisions_are_in_the_mirror_and_come_back_before_their_releases() {
    let mut shelf = Shelf::of(&[&[BROADCASTER], &[SHORT]]);
    let (full, short) = (shelf.id("Harbour Television Network"), shelf.id("HTN"));
    shelf.decide(short, &into(full));
    let renamed = Decision {
        name: Some("HarbourTV".into()),
        ..Decision::default()
    };
    shelf.decide(full, &renamed);
    shelf.library.mirror().expect("mirrored");

    let mut empty = Shelf::of(&[]);
    let mirror = mirror_path(&shelf.path);
    let restored = empty.library.restore(&mirror, NOW).expect("restored");
    assert_eq!(restored.decisions, 2);
    empty.add(0, &[BROADCASTER]);
    empty.add(1, &[SHORT]);
    assert_eq!(
        empty.find("HarbourTV").map(|(_, releases)| releases),
        Some(2)
    );
    assert_eq!(empty.library.check().expect("checked").counts, 0);
}

const BANK: Name<'_> = (Kind::Org, "Inland Development Bank", &["IDB"]);
const BUREAU: Name<'_> = (Kind::Org, "Island Data Bureau", &["IDB"]);

#[test]
fn a_short_form_is_learnt_from_two_releases_and_unlearnt_when_ambiguous() {
    let mut shelf = Shelf::of(&[&[BANK], &[(Kind::Org, "IDB", &[])]]);
    assert!(shelf.find("IDB").is_some(), "one release is not enough");
    shelf.add(2, &[BANK]);
    shelf.library.learn().expect("learnt");
    assert_eq!(
        shelf.find("Inland Development Bank").map(|(_, n)| n),
        Some(3)
    );
    assert_eq!(shelf.find("IDB"), None);
    shelf.add(3, &[BUREAU]);
    shelf.library.learn().expect("learnt");
    assert_eq!(
        shelf.find("IDB").map(|(_, n)| n),
        Some(1),
        "it may be either"
    );
    assert_eq!(
        shelf.find("Inland Development Bank").map(|(_, n)| n),
        Some(2)
    );
    assert_eq!(shelf.library.check().expect("checked").counts, 0);
}

#[test]
fn what_the_user_took_apart_is_not_learnt_again() {
    let mut shelf = Shelf::of(&[&[BANK], &[BANK], &[(Kind::Org, "IDB", &[])]]);
    let bank = shelf.id("Inland Development Bank");
    let page = shelf.reader.about(bank, 0).expect("a page");
    assert_eq!((page.releases, page.joined.len()), (3, 1));
    assert_eq!(page.aliases[0].as_str(), "IDB");
    let form = page.joined[0].id;
    let apart = Decision {
        joined: Joined::Apart,
        ..Decision::default()
    };
    shelf.decide(form, &apart);
    shelf.add(4, &[BANK]);
    shelf.library.learn().expect("learnt");
    assert_eq!(shelf.find("IDB").map(|(_, n)| n), Some(1));
    shelf.decide(form, &Decision::default());
    assert_eq!(
        shelf.find("IDB"),
        None,
        "taken back, it is as it was learnt"
    );
}

#[test]
fn a_page_says_when_and_with_whom() {
    let other: Name<'_> = (Kind::Person, "Ingrid Dahl", &[]);
    let shelf = Shelf::of(&[&[BANK, other], &[BANK], &[BANK, other]]);
    let page = shelf
        .reader
        .about(shelf.id("Inland Development Bank"), 0)
        .expect("a page");
    assert_eq!((page.releases, page.mentions), (3, 3));
    let with: Vec<_> = page
        .with
        .iter()
        .map(|w| (w.name.as_str(), w.releases))
        .collect();
    assert_eq!(with, [("Ingrid Dahl", 2)]);
    let months: Vec<u64> = page.months.iter().map(|(_, n)| *n).collect();
    assert_eq!(months, [1, 1, 1]);
    assert_eq!(page.months[0].0, 2025 * 12);
    assert_eq!(page.newest[0].1.as_str(), "Quay 2 opens");
    assert!(page.first < page.last);
    let named = shelf.reader.named("inl dev", 10).expect("named");
    assert!(named.is_empty(), "all words but the last are whole");
    let named = shelf.reader.named("inland dev", 10).expect("named");
    assert_eq!(named[0].name.as_str(), "Inland Development Bank");
}

#[test]
fn another_model_makes_everything_due() {
    let mut shelf = Shelf::of(&[&[BANK], &[BUREAU]]);
    let due = |shelf: &Shelf| {
        shelf
            .reader
            .due(Reading::Fast, None, 10)
            .expect("due")
            .len()
    };
    assert!(!shelf.library.read_by("built-in 1").expect("noted"));
    assert_eq!(due(&shelf), 0);
    assert!(shelf.library.read_by("mine-1").expect("noted"));
    assert!(!shelf.library.read_by("mine-1").expect("noted"));
    assert_eq!(
        due(&shelf),
        2,
        "read anew, and what was read stands until then"
    );
    assert!(shelf.find("Inland Development Bank").is_some());
    assert!(shelf.library.read_by("built-in 1").expect("noted"));
}

#[test]
fn an_imported_model_reads_in_place_of_the_built_in_ones() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/ner/fast.model");
    let model = std::fs::read(path).expect("the model file");
    let release = dateline::release::Release {
        text: SafeText::clean("Mr. Smith of Harbour Television Network went to Oslo on Monday."),
        ..dateline::release::Release::default()
    };
    let mut imported = Recogniser::imported(Reading::Fast, &model).expect("a model");
    let built_in = Recogniser::new(Reading::Fast).recognise(&release);
    assert_eq!(imported.recognise(&release), built_in);
    assert!(Recogniser::imported(Reading::Fast, &model[..model.len() / 2]).is_err());
}

#[cfg(unix)]
#[test]
fn a_library_that_cannot_be_written_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let shelf = Shelf::of(&[&[BANK]]);
    let folder = shelf.path.parent().expect("a folder").to_owned();
    let Shelf {
        mut library,
        reader,
        path,
        _directory,
    } = shelf;
    library.checkpoint().expect("tidied");
    drop((library, reader));
    let mode = |of: &std::path::Path, mode| {
        std::fs::set_permissions(of, std::fs::Permissions::from_mode(mode)).expect("its mode");
    };
    mode(&path, 0o444);
    mode(&folder, 0o555);
    let all_may = std::fs::write(folder.join("probe"), "").is_ok();
    let reader = Reader::open(&path).expect("opened for reading");
    let seen = reader
        .rows(&Selection::default(), Start::First, 10, 0)
        .expect("rows")
        .rows
        .len();
    let written = Library::open(&path).map(drop);
    mode(&folder, 0o755);
    assert_eq!(seen, 1);
    // An administrator may write whatever the modes say; for everybody else it is refused, and known for what it is.
    assert_eq!(written.is_ok(), all_may);
    assert!(written.err().is_none_or(|problem| problem.is_unwritable()));
}
