//! The ballot on headings that lost the line break after them, with one blank left in its place
//! (`Why Rates Fell Traditional lenders look …`) or nothing (`Healthier WorkspacesCarpeted floors can …`): for each
//! place among the first words of a line, what speaks for a heading before it and a sentence from it on. What each sign
//! is worth was learnt from releases whose headings stood on lines of their own (`weights`). It refuses to be sure: who
//! asks knows what other headings the text has.

mod features;
mod line;
mod middle;
mod weights;

use super::contact_words::is_field_label;
use super::glue::{HUMPS, humps};
use super::junction::is_name_prefix;
use super::token::{ADDRESS, CAPITAL, DIGIT, Gap, HUMP, OPENS, STOP, Tokens};
use super::words::{
    is_combining_form, is_finite, is_pointer, is_word, may_open_sentence, opens_sentence,
};
use features::{FEATURES, Heading, Touch};
use line::{ENDS, Line};
use middle::MIDDLE;
use weights::WEIGHTS;

/// The most words a heading may have.
const LONGEST: usize = 14;

/// A place where a heading may end and its sentence begin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Split {
    /// The token that opens the sentence, or in which the two touch.
    pub token: usize,
    /// Where in the text the sentence opens.
    pub at: usize,
    /// Whether the two touch.
    pub touches: bool,
    /// What speaks for it.
    pub weight: f32,
}

/// The place for which most speaks in the line, or the part of one, that opens at `from`: a token and a place in it.
pub(super) fn best(tokens: &Tokens<'_>, from: (usize, usize)) -> Option<Split> {
    weighed(tokens, from, false, &WEIGHTS)
}

/// The place for which most speaks behind a sentence that ends in the middle of a line, before token `first`.
pub(super) fn best_inside(tokens: &Tokens<'_>, first: usize) -> Option<Split> {
    let from = || (first, tokens.extent(first).start);
    may_hold(tokens, first)
        .then(|| weighed(tokens, from(), true, &MIDDLE))
        .flatten()
}

/// The place for which most speaks by these weights, where the two are apart and where they touch.
fn weighed(
    tokens: &Tokens<'_>,
    from: (usize, usize),
    inside: bool,
    weights: &[[f32; FEATURES]; 2],
) -> Option<Split> {
    let mut best: Option<Split> = None;
    visit(tokens, from, inside, |split, row| {
        let weight = weigh(row, &weights[usize::from(split.touches)]);
        if best.is_none_or(|best| weight > best.weight) {
            best = Some(Split { weight, ..split });
        }
    });
    best
}

/// The sum of the weights of the signs that are there, in four lanes: one addition need not wait for the last.
fn weigh(row: &[bool; FEATURES], weights: &[f32; FEATURES]) -> f32 {
    const LANES: usize = 4;
    const { assert!(FEATURES.is_multiple_of(LANES)) };
    let mut lanes = [0.0; LANES];
    for (signs, weights) in row.chunks_exact(LANES).zip(weights.chunks_exact(LANES)) {
        for lane in 0..LANES {
            // A mask, not a choice: signs come and go, and no branch foretells them.
            let mask = u32::from(signs[lane]).wrapping_neg();
            lanes[lane] += f32::from_bits(weights[lane].to_bits() & mask);
        }
    }
    lanes.iter().sum()
}

/// Signs as numbers.
fn numbers(row: &[bool; FEATURES]) -> Vec<f32> {
    row.iter().map(|sign| f32::from(u8::from(*sign))).collect()
}

/// The places that a line offers, with their signs: what `weights` are learnt from.
pub(super) fn rows(tokens: &Tokens<'_>, from: (usize, usize)) -> Vec<(Split, Vec<f32>)> {
    let mut found = Vec::new();
    visit(tokens, from, false, |split, row| {
        found.push((split, numbers(row)))
    });
    found
}

/// The places behind a sentence that ends in the middle of a line: what `middle` is learnt from.
pub(super) fn rows_inside(tokens: &Tokens<'_>, first: usize) -> Vec<(Split, Vec<f32>)> {
    let mut found = Vec::new();
    if may_hold(tokens, first) {
        let from = (first, tokens.extent(first).start);
        visit(tokens, from, true, |split, row| {
            found.push((split, numbers(row)))
        });
    }
    found
}

