//! The card of an entity, and the choices about it. Its rows are laid out by the app; here they are drawn.
//!
//! ```text
//!   Acme Power ASA
//!
//!   O Organisation, 12 releases, 44 mentions
//!   since      3 January 2024, last 19 March 2026
//!   by month   ▁▁▃█▂  2025-08 to 2026-03
//!   also       Acme, Acme Power
//!   with       Example Bank 7, Ingrid Dahl 5
//!   newest     2 h  Acme Power buys the Nordhavn wind farm
//! ```

use super::floating::{SEARCH, choose, clipped, draw_field, more, write};
use super::paint::{Pen, width};
use super::side::letter;
use super::theme::Role;
use crate::app::figures::grouped;
use crate::app::{Area, CARD_LABELS, Card, CardPiece, Chooser, Choosing, Tone};

/// Draws the card in its window.
pub(super) fn draw(pen: &mut Pen<'_>, area: Area, inside: Area, card: &Card) {
    let chosen = card.chosen_place();
    let rows = card.rows.iter().enumerate().skip(card.top);
    for (line, (number, row)) in (inside.row..inside.row + inside.rows).zip(rows) {
        if chosen.is_some_and(|(row, _)| row == number) {
            choose(pen, area, line);
        }
        let mut column = inside.column;
        if let Some(label) = row.label {
            write(pen, (column, line), CARD_LABELS, label, Role::Muted);
            column += CARD_LABELS;
        }
        for (at, piece) in row.pieces.iter().enumerate() {
            let room = (inside.column + inside.columns).saturating_sub(column);
            let used = draw_piece(pen, (column, line), room, piece, card);
            if chosen == Some((number, at)) {
                let strip = Area {
                    column,
                    row: line,
                    columns: used,
                    rows: 1,
                };
                pen.tint(strip, Role::Selection);
            }
            column += used;
        }
    }
    let below = card.top + card.height < card.rows.len();
    more(pen, area, card.top > 0, below);
}

/// Draws a piece of the card; gives the columns it took.
fn draw_piece(pen: &mut Pen<'_>, at: (u16, u16), room: u16, piece: &CardPiece, card: &Card) -> u16 {
    let role = match piece.tone {
        Tone::Plain => Role::Text,
        Tone::Muted => Role::Muted,
        Tone::Kind(kind) => Role::of_kind(kind),
        Tone::Letter(kind) => {
            write(pen, at, room, letter(kind), Role::of_kind(kind));
            return 2;
        }
        Tone::Bars => {
            let bars = bars(&card.months(), &pen.glyphs().bars);
            return write(pen, at, room, &bars, Role::Accent);
        }
    };
    clipped(pen, at, room, &piece.words, role)
}

/// A bar for each month.
fn bars(months: &[(i32, u64)], heights: &[&str; 8]) -> String {
    let most = months.iter().map(|(_, count)| *count).max().unwrap_or(1);
    let bar = |count: u64| {
        if count == 0 {
            return " ";
        }
        let height = (count * 8).div_ceil(most.max(1)).saturating_sub(1).min(7);
        heights[usize::try_from(height).unwrap_or(0)]
    };
    months.iter().map(|(_, count)| bar(*count)).collect()
}

/// What a choice asks, as the title of its window.
pub(super) fn title(chooser: &Chooser) -> String {
    let name = chooser.page.as_ref().map_or("", |page| page.name.as_str());
    match chooser.choosing {
        Choosing::Look => "Look a name up".to_owned(),
        Choosing::Join => format!("{name} is the same as"),
        Choosing::Split => format!("Take apart from {name}"),
        Choosing::Kind => format!("What {name} is"),
    }
}

/// Draws a choice.
pub(super) fn draw_chooser(pen: &mut Pen<'_>, area: Area, inside: Area, chooser: &Chooser) {
    let field = &chooser.field;
    draw_field(pen, inside, field.text(), field.cursor(), SEARCH);
    if chooser.options.is_empty() {
        let words = match chooser.choosing {
            Choosing::Join | Choosing::Look => "No entity is called that.",
            Choosing::Split | Choosing::Kind => "Nothing matches.",
        };
        let at = (inside.column, inside.row + 2);
        write(pen, at, inside.columns, words, Role::Faint);
    }
    let options = chooser.options.iter().enumerate().skip(chooser.pick.top);
    for (row, (number, option)) in (inside.row + 2..inside.row + inside.rows).zip(options) {
        let count = option.count.map(grouped).unwrap_or_default();
        let end = (inside.column + inside.columns)
            .saturating_sub(u16::try_from(width(&count)).unwrap_or(0));
        write(pen, (end, row), inside.columns, &count, Role::Muted);
        let role = Role::of_kind(option.kind);
        write(pen, (inside.column, row), 1, letter(option.kind), role);
        let at = (inside.column + 2, row);
        let room = end.saturating_sub(inside.column + 3);
        write(pen, at, room, &option.words, Role::Text);
        if number == chooser.pick.selected {
            choose(pen, area, row);
        }
    }
    more(
        pen,
        area,
        chooser.pick.top > 0,
        chooser.pick.top + chooser.pick.height < chooser.options.len(),
    );
}
