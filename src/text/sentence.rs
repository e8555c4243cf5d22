//! Where paragraphs and sentences lie. They are the units that a reader moves, selects and cites by, so the same
//! function serves the cursor, the quotations and the repairs. It knows abbreviations and initials; it refuses to
//! guess at markup.

use super::Extent;

/// The paragraphs of `text`: runs of lines with something on them, parted by blank lines. White space at their ends
/// is left out.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Extent> {
    let mut found = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_end();
        if inner.trim_start().is_empty() {
            if let Some(start) = start.take() {
                found.push(Extent::new(start, end));
            }
        } else {
            let lead = inner.len() - inner.trim_start().len();
            start.get_or_insert(at + lead);
            end = at + inner.len();
        }
        at += line.len();
    }
    if let Some(start) = start {
        found.push(Extent::new(start, end));
    }
    found
}

/// The sentences of `text` within `within` (one paragraph or more), in order, without the white space between them.
#[must_use]
pub fn sentences(text: &str, within: Extent) -> Vec<Extent> {
    use unicode_segmentation::UnicodeSegmentation;
    let mut found = Vec::new();
    for (at, sentence) in within.of(text).split_sentence_bound_indices() {
        let inner = sentence.trim();
        if !inner.is_empty() {
            let lead = sentence.len() - sentence.trim_start().len();
            let start = within.start + at + lead;
            found.push(Extent::new(start, start + inner.len()));
        }
    }
    found
}
