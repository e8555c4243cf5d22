//! `dateline check DRAFT...`: reserved; its engineer fills it in.

use super::{Done, Failure, Globals};

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The drafts
    #[arg(required = true)]
    drafts: Vec<std::path::PathBuf>,
}

/// Not built yet.
pub fn run(_args: &Args, _globals: &Globals) -> Result<Done, Failure> {
    Err(Failure::usage("this command is not built yet"))
}
