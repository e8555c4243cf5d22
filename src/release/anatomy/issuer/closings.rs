//! Names at the end of a release that no heading announces: the paragraph that says what a house is (`Acme Pumps is a
//! maker of …`), and the name whose letters are those of a site that the text prints. It refuses a description in the
//! story's first half, and the addresses themselves.

use super::uses::defines;
use super::{Evidence, Index, names, words};
use crate::release::SectionKind;
use crate::text;

/// So many of the last paragraphs are looked at.
const LAST: usize = 10;

/// Shorter lines describe nothing.
const SHORT: usize = 60;

/// The names that the last paragraphs open with and describe.
pub(super) fn described<'t>(evidence: &Evidence<'t>) -> Vec<&'t str> {
    let kinds = evidence.zones.kinds.iter().zip(evidence.blocks);
    let told = kinds.filter(|(kind, _)| {
        matches!(
            kind,
            SectionKind::Lede | SectionKind::Body | SectionKind::Boilerplate
        )
    });
    let half = evidence.index.text.len() / 2;
    let mut found = Vec::new();
    let mut seen = 0;
    for (_, block) in told.rev().take(4 * LAST) {
        for line in lines(block.inner(evidence.text)) {
            let line = line.trim();
            seen += usize::from(line.len() >= SHORT);
            let start = line.as_ptr() as usize - evidence.text.as_ptr() as usize;
            if seen > LAST || start < half {
                return found;
            }
            if let Some(name) = opened(line).filter(|name| !found.contains(name)) {
                found.push(name);
            }
        }
    }
    found
}

/// The lines of a paragraph, the last first. Flattened texts part their paragraphs with two blanks.
fn lines(inner: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(inner);
    std::iter::from_fn(move || {
        let text = rest?;
        let bytes = text.as_bytes();
        let parting = (0..bytes.len()).rev().find_map(|at| match bytes[at] {
            b'\n' => Some((at, at + 1)),
            b' ' if bytes[..at].ends_with(b" ") => Some((at - 1, at + 1)),
            0xA0 if bytes[..at].ends_with(&[0xC2]) => Some((at - 1, at + 1)),
            _ => None,
        });
        rest = parting.map(|(end, _)| &text[..end]);
        Some(&text[parting.map_or(0, |(_, start)| start)..])
    })
}

/// The name that a line opens with, where the line goes on to say what it is.
fn opened(line: &str) -> Option<&str> {
    if line.len() < SHORT {
        return None;
    }
    let bare = line.strip_prefix("The ").unwrap_or(line);
    let name = names::tidy(&bare[..names::name_len(bare)]);
    let at = text::find(bare, name)? + name.len();
    let rest = bare[at..].trim_start_matches(['®', '™', ',', ' ', '.']);
    // A short form in brackets stands between.
    let rest = match rest
        .strip_prefix('(')
        .and_then(|inside| inside.split_once(')'))
    {
        Some((inside, behind)) if inside.len() < 40 => behind.trim_start_matches([',', ' ']),
        _ => rest,
    };
    let describes = defines(rest) || rest.starts_with("where ");
    let sound = name.len() > 2 && words::count(name, 9) <= 7;
    (describes && sound && names::subject(line).is_some()).then_some(name)
}

/// The name in the text whose letters are those of each of `sites`.
pub(super) fn lettered<'t>(index: &Index<'t>, sites: &[String]) -> Vec<&'t str> {
    let sites = sites.iter().filter(|site| site.is_ascii());
    sites.filter_map(|site| spelt(index, site)).collect()
}

/// The first name in the text that has the letters of `site`, with blanks and marks between them or none.
fn spelt<'t>(index: &Index<'t>, site: &str) -> Option<&'t str> {
    let (first, second) = (site.get(..1)?, site.get(1..2)?);
    let opens = [
        format!("{}{second}", first.to_uppercase()),
        site.get(..2)?.to_uppercase(),
        format!("{first}{}", second.to_uppercase()),
        // `A Pump for All`.
        format!("{} {}", first.to_uppercase(), second.to_uppercase()),
    ];
    let mut found = opens.iter().flat_map(|opening| {
        let places = index.places(opening).take(30);
        places.filter_map(|at| matched(index.text, at, site))
    });
    found.next()
}

/// The name at `at`, where it has the letters of `site` and is no address.
fn matched<'t>(text: &'t str, at: usize, site: &str) -> Option<&'t str> {
    if text[..at].ends_with(['.', '@', '/', '-', '_', '#']) {
        return None;
    }
    let mut wanted = site.chars().peekable();
    let mut end = at;
    for c in names::head(&text[at..], 80).chars() {
        if c.is_alphanumeric() {
            if wanted
                .next_if(|next| c.eq_ignore_ascii_case(next))
                .is_none()
            {
                break;
            }
            end = at + (c.len_utf8() + end - at);
        } else if matches!(c, ' ' | '-' | '’' | '\'' | '.' | '&' | ',' | '|')
            && wanted.peek().is_some()
        {
            end += c.len_utf8();
        } else {
            break;
        }
    }
    let rest = &text[end..];
    let address = rest
        .strip_prefix('.')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    let whole = wanted.peek().is_none() && !rest.starts_with(char::is_alphanumeric) && !address;
    whole.then(|| &text[at..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_describe_a_house_name_it() {
        for (line, name) in [
            (
                "Harbour Pumps is a maker of pumps for the farms of the valley and beyond.",
                Some("Harbour Pumps"),
            ),
            (
                "The Harbour Pump Association (HPA) is the voice of those who make pumps anywhere.",
                Some("Harbour Pump Association"),
            ),
            (
                "Harbour Pumps, where water meets its makers, has kept the valley green for long.",
                Some("Harbour Pumps"),
            ),
            (
                "Harbour Pumps said that the valley is green and will stay green for many years.",
                None,
            ),
            ("Harbour Pumps is a maker.", None),
        ] {
            assert_eq!(opened(line), name, "{line}");
        }
    }

    #[test]
    fn paragraphs_fall_into_lines() {
        let found: Vec<&str> = lines("one\ntwo  three\u{A0}four five").collect();
        assert_eq!(found, ["four five", "three", "two", "one"]);
    }

    #[test]
    fn sites_are_spelt_in_the_text() {
        let index = Index::new(
            "The Harbour Pumps team. See www.harbour-pumps.example, HarbourPumps.com; A Pump for All",
        );
        let sites = ["harbourpumps", "apumpforall", "harbour", "valley"].map(str::to_owned);
        assert_eq!(
            lettered(&index, &sites),
            ["Harbour Pumps", "A Pump for All", "Harbour"]
        );
    }
}
