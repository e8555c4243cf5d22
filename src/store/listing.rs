//! The row of a list: which columns it has and how they become a [`Listing`].

use rusqlite::{Connection, OptionalExtension, Row};

use super::failure::{Doing, StoreError};
use crate::release::{Listing, ReleaseId, Standing};
use crate::text::SafeText;

/// Bits of `releases.flags`. Deleted or absent (12) is in no list.
pub(super) mod flag {
    pub const READ: i64 = 1;
    pub const STARRED: i64 = 2;
    pub const DELETED: i64 = 4;
    pub const ABSENT: i64 = 8;
    pub const UNDATED: i64 = 16;
    pub const TIMED: i64 = 32;
    pub const UNSPACED: i64 = 64;
    /// Brought back from the mirror: its text is only its passages, until its source sends it again.
    pub const STAND_IN: i64 = 128;
    /// Kept as its source sent it; it waits to be taken apart.
    pub const KEPT: i64 = 256;
    /// What the user put there; it survives new versions.
    pub const YOURS: i64 = READ | STARRED | DELETED;
}

/// The columns that [`listing`] reads, of `releases r` and `sources s`.
const COLUMNS: &str = "r.id, r.headline, r.issuer, r.wire, s.name, r.published, r.flags, r.language, r.passages, \
                       r.embargo, r.standing, r.versions, \
                       max(1, (SELECT count(*) FROM stories t WHERE t.story = (SELECT story FROM stories WHERE id = r.id))) \
                       + (SELECT count(*) FROM carried c WHERE c.release_id = r.id) \
                       + (SELECT count(*) FROM stories t JOIN carried c ON c.release_id = t.id \
                          WHERE t.story = (SELECT story FROM stories WHERE id = r.id) AND t.id <> r.id), \
                       (SELECT json_group_array(o.name) FROM carried c JOIN sources o ON o.id = c.source_id \
                        WHERE c.release_id = r.id)";

/// The row of release `id`, deleted or not.
pub(super) fn find(db: &Connection, id: i64) -> Result<Option<Listing>, StoreError> {
    // The statement's text is the same every time, so it is compiled once.
    let sql = format!(
        "SELECT {COLUMNS} FROM releases r LEFT JOIN sources s ON s.id = r.source_id WHERE r.id = ?1"
    );
    db.prepare_cached(&sql)
        .and_then(|mut s| s.query_row([id], listing).optional())
        .doing("reading the list")
}

/// The rows of these releases, in this order.
pub(super) fn all(db: &Connection, ids: &[i64]) -> Result<Vec<Listing>, StoreError> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.extend(find(db, *id)?);
    }
    Ok(rows)
}

/// Names in a JSON array, for people.
fn names(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<SafeText>> {
    let json = row.get_ref(column)?.as_str_or_null().unwrap_or(None);
    let names: Vec<String> = json
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default();
    Ok(names
        .iter()
        .map(|name| SafeText::clean_line(name))
        .collect())
}

fn listing(row: &Row<'_>) -> rusqlite::Result<Listing> {
    let flags: i64 = row.get(6)?;
    let text = |column: usize| -> rusqlite::Result<Option<SafeText>> {
        Ok(row
            .get_ref(column)?
            .as_str_or_null()
            .unwrap_or(None)
            .map(SafeText::clean_line))
    };
    let number = |column: usize| -> rusqlite::Result<u32> {
        Ok(u32::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
    };
    Ok(Listing {
        id: ReleaseId(row.get(0)?),
        headline: text(1)?.unwrap_or_default(),
        issuer: text(2)?,
        wire: text(3)?,
        source: text(4)?,
        published: row.get(5)?,
        dated: flags & flag::UNDATED == 0,
        timed: flags & flag::TIMED != 0,
        language: text(7)?,
        read: flags & flag::READ != 0,
        starred: flags & flag::STARRED != 0,
        passages: number(8)?,
        embargo: row.get(9)?,
        standing: standing(row.get(10)?),
        versions: number(11)?.max(1),
        copies: number(12)?,
        also: names(row, 13)?,
        snippet: None,
    })
}

/// The standing of a stored number.
fn standing(number: Option<i64>) -> Option<Standing> {
    match number? {
        1 => Some(Standing::Correction),
        2 => Some(Standing::Kill),
        3 => Some(Standing::Advisory),
        _ => None,
    }
}
