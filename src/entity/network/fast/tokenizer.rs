//! From text to tokens with their features, exactly as spaCy's English pipelines cut and see them: the network knows only
//! words that are cut as they were when it was trained. It gives extents of the text it was handed and changes nothing.

use std::collections::HashMap;

use super::affix::Affixes;
use super::url::is_url;
use crate::entity::network::ModelError;
use crate::entity::network::tables::{CharSet, Tables};
use crate::text::Extent;

/// What the network sees of a token, as string ids: norm, first character, last three characters, shape, and the text
/// itself (which only pipelines with static vectors look at).
pub(super) type Features = [u64; 5];

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it stands.
    pub extent: Extent,
    /// What the network sees of it.
    pub features: Features,
    /// Whether it is white space only.
    pub is_space: bool,
    /// Whether a sequence of tokens that belongs together may start with it.
    opens: bool,
}

/// A token without its place.
#[derive(Clone, Copy, Debug)]
struct Piece {
    length: usize,
    features: Features,
    is_space: bool,
    opens: bool,
}

/// An exception of the pipeline: a text that is cut into just these pieces, each with its norm if it has its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::entity::network) struct Exception {
    /// The text.
    pub text: String,
    /// Its pieces: text and norm. The texts joined give the text above.
    pub pieces: Vec<(String, Option<String>)>,
}

/// Sequences of tokens that affix rules tore out of one exception, as a tree.
#[derive(Clone, Debug, Default)]
struct Torn {
    next: HashMap<Box<str>, Torn>,
    ends: bool,
}

/// Words longer than this are cut anew each time instead of being remembered.
const REMEMBERED_BYTES: usize = 64;
/// So many words are remembered; then the memory is emptied (about 6 MB when full).
const REMEMBERED_WORDS: usize = 32_768;
/// From so many characters on a shape is just "LONG".
const LONG: usize = 100;
/// Of a run of equal signs, a shape keeps so many.
const RUN: usize = 4;

/// The tokenizer of one pipeline.
#[derive(Clone, Debug)]
pub(super) struct Tokenizer {
    tables: Tables,
    affixes: Affixes,
    top_level: CharSet,
    is_alpha: CharSet,
    is_digit: CharSet,
    is_upper: CharSet,
    is_space: CharSet,
    exceptions: HashMap<Box<str>, Box<[Piece]>>,
    longest_exception: usize,
    /// String id of a word to the string id of its norm.
    norms: HashMap<u64, u64>,
    torn: Torn,
    remembered: HashMap<Box<str>, Box<[Piece]>>,
}

impl Tokenizer {
    /// The tokenizer with these exceptions and norms (string id of a word, norm).
    ///
    /// # Errors
    /// Where the built-in character tables are incomplete.
    pub fn new(exceptions: &[Exception], norms: &[(u64, &str)]) -> Result<Self, ModelError> {
        let mut tables = Tables::read()?;
        let affixes = Affixes::new(&mut tables)?;
        let norms = norms
            .iter()
            .map(|&(word, norm)| (word, tables.id(norm)))
            .collect();
        let mut new = Self {
            affixes,
            top_level: tables.set("top-level")?,
            is_alpha: tables.set("isalpha")?,
            is_digit: tables.set("isdigit")?,
            is_upper: tables.set("isupper")?,
            is_space: tables.set("isspace")?,
            tables,
            exceptions: HashMap::new(),
            longest_exception: 0,
            norms,
            torn: Torn::default(),
            remembered: HashMap::new(),
        };
        new.learn(exceptions);
        Ok(new)
    }

    /// Takes in the exceptions, and notes how the rules would tear each of them.
    fn learn(&mut self, exceptions: &[Exception]) {
        for exception in exceptions {
            let word = exception.text.as_str();
            let torn = self.affixes.prefix(word) > 0
                || self.affixes.suffix(word) > 0
                || word.contains(' ')
                || !self.affixes.infixes(word).is_empty();
            if torn {
                let tokens = self.cut(word);
                let leaf = tokens.iter().fold(&mut self.torn, |node, token| {
                    let text = token.extent.of(word);
                    node.next.entry(text.into()).or_default()
                });
                leaf.ends = true;
            }
        }
        for exception in exceptions {
            let pieces: Box<[Piece]> = exception
                .pieces
                .iter()
                .map(|(text, norm)| self.piece(text, norm.as_deref()))
                .collect();
            self.longest_exception = self.longest_exception.max(exception.text.len());
            self.exceptions
                .insert(exception.text.as_str().into(), pieces);
        }
        self.remembered.clear();
    }

    /// The tokens of `text`.
    pub fn tokens(&mut self, text: &str) -> Vec<Token> {
        let tokens = self.cut(text);
        self.mend(text, tokens)
    }

