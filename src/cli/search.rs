//! `dateline search QUERY`: the library searched, best match first, with the words around the hits.

use super::shelf::{FormChoice, SortChoice};
use super::{Done, Failure, Globals};

/// Arguments of `search`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to look for, in the search language
    #[arg(required = true)]
    query: Vec<String>,
    /// Show no more than this many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// In which order
    #[arg(long, value_name = "HOW", default_value = "rank")]
    sort: SortChoice,
    #[command(flatten)]
    form: FormChoice,
}

/// Searches.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    super::list::list(&args.query, args.limit, args.sort, args.form, globals, true)
}
