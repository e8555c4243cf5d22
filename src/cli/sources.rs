//! `dateline sources`: what releases come from, with counts, and how what is followed stands.

use serde::Serialize;

use super::shelf::{self, FormChoice};
use super::{Done, Failure, Globals};
use crate::jobs::following::listed;
use crate::jobs::now;
use crate::release::{Following, FullText, Health, SourceId, SourceListing, interval_words};
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
    until: Option<String>,
    trouble: Option<SafeText>,
    answered: Option<String>,
    next_due: Option<String>,
    tags: Vec<SafeText>,
    interval: Option<i64>,
    full_text: Option<FullText>,
    /// The names of the headers that are sent to it; their values are nobody's business.
    headers: Vec<SafeText>,
    notes: Vec<SafeText>,
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
            headers,
            notes,
        } = following.unwrap_or_default();
        let state = followed.then(|| health.word());
        let (since, until, trouble) = match health {
            Health::Failing { since, why } => (Some(since), None, Some(why)),
            Health::Gone { since } => (Some(since), None, None),
            Health::Waiting { until } => (None, Some(until), None),
            Health::New | Health::Fresh | Health::Paused => (None, None, None),
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
            until: until.map(time),
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
            headers,
            notes,
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
        let stands = match (self.state, &self.since, &self.until) {
            (None, ..) => None,
            (Some("waiting"), _, Some(until)) => Some(format!("asks to wait until {until}")),
            (Some(state), Some(since), _) => Some(format!("{state} since {since}")),
            (Some(state), ..) => (state != "fresh").then(|| state.to_owned()),
        };
        let stands = stands.map(|stands| match &self.trouble {
            Some(trouble) => format!("{stands}: {trouble}"),
            None => stands,
        });
        let below: Vec<String> = stands.into_iter().chain(self.chosen()).collect();
        if !below.is_empty() {
            line.push_str(&format!("\n      {}", below.join("  ")));
        }
        for note in &self.notes {
            line.push_str(&format!("\n      {note}"));
        }
        line
    }

    /// What was chosen about it that is not as usual.
    fn chosen(&self) -> Vec<String> {
        let every = self
            .interval
            .map(|seconds| format!("every {}", interval_words(seconds)));
        let full = self
            .full_text
            .filter(|choice| *choice != FullText::Never)
            .map(|choice| format!("full text {}", choice.words()));
        let tags = self.tags.iter().map(|tag| format!("#{tag}"));
        let headers = self.headers.iter().map(|name| format!("{name}: …"));
        tags.chain(every).chain(full).chain(headers).collect()
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
