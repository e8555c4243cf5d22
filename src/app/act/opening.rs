//! Opening what is chosen, and going back one step at a time.

use crate::app::effect::{Effect, Filter, Scope};
use crate::app::message::Gravity;
use crate::app::popup::Popup;
use crate::app::prompt::PromptKind;
use crate::app::side::SideLine;
use crate::app::update::Aim;
use crate::app::{Action, App, Left, Pane, Reading};

impl App {
    pub(super) fn open(&mut self) -> Vec<Effect> {
        match (self.focus, self.left) {
            (Pane::Left, Left::List) => self.open_chosen(),
            (Pane::Left, Left::Passages) => self.open_passage(),
            (Pane::Left, Left::Sources) => self.open_source(),
            (Pane::Reading, _) => {
                if !self.reading.as_mut().is_some_and(Reading::open_fold) {
                    self.say(Gravity::Plain, "Nothing is folded here");
                }
                Vec::new()
            }
            (Pane::Side, _) => self.open_side(),
        }
    }

    /// Reads the chosen release.
    pub(in crate::app) fn open_chosen(&mut self) -> Vec<Effect> {
        let Some(chosen) = self.list.chosen().map(|row| row.id) else {
            self.say(Gravity::Plain, "No release to open");
            return Vec::new();
        };
        self.open_release(chosen, Aim::Read)
    }

    pub(super) fn open_passage(&mut self) -> Vec<Effect> {
        let Some(row) = self.passages.chosen() else {
            self.say(
                Gravity::Plain,
                "No passage yet: m in a release bookmarks one",
            );
            return Vec::new();
        };
        let id = row.passage.id.clone();
        match self.passage_place(&id) {
            Some((release, extent)) => self.open_release(release, Aim::At(extent)),
            None => Vec::new(),
        }
    }

    /// Shows the releases of the chosen source, or of the whole group whose heading is chosen.
    pub(super) fn open_source(&mut self) -> Vec<Effect> {
        if let Some(scope) = self.sources.scope() {
            let name = self.sources.chosen().map(|source| source.name.clone());
            self.show_scope(scope, name);
        }
        Vec::new()
    }

    pub(super) fn open_side(&mut self) -> Vec<Effect> {
        match self.side.chosen() {
            Some(SideLine::Entity(number)) => self.entity_releases(number),
            Some(SideLine::Theme(number)) => self.theme_releases(number),
            Some(SideLine::Facet(number)) => self.open_facet(number),
            Some(SideLine::Quote(_) | SideLine::Subhead(_)) => {
                self.led_from = None;
                self.focus = Pane::Reading;
            }
            Some(SideLine::Contact(..)) => return self.copy(Action::Copy, true),
            _ => {}
        }
        Vec::new()
    }

    /// Shows all releases that name an entity of the open release.
    pub(super) fn entity_releases(&mut self, number: usize) {
        let Some(reading) = &self.reading else { return };
        let opened = reading.opened();
        let name = opened
            .recognition
            .entities
            .get(number)
            .map(|entity| entity.name.clone());
        let link = opened.links.get(number).copied().flatten();
        match (name, link) {
            (Some(name), Some((entity, _))) => self.list_entity(entity, name),
            (Some(name), None) => {
                self.say(
                    Gravity::Plain,
                    &format!("{name} stands in no other release so far"),
                );
            }
            _ => {}
        }
    }

    /// Shows all releases that hold a theme's words.
    pub(super) fn theme_releases(&mut self, number: usize) {
        let theme = self
            .reading
            .as_ref()
            .and_then(|reading| reading.opened().recognition.themes.get(number))
            .map(|theme| theme.text.clone());
        if let Some(words) = theme {
            let scope = Scope {
                query: Some(format!("\"{}\"", words.replace('"', " "))),
                ..Scope::default()
            };
            self.show_scope(scope, Some(words));
        }
    }

