//! The networks against what spaCy reads with the same weights, and against damaged files and hostile text.

use std::path::PathBuf;

use dateline::entity::network::{Careful, Fast, ModelError, Sighting};
use dateline::text::Extent;
use serde::Deserialize;

fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/network")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn built_in(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("assets/ner")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[derive(Deserialize)]
struct Expected {
    text: String,
    tokens: Vec<(usize, usize)>,
    entities: Vec<(usize, usize, String)>,
}

#[test]
fn the_fast_network_reads_as_spacy_does_with_the_same_weights() {
    let mut network = Fast::embedded().expect("the built-in weights open");
    let lines = fixture("fast.jsonl");
    let mut texts = 0;
    for line in lines.lines() {
        let expected: Expected = serde_json::from_str(line).expect("the fixture is JSON");
        let found = network.parse(&expected.text);
        let tokens: Vec<_> = found.tokens.iter().map(|e| (e.start, e.end)).collect();
        assert_eq!(tokens, expected.tokens, "tokens of {:?}", expected.text);
        let entities: Vec<_> = found
            .entities
            .into_iter()
            .map(|(e, label)| (e.start, e.end, label))
            .collect();
        assert_eq!(
            entities, expected.entities,
            "entities of {:?}",
            expected.text
        );
        texts += 1;
    }
    assert!(texts >= 60, "only {texts} texts");
}

fn check(text: &str, sightings: &[Sighting]) {
    for sighting in sightings {
        assert!(!sighting.extent.of(text).is_empty(), "{sighting:?}");
        assert!((0.0..=1.0).contains(&sighting.score), "{sighting:?}");
    }
    let ordered = |pair: &[Sighting]| pair[0].extent.end <= pair[1].extent.start;
    assert!(sightings.windows(2).all(ordered));
}

fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = ["", " ", "\n", "\u{301}", "\u{0}", "🦀", "ﷺ"]
        .map(str::to_owned)
        .into();
    for unit in [
        "a", "A", "(", "a-", "1.", "@", "字", "\u{301}", ". ", "Inc. ", "\n",
    ] {
        texts.push(unit.repeat(4_000));
    }
    texts
}

#[test]
fn hostile_text_does_the_fast_network_no_harm() {
    let mut network = Fast::embedded().expect("the built-in weights open");
    for text in hostile() {
        let whole = Extent::new(0, text.len());
        let sightings = network.read(&text, &[whole]);
        check(&text, &sightings);
        let odd = [Extent::new(1, text.len() + 9), Extent::new(0, 0)];
        let sightings = network.read(&text, &odd);
        check(&text, &sightings);
    }
}

#[test]
fn only_the_zones_are_read() {
    let text = "Acme Corp. said on Monday. Bubblr Inc. said on Tuesday.";
    let mut network = Fast::embedded().expect("the built-in weights open");
    let zone = Extent::new(27, text.len());
    let sightings = network.read(text, &[zone]);
    assert!(!sightings.is_empty());
    assert!(sightings.iter().all(|s| zone.encloses(s.extent)));
    check(text, &sightings);
}

#[test]
fn damaged_model_files_are_refused() {
    let file = built_in("fast.model");
    for end in (0..file.len()).step_by(file.len() / 41) {
        assert!(Fast::from_bytes(&file[..end]).is_err(), "cut at {end}");
    }
    for at in (0..file.len()).step_by(file.len() / 41) {
        let mut damaged = file.clone();
        damaged[at] ^= 0x10;
        assert!(Fast::from_bytes(&damaged).is_err(), "damaged at {at}");
    }
    assert_eq!(
        Fast::from_bytes(b"PK\x03\x04").unwrap_err(),
        ModelError::Foreign
    );
}

#[test]
fn the_careful_network_reads_as_its_model_in_python_does() {
    let mut network = Careful::embedded().expect("the built-in weights open");
    let lines = fixture("careful.jsonl");
    let (mut texts, mut wanted, mut same, mut found) = (0, 0, 0, 0);
    for line in lines.lines() {
        let expected: Sighted = serde_json::from_str(line).expect("the fixture is JSON");
        let whole = Extent::new(0, expected.text.len());
        let sightings = network.read(&expected.text, &[whole]);
        check(&expected.text, &sightings);
        let seen: Vec<_> = sightings.iter().map(shape).collect();
        same += expected
            .entities
            .iter()
            .filter(|e| seen.contains(e))
            .count();
        wanted += expected.entities.len();
        found += seen.len();
        texts += 1;
    }
    // 8-bit arithmetic may tip a doubtful word; of the sure ones it tips none.
    assert!(
        texts >= 60 && wanted >= 150,
        "{texts} texts, {wanted} entities"
    );
    assert!(same * 100 >= wanted * 97, "{same} of {wanted}");
    assert!(same * 100 >= found * 97, "{same} of {found}");
}

#[derive(Deserialize)]
struct Sighted {
    text: String,
    entities: Vec<(usize, usize, String)>,
}

fn shape(sighting: &Sighting) -> (usize, usize, String) {
    let kind = serde_json::to_string(&sighting.kind).expect("a kind is a word");
    let kind = kind.trim_matches('"').to_owned();
    (sighting.extent.start, sighting.extent.end, kind)
}

#[test]
fn hostile_text_does_the_careful_network_no_harm() {
    let mut network = Careful::embedded().expect("the built-in weights open");
    for text in hostile() {
        let text = &text[..text.len().min(300)];
        let whole = Extent::new(0, text.len());
        check(text, &network.read(text, &[whole]));
        let odd = [Extent::new(1, text.len() + 9), Extent::new(0, 0)];
        check(text, &network.read(text, &odd));
    }
}

#[test]
fn a_foreign_model_file_is_no_careful_network() {
    assert_eq!(
        Careful::from_static(b"PK\x03\x04").unwrap_err(),
        ModelError::Foreign
    );
    let fast: &'static [u8] = include_bytes!("../assets/ner/fast.model");
    assert_eq!(Careful::from_static(fast).unwrap_err(), ModelError::Kind);
}
