//! Themes: what a release says again and again that is no name. The measure is the C-value of Frantzi, Ananiadou and
//! Mima (2000): log2 of a phrase's length times how often it stands, less its mean count inside longer candidates; so
//! "quality productive forces" gives way to "new quality productive forces" where it never stands alone. Candidates are
//! runs of two to four content words of one sentence that stand at least three times.

use std::collections::HashMap;

use super::token::{Gap, Page, Shape};
use crate::entity::Theme;
use crate::text::{Extent, SafeText};

/// The most words of a theme.
const LONGEST: usize = 4;
/// How often a phrase must stand.
const OFTEN: usize = 3;
/// The most themes of a release.
const MOST: usize = 8;

/// The themes of the page, strongest first. `named` says which tokens belong to names or figures.
pub(super) fn find(page: &Page<'_>, named: &[bool]) -> Vec<Theme> {
    let mut counts: HashMap<Vec<&str>, Vec<(usize, usize)>> = HashMap::new();
    let mut run_start = None;
    let candidate = |at: usize| named.get(at).is_some_and(|named| !named) && content_word(page, at);
    // A phrase stands no more often than each of its words: most words need no second look.
    let mut words: HashMap<&str, usize> = HashMap::new();
    for at in (0..page.len()).filter(|&at| candidate(at)) {
        *words.entry(page.low(at)).or_default() += 1;
    }
    let free = |at: usize| {
        candidate(at)
            && (page.is_dash(at) || words.get(page.low(at)).is_some_and(|count| *count >= OFTEN))
    };
    let end = page.len();
    for at in 0..=end {
        let content = free(at) && (run_start.is_none() || page.token(at).gap <= Gap::Space);
        match (content, run_start) {
            (true, None) => run_start = Some(at),
            (false, Some(start)) => {
                collect(page, start, at, &mut counts);
                run_start = free(at).then_some(at);
            }
            _ => {}
        }
    }
    counts.retain(|_, places| places.len() >= OFTEN);
    let ranked = rank(&counts);
    ranked
        .into_iter()
        .take(MOST)
        .map(|words| theme(page, &counts[&words]))
        .collect()
}

/// A word that can stand in a theme: letters, not a function word.
fn content_word(page: &Page<'_>, at: usize) -> bool {
    let token = page.token(at);
    let hyphen =
        page.is_mark(at, '-') && token.gap == Gap::Glued && page.token(at + 1).gap == Gap::Glued;
    hyphen
        || token.shape == Shape::Word
            && !token.masked
            && token.end - token.start > 2
            && !function_word(page.low(at))
}

fn function_word(low: &str) -> bool {
    matches!(
        low,
        "the"
            | "and"
            | "for"
            | "with"
            | "that"
            | "this"
            | "from"
            | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "its"
            | "our"
            | "their"
            | "his"
            | "her"
            | "your"
            | "not"
            | "but"
            | "can"
            | "will"
            | "would"
            | "could"
            | "should"
            | "may"
            | "might"
            | "must"
            | "been"
            | "being"
            | "who"
            | "whom"
            | "which"
            | "what"
            | "when"
            | "where"
            | "while"
            | "how"
            | "why"
            | "all"
            | "any"
            | "each"
            | "every"
            | "more"
            | "most"
            | "other"
            | "some"
            | "such"
            | "than"
            | "then"
            | "there"
            | "these"
            | "those"
            | "they"
            | "them"
            | "through"
            | "over"
            | "under"
            | "into"
            | "about"
            | "after"
            | "before"
            | "between"
            | "during"
            | "also"
            | "only"
            | "very"
            | "both"
            | "said"
            | "says"
            | "you"
            | "she"
            | "him"
            | "one"
            | "two"
            | "three"
            | "including"
            | "across"
            | "within"
            | "without"
            | "because"
            | "until"
            | "against"
            | "further"
            | "just"
            | "now"
            | "out"
            | "off"
            | "own"
            | "same"
            | "too"
            | "get"
            | "make"
            | "made"
            | "per"
            | "please"
            | "visit"
            | "information"
            | "der"
            | "die"
            | "das"
            | "und"
            | "les"
            | "des"
            | "une"
            | "que"
            | "los"
            | "las"
            | "del"
            | "por"
            | "para"
            | "con"
            | "provide"
            | "provides"
            | "help"
            | "helps"
            | "announced"
            | "today"
    )
}

/// Counts the phrases of the run from `start` to before `end`.
fn collect<'p>(
    page: &'p Page<'_>,
    start: usize,
    end: usize,
    counts: &mut HashMap<Vec<&'p str>, Vec<(usize, usize)>>,
) {
    for first in start..end {
        if page.is_dash(first) {
            continue;
        }
        let mut words = Vec::new();
        let mut last = first;
        while last < end && words.len() < LONGEST {
            if !page.is_dash(last) {
                words.push(page.low(last));
                if words.len() > 1 {
                    counts.entry(words.clone()).or_default().push((first, last));
                }
            }
            last += 1;
        }
    }
}

/// The phrases by falling C-value, those that only stand inside a stronger one left out.
fn rank<'p>(counts: &HashMap<Vec<&'p str>, Vec<(usize, usize)>>) -> Vec<Vec<&'p str>> {
    let mut inside: HashMap<&[&str], (usize, usize)> = HashMap::new();
    for (words, places) in counts {
        for length in 2..words.len() {
            for part in words.windows(length) {
                let entry = inside.entry(part).or_default();
                entry.0 += places.len();
                entry.1 += 1;
            }
        }
    }
    let mut valued: Vec<(f64, usize, &Vec<&str>)> = counts
        .iter()
        .map(|(words, places)| {
            let (within, longer) = inside.get(words.as_slice()).copied().unwrap_or((0, 0));
            let nested = if longer == 0 {
                0.0
            } else {
                within as f64 / longer as f64
            };
            (
                (words.len() as f64).log2() * (places.len() as f64 - nested),
                places[0].0,
                words,
            )
        })
        .filter(|(value, ..)| *value >= OFTEN as f64 - 0.5)
        .collect();
    valued.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then(a.1.cmp(&b.1))
            .then(b.2.len().cmp(&a.2.len()))
    });
    let mut kept: Vec<Vec<&str>> = Vec::new();
    for (_, _, words) in valued {
        let nested = kept.iter().any(|other| {
            let (long, short) = if other.len() > words.len() {
                (other, words)
            } else {
                (words, other)
            };
            long.windows(short.len())
                .any(|part| part == short.as_slice())
        });
        if !nested {
            kept.push(words.clone());
        }
        if kept.len() == MOST {
            break;
        }
    }
    kept
}

fn theme(page: &Page<'_>, places: &[(usize, usize)]) -> Theme {
    let mentions: Vec<Extent> = places
        .iter()
        .map(|&(first, last)| page.extent(first, last))
        .collect();
    Theme {
        text: SafeText::clean_line(mentions[0].of(page.text)),
        count: mentions.len(),
        mentions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_that_recurs_is_the_theme() {
        let text = "They build new quality productive forces. The new quality productive forces grow. More new quality \
                    productive forces come, and green trade stays.";
        let page = Page::new(text, &[Extent::new(0, text.len())]);
        let themes = find(&page, &vec![false; page.len()]);
        assert_eq!(themes.len(), 1, "{themes:?}");
        assert_eq!(&*themes[0].text, "new quality productive forces");
        assert_eq!(themes[0].count, 3);
    }
}
