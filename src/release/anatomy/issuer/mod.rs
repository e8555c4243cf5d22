//! Who puts a release out, in the document's own words: the source line, the boilerplate, the subject of the lede,
//! the contact block, the site a page belongs to. Where boilerplate and lede name the same body, the fuller name is
//! taken. It refuses to guess a name that stands nowhere; the one it makes is that of an office (`Office of U.S.
//! Senator …`), for members of a parliament sign with their own name only.

mod abouts;
mod addresses;
mod ballot;
mod candidates;
mod closings;
mod cuts;
mod disclosure;
mod features;
mod forms;
mod given;
mod index;
mod names;
mod uses;
mod weights;
mod witnesses;

pub(in crate::release::anatomy) use index::Index;
use names::organisation;
use uses::{common, speaks};

use super::blocks::Block;
use super::head::Head;
use super::zones::Zones;
use super::{dateline, dates, head, labels, office, people, quotes, wires, words};
use crate::release::{Incoming, IssuerFrom, SectionKind};

/// What the search reads.
pub(super) struct Evidence<'t> {
    pub text: &'t str,
    /// Where the words of `text` begin.
    pub index: Index<'t>,
    pub blocks: &'t [Block],
    pub zones: &'t Zones,
    pub head: &'t Head,
    pub dateline: Option<&'t dateline::Read>,
    pub incoming: &'t Incoming,
    pub contact: Option<&'t str>,
}

/// What several witnesses read.
struct Facts<'t> {
    /// The paragraph after the dateline.
    lede: &'t str,
    /// Its subject.
    subject: Option<String>,
    /// The name in the issuer's own boilerplate.
    about: Option<String>,
    /// The names in all boilerplates, in order.
    abouts: Vec<String>,
    headline: String,
    /// The hosts that stand anywhere in the text, and those of the contact block.
    sites: Vec<String>,
    hosts: Vec<String>,
}

/// The issuer and where it was read first: the name for which most speaks.
pub(super) fn find(evidence: &Evidence<'_>) -> Option<(String, IssuerFrom)> {
    let facts = facts(evidence);
    let (name, from) = ballot::choose(evidence, &facts)?;
    Some((forms::finished(evidence.text, name), from))
}

/// What speaks for each name that may be the issuer’s.
pub(super) fn rows(evidence: &Evidence<'_>) -> Vec<(String, Vec<f32>)> {
    let facts = facts(evidence);
    let rows = ballot::rows(evidence, &facts).into_iter();
    rows.map(|(name, row)| (name, row.to_vec())).collect()
}

/// What several witnesses read.
fn facts<'t>(evidence: &Evidence<'t>) -> Facts<'t> {
    let lede = lede_text(evidence).unwrap_or("");
    let subject = names::subject(lede)
        .and_then(|name| name.split("](").next())
        .filter(|name| !common(&evidence.index, name))
        .map(|name| first_of_two(&evidence.index, name).to_owned());
    let abouts = abouts::boilerplates(evidence);
    let hosts = addresses::hosts(evidence);
    Facts {
        about: abouts::find(evidence, &abouts, &hosts, subject.as_deref(), lede),
        hosts,
        abouts,
        headline: abouts::headline(evidence),
        sites: addresses::sites(evidence.index.text),
        lede,
        subject,
    }
}

/// The first of two names that `and` joins, where the text uses it alone too.
fn first_of_two<'t>(index: &Index<'_>, name: &'t str) -> &'t str {
    let Some((first, second)) = name.split_once(" and ") else {
        return name;
    };
    let both = first.contains(' ') && second.starts_with(char::is_uppercase);
    if both && index.places(first).take(3).count() >= 2 {
        first
    } else {
        name
    }
}

/// The paragraph after the dateline.
fn lede_text<'t>(evidence: &Evidence<'t>) -> Option<&'t str> {
    let index = evidence
        .zones
        .kinds
        .iter()
        .position(|kind| *kind == SectionKind::Lede)?;
    let block = &evidence.blocks[index];
    let start = evidence
        .dateline
        .filter(|read| block.extent.contains(read.extent.start))
        .map_or(block.inner.start, |read| {
            read.extent.end.clamp(block.inner.start, block.inner.end)
        });
    Some(
        evidence.text[start..block.inner.end]
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':')),
    )
}
