//! An mbox: many messages in one file, each after a line that starts with `From `. Read a message at a time.

use std::io::{BufRead, BufReader, Read as _};
use std::ops::ControlFlow;

use sha2::{Digest, Sha256};

use super::file::{Place, words};
use super::sniff::Kind;
use super::{Read, Sink, document, limits};

/// Reads every message.
pub fn read(place: &Place, from: &mut dyn std::io::Read, sink: Sink<'_>) -> ControlFlow<()> {
    let mut from = BufReader::with_capacity(1 << 16, from);
    let mut message = Vec::new();
    let mut line = Vec::new();
    let mut blank = true;
    let mut over = false;
    loop {
        line.clear();
        match from
            .by_ref()
            .take(limits::RECORD)
            .read_until(b'\n', &mut line)
        {
            Err(error) => return sink(place.problem(&words(&error))),
            Ok(0) => return give(place, &mut message, over, sink),
            Ok(_) => {}
        }
        if blank && line.starts_with(b"From ") {
            give(place, &mut message, over, sink)?;
            over = false;
        } else {
            // Writers quote such lines within messages with a `>`.
            let quoted =
                line.trim_ascii_start().starts_with(b">From ") || line.starts_with(b">>From ");
            message.extend_from_slice(if quoted { &line[1..] } else { &line });
            if message.len() as u64 > limits::RECORD {
                over = true;
                message.clear();
            }
        }
        blank = line.trim_ascii().is_empty();
    }
}

fn give(place: &Place, message: &mut Vec<u8>, over: bool, sink: Sink<'_>) -> ControlFlow<()> {
    if over {
        message.clear();
        return sink(place.problem(&format!(
            "a message too large: over {} MiB",
            limits::RECORD >> 20
        )));
    }
    if message.trim_ascii().is_empty() {
        message.clear();
        return ControlFlow::Continue(());
    }
    document::read(
        place,
        Kind::Mail,
        std::mem::take(message),
        &mut |mut read| {
            if let Read::Release(incoming) = &mut read
                && incoming.guid.is_none()
            {
                incoming.guid = Some(fingerprint(&incoming.original));
            }
            sink(read)
        },
    )
}

/// What a message that bears no identifier is known by: of one in a mailbox not even its file says which it is.
fn fingerprint(message: &[u8]) -> String {
    let hash = Sha256::digest(message);
    let hex: String = hash[..16].iter().map(|b| format!("{b:02x}")).collect();
    format!("message:{hex}")
}
