//! Visits to many sources at once: those of one host one after another, their answers unfolded in turn, what ends handed
//! over as it ends. It exists because servers are slow and memory is short; one that hangs or makes a parser panic stops no
//! other. It refuses to know what a visit is: that stands in `refresh`.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use super::follow::Outcome;
use super::http::{Answer, Client, Gate};
use super::limits;
use super::refresh::{Asked, Follow, Visit, failed, understood, visit_in_turn};

/// Threads that visit; most of their time they wait for servers.
const VISITORS: usize = 16;

/// Visits whose answers are unfolded in memory at once: a feed weighs several times its bytes then.
const OPEN: usize = 2;

/// Turns at unfolding answers. Whoever has none waits with the bytes in hand, and no third one asks the same host
/// meanwhile.
#[derive(Debug)]
pub(super) struct Turns {
    hosts: Gate,
    unfolders: Option<Sender<Work>>,
    give: Sender<()>,
    take: Receiver<()>,
}

/// What is done in a turn.
type Work = Box<dyn FnOnce() + Send>;

/// A turn, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Turn(Sender<()>);

impl Turns {
    pub fn new(turns: usize) -> Self {
        let (give, take) = bounded(turns);
        for _ in 0..turns {
            let _ = give.send(());
        }
        Self {
            hosts: Gate::new(limits::CONNECTIONS),
            unfolders: None,
            give,
            take,
        }
    }

    /// Turns of which each has a thread of its own: where every visitor unfolded what it gets, each of their heaps would
    /// grow to the size of the largest feed.
    fn with_threads(turns: usize) -> Self {
        let (works, waiting) = bounded::<Work>(0);
        for _ in 0..turns {
            let waiting = waiting.clone();
            let started = std::thread::Builder::new()
                .name("unfolder".to_owned())
                .stack_size(8 << 20)
                .spawn(move || waiting.iter().for_each(|work| work()));
            if started.is_err() {
                return Self::new(turns);
            }
        }
        Self {
            unfolders: Some(works),
            ..Self::new(turns)
        }
    }

    /// Has an answer understood by one of the threads, where there are any.
    pub fn unfold(&self, follow: &Follow, answer: Answer, visit: &mut Visit) -> Asked {
        let Some(unfolders) = &self.unfolders else {
            return understood(follow, answer, visit);
        };
        let (say, said) = bounded(1);
        let (follow, mut part) = (follow.clone(), std::mem::take(visit));
        let work = move || {
            let done = catch_unwind(AssertUnwindSafe(move || {
                let asked = understood(&follow, answer, &mut part);
                (asked, part)
            }));
            let _ = say.send(done);
        };
        // A send fails only where all threads are gone, and then no answer comes either.
        let _ = unfolders.send(Box::new(work));
        match said.recv() {
            Ok(Ok((asked, part))) => {
                *visit = part;
                asked
            }
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => Asked::Said(Outcome::Failed("it could not be read".to_owned())),
        }
    }

    /// Waits for a turn.
    pub fn wait(&self) -> Turn {
        // It cannot fail while the other end is held here.
        let _ = self.take.recv();
        Turn(self.give.clone())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let _ = self.0.try_send(());
    }
}

/// Whether the source at this place of a round is to be asked, now that its turn has come.
pub type May = dyn Fn(usize) -> bool + Send + Sync;

/// What a round of visits gives, one after another.
#[derive(Debug)]
pub enum Step {
    /// The visit to the source at this place has ended.
    Visited(usize, Box<Visit>),
    /// The source at this place is not asked any more.
    Passed(usize),
    /// No visit has ended for a moment.
    Pause,
}

/// Those who visit. Rounds that go on beside each other share them, so that together they neither ask a host more than
/// it bears nor hold more in memory than one.
#[derive(Debug)]
pub struct Visitors {
    client: Arc<Client>,
    turns: Arc<Turns>,
}

impl Visitors {
    /// Visitors that ask by `client`.
    #[must_use]
    pub fn new(client: Arc<Client>) -> Self {
        Self {
            client,
            turns: Arc::new(Turns::with_threads(OPEN)),
        }
    }

