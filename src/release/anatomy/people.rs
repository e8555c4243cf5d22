//! Names of people by their shape: capitalised words, initials, particles, titles before and after. Serves the speakers
//! of quotations and the contact block. It refuses names that hold a word which only bodies and places have.

use std::sync::LazyLock;

use foldhash::HashSet;

/// Words that make a name that of a body, in small letters.
static BODIES_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| BODIES.iter().copied().collect());

/// The list that the set is made of.
const BODIES: &[&str] = &[
    "government",
    "homes",
    "products",
    "industries",
    "chamber",
    "region",
    "properties",
    "enterprises",
    "logistics",
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
static HONORIFICS_SET: LazyLock<HashSet<&str>> =
    LazyLock::new(|| HONORIFICS.iter().copied().collect());

/// The list that the set is made of.
const HONORIFICS: &[&str] = &[
    "charge",
    "geschäftsführerin",
    "geschäftsführer",
    "vorstand",
    "vorstandsvorsitzender",
    "vorstandsvorsitzende",
    "sprecher",
    "sprecherin",
    "ministerin",
    "präsident",
    "präsidentin",
    "wirtschaftsminister",
    "directrice",
    "directeur",
    "président",
    "présidente",
    "presidente",
    "directora",
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
            BODIES_SET.contains(small.as_str())
        })
        || name.contains(['&', '@', '/'])
}

/// Words that institutions of learning and publishers have in their names, in small letters.
const INSTITUTIONS: &[&str] = &[
    "university",
    "college",
    "institute",
    "central",
    "society",
    "journal",
    "journals",
    "hospital",
    "association",
    "school",
    "academy",
    "foundation",
    "press",
    "laboratory",
    "center",
    "centre",
    "network",
    "federation",
    "council",
    "agency",
    "museum",
];

/// Whether a line holds a word that institutions of learning and publishers have.
pub(super) fn is_institution(line: &str) -> bool {
    line.split(' ').any(|word| {
        INSTITUTIONS.contains(
            &word
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
                .as_str(),
        )
    })
}

/// Whether a word is a title before a name.
pub(super) fn is_honorific(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
    if bare.len() > 24 {
        return false;
    }
    if bare.chars().all(char::is_lowercase) {
        return HONORIFICS_SET.contains(bare);
    }
    HONORIFICS_SET.contains(bare.to_lowercase().as_str())
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
    if !word.starts_with(char::is_uppercase) {
        return false;
    }
    let word = word.trim_end_matches([',', ';', ':', '?', '!']);
    let pointed = word.chars().count() > 2 && !word.trim_end_matches('.').contains('.');
    let word = if pointed {
        word.trim_end_matches('.')
    } else {
        word
    };
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
    let initialled =
        names == 2 && full == 1 && line.chars().take_while(|c| c.is_alphabetic()).count() >= 3;
    (2..=4).contains(&names)
        && (full >= 2 || initialled)
        && !is_organisation(line)
        && !line
            .split(' ')
            .any(|word| is_honorific(word) && word.len() > 3)
        && line.len() <= 48
}

/// A run of words with the shape of a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FoundName {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// A title stands before it.
    pub titled: bool,
    /// A description in commas follows it.
    pub described: bool,
    /// How many words it has.
    pub words: usize,
}

/// Words that open sentences and questions; a name does not begin with one.
static OPENERS_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| OPENERS.iter().copied().collect());

/// The list that the set is made of.
const OPENERS: &[&str] = &[
    "Among",
    "Across",
    "Unlike",
    "Explore",
    "Discover",
    "Launches",
    "Only",
    "Because",
    "Whether",
    "Until",
    "Although",
    "Despite",
    "Within",
    "Without",
    "Over",
    "Once",
    "The",
    "This",
    "That",
    "These",
    "Those",
    "In",
    "On",
    "At",
    "For",
    "From",
    "With",
    "By",
    "As",
    "An",
    "A",
    "If",
    "When",
    "While",
    "After",
    "Before",
    "Since",
    "During",
    "However",
    "And",
    "But",
    "Also",
    "All",
    "About",
    "According",
    "More",
    "There",
    "You",
    "Your",
    "What",
    "How",
    "Why",
    "Where",
    "Who",
    "We",
    "Our",
    "It",
    "Its",
    "He",
    "She",
    "They",
    "His",
    "Her",
    "Their",
    "I",
    "To",
    "Today",
    "Meet",
    "Both",
    "Each",
    "Not",
    "No",
    "Yes",
    "So",
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
    "Jan",
    "Feb",
    "Aug",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
    "My",
    "One",
    "Two",
    "Added",
    "Said",
    "Says",
    "Or",
    "Of",
    "Under",
    "Following",
    "Through",
    "Former",
    "Dear",
    "Hello",
    "Thank",
    "Join",
    "New",
    "North",
    "South",
    "West",
    "East",
    "San",
    "Los",
    "Las",
    "Saint",
    "Representing",
    "Led",
    "Based",
    "Founded",
    "Der",
    "Die",
    "Das",
    "Le",
    "Les",
    "Il",
    "El",
];

/// Whether a word opens sentences and no name.
pub(super) fn is_opener(word: &str) -> bool {
    OPENERS_SET.contains(word)
}

/// The runs of words in `text` that have the shape of a name: titles before it taken off, bodies left out.
pub(super) fn names(text: &str) -> Vec<FoundName> {
    let mut reader = Names {
        text,
        run: Vec::new(),
        titled: false,
        employer: None,
        found: Vec::new(),
    };
    for (at, word) in word_starts(text) {
        reader.word(at, word);
    }
    reader.close();
    reader.found
}

