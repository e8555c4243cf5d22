//! How background work that takes releases in goes on, told to the app: it has each batch written, waits until it is, and
//! says how far things are, not too often. It refuses to gather or to write anything itself.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crossbeam_channel::{Sender, bounded};

use super::gather::{Gathered, Then};
use super::threads::Start;
use super::writing::{Batch, Bulk, Keeping};
use crate::app::message::{Gravity, Message, Progress};
use crate::release::ReleaseId;
use crate::source::Problem;
use crate::store::StoreError;
use crate::text::SafeText;

/// Tells how an import goes on.
pub(super) struct Report<'a> {
    messages: &'a Sender<Message>,
    start: &'a Start,
    label: String,
    /// Which of all that is reported.
    job: u64,
    /// Of how many, where that is known.
    total: Option<u64>,
    /// Sources are counted and not releases.
    visits: bool,
    /// Rows of the list have become better.
    improved: bool,
    done: u64,
    /// How many of these were told.
    told: u64,
    added: u64,
    unsaid: u64,
    /// Releases that are taken in and cannot be seen yet, and whether any of them was taken apart.
    uncommitted: u64,
    apart: bool,
    first: Option<ReleaseId>,
    problems: Vec<Problem>,
    said: Instant,
}

impl<'a> Report<'a> {
    /// A report of what `label` says.
    pub fn new(messages: &'a Sender<Message>, start: &'a Start, label: String) -> Self {
        Self {
            messages,
            start,
            label,
            job: start.job(),
            total: None,
            visits: false,
            improved: false,
            done: 0,
            told: 0,
            added: 0,
            unsaid: 0,
            uncommitted: 0,
            apart: false,
            first: None,
            problems: Vec::new(),
            said: Instant::now(),
        }
    }

    /// A report of visits to so many sources.
    pub fn of_visits(
        messages: &'a Sender<Message>,
        start: &'a Start,
        label: String,
        sources: usize,
    ) -> Self {
        let mut report = Self::new(messages, start, label);
        report.total = Some(sources as u64);
        report.visits = true;
        report.tell(false);
        report
    }

    /// A report of so many releases.
    pub fn of_releases(
        messages: &'a Sender<Message>,
        start: &'a Start,
        label: String,
        releases: u64,
    ) -> Self {
        let mut report = Self::new(messages, start, label);
        report.total = Some(releases);
        report
    }

    /// Has a batch written, and waits until it is.
    pub fn take(&mut self, gathered: Gathered, batches: &Sender<Bulk>) -> ControlFlow<()> {
        match gathered {
            Gathered::Problem(problem) => self.problems.push(problem),
            // What was not told since it came too fast is told before the wait for what comes slowly.
            Gathered::Pause if self.told < self.done || self.unsaid > 0 => self.say(false),
            Gathered::Pause => {}
            Gathered::Visited(_) | Gathered::Passed => {
                self.done += 1;
                self.say(false);
            }
            Gathered::Commit => {
                let (answer, answered) = bounded(1);
                if batches.send(Bulk::Commit(self.job, answer)).is_err() {
                    return ControlFlow::Break(());
                }
                self.written(answered.recv())?;
                self.committed();
            }
            Gathered::Batch(releases, origin, then) => {
                let (answer, answered) = bounded(1);
                let count = releases.len() as u64;
                let batch = Batch {
                    job: self.job,
                    releases,
                    origin,
                    then,
                    answer,
                };
                if batches.send(Bulk::Batch(batch)).is_err() {
                    return ControlFlow::Break(());
                }
                let intake = self.written(answered.recv())?;
                if !self.visits {
                    self.done += count;
                }
                self.first = self.first.or(intake.first);
                self.added += intake.added.len() as u64;
                self.uncommitted += intake.added.len() as u64 + intake.changed.len() as u64;
                self.apart |= !intake.apart.is_empty();
                if then == Then::Commit {
                    self.committed();
                }
            }
            Gathered::Arrived(arrived, then) => {
                let (answer, answered) = bounded(1);
                let (arrivals, rests): (Vec<_>, Vec<_>) = arrived.into_iter().unzip();
                let keeping = Keeping {
                    job: self.job,
                    arrivals,
                    then,
                    answer,
                };
                if batches.send(Bulk::Keeping(keeping)).is_err() {
                    return ControlFlow::Break(());
                }
                for (kept, rest) in self.written(answered.recv())?.into_iter().zip(rests) {
                    self.added += kept.added.len() as u64;
                    self.uncommitted += kept.added.len() as u64;
                    // Whoever asked has gone where nobody takes the rest.
                    let _ = rest.send(kept.rest);
                }
                if then == Then::Commit {
                    self.committed();
                }
            }
        }
        if self.start.is_ending() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// What was taken in can be seen by now.
    fn committed(&mut self) {
        self.unsaid += std::mem::take(&mut self.uncommitted);
        self.improved |= std::mem::take(&mut self.apart);
        self.say(false);
    }

    /// So many were compared with the others.
    pub fn compared(&mut self, releases: usize) {
        self.done += releases as u64;
        self.improved = true;
        self.say(false);
    }

    /// What the writer answered; where it could not write, that is said.
    fn written<T, E>(&self, answered: Result<Result<T, StoreError>, E>) -> ControlFlow<(), T> {
        match answered {
            Ok(Ok(written)) => ControlFlow::Continue(written),
            Ok(Err(problem)) => {
                self.start
                    .say(Gravity::Error, &format!("Taking in stopped: {problem}"));
                ControlFlow::Break(())
            }
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// Tells the progress, not more than five times a second.
    fn say(&mut self, finished: bool) {
        let first = self.done > 0 && self.unsaid == self.added && self.unsaid > 0;
        if !finished && !first && self.said.elapsed() < Duration::from_millis(200) {
            return;
        }
        self.said = Instant::now();
        if self.unsaid > 0 || std::mem::take(&mut self.improved) {
            let _ = self.messages.send(Message::LibraryChanged {
                added: std::mem::take(&mut self.unsaid),
            });
        }
        self.tell(finished);
    }

    fn tell(&mut self, finished: bool) {
        self.told = self.done;
        let label = SafeText::clean_line(&self.label).as_str().to_owned();
        let _ = self.messages.send(Message::Progress(Progress {
            job: self.job,
            label,
            done: self.done,
            total: self.total,
            finished,
        }));
    }

    /// Has the release shown, where it was one; where all were in the library already, the first of them.
    pub fn show(&self) {
        let Some(release) = self.first else { return };
        let alone = self.done == 1;
        if self.added == 0 {
            let _ = self.messages.send(Message::Known { release, alone });
        } else if alone {
            let _ = self.messages.send(Message::Show { release });
        }
    }

    /// Tells the end.
    pub fn finish(mut self) {
        self.say(true);
        if let [first, rest @ ..] = self.problems.as_slice() {
            let others = if rest.is_empty() {
                String::new()
            } else {
                format!(" (and {} more)", rest.len())
            };
            self.start.say(
                Gravity::Warning,
                &format!("{}: {}{others}", first.place, first.message),
            );
        }
    }
}
