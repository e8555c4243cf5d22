//! The front matter of a Markdown file: `key: value` lines between two rules at its start, as archives and site
//! generators write it.

use crate::release::Incoming;
use crate::source::time;

/// The front matter, where there is one, and the rest.
pub fn split(text: &str) -> (Option<&str>, &str) {
    let Some(rest) = text.trim_start_matches('\u{FEFF}').strip_prefix("---\n") else {
        return (None, text);
    };
    let Some((front, body)) = rest.split_once("\n---") else {
        return (None, text);
    };
    let fields = front.lines().filter(|l| l.contains(':')).count();
    let after = body.split_once('\n').map_or("", |(_, body)| body);
    // A rule at the start of a text is no front matter.
    if fields == 0 || front.lines().any(|l| l.trim().is_empty()) || front.len() > 16 << 10 {
        return (None, text);
    }
    (Some(front), after)
}

/// Takes over what the front matter says of the release.
pub fn apply(front: &str, incoming: &mut Incoming) {
    for line in front.lines() {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']).trim();
        if value.is_empty() || key.starts_with([' ', '-']) {
            continue;
        }
        let owned = Some(value.to_owned());
        match key.trim().to_ascii_lowercase().as_str() {
            "title" | "headline" => incoming.headline = owned,
            "date" | "published" | "pubdate" => incoming.published = time::instant(value),
            "url" | "link" | "canonical" | "canonical_url" => incoming.url = owned,
            "source" | "site" => incoming.source = owned,
            "wire" => incoming.wire = owned,
            "issuer" | "company" | "organization" => incoming.issuer = owned,
            "language" | "lang" => incoming.language = owned,
            "id" | "guid" => incoming.guid = owned,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_no_text() {
        let text =
            "---\ntitle: \"Acme: wins\"\ndate: 2026-03-04\nurl: https://a.example/1\n---\n\nBody";
        let (front, body) = split(text);
        let mut incoming = Incoming::default();
        apply(front.expect("front matter"), &mut incoming);
        assert_eq!(body.trim(), "Body");
        assert_eq!(incoming.headline.as_deref(), Some("Acme: wins"));
        assert_eq!(incoming.published.as_deref(), Some("2026-03-04"));
        assert_eq!(incoming.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(split("---\n\nBERLIN: x\n\n---\n").0, None);
    }
}
