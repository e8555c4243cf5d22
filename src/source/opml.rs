//! Lists of subscriptions in and out, as OPML, which every reader speaks. What comes in are addresses, names and folders
//! and nothing else: no options, no commands. Addresses of any kind but http and https are refused one by one, since
//! readers have been made to run programs by such lists.

use std::borrow::Cow;

use url::Url;

use super::Problem;
use super::html::{Lexer, Tag, Token};
use super::http::nameless;

/// One subscription.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// Its name.
    pub name: String,
    /// The address of the feed.
    pub address: String,
    /// The page it belongs to.
    pub site: Option<String>,
    /// The folders it lies in, the outermost first.
    pub folders: Vec<String>,
}

/// Most folders within each other.
const DEPTH: usize = 16;
/// Most subscriptions of one list.
const SUBSCRIPTIONS: usize = 20_000;

/// The subscriptions of a list, and what of it was refused.
#[must_use]
pub fn read(text: &str) -> (Vec<Subscription>, Vec<Problem>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    let mut folders: Vec<Option<String>> = Vec::new();
    for token in Lexer::xml(text) {
        match token {
            Token::Start(tag) if tag.is("outline") => {
                let name = name(&tag);
                let leaf = tag.attribute("xmlUrl").map(|address| {
                    let within = folders.iter().flatten().take(DEPTH).cloned().collect();
                    subscription(&tag, name.clone(), &address, within)
                });
                match leaf {
                    Some(Ok(subscription)) if found.len() < SUBSCRIPTIONS => {
                        found.push(subscription)
                    }
                    Some(Err(problem)) => problems.push(problem),
                    _ => {}
                }
                if !tag.attributes.trim_end().ends_with('/') {
                    folders.push(name.filter(|_| tag.attribute("xmlUrl").is_none()));
                }
            }
            Token::End(name) if name.eq_ignore_ascii_case("outline") => {
                folders.pop();
            }
            _ => {}
        }
    }
    (found, problems)
}

fn name(tag: &Tag<'_>) -> Option<String> {
    let written = |attribute: &str| {
        let text = tag.attribute(attribute)?;
        let words: Vec<&str> = text.split_whitespace().collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    written("title").or_else(|| written("text"))
}

fn subscription(
    tag: &Tag<'_>,
    name: Option<String>,
    written: &str,
    folders: Vec<String>,
) -> Result<Subscription, Problem> {
    let written = written.trim();
    let refuse = |why: &str| Problem::new(name.as_deref().unwrap_or(written), why);
    let address =
        Url::parse(&as_http(written)).map_err(|_| refuse("refused: this is no address"))?;
    if !matches!(address.scheme(), "http" | "https") || !address.has_host() {
        return Err(refuse(&format!(
            "refused: addresses of the kind {}: are not followed",
            address.scheme()
        )));
    }
    let name = name.clone().unwrap_or_else(|| nameless(&address));
    let site = tag
        .attribute("htmlUrl")
        .and_then(|s| Url::parse(s.trim()).ok());
    Ok(Subscription {
        name,
        address: address.into(),
        site: site
            .filter(|s| matches!(s.scheme(), "http" | "https"))
            .map(String::from),
        folders,
    })
}

/// An address without `feed:`, which is an old way to say http.
#[must_use]
pub fn as_http(written: &str) -> Cow<'_, str> {
    match written.strip_prefix("feed:") {
        Some(rest) if rest.starts_with("//") => Cow::Owned(format!("http:{rest}")),
        Some(rest) => Cow::Borrowed(rest),
        None => Cow::Borrowed(written),
    }
}

/// The list of these subscriptions, folders as outlines around them.
#[must_use]
pub fn write(subscriptions: &[Subscription]) -> String {
    let mut sorted: Vec<&Subscription> = subscriptions.iter().collect();
    sorted.sort_by(|a, b| a.folders.cmp(&b.folders));
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>dateline</title></head>\n<body>\n",
    );
    let mut open: Vec<&str> = Vec::new();
    for subscription in sorted {
        let same = open
            .iter()
            .zip(&subscription.folders)
            .take_while(|(a, b)| **a == b.as_str())
            .count();
        for _ in same..open.len() {
            out.push_str("</outline>\n");
        }
        open.truncate(same);
        for folder in &subscription.folders[same..] {
            let name = escaped(folder);
            out.push_str(&format!("<outline text=\"{name}\" title=\"{name}\">\n"));
            open.push(folder);
        }
        out.push_str(&outline(subscription));
    }
    for _ in open {
        out.push_str("</outline>\n");
    }
    out.push_str("</body>\n</opml>\n");
    out
}

fn outline(subscription: &Subscription) -> String {
    let name = escaped(&subscription.name);
    let site = subscription
        .site
        .as_deref()
        .map_or(String::new(), |s| format!(" htmlUrl=\"{}\"", escaped(s)));
    format!(
        "<outline type=\"rss\" text=\"{name}\" title=\"{name}\" xmlUrl=\"{}\"{site}/>\n",
        escaped(&subscription.address)
    )
}

/// Text as the value of an attribute; characters that XML cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_survives_the_round_trip() {
        let of = |name: &str, address: &str, folders: &[&str]| Subscription {
            name: name.into(),
            address: address.into(),
            site: Some("https://a.example/".into()),
            folders: folders.iter().map(|f| (*f).to_owned()).collect(),
        };
        let list = [
            of("Top", "https://a.example/1", &[]),
            of("A & \"B\" <C>", "https://a.example/2?x=1&y=2", &["Wires"]),
            of("Deep", "https://a.example/3", &["Wires", "Energy"]),
        ];
        let (back, problems) = read(&write(&list));
        assert_eq!(back, list);
        assert!(problems.is_empty());
    }

    #[test]
    fn only_web_addresses_come_in() {
        let (found, problems) = read(
            "<opml><body><outline text='a' xmlUrl='exec:~/bin/x'/><outline text='b' xmlUrl='filter:x:http://b.example'/>\
             <outline text='c' xmlUrl='file:///etc/passwd'/><outline text='d' xmlUrl='gopher://d.example'/>\
             <outline text='e' xmlUrl='\"|touch x'/><outline title='Good' text='f' xmlUrl='feed://g.example/rss'>\
             <outline xmlUrl='https://h.example/x'></outline></body>",
        );
        assert_eq!(problems.len(), 5);
        let got: Vec<_> = found
            .iter()
            .map(|s| (s.name.as_str(), s.address.as_str()))
            .collect();
        assert_eq!(
            got,
            [
                ("Good", "http://g.example/rss"),
                ("h.example/x", "https://h.example/x")
            ]
        );
    }
}
