//! A name or a word with a little word glued to its end (`Chinaand`, `Changshahe`, `WUSDis`), and a name written
//! twice (`acmeacme is`). All letters are small, so only the lexicon and the text itself can speak: it refuses any
//! word that either knows.

use super::glue::Cut;
use super::lexicon::look_up;
use super::token::Tokens;
use super::words::{is_function_word, is_plain_verb, is_word};

/// The little words that are looked for at a word's end, longest first.
const TAILS: &[&str] = &[
    "through", "because", "between", "during", "should", "before", "within", "which", "their",
    "these", "where", "under", "about", "after", "there", "while", "would", "could", "with",
    "that", "this", "from", "were", "have", "will", "into", "they", "when", "also", "over", "than",
    "said", "the", "and", "for", "has", "was", "its", "are", "who", "but", "you", "our", "his",
    "her", "she", "had", "not", "can", "is", "in", "to", "of", "he", "it", "on", "at", "as", "by",
    "or", "we", "an", "be",
];

/// Shorter words have nothing glued to them.
const SHORTEST: usize = 5;

/// The cuts of a token without humps or stops inside.
pub(super) fn cuts(tokens: &Tokens<'_>, index: usize) -> Vec<Cut> {
    let word = tokens.word(index);
    if !tokens.english || word.len() < SHORTEST {
        return Vec::new();
    }
    if !may_end_like_tail(word.as_bytes()) {
        return glued_head(tokens, index).into_iter().collect();
    }
    let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let head_marks = bare.len() - bare.trim_start_matches(['“', '"', '(', '‘']).len();
    let bare = &bare[head_marks..];
    if bare.len() < SHORTEST
        || !ends_like_tail(bare.as_bytes())
        || !bare.bytes().all(|b| b.is_ascii_alphabetic())
    {
        return Vec::new();
    }
    let start = tokens.extent(index).start + head_marks;
    let cut = glued_tail(tokens, index, bare, start);
    cut.or_else(|| glued_head(tokens, index))
        .into_iter()
        .collect()
}

/// The little words that are looked for at the beginning of a word that begins with this letter, with the fewest letters
/// that may stand behind them: words that nouns and verbs seldom begin with.
fn heads(first: u8) -> &'static [(&'static str, usize)] {
    match first {
        b't' => &[("these", 4), ("their", 4), ("the", 4), ("to", 4)],
        b'T' => &[("These", 4), ("The", 4)],
        b'w' => &[("which", 4), ("we", 4)],
        b'f' => &[("from", 4), ("for", 6)],
        b'o' => &[("our", 4), ("of", 4)],
        b'O' => &[("Our", 4)],
        b'm' => &[("more", 6)],
        b'i' => &[("its", 4)],
        b'a' => &[("and", 5)],
        b'c' => &[("can", 4)],
        _ => &[],
    }
}

/// A common word with a little word glued to its beginning: `thebenefit of`, `want tocome`. It refuses what is known,
/// and what may be one word that lost an apostrophe (`todays`, `werent`).
fn glued_head(tokens: &Tokens<'_>, index: usize) -> Option<Cut> {
    let word = tokens.word(index);
    let heads = heads(*word.as_bytes().first()?);
    // Most words begin with none of them: they are told by the bytes.
    let begins = |(head, least): &&(&str, usize)| {
        word.len() >= head.len() + least && word.as_bytes().starts_with(head.as_bytes())
    };
    heads.iter().find(begins)?;
    let bare = word.trim_end_matches([',', ';', ':', '.']);
    let head_of = |(head, least): &(&'static str, usize)| {
        let rest = bare.strip_prefix(head)?;
        (rest.len() >= *least && is_small(rest)).then_some((*head, rest))
    };
    let mut heads = heads.iter().filter_map(head_of).peekable();
    heads.peek()?;
    if look_up(bare).is_some() || tokens.count(bare) > 1 {
        return None;
    }
    let fits = |(head, rest): &(&str, &str)| {
        let common =
            look_up(rest).is_some_and(|entry| entry.common && !entry.name && entry.band >= 4);
        let verb = matches!(*head, "to" | "can" | "we");
        let before = tokens.word_before(index);
        let led = *head != "we"
            || matches!(
                before,
                "and"
                    | "how"
                    | "that"
                    | "where"
                    | "which"
                    | "what"
                    | "when"
                    | "as"
                    | "if"
                    | "but"
                    | "so"
                    | "because"
                    | "than"
            );
        common && led && !(verb && rest.ends_with('s')) && *rest != "rent"
    };
    let (head, _) = heads.find(fits)?;
    let goes_on = tokens.after(index).is_some() || bare.len() < word.len();
    (goes_on && english_around(tokens, index))
        .then(|| Cut::words(tokens.extent(index).start + head.len()))
}

