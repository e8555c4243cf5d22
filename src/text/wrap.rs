//! Wrapping: one logical line of text becomes rows that fit a width, as extents, so that every cell on the screen
//! knows its byte. Words come from Unicode line breaking (through `textwrap`), so Chinese and Japanese break where
//! they may; nothing is hyphenated and nothing is copied. Widths are those of whole grapheme clusters, as the screen
//! measures them. It keeps a figure with its unit and a month with its day where the row is wide enough.

use textwrap::core::Fragment;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::Extent;

/// Width in cells, as drawn: wide characters take two, a tab one.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.width()
    }
}

/// Rows narrower than this break where they must; figures and units may part.
const GLUE_FROM: usize = 24;

/// Wraps `within` of `text` to `columns` cells; a line feed in it is white space. White space at the ends of rows is
/// left out. There is at least one row, empty where the line is blank; a cluster wider than `columns`
/// stands alone on its row.
#[must_use]
pub fn wrap(text: &str, within: Extent, columns: usize) -> Vec<Extent> {
    let line = within.of(text);
    let columns = columns.max(1);
    let lead = line.len() - line.trim_start().len();
    let inner = line.trim();
    let start = within.start + lead;
    if width(inner) <= columns {
        return vec![Extent::new(start, start + inner.len())];
    }
    let words = words(inner, columns);
    #[expect(clippy::cast_precision_loss, reason = "columns of a terminal")]
    let rows = textwrap::wrap_algorithms::wrap_first_fit(&words, &[columns as f64]);
    rows.iter()
        .filter_map(|row| Some((row.first()?, row.last()?)))
        .map(|(first, last)| Extent::new(first.start, last.end).shifted(start))
        .collect()
}

/// One word, or as much of one as fits a row.
#[derive(Clone, Copy, Debug)]
struct Word {
    start: usize,
    /// Without the white space after it.
    end: usize,
    width: usize,
    /// White space after it, in cells.
    space: usize,
}

impl Fragment for Word {
    #[expect(clippy::cast_precision_loss, reason = "columns of a terminal")]
    fn width(&self) -> f64 {
        self.width as f64
    }
    #[expect(clippy::cast_precision_loss, reason = "columns of a terminal")]
    fn whitespace_width(&self) -> f64 {
        self.space as f64
    }
    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// The words of a line, glued where a break would part a figure from its unit, broken where they are too long.
fn words(line: &str, columns: usize) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut at = 0;
    for word in textwrap::WordSeparator::UnicodeBreakProperties.find_words(line) {
        // A line feed or tab at the end of a word is white space like any other.
        let shown = word.word.trim_end();
        let next = Word {
            start: at,
            end: at + shown.len(),
            width: width(shown),
            space: width(&word.word[shown.len()..]) + width(word.whitespace),
        };
        at += word.word.len() + word.whitespace.len();
        match found.last_mut() {
            Some(last)
                if columns >= GLUE_FROM
                    && belong_together(&line[last.start..last.end], shown)
                    && last.width + last.space + next.width <= columns / 2 =>
            {
                last.width += last.space + next.width;
                last.space = next.space;
                last.end = next.end;
            }
            _ if next.width > columns => break_apart(line, next, columns, &mut found),
            _ => found.push(next),
        }
    }
    found
}

/// Breaks a word that no row holds between grapheme clusters.
fn break_apart(line: &str, word: Word, columns: usize, into: &mut Vec<Word>) {
    let mut piece = Word {
        end: word.start,
        width: 0,
        space: 0,
        ..word
    };
    for (at, cluster) in line[word.start..word.end].grapheme_indices(true) {
        let wide = width(cluster);
        if piece.width > 0 && piece.width + wide > columns {
            into.push(piece);
            piece.start = word.start + at;
            piece.width = 0;
        }
        piece.end = word.start + at + cluster.len();
        piece.width += wide;
    }
    into.push(Word {
        space: word.space,
        ..piece
    });
}

/// Words that stand after a figure as its unit.
const UNITS: [&str; 24] = [
    "million",
    "billion",
    "trillion",
    "percent",
    "per",
    "%",
    "bn",
    "mn",
    "m",
    "km",
    "kg",
    "MW",
    "GW",
    "kW",
    "GB",
    "TB",
    "a.m.",
    "p.m.",
    "Uhr",
    "Mio.",
    "Mrd.",
    "millions",
    "milliards",
    "€",
];

/// Months as they stand before a day.
const MONTHS: [&str; 20] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan.",
    "Feb.",
    "Aug.",
    "Sept.",
    "Sep.",
    "Oct.",
    "Nov.",
    "Dec.",
];

/// Whether a break between these two would part a figure from its unit or a month from its day.
fn belong_together(before: &str, after: &str) -> bool {
    let digit_ends = before.ends_with(|c: char| c.is_ascii_digit());
    let bare = after.trim_end_matches([',', '.', ';', ':', ')']);
    let day_follows = bare.len() <= 2 && bare.bytes().all(|b| b.is_ascii_digit());
    (digit_ends && (UNITS.contains(&bare) || UNITS.contains(&after)))
        || (day_follows && !bare.is_empty() && MONTHS.contains(&before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, Extent::new(0, text.len()), columns)
            .into_iter()
            .map(|row| row.of(text))
            .collect()
    }

    #[test]
    fn prose_breaks_between_words() {
        assert_eq!(
            rows("The quick brown fox jumps", 10),
            ["The quick", "brown fox", "jumps"]
        );
        assert_eq!(rows("  padded  ", 20), ["padded"]);
        assert_eq!(rows("", 20), [""]);
    }

    #[test]
    fn long_words_break_between_clusters() {
        assert_eq!(rows("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(
            rows("e\u{301}e\u{301}e\u{301}", 2),
            ["e\u{301}e\u{301}", "e\u{301}"]
        );
        assert_eq!(rows("新质", 1), ["新", "质"]);
    }

    #[test]
    fn chinese_breaks_without_spaces_and_counts_two_cells() {
        assert_eq!(rows("新质生产力。发展", 6), ["新质生", "产力。", "发展"]);
    }

    #[test]
    fn figures_stay_with_their_units() {
        assert_eq!(
            rows("It raised a total of $15.5 million in cash", 26),
            ["It raised a total of", "$15.5 million in cash"]
        );
        assert_eq!(
            rows("The conference opens March 19, in Geneva", 28),
            ["The conference opens", "March 19, in Geneva"]
        );
    }

    #[test]
    fn extents_lie_in_the_whole_text() {
        let text = "One two.\n\nThree four five.";
        let found = wrap(text, Extent::new(10, text.len()), 10);
        assert_eq!(found[0], Extent::new(10, 20));
        assert_eq!(found[1].of(text), "five.");
    }

    proptest::proptest! {
        #[test]
        fn rows_fit_and_lose_nothing_but_white_space(text in "[a-z 新é👍0-9,.]{0,120}", columns in 1usize..40) {
            let found = wrap(&text, Extent::new(0, text.len()), columns);
            let mut at = 0;
            for row in &found {
                assert!(row.start >= at && row.end <= text.len());
                assert!(text[at..row.start].trim().is_empty());
                let shown = row.of(&text);
                assert!(width(shown) <= columns || shown.graphemes(true).count() == 1);
                at = row.end;
            }
            assert!(text[at..].trim().is_empty());
        }
    }
}
