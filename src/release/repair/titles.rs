//! Headings in capitals and small letters that touch the first word below them (`Healthier WorkspacesCarpeted floors
//! can …`), weighed: no sign is sure by itself, and a long title over a sentence needs fewer of the others. It refuses a
//! brand in camel case before its verb, and any place that does not stand at the head of a line.

use super::glue::{Cut, Phrase, Place};
use super::words::{
    is_common, is_person_opener, is_plain_verb, is_word, may_open_sentence, opens_sentence,
};

/// What the signs must weigh together, in halves.
const ENOUGH: i32 = 12;

/// What the opening of the sentence must weigh by itself, in halves: a title alone opens no sentence.
const LEAST: i32 = 2;

/// Judges the place where the title `phrase` touches `right`; `left` is the title's last word.
pub(super) fn judge(place: Place<'_, '_>, phrase: Phrase<'_>, right: &str) -> Option<Cut> {
    let left = place.left_word();
    if !place.tokens.english || !phrase.line || right.len() < 2 || !phrase.is_title() {
        return None;
    }
    let goes_on = place.next();
    let rest = &place.right()[right.len()..];
    // A label (`April 25thTIME: 9`), a wire between strokes, a sentence that goes over into a name.
    let other = rest.starts_with([':', '/'])
        || phrase.text.contains(['(', '@'])
        || phrase.words().any(is_clause);
    let whole = place.right_run() == right || place.tokens.count(place.right_run()) > 0;
    if other || !whole || !is_sentence(place) {
        return None;
    }
    let opens = sentence_opener(place, phrase, right, goes_on, rest);
    let weight = title(phrase, left) + opens;
    (opens >= LEAST && weight >= ENOUGH && !is_brand(place, left, right))
        .then(|| Cut::heading(place.at))
}

/// Verbs that titles print with a capital, if at all.
fn is_clause(word: &str) -> bool {
    matches!(
        word,
        "is" | "are" | "was" | "were" | "has" | "have" | "had" | "will"
    )
}

/// How much the words speak for a title: their number, and a last word that the language has.
fn title(phrase: Phrase<'_>, left: &str) -> i32 {
    let long = phrase.words().filter(|word| word.len() > 3).take(5).count();
    let known = if is_word(left) && left.len() > 2 || left.parse::<u16>().is_ok() {
        2
    } else if left.chars().all(char::is_uppercase) {
        1
    } else {
        -2
    };
    2 * i32::try_from(long).unwrap_or(5) + known
}

/// How much what follows speaks for the opening of a sentence.
fn sentence_opener(
    place: Place<'_, '_>,
    phrase: Phrase<'_>,
    right: &str,
    next: &str,
    rest: &str,
) -> i32 {
    let small = next.starts_with(char::is_lowercase);
    let and = next == "and";
    let mut weight = 0;
    if opens_sentence(right) {
        weight += 6;
    } else if may_open_sentence(right) && small {
        weight += 4;
    } else if right.ends_with("ly") && rest.starts_with(',') {
        weight += 6;
    } else if is_person_opener(right) && rest.starts_with('.') {
        weight += 8;
    } else if is_word(right) && small {
        weight += 2;
    }
    let pair = || !small && place.tokens.has(&format!("{right} {next}"));
    let known = place.tokens.count(right) > 0 || place.tokens.count(&right.to_lowercase()) > 0;
    weight += if known && (small || pair()) { 3 } else { 0 };
    // The title's own last words again: `Introducing Acme PumpAcme Pump is`.
    let again = phrase
        .text
        .strip_suffix(place.left_word())
        .is_some_and(|before| before.trim_end().ends_with(right));
    weight += if again && next == place.left_word() {
        8
    } else {
        0
    };
    weight += if place.tokens.glued.get() { 3 } else { 0 };
    weight += if small { 2 } else { 0 };
    // `Payments Leader MasterCard announced`.
    let verb = is_plain_verb(next) && !and || next.len() > 4 && next.ends_with("ed");
    weight - if verb && !known { 4 } else { 0 }
}

/// Whether what touches may be one word: the language has it, or it is a short piece of one.
fn is_brand(place: Place<'_, '_>, left: &str, right: &str) -> bool {
    let joined = [left, right].concat().to_lowercase();
    is_word(&joined) || place.is_meant() && !(opens_sentence(right) && is_common(left))
}

/// Whether what follows reads as a sentence: words in small letters come soon, and not only the little ones of titles.
fn is_sentence(place: Place<'_, '_>) -> bool {
    let text = place.tokens.text;
    let follows = super::junction::line_ahead(text, place.at);
    let mut words = follows.split_ascii_whitespace().skip(1).take(7);
    words.any(|word| word.starts_with(char::is_lowercase) && !super::words::is_small_in_title(word))
}

#[cfg(test)]
mod tests {
    use crate::release::repair;

    /// The lines of a text in whose middle `line` stands.
    fn lines(line: &str) -> Vec<String> {
        let text = format!(
            "The plant in Leeds makes pumps for homes and for farms, and has done so for years.\n\n{line}\n\n\
             The plant is large, and it makes many pumps for the farms around it."
        );
        let repaired = repair(&text, &[], &[]);
        let lines = repaired.text.lines().filter(|line| !line.is_empty());
        lines.skip(1).map(str::to_owned).collect()
    }

    #[test]
    fn titles_are_parted_from_their_sentences() {
        for (line, title) in [
            (
                "Answering Growing Demand for Healthier WorkspacesCarpeted floors can trap dust in summer.",
                "Answering Growing Demand for Healthier Workspaces",
            ),
            (
                "Meet the Winning RecipientsDr. Jane Roe, of the Harbour Centre, works on small pumps.",
                "Meet the Winning Recipients",
            ),
            (
                "The Harbour PresaleCurrently, half of the tickets of the season are sold for less.",
                "The Harbour Presale",
            ),
            (
                "The Challenge of Bridging Homes and DeWatThe world's water leaves people out of it.",
                "The Challenge of Bridging Homes and DeWat",
            ),
            (
                "Introducing Harbour FoxHarbour Fox is a pump for homes that are small.",
                "Introducing Harbour Fox",
            ),
        ] {
            assert_eq!(lines(line)[0], title, "{line}");
        }
    }

    #[test]
    fn brands_before_their_verbs_stay() {
        for line in [
            "Leading Payments House SilverCard announced a plan for its pumps in May.",
            "Harbour Group and LightNode are building a pump for the farms of the county.",
            "The Board of BlackHarbour said that it would go on with its pumps.",
        ] {
            assert_eq!(lines(line)[0], line);
        }
    }
}
