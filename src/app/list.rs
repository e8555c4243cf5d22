//! The list of releases. It holds a window of rows around what is on the screen and asks for more as the reader comes
//! near its edges, so a library of 100,000 releases scrolls like one of a hundred. What is on the screen never moves
//! when rows arrive: they are added above or below it.

mod window;

use std::collections::{HashMap, VecDeque};

use jiff::tz::TimeZone;

use crate::app::effect::{From, Scope, Sort, Ticket};
use crate::app::reading::Way;
use crate::app::when::Day;
use crate::release::{Listing, ReleaseId};
use crate::text::Extent;

/// Rows asked for at a time.
pub const PAGE: usize = 200;
/// Rows asked for at a time while a long movement is owed.
const LONG_PAGE: usize = 1000;
/// With fewer rows than this between the screen and the edge of the window, more are asked for.
const NEAR: usize = 80;
/// The window holds at most this many rows.
const WINDOW: usize = 1200;

/// One line of the list on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// White space over a day's heading.
    Blank,
    /// The heading of a day.
    Day(Day),
    /// Line `part` (from 0) of the release at `index` of the window, and what stands on it.
    Release {
        index: usize,
        part: usize,
        shows: Shows,
    },
}

/// What one line of a release shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// This part of the headline. A headline takes two lines at most, one in a search; the last one goes on to its end,
    /// to be cut on the screen.
    Headline(Extent),
    /// The words around the best hit of a search.
    Snippet,
    /// Who and when, and the marks.
    Byline,
}

/// Columns of a line that are not the headline's: bar, dot and blank before it, a blank after it.
pub const MARGIN: u16 = 4;

/// Which row is to be chosen when a fresh window arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    First,
    /// The first, unless the reader has moved by then: an import fills the library.
    FirstUntouched,
    Last,
    /// This release, or the one that is chosen by then, or the one next to where it stood; what is on the screen stays.
    Keep(ReleaseId),
    /// This release, brought onto the screen.
    Show(ReleaseId),
}

/// A list of releases with its window of rows.
#[derive(Clone, Debug)]
pub struct List {
    scope: Scope,
    rows: VecDeque<Listing>,
    lines: Vec<Line>,
    at_start: bool,
    at_end: bool,
    selected: usize,
    top: usize,
    height: usize,
    /// Rows that a movement still has to go once they have arrived.
    owed: isize,
    pub(super) waiting: Option<(Ticket, From)>,
    pub(super) aim: Aim,
    loaded: bool,
    /// Columns that a headline has.
    columns: usize,
    /// Where headlines break at that width, kept so that rows are not wrapped again with every page.
    heads: HashMap<ReleaseId, (Extent, Option<Extent>)>,
    /// The window is to be loaded afresh from here.
    fresh: Option<From>,
    /// It is to be counted anew.
    recount: bool,
    /// The reader moved in it.
    touched: bool,
    /// Another search is under way: what is shown is still the list before it.
    stale: bool,
    total: Option<u64>,
    unread: Option<u64>,
    /// How many rows stand before the window's first, as of the last count.
    before: Option<u64>,
    pub(super) counting: Option<(Ticket, Option<ReleaseId>)>,
}

impl List {
    /// An empty list of a scope; its rows are asked for by [`List::wanted`].
    #[must_use]
    pub fn new(scope: Scope, height: usize) -> Self {
        Self {
            scope,
            rows: VecDeque::new(),
            lines: Vec::new(),
            at_start: false,
            at_end: false,
            selected: 0,
            top: 0,
            height,
            owed: 0,
            waiting: None,
            aim: Aim::First,
            loaded: false,
            columns: 0,
            heads: HashMap::new(),
            fresh: None,
            recount: true,
            touched: false,
            stale: false,
            total: None,
            unread: None,
            before: None,
            counting: None,
        }
    }

    // ------------------------------------------------------------------ what drawing asks for

    /// Which releases it shows, in which order.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The lines on the screen, from the top of the pane.
    #[must_use]
    pub fn visible(&self) -> &[Line] {
        let end = (self.top + self.height).min(self.lines.len());
        self.lines.get(self.top..end).unwrap_or(&[])
    }

