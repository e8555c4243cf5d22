//! The mouse in the text.

use unicode_segmentation::UnicodeSegmentation;

use crate::app::page::Origin;
use crate::text::Extent;

use super::words::byte_at_column;
use super::{Reading, Selection, Unit};

impl Reading {
    /// The byte under a cell of the text area; beyond a row's end, the row's end.
    #[must_use]
    pub fn byte_at(&self, column: u16, row: u16) -> Option<usize> {
        let row = self.visible().get(usize::from(row))?;
        if row.origin != Origin::Text {
            return Some(row.at);
        }
        let cell = row.cells.iter().rev().find(|cell| cell.column <= column);
        let (start, extent) =
            cell.map_or((row.indent, row.extent), |cell| (cell.column, cell.extent));
        let column = usize::from(column.saturating_sub(start));
        Some(byte_at_column(self.text(), extent, column))
    }

    /// A click: the cursor goes there; on a folded part, it opens.
    pub(in crate::app) fn click(&mut self, at: usize) {
        self.selection = None;
        self.place(at);
        self.open_fold();
    }

    /// Dragging from one byte to another selects what lies between, with the cluster under the mouse.
    pub(in crate::app) fn drag(&mut self, from: usize, to: usize) {
        let text = self.text();
        // The text may have been read again, and be shorter, since the button was pressed.
        let from = text.floor_char_boundary(from);
        let cluster = |at: usize| text[at..].graphemes(true).next().map_or(0, str::len);
        let selection = if from <= to {
            Selection {
                anchor: from,
                head: (to + cluster(to)).min(text.len()),
            }
        } else {
            Selection {
                anchor: from + cluster(from),
                head: to,
            }
        };
        self.selection = Some(selection);
        self.place_head(selection.head);
    }

    /// Selects the whole unit under the mouse.
    pub(in crate::app) fn select_unit(&mut self, at: usize, unit: Unit) {
        let found = self.unit_at(at, unit);
        if !found.is_empty() {
            self.place(at);
            self.selection = Some(Selection {
                anchor: found.start,
                head: found.end,
            });
        }
    }

    /// What a bookmark or a copy takes: the selection without the white space at its ends, else the sentence.
    #[must_use]
    pub fn taken(&self) -> Extent {
        let extent = self.selection.map_or(self.sentence, Selection::extent);
        let shown = extent.of(self.text());
        let start = extent.start + shown.len() - shown.trim_start().len();
        Extent::new(start, start + shown.trim().len())
    }
}
