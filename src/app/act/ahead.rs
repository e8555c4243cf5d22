//! Keys that are typed ahead: faster than a release arrives that they are meant for. `j o` opens the address of the
//! release that `j` chose, and `Enter m` bookmarks in the one that Enter opened, however long the library takes; without
//! this they would meet the release that was there before, or none. What only moves through the list waits for nothing.

use std::collections::VecDeque;

use crate::app::effect::Effect;
use crate::app::key::Key;
use crate::app::update::Aim;
use crate::app::{Action, App};

/// No one types more keys ahead than these; the rest is lost.
const MOST: usize = 256;

/// What was typed and waits for a release.
#[derive(Debug, Default)]
pub(in crate::app) struct Ahead {
    /// An action on the release that is chosen and not there yet, and how many times.
    action: Option<(Action, Option<usize>)>,
    keys: VecDeque<Key>,
}

impl Action {
    /// Whether it does something with the text of a release or with what belongs to it.
    fn needs_the_release(self) -> bool {
        matches!(
            self,
            Self::Find
                | Self::NextHit
                | Self::LastHit
                | Self::NextMention
                | Self::LastMention
                | Self::NextQuote
                | Self::LastQuote
                | Self::NextSubhead
                | Self::LastSubhead
                | Self::NextPassage
                | Self::LastPassage
                | Self::NextRepair
                | Self::LastRepair
                | Self::Corrected
                | Self::Bookmark
                | Self::Copy
                | Self::CopyPlain
                | Self::Tag
                | Self::Browser
                | Self::Export
                | Self::Entities
                | Self::AboutEntity
                | Self::EntityCard
                | Self::Quotes
                | Self::Outline
                | Self::Contacts
                | Self::Fold
                | Self::FoldAll
                | Self::UnfoldAll
                | Self::Original
                | Self::Changes
                | Self::DeclineRepair
        )
    }
}

impl App {
    /// Whether a key is kept until the release that it is meant for is there.
    pub(super) fn keeps(&mut self, key: Key) -> bool {
        let waits = self.ahead.action.is_some() || self.reads_soon();
        if waits && self.ahead.keys.len() < MOST {
            self.ahead.keys.push_back(key);
        }
        waits
    }

    /// Whether an action is kept until the release that it is meant for is there.
    pub(super) fn defers(&mut self, action: Action, count: Option<usize>) -> bool {
        let defers = self.opening.is_some() && action.needs_the_release();
        if defers {
            self.ahead.action = Some((action, count));
        }
        defers
    }

    /// Runs the next of what was typed ahead, where nothing keeps it waiting any more.
    pub(in crate::app) fn catch_up(&mut self) -> Option<Vec<Effect>> {
        if self.reads_soon() || (self.ahead.action.is_some() && self.opening.is_some()) {
            return None;
        }
        if let Some((action, count)) = self.ahead.action.take() {
            return Some(self.run(action, count));
        }
        let key = self.ahead.keys.pop_front()?;
        Some(self.key_now(key))
    }

    /// A worker failed. Where it was a release to be read that it failed on, that does not come any more. (One that is
    /// only shown beside the list is left as it is: asking for it again would fail again, and again.)
    pub(in crate::app) fn wait_no_more(&mut self) {
        if self.reads_soon() {
            self.opening = None;
        }
        self.ahead = Ahead::default();
    }

    /// A release was asked for to be read: where keys lead depends on it.
    fn reads_soon(&self) -> bool {
        matches!(self.opening, Some((_, _, Aim::Read | Aim::At(_))))
    }
}