/// The last letters of the little words, by pairs: most words are told apart by them at once.
static LAST_PAIRS: [bool; 26 * 26] = {
    let mut table = [false; 26 * 26];
    let mut index = 0;
    while index < TAILS.len() {
        let tail = TAILS[index].as_bytes();
        let (a, b) = (tail[tail.len() - 2], tail[tail.len() - 1]);
        table[(a - b'a') as usize * 26 + (b - b'a') as usize] = true;
        index += 1;
    }
    table
};

/// Whether a word of five letters or more ends in the last two letters of a little word.
fn ends_like_tail(word: &[u8]) -> bool {
    let (a, b) = (word[word.len() - 2], word[word.len() - 1]);
    let small = a.is_ascii_lowercase() && b.is_ascii_lowercase();
    small && LAST_PAIRS[usize::from(a - b'a') * 26 + usize::from(b - b'a')]
}

/// Whether a word, the marks at its end put aside, may end as [`ends_like_tail`] wants it: a look at bytes, which says no
/// to most words.
fn may_end_like_tail(word: &[u8]) -> bool {
    let marks = |byte: &&u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    let marks = word.iter().rev().take_while(marks).count();
    match &word[..word.len() - marks] {
        [.., last] if !last.is_ascii() => true,
        bare @ [_, _, ..] => ends_like_tail(bare),
        _ => false,
    }
}

fn glued_tail(tokens: &Tokens<'_>, index: usize, bare: &str, start: usize) -> Option<Cut> {
    let ends = |tail: &&&str| bare.len() > tail.len() + 1 && bare.ends_with(**tail);
    if look_up(bare).is_some() {
        return None;
    }
    // The longest ending need not be the right one (`Changshathe` ends with `he` too).
    TAILS
        .iter()
        .filter(ends)
        .find(|tail| {
            let head = &bare[..bare.len() - tail.len()];
            let edge = tokens.is_edge(start + head.len());
            is_glued(tokens, index, head, tail, edge)
        })
        .map(|tail| {
            let at = start + bare.len() - tail.len();
            let head = &bare[..bare.len() - tail.len()];
            if is_apposition(tokens, index, head, tail) {
                Cut {
                    with: ", ",
                    ..Cut::words(at)
                }
            } else {
                Cut::words(at)
            }
        })
}

/// Little words that names end with, too: `Novare`, `Walther`, `Westover`.
const NAME_ENDINGS: &[&str] = &[
    "her", "his", "our", "are", "can", "had", "not", "she", "you", "but", "who", "over", "than",
    "said",
];

/// Little words that compounds end with, too: `walkthrough`, `spillover`.
const COMPOUND_ENDINGS: &[&str] = &[
    "through", "about", "under", "after", "where", "there", "with", "over", "before", "within",
    "between", "while",
];

