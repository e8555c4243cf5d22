//! Places where a figure and a word touch: an amount and its unit, a postcode and its country, the end of a telephone
//! number. It refuses what is written together on purpose (`3D`, `Q4`).

use super::contact::has_phone;
use super::{follows, is_label, is_postcode, parted, repeats};
use crate::release::repair::contact_words::{begins_country, is_contact_opener, is_street_word};
use crate::release::repair::glue::{Cut, Place};
use crate::release::repair::words::{
    is_calendar_word, is_common, is_function_word, is_word, opens_sentence,
};

/// Judges the place between a figure and a letter.
pub(in crate::release::repair) fn judge_after_digit(place: Place<'_, '_>) -> Option<Cut> {
    let right = place.right_word();
    if is_label(place, right) {
        return Some(Cut::lines(place.at));
    }
    let phrase = place.phrase();
    if let Some(subject) = phrase.subject()
        && repeats(subject, follows(place))
    {
        return Some(Cut::heading(place.at));
    }
    let left = place
        .left()
        .trim_start_matches(|c: char| !c.is_alphanumeric());
    let figures = left.len() - left.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if begins_country(right) && (figures >= 4 || is_postcode(left)) && right.len() > 2 {
        return Some(Cut::lines(place.at));
    }
    let titled = right.starts_with(char::is_uppercase) && right.len() > 2;
    if titled
        && figures == left.len()
        && (ends_date(place, figures) || ends_address(place, figures))
        && (is_contact_opener(right) || is_common(right))
    {
        return Some(Cut::lines(place.at));
    }
    if ends_phone_with(left, place.tokens.word_before(place.index))
        && !matches!(right, "x" | "ext" | "Ext" | "X")
    {
        return Some(Cut::lines(place.at));
    }
    let next = place.next();
    let whole_figure = figures == left.len()
        || left.ends_with(|c: char| c.is_ascii_digit()) && left.starts_with(',');
    if opens_sentence(right)
        && right.len() > 2
        && whole_figure
        && next.starts_with(char::is_lowercase)
    {
        return Some(parted(place, phrase));
    }
    // `17thand`: the ending belongs to the figure.
    let run = place.right_run();
    if let Some(little) = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| run.strip_prefix(end))
        && is_function_word(little)
        && little.len() > 1
    {
        return Some(Cut::words(place.at + 2));
    }
    // `281,697Net`: a figure of a table and the next row's name.
    let grouped = left
        .trim_start_matches('$')
        .split(',')
        .skip(1)
        .all(|group| group.len() == 3)
        && left.contains(',');
    if grouped && right.starts_with(char::is_uppercase) && right.len() > 2 && is_word(right) {
        return Some(Cut::lines(place.at));
    }
    if let Some(cut) = unit_or_year(place, figures, figures == left.len()) {
        return Some(cut);
    }
    if figures == left.len()
        && is_street_word(place.tokens.word_before(place.index))
        && right.len() > 3
        && place.tokens.entry(right).is_some_and(|entry| entry.name)
    {
        return Some(Cut::lines(place.at));
    }
    let town = figures == left.len()
        && right.len() > 4
        && right.starts_with(char::is_uppercase)
        && place.right()[right.len()..].starts_with(',')
        && is_street_word(place.tokens.word_before(place.index));
    town.then(|| Cut::lines(place.at))
}

/// Whether the figures before the place are the year of a day: `October 17 2007Contact`.
fn ends_date(place: Place<'_, '_>, figures: usize) -> bool {
    if figures != 4 || !place.left().starts_with("20") && !place.left().starts_with("19") {
        return false;
    }
    let Some(day) = place.tokens.before(place.index) else {
        return false;
    };
    let number = place.tokens.bare(day).trim_end_matches(char::is_alphabetic);
    let number = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    number && is_calendar_word(place.tokens.bare_before(day))
}

/// Whether the figures before the place are a postcode behind its state: `DC 20420Dear`.
fn ends_address(place: Place<'_, '_>, figures: usize) -> bool {
    let state = place.tokens.word_before(place.index);
    figures == 5 && state.len() == 2 && state.bytes().all(|b| b.is_ascii_uppercase())
}

