//! What the user decides about an entity of the library, and what is known of one: plain data, shared by the store
//! that keeps it and the app that shows it.

use crate::entity::Kind;
use crate::release::{LibraryEntityId, ReleaseId};
use crate::text::SafeText;

/// What the user decided about one form of a name. The default is to decide nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Whether it is joined to another entity.
    pub joined: Joined,
    /// Another name for it.
    pub name: Option<String>,
    /// Another kind.
    pub kind: Option<Kind>,
    /// Whether it is left out of sidebars and lists of entities.
    pub hidden: bool,
}

/// To which entity a form of a name belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joined {
    /// As the library learns it from releases.
    #[default]
    Learnt,
    /// To none: it stands for itself.
    Apart,
    /// To this one.
    Into(LibraryEntityId),
}

/// A form of a name that is joined to an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinedForm {
    /// The form.
    pub id: LibraryEntityId,
    /// Its name.
    pub name: SafeText,
    /// The kind that recognition gives it.
    pub kind: Kind,
    /// What the user decided about it.
    pub decision: Decision,
}

/// An entity with a count.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The entity.
    pub id: LibraryEntityId,
    /// Its name.
    pub name: SafeText,
    /// What it is.
    pub kind: Kind,
    /// In how many releases.
    pub releases: u64,
}

/// What the library knows of one entity.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityPage {
    /// The entity.
    pub id: LibraryEntityId,
    /// Its name.
    pub name: SafeText,
    /// The name that releases give it, where the user gave it another one.
    pub printed: Option<SafeText>,
    /// What it is.
    pub kind: Kind,
    /// What the user decided about it.
    pub decision: Decision,
    /// How many releases name it.
    pub releases: u64,
    /// How often they name it.
    pub mentions: u64,
    /// Publication of the first release that names it, seconds since the epoch.
    pub first: i64,
    /// Publication of the last.
    pub last: i64,
    /// What else its newest releases call it, the most used first.
    pub aliases: Vec<SafeText>,
    /// The forms that are joined to it.
    pub joined: Vec<JoinedForm>,
    /// With whom it is named, the most often first.
    pub with: Vec<Counted>,
    /// Releases by month, as (months since year 0, releases), in the order of time.
    pub months: Vec<(i32, u64)>,
    /// Its newest releases with their publication: newest first.
    pub newest: Vec<(ReleaseId, SafeText, i64)>,
}
