//! Who speaks a quotation, by the words beside it: `,” said Jane Roe, CEO`; `Roe said, “`; `“…,” she adds`; `According to
//! Jane Roe, “`; `— Jane Roe`. It refuses to name bodies and unnamed people (`the authors`, `a spokesperson`): there the
//! speaker stays empty.

use std::sync::LazyLock;

use super::super::people;
use super::verbs;
use crate::text::{self, WordSet};

/// What the words beside a quotation say of its speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A name as it stands, and what the text says of its bearer.
    Name(String, Option<String>),
    /// `he`, `she`, `they`.
    Pronoun,
    /// Somebody whom the text does not name.
    Unnamed,
}

/// At most this many words beside a quotation are read.
const REACH: usize = 40;

/// At most this many words stand before a name as its bearer's title.
const TITLE: usize = 10;

/// Reads the words after a closing mark. `ended` is whether the quotation ended with a full stop.
pub(super) fn after(words: &str, ended: bool, known: impl Fn(&str) -> bool) -> Option<Who> {
    let clause = clause_after(words);
    let bare =
        clause.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';'));
    if let Some(signed) = signature(bare) {
        return Some(signed);
    }
    let tokens: Vec<&str> = bare.split_whitespace().take(REACH).collect();
    if verbs::han_speech(&bare[..floor(bare, 120)]) {
        return Some(han_subject(&bare[..floor(bare, 120)]));
    }
    let verb = tokens
        .iter()
        .take(16)
        .position(|word| verbs::is_speech(word))?;
    let next = words[words.len().min(clause.len())..].trim_start();
    let leads_on =
        ended && next.starts_with(['“', '"', '„', '«']) && clause.trim_end().ends_with([',', ':']);
    if leads_on && verb > 0 {
        return None;
    }
    if verb <= 1 && !is_subject(tokens.first().copied().unwrap_or(""), &known) || verb == 0 {
        let rest = after_word(bare, tokens[verb]);
        return Some(subject(rest, true, &known));
    }
    let before = &bare[..offset(bare, tokens[verb])];
    (verb <= 14).then(|| subject(before, false, &known))
}

/// Reads the words before an opening mark, back to the start of their sentence.
pub(super) fn before(words: &str, known: impl Fn(&str) -> bool) -> Option<Who> {
    let clause = last_sentence(words);
    let trimmed = clause.trim_end();
    let lower = trimmed.get(..13).unwrap_or("").to_lowercase();
    if lower.starts_with("according to ") {
        return Some(subject(&trimmed[13..], true, &known));
    }
    let tokens: Vec<&str> = trimmed.split_whitespace().collect();
    let tokens = &tokens[tokens.len().saturating_sub(REACH)..];
    let verb = tokens.iter().rposition(|word| verbs::is_speech(word));
    let Some(verb) = verb else {
        if verbs::han_speech(trimmed) {
            return Some(han_subject(trimmed));
        }
        return trimmed
            .ends_with([':', '：'])
            .then(|| subject(trimmed, true, &known))
            .filter(|who| matches!(who, Who::Name(..)));
    };
    // A verb that opens the sentence stands before its subject.
    if verb == 0 || tokens[verb].starts_with(char::is_uppercase) {
        return Some(subject(after_word(trimmed, tokens[verb]), true, &known));
    }
    let at = offset(trimmed, tokens[verb]);
    let who = subject(&trimmed[..at], false, &known);
    if who == Who::Unnamed {
        // `…, said Jane Roe: “`, `told by Jane Roe`
        let rest = subject(&trimmed[at + tokens[verb].len()..], true, &known);
        if matches!(rest, Who::Name(..)) {
            return Some(rest);
        }
    }
    Some(who)
}

/// Whether the words beside a quotation speak at all, whoever it is.
pub(super) fn speaks(words: &str) -> bool {
    words.split_whitespace().any(verbs::is_speech) || verbs::han_speech(words)
}

/// The person who is the subject of a sentence: the first name in it, with nothing but titles and an employer before it.
/// `known` is whether a bare word is a surname that the release explains.
pub(super) fn opening_person(sentence: &str, known: impl Fn(&str) -> bool) -> Option<&str> {
    let first = people::names(sentence).into_iter().next();
    let full = first.filter(|name| name.words >= 2 || name.titled);
    let (start, end) = full.map_or_else(
        || {
            let word = sentence.split(' ').next().unwrap_or(sentence);
            (
                0,
                word.len() * usize::from(people::is_name_word(word) && known(word)),
            )
        },
        |name| (name.start, name.end),
    );
    let before: Vec<&str> = sentence[..start].split_whitespace().collect();
    let titles = before.iter().all(|word| {
        word.starts_with(char::is_uppercase)
            || matches!(*word, "of" | "and" | "the" | "for" | "&")
            || people::is_honorific(word)
    });
    let after = &sentence[end..];
    // `The finance chief, Jane Roe, told …`
    let apposed = before.last().is_some_and(|word| word.ends_with(','))
        && matches!(before[0], "The" | "Its" | "Our" | "Their")
        && after.starts_with(',');
    let alone = !after.starts_with("’s") && !after.starts_with("'s") && !after.starts_with(" and ");
    (end > start && alone && (titles || apposed) && before.len() <= TITLE)
        .then_some(&sentence[start..end])
}

