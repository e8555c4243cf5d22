//! The one way text reaches a cell. Everything that is drawn passes the sanitiser here a second time (it already did
//! at the door), is cut into grapheme clusters, measured and clipped to its area and to the buffer. Nothing outside
//! this file may set a cell's symbol; clippy holds that.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::glyphs::Glyphs;
use super::theme::{Role, Theme};
use crate::app::Area;
use crate::text::sanitise;

/// A cluster of more bytes than this is no letter of any script; it is drawn as one replacement character.
const LONGEST_CLUSTER: usize = 64;

/// Draws on a buffer in a theme's styles.
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    theme: &'a Theme,
    glyphs: &'a Glyphs,
}

impl<'a> Pen<'a> {
    /// A pen for this buffer.
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme, glyphs: &'a Glyphs) -> Self {
        Self {
            buffer,
            theme,
            glyphs,
        }
    }

    /// The marks to draw with.
    #[must_use]
    pub fn glyphs(&self) -> &'a Glyphs {
        self.glyphs
    }

    /// A role's style.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// Fills an area with blanks of a role.
    pub fn clear(&mut self, area: Area, role: Role) {
        let rect = self.within(area);
        for position in rect.positions() {
            self.buffer[position].reset();
        }
        self.buffer.set_style(rect, self.theme.style(role));
    }

    /// Lays a role's style over what an area shows.
    pub fn tint(&mut self, area: Area, role: Role) {
        let rect = self.within(area);
        self.buffer.set_style(rect, self.theme.style(role));
    }

    /// Draws one line of text from a cell on, over at most `limit` columns; gives the columns it took. What does not
    /// fit is left out, without a mark.
    pub fn text(&mut self, at: (u16, u16), limit: u16, text: &str, style: Style) -> u16 {
        let (mut column, row) = at;
        let area = self.buffer.area;
        let end = column.saturating_add(limit).min(area.right());
        if row < area.top() || row >= area.bottom() || column < area.left() {
            return 0;
        }
        for cluster in sanitise(text).graphemes(true) {
            let cluster = drawable(cluster);
            let width = cells(cluster);
            if width == 0 {
                continue;
            }
            if width > end.saturating_sub(column) {
                break;
            }
            self.put(column, row, cluster, style, width);
            column += width;
        }
        column - at.0
    }

    /// As [`Pen::text`], in a role's style.
    pub fn write(&mut self, at: (u16, u16), limit: u16, text: &str, role: Role) -> u16 {
        self.text(at, limit, text, self.theme.style(role))
    }

    /// As [`Pen::write`]; where the text does not fit, an ellipsis says so.
    pub fn clipped(&mut self, at: (u16, u16), limit: u16, text: &str, role: Role) -> u16 {
        self.clipped_in(at, limit, text, self.theme.style(role))
    }

    /// As [`Pen::clipped`], in any style.
    pub fn clipped_in(&mut self, at: (u16, u16), limit: u16, text: &str, style: Style) -> u16 {
        if width(text) <= usize::from(limit) {
            return self.text(at, limit, text, style);
        }
        let room = limit.saturating_sub(1);
        let fits = fitting(text, usize::from(room)).trim_end();
        let used = self.text(at, room, fits, style);
        used + self.text(
            (at.0 + used, at.1),
            limit - used,
            self.glyphs.ellipsis,
            style,
        )
    }

    /// Draws text that ends before column `end`; gives the column it starts at.
    pub fn right(&mut self, end: u16, row: u16, text: &str, role: Role) -> u16 {
        let start = end.saturating_sub(u16::try_from(width(text)).unwrap_or(u16::MAX));
        self.write((start, row), end - start, text, role);
        start
    }

    /// Sets one cluster, and blanks the cells it covers beside its own.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place where clean text reaches a cell"
    )]
    fn put(&mut self, column: u16, row: u16, cluster: &str, style: Style, width: u16) {
        // A cluster that is measured wider than it is drawn would hide its neighbour from the comparison of frames.
        let wider = cluster.len() > 4 && cluster.width() > usize::from(width);
        let forced = NonZeroU16::new(width).filter(|_| wider);
        self.buffer[(column, row)]
            .set_symbol(cluster)
            .set_style(style)
            .set_diff_option(forced.map_or(CellDiffOption::None, CellDiffOption::ForcedWidth));
        for covered in column + 1..column + width {
            let cell = &mut self.buffer[(covered, row)];
            cell.reset();
            cell.set_style(style);
        }
    }

    /// The part of an area that the buffer has.
    fn within(&self, area: Area) -> Rect {
        Rect::new(area.column, area.row, area.columns, area.rows).intersection(self.buffer.area)
    }
}

