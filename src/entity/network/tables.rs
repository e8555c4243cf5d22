//! The character classes and small word lists that the tokenizers and features speak of, read from
//! `assets/ner/tables.txt`. They are kept as data because they are somebody else's: Unicode as Python 3.11 knows it and
//! the lists of spaCy 3.8, against which the weights were trained. Rust's own classes differ (a superscript two is a
//! digit there, a Roman numeral sign is no letter).

use std::collections::HashMap;

use super::{ModelError, hash};

const TABLES: &str = include_str!("../../../assets/ner/tables.txt");

/// A set of characters.
#[derive(Clone, Debug, Default)]
pub(super) struct CharSet {
    /// The first 256 code points, a bit each: nearly every question ends here.
    latin: [u64; 4],
    /// All of it, as sorted inclusive ranges.
    ranges: Vec<(u32, u32)>,
}

impl CharSet {
    /// Whether `c` is in the set.
    pub fn has(&self, c: char) -> bool {
        let point = u32::from(c);
        if point < 256 {
            return self.latin[(point / 64) as usize] >> (point % 64) & 1 == 1;
        }
        let after = self.ranges.partition_point(|&(first, _)| first <= point);
        after > 0 && point <= self.ranges[after - 1].1
    }

    fn parse<'a>(words: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut set = Self::default();
        for word in words {
            let (first, last) = word.split_once('-').unwrap_or((word, word));
            let first = u32::from_str_radix(first, 16).ok()?;
            let last = u32::from_str_radix(last, 16).ok()?;
            for point in first..=last.min(255) {
                set.latin[(point / 64) as usize] |= 1 << (point % 64);
            }
            set.ranges.push((first, last));
        }
        set.ranges.sort_unstable();
        Some(set)
    }
}

/// All of the tables.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    sets: HashMap<&'static str, CharSet>,
    /// Units of measure and currencies that are cut off a number, by their last character.
    units: HashMap<char, Vec<&'static str>>,
    symbols: HashMap<&'static str, u64>,
    norms: HashMap<&'static str, &'static str>,
}

impl Tables {
    /// Reads the tables.
    ///
    /// # Errors
    /// Where a line of the built-in file is not understood.
    pub fn read() -> Result<Self, ModelError> {
        let mut tables = Self::default();
        for line in TABLES.lines().filter(|line| !line.starts_with('#')) {
            tables
                .line(line)
                .ok_or(ModelError::Malformed("character tables"))?;
        }
        Ok(tables)
    }

    fn line(&mut self, line: &'static str) -> Option<()> {
        let mut words = line.split(' ');
        match words.next()? {
            "set" => {
                let name = words.next()?;
                self.sets.insert(name, CharSet::parse(words)?);
            }
            "list" => {
                for unit in words.skip(1) {
                    let last = unit.chars().next_back()?;
                    self.units.entry(last).or_default().push(unit);
                }
            }
            "symbol" => {
                self.symbols
                    .insert(words.next()?, words.next()?.parse().ok()?);
            }
            "norm" => {
                self.norms.insert(words.next()?, words.next()?);
            }
            _ => return None,
        }
        Some(())
    }

    /// Takes out the character set of this name.
    ///
    /// # Errors
    /// Where there is none.
    pub fn set(&mut self, name: &str) -> Result<CharSet, ModelError> {
        self.sets
            .remove(name)
            .ok_or(ModelError::Missing("character set"))
    }

    /// Takes out the units.
    pub fn units(&mut self) -> HashMap<char, Vec<&'static str>> {
        std::mem::take(&mut self.units)
    }

    /// spaCy's id of a string: 0 for the empty one, a small number for a reserved symbol, else its hash.
    pub fn id(&self, text: &str) -> u64 {
        if text.is_empty() {
            return 0;
        }
        match self.symbols.get(text) {
            Some(&symbol) => symbol,
            None => hash::murmur64(text.as_bytes(), 1),
        }
    }

    /// The norm that the language gives a token everywhere (typographic quotes, currency signs …).
    pub fn norm(&self, text: &str) -> Option<&'static str> {
        self.norms.get(text).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_pythons() {
        let mut tables = Tables::read().unwrap();
        let (alpha, digit) = (
            tables.set("isalpha").unwrap(),
            tables.set("isdigit").unwrap(),
        );
        assert!(alpha.has('é') && alpha.has('字') && !alpha.has('Ⅷ') && !alpha.has('1'));
        assert!(digit.has('²') && digit.has('٣') && !digit.has('½'));
        assert!(tables.set("isspace").unwrap().has('\u{1c}'));
        assert!(tables.set("none").is_err());
    }

    #[test]
    fn reserved_words_have_small_ids() {
        let tables = Tables::read().unwrap();
        assert_eq!(tables.id("X"), 101);
        assert_eq!(tables.id("_"), 456);
        assert_eq!(tables.id(""), 0);
        assert_eq!(tables.id("a"), 11_901_859_001_352_538_922);
        assert_eq!(tables.norm("US$"), Some("$"));
    }
}
