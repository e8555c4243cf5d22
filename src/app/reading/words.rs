//! Words and columns of a text: where the next word ends, which byte stands in a column.

use super::Way;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::Extent;
use crate::text::wrap::width;

/// The last character boundary at or before `at`.
pub(in crate::app) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

pub(super) fn skip_white(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    text.len() - rest.trim_start().len()
}

pub(super) fn skip_white_back(text: &str, at: usize) -> usize {
    text[..at].trim_end().len()
}

/// Longest stretch that is looked at for a word's edge: a word without end must not cost more.
pub(super) const WORD_WINDOW: usize = 4096;

/// The word that holds a byte; white space and marks are words of their own.
pub(super) fn word_at(text: &str, at: usize) -> Extent {
    let start = floor(text, at.saturating_sub(WORD_WINDOW / 8));
    let start = text[start..at]
        .rfind(char::is_whitespace)
        .map_or(start, |space| start + space);
    let end = floor(text, at + WORD_WINDOW);
    for (offset, word) in text[start..end].split_word_bound_indices() {
        let word = Extent::new(start + offset, start + offset + word.len());
        if word.contains(at) {
            return word;
        }
    }
    Extent::new(at, at)
}

/// The end of the next word, or the start of the last one.
pub(super) fn word_edge(text: &str, at: usize, way: Way) -> usize {
    let names = |word: &str| word.chars().any(char::is_alphanumeric);
    match way {
        Way::Forward => {
            let end = floor(text, at + WORD_WINDOW);
            let mut words = text[at..end].split_word_bound_indices();
            words
                .find(|(_, word)| names(word))
                .map_or(end, |(offset, word)| at + offset + word.len())
        }
        Way::Back => {
            let start = floor(text, at.saturating_sub(WORD_WINDOW));
            let mut words = text[start..at].split_word_bound_indices().rev();
            words
                .find(|(_, word)| names(word))
                .map_or(start, |(offset, _)| start + offset)
        }
    }
}

/// The byte at a column of a row: the start of the cluster that covers it.
pub(super) fn byte_at_column(text: &str, row: Extent, column: usize) -> usize {
    let mut at = 0;
    for (offset, cluster) in row.of(text).grapheme_indices(true) {
        at += width(cluster);
        if at > column {
            return row.start + offset;
        }
    }
    row.end
}