    /// Visits all of `follows`, in threads of their own, and hands over each visit with its place in the list as it ends,
    /// and several times a second that none has. Where `sink` breaks off or `leaving` says so, no further source is asked
    /// and the function returns at once.
    pub fn round(
        &self,
        follows: Vec<Follow>,
        now: i64,
        may: Arc<May>,
        leaving: &dyn Fn() -> bool,
        sink: &mut dyn FnMut(Step) -> ControlFlow<()>,
    ) {
        let (done, steps) = bounded(VISITORS);
        let round = Arc::new(Round {
            client: Arc::clone(&self.client),
            turns: Arc::clone(&self.turns),
            order: spread(&follows),
            next: AtomicUsize::new(0),
            follows,
            may,
            now,
        });
        for _ in 0..VISITORS.min(round.follows.len()) {
            let (round, done) = (Arc::clone(&round), done.clone());
            // The threads are not waited for: one may hang in a slow answer while the user leaves.
            let started = std::thread::Builder::new()
                .name("visitor".to_owned())
                .stack_size(8 << 20)
                .spawn(move || round.visit_some(&done));
            if started.is_err() {
                break;
            }
        }
        drop(done);
        until_left(&steps, leaving, &mut |step| {
            sink(step.unwrap_or(Step::Pause))
        });
        round.next.store(usize::MAX / 2, Ordering::Relaxed);
    }
}

/// Visits all of `follows` and hands over each visit with its place in the list, as [`Visitors::round`] does.
pub fn visit_all(
    client: &Arc<Client>,
    follows: Vec<Follow>,
    now: i64,
    leaving: &dyn Fn() -> bool,
    sink: &mut dyn FnMut(usize, Visit) -> ControlFlow<()>,
) {
    let visitors = Visitors::new(Arc::clone(client));
    let may = Arc::new(|_| true);
    visitors.round(follows, now, may, leaving, &mut |step| match step {
        Step::Visited(place, visit) => sink(place, *visit),
        Step::Passed(_) | Step::Pause => ControlFlow::Continue(()),
    });
}

/// Hands over what comes until nothing more does, the sink breaks off, or it is time to leave.
fn until_left<T>(
    from: &Receiver<T>,
    leaving: &dyn Fn() -> bool,
    sink: &mut dyn FnMut(Option<T>) -> ControlFlow<()>,
) {
    /// How long leaving may take while servers are silent.
    const LOOK: Duration = Duration::from_millis(100);
    while !leaving() {
        let next = match from.recv_timeout(LOOK) {
            Ok(next) => Some(next),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if sink(next).is_break() {
            return;
        }
    }
}

/// A round of visits, as its threads share it.
struct Round {
    client: Arc<Client>,
    turns: Arc<Turns>,
    follows: Vec<Follow>,
    order: Vec<usize>,
    next: AtomicUsize,
    may: Arc<May>,
    now: i64,
}

impl Round {
    fn visit_some(&self, done: &Sender<Step>) {
        while let Some(&place) = self.order.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let follow = &self.follows[place];
            let host = follow.address.host_str().unwrap_or_default();
            let asking = self.turns.hosts.enter(host);
            // Asked as late as can be: another round may have had it while this one waited.
            let step = if (self.may)(place) {
                Step::Visited(place, Box::new(self.visit(follow)))
            } else {
                Step::Passed(place)
            };
            drop(asking);
            if done.send(step).is_err() {
                return;
            }
        }
    }

    fn visit(&self, follow: &Follow) -> Visit {
        catch_unwind(AssertUnwindSafe(|| {
            visit_in_turn(&self.client, follow, self.now, &self.turns)
        }))
        .unwrap_or_else(|_| failed(follow, self.now))
    }
}

/// The order in which sources are visited: one of every host, then the second of every host, and so on, so that no
/// thread waits at a host while others could be asked.
fn spread(follows: &[Follow]) -> Vec<usize> {
    let mut seen = std::collections::HashMap::new();
    let mut order: Vec<(usize, usize)> = follows
        .iter()
        .enumerate()
        .map(|(place, follow)| {
            let of_host: &mut usize = seen.entry(follow.address.host_str()).or_default();
            *of_host += 1;
            (*of_host, place)
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, place)| place).collect()
}
