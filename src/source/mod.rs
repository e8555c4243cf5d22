//! The outside world in: files, pages, feeds, mail; the only network code. Gives [`Incoming`]s and [`Problem`]s; one
//! bad input never stops the others.

mod archive;
mod decode;
mod document;
mod feed;
mod file;
mod folder;
mod follow;
mod html;
mod http;
mod json;
mod limits;
mod links;
mod mail;
mod markdown;
mod mbox;
mod opml;
mod plain;
mod refresh;
mod samples;
mod sniff;
mod time;
mod visitors;
mod zipped;

use std::ops::ControlFlow;
use std::path::Path;

use crate::release::Incoming;
use crate::text::SafeText;

pub use decode::decode;
pub use folder::fingerprint;
pub use follow::{FollowState, INTERVAL, Outcome};
pub use http::{
    Answer, Ask, Client, Patience, Refused, RetryAfter, header, masked, may_follow, nameless,
    place, without_secrets,
};
pub use links::feeds;
pub use opml::{Subscription, as_http, read as read_opml, write as write_opml};
pub use refresh::{Follow, Visit, completed, is_teaser, read_address, visit};
pub use samples::{SAMPLES, samples};
pub use visitors::{May, Step, Visitors, visit_all};

/// An input, or a part of one, that could not be read: what, where and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path or address.
    pub place: SafeText,
    /// What happened and what to do, one line.
    pub message: SafeText,
}

impl Problem {
    /// A problem with the input at `place`.
    #[must_use]
    pub fn new(place: &str, message: &str) -> Self {
        Self {
            place: SafeText::clean_line(place),
            message: SafeText::clean_line(message),
        }
    }
}

/// What reading gives, one after another.
#[derive(Debug)]
pub enum Read {
    /// A release.
    Release(Box<Incoming>),
    /// Something that could not be read; the rest goes on.
    Problem(Problem),
}

/// Where reading hands what it reads; it stops where this breaks.
pub type Sink<'a> = &'a mut dyn FnMut(Read) -> ControlFlow<()>;

/// Reads everything at `path` (a file, a directory with all below it, `-` for standard input) and hands it to `sink`
/// as it comes; stops where `sink` breaks. Never holds more than one file in memory.
pub fn read_path(path: &Path, sink: Sink<'_>) {
    // Whether the sink broke off is the sink's own knowledge.
    let _ = file::read(path, sink);
}

/// As [`read_path`], of what has come, changed or been moved there since `since` (seconds since the epoch). A file is
/// read whole: who has it knows what of it is new.
pub fn read_newer(path: &Path, since: i64, sink: Sink<'_>) {
    let _ = if path.is_dir() {
        folder::read(path, Some(since), sink)
    } else {
        file::read(path, sink)
    };
}

/// The text of a file (`-` for standard input) within the limits, in whatever encoding it is.
///
/// # Errors
/// The problem, where it is no regular file, too large, or cannot be read.
pub fn read_whole(path: &Path) -> Result<String, Problem> {
    file::whole(path)
        .map(|bytes| decode(&bytes, html::charset(&bytes).as_deref()))
        .map_err(|message| Problem::new(&path.to_string_lossy(), &message))
}
