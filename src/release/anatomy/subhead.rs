//! Sub-headings of the body: marked ones, and short lines without a full stop that stand over prose or a list. It
//! refuses captions, bylines, addresses and lines that lead elsewhere.

use super::blocks::Block;
use super::labels::Label;
use super::words;

/// Whether block `index` is a sub-heading.
pub(super) fn is(
    text: &str,
    blocks: &[Block],
    index: usize,
    end: usize,
    labels: &[Option<Label>],
) -> bool {
    let block = &blocks[index];
    let inner = block.inner(text);
    if index + 1 >= end || labels[index].is_some() || inner.is_empty() {
        return false;
    }
    if block.heading.is_some() {
        return words::count(inner, 30) < 30;
    }
    if block.item || block.row || block.quoted || !shaped(inner) {
        return false;
    }
    let next = &blocks[index + 1];
    let below = next.inner(text);
    let opens = words::is_prose(below)
        || next.item
        || next.heading.is_some()
        || labels[index + 1] == Some(Label::Image) && below_prose(text, blocks, index + 2, end);
    opens && (titled(inner) || block.strong || words::count(inner, 10) <= 9 && !personal(inner))
}

/// Whether prose stands at `index`.
fn below_prose(text: &str, blocks: &[Block], index: usize, end: usize) -> bool {
    index < end
        && blocks
            .get(index)
            .is_some_and(|block| words::is_prose(block.inner(text)))
}

/// Whether a line has the shape of a heading: short, opened by a capital or a figure, not closed by a stop.
fn shaped(inner: &str) -> bool {
    let words = words::count(inner, 25);
    if words == 0 || words > 22 || inner.len() > 180 {
        return false;
    }
    let opens = inner.starts_with(|c: char| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '“' | '"' | '‘' | '\'' | '$' | '¿' | '¡' | '(')
    }) || !inner.is_ascii()
        && inner.starts_with(char::is_alphabetic)
        && !inner.starts_with(char::is_lowercase);
    let closes = !inner.ends_with(['.', ',', ';', '…', '-', '–', '—']) || inner.ends_with("...");
    let reach = inner.contains("http")
        || inner.contains("www.")
        || words::has_email(inner)
        || words::phone(inner).is_some()
        || inner.contains("](");
    let letters = inner.chars().filter(|c| c.is_alphabetic()).take(3).count() >= 3;
    let quoted = inner.ends_with(['”', '"']) && inner.starts_with(['“', '"']) && words > 10;
    opens && closes && !reach && letters && !quoted
}

/// Whether most words of some length open with a capital.
fn titled(inner: &str) -> bool {
    let (mut long, mut capital) = (0, 0);
    for word in inner
        .split_whitespace()
        .filter(|word| word.chars().count() >= 4)
    {
        long += 1;
        capital += usize::from(
            word.trim_start_matches(|c: char| !c.is_alphanumeric())
                .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()),
        );
    }
    long > 0 && capital * 10 >= long * 6
}

/// `Name, Title` or `— Name`: whoever speaks or is shown, not a heading.
fn personal(inner: &str) -> bool {
    inner.starts_with(['–', '—', '-']) || inner.contains(", CEO") || inner.contains("President")
}
