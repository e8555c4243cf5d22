//! `dateline add URL|PATH...`: reserved; its engineer fills it in.

use super::{Done, Failure, Globals};

/// Arguments of `add`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Addresses and paths
    #[arg(required = true, value_name = "URL|PATH")]
    places: Vec<String>,
}

/// Not built yet.
pub fn run(_args: &Args, _globals: &Globals) -> Result<Done, Failure> {
    Err(Failure::usage("this command is not built yet"))
}
