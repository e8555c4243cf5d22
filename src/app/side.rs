//! The side pane: the entities of the open release by kind, what the hits of a search or a source's releases have in
//! common, who is quoted, the outline, whom to call. It holds lines that refer to the release by number, and a choice among them that skips
//! headings. What is to be read and not only recognised (a quotation, a sub-heading, an address) goes on over further
//! rows; a name is cut short, because it stands whole in the text and on its card.

use std::collections::BTreeMap;

use crate::app::effect::Scope;
use crate::app::message::Facet;
use crate::app::pick::Pick;
use crate::app::reading::{Lit, Reading, Way};
use crate::entity::Kind;
use crate::release::SectionKind;
use crate::text::{Extent, SafeText};

/// What the side pane shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SideView {
    /// Entities and themes of the open release.
    #[default]
    Entities,
    /// What the releases of a search, a source or a group have in common.
    Facets,
    /// Quotations by speaker.
    Quotes,
    /// Sub-headings.
    Outline,
    /// Contacts.
    Contacts,
}

/// The groups of the sidebar, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    People,
    Organisations,
    Places,
    Nationalities,
    Products,
    Works,
    Figures,
    Dates,
    Other,
    Themes,
}

impl Group {
    /// The group of a kind.
    #[must_use]
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::People,
            Kind::Org | Kind::Ticker => Self::Organisations,
            Kind::Gpe | Kind::Loc | Kind::Fac => Self::Places,
            Kind::Norp | Kind::Language => Self::Nationalities,
            Kind::Product => Self::Products,
            Kind::Event | Kind::Law | Kind::WorkOfArt => Self::Works,
            Kind::Money | Kind::Percent | Kind::Quantity => Self::Figures,
            Kind::Date | Kind::Time => Self::Dates,
            Kind::Ordinal | Kind::Cardinal => Self::Other,
        }
    }

    /// Its heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::People => "People",
            Self::Organisations => "Organisations",
            Self::Places => "Places",
            Self::Nationalities => "Nationalities",
            Self::Products => "Products",
            Self::Works => "Events, laws, works",
            Self::Figures => "Figures",
            Self::Dates => "Dates",
            Self::Other => "Numbers",
            Self::Themes => "Themes",
        }
    }
}

/// Which line of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactPart {
    Name,
    Organization,
    Email,
    Phone,
}

/// One line of the side pane. Numbers refer to the open release (`recognition`, `quotes`, `contacts`), to
/// [`Side::facets`] or to [`Side::outline`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideLine {
    /// White space over a heading.
    Blank,
    /// Heading of a group, with how many lines it has.
    Group(Group, usize),
    /// An entity.
    Entity(usize),
    /// A theme.
    Theme(usize),
    /// A facet of a search or a source.
    Facet(usize),
    /// A speaker, named by their first quotation.
    Speaker(usize),
    /// A quotation.
    Quote(usize),
    /// A sub-heading.
    Subhead(usize),
    /// A line of a contact.
    Contact(usize, ContactPart),
    /// A further row of the line above.
    More,
}

impl SideLine {
    /// Whether it can be chosen.
    #[must_use]
    pub fn choosable(self) -> bool {
        !matches!(
            self,
            Self::Blank | Self::Group(..) | Self::Speaker(_) | Self::More
        )
    }
}

/// A quotation takes so many rows at most: enough to know it by.
const QUOTED: usize = 4;
/// So many rows has anything else that goes on.
const GOES_ON: usize = 3;
/// Columns beside the words of a quotation: the bar, its sign, white space at both sides.
const BESIDE_QUOTED: u16 = 4;
/// Columns beside other words that go on: the bar, white space at both sides.
const BESIDE: u16 = 3;

/// The side pane.
#[derive(Clone, Debug, Default)]
pub struct Side {
    view: SideView,
    lines: Vec<SideLine>,
    /// Of each line that goes on over several rows: the part of its words that stands on this one.
    parts: Vec<Option<Extent>>,
    /// The width for which the lines are laid out.
    columns: u16,
    pick: Pick,
    facets: Vec<Facet>,
    /// The scope in whose releases the facets were counted.
    facets_of: Option<Scope>,
    outline: Vec<Extent>,
}

impl Side {
    /// What it shows.
    #[must_use]
    pub fn view(&self) -> SideView {
        self.view
    }

    /// All lines.
    #[must_use]
    pub fn lines(&self) -> &[SideLine] {
        &self.lines
    }

