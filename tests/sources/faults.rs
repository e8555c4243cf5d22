//! The faults of sources, one after another; the table in the file above says which test makes which.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dateline::app::effect::Effect;
use dateline::app::message::Message;
use dateline::jobs::Jobs;
use dateline::release::{Incoming, ReleaseId, SourceId};
use dateline::source::{Client, Follow, INTERVAL, read_opml, visit, visit_all};
use dateline::store::{Library, Reader};
use url::Url;

use super::{
    FEED, NOW, Server, answer, asked, client, dateline, follow, hasty, ok, trouble, visited, wait,
};

/// What a feed of these bytes gives.
fn feed(headers: &str, bytes: &[u8]) -> Vec<Incoming> {
    let server = Server::answers(vec![answer("200 OK", headers, bytes)]);
    let visit = visited(&server);
    assert_eq!(
        trouble(&visit),
        "",
        "{}",
        String::from_utf8_lossy(&bytes[..bytes.len().min(200)])
    );
    visit.releases
}

fn headlines(releases: &[Incoming]) -> Vec<&str> {
    releases
        .iter()
        .map(|r| r.headline.as_deref().unwrap_or(""))
        .collect()
}

fn rss(items: &str) -> String {
    format!("<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>")
}

fn item(guid: &str, link: &str, title: &str, words: &str) -> String {
    format!(
        "<item><guid>{guid}</guid><link>{link}</link><title>{title}</title><description>{words}</description></item>"
    )
}

/// The rows of a library, as JSON.
fn rows(data: &std::path::Path) -> Vec<serde_json::Value> {
    let (_, out, _) = dateline(data, &["list", "--jsonl"]);
    out.lines()
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .collect()
}

fn headlines_of(data: &std::path::Path) -> Vec<String> {
    let rows = rows(data).into_iter();
    let mut found: Vec<String> = rows
        .map(|row| row["headline"].as_str().unwrap_or_default().to_owned())
        .collect();
    found.sort();
    found
}

fn id_of(data: &std::path::Path, headline: &str) -> ReleaseId {
    let rows = rows(data);
    let row = rows
        .iter()
        .find(|row| row["headline"] == headline)
        .expect("the release");
    ReleaseId(row["id"].as_i64().expect("a number"))
}

#[test]
fn subscriptions_are_addresses_of_the_web() {
    let list = "<opml><body><outline text='a' xmlUrl='exec:touch canary'/><outline text='b' xmlUrl='filter:sh:http://x/'/>\
                <outline text='c' xmlUrl='file:///etc/passwd'/><outline text='d' xmlUrl='gopher://x/'/>\
                <outline text='e' xmlUrl='javascript:1'/><outline text='f' xmlUrl='https://good.example/feed'/></body></opml>";
    let (found, refused) = read_opml(list);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].name.as_str(), refused.len()), ("f", 5));
    assert!(
        refused
            .iter()
            .all(|problem| problem.message.contains("refused"))
    );
}

#[test]
fn entities_are_never_expanded_or_fetched() {
    let canary = Server::answers(vec![ok("", "leaked")]);
    let laughs: String = (1..10)
        .map(|n| format!("<!ENTITY l{n} '{}'>", format!("&l{};", n - 1).repeat(10)))
        .collect();
    let outside = canary.url("/canary");
    let xml = format!(
        "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY l0 'ha'>{laughs}<!ENTITY x SYSTEM '{outside}'>\
         <!ENTITY % p SYSTEM '{outside}'> %p;]>{}",
        rss("<item><title>&l9; &x; end</title><description>words</description></item>")
    );
    let found = feed("", xml.as_bytes());
    assert_eq!(headlines(&found), ["&l9; &x; end"]);
    let attributes: String = (0..100_000).map(|n| format!(" a{n}='{n}'")).collect();
    let spaces: String = (0..10_000)
        .map(|n| format!(" xmlns:n{n}='urn:{n}'"))
        .collect();
    let begun = Instant::now();
    let wide = rss(&format!(
        "<item{attributes}><title{spaces}>Wide</title></item>"
    ));
    assert_eq!(headlines(&feed("", wide.as_bytes())), ["Wide"]);
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(canary.heads().is_empty());
}

