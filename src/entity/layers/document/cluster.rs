//! Which wordings name one thing: a person's surname or first name, a firm with and without its legal form or its last
//! words, an acronym in brackets behind the full name or made of its initials.

use super::super::gazetteer;
use super::super::token::{Gap, Page, Shape};
use super::super::words;
use super::folded;
use super::table::Row;
use crate::entity::Kind;
use foldhash::{HashMap, HashMapExt as _};

/// Joins rows: sets each row's `parent`.
pub(super) fn join(page: &Page<'_>, rows: &mut [Row<'_>]) {
    let order = by_length(rows);
    bracketed(page, rows);
    legal_forms(rows);
    surnames(page, rows, &order);
    prefixes(rows, &order);
    acronyms(rows);
    derived(rows);
    standard_names(rows);
}

/// `U.S.` and `United States`, `Calif.` and `California`: forms that everybody knows for one.
fn standard_names(rows: &mut [Row<'_>]) {
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    let mut shortest_last: Vec<usize> = (0..rows.len())
        .filter(|&at| rows[at].parent == at && !rows[at].spans.is_empty())
        .collect();
    shortest_last.sort_by_key(|&at| std::cmp::Reverse(rows[at].tokens.len()));
    for at in shortest_last {
        let name = rows[at]
            .kind()
            .and_then(|kind| gazetteer::standard_of_all(&rows[at].tokens, kind));
        let Some(name) = name else {
            continue;
        };
        let full = *by_name.entry(name).or_insert(at);
        unite(rows, at, full);
    }
}

/// Forms that follow from a full name and were not joined by anything else join it.
fn derived(rows: &mut [Row<'_>]) {
    for at in 0..rows.len() {
        if let Some(full) = rows[at]
            .derived
            .filter(|_| rows[at].parent == at && !rows[at].spans.is_empty())
        {
            unite(rows, at, full);
        }
    }
}

fn by_length(rows: &[Row<'_>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&at| {
        (
            std::cmp::Reverse(rows[at].tokens.len()),
            rows[at].spans.first().map_or(usize::MAX, |span| span.first),
        )
    });
    order
}

fn root(rows: &[Row<'_>], mut at: usize) -> usize {
    while rows[at].parent != at {
        at = rows[at].parent;
    }
    at
}

fn unite(rows: &mut [Row<'_>], short: usize, full: usize) {
    let (short, full) = (root(rows, short), root(rows, full));
    if short != full {
        rows[short].parent = full;
    }
}

/// `Asian Development Bank (ADB)`.
fn bracketed(page: &Page<'_>, rows: &mut [Row<'_>]) {
    let opens = |row: &Row<'_>| {
        row.spans
            .iter()
            .any(|span| page.is_mark(span.last + 1, '('))
    };
    if !rows.iter().any(opens) {
        return;
    }
    let mut by_first: HashMap<usize, usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        for span in &row.spans {
            by_first.insert(span.first, at);
        }
    }
    for full in 0..rows.len() {
        let short = rows[full].spans.iter().find_map(|span| {
            let open = span.last + 1;
            if !page.is_mark(open, '(') {
                return None;
            }
            let inner = open + 1 + usize::from(matches!(page.of(open + 1), "“" | "\"" | "‘"));
            let short = *by_first.get(&inner)?;
            let inner_span = rows[short]
                .spans
                .iter()
                .find(|inner_span| inner_span.first == inner)?;
            let close = inner_span.last
                + 1
                + usize::from(matches!(page.of(inner_span.last + 1), "”" | "\"" | "’"));
            page.is_mark(close, ')').then_some(short)
        });
        if let Some(short) =
            short.filter(|&short| abbreviates(&rows[short].tokens, &rows[full].tokens))
        {
            unite(rows, short, full);
        }
    }
}

