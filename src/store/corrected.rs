//! What a correction or a withdrawal is about, and the other way round, what corrects or withdraws a release. Both go by one
//! piece of evidence: the earlier release that a correction names by its headline. A correction's own headline is the
//! earlier one's with a mark before it, so the words of the headline find it: first among its copies, which the list hides
//! behind the correction, then among all of the year around it. It refuses to guess: a release that came later, or that shares
//! only some words, is none; and what is said to correct a release is a correction that names this one and no newer one.

use super::failure::{Doing, StoreError};
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

/// Headlines are used again: further apart than this, in seconds, one means another release. It also bounds what is
/// searched whenever a release is opened.
const FAR: i64 = 366 * 86_400;

/// So many releases with these words are looked at, newest first.
const LOOKED_AT: usize = 40;

impl Reader {
    /// The newest release that this one corrects or withdraws, where the library has it.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn corrected(&self, release: ReleaseId) -> Result<Option<ReleaseId>, StoreError> {
        let Some(own) = listing::find(&self.db, release.0)? else {
            return Ok(None);
        };
        let copies: Vec<i64> = self.story(release)?.into_iter().map(|id| id.0).collect();
        let copies = listing::all(&self.db, &copies)?;
        if let Some(earlier) = newest_before(&own, copies) {
            return Ok(Some(earlier));
        }
        let since = bound("after", own.published - FAR);
        let found = self.headed_like(&own, &since)?;
        Ok(newest_before(&own, found))
    }

    /// The newest release that corrects or withdraws this one, where the library has one.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn correction(&self, own: &Listing) -> Result<Option<Listing>, StoreError> {
        let copies: Vec<i64> = self.story(own.id)?.into_iter().map(|id| id.0).collect();
        let later = |listing: &Listing| listing.id > own.id && replaces(listing);
        let among = listing::all(&self.db, &copies)?.into_iter().filter(later);
        if let Some(found) = among.max_by_key(|listing| listing.id) {
            return Ok(Some(found));
        }
        for id in self.replacing(own)? {
            let earlier = self.corrected(ReleaseId(id))?;
            if earlier.is_some_and(|id| id == own.id || copies.contains(&id.0)) {
                return listing::find(&self.db, id);
            }
        }
        Ok(None)
    }

    /// What corrects or withdraws something in the year after this release, in headlines that have the words of its own;
    /// the newest first.
    fn replacing(&self, own: &Listing) -> Result<Vec<i64>, StoreError> {
        let doing = "looking for corrections";
        let words = words(own.headline.as_str());
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT id, headline FROM releases INDEXED BY replacing
                 WHERE standing IN (1, 2) AND published BETWEEN ?1 AND ?2 ORDER BY published DESC",
            )
            .doing(doing)?;
        let mut rows = statement
            .query([own.published, own.published.saturating_add(FAR)])
            .doing(doing)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().doing(doing)? {
            let id: i64 = row.get(0).doing(doing)?;
            let headline = row.get_ref(1).doing(doing)?.as_str().unwrap_or("");
            if id > own.id.0 && has_all(headline, &words) {
                found.push(id);
            }
        }
        // A deleted one says nothing any more. It is asked of the few that are left, for it stands in their rows.
        let mut listed = self
            .db
            .prepare_cached("SELECT 1 FROM releases WHERE id = ?1 AND flags & 12 = 0")
            .doing(doing)?;
        let mut kept = Vec::with_capacity(found.len());
        for id in found {
            if listed.exists([id]).doing(doing)? {
                kept.push(id);
            }
        }
        Ok(kept)
    }

    /// The releases in whose headlines the words of this one's stand, within a bound, newest first.
    fn headed_like(&self, own: &Listing, bound: &str) -> Result<Vec<Listing>, StoreError> {
        let words = words(own.headline.as_str());
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let titled: Vec<String> = words.iter().map(|word| format!("title:{word}")).collect();
        let selection = Selection {
            query: Some(Query::parse(&format!("{} {bound}", titled.join(" ")))),
            order: Order::Newest,
            ..Selection::default()
        };
        // No day stands in such a query, so none has to be counted from.
        Ok(self.rows(&selection, Start::First, LOOKED_AT, 0)?.rows)
    }
}

/// A bound of time as queries have it; none where no calendar reaches.
fn bound(side: &str, seconds: i64) -> String {
    let day = jiff::Timestamp::from_second(seconds)
        .map(|instant| jiff::tz::TimeZone::UTC.to_datetime(instant).date());
    match day {
        Ok(day) if day.year() > 0 => format!("{side}:{day}"),
        _ => String::new(),
    }
}

/// Whether a headline has all these words, which are in lower case.
fn has_all(headline: &str, words: &[String]) -> bool {
    let headline = headline.to_lowercase();
    let its = |word: &&str| {
        headline
            .split(|c: char| !c.is_alphanumeric())
            .any(|its| its == *word)
    };
    words.iter().map(String::as_str).all(|word| its(&word))
}

/// Whether a release corrects or withdraws another.
fn replaces(listing: &Listing) -> bool {
    matches!(
        listing.standing,
        Some(Standing::Correction | Standing::Kill)
    )
}

/// The newest of these that came out before `own` and is no correction itself.
fn newest_before(own: &Listing, listings: Vec<Listing>) -> Option<ReleaseId> {
    let earlier = listings
        .into_iter()
        .filter(|listing| listing.id < own.id && !replaces(listing));
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
