//! What floats over the panes: help, palette, forms, a warning, what stood before a repair, and the menu after a
//! prefix key. A raised ground, a title, room around the words, a rule above and below; no frame.

use super::chrome::scrolled;
use super::paint::{Pen, width};
use super::theme::Role;
use crate::app::inside_window as inside;
use crate::app::{
    App, Area, Asked, ChangeLine, Changes, Form, Help, HelpLine, Hint, Palette, Popup, Warned, when,
};

/// Columns left free inside a window at either side.
const PADDING: u16 = crate::app::WINDOW_PADDING;

/// Draws the window or menu that floats, where one does.
pub(super) fn draw(pen: &mut Pen<'_>, app: &App) {
    match app.popup() {
        Some(popup) => {
            let Some(area) = app.window() else { return };
            window(pen, area, &title(popup));
            match popup {
                Popup::Help(help) => draw_help(pen, area, help),
                Popup::Palette(palette) => draw_palette(pen, area, palette),
                Popup::Form(form) => draw_form(pen, area, form),
                Popup::Warning(warned) => draw_warning(pen, area, app, warned),
                Popup::Original(number) => draw_original(pen, area, app, *number),
                Popup::Changes(changes) => draw_changes(pen, area, changes),
                Popup::Entity(card) => super::card::draw(pen, area, inside(area), card),
                Popup::Chooser(chooser) => {
                    super::card::draw_chooser(pen, area, inside(area), chooser);
                }
            }
        }
        None => {
            if let Some(hints) = app.menu() {
                menu(pen, app, &hints);
            }
        }
    }
}

fn title(popup: &Popup) -> String {
    let words = match popup {
        Popup::Entity(card) => return card.page.name.to_string(),
        Popup::Chooser(chooser) => return super::card::title(chooser),
        Popup::Help(_) => "Keys",
        Popup::Palette(_) => "All commands",
        Popup::Form(form) => match form.asked {
            Asked::Bookmark { .. } => "Bookmark",
            Asked::Passage(_) => "Passage",
            Asked::Tags(_) => "Tags",
            Asked::Name(_) => "Rename the entity",
            Asked::Source(_) => "Source",
            Asked::Follow => "Follow",
            Asked::Export => "Export passages",
        },
        Popup::Warning(_) => "Under embargo",
        Popup::Original(_) => "Before the repair",
        Popup::Changes(_) => "What its source changed",
    };
    words.to_owned()
}

/// The raised ground with its rules and title.
fn window(pen: &mut Pen<'_>, area: Area, title: &str) {
    pen.clear(area, Role::Popup);
    let rule = pen.glyphs().rule.repeat(usize::from(area.columns));
    let hairline = pen.style(Role::Popup).patch(pen.style(Role::Hairline));
    pen.text((area.column, area.row), area.columns, &rule, hairline);
    let bottom = area.row + area.rows.saturating_sub(1);
    pen.text((area.column, bottom), area.columns, &rule, hairline);
    if area.rows > 2 {
        let inside = inside(area);
        pen.clipped(
            (inside.column, area.row + 1),
            inside.columns,
            title,
            Role::PopupTitle,
        );
    }
}

/// A role's style on the raised ground.
pub(super) fn write(pen: &mut Pen<'_>, at: (u16, u16), limit: u16, words: &str, role: Role) -> u16 {
    let style = pen.style(Role::Popup).patch(pen.style(role));
    pen.text(at, limit, words, style)
}

/// As [`write`]; where the words do not fit, an ellipsis says so.
pub(super) fn clipped(
    pen: &mut Pen<'_>,
    at: (u16, u16),
    limit: u16,
    words: &str,
    role: Role,
) -> u16 {
    let style = pen.style(Role::Popup).patch(pen.style(role));
    pen.clipped_in(at, limit, words, style)
}

