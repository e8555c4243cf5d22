//! The rows of an entity's card: laid out for a width, so that they scroll, and so that what is named on them can be
//! chosen by key and mouse.

use super::{Card, kind_words};
use crate::app::figures::{counted, grouped};
use crate::app::list::Clock;
use crate::app::reading::Way;
use crate::app::when;
use crate::entity::{EntityPage, Kind};
use crate::release::{LibraryEntityId, ReleaseId};
use crate::text::wrap::width;

/// Columns of the card's labels.
pub const LABELS: u16 = 11;
/// So many months are drawn at most.
const MONTHS: usize = 24;
/// So many rows a list of names takes at most.
const LISTED: usize = 3;

/// What a piece of the card is, for its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Muted,
    /// A name of this kind.
    Kind(Kind),
    /// Not words but the letter of this kind, in two cells.
    Letter(Kind),
    /// Not words but the bars of [`Card::months`], one a cell.
    Bars,
}

/// What Enter or a click on a piece opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// The card of another entity.
    Entity(LibraryEntityId),
    /// A release.
    Release(ReleaseId),
}

/// Words of the card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardPiece {
    /// The words.
    pub words: String,
    /// Their style.
    pub tone: Tone,
    /// What they open.
    pub opens: Option<Opens>,
}

/// A row of the card: its label, and pieces of text.
#[derive(Clone, Debug, PartialEq)]
pub struct CardRow {
    /// The label; empty in rows that go on, `None` in those that have no column of labels.
    pub label: Option<&'static str>,
    /// What stands there, from left to right.
    pub pieces: Vec<CardPiece>,
}

fn piece(words: impl Into<String>, tone: Tone) -> CardPiece {
    CardPiece {
        words: words.into(),
        tone,
        opens: None,
    }
}

fn row(label: &'static str, pieces: Vec<CardPiece>) -> CardRow {
    CardRow {
        label: Some(label),
        pieces,
    }
}

impl Card {
    /// A card that has not been told its size.
    pub(in crate::app) fn new(page: EntityPage) -> Self {
        Self {
            page,
            rows: Vec::new(),
            top: 0,
            height: 0,
            chosen: None,
        }
    }

    /// Lays the card out for a window of this size.
    pub(in crate::app) fn resize(&mut self, columns: u16, rows: u16, clock: &Clock) {
        let (columns, height) = crate::app::window::card_cells(columns, rows);
        self.rows = rows_of(&self.page, columns.saturating_sub(LABELS), clock);
        self.height = usize::from(height);
        self.scroll_to(self.top);
    }

    /// The pieces that open something: their row, their place in it, and what they open.
    fn openings(&self) -> impl Iterator<Item = (usize, usize, Opens)> + '_ {
        self.rows.iter().enumerate().flat_map(|(row, line)| {
            let pieces = line.pieces.iter().enumerate();
            pieces.filter_map(move |(at, piece)| Some((row, at, piece.opens?)))
        })
    }

    /// What is chosen, where something is.
    #[must_use]
    pub fn chosen(&self) -> Option<Opens> {
        self.openings().nth(self.chosen?).map(|(.., opens)| opens)
    }

    /// Row and place in it of the chosen piece.
    #[must_use]
    pub fn chosen_place(&self) -> Option<(usize, usize)> {
        self.openings()
            .nth(self.chosen?)
            .map(|(row, at, _)| (row, at))
    }

    /// Moves the choice; before the first piece nothing is chosen. A card with nothing to choose scrolls.
    pub(in crate::app) fn step(&mut self, way: Way, count: usize) {
        let of = self.openings().count();
        if of == 0 {
            return self.scroll(way, count);
        }
        let at = self.chosen.map_or(0, |at| at + 1);
        let at = match way {
            Way::Forward => at.saturating_add(count).min(of),
            Way::Back => at.saturating_sub(count),
        };
        self.chosen = at.checked_sub(1);
        match self.chosen_place() {
            Some((row, _)) if row < self.top => self.scroll_to(row),
            Some((row, _)) if row >= self.top + self.height => {
                self.scroll_to((row + 1).saturating_sub(self.height));
            }
            Some(_) => {}
            None => self.top = 0,
        }
    }

    /// Scrolls without choosing.
    pub(in crate::app) fn scroll(&mut self, way: Way, lines: usize) {
        self.scroll_to(match way {
            Way::Forward => self.top.saturating_add(lines),
            Way::Back => self.top.saturating_sub(lines),
        });
    }

    fn scroll_to(&mut self, top: usize) {
        self.top = top.min(self.rows.len().saturating_sub(self.height.max(1)));
    }

    /// Chooses what stands at a row of the screen and a column of the card; whether something does.
    pub(in crate::app) fn click(&mut self, line: usize, column: usize) -> bool {
        let at = self.top + line;
        let Some(row) = self.rows.get(at) else {
            return false;
        };
        let mut end = if row.label.is_some() {
            usize::from(LABELS)
        } else {
            0
        };
        let piece = row.pieces.iter().position(|piece| {
            end += width(&piece.words);
            column < end
        });
        let found = self
            .openings()
            .position(|(row, place, _)| row == at && Some(place) == piece);
        if found.is_some() {
            self.chosen = found;
        }
        found.is_some()
    }

    /// The months that are drawn, as (months since year 0, releases): the last ones up to the newest release, those
    /// without a release among them.
    #[must_use]
    pub fn months(&self) -> Vec<(i32, u64)> {
        drawn(&self.page)
    }
}

