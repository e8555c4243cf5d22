//! The signs within a line of Markdown: emphasis, links, pictures, code, escapes, references, tags. A sign whose partner
//! is not near is text. The search for partners is bounded, so that a line of signs costs no more than its length.

use std::collections::HashMap;

use crate::release::{Markup, MarkupKind};
use crate::source::html::decode_references;
use crate::text::Extent;

/// How far the partner of a sign may be, in bytes.
const REACH: usize = 4 << 10;
/// How many bytes may be searched for partners, for each byte of the line.
const EFFORT: usize = 32;
/// How deep signs may lie within signs.
const DEPTH: usize = 6;

/// Addresses that a document defines apart from its text: `[1]: https://…`.
#[derive(Debug, Default)]
pub struct References(HashMap<String, String>);

impl References {
    /// Those of a document.
    pub fn read(text: &str) -> Self {
        let found = text.lines().filter_map(|l| definition(l.trim()));
        Self(
            found
                .map(|(name, address)| (name.to_lowercase(), address.to_owned()))
                .collect(),
        )
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(&name.to_lowercase()).map(String::as_str)
    }
}

/// `[name]: address`.
pub fn definition(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix('[')?.split_once("]:")?;
    let address = rest.split_whitespace().next()?.trim_matches(['<', '>']);
    let plausible = address.contains("://")
        || address.starts_with(['/', '#'])
        || address.starts_with("mailto:");
    (!name.is_empty() && !name.starts_with('^') && plausible).then_some((name, address))
}

/// Writes a line without its signs.
pub fn write(line: &str, references: &References, out: &mut String, markup: &mut Vec<Markup>) {
    let mut writer = Inline {
        references,
        out,
        markup,
        effort: (line.len() + 256) * EFFORT,
    };
    writer.write(line.trim_end(), 0);
}

struct Inline<'a> {
    references: &'a References,
    out: &'a mut String,
    markup: &'a mut Vec<Markup>,
    effort: usize,
}

