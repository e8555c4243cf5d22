//! `dateline add URL|PATH...`: follows feeds, pages, folders and files. Files and folders are taken in at once; an
//! address is asked by `dateline refresh`.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::shelf;
use super::{Done, Failure, Globals, Talk};
use crate::jobs::following::origin_of;
use crate::jobs::gather::{Gathered, gather};
use crate::jobs::now;
use crate::jobs::refreshing::read_before;
use crate::release::{FullText, SourceChoices, SourceId, interval_of};
use crate::source::{Problem, fingerprint, header};
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
    /// A tag of the source, or several, in place of those it has; the first is its group
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Time between two visits: 30 min, 2 h, 1 d
    #[arg(long, value_name = "TIME", value_parser = interval)]
    every: Option<i64>,
    /// When teasers get the full text of their page
    #[arg(long, value_name = "WHEN")]
    full_text: Option<FullTextChoice>,
    /// A header that is sent to the source and nowhere else, as 'Name: value', or several; 'Name:' takes it away
    #[arg(long = "header", value_name = "HEADER", value_parser = header)]
    headers: Vec<(String, String)>,
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
    /// Sets what the options say about a source that is followed. What they do not speak of stays as it was chosen.
    fn choose(&self, library: &mut Library, source: SourceId) -> Result<(), StoreError> {
        if !self.headers.is_empty() {
            library.set_source_headers(source, &self.headers)?;
        }
        let before = library.source_choices(source)?.unwrap_or_default();
        let named = self.name.clone().filter(|_| self.places.len() == 1);
        let tags = if self.tags.is_empty() {
            before.tags.clone()
        } else {
            self.tags.clone()
        };
        let choices = SourceChoices {
            name: named.unwrap_or_else(|| before.name.clone()),
            tags,
            interval: self.every.or(before.interval),
            full_text: self.full_text.map_or(before.full_text, FullText::from),
            paused: before.paused,
        };
        if choices == before {
            return Ok(());
        }
        library.set_source(source, &choices)
    }
}

impl From<FullTextChoice> for FullText {
    fn from(choice: FullTextChoice) -> Self {
        match choice {
            FullTextChoice::Never => Self::Never,
            FullTextChoice::OnOpen => Self::OnOpen,
            FullTextChoice::Always => Self::Always,
        }
    }
}

/// Follows sources and takes in what is there.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let talk = Talk::new(globals);
    let mut library = shelf::writer(globals)?;
    let mut paths = Vec::new();
    let mut read = Vec::new();
    let (mut followed, mut refused) = (0, 0);
    for place in &args.places {
        if place == "-" {
            paths.push((PathBuf::from(place), Origin::opened()));
            continue;
        }
        let origin = match origin_of(place) {
            Ok(origin) => origin,
            Err(why) => {
                talk.problem(&Problem::new("not followed", &why));
                refused += 1;
                continue;
            }
        };
        let source = library.follow(&origin, now())?;
        args.choose(&mut library, source)?;
        if origin.kind == "feed" {
            followed += 1;
            let name = &origin.name;
            talk.say(&format!(
                "dateline: {name} is followed; `dateline refresh` asks it"
            ));
            continue;
        }
        let path = origin.address.clone().map(PathBuf::from);
        // A path as it was typed is told as it was typed.
        let typed = Path::new(place);
        let path = path.filter(|_| !typed.exists());
        let path = path.unwrap_or_else(|| typed.to_owned());
        read.push((source, fingerprint(&path)));
        paths.push((path, origin));
    }
    let mut taker = Taker {
        library,
        talk,
        followed,
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
    taker.finish(!paths.is_empty())
}

/// Writes what is gathered and counts it.
struct Taker {
    library: Library,
    talk: Talk,
    /// Addresses that are followed and not asked yet.
    followed: u64,
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
            Gathered::Visited(_) | Gathered::Arrived(..) | Gathered::Passed | Gathered::Pause => {}
            Gathered::Problem(problem) => {
                self.problems += 1;
                self.talk.problem(&problem);
            }
            Gathered::Commit => {
                if let Err(problem) = self.library.commit() {
                    self.failure = Some(problem);
                    return ControlFlow::Break(());
                }
            }
            Gathered::Batch(releases, origin, then) => {
                match then.take_in(&mut self.library, &releases, &origin, now()) {
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
        let done = self.followed + self.added + self.changed + self.known;
        match (self.problems, done) {
            (0, _) => Ok(Done::All),
            (_, 0) if !asked => Err(Failure::data("nothing is followed")),
            (_, 0) => Err(Failure::data("nothing could be read")),
            _ => Ok(Done::Partly),
        }
    }
}
