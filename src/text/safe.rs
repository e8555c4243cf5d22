//! The one door for text from outside. [`SafeText`] has a single constructor, the sanitiser; the screen, `--json`,
//! the command line, logs, errors and exported file names take only it, so a release can never send a terminal
//! anything but printable text. It refuses escape sequences (dropped whole), control characters, bidirectional
//! overrides, invisible marks and towers of combining marks; it keeps line feeds and tabs.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Extent;

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
        if is_plain_line(raw) {
            return Self(Arc::from(raw));
        }
        let clean = sanitise(raw);
        let mut line = String::with_capacity(clean.len());
        for (_, word) in super::words(&clean) {
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

/// Whether `raw` is one line already, of nothing but letters, figures and marks of ASCII with single blanks between them,
/// as most names are.
fn is_plain_line(raw: &str) -> bool {
    let mut before = b' ';
    for byte in raw.bytes() {
        if !(byte.is_ascii_graphic() || byte == b' ' && before != b' ') {
            return false;
        }
        before = byte;
    }
    before != b' '
}

/// What [`SafeText::clean`] makes of `raw`; borrowed where nothing had to change.
#[must_use]
pub fn sanitise(raw: &str) -> Cow<'_, str> {
    let impurities = impurities(raw);
    if impurities.is_empty() {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut at = 0;
    for (extent, with) in impurities {
        out.push_str(&raw[at..extent.start]);
        out.push_str(with);
        at = extent.end;
    }
    out.push_str(&raw[at..]);
    Cow::Owned(out)
}

/// What [`sanitise`] changes in `raw`: extents of `raw`, in order and not overlapping, and what takes their place.
/// The repairs record it, so that what was read can be had back.
#[must_use]
pub fn impurities(raw: &str) -> Vec<(Extent, &'static str)> {
    let bytes = raw.as_bytes();
    let mut found = Vec::new();
    let mut door = Door {
        raw,
        last: None,
        marks: 0,
        string_end: None,
    };
    let mut at = 0;
    while let Some(next) = suspect_from(bytes, at) {
        if next > at {
            door.last = raw[..next].chars().next_back();
            door.marks = 0;
        }
        let (end, with) = door.step(next);
        if let Some(with) = with {
            found.push((Extent::new(next, end), with));
        }
        at = end;
    }
    found
}

/// The first byte at or after `from` that may begin something that [`Door::step`] changes. Plain prose, accented
/// letters and typographic marks need no second look.
fn suspect_from(bytes: &[u8], from: usize) -> Option<usize> {
    const STEP: usize = 32;
    let mut at = from;
    while at < bytes.len() {
        // Nearly all of a text is plain, and is passed over many bytes at a time.
        let some = bytes[at..].first_chunk::<STEP>();
        let end = (at + STEP).min(bytes.len());
        if !some.is_some_and(is_plain) {
            let suspect = |at: &usize| SUSPECT[usize::from(bytes[*at])] && !harmless(&bytes[*at..]);
            if let Some(suspect) = (at..end).find(suspect) {
                return Some(suspect);
            }
        }
        at = end;
    }
    None
}

/// Whether all of `some` are printed characters of ASCII, tabs and line feeds.
fn is_plain(some: &[u8; 32]) -> bool {
    let odd = |b: u8| (b < b' ' && b != b'\t' && b != b'\n') | (b >= 0x7F);
    !some.iter().fold(false, |any, b| any | odd(*b))
}

/// Bytes that may begin something to be changed: controls, and the lead bytes of the blocks that hold format
/// characters or combining marks.
static SUSPECT: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(byte as u8,
            0..=0x08 | 0x0B..=0x1F | 0x7F | 0xC2 | 0xCC | 0xCD | 0xD2 | 0xD8 | 0xE1 | 0xE2 | 0xEF | 0xF3);
        byte += 1;
    }
    table
};

/// Whether the character that begins `rest` is none that the door changes, judged by its first three bytes.
fn harmless(rest: &[u8]) -> bool {
    let second = rest.get(1).copied().unwrap_or(0);
    let third = rest.get(2).copied().unwrap_or(0);
    match rest[0] {
        0xC2 => second >= 0xA0 && second != 0xAD,
        0xD8 => second != 0x9C,
        0xE1 => !matches!(second, 0xA0 | 0xAA | 0xAB | 0xB7),
        0xE2 => match second {
            0x80 => matches!(third, 0x80..=0x8A | 0x90..=0xA7 | 0xAF..),
            0x81 => third < 0xA0,
            0x83 => third < 0x90,
            _ => true,
        },
        0xEF => !matches!(second, 0xB8 | 0xBB | 0xBF),
        _ => false,
    }
}

