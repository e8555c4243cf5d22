//! What many releases have in common, in the side pane: whom the hits of a search name most, and whom the releases of
//! the source or group that is chosen among the sources name most. A search's are asked for when the reader pauses, a
//! source's at once. It refuses to show what was not asked for last.

use crate::app::effect::{Effect, Scope, Ticket};
use crate::app::message::Facet;
use crate::app::side::SideView;
use crate::app::{App, Left, Pane};

/// Facets asked for.
const FACETS: usize = 60;

impl App {
    /// Asks what the hits have in common once the reader pauses: while keys come quickly it would only be in the way.
    pub(super) fn ask_facets(&mut self) -> Vec<Effect> {
        let due = self.facets_due.is_some_and(|due| due <= self.clock.now);
        if !due || self.searching.is_some() || self.list.scope().query.is_none() {
            return Vec::new();
        }
        self.facets_due = None;
        vec![self.facets_of(self.list.scope().clone())]
    }

    /// Keeps the side pane with the sources while they have the focus, and with the open release elsewhere.
    pub(super) fn ask_names_of_source(&mut self, effects: &mut Vec<Effect>) {
        if !self.among_sources() {
            if self.side.view() == SideView::Facets && self.list.scope().query.is_none() {
                let reading = self.reading.as_ref();
                self.side.show(SideView::Entities, reading, true);
            }
            return;
        }
        let Some(scope) = self.sources.scope() else {
            return;
        };
        if self.side.facets_of() == Some(&scope) {
            if self.side.view() != SideView::Facets {
                let reading = self.reading.as_ref();
                self.side.show(SideView::Facets, reading, true);
            }
            return;
        }
        let asked = self.facets.as_ref().map(|(_, scope)| scope);
        if self.geometry.side.is_some() && asked != Some(&scope) {
            effects.push(self.facets_of(scope));
        }
    }

    /// Whether the sources have the focus, or the names that their releases have in common: the other panes then tell
    /// of the chosen source.
    #[must_use]
    pub fn among_sources(&self) -> bool {
        let held = match self.focus {
            Pane::Left => true,
            Pane::Side => self.side.view() == SideView::Facets,
            Pane::Reading => false,
        };
        held && self.left == Left::Sources
    }

    fn facets_of(&mut self, scope: Scope) -> Effect {
        let ticket = self.ticket();
        self.facets = Some((ticket, scope.clone()));
        Effect::Facets {
            ticket,
            scope,
            limit: FACETS,
        }
    }

    /// What a scope's releases have in common came.
    pub(super) fn take_facets(&mut self, ticket: Ticket, facets: Vec<Facet>) {
        let asked = self.facets.take_if(|(asked, _)| *asked == ticket);
        let Some((_, scope)) = asked else { return };
        self.side.set_facets(scope, facets);
        if self.prompt.is_some() || self.among_sources() {
            // Who moves among the names stays where they are when the library goes on growing.
            let keep = self.focus == Pane::Side;
            let reading = self.reading.as_ref();
            self.side.show(SideView::Facets, reading, keep);
        }
    }

    /// Shows the releases of what was counted that name a facet.
    pub(super) fn open_facet(&mut self, number: usize) {
        let Some(facet) = self.side.facets().get(number) else {
            return;
        };
        let (entity, name) = (facet.entity, facet.name.clone());
        let counted = self.side.facets_of().filter(|_| self.among_sources());
        let scope = Scope {
            entity: Some(entity),
            ..counted.unwrap_or(self.list.scope()).clone()
        };
        self.show_scope(scope, Some(name));
    }
}
