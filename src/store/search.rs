//! Search: newest first while typing, best first on demand. A page comes as soon as its ids are known; the words around
//! the hits are cut in Rust, for the rows that are on the screen first; the exact count comes last, as far as time
//! allows. A newer search cuts an older one short at once.

use std::cmp::Reverse;
use std::time::Duration;

use rusqlite::{OptionalExtension, params_from_iter};

use super::failure::{Doing, StoreError};
use super::listing;
use super::reader::{Page, Reader, Start};
use super::rows::{Order, Plan, Selection};
use crate::query::{Lights, Query};
use crate::release::{Listing, Snippet};
use crate::text::{Extent, SafeText};

/// Rows that get their snippet with the first page.
const SCREENFUL: usize = 18;

/// Bytes of a snippet, about two lines of a list.
const SNIPPET: usize = 160;

/// Bytes shown before the first hit.
const LEAD: usize = 36;

/// A body longer than this is searched for a snippet only so far.
const FAR: usize = 64 << 10;

/// How long ids may take before what there is goes out as a page.
const FIRST_TIME: Duration = Duration::from_millis(40);

/// How long ids may take before the page stays as it is.
const PAGE_TIME: Duration = Duration::from_millis(600);

/// How long a ranking may take before the newest matches are ranked alone.
const RANK_TIME: Duration = Duration::from_millis(250);

/// How long counting may take before the words around the other hits are cut.
const COUNT_FIRST: Duration = Duration::from_millis(100);

/// How long counting may take before "at least" is said.
const COUNT_TIME: Duration = Duration::from_millis(800);

/// The most releases in an order by rank; beyond them the order would mean nothing.
const RANKED: usize = 1_000;

/// The newest matches that are ranked where ranking all takes too long.
const NEWEST: usize = 300;

/// A page of a search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// All rows so far.
    pub rows: Vec<Listing>,
    /// How many there are.
    pub total: u64,
    /// Whether `total` is all, or what is known so far.
    pub exact: bool,
    /// Whether no more pages come.
    pub complete: bool,
}

impl Reader {
    /// Searches, and hands pages to `page` as they are ready: first the rows with a screenful of snippets, then the
    /// count, then all snippets. Stops without a last page where the gate calls for a newer search.
    ///
    /// # Errors
    /// Where the library cannot be read. A search cut short by a newer one is no error.
    pub fn search(
        &self,
        selection: &Selection,
        limit: usize,
        today: i64,
        page: &mut dyn FnMut(Found),
    ) -> Result<(), StoreError> {
        match self.search_in_steps(selection, limit, today, page) {
            Err(problem) if problem.is_interrupt() && self.gate().is_stale() => Ok(()),
            other => other,
        }
    }

    fn search_in_steps(
        &self,
        selection: &Selection,
        limit: usize,
        today: i64,
        page: &mut dyn FnMut(Found),
    ) -> Result<(), StoreError> {
        let lights = lights_of(selection);
        let plan = Plan::of(&self.db, selection, today)?;
        let (mut ids, mut over) = self.page_ids(selection, &plan, limit, today, FIRST_TIME)?;
        if over && ids.len() < limit {
            // The time was over before the page was full: what there is goes out, and the search goes on.
            if !ids.is_empty() {
                let mut rows = listing::all(&self.db, &ids)?;
                self.add_snippets(rows.iter_mut().take(SCREENFUL), &lights)?;
                let total = rows.len() as u64;
                page(Found {
                    rows,
                    total,
                    exact: false,
                    complete: false,
                });
            }
            (ids, over) = self.page_ids(selection, &plan, limit, today, PAGE_TIME)?;
        }
        let mut rows = listing::all(&self.db, &ids)?;
        self.add_snippets(rows.iter_mut().take(SCREENFUL), &lights)?;
        let known = ids.len() as u64;
        let small = rows.len() <= SCREENFUL && !over;
        page(Found {
            rows: rows.clone(),
            total: known,
            exact: !over,
            complete: small,
        });
        if small {
            return Ok(());
        }
        // The count stands on the screen, the snippets that are missing stand below it: the count comes first, and what
        // one sees is at rest.
        let mut total = self.total(&plan, known, over, COUNT_FIRST)?;
        if over && let Some(total) = total {
            page(Found {
                rows: rows.clone(),
                total,
                exact: true,
                complete: false,
            });
        }
        self.add_snippets(rows.iter_mut().skip(SCREENFUL), &lights)?;
        if total.is_none() {
            total = self.total(&plan, known, over, COUNT_TIME)?;
        }
        if self.gate().is_stale() {
            return Ok(());
        }
        page(Found {
            rows,
            total: total.unwrap_or(known),
            exact: total.is_some(),
            complete: true,
        });
        Ok(())
    }

