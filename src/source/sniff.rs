//! What kind of document a file is, by its first bytes and then by its name. Content goes before name: feeds are called
//! `.html`, mails `.txt`. It refuses what is no text.

use encoding_rs::Encoding;

/// The kinds of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
    /// An HTML page or fragment.
    Html,
    /// A feed in XML.
    Feed,
    /// A list of subscriptions.
    Opml,
    /// One JSON document: a feed, a release, a list of releases.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// One mail message.
    Mail,
    /// Many mail messages.
    Mbox,
    /// A compressed file of any other kind.
    Gzip,
    /// An archive of any other kinds.
    Zip,
}

/// How many first bytes [`kind`] wants to see.
pub const HEAD: usize = 8 << 10;

/// The kind of the document called `name` that starts with `head`; an error says what it is instead.
pub fn kind(name: &str, head: &[u8]) -> Result<Kind, &'static str> {
    let extension = extension(name);
    if let Some(kind) = by_magic(head)? {
        return Ok(kind);
    }
    let text = readable(head);
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    if let Some(kind) = by_start(start, &extension) {
        return Ok(kind);
    }
    Ok(match extension.as_str() {
        "html" | "htm" | "xhtml" | "shtml" => Kind::Html,
        "md" | "markdown" | "mdown" => Kind::Markdown,
        "xml" | "rss" | "atom" | "rdf" => Kind::Feed,
        "opml" => Kind::Opml,
        "json" => Kind::Json,
        "jsonl" | "ndjson" | "jsonlines" => Kind::JsonLines,
        "eml" => Kind::Mail,
        "mbox" => Kind::Mbox,
        _ if looks_like_mail(start) => Kind::Mail,
        _ if looks_like_html(start) => Kind::Html,
        _ => Kind::Plain,
    })
}

/// The extension of a file name, in lower case.
fn extension(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
    extension.unwrap_or_default()
}

/// Kinds that are no text, and kinds that are refused.
fn by_magic(head: &[u8]) -> Result<Option<Kind>, &'static str> {
    const REFUSED: &[(&[u8], &str)] = &[
        (b"%PDF", "a PDF file; save its text and read that"),
        (
            b"\xD0\xCF\x11\xE0",
            "an old Office file; save it as text or HTML",
        ),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"SQLite format 3\0", "a database"),
        (b"\x28\xB5\x2F\xFD", "a zstd file; unpack it first"),
        (b"BZh", "a bzip2 file; unpack it first"),
        (b"\xFD7zXZ", "an xz file; unpack it first"),
        (b"\x7FELF", "a program"),
    ];
    if head.starts_with(b"\x1F\x8B") {
        return Ok(Some(Kind::Gzip));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Some(Kind::Zip));
    }
    if let Some((_, what)) = REFUSED.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(what);
    }
    let marked = Encoding::for_bom(head).is_some();
    // Escapes switch alphabets in Japanese mail, and form feeds part pages.
    let controls = head
        .iter()
        .filter(|b| **b < 32 && !b"\0\t\n\x0B\x0C\r\x1A\x1B".contains(b))
        .count();
    let zeros = head.iter().filter(|b| **b == 0).count();
    // UTF-16 has zeros in every other place; a stray NUL in a text is a fault of that text.
    let utf16 = super::decode::is_utf16(head);
    // A few in a short text are faults of that text.
    const FEW: usize = 4;
    let low = head.iter().filter(|b| **b < 9 && **b != 0).count();
    let noise = low * 20 > head.len() || (controls > FEW && controls * 20 > head.len());
    if !marked && !utf16 && (noise || zeros * 10 > head.len()) {
        return Err("not text");
    }
    Ok(None)
}

/// The head as text, whatever its encoding.
fn readable(head: &[u8]) -> String {
    super::decode(head, None)
}

/// Kinds that show themselves in their first characters.
fn by_start(start: &str, extension: &str) -> Option<Kind> {
    let lower: String = start
        .chars()
        .take(2048)
        .collect::<String>()
        .to_ascii_lowercase();
    if lower.starts_with('<') {
        return by_root(&lower, extension);
    }
    if lower.starts_with('{') || (lower.starts_with('[') && extension == "json") {
        let lines =
            matches!(extension, "jsonl" | "ndjson" | "jsonlines") || first_line_is_an_object(start);
        return Some(if lines { Kind::JsonLines } else { Kind::Json });
    }
    let first = start.lines().next().unwrap_or_default();
    if first.starts_with("From ")
        && looks_like_mail(start.split_once('\n').map_or("", |(_, rest)| rest))
    {
        return Some(Kind::Mbox);
    }
    None
}

