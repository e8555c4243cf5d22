//! The closed lists that the repairs reason with: little words, words that open a sentence, labels of a contact
//! block, endings of a domain. General English and the trade's own words; no name of anyone.

use super::lexicon::look_up;

/// Whether `word` is a word of English as far as the lexicon knows; of single letters, only `a` and `I`.
pub(super) fn is_word(word: &str) -> bool {
    match word.len() {
        0 => false,
        1 => matches!(word, "a" | "A" | "I"),
        _ => look_up(word).is_some(),
    }
}

/// Whether `word` is a little word that nothing ends with: what follows belongs to it.
pub(super) fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "and"
            | "or"
            | "of"
            | "to"
            | "in"
            | "for"
            | "with"
            | "by"
            | "at"
            | "from"
            | "on"
            | "as"
            | "that"
            | "which"
            | "who"
            | "whose"
            | "its"
            | "their"
            | "his"
            | "her"
            | "our"
            | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "will"
            | "be"
            | "into"
            | "between"
            | "including"
            | "than"
            | "but"
            | "we’re"
            | "we’ve"
    )
}
