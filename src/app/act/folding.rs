//! Folding, where the focus is: groups in the sources view, parts of the release everywhere else.

use crate::app::effect::Effect;
use crate::app::message::Gravity;
use crate::app::reading::Way;
use crate::app::sources::Folding;
use crate::app::{Action, App};

impl App {
    /// Runs an action that folds or unfolds.
    pub(super) fn fold(&mut self, action: Action) -> Vec<Effect> {
        if self.in_sources() {
            self.fold_group(action)
        } else {
            self.fold_text(action)
        }
    }

    fn fold_group(&mut self, action: Action) -> Vec<Effect> {
        let sources = &mut self.sources;
        let folds = match action {
            Action::FoldAll => sources.fold_all(true),
            Action::UnfoldAll => sources.fold_all(false),
            Action::Fold => sources.fold(Folding::Toggle),
            Action::FoldHere => {
                // Where nothing is left to fold, the key is one of those that go left, and there is nothing to the left.
                sources.fold(Folding::Fold);
                return Vec::new();
            }
            _ if sources.fold(Folding::Unfold) => true,
            _ => return self.pane(Way::Forward, false),
        };
        if !folds {
            let words = "Nothing here folds: sources have a group where they have a tag";
            self.say(Gravity::Plain, words);
        }
        Vec::new()
    }

    fn fold_text(&mut self, action: Action) -> Vec<Effect> {
        let mut done = true;
        let effects = self.with_reading(|reading| match action {
            Action::FoldAll => reading.fold_all(false),
            Action::UnfoldAll => reading.fold_all(true),
            Action::FoldHere => done = reading.close_fold(),
            Action::UnfoldHere => done = reading.open_fold(),
            _ => done = reading.toggle_fold(),
        });
        if !done {
            let words = match action {
                Action::UnfoldHere => "Nothing is folded here",
                _ => "Nothing here folds: boilerplate, legal text and contacts do",
            };
            self.say(Gravity::Plain, words);
        }
        effects
    }
}
