//! How a library knows a release again: by what its source calls it, its address, its file, its content. Each is a
//! candidate; the words decide, because feeds reuse identifiers and addresses. It refuses to take two different
//! stories for one, at the price of now and then keeping two versions as two releases.

use foldhash::HashSet;

use sha2::{Digest, Sha256};

use crate::release::{Format, Incoming, Release};
use crate::text;

/// The identity rule's number: a changed rule hashes to other keys, so old keys can be told from new ones.
const RULE: u8 = 1;

/// The ways to know a release again, the strongest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Keys {
    /// By what its source calls it; needs the source, so it is made at intake.
    pub guid: Option<String>,
    /// By its address.
    pub address: Option<i64>,
    /// By its file.
    pub file: Option<i64>,
    /// By headline and text.
    pub content: i64,
    /// SHA-256 of headline and text, white space apart.
    pub content_hash: [u8; 32],
    /// By headline and text as the source sent them.
    pub came: i64,
}

impl Keys {
    /// The keys of a release as it came in.
    pub fn of(incoming: &Incoming, release: &Release) -> Self {
        let content_hash = content_hash(release, incoming);
        Self {
            content: truncated(&content_hash),
            content_hash,
            ..Self::of_arrival(incoming)
        }
    }

    /// The keys of a release that is not understood yet: in the place of its content stands what the source sent.
    pub fn of_arrival(incoming: &Incoming) -> Self {
        let content_hash = sent_hash(incoming);
        let came = truncated(&content_hash);
        Self {
            guid: incoming.guid.clone().filter(|guid| !guid.trim().is_empty()),
            address: incoming
                .url
                .as_deref()
                .and_then(address)
                .map(|a| key("address", &a)),
            file: file(incoming).map(|f| key("file", &f)),
            content: came,
            content_hash,
            came,
        }
    }

    /// The keys of a release as a library's row, or its mirror, names it.
    pub fn of_row(
        url: &Option<String>,
        guid: &Option<String>,
        path: &Option<String>,
        hash: &[u8],
    ) -> Self {
        let mut content_hash = [0; 32];
        let known = hash.len().min(32);
        content_hash[..known].copy_from_slice(&hash[..known]);
        let shell = Incoming {
            path: path.clone(),
            ..Incoming::default()
        };
        Self {
            guid: guid.clone(),
            address: url.as_deref().and_then(address).map(|a| key("address", &a)),
            file: file(&shell).map(|f| key("file", &f)),
            content: truncated(&content_hash),
            content_hash,
            came: truncated(&content_hash),
        }
    }

