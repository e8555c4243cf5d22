//! Places beside a stop, a bracket or a quotation mark where a blank or a line break was lost (`reform.The`,
//! `Contact:Jane`, `yes.”She`, `Inc.(NYSE`). It refuses domains, abbreviations, tickers, formulas and citations.

use super::contact_words::is_field_label;
use super::glue::{Cut, Place};
use super::words::{is_common, is_function_word, is_word, may_open_sentence, opens_sentence};

/// Judges the place between `left` and `right`, one of which is no letter.
pub(super) fn judge(place: Place<'_, '_>, left: char, right: char) -> Option<Cut> {
    match (left, right) {
        ('.' | '!' | '?', _) if right.is_alphabetic() => sentence(place, left),
        ('.', _) if right.is_ascii_digit() => firm_then_number(place),
        ('”' | '"' | ')', _) if right.is_alphabetic() => after_closing(place, left),
        (_, '“') => before_opening(place, left),
        (':', _) => after_colon(place, right),
        (',' | ';', _) => after_comma(place, right),
        (_, '(') => before_bracket(place, left),
        (_, '[') => before_link(place, left),
        (_, '+') => (left.is_alphabetic()
            && place
                .right()
                .as_bytes()
                .get(1)
                .is_some_and(u8::is_ascii_digit)
            && place.tokens.knows(place.left_word())
            && place.left_word().len() > 3)
            .then(|| Cut::lines(place.at)),
        ('-', _) if right.is_uppercase() => after_dash(place),
        _ => None,
    }
}

/// The word before the stop that stands right before the place.
fn word_before_stop<'a>(place: Place<'_, 'a>) -> &'a str {
    let left = place
        .left()
        .trim_end_matches(|c: char| !c.is_alphanumeric());
    let run = left.trim_end_matches(char::is_alphanumeric).len();
    &left[run..]
}

/// `reform.The`: a sentence's end and the next one's beginning.
fn sentence(place: Place<'_, '_>, stop: char) -> Option<Cut> {
    let (left, right) = (word_before_stop(place), place.right_word());
    if matches!(
        right.to_lowercase().as_str(),
        "com" | "net" | "org" | "io" | "co" | "js" | "gov" | "edu" | "tv" | "ai"
    ) && !opens_sentence(right)
        && !may_open_sentence(right)
    {
        return None;
    }
    let follows = place.next();
    if stop == '?' && asks_in_title(place) && right.starts_with(char::is_uppercase) {
        return Some(Cut::heading(place.at));
    }
    if is_field_label(right) && place.right()[right.len()..].starts_with(':') && left.len() > 2 {
        return Some(Cut::paragraphs(place.at));
    }
    if !right.starts_with(char::is_uppercase) || left.is_empty() || follows.is_empty() {
        return None;
    }
    if place
        .phrase()
        .subject()
        .is_some_and(|subject| super::junction::repeats(subject, place.right()))
    {
        return Some(Cut::heading(place.at));
    }
    let next_capital = follows.starts_with(char::is_uppercase) && left.len() > 3;
    let opener =
        opens_sentence(right) || may_open_sentence(right) && (right.len() > 1 || next_capital);
    let initials =
        left.chars().count() == 1 && place.left().trim_end_matches(['.', '!', '?']).contains('.');
    if opener {
        let ends = !initials
            && (left.chars().count() > 1
                || left.ends_with(|c: char| c.is_ascii_digit() || c.is_uppercase()));
        return (ends && !title(left)).then(|| next_sentence(place));
    }
    let whole = place.tokens.word(place.index);
    let dotted = whole.matches('.').count() > 2 || whole.contains(['/', '\\', '_', '=', '@']);
    let sentence = place.tokens.english
        && can_end(place, left, stop)
        && can_begin(place, right)
        && !title(left)
        && !dotted;
    (sentence && !place.tokens.repeats(&format!("{left}{stop}{right}")))
        .then(|| next_sentence(place))
}

/// Whether the question before the place is a heading: it opens its line, and is written as titles are.
fn asks_in_title(place: Place<'_, '_>) -> bool {
    let phrase = place.phrase();
    phrase.line && phrase.words().count() > 2 && phrase.is_title()
}

