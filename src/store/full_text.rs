//! Teasers and their full texts: which releases came as teasers, and putting the text of their page in the teaser's
//! place. What the source sends stays known, so that the same teaser sent again changes nothing; a new teaser does.

use rusqlite::{Connection, OptionalExtension};

use super::failure::{Doing, StoreError};
use super::intake::{rewrite, write_keys};
use super::library::Library;
use super::opening::incoming;
use super::prepared::Prepared;
use super::reader::Reader;
use super::stories::write_sketch;
use crate::release::{Incoming, ReleaseId, SourceId};

/// A release as its source sent it.
#[derive(Clone, Debug)]
pub struct Sent {
    /// What came in.
    pub incoming: Incoming,
    /// From which source.
    pub source: SourceId,
    /// Whether its page was asked for its full text already.
    pub asked: bool,
}

impl Library {
    /// Puts the full text of a release in the place of its teaser, or notes that its page has none. Texts can be read
    /// from their source again, so a power cut may undo it.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn complete(
        &mut self,
        release: ReleaseId,
        full: Option<&Prepared>,
        now: i64,
    ) -> Result<(), StoreError> {
        let doing = "keeping a full text";
        self.quickly(doing, |db, linker| {
            db.execute(
                "INSERT INTO full_texts(id, sent, asked) SELECT id, content_hash, ?2 FROM releases WHERE id = ?1
                 ON CONFLICT(id) DO UPDATE SET asked = excluded.asked",
                (release.0, now),
            )
            .doing(doing)?;
            let Some(full) = full else { return Ok(()) };
            rewrite(db, linker, release, full, false)?;
            write_sketch(db, release, full.sketch.as_ref())?;
            let source: Option<String> = db
                .query_row(
                    "SELECT s.slug FROM releases r JOIN sources s ON s.id = r.source_id WHERE r.id = ?1",
                    [release.0],
                    |row| row.get(0),
                )
                .optional()
                .doing(doing)?;
            write_keys(db, release, &full.keys.all(&source.unwrap_or_default()))
        })
    }
}

impl Reader {
    /// A release as its source sent it; after its full text was read, that text.
    ///
    /// # Errors
    /// [`StoreError::NoRelease`], or where the library cannot be read.
    pub fn sent(&self, release: ReleaseId) -> Result<Sent, StoreError> {
        let row: Option<(i64, bool)> = self
            .db
            .prepare_cached(
                "SELECT source_id, EXISTS (SELECT 1 FROM full_texts f WHERE f.id = r.id) FROM releases r WHERE r.id = ?1",
            )
            .and_then(|mut s| {
                s.query_row([release.0], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()
            })
            .doing("reading a release")?;
        let (source, asked) = row.ok_or(StoreError::NoRelease(release.0))?;
        Ok(Sent {
            incoming: incoming(&self.db, release)?,
            source: SourceId(source),
            asked,
        })
    }

    /// The newest of the `among` newest releases of a source whose page was not asked and whose text is shorter than
    /// `bytes`: those that may be teasers.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn short_ones(
        &self,
        source: SourceId,
        bytes: usize,
        among: usize,
    ) -> Result<Vec<ReleaseId>, StoreError> {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let sql =
            "SELECT n.id FROM (SELECT id FROM releases WHERE source_id = ?1 AND flags & 12 = 0
               ORDER BY id DESC LIMIT ?3) n
             JOIN bodies b ON b.id = n.id
             WHERE length(b.text) < ?2 AND NOT EXISTS (SELECT 1 FROM full_texts f WHERE f.id = n.id)
             ORDER BY n.id DESC";
        let values = vec![source.0.into(), number(bytes).into(), number(among).into()];
        Ok(self.ids(sql, values)?.into_iter().map(ReleaseId).collect())
    }
}

/// Whether what came in is what the source of `id` sends all the time, though its full text stands here.
pub(super) fn is_sent_again(
    db: &Connection,
    id: i64,
    prepared: &Prepared,
) -> Result<bool, StoreError> {
    let sent: Option<Vec<u8>> = db
        .prepare_cached("SELECT sent FROM full_texts WHERE id = ?1")
        .and_then(|mut s| s.query_row([id], |row| row.get(0)).optional())
        .doing("looking for a release")?;
    Ok(sent.is_some_and(|sent| sent == prepared.keys.content_hash))
}

/// The source sends another text: its page may be asked again.
pub(super) fn forget(db: &Connection, id: ReleaseId) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM full_texts WHERE id = ?1")
        .and_then(|mut s| s.execute([id.0]))
        .doing("writing a new version")?;
    Ok(())
}
