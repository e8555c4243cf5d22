//! Acts, bills, plans and sections by form: `Securities Act of 1933`, `Section 27A of the Securities Act of 1933`,
//! `14th Five-Year Plan`, `chapter 11`, `H.R. 1234`.

use super::find::{Find, Rank};
use super::names::{self, Run};
use super::token::{Gap, Page, Shape};
use crate::entity::{Kind, Layer};

/// All laws that their form gives away.
pub(super) fn find(page: &Page<'_>, runs: &[Run], finds: &mut Vec<Find>) {
    for run in runs {
        if let Some((first, last)) = act(page, *run) {
            finds.push(
                Find::new(
                    page.extent(first, last),
                    Kind::Law,
                    Layer::Pattern,
                    Rank::Sure,
                )
                .scored(0.9),
            );
        }
    }
    for at in 0..page.len() {
        if let Some((first, last)) = plan(page, at)
            .or_else(|| bill(page, at))
            .or_else(|| standard(page, at))
        {
            finds.push(
                Find::new(
                    page.extent(first, last),
                    Kind::Law,
                    Layer::Pattern,
                    Rank::Sure,
                )
                .scored(0.9),
            );
        }
    }
}

/// `… Act of 1995`, with the section before it.
fn act(page: &Page<'_>, run: Run) -> Option<(usize, usize)> {
    let act = (run.first..=run.last)
        .rev()
        .find(|&at| page.low(at) == "act" && page.token(at).capital)?;
    if page.token(act).titled || act != run.last {
        return None;
    }
    let mut first = run.first;
    while first < act
        && page.token(first).opens
        && matches!(
            page.low(first),
            "the" | "under" | "this" | "in" | "a" | "an"
        )
    {
        first += 1;
    }
    // A name over `and`: `Base Realignment and Closure Act`.
    let floor = run.first.saturating_sub(12);
    while first >= floor + 2
        && matches!(page.low(first - 1), "and" | "of" | "for")
        && page.token(first).gap == Gap::Space
        && names::word(page, first - 2)
        && page.token(first - 2).shape == Shape::Word
        && !page.token(first - 2).opens
    {
        first -= 2;
        while first > floor
            && names::word(page, first - 1)
            && page.token(first).gap == Gap::Space
            && !page.token(first - 1).opens
        {
            first -= 1;
        }
    }
    if first == act {
        return None;
    }
    let year = page.low(act + 1) == "of"
        && page.token(act + 2).shape == Shape::Number
        && page.of(act + 2).len() == 4;
    let last = if year { act + 2 } else { act };
    let section = section_before(page, first);
    Some((section.unwrap_or(first), last))
}

/// `Section 27A of the` before an act.
fn section_before(page: &Page<'_>, first: usize) -> Option<usize> {
    let the = usize::from(page.low_before(first, 1) == "the");
    (page.low_before(first, 1 + the) == "of"
        && matches!(
            page.low_before(first, 3 + the),
            "section" | "title" | "chapter" | "rule"
        ))
    .then(|| first - 3 - the)
}

/// `14th Five-Year Plan`.
fn plan(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let plan = page.token(at).capital
        && page.low(at) == "plan"
        && page.low_before(at, 1) == "year"
        && at >= 3
        && page.is_dash(at - 2)
        && matches!(page.low_before(at, 3), "five" | "ten" | "three" | "four");
    if !plan {
        return None;
    }
    let mut first = at - 3;
    if first >= 2
        && matches!(page.low(first - 1), "th" | "st" | "nd" | "rd")
        && page.token(first - 2).shape == Shape::Number
    {
        first -= 2;
    } else if first >= 1
        && page.token(first - 1).capital
        && page.token(first).gap == Gap::Space
        && !page.token(first - 1).opens
    {
        first -= 1;
    }
    Some((first, at))
}

/// `ISO 27001:2022`, `ISO/IEC 42001`, `SOC 2 Type II`, `NI 43-101`.
fn standard(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let number =
        |at: usize| page.token(at).shape == Shape::Number && page.token(at).gap <= Gap::Space;
    let glued = |at: usize| page.token(at).gap == Gap::Glued;
    match page.of(at) {
        "ISO" => {
            let body = if page.is_mark(at + 1, '/') {
                at + 2
            } else {
                at
            };
            let mut last = body + 1;
            if !number(last) {
                return None;
            }
            while (page.is_mark(last + 1, ':') || page.is_dash(last + 1))
                && glued(last + 1)
                && number(last + 2)
                && glued(last + 2)
            {
                last += 2;
            }
            Some((at, last))
        }
        "SOC" if number(at + 1) && page.of(at + 1).len() == 1 => {
            let typed =
                page.low(at + 2) == "type" && matches!(page.of(at + 3), "I" | "II" | "1" | "2");
            Some((at, if typed { at + 3 } else { at + 1 }))
        }
        "NI" if number(at + 1) && page.is_dash(at + 2) && number(at + 3) => Some((at, at + 3)),
        _ => None,
    }
}

/// `H.R. 1234`, `S. 1072`, `SB 1192`, `Chapter 11` of a code, `NI 43-101`.
fn bill(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let number = page.token(at + 1);
    let follows = number.shape == Shape::Number && number.gap == Gap::Space;
    let named = match page.of(at) {
        "H.R." | "S." | "H.Res." => number.end - number.start <= 4,
        "SB" | "AB" | "HB" | "HR" => number.end - number.start >= 2,
        _ => page.low(at) == "chapter" && matches!(page.of(at + 1), "11" | "7" | "13" | "15"),
    };
    (follows && named).then_some((at, at + 1))
}
