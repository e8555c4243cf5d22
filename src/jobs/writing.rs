//! The writing thread: the one place where the library changes. The user's own comes before any batch, and is answered
//! only after it is on disk.

use std::path::Path;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, after, never, select};

use super::following::origin_of;
use super::gather::Then;
use super::now;
use super::reading::opened;
use super::refreshing::{Visited, settle};
use crate::app::effect::{Effect, Ticket};
use crate::app::message::{Gravity, Message};
use crate::entity::Recognition;
use crate::release::{ReleaseId, SourceChoices};
use crate::store::{
    Arrivals, Intake, Kept, Library, NewPassage, NewReading, Origin, Prepared, Reader, StoreError,
};
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
    /// The full text of a release, or that its page has none; where somebody waits, with a ticket.
    Full {
        ticket: Option<Ticket>,
        release: ReleaseId,
        full: Option<Box<Prepared>>,
    },
    /// What is to be kept of a visit to a source.
    Visited(Box<Visited>),
    /// Take this release apart now: it was opened.
    Apart(ReleaseId),
    /// Which model reads from now on.
    Model(String),
    /// The file was written: another instance may have changed something.
    Look,
    /// Finish and go.
    End,
}

/// Releases to be taken in, and where to say what became of them.
pub(super) struct Batch {
    /// Who takes them in.
    pub job: u64,
    pub releases: Vec<Prepared>,
    pub origin: Origin,
    pub then: Then,
    pub answer: Sender<Result<Intake, StoreError>>,
}

/// What some sources have now, to be kept as it came, and where to say what became of each.
pub(super) struct Keeping {
    /// Who takes them in.
    pub job: u64,
    pub arrivals: Vec<Arrivals>,
    pub then: Then,
    pub answer: Sender<Result<Vec<Kept>, StoreError>>,
}

/// What waits behind the user's own.
pub(super) enum Bulk {
    /// Understood releases.
    Batch(Batch),
    /// What this one took in is to be committed.
    Commit(u64, Sender<Result<(), StoreError>>),
    /// Releases as they came.
    Keeping(Keeping),
    /// So many releases that came in before there were stories are to be compared; answered by how many were.
    Comparing(usize, Sender<Result<usize, StoreError>>),
}

/// The writing thread's own.
pub(super) struct Desk {
    library: Library,
    reader: Option<Reader>,
    messages: Sender<Message>,
    /// Something of the user's is not in the mirror yet.
    unmirrored: bool,
    /// A batch came in since the log was last moved into the file.
    untidy: bool,
    /// The library's file when it was opened.
    file: Option<FileId>,
    /// Who took something in that may not be committed yet. Never two at once: what one cannot write would undo what the
    /// other was told is taken in.
    holder: Option<u64>,
    /// Who took something in that could not be committed afterwards, and does not know yet.
    lost: Vec<(u64, StoreError)>,
}

/// How long the user must have changed nothing before the mirror is written.
const QUIET: Duration = Duration::from_millis(800);

impl Desk {
    /// `torn` says that the last one to write the library may not have come to its end, so that its mirror may lack what
    /// was saved last.
    pub fn new(library: Library, torn: bool, messages: Sender<Message>) -> Self {
        let file = FileId::of(library.path());
        let mut desk = Self {
            library,
            reader: None,
            messages,
            unmirrored: torn,
            untidy: false,
            file,
            holder: None,
            lost: Vec::new(),
        };
        let _ = desk.library.others_wrote();
        desk
    }

    /// Runs the thread to its end.
    pub fn run(mut self, yours: &Receiver<Yours>, batches: &Receiver<Bulk>) {
        while self.step(yours, batches) {}
        self.mirror();
    }

    /// Does one thing: the user's own first; a batch only when nothing of it waits. False at the end.
    fn step(&mut self, yours: &Receiver<Yours>, batches: &Receiver<Bulk>) -> bool {
        if let Ok(wish) = yours.try_recv() {
            return self.grant(wish);
        }
        let quiet = if self.unmirrored || self.untidy {
            after(QUIET)
        } else {
            never()
        };
        select! {
            recv(yours) -> wish => wish.is_ok_and(|wish| self.grant(wish)),
            recv(batches) -> batch => match batch {
                Ok(bulk) => self.take_in(bulk),
                // No importer is left: only the user's own can come.
                Err(_) => yours.recv().is_ok_and(|wish| self.grant(wish)),
            },
            recv(quiet) -> _ => {
                self.mirror();
                if std::mem::take(&mut self.untidy) {
                    // What short forms stand for is learnt again with the next batch.
                    let _ = self.library.learn();
                    // Tidying is for speed and memory; it is tried again after the next batch.
                    let _ = self.library.checkpoint();
                }
                true
            }
        }
    }

    /// Brings the mirror up to date. It is the second copy: failing costs nothing yet, so it is tried again later.
    fn mirror(&mut self) {
        if self.unmirrored && FileId::of(self.library.path()) == self.file {
            self.unmirrored = self.library.mirror().is_err();
        }
    }

