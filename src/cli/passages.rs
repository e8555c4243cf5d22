//! `dateline passages [QUERY]`: reserved; its engineer fills it in.

use super::{Done, Failure, Globals};

/// Arguments of `passages`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to look for, in the search language
    query: Vec<String>,
}

/// Not built yet.
pub fn run(_args: &Args, _globals: &Globals) -> Result<Done, Failure> {
    Err(Failure::usage("this command is not built yet"))
}
