//! The built-in sample library: releases written for this project, as different as real ones are, with `Start here`,
//! a guide that teaches by being read. They come in through the same door as any file, so that the first run shows
//! what the program does with real ones. Nothing here is read from disk.

use std::ops::ControlFlow;

use super::Read;
use super::file::{self, Place};
use crate::release::Incoming;

/// The samples, read as the files they are. Their source is "Samples".
#[must_use]
pub fn samples() -> Vec<Incoming> {
    let mut found = Vec::new();
    for (name, bytes) in SAMPLES {
        let place = Place {
            path: (*name).to_owned(),
            source: None,
        };
        // The sink never breaks off, and the samples have no problems: a test reads them all.
        let _ = file::stream(&place, &mut &bytes[..], 0, &mut |read| {
            if let Read::Release(incoming) = read {
                found.push(sample(name, *incoming));
            }
            ControlFlow::Continue(())
        });
    }
    found
}

/// A release of a sample file. It has no path: there is no such file on the user's disk.
fn sample(name: &str, incoming: Incoming) -> Incoming {
    let own = incoming.guid.as_deref().unwrap_or_default();
    let told = PUBLISHED.iter().find(|(file, _)| *file == name);
    Incoming {
        published: told
            .map(|(_, time)| (*time).to_owned())
            .or(incoming.published),
        guid: Some(format!("sample:{name}:{own}")),
        source: Some("Samples".into()),
        path: None,
        ..incoming
    }
}

/// When samples were put out whose own text does not say: Business Wire's datelines have no date, its feed has; what is
/// under embargo is dated by its embargo and was sent before.
const PUBLISHED: &[(&str, &str)] = &[
    ("02-halden-businesswire.txt", "2026-11-12T13:00:00Z"),
    ("14-embargo-institute.txt", "2026-11-20T09:30:00Z"),
];

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_read() {
        let samples = samples();
        assert!(samples.len() > SAMPLES.len(), "the archive holds several");
        for (name, _) in SAMPLES {
            let key = format!("sample:{name}:");
            let of_it: Vec<_> = samples
                .iter()
                .filter(|s| s.guid.as_deref().is_some_and(|g| g.starts_with(&key)))
                .collect();
            assert!(!of_it.is_empty(), "{name}");
            assert!(of_it.iter().all(|s| s.text.len() > 200), "{name}");
        }
    }
}
