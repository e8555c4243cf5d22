//! Passages for people: plain text for the clipboard, Markdown, Obsidian.

use std::fmt::Write as _;

use super::day;
use crate::release::{CitationFacts, Passage};

/// A quotation and its source on two lines, as it goes to the clipboard:
/// `“…” — Speaker` and `Issuer, “Headline”, 12 November 2026 (PR Newswire), ¶ 3. URL`.
#[must_use]
pub fn quotation_with_source(exact: &str, facts: &CitationFacts) -> String {
    let words = exact.split_whitespace().collect::<Vec<_>>().join(" ");
    let quoted = if words.starts_with(['“', '"', '„', '«', '「']) {
        words
    } else {
        format!("“{words}”")
    };
    match &facts.speaker {
        Some(speaker) => format!("{quoted} — {speaker}\n{}", source_line(facts)),
        None => format!("{quoted}\n{}", source_line(facts)),
    }
}

/// `Issuer, “Headline”, 12 November 2026 (PR Newswire), ¶ 3. URL`; what is not known is left out.
fn source_line(facts: &CitationFacts) -> String {
    let mut line = String::new();
    if let Some(issuer) = &facts.issuer {
        let _ = write!(line, "{issuer}, ");
    }
    let _ = write!(line, "“{}”", facts.title);
    if let Some(issued) = &facts.issued {
        let _ = write!(line, ", {}", long_date(issued));
    }
    if let Some(wire) = &facts.wire {
        let _ = write!(line, " ({wire})");
    }
    if let Some(paragraph) = facts.paragraph {
        let _ = write!(line, ", ¶ {paragraph}");
    }
    line.push('.');
    if let Some(url) = &facts.url {
        let _ = write!(line, " {url}");
    }
    line
}

/// `2026-11-12` as `12 November 2026`; anything else as it is.
fn long_date(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let parts: Vec<&str> = day(date).split('-').collect();
    let named = |month: &str| MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?);
    match parts[..] {
        [year, month, date] => named(month).map(|month| {
            let date = date.trim_start_matches('0');
            format!("{date} {month} {year}")
        }),
        _ => None,
    }
    .unwrap_or_else(|| date.to_owned())
}

pub(super) fn markdown(passages: &[Passage]) -> String {
    let mut out = String::new();
    for (number, passage) in passages.iter().enumerate() {
        if number > 0 {
            out.push_str("\n---\n\n");
        }
        block(&mut out, passage);
    }
    out
}

/// One block quotation, its source, its note and its tags.
fn block(out: &mut String, passage: &Passage) {
    for line in passage.anchor.exact.trim().lines() {
        let _ = writeln!(out, "{}", format!("> {}", escaped(line)).trim_end());
    }
    let facts = &passage.citation;
    out.push('\n');
    if let Some(speaker) = &facts.speaker {
        let _ = write!(out, "— {}. ", escaped(speaker));
    } else {
        out.push_str("— ");
    }
    let _ = writeln!(out, "{}", escaped_source(facts));
    if !passage.note.is_empty() {
        let _ = writeln!(out, "\n{}", passage.note.trim());
    }
    if !passage.tags.is_empty() {
        let tags: Vec<_> = passage.tags.iter().map(|tag| format!("#{tag}")).collect();
        let _ = writeln!(out, "\n{}", tags.join(" "));
    }
}

fn escaped_source(facts: &CitationFacts) -> String {
    let plain = CitationFacts {
        url: None,
        ..facts.clone()
    };
    let mut line = escaped(&source_line(&plain));
    if let Some(url) = &facts.url {
        let _ = write!(line, " <{url}>");
    }
    let _ = write!(line, " (accessed {})", day(&facts.accessed));
    line
}

/// Markdown's own marks, so that quoted words stay the words that were quoted.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '\\' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

pub(super) fn obsidian(passages: &[Passage]) -> String {
    let mut out = String::from("---\naliases: []\ntags:\n  - press-release\n");
    for tag in distinct_tags(passages) {
        let _ = writeln!(out, "  - {}", tag.replace(char::is_whitespace, "-"));
    }
    out.push_str("---\n");
    for passage in passages {
        out.push('\n');
        for line in passage.anchor.exact.trim().lines() {
            let _ = writeln!(out, "{}", format!("> {}", escaped(line)).trim_end());
        }
        let _ = writeln!(out, "> — {}", escaped_source(&passage.citation));
        let short: String = passage
            .id
            .0
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let tail = short.get(short.len().saturating_sub(12)..).unwrap_or("");
        let _ = writeln!(out, "\n^p{tail}");
        if !passage.note.is_empty() {
            let _ = writeln!(out, "\n{}", passage.note.trim());
        }
    }
    out
}

fn distinct_tags(passages: &[Passage]) -> Vec<&str> {
    let mut tags: Vec<&str> = passages
        .iter()
        .flat_map(|passage| passage.tags.iter().map(String::as_str))
        .collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}