    /// Cuts at white space and then each word. One space after a word is not a token; all other white space is.
    fn cut(&mut self, text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut start = 0;
        let mut in_space = text.starts_with(|c| self.is_space.has(c));
        for (at, c) in text.char_indices() {
            if self.is_space.has(c) == in_space {
                continue;
            }
            if start < at {
                self.word(text, Extent::new(start, at), &mut tokens);
            }
            start = if c == ' ' { at + 1 } else { at };
            in_space = !in_space;
        }
        if start < text.len() {
            self.word(text, Extent::new(start, text.len()), &mut tokens);
        }
        tokens
    }

    fn word(&mut self, text: &str, extent: Extent, tokens: &mut Vec<Token>) {
        let word = extent.of(text);
        if let Some(pieces) = self.remembered.get(word) {
            place(pieces, extent.start, tokens);
            return;
        }
        let pieces = self.pieces(word);
        place(&pieces, extent.start, tokens);
        if word.len() <= REMEMBERED_BYTES {
            if self.remembered.len() >= REMEMBERED_WORDS {
                self.remembered.clear();
            }
            self.remembered.insert(word.into(), pieces.into());
        }
    }

    fn exception(&self, word: &str) -> Option<&[Piece]> {
        if word.len() > self.longest_exception {
            return None;
        }
        self.exceptions.get(word).map(AsRef::as_ref)
    }

    /// Cuts a word without blanks: marks off both ends, one of each per turn, until an exception or nothing is left to
    /// cut off; then whatever stands inside.
    fn pieces(&self, chunk: &str) -> Vec<Piece> {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut word = chunk;
        while !word.is_empty() && self.exception(word).is_none() {
            let prefix = self.affixes.prefix(word);
            if prefix > 0 && self.exception(&word[prefix..]).is_some() {
                before.push(self.piece(&word[..prefix], None));
                word = &word[prefix..];
                break;
            }
            let suffix = self.affixes.suffix(&word[prefix..]);
            let kept = word.len() - suffix;
            if suffix > 0 && self.exception(&word[..kept]).is_some() {
                after.push(self.piece(&word[kept..], None));
                word = &word[..kept];
                break;
            }
            if prefix > 0 {
                before.push(self.piece(&word[..prefix], None));
            }
            if suffix > 0 {
                after.push(self.piece(&word[kept..], None));
            }
            if prefix + suffix == 0 {
                break;
            }
            word = &word[prefix..kept];
        }
        self.core(word, &mut before);
        before.extend(after.into_iter().rev());
        before
    }

    /// What is left between the affixes.
    fn core(&self, word: &str, pieces: &mut Vec<Piece>) {
        if word.is_empty() {
            return;
        }
        if let Some(exception) = self.exception(word) {
            pieces.extend_from_slice(exception);
            return;
        }
        if is_url(word, &self.top_level) {
            pieces.push(self.piece(word, None));
            return;
        }
        let mut from = 0;
        for infix in self.affixes.infixes(word) {
            if infix.start == 0 {
                continue;
            }
            if infix.start > from {
                pieces.push(self.piece(&word[from..infix.start], None));
            }
            pieces.push(self.piece(infix.of(word), None));
            from = infix.end;
        }
        if from < word.len() {
            pieces.push(self.piece(&word[from..], None));
        }
    }

    /// Puts exceptions that the rules tore apart together again ("(^_^)", "Co."): the longest first, none overlapping.
    fn mend(&self, text: &str, tokens: Vec<Token>) -> Vec<Token> {
        let mut matches = self.torn_sequences(text, &tokens);
        if matches.is_empty() {
            return tokens;
        }
        matches.sort_by_key(|&(from, to)| (usize::MAX - (to - from), from));
        let mut seen = vec![false; tokens.len()];
        let mut kept = Vec::new();
        for (from, to) in matches {
            if !seen[from] && !seen[to - 1] {
                kept.push((from, to));
            }
            seen[from..to].fill(true);
        }
        kept.sort_unstable();
        let mut mended = Vec::with_capacity(tokens.len());
        let mut done = 0;
        for (from, to) in kept {
            let whole = Extent::new(tokens[from].extent.start, tokens[to - 1].extent.end);
            if let Some(pieces) = self.exception(whole.of(text)) {
                mended.extend_from_slice(&tokens[done..from]);
                place(pieces, whole.start, &mut mended);
                done = to;
            }
        }
        mended.extend_from_slice(&tokens[done..]);
        mended
    }

