//! Batches of what was gathered, and when each goes out and is committed: few releases at first, so that there is
//! something to read at once, then hundreds, and several batches to a commit where they follow each other at once. It
//! refuses to write anything itself.

use std::collections::{BTreeSet, VecDeque};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::gather::{Allowance, Arrived, Done, Gathered, Then, UNDER_WAY};
use super::refreshing::Visited;
use crate::source::Problem;
use crate::store::{Origin, Prepared};

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

/// Makes batches of what is done. Where the sink breaks, everything under way is let run dry.
pub(super) fn collect(
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
        let of_the_library = || self.batch.iter().all(Prepared::is_of_the_library);
        if self.is_idle() && self.uncommitted.is_none() {
            Duration::from_secs(3_600)
        } else if self.visits.is_empty() && !self.batch.is_empty() && of_the_library() {
            A_WHILE
        } else {
            A_MOMENT
        }
    }

    fn take(&mut self, done: Done) {
        if self
            .uncommitted
            .is_some_and(|since| since.elapsed() > UNCOMMITTED)
        {
            self.commit();
        }
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
                    self.hand_over_then(if self.size < *BATCH.end() {
                        Then::Commit
                    } else {
                        Then::More
                    });
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
            Then::More
        } else {
            Then::Commit
        };
        if !self.broken {
            self.broken = (self.sink)(Gathered::Arrived(arrived, then)).is_break();
        }
        self.noted(then);
        self.kept = Some(Instant::now());
    }

    /// Notes what was said of what was handed over.
    fn noted(&mut self, then: Then) {
        match then {
            Then::Commit => self.uncommitted = None,
            Then::More => {
                self.uncommitted.get_or_insert_with(Instant::now);
            }
        }
    }

    /// Has what was handed over committed, where it is not yet.
    fn commit(&mut self) {
        if self.uncommitted.take().is_some() && !self.broken {
            self.broken = (self.sink)(Gathered::Commit).is_break();
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
            self.noted(then);
        } else if then == Then::Commit {
            self.commit();
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