/// Whether `left` can be the last word before `stop`: a year, a known word, or a known name in a longer phrase.
fn can_end(place: Place<'_, '_>, left: &str, stop: char) -> bool {
    let year = left.len() == 4 && (left.starts_with("20") || left.starts_with("19"));
    let long = left.chars().count() > 2 && left.chars().skip(1).all(char::is_lowercase);
    let small = left.starts_with(char::is_lowercase) && place.tokens.knows(left);
    let named = place.tokens.knows(left) && place.phrase().words().count() > 4;
    year || long && (is_common(left) || small || named) || stop != '.' && left.len() > 2
}

/// Whether `right` can be the first word of a sentence: known, or capitals that the text has elsewhere.
fn can_begin(place: Place<'_, '_>, right: &str) -> bool {
    let (tokens, run) = (place.tokens, place.right_run());
    let capitals = run.len() > 1 && run.chars().all(char::is_uppercase);
    right.len() > 2 && tokens.entry(right).is_some()
        || run.len() > 2 && tokens.count(run) > 1
        || capitals && tokens.count(run) > 0
}

/// Titles that stand before a name with a stop.
fn title(word: &str) -> bool {
    matches!(
        word,
        "Mr" | "Mrs"
            | "Ms"
            | "Dr"
            | "St"
            | "No"
            | "Prof"
            | "Mt"
            | "Ft"
            | "Jr"
            | "Sr"
            | "Rev"
            | "Hon"
    )
}

/// What belongs between two sentences: where the one before was long enough for a paragraph, a paragraph's end.
fn next_sentence(place: Place<'_, '_>) -> Cut {
    let bytes = place.tokens.text.as_bytes();
    let long_before = place.at > 160 && !bytes[place.at - 160..place.at].contains(&b'\n');
    let ahead = bytes.get(place.at..place.at + 60);
    let long_after = ahead.is_some_and(|ahead| !ahead.contains(&b'\n'));
    if place.right().starts_with("About") || long_before && long_after {
        Cut::paragraphs(place.at)
    } else {
        Cut::words(place.at)
    }
}

/// `Inc.2374 Route`: a firm's ending and the number of its house.
fn firm_then_number(place: Place<'_, '_>) -> Option<Cut> {
    let firm = matches!(word_before_stop(place), "Inc" | "Corp" | "Ltd" | "Co");
    let figures = place.right().bytes().take_while(u8::is_ascii_digit).count();
    let next = place.tokens.word_after(place.index);
    (firm && figures > 1 && figures == place.right().len() && next.starts_with(char::is_uppercase))
        .then(|| Cut::lines(place.at))
}

/// `built.”She said`, `Kong)The issuer`: what follows a closing mark.
fn after_closing(place: Place<'_, '_>, mark: char) -> Option<Cut> {
    let right = place.right_word();
    let before = place.left().trim_end_matches(mark);
    if !before.contains(char::is_alphanumeric) && before.len() < 2 {
        return None;
    }
    let ended = before.ends_with(['.', '!', '?', ',', '…']) && before.chars().count() > 2;
    let opener = opens_sentence(right) || may_open_sentence(right) && right.len() > 1;
    let capital = right.starts_with(char::is_uppercase);
    let known = right.chars().count() > 2 && place.tokens.knows(right)
        || place.tokens.count(place.right_run()) > 1;
    if place.right()[right.len()..].starts_with(':') && is_field_label(right) {
        return Some(Cut::lines(place.at));
    }
    let next = place.next();
    let cut = match mark {
        // A straight mark may open; only after a stop is it sure to close.
        '"' => {
            ended && (capital && (opener || known) || is_saying(right))
                || closes(place) && (opener || is_function_word(right)) && !next.is_empty()
        }
        '”' => {
            capital && (ended || opener || known)
                || right.starts_with(char::is_lowercase) && place.tokens.knows(right)
        }
        _ => {
            let inside = before.rsplit('(').next().unwrap_or_default();
            let words = inside.chars().filter(|c| c.is_alphabetic()).count();
            let subject = place.phrase().subject().is_some();
            let small = is_function_word(right)
                && place.right() == right
                && words > 1
                && next.starts_with(char::is_alphabetic);
            small
                || capital
                    && (words > 2 || inside.len() > 5)
                    && (opener || known || subject)
                    && !next.is_empty()
                    && !before.ends_with('(')
        }
    };
    let ends = mark == ')' || before.ends_with(['.', '!', '?']);
    cut.then(|| {
        if capital && ends {
            let opened = place.phrase();
            match opened.subject() {
                Some(_) => Cut::heading(place.at),
                None => Cut::paragraphs(place.at),
            }
        } else {
            Cut::words(place.at)
        }
    })
}

