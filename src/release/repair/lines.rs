//! Line breaks: hard-wrapped lines are joined and their hyphens mended, lines that a scraper broke inside a sentence
//! or a word are put together again, and where each line is a paragraph, a blank line parts them. It refuses to join
//! what may be a list, an address or a heading.

use super::ledger::Edit;
use super::lexicon::look_up;
use super::words::{is_function_word, is_word};
use crate::release::RepairKind;
use crate::text::Extent;

/// A line with something on it, without the blanks at its ends.
#[derive(Clone, Copy)]
struct Line<'a> {
    at: usize,
    text: &'a str,
    /// Whether the line right before it has something on it too.
    follows: bool,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// The edits that mend line breaks, outside `kept`.
pub(super) fn edits(text: &str, kept: &[Extent]) -> Vec<Edit> {
    let lines = lines(text);
    let pairs = lines.windows(2).filter(|pair| pair[1].follows).count();
    if pairs == 0 {
        return Vec::new();
    }
    let style = Style::of(&lines, pairs);
    let mut found = Vec::new();
    // The word that the lines above were joined to, where it runs on over several of them.
    let mut running = String::new();
    for (index, pair) in lines.windows(2).enumerate() {
        let (above, below) = (pair[0], pair[1]);
        let gap = Extent::new(above.end(), below.at);
        if !below.follows || kept.iter().any(|k| k.overlaps(gap)) {
            continue;
        }
        let next = lines.get(index + 2).filter(|line| line.follows);
        let last = above.text.rsplit(' ').next().unwrap_or_default();
        let alone = last.len() == above.text.len() && running.len() < 40;
        let word = if alone {
            [running.as_str(), last].concat()
        } else {
            last.to_owned()
        };
        let edit = style.mend(above, below, next, gap, &word);
        running = if edit.as_ref().is_some_and(|edit| edit.with.is_empty()) {
            word
        } else {
            String::new()
        };
        found.extend(edit);
    }
    found
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut follows = false;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_ascii();
        if !inner.is_empty() {
            let lead = line.len() - line.trim_ascii_start().len();
            found.push(Line {
                at: at + lead,
                text: inner,
                follows,
            });
        }
        follows = !inner.is_empty();
        at += line.len();
    }
    found
}

/// How the lines of a text were made.
struct Style {
    /// The width at which an editor or a mailer broke the lines, in bytes.
    wrap: Option<usize>,
    /// A scraper broke lines inside sentences.
    broken: bool,
    /// No blank line parts the paragraphs: each line is one.
    dense: bool,
}

/// A line this long is a paragraph, in bytes.
const PARAGRAPH: usize = 120;

impl Style {
    fn of(lines: &[Line<'_>], pairs: usize) -> Self {
        Self {
            wrap: wrap_width(lines, pairs),
            broken: is_broken(lines),
            dense: pairs + 1 == lines.len(),
        }
    }

    fn mend(
        &self,
        above: Line<'_>,
        below: Line<'_>,
        next: Option<&Line<'_>>,
        gap: Extent,
        word: &str,
    ) -> Option<Edit> {
        let edit = |with, kind| Some(Edit::new(gap.start, gap.end, with, kind));
        if is_bullet(below.text) {
            let parted = self.dense && !is_bullet(above.text);
            return if parted {
                edit("\n\n", RepairKind::Break)
            } else {
                None
            };
        }
        if let Some(width) = self.wrap {
            return if is_full(above, below, width) {
                Some(unwrap(above, below, gap))
            } else if self.dense {
                edit("\n\n", RepairKind::Break)
            } else {
                None
            };
        }
        match self.seam(
            above.text,
            word,
            below.text,
            next.map_or("", |line| line.text),
        ) {
            Some(with) => edit(with, RepairKind::Break),
            None if self.dense
                || above.text.len() >= PARAGRAPH
                || below.text.len() >= PARAGRAPH =>
            {
                edit("\n\n", RepairKind::Break)
            }
            None => None,
        }
    }

    /// What belongs between two lines that a scraper broke apart; `None` where the break may be meant.
    fn seam(&self, above: &str, last: &str, below: &str, next: &str) -> Option<&'static str> {
        let first = below.split(' ').next().unwrap_or_default();
        let digit = last.ends_with(|c: char| c.is_ascii_digit());
        if opens_with_stop(below) || (digit && matches!(first, "st" | "nd" | "rd" | "th")) {
            return Some("");
        }
        let several = above.contains(' ') || last.len() > above.len();
        if several
            && is_function_word(last)
            && !first.starts_with(|c: char| c.is_ascii_punctuation())
        {
            return Some(" ");
        }
        if !self.broken || above.ends_with(['.', '!', '?', ':', '”', '"']) {
            return None;
        }
        if last.ends_with(['$', '(', '“', '/']) {
            return Some("");
        }
        let starts_with_digit = first.starts_with(|c: char| c.is_ascii_digit());
        if starts_with_digit {
            let joins =
                digit || last.strip_suffix(',').is_some_and(ends_with_digit) && is_thousands(first);
            return if joins {
                Some("")
            } else {
                several.then_some(" ")
            };
        }
        if first.starts_with(['$', '(', '“']) {
            return several.then_some(" ");
        }
        if first.starts_with(char::is_lowercase) {
            return Some(word_seam(last, first, below, next));
        }
        // A name in a link of its own, in the middle of a sentence.
        let inside = next.starts_with(char::is_lowercase) && below.split(' ').count() <= 5;
        (above.ends_with(',') || (inside && several)).then_some(" ")
    }
}

