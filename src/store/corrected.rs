//! What a correction or a withdrawal is about: the earlier release that it names by its headline. A correction's own
//! headline is the earlier one's with a mark before it, so the words of the headline find it: first among its copies,
//! which the list hides behind the correction, then in the whole library. It refuses to guess: a release that came later,
//! or that shares only some words, is none.

use super::failure::StoreError;
use super::listing;
use super::reader::{Reader, Start};
use super::rows::{Order, Selection};
use crate::query::Query;
use crate::release::{Listing, ReleaseId, Standing};

/// What publishers put before the headline of a release that replaces another.
const MARKS: [&str; 12] = [
    "/c o r r e c t i o n",
    "correcting and replacing",
    "repeat and correction",
    "correction",
    "corrected",
    "correcting",
    "updating",
    "update",
    "replacement",
    "replaces",
    "withdrawn",
    "kill",
];

/// Words shorter than this say too little to find a headline by.
const LONG: usize = 4;

/// So many words of a headline are looked for.
const WORDS: usize = 8;

/// So many releases with these words are looked at, newest first.
const LOOKED_AT: usize = 40;

impl Reader {
    /// The newest release that this one corrects or withdraws, where the library has it. `today`: days since the epoch.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn corrected(
        &self,
        release: ReleaseId,
        today: i64,
    ) -> Result<Option<ReleaseId>, StoreError> {
        let Some(own) = listing::find(&self.db, release.0)? else {
            return Ok(None);
        };
        let copies: Vec<i64> = self.story(release)?.into_iter().map(|id| id.0).collect();
        let copies = listing::all(&self.db, &copies)?;
        if let Some(earlier) = newest_before(&own, copies) {
            return Ok(Some(earlier));
        }
        let words = words(own.headline.as_str());
        if words.is_empty() {
            return Ok(None);
        }
        let titled: Vec<String> = words.iter().map(|word| format!("title:{word}")).collect();
        let selection = Selection {
            query: Some(Query::parse(&titled.join(" "))),
            order: Order::Newest,
            ..Selection::default()
        };
        let found = self.rows(&selection, Start::First, LOOKED_AT, today)?.rows;
        Ok(newest_before(&own, found))
    }
}

/// The newest of these that came out before `own` and is no correction itself.
fn newest_before(own: &Listing, listings: Vec<Listing>) -> Option<ReleaseId> {
    let earlier = listings.into_iter().filter(|listing| {
        listing.id < own.id
            && !matches!(
                listing.standing,
                Some(Standing::Correction | Standing::Kill)
            )
    });
    earlier.map(|listing| listing.id).max()
}

/// The words of a headline that find it again, without the marks of a correction.
fn words(headline: &str) -> Vec<String> {
    let mut rest = headline.to_lowercase();
    for mark in MARKS {
        rest = rest.replace(mark, " ");
    }
    rest.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= LONG)
        .take(WORDS)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_a_correction_are_no_words_of_its_headline() {
        let found = words("CORRECTING and REPLACING Norvik Opens a Cable Plant by the Sea");
        assert_eq!(found, ["norvik", "opens", "cable", "plant"]);
        assert!(words("/C O R R E C T I O N --").is_empty());
    }
}
