//! The ballot on headings that lost the line break after them, with one blank left in its place
//! (`Why Rates Fell Traditional lenders look …`): for each word with a capital among the first of a line, what speaks
//! for a heading before it and a sentence from it on. What each sign is worth was learnt from pages whose headings
//! were marked and from annotated releases (`weights`). It refuses to be sure: who asks knows what other headings
//! the text has.

mod features;
mod votes;
mod weights;

use super::token::{Gap, Tokens};
use features::{FEATURES, Words};
use weights::WEIGHTS;

/// The most words a heading may have.
const LONGEST: usize = 14;

/// The place for which most speaks in the line, or the part of one, that opens at token `first`: the token that opens
/// the sentence, and what the heading before it weighs.
pub(super) fn best(tokens: &Tokens<'_>, first: usize) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32)> = None;
    visit(tokens, first, |at, row| {
        let weight = row
            .iter()
            .zip(&WEIGHTS)
            .map(|(value, weight)| value * weight)
            .sum();
        if best.is_none_or(|(_, most)| weight > most) {
            best = Some((at, weight));
        }
    });
    best
}

/// The places that a line offers, with their signs: what `weights` are learnt from.
pub(super) fn rows(tokens: &Tokens<'_>, first: usize) -> Vec<(usize, Vec<f32>)> {
    let mut found = Vec::new();
    visit(tokens, first, |at, row| found.push((at, row.to_vec())));
    found
}

/// Tells `see` of each place where a heading that opens at token `first` may end, and of its signs.
fn visit(tokens: &Tokens<'_>, first: usize, mut see: impl FnMut(usize, &[f32; FEATURES])) {
    let opening = tokens
        .word(first)
        .trim_start_matches(['“', '"', '‘', '\'', '#']);
    if !opening.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return;
    }
    let vote = votes::vote(tokens, first);
    let mut words = Words::open(tokens, first);
    for _ in 0..LONGEST {
        let last = words.end();
        let Some(at) = tokens
            .after(last)
            .filter(|at| tokens.all[*at].gap == Gap::Blank)
        else {
            return;
        };
        if tokens.ends_sentence(last) {
            return;
        }
        words.push();
        if may_end(tokens.word(last)) && may_open(tokens.word(at)) {
            let vote = vote.filter(|(place, _)| *place == at).map(|(_, vote)| vote);
            see(at, &words.row(at, vote));
        }
    }
}

/// Whether a heading can end with `word`, by its marks.
fn may_end(word: &str) -> bool {
    word.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '”' | '"' | '™' | '®' | '%'))
}

/// Whether a sentence can open with `word`, by its letters.
fn may_open(word: &str) -> bool {
    let bare = word.trim_start_matches(['“', '"', '‘', '\'', '(', '$']);
    bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::release::{RepairKind, repair};

    /// The headings parted in a release of these paragraphs.
    fn headings(paragraphs: &[&str]) -> Vec<String> {
        let text = format!(
            "Harbour Pumps Opens a Plant\n\nLEEDS, May 3, 2024 -- The plant in Leeds makes pumps for homes and for \
             farms, and it has done so for many years. It will now make them for boats.\n\n{}\n",
            paragraphs.join("\n\n")
        );
        let repaired = repair(&text, &[], &[]);
        let ends = repaired
            .repairs
            .iter()
            .filter(|repair| repair.kind == RepairKind::Heading);
        ends.map(|repair| {
            let before = &repaired.text[..repair.extent.start];
            before.rsplit('\n').next().unwrap_or(before).to_owned()
        })
        .collect()
    }

    #[test]
    fn headings_of_one_shape_are_parted_together() {
        let found = headings(&[
            "Smaller pumps for smaller homes Many owners hope that a pump will be cheap, and that it will last.",
            "Working with the people next door Engineers at the plant talk to the farms around it every week.",
            "What Most Buyers Still Want Nobody at the plant has said yet how many pumps it will need.",
        ]);
        assert_eq!(
            found,
            [
                "Smaller pumps for smaller homes",
                "Working with the people next door",
                "What Most Buyers Still Want",
            ]
        );
    }

    #[test]
    fn sentences_that_open_with_names_and_titles_stay() {
        let found = headings(&[
            "Chief Engineer Jane Roe said that the plant will need more people than it has now.",
            "The Harbour Pumps Board of Directors In Leeds voted for the plan on Monday, and it will begin in May.",
            "While the National Pump Council has no view, Leeds City Council is glad of the plant.",
            "Customers who buy a Harbour Fox before June will have a second one for less.",
        ]);
        assert!(found.is_empty(), "{found:?}");
    }
}
