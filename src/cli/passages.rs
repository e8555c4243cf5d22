//! `dateline passages [QUERY]`: what was bookmarked, newest first.

use super::shelf::{self, FormChoice, PassageForm};
use super::{Done, Failure, Globals};

/// Arguments of `passages`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Words of the quotation, the note, the tags or the headline
    query: Vec<String>,
    #[command(flatten)]
    form: FormChoice,
}

/// Lists passages.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let Some(reader) = shelf::reader(globals)? else {
        return Ok(shelf::no_library(globals));
    };
    let found = reader.passages(Some(&args.query.join(" ")))?;
    let forms: Vec<PassageForm> = found
        .iter()
        .map(|(passage, listing)| PassageForm::new(passage, &listing.headline))
        .collect();
    shelf::print(
        args.form,
        &forms,
        PassageForm::for_people,
        PassageForm::plain,
    )?;
    Ok(shelf::found(forms.len(), globals))
}
