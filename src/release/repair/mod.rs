//! Mends what a scraper broke, by evidence, and records every change so that it can be undone byte for byte.
//!
//! The steps, each reading what the one before left: wrongly read characters, the safe-text door, odd blanks, line
//! breaks, and last white space. What may be meant is left alone: brands in camel case, product and
//! chemical names, hashtags, handles, addresses, foreign words, capitals.

mod address;
mod contact_words;
mod encoding;
mod fused;
mod glue;
mod hyphens;
mod junction;
mod leading;
mod ledger;
mod lexicon;
mod lines;
mod opening;
mod small;
mod spaces;
mod stops;
mod token;
mod wide;
mod words;

use ledger::{Edit, Ledger};
use token::Tokens;

use super::{Markup, MarkupKind, Repair, RepairKind};
use crate::text::{Extent, SafeText, impurities};

/// Whether English has `word` as a common word and not as a name alone.
#[must_use]
pub fn is_common_word(word: &str) -> bool {
    words::is_common(word)
}

/// Whether the lexicon has `word` as a common word, in many releases, and never as a name.
pub(super) fn is_never_a_name(word: &str) -> bool {
    lexicon::look_up(word).is_some_and(|entry| entry.common && !entry.name && entry.band >= 4)
}

/// Whether nearly all longer words of `text` are common words of English, and there are enough of them to tell.
pub(super) fn has_english_words(text: &str) -> bool {
    const ENOUGH: usize = 50;
    let (mut words, mut known) = (0_usize, 0_usize);
    for word in text.split(|c: char| !c.is_alphabetic()) {
        if word.len() < 4 {
            continue;
        }
        words += 1;
        known += usize::from(word.is_ascii() && words::is_common(word));
        if words.is_multiple_of(20) && known * 100 < words * 75 {
            return false;
        }
        if words == 2 * ENOUGH && known * 100 >= words * 90 {
            return true;
        }
    }
    words >= ENOUGH && known * 100 >= words * 85
}

/// A repair that the user declined for good in one release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declined {
    /// What was read.
    pub before: String,
    /// What the repair made of it.
    pub after: String,
}

/// A cleaned and repaired text.
#[derive(Clone, Debug, Default)]
pub struct Repaired {
    /// The text.
    pub text: SafeText,
    /// Every change, in order; putting each `before` back gives what was read, byte for byte.
    pub repairs: Vec<Repair>,
    /// The markup of what was read, its extents carried over to `text`.
    pub markup: Vec<Markup>,
}

/// Cleans and repairs `text`. `markup` is what its source said about its parts; `declined` are repairs that are not
/// to be made (what the safe-text door takes out stays out).
#[must_use]
pub fn repair(text: &str, markup: &[Markup], declined: &[Declined]) -> Repaired {
    let mut ledger = Ledger::new(text);
    mend_characters(&mut ledger);
    mend_lines(&mut ledger, markup);
    decline(&mut ledger, declined);
    pass_door(&mut ledger);
    Repaired {
        text: SafeText::clean(ledger.text()),
        repairs: ledger.repairs(),
        markup: ledger.carry(markup),
    }
}

/// Puts what was read back in the place of each repair.
#[must_use]
pub fn undo(text: &str, repairs: &[Repair]) -> String {
    let mut read = String::with_capacity(text.len());
    let mut at = 0;
    for repair in repairs {
        read.push_str(text.get(at..repair.extent.start).unwrap_or_default());
        read.push_str(&repair.before);
        at = repair.extent.end;
    }
    read.push_str(text.get(at..).unwrap_or_default());
    read
}

/// How often mojibake may lie over mojibake.
const MOJIBAKE_DEPTH: usize = 3;

fn mend_characters(ledger: &mut Ledger<'_>) {
    for _ in 0..MOJIBAKE_DEPTH {
        let edits = encoding::edits(ledger.text());
        if edits.is_empty() {
            break;
        }
        ledger.apply(&edits);
    }
    pass_door(ledger);
    step(ledger, spaces::odd_blanks);
    if encoding::is_english(ledger.text()) {
        step(ledger, encoding::apostrophes);
        step(ledger, spaces::stray);
    }
}

fn mend_lines(ledger: &mut Ledger<'_>, markup: &[Markup]) {
    let kept = preformatted(ledger, markup);
    step(ledger, |text| lines::edits(text, &kept));
    take_apart(ledger, markup);
    let kept = preformatted(ledger, markup);
    step(ledger, |text| spaces::edits(text, &kept));
}

