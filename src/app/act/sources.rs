//! What the reader does with a source: follow a new one, ask it now, name it, tag it, choose how often it is asked and whether teasers get
//! their full text, pause it, stop following it. Everything but asking is the user's own and can be undone. A whole group
//! can be asked and nothing else: what changes a source is done to one at a time.

use crate::app::change::Change;
use crate::app::effect::Effect;
use crate::app::message::Gravity;
use crate::app::popup::{Asked, Form, Popup};
use crate::app::{Action, App, Field, Left, Mode, Pane, SourceHeading};
use crate::release::{
    Following, Health, SourceChoices, SourceGroup, SourceId, SourceListing, interval_of,
    interval_words,
};

impl App {
    /// Whether the sources have the focus.
    pub(super) fn in_sources(&self) -> bool {
        (self.left, self.focus) == (Left::Sources, Pane::Left)
    }

    /// Runs an action on the chosen source.
    pub(super) fn source_action(&mut self, action: Action) -> Vec<Effect> {
        if !self.in_sources() {
            self.say(Gravity::Plain, "Choose a source first: S lists them");
            return Vec::new();
        }
        if let Some(heading) = self.sources.chosen_heading().cloned() {
            return self.group_action(action, &heading);
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

    /// Runs an action on the group whose heading is chosen: asks its sources, or says that a source is to be chosen.
    fn group_action(&mut self, action: Action, heading: &SourceHeading) -> Vec<Effect> {
        if action != Action::RefreshSource {
            let which = match &heading.group {
                SourceGroup::Tagged(name) => {
                    format!("{name} is a group: choose one of its sources")
                }
                SourceGroup::Untagged => "Choose one of the sources without a group".to_owned(),
            };
            let keymap = &self.settings.keymap;
            let unfold = keymap.keys_of(Mode::Sources, Action::UnfoldHere);
            let then = match unfold.filter(|_| heading.folded) {
                Some(keys) => format!("; {keys} unfolds the group"),
                None => String::new(),
            };
            self.say(Gravity::Plain, &format!("{which}{then}"));
            return Vec::new();
        }
        let rows = heading.sources.iter();
        let rows = rows.filter_map(|number| self.sources.rows().get(*number));
        let sources: Vec<SourceId> = rows.filter(|row| is_asked(row)).map(|row| row.id).collect();
        if sources.is_empty() {
            let words =
                "Nothing to ask: the sources here are paused, gone for good or not followed";
            self.say(Gravity::Plain, words);
            return Vec::new();
        }
        vec![Effect::Refresh { sources }]
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

/// Whether a source is asked with its group: what is paused or gone for good is asked only where it is chosen itself.
fn is_asked(row: &SourceListing) -> bool {
    let following = row.following.as_ref();
    following
        .is_some_and(|following| !matches!(following.health, Health::Paused | Health::Gone { .. }))
}
