//! What releases have in common: the entities of a selection, by the number of its releases that name them.

use foldhash::{HashMap, HashMapExt as _};
use rusqlite::OptionalExtension;
use rusqlite::types::Value;

use super::blob::to_ids;
use super::entities::kind_of;
use super::failure::{Doing, StoreError};
use super::reader::Reader;
use super::rows::{self, Plan, Selection, Show};
use crate::entity::Kind;
use crate::release::LibraryEntityId;
use crate::text::SafeText;

/// Facets of a selection are counted over its newest releases, so many at most.
const NEWEST: usize = 2_000;

/// An entity with its counts.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityListing {
    /// The entity.
    pub id: LibraryEntityId,
    /// Its name.
    pub name: SafeText,
    /// What it is.
    pub kind: Kind,
    /// How many releases name it.
    pub releases: u64,
    /// How often they name it.
    pub mentions: u64,
    /// Publication of the first release that names it, seconds since the epoch.
    pub first: i64,
    /// Publication of the last.
    pub last: i64,
}

impl Reader {
    /// The entities that most releases of a selection name, with how many do. Over the whole library the counts are
    /// exact; of a narrower selection they are counted over its 2,000 newest releases.
    ///
    /// # Errors
    /// Where the library cannot be read, or the gate was shut.
    pub fn facets(
        &self,
        selection: &Selection,
        limit: usize,
        today: i64,
    ) -> Result<Vec<(LibraryEntityId, SafeText, Kind, u64)>, StoreError> {
        let counts = if selection.show == Show::All && rows::is_all(selection) {
            self.most_named(limit)?
        } else {
            self.counted(selection, limit, today)?
        };
        let mut facets = Vec::with_capacity(counts.len());
        for (id, n) in counts {
            if let Some((name, kind)) = self.entity(id)? {
                facets.push((LibraryEntityId(id), name, kind, n));
            }
        }
        Ok(facets)
    }

    /// The entities of a selection with everything that is known of them, the most named first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn entities(
        &self,
        selection: &Selection,
        limit: usize,
        today: i64,
    ) -> Result<Vec<EntityListing>, StoreError> {
        let doing = "reading entities";
        let facets = self.facets(selection, limit, today)?;
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT sum(m.n), min(r.published), max(r.published) FROM mentions m JOIN releases r ON r.id = m.release_id
                 WHERE m.entity_id = ?1",
            )
            .doing(doing)?;
        let mut listings = Vec::with_capacity(facets.len());
        for (id, name, kind, releases) in facets {
            let (mentions, first, last) = statement
                .query_row([id.0], |row| {
                    let number =
                        |column: usize| row.get::<_, Option<i64>>(column).map(|n| n.unwrap_or(0));
                    Ok((number(0)?, number(1)?, number(2)?))
                })
                .doing(doing)?;
            let mentions = count(mentions);
            listings.push(EntityListing {
                id,
                name,
                kind,
                releases,
                mentions,
                first,
                last,
            });
        }
        Ok(listings)
    }

    /// Name and kind of an entity.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn entity(&self, id: i64) -> Result<Option<(SafeText, Kind)>, StoreError> {
        let row: Option<(String, i64)> = self
            .db
            .prepare_cached("SELECT coalesce(own_name, name), coalesce(own_kind, kind) FROM entities WHERE id = ?1")
            .and_then(|mut s| {
                s.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()
            })
            .doing("reading entities")?;
        Ok(row.and_then(|(name, kind)| Some((SafeText::clean_line(&name), kind_of(kind)?))))
    }

    pub(super) fn most_named(&self, limit: usize) -> Result<Vec<(i64, u64)>, StoreError> {
        let doing = "reading entities";
        let mut statement = self
            .db
            .prepare_cached("SELECT id, n FROM entities WHERE n > 0 AND hidden = 0 ORDER BY n DESC, id LIMIT ?1")
            .doing(doing)?;
        let rows = statement
            .query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
                Ok((row.get(0)?, count(row.get(1)?)))
            })
            .doing(doing)?;
        rows.collect::<Result<_, _>>().doing(doing)
    }

    /// What forms that do not stand for themselves stand for; 0 where the user hid it.
    fn joined(&self) -> Result<HashMap<i64, i64>, StoreError> {
        let doing = "reading entities";
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT f.id, CASE WHEN e.hidden THEN 0 ELSE e.id END FROM entities f JOIN entities e ON e.id = f.root
                 WHERE f.root IS NOT NULL
                 UNION ALL SELECT id, 0 FROM entities
                 WHERE hidden <> 0 AND (own = 1 OR own_name IS NOT NULL OR own_kind IS NOT NULL OR hidden <> 0)
                   AND root IS NULL",
            )
            .doing(doing)?;
        statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .and_then(Iterator::collect)
            .doing(doing)
    }

    fn counted(
        &self,
        selection: &Selection,
        limit: usize,
        today: i64,
    ) -> Result<Vec<(i64, u64)>, StoreError> {
        let doing = "reading entities";
        let plan = Plan::of(&self.db, selection, today)?;
        let mut values = plan.values.clone();
        values.push(Value::Integer(NEWEST as i64));
        let sql = format!(
            "SELECT {id} FROM {from} WHERE {conditions} ORDER BY {id} DESC LIMIT ?",
            id = plan.id,
            from = plan.from,
            conditions = plan.conditions()
        );
        let mut counts: HashMap<i64, u64> = HashMap::new();
        let mut links = self
            .db
            .prepare_cached("SELECT links FROM readings WHERE id = ?1")
            .doing(doing)?;
        let joined = self.joined()?;
        for release in self.ids(&sql, values)? {
            let blob: Option<Vec<u8>> = links
                .query_row([release], |row| row.get(0))
                .optional()
                .doing(doing)?;
            let mut ids = to_ids(&blob.unwrap_or_default());
            for id in &mut ids {
                *id = joined.get(id).copied().unwrap_or(*id);
            }
            ids.sort_unstable();
            ids.dedup();
            for id in ids.into_iter().filter(|id| *id != 0) {
                *counts.entry(id).or_default() += 1;
            }
        }
        let mut counts: Vec<(i64, u64)> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
        counts.truncate(limit);
        Ok(counts)
    }
}

/// A stored count.
pub(super) fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
