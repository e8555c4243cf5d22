//! The user's own changes: sent to be written, shown once they are on disk, undone by one key. A change that could
//! not be written is said so, and nothing on the screen pretends otherwise.

use crate::app::App;
use crate::app::effect::{Effect, Ticket};
use crate::app::message::Gravity;
use crate::entity::Decision;
use crate::release::{
    Anchor, LibraryEntityId, Listing, Passage, PassageId, ReleaseId, SourceChoices, SourceId,
};
use crate::text::{Extent, SafeText};

/// A change that can be written and taken back.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    Read {
        releases: Vec<ReleaseId>,
        read: bool,
    },
    Star {
        releases: Vec<ReleaseId>,
        starred: bool,
    },
    Tags {
        release: ReleaseId,
        before: Vec<String>,
        after: Vec<String>,
    },
    Deleted {
        releases: Vec<Listing>,
        deleted: bool,
    },
    Passage {
        extent: Extent,
        release: ReleaseId,
        note: String,
        tags: Vec<String>,
    },
    PassageEdited {
        passage: PassageId,
        before: (String, Vec<String>),
        after: (String, Vec<String>),
    },
    PassageDeleted {
        passage: Box<Passage>,
        deleted: bool,
    },
    Declined {
        release: ReleaseId,
        before: String,
        after: String,
        declined: bool,
    },
    Decided {
        entity: LibraryEntityId,
        before: Decision,
        after: Decision,
        /// What is said when it is on disk.
        words: String,
    },
    Source {
        source: SourceId,
        before: SourceChoices,
        after: SourceChoices,
        /// What is said when it is on disk.
        words: String,
    },
    /// A source that is new, as typed.
    NewSource {
        place: String,
        name: String,
        tags: Vec<String>,
    },
    Followed {
        source: SourceId,
        name: String,
        followed: bool,
    },
}

/// A change that is being written.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub change: Change,
    /// Whether it goes on the undo stack: not what undo itself does, nor what happens without asking.
    pub undoable: bool,
}

/// A change that was written, as undo sees it.
#[derive(Clone, Debug)]
pub(super) struct Undoable(pub Change);

impl Change {
    /// What writes it; `None` for a new passage, which needs the text it stands in.
    fn effect(&self, ticket: Ticket) -> Option<Effect> {
        Some(match self.clone() {
            Self::Read { releases, read } => Effect::SetRead {
                ticket,
                releases,
                read,
            },
            Self::Star { releases, starred } => Effect::SetStar {
                ticket,
                releases,
                starred,
            },
            Self::Tags {
                release,
                after: tags,
                ..
            } => Effect::SetTags {
                ticket,
                release,
                tags,
            },
            Self::Deleted { releases, deleted } => {
                let releases = releases.iter().map(|row| row.id).collect();
                Effect::SetDeleted {
                    ticket,
                    releases,
                    deleted,
                }
            }
            Self::PassageEdited {
                passage,
                after: (note, tags),
                ..
            } => Effect::EditPassage {
                ticket,
                passage,
                note,
                tags,
            },
            Self::PassageDeleted { passage, deleted } => {
                let passage = passage.id;
                Effect::SetPassageDeleted {
                    ticket,
                    passage,
                    deleted,
                }
            }
            Self::Declined {
                release,
                before,
                after,
                declined,
            } => Effect::DeclineRepair {
                ticket,
                release,
                before,
                after,
                declined,
            },
            Self::Decided { entity, after, .. } => Effect::Decide {
                ticket,
                entity,
                decision: after,
            },
            Self::Source { source, after, .. } => Effect::SetSource {
                ticket,
                source,
                choices: after,
            },
            Self::Followed {
                source, followed, ..
            } => Effect::SetFollowed {
                ticket,
                source,
                followed,
            },
            Self::NewSource { place, name, tags } => Effect::Follow {
                ticket,
                place,
                name,
                tags,
            },
            Self::Passage { .. } => return None,
        })
    }

