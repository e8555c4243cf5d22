//! What the app wants done by the jobs. A closed list: nothing else leaves the app. Every request that is answered
//! carries a [`Ticket`]; the answer brings it back, and an old one is dropped.

use crate::entity::Decision;
use crate::release::{
    Anchor, LibraryEntityId, PassageId, ReleaseId, SourceChoices, SourceGroup, SourceId,
};
use crate::text::{Extent, SafeText};

/// Numbers a request, so that a late answer is known as late. Rises with every request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// Which releases a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    /// State.
    pub filter: Filter,
    /// Only this source's.
    pub source: Option<SourceId>,
    /// Only those of the sources of this group.
    pub group: Option<SourceGroup>,
    /// Only those that name this entity.
    pub entity: Option<LibraryEntityId>,
    /// Only this release and its copies, as they came.
    pub story: Option<ReleaseId>,
    /// Only what this query finds (the search language, as typed).
    pub query: Option<String>,
    /// Order.
    pub sort: Sort,
}

impl Scope {
    /// Whether it shows less than the library.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        let whole = Self {
            sort: self.sort,
            ..Self::default()
        };
        *self != whole
    }
}

/// Filters by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Filter {
    #[default]
    All,
    Unread,
    Starred,
    WithPassages,
}

/// Orders of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
    /// Best match first; as `Newest` where there is no query.
    Best,
}

/// Where a page of rows starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// At the first row.
    Start,
    /// At the last row, going back.
    End,
    /// After this release, in the list's order.
    After(ReleaseId),
    /// Before this release; the rows still come in the list's order.
    Before(ReleaseId),
    /// Around this release: half the rows before it, it, the rest after it.
    Around(ReleaseId),
}

/// What the jobs are asked to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Rows of the list. Answered by `Message::Rows`; the newest request replaces a queued one of the same scope kind.
    Rows {
        ticket: Ticket,
        scope: Scope,
        from: From,
        limit: usize,
    },
    /// How many releases a scope has, and where in it `at` stands. Answered by `Message::Counted`.
    Count {
        ticket: Ticket,
        scope: Scope,
        at: Option<ReleaseId>,
    },
    /// Search as you type. Answered by one or more `Message::Found` (partial pages first). Replaces and interrupts
    /// the search before it.
    Search {
        ticket: Ticket,
        scope: Scope,
        limit: usize,
    },
    /// Read one release with all that belongs to it. Answered by `Message::Opened`.
    Open { ticket: Ticket, release: ReleaseId },
    /// Recognise the entities of a release anew. Answered by `Message::Recognised`.
    Recognise { ticket: Ticket, release: ReleaseId },
    /// Read the full text of a release, where its source sends teasers and the user wants their pages read. Answered by
    /// `Message::Completed` where there is one.
    Complete { ticket: Ticket, release: ReleaseId },
    /// All passages of the library, newest first, those that match `query` where there is one. `Message::Passages`.
    Passages {
        ticket: Ticket,
        query: Option<String>,
    },
    /// The sources with counts. `Message::Sources`.
    Sources { ticket: Ticket },
    /// The entities of the releases of a scope, by number of releases. `Message::Facets`.
    Facets {
        ticket: Ticket,
        scope: Scope,
        limit: usize,
    },
    /// What is known of an entity. `Message::About`.
    About {
        ticket: Ticket,
        entity: LibraryEntityId,
    },
    /// What its source changed in a release since it came. `Message::Changes`.
    Changes { ticket: Ticket, release: ReleaseId },
    /// What a release corrects or withdraws. `Message::Corrected`.
    Corrected { ticket: Ticket, release: ReleaseId },
    /// Entities by the words of their names, those of most releases first. `Message::Names`.
    Names {
        ticket: Ticket,
        typed: String,
        limit: usize,
    },

    /// Mark as read or unread. Durable; answered by `Message::Saved`.
    SetRead {
        ticket: Ticket,
        releases: Vec<ReleaseId>,
        read: bool,
    },
    /// Star or unstar. Durable.
    SetStar {
        ticket: Ticket,
        releases: Vec<ReleaseId>,
        starred: bool,
    },
    /// Set the tags of a release. Durable.
    SetTags {
        ticket: Ticket,
        release: ReleaseId,
        tags: Vec<String>,
    },
    /// Delete releases (they stay deleted when their source sends them again), or bring them back. Durable.
    SetDeleted {
        ticket: Ticket,
        releases: Vec<ReleaseId>,
        deleted: bool,
    },
    /// Bookmark a passage. Durable; answered by `Message::PassageSaved`.
    AddPassage {
        ticket: Ticket,
        release: ReleaseId,
        extent: Extent,
        anchor: Anchor,
        note: String,
        tags: Vec<String>,
    },
    /// Change a passage's note and tags. Durable.
    EditPassage {
        ticket: Ticket,
        passage: PassageId,
        note: String,
        tags: Vec<String>,
    },
    /// Delete a passage, or bring it back. Durable.
    SetPassageDeleted {
        ticket: Ticket,
        passage: PassageId,
        deleted: bool,
    },
    /// Decline a repair for good, or take that back: the text is read again without it or with it. Durable; answered by
    /// `Message::Opened`.
    DeclineRepair {
        ticket: Ticket,
        release: ReleaseId,
        before: String,
        after: String,
        declined: bool,
    },
    /// Decide about an entity, in place of what was decided before. Durable; answered by `Message::Saved`.
    Decide {
        ticket: Ticket,
        entity: LibraryEntityId,
        decision: Decision,
    },
    /// Follow an address (feed or page), a folder or a file, as typed. Durable; answered by `Message::Followed`.
    Follow {
        ticket: Ticket,
        place: String,
        name: String,
        tags: Vec<String>,
    },
    /// Set what the user chose about a source. Durable; answered by `Message::Saved`.
    SetSource {
        ticket: Ticket,
        source: SourceId,
        choices: SourceChoices,
    },
    /// Stop following a source (its releases stay), or follow it again. Durable; answered by `Message::Saved`.
    SetFollowed {
        ticket: Ticket,
        source: SourceId,
        followed: bool,
    },
    /// Remember where the reader was. Not answered.
    SavePosition { release: ReleaseId, byte: usize },

    /// Fetch what is new from these sources, or from all that are due where none is named. Progress and notices tell how
    /// it goes; `Message::LibraryChanged` tells what came.
    Refresh { sources: Vec<SourceId> },

    /// Put text on the clipboard (OSC 52 first, then the system's). Answered by `Message::Copied`.
    Copy { text: SafeText },
    /// Start the browser with one http(s) address. Answered by `Message::Notice`.
    OpenAddress { address: String },
    /// Edit text in `$VISUAL` or `$EDITOR`, out of the alternate screen. Answered by `Message::Edited`.
    EditText { ticket: Ticket, text: String },
    /// Write passages to a file. Answered by `Message::Notice`.
    Export {
        path: std::path::PathBuf,
        format: String,
        query: Option<String>,
    },
    /// Give the terminal back to the shell until it is resumed.
    Suspend,
    /// Leave.
    Quit,
}