/// Takes glued words apart, outside preformatted parts.
fn take_apart(ledger: &mut Ledger<'_>, markup: &[Markup]) {
    let kept = preformatted(ledger, markup);
    let mut edges: Vec<usize> = ledger
        .carry(markup)
        .iter()
        .flat_map(|m| [m.extent.start, m.extent.end])
        .collect();
    edges.sort_unstable();
    step(ledger, |text| {
        let tokens = Tokens::of(text, &edges);
        let mut edits = glue::edits(&tokens);
        let glued: Vec<usize> = edits
            .iter()
            .filter(|edit| edit.with.contains('\n'))
            .map(|edit| edit.at.start)
            .collect();
        edits.extend(gaps(&tokens, &glued));
        edits.sort_by_key(|edit| edit.at);
        let leading = leading::edits(&tokens, &edits);
        edits.extend(leading);
        // Two steps may see the same gap; what was seen first stands.
        edits.sort_by_key(|edit| edit.at);
        edits.dedup_by_key(|edit| edit.at);
        edits.retain(|edit| !kept.iter().any(|k| k.overlaps(edit.at)));
        edits
    });
}

/// The places where a heading may have lost the line break after it, with their signs: what the weights of `opening`
/// are learnt from. For each, where its line opens, the text of the heading, which of the weights are for it, and its signs.
pub(super) fn heading_rows(text: &str, markup: &[Markup]) -> Vec<(usize, String, usize, Vec<f32>)> {
    let mut ledger = Ledger::new(text);
    mend_characters(&mut ledger);
    let kept = preformatted(&ledger, markup);
    step(&mut ledger, |text| lines::edits(text, &kept));
    let tokens = Tokens::of(ledger.text(), &[]);
    leading::rows(&tokens)
}

/// The breaks that were lost between tokens. `glued` is where others were found inside tokens.
fn gaps(tokens: &Tokens<'_>, glued: &[usize]) -> Vec<Edit> {
    let mut edits = wide::edits(tokens);
    edits.extend(fused::edits(tokens, glued));
    edits.extend(hyphens::edits(tokens));
    edits
}

fn step(ledger: &mut Ledger<'_>, find: impl FnOnce(&str) -> Vec<Edit>) {
    let edits = find(ledger.text());
    ledger.apply(&edits);
}

/// Passes the text through the safe-text door until it changes nothing, so that its work is on record.
fn pass_door(ledger: &mut Ledger<'_>) {
    loop {
        let edits: Vec<Edit> = impurities(ledger.text())
            .into_iter()
            .map(|(at, with)| {
                let broke = with == "\n" || at.of(ledger.text()) == "\r";
                let kind = if broke {
                    RepairKind::Break
                } else {
                    RepairKind::Encoding
                };
                Edit::new(at.start, at.end, with, kind)
            })
            .collect();
        if edits.is_empty() {
            return;
        }
        ledger.apply(&edits);
    }
}

/// The preformatted parts, in the present text.
fn preformatted(ledger: &Ledger<'_>, markup: &[Markup]) -> Vec<Extent> {
    let formatted: Vec<Markup> = markup
        .iter()
        .filter(|m| m.kind == MarkupKind::Preformatted)
        .cloned()
        .collect();
    ledger
        .carry(&formatted)
        .into_iter()
        .map(|m| m.extent)
        .collect()
}

/// Takes back the repairs that the user declined.
fn decline(ledger: &mut Ledger<'_>, declined: &[Declined]) {
    if declined.is_empty() {
        return;
    }
    let edits: Vec<Edit> = ledger
        .repairs()
        .into_iter()
        .filter(|r| {
            declined
                .iter()
                .any(|d| d.before == r.before && d.after == r.after)
        })
        .map(|r| Edit::new(r.extent.start, r.extent.end, r.before, r.kind))
        .collect();
    ledger.apply(&edits);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_english_has_english_words() {
        let english = "harbour board announced deeper channel rebuild older quays ships turned away loan regional bank ";
        let german = "Vorstand Hafen meldet tiefere Rinne erneuert ältere Kaianlagen Schiffe abgewiesen Darlehen Bank ";
        assert!(has_english_words(&english.repeat(6)));
        assert!(!has_english_words(english), "too few");
        assert!(!has_english_words(&german.repeat(6)));
        assert!(!has_english_words(&format!("{german}{english}").repeat(6)));
    }
}
