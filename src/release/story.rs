//! Whether two releases are one story: the same release on several wires, or put out again with a sentence changed.
//! Finding is cheap and coarse ([`sketch`], a few numbers a release; those that share one are candidates), deciding is
//! exact ([`same_story`], over the words). Precision goes first: two quarters of one company, one form for two products
//! or two branches share most of their words, and are told apart by what differs. A sentence that stands in both but
//! with other figures or names speaks against one story; more than one such sentence always decides against it.
//!
//! Only what the issuer wrote counts: boilerplate, contacts, disclaimers and what surrounds a release on its page differ
//! between wires, and are the same in unlike releases of one issuer.

use foldhash::{HashMap, HashMapExt as _, HashSet};

use super::model::{Release, SectionKind, Standing};
use crate::text::{Extent, SafeText};

/// Numbers of a sketch. Two releases that share four fifths of their shingles share one of them 998 times in 1,000; at
/// a tenth, 8 times in 1,000.
pub const BANDS: usize = 8;

/// Least hashes in a band.
const ROWS: usize = 3;

/// Words in a shingle.
const SHINGLE: usize = 3;

/// Fewer shingles than this say too little: a teaser, a table's heading.
const FEWEST: usize = 40;

/// The share of common shingles (of all in either) from which two texts can be one story.
const ALIKE: f64 = 0.6;

/// Seconds between two publications within which one changed sentence is a change of the same release. Forms that come
/// every week or month (dividends, buy-backs) change one sentence, too, but later.
const CLOSE: i64 = 3 * 86_400;

/// Words of a text that are compared; what comes after them is rarely an issuer's and would only cost time.
const LONGEST: usize = 20_000;

/// The numbers by which a release finds its copies; `None` where it has too few words for that.
#[must_use]
pub fn sketch(release: &Release) -> Option<[i64; BANDS]> {
    let words: Vec<u64> = core(release)
        .iter()
        .flat_map(|extent| Words::new(extent.of(&release.text)))
        .take(LONGEST)
        .map(|word| word.hash)
        .collect();
    if words.len() < FEWEST + SHINGLE {
        return None;
    }
    Some(bands(&least(&words)))
}

/// What tells whether two releases are one story.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// Its headline.
    pub headline: &'a str,
    /// Its text and parts.
    pub release: &'a Release,
    /// Its publication, seconds since the epoch.
    pub published: i64,
}

/// Whether two releases are one story. Linear in the length of the texts but for the sentences that differ.
#[must_use]
pub fn same_story(first: Telling<'_>, second: Telling<'_>) -> bool {
    let (a, b) = (Sentences::of(first.release), Sentences::of(second.release));
    if a.likeness(&b) < ALIKE {
        return false;
    }
    let right = |telling: &Telling<'_>| telling.release.standing == Some(Standing::Correction);
    if !right(&first) && !right(&second) && headlines_differ(&first, &second) {
        return false;
    }
    let said = corrects(&first) || corrects(&second);
    let near = (first.published - second.published).abs() <= CLOSE;
    let allowed = usize::from(near || said);
    a.differences(&b, allowed + 1) <= allowed
}

/// Whether a release says of itself that it puts another one right.
fn corrects(telling: &Telling<'_>) -> bool {
    if telling.release.standing == Some(Standing::Correction) {
        return true;
    }
    let first = Words::new(telling.headline).next();
    first.is_some_and(|word| {
        let word = word.text.to_lowercase();
        ["correct", "updat", "reissu", "replac", "clarif"]
            .iter()
            .any(|stem| word.starts_with(stem))
    })
}

/// Whether each headline has a figure or a name that the other one lacks.
fn headlines_differ(first: &Telling<'_>, second: &Telling<'_>) -> bool {
    let all = |headline: &str| -> HashSet<u64> { Words::new(headline).map(|w| w.hash).collect() };
    let (a, b) = (all(first.headline), all(second.headline));
    let own = |telling: &Telling<'_>, other: &HashSet<u64>| {
        let names = names(telling.release);
        Words::new(telling.headline)
            .filter(|word| !other.contains(&word.hash))
            .any(|word| word.has_figure() || names.contains(&word.hash))
    };
    own(first, &b) && own(second, &a)
}

/// Words of a release that stand in it as names: with a capital within a sentence.
fn names(release: &Release) -> HashSet<u64> {
    core(release)
        .iter()
        .flat_map(|extent| Words::new(extent.of(&release.text)))
        .filter(|word| word.name)
        .map(|word| word.hash)
        .collect()
}

/// The extents of what the issuer wrote.
fn core(release: &Release) -> Vec<Extent> {
    let kept = |kind| {
        matches!(
            kind,
            SectionKind::Lede
                | SectionKind::Body
                | SectionKind::Subhead
                | SectionKind::Quote
                | SectionKind::List
                | SectionKind::Table
        )
    };
    let sections = &release.sections;
    if sections.is_empty() {
        return vec![Extent::new(0, release.text.len())];
    }
    sections
        .iter()
        .filter(|section| kept(section.kind) && whole(&release.text, section.extent))
        .map(|section| section.extent)
        .collect()
}

