//! `dateline add URL|PATH...`: follows feeds, pages, folders and files. Files and folders are taken in at once; an
//! address is asked by `dateline refresh`.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::shelf;
use super::{Done, Failure, Globals, Talk};
use crate::jobs::following::{at_path, is_address, other_address};
use crate::jobs::gather::{Gathered, gather};
use crate::jobs::now;
use crate::jobs::refreshing::read_before;
use crate::release::{FullText, SourceChoices, SourceId, interval_of};
use crate::source::{Problem, fingerprint};
use crate::store::{Library, Origin, StoreError};

/// Arguments of `add`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Addresses and paths
    #[arg(required = true, value_name = "URL|PATH")]
    places: Vec<String>,
    /// What the source is called (where one is named)
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// A tag of the source, or several; the first is its group
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Time between two visits: 30 min, 2 h, 1 d
    #[arg(long, value_name = "TIME", value_parser = interval)]
    every: Option<i64>,
    /// When teasers get the full text of their page
    #[arg(long, value_name = "WHEN")]
    full_text: Option<FullTextChoice>,
}

/// When teasers get their full text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum FullTextChoice {
    /// Never
    Never,
    /// When the release is opened
    OnOpen,
    /// After each refresh
    Always,
}

fn interval(typed: &str) -> Result<i64, String> {
    interval_of(typed).ok_or_else(|| "write 30 min, 2 h or 1 d".to_owned())
}

impl Args {
    /// Sets what the options say about a source that is followed now.
    fn choose(
        &self,
        library: &mut Library,
        source: SourceId,
        origin: &Origin,
    ) -> Result<(), StoreError> {
        let named = self.name.as_ref().filter(|_| self.places.len() == 1);
        if named.is_none()
            && self.tags.is_empty()
            && self.every.is_none()
            && self.full_text.is_none()
        {
            return Ok(());
        }
        let full_text = match self.full_text {
            Some(FullTextChoice::OnOpen) => FullText::OnOpen,
            Some(FullTextChoice::Always) => FullText::Always,
            Some(FullTextChoice::Never) | None => FullText::Never,
        };
        let choices = SourceChoices {
            name: named.unwrap_or(&origin.name).clone(),
            tags: self.tags.clone(),
            interval: self.every,
            full_text,
            paused: false,
        };
        library.set_source(source, &choices)
    }
}

/// Follows sources and takes in what is there.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let talk = Talk::new(globals);
    let mut library = shelf::writer(globals)?;
    let mut paths = Vec::new();
    let mut read = Vec::new();
    let mut refused = 0;
    for place in &args.places {
        if is_address(place) {
            let origin = Origin {
                kind: "feed".into(),
                name: place.clone(),
                address: Some(place.clone()),
            };
            let source = library.follow(&origin, now())?;
            args.choose(&mut library, source, &origin)?;
            talk.say(&format!(
                "dateline: {place} is followed; `dateline refresh` asks it"
            ));
            continue;
        }
        if let Some(why) = other_address(place) {
            talk.problem(&Problem::new(place, &why));
            refused += 1;
            continue;
        }
        let origin = origin(Path::new(place));
        if origin.address.is_some() && Path::new(place).exists() {
            let source = library.follow(&origin, now())?;
            args.choose(&mut library, source, &origin)?;
            read.push((source, fingerprint(Path::new(place))));
        }
        paths.push((PathBuf::from(place), origin));
    }
    let mut taker = Taker {
        library,
        talk,
        added: 0,
        changed: 0,
        known: 0,
        problems: refused,
        failure: None,
    };
    gather(&paths, &AtomicBool::new(false), &mut |gathered| {
        taker.take(gathered)
    });
    for (source, print) in read {
        if taker.failure.is_none() {
            let state = read_before(print, now());
            taker.library.set_follow_state(source, &state)?;
        }
    }
    taker.finish(!paths.is_empty() || refused > 0)
}

/// The source that a path is: a folder, a file, or what came over standard input.
fn origin(path: &Path) -> Origin {
    if path.as_os_str() == "-" {
        return Origin::opened();
    }
    at_path(path)
}

/// Writes what is gathered and counts it.
struct Taker {
    library: Library,
    talk: Talk,
    added: u64,
    changed: u64,
    known: u64,
    problems: u64,
    failure: Option<StoreError>,
}

impl Taker {
    fn take(&mut self, gathered: Gathered) -> ControlFlow<()> {
        match gathered {
            // Only visits to sources bring these.
            Gathered::Visited(_) | Gathered::Arrived(..) => {}
            Gathered::Problem(problem) => {
                self.problems += 1;
                self.talk.problem(&problem);
            }
            Gathered::Batch(releases, origin) => {
                match self.library.take_in(&releases, &origin, now()) {
                    Ok(intake) => {
                        self.added += intake.added.len() as u64;
                        self.changed += intake.changed.len() as u64;
                        self.known += intake.known;
                        self.progress();
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

    /// One line that is written over, where people look at standard error.
    fn progress(&self) {
        if std::io::stderr().is_terminal() {
            self.talk.over(&format!(
                "dateline: {} taken in",
                self.added + self.changed + self.known
            ));
        }
    }

    fn finish(mut self, asked: bool) -> Result<Done, Failure> {
        if std::io::stderr().is_terminal() {
            self.talk.over("");
        }
        // Neither costs anything that was taken in: both are done again with the next batch.
        let _ = self.library.learn();
        let _ = self.library.checkpoint();
        let mirrored = self.library.mirror();
        if let Some(problem) = self.failure {
            return Err(problem.into());
        }
        mirrored?;
        if asked {
            let Self {
                added,
                changed,
                known,
                problems,
                ..
            } = self;
            self.talk.say(&format!(
                "dateline: {added} new, {changed} changed, {known} known, {problems} not read"
            ));
        }
        let read = self.added + self.changed + self.known;
        match (self.problems, read) {
            (0, _) => Ok(Done::All),
            (_, 0) => Err(Failure::data("nothing could be read")),
            _ => Ok(Done::Partly),
        }
    }
}