/// The set that is made of the list below.
static SMALL_TITLES_SET: LazyLock<HashSet<&str>> =
    LazyLock::new(|| SMALL_TITLES.iter().copied().collect());

/// Words in small letters that say what the bearer of the name after them is.
const SMALL_TITLES: &[&str] = &[
    "author",
    "founder",
    "chair",
    "director",
    "president",
    "spokesperson",
    "professor",
    "chairman",
    "manager",
    "owner",
    "partner",
    "co-founder",
    "co-author",
    "researcher",
    "scientist",
    "analyst",
    "spokesman",
    "spokeswoman",
    "head",
];

/// Reads the names of a text from left to right.
struct Names<'t> {
    text: &'t str,
    /// The name words read so far.
    run: Vec<(usize, &'t str)>,
    /// A title stands before them.
    titled: bool,
    /// The name that ended where a title began (`Acme Foods CEO`): whom the bearer of the title works for.
    employer: Option<usize>,
    found: Vec<FoundName>,
}

impl<'t> Names<'t> {
    fn word(&mut self, at: usize, word: &'t str) {
        let bare = word.trim_start_matches(['“', '"', '‘', '(', '[']);
        let at = at + word.len() - bare.len();
        let bracketed = word.len() > bare.len();
        if bracketed && !self.run.is_empty() {
            if is_nickname(word) {
                self.run.push((at - (word.len() - bare.len()), word));
                return;
            }
            self.close();
        }
        let capital = bare.starts_with(char::is_uppercase);
        if capital && is_honorific(bare) || !capital && SMALL_TITLES_SET.contains(bare) {
            self.ends_at_title();
            self.titled = !word.ends_with([',', ':', ';']);
            return;
        }
        let particle = is_particle(bare) && !self.run.is_empty();
        let opener =
            self.run.is_empty() && OPENERS_SET.contains(bare.trim_end_matches([',', '.', ':']));
        if opener || !(particle || is_name_word(bare)) {
            self.close();
            self.titled = false;
            self.employer = None;
            return;
        }
        self.run.push((at, bare));
        let pointed = bare.ends_with('.')
            && bare.len() > 3
            && !is_letters(bare)
            && !bare.trim_end_matches('.').contains('.');
        let stops = bare.ends_with([',', ';', ':', ')', '”', '"', '?', '!'])
            || bare.ends_with("'s")
            || bare.ends_with("’s");
        if stops || pointed || self.run.len() >= 12 {
            self.close();
        }
    }

    /// Ends a run at a title. Between two titles stands a department (`Chief Product Officer`), before one a body.
    fn ends_at_title(&mut self) {
        if self.titled || self.run.len() == 1 {
            self.run.clear();
            return;
        }
        let before = self.found.len();
        self.close();
        if self.found.len() > before {
            self.employer = Some(before);
        }
    }

    /// Ends a run of name words: kept where it is two to four words, or one behind a title.
    fn close(&mut self) {
        let titled = std::mem::take(&mut self.titled);
        while self
            .run
            .last()
            .is_some_and(|(_, word)| is_particle(word) || is_letters(word.trim_matches(',')))
        {
            self.run.pop();
        }
        let run = std::mem::take(&mut self.run);
        let (Some((start, first)), Some((last, word))) =
            (run.first().copied(), run.last().copied())
        else {
            return;
        };
        let end = last + bare_end(word);
        let name = self.text.get(start..end).unwrap_or("");
        let plain = run
            .iter()
            .filter(|(_, word)| !is_particle(word) && !word.starts_with(['(', '“', '"']))
            .count();
        let full = run
            .iter()
            .filter(|(_, word)| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
            .count();
        let initialled = plain == 2 && full == 1 && first.chars().count() > 2;
        let shape = (2..=4).contains(&plain) && (full >= 2 || initialled)
            || titled && plain == 1 && first.len() > 2;
        if !shape
            || name.is_empty()
            || is_organisation(name)
            || super::places::is_region(name)
            || super::places::is_city(name)
        {
            return;
        }
        if titled
            && self
                .employer
                .take()
                .is_some_and(|employer| employer + 1 == self.found.len())
        {
            self.found.pop();
        }
        let described = self.text[end..]
            .trim_start_matches(['’', '\'', 's'])
            .starts_with(", ");
        self.found.push(FoundName {
            start,
            end,
            titled,
            described,
            words: plain,
        });
    }
}

/// A nickname inside a name: `“Dick”`, `(Gio)`.
fn is_nickname(word: &str) -> bool {
    let closed =
        word.ends_with(['”', '"', ')', '’']) && !word.ends_with(".”") && !word.ends_with(",”");
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    let capital = inner.starts_with(char::is_uppercase);
    // Capitals alone in brackets are an abbreviation.
    let shouted = inner.chars().all(|c| !c.is_lowercase()) && inner.len() > 1;
    closed && capital && !shouted && (2..=12).contains(&inner.chars().count())
}

/// Length of a name's last word without marks, possessive and full stop.
fn bare_end(word: &str) -> usize {
    if word.starts_with(['(', '“', '"']) {
        return word.trim_end_matches([',', ';', ':']).len();
    }
    let bare = word.trim_end_matches([',', ';', ':', '?', '!', ')', '”', '"']);
    let bare = bare
        .strip_suffix("'s")
        .or_else(|| bare.strip_suffix("’s"))
        .unwrap_or(bare);
    if bare.chars().count() > 2 {
        bare.trim_end_matches('.').len()
    } else {
        bare.len()
    }
}

/// The words of a text and where they start.
fn word_starts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–'))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - base, word))
}
