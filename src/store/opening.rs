//! One release with all that belongs to it: text, parts, entities, the user's own. Four rows are read, none of them
//! large but the text.

use rusqlite::{Connection, OptionalExtension};

use super::blob::{beside, inflate_json, inflate_text, surrounded, to_ids};
use super::decisions;
use super::failure::{Doing, StoreError};
use super::kept;
use super::listing;
use super::passages;
use super::reader::Reader;
use crate::entity::{Reading, Recognition};
use crate::release::{
    Declined, Incoming, Keepings, LibraryEntityId, Listing, Release, ReleaseId, VersionChange,
    changes, understand,
};
use crate::text::SafeText;

/// A release as the library holds it.
#[derive(Clone, Debug)]
pub struct Held {
    /// Its row.
    pub listing: Listing,
    /// Its text and parts.
    pub release: Release,
    /// What was recognised.
    pub recognition: Recognition,
    /// How carefully.
    pub reading: Option<Reading>,
    /// For each entity of `recognition`, the library's entity and how many releases name it.
    pub links: Vec<Option<(LibraryEntityId, u64)>>,
    /// The user's own.
    pub keepings: Keepings,
    /// The later release that corrects or withdraws it.
    pub correction: Option<Listing>,
}

/// A text that a release had before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// 1 is the first that was seen.
    pub number: u32,
    /// When it came in, seconds since the epoch.
    pub seen: i64,
    /// Its headline.
    pub headline: SafeText,
    /// Its text.
    pub text: SafeText,
}

impl Reader {
    /// What changed from version to version of a release, the last change first.
    ///
    /// # Errors
    /// [`StoreError::NoRelease`], or where the library cannot be read.
    pub fn changes(&self, id: ReleaseId) -> Result<Vec<VersionChange>, StoreError> {
        let listing = listing::find(&self.db, id.0)?.ok_or(StoreError::NoRelease(id.0))?;
        if listing.versions < 2 {
            return Ok(Vec::new());
        }
        let (mut headline, mut text) = (listing.headline, self.release(id)?.text);
        let mut found = Vec::new();
        for version in self.versions(id)?.into_iter().rev() {
            found.push(VersionChange {
                number: version.number + 1,
                before_seen: version.seen,
                headline: (version.headline != headline).then(|| version.headline.clone()),
                changes: changes(&version.text, &text),
            });
            (headline, text) = (version.headline, version.text);
        }
        Ok(found)
    }

    /// A release with all that belongs to it.
    ///
    /// # Errors
    /// [`StoreError::NoRelease`], or where the library cannot be read.
    pub fn open_release(&self, id: ReleaseId) -> Result<Held, StoreError> {
        let listing = listing::find(&self.db, id.0)?.ok_or(StoreError::NoRelease(id.0))?;
        let release = release(&self.db, id)?;
        let (reading, recognition, ids) = match reading(&self.db, id)? {
            Some((reading, recognition, links)) => (Some(reading), recognition, links),
            None => (None, Recognition::default(), Vec::new()),
        };
        let keepings = Keepings {
            passages: passages::of_release(&self.db, id)?,
            tags: tags(&self.db, id)?,
            position: position(&self.db, id)?,
            contacts: release.contacts.clone(),
        };
        let (recognition, links) = decisions::under_decisions(&self.db, recognition, &ids)?;
        // A search that takes too long, or an index that is to be built anew, keeps no release from being opened.
        let correction = self.correction(&listing).unwrap_or_default();
        Ok(Held {
            listing,
            release,
            recognition,
            reading,
            links,
            keepings,
            correction,
        })
    }

    /// The text and parts of a release.
    ///
    /// # Errors
    /// [`StoreError::NoRelease`], or where the library cannot be read.
    pub fn release(&self, id: ReleaseId) -> Result<Release, StoreError> {
        release(&self.db, id)
    }

    /// The bytes of a release as they came in.
    ///
    /// # Errors
    /// [`StoreError::NoRelease`], or where the library cannot be read.
    pub fn original(&self, id: ReleaseId) -> Result<Vec<u8>, StoreError> {
        Ok(incoming(&self.db, id)?.original)
    }

    /// The texts that a release had before the present one, the oldest first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn versions(&self, id: ReleaseId) -> Result<Vec<Version>, StoreError> {
        let doing = "reading versions";
        let mut statement = self
            .db
            .prepare_cached("SELECT version, seen, headline, text FROM versions WHERE release_id = ?1 ORDER BY version")
            .doing(doing)?;
        let rows = statement
            .query_map([id.0], |row| {
                Ok(Version {
                    number: u32::try_from(row.get::<_, i64>(0)?).unwrap_or(0),
                    seen: row.get(1)?,
                    headline: SafeText::clean_line(&row.get::<_, String>(2)?),
                    text: SafeText::clean(
                        &inflate_text(&row.get::<_, Vec<u8>>(3)?).unwrap_or_default(),
                    ),
                })
            })
            .doing(doing)?;
        rows.collect::<Result<_, _>>().doing(doing)
    }

    /// How carefully a release was read last.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn reading_of(&self, id: ReleaseId) -> Result<Option<Reading>, StoreError> {
        Ok(reading(&self.db, id)?.map(|(reading, ..)| reading))
    }

    /// The newest releases, older than `before`, that were read less carefully than `reading`.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn due(
        &self,
        reading: Reading,
        before: Option<ReleaseId>,
        limit: usize,
    ) -> Result<Vec<ReleaseId>, StoreError> {
        let below = reading_number(reading);
        let before = before.map_or(i64::MAX, |id| id.0);
        let mut ids = Vec::new();
        for less in 0..below {
            let sql = "SELECT id FROM readings WHERE reading = ?1 AND reading < 2 AND id < ?2 ORDER BY id DESC LIMIT ?3";
            let values = vec![
                less.into(),
                before.into(),
                i64::try_from(limit).unwrap_or(i64::MAX).into(),
            ];
            ids.extend(self.ids(sql, values)?.into_iter().map(ReleaseId));
        }
        ids.sort_unstable_by_key(|id| std::cmp::Reverse(*id));
        ids.truncate(limit);
        Ok(ids)
    }
}

