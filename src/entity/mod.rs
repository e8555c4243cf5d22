//! From text to entities: tokenizer, neural networks, patterns, gazetteer, and the resolution of aliases within one
//! release. Pure: text in, entities out.

mod layers;
mod model;
pub mod network;

pub use model::*;

use crate::release::Release;

/// How much reading a recogniser does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// Patterns and gazetteer alone: what every import gets at once.
    Patterns,
    /// The fast network under them.
    Fast,
    /// The careful network under them: what an opened release gets.
    Careful,
}

/// Reads releases. Owns the networks that its reading needs; they are decoded when first needed.
#[derive(Debug)]
pub struct Recogniser {
    reading: Reading,
}

impl Recogniser {
    /// A recogniser for this reading. Cheap: no network is decoded yet.
    #[must_use]
    pub fn new(reading: Reading) -> Self {
        Self { reading }
    }

    /// Its reading.
    #[must_use]
    pub fn reading(&self) -> Reading {
        self.reading
    }

    /// The entities and themes of a release.
    pub fn recognise(&mut self, release: &Release) -> Recognition {
        let found = match self.reading {
            Reading::Patterns => Vec::new(),
            Reading::Fast | Reading::Careful => Vec::new(), // network::…
        };
        layers::resolve(release, &found)
    }
}
