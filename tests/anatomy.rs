//! The anatomy, from the outside: whole releases of ours are taken apart, and what must hold of any text is held
//! against hostile ones.

use std::time::{Duration, Instant};

use dateline::release::{
    HeadlineFrom, Incoming, IssuerFrom, Markup, MarkupKind, Release, SectionKind, Standing,
    understand,
};
use dateline::text::Extent;

/// Understands a plain text.
fn read(text: &str) -> Release {
    let incoming = Incoming {
        text: text.to_owned(),
        ..Incoming::default()
    };
    let release = understand(&incoming, &[]);
    holds(&release);
    release
}

/// What is true of every release: parts stand in order and do not overlap, extents lie on characters.
fn holds(release: &Release) {
    let text = release.text.as_str();
    let mut last = 0;
    for section in &release.sections {
        assert!(section.extent.start >= last, "{section:?} overlaps");
        assert!(
            text.get(section.extent.start..section.extent.end).is_some(),
            "{section:?} cuts a character"
        );
        assert!(!section.extent.is_empty(), "{section:?} is empty");
        last = section.extent.end;
    }
    for quote in &release.quotes {
        assert!(text.get(quote.extent.start..quote.extent.end).is_some());
        assert!(
            quote
                .parts
                .iter()
                .all(|part| quote.extent.encloses(*part) && !part.of(text).is_empty())
        );
    }
}

/// The texts of the parts of a kind.
fn parts(release: &Release, kind: SectionKind) -> Vec<&str> {
    let text = release.text.as_str();
    let of = release
        .sections
        .iter()
        .filter(|section| section.kind == kind);
    of.map(|section| section.extent.of(text)).collect()
}

