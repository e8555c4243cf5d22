//! Files and standard input: opens, looks, and hands on to the reader of the kind. It refuses what is no regular file
//! (a pipe would block, a device never ends) and what is over the limits, before reading it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::ops::ControlFlow;
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::sniff::{HEAD, Kind, kind};
use super::{Problem, Read, Sink, archive, document, folder, limits, mbox, zipped};

/// Where something is read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Path or address, as given.
    pub path: String,
    /// The name of the source it belongs to, where it has one of its own.
    pub source: Option<String>,
}

impl Place {
    /// A place called `path`.
    #[must_use]
    pub fn new(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            source: None,
        }
    }

    /// A problem here.
    #[must_use]
    pub fn problem(&self, message: &str) -> Read {
        Read::Problem(Problem::new(&self.path, message))
    }
}

/// Reads everything at `path`, `-` being standard input.
pub fn read(path: &Path, sink: Sink<'_>) -> ControlFlow<()> {
    if path.as_os_str() == "-" {
        return stream(&Place::new("-"), &mut io::stdin().lock(), 0, sink);
    }
    let place = Place::new(path.to_string_lossy());
    match std::fs::metadata(path) {
        Err(error) => sink(place.problem(&words(&error))),
        Ok(about) if about.is_dir() => folder::read(path, None, sink),
        Ok(_) => file(path, &place, sink),
    }
}

/// Reads one file.
pub fn file(path: &Path, place: &Place, sink: Sink<'_>) -> ControlFlow<()> {
    // Looked at before opening: opening a pipe waits for its writer.
    let file = match std::fs::metadata(path) {
        Ok(about) if !about.is_file() => return sink(place.problem("not a regular file")),
        Ok(_) => File::open(path),
        Err(error) => Err(error),
    };
    match file {
        Ok(file) => stream(place, &mut BufReader::with_capacity(1 << 16, file), 0, sink),
        Err(error) => sink(place.problem(&words(&error))),
    }
}

/// Reads a stream of any kind. `wrapped` counts the compressed files and archives around it.
pub fn stream(
    place: &Place,
    from: &mut dyn BufRead,
    wrapped: usize,
    sink: Sink<'_>,
) -> ControlFlow<()> {
    const WRAPPINGS: usize = 3;
    let mut head = Vec::new();
    if let Err(error) = from.take(HEAD as u64).read_to_end(&mut head) {
        return sink(place.problem(&words(&error)));
    }
    let name = place.path.strip_suffix(".gz").unwrap_or(&place.path);
    let kind = match kind(name, &head) {
        Ok(kind) => kind,
        Err(what) => return sink(place.problem(what)),
    };
    let mut whole = head.as_slice().chain(from);
    match kind {
        Kind::Gzip | Kind::Zip if wrapped >= WRAPPINGS => {
            sink(place.problem("archives within archives within archives"))
        }
        Kind::Gzip => {
            let inner = MultiGzDecoder::new(BufReader::new(whole)).take(limits::UNFOLDED);
            stream(place, &mut BufReader::new(inner), wrapped + 1, sink)
        }
        Kind::JsonLines => archive::read(place, &mut whole, sink),
        Kind::Mbox => mbox::read(place, &mut whole, sink),
        Kind::Zip => zipped::read(place, &mut whole, wrapped + 1, sink),
        kind => match limited(&mut whole) {
            Ok(bytes) => document::read(place, kind, bytes, sink),
            Err(message) => sink(place.problem(&message)),
        },
    }
}

/// All bytes of a file, `-` being standard input, or why not.
pub fn whole(path: &Path) -> Result<Vec<u8>, String> {
    if path.as_os_str() == "-" {
        return limited(&mut io::stdin().lock());
    }
    match std::fs::metadata(path) {
        Ok(about) if !about.is_file() => Err("not a regular file".to_owned()),
        Ok(_) => limited(&mut File::open(path).map_err(|e| words(&e))?),
        Err(error) => Err(words(&error)),
    }
}

/// All bytes of a document, or why not.
fn limited(from: &mut dyn io::Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = from.take(limits::DOCUMENT + 1).read_to_end(&mut bytes);
    match read {
        Err(error) => Err(words(&error)),
        Ok(_) if bytes.len() as u64 > limits::DOCUMENT => {
            Err(format!("too large: over {} MiB", limits::DOCUMENT >> 20))
        }
        Ok(_) => Ok(bytes),
    }
}

/// An error in words for people, without the number of the system's error.
pub fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => {
            let full = error.to_string();
            let words = full.split(" (os error").next().unwrap_or(&full);
            words.to_lowercase()
        }
    }
}
