//! The library under load: importing, opening, lists, search as one types, in the store and on a terminal. Prints figures;
//! makes its own corpus.
//!
//! `cargo bench --bench library -- 100000` (the number of releases; 10,000 without it). With `--keep FILE` the library
//! stays there, and a library that is there already is not made anew. With `--import` the rest is left out.

mod corpus;
mod typing;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use dateline::jobs::gather::{Gathered, Give, Given, gather_from};
use dateline::query::Query;
use dateline::source::Read;
use dateline::store::{Library, Order, Origin, Reader, Selection, Show, Start};

const NOW: i64 = 1_760_000_000;

/// What is searched for, key by key.
const QUERIES: [&str; 22] = [
    "solar energy",
    "the state of the world",
    "\"people of the world\"",
    "climate -energy",
    "nova",
    "Smith",
    "bank OR university",
    "person:garcia the",
    "org:novatech said",
    "place:paris 2019",
    "title:apex",
    "before:2019 health",
    "after:2020-01 quantum",
    "s",
    "t",
    "th",
    "zzzz",
    "museum ivory harvest",
    "about time",
    "\"first time\"~4",
    "capital is:unread",
    "100 million",
];

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let count = arguments
        .iter()
        .find_map(|a| a.parse().ok())
        .unwrap_or(10_000_u64);
    let keep = arguments
        .iter()
        .position(|a| a == "--keep")
        .and_then(|at| arguments.get(at + 1))
        .map(PathBuf::from);
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = keep.unwrap_or_else(|| directory.path().join("library.db"));
    if !path.exists() {
        import(&path, count);
    }
    if arguments.iter().any(|a| a == "--import") {
        return;
    }
    opening(&path);
    lists(&path);
    searches(&path);
    let data = tempfile::tempdir().expect("a temporary directory");
    std::fs::copy(&path, data.path().join("library.db")).expect("a copy of the library");
    on_a_terminal(data.path());
    println!("peak resident memory: {} MiB", peak_memory());
}

/// Imports through the same pipeline as the program.
fn import(path: &Path, count: u64) {
    let mut library = Library::open(path).expect("a library");
    let began = Instant::now();
    let origin = Origin::named("Bench");
    let (mut writing, mut waited, mut first, mut added, mut bytes) =
        (Duration::ZERO, Duration::ZERO, None, 0, 0_usize);
    let stop = AtomicBool::new(false);
    let feed = |give: Give<'_>| {
        let mut corpus = corpus::Corpus::new(7);
        for _ in 0..count {
            let read = Read::Release(Box::new(corpus.release(count)));
            if give(Given::Read(read), &origin).is_break() {
                return;
            }
        }
    };
    gather_from(feed, &stop, &mut |gathered| {
        let (start, cpu) = (Instant::now(), thread_cpu());
        match gathered {
            Gathered::Batch(releases, origin, then) => {
                let intake = then.take_in(&mut library, &releases, &origin, NOW);
                let intake = intake.expect("taken in");
                first.get_or_insert_with(|| began.elapsed());
                added += intake.added.len();
                bytes += 1;
            }
            Gathered::Commit => library.commit().expect("committed"),
            _ => {}
        }
        writing += thread_cpu() - cpu;
        waited += start.elapsed();
        ControlFlow::Continue(())
    });
    let whole = began.elapsed();
    library.checkpoint().expect("checkpoint");
    let size = std::fs::metadata(path).map_or(0, |m| m.len()) >> 20;
    println!(
        "import: {added} releases in {:.1} s ({:.0}/s), writing {:.1} s ({:.1} CPU-seconds), {bytes} batches, first readable after {} ms, \
         CPU {:.1} s, file {size} MiB, peak memory {} MiB",
        whole.as_secs_f64(),
        added as f64 / whole.as_secs_f64(),
        waited.as_secs_f64(),
        writing.as_secs_f64(),
        first.unwrap_or_default().as_millis(),
        cpu_seconds(),
        peak_memory()
    );
}

fn opening(path: &Path) {
    let mut times = Vec::new();
    for _ in 0..20 {
        let start = Instant::now();
        let library = Library::open(path).expect("opened");
        let reader = Reader::open(path).expect("opened");
        let page = reader
            .rows(&Selection::default(), Start::First, 100, NOW / 86_400)
            .expect("rows");
        times.push(start.elapsed());
        assert_eq!(page.rows.len(), 100);
        drop(library);
    }
    report("open, first 100 rows", &mut times);
}

