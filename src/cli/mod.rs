//! The command line: one file per subcommand, each with its `Args` and its `run`. This file holds the tree of commands,
//! the options they share and the exit codes; it exists so that scripts, completions and the man page see one thing.
//! It refuses to print: data go through [`Out`], talk through [`Talk`].
//!
//! To add a subcommand: a file with `Args` (`clap::Args`) and `run(&Args, &Globals) -> Result<Done, Failure>`, a
//! variant of [`Command`], an arm of [`Command::run`].

mod add;
mod brief;
mod check;
mod completions;
mod doctor;
mod entities;
mod export;
mod failure;
mod list;
mod man;
mod model;
mod open;
mod opml;
mod out;
mod parse;
mod passage;
mod passages;
mod print;
mod refresh;
mod remove;
mod search;
mod shelf;
mod show;
mod sources;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

pub use failure::{Done, Failure};
pub use out::{Out, Talk};
pub use print::{Form, write_json};

/// The terminal reader for press releases.
///
/// Without a command, opens the library; with paths or addresses, opens these to read without following them.
#[derive(Debug, Parser)]
#[command(name = "dateline", version)]
#[command(after_help = "Examples:
  dateline                                 the library; on the first start, samples and a guide
  dateline release.html                    one release, to read
  dateline add ~/releases                  a folder, followed from now on
  dateline add https://example.com/rss     a feed; dateline refresh asks it
  dateline search 'org:bank rate'          ranked, with snippets
  dateline parse --json release.txt        what dateline understands of a file

Exit codes: 0 done, 1 nothing found or some inputs failed, 2 usage, 3 data, 4 network, 130 interrupted.")]
pub struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    open: open::Args,
}

/// What every command takes.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Globals {
    /// Read this configuration file in place of the usual one
    #[arg(long, global = true, value_name = "FILE", env = "DATELINE_CONFIG")]
    pub config: Option<PathBuf>,
    /// Keep the library and everything else in this directory
    #[arg(long, global = true, value_name = "DIR", env = "DATELINE_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// When to colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorWhen,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands, in the order of the help.
#[derive(Debug, Subcommand)]
enum Command {
    /// Read releases, understand them, print them; touches no library
    Parse(parse::Args),
    /// Follow feeds, pages, folders and files
    Add(add::Args),
    /// List what is followed
    Sources(sources::Args),
    /// Stop following a source; its releases stay
    Remove(remove::Args),
    /// Ask the sources for what is new
    Refresh(refresh::Args),
    /// List releases of the library
    List(list::Args),
    /// Search the library; ranked, with snippets
    Search(search::Args),
    /// Show one release
    Show(show::Args),
    /// List the entities that releases name
    Entities(entities::Args),
    /// List bookmarked passages
    Passages(passages::Args),
    /// Bookmark a passage, or remove one
    Passage(passage::Args),
    /// Write what has come since a moment, as Markdown
    Brief(brief::Args),
    /// Hold every quotation of a draft against the library
    Check(check::Args),
    /// Write passages with citations, or whole releases
    Export(export::Args),
    /// Bring subscriptions in, or write them out
    Opml(opml::Args),
    /// Check library, index, terminal and configuration; mend what can be rebuilt
    Doctor(doctor::Args),
    /// Bring other recognisers in, check them, list them
    Model(model::Args),
    /// Write the completions of a shell
    Completions(completions::Args),
    /// Write the man page
    Man(man::Args),
}

impl Command {
    /// Says what of the configuration could not be used, where the command goes by it: it may not work on the library
    /// that was meant.
    fn tell_mistakes(&self, globals: &Globals) {
        let regardless = matches!(
            self,
            Self::Parse(_) | Self::Doctor(_) | Self::Completions(_) | Self::Man(_)
        );
        if !regardless {
            let talk = Talk::new(globals);
            for mistake in shelf::mistakes(globals) {
                talk.mistake(&mistake);
            }
        }
    }

    fn run(&self, globals: &Globals) -> Result<Done, Failure> {
        match self {
            Self::Parse(args) => parse::run(args, globals),
            Self::Add(args) => add::run(args, globals),
            Self::Sources(args) => sources::run(args, globals),
            Self::Remove(args) => remove::run(args, globals),
            Self::Refresh(args) => refresh::run(args, globals),
            Self::List(args) => list::run(args, globals),
            Self::Search(args) => search::run(args, globals),
            Self::Show(args) => show::run(args, globals),
            Self::Entities(args) => entities::run(args, globals),
            Self::Passages(args) => passages::run(args, globals),
            Self::Passage(args) => passage::run(args, globals),
            Self::Brief(args) => brief::run(args, globals),
            Self::Check(args) => check::run(args, globals),
            Self::Export(args) => export::run(args, globals),
            Self::Opml(args) => opml::run(args, globals),
            Self::Doctor(args) => doctor::run(args, globals),
            Self::Model(args) => model::run(args, globals),
            Self::Completions(args) => completions::run(args, globals),
            Self::Man(args) => man::run(args, globals),
        }
    }
}

/// The whole tree, for completions and the man page.
fn tree() -> clap::Command {
    Cli::command()
}

/// Runs the program with these arguments (the first is its own name) and gives the exit code: 0 done, 1 nothing found
/// or some inputs failed, 2 usage, 3 data, 4 network, 130 interrupted.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        // Help and version are no errors; where even they can't be written, there is nobody to tell.
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    file_size_is_an_error();
    let result = match &cli.command {
        Some(command) => {
            command.tell_mistakes(&cli.globals);
            command.run(&cli.globals)
        }
        None => open::run(&cli.open, &cli.globals),
    };
    match result {
        Ok(done) => done.code(),
        Err(failure) => {
            Talk::new(&cli.globals).failure(&failure);
            failure.code()
        }
    }
}

/// A file that may not grow (a quota, `ulimit -f`) is an error like a full disk, and no end without a word.
fn file_size_is_an_error() {
    #[cfg(unix)]
    {
        let met = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        // Where it cannot be registered, the signal does what it always did.
        let _ = signal_hook::flag::register(signal_hook::consts::signal::SIGXFSZ, met);
    }
}
