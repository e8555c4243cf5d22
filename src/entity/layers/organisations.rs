//! Organisations by form: a legal form behind a name, the issuer's own line, the name before a listing, a boilerplate's
//! heading, and names that end in a noun that only organisations have.

use std::sync::LazyLock;

use super::find::{Find, Rank};
use super::names::{self, Run};
use super::tickers::Listing;
use super::token::{Gap, Page, Shape};
use super::{gazetteer, words};
use crate::entity::{Kind, Layer};
use crate::text::{Extent, WordSet};

/// All organisations that their form gives away.
pub(super) fn find(page: &Page<'_>, runs: &[Run], listings: &[Listing], finds: &mut Vec<Find>) {
    for run in runs {
        legal(page, *run, finds);
        headed(page, *run, finds);
    }
    for listing in listings {
        listed(page, runs, listing, finds);
    }
}

/// Where a run's name starts: behind an article, a sentence's first small word, an honorific.
fn name_start(page: &Page<'_>, run: Run) -> usize {
    let mut first = run.first;
    while first < run.last
        && (page.token(first).opens || first == run.first)
        && opener(page.low(first))
    {
        first += 1;
    }
    first
}

/// Words that open sentences and are no part of a name that follows.
fn opener(low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(&[
            "the",
            "die",
            "der",
            "das",
            "les",
            "a",
            "an",
            "at",
            "in",
            "on",
            "about",
            "for",
            "from",
            "with",
            "by",
            "as",
            "to",
            "of",
            "and",
            "but",
            "when",
            "while",
            "since",
            "today",
            "our",
            "his",
            "her",
            "its",
            "their",
            "this",
            "that",
            "these",
            "after",
            "before",
            "under",
            "through",
            "via",
            "source",
            "contact",
            "visit",
            "both",
            "if",
            "like",
            "unlike",
            "according",
            "founded",
            "additionally",
            "however",
            "meanwhile",
            "prior",
            "previously",
            "join",
            "why",
            "how",
            "what",
            "where",
            "who",
            "all",
            "other",
            "many",
            "every",
        ])
    });
    WORDS.has(low)
}

/// A name with a legal form: `BASF Shanshan Battery Materials Co., Ltd.`.
fn legal(page: &Page<'_>, run: Run, finds: &mut Vec<Find>) {
    let first = name_start(page, run);
    for at in first + 1..=run.last + 1 {
        if page.token(at).gap > Gap::Space {
            return;
        }
        if let Some(end) = names::legal_end(page, at) {
            // A run in a title may hold the verbs before the name.
            if at - first > 6 || page.token(at).titled && at - first > 3 {
                return;
            }
            let first = before_of(page, first);
            finds.push(Find::new(
                page.extent(first, end),
                Kind::Org,
                Layer::Pattern,
                Rank::Sure,
            ));
            return;
        }
    }
}

/// `Bank of America Corp.`: back over `of`.
fn before_of(page: &Page<'_>, first: usize) -> usize {
    let of = first >= 2
        && page.low(first - 1) == "of"
        && page.token(first).gap == Gap::Space
        && page.token(first - 2).capital;
    if of && names::word(page, first - 2) && words::organisation(page.low(first - 2)) {
        first - 2
    } else {
        first
    }
}

/// A name that ends in a noun that organisations have: `Sonoma State University`; or opens with it: `Bank of England`.
fn headed(page: &Page<'_>, run: Run, finds: &mut Vec<Find>) {
    if page.token(run.first).titled {
        return;
    }
    let first = name_start(page, run);
    let head = words::organisation(page.low(run.last)) && page.token(run.last).shape == Shape::Word;
    if head && run.last > first {
        let end = names::joined_end(page, run.last, |low| matches!(low, "of" | "for" | "the"));
        finds.push(
            Find::new(
                page.extent(first, end),
                Kind::Org,
                Layer::Pattern,
                Rank::Guess,
            )
            .scored(0.7),
        );
        return;
    }
    let opens_with =
        words::organisation(page.low(run.last)) && matches!(page.low(run.last + 1), "of" | "for");
    let end = names::joined_end(page, run.last, |low| matches!(low, "of" | "for" | "the"));
    if opens_with && end > run.last {
        finds.push(
            Find::new(
                page.extent(first, end),
                Kind::Org,
                Layer::Pattern,
                Rank::Guess,
            )
            .scored(0.7),
        );
    }
}

/// The run before a listing's bracket is the company's name.
fn listed(page: &Page<'_>, runs: &[Run], listing: &Listing, finds: &mut Vec<Find>) {
    let Some(mut last) = listing.company else {
        return;
    };
    // The legal form and its points belong to the name.
    let whole = last;
    while last > 0
        && (page.is_mark(last, '.')
            || page.is_mark(last, ',')
            || page.is_mark(last, '®')
            || page.is_mark(last, '™'))
    {
        last -= 1;
    }
    let at = runs.partition_point(|run| run.last < last);
    let Some(run) = runs.get(at).filter(|run| run.first <= last) else {
        return;
    };
    let mut run = *run;
    // `Acme, Inc.`: the legal form is a run of its own behind a comma.
    if words::legal_form(page.low(run.first))
        && run.first >= 2
        && page.is_mark(run.first - 1, ',')
        && at > 0
    {
        run.first = runs[at - 1].first;
    }
    let first = name_start(page, run);
    let long = whole - first > 7 || page.token(first).titled && whole - first > 3;
    if !long {
        let end = if page.is_mark(whole, '.') {
            whole
        } else {
            last
        };
        finds.push(Find::new(
            page.extent(first, end),
            Kind::Org,
            Layer::Pattern,
            Rank::Sure,
        ));
    }
}

/// A name that the release gives as its issuer's, wherever it stands.
pub(super) fn issuer(page: &Page<'_>, name: &str, finds: &mut Vec<Find>) {
    let own = Page::new(name, &[Extent::new(0, name.len())]);
    if own.len() == 0 || own.len() > 12 || gazetteer::stopped(&name.to_lowercase()) {
        return;
    }
    let mut end = own.len();
    while end > 1 && (words::legal_form(own.low(end - 1)) || matches!(own.low(end - 1), "." | ","))
    {
        end -= 1;
    }
    let mut at = 0;
    while at < page.len() {
        let matches = page.token(at).capital
            && !page.token(at).masked
            && (0..end).all(|by| page.low(at + by) == own.low(by));
        if matches {
            let last = names::legal_end(page, at + end).unwrap_or(at + end - 1);
            finds.push(
                Find::new(
                    page.extent(at, last),
                    Kind::Org,
                    Layer::Pattern,
                    Rank::Guess,
                )
                .scored(0.85),
            );
            at = last + 1;
        } else {
            at += 1;
        }
    }
}