    fn take_in(&mut self, bulk: Bulk) -> bool {
        self.untidy = true;
        match bulk {
            Bulk::Batch(batch) => {
                let taken = self.of(batch.job, batch.then, |library| {
                    let (releases, origin) = (&batch.releases, &batch.origin);
                    batch.then.take_in(library, releases, origin, now())
                });
                let _ = batch.answer.send(taken);
            }
            Bulk::Commit(job, answer) => {
                drop(answer.send(self.of(job, Then::Commit, Library::commit)));
            }
            Bulk::Keeping(keeping) => {
                let kept = self.of(keeping.job, keeping.then, |library| {
                    keeping.then.keep(library, keeping.arrivals, now())
                });
                let _ = keeping.answer.send(kept);
            }
            Bulk::Comparing(most, answer) => drop(answer.send(self.library.compare(most))),
        }
        true
    }

    /// Does what `job` wants written, after what another one took in is committed, and not before it has heard of what
    /// it lost.
    fn of<T>(
        &mut self,
        job: u64,
        then: Then,
        work: impl FnOnce(&mut Library) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.holder.is_some_and(|holder| holder != job) {
            self.commit();
        }
        if let Some(lost) = self.lost.iter().position(|(loser, _)| *loser == job) {
            return Err(self.lost.swap_remove(lost).1);
        }
        let done = work(&mut self.library);
        self.holder = (then == Then::More && done.is_ok()).then_some(job);
        done
    }

    /// Commits what was taken in, whoever did it. Says whether that is on disk.
    fn commit(&mut self) -> bool {
        let committed = self.library.commit();
        match (self.holder.take(), committed) {
            (_, Ok(())) => true,
            (holder, Err(problem)) => {
                self.lost.extend(holder.map(|holder| (holder, problem)));
                false
            }
        }
    }

    /// Takes a release apart that was opened before its turn. Where that fails, its turn comes.
    fn take_apart(&mut self, release: ReleaseId) {
        let taken = self.library.take_apart(release, now());
        self.untidy = true;
        if taken.is_ok_and(|taken| taken) {
            let _ = self.messages.send(Message::LibraryChanged { added: 0 });
        }
    }

    /// Does one wish; false at the end.
    fn grant(&mut self, wish: Yours) -> bool {
        match wish {
            Yours::End => return false,
            Yours::Visited(visited) => {
                // A state that is lost costs one visit without conditions; one that says more than was kept would cost
                // what was not.
                if self.commit() {
                    let _ = settle(&mut self.library, &visited);
                }
                let described = visited.described.is_some();
                // Who hears of it may ask it again.
                drop(visited);
                let _ = self.messages.send(Message::SourcesChanged);
                // The rows of its releases say what it is called.
                if described {
                    let _ = self.messages.send(Message::LibraryChanged { added: 0 });
                }
            }
            Yours::Full {
                ticket,
                release,
                full,
            } => self.complete(ticket, release, full.as_deref()),
            Yours::Apart(release) => self.take_apart(release),
            Yours::Model(model) => {
                // Where the note is not kept, it is made at the next start.
                let _ = self.library.read_by(&model);
            }
            Yours::Look => self.look(),
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
                        problem: SafeText::clean_line(&problem),
                    });
                let _ = self.messages.send(answer);
                self.look();
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

    /// Keeps a full text; one that cannot be kept is asked for again at the next opening.
    fn complete(&mut self, ticket: Option<Ticket>, release: ReleaseId, full: Option<&Prepared>) {
        let kept = self.library.complete(release, full, now());
        self.untidy = true;
        match (kept, ticket) {
            (Ok(()), _) if full.is_some() => {
                let _ = self.messages.send(Message::Completed { release });
            }
            (Err(problem), Some(_)) => {
                let text = SafeText::clean_line(&not_saved(&problem));
                let gravity = Gravity::Error;
                let _ = self.messages.send(Message::Notice { gravity, text });
            }
            _ => {}
        }
    }

    /// Tells where another instance has written.
    fn look(&mut self) {
        if self.library.others_wrote().unwrap_or(false) {
            let _ = self.messages.send(Message::LibraryChanged { added: 0 });
        }
    }

    /// Makes a change; an error where it is not on disk.
    fn change(&mut self, effect: Effect) -> Result<Message, String> {
        if FileId::of(self.library.path()) != self.file {
            return Err(self.removed());
        }
        let done = self
            .change_library(effect)
            .map_err(|problem| not_saved(&problem));
        self.unmirrored |= done.is_ok();
        done
    }

    /// The file was removed or replaced under us: nothing can be saved into it, but what is the user's can be saved
    /// elsewhere while the connection lives.
    fn removed(&self) -> String {
        let beside = crate::store::mirror_path(self.library.path());
        let elsewhere =
            std::env::temp_dir().join(format!("dateline-yours-{}.jsonl", std::process::id()));
        let saved = [beside, elsewhere]
            .into_iter()
            .find(|target| self.library.mirror_to(target).is_ok());
        match saved {
            Some(path) => format!(
                "the library's file was removed or replaced; what was yours is kept in {}; start dateline anew",
                path.display()
            ),
            None => "the library's file was removed or replaced; start dateline anew".to_owned(),
        }
    }

