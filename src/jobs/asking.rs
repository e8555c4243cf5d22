//! The asking thread: begins rounds of visits to what the library follows, when it is due and when the user wants it.
//! Each round has a thread of its own, so that what the user asks for by hand never waits for a slow server of another
//! round; the roster sees to it that no source is asked twice, and the visitors, whom all rounds share, that no host is
//! asked by more than it bears. The thread itself sleeps until the next source is due; where nothing is followed it sleeps
//! for good. Nobody waits for it at the end: a visit that is half done is done anew next time, and what came is written
//! before the state of its source is.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, never, select, unbounded};

use super::following::state_of;
use super::gather::Gathered;
use super::now;
use super::parting;
use super::refreshing::{Plan, Wish, refresh};
use super::report::Report;
use super::roster::Roster;
use super::threads::Start;
use super::writing::{Bulk, Yours};
use crate::app::message::{Gravity, Message};
use crate::release::SourceId;
use crate::source::{Client, Visitors};
use crate::store::{Followed, Reader};

/// How long after the start the first sources are asked: the first frame comes first.
const FIRST: Duration = Duration::from_secs(2);

/// The shortest sleep between two rounds.
const SHORTEST: i64 = 60;

/// The longest sleep: a clock that was set, or a laptop that slept, is noticed then.
const LONGEST: i64 = 60 * 60;

/// Rounds that go on at once; what is wanted beyond waits. Only who asks a dozen silent servers one by one gets there.
const ROUNDS: usize = 16;

/// What the rounds send to.
#[derive(Clone)]
pub(super) struct Ends {
    pub batches: Sender<Bulk>,
    pub yours: Sender<Yours>,
    pub messages: Sender<Message>,
    pub apart: Sender<parting::Wish>,
}

/// Runs the thread to its end.
pub(super) fn run(
    path: &Path,
    client: Arc<Client>,
    wishes: &Receiver<Vec<SourceId>>,
    ends: &Ends,
    start: &Start,
) {
    let Some(reader) = start.reader(path, Arc::default()) else {
        return;
    };
    let (over, ended) = unbounded();
    let mut asker = Asker {
        reader,
        visitors: Arc::new(Visitors::new(client)),
        roster: Roster::default(),
        running: Vec::new(),
        over,
        ends,
        start,
    };
    let none = never();
    let mut due = Instant::now() + FIRST;
    loop {
        let wanted = if asker.running.len() < ROUNDS {
            wishes
        } else {
            &none
        };
        select! {
            recv(wanted) -> wanted => match wanted {
                Ok(sources) if sources.is_empty() => asker.begin(Wish::All, &sources),
                Ok(sources) => asker.begin(Wish::Named, &sources),
                Err(_) => return,
            },
            recv(ended) -> wish => asker.ended(wish),
            default(due.saturating_duration_since(Instant::now())) => {
                asker.begin(Wish::Due, &[]);
                due = Instant::now() + asker.until_due();
                continue;
            }
        }
        if start.is_ending() {
            return;
        }
        // What was added or has answered may be due before what the sleep was for.
        due = due.min(Instant::now() + asker.until_due());
    }
}

/// What begins rounds.
struct Asker<'a> {
    reader: Reader,
    visitors: Arc<Visitors>,
    roster: Roster,
    /// What each round that goes on is for.
    running: Vec<Wish>,
    over: Sender<Wish>,
    ends: &'a Ends,
    start: &'a Start,
}

impl Asker<'_> {
    /// Begins a round, where there is something to ask. Of those that ask all there is, or all that is due, one goes on at
    /// a time: a second one would find the same.
    fn begin(&mut self, wish: Wish, sources: &[SourceId]) {
        if wish != Wish::Named && self.running.contains(&wish) {
            return self.say_why_not(wish, true);
        }
        let round = self.roster.round();
        let mut followed = match self.reader.followed() {
            Ok(followed) => followed,
            Err(problem) => return self.start.say(Gravity::Error, &problem.to_string()),
        };
        if !sources.is_empty() {
            followed.retain(|source| sources.contains(&source.id));
        }
        let plan = Plan::new(followed, wish, now()).beside(round);
        if plan.is_empty() {
            return self.say_why_not(wish, plan.is_asked_elsewhere());
        }
        self.running.push(wish);
        let (visitors, ends) = (Arc::clone(&self.visitors), self.ends.clone());
        let over = Over(self.over.clone(), wish);
        // It is not waited for: it may hang in a slow answer while the user leaves.
        let _ = self.start.thread("refreshing", move |start| {
            let _over = over;
            ask(&visitors, &plan, &ends, start);
        });
    }

    /// A round for this wish is over.
    fn ended<E>(&mut self, wish: Result<Wish, E>) {
        let Ok(wish) = wish else { return };
        if let Some(place) = self.running.iter().position(|running| *running == wish) {
            self.running.swap_remove(place);
        }
    }

    fn say_why_not(&self, wish: Wish, asked_already: bool) {
        let words = match wish {
            Wish::Due => return,
            Wish::All if asked_already => "The sources are being asked already",
            Wish::Named if asked_already => "It is being asked already",
            Wish::All => {
                "Nothing to ask now: no source is followed, or each asked to wait or is paused"
            }
            Wish::Named => "Not asked: its server asked to be left alone until then",
        };
        self.start.say(Gravity::Plain, words);
    }

    /// How long until the next source is due.
    fn until_due(&self) -> Duration {
        let followed = self.reader.followed().unwrap_or_default();
        let due = followed.iter().filter_map(next_due).min();
        let Some(due) = due else {
            return Duration::from_secs(u64::from(u32::MAX));
        };
        let seconds = (due - now()).clamp(SHORTEST, LONGEST);
        Duration::from_secs(u64::try_from(seconds).unwrap_or(60))
    }
}

/// Tells that a round is over, even where it panicked.
struct Over(Sender<Wish>, Wish);

impl Drop for Over {
    fn drop(&mut self) {
        let _ = self.0.send(self.1);
    }
}

/// Asks what is planned, on this thread.
fn ask(visitors: &Visitors, plan: &Plan, ends: &Ends, start: &Start) {
    let label = match plan.len() {
        1 => "asking one source",
        _ => "asking sources",
    };
    let mut report = Report::of_visits(&ends.messages, start, label.to_owned(), plan.len());
    let stop = AtomicBool::new(false);
    refresh(visitors, plan, now(), &stop, &mut |gathered| {
        let gathered = match gathered {
            // Its batches are written: each was answered before the next was made.
            Gathered::Visited(mut visited) => {
                let kept = visited.clone();
                visited.claim = None;
                let _ = ends.yours.send(Yours::Visited(kept));
                Gathered::Visited(visited)
            }
            other => other,
        };
        report.take(gathered, &ends.batches)
    });
    report.finish();
    let _ = ends.apart.send(parting::Wish::Refreshed);
}

/// When a source is due; `None` for one that is gone for good or paused.
fn next_due(source: &Followed) -> Option<i64> {
    let state = state_of(source);
    (!state.gone && !source.choices.paused).then_some(state.next_due)
}
