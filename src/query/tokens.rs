//! Words of a text as the index sees them (`unicode61`): runs of letters and numbers, folded; in scripts without
//! spaces, the run is one word.

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
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let lead = rest.find(char::is_alphanumeric)?;
        let start = at + lead;
        let mut word = String::new();
        let mut end = start;
        for c in text[start..].chars() {
            if !(c.is_alphanumeric() || is_mark(c)) {
                break;
            }
            push_folded(c, &mut word);
            end += c.len_utf8();
        }
        at = end;
        Some(Token { start, end, word })
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