    /// Shows all releases that name the entity under the cursor, or the one that is lit.
    pub(super) fn about_entity(&mut self) {
        let Some(reading) = &self.reading else {
            self.say(Gravity::Plain, "Open a release first");
            return;
        };
        let lit = match reading.lit() {
            Some(crate::app::Lit::Entity(number)) => Some(number),
            _ => reading.entity_here(),
        };
        match lit {
            Some(number) => self.entity_releases(number),
            None => self.say(Gravity::Plain, "No entity here: ] goes to the next one"),
        }
    }

    /// One step back.
    pub(in crate::app) fn back(&mut self) -> Vec<Effect> {
        if self.popup.take().is_some() {
            let card = self.cards.pop();
            self.popup = card.map(|card| Popup::Entity(Box::new(card)));
            return Vec::new();
        }
        if let Some(prompt) = self.prompt.take() {
            match (prompt.kind, prompt.from) {
                (PromptKind::Find, Some((cursor, top))) => {
                    if let Some(reading) = &mut self.reading {
                        reading.set_hits(Vec::new());
                        reading.return_to(cursor, top);
                    }
                }
                _ => {
                    self.go_back();
                }
            }
            return Vec::new();
        }
        if self.focus == Pane::Side {
            let from = self.led_from.take();
            if let Some(reading) = &mut self.reading {
                reading.light(None);
                if let Some((_, cursor, top)) = from.filter(|(id, ..)| *id == reading.id()) {
                    reading.return_to(cursor, top);
                }
            }
            self.focus = if self.among_sources() {
                Pane::Left
            } else {
                Pane::Reading
            };
            return Vec::new();
        }
        if self.focus == Pane::Reading {
            return self.back_in_text();
        }
        if self.left != Left::List {
            self.left = Left::List;
        } else if !self.go_back() && self.list.scope().filter != Filter::All {
            self.filter(Filter::All);
        }
        Vec::new()
    }

    /// One step back within the text: selection, find's hits, lit mentions, then to the list.
    pub(super) fn back_in_text(&mut self) -> Vec<Effect> {
        let searched = self.list.scope().query.is_some();
        if let Some(reading) = &mut self.reading {
            if reading.unselect() {
                return Vec::new();
            }
            if reading.hits() > 0 && !searched {
                reading.set_hits(Vec::new());
                return Vec::new();
            }
            let seen = reading.lit_is_seen();
            if reading.lit().is_some() {
                reading.light(None);
            }
            // Where no lit mention was on the screen, putting them out alone would look as if the key did nothing.
            if seen {
                return Vec::new();
            }
        }
        let open = self.reading.as_ref().map(crate::app::Reading::id);
        if let Some((_, correction)) = self.led_by.take().filter(|(led, _)| Some(*led) == open) {
            return self.open_release(correction, Aim::Read);
        }
        self.focus = Pane::Left;
        self.save_position()
    }

    pub(super) fn quit(&mut self) -> Vec<Effect> {
        self.leaving = true;
        let mut effects = self.save_position();
        effects.push(Effect::Quit);
        effects
    }

    /// Enter where something is typed or confirmed.
    pub(in crate::app) fn accept(&mut self) -> Vec<Effect> {
        match self.popup.take() {
            Some(Popup::Palette(palette)) => {
                let chosen = palette
                    .choices
                    .get(palette.pick.selected)
                    .map(|choice| choice.action);
                return chosen
                    .map(|action| self.run(action, None))
                    .unwrap_or_default();
            }
            Some(Popup::Form(form)) => return self.take_form(&form),
            Some(Popup::Warning(warned)) => return self.confirmed(warned.action),
            Some(Popup::Entity(card)) => return self.accept_card(*card),
            Some(Popup::Chooser(chooser)) => return self.chosen_about(&chooser),
            Some(Popup::Help(_) | Popup::Original(_) | Popup::Changes(_)) => return Vec::new(),
            None => {}
        }
        let Some(prompt) = &self.prompt else {
            return Vec::new();
        };
        if prompt.kind == PromptKind::Search {
            return self.accept_search();
        }
        self.prompt = None;
        Vec::new()
    }

    pub(super) fn confirmed(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Copy | Action::CopyPlain => self.copy(action, true),
            Action::Export => {
                self.open_export();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}