/// Each quotation's first words and its speaker.
fn spoken(release: &Release) -> Vec<(String, Option<&str>)> {
    let text = release.text.as_str();
    let first = |quote: &dateline::release::Quote| {
        quote
            .extent
            .of(text)
            .split(' ')
            .take(3)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let quotes = release.quotes.iter();
    quotes
        .map(|quote| (first(quote), quote.speaker.as_deref()))
        .collect()
}

const PLANT: &str = include_str!("data/anatomy/plant.txt");
const EMBARGOED: &str = include_str!("data/anatomy/embargoed.txt");
const FLAT: &str = include_str!("data/anatomy/flat.txt");
const GERMAN: &str = include_str!("data/anatomy/werk.txt");
const PAGE: &str = include_str!("data/anatomy/page.txt");
const TITLE: &str = include_str!("data/anatomy/title.txt");

#[test]
fn a_page_that_names_its_release_once_more_below_it_loses_nothing() {
    let release = read(TITLE);
    let headline = "Refunds for Subscribers of a Skin Cream";
    assert_eq!(release.headline.as_deref(), Some(headline));
    assert_eq!(release.subhead, None);
    assert!(
        parts(&release, SectionKind::Lede)[0].starts_with("County Attorney Nadia Holm announced")
    );
    assert_eq!(parts(&release, SectionKind::Body).len(), 2);
}

#[test]
fn a_release_of_a_wire_falls_into_its_parts() {
    let release = read(PLANT);
    assert_eq!(
        release.headline.as_deref(),
        Some("Orlin Works Opens Second Plant in Ghent")
    );
    assert_eq!(release.headline_from, Some(HeadlineFrom::Document));
    assert_eq!(
        release.subhead.as_deref(),
        Some("Site will make 4,000 pumps a year and employ 120 people")
    );
    let dateline = release.dateline.as_ref().expect("a dateline");
    assert_eq!(dateline.place.as_deref(), Some("GHENT"));
    assert_eq!(dateline.region.as_deref(), Some("Belgium"));
    assert_eq!(dateline.date.as_deref(), Some("2026-09-02"));
    assert_eq!(dateline.wire.as_deref(), Some("PR Newswire"));
    assert_eq!(release.published.as_deref(), Some("2026-09-02"));
    assert_eq!(release.issuer.as_deref(), Some("Orlin Works NV"));
    assert_eq!(release.issuer_from, Some(IssuerFrom::SourceLine));
    assert_eq!(
        parts(&release, SectionKind::Subhead),
        ["Built Around the River", "Forward-Looking Statements"]
    );
    assert!(parts(&release, SectionKind::Boilerplate)[0].starts_with("About Orlin Works"));
    assert!(parts(&release, SectionKind::Lede)[0].starts_with("Orlin Works NV today opened"));
    assert_eq!(release.contacts.len(), 1);
    let contact = &release.contacts[0];
    assert_eq!(contact.name.as_deref(), Some("Mira Adeyemi"));
    assert_eq!(contact.email.as_deref(), Some("mira@orlin.example"));
    assert_eq!(contact.phone.as_deref(), Some("+32 9 555 01 20"));
}

#[test]
fn quotations_find_their_speakers() {
    assert_eq!(
        spoken(&read(PLANT)),
        [
            ("We looked at".to_owned(), Some("Jonas van Aert")),
            ("The river gives".to_owned(), Some("Jonas van Aert")),
            ("Nobody in this".to_owned(), Some("Hannah Okoro")),
        ]
    );
    let broken = &read(PLANT).quotes[0];
    assert_eq!(
        broken.parts.len(),
        2,
        "a quotation broken off by its speaker is one"
    );
}

/// An office prints its name above its headline; whoever holds it, or is written of, does not put the release out.
#[test]
fn an_office_above_the_headline_is_the_issuer() {
    let release = read(
        "FOR IMMEDIATE RELEASE\n\nOffice of the County Sheriff\nDistrict of Eastmark\n\n\
         Former Clerk of the Harbour Sentenced for Theft\n\n\
         MILLBROOK – A former clerk of the Millbrook Harbour Authority was sentenced today, Sheriff Renata \
         Salcedo announced.\n\nThe clerk had taken money from the Millbrook Harbour Authority for years.\n",
    );
    assert_eq!(
        release.issuer.as_deref(),
        Some("Office of the County Sheriff")
    );
}

/// A letterhead and a label stand above the headline, in this order.
#[test]
fn a_label_may_stand_between_letterhead_and_headline() {
    let release = read(
        "Department for Harbour Affairs\n\nNEWS RELEASE\n\nFOR IMMEDIATE RELEASE\n\n\
         Harbour Secretary announces new quays for ninety towns\n\nLargest round of awards in ten years\n\n\
         HARROWGATE, 20 October 2026 – Harbour Secretary Lorna Roe today announced new quays for ninety towns by \
         the sea. The Department for Harbour Affairs will pay for half of them.\n",
    );
    assert_eq!(
        release.headline.as_deref(),
        Some("Harbour Secretary announces new quays for ninety towns")
    );
    assert_eq!(
        release.subhead.as_deref(),
        Some("Largest round of awards in ten years")
    );
}

/// `He` is the person of whom the sentence before told, not whoever was quoted last.
#[test]
fn a_pronoun_speaks_for_whom_the_story_turned_to() {
    let release = read(
        "Pumps Run Again\n\nGHENT, Sept. 2, 2026 /PRNewswire/ -- Orlin Works opened a plant on Monday.\n\n\
         \"We looked at eleven towns before this one,\" said Hannah Okoro, Chief Executive of Orlin Works.\n\n\
         Chief Financial Officer Jonas van Aert said that the plant is paid for. \"We owe nobody a cent for \
         it,\" he said.\n\n\
         Mayor Lou Bretton told the guests that the bridge opens in May.\n\n\
         \"We are ready for the first boats,\" he added. \"They will come,\" he said.\n",
    );
    assert_eq!(
        spoken(&release),
        [
            ("We looked at".to_owned(), Some("Hannah Okoro")),
            ("We owe nobody".to_owned(), Some("Jonas van Aert")),
            ("We are ready".to_owned(), Some("Lou Bretton")),
        ]
    );
}

#[test]
fn an_embargo_is_read_to_the_instant() {
    let release = read(EMBARGOED);
    let embargo = release.embargo.as_ref().expect("an embargo");
    assert_eq!(embargo.until.as_deref(), Some("2026-10-08T08:00:00-04:00"));
    assert!(embargo.certain);
    assert_eq!(release.standing, Some(Standing::Correction));
    assert_eq!(
        release.headline.as_deref(),
        Some("CORRECTION: Sleep study counts 1,204 nurses")
    );
}

#[test]
fn a_release_without_a_headline_says_where_its_words_come_from() {
    let url =
        "https://news.example.com/2026/Orlin-s-new-plant-brings-river-pumps-back-9xK2mQd71.html";
    let bare = format!("GHENT, Sept. 2, 2026 /PRNewswire/ -- Orlin Works opened a plant.\n\n{url}");
    let release = read(&bare);
    assert_eq!(release.headline_from, Some(HeadlineFrom::Url));
    assert_eq!(
        release.headline.as_deref(),
        Some("Orlin's new plant brings river pumps back")
    );
    let release =
        read("GHENT, Sept. 2, 2026 /PRNewswire/ -- Orlin Works opened a plant on Monday.");
    assert_eq!(release.headline_from, Some(HeadlineFrom::Lede));
    assert_eq!(
        release.headline.as_deref(),
        Some("Orlin Works opened a plant on Monday")
    );
}

#[test]
fn a_text_on_one_line_is_parted_at_its_wide_gaps() {
    let release = read(FLAT);
    assert_eq!(
        parts(&release, SectionKind::Subhead),
        ["Why Pumps Matter Again"]
    );
    assert!(parts(&release, SectionKind::Boilerplate)[0].starts_with("About Orlin Works"));
}

/// What looks like a sub-heading and is none, next to what is one.
#[test]
fn sub_headings_are_told_from_facts_and_cut_sentences() {
    let prose =
        "The board of the works met on Monday and looked at the state of the pumps in the valley.";
    let over = |line: &str, below: &str| {
        let text = format!(
            "Pumps Run Again in the Valley\n\n{prose}\n\n{prose}\n\n{line}\n\n{below}\n\n{prose}\n"
        );
        parts(&read(&text), SectionKind::Subhead).contains(&line)
    };
    for (line, below, heading) in [
        ("Less Debt, More Focus on the Future", prose, true),
        ("What Comes Next", prose, true),
        (
            "What We Pay For",
            "Here is what the works has in its plan:",
            true,
        ),
        ("Jane Roe, Head of Pumps", prose, false),
        ("Repairs of the Upper Valve $75,000", prose, false),
        ("Total Floor Space: 10,000 Square Feet", prose, false),
        ("Location: The Old Mill", prose, false),
        (
            "The Plan Also Includes Senator Roe",
            "a member of the board that met on Monday in the valley.",
            false,
        ),
        ("Read More", prose, false),
    ] {
        assert_eq!(over(line, below), heading, "{line}");
    }
}

#[test]
fn german_releases_are_read_too() {
    let release = read(GERMAN);
    let dateline = release.dateline.as_ref().expect("a dateline");
    assert_eq!(dateline.place.as_deref(), Some("Emden"));
    assert_eq!(dateline.date.as_deref(), Some("2026-03-03"));
    assert_eq!(
        spoken(&release),
        [("Die Werft hat".to_owned(), Some("Antje Harms"))]
    );
    assert_eq!(release.language.as_deref(), Some("de"));
    assert!(parts(&release, SectionKind::Boilerplate)[0].starts_with("Über Harms Schiffbau"));
}

#[test]
fn a_saved_page_gives_up_its_menu() {
    let release = read(PAGE);
    assert_eq!(
        release.headline.as_deref(),
        Some("Baker Convicted of Selling Sawdust as Flour")
    );
    assert_eq!(release.published.as_deref(), Some("2026-05-14"));
    assert_eq!(
        release.release_line.as_deref(),
        Some("FOR IMMEDIATE RELEASE")
    );
    let furniture = parts(&release, SectionKind::Furniture).join(" ");
    assert!(furniture.contains("PAY A FINE"), "{furniture}");
}

/// A release with these lines below its boilerplate; those that begin with a sign are wholly links.
fn with_foot(lines: &[&str]) -> Release {
    let mut text = "Norvik opens a cable plant\n\nHALDEN, Norway, May 3, 2026 -- Norvik Cables AS today opened a plant that \
                    makes submarine cables for wind farms in the open sea.\n\nThe plant has ninety places of work and took \
                    four years to build.\n\nAbout Norvik\n\nNorvik Cables AS makes cables for the sea and for the land.\n"
        .to_owned();
    let mut markup = Vec::new();
    for line in lines {
        text.push('\n');
        let (start, words) = (text.len(), line.trim_start_matches('→'));
        text.push_str(words);
        if words.len() < line.len() {
            markup.push(Markup {
                kind: MarkupKind::Link("https://copy.example/1".to_owned()),
                extent: Extent::new(start, text.len()),
            });
        }
        text.push('\n');
    }
    let release = understand(
        &Incoming {
            text,
            markup,
            ..Incoming::default()
        },
        &[],
    );
    holds(&release);
    release
}

#[test]
fn links_that_a_copy_adds_below_its_furniture_are_furniture_and_the_releases_own_are_not() {
    for foot in [
        &["Share this story", "→Shortwire summary", "→Forum Post"][..],
        &[
            "---",
            "Share this story",
            "→Shortwire TLDR",
            "Posted in: Energy",
            "→Forum Post",
        ],
        &[
            "→Shortwire summary",
            "Copyright 2026 Shortwire",
            "→Forum Post",
        ],
    ] {
        let release = with_foot(foot);
        let furniture = parts(&release, SectionKind::Furniture).join(" ");
        assert!(furniture.contains("Forum Post"), "{foot:?}: {furniture}");
        let about = parts(&release, SectionKind::Boilerplate).join(" ");
        assert!(about.contains("for the land"), "{foot:?}: {about}");
    }
    for (foot, own) in [
        (&["→Annual report", "→Product page"][..], "Annual report"),
        (&["---", "→Annual report", "→Product page"], "Product page"),
        (
            &["Share this story", "→press@norvik.example"],
            "press@norvik.example",
        ),
        (
            &[
                "Share this story",
                "The plant will be shown to the press on Monday.",
                "→Annual report",
            ],
            "Annual report",
        ),
    ] {
        let release = with_foot(foot);
        let furniture = parts(&release, SectionKind::Furniture).join(" ");
        assert!(!furniture.contains(own), "{foot:?}: {furniture}");
    }
}

#[test]
fn nothing_is_made_of_nothing() {
    for text in [
        "", " ", "\n\n", "#", "\"", "About", "“", "--", "SOURCE", "🦀",
    ] {
        let release = read(text);
        assert!(release.quotes.is_empty() && release.contacts.is_empty());
        assert_eq!(release.dateline, None, "{text:?}");
        assert_eq!(release.embargo, None, "{text:?}");
    }
}

#[test]
fn hostile_texts_are_read_in_time_and_without_panic() {
    let units = [
        "a",
        "“",
        "\"",
        "” ",
        "LYON, May 3, 2024 /PRNewswire/ -- ",
        "About Acme\n\n",
        "Contact: a@b.example\n\n",
        "###\n\n",
        "Jane Roe said, “No.” ",
        "# Heading\n\n",
        "* item\n",
        "[](",
        "Dr. ",
        "é\n",
        "(",
        "1",
        "1 ",
        "A. ",
        "https://a.example ",
        "Embargoed until 9 a.m. ET\n",
        "。",
        "“Yes,” she said.\n\n",
        "Forward-Looking Statements\n\n",
        "SOURCE Acme\n",
        "Note  Big  gap. ",
    ];
    for unit in units {
        let text = unit.repeat(60_000 / unit.len());
        let from = Instant::now();
        let _ = read(&text);
        println!("{unit:?}: {:?}", from.elapsed());
        // The bound for a release build is far lower (see the benchmark); this one catches what is not linear.
        assert!(
            from.elapsed() < Duration::from_secs(10),
            "{unit:?} took {:?}",
            from.elapsed()
        );
    }
}

#[test]
fn short_lines_over_lists_and_prose_are_sub_headings_and_lead_ins_are_not() {
    let text = "# Acme Counts Its Reports\n\nLYON, May 4, 2026 (GLOBE NEWSWIRE) -- Acme counted the reports of the year and found that most were paid.\n\nHighlights:\n\n* Most reports were paid within a week of their arrival\n* All were read\n\nPaid reports by severity\n\n* High severity takes the lead with most of all that was paid.\n\nSupporting Harbour Clients, Week by Week\n\nTo make life simpler for clients at the harbour, the company now pays each week.\n\nRoe said:\n\n“We are glad that the work is done and that everybody was paid.”";
    let release = read(text);
    assert_eq!(
        parts(&release, SectionKind::Subhead),
        [
            "Highlights:",
            "Paid reports by severity",
            "Supporting Harbour Clients, Week by Week"
        ]
    );
}

#[test]
fn the_issuer_bears_no_link_and_no_description() {
    for about in [
        "[Duelist](https://duelist.example/) is a game. It is played at the harbour.\n\nAbout Duelist\n\nDuelist is a game for two.",
        "Duelist is a game. It is played at the harbour.\n\nAbout the Company - Duelist\n\nDuelist is a game for two.",
        "Duelist is a game. It is played at the harbour.\n\nAbout Duelist Harbour-based studio Duelist makes games for two people who like them and have time.",
    ] {
        let release = read(&format!(
            "# A Game for Two Is Here\n\nLYON, May 4, 2026 (GLOBE NEWSWIRE) -- {about}"
        ));
        assert_eq!(release.issuer.as_deref(), Some("Duelist"), "{about}");
    }
}

#[test]
fn pieces_of_sentences_and_lines_that_lead_elsewhere_are_no_sub_headings() {
    let prose =
        "The board of the works met on Monday and looked at the state of the pumps in the valley.";
    let over = |line: &str, below: &str| {
        let text = format!(
            "# Pumps Run Again in the Valley\n\n{prose}\n\n{prose}\n\n{line}\n\n{below}\n\n{prose}\n"
        );
        parts(&read(&text), SectionKind::Subhead).contains(&line)
    };
    for line in [
        "The “Harbour Plan",
        "Works for the Valley (formerly",
        "The county’s engineers are proud to take part in the 33rd",
        "The plan was put forward by the",
        "Embargoed until 4 a.m. on Monday, May 3, 2027",
        "Read the Full Report Here",
        "Harbour Works Learn More »",
        "Presented by Jane Roe, Chief Engineer",
        "Sincerely, Jane Roe",
    ] {
        assert!(!over(line, prose), "{line}");
    }
    for line in [
        "Opening on July 4th",
        "“Harbour Plan” for the Valley (and Beyond)",
        "More Pumps, More Farms",
        "No Debt, No Delay",
        "Pumps for the Farms Bring in More Than the Works Had Hoped: $780,000",
        "What the Works Looks for",
        "Recent News:",
    ] {
        assert!(over(line, prose), "{line}");
    }
    let said =
        "“The pumps have run since spring, and the valley is glad of them,” she said on Monday.";
    assert!(!over("JANE ROE, CHIEF ENGINEER, HARBOUR WORKS", said));
    assert!(!over(
        "$40,000 for Upper Harbour",
        "$20,000 for Lower Harbour and the farms that stand around it"
    ));
}

#[test]
fn who_speaks_next_in_a_transcript_is_no_sub_heading() {
    let said = "We looked at the state of the pumps in the valley, and we found that most of them ran well.";
    let turns: String = ["ROE:", "DOE:"]
        .repeat(3)
        .iter()
        .map(|name| format!("{name}\n\n{said}\n\n"))
        .collect();
    let text = format!(
        "# Pumps Run Again in the Valley\n\n{said}\n\nTHE PLAN:\n\n{said}\n\n{turns}{said}\n"
    );
    assert_eq!(parts(&read(&text), SectionKind::Subhead), ["THE PLAN:"]);
}

#[test]
fn points_with_paragraphs_of_their_own_are_headed_by_their_first_lines() {
    let prose =
        "The board of the works met on Monday and looked at the state of the pumps in the valley.";
    let text = format!(
        "# Pumps Run Again in the Valley\n\n{prose}\n\n* Pumps spread in new ways\n\n{prose}\n\
         * Farms turn to the works to help with their many wells\n\n{prose}\n\n\
         3. Rivers and Wells\n\n{prose}\n\n* The river is low.\n* The wells are dry.\n\n\
         4. Roads and Bridges\n\n{prose}\n\n{prose}\n"
    );
    assert_eq!(
        parts(&read(&text), SectionKind::Subhead),
        [
            "Pumps spread in new ways",
            "Farms turn to the works to help with their many wells",
            "3. Rivers and Wells",
            "4. Roads and Bridges",
        ]
    );
}

#[test]
fn headings_keep_their_numbers_and_wrapped_lines_are_none() {
    let prose =
        "The board of the works met on Monday and looked at the state of the pumps in the valley.";
    let text = format!(
        "# Pumps Run Again in the Valley\n\n{prose}\n\n1. Less Debt in the Harbour\n\n{prose}\n\n\
         2. More Pumps for the Farms\n\n{prose}\n\nThe works looked at the state of the pumps in the valley and in\n\
         Upper Harbour Farms\nThe works thanked the county for all that it had done since last year.\n\n{prose}\n"
    );
    assert_eq!(
        parts(&read(&text), SectionKind::Subhead),
        ["1. Less Debt in the Harbour", "2. More Pumps for the Farms"]
    );
}

#[test]
fn what_an_interviewer_asks_heads_the_answers() {
    let answer = "We looked at the state of the pumps in the valley, and we found that most of them ran well.";
    let asked = [
        "You lead the works and the harbour. How did your way bring you here, and what do you like most about it?",
        "Many houses speak of their farms. What does that mean in your days at the works, when nobody looks?",
        "Looking ahead, what are the largest of your plans for the valley, whether pumps, farms or bridges?",
    ];
    let interview: String = asked
        .iter()
        .map(|question| format!("{question}\n\n{answer}\n\n"))
        .collect();
    let head = format!("# Pumps Run Again in the Valley\n\n{answer}\n\n");
    assert_eq!(
        parts(&read(&(head.clone() + &interview)), SectionKind::Subhead),
        asked
    );
    // One question alone is the story's own.
    let one = format!("{head}{}\n\n{answer}\n\n{answer}\n", asked[0]);
    assert!(parts(&read(&one), SectionKind::Subhead).is_empty());
}

#[test]
fn the_issuer_is_the_name_for_which_most_speaks() {
    let story = "The pumps of the valley run again, and the farms around it have water as before.";
    for (text, issuer) in [
        (
            // A boilerplate about a person, and the house that she leads everywhere else.
            format!(
                "# Harbour Pumps Names Its First Engineer\n\nLEEDS, May 4, 2026 - Harbour Pumps today named Jane Roe its first engineer.\n\n{story}\n\n\
                 About Jane Roe\n\nJane Roe is an engineer from Leeds.\n\nContact:\nHarbour Pumps\npress@harbourpumps.example\n"
            ),
            Some("Harbour Pumps"),
        ),
        (
            // The fuller form, with the legal one.
            format!(
                "# Harbour Pumps Opens a Plant\n\nLEEDS, May 4, 2026 - Harbour Pumps, Inc. today opened a plant.\n\n{story}\n\nAbout Harbour Pumps\n\nHarbour Pumps makes pumps for farms.\n"
            ),
            Some("Harbour Pumps, Inc."),
        ),
        (format!("{story}\n\n{story}\n"), None),
    ] {
        let release = read(&text);
        assert_eq!(release.issuer.as_deref(), issuer, "{text}");
    }
}

#[test]
fn what_a_source_says_of_the_issuer_counts() {
    let incoming = Incoming {
        text: "# Pumps Run Again\n\nThe pumps of the valley run again, and the farms have water.\n"
            .to_owned(),
        issuer: Some("Harbour Pumps".to_owned()),
        ..Incoming::default()
    };
    let release = understand(&incoming, &[]);
    assert_eq!(release.issuer.as_deref(), Some("Harbour Pumps"));
    assert_eq!(release.issuer_from, Some(IssuerFrom::Metadata));
}

/// Prints what `assets/issuer/train.py` learns from: a line a candidate of each file that `DATELINE_ROWS` names.
#[test]
#[ignore = "writes training rows, checks nothing"]
fn issuer_rows() {
    let files = std::env::var("DATELINE_ROWS").unwrap_or_default();
    for path in files.split_whitespace() {
        let mut sink = |given: dateline::source::Read| {
            if let dateline::source::Read::Release(incoming) = given {
                for (name, row) in dateline::release::issuer_rows(&incoming) {
                    let row: Vec<String> = row.iter().map(|value| format!("{value:.3}")).collect();
                    let name = name.replace(['\n', '\t'], " ");
                    println!("{path}\t{name}\t{}", row.join(" "));
                }
            }
            std::ops::ControlFlow::Continue(())
        };
        dateline::source::read_path(std::path::Path::new(path), &mut sink);
    }
}

/// Prints what `assets/opening/train.py` learns from: a line a place of each file that `DATELINE_ROWS` names.
#[test]
#[ignore = "writes training rows, checks nothing"]
fn heading_rows() {
    let files = std::env::var("DATELINE_ROWS").unwrap_or_default();
    for path in files.split_whitespace() {
        let mut sink = |given: dateline::source::Read| {
            if let dateline::source::Read::Release(incoming) = given {
                for (start, heading, weights, row) in dateline::release::heading_rows(&incoming) {
                    let row: Vec<String> = row.iter().map(|value| format!("{value:.0}")).collect();
                    let heading = heading.replace('\t', " ");
                    println!("{path}\t{start}\t{heading}\t{weights}\t{}", row.join(" "));
                }
            }
            std::ops::ControlFlow::Continue(())
        };
        dateline::source::read_path(std::path::Path::new(path), &mut sink);
    }
}
