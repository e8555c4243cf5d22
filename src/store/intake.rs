//! What comes in: new releases, new versions of known ones, new readings. A batch, or a few that follow each other at
//! once, are one transaction. A release that is known stays the one it is; what the user had on it stays, its passages
//! are found again in the new text, the old text is kept as a version.

use std::time::{Duration, Instant};

use rusqlite::{CachedStatement, Connection, OptionalExtension};

use super::acquaintance::{Acquaintance, acquaintance, text_of};
use super::blob::{Deflater, from_ids, to_ids};
use super::carried::{self, is_carrier};
use super::entities::Linker;
use super::failure::{Doing, StoreError};
use super::full_text;
use super::index::{Indexed, index_replace, indexed};
use super::kept::{taken, waiting};
use super::library::Library;
use super::listing::flag;
use super::opening::reading_number;
use super::passages::reanchor;
use super::prepared::{NewReading, Prepared, Preparer, standing_number};
use super::schema::ROOM_TO_TAKE_APART;
use super::sources::{Origin, source_id};
use super::stories::{Told, join_copy, join_story, write_sketch};
use crate::entity::Reading;
use crate::release::ReleaseId;

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// New releases, in the order they came.
    pub added: Vec<ReleaseId>,
    /// New versions of known releases.
    pub changed: Vec<ReleaseId>,
    /// Kept releases that were taken apart.
    pub apart: Vec<ReleaseId>,
    /// How many were known as they are (deleted ones among them).
    pub known: u64,
    /// What the first one of the batch is in the library, new or known.
    pub first: Option<ReleaseId>,
    /// Time spent looking for copies of what is new.
    pub comparing: Duration,
}

impl Library {
    /// Takes a batch in. `now`: seconds since the epoch. Texts can be read from their source again, so a power cut may
    /// undo the batch, whole.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn take_in(
        &mut self,
        batch: &[Prepared],
        origin: &Origin,
        now: i64,
    ) -> Result<Intake, StoreError> {
        self.make_room(ROOM_TO_TAKE_APART)?;
        self.quickly(TAKING_IN, |db, linker| {
            take_all_in(db, linker, batch, origin, now)
        })
    }

    /// As [`Library::take_in`], where more follows at once: nobody else sees the batch, and nobody else can write, until
    /// [`Library::commit`], or until anything else is written here. Every commit writes the pages anew that all batches
    /// change, so that a few batches together write half of what they write one by one.
    ///
    /// # Errors
    /// Where it, or what was taken in uncommitted before, could not be written: then all of that is undone.
    pub fn take_in_uncommitted(
        &mut self,
        batch: &[Prepared],
        origin: &Origin,
        now: i64,
    ) -> Result<Intake, StoreError> {
        self.make_room(ROOM_TO_TAKE_APART)?;
        self.unfinished(TAKING_IN, |db, linker| {
            take_all_in(db, linker, batch, origin, now)
        })
    }

    /// Takes one release apart that waits for it; gives whether it did.
    ///
    /// # Errors
    /// Where what was kept is damaged or it could not be committed: then nothing was changed.
    pub fn take_apart(&mut self, release: ReleaseId, now: i64) -> Result<bool, StoreError> {
        let Some(incoming) = waiting(self.db(), release)? else {
            return Ok(false);
        };
        let prepared = Preparer::new(Reading::Patterns).prepare(incoming, &[], now);
        let taken = self.take_in(&[prepared.of(Some(release))], &Origin::opened(), now)?;
        Ok(!taken.apart.is_empty())
    }

    /// Keeps a new reading of a release, where it is at least as careful as the one there. Gives whether it was kept.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn keep_reading(
        &mut self,
        release: ReleaseId,
        new: &NewReading,
    ) -> Result<bool, StoreError> {
        self.quickly("keeping a reading", |db, linker| {
            let there: Option<i64> = db
                .prepare_cached("SELECT reading FROM readings WHERE id = ?1")
                .and_then(|mut s| s.query_row([release.0], |row| row.get(0)).optional())
                .doing("keeping a reading")?;
            let number = reading_number(new.reading);
            if there.is_none_or(|there| there > number) {
                return Ok(false);
            }
            unlink(db, linker, release)?;
            let links = linker.link(db, release.0, &new.names)?;
            write_reading(db, release, number, &new.recognition, &links)?;
            Ok(true)
        })
    }
}

/// New releases of a batch that wait for the search index. They go in by rising ids: FTS5 closes a segment wherever an
/// id is lower than the one before it, and a segment for every other release costs more than all the rest of writing.
#[derive(Default)]
struct Unindexed<'a>(Vec<(i64, &'a Indexed)>);

