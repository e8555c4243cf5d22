//! The sources in the left pane: what is followed, and how it stands.
//!
//! ```text
//! ▌● Name of the source  #energy               12 of 340
//! ▌  fresh 5 min ago, next in 55 min        example.com
//!    Another one                                      20
//!    failing since 19 March: not found (status 404)
//! ```
//! Beside the list, where there is room, stands the card of the chosen source: the same in full, and what to do.

use super::empty::key;
use super::kept::strips;
use super::list::INDENT;
use super::paint::{Pen, width};
use super::theme::Role;
use crate::app::figures::grouped;
use crate::app::{Action, App, Area, source_choices, source_facts, source_standing};
use crate::release::{Following, Health, SourceListing};

/// The sources view.
pub(super) fn draw(pen: &mut Pen<'_>, area: Area, app: &App, held: bool) {
    let view = app.sources();
    if view.rows().is_empty() {
        if view.loaded() {
            super::empty::say(
                pen,
                area,
                "No sources yet.",
                &format!(
                    "{} follows a feed, a page or a folder.",
                    key(app, Action::Follow)
                ),
            );
        }
        return;
    }
    for (number, strip) in strips(area, view.pick(), view.lines()) {
        let Some(row) = view.rows().get(number) else {
            continue;
        };
        if number == view.pick().selected {
            for row in strip.row..strip.row + strip.rows {
                let line = Area {
                    row,
                    rows: 1,
                    ..strip
                };
                super::cursor_bar(pen, line, held);
            }
        }
        source(pen, strip, app, row);
    }
}

/// One source.
fn source(pen: &mut Pen<'_>, area: Area, app: &App, row: &SourceListing) {
    let column = area.column + INDENT;
    let end = area.column + area.columns.saturating_sub(1);
    let count = if row.unread > 0 {
        let mark = pen.glyphs().unread;
        pen.write((area.column + 1, area.row), 1, mark, Role::MarkUnread);
        format!("{} of {}", grouped(row.unread), grouped(row.releases))
    } else {
        grouped(row.releases)
    };
    let right = pen.right(end, area.row, &count, Role::Muted);
    let role = if row.unread > 0 {
        Role::Unread
    } else {
        Role::Read
    };
    let room = right.saturating_sub(column + 1);
    let used = pen.clipped((column, area.row), room, &row.name, role);
    if let Some(following) = &row.following {
        let chosen = source_choices(following).join(" ");
        let left = room.saturating_sub(used + 2);
        // Cut to nothing it says nothing.
        if usize::from(left) >= width(&chosen).min(6) {
            pen.clipped((column + used + 2, area.row), left, &chosen, Role::Muted);
        }
    }
    if area.rows > 1 {
        stands(pen, (column, area.row + 1), end, app, row);
    }
}

/// How a source stands; where there is room behind it, where it is.
fn stands(pen: &mut Pen<'_>, at: (u16, u16), end: u16, app: &App, row: &SourceListing) {
    let (words, role) = match &row.following {
        Some(following) => (source_standing(following, app.clock()), role(following)),
        None => ("not followed".to_owned(), Role::Faint),
    };
    let used = pen.clipped(at, end.saturating_sub(at.0), &words, role);
    let place = row.address.as_deref().map_or("", place);
    if width(place) + 2 <= usize::from(end.saturating_sub(at.0 + used)) {
        pen.right(end, at.1, place, Role::Faint);
    }
}

fn role(following: &Following) -> Role {
    match following.health {
        Health::Failing { .. } => Role::Error,
        Health::Gone { .. } | Health::Waiting { .. } => Role::Warning,
        Health::Paused => Role::Faint,
        Health::New | Health::Fresh => Role::Byline,
    }
}

/// The card of the chosen source; false where none is chosen.
pub(super) fn card(pen: &mut Pen<'_>, area: Area, app: &App) -> bool {
    let Some(row) = app.sources().chosen() else {
        return false;
    };
    let column = area.column + INDENT;
    let room = area.columns.saturating_sub(2 * INDENT);
    let bottom = area.row + area.rows;
    let mut line = area.row;
    let mut put = |pen: &mut Pen<'_>, words: &str, role: Role| {
        for part in textwrap::wrap(words, usize::from(room.max(1))) {
            if line < bottom {
                pen.clipped((column, line), room, &part, role);
            }
            line = line.saturating_add(1);
        }
    };
    put(pen, &row.name, Role::Headline);
    match &row.following {
        Some(following) => {
            let standing = source_standing(following, app.clock());
            put(pen, &standing, role(following));
            if let Some(advice) = advice(app, following) {
                put(pen, &advice, Role::Text);
            }
        }
        None => put(
            pen,
            "not followed: only where releases came from",
            Role::Faint,
        ),
    }
    line = line.saturating_add(1);
    for (label, fact) in source_facts(row, app.clock()) {
        const LABELS: u16 = 11;
        if line >= bottom {
            break;
        }
        pen.write((column, line), room.min(LABELS), label, Role::Muted);
        let at = (column + LABELS, line);
        pen.clipped(at, room.saturating_sub(LABELS), &fact, Role::Text);
        line += 1;
    }
    true
}

/// What there is to do about a source that is not fresh.
fn advice(app: &App, following: &Following) -> Option<String> {
    let refresh = key(app, Action::RefreshSource);
    Some(match following.health {
        Health::Fresh | Health::New => return None,
        Health::Failing { .. } => {
            format!("It is asked again by itself, later each time; {refresh} asks it now.")
        }
        Health::Waiting { .. } => {
            "It is not asked before that; nothing needs to be done.".to_owned()
        }
        Health::Gone { .. } => {
            let end = key(app, Action::Unfollow);
            format!(
                "It is asked no more. {refresh} asks it once all the same; {end} stops following it, its releases stay."
            )
        }
        Health::Paused => format!("{} goes on.", key(app, Action::PauseSource)),
    })
}

/// The host of an address, or the path of a folder.
fn place(address: &str) -> &str {
    let Some((_, rest)) = address.split_once("://") else {
        return address;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host.rsplit('@').next().unwrap_or(host);
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_place_is_a_host_without_secrets_or_a_path() {
        for (address, shown) in [
            ("https://www.example.com/feed?x=1", "example.com"),
            ("https://ann:secret@example.com:8080", "example.com:8080"),
            ("/home/ann/press", "/home/ann/press"),
        ] {
            assert_eq!(place(address), shown);
        }
    }
}
