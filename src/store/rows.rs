//! Which releases a list shows, as SQL. One [`Plan`] serves pages, counts and searches: what drives it (the table of
//! releases, an entity's mentions, the full-text index) walks in the order of ids, which is the order of time, so a
//! page never sorts. No text of the user's reaches SQL or the index's own language but as a bound value or a quoted
//! word.

use std::rc::Rc;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

use super::carried;
use super::failure::{Doing, StoreError};
use super::resolve;
use crate::query::{self, Bound, Day, Field, Naming, Node, Query, State, Words, unspaced};
use crate::release::{LibraryEntityId, ReleaseId, SourceGroup, SourceId};

/// Which releases, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// By state.
    pub show: Show,
    /// Only of this source.
    pub source: Option<SourceId>,
    /// Only of the sources of this group.
    pub group: Option<SourceGroup>,
    /// Only those that name this entity.
    pub entity: Option<LibraryEntityId>,
    /// Only this release and its copies; otherwise a story is one row, but for the list of a source or a group and the user's marks.
    pub story: Option<ReleaseId>,
    /// Only what this finds.
    pub query: Option<Query>,
    /// In this order.
    pub order: Order,
}

impl Selection {
    /// This selection, narrowed to what a query finds that is being typed: its last word may be a beginning. An order
    /// that the query asks for goes before the selection's own.
    #[must_use]
    pub fn typed(mut self, text: &str) -> Self {
        let query = Query::typed(text);
        match query.order {
            Some(query::Order::Date) => self.order = Order::Newest,
            Some(query::Order::Best) => self.order = Order::Best,
            None => {}
        }
        self.query = Some(query);
        self
    }
}

/// Releases by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    #[default]
    All,
    Unread,
    Starred,
    WithPassages,
}

/// Orders of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Newest,
    Oldest,
    /// Best match first; as `Newest` without a query.
    Best,
}

/// An entity named by no more releases than this drives its list itself, and the text is probed release by release.
const RARE: i64 = 3_000;

/// Stands in a plan's conditions where the rows of many names are gathered: a page gathers those of a stretch of the
/// library only (see [`Plan::within`]), because gathering all of them takes longer than a key may.
const STRETCH: &str = "/*stretch*/";

/// A selection as SQL: `SELECT id FROM from WHERE wheres`.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub from: String,
    /// The column that is the release's id.
    pub id: &'static str,
    pub wheres: Vec<String>,
    pub values: Vec<Value>,
    /// The full-text expression that drives it, for ranking.
    pub text: Option<String>,
}

impl Plan {
    /// The plan of a selection. `today` is the day number (days since the epoch) that relative dates count from.
    pub fn of(db: &Connection, selection: &Selection, today: i64) -> Result<Self, StoreError> {
        let mut builder = Builder {
            db,
            today,
            plan: Self::default(),
            resolved: Vec::new(),
        };
        builder.build(selection)?;
        Ok(builder.plan)
    }

    /// The plan of all releases that name one of these entities, gathered stretch by stretch.
    #[cfg(test)]
    pub fn of_names(entities: &str) -> Self {
        Self {
            from: "releases r".to_owned(),
            id: "r.id",
            wheres: vec![naming_one("", "r.id", entities)],
            ..Self::default()
        }
    }

    /// The conditions, for after `WHERE`.
    pub fn conditions(&self) -> String {
        if self.wheres.is_empty() {
            "1".to_owned()
        } else {
            self.wheres.join(" AND ")
        }
    }

    /// Whether a page of it is better walked stretch by stretch.
    pub fn in_stretches(&self) -> bool {
        self.wheres.iter().any(|part| part.contains(STRETCH))
    }

    /// The conditions for releases whose ids lie between `low` and `high`, both included.
    pub fn within(&self, low: i64, high: i64) -> String {
        let bound = format!("AND release_id BETWEEN {low} AND {high}");
        let conditions = self.conditions().replace(STRETCH, &bound);
        format!("{conditions} AND {} BETWEEN {low} AND {high}", self.id)
    }
}

/// The entities that names mean, with the number of releases that name each.
type Meant = Rc<[(i64, i64)]>;

