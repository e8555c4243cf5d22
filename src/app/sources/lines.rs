//! The lines of the sources view and the choice among them: a heading takes one row of the screen, a source two. The
//! places of all lines are reckoned when the lines change, so that moving and drawing look them up. It knows nothing of
//! what the lines say.
//!
//! (The other short lists have entries of one size and share [`Pick`](crate::app::Pick).)

use std::ops::Range;

use crate::app::reading::Way;

/// Rows that a source takes: name and counts, how it stands.
pub const SOURCE_ROWS: usize = 2;

/// One line of the sources view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceLine {
    /// The heading of a group, by its number among the headings.
    Heading(usize),
    /// A source, by its number among the rows.
    Source(usize),
}

impl SourceLine {
    /// Rows of the screen that it takes.
    #[must_use]
    pub fn rows(self) -> usize {
        match self {
            Self::Heading(_) => 1,
            Self::Source(_) => SOURCE_ROWS,
        }
    }
}

/// The lines, which of them is chosen and which are on the screen.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    lines: Vec<SourceLine>,
    /// The row on which each line starts, counted from the first line.
    starts: Vec<usize>,
    selected: usize,
    /// The first line on the screen.
    top: usize,
    /// Rows that the screen has for them.
    rows: usize,
}

impl Lines {
    /// Takes other lines; the choice keeps its place where it can.
    pub fn set(&mut self, lines: Vec<SourceLine>) {
        self.starts = lines
            .iter()
            .scan(0, |row, line| {
                let start = *row;
                *row += line.rows();
                Some(start)
            })
            .collect();
        self.lines = lines;
        self.choose(self.selected);
    }

    /// Takes another height of the screen.
    pub fn resize(&mut self, rows: usize) {
        self.rows = rows;
        self.choose(self.selected);
    }

    /// The number of the chosen line.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The chosen line.
    pub fn chosen(&self) -> Option<SourceLine> {
        self.lines.get(self.selected).copied()
    }

    /// The number of a line.
    pub fn find(&self, wanted: SourceLine) -> Option<usize> {
        self.lines.iter().position(|line| *line == wanted)
    }

    /// Chooses a line (the last one where there are fewer) and shows it.
    pub fn choose(&mut self, line: usize) {
        self.selected = line.min(self.lines.len().saturating_sub(1));
        let least = self.first_that_shows(self.selected);
        self.top = self.top.clamp(least, self.selected).min(self.lowest());
    }

    /// Moves the choice by so many lines.
    pub fn step(&mut self, way: Way, count: usize) {
        self.choose(match way {
            Way::Forward => self.selected.saturating_add(count),
            Way::Back => self.selected.saturating_sub(count),
        });
    }

    /// Moves the choice by so many pages, or half ones: by as many rows as the sources of a page take.
    pub fn page(&mut self, way: Way, count: usize, half: bool) {
        let sources = self.rows / SOURCE_ROWS;
        let page = if half {
            sources / 2
        } else {
            sources.saturating_sub(2)
        };
        let rows = (page.max(1) * SOURCE_ROWS).saturating_mul(count);
        let here = self.starts.get(self.selected).copied().unwrap_or(0);
        self.choose(self.at(match way {
            Way::Forward => here.saturating_add(rows),
            Way::Back => here.saturating_sub(rows),
        }));
    }

    /// Chooses the first or the last line.
    pub fn end(&mut self, way: Way) {
        self.choose(match way {
            Way::Forward => usize::MAX,
            Way::Back => 0,
        });
    }

    /// Scrolls by so many lines without choosing.
    pub fn scroll(&mut self, way: Way, count: usize) {
        self.top = match way {
            Way::Forward => self.top.saturating_add(count).min(self.lowest()),
            Way::Back => self.top.saturating_sub(count),
        };
    }

    /// The lines that are on the screen, each whole.
    pub fn visible(&self) -> Range<usize> {
        let first = self.starts.get(self.top).copied().unwrap_or(0);
        let end = self.top
            + self.starts[self.top..]
                .iter()
                .zip(&self.lines[self.top..])
                .take_while(|(start, line)| *start + line.rows() <= first + self.rows)
                .count();
        // Where the screen is lower than a line, its first row is shown all the same.
        self.top..end.max(self.top + 1).min(self.lines.len())
    }

