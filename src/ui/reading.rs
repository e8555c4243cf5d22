//! The reading pane: the release set as a page.
//!
//! ```text
//! | banner                                             |
//! |    n  ▌▎ text of the measure, centred     speaker   |
//! ```
//! Left of the text stand the paragraph's number (where asked for), the bar of the cursor's sentence and the bar of
//! a bookmarked passage; right of it, where there is room, who speaks. The rows and what is marked in them come from
//! the app; here they only get their styles.

use ratatui::style::{Modifier, Style};

use super::paint::{Pen, fitting, width};
use super::theme::Role;
use crate::app::{
    Area, Banner, GUTTER, Geometry, Mark, NUMBERS, Origin, Reading, Role as Part, Row, when,
};
use crate::release::{SectionKind, Standing};
use crate::text::Extent;

/// Fewer columns than this right of the text are no place for a name.
const SPEAKER_LEAST: u16 = 8;
/// More than this and the name stands alone.
const SPEAKER_MOST: u16 = 24;

/// What drawing a page needs beside the release.
pub(super) struct Sheet<'a> {
    /// The open release.
    pub reading: &'a Reading,
    /// Where things stand.
    pub geometry: &'a Geometry,
    /// Whether the pane has the focus.
    pub held: bool,
    /// Whether paragraphs are numbered in the margin.
    pub numbers: bool,
    /// The time, seconds since the epoch.
    pub now: i64,
    /// The reader's zone.
    pub zone: &'a jiff::tz::TimeZone,
    /// The keys that lead to what corrects it.
    pub to_correction: Option<String>,
}

