//! Places where a word and a capital, or a word and a figure, touch (`TrustThrough`, `About AcmeAcme`, `77069United`).
//! It refuses a place whose letters the text uses together elsewhere, and pairs that nothing but the lexicon speaks
//! for.

mod contact;
mod figures;

pub(super) use contact::{has_phone, in_contact_block, label_before_domain};
pub(super) use figures::{ends_phone_with, judge_after_digit, judge_before_digit};

use super::contact_words::{begins_country, is_field_label};
use super::glue::{Cut, Phrase, Place};
use super::words::{
    is_calendar_word, is_common, is_function_word, is_heading_word, is_person_opener,
    is_plain_verb, is_word, may_open_sentence, opens_sentence,
};
use contact::contact_line;

/// Judges the place before a capital, or before the last of several.
pub(super) fn judge_hump(place: Place<'_, '_>) -> Option<Cut> {
    let (left, right) = (place.left_word(), place.right_word());
    if place.tokens.word(place.index).starts_with('#') {
        return hashtag(place, right);
    }
    if is_label(place, right) {
        return Some(Cut::lines(place.at));
    }
    if follows_possessive(place, right) {
        return Some(Cut::words(place.at));
    }
    if left.is_empty() || is_name_prefix(left) || place.tokens.word(place.index).starts_with('@') {
        return None;
    }
    let phrase = place.phrase();
    if phrase.is_contact_label() && contact_follows(place, phrase) {
        return Some(Cut::lines(place.at));
    }
    if let Some(subject) = phrase.subject() {
        return about(place, subject, right);
    }
    if is_postcode(left) && begins_country(right) {
        return Some(Cut::lines(place.at));
    }
    // A name written twice (`AcmeAcme’s growth`).
    if left == right && left.len() > 3 && place.left_word() == place.left() {
        return Some(parted(place, phrase));
    }
    if let Some(cut) = prefix(place, left, right) {
        return Some(cut);
    }
    if opens_sentence(right)
        && is_common(left)
        && place.right_run() == right
        && !place.is_address_name()
    {
        return opener(place, phrase, left, right);
    }
    if place.is_meant() {
        return None;
    }
    opener(place, phrase, left, right)
        .or_else(|| addressed(place, phrase, left, right))
        .or_else(|| echoed(place, phrase, left, right))
        .or_else(|| calendar(place, left, right))
        .or_else(|| contact_line(place, left, right))
        .or_else(|| fused_title(place, phrase, left, right))
        .or_else(|| role(place, right))
        .or_else(|| run_into_name(place, phrase, left, right))
        .or_else(|| bound_little_word(place, left, right))
        .or_else(|| known_pair(place, left, right))
}

/// Whether a possessive ends before the place and a word in small letters follows its capital:
/// `Harbour’sInstitute for Pumps`.
fn follows_possessive(place: Place<'_, '_>, right: &str) -> bool {
    let owner = place
        .left()
        .strip_suffix('s')
        .and_then(|left| left.strip_suffix(['\'', '’']));
    owner.is_some_and(|owner| owner.len() > 2 && owner.chars().all(char::is_alphabetic))
        && right.len() > 2
        && right.chars().skip(1).all(char::is_lowercase)
        && right == place.right_run()
}

/// Whether `left` is the second half of a British postcode (`7BD`) or of a Canadian one (`1T2`).
fn is_postcode(left: &str) -> bool {
    let bytes = left.as_bytes();
    let canadian = bytes.len() == 3
        && bytes[0].is_ascii_digit()
        && bytes[1].is_ascii_uppercase()
        && bytes[2].is_ascii_digit();
    if canadian {
        return true;
    }
    (2..=4).contains(&bytes.len())
        && bytes[0].is_ascii_digit()
        && bytes.iter().skip(1).all(u8::is_ascii_uppercase)
}

/// A prefix that lost its hyphen before a name (`subSaharan`).
fn prefix(place: Place<'_, '_>, left: &str, right: &str) -> Option<Cut> {
    let prefix = matches!(
        left,
        "sub" | "non" | "pre" | "post" | "anti" | "trans" | "pan" | "mid" | "pro"
    );
    let place_name =
        |word: &str| super::lexicon::look_up(word).is_some_and(|entry| entry.name && !entry.common);
    let name = place_name(right) || right.strip_suffix('n').is_some_and(place_name);
    (prefix && place.left() == left && name && place.right_run() == right).then_some(Cut {
        at: place.at,
        with: "-",
        kind: crate::release::RepairKind::Hyphen,
    })
}

