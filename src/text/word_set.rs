//! A closed list of words that many words are held against, of which few are in it. Before a word is hashed, one look
//! tells whether any word of the list begins with its first two bytes and is as long as it: that turns nearly all away.
//! It refuses lists that are known only at run time.

use foldhash::{HashSet, HashSetExt as _};

/// A closed list of words.
#[derive(Debug)]
pub struct WordSet {
    words: HashSet<&'static [u8]>,
    /// By the first two bytes, the lengths in bytes that words have: a bit each, the last for all that are longer.
    lengths: Box<[u32; PAIRS]>,
}

/// So many pairs of first bytes are told apart: all pairs of letters of ASCII, whatever their case.
const PAIRS: usize = 32 * 32;

/// Longer words are not made small without a heap.
const LONGEST: usize = 48;

impl WordSet {
    /// The list as a set.
    #[must_use]
    pub fn new(list: &[&'static str]) -> Self {
        let mut words = HashSet::with_capacity(list.len());
        let mut lengths = Box::new([0; PAIRS]);
        for word in list {
            let word = word.as_bytes();
            lengths[pair(word)] |= bit(word.len());
            words.insert(word);
        }
        Self { words, lengths }
    }

    /// Whether `word` is in the list as it is written.
    #[must_use]
    #[inline]
    pub fn has(&self, word: &str) -> bool {
        let word = word.as_bytes();
        self.lengths[pair(word)] & bit(word.len()) != 0 && self.words.contains(word)
    }

    /// Whether `text` may begin with a word of the list, all of whose words have two bytes or more. A no is certain.
    #[must_use]
    pub fn may_begin(&self, text: &str) -> bool {
        self.lengths[pair(text.as_bytes())] != 0
    }

    /// Whether `word`, put in small letters, is in the list.
    #[must_use]
    #[inline]
    pub fn has_in_any_case(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        let lengths = self.lengths[pair(bytes)];
        if lengths == 0 && bytes.iter().take(2).all(u8::is_ascii) {
            return false;
        }
        if !word.is_ascii() || word.len() > LONGEST {
            // Letters beyond ASCII may be longer or shorter when they are small.
            return self.has(&word.to_lowercase());
        }
        lengths & bit(word.len()) != 0 && self.has_small(word)
    }

    /// Whether a short `word` of ASCII, put in small letters, is in the list.
    fn has_small(&self, word: &str) -> bool {
        let mut small = [0; LONGEST];
        let small = &mut small[..word.len()];
        for (small, byte) in small.iter_mut().zip(word.bytes()) {
            *small = byte.to_ascii_lowercase();
        }
        self.words.contains(&*small)
    }
}

/// The bit of a length.
#[inline]
fn bit(length: usize) -> u32 {
    1 << length.min(31)
}

/// The place of a word's first two bytes, one for both cases of letters of ASCII.
#[inline]
fn pair(word: &[u8]) -> usize {
    let byte = |at: usize| word.get(at).map_or(0, |byte| usize::from(byte % 32));
    byte(0) * 32 + byte(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_a_list_would_find_them() {
        let list = ["the", "u.s.", "são paulo", "Über", "of", "kelvin", "é"];
        let set = WordSet::new(&list);
        for word in [
            "",
            "the",
            "The",
            "THE",
            "then",
            "u.s.",
            "U.S.",
            "são paulo",
            "SÃO PAULO",
            "Über",
            "über",
            "of",
            "on",
            "x",
            "thé",
            "O\u{212A}",
            "\u{212A}elvin",
            "É",
            "é",
        ] {
            assert_eq!(set.has(word), list.contains(&word), "{word}");
            let small = word.to_lowercase();
            assert_eq!(
                set.has_in_any_case(word),
                list.contains(&small.as_str()),
                "{word}"
            );
        }
        let long = "a".repeat(200);
        assert!(!set.has(&long) && !set.has_in_any_case(&long));
    }
}
