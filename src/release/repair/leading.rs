//! Headings that lost the line break after them at the head of a paragraph, with one blank left in its place
//! (`Why Rates Fell Traditional lenders look …`, `How it works Many buyers struggle …`). One such place proves
//! little: what is not sure by itself counts only where the same shape comes again in the same text. It refuses
//! names and titles that open a sentence, and leaves every text that is not English alone.

use super::fused::{self, gap_edit};
use super::ledger::Edit;
use super::token::{Gap, Tokens};
use super::words::{
    is_common, is_function_word, is_small_in_title, may_open_sentence, opens_sentence,
};
use crate::release::RepairKind;

/// The most words a heading at the head of a paragraph may have.
const LONGEST: usize = 14;

/// How sure it is that a heading ends at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    /// Only where the text has surer ones.
    Faint,
    /// Where the text has another one.
    Likely,
    /// By itself.
    Certain,
}

/// The edits that part headings from their paragraphs. `found` are the edits made for other reasons, in order: where
/// one of them parts a heading already, that counts as one of the same shape.
pub(super) fn edits(tokens: &Tokens<'_>, found: &[Edit]) -> Vec<Edit> {
    if !tokens.english {
        return Vec::new();
    }
    let mut places = Vec::new();
    let mut listed = Vec::new();
    let mut parted = 0;
    for first in 0..tokens.all.len() {
        let gap = follows_wide_gap(tokens, first);
        if !gap && !opens_paragraph(tokens, first) {
            continue;
        }
        let first = if is_bullet(tokens.word(first)) {
            first + 1
        } else {
            first
        };
        if has_edit(tokens, first, found) {
            parted += usize::from(!gap);
        } else if let Some(edit) = before_bullet(tokens, first, found).filter(|_| !gap) {
            listed.push(edit);
        } else if let Some(place) = heading(tokens, first)
            && (!gap || place.1 == Sure::Certain)
        {
            places.push(place);
        }
    }
    let certain = parted + places.iter().filter(|(_, s)| *s == Sure::Certain).count();
    let likely = places.iter().filter(|(_, s)| *s == Sure::Likely).count();
    let enough = match (certain, likely) {
        (0, 0 | 1) => Sure::Certain,
        (0, 2) => Sure::Likely,
        _ => Sure::Faint,
    };
    let places = places.into_iter().filter(|(_, sure)| *sure >= enough);
    listed.extend(places.map(|(index, _)| gap_edit(tokens, index, RepairKind::Heading)));
    listed.sort_by_key(|edit| edit.at);
    listed
}

/// The edit that parts a heading in title case from the bullet of its first item, which touches it
/// (`What’s New This Season* Deeper insight …`).
fn before_bullet(tokens: &Tokens<'_>, first: usize, found: &[Edit]) -> Option<Edit> {
    let mut last = first;
    for _ in 0..LONGEST {
        let word = tokens.word(last);
        if let Some(bare) = word.strip_suffix(['*', '•', '●', '▪']) {
            let item = tokens.after(last)?;
            let opens = tokens
                .word(item)
                .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            let heading = opens
                && tokens.all[item].gap == Gap::Blank
                && bare.ends_with(char::is_alphanumeric)
                && (first..=last).all(|at| fused::is_title_word(tokens.word(at)))
                && long(tokens, first, last + 1) >= 1;
            let at = tokens.extent(last).start + bare.len();
            let start = tokens.extent(last).start;
            let near = found.partition_point(|edit| edit.at.end < start);
            let taken = found.get(near).is_some_and(|edit| edit.at.start <= at);
            return (heading && !taken).then(|| Edit::new(at, at, "\n\n", RepairKind::Heading));
        }
        if word.contains('*') || tokens.ends_sentence(last) {
            return None;
        }
        last = tokens.after(last)?;
        if tokens.all[last].gap != Gap::Blank {
            return None;
        }
    }
    None
}

/// Whether one of the edits parts a heading among the first words of the line that opens at token `first`.
fn has_edit(tokens: &Tokens<'_>, first: usize, found: &[Edit]) -> bool {
    let start = tokens.extent(first).start;
    let mut last = first;
    for _ in 0..LONGEST + 2 {
        last = tokens.after(last).unwrap_or(last);
    }
    let end = tokens.extent(last).end;
    let from = found.partition_point(|edit| edit.at.start < start);
    found[from..]
        .iter()
        .take_while(|edit| edit.at.start < end)
        .any(|edit| edit.kind == RepairKind::Heading)
}

