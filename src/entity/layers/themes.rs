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
    let numbers = numbers(page, named);
    let runs = runs(page, &numbers);
    let mut pairs: HashMap<(u32, u32), usize> = HashMap::with_capacity(runs.len());
    for pair in runs.windows(2) {
        if let [(first @ 1.., _), (second @ 1.., _)] = pair {
            *pairs.entry((*first, *second)).or_default() += 1;
        }
    }
    // A phrase stands no more often than each pair of words that follow each other in it.
    pairs.retain(|_, count| *count >= OFTEN);
    let mut counts = Places::new();
    if !pairs.is_empty() {
        collect(&runs, &pairs, &mut counts);
    }
    counts.retain(|_, places| places.len() >= OFTEN);
    let ranked = rank(&counts);
    ranked
        .into_iter()
        .take(MOST)
        .map(|words| theme(page, &counts[&words]))
        .collect()
}

/// The words of all runs of words and hyphens that a phrase can stand in: number and token. Number 0 parts the runs.
fn runs(page: &Page<'_>, numbers: &[Option<u32>]) -> Vec<(u32, usize)> {
    let mut runs: Vec<(u32, usize)> = Vec::with_capacity(numbers.len());
    let mut goes_on = false;
    for (at, number) in numbers.iter().enumerate() {
        let joined = goes_on && number.is_some() && page.token(at).gap <= Gap::Space;
        if !joined && runs.last().is_some_and(|(last, _)| *last > 0) {
            runs.push((0, at));
        }
        goes_on = number.is_some();
        runs.extend(
            number
                .filter(|number| *number > 0)
                .map(|number| (number, at)),
        );
    }
    runs
}

/// The number of each word that can stand in a theme, and 0 for hyphens. Words that stand too seldom have none: a phrase
/// stands no more often than each of its words.
fn numbers(page: &Page<'_>, named: &[bool]) -> Vec<Option<u32>> {
    let free = |at: usize| !named.get(at).copied().unwrap_or(true);
    let mut counts = vec![0_usize; page.words()];
    for at in 0..page.len() {
        counts[page.token(at).word as usize] += usize::from(free(at) && wordlike(page, at));
    }
    let content: Vec<bool> = counts
        .iter()
        .zip(0..)
        .map(|(count, word)| *count >= OFTEN && !FUNCTION_WORDS.has(page.word(word)))
        .collect();
    let number = |at: usize| {
        if !free(at) {
            None
        } else if hyphen(page, at) {
            Some(0)
        } else {
            let word = page.token(at).word;
            (content[word as usize] && wordlike(page, at)).then_some(word)
        }
    };
    (0..page.len()).map(number).collect()
}

/// A hyphen inside a word.
fn hyphen(page: &Page<'_>, at: usize) -> bool {
    page.token(at).gap == Gap::Glued
        && page.is_mark(at, '-')
        && page.token(at + 1).gap == Gap::Glued
}

/// A word that can stand in a theme if it is no function word.
fn wordlike(page: &Page<'_>, at: usize) -> bool {
    let token = page.token(at);
    token.shape == Shape::Word && !token.masked && token.end - token.start > 2
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

/// Notes the places of the phrases of all runs, of those whose `pairs` of words stand often.
fn collect(runs: &[(u32, usize)], pairs: &HashMap<(u32, u32), usize>, counts: &mut Places) {
    for (first, (word, start)) in runs.iter().enumerate() {
        let mut words = [0; LONGEST];
        words[0] = *word;
        let rest = runs[first + 1..].iter().take(LONGEST - 1);
        for (length, (word, end)) in rest.enumerate() {
            if !pairs.contains_key(&(words[length], *word)) {
                break;
            }
            words[length + 1] = *word;
            counts.entry(words).or_default().push((*start, *end));
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

    #[test]
    fn a_phrase_runs_over_hyphens_and_not_over_lines_or_names() {
        let text = "Open-source tools. The open-source tools, our open-source tools. Grid code\nwork. Grid code Acme \
                    work. Grid code work grows, grid code work, and grid code work.";
        let page = Page::new(text, &[Extent::new(0, text.len())]);
        let named: Vec<bool> = (0..page.len()).map(|at| page.of(at) == "Acme").collect();
        let themes = find(&page, &named);
        let themes: Vec<(&str, usize)> = themes.iter().map(|t| (&*t.text, t.count)).collect();
        assert_eq!(themes, [("Open-source tools", 3), ("Grid code work", 3)]);
    }
}