/// `— Jane Roe, CEO of Acme` after a quotation.
pub(super) fn signature(line: &str) -> Option<Who> {
    let bare = line.trim_start();
    let rest = bare
        .trim_start_matches(['—', '–', '-', '―', '~'])
        .trim_start();
    if rest.len() == bare.len() || rest.is_empty() {
        return None;
    }
    let name = rest
        .split([',', '\n', '|', '('])
        .next()
        .unwrap_or(rest)
        .trim();
    let name = name.trim_start_matches("Dr. ").trim_end_matches('.');
    people::is_person(name).then(|| {
        Who::Name(
            name.to_owned(),
            title_after(&rest[rest.find(name).unwrap_or(0) + name.len()..]),
        )
    })
}

/// The words after a closing mark that can name its speaker: to the end of the sentence or the next opening mark.
fn clause_after(words: &str) -> &str {
    let limit = floor(words, 420);
    let words = &words[..limit];
    let mark = words
        .find(['“', '"', '„', '«', '「'])
        .unwrap_or(words.len());
    let words = &words[..mark];
    let mut from = 0;
    while let Some(at) = words[from..].find(['.', '!', '?', ';']).map(|at| from + at) {
        let after = &words[at + 1..];
        let word = words[..at]
            .rsplit(|c: char| c.is_whitespace())
            .next()
            .unwrap_or("");
        let short = word.len() <= 3
            || word.contains('.')
            || people::is_honorific(word)
            || word == "Inc"
            || word == "Corp";
        let ends = after.is_empty()
            || after.starts_with(char::is_whitespace)
                && !after.trim_start().starts_with(char::is_lowercase);
        if at > 0 && ends && !(short && words.as_bytes()[at] == b'.') {
            return &words[..=at];
        }
        from = at + 1;
    }
    words
}

/// The last sentence, or the start of one, that `words` end with.
fn last_sentence(words: &str) -> &str {
    let start = words.len() - words.len().min(520);
    let start = (start..=words.len())
        .find(|at| words.is_char_boundary(*at))
        .unwrap_or(words.len());
    let words = &words[start..];
    let mut from = 0;
    for (at, c) in words.char_indices() {
        if matches!(c, '.' | '!' | '?' | '。' | '\n' | '”') {
            let after = &words[at + c.len_utf8()..];
            let word = words[..at]
                .rsplit(|c: char| c.is_whitespace())
                .next()
                .unwrap_or("");
            let short = c == '.'
                && (word.len() <= 2
                    || word.contains('.')
                    || people::is_honorific(word)
                    || matches!(word, "Inc" | "Corp" | "Ltd" | "Co"));
            let opens = after
                .trim_start()
                .starts_with(|c: char| c.is_uppercase() || !c.is_ascii());
            if c == '\n'
                || c == '。'
                || after.starts_with(char::is_whitespace)
                    && opens
                    && !short
                    && (c != '”' || words[..at].ends_with(['.', '!', '?']))
            {
                from = at + c.len_utf8();
            }
        }
    }
    words[from..].trim_start()
}

/// The longest prefix of at most `most` bytes.
fn floor(text: &str, most: usize) -> usize {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

/// Where `token`, a slice of `text`, starts in it.
fn offset(text: &str, token: &str) -> usize {
    token.as_ptr() as usize - text.as_ptr() as usize
}

/// What follows `token`, a slice of `text`.
fn after_word<'t>(text: &'t str, token: &str) -> &'t str {
    &text[offset(text, token) + token.len()..]
}

/// Whether a word opens a subject: a pronoun, an article, a name.
fn is_subject(word: &str, known: &impl Fn(&str) -> bool) -> bool {
    let bare = people::bare(word);
    is_pronoun(bare)
        || matches!(bare, "the" | "The" | "a" | "an")
        || bare.starts_with(char::is_uppercase) && (people::is_name_word(bare) || known(bare))
        || people::is_honorific(bare)
}

/// What stands for a speaker who was named before.
static PRONOUNS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::new(&[
        "he", "she", "they", "er", "sie", "il", "elle", "él", "ella", "lui", "lei",
    ])
});

fn is_pronoun(word: &str) -> bool {
    PRONOUNS.has_in_any_case(word)
}