    fn page_ids(
        &self,
        selection: &Selection,
        plan: &Plan,
        limit: usize,
        today: i64,
        time: Duration,
    ) -> Result<(Vec<i64>, bool), StoreError> {
        if is_ranked(selection) {
            let mut ids = self.ranked(selection, plan, today)?;
            let over = ids.len() > limit;
            ids.truncate(limit);
            return Ok((ids, over));
        }
        self.gate().allow(Some(time));
        let walked = self.walk(plan, None, true, selection.order != Order::Oldest, limit);
        self.gate().allow(None);
        walked
    }

    /// The exact count; nothing where it takes longer than `time`. Where the `known` rows are all, nothing is counted.
    fn total(
        &self,
        plan: &Plan,
        known: u64,
        over: bool,
        time: Duration,
    ) -> Result<Option<u64>, StoreError> {
        if !over {
            return Ok(Some(known));
        }
        self.gate().allow(Some(time));
        let counted = self.number(plan, "", None);
        let stale = self.gate().is_stale();
        self.gate().allow(None);
        match counted {
            Ok(total) => Ok(Some(total)),
            Err(problem) if problem.is_interrupt() && !stale => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// A page of the best matches.
    pub(super) fn best_rows(
        &self,
        selection: &Selection,
        start: Start,
        limit: usize,
        today: i64,
    ) -> Result<Page, StoreError> {
        let plan = Plan::of(&self.db, selection, today)?;
        let ids = self.ranked(selection, &plan, today)?;
        let place = |id: i64| ids.iter().position(|known| *known == id);
        let (from, until) = match start {
            Start::First => (0, limit),
            Start::Last => (ids.len().saturating_sub(limit), ids.len()),
            Start::After(id) => place(id.0).map_or((0, limit), |at| (at + 1, at + 1 + limit)),
            Start::Before(id) => {
                place(id.0).map_or((0, limit), |at| (at.saturating_sub(limit), at))
            }
            Start::Around(id) => {
                let from = place(id.0).map_or(0, |at| at.saturating_sub(limit / 2));
                (from, from + limit)
            }
        };
        let (from, until) = (from.min(ids.len()), until.min(ids.len()));
        let mut rows = listing::all(&self.db, &ids[from..until])?;
        let lights = lights_of(selection);
        self.add_snippets(rows.iter_mut(), &lights)?;
        Ok(Page {
            rows,
            at_start: from == 0,
            at_end: until == ids.len(),
        })
    }

    /// The best matches in their order: relevance times a soft preference for the new. Where ranking all of them takes
    /// too long, the newest are ranked by what their headline and text have of the query.
    fn ranked(
        &self,
        selection: &Selection,
        plan: &Plan,
        today: i64,
    ) -> Result<Vec<i64>, StoreError> {
        if plan.from != "fts" {
            return self.ranked_newest(selection, plan, today);
        }
        self.gate().allow(Some(RANK_TIME));
        let ranked = self.ranked_by_index(plan, today);
        let stale = self.gate().is_stale();
        self.gate().allow(None);
        match ranked {
            Err(problem) if problem.is_interrupt() && !stale => {
                self.ranked_newest(selection, plan, today)
            }
            other => other,
        }
    }

    fn ranked_by_index(&self, plan: &Plan, today: i64) -> Result<Vec<i64>, StoreError> {
        let doing = "ranking";
        let sql = format!(
            "SELECT fts.rowid, bm25(fts, 8.0, 1.0) FROM fts WHERE {}",
            plan.conditions()
        );
        let mut statement = self.db.prepare_cached(&sql).doing(doing)?;
        let rows = statement
            .query_map(params_from_iter(&plan.values), |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, f64>(1)?))
            })
            .doing(doing)?;
        let mut scored: Vec<(f64, i64)> = Vec::new();
        for row in rows {
            // bm25 is negative, the best lowest.
            let (id, score) = row.doing(doing)?;
            scored.push((-score * recency(id, today), id));
        }
        Ok(best_of(scored))
    }

    fn ranked_newest(
        &self,
        selection: &Selection,
        plan: &Plan,
        today: i64,
    ) -> Result<Vec<i64>, StoreError> {
        let (ids, _) = self.walk(plan, None, true, true, NEWEST)?;
        let lights = lights_of(selection);
        let mut scored = Vec::with_capacity(ids.len());
        for id in ids {
            let Some((headline, text)) = self.words_of(id)? else {
                continue;
            };
            let (in_headline, _) = lights.weight(&headline);
            let (in_text, hits) = lights.weight(&text);
            let score = 8.0 * in_headline as f64 + in_text as f64 + (1.0 + hits as f64).ln();
            scored.push((score * recency(id, today), id));
        }
        Ok(best_of(scored))
    }

    fn words_of(&self, id: i64) -> Result<Option<(String, String)>, StoreError> {
        self.db
            .prepare_cached("SELECT r.headline, b.text FROM releases r JOIN bodies b ON b.id = r.id WHERE r.id = ?1")
            .and_then(|mut s| {
                s.query_row([id], |row| {
                    let mut text: String = row.get(1)?;
                    text.truncate(floor(&text, FAR));
                    Ok((row.get(0)?, text))
                })
                .optional()
            })
            .doing("reading texts")
    }

    /// Cuts a snippet for each of these rows that has something to light.
    fn add_snippets<'a>(
        &self,
        rows: impl Iterator<Item = &'a mut Listing>,
        lights: &Lights,
    ) -> Result<(), StoreError> {
        if lights.is_empty() {
            return Ok(());
        }
        let doing = "reading texts";
        let mut statement = self
            .db
            .prepare_cached("SELECT searched(text, unsearched) FROM bodies WHERE id = ?1")
            .doing(doing)?;
        for row in rows {
            if self.gate().is_stale() {
                return Ok(());
            }
            let text: Option<String> = statement
                .query_row([row.id.0], |r| r.get(0))
                .optional()
                .doing(doing)?;
            row.snippet = text.map(|text| snippet(&text, &row.headline, lights));
        }
        Ok(())
    }

    /// Whether any release matches; for scripts.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn matches(&self, selection: &Selection, today: i64) -> Result<bool, StoreError> {
        let plan = Plan::of(&self.db, selection, today)?;
        Ok(!self.walk(&plan, None, true, true, 1)?.0.is_empty())
    }
}

