//! Asking the sources that a library follows for what is new: which are due, what they brought, and what is kept of
//! the visit. Shared by the command line and the background: the one blocks on it, the other gives it a thread. What
//! came is written before the state of its source is, so that a kill in between only costs a second visit.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, TryRecvError, bounded};
use url::Url;

use super::following::state_of;
use super::gather::{Gathered, Give, Given, gather_from};
use crate::release::{Incoming, SourceId};
use crate::source::{
    self, Client, Follow, FollowState, INTERVAL, Outcome, Problem, Read, Visit, nameless,
};
use crate::store::{Arrival, Arrivals, Followed, Library, Origin, StoreError};

/// Which sources are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Those whose time has come.
    Due,
    /// All that are neither gone nor paused and did not ask to be left alone.
    All,
    /// All that did not ask to be left alone: the user named them.
    Named,
}

/// What is to be asked.
#[derive(Debug, Default)]
pub struct Plan {
    remote: Vec<(Followed, Follow)>,
    local: Vec<Followed>,
    /// Addresses that are none.
    pub problems: Vec<Problem>,
}

impl Plan {
    /// Those of `followed` that are to be asked at `now`.
    #[must_use]
    pub fn new(followed: Vec<Followed>, wish: Wish, now: i64) -> Self {
        let mut plan = Self::default();
        for source in followed {
            plan.add(source, wish, now);
        }
        plan
    }

    fn add(&mut self, source: Followed, wish: Wish, now: i64) {
        let state = state_of(&source);
        let paused = source.choices.paused;
        let asked = match wish {
            Wish::Due => !paused && state.is_due(now),
            Wish::All => !paused && !state.gone && state.may_be_asked(now),
            Wish::Named => state.may_be_asked(now),
        };
        let Some(address) = source.origin.address.clone().filter(|_| asked) else {
            return;
        };
        if !is_remote(&source) {
            self.local.push(source);
            return;
        }
        let Ok(address) = Url::parse(&address) else {
            self.problems
                .push(Problem::new(&address, "this is no address"));
            return;
        };
        let follow = Follow {
            address,
            page: source.origin.kind == "page",
            headers: source.headers.clone(),
            interval: source.choices.interval.unwrap_or(INTERVAL),
            state,
        };
        self.remote.push((source, follow));
    }

    /// How many sources are asked.
    #[must_use]
    pub fn len(&self) -> usize {
        self.remote.len() + self.local.len()
    }

    /// Whether there is nothing to ask.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What is to be kept of a visit.
#[derive(Clone, Debug)]
pub struct Visited {
    /// The source.
    pub source: SourceId,
    /// What it is called, is and where, where that has changed.
    pub described: Option<Origin>,
    /// Its state.
    pub state: FollowState,
    /// How many releases it has at present.
    pub brought: usize,
}

/// Asks everything of `plan` and hands over what comes, on this thread: batches, and after the batches of each source
/// what is to be kept of the visit to it. The caller does that with [`settle`] once the batches are written.
pub fn refresh(
    client: &Arc<Client>,
    plan: &Plan,
    now: i64,
    stop: &AtomicBool,
    sink: &mut dyn FnMut(Gathered) -> ControlFlow<()>,
) {
    let feed = |give: Give<'_>| {
        let follows = plan
            .remote
            .iter()
            .map(|(_, follow)| follow.clone())
            .collect();
        let leaving = || stop.load(Ordering::Relaxed);
        let mut way = Way::default();
        let mut broken = false;
        source::visit_each(client, follows, now, &leaving, &mut |visited| {
            let flow = match visited {
                Some((place, visit)) => way.keep(&plan.remote[place].0, visit, now, give),
                None => match (way.go_on(WAITING, give), plan.remote.first()) {
                    (ControlFlow::Continue(()), Some((any, _))) => give(Given::Pause, &any.origin),
                    (flow, _) => flow,
                },
            };
            broken = flow.is_break();
            flow
        });
        if broken || way.finish(give).is_break() {
            return;
        }
        for source in &plan.local {
            if leaving() || read_local(source, now, give).is_break() {
                return;
            }
        }
    };
    gather_from(feed, stop, sink);
}

/// The usual time between two looks at a folder or file, in seconds.
const LOOK: i64 = 5 * 60;

/// Clocks of file systems are coarse: what came so many seconds before the last look is read again.
const COARSE: i64 = 2;

/// Looks at a folder or a file; where it has changed, what is new is read. A file that comes while it is read changes it
/// for the next look.
fn read_local(source: &Followed, now: i64, give: Give<'_>) -> ControlFlow<()> {
    let path = PathBuf::from(source.origin.address.as_deref().unwrap_or_default());
    let mut state = state_of(source);
    let print = source::fingerprint(&path);
    let mut brought = 0;
    if print.is_some() && print != state.etag {
        let mut flow = ControlFlow::Continue(());
        let mut sink = |read| {
            brought += usize::from(matches!(read, Read::Release(_)));
            flow = give(Given::Read(read), &source.origin);
            flow
        };
        match state.asked.filter(|_| state.etag.is_some()) {
            Some(asked) => source::read_newer(&path, asked - COARSE, &mut sink),
            None => source::read_path(&path, &mut sink),
        }
        flow?;
    }
    looked_at(&mut state, print, now, source.choices.interval);
    let visited = Visited {
        source: source.id,
        described: None,
        state,
        brought,
    };
    give(Given::Visited(Box::new(visited)), &source.origin)
}