/// The person that a clause names as its subject. `forward`: the verb stands before it, so that the first name counts;
/// else the name nearest to the clause's start that has a person's shape.
fn subject(clause: &str, forward: bool, known: &impl Fn(&str) -> bool) -> Who {
    let clause = if forward {
        clause
    } else {
        without_lead_in(clause)
    };
    let first = clause.split_whitespace().next().unwrap_or("");
    if is_pronoun(first.trim_matches(|c: char| !c.is_alphanumeric())) {
        return Who::Pronoun;
    }
    // `said Ann, director of Acme Foods`: one name, set off by a comma.
    let alone = first.strip_suffix(',').filter(|name| {
        forward && people::is_name_word(name) && !people::is_honorific(name) && name.len() > 2
    });
    if let Some(name) = alone {
        return Who::Name(
            name.to_owned(),
            title_after(&clause[offset(clause, first) + name.len()..]),
        );
    }
    let names = people::names(clause);
    let comma = clause.find(',').unwrap_or(clause.len());
    let usable = |name: &&people::FoundName| {
        name.words >= 2 || name.titled || known(&clause[name.start..name.end])
    };
    let near = names
        .iter()
        .filter(|name| name.start < comma)
        .filter(usable);
    let best = near
        .clone()
        .find(|name| name.titled)
        .or_else(|| near.clone().next())
        .or_else(|| names.iter().find(usable));
    if let Some(name) = best {
        let title =
            title_after(&clause[name.end..]).or_else(|| title_before(&clause[..name.start]));
        return Who::Name(clause[name.start..name.end].to_owned(), title);
    }
    bare_surname(clause, forward, known)
        .map_or_else(|| unnamed(clause, forward), |name| Who::Name(name, None))
}

/// A bare surname that the release explains elsewhere.
fn bare_surname(clause: &str, forward: bool, known: &impl Fn(&str) -> bool) -> Option<String> {
    let mut words = clause
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-'))
        .map(|word| {
            word.strip_suffix("'s")
                .or_else(|| word.strip_suffix("’s"))
                .unwrap_or(word)
        })
        .filter(|word| people::is_name_word(word) && known(word));
    if forward { words.next() } else { words.last() }.map(str::to_owned)
}

/// Somebody without a name: a pronoun, or nobody.
fn unnamed(clause: &str, forward: bool) -> Who {
    let last = clause
        .split_whitespace()
        .last()
        .unwrap_or("")
        .trim_matches(',');
    let pronoun = !forward && is_pronoun(last) || clause.split_whitespace().take(4).any(is_pronoun);
    if pronoun { Who::Pronoun } else { Who::Unnamed }
}

/// A clause without the circumstances that open it: `In a recent interview on the radio, Jane Roe`.
fn without_lead_in(clause: &str) -> &str {
    let mut clause = clause.trim_start();
    for _ in 0..2 {
        let first = clause.split_whitespace().next().unwrap_or("");
        let opens = matches!(
            first,
            "In" | "On"
                | "At"
                | "During"
                | "After"
                | "Before"
                | "When"
                | "While"
                | "As"
                | "For"
                | "With"
                | "Following"
                | "Earlier"
                | "Today,"
                | "Speaking"
                | "Commenting"
                | "Regarding"
                | "Reflecting"
                | "Of"
                | "Asked"
        );
        match clause.split_once(", ") {
            Some((_, rest)) if opens => clause = rest,
            _ => break,
        }
    }
    clause
}

/// The name before a Chinese verb of speech: `公司首席执行官王伟表示：`.
fn han_subject(clause: &str) -> Who {
    let han = |c: &char| ('\u{4E00}'..='\u{9FFF}').contains(c) || *c == '·';
    let cut = [
        "表示", "指出", "强调", "強調", "认为", "認為", "说", "說", "称", "稱", "述べ", "語",
    ]
    .iter()
    .filter_map(|verb| clause.rfind(verb))
    .max()
    .unwrap_or(clause.len());
    let head = &clause[..cut];
    let tail: Vec<char> = head.chars().rev().take_while(han).collect();
    let run: String = tail.into_iter().rev().collect();
    let titles = [
        "先生",
        "女士",
        "博士",
        "教授",
        "首席执行官",
        "总裁",
        "總裁",
        "董事长",
        "董事長",
        "主席",
        "总经理",
        "總經理",
        "主任",
        "部长",
        "部長",
        "发言人",
        "發言人",
        "创始人",
        "創辦人",
        "行政總裁",
        "院长",
        "副总裁",
        "经理",
        "局长",
        "社長",
    ];
    let bare = ["先生", "女士", "博士", "教授"]
        .iter()
        .find_map(|title| run.strip_suffix(title))
        .unwrap_or(&run);
    let name = titles
        .iter()
        .filter_map(|title| bare.rfind(title).map(|at| &bare[at + title.len()..]))
        .min_by_key(|name| name.len())
        .unwrap_or(bare);
    let len = name.chars().count();
    if (2..=4).contains(&len) || name.contains('·') {
        Who::Name(name.to_owned(), None)
    } else {
        Who::Unnamed
    }
}

