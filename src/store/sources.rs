//! Sources: what releases came from, and what is followed.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::failure::{Doing, StoreError};
use super::library::Library;
use super::reader::Reader;
use crate::release::{FullText, SourceChoices, SourceGroup, SourceId, SourceListing};
use crate::text::SafeText;

/// Where a batch of releases comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// `feed`, `page`, `folder`, `file`, or `name` for a source that is only a name.
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// Its address or path.
    pub address: Option<String>,
}

impl Origin {
    /// A source that is only a name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            kind: "name".to_owned(),
            name: name.trim().to_owned(),
            address: None,
        }
    }

    /// What was opened without being followed.
    #[must_use]
    pub fn opened() -> Self {
        Self::named("Opened")
    }

    /// What makes it this source and no other.
    pub(super) fn slug(&self) -> String {
        match &self.address {
            Some(address) => super::identity::address(address).unwrap_or_else(|| address.clone()),
            None => format!("name:{}", self.name.to_lowercase()),
        }
    }
}

/// The id of a source, made where it is new.
pub(super) fn source_id(db: &Connection, origin: &Origin, now: i64) -> Result<i64, StoreError> {
    let (slug, doing) = (origin.slug(), "saving a source");
    let found = db
        .prepare_cached("SELECT id FROM sources WHERE slug = ?1")
        .and_then(|mut s| s.query_row([&slug], |row| row.get(0)).optional())
        .doing(doing)?;
    match found {
        Some(id) => Ok(id),
        None => db
            .prepare_cached(
                "INSERT INTO sources(slug, name, kind, address, added) VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .and_then(|mut s| s.insert((&slug, &origin.name, &origin.kind, &origin.address, now)))
            .doing(doing),
    }
}

/// Puts tags and options on a source that has none yet.
pub(super) fn choose(
    db: &Connection,
    source: i64,
    tags: &[String],
    options: &Options,
) -> Result<(), StoreError> {
    let tags = serde_json::Value::from(tags).to_string();
    db.execute(
        "UPDATE sources SET tags = ?2, options = ?3 WHERE id = ?1 AND tags = '[]' AND options = '{}'",
        (source, &tags, &options.write()),
    )
    .doing("saving a source")?;
    Ok(())
}

impl Library {
    /// Follows a source, or follows it again. One that was left is asked as a new one, whatever it said then, unless its
    /// server wants to be left alone. On disk when this returns.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn follow(&mut self, origin: &Origin, now: i64) -> Result<SourceId, StoreError> {
        self.durably("saving a source", |db, _| {
            let id = source_id(db, origin, now)?;
            db.execute(
                "UPDATE sources SET removed = NULL, follow = iif(follow ->> 'asked_to_wait', follow, NULL)
                 WHERE id = ?1 AND removed IS NOT NULL",
                [id],
            )
            .doing("saving a source")?;
            Ok(SourceId(id))
        })
    }

    /// Stops following a source. Its releases stay. On disk when this returns.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn unfollow(&mut self, source: SourceId, now: i64) -> Result<(), StoreError> {
        self.durably("removing a source", |db, _| {
            db.execute(
                "UPDATE sources SET removed = ?2 WHERE id = ?1",
                (source.0, now),
            )
            .doing("removing a source")?;
            Ok(())
        })
    }

    /// Changes what a source is called, what it is and where it is, once it has said so itself. Where another source
    /// is at that address already, nothing changes. `leaves` is the place that it moves away from: what headers it has
    /// were given for that. On disk when this returns.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn describe(
        &mut self,
        source: SourceId,
        origin: &Origin,
        leaves: Option<&str>,
    ) -> Result<(), StoreError> {
        let doing = "saving a source";
        self.durably(doing, |db, _| {
            let moved = db
                .execute(
                    "UPDATE OR IGNORE sources SET slug = ?2, name = ?3, kind = ?4, address = ?5 WHERE id = ?1",
                    (source.0, origin.slug(), &origin.name, &origin.kind, &origin.address),
                )
                .doing(doing)?;
            let described = described(db, source)?.filter(|_| moved > 0);
            if let (Some(Described { mut options, .. }), Some(place)) = (described, leaves) {
                for name in options.headers.keys() {
                    let known = options.given_for.entry(name.clone());
                    known.or_insert_with(|| place.to_owned());
                }
                write_options(db, source, &options)?;
            }
            Ok(())
        })
    }

    /// Sets what the user chose about a source. On disk when this returns.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn set_source(
        &mut self,
        source: SourceId,
        choices: &SourceChoices,
    ) -> Result<(), StoreError> {
        let doing = "saving a source";
        let tags = serde_json::Value::from(choices.tags.as_slice()).to_string();
        self.durably(doing, |db, _| {
            let Some(described) = described(db, source)? else {
                return Ok(());
            };
            let options = described.options.chosen(&described.origin, choices);
            db.execute(
                "UPDATE sources SET name = ?2, tags = ?3, options = ?4 WHERE id = ?1",
                (source.0, &choices.name, &tags, &options.write()),
            )
            .doing(doing)?;
            Ok(())
        })
    }

    /// What the user chose about a source so far; `None` where there is no such source.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn source_choices(&self, source: SourceId) -> Result<Option<SourceChoices>, StoreError> {
        let described = described(self.db(), source)?;
        Ok(described.map(|source| source.options.choices(&source.origin, source.tags)))
    }

    /// Sets headers that are sent to a source, beside those it has; one without a value is not sent any more. On disk
    /// when this returns.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn set_source_headers(
        &mut self,
        source: SourceId,
        headers: &[(String, String)],
    ) -> Result<(), StoreError> {
        let doing = "saving a source";
        self.durably(doing, |db, _| {
            let Some(Described { mut options, .. }) = described(db, source)? else {
                return Ok(());
            };
            for (name, value) in headers {
                options
                    .headers
                    .retain(|known, _| !known.eq_ignore_ascii_case(name));
                options
                    .given_for
                    .retain(|known, _| !known.eq_ignore_ascii_case(name));
                if !value.is_empty() {
                    options.headers.insert(name.clone(), value.clone());
                }
            }
            write_options(db, source, &options)
        })
    }

    /// Follows a source again that was unfollowed. On disk when this returns.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn follow_again(&mut self, source: SourceId) -> Result<(), StoreError> {
        self.durably("saving a source", |db, _| {
            db.execute(
                "UPDATE sources SET removed = NULL WHERE id = ?1",
                [source.0],
            )
            .doing("saving a source")?;
            Ok(())
        })
    }

    /// Keeps what following a source needs (its state as JSON). May be lost to a power cut.
    ///
    /// # Errors
    /// Where it could not be written.
    pub fn set_follow_state(&mut self, source: SourceId, state: &str) -> Result<(), StoreError> {
        let doing = "saving a source's state";
        self.quickly(doing, |db, _| {
            db.execute(
                "UPDATE sources SET follow = ?2 WHERE id = ?1",
                (source.0, state),
            )
            .doing(doing)?;
            Ok(())
        })
    }
}