/// The text and parts of a release.
pub(super) fn release(db: &Connection, id: ReleaseId) -> Result<Release, StoreError> {
    let row: Option<(String, Vec<u8>)> = db
        .prepare_cached("SELECT text, parts FROM bodies WHERE id = ?1")
        .and_then(|mut s| {
            s.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        })
        .doing("reading a release")?;
    let Some((text, parts)) = row else {
        // What waits to be taken apart is understood for whoever opens it.
        let incoming = kept::waiting(db, id)?.ok_or(StoreError::NoRelease(id.0))?;
        return Ok(understand(&incoming, &[]));
    };
    let shell: Option<Release> = inflate_json(&parts);
    let mut release = shell.ok_or(StoreError::Damaged {
        release: id.0,
        what: "parts",
    })?;
    release.text = SafeText::clean(&text);
    Ok(release)
}

/// The last reading of a release: how careful, what was read, the library's entities.
pub(super) fn reading(
    db: &Connection,
    id: ReleaseId,
) -> Result<Option<(Reading, Recognition, Vec<i64>)>, StoreError> {
    let row: Option<(i64, Vec<u8>, Vec<u8>)> = db
        .prepare_cached("SELECT reading, recognition, links FROM readings WHERE id = ?1")
        .and_then(|mut s| {
            s.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()
        })
        .doing("reading entities")?;
    // A damaged reading is no reason not to show the release: it is read anew.
    Ok(row.and_then(|(reading, recognition, links)| {
        Some((
            reading_of_number(reading),
            super::reading::inflated(&recognition)?,
            to_ids(&links),
        ))
    }))
}

/// What came in, as it came: for reading it again.
pub(super) fn incoming(db: &Connection, id: ReleaseId) -> Result<Incoming, StoreError> {
    type Row = (Vec<u8>, Option<Vec<u8>>, Option<Vec<u8>>, String);
    let row: Option<Row> = db
        .prepare_cached(
            "SELECT o.incoming, o.text, o.original, b.text FROM originals o JOIN bodies b ON b.id = o.id WHERE o.id = ?1",
        )
        .and_then(|mut s| {
            s.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).optional()
        })
        .doing("reading an original")?;
    let Some((shell, text, original, cleaned)) = row else {
        return kept::waiting(db, id)?.ok_or(StoreError::NoRelease(id.0));
    };
    let damaged = |what| StoreError::Damaged {
        release: id.0,
        what,
    };
    let mut incoming: Incoming = inflate_json(&shell).ok_or(damaged("original"))?;
    incoming.text = match text {
        Some(text) => beside(&text, &cleaned).ok_or(damaged("original text"))?,
        None => cleaned,
    };
    incoming.original = match original {
        Some(original) => surrounded(&original, &incoming.text).ok_or(damaged("original bytes"))?,
        None => incoming.text.clone().into_bytes(),
    };
    Ok(incoming)
}

/// The repairs that the user declined in a release.
pub(super) fn declined(db: &Connection, id: ReleaseId) -> Result<Vec<Declined>, StoreError> {
    let doing = "reading declined repairs";
    let mut statement = db
        .prepare_cached("SELECT before, after FROM declined WHERE release_id = ?1")
        .doing(doing)?;
    let rows = statement
        .query_map([id.0], |row| {
            Ok(Declined {
                before: row.get(0)?,
                after: row.get(1)?,
            })
        })
        .doing(doing)?;
    rows.collect::<Result<_, _>>().doing(doing)
}

/// The user's tags on a release.
pub(super) fn tags(db: &Connection, id: ReleaseId) -> Result<Vec<String>, StoreError> {
    let doing = "reading tags";
    let mut statement = db
        .prepare_cached(
            "SELECT t.name FROM release_tags rt JOIN tags t ON t.id = rt.tag_id WHERE rt.release_id = ?1 ORDER BY t.name",
        )
        .doing(doing)?;
    let rows = statement.query_map([id.0], |row| row.get(0)).doing(doing)?;
    rows.collect::<Result<_, _>>().doing(doing)
}

/// Where the reader was.
fn position(db: &Connection, id: ReleaseId) -> Result<usize, StoreError> {
    let byte: Option<i64> = db
        .prepare_cached("SELECT byte FROM positions WHERE id = ?1")
        .and_then(|mut s| s.query_row([id.0], |row| row.get(0)).optional())
        .doing("reading the position")?;
    Ok(byte
        .and_then(|byte| usize::try_from(byte).ok())
        .unwrap_or(0))
}

/// The stored number of a reading.
pub(super) fn reading_number(reading: Reading) -> i64 {
    match reading {
        Reading::Patterns => 0,
        Reading::Fast => 1,
        Reading::Careful => 2,
    }
}

fn reading_of_number(number: i64) -> Reading {
    match number {
        ..=0 => Reading::Patterns,
        1 => Reading::Fast,
        2.. => Reading::Careful,
    }
}
