//! Asking the sources that a library follows for what is new: which are due, what they brought, and what is kept of
//! the visit. Shared by the command line and the background: the one blocks on it, the other gives it a thread. What
//! came is written before the state of its source is, so that a kill in between only costs a second visit.

use std::collections::{HashMap, VecDeque};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crossbeam_channel::{Receiver, TryRecvError, bounded};
use url::Url;

use super::batches;
use super::following::{sent_headers, state_of};
use super::gather::{Gathered, Give, Given, gather_from};
use super::roster::{Claim, Round};
use crate::release::{Incoming, SourceId};
use crate::source::{
    self, Follow, FollowState, INTERVAL, Outcome, Problem, Read, Step, Visit, Visitors, nameless,
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
    /// Where other rounds may go on beside this one.
    round: Option<Round>,
    /// How many another round is asking at this moment.
    elsewhere: usize,
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
            headers: sent_headers(&source),
            interval: source.choices.interval.unwrap_or(INTERVAL),
            state,
        };
        self.remote.push((source, follow));
    }

    /// The plan of a round beside which others go on: what one of them is asking is left out, and what one of them has
    /// asked by the time its turn comes is passed over.
    #[must_use]
    pub fn beside(mut self, round: Round) -> Self {
        let before = self.len();
        self.remote.retain(|(source, _)| !round.is_asked(source.id));
        self.local.retain(|source| !round.is_asked(source.id));
        self.elsewhere = before - self.len();
        self.round = Some(round);
        self
    }

    /// Whether something is left out since another round is asking it.
    #[must_use]
    pub fn is_asked_elsewhere(&self) -> bool {
        self.elsewhere > 0
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
    /// The place that it moves away from: the headers that were given for that stay behind.
    pub leaves: Option<String>,
    /// Its state.
    pub state: FollowState,
    /// How many releases it has at present.
    pub brought: usize,
    /// Nobody else asks it until this is kept.
    pub claim: Option<Claim>,
}

/// What a round has leave to ask, by its place in the plan. Without other rounds that is everything.
struct Leave {
    round: Option<Round>,
    remote: Vec<SourceId>,
    claims: Mutex<HashMap<usize, Claim>>,
}

impl Leave {
    fn of(plan: &Plan) -> Self {
        Self {
            round: plan.round.clone(),
            remote: plan.remote.iter().map(|(source, _)| source.id).collect(),
            claims: Mutex::default(),
        }
    }

    /// Whether the source at this place may be asked: then nobody else may.
    fn take(&self, place: usize) -> bool {
        let Some(round) = &self.round else {
            return true;
        };
        let source = self.remote.get(place);
        let Some(claim) = source.and_then(|source| round.claim(*source)) else {
            return false;
        };
        self.claims().insert(place, claim);
        true
    }

    /// What is to be kept with the visit to the source at this place.
    fn give(&self, place: usize) -> Option<Claim> {
        self.claims().remove(&place)
    }

    fn claims(&self) -> std::sync::MutexGuard<'_, HashMap<usize, Claim>> {
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks everything of `plan` and hands over what comes, on this thread: batches, and after the batches of each source
/// what is to be kept of the visit to it. The caller does that with [`settle`] once the batches are written.
pub fn refresh(
    visitors: &Visitors,
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
        let leave = Arc::new(Leave::of(plan));
        let may = Arc::clone(&leave);
        let may = Arc::new(move |place| may.take(place));
        let mut way = Way::default();
        let mut broken = false;
        visitors.round(follows, now, may, &leaving, &mut |step| {
            let flow = match step {
                Step::Visited(place, visit) => {
                    let followed = &plan.remote[place].0;
                    way.keep(followed, *visit, leave.give(place), now, give)
                }
                Step::Passed(place) => give(Given::Passed, &plan.remote[place].0.origin),
                Step::Pause => match (way.go_on(WAITING, give), plan.remote.first()) {
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
            let claim = plan.round.as_ref().map(|round| round.claim(source.id));
            let flow = match claim {
                _ if leaving() => return,
                Some(None) => give(Given::Passed, &source.origin),
                claim => read_local(source, claim.flatten(), now, give),
            };
            if flow.is_break() {
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
fn read_local(
    source: &Followed,
    claim: Option<Claim>,
    now: i64,
    give: Give<'_>,
) -> ControlFlow<()> {
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
        leaves: None,
        state,
        brought,
        claim,
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

/// What may wait to be kept at once, in bytes: more than is written together, so that neither side waits for the other.
const WAITING: usize = batches::TOGETHER + (4 << 20);

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
        claim: Option<Claim>,
        now: i64,
        give: Give<'_>,
    ) -> ControlFlow<()> {
        let origin = described(followed, &visit);
        let visited = Box::new(Visited {
            source: followed.id,
            leaves: left(followed, &origin),
            described: (origin != followed.origin).then_some(origin),
            state: visit.state,
            brought: visit.releases.len(),
            claim,
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

/// The place that a source moves away from, where the new one is another.
fn left(followed: &Followed, origin: &Origin) -> Option<String> {
    let url = |origin: &Origin| Url::parse(origin.address.as_deref()?).ok();
    let (old, new) = (url(&followed.origin)?, url(origin)?);
    (!source::may_follow(&old, &new)).then(|| source::place(&old))
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
        library.describe(visited.source, origin, visited.leaves.as_deref())?;
    }
    Ok(())
}

/// Whether a source is on the network.
fn is_remote(source: &Followed) -> bool {
    matches!(source.origin.kind.as_str(), "feed" | "page")
}
