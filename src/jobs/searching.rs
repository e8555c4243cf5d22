//! The searching thread. The newest search wins: the gate cuts the running one short when a key is pressed, and of what
//! has queued up only the last is done.

use std::time::Instant;

use crossbeam_channel::{Receiver, Sender};

use super::threads::Start;
use super::{selection, today};
use crate::app::effect::Effect;
use crate::app::message::{Gravity, Message};
use crate::store::{Found, Reader};

/// Runs the searching thread to its end.
pub(super) fn run(
    reader: &Reader,
    requests: &Receiver<Effect>,
    messages: &Sender<Message>,
    start: &Start,
) {
    while let Ok(first) = requests.recv() {
        let newest = requests.try_iter().last().unwrap_or(first);
        start.guarded("searching", || search(reader, &newest, messages, start));
    }
}

fn search(reader: &Reader, effect: &Effect, messages: &Sender<Message>, start: &Start) {
    let Effect::Search {
        ticket,
        scope,
        limit,
    } = effect
    else {
        return;
    };
    let began = Instant::now();
    let selection = selection(scope);
    let hint = selection
        .query
        .as_ref()
        .and_then(|query| query.hints.first().cloned());
    reader.gate().begin(ticket.0, None);
    // What the screen says is how long the hits took, not how long they were counted.
    let mut first = None;
    let mut page = |found: Found| {
        let millis = *first.get_or_insert_with(|| began.elapsed().as_secs_f32() * 1000.0);
        let _ = messages.send(Message::Found {
            ticket: *ticket,
            rows: found.rows,
            total: found.total,
            total_exact: found.exact,
            complete: found.complete,
            millis,
            hint: hint.clone(),
        });
    };
    if let Err(problem) = reader.search(&selection, *limit, today(), &mut page) {
        start.say(Gravity::Error, &problem.to_string());
    }
}