/// Whether what begins with token `first` can be a heading in the middle of a line: behind its second word comes one
/// that a sentence can open with, or a place where two words touch, and nothing before it makes a clause.
fn may_hold(tokens: &Tokens<'_>, first: usize) -> bool {
    for number in 0..LONGEST {
        let at = first + number;
        let Some(token) = tokens.all.get(at) else {
            return false;
        };
        if number > 0 && token.gap != Gap::Blank {
            return false;
        }
        let word = tokens.word(at);
        let capital = token.signs & CAPITAL != 0;
        if number == 0 && !may_open(word) {
            return false;
        }
        if number > 1 && (capital || !word.starts_with(|c: char| c.is_ascii_lowercase()))
            || token.signs & HUMP != 0
        {
            return true;
        }
        if word.ends_with([',', ';']) || number > 0 && is_finite(word) || tokens.ends_sentence(at) {
            return false;
        }
    }
    false
}

/// Tells `see` of each place where a heading that opens at `from` may end, and of its signs.
/// `inside` says that it opens in the middle of a line: there it has two words or more, and no finite verb, and no comma.
fn visit(
    tokens: &Tokens<'_>,
    from: (usize, usize),
    inside: bool,
    mut see: impl FnMut(Split, &[bool; FEATURES]),
) {
    let (first, start) = from;
    let opening = tokens.text[start..tokens.extent(first).end.max(start)]
        .trim_start_matches(['“', '"', '‘', '\'', '#']);
    if !opening.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return;
    }
    let mut line = Line::open(tokens, from);
    // Most lines offer no place: their words are looked at more closely only before one.
    let mut heading = Heading::default();
    for number in 0..LONGEST {
        line.read(number + 2);
        let Some(word) = line.words.get(number).copied() else {
            return;
        };
        if may_touch(&line, number) {
            let places: Vec<usize> = places(word.whole).collect();
            if !places.is_empty() {
                line.read_ahead();
                heading.read(&line, number);
                touching(&line, number, &places, &heading, inside, &mut see);
            }
        }
        let Some(next) = line
            .words
            .get(number + 1)
            .filter(|next| next.gap == Gap::Blank)
        else {
            return;
        };
        if word.is(ENDS) || inside && word.makes_clause() {
            return;
        }
        // `I` has its capital wherever it stands.
        if inside && (number == 0 || next.bare == "I") {
            continue;
        }
        if may_open(next.whole) && may_end(word.whole) {
            line.read_ahead();
            heading.read(&line, number + 1);
            if heading.is_torn() {
                continue;
            }
            let token = first + number + 1;
            let split = Split {
                token,
                at: tokens.extent(token).start,
                touches: false,
                weight: 0.0,
            };
            see(split, &heading.row(&line, number + 1, None));
        }
    }
}

/// Whether a heading may touch its sentence inside word `number` of the line, as far as the word's signs tell.
fn may_touch(line: &Line<'_, '_>, number: usize) -> bool {
    let signs = line.tokens.all[line.first + number].signs;
    signs & (HUMP | STOP | DIGIT | OPENS) != 0
        && signs & ADDRESS == 0
        && !line.whole(number).starts_with(['#', '@'])
}

/// Tells `see` of the `places` inside word `number` of the line where a heading may touch its sentence. `heading` has
/// read the words before it.
fn touching(
    line: &Line<'_, '_>,
    number: usize,
    places: &[usize],
    heading: &Heading,
    inside: bool,
    see: &mut impl FnMut(Split, &[bool; FEATURES]),
) {
    let token = line.first + number;
    let word = line.whole(number);
    for (order, left) in places.iter().copied().enumerate() {
        let ends = word[..left].trim_end_matches(['?', '!']);
        let last = &ends[ends.trim_end_matches(char::is_alphanumeric).len()..];
        if !may_end(ends) || is_combining_form(last) {
            continue;
        }
        let cut = line.cut(number, left);
        let mut heading = heading.clone();
        heading.read(&cut, number + 1);
        if heading.is_torn()
            || inside && !outweighs_brand(&heading, &word[..left], cut.bare(number + 1))
        {
            continue;
        }
        let split = Split {
            token,
            at: line.tokens.extent(token).start.max(line.start) + left,
            touches: true,
            weight: 0.0,
        };
        let touch = touch(line, word, left, order + 1 < places.len());
        see(split, &heading.row(&cut, number + 1, Some(&touch)));
    }
}

