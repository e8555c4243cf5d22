//! Collation: the words of a quotation held against the text that they are said to come from, one by one. It exists so
//! that a draft can be checked against what was put out. Case, the kind of marks and white space make no difference, nor
//! does punctuation; words, figures and currencies do. What a writer left out (`…`) or put in brackets parts a quotation
//! into pieces, each of which must stand there. It refuses to call words the same that only mean the same.

use crate::release::story::is_unspaced;
use crate::text::Extent;

/// Quotations of fewer words are found word for word or not at all: with one word of them changed they could be anything.
const SHORT: usize = 6;

/// Of longer ones, so many words in so many may differ.
const LENIENCE: (usize, usize) = (2, 5);

/// Longer quotations and texts are held against each other in so many words.
const MOST: (usize, usize) = (1_000, 60_000);

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    extent: Extent,
    folded: String,
}

/// Where a text has the words of a quotation, and how they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collation {
    /// Where the text has them: from the first word to the last.
    pub extent: Extent,
    /// What differs, in order; nothing where the words are the same.
    pub changes: Vec<Change>,
    /// How many words differ, are missing or were added.
    pub edits: usize,
}

/// A stretch of a quotation and what the text has there; one of the two may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// In the quotation.
    pub quoted: Extent,
    /// In the text.
    pub original: Extent,
}

/// How many words a quotation has.
#[must_use]
pub fn word_count(quoted: &str) -> usize {
    words(quoted).len()
}

/// The pieces of a quotation: what stands before, between and behind dots of omission and brackets.
#[must_use]
pub fn pieces(quoted: &str) -> Vec<Extent> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut push = |start: usize, end: usize| {
        if quoted[start..end].contains(char::is_alphanumeric) {
            found.push(Extent::new(start, end));
        }
    };
    while at < quoted.len() {
        let rest = &quoted[at..];
        let bracket = rest
            .starts_with('[')
            .then(|| rest.find(']').map(|close| close + 1))
            .flatten();
        let dots = ["…", "...", ". . ."]
            .into_iter()
            .find(|dots| rest.starts_with(dots));
        let gap = bracket.or(dots.map(str::len));
        if let Some(gap) = gap {
            push(start, at);
            at += gap;
            start = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    push(start, quoted.len());
    found
}

/// Where `text` has the words of `quoted`, all its pieces in their order, and how they differ there; nothing where it
/// has nothing near enough. The time is the product of the two lengths.
#[must_use]
pub fn collate(quoted: &str, text: &str) -> Option<Collation> {
    let all = words(text);
    let mut whole: Option<Collation> = None;
    let mut from = 0;
    for piece in pieces(quoted) {
        let mut sought = words(piece.of(quoted));
        for word in &mut sought {
            word.extent = word.extent.shifted(piece.start);
        }
        let (found, next) = nearest(&sought, &all[from..])?;
        from += next;
        whole = Some(match whole {
            None => found,
            Some(mut before) => {
                before.extent.end = found.extent.end;
                before.edits += found.edits;
                before.changes.extend(found.changes);
                before
            }
        });
    }
    whole
}

/// The words of `text`: runs of letters and figures; an apostrophe between letters and a point or comma between figures
/// belong to them. Signs of currencies and per cent are words, and so is each character of a script without spaces.
fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    let mut open = false;
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let joins = match c {
            '\'' | '’' | 'ʼ' => before.is_alphabetic() && next.is_alphabetic(),
            '.' | ',' => before.is_ascii_digit() && next.is_ascii_digit(),
            _ => false,
        };
        let alone =
            is_unspaced(c) && c.is_alphanumeric() || matches!(c, '$' | '€' | '£' | '¥' | '₹' | '%');
        if alone || c.is_alphanumeric() || joins && open {
            if alone || !open {
                found.push(Word {
                    extent: Extent::new(at, at),
                    folded: String::new(),
                });
            }
            if let Some(word) = found.last_mut() {
                word.extent.end = end;
                match c {
                    '’' | 'ʼ' => word.folded.push('\''),
                    _ => word.folded.extend(c.to_lowercase()),
                }
            }
            open = !alone;
        } else {
            open = false;
        }
        before = c;
    }
    found
}

/// The stretch of `all` that is nearest to `sought`, the first among equals, and how many words of `all` end with it.
fn nearest(sought: &[Word], all: &[Word]) -> Option<(Collation, usize)> {
    let sought = &sought[..sought.len().min(MOST.0)];
    let all = &all[..all.len().min(MOST.1)];
    let allowed = if sought.len() < SHORT {
        0
    } else {
        sought.len() * LENIENCE.0 / LENIENCE.1
    };
    // A row for each word of the text: the fewest edits that make a stretch ending here into so many of the sought
    // words (Sellers' algorithm: a stretch may begin anywhere).
    let mut row: Vec<usize> = (0..=sought.len()).collect();
    let mut best = (allowed + 1, 0);
    for (number, word) in all.iter().enumerate() {
        let mut corner = row[0];
        for (column, wanted) in sought.iter().enumerate() {
            let same = usize::from(wanted.folded != word.folded);
            let here = (corner + same)
                .min(row[column + 1] + 1)
                .min(row[column] + 1);
            corner = row[column + 1];
            row[column + 1] = here;
        }
        let edits = row[sought.len()];
        // One word further with as many edits: another word stands where the last one would have been left out.
        if edits < best.0 || edits == best.0 && best.1 > 0 && best.1 == number {
            best = (row[sought.len()], number + 1);
        }
    }
    let (edits, end) = best;
    if edits > allowed || sought.is_empty() {
        return None;
    }
    let window = &all[end.saturating_sub(sought.len() + edits)..end];
    Some((aligned(sought, window, edits), end))
}

