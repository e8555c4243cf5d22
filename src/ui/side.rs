//! The side pane: entities by kind with their counts, what a search's hits have in common, who is quoted, the
//! outline, whom to call.
//!
//! ```text
//!   PEOPLE              4
//! ▌P Xi Jinping         7
//! ```
//! A kind is told by its letter, its hue and the attribute of its name, the same as in the text.

use super::paint::Pen;
use super::theme::Role;
use crate::app::figures::grouped;
use crate::app::{Area, ContactPart, Reading, Side, SideLine, SideView};
use crate::entity::Kind;
use crate::text::Extent;

/// Where words start: after the bar and a letter.
const INDENT: u16 = 3;

/// An office in fewer columns than these says nothing.
const SCRAP: u16 = 14;

/// The side pane with what its lines refer to.
pub(super) struct SidePane<'a> {
    /// Its lines.
    pub side: &'a Side,
    /// The open release.
    pub reading: Option<&'a Reading>,
    /// Whether the pane has the focus.
    pub held: bool,
}

impl SidePane<'_> {
    /// Draws the lines that are on the screen.
    pub fn draw(&self, pen: &mut Pen<'_>, area: Area) {
        let pick = self.side.pick();
        let chosen = match self.side.chosen() {
            Some(_) => self.side.chosen_rows(),
            None => 0..0,
        };
        let shown = self
            .side
            .lines()
            .iter()
            .enumerate()
            .skip(pick.top)
            .take(usize::from(area.rows));
        for (row, (number, line)) in (area.row..).zip(shown) {
            let strip = Area {
                row,
                rows: 1,
                ..area
            };
            if chosen.contains(&number) {
                super::cursor_bar(pen, strip, self.held);
            }
            self.line(pen, strip, number, *line);
        }
        if self.side.lines().is_empty() {
            self.nothing(pen, area);
        }
    }

    /// Says why nothing stands here.
    fn nothing(&self, pen: &mut Pen<'_>, area: Area) {
        let words = match (self.side.view(), self.reading) {
            (SideView::Facets, _) => "Nothing in common yet",
            (_, None) => return,
            (SideView::Entities, _) => "No names found",
            (SideView::Quotes, _) => "Nobody is quoted",
            (SideView::Outline, _) => "No sub-headings",
            (SideView::Contacts, _) => "No contact given",
        };
        let at = (area.column + INDENT, area.row + 1.min(area.rows - 1));
        pen.clipped(at, area.columns.saturating_sub(INDENT), words, Role::Faint);
    }

    fn line(&self, pen: &mut Pen<'_>, area: Area, row: usize, line: SideLine) {
        match line {
            SideLine::Blank => {}
            SideLine::More => self.more(pen, area, row),
            SideLine::Group(group, _) => heading(pen, area, group.heading()),
            SideLine::Entity(number) => self.entity(pen, area, number),
            SideLine::Theme(number) => self.theme(pen, area, number),
            SideLine::Facet(number) => {
                if let Some(facet) = self.side.facets().get(number) {
                    named(pen, area, facet.kind, &facet.name, facet.releases);
                }
            }
            SideLine::Speaker(number) => self.speaker(pen, area, number),
            SideLine::Quote(number) => self.quote(pen, area, row, number),
            SideLine::Subhead(number) => self.subhead(pen, area, row, number),
            SideLine::Contact(number, part) => {
                let part_of_it = self.side.part(row);
                self.contact(pen, area, part_of_it, (number, part));
            }
        }
    }

    fn entity(&self, pen: &mut Pen<'_>, area: Area, number: usize) {
        let entities = self
            .reading
            .map(|reading| &reading.opened().recognition.entities);
        if let Some(entity) = entities.and_then(|entities| entities.get(number)) {
            named(
                pen,
                area,
                entity.kind,
                &entity.name,
                entity.mentions.len() as u64,
            );
        }
    }

    fn theme(&self, pen: &mut Pen<'_>, area: Area, number: usize) {
        let themes = self
            .reading
            .map(|reading| &reading.opened().recognition.themes);
        if let Some(theme) = themes.and_then(|themes| themes.get(number)) {
            counted(pen, area, "~", &theme.text, Role::Theme, theme.count as u64);
        }
    }

    fn speaker(&self, pen: &mut Pen<'_>, area: Area, number: usize) {
        let quote = self
            .reading
            .and_then(|reading| reading.release().quotes.get(number));
        let name = quote
            .and_then(|quote| quote.speaker.as_deref())
            .unwrap_or("Unnamed");
        let at = (area.column + 1, area.row);
        let room = area.columns.saturating_sub(2);
        let used = pen.clipped(at, room, name, Role::Person);
        // Of their office as much as fits, where that is more than a scrap.
        let title = quote.and_then(|quote| quote.speaker_title.as_deref());
        let left = room.saturating_sub(used + 2);
        if let Some(title) = title.filter(|_| left >= SCRAP) {
            pen.clipped((at.0 + used + 2, at.1), left, title, Role::Muted);
        }
    }

    fn quote(&self, pen: &mut Pen<'_>, area: Area, row: usize, number: usize) {
        let Some(reading) = self.reading else { return };
        let Some(quote) = reading.release().quotes.get(number) else {
            return;
        };
        pen.write(
            (area.column + 1, area.row),
            1,
            pen.glyphs().quote,
            Role::Faint,
        );
        let part = self.side.part(row).unwrap_or(quote.extent);
        words(pen, area, INDENT, part.of(reading.text()), Role::Text);
    }

    fn subhead(&self, pen: &mut Pen<'_>, area: Area, row: usize, number: usize) {
        let (Some(reading), Some(extent)) = (self.reading, self.side.outline().get(number)) else {
            return;
        };
        let part = self.side.part(row).unwrap_or(*extent);
        words(pen, area, INDENT - 1, part.of(reading.text()), Role::Text);
    }

    fn contact(
        &self,
        pen: &mut Pen<'_>,
        area: Area,
        row: Option<Extent>,
        (number, part): (usize, ContactPart),
    ) {
        let contact = self
            .reading
            .and_then(|reading| reading.release().contacts.get(number));
        let Some(contact) = contact else { return };
        let (all, role) = match part {
            ContactPart::Name => (&contact.name, Role::Person),
            ContactPart::Organization => (&contact.organization, Role::Org),
            ContactPart::Email => (&contact.email, Role::Link),
            ContactPart::Phone => (&contact.phone, Role::Text),
        };
        let all = all.as_deref().unwrap_or("");
        let here = row.map_or(all, |row| row.of(all));
        words(pen, area, INDENT - 1, here, role);
    }

    /// A further row of the line above: its words stand under those of the first row.
    fn more(&self, pen: &mut Pen<'_>, area: Area, row: usize) {
        let (Some(reading), Some(part)) = (self.reading, self.side.part(row)) else {
            return;
        };
        let above = self.side.lines()[..row].iter().rev();
        let first = above.copied().find(|line| *line != SideLine::More);
        let text = reading.text();
        match first {
            Some(SideLine::Quote(_)) => words(pen, area, INDENT, part.of(text), Role::Text),
            Some(SideLine::Subhead(_)) => words(pen, area, INDENT - 1, part.of(text), Role::Text),
            Some(SideLine::Contact(number, of)) => {
                self.contact(pen, area, Some(part), (number, of));
            }
            _ => {}
        }
    }
}

