//! `dateline refresh [SOURCE...]`: asks the sources for what is new, without a screen: progress where people look,
//! silence in cron, exit codes for scripts. Sources whose time has not come are left alone, unless they are named.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::{Done, Failure, Globals, Talk, shelf};
use crate::jobs::completing::{self, Completion};
use crate::jobs::gather::{Gathered, Then};
use crate::jobs::now;
use crate::jobs::parting;
use crate::jobs::refreshing::{Plan, Visited, Wish, refresh, settle};
use crate::release::FullText;
use crate::source::{Client, Visitors};
use crate::store::{Followed, Library, StoreError};

/// Arguments of `refresh`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The sources, by name, address or number; those that are due where none is named
    #[arg(value_name = "SOURCE")]
    sources: Vec<String>,
    /// Ask all sources, due or not
    #[arg(long)]
    all: bool,
    /// Only keep what came, and leave reading it in to the next start
    #[arg(long)]
    later: bool,
}

/// Asks, takes in what came, keeps the states.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let reader = shelf::some_reader(globals)?;
    let followed = reader.followed()?;
    let waiting = reader.waiting_count().unwrap_or(0) + reader.uncompared().unwrap_or(0);
    drop(reader);
    let (wanted, wish) = wanted(args, followed)?;
    let plan = Plan::new(wanted, wish, now());
    let mut taker = Taker::new(shelf::writer(globals)?, Talk::new(globals), plan.len());
    for problem in &plan.problems {
        taker.problem(problem);
    }
    if plan.is_empty() && (waiting == 0 || args.later) {
        taker.talk.say("dateline: no source is due");
        return Ok(if taker.problems == 0 {
            Done::All
        } else {
            Done::Partly
        });
    }
    let client = Arc::new(Client::default());
    refresh(
        &Visitors::new(Arc::clone(&client)),
        &plan,
        now(),
        &AtomicBool::new(false),
        &mut |gathered| taker.take(gathered),
    );
    if !args.later {
        taker.take_apart(globals)?;
        taker.complete(&client, globals)?;
    }
    taker.finish(plan.len())
}

/// The sources that the arguments name.
fn wanted(args: &Args, followed: Vec<Followed>) -> Result<(Vec<Followed>, Wish), Failure> {
    if args.sources.is_empty() {
        return Ok((followed, if args.all { Wish::All } else { Wish::Due }));
    }
    let named = |source: &Followed, name: &str| {
        source.origin.name.eq_ignore_ascii_case(name)
            || source.origin.address.as_deref() == Some(name)
            || source.id.0.to_string() == name
    };
    if let Some(unknown) = args
        .sources
        .iter()
        .find(|n| !followed.iter().any(|s| named(s, n)))
    {
        return Err(Failure::data(format!("no source is called {unknown}"))
            .hint("dateline sources lists them with their numbers"));
    }
    let chosen = followed
        .into_iter()
        .filter(|s| args.sources.iter().any(|n| named(s, n)));
    Ok((chosen.collect(), Wish::Named))
}

/// Writes what comes and counts it.
struct Taker {
    library: Library,
    talk: Talk,
    asked: usize,
    visited: usize,
    added: usize,
    changed: usize,
    apart: u64,
    /// Something was taken in that is not committed yet.
    held: bool,
    /// Visits that are to be noted once it is.
    visits: Vec<Visited>,
    /// How many wait to be taken apart, while they are.
    reading_in: Option<u64>,
    /// What could not be read, of sources that answered too.
    problems: usize,
    /// Sources that gave no good answer.
    failed: usize,
    failure: Option<StoreError>,
}

impl Taker {
    fn new(library: Library, talk: Talk, asked: usize) -> Self {
        Self {
            library,
            talk,
            asked,
            visited: 0,
            added: 0,
            changed: 0,
            apart: 0,
            held: false,
            visits: Vec::new(),
            reading_in: None,
            problems: 0,
            failed: 0,
            failure: None,
        }
    }

    fn problem(&mut self, problem: &crate::source::Problem) {
        self.problems += 1;
        self.talk.problem(problem);
    }