impl Sheet<'_> {
    /// Draws banners and rows.
    pub fn draw(&self, pen: &mut Pen<'_>) {
        self.banners(pen);
        let text = self.geometry.text;
        let rows = self.reading.visible().iter().take(usize::from(text.rows));
        let mut above = None;
        for (line, row) in (text.row..).zip(rows) {
            self.gutter(pen, row, line);
            self.row(pen, row, line);
            let speaker = self.reading.quote_starting(row).and_then(|number| {
                let quote = self.reading.release().quotes.get(number)?;
                quote.speaker.as_deref()
            });
            // Who speaks on is named once.
            if let Some(speaker) = speaker.filter(|_| speaker != above) {
                self.speaker(pen, speaker, line);
            }
            above = speaker;
        }
    }

    fn banners(&self, pen: &mut Pen<'_>) {
        let area = self.geometry.banner;
        let column = self.geometry.text.column;
        let limit = (area.column + area.columns).saturating_sub(column);
        let banners = self.reading.banners(self.now);
        for (row, banner) in (area.row..area.row + area.rows).zip(banners) {
            let (mark, words, role) = self.banner(pen, banner);
            if column >= 2 {
                pen.write((column - 2, row), 1, mark, role);
            }
            pen.clipped((column, row), limit, &words, role);
        }
    }

    /// A banner's mark, words and role.
    fn banner(&self, pen: &Pen<'_>, banner: Banner) -> (&'static str, String, Role) {
        let dot = pen.glyphs().dot;
        match banner {
            Banner::Embargo {
                until: Some(until),
                lifted: false,
                certain,
            } => {
                let sure = if certain { "" } else { " at the latest" };
                // What is left comes first: it is what must not be cut in a narrow pane.
                let words = format!(
                    "Embargo, {} left {dot} until {}{sure}",
                    when::until(until, self.now),
                    when::full(until, true, self.zone)
                );
                (pen.glyphs().embargo, words, Role::Banner)
            }
            Banner::Embargo {
                until: Some(until), ..
            } => {
                let words = format!("Embargo lifted {}", when::full(until, true, self.zone));
                (pen.glyphs().embargo, words, Role::Muted)
            }
            Banner::Embargo { until: None, .. } => (
                pen.glyphs().embargo,
                "Under embargo; the line names no time".to_owned(),
                Role::Banner,
            ),
            Banner::Standing(standing) => {
                let words = match standing {
                    Standing::Correction => "Corrects an earlier release",
                    Standing::Kill => "Withdraws an earlier release: do not use it",
                    Standing::Advisory => "Media advisory",
                };
                (pen.glyphs().standing, words.to_owned(), Role::Banner)
            }
            Banner::Replaced {
                withdrawn,
                published,
                timed,
            } => {
                let when = when::full(published, timed, self.zone);
                let (what, then) = if withdrawn {
                    ("Withdrawn", ": do not use it")
                } else {
                    ("Corrected", "")
                };
                // What must not be cut in a narrow pane comes first.
                let mut words = format!("{what}{then} {dot} {when}");
                if let Some(keys) = &self.to_correction {
                    words = format!("{what}{then} {dot} {keys} opens it {dot} {when}");
                }
                (pen.glyphs().standing, words, Role::Banner)
            }
        }
    }

    /// Number, cursor's bar and passage's bar.
    fn gutter(&self, pen: &mut Pen<'_>, row: &Row, line: u16) {
        let text = self.geometry.text.column;
        let glyphs = pen.glyphs();
        let left = self.geometry.reading.map_or(0, |pane| pane.column);
        let numbered = self.numbers && text.saturating_sub(left) >= GUTTER + NUMBERS;
        if let Some(number) = row.paragraph.filter(|_| numbered) {
            pen.right(text - GUTTER - 1, line, &number.to_string(), Role::Number);
        }
        if text < left + 3 {
            return;
        }
        if self.held && self.reading.under_cursor(row) {
            pen.write((text - 3, line), 1, glyphs.focus, Role::FocusBar);
        }
        if self.reading.in_passage(row) {
            pen.write((text - 2, line), 1, glyphs.passage, Role::PassageBar);
        }
    }

    fn row(&self, pen: &mut Pen<'_>, row: &Row, line: u16) {
        let text = self.geometry.text;
        match row.role {
            Part::Blank => {}
            Part::Facts => self.facts(pen, line),
            Part::Folded => self.folded(pen, row, line),
            Part::TableRow if !row.cells.is_empty() => {
                for cell in &row.cells {
                    let area = Area {
                        column: text.column + cell.column,
                        columns: text.columns.saturating_sub(cell.column),
                        row: line,
                        rows: 1,
                    };
                    self.words(pen, row, cell.extent, area);
                }
            }
            _ => {
                let area = Area {
                    column: text.column + row.indent,
                    columns: text.columns.saturating_sub(row.indent),
                    row: line,
                    rows: 1,
                };
                self.words(pen, row, row.extent, area);
            }
        }
    }

    /// Draws the words of a row, run by run.
    fn words(&self, pen: &mut Pen<'_>, row: &Row, extent: Extent, area: Area) {
        let base = pen.style(role_of(row.role));
        if row.origin != Origin::Text {
            let words = self.reading.words(row.origin, extent);
            pen.clipped_in((area.column, area.row), area.columns, words, base);
            return;
        }
        // Cells that do not fit beside each other in columns are wrapped; what parts them must be seen.
        let wrapped = row.role == Part::TableRow && row.cells.is_empty();
        let mut used = 0;
        for run in self.reading.runs(extent) {
            let words = self.reading.words(row.origin, run.extent);
            let parted = wrapped && words.contains('\t');
            let parted = parted.then(|| words.replace('\t', pen.glyphs().hairline));
            let words = parted.as_deref().unwrap_or(words);
            // The tint of the cursor's sentence lies under everything that has a ground of its own.
            let held = self.held && run.tags.contains(&Mark::Cursor);
            let ground = if held {
                base.patch(pen.style(Role::Focus))
            } else {
                base
            };
            let style = run
                .tags
                .iter()
                .fold(ground, |style, mark| over(pen, style, *mark));
            used += pen.text(
                (area.column + used, area.row),
                area.columns.saturating_sub(used),
                words,
                style,
            );
        }
    }

    /// Issuer, date, wire and place, as far as they are known and have room.
    fn facts(&self, pen: &mut Pen<'_>, line: u16) {
        let text = self.geometry.text;
        let release = self.reading.release();
        let listing = &self.reading.opened().listing;
        let dateline = release.dateline.as_ref();
        let issuer = release.issuer.as_ref().or(listing.issuer.as_ref());
        let wire = listing
            .wire
            .as_ref()
            .or(dateline.and_then(|d| d.wire.as_ref()));
        let place = dateline.and_then(|d| d.place.as_ref());
        let date = listing
            .dated
            .then(|| when::full(listing.published, listing.timed, self.zone));
        let facts = [
            issuer.map(|fact| fact.as_str()),
            date.as_deref(),
            wire.map(|fact| fact.as_str()),
            place.map(|fact| fact.as_str()),
        ];
        let gap = format!("  {}  ", pen.glyphs().dot);
        let mut used = 0;
        for fact in facts.into_iter().flatten().filter(|fact| !fact.is_empty()) {
            let at = |used: u16| (text.column + used, line);
            if used == 0 {
                used += pen.clipped(at(used), text.columns, fact, Role::Dateline);
            } else if width(&gap) + width(fact) <= usize::from(text.columns - used) {
                used += pen.write(at(used), text.columns - used, &gap, Role::Faint);
                used += pen.write(at(used), text.columns - used, fact, Role::Dateline);
            }
        }
    }

    /// `▸ About CGTN                4 rows`.
    fn folded(&self, pen: &mut Pen<'_>, row: &Row, line: u16) {
        let text = self.geometry.text;
        let Some(fold) = row.fold.and_then(|n| self.reading.page().folds.get(n)) else {
            return;
        };
        let title = self.reading.words(Origin::Text, fold.title);
        let title = match fold.kind {
            _ if !title.trim().is_empty() => title,
            SectionKind::Contact => "Contact",
            SectionKind::Disclaimer => "Legal text",
            SectionKind::Furniture => "Around the release",
            _ => "Boilerplate",
        };
        let lines = crate::app::figures::counted(fold.rows as u64, "line", "lines");
        let end = text.column + text.columns;
        let count = pen.right(end, line, &lines, Role::Faint);
        let glyphs = pen.glyphs();
        pen.write((text.column, line), 1, glyphs.folded, Role::Folded);
        let room = count.saturating_sub(text.column + 4);
        pen.clipped((text.column + 2, line), room, title, Role::Folded);
    }

    /// Who speaks, right of the row where the quotation starts.
    fn speaker(&self, pen: &mut Pen<'_>, speaker: &str, line: u16) {
        let Some(pane) = self.geometry.reading else {
            return;
        };
        let start = self.geometry.text.column + self.geometry.text.columns + 2;
        let room = (pane.column + pane.columns).saturating_sub(start + 1);
        if room < SPEAKER_LEAST {
            return;
        }
        let room = room.min(SPEAKER_MOST);
        pen.clipped(
            (start, line),
            room,
            &short_name(speaker, usize::from(room)),
            Role::Speaker,
        );
    }
}

