//! From text to entities: tokenizer, neural networks, patterns, gazetteer, and the resolution of aliases within one
//! release. Pure: text in, entities out.

pub mod layers;
mod model;
pub mod network;

pub use layers::resolve;
pub use model::*;
pub use network::Sighting;

use crate::release::{Release, SectionKind};
use crate::text::Extent;

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
    fast: Option<network::Fast>,
}

impl Recogniser {
    /// A recogniser for this reading. Cheap: no network is decoded yet.
    #[must_use]
    pub fn new(reading: Reading) -> Self {
        Self {
            reading,
            fast: None,
        }
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
            Reading::Fast | Reading::Careful => self.sight(release),
        };
        layers::resolve(release, &found)
    }

    /// What the network sees in everything that is not furniture. Weights that do not open (a test holds that the
    /// built-in ones do) leave patterns and gazetteer alone.
    fn sight(&mut self, release: &Release) -> Vec<network::Sighting> {
        if self.fast.is_none() {
            self.fast = network::Fast::embedded().ok();
        }
        let zones: Vec<Extent> = release
            .sections
            .iter()
            .filter(|section| section.kind != SectionKind::Furniture)
            .map(|section| section.extent)
            .collect();
        let zones = if zones.is_empty() {
            vec![Extent::new(0, release.text.len())]
        } else {
            zones
        };
        match &mut self.fast {
            Some(fast) => fast.read(&release.text, &zones),
            None => Vec::new(),
        }
    }
}
