//! The writing thread: the one place where the library changes. The user's own comes before any batch, and is answered
//! only after it is on disk.

use crossbeam_channel::{Receiver, Sender, select};

use super::now;
use super::reading::opened;
use crate::app::effect::{Effect, Ticket};
use crate::app::message::{Gravity, Message};
use crate::entity::Recognition;
use crate::release::ReleaseId;
use crate::store::{Intake, Library, NewPassage, NewReading, Origin, Prepared, Reader, StoreError};
use crate::text::SafeText;

/// What comes before any batch.
pub(super) enum Yours {
    /// A change that the user made.
    Change(Effect),
    /// A better reading of a release, and whom to tell.
    Reading {
        ticket: Option<Ticket>,
        release: ReleaseId,
        reading: Box<NewReading>,
        recognition: Box<Recognition>,
    },
    /// Finish and go.
    End,
}

/// Releases to be taken in, and where to say what became of them.
pub(super) struct Batch {
    pub releases: Vec<Prepared>,
    pub origin: Origin,
    pub answer: Sender<Result<Intake, StoreError>>,
}

/// The writing thread's own.
pub(super) struct Desk {
    library: Library,
    reader: Option<Reader>,
    messages: Sender<Message>,
}

impl Desk {
    pub fn new(library: Library, messages: Sender<Message>) -> Self {
        Self {
            library,
            reader: None,
            messages,
        }
    }

    /// Runs the thread to its end: until the user's channel says so and is empty.
    pub fn run(mut self, yours: &Receiver<Yours>, batches: &Receiver<Batch>) {
        loop {
            // The user's own first; a batch only when nothing of it waits.
            let next = yours.try_recv().ok();
            let goes_on = match next {
                Some(wish) => self.grant(wish),
                None => select! {
                    recv(yours) -> wish => wish.is_ok_and(|wish| self.grant(wish)),
                    recv(batches) -> batch => {
                        match batch {
                            Ok(batch) => self.take_in(&batch),
                            // No importer is left: only the user's own can come.
                            Err(_) => match yours.recv() {
                                Ok(wish) => self.grant(wish),
                                Err(_) => false,
                            },
                        }
                    }
                },
            };
            if !goes_on {
                return;
            }
        }
    }

    fn take_in(&mut self, batch: &Batch) -> bool {
        let taken = self.library.take_in(&batch.releases, &batch.origin, now());
        let _ = batch.answer.send(taken);
        true
    }

    /// Does one wish; false at the end.
    fn grant(&mut self, wish: Yours) -> bool {
        match wish {
            Yours::End => return false,
            Yours::Change(Effect::SavePosition { release, byte }) => {
                // Not the user's own: losing it costs a page key.
                let _ = self.library.save_position(release, byte);
            }
            Yours::Change(effect) => {
                let ticket = super::ticket_of(&effect);
                let answer = self
                    .change(effect)
                    .unwrap_or_else(|problem| Message::NotSaved {
                        ticket,
                        problem: SafeText::clean_line(&not_saved(&problem)),
                    });
                let _ = self.messages.send(answer);
            }
            Yours::Reading {
                ticket,
                release,
                reading,
                recognition,
            } => {
                self.keep(ticket, release, &reading, *recognition);
            }
        }
        true
    }

    fn change(&mut self, effect: Effect) -> Result<Message, StoreError> {
        let library = &mut self.library;
        let ticket = super::ticket_of(&effect);
        match effect {
            Effect::SetRead { releases, read, .. } => library.set_read(&releases, read)?,
            Effect::SetStar {
                releases, starred, ..
            } => library.set_starred(&releases, starred)?,
            Effect::SetTags { release, tags, .. } => library.set_tags(release, &tags)?,
            Effect::SetDeleted {
                releases, deleted, ..
            } => library.set_deleted(&releases, deleted)?,
            Effect::AddPassage {
                release,
                extent,
                anchor,
                note,
                tags,
                ..
            } => {
                let passage = library.add_passage(
                    NewPassage {
                        release,
                        extent,
                        anchor,
                        note,
                        tags,
                    },
                    now(),
                )?;
                return Ok(Message::PassageSaved {
                    ticket,
                    passage: Box::new(passage),
                });
            }
            Effect::EditPassage {
                passage,
                note,
                tags,
                ..
            } => {
                let passage = library.edit_passage(&passage, &note, &tags, now())?;
                return Ok(Message::PassageSaved {
                    ticket,
                    passage: Box::new(passage),
                });
            }
            Effect::SetPassageDeleted {
                passage, deleted, ..
            } => {
                let passage = library.set_passage_deleted(&passage, deleted, now())?;
                if !deleted {
                    return Ok(Message::PassageSaved {
                        ticket,
                        passage: Box::new(passage),
                    });
                }
            }
            Effect::DeclineRepair {
                release,
                before,
                after,
                ..
            } => {
                library.decline_repair(release, &before, &after, now())?;
                let held = self.reader()?.open_release(release)?;
                return Ok(Message::Opened {
                    ticket,
                    opened: Box::new(opened(held)),
                });
            }
            other => {
                let text = SafeText::clean_line(&format!("nothing here does {other:?}"));
                return Ok(Message::Notice {
                    gravity: Gravity::Error,
                    text,
                });
            }
        }
        Ok(Message::Saved { ticket })
    }

    /// Keeps a better reading and tells who asked for it; where it cannot be kept, it is shown all the same.
    fn keep(
        &mut self,
        ticket: Option<Ticket>,
        release: ReleaseId,
        reading: &NewReading,
        recognition: Recognition,
    ) {
        let kept = self.library.keep_reading(release, reading);
        let Some(ticket) = ticket else {
            return;
        };
        let links = match (&kept, self.reader()) {
            (Ok(_), Ok(reader)) => reader
                .open_release(release)
                .map(|held| held.links)
                .unwrap_or_default(),
            _ => Vec::new(),
        };
        let mut links = links;
        links.resize(recognition.entities.len(), None);
        let _ = self.messages.send(Message::Recognised {
            ticket,
            release,
            recognition,
            links,
        });
    }

    fn reader(&mut self) -> Result<&Reader, StoreError> {
        if self.reader.is_none() {
            self.reader = Some(Reader::open(self.library.path())?);
        }
        match &self.reader {
            Some(reader) => Ok(reader),
            None => Err(StoreError::NoRelease(0)),
        }
    }
}

/// What the user must know when something could not be saved.
fn not_saved(problem: &StoreError) -> String {
    if problem.is_full() {
        return "not saved: the disk is full; nothing that was saved before is lost; free some space and try again".to_owned();
    }
    format!("not saved: {problem}")
}
