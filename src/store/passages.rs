//! Passages: made, changed, deleted and brought back, found again in a changed text. What a citation needs is frozen
//! when a passage is made. A passage that is not found again is kept as an orphan.

use rusqlite::{Connection, Row};

use super::failure::{Doing, StoreError};
use super::library::Library;
use super::opening;
use super::reader::Reader;
use crate::release::{
    Anchor, AnchorStatus, CitationFacts, Listing, Passage, PassageId, Release, ReleaseId,
};
use crate::text::{Extent, paragraphs};

const COLUMNS: &str =
    "id, release_id, anchor, start, end, status, note, tags, created, modified, citation";

/// A passage that is to be made.
#[derive(Clone, Debug)]
pub struct NewPassage {
    /// In which release.
    pub release: ReleaseId,
    /// Where in its present text.
    pub extent: Extent,
    /// The anchor taken there.
    pub anchor: Anchor,
    /// The user's note.
    pub note: String,
    /// The user's tags.
    pub tags: Vec<String>,
}

impl Reader {
    /// All passages, newest first, with the row of their release. `query` narrows them to those whose quotation,
    /// note, tags or headline have all its words.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn passages(&self, query: Option<&str>) -> Result<Vec<(Passage, Listing)>, StoreError> {
        let doing = "reading passages";
        let sql = format!(
            "SELECT {COLUMNS} FROM passages WHERE deleted IS NULL ORDER BY created DESC, id DESC"
        );
        let mut statement = self.db.prepare_cached(&sql).doing(doing)?;
        let all: Vec<Passage> = statement
            .query_map([], passage)
            .and_then(Iterator::collect)
            .doing(doing)?;
        let wanted: Vec<String> = crate::query::tokens(query.unwrap_or(""))
            .map(|token| token.word)
            .collect();
        let mut rows = Vec::with_capacity(all.len());
        for passage in all {
            let Some(listing) = super::listing::find(&self.db, passage.release.0)? else {
                continue;
            };
            if has_words(&passage, &listing, &wanted) {
                rows.push((passage, listing));
            }
        }
        Ok(rows)
    }
}

/// Whether each of `wanted` begins a word of the passage.
fn has_words(passage: &Passage, listing: &Listing, wanted: &[String]) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let tags = passage.tags.join(" ");
    let text = [
        &passage.anchor.exact,
        &passage.note,
        &tags,
        &*listing.headline,
    ]
    .map(str::to_owned)
    .join(" ");
    let words: Vec<String> = crate::query::tokens(&text)
        .map(|token| token.word)
        .collect();
    wanted.iter().all(|beginning| {
        words
            .iter()
            .any(|word| word.starts_with(beginning.as_str()))
    })
}

/// The passages of a release in the order of their place, orphans last.
pub(super) fn of_release(db: &Connection, release: ReleaseId) -> Result<Vec<Passage>, StoreError> {
    let doing = "reading passages";
    let sql = format!(
        "SELECT {COLUMNS} FROM passages WHERE release_id = ?1 AND deleted IS NULL ORDER BY start IS NULL, start, id"
    );
    let mut statement = db.prepare_cached(&sql).doing(doing)?;
    let rows = statement.query_map([release.0], passage).doing(doing)?;
    rows.collect::<Result<_, _>>().doing(doing)
}

/// A passage by its id, deleted or not.
pub(super) fn find(db: &Connection, id: &PassageId) -> Result<Passage, StoreError> {
    use rusqlite::OptionalExtension;
    let sql = format!("SELECT {COLUMNS} FROM passages WHERE id = ?1");
    let found = db
        .prepare_cached(&sql)
        .and_then(|mut s| s.query_row([&id.0], passage).optional())
        .doing("reading a passage")?;
    found.ok_or_else(|| StoreError::NoPassage(id.0.clone()))
}

