//! The reading pane: one release, laid out, with a cursor that walks through its sentences, a selection, folds, and
//! everything that is marked in it. The text never moves but by the reader's own keys: what arrives late (a better
//! recognition, a passage that was saved) changes marks, not rows.

mod arriving;
mod folds;
mod moving;
mod pointer;
mod selecting;
#[cfg(test)]
pub(crate) mod tests;
mod words;

pub(super) use words::floor;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::marks::{Mark, Marks};
use crate::app::message::Opened;
use crate::app::page::{Origin, Page, Row};
use crate::release::{Passage, Release, ReleaseId, SectionKind, Standing};
use crate::text::Extent;
use crate::text::layers::{Run, flatten};
use crate::text::wrap::width;

/// What the sidebar lights in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lit {
    /// An entity: its number in `recognition.entities`.
    Entity(usize),
    /// A theme: its number in `recognition.themes`.
    Theme(usize),
}

/// Which marks `n`, `]` and the other jumping keys walk along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// Hits of the search or of find-in-text.
    Hits,
    /// Mentions: of the lit entity where there is one, else of all.
    Mentions,
    /// Bookmarked passages.
    Passages,
    /// Repairs.
    Repairs,
    /// Quotations.
    Quotes,
}

/// How many walks there are.
const WALKS: usize = 5;

/// Where the page stands: by row for its width, by byte for any other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Home {
    columns: u16,
    top: usize,
    byte: usize,
}

/// A selection: it reaches from the anchor, which stays, to the head, which moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays.
    pub anchor: usize,
    /// The end that moves.
    pub head: usize,
}

impl Selection {
    /// What is selected.
    #[must_use]
    pub fn extent(self) -> Extent {
        Extent::new(self.anchor.min(self.head), self.anchor.max(self.head))
    }
}

/// What a selection grows by, and what the cursor walks by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Word,
    Sentence,
    Paragraph,
    /// A row of the screen.
    Row,
}

/// Forward or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Forward,
    Back,
}

/// A line over the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Banner {
    /// Not to be published before `until` (seconds since the epoch; `None` where the line names no instant).
    Embargo {
        until: Option<i64>,
        certain: bool,
        /// Whether the instant has passed.
        lifted: bool,
    },
    /// The release corrects, withdraws or advises.
    Standing(Standing),
    /// A later release, put out at `published`, corrects or withdraws it.
    Replaced {
        withdrawn: bool,
        published: i64,
        timed: bool,
    },
}

/// The mark that a walk stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Where it is.
    pub extent: Extent,
    /// Its number along the walk, from 0.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

/// The open release.
#[derive(Clone, Debug)]
pub struct Reading {
    opened: Arc<Opened>,
    page: Arc<Page>,
    /// Starts of the open folds.
    open: BTreeSet<usize>,
    /// First row shown.
    top: usize,
    /// Rows of the pane.
    height: usize,
    /// Byte of the text that the cursor is on.
    cursor: usize,
    /// The sentence (or folded part) that the cursor is on.
    sentence: Extent,
    /// The sentences of the cursor's paragraph, cut once.
    sentences: Arc<Vec<Extent>>,
    /// Number of that paragraph in the page, from 0.
    paragraph: usize,
    selection: Option<Selection>,
    parts: Arc<Marks>,
    mentions: Arc<Marks>,
    passages: Arc<Marks>,
    hits: Arc<Marks>,
    lit: Option<Lit>,
    lit_marks: Arc<Marks>,
    /// The mark that each walk stands on.
    stands: [Option<Stand>; WALKS],
    /// Where the reader put the page, and where a change of size left it.
    home: Home,
    settled: Option<Home>,
    /// The reader has been in the text: where they are is worth remembering.
    entered: bool,
    /// Its careful reading was asked for.
    recognised: bool,
    /// Its full text was asked for.
    completed: bool,
}

impl Reading {
    /// Opens a release at the position it was left, in a pane of `columns` by `rows` cells.
    #[must_use]
    pub fn new(opened: Opened, columns: u16, rows: usize) -> Self {
        let open = BTreeSet::new();
        let page = Page::new(&opened.release, columns, &open);
        let position = opened.keepings.position;
        let mut reading = Self {
            parts: Arc::new(Marks::of_release(&opened.release)),
            mentions: Arc::new(Marks::of_entities(&opened.recognition)),
            passages: Arc::new(Marks::of_passages(&opened.keepings.passages)),
            opened: Arc::new(opened),
            page: Arc::new(page),
            open,
            top: 0,
            height: rows,
            cursor: 0,
            sentence: Extent::default(),
            sentences: Arc::default(),
            paragraph: usize::MAX,
            selection: None,
            hits: Arc::default(),
            lit: None,
            lit_marks: Arc::default(),
            stands: [None; WALKS],
            home: Home::default(),
            settled: None,
            entered: false,
            recognised: false,
            completed: false,
        };
        reading.open_at(position);
        reading
    }

