//! The parts that calendar expressions are made of: names of months and days in the languages of the wires, days,
//! years and whether a bare number is one, quarters, fiscal years, seasons, purely numeric dates.

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
];

static OPENERS_SET: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(OPENERS));

/// Whether a word that is no number and has no capital may open an expression: nearly none does, and the rules need not
/// be asked one by one.
pub(super) fn may_open(low: &str) -> bool {
    low.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'q' | 'h')) || OPENERS_SET.has(low)
}

/// The month of this name, 1 to 12: English, German, French, Spanish, Portuguese, Italian, Dutch; and abbreviations.
pub(super) fn month(low: &str) -> Option<u8> {
    Some(match low {
        "january" | "jan" | "januar" | "janvier" | "enero" | "janeiro" | "gennaio" | "januari" => 1,
        "february" | "feb" | "februar" | "février" | "febrero" | "fevereiro" | "febbraio"
        | "februari" => 2,
        "march" | "mar" | "märz" | "mars" | "marzo" | "março" | "maart" => 3,
        "april" | "apr" | "avril" | "abril" | "aprile" => 4,
        "may" | "mai" | "mayo" | "maio" | "maggio" | "mei" => 5,
        "june" | "jun" | "juni" | "juin" | "junio" | "junho" | "giugno" => 6,
        "july" | "jul" | "juli" | "juillet" | "julio" | "julho" | "luglio" => 7,
        "august" | "aug" | "août" | "agosto" | "augustus" => 8,
        "september" | "sep" | "sept" | "septembre" | "septiembre" | "setembro" | "settembre" => 9,
        "october" | "oct" | "oktober" | "octobre" | "octubre" | "outubro" | "ottobre" | "okt" => 10,
        "november" | "nov" | "novembre" | "noviembre" | "novembro" => 11,
        "december" | "dec" | "dezember" | "décembre" | "diciembre" | "dezembro" | "dicembre"
        | "dez" => 12,
        _ => return None,
    })
}

