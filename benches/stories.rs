//! Story detection: how many re-issues are found (recall), how many of the pairs that are called one story are one
//! (precision), and what it costs a release beyond reading it.
//!
//! `cargo bench --bench stories -- 100000` (the number of releases; 10,000 without it): the benchmark's own corpus, with
//! two re-issues in a hundred (one sentence changed, or on another wire) and, to tempt it, two in a hundred that are the
//! same form with other figures and names. `-- FILE.jsonl`: releases of a file, an object a line with `id`, `title`,
//! `text`, `published`, `url`, and `dup_of` (the `id` of what it repeats).

mod corpus;

use std::collections::{HashMap, HashSet};
use std::io::BufRead;

use dateline::entity::Reading;
use dateline::release::story::sketch;
use dateline::release::{Format, Incoming, understand};
use dateline::store::{Library, Origin, Preparer, Reader};

const NOW: i64 = 1_760_000_000;

/// A release and the number of the story it belongs to.
type Told = (Incoming, usize);

fn main() {
    let argument = std::env::args().skip(1).find(|a| a != "--bench");
    let releases: Box<dyn Iterator<Item = Told>> = match &argument {
        Some(path) if path.ends_with(".jsonl") => Box::new(from_file(path)),
        count => Box::new(made(
            count
                .as_deref()
                .and_then(|n| n.parse().ok())
                .unwrap_or(10_000),
        )),
    };
    measure(releases);
}

fn measure(releases: impl Iterator<Item = Told>) {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("library.db");
    let mut library = Library::open(&path).expect("a library");
    let mut preparer = Preparer::new(Reading::Patterns);
    let (mut sketching, mut comparing, mut count) = (0.0, 0.0, 0_u64);
    let mut story_of = HashMap::new();
    let mut batch = Vec::new();
    let mut stories = Vec::new();
    let mut write = |batch: &mut Vec<_>, stories: &mut Vec<usize>| {
        let intake = library
            .take_in(batch, &Origin::named("Bench"), NOW)
            .expect("taken in");
        assert_eq!(intake.added.len(), stories.len(), "all are new");
        story_of.extend(intake.added.into_iter().zip(stories.drain(..)));
        batch.clear();
        intake.comparing.as_secs_f64()
    };
    let mut seen = HashSet::new();
    for (incoming, story) in releases {
        // The library takes the very same text in once.
        if !seen.insert(incoming.text.clone()) {
            continue;
        }
        count += 1;
        if count % 50 == 0 {
            let release = understand(&incoming, &[]);
            let began = std::time::Instant::now();
            std::hint::black_box(sketch(&release));
            sketching += began.elapsed().as_secs_f64();
        }
        batch.push(preparer.prepare(incoming, &[], NOW));
        stories.push(story);
        if batch.len() == 500 {
            comparing += write(&mut batch, &mut stories);
        }
    }
    comparing += write(&mut batch, &mut stories);
    let reader = Reader::open(&path).expect("a reader");
    report(&reader, &story_of);
    println!(
        "cost: {:.1} µs a release in the library, {:.1} µs for its sketch ({count} releases)",
        comparing * 1e6 / count as f64,
        sketching * 1e6 / (count / 50).max(1) as f64
    );
}

/// Over pairs of releases: of those that are one story, how many are called so; of those called so, how many are.
fn report(reader: &Reader, story_of: &HashMap<dateline::release::ReleaseId, usize>) {
    let (mut right, mut wrong, mut real) = (0_u64, 0_u64, 0_u64);
    let mut sizes: HashMap<usize, u64> = HashMap::new();
    for story in story_of.values() {
        *sizes.entry(*story).or_default() += 1;
    }
    for size in sizes.values() {
        real += size * (size - 1) / 2;
    }
    let mut shown = 0;
    for (id, story) in story_of {
        for other in reader.story(*id).expect("a story") {
            if other <= *id {
                continue;
            }
            if story_of.get(&other) == Some(story) {
                right += 1;
            } else {
                wrong += 1;
                if shown < 5 {
                    shown += 1;
                    let headline = |id| {
                        let held = reader.open_release(id).expect("a release");
                        held.listing.headline.as_str().to_owned()
                    };
                    println!("  not one story: {} / {}", headline(*id), headline(other));
                }
            }
        }
    }
    println!(
        "pairs: {real} real, {right} found, {wrong} wrong; recall {:.4}, precision {:.4}",
        right as f64 / real.max(1) as f64,
        right as f64 / (right + wrong).max(1) as f64
    );
}

/// The benchmark's own releases.
fn made(count: u64) -> impl Iterator<Item = Told> {
    let mut corpus = corpus::Corpus::new(11);
    let mut old: Vec<Told> = Vec::new();
    (0..usize::try_from(count).unwrap_or(0)).map(move |number| {
        let kept = old.len();
        let (mut incoming, story) = match number % 100 {
            33 | 66 if kept > 0 => again(&old[(number * 7) % kept], number),
            50 | 99 if kept > 0 => (tempting(&old[(number * 13) % kept].0, number), number),
            _ => (corpus.release(count), number),
        };
        incoming.guid = Some(format!("bench-{number}"));
        incoming.url = Some(format!("https://wire.example/releases/{number}"));
        if number % 23 == 0 {
            old.push((incoming.clone(), story));
        }
        (incoming, story)
    })
}

/// The same release with one sentence changed, on another wire every second time.
fn again((incoming, story): &Told, number: usize) -> Told {
    let mut again = incoming.clone();
    let mut sentences: Vec<String> = again.text.split(". ").map(str::to_owned).collect();
    let middle = sentences.len() / 2;
    sentences[middle] = format!("This sentence was put in place of another one on day {number}");
    again.text = sentences.join(". ");
    if number.is_multiple_of(2) {
        again.text = again.text.replace("/PRNewswire/", "(GLOBE NEWSWIRE)");
    }
    again.original = again.text.clone().into_bytes();
    (again, *story)
}

/// The same form for something else: every figure is another one, and so is the name at the front.
fn tempting(incoming: &Incoming, number: usize) -> Incoming {
    let mut other = incoming.clone();
    let turn = |text: &str| -> String {
        text.chars()
            .map(|c| match c.to_digit(10) {
                Some(digit) => {
                    char::from_digit((digit + 1 + number as u32 % 7) % 10, 10).unwrap_or(c)
                }
                None => c,
            })
            .collect()
    };
    let (head, body) = other.text.split_once(" -- ").unwrap_or(("", &other.text));
    other.text = format!("{head} -- {}", turn(body));
    other.original = other.text.clone().into_bytes();
    other
}

/// The releases of a file.
fn from_file(path: &str) -> impl Iterator<Item = Told> {
    let file = std::fs::File::open(path).expect("a file");
    let mut stories: HashMap<String, usize> = HashMap::new();
    std::io::BufReader::new(file).lines().map(move |line| {
        let line = line.expect("a line");
        let value: serde_json::Value = serde_json::from_str(&line).expect("an object");
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        let fresh = stories.len();
        let id = text("id").expect("an id");
        let story = match text("dup_of") {
            Some(first) => *stories.get(&first).expect("a release that came before"),
            None => fresh,
        };
        stories.insert(id.clone(), story);
        let body = text("text").expect("a text");
        let incoming = Incoming {
            guid: Some(id),
            url: text("url"),
            headline: text("title"),
            published: text("published"),
            source: text("source"),
            original: body.clone().into_bytes(),
            text: body,
            format: Format::Json,
            ..Incoming::default()
        };
        (incoming, story)
    })
}
