//! What the layers make of whole releases, without a network and above one.

mod across;

use std::time::{Duration, Instant};

use dateline::entity::{Entity, Kind, Recognition, Sighting, resolve};
use dateline::release::{Dateline, Quote, Release, Section, SectionKind};
use dateline::text::{Extent, SafeText};

/// A release of our own: a firm with a listing, its people, a joint venture, figures and dates.
const RELEASE: &str = "OSLO, Norway, March 19, 2024 /PRNewswire/ -- Brightfjord Energy ASA (OSE: BRFJ) today said that it \
will build a wind farm with Nordvik Marine Systems Ltd. of Aberdeen, Scotland. The project costs US$15.5 million, or \
16.5% of what Brightfjord spent in 2023.\n\n\"We begin on Monday,\" said Ingrid Solberg, Chief Executive Officer of \
Brightfjord Energy. Solberg added that the first quarter of 2025 would bring 5 trillion yuan of orders.\n\nThe \
Harbour Safety Act of 1998 applies.\n\nAbout Brightfjord Energy\n\nBrightfjord Energy ASA is a builder of wind farms.";

fn release(text: &str) -> Release {
    Release {
        text: SafeText::clean(text),
        ..Release::default()
    }
}

fn read(text: &str) -> Recognition {
    let mut release = release(text);
    release.issuer = Some(SafeText::clean("Brightfjord Energy ASA"));
    release.dateline = Some(Dateline {
        date: Some(SafeText::clean("2024-03-19")),
        ..Dateline::default()
    });
    resolve(&release, &[])
}

fn named<'r>(found: &'r Recognition, name: &str) -> &'r Entity {
    let entity = found.entities.iter().find(|entity| &*entity.name == name);
    entity.unwrap_or_else(|| {
        panic!(
            "{name} among {:?}",
            found
                .entities
                .iter()
                .map(|entity| &*entity.name)
                .collect::<Vec<_>>()
        )
    })
}

/// What a network makes of the first place where `name` stands.
fn sighting(text: &str, name: &str, kind: Kind) -> Sighting {
    let start = text.find(name).expect("in the text");
    Sighting {
        extent: Extent::new(start, start + name.len()),
        kind,
        score: 0.9,
        rival: None,
    }
}

fn value(entity: &Entity) -> String {
    serde_json::to_string(&entity.value).expect("a value prints")
}

#[test]
fn names_by_form_are_found_and_their_short_forms_joined() {
    let found = read(RELEASE);
    let firm = named(&found, "Brightfjord Energy ASA");
    assert_eq!(firm.kind, Kind::Org);
    assert!(
        firm.aliases.iter().any(|alias| &**alias == "Brightfjord"),
        "{:?}",
        firm.aliases
    );
    assert_eq!(named(&found, "Nordvik Marine Systems Ltd.").kind, Kind::Org);
    let person = named(&found, "Ingrid Solberg");
    assert_eq!((person.kind, person.mentions.len()), (Kind::Person, 2));
    assert_eq!(named(&found, "Aberdeen").kind, Kind::Gpe);
    assert_eq!(named(&found, "Harbour Safety Act of 1998").kind, Kind::Law);
}

/// What a network makes of the first word of a firm, and of a letter.
#[test]
fn a_firms_first_word_is_nobody_and_a_letter_is_no_name() {
    let text = "PORTLAND, Ore. -- Halden Wind Holdings, Inc. builds towers. Halden expects more. Press K to stop. \
                Osei Marine Works agrees. \"Good,\" said Ama Osei. Osei smiled.";
    let seen = |words: &str, kind: Kind| {
        let places = text.match_indices(words);
        let last = places.last().expect("words of the text").0;
        Sighting {
            extent: Extent::new(last, last + words.len()),
            kind,
            score: 0.9,
            rival: None,
        }
    };
    let sightings = [
        seen("Halden Wind Holdings, Inc", Kind::Org),
        seen("Halden", Kind::Person),
        seen("K", Kind::Person),
        seen("Osei Marine Works", Kind::Org),
        seen("Ama Osei", Kind::Person),
        seen("Osei", Kind::Person),
    ];
    let found = resolve(&release(text), &sightings);
    let firm = named(&found, "Halden Wind Holdings, Inc.");
    assert_eq!((firm.kind, firm.mentions.len()), (Kind::Org, 2));
    let person = named(&found, "Ama Osei");
    assert_eq!((person.kind, person.mentions.len()), (Kind::Person, 2));
    assert!(found.entities.iter().all(|entity| &*entity.name != "K"));
}

