//! Taking files in: one thread reads, as many as there are cores understand, and batches go to whoever writes. What is
//! under way is bounded by bytes, so that an archive of any size needs the same memory. A release whose understanding
//! panics is passed over and reported; the rest goes on.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::now;
use super::recognising::Wanted;
use super::threads::Start;
use super::writing::Batch;
use crate::app::message::{Gravity, Message, Progress};
use crate::entity::Reading;
use crate::release::Incoming;
use crate::source::{self, Problem, Read};
use crate::store::{Origin, Prepared, Preparer};
use crate::text::SafeText;

/// Bytes of text under way at once. Understanding holds a text several times over.
const UNDER_WAY: usize = 6 << 20;

/// Releases of a batch: few at first, so that there is something to read at once, then more, because every batch costs
/// a commit.
const BATCH: std::ops::RangeInclusive<usize> = 24..=384;

/// What is to be taken in.
pub(super) enum Import {
    /// The built-in samples.
    Samples,
    /// Files and directories.
    Paths(Vec<(PathBuf, Origin)>),
}

impl Import {
    /// What it is, for people.
    fn label(&self) -> String {
        match self {
            Self::Samples => "taking the samples in".to_owned(),
            Self::Paths(paths) => match paths.as_slice() {
                [(path, _)] => format!("taking in {}", path.display()),
                several => format!("taking in {} places", several.len()),
            },
        }
    }
}

/// What gathering gives.
pub enum Gathered {
    /// Releases of one origin, ready to be written.
    Batch(Vec<Prepared>, Origin),
    /// Something could not be read.
    Problem(Problem),
}

