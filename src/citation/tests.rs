//! What each format must hold to be taken by the programs that read it.

use super::*;
use crate::release::{Anchor, AnchorStatus, CitationFacts, PassageId, ReleaseId};
use crate::text::Extent;

fn passage(release: i64, exact: &str, note: &str) -> Passage {
    Passage {
        id: PassageId("01932f6e-7d2a-7c3b-9a4e-5f6071829304".into()),
        release: ReleaseId(release),
        anchor: Anchor {
            exact: exact.into(),
            prefix: "before ".into(),
            suffix: " after".into(),
            start: 7,
            end: 7 + exact.chars().count(),
            text_sha256: "ab".repeat(32),
        },
        extent: Some(Extent::new(7, 7 + exact.len())),
        status: AnchorStatus::Exact,
        note: note.into(),
        tags: vec!["wind".into()],
        created: 1_795_000_000,
        modified: 1_795_000_000,
        citation: CitationFacts {
            issuer: Some("Halden & Sons".into()),
            title: "Halden Reports 18% Growth".into(),
            wire: Some("PR Newswire".into()),
            place: Some("Portland".into()),
            issued: Some("2026-11-12".into()),
            accessed: "2026-11-25".into(),
            url: Some("https://halden.example/q3".into()),
            language: Some("en".into()),
            paragraph: Some(3),
            speaker: Some("Marguerite Osei".into()),
            embargo: None,
        },
    }
}

#[test]
fn the_clipboard_gets_what_an_editor_accepts() {
    let passage = passage(1, "the work is already on the books", "");
    assert_eq!(
        quotation_with_source(&passage.anchor.exact, &passage.citation),
        "“the work is already on the books” — Marguerite Osei\n\
         Halden & Sons, “Halden Reports 18% Growth”, 12 November 2026 (PR Newswire), ¶ 3. https://halden.example/q3"
    );
}

#[test]
fn what_is_not_known_is_left_out() {
    let facts = CitationFacts {
        title: "A title".into(),
        accessed: "2026-11-25".into(),
        ..CitationFacts::default()
    };
    assert_eq!(
        quotation_with_source("“Said.”", &facts),
        "“Said.”\n“A title”."
    );
}

#[test]
fn csl_has_one_record_a_release() {
    let all = [
        passage(1, "one", ""),
        passage(1, "two", "n"),
        passage(2, "three", ""),
    ];
    let read: serde_json::Value = serde_json::from_str(&write(Format::Csl, &all)).expect("JSON");
    let records = read.as_array().expect("an array");
    assert_eq!(records.len(), 2);
    assert_eq!(records[0]["type"], "webpage");
    assert_eq!(records[0]["author"][0]["literal"], "Halden & Sons");
    assert_eq!(records[0]["issued"]["date-parts"][0][1], 11);
    assert_ne!(records[0]["id"], records[1]["id"]);
    assert!(
        records[0]["note"]
            .as_str()
            .expect("a note")
            .contains("“two” (¶ 3)\nn")
    );
}

#[test]
fn biblatex_escapes_and_keeps_the_firm_whole() {
    let text = write(Format::Bibtex, &[passage(1, "50% of it", "")]);
    assert!(text.contains("  author = {{Halden \\& Sons}},\n"), "{text}");
    assert!(
        text.contains("  title = {Halden Reports 18\\% Growth},\n"),
        "{text}"
    );
    assert_eq!(text.matches('{').count(), text.matches('}').count());
}

#[test]
fn ris_keeps_to_its_line_form() {
    let text = write(Format::Ris, &[passage(1, "two\nlines", "")]);
    assert!(
        text.starts_with("TY  - ELEC\r\n") && text.ends_with("ER  - \r\n"),
        "{text}"
    );
    for line in text.split_terminator("\r\n") {
        assert!(line.len() >= 6 && &line[2..6] == "  - ", "{line:?}");
    }
}

#[test]
fn a_spreadsheet_computes_nothing_of_a_release() {
    let text = write(Format::Csv, &[passage(1, "=HYPERLINK(\"http://a\")", "")]);
    assert!(
        text.contains("\n\"'=HYPERLINK(\"\"http://a\"\")\","),
        "{text}"
    );
    assert!(
        write(Format::Readwise, &[passage(1, "a, b", "x")])
            .contains("\n\"a, b\",Halden Reports 18% Growth,Halden & Sons,")
    );
}

#[test]
fn markdown_marks_in_quoted_words_stay_words() {
    let text = write(
        Format::Markdown,
        &[passage(1, "a *star* [and] more", "mine")],
    );
    assert!(
        text.starts_with("> a \\*star\\* \\[and\\] more\n"),
        "{text}"
    );
    assert!(
        text.contains("\nmine\n") && text.contains("#wind"),
        "{text}"
    );
}

#[test]
fn annotations_carry_both_selectors() {
    let text = write(Format::Jsonl, &[passage(1, "naïve", "")]);
    let read: serde_json::Value = serde_json::from_str(text.trim()).expect("one line of JSON");
    let selectors = read["target"]["selector"].as_array().expect("selectors");
    assert_eq!(selectors[0]["exact"], "naïve");
    assert_eq!(selectors[1]["end"], 12);
}
