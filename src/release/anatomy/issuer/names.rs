//! Names at the start of sentences: what a lede is about, cut from the words around it. It refuses a word alone before
//! a noun (`Korean artist`), and words that only open sentences.

use std::sync::LazyLock;

use super::super::places;
use super::{dates, people, words};
use crate::text::{self, WordSet};

/// The first `most` bytes of `text`, to a character's boundary.
pub(super) fn head(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The last `most` bytes of `text`, from a character's boundary.
pub(super) fn tail(text: &str, most: usize) -> &str {
    let mut start = text.len().saturating_sub(most);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// The run of capitalised words that ends `before`.
pub(super) fn before(before: &str) -> Option<&str> {
    let before = before.trim_end();
    let before = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let mut start = before.len();
    for (count, word) in before.rsplit(' ').take(9).enumerate() {
        let joins = matches!(word, "of" | "for" | "and" | "&" | "the" | "in");
        let stops = count > 0 && (word.ends_with(':') || word.ends_with('.') && word.len() > 4);
        if !(word.starts_with(char::is_uppercase) || joins)
            || stops
            || matches!(word, "Today," | "The" | "About" | "ABOUT")
        {
            break;
        }
        start = word.as_ptr() as usize - before.as_ptr() as usize;
    }
    let name = before[start..]
        .trim_start_matches("of ")
        .trim_start_matches("the ")
        .trim_start_matches("and ");
    (words::count(name, 2) >= 2).then_some(name)
}

/// The name that opens a sentence: lead-ins (`Today, …`), articles and descriptions in small letters left out.
pub(super) fn subject(sentence: &str) -> Option<&str> {
    let mut rest = sentence.trim_start_matches(['"', '“', '*', '[', '_', ' ', '\u{A0}']);
    for _ in 0..3 {
        rest = lead_in(rest).unwrap_or(rest);
    }
    for article in ["The ", "the ", "THE "] {
        rest = rest.strip_prefix(article).unwrap_or(rest);
    }
    let len = name_len(rest);
    let name = tidy(&rest[..len]);
    let word = text::first_piece(name);
    let after = rest[len..].trim_start_matches(['®', '™']).trim_start();
    let lettered = name.len() >= 2 && name.chars().any(char::is_alphabetic);
    let sound = lettered
        && !opener(word)
        && !people::is_opener(word)
        && dates::at_start(name).is_none()
        && !occasion(name);
    (sound && acts(name, after)).then_some(name)
}

/// What a name of an occasion ends with.
static OCCASIONS_SET: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(OCCASIONS));

/// The list that the set is made of.
const OCCASIONS: &[&str] = &[
    "Day",
    "Month",
    "Week",
    "Year",
    "Festival",
    "Award",
    "Awards",
    "Act",
    "Report",
    "Survey",
    "Index",
    "Summit",
    "Conference",
    "Seminar",
    "Season",
    "Markets",
    "Man",
    "Woman",
    "Resident",
];

/// Whether a name is that of a place or of an occasion, neither of which issues anything.
fn occasion(name: &str) -> bool {
    let last = text::last_piece(name);
    let year = last.len() == 4 && last.starts_with("20") && name.contains(' ');
    places::is_city(name) || places::is_region(name) || OCCASIONS_SET.has(last) || year
}

/// Verbs in the present that issuers open with; those in the past end in `ed`.
static ACTS_SET: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(ACTS));

/// The list that the set is made of.
const ACTS: &[&str] = &[
    "today",
    "is",
    "has",
    "have",
    "was",
    "will",
    "are",
    "announces",
    "launches",
    "unveils",
    "introduces",
    "said",
    "won",
    "plans",
    "continues",
    "proudly",
    "recently",
    "and",
    "who",
    "which",
    "joins",
    "celebrates",
    "reports",
    "hosts",
    "offers",
    "updates",
    "can",
    "brings",
    "expands",
    "opens",
    "presents",
    "had",
    "would",
    "may",
    "set",
    "took",
    "held",
    "gave",
    "began",
    "made",
    "kicks",
    "welcomes",
    "releases",
    "delivers",
    "provides",
];