/// The end of a hashtag that runs into the next sentence (`#OurTradeThe issuer is`).
fn hashtag(place: Place<'_, '_>, right: &str) -> Option<Cut> {
    let sentence = matches!(right, "The" | "This" | "These" | "About") && place.right() == right;
    (sentence
        && place
            .tokens
            .word_after(place.index)
            .starts_with(char::is_lowercase))
    .then(|| Cut::paragraphs(place.at))
}

/// Whether a label and its colon begin here (`SmithEmail:`).
fn is_label(place: Place<'_, '_>, right: &str) -> bool {
    let next = place.tokens.word_after(place.index);
    let two_words = next.strip_suffix(':').is_some_and(is_field_label) && place.right() == right;
    let initial = matches!(right, "T" | "P" | "E" | "M" | "F" | "W") && place.left().len() > 3;
    // One letter may as well end a name (`CalvaX: a new way to pay`): then something to call or to open follows.
    if right.len() == 1 && !two_words && !reaches(place, next) {
        return false;
    }
    (place.right()[right.len()..].starts_with(':') || two_words)
        && (is_field_label(right) || initial)
        && !place.right()[right.len()..].starts_with("://")
        && place.left().chars().filter(|c| c.is_alphanumeric()).count() > 1
}

/// Whether what follows the colon of a label is a number, an address or a handle.
fn reaches(place: Place<'_, '_>, next: &str) -> bool {
    let glued = place.right().split_once(':').map_or("", |(_, rest)| rest);
    let value = if glued.is_empty() { next } else { glued };
    value.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '(' | '@'))
        || value.contains('@')
        || value.contains("://")
        || value.starts_with("www.")
}

/// Beginnings that names in camel case have.
pub(super) fn is_name_prefix(left: &str) -> bool {
    matches!(
        left,
        "Mc" | "Mac"
            | "De"
            | "Du"
            | "La"
            | "Le"
            | "Di"
            | "Van"
            | "Von"
            | "Fitz"
            | "O"
            | "El"
            | "Al"
            | "Da"
    ) || left.chars().count() < 2
}

/// Whether what follows a label can be whom to call: a capitalised word, and no brand that the text knows.
fn contact_follows(place: Place<'_, '_>, phrase: Phrase<'_>) -> bool {
    let single = phrase.words().count() == 1;
    let next = place.next();
    let named = next.starts_with(|c: char| c.is_uppercase() || c == '(' || c.is_ascii_digit())
        || next.contains('@');
    if single {
        named && !place.is_meant()
    } else {
        !place.is_meant() || named
    }
}

/// After `About Acme`: the boilerplate's first words, which repeat the subject or open a sentence.
fn about(place: Place<'_, '_>, subject: &str, right: &str) -> Option<Cut> {
    let follows = follows(place);
    if repeats(subject, follows) {
        return Some(Cut::heading(place.at));
    }
    if place.is_meant() {
        return None;
    }
    let opens = opens_sentence(right) || may_open_sentence(right);
    let verb = follows
        .split_ascii_whitespace()
        .skip(1)
        .take(4)
        .any(is_plain_verb);
    let known = place.tokens.knows(place.left_word()) || place.tokens.knows(place.left_run());
    (known && (opens || verb || right.ends_with("ed"))).then(|| Cut::heading(place.at))
}

/// The text from the place to the line's end, as far as it matters.
fn follows<'a>(place: Place<'_, 'a>) -> &'a str {
    line_ahead(place.tokens.text, place.at)
}

/// The text from `at` to its line's end, 160 bytes of it at most.
pub(super) fn line_ahead(text: &str, at: usize) -> &str {
    let mut end = text.len().min(at + 160);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let ahead = &text[at..end];
    ahead.split('\n').next().unwrap_or_default()
}

/// Whether `follows` begins with the first word of `subject` and, where that is short or common, the second; or with
/// the whole of it.
pub(super) fn repeats(subject: &str, follows: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let article = |text: &str| -> String {
        let text = text.trim_start();
        plain(
            text.strip_prefix("The ")
                .or_else(|| text.strip_prefix("the "))
                .unwrap_or(text),
        )
    };
    let (whole, next) = (article(subject), article(follows));
    if !whole.is_empty() && next.starts_with(&whole) {
        return true;
    }
    let first = subject
        .split_ascii_whitespace()
        .map(plain)
        .find(|w| !w.is_empty() && w != "the");
    first.is_some_and(|first| {
        first.len() > 2 && !is_function_word(&first) && next.starts_with(&first)
    })
}