impl Unindexed<'_> {
    fn put_in(&mut self, db: &Connection) -> Result<(), StoreError> {
        self.0.sort_unstable_by_key(|(id, _)| *id);
        for (id, indexed) in self.0.drain(..) {
            index_replace(db, id, None, Some(indexed))?;
        }
        Ok(())
    }
}

const TAKING_IN: &str = "taking releases in";

fn take_all_in(
    db: &Connection,
    linker: &mut Linker,
    batch: &[Prepared],
    origin: &Origin,
    now: i64,
) -> Result<Intake, StoreError> {
    let mut intake = Intake::default();
    let mut unindexed = Unindexed::default();
    let opened = Origin::opened();
    for prepared in batch {
        let from = match &prepared.source {
            // What is opened to be read stands where it was opened, whoever put it together.
            Some(name) if prepared.by_archive && *origin != opened => &Origin::named(name),
            _ => origin,
        };
        take_in_one(
            db,
            linker,
            prepared,
            from,
            now,
            (&mut intake, &mut unindexed),
        )?;
    }
    unindexed.put_in(db)?;
    Ok(intake)
}

fn take_in_one<'a>(
    db: &Connection,
    linker: &mut Linker,
    prepared: &'a Prepared,
    origin: &Origin,
    now: i64,
    (intake, unindexed): (&mut Intake, &mut Unindexed<'a>),
) -> Result<(), StoreError> {
    if let Some(id) = prepared.of {
        return take_apart(db, linker, id, prepared, (intake, unindexed));
    }
    let slug = origin.slug();
    let keys = prepared.keys.all(&slug);
    let known = acquaintance(db, prepared, &slug, &keys)?;
    match known {
        Acquaintance::Same(id) => {
            intake.known += 1;
            intake.first.get_or_insert(id);
            note_arrival(db, id, prepared)?;
        }
        Acquaintance::Carried(id) => {
            intake.known += 1;
            intake.first.get_or_insert(id);
            if is_carrier(origin) {
                let (source, came) = (source_id(db, origin, now)?, prepared.keys.came);
                carried::note(db, id, source, (prepared.url.as_deref(), came))?;
                // What it sends again is known without being taken apart.
                write_keys(db, id, &[came])?;
            }
        }
        Acquaintance::Version(id) => {
            // What it replaces may be of this very batch.
            unindexed.put_in(db)?;
            rewrite(db, linker, id, prepared, true)?;
            full_text::forget(db, id)?;
            write_sketch(db, id, prepared.sketch.as_ref())?;
            write_keys(db, id, &keys)?;
            note_arrival(db, id, prepared)?;
            intake.changed.push(id);
            intake.first.get_or_insert(id);
        }
        Acquaintance::New | Acquaintance::Copy(_) => {
            let source = source_id(db, origin, now)?;
            let id = free_id(db, prepared.published.seconds)?;
            insert(db, id, source, prepared, now)?;
            write_keys(db, id, &keys)?;
            let links = linker.link(db, id.0, &prepared.names)?;
            write_reading(
                db,
                id,
                reading_number(prepared.reading),
                &prepared.recognition,
                &links,
            )?;
            unindexed.0.push((id.0, &prepared.indexed));
            let began = Instant::now();
            match known {
                Acquaintance::Copy(of) => join_copy(db, id, of, &Told::of(prepared))?,
                _ => join_story(db, id, &Told::of(prepared))?,
            }
            intake.comparing += began.elapsed();
            intake.added.push(id);
            intake.first.get_or_insert(id);
        }
    }
    Ok(())
}

/// Puts what was found in a kept release in the place of what was kept, unless it is not kept any more or its source has
/// sent something else by now.
fn take_apart<'a>(
    db: &Connection,
    linker: &mut Linker,
    id: ReleaseId,
    prepared: &'a Prepared,
    (intake, unindexed): (&mut Intake, &mut Unindexed<'a>),
) -> Result<(), StoreError> {
    let row: Option<(i64, Option<i64>)> = db
        .prepare_cached("SELECT flags, came FROM releases WHERE id = ?1")
        .and_then(|mut s| {
            s.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        })
        .doing("taking a release apart")?;
    let Some((flags, came)) = row else {
        return Ok(());
    };
    if flags & flag::KEPT == 0 || came != Some(prepared.keys.came) {
        return Ok(());
    }
    intake.comparing += rewrite_row(db, linker, id, prepared)?;
    if flags & (flag::DELETED | flag::ABSENT) == 0 {
        unindexed.0.push((id.0, &prepared.indexed));
    }
    intake.apart.push(id);
    Ok(())
}

/// Notes what the source sent, so that it is known when it comes again.
fn note_arrival(db: &Connection, id: ReleaseId, prepared: &Prepared) -> Result<(), StoreError> {
    let came = prepared.keys.came;
    let changed = db
        .prepare_cached("UPDATE releases SET came = ?2 WHERE id = ?1 AND came IS NOT ?2")
        .and_then(|mut s| s.execute((id.0, came)))
        .doing(TAKING_IN)?;
    if changed > 0 {
        write_keys(db, id, &[came])?;
    }
    Ok(())
}