/// Whether two words that touch in the middle of a line can be the end of a heading and a sentence rather than a brand in
/// camel case (`Large owners like SilverCard`): the second opens sentences, or the first ends a title of some length.
fn outweighs_brand(heading: &Heading, before: &str, behind: &str) -> bool {
    let run = &before[before.trim_end_matches(char::is_alphanumeric).len()..];
    !is_name_prefix(run)
        && (opens_sentence(behind) || may_open_sentence(behind) || heading.is_long_title())
}

/// So many letters of a word are looked at: no two words that touch have more.
const MOST_LETTERS: usize = 48;

/// Where in a word a capital, or a quotation mark before one, touches what a heading can end with.
fn places(word: &str) -> impl Iterator<Item = usize> + '_ {
    let chars: Vec<(usize, char)> = word.char_indices().take(MOST_LETTERS).collect();
    (2..chars.len()).filter_map(move |number| {
        let (before, (at, c)) = (chars[number - 1].1, chars[number]);
        let next = chars.get(number + 1).map(|(_, c)| *c);
        let opens =
            c.is_uppercase() || matches!(c, '“' | '"') && next.is_some_and(char::is_uppercase);
        let ends = before.is_lowercase()
            || before.is_ascii_digit()
            || matches!(before, ')' | '?' | '!' | '”' | '™' | '®' | '%')
            || before.is_uppercase() && next.is_none_or(char::is_lowercase);
        (opens && ends).then_some(at)
    })
}

/// What is seen where `word` is cut behind `left` bytes.
fn touch(line: &Line<'_, '_>, word: &str, left: usize, rest: bool) -> Touch {
    let tokens = line.tokens;
    let (before, behind) = word.split_at(left);
    let mark = |c: char| !c.is_alphanumeric();
    let run = before.trim_end_matches(mark);
    let run = &run[run.trim_end_matches(char::is_alphanumeric).len()..];
    let goes = behind.trim_start_matches(mark);
    let goes = &goes[..goes.find(mark).unwrap_or(goes.len())];
    let joined = [run, goes].concat();
    let last = before.chars().next_back();
    let own = u32::from(last.is_some_and(char::is_alphanumeric));
    // `StakingFarmInvestors` where the text has `StakingFarm`: the farm is not cut in two.
    let (starts, ends) = (humps(run, 0, run.len()), humps(goes, 0, goes.len()));
    let named = |from: usize, to: usize| {
        let name = [&run[from..], &goes[..to]].concat();
        let whole = from == 0 && to == goes.len();
        tokens.count(&name) > if whole { own } else { 0 } || tokens.count(&name.to_lowercase()) > 0
    };
    let ends: Vec<usize> = ends.iter().skip(1).copied().chain([goes.len()]).collect();
    let meant = starts
        .iter()
        .rev()
        .take(HUMPS)
        .any(|from| ends.iter().take(HUMPS).any(|to| named(*from, *to)));
    Touch {
        meant: own > 0 && meant || is_field_label(&joined),
        joined: is_word(&joined),
        inside: run.chars().skip(1).any(char::is_uppercase) && run.chars().any(char::is_lowercase),
        marked: last.is_some_and(mark),
        digit: last.is_some_and(|c| c.is_ascii_digit()),
        capital: last.is_some_and(char::is_uppercase),
        short: run.chars().count() < 3 || goes.chars().count() < 2,
        rest,
        known: tokens.knows(run),
    }
}

/// Whether a heading can end with `word`, by its marks and by what it is.
fn may_end(word: &str) -> bool {
    let ends = match word.as_bytes().last() {
        Some(b's') => !word.ends_with("’s") && !word.ends_with("'s"),
        Some(last) if last.is_ascii() => {
            last.is_ascii_alphanumeric() || matches!(last, b')' | b'"' | b'%')
        }
        _ => word.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '”' | '™' | '®')),
    };
    ends && !is_pointer(word)
}

