//! Releases as JSON objects: the records of archives (`headline` or `title`, `text`, `url`, `published`, `source`,
//! `wire`, `id`), ninjs items of the IPTC, JSON Feeds, and lists of any of these. Unknown fields are passed over; a
//! text that is HTML is read as HTML.

use std::ops::ControlFlow;

use serde_json::{Map, Value};
use url::Url;

use super::file::Place;
use super::html::{Flowed, cut, decode_references, flow, flow_line};
use super::{Read, Sink, limits, time};
use crate::release::{Format, Incoming, Label, LabelScheme};
use crate::text::SafeText;

/// One record of an archive.
pub fn record(bytes: &[u8]) -> Result<Incoming, String> {
    let text = super::decode(bytes, Some("utf-8"));
    match serde_json::from_str(&text) {
        Ok(Value::Object(object)) => {
            item(&object).ok_or_else(|| "no text and no headline".to_owned())
        }
        Ok(_) => Err("not a JSON object".to_owned()),
        Err(error) => Err(format!("not JSON: {error}")),
    }
}

/// Reads one JSON document: a feed, a list, one release.
pub fn read(place: &Place, bytes: &[u8], sink: Sink<'_>) -> ControlFlow<()> {
    let text = super::decode(bytes, Some("utf-8"));
    let value: Value = match serde_json::from_str(&text) {
        Ok(value) => value,
        Err(error) => return sink(place.problem(&format!("not JSON: {error}"))),
    };
    let (about, items) = match value {
        Value::Array(items) => (Map::new(), items),
        Value::Object(mut object) => match lists().find_map(|name| taken_list(&mut object, name)) {
            Some(items) => (object, items),
            None => (Map::new(), vec![Value::Object(object)]),
        },
        _ => return sink(place.problem("no release in this JSON")),
    };
    let feed = text_of(&about, &["title", "name"]);
    let mut found = false;
    for value in items
        .iter()
        .filter_map(Value::as_object)
        .take(limits::ENTRIES)
    {
        let Some(mut incoming) = item(value) else {
            continue;
        };
        found = true;
        incoming.path = Some(place.path.clone());
        incoming.source = incoming.source.or_else(|| feed.clone());
        incoming.language = incoming.language.or_else(|| text_of(&about, &["language"]));
        incoming.original = Value::Object(value.clone()).to_string().into_bytes();
        sink(Read::Release(Box::new(incoming)))?;
    }
    if found {
        ControlFlow::Continue(())
    } else {
        sink(place.problem("no release in this JSON"))
    }
}

/// The names under which documents list their items.
fn lists() -> impl Iterator<Item = &'static str> {
    ["items", "releases", "articles", "entries", "results"].into_iter()
}

fn taken_list(object: &mut Map<String, Value>, name: &str) -> Option<Vec<Value>> {
    match object.get_mut(name) {
        Some(Value::Array(items)) => Some(std::mem::take(items)),
        _ => None,
    }
}

/// One release; `None` where there is neither text nor headline.
fn item(object: &Map<String, Value>) -> Option<Incoming> {
    let url = text_of(object, &["url", "link", "canonical_url", "external_url"]);
    let base = url.as_deref().and_then(|u| Url::parse(u).ok());
    let headline = text_of(object, &["headline", "title", "head"])
        .or_else(|| listed(object, "headlines"))
        .map(|h| {
            let mut line = flow_line(&h);
            cut(&mut line, limits::HEADLINE);
            line
        })
        .filter(|h| !h.is_empty());
    let Flowed { mut text, markup } = body(object, base.as_ref());
    if text.trim().is_empty() {
        text = headline.clone()?;
    }
    cut(&mut text, limits::TEXT);
    Some(Incoming {
        guid: text_of(object, &["id", "guid", "uri", "_id"]),
        headline,
        published: published(object),
        issuer: text_of(object, &["issuer", "organization", "company"]).or_else(|| author(object)),
        wire: text_of(object, &["wire", "newswire"]),
        source: text_of(object, &["source", "feed", "site"]),
        language: text_of(object, &["language", "lang"]),
        url: url.or_else(|| base.map(String::from)),
        text,
        markup,
        labels: labels(object),
        format: Format::Json,
        ..Incoming::default()
    })
}

