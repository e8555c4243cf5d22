//! Sources against a scripted server on the loopback: what is asked, how often, and what is made of every kind of
//! answer. The server counts; nothing sleeps.
//!
//! The faults that a source can have, and the test that makes each happen (without a module: in this file):
//!
//! | fault | test |
//! |---|---|
//! | subscriptions with commands in them | `subscriptions_come_in_and_go_out_again`, `faults::subscriptions_are_addresses_of_the_web` |
//! | a redirect or a feed leads into the user's own network | `redirects_lead_on_but_not_inwards_and_not_in_circles`, `a_teaser_gets_the_text_of_its_page` |
//! | packed bombs: gzip, deflate, zstd, nested, endless | `bombs_are_refused_before_they_go_off`; units of `source::http::packed` |
//! | elements nested 64,000 deep | `intake::pages_that_mean_harm_give_their_text` |
//! | entities that laugh, entities of files and addresses, 100,000 attributes | `faults::entities_are_never_expanded_or_fetched`, `intake::feeds_that_mean_harm_or_are_broken_give_what_is_in_them` |
//! | slow heads, slow bodies, silence, no end | `a_silent_server_keeps_nobody_waiting`, `faults::slow_and_endless_answers_end_in_time` |
//! | an answer that is cut off | `half_an_answer_is_none`, `faults::what_was_deleted_stays_so_through_a_cut_answer` |
//! | other guids, https, another host | `faults::a_feed_that_changes_its_ids_brings_nothing_back` |
//! | the same guid twice, in one feed and in two | `faults::two_stories_under_one_guid_are_two` |
//! | no guid, link, date, title; nothing at all | `faults::entries_with_next_to_nothing_come_in` |
//! | impossible dates | `faults::dates_that_cannot_be_are_none`; units of `source::time`, `store::prepared` |
//! | a clock that jumps | units of `source::follow` |
//! | 401, 403, 404, 410, 5xx, domain for sale, empty | `what_a_server_says_is_obeyed_and_told` |
//! | no such host | units of `source::http::refused` (a name would have to be asked of a real server) |
//! | 304 of every kind | `the_second_visit_is_conditional_and_each_is_one_request`, `faults::not_modified_of_every_kind` |
//! | 429 and 503 with every Retry-After | `what_a_server_says_is_obeyed_and_told`, `faults::a_wish_to_wait_outlives_a_restart`; units of `source::follow` |
//! | redirects: loops, permanent, to another scheme, from https to http | `redirects_lead_on_…`, `a_permanent_move_is_believed_when_it_is_said_twice`, `tls::…` |
//! | TLS: expired, another host, self-signed, old, none | `tls` |
//! | no HTTP | `what_is_no_http_is_a_fault_of_that_source` |
//! | a page, JSON or something else where a feed was | `what_a_server_says_…`, `faults::what_comes_is_known_by_its_content` |
//! | ill-formed XML | `faults::ill_formed_feeds_keep_their_good_entries` |
//! | encodings, declared wrongly or not at all | `faults::encodings_are_read_or_marked` |
//! | quitting in the middle | `leaving_in_the_middle_is_at_once`, `faults::a_refresh_cut_short_keeps_what_was_done` |
//! | many sources, one host dead, some slow | `faults::many_hosts_are_asked_at_once_and_slow_ones_hold_nobody_up`, `one_host_has_two_visitors_…` |
//! | a round hangs while the user wants something | `beside` |
//! | a source that has headers moves to another host | `adding::a_header_stays_behind_…` |
//! | secrets in addresses, modes of files | `secrets_stay_out_of_what_is_said`, `faults::files_are_the_users_alone` |
//! | a kill at any time | `killed` |
//! | pictures and pixels | `a_page_is_read_without_fetching_what_it_mentions` |
//!
//! Not made here: redirects to addresses of a network namespace of one's own (it needs rights), a host name that does
//! not resolve (it would ask the machine's own server).

mod adding;
mod beside;
mod faults;
mod folders;
mod killed;

mod teasers;

mod tls;

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use dateline::app::message::Message;
use dateline::release::LabelScheme;
use dateline::source::{
    Ask, Client, Follow, FollowState, INTERVAL, Patience, Read, Refused, Visit, completed,
    read_address, visit, visit_all,
};
use url::Url;

const NOW: i64 = 1_800_000_000;
const FEED: &str = "<rss version='2.0'><channel><title>Wire</title><item><title>One</title>\
                    <link>http://a.example/1</link><description>First words.</description></item></channel></rss>";