#[test]
fn labels_of_an_advisory_and_foreign_articles_are_no_names() {
    let names = |found: &Recognition| -> Vec<String> {
        let entities = found.entities.iter();
        entities.map(|entity| entity.name.to_string()).collect()
    };
    let advisory = read("WHAT: A new quay opens\nWHERE: Pier 6\nWHO: Mayor Alicia Roe\n");
    assert!(!names(&advisory).contains(&"WHO".to_owned()));
    let told = read("The pumps were checked by the WHO: they are safe.\n");
    assert!(names(&told).contains(&"WHO".to_owned()));
    let german = read("Das Werk baut die Roh GmbH. Die Roh Feinwerk GmbH wächst.");
    assert!(names(&german).iter().all(|name| !name.starts_with("Die")));
}

#[test]
fn a_speaker_is_known_behind_an_office_with_a_capital() {
    let text = "Neues Werk in Seestadt\n\nSeestadt, 16. November 2026 – Die Brink GmbH baut ein neues Werk am Hafen.\n\n\
        „Seestadt hat die Fachkräfte, die wir anderswo gesucht haben“, sagt Geschäftsführerin Anke Brink. „Viele von \
        ihnen kommen wieder.“\n";
    let incoming = dateline::release::Incoming {
        text: text.to_owned(),
        ..dateline::release::Incoming::default()
    };
    let found = resolve(&dateline::release::understand(&incoming, &[]), &[]);
    assert_eq!(named(&found, "Anke Brink").kind, Kind::Person);
}

#[test]
fn people_are_known_behind_their_offices_in_german_and_french() {
    let people = |text: &str, language: &str| -> Vec<String> {
        let mut told = release(text);
        told.language = Some(SafeText::clean(language));
        let found = resolve(&told, &[]).entities;
        let people = found.iter().filter(|entity| entity.kind == Kind::Person);
        people.map(|person| person.name.to_string()).collect()
    };
    let german = "Der Freistaat fördert das Vorhaben. Sachsens Wirtschaftsminister Falk Jentzsch sprach von einem guten Tag. \
        Oberbürgermeisterin Jana Roh war da, der Oberbürgermeister Leipzig nicht. Der Projektleiter Hafenbau GmbH kam später.";
    assert_eq!(people(german, "de"), ["Falk Jentzsch", "Jana Roh"]);
    assert_eq!(people(german, "de-CH"), ["Falk Jentzsch", "Jana Roh"]);
    let french = "La ministre Agathe Roh-Legrand et le maire Luc Dubreuil ont visité les quais. Le maire de Lyon n’est pas venu.";
    assert_eq!(people(french, "fr"), ["Agathe Roh-Legrand", "Luc Dubreuil"]);
}

#[test]
fn a_speaker_is_known_in_a_script_without_spaces() {
    let mut told = release(
        "深圳2026年11月3日 /美通社/ -- 恒川今日公布业绩。\n\n“这是转折点，”恒川董事长林海燕表示。林海燕称，公司将扩建基地。",
    );
    told.quotes = vec![Quote {
        extent: Extent::new(0, 0),
        speaker: Some(SafeText::clean("林海燕")),
        speaker_title: None,
        parts: Vec::new(),
    }];
    let found = resolve(&told, &[]);
    let person = named(&found, "林海燕");
    assert_eq!((person.kind, person.mentions.len()), (Kind::Person, 2));
}

#[test]
fn the_networks_leave_other_languages_to_patterns_and_lists() {
    use dateline::entity::{Reading, Recogniser};
    let german = "Die Brink Feinwerk GmbH mit Sitz in Seestadt fertigt seit vielen Jahren Uhrwerke und Messgeräte. \
        Der Freistaat fördert das Vorhaben, und das Unternehmen beschäftigt nun mehr als vierhundert Menschen.";
    let incoming = |text: &str| dateline::release::Incoming {
        text: text.to_owned(),
        ..dateline::release::Incoming::default()
    };
    let german = dateline::release::understand(&incoming(german), &[]);
    assert_eq!(german.language.as_deref(), Some("de"));
    let read = Recogniser::new(Reading::Fast).recognise(&german);
    assert_eq!(read, resolve(&german, &[]));
    // A feed may call English something else.
    let mut english = dateline::release::understand(&incoming(RELEASE), &[]);
    english.language = Some(SafeText::clean("de"));
    let read = Recogniser::new(Reading::Fast).recognise(&english);
    assert_ne!(read, resolve(&english, &[]));
}

