//! A read-only connection: pages of lists, counts, one opened release, passages, sources, what releases have in common.
//! Each thread that reads has one of its own. A newer request or a deadline cuts a query short through the [`Gate`].

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::failure::{Doing, StoreError};
use super::listing;
use super::rows::{Order, Plan, Selection};
use super::schema;
use crate::release::{Listing, ReleaseId};

/// How many of SQLite's steps pass between two looks at the gate; measured to end a search within a millisecond.
const STEPS: std::ffi::c_int = 200;

/// Releases of the first stretch in which a page is looked for where many names are asked; each further one is eight
/// times as long.
const STRETCH: i64 = 4_000;

/// Reads the library.
pub struct Reader {
    pub(super) db: Connection,
    path: PathBuf,
    gate: Arc<Gate>,
}

/// Cuts queries short: when a newer request is wanted, or when the time is over. Shared by the thread that asks and
/// the one that reads.
#[derive(Debug)]
pub struct Gate {
    wanted: AtomicU64,
    current: AtomicU64,
    deadline: AtomicU64,
    origin: Instant,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            wanted: AtomicU64::new(0),
            current: AtomicU64::new(0),
            deadline: AtomicU64::new(u64::MAX),
            origin: Instant::now(),
        }
    }
}

impl Gate {
    /// A newer request is wanted: whatever runs under an older number is cut short.
    pub fn want(&self, number: u64) {
        self.wanted.fetch_max(number, Ordering::Relaxed);
    }

    /// The reading thread begins request `number`. 0 is never cut short by newer ones.
    pub fn begin(&self, number: u64, allowed: Option<Duration>) {
        self.current.store(number, Ordering::Relaxed);
        self.allow(allowed);
    }

    /// From now on, so much time.
    pub fn allow(&self, allowed: Option<Duration>) {
        let deadline = allowed.map_or(u64::MAX, |allowed| {
            self.micros().saturating_add(micros(allowed))
        });
        self.deadline.store(deadline, Ordering::Relaxed);
    }

    /// Whether a newer request is wanted.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        let current = self.current.load(Ordering::Relaxed);
        current != 0 && self.wanted.load(Ordering::Relaxed) > current
    }

    fn is_shut(&self) -> bool {
        let deadline = self.deadline.load(Ordering::Relaxed);
        self.is_stale() || (deadline != u64::MAX && self.micros() > deadline)
    }

    fn micros(&self) -> u64 {
        micros(self.origin.elapsed())
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// Where a page starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the first row.
    First,
    /// At the last row, going back.
    Last,
    /// After this release, in the list's order.
    After(ReleaseId),
    /// Before this release; the rows still come in the list's order.
    Before(ReleaseId),
    /// Half the rows before this release, it, the rest after it.
    Around(ReleaseId),
}

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The rows, in the list's order.
    pub rows: Vec<Listing>,
    /// Whether the first row of the list is among them.
    pub at_start: bool,
    /// Whether the last row of the list is among them.
    pub at_end: bool,
}

/// How many releases a selection has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// All of them.
    pub total: u64,
    /// The unread among them.
    pub unread: u64,
    /// How many rows stand before the asked one, in the list's order.
    pub before: Option<u64>,
}