    fn torn_sequences(&self, text: &str, tokens: &[Token]) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for from in (0..tokens.len()).filter(|&i| tokens[i].opens) {
            let mut node = &self.torn;
            for (to, token) in tokens.iter().enumerate().skip(from) {
                let Some(next) = node.next.get(token.extent.of(text)) else {
                    break;
                };
                node = next;
                if node.ends {
                    found.push((from, to + 1));
                }
            }
        }
        found
    }

    fn piece(&self, text: &str, norm: Option<&str>) -> Piece {
        let orth = self.tables.id(text);
        let first = text.chars().next().map_or(0, char::len_utf8);
        let last = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        let features = [
            self.norm(text, orth, norm),
            self.tables.id(&text[..first]),
            self.tables.id(&text[last..]),
            self.tables.id(&self.shape(text)),
            orth,
        ];
        Piece {
            length: text.len(),
            features,
            is_space: text.chars().all(|c| self.is_space.has(c)),
            opens: self.torn.next.contains_key(text),
        }
    }

    fn norm(&self, text: &str, orth: u64, own: Option<&str>) -> u64 {
        if let Some(own) = own {
            return self.tables.id(own);
        }
        if let Some(&norm) = self.norms.get(&orth) {
            return norm;
        }
        match self.tables.norm(text) {
            Some(norm) => self.tables.id(norm),
            None => self.tables.id(&text.to_lowercase()),
        }
    }

    /// The look of a word: X and x for letters, d for digits, every other character itself; runs cut to four.
    fn shape(&self, text: &str) -> String {
        if text.chars().nth(LONG - 1).is_some() {
            return "LONG".to_owned();
        }
        let mut shape = String::with_capacity(text.len());
        let (mut last, mut run) = (None, 0);
        for c in text.chars() {
            let sign = if self.is_alpha.has(c) {
                if self.is_upper.has(c) { 'X' } else { 'x' }
            } else if self.is_digit.has(c) {
                'd'
            } else {
                c
            };
            run = if last == Some(sign) { run + 1 } else { 1 };
            last = Some(sign);
            if run <= RUN {
                shape.push(sign);
            }
        }
        shape
    }
}

fn place(pieces: &[Piece], start: usize, tokens: &mut Vec<Token>) {
    let mut at = start;
    tokens.extend(pieces.iter().map(|piece| {
        let extent = Extent::new(at, at + piece.length);
        at = extent.end;
        Token {
            extent,
            features: piece.features,
            is_space: piece.is_space,
            opens: piece.opens,
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exception(text: &str, pieces: &[&str]) -> Exception {
        Exception {
            text: text.to_owned(),
            pieces: pieces.iter().map(|&p| (p.to_owned(), None)).collect(),
        }
    }

    fn words(text: &str) -> Vec<String> {
        let exceptions = [
            exception("Inc.", &["Inc."]),
            exception(":)", &[":)"]),
            exception("don't", &["do", "n't"]),
        ];
        let mut tokenizer = Tokenizer::new(&exceptions, &[]).unwrap();
        let tokens = tokenizer.tokens(text);
        tokens
            .iter()
            .map(|t| t.extent.of(text).to_owned())
            .collect()
    }

    #[test]
    fn a_sentence_of_the_trade() {
        assert_eq!(
            words("Apple Inc. paid US$3.4bn to Zürich’s \"X-Corp\" (NYSE:XYZ) in 2024."),
            [
                "Apple", "Inc.", "paid", "US$", "3.4bn", "to", "Zürich", "’s", "\"", "X", "-",
                "Corp", "\"", "(", "NYSE", ":", "XYZ", ")", "in", "2024", "."
            ]
        );
    }

    #[test]
    fn white_space_beyond_one_blank_is_a_token() {
        assert_eq!(words("a  b"), ["a", " ", "b"]);
        assert_eq!(words(" \na\n\nb "), [" \n", "a", "\n\n", "b"]);
        assert_eq!(words(""), [""; 0]);
    }

    #[test]
    fn exceptions_hold_within_and_across_affixes() {
        assert_eq!(words("(don't)"), ["(", "do", "n't", ")"]);
        assert_eq!(words("so :) there"), ["so", ":)", "there"]);
        assert_eq!(words("Inc.:)"), ["Inc.", ":)"]);
    }

    #[test]
    fn features_are_those_of_the_specification() {
        let mut tokenizer = Tokenizer::new(&[], &[]).unwrap();
        let tokens = tokenizer.tokens("Apple X");
        assert_eq!(
            tokens[0].features[..4],
            [
                0x76e1_48d2_5b15_13f2,
                0xce43_16c8_5ae1_0acd,
                0xe9ad_b7b5_f027_e67c,
                0xdf0b_8d41_5204_9dd6
            ]
        );
        assert_eq!(tokens[1].features[1..4], [0x65; 3]);
        assert_eq!(tokenizer.shape("3.4bn"), "d.dxx");
        assert_eq!(tokenizer.shape("Zürichs"), "Xxxxx");
        assert_eq!(tokenizer.shape(&"a".repeat(100)), "LONG");
    }

    #[test]
    fn hostile_text_is_cut_in_linear_time() {
        for text in ["!", "a-", "(", "a.b@", "...", "\u{301}", " "] {
            let long = text.repeat(300_000);
            let mut tokenizer = Tokenizer::new(&[], &[]).unwrap();
            let tokens = tokenizer.tokens(&long);
            assert!(
                tokens
                    .windows(2)
                    .all(|w| w[0].extent.end <= w[1].extent.start)
            );
        }
    }
}
