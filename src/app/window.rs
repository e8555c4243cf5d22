//! Where a window that floats stands, and what of it is under the mouse: centred, a little above the middle, as high as
//! what it shows. Drawing and the mouse ask the same place.

use crate::app::popup::Popup;
use crate::app::{App, Area};

/// Columns left free inside a window at either side.
pub const PADDING: u16 = 2;
/// Rows that a window has beside its lines: rule, title, blank, and blank, rule below.
const AROUND: u16 = 5;
/// Rows that a field and the blank under it take at the top of a list that is typed into.
const FIELD: u16 = 2;
/// Columns of the card of an entity.
const CARD: u16 = 76;

impl App {
    /// The area of the window that floats.
    #[must_use]
    pub fn window(&self) -> Option<Area> {
        let geometry = &self.geometry;
        let (columns, lines) = match self.popup.as_ref()? {
            Popup::Help(help) => (72, help.pick.height + 2),
            Popup::Palette(palette) => (64, palette.pick.height + 2),
            Popup::Form(form) => (64, form.fields.len() * 2 + 1),
            Popup::Warning(_) => (64, 4),
            Popup::Original(_) => (64, 4),
            Popup::Changes(changes) => {
                let pick = changes.pick;
                (super::changes::COLUMNS, pick.height.min(pick.len))
            }
            Popup::Entity(card) => (CARD, card.rows.len()),
            Popup::Chooser(chooser) => (64, chooser.pick.height + 2),
        };
        let columns = columns.min(geometry.columns.saturating_sub(2));
        let rows = u16::try_from(lines)
            .unwrap_or(u16::MAX)
            .saturating_add(AROUND)
            .min(geometry.rows.saturating_sub(2));
        Some(Area {
            column: (geometry.columns - columns) / 2,
            row: 1 + (geometry.rows.saturating_sub(2) - rows) / 3,
            columns,
            rows,
        })
    }

    /// The line of a window's list under a cell, counted from the list's start; `None` beside the list.
    pub(super) fn window_line(&self, column: u16, row: u16) -> Option<usize> {
        let area = inside(self.window()?);
        let above = match self.popup.as_ref()? {
            Popup::Help(_) | Popup::Palette(_) | Popup::Chooser(_) => FIELD,
            _ => 0,
        };
        let wide = Area {
            column: area.column.saturating_sub(PADDING),
            columns: area.columns + 2 * PADDING,
            ..area
        };
        let line = row.checked_sub(area.row + above)?;
        wide.contains(column, row).then_some(usize::from(line))
    }
}

/// Where a window's lines stand.
#[must_use]
pub fn inside(area: Area) -> Area {
    Area {
        column: area.column + PADDING.min(area.columns),
        row: area.row + 3,
        columns: area.columns.saturating_sub(2 * PADDING),
        rows: area.rows.saturating_sub(AROUND),
    }
}

/// The columns for words in a window of so many columns on a screen of so many.
pub(super) fn inner_columns(columns: u16, screen: u16) -> u16 {
    columns
        .min(screen.saturating_sub(2))
        .saturating_sub(2 * PADDING)
}

/// The cells that the card of an entity has in a window of this size.
pub(super) fn card_cells(columns: u16, rows: u16) -> (u16, u16) {
    (
        inner_columns(CARD, columns),
        rows.saturating_sub(2 + AROUND),
    )
}
