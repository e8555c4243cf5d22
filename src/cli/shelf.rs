//! What the library's commands share: where the library is, opening it, reading a query from the arguments, the row in
//! which a release is printed. It refuses to make a library where a command only reads.

use std::path::PathBuf;

use serde::Serialize;

use super::{Failure, Globals};
use crate::config::{Config, Flags, Places, Problem, load};
use crate::query::Query;
use crate::release::{AnchorStatus, CitationFacts, Listing, Passage, ReleaseId, Standing};
use crate::store::{self, Library, Order, Reader, Selection, Show, StoreError};
use crate::text::{Extent, SafeText};

/// Where things are, by the options, the environment and the configuration.
pub fn places(globals: &Globals) -> Places {
    loaded(globals).1
}

/// What of the configuration could not be used.
pub fn mistakes(globals: &Globals) -> Vec<Problem> {
    loaded(globals).2
}

fn loaded(globals: &Globals) -> (Config, Places, Vec<Problem>) {
    let flags = Flags {
        config: globals.config.clone(),
        data_dir: globals.data_dir.clone(),
        theme: None,
    };
    load(&flags, &|name| std::env::var(name).ok())
}

/// The library's file.
pub fn path(globals: &Globals) -> PathBuf {
    places(globals).library()
}

/// The library, for reading; `None` where there is none yet. One that an older dateline made is brought up to date first.
pub fn reader(globals: &Globals) -> Result<Option<Reader>, Failure> {
    let path = path(globals);
    if let Some(directory) = path.parent().filter(|it| it.exists() && !it.is_dir()) {
        let problem = format!("{} is a file, and no data directory", directory.display());
        return Err(Failure::data(problem).hint("name another with --data-dir"));
    }
    if !path.exists() {
        return Ok(None);
    }
    match Reader::open(&path) {
        Err(old @ StoreError::Older { .. }) => {
            Library::open(&path).map_err(|problem| {
                let hint = format!("here it cannot be: {problem}");
                Failure::data(old.to_string()).hint(&hint)
            })?;
            Ok(Some(Reader::open(&path)?))
        }
        opened => Ok(Some(opened?)),
    }
}

/// The library, for reading; a failure where there is none yet.
pub fn some_reader(globals: &Globals) -> Result<Reader, Failure> {
    reader(globals)?.ok_or_else(|| {
        Failure::data("there is no library yet").hint("dateline add FILE… takes releases in")
    })
}

/// The library, for writing; made where there is none.
pub fn writer(globals: &Globals) -> Result<Library, Failure> {
    let (library, rescue) = store::open_or_rescue(&path(globals), crate::jobs::now())?;
    if let Some(rescue) = rescue {
        super::Talk::new(globals).say(&format!("dateline: {rescue}"));
    }
    Ok(library)
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let failure = Self::data(error.to_string());
        match &error {
            _ if error.is_corruption() => {
                failure.hint("dateline doctor sets it aside and saves what is yours")
            }
            _ if error.is_full() => {
                failure.hint("the disk is full: nothing that was saved is lost; free some space")
            }
            StoreError::NoRelease(_) => failure.hint("dateline list shows the numbers"),
            StoreError::NoPassage(_) => failure.hint("dateline passages shows their ids"),
            _ => failure,
        }
    }
}

/// How releases are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SortChoice {
    /// Newest first
    Date,
    /// Best match first
    Rank,
}

/// How output is written.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct FormChoice {
    /// Print one JSON array
    #[arg(long, conflicts_with_all = ["jsonl", "plain"])]
    pub json: bool,
    /// Print one JSON object a line
    #[arg(long, conflicts_with = "plain")]
    pub jsonl: bool,
    /// Print one line a record, fields parted by tabs
    #[arg(long)]
    pub plain: bool,
}

