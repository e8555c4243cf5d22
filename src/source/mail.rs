//! Mail in: one message to one release. The text part is taken where there is one and it says as much as the HTML
//! part; else the HTML part is read. Attachments are named, not opened. Bombs of nested parts, unknown encodings and
//! broken base64 are mail-parser's daily bread; what even it refuses is read as plain text.

use mail_parser::{Message, MessageParser, MimeHeaders};

use super::html::{Flowed, flow};
use super::time;
use crate::release::{Format, Incoming};

/// The release in a message.
#[must_use]
pub fn read(bytes: &[u8]) -> Incoming {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Incoming {
            text: super::decode(bytes, None),
            format: Format::Mail,
            ..Incoming::default()
        };
    };
    let Flowed { mut text, markup } = body(&message);
    note_attachments(&message, &mut text);
    let sender = message.from().and_then(|f| f.first());
    Incoming {
        guid: message.message_id().map(str::to_owned),
        headline: message.subject().map(subject).filter(|s| !s.is_empty()),
        published: message.date().and_then(|d| time::instant(&d.to_rfc3339())),
        source: sender
            .and_then(|s| s.name().or_else(|| s.address()))
            .map(str::to_owned),
        text,
        markup,
        format: Format::Mail,
        ..Incoming::default()
    }
}

/// A subject on one line, without what forwarding put in front of it.
fn subject(raw: &str) -> String {
    let mut words = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    while let Some(rest) = ["re:", "fw:", "fwd:", "aw:", "wg:", "tr:"]
        .iter()
        .find_map(|p| {
            let head = words.get(..p.len())?;
            head.eq_ignore_ascii_case(p)
                .then(|| words[p.len()..].trim_start().to_owned())
        })
    {
        words = rest;
    }
    words
}

fn body(message: &Message<'_>) -> Flowed {
    let html = message.html_bodies().find(|p| p.is_text_html());
    let plain = message
        .text_bodies()
        .find(|p| p.is_text() && !p.is_text_html());
    let html = html.and_then(|p| p.text_contents()).map(|h| flow(h, None));
    let plain = plain.and_then(|p| p.text_contents()).map(unwrap_text);
    match (plain, html) {
        // "Your mail program cannot show this message" is no release.
        (Some(text), Some(html)) if text.trim().len() * 2 < html.text.len() => html,
        (Some(text), _) if !text.trim().is_empty() => Flowed {
            text,
            markup: Vec::new(),
        },
        (_, Some(html)) => html,
        _ => Flowed::default(),
    }
}

/// Plain text of a mail with its line ends as ours.
fn unwrap_text(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn note_attachments(message: &Message<'_>, text: &mut String) {
    const NAMED: usize = 20;
    for part in message
        .attachments()
        .filter(|p| !p.is_message())
        .take(NAMED)
    {
        let name = part.attachment_name().unwrap_or("without a name");
        text.truncate(text.trim_end().len());
        text.push_str(&format!("\n\n[Attachment not shown: {name}]"));
    }
}
