//! A line as the ballot reads it: its words from where it opens, each with what the signs ask of it again and again; and
//! the same line with one word cut in two, where a heading may touch its sentence. It refuses to look further than a
//! heading and the beginning of a sentence reach.

use super::super::fused::is_title_word;
use super::super::token::{Gap, Tokens};
use super::super::words::{self, is_small_in_title, signs};
use super::LONGEST;

/// So many words behind the longest heading are read.
pub(super) const AHEAD: usize = 24;

/// It stands as words do in titles.
pub(super) const TITLE: u8 = 1;
/// It begins with a capital.
pub(super) const CAPITAL: u8 = 2;
/// It begins with a small letter.
pub(super) const SMALL: u8 = 4;
/// It is written small in titles too.
pub(super) const LITTLE: u8 = 8;
/// It makes a clause of a phrase.
pub(super) const FINITE: u8 = 16;
/// It is a verb behind the subject of a sentence.
pub(super) const VERB: u8 = 32;
/// A sentence ends with it.
pub(super) const ENDS: u8 = 64;

/// A word of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// As it stands.
    pub whole: &'a str,
    /// Without the marks at its ends.
    pub bare: &'a str,
    /// What stands before it.
    pub gap: Gap,
    /// What it is.
    flags: u8,
}

impl<'a> Word<'a> {
    fn read(whole: &'a str, gap: Gap, ends: bool) -> Self {
        let plain = whole.bytes().all(|b| b.is_ascii_alphanumeric());
        let bare = if plain {
            whole
        } else {
            whole.trim_matches(|c: char| !c.is_alphanumeric())
        };
        let first = bare.chars().next();
        let mut flags = if ends { ENDS } else { 0 };
        if first.is_some_and(char::is_lowercase) {
            // Only words in small letters are in the lists.
            flags |= SMALL;
            let signs = signs(bare);
            let lists = [
                (LITTLE, words::SMALL_IN_TITLE),
                (FINITE, words::FINITE),
                (VERB, words::PLAIN_VERB),
            ];
            for (flag, list) in lists {
                flags |= if signs & list != 0 { flag } else { 0 };
            }
            if flags & LITTLE != 0 && plain {
                flags |= TITLE;
            }
        } else {
            if first.is_some_and(char::is_uppercase) {
                flags |= CAPITAL;
            }
            if first.is_none() && is_small_in_title(whole) {
                flags |= LITTLE;
            }
        }
        // A plain word in small letters stands in titles where it is little, and not otherwise.
        let told = plain && flags & SMALL != 0;
        if !told && is_title_word(whole) {
            flags |= TITLE;
        }
        Self {
            whole,
            bare,
            gap,
            flags,
        }
    }

    /// Whether it goes on as a clause, or as a list of some.
    pub(super) fn makes_clause(self) -> bool {
        self.is(FINITE) || self.whole.ends_with([',', ';'])
    }

    /// Whether it is any of `signs`.
    pub(super) fn is(self, signs: u8) -> bool {
        self.flags & signs != 0
    }
}

/// The words of a line.
pub(super) struct Line<'t, 'a> {
    /// The text.
    pub tokens: &'t Tokens<'a>,
    /// The number of the token that opens the line.
    pub first: usize,
    /// Where in the text it opens: at the token, or inside it behind a break that was lost.
    pub start: usize,
    /// The words, in order.
    pub words: Vec<Word<'a>>,
}

impl<'t, 'a> Line<'t, 'a> {
    /// The line, or the part of one, that opens at `start`, in token `first`. None of it is read yet.
    pub(super) fn open(tokens: &'t Tokens<'a>, (first, start): (usize, usize)) -> Self {
        Self {
            tokens,
            first,
            start,
            words: Vec::with_capacity(LONGEST + AHEAD),
        }
    }

    /// Reads on to where the beginning of a sentence reaches behind the longest heading.
    pub(super) fn read_ahead(&mut self) {
        self.read(LONGEST + AHEAD);
    }

    /// Reads on until `most` words are there, or the line ends.
    pub(super) fn read(&mut self, most: usize) {
        while self.words.len() < most {
            let at = self.first + self.words.len();
            let Some(token) = self.tokens.all.get(at) else {
                return;
            };
            let gap = if at == self.first {
                Gap::Blank
            } else {
                token.gap
            };
            if gap == Gap::Line {
                return;
            }
            let ends = self.tokens.ends_sentence(at);
            let extent = self.tokens.extent(at);
            let word = if extent.start < self.start {
                Word::read(&self.tokens.text[self.start..extent.end], Gap::Line, ends)
            } else {
                Word::read(self.tokens.word(at), token.gap, ends)
            };
            self.words.push(word);
        }
    }

    /// The line with word `number` cut in two, `left` bytes of it before the place.
    pub(super) fn cut(&self, number: usize, left: usize) -> Self {
        let mut words = Vec::with_capacity(self.words.len() + 1);
        words.extend_from_slice(&self.words[..number]);
        let word = self.words[number];
        let (before, behind) = word.whole.split_at(left);
        words.push(Word::read(before, word.gap, false));
        words.push(Word::read(behind, Gap::Blank, word.is(ENDS)));
        words.extend_from_slice(&self.words[number + 1..]);
        Self {
            tokens: self.tokens,
            first: self.first,
            start: self.start,
            words,
        }
    }

    /// Word `number` as it stands; empty where there is none.
    pub(super) fn whole(&self, number: usize) -> &'a str {
        self.words.get(number).map_or("", |word| word.whole)
    }

    /// Word `number` without the marks at its ends; empty where there is none.
    pub(super) fn bare(&self, number: usize) -> &'a str {
        self.words.get(number).map_or("", |word| word.bare)
    }

    /// Whether words `number` and the next stand side by side elsewhere in the text too; `cut` says that they do not
    /// do so here.
    pub(super) fn is_pair(&self, number: usize, cut: bool) -> bool {
        let first = self.whole(number);
        // Where the text has the first word here alone, it has no such pair elsewhere.
        let run = &first[first.trim_end_matches(char::is_alphanumeric).len()..];
        if run.len() > 1 && self.tokens.count(run) < if cut { 1 } else { 2 } {
            return false;
        }
        let pair = || {
            let mut pair = [first, " ", self.whole(number + 1)].concat();
            pair.truncate(pair.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
            pair
        };
        if cut {
            return self.tokens.has(&pair());
        }
        let token = self.first + number;
        if number == 0 && self.tokens.extent(token).start < self.start {
            // Only a part of the token is this line's word: what is found of it is not the token's.
            return self.tokens.repeats(&pair());
        }
        // A word before a place and the word behind the place before it are asked of alike.
        self.tokens.once(token, || self.tokens.repeats(&pair()))
    }
}
