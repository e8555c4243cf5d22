//! Years, their spans, decades and seasons, and whether a bare number of four digits is a year where it stands: most of
//! this file tells years from counts, house numbers and pieces of longer numbers.

use super::calendar::Moment;
use super::parts;
use super::parts::Parsed;
use crate::entity::layers::token::{Gap, Page, Shape};
use crate::entity::layers::words;

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

/// Whether a token is a year of our times, four digits that are nothing else.
pub(in crate::entity::layers) fn is_year(page: &Page<'_>, at: usize) -> bool {
    year_number(page, at).is_some_and(|year| (1900..2060).contains(&year))
}

/// Whether a year is the end of the name before it, `at GTC Taipei 2026`: it stands right behind a word that only a name
/// writes large. A line in which all words are large says nothing, nor does a word that opens its sentence.
pub(in crate::entity::layers) fn ends_name(page: &Page<'_>, at: usize) -> bool {
    let before = page.before(at, 1);
    let low = page.low_before(at, 1);
    let large = before.shape == Shape::Word && before.capital && !before.opens && !before.masked;
    let after = page.token(at + 1);
    let goes_on = after.shape == Shape::Word && after.capital && after.gap == Gap::Space;
    large
        && !goes_on
        && page.token(at).gap == Gap::Space
        && !page.token(at).titled
        && is_year(page, at)
        && !(before.gap == Gap::Glued && page.before(at, 2).shape == Shape::Number)
        && !words::function(low)
        && !dated(low)
}

/// Words before a year that make a date of it, or a notice.
fn dated(low: &str) -> bool {
    parts::may_open_capital(low)
        || parts::weekday(low).is_some()
        || matches!(
            low,
            "spring"
                | "summer"
                | "fall"
                | "autumn"
                | "winter"
                | "holiday"
                | "year"
                | "quarter"
                | "half"
                | "fiscal"
                | "throughout"
                | "founded"
                | "established"
                | "est"
                | "copyright"
                | "circa"
        )
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
    // `pre-2017 levels`
    let prefix = at >= 2
        && page.is_dash(at - 1)
        && page.token(at - 1).gap == Gap::Glued
        && matches!(page.low(at - 2), "pre" | "post");
    let before = page.token(at).gap == Gap::Glued
        && !prefix
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
    // `#2024` is a number or a tag; `# 2024` opens a heading.
    let tagged = before == "#" && page.token(at).gap == Gap::Glued;
    led || ranked || tagged || digits || COUNTED.contains(&page.low(next))
}

/// `1900 Main Street`, `2000 K St.`: a number before capitalised words that end in a street's name.
fn street_number(page: &Page<'_>, at: usize) -> bool {
    // At least one word is the street's name: `2005 St. Louis figures` are of a year.
    (2..5).any(|by| {
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

/// `spring 2025`, `Fall of 2025`, `summer in 2025`; and `2020 summer`, in small letters, which names no season of a league
/// or a shop.
pub(super) fn season(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let named = |at: usize| {
        matches!(
            page.low(at),
            "spring" | "summer" | "fall" | "autumn" | "winter" | "holiday"
        )
    };
    if !named(at) {
        let behind = named(at + 1) && page.low(at + 1) != "holiday" && !page.token(at + 1).capital;
        let alone = page.low(at + 2) != "season" && page.token(at + 2).gap < Gap::Break;
        let parsed = year(page, at).filter(|_| behind && alone)?;
        return Some(Parsed {
            next: at + 2,
            ..parsed
        });
    }
    let of = usize::from(matches!(page.low(at + 1), "of" | "in"));
    // `the winter 2010/11` keeps its first year only.
    year(page, at + 1 + of)
}
