//! The nouns that end the names of places, events, laws and products. Closed lists over lower-case words; no names.

use std::sync::LazyLock;

use crate::text::WordSet;

/// Abbreviated kinds of streets, which a point ends.
pub(in crate::entity::layers) fn street_short(low: &str) -> bool {
    matches!(
        low,
        "st" | "ave" | "blvd" | "rd" | "dr" | "ln" | "hwy" | "pkwy" | "ct" | "sq"
    )
}

/// Nouns that end a place's name.
pub(in crate::entity::layers) fn place(low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(&[
            "street",
            "avenue",
            "boulevard",
            "road",
            "county",
            "province",
            "city",
            "district",
            "island",
            "islands",
            "river",
            "lake",
            "mountain",
            "mountains",
            "valley",
            "bay",
            "beach",
            "park",
            "hotel",
            "resort",
            "airport",
            "bridge",
            "canyon",
            "desert",
            "forest",
            "peninsula",
            "coast",
            "stadium",
            "arena",
            "theater",
            "theatre",
            "hall",
            "tower",
            "building",
            "plaza",
            "square",
            "mine",
            "creek",
            "hills",
            "heights",
            "village",
            "township",
            "borough",
            "parish",
            "prefecture",
            "region",
            "territory",
            "ranch",
            "harbor",
            "port",
            "ocean",
            "sea",
            "drive",
            "lane",
            "highway",
            "trail",
        ])
    });
    WORDS.has(low)
}

/// Nouns that end a political place's name, so that it is a GPE.
pub(in crate::entity::layers) fn political(low: &str) -> bool {
    matches!(
        low,
        "county"
            | "province"
            | "city"
            | "township"
            | "prefecture"
            | "parish"
            | "state"
            | "municipality"
            | "republic"
            | "kingdom"
    )
}

/// Nouns that end an event's name.
pub(in crate::entity::layers) fn event(low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(&[
            "conference",
            "summit",
            "expo",
            "festival",
            "forum",
            "symposium",
            "convention",
            "congress",
            "week",
            "month",
            "day",
            "games",
            "cup",
            "olympics",
            "championship",
            "championships",
            "gala",
            "fair",
            "exhibition",
            "meeting",
            "workshop",
            "tournament",
            "marathon",
            "webinar",
            "hackathon",
            "parade",
            "concert",
            "ball",
            "war",
            "sessions",
            "showcase",
            "bowl",
            "open",
            "classic",
            "celebration",
            "contest",
            "competition",
            "movement",
            "retreat",
            "roundtable",
        ])
    });
    WORDS.has(low)
}

/// Nouns that end a law's or a plan's name.
pub(in crate::entity::layers) fn law(low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(&[
            "act",
            "bill",
            "amendment",
            "treaty",
            "directive",
            "regulation",
            "code",
            "accord",
            "protocol",
            "law",
            "constitution",
            "ordinance",
            "statute",
            "convention",
            "proclamation",
        ])
    });
    WORDS.has(low)
}

/// Nouns that end a product's, a work's, an award's or a programme's name.
pub(in crate::entity::layers) fn product(low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(&[
            "award",
            "awards",
            "prize",
            "program",
            "programme",
            "platform",
            "app",
            "series",
            "edition",
            "index",
            "report",
            "podcast",
            "magazine",
            "show",
            "suite",
            "token",
            "coin",
            "scholarship",
            "initiative",
            "project",
            "campaign",
            "list",
            "survey",
            "guide",
            "pro",
            "max",
            "plus",
            "collection",
            "engine",
            "assistant",
            "wallet",
            "protocol",
            "chain",
            "album",
            "book",
            "review",
            "medal",
            "fellowship",
            "grant",
            "newsletter",
            "score",
            "certification",
            "system",
            "study",
            "blog",
            "handbook",
            "dashboard",
            "cloud",
            "os",
            "challenge",
            "tracker",
            "toolkit",
            "card",
        ])
    });
    WORDS.has(low)
}
