//! Searching as one types, lists of one entity, and the way back: whatever opened them, Esc brings back exactly what
//! was before.

use crate::app::effect::{Effect, Scope, Sort};
use crate::app::list::{List, PAGE};
use crate::app::message::Gravity;
use crate::app::prompt::{Prompt, PromptKind};
use crate::app::side::{Side, SideView};
use crate::app::{App, Left, Pane, Reading, Way, hits};
use crate::query::Query;
use crate::release::LibraryEntityId;
use crate::text::{Extent, SafeText};

/// What the screen showed before a search or a list of one entity took its place.
#[derive(Clone, Debug)]
pub(super) struct Before {
    pub list: List,
    pub reading: Option<Reading>,
    pub side: Side,
    pub left: Left,
    pub focus: Pane,
    /// What the list that took its place shows, for the header.
    pub name: Option<SafeText>,
}

impl App {
    /// What the list shows, where it is narrowed to one entity or source: its name.
    #[must_use]
    pub fn scope_name(&self) -> Option<&SafeText> {
        self.back.last().and_then(|before| before.name.as_ref())
    }

    /// Keeps what the screen shows, to be brought back.
    fn keep(&mut self, name: Option<SafeText>) {
        self.back.push(Before {
            list: self.list.clone(),
            reading: self.reading.clone(),
            side: self.side.clone(),
            left: self.left,
            focus: self.focus,
            name,
        });
    }

    /// Brings back what was before the last search or list of one entity.
    pub(super) fn go_back(&mut self) -> bool {
        let Some(before) = self.back.pop() else {
            return false;
        };
        self.list = before.list;
        self.list.waiting = None;
        self.reading = before.reading;
        self.side = before.side;
        self.left = before.left;
        self.focus = before.focus;
        self.opening = None;
        self.searching = None;
        self.prompt = None;
        true
    }

    /// Opens the search prompt; over a list of hits, with its query.
    pub(super) fn open_search(&mut self) {
        self.popup = None;
        if let Some(query) = self.list.scope().query.clone()
            && !self.back.is_empty()
        {
            self.left = Left::List;
            self.focus = Pane::Left;
            self.prompt = Some(Prompt::new(PromptKind::Search, &query));
            return;
        }
        self.keep(None);
        self.left = Left::List;
        self.focus = Pane::Left;
        self.prompt = Some(Prompt::new(PromptKind::Search, ""));
    }

    /// Opens the prompt that finds within the open release.
    pub(super) fn open_find(&mut self) {
        let Some(reading) = &self.reading else {
            self.say(Gravity::Plain, "Open a release to find words in it");
            return;
        };
        let mut prompt = Prompt::new(PromptKind::Find, "");
        prompt.from = Some((reading.cursor(), reading.top()));
        self.prompt = Some(prompt);
        self.focus = Pane::Reading;
    }

    /// Something was typed into the prompt.
    pub(super) fn typed_in_prompt(&mut self) -> Vec<Effect> {
        let Some(prompt) = &self.prompt else {
            return Vec::new();
        };
        let text = prompt.field.text().to_owned();
        match prompt.kind {
            PromptKind::Find => {
                self.find_in_text(&text);
                Vec::new()
            }
            PromptKind::Search => self.search(&text),
        }
    }

    /// Searches; an empty query shows what was before.
    fn search(&mut self, text: &str) -> Vec<Effect> {
        self.searching = None;
        if text.trim().is_empty() {
            if let Some(before) = self.back.last().cloned() {
                self.list = before.list;
                self.list.waiting = None;
                self.reading = before.reading;
                self.side = before.side;
                self.opening = None;
            }
            if let Some(prompt) = &mut self.prompt {
                prompt.found = None;
                prompt.hint = None;
            }
            return Vec::new();
        }
        let base = self
            .back
            .last()
            .map(|before| before.list.scope().clone())
            .unwrap_or_default();
        let scope = Scope {
            query: Some(text.to_owned()),
            sort: Sort::Newest,
            ..base
        };
        self.search_scope(scope)
    }