    /// The change that takes it back; `None` where nothing can.
    fn inverse(&self) -> Option<Self> {
        let mut change = self.clone();
        match &mut change {
            Self::Read { read, .. } => *read = !*read,
            Self::Star { starred, .. } => *starred = !*starred,
            Self::Tags { before, after, .. } => std::mem::swap(before, after),
            Self::Deleted { deleted, .. } | Self::PassageDeleted { deleted, .. } => {
                *deleted = !*deleted;
            }
            Self::PassageEdited { before, after, .. } => std::mem::swap(before, after),
            Self::Decided { before, after, .. } => std::mem::swap(before, after),
            Self::Source { before, after, .. } => std::mem::swap(before, after),
            Self::Declined { declined, .. } => *declined = !*declined,
            Self::Followed { followed, .. } => *followed = !*followed,
            Self::Passage { .. } | Self::NewSource { .. } => return None,
        }
        Some(change)
    }

    /// What was undone, in words.
    fn undone(&self) -> &'static str {
        match self {
            Self::Read { .. } => "read mark",
            Self::Star { .. } => "star",
            Self::Tags { .. } => "tags",
            Self::Deleted { .. } => "deletion",
            Self::Passage { .. } => "bookmark",
            Self::PassageEdited { .. } => "note and tags",
            Self::PassageDeleted { deleted: true, .. } => "bookmark",
            Self::PassageDeleted { deleted: false, .. } => "deletion of the passage",
            Self::Declined { .. } => "decision on a repair",
            Self::Decided { .. } => "decision about an entity",
            Self::Source { .. } => "change of a source",
            Self::NewSource { .. }
            | Self::Followed {
                followed: false, ..
            } => "following",
            Self::Followed { .. } => "end of following",
        }
    }
}

impl App {
    /// Sends a change to be written.
    pub(super) fn commit(&mut self, change: Change, undoable: bool) -> Vec<Effect> {
        let ticket = self.ticket();
        let effect = match &change {
            Change::Passage { .. } => self.passage_effect(&change, ticket),
            change => change.effect(ticket),
        };
        if effect.is_some() {
            self.pending.insert(ticket, Pending { change, undoable });
        }
        effect.into_iter().collect()
    }

    /// What bookmarks a passage of the open release.
    fn passage_effect(&self, change: &Change, ticket: Ticket) -> Option<Effect> {
        let (
            Change::Passage {
                extent,
                release,
                note,
                tags,
            },
            Some(reading),
        ) = (change, &self.reading)
        else {
            return None;
        };
        Some(Effect::AddPassage {
            ticket,
            release: *release,
            extent: *extent,
            anchor: Anchor::take(reading.text(), *extent),
            note: note.clone(),
            tags: tags.clone(),
        })
    }

    /// A change is on disk: now the screen shows it.
    pub(super) fn saved(&mut self, ticket: Ticket) -> Vec<Effect> {
        let Some(pending) = self.pending.remove(&ticket) else {
            return Vec::new();
        };
        if pending.undoable
            && let Some(inverse) = pending.change.inverse()
        {
            self.undo.push(Undoable(inverse));
        }
        self.show_change(&pending.change);
        self.say_change(&pending);
        match &pending.change {
            Change::Decided { entity, after, .. } => self.show_decided(*entity, after),
            _ => Vec::new(),
        }
    }

    /// A new or changed passage is on disk.
    pub(super) fn passage_saved(&mut self, ticket: Ticket, passage: Passage) -> Vec<Effect> {
        let Some(pending) = self.pending.get(&ticket) else {
            return Vec::new();
        };
        if !matches!(pending.change, Change::Passage { .. }) {
            let effects = self.saved(ticket);
            self.put_passage(passage);
            return effects;
        }
        let undoable = pending.undoable;
        self.pending.remove(&ticket);
        if undoable {
            self.undo.push(Undoable(Change::PassageDeleted {
                passage: Box::new(passage.clone()),
                deleted: true,
            }));
        }
        self.put_passage(passage);
        self.say(Gravity::Good, "Bookmarked");
        Vec::new()
    }

