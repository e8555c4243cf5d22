//! State: everything the screen shows, and the one function that changes it. No drawing, no terminal, no SQL, no
//! clock but the one it is told.
//!
//! [`App`] holds one struct per pane ([`List`], [`Reading`], [`Side`], [`Passages`], [`Sources`]), what is being typed
//! ([`Prompt`]) and what floats ([`Popup`]). [`App::apply`] is the only way in; it gives back the [`Effect`]s that
//! the jobs are to do. Drawing asks through `&App`.

mod act;
mod action;
mod card;
mod change;
mod changes;
mod copy;
pub mod effect;
mod facets;
mod field;
pub mod figures;
mod footer;
mod geometry;
mod hits;
pub mod key;
mod keymap;
mod list;
mod marks;
pub mod message;
mod mouse;
mod notice;
mod page;
mod passages;
mod pick;
mod popup;
mod prompt;
mod reading;
mod search;
mod side;
mod sources;
mod spelling;
mod update;
pub mod when;
mod window;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

pub use action::Action;
pub use card::{
    Candidate, Card, CardPiece, CardRow, Chooser, Choosing, LABELS as CARD_LABELS, Opens, Tone,
    kind_words,
};
pub use changes::{ChangeLine, Changes};
pub use effect::Effect;
pub use field::Field;
pub use geometry::{Area, Fit, GUTTER, Geometry, NUMBERS, Pane};
pub use keymap::{Binding, Conflict, DEFAULT as DEFAULT_KEYS, Hint, Keymap, Lookup, Mode};
pub use list::{Clock, Line, List, MARGIN as LIST_MARGIN, Shows};
pub use marks::Mark;
pub use message::Message;
pub use notice::Notice;
pub use page::{Cell, Fold, Origin, Page, Role, Row};
pub use passages::Passages;
pub use pick::Pick;
pub use popup::{Asked, Choice, Form, Help, HelpLine, Palette, Popup, Warned};
pub use prompt::{Prompt, PromptKind};
pub use reading::{Banner, Lit, Reading, Selection, Stand, Unit, Way};
pub use side::{ContactPart, Group, Side, SideLine, SideView};
pub use sources::{
    SourceHeading, SourceLine, Sources, choices as source_choices, facts as source_facts,
    group_facts, group_words, standing as source_standing,
};
pub use spelling::{parse as parse_keys, written};
pub use window::{PADDING as WINDOW_PADDING, inside as inside_window};

use change::{Pending, Undoable};
use effect::{Scope, Ticket};
use geometry::Wishes;
use key::Key;
use message::Progress;
use search::Before;

/// What the configuration decides about the state.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The key table.
    pub keymap: Keymap,
    /// Longest row of text, in cells.
    pub measure: u16,
    /// Whether paragraphs are numbered in the margin.
    pub numbers: bool,
    /// Whether the sidebar is open; `None` leaves it to the room there is.
    pub side: Option<bool>,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// The reader's time zone.
    pub zone: TimeZone,
    /// The file of the reports of what failed, where there is one.
    pub reports: Option<crate::text::SafeText>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            keymap: Keymap::default(),
            measure: 76,
            numbers: false,
            side: None,
            mouse: true,
            zone: TimeZone::UTC,
            reports: None,
        }
    }
}

/// What stands in the left pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Left {
    /// The list of releases.
    #[default]
    List,
    /// All passages.
    Passages,
    /// The sources.
    Sources,
}

/// Everything the screen shows.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    clock: Clock,
    geometry: Geometry,
    /// Widths that the user dragged the panes to.
    columns: (Option<u16>, Option<u16>),
    side_wish: Option<bool>,
    focus: Pane,
    left: Left,
    list: List,
    reading: Option<Reading>,
    side: Side,
    passages: Passages,
    /// A passage came that the passages view has not seen.
    passages_stale: bool,
    sources: Sources,
    prompt: Option<Prompt>,
    popup: Option<Popup>,
    /// Cards that a window opened over, the last one on top: Esc gives them back.
    cards: Vec<Card>,
    notice: Option<Notice>,
    progress: BTreeMap<u64, Progress>,
    /// Releases that came since the list was last loaded afresh.
    arrived: u64,
    /// The library can only be read: nothing is kept.
    read_only: bool,
    /// Where the reader was in which release before the side pane led through it: release, cursor, first row.
    led_from: Option<(crate::release::ReleaseId, usize, usize)>,
    /// The passage that the passages view shows beside it.
    shown_passage: Option<crate::release::PassageId>,
    /// Keys of a sequence that is not complete yet.
    keys: Vec<Key>,
    /// Digits typed before a key.
    count: Option<usize>,
    tickets: Ticket,
    /// The release that is being opened, and what is to be done with it.
    opening: Option<(Ticket, crate::release::ReleaseId, update::Aim)>,
    /// Keys that wait for it.
    ahead: act::Ahead,
    recognising: Option<Ticket>,
    /// The open release is being read again from the library: what belongs to it has changed.
    reopening: Option<Ticket>,
    /// The card of an entity that was asked for, and the action that is to be run on it.
    about: Option<(Ticket, Action)>,
    /// What its source changed in the open release was asked for.
    comparing: Option<Ticket>,
    /// What the open release corrects was asked for.
    correcting: Option<Ticket>,
    /// A release that was opened from the one that corrects it, and that one: Esc leads back.
    led_by: Option<(crate::release::ReleaseId, crate::release::ReleaseId)>,
    searching: Option<Ticket>,
    /// What a scope's releases have in common was asked for.
    facets: Option<(Ticket, effect::Scope)>,
    /// When what the hits have in common is to be asked for.
    facets_due: Option<i64>,
    /// What was before each search or list of an entity.
    back: Vec<Before>,
    pending: BTreeMap<Ticket, Pending>,
    undo: Vec<Undoable>,
    /// Where a mouse button was pressed.
    press: Option<mouse::Press>,
    focused: bool,
    leaving: bool,
}

