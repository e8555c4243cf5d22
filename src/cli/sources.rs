//! `dateline sources`: what releases come from, with counts, and how what is followed stands.

use serde::Serialize;

use super::shelf::{self, FormChoice};
use super::{Done, Failure, Globals};
use crate::jobs::following::listed;
use crate::jobs::now;
use crate::release::{Following, FullText, Health, SourceId, SourceListing};
use crate::text::SafeText;

/// Arguments of `sources`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    form: FormChoice,
}

/// A source as it is printed. What is not followed has no state.
#[derive(Debug, Serialize)]
struct SourceForm {
    id: SourceId,
    name: SafeText,
    address: Option<SafeText>,
    releases: u64,
    unread: u64,
    state: Option<&'static str>,
    since: Option<String>,
    trouble: Option<SafeText>,
    answered: Option<String>,
    next_due: Option<String>,
    tags: Vec<SafeText>,
    interval: Option<i64>,
    full_text: Option<FullText>,
}

impl From<SourceListing> for SourceForm {
    fn from(source: SourceListing) -> Self {
        let SourceListing {
            id,
            name,
            group: _,
            address,
            releases,
            unread,
            following,
        } = source;
        let followed = following.is_some();
        let Following {
            choices,
            health,
            answered,
            next_due,
        } = following.unwrap_or_default();
        let state = followed.then(|| health.word());
        let (since, trouble) = match health {
            Health::Failing { since, why } => (Some(since), Some(why)),
            Health::Gone { since } => (Some(since), None),
            _ => (None, None),
        };
        let time = |at: i64| shelf::time(at, true);
        Self {
            id,
            name,
            address,
            releases,
            unread,
            state,
            since: since.map(time),
            trouble,
            answered: answered.map(time),
            next_due: next_due.filter(|at| *at > 0).map(time),
            tags: choices
                .tags
                .iter()
                .map(|tag| SafeText::clean_line(tag))
                .collect(),
            interval: choices.interval,
            full_text: followed.then_some(choices.full_text),
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
        let state = self.state.unwrap_or("");
        [
            id.as_str(),
            self.name.as_str(),
            &releases,
            &unread,
            address,
            state,
        ]
        .join("\t")
    }

    fn for_people(&self) -> String {
        let address = self.address.as_ref().map_or("", |address| address.as_str());
        let mut line = format!(
            "{:>4}  {:>7} ({} unread)  {}  {address}",
            self.id.0, self.releases, self.unread, self.name
        );
        match (self.state, &self.trouble, &self.since) {
            (Some("fresh") | None, ..) => {}
            (Some(state), Some(trouble), Some(since)) => {
                line.push_str(&format!("\n      {state} since {since}: {trouble}"));
            }
            (Some(state), ..) => line.push_str(&format!("\n      {state}")),
        }
        line
    }
}

/// Lists sources.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let Some(reader) = shelf::reader(globals)? else {
        return Ok(Done::Nothing);
    };
    let forms: Vec<SourceForm> = listed(&reader, now())?
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
