//! `dateline remove SOURCE`: reserved; its engineer fills it in.

use super::{Done, Failure, Globals};

/// Arguments of `remove`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The source: its name, address or number
    source: String,
}

/// Not built yet.
pub fn run(_args: &Args, _globals: &Globals) -> Result<Done, Failure> {
    Err(Failure::usage("this command is not built yet"))
}
