//! Percentages: a figure, or number words, with the sign or the word. Percentage points are a measure of their own
//! and are left alone.

use super::figures::{self, Read};
use super::find::{Find, Rank};
use super::token::{Gap, Page, Shape};
use crate::entity::{Kind, Layer, Value};

/// All percentages of the page, in order.
pub(super) fn find(page: &Page<'_>, finds: &mut Vec<Find>) {
    let mut at = page.telling(0);
    while at < page.len() {
        match one(page, at) {
            Some((find, next)) => {
                finds.push(find);
                at = page.telling(next);
            }
            None => at = page.telling(at + 1),
        }
    }
}

fn one(page: &Page<'_>, at: usize) -> Option<(Find, usize)> {
    if !matches!(page.token(at).shape, Shape::Number | Shape::Word) {
        return None;
    }
    let first = figures::plain(page, at)?;
    let after = at + first.tokens;
    if let Some(tokens) = sign(page, after) {
        return Some((
            percent(page, at, after + tokens, Some(first)),
            after + tokens,
        ));
    }
    // `from 87.7% in 2024 to 83.22%`: what stands before `to` is a year there.
    let year = first.tokens == 1
        && page.low(after) == "to"
        && matches!(page.low_before(at, 1), "in" | "of" | "since" | "for")
        && page.of(at).len() == 4
        && matches!(page.of(at).get(..2), Some("19" | "20"));
    let joins = !year && (page.is_dash(after) || page.low(after) == "to");
    let second = figures::plain(page, after + 1).filter(|_| joins)?;
    let end = after + 1 + second.tokens;
    let tokens = sign(page, end)?;
    Some((percent(page, at, end + tokens, None), end + tokens))
}

/// How many tokens the sign at `at` takes.
fn sign(page: &Page<'_>, at: usize) -> Option<usize> {
    let token = page.token(at);
    if token.gap > Gap::Line {
        return None;
    }
    let tokens = match page.low(at) {
        "%" | "％" | "percent" | "prozent" | "pct" => 1,
        "per" if page.low(at + 1) == "cent" => 2,
        "pour" if page.low(at + 1) == "cent" => 2,
        "por" if matches!(page.low(at + 1), "ciento" | "cento") => 2,
        _ => return None,
    };
    Some(tokens)
}

fn percent(page: &Page<'_>, first: usize, next: usize, read: Option<Read>) -> Find {
    let value = read
        .and_then(|read| read.figure.number())
        .map(|percent| Value::Percent { percent });
    Find::new(
        page.extent(first, next - 1),
        Kind::Percent,
        Layer::Pattern,
        Rank::Sure,
    )
    .with_value(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Extent;

    #[test]
    fn signs_words_and_spans() {
        for (text, found, value) in [
            ("grew 16.5% to", "16.5%", Some("16.5")),
            ("in 2024 to 83.2% now", "83.2%", Some("83.2")),
            ("27 per cent", "27 per cent", Some("27")),
            ("Forty-one percent of", "Forty-one percent", Some("41")),
            ("by 10-15%", "10-15%", None),
            ("five to 9%", "five to 9%", None),
            ("3,5 % mehr", "3,5 %", Some("3.5")),
        ] {
            let page = Page::new(text, &[Extent::new(0, text.len())]);
            let mut finds = Vec::new();
            find(&page, &mut finds);
            assert_eq!(finds.len(), 1, "{text}");
            assert_eq!(finds[0].extent.of(text), found);
            let number = match &finds[0].value {
                Some(Value::Percent { percent }) => Some(percent.to_string()),
                _ => None,
            };
            assert_eq!(number.as_deref(), value);
        }
    }
}