fn lists(path: &Path) {
    let reader = Reader::open(path).expect("opened");
    let today = NOW / 86_400;
    let all = Selection::default();
    let time = |name: &str, work: &mut dyn FnMut()| {
        let mut times = Vec::new();
        for _ in 0..15 {
            let start = Instant::now();
            work();
            times.push(start.elapsed());
        }
        report(name, &mut times);
    };
    let middle = reader
        .rows(&all, Start::First, 4_000, today)
        .expect("rows")
        .rows[3_999]
        .id;
    time("page in the middle", &mut || {
        drop(reader.rows(&all, Start::Around(middle), 100, today))
    });
    time("last page", &mut || {
        drop(reader.rows(&all, Start::Last, 100, today))
    });
    time("count", &mut || {
        drop(reader.count(&all, Some(middle), today))
    });
    let unread = Selection {
        show: Show::Unread,
        ..Selection::default()
    };
    time("count unread", &mut || {
        drop(reader.count(&unread, None, today))
    });
    time("page of unread", &mut || {
        drop(reader.rows(&unread, Start::First, 100, today))
    });
    time("facets of all", &mut || {
        drop(reader.facets(&all, 60, today))
    });
    let facets = reader.facets(&all, 60, today).expect("facets");
    if let Some((entity, name, _, n)) = facets.first() {
        println!("  (most named: {name}, in {n})");
        let named = Selection {
            entity: Some(*entity),
            ..Selection::default()
        };
        time("page of an entity", &mut || {
            drop(reader.rows(&named, Start::First, 100, today))
        });
        time("count of an entity", &mut || {
            drop(reader.count(&named, None, today))
        });
    }
    time("sources", &mut || drop(reader.sources()));
    time("open a release", &mut || drop(reader.open_release(middle)));
}

/// Types queries key by key and times every page.
fn searches(path: &Path) {
    let reader = Reader::open(path).expect("opened");
    let today = NOW / 86_400;
    let (mut first, mut whole, mut slow) = (Vec::new(), Vec::new(), Vec::new());
    for typed in QUERIES {
        for end in typed.char_indices().map(|(at, c)| at + c.len_utf8()) {
            let selection = Selection {
                query: Some(Query::typed(&typed[..end])),
                ..Selection::default()
            };
            let start = Instant::now();
            let mut page = None;
            reader
                .search(&selection, 100, today, &mut |_| {
                    page.get_or_insert_with(|| start.elapsed());
                })
                .expect("searched");
            let to_page = page.unwrap_or_default();
            slow.push((to_page, typed[..end].to_owned()));
            first.push(to_page);
            whole.push(start.elapsed());
        }
    }
    report("search key to first page", &mut first);
    report("search key to count", &mut whole);
    slowest(slow);
    let mut best = Vec::new();
    for typed in QUERIES {
        let selection = Selection {
            query: Some(Query::parse(typed)),
            order: Order::Best,
            ..Selection::default()
        };
        let start = Instant::now();
        reader
            .search(&selection, 100, today, &mut |_| ())
            .expect("searched");
        best.push(start.elapsed());
    }
    report("best first", &mut best);
}

/// The same queries, typed into the program itself.
fn on_a_terminal(data: &Path) {
    let mut typed = typing::type_all(data, &QUERIES);
    report("search key to painted results", &mut typed.painted);
    let words = |(_, query): &&(Duration, String)| !query.contains([':', '"', '-']);
    let plain = typed.keys.iter().filter(words);
    let mut plain: Vec<Duration> = plain.map(|(time, _)| *time).collect();
    report("  of these, plain words", &mut plain);
    report(
        "search key to all it brings (count, preview)",
        &mut typed.answered,
    );
    report("search key that changes no row", &mut typed.unchanged);
    slowest(typed.keys);
}

fn slowest(mut keys: Vec<(Duration, String)>) {
    keys.sort();
    for (time, query) in keys.iter().rev().take(6) {
        println!("  slowest: {:.1} ms {query:?}", time.as_secs_f64() * 1e3);
    }
}

fn report(name: &str, times: &mut [Duration]) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "{name}: median {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, max {:.2} ms",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}

/// From /proc; 0 where there is none.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or("");
    line.split_whitespace()
        .nth(1)
        .and_then(|n| n.parse::<u64>().ok())
        .unwrap_or(0)
        >> 10
}

/// CPU time of this thread, from /proc; zero where there is none.
fn thread_cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = stat
        .split(' ')
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0);
    Duration::from_nanos(nanos)
}

/// User and system time of this process.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or("").split(' ').collect();
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|f| f.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / 100.0
}
