//! Asking the sources that a library follows for what is new: which are due, what they brought, and what is kept of
//! the visit. Shared by the command line and the background: the one blocks on it, the other gives it a thread. What
//! came is written before the state of its source is, so that a kill in between only costs a second visit.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use url::Url;

use super::gather::{Gathered, gather_from};
use crate::release::SourceId;
use crate::source::{self, Client, Follow, FollowState, INTERVAL, Problem, Read, Visit};
use crate::store::{Followed, Library, Origin, StoreError};

/// Which sources are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Those whose time has come.
    Due,
    /// All that did not ask to be left alone.
    All,
}

/// A source's options, as the library keeps them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Options {
    /// Seconds between two visits.
    interval: Option<i64>,
    /// Headers to send.
    headers: BTreeMap<String, String>,
}

/// What is to be asked.
#[derive(Debug, Default)]
pub struct Plan {
    remote: Vec<(Followed, Follow)>,
    local: Vec<(PathBuf, Origin)>,
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
        let Some(address) = source.origin.address.clone() else {
            return;
        };
        if !matches!(source.origin.kind.as_str(), "feed" | "page") {
            self.local.push((address.into(), source.origin));
            return;
        }
        // A state of a later version that cannot be read costs one visit without conditions.
        let state: FollowState = source
            .state
            .as_deref()
            .and_then(|s| serde_json::from_str(s).ok())
            .unwrap_or_default();
        let asked = match wish {
            Wish::Due => state.is_due(now),
            Wish::All => !state.gone && state.may_be_asked(now),
        };
        match Url::parse(&address) {
            Err(_) => self
                .problems
                .push(Problem::new(&address, "this is no address")),
            Ok(address) if asked => {
                let options: Options = serde_json::from_str(&source.options).unwrap_or_default();
                let follow = Follow {
                    address,
                    page: source.origin.kind == "page",
                    headers: options.headers.into_iter().collect(),
                    interval: options.interval.unwrap_or(INTERVAL),
                    state,
                };
                self.remote.push((source, follow));
            }
            Ok(_) => {}
        }
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
#[derive(Debug)]
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

/// Asks everything of `plan` and hands over what comes, in batches, on this thread. Gives what is to be kept of the
/// visits, which the caller does with [`settle`] once the batches are written.
pub fn refresh(
    client: &Arc<Client>,
    plan: &Plan,
    now: i64,
    stop: &AtomicBool,
    sink: &mut dyn FnMut(Gathered) -> ControlFlow<()>,
) -> Vec<Visited> {
    let visits = Mutex::new(Vec::new());
    let feed = |give: &mut dyn FnMut(Read, &Origin) -> ControlFlow<()>| {
        let follows = plan
            .remote
            .iter()
            .map(|(_, follow)| follow.clone())
            .collect();
        let leaving = || stop.load(Ordering::Relaxed);
        source::visit_all(client, follows, now, &leaving, &mut |place, visit| {
            let (followed, _) = &plan.remote[place];
            let visited = keep(followed, visit, give)?;
            visits
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(visited);
            ControlFlow::Continue(())
        });
        for (path, origin) in &plan.local {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            source::read_path(path, &mut |read| give(read, origin));
        }
    };
    gather_from(feed, stop, sink);
    // Something was not written: were the states kept, the servers would say that nothing is new.
    if stop.load(Ordering::Relaxed) {
        return Vec::new();
    }
    visits.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Hands over what a visit brought; breaks where it could not all be handed over.
fn keep(
    followed: &Followed,
    visit: Visit,
    give: &mut dyn FnMut(Read, &Origin) -> ControlFlow<()>,
) -> ControlFlow<(), Visited> {
    let origin = described(followed, &visit);
    let brought = visit.releases.len();
    for release in visit.releases {
        give(Read::Release(Box::new(release)), &followed.origin)?;
    }
    if let Some(problem) = visit.problem {
        give(Read::Problem(problem), &followed.origin)?;
    }
    ControlFlow::Continue(Visited {
        source: followed.id,
        described: (origin != followed.origin).then_some(origin),
        state: visit.state,
        brought,
    })
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

/// Keeps the states of visited sources.
///
/// # Errors
/// Where the library cannot be written; what was kept until then stays.
pub fn settle(library: &mut Library, visited: &[Visited]) -> Result<(), StoreError> {
    for visit in visited {
        let state = serde_json::to_string(&visit.state).unwrap_or_default();
        library.set_follow_state(visit.source, &state)?;
        if let Some(origin) = &visit.described {
            library.describe(visit.source, origin)?;
        }
    }
    Ok(())
}
