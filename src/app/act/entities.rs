//! An entity across the library: its card, and the reader's decisions about it.

use crate::app::card::{Card, Chooser, Choosing, Opens};
use crate::app::change::Change;
use crate::app::effect::{Effect, Ticket};
use crate::app::message::Gravity;
use crate::app::popup::{Asked, Popup, list_rows};
use crate::app::side::SideLine;
use crate::app::update::Aim;
use crate::app::{Action, App, Field, Lit, Mode, Pane};
use crate::entity::{Counted, Decision, EntityPage};
use crate::release::LibraryEntityId;

/// So many names are offered to join an entity to.
const OFFERED: usize = 40;

impl App {
    /// The entity that a key means: the one on the card, the chosen one of the sidebar, the one that is lit or under
    /// the cursor, the one whose releases are listed.
    fn meant_entity(&self) -> Option<LibraryEntityId> {
        let linked = |number: usize| {
            let opened = self.reading.as_ref()?.opened();
            opened.links.get(number).copied().flatten()
        };
        if let Some(Popup::Entity(card)) = &self.popup {
            return Some(card.page.id);
        }
        if self.focus == Pane::Side {
            return match self.side.chosen()? {
                SideLine::Entity(number) => linked(number).map(|(entity, _)| entity),
                SideLine::Facet(number) => self.side.facets().get(number).map(|facet| facet.entity),
                _ => None,
            };
        }
        let reading = self
            .reading
            .as_ref()
            .filter(|_| self.focus == Pane::Reading);
        let number = reading.and_then(|reading| match reading.lit() {
            Some(Lit::Entity(number)) => Some(number),
            _ => reading.entity_here(),
        });
        match number {
            Some(number) => linked(number).map(|(entity, _)| entity),
            None => self.list.scope().entity,
        }
    }

    /// Runs an action on the meant entity: on its card at once, elsewhere once its card has come.
    pub(super) fn entity_action(&mut self, action: Action) -> Vec<Effect> {
        if let Some(Popup::Entity(card)) = &self.popup {
            let page = card.page.clone();
            return self.on_card(action, page);
        }
        let Some(entity) = self.meant_entity() else {
            let words = "No name of a person, organisation or place here: ] goes to the next one";
            self.say(Gravity::Plain, words);
            return Vec::new();
        };
        let ticket = self.ticket();
        self.about = Some((ticket, action));
        vec![Effect::About { ticket, entity }]
    }

    /// What is known of an entity came.
    pub(in crate::app) fn about(&mut self, ticket: Ticket, page: EntityPage) -> Vec<Effect> {
        let Some((_, action)) = self.about.filter(|(asked, _)| *asked == ticket) else {
            return Vec::new();
        };
        self.about = None;
        if self.prompt.is_some() || self.popup.as_ref().is_some_and(Popup::types) {
            return Vec::new();
        }
        self.on_card(action, page)
    }

    fn on_card(&mut self, action: Action, page: EntityPage) -> Vec<Effect> {
        match action {
            Action::EntityMerge => return self.choose_about(Choosing::Join, page),
            Action::EntitySplit if page.joined.is_empty() => {
                let words = format!("Nothing is joined to {}", page.name);
                self.say(Gravity::Plain, &words);
            }
            Action::EntitySplit => return self.choose_about(Choosing::Split, page),
            Action::EntityKind => return self.choose_about(Choosing::Kind, page),
            Action::EntityRename => {
                self.keep_card();
                let name = Field::new(&page.name);
                return self.form(Asked::Name(Box::new(page)), vec![("Name", name)]);
            }
            Action::EntityHide => {
                let after = Decision {
                    hidden: !page.decision.hidden,
                    ..page.decision.clone()
                };
                let words = if after.hidden {
                    let look = self.settings.keymap.keys_of(Mode::All, Action::FindEntity);
                    let later =
                        look.map_or(String::new(), |keys| format!(", {keys} finds it again"));
                    format!("{} is hidden; u undoes{later}", page.name)
                } else {
                    format!("{} is shown again", page.name)
                };
                return self.decide(page.id, page.decision, after, words);
            }
            _ => {
                self.keep_card();
                self.popup = Some(Popup::Entity(Box::new(Card::new(page))));
            }
        }
        Vec::new()
    }

    /// Keeps the card that a window opens over, for Esc to give back.
    fn keep_card(&mut self) {
        match self.popup.take() {
            Some(Popup::Entity(card)) => self.cards.push(*card),
            _ => self.cards.clear(),
        }
    }

    /// Enter on the card: what is chosen there, else the releases that name the entity.
    pub(super) fn accept_card(&mut self, card: Card) -> Vec<Effect> {
        match card.chosen() {
            Some(Opens::Entity(entity)) => {
                self.popup = Some(Popup::Entity(Box::new(card)));
                let ticket = self.ticket();
                self.about = Some((ticket, Action::EntityCard));
                vec![Effect::About { ticket, entity }]
            }
            Some(Opens::Release(release)) => {
                self.cards.clear();
                self.open_release(release, Aim::Read)
            }
            None => {
                self.cards.clear();
                self.list_entity(card.page.id, card.page.name);
                Vec::new()
            }
        }
    }

