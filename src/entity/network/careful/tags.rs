//! From scores to spans: the likeliest sequence of tags in which no entity goes on that has not begun (Viterbi). Tag 0 is
//! "no entity"; the label k begins with tag 2k + 1 and goes on with tag 2k + 2.

use crate::text::Extent;

/// A span of words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    /// First word.
    pub first: usize,
    /// One past its last word.
    pub end: usize,
    /// Index of its label.
    pub label: usize,
    /// Mean probability of its words' tags.
    pub score: f32,
}

/// Scores to logarithms of probabilities, row by row.
pub(super) fn log_softmax(scores: &mut [f32], tags: usize) {
    for row in scores.chunks_exact_mut(tags) {
        let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = row.iter().map(|score| (score - most).exp()).sum();
        let shift = most + total.ln();
        for score in row {
            *score -= shift;
        }
    }
}

fn goes_on(tag: usize) -> bool {
    tag != 0 && tag.is_multiple_of(2)
}

/// The likeliest well-formed sequence of tags; `rows` holds `tags` log-probabilities for each word.
fn best_path(rows: &[f32], tags: usize) -> Vec<usize> {
    let count = rows.len() / tags;
    let mut from = vec![0_u16; rows.len()];
    let mut best = vec![f32::NEG_INFINITY; tags];
    let mut next = best.clone();
    for at in 0..count {
        // Any tag but "goes on" may follow any tag; that one follows only its own label's two.
        let top = (0..tags).reduce(|a, b| if best[b] > best[a] { b } else { a });
        let top = top.unwrap_or(0);
        for tag in 0..tags {
            let source = if !goes_on(tag) {
                top
            } else if best[tag] > best[tag - 1] {
                tag
            } else {
                tag - 1
            };
            let before = if at > 0 {
                best[source]
            } else if goes_on(tag) {
                f32::NEG_INFINITY
            } else {
                0.0
            };
            from[at * tags + tag] = source as u16;
            next[tag] = before + rows[at * tags + tag];
        }
        std::mem::swap(&mut best, &mut next);
    }
    let mut tag = (0..tags)
        .reduce(|a, b| if best[b] > best[a] { b } else { a })
        .unwrap_or(0);
    let mut path = vec![0; count];
    for at in (0..count).rev() {
        path[at] = tag;
        tag = usize::from(from[at * tags + tag]);
    }
    path
}

/// The spans of the likeliest sequence.
pub(super) fn spans(rows: &[f32], tags: usize) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (at, tag) in best_path(rows, tags).into_iter().enumerate() {
        if tag == 0 {
            continue;
        }
        let probability = rows[at * tags + tag].exp();
        match found.last_mut() {
            Some(span) if goes_on(tag) && span.end == at => {
                span.end = at + 1;
                span.score += probability;
            }
            _ => found.push(Span {
                first: at,
                end: at + 1,
                label: (tag - 1) / 2,
                score: probability,
            }),
        }
    }
    for span in &mut found {
        span.score /= (span.end - span.first) as f32;
    }
    found
}

/// `extent` without trade mark signs at its end: they stand by a name and are no part of it.
pub(super) fn without_marks(text: &str, extent: Extent) -> Extent {
    let name = extent.of(text);
    let bare =
        name.trim_end_matches(|c: char| matches!(c, '®' | '™' | '℠' | '©') || c.is_whitespace());
    if bare.is_empty() {
        extent
    } else {
        Extent::new(extent.start, extent.start + bare.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_goes_on_that_has_not_begun() {
        // Two labels, tags O B0 I0 B1 I1; the likeliest tags alone would be I0 O B1 I1 I0.
        let mut rows = vec![0.0; 25];
        for (at, tag) in [2, 0, 3, 4, 2].into_iter().enumerate() {
            rows[at * 5 + tag] = 3.0;
        }
        log_softmax(&mut rows, 5);
        let spans = spans(&rows, 5);
        let shapes: Vec<_> = spans.iter().map(|s| (s.first, s.end, s.label)).collect();
        assert!(shapes.contains(&(2, 4, 1)), "{shapes:?}");
        assert!(spans.iter().all(|s| s.score > 0.0 && s.score <= 1.0));
        assert!(super::spans(&[], 5).is_empty());
    }

    #[test]
    fn marks_are_no_part_of_a_name() {
        let text = "Veltra®™ is";
        assert_eq!(without_marks(text, Extent::new(0, 11)).of(text), "Veltra");
        assert_eq!(without_marks("®", Extent::new(0, 2)), Extent::new(0, 2));
    }
}