/// The state of the sanitiser between characters.
struct Door<'a> {
    raw: &'a str,
    /// The last character that was let through.
    last: Option<char>,
    /// How many combining marks stand on the present base.
    marks: usize,
    /// Where the next possible end of a control string lies, once looked for.
    string_end: Option<usize>,
}

impl Door<'_> {
    /// Judges the character at `at`: where what was judged ends, and what takes its place (`None`: it stays).
    fn step(&mut self, at: usize) -> (usize, Option<&'static str>) {
        let mut rest = self.raw[at..].chars();
        let Some(c) = rest.next() else {
            return (self.raw.len(), None);
        };
        let after = at + c.len_utf8();
        if combining(c) {
            self.marks += 1;
            let dropped = self.marks > MARKS_PER_BASE;
            return (after, dropped.then_some(""));
        }
        let (end, with) = match c {
            '\u{1B}' => (self.skip_escape(after), Some("")),
            // The one-character forms of CSI, OSC, DCS, SOS, PM and APC.
            '\u{9B}' => (self.skip_csi(after), Some("")),
            '\u{90}' | '\u{98}' | '\u{9D}' | '\u{9E}' | '\u{9F}' => {
                (self.skip_string(after), Some(""))
            }
            '\n' | '\t' => (after, None),
            '\r' if rest.next() == Some('\n') => (after, Some("")),
            '\r' => (after, Some("\n")),
            '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{0B}' | '\u{0C}' => (after, Some(" ")),
            '\u{200C}' | '\u{200D}' => {
                let joins = self.last.is_some_and(joinable) && rest.next().is_some_and(joinable);
                (after, (!joins).then_some(""))
            }
            _ if invisible(c) => (after, Some("")),
            _ if c.is_control() => (after, Some("·")),
            _ => (after, None),
        };
        // What is dropped leaves no trace: it neither parts a mark from its base nor joins.
        if let Some(kept) = with.map_or(Some(c), |with| with.chars().next()) {
            self.last = Some(kept);
            self.marks = 0;
        }
        (end, with)
    }

    /// Where what follows an ESC ends: a CSI, a string (OSC, DCS, SOS, PM, APC) or a two-character sequence.
    fn skip_escape(&mut self, at: usize) -> usize {
        match self.raw.as_bytes().get(at) {
            Some(b'[') => self.skip_csi(at + 1),
            Some(b']' | b'P' | b'X' | b'^' | b'_') => self.skip_string(at + 1),
            Some(b' '..=b'/') => {
                let end = self.skip_while(at, |b| (b' '..=b'/').contains(&b));
                end + self.one_of(end, |b| (b'0'..=b'~').contains(&b))
            }
            Some(b'0'..=b'~') => at + 1,
            _ => at,
        }
    }

    /// Where the parameters and the final byte of a CSI sequence end.
    fn skip_csi(&self, at: usize) -> usize {
        let end = self.skip_while(at, |b| (b' '..=b'?').contains(&b));
        end + self.one_of(end, |b| (b'@'..=b'~').contains(&b))
    }

    fn skip_while(&self, at: usize, wanted: impl Fn(u8) -> bool) -> usize {
        let rest = &self.raw.as_bytes()[at..];
        at + rest.iter().take_while(|b| wanted(**b)).count()
    }

    fn one_of(&self, at: usize, wanted: impl Fn(u8) -> bool) -> usize {
        usize::from(self.raw.as_bytes().get(at).is_some_and(|b| wanted(*b)))
    }

    /// Where a control string that begins at `at` ends, terminator included (BEL, ST or an ESC); `at` itself where none
    /// comes before a line feed or [`STRING_LIMIT`]: an unclosed string must not swallow a release. The place found is
    /// kept, so that many introducers cost one search.
    fn skip_string(&mut self, at: usize) -> usize {
        let end = match self.string_end {
            Some(end) if end >= at => end,
            _ => {
                let rest = &self.raw[at..];
                let end = rest
                    .find(['\u{07}', '\u{9C}', '\u{1B}', '\n'])
                    .map_or(self.raw.len(), |length| at + length);
                self.string_end = Some(end);
                end
            }
        };
        if end - at > STRING_LIMIT {
            return at;
        }
        match self.raw[end..].chars().next() {
            Some('\u{1B}') => end + 1 + self.one_of(end + 1, |b| b == b'\\'),
            Some(c) if c != '\n' => end + c.len_utf8(),
            _ => at,
        }
    }
}

/// The longest control string that is dropped whole, in bytes.
const STRING_LIMIT: usize = 4096;

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
    c != '\u{61C}'
        && matches!(c,
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
