//! Which kind a name's words and neighbours speak for: a linear model over words (`assets/gazetteer/cues.txt`, made by
//! `assets/gazetteer/tools/train_cues.py`, which says how). It gives a tendency, which the document sums over all places
//! of a name; it refuses to say whether something is a name at all.

use std::sync::LazyLock;

use super::document::Span;
use super::gazetteer;
use super::token::{Gap, Page, Shape, hash};
use crate::entity::Kind;
use foldhash::HashMap;

/// The kinds that the model tells apart, places and works folded.
pub(super) const KINDS: [Kind; 6] = [
    Kind::Person,
    Kind::Org,
    Kind::Gpe,
    Kind::Product,
    Kind::Event,
    Kind::Law,
];

/// Log-probabilities in the order of [`KINDS`].
pub(super) type Tendency = [f32; 6];

/// The weights of each feature, by its [`key`].
static CUES: LazyLock<HashMap<u64, [i16; 6]>> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/gazetteer/cues.txt").lines();
    lines
        .filter_map(|line| {
            let (feature, weights) = line.split_once('\t')?;
            let (class, what) = feature.split_at(feature.find(':')? + 1);
            let mut row = [0; 6];
            for (slot, weight) in row.iter_mut().zip(weights.split(' ')) {
                *slot = weight.parse().ok()?;
            }
            let pair = matches!(class, "q:" | "m:");
            let key = match what.split_once(' ').filter(|_| pair) {
                Some((first, second)) => key(class, &[hash(first), hash(second)]),
                None => key(class, &[hash(what)]),
            };
            Some((key, row))
        })
        .collect()
});

/// The number of a feature: of its class, and of the hashes of its one or two words.
fn key(class: &str, words: &[u64]) -> u64 {
    let class = class.bytes().fold(0, |sum, b| sum << 8 | u64::from(b));
    words.iter().fold(class, |sum, word| {
        (sum.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    })
}

/// The log-probabilities of the kinds for the name at `span`.
pub(super) fn tendency(page: &Page<'_>, span: &Span) -> Tendency {
    let mut sum = Sum { total: [0; 6] };
    for at in span.first..=span.last {
        sum.add("w:", &[word(page, at)]);
    }
    sum.add("f:", &[word(page, span.first)]);
    sum.add("l:", &[word(page, span.last)]);
    around(page, span, &mut sum);
    let shape = shape(page.extent(span.first, span.last).of(page.text));
    sum.add("s:", &[hash(shape)]);
    let length = hash(["1", "2", "3", "4"][span.len().clamp(1, 4) - 1]);
    sum.add("k:", &[length]);
    let last = printed(page, span.last);
    let cut = last.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    sum.add("x:", &[hash(&last[cut..])]);
    let first = page.of(span.first);
    if gazetteer::given(first) {
        sum.add(
            "g:",
            &[hash(
                ["given1", "given2", "given3", "given4"][span.len().clamp(1, 4) - 1],
            )],
        );
    } else if gazetteer::given_weak(first) {
        sum.add(
            "g:",
            &[hash(
                ["weak1", "weak2", "weak3", "weak4"][span.len().clamp(1, 4) - 1],
            )],
        );
    }
    let class = if span.len() == 1 {
        gazetteer::class_of(last)
    } else {
        let all = (span.first..=span.last).map(|at| printed(page, at));
        gazetteer::class_of_all(&all.collect::<Vec<&str>>())
    };
    if class.is(gazetteer::PLACE) {
        sum.add("g:", &[hash("place")]);
    }
    sum.logs()
}

/// The two tokens before and the two behind.
fn around(page: &Page<'_>, span: &Span, sum: &mut Sum) {
    let line = |at: usize| page.token(at).gap >= Gap::Line;
    let end = || hash(END);
    let back = |by: usize| {
        span.first
            .checked_sub(by)
            .map_or_else(end, |at| word(page, at))
    };
    let (first, second) = if line(span.first) {
        (end(), back(1))
    } else if span.first > 0 && line(span.first - 1) {
        (back(1), end())
    } else {
        (back(1), back(2))
    };
    sum.add("p:", &[first]);
    sum.add("q:", &[second, first]);
    let next = span.last + 1;
    let (first, second) = if line(next) {
        (end(), word(page, next))
    } else if line(next + 1) {
        (word(page, next), end())
    } else {
        (word(page, next), word(page, next + 1))
    };
    sum.add("n:", &[first]);
    sum.add("m:", &[first, second]);
}

/// What the model calls the end of a line or of the text.
const END: &str = "\\n";

/// A token as the model knows it: numbers are all one.
fn printed<'p>(page: &'p Page<'_>, at: usize) -> &'p str {
    match page.token(at).shape {
        Shape::Number => "0",
        Shape::Nothing => END,
        _ => page.low(at),
    }
}

/// The hash of [`printed`].
fn word(page: &Page<'_>, at: usize) -> u64 {
    match page.token(at).shape {
        Shape::Number | Shape::Nothing => hash(printed(page, at)),
        _ => page.hash(at),
    }
}

fn shape(name: &str) -> &'static str {
    let mut letters = 0;
    let mut small = 0;
    let mut digit = false;
    let mut hump = false;
    let mut inside = false;
    for c in name.chars() {
        letters += usize::from(c.is_alphabetic());
        small += usize::from(c.is_alphabetic() && !c.is_uppercase());
        digit |= c.is_numeric();
        hump |= inside && c.is_uppercase();
        inside = !c.is_whitespace();
    }
    if digit {
        "digit"
    } else if letters > 1 && small == 0 {
        "upper"
    } else if hump {
        "camel"
    } else if name.starts_with(char::is_uppercase) {
        "title"
    } else {
        "lower"
    }
}

struct Sum {
    total: [i32; 6],
}

impl Sum {
    fn add(&mut self, class: &str, words: &[u64]) {
        if let Some(weights) = CUES.get(&key(class, words)) {
            self.total
                .iter_mut()
                .zip(weights)
                .for_each(|(sum, weight)| *sum += i32::from(*weight));
        }
    }

    fn logs(&self) -> Tendency {
        let scores = self.total.map(|weight| weight as f32 / 100.0);
        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let all = scores
            .iter()
            .map(|score| (score - top).exp())
            .sum::<f32>()
            .ln()
            + top;
        scores.map(|score| score - all)
    }
}
