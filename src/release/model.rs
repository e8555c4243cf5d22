//! The shapes of one understood release. Their serialised form is the command line's contract
//! (`dateline parse --json`); fields may be added, none renamed. What the text does not say is `None` or empty,
//! never invented.

use serde::{Deserialize, Serialize};

use crate::text::{Extent, SafeText};

/// A release as it came through a door of `source`, before anything is understood. A library keeps its serialised
/// form, with `text` and `original` apart.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Incoming {
    /// The path or address it was read from, as given by the user.
    pub path: Option<String>,
    /// The identity its source gave it (a feed's guid, an archive's id).
    pub guid: Option<String>,
    /// Its address, where the source says so.
    pub url: Option<String>,
    /// The headline, where the source gives one apart from the text (a feed's title, a page's `<h1>`).
    pub headline: Option<String>,
    /// Publication time as the source gives it: RFC 3339, or a plain date `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The issuer, where the source says so apart from the text.
    pub issuer: Option<String>,
    /// The wire, where the source says so apart from the text.
    pub wire: Option<String>,
    /// The name of the feed, page, folder or archive.
    pub source: Option<String>,
    /// BCP 47 language, where the source says so.
    pub language: Option<String>,
    /// What the source files it under.
    #[serde(default)]
    pub labels: Vec<Label>,
    /// The text, markup already taken off, not yet cleaned or repaired. Paragraphs are parted by blank lines.
    #[serde(skip)]
    pub text: String,
    /// What the markup said about parts of `text`, in order of their start.
    pub markup: Vec<Markup>,
    /// The bytes as they were read, kept beside the text.
    #[serde(skip)]
    pub original: Vec<u8>,
    /// The form of `original`.
    pub format: Format,
}

/// The form that a release's original has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Plain text.
    #[default]
    Plain,
    /// Markdown.
    Markdown,
    /// An HTML page or fragment.
    Html,
    /// An object of a JSON archive.
    Json,
    /// An entry of a feed.
    Feed,
    /// A mail message.
    Mail,
}

/// What markup said about an extent of [`Incoming::text`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Markup {
    /// Where, in `Incoming::text`.
    pub extent: Extent,
    /// What.
    pub kind: MarkupKind,
}

/// What markup can say that anatomy uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MarkupKind {
    /// A heading, of level 1 to 6.
    Heading(u8),
    /// One item of a list.
    ListItem,
    /// One row of a table.
    TableRow,
    /// A block quotation.
    BlockQuote,
    /// Bold text.
    Strong,
    /// A link and its address.
    Link(String),
    /// Preformatted text or code.
    Preformatted,
    /// What surrounds the release on its page.
    Furniture,
}

/// One release, understood.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Release {
    /// As given, or null.
    pub path: Option<SafeText>,
    /// The canonical address.
    pub url: Option<SafeText>,
    /// BCP 47 language of the text.
    pub language: Option<SafeText>,
    /// The headline.
    pub headline: Option<SafeText>,
    /// Where the headline was taken from.
    pub headline_from: Option<HeadlineFrom>,
    /// The deck under the headline.
    pub subhead: Option<SafeText>,
    /// The dateline.
    pub dateline: Option<Dateline>,
    /// When it was published: a date `YYYY-MM-DD` or an RFC 3339 time.
    pub published: Option<SafeText>,
    /// The words FOR IMMEDIATE RELEASE or their like.
    pub release_line: Option<SafeText>,
    /// The embargo.
    pub embargo: Option<Embargo>,
    /// Who puts it out.
    pub issuer: Option<SafeText>,
    /// What the issuer was taken from.
    pub issuer_from: Option<IssuerFrom>,
    /// Whether it is a correction, a kill, an advisory; null for an ordinary release.
    pub standing: Option<Standing>,
    /// Whom to call.
    pub contacts: Vec<Contact>,
    /// The cleaned, repaired text: paragraphs end in one line feed and a blank line.
    pub text: SafeText,
    /// The parts, in order, not overlapping.
    pub sections: Vec<Section>,
    /// What was repaired; extents lie in `text` and cover `after`.
    pub repairs: Vec<Repair>,
    /// The quotations, in order.
    pub quotes: Vec<Quote>,
    /// What its source files it under.
    pub labels: Vec<Label>,
}

