//! Checking a library and mending what can be rebuilt: the file itself, the search index, the counts. What is derived
//! (index, counts) is built anew from the texts, which are the truth.

use rusqlite::Connection;

use super::failure::{Doing, StoreError};
use super::library::Library;
use super::reader::Reader;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What SQLite says of the file; empty where it is sound.
    pub file: Vec<String>,
    /// Whether the search index agrees with the texts.
    pub index: bool,
    /// Entities whose count of releases was wrong.
    pub counts: u64,
}

impl Findings {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.file.is_empty() && self.index && self.counts == 0
    }
}

/// What SQLite says of the file's pages and of the inner order of the search index; empty where all is sound. Reads only
/// and needs no lock.
fn damage(db: &Connection) -> Result<Vec<String>, StoreError> {
    let doing = "checking the library";
    let mut statement = db.prepare("PRAGMA quick_check(20)").doing(doing)?;
    let lines: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .and_then(Iterator::collect)
        .doing(doing)?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

impl Reader {
    /// What is wrong with the file or with the inner order of the search index, in SQLite's words. Whether the index has
    /// the words of the texts is not asked: they are written in one transaction, and [`Library::check`] looks.
    ///
    /// # Errors
    /// Where the file cannot be read at all, or where the gate shut.
    pub fn damage(&self) -> Result<Vec<String>, StoreError> {
        damage(&self.db)
    }
}

impl Library {
    /// Checks the file (every page) and the index (every word).
    ///
    /// # Errors
    /// Where the file cannot be read at all.
    pub fn check(&self) -> Result<Findings, StoreError> {
        let doing = "checking the library";
        let counts: i64 = self
            .db()
            .query_row(
                "SELECT count(*) FROM entities e
                 WHERE n <> (SELECT count(*) FROM mentions m WHERE m.entity_id = e.id)",
                [],
                |row| row.get(0),
            )
            .doing(doing)?;
        Ok(Findings {
            file: damage(self.db())?,
            index: self.check_index().is_ok(),
            counts: u64::try_from(counts).unwrap_or(0),
        })
    }

    /// Whether the search index agrees with the texts.
    ///
    /// # Errors
    /// Where it does not.
    pub fn check_index(&self) -> Result<(), StoreError> {
        self.db()
            .execute_batch(
                "INSERT INTO fts(fts, rank) VALUES ('integrity-check', 1);
                 INSERT INTO fts_tri(fts_tri, rank) VALUES ('integrity-check', 1);
                 INSERT INTO entity_names(entity_names, rank) VALUES ('integrity-check', 1);",
            )
            .doing("checking the search index")
    }

    /// Builds the search index and the counts anew.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        self.quickly("building the search index anew", |db, linker| {
            linker.forget();
            db.execute_batch(
                "INSERT INTO fts(fts) VALUES ('rebuild');
                 INSERT INTO fts_tri(fts_tri) VALUES ('rebuild');
                 INSERT INTO entity_names(entity_names) VALUES ('rebuild');
                 UPDATE entities SET n = (SELECT count(*) FROM mentions m WHERE m.entity_id = entities.id);",
            )
            .doing("building the search index anew")
        })
    }
}
