//! From text to word pieces, as BERT's uncased English vocabulary is cut: words are parted at white space, trade mark signs,
//! punctuation and ideographs; each is lower-cased, stripped of its accents and cut into the longest pieces that the vocabulary has.
//! Lengths are bounded throughout, so a word of any size costs no more than its bytes.

use std::collections::HashMap;

use unicode_normalization::char::decompose_canonical;

use crate::entity::network::ModelError;
use crate::entity::network::tables::{CharSet, Tables};
use crate::text::Extent;

/// A longer word becomes one unknown piece.
const LONGEST_WORD: usize = 100;
const UNKNOWN: &str = "[UNK]";

/// One word of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands.
    pub extent: Extent,
    /// Index of its first piece.
    pub first: usize,
}

/// A text in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pieces {
    /// Rows of the vocabulary.
    pub ids: Vec<u32>,
    /// The words they make up, in order; each has at least one piece.
    pub words: Vec<Word>,
}

/// The vocabulary and the character classes of the cut.
#[derive(Debug)]
pub(super) struct WordPiece {
    /// Pieces that open a word.
    opening: HashMap<Box<str>, u32>,
    /// Pieces that go on with one, without their "##".
    following: HashMap<Box<str>, u32>,
    longest: usize,
    unknown: u32,
    punctuation: CharSet,
    mark: CharSet,
    control: CharSet,
}

/// The word being read.
#[derive(Default)]
struct Current {
    folded: String,
    start: usize,
    end: usize,
}

impl WordPiece {
    /// The cut with this vocabulary, one piece a line, each on the line of its number.
    ///
    /// # Errors
    /// Where the vocabulary has no piece for unknown words.
    pub fn new(vocabulary: &str) -> Result<Self, ModelError> {
        let mut tables = Tables::read()?;
        let mut new = Self {
            opening: HashMap::new(),
            following: HashMap::new(),
            longest: 0,
            unknown: 0,
            punctuation: tables.set("punctuation")?,
            mark: tables.set("mark")?,
            control: tables.set("control")?,
        };
        for (id, piece) in (0..).zip(vocabulary.lines()) {
            let (map, piece) = match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => (&mut new.following, rest),
                _ => (&mut new.opening, piece),
            };
            new.longest = new.longest.max(piece.len());
            map.insert(piece.into(), id);
        }
        new.unknown = *new
            .opening
            .get(UNKNOWN)
            .ok_or(ModelError::Malformed("words"))?;
        Ok(new)
    }

    /// The pieces of `zone` of `text`.
    pub fn cut(&self, text: &str, zone: Extent) -> Pieces {
        let mut pieces = Pieces::default();
        let mut word = Current::default();
        for (at, c) in zone.of(text).char_indices() {
            let at = Extent::new(zone.start + at, zone.start + at + c.len_utf8());
            // Trade mark signs part words as blanks do: they are no part of a name.
            let blank = c.is_whitespace() || matches!(c, '®' | '™' | '©' | '℠');
            let dropped = c == '\u{fffd}' || (self.control.has(c) && !"\t\n\r".contains(c));
            if dropped {
                continue;
            }
            if blank {
                self.close(&mut word, &mut pieces);
            } else if is_ideograph(c) {
                self.close(&mut word, &mut pieces);
                self.fold(c, at, &mut word, &mut pieces);
                self.close(&mut word, &mut pieces);
            } else {
                self.fold(c, at, &mut word, &mut pieces);
            }
        }
        self.close(&mut word, &mut pieces);
        pieces
    }

    /// Adds `c` to the word: lower-cased and without its accents. Punctuation is a word of its own.
    fn fold(&self, c: char, at: Extent, word: &mut Current, pieces: &mut Pieces) {
        if c.is_ascii() {
            self.add(c.to_ascii_lowercase(), at, word, pieces);
            return;
        }
        decompose_canonical(c, |part| {
            if !self.mark.has(part) {
                for lower in part.to_lowercase() {
                    self.add(lower, at, word, pieces);
                }
            }
        });
    }

    fn add(&self, c: char, at: Extent, word: &mut Current, pieces: &mut Pieces) {
        let alone = c.is_ascii_punctuation() || (!c.is_ascii() && self.punctuation.has(c));
        if alone {
            self.close(word, pieces);
        }
        if word.folded.is_empty() {
            word.start = at.start;
        }
        word.folded.push(c);
        word.end = at.end;
        if alone {
            self.close(word, pieces);
        }
    }

    /// Ends the word and cuts it.
    fn close(&self, word: &mut Current, pieces: &mut Pieces) {
        if word.folded.is_empty() {
            return;
        }
        let first = pieces.ids.len();
        if !self.pieces(&word.folded, &mut pieces.ids) {
            pieces.ids.truncate(first);
            pieces.ids.push(self.unknown);
        }
        pieces.words.push(Word {
            extent: Extent::new(word.start, word.end),
            first,
        });
        word.folded.clear();
    }

    /// Appends the longest pieces from left to right; false where the vocabulary has none somewhere.
    fn pieces(&self, word: &str, ids: &mut Vec<u32>) -> bool {
        if word.chars().nth(LONGEST_WORD).is_some() {
            return false;
        }
        let mut rest = word;
        while !rest.is_empty() {
            let map = if rest.len() == word.len() {
                &self.opening
            } else {
                &self.following
            };
            let lengths = (1..=rest.len().min(self.longest)).rev();
            let found = lengths
                .filter(|&length| rest.is_char_boundary(length))
                .find_map(|length| Some((length, *map.get(&rest[..length])?)));
            let Some((length, id)) = found else {
                return false;
            };
            ids.push(id);
            rest = &rest[length..];
        }
        true
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c),
        0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x2_0000..=0x2_a6df | 0x2_a700..=0x2_b73f
        | 0x2_b740..=0x2_b81f | 0x2_b820..=0x2_ceaf | 0xf900..=0xfaff | 0x2_f800..=0x2_fa1f)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "[UNK]\nzurich\nun\n##want\n##ed\n,\n字\na";

    fn cut(text: &str) -> (Vec<u32>, Vec<String>) {
        let pieces = WordPiece::new(WORDS)
            .unwrap()
            .cut(text, Extent::new(0, text.len()));
        let words = pieces.words.iter();
        let words = words.map(|w| w.extent.of(text).to_owned()).collect();
        (pieces.ids, words)
    }

    #[test]
    fn words_fold_and_fall_into_pieces() {
        let (ids, words) = cut("Zürich, unwanted 字字xa");
        assert_eq!(ids, [1, 5, 2, 3, 4, 6, 6, 0]);
        assert_eq!(words, ["Zürich", ",", "unwanted", "字", "字", "xa"]);
    }

    #[test]
    fn what_has_no_letter_left_is_no_word() {
        let (ids, words) = cut("\u{301}\u{200b} a\u{301}\u{feff} \u{fffd}");
        assert_eq!(ids, [7]);
        assert_eq!(words, ["a"]);
    }

    #[test]
    fn a_word_of_any_size_is_one_unknown_piece() {
        let (ids, words) = cut(&"a".repeat(2_000_000));
        assert_eq!((ids, words.len()), (vec![0], 1));
    }
}
