//! The window of rows that a list holds: what is asked for, what arrives, and that the screen stands still meanwhile.

use std::collections::VecDeque;

use super::{Aim, Clock, LONG_PAGE, Line, List, NEAR, PAGE, Shows, WINDOW};
use crate::app::effect::{From, Scope, Ticket};
use crate::app::when;
use crate::release::{Listing, ReleaseId};
use crate::text::Extent;
use crate::text::wrap::wrap;

impl List {
    /// What is to be asked for now, if anything: the first rows, or more at an edge that is near.
    pub(in crate::app) fn wanted(&self) -> Option<(From, usize)> {
        if self.waiting.is_some() || self.stale {
            return None;
        }
        let limit = if self.owed.unsigned_abs() > PAGE {
            LONG_PAGE
        } else {
            PAGE
        };
        if let Some(from) = self.fresh {
            return Some((from, PAGE));
        }
        if !self.loaded {
            return Some((From::Start, limit));
        }
        let (first, last) = (self.rows.front()?.id, self.rows.back()?.id);
        let top = self.row_at_line(self.top);
        let ahead = self.rows.len() - 1 - self.selected.max(top);
        if !self.at_end && (ahead < NEAR || self.owed > 0) {
            return Some((From::After(last), limit));
        }
        if !self.at_start && (self.selected.min(top) < NEAR || self.owed < 0) {
            return Some((From::Before(first), limit));
        }
        None
    }

    /// Notes what was asked for.
    pub(in crate::app) fn asked(&mut self, ticket: Ticket, from: From) {
        self.waiting = Some((ticket, from));
        self.fresh = None;
    }

    /// Whether it is to be counted, and around which release. Asked for once.
    pub(in crate::app) fn wants_count(&mut self, ticket: Ticket) -> Option<Option<ReleaseId>> {
        if !self.loaded || self.stale || !self.recount || self.scope.query.is_some() {
            return None;
        }
        self.recount = false;
        let at = self.chosen().map(|row| row.id);
        self.counting = Some((ticket, at));
        Some(at)
    }

    /// To be loaded afresh around a release (or around the chosen one), without moving what is on the screen.
    pub(in crate::app) fn reload(&mut self, choose: Option<ReleaseId>) {
        let top = self.rows.get(self.row_at_line(self.top)).map(|row| row.id);
        let chosen = self.chosen().map(|row| row.id);
        (self.aim, self.fresh) = match (choose, chosen) {
            (Some(release), _) => (Aim::Show(release), Some(From::Around(release))),
            (None, Some(chosen)) => (Aim::Keep(chosen), Some(From::Around(top.unwrap_or(chosen)))),
            (None, None) => (Aim::First, Some(From::Start)),
        };
        self.recount = true;
    }

    /// As [`List::reload`]; a list that nobody has touched stays at its start while an import fills the library.
    pub(in crate::app) fn reload_untouched(&mut self, importing: bool) {
        self.reload(None);
        if importing && !self.touched {
            (self.aim, self.fresh) = (Aim::FirstUntouched, Some(From::Start));
        }
    }

    /// Whether what is shown is still the list before another search.
    #[must_use]
    pub fn stale(&self) -> bool {
        self.stale
    }

    /// To be loaded afresh from one of its ends.
    pub(in crate::app) fn reload_from(&mut self, from: From) {
        self.aim = if from == From::End {
            Aim::Last
        } else {
            Aim::First
        };
        self.fresh = Some(from);
        self.waiting = None;
    }

    pub(super) fn row_at_line(&self, line: usize) -> usize {
        let rows = self.lines.get(line..).unwrap_or(&[]).iter();
        let mut found = rows.filter_map(|line| match line {
            Line::Release { index, .. } => Some(*index),
            _ => None,
        });
        found.next().unwrap_or(self.rows.len().saturating_sub(1))
    }

    /// Takes the rows that were asked for.
    pub(in crate::app) fn take(
        &mut self,
        rows: Vec<Listing>,
        from: From,
        edges: (bool, bool),
        clock: &Clock,
    ) {
        self.waiting = None;
        self.loaded = true;
        match from {
            From::After(_) => {
                self.at_end = edges.1 || rows.is_empty();
                self.rows.extend(rows);
                self.trim_front(clock);
            }
            From::Before(_) => {
                self.at_start = edges.0 || rows.is_empty();
                self.prepend(rows, clock);
            }
            From::Start | From::End | From::Around(_) => {
                self.replace(rows, edges, clock);
                return;
            }
        }
        self.set_lines(clock);
        self.pay();
    }

