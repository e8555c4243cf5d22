//! Dates as releases print them, in the languages of the wires: `Feb.  19, 2021`, `19 February 2021`, `3. März 2024`,
//! `18 de junio de 2024`, `31-MAR-2016`, `2024-03-19`, `18/2/2016`, `2024年3月19日`. It refuses to guess between day
//! and month: `3/4/2024` is no date here.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::text::WordSet;

/// A date read at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReadDate {
    /// How many bytes it takes, with the weekday before it.
    pub len: usize,
    /// Its year, where it is printed.
    pub year: Option<i16>,
    /// Month, 1 to 12.
    pub month: i8,
    /// Day of the month.
    pub day: i8,
}

impl ReadDate {
    /// The date, with `year` where none is printed.
    pub fn date(self, year: Option<i16>) -> Option<Date> {
        Date::new(self.year.or(year)?, self.month, self.day).ok()
    }

    /// `YYYY-MM-DD`, where the year is printed.
    #[cfg(test)]
    fn iso(self) -> Option<String> {
        self.date(None).map(|date| date.to_string())
    }
}

/// The names of the months below: most words are none of them.
static MONTHS_SET: LazyLock<WordSet> = LazyLock::new(|| {
    let names: Vec<&str> = MONTHS.iter().map(|(name, _)| *name).collect();
    WordSet::new(&names)
});

/// Names of months, in small letters, by their first letters: enough of them to tell the month in any of the languages.
const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("januar", 1),
    ("jänner", 1),
    ("janvier", 1),
    ("enero", 1),
    ("gennaio", 1),
    ("janeiro", 1),
    ("januari", 1),
    ("jan", 1),
    ("ene", 1),
    ("janv", 1),
    ("gen", 1),
    ("february", 2),
    ("februar", 2),
    ("février", 2),
    ("febrero", 2),
    ("febbraio", 2),
    ("fevereiro", 2),
    ("februari", 2),
    ("feb", 2),
    ("févr", 2),
    ("fev", 2),
    ("march", 3),
    ("märz", 3),
    ("mars", 3),
    ("marzo", 3),
    ("março", 3),
    ("maart", 3),
    ("mar", 3),
    ("mär", 3),
    ("april", 4),
    ("avril", 4),
    ("abril", 4),
    ("aprile", 4),
    ("apr", 4),
    ("abr", 4),
    ("avr", 4),
    ("may", 5),
    ("mai", 5),
    ("mayo", 5),
    ("maggio", 5),
    ("maio", 5),
    ("mei", 5),
    ("mag", 5),
    ("june", 6),
    ("juni", 6),
    ("juin", 6),
    ("junio", 6),
    ("giugno", 6),
    ("junho", 6),
    ("jun", 6),
    ("giu", 6),
    ("july", 7),
    ("juli", 7),
    ("juillet", 7),
    ("julio", 7),
    ("luglio", 7),
    ("julho", 7),
    ("jul", 7),
    ("juil", 7),
    ("lug", 7),
    ("august", 8),
    ("août", 8),
    ("agosto", 8),
    ("augustus", 8),
    ("aug", 8),
    ("ago", 8),
    ("september", 9),
    ("septembre", 9),
    ("septiembre", 9),
    ("settembre", 9),
    ("setembro", 9),
    ("sept", 9),
    ("sep", 9),
    ("set", 9),
    ("october", 10),
    ("oktober", 10),
    ("octobre", 10),
    ("octubre", 10),
    ("ottobre", 10),
    ("outubro", 10),
    ("oct", 10),
    ("okt", 10),
    ("ott", 10),
    ("out", 10),
    ("november", 11),
    ("novembre", 11),
    ("noviembre", 11),
    ("novembro", 11),
    ("nov", 11),
    ("december", 12),
    ("dezember", 12),
    ("décembre", 12),
    ("diciembre", 12),
    ("dicembre", 12),
    ("dezembro", 12),
    ("dec", 12),
    ("dez", 12),
    ("déc", 12),
    ("dic", 12),
];

/// Names of weekdays and their short forms.
static WEEKDAYS_SET: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(WEEKDAYS));

/// The list that the set is made of.
const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
];

/// Reads a date at the very start of `text`.
pub(super) fn at_start(text: &str) -> Option<ReadDate> {
    if !may_open(text) {
        return None;
    }
    let skipped = weekday(text);
    let rest = &text[skipped..];
    let first = rest.chars().next()?;
    let read = if first.is_ascii_digit() {
        digits_first(rest)
    } else if first.is_alphabetic() {
        month_first(rest)
    } else {
        None
    }?;
    Date::new(read.year.unwrap_or(2024), read.month, read.day).ok()?;
    Some(ReadDate {
        len: read.len + skipped,
        ..read
    })
}

