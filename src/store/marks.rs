//! The user's marks on releases: read, starred, tagged, deleted, declined repairs, and where they were reading. Each is
//! on disk when its function returns, the reading position apart.

use rusqlite::Connection;

use super::failure::{Doing, StoreError};
use super::index::{index_replace, indexed};
use super::library::Library;
use super::listing::flag;
use super::prepared::{Prepared, Preparer};
use super::stories::with_copies;
use super::{intake, opening};
use crate::entity::Reading;
use crate::release::ReleaseId;

impl Library {
    /// Marks releases as read or unread.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn set_read(&mut self, releases: &[ReleaseId], read: bool) -> Result<(), StoreError> {
        self.durably("saving what is read", |db, _| {
            set_flag(db, &with_copies(db, releases)?, flag::READ, read)
        })
    }

    /// Stars releases, or takes the star off.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn set_starred(&mut self, releases: &[ReleaseId], starred: bool) -> Result<(), StoreError> {
        self.durably("saving stars", |db, _| {
            set_flag(db, releases, flag::STARRED, starred)
        })
    }

    /// Deletes releases, or brings them back. What is deleted stays so when its source sends it again.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn set_deleted(&mut self, releases: &[ReleaseId], deleted: bool) -> Result<(), StoreError> {
        self.durably("deleting releases", |db, _| {
            for id in &with_copies(db, releases)? {
                let before = indexed(db, id.0)?;
                set_flag(db, &[*id], flag::DELETED, deleted)?;
                let after = indexed(db, id.0)?;
                index_replace(db, id.0, before.as_ref(), after.as_ref())?;
            }
            Ok(())
        })
    }

    /// Gives a release exactly these tags.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn set_tags(&mut self, release: ReleaseId, tags: &[String]) -> Result<(), StoreError> {
        self.durably("saving tags", |db, _| write_tags(db, release, tags))
    }

    /// Declines a repair for good: the release is read again without it, its passages are found again.
    ///
    /// # Errors
    /// Where the original is damaged or it could not be committed: then nothing was changed.
    pub fn decline_repair(
        &mut self,
        release: ReleaseId,
        before: &str,
        after: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        self.durably("declining a repair", |db, linker| {
            db.prepare_cached(
                "INSERT OR IGNORE INTO declined(release_id, before, after) VALUES (?1, ?2, ?3)",
            )
            .and_then(|mut s| s.execute((release.0, before, after)))
            .doing("declining a repair")?;
            let again = read_again(db, release, now)?;
            intake::rewrite(db, linker, release, &again, false)
        })
    }

    /// Takes back that a repair was declined: the release is read again with it.
    ///
    /// # Errors
    /// Where the original is damaged or it could not be committed: then nothing was changed.
    pub fn accept_repair(
        &mut self,
        release: ReleaseId,
        before: &str,
        after: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        self.durably("accepting a repair", |db, linker| {
            db.prepare_cached(
                "DELETE FROM declined WHERE release_id = ?1 AND before = ?2 AND after = ?3",
            )
            .and_then(|mut s| s.execute((release.0, before, after)))
            .doing("accepting a repair")?;
            let again = read_again(db, release, now)?;
            intake::rewrite(db, linker, release, &again, false)
        })
    }

    /// Remembers where the reader was. May be lost to a power cut; nothing else is.
    ///
    /// # Errors
    /// Where it could not be written.
    pub fn save_position(&mut self, release: ReleaseId, byte: usize) -> Result<(), StoreError> {
        self.db()
            .prepare_cached(
                "INSERT INTO positions(id, byte) VALUES (?1, ?2) ON CONFLICT(id) DO UPDATE SET byte = excluded.byte",
            )
            .and_then(|mut s| s.execute((release.0, i64::try_from(byte).unwrap_or(0))))
            .doing("saving the position")?;
        Ok(())
    }
}

/// A release of the library understood anew from its original.
pub(super) fn read_again(
    db: &Connection,
    release: ReleaseId,
    now: i64,
) -> Result<Prepared, StoreError> {
    let incoming = opening::incoming(db, release)?;
    let declined = opening::declined(db, release)?;
    Ok(Preparer::new(Reading::Patterns).prepare(incoming, &declined, now))
}

fn set_flag(db: &Connection, releases: &[ReleaseId], bit: i64, on: bool) -> Result<(), StoreError> {
    let doing = "saving marks";
    let mut update = db
        .prepare_cached("UPDATE releases SET flags = (flags & ~?2) | ?3 WHERE id = ?1")
        .doing(doing)?;
    for id in releases {
        update
            .execute((id.0, bit, if on { bit } else { 0 }))
            .doing(doing)?;
    }
    Ok(())
}

/// Replaces a release's tags.
pub(super) fn write_tags(
    db: &Connection,
    release: ReleaseId,
    tags: &[String],
) -> Result<(), StoreError> {
    let doing = "saving tags";
    db.prepare_cached("DELETE FROM release_tags WHERE release_id = ?1")
        .and_then(|mut s| s.execute([release.0]))
        .doing(doing)?;
    for tag in tags
        .iter()
        .map(|tag| tag.trim())
        .filter(|tag| !tag.is_empty())
    {
        db.prepare_cached("INSERT OR IGNORE INTO tags(name) VALUES (?1)")
            .and_then(|mut s| s.execute([tag]))
            .doing(doing)?;
        db.prepare_cached(
            "INSERT OR IGNORE INTO release_tags(tag_id, release_id) SELECT id, ?2 FROM tags WHERE name = ?1",
        )
        .and_then(|mut s| s.execute((tag, release.0)))
        .doing(doing)?;
    }
    Ok(())
}
