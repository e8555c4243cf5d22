//! The careful network: a small transformer (MiniLM, fine-tuned on releases read by hand) that tags every word. It reads
//! better than the fast network and takes twenty times as long: it is for the release that is open.

mod encoder;
mod linear;
mod look;
mod tags;
mod wordpiece;

use super::bytes::Cursor;
use super::container::Container;
use super::tables::{CharSet, Tables};
use super::{CAREFUL, ModelError, Pool, Sighting, joined, kind_of};
use crate::entity::Kind;
use crate::text::Extent;
use encoder::{Encoder, Input};
use wordpiece::{Pieces, WordPiece};

pub(super) static WEIGHTS: &[u8] = include_bytes!("../../../../assets/ner/careful.model");
/// What stands around a window, as rows of the vocabulary.
const START: Input = Input {
    id: 101,
    look: 0,
    gap: 0,
};
const END: Input = Input {
    id: 102,
    look: 0,
    gap: 0,
};
/// Pieces in a window without the two around it: as many as it was trained with.
const WINDOW: usize = 190;
/// A rival kind that is less likely than this is not worth a word.
const LIKELY: f32 = 0.05;
/// Pieces at a window's edge that another window judges.
const MARGIN: usize = 16;

/// The careful network, its weights laid out (about 20 MB). Not shared: each worker owns one.
#[derive(Debug)]
pub struct Careful {
    words: WordPiece,
    is_digit: CharSet,
    kinds: Vec<Option<Kind>>,
    encoder: Encoder,
    pool: Pool,
}

impl Careful {
    /// At most so many bytes of a text are read; what lies behind is left to the fast network. Some 20,000 words: a
    /// longer release is a report, and nobody waits for the last of it.
    pub const REACH: usize = 128 * 1024;

    /// The network with the built-in weights.
    ///
    /// # Errors
    /// None that a test would not have found.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::from_static(WEIGHTS)
    }

    /// The network of a model file that stays in memory: the vocabulary's vectors are read where they lie.
    ///
    /// # Errors
    /// Where the file is damaged, of another version, or of another network.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, ModelError> {
        let file = Container::open(bytes)?;
        if file.bytes("network")? != CAREFUL {
            return Err(ModelError::Kind);
        }
        let vocabulary = std::str::from_utf8(file.bytes("words")?)
            .map_err(|_| ModelError::Malformed("words"))?;
        let mut from = Cursor::new(file.bytes("labels")?, "labels");
        let mut kinds = Vec::new();
        while !from.is_done() {
            kinds.push(kind_of(from.text()?));
        }
        let encoder = Encoder::open(&file, vocabulary.lines().count(), 2 * kinds.len() + 1)?;
        if encoder.longest() < WINDOW + 2 {
            return Err(ModelError::Shape("embed.position"));
        }
        Ok(Self {
            words: WordPiece::new(vocabulary)?,
            is_digit: Tables::read()?.set("isdigit")?,
            kinds,
            encoder,
            pool: Pool::new(),
        })
    }

    /// What it sees in the zones of `text`, up to [`Careful::REACH`]. Zones that only white space parts are read as one
    /// text, others each by itself.
    pub fn read(&mut self, text: &str, zones: &[Extent]) -> Vec<Sighting> {
        let mut left = Self::REACH;
        let mut sightings = Vec::new();
        for mut zone in joined(text, zones) {
            let mut length = zone.len().min(left);
            while !text.is_char_boundary(zone.start + length) {
                length -= 1;
            }
            zone.end = zone.start + length;
            left -= length;
            self.read_zone(text, zone, &mut sightings);
        }
        sightings
    }

    fn read_zone(&mut self, text: &str, zone: Extent, sightings: &mut Vec<Sighting>) {
        let pieces = self.words.cut(text, zone);
        let inputs = self.inputs(text, &pieces);
        let Self { encoder, pool, .. } = self;
        let mut scores = pool.run(|| piece_scores(encoder, &inputs));
        let tags = 2 * self.kinds.len() + 1;
        tags::log_softmax(&mut scores, tags);
        let mut rows = Vec::with_capacity(pieces.words.len() * tags);
        for word in &pieces.words {
            rows.extend_from_slice(&scores[word.first * tags..(word.first + 1) * tags]);
        }
        for span in tags::spans(&rows, tags) {
            let Some(kind) = self.kinds[span.label] else {
                continue;
            };
            let words = &pieces.words[span.first..span.end];
            let extent = Extent::new(words[0].extent.start, words[words.len() - 1].extent.end);
            sightings.push(Sighting {
                extent: tags::without_marks(text, extent),
                kind,
                score: span.score,
                rival: self.rival(&rows, tags, &span),
            });
        }
    }

    /// The label that fits a span best after its own, by the mean probability of its words' tags.
    fn rival(&self, rows: &[f32], tags: usize, span: &tags::Span) -> Option<(Kind, f32)> {
        let words = &rows[span.first * tags..span.end * tags];
        let mean = |label: usize| {
            let total: f32 = words
                .chunks_exact(tags)
                .map(|row| row[2 * label + 1].exp() + row[2 * label + 2].exp())
                .sum();
            total / (span.end - span.first) as f32
        };
        let others = (0..self.kinds.len()).filter(|&label| label != span.label);
        let best = others
            .filter_map(|label| Some((self.kinds[label]?, mean(label))))
            .max_by(|a, b| a.1.total_cmp(&b.1))?;
        (best.1 >= LIKELY).then_some(best)
    }

    /// The pieces with the looks of their words and the gaps before these.
    fn inputs(&self, text: &str, pieces: &Pieces) -> Vec<Input> {
        let mut inputs = Vec::with_capacity(pieces.ids.len());
        let mut before: Option<usize> = None;
        for (at, word) in pieces.words.iter().enumerate() {
            let between = before.map(|end| text.get(end..word.extent.start).unwrap_or(""));
            let look = look::look(word.extent.of(text), &self.is_digit);
            let gap = look::gap(between);
            before = Some(word.extent.end);
            let end = pieces
                .words
                .get(at + 1)
                .map_or(pieces.ids.len(), |next| next.first);
            for piece in word.first..end {
                inputs.push(Input {
                    id: pieces.ids[piece],
                    look,
                    gap: if piece == word.first { gap } else { 0 },
                });
            }
        }
        inputs
    }
}