/// Whether a short form can stand for a full name: its letters are initials, or it is a part of the name.
pub(super) fn abbreviates(short: &[&str], full: &[&str]) -> bool {
    if short.len() == 1 && initials(full).iter().any(|initials| *initials == short[0]) {
        return true;
    }
    if short.len() < full.len() && full.windows(short.len()).any(|part| part == short) {
        return true;
    }
    // Letters in order, as in `Nasdaq Stock Market (NSM)` or `Intuitive Machines (LUNR)` not.
    short.len() == 1 && {
        let name: String = full.concat();
        let mut rest = name.chars();
        let starts = short[0].chars().next() == name.chars().next();
        starts
            && short[0]
                .chars()
                .filter(|c| c.is_alphanumeric())
                .all(|c| rest.any(|other| other == c))
    }
}

/// The initials of a name, with and without its small words and legal form.
fn initials(full: &[&str]) -> Vec<String> {
    let of = |small: bool, legal: bool| -> String {
        full.iter()
            .filter(|token| token.chars().next().is_some_and(char::is_alphanumeric))
            .filter(|token| small || !words::inner(token))
            .filter(|token| legal || !words::legal_form(token))
            .filter_map(|token| token.chars().next())
            .collect()
    };
    vec![
        of(false, false),
        of(true, false),
        of(false, true),
        of(true, true),
    ]
}

/// A firm's name without its legal form.
pub(super) fn bare<'r, 'p>(tokens: &'r [&'p str]) -> &'r [&'p str] {
    let mut end = tokens.len();
    while end > 1 && (words::legal_form(tokens[end - 1]) || matches!(tokens[end - 1], "." | ",")) {
        end -= 1;
    }
    &tokens[..end]
}

fn legal_forms(rows: &mut [Row<'_>]) {
    let mut by_bare: HashMap<&[&str], usize> = HashMap::with_capacity(rows.len());
    let mut pairs = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let other = *by_bare.entry(bare(&row.tokens)).or_insert(at);
        if other == at {
            continue;
        }
        pairs.push(if row.tokens.len() >= rows[other].tokens.len() {
            (other, at)
        } else {
            (at, other)
        });
    }
    for (short, full) in pairs {
        unite(rows, short, full);
    }
}

fn is_person(row: &Row<'_>) -> bool {
    row.kind() == Some(Kind::Person)
}

/// Surnames and first names join the full name that they stand in; a word in two names joins the one named last
/// before it.
fn surnames(page: &Page<'_>, rows: &mut [Row<'_>], order: &[usize]) {
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    for &at in order {
        if is_person(&rows[at]) && rows[at].tokens.len() > 1 {
            for &token in &rows[at].tokens {
                if token.chars().count() > 1 {
                    by_word.entry(token).or_default().push(at);
                }
            }
        }
    }
    for &at in order.iter().rev() {
        let row = &rows[at];
        let plain = row.tokens.len() <= 3 && (is_person(row) || row.tokens.len() == 1);
        if !plain {
            continue;
        }
        let Some(full) = by_word
            .get(row.tokens.last().copied().unwrap_or_default())
            .and_then(|full| best_full(page, rows, at, full))
        else {
            continue;
        };
        if is_place(&rows[at]) {
            // The list's word for a city says nothing of the person.
            rows[at].votes.clear();
        }
        unite(rows, at, full);
    }
}

fn is_place(row: &Row<'_>) -> bool {
    row.kind()
        .is_some_and(|kind| matches!(folded(kind), Kind::Gpe | Kind::Norp))
}

/// The full name that a short one belongs to.
fn best_full(page: &Page<'_>, rows: &[Row<'_>], short: usize, full: &[usize]) -> Option<usize> {
    let row = &rows[short];
    let first_place = row.spans.first()?.first;
    let fits = |candidate: &usize| {
        let tokens = &rows[*candidate].tokens;
        *candidate != short
            && tokens.len() > row.tokens.len()
            && (row.tokens.iter().all(|token| tokens.contains(token)))
    };
    // A firm may bear its founder's name: then a longer name of it begins with the same word.
    let word = &row.tokens[0];
    let firm = !is_person(row)
        && rows
            .iter()
            .any(|other| other.tokens.len() > 1 && other.tokens[0] == *word && !is_person(other));
    let place = is_place(row);
    // `Gordon Lathrop … Lathrop approved`: a listed city, and here no one is in it.
    let surname = place
        && full.iter().any(|candidate| {
            let named = &rows[*candidate];
            named.tokens.last() == row.tokens.last()
                && named
                    .spans
                    .first()
                    .is_some_and(|span| span.first < first_place)
        })
        && row.spans.iter().all(|span| !placed(page, span));
    let other_kind = firm || place && !surname;
    if other_kind {
        return None;
    }
    let surname_first = |candidate: &usize| rows[*candidate].tokens.last() == row.tokens.last();
    full.iter()
        .copied()
        .filter(|candidate| fits(candidate))
        .max_by_key(|candidate| {
            let before = rows[*candidate]
                .spans
                .iter()
                .map(|span| span.first)
                .filter(|first| *first < first_place)
                .max();
            (
                surname_first(candidate),
                before.is_some(),
                before.unwrap_or(0),
                rows[*candidate].spans.len(),
            )
        })
}