    /// All of them, the strongest first. `source` is the slug of its source.
    pub fn all(&self, source: &str) -> Vec<i64> {
        let guid = self
            .guid
            .as_ref()
            .map(|guid| key("guid", &format!("{source}\0{guid}")));
        let came = (self.came != self.content).then_some(self.came);
        [guid, self.address, self.file, Some(self.content), came]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// An address without what changes while the page stays: scheme, `www.`, fragment, campaign parameters, case of the
/// host, trailing slash. `None` where nothing but a host is left, which names no release.
pub(super) fn address(url: &str) -> Option<String> {
    let rest = url
        .trim()
        .split_once("://")
        .map_or(url.trim(), |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or("");
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.rsplit('@').next().unwrap_or(host).to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path = path.trim_end_matches('/');
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| !part.is_empty() && !part.to_lowercase().starts_with("utm_"))
        .collect();
    if host.is_empty() || (path.is_empty() && kept.is_empty()) {
        return None;
    }
    Some(format!("{host}/{path}?{}", kept.join("&")))
}

/// The file that holds this release and no other, as an absolute path. A mail that bears an identifier is known by that:
/// its file may be a mailbox full of others that were written after the same pattern.
fn file(incoming: &Incoming) -> Option<String> {
    let alone = match incoming.format {
        Format::Plain | Format::Markdown | Format::Html => true,
        Format::Mail => incoming.guid.is_none(),
        _ => false,
    };
    let path = incoming
        .path
        .as_deref()
        .filter(|path| alone && *path != "-" && !path.is_empty())?;
    let absolute = std::path::absolute(path).ok()?;
    Some(absolute.to_string_lossy().into_owned())
}

/// SHA-256 over the words of headline and text. A release without words is known by its address or identifier.
fn content_hash(release: &Release, incoming: &Incoming) -> [u8; 32] {
    let headline = release.headline.as_deref().unwrap_or("");
    let mut words = String::with_capacity(headline.len() + release.text.len() + 4);
    push_words(headline, &mut words);
    words.push_str("\n ");
    push_words(&release.text, &mut words);
    let mut hash = Sha256::new();
    hash.update(words.as_bytes());
    // The line feed alone.
    if words.len() < 3 {
        for part in [&incoming.guid, &incoming.url, &incoming.path] {
            hash.update(part.as_deref().unwrap_or("").as_bytes());
        }
    }
    hash.finalize().into()
}

/// Adds the words of `text`, each with a blank behind it.
fn push_words(text: &str, words: &mut String) {
    for line in text.split('\n') {
        // Nearly every line is words with one blank between each two.
        if is_spaced(line) {
            words.push_str(line);
            words.push(' ');
            continue;
        }
        for (_, word) in text::words(line) {
            words.push_str(word);
            words.push(' ');
        }
    }
}

/// Whether a line is words of ASCII with one blank between each two, and nothing else.
fn is_spaced(line: &str) -> bool {
    let bytes = line.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    *first != b' '
        && *last != b' '
        && line.is_ascii()
        && memchr::memchr3(b'\t', b'\r', 0x0B, bytes).is_none()
        && memchr::memchr(0x0C, bytes).is_none()
        && memchr::memmem::find(bytes, b"  ").is_none()
}

/// SHA-256 over headline and text as the source sent them; of one without text, over what else names it.
fn sent_hash(incoming: &Incoming) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update([RULE]);
    let headline = incoming.headline.as_deref().unwrap_or_default();
    hash.update(headline.as_bytes());
    hash.update([0]);
    hash.update(incoming.text.as_bytes());
    if headline.trim().is_empty() && incoming.text.trim().is_empty() {
        for part in [&incoming.guid, &incoming.url, &incoming.path] {
            hash.update([0]);
            hash.update(part.as_deref().unwrap_or_default().as_bytes());
        }
    }
    hash.finalize().into()
}

/// A key: 63 bits of SHA-256 over the rule's number, the way and the value.
fn key(way: &str, value: &str) -> i64 {
    let mut hash = Sha256::new();
    hash.update([RULE]);
    hash.update(way.as_bytes());
    hash.update([0]);
    hash.update(value.as_bytes());
    truncated(&hash.finalize().into())
}

/// The first 63 bits of a hash.
fn truncated(hash: &[u8; 32]) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(first) & i64::MAX
}

/// A headline as headlines are compared.
pub(super) fn headline_of(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// Whether two texts that share a key are versions of one release: the same headline of three words or more, or a
/// third of their words in common.
pub(super) fn same_release(old: (&str, &str), new: (&str, &str)) -> bool {
    let (first, second) = (headline_of(old.0), headline_of(new.0));
    if first == second && first.split(' ').count() >= 3 {
        return true;
    }
    let words = |text: &str| -> HashSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 2)
            .map(str::to_lowercase)
            .collect()
    };
    let (first, second) = (words(old.1), words(new.1));
    let common = first.intersection(&second).count();
    let all = first.len() + second.len() - common;
    if all == 0 {
        first == second
    } else {
        common * 3 >= all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_names_the_release() {
        let plain = address("https://www.Example.com/news/1/?utm_source=x#top");
        assert_eq!(plain, address("http://example.com/news/1"));
        assert_eq!(plain.as_deref(), Some("example.com/news/1?"));
        assert_ne!(
            address("https://e.com/n?id=1"),
            address("https://e.com/n?id=2")
        );
        assert_eq!(address("https://example.com/"), None);
    }

    #[test]
    fn words_are_pushed_as_they_are_found() {
        for text in [
            "",
            "one",
            "one two\nthree",
            " one  two\t\n\n three\r\n",
            "é ü\u{A0}x y\u{0C}z\u{1C}w ",
        ] {
            let mut words = String::new();
            push_words(text, &mut words);
            let found: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(
                words,
                found
                    .iter()
                    .map(|word| format!("{word} "))
                    .collect::<String>()
            );
        }
    }

    #[test]
    fn versions_share_words_and_stories_do_not() {
        let old = (
            "Acme opens a plant",
            "Acme today opened a plant in Lisbon with ninety jobs.",
        );
        assert!(same_release(
            old,
            (
                "Acme opens plant",
                "Acme today opened a plant in Lisbon with ninety-five jobs."
            )
        ));
        assert!(!same_release(
            old,
            (
                "Results",
                "Revenue of Beta rose by four percent during spring."
            )
        ));
    }
}
