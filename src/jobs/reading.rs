//! The reading and the counting thread. Of what has queued up, only what is still wanted is done: the newest list, the
//! newest opened release, the newest count.

use std::time::Duration;

use crossbeam_channel::{Receiver, Sender};

use super::recognising::Wanted;
use super::threads::Start;
use super::{selection, start_of, ticket_of, today};
use crate::app::effect::Effect;
use crate::app::message::{Facet, Gravity, Message, Opened, PassageRow};
use crate::entity::Reading;
use crate::store::{Held, Reader, StoreError};
use crate::text::SafeText;

/// How long a request may take: a page stays as it is then, a count is not answered.
const PATIENCE: Duration = Duration::from_secs(3);

/// Runs the reading thread to its end.
pub(super) fn run_reader(
    reader: &Reader,
    requests: &Receiver<Effect>,
    messages: &Sender<Message>,
    wanted: &Sender<Wanted>,
    start: &Start,
) {
    while let Ok(first) = requests.recv() {
        let queued = std::iter::once(first).chain(requests.try_iter()).collect();
        for effect in still_wanted(queued) {
            start.guarded("reading", || {
                reader.gate().allow(Some(PATIENCE));
                let answered = read(reader, &effect, messages, wanted);
                if let Err(problem) = answered {
                    report(start, messages, &effect, &problem);
                }
            });
        }
    }
}

/// Runs the counting thread to its end.
pub(super) fn run_counter(
    reader: &Reader,
    requests: &Receiver<Effect>,
    messages: &Sender<Message>,
    start: &Start,
) {
    while let Ok(first) = requests.recv() {
        let queued = std::iter::once(first).chain(requests.try_iter()).collect();
        for effect in still_wanted(queued) {
            start.guarded("counting", || {
                reader.gate().allow(Some(PATIENCE));
                if let Err(problem) = count(reader, &effect, messages) {
                    report(start, messages, &effect, &problem);
                }
            });
        }
    }
}

/// What of a queue is still wanted, in its order: pages of the newest list only, the newest of everything else.
fn still_wanted(queued: Vec<Effect>) -> Vec<Effect> {
    let newest_scope = queued.iter().rev().find_map(|effect| match effect {
        Effect::Rows { scope, .. } => Some(scope.clone()),
        _ => None,
    });
    let mut kept: Vec<Effect> = Vec::with_capacity(queued.len());
    for effect in queued.into_iter().rev() {
        let replaced = match &effect {
            Effect::Rows { scope, from, limit, .. } => {
                newest_scope.as_ref() != Some(scope)
                    || kept.iter().any(|k| {
                        matches!(k, Effect::Rows { from: f, limit: l, .. } if f == from && l == limit)
                    })
            }
            Effect::Count { at, .. } => {
                kept.iter().any(|k| matches!(k, Effect::Count { at: other, .. } if other.is_some() == at.is_some()))
            }
            other => kept.iter().any(|k| std::mem::discriminant(k) == std::mem::discriminant(other)),
        };
        if !replaced {
            kept.push(effect);
        }
    }
    kept.reverse();
    kept
}

fn read(
    reader: &Reader,
    effect: &Effect,
    messages: &Sender<Message>,
    wanted: &Sender<Wanted>,
) -> Result<(), StoreError> {
    let message = match effect {
        Effect::Rows {
            ticket,
            scope,
            from,
            limit,
        } => {
            let page = reader.rows(&selection(scope), start_of(*from), *limit, today())?;
            Message::Rows {
                ticket: *ticket,
                scope: scope.clone(),
                rows: page.rows,
                at_start: page.at_start,
                at_end: page.at_end,
            }
        }
        Effect::Open { ticket, release } => {
            let held = reader.open_release(*release)?;
            if held
                .reading
                .is_none_or(|reading| reading < Reading::Careful)
            {
                let _ = wanted.send(Wanted::Now(*ticket, *release));
            }
            Message::Opened {
                ticket: *ticket,
                opened: Box::new(opened(held)),
            }
        }
        Effect::Passages { ticket, query } => {
            let rows = reader.passages(query.as_deref())?;
            let passages = rows
                .into_iter()
                .map(|(passage, listing)| PassageRow {
                    passage,
                    headline: listing.headline,
                    published: listing.published,
                })
                .collect();
            Message::Passages {
                ticket: *ticket,
                passages,
            }
        }
        Effect::Sources { ticket } => Message::Sources {
            ticket: *ticket,
            sources: super::following::listed(reader, super::now())?,
        },
        _ => return Ok(()),
    };
    let _ = messages.send(message);
    Ok(())
}

fn count(reader: &Reader, effect: &Effect, messages: &Sender<Message>) -> Result<(), StoreError> {
    let message = match effect {
        Effect::Count { ticket, scope, at } => {
            let counted = reader.count(&selection(scope), *at, today())?;
            Message::Counted {
                ticket: *ticket,
                scope: scope.clone(),
                total: counted.total,
                unread: counted.unread,
                before: counted.before,
            }
        }
        Effect::Facets {
            ticket,
            scope,
            limit,
        } => {
            let facets = reader.facets(&selection(scope), *limit, today())?;
            let facets = facets
                .into_iter()
                .map(|(entity, name, kind, releases)| Facet {
                    entity,
                    name,
                    kind,
                    releases,
                })
                .collect();
            Message::Facets {
                ticket: *ticket,
                facets,
            }
        }
        Effect::About { ticket, entity } => Message::About {
            ticket: *ticket,
            page: Box::new(reader.about(*entity, today())?),
        },
        Effect::Changes { ticket, release } => Message::Changes {
            ticket: *ticket,
            release: *release,
            changes: reader.changes(*release)?,
        },
        Effect::Corrected { ticket, release } => Message::Corrected {
            ticket: *ticket,
            release: *release,
            earlier: reader.corrected(*release)?,
        },
        Effect::Names {
            ticket,
            typed,
            limit,
        } => Message::Names {
            ticket: *ticket,
            names: reader.named(typed, *limit)?,
        },
        _ => return Ok(()),
    };
    let _ = messages.send(message);
    Ok(())
}

/// A held release in the app's words.
pub(super) fn opened(held: Held) -> Opened {
    Opened {
        listing: held.listing,
        release: held.release,
        recognition: held.recognition,
        links: held.links,
        keepings: held.keepings,
        correction: held.correction,
    }
}

/// Says that a request could not be answered: where the pane that asked can show it, there.
fn report(start: &Start, messages: &Sender<Message>, effect: &Effect, problem: &StoreError) {
    if problem.is_interrupt() {
        return;
    }
    let text = SafeText::clean_line(&problem.to_string());
    if let Effect::Open { release, .. } = effect {
        let failed = Message::OpenFailed {
            ticket: ticket_of(effect),
            release: *release,
            problem: text,
        };
        let _ = messages.send(failed);
    } else {
        start.say(Gravity::Error, &text);
    }
    // A damaged file answers nothing well: name the remedy once a request fails by it.
    if problem.is_corruption() {
        start.say(
            Gravity::Error,
            "The library is damaged: leave, and let `dateline doctor` set it aside and save what is yours",
        );
    }
}
