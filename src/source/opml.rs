//! Lists of subscriptions in and out, as OPML, which every reader speaks. What comes in are addresses, names and folders,
//! and of what is chosen about a source only what can harm nobody, whoever wrote the list: its tags (`category`), how
//! often it is asked, within the limits of what can be typed, and when teasers get their full text. It refuses all else:
//! headers, cookies, proxies, scripts and commands of a list are not even read, and addresses of any kind but http and
//! https are refused one by one, since readers have been made to run programs by such lists.
//!
//! What OPML has no attribute for stands in attributes that begin with `dateline:`, which other readers pass over:
//!
//! | attribute | what it says |
//! |---|---|
//! | `dateline:interval` | seconds between two visits |
//! | `dateline:fullText` | `never`, `on_open` or `always` |
//! | `dateline:kind` | `page` for a page that is followed for its links |

use std::borrow::Cow;

use url::Url;

use super::Problem;
use super::html::{Lexer, Tag, Token};
use super::http::nameless;
use crate::release::{FullText, interval_within};

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
    /// What else it is filed under.
    pub tags: Vec<String>,
    /// Seconds between two visits, where that was chosen.
    pub interval: Option<i64>,
    /// When teasers get their full text, where that was chosen.
    pub full_text: Option<FullText>,
    /// It is a page that is followed for its links.
    pub page: bool,
}

/// Most folders within each other.
const DEPTH: usize = 16;
/// Most subscriptions of one list.
const SUBSCRIPTIONS: usize = 20_000;
/// Most tags of one subscription.
const TAGS: usize = 32;
/// What names the attributes that only dateline reads.
const NAMESPACE: &str = "urn:dateline:opml";

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
        tags: tags(tag, &folders),
        folders,
        interval: tag
            .attribute("dateline:interval")
            .and_then(|seconds| interval_within(seconds.trim().parse().ok()?)),
        full_text: tag
            .attribute("dateline:fullText")
            .and_then(|choice| full_text(choice.trim())),
        page: tag
            .attribute("dateline:kind")
            .is_some_and(|kind| kind.trim() == "page"),
    })
}

/// The tags of `category`, which are parted by commas, and each a path of its own where it has strokes; without those that
/// say the same as a folder.
fn tags(tag: &Tag<'_>, folders: &[String]) -> Vec<String> {
    let category = tag.attribute("category").unwrap_or_default();
    let mut found: Vec<String> = Vec::new();
    for written in category.split([',', '/']) {
        let words: Vec<&str> = written.split_whitespace().collect();
        let name = words.join(" ");
        let known = |tags: &[String]| tags.iter().any(|t| t.eq_ignore_ascii_case(&name));
        if !name.is_empty() && found.len() < TAGS && !known(folders) && !known(&found) {
            found.push(name);
        }
    }
    found
}

/// The names of the choices, as a list has them.
const CHOICES: [(FullText, &str); 3] = [
    (FullText::Never, "never"),
    (FullText::OnOpen, "on_open"),
    (FullText::Always, "always"),
];

fn full_text(written: &str) -> Option<FullText> {
    let known = CHOICES.iter().find(|(_, name)| *name == written);
    known.map(|(choice, _)| *choice)
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
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:dateline=\"{NAMESPACE}\">\n\
         <head><title>dateline</title></head>\n<body>\n"
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
    let mut out = format!(
        "<outline type=\"rss\" text=\"{name}\" title=\"{name}\" xmlUrl=\"{}\"",
        escaped(&subscription.address)
    );
    let choice = |choice: FullText| CHOICES.iter().find(|(known, _)| *known == choice);
    let tags: Vec<&str> = subscription
        .folders
        .iter()
        .chain(&subscription.tags)
        // A comma or a stroke would make two of one.
        .filter(|tag| !tag.contains([',', '/']))
        .map(String::as_str)
        .collect();
    let attributes = [
        ("htmlUrl", subscription.site.clone()),
        ("category", (!tags.is_empty()).then(|| tags.join(","))),
        (
            "dateline:interval",
            subscription.interval.map(|seconds| seconds.to_string()),
        ),
        (
            "dateline:fullText",
            subscription
                .full_text
                .and_then(choice)
                .map(|(_, name)| (*name).to_owned()),
        ),
        (
            "dateline:kind",
            subscription.page.then(|| "page".to_owned()),
        ),
    ];
    for (name, value) in attributes {
        if let Some(value) = value {
            out.push_str(&format!(" {name}=\"{}\"", escaped(&value)));
        }
    }
    out.push_str("/>\n");
    out
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
            ..Subscription::default()
        };
        let list = [
            Subscription {
                tags: vec!["energy".into(), "R&D".into()],
                interval: Some(7200),
                full_text: Some(FullText::Always),
                page: true,
                ..of("Top", "https://a.example/1", &[])
            },
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

    #[test]
    fn of_what_others_chose_only_what_is_harmless_comes_in() {
        let (found, problems) = read(
            "<opml><body><outline text='Wires'><outline text='a' xmlUrl='https://a.example/rss' category='/Wires/Energy,wind,,WIND' \
             dateline:interval='1' dateline:fullText='sometimes' dateline:header='X-Key: 1' headers='Cookie: a=b' \
             frss:xPath='//script' frss:CURLOPT_PROXY='127.0.0.1:1' filtercmd='touch canary' dateline:kind='exec'/>\
             </outline><outline text='b' xmlUrl='https://b.example/rss' dateline:interval='-5' dateline:fullText='always'/>\
             <outline text='c' xmlUrl='https://c.example/rss' dateline:interval='99999999999999999999'/></body></opml>",
        );
        assert!(problems.is_empty());
        assert_eq!(
            found[0],
            Subscription {
                name: "a".into(),
                address: "https://a.example/rss".into(),
                folders: vec!["Wires".into()],
                tags: vec!["Energy".into(), "wind".into()],
                interval: Some(300),
                ..Subscription::default()
            }
        );
        let chosen = |n: usize| (found[n].interval, found[n].full_text);
        assert_eq!(chosen(1), (None, Some(FullText::Always)));
        assert_eq!(chosen(2), (None, None));
    }
}
