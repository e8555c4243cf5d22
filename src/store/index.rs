//! The full-text index, written by one function only. FTS5 over external content must be told exactly what it was told
//! before when a row goes; a mismatch is the one known way to corrupt it, so nobody else writes these tables.

use rusqlite::Connection;

use super::failure::{Doing, StoreError};
use crate::release::{Release, SectionKind};

/// What the index holds of one release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Indexed {
    /// The headline.
    pub title: String,
    /// The text without its unsearched extents.
    pub body: String,
    /// Whether it is in the index by threes of characters, too.
    pub unspaced: bool,
}

/// Takes `old` out of the index under `id` and puts `new` in. `old` must be what was put in before.
pub(super) fn index_replace(
    db: &Connection,
    id: i64,
    old: Option<&Indexed>,
    new: Option<&Indexed>,
) -> Result<(), StoreError> {
    let doing = "writing the search index";
    if old == new {
        return Ok(());
    }
    if let Some(Indexed {
        title,
        body,
        unspaced,
    }) = old
    {
        db.prepare_cached("INSERT INTO fts(fts, rowid, title, body) VALUES ('delete', ?1, ?2, ?3)")
            .and_then(|mut s| s.execute((id, title, body)))
            .doing(doing)?;
        if *unspaced {
            db.prepare_cached(
                "INSERT INTO fts_tri(fts_tri, rowid, title, body) VALUES ('delete', ?1, ?2, ?3)",
            )
            .and_then(|mut s| s.execute((id, title, body)))
            .doing(doing)?;
        }
    }
    if let Some(Indexed {
        title,
        body,
        unspaced,
    }) = new
    {
        db.prepare_cached("INSERT INTO fts(rowid, title, body) VALUES (?1, ?2, ?3)")
            .and_then(|mut s| s.execute((id, title, body)))
            .doing(doing)?;
        if *unspaced {
            db.prepare_cached("INSERT INTO fts_tri(rowid, title, body) VALUES (?1, ?2, ?3)")
                .and_then(|mut s| s.execute((id, title, body)))
                .doing(doing)?;
        }
    }
    Ok(())
}

/// What the index holds of release `id` at present: read from where the views read it.
pub(super) fn indexed(db: &Connection, id: i64) -> Result<Option<Indexed>, StoreError> {
    use rusqlite::OptionalExtension;
    db.prepare_cached(
        "SELECT r.headline, searched(b.text, b.unsearched), r.flags & 64
         FROM releases r JOIN bodies b ON b.id = r.id WHERE r.id = ?1 AND r.flags & 12 = 0",
    )
    .and_then(|mut s| {
        s.query_row([id], |row| {
            Ok(Indexed {
                title: row.get(0)?,
                body: row.get(1)?,
                unspaced: row.get::<_, i64>(2)? != 0,
            })
        })
        .optional()
    })
    .doing("reading what the search index holds")
}

/// The extents of a release that are not searched, as the column holds them: what surrounds it on its page.
pub(super) fn unsearched(release: &Release) -> Option<Vec<u8>> {
    let mut blob = Vec::new();
    for section in release
        .sections
        .iter()
        .filter(|s| s.kind == SectionKind::Furniture)
    {
        let (Ok(start), Ok(end)) = (
            u32::try_from(section.extent.start),
            u32::try_from(section.extent.end),
        ) else {
            continue;
        };
        blob.extend_from_slice(&start.to_le_bytes());
        blob.extend_from_slice(&end.to_le_bytes());
    }
    (!blob.is_empty()).then_some(blob)
}

/// `text` without the extents of `blob` (see [`unsearched`]); extents out of order or off a character are passed over.
pub(super) fn without(text: &str, blob: &[u8]) -> String {
    let number = |bytes: &[u8]| bytes.try_into().ok().map(u32::from_le_bytes);
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for pair in blob.chunks_exact(8) {
        let (Some(start), Some(end)) = (number(&pair[..4]), number(&pair[4..])) else {
            continue;
        };
        let (start, end) = (start as usize, end as usize);
        if end < start || text.get(end..).is_none() {
            continue;
        }
        if let Some(piece) = text.get(at..start) {
            kept.push_str(piece);
            at = end;
        }
    }
    kept.push_str(text.get(at..).unwrap_or(""));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_cut_out() {
        let pairs = |extents: &[(u32, u32)]| -> Vec<u8> {
            extents
                .iter()
                .flat_map(|(a, b)| [a.to_le_bytes(), b.to_le_bytes()].concat())
                .collect()
        };
        assert_eq!(
            without("menu TEXT foot", &pairs(&[(0, 5), (9, 14)])),
            "TEXT"
        );
        assert_eq!(without("aé", &pairs(&[(0, 2), (1, 9)])), "aé");
        assert_eq!(without("abc", &[1, 2, 3]), "abc");
    }
}