/// `5million`, `2024and`: a figure that lost the blank before its unit, a year the blank before a little word.
fn unit_or_year(place: Place<'_, '_>, figures: usize, alone: bool) -> Option<Cut> {
    let run = place.right_run();
    let unit = matches!(run, "million" | "billion" | "trillion" | "percent");
    let year =
        figures == 4 && alone && (place.left().starts_with("20") || place.left().starts_with("19"));
    let little = matches!(
        run,
        "and" | "to" | "in" | "the" | "for" | "with" | "was" | "is" | "at" | "by" | "of"
    );
    let goes_on = !place.tokens.word_after(place.index).is_empty() && place.right() == run;
    (unit || year && little && goes_on).then(|| Cut::words(place.at))
}

/// Whether `figures` end a telephone number, by themselves (`954-993-1840`) or with the token `before` (`617 599 9798`).
pub(in crate::release::repair) fn ends_phone_with(figures: &str, before: &str) -> bool {
    let groups: Vec<&str> = figures
        .split(['-', '.', ')', '('])
        .filter(|group| !group.is_empty())
        .collect();
    let plain = groups
        .iter()
        .all(|group| group.bytes().all(|b| b.is_ascii_digit()));
    let code = before.trim_end_matches(')');
    let area = code
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()
        .is_some_and(|digits| digits.len() == 3);
    let spoken = (before.len() <= 5 || before.ends_with(')')) && area || has_phone(before);
    let last = groups.last().map_or(0, |group| group.len());
    plain
        && match groups.len() {
            1 => spoken && last == 4,
            2 => spoken && (3..=4).contains(&last),
            _ => (3..=4).contains(&last) && groups[groups.len() - 2].len() >= 3,
        }
}

/// Judges the place between a letter and a figure: a street's number, a telephone number, a date.
pub(in crate::release::repair) fn judge_before_digit(place: Place<'_, '_>) -> Option<Cut> {
    let left = place.left_word();
    if place
        .phrase()
        .subject()
        .is_some_and(|subject| repeats(subject, follows(place)))
    {
        return Some(Cut::heading(place.at));
    }
    let figures = place.right().bytes().take_while(u8::is_ascii_digit).count();
    let alone = figures == place.right_run().len();
    if is_calendar_word(left) && left == place.left() && alone && matches!(figures, 1 | 2 | 4) {
        return Some(Cut::words(place.at));
    }
    // `in2024`, `from10am`.
    let little = matches!(
        left,
        "in" | "of" | "since" | "from" | "by" | "until" | "to" | "at" | "for" | "than" | "and"
    );
    let time = place.right()[figures..].starts_with(':') && figures < 3;
    if time && left.len() > 4 && is_common(left) && place.right().len() > figures + 2 {
        return Some(parted(place, place.phrase()));
    }
    // `Highlights1. The`: the first item of a list after its heading.
    let listed =
        place.right() == "1." && is_common(left) && place.phrase().is_title() && left.len() > 3;
    if listed && place.tokens.has("\n2. ") {
        return Some(Cut::lines(place.at));
    }
    if little
        && left == place.left()
        && (figures > 1 || time)
        && place.tokens.before(place.index).is_some()
    {
        return Some(Cut::words(place.at));
    }
    let digits = place.right().bytes().filter(u8::is_ascii_digit).count();
    if has_phone(place.right()) && left.len() > 2 && (place.tokens.knows(left) || digits == 10) {
        return Some(Cut::lines(place.at));
    }
    if !alone || figures > 5 || left.len() < 3 || is_contact_opener(left) {
        return None;
    }
    // `Smith45 Broadway, 19th Floor`: the street right after the number speaks for any name.
    let next = place.tokens.word_after(place.index);
    if next.ends_with(',') && is_street_word(next) && left.len() > 3 {
        return Some(Cut::lines(place.at));
    }
    if !place.tokens.knows(left) {
        return None;
    }
    let mut ahead = place.index;
    for _ in 0..3 {
        ahead = place.tokens.after(ahead)?;
        if is_street_word(place.tokens.word(ahead)) {
            return Some(Cut::lines(place.at));
        }
        if !place
            .tokens
            .word(ahead)
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        {
            return None;
        }
    }
    None
}