/// Whether what follows a name lets it be the subject of a sentence: a verb, a comma, a bracket; one word alone before
/// a noun (`Korean artist`) is none.
fn acts(name: &str, after: &str) -> bool {
    let next = after.split([' ', ',']).next().unwrap_or("");
    let marked =
        after.is_empty() || after.starts_with([',', '(', '—', '–', '-', ':', '“', '"', '[']);
    let verb = is_act(next);
    marked || verb || name.contains(' ') && !next.starts_with(char::is_uppercase)
}

/// Whether a word is a verb that issuers open with.
pub(super) fn is_act(next: &str) -> bool {
    next.ends_with("ed") || ACTS_SET.has(next)
}

/// The name before a verb with which issuers announce: `Korean artist Minsu (Kim) announced …`.
pub(super) fn announcer(lede: &str) -> Option<&str> {
    let opening = head(lede, 400);
    let verbs = [
        " announced",
        " announces",
        " today ",
        " has announced",
        " is pleased",
        " is proud",
        " is excited",
        " is thrilled",
        " proudly",
        " launched",
        " launches",
        " unveiled",
        " unveils",
        " introduced",
        " introduces",
        " has launched",
        " has released",
        " hosted",
    ];
    let at = memchr::memchr_iter(b' ', opening.as_bytes()).find(|at| {
        let rest = &opening[*at..];
        let likely = matches!(
            rest.as_bytes().get(1),
            Some(b'a' | b't' | b'h' | b'i' | b'p' | b'l' | b'u')
        );
        likely && verbs.iter().any(|verb| rest.starts_with(verb))
    })?;
    let said = opening[..at].trim_end().trim_end_matches(" today");
    let said = said
        .rfind(" (")
        .filter(|_| said.ends_with(')'))
        .map_or(said, |open| &said[..open]);
    let name = tidy(last_run(said)?);
    (name.len() > 2 && !people::is_opener(text::first_piece(name))).then_some(name)
}

/// The run of capitalised words that ends `text`, one word or more.
fn last_run(text: &str) -> Option<&str> {
    let mut start = text.len();
    for word in text.rsplit(' ').take(7) {
        let joins = matches!(word, "of" | "for" | "and" | "&");
        if !word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && !joins {
            break;
        }
        if word.ends_with(',') {
            break;
        }
        start = word.as_ptr() as usize - text.as_ptr() as usize;
    }
    (start < text.len()).then(|| {
        text[start..]
            .trim_start_matches("of ")
            .trim_start_matches("and ")
    })
}

/// Longer lead-ins are none.
const LEAD_IN: usize = 89;

/// What follows `Today,`, `On Tuesday, July 15th,` and other times that open a sentence.
pub(super) fn lead_in(rest: &str) -> Option<&str> {
    let word = text::first_piece(rest);
    let word = word.strip_suffix(',').unwrap_or(word);
    let time = matches!(
        word,
        "Today"
            | "Yesterday"
            | "Recently"
            | "On"
            | "In"
            | "For"
            | "As"
            | "After"
            | "Following"
            | "With"
            | "This"
            | "Effective"
            | "Earlier"
            | "At"
            | "By"
            | "To"
            | "Since"
            | "Ahead"
            | "During"
            | "From"
            | "Founded"
            | "Through"
    );
    if !time && !dates::may_open(word) {
        return None;
    }
    let comma = text::find(head(rest, LEAD_IN + 2), ", ")?;
    let (first, after) = (&rest[..comma], &rest[comma + 2..]);
    let time = time || dates::at_start(first).is_some();
    (time && words::count(first, 15) <= 14).then_some(after)
}