/// Whether `head` and `tail` are two words that touch.
fn is_glued(tokens: &Tokens<'_>, index: usize, head: &str, tail: &str, edge: bool) -> bool {
    let whole = [head, tail].concat();
    let entry = look_up(head);
    let elsewhere = tokens.count(head) > 0;
    let plain = head.len() > 4
        && matches!(tail, "to" | "of")
        && entry.is_some_and(|entry| entry.common && entry.band > 3);
    let long = tail.len() > 2 && head.len() > 3;
    // A page that links a place twice glues it twice.
    let place = long
        && !NAME_ENDINGS.contains(&tail)
        && entry.is_some_and(|entry| entry.name && !entry.common && entry.band >= 3);
    let sure = long && elsewhere || plain || place;
    if tokens.count(&whole) > 1 && !sure
        || tokens.count(&whole.to_lowercase()) > u32::from(is_small(&whole)) && !plain
    {
        return false;
    }
    let next = tokens.word_after(index);
    let goes_on = next.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '"' | '$'));
    if !goes_on {
        return false;
    }
    let name_ending = NAME_ENDINGS.contains(&tail);
    // No compound begins with a plural: `dollarsover`; nor does one stand before a word that opens a noun's own phrase:
    // `debateover our`.
    let compound = COMPOUND_ENDINGS.contains(&tail) && is_small(&whole) && !is_plural(head);
    let compound = compound && (!elsewhere || tail == "over") && !is_determiner(next);
    if !edge && (compound || !elsewhere && name_ending && !is_small(&whole)) {
        return false;
    }
    let capitals = head.len() > 1 && head.bytes().all(|b| b.is_ascii_uppercase());
    if capitals {
        return tail.len() > 1 && tokens.count(head) > 0 && tail_fits(tail, next);
    }
    let name = head.starts_with(|c: char| c.is_ascii_uppercase());
    if edge && (entry.is_some() || elsewhere) {
        return true;
    }
    // `Director Helland`: a surname after another name's part.
    let before = tokens.word_before(index);
    let in_name = before.starts_with(|c: char| c.is_ascii_uppercase()) && before.len() > 2
        || before.ends_with('.');
    let opens = tokens
        .before(index)
        .is_some_and(|last| tokens.ends_sentence(last));
    let opener = matches!(before, "In" | "At" | "From" | "The" | "On" | "For");
    if name
        && in_name
        && !opens
        && !opener
        && (!elsewhere || tail.len() < 3)
        && entry.is_none_or(|entry| !entry.name || entry.common)
        && !matches!(tail, "to" | "of")
    {
        return false;
    }
    if name {
        let known = entry.is_some_and(|entry| entry.name) || elsewhere;
        let common = entry.is_some_and(|entry| entry.common && entry.band > 3) && head.len() > 3;
        let strong = tail.len() > 2 && head.len() > 3;
        // Short endings are those of surnames too: only after a preposition, or where the text has the name.
        let placed = is_function_word(tokens.word_before(index))
            || matches!(tokens.word_before(index), "In" | "At");
        return (known || common)
            && tail_fits(tail, next)
            && (strong
                || head.len() > 3 && (elsewhere || placed && verb_follows(tail, next))
                || common && head.len() > 4 && matches!(tail, "to" | "of"));
    }
    // Two small words: both must be common, and nothing else may be meant.
    let frequent = entry.is_some_and(|entry| {
        entry.common && (entry.band > 2 && head.len() > 3 || entry.band > 5 && head.len() > 2)
    });
    let lead = matches!(head, "the" | "and" | "of" | "with" | "from") && is_small(&whole);
    let led = lead && look_up(tail).is_some_and(|entry| entry.band > 3) && tail.len() > 2;
    let short = entry.is_some_and(|entry| entry.common && entry.band > 4)
        && head.len() > 4
        && matches!(tail, "of" | "to" | "in" | "is" | "on" | "by" | "at");
    let closed = entry.is_some_and(|entry| entry.common && entry.band > 1) && ends_word(head, tail);
    let verified = entry.is_some_and(|entry| entry.common && entry.band > 3)
        && head.len() > 3
        && is_verified(tail, next);
    let pair = led
        || short
        || closed
        || verified
        || is_function_word(head)
            && matches!(tail, "the" | "this" | "their" | "these" | "its" | "our");
    (frequent && tail.len() > 2 || pair) && tail_fits(tail, next) && english_around(tokens, index)
}

/// Whether `word` opens the phrase of a noun.
fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "this"
            | "that"
            | "these"
            | "those"
            | "some"
            | "our"
            | "my"
            | "your"
            | "his"
            | "her"
            | "its"
            | "their"
    )
}

/// Whether a small word of some length ends as words do behind which no ending grows that looks like `tail`: plurals,
/// forms of verbs, and nouns of quality (`airportsor`, `goingto`, `facilityas`; `tormentor` is one word).
fn ends_word(head: &str, tail: &str) -> bool {
    const ENDS: &[&str] = &[
        "ing", "ed", "ly", "ity", "ies", "ness", "tion", "sion", "ance", "ence", "ment",
    ];
    head.len() > 4
        && (is_plural(head) || ENDS.iter().any(|end| head.ends_with(end)))
        && !(head.ends_with("ment") && tail == "or")
        && !(head.ends_with("ion") && matches!(tail, "is" | "as"))
}

/// Whether the short little word `tail` is sure before `next` whatever stands before it: `responseit provides`,
/// `heatan increase`.
fn is_verified(tail: &str, next: &str) -> bool {
    match tail {
        "it" | "we" | "he" => {
            is_plain_verb(next) || matches!(next, "is" | "was" | "has" | "all" | "must" | "will")
        }
        "an" => next.starts_with(['a', 'e', 'i', 'o']),
        "be" => is_determiner(next),
        _ => false,
    }
}

/// Whether `word` is the plural of a common word.
fn is_plural(word: &str) -> bool {
    let one = word.strip_suffix('s').filter(|one| !one.ends_with('s'));
    one.is_some_and(|one| look_up(one).is_some_and(|entry| entry.common && !entry.name))
}

fn is_small(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase())
}

/// Whether `next` can follow the little word `tail`.
fn tail_fits(tail: &str, next: &str) -> bool {
    let plain = next.trim_end_matches(|c: char| !c.is_alphanumeric());
    match tail {
        "he" | "she" | "they" | "we" | "who" | "which" | "it" | "you" => {
            plain.ends_with("ed")
                || is_plain_verb(plain)
                || ["said", "went", "told", "met"].contains(&plain)
                || plain.ends_with('s') && is_word(plain)
                || matches!(tail, "they" | "we" | "you" | "which" | "who") && is_word(plain)
        }
        _ => {
            is_word(plain)
                || plain.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
                || next.starts_with(['“', '"', '$'])
        }
    }
}

