//! People by form: a title before the name, an office behind it, a given name at its start, the speaker of a quotation,
//! the contact. The title is no part of the name.

use super::find::{Find, Rank};
use super::names::{self, Run};
use super::token::{Gap, Page, Shape};
use super::{gazetteer, words};
use crate::entity::{Kind, Layer};
use crate::release::{Release, is_common_word};
use crate::text::Extent;

/// All people that their form or their part in the release gives away.
pub(super) fn find(page: &Page<'_>, runs: &[Run], release: &Release, finds: &mut Vec<Find>) {
    let language = release.language.as_deref().and_then(|said| said.get(..2));
    let language = language.unwrap_or("en");
    for run in runs {
        if let Some(find) = judge(page, *run) {
            finds.push(find);
        } else if matches!(language, "de" | "fr")
            && let Some(find) = behind_office(page, *run, language)
        {
            finds.push(find);
        }
    }
    let named = release
        .quotes
        .iter()
        .filter_map(|quote| quote.speaker.as_ref());
    let called = release
        .contacts
        .iter()
        .filter_map(|contact| contact.name.as_ref());
    for name in named.clone().chain(called.clone()) {
        everywhere(page, runs, name, finds);
    }
    in_ideographs(page, named.chain(called).map(|name| &**name), finds);
}

/// Where the person's name lies in a run, if the run holds one.
fn judge(page: &Page<'_>, run: Run) -> Option<Find> {
    let mut first = run.first;
    let mut titled = false;
    while first < run.last && words::strict_honorific(page.low(first)) {
        titled = true;
        first += 1;
        first += usize::from(page.is_mark(first, '.'));
    }
    if first == run.first && run.first >= 1 {
        let point =
            usize::from(page.is_mark(first - 1, '.') && page.token(first - 1).gap == Gap::Glued);
        let title = page.low_before(first, 1 + point);
        titled =
            point == 1 && words::strict_honorific(title) && page.token(first).gap == Gap::Space
                || point == 0
                    && words::honorific(title)
                    && page.token(first).gap == Gap::Space
                    && page.before(first, 1).capital;
    }
    let last = person_end(page, first, run.last);
    let length = last + 1 - first;
    // `Gen Z` is no general.
    let letter = length == 1 && page.of(first).chars().nth(1).is_none();
    // `As COO, Byrnes …`, `Visit Our Blog`.
    let grammar = (first..=last).any(|at| {
        let low = page.low(at);
        (at == first || matches!(low, "our" | "your" | "my")) && words::function(low)
            || at == first && words::foreign_article(low)
    });
    if letter || grammar {
        return None;
    }
    if length > 4 || organisational(page, first, run.last) || page.token(first).titled && !titled {
        return None;
    }
    let given = gazetteer::given(page.of(first));
    let weak = gazetteer::given_weak(page.of(first));
    let office = page.is_mark(last + 1, ',') && words::office(page.low(last + 2));
    let says = words::saying(page.low(last + 1))
        || words::saying(page.low_before(first, 1)) && quoted(page, first);
    let score = match (titled, given, weak, length) {
        (true, ..) => 0.8,
        (_, true, _, 2..=4) => 0.75,
        (_, _, true, 2..=4) if office || says => 0.75,
        (_, _, _, 2..=3) if office && says => 0.75,
        (_, _, _, 2..=3) if office || says => 0.6,
        _ => return None,
    };
    Some(
        Find::new(
            page.extent(first, last),
            Kind::Person,
            Layer::Pattern,
            Rank::Guess,
        )
        .scored(score),
    )
}

/// The person behind an office in German or French: `Sachsens Wirtschaftsminister Falk Roh`, `la ministre Anne Roh`.
fn behind_office(page: &Page<'_>, run: Run, language: &str) -> Option<Find> {
    let office = |at: &usize| words::office_before(page.low(*at), language);
    let first = match (run.first..run.last).rev().find(office) {
        Some(at) => at + 1,
        // A small word stands before the run.
        None => {
            let before = run.first.checked_sub(1).filter(office)?;
            let near = page.token(run.first).gap == Gap::Space && !page.token(before).capital;
            near.then_some(run.first)?
        }
    };
    let last = person_end(page, first, run.last);
    let length = last + 1 - first;
    let plain = (first..=last).all(|at| {
        matches!(page.token(at).shape, Shape::Word | Shape::Initial) && !page.token(at).upper
    });
    // An office alone may be that of a place: `Oberbürgermeister Leipzig`.
    let place = length == 1 && gazetteer::class_of(page.low(first)).is(gazetteer::PLACE);
    if length > 4 || !plain || place || organisational(page, first, run.last) {
        return None;
    }
    let extent = page.extent(first, last);
    Some(Find::new(extent, Kind::Person, Layer::Pattern, Rank::Guess).scored(0.8))
}

/// Whether a quotation closes shortly before token `at`.
fn quoted(page: &Page<'_>, at: usize) -> bool {
    (1..4).any(|back| {
        matches!(
            at.checked_sub(back).map_or("", |at| page.of(at)),
            "”" | "\"" | "’’" | "»" | "“"
        )
    })
}

/// The last token of the person's name: generational suffixes belong to it, particles join.
fn person_end(page: &Page<'_>, first: usize, last: usize) -> usize {
    let end = names::joined_end(page, last, words::particle);
    let mut end = if end - first <= 4 { end } else { last };
    let comma = usize::from(page.is_mark(end + 1, ','));
    if matches!(page.low(end + 1 + comma), "jr" | "sr") {
        end += 1 + comma;
    }
    end
}