struct Builder<'a> {
    db: &'a Connection,
    today: i64,
    plan: Plan,
    /// What names mean, so that each is looked up once.
    resolved: Vec<(Naming, Vec<String>, Meant)>,
}

impl Builder<'_> {
    fn build(&mut self, selection: &Selection) -> Result<(), StoreError> {
        let conjuncts: Vec<&Node> = match selection
            .query
            .as_ref()
            .and_then(|query| query.root.as_ref())
        {
            Some(Node::All(nodes)) => nodes.iter().collect(),
            Some(node) => vec![node],
            None => Vec::new(),
        };
        let (mut text, mut rest): (Vec<&Node>, Vec<&Node>) =
            conjuncts.into_iter().partition(|node| is_spaced_text(node));
        if !text.is_empty() {
            // What must not stand there the index passes over as it goes; to gather it first takes long for a beginning.
            text.extend(rest.extract_if(.., |node| is_excluded_text(node)));
        }
        let text = match text.as_slice() {
            [] => None,
            nodes => expression_of_all(nodes.iter().copied()),
        };
        let rare = match selection.entity {
            Some(entity) => self.named_by(entity)? <= RARE,
            None => self.has_rare_name(&rest)?,
        };
        self.drive(selection, text, rare);
        self.scope(selection)?;
        self.stories(selection);
        for node in rest {
            let condition = self.condition(node)?;
            self.plan.wheres.push(condition);
        }
        Ok(())
    }

    /// Chooses what is walked.
    fn drive(&mut self, selection: &Selection, text: Option<String>, rare: bool) {
        let plan = &mut self.plan;
        match (text, selection.entity, rare) {
            (Some(text), _, false) => {
                // Only visible releases are in the index, so nothing else has to be asked.
                plan.from = "fts".to_owned();
                plan.id = "fts.rowid";
                plan.wheres.push("fts MATCH ?".to_owned());
                plan.values.push(Value::Text(text.clone()));
                plan.text = Some(text);
                if let Some(LibraryEntityId(entity)) = selection.entity {
                    let named = "EXISTS (SELECT 1 FROM mentions WHERE entity_id = ? AND release_id = fts.rowid)";
                    plan.wheres.push(named.to_owned());
                    plan.values.push(Value::Integer(entity));
                }
            }
            (text, entity, _) => {
                if let Some(LibraryEntityId(entity)) = entity {
                    plan.from =
                        "mentions m CROSS JOIN releases r ON r.id = m.release_id".to_owned();
                    plan.id = "m.release_id";
                    plan.wheres.push("m.entity_id = ?".to_owned());
                    plan.values.push(Value::Integer(entity));
                } else {
                    plan.from = "releases r".to_owned();
                    plan.id = "r.id";
                }
                if let Some(text) = text {
                    let probe = format!(
                        "EXISTS (SELECT 1 FROM fts WHERE fts MATCH ? AND fts.rowid = {})",
                        plan.id
                    );
                    plan.wheres.push(probe);
                    plan.values.push(Value::Text(text.clone()));
                    plan.text = Some(text);
                }
            }
        }
    }

    /// State, source and group.
    fn scope(&mut self, selection: &Selection) -> Result<(), StoreError> {
        let flags = match selection.show {
            Show::All => "r.flags & 12 = 0",
            Show::Unread => "r.flags & 13 = 0",
            Show::Starred => "r.flags & 14 = 2",
            Show::WithPassages => "r.passages > 0 AND r.flags & 12 = 0",
        };
        if self.plan.from != "fts" || selection.show != Show::All {
            let condition = self.on_release(flags);
            self.plan.wheres.push(condition);
        }
        if let Some(SourceId(source)) = selection.source {
            let condition = self.of_sources(&[source])?;
            self.plan.wheres.push(condition);
        }
        if let Some(group) = &selection.group {
            let condition = self.of_sources(&resolve::group(self.db, group)?)?;
            self.plan.wheres.push(condition);
        }
        Ok(())
    }

    /// The condition that a release came from one of these sources, or is carried by one.
    fn of_sources(&self, ids: &[i64]) -> Result<String, StoreError> {
        let (id, all) = (self.plan.id, list(ids));
        let came = match ids {
            [one] => format!("r.source_id = {one}"),
            _ => format!("r.source_id IN ({all})"),
        };
        let came = self.on_release(&came);
        // Most carry nothing of others; then one index gives the list in its order.
        Ok(if carried::is_any(self.db, &all)? {
            format!(
                "({came} OR {id} IN (SELECT release_id FROM carried WHERE source_id IN ({all})))"
            )
        } else {
            came
        })
    }

    /// A story is one row, but where its copies are asked for, or what a source or a group sent, or what the user marked. A
    /// search shows every release it finds: the word may stand in the one sentence in which copies differ.
    fn stories(&mut self, selection: &Selection) {
        let id = self.plan.id;
        if let Some(ReleaseId(release)) = selection.story {
            self.plan.wheres.push(format!(
                "({id} = ? OR {id} IN (SELECT id FROM stories WHERE story = (SELECT story FROM stories WHERE id = ?)))"
            ));
            let release = Value::Integer(release);
            self.plan.values.extend([release.clone(), release]);
        } else if selection.source.is_none()
            && selection.group.is_none()
            && selection.query.as_ref().is_none_or(Query::is_empty)
            && matches!(selection.show, Show::All | Show::Unread)
        {
            self.plan.wheres.push(format!(
                "NOT EXISTS (SELECT 1 FROM stories t WHERE t.id = {id} AND t.hidden)"
            ));
        }
    }

    /// A condition on the release's own row, reached through its id where the index drives.
    fn on_release(&self, condition: &str) -> String {
        if self.plan.from == "fts" {
            format!("EXISTS (SELECT 1 FROM releases r WHERE r.id = fts.rowid AND ({condition}))")
        } else {
            format!("({condition})")
        }
    }

    /// How many releases name an entity.
    fn named_by(&self, entity: LibraryEntityId) -> Result<i64, StoreError> {
        let n: Option<i64> = self
            .db
            .prepare_cached("SELECT n FROM entities WHERE id = ?1")
            .and_then(|mut s| s.query_row([entity.0], |row| row.get(0)).optional())
            .doing("reading entities")?;
        Ok(n.unwrap_or(0))
    }

    /// Whether one of the conjuncts asks for a name that few releases have.
    fn has_rare_name(&mut self, nodes: &[&Node]) -> Result<bool, StoreError> {
        for node in nodes {
            if let Node::Names(naming, names) = node {
                let found = self.resolve(*naming, names)?;
                if found.iter().map(|(_, n)| n).sum::<i64>() <= RARE {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn condition(&mut self, node: &Node) -> Result<String, StoreError> {
        Ok(match node {
            Node::All(nodes) => self.several(nodes, " AND ")?,
            Node::Any(nodes) => self.several(nodes, " OR ")?,
            Node::Not(inner) => format!("NOT {}", self.condition(inner)?),
            Node::Words(words) => self.words(words),
            Node::Names(naming, names) => self.names(*naming, names)?,
            Node::Issuer(names) => self.contains("r.issuer", names),
            Node::Wire(names) => self.contains("r.wire", names),
            Node::Source(names) => {
                let ids = resolve::sources(self.db, names)?;
                self.of_sources(&ids)?
            }
            Node::Language(codes) => self.languages(codes),
            Node::Tag(tags) => self.tags(tags),
            Node::Is(state) => self.state(*state),
            Node::Published(bound) => self.published(bound),
        })
    }

    fn several(&mut self, nodes: &[Node], between: &str) -> Result<String, StoreError> {
        let parts: Result<Vec<String>, StoreError> =
            nodes.iter().map(|node| self.condition(node)).collect();
        Ok(format!("({})", parts?.join(between)))
    }

    /// Words that do not drive: among alternatives, excluded, or in a script without spaces.
    fn words(&mut self, words: &Words) -> String {
        let id = self.plan.id;
        let mut beginning = words.clone();
        let run = words.words.iter().any(|word| word.chars().any(unspaced));
        beginning.prefix |= run;
        let (spaced, expression) = (
            format!("{id} IN (SELECT rowid FROM fts WHERE fts MATCH ?)"),
            phrase(&beginning),
        );
        self.plan.values.push(Value::Text(expression));
        if !run {
            return spaced;
        }
        let part = words.words.concat();
        if part.chars().count() >= 3 {
            self.plan.values.push(Value::Text(quoted(&part)));
            return format!(
                "({spaced} OR {id} IN (SELECT rowid FROM fts_tri WHERE fts_tri MATCH ?))"
            );
        }
        // One or two characters: too few for the index by threes; the texts in such scripts are read.
        self.plan.values.push(Value::Text(part));
        format!(
            "({spaced} OR {id} IN (SELECT b.id FROM releases u CROSS JOIN bodies b ON b.id = u.id \
             WHERE u.flags & 76 = 64 AND instr(b.text, ?) > 0))"
        )
    }

    /// The entities that names mean, with the number of releases that name each.
    fn resolve(&mut self, naming: Naming, names: &[String]) -> Result<Meant, StoreError> {
        let known = self
            .resolved
            .iter()
            .find(|(its, theirs, _)| *its == naming && theirs == names);
        if let Some((_, _, found)) = known {
            return Ok(Rc::clone(found));
        }
        let found: Meant = resolve::entities(self.db, naming, names)?.into();
        let entry = (naming, names.to_vec(), Rc::clone(&found));
        self.resolved.push(entry);
        Ok(found)
    }

    fn names(&mut self, naming: Naming, names: &[String]) -> Result<String, StoreError> {
        let found = self.resolve(naming, names)?;
        let total: i64 = found.iter().map(|(_, n)| n).sum();
        let ids: Vec<i64> = found.iter().map(|(id, _)| *id).collect();
        let (id, ids) = (self.plan.id, list(&ids));
        Ok(if total <= RARE {
            format!("{id} IN (SELECT release_id FROM mentions WHERE entity_id IN ({ids}))")
        } else {
            // The sign keeps the full-text index from being asked anew for every row that names one of them.
            let sign = if self.plan.from == "fts" { "+" } else { "" };
            naming_one(sign, id, &ids)
        })
    }

    fn contains(&mut self, column: &str, names: &[String]) -> String {
        let parts: Vec<String> = names
            .iter()
            .map(|name| {
                self.plan.values.push(Value::Text(name.clone()));
                format!("instr(folded({column}), ?) > 0")
            })
            .collect();
        self.on_release(&parts.join(" OR "))
    }

    fn languages(&mut self, codes: &[String]) -> String {
        let parts: Vec<String> = codes
            .iter()
            .map(|code| {
                self.plan.values.push(Value::Text(code.clone()));
                self.plan.values.push(Value::Text(format!("{code}-")));
                "lower(r.language) = ? OR instr(lower(r.language), ?) = 1".to_owned()
            })
            .collect();
        self.on_release(&parts.join(" OR "))
    }

    fn tags(&mut self, tags: &[String]) -> String {
        let id = self.plan.id;
        let parts: Vec<String> = tags
            .iter()
            .map(|tag| {
                self.plan.values.push(Value::Text(tag.clone()));
                self.plan.values.push(Value::Text(tag.clone()));
                format!(
                    "{id} IN (SELECT release_id FROM release_tags WHERE tag_id IN \
                       (SELECT id FROM tags WHERE folded(name) = ?)) \
                     OR {id} IN (SELECT release_id FROM passages, json_each(passages.tags) \
                       WHERE deleted IS NULL AND folded(json_each.value) = ?)"
                )
            })
            .collect();
        format!("({})", parts.join(" OR "))
    }

    fn state(&mut self, state: State) -> String {
        let id = self.plan.id;
        match state {
            State::Unread => self.on_release("r.flags & 1 = 0"),
            State::Read => self.on_release("r.flags & 1 = 1"),
            State::Starred => self.on_release("r.flags & 2 = 2"),
            State::Correction => self.on_release("r.standing = 1"),
            State::Passage => self.on_release("r.passages > 0"),
            State::Embargo => self.on_release("r.embargo IS NOT NULL"),
            State::Note => {
                format!(
                    "{id} IN (SELECT release_id FROM passages WHERE deleted IS NULL AND note <> '')"
                )
            }
            State::Tag => format!("{id} IN (SELECT release_id FROM release_tags)"),
        }
    }

    fn published(&mut self, bound: &Bound) -> String {
        let id = self.plan.id;
        let mut parts = vec!["1".to_owned()];
        for (day, sign) in [(bound.from, ">="), (bound.until, "<")] {
            if let Some(day) = day {
                self.plan
                    .values
                    .push(Value::Integer(first_id(day_number(day, self.today))));
                parts.push(format!("{id} {sign} ?"));
            }
        }
        format!("({})", parts.join(" AND "))
    }
}

/// Days since the epoch of a query's day. A day past its month's end runs into the next month.
fn day_number(day: Day, today: i64) -> i64 {
    match day {
        Day::Relative(days) => today + i64::from(days),
        Day::Fixed(year, month, day) => {
            let first = i16::try_from(year)
                .ok()
                .zip(i8::try_from(month).ok())
                .and_then(|(year, month)| jiff::civil::Date::new(year, month, 1).ok());
            let epoch = jiff::civil::date(1970, 1, 1);
            let days = first
                .and_then(|first| first.since(epoch).ok())
                .map_or(0, |span| i64::from(span.get_days()));
            days + i64::from(day) - 1
        }
    }
}

/// The lowest id of a day.
fn first_id(day: i64) -> i64 {
    (day * 24 * 60) << 6
}

/// The condition that a release names one of many entities.
fn naming_one(sign: &str, id: &str, entities: &str) -> String {
    format!(
        "{sign}{id} IN (SELECT release_id FROM mentions WHERE entity_id IN ({entities}) {STRETCH})"
    )
}

/// Numbers parted by commas.
fn list(ids: &[i64]) -> String {
    ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

/// Whether a node is words and nothing else, with something that must stand there, in scripts with spaces: then the
/// index can drive.
fn is_spaced_text(node: &Node) -> bool {
    match node {
        Node::Words(words) => !words.words.iter().any(|word| word.chars().any(unspaced)),
        Node::All(nodes) => {
            nodes
                .iter()
                .all(|node| is_spaced_text(node) || is_excluded_text(node))
                && nodes.iter().any(|node| !matches!(node, Node::Not(_)))
        }
        Node::Any(nodes) => nodes.iter().all(is_spaced_text),
        _ => false,
    }
}

/// Whether a node is the exclusion of such words.
fn is_excluded_text(node: &Node) -> bool {
    matches!(node, Node::Not(inner) if is_spaced_text(inner))
}

/// The index's expression for nodes that all must hold; `None` where none of them must stand.
fn expression_of_all<'a>(nodes: impl Iterator<Item = &'a Node>) -> Option<String> {
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for node in nodes {
        match node {
            Node::Not(inner) => without.extend(expression(inner)),
            node => with.extend(expression(node)),
        }
    }
    if with.is_empty() {
        return None;
    }
    let all = with.join(" AND ");
    if without.is_empty() {
        return Some(format!("({all})"));
    }
    Some(format!("(({all}) NOT ({}))", without.join(" OR ")))
}

fn expression(node: &Node) -> Option<String> {
    match node {
        Node::Words(words) => Some(phrase(words)),
        Node::All(nodes) => expression_of_all(nodes.iter()),
        Node::Any(nodes) => {
            let any: Vec<String> = nodes.iter().filter_map(expression).collect();
            (!any.is_empty()).then(|| format!("({})", any.join(" OR ")))
        }
        _ => None,
    }
}

/// Words in the index's language, every one quoted.
fn phrase(words: &Words) -> String {
    let star = if words.prefix { " *" } else { "" };
    let core = match words.near {
        Some(near) if words.words.len() > 1 => {
            let all: Vec<String> = words.words.iter().map(|word| quoted(word)).collect();
            format!("NEAR({}{star}, {near})", all.join(" "))
        }
        _ => format!("{}{star}", quoted(&words.words.join(" "))),
    };
    match words.field {
        Field::Any => core,
        Field::Title => format!("title : {core}"),
        Field::Body => format!("body : {core}"),
    }
}

/// A string of the index's language.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Asks whether a query holds no condition at all.
pub(super) fn is_all(selection: &Selection) -> bool {
    selection.query.as_ref().is_none_or(Query::is_empty)
        && selection.source.is_none()
        && selection.group.is_none()
        && selection.entity.is_none()
        && selection.story.is_none()
}
