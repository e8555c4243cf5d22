//! A damaged library is never thrown away: it is set aside under a new name, a new one takes its place, and everything
//! that can still be read goes over: releases from their originals, what is the user's from the damaged file and from
//! the mirror.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::failure::StoreError;
use super::library::Library;
use super::mirror::{Restored, mirror_path};
use super::sources::Origin;
use super::{opening, schema};
use crate::entity::Reading;
use crate::release::ReleaseId;
use crate::store::Preparer;

/// Releases that go over in one transaction.
const BATCH: usize = 256;

/// What became of a damaged library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescue {
    /// Where the damaged file is now; `None` where there was none (the mirror alone was left).
    pub aside: Option<PathBuf>,
    /// Releases whose originals could be read.
    pub releases: u64,
    /// What of the user's came back.
    pub yours: Restored,
}

impl fmt::Display for Rescue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.aside {
            Some(aside) => write!(
                f,
                "the damaged library was set aside as {}; ",
                aside.display()
            )?,
            None => write!(f, "the library was gone; ")?,
        }
        write!(
            f,
            "{} releases, {} bookmarks and the marks on {} releases recovered",
            self.releases, self.yours.passages, self.yours.releases
        )
    }
}

/// Opens the library at `path`; where it is damaged or gone, sets it aside and recovers what is left.
///
/// # Errors
/// As [`Library::open`], but for damage.
pub fn open_or_rescue(path: &Path, now: i64) -> Result<(Library, Option<Rescue>), StoreError> {
    match Library::open(path) {
        Ok(mut library) => {
            let mirror = mirror_path(path);
            if library.is_empty()? && mirror.exists() {
                let yours = library.restore(&mirror, now)?;
                let some = yours != Restored::default();
                return Ok((
                    library,
                    some.then_some(Rescue {
                        aside: None,
                        releases: 0,
                        yours,
                    }),
                ));
            }
            Ok((library, None))
        }
        Err(problem) if problem.is_corruption() => {
            let rescue = rescue(path, now)?;
            Ok((Library::open(path)?, Some(rescue)))
        }
        Err(problem) => Err(problem),
    }
}

/// Sets the library at `path` aside and makes a new one from what can be read of it and of its mirror.
///
/// # Errors
/// Where the file cannot be moved or the new library cannot be written.
pub fn rescue(path: &Path, now: i64) -> Result<Rescue, StoreError> {
    let aside = set_aside(path, now)?;
    let mut library = Library::open(path)?;
    let mut releases = 0;
    let damaged = schema::open_damaged(&aside).ok();
    if let Some(damaged) = &damaged {
        releases = carry_over(damaged, &mut library, now)?;
    }
    let mut yours = Restored::default();
    let mirror = mirror_path(path);
    if mirror.exists() {
        yours = library.restore(&mirror, now)?;
    }
    // What the damaged file still knows is at least as new as the mirror.
    if let Some(restored) = damaged.and_then(|damaged| library.restore_from(&damaged, now).ok())
        && restored.releases >= yours.releases
    {
        yours = restored;
    }
    library.mirror()?;
    Ok(Rescue {
        aside: Some(aside),
        releases,
        yours,
    })
}

/// Moves the file and its companions to a name of their own.
fn set_aside(path: &Path, now: i64) -> Result<PathBuf, StoreError> {
    let mut number = 0;
    let aside = loop {
        let more = if number == 0 {
            String::new()
        } else {
            format!("-{number}")
        };
        let name = path.with_extension(format!("damaged-{now}{more}.db"));
        if !name.exists() {
            break name;
        }
        number += 1;
    };
    for companion in ["-wal", "-shm", ""] {
        let with = |path: &Path| PathBuf::from(format!("{}{companion}", path.display()));
        let (from, to) = (with(path), with(&aside));
        match std::fs::rename(&from, to) {
            Ok(()) => {}
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => {}
            Err(source) => {
                return Err(StoreError::File {
                    doing: "setting aside",
                    path: from,
                    source,
                });
            }
        }
    }
    Ok(aside)
}

/// Takes every release whose original can be read into the new library; gives how many. The damaged table is walked
/// from both ends, since a walk ends where the damage is.
fn carry_over(damaged: &Connection, library: &mut Library, now: i64) -> Result<u64, StoreError> {
    let mut ids: Vec<i64> = Vec::new();
    for (table, order) in [
        ("originals", "ASC"),
        ("originals", "DESC"),
        ("kept", "ASC"),
        ("kept", "DESC"),
    ] {
        let Ok(mut statement) =
            damaged.prepare(&format!("SELECT id FROM {table} ORDER BY id {order}"))
        else {
            continue;
        };
        if let Ok(rows) = statement.query_map([], |row| row.get::<_, i64>(0)) {
            ids.extend(rows.map_while(Result::ok));
        }
    }
    ids.sort_unstable();
    ids.dedup();
    let mut preparer = Preparer::new(Reading::Patterns);
    let mut count = 0;
    for some in ids.chunks(BATCH) {
        for id in some {
            let Ok(incoming) = opening::incoming(damaged, ReleaseId(*id)) else {
                continue;
            };
            let origin = origin_of(damaged, *id).unwrap_or_else(Origin::opened);
            let prepared = preparer.prepare(incoming, &[], now);
            library.take_in(std::slice::from_ref(&prepared), &origin, now)?;
            count += 1;
        }
    }
    Ok(count)
}

/// The source of a release of the damaged library.
fn origin_of(damaged: &Connection, id: i64) -> Option<Origin> {
    damaged
        .prepare_cached(
            "SELECT s.kind, s.name, s.address FROM releases r JOIN sources s ON s.id = r.source_id WHERE r.id = ?1",
        )
        .and_then(|mut s| {
            s.query_row([id], |row| Ok(Origin { kind: row.get(0)?, name: row.get(1)?, address: row.get(2)? }))
        })
        .ok()
}
