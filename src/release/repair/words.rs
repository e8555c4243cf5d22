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
    )
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
                | "vs"
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

/// A line's label in a contact block, as it stands before its colon.
pub(super) fn is_field_label(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "email"
            | "e-mail"
            | "phone"
            | "tel"
            | "telephone"
            | "fax"
            | "mobile"
            | "cell"
            | "website"
            | "web"
            | "contact"
            | "contacts"
            | "company"
            | "address"
            | "facebook"
            | "instagram"
            | "twitter"
            | "linkedin"
            | "youtube"
            | "pinterest"
            | "threads"
            | "tiktok"
            | "telegram"
            | "discord"
            | "medium"
            | "reddit"
            | "x"
            | "whatsapp"
            | "disclaimer"
            | "source"
            | "hashtag"
            | "swap"
            | "name"
            | "city"
            | "country"
            | "media"
            | "office"
    )
}

/// The last word of a label over a contact block.
pub(super) fn is_contact_word(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "contact"
            | "contacts"
            | "details"
            | "information"
            | "info"
            | "website"
            | "inquiries"
            | "enquiries"
    )
}

/// Words that may stand before the last word of a label over a contact block.
pub(super) fn is_contact_opener(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "media"
            | "press"
            | "investor"
            | "investors"
            | "company"
            | "public"
            | "relations"
            | "contact"
            | "for"
            | "sales"
            | "corporate"
            | "external"
            | "and"
            | "&"
            | "more"
            | "further"
            | "business"
            | "news"
            | "general"
            | "pr"
            | "ir"
    )
}

/// Roles and firm endings that come right before an address in a contact block.
pub(super) fn ends_contact_line(word: &str) -> bool {
    matches!(
        word,
        "Office"
            | "Officer"
            | "Manager"
            | "President"
            | "Director"
            | "CEO"
            | "CFO"
            | "COO"
            | "CMO"
            | "Relations"
            | "Group"
            | "Inc"
            | "Inc."
            | "LLC"
            | "Ltd"
            | "Ltd."
            | "Corp"
            | "Corp."
            | "Co."
            | "Media"
            | "Communications"
            | "Partners"
            | "Contact"
            | "Coordinator"
            | "Specialist"
            | "Department"
            | "Team"
            | "Associate"
            | "Founder"
            | "Owner"
            | "Editor"
            | "Secretary"
            | "Advisor"
            | "Consultant"
            | "Agency"
            | "Marketing"
            | "Token"
            | "Capital"
            | "Holdings"
            | "Limited"
            | "Company"
            | "Technologies"
            | "Solutions"
            | "Services"
            | "Affairs"
            | "Strategist"
    )
}

/// The mailboxes that are not named after a person.
pub(super) const MAILBOXES: &[&str] = &[
    "info",
    "support",
    "hello",
    "contact",
    "media",
    "press",
    "ir",
    "pr",
    "sales",
    "office",
    "admin",
    "investors",
    "editor",
    "investor",
    "marketing",
    "news",
    "team",
    "help",
    "service",
    "inquiries",
];

/// Endings of domains that are plain enough to see where an address ends.
pub(super) fn is_domain_end(word: &str) -> bool {
    matches!(
        word,
        "com"
            | "org"
            | "net"
            | "edu"
            | "gov"
            | "mil"
            | "int"
            | "io"
            | "co"
            | "ai"
            | "us"
            | "uk"
            | "ca"
            | "au"
            | "de"
            | "fr"
            | "es"
            | "it"
            | "nl"
            | "eu"
            | "ch"
            | "at"
            | "be"
            | "in"
            | "cn"
            | "jp"
            | "kr"
            | "hk"
            | "sg"
            | "my"
            | "ph"
            | "vn"
            | "tv"
            | "me"
            | "info"
            | "biz"
            | "app"
            | "dev"
            | "tech"
            | "xyz"
            | "global"
            | "media"
            | "news"
            | "health"
            | "life"
            | "law"
            | "nz"
            | "ie"
            | "se"
            | "no"
            | "dk"
            | "fi"
            | "js"
            | "online"
            | "site"
            | "finance"
    )
}

/// Countries whose name ends an address in a contact block: their first words.
pub(super) fn begins_country(word: &str) -> bool {
    matches!(
        word,
        "United"
            | "Canada"
            | "USA"
            | "Australia"
            | "Germany"
            | "France"
            | "India"
            | "Ireland"
            | "Singapore"
            | "China"
            | "Japan"
            | "Switzerland"
            | "Netherlands"
            | "Spain"
            | "Italy"
            | "Israel"
            | "Mexico"
            | "Brazil"
            | "Malaysia"
            | "Sweden"
            | "Norway"
            | "Denmark"
            | "Austria"
            | "Belgium"
            | "Poland"
            | "Philippines"
            | "Vietnam"
    )
}

/// What a street is called.
pub(super) fn is_street_word(word: &str) -> bool {
    matches!(
        word.trim_end_matches([',', '.']),
        "Street"
            | "St"
            | "Avenue"
            | "Ave"
            | "Road"
            | "Rd"
            | "Boulevard"
            | "Blvd"
            | "Drive"
            | "Dr"
            | "Suite"
            | "Route"
            | "Way"
            | "Lane"
            | "Ln"
            | "Parkway"
            | "Pkwy"
            | "Highway"
            | "Hwy"
            | "Court"
            | "Ct"
            | "Plaza"
            | "Broadway"
            | "Square"
            | "Circle"
            | "Place"
            | "Floor"
            | "Terrace"
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
