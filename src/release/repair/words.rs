//! The closed lists that the repairs reason with: little words, words that open a sentence, labels of a contact
//! block, endings of a domain. General English and the trade's own words; no name of anyone.

use std::sync::LazyLock;

use super::lexicon::look_up;
use crate::text::WordMap;

/// Which lists a word is in, a bit each: a word is looked up once for all of them.
pub(super) type Signs = u16;

const FUNCTION: Signs = 1 << 0;
pub(super) const SMALL_IN_TITLE: Signs = 1 << 1;
const OPENS_SENTENCE: Signs = 1 << 2;
const MAY_OPEN_SENTENCE: Signs = 1 << 3;
const HEADING_WORD: Signs = 1 << 4;
pub(super) const PLAIN_VERB: Signs = 1 << 5;
const CALENDAR: Signs = 1 << 6;
pub(super) const FINITE: Signs = 1 << 7;
const PERSON_TITLE: Signs = 1 << 8;
const POINTER: Signs = 1 << 9;
const COMBINING: Signs = 1 << 10;

/// The closed lists.
const LISTS: &[(Signs, &[&str])] = &[
    (
        FUNCTION,
        &[
            "a",
            "an",
            "the",
            "and",
            "or",
            "of",
            "to",
            "in",
            "for",
            "with",
            "by",
            "at",
            "from",
            "on",
            "as",
            "that",
            "which",
            "who",
            "whose",
            "its",
            "their",
            "his",
            "her",
            "our",
            "is",
            "are",
            "was",
            "were",
            "has",
            "have",
            "will",
            "be",
            "into",
            "between",
            "including",
            "than",
            "but",
        ],
    ),
    (
        SMALL_IN_TITLE,
        &[
            "a", "an", "the", "and", "or", "of", "to", "in", "for", "with", "by", "at", "from",
            "on", "as", "into", "over", "is", "its", "it", "your", "our", "vs", "vs.", "&", "–",
            "—", "-", "via", "than", "but", "nor", "per", "de", "la", "this", "that", "these",
            "through", "are", "be",
        ],
    ),
    (
        OPENS_SENTENCE,
        &[
            "The",
            "This",
            "These",
            "Those",
            "There",
            "They",
            "We",
            "Our",
            "With",
            "From",
            "Since",
            "Through",
            "During",
            "After",
            "Before",
            "Between",
            "Among",
            "Although",
            "Despite",
            "While",
            "Unlike",
            "Whether",
            "Because",
            "Without",
            "Additionally",
            "However",
            "Moreover",
            "Furthermore",
            "Today",
            "Learn",
            "About",
            "Founded",
            "Headquartered",
            "Established",
            "Located",
            "Their",
            "His",
            "Her",
            "She",
            "Throughout",
            "According",
            "Once",
            "Until",
            "Although,",
        ],
    ),
    (
        MAY_OPEN_SENTENCE,
        &[
            "In", "As", "At", "By", "For", "On", "To", "It", "If", "An", "He", "A", "I", "Its",
            "All", "Are", "Is", "Now", "One", "Over", "Under", "When", "Where", "What", "Who",
            "Why", "How", "You", "Your", "More", "Most", "Many", "Some", "Each", "Every", "Both",
            "Amid", "Based", "Here", "Join", "Visit", "That", "Not", "No", "Built", "Meet", "And",
            "But", "So", "Then", "Across", "Be",
        ],
    ),
    (
        HEADING_WORD,
        &[
            "Conclusion",
            "Introduction",
            "Overview",
            "Summary",
            "Background",
            "Highlights",
            "Outlook",
            "Disclaimer",
            "Availability",
            "Methodology",
            "References",
            "Results",
            "Benefits",
            "Features",
            "Pricing",
            "Trademarks",
            "Others",
            "Context",
            "Objectives",
        ],
    ),
    (
        PLAIN_VERB,
        &[
            "is",
            "are",
            "was",
            "were",
            "has",
            "have",
            "had",
            "will",
            "can",
            "may",
            "offers",
            "provides",
            "delivers",
            "specializes",
            "specialises",
            "serves",
            "helps",
            "operates",
            "develops",
            "designs",
            "manufactures",
            "creates",
            "builds",
            "connects",
            "combines",
            "stands",
            "features",
            "includes",
            "remains",
            "extends",
            "focuses",
            "works",
            "brings",
            "supports",
            "announced",
            "announces",
            "said",
            "launched",
            "began",
            "continues",
            "aims",
            "allows",
            "enables",
            "empowers",
            "makes",
            "uses",
            "seeks",
            "strives",
            "brought",
            "leads",
            "represents",
            "owns",
            "invests",
            "partners",
            "typically",
            "also",
            "play",
            "plays",
            "often",
            "and",
            "or",
            "today",
            "recently",
            "already",
        ],
    ),
    (
        CALENDAR,
        &[
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
            "January",
            "February",
            "March",
            "April",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    ),
    (
        FINITE,
        &[
            "is",
            "are",
            "was",
            "were",
            "has",
            "have",
            "had",
            "will",
            "can",
            "may",
            "would",
            "could",
            "should",
            "said",
            "says",
            "announced",
            "announces",
            "told",
            "added",
            "noted",
            "that",
            "who",
            "which",
        ],
    ),
    (
        PERSON_TITLE,
        &[
            "President",
            "Mayor",
            "Governor",
            "Senator",
            "Representative",
            "Director",
            "Officer",
            "CEO",
            "Chairman",
            "Secretary",
            "Minister",
            "Professor",
            "Judge",
            "General",
            "Captain",
            "Congressman",
        ],
    ),
    (
        POINTER,
        &[
            "your", "my", "this", "these", "those", "each", "every", "any", "no", "some", "such",
            "both", "across", "when", "while", "where", "during", "under", "through", "within",
            "without", "among", "amid", "against", "if", "because", "via", "per", "until", "about",
            "like", "behind", "between", "toward", "towards", "near", "upon", "joining", "named",
            "called",
        ],
    ),
    (
        COMBINING,
        &[
            "Inter", "Intra", "Trans", "Multi", "Micro", "Macro", "Mega", "Nano", "Neo", "Omni",
            "Tele", "Uni", "Geo", "Agri", "Hydro", "Electro", "Poly", "Pan", "Sub", "Pre",
        ],
    ),
];

/// Which of the lists `word` is in, as it is written.
pub(super) fn signs(word: &str) -> Signs {
    static SIGNS: LazyLock<WordMap<Signs>> = LazyLock::new(|| {
        let pairs = LISTS
            .iter()
            .flat_map(|(sign, words)| words.iter().map(|word| (*word, *sign)));
        WordMap::joined(pairs, |all, sign| *all |= sign)
    });
    SIGNS.get(word).unwrap_or(0)
}

/// Whether `word` is a word of English as far as the lexicon knows; of single letters, only `a` and `I`.
pub(super) fn is_word(word: &str) -> bool {
    match word.len() {
        0 => false,
        1 => matches!(word, "a" | "A" | "I"),
        _ => look_up(word).is_some(),
    }
}

/// Whether `word` is a common word (not only a name) of English.
pub(super) fn is_common(word: &str) -> bool {
    look_up(word).is_some_and(|entry| entry.common)
}

/// Whether `word` is a little word that nothing ends with: what follows belongs to it.
pub(super) fn is_function_word(word: &str) -> bool {
    signs(word) & FUNCTION != 0
}

/// Whether `word` may stand small inside a heading whose words are capitalised.
pub(super) fn is_small_in_title(word: &str) -> bool {
    signs(word) & SMALL_IN_TITLE != 0
}

/// Words that open a sentence and hardly ever end a name in camel case.
pub(super) fn opens_sentence(word: &str) -> bool {
    signs(word) & OPENS_SENTENCE != 0
}

/// Words that open a sentence but also end names in camel case (`LinkedIn`).
pub(super) fn may_open_sentence(word: &str) -> bool {
    signs(word) & MAY_OPEN_SENTENCE != 0
}

/// Headings of one word.
pub(super) fn is_heading_word(word: &str) -> bool {
    signs(word) & HEADING_WORD != 0
}

/// Titles before a person's name, without their stop.
pub(super) fn is_person_opener(word: &str) -> bool {
    matches!(word, "Dr" | "Mr" | "Mrs" | "Ms" | "Prof")
}

/// Verbs that follow the subject at the opening of a sentence about an issuer or its things.
pub(super) fn is_plain_verb(word: &str) -> bool {
    signs(word) & PLAIN_VERB != 0
}

/// Whether `word` is an abbreviation that ends in a stop inside sentences.
pub(super) fn is_abbreviation(word: &str) -> bool {
    let body = word
        .trim_end_matches('.')
        .trim_start_matches(['(', '“', '"']);
    let initials = body.split('.').all(|part| part.chars().count() <= 1) && !body.is_empty();
    initials
        || matches!(
            body,
            "Mr" | "Mrs"
                | "Ms"
                | "vs"
                | "Dr"
                | "St"
                | "No"
                | "Sen"
                | "Rep"
                | "Gov"
                | "Prof"
                | "Gen"
                | "Lt"
                | "Col"
                | "Sgt"
                | "Jr"
                | "Sr"
                | "Inc"
                | "Corp"
                | "Ltd"
                | "Co"
                | "Rev"
                | "Hon"
                | "Mt"
                | "Ft"
                | "Bros"
                | "al"
                | "Ph"
                | "Ave"
                | "Blvd"
                | "Rd"
                | "Jan"
                | "Feb"
                | "Mar"
                | "Apr"
                | "Aug"
                | "Sept"
                | "Sep"
                | "Oct"
                | "Nov"
                | "Dec"
                | "approx"
                | "est"
                | "e.g"
                | "i.e"
                | "etc"
                | "Ph.D"
        )
}

/// Months and days of the week.
pub(super) fn is_calendar_word(word: &str) -> bool {
    signs(word) & CALENDAR != 0
}

/// Verbs that make a clause of a phrase.
pub(super) fn is_finite(word: &str) -> bool {
    signs(word) & FINITE != 0
}

/// What stands before a person's name rather than at a heading's end.
pub(super) fn is_person_title(word: &str) -> bool {
    signs(word) & PERSON_TITLE != 0
}

/// Whether no heading ends with `word`, in whatever case: what it points at comes behind.
pub(super) fn is_pointer(word: &str) -> bool {
    const LONGEST: usize = 8;
    let mut small = [0; LONGEST];
    let Some(small) = small.get_mut(..word.len()) else {
        return false;
    };
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    std::str::from_utf8(small).is_ok_and(|small| signs(small) & (FUNCTION | POINTER) != 0)
}

/// Whether `word` is the first part of names in camel case and hardly ever a word of its own: `InterNACHI`, `TransLink`.
pub(super) fn is_combining_form(word: &str) -> bool {
    signs(word) & COMBINING != 0
}