    /// A new source is on disk: it is shown and asked at once.
    pub(super) fn followed(&mut self, ticket: Ticket, source: SourceId) -> Vec<Effect> {
        let Some(Pending {
            change: Change::NewSource { place, .. },
            ..
        }) = self.pending.remove(&ticket)
        else {
            return Vec::new();
        };
        self.undo.push(Undoable(Change::Followed {
            source,
            name: place.clone(),
            followed: false,
        }));
        self.sources.choose_next(source);
        let words = format!("{place} is followed and asked now; u takes it back");
        self.say(Gravity::Good, &words);
        vec![Effect::Refresh {
            sources: vec![source],
        }]
    }

    /// A change could not be written.
    pub(super) fn not_saved(&mut self, ticket: Ticket, problem: &SafeText) -> Vec<Effect> {
        let Some(pending) = self.pending.remove(&ticket) else {
            return Vec::new();
        };
        self.say(Gravity::Error, &format!("Not saved: {problem}"));
        match pending.change {
            // What was typed is there to be mended, unless something else is typed by now.
            Change::NewSource { place, name, tags } if self.popup.is_none() => {
                self.ask_follow([&place, &name, &tags.join(", ")])
            }
            _ => Vec::new(),
        }
    }

    /// Takes the last change back.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        let Some(Undoable(change)) = self.undo.pop() else {
            self.say(Gravity::Plain, "Nothing to undo");
            return Vec::new();
        };
        let effects = self.commit(change.clone(), false);
        // What was said of a decision holds the names; how to take it back is no longer of use.
        let undone = match &change {
            Change::Decided { words, .. } => words.split(';').next().unwrap_or(words),
            change => change.undone(),
        };
        self.say(Gravity::Plain, &format!("Undone: {undone}"));
        effects
    }

    /// Shows a change that is on disk.
    fn show_change(&mut self, change: &Change) {
        match change {
            Change::Read { releases, read } => {
                self.change_rows(releases, |row| row.read = *read);
            }
            Change::Star { releases, starred } => {
                self.change_rows(releases, |row| row.starred = *starred);
            }
            Change::Tags { release, after, .. } => {
                if let Some(reading) = self.reading_of(*release) {
                    reading.update(|opened| opened.keepings.tags.clone_from(after));
                }
            }
            Change::Deleted {
                releases,
                deleted: true,
            } => {
                for row in releases {
                    self.list.remove(row.id, &self.clock);
                    for before in &mut self.back {
                        before.list.remove(row.id, &self.clock);
                    }
                }
            }
            Change::Deleted {
                releases,
                deleted: false,
            } => {
                self.reload(releases.first().map(|row| row.id));
            }
            Change::PassageEdited { passage, after, .. } => self.edit_passage(passage, after),
            Change::PassageDeleted {
                passage,
                deleted: true,
            } => self.take_passage(passage),
            Change::PassageDeleted {
                passage,
                deleted: false,
            } => {
                self.put_passage((**passage).clone());
            }
            Change::Source { .. } | Change::Followed { .. } => self.sources.spoil(),
            Change::Passage { .. }
            | Change::Declined { .. }
            | Change::Decided { .. }
            | Change::NewSource { .. } => {}
        }
    }

    /// Says what was written where the screen does not show it plainly.
    fn say_change(&mut self, pending: &Pending) {
        let words = match &pending.change {
            Change::Deleted {
                releases,
                deleted: true,
            } if releases.len() == 1 => "Deleted; u brings it back".to_owned(),
            Change::Deleted {
                releases,
                deleted: true,
            } => {
                format!("{} releases deleted; u brings them back", releases.len())
            }
            Change::Tags { .. } => "Tags saved".to_owned(),
            Change::Decided { words, .. } | Change::Source { words, .. } => words.clone(),
            Change::Followed { name, .. } => {
                format!("{name} is no longer followed; its releases stay; u takes it back")
            }
            Change::PassageEdited { .. } => "Note and tags saved".to_owned(),
            Change::PassageDeleted { deleted: true, .. } => {
                "Passage deleted; u brings it back".to_owned()
            }
            Change::Read {
                releases,
                read: true,
            } if releases.len() > 1 => {
                format!("{} releases marked as read", releases.len())
            }
            _ => return,
        };
        if pending.undoable {
            self.say(Gravity::Good, &words);
        }
    }

    /// The open release, where it is this one.
    fn reading_of(&mut self, release: ReleaseId) -> Option<&mut crate::app::Reading> {
        self.reading
            .as_mut()
            .filter(|reading| reading.id() == release)
    }

    /// Changes rows wherever they are shown: in the list, in the lists that Esc brings back, and at the open release.
    fn change_rows(&mut self, releases: &[ReleaseId], change: impl Fn(&mut Listing)) {
        for release in releases {
            self.list.change(*release, &change);
            for before in &mut self.back {
                before.list.change(*release, &change);
            }
            if let Some(reading) = self.reading_of(*release) {
                reading.update(|opened| change(&mut opened.listing));
            }
        }
    }

    /// Shows a passage that is new or has come back.
    fn put_passage(&mut self, passage: Passage) {
        self.passages.change(&passage);
        let release = passage.release;
        let mut fresh = true;
        if let Some(reading) = self.reading_of(release) {
            reading.update(|opened| {
                let passages = &mut opened.keepings.passages;
                match passages.iter_mut().find(|other| other.id == passage.id) {
                    Some(other) => {
                        *other = passage;
                        fresh = false;
                    }
                    None => passages.push(passage),
                }
                passages.sort_by_key(|passage| {
                    passage.extent.map_or(usize::MAX, |extent| extent.start)
                });
            });
            reading.refresh_passages();
        }
        if fresh {
            self.change_rows(&[release], |row| {
                row.passages = row.passages.saturating_add(1)
            });
            self.passages.waiting = None;
            self.passages_stale = true;
        }
    }

    /// Takes a deleted passage off the screen.
    fn take_passage(&mut self, passage: &Passage) {
        self.passages.remove(&passage.id);
        if let Some(reading) = self.reading_of(passage.release) {
            reading.update(|opened| {
                opened
                    .keepings
                    .passages
                    .retain(|other| other.id != passage.id)
            });
            reading.refresh_passages();
        }
        self.change_rows(&[passage.release], |row| {
            row.passages = row.passages.saturating_sub(1)
        });
    }

    /// Shows a passage's new note and tags.
    fn edit_passage(&mut self, id: &PassageId, (note, tags): &(String, Vec<String>)) {
        let edited = self.passage(id).map(|passage| Passage {
            note: note.clone(),
            tags: tags.clone(),
            modified: self.clock.now,
            ..passage.clone()
        });
        if let Some(passage) = edited {
            self.put_passage(passage);
        }
    }

    /// A passage that is on the screen or in the passages view.
    pub(super) fn passage(&self, id: &PassageId) -> Option<&Passage> {
        let reading = self
            .reading
            .iter()
            .flat_map(|reading| &reading.opened().keepings.passages);
        let listed = self.passages.rows().iter().map(|row| &row.passage);
        reading.chain(listed).find(|passage| passage.id == *id)
    }

    /// What a read mark or star will be once all that is pending is written: so that a key pressed twice quickly
    /// toggles twice.
    pub(super) fn will_be(&self, row: &Listing) -> (bool, bool) {
        let mut marks = (row.read, row.starred);
        for pending in self.pending.values() {
            match &pending.change {
                Change::Read { releases, read } if releases.contains(&row.id) => marks.0 = *read,
                Change::Star { releases, starred } if releases.contains(&row.id) => {
                    marks.1 = *starred
                }
                _ => {}
            }
        }
        marks
    }
}
