//! Compounds whose hyphen has a blank after it (`ultra- efficient`, `Andrews- Murphy`), as a line's end leaves it. It
//! refuses suspended hyphens (`short- and long-term`) and dashes between clauses (`the token- the native one`).

use super::ledger::Edit;
use super::lexicon::look_up;
use super::token::{Gap, Tokens};
use super::words::{is_calendar_word, is_common, is_function_word};
use crate::release::RepairKind;

/// The edits that close the gap after such a hyphen.
pub(super) fn edits(tokens: &Tokens<'_>) -> Vec<Edit> {
    let mut found = Vec::new();
    for (index, token) in tokens.all.iter().enumerate() {
        if token.gap == Gap::Blank
            && index > 0
            && tokens.text.as_bytes()[tokens.extent(index - 1).end - 1] == b'-'
        {
            let (left, right) = (tokens.word(index - 1), tokens.word(index));
            if left
                .strip_suffix('-')
                .is_some_and(|head| is_compound(head, right))
            {
                let gap = (tokens.extent(index - 1).end, tokens.extent(index).start);
                found.push(Edit::new(gap.0, gap.1, "", RepairKind::Hyphen));
            }
        }
    }
    found
}

/// Whether `head` and `right` are the halves of one compound.
fn is_compound(head: &str, right: &str) -> bool {
    let first = head
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let next = right
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    if first.is_empty() || next.is_empty() || right.ends_with('-') || is_suspended(next) {
        return false;
    }
    let names =
        is_name(first) && is_name(next) && first == head && !(is_common(first) && is_common(next));
    names || is_first_half(&first.to_lowercase()) || is_second_half(next) && first.len() > 1
}

/// Words before which a hyphen may hang: what it belongs to comes later.
fn is_suspended(word: &str) -> bool {
    is_function_word(word)
        || matches!(
            word,
            "nor" | "through" | "versus" | "vs" | "und" | "oder" | "et" | "y" | "e"
        )
}

fn is_name(word: &str) -> bool {
    let plain = word.starts_with(char::is_uppercase)
        && word.chars().skip(1).all(char::is_lowercase)
        && word.len() > 3;
    plain && !is_calendar_word(word) && look_up(word).is_some_and(|entry| entry.name)
}

/// First halves of compounds that do not stand alone before a dash.
fn is_first_half(word: &str) -> bool {
    matches!(
        word,
        "non"
            | "anti"
            | "multi"
            | "ultra"
            | "semi"
            | "inter"
            | "intra"
            | "pre"
            | "post"
            | "pseudo"
            | "quasi"
            | "bi"
            | "tri"
            | "hyper"
            | "eco"
            | "bio"
            | "neo"
            | "million"
    )
}

/// Second halves of compounds that open no clause.
fn is_second_half(word: &str) -> bool {
    matches!(
        word,
        "based"
            | "powered"
            | "driven"
            | "owned"
            | "neutral"
            | "friendly"
            | "related"
            | "term"
            | "wide"
            | "scale"
            | "efficient"
            | "backed"
            | "oriented"
            | "sized"
            | "foot"
            | "square"
            | "acre"
            | "mile"
            | "edge"
            | "certified"
            | "compliant"
            | "specific"
            | "class"
            | "style"
            | "old"
    )
}
