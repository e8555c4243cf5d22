//! The fast network: spaCy's English recogniser (tokenizer, hashed embeddings, convolutional encoder, transition
//! decoder), written anew so that it gives the same tokens and entities as spaCy does with the same weights. It reads a
//! whole import at once; the careful network reads better and takes twenty times as long.

mod affix;
mod decoder;
mod encoder;
mod tokenizer;
mod url;
mod weights;

use super::container::Container;
use super::matrix::Multiplier;
use super::{ModelError, Pool, Sighting, joined, kind_of};
use crate::text::Extent;
use decoder::{Decoder, Prepared};
use encoder::Encoder;
pub(super) use tokenizer::Exception;
use tokenizer::Tokenizer;

pub(super) static WEIGHTS: &[u8] = include_bytes!("../../../../assets/ner/fast.model");
/// Texts are read in stretches of about so many bytes, so that memory stays bounded whatever comes.
const STRETCH: usize = 64 * 1024;

/// The fast network, its weights decoded (about 30 MB with its caches full). Not shared: each worker owns one.
#[derive(Debug)]
pub struct Fast {
    labels: Vec<String>,
    tokenizer: Tokenizer,
    encoder: Encoder,
    decoder: Decoder,
    arithmetic: Multiplier,
    pool: Pool,
}

/// All that the network makes of one text, for comparison with spaCy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The tokens.
    pub tokens: Vec<Extent>,
    /// The entities with the labels that the model gives them.
    pub entities: Vec<(Extent, String)>,
}

impl Fast {
    /// The network with the built-in weights.
    ///
    /// # Errors
    /// None that a test would not have found.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::from_bytes(WEIGHTS)
    }

    /// The network of a model file, as an import writes it.
    ///
    /// # Errors
    /// Where the file is damaged, of another version, or of another network.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let file = Container::open(bytes)?;
        weights::check_kind(&file)?;
        let arithmetic = Multiplier;
        let labels = weights::labels(&file)?;
        let encoder = weights::encoder(&file, &arithmetic)?;
        Ok(Self {
            tokenizer: weights::tokenizer(&file)?,
            decoder: weights::decoder(&file, &arithmetic, encoder.width, labels.len())?,
            encoder,
            arithmetic,
            labels,
            pool: Pool::new(),
        })
    }

    /// What it sees in the zones of `text`. Zones that only white space parts are read as one text, others each by
    /// itself. Labels that are no [`Kind`](crate::entity::Kind) are passed over.
    pub fn read(&mut self, text: &str, zones: &[Extent]) -> Vec<Sighting> {
        let mut sightings = Vec::new();
        for zone in joined(text, zones) {
            for stretch in stretches(text, zone) {
                self.read_stretch(stretch.of(text), stretch.start, &mut sightings);
            }
        }
        sightings
    }

    fn read_stretch(&mut self, text: &str, shift: usize, sightings: &mut Vec<Sighting>) {
        let tokens = self.tokenizer.tokens(text);
        for found in self.entities(&tokens) {
            let Some(kind) = kind_of(&self.labels[found.label]) else {
                continue;
            };
            let end = tokens[found.first..found.end]
                .iter()
                .rfind(|token| !token.is_space)
                .map_or(tokens[found.first].extent.end, |token| token.extent.end);
            let extent = Extent::new(tokens[found.first].extent.start, end);
            sightings.push(Sighting {
                extent: extent.shifted(shift),
                kind,
                score: found.score,
                rival: None,
            });
        }
    }

    /// The whole of `text` as one document, as spaCy gives it.
    #[must_use]
    pub fn parse(&mut self, text: &str) -> Parsed {
        let tokens = self.tokenizer.tokens(text);
        let entities = self
            .entities(&tokens)
            .into_iter()
            .map(|found| {
                let (first, last) = (tokens[found.first].extent, tokens[found.end - 1].extent);
                let label = self.labels[found.label].clone();
                (Extent::new(first.start, last.end), label)
            })
            .collect();
        let tokens = tokens.into_iter().map(|token| token.extent).collect();
        Parsed { tokens, entities }
    }

    fn entities(&mut self, tokens: &[tokenizer::Token]) -> Vec<decoder::Found> {
        let Self {
            encoder,
            decoder,
            arithmetic,
            pool,
            ..
        } = self;
        pool.run(|| {
            let mut prepared = Prepared::default();
            let width = encoder.width;
            encoder.encode(arithmetic, tokens, |vectors| {
                decoder.prepare(arithmetic, vectors, width, &mut prepared);
            });
            decoder.decode(tokens, &prepared)
        })
    }
}

/// Cuts a zone into stretches, at the last paragraph's, line's or word's end that fits.
fn stretches(text: &str, zone: Extent) -> Vec<Extent> {
    let mut found = Vec::new();
    let mut start = zone.start;
    while zone.end - start > STRETCH {
        let mut end = start + STRETCH;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let stretch = &text[start..end];
        let cut = ["\n\n", "\n", " "]
            .iter()
            .find_map(|blank| stretch.rfind(blank).map(|at| at + blank.len()))
            .unwrap_or(stretch.len());
        found.push(Extent::new(start, start + cut));
        start += cut;
    }
    found.push(Extent::new(start, zone.end));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_cover_a_zone_and_end_with_words() {
        let text = "word ".repeat(60_000);
        let zone = Extent::new(2, text.len() - 3);
        let found = stretches(&text, zone);
        assert!(found.len() > 4);
        assert_eq!(found[0].start, zone.start);
        assert_eq!(found[found.len() - 1].end, zone.end);
        assert!(found.windows(2).all(|w| w[0].end == w[1].start));
        assert!(
            found
                .iter()
                .rev()
                .skip(1)
                .all(|e| e.of(&text).ends_with(' '))
        );
        let solid = "ü".repeat(100_000);
        let found = stretches(&solid, Extent::new(0, solid.len()));
        assert!(found.iter().all(|e| !e.of(&solid).is_empty()));
    }
}