/// What the server does with a request: its number, counted from 0, and its head.
type Script = dyn Fn(usize, &str, &mut TcpStream) + Send + Sync;

struct Server {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(script: impl Fn(usize, &str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (script, seen): (Arc<Script>, _) = (Arc::new(script), Arc::clone(&heads));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (script, seen) = (Arc::clone(&script), Arc::clone(&seen));
                std::thread::spawn(move || serve(stream, &*script, &seen));
            }
        });
        Self { address, heads }
    }

    /// A server that gives these answers in turn, the last one for ever.
    fn answers(answers: Vec<Vec<u8>>) -> Self {
        Self::new(move |number, _, stream| {
            let _ = stream.write_all(&answers[number.min(answers.len() - 1)]);
        })
    }

    fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).expect("an address")
    }

    fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("no panic").clone()
    }
}

fn serve(mut stream: TcpStream, script: &Script, seen: &Mutex<Vec<String>>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let number = {
        let mut seen = seen.lock().expect("no panic");
        seen.push(head.clone());
        seen.len() - 1
    };
    script(number, &head, &mut stream);
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn ok(headers: &str, body: &str) -> Vec<u8> {
    answer("200 OK", headers, body.as_bytes())
}

fn hasty() -> Patience {
    Patience {
        connect: Duration::from_millis(500),
        idle: Duration::from_millis(300),
        total: Duration::from_millis(900),
    }
}

fn client() -> Client {
    Client::new(hasty(), HashMap::new())
}

fn follow(address: Url) -> Follow {
    Follow {
        address,
        page: false,
        headers: Vec::new(),
        interval: INTERVAL,
        state: FollowState::default(),
    }
}

/// A visit to a source that has been good before.
fn visited(server: &Server) -> Visit {
    let mut source = follow(server.url("/feed"));
    source.state.answered = Some(NOW - 9_000);
    visit(&client(), &source, NOW)
}

fn trouble(visit: &Visit) -> String {
    visit
        .problem
        .as_ref()
        .map(|p| p.message.to_string())
        .unwrap_or_default()
}

#[test]
fn the_second_visit_is_conditional_and_each_is_one_request() {
    let fresh = ok(
        "ETag: W/\"1\"\r\nLast-Modified: Tue, 24 Nov 2026 07:30:00 GMT\r\nContent-Type: application/rss+xml\r\n",
        FEED,
    );
    let server = Server::answers(vec![fresh, answer("304 Not Modified", "", b"")]);
    let client = client();
    let mut follow = follow(server.url("/feed"));
    let first = visit(&client, &follow, NOW);
    assert_eq!(first.title.as_deref(), Some("Wire"));
    assert_eq!(first.releases[0].headline.as_deref(), Some("One"));
    assert_eq!(first.releases[0].text, "First words.");
    follow.state = first.state;
    let second = visit(&client, &follow, NOW + INTERVAL);
    assert!(second.releases.is_empty() && second.problem.is_none());
    assert_eq!(second.state.next_due, NOW + 2 * INTERVAL);
    assert_eq!(second.state.etag.as_deref(), Some("W/\"1\""));
    let heads = server.heads();
    assert_eq!(heads.len(), 2);
    assert!(!heads[0].to_lowercase().contains("if-none-match"));
    assert!(
        heads[1].contains("W/\"1\"") && heads[1].contains("Tue, 24 Nov 2026 07:30:00 GMT"),
        "{}",
        heads[1]
    );
    for unwanted in ["cookie", "referer"] {
        assert!(!heads[1].to_lowercase().contains(unwanted));
    }
    assert!(heads[1].to_lowercase().contains("user-agent: dateline/"));
}

#[test]
fn what_a_server_says_is_obeyed_and_told() {
    for (status, headers, body, words) in [
        ("404 Not Found", "", "", "not found"),
        ("410 Gone", "", "", "gone for good"),
        ("401 Unauthorized", "", "", "password"),
        ("403 Forbidden", "", "", "refuses"),
        ("500 Oops", "", "", "fault"),
        ("429 Too Many", "Retry-After: 7200\r\n", "", "asks to wait"),
        (
            "503 Busy",
            "Retry-After: Fri, 15 Jan 2027 10:00:00 GMT\r\n",
            "",
            "asks to wait",
        ),
        ("200 OK", "", "  \n", "empty"),
        (
            "200 OK",
            "",
            "<!doctype html><p>This domain is for sale",
            "a web page without a feed",
        ),
        (
            "200 OK",
            "",
            "<html><link rel=alternate type='application/rss+xml' href='/rss.xml'>",
            "its feed is at http://",
        ),
    ] {
        let server = Server::answers(vec![answer(status, headers, body.as_bytes())]);
        let visit = visited(&server);
        assert!(
            trouble(&visit).contains(words),
            "{status}: {}",
            trouble(&visit)
        );
        assert_eq!(visit.state.failing_since, Some(NOW), "{status}");
        assert!(!visit.state.is_due(NOW + 60), "{status}");
        assert_eq!(visit.state.gone, status.starts_with("410"));
        assert_eq!(server.heads().len(), 1, "{status}");
        if status.starts_with("429") {
            assert_eq!(visit.state.next_due, NOW + 7200);
        }
    }
}

#[test]
fn half_an_answer_is_none() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(FEED.as_bytes()).expect("memory");
    let gzip = gzip.finish().expect("memory");
    let raw = |head: &str, body: &[u8]| [head.as_bytes(), body].concat();
    for (what, bytes) in [
        (
            "length",
            raw(
                "HTTP/1.1 200 OK\r\nETag: \"new\"\r\nContent-Length: 9999\r\n\r\n",
                FEED.as_bytes(),
            ),
        ),
        (
            "chunk",
            raw(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n",
                &FEED.as_bytes()[..99],
            ),
        ),
        (
            "gzip",
            answer(
                "200 OK",
                "Content-Encoding: gzip\r\n",
                &gzip[..gzip.len() / 2],
            ),
        ),
    ] {
        let server = Server::answers(vec![bytes]);
        let mut source = follow(server.url("/feed"));
        source.state.etag = Some("\"old\"".into());
        let visit = visit(&client(), &source, NOW);
        assert!(visit.releases.is_empty(), "{what}");
        assert!(visit.problem.is_some(), "{what}");
        assert_eq!(
            visit.state.etag.as_deref(),
            Some("\"old\""),
            "{what}: the whole answer is asked for again"
        );
    }
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let zeros = vec![b' '; 64 << 20];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&zeros).expect("memory");
    let gzip = gzip.finish().expect("memory");
    let bomb = answer("200 OK", "Content-Encoding: gzip\r\n", &gzip);
    let huge = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".to_vec();
    for bytes in [bomb, huge] {
        let visit = visited(&Server::answers(vec![bytes]));
        assert!(trouble(&visit).contains("too large"), "{}", trouble(&visit));
    }
}

