//! The built-in sample library: releases written for this project, as different as real ones are, with `Start here`,
//! a guide that teaches by being read. They come in through the same door as any file, so that the first run shows
//! what the program does with real ones. Nothing here is read from disk.

use crate::release::Incoming;

/// The samples, read as the files they are. Their source is "Samples".
#[must_use]
pub fn samples() -> Vec<Incoming> {
    // TODO(source): through the door that reads files, so that HTML, Markdown and JSON Lines are taken off.
    SAMPLES
        .iter()
        .map(|(name, bytes)| Incoming {
            guid: Some(format!("sample:{name}")),
            source: Some("Samples".into()),
            text: String::from_utf8_lossy(bytes).into_owned(),
            original: bytes.to_vec(),
            ..Incoming::default()
        })
        .collect()
}

/// The samples as file name and content, in the order of their names.
pub const SAMPLES: &[(&str, &[u8])] = &[
    (
        "00-start-here.md",
        include_bytes!("../../assets/samples/00-start-here.md"),
    ),
    (
        "01-halden-prnewswire.txt",
        include_bytes!("../../assets/samples/01-halden-prnewswire.txt"),
    ),
    (
        "02-halden-businesswire.txt",
        include_bytes!("../../assets/samples/02-halden-businesswire.txt"),
    ),
    (
        "03-lumenfold-businesswire.html",
        include_bytes!("../../assets/samples/03-lumenfold-businesswire.html"),
    ),
    (
        "04-corvane-globenewswire.txt",
        include_bytes!("../../assets/samples/04-corvane-globenewswire.txt"),
    ),
    (
        "05-corvane-correction.txt",
        include_bytes!("../../assets/samples/05-corvane-correction.txt"),
    ),
    (
        "06-tamarack-accesswire.md",
        include_bytes!("../../assets/samples/06-tamarack-accesswire.md"),
    ),
    (
        "07-aldermoor-university.txt",
        include_bytes!("../../assets/samples/07-aldermoor-university.txt"),
    ),
    (
        "08-transport-ministry.txt",
        include_bytes!("../../assets/samples/08-transport-ministry.txt"),
    ),
    (
        "09-central-bank.txt",
        include_bytes!("../../assets/samples/09-central-bank.txt"),
    ),
    (
        "10-district-attorney.txt",
        include_bytes!("../../assets/samples/10-district-attorney.txt"),
    ),
    (
        "11-hengchuan-zh.txt",
        include_bytes!("../../assets/samples/11-hengchuan-zh.txt"),
    ),
    (
        "12-aubray-fr.txt",
        include_bytes!("../../assets/samples/12-aubray-fr.txt"),
    ),
    (
        "13-scraped-broken.txt",
        include_bytes!("../../assets/samples/13-scraped-broken.txt"),
    ),
    (
        "14-embargo-institute.txt",
        include_bytes!("../../assets/samples/14-embargo-institute.txt"),
    ),
    (
        "15-rural-fund-long.txt",
        include_bytes!("../../assets/samples/15-rural-fund-long.txt"),
    ),
    (
        "16-advisory.txt",
        include_bytes!("../../assets/samples/16-advisory.txt"),
    ),
    (
        "17-wirtschaft-de.txt",
        include_bytes!("../../assets/samples/17-wirtschaft-de.txt"),
    ),
    (
        "18-archive.jsonl",
        include_bytes!("../../assets/samples/18-archive.jsonl"),
    ),
];