/// Whether token `first` opens a paragraph or an item, not a line that goes on with the one before.
fn opens_paragraph(tokens: &Tokens<'_>, first: usize) -> bool {
    if tokens.all[first].gap != Gap::Line {
        return false;
    }
    let Some(last) = first.checked_sub(1) else {
        return true;
    };
    let between = &tokens.text[tokens.extent(last).end..tokens.extent(first).start];
    is_bullet(tokens.word(first)) || between.bytes().filter(|b| *b == b'\n').count() > 1
}

/// Whether token `first` follows a sentence and a wide gap, which may be what is left of a paragraph's end.
fn follows_wide_gap(tokens: &Tokens<'_>, first: usize) -> bool {
    first > 0 && tokens.all[first].gap == Gap::Wide && tokens.ends_sentence(first - 1)
}

fn is_bullet(word: &str) -> bool {
    matches!(word, "*" | "•" | "-" | "–" | "●" | "▪")
}

/// The token that opens the sentence after the heading which opens a line at token `first`.
fn heading(tokens: &Tokens<'_>, first: usize) -> Option<(usize, Sure)> {
    let opening = tokens.word(first).trim_start_matches(['“', '"', '‘']);
    if !opening.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return None;
    }
    let mut at = first;
    for _ in 0..LONGEST {
        let last = at;
        at = tokens.after(at)?;
        let word = tokens.word(last);
        if tokens.all[at].gap != Gap::Blank {
            return None;
        }
        if word.ends_with('?') {
            return question(tokens, first, at);
        }
        if word.ends_with(':') && (is_mark(tokens.word(at)) || is_notes(tokens, first, at)) {
            return before_list(tokens, first, at);
        }
        if tokens.ends_sentence(last) {
            return None;
        }
        if tokens.word(at) == "1." && tokens.has("\n2. ") {
            return before_list(tokens, first, at).filter(|_| ends_phrase(word));
        }
        if let Some(sure) = opens_after(tokens, first, at) {
            return Some((at, sure));
        }
        if let Some(found) = subject(tokens, first, at) {
            return Some(found);
        }
    }
    None
}

/// A question in title case is a heading: in prose, questions are not capitalised.
fn question(tokens: &Tokens<'_>, first: usize, at: usize) -> Option<(usize, Sure)> {
    let opens = tokens
        .word(at)
        .trim_start_matches(['“', '"'])
        .starts_with(char::is_uppercase);
    let small = (first..at).any(|i| tokens.bare(i).contains(char::is_lowercase));
    (opens && small && at - first >= 3 && titled(tokens, first, at) && long(tokens, first, at) >= 3)
        .then_some((at, Sure::Certain))
}

/// What opens the first item of a list.
fn is_mark(word: &str) -> bool {
    is_bullet(word) || word == "1." || word == "1)"
}

/// `Notes to editors:` before the first note.
fn is_notes(tokens: &Tokens<'_>, first: usize, at: usize) -> bool {
    let words: Vec<String> = (first..at).map(|i| tokens.bare(i).to_lowercase()).collect();
    matches!(words.as_slice(), [a, b, c]
        if (a == "note" || a == "notes") && b == "to" && (c == "editor" || c == "editors"))
}

fn before_list(tokens: &Tokens<'_>, first: usize, at: usize) -> Option<(usize, Sure)> {
    (at - first >= 2 && (titled(tokens, first, at) || is_notes(tokens, first, at)))
        .then_some((at, Sure::Certain))
}

/// Whether token `at` is a word that opens sentences and stands, with a capital, where the words before it leave no
/// other reason for that.
fn opens_after(tokens: &Tokens<'_>, first: usize, at: usize) -> Option<Sure> {
    let last = tokens.word(at - 1);
    let whole = tokens.word(at);
    let word = whole.trim_start_matches(['“', '"']);
    // Few words have a capital: that is looked at first.
    if at - first < 2
        || !word.starts_with(|c: char| c.is_ascii_uppercase())
        || !last.ends_with(char::is_alphanumeric)
        || !ends_phrase(last)
    {
        return None;
    }
    let quoted = word.len() < whole.len();
    let bare = word
        .trim_end_matches(',')
        .trim_end_matches("’s")
        .trim_end_matches("'s");
    let opener = opens_sentence(bare) || may_open_sentence(bare) || bare == "Beyond";
    if !opener || bare == "I" {
        return None;
    }
    let small = last.starts_with(char::is_lowercase);
    let asks = is_asking(tokens.word(first));
    let titled = titled(tokens, first, at);
    let article = matches!(
        bare,
        "The" | "This" | "These" | "While" | "When" | "If" | "Although" | "Since"
    );
    let plain = goes_small(tokens, at) || titled && article && (asks || at - first > 2);
    if !plain || !fused::runs_on(tokens, at) {
        return None;
    }
    if titled {
        let names = (first..at).all(|i| !is_plain(tokens.bare(i)));
        return (!quoted && !names && long(tokens, first, at) >= 1).then_some(Sure::Likely);
    }
    // A phrase in sentence case ends with a small word; a verb would make it a sentence cut by a name.
    let verb = (first..at).any(|i| fused::is_finite(tokens.word(i)));
    (small && is_common(last) && (asks || !verb) && at - first <= 12).then_some(Sure::Likely)
}

