//! What the library knows of one entity: what it is called, what is joined to it, when and how often it is named, and
//! with whom; and entities by the beginning of their names.

use std::collections::HashMap;

use super::decisions::{decision, under_decisions};
use super::facets::count;
use super::failure::{Doing, StoreError};
use super::reader::Reader;
use super::rows::{Order, Selection, Show};
use super::{entities, opening, resolve};
use crate::entity::{Counted, EntityPage, JoinedForm};
use crate::query::{Naming, fold};
use crate::release::{LibraryEntityId, ReleaseId};
use crate::text::SafeText;

/// Other names are gathered from so many of its newest releases.
const NEWEST: i64 = 40;
/// So many other names are given.
const ALIASES: usize = 8;
/// So many companions are given.
const COMPANIONS: usize = 8;
/// So many of its newest releases are given.
const SHOWN: usize = 5;

const DOING: &str = "reading about an entity";

impl Reader {
    /// What the library knows of an entity; of a form that is joined to one, of that one. `today`: days since the epoch.
    ///
    /// # Errors
    /// [`StoreError::NoEntity`], or where the library cannot be read.
    pub fn about(&self, form: LibraryEntityId, today: i64) -> Result<EntityPage, StoreError> {
        let id = entities::root(&self.db, form.0)?;
        let (name, kind) = self.entity(id)?.ok_or(StoreError::NoEntity(form.0))?;
        let decision = decision(&self.db, id)?;
        let (printed, releases): (String, i64) = self
            .db
            .prepare_cached("SELECT name, n FROM entities WHERE id = ?1")
            .and_then(|mut s| s.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))))
            .doing(DOING)?;
        let (mentions, first, last) = self.spell(id)?;
        let newest = self.newest(id)?;
        let aliases = self.aliases(id, &name, &newest)?;
        Ok(EntityPage {
            printed: decision
                .name
                .is_some()
                .then(|| SafeText::clean_line(&printed)),
            joined: self.joined_forms(id)?,
            with: self.companions(id, today)?,
            months: self.months(id)?,
            newest: newest.into_iter().take(SHOWN).collect(),
            id: LibraryEntityId(id),
            releases: count(releases),
            name,
            kind,
            decision,
            mentions,
            first,
            last,
            aliases,
        })
    }

    /// Entities whose names hold the words of `typed`, the last of which may be a beginning; the most named first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn named(&self, typed: &str, limit: usize) -> Result<Vec<Counted>, StoreError> {
        let words = fold::fold(typed);
        let found = if words.trim().is_empty() {
            self.most_named(limit)?
        } else {
            let found = resolve::entities(&self.db, Naming::Any, &[words])?;
            found.into_iter().map(|(id, n)| (id, count(n))).collect()
        };
        let mut named = Vec::new();
        for (id, releases) in found.into_iter().take(limit) {
            if let Some((name, kind)) = self.entity(id)? {
                named.push(Counted {
                    id: LibraryEntityId(id),
                    name,
                    kind,
                    releases,
                });
            }
        }
        Ok(named)
    }

    /// Mentions, first and last publication.
    fn spell(&self, id: i64) -> Result<(u64, i64, i64), StoreError> {
        self.db
            .prepare_cached(
                "SELECT coalesce(sum(m.n), 0), coalesce(min(r.published), 0), coalesce(max(r.published), 0)
                 FROM mentions m JOIN releases r ON r.id = m.release_id WHERE m.entity_id = ?1 AND r.flags & 12 = 0",
            )
            .and_then(|mut s| {
                s.query_row([id], |row| Ok((count(row.get(0)?), row.get(1)?, row.get(2)?)))
            })
            .doing(DOING)
    }

    fn newest(&self, id: i64) -> Result<Vec<(ReleaseId, SafeText, i64)>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT r.id, r.headline, r.published FROM mentions m CROSS JOIN releases r ON r.id = m.release_id
                 WHERE m.entity_id = ?1 AND r.flags & 12 = 0 ORDER BY m.release_id DESC LIMIT ?2",
            )
            .doing(DOING)?;
        statement
            .query_map((id, NEWEST), |row| {
                let headline: String = row.get(1)?;
                Ok((
                    ReleaseId(row.get(0)?),
                    SafeText::clean_line(&headline),
                    row.get(2)?,
                ))
            })
            .and_then(Iterator::collect)
            .doing(DOING)
    }

    /// What else its newest releases call it.
    fn aliases(
        &self,
        id: i64,
        name: &SafeText,
        newest: &[(ReleaseId, SafeText, i64)],
    ) -> Result<Vec<SafeText>, StoreError> {
        let mut used: HashMap<SafeText, usize> = HashMap::new();
        for (release, ..) in newest {
            let Some((_, recognition, forms)) = opening::reading(&self.db, *release)? else {
                continue;
            };
            let (recognition, links) = under_decisions(&self.db, recognition, &forms)?;
            for (entity, link) in recognition.entities.into_iter().zip(links) {
                if link.is_some_and(|(linked, _)| linked.0 == id) {
                    let forms = std::iter::once(entity.name).chain(entity.aliases);
                    for form in forms.filter(|form| form != name) {
                        *used.entry(SafeText::clean_line(&form)).or_default() += 1;
                    }
                }
            }
        }
        let mut used: Vec<(SafeText, usize)> = used.into_iter().collect();
        used.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.as_str().cmp(b.0.as_str())));
        used.truncate(ALIASES);
        Ok(used.into_iter().map(|(form, _)| form).collect())
    }

    /// The forms that are joined to it, those apart that only its new name made.
    fn joined_forms(&self, id: i64) -> Result<Vec<JoinedForm>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT id, name, kind FROM entities WHERE root = ?1 AND own <> 2 ORDER BY name",
            )
            .doing(DOING)?;
        let rows: Vec<(i64, String, i64)> = statement
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .and_then(Iterator::collect)
            .doing(DOING)?;
        let mut joined = Vec::with_capacity(rows.len());
        for (form, name, kind) in rows {
            if let Some(kind) = entities::kind_of(kind) {
                joined.push(JoinedForm {
                    id: LibraryEntityId(form),
                    name: SafeText::clean_line(&name),
                    kind,
                    decision: decision(&self.db, form)?,
                });
            }
        }
        Ok(joined)
    }

    fn companions(&self, id: i64, today: i64) -> Result<Vec<Counted>, StoreError> {
        let selection = Selection {
            show: Show::All,
            entity: Some(LibraryEntityId(id)),
            order: Order::Newest,
            ..Selection::default()
        };
        let with = self.facets(&selection, COMPANIONS + 1, today)?;
        let with = with.into_iter().filter(|(other, ..)| other.0 != id);
        let with = with.map(|(id, name, kind, releases)| Counted {
            id,
            name,
            kind,
            releases,
        });
        Ok(with.take(COMPANIONS).collect())
    }

    /// Releases by month.
    fn months(&self, id: i64) -> Result<Vec<(i32, u64)>, StoreError> {
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT CAST(strftime('%Y', r.published, 'unixepoch') AS INTEGER) * 12
                   + CAST(strftime('%m', r.published, 'unixepoch') AS INTEGER) - 1 AS month, count(*)
                 FROM mentions m JOIN releases r ON r.id = m.release_id
                 WHERE m.entity_id = ?1 AND r.flags & 12 = 0 AND month IS NOT NULL GROUP BY month ORDER BY month",
            )
            .doing(DOING)?;
        statement
            .query_map([id], |row| Ok((row.get(0)?, count(row.get(1)?))))
            .and_then(Iterator::collect)
            .doing(DOING)
    }
}
