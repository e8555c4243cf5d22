//! The user's decisions about entities: joined to another, apart, another name, another kind, hidden. Each is on disk
//! when its function returns. They lie on forms of names, so what is read anew falls under them; taking one back is
//! deciding what was decided before.

use rusqlite::{Connection, OptionalExtension};

use super::entities::{self, find, kind_number, kind_of, make, normal};
use super::failure::{Doing, StoreError};
use super::library::Library;
use super::{facets, opening};
use crate::entity::{Decision, Joined, Kind, Recognition};
use crate::release::{LibraryEntityId, ReleaseId};
use crate::text::SafeText;

const DECIDING: &str = "deciding about an entity";

/// Joins are followed so far: a longer chain is none that a person made.
const FARTHEST: usize = 16;

impl Library {
    /// Keeps what the user decided about a form of a name, in place of what was decided about it before.
    ///
    /// # Errors
    /// [`StoreError::NoEntity`], or where it could not be committed: then nothing was changed.
    pub fn decide(&mut self, form: LibraryEntityId, decision: &Decision) -> Result<(), StoreError> {
        self.durably(DECIDING, |db, linker| {
            decide(db, form.0, decision)?;
            linker.forget();
            Ok(())
        })
    }

    /// What the user decided about a form of a name.
    ///
    /// # Errors
    /// [`StoreError::NoEntity`], or where the library cannot be read.
    pub fn decided(&self, form: LibraryEntityId) -> Result<Decision, StoreError> {
        decision(self.db(), form.0)
    }
}

/// What the user decided about a form.
pub(super) fn decision(db: &Connection, form: i64) -> Result<Decision, StoreError> {
    db.prepare_cached("SELECT own, parent, own_name, own_kind, hidden FROM entities WHERE id = ?1")
        .and_then(|mut s| {
            s.query_row([form], |row| {
                let own: i64 = row.get(0)?;
                let joined = match row.get::<_, Option<i64>>(1)?.filter(|_| own == 1) {
                    Some(parent) => Joined::Into(LibraryEntityId(parent)),
                    None if own == 1 => Joined::Apart,
                    None => Joined::Learnt,
                };
                Ok(Decision {
                    joined,
                    name: row.get(2)?,
                    kind: row.get::<_, Option<i64>>(3)?.and_then(kind_of),
                    hidden: row.get(4)?,
                })
            })
            .optional()
        })
        .doing(DECIDING)?
        .ok_or(StoreError::NoEntity(form))
}

/// Keeps a decision and moves what follows from it.
pub(super) fn decide(db: &Connection, form: i64, new: &Decision) -> Result<(), StoreError> {
    let old = decision(db, form)?;
    db.prepare_cached(
        "UPDATE entities SET own_name = ?2, own_kind = ?3, hidden = ?4 WHERE id = ?1",
    )
    .and_then(|mut s| s.execute((form, &new.name, new.kind.map(kind_number), new.hidden)))
    .doing(DECIDING)?;
    if old.name != new.name {
        name_form(db, form, new.name.as_deref())?;
    }
    if old.joined != new.joined {
        let (own, parent) = match new.joined {
            Joined::Learnt => (0, super::learning::parent(db, form)?),
            Joined::Apart => (1, None),
            Joined::Into(LibraryEntityId(parent)) => (1, Some(parent)),
        };
        join(db, form, own, parent)?;
    }
    Ok(())
}

/// The user's name becomes a form of the entity, so that it is found by it and so that releases which use it are joined
/// to it; the form of an earlier name is let go.
fn name_form(db: &Connection, form: i64, name: Option<&str>) -> Result<(), StoreError> {
    let kind: i64 = db
        .query_row("SELECT kind FROM entities WHERE id = ?1", [form], |row| {
            row.get(0)
        })
        .doing(DECIDING)?;
    let mut earlier = db
        .prepare_cached("SELECT id FROM entities WHERE parent = ?1 AND own = 2")
        .doing(DECIDING)?;
    let earlier: Vec<i64> = earlier
        .query_map([form], |row| row.get(0))
        .and_then(Iterator::collect)
        .doing(DECIDING)?;
    for id in earlier {
        join(db, id, 0, None)?;
    }
    let norm = name
        .zip(kind_of(kind))
        .and_then(|(name, kind)| normal(kind, name));
    if let (Some(name), Some(norm)) = (name, norm) {
        match find(db, kind, &norm)? {
            None => {
                let id = make(db, kind, name, &norm)?;
                join(db, id, 2, Some(form))?;
            }
            // A form that no release uses and nobody decided about is free.
            Some(id) if id != form && is_free(db, id)? => join(db, id, 2, Some(form))?,
            Some(_) => {}
        }
    }
    Ok(())
}

