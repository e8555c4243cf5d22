//! The neural networks: the fast one (spaCy's transition-based recogniser over a convolutional encoder, written anew
//! after its specification) and the careful one (a small transformer). Text in, spans out; what is right about a
//! release as a whole is the business of the layers above.

mod bytes;
mod careful;
mod container;
mod error;
mod fast;
mod hash;
mod import;
mod matrix;
mod tables;

pub use careful::Careful;
pub use error::ModelError;
pub use fast::{Fast, Parsed};
pub use import::{Pipeline, import};

use crate::entity::Kind;
use crate::text::Extent;

/// The part `network` of a model file that holds the fast network.
const FAST: &[u8] = b"fast";
/// The part `network` of a model file that holds the careful network.
const CAREFUL: &[u8] = b"careful";

/// What tells the built-in weights from others: it changes when they do.
#[must_use]
pub fn built_in() -> String {
    format!(
        "built-in {} {}",
        fingerprint(fast::WEIGHTS),
        fingerprint(careful::WEIGHTS)
    )
}

/// What tells a model file from others: its length and a checksum over parts that lie spread over it, so that no start
/// waits for reading all of it.
#[must_use]
pub fn fingerprint(model: &[u8]) -> String {
    const PARTS: usize = 256;
    const LENGTH: usize = 32;
    let step = (model.len() / PARTS).max(1);
    let mut sampled = Vec::with_capacity(PARTS * LENGTH);
    for part in model.chunks(step) {
        sampled.extend_from_slice(&part[..part.len().min(LENGTH)]);
    }
    format!("{}-{:016x}", model.len(), hash::murmur64(&sampled, 1))
}

/// What a network sees in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sighting {
    /// Where.
    pub extent: Extent,
    /// What kind.
    pub kind: Kind,
    /// How sure, 0 to 1 (the mean of its tokens' probabilities).
    pub score: f32,
    /// The kind that it would be otherwise, and how likely that is; `None` where the network does not say.
    pub rival: Option<(Kind, f32)>,
}

/// The kind that a model's label names; `None` for labels of foreign schemes.
fn kind_of(label: &str) -> Option<Kind> {
    Some(match label {
        "PERSON" | "PER" => Kind::Person,
        "ORG" => Kind::Org,
        "GPE" => Kind::Gpe,
        "LOC" => Kind::Loc,
        "NORP" => Kind::Norp,
        "FAC" => Kind::Fac,
        "MONEY" => Kind::Money,
        "PERCENT" => Kind::Percent,
        "DATE" => Kind::Date,
        "TIME" => Kind::Time,
        "QUANTITY" => Kind::Quantity,
        "PRODUCT" => Kind::Product,
        "EVENT" => Kind::Event,
        "LAW" => Kind::Law,
        "WORK_OF_ART" => Kind::WorkOfArt,
        "LANGUAGE" => Kind::Language,
        "ORDINAL" => Kind::Ordinal,
        "CARDINAL" => Kind::Cardinal,
        _ => return None,
    })
}

/// The zones in order, those that touch or are parted by white space alone made one; what does not lie on `text` is left
/// out.
fn joined(text: &str, zones: &[Extent]) -> Vec<Extent> {
    let mut sorted: Vec<Extent> = zones.to_vec();
    sorted.retain(|zone| !zone.of(text).is_empty());
    sorted.sort_unstable();
    let mut joined: Vec<Extent> = Vec::new();
    for zone in sorted {
        match joined.last_mut() {
            Some(last) if zone.start <= last.end => last.end = last.end.max(zone.end),
            Some(last) if text[last.end..zone.start].trim().is_empty() => last.end = zone.end,
            _ => joined.push(zone),
        }
    }
    joined
}

/// One thread of its own for the arithmetic: within it the matrix products run without handing work around, and no core
/// is taken beyond the one that reads. Where no thread can be had, the work runs in place.
#[derive(Debug)]
struct Pool(Option<rayon_core::ThreadPool>);

impl Pool {
    fn new() -> Self {
        let pool = rayon_core::ThreadPoolBuilder::new()
            .num_threads(1)
            .thread_name(|_| "network".to_owned())
            .build();
        Self(pool.ok())
    }

    fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.0 {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_tell_models_apart() {
        let (one, mut other) = (vec![7_u8; 10_000], vec![7_u8; 10_000]);
        assert_eq!(fingerprint(&one), fingerprint(&other));
        other[5_000..5_040].fill(8);
        assert_ne!(fingerprint(&one), fingerprint(&other));
        assert!(built_in().starts_with("built-in "));
    }

    #[test]
    fn zones_join_over_white_space() {
        let text = "one\n\ntwo xx three";
        let zones = [(5, 8), (0, 3), (12, 17), (90, 99), (6, 7)].map(|(s, e)| Extent::new(s, e));
        assert_eq!(
            joined(text, &zones),
            [Extent::new(0, 8), Extent::new(12, 17)]
        );
    }
}
