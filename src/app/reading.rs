//! The reading pane: one release, laid out, with a cursor that walks through its sentences, a selection, folds, and
//! everything that is marked in it. The text never moves but by the reader's own keys: what arrives late (a better
//! recognition, a passage that was saved) changes marks, not rows.

use std::collections::BTreeSet;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use crate::app::marks::{Mark, Marks};
use crate::app::message::Opened;
use crate::app::page::{Origin, Page, Role, Row};
use crate::entity::{Entity, Kind, Recognition};
use crate::release::{LibraryEntityId, Passage, Release, ReleaseId, Standing};
use crate::text::layers::{Run, flatten};
use crate::text::wrap::width;
use crate::text::{Extent, SafeText, sentences};

/// Rows that stay visible above and below the cursor where there are any.
const MARGIN: usize = 2;

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
    hit: Option<Stand>,
    mention: Option<Stand>,
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
            hit: None,
            mention: None,
        };
        reading.open_at(position);
        reading
    }

    /// Puts the cursor where the release was left; at the first words where it was not read yet.
    fn open_at(&mut self, position: usize) {
        let position = floor(self.text(), position);
        let first = self.page.paragraphs.first().map_or(0, |first| first.start);
        if position <= first {
            self.place(first);
            return;
        }
        self.top = self.page.row_of(position).min(self.lowest_top());
        self.place(position);
    }

    // ------------------------------------------------------------------ what drawing asks for

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
            (self.mention, Mark::CurrentMention),
            (self.hit, Mark::CurrentHit),
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
        banners
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

    /// The hit that `n` stands on.
    #[must_use]
    pub fn hit(&self) -> Option<Stand> {
        self.hit
    }

    /// The mention that `]` stands on.
    #[must_use]
    pub fn mention(&self) -> Option<Stand> {
        self.mention
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
        let stand = self.mention.map(|stand| stand.extent);
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

    // ------------------------------------------------------------------ what arrives

    /// Lays the text out for another size of pane; what stands at the top stays there.
    pub(super) fn resize(&mut self, columns: u16, rows: usize) {
        let anchor = self.top_byte();
        self.height = rows;
        if columns != self.page.columns {
            self.page = Arc::new(Page::new(&self.opened.release, columns, &self.open));
            self.top = self.row_at_or_above(anchor);
        }
        self.top = self.top.min(self.lowest_top());
    }

    /// Takes a newer reading of the same release (a repair was declined, a passage came back): the cursor stays on
    /// its words where they are still there.
    pub(super) fn replace(&mut self, opened: Opened) {
        let anchor = self.top_byte();
        let same_text = opened.release.text == self.opened.release.text;
        self.opened = Arc::new(opened);
        self.parts = Arc::new(Marks::of_release(self.release()));
        self.refresh_passages();
        let recognition = self.opened.recognition.clone();
        self.set_recognition_marks(&recognition);
        if !same_text {
            self.page = Arc::new(Page::new(self.release(), self.page.columns, &self.open));
            self.selection = None;
            self.hits = Arc::default();
            self.hit = None;
            self.paragraph = usize::MAX;
            let cursor = floor(self.text(), self.cursor);
            self.top = self.row_at_or_above(anchor).min(self.lowest_top());
            self.place(cursor);
        }
    }

    /// Changes what belongs to the release beside its text.
    pub(super) fn update(&mut self, change: impl FnOnce(&mut Opened)) {
        change(Arc::make_mut(&mut self.opened));
    }

    /// Takes a better recognition; the lit entity stays lit where it is still named. Gives back where `chosen` is now.
    pub(super) fn recognised(
        &mut self,
        recognition: Recognition,
        links: Vec<Option<(LibraryEntityId, u64)>>,
        chosen: Option<Lit>,
    ) -> Option<Lit> {
        let (lit, chosen) = (self.name_of(self.lit), self.name_of(chosen));
        self.set_recognition_marks(&recognition);
        self.update(|opened| {
            opened.recognition = recognition;
            opened.links = links;
        });
        self.light(self.find_named(lit));
        self.find_named(chosen)
    }

    /// What names an entity or theme in any recognition.
    fn name_of(&self, lit: Option<Lit>) -> Option<(SafeText, Option<Kind>)> {
        let recognition = &self.opened.recognition;
        match lit? {
            Lit::Entity(number) => {
                let entity = recognition.entities.get(number)?;
                Some((entity.name.clone(), Some(entity.kind)))
            }
            Lit::Theme(number) => Some((recognition.themes.get(number)?.text.clone(), None)),
        }
    }

    fn find_named(&self, named: Option<(SafeText, Option<Kind>)>) -> Option<Lit> {
        let (name, kind) = named?;
        let recognition = &self.opened.recognition;
        match kind {
            Some(kind) => {
                let mut entities = recognition.entities.iter();
                let same = |entity: &Entity| entity.name == name && entity.kind == kind;
                entities.position(same).map(Lit::Entity)
            }
            None => {
                let mut themes = recognition.themes.iter();
                themes.position(|theme| theme.text == name).map(Lit::Theme)
            }
        }
    }

    fn set_recognition_marks(&mut self, recognition: &Recognition) {
        self.mentions = Arc::new(Marks::of_entities(recognition));
        self.mention = None;
        self.lit = None;
        self.lit_marks = Arc::default();
    }

    /// Marks the passages anew.
    pub(super) fn refresh_passages(&mut self) {
        self.passages = Arc::new(Marks::of_passages(&self.opened.keepings.passages));
    }

    /// Lights the mentions of an entity or theme.
    pub(super) fn light(&mut self, lit: Option<Lit>) {
        let recognition = &self.opened.recognition;
        let extents: Vec<Extent> = match lit {
            Some(Lit::Entity(number)) => recognition
                .entities
                .get(number)
                .map(|entity| {
                    entity
                        .mentions
                        .iter()
                        .map(|mention| mention.extent)
                        .collect()
                })
                .unwrap_or_default(),
            Some(Lit::Theme(number)) => recognition
                .themes
                .get(number)
                .map(|theme| theme.mentions.clone())
                .unwrap_or_default(),
            None => Vec::new(),
        };
        self.lit = lit;
        self.mention = None;
        self.lit_marks = Arc::new(Marks::new(
            extents
                .into_iter()
                .map(|extent| (extent, Mark::Lit))
                .collect(),
        ));
    }

    /// Lights hits.
    pub(super) fn set_hits(&mut self, hits: Vec<Extent>) {
        self.hit = None;
        self.hits = Arc::new(Marks::new(
            hits.into_iter().map(|extent| (extent, Mark::Hit)).collect(),
        ));
    }

    // ------------------------------------------------------------------ moving

    /// Walks `count` marks along; `None` where there are none. The cursor comes along.
    pub(super) fn walk(&mut self, walk: Walk, way: Way, count: usize) -> Option<Stand> {
        let marks = self.walked(walk);
        let all = marks.all();
        let from = self.walk_from(walk);
        let start = match way {
            Way::Forward => marks.after(from)?,
            Way::Back => marks.before(from)?,
        };
        let steps = count.saturating_sub(1) % all.len();
        let number = match way {
            Way::Forward => (start + steps) % all.len(),
            Way::Back => (start + all.len() - steps) % all.len(),
        };
        let stand = Stand {
            extent: all[number].0,
            number,
            of: all.len(),
        };
        self.stand_on(walk, stand);
        Some(stand)
    }

    /// Stands on the first hit at or after the start of the text.
    pub(super) fn first_hit(&mut self) -> Option<Stand> {
        let (extent, _) = *self.hits.all().first()?;
        let stand = Stand {
            extent,
            number: 0,
            of: self.hits.all().len(),
        };
        self.stand_on(Walk::Hits, stand);
        Some(stand)
    }

    /// Stands on the first hit at or after `at`, round the end.
    pub(super) fn first_hit_from(&mut self, at: usize) -> Option<Stand> {
        let all = self.hits.all();
        let number = all.partition_point(|(extent, _)| extent.start < at) % all.len().max(1);
        let stand = Stand {
            extent: all.get(number)?.0,
            number,
            of: all.len(),
        };
        self.stand_on(Walk::Hits, stand);
        Some(stand)
    }

    /// Goes back to where the reader was.
    pub(super) fn return_to(&mut self, cursor: usize, top: usize) {
        self.top = top.min(self.lowest_top());
        self.place(floor(self.text(), cursor));
    }

    /// The marks of a walk.
    fn walked(&self, walk: Walk) -> Arc<Marks> {
        match walk {
            Walk::Hits => Arc::clone(&self.hits),
            Walk::Mentions if self.lit.is_some() => Arc::clone(&self.lit_marks),
            Walk::Mentions => Arc::clone(&self.mentions),
            Walk::Passages => Arc::clone(&self.passages),
            Walk::Repairs => self.parts_where(|mark| matches!(mark, Mark::Repair(_))),
            Walk::Quotes => self.parts_where(|mark| matches!(mark, Mark::Quote(_))),
        }
    }

    fn parts_where(&self, wanted: impl Fn(&Mark) -> bool) -> Arc<Marks> {
        let parts = self.parts.all().iter().copied();
        Arc::new(Marks::new(parts.filter(|(_, mark)| wanted(mark)).collect()))
    }

    /// Where a walk goes on from: the mark it stands on, else the cursor.
    fn walk_from(&self, walk: Walk) -> usize {
        let stand = match walk {
            Walk::Hits => self.hit,
            Walk::Mentions => self.mention,
            _ => None,
        };
        match stand {
            Some(stand) if self.sentence.overlaps(stand.extent) => stand.extent.start,
            _ => self.cursor,
        }
    }

    fn stand_on(&mut self, walk: Walk, stand: Stand) {
        self.unfold_at(stand.extent.start);
        self.go_to(stand.extent.start);
        match walk {
            Walk::Hits => self.hit = Some(stand),
            Walk::Mentions => self.mention = Some(stand),
            _ => {}
        }
    }

    /// Moves the cursor to a byte and shows it, a third from the top where it was not on the screen.
    pub(super) fn go_to(&mut self, at: usize) {
        let at = floor(self.text(), at);
        let row = self.page.row_of(at);
        if row < self.top || row >= self.top + self.height {
            self.top = row.saturating_sub(self.height / 3).min(self.lowest_top());
        }
        self.place(at);
        self.show_cursor();
    }

    /// Moves the cursor by sentences or paragraphs, the selection's head where there is a selection.
    pub(super) fn step(&mut self, unit: Unit, way: Way, count: usize) {
        for _ in 0..count.min(100_000) {
            let before = (self.cursor, self.selection);
            match self.selection {
                Some(selection) => self.grow(selection, unit, way),
                None => self.step_cursor(unit, way),
            }
            if before == (self.cursor, self.selection) {
                break;
            }
        }
        self.show_cursor();
    }

    fn step_cursor(&mut self, unit: Unit, way: Way) {
        let target = match unit {
            Unit::Sentence => self.sentence_from(way),
            Unit::Paragraph => self.paragraph_from(way),
            Unit::Word => Some(word_edge(self.text(), self.cursor, way)),
            Unit::Row => None,
        };
        if let Some(target) = target {
            self.place(target);
        }
    }

    /// Start of the next or last sentence.
    fn sentence_from(&self, way: Way) -> Option<usize> {
        let here = self
            .sentences
            .partition_point(|other| other.start <= self.sentence.start);
        let within = match way {
            Way::Forward => self.sentences.get(here),
            Way::Back => here.checked_sub(2).and_then(|at| self.sentences.get(at)),
        };
        if let Some(found) = within
            && !self.folded_at(self.cursor)
        {
            return Some(found.start);
        }
        let paragraph = self.other_paragraph(way)?;
        match way {
            Way::Forward => Some(paragraph.start),
            Way::Back if self.folded_at(paragraph.start) => Some(paragraph.start),
            Way::Back => sentences(self.text(), paragraph)
                .last()
                .map(|last| last.start),
        }
    }

    /// Start of the paragraph after this one; back: of this one where the cursor is further in, else of the one before.
    fn paragraph_from(&self, way: Way) -> Option<usize> {
        let here = self.page.paragraphs.get(self.paragraph)?;
        if way == Way::Back && self.sentence.start > here.start && !self.folded_at(self.cursor) {
            return Some(here.start);
        }
        self.other_paragraph(way).map(|paragraph| paragraph.start)
    }

    /// The next paragraph that is not hidden in a fold.
    fn other_paragraph(&self, way: Way) -> Option<Extent> {
        let mut number = self.paragraph;
        loop {
            number = match way {
                Way::Forward => number.checked_add(1)?,
                Way::Back => number.checked_sub(1)?,
            };
            let paragraph = *self.page.paragraphs.get(number)?;
            let hidden = self.page.fold_at(paragraph.start).is_some_and(|fold| {
                let fold = &self.page.folds[fold];
                !fold.open && fold.extent.start < paragraph.start
            });
            if !hidden {
                return Some(paragraph);
            }
        }
    }

    /// Scrolls by rows; at either end of the text the cursor goes on alone.
    pub(super) fn scroll(&mut self, way: Way, rows: usize) {
        let before = self.top;
        self.top = match way {
            Way::Forward => (self.top + rows).min(self.lowest_top()),
            Way::Back => self.top.saturating_sub(rows),
        };
        if self.top == before {
            self.nudge(way, rows);
        } else {
            self.keep_cursor_visible();
        }
    }

    /// Scrolls by the wheel: the cursor comes along only where it would leave the screen.
    pub(super) fn wheel(&mut self, way: Way, rows: usize) {
        let selection = self.selection;
        let before = self.top;
        self.top = match way {
            Way::Forward => (self.top + rows).min(self.lowest_top()),
            Way::Back => self.top.saturating_sub(rows),
        };
        if self.top != before && selection.is_none() {
            self.keep_cursor_visible();
        }
    }

    /// Moves the cursor by sentences where the page cannot scroll further.
    fn nudge(&mut self, way: Way, rows: usize) {
        if rows > self.height / 2 {
            let end = match way {
                Way::Forward => self.text().len(),
                Way::Back => 0,
            };
            self.place(end);
        } else {
            for _ in 0..rows {
                self.step_cursor(Unit::Sentence, way);
            }
        }
        self.show_cursor();
    }

    /// To the first or the last row.
    pub(super) fn end(&mut self, way: Way) {
        self.top = match way {
            Way::Forward => self.lowest_top(),
            Way::Back => 0,
        };
        let at = match way {
            Way::Forward => self.text().len(),
            Way::Back => 0,
        };
        match &mut self.selection {
            Some(selection) => selection.head = at,
            None => self.place(at),
        }
        if self.selection.is_some() {
            self.place(at);
        }
    }

    /// Scrolls so that the cursor's row stands at `part` of the pane: 0 top, 1 middle, 2 bottom.
    pub(super) fn cursor_to(&mut self, part: usize) {
        let row = self.page.row_of(self.cursor);
        let above = self.height.saturating_sub(1) * part / 2;
        self.top = row.saturating_sub(above).min(self.lowest_top());
    }

    /// The first row that still leaves the pane full.
    fn lowest_top(&self) -> usize {
        self.page.rows.len().saturating_sub(self.height.max(1))
    }

    /// Where the reader is: what is remembered.
    #[must_use]
    pub fn position(&self) -> usize {
        self.top_byte()
    }

    /// The byte at the top of the pane: what stays in place when the layout changes.
    fn top_byte(&self) -> usize {
        if self.top == 0 {
            return 0;
        }
        self.page.rows.get(self.top).map_or(0, |row| row.at)
    }

    /// The row that starts at `at`, or the last one above it, of whatever role.
    fn row_at_or_above(&self, at: usize) -> usize {
        if at == 0 {
            return 0;
        }
        self.page
            .rows
            .partition_point(|row| row.at <= at)
            .saturating_sub(1)
    }

    /// Puts the cursor on the sentence that holds `at`.
    fn place(&mut self, at: usize) {
        let number = self.page.paragraph_at(at).saturating_sub(1);
        let paragraph = self
            .page
            .paragraphs
            .get(number)
            .copied()
            .unwrap_or_default();
        if self.paragraph != number {
            self.paragraph = number;
            self.sentences = Arc::new(sentences(self.text(), paragraph));
        }
        let fold = self.page.fold_at(at).map(|fold| &self.page.folds[fold]);
        if let Some(fold) = fold.filter(|fold| !fold.open) {
            self.sentence = fold.extent;
            self.cursor = fold.extent.start;
            return;
        }
        let found = self.sentences.partition_point(|other| other.start <= at);
        self.sentence = self
            .sentences
            .get(found.saturating_sub(1))
            .copied()
            .unwrap_or(paragraph);
        self.cursor = at.clamp(self.sentence.start, self.sentence.end);
    }

    /// Scrolls as little as shows the cursor's sentence.
    fn show_cursor(&mut self) {
        let at = self
            .selection
            .map_or(self.cursor, |selection| selection.head);
        let margin = MARGIN.min(self.height.saturating_sub(1) / 2);
        let row = self.page.row_of(at);
        let until = if self.selection.is_some() {
            row
        } else {
            let last = self.page.row_of(self.sentence.end.saturating_sub(1));
            last.min(row + self.height.saturating_sub(margin + 1))
        };
        if row < self.top + margin {
            self.top = row.saturating_sub(margin);
        } else if until + margin >= self.top + self.height {
            self.top = (until + margin + 1).saturating_sub(self.height);
        }
        // The headline and the facts over the first paragraph come into view with it.
        if row <= margin + 4 && row < self.height / 2 {
            self.top = 0;
        }
        self.top = self.top.min(self.lowest_top());
    }

    /// After scrolling: the cursor goes to the first or last sentence on the screen where its own has left.
    fn keep_cursor_visible(&mut self) {
        let row = self.page.row_of(self.cursor);
        let visible = self.visible();
        let shown = |row: &&Row| row.origin == Origin::Text && row.role != Role::Blank;
        let at = if row < self.top {
            visible.iter().find(shown)
        } else if row >= self.top + self.height {
            visible.iter().rev().find(shown)
        } else {
            return;
        };
        if let Some(at) = at.map(|row| row.at) {
            if let Some(selection) = &mut self.selection {
                selection.head = at;
            }
            self.place(at);
        }
    }

    // ------------------------------------------------------------------ folds

    fn folded_at(&self, at: usize) -> bool {
        let fold = self.page.fold_at(at);
        fold.is_some_and(|fold| !self.page.folds[fold].open)
    }

    /// Opens or closes the fold under the cursor; where there is none, the next one below.
    pub(super) fn toggle_fold(&mut self) -> bool {
        let here = self.page.fold_at(self.cursor);
        let next = || {
            let mut folds = self.page.folds.iter();
            folds.position(|fold| fold.extent.start >= self.cursor)
        };
        let Some(fold) = here.or_else(next).or(self.page.folds.len().checked_sub(1)) else {
            return false;
        };
        let start = self.page.folds[fold].extent.start;
        if !self.open.remove(&start) {
            self.open.insert(start);
        }
        self.lay_out_folds();
        self.go_to(start);
        true
    }

    /// Opens the fold under the cursor, where it is a folded one.
    pub(super) fn open_fold(&mut self) -> bool {
        self.folded_at(self.cursor) && self.toggle_fold()
    }

    /// Opens or closes all folds.
    pub(super) fn fold_all(&mut self, open: bool) {
        self.open = if open {
            self.page
                .folds
                .iter()
                .map(|fold| fold.extent.start)
                .collect()
        } else {
            BTreeSet::new()
        };
        self.lay_out_folds();
    }

    /// Opens the fold that hides `at`.
    fn unfold_at(&mut self, at: usize) {
        if self.folded_at(at)
            && let Some(fold) = self.page.fold_at(at)
        {
            self.open.insert(self.page.folds[fold].extent.start);
            self.lay_out_folds();
        }
    }

    fn lay_out_folds(&mut self) {
        let anchor = self.top_byte();
        self.page = Arc::new(Page::new(self.release(), self.page.columns, &self.open));
        self.top = self.row_at_or_above(anchor).min(self.lowest_top());
        self.paragraph = usize::MAX;
        self.place(self.cursor);
    }

    // ------------------------------------------------------------------ selecting

    /// Starts a selection on the cursor's sentence; with one, grows it to whole sentences, then to whole paragraphs.
    pub(super) fn select(&mut self) {
        self.unfold_at(self.cursor);
        let Some(selection) = self.selection else {
            self.selection = Some(Selection {
                anchor: self.sentence.start,
                head: self.sentence.end,
            });
            return;
        };
        let now = selection.extent();
        let sentences = self.cover(now, Unit::Sentence);
        let grown = if sentences == now {
            self.cover(now, Unit::Paragraph)
        } else {
            sentences
        };
        self.selection = Some(Selection {
            anchor: grown.start,
            head: grown.end,
        });
    }

    /// The whole words, sentences or paragraphs that an extent touches.
    fn cover(&self, extent: Extent, unit: Unit) -> Extent {
        let last = extent.end.saturating_sub(1).max(extent.start);
        let start = self.unit_at(extent.start, unit).start;
        let end = self.unit_at(floor(self.text(), last), unit).end;
        Extent::new(start.min(extent.start), end.max(extent.end))
    }

    /// The word, sentence, paragraph or row that holds a byte.
    fn unit_at(&self, at: usize, unit: Unit) -> Extent {
        let number = self.page.paragraph_at(at).saturating_sub(1);
        let paragraph = self
            .page
            .paragraphs
            .get(number)
            .copied()
            .unwrap_or_default();
        match unit {
            Unit::Paragraph => paragraph,
            Unit::Sentence => sentences(self.text(), paragraph)
                .into_iter()
                .rev()
                .find(|sentence| sentence.start <= at)
                .unwrap_or(paragraph),
            Unit::Word => word_at(self.text(), at),
            Unit::Row => {
                let row = self.page.rows.get(self.page.row_of(at));
                row.map_or(paragraph, |row| row.extent)
            }
        }
    }

    /// Lets the selection go.
    pub(super) fn unselect(&mut self) -> bool {
        self.selection.take().is_some()
    }

    /// Exchanges the ends of the selection.
    pub(super) fn swap_ends(&mut self) {
        if let Some(selection) = &mut self.selection {
            std::mem::swap(&mut selection.anchor, &mut selection.head);
            let head = selection.head;
            self.place(head.min(self.text().len()));
            self.show_cursor();
        }
    }

    /// Moves the head of the selection by one unit.
    fn grow(&mut self, selection: Selection, unit: Unit, way: Way) {
        let text = self.text();
        let head = match unit {
            Unit::Word => word_edge(text, selection.head, way),
            Unit::Row => self.row_edge(selection.head, way),
            Unit::Sentence | Unit::Paragraph => self.unit_edge(selection, unit, way),
        };
        self.selection = Some(Selection { head, ..selection });
        self.place_head(head);
    }

    /// Keeps the cursor on the sentence of the selection's head.
    fn place_head(&mut self, head: usize) {
        let ahead = self
            .selection
            .is_some_and(|selection| selection.head > selection.anchor);
        let at = if ahead { head.saturating_sub(1) } else { head };
        self.place(floor(self.text(), at));
    }

    /// The edge of the next sentence or paragraph: the end of one ahead of the anchor, the start of one behind it.
    fn unit_edge(&self, selection: Selection, unit: Unit, way: Way) -> usize {
        let text = self.text();
        let head = selection.head;
        match way {
            Way::Forward => {
                let next = skip_white(text, head);
                let found = self.unit_at(next, unit);
                if head < selection.anchor {
                    // Shrinking from above: to the start of the next unit, or onto the anchor.
                    skip_white(text, found.end).min(selection.anchor)
                } else {
                    found.end.max(head)
                }
            }
            Way::Back => {
                let last = skip_white_back(text, head);
                let found = self.unit_at(floor(text, last.saturating_sub(1)), unit);
                if head > selection.anchor && found.start > selection.anchor {
                    skip_white_back(text, found.start)
                } else if head > selection.anchor && found.start == selection.anchor {
                    head
                } else {
                    found.start.min(head)
                }
            }
        }
    }

    /// The same column one row further.
    fn row_edge(&self, head: usize, way: Way) -> usize {
        let number = self.page.row_of(head);
        let column = self.page.rows.get(number).map_or(0, |row| {
            width(
                Extent::new(
                    row.extent.start,
                    head.clamp(row.extent.start, row.extent.end),
                )
                .of(self.text()),
            )
        });
        let shown = |row: &&Row| {
            row.origin == Origin::Text && row.role != Role::Blank && row.role != Role::Folded
        };
        let target = match way {
            Way::Forward => self.page.rows.iter().skip(number + 1).find(shown),
            Way::Back => self.page.rows.iter().take(number).rev().find(shown),
        };
        target.map_or(head, |row| byte_at_column(self.text(), row.extent, column))
    }

    // ------------------------------------------------------------------ the mouse

    /// The byte under a cell of the text area; beyond a row's end, the row's end.
    #[must_use]
    pub fn byte_at(&self, column: u16, row: u16) -> Option<usize> {
        let row = self.visible().get(usize::from(row))?;
        if row.origin != Origin::Text {
            return Some(row.at);
        }
        let cell = row.cells.iter().rev().find(|cell| cell.column <= column);
        let (start, extent) =
            cell.map_or((row.indent, row.extent), |cell| (cell.column, cell.extent));
        let column = usize::from(column.saturating_sub(start));
        Some(byte_at_column(self.text(), extent, column))
    }

    /// A click: the cursor goes there; on a folded part, it opens.
    pub(super) fn click(&mut self, at: usize) {
        self.selection = None;
        self.place(at);
        self.open_fold();
    }

    /// Dragging from one byte to another selects what lies between, with the cluster under the mouse.
    pub(super) fn drag(&mut self, from: usize, to: usize) {
        let text = self.text();
        let cluster = |at: usize| text[at..].graphemes(true).next().map_or(0, str::len);
        let selection = if from <= to {
            Selection {
                anchor: from,
                head: (to + cluster(to)).min(text.len()),
            }
        } else {
            Selection {
                anchor: from + cluster(from),
                head: to,
            }
        };
        self.selection = Some(selection);
        self.place_head(selection.head);
    }

    /// Selects the whole unit under the mouse.
    pub(super) fn select_unit(&mut self, at: usize, unit: Unit) {
        let found = self.unit_at(at, unit);
        if !found.is_empty() {
            self.place(at);
            self.selection = Some(Selection {
                anchor: found.start,
                head: found.end,
            });
        }
    }

    /// What a bookmark or a copy takes: the selection without the white space at its ends, else the sentence.
    #[must_use]
    pub fn taken(&self) -> Extent {
        let extent = self.selection.map_or(self.sentence, Selection::extent);
        let shown = extent.of(self.text());
        let start = extent.start + shown.len() - shown.trim_start().len();
        Extent::new(start, start + shown.trim().len())
    }
}

