//! The people a release names: every run of words with the shape of a name, kept by its last and by its first word, so
//! that `Roe said` and `says Jane` find `Jane Q. Roe`. One pass over the text. It refuses to know who is a person for
//! certain; a title beside a name counts for it.

use foldhash::HashMap;

use super::super::people;
use crate::text;

/// The people of a release.
#[derive(Debug, Default)]
pub(super) struct Registry {
    names: Vec<Named>,
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
}

/// One name.
#[derive(Debug)]
struct Named {
    name: String,
    /// Evidence that it is a person's.
    weight: u32,
}

/// The evidence that a title or a description gives.
const PROVEN: u32 = 3;

/// More bearers of one surname than this are not told apart.
const BEARERS: usize = 8;

impl Registry {
    /// Adds the names of one paragraph.
    pub fn add(&mut self, paragraph: &str) {
        for found in people::names(paragraph) {
            let weight = 1 + 4 * u32::from(found.titled) + 2 * u32::from(found.described);
            self.enter(&paragraph[found.start..found.end], weight);
        }
    }

    fn enter(&mut self, name: &str, weight: u32) {
        if !name.contains(' ') {
            return;
        }
        let last = key(last_word(name));
        let first = key(text::first_piece(name));
        if last.len() < 2 {
            return;
        }
        let known = self.by_last.get(&last).and_then(|bearers| {
            bearers
                .iter()
                .find(|index| self.names[**index].name == name)
        });
        if let Some(index) = known {
            self.names[*index].weight += weight;
            return;
        }
        let index = self.names.len();
        self.names.push(Named {
            name: name.to_owned(),
            weight,
        });
        for (map, word) in [(&mut self.by_last, last), (&mut self.by_first, first)] {
            let bearers = map.entry(word).or_default();
            if bearers.len() < BEARERS {
                bearers.push(index);
            }
        }
    }

    /// The full name that a bare surname or given name stands for, or a name without its initial; the name itself where
    /// nothing fuller is known.
    pub fn full<'r>(&'r self, name: &'r str) -> &'r str {
        if name.contains(' ') {
            let bearers = self
                .by_last
                .get(&key(last_word(name)))
                .map_or(&[][..], Vec::as_slice);
            let longer = bearers
                .iter()
                .map(|index| self.names[*index].name.as_str())
                .filter(|full| full.len() > name.len() && extends(full, name));
            // `Van Aert` at a sentence's start is the surname of Jonas van Aert.
            let small = name.to_lowercase();
            let surname = people::is_particle(small.split(' ').next().unwrap_or(""));
            let mut whole = bearers.iter().map(|index| self.names[*index].name.as_str());
            let bearer = whole.find(|full| surname && full.to_lowercase().ends_with(&small));
            return longer
                .max_by_key(|full| full.len())
                .or(bearer)
                .unwrap_or(name);
        }
        let word = key(name);
        let bearers = self
            .by_last
            .get(&word)
            .or_else(|| self.by_first.get(&word))
            .map_or(&[][..], Vec::as_slice);
        let best = bearers
            .iter()
            .rev()
            .max_by_key(|index| self.names[**index].weight);
        best.map_or(name, |index| self.full(&self.names[*index].name))
    }

    /// The full name that `name` stands for, where more than its shape says that it is a person's.
    pub fn person(&self, name: &str) -> Option<&str> {
        let bearers = self.by_last.get(&key(last_word(name)))?;
        let full = self.full(name);
        let mut named = bearers.iter().map(|index| &self.names[*index]);
        let named = named.find(|named| named.name == full)?;
        (named.weight >= PROVEN).then_some(named.name.as_str())
    }

    /// Whether a bare word is somebody's surname or given name.
    pub fn knows(&self, word: &str) -> bool {
        let word = key(word);
        self.by_last.contains_key(&word) || self.by_first.contains_key(&word)
    }
}

/// Whether `full` is `short` with more given names or initials.
fn extends(full: &str, short: &str) -> bool {
    let first = short.split(' ').next().unwrap_or(short);
    full.split(' ').next() == Some(first)
}

/// The last word of a name, generations (`Jr.`, `III`) left out.
fn last_word(name: &str) -> &str {
    name.rsplit(' ')
        .find(|word| !people::is_letters(word) && !word.starts_with(['(', '“', '"']))
        .unwrap_or(name)
}

/// A word as it is looked up.
fn key(word: &str) -> String {
    let bare = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word);
    let mut key = String::with_capacity(bare.len());
    for c in bare.chars() {
        if c.is_ascii_alphanumeric() || c == '-' {
            key.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        }
    }
    key
}
