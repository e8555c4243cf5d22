//! White space: odd blanks become plain ones, runs of blanks one, lines lose the blanks at their ends, paragraphs
//! are parted by exactly one blank line, and the text begins and ends with a word. It refuses to touch preformatted
//! parts and the tabs of a table.

use super::ledger::Edit;
use crate::release::RepairKind;
use crate::text::Extent;

/// The edits that make every odd blank (no-break, thin, em) a plain one.
pub(super) fn odd_blanks(text: &str) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(step) = memchr::memchr2(0xC2, 0xE2, &bytes[from..]) {
        let at = from + step;
        let length = match (bytes[at], bytes.get(at + 1), bytes.get(at + 2)) {
            (0xC2, Some(0xA0), _) => 2,
            (0xE2, Some(0x80), Some(0x80..=0x8A | 0xAF)) | (0xE2, Some(0x81), Some(0x9F)) => 3,
            _ => 0,
        };
        if length > 0 {
            found.push(Edit::new(at, at + length, " ", RepairKind::Encoding));
        }
        from = at + length.max(1);
    }
    found
}

/// The edits that close a blank that stands, in English, before a stop, a possessive `’s` or the ending of an ordinal
/// number (`in Rome .`, `the city ’s`, `April 25 th`).
pub(super) fn stray(text: &str) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // A blank is every sixth byte: to look for each costs more than to pass over all bytes.
    for (last, three) in bytes.windows(3).enumerate() {
        let [before, b' ', _] = *three else { continue };
        let at = last + 1;
        if before.is_ascii_alphanumeric() && is_stray(&bytes[at + 1..], before) {
            found.push(Edit::new(at, at + 1, "", RepairKind::Encoding));
        }
    }
    found
}

/// Whether what follows a blank belongs to the word before it, which ends with `before`.
fn is_stray(rest: &[u8], before: u8) -> bool {
    let ends = |length: usize| rest.get(length).is_none_or(|b| matches!(b, b' ' | b'\n'));
    match rest.first() {
        Some(b'.' | b',' | b';') => ends(1) && rest.get(2) != Some(&b'.'),
        Some(b'\'' | 0xE2) => rest.starts_with(b"'s ") || rest.starts_with("’s ".as_bytes()),
        Some(b's' | b'n' | b'r' | b't') => {
            before.is_ascii_digit()
                && ends(2)
                && [&b"st"[..], b"nd", b"rd", b"th"]
                    .iter()
                    .any(|end| rest.starts_with(end))
        }
        _ => false,
    }
}

/// The edits that bring white space into its one form, outside `kept`.
pub(super) fn edits(text: &str, kept: &[Extent]) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut table = Extent::default();
    let mut runs = Runs::of(bytes);
    while let Some((start, at)) = runs.next() {
        let run = &text[start..at];
        let with = if start == 0 || at == bytes.len() {
            ""
        } else {
            settled(text, Extent::new(start, at), &mut table)
        };
        let inside = kept.iter().any(|k| k.start < start && at < k.end);
        if run != with && !inside {
            let kind = if run.contains('\n') {
                RepairKind::Break
            } else {
                RepairKind::Encoding
            };
            found.push(Edit::new(start, at, with, kind));
        }
    }
    found
}

/// The runs of white space of a text but for the single blanks between two words, which nearly all are.
struct Runs<'t> {
    bytes: &'t [u8],
    at: usize,
    /// The first two blanks in a row from `at` on, and the first line feed or tab. Each is looked for anew only when it
    /// is passed: nothing of the text is looked at twice.
    double: usize,
    feed: usize,
}

impl<'t> Runs<'t> {
    fn of(bytes: &'t [u8]) -> Self {
        let mut runs = Self {
            bytes,
            at: 0,
            double: 0,
            feed: 0,
        };
        runs.look_for_double();
        runs.look_for_feed();
        runs
    }

