//! Taking files in: one thread reads, as many as there are cores understand, and batches go to whoever writes. What is
//! under way is bounded by bytes, so that an archive of any size needs the same memory. A release whose understanding
//! panics is passed over and reported; the rest goes on.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use crossbeam_channel::{Receiver, Sender, bounded};
use url::Url;

use super::batches::collect;
use super::now;
use super::recognising::Wanted;
use super::refreshing::Visited;
use super::report::Report;
use super::threads::{Start, stand_back};
use super::writing::Bulk;
use crate::app::message::Message;
use crate::entity::Reading;
use crate::release::{Incoming, ReleaseId};
use crate::source::{self, Client, Problem, Read};
use crate::store::{Arrivals, Intake, Kept, Library, Origin, Prepared, Preparer, StoreError};
use crate::text::SafeText;

/// Bytes of text under way at once. Understanding holds a text several times over.
pub(super) const UNDER_WAY: usize = 6 << 20;

/// Where something to be read is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file or a directory.
    Path(PathBuf),
    /// An address that the user typed.
    Address(Url),
}

impl Place {
    /// The place for people: an address without its password and tokens.
    fn words(&self) -> String {
        match self {
            Self::Path(path) => path.display().to_string(),
            Self::Address(address) => source::masked(address),
        }
    }
}

/// What is to be taken in.
pub(super) enum Import {
    /// The built-in samples.
    Samples,
    /// Files and directories.
    Paths(Vec<(PathBuf, Origin)>),
    /// What the user named to be read now, each once.
    Opened(Vec<Place>),
}

impl Import {
    /// What it is, for people.
    fn label(&self) -> String {
        match self {
            Self::Samples => "taking the samples in".to_owned(),
            Self::Opened(places) => match places.as_slice() {
                [place] => format!("reading {}", place.words()),
                several => format!("reading {} places", several.len()),
            },
            Self::Paths(paths) => match paths.as_slice() {
                [(path, _)] => format!("taking in {}", path.display()),
                several => format!("taking in {} places", several.len()),
            },
        }
    }
}

/// What a source has now, and where those are said that cannot be kept as they came: they are to be understood first.
pub type Arrived = (Arrivals, Sender<Vec<Incoming>>);

/// What gathering gives.
pub enum Gathered {
    /// Releases of one origin, ready to be written.
    Batch(Vec<Prepared>, Origin, Then),
    /// Nothing follows at once, as the last batch had it: what was written is to be committed.
    Commit,
    /// What some sources have now, to be kept as it came, in one transaction.
    Arrived(Vec<Arrived>, Then),
    /// Something could not be read.
    Problem(Problem),
    /// A source was visited, and everything that it brought is in batches before this.
    Visited(Box<Visited>),
    /// A source was passed over, since it was asked elsewhere meanwhile.
    Passed,
    /// Nothing has come for a moment: a good time to tell how far things are.
    Pause,
}

/// What comes behind a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// The batch is to be committed.
    Commit,
    /// More follows at once, and may be committed with it; where it does not, [`Gathered::Commit`] does.
    More,
}

impl Then {
    /// Takes a batch of which this was said into `library`.
    ///
    /// # Errors
    /// As those of [`Library::take_in_uncommitted`] and [`Library::commit`].
    pub fn take_in(
        self,
        library: &mut Library,
        batch: &[Prepared],
        origin: &Origin,
        now: i64,
    ) -> Result<Intake, StoreError> {
        let intake = library.take_in_uncommitted(batch, origin, now)?;
        self.end(library).map(|()| intake)
    }

    /// Keeps what came from sources of which this was said.
    ///
    /// # Errors
    /// As those of [`Library::keep_uncommitted`] and [`Library::commit`].
    pub fn keep(
        self,
        library: &mut Library,
        some: Vec<Arrivals>,
        now: i64,
    ) -> Result<Vec<Kept>, StoreError> {
        let kept = library.keep_uncommitted(some, now)?;
        self.end(library).map(|()| kept)
    }

    fn end(self, library: &mut Library) -> Result<(), StoreError> {
        match self {
            Self::Commit => library.commit(),
            Self::More => Ok(()),
        }
    }
}

