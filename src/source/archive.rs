//! JSON Lines: how releases are moved in bulk. Read a line at a time, never whole; a line that is no release is that
//! line's problem.

use std::io::{BufRead, BufReader, Read as _};
use std::ops::ControlFlow;

use super::file::{Place, words};
use super::{Read, Sink, json, limits};

/// Reads an archive.
pub fn read(place: &Place, from: &mut dyn std::io::Read, sink: Sink<'_>) -> ControlFlow<()> {
    let mut from = BufReader::with_capacity(1 << 16, from);
    let mut line = Vec::new();
    let mut number = 0_u64;
    loop {
        line.clear();
        number += 1;
        match from
            .by_ref()
            .take(limits::RECORD)
            .read_until(b'\n', &mut line)
        {
            Err(error) => return sink(place.problem(&format!("line {number}: {}", words(&error)))),
            Ok(0) => return ControlFlow::Continue(()),
            Ok(_) => {}
        }
        let whole = line.ends_with(b"\n") || (line.len() as u64) < limits::RECORD;
        if !whole {
            sink(place.problem(&format!(
                "line {number}: too large: over {} MiB",
                limits::RECORD >> 20
            )))?;
            if let Err(error) = skip_line(&mut from) {
                return sink(place.problem(&format!("line {number}: {}", words(&error))));
            }
            continue;
        }
        let record = line.trim_ascii();
        if record.is_empty() {
            continue;
        }
        match json::record(record) {
            Ok(mut incoming) => {
                incoming.path = Some(place.path.clone());
                incoming.original = record.to_vec();
                sink(Read::Release(Box::new(incoming)))?;
            }
            Err(message) => sink(place.problem(&format!("line {number}: {message}")))?,
        }
    }
}

/// Passes over the rest of a line.
fn skip_line(from: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let available = from.fill_buf()?;
        if available.is_empty() {
            return Ok(());
        }
        match memchr::memchr(b'\n', available) {
            Some(at) => {
                from.consume(at + 1);
                return Ok(());
            }
            None => {
                let length = available.len();
                from.consume(length);
            }
        }
    }
}
