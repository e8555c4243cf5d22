//! Commissioned texts: where a publisher says that it has a business with those it writes about, it and not they put
//! the text out; so does one whose terms and disclaimers hold for all of the text. Reads only sentences that disclose
//! such a relationship; it refuses a warning about investments.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{Evidence, names, words};

/// Finds all of them in one pass.
static FINDER: OnceLock<Option<AhoCorasick>> = OnceLock::new();

/// What stands before the publisher's name.
const RELATIONS: &[&str] = &[
    "commercial relationship with ",
    "business relationship with ",
    "financial relationship with ",
    "paid partnership with ",
    "paid subscription to ",
    "sponsored content produced by ",
    "and disclaimers on the ",
];

/// The publisher that discloses a relationship, in the last blocks of the release.
pub(super) fn publisher(evidence: &Evidence<'_>) -> Option<String> {
    let last = evidence.blocks.iter().rev().take(40);
    last.map(|block| block.inner(evidence.text))
        .filter(|line| line.len() < 3000)
        .find_map(named)
}

/// The name behind the words that disclose.
fn named(line: &str) -> Option<String> {
    let finder = FINDER.get_or_init(|| {
        // No relation holds another's beginning: the leftmost are all, and those are found sixteen bytes at a time.
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .build(RELATIONS);
        finder.ok()
    });
    let rest = &line[finder.as_ref()?.find(line)?.end()..];
    let len = names::name_len(rest);
    let name = names::tidy(&rest[..len]).trim_end_matches('.');
    let sound = name.starts_with(char::is_uppercase) && words::count(name, 6) <= 5;
    sound.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publishers_disclose_themselves() {
        for (line, name) in [
            (
                "Disclosure: companies named here may have a commercial relationship with Harbour Journal.",
                Some("Harbour Journal"),
            ),
            ("Disclaimer: nothing here is investment advice.", None),
            (
                "The company has a commercial relationship with its owner.",
                None,
            ),
            (
                "Read the terms and disclaimers on the Harbour Journal website, which hold for all of this.",
                Some("Harbour Journal"),
            ),
            ("Read the terms and disclaimers on the site.", None),
        ] {
            assert_eq!(named(line).as_deref(), name, "{line}");
        }
    }
}