/// What is given to the workers.
pub enum Given {
    /// What was read.
    Read(Read),
    /// A release of the library that was kept and waits to be taken apart.
    Waiting(ReleaseId, Box<Incoming>),
    /// What a source has now.
    Arrived(Arrived),
    /// The end of a visit to a source.
    Visited(Box<Visited>),
    /// A source was passed over.
    Passed,
    /// Nothing has come for a moment.
    Pause,
}

/// Where a feed hands what it reads; it stops where this breaks.
pub type Give<'a> = &'a mut dyn FnMut(Given, &Origin) -> ControlFlow<()>;

/// Reads and understands everything at `paths` and hands it to `sink` on this thread, in batches; stops where `sink`
/// breaks or `stop` is set.
pub fn gather(
    paths: &[(PathBuf, Origin)],
    stop: &AtomicBool,
    sink: &mut dyn FnMut(Gathered) -> ControlFlow<()>,
) {
    let feed = |give: Give<'_>| {
        for (path, origin) in paths {
            let mut broken = false;
            source::read_path(path, &mut |read| {
                let flow = give(Given::Read(read), origin);
                broken |= flow.is_break();
                flow
            });
            if broken {
                return;
            }
        }
    };
    gather_from(feed, stop, sink);
}

/// Reads each place once.
fn read_places(places: &[Place], origin: &Origin, give: Give<'_>) {
    let mut client = None;
    for place in places {
        let mut broken = false;
        let mut sink = |read| {
            let flow = give(Given::Read(read), origin);
            broken |= flow.is_break();
            flow
        };
        match place {
            Place::Path(path) => source::read_path(path, &mut sink),
            Place::Address(address) => {
                let client = client.get_or_insert_with(Client::default);
                if let Err(refused) = source::read_address(client, address, &mut sink) {
                    let problem = Problem::new(&place.words(), &refused.to_string());
                    let _ = sink(Read::Problem(problem));
                }
            }
        }
        if broken {
            return;
        }
    }
}

/// What feeds releases to the workers.
type Feed<'a> = dyn Fn(Give<'_>) + Sync + 'a;

