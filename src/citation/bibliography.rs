//! Passages for reference managers: CSL-JSON, BibLaTeX, RIS. One record a release, its passages as notes, so that a
//! release quoted five times stands once in a bibliography.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::day;
use crate::release::{CitationFacts, Passage};

const GENRE: &str = "Press release";

/// The passages of one release, with what a citation of it needs.
struct Record<'a> {
    facts: &'a CitationFacts,
    passages: Vec<&'a Passage>,
    key: String,
}

/// Groups the passages by release, in the order in which each release first comes.
fn records(passages: &[Passage]) -> Vec<Record<'_>> {
    let mut found: Vec<Record<'_>> = Vec::new();
    let mut index = std::collections::HashMap::new();
    let mut keys = std::collections::HashMap::new();
    for passage in passages {
        let at = *index.entry(passage.release).or_insert_with(|| {
            found.push(Record {
                facts: &passage.citation,
                passages: Vec::new(),
                key: unique_key(&passage.citation, &mut keys),
            });
            found.len() - 1
        });
        found[at].passages.push(passage);
    }
    found
}

/// `halden2026halden`: issuer's first word, year, first long word of the title; a letter more where that is taken.
fn unique_key(facts: &CitationFacts, taken: &mut std::collections::HashMap<String, u32>) -> String {
    let word = |text: &str, least: usize| -> String {
        text.split(|c: char| !c.is_alphanumeric())
            .find(|word| word.chars().count() >= least)
            .unwrap_or("")
            .to_lowercase()
    };
    let year = facts.issued.as_deref().and_then(|date| date.get(..4));
    let key = format!(
        "{}{}{}",
        word(facts.issuer.as_deref().unwrap_or("release"), 2),
        year.unwrap_or(""),
        word(&facts.title, 4)
    );
    let key: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
    let key = if key.is_empty() {
        "release".to_owned()
    } else {
        key
    };
    let count = taken.entry(key.clone()).or_insert(0);
    *count += 1;
    if *count == 1 {
        key
    } else {
        format!("{key}-{count}")
    }
}

/// Year, month and day as CSL wants them.
fn date_parts(date: &str) -> Option<Value> {
    let parts: Option<Vec<u32>> = day(date).split('-').map(|part| part.parse().ok()).collect();
    parts.map(|parts| json!({"date-parts": [parts]}))
}

pub(super) fn csl(passages: &[Passage]) -> String {
    let all: Vec<Value> = records(passages).iter().map(csl_record).collect();
    let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
    text.push('\n');
    text
}

fn csl_record(record: &Record<'_>) -> Value {
    let facts = record.facts;
    let mut out = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            out.insert(name.to_owned(), value);
        }
    };
    put("id", Some(json!(record.key)));
    put("type", Some(json!("webpage")));
    put("genre", Some(json!(GENRE)));
    put("title", Some(json!(facts.title)));
    let issuer = facts.issuer.as_ref();
    put("author", issuer.map(|issuer| json!([{"literal": issuer}])));
    put(
        "container-title",
        facts.wire.as_ref().map(|wire| json!(wire)),
    );
    put(
        "publisher-place",
        facts.place.as_ref().map(|place| json!(place)),
    );
    put("issued", facts.issued.as_deref().and_then(date_parts));
    put("accessed", date_parts(&facts.accessed));
    put("URL", facts.url.as_ref().map(|url| json!(url)));
    put("language", facts.language.as_ref().map(|tag| json!(tag)));
    put("note", Some(json!(notes(record))));
    Value::Object(out)
}

/// The quotations of a record, each with its paragraph and the user's note.
fn notes(record: &Record<'_>) -> String {
    let mut out = String::new();
    for passage in &record.passages {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        let _ = write!(out, "“{}”", passage.anchor.exact.trim());
        if let Some(paragraph) = passage.citation.paragraph {
            let _ = write!(out, " (¶ {paragraph})");
        }
        if !passage.note.is_empty() {
            let _ = write!(out, "\n{}", passage.note.trim());
        }
    }
    out
}

pub(super) fn biblatex(passages: &[Passage]) -> String {
    let mut out = String::new();
    for record in records(passages) {
        let facts = record.facts;
        let _ = writeln!(out, "@online{{{},", record.key);
        if let Some(issuer) = &facts.issuer {
            // Double braces keep a firm's name from being taken apart as a person's.
            let _ = writeln!(out, "  author = {{{{{}}}}},", tex(issuer));
        }
        let mut field = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                let _ = writeln!(out, "  {name} = {{{}}},", tex(value));
            }
        };
        field("title", Some(&facts.title));
        field("titleaddon", Some(GENRE));
        field("organization", facts.wire.as_deref());
        field("location", facts.place.as_deref());
        field("date", facts.issued.as_deref().map(day));
        field("urldate", Some(day(&facts.accessed)));
        field("langid", facts.language.as_deref());
        field("annotation", Some(&notes(&record)));
        if let Some(url) = &facts.url {
            let _ = writeln!(out, "  url = {{{}}},", url.replace(['{', '}'], ""));
        }
        out.push_str("}\n\n");
    }
    out
}

/// TeX's own characters, escaped.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            _ => out.push(c),
        }
    }
    out
}

pub(super) fn ris(passages: &[Passage]) -> String {
    let mut out = String::new();
    for record in records(passages) {
        let facts = record.facts;
        let mut tag = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
                let _ = write!(out, "{name}  - {line}\r\n");
            }
        };
        tag("TY", Some("ELEC"));
        tag("ID", Some(&record.key));
        // An asterisk is not allowed in an author of RIS.
        let author = facts.issuer.as_ref().map(|issuer| issuer.replace('*', ""));
        tag("AU", author.as_deref());
        tag("TI", Some(&facts.title));
        tag("T2", facts.wire.as_deref());
        tag("CY", facts.place.as_deref());
        tag("PY", facts.issued.as_deref().and_then(|date| date.get(..4)));
        let slashed = |date: &str| format!("{}/", day(date).replace('-', "/"));
        tag("DA", facts.issued.as_deref().map(slashed).as_deref());
        tag("Y2", Some(&slashed(&facts.accessed)));
        tag("UR", facts.url.as_deref());
        tag("LA", facts.language.as_deref());
        tag("M3", Some(GENRE));
        for passage in &record.passages {
            tag("N1", Some(&passage.anchor.exact));
            tag(
                "N1",
                Some(passage.note.as_str()).filter(|note| !note.is_empty()),
            );
            for word in &passage.tags {
                tag("KW", Some(word));
            }
        }
        out.push_str("ER  - \r\n");
    }
    out
}
