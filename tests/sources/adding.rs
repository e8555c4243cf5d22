//! What is followed from the command line: what is typed is taken as it is meant, a choice once made stays until another
//! is made, and the state of a source is told in words.

use std::path::Path;

use super::{FEED, Server, answer, dateline, ok};

/// The sources of a library, as JSON.
fn sources(data: &Path) -> Vec<serde_json::Value> {
    let (_, out, _) = dateline(data, &["sources", "--json"]);
    serde_json::from_str(&out).unwrap_or_default()
}

#[test]
fn a_choice_stays_until_another_is_made() {
    let server = Server::answers(vec![ok("", FEED)]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let address = server.url("/feed").to_string();
    let first = [
        "add",
        &address,
        "--name",
        "Ports",
        "--tag",
        "sea",
        "--tag",
        "uk",
        "--every",
        "2h",
        "--full-text",
        "always",
    ];
    assert_eq!(dateline(data, &first).0, 0);
    assert_eq!(dateline(data, &["add", &address]).0, 0);
    assert_eq!(dateline(data, &["add", &address, "--every", "3h"]).0, 0);
    let source = &sources(data)[0];
    assert_eq!(source["name"], "Ports");
    assert_eq!(source["tags"], serde_json::json!(["sea", "uk"]));
    assert_eq!(source["interval"], 3 * 3600);
    assert_eq!(source["full_text"], "always");
    let (_, shown, _) = dateline(data, &["sources"]);
    assert!(
        shown.contains("#sea  #uk  every 3 h  full text always"),
        "{shown}"
    );
    // A list that knows it under other folders does not move it.
    let list = data.join("list.opml");
    let outline = format!(
        "<opml><body><outline text='Other'><outline text='P' xmlUrl='{address}'/></outline></body></opml>"
    );
    std::fs::write(&list, outline).expect("a file");
    assert_eq!(
        dateline(data, &["opml", "import", &list.to_string_lossy()]).0,
        0
    );
    assert_eq!(
        sources(data)[0]["tags"],
        serde_json::json!(["sea", "uk"]),
        "and it is one source"
    );
    assert_eq!(sources(data).len(), 1);
}

#[test]
fn a_page_that_is_tagged_is_read_as_a_page() {
    let page = "<html><head><title>News</title></head><body><ul><li><a href='/2026/acme-opens-plant-in-leeds'>Acme opens its \
                third plant in Leeds, hires 400</a></ul></body></html>";
    let server = Server::answers(vec![ok("Content-Type: text/html\r\n", page)]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let address = server.url("/news").to_string();
    assert_eq!(dateline(data, &["add", &address, "--tag", "acme"]).0, 0);
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    assert_eq!(
        sources(data)[0]["full_text"],
        "on_open",
        "its headlines alone are no releases"
    );
}

#[test]
fn what_is_typed_is_taken_as_it_is_meant_or_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    for (typed, code) in [
        ("news.example/feed", 0),
        ("feed://b.example/rss", 0),
        ("https://", 3),
        ("nonsense", 3),
        ("gopher://c.example/", 3),
        #[cfg(unix)]
        ("/dev/null", 3),
    ] {
        let (got, _, said) = dateline(data, &["add", typed]);
        assert_eq!(got, code, "{typed}: {said}");
        assert!(said.contains(typed) || code == 0, "{said}");
    }
    let addresses: Vec<_> = sources(data)
        .iter()
        .map(|s| s["address"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        addresses,
        ["http://b.example/rss", "https://news.example/feed"]
    );
    // One that is followed is a success, whatever stands beside it.
    assert_eq!(
        dateline(data, &["add", "nonsense", "https://d.example/rss"]).0,
        1
    );
}

#[test]
fn secrets_of_an_address_are_no_name() {
    let server = Server::new(|_, head, stream| {
        use std::io::Write as _;
        // ann:secret
        let known = head.contains("Basic YW5uOnNlY3JldA==");
        let bytes = if known {
            ok("", "<rss><channel></channel></rss>")
        } else {
            answer("401 Unauthorized", "", b"")
        };
        let _ = stream.write_all(&bytes);
    });
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let with = |user: &str| {
        server
            .url("/feed?token=abc")
            .to_string()
            .replace("http://", &format!("http://{user}"))
    };
    let (_, _, said) = dateline(data, &["add", &with("ann:secret@")]);
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    let (_, out, more) = dateline(data, &["sources"]);
    for words in [said, out, more] {
        assert!(
            !words.contains("secret") && !words.contains("abc"),
            "{words}"
        );
    }
    let (_, _, said) = dateline(folder.path(), &["add", &with("")]);
    assert!(!said.contains("abc"), "{said}");
}

#[test]
fn headers_go_to_their_source_alone_and_can_be_taken_away() {
    let other = Server::answers(vec![ok("", FEED)]);
    let elsewhere = other.url("/moved").to_string();
    let elsewhere = elsewhere.replace("127.0.0.1", "localhost");
    let server = Server::new(move |_, head, stream| {
        use std::io::Write as _;
        let bytes = match () {
            () if head.starts_with("GET /leads") => {
                answer("302 Found", &format!("Location: {elsewhere}\r\n"), b"")
            }
            () if head.to_lowercase().contains("\r\nx-key: abc\r\n") => ok("", FEED),
            () => answer("403 Forbidden", "", b""),
        };
        let _ = stream.write_all(&bytes);
    });
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let address = server.url("/feed").to_string();
    assert_eq!(dateline(data, &["add", &address]).0, 0);
    assert_eq!(dateline(data, &["refresh"]).0, 4);
    let header = |value: &str| dateline(data, &["add", &address, "--header", value]).0;
    assert_eq!(header("X-Key: abc"), 0);
    assert_eq!(dateline(data, &["refresh", "1"]).0, 0);
    assert!(
        server.heads()[1]
            .to_lowercase()
            .contains("accept: application/atom+xml")
    );
    let shown = dateline(data, &["sources", "--json"]).1;
    assert!(
        shown.contains("X-Key") && !shown.contains("abc"),
        "the name is told, the value is not: {shown}"
    );
    // The user's word goes before what dateline would say.
    assert_eq!(header("accept: text/xml"), 0);
    assert_eq!(dateline(data, &["refresh", "1"]).0, 0);
    let asked = server.heads()[2].to_lowercase();
    assert_eq!(asked.matches("\r\naccept: ").count(), 1, "{asked}");
    assert!(asked.contains("\r\naccept: text/xml\r\n"), "{asked}");
    assert_eq!(header("X-KEY:"), 0);
    assert_eq!(dateline(data, &["refresh", "1"]).0, 4);
    for nonsense in ["X-Key", "X Key: 1", "Host: a.example", "X: a\nb"] {
        assert_eq!(header(nonsense), 2, "{nonsense:?}");
    }
    let leads = server.url("/leads").to_string();
    assert_eq!(
        dateline(data, &["add", &leads, "--header", "X-Key: abc"]).0,
        0
    );
    dateline(data, &["refresh", &leads]);
    assert!(other.heads().iter().all(|head| !head.contains("abc")));
}

#[test]
fn a_header_stays_behind_when_its_source_moves_to_another_place() {
    let new = Server::answers(vec![ok("", FEED)]);
    let target = new.url("/feed").to_string();
    let old = Server::answers(vec![answer(
        "301 Moved Permanently",
        &format!("Location: {target}\r\n"),
        b"",
    )]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let address = old.url("/feed").to_string();
    let add = |address: &str, value: &str| dateline(data, &["add", address, "--header", value]).0;
    let notes = || sources(data)[0]["notes"].to_string();
    assert_eq!(add(&address, "X-Key: abc"), 0);
    for _ in 0..3 {
        assert_eq!(dateline(data, &["refresh", "1"]).0, 0);
    }
    assert_eq!(old.heads().len(), 2, "it is believed the second time");
    assert!(old.heads().iter().all(|head| head.contains("abc")));
    assert_eq!(new.heads().len(), 3);
    assert!(new.heads().iter().all(|head| !head.contains("abc")));
    assert_eq!(sources(data)[0]["address"], target);
    assert_eq!(sources(data)[0]["headers"], serde_json::json!([]));
    assert!(
        notes().contains("X-Key is not sent any more"),
        "{}",
        notes()
    );
    let (_, shown, _) = dateline(data, &["sources"]);
    assert!(
        shown.contains("it was given for http://127.0.0.1:") && !shown.contains("abc"),
        "{shown}"
    );
    // Who gives it anew means where the source is now.
    assert_eq!(add(&target, "x-key: def"), 0);
    assert_eq!(dateline(data, &["refresh", "1"]).0, 0);
    assert!(new.heads()[3].contains("def"));
    assert!(!notes().contains("X-Key"), "{}", notes());
    assert_eq!(sources(data).len(), 1);
}

#[test]
fn a_header_of_a_page_does_not_go_to_the_feed_that_it_names_elsewhere() {
    let elsewhere = Server::answers(vec![ok("", FEED)]);
    let feed = elsewhere.url("/feed");
    let page = format!(
        "<html><head><link rel=alternate type=application/rss+xml href={feed}></head><body>News</body></html>"
    );
    let server = Server::answers(vec![ok("Content-Type: text/html\r\n", &page)]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let address = server.url("/news").to_string();
    let add = ["add", &address, "--header", "X-Key: abc"];
    assert_eq!(dateline(data, &add).0, 0);
    for _ in 0..2 {
        assert_eq!(dateline(data, &["refresh", "1"]).0, 0);
    }
    assert!(server.heads()[0].contains("abc"));
    assert_eq!(elsewhere.heads().len(), 2);
    assert!(elsewhere.heads().iter().all(|head| !head.contains("abc")));
}

#[test]
fn what_was_left_and_is_followed_again_is_asked_again() {
    let server = Server::answers(vec![answer("410 Gone", "", b""), ok("", FEED)]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let address = server.url("/feed").to_string();
    assert_eq!(dateline(data, &["add", &address]).0, 0);
    assert_eq!(dateline(data, &["refresh"]).0, 4);
    assert_eq!(dateline(data, &["remove", "1"]).0, 0);
    assert_eq!(dateline(data, &["add", &address]).0, 0);
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    assert_eq!(sources(data)[0]["state"], "fresh");
    // Who asked to be left alone is left alone all the same.
    let busy = Server::answers(vec![answer(
        "429 Too Many Requests",
        "Retry-After: 7200\r\n",
        b"",
    )]);
    let address = busy.url("/feed").to_string();
    assert_eq!(dateline(data, &["add", &address]).0, 0);
    assert_eq!(dateline(data, &["refresh"]).0, 4);
    assert_eq!(dateline(data, &["remove", &address]).0, 0);
    assert_eq!(dateline(data, &["add", &address]).0, 0);
    assert_eq!(dateline(data, &["refresh", &address]).0, 0);
    assert_eq!(busy.heads().len(), 1);
    let (_, shown, _) = dateline(data, &["sources"]);
    assert!(shown.contains("asks to wait until 20"), "{shown}");
}

#[test]
fn a_folder_with_bad_files_has_answered_all_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, press) = (folder.path().join("data"), folder.path().join("press"));
    std::fs::create_dir(&press).expect("a folder");
    let write = |name: &str, words: &[u8]| std::fs::write(press.join(name), words).expect("a file");
    write(
        "one.txt",
        b"Acme opens a plant\n\nLEEDS, March 3, 2026 -- Acme opened a plant.",
    );
    write("bad.zip", b"PK\x03\x04broken");
    assert_eq!(dateline(&data, &["add", &press.to_string_lossy()]).0, 1);
    write("worse.zip", b"PK\x03\x04broken as well");
    write(
        "two.txt",
        b"Delta opens a centre\n\nBONN, March 4, 2026 -- Delta opened a centre.",
    );
    let (code, _, said) = dateline(&data, &["refresh", "press"]);
    assert_eq!(
        code, 1,
        "some of it could not be read, but it was there: {said}"
    );
    assert_eq!(sources(&data)[0]["state"], "fresh");
    assert_eq!(sources(&data)[0]["releases"], 2);
}
