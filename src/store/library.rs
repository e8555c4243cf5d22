//! The one writer of a process. It owns the write connection; what is the user's own goes through
//! [`Library::durably`], everything else through [`Library::quickly`].

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};

use super::entities::Linker;
use super::failure::{Doing, StoreError};
use super::schema;

/// Writes the library. One per process; other processes may write between its transactions.
pub struct Library {
    db: Connection,
    path: PathBuf,
    linker: Linker,
    seen_version: i64,
    watched_version: i64,
    /// How much of the file it holds in memory at most, in KiB.
    room: i64,
    /// Whether a transaction is open, see [`Library::unfinished`].
    open: bool,
    /// Why what was taken in last could not be committed, until whoever took it in is told.
    lost: Option<StoreError>,
}

impl Drop for Library {
    fn drop(&mut self) {
        self.close();
    }
}

/// The write-ahead log of a library. It is gone when the last connection was closed in order.
#[must_use]
pub fn log_path(library: &Path) -> PathBuf {
    let mut name = library.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

impl Library {
    /// Opens the library at `path`, makes it where it is absent, and brings its schema up to date. The file and its
    /// directory are readable by their owner alone.
    ///
    /// # Errors
    /// [`StoreError::Newer`] and [`StoreError::Foreign`] (nothing was changed), or where the file cannot be opened.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self {
            db: schema::open_writer(path)?,
            path: path.into(),
            linker: Linker::default(),
            seen_version: -1,
            watched_version: -1,
            room: schema::ROOM_TO_KEEP,
            open: false,
            lost: None,
        })
    }

    /// Whether another process (or another connection of this one) has written since this was asked last.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn others_wrote(&mut self) -> Result<bool, StoreError> {
        let version: i64 = self
            .db
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .doing("looking for changes")?;
        let first = self.watched_version == -1;
        Ok(std::mem::replace(&mut self.watched_version, version) != version && !first)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Holds so much of the file in memory at most from now on, in KiB.
    pub(super) fn make_room(&mut self, room: i64) -> Result<(), StoreError> {
        if std::mem::replace(&mut self.room, room) == room {
            return Ok(());
        }
        self.db
            .pragma_update(None, "cache_size", -room)
            .doing("making room")
    }

    /// The connection, for a single statement outside a transaction of its own.
    pub(super) fn db(&self) -> &Connection {
        &self.db
    }

    /// Runs `work` in a transaction that is on disk when this returns. Nothing is changed where it fails.
    pub(super) fn durably<T>(
        &mut self,
        doing: &'static str,
        work: impl FnOnce(&Connection, &mut Linker) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.close();
        self.db
            .pragma_update(None, "synchronous", "FULL")
            .doing(doing)?;
        let done = self.quickly(doing, work);
        let back = self
            .db
            .pragma_update(None, "synchronous", "NORMAL")
            .doing(doing);
        let done = done?;
        back?;
        Ok(done)
    }

    /// Runs `work` in a transaction that a power cut may undo whole, but not break.
    pub(super) fn quickly<T>(
        &mut self,
        doing: &'static str,
        work: impl FnOnce(&Connection, &mut Linker) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.close();
        self.begin(doing)?;
        let done = work(&self.db, &mut self.linker);
        let ended = self.end(doing, done.is_ok());
        let done = done?;
        ended.map(|()| done)
    }

    /// Runs `work` in a transaction that stays open, so that what comes next need not write the same pages anew. What
    /// else the library is asked to write ends it first; so does [`Library::commit`]. Where `work` fails, all is undone
    /// that was not committed.
    pub(super) fn unfinished<T>(
        &mut self,
        doing: &'static str,
        work: impl FnOnce(&Connection, &mut Linker) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if let Some(lost) = self.lost.take() {
            return Err(lost);
        }
        if !self.open {
            self.begin(doing)?;
        }
        let done = work(&self.db, &mut self.linker);
        self.open = done.is_ok();
        if !self.open {
            // Why it is undone is what the caller hears.
            let _ = self.end(doing, false);
        }
        done
    }

    /// Commits what [`Library::take_in_uncommitted`] took in.
    ///
    /// # Errors
    /// Where it could not be committed, now or when something else was written: then all of it is undone.
    pub fn commit(&mut self) -> Result<(), StoreError> {
        self.close();
        self.lost.take().map_or(Ok(()), Err)
    }

    /// Ends the open transaction, where there is one.
    fn close(&mut self) {
        if std::mem::take(&mut self.open) {
            self.lost = self.end("taking releases in", true).err();
        }
    }

    fn begin(&mut self, doing: &'static str) -> Result<(), StoreError> {
        if !self.db.is_autocommit() {
            // Whoever began it panicked.
            self.end(doing, false)?;
        }
        self.db.execute_batch("BEGIN IMMEDIATE").doing(doing)?;
        // Another process may have made entities, or undone ours.
        let version = self
            .db
            .pragma_query_value(None, "data_version", |row| row.get(0));
        match version {
            Ok(version) if version == self.seen_version => {}
            Ok(version) => {
                self.linker.forget();
                self.seen_version = version;
            }
            Err(problem) => {
                let _ = self.end(doing, false);
                return Err(problem).doing(doing);
            }
        }
        Ok(())
    }

    /// Commits the transaction where it went `well`; undoes it where it did not, or cannot be committed.
    fn end(&mut self, doing: &'static str, well: bool) -> Result<(), StoreError> {
        let committed = if well {
            let counted = self.linker.settle(&self.db);
            counted.and_then(|()| self.db.execute_batch("COMMIT").doing(doing))
        } else {
            Ok(())
        };
        if !well || committed.is_err() {
            self.linker.forget();
            // Some failures have undone it already.
            if !self.db.is_autocommit() {
                let _ = self.db.execute_batch("ROLLBACK");
            }
        }
        committed
    }

    /// Says which model reads from now on. Where it is another one than before, everything is due to be read anew; gives
    /// whether that is so.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn read_by(&mut self, model: &str) -> Result<bool, StoreError> {
        let doing = "noting the model";
        let before: Option<String> = self
            .db
            .prepare_cached("SELECT value FROM facts WHERE name = 'model'")
            .and_then(|mut s| s.query_row([], |row| row.get(0)).optional())
            .doing(doing)?;
        if before.as_deref() == Some(model) {
            return Ok(false);
        }
        // A library without the note was read by the built-in ones.
        let other = before.is_some() || !model.starts_with("built-in ");
        self.quickly(doing, |db, _| {
            db.execute(
                "INSERT INTO facts(name, value) VALUES ('model', ?1)
                 ON CONFLICT(name) DO UPDATE SET value = excluded.value",
                [model],
            )
            .doing(doing)?;
            if other {
                db.execute("UPDATE readings SET reading = 0 WHERE reading > 0", [])
                    .doing(doing)?;
            }
            Ok(other)
        })
    }

    /// Whether the library holds no release.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        let any: bool = self
            .db
            .query_row("SELECT EXISTS (SELECT 1 FROM releases) OR EXISTS (SELECT 1 FROM sources WHERE removed IS NULL)", [], |row| {
                row.get(0)
            })
            .doing("looking into the library")?;
        Ok(!any)
    }

    /// Moves what is in the write-ahead log into the file, as far as no reader needs it, and gives back what an import
    /// took of memory.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        self.close();
        self.db
            .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
            .and_then(|()| self.db.execute_batch("PRAGMA shrink_memory"))
            .doing("tidying the library")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOING: &str = "testing";

    fn library() -> (tempfile::TempDir, Library) {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let library = Library::open(&directory.path().join("library.db")).expect("a library");
        (directory, library)
    }

    fn note(db: &Connection, name: &str) -> Result<(), StoreError> {
        let noted = db.execute("INSERT INTO facts(name, value) VALUES (?1, '')", [name]);
        noted.map(drop).doing(DOING)
    }

    /// What another connection sees.
    fn noted(library: &Library) -> Vec<String> {
        let db = schema::open_reader(library.path()).expect("a reader");
        let mut statement = db
            .prepare("SELECT name FROM facts WHERE name LIKE 'test %' ORDER BY name")
            .expect("a statement");
        let names = statement.query_map([], |row| row.get(0)).expect("rows");
        names.map(|name| name.expect("a name")).collect()
    }

    #[test]
    fn whatever_else_is_written_commits_what_was_not() {
        let (_directory, mut library) = library();
        let taken = |name: &str, library: &mut Library| {
            let done = library.unfinished(DOING, |db, _| note(db, name));
            done.expect("written");
        };
        taken("test a", &mut library);
        taken("test b", &mut library);
        assert!(noted(&library).is_empty(), "not committed yet");
        let own = library.durably(DOING, |db, _| note(db, "test c"));
        own.expect("written");
        assert_eq!(noted(&library), ["test a", "test b", "test c"]);
        taken("test d", &mut library);
        library.checkpoint().expect("tidied");
        assert_eq!(noted(&library).len(), 4);
        taken("test e", &mut library);
        library.commit().expect("committed");
        assert_eq!(noted(&library).len(), 5);
        taken("test f", &mut library);
        let path = library.path().to_owned();
        drop(library);
        let library = Library::open(&path).expect("a library");
        assert_eq!(noted(&library).len(), 6);
    }

    #[test]
    fn a_failure_undoes_what_was_not_committed_and_nothing_else() {
        let (_directory, mut library) = library();
        let take =
            |name: &str, library: &mut Library| library.unfinished(DOING, |db, _| note(db, name));
        take("test a", &mut library).expect("written");
        library.commit().expect("committed");
        take("test b", &mut library).expect("written");
        // The same name again is refused.
        take("test a", &mut library).expect_err("refused");
        take("test c", &mut library).expect("written");
        library.commit().expect("committed");
        assert_eq!(noted(&library), ["test a", "test c"]);
    }

    #[test]
    fn who_took_in_hears_that_it_could_not_be_committed() {
        let (_directory, mut library) = library();
        let take =
            |name: &str, library: &mut Library| library.unfinished(DOING, |db, _| note(db, name));
        take("test a", &mut library).expect("written");
        library
            .db
            .execute_batch("ROLLBACK")
            .expect("undone behind its back");
        let own = library.durably(DOING, |db, _| note(db, "test b"));
        own.expect("the user's own is written all the same");
        take("test c", &mut library).expect_err("what was taken in before is lost");
        take("test d", &mut library).expect("written");
        library.commit().expect("committed");
        assert_eq!(noted(&library), ["test b", "test d"]);
    }
}
