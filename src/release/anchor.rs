//! A passage's anchor: the words themselves, what stands around them, and where they stood. It exists so that a
//! bookmark survives edits of its text: words are looked for where they were, then elsewhere, then nearly the same
//! words; what is found nowhere is an orphan, kept and shown. It refuses to settle on a short phrase whose
//! surroundings have nothing of the old ones.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::{Anchor, AnchorStatus};
use crate::text::Extent;

/// Code points kept on each side.
const CONTEXT: usize = 64;

/// Words shorter than this (in code points) are taken as found elsewhere only with some of their old surroundings.
const SHORT: usize = 16;

/// How many code points of surroundings a short phrase needs.
const SUPPORT: usize = 4;

/// The longest words compared as a whole with a changed text; of longer ones the beginning and the end are looked for.
const WHOLE: usize = 1024;

/// How much of the beginning and of the end is then looked for.
const EDGE: usize = 256;

/// More places with the same words than this are not weighed.
const PLACES: usize = 10_000;

impl Anchor {
    /// The anchor of `extent` in `text`. An extent off the text's characters gives an anchor of nothing.
    #[must_use]
    pub fn take(text: &str, extent: Extent) -> Self {
        let exact = extent.of(text);
        let before = text.get(..extent.start).unwrap_or("");
        let after = text.get(extent.end..).unwrap_or("");
        let start = before.chars().count();
        let lead = before.char_indices().rev().take(CONTEXT).last();
        Self {
            exact: exact.to_owned(),
            prefix: before[lead.map_or(before.len(), |(at, _)| at)..].to_owned(),
            suffix: after.chars().take(CONTEXT).collect(),
            start,
            end: start + exact.chars().count(),
            text_sha256: sha256(text),
        }
    }

    /// Where the anchored words stand in `text`, and how they were found; `None` for an orphan.
    ///
    /// Linear in the length of `text` for every anchor (times a small factor that grows with the anchor's length).
    #[must_use]
    pub fn find(&self, text: &str) -> (AnchorStatus, Option<Extent>) {
        if self.exact.is_empty() {
            return (AnchorStatus::Orphaned, None);
        }
        let there = self.place(text);
        if let Some(extent) = there
            && (extent.of(text) == self.exact)
            && (self.text_sha256 == sha256(text) || self.support(text, extent) > 0)
        {
            return (AnchorStatus::Exact, Some(extent));
        }
        if let Some(extent) = self.same_words(text, there) {
            return (AnchorStatus::Moved, Some(extent));
        }
        match self.similar_words(text) {
            Some(extent) => (AnchorStatus::Fuzzy, Some(extent)),
            None => (AnchorStatus::Orphaned, None),
        }
    }

    /// The anchor's position as an extent of `text`, where the text is that long.
    fn place(&self, text: &str) -> Option<Extent> {
        let length = self.end.checked_sub(self.start)?;
        let start = byte_of(text, self.start)?;
        let end = start + byte_of(&text[start..], length)?;
        Some(Extent::new(start, end))
    }

    /// How many code points around `extent` are as they were, both sides together.
    fn support(&self, text: &str, extent: Extent) -> usize {
        let before = text[..extent.start].chars().rev();
        let after = text[extent.end..].chars();
        let alike = |mut pairs: Box<dyn Iterator<Item = (char, char)> + '_>| {
            let mut n = 0;
            while pairs.next().is_some_and(|(a, b)| a == b) {
                n += 1;
            }
            n
        };
        alike(Box::new(before.zip(self.prefix.chars().rev())))
            + alike(Box::new(after.zip(self.suffix.chars())))
    }

    /// The same words elsewhere: where most of the surroundings are as they were, then nearest to the old place.
    fn same_words(&self, text: &str, there: Option<Extent>) -> Option<Extent> {
        let home = there.map_or(text.len(), |extent| extent.start);
        let finder = memchr::memmem::Finder::new(&self.exact);
        let (support, _, extent) = finder
            .find_iter(text.as_bytes())
            .take(PLACES)
            .map(|start| Extent::new(start, start + self.exact.len()))
            .map(|extent| {
                let far = std::cmp::Reverse(extent.start.abs_diff(home));
                (self.support(text, extent), far, extent)
            })
            .max()?;
        let known = support >= SUPPORT || self.exact.chars().nth(SHORT - 1).is_some();
        known.then_some(extent)
    }

    /// Nearly the same words: at most a quarter of the characters inserted, deleted or replaced.
    fn similar_words(&self, text: &str) -> Option<Extent> {
        let exact: Vec<char> = self.exact.chars().collect();
        if exact.len() < SHORT {
            return None;
        }
        let hay: Vec<char> = text.chars().collect();
        let (start, end) = if exact.len() <= WHOLE {
            approximate(&exact, &hay, exact.len() / 4, self.start)?
        } else {
            let head = approximate(&exact[..EDGE], &hay, EDGE / 4, self.start)?;
            let tail_at = self.end.saturating_sub(EDGE);
            let tail = approximate(&exact[exact.len() - EDGE..], &hay, EDGE / 4, tail_at)?;
            let long = tail.1.checked_sub(head.0)?;
            (long >= exact.len() / 2 && long <= exact.len() * 2).then_some((head.0, tail.1))?
        };
        let from = byte_of(text, start)?;
        Some(Extent::new(
            from,
            from + byte_of(&text[from..], end - start)?,
        ))
    }
}

