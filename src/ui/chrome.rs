//! The line above and the line below.
//!
//! ```text
//!  dateline   Unread · 37 of 1 284 releases                     3 new · importing 120 of 365
//!  / solar OR wind█                                     214 releases · newest first · 3 ms
//!  Enter open  / search  m bookmark  ? help                            ¶ 7 of 19 · 41 %
//! ```

use super::paint::{Pen, fitting, width};
use super::theme::Role;
use crate::app::effect::{Filter, Scope, Sort};
use crate::app::figures::{counted, duration, grouped};
use crate::app::message::Gravity;
use crate::app::{App, Hint, Left, Pane, Prompt, PromptKind, group_words};
use crate::release::SourceGroup;

/// Columns left free at either end.
const MARGIN: u16 = 1;

/// The line above: what is shown, or what is typed.
pub(super) fn header(pen: &mut Pen<'_>, app: &App) {
    let area = app.geometry().header;
    let row = area.row;
    let end = area.column + area.columns.saturating_sub(MARGIN);
    if let Some(prompt) = app.prompt() {
        typed(pen, app, prompt, row, end);
        return;
    }
    let right = status(app, pen.glyphs().dot);
    let start = if right.is_empty() {
        end
    } else {
        pen.right(end, row, &right, Role::Chrome)
    };
    let column = area.column + MARGIN;
    let mut at = column + pen.write((column, row), end - column, "dateline", Role::Brand) + 3;
    let dot = format!("  {}  ", pen.glyphs().dot);
    for (number, fact) in facts(app).iter().enumerate() {
        let room = start.saturating_sub(at + 2);
        let role = if number == 0 {
            Role::ChromeStrong
        } else {
            Role::Chrome
        };
        let gap = if number == 0 { "" } else { dot.as_str() };
        // A fact that does not fit is left out; only the first one is worth cutting.
        if number > 0 && width(gap) + width(fact) > usize::from(room) {
            break;
        }
        at += pen.write((at, row), room, gap, Role::Faint);
        at += pen.clipped((at, row), start.saturating_sub(at + 2), fact, role);
    }
}

/// What the list shows, in a few words each.
fn facts(app: &App) -> Vec<String> {
    match app.left() {
        Left::Passages => {
            let rows = app.passages().rows().len() as u64;
            return vec!["Passages".to_owned(), counted(rows, "passage", "passages")];
        }
        Left::Sources => {
            let (followed, failing) = app.sources().followed();
            let mut facts = vec![
                "Sources".to_owned(),
                format!("{} followed", grouped(followed)),
            ];
            if failing > 0 {
                facts.push(format!("{} failing", grouped(failing)));
            }
            return facts;
        }
        Left::List => {}
    }
    let list = app.list();
    let scope = list.scope();
    let mut facts = vec![scope_words(app, scope)];
    if let Some(total) = list.total() {
        facts.push(counted(total, "release", "releases"));
    }
    if let Some(unread) = list
        .unread()
        .filter(|n| *n > 0 && scope.filter != Filter::Unread)
    {
        facts.push(format!("{} unread", grouped(unread)));
    }
    match scope.sort {
        Sort::Newest => {}
        Sort::Oldest => facts.push("oldest first".to_owned()),
        Sort::Best => facts.push("best first".to_owned()),
    }
    facts
}

/// The scope by name.
fn scope_words(app: &App, scope: &Scope) -> String {
    let mut words = Vec::new();
    match scope.filter {
        Filter::All => {}
        Filter::Unread => words.push("Unread".to_owned()),
        Filter::Starred => words.push("Starred".to_owned()),
        Filter::WithPassages => words.push("With passages".to_owned()),
    }
    if let Some(id) = scope.source {
        let sources = app.sources().rows();
        let named = sources
            .iter()
            .find(|source| source.id == id)
            .map(|source| &source.name);
        let shown = || app.list().rows().next().and_then(|row| row.source.as_ref());
        let named = named.or_else(shown).or(app.scope_name());
        words.push(named.map_or("One source".to_owned(), ToString::to_string));
    }
    match &scope.group {
        Some(SourceGroup::Tagged(name)) => words.push(format!("Group {name}")),
        Some(untagged) => words.push(group_words(untagged).to_owned()),
        None => {}
    }
    if let Some(id) = scope.entity {
        let named = app.scope_name().map(ToString::to_string);
        let named = named.or_else(|| entity_name(app, id));
        words.push(named.unwrap_or_else(|| "One name".to_owned()));
    }
    if scope.story.is_some() {
        words.push("One story".to_owned());
    }
    if let Some(query) = &scope.query {
        words.push(format!("/ {query}"));
    }
    if words.is_empty() {
        "All".to_owned()
    } else {
        words.join(", ")
    }
}

