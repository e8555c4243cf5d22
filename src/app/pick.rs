//! A choice in a list that is held whole: which line is chosen and which part of the list is on the screen. Shared by
//! the sidebar, the passages, the quotes, the palette and the other short lists. (The list of releases holds only a
//! window of its rows and has its own.)

use crate::app::reading::Way;

/// A choice among `len` lines, of which `height` are on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pick {
    /// The chosen line.
    pub selected: usize,
    /// The first line on the screen.
    pub top: usize,
    /// How many lines there are.
    pub len: usize,
    /// How many fit on the screen.
    pub height: usize,
}

impl Pick {
    /// Moves the choice by `count` lines, within the list.
    pub fn step(&mut self, way: Way, count: usize) {
        self.choose(match way {
            Way::Forward => self.selected.saturating_add(count),
            Way::Back => self.selected.saturating_sub(count),
        });
    }

    /// Chooses a line (the last one where there are fewer) and shows it.
    pub fn choose(&mut self, line: usize) {
        self.selected = line.min(self.len.saturating_sub(1));
        self.show();
    }

    /// Scrolls without choosing.
    pub fn scroll(&mut self, way: Way, lines: usize) {
        let lowest = self.len.saturating_sub(self.height.max(1));
        self.top = match way {
            Way::Forward => (self.top + lines).min(lowest),
            Way::Back => self.top.saturating_sub(lines),
        };
    }

    /// Takes another length of the list; the choice stays where it can.
    pub fn resize(&mut self, len: usize, height: usize) {
        self.len = len;
        self.height = height;
        self.choose(self.selected);
    }

    /// The lines on the screen.
    #[must_use]
    pub fn visible(&self) -> std::ops::Range<usize> {
        self.top..(self.top + self.height).min(self.len)
    }

    /// A page of lines, less one that stays as a link.
    #[must_use]
    pub fn page(&self) -> usize {
        self.height.saturating_sub(1).max(1)
    }

    fn show(&mut self) {
        if self.selected < self.top {
            self.top = self.selected;
        } else if self.height > 0 && self.selected >= self.top + self.height {
            self.top = self.selected + 1 - self.height;
        }
        self.top = self.top.min(self.len.saturating_sub(self.height.max(1)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choice_stays_in_the_list_and_on_the_screen() {
        let mut pick = Pick::default();
        pick.resize(10, 4);
        pick.step(Way::Forward, 6);
        assert_eq!((pick.selected, pick.visible()), (6, 3..7));
        pick.step(Way::Forward, 100);
        assert_eq!((pick.selected, pick.visible()), (9, 6..10));
        pick.step(Way::Back, 8);
        assert_eq!((pick.selected, pick.top), (1, 1));
        pick.resize(0, 4);
        assert_eq!((pick.selected, pick.visible()), (0, 0..0));
        pick.resize(3, 0);
        pick.step(Way::Forward, 1);
        assert_eq!(pick.selected, 1);
    }
}
