//! The neural networks: the fast one (spaCy's transition-based recogniser over a convolutional encoder, written anew
//! after its specification) and the careful one (a small transformer). Text in, spans out; what is right about a
//! release as a whole is the business of the layers above.

use crate::entity::Kind;
use crate::text::Extent;

/// What a network sees in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sighting {
    /// Where.
    pub extent: Extent,
    /// What kind.
    pub kind: Kind,
    /// How sure, 0 to 1 (the mean of its tokens' probabilities, where the network gives them; else 1).
    pub score: f32,
}