/// As [`gather`], of what `feed` gives: it calls its argument with everything that it reads, until that breaks.
pub fn gather_from(
    feed: impl Fn(Give<'_>) + Sync,
    stop: &AtomicBool,
    sink: &mut dyn FnMut(Gathered) -> ControlFlow<()>,
) {
    let feed: &Feed<'_> = &feed;
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let allowance = Allowance::new(UNDER_WAY);
    let (raw_sender, raw) = bounded::<Raw>(256);
    // As many as are understood while a batch is written and the log is folded into the library.
    let (done_sender, done) = bounded::<Done>(1_024);
    std::thread::scope(|scope| {
        let problems = done_sender.clone();
        let allowance = &allowance;
        scope.spawn(move || {
            let mut number = 0;
            feed(&mut |given, origin| {
                if stop.load(Ordering::Relaxed) {
                    return ControlFlow::Break(());
                }
                let mut understand = |incoming: Box<Incoming>, of| {
                    let weight = allowance.take(incoming.text.len() + incoming.original.len());
                    number += 1;
                    let raw = Raw {
                        incoming,
                        of,
                        origin: origin.clone(),
                        weight,
                        number: number - 1,
                    };
                    raw_sender.send(raw).is_ok()
                };
                let sent = match given {
                    Given::Read(Read::Release(incoming)) => understand(incoming, None),
                    Given::Waiting(id, incoming) => understand(incoming, Some(id)),
                    Given::Arrived(arrived) => problems.send(Done::Arrived(arrived)).is_ok(),
                    Given::Read(Read::Problem(problem)) => {
                        problems.send(Done::Problem(problem)).is_ok()
                    }
                    Given::Passed => problems.send(Done::Passed).is_ok(),
                    Given::Pause => problems.send(Done::Pause).is_ok(),
                    Given::Visited(visited) => {
                        problems.send(Done::Visited(visited, number)).is_ok()
                    }
                };
                if sent {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            });
        });
        for _ in 0..workers {
            let (raw, done_sender) = (raw.clone(), done_sender.clone());
            scope.spawn(move || understand_all(&raw, &done_sender));
        }
        drop((raw, done_sender));
        collect(&done, allowance, sink, stop);
    });
}

/// What a worker gets: a release, where it is from, what it weighs, and its number among all.
struct Raw {
    incoming: Box<Incoming>,
    of: Option<ReleaseId>,
    origin: Origin,
    weight: usize,
    number: u64,
}

/// What a worker gives.
pub(super) enum Done {
    Release(Box<Prepared>, Origin, usize, u64),
    Arrived(Arrived),
    Problem(Problem),
    Failed(Problem, usize, u64),
    /// A visit, and how many releases were given before its end.
    Visited(Box<Visited>, u64),
    Passed,
    Pause,
}

fn understand_all(raw: &Receiver<Raw>, done: &Sender<Done>) {
    stand_back();
    let mut preparer = Preparer::new(Reading::Patterns);
    let now = now();
    for Raw {
        incoming,
        of,
        origin,
        weight,
        number,
    } in raw
    {
        let place = incoming
            .path
            .clone()
            .or_else(|| incoming.url.clone())
            .unwrap_or_default();
        let prepared = catch_unwind(AssertUnwindSafe(|| {
            preparer.prepare(*incoming, &[], now).of(of)
        }));
        let outcome = match prepared {
            Ok(prepared) => Done::Release(Box::new(prepared), origin, weight, number),
            Err(_) => {
                preparer = Preparer::new(Reading::Patterns);
                let message = SafeText::clean_line(
                    "could not be understood (a fault of dateline); it was left out",
                );
                Done::Failed(
                    Problem {
                        place: SafeText::clean_line(&place),
                        message,
                    },
                    weight,
                    number,
                )
            }
        };
        if done.send(outcome).is_err() {
            return;
        }
    }
}

/// Bounds what is under way: taken by the byte before something goes in, given back when it is out.
pub(super) struct Allowance {
    left: Mutex<usize>,
    more: Condvar,
    whole: usize,
}

impl Allowance {
    fn new(whole: usize) -> Self {
        Self {
            left: Mutex::new(whole),
            more: Condvar::new(),
            whole,
        }
    }

    /// Waits until so many bytes are free (all, where it is more than there are), and takes them.
    fn take(&self, bytes: usize) -> usize {
        let bytes = bytes.min(self.whole);
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        while *left < bytes {
            left = self.more.wait(left).unwrap_or_else(PoisonError::into_inner);
        }
        *left -= bytes;
        bytes
    }

    /// Gives them back.
    pub(super) fn give(&self, bytes: usize) {
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) += bytes;
        self.more.notify_all();
    }
}

/// Runs the importing thread to its end.
pub(super) fn run(
    imports: &Receiver<Import>,
    batches: &Sender<Bulk>,
    messages: &Sender<Message>,
    wanted: &Sender<Wanted>,
    start: &Start,
) {
    while let Ok(import) = imports.recv() {
        start.guarded("importing", || {
            let mut report = Report::new(messages, start, import.label());
            let mut sink = |gathered| report.take(gathered, batches);
            let stop = AtomicBool::new(false);
            match &import {
                Import::Paths(paths) => gather(paths, &stop, &mut sink),
                Import::Opened(places) => {
                    let feed = |give: Give<'_>| read_places(places, &Origin::opened(), give);
                    gather_from(feed, &stop, &mut sink);
                }
                Import::Samples => gather_from(
                    |give| {
                        let origin = Origin::named("Samples");
                        for incoming in source::samples() {
                            let read = Read::Release(Box::new(incoming));
                            if give(Given::Read(read), &origin).is_break() {
                                return;
                            }
                        }
                    },
                    &stop,
                    &mut sink,
                ),
            }
            if matches!(import, Import::Opened(_)) {
                report.show();
            }
            report.finish();
            let _ = wanted.send(Wanted::Sometime);
        });
        if start.is_ending() {
            return;
        }
    }
}