/// What a source says of a release beside its text: under which ticker, identifier or subject it is filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// What kind of label it is.
    pub scheme: LabelScheme,
    /// The label, as the source writes it.
    pub value: SafeText,
}

/// The kinds of labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelScheme {
    /// A symbol on an exchange.
    Ticker,
    /// An International Securities Identification Number.
    Isin,
    /// The source's own number for the release.
    Identifier,
    /// A subject.
    Subject,
    /// An industry.
    Industry,
    /// A keyword.
    Keyword,
}

/// Where a headline came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadlineFrom {
    /// It stands in the document (or its source gave it).
    Document,
    /// Made from the words of the canonical address.
    Url,
    /// Made from the lede.
    Lede,
}

/// Where the issuer was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssuerFrom {
    /// `SOURCE Acme`.
    SourceLine,
    /// `About Acme`.
    Boilerplate,
    /// The sentence that the dateline opens.
    Lede,
    /// The contact block.
    Contact,
    /// The source's own metadata.
    Metadata,
}

/// What stands at the head of a release's text: who sent it, from where, when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dateline {
    /// Where it stands in the text.
    #[serde(flatten)]
    pub extent: Extent,
    /// The first place, as printed.
    pub place: Option<SafeText>,
    /// All places, as printed.
    pub places: Vec<SafeText>,
    /// State, province or country, as printed.
    pub region: Option<SafeText>,
    /// `YYYY-MM-DD`.
    pub date: Option<SafeText>,
    /// The wire's usual name.
    pub wire: Option<SafeText>,
}

/// Not to be published before an instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Embargo {
    /// The line's extent.
    #[serde(flatten)]
    pub extent: Extent,
    /// RFC 3339, with the offset of the zone it names.
    pub until: Option<SafeText>,
    /// Whether the line fixes the instant; false where the latest plausible one was taken.
    pub certain: bool,
}

/// What a release is, where it is not simply a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Corrects or replaces an earlier release.
    Correction,
    /// Withdraws an earlier release.
    Kill,
    /// A media advisory.
    Advisory,
}

/// One person or desk of the contact block.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The person.
    pub name: Option<SafeText>,
    /// The address.
    pub email: Option<SafeText>,
    /// The number, as printed.
    pub phone: Option<SafeText>,
    /// The organisation.
    pub organization: Option<SafeText>,
}

/// One part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// Where it stands.
    #[serde(flatten)]
    pub extent: Extent,
}

/// The kinds of parts. `furniture` is what surrounds a release on a page or in a syndicated copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    Headline,
    Dateline,
    Lede,
    Body,
    Subhead,
    Quote,
    List,
    Table,
    Boilerplate,
    Disclaimer,
    Contact,
    Source,
    Link,
    Furniture,
}

/// One repair of what a scraper broke. Putting `before` back in place of each extent gives what was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// Where `after` stands in the cleaned text.
    #[serde(flatten)]
    pub extent: Extent,
    /// What was read.
    pub before: String,
    /// What stands there now.
    pub after: String,
    /// What kind of damage it was.
    pub kind: RepairKind,
}

/// The kinds of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RepairKind {
    /// Two words glued together.
    Split,
    /// A lost line break.
    Break,
    /// A sub-heading fused into running text.
    Heading,
    /// Mojibake, or characters that do not belong in text.
    Encoding,
    /// A word hyphenated at a line's end.
    Hyphen,
    /// A broken or doubly escaped character entity.
    Entity,
}

/// One quotation. Where its speaker's words are broken off and taken up again (`“No,” she said. “Never.”`), it runs from
/// the first part to the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// From the first letter inside the opening mark to the last before the closing one.
    #[serde(flatten)]
    pub extent: Extent,
    /// The spoken parts alone, in order, without the marks; one where nothing breaks it.
    pub parts: Vec<Extent>,
    /// Who speaks, by full name.
    pub speaker: Option<SafeText>,
    /// What the text says the speaker is ("Chief Executive of Acme").
    pub speaker_title: Option<SafeText>,
}
