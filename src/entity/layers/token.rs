//! The text cut into tokens, once, for all layers: words, numbers, initials, marks, with their shape, the gap before
//! them and whether they lie in something that is never a name (addresses, handles, mark-up). One pass, linear; it
//! refuses to know anything about names.

use std::hash::BuildHasher as _;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use crate::text::Extent;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters, perhaps with digits, inner apostrophes or an internet suffix (`Lotto.com`).
    Word,
    /// Digits, with their inner commas and points.
    Number,
    /// One letter and a point.
    Initial,
    /// Two or more letters, each with a point: `U.S.`.
    Dotted,
    /// One character of a script that writes without spaces.
    Ideograph,
    /// `'s`.
    Possessive,
    /// Any other single character.
    Mark,
    /// Past either end of the text.
    Nothing,
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    Glued,
    /// Spaces.
    Space,
    /// One line feed.
    Line,
    /// A blank line, or the start of the text.
    Break,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// First byte in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The number of its word among the page's: tokens that are one word in lower case have one number.
    pub word: u32,
    /// What stands before it.
    pub gap: Gap,
    /// What it is made of.
    pub shape: Shape,
    /// It starts with a capital (or is an ideograph).
    pub capital: bool,
    /// All its letters are capitals, and it has at least two.
    pub upper: bool,
    /// It lies in an address, a handle or mark-up.
    pub masked: bool,
    /// It opens a sentence or a line, so that its capital says nothing.
    pub opens: bool,
    /// It stands in a line whose words are nearly all capitalised, so that capitals say nothing.
    pub titled: bool,
}

/// A text and its tokens.
#[derive(Debug)]
pub(super) struct Page<'t> {
    /// The text.
    pub text: &'t str,
    /// The tokens of the zones read, in order.
    pub tokens: Vec<Token>,
    /// Blanks where a stop was lost, in order.
    pub lost: Vec<usize>,
    words: Words,
}

/// What words of all pages are hashed with, so that hashes of a page can be held against those of a list.
static HASHING: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// The hash of a word in lower case.
pub(super) fn hash(low: &str) -> u64 {
    HASHING.hash_one(low)
}

/// The words of a page in lower case, each once, by rising numbers.
#[derive(Debug)]
struct Words {
    low: String,
    all: Vec<Word>,
    /// The numbers of the words, each in the first free slot from that of its hash on; 0 where a slot is free. A power of
    /// two, more than twice as many as there are words.
    slots: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    start: u32,
    end: u32,
    hash: u64,
    /// What it says as a number word.
    number: Option<u8>,
}

impl Words {
    /// Words of a text of so many bytes. Number 0 is the empty word.
    fn of(bytes: usize) -> Self {
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
    fn get(&self, number: u32) -> &str {
        let word = self.all[number as usize];
        &self.low[word.start as usize..word.end as usize]
    }

    /// The number of the word that was written behind the others, from byte `start` on.
    fn number(&mut self, start: usize) -> u32 {
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
            number: super::figures::small(&self.low[start..]),
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

const NOWHERE: Token = Token {
    start: 0,
    end: 0,
    word: 0,
    gap: Gap::Break,
    shape: Shape::Nothing,
    capital: false,
    upper: false,
    masked: false,
    opens: false,
    titled: false,
};

impl<'t> Page<'t> {
    /// Cuts the `zones` of `text`.
    pub fn new(text: &'t str, zones: &[Extent]) -> Self {
        let bytes: usize = zones.iter().map(|zone| zone.len()).sum();
        let mut page = Self {
            text,
            tokens: Vec::with_capacity(bytes / 5),
            lost: Vec::new(),
            words: Words::of(bytes),
        };
        for zone in zones {
            if text.get(zone.start..zone.end).is_some() {
                Cutter::new(&mut page, *zone).cut();
            }
        }
        mark_openings(&mut page);
        mark_titles(&mut page);
        page
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Token `at`; one of shape [`Shape::Nothing`] past the end.
    #[inline]
    pub fn token(&self, at: usize) -> &Token {
        self.tokens.get(at).unwrap_or(&NOWHERE)
    }

    /// The token `back` places before `at`.
    pub fn before(&self, at: usize, back: usize) -> &Token {
        at.checked_sub(back).map_or(&NOWHERE, |at| self.token(at))
    }

    /// Token `at` in lower case; empty past the end.
    #[inline]
    pub fn low(&self, at: usize) -> &str {
        self.words.get(self.token(at).word)
    }

    /// The word of this number, in lower case.
    pub fn word(&self, number: u32) -> &str {
        self.words.get(number)
    }

    /// One more than the highest number of a word.
    pub fn words(&self) -> usize {
        self.words.all.len()
    }

    /// What token `at` says as a number word: `five`, `twenty`.
    #[inline]
    pub fn number(&self, at: usize) -> Option<u64> {
        let word = self.token(at).word as usize;
        self.words.all[word].number.map(u64::from)
    }

    /// The [`hash`] of token `at` in lower case.
    pub fn hash(&self, at: usize) -> u64 {
        self.words.all[self.token(at).word as usize].hash
    }

    /// The token `back` places before `at`, in lower case.
    pub fn low_before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.low(at))
    }

    /// Token `at` as it stands.
    #[inline]
    pub fn of(&self, at: usize) -> &'t str {
        let token = self.token(at);
        &self.text[token.start..token.end]
    }

    /// Whether token `at` is this mark.
    #[inline]
    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        let token = self.token(at);
        if token.shape != Shape::Mark {
            return false;
        }
        if mark.is_ascii() {
            return self.text.as_bytes().get(token.start) == Some(&(mark as u8));
        }
        self.text[token.start..token.end].starts_with(mark)
    }

