//! Moving the cursor and the page.

use std::sync::Arc;

use crate::app::marks::{Mark, Marks};
use crate::app::page::{Origin, Role, Row};
use crate::text::{Extent, sentences};

use super::words::{floor, word_edge};
use super::{Reading, Stand, Unit, Walk, Way};

/// Rows that stay visible above and below the cursor where there are any.
const MARGIN: usize = 2;

impl Reading {
    /// Walks `count` marks along; `None` where there are none. The cursor comes along.
    pub(in crate::app) fn walk(&mut self, walk: Walk, way: Way, count: usize) -> Option<Stand> {
        let marks = self.walked(walk);
        let all = marks.all();
        let start = match (way, self.walk_from(walk)) {
            (Way::Forward, Some(stand)) => marks.after(stand)?,
            (Way::Forward, None) => marks.from(self.cursor)?,
            (Way::Back, stand) => marks.before(stand.unwrap_or(self.cursor))?,
        };
        let steps = count.saturating_sub(1) % all.len();
        let number = match way {
            Way::Forward => (start + steps) % all.len(),
            Way::Back => (start + all.len() - steps) % all.len(),
        };
        let stand = Stand {
            extent: all[number].0,
            number,
            of: all.len(),
        };
        self.stand_on(walk, stand);
        Some(stand)
    }

    /// Stands on the first hit at or after the start of the text.
    pub(in crate::app) fn first_hit(&mut self) -> Option<Stand> {
        let (extent, _) = *self.hits.all().first()?;
        let stand = Stand {
            extent,
            number: 0,
            of: self.hits.all().len(),
        };
        self.stand_on(Walk::Hits, stand);
        Some(stand)
    }

    /// Stands on the first hit at or after `at`, round the end.
    pub(in crate::app) fn first_hit_from(&mut self, at: usize) -> Option<Stand> {
        let all = self.hits.all();
        let number = all.partition_point(|(extent, _)| extent.start < at) % all.len().max(1);
        let stand = Stand {
            extent: all.get(number)?.0,
            number,
            of: all.len(),
        };
        self.stand_on(Walk::Hits, stand);
        Some(stand)
    }

    /// Goes back to where the reader was.
    pub(in crate::app) fn return_to(&mut self, cursor: usize, top: usize) {
        self.top = top.min(self.lowest_top());
        self.place(floor(self.text(), cursor));
    }

    /// The marks of a walk.
    pub(super) fn walked(&self, walk: Walk) -> Arc<Marks> {
        match walk {
            Walk::Hits => Arc::clone(&self.hits),
            Walk::Mentions if self.lit.is_some() => Arc::clone(&self.lit_marks),
            Walk::Mentions => Arc::clone(&self.mentions),
            Walk::Passages => Arc::clone(&self.passages),
            Walk::Repairs => self.parts_where(|mark| matches!(mark, Mark::Repair(_))),
            Walk::Quotes => self.parts_where(|mark| matches!(mark, Mark::Quote(_))),
        }
    }

    pub(super) fn parts_where(&self, wanted: impl Fn(&Mark) -> bool) -> Arc<Marks> {
        let parts = self.parts.all().iter().copied();
        Arc::new(Marks::new(parts.filter(|(_, mark)| wanted(mark)).collect()))
    }

    /// Where a walk goes on from: the mark it stands on, as long as the cursor is there.
    fn walk_from(&self, walk: Walk) -> Option<usize> {
        let stand = self.stands[walk as usize]?;
        self.sentence
            .overlaps(stand.extent)
            .then_some(stand.extent.start)
    }

    fn stand_on(&mut self, walk: Walk, stand: Stand) {
        self.unfold_at(stand.extent.start);
        self.go_to(stand.extent.start);
        self.stands[walk as usize] = Some(stand);
    }

    /// Moves the cursor to a byte and shows it, a third from the top where it was not on the screen.
    pub(in crate::app) fn go_to(&mut self, at: usize) {
        let at = floor(self.text(), at);
        let row = self.page.row_of(at);
        if row < self.top || row >= self.top + self.height {
            self.top = row.saturating_sub(self.height / 3).min(self.lowest_top());
        }
        self.place(at);
        self.show_cursor();
    }

