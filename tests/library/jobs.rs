//! The jobs over a real library: every request is answered, nothing is called saved before it is.

use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crossbeam_channel::{Receiver, unbounded};
use dateline::app::Message;
use dateline::app::effect::{Effect, From, Scope, Ticket};
use dateline::jobs::Jobs;
use dateline::jobs::gather::{Gathered, Give, Given, Then, gather_from};
use dateline::source::Read;

use super::*;

/// A running set of jobs over a library in a directory.
fn running(path: &std::path::Path) -> (Jobs, Receiver<Message>) {
    let (sender, messages) = unbounded();
    (Jobs::start(path, sender).expect("started"), messages)
}

/// The first message that `wanted` picks; the test fails where none comes.
fn wait<T>(messages: &Receiver<Message>, mut wanted: impl FnMut(Message) -> Option<T>) -> T {
    loop {
        let message = messages
            .recv_timeout(Duration::from_secs(60))
            .expect("a message in time");
        if let Some(found) = wanted(message) {
            return found;
        }
    }
}

fn rows(jobs: &Jobs, messages: &Receiver<Message>, number: u64) -> Vec<dateline::release::Listing> {
    let ticket = Ticket(number);
    jobs.run(Effect::Rows {
        ticket,
        scope: Scope::default(),
        from: From::Start,
        limit: 50,
    });
    wait(messages, |message| match message {
        Message::Rows {
            ticket: its, rows, ..
        } if its == ticket => Some(rows),
        _ => None,
    })
}

fn import_ends(messages: &Receiver<Message>) {
    wait(messages, |message| match message {
        Message::Progress(progress) if progress.finished => Some(()),
        _ => None,
    });
}

#[test]
fn the_first_start_has_the_samples_and_every_request_is_answered() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("library.db");
    let (jobs, messages) = running(&path);
    import_ends(&messages);
    let listed = rows(&jobs, &messages, 1);
    assert!(listed.len() >= 14, "{} samples", listed.len());
    let release = listed[0].id;
    jobs.run(Effect::Open {
        ticket: Ticket(2),
        release,
    });
    let opened = wait(&messages, |message| match message {
        Message::Opened {
            ticket: Ticket(2),
            opened,
        } => Some(opened),
        _ => None,
    });
    let text = opened.release.text.clone();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let extent = Extent::new(0, end);
    let anchor = Anchor::take(&text, extent);
    let (note, tags) = (String::new(), Vec::new());
    jobs.run(Effect::AddPassage {
        ticket: Ticket(3),
        release,
        extent,
        anchor,
        note,
        tags,
    });
    let passage = wait(&messages, |message| match message {
        Message::PassageSaved {
            ticket: Ticket(3),
            passage,
        } => Some(passage),
        _ => None,
    });
    assert_eq!(passage.extent, Some(extent));
    jobs.run(Effect::SetStar {
        ticket: Ticket(4),
        releases: vec![release],
        starred: true,
    });
    wait(&messages, |message| {
        matches!(message, Message::Saved { ticket: Ticket(4) }).then_some(())
    });
    jobs.run(Effect::Search {
        ticket: Ticket(5),
        scope: Scope {
            query: Some("the".into()),
            ..Scope::default()
        },
        limit: 50,
    });
    let found = wait(&messages, |message| match message {
        Message::Found {
            ticket: Ticket(5),
            rows,
            complete: true,
            ..
        } => Some(rows),
        _ => None,
    });
    assert!(!found.is_empty() && found[0].snippet.is_some());
    drop(jobs);
    // Nothing but the mirror has to be right after the end: it is there, with the passage.
    let mirror = std::fs::read_to_string(dateline::store::mirror_path(&path)).expect("a mirror");
    assert!(mirror.contains(&passage.id.0));
}

