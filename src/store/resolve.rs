//! From the names in a query to rows of the library: entities and sources.

use rusqlite::Connection;

use super::entities::kind_number;
use super::failure::{Doing, StoreError};
use crate::entity::Kind;
use crate::query::{Naming, fold, tokens};
use crate::release::SourceGroup;

/// The most entities that one name may mean; those of most releases come first.
const MOST: usize = 1_000;

/// The entities that one of `names` (folded) may mean, with the number of releases that name each.
pub(super) fn entities(
    db: &Connection,
    naming: Naming,
    names: &[String],
) -> Result<Vec<(i64, i64)>, StoreError> {
    let kinds: &[Kind] = match naming {
        Naming::Person => &[Kind::Person],
        Naming::Organisation => &[Kind::Org],
        Naming::Place => &[Kind::Gpe, Kind::Loc, Kind::Fac],
        Naming::Product => &[Kind::Product, Kind::WorkOfArt],
        Naming::Event => &[Kind::Event],
        Naming::Ticker => &[Kind::Ticker],
        Naming::Any => &[],
    };
    let numbers: Vec<i64> = kinds.iter().map(|kind| kind_number(*kind)).collect();
    let mut found: Vec<(i64, i64)> = Vec::new();
    for name in names {
        let words: Vec<String> = tokens(name)
            .map(|token| format!("\"{}\"", token.word))
            .collect();
        if words.is_empty() {
            continue;
        }
        // The last word may be a beginning: names are typed like everything else.
        let expression = format!("{} *", words.join(" AND "));
        let doing = "looking up names";
        let mut statement = db
            .prepare_cached(
                // A form that is joined to an entity finds that entity; most are joined to none, and nothing is looked up.
                "SELECT coalesce(e.id, f.id), iif(e.id IS NULL, f.n, e.n),
                   iif(e.id IS NULL, coalesce(f.own_kind, f.kind), coalesce(e.own_kind, e.kind))
                 FROM entity_names CROSS JOIN entities f ON f.id = entity_names.rowid
                   LEFT JOIN entities e ON e.id = f.root
                 WHERE entity_names MATCH ?1 AND iif(e.id IS NULL, f.n, e.n) > 0",
            )
            .doing(doing)?;
        let rows = statement
            .query_map([expression], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get::<_, i64>(2)?))
            })
            .doing(doing)?;
        for row in rows {
            let (id, n, kind) = row.doing(doing)?;
            if numbers.is_empty() || numbers.contains(&kind) {
                found.push((id, n));
            }
        }
    }
    found.sort_unstable_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
    found.dedup();
    found.truncate(MOST);
    Ok(found)
}

/// The sources whose name or address contains one of `names` (folded), or that have one as a tag; the first tag is the group.
pub(super) fn sources(db: &Connection, names: &[String]) -> Result<Vec<i64>, StoreError> {
    let doing = "looking up sources";
    let mut statement = db
        .prepare_cached("SELECT id, name, coalesce(address, ''), tags FROM sources")
        .doing(doing)?;
    let rows = statement
        .query_map([], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
            ))
        })
        .doing(doing)?;
    let mut ids = Vec::new();
    for row in rows {
        let (id, name, address, tags) = row.doing(doing)?;
        let (name, address) = (fold::fold(&name), fold::fold(&address));
        // A tag is said in full: it may be a short word that stands in many names.
        let tags: Vec<String> = serde_json::from_str(&tags).unwrap_or_default();
        let tags: Vec<String> = tags.iter().map(|tag| fold::fold(tag)).collect();
        if names.iter().any(|wanted| {
            name.contains(wanted) || address.contains(wanted) || tags.contains(wanted)
        }) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The sources of a group, whether they are followed or not.
pub(super) fn group(db: &Connection, group: &SourceGroup) -> Result<Vec<i64>, StoreError> {
    let doing = "looking up sources";
    let mut statement = db
        .prepare_cached("SELECT id, tags ->> 0 FROM sources")
        .doing(doing)?;
    let rows = statement
        .query_map([], |row| {
            let first = row.get_ref(1)?.as_str_or_null().unwrap_or(None);
            Ok((row.get::<_, i64>(0)?, SourceGroup::of(first)))
        })
        .doing(doing)?;
    let wanted = fold::fold(group.name());
    let mut ids = Vec::new();
    for row in rows {
        let (id, group) = row.doing(doing)?;
        if fold::fold(group.name()) == wanted {
            ids.push(id);
        }
    }
    Ok(ids)
}
