//! `dateline entities [QUERY]`: who and what these releases name: name, kind, releases, mentions, first and last seen.

use serde::Serialize;

use super::shelf::{self, FormChoice};
use super::{Done, Failure, Globals};
use crate::entity::Kind;
use crate::release::LibraryEntityId;
use crate::store::EntityListing;
use crate::text::SafeText;

/// Arguments of `entities`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Over which releases, in the search language; all where nothing is named
    query: Vec<String>,
    /// Show no more than this many
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    #[command(flatten)]
    form: FormChoice,
}

/// An entity as it is printed.
#[derive(Debug, Serialize)]
struct EntityForm {
    id: LibraryEntityId,
    name: SafeText,
    kind: Kind,
    releases: u64,
    mentions: u64,
    first: String,
    last: String,
}

impl From<EntityListing> for EntityForm {
    fn from(entity: EntityListing) -> Self {
        Self {
            id: entity.id,
            name: entity.name,
            kind: entity.kind,
            releases: entity.releases,
            mentions: entity.mentions,
            first: shelf::time(entity.first, false),
            last: shelf::time(entity.last, false),
        }
    }
}

impl EntityForm {
    fn plain(&self) -> String {
        let kind = super::print::kind_name(self.kind);
        let (releases, mentions) = (self.releases.to_string(), self.mentions.to_string());
        let fields = [
            self.name.as_str(),
            &kind,
            &releases,
            &mentions,
            &self.first,
            &self.last,
        ];
        fields.join("\t")
    }

    fn for_people(&self) -> String {
        let kind = super::print::kind_name(self.kind);
        format!(
            "{:>6}  {kind:<12}  {}  ({} to {})",
            self.releases, self.name, self.first, self.last
        )
    }
}

/// Lists entities.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let Some(reader) = shelf::reader(globals)? else {
        return Ok(shelf::no_library(globals));
    };
    let (selection, _) = shelf::selection(&args.query, None);
    let found = reader.entities(&selection, args.limit, shelf::today())?;
    let forms: Vec<EntityForm> = found.into_iter().map(EntityForm::from).collect();
    shelf::print(args.form, &forms, EntityForm::for_people, EntityForm::plain)?;
    Ok(shelf::found(forms.len(), globals))
}