    /// Puts the cursor where the release was left; at the first words where it was not read yet.
    fn open_at(&mut self, position: usize) {
        let position = floor(self.text(), position);
        let first = self.page.paragraphs.first().map_or(0, |first| first.start);
        if position <= first {
            // A letterhead is not what one came for.
            let sections = self.opened.release.sections.iter();
            let mut headlines = sections.filter(|section| section.kind == SectionKind::Headline);
            self.place(
                headlines
                    .next()
                    .map_or(first, |headline| headline.extent.start),
            );
            return;
        }
        self.top = self.page.row_of(position).min(self.lowest_top());
        self.place(position);
    }

    /// The release with all that belongs to it.
    #[must_use]
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// The release itself.
    #[must_use]
    pub fn release(&self) -> &Release {
        &self.opened.release
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> ReleaseId {
        self.opened.listing.id
    }

    /// The text that every extent here refers to.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.opened.release.text
    }

    /// All rows, for scroll bars and positions.
    #[must_use]
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// Number of the first row shown.
    #[must_use]
    pub fn top(&self) -> usize {
        self.top
    }

    /// The rows on the screen, from the top of the text area.
    #[must_use]
    pub fn visible(&self) -> &[Row] {
        let end = (self.top + self.height).min(self.page.rows.len());
        self.page.rows.get(self.top..end).unwrap_or(&[])
    }

    /// What a row (or a cell of it) shows, as text.
    #[must_use]
    pub fn words(&self, origin: Origin, extent: Extent) -> &str {
        match origin {
            Origin::Text => extent.of(self.text()),
            Origin::Headline => extent.of(self.release().headline.as_deref().unwrap_or("")),
            Origin::Deck => extent.of(self.release().subhead.as_deref().unwrap_or("")),
            Origin::Nothing => "",
        }
    }

    /// An extent of the text cut into runs of the same marks, in order; the last mark of a run lies on top.
    #[must_use]
    pub fn runs(&self, extent: Extent) -> Vec<Run<Mark>> {
        let mut layers: Vec<(Extent, Mark)> = Vec::new();
        for marks in [
            &self.parts,
            &self.mentions,
            &self.passages,
            &self.lit_marks,
            &self.hits,
        ] {
            layers.extend_from_slice(marks.touching(extent));
        }
        let stands = [
            (self.mention(), Mark::CurrentMention),
            (self.hit(), Mark::CurrentHit),
        ];
        layers.extend(
            stands
                .iter()
                .filter_map(|(stand, mark)| Some(((*stand)?.extent, *mark))),
        );
        layers.push((self.sentence, Mark::Cursor));
        layers.extend(
            self.selection
                .map(|selection| (selection.extent(), Mark::Selection)),
        );
        layers.sort_by_key(|(_, mark)| *mark);
        flatten(extent, &layers)
    }

    /// Whether a bookmarked passage touches a row: the bar in its gutter.
    #[must_use]
    pub fn in_passage(&self, row: &Row) -> bool {
        row.origin == Origin::Text
            && self
                .passages
                .touching(row.extent)
                .iter()
                .any(|(extent, _)| extent.overlaps(row.extent))
    }

    /// Whether the cursor's sentence touches a row: the other bar in its gutter.
    #[must_use]
    pub fn under_cursor(&self, row: &Row) -> bool {
        row.origin == Origin::Text && row.extent.overlaps(self.sentence)
    }

    /// The quotation whose first words stand on a row: for its speaker in the margin.
    #[must_use]
    pub fn quote_starting(&self, row: &Row) -> Option<usize> {
        let touching = self.parts.touching(row.extent).iter();
        touching
            .filter(|(extent, _)| row.origin == Origin::Text && row.extent.contains(extent.start))
            .find_map(|(_, mark)| match mark {
                Mark::Quote(number) => Some(*number),
                _ => None,
            })
    }

    /// The lines over the text.
    #[must_use]
    pub fn banners(&self, now: i64) -> Vec<Banner> {
        let mut banners = Vec::new();
        if let Some(embargo) = &self.release().embargo {
            let until = self.opened.listing.embargo;
            banners.push(Banner::Embargo {
                until,
                certain: embargo.certain,
                lifted: until.is_some_and(|until| until <= now),
            });
        }
        banners.extend(self.release().standing.map(Banner::Standing));
        let correction = self.opened.correction.as_ref();
        banners.extend(correction.map(|correction| Banner::Replaced {
            withdrawn: correction.standing == Some(Standing::Kill),
            published: correction.published,
            timed: correction.timed,
        }));
        banners
    }

    /// The later release that corrects or withdraws it.
    #[must_use]
    pub fn replaced_by(&self) -> Option<ReleaseId> {
        self.opened.correction.as_ref().map(|listing| listing.id)
    }

    /// Whether it corrects or withdraws an earlier release.
    #[must_use]
    pub fn replaces(&self) -> bool {
        matches!(
            self.release().standing,
            Some(Standing::Correction | Standing::Kill)
        )
    }