/// How `sought` lies along the end of `window`, from which it differs by `edits`.
fn aligned(sought: &[Word], window: &[Word], edits: usize) -> Collation {
    let (rows, columns) = (sought.len() + 1, window.len() + 1);
    let mut cost = vec![0_usize; rows * columns];
    for row in 1..rows {
        cost[row * columns] = row;
        for column in 1..columns {
            let same = usize::from(sought[row - 1].folded != window[column - 1].folded);
            cost[row * columns + column] = (cost[(row - 1) * columns + column - 1] + same)
                .min(cost[(row - 1) * columns + column] + 1)
                .min(cost[row * columns + column - 1] + 1);
        }
    }
    let (mut row, mut column) = (sought.len(), window.len());
    // Steps from the end: whether a word of each side is taken, and whether they are the same.
    let mut steps = Vec::new();
    while row > 0 {
        let here = cost[row * columns + column];
        let same = column > 0 && sought[row - 1].folded == window[column - 1].folded;
        if column > 0 && here == cost[(row - 1) * columns + column - 1] + usize::from(!same) {
            (row, column) = (row - 1, column - 1);
            steps.push((true, true, same));
        } else if here == cost[(row - 1) * columns + column] + 1 {
            row -= 1;
            steps.push((true, false, false));
        } else {
            column -= 1;
            steps.push((false, true, false));
        }
    }
    steps.reverse();
    let first = window.get(column).map_or(0, |word| word.extent.start);
    let last = window.last().map_or(first, |word| word.extent.end);
    Collation {
        extent: Extent::new(first, last),
        changes: changes(&steps, sought, &window[column..]),
        edits,
    }
}

/// The stretches that differ. An empty side stands where its words would.
fn changes(steps: &[(bool, bool, bool)], sought: &[Word], window: &[Word]) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    let (mut quoted, mut original) = (0, 0);
    let mut open: Option<(usize, usize)> = None;
    let mut close = |open: Option<(usize, usize)>, quoted: usize, original: usize| {
        if let Some((from_quoted, from_original)) = open {
            found.push(Change {
                quoted: stretch(sought, from_quoted, quoted),
                original: stretch(window, from_original, original),
            });
        }
    };
    for (of_quoted, of_original, same) in steps {
        if *same {
            close(open.take(), quoted, original);
        } else if open.is_none() {
            open = Some((quoted, original));
        }
        quoted += usize::from(*of_quoted);
        original += usize::from(*of_original);
    }
    close(open, quoted, original);
    found
}

/// From the word `from` to the one before `until`.
fn stretch(words: &[Word], from: usize, until: usize) -> Extent {
    let start = words.get(from).map_or_else(
        || words.last().map_or(0, |word| word.extent.end),
        |word| word.extent.start,
    );
    if until <= from {
        return Extent::new(start, start);
    }
    Extent::new(start, words[until - 1].extent.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "PORTO — “We have hired more than 12,000 engineers in Asia’s ports,” said Ana Lima, \
        head of ports. “They start on Monday, and the third-quarter costs fall by 5%.”";

    fn told(quoted: &str) -> Option<Vec<(String, String)>> {
        let found = collate(quoted, TEXT)?;
        let change = |change: &Change| {
            (
                change.quoted.of(quoted).to_owned(),
                change.original.of(TEXT).to_owned(),
            )
        };
        Some(found.changes.iter().map(change).collect())
    }

    #[test]
    fn the_same_words_are_the_same_whatever_their_marks() {
        let same = [
            "we have hired more than 12,000 engineers in Asia's ports.",
            "They start on Monday – and the third quarter costs fall by 5 %",
        ];
        for quoted in same {
            assert_eq!(told(quoted), Some(Vec::new()), "{quoted}");
        }
        let found = collate("hired more than 12,000", TEXT).expect("found");
        assert_eq!(found.extent.of(TEXT), "hired more than 12,000");
    }

    #[test]
    fn what_differs_is_told_word_by_word() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            told("We have hired 12,000 engineers in Asia’s harbours"),
            Some(vec![pair("", "more than"), pair("harbours", "ports")])
        );
        assert_eq!(
            told("They start very early on Monday, and the third-quarter costs fall by €5"),
            Some(vec![pair("very early", ""), pair("€", "")])
        );
        assert_eq!(
            told("We have hired more than 12.000 engineers in Asia’s ports"),
            Some(vec![pair("12.000", "12,000")])
        );
    }

    #[test]
    fn omissions_and_brackets_part_a_quotation() {
        let parted = "We have hired … engineers in [the region’s] ports. [They] start on Monday";
        assert_eq!(told(parted), Some(Vec::new()));
        let turned = "They start on Monday … We have hired more than 12,000 engineers";
        assert_eq!(told(turned), None, "in this order it does not stand there");
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        assert_eq!(told("The quay will open in the spring of next year"), None);
        assert_eq!(told("start on Tuesday"), None, "short ones word for word");
        assert_eq!(told("start on Monday"), Some(Vec::new()));
        assert_eq!(collate("", TEXT), None);
        assert_eq!(collate("words and words and words", ""), None);
    }

    #[test]
    fn scripts_without_spaces_are_held_character_by_character() {
        let text = "王市长说：“新码头将于明年三月正式开放，欢迎各国船只。”";
        let found = collate("新码头将于明年五月正式开放", text).expect("found");
        assert_eq!(found.edits, 1);
        assert_eq!(found.changes[0].original.of(text), "三");
    }
}
