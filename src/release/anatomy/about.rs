//! Boilerplate: the standing description of who puts a release out. Most say `About Acme`, on a line of their own or
//! run into the text (`About AcmeAcme is …`); some only describe, after the story has ended. It refuses `About 500
//! people` and a section of the story that happens to begin with the word.

use super::blocks::Block;
use super::head::Head;
use super::labels;
use super::words;
use crate::release::SectionKind;

/// Whether the block, which begins with the word About or its like, opens a boilerplate.
pub(super) fn opens(text: &str, blocks: &[Block], index: usize, head: &Head, end: usize) -> bool {
    let block = &blocks[index];
    let inner = block.inner(text);
    if index < head.body + 2 && index * 3 < end {
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
    figures || doubled || again
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

/// Verbs that describe what somebody is or does, as standing descriptions use them after a name.
const DESCRIBES: &[&str] = &[
    "is",
    "are",
    "was founded",
    "was established",
    "has been",
    "provides",
    "offers",
    "specializes",
    "specialises",
    "delivers",
    "helps",
    "operates",
    "designs",
    "develops",
    "works",
    "serves",
    "strives",
    "brings",
    "traces",
    "represents",
    "believes",
    "offer",
    "provide",
    "has offices",
    "combines",
    "connects",
    "supports",
    "creates",
    "manufactures",
    "partners",
    "empowers",
    "ist",
    "est",
    "es",
];

/// Finds a boilerplate that does not say what it is: after the last quotation of the story, its last paragraphs,
/// where the first begins with a name and a verb that describes.
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
            matches!(kinds[*index], SectionKind::Body)
                && words::is_prose(blocks[*index].inner(text))
        })
        .collect();
    if story.len() < 4 {
        return;
    }
    let mut first = None;
    for index in story.iter().rev().take(2) {
        let inner = blocks[*index].inner(text);
        if inner.contains(['“', '"', '”']) && quoted_words(inner) || blocks[*index].item {
            break;
        }
        if describes(inner) {
            first = Some(*index);
            break;
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

/// Whether a paragraph holds spoken words rather than a nickname in quotation marks.
fn quoted_words(inner: &str) -> bool {
    inner
        .split(['“', '"', '”'])
        .skip(1)
        .step_by(2)
        .any(|part| words::count(part, 5) >= 5)
}

/// Whether a paragraph opens with a name and what that name is or does, in the present tense.
fn describes(inner: &str) -> bool {
    let opening: String = inner.chars().take(160).collect();
    let bare = opening.replace(['®', '™'], "");
    let mut name = 0;
    let mut rest = bare.as_str();
    while name < 9 {
        let word = rest.split(' ').next().unwrap_or("");
        let joins = matches!(
            word,
            "of" | "and" | "the" | "for" | "&" | "-" | "de" | "at" | "in"
        );
        let capital = word.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '('))
            || word.contains('.');
        if word.is_empty() || !(capital || joins && name > 0) {
            break;
        }
        name += 1;
        rest = rest[word.len()..].trim_start();
        if word.ends_with(',') && !matches!(word, "Inc.," | "LLC," | "Ltd.,") {
            break;
        }
    }
    let first = bare.split(' ').next().unwrap_or("");
    let pronoun = matches!(
        first,
        "The"
            | "This"
            | "These"
            | "It"
            | "We"
            | "In"
            | "For"
            | "With"
            | "As"
            | "At"
            | "By"
            | "To"
            | "A"
            | "An"
            | "Our"
            | "He"
            | "She"
            | "They"
            | "While"
            | "When"
            | "There"
            | "All"
            | "Today"
            | "I"
            | "If"
            | "You"
            | "Each"
            | "Most"
            | "Some"
            | "That"
            | "Its"
            | "Their"
    );
    let tail = rest
        .strip_prefix("(")
        .and_then(|rest| rest.split_once(") "))
        .map_or(rest, |(_, rest)| rest);
    let standing = [
        "is a",
        "is an",
        "is the",
        "are a",
        "are the",
        "provides",
        "offers",
        "specializes",
        "specialises",
        "was founded",
        "is one of",
        "was established",
        "traces its",
        "represents",
        "has been a",
        "delivers",
        "operates",
    ]
    .iter()
    .any(|verb| {
        tail.strip_prefix(verb)
            .is_some_and(|after| after.is_empty() || after.starts_with(' '))
    });
    name >= 1
        && standing
        && (!pronoun || (first == "The" && name >= 3))
        && DESCRIBES.iter().any(|verb| tail.starts_with(verb))
}
