//! A text cut at its blanks, each piece with the signs of glue it bears. One pass over the bytes; what bears no sign
//! is not looked at again. It refuses to judge: a sign is a place to look, no more.

use std::cell::{Cell, OnceCell, RefCell};

use super::lexicon::{Entry, look_up};
use super::words::{is_abbreviation, is_word};
use crate::text::Extent;
use foldhash::{HashMap, HashMapExt as _};

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// One blank.
    Blank,
    /// Several blanks: often what is left of a paragraph's end.
    Wide,
    /// The end of a line, or the beginning of the text.
    Line,
}

/// A piece of text between blanks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    start: u32,
    end: u32,
    /// What stands before it.
    pub gap: Gap,
    /// The signs of glue it bears.
    pub signs: u8,
}

impl Token {
    /// Where it ends in the text.
    pub(super) fn end(&self) -> usize {
        self.end as usize
    }
}

/// A small letter, or one beyond ASCII, before a capital; or capitals before a small letter.
pub(super) const HUMP: u8 = 1;
/// A stop before a letter, a digit or a mark that opens.
pub(super) const STOP: u8 = 2;
/// A digit before a letter, or a letter before a digit.
pub(super) const DIGIT: u8 = 4;
/// `@` or `//`.
pub(super) const ADDRESS: u8 = 8;
/// A letter, digit or stop before a mark that opens.
pub(super) const OPENS: u8 = 16;
/// It begins with a capital.
pub(super) const CAPITAL: u8 = 32;

/// What a byte is to the scan, and what the scan has just seen.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Class {
    Start,
    Small,
    Upper,
    Uppers,
    Digit,
    Stop,
    High,
    Open,
    Slash,
    At,
    Other,
}

const CLASSES: usize = 11;

static CLASS: [u8; 256] = {
    let mut table = [Class::Other as u8; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' => Class::Small as u8,
            b'A'..=b'Z' => Class::Upper as u8,
            b'0'..=b'9' => Class::Digit as u8,
            b'.' | b',' | b':' | b';' | b'!' | b'?' | b')' | b']' | b'"' | b'*' => {
                Class::Stop as u8
            }
            b'(' | b'[' | b'+' => Class::Open as u8,
            b'/' => Class::Slash as u8,
            b'@' => Class::At as u8,
            0x80.. => Class::High as u8,
            _ => Class::Other as u8,
        };
        byte += 1;
    }
    table
};

/// The sign of the step from one class to the next, and the class to go on with.
static STEP: [[(u8, u8); CLASSES]; CLASSES] = {
    let mut table = [[(0, 0); CLASSES]; CLASSES];
    let mut from = 0;
    while from < CLASSES {
        let mut to = 0;
        while to < CLASSES {
            table[from][to] = (sign(from as u8, to as u8), next(from as u8, to as u8));
            to += 1;
        }
        from += 1;
    }
    table
};

const fn sign(from: u8, to: u8) -> u8 {
    const START: u8 = Class::Start as u8;
    const SMALL: u8 = Class::Small as u8;
    const UPPER: u8 = Class::Upper as u8;
    const UPPERS: u8 = Class::Uppers as u8;
    const DIGITS: u8 = Class::Digit as u8;
    const STOPS: u8 = Class::Stop as u8;
    const HIGH: u8 = Class::High as u8;
    const OPEN: u8 = Class::Open as u8;
    const SLASH: u8 = Class::Slash as u8;
    const AT: u8 = Class::At as u8;
    const OTHER: u8 = Class::Other as u8;
    match (from, to) {
        (START, UPPER) => CAPITAL,
        (_, AT) | (SLASH, SLASH) => ADDRESS,
        (SMALL | HIGH | OTHER, UPPER) | (UPPERS, SMALL) | (SMALL, HIGH) => HUMP,
        (STOPS, SMALL | UPPER | DIGITS | HIGH | OPEN) => STOP | OPENS,
        (DIGITS, SMALL | UPPER) | (SMALL | UPPER | UPPERS, DIGITS) => DIGIT,
        (SMALL | UPPER | UPPERS | DIGITS, OPEN) => OPENS,
        // `*` after a stop begins an item of a list; a high byte before a digit or letter may be a closing mark.
        (STOPS, STOPS) => STOP,
        (HIGH, SMALL | DIGITS) => 0,
        _ => 0,
    }
}

