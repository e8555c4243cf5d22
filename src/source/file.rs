//! Files, folders and standard input.

use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::Path;

use super::{Problem, Read, Sink, decode, markdown, plain};

/// Reads everything at `path`.
pub fn read(path: &Path, sink: Sink<'_>) -> ControlFlow<()> {
    let name = path.to_string_lossy();
    let mut bytes = Vec::new();
    let read = if name == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|mut f| f.read_to_end(&mut bytes))
    };
    if let Err(error) = read {
        return sink(Read::Problem(Problem::new(&name, &error.to_string())));
    }
    let text = decode(&bytes, None);
    let mut incoming = match path.extension().and_then(|e| e.to_str()) {
        Some("md" | "markdown") => markdown::read(&text),
        _ => plain::read(text),
    };
    incoming.path = Some(name.into_owned());
    incoming.original = bytes;
    sink(Read::Release(Box::new(incoming)))
}