    fn look_for_double(&mut self) {
        let double = memchr::memmem::find(&self.bytes[self.at..], b"  ");
        self.double = double.map_or(self.bytes.len(), |double| self.at + double);
    }

    fn look_for_feed(&mut self) {
        let feed = memchr::memchr2(b'\n', b'\t', &self.bytes[self.at..]);
        self.feed = feed.map_or(self.bytes.len(), |feed| self.at + feed);
    }

    fn next(&mut self) -> Option<(usize, usize)> {
        let (bytes, at) = (self.bytes, self.at);
        let blank = |at: &usize| bytes.get(*at).copied().is_some_and(is_blank);
        let mut start = if at == 0 && blank(&0) {
            0
        } else {
            // A blank at the end of the text counts by itself.
            let last = bytes.len().checked_sub(1).filter(blank);
            let found = self.feed.min(self.double).min(last.unwrap_or(bytes.len()));
            if found < at || found == bytes.len() {
                return None;
            }
            found
        };
        while start > at && is_blank(bytes[start - 1]) {
            start -= 1;
        }
        let length = bytes[start..].iter().take_while(|b| is_blank(**b)).count();
        self.at = start + length;
        if self.double < self.at {
            self.look_for_double();
        }
        if self.feed < self.at {
            self.look_for_feed();
        }
        Some((start, self.at))
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t')
}

/// The one form of the white space at `run`, inside the text. `table` is the last line found to be a table's row.
fn settled(text: &str, run: Extent, table: &mut Extent) -> &'static str {
    let blanks = run.of(text);
    match memchr::memchr_iter(b'\n', blanks.as_bytes())
        .take(2)
        .count()
    {
        1 => "\n",
        2 => "\n\n",
        _ if blanks.contains('\t') && is_row(text, run, table) => "\t",
        _ => " ",
    }
}

/// Whether the line around `run` has several tabs between words.
fn is_row(text: &str, run: Extent, table: &mut Extent) -> bool {
    if !table.encloses(run) {
        let start = text[..run.start].rfind('\n').map_or(0, |i| i + 1);
        let end = text[run.end..]
            .find('\n')
            .map_or(text.len(), |i| run.end + i);
        let cells = text[start..end]
            .trim()
            .split('\t')
            .filter(|c| !c.trim().is_empty())
            .count();
        if cells < 3 {
            return false;
        }
        *table = Extent::new(start, end);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::repair::ledger::Ledger;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn runs_are_all_but_single_blanks_between_words(text in "[ab \n\t]{0,24}") {
            let mut found = Vec::new();
            let mut runs = Runs::of(text.as_bytes());
            while let Some((start, end)) = runs.next() {
                found.push((start, end));
            }
            let blank = |at: usize| text.as_bytes().get(at).copied().is_some_and(is_blank);
            let starts = (0..text.len()).filter(|at| blank(*at) && !(*at > 0 && blank(*at - 1)));
            let all = starts.map(|start| (start, (start..).find(|at| !blank(*at)).unwrap_or(start)));
            let single = |(start, end): &(usize, usize)| {
                &text[*start..*end] == " " && *start > 0 && *end < text.len()
            };
            prop_assert_eq!(found, all.filter(|run| !single(run)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn white_space_has_one_form() {
        for (read, form) in [
            ("\n\n  a  b \n c\u{A0}d\n\n\n\ne \n", "a b\nc d\n\ne"),
            ("a\tb", "a b"),
            ("a\tb\tc\nd\t\te  f", "a\tb\tc\nd e f"),
            ("", ""),
            ("   ", ""),
        ] {
            let mut ledger = Ledger::new(read);
            ledger.apply(&odd_blanks(read));
            let edits = edits(ledger.text(), &[]);
            ledger.apply(&edits);
            assert_eq!(ledger.text(), form);
        }
    }

    #[test]
    fn preformatted_text_keeps_its_blanks() {
        let text = "a  b\n    c  d\ne";
        assert_eq!(edits(text, &[Extent::new(0, 13)]), []);
    }
}
