//! Stories: releases that are the same release. A new one is looked up by the numbers of its sketch; what it finds is
//! read and compared word for word ([`crate::release::story`]). The first that came stands in the list, the others
//! behind it; a correction takes the place of what it corrects, which stays visible where the user has marked it.
//! It refuses to compare more than a few candidates, so that a form sent a thousand times costs no more than any other.

use rusqlite::{Connection, OptionalExtension};

use super::failure::{Doing, StoreError};
use super::listing::flag;
use super::opening;
use super::prepared::{Prepared, standing_number};
use super::reader::Reader;
use crate::release::ReleaseId;
use crate::release::story::{BANDS, Telling, same_story};

/// Releases further apart than this are no copies: a year, in ids.
const FAR: i64 = (366 * 24 * 60) << 6;

/// Candidates that are looked at for each number of a sketch.
const LOOKED: i64 = 64;

/// Candidates that are compared, those with the most numbers in common first.
const COMPARED: usize = 4;

/// Writes the numbers by which copies find a release. Numbers of an older version stay: what they find is compared
/// with the present text.
pub(super) fn write_sketch(
    db: &Connection,
    id: ReleaseId,
    sketch: Option<&[i64; BANDS]>,
) -> Result<(), StoreError> {
    let Some(sketch) = sketch else {
        return Ok(());
    };
    let doing = "writing a release's sketch";
    let mut insert = db
        .prepare_cached("INSERT OR IGNORE INTO sketches(band, release_id) VALUES (?1, ?2)")
        .doing(doing)?;
    for band in sketch {
        insert.execute((band, id.0)).doing(doing)?;
    }
    Ok(())
}

/// A release as it is compared.
pub(super) struct Told<'a> {
    /// The numbers by which it finds its copies.
    pub sketch: Option<[i64; BANDS]>,
    /// Its words.
    pub telling: Telling<'a>,
    /// It stays in the list, whatever it is a copy of.
    pub stays: bool,
}

impl<'a> Told<'a> {
    /// One that is taken in.
    pub fn of(prepared: &'a Prepared) -> Self {
        Self {
            sketch: prepared.sketch,
            telling: Telling {
                headline: &prepared.indexed.title,
                release: &prepared.release,
                published: prepared.published.seconds,
            },
            stays: false,
        }
    }
}

/// Puts a release with the story it belongs to, if there is one.
pub(super) fn join_story(
    db: &Connection,
    id: ReleaseId,
    told: &Told<'_>,
) -> Result<(), StoreError> {
    for candidate in candidates(db, id, told)? {
        if is_same(db, candidate, told)? {
            let story = story_of(db, candidate)?;
            join(db, id, story, told)?;
            break;
        }
    }
    write_sketch(db, id, told.sketch.as_ref())
}

/// Adds a release to the story of `of`, which is known to be the same one.
pub(super) fn join_copy(
    db: &Connection,
    id: ReleaseId,
    of: ReleaseId,
    told: &Told<'_>,
) -> Result<(), StoreError> {
    let story = story_of(db, of.0)?;
    join(db, id, story, told)?;
    write_sketch(db, id, told.sketch.as_ref())
}

/// The releases that share most of a sketch's numbers, the likeliest first.
fn candidates(db: &Connection, id: ReleaseId, told: &Told<'_>) -> Result<Vec<i64>, StoreError> {
    let Some(sketch) = &told.sketch else {
        return Ok(Vec::new());
    };
    let doing = "looking for copies";
    let mut find = db
        .prepare_cached(
            "SELECT release_id FROM sketches WHERE band = ?1 AND release_id BETWEEN ?2 AND ?3
             ORDER BY release_id DESC LIMIT ?4",
        )
        .doing(doing)?;
    let mut found: Vec<i64> = Vec::new();
    for band in sketch {
        let rows = find
            .query_map(
                (
                    band,
                    id.0.saturating_sub(FAR),
                    id.0.saturating_add(FAR),
                    LOOKED,
                ),
                |row| row.get(0),
            )
            .doing(doing)?;
        for row in rows {
            found.push(row.doing(doing)?);
        }
    }
    found.sort_unstable();
    let mut counted: Vec<(usize, i64)> = found
        .chunk_by(|a, b| a == b)
        .filter(|same| same[0] != id.0)
        .map(|same| (same.len(), same[0]))
        .collect();
    // Of those with as much in common, the nearest in time.
    counted.sort_unstable_by_key(|(n, other)| (std::cmp::Reverse(*n), (other - id.0).abs()));
    counted.truncate(COMPARED);
    Ok(counted.into_iter().map(|(_, other)| other).collect())
}