/// A source as its row tells it.
struct Described {
    origin: Origin,
    tags: Vec<String>,
    options: Options,
}

fn described(db: &Connection, source: SourceId) -> Result<Option<Described>, StoreError> {
    db.query_row(
        "SELECT kind, name, address, tags, options FROM sources WHERE id = ?1",
        [source.0],
        |row| {
            Ok(Described {
                origin: Origin {
                    kind: row.get(0)?,
                    name: row.get(1)?,
                    address: row.get(2)?,
                },
                tags: serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default(),
                options: Options::read(&row.get::<_, String>(4)?),
            })
        },
    )
    .optional()
    .doing("reading a source")
}

fn write_options(db: &Connection, source: SourceId, options: &Options) -> Result<(), StoreError> {
    db.execute(
        "UPDATE sources SET options = ?2 WHERE id = ?1",
        (source.0, &options.write()),
    )
    .doing("saving a source")?;
    Ok(())
}

/// A source's options as they are kept, in JSON. What a later version adds is kept as it is.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Options {
    /// Seconds between two visits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<i64>,
    /// Headers to send.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// For which place a header was given, by its name, where the source has moved away from there.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub given_for: BTreeMap<String, String>,
    /// When teasers get their full text, where the user chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_text: Option<FullText>,
    /// Not asked until the user says so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub paused: bool,
    #[serde(flatten)]
    pub later: BTreeMap<String, serde_json::Value>,
}

