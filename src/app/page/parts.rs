//! The parts of a release in the order of its text: what each stretch of it is, and what belongs together.

use super::Role;
use crate::release::{Release, Section, SectionKind};
use crate::text::Extent;

/// One part to set: whole paragraphs or lines of one role.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) role: Role,
    pub(super) kind: SectionKind,
    pub(super) extent: Extent,
    /// It is the head of a paragraph (a dateline): what follows it in the paragraph belongs to it.
    pub(super) head: bool,
}

/// The parts of a release in order: its sections, and what lies between them as body.
pub(super) fn parts(release: &Release, paragraphs: &[Extent]) -> Vec<Part> {
    let opens =
        |section: &&Section| matches!(section.kind, SectionKind::Lede | SectionKind::Dateline);
    let mut parting = Parting {
        text: &release.text,
        body_from: release
            .sections
            .iter()
            .find(opens)
            .map_or(0, |section| section.extent.start),
        parts: Vec::new(),
    };
    let within = |section: &&Section| section.extent.end <= release.text.len();
    let mut sections = release.sections.iter().filter(within).peekable();
    for paragraph in paragraphs {
        let mut at = paragraph.start;
        while at < paragraph.end {
            let over = |section: &&Section| section.extent.end <= at || section.extent.is_empty();
            while sections.next_if(over).is_some() {}
            let (kind, end) = match sections.peek() {
                Some(section) if section.extent.start <= at => {
                    (Some(section.kind), section.extent.end)
                }
                Some(section) => (None, section.extent.start),
                None => (None, paragraph.end),
            };
            let end = end.min(paragraph.end);
            let head = kind == Some(SectionKind::Dateline) && end < paragraph.end;
            parting.add(kind, Extent::new(at, end), head);
            at = end;
        }
    }
    parting.parts
}

/// The parts found so far.
struct Parting<'a> {
    text: &'a str,
    /// Where the lede starts: what stands before it is no body.
    body_from: usize,
    parts: Vec<Part>,
}

impl Parting<'_> {
    /// Adds a part, joined with the one before where that is the head of its paragraph or both fold as one.
    fn add(&mut self, kind: Option<SectionKind>, extent: Extent, head: bool) {
        let shown = extent.of(self.text);
        if shown.trim().is_empty() {
            return;
        }
        let start = extent.start + shown.len() - shown.trim_start().len();
        let extent = Extent::new(start, extent.start + shown.trim_end().len());
        let role = self.role(if head { None } else { kind }, start);
        let kind = kind.unwrap_or(SectionKind::Body);
        if let Some(last) = self.parts.last_mut() {
            if last.head {
                *last = Part {
                    role,
                    kind,
                    extent: Extent::new(last.extent.start, extent.end),
                    head,
                };
                return;
            }
            if last.kind == kind && folds(kind) {
                last.extent.end = extent.end;
                return;
            }
        }
        self.parts.push(Part {
            role,
            kind,
            extent,
            head,
        });
    }

    fn role(&self, kind: Option<SectionKind>, start: usize) -> Role {
        let opened =
            |part: &Part| !part.head && matches!(part.role, Role::Lede | Role::Body | Role::Quote);
        let after_headline = self
            .parts
            .last()
            .is_some_and(|last| last.role == Role::Headline);
        match kind {
            None if start < self.body_from => Role::ReleaseLine,
            None if self.parts.iter().any(opened) => Role::Body,
            None => Role::Lede,
            Some(SectionKind::Subhead) if after_headline => Role::Deck,
            Some(kind) => role_of(kind),
        }
    }
}

fn role_of(kind: SectionKind) -> Role {
    match kind {
        SectionKind::Headline => Role::Headline,
        SectionKind::Dateline => Role::Dateline,
        SectionKind::Lede => Role::Lede,
        SectionKind::Body => Role::Body,
        SectionKind::Subhead => Role::Subhead,
        SectionKind::Quote => Role::Quote,
        SectionKind::List => Role::ListItem,
        SectionKind::Table => Role::TableRow,
        SectionKind::Boilerplate => Role::Boilerplate,
        SectionKind::Disclaimer => Role::Disclaimer,
        SectionKind::Contact => Role::Contact,
        SectionKind::Source => Role::Source,
        SectionKind::Link => Role::Link,
        SectionKind::Furniture => Role::Furniture,
    }
}

/// The kinds of parts that are folded to one row until the reader opens them.
pub(super) fn folds(kind: SectionKind) -> bool {
    matches!(
        kind,
        SectionKind::Boilerplate
            | SectionKind::Disclaimer
            | SectionKind::Contact
            | SectionKind::Furniture
    )
}
