//! Where a token ends: words with their apostrophes and suffixes, numbers, initials, dotted letters, addresses. It looks
//! at one place at a time and refuses to go back.

use super::{Gap, Page, Shape, Token};
use crate::text::Extent;

/// The cutting of one zone.
pub(super) struct Cutter<'p, 't> {
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
    pub fn new(page: &'p mut Page<'t>, zone: Extent) -> Self {
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

    pub fn cut(&mut self) {
        let mut chunk_end = 0;
        loop {
            // Most tokens: a word of letters behind a single blank.
            if self.at >= chunk_end {
                while self.skip_blank() && self.cut_plain() {}
            }
            let Some(c) = self.rest().chars().next() else {
                break;
            };
            if c.is_whitespace() {
                self.skip_space();
                continue;
            }
            if self.at >= chunk_end {
                if self.cut_plain() {
                    continue;
                }
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

    /// Passes over the blank that stands here, where a letter of ASCII follows it.
    #[inline]
    fn skip_blank(&mut self) -> bool {
        let rest = &self.page.text.as_bytes()[self.at..self.end];
        let blank = matches!(rest, [b' ', next, ..] if next.is_ascii_alphabetic());
        if blank {
            self.at += 1;
            self.gap = self.gap.max(Gap::Space);
        }
        blank
    }

    /// Cuts the word that starts here, where it is one of the many between blanks that have two letters of ASCII or more
    /// and nothing else: it is no address, and no other rule says anything of it.
    fn cut_plain(&mut self) -> bool {
        let rest = &self.page.text.as_bytes()[self.at..self.end];
        let length = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let plain = length > 1 && matches!(rest.get(length), None | Some(b' ' | b'\n'));
        if plain {
            let surface = &self.page.text[self.at..self.at + length];
            let (capital, upper) = plain_case(surface.as_bytes());
            let low = self.push_plain(surface);
            self.push_token(length, Shape::Word, low, capital, upper);
        }
        plain
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
            if self.fused_year(rest.as_bytes()) {
                return (4, Shape::Number);
            }
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

    /// Whether `rest` starts with the year of a day and the next line's first word, which a page lost its line feed
    /// before: `November 13, 2025Time: 11am`.
    fn fused_year(&self, rest: &[u8]) -> bool {
        let [b'1' | b'2', b'9' | b'0', c, d, letter, next, ..] = rest else {
            return false;
        };
        let fused = c.is_ascii_digit()
            && d.is_ascii_digit()
            && letter.is_ascii_uppercase()
            && next.is_ascii_alphabetic();
        if !fused || self.gap != Gap::Space {
            return false;
        }
        let mut before = self.page.tokens.iter().rev();
        let day = match before.next() {
            Some(last) if last.shape == Shape::Mark => before
                .next()
                .filter(|_| &self.page.text[last.start..last.end] == ","),
            last => last,
        };
        day.is_some_and(|day| day.shape == Shape::Number && day.end - day.start <= 2)
    }

    fn push(&mut self, length: usize, shape: Shape) {
        let surface = &self.page.text[self.at..self.at + length];
        let low = self.page.words.low.len();
        let (capital, upper) = if surface.is_ascii() {
            self.push_plain(surface);
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
        self.push_token(length, shape, low, capital, upper);
    }

    /// Adds the token of so many bytes that is written in lower case from byte `low` on.
    fn push_token(&mut self, length: usize, shape: Shape, low: usize, capital: bool, upper: bool) {
        let start = self.at;
        let word = self.page.words.number(low);
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

    /// Adds a token of ASCII to the text in lower case; gives where it begins there.
    fn push_plain(&mut self, surface: &str) -> usize {
        let low = &mut self.page.words.low;
        let start = low.len();
        low.push_str(surface);
        low[start..].make_ascii_lowercase();
        start
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
    let capital = surface.first().is_some_and(u8::is_ascii_uppercase);
    if surface.iter().any(u8::is_ascii_lowercase) {
        // Most tokens.
        return (capital, false);
    }
    let capitals = surface.iter().filter(|b| b.is_ascii_uppercase()).count();
    (capital, capitals > 1)
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
        && super::super::money::glued_code(&rest[..code])
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
fn ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}
