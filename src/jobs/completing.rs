//! Full texts for teasers: the page that a release links to is read and takes the teaser's place, where the user chose
//! that for the source: when the release is opened, or always (then after each refresh, the newest first, a handful at a
//! time). One page is asked once, one after another; a source that says "never" is never asked for a page.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender};
use url::Url;

use super::now;
use super::recognising::Wanted;
use super::threads::Start;
use super::writing::Yours;
use crate::app::effect::Ticket;
use crate::app::message::Gravity;
use crate::entity::Reading;
use crate::release::{FullText, ReleaseId};
use crate::source::{self, Client};
use crate::store::{Followed, Prepared, Preparer, Reader, StoreError};

/// Texts shorter than this, in bytes, may be teasers.
const SHORT: usize = 2400;

/// How many of a source's newest releases are looked at after a refresh.
const NEWEST: usize = 200;

/// Most pages of one source that are asked after one refresh.
const HANDFUL: usize = 40;

/// What is wanted of the thread.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wish {
    /// This release was opened.
    Opened(Ticket, ReleaseId),
    /// A refresh has ended.
    Refreshed,
}

/// What became of a teaser.
pub enum Completion {
    /// It is none, or its source's pages are not wanted, or its page was asked before.
    Nothing,
    /// Its page has no more text than it.
    NoMore,
    /// The full text.
    Full(Box<Prepared>),
    /// Its page could not be read, in words.
    Failed(String),
}

/// The sources that are followed and whose teasers get their full text under this choice.
///
/// # Errors
/// Where the library cannot be read.
pub fn sources(reader: &Reader, choice: FullText) -> Result<Vec<Followed>, StoreError> {
    let mut followed = reader.followed()?;
    followed.retain(|source| source.choices.full_text == choice);
    Ok(followed)
}

/// The releases of a source that may be teasers, the newest first.
///
/// # Errors
/// Where the library cannot be read.
pub fn candidates(reader: &Reader, source: &Followed) -> Result<Vec<ReleaseId>, StoreError> {
    let mut found = reader.short_ones(source.id, SHORT, NEWEST)?;
    found.truncate(HANDFUL);
    Ok(found)
}

/// Reads the page of a release of a followed source, where it is a teaser.
///
/// # Errors
/// Where the library cannot be read.
pub fn complete(
    reader: &Reader,
    client: &Client,
    source: &Followed,
    release: ReleaseId,
) -> Result<Completion, StoreError> {
    let sent = reader.sent(release)?;
    if sent.asked || sent.source != source.id || !source::is_teaser(&sent.incoming) {
        return Ok(Completion::Nothing);
    }
    let address = source.origin.address.as_deref().map(Url::parse);
    let Some(Ok(follows)) = address else {
        return Ok(Completion::Nothing);
    };
    Ok(match source::completed(client, &sent.incoming, &follows) {
        Ok(Some(full)) => {
            let prepared = Preparer::new(Reading::Patterns).prepare(full, &[], now());
            Completion::Full(Box::new(prepared))
        }
        Ok(None) => Completion::NoMore,
        Err(refused) => Completion::Failed(refused.to_string()),
    })
}

/// What the thread sends to.
pub(super) struct Ends {
    pub yours: Sender<Yours>,
    pub wanted: Sender<Wanted>,
}

/// The releases whose pages were read and are on their way to be kept: until then the library does not know it.
type Asked = HashSet<ReleaseId>;

/// Runs the thread to its end.
pub(super) fn run(
    path: &Path,
    client: &Arc<Client>,
    wishes: &Receiver<Wish>,
    ends: &Ends,
    start: &Start,
) {
    let Some(reader) = start.reader(path, Arc::default()) else {
        return;
    };
    let mut asked = Asked::new();
    while let Ok(wish) = wishes.recv() {
        let asked = &mut asked;
        start.guarded("reading a full text", || match wish {
            Wish::Opened(ticket, release) => {
                opened(&reader, client, (ticket, release), asked, ends, start);
            }
            Wish::Refreshed => refreshed(&reader, client, wishes, asked, ends, start),
        });
        if start.is_ending() {
            return;
        }
    }
}

/// A release was opened: its source says whether its page is asked.
fn opened(
    reader: &Reader,
    client: &Client,
    (ticket, release): (Ticket, ReleaseId),
    asked: &mut Asked,
    ends: &Ends,
    start: &Start,
) {
    let source = reader.sent(release).and_then(|sent| {
        let mut followed = reader.followed()?;
        followed.retain(|source| source.id == sent.source);
        Ok(followed.pop())
    });
    let Ok(Some(source)) = source else { return };
    if source.choices.full_text == FullText::Never || asked.contains(&release) {
        return;
    }
    match complete(reader, client, &source, release) {
        Ok(Completion::Failed(words)) => start.say(
            Gravity::Warning,
            &format!("The full text was not read: {words}"),
        ),
        Ok(Completion::Nothing) => {}
        Ok(completion) => {
            asked.insert(release);
            keep(Some(ticket), release, completion, ends);
        }
        Err(problem) => start.say(Gravity::Error, &problem.to_string()),
    }
}

/// A refresh has ended: the newest teasers of the sources that always get their full text. What the user opens meanwhile
/// comes first.
fn refreshed(
    reader: &Reader,
    client: &Client,
    wishes: &Receiver<Wish>,
    asked: &mut Asked,
    ends: &Ends,
    start: &Start,
) {
    for source in sources(reader, FullText::Always).unwrap_or_default() {
        for release in candidates(reader, &source).unwrap_or_default() {
            for wish in wishes.try_iter() {
                if let Wish::Opened(ticket, release) = wish {
                    opened(reader, client, (ticket, release), asked, ends, start);
                }
            }
            if start.is_ending() {
                return;
            }
            if asked.contains(&release) {
                continue;
            }
            match complete(reader, client, &source, release) {
                // A host that does not answer is not asked for the next page either.
                Ok(Completion::Failed(_)) | Err(_) => break,
                Ok(Completion::Nothing) => {}
                Ok(completion) => {
                    asked.insert(release);
                    keep(None, release, completion, ends);
                }
            }
        }
    }
}

fn keep(ticket: Option<Ticket>, release: ReleaseId, completion: Completion, ends: &Ends) {
    let full = match completion {
        Completion::Full(full) => Some(full),
        Completion::NoMore => None,
        Completion::Nothing | Completion::Failed(_) => return,
    };
    let _ = ends.yours.send(Yours::Full {
        ticket,
        release,
        full,
    });
    let _ = ends.wanted.send(Wanted::Sometime);
}