    /// Whether it has sub-headings.
    pub(super) fn has_subheads(&self) -> bool {
        let mut sections = self.release().sections.iter();
        sections.any(|section| section.kind == SectionKind::Subhead)
    }

    /// The mark that a walk stands on.
    pub(super) fn stand(&self, walk: Walk) -> Option<Stand> {
        self.stands[walk as usize]
    }

    /// Whether an embargo holds at `now` (or names no instant, so that it may).
    #[must_use]
    pub fn embargoed(&self, now: i64) -> bool {
        self.banners(now)
            .iter()
            .any(|banner| matches!(banner, Banner::Embargo { lifted: false, .. }))
    }

    /// The byte the cursor is on.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The sentence (or folded part) the cursor is on.
    #[must_use]
    pub fn sentence(&self) -> Extent {
        self.sentence
    }

    /// The selection.
    #[must_use]
    pub fn selection(&self) -> Option<Selection> {
        self.selection
    }

    /// What the sidebar lights.
    #[must_use]
    pub fn lit(&self) -> Option<Lit> {
        self.lit
    }

    /// Whether a lit mention is on the screen.
    #[must_use]
    pub fn lit_is_seen(&self) -> bool {
        let rows = self.visible().iter();
        self.lit.is_some()
            && rows
                .filter(|row| row.origin == Origin::Text)
                .any(|row| !self.lit_marks.touching(row.extent).is_empty())
    }

    /// The hit that `n` stands on.
    #[must_use]
    pub fn hit(&self) -> Option<Stand> {
        self.stands[Walk::Hits as usize]
    }

    /// The mention that `]` stands on.
    #[must_use]
    pub fn mention(&self) -> Option<Stand> {
        self.stands[Walk::Mentions as usize]
    }

    /// How many hits are lit.
    #[must_use]
    pub fn hits(&self) -> usize {
        self.hits.all().len()
    }

    /// The cursor's paragraph (1-based) and how many there are.
    #[must_use]
    pub fn paragraph(&self) -> (usize, usize) {
        (
            self.page.paragraph_at(self.cursor),
            self.page.paragraphs.len(),
        )
    }

    /// How far down the text the last visible row is, in per cent.
    #[must_use]
    pub fn percent(&self) -> usize {
        let rows = self.page.rows.len();
        ((self.top + self.height).min(rows) * 100)
            .checked_div(rows)
            .unwrap_or(100)
    }

    /// Where a byte of the text stands in the text area: column and row from its corner; `None` where it is not on
    /// the screen.
    #[must_use]
    pub fn cell_of(&self, at: usize) -> Option<(u16, u16)> {
        let number = self.page.row_of(at);
        let line = number
            .checked_sub(self.top)
            .filter(|line| *line < self.height)?;
        let row = self.page.rows.get(number)?;
        let cell = row.cells.iter().rev().find(|cell| cell.extent.start <= at);
        let (column, extent) =
            cell.map_or((row.indent, row.extent), |cell| (cell.column, cell.extent));
        let shown = Extent::new(extent.start, at.clamp(extent.start, extent.end));
        let column = usize::from(column) + width(shown.of(self.text()));
        Some((u16::try_from(column).ok()?, u16::try_from(line).ok()?))
    }

    /// The entity named under the cursor: its number in `recognition.entities`.
    #[must_use]
    pub fn entity_here(&self) -> Option<usize> {
        let stand = self.mention().map(|stand| stand.extent);
        let within = stand
            .filter(|extent| extent.overlaps(self.sentence))
            .unwrap_or(self.sentence);
        let mut touching = self.mentions.touching(within).iter();
        touching.find_map(|(extent, mark)| match mark {
            Mark::Entity { number, .. } if extent.overlaps(within) => Some(*number),
            _ => None,
        })
    }

    /// The passage that the selection or the cursor's sentence touches.
    #[must_use]
    pub fn passage_here(&self) -> Option<&Passage> {
        let within = self.taken();
        let touching = self.passages.touching(within).iter();
        let number = touching
            .filter(|(extent, _)| extent.overlaps(within))
            .find_map(|(_, mark)| match mark {
                Mark::Passage(number) => Some(*number),
                _ => None,
            });
        self.opened.keepings.passages.get(number?)
    }

    /// The first repair in the cursor's sentence at or after the cursor, else the first: its number.
    #[must_use]
    pub fn repair_here(&self) -> Option<usize> {
        let touching = self.parts.touching(self.sentence).iter();
        let repairs = touching.filter_map(|(extent, mark)| match mark {
            Mark::Repair(number)
                if extent.start < self.sentence.end && extent.end >= self.sentence.start =>
            {
                Some((*extent, *number))
            }
            _ => None,
        });
        let repairs: Vec<(Extent, usize)> = repairs.collect();
        let ahead = repairs.iter().find(|(extent, _)| extent.end > self.cursor);
        ahead.or(repairs.first()).map(|(_, number)| *number)
    }
}