/// Words that open a sentence and no name.
fn opener(word: &str) -> bool {
    matches!(
        word,
        "In" | "On"
            | "At"
            | "For"
            | "As"
            | "A"
            | "An"
            | "With"
            | "This"
            | "These"
            | "There"
            | "It"
            | "We"
            | "Our"
            | "If"
            | "When"
            | "While"
            | "After"
            | "By"
            | "To"
            | "From"
            | "Today"
            | "More"
            | "Many"
            | "Most"
            | "New"
            | "What"
            | "How"
            | "Why"
            | "Over"
            | "Nearly"
            | "Some"
            | "All"
            | "Every"
            | "Since"
            | "He"
            | "She"
            | "They"
            | "His"
            | "Her"
            | "Their"
            | "Now"
            | "Recently"
            | "Researchers"
            | "Scientists"
            | "Patients"
            | "People"
            | "One"
            | "Two"
            | "Three"
            | "I"
            | "You"
            | "Amid"
            | "Following"
            | "Despite"
            | "During"
            | "According"
            | "Although"
            | "Just"
            | "Not"
            | "Here"
            | "Set"
            | "Even"
            | "Its"
            | "That"
            | "Those"
            | "Through"
            | "Under"
            | "Until"
            | "Whether"
            | "Where"
            | "Who"
            | "Your"
    )
}

/// The first byte of the dashes beyond ASCII.
const DASH: u8 = 0xE2;

/// Length of the name at the start of `rest`: capitalised words and what joins them.
pub(super) fn name_len(rest: &str) -> usize {
    let mut end = 0;
    let mut at = 0;
    for word in text::pieces(rest).take(12) {
        let bare = unmarked(word);
        let joins = || {
            matches!(
                word,
                "of" | "for"
                    | "the"
                    | "and"
                    | "&"
                    | "de"
                    | "la"
                    | "del"
                    | "des"
                    | "du"
                    | "van"
                    | "von"
                    | "der"
                    | "in"
                    | "at"
                    | "+"
                    | "et"
                    | "und"
                    | "y"
            )
        };
        let capital = bare.starts_with(|c: char| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '$' | '@')
        }) || text::has_inner_capital(bare)
            || bare.len() > 4 && bare.bytes().any(|b| b == b'.');
        if !(capital || end > 0 && joins()) || word.starts_with('(') || at > 0 && is_date(word) {
            break;
        }
        at += word.len() + 1;
        if capital {
            end = at - 1;
        }
        let form = || {
            matches!(
                bare,
                "Inc"
                    | "LLC"
                    | "Ltd"
                    | "Corp"
                    | "Co"
                    | "Company"
                    | "L.L.C"
                    | "PLC"
                    | "plc"
                    | "AG"
                    | "P.C"
                    | "LLP"
                    | "S.A"
            )
        };
        let next_form = || {
            rest.get(at..).is_some_and(|next| {
                [
                    "Inc", "LLC", "Ltd", "Corp", "L.P", "LP", "P.C", "LLP", "S.A", "PLC",
                    "Limited", "PLLC", "GmbH", "Co.",
                ]
                .iter()
                .any(|form| next.starts_with(form))
            })
        };
        if capital
            && matches!(
                bare,
                "Inc" | "LLC" | "Ltd" | "Corp" | "PLLC" | "LLP" | "GmbH"
            )
        {
            // A name ends with its legal form.
            break;
        }
        let possessive = word.ends_with("'s") || word.ends_with("’s") || word.ends_with('’');
        let owner = possessive
            && rest.get(at..).is_some_and(|next| {
                people::names(head(next, 60))
                    .first()
                    .is_some_and(|name| name.start == 0)
            });
        let stopped = owner || word.ends_with([',', ':', ';', '—']) && !next_form();
        if stopped
            || (word.ends_with('.')
                && !form()
                && !word.trim_end_matches('.').contains('.')
                && word.len() > 4)
        {
            break;
        }
    }
    let name = &rest[..end.min(rest.len())];
    // Few names hold what may be a dash, and looking for all of them costs more than a look at the bytes.
    if !name.bytes().any(|b| b == b'-' || b == DASH) {
        return name.len();
    }
    ["—", "–(", "--", " - ", "–"]
        .iter()
        .filter_map(|mark| name.find(mark))
        .min()
        .unwrap_or(name.len())
}

/// A word without the marks that end clauses and sentences.
fn unmarked(word: &str) -> &str {
    let mark = |b: &u8| matches!(b, b',' | b':' | b';' | b'.');
    let end = word.as_bytes().iter().rposition(|b| !mark(b));
    &word[..end.map_or(0, |end| end + 1)]
}

/// Whether a word without blanks is a date: `31-MAR-2016`. All dates have figures.
fn is_date(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
        && dates::at_start(word).is_some_and(|read| read.len > 3)
}

