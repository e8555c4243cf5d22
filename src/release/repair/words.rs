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

/// Whether `word` is a common word (not only a name) of English.
pub(super) fn is_common(word: &str) -> bool {
    look_up(word).is_some_and(|entry| entry.common)
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
    )
}

/// Whether `word` may stand small inside a heading whose words are capitalised.
pub(super) fn is_small_in_title(word: &str) -> bool {
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
            | "into"
            | "over"
            | "is"
            | "its"
            | "it"
            | "your"
            | "our"
            | "vs"
            | "vs."
            | "&"
            | "–"
            | "—"
            | "-"
            | "via"
            | "than"
            | "but"
            | "nor"
            | "per"
            | "de"
            | "la"
            | "this"
            | "that"
            | "these"
            | "through"
            | "are"
            | "be"
    )
}

/// Words that open a sentence and hardly ever end a name in camel case.
pub(super) fn opens_sentence(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "This"
            | "These"
            | "Those"
            | "There"
            | "They"
            | "We"
            | "Our"
            | "With"
            | "From"
            | "Since"
            | "Through"
            | "During"
            | "After"
            | "Before"
            | "Between"
            | "Among"
            | "Although"
            | "Despite"
            | "While"
            | "Unlike"
            | "Whether"
            | "Because"
            | "Without"
            | "Additionally"
            | "However"
            | "Moreover"
            | "Furthermore"
            | "Today"
            | "Learn"
            | "About"
            | "Founded"
            | "Headquartered"
            | "Established"
            | "Located"
            | "Their"
            | "His"
            | "Her"
            | "She"
            | "Throughout"
            | "According"
            | "Once"
            | "Until"
            | "Although,"
    )
}

/// Words that open a sentence but also end names in camel case (`LinkedIn`).
pub(super) fn may_open_sentence(word: &str) -> bool {
    matches!(
        word,
        "In" | "As"
            | "At"
            | "By"
            | "For"
            | "On"
            | "To"
            | "It"
            | "If"
            | "An"
            | "He"
            | "A"
            | "I"
            | "Its"
            | "All"
            | "Are"
            | "Is"
            | "Now"
            | "One"
            | "Over"
            | "Under"
            | "When"
            | "Where"
            | "What"
            | "Who"
            | "Why"
            | "How"
            | "You"
            | "Your"
            | "More"
            | "Most"
            | "Many"
            | "Some"
            | "Each"
            | "Every"
            | "Both"
            | "Amid"
            | "Based"
            | "Here"
            | "Join"
            | "Visit"
            | "That"
            | "Not"
            | "No"
            | "Built"
            | "Meet"
            | "And"
            | "But"
            | "So"
            | "Then"
            | "Across"
            | "Be"
    )
}

/// Headings of one word.
pub(super) fn is_heading_word(word: &str) -> bool {
    matches!(
        word,
        "Conclusion"
            | "Introduction"
            | "Overview"
            | "Summary"
            | "Background"
            | "Highlights"
            | "Outlook"
            | "Disclaimer"
            | "Availability"
            | "Methodology"
            | "References"
            | "Results"
            | "Benefits"
            | "Features"
            | "Pricing"
            | "Trademarks"
            | "Others"
            | "Context"
            | "Objectives"
    )
}

/// Titles before a person's name, without their stop.
pub(super) fn is_person_opener(word: &str) -> bool {
    matches!(word, "Dr" | "Mr" | "Mrs" | "Ms" | "Prof")
}

/// Verbs that follow the subject at the opening of a sentence about an issuer or its things.
pub(super) fn is_plain_verb(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "will"
            | "can"
            | "may"
            | "offers"
            | "provides"
            | "delivers"
            | "specializes"
            | "specialises"
            | "serves"
            | "helps"
            | "operates"
            | "develops"
            | "designs"
            | "manufactures"
            | "creates"
            | "builds"
            | "connects"
            | "combines"
            | "stands"
            | "features"
            | "includes"
            | "remains"
            | "extends"
            | "focuses"
            | "works"
            | "brings"
            | "supports"
            | "announced"
            | "announces"
            | "said"
            | "launched"
            | "began"
            | "continues"
            | "aims"
            | "allows"
            | "enables"
            | "empowers"
            | "makes"
            | "uses"
            | "seeks"
            | "strives"
            | "brought"
            | "leads"
            | "represents"
            | "owns"
            | "invests"
            | "partners"
            | "typically"
            | "also"
            | "play"
            | "plays"
            | "often"
            | "and"
            | "or"
            | "today"
            | "recently"
            | "already"
    )
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
    matches!(
        word,
        "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
            | "January"
            | "February"
            | "March"
            | "April"
            | "June"
            | "July"
            | "August"
            | "September"
            | "October"
            | "November"
            | "December"
    )
}
