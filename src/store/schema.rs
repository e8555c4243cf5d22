//! Opens the file: connections and their settings, migrations, file modes. Migrations are numbered, appended and never
//! edited; each runs in one transaction that also sets `user_version`, so that a cut leaves the schema before or after
//! it. It refuses a newer schema and another program's database before anything is written.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags};

use super::failure::{Doing, StoreError};

/// `DLNE`: marks the file as a library for `file(1)` and for us.
const APPLICATION_ID: i64 = 0x444C_4E45;

/// The migrations, in order. The schema's version is how many have run.
const MIGRATIONS: &[&str] = &[
    include_str!("../../assets/schema/0001_library.sql"),
    include_str!("../../assets/schema/0002_entities.sql"),
    include_str!("../../assets/schema/0003_facts.sql"),
    include_str!("../../assets/schema/0004_stories.sql"),
    include_str!("../../assets/schema/0005_full_texts.sql"),
    include_str!("../../assets/schema/0006_kept.sql"),
    include_str!("../../assets/schema/0007_uncompared.sql"),
    include_str!("../../assets/schema/0008_packed.sql"),
    include_str!("../../assets/schema/0009_carried.sql"),
    include_str!("../../assets/schema/0010_around.sql"),
    include_str!("../../assets/schema/0011_replacing.sql"),
    include_str!("../../assets/schema/0012_merging.sql"),
];

/// Waiting for another process's transaction before giving up.
const BUSY: Duration = Duration::from_secs(5);

/// How much of the library the writer holds in memory while releases are kept as they came, in KiB. Their rows and texts
/// go in one behind the other; only keys go everywhere. What several sources have sent is held beside it.
pub(super) const ROOM_TO_KEEP: i64 = 32_768;

/// How much of it while they are taken apart: sketches, mentions and the search index go everywhere.
pub(super) const ROOM_TO_TAKE_APART: i64 = 49_152;

/// Opens `path` for writing, makes it where it is absent, and brings its schema up to date.
pub(super) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    make_directory(path)?;
    make_file(path)?;
    let mut db = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .doing("opening the library")?;
    settle(&db)?;
    let version = known_version(&db, path)?;
    let setup = "opening the library";
    db.pragma_update(None, "journal_mode", "WAL").doing(setup)?;
    db.pragma_update(None, "synchronous", "NORMAL")
        .doing(setup)?;
    db.pragma_update(None, "cache_size", -ROOM_TO_KEEP)
        .doing(setup)?;
    // An import dirties the same index pages again and again: the fewer checkpoints, the fewer times they are written.
    db.pragma_update(None, "wal_autocheckpoint", 40_000)
        .doing(setup)?;
    db.pragma_update(None, "journal_size_limit", 16 << 20)
        .doing(setup)?;
    db.pragma_update(None, "foreign_keys", false).doing(setup)?;
    if version < MIGRATIONS.len() as i64 {
        migrate(&mut db, path, version)?;
    }
    // A file that was cut or scribbled on often shows it here already, before anything is asked of it.
    db.query_row(
        "SELECT max(id), (SELECT count(*) FROM sources) FROM releases",
        [],
        |_| Ok(()),
    )
    .doing(setup)?;
    Ok(db)
}

/// Opens `path` for reading only. On a disk that cannot be written SQLite cannot share the file with a writer, and is
/// told that there is none.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    match reader_at(path, false) {
        Err(problem) if problem.is_unwritable() && path.is_file() => reader_at(path, true),
        opened => opened,
    }
}

