//! The words around the names of people: titles before them and offices behind them, verbs of saying, particles and
//! generations inside them. Closed lists over lower-case words; no names.

use std::sync::LazyLock;

use crate::text::WordSet;

/// Titles before a person's name; not part of it.
pub(in crate::entity::layers) fn honorific(low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(&[
            "lord",
            "lady",
            "maj",
            "major",
            "chief",
            "chair",
            "king",
            "queen",
            "prince",
            "princess",
            "pope",
            "bishop",
            "archbishop",
            "father",
            "sister",
            "brother",
            "rabbi",
            "imam",
            "founder",
            "cmo",
            "author",
            "madame",
            "m",
            "señor",
            "señora",
            "assemblyman",
            "assemblywoman",
            "delegate",
            "honorable",
            "vice",
            "dean",
            "chancellor",
            "speaker",
            "treasurer",
            "spokesperson",
            "spokesman",
            "spokeswoman",
            "agent",
            "deputy",
            "lead",
            "partner",
            "artist",
            "actor",
            "actress",
            "singer",
            "composer",
            "conductor",
            "choreographer",
            "cinematographer",
            "filmmaker",
            "producer",
            "musician",
            "comedian",
            "chef",
            "lawyer",
            "physician",
            "nurse",
            "owner",
            "co-founder",
            "cofounder",
            "entrepreneur",
            "investor",
            "journalist",
            "reporter",
            "editor",
            "analyst",
            "economist",
            "scientist",
            "researcher",
            "engineer",
            "architect",
            "designer",
            "photographer",
            "writer",
            "poet",
            "novelist",
            "historian",
            "host",
            "principal",
            "teacher",
        ])
    });
    strict_honorific(low) || WORDS.has(low)
}

/// Titles that are never a part of the name and never a name's first word.
pub(in crate::entity::layers) fn strict_honorific(low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(&[
            "mr",
            "mrs",
            "ms",
            "miss",
            "dr",
            "prof",
            "professor",
            "sir",
            "dame",
            "rev",
            "reverend",
            "sen",
            "sens",
            "senator",
            "senators",
            "rep",
            "reps",
            "representative",
            "congressman",
            "congresswoman",
            "gov",
            "governor",
            "president",
            "mayor",
            "judge",
            "justice",
            "gen",
            "col",
            "capt",
            "captain",
            "lt",
            "lieutenant",
            "sgt",
            "sergeant",
            "cpl",
            "adm",
            "admiral",
            "chairman",
            "chairwoman",
            "minister",
            "secretary",
            "commissioner",
            "councilman",
            "councilwoman",
            "councilmember",
            "ambassador",
            "ceo",
            "cfo",
            "coo",
            "cto",
            "herr",
            "frau",
            "monsieur",
            "mme",
            "sheriff",
            "detective",
            "hon",
            "officer",
            "attorney",
            "pastor",
            "colonel",
            "general",
            "coach",
            "assemblymember",
            "superintendent",
            "director",
            "trooper",
        ])
    });
    WORDS.has(low)
}

/// Offices behind a person's name: `Jane Doe, President of Acme`.
pub(in crate::entity::layers) fn office(low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(&[
            "president",
            "ceo",
            "cfo",
            "coo",
            "cto",
            "cmo",
            "cio",
            "cpo",
            "chief",
            "chairman",
            "chairwoman",
            "chair",
            "founder",
            "co",
            "cofounder",
            "director",
            "managing",
            "manager",
            "vice",
            "senior",
            "executive",
            "head",
            "partner",
            "principal",
            "professor",
            "md",
            "phd",
            "ph.d.",
            "m.d.",
            "esq",
            "author",
            "spokesperson",
            "spokesman",
            "spokeswoman",
            "general",
            "secretary",
            "minister",
            "mayor",
            "attorney",
            "lead",
            "owner",
            "dean",
            "chancellor",
            "editor",
            "analyst",
            "associate",
            "assistant",
            "global",
            "deputy",
            "evp",
            "svp",
            "vp",
            "jr",
            "sr",
            "commissioner",
            "coordinator",
            "cpa",
        ])
    });
    WORDS.has(low)
}

/// Verbs of saying, in the forms that stand beside a quotation.
pub(in crate::entity::layers) fn saying(low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(&[
            "said",
            "says",
            "added",
            "adds",
            "stated",
            "states",
            "explained",
            "explains",
            "commented",
            "comments",
            "noted",
            "notes",
            "remarked",
            "continued",
            "concluded",
            "shared",
            "shares",
            "told",
            "emphasized",
            "stressed",
            "announced",
            "wrote",
            "recalled",
            "recalls",
        ])
    });
    WORDS.has(low)
}

/// Offices before a person's name: in German, which writes an office as one word with what it is of
/// (`Wirtschaftsministerin`), by the word's end; in French, which writes it small. `language` is the text's.
pub(in crate::entity::layers) fn office_before(low: &str, language: &str) -> bool {
    const GERMAN: &[&str] = &[
        "minister",
        "präsident",
        "kanzler",
        "bürgermeister",
        "sprecher",
        "direktor",
        "geschäftsführer",
        "vorsitzende",
        "vorsitzender",
        "vorstandschef",
        "vorständin",
        "staatssekretär",
        "senator",
        "landrat",
        "landrätin",
        "bundesrätin",
        "regierungsrätin",
        "stadträtin",
        "leiter",
        "professor",
        "beauftragte",
        "beauftragter",
        "abgeordnete",
        "abgeordneter",
        "kommissar",
        "intendant",
        "rektor",
        "staatsanwalt",
        "staatsanwältin",
    ];
    const FRENCH: &[&str] = &[
        "ministre",
        "président",
        "présidente",
        "maire",
        "directeur",
        "directrice",
        "porte-parole",
        "préfet",
        "préfète",
        "député",
        "députée",
        "sénateur",
        "sénatrice",
        "secrétaire",
        "professeur",
        "professeure",
    ];
    match language {
        "de" => {
            let one = low.strip_suffix("in").unwrap_or(low);
            GERMAN
                .iter()
                .any(|office| low.ends_with(office) || one.ends_with(office))
        }
        "fr" => FRENCH.contains(&low),
        _ => false,
    }
}

/// Small words inside people's names.
pub(in crate::entity::layers) fn particle(low: &str) -> bool {
    static WORDS: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new(&[
            "de", "du", "la", "le", "van", "von", "der", "den", "del", "della", "di", "da", "dos",
            "das", "al", "el", "bin", "ibn", "ter", "ten", "st", "zu",
        ])
    });
    WORDS.has(low)
}

/// Suffixes of a person's name that are no surname.
pub(in crate::entity::layers) fn generation(low: &str) -> bool {
    matches!(
        low,
        "jr" | "sr" | "ii" | "iii" | "iv" | "phd" | "md" | "esq" | "cpa" | "mba"
    )
}