/// A word that opens a sentence, right after a known word.
fn opener(place: Place<'_, '_>, phrase: Phrase<'_>, left: &str, right: &str) -> Option<Cut> {
    let next = place.next();
    if next.is_empty()
        || place.right()[place.right_run().len()..].starts_with('&')
        || is_function_word(&left.to_lowercase())
        || !(place.tokens.knows(left) || is_led_in(place, phrase, right, next))
    {
        return None;
    }
    let plain_next = next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    let accepted = if opens_sentence(right) {
        left.len() > 2 && (plain_next || phrase.is_title() || phrase.is_short())
    } else if may_open_sentence(right) {
        let titled =
            phrase.is_title() && (phrase.words().count() > 1 || left.len() > 7 && is_common(left));
        let in_sentence =
            left.len() > 4 && place.left().starts_with(char::is_lowercase) && is_common(left);
        (titled && (plain_next || phrase.words().count() > 2 || left.len() > 7)
            || in_sentence && plain_next)
            && left.len() > 2
    } else {
        false
    };
    accepted.then(|| parted(place, phrase))
}

/// Whether a heading of several words, and an article after the opener or an opener that is nothing else, speak for a
/// word that nothing else knows.
fn is_led_in(place: Place<'_, '_>, phrase: Phrase<'_>, right: &str, next: &str) -> bool {
    let article = matches!(next, "the" | "a" | "an" | "this" | "our" | "its" | "these");
    let opener = opens_sentence(right) && next.starts_with(char::is_lowercase);
    let words = phrase.words().count();
    phrase.is_title() && (article && words > 2 || opener && words > 3) && !place.is_meant()
}

/// A person's title and its stop after a known word (`RecipientsDr. Jane Roe`).
fn addressed(place: Place<'_, '_>, phrase: Phrase<'_>, left: &str, right: &str) -> Option<Cut> {
    let title = is_person_opener(right) && place.right()[right.len()..].starts_with('.');
    let named = place.next().starts_with(char::is_uppercase);
    (title && named && left.len() > 2 && place.tokens.knows(left)).then(|| parted(place, phrase))
}

/// A title whose last two words open the sentence below it again (`Introducing Acme PumpAcme Pump is`).
fn echoed(place: Place<'_, '_>, phrase: Phrase<'_>, left: &str, right: &str) -> Option<Cut> {
    let before = phrase.text.strip_suffix(left)?.trim_end();
    let again = before.ends_with(right) && place.next() == left;
    (again && phrase.line && phrase.is_title()).then(|| Cut::heading(place.at))
}

/// A heading's end, or, in the middle of a sentence, two words.
fn parted(place: Place<'_, '_>, phrase: Phrase<'_>) -> Cut {
    if phrase.is_title() || phrase.is_short() {
        Cut::heading(place.at)
    } else {
        Cut::words(place.at)
    }
}

/// A day or month after a known word (`ProvinceMonday`).
fn calendar(place: Place<'_, '_>, left: &str, right: &str) -> Option<Cut> {
    let shopping = matches!(
        left,
        "Black" | "Cyber" | "Giving" | "Super" | "Good" | "Palm" | "Small" | "Taco"
    );
    let name = place.tokens.entry(left).is_some() && left.len() > 3 && !shopping;
    (name && is_calendar_word(right) && place.right_run() == right).then(|| Cut::words(place.at))
}

/// A heading in capitals and small letters, run into its first sentence (`Bullish MomentumBitcoin is`).
fn fused_title(place: Place<'_, '_>, phrase: Phrase<'_>, left: &str, right: &str) -> Option<Cut> {
    if !place.tokens.english || !phrase.line || !phrase.is_title() || right.len() < 2 {
        return None;
    }
    let words = phrase.words().count();
    let next = place.next();
    if words == 1 {
        return (is_heading_word(left) && is_word(right) && !next.is_empty())
            .then(|| Cut::heading(place.at));
    }
    let capitals = left.len() > 1 && left.chars().all(char::is_uppercase);
    let named = place.tokens.count(right) > 1 && !is_common(right);
    if !(is_word(left) && (left.len() > 3 || named) || capitals && words > 2) {
        return None;
    }
    let legal = phrase.text.contains("Statement") && words > 2;
    let known = is_known_elsewhere(place, right) || legal && is_word(right);
    // The longer the title, the less the two words that touch need to be common ones.
    let plain = is_common(left) && is_common(right);
    let glued = place.tokens.glued.get()
        && words > 2
        && (plain || words > 3 && left.len() > 3 && right.len() > 3 && is_word(right));
    let goes_on = (glued || is_plain_title(place, phrase, left, right))
        && next.starts_with(char::is_lowercase);
    (is_sentence(follows(place)) && (known || goes_on)).then(|| Cut::heading(place.at))
}

