//! Passages as W3C Web Annotations, one a line: quotation with context and position, so that another tool (or this
//! one, on another machine) finds the place again. Positions count Unicode code points, as the model asks.

use serde_json::{Value, json};

use crate::release::Passage;

pub(super) fn lines(passages: &[Passage]) -> String {
    passages
        .iter()
        .map(|passage| format!("{}\n", annotation(passage)))
        .collect()
}

fn annotation(passage: &Passage) -> Value {
    let anchor = &passage.anchor;
    let facts = &passage.citation;
    let mut bodies = Vec::new();
    if !passage.note.is_empty() {
        bodies.push(json!({
            "type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": passage.note
        }));
    }
    for tag in &passage.tags {
        bodies.push(json!({"type": "TextualBody", "purpose": "tagging", "value": tag}));
    }
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("urn:uuid:{}", passage.id.0),
        "type": "Annotation",
        "motivation": "highlighting",
        "created": instant(passage.created),
        "modified": instant(passage.modified),
        "body": bodies,
        "target": {
            "source": facts.url,
            "state": {"type": "TimeState", "sourceDate": facts.accessed},
            "selector": [
                {"type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix},
                {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end}
            ]
        },
        "dateline": {
            "release": passage.release,
            "text_sha256": anchor.text_sha256,
            "status": passage.status,
            "citation": facts
        }
    })
}

/// Seconds since the epoch as RFC 3339 in UTC.
fn instant(seconds: i64) -> Option<String> {
    jiff::Timestamp::from_second(seconds)
        .ok()
        .map(|instant| instant.to_string())
}
