//! Names of people by their shape: capitalised words, initials, particles, titles before and after. Serves the speakers
//! of quotations and the contact block. It refuses names that hold a word which only bodies and places have.

/// Words that make a name that of a body, in small letters.
const BODIES: &[&str] = &[
    "inc",
    "llc",
    "ltd",
    "corp",
    "corporation",
    "company",
    "co",
    "plc",
    "group",
    "holdings",
    "partners",
    "university",
    "college",
    "institute",
    "school",
    "foundation",
    "association",
    "society",
    "council",
    "committee",
    "department",
    "agency",
    "office",
    "bureau",
    "commission",
    "ministry",
    "bank",
    "capital",
    "ventures",
    "fund",
    "media",
    "news",
    "newswire",
    "wire",
    "magazine",
    "network",
    "networks",
    "systems",
    "solutions",
    "services",
    "technologies",
    "technology",
    "software",
    "labs",
    "laboratories",
    "pharmaceuticals",
    "therapeutics",
    "health",
    "healthcare",
    "hospital",
    "clinic",
    "center",
    "centre",
    "museum",
    "church",
    "court",
    "senate",
    "congress",
    "house",
    "county",
    "city",
    "state",
    "states",
    "street",
    "avenue",
    "road",
    "drive",
    "suite",
    "floor",
    "building",
    "relations",
    "communications",
    "marketing",
    "international",
    "global",
    "america",
    "american",
    "national",
    "federal",
    "united",
    "board",
    "club",
    "league",
    "team",
    "studio",
    "studios",
    "gallery",
    "theatre",
    "theater",
    "festival",
    "summit",
    "conference",
    "award",
    "awards",
    "program",
    "programme",
    "project",
    "initiative",
    "coalition",
    "alliance",
    "federation",
    "union",
    "authority",
    "trust",
    "press",
    "release",
    "contact",
    "email",
    "phone",
    "website",
    "gmbh",
    "ag",
    "s.a",
    "platform",
    "platforms",
    "research",
    "investment",
    "investments",
    "management",
    "advisors",
    "consulting",
    "agency",
    "realty",
    "estate",
    "energy",
    "resources",
    "mining",
    "insurance",
    "financial",
    "finance",
    "medical",
    "sciences",
    "district",
    "administration",
    "police",
    "army",
    "navy",
    "force",
    "journal",
    "times",
    "post",
    "details",
    "information",
    "inquiries",
    "foods",
    "airlines",
    "motors",
    "hotel",
    "restaurant",
    "brand",
    "brands",
    "token",
    "exchange",
    "protocol",
];

/// Titles that stand before a name, in small letters without a point.
const HONORIFICS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "rev",
    "reverend",
    "father",
    "sister",
    "brother",
    "judge",
    "justice",
    "rabbi",
    "imam",
    "sheikh",
    "hon",
    "sen",
    "senator",
    "senators",
    "rep",
    "representative",
    "congressman",
    "congresswoman",
    "governor",
    "gov",
    "mayor",
    "president",
    "vice",
    "chancellor",
    "minister",
    "prime",
    "secretary",
    "ambassador",
    "commissioner",
    "sheriff",
    "chief",
    "captain",
    "capt",
    "colonel",
    "col",
    "major",
    "maj",
    "general",
    "gen",
    "lieutenant",
    "lt",
    "sergeant",
    "sgt",
    "officer",
    "detective",
    "admiral",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "herr",
    "frau",
    "madame",
    "monsieur",
    "m",
    "mme",
    "señor",
    "señora",
    "sr",
    "sra",
    "don",
    "doña",
    "coach",
    "doctor",
    "attorney",
    "district",
    "deputy",
    "assistant",
    "chairman",
    "chairwoman",
    "chair",
    "ceo",
    "cfo",
    "cto",
    "coo",
    "cmo",
    "founder",
    "co-founder",
    "director",
    "executive",
    "managing",
    "partner",
    "principal",
    "professor",
    "dean",
    "editor",
    "author",
    "artist",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "analyst",
    "manager",
    "head",
    "lead",
    "senior",
    "associate",
    "councilman",
    "councilwoman",
    "councilmember",
    "supervisor",
    "treasurer",
    "assemblyman",
    "assemblywoman",
    "delegate",
    "majority",
    "leader",
    "minority",
    "whip",
    "speaker",
    "acting",
    "former",
    "interim",
    "global",
    "national",
    "researcher",
    "scientist",
    "physician",
    "surgeon",
    "owner",
    "operator",
    "resident",
    "student",
    "teacher",
    "counsel",
    "superintendent",
    "inspector",
    "special",
    "agent",
    "investigator",
    "prosecutor",
    "evp",
    "svp",
    "vp",
    "cio",
    "ciso",
    "chro",
    "cso",
    "cro",
    "cpo",
];