    /// Which line is chosen and which are on the screen.
    #[must_use]
    pub fn pick(&self) -> Pick {
        self.pick
    }

    /// The scope in whose releases the facets were counted; nothing where they have changed since.
    #[must_use]
    pub fn facets_of(&self) -> Option<&Scope> {
        self.facets_of.as_ref()
    }

    /// What the releases of a search, a source or a group have in common.
    #[must_use]
    pub fn facets(&self) -> &[Facet] {
        &self.facets
    }

    /// The headline (where it stands in the text) and the sub-headings.
    #[must_use]
    pub fn outline(&self) -> &[Extent] {
        &self.outline
    }

    /// The part of a line's words that stands on a row, where they go on over several.
    #[must_use]
    pub fn part(&self, row: usize) -> Option<Extent> {
        self.parts.get(row).copied().flatten()
    }

    /// The rows of the chosen line.
    #[must_use]
    pub fn chosen_rows(&self) -> std::ops::Range<usize> {
        let start = self.pick.selected;
        start..self.end_of(start)
    }

    /// Where the rows of the line that starts at `row` end.
    fn end_of(&self, row: usize) -> usize {
        let more = self.lines.iter().skip(row + 1);
        row + 1 + more.take_while(|line| **line == SideLine::More).count()
    }

    /// The chosen line.
    #[must_use]
    pub fn chosen(&self) -> Option<SideLine> {
        let line = self.lines.get(self.pick.selected).copied();
        line.filter(|line| line.choosable())
    }

    /// What the chosen line lights in the text.
    #[must_use]
    pub fn lit(&self) -> Option<Lit> {
        match self.chosen()? {
            SideLine::Entity(number) => Some(Lit::Entity(number)),
            SideLine::Theme(number) => Some(Lit::Theme(number)),
            _ => None,
        }
    }

    pub(super) fn set_facets(&mut self, of: Scope, facets: Vec<Facet>) {
        self.facets = facets;
        self.facets_of = Some(of);
    }

    /// The library changed: the facets are to be counted again.
    pub(super) fn spoil_facets(&mut self) {
        self.facets_of = None;
    }

    /// Shows a view of a release; the choice starts at the top unless the view stays the same and `keep` is set.
    pub(super) fn show(&mut self, view: SideView, reading: Option<&Reading>, keep: bool) {
        let same = self.view == view && keep;
        self.view = view;
        self.outline = reading.map(outline).unwrap_or_default();
        self.lines = match (view, reading) {
            (SideView::Facets, _) => facets(&self.facets),
            (_, None) => Vec::new(),
            (SideView::Entities, Some(reading)) => entities(reading),
            (SideView::Quotes, Some(reading)) => quotes(reading),
            (SideView::Outline, Some(_)) => {
                (0..self.outline.len()).map(SideLine::Subhead).collect()
            }
            (SideView::Contacts, Some(reading)) => contacts(reading),
        };
        self.lay_rows(reading);
        self.pick.resize(self.lines.len(), self.pick.height);
        if !same {
            self.pick.top = 0;
            self.choose_near(0, Way::Forward);
            self.pick.top = 0;
        } else if self.chosen().is_none() {
            self.choose_near(self.pick.selected, Way::Forward);
        }
    }

    /// Takes the size of the pane; for another width the lines are laid out anew, and the choice stays on its line.
    pub(super) fn resize(&mut self, height: usize, columns: u16, reading: Option<&Reading>) {
        if self.columns != columns {
            self.columns = columns;
            let chosen = self.chosen();
            self.lines.retain(|line| *line != SideLine::More);
            self.lay_rows(reading);
            let stays = self.lines.iter().position(|line| Some(*line) == chosen);
            self.pick.selected = stays.unwrap_or(0);
        }
        self.pick.resize(self.lines.len(), height);
    }

    /// Parts the words that go on into rows.
    fn lay_rows(&mut self, reading: Option<&Reading>) {
        self.parts = vec![None; self.lines.len()];
        let (Some(reading), true) = (reading, self.columns > BESIDE_QUOTED) else {
            return;
        };
        let mut lines = Vec::with_capacity(self.lines.len());
        let mut parts = Vec::with_capacity(self.lines.len());
        for line in std::mem::take(&mut self.lines) {
            let rows = self.rows_of(line, reading);
            lines.push(line);
            lines.extend(rows.iter().skip(1).map(|_| SideLine::More));
            if rows.is_empty() {
                parts.push(None);
            }
            parts.extend(rows.into_iter().map(Some));
        }
        self.lines = lines;
        self.parts = parts;
    }

