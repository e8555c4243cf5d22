//! Headings, labels and addresses that lost the line break after or before them, with a blank left in its place
//! (`… industries. A high-level opening This is`, `About Acme Acme is`, `… trade. https://… SOURCE Acme`). It refuses
//! to part a sentence: a heading is few words without a finite verb, and what follows must open a sentence.

use super::junction::{line_ahead, repeats};
use super::ledger::Edit;
use super::token::{CAPITAL, Gap, Tokens};
use super::words::{
    is_common, is_finite, is_function_word, is_person_title, is_plain_verb, is_small_in_title,
    is_word, may_open_sentence, opens_sentence,
};
use crate::release::RepairKind;

/// The edits of the gaps between tokens. `glued` are the places, in order, where a break was lost inside a token.
pub(super) fn edits(tokens: &Tokens<'_>, glued: &[usize]) -> Vec<Edit> {
    let mut found = Vec::new();
    let bytes = tokens.text.as_bytes();
    for (index, token) in tokens.all.iter().enumerate() {
        // Most words are small ones, and their first byte tells.
        let first = bytes.get(tokens.extent(index).start);
        if token.signs & CAPITAL == 0
            && !matches!(first, Some(b'h' | b'#' | b'-'))
            && !follows_mark(tokens, index)
        {
            continue;
        }
        let word = tokens.word(index);
        if word.starts_with('A') && (word.starts_with("About") || word.starts_with("ABOUT")) {
            found.extend(about(tokens, index, glued));
        } else if token.gap == Gap::Line {
            continue;
        } else if let Some(kind) = parted(tokens, index, word) {
            if kind == RepairKind::Heading {
                found.extend(before_heading(tokens, index));
            }
            found.push(gap_edit(tokens, index, kind));
        }
    }
    found.sort_by_key(|edit| edit.at);
    found.dedup_by_key(|edit| edit.at);
    found
}

/// Whether an end mark may stand before token `index`.
fn follows_mark(tokens: &Tokens<'_>, index: usize) -> bool {
    let bytes = tokens.text.as_bytes();
    index > 0
        && matches!(bytes[tokens.extent(index - 1).start], b'#' | b'-')
        && matches!(tokens.word(index - 1), "###" | "-30-")
}

/// The edit that makes the gap before token `index` a paragraph's end.
pub(super) fn gap_edit(tokens: &Tokens<'_>, index: usize, kind: RepairKind) -> Edit {
    Edit::new(
        tokens.extent(index - 1).end,
        tokens.extent(index).start,
        "\n\n",
        kind,
    )
}

/// Whether a break was lost before token `index`, which does not open its line, and of what kind.
fn parted(tokens: &Tokens<'_>, index: usize, word: &str) -> Option<RepairKind> {
    let capital = tokens.all[index].signs & CAPITAL != 0;
    let lost = match word {
        "SOURCE" => is_source_line(tokens, index),
        "###" | "-30-" => true,
        _ if word.starts_with("http") => is_last_address(tokens, index),
        _ if capital && (opens_sentence(word) || may_open_sentence(word)) => {
            return ends_heading(tokens, index, word).then_some(RepairKind::Heading);
        }
        _ => matches!(tokens.word(index - 1), "###" | "-30-"),
    };
    lost.then_some(RepairKind::Break)
}

