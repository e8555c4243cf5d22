//! Drawing: `&App` to cells. Places come from the app's own geometry, styles from a theme by role; there is one file
//! per region of the screen. Nothing comes back out of drawing, and no text reaches a cell but through [`paint`].
//!
//! ```text
//! +----------------------------------------------------------+
//! | chrome: what is shown, or the prompt                     |
//! +------------+------------------------------+--------------+
//! | list, or   | reading                      | side         |
//! | kept:      |              +-----------+   |              |
//! | passages,  |              | floating  |   |              |
//! | sources    |              +-----------+   |              |
//! +------------+------------------------------+--------------+
//! | chrome: hints or what is to be said, and where one is    |
//! +----------------------------------------------------------+
//! ```

mod card;
mod chrome;
mod empty;
mod floating;
pub mod glyphs;
mod kept;
mod list;
mod paint;
mod picture;
mod reading;
mod side;
mod sources;
pub mod theme;

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

pub use picture::svg;

use self::glyphs::Glyphs;
use self::paint::Pen;
use self::theme::{Role, Theme};
use crate::app::{Action, App, Area, Fit, Left, Line, Mode, Pane};

/// How the screen looks: styles and marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Role to style.
    pub theme: Theme,
    /// The marks.
    pub glyphs: Glyphs,
}

/// Draws the whole screen.
pub fn draw(app: &App, look: &Look, buffer: &mut Buffer) {
    let geometry = app.geometry();
    let whole = Area {
        column: buffer.area.x,
        row: buffer.area.y,
        columns: buffer.area.width,
        rows: buffer.area.height,
    };
    let mut pen = Pen::new(buffer, &look.theme, &look.glyphs);
    pen.clear(whole, Role::Canvas);
    if geometry.fit == Fit::TooSmall {
        pen.clipped(
            (whole.column, whole.row),
            whole.columns,
            "window too small",
            Role::Muted,
        );
        return;
    }
    chrome::header(&mut pen, app);
    panes(&mut pen, app);
    edges(&mut pen, app);
    chrome::footer(&mut pen, app);
    floating::draw(&mut pen, app);
}

fn panes(pen: &mut Pen<'_>, app: &App) {
    let geometry = app.geometry();
    let held = |pane| app.focus() == pane && app.popup().is_none();
    if let Some(area) = geometry.left {
        match app.left() {
            Left::List if app.list().is_empty() => empty::list(pen, area, app),
            Left::List => list::draw(pen, area, app.list(), app.clock(), held(Pane::Left)),
            Left::Passages => kept::passages(pen, area, app, held(Pane::Left)),
            Left::Sources => sources::draw(pen, area, app, held(Pane::Left)),
        }
    }
    let card = app.among_sources();
    if let Some(area) = geometry.reading
        && !(card && sources::card(pen, area, app))
    {
        match app.reading() {
            Some(reading) => reading::Sheet {
                reading,
                geometry,
                held: held(Pane::Reading),
                numbers: app.settings().numbers,
                now: app.clock().now,
                zone: &app.clock().zone,
                to_correction: app
                    .settings()
                    .keymap
                    .keys_of(Mode::Reading, Action::Corrected),
            }
            .draw(pen),
            None => empty::reading(pen, area, app),
        }
    }
    if let Some(area) = geometry.side {
        side::SidePane {
            side: app.side(),
            reading: app.reading(),
            held: held(Pane::Side),
        }
        .draw(pen, area);
    }
}

/// The hairlines between panes. Those beside the pane with the focus are a little stronger.
fn edges(pen: &mut Pen<'_>, app: &App) {
    let geometry = app.geometry();
    let edges = [
        (geometry.left_edge, Pane::Left),
        (geometry.side_edge, Pane::Side),
    ];
    for (edge, pane) in edges {
        let Some(column) = edge else { continue };
        let held = app.focus() == pane;
        let (mark, role) = if held {
            (pen.glyphs().hairline_held, Role::HairlineHeld)
        } else {
            (pen.glyphs().hairline, Role::Hairline)
        };
        let first = geometry.header.rows;
        for row in first..geometry.rows.saturating_sub(geometry.footer.rows) {
            pen.write((column, row), 1, mark, role);
        }
    }
}

/// Marks what the cursor is on: a tint under the line and a bar at its left. To be drawn before the line's words, whose
/// own grounds (a search's hits) stay.
fn cursor_bar(pen: &mut Pen<'_>, area: Area, held: bool) {
    let glyphs = pen.glyphs();
    if held {
        pen.tint(area, Role::ListCursor);
        let at = (area.column, area.row);
        // A reversed line is mark enough, and a bar on it would be a notch.
        if !pen
            .style(Role::ListCursor)
            .add_modifier
            .contains(Modifier::REVERSED)
        {
            pen.write(at, 1, glyphs.focus, Role::FocusBar);
        }
    } else {
        pen.tint(area, Role::ListCursorAway);
        pen.write((area.column, area.row), 1, glyphs.focus_away, Role::Faint);
    }
}

/// Where the hardware cursor belongs: in the field that is typed into, else on what the focus is on. Screen readers
/// and magnifiers follow it.
#[must_use]
pub fn cursor(app: &App) -> Option<(u16, u16)> {
    if app.geometry().fit == Fit::TooSmall {
        return None;
    }
    if app.popup().is_some() {
        return floating::cursor(app);
    }
    if app.prompt().is_some() {
        return chrome::cursor(app);
    }
    let geometry = app.geometry();
    match app.focus() {
        Pane::Left => {
            let area = geometry.left?;
            let line = match app.left() {
                Left::List => app.list().visible().iter().position(|line| {
                    matches!(line, Line::Release { index, part: 0, .. } if *index == app.list().selected())
                })?,
                Left::Passages => kept::line_of(app.passages().pick(), app.passages().lines()),
                Left::Sources => app.sources().chosen_row(),
            };
            place(area, list::INDENT, line)
        }
        Pane::Reading => {
            let (column, row) = app.reading()?.cell_of(app.reading()?.cursor())?;
            Some((geometry.text.column + column, geometry.text.row + row))
        }
        Pane::Side => {
            let pick = app.side().pick();
            place(geometry.side?, 1, pick.selected.checked_sub(pick.top)?)
        }
    }
}

/// The cell at a column and line of an area; `None` where it lies outside.
fn place(area: Area, column: u16, line: usize) -> Option<(u16, u16)> {
    let line = u16::try_from(line).ok()?;
    (line < area.rows).then_some((
        area.column + column.min(area.columns.saturating_sub(1)),
        area.row + line,
    ))
}
