//! Background work: takes [`Effect`]s, sends [`Message`]s, owns the threads. Each thread owns what it works with (its
//! connection, its recogniser) and does one kind of thing, so that nothing waits behind something slower:
//!
//! | thread | does | cut short by |
//! |---|---|---|
//! | reading | rows, opened releases, passages, sources | a newer list |
//! | counting | counts, facets | a newer one of the same kind |
//! | searching | search as you type | the next key |
//! | writing | all changes; the user's before any batch | nothing |
//! | asking | rounds of visits to sources: those that are due, and beside them those that the user wants | the end |
//! | parting | takes apart what was kept, on all cores, the newest first | the end |
//! | completing | full texts for teasers, where the user wants them | the end |
//! | importing | files to releases, on all cores | the end |
//! | recognising | better readings: the opened release first, the rest while nothing happens | a newer opened release |
//! | checking | every page of the library, once, after an end that was none | the end |
//! | outside | the browser, exported files | nothing |
//!
//! A panic in one of them becomes [`Message::WorkerFailed`]; the thread goes on with the next request. What belongs to
//! the terminal (the clipboard by OSC 52, the editor, suspending, leaving) is not done here.

mod asking;
mod batches;
mod checking;
pub mod completing;
pub mod following;
pub mod gather;
mod outside;
pub mod parting;
mod reading;
mod recognising;
pub mod refreshing;
mod report;
pub mod roster;
mod searching;
mod threads;
mod watching;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use crossbeam_channel::{Sender, unbounded};

use crate::app::effect::{Effect, From, Scope, Sort, Ticket};
use crate::app::message::Message;
use crate::store::{self, Origin, Selection, Start, StoreError};

/// The running threads. Dropping it finishes what the user asked to be saved, stops the rest, and waits for what writes.
pub struct Jobs {
    reading: Sender<Effect>,
    counting: Sender<Effect>,
    searching: Sender<Effect>,
    writing: Sender<writing::Yours>,
    outside: Sender<Effect>,
    recognising: Sender<recognising::Wanted>,
    importing: Sender<gather::Import>,
    asking: Sender<Vec<crate::release::SourceId>>,
    completing: Sender<completing::Wish>,
    gate: Arc<store::Gate>,
    checked: Arc<store::Gate>,
    shared: Arc<Shared>,
    #[cfg(target_os = "linux")]
    watch: Option<watching::Watch>,
    threads: Vec<std::thread::JoinHandle<()>>,
}

/// What all threads see.
#[derive(Debug)]
struct Shared {
    /// The end has come: finish and go.
    ending: AtomicBool,
    /// When the user last did something, seconds since the epoch.
    active: AtomicI64,
    /// How many pieces of work have told their progress.
    jobs: AtomicU64,
}

impl Jobs {
    /// Opens the library at `path` (made where it is absent), starts the threads, and sends everything they have to say
    /// to `messages`. An empty library takes in the built-in samples.
    ///
    /// # Errors
    /// As [`store::open_or_rescue`].
    pub fn start(path: &Path, messages: Sender<Message>) -> Result<Self, StoreError> {
        Self::start_with(path, None, messages)
    }