/// What the text says of a speaker after the name: `, Managing Director at Acme`.
fn title_after(rest: &str) -> Option<String> {
    let rest = rest.strip_prefix(',')?.trim_start();
    let letters = rest.split([',', ' ']).next().unwrap_or("");
    let rest = if people::is_letters(letters) {
        rest[letters.len()..].trim_start_matches([',', ' '])
    } else {
        rest
    };
    let end = rest.find(['“', '"', ';', '\n']).unwrap_or(rest.len());
    let mut end = floor(&rest[..end], 160);
    // The description ends before the verb that follows it.
    for (at, _) in rest[..end].match_indices(' ') {
        let word = text::first_piece(&rest[at + 1..]);
        if verbs::is_speech(word) && !word.ends_with("ing") {
            end = at;
            break;
        }
    }
    let title = rest[..end].trim().trim_end_matches([',', '.', ':', ' ']);
    (title.len() > 2 && title.split(' ').count() <= 20).then(|| title.to_owned())
}

/// What the text says of a speaker before the name: `Acme CEO`, `firm founder`.
fn title_before(before: &str) -> Option<String> {
    let start = before.rfind([',', ':', ';', '“', '"']).map_or(0, |at| {
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    });
    let title = before[start..]
        .trim()
        .trim_start_matches("the ")
        .trim_start_matches("The ");
    let sound = title.split(' ').any(people::is_honorific)
        && title.len() <= 100
        && !matches!(title, "Mr." | "Ms." | "Mrs." | "Mr" | "Ms");
    sound.then(|| title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(who: Option<Who>) -> Option<String> {
        match who {
            Some(Who::Name(name, _)) => Some(name),
            Some(Who::Pronoun) => Some("(pronoun)".to_owned()),
            Some(Who::Unnamed) => Some("(unnamed)".to_owned()),
            None => None,
        }
    }

    #[test]
    fn words_after_a_quotation_name_its_speaker() {
        for (words, ended, speaker) in [
            (
                " said Jane Q. Roe, CEO of Acme Inc. “More,”",
                false,
                Some("Jane Q. Roe"),
            ),
            (" says firm founder John Doe.", false, Some("John Doe")),
            (" she said. “More”", false, Some("(pronoun)")),
            (
                " said Acme CEO and chair John Doe in the release.",
                false,
                Some("John Doe"),
            ),
            (
                " John Doe, Facility Manager, exclaimed.",
                false,
                Some("John Doe"),
            ),
            (
                " said Dr. Jane Roe, PhD, lead author of the study.",
                false,
                Some("Jane Roe"),
            ),
            (" the authors conclude.", false, Some("(unnamed)")),
            (" Doe said, “And more.”", true, None),
            (" — Jane Roe, President", true, Some("Jane Roe")),
            (" The work goes on.", true, None),
        ] {
            assert_eq!(
                name(after(words, ended, |word| word == "Doe")).as_deref(),
                speaker,
                "{words}"
            );
        }
    }

    #[test]
    fn a_sentence_tells_of_its_subject() {
        for (sentence, person) in [
            (
                "Chief Financial Officer Jane Roe said that it is paid.",
                Some("Jane Roe"),
            ),
            (
                "The finance chief, Jane Roe, told reporters.",
                Some("Jane Roe"),
            ),
            ("Doe added a word.", Some("Doe")),
            ("The board named Jane Roe its head.", None),
            ("Jane Roe’s pumps run.", None),
            ("Jane Roe and John Doe met.", None),
        ] {
            let found = opening_person(sentence, |word| word == "Doe");
            assert_eq!(found, person, "{sentence}");
        }
    }

    #[test]
    fn words_before_a_quotation_name_its_speaker() {
        for (words, speaker) in [
            ("It ended well. District Attorney Doe said, ", Some("Doe")),
            (
                "Jane Roe, spokesperson for Acme, highlighted the importance of care: ",
                Some("Jane Roe"),
            ),
            ("According to Jane Roe, CEO of Acme, ", Some("Jane Roe")),
            ("Added Acme Managing Partner John Doe, ", Some("John Doe")),
            ("She added, ", Some("(pronoun)")),
            ("And they conclude: ", Some("(pronoun)")),
            ("公司首席执行官王伟表示：", Some("王伟")),
            ("The plant is called ", None),
        ] {
            assert_eq!(
                name(before(words, |word| word == "Doe")).as_deref(),
                speaker,
                "{words}"
            );
        }
    }
}
