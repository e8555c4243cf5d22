//! Taking files in: one thread reads, as many as there are cores understand, and batches go to whoever writes. What is
//! under way is bounded by bytes, so that an archive of any size needs the same memory. A release whose understanding
//! panics is passed over and reported; the rest goes on.

use std::collections::{BTreeSet, VecDeque};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};
use url::Url;

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
const UNDER_WAY: usize = 6 << 20;
/// What came from sources in quick succession is written once it weighs so much, in bytes.
pub(super) const TOGETHER: usize = 4 << 20;

/// Releases of a batch: few at first, so that there is something to read at once, then more, because every batch costs
/// a commit, a segment of the search index, and pages that the next batch writes anew. No more than this: what the user
/// changes meanwhile waits for the batch that is being written.
const BATCH: std::ops::RangeInclusive<usize> = 24..=384;

/// How long batches that follow each other at once are written before they are committed. Each commit writes the pages
/// anew that every batch changes, and those are most of what an import writes; but until then nobody sees the batches,
/// and other programs that want to write wait.
const UNCOMMITTED: Duration = Duration::from_millis(1_000);

/// How long a batch that is not full waits for more before it goes out: somebody may be waiting to see what is in it.
const A_MOMENT: Duration = Duration::from_millis(40);

/// How long one waits of releases that stand in the list already. Where other programs take the processors the next one
/// may be late, and batches of a few cost many times what one of hundreds does.
const A_WHILE: Duration = Duration::from_millis(500);

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
enum Done {
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

/// Makes batches of what is done. Where the sink breaks, everything under way is let run dry.
fn collect(
    done: &Receiver<Done>,
    allowance: &Allowance,
    sink: &mut dyn FnMut(Gathered) -> ControlFlow<()>,
    stop: &AtomicBool,
) {
    let mut desk = Batches::new(allowance, sink);
    loop {
        let next = done.recv_timeout(desk.patience());
        match next {
            Ok(first) => {
                desk.take(first);
                // Sources that come in quick succession are written together: each transaction writes many pages anew
                // that the next one writes again. The first of them is written at once.
                while !desk.arrived.is_empty() {
                    match done.recv_timeout(desk.gathering()) {
                        Ok(next) => desk.take(next),
                        Err(_) => desk.keep(),
                    }
                }
            }
            Err(crossbeam_channel::RecvTimeoutError::Timeout) => desk.hand_over(),
            Err(crossbeam_channel::RecvTimeoutError::Disconnected) => {
                desk.hand_over();
                break;
            }
        }
        if desk.broken {
            stop.store(true, Ordering::Relaxed);
        }
    }
    for problem in std::mem::take(&mut desk.problems) {
        if (desk.sink)(Gathered::Problem(problem)).is_break() {
            return;
        }
    }
}

/// The batch that is being made, and the visits whose releases are not all handed over.
struct Batches<'a> {
    allowance: &'a Allowance,
    sink: &'a mut dyn FnMut(Gathered) -> ControlFlow<()>,
    size: usize,
    batch: Vec<Prepared>,
    /// Since when there are batches that are not committed.
    uncommitted: Option<Instant>,
    arrived: Vec<Arrived>,
    /// When sources were written last.
    kept: Option<Instant>,
    origin: Option<Origin>,
    weight: usize,
    /// All releases with smaller numbers are done.
    all_before: u64,
    /// Numbers beyond it that are done.
    beyond: BTreeSet<u64>,
    /// Ended visits, in the order of their ends, and the number that each waits for.
    visits: VecDeque<(u64, Box<Visited>)>,
    problems: Vec<Problem>,
    broken: bool,
}

impl<'a> Batches<'a> {
    fn new(allowance: &'a Allowance, sink: &'a mut dyn FnMut(Gathered) -> ControlFlow<()>) -> Self {
        Self {
            allowance,
            sink,
            size: *BATCH.start(),
            batch: Vec::new(),
            uncommitted: None,
            arrived: Vec::new(),
            kept: None,
            origin: None,
            weight: 0,
            all_before: 0,
            beyond: BTreeSet::new(),
            visits: VecDeque::new(),
            problems: Vec::new(),
            broken: false,
        }
    }

    /// Whether nothing waits for more to come.
    fn is_idle(&self) -> bool {
        self.batch.is_empty()
            && self
                .visits
                .front()
                .is_none_or(|(number, _)| *number > self.all_before)
    }

