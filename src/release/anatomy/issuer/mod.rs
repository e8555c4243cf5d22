//! Who puts a release out, in the document's own words: the source line, the boilerplate, the subject of the lede,
//! the contact block, the site a page belongs to. Where boilerplate and lede name the same body, the fuller name is
//! taken. It refuses to guess a name that stands nowhere; the one it makes is that of an office (`Office of U.S.
//! Senator …`), for members of a parliament sign with their own name only.

mod abouts;
mod addresses;
mod ballot;
mod candidates;
mod disclosure;
mod features;
mod forms;
mod names;
mod weights;
mod witnesses;

use names::organisation;
use witnesses::{SURE, WITNESSES};

use super::blocks::Block;
use super::head::Head;
use super::zones::Zones;
use super::{dateline, dates, head, labels, office, people, quotes, wires, words};
use crate::release::{Incoming, IssuerFrom, SectionKind};

/// What the search reads.
pub(super) struct Evidence<'t> {
    pub text: &'t str,
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
}

/// The issuer and where it was read: what a sure witness says, else the name for which most speaks.
pub(super) fn find(evidence: &Evidence<'_>) -> Option<(String, IssuerFrom)> {
    let facts = facts(evidence);
    let (name, from) = sure(evidence, &facts).or_else(|| ballot::choose(evidence, &facts))?;
    Some((forms::finished(evidence.text, name), from))
}

/// What speaks for each name that may be the issuer's; nothing where a sure witness names it.
pub(super) fn rows(evidence: &Evidence<'_>) -> Vec<(String, Vec<f32>)> {
    let facts = facts(evidence);
    if sure(evidence, &facts).is_some() {
        return Vec::new();
    }
    let rows = ballot::rows(evidence, &facts).into_iter();
    rows.map(|(name, row)| (name, row.to_vec())).collect()
}

/// What several witnesses read.
fn facts<'t>(evidence: &Evidence<'t>) -> Facts<'t> {
    let lede = lede_text(evidence).unwrap_or("");
    let subject = names::subject(lede)
        .and_then(|name| name.split("](").next())
        .filter(|name| !common(evidence.text, name))
        .map(|name| first_of_two(evidence.text, name).to_owned());
    let abouts = abouts::boilerplates(evidence);
    Facts {
        about: abouts::find(evidence, &abouts, subject.as_deref(), lede),
        abouts,
        lede,
        subject,
    }
}

/// What the first of the sure witnesses says that says anything.
fn sure(evidence: &Evidence<'_>, facts: &Facts<'_>) -> Option<(String, IssuerFrom)> {
    WITNESSES[..SURE].iter().find_map(|(from, read)| {
        let name = read(evidence, facts).filter(|name| name.len() > 1)?;
        Some((name, *from))
    })
}

/// Whether a word alone is one of the language rather than a name: the text prints it in small letters too.
fn common(text: &str, name: &str) -> bool {
    if name.contains(' ') || !name.starts_with(char::is_uppercase) {
        return false;
    }
    // `NTX` and `DavidDrill` are no words, though an address prints them in small letters.
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    if capitals > 1 && (name.len() <= 5 || name.contains(char::is_lowercase)) {
        return false;
    }
    let small = name.to_lowercase();
    let bounded = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + small.len()..].chars().next();
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '@' | '/' | '-' | '_');
        !before.is_some_and(inside) && !after.is_some_and(|c| c.is_alphanumeric() || c == '@')
    };
    memchr::memmem::find_iter(text.as_bytes(), small.as_bytes())
        .take(12)
        .any(|at| text[at + small.len()..].get(..4) != Some(".com") && bounded(at))
}

/// Whether the text lets the bearer of a name speak under the last word of it, as people do.
fn speaks(text: &str, name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    if last.len() < 3 {
        return false;
    }
    let mut places = memchr::memmem::find_iter(text.as_bytes(), last).take(40);
    places.any(|at| {
        let after = text[at + last.len()..]
            .trim_start()
            .split(' ')
            .next()
            .unwrap_or("");
        let before = text[..at].trim_end().rsplit(' ').next().unwrap_or("");
        let spoken = |word: &str| {
            word.starts_with(char::is_lowercase)
                && quotes::is_speech(word)
                && !matches!(word, "announced" | "announces" | "so")
        };
        spoken(after) || matches!(before, "said" | "says" | "Mr." | "Ms." | "Mrs.")
    })
}

/// The first of two names that `and` joins, where the text uses it alone too.
fn first_of_two<'t>(text: &str, name: &'t str) -> &'t str {
    let Some((first, second)) = name.split_once(" and ") else {
        return name;
    };
    let both = first.contains(' ') && second.starts_with(char::is_uppercase);
    if both && text.matches(first).take(3).count() >= 2 {
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
