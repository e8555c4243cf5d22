//! Starting threads, and what a panic in one becomes. A panic undoes the request that caused it (its transaction rolls
//! back) and nothing else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crossbeam_channel::Sender;

use super::Shared;
use crate::app::message::{Gravity, Message};
use crate::store::{Gate, Reader};
use crate::text::SafeText;

/// Panics in one thread where `DATELINE_TEST_PANIC` asks for it; in debug builds only, for the test of what happens
/// then.
fn test_panic(name: &str) {
    let asked = || std::env::var_os("DATELINE_TEST_PANIC").is_some_and(|point| point == "worker");
    if cfg!(debug_assertions) && name == "outside" && asked() {
        panic!("asked for by DATELINE_TEST_PANIC");
    }
}

/// How much the calling thread gives way to others of the program and of the machine, as `nice` counts.
#[cfg(target_os = "linux")]
const STANDING_BACK: i32 = 5;

/// Lets the calling thread run only on what others leave of the processors. Threads that understand releases in bulk call
/// it: there are as many of them as there are processors, and the one that writes what they give, on which all wait in the
/// end, must not share a processor with them. So does the one that recognises names, beside which keys are answered.
/// Where the system knows no priorities of threads, nothing happens.
pub(super) fn stand_back() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, STANDING_BACK);
}

/// What a thread starts with.
#[derive(Clone)]
pub(super) struct Start {
    pub messages: Sender<Message>,
    pub shared: Arc<Shared>,
}

impl Start {
    /// Starts a thread of this name.
    pub fn thread(
        &self,
        name: &'static str,
        work: impl FnOnce(&Self) + Send + 'static,
    ) -> std::thread::JoinHandle<()> {
        let start = self.clone();
        let spawned = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                let _ = start.guarded(name, || test_panic(name));
                let _ = start.guarded(name, || work(&start));
            });
        match spawned {
            Ok(thread) => thread,
            Err(problem) => {
                // Without it the program still reads; say what is missing.
                self.say(
                    Gravity::Error,
                    &format!("{name} could not be started: {problem}"),
                );
                std::thread::spawn(|| {})
            }
        }
    }

    /// A connection of the thread's own; where there is none, that is said.
    pub fn reader(&self, path: &std::path::Path, gate: Arc<Gate>) -> Option<Reader> {
        Reader::open_gated(path, gate)
            .map_err(|problem| self.say(Gravity::Error, &problem.to_string()))
            .ok()
    }

    /// Runs one request; a panic becomes a message.
    pub fn guarded<T>(&self, what: &str, work: impl FnOnce() -> T) -> Option<T> {
        match catch_unwind(AssertUnwindSafe(work)) {
            Ok(done) => Some(done),
            Err(panic) => {
                let words = panic
                    .downcast_ref::<&str>()
                    .map(|words| (*words).to_owned())
                    .or_else(|| panic.downcast_ref::<String>().cloned())
                    .unwrap_or_default();
                let what = SafeText::clean_line(&format!("{what}: {words}"));
                let _ = self.messages.send(Message::WorkerFailed { what });
                None
            }
        }
    }

    /// Says something to the user.
    pub fn say(&self, gravity: Gravity, text: &str) {
        let _ = self.messages.send(Message::Notice {
            gravity,
            text: SafeText::clean_line(text),
        });
    }

    /// A number for a piece of work whose progress is told.
    pub fn job(&self) -> u64 {
        self.shared.jobs.fetch_add(1, Ordering::Relaxed)
    }

    /// Whether the end has come.
    pub fn is_ending(&self) -> bool {
        self.shared.ending.load(Ordering::Relaxed)
    }
}