/// What a selection's query lights.
fn lights_of(selection: &Selection) -> Lights {
    selection
        .query
        .as_ref()
        .map(Query::lights)
        .unwrap_or_default()
}

/// Whether the selection asks for an order by rank that means something.
pub(super) fn is_ranked(selection: &Selection) -> bool {
    selection.order == Order::Best
        && selection
            .query
            .as_ref()
            .is_some_and(|query| !query.lights().is_empty())
}

/// The ids of the best scores, best first; of equals the newer.
fn best_of(mut scored: Vec<(f64, i64)>) -> Vec<i64> {
    scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(Reverse(a.1).cmp(&Reverse(b.1))));
    scored.truncate(RANKED);
    scored.into_iter().map(|(_, id)| id).collect()
}

/// A soft preference for the new: half as much after a year and a half.
fn recency(id: i64, today: i64) -> f64 {
    let day = (id >> 6).div_euclid(24 * 60);
    let age = (today - day).max(0) as f64;
    (1.0 + age / 180.0).powf(-0.5)
}

/// One line of `text` around its best hits. Where the text has none (the hit is in the headline), its beginning.
fn snippet(text: &str, headline: &str, lights: &Lights) -> Snippet {
    let text = &text[..floor(text, FAR)];
    // The headline stands in its own row: words after it say more.
    let lead = text
        .find(headline)
        .filter(|at| *at < 200)
        .map_or(0, |at| at + headline.len());
    let body = &text[lead..];
    let start = lights
        .best_stretch(body, SNIPPET)
        .map_or(0, |at| begin(body, at));
    let end = floor(body, start + SNIPPET + LEAD);
    // What ended the words before is no beginning: the dash of a dateline, a closing mark.
    let ends = |c: char| c.is_whitespace() || "-–—.,;:!?)]}”’»/|".contains(c);
    let mut line = body[start..end]
        .trim_start_matches(ends)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if start > 0 {
        line.insert_str(0, "… ");
    }
    let text = SafeText::clean_line(&line);
    let hits = lights.hits(&text).into_iter().map(Extent::from).collect();
    Snippet { text, hits }
}

/// Where a snippet with its first hit at `at` begins: at a word, a few words before, in the same paragraph.
fn begin(body: &str, at: usize) -> usize {
    let earliest = floor(body, at.saturating_sub(LEAD));
    let before = &body[earliest..at];
    if let Some(paragraph) = before.rfind("\n\n") {
        return earliest + paragraph + 2;
    }
    if earliest == 0 {
        return 0;
    }
    before
        .find(char::is_whitespace)
        .map_or(at, |space| earliest + space + 1)
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