    fn take(&mut self, gathered: Gathered) -> ControlFlow<()> {
        match gathered {
            Gathered::Problem(problem) => self.problem(&problem),
            Gathered::Passed | Gathered::Pause => {}
            Gathered::Visited(visited) => {
                self.visited += 1;
                self.failed += usize::from(visited.state.trouble.is_some());
                self.progress();
                self.visits.push(*visited);
                return self.committed(if self.held { Then::More } else { Then::Commit });
            }
            Gathered::Commit => return self.committed(Then::Commit),
            Gathered::Batch(releases, origin, then) => {
                match then.take_in(&mut self.library, &releases, &origin, now()) {
                    Ok(intake) => {
                        self.added += intake.added.len();
                        self.changed += intake.changed.len();
                        self.apart += intake.apart.len() as u64;
                        self.progress();
                        return self.committed(then);
                    }
                    Err(problem) => {
                        self.failure = Some(problem);
                        return ControlFlow::Break(());
                    }
                }
            }
            Gathered::Arrived(arrived, then) => {
                let (arrivals, rests): (Vec<_>, Vec<_>) = arrived.into_iter().unzip();
                match then.keep(&mut self.library, arrivals, now()) {
                    Ok(kept) => {
                        for (kept, rest) in kept.into_iter().zip(rests) {
                            self.added += kept.added.len();
                            // Whoever asked has gone only where nothing more is wanted.
                            let _ = rest.send(kept.rest);
                        }
                        self.progress();
                        return self.committed(then);
                    }
                    Err(problem) => {
                        self.failure = Some(problem);
                        return ControlFlow::Break(());
                    }
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Where nothing follows at once, has everything committed, and then notes the visits that brought it.
    fn committed(&mut self, then: Then) -> ControlFlow<()> {
        self.held = then == Then::More;
        if self.held {
            return ControlFlow::Continue(());
        }
        let committed = self.library.commit();
        let settled = committed.and_then(|()| {
            let mut visits = self.visits.drain(..);
            visits.try_for_each(|visited| settle(&mut self.library, &visited))
        });
        match settled {
            Ok(()) => ControlFlow::Continue(()),
            Err(problem) => {
                self.failure = Some(problem);
                ControlFlow::Break(())
            }
        }
    }

    /// Takes apart what was kept, now or before a refresh that was cut off. Where this one is, the next goes on.
    fn take_apart(&mut self, globals: &Globals) -> Result<(), Failure> {
        self.take_waiting_apart(globals)?;
        /// Releases that are compared in one transaction.
        const SOME: usize = 256;
        while self.failure.is_none() && self.library.compare(SOME)? > 0 {}
        Ok(())
    }

    fn take_waiting_apart(&mut self, globals: &Globals) -> Result<(), Failure> {
        let waiting = shelf::some_reader(globals)?.waiting_count()?;
        if waiting == 0 || self.failure.is_some() {
            return Ok(());
        }
        if std::io::stderr().is_terminal() {
            self.talk.over("");
            self.talk.say(&format!(
                "dateline: {} new are in the list; reading {waiting} in",
                self.added
            ));
        }
        let path = self.library.path().to_owned();
        self.reading_in = Some(waiting);
        parting::take_apart(&path, &AtomicBool::new(false), &mut |gathered| {
            self.take(gathered)
        });
        self.reading_in = None;
        // What short forms stand for is learnt again with the next batch.
        let _ = self.library.learn();
        Ok(())
    }

    /// The full texts of the newest teasers, for the sources that always get them. A page that cannot be read costs
    /// nothing: it is asked again after the next refresh.
    fn complete(&mut self, client: &Client, globals: &Globals) -> Result<(), Failure> {
        let reader = shelf::some_reader(globals)?;
        for source in completing::sources(&reader, FullText::Always)? {
            for release in completing::candidates(&reader, &source)? {
                let full = match completing::complete(&reader, client, &source, release)? {
                    Completion::Nothing => continue,
                    // A host that does not answer is not asked for the next page either.
                    Completion::Failed(_) => break,
                    Completion::NoMore => None,
                    Completion::Full(full) => Some(full),
                };
                self.library.complete(release, full.as_deref(), now())?;
            }
        }
        Ok(())
    }

    /// One line that is written over, where people look at standard error.
    fn progress(&self) {
        if std::io::stderr().is_terminal() {
            if let Some(waiting) = self.reading_in {
                let done = self.apart;
                return self
                    .talk
                    .over(&format!("dateline: {done} of {waiting} read in"));
            }
            let Self {
                visited,
                asked,
                added,
                ..
            } = self;
            self.talk.over(&format!(
                "dateline: {visited} of {asked} sources, {added} new"
            ));
        }
    }

    fn finish(mut self, asked: usize) -> Result<Done, Failure> {
        if let Some(problem) = self.failure {
            return Err(problem.into());
        }
        let _ = self.library.checkpoint();
        self.library.mirror()?;
        let Self {
            added,
            changed,
            problems,
            failed,
            ..
        } = self;
        if std::io::stderr().is_terminal() {
            self.talk.over("");
            self.talk.say(&format!(
                "dateline: {asked} sources asked, {added} new, {changed} changed, {failed} failed"
            ));
        }
        match (failed, problems) {
            (0, 0) => Ok(Done::All),
            _ if asked > 0 && failed >= asked => {
                Err(Failure::network("no source gave a good answer"))
            }
            _ => Ok(Done::Partly),
        }
    }
}