pub(super) fn passage(row: &Row<'_>) -> rusqlite::Result<Passage> {
    let byte = |column: usize| -> rusqlite::Result<Option<usize>> {
        Ok(row
            .get::<_, Option<i64>>(column)?
            .and_then(|byte| usize::try_from(byte).ok()))
    };
    let json = |column: usize| row.get::<_, String>(column);
    let anchor = serde_json::from_str(&json(2)?).unwrap_or(Anchor {
        exact: String::new(),
        prefix: String::new(),
        suffix: String::new(),
        start: 0,
        end: 0,
        text_sha256: String::new(),
    });
    let extent = match (byte(3)?, byte(4)?) {
        (Some(start), Some(end)) if start <= end => Some(Extent::new(start, end)),
        _ => None,
    };
    Ok(Passage {
        id: PassageId(row.get(0)?),
        release: ReleaseId(row.get(1)?),
        anchor,
        extent,
        status: status(row.get(5)?),
        note: row.get(6)?,
        tags: serde_json::from_str(&json(7)?).unwrap_or_default(),
        created: row.get(8)?,
        modified: row.get(9)?,
        citation: serde_json::from_str(&json(10)?).unwrap_or_default(),
    })
}

fn status(number: i64) -> AnchorStatus {
    match number {
        0 => AnchorStatus::Exact,
        1 => AnchorStatus::Moved,
        2 => AnchorStatus::Fuzzy,
        _ => AnchorStatus::Orphaned,
    }
}

fn status_number(status: AnchorStatus) -> i64 {
    match status {
        AnchorStatus::Exact => 0,
        AnchorStatus::Moved => 1,
        AnchorStatus::Fuzzy => 2,
        AnchorStatus::Orphaned => 3,
    }
}

impl Library {
    /// Bookmarks a passage. It is on disk when this returns.
    ///
    /// # Errors
    /// [`StoreError::NoRelease`], or where it could not be committed: then nothing was changed.
    pub fn add_passage(&mut self, new: NewPassage, now: i64) -> Result<Passage, StoreError> {
        self.durably("saving a passage", |db, _| {
            let release = opening::release(db, new.release)?;
            let (status, extent) =
                if new.extent.of(&release.text) == new.anchor.exact && !new.extent.is_empty() {
                    (AnchorStatus::Exact, Some(new.extent))
                } else {
                    new.anchor.find(&release.text)
                };
            let passage = Passage {
                id: PassageId(super::uuid::version_7(now)),
                release: new.release,
                citation: citation(db, new.release, &release, extent, now)?,
                anchor: new.anchor,
                extent,
                status,
                note: new.note,
                tags: new.tags,
                created: now,
                modified: now,
            };
            insert(db, &passage)?;
            recount(db, passage.release)?;
            Ok(passage)
        })
    }

    /// Changes a passage's note and tags. On disk when this returns.
    ///
    /// # Errors
    /// [`StoreError::NoPassage`], or where it could not be committed: then nothing was changed.
    pub fn edit_passage(
        &mut self,
        id: &PassageId,
        note: &str,
        tags: &[String],
        now: i64,
    ) -> Result<Passage, StoreError> {
        self.durably("saving a passage", |db, _| {
            db.prepare_cached(
                "UPDATE passages SET note = ?2, tags = ?3, modified = ?4 WHERE id = ?1",
            )
            .and_then(|mut s| s.execute((&id.0, note, json(&tags), now)))
            .doing("saving a passage")?;
            find(db, id)
        })
    }

    /// Deletes a passage, or brings it back. On disk when this returns.
    ///
    /// # Errors
    /// [`StoreError::NoPassage`], or where it could not be committed: then nothing was changed.
    pub fn set_passage_deleted(
        &mut self,
        id: &PassageId,
        deleted: bool,
        now: i64,
    ) -> Result<Passage, StoreError> {
        self.durably("saving a passage", |db, _| {
            let passage = find(db, id)?;
            db.prepare_cached("UPDATE passages SET deleted = ?2 WHERE id = ?1")
                .and_then(|mut s| s.execute((&id.0, deleted.then_some(now))))
                .doing("saving a passage")?;
            recount(db, passage.release)?;
            Ok(passage)
        })
    }
}

