//! Where the words of a text begin, by their first two letters, so that a name is found without a look at the whole text.
//! One pass makes it. It refuses what begins inside a word.

use super::names;

/// So many bytes of a text are indexed: no release is longer, and a book may be.
const LOOKED_AT: usize = 100_000;

/// How many chains there are.
const CHAINS: usize = 1024;

/// The end of a chain.
const NONE: u32 = u32::MAX;

/// The beginnings of a text's words.
pub(in crate::release::anatomy) struct Index<'t> {
    /// The text that is indexed.
    pub text: &'t str,
    /// The first word of each chain.
    first: Vec<u32>,
    /// Where each word begins, and the next word of its chain.
    words: Vec<(u32, u32)>,
}

/// What a byte is: a mark or a blank, a letter or a figure, or a part of a character beyond ASCII.
const KINDS: [u8; 256] = {
    let mut kinds = [BEYOND; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = (byte as u8).is_ascii_alphanumeric() as u8;
        byte += 1;
    }
    kinds
};

/// The kind of a byte whose character is to be looked at.
const BEYOND: u8 = 2;

impl<'t> Index<'t> {
    /// The index of `text`, or of the beginning of a very long one.
    pub(in crate::release::anatomy) fn new(text: &'t str) -> Self {
        let text = names::head(text, LOOKED_AT);
        let mut words = Vec::with_capacity(text.len() / 6 + 1);
        let bytes = text.as_bytes();
        let (mut before, mut at) = (0, 0);
        while let Some(byte) = bytes.get(at) {
            let (mut kind, mut length) = (KINDS[usize::from(*byte)], 1);
            if kind == BEYOND {
                let c = text[at..].chars().next().unwrap_or(' ');
                (kind, length) = (u8::from(c.is_alphanumeric()), c.len_utf8());
            }
            if kind > before {
                words.push((at as u32, NONE));
            }
            before = kind;
            at += length;
        }
        // From the end, so that each chain goes forwards.
        let mut first = vec![NONE; CHAINS];
        for number in (0..words.len()).rev() {
            let chain = chain(&bytes[words[number].0 as usize..]);
            words[number].1 = first[chain];
            first[chain] = number as u32;
        }
        Self { text, first, words }
    }

    /// Where `name` stands at the beginning of a word, in order; what follows it may go on with the word.
    pub(super) fn places<'i>(&'i self, name: &'i str) -> impl Iterator<Item = usize> + 'i {
        let lead = name.find(char::is_alphanumeric).unwrap_or(0);
        let bare = &name.as_bytes()[lead..];
        let mut next = if bare.len() < 2 {
            NONE
        } else {
            self.first[chain(bare)]
        };
        std::iter::from_fn(move || {
            while let Some((at, follows)) = self.words.get(next as usize) {
                next = *follows;
                let start = (*at as usize).checked_sub(lead);
                let start = start.filter(|start| self.has(name, *start));
                if start.is_some() {
                    return start;
                }
            }
            None
        })
    }

    fn has(&self, name: &str, start: usize) -> bool {
        self.text.as_bytes()[start..].starts_with(name.as_bytes())
    }

    /// How often `name` stands in the text as whole words, up to `most`.
    pub(super) fn count(&self, name: &str, most: usize) -> usize {
        let whole = |at: &usize| !self.text[at + name.len()..].starts_with(char::is_alphanumeric);
        self.places(name).filter(whole).take(most).count()
    }
}

/// The chain of words that begin with the same two bytes.
fn chain(bytes: &[u8]) -> usize {
    let second = bytes.get(1).copied().unwrap_or(0);
    (usize::from(bytes[0]) * 37 + usize::from(second)) % CHAINS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_where_words_begin() {
        let index = Index::new("Acme met MacAcme. “Acme” and Acmeology, ACME; Äcme");
        let places: Vec<usize> = index.places("Acme").collect();
        assert_eq!(places, [0, 21, 33]);
        assert_eq!(index.count("Acme", 9), 2);
        assert_eq!(index.places("“Acme”").collect::<Vec<_>>(), [18]);
        assert_eq!(index.count("Äcme", 9), 1);
        assert_eq!(index.count("—", 9), 0);
        assert_eq!(Index::new("").count("Acme", 9), 0);
    }
}
