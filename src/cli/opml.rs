//! `dateline opml import FILE` and `dateline opml export`: subscriptions in and out, as every reader speaks them.
//! Folders become tags and tags become folders. What is no web address is refused, one by one.

use std::path::PathBuf;

use url::Url;

use super::{Done, Failure, Globals, Out, Talk, shelf};
use crate::jobs::now;
use crate::source::{self, Subscription};
use crate::store::{Followed, Origin};

/// Arguments of `opml`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    way: Way,
}

#[derive(Debug, clap::Subcommand)]
enum Way {
    /// Follow every feed of a list
    Import {
        /// The list; `-` for standard input
        file: PathBuf,
    },
    /// Write the feeds that are followed as a list
    Export {
        /// Leave passwords and tokens out of the addresses, for a list that others get
        #[arg(long)]
        without_secrets: bool,
    },
}

/// Brings subscriptions in, or writes them out.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    match &args.way {
        Way::Import { file } => import(file, globals),
        Way::Export { without_secrets } => export(*without_secrets, globals),
    }
}

fn import(file: &std::path::Path, globals: &Globals) -> Result<Done, Failure> {
    let text = source::read_whole(file)
        .map_err(|problem| Failure::data(format!("{}: {}", problem.place, problem.message)))?;
    let (subscriptions, refused) = source::read_opml(&text);
    let talk = Talk::new(globals);
    for problem in &refused {
        talk.problem(problem);
    }
    if subscriptions.is_empty() {
        let problem = format!("{}: no subscription in this list", file.display());
        return Err(
            Failure::data(problem).hint("an OPML file names feeds; dateline add follows one")
        );
    }
    let mut library = shelf::writer(globals)?;
    for Subscription {
        name,
        address,
        folders,
        ..
    } in &subscriptions
    {
        let origin = Origin {
            kind: "feed".to_owned(),
            name: name.clone(),
            address: Some(address.clone()),
        };
        let source = library.follow(&origin, now())?;
        // Tags that a source has already were chosen here.
        let chosen = library.source_choices(source)?.unwrap_or_default();
        if !folders.is_empty() && chosen.tags.is_empty() {
            library.set_source_tags(source, folders)?;
        }
    }
    library.mirror()?;
    talk.say(&format!(
        "dateline: {} feeds followed, {} refused; `dateline refresh` asks them",
        subscriptions.len(),
        refused.len()
    ));
    Ok(if refused.is_empty() {
        Done::All
    } else {
        Done::Partly
    })
}

fn export(without_secrets: bool, globals: &Globals) -> Result<Done, Failure> {
    let followed = match shelf::reader(globals)? {
        Some(reader) => reader.followed()?,
        None => Vec::new(),
    };
    let mut list: Vec<Subscription> = followed.into_iter().filter_map(subscription).collect();
    let mut secret = 0;
    for subscription in &mut list {
        let open = Url::parse(&subscription.address).map(|a| source::without_secrets(&a));
        if let Ok(Some(open)) = open {
            secret += 1;
            if without_secrets {
                subscription.address = open.into();
            }
        }
    }
    if secret > 0 && !without_secrets {
        Talk::new(globals).say(&format!(
            "dateline: {secret} of these addresses hold a password or a token; --without-secrets leaves them out"
        ));
    }
    let mut out = Out::stdout();
    out.raw(crate::text::sanitise(&source::write_opml(&list)).as_bytes())?;
    out.finish()?;
    Ok(Done::All)
}

/// A followed feed as a subscription; folders and files of this machine are nobody else's business.
fn subscription(followed: Followed) -> Option<Subscription> {
    let Followed {
        origin, choices, ..
    } = followed;
    matches!(origin.kind.as_str(), "feed" | "page").then_some(())?;
    Some(Subscription {
        name: origin.name,
        address: origin.address?,
        site: None,
        folders: choices.tags,
    })
}
