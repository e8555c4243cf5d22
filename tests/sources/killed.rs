//! The program is killed while it refreshes, at a moment that differs each time: the library opens, checks clean, and
//! the next refresh completes it: everything is there, taken apart and found.
//! `DATELINE_KILLS=200 cargo test --test all killed` does it so many times.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dateline::store::Reader;

use super::{Server, dateline, ok};

const FEEDS: usize = 5;
const ITEMS: usize = 40;

/// A feed of its own for every path.
fn feeds() -> Server {
    Server::new(|_, head, stream| {
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let items: Vec<String> = (0..ITEMS)
            .map(|n| {
                format!(
                    "<item><guid>{path}{n}</guid><title>Notice {n} of {path}</title>\
                     <pubDate>Wed, 05 Mar 2025 10:{n:02}:00 GMT</pubDate><description>The harbour authority \
                     opened quay {n} of {path} on Monday. Ships may berth from June, said Ingrid Dahl.</description></item>"
                )
            })
            .collect();
        let body = format!(
            "<rss version='2.0'><channel><title>{path}</title>{}</channel></rss>",
            items.concat()
        );
        let _ = std::io::Write::write_all(stream, &ok("ETag: \"1\"\r\n", &body));
    })
}

/// Bytes that the library has written.
fn written(data: &Path) -> u64 {
    let size = |name: &str| std::fs::metadata(data.join(name)).map_or(0, |file| file.len());
    size("library.db") + size("library.db-wal")
}

/// Starts a refresh and kills it once so many bytes are written; true where it was killed before its end.
fn kill_after(data: &Path, bytes: u64) -> bool {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .env("DATELINE_DATA_DIR", data)
        .arg("refresh")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let begun = Instant::now();
    let before = written(data);
    while written(data) < before + bytes {
        if child.try_wait().expect("a child").is_some() {
            return false;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "it hangs");
        std::thread::yield_now();
    }
    child.kill().expect("killed");
    !child.wait().expect("its end").success()
}

#[test]
fn a_kill_at_any_time_costs_nothing() {
    let kills = std::env::var("DATELINE_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(5_u64);
    let server = feeds();
    let mut random: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut killed = 0;
    for round in 0..kills {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path();
        let addresses: Vec<String> = (0..FEEDS)
            .map(|n| server.url(&format!("/{round}-{n}")).to_string())
            .collect();
        let mut add = vec!["add"];
        add.extend(addresses.iter().map(String::as_str));
        assert_eq!(dateline(data, &add).0, 0);
        // The whole refresh writes about a megabyte.
        killed += u64::from(kill_after(data, (random >> 33) % 900_000));
        let (code, out, said) = dateline(data, &["doctor", "--check"]);
        assert_eq!(code, 0, "round {round}: {out}{said}");
        let (code, _, said) = dateline(data, &["refresh", "--all"]);
        assert_eq!(code, 0, "round {round}: {said}");
        let reader = Reader::open(&data.join("library.db")).expect("a library");
        assert_eq!(reader.waiting_count().expect("a count"), 0, "round {round}");
        drop(reader);
        let (_, out, _) = dateline(data, &["list", "--jsonl", "--limit", "1000"]);
        assert_eq!(out.lines().count(), FEEDS * ITEMS, "round {round}");
        let (_, out, _) = dateline(data, &["search", "berth", "--jsonl", "--limit", "1000"]);
        assert_eq!(out.lines().count(), FEEDS * ITEMS, "round {round}");
        let (code, out, _) = dateline(data, &["doctor", "--check"]);
        assert_eq!(code, 0, "round {round}: {out}");
    }
    println!("{killed} of {kills} were killed before their end");
    assert!(
        killed * 2 >= kills,
        "{killed} of {kills} were killed before their end"
    );
}