/// The scores of every piece, from overlapping windows.
fn piece_scores(encoder: &mut Encoder, inputs: &[Input]) -> Vec<f32> {
    let mut scores = Vec::new();
    let mut window = Vec::with_capacity(WINDOW + 2);
    for (shown, judged) in windows(inputs.len()) {
        window.clear();
        window.push(START);
        window.extend_from_slice(&inputs[shown.start..shown.end]);
        window.push(END);
        let found = encoder.scores(&window);
        let tags = found.len() / window.len();
        let (first, last) = (judged.start - shown.start, judged.end - shown.start);
        scores.extend_from_slice(&found[(first + 1) * tags..(last + 1) * tags]);
    }
    scores
}

/// The windows over `count` pieces, as few and as equal as can be: the pieces that each shows, and those it judges. A
/// piece at a window's edge is judged by the window that shows more of what is around it.
fn windows(count: usize) -> Vec<(Extent, Extent)> {
    if count == 0 {
        return Vec::new();
    }
    let overlap = 2 * MARGIN;
    let number = count
        .saturating_sub(overlap)
        .div_ceil(WINDOW - overlap)
        .max(1);
    // Where each window's judgement ends.
    let end = |i: usize| match i + 1 {
        last if last == number => count,
        next => (count - overlap) * next / number + MARGIN,
    };
    let judged = (0..number).map(|i| Extent::new(if i == 0 { 0 } else { end(i - 1) }, end(i)));
    let shown = |judged: Extent| {
        Extent::new(
            judged.start.saturating_sub(MARGIN),
            (judged.end + MARGIN).min(count),
        )
    };
    judged.map(|judged| (shown(judged), judged)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_judge_every_piece_once_and_show_no_more_than_they_may() {
        for count in (0..2_000).chain([100_003]) {
            let windows = windows(count);
            let mut at = 0;
            for (shown, judged) in windows {
                assert_eq!(judged.start, at);
                assert!(
                    shown.encloses(judged) && shown.len() <= WINDOW,
                    "{count}: {shown:?}"
                );
                assert!(shown.start == 0 || judged.start - shown.start == MARGIN);
                at = judged.end;
            }
            assert_eq!(at, count);
        }
    }
}