fn is_free(db: &Connection, form: i64) -> Result<bool, StoreError> {
    db.prepare_cached("SELECT n = 0 AND own = 0 AND parent IS NULL FROM entities WHERE id = ?1")
        .and_then(|mut s| s.query_row([form], |row| row.get(0)))
        .doing(DECIDING)
}

/// Joins a form to `parent` or takes it apart, and moves its mentions, and those of the forms joined to it, with it. A
/// form that would be joined to itself stays as it is.
pub(super) fn join(
    db: &Connection,
    form: i64,
    own: i64,
    parent: Option<i64>,
) -> Result<(), StoreError> {
    let parent = match parent {
        Some(parent) if end(db, parent, form)? == form => return Ok(()),
        parent => parent,
    };
    let from = entities::root(db, form)?;
    db.prepare_cached("UPDATE entities SET own = ?2, parent = ?3 WHERE id = ?1")
        .and_then(|mut s| s.execute((form, own, parent)))
        .doing(DECIDING)?;
    let to = end(db, form, 0)?;
    if from == to {
        return Ok(());
    }
    // Of all that stood for the same entity, what now stands for another one.
    let (mut moved, mut stayed) = (Vec::new(), Vec::new());
    for member in members(db, from)? {
        match end(db, member, 0)? {
            end if end == to => moved.push(member),
            _ => stayed.push(member),
        }
    }
    for member in &moved {
        db.prepare_cached("UPDATE entities SET root = nullif(?2, id) WHERE id = ?1")
            .and_then(|mut s| s.execute((member, to)))
            .doing(DECIDING)?;
    }
    if stayed.is_empty() {
        move_all(db, from, to)?;
    } else {
        move_some(db, from, to, &moved)?;
    }
    for entity in [from, to] {
        db.prepare_cached(
            "UPDATE entities SET n = (SELECT count(*) FROM mentions WHERE entity_id = ?1) WHERE id = ?1",
        )
        .and_then(|mut s| s.execute([entity]))
        .doing(DECIDING)?;
    }
    Ok(())
}

/// The end of the chain of joins from `form`; stops early where it comes to `at`.
fn end(db: &Connection, form: i64, at: i64) -> Result<i64, StoreError> {
    let mut here = form;
    for _ in 0..FARTHEST {
        if here == at {
            break;
        }
        let parent: Option<i64> = db
            .prepare_cached("SELECT parent FROM entities WHERE id = ?1")
            .and_then(|mut s| s.query_row([here], |row| row.get(0)).optional())
            .doing(DECIDING)?
            .flatten();
        match parent {
            Some(parent) => here = parent,
            None => break,
        }
    }
    Ok(here)
}

/// All forms that stand for an entity, itself among them.
pub(super) fn members(db: &Connection, entity: i64) -> Result<Vec<i64>, StoreError> {
    let mut statement = db
        .prepare_cached("SELECT ?1 UNION SELECT id FROM entities WHERE root = ?1")
        .doing(DECIDING)?;
    statement
        .query_map([entity], |row| row.get(0))
        .and_then(Iterator::collect)
        .doing(DECIDING)
}

/// Moves every mention.
fn move_all(db: &Connection, from: i64, to: i64) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO mentions(entity_id, release_id, n) SELECT ?2, release_id, n FROM mentions WHERE entity_id = ?1
         ON CONFLICT(entity_id, release_id) DO UPDATE SET n = n + excluded.n",
    )
    .and_then(|mut s| s.execute((from, to)))
    .and_then(|_| {
        db.prepare_cached("DELETE FROM mentions WHERE entity_id = ?1")?
            .execute([from])
    })
    .doing(DECIDING)?;
    Ok(())
}

