//! `dateline doctor`: checks the library and its index, mends what can be rebuilt, sets a damaged library aside and
//! saves what is the user's; looks at the configuration and the terminal. It says what it found, what it did and what
//! was kept.

use super::shelf;
use super::{Done, Failure, Globals, Out};
use crate::store::{self, Findings, Library};
use crate::terminal::{self, environment};

/// Arguments of `doctor`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only look, change nothing
    #[arg(long)]
    check: bool,
    /// Build the search index and the counts anew, whatever the check says
    #[arg(long, conflicts_with = "check")]
    rebuild: bool,
}

/// Checks and mends.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let mut out = Out::stdout();
    let right = say_configuration(globals, &mut out)?;
    out.line(&format!("terminal: {}", terminal::told(&environment)))?;
    let sound = library(args, globals, &mut out)?;
    out.finish()?;
    Ok(if right && sound {
        Done::All
    } else {
        Done::Partly
    })
}

/// Says what stands in the configuration that cannot be used; whether there is nothing of the kind.
fn say_configuration(globals: &Globals, out: &mut Out) -> Result<bool, Failure> {
    let (places, mistakes) = super::open::mistakes(globals);
    let file = match places.config {
        Some(file) if file.exists() => file.display().to_string(),
        Some(file) => format!("the default one; your own would be {}", file.display()),
        None => "the default one".to_owned(),
    };
    out.line(&format!("configuration: {file}"))?;
    for mistake in &mistakes {
        out.line(&format!("  {mistake}"))?;
    }
    Ok(mistakes.is_empty())
}

/// Checks and mends the library; whether it was sound, or is now.
fn library(args: &Args, globals: &Globals, out: &mut Out) -> Result<bool, Failure> {
    let path = shelf::path(globals);
    if !path.exists() {
        out.line(&format!("library: none yet at {}", path.display()))?;
        return Ok(true);
    }
    out.line(&format!("library: {}", path.display()))?;
    let sound = match Library::open(&path) {
        Ok(mut library) => {
            let found = library.check()?;
            say(&found, out)?;
            let derived = found.index && found.counts == 0;
            let mend = args.rebuild || !(args.check || derived);
            if mend && found.file.is_empty() {
                library.rebuild()?;
                out.line("index and counts: built anew")?;
                library.check()?.is_sound()
            } else {
                found.is_sound()
            }
        }
        Err(problem) if problem.is_corruption() => {
            out.line(&format!("file: damaged ({problem})"))?;
            false
        }
        Err(problem) => return Err(problem.into()),
    };
    if !sound && !args.check {
        let rescue = store::rescue(&path, crate::jobs::now())?;
        out.line(&rescue.to_string())?;
    }
    Ok(sound)
}

fn say(found: &Findings, out: &mut Out) -> Result<(), Failure> {
    match found.file.as_slice() {
        [] => out.line("file: sound")?,
        [first, rest @ ..] => {
            out.line(&format!("file: damaged ({first}, and {} more)", rest.len()))?
        }
    }
    out.line(if found.index {
        "index: agrees with the texts"
    } else {
        "index: does not agree with the texts"
    })?;
    out.line(&match found.counts {
        0 => "counts: right".to_owned(),
        wrong => format!("counts: {wrong} wrong"),
    })
}
