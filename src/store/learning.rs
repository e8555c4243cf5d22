//! What releases teach about short forms: where at least two of them use one beside the full name of an organisation,
//! and none uses it for another, it stands for that organisation wherever it stands alone. A short form that two
//! entities use stays apart, and is taken apart again when the second one is met. It refuses surnames and what the
//! user decided about.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use super::decisions::join;
use super::entities::{self, find, kind_number};
use super::failure::{Doing, StoreError};
use super::library::Library;
use crate::entity::Kind;

const LEARNING: &str = "learning short forms";

/// So many releases must use a short form.
const ENOUGH: i64 = 2;

impl Library {
    /// Joins the short forms of which something new was heard, or takes them apart. Gives how many changed.
    ///
    /// # Errors
    /// Where it could not be committed: then nothing was changed.
    pub fn learn(&mut self) -> Result<usize, StoreError> {
        self.quickly(LEARNING, |db, linker| {
            let changed = learn(db, linker.heard())?;
            if changed > 0 {
                linker.forget();
            }
            Ok(changed)
        })
    }
}

fn learn(db: &Connection, heard: BTreeSet<String>) -> Result<usize, StoreError> {
    let mut changed = 0;
    for norm in heard {
        let Some(form) = find(db, kind_number(Kind::Org), &norm)? else {
            continue;
        };
        let (own, parent): (i64, Option<i64>) = db
            .prepare_cached("SELECT own, parent FROM entities WHERE id = ?1")
            .and_then(|mut s| s.query_row([form], |row| Ok((row.get(0)?, row.get(1)?))))
            .doing(LEARNING)?;
        if own != 0 {
            continue;
        }
        let learnt = self::parent(db, form)?;
        if learnt != parent {
            join(db, form, 0, learnt)?;
            changed += 1;
        }
    }
    Ok(changed)
}

/// The entity that a form is a short form of, as far as releases say so with one voice.
pub(super) fn parent(db: &Connection, form: i64) -> Result<Option<i64>, StoreError> {
    let norm: Option<String> = db
        .prepare_cached("SELECT norm FROM entities WHERE id = ?1 AND kind = ?2")
        .and_then(|mut s| {
            s.query_row((form, kind_number(Kind::Org)), |row| row.get(0))
                .optional()
        })
        .doing(LEARNING)?;
    let Some(norm) = norm else { return Ok(None) };
    let mut statement = db
        .prepare_cached(
            "SELECT entity_id, count(*) FROM aliases WHERE norm = ?1 AND entity_id <> ?2 GROUP BY entity_id
             ORDER BY count(*) DESC, entity_id LIMIT 50",
        )
        .doing(LEARNING)?;
    let users: Vec<(i64, i64)> = statement
        .query_map((norm, form), |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .doing(LEARNING)?;
    let mut roots = BTreeSet::new();
    for (user, _) in &users {
        roots.insert(entities::root(db, *user)?);
    }
    // What is joined to the short form already says nothing about whose it is.
    roots.remove(&form);
    let heard: i64 = users.iter().map(|(_, n)| n).sum();
    Ok(match (roots.len(), users.first()) {
        (1, Some((first, _))) if heard >= ENOUGH => Some(*first),
        _ => None,
    })
}