#[test]
fn what_is_no_http_is_a_fault_of_that_source() {
    let long = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "a".repeat(1 << 20));
    for bytes in [
        &b"garbage\r\n\r\n"[..],
        b"",
        b"HTTP/1.1 banana\r\n\r\n",
        long.as_bytes(),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: gopher://a.example/\r\nContent-Length: 0\r\n\r\n",
    ] {
        let visit = visited(&Server::answers(vec![bytes.to_vec()]));
        assert!(
            visit.problem.is_some(),
            "{:?}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(40)])
        );
    }
}

#[test]
fn redirects_lead_on_but_not_inwards_and_not_in_circles() {
    let inner = Server::answers(vec![ok("", FEED)]);
    let port = inner.address.port();
    for target in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://localhost:{port}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
    ] {
        let redirect = answer("302 Found", &format!("Location: {target}\r\n"), b"");
        let outer = Server::answers(vec![redirect]);
        let hosts = HashMap::from([("public.example".to_owned(), outer.address)]);
        let client = Client::new(hasty(), hosts);
        let typed = Url::parse("http://public.example/feed").expect("an address");
        assert_eq!(
            client.get(&Ask::new(&typed, true)),
            Err(Refused::Private),
            "{target}"
        );
        assert!(inner.heads().is_empty(), "{target} was asked");
    }
    // What a feed names may not lead inwards at the first hop either; what the user types may.
    assert_eq!(
        client().get(&Ask::new(&inner.url("/"), false)),
        Err(Refused::Private)
    );
    assert!(client().get(&Ask::new(&inner.url("/"), true)).is_ok());
    let circle = Server::answers(vec![answer("301 Moved", "Location: /again\r\n", b"")]);
    assert_eq!(
        client().get(&Ask::new(&circle.url("/"), true)),
        Err(Refused::Redirects(5))
    );
    assert_eq!(circle.heads().len(), 6);
}