    /// A fresh window.
    pub(super) fn replace(&mut self, rows: Vec<Listing>, edges: (bool, bool), clock: &Clock) {
        let anchor = self.anchor();
        // The reader may have moved since the rows were asked for.
        let chosen = self.chosen().map(|row| row.id);
        let aim = match (self.aim, chosen) {
            (Aim::FirstUntouched, Some(chosen)) if self.touched => Aim::Keep(chosen),
            (Aim::FirstUntouched, _) => Aim::First,
            (Aim::Keep(asked), _) => Aim::Keep(chosen.unwrap_or(asked)),
            (aim, _) => aim,
        };
        let old = std::mem::replace(&mut self.rows, rows.into());
        (self.at_start, self.at_end) = edges;
        // The end of a list that was counted tells where its rows stand.
        let total = self.total.filter(|_| self.at_end);
        self.before = total.and_then(|total| total.checked_sub(self.rows.len() as u64));
        match aim {
            Aim::First | Aim::FirstUntouched => {
                self.set_lines(clock);
                self.selected = 0;
                self.top = 0;
            }
            Aim::Last => {
                self.set_lines(clock);
                self.choose(usize::MAX);
            }
            Aim::Keep(release) | Aim::Show(release) => {
                self.selected = self.nearest(release, &old);
                self.set_lines(clock);
                self.restore(anchor);
                if aim == Aim::Show(release) {
                    self.show();
                }
            }
        }
        self.pay();
    }

    /// Where a release stands now; where it is gone, its next neighbour of before that is still here.
    pub(super) fn nearest(&self, release: ReleaseId, old: &VecDeque<Listing>) -> usize {
        let find = |wanted: ReleaseId| self.rows.iter().position(|row| row.id == wanted);
        let after = old.iter().skip_while(|row| row.id != release);
        let before = old.iter().rev().skip_while(|row| row.id != release);
        find(release)
            .or_else(|| after.map(|row| row.id).find_map(find))
            .or_else(|| before.map(|row| row.id).find_map(find))
            .unwrap_or(0)
    }

    pub(super) fn prepend(&mut self, rows: Vec<Listing>, clock: &Clock) {
        let anchor = self.anchor();
        let count = rows.len();
        for row in rows.into_iter().rev() {
            self.rows.push_front(row);
        }
        self.selected += count;
        self.before = self
            .before
            .map(|before| before.saturating_sub(count as u64));
        while self.rows.len() > WINDOW && self.selected + NEAR < self.rows.len() - 1 {
            self.rows.pop_back();
            self.at_end = false;
        }
        self.set_lines(clock);
        self.restore(anchor);
    }

    /// Lets go of rows far above the screen.
    pub(super) fn trim_front(&mut self, clock: &Clock) {
        let spare = self.rows.len().saturating_sub(WINDOW);
        let top = self.row_at_line(self.top).min(self.selected);
        let gone = spare.min(top.saturating_sub(NEAR));
        if gone == 0 {
            return;
        }
        let anchor = self.anchor();
        self.rows.drain(..gone);
        self.selected -= gone;
        self.before = self.before.map(|before| before + gone as u64);
        self.at_start = false;
        self.set_lines(clock);
        self.restore(anchor);
    }

    /// What stands at the top of the screen: a release and how many lines above its first one the screen starts.
    pub(super) fn anchor(&self) -> Option<(ReleaseId, usize)> {
        let from = self.top.min(self.lines.len());
        let offset = self.lines[from..]
            .iter()
            .position(|line| matches!(line, Line::Release { part: 0, .. }))?;
        match self.lines[from + offset] {
            Line::Release { index, .. } => Some((self.rows.get(index)?.id, offset)),
            _ => None,
        }
    }

    /// Brings back what stood at the top of the screen.
    pub(super) fn restore(&mut self, anchor: Option<(ReleaseId, usize)>) {
        let found = anchor.and_then(|(release, offset)| {
            let index = self.rows.iter().position(|row| row.id == release)?;
            let (first, _) = self.lines_of(index)?;
            Some(first.saturating_sub(offset))
        });
        match found {
            Some(top) => self.top = top.min(self.lines.len().saturating_sub(1)),
            None => self.show(),
        }
    }