fn whole(text: &SafeText, extent: Extent) -> bool {
    text.get(extent.start..extent.end).is_some()
}

/// A word as it is compared.
#[derive(Clone, Copy, Debug)]
struct Word<'a> {
    text: &'a str,
    /// Of its letters in lower case.
    hash: u64,
    /// Has a capital and does not start a sentence, or is of a script without capitals or spaces.
    name: bool,
    /// A sentence ends before it.
    starts: bool,
}

impl Word<'_> {
    /// Has a digit. It is asked of few words.
    fn has_figure(&self) -> bool {
        self.text.bytes().any(|b| b.is_ascii_digit())
    }
}

/// The words of a text. A character of a script without spaces is a word.
struct Words<'a> {
    text: &'a str,
    at: usize,
    starts: bool,
}

impl<'a> Words<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            starts: true,
        }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        // Bytes are looked at wherever they are characters by themselves.
        let first = loop {
            let byte = *bytes.get(at)?;
            if byte == b' ' {
                at += 1;
                continue;
            }
            if byte.is_ascii_alphanumeric() {
                break char::from(byte);
            }
            let c = if byte.is_ascii() {
                char::from(byte)
            } else {
                self.text.get(at..)?.chars().next()?
            };
            if c.is_alphanumeric() {
                break c;
            }
            self.starts |= matches!(
                c,
                '.' | '!' | '?' | '\n' | '。' | '！' | '？' | '；' | '：' | ':' | ';'
            );
            at += c.len_utf8();
        };
        let alone = is_unspaced(first);
        let (end, hash) = if alone {
            let end = at + first.len_utf8();
            (end, hash(&self.text[at..end]))
        } else {
            measured(self.text, at)
        };
        let text = &self.text[at..end];
        self.at = end;
        let starts = std::mem::take(&mut self.starts);
        Some(Word {
            text,
            hash,
            name: alone || (!starts && first.is_uppercase()),
            starts,
        })
    }
}

