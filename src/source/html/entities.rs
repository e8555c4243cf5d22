//! Character references to characters, by the rules of the HTML standard: named ones with or without their semicolon,
//! numbered ones with the Windows-1252 reading of 0x80 to 0x9F. What is no reference stays as it is.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// Longest name of a reference, in bytes.
const LONGEST: usize = 32;

/// `text` with its references resolved.
#[must_use]
pub fn decode(text: &str) -> Cow<'_, str> {
    replace(text, false)
}

/// As [`decode`], for the value of an attribute, where `&copy=1` is no reference.
#[must_use]
pub fn decode_attribute(text: &str) -> Cow<'_, str> {
    replace(text, true)
}

fn replace(text: &str, attribute: bool) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let used = reference(rest, attribute, &mut out).unwrap_or_else(|| {
            out.push('&');
            1
        });
        rest = &rest[used..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Resolves the reference that `text` starts with and gives its length; `None` where there is none.
fn reference(text: &str, attribute: bool, out: &mut String) -> Option<usize> {
    match text.as_bytes().get(1)? {
        b'#' => numbered(text, out),
        b if b.is_ascii_alphabetic() => named(text, attribute, out),
        _ => None,
    }
}

fn numbered(text: &str, out: &mut String) -> Option<usize> {
    let (radix, from) = match text.as_bytes().get(2)? {
        b'x' | b'X' => (16, 3),
        _ => (10, 2),
    };
    let digits = text[from..]
        .bytes()
        .take_while(|b| char::from(*b).is_digit(radix))
        .count();
    if digits == 0 {
        return None;
    }
    let number = u32::from_str_radix(&text[from..from + digits], radix).unwrap_or(u32::MAX);
    out.push(character(number));
    let end = from + digits;
    Some(end + usize::from(text.as_bytes().get(end) == Some(&b';')))
}

/// The character of a number: what browsers show for the C1 range, U+FFFD for what is no character.
fn character(number: u32) -> char {
    let replaced = number
        .checked_sub(0x80)
        .and_then(|i| C1_REPLACEMENTS.get(i as usize).copied().flatten());
    match number {
        0 => '\u{FFFD}',
        _ => replaced
            .or_else(|| char::from_u32(number))
            .unwrap_or('\u{FFFD}'),
    }
}

/// The longest name that `text` starts with.
fn named(text: &str, attribute: bool, out: &mut String) -> Option<usize> {
    let run = text[1..]
        .bytes()
        .take(LONGEST)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let closed = text.as_bytes().get(1 + run) == Some(&b';');
    if closed && push_named(&text[1..run + 2], out) {
        return Some(run + 2);
    }
    // Without a semicolon only the old names count, and in an attribute only where no letter follows.
    let longest = (2..=run).rev().find(|len| {
        let next = text.as_bytes().get(1 + len);
        let follows = next.is_some_and(|b| *b == b'=' || b.is_ascii_alphanumeric());
        !(attribute && follows)
            && NAMED_ENTITIES
                .get(&text[1..=*len])
                .is_some_and(|e| e.0 != 0)
    })?;
    push_named(&text[1..=longest], out).then_some(longest + 1)
}

fn push_named(name: &str, out: &mut String) -> bool {
    let Some(&(first, second)) = NAMED_ENTITIES.get(name) else {
        return false;
    };
    // Prefixes of names stand in the table as zeros.
    let Some(first) = char::from_u32(first).filter(|c| *c != '\0') else {
        return false;
    };
    out.push(first);
    out.extend(char::from_u32(second).filter(|c| *c != '\0'));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_read_as_browsers_read_them() {
        for (raw, read) in [
            ("AT&T &amp; Co", "AT&T & Co"),
            ("&lt;b&gt;&quot;&apos;", "<b>\"'"),
            ("&eacute;t&eacute &copy2026", "été ©2026"),
            ("&#8217;&#x2019;&#146;&#x92;", "’’’’"),
            ("&#0;&#x110000;&#xD800;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("&#;&#x;&;& &unknown;", "&#;&#x;&;& &unknown;"),
            ("&notit; &notin;", "¬it; ∉"),
            ("&#99999999999999;", "\u{FFFD}"),
        ] {
            assert_eq!(decode(raw), read, "{raw:?}");
        }
        assert_eq!(decode_attribute("?a=1&copy=2&amp;b"), "?a=1&copy=2&b");
    }
}
