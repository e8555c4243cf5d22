//! What the app is told. A closed list: keys, answers of the jobs, the clock, the terminal.

use crate::app::effect::{Scope, Ticket};
use crate::entity::{Counted, EntityPage, Kind, Recognition};
use crate::release::{
    Keepings, LibraryEntityId, Listing, Passage, Release, ReleaseId, SourceId, SourceListing,
    VersionChange,
};
use crate::text::SafeText;

/// A release as the reading pane shows it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its row.
    pub listing: Listing,
    /// Its text and parts.
    pub release: Release,
    /// Its entities.
    pub recognition: Recognition,
    /// For each entity of `recognition` (same order), the library's entity and in how many releases it stands.
    pub links: Vec<Option<(LibraryEntityId, u64)>>,
    /// The user's own.
    pub keepings: Keepings,
    /// The later release that corrects or withdraws it.
    pub correction: Option<Listing>,
}

/// One line of a sidebar over many releases.
#[derive(Clone, Debug, PartialEq)]
pub struct Facet {
    /// The entity.
    pub entity: LibraryEntityId,
    /// Its name.
    pub name: SafeText,
    /// Its kind.
    pub kind: Kind,
    /// In how many of the releases it stands.
    pub releases: u64,
}

/// Progress of a background import or refresh.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// Which piece of work: several may go on beside each other.
    pub job: u64,
    /// What is being done, for people.
    pub label: String,
    /// Done so far.
    pub done: u64,
    /// Of how many, where known.
    pub total: Option<u64>,
    /// Whether it is over.
    pub finished: bool,
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    Good,
    Plain,
    Warning,
    Error,
}

/// A passage of the passages view, with its release's row.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageRow {
    /// The passage.
    pub passage: Passage,
    /// Headline of its release.
    pub headline: SafeText,
    /// Its release's publication time, seconds since the epoch.
    pub published: i64,
}

/// What the jobs tell the app. (Keys, mouse, size, focus and the clock come as `Message` variants of their own.)
#[derive(Clone, Debug)]
pub enum Message {
    /// Rows of a list, in its order. `at_start` / `at_end`: whether the first / last row of the scope is among them.
    Rows {
        ticket: Ticket,
        scope: Scope,
        rows: Vec<Listing>,
        at_start: bool,
        at_end: bool,
    },
    /// A count, and how many rows stand before the asked one.
    Counted {
        ticket: Ticket,
        scope: Scope,
        total: u64,
        unread: u64,
        before: Option<u64>,
    },
    /// A page of a search: all rows found so far, in the list's order; it replaces the page before it. Snippets come for
    /// the first screenful at once and for the rest with the last page. `complete`: no more pages come for this ticket.
    Found {
        ticket: Ticket,
        rows: Vec<Listing>,
        total: u64,
        total_exact: bool,
        complete: bool,
        /// Milliseconds until the first of the pages was there.
        millis: f32,
        hint: Option<String>,
    },
    /// A release was read.
    Opened { ticket: Ticket, opened: Box<Opened> },
    /// What the user named at the start is this one release: it is opened, unless the user reads something by now.
    Show { release: ReleaseId },
    /// A release could not be read.
    OpenFailed {
        ticket: Ticket,
        release: ReleaseId,
        problem: SafeText,
    },
    /// A better recognition of a release.
    Recognised {
        ticket: Ticket,
        release: ReleaseId,
        recognition: Recognition,
        links: Vec<Option<(LibraryEntityId, u64)>>,
    },
    /// The full text of a release is kept: where the release is open, it is read again.
    Completed { release: ReleaseId },
    /// Passages.
    Passages {
        ticket: Ticket,
        passages: Vec<PassageRow>,
    },
    /// Sources.
    Sources {
        ticket: Ticket,
        sources: Vec<SourceListing>,
    },
    /// A source was visited: how the sources stand is to be asked anew where it is shown.
    SourcesChanged,
    /// What releases have in common.
    Facets { ticket: Ticket, facets: Vec<Facet> },
    /// What is known of an entity.
    About {
        ticket: Ticket,
        page: Box<EntityPage>,
    },
    /// What its source changed in a release since it came, the last change first.
    Changes {
        ticket: Ticket,
        release: ReleaseId,
        changes: Vec<VersionChange>,
    },
    /// What a release corrects, where the library has it.
    Corrected {
        ticket: Ticket,
        release: ReleaseId,
        earlier: Option<ReleaseId>,
    },
    /// Entities by name.
    Names { ticket: Ticket, names: Vec<Counted> },
    /// The user's change is on disk.
    Saved { ticket: Ticket },
    /// A source is followed, and that is on disk.
    Followed { ticket: Ticket, source: SourceId },
    /// A passage is on disk.
    PassageSaved {
        ticket: Ticket,
        passage: Box<Passage>,
    },
    /// The user's change is not on disk; the mark is taken back.
    NotSaved { ticket: Ticket, problem: SafeText },
    /// The library changed under the list (an import, another instance): counts and edges are to be asked anew.
    LibraryChanged { added: u64 },
    /// What was opened is in the library already: this release is the first of it, or (`alone`) all of it.
    Known { release: ReleaseId, alone: bool },
    /// The library can only be read: nothing is kept while the program runs.
    ReadOnly,
    /// Progress of background work.
    Progress(Progress),
    /// The clipboard has it; `by` says which way ("OSC 52", "the system clipboard").
    Copied { by: SafeText },
    /// Text came back from the editor; `None` where it was left unchanged.
    Edited {
        ticket: Ticket,
        text: Option<String>,
    },
    /// Something to say.
    Notice { gravity: Gravity, text: SafeText },
    /// A worker panicked; what it did is undone, the rest goes on.
    WorkerFailed { what: SafeText },

    /// A key, as the terminal module decodes it.
    Key(crate::app::key::Key),
    /// Pasted text.
    Paste(String),
    /// The mouse.
    Mouse(crate::app::key::Mouse),
    /// The terminal's size in cells.
    Resize { columns: u16, rows: u16 },
    /// The terminal window gained or lost the focus.
    Focus(bool),
    /// The time, seconds since the epoch, told at start, with keys, and when a shown time turns over.
    Clock { now: i64 },
}
