//! Names of people by their shape: capitalised words, initials, particles, titles before and after. Serves the speakers
//! of quotations and the contact block. It refuses names that hold a word which only bodies and places have.

mod lists;
mod run;

use lists::{
    BODIES_SET, HONORIFICS_SET, INSTITUTIONS_SET, LETTERS_SET, OPENERS_SET, PARTICLES_SET,
};
pub(super) use run::{FoundName, names};

use crate::text;

/// Whether a name holds a word that only bodies have.
pub(super) fn is_organisation(name: &str) -> bool {
    let is_body = |word: &str| BODIES_SET.has_in_any_case(bare(word));
    let holds = |word: &str| {
        if word.bytes().any(|b| b == b'-') {
            word.split('-').any(is_body)
        } else {
            is_body(word)
        }
    };
    text::words(name).any(|(_, word)| holds(word)) || name.contains(['&', '@', '/'])
}

/// Whether a line holds a word that institutions of learning and publishers have.
pub(super) fn is_institution(line: &str) -> bool {
    text::pieces(line).any(|word| INSTITUTIONS_SET.has_in_any_case(bare(word)))
}

/// A word without the marks at its ends.
pub(super) fn bare(word: &str) -> &str {
    if is_plain(word) {
        return word;
    }
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a word begins and ends with a letter or a figure of ASCII, as most do: no marks stand at its ends.
fn is_plain(word: &str) -> bool {
    let plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    plain(word.as_bytes().first()) && plain(word.as_bytes().last())
}

/// Whether a word is a title before a name.
pub(super) fn is_honorific(word: &str) -> bool {
    let bare = if is_plain(word) {
        word
    } else {
        word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-')
    };
    bare.len() <= 24 && HONORIFICS_SET.has_in_any_case(bare)
}

/// Whether a word is letters after a name.
pub(super) fn is_letters(word: &str) -> bool {
    if !word.starts_with(char::is_uppercase) {
        return false;
    }
    let marked = word.bytes().any(|b| !b.is_ascii_alphabetic());
    if !marked {
        return LETTERS_SET.has_in_any_case(word);
    }
    let squeezed: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    LETTERS_SET.has_in_any_case(&squeezed)
}

/// Whether a word is a particle inside a name.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES_SET.has(word)
}

/// Whether a word can be part of a person's name: a capital, then small letters (`McDonald`, `O’Brien` and `Jean-Luc`
/// too), or an initial.
pub(super) fn is_name_word(word: &str) -> bool {
    if !word.starts_with(char::is_uppercase) {
        return false;
    }
    let word = word.trim_end_matches([',', ';', ':', '?', '!']);
    if word.bytes().all(|b| b.is_ascii_alphabetic()) {
        // Most words: nothing but letters.
        return word.len() == 1 || word.bytes().any(|b| b.is_ascii_lowercase());
    }
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
    let rest = letters.as_str();
    let initial = matches!(rest, "" | ".")
        || bare.len() <= 6
            && bare.split('.').all(|part| part.chars().count() <= 1)
            && bare.contains('.');
    let plain = !rest.is_empty()
        && rest
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '‘'))
        && rest.chars().any(char::is_lowercase);
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

/// Whether a word opens sentences and no name.
pub(super) fn is_opener(word: &str) -> bool {
    OPENERS_SET.has(word)
}
