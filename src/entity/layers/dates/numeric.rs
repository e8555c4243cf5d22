//! Dates in digits: ISO, with points, slashes or hyphens, with ideographs, and stamps whose marks a page lost. Day and
//! month are told apart by what they can be; where both can be both, the American order is taken.

use super::calendar::Moment;
use super::parts::{Parsed, month};
use super::years::year_number;
use crate::entity::layers::token::{Gap, Page, Shape};

/// Dates in digits: `2024-03-19`, `17/01/2017`, `19.03.2024`, `5-May-2025`, `2024年3月19日`.
pub(super) fn numeric(page: &Page<'_>, at: usize) -> Option<Parsed> {
    if page.token(at).shape != Shape::Number {
        return None;
    }
    pointed(page, at)
        .or_else(|| ideographic(page, at))
        .or_else(|| parted(page, at))
        .or_else(|| stamp(page, at))
}

/// `07 01 2005`: month, day and year with blanks for the marks that a page lost. `January 17 18 2006` is two days.
fn stamp(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let figure = |at: usize, most: usize| {
        let token = page.token(at);
        let whole = token.shape == Shape::Number && token.end - token.start <= most;
        (whole && !token.masked).then(|| page.of(at).parse::<u8>().ok())?
    };
    let (name, day) = (figure(at, 2)?, figure(at + 1, 2)?);
    let year = year_number(page, at + 2).filter(|year| (1980..2060).contains(year))?;
    let spaced = (1..3).all(|by| page.token(at + by).gap == Gap::Space);
    let before = page.before(at, 1);
    let apart = page.token(at).gap >= Gap::Line
        || page.token(at).gap == Gap::Space && before.shape == Shape::Word;
    let counted = before.shape == Shape::Number || month(page.low_before(at, 1)).is_some();
    let after = page.token(at + 3);
    let ends = after.shape != Shape::Number && after.gap > Gap::Glued;
    let valid = (1..=12).contains(&name) && (1..=31).contains(&day);
    (spaced && apart && !counted && ends && valid).then_some(Parsed {
        next: at + 3,
        moment: Some(Moment::Day {
            year: Some(year),
            month: name,
            day,
        }),
    })
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
