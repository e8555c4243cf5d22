//! What a library keeps of a release and what the user put on it: the row of a list, the user's marks, passages and
//! their anchors. Plain data, shared by the store that fills it and the app that shows it.

use serde::{Deserialize, Serialize};

use super::{Contact, Following, Standing};
use crate::text::{Extent, SafeText};

/// A release in a library. Ids rise with the publication time: `(unix minute << 6) + slot`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReleaseId(pub i64);

/// A source in a library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceId(pub i64);

/// An entity across a library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LibraryEntityId(pub i64);

/// A passage. A UUIDv7, so that ids sort by the time of their making.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PassageId(pub String);

/// One row of the list pane: all that drawing a row needs, no body.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    /// The release.
    pub id: ReleaseId,
    /// Headline.
    pub headline: SafeText,
    /// Who puts it out.
    pub issuer: Option<SafeText>,
    /// The wire.
    pub wire: Option<SafeText>,
    /// The source's name.
    pub source: Option<SafeText>,
    /// Publication, seconds since the epoch, UTC.
    pub published: i64,
    /// False where neither text nor source says when, and `published` is when it was first seen.
    pub dated: bool,
    /// Whether the time of day is known; where not, `published` is noon UTC of the day.
    pub timed: bool,
    /// BCP 47 language.
    pub language: Option<SafeText>,
    /// Opened and read.
    pub read: bool,
    /// Starred.
    pub starred: bool,
    /// How many passages are bookmarked in it.
    pub passages: u32,
    /// Embargoed until (seconds since the epoch), where it has an embargo line.
    pub embargo: Option<i64>,
    /// Correction, kill, advisory.
    pub standing: Option<Standing>,
    /// How many versions the library holds (1: no change seen).
    pub versions: u32,
    /// How many releases of the library are the same story: on other wires, or put out again (1: this one alone).
    pub copies: u32,
    /// The sources that carry it word for word, beside `source`. They count among the copies.
    pub also: Vec<SafeText>,
    /// In a search: words around the best hit, and the extents of the hits within them.
    pub snippet: Option<Snippet>,
}

impl Listing {
    /// All sources that carry it, by their names.
    #[must_use]
    pub fn sources(&self) -> String {
        let all: Vec<&str> = self.source.iter().chain(&self.also).map(|s| &**s).collect();
        all.join(", ")
    }
}

/// Words around a hit.
#[derive(Clone, Debug, PartialEq)]
pub struct Snippet {
    /// One line of text.
    pub text: SafeText,
    /// The hits, as extents of `text`.
    pub hits: Vec<Extent>,
}

/// The group of a source, as the user names it. Names are one group where they are folded to the same words: whoever
/// compares them folds them first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum SourceGroup {
    /// Its first tag.
    Tagged(SafeText),
    /// It has no tag: such sources stand together.
    #[default]
    Untagged,
}

impl SourceGroup {
    /// The group of a source whose first tag is this.
    #[must_use]
    pub fn of(first: Option<&str>) -> Self {
        let name = first.map(SafeText::clean_line).unwrap_or_default();
        if name.trim().is_empty() {
            Self::Untagged
        } else {
            Self::Tagged(name)
        }
    }

    /// Its name; empty where it has none.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Tagged(name) => name,
            Self::Untagged => "",
        }
    }
}

/// One line of a list of sources or of counts.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceListing {
    /// The source.
    pub id: SourceId,
    /// Its name.
    pub name: SafeText,
    /// Its group.
    pub group: SourceGroup,
    /// Its address or path.
    pub address: Option<SafeText>,
    /// Releases in the library.
    pub releases: u64,
    /// Of these, unread.
    pub unread: u64,
    /// How it is followed; `None` where it is not.
    pub following: Option<Following>,
}

/// Where a passage stands, after the W3C Web Annotation model: quotation with context, and position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The words themselves.
    pub exact: String,
    /// Up to 64 characters before.
    pub prefix: String,
    /// Up to 64 characters after.
    pub suffix: String,
    /// Position in the text it was taken from, in Unicode code points, half-open (the model's unit).
    pub start: usize,
    /// End of that position, in code points.
    pub end: usize,
    /// SHA-256, in hexadecimal, of the text it was taken from.
    pub text_sha256: String,
}

/// How a passage was found again in the present text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnchorStatus {
    /// Where it was.
    Exact,
    /// The same words at another place.
    Moved,
    /// Nearly the same words.
    Fuzzy,
    /// Not found: kept and shown, never dropped.
    Orphaned,
}

/// What the reader bookmarked.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Its id.
    pub id: PassageId,
    /// Its release.
    pub release: ReleaseId,
    /// Where it stood when it was taken.
    pub anchor: Anchor,
    /// Where it stands in the present text; `None` for an orphan.
    pub extent: Option<Extent>,
    /// How it was found there.
    pub status: AnchorStatus,
    /// The user's note; may be empty.
    pub note: String,
    /// The user's tags.
    pub tags: Vec<String>,
    /// When it was made, seconds since the epoch.
    pub created: i64,
    /// When it was last changed.
    pub modified: i64,
    /// What a citation needs, frozen when it was made.
    pub citation: CitationFacts,
}

/// What a citation needs, as it stood when the passage was saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitationFacts {
    /// Who puts it out.
    pub issuer: Option<String>,
    /// Headline.
    pub title: String,
    /// The wire.
    pub wire: Option<String>,
    /// City of the dateline.
    pub place: Option<String>,
    /// Date of issue, `YYYY-MM-DD`, where known.
    pub issued: Option<String>,
    /// Day it was accessed, `YYYY-MM-DD`.
    pub accessed: String,
    /// Address.
    pub url: Option<String>,
    /// BCP 47 language.
    pub language: Option<String>,
    /// 1-based number of the paragraph the passage starts in.
    pub paragraph: Option<u32>,
    /// Who speaks it, where it lies in a quotation.
    pub speaker: Option<String>,
    /// Embargo, seconds since the epoch.
    pub embargo: Option<i64>,
}

/// What the library knows about an opened release beside its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keepings {
    /// Passages bookmarked in it, in the order of their place.
    pub passages: Vec<Passage>,
    /// The user's tags on the release.
    pub tags: Vec<String>,
    /// Byte of the text at the top of the reading pane when it was left.
    pub position: usize,
    /// Whom to call.
    pub contacts: Vec<Contact>,
}
