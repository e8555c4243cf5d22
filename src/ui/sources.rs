//! The sources in the left pane: what is followed, and how it stands.
//!
//! ```text
//!  ▾ ENERGY                                    12 of 360
//! ▌● Name of the source  #nordic               12 of 340
//! ▌  fresh 5 min ago, next in 55 min        example.com
//!    Another one                                      20
//!    failing since 19 March: not found (status 404)
//!  ▸ NO GROUP  1 failing                           1 284
//! ```
//! Headings stand there where a source has a group. Beside the list, where there is room, stands the card of the chosen
//! source: the same in full, and what to do; or the card of the group whose heading is chosen.

use super::empty::key;
use super::list::INDENT;
use super::paint::{Pen, width};
use super::theme::Role;
use crate::app::figures::grouped;
use crate::app::{
    Action, App, Area, SourceHeading, SourceLine, group_facts, group_words, source_choices,
    source_facts, source_standing,
};
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
    for (number, line, start) in view.shown() {
        let strip = strip(area, start, line.rows());
        if number == view.selected() {
            for row in strip.row..strip.row + strip.rows {
                let line = Area {
                    row,
                    rows: 1,
                    ..strip
                };
                super::cursor_bar(pen, line, held);
            }
        }
        match line {
            SourceLine::Heading(number) => {
                if let Some(group) = view.heading(number) {
                    heading(pen, strip, group);
                }
            }
            SourceLine::Source(number) => {
                if let Some(row) = view.rows().get(number) {
                    source(pen, strip, app, row);
                }
            }
        }
    }
}

/// The rows of the pane that a line takes, as far as it has them.
fn strip(area: Area, start: usize, rows: usize) -> Area {
    let cells = |rows: usize| u16::try_from(rows).unwrap_or(u16::MAX).min(area.rows);
    let start = cells(start);
    Area {
        row: area.row + start,
        rows: cells(rows).min(area.rows - start),
        ..area
    }
}

/// The heading of a group: whether it is folded, its name, its counts. What is folded away and failing is told here.
fn heading(pen: &mut Pen<'_>, area: Area, group: &SourceHeading) {
    const LEAST: u16 = 4;
    let column = area.column + INDENT;
    let end = area.column + area.columns.saturating_sub(1);
    let mark = if group.folded {
        pen.glyphs().folded
    } else {
        pen.glyphs().unfolded
    };
    pen.write((area.column + 1, area.row), 1, mark, Role::Day);
    let counts = counts(group.unread, group.releases);
    let right = pen.right(end, area.row, &counts, Role::Muted);
    let failing = if group.folded && group.failing > 0 {
        format!("  {} failing ", grouped(group.failing))
    } else {
        String::new()
    };
    let room = right.saturating_sub(column + 1);
    // The name gives way, but never altogether.
    let taken = u16::try_from(width(&failing)).unwrap_or(0);
    let left = room.saturating_sub(taken).max(LEAST.min(room));
    let name = group_words(&group.group).to_uppercase();
    let used = pen.clipped((column, area.row), left, &name, Role::Day);
    let at = (column + used, area.row);
    pen.clipped(at, room.saturating_sub(used), &failing, Role::Error);
}

/// How many releases there are, and how many of them are unread.
fn counts(unread: u64, releases: u64) -> String {
    match unread {
        0 => grouped(releases),
        _ => format!("{} of {}", grouped(unread), grouped(releases)),
    }
}

/// One source.
fn source(pen: &mut Pen<'_>, area: Area, app: &App, row: &SourceListing) {
    let column = area.column + INDENT;
    let end = area.column + area.columns.saturating_sub(1);
    if row.unread > 0 {
        let mark = pen.glyphs().unread;
        pen.write((area.column + 1, area.row), 1, mark, Role::MarkUnread);
    }
    let counts = counts(row.unread, row.releases);
    let right = pen.right(end, area.row, &counts, Role::Muted);
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

/// The card of the chosen source, or of the chosen group; false where neither is chosen.
pub(super) fn card(pen: &mut Pen<'_>, area: Area, app: &App) -> bool {
    let mut card = Card {
        column: area.column + INDENT,
        room: area.columns.saturating_sub(2 * INDENT),
        line: area.row,
        bottom: area.row + area.rows,
    };
    if let Some(row) = app.sources().chosen() {
        card.source(pen, app, row);
    } else if let Some(heading) = app.sources().chosen_heading() {
        card.put(pen, group_words(&heading.group), Role::Headline);
        card.facts(pen, &group_facts(heading, app.clock()));
    } else {
        return false;
    }
    true
}

/// A card as it is filled, line by line.
struct Card {
    column: u16,
    room: u16,
    /// The line that is filled next.
    line: u16,
    bottom: u16,
}

impl Card {
    /// A source: how it stands, what to do, its facts.
    fn source(&mut self, pen: &mut Pen<'_>, app: &App, row: &SourceListing) {
        self.put(pen, &row.name, Role::Headline);
        match &row.following {
            Some(following) => {
                let standing = source_standing(following, app.clock());
                self.put(pen, &standing, role(following));
                if let Some(advice) = advice(app, following) {
                    self.put(pen, &advice, Role::Text);
                }
                for note in &following.notes {
                    self.put(pen, note, Role::Muted);
                }
            }
            None => self.put(
                pen,
                "not followed: only where releases came from",
                Role::Faint,
            ),
        }
        self.facts(pen, &source_facts(row, app.clock()));
    }

    /// Words, over as many lines as they need.
    fn put(&mut self, pen: &mut Pen<'_>, words: &str, role: Role) {
        for part in textwrap::wrap(words, usize::from(self.room.max(1))) {
            if self.line < self.bottom {
                pen.clipped((self.column, self.line), self.room, &part, role);
            }
            self.line = self.line.saturating_add(1);
        }
    }

    /// Facts with their names, below a blank line.
    fn facts(&mut self, pen: &mut Pen<'_>, facts: &[(&str, String)]) {
        const LABELS: u16 = 11;
        self.line = self.line.saturating_add(1);
        for (label, fact) in facts {
            if self.line >= self.bottom {
                break;
            }
            let (column, line) = (self.column, self.line);
            pen.write((column, line), self.room.min(LABELS), label, Role::Muted);
            let at = (column + LABELS, line);
            pen.clipped(at, self.room.saturating_sub(LABELS), fact, Role::Text);
            self.line += 1;
        }
    }
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
