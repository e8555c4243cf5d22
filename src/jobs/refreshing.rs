//! Asking the sources that a library follows for what is new: which are due, what they brought, and what is kept of
//! the visit. Shared by the command line and the background: the one blocks on it, the other gives it a thread. What
//! came is written before the state of its source is, so that a kill in between only costs a second visit.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::bounded;
use url::Url;

use super::following::state_of;
use super::gather::{Gathered, Give, Given, gather_from};
use crate::release::SourceId;
use crate::source::{self, Client, Follow, FollowState, INTERVAL, Outcome, Problem, Read, Visit};
use crate::store::{Arrival, Followed, Library, Origin, StoreError};

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
        source::visit_all(client, follows, now, &leaving, &mut |place, visit| {
            let (followed, _) = &plan.remote[place];
            keep(followed, visit, now, give)
        });
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

/// Hands over what a visit brought; breaks where it could not all be handed over.
fn keep(followed: &Followed, visit: Visit, now: i64, give: Give<'_>) -> ControlFlow<()> {
    let origin = described(followed, &visit);
    let brought = visit.releases.len();
    let arrivals: Vec<Arrival> = visit
        .releases
        .into_iter()
        .map(|release| Arrival::new(release, now))
        .collect();
    if !arrivals.is_empty() {
        let (answer, rest) = bounded(1);
        give(Given::Arrived(arrivals, answer), &followed.origin)?;
        // Nobody answers where it could not be kept, and then this is over.
        let Ok(rest) = rest.recv() else {
            return ControlFlow::Break(());
        };
        for release in rest {
            give(
                Given::Read(Read::Release(Box::new(release))),
                &followed.origin,
            )?;
        }
    }
    if let Some(problem) = visit.problem {
        give(Given::Read(Read::Problem(problem)), &followed.origin)?;
    }
    let visited = Visited {
        source: followed.id,
        described: (origin != followed.origin).then_some(origin),
        state: visit.state,
        brought,
    };
    give(Given::Visited(Box::new(visited)), &followed.origin)
}

/// What a source is after a visit. A name that the user gave stays.
fn described(followed: &Followed, visit: &Visit) -> Origin {
    let mut origin = followed.origin.clone();
    if Some(&origin.name) == origin.address.as_ref()
        && let Some(title) = &visit.title
    {
        origin.name.clone_from(title);
    }
    if visit.page {
        origin.kind = "page".to_owned();
    }
    if let Some(moved) = &visit.moved {
        origin.address = Some(moved.to_string());
    }
    origin
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