/// Whether a word tells who speaks, and opens nothing that is quoted: `costs,"said Roe`.
fn is_saying(word: &str) -> bool {
    matches!(
        word,
        "said" | "says" | "added" | "explained" | "noted" | "stated" | "wrote" | "continued"
    )
}

/// Whether a straight mark right before the place closes: the token, or the one before it, has the mark that opened.
fn closes(place: Place<'_, '_>) -> bool {
    let marks = |word: &str| word.matches('"').count();
    let own = marks(place.tokens.word(place.index));
    let first = place.left().chars().find(|c| c.is_alphanumeric()).is_some();
    first && (own == 2 || own == 1 && marks(place.tokens.word_before(place.index)) == 1)
}

/// `added:“We`, `Rejuvenation“At Acme`: a quotation that opens inside a token.
fn before_opening(place: Place<'_, '_>, left: char) -> Option<Cut> {
    if matches!(left, ':' | ',' | ';') {
        return Some(Cut::words(place.at));
    }
    let words_follow = place
        .right()
        .chars()
        .nth(1)
        .is_some_and(char::is_alphabetic);
    if matches!(left, '.' | '!' | '?' | '”')
        && place.left().contains(char::is_alphanumeric)
        && words_follow
    {
        return Some(Cut::paragraphs(place.at));
    }
    let word = place.left_word();
    let known = left.is_alphabetic() && word.len() > 2 && place.tokens.knows(word);
    let phrase = place.phrase();
    (known && place.right().chars().nth(1).is_some_and(char::is_uppercase)).then(|| {
        if phrase.is_title() && phrase.words().count() > 1 {
            Cut::heading(place.at)
        } else {
            Cut::words(place.at)
        }
    })
}

/// `Contact:Jane Doe`, `Statements:This release`, `Takeaways:* First`.
fn after_colon(place: Place<'_, '_>, right: char) -> Option<Cut> {
    let left = word_before_stop(place);
    let before = place.left().trim_end_matches(':');
    if matches!(right, '*' | '•') && left.len() > 2 {
        return Some(Cut::lines(place.at));
    }
    // `Published by:Acme`.
    if is_function_word(left)
        && before == left
        && right.is_uppercase()
        && place.right_run().len() > 2
    {
        return Some(Cut::words(place.at));
    }
    let letters = left.len() > 2 && before.ends_with(left) && left.chars().all(char::is_alphabetic);
    if !letters || place.left().starts_with(['(', '@']) {
        return None;
    }
    let label = is_field_label(left) || super::contact_words::is_contact_word(left);
    let ticker = left.chars().all(char::is_uppercase);
    let word = place.right_word();
    let opener = opens_sentence(word) || may_open_sentence(word) && word.len() > 1;
    if label && !(left == "Company" && place.right_run().chars().all(char::is_uppercase)) {
        // `source:samples` is a search or a setting; `email:jane@acme.example` is not.
        let code = left.starts_with(char::is_lowercase)
            && right.is_lowercase()
            && !place
                .right()
                .trim_end_matches(['.', ','])
                .contains(['@', '.', '/']);
        let value = !code && (right.is_alphanumeric() || matches!(right, '(' | '+' | '@'));
        let person = right.is_uppercase() && super::contact_words::is_contact_word(left);
        return value.then(|| {
            if person {
                Cut::lines(place.at)
            } else {
                Cut {
                    kind: crate::release::RepairKind::Break,
                    ..Cut::words(place.at)
                }
            }
        });
    }
    if ticker && !opener || !right.is_uppercase() {
        return None;
    }
    let phrase = place.phrase();
    let glued = place.tokens.glued.get() && is_common(left) && place.tokens.knows(word);
    let sentence = (opener || glued) && !place.next().is_empty() && is_word(left);
    let block = is_word(left)
        && super::junction::in_contact_block(place.tokens, place.index)
        && place.tokens.knows(word)
        && phrase.is_title();
    if phrase
        .subject()
        .is_some_and(|subject| super::junction::repeats(subject, place.right()))
    {
        return Some(Cut::heading(place.at));
    }
    // `the legislation:Clarifies what`.
    let told = left.starts_with(char::is_lowercase)
        && is_common(left)
        && word.len() > 2
        && is_common(word)
        && place.next().starts_with(char::is_lowercase);
    (sentence || block || told).then(|| {
        if phrase.is_title() {
            Cut::heading(place.at)
        } else {
            Cut::words(place.at)
        }
    })
}