    /// Moves the cursor by sentences or paragraphs, the selection's head where there is a selection.
    pub(in crate::app) fn step(&mut self, unit: Unit, way: Way, count: usize) {
        for _ in 0..count.min(100_000) {
            let before = (self.cursor, self.selection);
            match self.selection {
                Some(selection) => self.grow(selection, unit, way),
                None => self.step_cursor(unit, way),
            }
            if before == (self.cursor, self.selection) {
                break;
            }
        }
        self.show_cursor();
    }

    pub(super) fn step_cursor(&mut self, unit: Unit, way: Way) {
        let target = match unit {
            Unit::Sentence => self.sentence_from(way),
            Unit::Paragraph => self.paragraph_from(way),
            Unit::Word => Some(word_edge(self.text(), self.cursor, way)),
            Unit::Row => None,
        };
        if let Some(target) = target {
            self.place(target);
        }
    }

    /// Start of the next or last sentence.
    pub(super) fn sentence_from(&self, way: Way) -> Option<usize> {
        let here = self
            .sentences
            .partition_point(|other| other.start <= self.sentence.start);
        let within = match way {
            Way::Forward => self.sentences.get(here),
            Way::Back => here.checked_sub(2).and_then(|at| self.sentences.get(at)),
        };
        if let Some(found) = within
            && !self.folded_at(self.cursor)
        {
            return Some(found.start);
        }
        let paragraph = self.other_paragraph(way)?;
        match way {
            Way::Forward => Some(paragraph.start),
            Way::Back if self.folded_at(paragraph.start) => Some(paragraph.start),
            Way::Back => sentences(self.text(), paragraph)
                .last()
                .map(|last| last.start),
        }
    }

    /// Start of the paragraph after this one; back: of this one where the cursor is further in, else of the one before.
    pub(super) fn paragraph_from(&self, way: Way) -> Option<usize> {
        let here = self.page.paragraphs.get(self.paragraph)?;
        if way == Way::Back && self.sentence.start > here.start && !self.folded_at(self.cursor) {
            return Some(here.start);
        }
        self.other_paragraph(way).map(|paragraph| paragraph.start)
    }

    /// The next paragraph that is not hidden in a fold.
    pub(super) fn other_paragraph(&self, way: Way) -> Option<Extent> {
        let mut number = self.paragraph;
        loop {
            number = match way {
                Way::Forward => number.checked_add(1)?,
                Way::Back => number.checked_sub(1)?,
            };
            let paragraph = *self.page.paragraphs.get(number)?;
            let hidden = self.page.fold_at(paragraph.start).is_some_and(|fold| {
                let fold = &self.page.folds[fold];
                !fold.open && fold.extent.start < paragraph.start
            });
            if !hidden {
                return Some(paragraph);
            }
        }
    }

    /// Scrolls by rows; at either end of the text the cursor goes on alone.
    pub(in crate::app) fn scroll(&mut self, way: Way, rows: usize) {
        let before = self.top;
        self.top = match way {
            Way::Forward => (self.top + rows).min(self.lowest_top()),
            Way::Back => self.top.saturating_sub(rows),
        };
        if self.top == before {
            self.nudge(way, rows);
        } else {
            self.keep_cursor_visible();
        }
    }

    /// Scrolls by the wheel: the cursor comes along only where it would leave the screen.
    pub(in crate::app) fn wheel(&mut self, way: Way, rows: usize) {
        let selection = self.selection;
        let before = self.top;
        self.top = match way {
            Way::Forward => (self.top + rows).min(self.lowest_top()),
            Way::Back => self.top.saturating_sub(rows),
        };
        if self.top != before && selection.is_none() {
            self.keep_cursor_visible();
        }
    }

    /// Moves the cursor by sentences where the page cannot scroll further.
    pub(super) fn nudge(&mut self, way: Way, rows: usize) {
        if rows > self.height / 2 {
            let end = match way {
                Way::Forward => self.text().len(),
                Way::Back => 0,
            };
            self.place(end);
        } else {
            for _ in 0..rows {
                self.step_cursor(Unit::Sentence, way);
            }
        }
        self.show_cursor();
    }

