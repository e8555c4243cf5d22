//! Whose addresses a contact block prints: the name in `jane@acmerobotics.example` is that of whoever is to be called.
//! Tells the issuer's boilerplate from a partner's, and finds the issuer where nothing else names it. It refuses the
//! hosts of mail providers and social networks, and an agency that the story never names.

use std::collections::HashMap;

use super::{Evidence, names, people, words};
use crate::release::SectionKind;
use crate::text;

/// Hosts where anybody has an address.
const ANYBODYS: &[&str] = &[
    "gmail",
    "yahoo",
    "hotmail",
    "outlook",
    "aol",
    "icloud",
    "proton",
    "protonmail",
    "googlemail",
    "live",
    "msn",
    "comcast",
    "att",
    "verizon",
    "facebook",
    "linkedin",
    "twitter",
    "instagram",
    "youtube",
    "youtu",
    "tiktok",
    "google",
    "apple",
    "medium",
    "github",
    "discord",
    "telegram",
    "whatsapp",
    "wikipedia",
    "bit",
    "goo",
    "linktr",
    "calendly",
    "zoom",
    "eventbrite",
    "reddit",
    "amazon",
];

/// The names of the hosts in the contact block, the part before the ending, small, each once, in order.
pub(super) fn hosts(evidence: &Evidence<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let kinds = evidence.zones.kinds.iter().zip(evidence.blocks);
    let contact = kinds.filter(|(kind, _)| **kind == SectionKind::Contact);
    for (_, block) in contact.take(24) {
        let line = names::head(block.inner(evidence.text), 600);
        for word in
            line.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | '|'))
        {
            let host = word
                .rsplit_once('@')
                .map(|(_, host)| host)
                .or_else(|| word.split_once("://").map(|(_, host)| host))
                .or_else(|| word.starts_with("www.").then_some(word));
            let Some(host) = host.and_then(own_part) else {
                continue;
            };
            if host.len() >= 3 && !ANYBODYS.contains(&host.as_str()) && !found.contains(&host) {
                found.push(host);
            }
        }
    }
    found
}

/// `acme` of `www.acme.co.uk/press`.
fn own_part(host: &str) -> Option<String> {
    let host = host.split(['/', '?', '#', ':']).next()?;
    let host = host.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let mut parts: Vec<&str> = host.split('.').collect();
    parts.pop()?;
    let second = parts.last().copied()?;
    if parts.len() >= 2 && matches!(second, "co" | "com" | "ac" | "org" | "gov" | "net" | "edu") {
        parts.pop();
    }
    parts
        .pop()
        .map(|part| part.replace('-', "").to_ascii_lowercase())
}

/// Whether a host's name is that of a name with these letters ([`words::letters`]): the same, or the one opens with the other.
pub(super) fn fits(own: &str, host: &str) -> bool {
    own == host
        || host.len() >= 4 && own.starts_with(host)
        || own.len() >= 4 && host.starts_with(own)
}

/// Whether a host's name has exactly these letters of a name, its legal form left out or not.
pub(super) fn same(own: &str, host: &str) -> bool {
    host.len() >= 4 && own.strip_prefix(host).is_some_and(is_form)
}

/// The own parts of the hosts that stand anywhere in a text, each once, up to 24.
pub(super) fn sites(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let mut found: Vec<String> = Vec::new();
    let host = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    for at in memchr::memchr_iter(b'.', bytes) {
        let ending = bytes[at + 1..]
            .iter()
            .take_while(|b| b.is_ascii_lowercase());
        if !(2..=6).contains(&ending.count()) || found.len() >= 24 {
            continue;
        }
        let start = bytes[..at].iter().rev().take_while(|b| host(**b)).count();
        let part = text[at - start..at].replace('-', "").to_ascii_lowercase();
        let known = ANYBODYS.contains(&part.as_str()) || found.contains(&part);
        if part.len() >= 4 && !known {
            found.push(part);
        }
    }
    found
}

/// The only one of `names` that an address of the contact block fits.
pub(super) fn only_one<'n>(hosts: &[String], names: &'n [String]) -> Option<&'n String> {
    let mut own = names
        .iter()
        .filter(|name| hosts.iter().any(|host| fits(&words::letters(name), host)));
    own.next().filter(|_| own.next().is_none())
}

