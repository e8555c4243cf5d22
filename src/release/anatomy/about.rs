//! Boilerplate: the standing description of who puts a release out. Most say `About Acme`, on a line of their own or
//! run into the text (`About AcmeAcme is …`); some only describe, after the story has ended. It refuses `About 500
//! people` and a section of the story that happens to begin with the word.

use super::blocks::Block;
use super::head::Head;
use super::{labels, people, words};
use crate::release::SectionKind;

/// Whether the block, which begins with the word About or its like, opens a boilerplate.
pub(super) fn opens(text: &str, blocks: &[Block], index: usize, head: &Head, end: usize) -> bool {
    let block = &blocks[index];
    let inner = block.inner(text);
    let heading = words::count(inner, 9) <= 8 && !words::ends_sentence(inner);
    if index < head.body + if heading { 1 } else { 2 } && index * 3 < end {
        return false;
    }
    let Some(len) = labels::about_len(inner) else {
        return false;
    };
    let rest = inner[len..].trim_start();
    let named = rest.is_empty()
        || rest.starts_with(|c: char| {
            c.is_uppercase() || matches!(c, '$' | '@' | '“' | '"' | '[' | '#')
        })
        || begins_with_name(rest)
        || inner[..len].trim_end().to_lowercase().ends_with(" us")
        || short_heading(inner);
    if !named {
        return false;
    }
    if words::count(inner, 20) <= 16 && !words::ends_sentence(inner) {
        return heading_of_description(text, blocks, index, end);
    }
    // Run into its paragraph: the name comes again, or a description follows at once.
    true
}

/// A short line in small letters: `About the author`, `About our firm`.
fn short_heading(inner: &str) -> bool {
    words::count(inner, 6) <= 5 && !words::ends_sentence(inner)
}

/// Names that begin with a figure or a small letter: `45Drives`, `mmhmm`, `twentytwo & brand`.
fn begins_with_name(rest: &str) -> bool {
    let word = rest
        .split(|c: char| c.is_whitespace() || c == ':')
        .next()
        .unwrap_or("");
    let figures =
        word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().any(char::is_alphabetic);
    let doubled = word.len() >= 4
        && word.is_char_boundary(word.len() / 2)
        && word[..word.len() / 2].eq_ignore_ascii_case(&word[word.len() / 2..]);
    let again = word.len() >= 4
        && rest[word.len()..]
            .to_lowercase()
            .contains(&word.to_lowercase());
    // `iRobot`, `eBay`.
    let camel = word.chars().skip(1).take(2).any(char::is_uppercase);
    figures || doubled || again || camel
}

/// Whether a heading `About …` stands over a description of somebody, and not over a part of the story.
fn heading_of_description(text: &str, blocks: &[Block], index: usize, end: usize) -> bool {
    let Some(next) = blocks.get(index + 1).filter(|_| index + 1 < end) else {
        return true;
    };
    let heading = blocks[index].inner(text);
    let common = heading
        .strip_prefix("About the ")
        .or_else(|| heading.strip_prefix("About The "))
        .is_some_and(|rest| {
            words::count(rest, 3) == 1 && !rest.contains(char::is_numeric) && !is_role(rest)
        });
    let late = index * 2 >= end;
    !next.item && (!common || late)
}

/// What a release calls its makers when it does not name them.
fn is_role(word: &str) -> bool {
    matches!(
        word.trim_end_matches(':').to_lowercase().as_str(),
        "author"
            | "company"
            | "authors"
            | "firm"
            | "foundation"
            | "artist"
            | "study"
            | "university"
            | "organization"
    )
}

/// Finds a boilerplate that does not say what it is: after the last quotation of the story, its last paragraphs,
/// where one begins with a name that the story has used and says what its bearer is.
pub(super) fn unlabelled(
    text: &str,
    blocks: &[Block],
    kinds: &mut [SectionKind],
    head: &Head,
    end: usize,
) {
    if kinds.contains(&SectionKind::Boilerplate) {
        return;
    }
    let story: Vec<usize> = (head.body..end)
        .filter(|index| {
            kinds[*index] == SectionKind::Body && words::is_prose(blocks[*index].inner(text))
        })
        .collect();
    if story.len() < 4 {
        return;
    }
    let mut first = None;
    for index in story.iter().rev().take(3) {
        let inner = blocks[*index].inner(text);
        if quoted_words(inner) || blocks[*index].item {
            break;
        }
        if described(inner).is_some_and(|name| known_before(text, blocks[*index].inner.start, name))
        {
            first = Some(*index);
        }
    }
    if let Some(first) = first {
        for kind in &mut kinds[first..end] {
            if *kind == SectionKind::Body {
                *kind = SectionKind::Boilerplate;
            }
        }
    }
}

/// Whether the story has used the first words of `name` before `at`.
fn known_before(text: &str, at: usize, name: &str) -> bool {
    let mut words = name
        .split(' ')
        .filter(|word| !matches!(*word, "The" | "the"));
    let Some(first) = words.next() else {
        return false;
    };
    let first = first.trim_matches(|c: char| !c.is_alphanumeric());
    let pair = words.next().map(|second| {
        format!(
            "{first} {}",
            second.trim_matches(|c: char| !c.is_alphanumeric())
        )
    });
    let before = text[..at].to_lowercase();
    match pair {
        Some(pair) if before.contains(&pair.to_lowercase()) => true,
        _ => first.len() >= 5 && before.contains(&first.to_lowercase()),
    }
}

/// Whether a paragraph holds spoken words rather than a nickname in quotation marks.
fn quoted_words(inner: &str) -> bool {
    inner.contains(['“', '"', '”'])
        && inner
            .split(['“', '"', '”'])
            .skip(1)
            .step_by(2)
            .any(|part| words::count(part, 5) >= 5)
}

/// What a standing description says after its subject's name.
const STANDING: &[&str] = &[
    "is a",
    "is an",
    "is the",
    "is one of",
    "are a",
    "are the",
    "provides",
    "specializes",
    "specialises",
    "was founded",
    "offers the",
    "offers a",
    "delivers",
    "operates",
    "is director",
    "is president",
    "is chief",
    "is founder",
    "is owner",
    "is professor",
    "traces its",
];

/// The name that opens a paragraph which says, in the present tense, what its bearer is.
fn described(inner: &str) -> Option<&str> {
    let mut at = 0;
    let mut count = 0;
    for word in inner.split(' ').take(14) {
        let joins = matches!(
            word,
            "of" | "and" | "the" | "for" | "&" | "-" | "–" | "de" | "at" | "in" | "by"
        );
        let capital = word.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '('))
            || word.contains('.');
        let small = word.chars().next().is_some_and(char::is_lowercase) && !joins;
        if word.is_empty() || small || !(capital || joins && count > 0) {
            break;
        }
        at += word.len() + 1;
        count += 1;
    }
    let name = inner.get(..at.saturating_sub(1))?;
    let rest = inner.get(at..)?.to_lowercase();
    let first = name.split(' ').next().unwrap_or("");
    let standing = STANDING.iter().any(|verb| {
        rest.strip_prefix(verb)
            .is_some_and(|after| after.starts_with(' '))
    });
    let fresh = rest.contains(" today") || rest.contains("this week");
    (standing
        && !fresh
        && !name.is_empty()
        && (!people::is_opener(first) || first == "The" && count >= 3))
        .then_some(name)
}