    /// The parts of a line's words, one a row; none where the line is one row. The last part goes on past its row where
    /// not all fits.
    fn rows_of(&self, line: SideLine, reading: &Reading) -> Vec<Extent> {
        let whole;
        let (text, spoken, most) = match line {
            SideLine::Quote(number) => match reading.release().quotes.get(number) {
                // Who speaks, between two parts, stands over them already.
                Some(quote) if !quote.parts.is_empty() => {
                    (reading.text(), quote.parts.as_slice(), QUOTED)
                }
                Some(quote) => {
                    whole = [quote.extent];
                    (reading.text(), whole.as_slice(), QUOTED)
                }
                None => return Vec::new(),
            },
            SideLine::Subhead(number) => match self.outline.get(number) {
                Some(extent) => {
                    whole = [*extent];
                    (reading.text(), whole.as_slice(), GOES_ON)
                }
                None => return Vec::new(),
            },
            SideLine::Contact(number, part) => match contact_words(reading, number, part) {
                Some(words) => {
                    whole = [Extent::new(0, words.len())];
                    (words.as_str(), whole.as_slice(), GOES_ON)
                }
                None => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        let beside = match line {
            SideLine::Quote(_) => BESIDE_QUOTED,
            _ => BESIDE,
        };
        let room = usize::from(self.columns.saturating_sub(beside));
        let parts = spoken.iter();
        let mut rows: Vec<Extent> = parts
            .flat_map(|part| crate::text::wrap::wrap(text, *part, room))
            .take(most + 1)
            .collect();
        if let Some(over) = rows.get(most).copied() {
            rows.truncate(most);
            // Into the next row, so that an ellipsis says that there is more; but not over what parts two parts.
            if let Some(last) = rows.last_mut().filter(|last| over.start <= last.end + 2) {
                last.end = over.end;
            }
        }
        rows
    }

    /// Moves the choice by `count` lines that can be chosen.
    pub(super) fn step(&mut self, way: Way, count: usize) {
        for _ in 0..count.min(self.lines.len()) {
            let next = match way {
                Way::Forward => self.pick.selected + 1,
                Way::Back => match self.pick.selected.checked_sub(1) {
                    Some(next) => next,
                    None => break,
                },
            };
            self.choose_near(next, way);
        }
    }

    /// To the first or last line.
    pub(super) fn end(&mut self, way: Way) {
        match way {
            Way::Forward => self.choose_near(self.lines.len().saturating_sub(1), Way::Back),
            Way::Back => self.choose_near(0, Way::Forward),
        }
    }

    /// Chooses a line; where it cannot be chosen, the next one that can, in the given direction. Its heading comes
    /// into view with it.
    pub(super) fn choose_near(&mut self, line: usize, way: Way) {
        let found = match way {
            Way::Forward => (line..self.lines.len()).find(|at| self.lines[*at].choosable()),
            Way::Back => (0..=line.min(self.lines.len().saturating_sub(1)))
                .rev()
                .find(|at| self.lines.get(*at).is_some_and(|line| line.choosable())),
        };
        if let Some(found) = found {
            let heading = found.saturating_sub(1);
            if !self.lines[heading].choosable() && self.lines[heading] != SideLine::More {
                self.pick.choose(heading);
            }
            self.pick.choose(self.end_of(found) - 1);
            self.pick.choose(found);
        }
    }

    /// Moves the choice by about so many rows.
    pub(super) fn page(&mut self, way: Way, rows: usize) {
        let target = match way {
            Way::Forward => self.pick.selected.saturating_add(rows),
            Way::Back => self.pick.selected.saturating_sub(rows),
        };
        let before = self.pick.selected;
        self.choose_near(target, way);
        if self.pick.selected == before {
            self.end(way);
        }
    }

    /// Chooses the line of an entity or theme, where there is one.
    pub(super) fn choose_lit(&mut self, lit: Lit) {
        let wanted = match lit {
            Lit::Entity(number) => SideLine::Entity(number),
            Lit::Theme(number) => SideLine::Theme(number),
        };
        if let Some(line) = self.lines.iter().position(|line| *line == wanted) {
            self.pick.choose(line);
        }
    }

    pub(super) fn scroll(&mut self, way: Way, lines: usize) {
        self.pick.scroll(way, lines);
    }
}

/// Lines in groups, each with its heading.
fn grouped(groups: BTreeMap<Group, Vec<SideLine>>) -> Vec<SideLine> {
    let mut lines = Vec::new();
    for (group, members) in groups {
        if !lines.is_empty() {
            lines.push(SideLine::Blank);
        }
        lines.push(SideLine::Group(group, members.len()));
        lines.extend(members);
    }
    lines
}

/// The entities by group, those most often named first.
fn entities(reading: &Reading) -> Vec<SideLine> {
    let recognition = &reading.opened().recognition;
    let mut order: Vec<usize> = (0..recognition.entities.len()).collect();
    order.sort_by_key(|number| std::cmp::Reverse(recognition.entities[*number].mentions.len()));
    let mut groups: BTreeMap<Group, Vec<SideLine>> = BTreeMap::new();
    for number in order {
        let group = Group::of(recognition.entities[number].kind);
        groups
            .entry(group)
            .or_default()
            .push(SideLine::Entity(number));
    }
    let themes: Vec<SideLine> = (0..recognition.themes.len()).map(SideLine::Theme).collect();
    if !themes.is_empty() {
        groups.insert(Group::Themes, themes);
    }
    grouped(groups)
}

fn facets(facets: &[Facet]) -> Vec<SideLine> {
    let mut groups: BTreeMap<Group, Vec<SideLine>> = BTreeMap::new();
    for (number, facet) in facets.iter().enumerate() {
        let group = Group::of(facet.kind);
        groups
            .entry(group)
            .or_default()
            .push(SideLine::Facet(number));
    }
    grouped(groups)
}

/// The quotations by speaker, in the order in which the speakers first speak; those of nobody last.
fn quotes(reading: &Reading) -> Vec<SideLine> {
    let quotes = &reading.release().quotes;
    let mut speakers: Vec<(Option<&SafeText>, Vec<usize>)> = Vec::new();
    let mut known: BTreeMap<Option<&SafeText>, usize> = BTreeMap::new();
    for (number, quote) in quotes.iter().enumerate() {
        let speaker = quote.speaker.as_ref();
        let at = *known.entry(speaker).or_insert_with(|| {
            speakers.push((speaker, Vec::new()));
            speakers.len() - 1
        });
        speakers[at].1.push(number);
    }
    speakers.sort_by_key(|(speaker, _)| speaker.is_none());
    let mut lines = Vec::new();
    for (_, numbers) in speakers {
        if !lines.is_empty() {
            lines.push(SideLine::Blank);
        }
        lines.extend(numbers.first().map(|first| SideLine::Speaker(*first)));
        lines.extend(numbers.into_iter().map(SideLine::Quote));
    }
    lines
}

/// The headline and the sub-headings.
fn outline(reading: &Reading) -> Vec<Extent> {
    let text = reading.text();
    let headings = reading.release().sections.iter().filter(|section| {
        matches!(section.kind, SectionKind::Headline | SectionKind::Subhead)
            && section.extent.end <= text.len()
    });
    headings.map(|section| section.extent).collect()
}

fn contacts(reading: &Reading) -> Vec<SideLine> {
    let mut lines = Vec::new();
    for (number, contact) in reading.release().contacts.iter().enumerate() {
        if !lines.is_empty() {
            lines.push(SideLine::Blank);
        }
        let parts = [
            (contact.name.is_some(), ContactPart::Name),
            (contact.organization.is_some(), ContactPart::Organization),
            (contact.email.is_some(), ContactPart::Email),
            (contact.phone.is_some(), ContactPart::Phone),
        ];
        let given = parts.into_iter().filter(|(given, _)| *given);
        lines.extend(given.map(|(_, part)| SideLine::Contact(number, part)));
    }
    lines
}

/// The words of a line of a contact.
pub(super) fn contact_words(
    reading: &Reading,
    number: usize,
    part: ContactPart,
) -> Option<&SafeText> {
    let contact = reading.release().contacts.get(number)?;
    match part {
        ContactPart::Name => contact.name.as_ref(),
        ContactPart::Organization => contact.organization.as_ref(),
        ContactPart::Email => contact.email.as_ref(),
        ContactPart::Phone => contact.phone.as_ref(),
    }
}

/// The sub-heading before or after a place in the text.
pub(super) fn subhead_from(outline: &[Extent], at: usize, way: Way) -> Option<Extent> {
    match way {
        Way::Forward => outline.iter().find(|extent| extent.start > at).copied(),
        Way::Back => outline
            .iter()
            .rev()
            .find(|extent| extent.end <= at)
            .copied(),
    }
}
