//! From vectors to entities: a transition system that takes one action per token (begin, inside, last, unit, outside),
//! always the best-scoring one that keeps the result well-formed. Each action is scored from three vectors: of the token
//! itself, of the open entity's first token, and of the token before.

use rten_simd::{Isa, SimdOp};

use super::tokenizer::Token;
use crate::entity::network::matrix::{Multiplier, Packed, Rows};

/// What an action does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Opens an entity.
    Begin,
    /// Goes on with it.
    Inside,
    /// Closes it.
    Last,
    /// An entity of one token.
    Unit,
    /// No entity.
    Outside,
}

/// One row of the output layer. A label is an index into the pipeline's labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Action {
    /// What it does.
    pub step: Step,
    /// With which label.
    pub label: Option<usize>,
}

/// An entity, as a range of tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    /// First token.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
    /// Index of its label.
    pub label: usize,
    /// Mean probability of the actions that made it.
    pub score: f32,
}

/// The decoder's weights.
#[derive(Debug)]
pub(super) struct Decoder {
    /// Encoder width to hidden width.
    pub reduce: Packed,
    /// Its bias.
    pub reduce_bias: Vec<f32>,
    /// Hidden width to three slots of `pieces · hidden` columns, piece-major.
    pub lower: Packed,
    /// Stands in for slot 1 and for slot 2 where no entity is open.
    pub pad: [Vec<f32>; 2],
    /// Added to the three slots' sum.
    pub bias: Vec<f32>,
    /// Hidden width to actions.
    pub upper: Packed,
    /// The same, one row of `hidden` numbers per action.
    pub upper_rows: Vec<f32>,
    /// Its bias.
    pub upper_bias: Vec<f32>,
    /// Numbers in a hidden vector.
    pub hidden: usize,
    /// Maxout pieces.
    pub pieces: usize,
    /// What each row of the output layer does.
    pub actions: Vec<Action>,
    /// The rows for "inside" and "last" of each label, where the pipeline has both.
    pub goings_on: Vec<Option<(usize, usize)>>,
}

/// What is computed of all tokens before the first action is taken.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// Three slots for each token.
    slots: Vec<f32>,
    /// Scores of all actions for each token, for the case that no entity is open.
    closed: Vec<f32>,
    reduced: Vec<f32>,
    hidden: Vec<f32>,
    block_slots: Vec<f32>,
    block_scores: Vec<f32>,
}

/// An entity under way.
struct Open {
    first: usize,
    label: usize,
    probabilities: f32,
}

/// What is done with a token while no entity is open.
enum Start {
    Nothing,
    Unit(usize, f32),
    Begin(usize, f32),
}

impl Decoder {
    /// Takes in the vectors of the next tokens.
    pub fn prepare(
        &self,
        arithmetic: &Multiplier,
        vectors: &[f32],
        width: usize,
        to: &mut Prepared,
    ) {
        let rows = Rows::of(vectors, width);
        arithmetic.multiply(rows, &self.reduce, Some(&self.reduce_bias), &mut to.reduced);
        let reduced = Rows::of(&to.reduced, self.hidden);
        arithmetic.multiply(reduced, &self.lower, None, &mut to.block_slots);
        to.hidden.resize(rows.count * self.hidden, 0.0);
        Closed {
            decoder: self,
            slots: &to.block_slots,
            out: &mut to.hidden,
        }
        .dispatch();
        let hidden = Rows::of(&to.hidden, self.hidden);
        arithmetic.multiply(
            hidden,
            &self.upper,
            Some(&self.upper_bias),
            &mut to.block_scores,
        );
        to.slots.extend_from_slice(&to.block_slots);
        to.closed.extend_from_slice(&to.block_scores);
    }

    /// The entities.
    pub fn decode(&self, tokens: &[Token], prepared: &Prepared) -> Vec<Found> {
        let mut found = Vec::new();
        let mut open: Option<Open> = None;
        let mut hidden = vec![0.0; self.hidden];
        for (at, token) in tokens.iter().enumerate() {
            let is_last = at + 1 == tokens.len();
            if let Some(under_way) = &mut open {
                self.hidden_open(prepared, at, under_way.first, &mut hidden);
                let (ends, probability) = self.go_on(&hidden, under_way.label, is_last);
                under_way.probabilities += probability;
                if ends {
                    found.push(under_way.close(at + 1));
                    open = None;
                }
                continue;
            }
            let actions = self.actions.len();
            let scores = &prepared.closed[at * actions..(at + 1) * actions];
            let begin = |label, probabilities| Open {
                first: at,
                label,
                probabilities,
            };
            match self.start(scores, token.is_space, is_last) {
                Start::Nothing => {}
                Start::Unit(label, probability) => {
                    found.push(begin(label, probability).close(at + 1));
                }
                Start::Begin(label, probability) => open = Some(begin(label, probability)),
            }
        }
        found
    }

