//! The one writer of a process. It owns the write connection; what is the user's own goes through
//! [`Library::durably`], everything else through [`Library::quickly`].

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

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
        let transaction = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .doing(doing)?;
        // Another process may have made entities, or undone ours.
        let version: i64 = transaction
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .doing(doing)?;
        if version != self.seen_version {
            self.linker.forget();
            self.seen_version = version;
        }
        let done = work(&transaction, &mut self.linker)
            .and_then(|done| self.linker.settle(&transaction).map(|()| done))
            .and_then(|done| transaction.commit().doing(doing).map(|()| done));
        if done.is_err() {
            self.linker.forget();
        }
        done
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
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        self.db
            .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
            .and_then(|()| self.db.execute_batch("PRAGMA shrink_memory"))
            .doing("tidying the library")
    }
}