    /// As [`Jobs::start`], with an imported model (its file) that finds names in place of the built-in ones. A library
    /// that cannot be written is opened for reading, and that is said.
    ///
    /// # Errors
    /// As [`store::open_or_rescue`], where it cannot be read either.
    pub fn start_with(
        path: &Path,
        model: Option<PathBuf>,
        messages: Sender<Message>,
    ) -> Result<Self, StoreError> {
        let warn = |text: &str| {
            let text = crate::text::SafeText::clean_line(text);
            let gravity = crate::app::message::Gravity::Warning;
            let _ = messages.send(Message::Notice { gravity, text });
        };
        // The last one to leave takes the log with him, unless he was killed (or is still there).
        let torn = store::log_path(path).exists();
        let library = match store::open_or_rescue(path, now()) {
            Ok((library, rescue)) => {
                if let Some(rescue) = rescue {
                    warn(&rescue.to_string());
                }
                Ok(library)
            }
            Err(problem) if problem.is_unwritable() && path.is_file() => {
                store::Reader::open(path)?;
                let _ = messages.send(Message::ReadOnly);
                warn(&format!(
                    "The library can only be read, nothing is kept: {problem}"
                ));
                Err(problem.to_string())
            }
            Err(problem) => return Err(problem),
        };
        let empty = match &library {
            Ok(library) => library.is_empty()?,
            Err(_) => false,
        };
        let writable = library.is_ok();
        let shared = Arc::new(Shared {
            ending: AtomicBool::new(false),
            active: AtomicI64::new(now()),
            jobs: AtomicU64::new(0),
        });
        let (yours, writing) = unbounded();
        let (bulk, batches) = crossbeam_channel::bounded(2);
        let (wanted, recognising) = unbounded();
        let (imports, importing) = unbounded();
        let (wishes, asking) = unbounded();
        let (teasers, completing) = unbounded();
        let (apart, parting) = unbounded();
        // One client, so that no host sees more than its share.
        let client = Arc::new(crate::source::Client::default());
        let (outside_sender, outside_receiver) = unbounded();
        let (read, reading) = unbounded();
        let (count, counting) = unbounded();
        let (search, searching) = unbounded();
        let gate = Arc::new(store::Gate::default());
        let checked = Arc::new(store::Gate::default());
        let start = threads::Start {
            messages: messages.clone(),
            shared: Arc::clone(&shared),
        };
        let mut threads = vec![
            start.thread("writing", {
                let messages = messages.clone();
                move |_| match library {
                    Ok(library) => {
                        writing::Desk::new(library, torn, messages).run(&writing, &batches)
                    }
                    Err(reason) => writing::refuse(&reason, &writing, &batches, &messages),
                }
            }),
            start.thread("reading", {
                let (path, wanted, messages) = (path.to_owned(), wanted.clone(), messages.clone());
                move |start| {
                    if let Some(reader) = start.reader(&path, Arc::default()) {
                        reading::run_reader(&reader, &reading, &messages, &wanted, start);
                    }
                }
            }),
            start.thread("counting", {
                let (path, messages) = (path.to_owned(), messages.clone());
                move |start| {
                    if let Some(counter) = start.reader(&path, Arc::default()) {
                        reading::run_counter(&counter, &counting, &messages, start);
                    }
                }
            }),
            start.thread("searching", {
                let (path, gate) = (path.to_owned(), Arc::clone(&gate));
                let messages = messages.clone();
                move |start| {
                    if let Some(searcher) = start.reader(&path, gate) {
                        searching::run(&searcher, &searching, &messages, start);
                    }
                }
            }),
            start.thread("asking", {
                let path = path.to_owned();
                let ends = asking::Ends {
                    batches: bulk.clone(),
                    yours: yours.clone(),
                    messages: messages.clone(),
                    apart: apart.clone(),
                };
                let client = Arc::clone(&client);
                move |start| asking::run(&path, client, &asking, &ends, start)
            }),
            start.thread("parting", {
                let path = path.to_owned();
                let ends = parting::Ends {
                    batches: bulk.clone(),
                    messages: messages.clone(),
                    wanted: wanted.clone(),
                    completing: teasers.clone(),
                };
                move |start| parting::run(&path, &parting, &ends, start)
            }),
            start.thread("completing", {
                let path = path.to_owned();
                let ends = completing::Ends {
                    yours: yours.clone(),
                    wanted: wanted.clone(),
                };
                move |start| completing::run(&path, &client, &completing, &ends, start)
            }),
            start.thread("recognising", {
                let (path, yours) = (path.to_owned(), yours.clone());
                move |start| {
                    recognising::run(&path, model.as_deref(), &recognising, &yours, start);
                }
            }),
            start.thread("importing", {
                let (wanted, messages) = (wanted.clone(), messages.clone());
                move |start| gather::run(&importing, &bulk, &messages, &wanted, start)
            }),
            start.thread("outside", {
                let path = path.to_owned();
                move |start| outside::run(&path, &outside_receiver, start)
            }),
        ];
        if torn && writable {
            threads.push(start.thread("checking", {
                let (path, checked) = (path.to_owned(), Arc::clone(&checked));
                move |start| checking::run(&path, &checked, start)
            }));
        }
        let jobs = Self {
            #[cfg(target_os = "linux")]
            watch: watching::start(path, yours.clone()),
            reading: read,
            counting: count,
            searching: search,
            writing: yours,
            outside: outside_sender,
            recognising: wanted,
            importing: imports,
            asking: wishes,
            completing: teasers,
            gate,
            checked,
            shared,
            threads,
        };
        if writable {
            // A kill may have left some.
            let _ = apart.send(parting::Wish::Started);
        }
        if empty {
            let _ = jobs.importing.send(gather::Import::Samples);
        }
        Ok(jobs)
    }

    /// Has an effect done. Never blocks.
    pub fn run(&self, effect: Effect) {
        self.shared.active.store(now(), Ordering::Relaxed);
        // A send fails only where its thread has ended, after its end was reported.
        match effect {
            Effect::Rows { .. }
            | Effect::Open { .. }
            | Effect::Passages { .. }
            | Effect::Sources { .. } => {
                let _ = self.reading.send(effect);
            }
            Effect::Count { .. }
            | Effect::Facets { .. }
            | Effect::About { .. }
            | Effect::Changes { .. }
            | Effect::Corrected { .. }
            | Effect::Names { .. } => {
                let _ = self.counting.send(effect);
            }
            Effect::Search { ticket, .. } => {
                self.gate.want(ticket.0);
                let _ = self.searching.send(effect);
            }
            Effect::Recognise { ticket, release } => {
                let _ = self
                    .recognising
                    .send(recognising::Wanted::Now(ticket, release));
            }
            Effect::Complete { ticket, release } => {
                let _ = self
                    .completing
                    .send(completing::Wish::Opened(ticket, release));
            }
            Effect::OpenAddress { .. } | Effect::Export { .. } => {
                let _ = self.outside.send(effect);
            }
            Effect::Copy { .. } | Effect::EditText { .. } | Effect::Suspend | Effect::Quit => {}
            Effect::Refresh { sources } => {
                let _ = self.asking.send(sources);
            }
            change => {
                let _ = self.writing.send(writing::Yours::Change(change));
            }
        }
    }

