//! Folding parts of a release to one row and opening them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::page::Page;

use super::Reading;

impl Reading {
    pub(super) fn folded_at(&self, at: usize) -> bool {
        let fold = self.page.fold_at(at);
        fold.is_some_and(|fold| !self.page.folds[fold].open)
    }

    /// Opens or closes the fold under the cursor; where there is none, the next one below.
    pub(in crate::app) fn toggle_fold(&mut self) -> bool {
        let here = self.page.fold_at(self.cursor);
        let next = || {
            let mut folds = self.page.folds.iter();
            folds.position(|fold| fold.extent.start >= self.cursor)
        };
        let Some(fold) = here.or_else(next).or(self.page.folds.len().checked_sub(1)) else {
            return false;
        };
        let start = self.page.folds[fold].extent.start;
        if !self.open.remove(&start) {
            self.open.insert(start);
        }
        self.lay_out_folds();
        self.go_to(start);
        true
    }

    /// Opens the fold under the cursor, where it is a folded one.
    pub(in crate::app) fn open_fold(&mut self) -> bool {
        self.folded_at(self.cursor) && self.toggle_fold()
    }

    /// Closes the fold under the cursor, where it is an open one.
    pub(in crate::app) fn close_fold(&mut self) -> bool {
        self.page.fold_at(self.cursor).is_some()
            && !self.folded_at(self.cursor)
            && self.toggle_fold()
    }

    /// Opens or closes all folds.
    pub(in crate::app) fn fold_all(&mut self, open: bool) {
        self.open = if open {
            self.page
                .folds
                .iter()
                .map(|fold| fold.extent.start)
                .collect()
        } else {
            BTreeSet::new()
        };
        self.lay_out_folds();
    }

    /// Opens the fold that hides `at`.
    pub(super) fn unfold_at(&mut self, at: usize) {
        if self.folded_at(at)
            && let Some(fold) = self.page.fold_at(at)
        {
            self.open.insert(self.page.folds[fold].extent.start);
            self.lay_out_folds();
        }
    }

    pub(super) fn lay_out_folds(&mut self) {
        let anchor = self.top_byte();
        self.page = Arc::new(Page::new(self.release(), self.page.columns, &self.open));
        self.top = self.row_at_or_above(anchor).min(self.lowest_top());
        self.settled = None;
        self.paragraph = usize::MAX;
        self.place(self.cursor);
    }
}
