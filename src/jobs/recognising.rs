//! The recognising thread: the opened release with the careful network at once; the others with the fast one, newest
//! first, while the user does nothing. It owns the networks, which are decoded when the first release needs them.

use std::path::Path;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

use super::now;
use super::threads::{Start, stand_back};
use super::writing::Yours;
use crate::app::effect::Ticket;
use crate::app::message::Gravity;
use crate::entity::{Reading, Recogniser, network};
use crate::release::ReleaseId;
use crate::store::{NewReading, Reader};

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted {
    /// The careful reading of this release, now.
    Now(Ticket, ReleaseId),
    /// New releases have come in: read them when there is time.
    Sometime,
}

/// How long the user must have done nothing before others than the opened release are read, in seconds.
const IDLE: i64 = 3;

/// How many are looked up at once.
const HANDFUL: usize = 32;

/// The recognisers for an opened release and for the rest, and what tells their model from others. An imported model that
/// cannot be read is said, and the built-in ones read.
fn recognisers(model: Option<&Path>, start: &Start) -> (Recogniser, Recogniser, String) {
    let imported = |path: &Path| {
        let bytes = std::fs::read(path).map_err(|problem| problem.to_string())?;
        let of =
            |reading| Recogniser::imported(reading, &bytes).map_err(|problem| problem.to_string());
        Ok::<_, String>((
            of(Reading::Careful)?,
            of(Reading::Fast)?,
            network::fingerprint(&bytes),
        ))
    };
    if let Some(path) = model {
        match imported(path) {
            Ok(recognisers) => return recognisers,
            Err(problem) => start.say(
                Gravity::Warning,
                &format!(
                    "{}: {problem}; the built-in models are used",
                    path.display()
                ),
            ),
        }
    }
    let of = Recogniser::new;
    (of(Reading::Careful), of(Reading::Fast), network::built_in())
}

/// Runs the thread to its end.
pub(super) fn run(
    path: &Path,
    model: Option<&Path>,
    wanted: &Receiver<Wanted>,
    yours: &Sender<Yours>,
    start: &Start,
) {
    // A reading takes a processor for a tenth of a second; the next key must not wait for it.
    stand_back();
    let Ok(reader) = Reader::open(path) else {
        return;
    };
    let (careful, fast, model) = recognisers(model, start);
    let _ = yours.send(Yours::Model(model));
    let mut work = Work {
        reader,
        careful,
        fast,
        due: Vec::new(),
        looked: None,
        more: true,
    };
    loop {
        let next = if work.more {
            wanted.recv_timeout(Duration::from_millis(if start.is_idle() { 0 } else { 500 }))
        } else {
            wanted.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        match next {
            Ok(first) => {
                let newest =
                    std::iter::once(first)
                        .chain(wanted.try_iter())
                        .fold(None, |newest, wish| match wish {
                            Wanted::Now(ticket, release) => Some((ticket, release)),
                            Wanted::Sometime => newest,
                        });
                (work.more, work.looked) = (true, None);
                work.due.clear();
                if let Some((ticket, release)) = newest {
                    start.guarded("recognising", || work.read(Some(ticket), release, yours));
                }
            }
            Err(RecvTimeoutError::Timeout) if start.is_idle() => {
                start.guarded("recognising", || work.read_next(yours));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if start.is_ending() {
            return;
        }
    }
}

impl Start {
    /// Whether the user has done nothing for a while.
    fn is_idle(&self) -> bool {
        now()
            - self
                .shared
                .active
                .load(std::sync::atomic::Ordering::Relaxed)
            >= IDLE
    }
}

struct Work {
    reader: Reader,
    careful: Recogniser,
    fast: Recogniser,
    due: Vec<ReleaseId>,
    looked: Option<ReleaseId>,
    more: bool,
}

impl Work {
    /// Reads a release; with a ticket, carefully and for somebody who waits.
    fn read(&mut self, ticket: Option<Ticket>, release: ReleaseId, yours: &Sender<Yours>) {
        let Ok(text) = self.reader.release(release) else {
            return;
        };
        // The writer does one after another, so the reading finds the release taken apart.
        if ticket.is_some() && self.reader.is_waiting(release).unwrap_or(false) {
            let _ = yours.send(Yours::Apart(release));
        }
        let recogniser = if ticket.is_some() {
            &mut self.careful
        } else {
            &mut self.fast
        };
        let recognition = recogniser.recognise(&text);
        let reading = Box::new(NewReading::new(recogniser.reading(), &recognition));
        let _ = yours.send(Yours::Reading {
            ticket,
            release,
            reading,
            recognition: Box::new(recognition),
        });
    }

    /// Reads the newest release that only patterns have read.
    fn read_next(&mut self, yours: &Sender<Yours>) {
        if self.due.is_empty() {
            self.due = self
                .reader
                .due(Reading::Fast, self.looked, HANDFUL)
                .unwrap_or_default();
            self.due.reverse();
        }
        match self.due.pop() {
            Some(release) => {
                self.looked = Some(release);
                self.read(None, release, yours);
            }
            None => self.more = false,
        }
    }
}
