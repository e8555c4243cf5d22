//! Places inside a contact block, where lines ran together: a label, a street, a country. It refuses to look for them
//! elsewhere.

use crate::release::repair::contact_words::is_street_word;
use crate::release::repair::glue::{Cut, Place};
use crate::release::repair::token::Tokens;
use crate::release::repair::words::{may_open_sentence, opens_sentence};

/// The label of a contact block that ran into a domain (`Contact DetailsAcme.com`).
pub(in crate::release::repair) fn label_before_domain(
    tokens: &Tokens<'_>,
    index: usize,
    opened: usize,
) -> Option<Cut> {
    let extent = tokens.extent(index);
    let word = tokens.word(index);
    let bytes = word.as_bytes();
    let hump = (1..bytes.len())
        .find(|at| bytes[*at - 1].is_ascii_lowercase() && bytes[*at].is_ascii_uppercase())?;
    let place = Place {
        tokens,
        index,
        from: extent.start,
        opened,
        at: extent.start + hump,
        end: extent.end,
    };
    place
        .phrase()
        .is_contact_label()
        .then(|| Cut::lines(place.at))
}

/// Two lines of a contact block (`Mike TerryGlobal ManagerPhone:`).
pub(in crate::release::repair) fn contact_line(
    place: Place<'_, '_>,
    left: &str,
    right: &str,
) -> Option<Cut> {
    let next = place.tokens.word_after(place.index);
    let state = place.right().ends_with(',')
        && next.len() == 2
        && next.bytes().all(|b| b.is_ascii_uppercase());
    let town = state || place.tokens.entry(right).is_some_and(|entry| entry.name);
    let street = is_street_word(left) && town;
    if street && place.tokens.all[place.index].gap != crate::release::repair::token::Gap::Line {
        return Some(Cut::lines(place.at));
    }
    let running = place
        .tokens
        .word_before(place.index)
        .starts_with(char::is_lowercase);
    let plain = place.left().starts_with(char::is_uppercase);
    let opener = opens_sentence(left) || may_open_sentence(left);
    if running || opener || !plain || !in_contact_block(place.tokens, place.index) {
        return None;
    }
    let run = place.right_run();
    let known_right = place.tokens.knows(right) || place.tokens.count(run) > 1;
    let capitals = right.len() > 2 && right.chars().all(char::is_uppercase);
    let known_left =
        place.tokens.knows(left) || crate::release::repair::contact_words::ends_contact_line(left);
    let after_firm = crate::release::repair::contact_words::ends_contact_line(left);
    (known_left && (known_right || after_firm || capitals) && left.len() > 1)
        .then(|| Cut::lines(place.at))
}

/// Whether an address or a telephone number stands within a few words, and a label or the line's end before them.
pub(in crate::release::repair) fn in_contact_block(tokens: &Tokens<'_>, index: usize) -> bool {
    let mut ahead = index;
    for _ in 0..9 {
        let word = tokens.word(ahead);
        if word.contains('@') || word.contains("www.") || has_phone(word) || is_contact_end(word) {
            return true;
        }
        if ahead > index && (tokens.ends_sentence(ahead) && word.len() > 5) {
            return false;
        }
        match tokens.after(ahead) {
            Some(next) => ahead = next,
            None => return false,
        }
    }
    false
}

fn is_contact_end(word: &str) -> bool {
    ["Phone:", "Email:", "E-mail:", "Tel:", "Website:"]
        .iter()
        .any(|label| word.contains(label))
}

/// Whether a token has the figures of a telephone number, or the last of them.
pub(in crate::release::repair) fn has_phone(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits >= 7 && word.contains(['-', '.']) && !word.contains(['/', '$', ','])
        || word.starts_with("(8") && digits == 3
}