/// What a cluster is drawn as: line ends and tabs as a blank, monsters as a replacement.
fn drawable(cluster: &str) -> &str {
    match cluster {
        "\n" | "\t" | "\r\n" | "\r" => " ",
        _ if cluster.len() > LONGEST_CLUSTER => "\u{FFFD}",
        _ => cluster,
    }
}

/// The columns of one cluster. A cluster is never wider than two cells on a terminal.
fn cells(cluster: &str) -> u16 {
    u16::try_from(cluster.width().min(2)).unwrap_or(2)
}

/// The columns of a text, measured as [`Pen::text`] draws it.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) {
        return text.len();
    }
    sanitise(text)
        .graphemes(true)
        .map(|cluster| usize::from(cells(drawable(cluster))))
        .sum()
}

/// The longest head of `text` that fits into so many columns.
#[must_use]
pub fn fitting(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        used += usize::from(cells(drawable(cluster)));
        if used > columns {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::UNICODE;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_neighbour_of_a_wide_cluster_is_lost_between_frames() {
        // By its characters this cluster has three columns; it is drawn in two.
        let cluster = "\u{928}\u{94D}\u{926}\u{940}";
        let buffer = drawn(10, |pen| {
            pen.write((0, 0), 10, &format!("{cluster}{cluster}ab"), Role::Text);
        });
        let before = Buffer::empty(buffer.area);
        let sent: String = before
            .diff(&buffer)
            .iter()
            .filter(|(_, row, _)| *row == 0)
            .map(|(_, _, cell)| cell.symbol())
            .collect();
        assert!(
            sent.starts_with(&format!("{cluster}{cluster}ab")),
            "{sent:?}"
        );
    }

    fn drawn(columns: u16, draw: impl FnOnce(&mut Pen<'_>)) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, 2));
        let theme = Theme::built_in("dark").unwrap();
        draw(&mut Pen::new(&mut buffer, &theme, &UNICODE));
        buffer
    }

    fn row(buffer: &Buffer) -> String {
        let mut text = String::new();
        let mut skip = 0;
        for column in 0..buffer.area.width {
            let symbol = buffer[(column, 0)].symbol();
            if skip > 0 {
                skip -= 1;
            } else {
                text.push_str(symbol);
                skip = symbol.width().saturating_sub(1);
            }
        }
        text
    }

    #[test]
    fn escapes_never_reach_a_cell() {
        let buffer = drawn(40, |pen| {
            pen.write(
                (0, 0),
                40,
                "a\u{1B}]52;c;eA==\u{07}b\u{9B}31mc\u{202E}d\ne",
                Role::Text,
            );
        });
        assert_eq!(row(&buffer).trim_end(), "abcd e");
    }

    #[test]
    fn wide_text_is_clipped_between_clusters() {
        let buffer = drawn(6, |pen| {
            assert_eq!(pen.clipped((0, 0), 6, "界界界界", Role::Text), 5);
        });
        assert_eq!(row(&buffer), "界界… ");
        let buffer = drawn(6, |pen| {
            pen.write((0, 0), 6, "👩\u{200D}🔬e\u{301}x", Role::Text);
        });
        assert_eq!(row(&buffer), "👩\u{200D}🔬e\u{301}x  ");
        let buffer = drawn(6, |pen| {
            assert_eq!(pen.right(6, 0, "12 %", Role::Text), 2);
        });
        assert_eq!(row(&buffer), "  12 %");
    }

    #[test]
    fn towers_become_one_mark() {
        let tower = format!("x{}", "\u{200D}👩".repeat(2000));
        let buffer = drawn(8, |pen| {
            pen.write((0, 0), 8, &tower, Role::Text);
        });
        assert!(
            buffer
                .content
                .iter()
                .all(|cell| cell.symbol().len() <= LONGEST_CLUSTER)
        );
    }

    proptest! {
        /// Whatever is drawn where, nothing panics, and the columns told are the columns measured.
        #[test]
        fn any_text_anywhere(text in ".{0,40}", column in 0u16..12, line in 0u16..4, limit in 0u16..12) {
            let mut used = 0;
            let buffer = drawn(10, |pen| {
                used = pen.text((column, line), limit, &text, Style::new());
                pen.clipped((column, line), limit, &text, Role::Text);
            });
            prop_assert!(used <= limit);
            for cell in &buffer.content {
                prop_assert!(cell.symbol().chars().all(|c| !c.is_control()));
            }
        }

        /// What is measured fits.
        #[test]
        fn measured_as_drawn(text in "\\PC{0,12}") {
            let columns = u16::try_from(width(&text)).unwrap();
            drawn(60, |pen| {
                assert_eq!(pen.text((0, 0), columns, &text, Style::new()), columns);
            });
        }
    }
}