impl Inline<'_> {
    fn write(&mut self, text: &str, depth: usize) {
        let mut at = 0;
        while let Some(step) = text[at..].find(['\\', '*', '_', '`', '[', '!', '<', '&']) {
            self.out.push_str(&text[at..at + step]);
            at += step;
            let used = if depth < DEPTH {
                self.sign(text, at, depth)
            } else {
                0
            };
            if used == 0 {
                let length = text[at..].chars().next().map_or(1, char::len_utf8);
                self.out.push_str(&text[at..at + length]);
                at += length;
            } else {
                at += used;
            }
        }
        self.out.push_str(&text[at..]);
    }

    /// Reads the sign at `at` and gives its length with all that belongs to it; 0 where it is text.
    fn sign(&mut self, text: &str, at: usize, depth: usize) -> usize {
        let rest = &text[at..];
        match rest.as_bytes()[0] {
            b'\\' => match rest[1..].chars().next() {
                Some(c) if c.is_ascii_punctuation() => {
                    self.out.push(c);
                    2
                }
                _ => 0,
            },
            b'*' | b'_' => self.emphasis(text, at, depth),
            b'`' => self.code(rest),
            b'!' if rest.starts_with("![") => self.picture(rest),
            b'[' => self.link(rest, depth),
            b'<' => self.angle(rest),
            b'&' => self.reference(rest),
            _ => 0,
        }
    }

    /// Where `needle` is in `text`, within reach and effort.
    fn find(&mut self, text: &str, needle: &str) -> Option<usize> {
        let window = &text[..text.floor_char_boundary(REACH)];
        if self.effort == 0 {
            return None;
        }
        let found = window.find(needle);
        self.effort = self
            .effort
            .saturating_sub(found.unwrap_or(window.len()) + 1);
        found
    }

    fn emphasis(&mut self, text: &str, at: usize, depth: usize) -> usize {
        let rest = &text[at..];
        let c = rest.as_bytes()[0];
        // A longer run is a rule or a row of stars, and need not be counted to its end.
        let length = rest.bytes().take(4).take_while(|b| *b == c).count();
        if length > 3 {
            return 0;
        }
        let (sign, inner) = rest.split_at(length);
        let before = text[..at].chars().next_back();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let opens = inner.chars().next().is_some_and(|c| !c.is_whitespace()) && !word(before);
        if !opens {
            return 0;
        }
        let Some(end) = self.closing(inner, sign) else {
            return 0;
        };
        let start = self.out.len();
        self.write(&inner[..end], depth + 1);
        if length > 1 {
            self.mark(start, MarkupKind::Strong);
        }
        end + 2 * length
    }

    /// Where emphasis ends: at its sign, after a letter or mark, and not within a word.
    fn closing(&mut self, inner: &str, sign: &str) -> Option<usize> {
        let mut from = 0;
        loop {
            let end = from + self.find(&inner[from..], sign)?;
            let before = inner[..end].chars().next_back();
            let after = inner[end + sign.len()..].chars().next();
            let within = after.is_some_and(char::is_alphanumeric);
            let longer = after.is_some_and(|c| sign.starts_with(c));
            if before.is_some_and(|c| !c.is_whitespace()) && !within && !longer {
                return Some(end);
            }
            from = end + sign.len() + if longer { 1 } else { 0 };
        }
    }

    fn code(&mut self, rest: &str) -> usize {
        let length = rest.bytes().take(4).take_while(|b| *b == b'`').count();
        let (sign, inner) = rest.split_at(length);
        let Some(end) = self.find(inner, sign).filter(|e| *e > 0) else {
            return 0;
        };
        self.out.push_str(&inner[..end]);
        end + 2 * length
    }

    fn picture(&mut self, rest: &str) -> usize {
        let Some(end) = self.find(rest, "](") else {
            return 0;
        };
        match self.find(&rest[end..], ")") {
            Some(close) => end + close + 1,
            None => 0,
        }
    }

    fn link(&mut self, rest: &str, depth: usize) -> usize {
        let Some(end) = self.bracket(rest) else {
            return 0;
        };
        let (words, after) = (&rest[1..end], &rest[end + 1..]);
        let (address, length) = if let Some(target) = after.strip_prefix('(') {
            let Some(close) = self.parenthesis(target) else {
                return 0;
            };
            let address = target[..close]
                .split_whitespace()
                .next()
                .unwrap_or_default();
            (address.trim_matches(['<', '>']).to_owned(), close + 2)
        } else if let Some(name) = after.strip_prefix('[') {
            let Some(close) = self.find(name, "]") else {
                return 0;
            };
            let name = if close == 0 { words } else { &name[..close] };
            let Some(address) = self.references.get(name) else {
                return 0;
            };
            (address.to_owned(), close + 2)
        } else {
            return 0;
        };
        let start = self.out.len();
        self.write(words, depth + 1);
        if !address.is_empty() {
            self.mark(
                start,
                MarkupKind::Link(decode_references(&address).into_owned()),
            );
        }
        end + 1 + length
    }

    /// The bracket that closes the one at the start, those within counted.
    fn bracket(&mut self, rest: &str) -> Option<usize> {
        let mut open = 0_usize;
        let window = &rest[..rest.floor_char_boundary(REACH)];
        for (at, b) in window.bytes().enumerate() {
            self.effort = self.effort.checked_sub(1)?;
            match b {
                b'[' => open += 1,
                b']' => open = open.checked_sub(1)?,
                _ => {}
            }
            if open == 0 {
                return Some(at);
            }
        }
        None
    }

    /// The parenthesis that closes an address; addresses may hold pairs of their own.
    fn parenthesis(&mut self, target: &str) -> Option<usize> {
        let mut open = 1_usize;
        let window = &target[..target.floor_char_boundary(REACH)];
        for (at, b) in window.bytes().enumerate() {
            self.effort = self.effort.checked_sub(1)?;
            match b {
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Some(at);
            }
        }
        None
    }

    /// `<https://…>`, or a tag of HTML.
    fn angle(&mut self, rest: &str) -> usize {
        let Some(end) = self.find(rest, ">") else {
            return 0;
        };
        let inner = &rest[1..end];
        if inner.contains("://") && !inner.contains(' ') || inner.starts_with("mailto:") {
            let start = self.out.len();
            self.out.push_str(inner.trim_start_matches("mailto:"));
            self.mark(start, MarkupKind::Link(inner.to_owned()));
            return end + 1;
        }
        let name = inner.trim_start_matches('/');
        let tag = name.starts_with(|c: char| c.is_ascii_alphabetic()) || inner.starts_with("!--");
        if !tag || (inner.contains('@') && !inner.contains(' ')) {
            return 0;
        }
        if name.get(..2).is_some_and(|n| n.eq_ignore_ascii_case("br")) {
            self.out.push('\n');
        }
        end + 1
    }

    fn reference(&mut self, rest: &str) -> usize {
        const LONGEST: usize = 33;
        let window = &rest[..rest.floor_char_boundary(LONGEST)];
        let Some(end) = window.find(';') else {
            return 0;
        };
        let decoded = decode_references(&window[..=end]);
        if decoded == window[..=end] {
            return 0;
        }
        self.out.push_str(&decoded);
        end + 1
    }

    fn mark(&mut self, start: usize, kind: MarkupKind) {
        if start < self.out.len() {
            self.markup.push(Markup {
                extent: Extent::new(start, self.out.len()),
                kind,
            });
        }
    }
}
