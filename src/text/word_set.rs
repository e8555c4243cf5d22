//! A closed list of words that many words are held against, of which few are in it. Before a word is hashed, two looks
//! tell whether any word of the list begins with its first byte, whether any ends with its last, and whether those are as
//! long as it: that turns nearly all away. It refuses lists that are known only at run time.

use foldhash::{HashSet, HashSetExt as _};

/// A closed list of words.
#[derive(Debug)]
pub struct WordSet {
    words: HashSet<&'static [u8]>,
    /// By first byte, the lengths in bytes that words have: a bit each, the last for all that are longer.
    opening: Box<[u64; 256]>,
    /// The same by last byte.
    closing: Box<[u64; 256]>,
}

/// Longer words are not made small without a heap.
const LONGEST: usize = 48;

impl WordSet {
    /// The list as a set.
    #[must_use]
    pub fn new(list: &[&'static str]) -> Self {
        let mut words = HashSet::with_capacity(list.len());
        let (mut opening, mut closing) = (Box::new([0; 256]), Box::new([0; 256]));
        for word in list {
            if let [first, ..] = word.as_bytes() {
                opening[usize::from(*first)] |= bit(word.len());
            }
            if let [.., last] = word.as_bytes() {
                closing[usize::from(*last)] |= bit(word.len());
            }
            words.insert(word.as_bytes());
        }
        Self {
            words,
            opening,
            closing,
        }
    }

    /// Whether `word` is in the list as it is written.
    #[must_use]
    #[inline]
    pub fn has(&self, word: &str) -> bool {
        let ([first, ..], [.., last]) = (word.as_bytes(), word.as_bytes()) else {
            return false;
        };
        self.may_have(*first, *last, word.len()) && self.words.contains(word.as_bytes())
    }

    /// Whether `word`, put in small letters, is in the list.
    #[must_use]
    #[inline]
    pub fn has_in_any_case(&self, word: &str) -> bool {
        let ([first, ..], [.., last]) = (word.as_bytes(), word.as_bytes()) else {
            return false;
        };
        let (first, last) = (first.to_ascii_lowercase(), last.to_ascii_lowercase());
        // Letters beyond ASCII may be longer or shorter when they are small; one of ASCII that begins a word stays in
        // its place.
        if first.is_ascii() && self.opening[usize::from(first)] == 0 {
            return false;
        }
        if !word.is_ascii() || word.len() > LONGEST {
            return self.has(&word.to_lowercase());
        }
        self.may_have(first, last, word.len()) && self.has_small(word)
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

    /// Whether a word of the list may begin and end so and be as long.
    #[inline]
    fn may_have(&self, first: u8, last: u8, length: usize) -> bool {
        self.opening[usize::from(first)] & self.closing[usize::from(last)] & bit(length) != 0
    }
}

/// The bit of a length.
fn bit(length: usize) -> u64 {
    1 << length.min(63)
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