/// A field that is typed into, with the sign of a prompt before it.
pub(super) fn draw_field(pen: &mut Pen<'_>, area: Area, text: &str, cursor: usize, label: &str) {
    let used = write(
        pen,
        (area.column, area.row),
        area.columns,
        label,
        Role::Muted,
    );
    let room = area.columns.saturating_sub(used);
    let (from, _) = scrolled(text, cursor, room);
    write(
        pen,
        (area.column + used, area.row),
        room,
        &text[from..],
        Role::Prompt,
    );
}

/// The label of the search field of help and palette.
pub(super) const SEARCH: &str = "/ ";

fn draw_help(pen: &mut Pen<'_>, area: Area, help: &Help) {
    let inside = inside(area);
    draw_field(pen, inside, help.field.text(), help.field.cursor(), SEARCH);
    let keys = help.lines.iter().map(|line| match line {
        HelpLine::Key { keys, .. } => width(keys),
        HelpLine::Heading(_) => 0,
    });
    let keys_columns = u16::try_from(keys.max().unwrap_or(0))
        .unwrap_or(u16::MAX)
        .min(inside.columns / 2);
    let lines = help.lines.iter().skip(help.pick.top);
    for (row, line) in (inside.row + 2..inside.row + inside.rows).zip(lines) {
        match line {
            HelpLine::Heading(mode) => {
                write(
                    pen,
                    (inside.column, row),
                    inside.columns,
                    &mode.heading().to_uppercase(),
                    Role::Day,
                );
            }
            HelpLine::Key { keys, words } => {
                write(pen, (inside.column, row), keys_columns, keys, Role::Key);
                let at = (inside.column + keys_columns + 2, row);
                write(
                    pen,
                    at,
                    inside.columns.saturating_sub(keys_columns + 2),
                    words,
                    Role::Text,
                );
            }
        }
    }
    more(
        pen,
        area,
        help.pick.top > 0,
        help.pick.top + help.pick.height < help.lines.len(),
    );
}

fn draw_palette(pen: &mut Pen<'_>, area: Area, palette: &Palette) {
    let inside = inside(area);
    draw_field(
        pen,
        inside,
        palette.field.text(),
        palette.field.cursor(),
        SEARCH,
    );
    if palette.choices.is_empty() {
        let at = (inside.column, inside.row + 2);
        write(
            pen,
            at,
            inside.columns,
            "No command is called that.",
            Role::Faint,
        );
    }
    let choices = palette.choices.iter().enumerate().skip(palette.pick.top);
    for (row, (number, choice)) in (inside.row + 2..inside.row + inside.rows).zip(choices) {
        let keys = choice.keys.as_deref().unwrap_or("");
        let keys_at = (inside.column + inside.columns)
            .saturating_sub(u16::try_from(width(keys)).unwrap_or(0));
        write(pen, (keys_at, row), inside.columns, keys, Role::Muted);
        let room = keys_at.saturating_sub(inside.column + 1);
        matched(
            pen,
            (inside.column, row),
            room,
            choice.words,
            &choice.matched,
        );
        if number == palette.pick.selected {
            choose(pen, area, row);
        }
    }
    more(
        pen,
        area,
        palette.pick.top > 0,
        palette.pick.top + palette.pick.height < palette.choices.len(),
    );
}

/// The bar and ground of the chosen line.
pub(super) fn choose(pen: &mut Pen<'_>, area: Area, row: u16) {
    let strip = Area {
        row,
        rows: 1,
        ..area
    };
    pen.tint(strip, Role::PopupCursor);
    let bar = pen
        .style(Role::PopupCursor)
        .patch(pen.style(Role::FocusBar));
    pen.text((area.column, row), 1, pen.glyphs().focus, bar);
}

/// Words with the letters that matched in the accent's colour.
fn matched(pen: &mut Pen<'_>, at: (u16, u16), room: u16, words: &str, hits: &[usize]) {
    let mut used = 0;
    for (start, letter) in words.char_indices() {
        let role = if hits.contains(&start) {
            Role::Accent
        } else {
            Role::Text
        };
        let mut bytes = [0; 4];
        let letter = letter.encode_utf8(&mut bytes);
        used += write(
            pen,
            (at.0 + used, at.1),
            room.saturating_sub(used),
            letter,
            role,
        );
    }
}