/// The name of an entity of the library, where what is on the screen knows it.
fn entity_name(app: &App, id: crate::release::LibraryEntityId) -> Option<String> {
    let facet = app.side().facets().iter().find(|facet| facet.entity == id);
    if let Some(facet) = facet {
        return Some(facet.name.to_string());
    }
    let opened = app.reading()?.opened();
    let number = opened
        .links
        .iter()
        .position(|link| link.is_some_and(|(other, _)| other == id))?;
    Some(opened.recognition.entities.get(number)?.name.to_string())
}

/// What goes on in the background.
fn status(app: &App, dot: &str) -> String {
    let mut words = Vec::new();
    if app.read_only() {
        words.push("read only: nothing is kept".to_owned());
    }
    if app.arrived() > 0 {
        words.push(format!("{} new", grouped(app.arrived())));
    }
    if let Some(progress) = app.progress() {
        let of = progress
            .total
            .map(|total| format!(" of {}", grouped(total)));
        let done = format!("{}{}", grouped(progress.done), of.unwrap_or_default());
        words.push(format!("{} {done}", progress.label));
    }
    words.join(&format!(" {dot} "))
}

/// The prompt: its sign, what is typed, and what was found.
fn typed(pen: &mut Pen<'_>, app: &App, prompt: &Prompt, row: u16, end: u16) {
    let right = found(app, prompt, pen.glyphs().dot);
    let fits = end.saturating_sub(field_start() + 8);
    let start = if width(&right) <= usize::from(fits) {
        pen.right(end, row, &right, Role::Chrome)
    } else {
        end
    };
    pen.write((MARGIN, row), 1, sign(prompt.kind), Role::Accent);
    let room = start.saturating_sub(field_start() + 1);
    let text = prompt.field.text();
    let (from, _) = scrolled(text, prompt.field.cursor(), room);
    let used = pen.write((field_start(), row), room, &text[from..], Role::Prompt);
    if text.is_empty() {
        let words = match prompt.kind {
            PromptKind::Search => "words, \"a phrase\", org:name, after:2025, is:unread",
            PromptKind::Find => "words in this release",
        };
        pen.clipped(
            (field_start() + used + 1, row),
            room.saturating_sub(1),
            words,
            Role::Faint,
        );
    }
}

fn sign(kind: PromptKind) -> &'static str {
    match kind {
        PromptKind::Search => "/",
        PromptKind::Find => "f",
    }
}

/// Where what is typed starts.
fn field_start() -> u16 {
    MARGIN + 2
}

/// From which byte a field is shown so that its cursor is seen, and the cursor's column there.
pub(super) fn scrolled(text: &str, cursor: usize, room: u16) -> (usize, u16) {
    let room = usize::from(room.max(2)) - 1;
    let before = text.get(..cursor).unwrap_or(text);
    let columns = width(before);
    if columns <= room {
        return (0, u16::try_from(columns).unwrap_or(0));
    }
    let mut from = fitting(before, columns - room).len();
    // The cut must not fall short by half a wide character.
    while width(&before[from..]) > room {
        from += before[from..].chars().next().map_or(1, char::len_utf8);
    }
    (from, u16::try_from(width(&before[from..])).unwrap_or(0))
}

/// What the search or find has found.
fn found(app: &App, prompt: &Prompt, dot: &str) -> String {
    if let Some(hint) = &prompt.hint {
        return hint.to_string();
    }
    match prompt.kind {
        PromptKind::Find if prompt.field.is_empty() => String::new(),
        PromptKind::Find => counted(
            app.reading().map_or(0, |reading| reading.hits() as u64),
            "hit",
            "hits",
        ),
        PromptKind::Search => {
            let order = match app.list().scope().sort {
                Sort::Newest => "newest first",
                Sort::Oldest => "oldest first",
                Sort::Best => "best first",
            };
            prompt
                .found
                .map_or_else(String::new, |(total, exact, millis)| {
                    let least = if exact { "" } else { "over " };
                    format!(
                        "{least}{} {dot} {order} {dot} {}",
                        counted(total, "release", "releases"),
                        duration(millis)
                    )
                })
        }
    }
}

