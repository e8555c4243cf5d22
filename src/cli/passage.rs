//! `dateline passage add|remove`: bookmarks by script. A quotation must stand in the release as it is given, white
//! space apart, so that nothing is bookmarked that nobody can find.

use super::shelf;
use super::{Done, Failure, Globals, Out, Talk};
use crate::release::{Anchor, PassageId, ReleaseId};
use crate::store::NewPassage;
use crate::text::Extent;

/// Arguments of `passage`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

/// What to do.
#[derive(Debug, clap::Subcommand)]
enum What {
    /// Bookmark a passage of a release; prints its id
    Add {
        /// The release's number
        #[arg(allow_negative_numbers = true)]
        id: i64,
        /// The words, as they stand in the release
        #[arg(long, value_name = "WORDS")]
        quote: String,
        /// A note
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
        /// A tag; may be given several times
        #[arg(long, value_name = "TAG")]
        tag: Vec<String>,
    },
    /// Remove a bookmarked passage
    Remove {
        /// The passage's id
        passage: String,
    },
}

/// Bookmarks a passage, or removes one.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    shelf::some_reader(globals)?;
    let mut library = shelf::writer(globals)?;
    match &args.what {
        What::Add {
            id,
            quote,
            note,
            tag,
        } => {
            let release = ReleaseId(*id);
            let text = shelf::some_reader(globals)?.release(release)?.text;
            let Some(extent) = find(&text, quote) else {
                return Err(Failure::data("these words do not stand in the release")
                    .hint(format!("dateline show {id} prints its text")));
            };
            let anchor = Anchor::take(&text, extent);
            let new = NewPassage {
                release,
                extent,
                anchor,
                note: note.clone(),
                tags: tag.clone(),
            };
            let passage = library.add_passage(new, crate::jobs::now())?;
            library.mirror()?;
            let mut out = Out::stdout();
            out.line(&passage.id.0)?;
            out.finish()?;
        }
        What::Remove { passage } => {
            library.set_passage_deleted(&PassageId(passage.clone()), true, crate::jobs::now())?;
            library.mirror()?;
            Talk::new(globals).say("dateline: removed");
        }
    }
    Ok(Done::All)
}

/// Where `quote` stands in `text`; any run of white space is as good as any other.
fn find(text: &str, quote: &str) -> Option<Extent> {
    let words: Vec<&str> = quote.split_whitespace().collect();
    let first = *words.first()?;
    text.match_indices(first).find_map(|(start, _)| {
        let mut at = start;
        for (number, word) in words.iter().enumerate() {
            let rest = &text[at..];
            let lead = if number == 0 {
                0
            } else {
                rest.len() - rest.trim_start().len()
            };
            if (number > 0 && lead == 0) || !rest[lead..].starts_with(word) {
                return None;
            }
            at += lead + word.len();
        }
        Some(Extent::new(start, at))
    })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn words_are_found_over_line_ends() {
        let text = "The quay\nserves ships. The quays too.";
        assert_eq!(
            find(text, " quay serves ").map(|e| e.of(text)),
            Some("quay\nserves")
        );
        assert_eq!(
            find(text, "quays too").map(|e| e.of(text)),
            Some("quays too")
        );
        assert_eq!(find(text, "quayserves"), None);
        assert_eq!(find(text, " "), None);
    }
}
