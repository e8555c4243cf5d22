//! The words of a page in lower case, each once under a number, so that layers compare numbers. It refuses to know where
//! a word stands.

use std::hash::BuildHasher as _;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// What words of all pages are hashed with, so that hashes of a page can be held against those of a list.
static HASHING: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// The hash of a word in lower case.
pub(crate) fn hash(low: &str) -> u64 {
    HASHING.hash_one(low)
}

/// The words of a page in lower case, each once, by rising numbers.
#[derive(Debug)]
pub(super) struct Words {
    pub low: String,
    pub all: Vec<Word>,
    /// The numbers of the words, each in the first free slot from that of its hash on; 0 where a slot is free. A power of
    /// two, more than twice as many as there are words.
    slots: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    start: u32,
    end: u32,
    pub hash: u64,
    /// What it says as a number word.
    pub number: Option<u8>,
}

impl Words {
    /// Words of a text of so many bytes. Number 0 is the empty word.
    pub fn of(bytes: usize) -> Self {
        let nothing = Word {
            start: 0,
            end: 0,
            hash: hash(""),
            number: None,
        };
        let words = (bytes / 16).clamp(16, 1 << 20);
        let mut all = Vec::with_capacity(words);
        all.push(nothing);
        Self {
            low: String::with_capacity(bytes / 2),
            all,
            slots: vec![0; (2 * words).next_power_of_two()],
        }
    }

    #[inline]
    pub fn get(&self, number: u32) -> &str {
        let word = self.all[number as usize];
        &self.low[word.start as usize..word.end as usize]
    }

    /// The number of the word that was written behind the others, from byte `start` on.
    pub fn number(&mut self, start: usize) -> u32 {
        let hash = hash(&self.low[start..]);
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while let Some(known) = self.slots.get(slot).filter(|number| **number > 0) {
            let word = self.all[*known as usize];
            let same = word.hash == hash
                && self.low[word.start as usize..word.end as usize] == self.low[start..];
            if same {
                self.low.truncate(start);
                return *known;
            }
            slot = (slot + 1) & mask;
        }
        let number = self.all.len() as u32;
        self.slots[slot] = number;
        self.all.push(Word {
            start: start as u32,
            end: self.low.len() as u32,
            hash,
            number: super::super::figures::small(&self.low[start..]),
        });
        if self.all.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![0; mask + 1];
        for (number, word) in self.all.iter().enumerate().skip(1) {
            let mut slot = word.hash as usize & mask;
            while slots[slot] > 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number as u32;
        }
        self.slots = slots;
    }
}
