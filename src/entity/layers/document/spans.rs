//! Spans of tokens: finds cleaned at their edges, and the choice among those that overlap.

use super::super::find::{Find, Rank};
use super::super::token::{Gap, Page, Shape};
use super::super::{dates, gazetteer, names, words};
use super::{Finds, is_name};
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
    /// The kind that a network would take it for otherwise, and how likely that is.
    pub rival: Option<(Kind, f32)>,
}

impl Span {
    pub fn len(&self) -> usize {
        self.last + 1 - self.first
    }

    pub fn encloses(&self, other: &Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

/// The tokens that a find covers; a find that ends inside a token is widened to it, and a law has the year that leads its
/// name (`the 2007 Farm Bill`).
pub(super) fn span(page: &Page<'_>, find: &Find) -> Option<Span> {
    let mut first = page.index_at(find.extent.start);
    let mut last = page.index_at(find.extent.end.saturating_sub(1));
    if page.token(first).shape == Shape::Nothing || page.token(first).start >= find.extent.end {
        return None;
    }
    if page.token(last).shape == Shape::Nothing || page.token(last).start >= find.extent.end {
        last = last.checked_sub(1)?;
    }
    if find.kind == Kind::Law
        && page.token(first).gap == Gap::Space
        && page.token(first).capital
        && dates::is_year(page, first.wrapping_sub(1))
    {
        first -= 1;
    }
    (first <= last).then_some(Span {
        first,
        last,
        kind: find.kind,
        from: find.from,
        rank: find.rank,
        score: find.score,
        rival: find.rival,
    })
}

/// The figures that stand, and which tokens they own. A figure inside a longer name that the network sees belongs to
/// the name (`Act of 1995`, `2026 Creators Summit`).
pub(super) fn figures(page: &Page<'_>, finds: &Finds) -> (Vec<(Span, Option<Value>)>, Vec<bool>) {
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
    chosen.sort_by_key(|(span, _)| span.first);
    (chosen, owned)
}

/// All name candidates, cleaned at their edges.
pub(super) fn candidates(page: &Page<'_>, finds: &Finds) -> Vec<Span> {
    finds
        .seen
        .iter()
        .chain(&finds.names)
        .filter(|find| is_name(find.kind))
        .filter_map(|find| span(page, find))
        .filter_map(|span| trimmed(page, span))
        .collect()
}

/// A candidate without what is no part of a name at its edges and with what belongs to it; nothing where no name is
/// left.
pub(super) fn trimmed(page: &Page<'_>, mut span: Span) -> Option<Span> {
    cut_inside(page, &mut span);
    while span.first < span.last && leading(page, &span) {
        span.first += 1;
    }
    while span.first < span.last && trailing(page, &span) {
        span.last -= 1;
    }
    complete(page, &mut span);
    if matches!(span.kind, Kind::Gpe | Kind::Loc) {
        span.first = quarter(page, span.first);
    }
    let mut tokens = span.first..=span.last;
    let masked = tokens.any(|at| page.token(at).masked);
    let lettered = (span.first..=span.last).any(|at| lettered(page, at));
    let numbered = span.kind == Kind::Product && span.rank >= Rank::Seen;
    let small = span.first == span.last
        && (words::function(page.low(span.first)) && !page.token(span.first).upper);
    // A key, a variable, a list's number: nobody is known by one letter alone.
    let letter = span.kind == Kind::Person && page.of(span.first).chars().nth(1).is_none();
    let letter = letter && span.first == span.last && page.token(span.first).shape == Shape::Word;
    if masked || !(lettered || numbered) || small || letter || stopped(page, &span) {
        return None;
    }
    Some(span)
}

/// Whether a token has letters of its own, not those of a number's ending.
fn lettered(page: &Page<'_>, at: usize) -> bool {
    let ending = page.before(at, 1).shape == Shape::Number && page.token(at).gap == Gap::Glued;
    !ending
        && !matches!(
            page.token(at).shape,
            Shape::Mark | Shape::Possessive | Shape::Number
        )
}

/// Cuts a span at a blank line and at a bracket or quotation mark that it opens and does not close, or closes without
/// having opened it.
fn cut_inside(page: &Page<'_>, span: &mut Span) {
    if let Some(at) = (span.first + 1..=span.last).find(|&at| page.token(at).gap == Gap::Break) {
        span.last = at - 1;
    }
    let mut open = None;
    for at in span.first..=span.last {
        match page.of(at) {
            "(" | "[" | "“" => open = Some(at),
            ")" | "]" | "”" if open.is_some() => open = None,
            // A lone closing mark: the name is before it.
            ")" | "]" | "”" if at > span.first => {
                span.last = at - 1;
                return;
            }
            _ => {}
        }
    }
    if let Some(at) = open.filter(|at| *at > span.first) {
        span.last = at - 1;
    }
}

fn leading(page: &Page<'_>, span: &Span) -> bool {
    let token = page.token(span.first);
    let low = page.low(span.first);
    let mark = token.shape == Shape::Mark && !matches!(low, "$" | "#" | "@" | "¡");
    let article = matches!(low, "the" | "an");
    let title = span.kind == Kind::Person && words::strict_honorific(low);
    mark || token.shape == Shape::Possessive || article || title
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
    let before = page.low_before(span.last, 1);
    let street = matches!(span.kind, Kind::Gpe | Kind::Loc | Kind::Fac)
        && words::street_short(before)
        && span.len() > 2;
    let abbreviation = low == "."
        && (street || words::pointed_form(before) || matches!(before, "jr" | "sr" | "bros"));
    // A bracket that the name opened closes with it.
    let closes = low == ")" && (span.first..span.last).any(|at| page.is_mark(at, '('));
    !(abbreviation || closes || matches!(low, "+" | "!") && token.gap == Gap::Glued)
}

/// The last token of `Ellison “Tommy” Thompson` behind `Ellison`.
fn nickname(page: &Page<'_>, span: &Span) -> Option<usize> {
    let open = span.last + 1;
    let pairs = [("“", "”"), ("\"", "\""), ("(", ")"), ("‘", "’")];
    let (_, close) = pairs.iter().find(|(mark, _)| page.of(open) == *mark)?;
    let whole = page.token(open + 1).capital
        && page.token(open + 1).gap == Gap::Glued
        && page.of(open + 2) == *close
        && page.token(open + 3).capital
        && page.token(open + 3).gap == Gap::Space
        && page.token(open + 3).shape == Shape::Word
        && page.token(open).gap == Gap::Space;
    (whole && !page.token(span.first).titled).then_some(open + 3)
}

/// The first token of a place's name with the quarter of the sky before it: `north Africa`, `sub-Saharan Africa`.
fn quarter(page: &Page<'_>, first: usize) -> usize {
    if first >= 2
        && page.is_dash(first - 1)
        && page.low(first - 2) == "sub"
        && page.token(first).gap == Gap::Glued
    {
        return first - 2;
    }
    let quarter = matches!(
        page.low_before(first, 1),
        "north" | "south" | "east" | "west" | "central"
    );
    if quarter && page.token(first).gap == Gap::Space {
        first - 1
    } else {
        first
    }
}

/// Adds what belongs to a name behind it: the legal form, the point of an abbreviation, a generation.
pub(super) fn complete(page: &Page<'_>, span: &mut Span) {
    let next = span.last + 1;
    let point = page.is_mark(next, '.') && page.token(next).gap == Gap::Glued;
    let low = page.low(span.last);
    match span.kind {
        Kind::Org => {
            if let Some(end) = names::legal_end(page, next).filter(|_| !words::legal_form(low)) {
                span.last = end;
            } else if point && span.len() > 1 && words::pointed_form(low) {
                span.last = names::legal_end(page, next + 1).unwrap_or(next);
            } else if words::legal_form(low) {
                span.last = names::legal_end(page, next).unwrap_or(span.last);
            }
        }
        Kind::Person => {
            if let Some(last) = nickname(page, span) {
                span.last = last;
                return;
            }
            let comma = usize::from(page.is_mark(next, ','));
            if matches!(page.low(next + comma), "jr" | "sr" | "ii" | "iii" | "iv")
                && page.token(next + comma).gap == Gap::Space
            {
                span.last = next
                    + comma
                    + usize::from(
                        page.is_mark(next + comma + 1, '.')
                            && page.token(next + comma + 1).gap == Gap::Glued,
                    );
            } else if point && matches!(low, "jr" | "sr") {
                span.last = next;
            }
        }
        // `2367 W. Logan Blvd.`
        Kind::Gpe | Kind::Loc | Kind::Fac
            if point && span.len() > 1 && words::street_short(low) =>
        {
            span.last = next;
        }
        // `GTC Taipei 2026`, `Clean Air Act 1993`.
        Kind::Event | Kind::Product | Kind::WorkOfArt | Kind::Law
            if dates::ends_name(page, next) =>
        {
            span.last = next;
        }
        // `Station 14`, `Pier 6`: the number is part of the name.
        Kind::Loc | Kind::Fac if numbered(page, span.last) => span.last = next,
        Kind::Gpe | Kind::Loc if point => {
            let key = format!("{low} .");
            if span.first == span.last
                && !page.token(span.last).upper
                && gazetteer::class_of(&key).is(gazetteer::Class::STATE_SHORT)
            {
                span.last = next;
            }
        }
        _ => {}
    }
}

/// Whether a number follows that tells a building or a berth from others of its sort.
fn numbered(page: &Page<'_>, last: usize) -> bool {
    let number = page.token(last + 1);
    let short = number.end - number.start <= 3;
    let plain = number.shape == Shape::Number && number.gap == Gap::Space && short;
    let ends = page.token(last + 2).gap > Gap::Glued
        || page.token(last + 2).shape == Shape::Mark && !page.is_mark(last + 2, '%');
    plain
        && ends
        && matches!(
            page.low(last),
            "station"
                | "pier"
                | "quay"
                | "gate"
                | "terminal"
                | "berth"
                | "hall"
                | "hangar"
                | "shaft"
        )
}

fn stopped(page: &Page<'_>, span: &Span) -> bool {
    let first = page.low(span.first);
    if span.len() > 4 || first.len() > 1 && !gazetteer::may_be_stopped(first) {
        return false;
    }
    if span.len() == 1 {
        return gazetteer::stopped(first);
    }
    let mut key = String::new();
    for at in span.first..=span.last {
        if at > span.first && page.token(at).gap > Gap::Glued {
            key.push(' ');
        }
        key.push_str(page.low(at));
    }
    gazetteer::stopped(&key)
}

/// The candidates that stand, in the order of the text: by standing, then by sureness, then by length. Where a network
/// reads, guesses stand only where they are as good as its own; and a longer name that it sees takes the place of the
/// part of it that a form gives away.
pub(super) fn choose(candidates: &[Span], owned: &[bool], networked: bool) -> Vec<Span> {
    let mut seen: Vec<&Span> = candidates
        .iter()
        .filter(|span| span.rank == Rank::Seen)
        .collect();
    seen.sort_by_key(|span| span.first);
    let longer = |span: &Span| {
        let upto = seen.partition_point(|other| other.first <= span.first);
        seen[upto.saturating_sub(3)..upto].iter().any(|other| {
            other.kind == span.kind && other.encloses(span) && other.len() > span.len()
        })
    };
    let mut spoken: Vec<&Span> = candidates
        .iter()
        .filter(|span| {
            span.kind == Kind::Person && span.rank == Rank::Guess && span.score >= SPOKEN
        })
        .collect();
    spoken.sort_by_key(|span| span.first);
    let part_of_spoken = |span: &Span| {
        let upto = spoken.partition_point(|other| other.first <= span.first);
        spoken[upto.saturating_sub(2)..upto]
            .iter()
            .any(|other| other.encloses(span) && other.len() > span.len())
    };
    let mut order: Vec<&Span> = candidates
        .iter()
        .filter(|span| {
            span.kind != Kind::Person || span.rank != Rank::Seen || !part_of_spoken(span)
        })
        .filter(|span| !networked || span.rank >= Rank::Seen || span.score >= GOOD)
        .filter(|span| span.rank != Rank::Sure || !longer(span))
        .collect();
    order.sort_by(|a, b| {
        let standing = b.rank.cmp(&a.rank).then(b.score.total_cmp(&a.score));
        standing
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
    chosen
}

/// The score of a name that the release itself gives in full, as that of a speaker or a contact: a network that saw only
/// a part of it saw too little.
const SPOKEN: f32 = 0.9;

/// The score that a guess must have to stand where a network saw nothing.
const GOOD: f32 = 0.8;
