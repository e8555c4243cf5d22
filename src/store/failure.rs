//! What can go wrong with a library, in words that say what was being done and what to do. No message carries text of
//! a release.

use std::path::PathBuf;

/// Why the library could not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file's schema is newer than this program. Nothing was changed.
    #[error(
        "{path} was made by a newer dateline (schema {found}, this one knows {known}); it is untouched: update dateline"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// The file's schema is older than this program's. Whoever may write brings it up to date; a reader cannot.
    #[error(
        "{path} was made by an older dateline (schema {found}, this one needs {known}) and must be brought up to date where it can be written"
    )]
    Older {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The schema of this program.
        known: i64,
    },
    /// A database of another program. Nothing was changed.
    #[error(
        "{path} is a database of another program; it is untouched: name another data directory"
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// SQLite refused.
    #[error("while {doing}: {source}")]
    Sql {
        /// What was being done.
        doing: &'static str,
        /// SQLite's own words.
        source: rusqlite::Error,
    },
    /// The file system refused.
    #[error("while {doing} {path}: {source}")]
    File {
        /// What was being done.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// The system's own words.
        source: std::io::Error,
    },
    /// What the library holds for this release cannot be read.
    #[error(
        "what the library holds of release {release} is damaged ({what}); `dateline doctor` mends it"
    )]
    Damaged {
        /// The release.
        release: i64,
        /// Which part of it.
        what: &'static str,
    },
    /// The library can only be read.
    #[error("the library can only be read: {reason}")]
    ReadOnly {
        /// Why.
        reason: String,
    },
    /// No such release.
    #[error("the library has no release {0}")]
    NoRelease(i64),
    /// No such passage.
    #[error("the library has no passage {0}")]
    NoPassage(String),
    /// No such entity.
    #[error("the library has no entity {0}")]
    NoEntity(i64),
}

impl StoreError {
    /// Whether the database itself is damaged, or no database at all.
    #[must_use]
    pub fn is_corruption(&self) -> bool {
        match self {
            Self::Damaged { .. } => true,
            Self::Sql { source, .. } => matches!(
                source.sqlite_error_code(),
                Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase)
            ),
            _ => false,
        }
    }

    /// Whether the file or its folder cannot be written, though it may well be read.
    #[must_use]
    pub fn is_unwritable(&self) -> bool {
        use rusqlite::ErrorCode::{CannotOpen, PermissionDenied, ReadOnly};
        match self {
            Self::File { source, .. } => matches!(
                source.kind(),
                std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem
            ),
            Self::Sql { source, .. } => matches!(
                source.sqlite_error_code(),
                Some(CannotOpen | PermissionDenied | ReadOnly)
            ),
            _ => false,
        }
    }

    /// Whether the request was cut short by a newer one or by its deadline.
    #[must_use]
    pub fn is_interrupt(&self) -> bool {
        matches!(self, Self::Sql { source, .. }
            if source.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted))
    }

    /// Whether the disk is full or a quota is reached.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Sql { source, .. }
            if source.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull))
    }

    /// Whether the system refused a write for another reason than a full disk: a quota, a limit on the size of files.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        matches!(self, Self::Sql { source, .. }
            if source.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_WRITE))
    }
}

/// Adds to an error what was being done.
pub(super) trait Doing<T> {
    /// The error with `doing` before it: "while opening the library: …".
    fn doing(self, doing: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Result<T, rusqlite::Error> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Sql { doing, source })
    }
}