/// Finds free ids.
pub(super) struct IdFinder<'a>(CachedStatement<'a>);

impl<'a> IdFinder<'a> {
    pub fn new(db: &'a Connection) -> Result<Self, StoreError> {
        db.prepare_cached("SELECT max(id) FROM releases WHERE id BETWEEN ?1 AND ?2")
            .map(Self)
            .doing(NUMBERING)
    }

    /// The first free id of a publication time, `(minute << 6) + slot`; a full minute runs on into the next.
    pub fn free(&mut self, published: i64) -> Result<ReleaseId, StoreError> {
        let mut from = published.div_euclid(60) << 6;
        // Archives that know only the day fill many minutes: look at ever larger stretches.
        let mut stretch = 64;
        loop {
            let until = from + stretch - 1;
            let taken: Option<i64> = self
                .0
                .query_row((from, until), |row| row.get(0))
                .doing(NUMBERING)?;
            match taken {
                None => return Ok(ReleaseId(from)),
                Some(taken) if taken < until => return Ok(ReleaseId(taken + 1)),
                Some(_) => {
                    from = until + 1;
                    stretch = (stretch * 2).min(1 << 16);
                }
            }
        }
    }
}

const NUMBERING: &str = "numbering a release";

/// The first free id of a publication time.
pub(super) fn free_id(db: &Connection, published: i64) -> Result<ReleaseId, StoreError> {
    IdFinder::new(db)?.free(published)
}

/// The flags that the release itself gives.
fn own_flags(prepared: &Prepared) -> i64 {
    let mut flags = 0;
    if !prepared.published.dated {
        flags |= flag::UNDATED;
    }
    if prepared.published.timed {
        flags |= flag::TIMED;
    }
    if prepared.indexed.unspaced {
        flags |= flag::UNSPACED;
    }
    flags
}

fn insert(
    db: &Connection,
    id: ReleaseId,
    source: i64,
    prepared: &Prepared,
    now: i64,
) -> Result<(), StoreError> {
    let doing = "writing a release";
    let release = &prepared.release;
    let wire = release
        .dateline
        .as_ref()
        .and_then(|dateline| dateline.wire.as_deref());
    db.prepare_cached(
        "INSERT INTO releases(id, source_id, flags, published, embargo, standing, headline, issuer, wire, language,
           url, guid, path, content_hash, seen, came)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )
    .and_then(|mut s| {
        s.execute(rusqlite::params![
            id.0, source, own_flags(prepared), prepared.published.seconds, prepared.embargo,
            standing_number(release.standing), prepared.indexed.title, release.issuer.as_deref(), wire,
            release.language.as_deref(), prepared.url.as_deref(), prepared.guid.as_deref(), prepared.path.as_deref(),
            prepared.keys.content_hash, now, prepared.keys.came
        ])
    })
    .doing(doing)?;
    write_body(db, id, prepared)
}

/// Text, parts and original, over older ones.
fn write_body(db: &Connection, id: ReleaseId, prepared: &Prepared) -> Result<(), StoreError> {
    let doing = "writing a release's text";
    db.prepare_cached(
        "INSERT INTO bodies(id, text, unsearched, parts) VALUES (?1, ?2, ?3, ?4) ON CONFLICT(id) DO UPDATE SET
           text = excluded.text, unsearched = excluded.unsearched, parts = excluded.parts",
    )
    .and_then(|mut s| s.execute((id.0, &*prepared.release.text, &prepared.unsearched, &prepared.parts)))
    .doing(doing)?;
    db.prepare_cached(
        "INSERT INTO originals(id, format, incoming, text, original) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT(id) DO UPDATE SET format = excluded.format, incoming = excluded.incoming, text = excluded.text,
           original = excluded.original",
    )
    .and_then(|mut s| {
        s.execute((id.0, &prepared.format, &prepared.incoming, &prepared.read_text, &prepared.original))
    })
    .doing(doing)?;
    Ok(())
}

/// Puts `prepared` in the place of what the library has of release `id`; `version`: keep the old text as a version.
pub(super) fn rewrite(
    db: &Connection,
    linker: &mut Linker,
    id: ReleaseId,
    prepared: &Prepared,
    version: bool,
) -> Result<(), StoreError> {
    let before = indexed(db, id.0)?;
    if version {
        keep_version(db, id)?;
    }
    rewrite_row(db, linker, id, prepared)?;
    let after = indexed(db, id.0)?;
    index_replace(db, id.0, before.as_ref(), after.as_ref())
}

