//! The card of an entity, and the choices about it.
//!
//! ```text
//!   Acme Power ASA
//!
//!   O Organisation · 12 releases · 44 mentions
//!   since      3 January 2024, last 19 March 2026
//!   by month   ▁▁▃█▂  2025-08 to 2026-03
//!   also       Acme, Acme Power
//!   with       Example Bank 7, Ingrid Dahl 5
//!   newest     2h   Acme Power buys the Nordhavn wind farm
//! ```

use super::figures::{counted, grouped};
use super::floating::{SEARCH, draw_field, more, write};
use super::paint::{Pen, width};
use super::side::letter;
use super::theme::Role;
use crate::app::{App, Area, Card, Chooser, Choosing, kind_words, when};
use crate::entity::EntityPage;

/// Columns of the labels.
const LABELS: u16 = 11;
/// So many months are drawn at most.
const MONTHS: usize = 24;

/// A line of the card: its label, and pieces of text.
type Row = (&'static str, Vec<(String, Role)>);

/// How many rows the card takes in a window of so many columns.
pub(super) fn rows(app: &App, card: &Card, columns: u16) -> usize {
    lines(app, &card.page, columns.saturating_sub(LABELS + 4), "").len()
}

/// Draws the card within `inside`.
pub(super) fn draw(pen: &mut Pen<'_>, inside: Area, app: &App, card: &Card) {
    let bars = bars(&card.page, &pen.glyphs().bars);
    let room = inside.columns.saturating_sub(LABELS);
    let lines = lines(app, &card.page, room, &bars);
    for (row, (label, pieces)) in (inside.row..inside.row + inside.rows).zip(lines) {
        let mut column = inside.column;
        if !label.is_empty() {
            write(pen, (column, row), LABELS, label, Role::Muted);
            column += LABELS;
        }
        for (words, role) in pieces {
            let room = (inside.column + inside.columns).saturating_sub(column);
            column += write(pen, (column, row), room, &words, role);
        }
    }
}

/// The card's rows.
fn lines(app: &App, page: &EntityPage, room: u16, bars: &str) -> Vec<Row> {
    let clock = app.clock();
    let mut lines = vec![summary(page)];
    if let Some(printed) = &page.printed {
        lines.push(("printed as", vec![(printed.to_string(), Role::Text)]));
    }
    if page.releases > 0 {
        let day = |at| when::full(at, false, &clock.zone);
        let spell = if day(page.first) == day(page.last) {
            day(page.first)
        } else {
            format!("{}, last {}", day(page.first), day(page.last))
        };
        lines.push(("since", vec![(spell, Role::Text)]));
    }
    if page.months.len() > 1 {
        let words = format!("  {}", span(page));
        lines.push((
            "by month",
            vec![(bars.to_owned(), Role::Accent), (words, Role::Muted)],
        ));
    }
    let aliases = page
        .aliases
        .iter()
        .map(|alias| (alias.to_string(), Role::Text));
    lines.extend(listed("also", aliases, room));
    let joined = page
        .joined
        .iter()
        .map(|form| (form.name.to_string(), Role::of_kind(form.kind)));
    lines.extend(listed("joined", joined, room));
    let with = page.with.iter().map(|other| {
        let words = format!("{}\u{A0}{}", other.name, grouped(other.releases));
        (words, Role::of_kind(other.kind))
    });
    lines.extend(listed("with", with, room));
    for (number, (_, headline, published)) in page.newest.iter().enumerate() {
        let ago = when::ago(*published, true, clock.now, &clock.zone);
        let pieces = vec![
            (format!("{ago:<8}"), Role::Muted),
            (headline.to_string(), Role::Text),
        ];
        lines.push((if number == 0 { "newest" } else { "\u{A0}" }, pieces));
    }
    lines
}

/// What it is, and how often it is named.
fn summary(page: &EntityPage) -> Row {
    let mut words = format!(
        "{}, {}, {}",
        kind_words(page.kind),
        counted(page.releases, "release", "releases"),
        counted(page.mentions, "mention", "mentions")
    );
    if page.decision.hidden {
        words.push_str(", hidden");
    }
    let role = Role::of_kind(page.kind);
    (
        "",
        vec![
            (format!("{} ", letter(page.kind)), role),
            (words, Role::Text),
        ],
    )
}

/// Words parted by commas, over as many rows as they need, three at most.
fn listed(label: &'static str, words: impl Iterator<Item = (String, Role)>, room: u16) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut used = 0;
    for (words, role) in words {
        let wide = width(&words) + 2;
        let fits = !rows.is_empty() && used + wide <= usize::from(room);
        if !fits {
            if rows.len() == 3 {
                break;
            }
            rows.push((if rows.is_empty() { label } else { "\u{A0}" }, Vec::new()));
            used = 0;
        }
        used += wide;
        if let Some((_, pieces)) = rows.last_mut() {
            if fits {
                pieces.push((", ".to_owned(), Role::Muted));
            }
            pieces.push((words, role));
        }
    }
    rows
}

/// The months that are drawn: the last ones up to the newest release, those without a release among them.
fn drawn(page: &EntityPage) -> Vec<(i32, u64)> {
    let Some(last) = page.months.last().map(|(month, _)| *month) else {
        return Vec::new();
    };
    let first = page.months.first().map_or(last, |(month, _)| *month);
    let first = first.max(last - MONTHS as i32 + 1);
    let count = |month: i32| {
        let found = page.months.iter().find(|(other, _)| *other == month);
        found.map_or(0, |(_, count)| *count)
    };
    (first..=last).map(|month| (month, count(month))).collect()
}

/// A bar for each month.
fn bars(page: &EntityPage, heights: &[&str; 8]) -> String {
    let months = drawn(page);
    let most = months
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(1)
        .max(1);
    let bar = |count: u64| {
        if count == 0 {
            return " ";
        }
        let height = (count * 8).div_ceil(most).saturating_sub(1).min(7);
        heights[usize::try_from(height).unwrap_or(0)]
    };
    months.iter().map(|(_, count)| bar(*count)).collect()
}

/// The first and the last month that is drawn.
fn span(page: &EntityPage) -> String {
    let months = drawn(page);
    let month = |number: i32| format!("{}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1);
    match (months.first(), months.last()) {
        (Some((first, _)), Some((last, _))) => format!("{} to {}", month(*first), month(*last)),
        _ => String::new(),
    }
}

/// What a choice asks, as the title of its window.
pub(super) fn title(chooser: &Chooser) -> String {
    let name = &chooser.page.name;
    match chooser.choosing {
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
            Choosing::Join => "No entity is called that.",
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
            super::floating::choose(pen, area, row);
        }
    }
    more(
        pen,
        area,
        chooser.pick.top > 0,
        chooser.pick.top + chooser.pick.height < chooser.options.len(),
    );
}