/// Moves the mentions of some of the forms: the readings say which these are.
fn move_some(db: &Connection, from: i64, to: i64, moved: &[i64]) -> Result<(), StoreError> {
    let mut statement = db
        .prepare_cached("SELECT release_id FROM mentions WHERE entity_id = ?1")
        .doing(DECIDING)?;
    let releases: Vec<i64> = statement
        .query_map([from], |row| row.get(0))
        .and_then(Iterator::collect)
        .doing(DECIDING)?;
    for release in releases {
        let Some((_, recognition, links)) = opening::reading(db, ReleaseId(release))? else {
            continue;
        };
        let named: i64 = links
            .iter()
            .zip(&recognition.entities)
            .filter(|(link, _)| moved.contains(link))
            .map(|(_, entity)| entity.mentions.len() as i64)
            .sum();
        if named == 0 {
            continue;
        }
        db.prepare_cached(
            "INSERT INTO mentions(entity_id, release_id, n) VALUES (?1, ?2, ?3)
             ON CONFLICT(entity_id, release_id) DO UPDATE SET n = n + excluded.n",
        )
        .and_then(|mut s| s.execute((to, release, named)))
        .and_then(|_| {
            db.prepare_cached(
                "UPDATE mentions SET n = n - ?3 WHERE entity_id = ?1 AND release_id = ?2",
            )?
            .execute((from, release, named))
        })
        .and_then(|_| {
            db.prepare_cached(
                "DELETE FROM mentions WHERE entity_id = ?1 AND release_id = ?2 AND n <= 0",
            )?
            .execute((from, release))
        })
        .doing(DECIDING)?;
    }
    Ok(())
}

/// For each entity of a reading, the library's entity and the number of releases that name it.
type Links = Vec<Option<(LibraryEntityId, u64)>>;

/// What the library says of the forms that a release names.
struct Standing {
    entity: i64,
    releases: u64,
    name: Option<SafeText>,
    kind: Option<Kind>,
    hidden: bool,
}

/// A release's reading as the user decided: entities under their names and kinds, those that are one made one, the
/// hidden left out; with each the library's entity and the number of releases that name it.
pub(super) fn under_decisions(
    db: &Connection,
    recognition: Recognition,
    forms: &[i64],
) -> Result<(Recognition, Links), StoreError> {
    let mut links: Links = Vec::new();
    let mut kept: Vec<crate::entity::Entity> = Vec::new();
    let mut same = Vec::new();
    for (number, mut entity) in recognition.entities.into_iter().enumerate() {
        let form = forms.get(number).copied().filter(|form| *form != 0);
        let Some(standing) = form.map(|form| standing(db, form)).transpose()?.flatten() else {
            links.push(None);
            kept.push(entity);
            continue;
        };
        if standing.hidden {
            continue;
        }
        if let Some(name) = standing.name.filter(|name| *name != entity.name) {
            let printed = std::mem::replace(&mut entity.name, name);
            entity.aliases.retain(|alias| *alias != entity.name);
            entity.aliases.insert(0, printed);
        }
        entity.kind = standing.kind.unwrap_or(entity.kind);
        let link = Some((LibraryEntityId(standing.entity), standing.releases));
        match links
            .iter()
            .position(|other| other.is_some() && *other == link)
        {
            Some(at) => {
                same.push((entity.id, kept[at].id));
                unite(&mut kept[at], entity);
            }
            None => {
                links.push(link);
                kept.push(entity);
            }
        }
    }
    for entity in &mut kept {
        let united = same.iter().find(|(gone, _)| entity.of == Some(*gone));
        if let Some((_, into)) = united {
            entity.of = Some(*into);
        }
    }
    let recognition = Recognition {
        entities: kept,
        themes: recognition.themes,
    };
    Ok((recognition, links))
}

/// Two entities of a release that are one.
fn unite(into: &mut crate::entity::Entity, other: crate::entity::Entity) {
    let aliases = std::iter::once(other.name).chain(other.aliases);
    for alias in aliases {
        if alias != into.name && !into.aliases.contains(&alias) {
            into.aliases.push(alias);
        }
    }
    into.mentions.extend(other.mentions);
    into.mentions.sort_by_key(|mention| mention.extent);
}

fn standing(db: &Connection, form: i64) -> Result<Option<Standing>, StoreError> {
    db.prepare_cached(
        "SELECT e.id, e.n, CASE WHEN f.root IS NULL THEN e.own_name ELSE coalesce(e.own_name, e.name) END,
           coalesce(e.own_kind, CASE WHEN f.root IS NOT NULL THEN e.kind END), e.hidden
         FROM entities f JOIN entities e ON e.id = coalesce(f.root, f.id) WHERE f.id = ?1",
    )
    .and_then(|mut s| {
        s.query_row([form], |row| {
            Ok(Standing {
                entity: row.get(0)?,
                releases: facets::count(row.get(1)?),
                name: row
                    .get::<_, Option<String>>(2)?
                    .map(|name| SafeText::clean_line(&name)),
                kind: row.get::<_, Option<i64>>(3)?.and_then(kind_of),
                hidden: row.get(4)?,
            })
        })
        .optional()
    })
    .doing("reading entities")
}
