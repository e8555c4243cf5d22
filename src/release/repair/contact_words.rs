//! The closed lists for contact blocks and addresses: labels of their lines, roles that end a line, mailboxes, endings
//! of domains, streets and countries. The trade's own words; no name of anyone.

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