    /// The lines that are on the screen: number, line, and the row of the pane on which it starts.
    pub fn shown(&self) -> impl Iterator<Item = (usize, SourceLine, usize)> {
        let visible = self.visible();
        let first = self.starts.get(self.top).copied().unwrap_or(0);
        visible.map(move |number| (number, self.lines[number], self.starts[number] - first))
    }

    /// The line on the screen that has this row of the pane.
    pub fn under(&self, row: usize) -> Option<usize> {
        self.shown()
            .find(|(_, line, start)| (*start..start + line.rows()).contains(&row))
            .map(|(number, ..)| number)
    }

    /// The row of the pane on which the chosen line starts; the first one where it is scrolled off above.
    pub fn chosen_row(&self) -> usize {
        let start = |line: usize| self.starts.get(line).copied().unwrap_or(0);
        start(self.selected).saturating_sub(start(self.top))
    }

    /// The line that has a row, counted from the first line.
    fn at(&self, row: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= row)
            .saturating_sub(1)
    }

    /// The first line that may stand on top so that all of `line` is on the screen.
    fn first_that_shows(&self, line: usize) -> usize {
        let (Some(start), Some(shown)) = (self.starts.get(line), self.lines.get(line)) else {
            return 0;
        };
        let above = (start + shown.rows()).saturating_sub(self.rows);
        self.starts
            .partition_point(|start| *start < above)
            .min(line)
    }

    /// The lowest that the first line on the screen may stand: then the last one is at the end of the screen.
    fn lowest(&self) -> usize {
        self.first_that_shows(self.lines.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Pick;
    use SourceLine::{Heading, Source};

    fn of(lines: Vec<SourceLine>, rows: usize) -> Lines {
        let mut all = Lines::default();
        all.set(lines);
        all.resize(rows);
        all
    }

    #[test]
    fn the_choice_is_whole_on_the_screen_whatever_the_lines_are() {
        let lines = vec![
            Heading(0),
            Source(0),
            Source(1),
            Heading(1),
            Heading(2),
            Source(2),
            Source(3),
        ];
        for rows in 0..14 {
            let mut all = of(lines.clone(), rows);
            for target in [6, 0, 3, 5, 1, 4, 2, 6, 1] {
                all.choose(target);
                assert!(all.visible().contains(&target), "{rows} {target}");
                let (line, row) = (lines[target], all.chosen_row());
                assert!(
                    row + line.rows() <= rows.max(line.rows()),
                    "{rows} {target}"
                );
                assert_eq!(all.under(row), Some(target), "{rows} {target}");
            }
            all.scroll(Way::Forward, 99);
            assert_eq!(all.visible().end, lines.len(), "{rows}");
            all.end(Way::Back);
            assert_eq!(all.visible().start, 0, "{rows}");
        }
    }

    #[test]
    fn without_headings_it_moves_as_the_other_short_lists_do() {
        for (len, rows) in [(0, 9), (1, 9), (9, 7), (9, 8), (9, 40), (30, 21), (30, 2)] {
            let mut all = of((0..len).map(Source).collect(), rows);
            let mut pick = Pick::default();
            pick.resize(len, (rows / SOURCE_ROWS).max(1));
            for (way, count) in [
                (Way::Forward, 3),
                (Way::Forward, 9),
                (Way::Back, 2),
                (Way::Forward, 99),
                (Way::Back, 5),
            ] {
                all.step(way, count);
                pick.step(way, count);
                assert_eq!(
                    (all.selected(), all.visible()),
                    (pick.selected, pick.visible())
                );
                all.page(way, 1, false);
                pick.step(way, pick.height.saturating_sub(2).max(1));
                assert_eq!(all.selected(), pick.selected);
                all.scroll(way, 2);
                pick.scroll(way, 2);
                assert_eq!(all.visible(), pick.visible());
            }
        }
    }

    #[test]
    fn pages_pass_over_headings_and_end_at_the_ends() {
        let mut all = of(
            (0..20).map(Heading).chain((0..20).map(Source)).collect(),
            12,
        );
        all.page(Way::Forward, 1, false);
        assert_eq!(all.selected(), 8, "eight rows, of a heading each");
        all.page(Way::Forward, 2, false);
        assert_eq!(all.chosen(), Some(Source(2)), "four rows on, two each");
        all.page(Way::Back, 1, true);
        assert_eq!(all.selected(), 18);
        all.page(Way::Forward, 99, false);
        assert_eq!(all.selected(), 39);
    }
}
