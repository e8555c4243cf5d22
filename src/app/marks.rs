//! What is marked in a release's text, sorted so that a row finds its marks without looking at the others.

use crate::entity::{Kind, Recognition};
use crate::release::{Passage, Release, SectionKind};
use crate::text::Extent;

/// What a run of text is, for its style. Listed from the bottom to the top of the paint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// The dateline at the head of the lede.
    Dateline,
    /// An address that stands in the text.
    Link,
    /// Words of a quotation: number in `release.quotes`.
    Quote(usize),
    /// A mention: number of its entity in `recognition.entities`, and its kind.
    Entity { number: usize, kind: Kind },
    /// A bookmarked passage: number in `keepings.passages`.
    Passage(usize),
    /// A repair: number in `release.repairs`.
    Repair(usize),
    /// A mention of the entity, or an occurrence of the theme, that is chosen in the sidebar.
    Lit,
    /// A hit of the search or of find-in-text.
    Hit,
    /// The mention that `]` and `[` stand on.
    CurrentMention,
    /// The hit that `n` and `N` stand on.
    CurrentHit,
    /// The sentence that the cursor is on.
    Cursor,
    /// The selection.
    Selection,
}

/// Marks in order of their start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    marks: Vec<(Extent, Mark)>,
    /// For each mark, how far it and those before it reach.
    reach: Vec<usize>,
}

impl Marks {
    /// Sorts marks.
    #[must_use]
    pub fn new(mut marks: Vec<(Extent, Mark)>) -> Self {
        marks.sort_by_key(|(extent, mark)| (extent.start, std::cmp::Reverse(extent.end), *mark));
        let mut furthest = 0;
        let reach = marks
            .iter()
            .map(|(extent, _)| {
                furthest = furthest.max(extent.end);
                furthest
            })
            .collect();
        Self { marks, reach }
    }

    /// Datelines, links, quotations and repairs of a release.
    #[must_use]
    pub fn of_release(release: &Release) -> Self {
        let mut marks = Vec::new();
        for section in &release.sections {
            match section.kind {
                SectionKind::Dateline => marks.push((section.extent, Mark::Dateline)),
                SectionKind::Link => marks.push((section.extent, Mark::Link)),
                _ => {}
            }
        }
        for (number, quote) in release.quotes.iter().enumerate() {
            let mark = Mark::Quote(number);
            if quote.parts.is_empty() {
                marks.push((quote.extent, mark));
            }
            marks.extend(quote.parts.iter().map(|part| (*part, mark)));
        }
        let repairs = release.repairs.iter().enumerate();
        marks.extend(repairs.map(|(number, repair)| (repair.extent, Mark::Repair(number))));
        Self::new(marks)
    }

    /// The mentions of a release.
    #[must_use]
    pub fn of_entities(recognition: &Recognition) -> Self {
        let mut marks = Vec::new();
        for (number, entity) in recognition.entities.iter().enumerate() {
            let kind = entity.kind;
            let mark = Mark::Entity { number, kind };
            marks.extend(entity.mentions.iter().map(|mention| (mention.extent, mark)));
        }
        Self::new(marks)
    }

    /// The passages bookmarked in a release.
    #[must_use]
    pub fn of_passages(passages: &[Passage]) -> Self {
        let found = passages.iter().enumerate();
        Self::new(
            found
                .filter_map(|(number, passage)| Some((passage.extent?, Mark::Passage(number))))
                .collect(),
        )
    }

    /// All marks, in order of their start.
    #[must_use]
    pub fn all(&self) -> &[(Extent, Mark)] {
        &self.marks
    }

    /// The marks that touch `within`, in order of their start.
    #[must_use]
    pub fn touching(&self, within: Extent) -> &[(Extent, Mark)] {
        let end = self
            .marks
            .partition_point(|(extent, _)| extent.start < within.end);
        let start = self.reach.partition_point(|reach| *reach <= within.start);
        self.marks.get(start..end).unwrap_or(&[])
    }

    /// The first mark after `at`, round the end; for walking from mark to mark.
    #[must_use]
    pub fn after(&self, at: usize) -> Option<usize> {
        let next = self.marks.partition_point(|(extent, _)| extent.start <= at);
        if self.marks.is_empty() {
            None
        } else {
            Some(next % self.marks.len())
        }
    }

    /// The first mark at or after `at`, round the end.
    #[must_use]
    pub fn from(&self, at: usize) -> Option<usize> {
        let next = self.marks.partition_point(|(extent, _)| extent.start < at);
        if self.marks.is_empty() {
            None
        } else {
            Some(next % self.marks.len())
        }
    }

    /// The last mark before `at`, round the start.
    #[must_use]
    pub fn before(&self, at: usize) -> Option<usize> {
        let next = self.marks.partition_point(|(extent, _)| extent.start < at);
        if self.marks.is_empty() {
            None
        } else {
            Some(next.checked_sub(1).unwrap_or(self.marks.len() - 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_finds_its_marks() {
        let marks = Marks::new(vec![
            (Extent::new(40, 50), Mark::Hit),
            (Extent::new(0, 30), Mark::Quote(0)),
            (Extent::new(5, 8), Mark::Lit),
        ]);
        assert_eq!(marks.touching(Extent::new(20, 45)).len(), 3);
        assert_eq!(marks.touching(Extent::new(30, 45)).len(), 1);
        assert!(marks.touching(Extent::new(50, 60)).is_empty());
        assert!(Marks::default().touching(Extent::new(0, 9)).is_empty());
    }

    #[test]
    fn walking_goes_round() {
        let marks = Marks::new(vec![
            (Extent::new(2, 3), Mark::Hit),
            (Extent::new(6, 7), Mark::Hit),
        ]);
        assert_eq!(
            (marks.after(0), marks.after(2), marks.after(6)),
            (Some(0), Some(1), Some(0))
        );
        assert_eq!((marks.before(2), marks.before(6)), (Some(1), Some(0)));
        assert_eq!(Marks::default().after(0), None);
    }
}