/// What belongs between the last word of a line and the small first letters of the next.
fn word_seam(last: &str, first: &str, below: &str, next: &str) -> &'static str {
    let alphabetic = |word: &str| word.chars().all(char::is_alphabetic);
    let tail = first.trim_end_matches(|c: char| c.is_ascii_punctuation());
    if !alphabetic(last) || !alphabetic(tail) {
        return " ";
    }
    let (known_last, known_tail) = (is_whole(last), is_whole(tail));
    if known_last && known_tail {
        return " ";
    }
    let joined = [last, tail].concat();
    if look_up(&joined).is_some() {
        return "";
    }
    // A lone piece may join both, or belong to the line after it alone.
    let after = next.split(' ').next().unwrap_or_default();
    let after = after.trim_end_matches(|c: char| c.is_ascii_punctuation());
    if below == first && look_up(&[&joined, after].concat()).is_some() {
        return "";
    }
    let begins_next = below == first && look_up(&[first, after].concat()).is_some();
    if known_tail || begins_next || known_last {
        " "
    } else {
        ""
    }
}

/// Whether `piece` stands for a word by itself. The lexicon's two-letter entries are mostly names and short forms.
fn is_whole(piece: &str) -> bool {
    let short = [
        "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my",
        "no", "of",
    ];
    let shorter = ["on", "or", "so", "to", "up", "us", "we"];
    if piece.len() == 2 {
        short.contains(&piece) || shorter.contains(&piece)
    } else {
        is_word(piece)
    }
}

fn ends_with_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

fn is_thousands(word: &str) -> bool {
    word.bytes().take_while(u8::is_ascii_digit).count() == 3
}

/// Whether a line begins with a mark that closes what stood before it.
fn opens_with_stop(line: &str) -> bool {
    let Some(rest) = line.strip_prefix([',', '.', ';', ':', '!', '?', ')', '”', '’', '%'])
    else {
        return false;
    };
    rest.is_empty() || rest.starts_with([' ', '”', '"'])
}

/// Whether a line begins as an item of a list does.
fn is_bullet(line: &str) -> bool {
    let marked = line.starts_with([
        '•', '·', '*', '-', '–', '—', '►', '▪', '●', '○', '■', '➢', '✓', '|', '#', '>',
    ]);
    marked || {
        let number = line.bytes().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&number)
            && [". ", ") "]
                .iter()
                .any(|end| line[number..].starts_with(end))
    }
}

/// Whether a scraper broke lines where markup began and ended: lines that hold a stop alone or begin with one, or
/// single letters.
fn is_broken(lines: &[Line<'_>]) -> bool {
    let torn = |line: &&Line<'_>| {
        line.follows
            && (opens_with_stop(line.text)
                || (line.text.len() == 1 && line.text.as_bytes()[0].is_ascii_alphanumeric()))
    };
    lines.iter().filter(torn).take(2).count() == 2
}

/// The width at which the lines were wrapped, where nearly each line that goes on is full.
fn wrap_width(lines: &[Line<'_>], pairs: usize) -> Option<usize> {
    if pairs < 3 {
        return None;
    }
    let goes_on = || {
        lines
            .windows(2)
            .filter(|pair| pair[1].follows && pair[0].text.contains(' '))
    };
    let width = goes_on().map(|pair| pair[0].text.len()).max()?;
    let full = goes_on()
        .filter(|pair| is_full(pair[0], pair[1], width))
        .count();
    ((40..=110).contains(&width) && full * 3 >= pairs * 2).then_some(width)
}

/// Whether the first word of `below` would not have fitted on the line `above`.
fn is_full(above: Line<'_>, below: Line<'_>, width: usize) -> bool {
    let first = below.text.split(' ').next().map_or(0, str::len);
    above.text.len() + 1 + first + 2 > width
}

/// Joins two lines of one hard-wrapped paragraph.
fn unwrap(above: Line<'_>, below: Line<'_>, gap: Extent) -> Edit {
    let Some(head) = above.text.strip_suffix(['-', '\u{2010}']) else {
        return Edit::new(gap.start, gap.end, " ", RepairKind::Break);
    };
    let head = head
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let tail = below
        .text
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    let joined = [head, tail].concat();
    let one_word =
        look_up(&joined).is_some() || (!is_word(head) && !is_word(tail) && !head.is_empty());
    if one_word && tail.starts_with(char::is_lowercase) {
        let hyphen = above.text.len() - above.text.trim_end_matches(['-', '\u{2010}']).len();
        return Edit::new(gap.start - hyphen, gap.end, "", RepairKind::Hyphen);
    }
    let dash = above.text.ends_with(" -") || head.is_empty();
    Edit::new(
        gap.start,
        gap.end,
        if dash { " " } else { "" },
        RepairKind::Break,
    )
}
