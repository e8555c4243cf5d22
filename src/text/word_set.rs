//! A closed list of words that many words are held against, of which few are in it. Before a word is hashed, one look
//! tells whether any word of the list begins with its first byte and is as long as it: that turns nearly all away. It
//! refuses lists that are known only at run time.

use foldhash::{HashSet, HashSetExt as _};

/// A closed list of words.
#[derive(Debug)]
pub struct WordSet {
    words: HashSet<&'static str>,
    /// By first byte, the lengths in bytes that words have: a bit each, the last for all that are longer.
    lengths: Box<[u64; 256]>,
}

/// Longer words are not made small without a heap.
const LONGEST: usize = 48;

impl WordSet {
    /// The list as a set.
    #[must_use]
    pub fn new(list: &[&'static str]) -> Self {
        let mut words = HashSet::with_capacity(list.len());
        let mut lengths = Box::new([0; 256]);
        for word in list {
            if let Some(first) = word.as_bytes().first() {
                lengths[usize::from(*first)] |= bit(word.len());
            }
            words.insert(*word);
        }
        Self { words, lengths }
    }

    /// Whether `word` is in the list as it is written.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.may_have(word.as_bytes()) && self.words.contains(word)
    }

    /// Whether `word`, put in small letters, is in the list.
    #[must_use]
    pub fn has_in_any_case(&self, word: &str) -> bool {
        if !word.is_ascii() || word.len() > LONGEST {
            return self.has(&word.to_lowercase());
        }
        let Some(first) = word.as_bytes().first() else {
            return false;
        };
        if self.lengths[usize::from(first.to_ascii_lowercase())] & bit(word.len()) == 0 {
            return false;
        }
        let mut small = [0; LONGEST];
        let small = &mut small[..word.len()];
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        std::str::from_utf8(small).is_ok_and(|small| self.words.contains(small))
    }

    fn may_have(&self, word: &[u8]) -> bool {
        word.first()
            .is_some_and(|first| self.lengths[usize::from(*first)] & bit(word.len()) != 0)
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
        let list = ["the", "u.s.", "são paulo", "Über", "of"];
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