/// The first of these fields that is a text or a number.
fn text_of(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match object.get(*name)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(inner) => inner.get("name").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    })
}

/// The first value of a ninjs list (`headlines`, `bodies`) whose role is the main one, else the first at all.
fn listed(object: &Map<String, Value>, name: &str) -> Option<String> {
    let items = object.get(name)?.as_array()?;
    let main = items
        .iter()
        .find(|i| i.get("role").and_then(Value::as_str) == Some("main"))
        .or_else(|| items.first())?;
    let value = main.get("value").or(Some(main))?.as_str()?;
    Some(value.to_owned())
}

fn body(object: &Map<String, Value>, base: Option<&Url>) -> Flowed {
    if let Some(html) = text_of(object, &["content_html", "body_xhtml", "body_html", "html"]) {
        return flow(&html, base);
    }
    let plain = text_of(object, &["content_text", "body_text"]);
    let text = plain
        .or_else(|| listed(object, "bodies"))
        .or_else(|| {
            text_of(
                object,
                &["text", "body", "content", "summary", "description"],
            )
        })
        .unwrap_or_default();
    if looks_like_html(&text) {
        return flow(&text, base);
    }
    Flowed {
        text,
        markup: Vec::new(),
    }
}

/// Whether a text is HTML: it has end tags or breaks of paragraphs.
pub fn looks_like_html(text: &str) -> bool {
    [
        "</p>", "<p>", "<br>", "<br/>", "<br />", "</div>", "</a>", "</li>", "</h2>",
    ]
    .iter()
    .any(|tag| text.contains(tag))
}

fn published(object: &Map<String, Value>) -> Option<String> {
    const NAMES: &[&str] = &[
        "published",
        "date_published",
        "datePublished",
        "published_at",
        "pubDate",
        "contentCreated",
        "firstCreated",
        "versionCreated",
        "firstcreated",
        "versioncreated",
        "date",
        "date_modified",
        "created_at",
    ];
    NAMES.iter().find_map(|name| match object.get(*name)? {
        Value::String(text) => time::instant(text),
        Value::Number(number) => {
            let seconds = number.as_i64()?;
            // Some write milliseconds.
            let seconds = if seconds > 100_000_000_000 {
                seconds / 1000
            } else {
                seconds
            };
            jiff::Timestamp::from_second(seconds)
                .ok()
                .map(|t| t.to_string())
        }
        _ => None,
    })
}

/// The keywords of a JSON Feed item; the subjects and symbols of a ninjs item.
fn labels(object: &Map<String, Value>) -> Vec<Label> {
    const MOST: usize = 64;
    let list = |of: &Map<String, Value>, name: &str| {
        of.get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let mut found = Vec::new();
    let mut add = |scheme, value: Option<&str>| {
        let value = SafeText::clean_line(value.unwrap_or_default());
        if !value.is_empty() && found.len() < MOST {
            found.push(Label { scheme, value });
        }
    };
    for tag in list(object, "tags") {
        add(LabelScheme::Keyword, tag.as_str());
    }
    for subject in list(object, "subjects") {
        add(
            LabelScheme::Subject,
            subject.get("name").and_then(Value::as_str),
        );
    }
    for organisation in list(object, "organisations")
        .iter()
        .filter_map(Value::as_object)
    {
        for symbol in list(organisation, "symbols") {
            let of = |name: &str| symbol.get(name).and_then(Value::as_str);
            let scheme = match of("symbolType") {
                Some(kind) if kind.eq_ignore_ascii_case("isin") => LabelScheme::Isin,
                _ => LabelScheme::Ticker,
            };
            let ticker = of("symbol").map(|symbol| match of("exchange") {
                Some(exchange) if scheme == LabelScheme::Ticker => format!("{exchange}:{symbol}"),
                _ => symbol.to_owned(),
            });
            add(scheme, ticker.as_deref());
        }
    }
    found
}

/// The issuer of a JSON Feed item: its author, where that is an organisation's page of its own.
fn author(object: &Map<String, Value>) -> Option<String> {
    let authors = object.get("authors").and_then(Value::as_array);
    let first = authors
        .and_then(|a| a.first())
        .or_else(|| object.get("author"))?;
    let name = first.get("name")?.as_str()?;
    Some(decode_references(name).trim().to_owned()).filter(|n| !n.is_empty())
}
