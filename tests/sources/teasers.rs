//! Full texts for teasers: when a page is asked, and when it is not.

use std::io::Write as _;

use dateline::app::effect::{Effect, Ticket};
use dateline::app::message::Message;
use dateline::jobs::Jobs;
use dateline::release::{FullText, ReleaseId, SourceChoices, SourceId};

use super::{Server, answer, asked, dateline, ok, wait};

/// A feed of two teasers and a release in full, and the pages they link to.
fn teasing() -> Server {
    Server::new(|_, head, stream| {
        let page = include_str!("../data/intake/page.html");
        let bytes = match head.split(' ').nth(1) {
            Some("/feed") => {
                let host = head
                    .lines()
                    .find_map(|l| l.to_lowercase().strip_prefix("host: ").map(str::to_owned));
                let host = host.expect("a host");
                let item = |path: &str, words: &str| {
                    format!(
                        "<item><title>{path} news</title><guid>{path}</guid><link>http://{host}/{path}</link><description>{words}</description></item>"
                    )
                };
                let full = "Every word of this release stands in the feed itself. ".repeat(40);
                let items = [
                    item("one", "LEEDS - Lumenfold plc today …"),
                    item("gone", "The first words …"),
                    item("whole", &full),
                ];
                ok(
                    "",
                    &format!(
                        "<rss version='2.0'><channel><title>Teasers</title>{}</channel></rss>",
                        items.concat()
                    ),
                )
            }
            Some("/one") => ok("Content-Type: text/html\r\n", page),
            _ => answer("404 Not Found", "", b""),
        };
        let _ = stream.write_all(&bytes);
    })
}

#[test]
fn teasers_of_a_source_that_always_wants_it_get_the_text_of_their_pages_once() {
    let server = teasing();
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let address = server.url("/feed").to_string();
    assert_eq!(
        dateline(data, &["add", &address, "--full-text", "always"]).0,
        0
    );
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    let mut pages = asked(&server);
    pages.sort();
    assert_eq!(pages, ["/feed", "/gone", "/one"]);
    let (_, out, _) = dateline(data, &["search", "Maud Aldous", "--jsonl"]);
    let row: serde_json::Value = serde_json::from_str(out.trim()).expect("one row");
    assert_eq!(
        (row["headline"].as_str(), row["versions"].as_u64()),
        (Some("one news"), Some(1))
    );
    // The same teasers again are nothing new, and no page is asked twice, not even one that had no more.
    assert_eq!(dateline(data, &["refresh", "--all"]).0, 0);
    assert_eq!(asked(&server).len(), 4);
    let (_, again, _) = dateline(data, &["search", "Maud Aldous", "--jsonl"]);
    assert_eq!(again, out);
}

#[test]
fn a_page_is_asked_once_when_its_teaser_is_opened() {
    let server = teasing();
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    assert_eq!(dateline(data, &["add", server.url("/feed").as_str()]).0, 0);
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    let (_, out, _) = dateline(data, &["list", "--jsonl"]);
    let rows = out
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).expect("JSON"));
    let one = rows
        .into_iter()
        .find(|row| row["headline"] == "one news")
        .expect("the teaser");
    let release = ReleaseId(one["id"].as_i64().expect("a number"));
    let (sender, messages) = crossbeam_channel::unbounded();
    let jobs = Jobs::start(&data.join("library.db"), sender).expect("started");
    let open = |ticket| {
        jobs.run(Effect::Complete {
            ticket: Ticket(ticket),
            release,
        })
    };
    // Twice, however far the first has come: the page is asked once.
    open(1);
    let ticket = Ticket(2);
    let source = SourceId(1);
    let choices = SourceChoices {
        name: "Teasers".into(),
        full_text: FullText::OnOpen,
        ..SourceChoices::default()
    };
    jobs.run(Effect::SetSource {
        ticket,
        source,
        choices,
    });
    wait(&messages, |m| {
        matches!(m, Message::Saved { .. }).then_some(())
    });
    open(3);
    wait(&messages, |m| {
        matches!(m, Message::Completed { release: r } if r == release).then_some(())
    });
    jobs.run(Effect::Open { ticket, release });
    let opened = wait(&messages, |m| match m {
        Message::Opened { opened, .. } => Some(opened),
        _ => None,
    });
    assert!(opened.release.text.contains("Maud Aldous"));
    assert_eq!(asked(&server), ["/feed", "/one"]);
}
