//! `dateline sources`: what releases come from, with counts.

use serde::Serialize;

use super::shelf::{self, FormChoice};
use super::{Done, Failure, Globals};
use crate::release::{SourceId, SourceListing};
use crate::text::SafeText;

/// Arguments of `sources`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    form: FormChoice,
}

/// A source as it is printed.
#[derive(Debug, Serialize)]
struct SourceForm {
    id: SourceId,
    name: SafeText,
    address: Option<SafeText>,
    releases: u64,
    unread: u64,
}

impl From<SourceListing> for SourceForm {
    fn from(source: SourceListing) -> Self {
        let SourceListing {
            id,
            name,
            address,
            releases,
            unread,
            ..
        } = source;
        Self {
            id,
            name,
            address,
            releases,
            unread,
        }
    }
}

impl SourceForm {
    fn plain(&self) -> String {
        let address = self.address.as_ref().map_or("", |address| address.as_str());
        let (id, releases, unread) = (
            self.id.0.to_string(),
            self.releases.to_string(),
            self.unread.to_string(),
        );
        [id.as_str(), self.name.as_str(), &releases, &unread, address].join("\t")
    }

    fn for_people(&self) -> String {
        let address = self.address.as_ref().map_or("", |address| address.as_str());
        format!(
            "{:>4}  {:>7} ({} unread)  {}  {address}",
            self.id.0, self.releases, self.unread, self.name
        )
    }
}

/// Lists sources.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let Some(reader) = shelf::reader(globals)? else {
        return Ok(Done::Nothing);
    };
    let forms: Vec<SourceForm> = reader
        .sources()?
        .into_iter()
        .map(SourceForm::from)
        .collect();
    shelf::print(args.form, &forms, SourceForm::for_people, SourceForm::plain)?;
    Ok(if forms.is_empty() {
        Done::Nothing
    } else {
        Done::All
    })
}