fn organisational(page: &Page<'_>, first: usize, last: usize) -> bool {
    (first..=last).any(|at| {
        let low = page.low(at);
        words::organisation(low)
            || words::place(low)
            || words::event(low)
            || words::law(low)
            || words::product(low)
            || page.is_mark(at, '&')
            || page.token(at).shape == Shape::Number
    }) || names::legal_end(page, last + 1).is_some()
        || words::legal_form(page.low(last))
}

/// A full name of a speaker or contact, wherever it stands.
fn everywhere(page: &Page<'_>, runs: &[Run], name: &str, finds: &mut Vec<Find>) {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    if !(2..=5).contains(&words.len())
        || !name
            .chars()
            .all(|c| c.is_alphabetic() || " .-'’".contains(c))
    {
        return;
    }
    // A label of a page, taken for a contact's name (`Visit Our Blog`): ordinary words all, and no given name.
    let given = name.split_whitespace().next().is_some_and(gazetteer::given);
    if !given && words.iter().all(|word| is_common_word(word)) {
        return;
    }
    let squeezed: String = words.concat().replace('’', "'");
    // German writes offices with capitals, so that a name need not open its run (`Geschäftsführerin Jana Roh`).
    for run in runs {
        let found = (run.first..=run.last)
            .find_map(|first| Some((first, spelt(page, first, run.last, &squeezed)?)));
        if let Some((first, last)) = found {
            finds.push(
                Find::new(
                    page.extent(first, last),
                    Kind::Person,
                    Layer::Pattern,
                    Rank::Guess,
                )
                .scored(0.9),
            );
        }
    }
}

/// More speakers than this are not looked for.
const MOST: usize = 64;

/// Speakers and contacts whose names are written without spaces, wherever they stand: each character is a token.
fn in_ideographs<'n>(page: &Page<'_>, names: impl Iterator<Item = &'n str>, finds: &mut Vec<Find>) {
    let mut sought: Vec<Vec<&str>> = Vec::new();
    for name in names.filter(|name| !name.is_ascii()) {
        let characters: Vec<&str> = name.split("").filter(|c| !c.is_empty()).take(6).collect();
        let short = (2..=5).contains(&characters.len());
        if short && sought.len() < MOST && !sought.contains(&characters) {
            sought.push(characters);
        }
    }
    if sought.is_empty() {
        return;
    }
    for first in 0..page.len() {
        if page.token(first).shape != Shape::Ideograph {
            continue;
        }
        let spelt = |name: &&Vec<&str>| {
            name.iter().enumerate().all(|(step, character)| {
                let token = page.token(first + step);
                token.shape == Shape::Ideograph
                    && page.of(first + step) == *character
                    && (step == 0 || token.gap == Gap::Glued)
            })
        };
        if let Some(name) = sought.iter().find(spelt) {
            let extent = page.extent(first, first + name.len() - 1);
            finds.push(Find::new(extent, Kind::Person, Layer::Pattern, Rank::Guess).scored(0.9));
        }
    }
}

/// The token with which the words from `first` on, put together in small letters, have spelt `squeezed`.
fn spelt(page: &Page<'_>, first: usize, last: usize, squeezed: &str) -> Option<usize> {
    let mut rest = squeezed;
    for at in first..=last {
        rest = rest.strip_prefix(page.low(at))?;
        if rest.is_empty() {
            return Some(at);
        }
    }
    None
}

/// The names of a sighting of a person, where a text that lost its stops runs several into one (`Roe Doe`, `Jane Roe R`);
/// of another kind, the sighting as it is. `lost` are the blanks where a stop was lost, in order.
pub(super) fn apart(text: &str, lost: &[usize], extent: Extent, kind: Kind) -> Vec<Extent> {
    let from = lost.partition_point(|at| *at < extent.start);
    let inside = lost[from..].iter().take_while(|at| **at < extent.end);
    if kind != Kind::Person || inside.clone().next().is_none() {
        return vec![extent];
    }
    let mut names: Vec<Extent> = Vec::new();
    let mut after_initial = false;
    let mut start = extent.start;
    for end in inside.copied().chain([extent.end]) {
        let piece = Extent::new(start, end);
        start = end + 1;
        match names.last_mut() {
            // `Joseph I Roe`: an initial without its stop.
            Some(last) if after_initial && piece.len() > 2 => *last = Extent::new(last.start, end),
            _ => names.push(piece),
        }
        let words = piece.of(text);
        let last = words.rsplit(' ').next().unwrap_or(words);
        after_initial = last.len() == 1 && words.len() > 1;
    }
    // What is left of a party and a state is no name.
    names.retain(|name| name.len() > 2);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_ran_together_come_apart() {
        for (raw, names) in [
            ("Roe  Doe  Poe", vec!["Roe", "Doe", "Poe"]),
            ("Jane Roe  R", vec!["Jane Roe"]),
            ("ME  Jane Roe", vec!["Jane Roe"]),
            ("Jane I  Roe", vec!["Jane I Roe"]),
            ("Jane Roe", vec!["Jane Roe"]),
        ] {
            let pieces = raw.split("  ");
            let lost: Vec<usize> = pieces
                .scan(0, |end, piece| {
                    *end += piece.len() + 1;
                    Some(*end - 1)
                })
                .collect();
            let text = raw.replace("  ", " ");
            let whole = Extent::new(0, text.len());
            let parts = apart(&text, &lost, whole, Kind::Person);
            let parts: Vec<&str> = parts.iter().map(|part| part.of(&text)).collect();
            assert_eq!(parts, names);
            assert_eq!(apart(&text, &lost, whole, Kind::Org), [whole]);
        }
    }
}
