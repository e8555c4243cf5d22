//! Quarters, halves, months counted within a year, fiscal, financial and calendar years, in the forms of earnings releases.

use super::calendar::Moment;
use super::parts::Parsed;
use super::years::{year, year_in_place, year_number, year_span};
use crate::entity::layers::token::{Gap, Page, Shape};

/// Quarters, halves, fiscal and calendar years.
pub(super) fn fiscal(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let behind = at + usize::from(matches!(page.low(at), "fiscal" | "financial"));
    quarter(page, behind)
        .or_else(|| half(page, at))
        .or_else(|| months_of(page, at))
        .or_else(|| year_first(page, at))
        .or_else(|| fiscal_year(page, at))
        .or_else(|| financial(page, at))
}

/// `2024 4th Quarter`, `2024 Q4`.
fn year_first(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let number = year_number(page, at).filter(|_| year_in_place(page, at, at + 1))?;
    let parsed = quarter(page, at + 1).filter(|_| page.token(at + 1).gap == Gap::Space)?;
    let moment = match parsed.moment {
        Some(Moment::Quarter {
            year: None,
            quarter,
        }) => Moment::Quarter {
            year: Some(number),
            quarter,
        },
        _ => return None,
    };
    Some(Parsed {
        next: parsed.next,
        moment: Some(moment),
    })
}

/// A quarter with its year.
pub(super) fn dated_quarter(page: &Page<'_>, at: usize) -> Option<Parsed> {
    quarter(page, at)
        .filter(|parsed| matches!(parsed.moment, Some(Moment::Quarter { year: Some(_), .. })))
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
            .or_else(|| super::years::year(page, from))
            .filter(|_| page.token(from).gap <= Gap::Line)
        {
            next = parsed.next;
            if let Some(Moment::Year(found)) = parsed.moment {
                year = Some(found);
            }
        } else if page.low(next) == "of"
            && matches!(page.low(next + 1), "this" | "last" | "next")
            && page.low(next + 2) == "year"
        {
            next += 3;
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

/// `9M 2025` and `9M25`: the first months of a year. 3M is a firm.
fn short_months(page: &Page<'_>, at: usize) -> Option<Parsed> {
    let (months, year, next) = match page.low(at).as_bytes() {
        [m @ (b'6' | b'9'), b'm', a, b] if page.of(at).contains('M') => {
            (m - b'0', two_digits(*a, *b)?, at + 1)
        }
        [m @ (b'6' | b'9')]
            if page.of(at + 1) == "M"
                && page.token(at + 1).gap == Gap::Glued
                && page.token(at).gap != Gap::Glued
                && page.token(at + 2).gap == Gap::Space =>
        {
            (m - b'0', year_number(page, at + 2)?, at + 3)
        }
        _ => return None,
    };
    Some(Parsed {
        next,
        moment: Some(Moment::Months {
            year: Some(year),
            from: 1,
            to: months,
        }),
    })
}

/// `first six months of 2025`, `first 9 months 2025`, `9M 2025`.
fn months_of(page: &Page<'_>, at: usize) -> Option<Parsed> {
    if let Some(parsed) = short_months(page, at) {
        return Some(parsed);
    }
    let months = match page.low(at + 1) {
        "three" | "3" => 3,
        "six" | "6" => 6,
        "nine" | "9" => 9,
        "ten" | "10" => 10,
        _ => return None,
    };
    if !matches!(page.low(at), "first" | "last") || page.low(at + 2) != "months" {
        return None;
    }
    let of = usize::from(page.low(at + 3) == "of");
    let fiscal = usize::from(page.low(at + 3 + of) == "fiscal");
    let last = at + 3 + of + fiscal;
    let year = year_number(page, last)?;
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
        next: last + 1,
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
        "fiscal" | "financial" => {
            at + 1 + usize::from(matches!(page.low(at + 1), "year" | "years"))
        }
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
