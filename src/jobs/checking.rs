//! The checking thread: after an end that was none (a kill, a power cut) every page of the library is looked at once, in
//! the background, while the reader is used. It only reads and says; mending is `dateline doctor`'s, for that takes the
//! library for itself.

use std::path::Path;
use std::sync::Arc;

use super::threads::{Start, stand_back};
use crate::app::message::Gravity;
use crate::store::Gate;

/// Under which number the check runs at the gate; any higher one cuts it short.
const CHECK: u64 = 1;

/// Checks the library at `path`; what is wrong is said.
pub(super) fn run(path: &Path, gate: &Arc<Gate>, start: &Start) {
    stand_back();
    gate.begin(CHECK, None);
    let Some(reader) = start.reader(path, Arc::clone(gate)) else {
        return;
    };
    let found = match reader.damage() {
        Ok(found) => found,
        // The end came first; the log stays, and the next start looks again.
        Err(_) if gate.is_stale() => return,
        Err(problem) => vec![problem.to_string()],
    };
    if let Some(first) = found.first() {
        start.say(
            Gravity::Error,
            &format!("The library was not closed last time and is damaged ({first}). Leave and run: dateline doctor"),
        );
    }
}