/// The selection that the words of a query and the options ask for; with it, hints for the user.
pub fn selection(words: &[String], sort: Option<SortChoice>) -> (Selection, Vec<String>) {
    let query = Query::parse(&words.join(" "));
    let hints = query.hints.clone();
    let order = match (sort, query.order) {
        (Some(SortChoice::Rank), _) | (None, Some(crate::query::Order::Best)) => Order::Best,
        _ => Order::Newest,
    };
    let selection = Selection {
        show: Show::All,
        query: Some(query),
        order,
        ..Selection::default()
    };
    (selection, hints)
}

/// Days since the epoch, UTC.
pub fn today() -> i64 {
    crate::jobs::now().div_euclid(86_400)
}

/// A time of the library as it is printed: RFC 3339, or the day where no more is known.
pub fn time(seconds: i64, timed: bool) -> String {
    let Ok(time) = jiff::Timestamp::from_second(seconds) else {
        return String::new();
    };
    if timed {
        time.to_string()
    } else {
        jiff::tz::TimeZone::UTC.to_datetime(time).date().to_string()
    }
}

/// A release as `list` and `search` print it.
#[derive(Debug, Serialize)]
pub struct RowForm {
    id: ReleaseId,
    headline: SafeText,
    issuer: Option<SafeText>,
    wire: Option<SafeText>,
    source: Option<SafeText>,
    published: Option<String>,
    first_seen: Option<String>,
    language: Option<SafeText>,
    read: bool,
    starred: bool,
    passages: u32,
    embargo: Option<String>,
    standing: Option<Standing>,
    versions: u32,
    copies: u32,
    /// The sources that carry it word for word, beside `source`.
    also: Vec<SafeText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<SnippetForm>,
}

/// The words around a hit, as they are printed.
#[derive(Debug, Serialize)]
struct SnippetForm {
    text: SafeText,
    hits: Vec<Extent>,
}

impl From<Listing> for RowForm {
    fn from(row: Listing) -> Self {
        let stamp = time(row.published, row.timed);
        let (published, first_seen) = if row.dated {
            (Some(stamp), None)
        } else {
            (None, Some(stamp))
        };
        Self {
            id: row.id,
            headline: row.headline,
            issuer: row.issuer,
            wire: row.wire,
            source: row.source,
            published,
            first_seen,
            language: row.language,
            read: row.read,
            starred: row.starred,
            passages: row.passages,
            embargo: row.embargo.map(|at| time(at, true)),
            standing: row.standing,
            versions: row.versions,
            copies: row.copies,
            also: row.also,
            snippet: row.snippet.map(|snippet| SnippetForm {
                text: snippet.text,
                hits: snippet.hits,
            }),
        }
    }
}

impl RowForm {
    /// The row for people: marks, day, number, who, headline.
    pub fn for_people(&self) -> String {
        let mark = match (self.starred, self.read) {
            (true, _) => '*',
            (false, false) => '•',
            (false, true) => ' ',
        };
        let day = self.day();
        let who = self
            .issuer
            .as_ref()
            .or(self.wire.as_ref())
            .or(self.source.as_ref());
        let who = who.map_or("", |who| who.as_str());
        let who: String = if who.chars().count() > 22 {
            who.chars().take(21).chain(['…']).collect()
        } else {
            who.to_owned()
        };
        let headline = match self.headline.as_str() {
            "" => "(no headline)",
            headline => headline,
        };
        let mut line = format!("{mark} {day}  {:>14}  {who:<22}  {headline}", self.id.0);
        if let Some(snippet) = &self.snippet {
            line.push_str("\n    ");
            line.push_str(&snippet.text);
        }
        line
    }

    /// The row as one line of fields parted by tabs: number, day, who, headline.
    pub fn plain(&self) -> String {
        let field = |text: &Option<SafeText>| {
            text.as_ref()
                .map_or(String::new(), |text| text.replace('\t', " "))
        };
        [
            self.id.0.to_string(),
            self.day(),
            field(&self.issuer),
            self.headline.replace('\t', " "),
        ]
        .join("\t")
    }