/// Reads and understands everything at `paths` and hands it to `sink` on this thread, in batches; stops where `sink`
/// breaks or `stop` is set.
pub fn gather(
    paths: &[(PathBuf, Origin)],
    stop: &AtomicBool,
    sink: &mut dyn FnMut(Gathered) -> ControlFlow<()>,
) {
    let feed = |give: &mut dyn FnMut(Read, &Origin) -> ControlFlow<()>| {
        for (path, origin) in paths {
            let mut broken = false;
            source::read_path(path, &mut |read| {
                let flow = give(read, origin);
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

/// What feeds releases to the workers.
type Feed<'a> = dyn Fn(&mut dyn FnMut(Read, &Origin) -> ControlFlow<()>) + Sync + 'a;

/// As [`gather`], of what `feed` gives: it calls its argument with everything that it reads, until that breaks.
pub fn gather_from(
    feed: impl Fn(&mut dyn FnMut(Read, &Origin) -> ControlFlow<()>) + Sync,
    stop: &AtomicBool,
    sink: &mut dyn FnMut(Gathered) -> ControlFlow<()>,
) {
    let feed: &Feed<'_> = &feed;
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let allowance = Allowance::new(UNDER_WAY);
    let (raw_sender, raw) = bounded::<(Box<Incoming>, Origin, usize)>(256);
    let (done_sender, done) = bounded::<Done>(256);
    std::thread::scope(|scope| {
        let problems = done_sender.clone();
        let allowance = &allowance;
        scope.spawn(move || {
            feed(&mut |read, origin| {
                if stop.load(Ordering::Relaxed) {
                    return ControlFlow::Break(());
                }
                let sent = match read {
                    Read::Release(incoming) => {
                        let weight = allowance.take(incoming.text.len() + incoming.original.len());
                        raw_sender.send((incoming, origin.clone(), weight)).is_ok()
                    }
                    Read::Problem(problem) => problems.send(Done::Problem(problem)).is_ok(),
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

/// What a worker gives.
enum Done {
    Release(Box<Prepared>, Origin, usize),
    Problem(Problem),
    Failed(Problem, usize),
}

fn understand_all(raw: &Receiver<(Box<Incoming>, Origin, usize)>, done: &Sender<Done>) {
    let mut preparer = Preparer::new(Reading::Patterns);
    let now = now();
    for (incoming, origin, weight) in raw {
        let place = incoming
            .path
            .clone()
            .or_else(|| incoming.url.clone())
            .unwrap_or_default();
        let prepared = catch_unwind(AssertUnwindSafe(|| preparer.prepare(*incoming, &[], now)));
        let outcome = match prepared {
            Ok(prepared) => Done::Release(Box::new(prepared), origin, weight),
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
                )
            }
        };
        if done.send(outcome).is_err() {
            return;
        }
    }
}

/// Makes batches of what is done. Where the sink breaks, everything under way is let run dry.
fn collect(
    done: &Receiver<Done>,
    allowance: &Allowance,
    sink: &mut dyn FnMut(Gathered) -> ControlFlow<()>,
    stop: &AtomicBool,
) {
    let mut size = *BATCH.start();
    let mut batch: Vec<Prepared> = Vec::new();
    let mut batch_origin: Option<Origin> = None;
    let mut weight = 0;
    let mut broken = false;
    let mut hand_over = |batch: &mut Vec<Prepared>,
                         origin: &Option<Origin>,
                         weight: &mut usize,
                         broken: &mut bool| {
        if let (Some(origin), false, false) = (origin, batch.is_empty(), *broken) {
            *broken = sink(Gathered::Batch(std::mem::take(batch), origin.clone())).is_break();
        }
        batch.clear();
        allowance.give(std::mem::take(weight));
    };
    let mut problems = Vec::new();
    loop {
        // A batch that is not full goes out when nothing more is ready for a moment.
        let next = done.recv_timeout(Duration::from_millis(if batch.is_empty() {
            3_600_000
        } else {
            40
        }));
        match next {
            Ok(Done::Release(release, origin, its)) => {
                if batch_origin.as_ref() != Some(&origin) {
                    hand_over(&mut batch, &batch_origin, &mut weight, &mut broken);
                    batch_origin = Some(origin);
                }
                batch.push(*release);
                weight += its;
                if batch.len() >= size || weight >= UNDER_WAY / 2 {
                    hand_over(&mut batch, &batch_origin, &mut weight, &mut broken);
                    size = (size * 2).min(*BATCH.end());
                }
            }
            Ok(Done::Failed(problem, its)) => {
                allowance.give(its);
                problems.push(problem);
            }
            Ok(Done::Problem(problem)) => problems.push(problem),
            Err(crossbeam_channel::RecvTimeoutError::Timeout) => {
                hand_over(&mut batch, &batch_origin, &mut weight, &mut broken);
            }
            Err(crossbeam_channel::RecvTimeoutError::Disconnected) => {
                hand_over(&mut batch, &batch_origin, &mut weight, &mut broken);
                break;
            }
        }
        if broken {
            stop.store(true, Ordering::Relaxed);
        }
    }
    for problem in problems {
        if sink(Gathered::Problem(problem)).is_break() {
            return;
        }
    }
}

/// Bounds what is under way: taken by the byte before something goes in, given back when it is out.
struct Allowance {
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

    fn give(&self, bytes: usize) {
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) += bytes;
        self.more.notify_all();
    }
}

/// Runs the importing thread to its end.
pub(super) fn run(
    imports: &Receiver<Import>,
    batches: &Sender<Batch>,
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
                Import::Samples => gather_from(
                    |give| {
                        let origin = Origin::named("Samples");
                        for incoming in source::samples() {
                            if give(Read::Release(Box::new(incoming)), &origin).is_break() {
                                return;
                            }
                        }
                    },
                    &stop,
                    &mut sink,
                ),
            }
            report.finish();
            let _ = wanted.send(Wanted::Sometime);
        });
        if start.is_ending() {
            return;
        }
    }
}

/// Tells how an import goes on.
pub(super) struct Report<'a> {
    messages: &'a Sender<Message>,
    start: &'a Start,
    label: String,
    done: u64,
    added: u64,
    unsaid: u64,
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
            done: 0,
            added: 0,
            unsaid: 0,
            problems: Vec::new(),
            said: Instant::now(),
        }
    }

    /// Has a batch written, and waits until it is.
    pub fn take(&mut self, gathered: Gathered, batches: &Sender<Batch>) -> ControlFlow<()> {
        match gathered {
            Gathered::Problem(problem) => self.problems.push(problem),
            Gathered::Batch(releases, origin) => {
                let (answer, answered) = bounded(1);
                let count = releases.len() as u64;
                if batches
                    .send(Batch {
                        releases,
                        origin,
                        answer,
                    })
                    .is_err()
                {
                    return ControlFlow::Break(());
                }
                match answered.recv() {
                    Ok(Ok(intake)) => {
                        self.done += count;
                        self.added += intake.added.len() as u64;
                        self.unsaid += intake.added.len() as u64 + intake.changed.len() as u64;
                        self.say(false);
                    }
                    Ok(Err(problem)) => {
                        self.start
                            .say(Gravity::Error, &format!("taking in stopped: {problem}"));
                        return ControlFlow::Break(());
                    }
                    Err(_) => return ControlFlow::Break(()),
                }
            }
        }
        if self.start.is_ending() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Tells the progress, not more than five times a second.
    fn say(&mut self, finished: bool) {
        let first = self.done > 0 && self.unsaid == self.added && self.unsaid > 0;
        if !finished && !first && self.said.elapsed() < Duration::from_millis(200) {
            return;
        }
        self.said = Instant::now();
        if self.unsaid > 0 {
            let _ = self.messages.send(Message::LibraryChanged {
                added: std::mem::take(&mut self.unsaid),
            });
        }
        let label = SafeText::clean_line(&self.label).as_str().to_owned();
        let _ = self.messages.send(Message::Progress(Progress {
            label,
            done: self.done,
            total: None,
            finished,
        }));
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