    /// The best action where no entity is open, and its probability among those that are allowed.
    fn start(&self, scores: &[f32], is_space: bool, is_last: bool) -> Start {
        let valid = |action: &Action| match action.step {
            Step::Outside => true,
            Step::Begin => !is_last && !is_space && self.can_go_on(action.label),
            Step::Unit => !is_space && action.label.is_some(),
            Step::Inside | Step::Last => false,
        };
        let rows = || (0..scores.len()).filter(|&row| valid(&self.actions[row]));
        let better = |best, row| {
            if scores[row] > scores[best] {
                row
            } else {
                best
            }
        };
        let Some(best) = rows().reduce(better) else {
            return Start::Nothing;
        };
        let probability = || {
            let total: f32 = rows().map(|row| (scores[row] - scores[best]).exp()).sum();
            1.0 / total
        };
        match self.actions[best] {
            Action {
                step: Step::Unit,
                label: Some(label),
            } => Start::Unit(label, probability()),
            Action {
                step: Step::Begin,
                label: Some(label),
            } => Start::Begin(label, probability()),
            _ => Start::Nothing,
        }
    }

    fn can_go_on(&self, label: Option<usize>) -> bool {
        label.is_some_and(|label| self.goings_on[label].is_some())
    }

    /// Whether the open entity ends with this token, and the probability of that choice.
    fn go_on(&self, hidden: &[f32], label: usize, is_last: bool) -> (bool, f32) {
        let Some((inside, last)) = self.goings_on[label] else {
            return (true, 1.0);
        };
        if is_last {
            return (true, 1.0);
        }
        let (inside, last) = (self.score(hidden, inside), self.score(hidden, last));
        let ends = last > inside;
        let margin = (last - inside).abs();
        (ends, 1.0 / (1.0 + (-margin).exp()))
    }

    fn score(&self, hidden: &[f32], action: usize) -> f32 {
        let row = &self.upper_rows[action * self.hidden..(action + 1) * self.hidden];
        let product: f32 = row.iter().zip(hidden).map(|(w, h)| w * h).sum();
        product + self.upper_bias[action]
    }

    /// The hidden vector of token `at` while an entity that began at `first` is open.
    fn hidden_open(&self, prepared: &Prepared, at: usize, first: usize, out: &mut [f32]) {
        let size = self.hidden * self.pieces;
        let slot = |token: usize, slot: usize| &prepared.slots[(token * 3 + slot) * size..][..size];
        let before = at.saturating_sub(1);
        let (own, start, previous) = (slot(at, 0), slot(first, 1), slot(before, 2));
        for (o, out) in out.iter_mut().enumerate() {
            let sum = |piece: usize| {
                let i = piece * self.hidden + o;
                own[i] + start[i] + previous[i] + self.bias[i]
            };
            *out = (1..self.pieces).map(sum).fold(sum(0), f32::max);
        }
    }
}

impl Open {
    fn close(&self, end: usize) -> Found {
        Found {
            first: self.first,
            end,
            label: self.label,
            score: self.probabilities / (end - self.first) as f32,
        }
    }
}

/// Hidden vectors for the case that no entity is open.
struct Closed<'a> {
    decoder: &'a Decoder,
    slots: &'a [f32],
    out: &'a mut [f32],
}

impl SimdOp for Closed<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _isa: I) {
        let Decoder {
            hidden,
            pieces,
            pad,
            bias,
            ..
        } = self.decoder;
        let size = hidden * pieces;
        let rows = self.slots.chunks_exact(3 * size);
        for (slots, out) in rows.zip(self.out.chunks_exact_mut(*hidden)) {
            for piece in 0..*pieces {
                let at = piece * hidden..(piece + 1) * hidden;
                let own = &slots[at.clone()];
                let (one, two) = (&pad[0][at.clone()], &pad[1][at.clone()]);
                let bias = &bias[at];
                for (o, out) in out.iter_mut().enumerate() {
                    let value = own[o] + one[o] + two[o] + bias[o];
                    *out = if piece == 0 || value > *out {
                        value
                    } else {
                        *out
                    };
                }
            }
        }
    }
}
