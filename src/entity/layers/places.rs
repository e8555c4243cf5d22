//! Places: the dateline's, a city with its state or country, a member's party and state (`R-TN`), and the listed ones.
//! A listed name counts where it is written as a name and is not a part of a longer one.

use super::find::{Find, Rank};
use super::gazetteer::{self, Class};
use super::names::{self, Run};
use super::token::{Gap, Page, Shape};
use super::words;
use crate::entity::{Kind, Layer};
use crate::release::Release;

/// A place that stands in capitals everywhere (`PORT RANSOME`, as datelines print it), as sentences write it; nothing
/// where its capitals may be meant (`EMEA`).
pub(super) fn spoken(page: &Page<'_>, kind: Kind, first: usize, last: usize) -> Option<String> {
    if !matches!(kind, Kind::Gpe | Kind::Loc) {
        return None;
    }
    let words = || (first..=last).filter(|&at| page.token(at).shape == Shape::Word);
    let shouted = words().all(|at| page.token(at).upper) && words().next().is_some();
    let listed = |at: usize| gazetteer::class_of(page.low(at)).is(LISTED);
    let plain = |at: usize| page.of(at).len() >= 6 || listed(at);
    if !shouted || !(words().nth(1).is_some() || words().all(plain)) {
        return None;
    }
    let mut name = String::new();
    for at in first..=last {
        let token = page.token(at);
        if at > first && token.gap > Gap::Glued {
            name.push(' ');
        }
        let small = at > first && words::inner(page.low(at));
        let state = at > first && !small && token.end - token.start == 2;
        if token.shape != Shape::Word || state {
            name.push_str(page.of(at));
        } else if small {
            name.push_str(page.low(at));
        } else {
            spell(page.of(at), &mut name);
        }
    }
    Some(name)
}

/// Places of which no acronym has the name.
const LISTED: Class = Class::CITY.or(Class::COUNTRY).or(Class::STATE);

/// Adds a word with its first letter large (`McAllen`, `Winston-Salem`).
fn spell(word: &str, name: &mut String) {
    let scottish = word.len() > 4 && word.starts_with("MC");
    let mut large = true;
    for (at, c) in word.char_indices() {
        large |= scottish && at == 2;
        if large {
            name.push(c);
        } else {
            name.extend(c.to_lowercase());
        }
        large = !c.is_alphanumeric() && !matches!(c, '\'' | '’');
    }
}

/// The kind of a listed place.
pub(super) fn kind_of(class: Class) -> Kind {
    if class.is(Class::REGION) && !class.is(Class::COUNTRY.or(Class::STATE).or(Class::CITY)) {
        Kind::Loc
    } else {
        Kind::Gpe
    }
}

/// The places that the dateline prints.
pub(super) fn dateline(page: &Page<'_>, release: &Release, finds: &mut Vec<Find>) {
    let Some(dateline) = &release.dateline else {
        return;
    };
    let printed = dateline
        .places
        .iter()
        .chain(&dateline.place)
        .chain(&dateline.region);
    for place in printed {
        let inside = dateline.extent.of(page.text);
        for (at, _) in inside.match_indices(place.as_str()) {
            let start = dateline.extent.start + at;
            split(page, start, start + place.len(), finds);
        }
    }
}

/// A printed place may hold its state (`SAN JOSE, Calif.`): each part is a place.
fn split(page: &Page<'_>, start: usize, end: usize, finds: &mut Vec<Find>) {
    let mut at = page.index_at(start);
    let mut first = at;
    let end_at = |at: usize| page.token(at).start >= end || page.token(at).shape == Shape::Nothing;
    loop {
        let comma =
            page.is_mark(at, ',') || page.is_mark(at, '/') || matches!(page.low(at), "and" | "&");
        if comma || end_at(at) {
            if first < at
                && page.token(first).capital
                && !gazetteer::class_of("").is(Class::COUNTRY)
            {
                finds.push(Find::new(
                    page.extent(first, at - 1),
                    Kind::Gpe,
                    Layer::Pattern,
                    Rank::Sure,
                ));
            }
            first = at + 1;
        }
        if end_at(at) {
            return;
        }
        at += 1;
    }
}

