//! How fast the networks read: `cargo bench --bench network -- [--sightings] [--fast|--careful] FILE…`. Gives tokens or
//! words per CPU-second over all files, each read whole; with `--sightings` prints what is seen instead, a JSON object a
//! file, to hold a network against another implementation. Without files it reads a built-in paragraph over and over.

use std::time::Instant;

use dateline::entity::network::{Careful, Fast, Sighting};
use dateline::text::Extent;

const PARAGRAPH: &str = "OSLO, Norway, March 4, 2025 /PRNewswire/ -- Fjordlight AS (OSE: FJL), a maker of marine \
batteries, today said that revenue rose 12.5% to NOK 840 million in the fourth quarter of 2024. \"We have never shipped \
this many cells,\" said Ingrid Solheim, chief executive of Fjordlight. The European Commission approved the merger with \
Harrow & Pell LLP of New York on Tuesday.\n\n";

/// Seconds of processor time that this process has used, all threads together; `None` where the system does not say.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let mut fields = after_name.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / 100.0)
}

fn measured(what: &str, unit: &str, texts: &[String], read: &mut dyn FnMut(&str) -> usize) {
    for text in texts.iter().take(3) {
        read(text);
    }
    let (wall, cpu) = (Instant::now(), cpu_seconds());
    let mut count = 0;
    while wall.elapsed().as_secs_f64() < 3.0 {
        count += texts.iter().map(|text| read(text)).sum::<usize>();
    }
    let wall = wall.elapsed().as_secs_f64();
    let cpu = cpu_seconds()
        .zip(cpu)
        .map_or(wall, |(now, then)| now - then);
    let rate = count as f64 / cpu;
    println!(
        "{what}: {count} {unit} in {cpu:.2} CPU-seconds ({wall:.2} s) = {rate:.0} {unit} per CPU-second"
    );
}

fn print(path: &str, sightings: &[Sighting]) {
    let seen: Vec<_> = sightings
        .iter()
        .map(|s| (s.extent.start, s.extent.end, s.kind, s.score))
        .collect();
    println!("{}", serde_json::json!({ "path": path, "entities": seen }));
}

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let flag = |name: &str| arguments.iter().any(|argument| argument == name);
    let paths: Vec<&String> = arguments.iter().filter(|a| !a.starts_with("--")).collect();
    let mut texts: Vec<String> = paths
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("a text in UTF-8"))
        .collect();
    if texts.is_empty() {
        texts.push(PARAGRAPH.repeat(8));
    }
    let whole = |text: &str| [Extent::new(0, text.len())];
    let started = Instant::now();
    let mut fast = Fast::embedded().expect("the built-in weights");
    let fast_load = started.elapsed();
    let started = Instant::now();
    let mut careful = Careful::embedded().expect("the built-in weights");
    let careful_load = started.elapsed();
    if flag("--sightings") {
        for (path, text) in paths.iter().zip(&texts) {
            let seen = if flag("--fast") {
                fast.read(text, &whole(text))
            } else {
                careful.read(text, &whole(text))
            };
            print(path, &seen);
        }
        return;
    }
    println!("load: fast {fast_load:?}, careful {careful_load:?}");
    if !flag("--careful") {
        let mut tokens = |text: &str| fast.parse(text).tokens.len();
        measured("fast", "tokens", &texts, &mut tokens);
    }
    if !flag("--fast") {
        let mut words = |text: &str| {
            careful.read(text, &whole(text));
            text.split_whitespace().count()
        };
        measured("careful", "words", &texts, &mut words);
    }
}
