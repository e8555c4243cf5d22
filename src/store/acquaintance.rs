//! Whether a release that comes in is known: by its keys first, and then by its words. It exists so that what is sent
//! again, corrected or carried by another source comes back neither as unread nor over something else. It refuses to
//! write: what becomes of the release is the intake's.

use rusqlite::{Connection, OptionalExtension, Row};

use super::failure::{Doing, StoreError};
use super::full_text;
use super::identity::{headline_of, same_release};
use super::kept::waiting;
use super::listing::flag;
use super::prepared::Prepared;
use crate::release::ReleaseId;

/// How a release that comes in is known.
pub(super) enum Acquaintance {
    New,
    Same(ReleaseId),
    /// Word for word this one, which came from another source.
    Carried(ReleaseId),
    Version(ReleaseId),
    /// New, and known to be the same story as this one.
    Copy(ReleaseId),
}

/// A release that shares a key.
struct Candidate {
    id: i64,
    hash: Vec<u8>,
    headline: String,
    flags: i64,
    /// What its source sent.
    came: Option<i64>,
    source: i64,
    /// What its source calls it.
    guid: Option<String>,
}

impl Candidate {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            hash: row.get(1)?,
            headline: row.get(2)?,
            flags: row.get(3)?,
            came: row.get(4)?,
            source: row.get(5)?,
            guid: row.get(6)?,
        })
    }

    /// Whether its source calls it otherwise than it calls `prepared`. The scheme of an address is no other name.
    fn is_called_otherwise(&self, prepared: &Prepared) -> bool {
        let bare = |guid: &str| {
            let (_, rest) = guid.split_once("://").unwrap_or(("", guid));
            rest.trim().to_owned()
        };
        match (&self.guid, &prepared.guid) {
            (Some(its), Some(new)) => bare(its) != bare(new),
            _ => false,
        }
    }
}

/// Looks a release up by its keys, the strongest first. The words decide between a new version and another story. Only
/// its own source makes a version of a release: what another source has at the same address under the same headline is a
/// copy of it, and of what one source has at one address under several names and headlines each is a release of its own.
pub(super) fn acquaintance(
    db: &Connection,
    prepared: &Prepared,
    slug: &str,
    keys: &[i64],
) -> Result<Acquaintance, StoreError> {
    let doing = "looking for a release";
    let mut candidates = db
        .prepare_cached(
            "SELECT k.release_id, r.content_hash, r.headline, r.flags, r.came, r.source_id, r.guid
             FROM keys k JOIN releases r ON r.id = k.release_id WHERE k.key = ?1",
        )
        .doing(doing)?;
    let (mut version, mut copy) = (None, None);
    let mut own_source = None;
    for key in keys {
        let found: Vec<Candidate> = candidates
            .query_map([key], Candidate::of)
            .and_then(Iterator::collect)
            .doing(doing)?;
        for found in found {
            let id = ReleaseId(found.id);
            let stands_in = found.flags & flag::STAND_IN != 0;
            let alike =
                found.hash == prepared.keys.content_hash || found.came == Some(prepared.keys.came);
            let own = match own_source {
                Some(own) => own,
                None => *own_source.insert(source_of(db, slug)?),
            };
            // A file is one thing, whoever reads it.
            let by_file = Some(*key) == prepared.keys.file;
            let from_elsewhere = !by_file && own != Some(found.source);
            if (alike && !stands_in) || full_text::is_sent_again(db, id.0, prepared)? {
                return Ok(match from_elsewhere {
                    true => Acquaintance::Carried(id),
                    false => Acquaintance::Same(id),
                });
            }
            if version.is_some() {
                continue;
            }
            let title = prepared.indexed.title.as_str();
            let headed_alike = || headline_of(&found.headline) == headline_of(title);
            // Under the same headline it was named anew.
            let own_link = !stands_in && !by_file && !from_elsewhere;
            if own_link && found.is_called_otherwise(prepared) && !headed_alike() {
                continue;
            }
            if !stands_in && from_elsewhere && (copy.is_some() || !headed_alike()) {
                continue;
            }
            let text = text_of(db, id.0)?;
            let new = (title, &*prepared.release.text);
            if !stands_in && !same_release((&found.headline, &text), new) {
                continue;
            }
            if from_elsewhere && !stands_in {
                copy = Some(id);
            } else {
                version = Some(id);
            }
        }
    }
    Ok(match (version, copy) {
        (Some(id), _) => Acquaintance::Version(id),
        (None, Some(id)) => Acquaintance::Copy(id),
        (None, None) => Acquaintance::New,
    })
}

/// The id of a source that is known.
pub(super) fn source_of(db: &Connection, slug: &str) -> Result<Option<i64>, StoreError> {
    db.prepare_cached("SELECT id FROM sources WHERE slug = ?1")
        .and_then(|mut s| s.query_row([slug], |row| row.get(0)).optional())
        .doing("looking for a release")
}

/// The text of a release; of one that waits to be taken apart, as it came.
pub(super) fn text_of(db: &Connection, id: i64) -> Result<String, StoreError> {
    let text: Option<String> = db
        .prepare_cached("SELECT text FROM bodies WHERE id = ?1")
        .and_then(|mut s| s.query_row([id], |row| row.get(0)).optional())
        .doing("reading a release")?;
    Ok(match text {
        Some(text) => text,
        None => waiting(db, ReleaseId(id))?.map_or_else(String::new, |incoming| incoming.text),
    })
}