#[test]
fn where_a_source_was_led_to_is_trusted_no_more_than_what_led_there() {
    let new = Server::answers(vec![ok("", FEED)]);
    let old = Server::answers(vec![answer(
        "301 Moved",
        "Location: http://new.example/feed\r\n",
        b"",
    )]);
    let hosts = [("old.example", &old), ("new.example", &new)];
    let hosts = hosts.map(|(name, server)| (name.to_owned(), server.address));
    let public = Client::new(hasty(), HashMap::from(hosts));
    let mut source = follow(Url::parse("http://old.example/feed").expect("an address"));
    for visits in 0..2 {
        let visit = visit(&public, &source, NOW + visits * INTERVAL);
        assert_eq!(visit.state.led, visit.moved.is_some());
        source.state = visit.state;
    }
    assert!(source.state.led, "it has moved to another host");
    // Whoever holds that name now may let it mean this machine.
    source.address = new.url("/feed");
    let visit = visit(&client(), &source, NOW + 2 * INTERVAL);
    assert!(
        trouble(&visit).contains("your own network"),
        "{}",
        trouble(&visit)
    );
    assert_eq!(new.heads().len(), 2);
}

#[test]
fn a_permanent_move_is_believed_when_it_is_said_twice() {
    let server = Server::new(|_, head, stream| {
        let bytes = if head.starts_with("GET /new") {
            ok("", FEED)
        } else {
            answer("301 Moved", "Location: /new\r\n", b"")
        };
        let _ = stream.write_all(&bytes);
    });
    let mut source = follow(server.url("/feed"));
    let first = visit(&client(), &source, NOW);
    assert_eq!((first.moved, first.releases.len()), (None, 1));
    source.state = first.state;
    let second = visit(&client(), &source, NOW + INTERVAL);
    assert_eq!(second.moved, Some(server.url("/new")));
    // And it is told.
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let address = server.url("/feed").to_string();
    assert_eq!(dateline(data, &["add", &address]).0, 0);
    for _ in 0..2 {
        assert_eq!(dateline(data, &["refresh", "1"]).0, 0);
    }
    let (_, shown, _) = dateline(data, &["sources"]);
    assert!(shown.contains(server.url("/new").as_str()), "{shown}");
    assert!(
        shown.contains(&format!("it has moved; it was at {address}")),
        "{shown}"
    );
    let before = server.heads().len();
    assert_eq!(dateline(data, &["refresh", "1"]).0, 0);
    assert_eq!(
        server.heads().len(),
        before + 1,
        "the new address is asked and no other"
    );
}