/// Says on the rules that there is more above or below.
pub(super) fn more(pen: &mut Pen<'_>, area: Area, above: bool, below: bool) {
    let column = area.column + area.columns.saturating_sub(PADDING + 1);
    if above {
        write(pen, (column, area.row), 1, pen.glyphs().up, Role::Muted);
    }
    if below {
        let row = area.row + area.rows.saturating_sub(1);
        write(pen, (column, row), 1, pen.glyphs().down, Role::Muted);
    }
}

/// The area of a form's field: labels have a column of their own.
fn field_area(area: Area, form: &Form, number: usize) -> Area {
    let inside = inside(area);
    let labels = form
        .fields
        .iter()
        .map(|(label, _)| width(label))
        .max()
        .unwrap_or(0);
    let labels = u16::try_from(labels).unwrap_or(0) + 2;
    Area {
        column: inside.column + labels.min(inside.columns),
        row: inside.row + 2 * u16::try_from(number).unwrap_or(0),
        columns: inside.columns.saturating_sub(labels),
        rows: 1,
    }
}

fn draw_form(pen: &mut Pen<'_>, area: Area, form: &Form) {
    let inside = inside(area);
    for (number, (label, field)) in form.fields.iter().enumerate() {
        let place = field_area(area, form, number);
        if place.row >= inside.row + inside.rows {
            break;
        }
        let held = number == form.field;
        let role = if held { Role::Accent } else { Role::Muted };
        write(pen, (inside.column, place.row), inside.columns, label, role);
        draw_field(pen, place, field.text(), field.cursor(), "");
        if field.is_empty() {
            // What a field expects stands in it until something is typed; after the cursor, where the field has it.
            let none = match *label {
                "Tags" => " parted by blanks or commas",
                _ if held => continue,
                _ => pen.glyphs().ellipsis,
            };
            write(
                pen,
                (place.column, place.row),
                place.columns,
                none,
                Role::Faint,
            );
        }
    }
    let row = inside.row + inside.rows.saturating_sub(1);
    let keys = match form.asked {
        Asked::Follow => "Enter follows it   Tab next field   Esc does not",
        _ if form.fields.len() > 1 => "Enter keeps it as it is   Tab next field   Esc does not",
        _ => "Enter keeps it   Esc does not",
    };
    write(
        pen,
        (inside.column, row),
        inside.columns,
        keys,
        Role::KeyLabel,
    );
}

fn draw_warning(pen: &mut Pen<'_>, area: Area, app: &App, warned: &Warned) {
    let inside = inside(area);
    let clock = app.clock();
    let words = match warned.until {
        Some(until) => [
            format!(
                "Not to be published before {}.",
                when::full(until, true, &clock.zone)
            ),
            format!("That is {} from now.", when::until(until, clock.now)),
        ],
        None => [
            "Not to be published yet;".to_owned(),
            "the line names no time.".to_owned(),
        ],
    };
    for (row, words) in (inside.row..).zip(&words) {
        clipped(
            pen,
            (inside.column, row),
            inside.columns,
            words,
            Role::Banner,
        );
    }
    let keys = format!(
        "Enter {} all the same   Esc does not",
        warned.action.words().to_lowercase()
    );
    write(
        pen,
        (inside.column, inside.row + 3),
        inside.columns,
        &keys,
        Role::KeyLabel,
    );
}

/// What was removed and what was added bear signs, so that no colour is needed to tell them apart.
fn draw_changes(pen: &mut Pen<'_>, area: Area, changes: &Changes) {
    let inside = inside(area);
    let lines = changes.lines.iter().skip(changes.pick.top);
    for (row, line) in (inside.row..inside.row + inside.rows).zip(lines) {
        let (sign, words, role) = match line {
            ChangeLine::Heading(words) => ("", words, Role::Day),
            ChangeLine::Same(words) => ("  ", words, Role::Muted),
            ChangeLine::Removed(words) => ("- ", words, Role::Error),
            ChangeLine::Added(words) => ("+ ", words, Role::Prompt),
            ChangeLine::Blank => continue,
        };
        let used = write(pen, (inside.column, row), inside.columns, sign, role);
        let room = inside.columns.saturating_sub(used);
        write(pen, (inside.column + used, row), room, words, role);
    }
    more(
        pen,
        area,
        changes.pick.top > 0,
        changes.pick.top + changes.pick.height < changes.lines.len(),
    );
}