    /// Whether token `at` is a hyphen or a dash.
    #[inline]
    pub fn is_dash(&self, at: usize) -> bool {
        let token = self.token(at);
        token.shape == Shape::Mark
            && matches!(
                &self.text[token.start..token.end],
                "-" | "–" | "—" | "‑" | "‐"
            )
    }

    /// From the start of token `first` to the end of token `last`.
    pub fn extent(&self, first: usize, last: usize) -> Extent {
        let start = self.token(first).start;
        Extent::new(start, self.token(last).end.max(start))
    }

    /// The index of the first token that ends after byte `at`.
    pub fn index_at(&self, at: usize) -> usize {
        self.tokens.partition_point(|token| token.end <= at)
    }
}

/// The cutting of one zone.
struct Cutter<'p, 't> {
    page: &'p mut Page<'t>,
    at: usize,
    end: usize,
    gap: Gap,
    /// Everything before this byte is masked.
    mask: usize,
}

/// Letters that follow a number as its unit or scale and are tokens of their own.
const SUFFIXES: [&str; 30] = [
    "k", "m", "mn", "mm", "b", "bn", "t", "tn", "tr", "st", "nd", "rd", "th", "s", "h", "q", "am",
    "pm", "million", "billion", "trillion", "km", "kg", "mw", "gw", "usd", "eur", "cr", "x", "hr",
];

/// Endings that make `word.ending` one word.
const DOMAINS: [&str; 22] = [
    "com", "net", "org", "io", "ai", "co", "gov", "edu", "eu", "de", "uk", "fr", "cn", "tv", "app",
    "dev", "news", "info", "biz", "me", "us", "ca",
];

impl<'p, 't> Cutter<'p, 't> {
    fn new(page: &'p mut Page<'t>, zone: Extent) -> Self {
        Self {
            page,
            at: zone.start,
            end: zone.end,
            gap: Gap::Break,
            mask: 0,
        }
    }