impl Reader {
    /// Opens the library at `path` for reading. It must exist.
    ///
    /// # Errors
    /// As [`super::Library::open`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_gated(path, Arc::new(Gate::default()))
    }

    /// As [`Reader::open`], with a gate that somebody else holds already.
    ///
    /// # Errors
    /// As [`super::Library::open`].
    pub fn open_gated(path: &Path, gate: Arc<Gate>) -> Result<Self, StoreError> {
        let mut db = schema::open_reader(path)?;
        let watched = Arc::clone(&gate);
        db.progress_handler(STEPS, Some(move || watched.is_shut()))
            .doing("opening the library")?;
        Ok(Self {
            db,
            path: path.into(),
            gate,
        })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What cuts this reader's queries short.
    #[must_use]
    pub fn gate(&self) -> &Arc<Gate> {
        &self.gate
    }

    /// A number that changes when another connection has committed something.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.db
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .doing("looking for changes")
    }

    /// A page of a list. `today`: days since the epoch, for relative dates.
    ///
    /// # Errors
    /// Where the library cannot be read, or the gate was shut.
    pub fn rows(
        &self,
        selection: &Selection,
        start: Start,
        limit: usize,
        today: i64,
    ) -> Result<Page, StoreError> {
        if selection.order == Order::Best
            && selection
                .query
                .as_ref()
                .is_some_and(|query| !query.is_empty())
        {
            return self.best_rows(selection, start, limit, today);
        }
        let plan = Plan::of(&self.db, selection, today)?;
        let newest = selection.order != Order::Oldest;
        let walk = |from: Option<i64>, inclusive: bool, onward: bool, limit: usize| {
            self.walk(&plan, from, inclusive, newest == onward, limit)
        };
        let (ids, at_start, at_end) = match start {
            Start::First => {
                let (ids, over) = walk(None, true, true, limit)?;
                (ids, true, !over)
            }
            Start::After(ReleaseId(id)) => {
                let (ids, over) = walk(Some(id), false, true, limit)?;
                (ids, false, !over)
            }
            Start::Last => {
                let (mut ids, over) = walk(None, true, false, limit)?;
                ids.reverse();
                (ids, !over, true)
            }
            Start::Before(ReleaseId(id)) => {
                let (mut ids, over) = walk(Some(id), false, false, limit)?;
                ids.reverse();
                (ids, !over, false)
            }
            Start::Around(ReleaseId(id)) => {
                let (mut ids, before_over) = walk(Some(id), false, false, limit / 2)?;
                ids.reverse();
                let rest = limit.saturating_sub(ids.len()).max(1);
                let (after, after_over) = walk(Some(id), true, true, rest)?;
                ids.extend(after);
                (ids, !before_over, !after_over)
            }
        };
        Ok(Page {
            rows: listing::all(&self.db, &ids)?,
            at_start,
            at_end,
        })
    }

    /// The next ids of a plan from `from` on, `down` (to older ones) or up, and whether there are more.
    pub(super) fn walk(
        &self,
        plan: &Plan,
        from: Option<i64>,
        inclusive: bool,
        down: bool,
        limit: usize,
    ) -> Result<(Vec<i64>, bool), StoreError> {
        let stretch = plan.in_stretches().then_some(STRETCH);
        self.walk_by(stretch, plan, (from, inclusive), down, limit)
    }

    /// As [`Reader::walk`], in stretches, the first of so many releases; `None` for all at once.
    fn walk_by(
        &self,
        mut stretch: Option<i64>,
        plan: &Plan,
        (from, inclusive): (Option<i64>, bool),
        down: bool,
        limit: usize,
    ) -> Result<(Vec<i64>, bool), StoreError> {
        let mut edge = from.map(|from| match (inclusive, down) {
            (true, _) => from,
            (false, true) => from.saturating_sub(1),
            (false, false) => from.saturating_add(1),
        });
        let (mut ids, mut cut) = (Vec::new(), false);
        while ids.len() <= limit && !cut {
            let end = match stretch.map(|length| self.end_of_stretch(edge, down, length)) {
                Some(Ok(end)) => end,
                Some(Err(problem)) if problem.is_interrupt() && !self.gate.is_stale() => {
                    cut = true;
                    break;
                }
                Some(Err(problem)) => return Err(problem),
                None => None,
            };
            let missing = limit + 1 - ids.len();
            let (some, stopped) = self.walk_stretch(plan, (edge, end), down, missing)?;
            ids.extend(some);
            cut = stopped;
            let Some(end) = end else { break };
            edge = Some(if down { end - 1 } else { end + 1 });
            stretch = stretch.map(|length| length * 8);
        }
        let over = ids.len() > limit || cut;
        ids.truncate(limit);
        Ok((ids, over))
    }

    /// The id so many releases on from `edge`; `None` where there are not so many.
    fn end_of_stretch(
        &self,
        edge: Option<i64>,
        down: bool,
        length: i64,
    ) -> Result<Option<i64>, StoreError> {
        let sql = if down {
            "SELECT id FROM releases WHERE flags & 12 = 0 AND id <= ? ORDER BY id DESC LIMIT 1 OFFSET ?"
        } else {
            "SELECT id FROM releases WHERE flags & 12 = 0 AND id >= ? ORDER BY id LIMIT 1 OFFSET ?"
        };
        let edge = edge.unwrap_or(if down { i64::MAX } else { i64::MIN });
        let values = vec![Value::Integer(edge), Value::Integer(length)];
        Ok(self.ids(sql, values)?.pop())
    }

    /// The first ids of a plan from an edge on, up to the stretch's other end; both included.
    fn walk_stretch(
        &self,
        plan: &Plan,
        (edge, end): (Option<i64>, Option<i64>),
        down: bool,
        limit: usize,
    ) -> Result<(Vec<i64>, bool), StoreError> {
        let id = plan.id;
        let mut values = plan.values.clone();
        let (conditions, direction) = match (end, down) {
            (Some(end), true) => (plan.within(end, edge.unwrap_or(i64::MAX)), "DESC"),
            (Some(end), false) => (plan.within(edge.unwrap_or(i64::MIN), end), "ASC"),
            (None, _) => {
                let (sign, direction) = if down { ("<=", "DESC") } else { (">=", "ASC") };
                let mut conditions = plan.conditions();
                if let Some(edge) = edge {
                    values.push(Value::Integer(edge));
                    conditions = format!("{conditions} AND {id} {sign} ?");
                }
                (conditions, direction)
            }
        };
        values.push(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
        let sql = format!(
            "SELECT {id} FROM {} WHERE {conditions} ORDER BY {id} {direction} LIMIT ?",
            plan.from
        );
        self.ids_in_time(&sql, values)
    }

    /// As [`Reader::ids`]; where the time is over, what was found until then, and true.
    fn ids_in_time(&self, sql: &str, values: Vec<Value>) -> Result<(Vec<i64>, bool), StoreError> {
        let doing = "reading the list";
        let mut statement = self.db.prepare_cached(sql).doing(doing)?;
        let rows = statement
            .query_map(params_from_iter(values), |row| row.get(0))
            .doing(doing)?;
        let mut ids = Vec::new();
        for row in rows {
            match row.doing(doing) {
                Ok(id) => ids.push(id),
                Err(problem) if problem.is_interrupt() && !self.gate.is_stale() => {
                    return Ok((ids, true));
                }
                Err(problem) => return Err(problem),
            }
        }
        Ok((ids, false))
    }

    pub(super) fn ids(&self, sql: &str, values: Vec<Value>) -> Result<Vec<i64>, StoreError> {
        let doing = "reading the list";
        let mut statement = self.db.prepare_cached(sql).doing(doing)?;
        let rows = statement
            .query_map(params_from_iter(values), |row| row.get(0))
            .doing(doing)?;
        rows.collect::<Result<_, _>>().doing(doing)
    }

    /// How many releases a selection has, how many of them are unread, and how many stand before `at`.
    ///
    /// # Errors
    /// Where the library cannot be read, or the gate was shut.
    pub fn count(
        &self,
        selection: &Selection,
        at: Option<ReleaseId>,
        today: i64,
    ) -> Result<Counted, StoreError> {
        let plan = Plan::of(&self.db, selection, today)?;
        let total = self.number(&plan, "", None)?;
        let unread = if selection.show == super::rows::Show::Unread {
            total
        } else {
            let unread = Selection {
                show: super::rows::Show::Unread,
                ..selection.clone()
            };
            let narrowed = match selection.show {
                super::rows::Show::All => Plan::of(&self.db, &unread, today)?,
                // Unread and starred, unread and with passages: the state on top of the selection.
                _ => {
                    let mut plan = plan.clone();
                    let id = plan.id;
                    plan.wheres.push(format!(
                        "EXISTS (SELECT 1 FROM releases q WHERE q.id = {id} AND q.flags & 13 = 0)"
                    ));
                    plan
                }
            };
            self.number(&narrowed, "", None)?
        };
        let sign = if selection.order == Order::Oldest {
            "<"
        } else {
            ">"
        };
        let before = match at {
            Some(ReleaseId(at)) => Some(self.number(&plan, sign, Some(at))?),
            None => None,
        };
        Ok(Counted {
            total,
            unread,
            before,
        })
    }

    /// How many rows a plan has, on the side of `at` that `sign` says.
    pub(super) fn number(
        &self,
        plan: &Plan,
        sign: &str,
        at: Option<i64>,
    ) -> Result<u64, StoreError> {
        let mut values = plan.values.clone();
        let bound = at.map_or(String::new(), |at| {
            values.push(Value::Integer(at));
            format!(" AND {} {sign} ?", plan.id)
        });
        let sql = format!(
            "SELECT count(*) FROM {} WHERE {}{bound}",
            plan.from,
            plan.conditions()
        );
        let doing = "counting";
        let count: i64 = self
            .db
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_row(params_from_iter(values), |row| row.get(0)))
            .doing(doing)?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Library;

    /// A library of `count` bare releases; entity 1 is named by every third, entity 2 by every seventh.
    fn library(path: &Path, count: i64) {
        let library = Library::open(path).expect("a library");
        let db = library.db();
        db.execute_batch("BEGIN").expect("begun");
        for id in 1..=count {
            db.execute(
                "INSERT INTO releases(id, source_id, published, headline, content_hash, seen) VALUES (?1, 1, 0, '', x'', 0)",
                [id * 5],
            )
            .expect("a release");
            for entity in [(3, 1), (7, 2)].iter().filter(|(nth, _)| id % nth == 0) {
                db.execute(
                    "INSERT INTO mentions VALUES (?1, ?2, 1)",
                    [entity.1, id * 5],
                )
                .expect("a mention");
            }
        }
        db.execute_batch("COMMIT").expect("committed");
    }

    #[test]
    fn stretch_by_stretch_gives_what_all_at_once_gives() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("library.db");
        library(&path, 90);
        let reader = Reader::open(&path).expect("opened");
        let plan = Plan::of_names("1,2");
        assert!(plan.in_stretches());
        for from in [None, Some(5), Some(100), Some(203), Some(450), Some(999)] {
            for (inclusive, down, limit) in [
                (true, true, 5),
                (false, true, 50),
                (true, false, 5),
                (false, false, 1),
                (false, false, 200),
            ] {
                let whole = reader.walk_by(None, &plan, (from, inclusive), down, limit);
                let whole = whole.expect("walked");
                for stretch in [1, 2, 10, 1_000] {
                    let parts = reader
                        .walk_by(Some(stretch), &plan, (from, inclusive), down, limit)
                        .expect("walked");
                    assert_eq!(
                        parts, whole,
                        "{from:?} {inclusive} {down} {limit} {stretch}"
                    );
                }
            }
        }
    }
}
