//! Spans of tokens: finds cleaned at their edges, and the choice among those that overlap.

use super::super::find::{Find, Rank};
use super::super::token::{Page, Shape};
use super::super::{gazetteer, words};
use super::{Finds, folded, is_name};
use crate::entity::{Kind, Layer, Value};

/// A find as tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::entity::layers) struct Span {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// What it is.
    pub kind: Kind,
    /// Which layer found it.
    pub from: Layer,
    /// Its standing.
    pub rank: Rank,
    /// How sure, 0 to 1.
    pub score: f32,
}

impl Span {
    pub fn len(&self) -> usize {
        self.last + 1 - self.first
    }

    pub fn encloses(&self, other: &Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

/// The tokens that a find covers; a find that ends inside a token is widened to it.
pub(super) fn span(page: &Page<'_>, find: &Find) -> Option<Span> {
    let first = page.index_at(find.extent.start);
    let mut last = page.index_at(find.extent.end.saturating_sub(1));
    if page.token(first).shape == Shape::Nothing || page.token(first).start >= find.extent.end {
        return None;
    }
    if page.token(last).shape == Shape::Nothing || page.token(last).start >= find.extent.end {
        last = last.checked_sub(1)?;
    }
    (first <= last).then_some(Span {
        first,
        last,
        kind: find.kind,
        from: find.from,
        rank: find.rank,
        score: find.score,
    })
}

/// The figures that stand, and which tokens they own. A figure inside a longer name that the network sees belongs to
/// the name (`Act of 1995`, `2026 Creators Summit`).
pub(super) fn figures(
    page: &Page<'_>,
    finds: &Finds,
    networked: bool,
) -> (Vec<(Span, Option<Value>)>, Vec<bool>) {
    let mut owned = vec![false; page.len()];
    let mut chosen = Vec::new();
    let named: Vec<Span> = finds
        .seen
        .iter()
        .chain(finds.names.iter().filter(|find| find.kind == Kind::Law))
        .filter(|find| is_name(find.kind) && !matches!(find.kind, Kind::Person | Kind::Gpe))
        .filter_map(|find| span(page, find))
        .collect();
    let mut by_first = named;
    by_first.sort_by_key(|span| span.first);
    let mut place = |find: &Find, owned: &mut Vec<bool>| {
        let Some(span) = span(page, find) else { return };
        if owned[span.first..=span.last].iter().any(|owned| *owned) {
            return;
        }
        let upto = by_first.partition_point(|name| name.first <= span.first);
        let inside = by_first[upto.saturating_sub(4)..upto]
            .iter()
            .any(|name| name.encloses(&span) && name.len() > span.len());
        if inside && !matches!(find.kind, Kind::Ticker | Kind::Org) {
            return;
        }
        owned[span.first..=span.last].fill(true);
        chosen.push((span, find.value.clone()));
    };
    finds
        .figures
        .iter()
        .for_each(|find| place(find, &mut owned));
    if networked {
        for find in finds
            .seen
            .iter()
            .filter(|find| matches!(find.kind, Kind::Date | Kind::Money | Kind::Percent))
        {
            let digits = find
                .extent
                .of(page.text)
                .contains(|c: char| c.is_ascii_digit());
            if digits && find.kind != Kind::Percent {
                place(find, &mut owned);
            }
        }
    }
    chosen.sort_by_key(|(span, _)| span.first);
    (chosen, owned)
}

/// All name candidates, cleaned at their edges.
pub(super) fn candidates(page: &Page<'_>, finds: &Finds, _networked: bool) -> Vec<Span> {
    finds
        .seen
        .iter()
        .chain(&finds.names)
        .filter(|find| is_name(find.kind))
        .filter_map(|find| span(page, find))
        .filter_map(|span| trimmed(page, span))
        .collect()
}

/// A candidate without what is no part of a name at its edges; nothing where no name is left.
pub(super) fn trimmed(page: &Page<'_>, mut span: Span) -> Option<Span> {
    while span.first < span.last && leading(page, &span) {
        span.first += 1;
    }
    while span.first < span.last && trailing(page, &span) {
        span.last -= 1;
    }
    let masked = (span.first..=span.last).any(|at| page.token(at).masked);
    let lettered = (span.first..=span.last).any(|at| {
        !matches!(
            page.token(at).shape,
            Shape::Mark | Shape::Possessive | Shape::Number
        )
    });
    let numbered = span.kind == Kind::Product && span.rank >= Rank::Seen;
    if masked || !(lettered || numbered) || stopped(page, &span) {
        return None;
    }
    Some(span)
}

fn leading(page: &Page<'_>, span: &Span) -> bool {
    let token = page.token(span.first);
    let low = page.low(span.first);
    let after = page.low(span.first + 1);
    let mark = token.shape == Shape::Mark && !matches!(low, "$" | "#" | "@");
    let article = matches!(low, "the" | "an");
    let title = span.kind == Kind::Person
        && words::strict_honorific(low)
        && (after == "." || span.len() > 1);
    let initial = span.kind == Kind::Person && token.shape == Shape::Mark;
    mark || token.shape == Shape::Possessive || article || title || initial
}

fn trailing(page: &Page<'_>, span: &Span) -> bool {
    let token = page.token(span.last);
    let low = page.low(span.last);
    if token.shape == Shape::Possessive {
        return true;
    }
    if token.shape != Shape::Mark {
        return false;
    }
    // The point of `Inc.` and `Jr.` belongs to the name.
    let abbreviation = low == "."
        && (words::legal_form(page.low_before(span.last, 1))
            || matches!(page.low_before(span.last, 1), "jr" | "sr" | "st" | "bros"));
    // A bracket that the name opened closes with it.
    let closes = low == ")" && (span.first..span.last).any(|at| page.is_mark(at, '('));
    !(abbreviation || closes || matches!(low, "+" | "!"))
}

fn stopped(page: &Page<'_>, span: &Span) -> bool {
    if span.len() > 4 {
        return false;
    }
    let mut key = String::new();
    for at in span.first..=span.last {
        if at > span.first && page.token(at).gap > super::super::token::Gap::Glued {
            key.push(' ');
        }
        key.push_str(page.low(at));
    }
    gazetteer::stopped(&key)
}

/// The candidates that stand, in the order of the text: by standing, then by sureness, then by length.
pub(super) fn choose(candidates: &[Span], owned: &mut [bool]) -> Vec<Span> {
    let mut order: Vec<&Span> = candidates.iter().collect();
    order.sort_by(|a, b| {
        b.rank
            .cmp(&a.rank)
            .then(b.score.total_cmp(&a.score))
            .then(b.len().cmp(&a.len()))
            .then(a.first.cmp(&b.first))
    });
    let mut taken = owned.to_vec();
    let mut chosen: Vec<Span> = Vec::new();
    for span in order {
        if span.last < taken.len() && !taken[span.first..=span.last].iter().any(|taken| *taken) {
            taken[span.first..=span.last].fill(true);
            chosen.push(*span);
        }
    }
    chosen.sort_by_key(|span| span.first);
    let _ = folded;
    chosen
}
