//! Small questions about words and lines that several steps ask. Each is about form alone; it refuses to look words
//! up in a dictionary.

use crate::text::words;

/// Whether `text` reads as running prose: a sentence that ends like one, or enough words that it must be.
pub(super) fn is_prose(text: &str) -> bool {
    let stopped = ends_sentence(text);
    let (most, fewest_small) = if stopped { (9, 3) } else { (30, 8) };
    let mut count = 0;
    let mut small = 0;
    let enough = |count: usize, small: usize| count >= most && small >= fewest_small;
    for (_, word) in words(text).take(40) {
        count += 1;
        small += usize::from(word.starts_with(char::is_lowercase));
        if enough(count, small) {
            return true;
        }
    }
    count <= 3
        && text
            .chars()
            .filter(|c| ('\u{3040}'..='\u{9FFF}').contains(c))
            .take(31)
            .count()
            > 30
}

/// Whether `text` ends with a full stop or its like, closing marks aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '”' | '"' | '’' | '\'' | ')' | ']' | '»' | '」' | '』')
    });
    bare.ends_with(['.', '!', '?', '。', '！', '？', '…'])
}

/// How many words `text` has, counted up to `most`.
pub(super) fn count(text: &str, most: usize) -> usize {
    words(text).take(most).count()
}

/// What follows `prefix` at the start of `text`, whatever the case of ASCII letters.
pub(super) fn after_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| &text[prefix.len()..])
}

/// Whether no letter of `text` is small and at least two are capitals.
pub(super) fn shouted(text: &str) -> bool {
    let mut capitals = 0;
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals >= 2
}

/// The letters and figures of `text`, small, all else as one space: for holding two texts against each other.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let run = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        out.push_str(&rest[..run]);
        rest = &rest[run..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if c == '&' {
            // `Roe & Partners` is `Roe and Partners`.
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
            out.push_str("and ");
        } else if matches!(c, '\'' | '’' | '®' | '™') {
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.make_ascii_lowercase();
    out.truncate(out.trim_end().len());
    out
}

/// The letters and figures of `text`, small, and nothing else: for holding a name against the address of a site.
pub(super) fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() && c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// Whether `text` holds an e-mail address (or what a page put in place of one).
pub(super) fn has_email(text: &str) -> bool {
    text.contains("[email protected]")
        || memchr::memchr_iter(b'@', text.as_bytes()).any(|at| {
            let before = text.as_bytes()[..at]
                .last()
                .is_some_and(|b| b.is_ascii_alphanumeric());
            let after = &text[at + 1..];
            let host = after
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
                .unwrap_or(after.len());
            before && after[..host].trim_end_matches('.').contains('.')
        })
}

/// The first telephone number in `text`: seven digits and more, with the marks that numbers have. Gives its extent.
pub(super) fn phone(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_digit() || matches!(bytes[at], b'+' | b'(')) {
            at += 1;
            continue;
        }
        let (mut end, mut last, mut digits, mut marks) = (at, at, 0, 0);
        while end < bytes.len() && end - at < 28 {
            match bytes[end] {
                b'0'..=b'9' => {
                    digits += 1;
                    last = end + 1;
                }
                b'+' if end == at => {}
                b' ' | b'-' | b'.' | b'(' | b')' | b'/' => marks += 1,
                // En dashes and hyphens of typesetters.
                0xE2 if bytes.get(end + 1) == Some(&0x80)
                    && bytes
                        .get(end + 2)
                        .is_some_and(|b| (0x90..=0x94).contains(b)) =>
                {
                    end += 2;
                    marks += 1;
                }
                0xC2 if bytes.get(end + 1) == Some(&0xA0) => end += 1,
                _ => break,
            }
            end += 1;
        }
        let before = text[..at].chars().next_back();
        let joined = before
            .is_some_and(|c| matches!(c, '/' | '=' | '$' | '€' | '£' | '#' | '%' | '_' | ','));
        let parted = marks >= 1 || bytes[at] == b'+' || digits == 10;
        if (7..=15).contains(&digits) && parted && !joined && !looks_like_date(&text[at..last]) {
            return Some((at, last));
        }
        at = last.max(at + 1);
    }
    None
}

/// `2024-03-19`, `1983/2017`, `2021-2025`: digits that are years or dates.
fn looks_like_date(text: &str) -> bool {
    let parts: Vec<&str> = text
        .split(['-', '/', '.', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    match parts.as_slice() {
        [a, b] => year(a) && year(b),
        [a, b, c] => {
            (year(a) && b.len() <= 2 && c.len() <= 2) || (year(c) && a.len() <= 2 && b.len() <= 2)
        }
        _ => false,
    }
}
