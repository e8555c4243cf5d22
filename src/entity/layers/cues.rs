//! Which kind a name's words and neighbours speak for: a linear model over words (`assets/gazetteer/cues.txt`, made by
//! `assets/gazetteer/tools/train_cues.py`, which says how). It gives a tendency, which the document sums over all places
//! of a name; it refuses to say whether something is a name at all.

use std::sync::LazyLock;

use super::document::Span;
use super::gazetteer;
use super::token::{Gap, Page, Shape};
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

static CUES: LazyLock<HashMap<&'static str, [i16; 6]>> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/gazetteer/cues.txt").lines();
    lines
        .filter_map(|line| {
            let (feature, weights) = line.split_once('\t')?;
            let mut row = [0; 6];
            for (slot, weight) in row.iter_mut().zip(weights.split(' ')) {
                *slot = weight.parse().ok()?;
            }
            Some((feature, row))
        })
        .collect()
});

/// The log-probabilities of the kinds for the name at `span`.
pub(super) fn tendency(page: &Page<'_>, span: &Span) -> Tendency {
    let mut sum = Sum {
        total: [0; 6],
        feature: String::new(),
    };
    let words: Vec<&str> = (span.first..=span.last).map(|at| word(page, at)).collect();
    for word in &words {
        sum.add("w:", &[word]);
    }
    let last = *words.last().unwrap_or(&"");
    sum.add("f:", &words[..1]);
    sum.add("l:", &[last]);
    around(page, span, &mut sum);
    sum.add(
        "s:",
        &[shape(page.extent(span.first, span.last).of(page.text))],
    );
    let length = ["1", "2", "3", "4"][words.len().clamp(1, 4) - 1];
    sum.add("k:", &[length]);
    let cut = last.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    sum.add("x:", &[&last[cut..]]);
    let first = page.of(span.first);
    if gazetteer::given(first) {
        sum.add("g:given", &[length]);
    } else if gazetteer::given_weak(first) {
        sum.add("g:weak", &[length]);
    }
    if gazetteer::class_of(&words.join(" ")).is(gazetteer::PLACE) {
        sum.add("g:", &["place"]);
    }
    sum.logs()
}

/// The two tokens before and the two behind.
fn around(page: &Page<'_>, span: &Span, sum: &mut Sum) {
    let line = |at: usize| page.token(at).gap >= Gap::Line;
    let back = |by: usize| {
        span.first
            .checked_sub(by)
            .map_or("\\n", |at| word(page, at))
    };
    let (first, second) = if line(span.first) {
        ("\\n", back(1))
    } else {
        (
            back(1),
            if span.first > 0 && line(span.first - 1) {
                "\\n"
            } else {
                back(2)
            },
        )
    };
    sum.add("p:", &[first]);
    sum.add("q:", &[second, " ", first]);
    let next = span.last + 1;
    let (first, second) = if line(next) {
        ("\\n", word(page, next))
    } else {
        (
            word(page, next),
            if line(next + 1) {
                "\\n"
            } else {
                word(page, next + 1)
            },
        )
    };
    sum.add("n:", &[first]);
    sum.add("m:", &[first, " ", second]);
}

/// A token as the model knows it: numbers are all one.
fn word<'p>(page: &'p Page<'_>, at: usize) -> &'p str {
    match page.token(at).shape {
        Shape::Number => "0",
        Shape::Nothing => "\\n",
        _ => page.low(at),
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
    feature: String,
}

impl Sum {
    fn add(&mut self, class: &str, parts: &[&str]) {
        self.feature.clear();
        self.feature.push_str(class);
        parts.iter().for_each(|part| self.feature.push_str(part));
        if let Some(weights) = CUES.get(self.feature.as_str()) {
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