/// As [`rewrite`], but for the search index. A release that was only kept joins its story; gives the time spent looking
/// for it.
fn rewrite_row(
    db: &Connection,
    linker: &mut Linker,
    id: ReleaseId,
    prepared: &Prepared,
) -> Result<Duration, StoreError> {
    let doing = "writing a new version";
    let waited = taken(db, id)?;
    let release = &prepared.release;
    let wire = release
        .dateline
        .as_ref()
        .and_then(|dateline| dateline.wire.as_deref());
    // The row of a kept release stands where its source put it, and stays there.
    let (mut kept, mut own) = (flag::YOURS, own_flags(prepared));
    if waited {
        kept |= flag::UNDATED | flag::TIMED;
        own &= flag::UNSPACED;
    }
    db.prepare_cached(
        "UPDATE releases SET flags = (flags & ?2) | ?3, published = CASE WHEN ?4 THEN ?5 ELSE published END,
           embargo = ?6, standing = ?7, headline = ?8, issuer = ?9, wire = ?10, language = ?11,
           url = coalesce(?12, url), guid = coalesce(?13, guid), path = coalesce(?14, path), content_hash = ?15
         WHERE id = ?1",
    )
    .and_then(|mut s| {
        s.execute(rusqlite::params![
            id.0, kept, own, prepared.published.dated && !waited, prepared.published.seconds, prepared.embargo,
            standing_number(release.standing), prepared.indexed.title, release.issuer.as_deref(), wire,
            release.language.as_deref(), prepared.url.as_deref(), prepared.guid.as_deref(), prepared.path.as_deref(),
            prepared.keys.content_hash
        ])
    })
    .doing(doing)?;
    write_body(db, id, prepared)?;
    if !waited {
        // What waited had no reading.
        unlink(db, linker, id)?;
    }
    let links = linker.link(db, id.0, &prepared.names)?;
    write_reading(
        db,
        id,
        reading_number(prepared.reading),
        &prepared.recognition,
        &links,
    )?;
    reanchor(db, id, &release.text)?;
    let began = Instant::now();
    if waited {
        write_keys(db, id, &[prepared.keys.content])?;
        join_story(db, id, &Told::of(prepared))?;
    }
    Ok(began.elapsed())
}

/// Keeps the present text of a release as a version of it. What has no text yet has no version.
fn keep_version(db: &Connection, id: ReleaseId) -> Result<(), StoreError> {
    let doing = "keeping a version";
    let row: Option<(String, i64, i64)> = db
        .prepare_cached(
            "SELECT headline, versions, seen FROM releases WHERE id = ?1 AND flags & 128 = 0",
        )
        .and_then(|mut s| {
            s.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()
        })
        .doing(doing)?;
    let Some((headline, version, seen)) = row else {
        return Ok(());
    };
    let text = text_of(db, id.0)?;
    if text.is_empty() {
        return Ok(());
    }
    let text = Deflater::default().bytes(text.as_bytes());
    db.prepare_cached("INSERT OR IGNORE INTO versions(release_id, version, seen, headline, text) VALUES (?1, ?2, ?3, ?4, ?5)")
        .and_then(|mut s| s.execute((id.0, version, seen, headline, text)))
        .doing(doing)?;
    db.prepare_cached("UPDATE releases SET versions = versions + 1 WHERE id = ?1")
        .and_then(|mut s| s.execute([id.0]))
        .doing(doing)?;
    Ok(())
}

/// Takes the links of a release's present reading back.
fn unlink(db: &Connection, linker: &mut Linker, id: ReleaseId) -> Result<(), StoreError> {
    let links: Option<Vec<u8>> = db
        .prepare_cached("SELECT links FROM readings WHERE id = ?1")
        .and_then(|mut s| s.query_row([id.0], |row| row.get(0)).optional())
        .doing("reading entities")?;
    linker.unlink(db, id.0, &to_ids(&links.unwrap_or_default()))
}

fn write_reading(
    db: &Connection,
    id: ReleaseId,
    reading: i64,
    recognition: &[u8],
    links: &[i64],
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO readings(id, reading, recognition, links) VALUES (?1, ?2, ?3, ?4) ON CONFLICT(id) DO UPDATE SET
           reading = excluded.reading, recognition = excluded.recognition, links = excluded.links",
    )
    .and_then(|mut s| s.execute((id.0, reading, recognition, from_ids(links))))
    .doing("writing entities")?;
    Ok(())
}

pub(super) fn write_keys(db: &Connection, id: ReleaseId, keys: &[i64]) -> Result<(), StoreError> {
    let doing = "writing a release's keys";
    let mut statement = db
        .prepare_cached("INSERT OR IGNORE INTO keys(key, release_id) VALUES (?1, ?2)")
        .doing(doing)?;
    for key in keys {
        statement.execute((key, id.0)).doing(doing)?;
    }
    Ok(())
}