    /// Takes files and directories into the library, each under its origin, in the background. Answered by
    /// `Message::Progress` and `Message::LibraryChanged`.
    pub fn import(&self, paths: Vec<(PathBuf, Origin)>) {
        let _ = self.importing.send(gather::Import::Paths(paths));
    }

    /// Reads files, directories and addresses once and takes them in under "Opened", in the background. Answered as
    /// [`Jobs::import`], and by `Message::Show` where it is one release.
    pub fn open(&self, places: Vec<gather::Place>) {
        let _ = self.importing.send(gather::Import::Opened(places));
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.shared.ending.store(true, Ordering::Relaxed);
        self.gate.want(u64::MAX);
        self.checked.want(u64::MAX);
        #[cfg(target_os = "linux")]
        drop(self.watch.take());
        let nowhere = || unbounded().0;
        self.reading = nowhere();
        self.counting = nowhere();
        self.searching = nowhere();
        self.outside = nowhere();
        self.importing = unbounded().0;
        self.asking = unbounded().0;
        self.completing = unbounded().0;
        self.recognising = unbounded().0;
        let _ = self.writing.send(writing::Yours::End);
        // Leaving waits for what is on its way to the disk, and for nothing else: a reading that is half done is
        // done anew next time.
        let writes = |name: &str| matches!(name, "writing" | "importing" | "outside");
        for thread in self.threads.drain(..) {
            if thread.thread().name().is_none_or(writes) {
                // Its panic was reported when it happened.
                let _ = thread.join();
            }
        }
    }
}

/// Seconds since the epoch.
#[must_use]
pub fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}

/// Days since the epoch, UTC.
fn today() -> i64 {
    now().div_euclid(86_400)
}

/// A scope in the store's words. Its query is read as it is typed: the last word may be a beginning.
#[must_use]
pub fn selection(scope: &Scope) -> Selection {
    let order = match scope.sort {
        Sort::Newest => store::Order::Newest,
        Sort::Oldest => store::Order::Oldest,
        Sort::Best => store::Order::Best,
    };
    use crate::app::effect::Filter;
    let show = match scope.filter {
        Filter::All => store::Show::All,
        Filter::Unread => store::Show::Unread,
        Filter::Starred => store::Show::Starred,
        Filter::WithPassages => store::Show::WithPassages,
    };
    let whole = Selection {
        show,
        source: scope.source,
        group: scope.group.clone(),
        entity: scope.entity,
        story: scope.story,
        query: None,
        order,
    };
    match &scope.query {
        Some(query) => whole.typed(query),
        None => whole,
    }
}

fn start_of(from: From) -> Start {
    match from {
        From::Start => Start::First,
        From::End => Start::Last,
        From::After(id) => Start::After(id),
        From::Before(id) => Start::Before(id),
        From::Around(id) => Start::Around(id),
    }
}

/// The ticket of a request that is answered.
fn ticket_of(effect: &Effect) -> Ticket {
    match effect {
        Effect::Rows { ticket, .. }
        | Effect::Count { ticket, .. }
        | Effect::Search { ticket, .. }
        | Effect::Open { ticket, .. }
        | Effect::Recognise { ticket, .. }
        | Effect::Complete { ticket, .. }
        | Effect::Passages { ticket, .. }
        | Effect::Sources { ticket }
        | Effect::Facets { ticket, .. }
        | Effect::About { ticket, .. }
        | Effect::Changes { ticket, .. }
        | Effect::Corrected { ticket, .. }
        | Effect::Names { ticket, .. }
        | Effect::Decide { ticket, .. }
        | Effect::SetRead { ticket, .. }
        | Effect::SetStar { ticket, .. }
        | Effect::SetTags { ticket, .. }
        | Effect::SetDeleted { ticket, .. }
        | Effect::AddPassage { ticket, .. }
        | Effect::EditPassage { ticket, .. }
        | Effect::SetPassageDeleted { ticket, .. }
        | Effect::DeclineRepair { ticket, .. }
        | Effect::SetSource { ticket, .. }
        | Effect::Follow { ticket, .. }
        | Effect::SetFollowed { ticket, .. }
        | Effect::EditText { ticket, .. } => *ticket,
        _ => Ticket(0),
    }
}