    fn day(&self) -> String {
        let stamp = self.published.as_ref().or(self.first_seen.as_ref());
        stamp.map_or(String::new(), |stamp| stamp.chars().take(10).collect())
    }
}

/// A passage as `passages` prints it.
#[derive(Debug, Serialize)]
pub struct PassageForm {
    id: String,
    release: ReleaseId,
    headline: SafeText,
    quote: SafeText,
    note: SafeText,
    tags: Vec<SafeText>,
    status: AnchorStatus,
    start: Option<usize>,
    end: Option<usize>,
    created: String,
    modified: String,
    citation: CitationFacts,
}

impl PassageForm {
    /// The form of a passage; `headline` is that of its release.
    pub fn new(passage: &Passage, headline: &SafeText) -> Self {
        Self {
            id: passage.id.0.clone(),
            release: passage.release,
            headline: headline.clone(),
            quote: SafeText::clean(&passage.anchor.exact),
            note: SafeText::clean(&passage.note),
            tags: passage
                .tags
                .iter()
                .map(|tag| SafeText::clean_line(tag))
                .collect(),
            status: passage.status,
            start: passage.extent.map(|extent| extent.start),
            end: passage.extent.map(|extent| extent.end),
            created: time(passage.created, true),
            modified: time(passage.modified, true),
            citation: passage.citation.clone(),
        }
    }

    /// The passage for people.
    pub fn for_people(&self) -> String {
        let mut line = format!(
            "“{}”\n    {} ({})",
            self.quote.replace('\n', " "),
            self.headline,
            self.id
        );
        if !self.note.is_empty() {
            line.push_str(&format!("\n    {}", self.note));
        }
        if !self.tags.is_empty() {
            let tags: Vec<&str> = self.tags.iter().map(SafeText::as_str).collect();
            line.push_str(&format!("\n    #{}", tags.join(" #")));
        }
        line
    }

    /// One line of fields parted by tabs: id, release, quotation, note.
    pub fn plain(&self) -> String {
        let flat = |text: &str| text.replace(['\t', '\n'], " ");
        [
            self.id.clone(),
            self.release.0.to_string(),
            flat(&self.quote),
            flat(&self.note),
        ]
        .join("\t")
    }
}

/// How a command ends that has looked for something: what it found is printed, and that it found nothing is said.
pub fn found(count: usize, globals: &Globals) -> super::Done {
    if count > 0 {
        return super::Done::All;
    }
    super::Talk::new(globals).say("dateline: nothing found");
    super::Done::Nothing
}

/// As [`found`], where there is no library to look into.
pub fn no_library(globals: &Globals) -> super::Done {
    let words = "dateline: there is no library yet; `dateline add FILE…` takes releases in";
    super::Talk::new(globals).say(words);
    super::Done::Nothing
}

/// Writes records in the form that was asked for.
pub fn print<T: Serialize>(
    form: FormChoice,
    records: &[T],
    people: impl Fn(&T) -> String,
    plain: impl Fn(&T) -> String,
) -> Result<(), Failure> {
    let mut out = super::Out::stdout();
    if form.json {
        super::write_json(&mut out, &records, true)?;
        out.raw(b"\n")?;
    } else {
        for record in records {
            if form.jsonl {
                super::write_json(&mut out, record, false)?;
                out.raw(b"\n")?;
            } else {
                out.line(&if form.plain {
                    plain(record)
                } else {
                    people(record)
                })?;
            }
        }
    }
    out.finish()
}

/// Marks a page's end for the eye: how many there are in all.
pub fn more(shown: usize, found: &store::Found) -> Option<String> {
    let at_least = if found.exact { "" } else { "at least " };
    (found.total > shown as u64).then(|| {
        format!(
            "{shown} of {at_least}{} releases; --limit N shows more",
            found.total
        )
    })
}