/// A log beside the library says that the last one to have it open did not close it. Part of the index is gone, which
/// nobody would meet before a search for just those words.
#[test]
fn damage_after_an_end_that_was_none_is_told_without_being_asked() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("library.db");
    let (jobs, messages) = running(&path);
    import_ends(&messages);
    drop((jobs, messages));
    let file = rusqlite::Connection::open(&path).expect("the file");
    let cut = file.execute("DELETE FROM fts_data WHERE id > 10", []);
    assert!(cut.expect("cut") > 0);
    drop(file);
    std::fs::write(dateline::store::log_path(&path), "").expect("a log");
    let (_jobs, messages) = running(&path);
    let told = wait(&messages, |message| match message {
        Message::Notice { text, .. } if text.contains("damaged") => Some(text),
        _ => None,
    });
    assert!(
        told.contains("dateline doctor") && told.contains("fts"),
        "{told}"
    );
}

#[test]
fn a_change_of_another_instance_is_noticed() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("library.db");
    let (jobs, messages) = running(&path);
    import_ends(&messages);
    let release = rows(&jobs, &messages, 1)[0].id;
    let mut second = Library::open(&path).expect("a second instance");
    second.set_starred(&[release], true).expect("starred");
    if cfg!(target_os = "linux") {
        wait(&messages, |message| {
            matches!(message, Message::LibraryChanged { added: 0 }).then_some(())
        });
    }
    assert!(rows(&jobs, &messages, 2)[0].starred);
}

#[cfg(unix)]
#[test]
fn a_library_removed_under_us_is_told_and_what_is_yours_is_kept() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("data").join("library.db");
    let (jobs, messages) = running(&path);
    import_ends(&messages);
    let release = rows(&jobs, &messages, 1)[0].id;
    let star = |number, starred| Effect::SetStar {
        ticket: Ticket(number),
        releases: vec![release],
        starred,
    };
    jobs.run(star(2, true));
    wait(&messages, |message| {
        matches!(message, Message::Saved { ticket: Ticket(2) }).then_some(())
    });
    std::fs::remove_file(&path).expect("removed");
    jobs.run(star(3, false));
    let problem = wait(&messages, |message| match message {
        Message::NotSaved {
            ticket: Ticket(3),
            problem,
        } => Some(problem),
        Message::Saved { ticket: Ticket(3) } => panic!("shown as saved"),
        _ => None,
    });
    assert!(problem.contains("removed"), "{problem}");
    let kept = std::fs::read_to_string(dateline::store::mirror_path(&path)).expect("kept");
    assert!(kept.contains("\"starred\":true"));
}

#[test]
fn the_first_batches_are_committed_at_once_and_later_ones_when_nothing_follows() {
    /// So many that the last batches are full ones.
    const ALL: usize = 2_400;
    let (committed, hears) = unbounded::<usize>();
    let feed = |give: Give<'_>| {
        for number in 0..ALL {
            let text = format!("Leeds opens pump {number}\n\nThe harbour of Leeds has a pump.\n");
            let read = Read::Release(Box::new(incoming(
                "Leeds opens a pump",
                "2025-05-30",
                &text,
            )));
            if give(Given::Read(read), &Origin::named("Tests")).is_break() {
                return;
            }
        }
        // The source goes on, but says nothing more until all that it gave is committed.
        let mut seen = 0;
        while seen < ALL {
            seen = hears
                .recv_timeout(Duration::from_secs(60))
                .expect("committed though nothing follows");
        }
    };
    let (mut taken, mut waiting, mut together) = (0, 0, 0);
    gather_from(feed, &AtomicBool::new(false), &mut |gathered| {
        match gathered {
            Gathered::Batch(batch, _, then) => {
                taken += batch.len();
                waiting += batch.len();
                let first = taken <= 24 + 48 + 96;
                assert!(!first || then == Then::Commit, "the first are seen at once");
                together += usize::from(then == Then::More);
                if then == Then::Commit {
                    waiting = 0;
                }
            }
            Gathered::Commit => {
                assert!(waiting > 0, "there is something to commit");
                waiting = 0;
            }
            _ => {}
        }
        if waiting == 0 {
            committed.send(taken).expect("heard");
        }
        ControlFlow::Continue(())
    });
    assert_eq!((taken, waiting), (ALL, 0));
    assert!(
        together > 0,
        "full batches that follow each other go together"
    );
}
