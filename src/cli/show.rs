//! `dateline show ID`: one release as `parse` prints it, and what the library knows of it.

use serde::Serialize;

use super::shelf::{self, PassageForm};
use super::{Done, Failure, Form, Globals, Out};
use crate::release::{LibraryEntityId, ReleaseId};
use crate::store::Held;
use crate::text::SafeText;

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The release's number
    #[arg(allow_negative_numbers = true)]
    id: i64,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Write the bytes as they came in
    #[arg(long, conflicts_with = "json")]
    original: bool,
}

/// A release with what the library knows.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    form: Form<'a>,
    library: Known,
}

/// What the library knows.
#[derive(Serialize)]
struct Known {
    source: Option<SafeText>,
    read: bool,
    starred: bool,
    tags: Vec<SafeText>,
    passages: Vec<PassageForm>,
    versions: u32,
    copies: Vec<ReleaseId>,
    entities: Vec<Option<LinkForm>>,
}

/// An entity of the library, in the order of the release's entities.
#[derive(Serialize)]
struct LinkForm {
    id: LibraryEntityId,
    releases: u64,
}

/// Shows one release.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let reader = shelf::some_reader(globals)?;
    let id = ReleaseId(args.id);
    let mut out = Out::stdout();
    if args.original {
        out.raw(&reader.original(id)?)?;
        out.finish()?;
        return Ok(Done::All);
    }
    let held = reader.open_release(id)?;
    if args.json {
        super::write_json(&mut out, &shown(&held, reader.story(id)?), true)?;
        out.raw(b"\n")?;
    } else {
        out.line(&super::print::for_people(&held.release, &held.recognition))?;
    }
    out.finish()?;
    Ok(Done::All)
}

fn shown(held: &Held, copies: Vec<ReleaseId>) -> Shown<'_> {
    let listing = &held.listing;
    let link = |link: &Option<(LibraryEntityId, u64)>| {
        link.map(|(id, releases)| LinkForm { id, releases })
    };
    Shown {
        form: Form::new(Some(listing.id), &held.release, &held.recognition),
        library: Known {
            source: listing.source.clone(),
            read: listing.read,
            starred: listing.starred,
            tags: held
                .keepings
                .tags
                .iter()
                .map(|tag| SafeText::clean_line(tag))
                .collect(),
            passages: held
                .keepings
                .passages
                .iter()
                .map(|p| PassageForm::new(p, &listing.headline))
                .collect(),
            versions: listing.versions,
            copies,
            entities: held.links.iter().map(link).collect(),
        },
    }
}
