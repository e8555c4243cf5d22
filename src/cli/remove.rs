//! `dateline remove SOURCE`: stops following a source. Its releases stay, with everything that the user put on them.

use super::shelf;
use super::{Done, Failure, Globals, Talk};
use crate::release::SourceListing;

/// Arguments of `remove`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The source: its name, address or number
    source: String,
}

/// Stops following a source.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let sources = shelf::some_reader(globals)?.sources()?;
    let named: Vec<&SourceListing> = sources
        .iter()
        .filter(|source| is_named(source, &args.source))
        .collect();
    match named.as_slice() {
        [] => Err(
            Failure::data(format!("no source is called {}", args.source))
                .hint("dateline sources lists them with their numbers"),
        ),
        [source] => {
            let mut library = shelf::writer(globals)?;
            library.unfollow(source.id, crate::jobs::now())?;
            library.mirror()?;
            Talk::new(globals).say(&format!(
                "dateline: {} is no longer followed; its releases stay",
                source.name
            ));
            Ok(Done::All)
        }
        several => {
            let numbers: Vec<String> = several
                .iter()
                .map(|source| source.id.0.to_string())
                .collect();
            Err(
                Failure::usage(format!("several sources are called {}", args.source))
                    .hint(format!("name one by its number: {}", numbers.join(", "))),
            )
        }
    }
}

fn is_named(source: &SourceListing, name: &str) -> bool {
    source.id.0.to_string() == name
        || source.name.as_str().eq_ignore_ascii_case(name)
        || source
            .address
            .as_ref()
            .is_some_and(|address| address.as_str() == name)
}
