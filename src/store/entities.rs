//! Entities across the library: the names of releases joined to one thing each, with the number of releases that name
//! it. Two names are one form where their kind and their normalised form are the same. Forms are joined to one entity
//! by the user (see [`super::decisions`]) or by what releases say of short forms ([`super::learning`]); a bare surname,
//! or a short form that two entities use, stays an entity of its own.

use std::collections::BTreeSet;

use foldhash::HashMap;
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
    /// Of an organisation: the normalised short forms that the release uses beside its name.
    pub aliases: Vec<String>,
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
                aliases: short_forms(entity, &norm),
                kind: kind_number(entity.kind),
                name: entity.name.split_whitespace().collect::<Vec<_>>().join(" "),
                norm,
                mentions: entity.mentions.len() as i64,
            })
        })
        .collect()
}

/// The short forms of an organisation that are worth remembering: shorter than its name, and no single letter.
fn short_forms(entity: &crate::entity::Entity, norm: &str) -> Vec<String> {
    if entity.kind != Kind::Org {
        return Vec::new();
    }
    let forms = entity
        .aliases
        .iter()
        .filter_map(|alias| normal(Kind::Org, alias));
    let forms: BTreeSet<String> = forms
        .filter(|form| form.len() < norm.len() && form.chars().count() > 1)
        .collect();
    forms.into_iter().collect()
}

/// What makes two printed names one: case, marks on letters, punctuation, a leading article, a possessive and, of an
/// organisation, its legal form taken off.
pub(super) fn normal(kind: Kind, name: &str) -> Option<String> {
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

/// A form and the entity that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Form {
    id: i64,
    root: i64,
}

/// Joins names to entities, counts how many releases name each, and remembers what it met.
#[derive(Debug, Default)]
pub(super) struct Linker {
    /// By the normalised name, the forms of each kind.
    known: HashMap<String, Vec<(i64, Form)>>,
    changes: HashMap<i64, i64>,
    /// Short forms of which something new was heard, see [`super::learning`].
    heard: BTreeSet<String>,
}

impl Linker {
    /// Links a release to the entities that it names; gives the ids of its forms in the order of `names`, 0 for none.
    pub fn link(
        &mut self,
        db: &Connection,
        release: i64,
        names: &[Option<Named>],
    ) -> Result<Vec<i64>, StoreError> {
        let mut links = Vec::with_capacity(names.len());
        let mut roots = Vec::with_capacity(names.len());
        let mut mention = db
            .prepare_cached(
                "INSERT INTO mentions(entity_id, release_id, n) VALUES (?1, ?2, ?3)
                 ON CONFLICT(entity_id, release_id) DO UPDATE SET n = n + excluded.n",
            )
            .doing("linking entities")?;
        for named in names {
            let Some(named) = named else {
                links.push(0);
                continue;
            };
            let form = self.form(db, named)?;
            links.push(form.id);
            mention
                .execute((form.root, release, named.mentions))
                .doing("linking entities")?;
            if !roots.contains(&form.root) {
                roots.push(form.root);
                *self.changes.entry(form.root).or_default() += 1;
            }
            self.hear(db, form.id, release, &named.aliases)?;
        }
        Ok(links)
    }

    /// Remembers the short forms that a release uses for an organisation.
    fn hear(
        &mut self,
        db: &Connection,
        entity: i64,
        release: i64,
        aliases: &[String],
    ) -> Result<(), StoreError> {
        for alias in aliases {
            let new = db
                .prepare_cached(
                    "INSERT OR IGNORE INTO aliases(norm, entity_id, release_id) VALUES (?1, ?2, ?3)",
                )
                .and_then(|mut s| s.execute((alias, entity, release)))
                .doing("learning short forms")?;
            if new > 0 {
                self.heard.insert(alias.clone());
            }
        }
        Ok(())
    }

    /// The short forms of which something new was heard since this was asked last.
    pub fn heard(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.heard)
    }

    /// Takes a release's links back.
    pub fn unlink(
        &mut self,
        db: &Connection,
        release: i64,
        links: &[i64],
    ) -> Result<(), StoreError> {
        for form in links.iter().filter(|id| **id != 0) {
            let entity = root(db, *form)?;
            let gone = db
                .prepare_cached("DELETE FROM mentions WHERE entity_id = ?1 AND release_id = ?2")
                .and_then(|mut s| s.execute((entity, release)))
                .doing("unlinking entities")?;
            if gone > 0 {
                *self.changes.entry(entity).or_default() -= 1;
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

    /// Forgets everything: after a transaction that was not committed, when another process wrote, when forms were
    /// joined or taken apart.
    pub fn forget(&mut self) {
        self.known.clear();
        self.changes.clear();
    }

    /// A name's form, made where it is new.
    fn form(&mut self, db: &Connection, named: &Named) -> Result<Form, StoreError> {
        let known = self.known.get(&named.norm).into_iter().flatten();
        if let Some((_, form)) = known.copied().find(|(kind, _)| *kind == named.kind) {
            return Ok(form);
        }
        let form = match find(db, named.kind, &named.norm)? {
            Some(id) => Form {
                id,
                root: root(db, id)?,
            },
            None => {
                self.heard.insert(named.norm.clone());
                let id = make(db, named.kind, &named.name, &named.norm)?;
                Form { id, root: id }
            }
        };
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        let forms = self.known.entry(named.norm.clone()).or_default();
        forms.push((named.kind, form));
        Ok(form)
    }
}

const JOINING: &str = "joining names to entities";

/// The form of this kind and normalised name.
pub(super) fn find(db: &Connection, kind: i64, norm: &str) -> Result<Option<i64>, StoreError> {
    db.prepare_cached("SELECT id FROM entities WHERE kind = ?1 AND norm = ?2")
        .and_then(|mut s| s.query_row((kind, norm), |row| row.get(0)).optional())
        .doing(JOINING)
}

/// Makes a form.
pub(super) fn make(db: &Connection, kind: i64, name: &str, norm: &str) -> Result<i64, StoreError> {
    db.prepare_cached("INSERT INTO entities(kind, name, norm) VALUES (?1, ?2, ?3)")
        .and_then(|mut s| s.insert((kind, name, norm)))
        .and_then(|id| {
            db.prepare_cached("INSERT INTO entity_names(rowid, norm) VALUES (?1, ?2)")?
                .execute((id, norm))?;
            Ok(id)
        })
        .doing(JOINING)
}

/// The entity that a form stands for: itself, where it is joined to none.
pub(super) fn root(db: &Connection, form: i64) -> Result<i64, StoreError> {
    let root: Option<i64> = db
        .prepare_cached("SELECT coalesce(root, id) FROM entities WHERE id = ?1")
        .and_then(|mut s| s.query_row([form], |row| row.get(0)).optional())
        .doing(JOINING)?;
    Ok(root.unwrap_or(form))
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
