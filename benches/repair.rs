//! How fast the repairs are, and how much of what a naive scraper breaks they mend. The texts are the samples written
//! for this project: each is broken in one way at a time, as taking the markup off breaks a page, and mended again.
//! It refuses to judge by eye: a place counts as mended where its words stand again as they did, and every other
//! change that the damage led to counts against the precision.

use std::hint::black_box;
use std::time::Instant;

use dateline::release::{RepairKind, repair};

/// A way of breaking a text: its name, and what it makes of a text with the words around each place it broke.
type Damage = (&'static str, fn(&str) -> (String, Vec<String>));

const DAMAGES: &[Damage] = &[
    ("split: a blank lost after a name", lose_blanks_after_names),
    ("split: a blank lost after a stop", lose_blanks_after_stops),
    ("heading: glued to its paragraph", |text| {
        join_headings(text, "")
    }),
    ("heading: a blank to its paragraph", |text| {
        join_headings(text, " ")
    }),
    ("break: lines wrapped at 72", wrap),
    ("encoding: mojibake", |text| replace_all(text, "’", "â€™")),
    ("entity: ampersands escaped", |text| {
        replace_all(text, "&", "&amp;")
    }),
];

fn main() {
    let texts = samples();
    println!(
        "{:38} {:>7} {:>7} {:>7} {:>10}",
        "damage", "broken", "recall", "made", "precision"
    );
    for (name, damage) in DAMAGES {
        measure(name, *damage, &texts);
    }
    speed(&texts);
}

/// The plain-text samples in English, mended once so that only the damage done here is measured.
fn samples() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| std::fs::read_to_string(path).ok();
    let plain = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "txt"));
    let english = |text: &String| text.matches(" the ").count() > 3;
    plain
        .filter_map(read)
        .filter(english)
        .map(|text| repair(&text, &[], &[]).text.to_string())
        .collect()
}

fn measure(name: &str, damage: fn(&str) -> (String, Vec<String>), texts: &[String]) {
    let (mut broken, mut mended, mut made) = (0, 0, 0);
    for text in texts {
        let (damaged, places) = damage(text);
        if places.is_empty() {
            continue;
        }
        let outcome = repair(&damaged, &[], &[]);
        let words = squeeze(&outcome.text);
        broken += places.len();
        mended += places
            .iter()
            .filter(|place| words.contains(&squeeze(place)))
            .count();
        made += changes(&damaged, &outcome.repairs);
    }
    let share = |part: usize, whole: usize| {
        if whole == 0 {
            1.0
        } else {
            part.min(whole) as f64 / whole as f64
        }
    };
    println!(
        "{name:38} {broken:7} {:7.3} {made:7} {:10.3}",
        share(mended, broken),
        share(mended, made)
    );
}

/// The repairs that change words, or join or part lines.
fn changes(read: &str, repairs: &[dateline::release::Repair]) -> usize {
    let counts = |r: &&dateline::release::Repair| {
        !r.before.trim().is_empty()
            || r.kind != RepairKind::Encoding && r.before != "\n\n" && !read.is_empty()
    };
    repairs.iter().filter(counts).count()
}

