//! `dateline refresh [SOURCE...]`: reserved; its engineer fills it in.

use super::{Done, Failure, Globals};

/// Arguments of `refresh`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The sources; all where none is named
    sources: Vec<String>,
}

/// Not built yet.
pub fn run(_args: &Args, _globals: &Globals) -> Result<Done, Failure> {
    Err(Failure::usage("this command is not built yet"))
}
