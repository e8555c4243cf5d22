//! From text to entities: tokenizer, neural networks, patterns, gazetteer, and the resolution of aliases within one
//! release. Pure: text in, entities out.

mod decision;
pub mod layers;
mod model;
pub mod network;

pub use decision::*;
pub use layers::resolve;
pub use model::*;
pub use network::Sighting;

use crate::release::{Release, SectionKind};
use crate::text::{Extent, reads_as_english};

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
    careful: Option<network::Careful>,
    /// The fast network is an imported one: it reads everything.
    imported: bool,
}

impl Recogniser {
    /// A recogniser for this reading. Cheap: no network is decoded yet.
    #[must_use]
    pub fn new(reading: Reading) -> Self {
        Self {
            reading,
            fast: None,
            careful: None,
            imported: false,
        }
    }

    /// A recogniser that reads with an imported network (a model file, as [`network::import`] makes it) in place of the
    /// built-in ones.
    ///
    /// # Errors
    /// Where the file is damaged, or of another network.
    pub fn imported(reading: Reading, model: &[u8]) -> Result<Self, network::ModelError> {
        Ok(Self {
            fast: Some(network::Fast::from_bytes(model)?),
            imported: true,
            ..Self::new(reading)
        })
    }

    /// Its reading.
    #[must_use]
    pub fn reading(&self) -> Reading {
        self.reading
    }

    /// The entities and themes of a release.
    pub fn recognise(&mut self, release: &Release) -> Recognition {
        // The networks read English: of other languages they make names out of words.
        let foreign = !self.imported && is_foreign(release);
        let found = match self.reading {
            Reading::Patterns => Vec::new(),
            Reading::Fast | Reading::Careful if foreign => Vec::new(),
            Reading::Fast | Reading::Careful => self.sight(release),
        };
        layers::resolve(release, &found)
    }

    /// What the network sees in everything that is not furniture; the careful network reads a text's first part and the
    /// fast one the rest. Weights that do not open (a test holds that the built-in ones do) leave patterns and
    /// gazetteer alone.
    fn sight(&mut self, release: &Release) -> Vec<Sighting> {
        let zones: Vec<Extent> = release
            .sections
            .iter()
            .filter(|section| section.kind != SectionKind::Furniture)
            .map(|section| section.extent)
            .collect();
        let (near, far) = match self.reading {
            Reading::Careful if !self.imported => {
                split(&release.text, &zones, network::Careful::REACH)
            }
            _ => (Vec::new(), zones),
        };
        let mut sightings = Vec::new();
        if !near.is_empty() {
            if self.careful.is_none() {
                self.careful = network::Careful::embedded().ok();
            }
            if let Some(careful) = &mut self.careful {
                sightings.extend(careful.read(&release.text, &near));
            }
        }
        if !far.is_empty() {
            if self.fast.is_none() {
                self.fast = network::Fast::embedded().ok();
            }
            if let Some(fast) = &mut self.fast {
                sightings.extend(fast.read(&release.text, &far));
            }
        }
        sightings
    }
}

/// Whether a release is in another language than English. A feed may say so of a text that is not: the text counts.
fn is_foreign(release: &Release) -> bool {
    let said = release.language.as_deref().unwrap_or("en");
    let other = !said
        .get(..2)
        .is_some_and(|code| code.eq_ignore_ascii_case("en"));
    let mut end = release.text.len().min(2000);
    while !release.text.is_char_boundary(end) {
        end -= 1;
    }
    other && !reads_as_english(&release.text[..end])
}

/// The zones up to `reach` bytes of them, and those beyond; the one that lies across is cut at a blank where it has one.
fn split(text: &str, zones: &[Extent], reach: usize) -> (Vec<Extent>, Vec<Extent>) {
    let (mut near, mut far) = (Vec::new(), Vec::new());
    let mut left = reach;
    for &zone in zones {
        if zone.len() <= left {
            left -= zone.len();
            near.push(zone);
            continue;
        }
        let mut cut = zone.start + left;
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let within = text.get(zone.start..cut).unwrap_or("");
        cut = within.rfind([' ', '\n']).map_or(cut, |at| zone.start + at);
        left = 0;
        near.extend((cut > zone.start).then(|| Extent::new(zone.start, cut)));
        far.push(Extent::new(cut, zone.end));
    }
    (near, far)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_split_between_the_networks() {
        let text = "one two three four";
        let zones = [Extent::new(0, 7), Extent::new(8, 18)];
        let (near, far) = split(text, &zones, 14);
        assert_eq!(near, [Extent::new(0, 7), Extent::new(8, 13)]);
        assert_eq!(far, [Extent::new(13, 18)]);
        assert_eq!(split(text, &zones, 99), (zones.to_vec(), Vec::new()));
    }
}