/// A path as it stands in an address.
fn escaped(path: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    bytes
        .map(|&byte| match byte {
            byte if plain(byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

fn reader_at(path: &Path, immutable: bool) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opening = "opening the library";
    let db = if immutable {
        let name = format!("file:{}?immutable=1", escaped(path));
        Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_URI)
    } else {
        Connection::open_with_flags(path, flags)
    };
    let db = db.doing(opening)?;
    settle(&db)?;
    let (found, known) = (known_version(&db, path)?, MIGRATIONS.len() as i64);
    if found < known {
        return Err(StoreError::Older {
            path: path.into(),
            found,
            known,
        });
    }
    db.pragma_update(None, "cache_size", -6_144)
        .doing(opening)?;
    db.pragma_update(None, "query_only", true).doing(opening)?;
    Ok(db)
}

/// Opens a damaged library for reading what is left of it.
pub(super) fn open_damaged(path: &Path) -> Result<Connection, StoreError> {
    let db = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .doing("opening the damaged library")?;
    settle(&db)?;
    db.pragma_update(None, "cell_size_check", false)
        .doing("opening the damaged library")?;
    Ok(db)
}

/// What every connection needs: patience, distrust of the file, room for statements, the schema's own functions. The
/// file is not mapped into memory: mapped pages count as the program's, and the system caches them anyway.
fn settle(db: &Connection) -> Result<(), StoreError> {
    let setup = "opening the library";
    db.busy_timeout(BUSY).doing(setup)?;
    db.set_prepared_statement_cache_capacity(96);
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)
        .doing(setup)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)
        .doing(setup)?;
    // Else a statement whose plan looked at a bound value (every `LIMIT ?`) is compiled anew whenever it is bound.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .doing(setup)?;
    db.pragma_update(None, "cell_size_check", true)
        .doing(setup)?;
    db.pragma_update(None, "temp_store", "MEMORY")
        .doing(setup)?;
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    db.create_scalar_function("searched", 2, flags, |arguments| {
        let text = arguments.get_raw(0).as_str().unwrap_or("").to_owned();
        let unsearched = arguments.get_raw(1).as_blob_or_null().ok().flatten();
        Ok(match unsearched {
            Some(extents) => super::index::without(&text, extents),
            None => text,
        })
    })
    .doing(setup)?;
    db.create_scalar_function("folded", 1, flags, |arguments| {
        let text = arguments.get_raw(0).as_str_or_null().ok().flatten();
        Ok(text.map(crate::query::fold::fold))
    })
    .doing(setup)
}

/// The schema's version; an error where it is newer than ours or the database is not a library. Reads only.
fn known_version(db: &Connection, path: &Path) -> Result<i64, StoreError> {
    let number = |name| {
        db.pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .doing("opening the library")
    };
    let (application, version) = (number("application_id")?, number("user_version")?);
    let known = MIGRATIONS.len() as i64;
    let empty = application == 0 && version == 0 && number("schema_version")? == 0;
    if application != APPLICATION_ID && !empty {
        return Err(StoreError::Foreign { path: path.into() });
    }
    if version > known {
        return Err(StoreError::Newer {
            path: path.into(),
            found: version,
            known,
        });
    }
    Ok(version)
}

/// Runs the missing migrations under one write lock; another process may have run them meanwhile.
fn migrate(db: &mut Connection, path: &Path, version: i64) -> Result<(), StoreError> {
    let doing = "bringing the library up to date";
    if version > 0 {
        keep_copy(db, path, version)?;
    }
    let work = db
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .doing(doing)?;
    let now: i64 = work
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .doing(doing)?;
    for migration in MIGRATIONS.iter().skip(usize::try_from(now).unwrap_or(0)) {
        work.execute_batch(migration).doing(doing)?;
    }
    work.pragma_update(None, "application_id", APPLICATION_ID)
        .doing(doing)?;
    work.pragma_update(None, "user_version", MIGRATIONS.len() as i64)
        .doing(doing)?;
    work.commit().doing(doing)
}

/// How many copies from before migrations are kept, the newest.
const COPIES: usize = 3;

/// A copy of the library as it was before a migration, beside it; of older ones no more than [`COPIES`] in all stay.
fn keep_copy(db: &Connection, path: &Path, version: i64) -> Result<(), StoreError> {
    let named = |number: i64| path.with_extension(format!("before-{number}.db"));
    let copy = named(version + 1);
    if !copy.exists() {
        let name = copy.to_string_lossy().into_owned();
        db.execute("VACUUM INTO ?1", [name])
            .doing("copying the library before a migration")?;
    }
    let older = (1..=version).rev().map(named).filter(|copy| copy.exists());
    for old in older.skip(COPIES - 1) {
        // One that cannot be removed takes room and does no harm.
        let _ = std::fs::remove_file(old);
    }
    Ok(())
}

/// Makes the directory of `path`, readable by its owner alone.
fn make_directory(path: &Path) -> Result<(), StoreError> {
    let Some(directory) = path.parent().filter(|d| !d.as_os_str().is_empty()) else {
        return Ok(());
    };
    if directory.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(directory)
        .map_err(|source| StoreError::File {
            doing: "making",
            path: directory.into(),
            source,
        })
}

/// Makes the file itself, so that it is readable by its owner alone from its first byte (SQLite gives its
/// companions the same mode).
fn make_file(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map(drop)
        .map_err(|source| StoreError::File {
            doing: "opening",
            path: path.into(),
            source,
        })
}
