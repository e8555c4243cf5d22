//! `dateline show ID`: reserved; its engineer fills it in.

use super::{Done, Failure, Globals};

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The release
    id: i64,
}

/// Not built yet.
pub fn run(_args: &Args, _globals: &Globals) -> Result<Done, Failure> {
    Err(Failure::usage("this command is not built yet"))
}
