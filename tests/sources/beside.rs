//! What the user asks for by hand while a round of visits hangs in slow answers: it is asked at once, beside the round, and
//! no source is asked twice for it. The servers answer when the test lets them; nothing sleeps.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};
use dateline::app::effect::{Effect, Ticket};
use dateline::app::message::Message;
use dateline::jobs::Jobs;
use dateline::release::SourceId;

use super::{FEED, Server, asked, dateline, ok, wait};

/// A server that tells of each who comes, and answers when the other end is dropped. It also counts the most that were
/// with it at once.
struct Held {
    server: Server,
    coming: Receiver<()>,
    hold: Sender<()>,
    most: Arc<AtomicUsize>,
}

fn held() -> Held {
    let (came, coming) = unbounded();
    let (hold, let_go) = unbounded::<()>();
    let (within, most) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let peak = Arc::clone(&most);
    let server = Server::new(move |_, _, stream| {
        peak.fetch_max(within.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let _ = came.send(());
        let _ = let_go.recv();
        within.fetch_sub(1, Ordering::SeqCst);
        let _ = stream.write_all(&ok("", FEED));
    });
    Held {
        server,
        coming,
        hold,
        most,
    }
}

impl Held {
    fn comes(&self) {
        let came = self.coming.recv_timeout(Duration::from_secs(60));
        came.expect("a visitor in time");
    }
}

fn running(data: &Path) -> (Jobs, Receiver<Message>) {
    let (sender, messages) = unbounded();
    let jobs = Jobs::start(&data.join("library.db"), sender).expect("started");
    (jobs, messages)
}

fn says(messages: &Receiver<Message>, words: &str) {
    wait(messages, |message| match message {
        Message::Notice { text, .. } => text.contains(words).then_some(()),
        _ => None,
    });
}

fn settled(messages: &Receiver<Message>) {
    wait(messages, |message| {
        matches!(message, Message::SourcesChanged).then_some(())
    });
}

#[test]
fn what_is_asked_by_hand_does_not_wait_for_a_round_that_hangs() {
    let slow = held();
    let fast = Server::answers(vec![ok("ETag: \"1\"\r\n", FEED)]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let address = slow.server.url("/slow").to_string();
    assert_eq!(dateline(data, &["add", &address]).0, 0);
    let (jobs, messages) = running(data);
    let all = || Effect::Refresh {
        sources: Vec::new(),
    };
    jobs.run(all());
    slow.comes();
    // A new source is followed and asked while the other one is silent.
    jobs.run(Effect::Follow {
        ticket: Ticket(1),
        place: fast.url("/fast").to_string(),
        name: String::new(),
        tags: Vec::new(),
    });
    let new = wait(&messages, |message| match message {
        Message::Followed { source, .. } => Some(source),
        _ => None,
    });
    let by_hand = |source| Effect::Refresh {
        sources: vec![source],
    };
    jobs.run(by_hand(new));
    settled(&messages);
    // Once more: its state is known by now.
    jobs.run(by_hand(new));
    settled(&messages);
    let conditions: Vec<bool> = fast
        .heads()
        .iter()
        .map(|head| head.to_lowercase().contains("if-none-match"))
        .collect();
    assert_eq!(conditions, [false, true]);
    // What is being asked is not asked again.
    jobs.run(by_hand(SourceId(1)));
    says(&messages, "It is being asked already");
    jobs.run(all());
    says(&messages, "The sources are being asked already");
    drop(slow.hold);
    settled(&messages);
    assert_eq!(asked(&slow.server), ["/slow"]);
}

#[test]
fn what_is_wanted_by_hand_out_of_a_running_round_is_asked_once_and_hosts_are_spared() {
    let slow = held();
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    for path in ["/1", "/2", "/3", "/4"] {
        let address = slow.server.url(path).to_string();
        assert_eq!(dateline(data, &["add", &address]).0, 0);
    }
    let (jobs, messages) = running(data);
    jobs.run(Effect::Refresh {
        sources: Vec::new(),
    });
    slow.comes();
    slow.comes();
    // Two wait for their turn at the host; whoever has them first, they are asked once.
    for source in [SourceId(3), SourceId(4)] {
        jobs.run(Effect::Refresh {
            sources: vec![source],
        });
    }
    // All three rounds have begun before anybody is answered: one that came too late would have nothing to ask.
    let mut begun = std::collections::BTreeSet::new();
    wait(&messages, |message| {
        if let Message::Progress(progress) = message {
            begun.insert(progress.job);
        }
        (begun.len() == 3).then_some(())
    });
    drop(slow.hold);
    let (mut over, mut visited) = (0, 0);
    wait(&messages, |message| {
        match message {
            Message::Progress(progress) if progress.finished => over += 1,
            Message::SourcesChanged => visited += 1,
            _ => {}
        }
        (over >= 3 && visited == 4).then_some(())
    });
    let mut paths = asked(&slow.server);
    paths.sort();
    assert_eq!(paths, ["/1", "/2", "/3", "/4"]);
    assert!(slow.most.load(Ordering::SeqCst) <= 2, "{:?}", slow.most);
}
