//! Runs of capitalised words: where a name can start and end. All name rules cut their candidates from these; nothing
//! here says what a run names.

use super::token::{Gap, Page, Shape};
use super::words;

/// Whether token `at` can be a word of a name.
pub(super) fn word(page: &Page<'_>, at: usize) -> bool {
    let token = page.token(at);
    !token.masked
        && match token.shape {
            Shape::Word | Shape::Initial | Shape::Dotted => {
                token.capital || starts_with_digit(page, at)
            }
            _ => false,
        }
}

fn starts_with_digit(page: &Page<'_>, at: usize) -> bool {
    page.of(at).starts_with(|c: char| c.is_ascii_digit())
        && page.of(at).contains(char::is_alphabetic)
}

/// A run of name words: first and last token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
}

impl Run {
    /// How many tokens it has.
    pub fn len(self) -> usize {
        self.last + 1 - self.first
    }
}

/// All runs of the page, in order.
pub(super) fn runs(page: &Page<'_>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < page.len() {
        if word(page, at) {
            let last = run_end(page, at);
            runs.push(Run { first: at, last });
            at = last + 1;
        } else {
            at += 1;
        }
    }
    runs
}

/// Whether a comma was lost before token `next`, and not the stop of an initial.
fn parted(page: &Page<'_>, next: usize) -> bool {
    let Some(last) = next.checked_sub(1).map(|last| page.token(last)) else {
        return false;
    };
    last.end > last.start + 1 && page.lost.binary_search(&last.end).is_ok()
}

/// The last token of the run that starts at `first`.
fn run_end(page: &Page<'_>, first: usize) -> usize {
    let mut last = first;
    loop {
        let next = last + 1;
        let gap = page.token(next).gap;
        if word(page, next) && gap == Gap::Space && !parted(page, next) {
            last = next;
            continue;
        }
        // `Coca-Cola`, `AT&T`, `Johnson & Johnson`, `St. Louis`, `Fund-3`
        let hyphen =
            page.is_dash(next) && gap == Gap::Glued && page.token(next + 1).gap == Gap::Glued;
        let and =
            page.is_mark(next, '&') && page.token(next + 1).gap <= Gap::Space && gap <= Gap::Space;
        let number = page.token(next + 1).shape == Shape::Number && hyphen;
        if (hyphen || and) && (word(page, next + 1) || number) {
            last = next + 1;
            continue;
        }
        let saint = page.is_mark(next, '.')
            && gap == Gap::Glued
            && matches!(page.low(last), "st" | "mt" | "ft" | "jr" | "sr");
        if saint && word(page, next + 1) && page.token(next + 1).gap == Gap::Space {
            last = next + 1;
            continue;
        }
        return last;
    }
}

/// The last token of a name of several runs joined by small words (`Bank of England`, `Ludwig van Beethoven`): from a
/// run's last token on, through `of`, `for`, `the`, `&` and their like, as long as capitals follow.
pub(super) fn joined_end(page: &Page<'_>, last: usize, joins: impl Fn(&str) -> bool) -> usize {
    let mut end = last;
    for _ in 0..MOST_JOINS {
        let mut next = end + 1;
        let mut small = 0;
        while small < 2
            && joins(page.low(next))
            && page.token(next).gap == Gap::Space
            && !page.token(next).capital
        {
            next += 1;
            small += 1;
        }
        if small == 0 || !word(page, next) || page.token(next).gap != Gap::Space {
            return end;
        }
        end = run_end(page, next);
    }
    end
}

/// A name has no more small words than this between its runs: what goes on is a list.
const MOST_JOINS: usize = 6;

/// The last token of a legal form at `at` (behind a comma too) with the forms that follow it: `Co., Ltd.`.
pub(super) fn legal_end(page: &Page<'_>, at: usize) -> Option<usize> {
    let mut end = one_legal(page, at)?;
    for _ in 0..3 {
        match one_legal(page, end + 1) {
            Some(next) => end = next,
            None => break,
        }
    }
    Some(end)
}

/// The last token of one legal form.
fn one_legal(page: &Page<'_>, at: usize) -> Option<usize> {
    let comma = usize::from(page.is_mark(at, ','));
    let form = at + comma;
    let token = page.token(form);
    if !words::legal_form(page.low(form)) || token.gap > Gap::Space || token.masked {
        return None;
    }
    // `Hole LP-26-03`: the letters of a number.
    let numbered = page.is_dash(form + 1)
        && page.token(form + 1).gap == Gap::Glued
        && page.token(form + 2).gap == Gap::Glued
        && page.token(form + 2).shape == Shape::Number;
    if numbered {
        return None;
    }
    let cased = token.capital || matches!(page.low(form), "plc" | "a/s");
    let firm = !words::weak_form(page.low(form))
        || page.is_mark(form + 1, '.')
        || token.upper
        || matches!(page.low(form), "limited" | "incorporated");
    if !cased || !firm {
        return None;
    }
    let point = page.is_mark(form + 1, '.')
        && page.token(form + 1).gap == Gap::Glued
        && words::pointed_form(page.low(form));
    let end = form + usize::from(point);
    Some(end)
}
