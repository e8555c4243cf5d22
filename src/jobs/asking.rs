//! The asking thread: visits what the library follows, when it is due and when the user wants it. It sleeps until the
//! next source is due; where nothing is followed it sleeps for good. Nobody waits for it at the end: a visit that is
//! half done is done anew next time, and what came is written before the state of its source is.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

use super::following::state_of;
use super::gather::Gathered;
use super::now;
use super::parting;
use super::refreshing::{Plan, Wish, refresh};
use super::report::Report;
use super::threads::Start;
use super::writing::{Bulk, Yours};
use crate::app::message::{Gravity, Message};
use crate::release::SourceId;
use crate::source::Client;
use crate::store::{Followed, Reader};

/// How long after the start the first sources are asked: the first frame comes first.
const FIRST: Duration = Duration::from_secs(2);

/// The shortest sleep between two rounds.
const SHORTEST: i64 = 60;

/// The longest sleep: a clock that was set, or a laptop that slept, is noticed then.
const LONGEST: i64 = 60 * 60;

/// What the thread sends to.
pub(super) struct Ends {
    pub batches: Sender<Bulk>,
    pub yours: Sender<Yours>,
    pub messages: Sender<Message>,
    pub apart: Sender<parting::Wish>,
}

/// Runs the thread to its end.
pub(super) fn run(
    path: &Path,
    client: &Arc<Client>,
    wishes: &Receiver<Vec<SourceId>>,
    ends: &Ends,
    start: &Start,
) {
    let Some(reader) = start.reader(path, Arc::default()) else {
        return;
    };
    let mut sleep = FIRST;
    loop {
        let (wish, sources) = match wishes.recv_timeout(sleep) {
            Ok(sources) if sources.is_empty() => (Wish::All, sources),
            Ok(sources) => (Wish::Named, sources),
            Err(RecvTimeoutError::Timeout) => (Wish::Due, Vec::new()),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        start.guarded("refreshing", || {
            round(&reader, client, wish, &sources, ends, start);
        });
        if start.is_ending() {
            return;
        }
        sleep = until_due(&reader);
    }
}

/// Asks what is to be asked, once.
fn round(
    reader: &Reader,
    client: &Arc<Client>,
    wish: Wish,
    sources: &[SourceId],
    ends: &Ends,
    start: &Start,
) {
    let mut followed = match reader.followed() {
        Ok(followed) => followed,
        Err(problem) => return start.say(Gravity::Error, &problem.to_string()),
    };
    if !sources.is_empty() {
        followed.retain(|source| sources.contains(&source.id));
    }
    let plan = Plan::new(followed, wish, now());
    if plan.is_empty() {
        match wish {
            Wish::Due => {}
            Wish::All => start.say(
                Gravity::Plain,
                "Nothing to ask now: no source is followed, or each asked to wait or is paused",
            ),
            Wish::Named => start.say(
                Gravity::Plain,
                "Not asked: its server asked to be left alone until then",
            ),
        }
        return;
    }
    let label = match plan.len() {
        1 => "asking one source",
        _ => "asking sources",
    };
    let mut report = Report::of_visits(&ends.messages, start, label.to_owned(), plan.len());
    let stop = AtomicBool::new(false);
    refresh(client, &plan, now(), &stop, &mut |gathered| {
        let gathered = match gathered {
            // Its batches are written: each was answered before the next was made.
            Gathered::Visited(visited) => {
                let _ = ends.yours.send(Yours::Visited(visited.clone()));
                Gathered::Visited(visited)
            }
            other => other,
        };
        report.take(gathered, &ends.batches)
    });
    report.finish();
    let _ = ends.apart.send(parting::Wish::Refreshed);
}

/// How long until the next source is due.
fn until_due(reader: &Reader) -> Duration {
    let followed = reader.followed().unwrap_or_default();
    let due = followed.iter().filter_map(next_due).min();
    let Some(due) = due else {
        return Duration::from_secs(u64::from(u32::MAX));
    };
    let seconds = (due - now()).clamp(SHORTEST, LONGEST);
    Duration::from_secs(u64::try_from(seconds).unwrap_or(60))
}

/// When a source is due; `None` for one that is gone for good or paused.
fn next_due(source: &Followed) -> Option<i64> {
    let state = state_of(source);
    (!state.gone && !source.choices.paused).then_some(state.next_due)
}