/// A name that fits: whole, or its last word.
fn short_name(name: &str, room: usize) -> String {
    if width(name) <= room {
        return name.to_owned();
    }
    let last = name.split_whitespace().next_back().unwrap_or(name);
    fitting(last, room).to_owned()
}

/// The role of a row's words.
fn role_of(part: Part) -> Role {
    match part {
        Part::Headline => Role::Headline,
        Part::Deck => Role::Subhead,
        Part::Facts | Part::Dateline => Role::Dateline,
        Part::ReleaseLine => Role::Muted,
        Part::Lede => Role::Lede,
        Part::Subhead => Role::Heading,
        Part::Quote => Role::Quote,
        Part::TableRow => Role::Table,
        Part::Folded => Role::Folded,
        Part::Boilerplate | Part::Disclaimer | Part::Contact | Part::Source | Part::Furniture => {
            Role::Small
        }
        Part::Link => Role::Link,
        Part::Blank | Part::Body | Part::ListItem => Role::Text,
    }
}

/// Lays a mark's style over what stands below it.
fn over(pen: &Pen<'_>, below: Style, mark: Mark) -> Style {
    let role = match mark {
        Mark::Dateline => Role::Dateline,
        Mark::Link => Role::Link,
        Mark::Quote(_) => Role::Quote,
        Mark::Entity { kind, .. } => Role::of_kind(kind),
        Mark::Passage(_) => Role::Passage,
        Mark::Repair(_) => Role::Repair,
        Mark::Lit => Role::EntityChosen,
        Mark::Hit => Role::Hit,
        Mark::CurrentMention | Mark::CurrentHit => Role::HitCurrent,
        Mark::Cursor => return below,
        Mark::Selection => Role::Selection,
    };
    // What lies on top in full colour must not be turned over by a chosen entity below it.
    let below = match mark {
        Mark::Hit | Mark::CurrentMention | Mark::CurrentHit | Mark::Selection => {
            below.remove_modifier(Modifier::REVERSED)
        }
        _ => below,
    };
    below.patch(pen.style(role))
}
