//! Passages for spreadsheets and for Readwise.

use super::{day, prose};
use crate::release::Passage;

/// Readwise's header; only `Highlight` is required of a row.
pub(super) fn readwise(passages: &[Passage]) -> String {
    let mut out = String::from("Highlight,Title,Author,URL,Note,Location,Date\n");
    for passage in passages {
        let facts = &passage.citation;
        let note = with_tags(passage);
        let paragraph = facts.paragraph.map(|n| n.to_string()).unwrap_or_default();
        row(
            &mut out,
            &[
                &passage.anchor.exact,
                &facts.title,
                facts.issuer.as_deref().unwrap_or(""),
                facts.url.as_deref().unwrap_or(""),
                &note,
                &paragraph,
                facts.issued.as_deref().map_or("", day),
            ],
        );
    }
    out
}

/// Readwise reads `.tag` at the head of a note as a tag.
fn with_tags(passage: &Passage) -> String {
    let mut note: Vec<String> = passage.tags.iter().map(|tag| format!(".{tag}")).collect();
    if !passage.note.is_empty() {
        note.push(passage.note.clone());
    }
    note.join(" ")
}

pub(super) fn csv(passages: &[Passage]) -> String {
    let mut out = String::from(
        "quotation,speaker,issuer,headline,issued,wire,place,paragraph,url,accessed,note,tags,source\n",
    );
    for passage in passages {
        let facts = &passage.citation;
        let paragraph = facts.paragraph.map(|n| n.to_string()).unwrap_or_default();
        let tags = passage.tags.join("; ");
        let source = prose::quotation_with_source(&passage.anchor.exact, facts);
        let source = source.lines().next_back().unwrap_or("").to_owned();
        row(
            &mut out,
            &[
                &passage.anchor.exact,
                facts.speaker.as_deref().unwrap_or(""),
                facts.issuer.as_deref().unwrap_or(""),
                &facts.title,
                facts.issued.as_deref().map_or("", day),
                facts.wire.as_deref().unwrap_or(""),
                facts.place.as_deref().unwrap_or(""),
                &paragraph,
                facts.url.as_deref().unwrap_or(""),
                day(&facts.accessed),
                &passage.note,
                &tags,
                &source,
            ],
        );
    }
    out
}

/// One row after RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it, for a
/// release must not compute anything on the machine of whoever opens the file.
fn row(out: &mut String, cells: &[&str]) {
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if formula || cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            if formula {
                out.push('\'');
            }
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push('\n');
}
