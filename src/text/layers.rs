//! Layers of highlights over one text, flattened. Entities, passages, hits and the selection nest and overlap freely;
//! a screen paints one run after the other. This module turns the first into the second and knows nothing of what
//! the tags mean. It refuses empty extents, which would paint nothing.

use super::Extent;

/// A run of text that carries the same tags throughout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run<T> {
    /// Where.
    pub extent: Extent,
    /// The tags on it, in the order in which their layers were given: the last one lies on top.
    pub tags: Vec<T>,
}

/// Cuts `within` into runs: each byte of it lies in exactly one, in order. `layers` may nest, overlap and reach
/// beyond `within`; their order is the order of painting. Costs `n log n` for the layers that touch `within`, plus
/// what it gives back.
#[must_use]
pub fn flatten<T: Copy>(within: Extent, layers: &[(Extent, T)]) -> Vec<Run<T>> {
    let mut edges = vec![within.start, within.end];
    let mut opening = Vec::new();
    for (order, (extent, _)) in layers.iter().enumerate() {
        let (start, end) = (extent.start.max(within.start), extent.end.min(within.end));
        if start < end {
            edges.extend([start, end]);
            opening.push((start, order, end));
        }
    }
    edges.sort_unstable();
    edges.dedup();
    opening.sort_unstable();
    let mut opening = opening.into_iter().peekable();
    let mut active: Vec<(usize, usize)> = Vec::new();
    let mut runs = Vec::with_capacity(edges.len());
    for pair in edges.windows(2) {
        active.retain(|(_, end)| *end > pair[0]);
        while let Some((_, order, end)) = opening.next_if(|(start, ..)| *start == pair[0]) {
            let at = active.partition_point(|(other, _)| *other < order);
            active.insert(at, (order, end));
        }
        runs.push(Run {
            extent: Extent::new(pair[0], pair[1]),
            tags: active.iter().map(|(order, _)| layers[*order].1).collect(),
        });
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The runs as text: `[tags text]` where there are tags.
    fn drawn(text: &str, within: Extent, layers: &[(Extent, char)]) -> String {
        let mut out = String::new();
        for run in flatten(within, layers) {
            let tags: String = run.tags.iter().collect();
            if tags.is_empty() {
                out.push_str(run.extent.of(text));
            } else {
                out.push_str(&format!("[{tags} {}]", run.extent.of(text)));
            }
        }
        out
    }

    #[test]
    fn nested_and_overlapping_layers_become_runs() {
        let text = "Acme Corp. of Berlin";
        let all = Extent::new(0, text.len());
        let layers = [
            (Extent::new(0, 13), 'p'),
            (Extent::new(0, 10), 'o'),
            (Extent::new(5, 20), 's'),
        ];
        assert_eq!(
            drawn(text, all, &layers),
            "[po Acme ][pos Corp.][ps  of][s  Berlin]"
        );
        assert_eq!(drawn(text, Extent::new(8, 12), &layers), "[pos p.][ps  o]");
    }

    #[test]
    fn order_of_layers_is_order_of_paint_whatever_their_start() {
        let text = "abcdef";
        let layers = [(Extent::new(3, 6), 'x'), (Extent::new(0, 4), 'y')];
        assert_eq!(
            drawn(text, Extent::new(0, 6), &layers),
            "[y abc][xy d][x ef]"
        );
    }

    #[test]
    fn empty_layers_and_empty_text_paint_nothing() {
        let none: [(Extent, char); 1] = [(Extent::new(2, 2), 'x')];
        assert_eq!(drawn("abcd", Extent::new(0, 4), &none), "abcd");
        assert!(flatten(Extent::new(3, 3), &none).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn runs_tile_the_extent(layers in proptest::collection::vec((0usize..60, 0usize..20), 0..30), start in 0usize..40, len in 0usize..40) {
            let layers: Vec<(Extent, usize)> = layers
                .iter()
                .enumerate()
                .map(|(n, (at, len))| (Extent::new(*at, at + len), n))
                .collect();
            let within = Extent::new(start, start + len);
            let runs = flatten(within, &layers);
            let mut at = within.start;
            for run in &runs {
                assert_eq!(run.extent.start, at);
                assert!(!run.extent.is_empty());
                at = run.extent.end;
                for (extent, tag) in &layers {
                    assert_eq!(extent.overlaps(run.extent) && !extent.is_empty(), run.tags.contains(tag));
                }
            }
            assert_eq!(at, within.end);
        }
    }
}
