//! The words of a text, as white space parts them. It exists because nearly all white space is a single byte and nearly
//! every text is asked for its words many times: it finds what the standard library's splitter finds, looking at bytes
//! wherever they are characters by themselves. Beside them stand the other small looks into short texts that are taken
//! so often that to set up the standard library's search costs more than the look. It refuses to know what a word is
//! beyond that.

/// The words of `text`, each with its first byte: what `split_whitespace` gives.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    words_between(text, |_| false)
}

/// The same, where the characters beyond ASCII that `also` names part words as white space does.
pub fn words_between(
    text: &str,
    also: impl Fn(char) -> bool,
) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + run(text, at, Kind::Blank, &also);
        at = start + run(text, start, Kind::Word, &also);
        (at > start).then(|| (start, &text[start..at]))
    })
}

/// The pieces of `text` between single blanks: what `split(' ')` gives.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> + Clone {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let piece = first_piece(text);
        rest = text.get(piece.len() + 1..);
        Some(piece)
    })
}

/// What stands before the first blank of `text`, or all of it.
#[inline]
#[must_use]
pub fn first_piece(text: &str) -> &str {
    let blank = text.bytes().position(|b| b == b' ');
    &text[..blank.unwrap_or(text.len())]
}

/// What stands behind the last blank of `text`, or all of it.
#[inline]
#[must_use]
pub fn last_piece(text: &str) -> &str {
    let blank = text.bytes().rposition(|b| b == b' ');
    &text[blank.map_or(0, |blank| blank + 1)..]
}

/// Where `part` first stands in `text`: for short texts, and parts of which the first byte that is no blank is rare.
#[must_use]
pub fn find(text: &str, part: &str) -> Option<usize> {
    let (bytes, part) = (text.as_bytes(), part.as_bytes());
    let last = bytes.len().checked_sub(part.len())?;
    let lead = part.iter().take_while(|b| **b == b' ').count();
    let Some(byte) = part.get(lead) else {
        // Nothing but blanks.
        return (0..=last).find(|at| bytes[*at..].starts_with(part));
    };
    let mut places = memchr::memchr_iter(*byte, &bytes[lead..=last + lead]);
    places.find(|at| &bytes[*at..*at + part.len()] == part)
}

/// Whether a capital stands in `word` behind its first character.
#[inline]
#[must_use]
pub fn has_inner_capital(word: &str) -> bool {
    for byte in word.bytes().skip(1) {
        if byte.is_ascii_uppercase() {
            return true;
        }
        if !byte.is_ascii() {
            return word.chars().skip(1).any(char::is_uppercase);
        }
    }
    false
}

/// The first piece of `text` (as [`pieces`] has them) from byte `from` on that may be more than small letters and marks:
/// it holds a capital, a figure or a character beyond ASCII. Gives where it begins.
#[must_use]
pub fn telling_piece(text: &str, from: usize) -> Option<(usize, &str)> {
    let bytes = text.as_bytes();
    let (mut start, mut at) = (from, from);
    let mut tells = false;
    while let Some(byte) = bytes.get(at) {
        if *byte == b' ' {
            if tells {
                break;
            }
            start = at + 1;
        }
        tells |= TELLS[usize::from(*byte)];
        at += 1;
    }
    tells.then(|| (start, &text[start..at]))
}

/// The bytes of capitals and figures of ASCII and of all characters beyond it.
const TELLS: [bool; 256] = {
    let mut tells = [false; 256];
    let mut byte = 0;
    while byte < tells.len() {
        tells[byte] = matches!(byte as u8, b'A'..=b'Z' | b'0'..=b'9' | 0x80..);
        byte += 1;
    }
    tells
};

/// What a byte says of the character that begins with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Part of a word.
    Word,
    /// White space.
    Blank,
    /// Nothing: the character is not of ASCII.
    Beyond,
}

/// The kinds of all bytes.
const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Word; 256];
    let mut byte = 0;
    while byte < kinds.len() {
        if matches!(byte as u8, b'\t'..=b'\r' | b' ') {
            kinds[byte] = Kind::Blank;
        } else if byte > 0x7F {
            kinds[byte] = Kind::Beyond;
        }
        byte += 1;
    }
    kinds
};

/// The length of the run of this kind that begins at `from`.
#[inline]
fn run(text: &str, from: usize, kind: Kind, also: &impl Fn(char) -> bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        let found = KINDS[usize::from(*byte)];
        if found == kind {
            at += 1;
            continue;
        }
        if found != Kind::Beyond {
            break;
        }
        let c = text[at..].chars().next().unwrap_or(' ');
        if (c.is_whitespace() || also(c)) != (kind == Kind::Blank) {
            break;
        }
        at += c.len_utf8();
    }
    at - from
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn they_are_what_the_standard_library_finds(text in "[ a-cé\u{A0}\u{3000}\u{85}\t\r\n\u{0B}\u{1C}\u{200B}長]{0,40}") {
            let found: Vec<&str> = words(&text).map(|(_, word)| word).collect();
            prop_assert_eq!(found, text.split_whitespace().collect::<Vec<_>>());
            prop_assert!(words(&text).all(|(at, word)| text[at..].starts_with(word)));
        }

        #[test]
        fn more_characters_may_part_words(text in "[ ab—é\u{A0}]{0,20}") {
            let found: Vec<&str> = words_between(&text, |c| c == '—').map(|(_, word)| word).collect();
            let parts = text.split(|c: char| c.is_whitespace() || c == '—');
            prop_assert_eq!(found, parts.filter(|part| !part.is_empty()).collect::<Vec<_>>());
        }

        #[test]
        fn pieces_are_what_the_standard_library_finds(text in "[ a-cé\u{A0}]{0,20}") {
            prop_assert_eq!(pieces(&text).collect::<Vec<_>>(), text.split(' ').collect::<Vec<_>>());
            prop_assert_eq!(Some(first_piece(&text)), text.split(' ').next());
            prop_assert_eq!(Some(last_piece(&text)), text.rsplit(' ').next());
        }

        #[test]
        fn pieces_that_tell_have_more_than_small_letters(text in "[ aé,B7]{0,20}") {
            let tells = |piece: &&str| piece.contains(|c: char| !c.is_ascii() || c.is_ascii_uppercase() || c.is_ascii_digit());
            let mut at = 0;
            let found = std::iter::from_fn(|| {
                let (start, piece) = telling_piece(&text, at.min(text.len()))?;
                at = start + piece.len() + 1;
                Some(piece)
            });
            prop_assert_eq!(found.collect::<Vec<_>>(), text.split(' ').filter(tells).collect::<Vec<_>>());
        }

        #[test]
        fn parts_are_where_the_standard_library_finds_them(text in "[ab é]{0,20}", part in "[ab é]{0,3}| [ab]{1,2}") {
            prop_assert_eq!(find(&text, &part), text.find(&part));
        }

        #[test]
        fn inner_capitals_are_what_the_standard_library_finds(word in "[aBéÉ1]{0,6}") {
            prop_assert_eq!(has_inner_capital(&word), word.chars().skip(1).any(char::is_uppercase));
        }
    }
}