/// SHA-256 in hexadecimal.
fn sha256(text: &str) -> String {
    use std::fmt::Write;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// The byte at which code point number `count` of `text` begins (its length for the one past the last).
fn byte_of(text: &str, count: usize) -> Option<usize> {
    if count == 0 {
        return Some(0);
    }
    let mut indices = text.char_indices();
    indices.nth(count - 1).map(|(at, c)| at + c.len_utf8())
}

/// The stretch of `hay` that is nearest to `needle` with at most `errors` edits; among equals the one nearest to
/// `home`. All in code points.
fn approximate(
    needle: &[char],
    hay: &[char],
    errors: usize,
    home: usize,
) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize, usize)> = None; // (edits, distance from home, end)
    distances(needle, hay, |end, edits| {
        if edits <= errors {
            let far = end.abs_diff(home + needle.len());
            if best.is_none_or(|b| (edits, far) < (b.0, b.1)) {
                best = Some((edits, far, end));
            }
        }
    });
    let (edits, _, end) = best?;
    // The start: the same search backwards from the end.
    let window = needle.len() + edits;
    let back: Vec<char> = hay[end.saturating_sub(window)..end]
        .iter()
        .rev()
        .copied()
        .collect();
    let reversed: Vec<char> = needle.iter().rev().copied().collect();
    let mut length = needle.len().min(end);
    let mut fewest = usize::MAX;
    anchored_distances(&reversed, &back, |taken, edits| {
        if edits < fewest {
            (fewest, length) = (edits, taken);
        }
    });
    (length > 0).then_some((end - length, end))
}

/// Calls `report(end, edits)` for every end in `hay` with the fewest edits that make some stretch ending there into
/// `needle` (Myers' bit-parallel algorithm in blocks of 64, after Hyyrö).
fn distances(needle: &[char], hay: &[char], report: impl FnMut(usize, usize)) {
    bit_parallel(needle, hay, 0, report);
}

/// As [`distances`], for stretches that begin at the first character of `hay`.
fn anchored_distances(needle: &[char], hay: &[char], report: impl FnMut(usize, usize)) {
    bit_parallel(needle, hay, 1, report);
}

/// The common body: `entering` is the horizontal difference that enters the first row at each column, 0 where a
/// match may begin anywhere and 1 where it begins at the start.
fn bit_parallel(
    needle: &[char],
    hay: &[char],
    entering: i32,
    mut report: impl FnMut(usize, usize),
) {
    let blocks = needle.len().div_ceil(64);
    if blocks == 0 {
        return;
    }
    let mut equal: HashMap<char, Vec<u64>> = HashMap::new();
    for (at, c) in needle.iter().enumerate() {
        equal.entry(*c).or_insert_with(|| vec![0; blocks])[at / 64] |= 1 << (at % 64);
    }
    let none = vec![0; blocks];
    let last = 1_u64 << ((needle.len() - 1) % 64);
    let mut plus = vec![u64::MAX; blocks];
    let mut minus = vec![0_u64; blocks];
    let mut edits = needle.len();
    for (at, c) in hay.iter().enumerate() {
        let eq = equal.get(c).unwrap_or(&none);
        let mut carry = entering;
        for block in 0..blocks {
            let top = if block + 1 == blocks { last } else { 1 << 63 };
            carry = step(&mut plus[block], &mut minus[block], eq[block], top, carry);
        }
        edits = edits.wrapping_add_signed(carry as isize);
        report(at + 1, edits);
    }
}

