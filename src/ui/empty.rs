//! What stands where nothing stands: why, and what to do about it.

use super::paint::Pen;
use super::theme::Role;
use crate::app::effect::Filter;
use crate::app::{Action, App, Area, Mode};

/// An empty list.
pub(super) fn list(pen: &mut Pen<'_>, area: Area, app: &App) {
    if !app.list().loaded() {
        return;
    }
    let scope = app.list().scope();
    let all = key(app, Action::FilterAll);
    let (what, then) = match scope.filter {
        _ if scope.query.is_some() => (
            "Nothing found.",
            "Esc brings back what was there.".to_owned(),
        ),
        _ if scope.entity.is_some() => ("No release names it.", "Esc goes back.".to_owned()),
        Filter::Unread => ("Nothing unread.", format!("{all} shows all releases.")),
        Filter::Starred => ("Nothing starred.", format!("{all} shows all releases.")),
        Filter::WithPassages => (
            "Nothing bookmarked yet.",
            format!("{all} shows all releases."),
        ),
        Filter::All if scope.source.is_some() || scope.group.is_some() => {
            ("No releases yet.", "Esc goes back.".to_owned())
        }
        Filter::All => (
            "No releases yet.",
            format!(
                "{}, then {} follows a feed, a page or a folder.",
                key(app, Action::Sources),
                keys_in(app, Mode::Sources, Action::Follow)
            ),
        ),
    };
    say(pen, area, what, &then);
}

/// No release is open.
pub(super) fn reading(pen: &mut Pen<'_>, area: Area, app: &App) {
    if app.list().loaded() && !app.list().is_empty() && app.opening().is_none() {
        let open = key(app, Action::Open);
        say(
            pen,
            area,
            "No release is open.",
            &format!("{open} opens the one that is chosen."),
        );
    }
}

/// The keys of an action in a mode, as people write them.
fn keys_in(app: &App, mode: Mode, action: Action) -> String {
    let keys = app.settings().keymap.keys_of(mode, action);
    keys.unwrap_or_else(|| action.words().to_owned())
}

/// The keys of an action in the present mode, as people write them.
pub(super) fn key(app: &App, action: Action) -> String {
    let keymap = &app.settings().keymap;
    keymap
        .keys_of(app.mode(), action)
        .or_else(|| keymap.keys_of(Mode::List, action))
        .unwrap_or_else(|| action.words().to_owned())
}

/// Two lines, a third of the way down, wrapped where they must be.
pub(super) fn say(pen: &mut Pen<'_>, area: Area, what: &str, then: &str) {
    let room = area.columns.saturating_sub(4);
    let mut row = area.row + area.rows / 3;
    for (words, role) in [(what, Role::Text), (then, Role::Muted)] {
        for line in textwrap::wrap(words, usize::from(room.max(1))) {
            if row < area.row + area.rows {
                pen.write((area.column + 3, row), room, &line, role);
            }
            row += 1;
        }
    }
}
