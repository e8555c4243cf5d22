//! `dateline [PATH|URL...]`: reserved; its engineer fills it in.

use super::{Done, Failure, Globals};

/// Arguments of `open`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Releases to open: files, folders, addresses
    #[arg(value_name = "PATH|URL")]
    places: Vec<String>,
}

/// Not built yet.
pub fn run(_args: &Args, _globals: &Globals) -> Result<Done, Failure> {
    Err(Failure::usage("this command is not built yet"))
}
