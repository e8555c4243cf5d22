//! What is the user's own: marks, tags, passages, notes, deletions, decisions on repairs.

use crate::app::change::Change;
use crate::app::effect::Effect;
use crate::app::message::Gravity;
use crate::app::popup::Popup;
use crate::app::{App, Left, Pane, Reading};
use crate::release::{Listing, ReleaseId};

impl App {
    /// The release that a key means: the open one in the text, else the chosen one.
    pub(super) fn meant(&self) -> Option<Listing> {
        let open = || {
            self.reading
                .as_ref()
                .map(|reading| reading.opened().listing.clone())
        };
        match (self.focus, self.left) {
            (Pane::Left, Left::List) => self.list.chosen().cloned(),
            (Pane::Left, _) => None,
            _ => open(),
        }
    }

    fn say_choose(&mut self) -> Vec<Effect> {
        self.say(Gravity::Plain, "Choose a release first");
        Vec::new()
    }

    pub(super) fn star(&mut self) -> Vec<Effect> {
        let Some(row) = self.meant() else {
            return self.say_choose();
        };
        let starred = !self.will_be(&row).1;
        let releases = vec![row.id];
        self.commit(Change::Star { releases, starred }, true)
    }

    pub(super) fn toggle_read(&mut self) -> Vec<Effect> {
        let Some(row) = self.meant() else {
            return self.say_choose();
        };
        let read = !self.will_be(&row).0;
        let releases = vec![row.id];
        self.commit(Change::Read { releases, read }, true)
    }

    pub(super) fn read_above(&mut self) -> Vec<Effect> {
        let rows = self.list.rows().take(self.list.selected() + 1);
        let releases: Vec<ReleaseId> = rows.filter(|row| !row.read).map(|row| row.id).collect();
        if releases.is_empty() {
            self.say(Gravity::Plain, "Nothing unread here or above");
            return Vec::new();
        }
        self.commit(
            Change::Read {
                releases,
                read: true,
            },
            true,
        )
    }

    pub(super) fn delete(&mut self) -> Vec<Effect> {
        let Some(row) = self.meant() else {
            return self.say_choose();
        };
        let next = self.focus != Pane::Left;
        let releases = vec![row];
        let effects = self.commit(
            Change::Deleted {
                releases,
                deleted: true,
            },
            true,
        );
        if next {
            self.focus = Pane::Left;
        }
        effects
    }

    /// The open release, where it is the one that a key means.
    pub(super) fn meant_reading(&self) -> Option<&Reading> {
        let chosen = match (self.focus, self.left) {
            (Pane::Left, Left::List) => self.list.chosen().map(|row| row.id),
            _ => None,
        };
        let reading = self.reading.as_ref();
        reading.filter(|reading| chosen.is_none_or(|chosen| chosen == reading.id()))
    }

    pub(super) fn browser(&mut self) -> Vec<Effect> {
        let Some(reading) = self.meant_reading() else {
            self.say(
                Gravity::Plain,
                "Open the release first: its address stands in it",
            );
            return Vec::new();
        };
        match reading.release().url.clone() {
            Some(address) => vec![Effect::OpenAddress {
                address: address.to_string(),
            }],
            None => {
                self.say(Gravity::Plain, "This release names no address");
                Vec::new()
            }
        }
    }

    /// The passage that a key means: the chosen one of the view, else the one under the cursor.
    pub(super) fn meant_passage(&self) -> Option<&crate::release::Passage> {
        if self.focus == Pane::Left && self.left == Left::Passages {
            return self.passages.chosen().map(|row| &row.passage);
        }
        self.reading.as_ref()?.passage_here()
    }

    pub(super) fn delete_passage(&mut self) -> Vec<Effect> {
        let Some(passage) = self.meant_passage().cloned() else {
            self.say(Gravity::Plain, "No passage here");
            return Vec::new();
        };
        let passage = Box::new(passage);
        self.commit(
            Change::PassageDeleted {
                passage,
                deleted: true,
            },
            true,
        )
    }

    pub(super) fn show_original(&mut self) -> Vec<Effect> {
        match self.reading.as_ref().and_then(Reading::repair_here) {
            Some(number) => self.popup = Some(Popup::Original(number)),
            None => self.say(Gravity::Plain, "Nothing was repaired in this sentence"),
        }
        Vec::new()
    }

    pub(super) fn decline_repair(&mut self) -> Vec<Effect> {
        let shown = match self.popup {
            Some(Popup::Original(number)) => {
                self.popup = None;
                Some(number)
            }
            Some(_) => return Vec::new(),
            None => self.reading.as_ref().and_then(Reading::repair_here),
        };
        let repair = shown
            .zip(self.reading.as_ref())
            .and_then(|(number, reading)| {
                let repair = reading.release().repairs.get(number)?;
                Some((reading.id(), repair.before.clone(), repair.after.clone()))
            });
        match repair {
            Some((release, before, after)) => self.commit(
                Change::Declined {
                    release,
                    before,
                    after,
                    declined: true,
                },
                true,
            ),
            None => {
                self.say(Gravity::Plain, "Nothing was repaired in this sentence");
                Vec::new()
            }
        }
    }
}