/// One block of one column: takes the horizontal difference that comes in from above, gives the one that leaves at
/// the bit `top`.
fn step(plus: &mut u64, minus: &mut u64, mut eq: u64, top: u64, carry: i32) -> i32 {
    let (pv, mv) = (*plus, *minus);
    let xv = eq | mv;
    if carry < 0 {
        eq |= 1;
    }
    let xh = ((eq & pv).wrapping_add(pv) ^ pv) | eq;
    let mut ph = mv | !(xh | pv);
    let mut mh = pv & xh;
    let leaving = i32::from(ph & top != 0) - i32::from(mh & top != 0);
    ph = (ph << 1) | u64::from(carry > 0);
    mh = (mh << 1) | u64::from(carry < 0);
    *plus = mh | !(xv | ph);
    *minus = ph & xv;
    leaving
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The port of Lisbon grew. The port of Lisbon grew by 4 % — “a good year”, Ana Costa said.\n\nThe port of Lisbon grew.";

    fn anchor(text: &str, exact: &str, nth: usize) -> Anchor {
        let start = text.match_indices(exact).nth(nth).expect("in the text").0;
        Anchor::take(text, Extent::new(start, start + exact.len()))
    }

    #[test]
    fn an_anchor_counts_code_points() {
        let anchor = anchor(TEXT, "“a good year”", 0);
        assert_eq!(anchor.end - anchor.start, 13);
        assert_eq!(anchor.prefix.chars().count(), 58);
        assert_eq!(anchor.find(TEXT).0, AnchorStatus::Exact);
    }

    #[test]
    fn the_same_words_are_told_apart_by_what_surrounds_them() {
        let third = anchor(TEXT, "The port of Lisbon grew.", 1);
        let edited = format!("A new first line.\n\n{TEXT}");
        let (status, extent) = third.find(&edited);
        assert_eq!(status, AnchorStatus::Moved);
        assert_eq!(extent.map(|e| e.end), Some(edited.len()));
    }

    #[test]
    fn nearly_the_same_words_are_found_with_their_edges() {
        let anchor = anchor(TEXT, "grew by 4 % — “a good year”", 0);
        let edited = "It is said that Lisbon's port grew by 5.2 % – “a good year”, said Ana Costa.";
        let (status, extent) = anchor.find(edited);
        assert_eq!(status, AnchorStatus::Fuzzy);
        assert_eq!(
            extent.map(|e| e.of(edited)),
            Some("grew by 5.2 % – “a good year”")
        );
    }

    #[test]
    fn what_is_gone_is_an_orphan() {
        let gone = anchor(TEXT, "“a good year”, Ana Costa said", 0);
        assert_eq!(
            gone.find("Quite another release about shipping and steel."),
            (AnchorStatus::Orphaned, None)
        );
        let short = anchor(TEXT, "port", 0);
        assert_eq!(short.find("We export.").0, AnchorStatus::Orphaned);
        assert_eq!(
            Anchor::take("", Extent::new(0, 0)).find("").0,
            AnchorStatus::Orphaned
        );
    }

    #[test]
    fn a_long_passage_is_found_by_its_edges() {
        let body: String = (0..400)
            .map(|n| format!("Sentence number {n} of the report. "))
            .collect();
        let anchor = Anchor::take(&body, Extent::new(100, 9_000));
        let edited = body
            .replace("number 57 ", "number fifty-seven ")
            .replace("number 150 ", "");
        let (status, extent) = anchor.find(&edited);
        assert_eq!(status, AnchorStatus::Fuzzy);
        let found = extent.expect("found").of(&edited);
        assert!(
            found.starts_with(&body[100..140]) && found.ends_with(&body[8_960..9_000]),
            "{found}"
        );
    }

    proptest::proptest! {
        #[test]
        fn an_untouched_text_gives_back_every_extent(text in "\\PC{0,80}", a in 0_usize..80, b in 0_usize..80) {
            let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (a, b) = (cuts[a % cuts.len()], cuts[b % cuts.len()]);
            let extent = Extent::new(a.min(b), a.max(b));
            let found = Anchor::take(&text, extent).find(&text);
            if extent.is_empty() {
                proptest::prop_assert_eq!(found, (AnchorStatus::Orphaned, None));
            } else {
                proptest::prop_assert_eq!(found, (AnchorStatus::Exact, Some(extent)));
            }
        }

        #[test]
        fn the_bit_parallel_distance_is_the_plain_one(needle in "[ab]{1,90}", hay in "[ab]{0,40}") {
            let needle: Vec<char> = needle.chars().collect();
            let hay: Vec<char> = hay.chars().collect();
            let mut column: Vec<usize> = (0..=needle.len()).collect();
            let mut plain = Vec::new();
            for c in &hay {
                let mut diagonal = column[0];
                column[0] = 0;
                for row in 1..=needle.len() {
                    let cost = usize::from(needle[row - 1] != *c);
                    let cell = (diagonal + cost).min(column[row] + 1).min(column[row - 1] + 1);
                    diagonal = std::mem::replace(&mut column[row], cell);
                }
                plain.push(column[needle.len()]);
            }
            let mut fast = Vec::new();
            distances(&needle, &hay, |_, edits| fast.push(edits));
            proptest::prop_assert_eq!(fast, plain);
        }
    }
}