/// The last character boundary at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn skip_white(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    text.len() - rest.trim_start().len()
}

fn skip_white_back(text: &str, at: usize) -> usize {
    text[..at].trim_end().len()
}

/// Longest stretch that is looked at for a word's edge: a word without end must not cost more.
const WORD_WINDOW: usize = 4096;

/// The word that holds a byte; white space and marks are words of their own.
fn word_at(text: &str, at: usize) -> Extent {
    let start = floor(text, at.saturating_sub(WORD_WINDOW / 8));
    let start = text[start..at]
        .rfind(char::is_whitespace)
        .map_or(start, |space| start + space);
    let end = floor(text, at + WORD_WINDOW);
    for (offset, word) in text[start..end].split_word_bound_indices() {
        let word = Extent::new(start + offset, start + offset + word.len());
        if word.contains(at) {
            return word;
        }
    }
    Extent::new(at, at)
}

/// The end of the next word, or the start of the last one.
fn word_edge(text: &str, at: usize, way: Way) -> usize {
    let names = |word: &str| word.chars().any(char::is_alphanumeric);
    match way {
        Way::Forward => {
            let end = floor(text, at + WORD_WINDOW);
            let mut words = text[at..end].split_word_bound_indices();
            words
                .find(|(_, word)| names(word))
                .map_or(end, |(offset, word)| at + offset + word.len())
        }
        Way::Back => {
            let start = floor(text, at.saturating_sub(WORD_WINDOW));
            let mut words = text[start..at].split_word_bound_indices().rev();
            words
                .find(|(_, word)| names(word))
                .map_or(start, |(offset, _)| start + offset)
        }
    }
}

/// The byte at a column of a row: the start of the cluster that covers it.
fn byte_at_column(text: &str, row: Extent, column: usize) -> usize {
    let mut at = 0;
    for (offset, cluster) in row.of(text).grapheme_indices(true) {
        at += width(cluster);
        if at > column {
            return row.start + offset;
        }
    }
    row.end
}