/// The letters and figures of ASCII in lower case; 0 for all other bytes.
const SMALL: [u8; 256] = {
    let mut small = [0; 256];
    let mut byte = 0;
    while byte < small.len() {
        if (byte as u8).is_ascii_alphanumeric() {
            small[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    small
};

/// Where the word at `start` ends, and its [`hash`]: letters and digits, with the points and commas inside figures. Bytes
/// are looked at wherever they are characters by themselves.
fn measured(text: &str, start: usize) -> (usize, u64) {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut sum = SEED;
    let mut at = start;
    let mut plain = true;
    loop {
        let small = bytes[at..].iter().map(|b| SMALL[usize::from(*b)]);
        for small in small.take_while(|small| *small != 0) {
            sum = stirred(sum, small);
            at += 1;
        }
        let Some(byte) = bytes.get(at) else { break };
        if !byte.is_ascii() {
            let c = text[at..].chars().next().unwrap_or(' ');
            if !c.is_alphanumeric() || is_unspaced(c) {
                break;
            }
            plain = false;
            at += c.len_utf8();
            continue;
        }
        let inside = matches!(byte, b'.' | b',') && at > start && digit(at - 1) && digit(at + 1);
        if !inside {
            break;
        }
        sum = stirred(sum, *byte);
        at += 1;
    }
    let hash = if plain { sum } else { hash(&text[start..at]) };
    (at, hash)
}

/// Whether `c` is of a script without spaces between words: Chinese, Japanese, Thai and their like.
#[must_use]
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// FNV-1a over the letters in lower case. It is written into libraries, so it never changes.
fn hash(word: &str) -> u64 {
    if word.is_ascii() {
        let small = word.bytes().map(|b| b.to_ascii_lowercase());
        return small.fold(SEED, stirred);
    }
    let mut sum = SEED;
    for c in word.chars().flat_map(char::to_lowercase) {
        let mut buffer = [0; 4];
        sum = c.encode_utf8(&mut buffer).bytes().fold(sum, stirred);
    }
    sum
}

/// Where FNV-1a begins.
const SEED: u64 = 0xCBF2_9CE4_8422_2325;

/// One step of FNV-1a.
fn stirred(sum: u64, byte: u8) -> u64 {
    (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
}

/// Spreads the bits of a number (the finish of SplitMix64).
fn mix(mut x: u64) -> u64 {
    x ^= x >> 30;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x ^= x >> 27;
    x = x.wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// One number for words in a row.
fn joined(words: &[u64]) -> u64 {
    words.iter().fold(0x9E37_79B9_7F4A_7C15, |sum, word| {
        mix(sum.rotate_left(9) ^ word)
    })
}

/// The least hash of the shingles of every bin: one permutation, shared out by the hash's first bits (one-permutation
/// MinHash). An empty bin borrows from the next one that is not.
fn least(words: &[u64]) -> [u64; BANDS * ROWS] {
    let bins = (BANDS * ROWS) as u64;
    let mut least = [u64::MAX; BANDS * ROWS];
    for shingle in words.windows(SHINGLE) {
        let hash = joined(shingle);
        let bin = usize::try_from(((hash >> 32) * bins) >> 32).unwrap_or(0);
        let low = hash.rotate_left(32);
        least[bin] = least[bin].min(low);
    }
    let filled = least;
    for at in 0..least.len() {
        let borrowed = (0..filled.len())
            .map(|ahead| (ahead, filled[(at + ahead) % filled.len()]))
            .find(|(_, low)| *low != u64::MAX);
        if let Some((ahead, low)) = borrowed {
            least[at] = mix(low ^ ahead as u64);
        }
    }
    least
}

/// The bands: each a number of 63 bits over its place and its least hashes.
fn bands(least: &[u64; BANDS * ROWS]) -> [i64; BANDS] {
    std::array::from_fn(|band| {
        let sum = mix(joined(&least[band * ROWS..(band + 1) * ROWS]) ^ band as u64);
        i64::try_from(sum >> 1).unwrap_or(0)
    })
}

/// A text as its sentences.
struct Sentences {
    shingles: HashSet<u64>,
    /// In order; each with its words.
    all: Vec<Vec<Told>>,
    known: HashSet<u64>,
}

/// A word of a sentence that is compared.
#[derive(Clone, Copy)]
struct Told {
    hash: u64,
    telling: bool,
}

impl Sentences {
    fn of(release: &Release) -> Self {
        let mut all: Vec<Vec<Told>> = Vec::new();
        let words = core(release)
            .into_iter()
            .flat_map(|extent| Words::new(extent.of(&release.text)))
            .take(LONGEST);
        for word in words {
            if word.starts || all.is_empty() {
                all.push(Vec::new());
            }
            if let Some(sentence) = all.last_mut() {
                sentence.push(Told {
                    hash: word.hash,
                    telling: word.name || word.has_figure(),
                });
            }
        }
        let flat: Vec<u64> = all.iter().flatten().map(|word| word.hash).collect();
        Self {
            shingles: flat.windows(SHINGLE).map(joined).collect(),
            known: all.iter().map(|sentence| whole_of(sentence)).collect(),
            all,
        }
    }

    /// The share of common shingles, of all in either.
    fn likeness(&self, other: &Self) -> f64 {
        let common = self.shingles.intersection(&other.shingles).count();
        let all = self.shingles.len() + other.shingles.len() - common;
        if all == 0 {
            0.0
        } else {
            common as f64 / all as f64
        }
    }

    /// The sentences that `other` does not have.
    fn without(&self, other: &Self) -> Vec<&[Told]> {
        self.all
            .iter()
            .map(Vec::as_slice)
            .filter(|sentence| !other.known.contains(&whole_of(sentence)))
            .collect()
    }

    /// How many sentences stand in both with other figures or names, counted no further than `enough`.
    fn differences(&self, other: &Self, enough: usize) -> usize {
        let (mine, theirs) = (self.without(other), other.without(self));
        let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, sentence) in theirs.iter().enumerate() {
            let words: HashSet<u64> = sentence.iter().map(|word| word.hash).collect();
            for word in words {
                places.entry(word).or_default().push(at);
            }
        }
        let mut differ = 0;
        for sentence in mine {
            let twin = twin(sentence, &theirs, &places);
            differ += usize::from(twin.is_some_and(|twin| contradict(sentence, twin)));
            if differ >= enough {
                break;
            }
        }
        differ
    }
}

/// One number for a sentence.
fn whole_of(sentence: &[Told]) -> u64 {
    sentence
        .iter()
        .fold(0, |sum: u64, word| mix(sum.rotate_left(9) ^ word.hash))
}

/// Words that stand in more of the other text's sentences than this do not tell which sentence is meant.
const COMMON: usize = 60;

/// The sentence of the other text that says the same of something else: half of its words or more are the same.
fn twin<'a>(
    sentence: &[Told],
    theirs: &[&'a [Told]],
    places: &HashMap<u64, Vec<usize>>,
) -> Option<&'a [Told]> {
    let words: HashSet<u64> = sentence.iter().map(|word| word.hash).collect();
    let mut shared: HashMap<usize, usize> = HashMap::new();
    for word in &words {
        for place in places.get(word).into_iter().flatten().take(COMMON) {
            *shared.entry(*place).or_default() += 1;
        }
    }
    let (place, count) = shared
        .into_iter()
        .max_by_key(|(place, count)| (*count, std::cmp::Reverse(*place)))?;
    let twin = theirs[place];
    let shorter = words.len().min(twin.len());
    (count * 2 >= shorter).then_some(twin)
}

/// Whether each of two sentences has a figure or a name that the other lacks.
fn contradict(first: &[Told], second: &[Told]) -> bool {
    let own = |one: &[Told], other: &[Told]| {
        let other: HashSet<u64> = other.iter().map(|word| word.hash).collect();
        one.iter()
            .any(|word| word.telling && !other.contains(&word.hash))
    };
    own(first, second) && own(second, first)
}