/// Takes note of a look at a folder or file with this fingerprint.
fn looked_at(state: &mut FollowState, print: Option<String>, now: i64, interval: Option<i64>) {
    let outcome = match print {
        Some(print) => Outcome::Fresh {
            etag: Some(print),
            last_modified: None,
            moved: None,
        },
        None => Outcome::Failed(
            "there is no such file or folder any more; what is here was kept".to_owned(),
        ),
    };
    state.visited(outcome, now, interval.unwrap_or(LOOK));
}

/// The state of following a folder or file that has just been read, as JSON; `print` was taken before.
#[must_use]
pub fn read_before(print: Option<String>, now: i64) -> String {
    let mut state = FollowState::default();
    looked_at(&mut state, print, now, None);
    serde_json::to_string(&state).unwrap_or_default()
}

/// What may wait to be kept at once, in bytes: enough that several sources are written together.
const WAITING: usize = 6 << 20;

/// A visit whose releases were handed over, and which is not over before it is said what became of them.
struct Handed<'a> {
    followed: &'a Followed,
    visited: Box<Visited>,
    problem: Option<Problem>,
    weight: usize,
    rest: Receiver<Vec<Incoming>>,
}

/// Visits on their way, in their order.
#[derive(Default)]
struct Way<'a> {
    handed: VecDeque<Handed<'a>>,
    weight: usize,
}

impl<'a> Way<'a> {
    /// Hands over what a visit brought; breaks where it could not all be handed over.
    fn keep(
        &mut self,
        followed: &'a Followed,
        visit: Visit,
        now: i64,
        give: Give<'_>,
    ) -> ControlFlow<()> {
        let origin = described(followed, &visit);
        let visited = Box::new(Visited {
            source: followed.id,
            described: (origin != followed.origin).then_some(origin),
            state: visit.state,
            brought: visit.releases.len(),
        });
        let all = visit.releases.into_iter();
        let arrivals = Arrivals {
            arrivals: all.map(|release| Arrival::new(release, now)).collect(),
            origin: followed.origin.clone(),
        };
        let (answer, rest) = bounded(1);
        let handed = Handed {
            followed,
            visited,
            problem: visit.problem,
            weight: arrivals.weight(),
            rest,
        };
        if arrivals.arrivals.is_empty() {
            return over(handed, Vec::new(), give);
        }
        self.weight += handed.weight;
        give(Given::Arrived((arrivals, answer)), &followed.origin)?;
        self.handed.push_back(handed);
        self.go_on(WAITING, give)
    }

    /// Ends the visits of which it is said what became of them; waits until no more than so many bytes are on their way.
    fn go_on(&mut self, most: usize, give: Give<'_>) -> ControlFlow<()> {
        while let Some(first) = self.handed.front() {
            let rest = if self.weight > most {
                first.rest.recv().map_err(|_| TryRecvError::Disconnected)
            } else {
                first.rest.try_recv()
            };
            let rest = match rest {
                Ok(rest) => rest,
                Err(TryRecvError::Empty) => break,
                // Nobody answers where it could not be kept, and then this is over.
                Err(TryRecvError::Disconnected) => return ControlFlow::Break(()),
            };
            if let Some(handed) = self.handed.pop_front() {
                self.weight -= handed.weight;
                over(handed, rest, give)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Ends all of them.
    fn finish(&mut self, give: Give<'_>) -> ControlFlow<()> {
        // Even one that weighs nothing is waited for.
        self.weight += 1;
        self.go_on(0, give)
    }
}

/// Hands over what could not be kept as it came, and what is to be kept of the visit itself.
fn over(handed: Handed<'_>, rest: Vec<Incoming>, give: Give<'_>) -> ControlFlow<()> {
    let origin = &handed.followed.origin;
    for release in rest {
        give(Given::Read(Read::Release(Box::new(release))), origin)?;
    }
    if let Some(problem) = handed.problem {
        give(Given::Read(Read::Problem(problem)), origin)?;
    }
    give(Given::Visited(handed.visited), origin)
}

/// What a source is after a visit. A name that the user gave stays.
fn described(followed: &Followed, visit: &Visit) -> Origin {
    let mut origin = followed.origin.clone();
    let moved = visit.moved.as_ref();
    if is_nameless(&origin) {
        let named = visit.title.clone().or(moved.map(nameless));
        origin.name = named.unwrap_or(origin.name);
    }
    if visit.page {
        origin.kind = "page".to_owned();
    }
    if let Some(moved) = moved {
        origin.address = Some(moved.to_string());
    }
    origin
}

/// Whether a source has no name but its address.
fn is_nameless(origin: &Origin) -> bool {
    let Some(address) = &origin.address else {
        return false;
    };
    origin.name == *address || Url::parse(address).is_ok_and(|a| nameless(&a) == origin.name)
}

/// Keeps the state of a visited source.
///
/// # Errors
/// Where the library cannot be written.
pub fn settle(library: &mut Library, visited: &Visited) -> Result<(), StoreError> {
    let state = serde_json::to_string(&visited.state).unwrap_or_default();
    library.set_follow_state(visited.source, &state)?;
    if let Some(origin) = &visited.described {
        library.describe(visited.source, origin)?;
    }
    Ok(())
}

/// Whether a source is on the network.
fn is_remote(source: &Followed) -> bool {
    matches!(source.origin.kind.as_str(), "feed" | "page")
}
