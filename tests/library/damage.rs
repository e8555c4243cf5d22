//! What damage and loss leave, and what comes back.

use super::*;

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
