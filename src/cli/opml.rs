//! `dateline opml import FILE` and `dateline opml export`: subscriptions in and out, as every reader speaks them.
//! Folders become tags and tags become folders; how often a source is asked and whether teasers get their full text go
//! with them, and nothing else does. What is no web address is refused, one by one. What was chosen here about a source
//! that is followed already stays.

use std::collections::HashSet;
use std::path::PathBuf;

use url::Url;

use super::{Done, Failure, Globals, Out, Talk, shelf};
use crate::jobs::now;
use crate::release::{FullText, SourceChoices, SourceId};
use crate::source::{self, Subscription};
use crate::store::{Followed, Library, Origin, StoreError};

/// Arguments of `opml`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    way: Way,
}

#[derive(Debug, clap::Subcommand)]
enum Way {
    /// Follow every feed of a list, under its folders and tags, as often as the list says, with full texts where it says so;
    /// headers and commands of a list are never taken
    Import {
        /// The list; `-` for standard input
        file: PathBuf,
    },
    /// Write the feeds that are followed as a list: names, addresses, tags, times between visits, full-text choices; never
    /// headers
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
    let known: HashSet<SourceId> = match shelf::reader(globals)? {
        Some(reader) => reader.followed()?.iter().map(|source| source.id).collect(),
        None => HashSet::new(),
    };
    let mut library = shelf::writer(globals)?;
    let mut always = 0;
    for subscription in &subscriptions {
        always += usize::from(follow(&mut library, subscription, &known)?);
    }
    library.mirror()?;
    talk.say(&format!(
        "dateline: {} feeds followed, {} refused; `dateline refresh` asks them",
        subscriptions.len(),
        refused.len()
    ));
    if always > 0 {
        talk.say(&format!(
            "dateline: of {always} of them the pages of short releases are read after each refresh, as the list says; \
             `dateline add ADDRESS --full-text never` ends that"
        ));
    }
    Ok(if refused.is_empty() {
        Done::All
    } else {
        Done::Partly
    })
}

/// Follows what a list names; gives whether the list has all its full texts read.
fn follow(
    library: &mut Library,
    subscription: &Subscription,
    known: &HashSet<SourceId>,
) -> Result<bool, StoreError> {
    let kind = if subscription.page { "page" } else { "feed" };
    let origin = Origin {
        kind: kind.to_owned(),
        name: subscription.name.clone(),
        address: Some(subscription.address.clone()),
    };
    let source = library.follow(&origin, now())?;
    let before = library.source_choices(source)?.unwrap_or_default();
    let mut choices = before.clone();
    // Tags that a source has already were chosen here.
    if choices.tags.is_empty() {
        let (folders, tags) = (&subscription.folders, &subscription.tags);
        choices.tags = folders.iter().chain(tags).cloned().collect();
    }
    if !known.contains(&source) {
        choices = SourceChoices {
            interval: subscription.interval.or(choices.interval),
            full_text: subscription.full_text.unwrap_or(choices.full_text),
            ..choices
        };
    }
    if choices != before {
        library.set_source(source, &choices)?;
    }
    Ok(choices.full_text == FullText::Always && before.full_text != FullText::Always)
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
    let page = origin.kind == "page";
    // What is as usual is no choice.
    let full_text = Some(choices.full_text).filter(|choice| page || *choice != FullText::Never);
    Some(Subscription {
        name: origin.name,
        address: origin.address?,
        site: None,
        folders: choices.tags,
        tags: Vec::new(),
        interval: choices.interval,
        full_text,
        page,
    })
}