const fn next(from: u8, to: u8) -> u8 {
    let capitals = from == Class::Upper as u8 || from == Class::Uppers as u8;
    if to == Class::Upper as u8 && capitals {
        Class::Uppers as u8
    } else {
        to
    }
}

/// A text in tokens, and the words it uses elsewhere.
pub(super) struct Tokens<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens, in order.
    pub all: Vec<Token>,
    words: OnceCell<HashMap<&'a str, u32>>,
    searches: Cell<u32>,
    pairs: RefCell<HashMap<usize, bool>>,
    /// Whether the text was seen to have lost line breaks.
    pub glued: Cell<bool>,
    edges: &'a [usize],
    /// Whether the text is English: what the lexicon says holds for no other language.
    pub english: bool,
}

/// How often the whole text may be searched for a pair of words: more would not be linear.
const SEARCHES: u32 = 64;

impl<'a> Tokens<'a> {
    /// Cuts `text` at its blanks; no tokens where it is too long for their offsets.
    /// `edges` are the places where markup of what was read began or ended, in order.
    pub(super) fn of(text: &'a str, edges: &'a [usize]) -> Self {
        let all = if u32::try_from(text.len()).is_ok() {
            scan(text.as_bytes())
        } else {
            Vec::new()
        };
        Self {
            text,
            all,
            words: OnceCell::new(),
            searches: Cell::new(SEARCHES),
            pairs: RefCell::default(),
            glued: Cell::new(false),
            edges,
            english: super::encoding::is_english(text),
        }
    }

    /// Whether markup began or ended at `place`.
    pub(super) fn is_edge(&self, place: usize) -> bool {
        self.edges.binary_search(&place).is_ok()
    }

    /// Where token `index` stands; the empty place at the end of the text where there is none.
    pub(super) fn extent(&self, index: usize) -> Extent {
        self.all
            .get(index)
            .map_or(Extent::new(self.text.len(), self.text.len()), |token| {
                Extent::new(token.start as usize, token.end as usize)
            })
    }

    /// Token `index` as text; empty where there is none.
    pub(super) fn word(&self, index: usize) -> &'a str {
        let extent = self.extent(index);
        self.text.get(extent.start..extent.end).unwrap_or_default()
    }

    /// Token `index` without the marks at its ends.
    pub(super) fn bare(&self, index: usize) -> &'a str {
        self.word(index)
            .trim_matches(|c: char| !c.is_alphanumeric())
    }

    /// The token after `index` on the same line.
    pub(super) fn after(&self, index: usize) -> Option<usize> {
        self.all
            .get(index + 1)
            .filter(|token| token.gap != Gap::Line)
            .map(|_| index + 1)
    }

    /// The token before `index` on the same line.
    pub(super) fn before(&self, index: usize) -> Option<usize> {
        (index > 0 && self.all[index].gap != Gap::Line).then(|| index - 1)
    }

    /// The word after `index` on the same line; empty where there is none.
    pub(super) fn word_after(&self, index: usize) -> &'a str {
        self.after(index).map_or("", |next| self.word(next))
    }

    /// The word before `index` on the same line; empty where there is none.
    pub(super) fn word_before(&self, index: usize) -> &'a str {
        self.before(index).map_or("", |last| self.word(last))
    }

    /// The word before `index` on the same line without the marks at its ends; empty where there is none.
    pub(super) fn bare_before(&self, index: usize) -> &'a str {
        self.before(index).map_or("", |last| self.bare(last))
    }

    /// Whether a sentence ends with token `index`.
    pub(super) fn ends_sentence(&self, index: usize) -> bool {
        let whole = self.word(index);
        if whole
            .as_bytes()
            .last()
            .is_some_and(u8::is_ascii_alphanumeric)
        {
            return false;
        }
        let word = whole.trim_end_matches(['"', '”', '’', ')', '\'', '»', '*']);
        match word.as_bytes().last() {
            Some(b'!' | b'?') => true,
            Some(b'.') => !is_abbreviation(word),
            _ => word.ends_with('…'),
        }
    }

    /// How often the text has `word` standing by itself, in just this case.
    pub(super) fn count(&self, word: &str) -> u32 {
        self.words
            .get_or_init(|| count_words(self.text))
            .get(word)
            .copied()
            .unwrap_or(0)
    }

    /// Whether `word` is known: to the lexicon, or from elsewhere in the text.
    pub(super) fn knows(&self, word: &str) -> bool {
        is_word(word) || self.count(word) > 0
    }

    /// What the lexicon says of `word`, or, where it says nothing and the text has it as a capitalised word
    /// elsewhere, that it is a name.
    pub(super) fn entry(&self, word: &str) -> Option<Entry> {
        look_up(word).or_else(|| {
            let name = word.starts_with(char::is_uppercase) && self.count(word) > 0;
            name.then_some(Entry {
                common: false,
                name: true,
                band: 0,
            })
        })
    }

    /// Whether the text has `words` more than once; true too when it has been searched too often.
    pub(super) fn repeats(&self, words: &str) -> bool {
        let left = self.searches.get();
        self.searches.set(left.saturating_sub(1));
        let hits = memchr::memmem::find_iter(self.text.as_bytes(), words.as_bytes());
        left == 0 || hits.take(2).count() == 2
    }

    /// What `found` finds of token `index` and the next, found once.
    pub(super) fn once(&self, index: usize, found: impl FnOnce() -> bool) -> bool {
        let known = self.pairs.borrow().get(&index).copied();
        known.unwrap_or_else(|| {
            let found = found();
            self.pairs.borrow_mut().insert(index, found);
            found
        })
    }

    /// Whether the text has `words`; false too when it has been searched too often.
    pub(super) fn has(&self, words: &str) -> bool {
        let left = self.searches.get();
        self.searches.set(left.saturating_sub(1));
        left > 0 && memchr::memmem::find(self.text.as_bytes(), words.as_bytes()).is_some()
    }
}

