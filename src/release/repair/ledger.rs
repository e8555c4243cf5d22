//! The book in which every change is written. Each step of the repair reads the present text and hands in edits of
//! it; the ledger applies them and keeps, for all steps together, what stood in the text that was read. It refuses
//! nothing: it neither judges edits nor knows why they are made.

use std::borrow::Cow;

use crate::release::{Markup, Repair, RepairKind};
use crate::text::Extent;

/// One change of the present text: `with` takes the place of `at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// Where, in the present text.
    pub at: Extent,
    /// What takes its place.
    pub with: Cow<'static, str>,
    /// Why.
    pub kind: RepairKind,
}

impl Edit {
    /// The edit that puts `with` in the place of `start..end`.
    pub(super) fn new(
        start: usize,
        end: usize,
        with: impl Into<Cow<'static, str>>,
        kind: RepairKind,
    ) -> Self {
        let at = Extent::new(start, end);
        let with = with.into();
        Self { at, with, kind }
    }
}

/// A change, carried over all steps so far.
#[derive(Clone, Copy, Debug)]
struct Change {
    /// What it covers of the text that was read.
    before: Extent,
    /// What it covers of the present text.
    after: Extent,
    kind: RepairKind,
}

/// The text that was read, the present text, and what lies between them.
#[derive(Debug)]
pub(super) struct Ledger<'a> {
    raw: &'a str,
    text: Cow<'a, str>,
    /// In order, not overlapping.
    changes: Vec<Change>,
}

impl<'a> Ledger<'a> {
    /// A ledger without entries.
    pub(super) fn new(raw: &'a str) -> Self {
        Self {
            raw,
            text: Cow::Borrowed(raw),
            changes: Vec::new(),
        }
    }

    /// The present text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Applies `edits`, which must be in order and must not overlap.
    pub(super) fn apply(&mut self, edits: &[Edit]) {
        if edits.is_empty() {
            return;
        }
        self.changes = merge(&self.changes, edits);
        let mut text = String::with_capacity(self.text.len() + 8 * edits.len());
        let mut at = 0;
        for edit in edits {
            text.push_str(&self.text[at..edit.at.start]);
            text.push_str(&edit.with);
            at = edit.at.end;
        }
        text.push_str(&self.text[at..]);
        self.text = Cow::Owned(text);
        self.changes
            .retain(|c| c.before.of(self.raw) != c.after.of(&self.text));
    }

    /// The changes as repairs, in order.
    pub(super) fn repairs(&self) -> Vec<Repair> {
        let repair = |change: &Change| Repair {
            extent: change.after,
            before: change.before.of(self.raw).to_owned(),
            after: change.after.of(&self.text).to_owned(),
            kind: change.kind,
        };
        self.changes.iter().map(repair).collect()
    }

    /// `markup` with its extents carried from the text that was read to the present one.
    pub(super) fn carry(&self, markup: &[Markup]) -> Vec<Markup> {
        let carried = |markup: &Markup| {
            let start = self.carry_place(markup.extent.start, Side::Start);
            let end = self.carry_place(markup.extent.end, Side::End);
            Markup {
                extent: Extent::new(start, end.max(start)),
                kind: markup.kind.clone(),
            }
        };
        markup.iter().map(carried).collect()
    }

    /// Where a place of the text that was read lies in the present one.
    fn carry_place(&self, place: usize, side: Side) -> usize {
        let place = place.min(self.raw.len());
        let follow = self.changes.partition_point(|c| {
            c.before.start < place || (side == Side::Start && c.before.start == place)
        });
        let Some(change) = follow.checked_sub(1).map(|i| self.changes[i]) else {
            return place;
        };
        if place > change.before.end {
            return change.after.end + (place - change.before.end);
        }
        if place == change.before.end && (side == Side::Start || !change.before.is_empty()) {
            return change.after.end;
        }
        self.carry_into(change, place, side)
    }

