//! Entities across the library: the names of releases joined to one thing each, with the number of releases that name
//! it. Two names are one entity where their kind and their normalised form are the same; a bare surname or an acronym
//! stays an entity of its own, because in another release it may be somebody else's.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::failure::{Doing, StoreError};
use crate::entity::{Kind, Recognition};
use crate::query::fold;

/// More names than this are not kept in memory.
const REMEMBERED: usize = 60_000;

/// A name as the library keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Number of the kind, see [`kind_number`].
    pub kind: i64,
    /// As printed, on one line.
    pub name: String,
    /// What makes it the same name.
    pub norm: String,
    /// How often it stands in the release.
    pub mentions: i64,
}

/// The kinds in the order of their numbers. Numbers are stored: new kinds go to the end.
const KINDS: [Kind; 19] = [
    Kind::Person,
    Kind::Org,
    Kind::Gpe,
    Kind::Loc,
    Kind::Norp,
    Kind::Fac,
    Kind::Money,
    Kind::Percent,
    Kind::Date,
    Kind::Time,
    Kind::Quantity,
    Kind::Product,
    Kind::Event,
    Kind::Law,
    Kind::WorkOfArt,
    Kind::Language,
    Kind::Ordinal,
    Kind::Cardinal,
    Kind::Ticker,
];

/// The stored number of a kind.
pub(super) fn kind_number(kind: Kind) -> i64 {
    KINDS
        .iter()
        .position(|k| *k == kind)
        .map_or(-1, |n| n as i64)
}

/// The kind of a stored number.
pub(super) fn kind_of(number: i64) -> Option<Kind> {
    KINDS.get(usize::try_from(number).ok()?).copied()
}

/// The entities of a reading as the library keeps them, in the reading's order; `None` for figures, dates and the
/// like, which are no things.
pub(super) fn names(recognition: &Recognition) -> Vec<Option<Named>> {
    recognition
        .entities
        .iter()
        .map(|entity| {
            let norm = normal(entity.kind, &entity.name)?;
            Some(Named {
                kind: kind_number(entity.kind),
                name: entity.name.split_whitespace().collect::<Vec<_>>().join(" "),
                norm,
                mentions: entity.mentions.len() as i64,
            })
        })
        .collect()
}