/// Whether a title is long enough to be one by itself, and what touches is no brand before its verb
/// (`Payments Leader MasterCard announced`): neither the language nor a verb after it takes the two for one word.
fn is_plain_title(place: Place<'_, '_>, phrase: Phrase<'_>, left: &str, right: &str) -> bool {
    let verb = |word: &str| is_plain_verb(word) || word.ends_with("ed") || word.ends_with('s');
    let joined = [left, right].concat().to_lowercase();
    let long = phrase.words().filter(|word| word.len() > 3).count();
    long >= 3 && is_word(right) && !verb(place.next()) && !is_word(&joined)
}

/// Whether `right` is a word of its own elsewhere in the text, a name, or a plural.
fn is_known_elsewhere(place: Place<'_, '_>, right: &str) -> bool {
    let tokens = place.tokens;
    tokens.count(right) > 0
        || tokens.count(place.right_run()) > 1
        || tokens
            .entry(right)
            .is_some_and(|entry| entry.name && !entry.common)
        || tokens.count(&right.to_lowercase()) > 0
        || right.ends_with('s') && is_common(right)
}

/// Whether what follows a heading reads as a sentence: a word in small letters comes soon.
fn is_sentence(follows: &str) -> bool {
    let mut words = follows.split_ascii_whitespace().skip(1).take(7);
    words.any(|word| word.starts_with(char::is_lowercase))
}

/// A small word that runs into a name which the text has elsewhere (`adoptionRaboo, the`), or two words at the edge
/// of a link.
fn run_into_name(place: Place<'_, '_>, phrase: Phrase<'_>, left: &str, right: &str) -> Option<Cut> {
    let plain = place.left() == left
        && is_common(left)
        && left.starts_with(char::is_lowercase)
        && left.len() > 4;
    let name = place.tokens.count(right) > 1 && right.len() > 3;
    let edge = place.at_edge() && place.tokens.knows(left) && left.len() > 1 && right.len() > 1;
    (plain && name || edge).then(|| parted(place, phrase))
}

/// A role or a label of a contact block after a name (`SmithChief Executive`, `OfficePhone 202`).
fn role(place: Place<'_, '_>, right: &str) -> Option<Cut> {
    let next = place.next();
    let officer = matches!(right, "Chief" | "Vice" | "Managing")
        && matches!(
            next,
            "Executive" | "Financial" | "Operating" | "Marketing" | "President" | "Director"
        );
    let office = matches!(
        right,
        "Public"
            | "Investor"
            | "Media"
            | "Press"
            | "Corporate"
            | "Marketing"
            | "Communications"
            | "Senior"
            | "General"
    ) && matches!(
        next.trim_end_matches(','),
        "Relations"
            | "Secretary"
            | "Manager"
            | "Director"
            | "Officer"
            | "Communications"
            | "Affairs"
            | "Vice"
    );
    let last = place.tokens.after(place.index).is_none() || matches!(next, "&" | "and");
    let named = place
        .tokens
        .word_before(place.index)
        .starts_with(char::is_uppercase);
    let founder = matches!(
        right,
        "Founder" | "President" | "CEO" | "Director" | "Chairman" | "Owner"
    ) && last
        && named;
    let phone = matches!(right, "Phone" | "Tel" | "Fax")
        && next.starts_with(|c: char| c.is_ascii_digit() || c == '(' || c == '+');
    let officer = officer || office || founder;
    (place.right_run() == right && (officer || phone)).then(|| Cut::lines(place.at))
}

/// A little word glued to the name after it (`inHunan`, `ofChina`).
fn bound_little_word(place: Place<'_, '_>, left: &str, right: &str) -> Option<Cut> {
    let little = is_function_word(left) && left.len() > 1 && place.left() == left;
    let inside = place
        .tokens
        .before(place.index)
        .is_some_and(|before| !place.tokens.ends_sentence(before));
    let last = place.tokens.word_before(place.index);
    let name = place.tokens.count(right) > 0
        || place
            .tokens
            .entry(right)
            .is_some_and(|e| e.name && !e.common);
    let whole = place.right_run() == right && right.len() > 3;
    (little && inside && name && whole && last.ends_with(char::is_lowercase))
        .then(|| Cut::words(place.at))
}

/// Two words that the text has side by side elsewhere (`XiJinping` beside `Xi Jinping`).
fn known_pair(place: Place<'_, '_>, left: &str, right: &str) -> Option<Cut> {
    let worth = left.len() > 1
        && right.len() > 2
        && place.tokens.count(left) > 0
        && place.tokens.count(right) > 0;
    let plain = place.left() == left && place.right_run() == right;
    let meant = is_common(left) && is_common(right);
    (worth
        && plain
        && !meant
        && !place.right().contains('&')
        && place.tokens.has(&format!(" {left} {right}")))
    .then(|| Cut::words(place.at))
}
