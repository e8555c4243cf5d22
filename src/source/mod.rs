//! The outside world in: files, pages, feeds, mail; the only network code. Gives [`Incoming`]s and [`Problem`]s; one
//! bad input never stops the others.

mod samples;

pub use samples::{SAMPLES, samples};

use std::ops::ControlFlow;
use std::path::Path;

use crate::release::Incoming;
use crate::text::SafeText;

/// An input, or a part of one, that could not be read: what, where and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path or address.
    pub place: SafeText,
    /// What happened and what to do, one line.
    pub message: SafeText,
}

/// What reading gives, one after another.
#[derive(Debug)]
pub enum Read {
    /// A release.
    Release(Box<Incoming>),
    /// Something that could not be read; the rest goes on.
    Problem(Problem),
}

/// Reads everything at `path` (a file, a directory with all below it, `-` for standard input) and hands it to `sink`
/// as it comes; stops where `sink` breaks. Never holds more than one file in memory.
pub fn read_path(path: &Path, sink: &mut dyn FnMut(Read) -> ControlFlow<()>) {
    let _ = sink(Read::Problem(Problem {
        place: SafeText::clean_line(&path.to_string_lossy()),
        message: SafeText::clean_line("not readable yet"),
    }));
}