    /// To the first or the last row.
    pub(in crate::app) fn end(&mut self, way: Way) {
        self.top = match way {
            Way::Forward => self.lowest_top(),
            Way::Back => 0,
        };
        let at = match way {
            Way::Forward => self.text().len(),
            Way::Back => 0,
        };
        match &mut self.selection {
            Some(selection) => selection.head = at,
            None => self.place(at),
        }
        if self.selection.is_some() {
            self.place(at);
        }
    }

    /// Scrolls so that the cursor's row stands at `part` of the pane: 0 top, 1 middle, 2 bottom.
    pub(in crate::app) fn cursor_to(&mut self, part: usize) {
        let row = self.page.row_of(self.cursor);
        let above = self.height.saturating_sub(1) * part / 2;
        self.top = row.saturating_sub(above).min(self.lowest_top());
    }

    /// The first row that still leaves the pane full.
    pub(super) fn lowest_top(&self) -> usize {
        self.page.rows.len().saturating_sub(self.height.max(1))
    }

    /// Notes that the reader is in the text, not only beside it.
    pub(in crate::app) fn enter(&mut self) {
        self.entered = true;
    }

    /// Whether the reader has been in the text.
    #[must_use]
    pub fn entered(&self) -> bool {
        self.entered
    }

    /// Where the reader is: what is remembered.
    #[must_use]
    pub fn position(&self) -> usize {
        self.top_byte()
    }

    /// The byte at the top of the pane: what stays in place when the layout changes.
    pub(super) fn top_byte(&self) -> usize {
        if self.top == 0 {
            return 0;
        }
        self.page.rows.get(self.top).map_or(0, |row| row.at)
    }

    /// The row that starts at `at`, or the last one above it, of whatever role.
    pub(super) fn row_at_or_above(&self, at: usize) -> usize {
        if at == 0 {
            return 0;
        }
        self.page
            .rows
            .partition_point(|row| row.at <= at)
            .saturating_sub(1)
    }

    /// Puts the cursor on the sentence that holds `at`.
    pub(super) fn place(&mut self, at: usize) {
        let number = self.page.paragraph_at(at).saturating_sub(1);
        let paragraph = self
            .page
            .paragraphs
            .get(number)
            .copied()
            .unwrap_or_default();
        if self.paragraph != number {
            self.paragraph = number;
            self.sentences = Arc::new(sentences(self.text(), paragraph));
        }
        let fold = self.page.fold_at(at).map(|fold| &self.page.folds[fold]);
        if let Some(fold) = fold.filter(|fold| !fold.open) {
            self.sentence = fold.extent;
            self.cursor = fold.extent.start;
            return;
        }
        let found = self.sentences.partition_point(|other| other.start <= at);
        self.sentence = self
            .sentences
            .get(found.saturating_sub(1))
            .copied()
            .unwrap_or(paragraph);
        self.cursor = at.clamp(self.sentence.start, self.sentence.end);
    }

    /// Scrolls as little as shows the cursor's sentence.
    pub(super) fn show_cursor(&mut self) {
        let at = self
            .selection
            .map_or(self.cursor, |selection| selection.head);
        let margin = MARGIN.min(self.height.saturating_sub(1) / 2);
        let row = self.page.row_of(at);
        let until = if self.selection.is_some() {
            row
        } else {
            let last = self.page.row_of(self.sentence.end.saturating_sub(1));
            last.min(row + self.height.saturating_sub(margin + 1))
        };
        if row < self.top + margin {
            self.top = row.saturating_sub(margin);
        } else if until + margin >= self.top + self.height {
            self.top = (until + margin + 1).saturating_sub(self.height);
        }
        // The headline and the facts over the first paragraph come into view with it.
        if row <= margin + 4 && row < self.height / 2 {
            self.top = 0;
        }
        self.top = self.top.min(self.lowest_top());
    }

    /// After scrolling: the cursor goes to the first or last sentence on the screen where its own has left.
    pub(super) fn keep_cursor_visible(&mut self) {
        let row = self.page.row_of(self.cursor);
        let visible = self.visible();
        let shown = |row: &&Row| row.origin == Origin::Text && row.role != Role::Blank;
        let at = if row < self.top {
            visible.iter().find(shown)
        } else if row >= self.top + self.height {
            visible.iter().rev().find(shown)
        } else {
            return;
        };
        if let Some(at) = at.map(|row| row.at) {
            if let Some(selection) = &mut self.selection {
                selection.head = at;
            }
            self.place(at);
        }
    }
}
