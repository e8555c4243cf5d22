//! The passages view: all bookmarked passages of the library with quote, release, date and note.

use crate::app::effect::Ticket;
use crate::app::message::PassageRow;
use crate::app::pick::Pick;
use crate::release::{Passage, PassageId};

/// Lines that a passage takes in the view: quote (two), release and date, note, white space.
pub const LINES: usize = 5;

/// The passages view.
#[derive(Clone, Debug, Default)]
pub struct Passages {
    rows: Vec<PassageRow>,
    pick: Pick,
    loaded: bool,
    pub(super) waiting: Option<Ticket>,
}

impl Passages {
    /// The passages, newest first.
    #[must_use]
    pub fn rows(&self) -> &[PassageRow] {
        &self.rows
    }

    /// Which passage is chosen and which are on the screen, counted in passages (each takes [`Passages::lines`]).
    #[must_use]
    pub fn pick(&self) -> Pick {
        self.pick
    }

    /// Lines that a passage takes: quote (two), release and date, note, white space.
    #[must_use]
    pub fn lines(&self) -> usize {
        LINES
    }

    /// Whether the first answer has come.
    #[must_use]
    pub fn loaded(&self) -> bool {
        self.loaded
    }

    /// The chosen passage.
    #[must_use]
    pub fn chosen(&self) -> Option<&PassageRow> {
        self.rows.get(self.pick.selected)
    }

    pub(super) fn pick_mut(&mut self) -> &mut Pick {
        &mut self.pick
    }

    pub(super) fn resize(&mut self, rows: usize) {
        self.pick.resize(self.rows.len(), (rows / LINES).max(1));
    }

    /// Takes the passages; the choice stays on its passage.
    pub(super) fn take(&mut self, rows: Vec<PassageRow>) {
        let chosen = self.chosen().map(|row| row.passage.id.clone());
        self.rows = rows;
        self.loaded = true;
        self.waiting = None;
        self.pick.resize(self.rows.len(), self.pick.height);
        if let Some(at) = self
            .rows
            .iter()
            .position(|row| Some(&row.passage.id) == chosen.as_ref())
        {
            self.pick.choose(at);
        }
    }

    /// Takes a changed passage.
    pub(super) fn change(&mut self, passage: &Passage) {
        if let Some(row) = self
            .rows
            .iter_mut()
            .find(|row| row.passage.id == passage.id)
        {
            row.passage = passage.clone();
        }
    }

    /// Takes a passage out.
    pub(super) fn remove(&mut self, passage: &PassageId) {
        self.rows.retain(|row| row.passage.id != *passage);
        self.pick.resize(self.rows.len(), self.pick.height);
    }
}
