//! A drawn screen as an SVG picture, for the README. Cells keep their colours and attributes; every run of text is
//! fitted to its cells, so the picture stands in any monospaced font. The text in it is text: it can be selected,
//! searched and read aloud.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::Look;
use super::theme::Role;

/// Width and height of one cell, in pixels.
const CELL: (f32, f32) = (8.4, 18.0);
/// Space around the cells.
const EDGE: f32 = 14.0;
/// From a row's top to its base line.
const BASE: f32 = 13.5;

/// The screen of `buffer` as an SVG document; `title` is what a screen reader says of it.
#[must_use]
pub fn svg(buffer: &Buffer, look: &Look, title: &str) -> String {
    let canvas = look.theme.style(Role::Canvas);
    let ink = colour(canvas.fg).unwrap_or_else(|| "#d3d6dc".to_owned());
    let ground = colour(canvas.bg).unwrap_or_else(|| "#15171c".to_owned());
    let width = f32::from(buffer.area.width) * CELL.0 + 2.0 * EDGE;
    let height = f32::from(buffer.area.height) * CELL.1 + 2.0 * EDGE;
    let mut out = String::new();
    let _ = write!(
        out,
        concat!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {:.0}\" role=\"img\" ",
            "font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">\n",
            "<title>{}</title>\n",
            "<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n"
        ),
        width,
        height,
        escaped(title),
        ground
    );
    let sheet = Sheet { ink, ground };
    for row in 0..buffer.area.height {
        let runs = runs(buffer, row);
        for run in &runs {
            sheet.tint(&mut out, run, row);
        }
        for run in &runs {
            sheet.text(&mut out, run, row);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// The colours of cells that have none of their own.
struct Sheet {
    ink: String,
    ground: String,
}

/// Neighbouring cells of one style.
struct Run<'a> {
    cell: &'a Cell,
    column: u16,
    columns: u16,
    text: String,
}

/// The runs of a row.
fn runs(buffer: &Buffer, row: u16) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut column = 0;
    while column < buffer.area.width {
        let cell = &buffer[(column, row)];
        let symbol = cell.symbol();
        let columns = u16::try_from(symbol.width()).unwrap_or(1).clamp(1, 2);
        match runs.last_mut() {
            // A wide cluster stands alone: fonts draw it at widths of their own.
            Some(run)
                if columns == 1
                    && run.text.chars().count() == usize::from(run.columns)
                    && alike(run.cell, cell) =>
            {
                run.columns += 1;
                run.text.push_str(symbol);
            }
            _ => runs.push(Run {
                cell,
                column,
                columns,
                text: symbol.to_owned(),
            }),
        }
        column += columns;
    }
    runs
}

fn alike(one: &Cell, other: &Cell) -> bool {
    one.fg == other.fg && one.bg == other.bg && one.modifier == other.modifier
}

impl Sheet {
    /// Foreground and background of a cell, reversed where it is.
    fn colours(&self, cell: &Cell) -> (String, String) {
        let fg = colour(Some(cell.fg)).unwrap_or_else(|| self.ink.clone());
        let bg = colour(Some(cell.bg)).unwrap_or_else(|| self.ground.clone());
        if cell.modifier.contains(Modifier::REVERSED) {
            (bg, fg)
        } else {
            (fg, bg)
        }
    }

    fn tint(&self, out: &mut String, run: &Run<'_>, row: u16) {
        let (_, bg) = self.colours(run.cell);
        if bg == self.ground {
            return;
        }
        let (x, y) = corner(run.column, row);
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{bg}\"/>",
            f32::from(run.columns) * CELL.0,
            CELL.1
        );
    }

    fn text(&self, out: &mut String, run: &Run<'_>, row: u16) {
        if let Some(part) = bar(run.text.trim_end()) {
            return self.bar(out, run, row, part);
        }
        let text = run.text.trim_end();
        if text.trim().is_empty() {
            return;
        }
        let blank = text.width() - text.trim_start().width();
        let text = text.trim_start();
        let (fg, _) = self.colours(run.cell);
        let columns = u16::try_from(blank).unwrap_or(0);
        let (x, y) = corner(run.column + columns, row);
        let modifier = run.cell.modifier;
        let mut attributes = String::new();
        for (held, attribute) in [
            (Modifier::BOLD, " font-weight=\"700\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
            (Modifier::DIM, " opacity=\"0.6\""),
        ] {
            if modifier.contains(held) {
                attributes.push_str(attribute);
            }
        }
        let length = text.width() as f32 * CELL.0;
        let _ = writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{:.1}\" fill=\"{fg}\" textLength=\"{length:.1}\" \
             lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\"{attributes}>{}</text>",
            y + BASE,
            escaped(text)
        );
    }
}

impl Sheet {
    /// Bars and hairlines as shapes: letters of most fonts leave gaps between rows.
    fn bar(&self, out: &mut String, run: &Run<'_>, row: u16, [left, top, width, height]: [f32; 4]) {
        let (fg, _) = self.colours(run.cell);
        let (x, y) = corner(run.column, row);
        let columns = f32::from(u16::try_from(run.text.trim_end().width()).unwrap_or(1));
        let across = if width < 1.0 { width } else { columns };
        let _ = writeln!(
            out,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{fg}\"/>",
            x + left * CELL.0,
            y + top * CELL.1,
            across * CELL.0,
            height * CELL.1
        );
    }
}

/// Left, top, width and height of a bar within its cell; `None` for other text.
fn bar(text: &str) -> Option<[f32; 4]> {
    Some(match text.chars().next()? {
        '│' if text.width() == 1 => [0.45, 0.0, 0.1, 1.0],
        '▌' if text.width() == 1 => [0.0, 0.0, 0.4, 1.0],
        '▎' if text.width() == 1 => [0.0, 0.0, 0.25, 1.0],
        '▏' if text.width() == 1 => [0.0, 0.0, 0.12, 1.0],
        '─' if text.chars().all(|c| c == '─') => [0.0, 0.48, 1.0, 0.06],
        _ => return None,
    })
}

/// The top left corner of a cell.
fn corner(column: u16, row: u16) -> (f32, f32) {
    (
        EDGE + f32::from(column) * CELL.0,
        EDGE + f32::from(row) * CELL.1,
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A 24-bit colour as SVG writes it; `None` for the terminal's own colours, which a picture does not know.
fn colour(colour: Option<Color>) -> Option<String> {
    match colour? {
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::glyphs::UNICODE;
    use super::super::theme::Theme;
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    #[test]
    fn text_is_escaped_and_stands_at_its_cell() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(2, 0, "a<b>&界x", Style::new().fg(Color::Rgb(1, 2, 3)));
        let look = Look {
            theme: Theme::built_in("dark").unwrap(),
            glyphs: UNICODE,
        };
        let picture = svg(&buffer, &look, "a \"title\"");
        assert!(picture.contains("<title>a &quot;title&quot;</title>"));
        assert!(picture.contains("fill=\"#010203\""));
        assert!(picture.contains(">a&lt;b&gt;&amp;</text>"), "{picture}");
        assert!(picture.contains(&format!("x=\"{:.1}\"", EDGE + 2.0 * CELL.0)));
        assert!(
            picture.contains(&format!("x=\"{:.1}\"", EDGE + 9.0 * CELL.0)),
            "{picture}"
        );
    }
}