/// The card's rows.
fn rows_of(page: &EntityPage, room: u16, clock: &Clock) -> Vec<CardRow> {
    let mut rows = vec![summary(page)];
    if let Some(printed) = &page.printed {
        rows.push(row(
            "printed as",
            vec![piece(printed.to_string(), Tone::Plain)],
        ));
    }
    if page.releases > 0 {
        let day = |at| when::full(at, false, &clock.zone);
        let spell = if day(page.first) == day(page.last) {
            day(page.first)
        } else {
            format!("{}, last {}", day(page.first), day(page.last))
        };
        rows.push(row("since", vec![piece(spell, Tone::Plain)]));
    }
    if page.months.len() > 1 {
        let words = format!("  {}", span(page));
        let bars = piece(" ".repeat(drawn(page).len()), Tone::Bars);
        rows.push(row("by month", vec![bars, piece(words, Tone::Muted)]));
    }
    let aliases = page.aliases.iter();
    let aliases = aliases.map(|alias| piece(alias.to_string(), Tone::Plain));
    rows.extend(listed("also", aliases, room));
    let joined = page.joined.iter();
    let joined = joined.map(|form| piece(form.name.to_string(), Tone::Kind(form.kind)));
    rows.extend(listed("joined", joined, room));
    let with = page.with.iter().map(|other| CardPiece {
        words: format!("{}\u{A0}{}", other.name, grouped(other.releases)),
        tone: Tone::Kind(other.kind),
        opens: Some(Opens::Entity(other.id)),
    });
    rows.extend(listed("with", with, room));
    rows.extend(newest(page, clock));
    rows
}

/// Its newest releases, one a row.
fn newest(page: &EntityPage, clock: &Clock) -> Vec<CardRow> {
    let dated = page.newest.iter().map(|(release, headline, published)| {
        let ago = when::ago(*published, true, clock.now, &clock.zone);
        (ago, headline, *release)
    });
    let dated: Vec<_> = dated.collect();
    let widest = dated.iter().map(|(ago, ..)| width(ago)).max().unwrap_or(0);
    let rows = dated.into_iter().enumerate();
    rows.map(|(number, (ago, headline, release))| {
        let room = " ".repeat(widest + 2 - width(&ago));
        let headline = CardPiece {
            words: headline.to_string(),
            tone: Tone::Plain,
            opens: Some(Opens::Release(release)),
        };
        let label = if number == 0 { "newest" } else { "" };
        row(
            label,
            vec![piece(format!("{ago}{room}"), Tone::Muted), headline],
        )
    })
    .collect()
}

/// What it is, and how often it is named.
fn summary(page: &EntityPage) -> CardRow {
    let mut words = format!(
        "{}, {}, {}",
        kind_words(page.kind),
        counted(page.releases, "release", "releases"),
        counted(page.mentions, "mention", "mentions")
    );
    if page.decision.hidden {
        words.push_str(", hidden");
    }
    CardRow {
        label: None,
        pieces: vec![
            piece("  ", Tone::Letter(page.kind)),
            piece(words, Tone::Plain),
        ],
    }
}

/// Words parted by commas, over as many rows as they need, three at most.
fn listed(label: &'static str, words: impl Iterator<Item = CardPiece>, room: u16) -> Vec<CardRow> {
    let mut rows: Vec<CardRow> = Vec::new();
    let mut used = 0;
    for word in words {
        let wide = width(&word.words) + 2;
        let fits = !rows.is_empty() && used + wide <= usize::from(room);
        if !fits {
            if rows.len() == LISTED {
                break;
            }
            if let Some(last) = rows.last_mut() {
                last.pieces.push(piece(",", Tone::Muted));
            }
            rows.push(row(if rows.is_empty() { label } else { "" }, Vec::new()));
            used = 0;
        }
        used += wide;
        if let Some(last) = rows.last_mut() {
            if fits {
                last.pieces.push(piece(", ", Tone::Muted));
            }
            last.pieces.push(word);
        }
    }
    rows
}

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

/// The first and the last month that is drawn.
fn span(page: &EntityPage) -> String {
    let months = drawn(page);
    let month = |number: i32| format!("{}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1);
    match (months.first(), months.last()) {
        (Some((first, _)), Some((last, _))) => format!("{} to {}", month(*first), month(*last)),
        _ => String::new(),
    }
}