/// The weekday of this name: English in full and short, German and French in full.
pub(super) fn weekday(low: &str) -> Option<Weekday> {
    Some(match low {
        "monday" | "mon" | "montag" | "lundi" => Weekday::Monday,
        "tuesday" | "tue" | "tues" | "dienstag" | "mardi" => Weekday::Tuesday,
        "wednesday" | "wed" | "mittwoch" | "mercredi" => Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" | "donnerstag" | "jeudi" => Weekday::Thursday,
        "friday" | "fri" | "freitag" | "vendredi" => Weekday::Friday,
        "saturday" | "sat" | "samstag" | "samedi" => Weekday::Saturday,
        "sunday" | "sun" | "sonntag" | "dimanche" => Weekday::Sunday,
        _ => return None,
    })
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

/// A year of four digits between 1900 and 2099 (1600 and on where the number is all the year can be).
pub(super) fn year_number(page: &Page<'_>, at: usize) -> Option<i16> {
    let token = page.token(at);
    let four = token.shape == Shape::Number && token.end - token.start == 4 && !token.masked;
    if !four {
        return None;
    }
    let year: i16 = page.of(at).parse().ok()?;
    (1800..2100).contains(&year).then_some(year)
}

/// A year alone.
pub(super) fn year(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let year = year_number(page, at)?;
    Some(Parsed {
        next: at + 1,
        moment: Some(Moment::Year(year)),
    })
}

/// `2021-2025`, `2023-24`, `2015/16`. Years that words join (`from 2018 to 2023`) are two dates.
pub(super) fn year_span(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let first = year_number(page, at)?;
    let slash = page.is_mark(at + 1, '/')
        && page.token(at + 1).gap == Gap::Glued
        && page.token(at + 2).gap == Gap::Glued;
    if !page.is_dash(at + 1) && !slash {
        return None;
    }
    let second = match year_number(page, at + 2) {
        Some(second) => second,
        None => short_year(page, first, at + 2)?,
    };
    (second > first).then_some(Parsed {
        next: at + 3,
        moment: Some(Moment::Years(first, second)),
    })
}

/// The second year of `2023-24` and `2011-14`: within the same decades, so that `2024-11` may be a month.
fn short_year(page: &Page<'_>, first: i16, at: usize) -> Option<i16> {
    let token = page.token(at);
    let two =
        token.shape == Shape::Number && token.end - token.start == 2 && token.gap == Gap::Glued;
    let short: i16 = page.of(at).parse().ok().filter(|_| two)?;
    // `2024-03-19` is a day.
    let ends = !(page.is_dash(at + 1) && page.token(at + 2).shape == Shape::Number);
    let second = first - first % 100 + short;
    let follows = short > 12 && second > first && second <= first + 20;
    (ends && (follows || short == first % 100 + 1)).then_some(second)
}

/// Whether a number of four digits is a year here and no count.
/// `next` is the token behind the year or its span.
pub(super) fn year_in_place(page: &Page<'_>, at: usize, next: usize) -> bool {
    let Some(year) = year_number(page, at) else {
        return true;
    };
    let led = matches!(
        page.low_before(at, 1),
        "in" | "since"
            | "by"
            | "of"
            | "from"
            | "until"
            | "during"
            | "circa"
            | "("
            | "to"
            | "between"
            | "and"
            | "through"
            | "before"
            | "after"
            | "early"
            | "late"
    );
    let likely = (1900..2060).contains(&year) || led && !page.token(next).capital;
    likely && !glued(page, at, next) && !counts(page, at, next, year) && !street_number(page, at)
}

/// Whether a number is glued into something longer than itself.
fn glued(page: &Page<'_>, at: usize, next: usize) -> bool {
    let before = page.token(at).gap == Gap::Glued
        && !matches!(
            page.low_before(at, 1),
            "(" | "[" | "“" | "\"" | "'" | "‘" | "©" | ","
        );
    let after = page.token(next);
    let digits = page.is_dash(next)
        && page.token(next + 1).gap == Gap::Glued
        && page.token(next + 1).shape == Shape::Number;
    let more = matches!(after.shape, Shape::Word | Shape::Number)
        || matches!(page.low(next), "%" | "/" | "+" | "_");
    before || after.gap == Gap::Glued && (more || digits)
}

/// Whether the words around a number say that it counts or numbers something.
fn counts(page: &Page<'_>, at: usize, next: usize, year: i16) -> bool {
    const COUNTED: [&str; 46] = [
        "people",
        "employees",
        "units",
        "miles",
        "hours",
        "words",
        "square",
        "sq",
        "feet",
        "ft",
        "meters",
        "metres",
        "km",
        "kg",
        "mg",
        "customers",
        "participants",
        "members",
        "homes",
        "jobs",
        "patients",
        "students",
        "women",
        "men",
        "children",
        "acres",
        "volunteers",
        "mw",
        "gw",
        "kw",
        "mah",
        "mm",
        "px",
        "points",
        "attendees",
        "companies",
        "locations",
        "stores",
        "hectares",
        "tons",
        "tonnes",
        "days",
        "times",
        "million",
        "billion",
        "individuals",
    ];
    let before = page.low_before(at, 1);
    let led = match before {
        "about" => !(1950..2050).contains(&year),
        _ => matches!(
            before,
            "over"
                | "than"
                | "nearly"
                | "approximately"
                | "least"
                | "no"
                | "nos"
                | "no."
                | "number"
                | "#"
                | "roughly"
                | "rule"
                | "section"
                | "suite"
                | "iso"
                | "room"
                | "box"
                | "x"
        ),
    };
    let ranked = before == "." && matches!(page.low_before(at, 2), "no" | "nos");
    let digits = page.before(at, 1).shape == Shape::Number && page.token(at).gap <= Gap::Space;
    led || ranked || digits || COUNTED.contains(&page.low(next))
}

/// `1900 Main Street`, `2000 K St.`: a number before capitalised words that end in a street's name.
fn street_number(page: &Page<'_>, at: usize) -> bool {
    (1..5).any(|by| {
        let low = page.low(at + by);
        page.token(at + by).capital
            && matches!(
                low,
                "street"
                    | "st"
                    | "avenue"
                    | "ave"
                    | "road"
                    | "rd"
                    | "boulevard"
                    | "blvd"
                    | "drive"
                    | "lane"
                    | "parkway"
                    | "pkwy"
                    | "highway"
                    | "way"
            )
            && (1..by).all(|inner| {
                page.token(at + inner).capital && page.token(at + inner).gap == Gap::Space
            })
    })
}

/// `1990s`, `’90s` is left alone.
pub(super) fn decade(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let year = year_number(page, at)?;
    let plural = page.low(at + 1) == "s" && page.token(at + 1).gap == Gap::Glued
        || page.token(at + 1).shape == Shape::Possessive && year % 10 == 0;
    let moment = Moment::Years(year, if year % 100 == 0 { year + 99 } else { year + 9 });
    (plural && year % 10 == 0).then_some(Parsed {
        next: at + 2,
        moment: Some(moment),
    })
}

/// `spring 2025`, `Fall of 2025`.
pub(super) fn season(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let named = matches!(
        page.low(at),
        "spring" | "summer" | "fall" | "autumn" | "winter" | "holiday"
    );
    let of = usize::from(page.low(at + 1) == "of");
    let inner = year(page, at + 1 + of).filter(|_| named)?;
    // `the winter 2010/11` keeps its first year only.
    Some(inner)
}

/// Dates in digits: `2024-03-19`, `17/01/2017`, `19.03.2024`, `5-May-2025`, `2024年3月19日`.
pub(super) fn numeric(page: &Page<'_>, at: usize) -> Option<Parsed> {
    if page.token(at).shape != Shape::Number {
        return None;
    }
    pointed(page, at)
        .or_else(|| ideographic(page, at))
        .or_else(|| parted(page, at))
}

fn pointed(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let mut parts = page.of(at).split('.').map(str::parse::<i16>);
    let (day, month, year) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    let valid = parts.next().is_none()
        && (1..=31).contains(&day)
        && (1..=12).contains(&month)
        && (1900..2100).contains(&year);
    let moment = Moment::Day {
        year: Some(year),
        month: month as u8,
        day: day as u8,
    };
    valid.then_some(Parsed {
        next: at + 1,
        moment: Some(moment),
    })
}

fn ideographic(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let small = |at: usize, mark: &str| {
        (page.low(at + 1) == mark)
            .then(|| page.of(at).parse::<u8>().ok())
            .flatten()
    };
    if page.low(at + 1) == "年" {
        let year = year_number(page, at)?;
        let Some(month) = small(at + 2, "月") else {
            return Some(Parsed {
                next: at + 2,
                moment: Some(Moment::Year(year)),
            });
        };
        let Some(day) = small(at + 4, "日") else {
            return Some(Parsed {
                next: at + 4,
                moment: Some(Moment::Month {
                    year: Some(year),
                    month,
                }),
            });
        };
        return Some(Parsed {
            next: at + 6,
            moment: Some(Moment::Day {
                year: Some(year),
                month,
                day,
            }),
        });
    }
    let month = small(at, "月")?;
    let day = small(at + 2, "日")?;
    Some(Parsed {
        next: at + 4,
        moment: Some(Moment::Day {
            year: None,
            month,
            day,
        }),
    })
}

fn parted(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let glued = (1..5).all(|by| page.token(at + by).gap == Gap::Glued);
    if !glued
        || page.before(at, 1).shape == Shape::Mark
            && page.token(at).gap == Gap::Glued
            && !matches!(page.low_before(at, 1), "(" | "[" | "“" | "\"")
    {
        return None;
    }
    let separator = page.of(at + 1);
    if separator != page.of(at + 3) || !matches!(separator, "-" | "/" | "–") {
        return None;
    }
    let number = |at: usize| page.of(at).parse::<i16>().ok();
    let (first, third) = (number(at)?, number(at + 4)?);
    let second = match month(page.low(at + 2)) {
        Some(month) => i16::from(month),
        None => number(at + 2)?,
    };
    let full = |year: i16| {
        if (0..100).contains(&year) {
            2000 + year
        } else {
            year
        }
    };
    let (year, month, day) = if first > 31 {
        (first, second, third)
    } else if second > 12 {
        (full(third), first, second)
    } else if first > 12 || separator == "-" && month(page.low(at + 2)).is_some() {
        (full(third), second, first)
    } else {
        // Day and month cannot be told apart: American releases are the rule.
        (full(third), first, second)
    };
    let valid =
        (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let short_year_ok = third > 31 || first > 31 || separator == "/";
    let moment = Moment::Day {
        year: Some(year),
        month: month as u8,
        day: day as u8,
    };
    (valid && short_year_ok && page.token(at + 5).gap > Gap::Glued
        || valid && page.token(at + 5).shape == Shape::Mark)
        .then_some(Parsed {
            next: at + 5,
            moment: Some(moment),
        })
}

/// Quarters, halves, fiscal and calendar years.
pub(super) fn fiscal(page: &Page<'_>, at: usize) -> Option<Parsed> {
    quarter(page, at)
        .or_else(|| half(page, at))
        .or_else(|| months_of(page, at))
        .or_else(|| fiscal_year(page, at))
        .or_else(|| financial(page, at))
}

/// `Q1 2025`, `1Q25`, `1Q 2025`, `Q3'24`, `first quarter of fiscal 2025`, `FY25 Q1`.
fn quarter(page: &Page<'_>, at: usize) -> Option<Parsed> {
    if let Some((quarter, year)) = short_quarter(page.low(at)) {
        return Some(Parsed {
            next: at + 1,
            moment: Some(Moment::Quarter {
                year: Some(year),
                quarter,
            }),
        });
    }
    let low = page.low(at).as_bytes();
    let token = page.token(at);
    let (quarter, mut year, mut next) = match low {
        [b'q', q @ b'1'..=b'4'] if token.capital => (q - b'0', None, at + 1),
        [q @ b'1'..=b'4', b'q'] => (q - b'0', None, at + 1),
        [q @ b'1'..=b'4']
            if page.of(at + 1) == "Q"
                && page.token(at + 1).gap == Gap::Glued
                && year_number(page, at + 2).is_some() =>
        {
            (q - b'0', None, at + 2)
        }
        [q @ b'1'..=b'4', b'q', a, b] => (q - b'0', two_digits(*a, *b), at + 1),
        _ => {
            let quarter = ordinal(page, at)?;
            let word = ordinal_end(page, at);
            if page.low(word) != "quarter" {
                return None;
            }
            (quarter, None, word + 1)
        }
    };
    if year.is_none() {
        let skip = usize::from(page.low(next) == "of" || page.is_mark(next, ','))
            + usize::from(page.low(next) == "of" && page.low(next + 1) == "the");
        let from = next + skip;
        if let Some(parsed) = fiscal_year(page, from)
            .or_else(|| self::year(page, from))
            .filter(|_| page.token(from).gap <= Gap::Line)
        {
            next = parsed.next;
            if let Some(Moment::Year(found)) = parsed.moment {
                year = Some(found);
            }
        } else if low.len() > 4
            && page.token(next).shape == Shape::Word
            && matches!(page.low(next), "back" | "loss" | "of")
        {
            return None;
        }
    }
    let spelt = low.len() > 2;
    // `Q2` alone is a quarter only in capitals; the fourth quarter of a game is left alone by its article.
    (year.is_some() || !spelt || page.low_before(at, 1) != "a").then_some(Parsed {
        next,
        moment: Some(Moment::Quarter { year, quarter }),
    })
}

/// The quarter and the year of `Q3'24`.
fn short_quarter(low: &str) -> Option<(u8, i16)> {
    let rest = low.strip_prefix('q')?;
    let (quarter, year) = rest.split_once(['\'', '’', '‘'])?;
    match (quarter.as_bytes(), year.as_bytes()) {
        ([q @ b'1'..=b'4'], [a, b]) => Some((q - b'0', two_digits(*a, *b)?)),
        _ => None,
    }
}

fn two_digits(a: u8, b: u8) -> Option<i16> {
    (a.is_ascii_digit() && b.is_ascii_digit())
        .then(|| 2000 + i16::from(a - b'0') * 10 + i16::from(b - b'0'))
}

fn ordinal(page: &Page<'_>, at: usize) -> Option<u8> {
    Some(match page.low(at) {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "1" | "2" | "3" | "4" if matches!(page.low(at + 1), "st" | "nd" | "rd" | "th") => {
            page.of(at).parse().ok()?
        }
        _ => return None,
    })
}

/// The token behind an ordinal and its hyphen.
fn ordinal_end(page: &Page<'_>, at: usize) -> usize {
    let ending = usize::from(page.token(at).shape == Shape::Number);
    let word = at + 1 + ending;
    word + usize::from(page.is_dash(word) && page.token(word).gap == Gap::Glued)
}

/// `first half of 2025`, `H1 2025`, `1H25`.
fn half(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let low = page.low(at).as_bytes();
    match low {
        [h @ (b'1' | b'2'), b'h', a, b] => {
            let year = two_digits(*a, *b)?;
            return Some(Parsed {
                next: at + 1,
                moment: Some(Moment::Half {
                    year,
                    half: h - b'0',
                }),
            });
        }
        [b'h', h @ (b'1' | b'2')] if page.token(at).capital => {
            let year = year_number(page, at + 1)?;
            return Some(Parsed {
                next: at + 2,
                moment: Some(Moment::Half {
                    year,
                    half: h - b'0',
                }),
            });
        }
        [h @ (b'1' | b'2')] if page.low(at + 1) == "h" && page.token(at + 1).gap == Gap::Glued => {
            let year = year_number(page, at + 2)?;
            return Some(Parsed {
                next: at + 3,
                moment: Some(Moment::Half {
                    year,
                    half: h - b'0',
                }),
            });
        }
        _ => {}
    }
    let half = ordinal(page, at).filter(|half| *half <= 2)?;
    let word = ordinal_end(page, at);
    if page.low(word) != "half" {
        return None;
    }
    let of = usize::from(page.low(word + 1) == "of");
    let from = word + 1 + of;
    let parsed = fiscal_year(page, from).or_else(|| year(page, from))?;
    let moment = match parsed.moment {
        Some(Moment::Year(year)) => Some(Moment::Half { year, half }),
        other => other,
    };
    Some(Parsed {
        next: parsed.next,
        moment,
    })
}

/// `first six months of 2025`.
fn months_of(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let months = match page.low(at + 1) {
        "three" | "3" => 3,
        "six" | "6" => 6,
        "nine" | "9" => 9,
        "ten" | "10" => 10,
        _ => return None,
    };
    if !matches!(page.low(at), "first" | "last")
        || page.low(at + 2) != "months"
        || page.low(at + 3) != "of"
    {
        return None;
    }
    let year = year_number(page, at + 4)?;
    let moment = match page.low(at) {
        "first" => Moment::Months {
            year: Some(year),
            from: 1,
            to: months,
        },
        _ => Moment::Months {
            year: Some(year),
            from: 13 - months,
            to: 12,
        },
    };
    Some(Parsed {
        next: at + 5,
        moment: Some(moment),
    })
}

/// `fiscal 2024`, `fiscal year 2024`, `Fiscal Year (FY) 2005`, `FY2024`, `FY 24`, `full year 2024`, `CY2025`.
fn fiscal_year(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let low = page.low(at);
    if !low.starts_with(['f', 'c']) {
        return None;
    }
    let glued = low
        .strip_prefix("fy")
        .or_else(|| low.strip_prefix("cy"))
        .or_else(|| low.strip_prefix('f'));
    if let Some(digits) = glued.filter(|digits| {
        page.token(at).capital && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    }) {
        let year: i16 = digits
            .parse()
            .ok()
            .filter(|_| matches!(digits.len(), 2 | 4))?;
        // `F16` is an aircraft: a lone F wants four digits.
        let full = if digits.len() == 2 { 2000 + year } else { year };
        let lone = low.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        let valid = (1980..2080).contains(&full) && !(lone && digits.len() == 2);
        let next = at + 1;
        // `FY25 Q1`
        if let [b'q', q @ b'1'..=b'4'] = page.low(next).as_bytes() {
            let moment = Moment::Quarter {
                year: Some(full),
                quarter: q - b'0',
            };
            return valid.then_some(Parsed {
                next: next + 1,
                moment: Some(moment),
            });
        }
        return valid.then_some(Parsed {
            next,
            moment: Some(Moment::Year(full)),
        });
    }
    let mut next = match low {
        "fy" | "cy" if page.token(at).upper => at + 1,
        "fiscal" | "financial" => at + 1 + usize::from(page.low(at + 1) == "year"),
        "full" | "calendar" => {
            let dash = usize::from(page.is_dash(at + 1));
            (page.low(at + 1 + dash) == "year").then_some(at + 2 + dash)?
        }
        _ => return None,
    };
    if page.is_mark(next, '(') && page.low(next + 1) == "fy" && page.is_mark(next + 2, ')') {
        next += 3;
    }
    next +=
        usize::from(page.low(next) == "of" || page.is_mark(next, '\'') || page.is_mark(next, '’'));
    if let Some(span) = year_span(page, next) {
        return Some(span);
    }
    if let Some(year) = year_number(page, next) {
        return Some(Parsed {
            next: next + 1,
            moment: Some(Moment::Year(year)),
        });
    }
    let two = page.token(next).shape == Shape::Number
        && page.of(next).len() == 2
        && matches!(low, "fy" | "cy" | "fiscal");
    let year: i16 = page.of(next).parse().ok().filter(|_| two)?;
    Some(Parsed {
        next: next + 1,
        moment: Some(Moment::Year(2000 + year)),
    })
}

/// `2025 financial year`.
fn financial(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let parsed = year_span(page, at).or_else(|| year(page, at))?;
    let named = matches!(page.low(parsed.next), "financial" | "fiscal")
        && page.low(parsed.next + 1) == "year";
    named.then_some(Parsed {
        next: parsed.next + 2,
        ..parsed
    })
}