/// Particles inside names.
const PARTICLES: &[&str] = &[
    "de", "da", "del", "della", "di", "du", "dos", "van", "von", "der", "den", "bin", "ibn", "al",
    "el", "la", "le", "y", "ter", "ten", "zu", "af", "'t",
];

/// Letters after a name.
const LETTERS: &[&str] = &[
    "phd", "md", "jd", "mba", "esq", "jr", "sr", "ii", "iii", "iv", "cpa", "rn", "dds", "do", "ms",
    "mph", "facc", "faha", "ceo", "dvm", "pe", "cfa", "edd", "psyd", "msc", "bsc", "ma", "obe",
    "mbe", "frcp", "pharmd", "dnp", "faan",
];

/// Whether a name holds a word that only bodies have.
pub(super) fn is_organisation(name: &str) -> bool {
    name.split(|c: char| c.is_whitespace() || c == '-')
        .any(|word| {
            let small = word
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase();
            BODIES.contains(&small.as_str())
        })
        || name.contains(['&', '@', '/'])
}

/// Whether a word is a title before a name.
pub(super) fn is_honorific(word: &str) -> bool {
    HONORIFICS.contains(
        &word
            .trim_matches(|c: char| !c.is_alphanumeric() && c != '-')
            .to_lowercase()
            .as_str(),
    )
}

/// Whether a word is letters after a name.
pub(super) fn is_letters(word: &str) -> bool {
    let squeezed: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    LETTERS.contains(&squeezed.to_lowercase().as_str()) && word.starts_with(char::is_uppercase)
}

/// Whether a word is a particle inside a name.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Whether a word can be part of a person's name: a capital, then small letters (`McDonald`, `O’Brien` and `Jean-Luc`
/// too), or an initial.
pub(super) fn is_name_word(word: &str) -> bool {
    let word = word.trim_end_matches([',', ';', ':']);
    let bare = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word);
    let mut letters = bare.chars();
    let first = letters.next();
    if !first.is_some_and(char::is_uppercase) {
        return false;
    }
    let rest: Vec<char> = letters.collect();
    let initial = rest.len() <= 1 && rest.iter().all(|c| *c == '.')
        || bare.len() <= 6
            && bare.split('.').all(|part| part.chars().count() <= 1)
            && bare.contains('.');
    let plain = !rest.is_empty()
        && rest
            .iter()
            .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '‘'))
        && rest.iter().any(|c| c.is_lowercase());
    initial || plain
}

/// Whether a whole line is a person's name: two to four name words and particles, perhaps letters after it.
pub(super) fn is_person(line: &str) -> bool {
    let mut names = 0;
    let mut full = 0;
    for word in line.split_whitespace() {
        if is_letters(word.trim_matches(',')) && names >= 2 {
            continue;
        }
        if is_particle(word) && names > 0 {
            continue;
        }
        let quoted = word.starts_with(['“', '"', '(']) && word.ends_with(['”', '"', ')']);
        if quoted && names > 0 {
            continue;
        }
        if !is_name_word(word) || (word.ends_with(',') && names == 0) {
            return false;
        }
        names += 1;
        full += usize::from(word.chars().filter(|c| c.is_alphabetic()).count() > 1);
    }
    (2..=4).contains(&names)
        && full >= 2
        && !is_organisation(line)
        && !line
            .split(' ')
            .any(|word| is_honorific(word) && word.len() > 3)
        && line.len() <= 48
}
