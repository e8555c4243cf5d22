//! A closed list of words, alone or with what is said of each, that many words are held against, of which few are in
//! it. Before a word is hashed, one look tells whether any word of the list begins with its first two bytes and is as
//! long as it: that turns nearly all away. It refuses lists that are known only at run time.

use foldhash::{HashMap, HashMapExt as _};

/// A closed list of words, each with what is said of it.
#[derive(Debug)]
pub struct WordMap<V> {
    words: HashMap<&'static [u8], V>,
    /// By the first two bytes, the lengths in bytes that words have: a bit each, the last for all that are longer.
    lengths: Box<[u32; PAIRS]>,
}

/// A closed list of words.
pub type WordSet = WordMap<()>;

/// So many pairs of first bytes are told apart: all pairs of letters of ASCII, whatever their case.
const PAIRS: usize = 32 * 32;

/// Longer words are not made small without a heap.
const LONGEST: usize = 48;

impl WordSet {
    /// The list as a set.
    #[must_use]
    pub fn new(list: &[&'static str]) -> Self {
        Self::joined(list.iter().map(|word| (*word, ())), |(), ()| ())
    }
}

impl<V: Copy> WordMap<V> {
    /// The words with what is said of them; what is said of one several times is joined by `join`.
    #[must_use]
    pub fn joined(
        list: impl IntoIterator<Item = (&'static str, V)>,
        join: impl Fn(&mut V, V),
    ) -> Self {
        let mut words: HashMap<&'static [u8], V> = HashMap::new();
        let mut lengths = Box::new([0; PAIRS]);
        for (word, said) in list {
            let word = word.as_bytes();
            lengths[pair(word)] |= bit(word.len());
            words
                .entry(word)
                .and_modify(|all| join(all, said))
                .or_insert(said);
        }
        Self { words, lengths }
    }

    /// What is said of `word`, as it is written.
    #[must_use]
    #[inline]
    pub fn get(&self, word: &str) -> Option<V> {
        let word = word.as_bytes();
        if self.lengths[pair(word)] & bit(word.len()) == 0 {
            return None;
        }
        self.words.get(word).copied()
    }

    /// Whether `word` is in the list as it is written.
    #[must_use]
    #[inline]
    pub fn has(&self, word: &str) -> bool {
        self.get(word).is_some()
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
        self.words.contains_key(&*small)
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
    fn what_lists_say_of_a_word_is_joined() {
        let list = [("a", 1_u8), ("the", 2), ("a", 4), ("–", 8)];
        let map = WordMap::joined(list, |all, said| *all |= said);
        assert_eq!(
            ["a", "the", "–", "—", "A"].map(|word| map.get(word)),
            [Some(5), Some(2), Some(8), None, None]
        );
    }

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