/// By the first element of a document of angle brackets.
fn by_root(lower: &str, extension: &str) -> Option<Kind> {
    let mut rest = lower;
    loop {
        rest = rest.trim_start();
        let end = match () {
            () if rest.starts_with("<!--") => rest.find("-->").map(|at| at + 3),
            () if rest.starts_with("<!doctype html") => return Some(Kind::Html),
            () if rest.starts_with("<?") || rest.starts_with("<!") => {
                rest.find('>').map(|at| at + 1)
            }
            () => break,
        };
        rest = &rest[end?..];
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !":_-.".contains(c));
    let name = &name[..end.unwrap_or(name.len())];
    match name.rsplit(':').next().unwrap_or(name) {
        "rss" | "feed" | "rdf" | "channel" | "entry" | "item" => Some(Kind::Feed),
        "opml" => Some(Kind::Opml),
        "html" | "head" | "body" => Some(Kind::Html),
        _ if matches!(extension, "xml" | "rss" | "atom" | "rdf") => Some(Kind::Feed),
        _ => None,
    }
}

/// Whether the first line is a whole object and a second one follows: one document would hardly be on one line.
fn first_line_is_an_object(start: &str) -> bool {
    let Some((line, rest)) = start.split_once('\n') else {
        return false;
    };
    rest.trim_start().starts_with('{')
        && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
}

/// Whether a text opens with the header of a mail.
fn looks_like_mail(start: &str) -> bool {
    const NAMES: &[&str] = &[
        "from",
        "to",
        "subject",
        "date",
        "received",
        "return-path",
        "message-id",
        "mime-version",
        "delivered-to",
        "content-type",
        "reply-to",
        "x-mailer",
        "dkim-signature",
        "sender",
    ];
    let mut known = 0;
    for line in start.lines().take(40) {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            return false;
        };
        if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return false;
        }
        known += usize::from(NAMES.contains(&name.to_ascii_lowercase().as_str()));
    }
    known >= 3
}

/// Whether a text without a root element is HTML all the same.
fn looks_like_html(start: &str) -> bool {
    let lower = start.to_ascii_lowercase();
    let tags = [
        "<p>",
        "<p ",
        "</p>",
        "<br",
        "<div",
        "</a>",
        "<h1",
        "<h2",
        "</strong>",
    ];
    lower.starts_with('<') && tags.iter().filter(|t| lower.contains(**t)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_name() {
        for (name, head, want) in [
            (
                "a.html",
                "<?xml version='1.0'?><!-- x --><rss version='2.0'>",
                Kind::Feed,
            ),
            (
                "a",
                "<feed xmlns='http://www.w3.org/2005/Atom'>",
                Kind::Feed,
            ),
            ("a", "<rdf:RDF>", Kind::Feed),
            (
                "a.xml",
                "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>",
                Kind::Html,
            ),
            ("a.txt", "<!DOCTYPE HTML><p>", Kind::Html),
            ("a.txt", "<p>One</p><p>Two<br>", Kind::Html),
            ("a.opml", "<opml version='2.0'>", Kind::Opml),
            ("a", "{\"text\":\"x\"}\n{\"text\":\"y\"}\n", Kind::JsonLines),
            ("a.json", "[{\"text\":\"x\"}]", Kind::Json),
            (
                "a.txt",
                "Subject: x\nFrom: a@b.example\nTo: c@d.example\n\nHi",
                Kind::Mail,
            ),
            (
                "a",
                "From a@b Thu Jan  1 00:00:00 2026\nFrom: a\nTo: b\nSubject: c\n\nx",
                Kind::Mbox,
            ),
            ("a.md", "# One", Kind::Markdown),
            (
                "a.txt",
                "Contact: Ann\nPhone: 1\n\nBERLIN -- x",
                Kind::Plain,
            ),
            ("a", "\u{1F}\u{8B}", Kind::Plain),
            ("a", "", Kind::Plain),
        ] {
            assert_eq!(kind(name, head.as_bytes()), Ok(want), "{name} {head:?}");
        }
        assert_eq!(kind("a", b"\x1F\x8B\x08"), Ok(Kind::Gzip));
        assert_eq!(kind("a", b"PK\x03\x04"), Ok(Kind::Zip));
        assert!(kind("a.txt", b"%PDF-1.7").is_err());
        assert!(kind("a.txt", &[0, 1, 2, 3, 0, 0, 0]).is_err());
        // Every byte as often as any other, as in what is packed or enciphered.
        let noise: Vec<u8> = (0..4096_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
            .collect();
        assert!(kind("a.dat", &noise).is_err());
    }
}
