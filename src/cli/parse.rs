//! `dateline parse PATH…`: reads, understands, prints, and touches no library. It exists for scripts, and for every
//! check of what dateline understands. Reading, understanding and printing run side by side; what is printed keeps the
//! order of the inputs. One bad input never stops the rest.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::{Done, Failure, Form, Globals, Out, Talk};
use crate::entity::{Reading, Recogniser, Recognition};
use crate::release::{Incoming, Release, understand};
use crate::source::{self, Problem, Read};
use crate::text::SafeText;

/// Stack of a worker, in bytes: pages nest deeply, and the parsers recurse.
const STACK: usize = 16 << 20;

/// Arguments of `parse`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print one JSON array; without a choice, that is what a program gets that reads along (standard output is no
    /// terminal)
    #[arg(long, conflicts_with_all = ["jsonl", "plain"])]
    json: bool,
    /// Print one JSON object a line
    #[arg(long, conflicts_with = "plain")]
    jsonl: bool,
    /// Print one line a release: date, issuer, headline, path, parted by tabs
    #[arg(long)]
    plain: bool,
    /// How much to read for entities
    #[arg(long, value_name = "HOW", default_value = "careful")]
    reading: ReadingChoice,
}

/// How much reading recognition does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum ReadingChoice {
    /// Patterns and lists of names alone
    Patterns,
    /// The fast network as well
    Fast,
    /// The careful network as well
    Careful,
}

impl From<ReadingChoice> for Reading {
    fn from(choice: ReadingChoice) -> Self {
        match choice {
            ReadingChoice::Patterns => Self::Patterns,
            ReadingChoice::Fast => Self::Fast,
            ReadingChoice::Careful => Self::Careful,
        }
    }
}

/// What comes out of a worker.
type Understood = Result<Box<(Release, Recognition)>, Problem>;

/// Parses everything and prints it.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let mut printer = Printer::new(args, Talk::new(globals));
    printer.open()?;
    each_understood(&args.paths, args.reading.into(), |understood| {
        printer.print(understood)
    })?;
    printer.close()
}

/// Reads the paths on one thread and understands what comes on several; hands the results over in order.
fn each_understood(
    paths: &[PathBuf],
    reading: Reading,
    mut hand: impl FnMut(Understood) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let (to_work, work) = bounded::<(usize, Read)>(workers * 2);
    let (to_print, print) = bounded::<(usize, Understood)>(workers * 2);
    std::thread::scope(|scope| {
        let spawn = |name: &str, body: Box<dyn FnOnce() + Send>| {
            std::thread::Builder::new()
                .name(name.to_owned())
                .stack_size(STACK)
                .spawn_scoped(scope, body)
                .map_err(|e| Failure::data(format!("cannot start a thread: {e}")))
        };
        let paths = paths.to_vec();
        spawn("reader", Box::new(move || read_all(&paths, &to_work)))?;
        for _ in 0..workers {
            let (work, to_print) = (work.clone(), to_print.clone());
            spawn(
                "worker",
                Box::new(move || understand_all(reading, &work, &to_print)),
            )?;
        }
        // These ends must go, or the channels never close.
        drop((work, to_print));
        in_order(print, &mut hand)
    })
}

fn read_all(paths: &[PathBuf], to_work: &Sender<(usize, Read)>) {
    let mut number = 0;
    for path in paths {
        let mut open = true;
        source::read_path(path, &mut |read| {
            open = to_work.send((number, read)).is_ok();
            number += 1;
            if open {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        if !open {
            return;
        }
    }
}

fn understand_all(
    reading: Reading,
    work: &Receiver<(usize, Read)>,
    to_print: &Sender<(usize, Understood)>,
) {
    let mut recogniser = Recogniser::new(reading);
    for (number, read) in work {
        let understood = match read {
            Read::Release(incoming) => understand_one(&mut recogniser, &incoming),
            Read::Problem(problem) => Err(problem),
        };
        if to_print.send((number, understood)).is_err() {
            return;
        }
    }
}

/// A panic over one release is that release's problem, not the others'.
fn understand_one(recogniser: &mut Recogniser, incoming: &Incoming) -> Understood {
    let understood = catch_unwind(AssertUnwindSafe(|| {
        let release = understand(incoming, &[]);
        let recognition = recogniser.recognise(&release);
        Box::new((release, recognition))
    }));
    understood.map_err(|_| Problem {
        place: SafeText::clean_line(incoming.path.as_deref().unwrap_or("-")),
        message: SafeText::clean_line("dateline failed on this release; please report it"),
    })
}

/// Hands results over by their number: the workers finish in any order. Takes the receiver, so that an error here
/// closes the channel and the threads end.
fn in_order(
    print: Receiver<(usize, Understood)>,
    hand: &mut impl FnMut(Understood) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, understood) in print {
        early.insert(number, understood);
        while let Some(understood) = early.remove(&next) {
            next += 1;
            hand(understood)?;
        }
    }
    Ok(())
}

/// Writes results in the form that was asked for, and counts.
struct Printer<'a> {
    args: &'a Args,
    /// One JSON array.
    json: bool,
    out: Out,
    talk: Talk,
    printed: usize,
    problems: usize,
}

impl<'a> Printer<'a> {
    fn new(args: &'a Args, talk: Talk) -> Self {
        Self {
            args,
            json: args.json || !(args.jsonl || args.plain || Out::is_terminal()),
            out: Out::stdout(),
            talk,
            printed: 0,
            problems: 0,
        }
    }

    fn open(&mut self) -> Result<(), Failure> {
        if self.json {
            self.out.raw(b"[")?;
        }
        Ok(())
    }

    fn print(&mut self, understood: Understood) -> Result<(), Failure> {
        match understood {
            Err(problem) => {
                self.problems += 1;
                self.talk.problem(&problem);
                Ok(())
            }
            Ok(pair) => {
                self.printed += 1;
                self.release(&pair.0, &pair.1)
            }
        }
    }

    fn release(&mut self, release: &Release, recognition: &Recognition) -> Result<(), Failure> {
        let form = Form::new(None, release, recognition);
        if self.json {
            self.out
                .raw(if self.printed > 1 { b",\n" } else { b"\n" })?;
            super::write_json(&mut self.out, &form, false)
        } else if self.args.jsonl {
            super::write_json(&mut self.out, &form, false)?;
            self.out.raw(b"\n")
        } else if self.args.plain {
            self.out.line(&plain_line(release))
        } else {
            self.out
                .line(&super::print::for_people(release, recognition))
        }
    }

    fn close(mut self) -> Result<Done, Failure> {
        if self.json {
            self.out
                .raw(if self.printed > 0 { b"\n]\n" } else { b"]\n" })?;
        }
        self.out.finish()?;
        match (self.printed, self.problems) {
            (0, 0) => Ok(Done::Nothing),
            (_, 0) => Ok(Done::All),
            (0, _) => Err(Failure::data("nothing could be read")),
            _ => Ok(Done::Partly),
        }
    }
}

fn plain_line(release: &Release) -> String {
    let field = |f: &Option<SafeText>| {
        f.as_ref()
            .map_or(String::new(), |s| s.replace(['\t', '\n'], " "))
    };
    [
        field(&release.published),
        field(&release.issuer),
        field(&release.headline),
        field(&release.path),
    ]
    .join("\t")
}
