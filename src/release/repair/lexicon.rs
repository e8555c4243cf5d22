//! Which words exist, whether they are names, and how common they are in releases. The list is embedded
//! (`assets/lexicon`, with its origin); it holds single English words and names, and refuses to know anything else.

use std::sync::OnceLock;

/// What the lexicon says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// It is used as a common word.
    pub common: bool,
    /// It is used as a name.
    pub name: bool,
    /// How many releases use it: 0 none, 1 one or two, 2 to 9, 3 to 29, 4 to 99, 5 to 299, 6 to 999, 7 more.
    pub band: u8,
}

/// The list as text: a word in lower case, a blank, a letter for its case, a digit.
static WORDS: &str = include_str!("../../../assets/lexicon/words.txt");

/// The longest word that can stand in the list.
const LONGEST: usize = 24;

/// Slots of the table: a power of two, more than twice the number of words.
const SLOTS: usize = 1 << 17;

/// What the lexicon says of `word`, in whatever case it is written.
pub(super) fn look_up(word: &str) -> Option<Entry> {
    let mut padded = [0; LONGEST];
    padded
        .get_mut(..word.len())?
        .copy_from_slice(word.as_bytes());
    padded.make_ascii_lowercase();
    let lower = &padded[..word.len()];
    let table = table();
    let mut slot = slot_of(&padded);
    loop {
        let line = table[slot];
        if line == 0 {
            return None;
        }
        let rest = &WORDS.as_bytes()[line as usize - 1..];
        if rest.starts_with(lower) && rest.get(lower.len()) == Some(&b' ') {
            return Some(entry(rest[lower.len() + 1], rest[lower.len() + 2]));
        }
        slot = (slot + 1) % SLOTS;
    }
}

fn entry(case: u8, band: u8) -> Entry {
    Entry {
        common: case != b'n',
        name: case != b'c',
        band: band.saturating_sub(b'0'),
    }
}

/// One more than where each word's line begins, by the word's hash; 0 where no word is. Made at the first look.
fn table() -> &'static [u32] {
    static TABLE: OnceLock<Vec<u32>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = vec![0; SLOTS];
        let mut at: u32 = 0;
        for line in WORDS.split_inclusive('\n') {
            let word = line.split(' ').next().unwrap_or_default();
            let mut padded = [0; LONGEST];
            padded[..word.len()].copy_from_slice(word.as_bytes());
            let mut slot = slot_of(&padded);
            while table[slot] != 0 {
                slot = (slot + 1) % SLOTS;
            }
            table[slot] = at + 1;
            at += u32::try_from(line.len()).unwrap_or_default();
        }
        table
    })
}

/// The slot of a word that zeros fill up: its bytes eight at a time, each time multiplied by the odd number that is nearest
/// to 2^64 over the golden ratio, the high bits folded in.
fn slot_of(padded: &[u8; LONGEST]) -> usize {
    let (eights, _) = padded.as_chunks::<8>();
    let hash = eights.iter().fold(0, |hash: u64, eight| {
        let mixed = (hash ^ u64::from_le_bytes(*eight)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ (mixed >> 29)
    });
    (hash ^ (hash >> 32)) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        let the = look_up("The").unwrap();
        assert!(the.common && the.band == 7);
        assert!(look_up("beijing").is_some_and(|entry| entry.name && !entry.common));
        assert_eq!(look_up("chinaand"), None);
        assert_eq!(look_up(""), None);
        assert_eq!(look_up("a-word-much-too-long-for-any-list"), None);
    }

    #[test]
    fn the_list_fits_its_table() {
        let words = WORDS.lines().count();
        assert!(words > 20_000 && words * 2 < SLOTS, "{words}");
        for line in WORDS.lines() {
            let (word, entry) = line.split_once(' ').unwrap();
            assert!(word.len() <= LONGEST && entry.len() == 2, "{line}");
        }
    }
}
