//! The text cut into tokens, once, for all layers: words, numbers, initials, marks, with their shape, the gap before
//! them and whether they lie in something that is never a name (addresses, handles, mark-up). One pass, linear; it
//! refuses to know anything about names.

mod cutter;
mod words;

pub(super) use words::hash;

use crate::text::Extent;
use cutter::Cutter;
use words::Words;

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
    /// For each token, the first from it on that [`tells`].
    telling: Vec<u32>,
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
            telling: Vec::new(),
        };
        for zone in zones {
            if text.get(zone.start..zone.end).is_some() {
                Cutter::new(&mut page, *zone).cut();
            }
        }
        mark_openings(&mut page);
        mark_titles(&mut page);
        page.telling = telling(&page);
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

    /// The first token from `at` on that may be more than one of the many words in small letters inside a paragraph that
    /// are neither numbers nor currencies; the number of tokens where there is none.
    #[inline]
    pub fn telling(&self, at: usize) -> usize {
        self.telling.get(at).map_or(self.len(), |at| *at as usize)
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

/// For each token, the first from it on that [`tells`].
fn telling(page: &Page<'_>) -> Vec<u32> {
    let mut next = page.len() as u32;
    let mut telling = vec![next; page.len()];
    for (at, slot) in telling.iter_mut().enumerate().rev() {
        if tells(page, at) {
            next = at as u32;
        }
        *slot = next;
    }
    telling
}

/// Whether a token is anything but a word in small letters inside a paragraph that is neither a number nor a currency.
fn tells(page: &Page<'_>, at: usize) -> bool {
    let token = page.token(at);
    token.shape != Shape::Word
        || token.capital
        || token.upper
        || token.gap == Gap::Break
        || page.number(at).is_some()
        // `rs` and `rm` are the currencies that are written small, see `money`.
        || page.low(at).starts_with('r') && page.low(at).len() <= 3
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