    /// Where a place inside `change` lies: by the letters both forms begin or end with, else at an edge.
    fn carry_into(&self, change: Change, place: usize, side: Side) -> usize {
        let before = change.before.of(self.raw).as_bytes();
        let after = change.after.of(&self.text).as_bytes();
        let head = place - change.before.start;
        let tail = change.before.end - place;
        let same_tail = tail <= after.len() && before.ends_with(&after[after.len() - tail..]);
        let same_head = head <= after.len() && before.starts_with(&after[..head]);
        match side {
            Side::Start if same_tail => change.after.end - tail,
            _ if same_head => change.after.start + head,
            _ if same_tail => change.after.end - tail,
            Side::Start => change.after.start,
            Side::End => change.after.end,
        }
    }
}

/// Which end of an extent a place is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

/// Old changes and new edits that touch the same letters of the text between them become one.
struct Group {
    /// What the group covers of the text between.
    mid: Extent,
    /// By how much what was read is longer than the text between, within the group.
    before_growth: isize,
    /// By how much the new text is longer than the text between, within the group.
    after_growth: isize,
    kind: RepairKind,
}

/// Composes the changes so far with `edits` of the text they led to.
fn merge(changes: &[Change], edits: &[Edit]) -> Vec<Change> {
    let mut merged = Vec::with_capacity(changes.len() + edits.len());
    let (mut before_shift, mut after_shift) = (0, 0);
    let mut open: Option<Group> = None;
    let (mut old, mut new) = (changes.iter().peekable(), edits.iter().peekable());
    loop {
        let take_old = match (old.peek(), new.peek()) {
            (None, None) => break,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (Some(c), Some(e)) => (c.after.start, c.after.end) <= (e.at.start, e.at.end),
        };
        let next = if take_old {
            old.next().map(of_change)
        } else {
            new.next().map(of_edit)
        };
        let Some(next) = next else { break };
        match &mut open {
            Some(group) if meet(group.mid, next.mid) => join(group, &next),
            _ => {
                if let Some(group) = open.replace(next) {
                    merged.push(close(&group, &mut before_shift, &mut after_shift));
                }
            }
        }
    }
    if let Some(group) = open {
        merged.push(close(&group, &mut before_shift, &mut after_shift));
    }
    merged
}

fn of_change(change: &Change) -> Group {
    Group {
        mid: change.after,
        before_growth: difference(change.before.len(), change.after.len()),
        after_growth: 0,
        kind: change.kind,
    }
}

fn of_edit(edit: &Edit) -> Group {
    Group {
        mid: edit.at,
        before_growth: 0,
        after_growth: difference(edit.with.len(), edit.at.len()),
        kind: edit.kind,
    }
}

/// Whether two stretches share letters, or one is a bare place inside the other.
fn meet(a: Extent, b: Extent) -> bool {
    a.overlaps(b) || (a == b && a.is_empty())
}

fn join(group: &mut Group, next: &Group) {
    group.mid.end = group.mid.end.max(next.mid.end);
    group.before_growth += next.before_growth;
    group.after_growth += next.after_growth;
    if weight(next.kind) >= weight(group.kind) {
        group.kind = next.kind;
    }
}

fn close(group: &Group, before_shift: &mut isize, after_shift: &mut isize) -> Change {
    let moved = |shift: &mut isize, growth: isize| {
        let start = group.mid.start.saturating_add_signed(*shift);
        *shift += growth;
        Extent::new(start, group.mid.end.saturating_add_signed(*shift))
    };
    Change {
        before: moved(before_shift, group.before_growth),
        after: moved(after_shift, group.after_growth),
        kind: group.kind,
    }
}

/// `a - b`. Lengths of a text in memory always fit.
fn difference(a: usize, b: usize) -> isize {
    a.cast_signed() - b.cast_signed()
}

/// Of two reasons for one change, the one that says more about it.
fn weight(kind: RepairKind) -> u8 {
    match kind {
        RepairKind::Encoding => 0,
        RepairKind::Break => 1,
        RepairKind::Entity => 2,
        RepairKind::Hyphen => 3,
        RepairKind::Heading => 4,
        RepairKind::Split => 5,
    }
}
