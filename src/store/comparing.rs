//! Stories of releases that came in before there were any: they are compared some at a time, the oldest first, so that
//! the first that came stands in the list. Each leaves those that wait in the transaction that compares it. What the user
//! starred or took passages from never goes behind another release here.

use rusqlite::{Connection, OptionalExtension};

use super::failure::{Doing, StoreError};
use super::library::Library;
use super::listing::flag;
use super::opening;
use super::reader::Reader;
use super::stories::{Told, join_story};
use crate::release::story::{Telling, sketch};
use crate::release::{Release, ReleaseId};

const COMPARING: &str = "looking for copies";

impl Library {
    /// Compares the next `most` releases that wait for it; gives how many it did, 0 where none waits.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn compare(&mut self, most: usize) -> Result<usize, StoreError> {
        self.quickly(COMPARING, |db, _| {
            let ids = next(db, most)?;
            for id in &ids {
                compare(db, *id)?;
            }
            Ok(ids.len())
        })
    }
}

fn next(db: &Connection, most: usize) -> Result<Vec<ReleaseId>, StoreError> {
    let mut find = db
        .prepare_cached("SELECT id FROM uncompared ORDER BY id LIMIT ?1")
        .doing(COMPARING)?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = find
        .query_map([most], |row| row.get(0).map(ReleaseId))
        .doing(COMPARING)?;
    rows.collect::<Result<_, _>>().doing(COMPARING)
}

/// A row as it is compared: headline, publication, flags, passages.
type Row = (String, i64, i64, i64);

fn compare(db: &Connection, id: ReleaseId) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM uncompared WHERE id = ?1")
        .and_then(|mut s| s.execute([id.0]))
        .doing(COMPARING)?;
    let row: Option<Row> = db
        .prepare_cached(
            "SELECT headline, published, flags, passages FROM releases r WHERE id = ?1
             AND NOT EXISTS (SELECT 1 FROM stories t WHERE t.id = r.id)",
        )
        .and_then(|mut s| {
            s.query_row([id.0], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .optional()
        })
        .doing(COMPARING)?;
    let Some((headline, published, flags, passages)) = row else {
        return Ok(());
    };
    // A text that cannot be read is a problem of its own, told where it is opened.
    let Ok(release) = opening::release(db, id) else {
        return Ok(());
    };
    let out = flag::DELETED | flag::ABSENT | flag::STAND_IN | flag::KEPT;
    if flags & out != 0 {
        return Ok(());
    }
    let told = told(
        &headline,
        &release,
        published,
        flags & flag::STARRED != 0 || passages > 0,
    );
    join_story(db, id, &told)
}

fn told<'a>(headline: &'a str, release: &'a Release, published: i64, stays: bool) -> Told<'a> {
    Told {
        sketch: sketch(release),
        telling: Telling {
            headline,
            release,
            published,
        },
        stays,
    }
}

impl Reader {
    /// How many releases wait to be compared with the others.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn uncompared(&self) -> Result<u64, StoreError> {
        let count: i64 = self
            .db
            .prepare_cached("SELECT count(*) FROM uncompared")
            .and_then(|mut s| s.query_row([], |row| row.get(0)))
            .doing(COMPARING)?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}