/// Writes a byte at a time, each after a while, until the other side goes.
fn drip(stream: &mut TcpStream, bytes: impl Iterator<Item = u8>) {
    for byte in bytes {
        if stream.write_all(&[byte]).is_err() {
            return;
        }
        // What the other side says is nothing: this only waits, and ends at once when it goes.
        let _ = stream.set_read_timeout(Some(Duration::from_millis(20)));
        if stream.read(&mut [0]).is_ok_and(|read| read == 0) {
            return;
        }
    }
}

#[test]
fn slow_and_endless_answers_end_in_time() {
    let slow_head = Server::new(|_, _, stream| {
        drip(
            stream,
            "HTTP/1.1 200 OK\r\nX: "
                .bytes()
                .chain(std::iter::repeat(b'x')),
        )
    });
    let slow_body = Server::new(|_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
        drip(stream, FEED.bytes().cycle());
    });
    let endless = Server::new(|_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(&[b' '; 65_536]).is_ok() {}
    });
    let begun = Instant::now();
    for server in [&slow_head, &slow_body] {
        assert_eq!(
            trouble(&visited(server)),
            "the server did not answer in time"
        );
    }
    let said = trouble(&visited(&endless));
    assert!(
        said.contains("too large: over 8 MiB") || said.contains("in time"),
        "{said}"
    );
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn what_was_deleted_stays_so_through_a_cut_answer() {
    let both =
        rss(&(item("1", "", "Kept", "Words of one.") + &item("2", "", "Deleted", "Words of two.")));
    let cut = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n{}",
        &both[..both.len() / 2]
    );
    let server = Server::answers(vec![ok("", &both), cut.into_bytes(), ok("", &both)]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    assert_eq!(dateline(data, &["add", server.url("/feed").as_str()]).0, 0);
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    let deleted = id_of(data, "Deleted");
    let mut library = Library::open(&data.join("library.db")).expect("a library");
    library.set_deleted(&[deleted], true).expect("deleted");
    drop(library);
    let (code, _, said) = dateline(data, &["refresh", "wire"]);
    assert_eq!(code, 4, "{said}");
    assert!(
        said.contains("cut off; what is here already was kept"),
        "{said}"
    );
    assert_eq!(headlines_of(data), ["Kept"]);
    assert_eq!(dateline(data, &["refresh", "wire"]).0, 0);
    assert_eq!(headlines_of(data), ["Kept"]);
}