#[test]
fn forms_that_everybody_knows_are_one_place() {
    let found = read(
        "PORTLAND, Ore., May 2, 2025 -- Acme sells in the United States and in Oregon. The U.S. market grew, and the UK \
         market shrank, to the surprise of the European Union. In Wilmington, DE, the EU has an office.",
    );
    let place = named(&found, "United States");
    assert_eq!(place.mentions.len(), 2);
    assert!(place.aliases.iter().any(|alias| &**alias == "U.S."));
    assert_eq!(named(&found, "Oregon").mentions.len(), 2);
    assert_eq!(named(&found, "European Union").mentions.len(), 2);
    // Said only in short, it has the same name as everywhere.
    assert_eq!(&*named(&found, "United Kingdom").aliases[0], "UK");
    assert_eq!(named(&found, "Delaware").mentions.len(), 1);
}

#[test]
fn figures_and_dates_have_their_values() {
    let found = read(RELEASE);
    for (name, json) in [
        ("US$15.5 million", r#"{"currency":"USD","amount":15500000}"#),
        (
            "5 trillion yuan",
            r#"{"currency":"CNY","amount":5000000000000}"#,
        ),
        ("16.5%", r#"{"percent":16.5}"#),
        ("March 19, 2024", r#"{"date":"2024-03-19"}"#),
        ("Monday", r#"{"date":"2024-03-18"}"#),
        ("first quarter of 2025", r#"{"date":"2025-Q1"}"#),
    ] {
        assert_eq!(value(named(&found, name)), json, "{name}");
    }
}

#[test]
fn a_symbol_is_tied_to_its_company() {
    let found = read(RELEASE);
    let symbol = found
        .entities
        .iter()
        .find(|entity| entity.kind == Kind::Ticker)
        .expect("a symbol");
    assert_eq!(value(symbol), r#"{"exchange":"OSE","symbol":"BRFJ"}"#);
    assert_eq!(symbol.of, Some(named(&found, "Brightfjord Energy ASA").id));
}

#[test]
fn furniture_is_not_recognised() {
    let text = "Brightfjord Energy ASA builds.\n\nThe post Nordvik Ltd. appeared first on Wires.";
    let mut release = release(text);
    let extent = Extent::new(32, text.len());
    release.sections = vec![Section {
        kind: SectionKind::Furniture,
        extent,
    }];
    let found = resolve(&release, &[]);
    assert!(
        found
            .entities
            .iter()
            .flat_map(|entity| &entity.mentions)
            .all(|mention| mention.extent.end <= extent.start)
    );
    assert_eq!(named(&found, "Brightfjord Energy ASA").kind, Kind::Org);
}

#[test]
fn mentions_lie_on_the_text_in_order_and_apart() {
    let text = RELEASE.repeat(3);
    let found = read(&text);
    let mut mentions: Vec<Extent> = found
        .entities
        .iter()
        .flat_map(|entity| &entity.mentions)
        .map(|mention| mention.extent)
        .collect();
    mentions.sort();
    assert!(mentions.iter().all(|extent| {
        text.get(extent.start..extent.end)
            .is_some_and(|name| !name.trim().is_empty())
    }));
    assert!(mentions.windows(2).all(|pair| pair[0].end <= pair[1].start));
}

#[test]
fn hostile_text_takes_time_in_proportion_to_its_length() {
    for piece in [
        "A",
        "Acme Inc. ",
        "(NASDAQ: A",
        "$1 ",
        "\"",
        "May 1, ",
        "@",
        "Aa-",
        "www.",
        "of The ",
        "2024-",
    ] {
        let text = piece.repeat(120_000 / piece.len());
        let start = Instant::now();
        let _ = read(&text);
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{piece:?} took {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn a_listed_city_that_is_somebodys_surname_here_is_that_person() {
    let found = read(
        "The United States Attorney said that Gordon P. Lathrop, President of the fund, pleaded guilty.\n\nIn May, Lathrop \
         approved 214 invoices. The judge ordered Lathrop to pay.",
    );
    let person = named(&found, "Gordon P. Lathrop");
    assert_eq!(person.kind, Kind::Person);
    assert_eq!(person.mentions.len(), 3, "{found:?}");
    // Where somebody is in it, it is the city.
    let found = read(
        "Gordon P. Lathrop, President of the fund, pleaded guilty.\n\nThe plant in Lathrop approved 214 invoices.",
    );
    assert_eq!(named(&found, "Gordon P. Lathrop").mentions.len(), 1);
}

#[test]
fn a_drill_holes_letters_are_no_partnership_and_letters_behind_a_name_no_firm() {
    let text = "Hole LP-26-03 returned 48.2 metres. It was reviewed by Owen Tait, P.Geo., a qualified person.";
    let sighted = sighting(text, "P.Geo", Kind::Org);
    let found = resolve(&release(text), &[sighted]);
    let orgs: Vec<_> = found
        .entities
        .iter()
        .filter(|entity| entity.kind == Kind::Org)
        .collect();
    assert!(orgs.is_empty(), "{orgs:?}");
}

#[test]
fn a_speakers_whole_name_outweighs_the_part_of_it_that_a_network_saw() {
    let text = "\"We see no reason to hurry,\" said Governor Ragnhild Aas.";
    let mut release = release(text);
    release.quotes = vec![Quote {
        extent: Extent::new(1, 25),
        speaker: Some(SafeText::clean("Ragnhild Aas")),
        speaker_title: None,
        parts: Vec::new(),
    }];
    let at = text.find("Ragnhild").expect("her name");
    let sighted = Sighting {
        extent: Extent::new(at, at + "Ragnhild".len()),
        kind: Kind::Person,
        score: 0.99,
        rival: None,
    };
    let found = resolve(&release, &[sighted]);
    assert_eq!(named(&found, "Ragnhild Aas").kind, Kind::Person);
}

#[test]
fn a_stations_number_is_part_of_its_name() {
    let text = "Captain Lucy Tran of Station 14, a 42-metre barge";
    let sighted = sighting(text, "Station", Kind::Loc);
    let found = resolve(&release(text), &[sighted]);
    assert_eq!(named(&found, "Station 14").kind, Kind::Loc);
}

#[test]
fn a_listed_platform_is_one_whatever_stands_around_it() {
    let found = read("Brightfjord Energy ASA said so.\n\nNewsramp.com TLDR\n\nReddit Post");
    assert_eq!(named(&found, "Reddit").kind, Kind::Product);
}

#[test]
fn a_year_belongs_to_the_fair_or_the_law_whose_name_it_ends_or_leads() {
    let text = "The firm showed its cranes at Harbour Tech Bergen 2024 in May. It said that the 2007 Quay Bill had helped it \
since 2008, and that Harbour Tech Bergen 2025 would be larger.";
    let sightings = [
        sighting(text, "Harbour Tech Bergen", Kind::Event),
        sighting(text, "Quay Bill", Kind::Law),
    ];
    let found = resolve(&release(text), &sightings);
    assert_eq!(named(&found, "Harbour Tech Bergen 2024").kind, Kind::Event);
    assert_eq!(named(&found, "2007 Quay Bill").kind, Kind::Law);
    let dates = found.entities.iter().filter(|one| one.kind == Kind::Date);
    let dates: Vec<&str> = dates.map(|date| &*date.name).collect();
    assert_eq!(dates, ["May", "2008"]);
}

/// A network that has not met a county takes it for anything.
#[test]
fn a_county_is_a_place_whatever_a_network_takes_it_for() {
    let text =
        "Cornwall lost the most banks, followed by Lincolnshire with nine and Gwynedd with eight.";
    let sightings = [
        sighting(text, "Lincolnshire", Kind::Person),
        sighting(text, "Gwynedd", Kind::Product),
    ];
    let found = resolve(&release(text), &sightings);
    for county in ["Cornwall", "Lincolnshire", "Gwynedd"] {
        assert_eq!(named(&found, county).kind, Kind::Gpe, "{county}");
    }
}