/// Words that may go on past the row: an ellipsis says so.
fn words(pen: &mut Pen<'_>, area: Area, indent: u16, words: &str, role: Role) {
    let room = area.columns.saturating_sub(indent + 1);
    let one_line = words.replace('\n', " ");
    pen.clipped((area.column + indent, area.row), room, &one_line, role);
}

/// The heading of a group.
fn heading(pen: &mut Pen<'_>, area: Area, words: &str) {
    let at = (area.column + INDENT, area.row);
    pen.clipped(
        at,
        area.columns.saturating_sub(INDENT + 1),
        &words.to_uppercase(),
        Role::Day,
    );
}

/// A name with the letter of its kind and a count.
fn named(pen: &mut Pen<'_>, area: Area, kind: Kind, name: &str, count: u64) {
    counted(pen, area, letter(kind), name, Role::of_kind(kind), count);
}

fn counted(pen: &mut Pen<'_>, area: Area, letter: &str, name: &str, role: Role, count: u64) {
    let end = area.column + area.columns.saturating_sub(1);
    let start = pen.right(end, area.row, &grouped(count), Role::Muted);
    let hue = ratatui::style::Style {
        add_modifier: ratatui::style::Modifier::empty(),
        ..pen.style(role)
    };
    pen.text((area.column + 1, area.row), 1, letter, hue);
    let room = start.saturating_sub(area.column + INDENT + 1);
    pen.clipped((area.column + INDENT, area.row), room, name, role);
}

/// The letter of a kind.
pub(super) fn letter(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "P",
        Kind::Org => "O",
        Kind::Gpe | Kind::Loc => "L",
        Kind::Norp => "N",
        Kind::Fac => "F",
        Kind::Money => "$",
        Kind::Percent => "%",
        Kind::Date => "D",
        Kind::Time => "H",
        Kind::Quantity => "Q",
        Kind::Product => "R",
        Kind::Event => "E",
        Kind::Law => "W",
        Kind::WorkOfArt => "K",
        Kind::Language => "G",
        Kind::Ordinal | Kind::Cardinal => "#",
        Kind::Ticker => "T",
    }
}