/// What makes two printed names one: case, marks on letters, punctuation, a leading article, a possessive and, of an
/// organisation, its legal form taken off.
fn normal(kind: Kind, name: &str) -> Option<String> {
    let thing = matches!(
        kind,
        Kind::Person
            | Kind::Org
            | Kind::Gpe
            | Kind::Loc
            | Kind::Norp
            | Kind::Fac
            | Kind::Product
            | Kind::Event
            | Kind::Law
            | Kind::WorkOfArt
            | Kind::Ticker
    );
    if !thing {
        return None;
    }
    let name = name.trim_end_matches("'s").trim_end_matches("’s");
    let folded = fold::fold(name);
    let mut words: Vec<&str> = folded
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '&' | '+')))
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    if kind == Kind::Org {
        while words.len() > 1 && words.last().is_some_and(|word| LEGAL_FORMS.contains(word)) {
            words.pop();
        }
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// Legal forms at the end of a firm's name, folded.
const LEGAL_FORMS: [&str; 26] = [
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "llp",
    "lp",
    "plc",
    "ag",
    "se",
    "sa",
    "nv",
    "bv",
    "gmbh",
    "kg",
    "ab",
    "asa",
    "oyj",
    "spa",
    "srl",
    "kk",
    "pty",
];

/// Joins names to entities, counts how many releases name each, and remembers what it met.
#[derive(Debug, Default)]
pub(super) struct Linker {
    known: HashMap<(i64, String), i64>,
    changes: HashMap<i64, i64>,
}

impl Linker {
    /// Links a release to the entities that it names; gives their ids in the order of `names`, 0 for none.
    pub fn link(
        &mut self,
        db: &Connection,
        release: i64,
        names: &[Option<Named>],
    ) -> Result<Vec<i64>, StoreError> {
        let mut links = Vec::with_capacity(names.len());
        for named in names {
            let Some(named) = named else {
                links.push(0);
                continue;
            };
            let entity = self.entity(db, named)?;
            let fresh = !links.contains(&entity);
            links.push(entity);
            db.prepare_cached(
                "INSERT INTO mentions(entity_id, release_id, n) VALUES (?1, ?2, ?3)
                 ON CONFLICT(entity_id, release_id) DO UPDATE SET n = n + excluded.n",
            )
            .and_then(|mut s| s.execute((entity, release, named.mentions)))
            .doing("linking entities")?;
            if fresh {
                *self.changes.entry(entity).or_default() += 1;
            }
        }
        Ok(links)
    }

    /// Takes a release's links back.
    pub fn unlink(
        &mut self,
        db: &Connection,
        release: i64,
        links: &[i64],
    ) -> Result<(), StoreError> {
        for entity in links.iter().filter(|id| **id != 0) {
            let gone = db
                .prepare_cached("DELETE FROM mentions WHERE entity_id = ?1 AND release_id = ?2")
                .and_then(|mut s| s.execute((entity, release)))
                .doing("unlinking entities")?;
            if gone > 0 {
                *self.changes.entry(*entity).or_default() -= 1;
            }
        }
        Ok(())
    }

    /// Writes the changed counts; call it before the transaction ends.
    pub fn settle(&mut self, db: &Connection) -> Result<(), StoreError> {
        let mut update = db
            .prepare_cached("UPDATE entities SET n = n + ?2 WHERE id = ?1")
            .doing("counting entities")?;
        for (entity, change) in self.changes.drain().filter(|(_, change)| *change != 0) {
            update
                .execute((entity, change))
                .doing("counting entities")?;
        }
        Ok(())
    }

    /// Forgets everything: after a transaction that was not committed, or when another process wrote.
    pub fn forget(&mut self) {
        self.known.clear();
        self.changes.clear();
    }

    /// The id of a name's entity, made where it is new.
    fn entity(&mut self, db: &Connection, named: &Named) -> Result<i64, StoreError> {
        let key = (named.kind, named.norm.clone());
        if let Some(id) = self.known.get(&key) {
            return Ok(*id);
        }
        let doing = "joining names to entities";
        let found = db
            .prepare_cached("SELECT id FROM entities WHERE kind = ?1 AND norm = ?2")
            .and_then(|mut s| {
                s.query_row((named.kind, &named.norm), |row| row.get(0))
                    .optional()
            })
            .doing(doing)?;
        let id = match found {
            Some(id) => id,
            None => db
                .prepare_cached("INSERT INTO entities(kind, name, norm) VALUES (?1, ?2, ?3)")
                .and_then(|mut s| s.insert((named.kind, &named.name, &named.norm)))
                .and_then(|id| {
                    db.prepare_cached("INSERT INTO entity_names(rowid, norm) VALUES (?1, ?2)")?
                        .execute((id, &named.norm))?;
                    Ok(id)
                })
                .doing(doing)?,
        };
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(key, id);
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_articles_and_possessives_are_no_difference() {
        let org = |name| normal(Kind::Org, name);
        assert_eq!(org("Example Robotics, Inc."), org("The Example Robotics’s"));
        assert_eq!(org("Company"), Some("company".into()));
        assert_eq!(
            normal(Kind::Person, "José Núñez"),
            Some("jose nunez".into())
        );
        assert_eq!(normal(Kind::Money, "$5"), None);
        assert_ne!(org("AT&T"), org("AT T"));
    }

    #[test]
    fn stored_numbers_of_kinds_do_not_move() {
        for (number, kind) in KINDS.iter().enumerate() {
            assert_eq!(kind_of(kind_number(*kind)), Some(*kind));
            assert_eq!(kind_number(*kind), number as i64);
        }
    }
}
