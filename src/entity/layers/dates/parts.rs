//! The parts that calendar expressions are made of: names of months and days in the languages of the wires, days of the
//! month, and the words that may open an expression. It refuses to judge whether a word is a month or a name where it
//! stands; the reader of expressions does.

use std::sync::LazyLock;

use jiff::civil::Weekday;

use super::calendar::Moment;
use crate::entity::layers::token::{Gap, Page, Shape};
use crate::text::WordSet;

/// A calendar expression: the token behind it and what it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parsed {
    /// The first token behind it.
    pub next: usize,
    /// What it means, where that can be said.
    pub moment: Option<Moment>,
}

/// Words in small letters that open expressions.
const OPENERS: &[&str] = &[
    "early",
    "late",
    "mid",
    "end",
    "beginning",
    "start",
    "first",
    "second",
    "third",
    "fourth",
    "last",
    "fiscal",
    "financial",
    "full",
    "calendar",
    "spring",
    "summer",
    "fall",
    "autumn",
    "winter",
    "holiday",
    "year",
    "close",
    // Languages that write days and months small.
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "janvier",
    "février",
    "avril",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

static OPENERS_SET: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(OPENERS));

/// Whether a word that is no number and has no capital may open an expression: nearly none does, and the rules need not
/// be asked one by one.
pub(super) fn may_open(low: &str) -> bool {
    low.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'q' | 'h')) || OPENERS_SET.has(low)
}

/// The same of a word with a capital: names of months and days, and `FY25`, which count only so.
pub(super) fn may_open_capital(low: &str) -> bool {
    may_open(low)
        || MONTHS_SET.has(low)
        || WEEKDAYS_SET.has(low)
        || low.starts_with("fy")
        || low.starts_with("cy")
        || matches!(low.as_bytes(), [b'f', b'0'..=b'9', ..])
}

/// The names of the twelve months: English, German, French, Spanish, Portuguese, Italian, Dutch; and abbreviations.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "jan", "januar", "janvier", "enero", "janeiro", "gennaio", "januari",
    ],
    &[
        "february",
        "feb",
        "februar",
        "février",
        "febrero",
        "fevereiro",
        "febbraio",
        "februari",
    ],
    &["march", "mar", "märz", "mars", "marzo", "março", "maart"],
    &["april", "apr", "avril", "abril", "aprile"],
    &["may", "mai", "mayo", "maio", "maggio", "mei"],
    &["june", "jun", "juni", "juin", "junio", "junho", "giugno"],
    &["july", "jul", "juli", "juillet", "julio", "julho", "luglio"],
    &["august", "aug", "août", "agosto", "augustus"],
    &[
        "september",
        "sep",
        "sept",
        "septembre",
        "septiembre",
        "setembro",
        "settembre",
    ],
    &[
        "october", "oct", "oktober", "octobre", "octubre", "outubro", "ottobre", "okt",
    ],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &[
        "december",
        "dec",
        "dezember",
        "décembre",
        "diciembre",
        "dezembro",
        "dicembre",
        "dez",
    ],
];

static MONTHS_SET: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(&MONTHS.concat()));

/// The month of this name, 1 to 12.
pub(super) fn month(low: &str) -> Option<u8> {
    // Nearly no word is any, and one look tells.
    MONTHS_SET
        .has(low)
        .then(|| {
            MONTHS
                .iter()
                .zip(1..)
                .find(|(names, _)| names.contains(&low))
        })?
        .map(|(_, month)| month)
}

/// The names of the seven days: English in full and short, German, French and Spanish in full.
const WEEKDAYS: [&[&str]; 7] = [
    &["monday", "mon", "montag", "lundi", "lunes"],
    &["tuesday", "tue", "tues", "dienstag", "mardi", "martes"],
    &["wednesday", "wed", "mittwoch", "mercredi", "miércoles"],
    &[
        "thursday",
        "thu",
        "thur",
        "thurs",
        "donnerstag",
        "jeudi",
        "jueves",
    ],
    &["friday", "fri", "freitag", "vendredi", "viernes"],
    &["saturday", "sat", "samstag", "samedi", "sábado"],
    &["sunday", "sun", "sonntag", "dimanche", "domingo"],
];

static WEEKDAYS_SET: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(&WEEKDAYS.concat()));

/// The weekday of this name.
pub(super) fn weekday(low: &str) -> Option<Weekday> {
    let (_, day) = WEEKDAYS_SET.has(low).then(|| {
        WEEKDAYS
            .iter()
            .zip(1..)
            .find(|(names, _)| names.contains(&low))
    })??;
    Weekday::from_monday_one_offset(day).ok()
}

/// A day of the month at `at`, and the token behind it and its ordinal ending.
pub(super) fn day(page: &Page<'_>, at: usize) -> Option<(u8, usize)> {
    (page.token(at).gap <= Gap::Line)
        .then(|| day_first(page, at))
        .flatten()
}

/// As [`day`], where the day opens the expression.
pub(super) fn day_first(page: &Page<'_>, at: usize) -> Option<(u8, usize)> {
    let token = page.token(at);
    if token.shape != Shape::Number || token.masked || token.end - token.start > 2 {
        return None;
    }
    let day: u8 = page.of(at).parse().ok()?;
    let ending = matches!(page.low(at + 1), "st" | "nd" | "rd" | "th")
        && page.token(at + 1).gap == Gap::Glued;
    let after = at + 1 + usize::from(ending);
    // `5%` and `$`-figures are no days.
    let figure = page.token(after).gap == Gap::Glued
        && (page.is_mark(after, '%') || page.token(after).shape == Shape::Word);
    ((1..=31).contains(&day) && !figure).then_some((day, after))
}
