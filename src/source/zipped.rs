//! Zip archives of anything that is read as a file. What an archive's directory says of sizes is not believed: what
//! comes out is counted. Nothing is written to disk, so names cannot lead anywhere.

use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read as _};
use std::ops::ControlFlow;

use zip::ZipArchive;

use super::file::{self, Place, words};
use super::{Sink, limits};

/// Most members that are read.
const MEMBERS: usize = 200_000;
/// Longest archive, in bytes: its directory stands at its end, so it is held whole.
const ARCHIVE: u64 = 256 << 20;

/// Reads every member.
pub fn read(
    place: &Place,
    from: &mut dyn std::io::Read,
    wrapped: usize,
    sink: Sink<'_>,
) -> ControlFlow<()> {
    let mut bytes = Vec::new();
    match from.take(ARCHIVE + 1).read_to_end(&mut bytes) {
        Err(error) => return sink(place.problem(&words(&error))),
        Ok(_) if bytes.len() as u64 > ARCHIVE => {
            return sink(place.problem(&format!("too large: over {} MiB", ARCHIVE >> 20)));
        }
        Ok(_) => {}
    }
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => return sink(place.problem(&format!("a broken zip archive: {error}"))),
    };
    let mut left = limits::UNFOLDED;
    for index in 0..archive.len().min(MEMBERS) {
        member(place, &mut archive, index, &mut left, wrapped, sink)?;
    }
    ControlFlow::Continue(())
}

fn member(
    place: &Place,
    archive: &mut ZipArchive<Cursor<Vec<u8>>>,
    index: usize,
    left: &mut u64,
    wrapped: usize,
    sink: Sink<'_>,
) -> ControlFlow<()> {
    let member = match archive.by_index(index) {
        Ok(member) => member,
        Err(error) => return sink(place.problem(&format!("member {}: {error}", index + 1))),
    };
    // A name that cannot be decoded is no reason not to read what bears it.
    let name = member
        .name()
        .map_or_else(|_| format!("member {}", index + 1), Cow::into_owned);
    let inner = Place {
        path: format!("{}/{name}", place.path),
        source: place.source.clone(),
    };
    let hidden = name.rsplit('/').next().is_some_and(|n| n.starts_with('.'));
    if member.is_dir() || hidden || name.starts_with("__MACOSX/") {
        return ControlFlow::Continue(());
    }
    if *left == 0 {
        return sink(inner.problem("the archive unfolds to more than is read"));
    }
    let mut counted = member.take(*left);
    let flow = file::stream(&inner, &mut BufReader::new(&mut counted), wrapped, sink);
    *left = counted.limit();
    flow
}