/// Whether the short little word `tail` is sure before `next`.
fn verb_follows(tail: &str, next: &str) -> bool {
    match tail {
        "he" => {
            next.ends_with("ed") || matches!(next, "said" | "is" | "was" | "has" | "met" | "told")
        }
        "is" => {
            matches!(next, "a" | "an" | "the" | "one" | "not" | "also" | "now")
                || next.ends_with("ed")
        }
        "in" => {
            matches!(next, "the" | "a" | "its" | "this" | "order")
                || next.len() == 4 && next.starts_with("20")
        }
        "to" | "of" | "on" | "at" | "by" | "as" => {
            matches!(next, "the" | "a" | "an" | "its" | "their" | "his" | "her")
        }
        _ => false,
    }
}

/// Whether the words around are English: two of the four nearest on the line are in the lexicon, and one of these stands
/// right beside it. Short forms (`we’ve`) count by their first part.
fn english_around(tokens: &Tokens<'_>, index: usize) -> bool {
    let known = |word: &str| {
        let word = word.split(['’', '\'']).next().unwrap_or(word);
        is_word(word) || tokens.count(word) > 1
    };
    let before = tokens.before(index);
    let after = tokens.after(index);
    let beside = [before, after].map(|at| at.is_some_and(|at| known(tokens.bare(at))));
    let further = [
        before.and_then(|at| tokens.before(at)),
        after.and_then(|at| tokens.after(at)),
    ];
    let further = further.map(|at| at.is_some_and(|at| known(tokens.bare(at))));
    let count = beside
        .iter()
        .chain(&further)
        .filter(|known| **known)
        .count();
    beside.contains(&true) && count > 1
}

/// `inspected Changshathe central capital`: a name and the apposition that explains it, which a comma parts.
/// `In Changshathe president said` has none.
fn is_apposition(tokens: &Tokens<'_>, index: usize, head: &str, tail: &str) -> bool {
    let name = head.starts_with(|c: char| c.is_ascii_uppercase())
        && look_up(head).is_none_or(|entry| entry.name);
    if tail != "the" || !name {
        return false;
    }
    let before = tokens.word_before(index);
    let opens = before.is_empty() || before.starts_with(|c: char| c.is_uppercase());
    let sentence_opens = tokens.before(index).is_some_and(|last| {
        opens
            && tokens
                .before(last)
                .is_none_or(|earlier| tokens.ends_sentence(earlier))
    });
    !opens || !sentence_opens && !before.is_empty()
}

/// The last word of a heading `About Acme` with the boilerplate's first word glued to it, which repeats the subject:
/// `ABOUT ACME SYSTEMSACME is`, `About acmeacme is`. No hump need show it.
pub(super) fn repeated_subject(tokens: &Tokens<'_>, index: usize, opened: usize) -> Option<Cut> {
    let word = tokens.word(index);
    let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let (first, distance) = subject_before(tokens, index, opened)?;
    let head = bare
        .len()
        .checked_sub(first.len())
        .filter(|head| bare.is_char_boundary(*head))?;
    let repeats = first.len() > 2 && head > 1 && bare[head..].eq_ignore_ascii_case(first);
    let alone = distance > 0 || bare[..head].eq_ignore_ascii_case(first);
    let next = tokens.word_after(index);
    let goes_on = is_plain_verb(next) || word.ends_with(',') || next.starts_with('(');
    (repeats && alone && goes_on && look_up(bare).is_none())
        .then(|| Cut::heading(tokens.extent(index).start + head))
}

/// The first word after `About`, where a phrase that begins with it reaches to token `index`, and how many tokens
/// before it stands.
fn subject_before<'a>(
    tokens: &Tokens<'a>,
    index: usize,
    opened: usize,
) -> Option<(&'a str, usize)> {
    let mut at = index;
    for distance in 0..10 {
        let before = tokens.before(at)?;
        let word = tokens.word(before);
        if matches!(tokens.bare(before), "About" | "ABOUT")
            && (word.len() == 5 || tokens.extent(before).start <= opened)
        {
            let first = if distance == 0 {
                tokens.word(index)
            } else {
                tokens.bare(at)
            };
            let half = first.trim_end_matches(|c: char| !c.is_alphanumeric());
            let first = if distance == 0 {
                half.get(..half.len() / 2)?
            } else {
                first
            };
            return Some((first, distance));
        }
        if tokens.ends_sentence(before) || tokens.extent(at).start < opened {
            return None;
        }
        at = before;
    }
    None
}