    fn rest(&self) -> &'t str {
        &self.page.text[self.at..self.end]
    }

    fn cut(&mut self) {
        let mut chunk_end = 0;
        while let Some(c) = self.rest().chars().next() {
            if c.is_whitespace() {
                self.skip_space();
                continue;
            }
            if self.at >= chunk_end {
                let start = self.at;
                chunk_end = start + self.look_at_chunk();
                if self.at > start {
                    continue;
                }
            }
            let (length, shape) = self.measure(c);
            self.push(length, shape);
        }
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let (mut feeds, mut length) = (0, 0);
        while let Some(byte) = bytes.get(length) {
            let (blank, bytes) = blank(*byte, &rest[length..]);
            if !blank {
                break;
            }
            feeds += usize::from(*byte == b'\n');
            length += bytes;
        }
        self.at += length;
        let gap = match feeds {
            0 => Gap::Space,
            1 => Gap::Line,
            _ => Gap::Break,
        };
        self.gap = self.gap.max(gap);
    }

    /// The length of the run without white space that starts here; masks it, or a part of it, where it is an address.
    fn look_at_chunk(&mut self) -> usize {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let mut length = 0;
        let (mut sign, mut letter, mut point) = (false, false, false);
        while let Some(byte) = bytes.get(length) {
            sign |= matches!(byte, b'/' | b'@' | b']');
            letter |= matches!(byte, b'w' | b'W');
            point |= matches!(byte, b'.' | b':');
            let (blank, bytes) = blank(*byte, &rest[length..]);
            if blank {
                break;
            }
            length += bytes;
        }
        // `www.` alone has no sign; a word with a `w` is none without a point or a colon.
        if !(sign || letter && point) {
            return length;
        }
        let chunk = &rest[..length];
        if let Some(at) = address_start(chunk) {
            // What stands before the address (a glued word, an opening bracket) stays readable only where the
            // address has a scheme: a mail address has no visible start.
            let from = self.at + at;
            self.mask = self.mask.max(from + address_length(&chunk[at..]));
            if at > 0 {
                // Leave the words before it unmasked: cut them now.
                self.mask = 0;
                self.cut_until(from);
                self.mask = from + address_length(&chunk[at..]);
            }
        }
        length
    }

    fn cut_until(&mut self, until: usize) {
        let end = std::mem::replace(&mut self.end, until);
        while let Some(c) = self.rest().chars().next() {
            let (length, shape) = self.measure(c);
            self.push(length, shape);
        }
        self.end = end;
    }

    /// Length in bytes and shape of the token that starts here with `c`.
    fn measure(&self, c: char) -> (usize, Shape) {
        let rest = self.rest();
        if let Some(length) = plain_word(rest.as_bytes()) {
            return (length, Shape::Word);
        }
        if c.is_ascii_digit() {
            return number(rest);
        }
        if ideograph(c) {
            return (c.len_utf8(), Shape::Ideograph);
        }
        if c.is_alphabetic() {
            // The letter behind digits is their scale, and the point behind it ends the sentence: `$3.8B.`.
            let scale = self.gap == Gap::Glued
                && self
                    .page
                    .tokens
                    .last()
                    .is_some_and(|token| token.shape == Shape::Number);
            return dotted(rest)
                .filter(|_| !scale)
                .unwrap_or_else(|| (word(rest), Shape::Word));
        }
        if matches!(c, '\'' | '’') && self.gap == Gap::Glued {
            let mut after = rest[c.len_utf8()..].chars();
            let letter = after.next().is_some_and(|c| matches!(c, 's' | 'S'));
            if letter && !after.next().is_some_and(char::is_alphanumeric) {
                return (c.len_utf8() + 1, Shape::Possessive);
            }
        }
        (c.len_utf8(), Shape::Mark)
    }

    fn push(&mut self, length: usize, shape: Shape) {
        let start = self.at;
        let surface = &self.page.text[start..start + length];
        let low_start = self.page.words.low.len();
        let (capital, upper) = if surface.is_ascii() {
            self.page.words.low.push_str(surface);
            self.page.words.low[low_start..].make_ascii_lowercase();
            plain_case(surface.as_bytes())
        } else {
            self.push_low(surface);
            let letters = surface.chars().filter(|c| c.is_alphabetic()).count();
            let first = surface.chars().next();
            (
                first.is_some_and(|c| c.is_uppercase() || ideograph(c)),
                letters > 1 && !surface.chars().any(char::is_lowercase),
            )
        };
        let word = self.page.words.number(low_start);
        self.page.tokens.push(Token {
            start,
            end: start + length,
            word,
            gap: self.gap,
            shape,
            capital,
            upper,
            masked: start < self.mask,
            opens: false,
            titled: false,
        });
        self.at += length;
        self.gap = Gap::Glued;
    }

    /// Adds a token with letters beyond ASCII to the text in lower case.
    fn push_low(&mut self, surface: &str) {
        for c in surface.chars() {
            match c {
                '’' => self.page.words.low.push('\''),
                _ if c.is_ascii() => self.page.words.low.push(c.to_ascii_lowercase()),
                _ => self.page.words.low.extend(c.to_lowercase()),
            }
        }
    }
}

/// Whether the character that begins `rest` with `byte` is white space, and how long it is.
#[inline]
fn blank(byte: u8, rest: &str) -> (bool, usize) {
    if byte.is_ascii() {
        return (matches!(byte, b'\t'..=b'\r' | b' '), 1);
    }
    let c = rest.chars().next().unwrap_or(' ');
    (c.is_whitespace(), c.len_utf8())
}

