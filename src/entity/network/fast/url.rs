//! Whether a word is an address, which the tokenizer then leaves whole: spaCy's English rule, written out by hand. It is
//! a rule about the look of a word and knows nothing of what exists.

use crate::entity::network::tables::CharSet;

fn label_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c)
}

fn host_char(c: char) -> bool {
    label_char(c) || matches!(c, '.' | '_' | '-')
}

/// Whether `word` reads as an address; `top_level` holds the characters of top-level domains.
pub(super) fn is_url(word: &str, top_level: &CharSet) -> bool {
    word.contains('.') && host_starts(word).any(|at| from_host(&word[at..], top_level))
}

/// Places at which a host may start: the word's start, behind every `@`, behind `scheme://`.
fn host_starts(word: &str) -> impl Iterator<Item = usize> {
    let scheme = word.find("://").filter(|&at| {
        let name = &word[..at];
        let named = |c: char| c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | '.');
        name.chars().nth(1).is_some() && name.chars().all(named)
    });
    let after_at = word
        .char_indices()
        .filter(|&(at, c)| at > 0 && c == '@')
        .map(|(at, _)| at + 1);
    std::iter::once(0)
        .chain(after_at)
        .chain(scheme.map(|at| at + 3))
}

/// Whether `rest` is a host, perhaps a port, and then its end or a path.
fn from_host(rest: &str, top_level: &CharSet) -> bool {
    // A host ends at the first character that none has, so that many starts in one word stay cheap.
    let end = rest.find(|c| !host_char(c)).unwrap_or(rest.len());
    let (host, after) = rest.split_at(end);
    let well_closed = |rest: &str| rest.is_empty() || rest.starts_with(['/', '?', '#']);
    let closed = well_closed(after)
        || after.strip_prefix(':').is_some_and(|port| {
            let rest = port.trim_start_matches(|c: char| c.is_ascii_digit());
            (2..=5).contains(&(port.len() - rest.len())) && well_closed(rest)
        });
    closed && (is_domain(host, top_level) || is_ipv4(host))
}

fn is_domain(host: &str, top_level: &CharSet) -> bool {
    let Some((labels, last)) = host.rsplit_once('.') else {
        return false;
    };
    let count = last.chars().take(64).count();
    (2..=63).contains(&count)
        && last.chars().all(|c| top_level.has(c))
        && labels.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=64).contains(&label.chars().take(65).count())
        && label.starts_with(label_char)
        && label.ends_with(label_char)
}

/// Four numbers that may be a public address: the rule leaves out private and reserved networks.
fn is_ipv4(host: &str) -> bool {
    let mut parts = host.split('.');
    let mut number = || {
        let part = parts.next()?;
        let decimal = (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        decimal.then_some(part)
    };
    let (Some(a), Some(b), Some(c), Some(d), None) =
        (number(), number(), number(), number(), parts.next())
    else {
        return false;
    };
    let value = |part: &str| part.parse::<u16>().unwrap_or(u16::MAX);
    let (first, second, last) = (value(a), value(b), value(d));
    let outer = |part: &str, most: u16| !part.starts_with('0') && (1..=most).contains(&value(part));
    let inner = |part: &str| part.len() < 3 || (value(part) <= 255 && part.starts_with(['1', '2']));
    let private = matches!(first, 10 | 127)
        || (first, second) == (169, 254)
        || (first, second) == (192, 168)
        || (first == 172 && (16..=31).contains(&second));
    outer(a, 223) && outer(d, 254) && inner(b) && inner(c) && !private && last > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::network::tables::Tables;

    #[test]
    fn addresses_are_known_by_their_look() {
        let set = Tables::read().unwrap().set("top-level").unwrap();
        for word in [
            "example.com",
            "https://example.com/a?b#c",
            "desk@example.org",
            "www.example.co.uk:8080/",
            "8.8.8.8",
            "ftp://8.8.8.8:21/x",
        ] {
            assert!(is_url(word, &set), "{word}");
        }
        for word in [
            "example",
            "10.0.0.1",
            "192.168.1.1",
            "a..com",
            "-a.com",
            "example.c",
            "example.com:8",
            "3.4",
            "example.com,next",
            "@",
            ".",
        ] {
            assert!(!is_url(word, &set), "{word}");
        }
    }

    #[test]
    fn many_possible_hosts_stay_cheap() {
        let set = Tables::read().unwrap().set("top-level").unwrap();
        assert!(!is_url(&"a.b@".repeat(200_000), &set));
    }
}
