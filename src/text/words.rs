//! The words of a text, as white space parts them. It exists because nearly all white space is a single byte and nearly
//! every text is asked for its words many times: it finds what the standard library's splitter finds, looking at bytes
//! wherever they are characters by themselves. It refuses to know what a word is beyond that.

/// The words of `text`, each with its first byte: what `split_whitespace` gives.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + run(text, at, true);
        at = start + run(text, start, false);
        (at > start).then(|| (start, &text[start..at]))
    })
}

/// The length of the run of white space, or of anything else, that begins at `from`.
fn run(text: &str, from: usize, blank: bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        let (parts, length) = if byte.is_ascii() {
            (matches!(byte, b'\t'..=b'\r' | b' '), 1)
        } else {
            let c = text[at..].chars().next().unwrap_or(' ');
            (c.is_whitespace(), c.len_utf8())
        };
        if parts != blank {
            break;
        }
        at += length;
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
    }
}