/// Whether a name is that of a place.
pub(super) fn is_place(name: &str) -> bool {
    let last = text::last_piece(name);
    places::is_city(name)
        || places::is_region(name)
        || matches!(
            last,
            "County" | "Province" | "Island" | "Prefecture" | "Kong"
        )
}

/// The runs of two and more capitalised words in `line` that hold a word which bodies have.
pub(super) fn bodies(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    let mut end = 0;
    let mut push = |start: Option<usize>, end: usize| {
        // One capitalised word, as every sentence opens with, is no body's name.
        let name = start.and_then(|start| line.get(start..end));
        if let Some(name) = name.filter(|name| name.bytes().any(|b| b == b' ')) {
            let name = tidy(name.split(['’', '\'']).next().unwrap_or(name));
            if name.bytes().any(|b| b == b' ')
                && people::is_organisation(name)
                && !name.contains(['&', '@', '/'])
                && !occasion(name)
                && !is_place(name)
            {
                found.push(name);
            }
        }
    };
    for (at, word) in text::words(line) {
        let small = word.starts_with(|c: char| c.is_ascii_lowercase());
        if small && start.is_none() {
            // Most words: they end a run, and none is open.
            continue;
        }
        let bare = word.trim_end_matches([',', '.', ';', ':', ')', '”', '"', '?', '!']);
        let joins = matches!(word, "of" | "for" | "and" | "the" | "&");
        let capital =
            bare.starts_with(char::is_uppercase) && !(start.is_none() && people::is_opener(bare));
        if !(capital || joins && start.is_some()) {
            push(start.take(), end);
            continue;
        }
        if capital {
            start.get_or_insert(at);
            end = at + bare.len();
        }
        if bare.len() < word.len() {
            push(start.take(), end);
        }
    }
    push(start, end);
    found
}

/// A name without white space, marks and commas at its ends.
pub(super) fn tidy(name: &str) -> &str {
    // Nearly all names begin and end with a letter or a figure of ASCII.
    let name = if is_plain(name.bytes().next()) && is_plain(name.bytes().last()) {
        name
    } else {
        unframed(name)
    };
    let name = name
        .strip_prefix("The ")
        .or_else(|| name.strip_prefix("the "))
        .unwrap_or(name);
    // Titles and letters are told apart from nearly all names by one byte.
    let title = name.starts_with(['D', 'M']).then(|| {
        let titles = ["Dr. ", "Mr. ", "Ms. ", "Mrs. "];
        titles.iter().find_map(|title| name.strip_prefix(title))
    });
    // `Dr. Roe Productions` is a house.
    let name = title
        .flatten()
        .filter(|rest| !people::is_organisation(rest))
        .unwrap_or(name);
    let letters = name.ends_with(['D', '.']).then(|| {
        let letters = [" PhD", " Ph.D.", " MD", " M.D.", " Esq."];
        letters.iter().find_map(|end| name.strip_suffix(end))
    });
    let name = letters.flatten().unwrap_or(name);
    let owner = name
        .strip_suffix('s')
        .and_then(|name| name.strip_suffix(['\'', '’']));
    let name = owner.unwrap_or(name);
    if is_plain(name.bytes().last()) {
        return name;
    }
    name.trim_end_matches(['®', '™', ' ', ',', '’'])
}

/// Whether a byte is a letter or a figure of ASCII.
fn is_plain(byte: Option<u8>) -> bool {
    byte.is_some_and(|byte| byte.is_ascii_alphanumeric())
}

/// A name without white space and marks at its ends.
fn unframed(name: &str) -> &str {
    name.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ':'
                    | ';'
                    | '*'
                    | '_'
                    | '['
                    | ']'
                    | '"'
                    | '“'
                    | '”'
                    | '-'
                    | '–'
                    | '—'
                    | '|'
                    | '®'
                    | '™'
                    | '/'
            )
    })
}

/// Whether a name is that of a body rather than of a person: more than a first and last name, or a word that bodies
/// have.
pub(super) fn organisation(name: &str) -> bool {
    let parts = text::pieces(name).count();
    parts == 1
        || parts >= 4
        || text::pieces(name).any(text::has_inner_capital)
        || people::is_organisation(name)
}
