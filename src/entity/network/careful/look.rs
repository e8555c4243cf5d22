//! What the careful network is told of a word beside its lower-cased letters: its look (capitals, digits) and the gap
//! before it (blank, line, paragraph). The numbers are rows of two small tables learnt with the network.

use crate::entity::network::tables::CharSet;

/// Rows of the table of looks.
pub(super) const LOOKS: usize = 9;
/// Rows of the table of gaps.
pub(super) const GAPS: usize = 4;
/// The gap before a text's first word: as before a paragraph.
const PARAGRAPH: u8 = 3;

/// The look of a word: 1 signs only · 2 digits only · 3 with digits · 4 lower case · 5 upper case · 6 a single capital ·
/// 7 capitalised · 8 mixed. (0 is what stands around the text.)
pub(super) fn look(word: &str, is_digit: &CharSet) -> u8 {
    if !word.chars().any(char::is_alphanumeric) {
        return 1;
    }
    if word.chars().all(|c| is_digit.has(c)) {
        return 2;
    }
    if word.chars().any(|c| is_digit.has(c)) {
        return 3;
    }
    if is_lower(word) {
        return 4;
    }
    let mut chars = word.chars();
    let first = chars.next().is_some_and(char::is_uppercase);
    let rest = chars.as_str();
    if is_upper(word) {
        return if rest.is_empty() { 6 } else { 5 };
    }
    if first && is_lower(rest) { 7 } else { 8 }
}

/// Capital at the start of a word only, as the digraph Dž.
fn is_title(c: char) -> bool {
    !c.is_lowercase()
        && !c.is_uppercase()
        && c.is_alphabetic()
        && c.to_lowercase().next() != Some(c)
}

fn is_lower(word: &str) -> bool {
    !word.chars().any(|c| c.is_uppercase() || is_title(c)) && word.chars().any(char::is_lowercase)
}

fn is_upper(word: &str) -> bool {
    !word.chars().any(|c| c.is_lowercase() || is_title(c)) && word.chars().any(char::is_uppercase)
}

/// The gap between two words, from what stands between them; `None` before the first word. 0 nothing · 1 blanks · 2 a
/// line's end · 3 more.
pub(super) fn gap(between: Option<&str>) -> u8 {
    let Some(between) = between else {
        return PARAGRAPH;
    };
    match between.bytes().filter(|&b| b == b'\n').take(2).count() {
        0 => u8::from(!between.is_empty()),
        1 => 2,
        _ => PARAGRAPH,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::network::tables::Tables;

    #[test]
    fn looks() {
        let digits = Tables::read().unwrap().set("isdigit").unwrap();
        for (word, wanted) in [
            ("—", 1),
            ("2024", 2),
            ("x2", 3),
            ("café", 4),
            ("NYSE", 5),
            ("X", 6),
            ("Émile", 7),
            ("iPhone", 8),
            ("字", 8),
            ("McNair", 8),
        ] {
            assert_eq!(look(word, &digits), wanted, "{word}");
        }
    }

    #[test]
    fn gaps() {
        assert_eq!(gap(None), 3);
        assert_eq!(gap(Some("")), 0);
        assert_eq!(gap(Some(" ")), 1);
        assert_eq!(gap(Some(" \n ")), 2);
        assert_eq!(gap(Some("\n\n\n")), 3);
    }
}