/// Whether the words of a heading can end with `word`.
fn ends_phrase(word: &str) -> bool {
    let small = word.to_lowercase();
    !is_function_word(&small)
        && !fused::is_finite(word)
        && !fused::is_person_title(word)
        && !matches!(
            small.as_str(),
            "says" | "said" | "adds" | "called" | "titled" | "magazine"
        )
}

/// Whether the first word after token `at` that is not small in titles too is written small, or a figure.
fn goes_small(tokens: &Tokens<'_>, at: usize) -> bool {
    let mut next = at;
    for _ in 0..4 {
        let Some(after) = tokens.after(next) else {
            return false;
        };
        next = after;
        let word = tokens.word(next);
        if matches!(word, "its" | "their" | "our" | "his" | "her" | "my") {
            return true;
        }
        if !is_small_in_title(word) {
            return word.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '$');
        }
    }
    true
}

/// A run in title case that goes over into small words: its last capital opens the sentence, with the words that
/// stand before it elsewhere too. Sure only beside surer ones.
fn subject(tokens: &Tokens<'_>, first: usize, at: usize) -> Option<(usize, Sure)> {
    let word = tokens.word(at);
    let small = word.starts_with(char::is_lowercase) && !is_small_in_title(word);
    if !small || at - first < 4 || !titled(tokens, first, at) {
        return None;
    }
    let mut start = at - 1;
    while start > first + 2 && !tokens.word(start).starts_with(char::is_uppercase) {
        start -= 1;
    }
    while start > first + 1 && is_pair(tokens, start - 1) {
        start -= 1;
    }
    let capital = |i: usize| tokens.word(i).starts_with(char::is_uppercase);
    let last = tokens.word(start - 1);
    let asks = is_asking(tokens.word(first));
    let plain = (first..start)
        .filter(|i| tokens.bare(*i).len() > 3)
        .all(|i| is_plain(tokens.bare(i)));
    let known = tokens.count(tokens.bare(start)) > 1 || is_common(tokens.bare(start));
    let heading = start - first >= 3
        && capital(start)
        && last.ends_with(char::is_alphanumeric)
        && ends_phrase(last)
        && long(tokens, first, start) >= 2
        && (plain || asks)
        && known
        && fused::runs_on(tokens, start);
    let opens = asks || matches!(tokens.word(first), "The" | "A" | "An") || is_doing(tokens, first);
    (heading && opens).then_some((start, if asks { Sure::Likely } else { Sure::Faint }))
}

/// Whether tokens `index` and the next stand side by side elsewhere in the text too, so that they are one name.
fn is_pair(tokens: &Tokens<'_>, index: usize) -> bool {
    let (start, end) = (tokens.extent(index).start, tokens.extent(index + 1).end);
    let pair = tokens.text[start..end].trim_end_matches(|c: char| !c.is_alphanumeric());
    tokens.word(index).starts_with(char::is_uppercase) && tokens.repeats(pair)
}

fn is_asking(word: &str) -> bool {
    matches!(word, "Why" | "How" | "What" | "Where" | "When" | "Who")
}

fn is_doing(tokens: &Tokens<'_>, first: usize) -> bool {
    let word = tokens.word(first);
    word.len() > 5 && word.ends_with("ing") && is_common(word)
}

/// Whether a word written with a capital is a common word all the same.
fn is_plain(word: &str) -> bool {
    word.split(['-', '’', '\'']).next().is_some_and(is_common)
}

/// Whether all words are written as in a title.
fn titled(tokens: &Tokens<'_>, first: usize, end: usize) -> bool {
    (first..end).all(|i| {
        let word = tokens.word(i);
        fused::is_title_word(word)
            || i + 1 == end && word.ends_with([':', '?'])
            || word.ends_with(',') && word.starts_with(char::is_uppercase)
    })
}

/// How many words of more than three letters there are.
fn long(tokens: &Tokens<'_>, first: usize, end: usize) -> usize {
    (first..end).filter(|i| tokens.bare(*i).len() > 3).count()
}