/// Whether an ASCII token starts with a capital, and whether its letters, two or more, are all capitals.
fn plain_case(surface: &[u8]) -> (bool, bool) {
    let (mut capitals, mut small) = (0, false);
    for byte in surface {
        capitals += usize::from(byte.is_ascii_uppercase());
        small |= byte.is_ascii_lowercase();
    }
    let capital = surface.first().is_some_and(u8::is_ascii_uppercase);
    (capital, capitals > 1 && !small)
}

/// Where an address starts in a run without white space.
fn address_start(chunk: &str) -> Option<usize> {
    let scheme = ["https://", "http://", "www.", "mailto:"]
        .iter()
        .filter_map(|scheme| find_ignoring_case(chunk, scheme))
        .min();
    let mail = chunk.find('@').map(|at| {
        chunk[..at]
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || "._%+-".contains(c)))
            .map_or(0, |before| {
                before + chunk[before..].chars().next().map_or(1, char::len_utf8)
            })
    });
    let target = chunk.find("](").map(|at| at + 1);
    [scheme, mail, target].into_iter().flatten().min()
}

/// The length of the address at the start of `from`: up to a closing bracket or quotation mark, or to the end.
fn address_length(from: &str) -> usize {
    if from.starts_with('(') {
        return from.find(')').map_or(from.len(), |at| at + 1);
    }
    let skip = from.chars().next().map_or(0, char::len_utf8);
    from[skip..]
        .find(['"', '”', '>', '<', '|', '，', '。'])
        .map_or(from.len(), |at| at + skip)
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    (0..(text.len() + 1).saturating_sub(needle.len()))
        .find(|&at| text[at..at + needle.len()].eq_ignore_ascii_case(needle))
}

/// A number, and what belongs to its digits.
fn number(rest: &str) -> (usize, Shape) {
    let bytes = rest.as_bytes();
    let mut end = 0;
    while let Some(&b) = bytes.get(end) {
        let inner = matches!(b, b',' | b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !(b.is_ascii_digit() || inner) {
            break;
        }
        end += 1;
    }
    let letters = rest[end..]
        .find(|c: char| !c.is_alphabetic() || ideograph(c))
        .unwrap_or(rest.len() - end);
    let after = &rest[end..end + letters];
    let unit = letters == 0
        || SUFFIXES
            .iter()
            .any(|suffix| after.eq_ignore_ascii_case(suffix))
            && !rest[end + letters..].starts_with(|c: char| c.is_ascii_digit());
    if unit {
        (end, Shape::Number)
    } else {
        (end + word(&rest[end..]), Shape::Word)
    }
}

/// `J.` and `U.S.`; nothing for other words.
fn dotted(rest: &str) -> Option<(usize, Shape)> {
    let mut end = 0;
    let mut letters = 0;
    loop {
        let mut chars = rest[end..].chars();
        let (letter, point) = (chars.next()?, chars.next());
        if !letter.is_alphabetic() || point != Some('.') {
            break;
        }
        end += letter.len_utf8() + 1;
        letters += 1;
        if end >= rest.len() {
            break;
        }
    }
    match letters {
        0 => None,
        // `a.m` and `U.S` lack their last point.
        1 if rest[end..].starts_with(char::is_alphanumeric) => {
            let letter = rest[end..].chars().next()?;
            let next = rest[end + letter.len_utf8()..].chars().next();
            let single = letter.is_alphabetic() && !next.is_some_and(char::is_alphanumeric);
            single.then_some((end + letter.len_utf8(), Shape::Dotted))
        }
        1 => rest
            .starts_with(char::is_uppercase)
            .then_some((end, Shape::Initial)),
        _ => Some((end, Shape::Dotted)),
    }
}

/// The length of the word at the start of `rest`, where it is one of the many of nothing but two letters of ASCII or more
/// before a blank or a comma: no other rule says anything of those.
fn plain_word(rest: &[u8]) -> Option<usize> {
    let length = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let ends = matches!(rest.get(length), None | Some(b' ' | b'\n' | b','));
    (length > 1 && ends).then_some(length)
}

/// The length of the word at the start of `rest`.
fn word(rest: &str) -> usize {
    let code = rest.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(0);
    if matches!(code, 2 | 3)
        && rest[code..].starts_with(|c: char| c.is_ascii_digit())
        && super::money::glued_code(&rest[..code])
    {
        return code;
    }
    let mut end = letters(rest);
    while let Some(c @ ('\'' | '’')) = rest[end..].chars().next() {
        let after = &rest[end + c.len_utf8()..];
        let more = letters(after);
        if more == 0 || matches!(&after[..more], "s" | "S") {
            break;
        }
        end += c.len_utf8() + more;
    }
    if rest[end..].starts_with('.') {
        let after = &rest[end + 1..];
        let more = letters(after);
        if more > 0
            && DOMAINS
                .iter()
                .any(|domain| after[..more].eq_ignore_ascii_case(domain))
        {
            end += 1 + more;
        }
    }
    end
}

fn letters(rest: &str) -> usize {
    let plain = rest
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
        .count();
    if rest.as_bytes().get(plain).is_none_or(u8::is_ascii) {
        return plain;
    }
    rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || combining(c)) || ideograph(c))
        .unwrap_or(rest.len())
}