    /// Searches a scope; the hits shown so far stay until the first page comes.
    pub(super) fn search_scope(&mut self, scope: Scope) -> Vec<Effect> {
        let ticket = self.ticket();
        self.searching = Some(ticket);
        self.list.expect(scope.clone());
        vec![Effect::Search {
            ticket,
            scope,
            limit: PAGE,
        }]
    }

    /// A page of hits came.
    pub(super) fn found(&mut self, page: Found) -> Vec<Effect> {
        if self.searching != Some(page.ticket) {
            return Vec::new();
        }
        self.list.found(page.rows, page.complete, &self.clock);
        self.list.counted_hits(page.total);
        if let Some(prompt) = &mut self.prompt {
            prompt.found = Some((page.total, page.exact, page.millis));
            prompt.hint = page.hint.as_deref().map(SafeText::clean_line);
        }
        let chosen = self.list.chosen().map(|row| row.id);
        if self.prompt.is_some() && self.reading.as_ref().map(Reading::id) == chosen {
            self.light_hits();
        }
        if !page.complete {
            return Vec::new();
        }
        self.searching = None;
        self.facets_due = Some(self.clock.now + 1);
        Vec::new()
    }

    /// Lights the hits of the list's query in the open release, and stands on the first.
    pub(super) fn light_hits(&mut self) {
        let Some(query) = self.list.scope().query.clone() else {
            return;
        };
        if let Some(reading) = &mut self.reading {
            let found = query_hits(reading.text(), &query);
            reading.set_hits(found);
            reading.first_hit();
        }
    }

    /// Finds words in the open release; the first hit after where the reader was is shown.
    fn find_in_text(&mut self, text: &str) {
        let from = self.prompt.as_ref().and_then(|prompt| prompt.from);
        if let (Some(reading), Some((cursor, top))) = (&mut self.reading, from) {
            let found = hits::find(reading.text(), text);
            reading.set_hits(found);
            reading.return_to(cursor, top);
            reading.first_hit_from(cursor);
        }
    }

    /// Shows all releases that name an entity.
    pub(super) fn list_entity(&mut self, entity: LibraryEntityId, name: SafeText) {
        let sort = self.list.scope().sort;
        let scope = Scope {
            entity: Some(entity),
            sort,
            ..Scope::default()
        };
        self.show_scope(scope, Some(name));
    }

    /// Shows a scope in place of the list, to be left by Esc.
    pub(super) fn show_scope(&mut self, scope: Scope, name: Option<SafeText>) {
        self.keep(name);
        self.prompt = None;
        self.left = Left::List;
        self.focus = Pane::Left;
        self.list = List::new(scope, self.geometry.pane_rows(Pane::Left));
        self.side
            .show(SideView::Entities, self.reading.as_ref(), true);
    }

    /// Moves among the hits while the prompt is open.
    pub(super) fn step_hits(&mut self, way: Way, count: usize, page: bool) {
        if page {
            self.list.page(way, count, false);
        } else {
            self.list.step(way, count);
        }
    }

    /// Enter in the search prompt: opens the chosen hit at its first match.
    pub(super) fn accept_search(&mut self) -> Vec<Effect> {
        let empty = self.list.scope().query.is_none();
        self.prompt = None;
        if empty {
            self.go_back();
            return Vec::new();
        }
        self.focus = Pane::Left;
        self.open_chosen()
    }

    /// Leaves the search prompt for the list of hits.
    pub(super) fn leave_for_hits(&mut self) {
        if self.list.scope().query.is_some() {
            self.prompt = None;
            self.focus = Pane::Left;
        }
    }
}

/// A page of a search, as `Message::Found` brings it.
pub(super) struct Found {
    pub ticket: crate::app::effect::Ticket,
    pub rows: Vec<crate::release::Listing>,
    pub total: u64,
    pub exact: bool,
    pub complete: bool,
    pub millis: f32,
    pub hint: Option<String>,
}

/// Where the words of a query stand in a text.
fn query_hits(text: &str, query: &str) -> Vec<Extent> {
    let lights = Query::typed(query).lights();
    lights.hits(text).into_iter().map(Extent::from).collect()
}
