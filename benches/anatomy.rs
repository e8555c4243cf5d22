//! How fast releases are repaired and taken apart: megabytes a second on one core, over the sample library, and the
//! time that hostile texts of 2 MB take.
//!
//! `cargo bench --bench anatomy`, or `cargo bench --bench anatomy -- samples [ROUNDS]` without the hostile texts.

use std::time::Instant;

use dateline::release::{Incoming, understand};

fn main() {
    let samples = samples();
    let bytes: usize = samples.iter().map(|text| text.len()).sum();
    let from = Instant::now();
    let mut rounds = 0;
    // A profiler counts instructions, not seconds: it asks for a number of rounds.
    let wanted: Option<usize> = std::env::args().find_map(|argument| argument.parse().ok());
    while wanted.map_or(from.elapsed().as_secs() < 3, |wanted| rounds < wanted) {
        for text in &samples {
            std::hint::black_box(understand(&incoming(text), &[]));
        }
        rounds += 1;
    }
    let rate = (bytes * rounds) as f64 / from.elapsed().as_secs_f64() / 1e6;
    println!(
        "{} samples of {bytes} bytes: {rate:.1} MB/s for repair and anatomy",
        samples.len()
    );
    if std::env::args().any(|argument| argument == "samples") {
        return;
    }
    for (name, unit) in [
        ("one line without a space", "a"),
        ("quotation marks", "“"),
        ("straight quotation marks", "\""),
        ("datelines", "LYON, May 3, 2024 /PRNewswire/ -- "),
        ("quotations", "“We won,” said Jane Roe. "),
        ("boilerplates", "About Acme\n\n"),
        ("contacts", "Contact: a@b.example\n\n"),
        ("end marks", "###\n\n"),
        ("short lines", "a\n"),
        ("short lines in capitals", "A\n"),
        (
            "headings run into their text",
            "How It Works Many towns lose water.\n\n",
        ),
        // No line stands twice: what looks for another one like it finds none.
        (
            "speakers",
            "SPEAKER {n}:\n\nWe looked at the pumps on Monday.\n\n",
        ),
    ] {
        let units = 0..2_000_000 / unit.len();
        let text: String = units.map(|n| unit.replace("{n}", &n.to_string())).collect();
        let from = Instant::now();
        std::hint::black_box(understand(&incoming(&text), &[]));
        println!("2 MB of {name}: {:.3} s", from.elapsed().as_secs_f64());
    }
}

/// The plain texts of the sample library.
fn samples() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples");
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let texts = files.filter(|file| {
        file.path()
            .extension()
            .is_some_and(|end| end == "txt" || end == "md")
    });
    texts
        .filter_map(|file| std::fs::read_to_string(file.path()).ok())
        .collect()
}

fn incoming(text: &str) -> Incoming {
    Incoming {
        text: text.to_owned(),
        ..Incoming::default()
    }
}