#[test]
fn a_feed_that_changes_its_ids_brings_nothing_back() {
    let words =
        "Acme opened its third plant in Leeds on Monday and hires four hundred people there.";
    let feed = |guid: &str, scheme: &str, host: &str| {
        let link = |n: u32| format!("{scheme}://{host}/{n}");
        rss(&(item(&format!("{guid}1"), &link(1), "First", words)
            + &item(
                &format!("{guid}2"),
                &link(2),
                "Second",
                &words.replace("third", "fourth"),
            )))
    };
    let server = Server::answers(vec![
        ok("", &feed("http://a.example/", "http", "a.example")),
        ok("", &feed("https://a.example/", "https", "a.example")),
        ok("", &feed("urn:new:", "https", "a.example")),
        ok("", &feed("urn:new:", "https", "b.example")),
    ]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    assert_eq!(dateline(data, &["add", server.url("/feed").as_str()]).0, 0);
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    let read = id_of(data, "First");
    let mut library = Library::open(&data.join("library.db")).expect("a library");
    library.set_read(&[read], true).expect("read");
    drop(library);
    for round in 0..3 {
        assert_eq!(dateline(data, &["refresh", "wire"]).0, 0);
        let rows = rows(data);
        assert_eq!(rows.len(), 2, "{round}");
        let first = rows
            .iter()
            .find(|row| row["headline"] == "First")
            .expect("it");
        assert_eq!(
            (first["read"].as_bool(), first["id"].as_i64()),
            (Some(true), Some(read.0)),
            "{round}"
        );
    }
}

#[test]
fn what_is_changed_after_its_ids_changed_is_a_version_and_the_deleted_stays_deleted() {
    let words =
        "Acme opened its third plant in Leeds on Monday and hires four hundred people there.";
    let other = "Delta put its signalling centre in Augsburg into service after three years.";
    let feed = |scheme: &str, first: &str, second: &str| {
        let entry = |n: u32, title: &str, words: &str| {
            item(
                &format!("{scheme}{n}"),
                &format!("http://{}.example/{n}", scheme.trim_end_matches(':')),
                title,
                words,
            )
        };
        rss(&(entry(1, "Acme opens a plant", first) + &entry(2, "Delta opens a centre", second)))
    };
    let server = Server::answers(vec![
        ok("", &feed("old:", words, other)),
        ok("", &feed("new:", words, other)),
        ok(
            "",
            &feed(
                "new:",
                &words.replace("four", "five"),
                &other.replace("three", "four"),
            ),
        ),
    ]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    assert_eq!(dateline(data, &["add", server.url("/feed").as_str()]).0, 0);
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    let (read, deleted) = (
        id_of(data, "Acme opens a plant"),
        id_of(data, "Delta opens a centre"),
    );
    let mut library = Library::open(&data.join("library.db")).expect("a library");
    library.set_read(&[read], true).expect("read");
    library.set_deleted(&[deleted], true).expect("deleted");
    drop(library);
    for _ in 0..3 {
        assert_eq!(dateline(data, &["refresh", "wire"]).0, 0);
        let rows = rows(data);
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert_eq!(
            (rows[0]["id"].as_i64(), rows[0]["read"].as_bool()),
            (Some(read.0), Some(true))
        );
    }
    let rows = rows(data);
    assert_eq!(
        (rows[0]["versions"].as_i64(), rows[0]["copies"].as_i64()),
        (Some(2), Some(1)),
        "the changed one is a version, once"
    );
    let id = read.0.to_string();
    let (_, shown, _) = dateline(data, &["show", &id, "--json"]);
    let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    assert_eq!(shown["url"], "http://new.example/1");
    let (code, out, _) = dateline(data, &["show", &id, "--changes"]);
    assert_eq!(code, 0);
    assert!(out.contains("hires [-four-] {+five+} hundred"), "{out}");
}

#[test]
fn two_sources_that_name_one_page_make_no_versions_of_each_other() {
    let words =
        "Delta put its signalling centre in Augsburg into service after three years of work.";
    let whole = format!(
        "{words} {}",
        "It controls four hundred kilometres of track. ".repeat(12)
    );
    let of = |guid: &str, words: &str| {
        rss(&item(
            guid,
            "http://delta.example/1",
            "Delta opens a signalling centre",
            words,
        ))
    };
    let own = Server::answers(vec![ok("", &of("own", &whole))]);
    let other = Server::answers(vec![ok("", &of("other", &words[..60]))]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    for server in [&own, &other] {
        assert_eq!(dateline(data, &["add", server.url("/feed").as_str()]).0, 0);
    }
    for _ in 0..4 {
        assert_eq!(dateline(data, &["refresh", "--all"]).0, 0);
    }
    let rows = rows(data);
    assert_eq!(rows.len(), 1, "one story: {rows:?}");
    assert_eq!(
        (rows[0]["versions"].as_i64(), rows[0]["copies"].as_i64()),
        (Some(1), Some(2))
    );
}

#[test]
fn a_release_that_is_named_anew_and_corrected_at_once_is_a_version() {
    let of = |guid: &str, count: &str| {
        let words = format!(
            "AUGSBURG - Delta hires {count} hundred people for its works this year, it said today."
        );
        let link = "http://delta.example/1";
        rss(&item(guid, link, "Delta hires for its works", &words))
    };
    let answers = vec![ok("", &of("1", "four")), ok("", &of("tag:delta:1", "five"))];
    let server = Server::answers(answers);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    assert_eq!(dateline(data, &["add", server.url("/feed").as_str()]).0, 0);
    for _ in 0..2 {
        assert_eq!(dateline(data, &["refresh", "--all"]).0, 0);
    }
    let rows = rows(data);
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["versions"], 2, "{rows:?}");
}

#[test]
fn releases_that_all_link_to_one_page_stay_apart() {
    let entry = |n: u32| {
        let words = format!(
            "MUNICH - Delta reported revenue of EUR {} million for quarter {n}, up {} percent from a year earlier.",
            n * 13,
            n * 2
        );
        item(
            &format!("q{n}"),
            "http://delta.example/press.html",
            &format!("Delta reports results for quarter {n}"),
            &words,
        )
    };
    let server = Server::answers(vec![ok("", &rss(&(1..=4).map(entry).collect::<String>()))]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    assert_eq!(dateline(data, &["add", server.url("/feed").as_str()]).0, 0);
    for _ in 0..3 {
        assert_eq!(dateline(data, &["refresh", "--all"]).0, 0);
    }
    let rows = rows(data);
    assert_eq!(rows.len(), 4, "{rows:?}");
    assert!(rows.iter().all(|row| row["versions"] == 1), "{rows:?}");
}

#[test]
fn two_entries_with_the_same_words_are_not_taken_for_each_other() {
    let words = "The press office is closed on Monday. Read more on our site.";
    let feed = |second: &str| {
        rss(&(item("1", "http://a.example/1", "Holiday", words)
            + &item("2", "http://a.example/2", "Holiday", second)))
    };
    let changed = "On Tuesday the office opens at ten and lunch is served to every guest.";
    let server = Server::answers(vec![
        ok("", &feed(words)),
        ok("", &feed(words)),
        ok("", &feed(changed)),
    ]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    assert_eq!(dateline(data, &["add", server.url("/feed").as_str()]).0, 0);
    for _ in 0..5 {
        assert_eq!(dateline(data, &["refresh", "--all"]).0, 0);
    }
    let rows = rows(data);
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(
        rows.iter().all(|row| row["versions"] == 1),
        "neither is overwritten by the other: {rows:?}"
    );
}

#[test]
fn two_stories_under_one_guid_are_two() {
    let wind =
        "Wind turbines will be built off the coast of Denmark by the energy company next summer.";
    let bank = "Shareholders of the bank approved a dividend of two euros at the annual meeting in Vienna.";
    let first = Server::answers(vec![ok(
        "",
        &rss(&(item("1", "", "Wind", wind) + &item("1", "", "Bank", bank))),
    )]);
    let second = Server::answers(vec![ok(
        "",
        &rss(&item(
            "1",
            "",
            "Harbour",
            "The harbour authority closed quay nine for repairs until the end of the year.",
        )),
    )]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    for server in [&first, &second] {
        assert_eq!(dateline(data, &["add", server.url("/feed").as_str()]).0, 0);
    }
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    assert_eq!(headlines_of(data), ["Bank", "Harbour", "Wind"]);
    assert_eq!(dateline(data, &["refresh", "--all"]).0, 0);
    assert_eq!(headlines_of(data).len(), 3);
}

#[test]
fn entries_with_next_to_nothing_come_in() {
    let server = Server::answers(vec![ok(
        "",
        &rss(
            "<item/><item><description>Only words of a body here.</description></item><item><title>Only a title</title></item>",
        ),
    )]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    assert_eq!(dateline(data, &["add", server.url("/feed").as_str()]).0, 0);
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    let rows = rows(data);
    let titled = rows
        .iter()
        .find(|row| row["headline"] == "Only a title")
        .expect("it");
    assert!(
        titled["published"].is_null() && titled["first_seen"].is_string(),
        "{titled}"
    );
    assert!(rows.len() >= 2, "{rows:?}");
    let count = rows.len();
    assert_eq!(dateline(data, &["refresh", "--all"]).0, 0);
    assert_eq!(self::rows(data).len(), count, "nor do they come twice");
}

#[test]
fn dates_that_cannot_be_are_none() {
    let dated = |n: u32, date: &str| {
        format!(
            "<item><guid>{n}</guid><title>T{n}</title><pubDate>{date}</pubDate><description>Words number {n} of this release.</description></item>"
        )
    };
    let items: Vec<String> = [
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Tue, 01 Jan 2099 00:00:00 GMT",
        "Mon, 00 Foo 0000",
        "Sat, 30 Feb 2026 10:00:00 GMT",
        "Tue, 03 Mar 26 08:00:00 EST",
    ]
    .iter()
    .zip(0..)
    .map(|(date, n)| dated(n, date))
    .collect();
    let server = Server::answers(vec![ok("", &rss(&items.concat()))]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    assert_eq!(dateline(data, &["add", server.url("/feed").as_str()]).0, 0);
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    let rows = rows(data);
    assert_eq!(rows.len(), 5);
    for row in &rows {
        let published = row["published"].as_str().unwrap_or("none");
        match row["headline"].as_str() {
            Some("T4") => assert_eq!(published, "2026-03-03T13:00:00Z"),
            Some("T3") => assert!(!published.starts_with("2026-02-30"), "{published}"),
            _ => assert_eq!(published, "none", "{row}"),
        }
    }
}

#[test]
fn not_modified_of_every_kind() {
    let fresh = ok("ETag: W/\"1\"\r\n", FEED);
    let server = Server::answers(vec![
        fresh,
        answer("304 Not Modified", "ETag: \"2\"\r\n", b""),
        answer("304 Not Modified", "", b""),
    ]);
    let mut source = follow(server.url("/feed"));
    for (round, etag) in [(0, "W/\"1\""), (1, "\"2\""), (2, "\"2\"")] {
        let visit = visit(&client(), &source, NOW + round * INTERVAL);
        assert_eq!(trouble(&visit), "");
        assert_eq!(visit.state.etag.as_deref(), Some(etag), "{round}");
        source.state = visit.state;
    }
    assert_eq!(server.heads().len(), 3);
    assert!(server.heads()[2].contains("\"2\""));
    // To somebody who set no condition.
    let odd = Server::answers(vec![answer("304 Not Modified", "", b"")]);
    let visit = visit(&client(), &follow(odd.url("/feed")), NOW);
    assert_eq!((visit.releases.len(), odd.heads().len()), (0, 1));
}

#[test]
fn a_wish_to_wait_outlives_a_restart() {
    let server = Server::answers(vec![
        answer("429 Too Many Requests", "Retry-After: 7200\r\n", b""),
        ok("", FEED),
    ]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let address = server.url("/feed").to_string();
    assert_eq!(dateline(data, &["add", &address]).0, 0);
    let (code, _, said) = dateline(data, &["refresh"]);
    assert_eq!(code, 4, "{said}");
    assert!(said.contains("asks to wait"), "{said}");
    for wish in [
        vec!["refresh"],
        vec!["refresh", "--all"],
        vec!["refresh", &address],
    ] {
        assert_eq!(dateline(data, &wish).0, 0);
    }
    assert_eq!(server.heads().len(), 1);
    let (_, out, _) = dateline(data, &["sources", "--json"]);
    let sources: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(sources[0]["state"], "waiting");
    assert!(sources[0]["next_due"].is_string());
}

#[test]
fn what_comes_is_known_by_its_content() {
    for kind in [
        "text/html",
        "text/plain",
        "application/octet-stream",
        "image/png",
        "application/json",
    ] {
        let found = feed(&format!("Content-Type: {kind}\r\n"), FEED.as_bytes());
        assert_eq!(headlines(&found), ["One"], "{kind}");
    }
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","title":"From JSON","content_text":"Words."}]}"#;
    assert_eq!(
        headlines(&feed(
            "Content-Type: application/rss+xml\r\n",
            json.as_bytes()
        )),
        ["From JSON"]
    );
    let picture = Server::answers(vec![answer(
        "200 OK",
        "Content-Type: application/rss+xml\r\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    )]);
    assert!(!trouble(&visited(&picture)).is_empty());
}

#[test]
fn ill_formed_feeds_keep_their_good_entries() {
    for (what, xml) in [
        ("bare &", rss("<item><title>A & B</title></item><item><title>Two</title></item>")),
        ("no version", "<rss><channel><item><title>A &amp; B</title></item><item><title>Two</title></item></channel></rss>".to_owned()),
        ("unclosed", rss("<item><title>A &amp; B</title><description><p>words</item><item><title>Two</title></item>")),
        ("]]>", rss("<item><title>A &amp; B</title><description>x ]]> y</description></item><item><title>Two</title></item>")),
        ("control", rss("<item><title>A &amp; B</title><description>\u{1}\u{c}</description></item><item><title>Two</title></item>")),
        ("no channel", "<rss version='2.0'><item><title>A &amp; B</title></item><item><title>Two</title></item></rss>".to_owned()),
        ("truncated", rss("<item><title>A &amp; B</title></item><item><title>Two</title></item>").replace("</channel></rss>", "")),
        ("undefined entity", rss("<item><title>A &amp; B</title><description>&nosuch;</description></item><item><title>Two</title></item>")),
        ("text before", format!("\n\n  \n{}", rss("<item><title>A &amp; B</title></item><item><title>Two</title></item>"))),
    ] {
        assert_eq!(headlines(&feed("", xml.as_bytes())), ["A & B", "Two"], "{what}");
    }
}

#[test]
fn encodings_are_read_or_marked() {
    let words = "Z\u{fc}rich: \u{20ac} 5";
    let of = |declared: &str, title: Vec<u8>| {
        let head = if declared.is_empty() {
            String::new()
        } else {
            format!("<?xml version='1.0' encoding='{declared}'?>")
        };
        [
            head.as_bytes(),
            b"<rss version='2.0'><channel><item><title>",
            &title,
            b"</title></item></channel></rss>",
        ]
        .concat()
    };
    let (windows, ..) = encoding("windows-1252", words);
    let utf16 = |little: bool, mark: bool| {
        let text = rss(&format!("<item><title>{words}</title></item>"));
        let marked = format!("{}{text}", if mark { "\u{feff}" } else { "" });
        let units = marked.encode_utf16();
        units
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect::<Vec<u8>>()
    };
    for (what, headers, bytes) in [
        (
            "declared in the feed",
            "",
            of("windows-1252", windows.clone()),
        ),
        (
            "declared by the server",
            "Content-Type: text/xml; charset=windows-1252\r\n",
            of("", windows.clone()),
        ),
        ("declared wrongly as UTF-8", "", of("utf-8", windows)),
        (
            "UTF-8 without a word",
            "",
            of("", words.as_bytes().to_vec()),
        ),
        ("UTF-16, little, marked", "", utf16(true, true)),
        ("UTF-16, big, marked", "", utf16(false, true)),
        ("UTF-16, little, unmarked", "", utf16(true, false)),
    ] {
        assert_eq!(headlines(&feed(headers, &bytes)), [words], "{what}");
    }
    for (label, text) in [
        ("gbk", "\u{957f}\u{6c99}\u{65b0}\u{95fb}"),
        ("shift_jis", "\u{65b0}\u{88fd}\u{54c1}\u{767a}\u{8868}"),
    ] {
        let (bytes, ..) = encoding(label, text);
        assert_eq!(headlines(&feed("", &of(label, bytes))), [text], "{label}");
    }
    // What is in no encoding is marked, and the rest is read.
    for broken in [
        &b"Good \xff\xfe\x81 words"[..],
        b"Good \0 words",
        b"Good +AGE- words",
    ] {
        let found = feed(
            "Content-Type: text/xml; charset=utf-8\r\n",
            &of("utf-8", broken.to_vec()),
        );
        let headline = headlines(&found)[0];
        assert!(
            headline.starts_with("Good") && headline.ends_with("words"),
            "{headline:?}"
        );
    }
}

/// Text in an encoding.
fn encoding(label: &str, text: &str) -> (Vec<u8>, bool) {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("an encoding");
    let (bytes, _, lossy) = encoding.encode(text);
    (bytes.into_owned(), lossy)
}

#[test]
fn a_refresh_cut_short_keeps_what_was_done() {
    let good = |name: &str| {
        Server::answers(vec![ok(
            "ETag: \"1\"\r\n",
            &rss(&item(name, "", name, "Words of a release.")),
        )])
    };
    let (one, two) = (good("One"), good("Two"));
    let silent = Server::new(|_, _, stream| {
        let _ = stream.read(&mut [0]);
    });
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    for server in [&one, &silent, &two] {
        assert_eq!(dateline(data, &["add", server.url("/feed").as_str()]).0, 0);
    }
    let (sender, messages) = crossbeam_channel::unbounded();
    let library = data.join("library.db");
    let jobs = Jobs::start(&library, sender).expect("started");
    jobs.run(Effect::Refresh {
        sources: Vec::new(),
    });
    let (mut settled, mut progress, mut new) = (0, (0, None), 0);
    // What has come is told while the silent one is waited for.
    wait(&messages, |message| {
        match message {
            Message::SourcesChanged => settled += 1,
            Message::Progress(now) => progress = (now.done, now.total),
            Message::LibraryChanged { added } => new += added,
            _ => {}
        }
        (settled == 2 && progress == (2, Some(3)) && new == 2).then_some(())
    });
    let begun = Instant::now();
    drop(jobs);
    assert!(
        begun.elapsed() < Duration::from_secs(1),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(headlines_of(data), ["One", "Two"]);
    let followed = Reader::open(&library)
        .expect("a library")
        .followed()
        .expect("sources");
    let asked: Vec<bool> = followed
        .iter()
        .map(|s| s.state.as_ref().is_some_and(|s| s.contains("\\\"1\\\"")))
        .collect();
    assert_eq!(asked, [true, false, true]);
    assert_eq!(followed[1].id, SourceId(2));
}

#[test]
fn many_hosts_are_asked_at_once_and_slow_ones_hold_nobody_up() {
    let good = Server::answers(vec![ok("", FEED)]);
    let silent = Server::new(|_, _, stream| {
        let _ = stream.read(&mut [0]);
    });
    let dead = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|l| l.local_addr())
        .expect("an address");
    let mut hosts = HashMap::new();
    let mut sources: Vec<Follow> = Vec::new();
    for n in 0..200 {
        let host = format!("h{n}.example");
        let server = match n {
            7 => dead,
            n if n % 40 == 0 => silent.address,
            _ => good.address,
        };
        hosts.insert(host.clone(), server);
        sources.push(follow(
            Url::parse(&format!("http://{host}/feed")).expect("an address"),
        ));
    }
    let client = Arc::new(Client::new(hasty(), hosts));
    let (mut fine, mut failed) = (0, 0);
    let begun = Instant::now();
    visit_all(&client, sources, NOW, &|| false, &mut |_, visit| {
        if visit.problem.is_none() {
            fine += 1;
        } else {
            failed += 1;
        }
        ControlFlow::Continue(())
    });
    assert_eq!((fine, failed), (194, 6));
    assert_eq!(asked(&good).len(), 194);
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[cfg(unix)]
#[test]
fn files_are_the_users_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("new");
    let status = std::process::Command::new("sh")
        .args([
            "-c",
            "umask 000; exec \"$0\" add http://ann:secret@a.example/feed",
            env!("CARGO_BIN_EXE_dateline"),
        ])
        .env("DATELINE_DATA_DIR", &data)
        .stderr(std::process::Stdio::null())
        .status()
        .expect("the program");
    assert!(status.success());
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).expect("it").permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    for file in std::fs::read_dir(&data).expect("a folder").flatten() {
        assert_eq!(mode(&file.path()) & 0o077, 0, "{:?}", file.path());
    }
}
