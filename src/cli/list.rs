//! `dateline list [QUERY]`: releases of the library, newest first.

use super::shelf::{self, FormChoice, RowForm, SortChoice};
use super::{Done, Failure, Globals, Talk};
use crate::store::Found;

/// Arguments of `list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to look for, in the search language; all where nothing is named
    query: Vec<String>,
    /// Show no more than this many
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// In which order
    #[arg(long, value_name = "HOW", default_value = "date")]
    sort: SortChoice,
    #[command(flatten)]
    form: FormChoice,
}

/// Lists releases.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    list(
        &args.query,
        args.limit,
        args.sort,
        args.form,
        globals,
        false,
    )
}

/// Lists what a query finds; with `snippets` the words around the hits.
pub(super) fn list(
    query: &[String],
    limit: usize,
    sort: SortChoice,
    form: FormChoice,
    globals: &Globals,
    snippets: bool,
) -> Result<Done, Failure> {
    let talk = Talk::new(globals);
    let Some(reader) = shelf::reader(globals)? else {
        return Ok(shelf::no_library(globals));
    };
    let (selection, hints) = shelf::selection(query, Some(sort));
    for hint in hints {
        talk.say(&format!("dateline: {hint}"));
    }
    let mut last = Found::default();
    reader.search(&selection, limit, shelf::today(), &mut |found| last = found)?;
    let mut rows: Vec<RowForm> = Vec::with_capacity(last.rows.len());
    for mut row in std::mem::take(&mut last.rows) {
        if !snippets {
            row.snippet = None;
        }
        rows.push(row.into());
    }
    shelf::print(form, &rows, RowForm::for_people, RowForm::plain)?;
    if let Some(more) = shelf::more(rows.len(), &last) {
        talk.say(&format!("dateline: {more}"));
    }
    // What is not read in stands in no index yet: words and names do not find it.
    let waiting = reader.waiting_count().unwrap_or(0);
    if waiting > 0 && !query.is_empty() {
        talk.say(&format!(
            "dateline: {waiting} releases are not read in yet; `dateline refresh` goes on with it"
        ));
    }
    Ok(shelf::found(rows.len(), globals))
}