fn combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Scripts that write without spaces: kana and Han.
pub(super) fn ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// Marks the tokens whose capital may only mean that a sentence or line opens.
fn mark_openings(page: &mut Page<'_>) {
    let mut fresh = true;
    for at in 0..page.tokens.len() {
        let token = page.tokens[at];
        fresh |= token.gap >= Gap::Line;
        match token.shape {
            Shape::Mark => {
                let mark = page.of(at);
                fresh = match mark {
                    "." | "!" | "?" | ":" | "•" | "*" | "#" | "|" | "·" | "。" | "；" => true,
                    "“" | "”" | "\"" | "(" | "[" | "‘" | "’" | "'" | ")" | "-" | "–" | "—" => {
                        fresh
                    }
                    _ => false,
                };
            }
            _ => {
                page.tokens[at].opens = fresh;
                fresh = false;
            }
        }
    }
}

/// Marks the lines in which nearly every word is capitalised.
fn mark_titles(page: &mut Page<'_>) {
    let mut start = 0;
    while start < page.tokens.len() {
        let mut end = start + 1;
        while end < page.tokens.len() && page.tokens[end].gap < Gap::Line {
            end += 1;
        }
        let (mut long, mut capital) = (0, 0);
        for token in &page.tokens[start..end] {
            if token.shape == Shape::Word && token.end - token.start > 3 && !token.masked {
                long += 1;
                capital += usize::from(token.capital);
            }
        }
        if long >= 3 && capital * 10 >= long * 8 && long < 60 {
            page.tokens[start..end]
                .iter_mut()
                .for_each(|token| token.titled = true);
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let page = Page::new(text, &[Extent::new(0, text.len())]);
        (0..page.len()).map(|at| page.of(at)).collect()
    }

    #[test]
    fn words_numbers_and_initials() {
        for (text, tokens) in [
            ("U.S. and J. Doe", "U.S.|and|J.|Doe"),
            ("O’Brien’s €2.3bn", "O’Brien|’s|€|2.3|bn"),
            ("45Drives, 5,000 on 3rd", "45Drives|,|5,000|on|3|rd"),
            ("Q1 2025–26", "Q1|2025|–|26"),
            ("Lotto.com said.", "Lotto.com|said|."),
            ("新华社3亿元", "新|华|社|3|亿|元"),
            ("end.Start", "end|.|Start"),
        ] {
            assert_eq!(cut(text).join("|"), tokens, "{text}");
        }
    }

    #[test]
    fn a_word_has_one_number_wherever_and_however_it_stands() {
        let mut text = String::new();
        for round in 0..2 {
            for word in 0..3_000 {
                let word = format!("w{word}x ");
                text += &if round == 0 {
                    word
                } else {
                    word.to_uppercase()
                };
            }
        }
        let page = Page::new(&text, &[Extent::new(0, text.len())]);
        assert_eq!((page.len(), page.words()), (6_000, 3_001));
        for at in 0..3_000 {
            assert_eq!(page.token(at).word, page.token(at + 3_000).word);
            assert_eq!(page.low(at), page.of(at));
            assert_eq!(page.hash(at), hash(page.of(at)));
        }
        assert_eq!((page.low(6_000), page.token(6_000).word), ("", 0));
    }

    #[test]
    fn addresses_are_masked_and_words_before_them_are_not() {
        let text = "trade.https://news.example.com/A see info@Acme.com Acme";
        let page = Page::new(text, &[Extent::new(0, text.len())]);
        let open: Vec<&str> = (0..page.len())
            .filter(|&at| !page.token(at).masked)
            .map(|at| page.of(at))
            .collect();
        assert_eq!(open.join(" "), "trade . see Acme");
    }
}