/// Whether a date may stand at the start of `text`: most texts open with neither a figure nor the name of a month or of
/// a weekday.
pub(super) fn may_open(text: &str) -> bool {
    let word = &text[..word_len(text)];
    text.starts_with(|c: char| c.is_ascii_digit())
        || MONTHS_SET.has_in_any_case(word)
        || WEEKDAYS_SET.has_in_any_case(word)
}

/// The first date anywhere in `text` that prints its year; gives its start too. Looks at words' starts only.
pub(super) fn find(text: &str) -> Option<(usize, ReadDate)> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let opens =
            (c.is_ascii_digit() && !before.is_ascii_digit() && !matches!(before, '/' | '-' | '.'))
                || (c.is_uppercase() && !before.is_uppercase())
                || (c.is_alphabetic() && !before.is_alphabetic());
        if opens && let Some(read) = at_start(&text[at..]).filter(|read| read.year.is_some()) {
            return Some((at, read));
        }
        before = c;
    }
    None
}

/// Length of a weekday and what parts it from the date; 0 where there is none.
fn weekday(text: &str) -> usize {
    let len = word_len(text);
    if len == 0 || len > 12 || !WEEKDAYS_SET.has_in_any_case(&text[..len]) {
        return 0;
    }
    len + gap_len(&text[len..], ".,")
}

/// Length of the letters at the start.
fn word_len(text: &str) -> usize {
    let plain = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if text.as_bytes().get(plain).is_none_or(u8::is_ascii) {
        return plain;
    }
    text.char_indices()
        .find(|(_, c)| !c.is_alphabetic())
        .map_or(text.len(), |(at, _)| at)
}

/// Length of blanks and the given marks at the start.
fn gap_len(text: &str, marks: &str) -> usize {
    text.char_indices()
        .take(6)
        .find(|(_, c)| !(c.is_whitespace() && *c != '\n' || marks.contains(*c)))
        .map_or(text.len().min(6), |(at, _)| at)
}

/// The number at the start: its value and length, up to four digits.
fn number(text: &str) -> Option<(i16, usize)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4)
        .contains(&len)
        .then(|| text[..len].parse().ok().map(|value| (value, len)))
        .flatten()
}

/// The month whose name stands at the start, and its length with a point after it.
pub(super) fn month(text: &str) -> Option<(i8, usize)> {
    let len = word_len(text);
    if !(3..=11).contains(&len) {
        return None;
    }
    if !MONTHS_SET.has_in_any_case(&text[..len]) {
        return None;
    }
    let word = text[..len].to_lowercase();
    let (_, month) = MONTHS.iter().find(|(name, _)| *name == word)?;
    Some((*month, len + usize::from(text[len..].starts_with('.'))))
}

/// A year of four digits after blanks, commas and `de`: the year and the length up to its end.
fn year(text: &str) -> Option<(i16, usize)> {
    let mut at = gap_len(text, ",.'-–");
    for word in ["de ", "del ", "of "] {
        if text[at..].starts_with(word) {
            at += word.len();
        }
    }
    let (value, len) = number(&text[at..])?;
    let year = len == 4
        && (1900..=2100).contains(&value)
        && !text[at + len..].starts_with(|c: char| c.is_ascii_digit());
    year.then_some((value, at + len))
}

/// `March 19, 2024`, `Feb.  19, 2021`, `November 21st, 2024`, `Sept. 2`.
fn month_first(text: &str) -> Option<ReadDate> {
    let (month, mut at) = month(text)?;
    at += gap_len(&text[at..], "-");
    let (day, len) = number(&text[at..])?;
    if len > 2 {
        return None;
    }
    at += len;
    for suffix in ["st", "nd", "rd", "th"] {
        if text[at..]
            .get(..2)
            .is_some_and(|s| s.eq_ignore_ascii_case(suffix))
        {
            at += 2;
            break;
        }
    }
    finish(text, at, day, month)
}

