//! What the reader does with a source: follow a new one, ask it now, name it, tag it, choose how often it is asked and whether teasers get
//! their full text, pause it, stop following it. Everything but asking is the user's own and can be undone.

use crate::app::change::Change;
use crate::app::effect::Effect;
use crate::app::message::Gravity;
use crate::app::popup::{Asked, Form, Popup};
use crate::app::{Action, App, Field, Left, Pane};
use crate::release::{
    Following, SourceChoices, SourceId, SourceListing, interval_of, interval_words,
};

impl App {
    /// Runs an action on the chosen source.
    pub(super) fn source_action(&mut self, action: Action) -> Vec<Effect> {
        if (self.left, self.focus) != (Left::Sources, Pane::Left) {
            self.say(Gravity::Plain, "Choose a source first: S lists them");
            return Vec::new();
        }
        let Some(row) = self.sources.chosen().cloned() else {
            return Vec::new();
        };
        let Some(following) = row.following.clone() else {
            let words = format!("{} is not followed", row.name);
            self.say(Gravity::Plain, &words);
            return Vec::new();
        };
        match action {
            Action::RefreshSource => vec![Effect::Refresh {
                sources: vec![row.id],
            }],
            Action::EditSource => self.ask_source(&row, &following),
            Action::Unfollow => self.unfollow(&row),
            Action::FullText => {
                let full_text = self.chosen_about_source(&row, &following).full_text.next();
                let words = format!("Full text of teasers: {}", full_text.words());
                self.choose(&row, &following, words, |choices| {
                    choices.full_text = full_text;
                })
            }
            _ => {
                let paused = !self.chosen_about_source(&row, &following).paused;
                let words = if paused { "Paused" } else { "Asked again" };
                self.choose(&row, &following, words.to_owned(), |choices| {
                    choices.paused = paused;
                })
            }
        }
    }

    /// What the choices will be once all that is pending is written, so that a key pressed twice quickly counts twice.
    fn chosen_about_source(&self, row: &SourceListing, following: &Following) -> SourceChoices {
        let pending = self.pending.values().rev();
        let chosen = pending
            .filter_map(|pending| match &pending.change {
                Change::Source { source, after, .. } if *source == row.id => Some(after),
                _ => None,
            })
            .next();
        chosen.unwrap_or(&following.choices).clone()
    }

    /// Changes the choices about a source.
    fn choose(
        &mut self,
        row: &SourceListing,
        following: &Following,
        words: String,
        change: impl FnOnce(&mut SourceChoices),
    ) -> Vec<Effect> {
        let before = self.chosen_about_source(row, following);
        let mut after = before.clone();
        change(&mut after);
        if before == after {
            return Vec::new();
        }
        let change = Change::Source {
            source: row.id,
            before,
            after,
            words,
        };
        self.commit(change, true)
    }

    fn unfollow(&mut self, row: &SourceListing) -> Vec<Effect> {
        let change = Change::Followed {
            source: row.id,
            name: row.name.to_string(),
            followed: false,
        };
        self.commit(change, true)
    }

    fn ask_source(&mut self, row: &SourceListing, following: &Following) -> Vec<Effect> {
        let choices = self.chosen_about_source(row, following);
        let every = choices.interval.map(interval_words).unwrap_or_default();
        let fields = vec![
            ("Name", Field::new(&choices.name)),
            ("Tags", Field::new(&choices.tags.join(", "))),
            ("Every", Field::new(&every)),
        ];
        self.form(Asked::Source(row.id), fields)
    }

    /// Asks for the address of a new source.
    pub(in crate::app) fn ask_follow(&mut self, typed: [&str; 3]) -> Vec<Effect> {
        let labels = ["Address", "Name", "Tags"];
        let fields = labels.into_iter().zip(typed.map(Field::new));
        self.form(Asked::Follow, fields.collect())
    }

    /// The form of a new source was accepted.
    pub(super) fn follow_typed(&mut self, form: &Form) -> Vec<Effect> {
        let place = form.text(0);
        if place.is_empty() {
            self.say(
                Gravity::Warning,
                "Type or paste the address of a feed or a page, or the path of a folder",
            );
            self.popup = Some(Popup::Form(form.clone()));
            return Vec::new();
        }
        let change = Change::NewSource {
            place,
            name: form.text(1),
            tags: super::forms::tags(&form.text(2)),
        };
        self.commit(change, true)
    }

    /// The form of a source was accepted.
    pub(super) fn edited_source(&mut self, source: SourceId, form: &Form) -> Vec<Effect> {
        let row = self.sources.of(source).cloned();
        let Some((row, following)) = row.and_then(|row| Some((row.clone(), row.following?))) else {
            return Vec::new();
        };
        let (name, every) = (form.text(0), form.text(2));
        let interval = interval_of(&every);
        if !every.is_empty() && interval.is_none() {
            self.say(
                Gravity::Warning,
                "How often it is asked is written as 30 min, 2 h or 1 d",
            );
            self.popup = Some(Popup::Form(form.clone()));
            return Vec::new();
        }
        let tags = super::forms::tags(&form.text(1));
        self.choose(&row, &following, "Source saved".to_owned(), |choices| {
            if !name.is_empty() {
                choices.name = name;
            }
            choices.tags = tags;
            choices.interval = interval;
        })
    }
}