/// The text with white space as one blank, but for the end of a paragraph, and without commas (an apposition may
/// get one).
fn squeeze(text: &str) -> String {
    let paragraphs: Vec<String> = text
        .split("\n\n")
        .map(|paragraph| {
            paragraph
                .replace(',', "")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    paragraphs.join(" ¶ ")
}

/// The words around `at`: what must stand there again.
fn around(text: &str, at: usize) -> String {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let window = &text[floor(at.saturating_sub(24))..floor((at + 24).min(text.len()))];
    let first = window.find(' ').map_or(0, |i| i + 1);
    let last = window.rfind(' ').unwrap_or(window.len());
    window.get(first..last).unwrap_or(window).trim().to_owned()
}

/// Drops the blank between a capitalised word and a little word, at every third such place.
fn lose_blanks_after_names(text: &str) -> (String, Vec<String>) {
    let little = ["the ", "and ", "which ", "that ", "has ", "for ", "with "];
    let place = |at: usize| {
        let word = text[..at].rsplit([' ', '\n']).next().unwrap_or_default();
        let name = word.len() > 3
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(char::is_lowercase);
        name && little.iter().any(|next| text[at + 1..].starts_with(next))
    };
    drop_blanks(text, place, 1)
}

/// Drops the blank between two sentences, at every fourth such place.
fn lose_blanks_after_stops(text: &str) -> (String, Vec<String>) {
    let place = |at: usize| {
        let small = text[..at]
            .strip_suffix('.')
            .is_some_and(|before| before.ends_with(|c: char| c.is_ascii_lowercase()));
        small && text[at + 1..].starts_with(|c: char| c.is_ascii_uppercase())
    };
    drop_blanks(text, place, 4)
}

/// Drops every `step`th blank that `place` accepts.
fn drop_blanks(text: &str, place: impl Fn(usize) -> bool, step: usize) -> (String, Vec<String>) {
    let mut damaged = String::new();
    let mut places = Vec::new();
    let mut from = 0;
    let blanks = text
        .match_indices(' ')
        .map(|(at, _)| at)
        .filter(|at| place(*at));
    for at in blanks.step_by(step) {
        damaged.push_str(&text[from..at]);
        places.push(around(text, at).replace('\n', " "));
        from = at + 1;
    }
    damaged.push_str(&text[from..]);
    (damaged, places)
}

/// Joins each heading (a short paragraph without a stop) with the paragraph after it.
fn join_headings(text: &str, with: &str) -> (String, Vec<String>) {
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let mut damaged = String::new();
    let mut places = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        damaged.push_str(paragraph);
        let next = paragraphs.get(index + 1).copied().unwrap_or_default();
        let words = paragraph.split_whitespace().count();
        let heading =
            index > 2 && (2..9).contains(&words) && paragraph.ends_with(char::is_alphabetic);
        if heading && next.len() > 120 && !next.contains(" -- ") {
            let opening: Vec<&str> = next.split_whitespace().take(3).collect();
            places.push(format!("{paragraph}\n\n{}", opening.join(" ")));
            damaged.push_str(with);
        } else if index + 1 < paragraphs.len() {
            damaged.push_str("\n\n");
        }
    }
    (damaged, places)
}

/// Wraps each paragraph at 72 columns, as a mailer does.
fn wrap(text: &str) -> (String, Vec<String>) {
    let mut damaged = String::new();
    let mut places = Vec::new();
    for paragraph in text.split("\n\n") {
        let mut width = 0;
        for word in paragraph.split(' ') {
            if width > 0 && width + word.len() >= 72 {
                let at = word.as_ptr() as usize - text.as_ptr() as usize - 1;
                places.push(around(text, at));
                damaged.push('\n');
                width = 0;
            } else if width > 0 {
                damaged.push(' ');
            }
            damaged.push_str(word);
            width += word.len() + 1;
        }
        damaged.push_str("\n\n");
    }
    (damaged, places)
}

fn replace_all(text: &str, what: &str, with: &str) -> (String, Vec<String>) {
    let places = text
        .match_indices(what)
        .map(|(at, _)| around(text, at))
        .collect();
    (text.replace(what, with), places)
}

/// Megabytes a second on clean and on glued text, and on texts made to be slow.
fn speed(texts: &[String]) {
    let clean = texts
        .join("\n\n")
        .repeat(1 + 4_000_000 / texts.iter().map(String::len).sum::<usize>().max(1));
    let (glued, _) = lose_blanks_after_names(&clean);
    let releases: Vec<&str> = texts.iter().map(String::as_str).collect();
    report("clean, one text of some megabytes", clean.len(), || {
        repair(&clean, &[], &[]).repairs.len()
    });
    report("glued, one text of some megabytes", glued.len(), || {
        repair(&glued, &[], &[]).repairs.len()
    });
    let length = releases.iter().map(|text| text.len()).sum::<usize>() * 100;
    report("clean, release by release", length, || {
        (0..100)
            .map(|_| {
                releases
                    .iter()
                    .map(|text| repair(text, &[], &[]).repairs.len())
                    .sum::<usize>()
            })
            .sum()
    });
    for piece in [
        "a",
        "aA",
        "a.B",
        "The ",
        "About About ",
        "x@y.com",
        "“",
        "a\n",
        "&amp;",
    ] {
        let text = piece.repeat(2_000_000 / piece.len());
        report(&format!("2 MB of {piece:?}"), text.len(), || {
            repair(&text, &[], &[]).repairs.len()
        });
    }
}

fn report(name: &str, length: usize, mut work: impl FnMut() -> usize) {
    black_box(work());
    let start = Instant::now();
    black_box(work());
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{name:38} {:7.1} MB/s, {seconds:.3} s",
        length as f64 / 1e6 / seconds
    );
}
