//! `dateline show ID`: one release as `parse` prints it, and what the library knows of it.

use serde::Serialize;

use super::shelf::{self, PassageForm};
use super::{Done, Failure, Form, Globals, Out, Talk};
use crate::release::{Change, LibraryEntityId, Listing, ReleaseId, Standing, VersionChange};
use crate::store::{Carrier, Held, Reader, StoreError};
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
    /// Print what its source changed in it since it came, the last change first
    #[arg(long, conflicts_with = "original")]
    changes: bool,
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
    /// The sources that carry it word for word, beside `source`.
    also: Vec<CarrierForm>,
    /// The earlier release that it corrects or withdraws.
    corrects: Option<ReleaseId>,
    /// The later release that corrects or withdraws it.
    corrected_by: Option<ReleaseId>,
    entities: Vec<Option<LinkForm>>,
}

/// A source that carries the release, too.
#[derive(Serialize)]
struct CarrierForm {
    source: SafeText,
    url: Option<SafeText>,
}

impl From<Carrier> for CarrierForm {
    fn from(Carrier { source, url }: Carrier) -> Self {
        Self { source, url }
    }
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
    if args.changes {
        let versions = reader.changes(id)?;
        if versions.is_empty() && !args.json {
            Talk::new(globals).say("dateline: its source has changed nothing in it since it came");
        }
        return changes(&versions, args.json, out);
    }
    let held = reader.open_release(id)?;
    if args.json {
        super::write_json(&mut out, &shown(&held, &reader)?, true)?;
        out.raw(b"\n")?;
    } else {
        if let Some(correction) = &held.correction {
            out.line(&replaced(correction))?;
        }
        out.line(&super::print::for_people(&held.release, &held.recognition))?;
    }
    out.finish()?;
    Ok(Done::All)
}

/// What made a version out of the one before it.
#[derive(Serialize)]
struct VersionForm<'a> {
    version: u32,
    before_seen: String,
    headline_before: Option<&'a SafeText>,
    changes: Vec<ChangeForm<'a>>,
}

#[derive(Serialize)]
struct ChangeForm<'a> {
    lead: &'a SafeText,
    removed: &'a SafeText,
    added: &'a SafeText,
    rest: &'a SafeText,
}

impl<'a> VersionForm<'a> {
    fn new(version: &'a VersionChange) -> Self {
        Self {
            version: version.number,
            before_seen: shelf::time(version.before_seen, true),
            headline_before: version.headline.as_ref(),
            changes: version.changes.iter().map(ChangeForm::new).collect(),
        }
    }
}

impl<'a> ChangeForm<'a> {
    fn new(change: &'a Change) -> Self {
        Self {
            lead: &change.lead,
            removed: &change.removed,
            added: &change.added,
            rest: &change.rest,
        }
    }

    /// As programs that compare words write it.
    fn line(&self) -> String {
        let marked = |open: &str, words: &str, close: &str| {
            (!words.is_empty()).then(|| format!("{open}{words}{close}"))
        };
        let parts = [
            (!self.lead.is_empty()).then(|| self.lead.to_string()),
            marked("[-", self.removed, "-]"),
            marked("{+", self.added, "+}"),
            (!self.rest.is_empty()).then(|| self.rest.to_string()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// Prints what changed.
fn changes(versions: &[VersionChange], json: bool, mut out: Out) -> Result<Done, Failure> {
    let forms: Vec<VersionForm<'_>> = versions.iter().map(VersionForm::new).collect();
    if json {
        super::write_json(&mut out, &forms, true)?;
        out.raw(b"\n")?;
    }
    for form in forms.iter().filter(|_| !json) {
        let (version, before) = (form.version, &form.before_seen);
        out.line(&format!(
            "Version {version}; the one before it came {before}"
        ))?;
        if let Some(headline) = form.headline_before {
            out.line(&format!("  headline before: {headline}"))?;
        }
        for change in &form.changes {
            out.line(&format!("  {}", change.line()))?;
        }
    }
    out.finish()?;
    Ok(if versions.is_empty() {
        Done::Nothing
    } else {
        Done::All
    })
}

/// What corrects or withdraws the release, on a line before it.
fn replaced(by: &Listing) -> String {
    let (id, headline) = (by.id.0, &by.headline);
    let when = shelf::time(by.published, by.timed);
    match by.standing {
        Some(Standing::Kill) => format!("Withdrawn {when}, do not use it: {id} {headline}\n"),
        _ => format!("Corrected {when}: {id} {headline}\n"),
    }
}

fn shown<'a>(held: &'a Held, reader: &Reader) -> Result<Shown<'a>, StoreError> {
    let listing = &held.listing;
    let also = reader.carriers(listing.id)?;
    let replaces = matches!(
        listing.standing,
        Some(Standing::Correction | Standing::Kill)
    );
    let corrects = if replaces {
        reader.corrected(listing.id)?
    } else {
        None
    };
    let link = |link: &Option<(LibraryEntityId, u64)>| {
        link.map(|(id, releases)| LinkForm { id, releases })
    };
    Ok(Shown {
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
            copies: reader.story(listing.id)?,
            also: also.into_iter().map(CarrierForm::from).collect(),
            corrects,
            corrected_by: held.correction.as_ref().map(|listing| listing.id),
            entities: held.links.iter().map(link).collect(),
        },
    })
}