/// The name in headline, lede or body whose letters are those of a host in the contact block; of several the most
/// frequent, then the longest.
pub(super) fn named(evidence: &Evidence<'_>, hosts: &[String]) -> Option<String> {
    if hosts.is_empty() {
        return None;
    }
    let kinds = evidence.zones.kinds.iter().zip(evidence.blocks);
    let story = kinds.filter(|(kind, _)| {
        matches!(
            kind,
            SectionKind::Headline | SectionKind::Lede | SectionKind::Body
        )
    });
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (_, block) in story.take(40) {
        let line = names::head(block.inner(evidence.text), 4000);
        // Nearly every word begins with another letter than any host.
        let likely = |opens: &str| {
            let first = opens.bytes().next().map(|b| b.to_ascii_lowercase());
            opens.starts_with(['T', 'D', 'M'])
                || hosts.iter().any(|host| host.bytes().next() == first)
                || !opens.is_ascii()
        };
        for name in runs(line, likely) {
            if hosts.iter().any(|host| matches(name, host)) {
                *counts.entry(name).or_insert(0) += 1;
            }
        }
    }
    let best = counts
        .into_iter()
        .max_by_key(|(name, count)| (*count, name.len(), *name));
    best.map(|(name, _)| name.to_owned())
}

/// Whether a name has the letters of a host, with or without a legal form behind them. Nearly every name differs in its
/// first letter.
fn matches(name: &str, host: &str) -> bool {
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    let mut own = kept.flat_map(char::to_lowercase);
    if host.len() < 4 || !host.chars().all(|c| own.next() == Some(c)) {
        return false;
    }
    let rest: String = own.collect();
    is_form(&rest)
}

/// Whether the letters behind those of a host are a legal form's, or none.
fn is_form(rest: &str) -> bool {
    matches!(
        rest,
        "" | "inc" | "llc" | "ltd" | "corp" | "co" | "group" | "company"
    )
}

/// The names of one to five words in a line: capitalised words next to each other, the first of them one that is
/// `likely`. Titles and articles are taken off behind that.
fn runs(line: &str, likely: impl Fn(&str) -> bool) -> Vec<&str> {
    let at = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((start, first)) = text::telling_piece(line, from) {
        from = start + first.len() + 1;
        let opens = first.trim_start_matches(|c: char| !c.is_alphanumeric());
        if opens.is_empty()
            || !(opens.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                || text::has_inner_capital(opens))
            || !likely(opens)
            || people::is_opener(opens)
        {
            continue;
        }
        let words = text::pieces(&line[start..]).filter(|word| !word.is_empty());
        let mut words = words.take(6).peekable();
        for _ in 0..5 {
            let Some(word) = words.next() else { break };
            let name = &line[start..at(word) + word.len()];
            let name = names::tidy(name.trim_matches(|c: char| !c.is_alphanumeric()));
            found.push(name);
            let goes_on = word.ends_with(|c: char| c.is_alphanumeric() || c == '&');
            let next = words.peek().is_some_and(|next| {
                next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                    || matches!(*next, "of" | "and" | "&" | "for" | "the")
            });
            if !(goes_on && next) {
                break;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_give_their_own_part() {
        for (host, part) in [
            ("www.acme-robotics.co.uk/press", Some("acmerobotics")),
            ("mail.acme.com", Some("acme")),
            ("acme.example.", Some("acme")),
            ("localhost", None),
        ] {
            assert_eq!(own_part(host).as_deref(), part, "{host}");
        }
    }

    #[test]
    fn names_fit_the_hosts_they_own() {
        let fits = |name: &str| fits(&words::letters(name), "acmerobotics");
        assert!(fits("Acme Robotics, Inc.") && fits("Acme"));
        assert!(!fits("Marlowe Institute"));
        assert!(same(&words::letters("Acme Robotics Inc."), "acmerobotics"));
        assert!(!same(&words::letters("Acme"), "acmerobotics"));
        assert!(matches("Acme Robotics Inc.", "acmerobotics"));
        assert!(!matches("Acme", "acmerobotics"));
    }

    #[test]
    fn runs_are_names_and_their_beginnings() {
        let found = runs("the team of Acme Robotics, in Leeds", |_| true);
        assert!(
            found.contains(&"Acme Robotics") && found.contains(&"Leeds"),
            "{found:?}"
        );
        assert!(!found.contains(&"Acme Robotics, in"));
    }
}
