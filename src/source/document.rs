//! One whole document in memory, of a kind that is known, to its releases.

use std::ops::ControlFlow;

use super::file::Place;
use super::sniff::Kind;
use super::{Read, Sink, decode, feed, html, json, limits, mail, markdown, plain};
use crate::release::Incoming;

/// Reads a document.
pub fn read(place: &Place, kind: Kind, bytes: Vec<u8>, sink: Sink<'_>) -> ControlFlow<()> {
    let incoming = match kind {
        Kind::Json | Kind::JsonLines => return json::read(place, &bytes, sink),
        Kind::Feed => return feed::read(place, &bytes, sink),
        Kind::Opml => {
            return sink(
                place.problem("a list of subscriptions; bring it in with `dateline opml import`"),
            );
        }
        Kind::Gzip | Kind::Zip | Kind::Mbox => {
            return sink(place.problem("an archive where a document was expected"));
        }
        Kind::Mail => mail::read(&bytes),
        Kind::Html => html::page(&decode(&bytes, html::charset(&bytes).as_deref()), None),
        Kind::Markdown => markdown::read(&decode(&bytes, None)),
        Kind::Plain => plain::read(decode(&bytes, None)),
    };
    give(place, incoming, bytes, sink)
}

/// Completes a release with where it was read, and hands it over.
fn give(place: &Place, mut incoming: Incoming, bytes: Vec<u8>, sink: Sink<'_>) -> ControlFlow<()> {
    if incoming.text.trim().is_empty() && incoming.headline.is_none() {
        return sink(place.problem("no text in it"));
    }
    html::cut(&mut incoming.text, limits::TEXT);
    let end = incoming.text.len();
    incoming.markup.retain(|m| m.extent.end <= end);
    incoming.path = Some(place.path.clone());
    incoming.source = incoming.source.or_else(|| place.source.clone());
    incoming.original = bytes;
    sink(Read::Release(Box::new(incoming)))
}

/// Reads a document that is not kept by the caller; whether the sink broke off is the sink's own knowledge.
pub fn of_bytes(place: &Place, kind: Kind, bytes: &[u8], sink: Sink<'_>) {
    let _ = read(place, kind, bytes.to_vec(), sink);
}