/// The line below: what is to be said, or hints; and where one is.
pub(super) fn footer(pen: &mut Pen<'_>, app: &App) {
    let area = app.geometry().footer;
    let row = area.row;
    let end = area.column + area.columns.saturating_sub(MARGIN);
    let whereabouts = whereabouts(pen, app);
    let start = pen.right(end, row, &whereabouts, Role::Chrome);
    let column = area.column + MARGIN;
    let room = start.saturating_sub(column + 2);
    if let Some(notice) = app.notice() {
        let role = match notice.gravity {
            Gravity::Good => Role::Good,
            Gravity::Plain => Role::Plain,
            Gravity::Warning => Role::Warning,
            Gravity::Error => Role::Error,
        };
        pen.clipped((column, row), room, &notice.text, role);
        return;
    }
    let mut at = column;
    for hint in fitting_hints(app.hints(), room) {
        at += pen.write((at, row), start - at, &hint.keys, Role::Key) + 1;
        at += pen.write((at, row), start - at, &hint.words, Role::KeyLabel) + GAP;
    }
}

/// Columns between two hints.
const GAP: u16 = 3;

/// The hints that fit: the first ones, and the last one, which is never left out for another.
fn fitting_hints(mut hints: Vec<Hint>, room: u16) -> Vec<Hint> {
    let columns = |hint: &Hint| width(&hint.keys) + 1 + width(&hint.words);
    let Some(last) = hints.pop() else {
        return hints;
    };
    let room = usize::from(room);
    let mut used = columns(&last);
    if used > room {
        return Vec::new();
    }
    let fits = hints.iter().take_while(|hint| {
        used += columns(hint) + usize::from(GAP);
        used <= room
    });
    let fits = fits.count();
    hints.truncate(fits);
    hints.push(last);
    hints
}

/// What is typed of a command, and where the focus stands.
fn whereabouts(pen: &Pen<'_>, app: &App) -> String {
    let glyphs = pen.glyphs();
    let mut words = Vec::new();
    let typed = app.typed();
    if !typed.is_empty() {
        words.push(typed);
    }
    if app.popup().is_some() {
        return words.concat();
    }
    // Beside the sources no release is shown.
    let reading = app.reading().filter(|_| !app.among_sources());
    match (app.focus(), reading) {
        (Pane::Left, _) if app.left() == Left::Passages => {
            let pick = app.passages().pick();
            if pick.len > 0 {
                words.push(format!("{} of {}", pick.selected + 1, pick.len));
            }
        }
        (Pane::Left, _) if app.left() == Left::List => {
            let total = app.list().total().filter(|total| *total > 0);
            if let (Some(position), Some(total)) = (app.list().position(), total) {
                words.push(format!("{} of {}", grouped(position), grouped(total)));
            }
        }
        (Pane::Reading | Pane::Side, Some(reading)) => {
            let stand = reading.hit().or_else(|| reading.mention());
            if let Some(stand) = stand {
                let what = if reading.hit().is_some() {
                    "hit"
                } else {
                    "mention"
                };
                words.push(format!("{what} {} of {}", stand.number + 1, stand.of));
            }
            let (paragraph, of) = reading.paragraph();
            words.push(format!("{} {paragraph} of {of}", glyphs.pilcrow));
            words.push(format!("{} %", reading.percent()));
        }
        _ => {}
    }
    words.join(&format!(" {} ", glyphs.dot))
}

/// Where the hardware cursor stands while the prompt is typed into.
pub(super) fn cursor(app: &App) -> Option<(u16, u16)> {
    let prompt = app.prompt()?;
    let area = app.geometry().header;
    let right = found(app, prompt, "-");
    let end = area.column + area.columns.saturating_sub(MARGIN);
    let fits = end.saturating_sub(field_start() + 8);
    let taken = if width(&right) <= usize::from(fits) {
        width(&right)
    } else {
        0
    };
    let start = end.saturating_sub(u16::try_from(taken).unwrap_or(0));
    let room = start.saturating_sub(field_start() + 1);
    let (_, column) = scrolled(prompt.field.text(), prompt.field.cursor(), room);
    Some((field_start() + column, area.row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_field_scrolls_with_its_cursor() {
        let text = "solar 界界界界 or wind";
        for room in 1..30u16 {
            for (cursor, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let (from, column) = scrolled(text, cursor, room);
                assert!(from <= cursor && column < room.max(2), "{room} {cursor}");
                assert_eq!(usize::from(column), width(&text[from..cursor]));
            }
        }
        assert_eq!(scrolled(text, 5, 40), (0, 5));
    }
}