/// `19 March 2024`, `3. März 2024`, `18 de junio de 2024`, `31-MAR-2016`, `2024-03-19`, `18/2/2016`, `2024年3月19日`.
fn digits_first(text: &str) -> Option<ReadDate> {
    let (value, len) = number(text)?;
    let rest = &text[len..];
    if len == 4 {
        return year_first(text, value);
    }
    if len > 2 {
        return None;
    }
    if let Some(read) = numeric(text, value, len) {
        return Some(read);
    }
    let mut at = len;
    for suffix in ["st", "nd", "rd", "th", "er", "º"] {
        if rest.starts_with(suffix) {
            at += suffix.len();
            break;
        }
    }
    at += gap_len(&text[at..], ".-");
    for word in ["de ", "of "] {
        if text[at..].starts_with(word) {
            at += word.len();
        }
    }
    if at == len {
        return None;
    }
    let (month, months) = month(&text[at..])?;
    finish(text, at + months, value, month)
}

/// The year after day and month, where there is one.
fn finish(text: &str, at: usize, day: i16, month: i8) -> Option<ReadDate> {
    let day = i8::try_from(day).ok()?;
    Some(match year(&text[at..]) {
        Some((year, len)) => ReadDate {
            len: at + len,
            year: Some(year),
            month,
            day,
        },
        None => ReadDate {
            len: at,
            year: None,
            month,
            day,
        },
    })
}

/// `18/2/2016`, `2/18/2016`, `18.2.2016`: only where one of the two can be no month, or a point says day first.
fn numeric(text: &str, first: i16, len: usize) -> Option<ReadDate> {
    let mark = text[len..]
        .chars()
        .next()
        .filter(|c| matches!(c, '/' | '.'))?;
    let (second, seconds) = number(&text[len + 1..])?;
    let at = len + 1 + seconds;
    let rest = text[at..].strip_prefix(mark)?;
    let (value, years) = number(rest)?;
    if years != 4 || seconds > 2 {
        return None;
    }
    let (day, month) = match (first, second) {
        (13..=31, 1..=12) => (first, second),
        (1..=12, 13..=31) => (second, first),
        (1..=12, 1..=12) if mark == '.' || first == second => (first, second),
        _ => return None,
    };
    Some(ReadDate {
        len: at + 1 + years,
        year: Some(value),
        month: i8::try_from(month).ok()?,
        day: i8::try_from(day).ok()?,
    })
}

/// `2024-03-19`, `2024/03/19`, `2024年3月19日`.
fn year_first(text: &str, year: i16) -> Option<ReadDate> {
    let mut at = 4;
    let mark = text[at..]
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '/' | '年' | '.'))?;
    at += mark.len_utf8();
    let (month, len) = number(&text[at..])?;
    at += len;
    let second = text[at..]
        .chars()
        .next()
        .filter(|c| *c == mark || *c == '月')?;
    at += second.len_utf8();
    let (day, len) = number(&text[at..])?;
    at += len;
    if text[at..].starts_with('日') {
        at += '日'.len_utf8();
    }
    Some(ReadDate {
        len: at,
        year: Some(year),
        month: i8::try_from(month).ok()?,
        day: i8::try_from(day).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_the_forms_of_the_wires() {
        for (text, iso, len) in [
            ("March 19, 2024 /PRNewswire/", "2024-03-19", 14),
            ("Feb.  19, 2021  (GLOBE", "2021-02-19", 14),
            ("NOVEMBER 21ST, 2024 --", "2024-11-21", 19),
            ("31-MAR-2016", "2016-03-31", 11),
            ("Thursday,\u{A0}February 16, 2017", "2017-02-16", 28),
            ("THURSDAY 1 JUNE 2017", "2017-06-01", 20),
            ("3. März 2024 –", "2024-03-03", 13),
            ("18 de junio de 2024", "2024-06-18", 19),
            ("12 juillet 2023", "2023-07-12", 15),
            ("18/2/2016", "2016-02-18", 9),
            ("2/18/2016", "2016-02-18", 9),
            ("18.02.2016", "2016-02-18", 10),
            ("2024-03-19T10:00", "2024-03-19", 10),
            ("2024年3月19日 /美通社/", "2024-03-19", 16),
        ] {
            let read = at_start(text).unwrap_or_else(|| panic!("no date in {text:?}"));
            assert_eq!(
                (read.iso().as_deref(), read.len),
                (Some(iso), len),
                "{text:?}"
            );
        }
        for text in [
            "3/4/2024",
            "Mayor Smith",
            "March Madness",
            "31 February 2024",
            "Sun Life 3",
            "5000 people",
            "Mar-a-Lago",
            "12,000",
        ] {
            assert_eq!(at_start(text).and_then(ReadDate::iso), None, "{text:?}");
        }
        assert_eq!(
            at_start("Sept. 2 (Xinhua)").map(|d| (d.year, d.month, d.day)),
            Some((None, 9, 2))
        );
    }
}