fn draw_original(pen: &mut Pen<'_>, area: Area, app: &App, number: usize) {
    let inside = inside(area);
    let repair = app
        .reading()
        .and_then(|reading| reading.release().repairs.get(number));
    let Some(repair) = repair else { return };
    let shown = |text: &str| text.replace('\n', "\u{21B5}");
    for (row, label, text) in [
        (inside.row, "read   ", &repair.before),
        (inside.row + 1, "shown  ", &repair.after),
    ] {
        let used = write(
            pen,
            (inside.column, row),
            inside.columns,
            label,
            Role::Muted,
        );
        let room = inside.columns.saturating_sub(used);
        write(
            pen,
            (inside.column + used, row),
            room,
            &shown(text),
            Role::Prompt,
        );
    }
    let at = (inside.column, inside.row + 3);
    write(
        pen,
        at,
        inside.columns,
        "x declines the repair for good   Esc closes",
        Role::KeyLabel,
    );
}

/// The menu after a prefix key: above the footer, at the right, as many columns as it needs.
fn menu(pen: &mut Pen<'_>, app: &App, hints: &[Hint]) {
    let geometry = app.geometry();
    let keys = hints
        .iter()
        .map(|hint| width(&hint.keys))
        .max()
        .unwrap_or(0);
    let words = hints
        .iter()
        .map(|hint| width(&hint.words))
        .max()
        .unwrap_or(0);
    let keys = u16::try_from(keys).unwrap_or(0);
    let columns =
        (u16::try_from(words).unwrap_or(0) + keys + 2 + 2 * PADDING).min(geometry.columns);
    let rows = u16::try_from(hints.len() + 2)
        .unwrap_or(u16::MAX)
        .min(geometry.rows.saturating_sub(2));
    let area = Area {
        column: geometry.columns - columns,
        row: geometry.footer.row.saturating_sub(rows),
        columns,
        rows,
    };
    pen.clear(area, Role::Popup);
    let rule = pen.glyphs().rule.repeat(usize::from(columns));
    write(pen, (area.column, area.row), columns, &rule, Role::Hairline);
    let lines = area.row + 1..area.row + rows.saturating_sub(1);
    for (row, hint) in lines.zip(hints) {
        let column = area.column + PADDING;
        write(pen, (column, row), keys, &hint.keys, Role::Key);
        let room = columns.saturating_sub(keys + 2 + PADDING);
        write(
            pen,
            (column + keys + 2, row),
            room,
            &hint.words,
            Role::KeyLabel,
        );
    }
}

/// Where the hardware cursor stands in a window: in its field, else on its title.
pub(super) fn cursor(app: &App) -> Option<(u16, u16)> {
    let popup = app.popup()?;
    let area = app.window()?;
    let inside = inside(area);
    let field = popup.field();
    let (place, label) = match popup {
        Popup::Form(form) => (field_area(area, form, form.field), ""),
        Popup::Help(_) | Popup::Palette(_) | Popup::Chooser(_) => (inside, SEARCH),
        Popup::Entity(card) => {
            let row = card
                .chosen_place()
                .and_then(|(row, _)| row.checked_sub(card.top));
            let row = row.and_then(|row| u16::try_from(row).ok());
            return Some((
                inside.column,
                row.map_or(area.row + 1, |row| inside.row + row),
            ));
        }
        Popup::Warning(_) | Popup::Original(_) | Popup::Changes(_) => {
            return Some((inside.column, area.row + 1));
        }
    };
    let field = field?;
    let label = u16::try_from(width(label)).unwrap_or(0);
    let room = place.columns.saturating_sub(label);
    let (_, column) = scrolled(field.text(), field.cursor(), room);
    Some((place.column + label + column, place.row))
}
