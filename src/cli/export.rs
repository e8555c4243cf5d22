//! `dateline export [QUERY]`: passages with citations, or whole releases.

use super::shelf;
use super::{Done, Failure, Form, Globals, Out};
use crate::citation::{self, Format};
use crate::release::Passage;
use crate::store::{Reader, Start};

/// Releases are read so many at once.
const PAGE: usize = 500;

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Of passages: words of quotation, note, tags or headline. Of releases: the search language
    query: Vec<String>,
    /// In which format
    #[arg(long, value_name = "FORMAT", default_value = "markdown", value_parser = format_names())]
    format: String,
    /// Whole releases, as JSON Lines
    #[arg(long)]
    releases: bool,
}

fn format_names() -> clap::builder::PossibleValuesParser {
    Format::ALL.map(Format::name).into()
}

/// Exports to standard output.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let Some(reader) = shelf::reader(globals)? else {
        return Ok(Done::Nothing);
    };
    let mut out = Out::stdout();
    let count = if args.releases {
        releases(&reader, &args.query, &mut out)?
    } else {
        let format = Format::named(&args.format).unwrap_or(Format::Markdown);
        let found = reader.passages(Some(&args.query.join(" ")))?;
        let passages: Vec<Passage> = found.into_iter().map(|(passage, _)| passage).collect();
        if !passages.is_empty() {
            out.raw(crate::text::sanitise(&citation::write(format, &passages)).as_bytes())?;
        }
        passages.len()
    };
    out.finish()?;
    Ok(if count == 0 { Done::Nothing } else { Done::All })
}

/// All releases that a query finds, newest first, an object a line as `parse` prints them.
fn releases(reader: &Reader, query: &[String], out: &mut Out) -> Result<usize, Failure> {
    let (selection, _) = shelf::selection(query, None);
    let (mut count, mut start) = (0, Start::First);
    loop {
        let page = reader.rows(&selection, start, PAGE, shelf::today())?;
        for row in &page.rows {
            let held = reader.open_release(row.id)?;
            super::write_json(
                out,
                &Form::new(Some(row.id), &held.release, &held.recognition),
                false,
            )?;
            out.raw(b"\n")?;
            count += 1;
        }
        match page.rows.last() {
            Some(last) if !page.at_end => start = Start::After(last.id),
            _ => return Ok(count),
        }
    }
}
