//! Taking apart what was kept: the second of the two steps in which releases come in. The newest come first, on all
//! cores; the transaction that takes releases in also takes them out of those that wait, so that it goes on where it was
//! cut off. Shared by the command line and the background.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::completing;
use super::gather::{Gathered, Give, Given, gather_from};
use super::recognising::Wanted;
use super::report::Report;
use super::threads::Start;
use super::writing::Bulk;
use crate::app::message::Message;
use crate::source::{Problem, Read};
use crate::store::{Origin, Reader};

/// How many are looked up at once.
const HANDFUL: usize = 64;

/// Takes everything apart that waits in the library of `reader`, the newest first, and hands it to `sink` on this thread,
/// in batches; stops where `sink` breaks or `stop` is set.
pub fn take_apart(
    library: &Path,
    stop: &AtomicBool,
    sink: &mut dyn FnMut(Gathered) -> ControlFlow<()>,
) {
    let feed = |give: Give<'_>| {
        // Whether it could hand over everything is known to whoever takes it.
        let _ = feed_waiting(library, give);
    };
    gather_from(feed, stop, sink);
}

fn feed_waiting(library: &Path, give: Give<'_>) -> ControlFlow<()> {
    // What a release waits under is no matter here: it has its source already.
    let origin = Origin::opened();
    let problem = |words: String| Given::Read(Read::Problem(Problem::new("the library", &words)));
    let reader = match Reader::open(library) {
        Ok(reader) => reader,
        Err(trouble) => return give(problem(trouble.to_string()), &origin),
    };
    let mut before = None;
    loop {
        let some = match reader.waiting(before, HANDFUL) {
            Ok(some) => some,
            Err(trouble) => return give(problem(trouble.to_string()), &origin),
        };
        let Some(last) = some.last() else {
            return ControlFlow::Continue(());
        };
        before = Some(*last);
        for id in some {
            // One whose kept form is damaged stays as it is.
            match reader.kept(id) {
                Ok(Some(incoming)) => give(Given::Waiting(id, Box::new(incoming)), &origin)?,
                Ok(None) => {}
                Err(trouble) => give(problem(trouble.to_string()), &origin)?,
            }
        }
    }
}

/// Why there may be something to take apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// The program has started.
    Started,
    /// A refresh has ended.
    Refreshed,
}

/// What the thread sends to.
pub(super) struct Ends {
    pub batches: Sender<Bulk>,
    pub messages: Sender<Message>,
    pub wanted: Sender<Wanted>,
    pub completing: Sender<completing::Wish>,
}

/// Runs the thread to its end.
pub(super) fn run(library: &Path, wishes: &Receiver<Wish>, ends: &Ends, start: &Start) {
    while let Ok(wish) = wishes.recv() {
        start.guarded("taking releases apart", || pass(library, ends, start));
        start.guarded("looking for copies", || compare(library, ends, start));
        if start.is_ending() {
            return;
        }
        if wish == Wish::Refreshed {
            let _ = ends.wanted.send(Wanted::Sometime);
            let _ = ends.completing.send(completing::Wish::Refreshed);
        }
    }
}

/// Takes apart what waits now.
fn pass(library: &Path, ends: &Ends, start: &Start) {
    let waiting = Reader::open(library).and_then(|reader| reader.waiting_count());
    let Ok(count @ 1..) = waiting else { return };
    let label = "reading in".to_owned();
    let mut report = Report::of_releases(&ends.messages, start, label, count);
    let stop = AtomicBool::new(false);
    take_apart(library, &stop, &mut |gathered| {
        report.take(gathered, &ends.batches)
    });
    report.finish();
    let _ = ends.wanted.send(Wanted::Sometime);
}

/// Compares what came in before there were stories.
fn compare(library: &Path, ends: &Ends, start: &Start) {
    let waiting = Reader::open(library).and_then(|reader| reader.uncompared());
    let Ok(count @ 1..) = waiting else { return };
    let label = "finding copies".to_owned();
    let mut report = Report::of_releases(&ends.messages, start, label, count);
    while !start.is_ending() {
        let (answer, answered) = bounded(1);
        if ends.batches.send(Bulk::Comparing(HANDFUL, answer)).is_err() {
            break;
        }
        // What cannot be done now is done at the next start.
        match answered.recv() {
            Ok(Ok(done @ 1..)) => report.compared(done),
            _ => break,
        }
    }
    report.finish();
}
