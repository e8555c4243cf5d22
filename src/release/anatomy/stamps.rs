//! Heads that ran together on one line: the line that frees a release, its day, its headline and whom to ask stood on
//! lines of their own once (`FOR IMMEDIATE RELEASE  June 3  2025 Acme Opens a Plant`, `For Immediate Release: Acme
//! Opens a Plant`). It refuses to look at prose, and at anything below it.

use super::blocks::{Block, Gap};
use super::{dates, labels, words};
use crate::text::Extent;

/// How many blocks a head has at most.
const HEAD: usize = 16;

/// Words that a headline has at least.
const HEADLINE: usize = 4;

/// Cuts the blocks above the prose where a stamp stands in them. `wide` says whether several blanks were read at a
/// place.
pub(super) fn part(text: &str, blocks: &mut Vec<Block>, wide: impl Fn(usize) -> bool) {
    let ran_together = blocks.iter().take(HEAD).any(|block| block.gap == Gap::Wide);
    let mut index = 0;
    while index < blocks.len().min(HEAD) {
        let block = &blocks[index];
        let cuts = cuts(text, block.inner, ran_together, &wide);
        if cuts.is_empty() && words::is_prose(block.inner(text)) {
            return;
        }
        let pieces = pieces(text, block, &cuts);
        let count = pieces.len();
        if count > 1 {
            blocks.splice(index..=index, pieces);
        }
        index += count.max(1);
    }
}

/// Where a piece of the head begins inside `inner`.
fn cuts(
    text: &str,
    inner: Extent,
    ran_together: bool,
    wide: &impl Fn(usize) -> bool,
) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = inner.start;
    let mut opens = true;
    while at < inner.end && found.len() < 6 {
        let rest = &text[at..inner.end];
        if opens && let Some(len) = stamp(rest, ran_together) {
            let next = at + len + blanks(&rest[len..]);
            let follows = &text[next..inner.end];
            let headed = contact(follows)
                || words::count(follows, HEADLINE) >= HEADLINE
                || stamp(follows, true).is_some();
            // `For immediate release June 3, 2025` is one line, and so is a date before a town.
            if !headed || sentence(follows) && !contact(follows) {
                break;
            }
            if at > inner.start {
                found.push(at);
            }
            found.push(next);
            at = next;
            continue;
        }
        if !ran_together {
            break;
        }
        let Some(gap) = rest.bytes().position(|b| b == b' ') else {
            break;
        };
        opens = wide(at + gap);
        at += gap + blanks(&rest[gap..]);
        if opens && at < inner.end && contact(&text[at..inner.end]) {
            found.push(at);
        }
    }
    found.dedup();
    found
}

/// Length of the stamp at the start: the line that frees the release, or a day with its year.
fn stamp(rest: &str, ran_together: bool) -> Option<usize> {
    let freed = ["FOR IMMEDIATE RELEASE", "For Immediate Release"]
        .iter()
        .find(|words| rest.starts_with(**words))
        .map(|words| words.len());
    if let Some(len) = freed {
        let colon = rest[len..].trim_start().starts_with(':');
        let len = rest.len() - rest[len..].trim_start_matches([' ', ':']).len();
        return (colon || ran_together).then_some(len);
    }
    let capital = rest.starts_with(char::is_uppercase);
    dates::at_start(rest)
        .filter(|read| capital && read.year.is_some())
        .map(|read| read.len)
        .filter(|len| ran_together || contact(rest[*len..].trim_start_matches(' ')))
}

/// Whether what follows a stamp is a sentence or a dateline's place, and no headline.
fn sentence(follows: &str) -> bool {
    words::is_prose(follows) && words::ends_sentence(follows)
        || !follows.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '“')
}

/// `Contact  Jane Roe`, `Media Contact: Jane Roe`.
fn contact(rest: &str) -> bool {
    rest.starts_with(['C', 'M', 'P']) && labels::is_contact_heading(rest)
}

/// Length of the blanks at the start.
fn blanks(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches(' ').len()
}

/// The block's pieces between `cuts`.
fn pieces(text: &str, block: &Block, cuts: &[usize]) -> Vec<Block> {
    let mut edges = vec![block.inner.start];
    edges.extend_from_slice(cuts);
    edges.push(block.inner.end);
    edges
        .windows(2)
        .enumerate()
        .filter_map(|(at, edge)| {
            let piece = &text[edge[0]..edge[1]];
            let inner = Extent::new(edge[0], edge[0] + piece.trim_end().len());
            (inner.end > inner.start).then(|| Block {
                extent: inner,
                inner,
                gap: if at == 0 { block.gap } else { Gap::Wide },
                ..block.clone()
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::blocks::blocks;

    /// The blocks of `text`, whose wide gaps stand in it.
    fn pieces(text: &str) -> Vec<&str> {
        blocks(text, &[], &[])
            .iter()
            .map(|block| block.inner(text))
            .collect()
    }

    #[test]
    fn stamps_and_headlines_come_apart() {
        for (text, parts) in [
            (
                "Latest News     Topics          FOR IMMEDIATE RELEASE  June 3  2007 Roe Announces Funds For Two Fire Departments          Grants Will Buy Trucks",
                &[
                    "Latest News",
                    "Topics",
                    "FOR IMMEDIATE RELEASE",
                    "June 3  2007",
                    "Roe Announces Funds For Two Fire Departments",
                    "Grants Will Buy Trucks",
                ][..],
            ),
            (
                "Roe Applauds Passage of the Harbor Bill  Tuesday  April 29  2008  FOR IMMEDIATE RELEASE  Contact  Ann Doe          Marlow  The harbor bill passed",
                &[
                    "Roe Applauds Passage of the Harbor Bill",
                    "Tuesday  April 29  2008",
                    "FOR IMMEDIATE RELEASE",
                    "Contact  Ann Doe",
                    "Marlow  The harbor bill passed",
                ],
            ),
            (
                "For Immediate Release: Marlow County Opens Its Third Library",
                &[
                    "For Immediate Release:",
                    "Marlow County Opens Its Third Library",
                ],
            ),
            (
                "September 11, 2019 Contact: Jane Roe",
                &["September 11, 2019", "Contact: Jane Roe"],
            ),
        ] {
            assert_eq!(pieces(text), parts);
        }
    }

    #[test]
    fn what_is_one_line_stays_one() {
        for text in [
            "FOR IMMEDIATE RELEASE June 3, 2025",
            "June 3, 2025 Acme Opens a Plant in Marlow",
            "On June 3, 2025 the board of Acme met and took the decision to open a plant.",
            "For Immediate Release",
        ] {
            assert_eq!(pieces(text), [text]);
        }
    }
}