/// Whether a name stands as places do: behind a preposition of place, before its state, as the first part of a longer
/// name, or where a dateline and an address put it.
fn placed(page: &Page<'_>, span: &super::spans::Span) -> bool {
    let before = page.low_before(span.first, 1);
    let next = span.last + 1;
    let behind = matches!(
        before,
        "in" | "at"
            | "near"
            | "from"
            | "to"
            | "of"
            | "across"
            | "around"
            | "outside"
            | "throughout"
            | "into"
            | "through"
            | "the"
            | "/"
            | "-"
            | "–"
            | "—"
    );
    // Among others of its sort, and not the one of whom a sentence goes on to speak (`In May, Lathrop approved`).
    let goes_on = page.token(next).shape == Shape::Word && !page.token(next).capital;
    let listed = page.is_mark(next, ',') && page.token(next + 1).capital
        || before == "," && (!goes_on || matches!(page.low(next), "and" | "or"));
    let longer = page.token(next).capital && page.token(next).gap == Gap::Space;
    behind || listed || longer || page.token(span.first).upper
}

/// A name that is the beginning of exactly one longer name: `Kensington Vanguard` of `Kensington Vanguard National`.
fn prefixes(rows: &mut [Row<'_>], order: &[usize]) {
    let names: Vec<Vec<&str>> = rows.iter().map(|row| bare(&row.tokens).to_vec()).collect();
    let mut by_prefix: HashMap<&[&str], Vec<usize>> = HashMap::with_capacity(rows.len());
    for &at in order {
        let name = &names[at];
        for length in 1..name.len().min(6) {
            by_prefix.entry(&name[..length]).or_default().push(at);
        }
    }
    for &at in order {
        let kind = rows[at].kind();
        if !matches!(
            kind,
            Some(Kind::Org | Kind::Product | Kind::Event | Kind::Law)
        ) || rows[at].parent != at
        {
            continue;
        }
        let Some(longer) = by_prefix.get(names[at].as_slice()) else {
            continue;
        };
        let same: Vec<usize> = longer
            .iter()
            .copied()
            .filter(|&other| {
                rows[other].kind().map(folded) == kind.map(folded) && root(rows, other) != at
            })
            .collect();
        let mut roots: Vec<usize> = same.iter().map(|&other| root(rows, other)).collect();
        roots.sort_unstable();
        roots.dedup();
        if let [only] = roots.as_slice() {
            unite(rows, at, *only);
        }
    }
}

/// Acronyms that stand for exactly one full name, without brackets too.
fn acronyms(rows: &mut [Row<'_>]) {
    let mut by_initials: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        if row.tokens.len() >= 3 {
            let mut all = initials(&row.tokens);
            all.sort();
            all.dedup();
            for initials in all {
                by_initials.entry(initials).or_default().push(at);
            }
        }
    }
    for at in 0..rows.len() {
        if rows[at].tokens.len() != 1 || rows[at].parent != at || rows[at].tokens[0].len() < 3 {
            continue;
        }
        let Some(full) = by_initials.get(rows[at].tokens[0]) else {
            continue;
        };
        let mut roots: Vec<usize> = full.iter().map(|&full| root(rows, full)).collect();
        roots.sort_unstable();
        roots.dedup();
        if let [only] = roots.as_slice() {
            unite(rows, at, *only);
        }
    }
}
