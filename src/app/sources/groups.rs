//! The groups of the sources view: which sources stand under which heading, what a heading tells of them, and which
//! groups are folded. Pure: rows in, headings and lines out. It refuses headings where no source has a group, because a
//! single one over everything would say nothing.

use std::collections::{BTreeSet, HashMap};

use super::lines::SourceLine;
use crate::query::fold::fold;
use crate::release::{Health, SourceGroup, SourceListing};

/// The heading of a group, with what stands under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceHeading {
    /// The group, as its first source spells it.
    pub group: SourceGroup,
    /// Its sources, by their numbers among the rows.
    pub sources: Vec<usize>,
    /// Whether they are hidden.
    pub folded: bool,
    /// How many of them are followed.
    pub followed: u64,
    /// How many of these give no good answer.
    pub failing: u64,
    /// Releases of all of them.
    pub releases: u64,
    /// Of these, unread.
    pub unread: u64,
    /// When one of them last gave a good answer.
    pub answered: Option<i64>,
}

impl SourceHeading {
    fn add(&mut self, number: usize, row: &SourceListing) {
        self.sources.push(number);
        self.releases += row.releases;
        self.unread += row.unread;
        self.followed += u64::from(row.following.is_some());
        self.failing += u64::from(fails(row));
        let answered = row
            .following
            .as_ref()
            .and_then(|following| following.answered);
        self.answered = self.answered.max(answered);
    }
}

/// What tells a group from others: groups whose names differ in capitals or marks alone are one, as the search language
/// has it.
pub(super) fn key(group: &SourceGroup) -> String {
    fold(group.name())
}

/// Whether a source is followed and gives no good answer.
pub(super) fn fails(row: &SourceListing) -> bool {
    let health = row.following.as_ref().map(|following| &following.health);
    matches!(health, Some(Health::Failing { .. } | Health::Gone { .. }))
}

/// The headings over `rows`, in the order in which their groups first come, the sources without a group last; none where
/// no source has a group.
pub(super) fn headings(rows: &[SourceListing], folded: &BTreeSet<String>) -> Vec<SourceHeading> {
    let mut headings: Vec<SourceHeading> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (number, row) in rows.iter().enumerate() {
        let key = key(&row.group);
        let hidden = folded.contains(&key);
        let place = *places.entry(key).or_insert_with(|| {
            headings.push(SourceHeading {
                group: row.group.clone(),
                folded: hidden,
                ..SourceHeading::default()
            });
            headings.len() - 1
        });
        headings[place].add(number, row);
    }
    if headings
        .iter()
        .all(|heading| heading.group == SourceGroup::Untagged)
    {
        return Vec::new();
    }
    headings.sort_by_key(|heading| heading.group == SourceGroup::Untagged);
    headings
}

/// The lines of the view: each heading and, unless they are folded, its sources; without headings the rows as they come.
pub(super) fn lines(headings: &[SourceHeading], rows: usize) -> Vec<SourceLine> {
    if headings.is_empty() {
        return (0..rows).map(SourceLine::Source).collect();
    }
    let mut lines = Vec::with_capacity(headings.len() + rows);
    for (number, heading) in headings.iter().enumerate() {
        lines.push(SourceLine::Heading(number));
        if !heading.folded {
            lines.extend(heading.sources.iter().copied().map(SourceLine::Source));
        }
    }
    lines
}