    /// A row of the window.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<&Listing> {
        self.rows.get(index)
    }

    /// The rows of the window.
    pub fn rows(&self) -> impl Iterator<Item = &Listing> {
        self.rows.iter()
    }

    /// Index of the chosen row in the window.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The chosen row.
    #[must_use]
    pub fn chosen(&self) -> Option<&Listing> {
        self.rows.get(self.selected)
    }

    /// Whether the first answer has come. Before it, an empty list is not known to be empty.
    #[must_use]
    pub fn loaded(&self) -> bool {
        self.loaded
    }

    /// Whether it is known to hold no release.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.loaded && self.rows.is_empty()
    }

    /// Whether the first row of the scope is in the window.
    #[must_use]
    pub fn at_start(&self) -> bool {
        self.at_start
    }

    /// Whether the last row of the scope is in the window.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.at_end
    }

    /// How many releases the scope has, once counted.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// How many of them are unread, once counted.
    #[must_use]
    pub fn unread(&self) -> Option<u64> {
        self.unread
    }

    /// The chosen row's number in the scope, from 1, where it is known.
    #[must_use]
    pub fn position(&self) -> Option<u64> {
        let before = if self.at_start { Some(0) } else { self.before };
        Some(before? + u64::try_from(self.selected).ok()? + 1)
    }

    /// Whether the days have headings: not in searches, which show each date.
    #[must_use]
    pub fn grouped(&self) -> bool {
        self.scope.query.is_none() && self.scope.sort != Sort::Best
    }

    // ------------------------------------------------------------------ moving

    /// Moves the choice; what lies beyond the window is owed until its rows arrive.
    pub(super) fn step(&mut self, way: Way, count: usize) {
        self.touched = true;
        let count = isize::try_from(count).unwrap_or(isize::MAX);
        self.owed = match way {
            Way::Forward => count,
            Way::Back => -count,
        };
        self.pay();
    }

    /// Goes as far towards what is owed as the window allows.
    fn pay(&mut self) {
        if self.owed == 0 || self.rows.is_empty() {
            return;
        }
        let last = self.rows.len() - 1;
        let target = self.selected.saturating_add_signed(self.owed).min(last);
        let gone = target.cast_signed() - self.selected.cast_signed();
        self.owed -= gone;
        let done = (self.owed > 0 && self.at_end) || (self.owed < 0 && self.at_start);
        if done {
            self.owed = 0;
        }
        self.selected = target;
        self.show();
    }

    /// Moves by a part of a page of the screen: `halves` of it.
    pub(super) fn page(&mut self, way: Way, count: usize, half: bool) {
        let shown = self.visible().iter();
        let first = |line: &&Line| matches!(line, Line::Release { part: 0, .. });
        let rows = shown.filter(first).count().max(1);
        let step = if half {
            rows.div_ceil(2)
        } else {
            rows.saturating_sub(1).max(1)
        };
        self.step(way, step.saturating_mul(count));
    }

    /// Chooses the first or last row; `None` where it is in the window, else where to load from.
    pub(super) fn end(&mut self, way: Way) -> Option<From> {
        self.owed = 0;
        match way {
            Way::Back if self.at_start => self.choose(0),
            Way::Back => return Some(From::Start),
            Way::Forward if self.at_end => self.choose(self.rows.len().saturating_sub(1)),
            Way::Forward => return Some(From::End),
        }
        None
    }

    /// Chooses a row of the window and shows it.
    pub(super) fn choose(&mut self, index: usize) {
        self.selected = index.min(self.rows.len().saturating_sub(1));
        self.show();
    }

    /// Chooses a release, where it is in the window.
    pub(super) fn choose_release(&mut self, release: ReleaseId) -> bool {
        let found = self.rows.iter().position(|row| row.id == release);
        if let Some(index) = found {
            self.choose(index);
        }
        found.is_some()
    }

    /// Chooses the next (or last) row that `wanted` likes, within the window.
    pub(super) fn seek(&mut self, way: Way, wanted: impl Fn(&Listing) -> bool) -> bool {
        let found = match way {
            Way::Forward => (self.selected + 1..self.rows.len()).find(|at| wanted(&self.rows[*at])),
            Way::Back => (0..self.selected.min(self.rows.len()))
                .rev()
                .find(|at| wanted(&self.rows[*at])),
        };
        if let Some(index) = found {
            self.choose(index);
        }
        found.is_some()
    }

    /// Scrolls without choosing.
    pub(super) fn scroll(&mut self, way: Way, lines: usize) {
        self.touched = true;
        let lowest = self.lines.len().saturating_sub(self.height.max(1));
        self.top = match way {
            Way::Forward => (self.top + lines).min(lowest),
            Way::Back => self.top.saturating_sub(lines),
        };
    }

    /// The release under a line of the pane.
    #[must_use]
    pub fn at_line(&self, line: usize) -> Option<usize> {
        match self.visible().get(line)? {
            Line::Release { index, .. } => Some(*index),
            _ => None,
        }
    }

    pub(super) fn resize(&mut self, columns: u16, height: usize, clock: &Clock) {
        let columns = usize::from(columns.saturating_sub(MARGIN));
        if self.columns != columns {
            self.columns = columns;
            self.heads.clear();
            self.regroup(clock);
        }
        if self.height != height {
            self.height = height;
            self.show();
        }
    }

    /// Scrolls as little as shows the chosen row with its neighbours.
    fn show(&mut self) {
        let Some((first, last)) = self.lines_of(self.selected) else {
            self.top = 0;
            return;
        };
        // The neighbours' first lines stay in view where there is room.
        let margin = 3.min(self.height.saturating_sub(last + 1 - first) / 3);
        // The first release of a day shows its heading.
        let heading =
            first - usize::from(first > 0 && matches!(self.lines[first - 1], Line::Day(_)));
        let above = if self.selected == 0 {
            0
        } else {
            heading.saturating_sub(margin)
        };
        if above < self.top {
            self.top = above;
        } else if last + margin >= self.top + self.height {
            self.top = (last + margin + 1).saturating_sub(self.height).min(first);
        }
        self.top = self
            .top
            .min(self.lines.len().saturating_sub(self.height.max(1)));
    }

    /// First and last line of a row. Lines are in the order of rows, so a binary search finds them.
    fn lines_of(&self, index: usize) -> Option<(usize, usize)> {
        let mut low = 0;
        let mut high = self.lines.len();
        while low < high {
            let middle = usize::midpoint(low, high);
            let before = match self.lines[middle..].iter().find_map(|line| match line {
                Line::Release { index, .. } => Some(*index),
                _ => None,
            }) {
                Some(at) => at < index,
                None => false,
            };
            if before {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let first = low
            + self
                .lines
                .get(low..)?
                .iter()
                .position(|line| matches!(line, Line::Release { .. }))?;
        let same =
            |line: &&Line| matches!(line, Line::Release { index: other, .. } if *other == index);
        Some((
            first,
            first + self.lines[first..].iter().take_while(same).count().max(1) - 1,
        ))
    }
}

/// The time and the zone, as told.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Seconds since the epoch.
    pub now: i64,
    /// The reader's zone.
    pub zone: TimeZone,
}