#[test]
fn a_feed_with_errors_is_read_and_says_so() {
    let broken = FEED.replace("</item></channel></rss>", "<item><title>Two");
    let server = Server::answers(vec![ok("", &broken), ok("", FEED)]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    assert_eq!(dateline(data, &["add", server.url("/feed").as_str()]).0, 0);
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    let (_, shown, _) = dateline(data, &["sources"]);
    assert!(shown.contains("its feed has errors"), "{shown}");
    assert!(shown.contains("2 (2 unread)"), "{shown}");
    assert_eq!(dateline(data, &["refresh", "1"]).0, 0);
    let (_, shown, _) = dateline(data, &["sources"]);
    assert!(!shown.contains("errors"), "{shown}");
}

#[test]
fn a_page_that_lists_nothing_any_more_says_so() {
    let page = |list: &str| {
        let html = format!("<html><head><title>News</title></head><body>{list}</body></html>");
        ok("Content-Type: text/html\r\n", &html)
    };
    let listed = "<a href='/2026/acme-opens-plant-in-leeds'>Acme opens its third plant in Leeds, hires 400</a>";
    let server = Server::answers(vec![page(listed), page("<div id=app></div>"), page(listed)]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    assert_eq!(dateline(data, &["add", server.url("/news").as_str()]).0, 0);
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    let (code, _, said) = dateline(data, &["refresh", "1"]);
    assert_eq!(code, 4);
    assert!(
        said.contains("the page lists no releases any more"),
        "{said}"
    );
    assert_eq!(dateline(data, &["refresh", "1"]).0, 0);
    assert_eq!(dateline(data, &["list", "--plain"]).1.lines().count(), 1);
}

#[test]
fn a_silent_server_keeps_nobody_waiting() {
    let silent = Server::new(|_, _, stream| {
        // Until the other side gives up.
        let _ = stream.read(&mut [0]);
    });
    let good = Server::answers(vec![ok("", FEED)]);
    let begun = Instant::now();
    let mut order = Vec::new();
    let client = Arc::new(client());
    let sources = vec![follow(silent.url("/")), follow(good.url("/"))];
    visit_all(&client, sources, NOW, &|| false, &mut |place, visit| {
        order.push((place, visit.releases.len(), trouble(&visit)));
        ControlFlow::Continue(())
    });
    assert_eq!(order[0].0, 1, "the good one first: {order:?}");
    assert_eq!(
        (order[0].1, order[1].2.as_str()),
        (1, "the server did not answer in time")
    );
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn one_host_has_two_visitors_at_most_and_every_source_one_request() {
    let within = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let (now, peak) = (Arc::clone(&within), Arc::clone(&most));
    let server = Server::new(move |_, _, stream| {
        peak.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        // Long enough for others to come, were they let in.
        for _ in 0..200 {
            std::thread::yield_now();
        }
        now.fetch_sub(1, Ordering::SeqCst);
        let _ = stream.write_all(&ok("", FEED));
    });
    let sources: Vec<_> = (0..24)
        .map(|i| follow(server.url(&format!("/{i}"))))
        .collect();
    let mut done = 0;
    visit_all(
        &Arc::new(Client::default()),
        sources,
        NOW,
        &|| false,
        &mut |_, visit| {
            done += visit.releases.len();
            ControlFlow::Continue(())
        },
    );
    assert_eq!((done, server.heads().len()), (24, 24));
    assert!(most.load(Ordering::SeqCst) <= 2, "{most:?}");
}

#[test]
fn leaving_in_the_middle_is_at_once() {
    let silent = Server::new(|_, _, stream| {
        let _ = stream.read(&mut [0]);
    });
    let good = Server::answers(vec![ok("", FEED)]);
    let mut sources: Vec<_> = (0..40)
        .map(|i| follow(silent.url(&format!("/{i}"))))
        .collect();
    sources.insert(0, follow(good.url("/")));
    let begun = Instant::now();
    let patient = Arc::new(Client::default());
    visit_all(&patient, sources.clone(), NOW, &|| false, &mut |_, _| {
        ControlFlow::Break(())
    });
    let left = std::cell::Cell::new(false);
    let fresh = Arc::new(Client::default());
    visit_all(&fresh, sources, NOW, &|| left.get(), &mut |_, _| {
        left.set(true);
        ControlFlow::Continue(())
    });
    assert!(begun.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_page_is_read_without_fetching_what_it_mentions() {
    let page = include_str!("data/intake/page.html").replace(
        "<main>",
        "<main><img src=/pixel.gif><iframe src=/ad></iframe>",
    );
    let server = Server::answers(vec![ok(
        "Content-Type: text/html; charset=utf-8\r\n",
        &page,
    )]);
    let mut read = Vec::new();
    let address = server.url("/leeds");
    read_address(&client(), &address, &mut |r| {
        if let Read::Release(incoming) = r {
            read.push(incoming);
        }
        ControlFlow::Continue(())
    })
    .expect("an answer");
    assert_eq!(read.len(), 1);
    assert_eq!(
        read[0].headline.as_deref(),
        Some("Lumenfold opens a laboratory in Leeds")
    );
    assert!(read[0].text.contains("£14 million"));
    assert_eq!(server.heads().len(), 1);
}

#[test]
fn a_page_that_speaks_of_something_else_takes_no_teasers_place() {
    let consent = "We and our partners store and use what your device says about you. ".repeat(20);
    let page = format!(
        "<html><head><title>Before you go on</title></head><body><article><h1>Before you go on</h1><p>{consent}</p></article></body></html>"
    );
    let server = Server::answers(vec![ok("Content-Type: text/html\r\n", &page)]);
    let teaser = dateline::release::Incoming {
        url: Some(server.url("/leeds").into()),
        headline: Some("Lumenfold opens its third plant".into()),
        text: "LEEDS - Lumenfold plc hires four hundred people …".into(),
        ..dateline::release::Incoming::default()
    };
    assert_eq!(
        completed(&client(), &teaser, &server.url("/feed")).map(|full| full.is_none()),
        Ok(true)
    );
}

#[test]
fn a_teaser_gets_the_text_of_its_page() {
    let page = include_str!("data/intake/page.html");
    let server = Server::answers(vec![ok("Content-Type: text/html; charset=utf-8\r\n", page)]);
    let teaser = dateline::release::Incoming {
        url: Some(server.url("/leeds").into()),
        guid: Some("7".into()),
        headline: Some("From the feed".into()),
        text: "LEEDS - Lumenfold plc today …".into(),
        ..dateline::release::Incoming::default()
    };
    assert!(dateline::source::is_teaser(&teaser));
    let whole = completed(&client(), &teaser, &server.url("/feed"))
        .expect("an answer")
        .expect("more text");
    assert_eq!(
        (whole.headline.as_deref(), whole.guid.as_deref()),
        (Some("From the feed"), Some("7"))
    );
    assert!(whole.text.contains("Maud Aldous") && !whole.text.contains("Cookies"));
    // A feed elsewhere may not make dateline ask this host.
    let other = Url::parse("http://feeds.example/x").expect("an address");
    assert_eq!(
        completed(&client(), &teaser, &other).map(|_| ()),
        Err(Refused::Private)
    );
}

#[test]
fn secrets_stay_out_of_what_is_said() {
    let server = Server::answers(vec![answer("404 Not Found", "", b"")]);
    let mut address = server.url("/rss?token=hush");
    address.set_username("ann").expect("a host");
    address.set_password(Some("secret")).expect("a host");
    let visit = visit(&client(), &follow(address), NOW);
    let said = visit.problem.expect("a problem").place.to_string();
    assert!(!said.contains("secret") && !said.contains("hush"), "{said}");
    assert!(
        server.heads()[0].contains("Basic YW5uOnNlY3JldA=="),
        "the server is told all the same"
    );
}

#[test]
fn what_wires_add_to_their_feeds_is_kept() {
    let server = Server::answers(vec![ok("", include_str!("data/sources/wire.rss"))]);
    let visit = visited(&server);
    let [first, second, third] = visit.releases.as_slice() else {
        panic!("three entries, not {}", visit.releases.len());
    };
    assert_eq!(
        first.headline.as_deref(),
        Some("Halden Copper & Zinc raises guidance")
    );
    assert_eq!(first.issuer.as_deref(), Some("Halden Copper & Zinc ASA"));
    assert_eq!(first.wire.as_deref(), Some("Testwire Inc."));
    assert_eq!(first.language.as_deref(), Some("no"));
    assert_eq!(first.published.as_deref(), Some("2026-11-24T07:30:00Z"));
    assert_eq!(first.source.as_deref(), Some("Testwire - Energy"));
    let labels: Vec<_> = first
        .labels
        .iter()
        .map(|l| (l.scheme, l.value.as_str()))
        .collect();
    assert_eq!(
        labels,
        [
            (LabelScheme::Ticker, "Oslo:HALD"),
            (LabelScheme::Isin, "NO0000000001"),
            (LabelScheme::Identifier, "1"),
            (LabelScheme::Keyword, "Mining"),
        ]
    );
    assert!(
        first
            .text
            .ends_with("raised its guidance.\n\nMore follows."),
        "{}",
        first.text
    );
    assert!(String::from_utf8_lossy(&first.original).starts_with("<item>"));
    assert_eq!(
        second.headline.as_deref(),
        Some("Aubray & Fils: résultats annuels")
    );
    assert_eq!(
        (second.published.as_deref(), second.language.as_deref()),
        (None, Some("en-GB"))
    );
    assert_eq!(
        (third.headline.as_deref(), third.url.as_deref()),
        (None, None)
    );
}

#[test]
fn a_page_that_is_followed_leads_to_its_feed_or_lists_its_releases() {
    let server = Server::new(|_, head, stream| {
        let bytes = match head.split(' ').nth(1) {
            Some("/feed.xml") => ok("", FEED),
            Some("/news") => ok(
                "Content-Type: text/html\r\n",
                "<title>News</title><a href=/2026/acme-opens-a-plant>Acme opens its third plant in Leeds, hires 400</a>",
            ),
            _ => ok(
                "Content-Type: text/html\r\n",
                "<link rel=alternate type='application/rss+xml' href=/feed.xml>",
            ),
        };
        let _ = stream.write_all(&bytes);
    });
    let found = visit(&client(), &follow(server.url("/")), NOW);
    assert_eq!(found.moved, Some(server.url("/feed.xml")));
    assert_eq!((found.releases.len(), found.page), (1, false));
    let listed = visit(&client(), &follow(server.url("/news")), NOW);
    assert_eq!(
        (listed.releases.len(), listed.page, listed.problem),
        (1, true, None)
    );
}

/// The program with a library of its own.
fn dateline(data: &std::path::Path, arguments: &[&str]) -> (i32, String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"))
        .env("DATELINE_DATA_DIR", data)
        .args(arguments)
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code().expect("an exit code"),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn what_is_followed_is_kept_up_to_date() {
    let second = FEED.replace("</channel>", "<item><title>Two</title><guid>2</guid><description>More words.</description></item></channel>");
    let server = Server::answers(vec![
        ok("ETag: \"1\"\r\n", FEED),
        answer("304 Not Modified", "", b""),
        ok("ETag: \"2\"\r\n", &second),
        answer("410 Gone", "", b""),
    ]);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let address = server.url("/feed").to_string();
    assert_eq!(dateline(data, &["add", &address]).0, 0);
    let headlines = |want: &[&str]| {
        let (_, out, _) = dateline(data, &["list", "--jsonl"]);
        let mut found: Vec<String> = out
            .lines()
            .map(|l| {
                serde_json::from_str::<serde_json::Value>(l).expect("JSON")["headline"]
                    .as_str()
                    .expect("text")
                    .to_owned()
            })
            .collect();
        found.sort();
        assert_eq!(found, want);
    };
    let (code, _, said) = dateline(data, &["refresh"]);
    assert_eq!((code, said.as_str()), (0, ""), "quiet where nobody looks");
    headlines(&["One"]);
    assert!(
        dateline(data, &["sources", "--plain"])
            .1
            .contains("\tWire\t"),
        "the feed's own name"
    );
    // Not due yet: nobody is asked.
    assert_eq!(dateline(data, &["refresh"]).0, 0);
    assert_eq!(server.heads().len(), 1);
    assert_eq!(dateline(data, &["refresh", "--all"]).0, 0);
    assert!(server.heads()[1].contains("\"1\""));
    headlines(&["One"]);
    assert_eq!(dateline(data, &["refresh", "wire"]).0, 0);
    headlines(&["One", "Two"]);
    let (code, _, said) = dateline(data, &["refresh", "--all"]);
    assert_eq!(code, 4, "{said}");
    assert!(said.contains("gone for good"), "{said}");
    headlines(&["One", "Two"]);
    // Gone is gone, across restarts.
    assert_eq!(dateline(data, &["refresh", "--all"]).0, 0);
    assert_eq!(server.heads().len(), 4);
    assert_eq!(dateline(data, &["refresh", "nobody"]).0, 3);
}

#[test]
fn subscriptions_come_in_and_go_out_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("list.opml");
    std::fs::write(
        &list,
        "<opml><body><outline text='Wires'><outline text='A &amp; B' xmlUrl='https://a.example/feed'/></outline>\
         <outline text='C' xmlUrl='https://c.example/'/><outline text='Bad' xmlUrl='exec:touch canary'/></body></opml>",
    )
    .expect("a file");
    let data = folder.path().join("data");
    let (code, _, said) = dateline(&data, &["opml", "import", &list.to_string_lossy()]);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("Bad: refused: addresses of the kind exec:"),
        "{said}"
    );
    let (code, out, _) = dateline(&data, &["opml", "export"]);
    assert_eq!(code, 0);
    let (back, problems) = dateline::source::read_opml(&out);
    assert!(problems.is_empty());
    let seen: Vec<_> = back
        .iter()
        .map(|s| (s.name.as_str(), s.address.as_str(), s.folders.join("/")))
        .collect();
    assert_eq!(
        seen,
        [
            ("C", "https://c.example/", String::new()),
            ("A & B", "https://a.example/feed", "Wires".to_owned()),
        ]
    );
    assert_eq!(dateline(&data, &["opml", "import", "/nonexistent"]).0, 3);
}

#[test]
fn what_was_chosen_about_sources_survives_the_round_trip_and_headers_stay_here() {
    let folder = tempfile::tempdir().expect("a folder");
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    let (one, two) = ("https://a.example/rss", "https://b.example/rss");
    let add = |arguments: &[&str]| {
        let all: Vec<&str> = ["add"].iter().chain(arguments).copied().collect();
        assert_eq!(dateline(&here, &all).0, 0);
    };
    add(&[
        one,
        "--tag",
        "Energy",
        "--tag",
        "wind, sea",
        "--every",
        "2h",
    ]);
    add(&[one, "--full-text", "always", "--header", "X-Key: hush"]);
    add(&[two]);
    let (code, list, _) = dateline(&here, &["opml", "export"]);
    assert_eq!(code, 0);
    assert!(!list.contains("hush") && !list.contains("X-Key"), "{list}");
    let file = folder.path().join("list.opml");
    std::fs::write(&file, &list).expect("a file");
    let import = ["opml", "import", &file.to_string_lossy()];
    let (code, _, said) = dateline(&there, &import);
    assert_eq!(code, 0);
    assert!(said.contains("of 1 of them the pages"), "{said}");
    assert_eq!(dateline(&there, &["opml", "export"]).1, list);
    let chosen = |data: &std::path::Path| {
        let (_, out, _) = dateline(data, &["sources", "--json"]);
        let all: Vec<serde_json::Value> = serde_json::from_str(&out).expect("JSON");
        let of = |source: &serde_json::Value| {
            let fields = ["name", "address", "tags", "interval", "full_text"];
            fields.map(|field| source[field].clone())
        };
        all.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(chosen(&there), chosen(&here));
    // What was chosen since is not undone by the same list.
    let every = ["add", one, "--every", "3h", "--full-text", "never"];
    assert_eq!(dateline(&there, &every).0, 0);
    let (code, _, said) = dateline(&there, &import);
    assert_eq!(code, 0);
    assert!(!said.contains("the pages"), "{said}");
    assert_eq!(chosen(&there)[0][3], 3 * 3600);
    assert_eq!(chosen(&there)[0][4], "never");
}

#[test]
fn one_release_of_two_feeds_has_both_their_names() {
    let dated = FEED.replace(
        "<link>",
        "<pubDate>Tue, 24 Nov 2026 07:30:00 GMT</pubDate><link>",
    );
    let feeds = ["One", "Two"].map(|name| {
        let feed = dated.replace("<title>Wire</title>", &format!("<title>{name}</title>"));
        Server::answers(vec![ok("", &feed)])
    });
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    for feed in &feeds {
        let address = feed.url("/feed").to_string();
        assert_eq!(dateline(data, &["add", &address]).0, 0);
        assert_eq!(dateline(data, &["refresh"]).0, 0);
    }
    let json = |arguments: &[&str]| -> serde_json::Value {
        let (_, out, said) = dateline(data, arguments);
        serde_json::from_str(&out).unwrap_or_else(|problem| panic!("{problem}: {out}{said}"))
    };
    for _ in 0..2 {
        let rows = json(&["list", "--json"]);
        assert_eq!(rows.as_array().map(Vec::len), Some(1), "{rows}");
        assert_eq!(
            (&rows[0]["source"], &rows[0]["also"], &rows[0]["copies"]),
            (&"One".into(), &serde_json::json!(["Two"]), &2.into())
        );
        let shown = json(&["show", &rows[0]["id"].to_string(), "--json"]);
        assert_eq!(shown["library"]["also"][0]["source"], "Two");
        let sources = json(&["sources", "--json"]);
        assert_eq!(
            (&sources[0]["releases"], &sources[1]["releases"]),
            (&1.into(), &1.into())
        );
        assert_eq!(
            json(&["list", "source:two", "--json"])
                .as_array()
                .map(Vec::len),
            Some(1)
        );
        // Nothing changes when both send it again.
        assert_eq!(dateline(data, &["refresh", "--all"]).0, 0);
    }
}

#[test]
fn a_list_for_others_can_be_without_secrets() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    for address in [
        "https://ann:hush@a.example/rss?token=abc&n=1",
        "https://b.example/rss?n=1",
    ] {
        assert_eq!(dateline(data, &["add", address]).0, 0);
    }
    let (_, own, said) = dateline(data, &["opml", "export"]);
    assert!(
        own.contains("ann:hush@") && own.contains("token=abc"),
        "{own}"
    );
    assert!(said.contains("1 of these addresses"), "{said}");
    let (_, open, said) = dateline(data, &["opml", "export", "--without-secrets"]);
    assert!(
        open.contains("\"https://a.example/rss?n=1\"")
            && open.contains("\"https://b.example/rss?n=1\""),
        "{open}"
    );
    for secret in ["hush", "abc", "ann"] {
        assert!(!open.contains(secret), "{open}");
    }
    assert_eq!(said, "");
}

/// The paths that a server was asked for.
fn asked(server: &Server) -> Vec<String> {
    let heads = server.heads();
    heads
        .iter()
        .map(|h| h.split(' ').nth(1).unwrap_or_default().to_owned())
        .collect()
}

/// The first message that `wanted` picks.
fn wait<T>(
    messages: &crossbeam_channel::Receiver<Message>,
    mut wanted: impl FnMut(Message) -> Option<T>,
) -> T {
    loop {
        let message = messages
            .recv_timeout(Duration::from_secs(60))
            .expect("a message in time");
        if let Some(found) = wanted(message) {
            return found;
        }
    }
}
