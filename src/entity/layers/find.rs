//! What one rule of one layer finds, before the document as a whole is asked: a place, a kind, and how much it weighs.

use crate::entity::{Kind, Layer, Value};
use crate::text::Extent;

/// How a find stands against others that overlap it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Taken only where nothing else is known.
    Guess,
    /// What a network sees.
    Seen,
    /// The form itself proves it; overrules a network.
    Sure,
}

/// A find.
#[derive(Clone, Debug)]
pub(super) struct Find {
    /// Where.
    pub extent: Extent,
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
    /// A figure's, date's or symbol's value.
    pub value: Option<Value>,
}

impl Find {
    /// A find whose score follows from its rank.
    pub fn new(extent: Extent, kind: Kind, from: Layer, rank: Rank) -> Self {
        let score = match rank {
            Rank::Guess => 0.6,
            Rank::Seen => 0.8,
            Rank::Sure => 0.97,
        };
        Self {
            extent,
            kind,
            from,
            rank,
            score,
            rival: None,
            value: None,
        }
    }

    /// This find with a value.
    pub fn with_value(mut self, value: Option<Value>) -> Self {
        self.value = value;
        self
    }

    /// This find with another score.
    pub fn scored(mut self, score: f32) -> Self {
        self.score = score;
        self
    }
}
