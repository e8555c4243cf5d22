//! The sources view: what the library follows, with counts.

use crate::app::effect::Ticket;
use crate::app::pick::Pick;
use crate::release::SourceListing;

/// The sources view. One source takes two lines: name and counts, address.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    rows: Vec<SourceListing>,
    pick: Pick,
    loaded: bool,
    pub(super) waiting: Option<Ticket>,
}

impl Sources {
    /// The sources.
    #[must_use]
    pub fn rows(&self) -> &[SourceListing] {
        &self.rows
    }

    /// Which source is chosen and which are on the screen, counted in sources (each takes [`Sources::lines`]).
    #[must_use]
    pub fn pick(&self) -> Pick {
        self.pick
    }

    /// Lines that a source takes: name and counts, address.
    #[must_use]
    pub fn lines(&self) -> usize {
        2
    }

    /// Whether the first answer has come.
    #[must_use]
    pub fn loaded(&self) -> bool {
        self.loaded
    }

    /// The chosen source.
    #[must_use]
    pub fn chosen(&self) -> Option<&SourceListing> {
        self.rows.get(self.pick.selected)
    }

    pub(super) fn pick_mut(&mut self) -> &mut Pick {
        &mut self.pick
    }

    pub(super) fn resize(&mut self, rows: usize) {
        self.pick
            .resize(self.rows.len(), (rows / self.lines()).max(1));
    }

    pub(super) fn take(&mut self, rows: Vec<SourceListing>) {
        self.rows = rows;
        self.loaded = true;
        self.waiting = None;
        self.pick.resize(self.rows.len(), self.pick.height);
    }
}