    /// Opens a field in which a name is looked up.
    pub(super) fn find_entity(&mut self) -> Vec<Effect> {
        self.open_chooser(Choosing::Look, None)
    }

    fn choose_about(&mut self, choosing: Choosing, page: EntityPage) -> Vec<Effect> {
        self.open_chooser(choosing, Some(page))
    }

    fn open_chooser(&mut self, choosing: Choosing, page: Option<EntityPage>) -> Vec<Effect> {
        self.keep_card();
        let height = list_rows(usize::from(self.geometry.rows));
        let chooser = Chooser::new(choosing, page, height);
        self.popup = Some(Popup::Chooser(Box::new(chooser)));
        self.ask_names()
    }

    /// Asks for the names that match what is typed, where another entity is being chosen.
    pub(super) fn ask_names(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some(Popup::Chooser(chooser)) = &mut self.popup else {
            return Vec::new();
        };
        if !matches!(chooser.choosing, Choosing::Join | Choosing::Look) {
            return Vec::new();
        }
        chooser.waiting = Some(ticket);
        vec![Effect::Names {
            ticket,
            typed: chooser.field.text().to_owned(),
            limit: OFFERED,
        }]
    }

    /// Names came.
    pub(in crate::app) fn names(&mut self, ticket: Ticket, names: Vec<Counted>) {
        if let Some(Popup::Chooser(chooser)) = &mut self.popup
            && chooser.waiting == Some(ticket)
        {
            chooser.waiting = None;
            chooser.take_names(names);
        }
    }

    /// Enter on a choice about an entity.
    pub(super) fn chosen_about(&mut self, chooser: &Chooser) -> Vec<Effect> {
        if chooser.choosing == Choosing::Look {
            let Some(entity) = chooser.chosen().and_then(|chosen| chosen.entity) else {
                return Vec::new();
            };
            let ticket = self.ticket();
            self.about = Some((ticket, Action::EntityCard));
            return vec![Effect::About { ticket, entity }];
        }
        let (Some((entity, before, after)), Some(chosen), Some(page)) =
            (chooser.decision(), chooser.chosen(), &chooser.page)
        else {
            return Vec::new();
        };
        let name = &page.name;
        let words = match chooser.choosing {
            Choosing::Look => return Vec::new(),
            Choosing::Join => format!("{name} and {} are one; u takes it back", chosen.words),
            Choosing::Split => format!("{} stands apart; u takes it back", chosen.words),
            Choosing::Kind => format!(
                "{name}: {}; u takes it back",
                crate::app::card::kind_words(chosen.kind).to_lowercase()
            ),
        };
        self.decide(entity, before, after, words)
    }

    /// A new name was typed. An empty one takes the reader's own name away again.
    pub(super) fn renamed(&mut self, page: &EntityPage, typed: &str) -> Vec<Effect> {
        let printed = page.printed.as_ref().unwrap_or(&page.name);
        let name = (!typed.is_empty() && typed != printed.as_str()).then(|| typed.to_owned());
        let after = Decision {
            name,
            ..page.decision.clone()
        };
        let shown = after.name.as_deref().unwrap_or(printed.as_str());
        let words = format!("Called {shown} from now on; u takes it back");
        self.decide(page.id, page.decision.clone(), after, words)
    }

    fn decide(
        &mut self,
        entity: LibraryEntityId,
        before: Decision,
        after: Decision,
        words: String,
    ) -> Vec<Effect> {
        self.popup = None;
        self.cards.clear();
        if before == after {
            return Vec::new();
        }
        let change = Change::Decided {
            entity,
            before,
            after,
            words,
        };
        self.commit(change, true)
    }

    /// A decision about an entity is on disk: what shows entities is asked for again.
    pub(in crate::app) fn show_decided(
        &mut self,
        entity: LibraryEntityId,
        after: &Decision,
    ) -> Vec<Effect> {
        if let crate::entity::Joined::Into(into) = after.joined
            && self.list.scope().entity == Some(entity)
        {
            let scope = crate::app::effect::Scope {
                entity: Some(into),
                ..self.list.scope().clone()
            };
            self.list = crate::app::List::new(scope, self.geometry.pane_rows(Pane::Left));
        } else if self.list.scope().entity.is_some() {
            self.reload(None);
        }
        if self.list.scope().query.is_some() {
            self.facets_due = Some(self.clock.now);
        }
        let mut effects = self.ask_facets();
        if let Some(release) = self.reading.as_ref().map(crate::app::Reading::id) {
            let ticket = self.ticket();
            self.reopening = Some(ticket);
            effects.push(Effect::Open { ticket, release });
        }
        effects
    }
}
