//! Themes: what a release says again and again that is no name. The measure is the C-value of Frantzi, Ananiadou and
//! Mima (2000): log2 of a phrase's length times how often it stands, less its mean count inside longer candidates; so
//! "quality productive forces" gives way to "new quality productive forces" where it never stands alone. Candidates are
//! runs of two to four content words of one sentence that stand at least three times.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};

use super::token::{Gap, Page, Shape};
use crate::entity::Theme;
use crate::text::{Extent, SafeText, WordSet};

/// The most words of a theme.
const LONGEST: usize = 4;
/// How often a phrase must stand.
const OFTEN: usize = 3;
/// The most themes of a release.
const MOST: usize = 8;

/// A phrase: the numbers of its words, then zeros.
type Phrase = [u32; LONGEST];

/// Where each phrase stands: its first and last token.
type Places = HashMap<Phrase, Vec<(usize, usize)>>;

/// The words of a phrase.
fn words_of(phrase: &Phrase) -> &[u32] {
    let length = phrase.iter().position(|word| *word == 0);
    &phrase[..length.unwrap_or(LONGEST)]
}

/// The phrase of these words, not more than [`LONGEST`].
fn phrase(words: &[u32]) -> Phrase {
    let mut phrase = [0; LONGEST];
    phrase[..words.len()].copy_from_slice(words);
    phrase
}

/// The themes of the page, strongest first. `named` says which tokens belong to names or figures.
pub(super) fn find(page: &Page<'_>, named: &[bool]) -> Vec<Theme> {
    let candidates: Vec<bool> = (0..page.len())
        .map(|at| !named.get(at).copied().unwrap_or(true) && content_word(page, at))
        .collect();
    let numbers = numbers(page, &candidates);
    let free = |at: usize| numbers.get(at).is_some_and(Option::is_some);
    let mut counts = Places::new();
    let mut run_start = None;
    for at in 0..=page.len() {
        let content = free(at) && (run_start.is_none() || page.token(at).gap <= Gap::Space);
        match (content, run_start) {
            (true, None) => run_start = Some(at),
            (false, Some(start)) => {
                collect(&numbers[start..at], start, &mut counts);
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

/// A number for each candidate's word, from 1, and 0 for hyphens. Words that stand too seldom have none: a phrase
/// stands no more often than each of its words.
fn numbers(page: &Page<'_>, candidates: &[bool]) -> Vec<Option<u32>> {
    let mut words: HashMap<&str, (usize, u32)> = HashMap::new();
    let chosen = |at: &usize| candidates[*at];
    for at in (0..page.len()).filter(chosen) {
        let next = words.len() as u32 + 1;
        words.entry(page.low(at)).or_insert((0, next)).0 += 1;
    }
    let number = |at: usize| {
        if !candidates[at] {
            return None;
        }
        if page.is_dash(at) {
            return Some(0);
        }
        let (count, number) = words.get(page.low(at))?;
        (*count >= OFTEN).then_some(*number)
    };
    (0..page.len()).map(number).collect()
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
            && !FUNCTION_WORDS.has(page.low(at))
}

/// Words that say nothing by themselves.
static FUNCTION_WORDS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::new(&[
        "the",
        "and",
        "for",
        "with",
        "that",
        "this",
        "from",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "its",
        "our",
        "their",
        "his",
        "her",
        "your",
        "not",
        "but",
        "can",
        "will",
        "would",
        "could",
        "should",
        "may",
        "might",
        "must",
        "been",
        "being",
        "who",
        "whom",
        "which",
        "what",
        "when",
        "where",
        "while",
        "how",
        "why",
        "all",
        "any",
        "each",
        "every",
        "more",
        "most",
        "other",
        "some",
        "such",
        "than",
        "then",
        "there",
        "these",
        "those",
        "they",
        "them",
        "through",
        "over",
        "under",
        "into",
        "about",
        "after",
        "before",
        "between",
        "during",
        "also",
        "only",
        "very",
        "both",
        "said",
        "says",
        "you",
        "she",
        "him",
        "one",
        "two",
        "three",
        "including",
        "across",
        "within",
        "without",
        "because",
        "until",
        "against",
        "further",
        "just",
        "now",
        "out",
        "off",
        "own",
        "same",
        "too",
        "get",
        "make",
        "made",
        "per",
        "please",
        "visit",
        "information",
        "der",
        "die",
        "das",
        "und",
        "les",
        "des",
        "une",
        "que",
        "los",
        "las",
        "del",
        "por",
        "para",
        "con",
        "provide",
        "provides",
        "help",
        "helps",
        "announced",
        "today",
    ])
});

/// Counts the phrases of a run of words and hyphens that begins at token `start`.
fn collect(run: &[Option<u32>], start: usize, counts: &mut Places) {
    for (first, word) in run.iter().enumerate() {
        if *word == Some(0) {
            continue;
        }
        let (mut words, mut length) = ([0; LONGEST], 0);
        for (last, word) in run.iter().enumerate().skip(first) {
            let Some(word) = word.filter(|word| *word > 0) else {
                continue;
            };
            words[length] = word;
            length += 1;
            if length > 1 {
                let places = counts.entry(words).or_default();
                places.push((start + first, start + last));
            }
            if length == LONGEST {
                break;
            }
        }
    }
}

/// The phrases by falling C-value, those that only stand inside a stronger one left out.
fn rank(counts: &Places) -> Vec<Phrase> {
    let mut inside: HashMap<Phrase, (usize, usize)> = HashMap::new();
    for (words, places) in counts {
        let words = words_of(words);
        for length in 2..words.len() {
            for part in words.windows(length) {
                let entry = inside.entry(phrase(part)).or_default();
                entry.0 += places.len();
                entry.1 += 1;
            }
        }
    }
    let mut valued: Vec<(f64, usize, &Phrase)> = counts
        .iter()
        .map(|(words, places)| {
            let (within, longer) = inside.get(words).copied().unwrap_or((0, 0));
            let nested = if longer == 0 {
                0.0
            } else {
                within as f64 / longer as f64
            };
            let length = words_of(words).len() as f64;
            let value = length.log2() * (places.len() as f64 - nested);
            (value, places[0].0, words)
        })
        .filter(|(value, ..)| *value >= OFTEN as f64 - 0.5)
        .collect();
    valued.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then(a.1.cmp(&b.1))
            .then(words_of(b.2).len().cmp(&words_of(a.2).len()))
    });
    let mut kept: Vec<Phrase> = Vec::new();
    for (_, _, words) in valued {
        if !kept
            .iter()
            .any(|other| nested(words_of(other), words_of(words)))
        {
            kept.push(*words);
        }
        if kept.len() == MOST {
            break;
        }
    }
    kept
}

/// Whether one phrase stands in the other.
fn nested(one: &[u32], other: &[u32]) -> bool {
    let (long, short) = if one.len() > other.len() {
        (one, other)
    } else {
        (other, one)
    };
    long.windows(short.len()).any(|part| part == short)
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