/// Listed places and places by their form.
pub(super) fn find(page: &Page<'_>, runs: &[Run], finds: &mut Vec<Find>) {
    let mut scratch = String::new();
    let mut at = 0;
    while at < page.len() {
        if let Some(next) = member(page, at, finds) {
            at = next;
            continue;
        }
        let Some(known) = gazetteer::longest(page, at, &mut scratch) else {
            at += 1;
            continue;
        };
        if let Some(find) = judge(page, at, known) {
            finds.push(find);
        }
        at = known.last + 1;
    }
    with_state(page, runs, finds);
}

/// `(R-TN)`, `D-Calif.`, `Jane Roe D MN` where the stops were lost: the state of a member.
fn member(page: &Page<'_>, at: usize, finds: &mut Vec<Find>) -> Option<usize> {
    if !matches!(page.of(at), "R" | "D" | "I") {
        return None;
    }
    let dashed = page.is_dash(at + 1) && page.token(at + 2).gap == Gap::Glued;
    let spaced = page.token(at + 1).gap == Gap::Space
        && page.token(at + 1).upper
        && page.of(at + 1).len() == 2
        && page.token(at).gap == Gap::Space
        && page.before(at, 1).capital;
    let state = match (dashed, spaced) {
        (true, _) => at + 2,
        (_, true) => at + 1,
        _ => return None,
    };
    let known = gazetteer::longest(page, state, &mut String::new())?;
    if !known.class.is(Class::STATE_SHORT.or(Class::STATE)) {
        return None;
    }
    finds.push(Find::new(
        page.extent(state, known.last),
        Kind::Gpe,
        Layer::Gazetteer,
        Rank::Sure,
    ));
    Some(known.last + 1)
}

/// So many tokens around a label others are looked for: to look through the whole text for each would not be linear.
const LABELS_REACH: usize = 400;

/// Whether the token heads a line of an advisory, beside others of its kind: `WHO:` over `WHAT:` and `WHERE:`.
fn is_label(page: &Page<'_>, first: usize) -> bool {
    let heads = |at: usize| page.token(at).opens && page.is_mark(at + 1, ':');
    page.low(first) == "who"
        && heads(first)
        && (first.saturating_sub(LABELS_REACH)..page.len().min(first + LABELS_REACH))
            .any(|at| matches!(page.low(at), "what" | "when" | "where") && heads(at))
}

fn judge(page: &Page<'_>, first: usize, known: gazetteer::Known) -> Option<Find> {
    let class = known.class;
    let after = known.last + 1;
    let behind_city =
        page.is_mark(first.wrapping_sub(1), ',') || page.is_dash(first.wrapping_sub(1));
    let extent = page.extent(first, known.last);
    let gazetteer = |kind| Some(Find::new(extent, kind, Layer::Gazetteer, Rank::Guess));
    if class.is(Class::WIRE) && !class.is(Class::BODY) {
        return None;
    }
    if class.is(Class::LAW) {
        return gazetteer(Kind::Law).map(|find| find.scored(0.8));
    }
    // `CONTACT US`; `9:00 AM Pacific`.
    let shouted = page.low(first) == "us"
        && page.before(first, 1).upper
        && page.before(first, 1).shape == Shape::Word;
    let clock = matches!(
        page.low_before(first, 1),
        "am" | "pm" | "a.m." | "p.m." | "a.m" | "p.m"
    ) || page.low(after) == "time";
    if shouted || clock {
        return None;
    }
    if is_label(page, first) {
        return None;
    }
    if class.is(Class::BODY) {
        return gazetteer(Kind::Org).map(|find| find.scored(0.7));
    }
    if class.is(Class::PLATFORM) {
        return gazetteer(Kind::Product).map(|find| find.scored(0.7));
    }
    let inside = part_of_name(page, first, known.last);
    if class.is(Class::PEOPLE) {
        return if inside { None } else { gazetteer(Kind::Norp) };
    }
    if class.is(gazetteer::PLACE) {
        let score = if inside { 0.35 } else { 0.8 };
        // A country or state before more capitals is often the first word of a name.
        return gazetteer(kind_of(class)).map(|find| find.scored(score));
    }
    if class.is(Class::STATE_SHORT) {
        return if behind_city {
            gazetteer(Kind::Gpe)
        } else {
            None
        };
    }
    let led = matches!(
        page.low_before(first, 1),
        "in" | "from" | "near" | "at" | "to"
    ) && !inside;
    let state = page.is_mark(after, ',')
        && gazetteer::longest(page, after + 1, &mut String::new()).is_some_and(|state| {
            state
                .class
                .is(Class::STATE.or(Class::STATE_SHORT).or(Class::COUNTRY))
        });
    if led || state {
        gazetteer(Kind::Gpe)
    } else {
        None
    }
}