/// Writes a passage's row, over an older one of the same id.
pub(super) fn insert(db: &Connection, passage: &Passage) -> Result<(), StoreError> {
    let bytes = |at: Option<usize>| at.and_then(|at| i64::try_from(at).ok());
    db.prepare_cached(
        "INSERT INTO passages(id, release_id, anchor, start, end, status, note, tags, created, modified, citation)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT(id) DO UPDATE SET release_id = excluded.release_id, anchor = excluded.anchor,
           start = excluded.start, end = excluded.end, status = excluded.status, note = excluded.note,
           tags = excluded.tags, modified = excluded.modified, citation = excluded.citation, deleted = NULL",
    )
    .and_then(|mut s| {
        s.execute((
            &passage.id.0,
            passage.release.0,
            json(&passage.anchor),
            bytes(passage.extent.map(|extent| extent.start)),
            bytes(passage.extent.map(|extent| extent.end)),
            status_number(passage.status),
            &passage.note,
            json(&passage.tags),
            passage.created,
            passage.modified,
            json(&passage.citation),
        ))
    })
    .doing("saving a passage")?;
    Ok(())
}

/// Counts a release's passages anew.
pub(super) fn recount(db: &Connection, release: ReleaseId) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE releases SET passages =
           (SELECT count(*) FROM passages WHERE release_id = ?1 AND deleted IS NULL) WHERE id = ?1",
    )
    .and_then(|mut s| s.execute([release.0]))
    .doing("counting passages")?;
    Ok(())
}

/// Looks for the passages of a release in its new text, the deleted ones as well.
pub(super) fn reanchor(db: &Connection, release: ReleaseId, text: &str) -> Result<(), StoreError> {
    let doing = "finding passages again";
    let sql = format!("SELECT {COLUMNS} FROM passages WHERE release_id = ?1");
    let mut statement = db.prepare_cached(&sql).doing(doing)?;
    let all: Vec<Passage> = statement
        .query_map([release.0], passage)
        .and_then(Iterator::collect)
        .doing(doing)?;
    let mut update = db
        .prepare_cached("UPDATE passages SET start = ?2, end = ?3, status = ?4 WHERE id = ?1")
        .doing(doing)?;
    for passage in all {
        let (status, extent) = passage.anchor.find(text);
        let bytes = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
        let (start, end) = (extent.map(|e| bytes(e.start)), extent.map(|e| bytes(e.end)));
        update
            .execute((&passage.id.0, start, end, status_number(status)))
            .doing(doing)?;
    }
    Ok(())
}

/// What a citation needs, as it stands now.
fn citation(
    db: &Connection,
    id: ReleaseId,
    release: &Release,
    extent: Option<Extent>,
    now: i64,
) -> Result<CitationFacts, StoreError> {
    let text = |field: &Option<crate::text::SafeText>| field.as_deref().map(str::to_owned);
    let dateline = release.dateline.as_ref();
    let row = super::listing::find(db, id.0)?.ok_or(StoreError::NoRelease(id.0))?;
    let paragraph = extent.and_then(|extent| {
        let number = paragraphs(&release.text)
            .iter()
            .filter(|p| p.start <= extent.start)
            .count();
        u32::try_from(number).ok().filter(|n| *n > 0)
    });
    let speaker = extent.and_then(|extent| {
        let quote = release
            .quotes
            .iter()
            .find(|quote| quote.extent.overlaps(extent))?;
        quote.speaker.as_deref().map(str::to_owned)
    });
    Ok(CitationFacts {
        issuer: text(&release.issuer),
        title: text(&release.headline).unwrap_or_default(),
        wire: dateline.and_then(|d| d.wire.as_deref()).map(str::to_owned),
        place: dateline.and_then(|d| d.place.as_deref()).map(str::to_owned),
        issued: row.dated.then(|| day(row.published)),
        accessed: day(now),
        url: text(&release.url),
        language: text(&release.language),
        paragraph,
        speaker,
        embargo: row.embargo,
    })
}

/// `YYYY-MM-DD` of an instant, UTC.
pub(super) fn day(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds)
        .map(|time| jiff::tz::TimeZone::UTC.to_datetime(time).date().to_string())
        .unwrap_or_default()
}

/// JSON of one of our own shapes.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