    /// Words the lines anew: rows with their days' headings.
    pub(in crate::app) fn set_lines(&mut self, clock: &Clock) {
        let grouped = self.grouped();
        let snippets = self.scope.query.is_some();
        if self.heads.len() > 2 * WINDOW {
            self.heads.clear();
        }
        let mut last = None;
        self.lines.clear();
        for (index, row) in self.rows.iter().enumerate() {
            if grouped {
                let day = when::day(row.published, row.timed, clock.now, &clock.zone);
                if last != Some(day) {
                    self.lines.extend(last.map(|_| Line::Blank));
                    self.lines.push(Line::Day(day));
                }
                last = Some(day);
            }
            let columns = self.columns;
            let (first, second) = *self
                .heads
                .entry(row.id)
                .or_insert_with(|| head(row, columns));
            let first = if snippets {
                Extent::new(first.start, row.headline.len())
            } else {
                first
            };
            let lines = [
                Some(Shows::Headline(first)),
                // A hit's second line is its snippet: what was found says more than the headline's end.
                second.map(Shows::Headline).filter(|_| !snippets),
                snippets.then_some(Shows::Snippet),
                Some(Shows::Byline),
            ];
            let lines = lines.into_iter().flatten().enumerate();
            self.lines
                .extend(lines.map(|(part, shows)| Line::Release { index, part, shows }));
        }
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
        self.top = self.top.min(self.lines.len().saturating_sub(1));
    }

    /// Words the lines anew for another day; the screen stays on its release.
    pub(in crate::app) fn regroup(&mut self, clock: &Clock) {
        let anchor = self.anchor();
        self.set_lines(clock);
        self.restore(anchor);
    }

    /// Another search is under way: its rows will take the place of what is shown.
    pub(in crate::app) fn expect(&mut self, scope: Scope) {
        self.scope = scope;
        self.stale = true;
        self.waiting = None;
        self.owed = 0;
    }

    /// Takes a page of a search: all hits so far. The first page of a search chooses its first hit.
    pub(in crate::app) fn found(&mut self, rows: Vec<Listing>, complete: bool, clock: &Clock) {
        let chosen = self
            .chosen()
            .map(|row| row.id)
            .filter(|_| !self.stale && self.selected > 0);
        let anchor = self.anchor().filter(|_| !self.stale);
        self.loaded = true;
        self.stale = false;
        self.at_start = true;
        self.at_end = complete && rows.len() < PAGE;
        self.rows = rows.into();
        self.set_lines(clock);
        match chosen {
            Some(release) => {
                self.choose_release(release);
                self.restore(anchor);
            }
            None => {
                self.top = 0;
                self.choose(0);
            }
        }
    }

    /// Takes the number of hits of a search.
    pub(in crate::app) fn counted_hits(&mut self, total: u64) {
        self.total = Some(total);
        self.unread = None;
        self.before = Some(0);
    }

    /// Takes a count.
    pub(in crate::app) fn counted(&mut self, total: u64, unread: u64, before: Option<u64>) {
        self.total = Some(total);
        self.unread = Some(unread);
        let at = self.counting.take().and_then(|(_, at)| at);
        let index = at.and_then(|at| self.rows.iter().position(|row| row.id == at));
        self.before = match (before, index) {
            (Some(before), Some(index)) => before.checked_sub(index as u64),
            _ => None,
        };
    }

    /// Changes a row of the window, where it is there.
    pub(in crate::app) fn change(&mut self, release: ReleaseId, change: impl FnOnce(&mut Listing)) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.id == release) {
            let was = row.read;
            change(row);
            let is = row.read;
            if let Some(unread) = &mut self.unread {
                match (was, is) {
                    (false, true) => *unread = unread.saturating_sub(1),
                    (true, false) => *unread += 1,
                    _ => {}
                }
            }
        }
    }

    /// Takes a row out: it was deleted. The choice goes to the one after it.
    pub(in crate::app) fn remove(&mut self, release: ReleaseId, clock: &Clock) {
        let Some(index) = self.rows.iter().position(|row| row.id == release) else {
            return;
        };
        let unread = self.rows.remove(index).is_some_and(|row| !row.read);
        self.total = self.total.map(|total| total.saturating_sub(1));
        self.unread = self
            .unread
            .map(|count| count.saturating_sub(u64::from(unread)));
        if index < self.selected {
            self.selected -= 1;
        }
        self.set_lines(clock);
        self.show();
    }
}

/// Where a headline breaks in two lines of `columns`.
fn head(row: &Listing, columns: usize) -> (Extent, Option<Extent>) {
    let whole = Extent::new(0, row.headline.len());
    let lines = wrap(&row.headline, whole, columns);
    let second = lines.get(1).map(|line| Extent::new(line.start, whole.end));
    (lines.first().copied().unwrap_or(whole), second)
}
