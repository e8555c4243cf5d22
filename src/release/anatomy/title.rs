//! A headline for a release that prints none: the words of its canonical address where it has them, else the start of
//! its lede. The contract says which, so that nobody takes it for the issuer's own. Also finds that address.

use std::collections::HashMap;

use super::blocks::Block;
use super::words;
use crate::release::SectionKind;
use crate::text::{Extent, sentences};

/// The longest headline made from a lede, in bytes.
const LONGEST: usize = 140;

/// The canonical address that the text prints: alone on a line, after `View original content`, or before the source
/// line; the last one that has words in it.
pub(super) fn canonical_url<'t>(
    text: &'t str,
    blocks: &[Block],
    kinds: &[SectionKind],
) -> Option<&'t str> {
    let announced = blocks.iter().zip(kinds).rev().find_map(|(block, kind)| {
        let inner = block.inner(text);
        let says = [
            "view original",
            "view source",
            "view the original",
            "original content",
            "source version",
            "[original",
        ]
        .iter()
        .any(|words| words::after_prefix(inner, words).is_some());
        (says
            && matches!(
                kind,
                SectionKind::Link | SectionKind::Furniture | SectionKind::Contact
            ))
        .then(|| url_in(inner))
        .flatten()
    });
    announced.or_else(|| {
        blocks.iter().enumerate().rev().find_map(|(at, block)| {
            let inner = block.inner(text);
            let printed = match kinds[at] {
                SectionKind::Link | SectionKind::Body => true,
                // What stands between the boilerplate and the source line is the release's, not the house's.
                SectionKind::Boilerplate => kinds.get(at + 1) == Some(&SectionKind::Source),
                _ => false,
            };
            (printed && inner.starts_with("http") && !inner.contains(char::is_whitespace))
                .then(|| url_in(inner))
                .flatten()
                .filter(|url| headline_from(url).is_some())
        })
    })
}

/// The first address in `line`.
fn url_in(line: &str) -> Option<&str> {
    let at = line.find("https://").or_else(|| line.find("http://"))?;
    let rest = &line[at..];
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, ')' | '"' | '<' | '>' | ']' | '”'))
        .unwrap_or(rest.len());
    let url = rest[..end].trim_end_matches(['.', ',', ';']);
    (url.len() > 12).then_some(url)
}

/// The words of an address: its longest path segment of four words or more, with the possessive's letter put back,
/// identifiers at its end and endings such as `.html` left off.
pub(super) fn headline_from(url: &str) -> Option<String> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let segment = path
        .split('/')
        .skip(1)
        .max_by_key(|segment| segment.matches(['-', '_']).count())?;
    let segment = [".html", ".htm", ".php", ".aspx", ".shtml"]
        .iter()
        .find_map(|end| segment.strip_suffix(end))
        .unwrap_or(segment);
    let mut words: Vec<&str> = segment
        .split(['-', '_', '+'])
        .filter(|word| !word.is_empty())
        .collect();
    while words.last().is_some_and(|word| is_identifier(word)) {
        words.pop();
    }
    if words.len() < 4
        || words
            .iter()
            .any(|word| word.contains('%') || word.len() > 30)
    {
        return None;
    }
    let mut headline = String::new();
    for (at, word) in words.iter().enumerate() {
        let possessive = at > 0 && (*word == "s" || *word == "S");
        if possessive {
            headline.push('\'');
        } else if at > 0 {
            headline.push(' ');
        }
        headline.push_str(word);
    }
    let mut letters = headline.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

/// The words of an address as the text writes them: what it prints with capitals alone, inside its sentences, is a name.
/// An address that has capitals of its own is left as it is.
pub(super) fn cased(headline: &str, text: &str) -> String {
    if headline.chars().skip(1).any(char::is_uppercase) {
        return headline.to_owned();
    }
    let mut forms: HashMap<String, Option<&str>> = HashMap::new();
    let mut inside = false;
    for piece in text.split_whitespace() {
        let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let word = word
            .strip_suffix("'s")
            .or_else(|| word.strip_suffix("’s"))
            .unwrap_or(word);
        if word.contains(char::is_uppercase) {
            let opens = !inside || piece.starts_with(['"', '“', '(']);
            let form = forms.entry(word.to_lowercase());
            if !opens {
                form.or_insert(Some(word));
            }
        } else {
            forms.insert(word.to_owned(), None);
        }
        inside = !piece.ends_with(['.', '!', '?', ':', '”', '"']);
    }
    let words: Vec<&str> = headline
        .split(' ')
        .enumerate()
        .map(|(at, word)| match forms.get(&word.to_lowercase()) {
            Some(Some(form)) if at > 0 => form,
            _ => word,
        })
        .collect();
    words.join(" ")
}

/// Whether the last word of an address is an identifier rather than a word: figures, or letters mixed with figures or
/// with capitals inside.
fn is_identifier(word: &str) -> bool {
    let figures = word.bytes().filter(u8::is_ascii_digit).count();
    let inner = word.chars().skip(1).filter(|c| c.is_uppercase()).count();
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    (figures == word.len() && !year && word.len() >= 5)
        || (figures > 0 && figures < word.len() && word.len() >= 7)
        || (inner >= 2 && word.len() >= 8 && word.chars().any(char::is_lowercase))
}

/// The first sentence of the lede, cut at a word where it is long.
pub(super) fn from_lede(text: &str, lede: Extent) -> Option<String> {
    let first = sentences(text, lede).into_iter().next()?.of(text);
    if first.len() <= LONGEST {
        return Some(first.trim_end_matches('.').to_owned());
    }
    let mut end = LONGEST;
    while !first.is_char_boundary(end) {
        end -= 1;
    }
    let cut = first[..end].rfind(' ').unwrap_or(end);
    Some(format!(
        "{} …",
        first[..cut].trim_end_matches([',', ';', ':', '-'])
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_an_address_are_written_as_the_text_writes_them() {
        let text = "LEEDS, May 3 -- Acme opened a third plant in Leeds, NASA's first in the north. Plant three opens. \
            Third plants are rare.";
        assert_eq!(
            cased("Acme opens third plant in leeds for nasa", text),
            "Acme opens third plant in Leeds for NASA"
        );
        assert_eq!(
            cased("Mayor's Visit to leeds", text),
            "Mayor's Visit to leeds"
        );
    }

    #[test]
    fn addresses_give_their_words() {
        for (url, words) in [
            (
                "https://news.example.com/news/2024-03-19/Mayor-s-visit-highlights-new-river-crossing-1s6suGMNZGE/p.html",
                Some("Mayor's visit highlights new river crossing"),
            ),
            (
                "https://example.com/en/acme-opens-third-plant-in-leeds-301234567.html",
                Some("Acme opens third plant in leeds"),
            ),
            ("https://example.com/p/123456", None),
            ("https://example.com/news/2024-03-19/", None),
        ] {
            assert_eq!(headline_from(url).as_deref(), words, "{url}");
        }
    }
}
