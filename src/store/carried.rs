//! Releases that more than one source carries word for word. Such a release is kept once, under the source that sent it
//! first; of the others it is noted that they carry it, so that its row says `2×`, the list of each source has it, and a
//! search finds it once. It refuses to note what was only opened, which is no source that carries anything, and what
//! differs in a word: that is a release of its own, and its copies are found by the stories.

use rusqlite::Connection;

use super::failure::{Doing, StoreError};
use super::reader::Reader;
use super::sources::Origin;
use crate::release::ReleaseId;
use crate::text::SafeText;

/// A source that carries a release beside the one it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// What it is called.
    pub source: SafeText,
    /// Where the release stands there.
    pub url: Option<SafeText>,
}

/// Whether this is a source that can carry a release: not what was opened, or came with the program.
pub(super) fn is_carrier(origin: &Origin) -> bool {
    origin.address.is_some()
}

/// Notes that `source` carries a release that came from another one, and what it sent of it.
pub(super) fn note(
    db: &Connection,
    release: ReleaseId,
    source: i64,
    (url, came): (Option<&str>, i64),
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO carried(source_id, release_id, url, came) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT(source_id, release_id) DO UPDATE SET url = excluded.url, came = excluded.came
           WHERE came IS NOT excluded.came OR url IS NOT excluded.url",
    )
    .and_then(|mut s| {
        s.execute((
            source,
            release.0,
            url.map(SafeText::clean_line).as_deref(),
            came,
        ))
    })
    .doing("noting who carries a release")?;
    Ok(())
}

/// Whether one of these sources (their ids, parted by commas) carries what came from another one.
pub(super) fn is_any(db: &Connection, sources: &str) -> Result<bool, StoreError> {
    if sources.is_empty() {
        return Ok(false);
    }
    db.query_row(
        &format!("SELECT EXISTS (SELECT 1 FROM carried WHERE source_id IN ({sources}))"),
        [],
        |row| row.get(0),
    )
    .doing("reading who carries a release")
}

impl Reader {
    /// The sources that carry a release word for word, beside the one it came from.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn carriers(&self, release: ReleaseId) -> Result<Vec<Carrier>, StoreError> {
        let doing = "reading who carries a release";
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT s.name, c.url FROM carried c JOIN sources s ON s.id = c.source_id
                 WHERE c.release_id = ?1 ORDER BY s.id",
            )
            .doing(doing)?;
        let rows = statement
            .query_map([release.0], |row| {
                let url: Option<String> = row.get(1)?;
                Ok(Carrier {
                    source: SafeText::clean_line(&row.get::<_, String>(0)?),
                    url: url.as_deref().map(SafeText::clean_line),
                })
            })
            .doing(doing)?;
        rows.collect::<Result<_, _>>().doing(doing)
    }
}
