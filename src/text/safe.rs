//! The one door for text from outside. [`SafeText`] has a single constructor, the sanitiser; the screen, `--json`,
//! the command line, logs, errors and exported file names take only it, so a release can never send a terminal
//! anything but printable text. It refuses escape sequences (dropped whole), control characters, bidirectional
//! overrides, invisible marks and towers of combining marks; it keeps line feeds and tabs.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// More combining marks than this on one base are dropped: no script needs them, and they blot out other lines.
const MARKS_PER_BASE: usize = 8;

/// Text that is safe to show: no control characters but line feed and tab, no escape sequences, no bidirectional
/// overrides, no invisible format characters (the zero-width joiners stay between letters that need them).
/// Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafeText(Arc<str>);

impl SafeText {
    /// Cleans `raw`. Text that is already clean is copied as it is, so cleaning twice changes nothing.
    #[must_use]
    pub fn clean(raw: &str) -> Self {
        Self(Arc::from(&*sanitise(raw)))
    }

    /// As [`SafeText::clean`], on one line: runs of white space become one space, and the ends are trimmed.
    #[must_use]
    pub fn clean_line(raw: &str) -> Self {
        let clean = sanitise(raw);
        let mut line = String::with_capacity(clean.len());
        for word in clean.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        Self(Arc::from(line))
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::ops::Deref for SafeText {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for SafeText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for SafeText {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Default for SafeText {
    fn default() -> Self {
        Self(Arc::from(""))
    }
}

impl PartialEq<str> for SafeText {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for SafeText {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl fmt::Debug for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&*self.0, f)
    }
}

impl Serialize for SafeText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Reading goes through the same door: what was stored is cleaned again, which changes nothing in clean text.
impl<'de> Deserialize<'de> for SafeText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|raw| Self::clean(&raw))
    }
}

/// What [`SafeText::clean`] makes of `raw`; borrowed where nothing had to change.
#[must_use]
pub fn sanitise(raw: &str) -> Cow<'_, str> {
    // Plain prose is the rule: printable ASCII and ordinary letters need no second look.
    if raw
        .bytes()
        .all(|b| (0x20..0x7F).contains(&b) || b == b'\n' || b == b'\t')
    {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut marks = 0;
    let mut rest = raw.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{1B}' => skip_escape(&mut rest),
            // The one-character forms of CSI, OSC, DCS, SOS, PM and APC.
            '\u{9B}' => skip_csi(&mut rest),
            '\u{90}' | '\u{98}' | '\u{9D}' | '\u{9E}' | '\u{9F}' => skip_string(&mut rest),
            '\n' | '\t' => out.push(c),
            '\r' => {
                if rest.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{0B}' | '\u{0C}' => out.push(' '),
            '\u{200C}' | '\u{200D}' => {
                let joins = out.chars().next_back().is_some_and(joinable)
                    && rest.peek().copied().is_some_and(joinable);
                if joins {
                    out.push(c);
                }
            }
            _ if invisible(c) => {}
            _ if c.is_control() => out.push('·'),
            _ if combining(c) => {
                marks += 1;
                if marks <= MARKS_PER_BASE {
                    out.push(c);
                }
                continue;
            }
            _ => out.push(c),
        }
        marks = 0;
    }
    if out == raw {
        Cow::Borrowed(raw)
    } else {
        Cow::Owned(out)
    }
}

/// Skips what follows an ESC: a CSI, a string (OSC, DCS, SOS, PM, APC) or a two-character sequence.
fn skip_escape(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match rest.peek() {
        Some('[') => {
            rest.next();
            skip_csi(rest);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            rest.next();
            skip_string(rest);
        }
        Some(' '..='/') => {
            while rest.next_if(|c| (' '..='/').contains(c)).is_some() {}
            rest.next_if(|c| ('0'..='~').contains(c));
        }
        Some('0'..='~') => {
            rest.next();
        }
        _ => {}
    }
}

/// Skips the parameters and the final byte of a CSI sequence.
fn skip_csi(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    while rest.next_if(|c| (' '..='?').contains(c)).is_some() {}
    rest.next_if(|c| ('@'..='~').contains(c));
}

/// The longest control string that is dropped whole: an unclosed one must not swallow a release.
const STRING_LIMIT: usize = 4096;

/// Skips a control string up to its terminator (BEL, ST); where none comes before a line feed or the limit, only
/// the introducer is dropped.
fn skip_string(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let mut ahead = rest.clone();
    for _ in 0..STRING_LIMIT {
        match ahead.next() {
            Some('\u{07}' | '\u{9C}') => {
                *rest = ahead;
                return;
            }
            Some('\u{1B}') => {
                ahead.next_if_eq(&'\\');
                *rest = ahead;
                return;
            }
            Some('\n') | None => return,
            Some(_) => {}
        }
    }
}

/// Characters that draw nothing and can only mislead.
fn invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Combining marks of the common blocks.
fn combining(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Characters between which a zero-width joiner or non-joiner means something: emoji, Arabic and Indic letters.
fn joinable(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{8FF}' | '\u{900}'..='\u{DFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_go_whole() {
        for (raw, clean) in [
            ("a\u{1B}[31mred\u{1B}[0m b", "ared b"),
            ("x\u{1B}]52;c;aGk=\u{07}y", "xy"),
            (
                "x\u{1B}]8;;http://a\u{1B}\\link\u{1B}]8;;\u{1B}\\y",
                "xlinky",
            ),
            ("x\u{9B}31my", "xy"),
            ("x\u{9D}0;title\u{9C}y", "xy"),
            ("x\u{1B}P$q\u{1B}\\y", "xy"),
            ("x\u{1B}]52;c;never closed", "x52;c;never closed"),
            ("bell\u{07} nul\u{0}", "bell· nul·"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ] {
            assert_eq!(sanitise(raw), clean, "{raw:?}");
        }
    }

    #[test]
    fn invisible_marks_go_and_joiners_stay_where_they_join() {
        assert_eq!(sanitise("pay\u{200B}pal \u{202E}cod"), "paypal cod");
        assert_eq!(sanitise("👩\u{200D}🔬 a\u{200D}b"), "👩\u{200D}🔬 ab");
        assert_eq!(
            sanitise(&format!("e{}x", "\u{301}".repeat(40)))
                .chars()
                .count(),
            2 + MARKS_PER_BASE
        );
    }
}
