//! Acts, bills, plans and sections by form: `Securities Act of 1933`, `Section 27A of the Securities Act of 1933`,
//! `FY 2008 Defense Appropriations bill`, `14th Five-Year Plan`, `chapter 11`, `H.R. 1234`, `P.L. 109-295`.

use super::find::{Find, Rank};
use super::names::{self, Run};
use super::token::{Gap, Page, Shape};
use crate::entity::{Kind, Layer};

/// All laws that their form gives away.
pub(super) fn find(page: &Page<'_>, runs: &[Run], finds: &mut Vec<Find>) {
    for run in runs {
        if let Some((first, last)) = act(page, *run).or_else(|| yearly_bill(page, *run)) {
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
        // All but a chapter open with a capital. Its length tells nearly every other word from it.
        let token = page.token(at);
        let long = token.end - token.start == "chapter".len();
        if !(token.capital || long && page.low(at) == "chapter") {
            continue;
        }
        if let Some((first, last)) = plan(page, at)
            .or_else(|| bill(page, at))
            .or_else(|| public_law(page, at))
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
    let first = opening(page, run, act);
    if first == act {
        return None;
    }
    let year = page.low(act + 1) == "of"
        && page.token(act + 2).shape == Shape::Number
        && page.of(act + 2).len() == 4;
    // `National Defense Authorization Act for Fiscal Year 2024`
    let last = if year {
        act + 2
    } else if page.low(act + 1) == "for" {
        fiscal_year(page, act + 2).map_or(act, |next| next - 1)
    } else {
        act
    };
    let section = section_before(page, first);
    let yearly = year_before(page, first);
    Some((section.or(yearly).unwrap_or(first), last))
}

/// `Fiscal Year 2006 Defense Appropriations bill`, `FY 2008 Omnibus Bill`: what a parliament spends in a year.
fn yearly_bill(page: &Page<'_>, run: Run) -> Option<(usize, usize)> {
    let named = |at: usize| {
        matches!(page.low(at), "bill" | "bills" | "act" | "acts")
            && page.token(at).gap == Gap::Space
    };
    let last = [run.last, run.last + 1].into_iter().find(|&at| named(at))?;
    let first = opening(page, run, last);
    let yearly = year_before(page, first)?;
    (first < last).then_some((yearly, last))
}

/// The token behind `Fiscal Year 2007`, `FY 2007` or `FY2007` at `at`.
fn fiscal_year(page: &Page<'_>, at: usize) -> Option<usize> {
    let low = page.low(at);
    let glued = low.strip_prefix("fy").is_some_and(|year| {
        matches!(year.len(), 2 | 4) && year.bytes().all(|b| b.is_ascii_digit())
    });
    if glued {
        return Some(at + 1);
    }
    let year = match low {
        "fy" => at + 1,
        "fiscal" => at + 1 + usize::from(page.low(at + 1) == "year"),
        _ => return None,
    };
    let number = page.token(year);
    (number.shape == Shape::Number && matches!(page.of(year).len(), 2 | 4)).then_some(year + 1)
}

/// The first token of the fiscal year right before `first`.
fn year_before(page: &Page<'_>, first: usize) -> Option<usize> {
    (1..=3)
        .filter_map(|by| first.checked_sub(by))
        .find(|&at| fiscal_year(page, at) == Some(first))
        .filter(|_| page.token(first).gap == Gap::Space)
}

/// The first token of the name that ends in the act at `act`.
fn opening(page: &Page<'_>, run: Run, act: usize) -> usize {
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
    first
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

/// `P.L. 109-295`, `Public Law 106-554`.
fn public_law(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let number = match page.of(at) {
        "P.L." => at + 1,
        "Public" if page.of(at + 1) == "Law" => at + 2,
        _ => return None,
    };
    let figure = |at: usize| page.token(at).shape == Shape::Number;
    (figure(number) && page.is_dash(number + 1) && figure(number + 2)).then_some((at, number + 2))
}

/// `H.R. 1234`, `S. 1072`, `SB 1192`, `Chapter 11` of a code, `NI 43-101`; `S.4` and `H.R.1` too.
fn bill(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let number = page.token(at + 1);
    let pointed = matches!(page.of(at), "H.R." | "H.Res.");
    let follows = number.shape == Shape::Number
        && (number.gap == Gap::Space || pointed && number.gap == Gap::Glued);
    // `(S.4)`: the point and the figure are glued, and nothing is before the letter.
    let figure = page.token(at + 2);
    if page.of(at) == "S"
        && (page.token(at).gap != Gap::Glued || page.low_before(at, 1) == "(")
        && page.is_mark(at + 1, '.')
        && number.gap == Gap::Glued
        && figure.shape == Shape::Number
        && figure.gap == Gap::Glued
        && page.of(at + 2).bytes().all(|b| b.is_ascii_digit())
        && figure.end - figure.start <= 4
    {
        return Some((at, at + 2));
    }
    let named = match page.of(at) {
        "H.R." | "S." | "H.Res." => number.end - number.start <= 4,
        "SB" | "AB" | "HB" | "HR" => number.end - number.start >= 2,
        _ => page.low(at) == "chapter" && matches!(page.of(at + 1), "11" | "7" | "13" | "15"),
    };
    (follows && named).then_some((at, at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Extent;

    fn laws(text: &str) -> Vec<String> {
        let page = Page::new(text, &[Extent::new(0, text.len())]);
        let runs = names::runs(&page);
        let mut finds = Vec::new();
        find(&page, &runs, &mut finds);
        finds
            .iter()
            .map(|find| find.extent.of(text).to_owned())
            .collect()
    }

    #[test]
    fn the_year_of_a_spending_bill_is_part_of_its_name() {
        for (text, found) in [
            (
                "part of the Fiscal Year 2006 Department of Coast Defense Appropriations Bill that",
                "Fiscal Year 2006 Department of Coast Defense Appropriations Bill",
            ),
            (
                "were in the FY 2008 Omnibus Appropriations bill which",
                "FY 2008 Omnibus Appropriations bill",
            ),
            (
                "the FY 2008 Financial Services and General Government Appropriations Act, a",
                "FY 2008 Financial Services and General Government Appropriations Act",
            ),
            (
                "money that was voted for ships under the Coast Defense Authorization Act for Fiscal Year 2024, a",
                "Coast Defense Authorization Act for Fiscal Year 2024",
            ),
        ] {
            assert_eq!(laws(text), [found], "{text}");
        }
        assert!(laws("supports the Farm bill which").is_empty());
    }

    #[test]
    fn numbers_of_bills_and_laws() {
        for (text, found) in [
            ("Credit in H.R.1, the bill", "H.R.1"),
            ("America Act (S.4) today", "S.4"),
            ("Relief Act, S.479 and more", "S.479"),
            ("Act (P.L. 106-554), is", "P.L. 106-554"),
            ("under Public Law 109-295 of", "Public Law 109-295"),
        ] {
            assert!(laws(text).contains(&found.to_owned()), "{text}");
        }
        assert!(laws("in the U.S. 45 firms").is_empty());
    }
}
