//! The clipboard by OSC 52, which the terminal sets: it works over a network too, and starts no program. What is
//! sent is base64, so no text can end the sequence.

use crate::text::SafeText;

/// Terminals drop or cut longer sequences (xterm, tmux and iTerm2 take at least this much).
pub const LIMIT: usize = 74_994;

/// The sequence that puts `text` on the clipboard; `None` where it is too long for terminals to take.
#[must_use]
pub fn sequence(text: &SafeText) -> Option<String> {
    (text.len() <= LIMIT).then(|| format!("\x1b]52;c;{}\x1b\\", base64(text.as_bytes())))
}

/// RFC 4648 §4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let value = group
            .iter()
            .chain(&[0; 2])
            .take(3)
            .fold(0u32, |value, &byte| value << 8 | u32::from(byte));
        for place in 0..4 {
            if place <= group.len() {
                let digit = value >> (18 - 6 * place) & 63;
                out.push(char::from(DIGITS[digit as usize]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_the_rfc() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn nothing_in_the_text_ends_the_sequence() {
        let text = SafeText::clean("a\u{1B}]52;c;x\u{07}b — “quote”");
        let sequence = sequence(&text).unwrap();
        let inside = &sequence["\x1b]52;c;".len()..sequence.len() - 2];
        assert!(
            inside
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
        );
        assert!(super::sequence(&SafeText::clean(&"x".repeat(LIMIT + 1))).is_none());
    }
}