    fn change_library(&mut self, effect: Effect) -> Result<Message, StoreError> {
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
            Effect::Decide {
                entity, decision, ..
            } => library.decide(entity, &decision)?,
            Effect::SetSource {
                source, choices, ..
            } => library.set_source(source, &choices)?,
            Effect::Follow {
                place, name, tags, ..
            } => return follow(library, ticket, &place, name, tags),
            Effect::SetFollowed {
                source,
                followed: true,
                ..
            } => library.follow_again(source)?,
            Effect::SetFollowed { source, .. } => library.unfollow(source, now())?,
            Effect::DeclineRepair {
                release,
                before,
                after,
                declined,
                ..
            } => {
                if declined {
                    library.decline_repair(release, &before, &after, now())?;
                } else {
                    library.accept_repair(release, &before, &after, now())?;
                }
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
        let held = match (&kept, self.reader()) {
            (Ok(true), Ok(reader)) => reader.open_release(release).ok(),
            _ => None,
        };
        // What is kept is shown as the user decided; what could not be kept is shown as it was read.
        let (recognition, mut links) = match held {
            Some(held) => (held.recognition, held.links),
            None => (recognition, Vec::new()),
        };
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

/// The writing thread of a library that can only be read: it says so to everyone who wants something kept.
pub(super) fn refuse(
    reason: &str,
    yours: &Receiver<Yours>,
    batches: &Receiver<Bulk>,
    messages: &Sender<Message>,
) {
    loop {
        select! {
            recv(yours) -> wish => match wish {
                Ok(Yours::Change(Effect::SavePosition { .. })) => {}
                // What is opened becomes read without being asked for: nobody is told each time that it does not.
                Ok(Yours::Change(Effect::SetRead { read: true, releases, .. }))
                    if releases.len() == 1 => {}
                Ok(Yours::Change(effect)) => {
                    let problem = SafeText::clean_line(&format!("the library can only be read: {reason}"));
                    let ticket = super::ticket_of(&effect);
                    let _ = messages.send(Message::NotSaved { ticket, problem });
                }
                Ok(Yours::Reading { ticket: Some(ticket), release, recognition, .. }) => {
                    let links = vec![None; recognition.entities.len()];
                    let recognition = *recognition;
                    let _ = messages.send(Message::Recognised { ticket, release, recognition, links });
                }
                Ok(Yours::End) | Err(_) => return,
                Ok(_) => {}
            },
            recv(batches) -> batch => match batch {
                Ok(bulk) => {
                    let problem = StoreError::ReadOnly { reason: reason.to_owned() };
                    match bulk {
                        Bulk::Batch(batch) => drop(batch.answer.send(Err(problem))),
                        Bulk::Commit(_, answer) => drop(answer.send(Err(problem))),
                        Bulk::Keeping(keeping) => drop(keeping.answer.send(Err(problem))),
                        Bulk::Comparing(_, answer) => drop(answer.send(Err(problem))),
                    }
                }
                Err(_) => {
                    // No importer is left: only the user's own can come.
                    while yours.recv().is_ok_and(|wish| !matches!(wish, Yours::End)) {}
                    return;
                }
            },
        }
    }
}

/// What the user must know when something could not be saved.
fn not_saved(problem: &StoreError) -> String {
    if problem.is_full() {
        return "the disk is full; nothing that was saved before is lost; free some space and try again".to_owned();
    }
    if problem.is_refused() {
        return "the disk takes no more (a quota, a limit on file sizes?); nothing that was saved before is lost".to_owned();
    }
    problem.to_string()
}

/// Which file stands under a name; `None` where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FileId(u64, u64);

impl FileId {
    #[cfg(unix)]
    fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata(path)
            .ok()
            .map(|file| Self(file.dev(), file.ino()))
    }

    /// Elsewhere an open file cannot be removed.
    #[cfg(not(unix))]
    fn of(path: &Path) -> Option<Self> {
        path.exists().then_some(Self(0, 0))
    }
}
/// Follows what was typed. A place that is none is told to whoever typed it.
fn follow(
    library: &mut Library,
    ticket: Ticket,
    place: &str,
    name: String,
    tags: Vec<String>,
) -> Result<Message, StoreError> {
    let origin = match origin_of(place) {
        Ok(origin) => origin,
        Err(problem) => {
            let problem = SafeText::clean_line(&problem);
            return Ok(Message::NotSaved { ticket, problem });
        }
    };
    let source = library.follow(&origin, now())?;
    if !(name.is_empty() && tags.is_empty()) {
        let before = library.source_choices(source)?.unwrap_or_default();
        let choices = SourceChoices {
            name: if name.is_empty() { before.name } else { name },
            tags: if tags.is_empty() { before.tags } else { tags },
            ..before
        };
        library.set_source(source, &choices)?;
    }
    Ok(Message::Followed { ticket, source })
}
