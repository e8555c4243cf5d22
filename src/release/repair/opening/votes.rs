//! The rules that have a vote in the ballot on headings: each sees one place in a line where the words before and the
//! words behind leave hardly another reading. It refuses to see more than one place in a line.

use super::super::fused;
use super::super::leading::{ends_phrase, long, titled};
use super::super::token::{Gap, Tokens};
use super::super::words::{is_common, is_small_in_title, may_open_sentence, opens_sentence};
use super::LONGEST;

/// Why a place is voted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vote {
    /// A word that opens sentences stands there with a capital for which there is no other reason.
    Opener,
    /// The subject of the sentence stands there, behind a title that asks.
    Asked,
    /// The subject of the sentence stands there, behind another title.
    Subject,
}

/// The place in the line that opens at token `first` which the first rule to see one votes for.
pub(super) fn vote(tokens: &Tokens<'_>, first: usize) -> Option<(usize, Vote)> {
    let mut at = first;
    for _ in 0..LONGEST {
        let last = at;
        at = tokens.after(at)?;
        if tokens.all[at].gap != Gap::Blank || tokens.ends_sentence(last) {
            return None;
        }
        if let Some(vote) = opens_after(tokens, first, at) {
            return Some((at, vote));
        }
        if let Some(found) = subject(tokens, first, at) {
            return Some(found);
        }
    }
    None
}

/// Whether token `at` is a word that opens sentences and stands, with a capital, where the words before it leave no
/// other reason for that.
fn opens_after(tokens: &Tokens<'_>, first: usize, at: usize) -> Option<Vote> {
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
        return (!quoted && !names && long(tokens, first, at) >= 1).then_some(Vote::Opener);
    }
    // A phrase in sentence case ends with a small word; a verb would make it a sentence cut by a name.
    let verb = (first..at).any(|i| fused::is_finite(tokens.word(i)));
    (small && is_common(last) && (asks || !verb) && at - first <= 12).then_some(Vote::Opener)
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
fn subject(tokens: &Tokens<'_>, first: usize, at: usize) -> Option<(usize, Vote)> {
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
    (heading && opens).then_some((start, if asks { Vote::Asked } else { Vote::Subject }))
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
