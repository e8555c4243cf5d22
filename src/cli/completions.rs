//! `dateline completions SHELL`: what packagers install so that a shell completes the command line.

use clap_complete::Shell;

use super::{Done, Failure, Globals, Out};

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Writes the completions on standard output.
pub fn run(args: &Args, _globals: &Globals) -> Result<Done, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut super::tree(), "dateline", &mut bytes);
    let mut out = Out::stdout();
    out.raw(&bytes)?;
    out.finish()?;
    Ok(Done::All)
}