impl Options {
    /// Options that cannot be read are none.
    pub fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }

    fn headers(&self) -> Vec<Header> {
        let all = self.headers.iter();
        all.map(|(name, value)| Header {
            name: name.clone(),
            value: value.clone(),
            given_for: self.given_for.get(name).cloned(),
        })
        .collect()
    }

    /// What the user chose about the source `origin`.
    fn choices(&self, origin: &Origin, tags: Vec<String>) -> SourceChoices {
        SourceChoices {
            name: origin.name.clone(),
            tags,
            interval: self.interval,
            full_text: self.full_text.unwrap_or_else(|| usual_full_text(origin)),
            paused: self.paused,
        }
    }

    /// What is as usual for the source `origin` is no choice: a source that turns out to be a page is then read as one.
    fn chosen(mut self, origin: &Origin, choices: &SourceChoices) -> Self {
        self.interval = choices.interval;
        if self.full_text.is_some() || choices.full_text != usual_full_text(origin) {
            self.full_text = Some(choices.full_text);
        }
        self.paused = choices.paused;
        self
    }
}

/// A page lists headlines alone, so there the text is fetched when the release is opened.
fn usual_full_text(origin: &Origin) -> FullText {
    if origin.kind == "page" {
        FullText::OnOpen
    } else {
        FullText::Never
    }
}

/// A header that the user set for a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value, which may be a secret.
    pub value: String,
    /// The place that it was given for, where the source has moved away from there.
    pub given_for: Option<String>,
}

/// A source that is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Its id.
    pub id: SourceId,
    /// What and where it is.
    pub origin: Origin,
    /// What the user chose about it.
    pub choices: SourceChoices,
    /// Headers that the user set for it, wherever it was then.
    pub headers: Vec<Header>,
    /// The state of following it, as JSON.
    pub state: Option<String>,
}

impl Reader {
    /// All sources that have releases or are followed, with counts, by group (their first tag) and name, those without a
    /// group last. How they are followed is not among it: that is for those to say who follow.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn sources(&self) -> Result<Vec<SourceListing>, StoreError> {
        let doing = "reading sources";
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT id, name, address,
                   (SELECT count(*) FROM releases WHERE source_id = sources.id AND flags & 12 = 0)
                     + (SELECT count(*) FROM carried c JOIN releases r ON r.id = c.release_id
                        WHERE c.source_id = sources.id AND r.flags & 12 = 0),
                   (SELECT count(*) FROM releases WHERE source_id = sources.id AND flags & 13 = 0)
                     + (SELECT count(*) FROM carried c JOIN releases r ON r.id = c.release_id
                        WHERE c.source_id = sources.id AND r.flags & 13 = 0), removed, tags ->> 0
                 FROM sources ORDER BY tags ->> 0 IS NULL, tags ->> 0 COLLATE NOCASE, name COLLATE NOCASE, id",
            )
            .doing(doing)?;
        let rows = statement
            .query_map([], |row| {
                let count = |column: usize| {
                    row.get::<_, i64>(column)
                        .map(|n| u64::try_from(n).unwrap_or(0))
                };
                let listing = SourceListing {
                    id: SourceId(row.get(0)?),
                    name: SafeText::clean_line(&row.get::<_, String>(1)?),
                    group: SourceGroup::of(row.get_ref(6)?.as_str_or_null().unwrap_or(None)),
                    address: row
                        .get::<_, Option<String>>(2)?
                        .map(|address| SafeText::clean_line(&address)),
                    releases: count(3)?,
                    unread: count(4)?,
                    following: None,
                };
                Ok((listing, row.get::<_, Option<i64>>(5)?.is_some()))
            })
            .doing(doing)?;
        let all: Vec<(SourceListing, bool)> = rows.collect::<Result<_, _>>().doing(doing)?;
        let shown = |(listing, removed): &(SourceListing, bool)| listing.releases > 0 || !removed;
        Ok(all
            .into_iter()
            .filter(shown)
            .map(|(listing, _)| listing)
            .collect())
    }

    /// The sources that are followed, in the order they were added.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn followed(&self) -> Result<Vec<Followed>, StoreError> {
        let doing = "reading sources";
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT id, kind, name, address, tags, options, follow FROM sources
                 WHERE removed IS NULL AND address IS NOT NULL ORDER BY id",
            )
            .doing(doing)?;
        let rows = statement
            .query_map([], |row| {
                let origin = Origin {
                    kind: row.get(1)?,
                    name: row.get(2)?,
                    address: row.get(3)?,
                };
                let tags = serde_json::from_str(&row.get::<_, String>(4)?).unwrap_or_default();
                let options = Options::read(&row.get::<_, String>(5)?);
                let choices = options.choices(&origin, tags);
                Ok(Followed {
                    id: SourceId(row.get(0)?),
                    choices,
                    headers: options.headers(),
                    origin,
                    state: row.get(6)?,
                })
            })
            .doing(doing)?;
        rows.collect::<Result<_, _>>().doing(doing)
    }
}
