//! Words of a text as the index sees them (`unicode61`): runs of letters and numbers, folded; in scripts without
//! spaces, the run is one word.

use std::ops::Range;

use super::fold::{is_mark, push_folded};

/// One word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Folded.
    pub word: String,
}

/// The words of `text`, in order.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    places(text).map(|place| {
        let mut word = String::with_capacity(place.len());
        text[place.clone()]
            .chars()
            .for_each(|c| push_folded(c, &mut word));
        Token {
            start: place.start,
            end: place.end,
            word,
        }
    })
}

/// Where the words of `text` stand, in order.
pub(super) fn places(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = loop {
            match *bytes.get(at)? {
                b if b.is_ascii_alphanumeric() => break at,
                b if b.is_ascii() => at += 1,
                _ => {
                    let c = text[at..].chars().next()?;
                    if c.is_alphanumeric() {
                        break at;
                    }
                    at += c.len_utf8();
                }
            }
        };
        while let Some(b) = bytes.get(at) {
            if b.is_ascii_alphanumeric() {
                at += 1;
            } else if b.is_ascii() {
                break;
            } else {
                match text[at..].chars().next() {
                    Some(c) if c.is_alphanumeric() || is_mark(c) => at += c.len_utf8(),
                    _ => break,
                }
            }
        }
        Some(start..at)
    })
}

/// Whether `c` belongs to a script that puts no spaces between words (Korean among them: its words carry particles).
#[must_use]
pub fn unspaced(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{17FF}'
        | '\u{3005}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_numbers() {
        let words: Vec<String> = tokens("Don’t—pay $1,5 (AT&T) été. 湖南省")
            .map(|t| t.word)
            .collect();
        assert_eq!(
            words,
            ["don", "t", "pay", "1", "5", "at", "t", "ete", "湖南省"]
        );
        let text = "a  Étude.";
        let last = tokens(text).last().expect("two words");
        assert_eq!(&text[last.start..last.end], "Étude");
    }
}
