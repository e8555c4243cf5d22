//! A passage and the release it stands in, written down so that an editor, a reference manager or a spreadsheet takes
//! it: plain text, Markdown, CSL-JSON, BibLaTeX, RIS, Readwise CSV, plain CSV, W3C annotations as JSON Lines.
//!
//! There is no "press release" type in CSL, in BibLaTeX or in RIS. A web page with the genre "Press release", the
//! issuer as author and the wire as container is what reference styles print best, so that is what stands in all of
//! them. Pure: passages in, text out. It refuses to invent: what a passage does not know is left out.

mod annotation;
mod bibliography;
mod brief;
pub mod collation;
mod prose;
mod table;

use serde::{Deserialize, Serialize};

use crate::release::Passage;

pub use brief::{Brief, BriefItem};
pub use prose::quotation_with_source;

/// The forms in which passages leave the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Block quotations with their source beneath.
    Markdown,
    /// Markdown for an Obsidian vault: front matter, and a block reference after each quotation.
    Obsidian,
    /// One W3C Web Annotation a line.
    Jsonl,
    /// CSL-JSON.
    Csl,
    /// BibLaTeX (BibTeX reads it as well).
    Bibtex,
    /// RIS, with CRLF line ends as its definition asks.
    Ris,
    /// The CSV that Readwise imports.
    Readwise,
    /// Comma-separated values, one passage a row.
    Csv,
}

impl Format {
    /// All formats, in the order in which help names them.
    pub const ALL: [Self; 8] = [
        Self::Markdown,
        Self::Obsidian,
        Self::Jsonl,
        Self::Csl,
        Self::Bibtex,
        Self::Ris,
        Self::Readwise,
        Self::Csv,
    ];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Obsidian => "obsidian",
            Self::Jsonl => "jsonl",
            Self::Csl => "csl",
            Self::Bibtex => "bibtex",
            Self::Ris => "ris",
            Self::Readwise => "readwise",
            Self::Csv => "csv",
        }
    }

    /// The format of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The usual ending of a file of this format, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown | Self::Obsidian => "md",
            Self::Jsonl => "jsonl",
            Self::Csl => "json",
            Self::Bibtex => "bib",
            Self::Ris => "ris",
            Self::Readwise | Self::Csv => "csv",
        }
    }
}

/// Writes these passages in this format, in the order given.
#[must_use]
pub fn write(format: Format, passages: &[Passage]) -> String {
    match format {
        Format::Markdown => prose::markdown(passages),
        Format::Obsidian => prose::obsidian(passages),
        Format::Jsonl => annotation::lines(passages),
        Format::Csl => bibliography::csl(passages),
        Format::Bibtex => bibliography::biblatex(passages),
        Format::Ris => bibliography::ris(passages),
        Format::Readwise => table::readwise(passages),
        Format::Csv => table::csv(passages),
    }
}

/// The day part of an RFC 3339 time or a date.
fn day(time: &str) -> &str {
    time.get(..10).unwrap_or(time)
}

#[cfg(test)]
mod tests;
