//! What arrives after a release was opened: another size, a better recognition, passages, hits. Marks change, rows do
//! not.

use std::sync::Arc;

use crate::app::marks::{Mark, Marks};
use crate::app::message::Opened;
use crate::app::page::Page;
use crate::entity::{Entity, Kind, Recognition};
use crate::release::{LibraryEntityId, ReleaseId};
use crate::text::{Extent, SafeText};

use super::words::floor;
use super::{Home, Lit, Reading, Walk};

impl Reading {
    /// Lays the text out for another size of pane; what stands at the top stays there.
    pub(in crate::app) fn resize(&mut self, columns: u16, rows: usize) {
        let now = self.standing();
        if self.settled != Some(now) {
            self.home = now;
        }
        self.height = rows;
        if columns != self.page.columns {
            self.page = Arc::new(Page::new(&self.opened.release, columns, &self.open));
        }
        let top = if columns == self.home.columns {
            self.home.top
        } else {
            self.row_at_or_above(self.home.byte)
        };
        self.top = top.min(self.lowest_top());
        self.settled = Some(self.standing());
    }

    /// Where the page stands.
    fn standing(&self) -> Home {
        Home {
            columns: self.page.columns,
            top: self.top,
            byte: self.top_byte(),
        }
    }

    /// Takes a newer reading of the same release (a repair was declined, a passage came back): the cursor stays on
    /// its words where they are still there.
    pub(in crate::app) fn replace(&mut self, opened: Opened) {
        let anchor = self.top_byte();
        let same_text = opened.release.text == self.opened.release.text;
        self.opened = Arc::new(opened);
        self.parts = Arc::new(Marks::of_release(self.release()));
        self.refresh_passages();
        let recognition = self.opened.recognition.clone();
        self.set_recognition_marks(&recognition);
        if !same_text {
            self.page = Arc::new(Page::new(self.release(), self.page.columns, &self.open));
            self.selection = None;
            self.hits = Arc::default();
            self.stands[Walk::Hits as usize] = None;
            self.paragraph = usize::MAX;
            let cursor = floor(self.text(), self.cursor);
            self.top = self.row_at_or_above(anchor).min(self.lowest_top());
            self.place(cursor);
        }
    }

    /// Changes what belongs to the release beside its text.
    pub(in crate::app) fn update(&mut self, change: impl FnOnce(&mut Opened)) {
        change(Arc::make_mut(&mut self.opened));
    }

    /// The release, where its careful reading was not asked for yet. Asked once.
    pub(in crate::app) fn wants_recognition(&mut self) -> Option<ReleaseId> {
        let wanted = !self.recognised;
        self.recognised = true;
        wanted.then(|| self.id())
    }

    /// The release, where its full text was not asked for yet. Asked once.
    pub(in crate::app) fn wants_full_text(&mut self) -> Option<ReleaseId> {
        let wanted = !self.completed;
        self.completed = true;
        wanted.then(|| self.id())
    }

    /// The library has another text of it: what was recognised is to be read anew where somebody reads it.
    pub(in crate::app) fn has_other_text(&mut self) {
        self.recognised = false;
    }

    /// Takes a better recognition; the lit entity stays lit where it is still named. Gives back where `chosen` is now.
    pub(in crate::app) fn recognised(
        &mut self,
        recognition: Recognition,
        links: Vec<Option<(LibraryEntityId, u64)>>,
        chosen: Option<Lit>,
    ) -> Option<Lit> {
        let (lit, chosen) = (self.name_of(self.lit), self.name_of(chosen));
        self.set_recognition_marks(&recognition);
        self.update(|opened| {
            opened.recognition = recognition;
            opened.links = links;
        });
        self.light(self.find_named(lit));
        self.find_named(chosen)
    }

    /// What names an entity or theme in any recognition.
    pub(super) fn name_of(&self, lit: Option<Lit>) -> Option<(SafeText, Option<Kind>)> {
        let recognition = &self.opened.recognition;
        match lit? {
            Lit::Entity(number) => {
                let entity = recognition.entities.get(number)?;
                Some((entity.name.clone(), Some(entity.kind)))
            }
            Lit::Theme(number) => Some((recognition.themes.get(number)?.text.clone(), None)),
        }
    }

    pub(super) fn find_named(&self, named: Option<(SafeText, Option<Kind>)>) -> Option<Lit> {
        let (name, kind) = named?;
        let recognition = &self.opened.recognition;
        match kind {
            Some(kind) => {
                let mut entities = recognition.entities.iter();
                let same = |entity: &Entity| entity.name == name && entity.kind == kind;
                entities.position(same).map(Lit::Entity)
            }
            None => {
                let mut themes = recognition.themes.iter();
                themes.position(|theme| theme.text == name).map(Lit::Theme)
            }
        }
    }

    pub(super) fn set_recognition_marks(&mut self, recognition: &Recognition) {
        self.mentions = Arc::new(Marks::of_entities(recognition));
        self.stands[Walk::Mentions as usize] = None;
        self.lit = None;
        self.lit_marks = Arc::default();
    }

    /// Marks the passages anew.
    pub(in crate::app) fn refresh_passages(&mut self) {
        self.passages = Arc::new(Marks::of_passages(&self.opened.keepings.passages));
    }

    /// Shows a lit mention, the next one below or else the last one above, where none is on the screen.
    pub(in crate::app) fn show_lit(&mut self) {
        let shown = self.visible();
        let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
            return;
        };
        let (start, end) = (first.extent.start, last.extent.end);
        let lit = self.lit_marks.all().iter().map(|(extent, _)| extent.start);
        let lit: Vec<usize> = lit.collect();
        if lit.iter().any(|at| (start..end).contains(at)) {
            return;
        }
        let next = lit.iter().find(|at| **at >= end);
        if let Some(at) = next.or(lit.last()) {
            self.go_to(*at);
        }
    }

    /// Lights the mentions of an entity or theme.
    pub(in crate::app) fn light(&mut self, lit: Option<Lit>) {
        let recognition = &self.opened.recognition;
        let extents: Vec<Extent> = match lit {
            Some(Lit::Entity(number)) => recognition
                .entities
                .get(number)
                .map(|entity| {
                    entity
                        .mentions
                        .iter()
                        .map(|mention| mention.extent)
                        .collect()
                })
                .unwrap_or_default(),
            Some(Lit::Theme(number)) => recognition
                .themes
                .get(number)
                .map(|theme| theme.mentions.clone())
                .unwrap_or_default(),
            None => Vec::new(),
        };
        self.lit = lit;
        self.stands[Walk::Mentions as usize] = None;
        self.lit_marks = Arc::new(Marks::new(
            extents
                .into_iter()
                .map(|extent| (extent, Mark::Lit))
                .collect(),
        ));
    }

    /// Lights hits.
    pub(in crate::app) fn set_hits(&mut self, hits: Vec<Extent>) {
        self.stands[Walk::Hits as usize] = None;
        self.hits = Arc::new(Marks::new(
            hits.into_iter().map(|extent| (extent, Mark::Hit)).collect(),
        ));
    }
}