/// `SOURCE Acme Inc.` at the end of a line: few words, the first with a capital or a figure.
fn is_source_line(tokens: &Tokens<'_>, index: usize) -> bool {
    let next = tokens.word_after(index);
    let few = (1..=10).try_fold(index, |at, _| tokens.after(at)).is_none();
    few && next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// A web address after a sentence's end, with nothing but the source line after it.
fn is_last_address(tokens: &Tokens<'_>, index: usize) -> bool {
    let last = tokens
        .after(index)
        .is_none_or(|next| tokens.word(next) == "SOURCE");
    last && tokens.word(index).contains("://") && tokens.ends_sentence(index - 1)
}

/// The most words a heading may have.
const LONGEST: usize = 14;

/// Whether the words before token `index`, back to the last sentence's end, are a heading and the token opens the
/// sentence after it.
fn ends_heading(tokens: &Tokens<'_>, index: usize, word: &str) -> bool {
    let last = tokens.word(index - 1);
    let next = tokens.word_after(index);
    if !tokens.english {
        return false;
    }
    if !last.ends_with(char::is_alphanumeric)
        || !next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
    {
        return false;
    }
    let Some(first) = heading_start(tokens, index) else {
        return false;
    };
    let words = || (first..index).map(|at| tokens.word(at));
    let begins = tokens
        .word(first)
        .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    if !begins
        || index - first < 2
        || is_function_word(&last.to_lowercase())
        || !runs_on(tokens, index)
    {
        return false;
    }
    let title = words().all(is_title_word) && words().filter(|w| w.len() > 3).count() > 1;
    let known = words()
        .filter(|w| is_word(w.trim_matches(|c: char| !c.is_alphabetic())))
        .count();
    if title {
        if may_go_on(word) && ends_later(tokens, first, index) {
            return false;
        }
        return known * 2 > index - first
            && !is_person_title(last)
            && (opens_sentence(word) || opens_here(word, next));
    }
    let verb = words().any(is_finite);
    let plain = last.bytes().all(|b| b.is_ascii_lowercase()) && is_common(last);
    let comma = words().any(|w| w.ends_with([',', ';', ':']));
    opens_sentence(word) && plain && !verb && !comma && index - first <= 10 && is_word(next)
}

/// Words that also stand inside titles, with a capital.
fn may_go_on(word: &str) -> bool {
    opens_here(word, "the")
        || matches!(
            word,
            "From" | "With" | "Through" | "Before" | "After" | "Without" | "Between"
        )
}

/// Whether the title that begins at token `first` goes on over token `index`, to another word that opens a sentence.
fn ends_later(tokens: &Tokens<'_>, first: usize, index: usize) -> bool {
    (index + 1..first + LONGEST)
        .take_while(|at| tokens.before(*at).is_some() && is_title_word(tokens.word(at - 1)))
        .any(|at| {
            opens_sentence(tokens.word(at))
                && !may_go_on(tokens.word(at))
                && tokens.word_after(at).starts_with(char::is_lowercase)
        })
}

/// Words that open a sentence before a small letter but may also stand in a title.
fn opens_here(word: &str, next: &str) -> bool {
    matches!(
        word,
        "In" | "As"
            | "At"
            | "For"
            | "On"
            | "By"
            | "When"
            | "Most"
            | "Many"
            | "Over"
            | "Under"
            | "If"
    ) && (matches!(
        next,
        "the" | "a" | "an" | "this" | "these" | "many" | "its" | "our" | "more" | "those"
    ) || next.starts_with(|c: char| c.is_ascii_digit())
        || matches!(word, "Most" | "Many" | "When" | "If"))
}

/// The first token of the phrase that ends before `index`, where it is short enough for a heading.
fn heading_start(tokens: &Tokens<'_>, index: usize) -> Option<usize> {
    let mut first = index - 1;
    for _ in 0..LONGEST {
        match tokens.before(first) {
            None => return Some(first),
            Some(before) if tokens.ends_sentence(before) => return Some(first),
            Some(_) if tokens.all[first].gap == Gap::Wide => return Some(first),
            Some(before) => first = before,
        }
    }
    None
}

/// The edit that puts the heading which ends before token `end` on a line of its own, where it follows a sentence.
pub(super) fn before_heading(tokens: &Tokens<'_>, end: usize) -> Option<Edit> {
    let first = heading_start(tokens, end)?;
    tokens
        .before(first)
        .map(|_| gap_edit(tokens, first, RepairKind::Break))
}

/// Whether what begins at token `index` goes on as a sentence: it has words in small letters and a stop at its end.
pub(super) fn runs_on(tokens: &Tokens<'_>, index: usize) -> bool {
    let mut at = index;
    let mut small = 0;
    for step in 0..80 {
        let word = tokens.word(at);
        if step <= 8 && word.starts_with(char::is_lowercase) && !is_small_in_title(word) {
            small += 1;
        }
        if step > 2 && tokens.ends_sentence(at) {
            return small > 1;
        }
        match tokens.after(at) {
            Some(next) => at = next,
            None => return small > 1 && word.ends_with(':'),
        }
    }
    false
}

pub(super) fn is_title_word(word: &str) -> bool {
    let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    is_small_in_title(word)
        || bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !word.ends_with([',', ';', ')', '.'])
}

/// `About Acme Acme is`, `About Acme Founded in`: the end of the heading over a boilerplate, and, where it stands
/// after other words, its beginning.
fn about(tokens: &Tokens<'_>, index: usize, glued: &[usize]) -> Vec<Edit> {
    let opens = tokens.before(index).is_none_or(|before| {
        tokens.ends_sentence(before)
            || tokens.all[index].gap == Gap::Wide
            || tokens.word(before) == "###"
    });
    if !opens || tokens.bare(index).len() != 5 {
        return Vec::new();
    }
    let Some(end) = about_end(tokens, index) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if tokens.before(index).is_some() {
        found.push(gap_edit(tokens, index, RepairKind::Break));
    }
    // A break inside a token on the way ends the heading already.
    let (from, to) = (tokens.extent(index).start, tokens.extent(end).start);
    let next = glued.partition_point(|at| *at < from);
    if glued.get(next).is_none_or(|at| *at >= to) {
        found.push(gap_edit(tokens, end, RepairKind::Heading));
    }
    found
}

/// The token that opens the sentence after the heading `About …` at token `index`.
fn about_end(tokens: &Tokens<'_>, index: usize) -> Option<usize> {
    let text = tokens.text;
    let first = tokens.after(index)?;
    let mut at = first;
    for _ in 0..12 {
        let last = at;
        at = tokens.after(at)?;
        if tokens.word(last).ends_with([',', ';']) {
            continue;
        }
        if tokens.ends_sentence(last) && !tokens.word(last).ends_with(['!', '?']) {
            return None;
        }
        let subject = &text[tokens.extent(first).start..tokens.extent(last).end];
        let word = tokens.word(at);
        let next = tokens.word_after(at);
        if tokens.all[at].gap == Gap::Wide && is_title(subject) {
            return Some(at);
        }
        // `About Acme At Acme, we …`.
        let led_in = matches!(word, "At" | "In" | "With" | "For" | "As")
            && repeats(subject, line_ahead(text, tokens.extent(at).end + 1));
        let opener = led_in
            || (opens_sentence(word)
                || matches!(
                    word,
                    "Founded" | "Headquartered" | "Based" | "As" | "At" | "In"
                ))
                && next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        let ahead = line_ahead(text, tokens.extent(at).start);
        let same_case =
            word.starts_with(char::is_uppercase) || subject.starts_with(char::is_lowercase);
        if opener && is_title(subject)
            || same_case && repeats(subject, ahead) && goes_on(subject, ahead)
        {
            return Some(at);
        }
    }
    None
}

fn is_title(subject: &str) -> bool {
    subject.split(' ').all(is_title_word)
}

/// Whether the sentence that repeats the subject has its verb soon, or an apposition.
fn goes_on(subject: &str, ahead: &str) -> bool {
    let words = subject.split_ascii_whitespace().count();
    let mut after = ahead.split_ascii_whitespace().skip(1).take(words + 5);
    after.any(|word| {
        is_plain_verb(word) || word.ends_with(',') || word.starts_with('(') || word.ends_with("es")
    })
}
