//! The small words of English, which join names, part them, or stand for them. Closed lists over lower-case words; no
//! names.

use std::sync::LazyLock;

use super::organisation;
use crate::text::WordSet;

/// Small words inside names: `Bank of England`, `Ludwig van Beethoven`.
pub(in crate::entity::layers) fn inner(low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(&[
            "of", "the", "for", "and", "&", "de", "du", "des", "la", "le", "les", "van", "von",
            "der", "den", "del", "della", "di", "da", "dos", "das", "do", "al", "el", "bin", "ibn",
            "y", "zu", "für", "und", "et", "e", "in", "on", "to", "at", "with",
        ])
    });
    WORDS.has(low)
}

/// Articles of German, French and Spanish that begin no name of a person. `La` and `Le` do.
pub(in crate::entity::layers) fn foreign_article(low: &str) -> bool {
    matches!(low, "die" | "der" | "das" | "les" | "des" | "los" | "las")
}

/// Words of grammar: alone they are no name, however they are written.
pub(in crate::entity::layers) fn function(low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(&[
            "a",
            "an",
            "the",
            "and",
            "or",
            "but",
            "of",
            "to",
            "in",
            "on",
            "at",
            "by",
            "for",
            "from",
            "with",
            "as",
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "has",
            "have",
            "had",
            "he",
            "she",
            "it",
            "we",
            "you",
            "they",
            "i",
            "his",
            "her",
            "its",
            "our",
            "your",
            "their",
            "this",
            "that",
            "these",
            "those",
            "who",
            "what",
            "when",
            "where",
            "why",
            "how",
            "which",
            "if",
            "then",
            "than",
            "so",
            "not",
            "no",
            "yes",
            "all",
            "any",
            "some",
            "each",
            "every",
            "both",
            "more",
            "most",
            "other",
            "such",
            "only",
            "also",
            "there",
            "here",
            "now",
            "today",
            "will",
            "would",
            "can",
            "could",
            "should",
            "may",
            "might",
            "must",
            "do",
            "does",
            "did",
            "about",
            "after",
            "before",
            "into",
            "over",
            "under",
            "through",
            "during",
            "while",
            "since",
            "until",
            "because",
            "however",
            "let",
            "me",
            "us",
            "them",
            "him",
            "my",
            "one",
            "two",
            "three",
            "first",
            "second",
            "last",
            "next",
            "new",
            "according",
            "please",
            "visit",
            "see",
            "join",
            "read",
            "watch",
            "click",
        ])
    });
    WORDS.has(low)
}

/// Nouns that, capitalised and alone, only stand for an organisation named elsewhere: "the Company".
pub(in crate::entity::layers) fn nominal(low: &str) -> bool {
    organisation(low)
        && !matches!(
            low,
            "senate"
                | "congress"
                | "parliament"
                | "navy"
                | "army"
                | "times"
                | "journal"
                | "gold"
                | "works"
        )
}