    /// How long to wait for more sources before those that have come are written: not at all where none was written a
    /// moment ago, or enough have come.
    fn gathering(&self) -> Duration {
        let weight: usize = self
            .arrived
            .iter()
            .map(|(arrivals, _)| arrivals.weight())
            .sum();
        if self.is_quick() && weight < TOGETHER {
            A_MOMENT
        } else {
            Duration::ZERO
        }
    }

    /// How long to wait for more before what is there goes out.
    fn patience(&self) -> Duration {
        if self.uncommitted.is_some() {
            A_MOMENT
        } else if self.is_idle() {
            Duration::from_secs(3_600)
        } else if self.visits.is_empty() && self.batch.iter().all(Prepared::is_of_the_library) {
            A_WHILE
        } else {
            A_MOMENT
        }
    }

    fn take(&mut self, done: Done) {
        match done {
            Done::Release(release, origin, weight, number) => {
                if self.origin.as_ref() != Some(&origin) {
                    self.hand_over();
                    self.origin = Some(origin);
                }
                self.batch.push(*release);
                self.weight += weight;
                self.did(number);
                if self.batch.len() >= self.size || self.weight >= UNDER_WAY / 2 {
                    // What comes first is to be seen at once.
                    let then = if self.size < *BATCH.end() {
                        Then::Commit
                    } else {
                        self.then()
                    };
                    self.hand_over_then(then);
                    self.size = (self.size * 2).min(*BATCH.end());
                }
            }
            Done::Failed(problem, weight, number) => {
                self.allowance.give(weight);
                self.did(number);
                self.problems.push(problem);
            }
            Done::Problem(problem) => self.problems.push(problem),
            Done::Arrived(arrived) => self.arrived.push(arrived),
            Done::Pause | Done::Passed if self.broken => {}
            Done::Passed => self.broken = (self.sink)(Gathered::Passed).is_break(),
            Done::Pause => self.broken = (self.sink)(Gathered::Pause).is_break(),
            Done::Visited(visited, number) => {
                self.visits.push_back((number, visited));
                if self.batch.is_empty() {
                    self.end_visits();
                }
            }
        }
    }

    /// The workers end in another order than they began.
    fn did(&mut self, number: u64) {
        self.beyond.insert(number);
        while self.beyond.remove(&self.all_before) {
            self.all_before += 1;
        }
    }

    /// Hands over what came from sources. It may stand before the batch that is being made: whoever keeps it looks
    /// everything up.
    fn keep(&mut self) {
        let arrived = std::mem::take(&mut self.arrived);
        let then = if self.is_quick() {
            self.then()
        } else {
            Then::Commit
        };
        if !self.broken {
            self.broken = (self.sink)(Gathered::Arrived(arrived, then)).is_break();
        }
        if then == Then::Commit {
            self.uncommitted = None;
        }
        self.kept = Some(Instant::now());
    }

    /// Whether what is handed over now may wait for more before it is committed.
    fn then(&mut self) -> Then {
        let since = *self.uncommitted.get_or_insert_with(Instant::now);
        if since.elapsed() > UNCOMMITTED {
            Then::Commit
        } else {
            Then::More
        }
    }

    /// Whether sources were written a moment ago.
    fn is_quick(&self) -> bool {
        self.kept.is_some_and(|kept| kept.elapsed() < A_WHILE)
    }

    /// Hands over what there is, to be committed.
    fn hand_over(&mut self) {
        self.hand_over_then(Then::Commit);
    }

    fn hand_over_then(&mut self, then: Then) {
        if let (Some(origin), false, false) = (&self.origin, self.batch.is_empty(), self.broken) {
            let batch = Gathered::Batch(std::mem::take(&mut self.batch), origin.clone(), then);
            self.broken = (self.sink)(batch).is_break();
        } else if self.uncommitted.is_some() && !self.broken {
            self.broken = (self.sink)(Gathered::Commit).is_break();
        }
        if then == Then::Commit {
            self.uncommitted = None;
        }
        self.batch.clear();
        self.allowance.give(std::mem::take(&mut self.weight));
        self.end_visits();
    }

    /// Hands over the visits all of whose releases are handed over. Called where no batch is open.
    fn end_visits(&mut self) {
        let over = |visits: &VecDeque<(u64, _)>, before| {
            visits.front().is_some_and(|(number, _)| *number <= before)
        };
        while !self.broken && over(&self.visits, self.all_before) {
            if let Some((_, visited)) = self.visits.pop_front() {
                self.broken = (self.sink)(Gathered::Visited(visited)).is_break();
            }
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