/// Compares the words.
fn is_same(db: &Connection, other: i64, told: &Told<'_>) -> Result<bool, StoreError> {
    let row: Option<(String, i64)> = db
        .prepare_cached("SELECT headline, published FROM releases WHERE id = ?1 AND flags & ?2 = 0")
        .and_then(|mut s| {
            s.query_row((other, flag::ABSENT | flag::STAND_IN), |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
        })
        .doing("reading a release")?;
    let Some((headline, published)) = row else {
        return Ok(false);
    };
    // A text that cannot be read is a problem of its own, told where it is opened.
    let Ok(release) = opening::release(db, ReleaseId(other)) else {
        return Ok(false);
    };
    let there = Telling {
        headline: &headline,
        release: &release,
        published,
    };
    Ok(same_story(there, told.telling))
}

/// The story of a release, made where it had no copy until now.
fn story_of(db: &Connection, release: i64) -> Result<i64, StoreError> {
    let doing = "writing a story";
    let there: Option<i64> = db
        .prepare_cached("SELECT story FROM stories WHERE id = ?1")
        .and_then(|mut s| s.query_row([release], |row| row.get(0)).optional())
        .doing(doing)?;
    if let Some(story) = there {
        return Ok(story);
    }
    db.prepare_cached("INSERT INTO stories(id, story, arrived, hidden) VALUES (?1, ?1, 1, 0)")
        .and_then(|mut s| s.execute([release]))
        .doing(doing)?;
    Ok(release)
}

/// Adds a release to a story: behind the one in the list, or before it where it corrects it.
fn join(db: &Connection, id: ReleaseId, story: i64, told: &Told<'_>) -> Result<(), StoreError> {
    let doing = "writing a story";
    // Corrections and kills must be seen.
    let seen = matches!(standing_number(told.telling.release.standing), Some(1 | 2));
    if seen {
        db.prepare_cached(
            "UPDATE stories SET hidden = 1 WHERE story = ?1 AND id IN
               (SELECT r.id FROM releases r WHERE r.id = stories.id AND r.flags & 2 = 0 AND r.passages = 0)",
        )
        .and_then(|mut s| s.execute([story]))
        .doing(doing)?;
    }
    db.prepare_cached(
        "INSERT OR REPLACE INTO stories(id, story, arrived, hidden)
         VALUES (?1, ?2, (SELECT 1 + count(*) FROM stories WHERE story = ?2), ?3)",
    )
    .and_then(|mut s| s.execute((id.0, story, !seen && !told.stays)))
    .doing(doing)?;
    Ok(())
}

/// These releases and their copies: what is read or deleted is so on every wire.
pub(super) fn with_copies(
    db: &Connection,
    releases: &[ReleaseId],
) -> Result<Vec<ReleaseId>, StoreError> {
    let doing = "reading stories";
    let mut find = db
        .prepare_cached(
            "SELECT id FROM stories WHERE story = (SELECT story FROM stories WHERE id = ?1) AND id <> ?1",
        )
        .doing(doing)?;
    let mut all = releases.to_vec();
    for id in releases {
        let copies = find
            .query_map([id.0], |row| row.get(0).map(ReleaseId))
            .doing(doing)?;
        for copy in copies {
            all.push(copy.doing(doing)?);
        }
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

impl Reader {
    /// A release and its copies, in the order of their arrival; empty where it has none.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn story(&self, release: ReleaseId) -> Result<Vec<ReleaseId>, StoreError> {
        let sql = "SELECT id FROM stories WHERE story = (SELECT story FROM stories WHERE id = ?) ORDER BY arrived";
        let ids = self.ids(sql, vec![release.0.into()])?;
        Ok(ids.into_iter().map(ReleaseId).collect())
    }
}