/// Whether a sentence can open with `word`, by its letters.
fn may_open(word: &str) -> bool {
    let bare = word.trim_start_matches(['“', '"', '‘', '\'', '(', '$']);
    bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::release::{RepairKind, repair};

    /// The headings parted in a release of these paragraphs.
    fn headings(paragraphs: &[&str]) -> Vec<String> {
        let text = format!(
            "Harbour Pumps Opens a Plant\n\nLEEDS, May 3, 2024 -- The plant in Leeds makes pumps for homes and for \
             farms, and it has done so for many years. It will now make them for boats.\n\n{}\n",
            paragraphs.join("\n\n")
        );
        let repaired = repair(&text, &[], &[]);
        let ends = repaired
            .repairs
            .iter()
            .filter(|repair| repair.kind == RepairKind::Heading);
        ends.map(|repair| {
            let before = &repaired.text[..repair.extent.start];
            before.rsplit('\n').next().unwrap_or(before).to_owned()
        })
        .collect()
    }

    #[test]
    fn headings_of_one_shape_are_parted_together() {
        let found = headings(&[
            "Smaller pumps for smaller homes Many owners hope that a pump will be cheap, and that it will last.",
            "Working with the people next door Engineers at the plant talk to the farms around it every week.",
            "What Most Buyers Still Want Nobody at the plant has said yet how many pumps it will need.",
        ]);
        assert_eq!(
            found,
            [
                "Smaller pumps for smaller homes",
                "Working with the people next door",
                "What Most Buyers Still Want",
            ]
        );
    }

    #[test]
    fn sentences_that_open_with_names_and_titles_stay() {
        let found = headings(&[
            "Chief Engineer Jane Roe said that the plant will need more people than it has now.",
            "The Harbour Pumps Board of Directors In Leeds voted for the plan on Monday, and it will begin in May.",
            "While the National Pump Council has no view, Leeds City Council is glad of the plant.",
            "Customers who buy a Harbour Fox before June will have a second one for less.",
            "Prior to joining Harbour Pumps, Roe was with the county and with two banks.",
            "Families interested in learning more about Harbour Pumps may call the plant.",
            "The “Working Farms Programme” of the county pays for half of a pump.",
        ]);
        assert!(found.is_empty(), "{found:?}");
    }

    /// The lines of a text in whose middle `line` stands.
    fn lines(line: &str) -> Vec<String> {
        let text = format!(
            "The plant in Leeds makes pumps for homes and for farms, and has done so for years.\n\n{line}\n\n\
             The plant is large, and it makes many pumps for the farms around it."
        );
        let repaired = repair(&text, &[], &[]);
        let lines = repaired.text.lines().filter(|line| !line.is_empty());
        lines.skip(1).map(str::to_owned).collect()
    }

    #[test]
    fn titles_are_parted_from_their_sentences() {
        for (line, title) in [
            (
                "Answering Growing Demand for Healthier WorkspacesCarpeted floors can trap dust in summer.",
                "Answering Growing Demand for Healthier Workspaces",
            ),
            (
                "Meet the Winning RecipientsDr. Jane Roe, of the Harbour Centre, works on small pumps.",
                "Meet the Winning Recipients",
            ),
            (
                "The Harbour PresaleCurrently, half of the tickets of the season are sold for less.",
                "The Harbour Presale",
            ),
            (
                "The Challenge of Bridging Homes and DeWatThe world's water leaves people out of it.",
                "The Challenge of Bridging Homes and DeWat",
            ),
            (
                "Introducing Harbour FoxHarbour Fox is a pump for homes that are small.",
                "Introducing Harbour Fox",
            ),
        ] {
            assert_eq!(lines(line)[0], title, "{line}");
        }
    }

    #[test]
    fn brands_before_their_verbs_stay() {
        for line in [
            "Leading Payments House SilverCard announced a plan for its pumps in May.",
            "Harbour Group and LightNode are building a pump for the farms of the county.",
            "The Board of BlackHarbour said that it would go on with its pumps.",
            "Certified through InterPUMP® and the Pump Makers Association, Harbour Pumps meets the highest standards.",
        ] {
            assert_eq!(lines(line)[0], line);
        }
    }
}