fn scan(bytes: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(bytes.len() / 6);
    let mut gap = Gap::Line;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\n' => gap = Gap::Line,
            b' ' | b'\t' => {
                if at > 0 && matches!(bytes[at - 1], b' ' | b'\t') {
                    gap = gap.max(Gap::Wide);
                }
            }
            _ => {
                let token = scan_token(bytes, at, gap);
                at = token.end as usize;
                tokens.push(token);
                gap = Gap::Blank;
                continue;
            }
        }
        at += 1;
    }
    tokens
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "texts longer than u32 are not scanned"
)]
fn scan_token(bytes: &[u8], start: usize, gap: Gap) -> Token {
    let mut state = Class::Start as u8;
    let mut signs = 0;
    let mut at = start;
    // Small letters that open a token give no sign, and most tokens have nothing else.
    let small = bytes[start..].iter().take_while(|b| b.is_ascii_lowercase());
    at += small.count();
    if at > start {
        state = Class::Small as u8;
    }
    while let Some(byte) = bytes.get(at).filter(|b| !matches!(b, b' ' | b'\n' | b'\t')) {
        let (sign, next) = STEP[usize::from(state)][usize::from(CLASS[usize::from(*byte)])];
        signs |= sign;
        state = next;
        at += 1;
    }
    Token {
        start: start as u32,
        end: at as u32,
        gap,
        signs,
    }
}

fn count_words(text: &str) -> HashMap<&str, u32> {
    let mut words = HashMap::with_capacity(text.len() / 12);
    let bytes = text.as_bytes();
    let mut at = 0;
    let plain = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    while at < bytes.len() {
        let start = at;
        loop {
            while plain(at) {
                at += 1;
            }
            match letter_at(text, at) {
                Some(length) => at += length,
                None => break,
            }
        }
        if at > start + 1 {
            *words.entry(&text[start..at]).or_insert(0) += 1;
        }
        at += text[at..].chars().next().map_or(1, char::len_utf8);
    }
    words
}

/// The length of the letter or figure at `at`, where there is one.
fn letter_at(text: &str, at: usize) -> Option<usize> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return byte.is_ascii_alphanumeric().then_some(1);
    }
    let ch = text[at..].chars().next()?;
    ch.is_alphanumeric().then(|| ch.len_utf8())
}