/// Whether `word` is a month or a day of the week, in full or short.
fn is_month(word: &str) -> bool {
    let bare = word.trim_end_matches('.');
    let short = [
        "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "May",
    ];
    short.contains(&bare) || super::words::is_calendar_word(bare)
}

/// `11th,2026`, `red,white`: a comma between words or before a year.
fn after_comma(place: Place<'_, '_>, right: char) -> Option<Cut> {
    let left = word_before_stop(place);
    let word = place.right_word();
    if left.len() == 4
        && left.starts_with("20")
        && left.bytes().all(|b| b.is_ascii_digit())
        && right.is_lowercase()
    {
        return (word.len() > 2 && is_word(word)).then(|| Cut::words(place.at));
    }
    if right.is_ascii_digit() {
        let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| {
            left.strip_suffix(end)
                .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        });
        let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        let month = is_month(place.tokens.word_before(place.index));
        let day = left.len() < 3 && left.bytes().all(|b| b.is_ascii_digit()) && month;
        return (year && (ordinal || day || is_month(left))).then(|| Cut::words(place.at));
    }
    let whole = place.tokens.word(place.index);
    let plain = !whole.contains(['&', '=', '/', '_', '{', '#']);
    let words = right.is_alphabetic()
        && left.len() > 2
        && word.len() > 1
        && left.chars().all(char::is_alphabetic)
        && place.tokens.knows(left)
        && place.tokens.knows(word);
    (place.tokens.english && plain && words).then(|| Cut::words(place.at))
}

/// `Inc.(NYSE: ABC)`, `Coin(Acme)`, `Waltz(408) 213-0940`.
fn before_bracket(place: Place<'_, '_>, left: char) -> Option<Cut> {
    let inside = place.right()[1..].split(')').next().unwrap_or_default();
    let closed = place.right().contains(')');
    let digits = inside.bytes().filter(u8::is_ascii_digit).count();
    let word = word_before_stop(place);
    if digits == 3 && inside.len() == 3 && closed {
        return (word.chars().count() > 1 && left.is_alphabetic() || left == '.')
            .then(|| Cut::lines(place.at));
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let first = inside.chars().next()?;
    let content = inside.chars().filter(|c| c.is_alphabetic()).count();
    let roman = inside.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let small_tail = inside.chars().filter(|c| c.is_lowercase()).count() > 1;
    let ticker = inside.chars().all(|c| c.is_uppercase()) && content > 2;
    let firm = left == '.' && matches!(word, "Inc" | "Corp" | "Ltd" | "Co" | "plc");
    let after_word = left.is_alphabetic() && letters > 2
        || left.is_ascii_digit() && letters == 0 && word.len() == 4;
    // A bracket whose content goes on with letters is a formula or a form of the word.
    let goes_on = closed
        && place
            .right()
            .split_once(')')
            .is_some_and(|(_, rest)| rest.starts_with(char::is_alphanumeric));
    (first.is_uppercase()
        && content > 2
        && !roman
        && !goes_on
        && (firm || after_word && (small_tail || ticker)))
        .then(|| Cut::words(place.at))
}

/// `at[www.acme.com](https://www.acme.com)`: a link of Markdown.
fn before_link(place: Place<'_, '_>, left: char) -> Option<Cut> {
    (left.is_lowercase() && place.right().contains("](http")).then(|| Cut::words(place.at))
}

/// `2026 --Acme`: a dash that stood apart.
fn after_dash(place: Place<'_, '_>) -> Option<Cut> {
    let dashes = place.left();
    let alone = dashes == "--" && place.from == place.tokens.extent(place.index).start;
    let before = place.tokens.word_before(place.index);
    (alone && before.ends_with(|c: char| c.is_alphanumeric() || c == '/' || c == ')'))
        .then(|| Cut::words(place.at))
}