impl App {
    /// An app that has not been told its size yet: the first `Message::Resize` makes it ask for its rows.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            clock: Clock {
                now: 0,
                zone: settings.zone.clone(),
            },
            side_wish: settings.side,
            settings,
            geometry: Geometry::default(),
            columns: (None, None),
            focus: Pane::Left,
            left: Left::List,
            list: List::new(Scope::default(), 0),
            reading: None,
            side: Side::default(),
            passages: Passages::default(),
            passages_stale: false,
            sources: Sources::default(),
            prompt: None,
            popup: None,
            cards: Vec::new(),
            notice: None,
            progress: BTreeMap::new(),
            arrived: 0,
            read_only: false,
            led_from: None,
            shown_passage: None,
            keys: Vec::new(),
            count: None,
            tickets: Ticket::default(),
            opening: None,
            ahead: act::Ahead::default(),
            recognising: None,
            reopening: None,
            about: None,
            comparing: None,
            correcting: None,
            led_by: None,
            searching: None,
            facets: None,
            facets_due: None,
            back: Vec::new(),
            pending: BTreeMap::new(),
            undo: Vec::new(),
            press: None,
            focused: true,
            leaving: false,
        }
    }

    /// The same app with its list on this scope from the first row on.
    #[must_use]
    pub fn on(mut self, scope: Scope) -> Self {
        self.list = List::new(scope, 0);
        self
    }

    /// Where everything is.
    #[must_use]
    pub fn geometry(&self) -> &Geometry {
        &self.geometry
    }

    /// The pane with the focus.
    #[must_use]
    pub fn focus(&self) -> Pane {
        self.focus
    }

    /// What stands in the left pane.
    #[must_use]
    pub fn left(&self) -> Left {
        self.left
    }

    /// The list of releases.
    #[must_use]
    pub fn list(&self) -> &List {
        &self.list
    }

    /// The open release. It stays until another one has arrived, so that nothing flickers.
    #[must_use]
    pub fn reading(&self) -> Option<&Reading> {
        self.reading.as_ref()
    }

    /// The side pane.
    #[must_use]
    pub fn side(&self) -> &Side {
        &self.side
    }

    /// The passages view.
    #[must_use]
    pub fn passages(&self) -> &Passages {
        &self.passages
    }

    /// The sources view.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What is being typed in the header line: a search, or words to find in the release.
    #[must_use]
    pub fn prompt(&self) -> Option<&Prompt> {
        self.prompt.as_ref()
    }

    /// The window that floats.
    #[must_use]
    pub fn popup(&self) -> Option<&Popup> {
        self.popup.as_ref()
    }

    /// What there is to say. It stands in the footer instead of the hints.
    #[must_use]
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Background work that is under way.
    #[must_use]
    pub fn progress(&self) -> Option<&Progress> {
        self.progress.values().next_back()
    }

    /// Releases that came in since the list was loaded, to be shown as a count; the list has not moved.
    #[must_use]
    pub fn arrived(&self) -> u64 {
        self.arrived
    }

    /// Whether the library can only be read, so that nothing is kept.
    #[must_use]
    pub fn read_only(&self) -> bool {
        self.read_only
    }

    /// Time and zone, for relative dates.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The settings as they are now.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether the terminal's window has the focus.
    #[must_use]
    pub fn focused(&self) -> bool {
        self.focused
    }

    /// Whether the mouse is used.
    #[must_use]
    pub fn mouse(&self) -> bool {
        self.settings.mouse
    }

    /// The mode that keys are looked up in.
    #[must_use]
    pub fn mode(&self) -> Mode {
        if let Some(popup) = &self.popup {
            return match popup {
                Popup::Entity(_) => Mode::Entity,
                popup if popup.types() => Mode::Prompt,
                _ => Mode::Popup,
            };
        }
        if self.prompt.is_some() {
            return Mode::Prompt;
        }
        let selecting = self
            .reading
            .as_ref()
            .is_some_and(|reading| reading.selection().is_some());
        match (self.focus, self.left) {
            (Pane::Reading, _) if selecting => Mode::Select,
            (Pane::Reading, _) => Mode::Reading,
            (Pane::Side, _) => Mode::Side,
            (Pane::Left, Left::List) => Mode::List,
            (Pane::Left, Left::Passages) => Mode::Passages,
            (Pane::Left, Left::Sources) => Mode::Sources,
        }
    }

    /// The menu after a prefix key: what may follow, or `None` where no sequence is under way.
    #[must_use]
    pub fn menu(&self) -> Option<Vec<Hint>> {
        (!self.keys.is_empty()).then(|| self.settings.keymap.after(self.mode(), &self.keys))
    }

    /// The count and the keys typed so far of a command that is not complete, as people write them.
    #[must_use]
    pub fn typed(&self) -> String {
        let count = self
            .count
            .map(|count| count.to_string())
            .unwrap_or_default();
        format!("{count}{}", written(&self.keys))
    }

    /// The lines over the text.
    #[must_use]
    pub fn banners(&self) -> Vec<Banner> {
        let reading = self.reading.as_ref();
        reading
            .map(|reading| reading.banners(self.clock.now))
            .unwrap_or_default()
    }

    /// Whether this release is being opened and has not arrived.
    #[must_use]
    pub fn opening(&self) -> Option<crate::release::ReleaseId> {
        self.opening.map(|(_, release, _)| release)
    }

    /// Whether a search is under way whose last page has not come.
    #[must_use]
    pub fn searching(&self) -> bool {
        self.searching.is_some()
    }

    /// Whether the user left: the loop ends.
    #[must_use]
    pub fn leaving(&self) -> bool {
        self.leaving
    }

    /// When the screen changes next by time alone (a relative date turns over, an embargo counts down, a notice
    /// goes): the loop sends `Message::Clock` then, and sleeps until something else comes otherwise.
    #[must_use]
    pub fn next_turn(&self) -> Option<i64> {
        let now = self.clock.now;
        let dates = self.list.visible().iter().filter_map(|line| match line {
            Line::Release { index, part: 0, .. } => self.list.row(*index),
            _ => None,
        });
        let dates =
            dates.map(|row| when::ago_turns(row.published, row.timed, now, &self.clock.zone));
        let banners = self.banners();
        let embargoes = banners.iter().filter_map(|banner| match banner {
            Banner::Embargo { until, .. } => when::until_turns((*until)?, now),
            Banner::Standing(_) | Banner::Replaced { .. } => None,
        });
        let notice = self.notice.as_ref().and_then(|notice| notice.until);
        // The sources tell minutes.
        let minute = (self.left == Left::Sources).then(|| now - now.rem_euclid(60) + 60);
        dates
            .chain(embargoes)
            .chain(notice)
            .chain(self.facets_due)
            .chain(minute)
            .filter(|turn| *turn > now)
            .min()
    }

    /// What the layout depends on now.
    fn wishes(&self) -> Wishes {
        Wishes {
            focus: self.focus,
            side: self.side_wish,
            left_columns: self.columns.0,
            side_columns: self.columns.1,
            measure: self.settings.measure,
            numbers: self.settings.numbers,
            banners: u16::try_from(self.banners().len()).unwrap_or(0),
        }
    }

    /// Lays the window out anew where anything it depends on has changed.
    fn lay_out(&mut self, columns: u16, rows: u16) {
        let layout = Geometry::new(columns, rows, &self.wishes(), &self.geometry);
        self.geometry = layout;
        if layout.fit == Fit::TooSmall {
            return;
        }
        if let Some(left) = layout.left {
            let rows = usize::from(left.rows);
            self.list.resize(left.columns, rows, &self.clock);
            self.passages.resize(rows);
            self.sources.resize(rows);
        }
        if let Some(side) = layout.side {
            let reading = self.reading.as_ref();
            self.side
                .resize(usize::from(side.rows), side.columns, reading);
        }
        if let (Some(reading), Some(_)) = (&mut self.reading, layout.reading) {
            reading.resize(layout.text.columns, usize::from(layout.text.rows));
        }
        if let Some(Popup::Entity(card)) = &mut self.popup {
            card.resize(columns, rows, &self.clock);
        } else if let Some(popup) = &mut self.popup {
            popup.resize(usize::from(rows));
        }
    }

    /// A ticket for a new request.
    fn ticket(&mut self) -> Ticket {
        self.tickets.0 += 1;
        self.tickets
    }
}