/// Whether the run around these tokens goes on with other capitalised words.
fn part_of_name(page: &Page<'_>, first: usize, last: usize) -> bool {
    let before = first > 0
        && names::word(page, first - 1)
        && page.token(first).gap == Gap::Space
        && !page.token(first).titled
        && !page.token(first - 1).opens;
    let after = names::word(page, last + 1)
        && page.token(last + 1).gap == Gap::Space
        && !page.token(last).titled;
    before || after
}

/// `Boerne, TX` and `Sydney, Nova Scotia`: a short run before a comma and a state or country is a place.
fn with_state(page: &Page<'_>, runs: &[Run], finds: &mut Vec<Find>) {
    for run in runs {
        if !page.is_mark(run.last + 1, ',')
            || run.len() > 3
            || page.token(run.last + 2).gap > Gap::Space
        {
            continue;
        }
        let Some(known) = gazetteer::longest(page, run.last + 2, &mut String::new()) else {
            continue;
        };
        let short = known.class.is(Class::STATE_SHORT);
        // `Maria Berkman, MD`: a degree behind a person's name.
        let degree = run.len() == 2
            && gazetteer::given(page.of(run.first))
            && matches!(page.of(run.last + 2), "MD" | "PA" | "MA");
        if degree {
            continue;
        }
        if !(short || known.class.is(Class::STATE.or(Class::COUNTRY)))
            || words::organisation(page.low(run.last))
        {
            continue;
        }
        let last_word = page.low(run.last);
        if words::legal_form(last_word) || super::gazetteer::stopped(last_word) {
            continue;
        }
        let score = if short { 0.9 } else { 0.75 };
        let rank = if short && run.len() <= 2 {
            Rank::Sure
        } else {
            Rank::Guess
        };
        finds.push(
            Find::new(
                page.extent(run.first, run.last),
                Kind::Gpe,
                Layer::Pattern,
                rank,
            )
            .scored(score),
        );
        if short {
            finds.push(Find::new(
                page.extent(run.last + 2, known.last),
                Kind::Gpe,
                Layer::Gazetteer,
                Rank::Sure,
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Extent;

    fn said(text: &str) -> Option<String> {
        let page = Page::new(text, &[Extent::new(0, text.len())]);
        spoken(&page, Kind::Gpe, 0, page.len() - 1)
    }

    #[test]
    fn a_datelines_capitals_are_spoken_as_a_sentence_writes_them() {
        for (printed, name) in [
            ("PORT RANSOME", Some("Port Ransome")),
            ("BRIDGEHAVEN", Some("Bridgehaven")),
            ("OSLO", Some("Oslo")),
            ("WINSTON-SALEM", Some("Winston-Salem")),
            ("MCALLEN", Some("McAllen")),
            ("ISLE OF WIGHT", Some("Isle of Wight")),
            ("EMEA", None),
            ("Oslo", None),
        ] {
            assert_eq!(said(printed).as_deref(), name, "{printed}");
        }
    }
}
