//! The repairs, from the outside: all can be undone, what was broken is whole again, what was whole stays.

use dateline::release::{Declined, Markup, MarkupKind, Repaired, repair, undo};
use dateline::text::{Extent, sanitise};
use proptest::prelude::*;

/// Repairs `read` and holds what must always be true against the outcome.
fn repaired(read: &str) -> Repaired {
    let repaired = repair(read, &[], &[]);
    let text = repaired.text.as_str();
    assert_eq!(undo(text, &repaired.repairs), read);
    assert_eq!(sanitise(text), text);
    let mut last = 0;
    for repair in &repaired.repairs {
        assert!(repair.extent.start >= last, "repairs overlap: {repair:?}");
        assert_eq!(repair.extent.of(text), repair.after);
        assert_ne!(repair.before, repair.after);
        last = repair.extent.end;
    }
    repaired
}

#[test]
fn a_text_that_is_whole_stays_as_it_is() {
    let whole = "Acme opens a plant\n\nLYON, 3 May 2024 – Acme opened a plant.\n\nAbout Acme\n\nAcme makes things.";
    let outcome = repaired(whole);
    assert_eq!(outcome.text, whole);
    assert_eq!(outcome.repairs, []);
}

#[test]
fn search_words_and_settings_stay_but_labels_are_parted_from_what_they_label() {
    let code = "Narrow it with org:halden, source:samples and place:brussels.";
    assert_eq!(repaired(code).text, code);
    let contact = "Contact our office.\n\nemail:press@acme.example";
    assert_eq!(
        repaired(contact).text,
        "Contact our office.\n\nemail: press@acme.example"
    );
}

#[test]
fn a_declined_repair_is_not_made() {
    let read = "The plant&amp;site opened.  It is big.";
    let made = repaired(read).repairs;
    assert_eq!(made.len(), 2);
    let declined = Declined {
        before: made[0].before.clone(),
        after: made[0].after.clone(),
    };
    let outcome = repair(read, &[], &[declined]);
    assert_eq!(outcome.text, "The plant&amp;site opened. It is big.");
    assert_eq!(undo(&outcome.text, &outcome.repairs), read);
}

#[test]
fn markup_moves_with_its_words() {
    let read = "\n\nA  heading\r\n\r\nSee  our&nbsp;site today.";
    let extent = |words: &str| {
        let start = read.find(words).unwrap();
        Extent::new(start, start + words.len())
    };
    let markup = [
        Markup {
            extent: extent("A  heading"),
            kind: MarkupKind::Heading(2),
        },
        Markup {
            extent: extent("our&nbsp;site"),
            kind: MarkupKind::Link("https://example.org".into()),
        },
    ];
    let outcome = repair(read, &markup, &[]);
    let words: Vec<&str> = outcome
        .markup
        .iter()
        .map(|m| m.extent.of(&outcome.text))
        .collect();
    assert_eq!(words, ["A heading", "our site"]);
}

#[test]
fn hard_wrapped_lines_become_paragraphs() {
    let read = "LYON, 3 May 2024 – Acme opened its new plant for inter-\nnational customers on Tuesday and invited the long-\nterm owners of the old one to see it. The plant makes\nthings.\n\nSecond paragraph, which is also broken at the width of\na letter.";
    assert_eq!(
        repaired(read).text,
        "LYON, 3 May 2024 – Acme opened its new plant for international customers on Tuesday and invited the \
         long-term owners of the old one to see it. The plant makes things.\n\nSecond paragraph, which is also broken \
         at the width of a letter."
    );
}

#[test]
fn lines_broken_inside_a_sentence_are_joined() {
    let read = "Acme announced that\nthe long\n-awaited plant has opened\n,\na\ns planned by\nits owners.\nThe plant on the 8\nth\nfloor pro\nduces thing\ns\n.\nThe end is near for the old one.";
    let text = repaired(read).text;
    assert!(
        text.contains("has opened, as planned by its owners."),
        "{text}"
    );
    assert!(text.contains("the 8th floor produces things."), "{text}");
}

/// English enough for the lexicon to be believed.
const AROUND: &str = "The board of the company met on Monday and looked at the state of the plant.";

/// What the repairs make of `glued` between two plain paragraphs.
fn between(glued: &str) -> String {
    let read = format!("{AROUND}\n\n{glued}\n\n{AROUND}");
    let text = repaired(&read).text;
    let middle = text
        .strip_prefix(AROUND)
        .and_then(|rest| rest.strip_suffix(AROUND));
    middle
        .unwrap_or(&text)
        .trim()
        .replace("\n\n", " ¶ ")
        .replace('\n', " | ")
}

#[test]
fn glued_words_are_taken_apart() {
    for (glued, whole) in [
        (
            "The minister visited Hamburgthe second port of the north.",
            "The minister visited Hamburg, the second port of the north.",
        ),
        (
            "In Hamburgthe minister met the press.",
            "In Hamburg the minister met the press.",
        ),
        (
            "In Hamburghe visited the port.",
            "In Hamburg he visited the port.",
        ),
        (
            "It grew in Germanyand it is growing in France.",
            "It grew in Germany and it is growing in France.",
        ),
        (
            "It grew in Oregonand in Texas, and those in Oregonand Ohio are new.",
            "It grew in Oregon and in Texas, and those in Oregon and Ohio are new.",
        ),
        (
            "Two labs came from Hamburg'sInstitute for Pumps.",
            "Two labs came from Hamburg's Institute for Pumps.",
        ),
        (
            "They opened it in Jiangsu ProvinceTuesday.",
            "They opened it in Jiangsu Province Tuesday.",
        ),
        (
            "They left the citythat they had built.",
            "They left the city that they had built.",
        ),
        (
            "It costs 45 million Singapore dollarsover four years, and the companysaid so.",
            "It costs 45 million Singapore dollars over four years, and the company said so.",
        ),
        (
            "The plant is ready.The owners will open it in May.",
            "The plant is ready. The owners will open it in May.",
        ),
        (
            "“It is ready.”She added that it was late.",
            "“It is ready.” ¶ She added that it was late.",
        ),
        ("He added:“We are ready.”", "He added: “We are ready.”"),
        (
            "On May 3rd,2025, the plant of Nordlicht Inc.(NYSE: NLX) opened.",
            "On May 3rd, 2025, the plant of Nordlicht Inc. (NYSE: NLX) opened.",
        ),
        (
            "It grew in subSaharan Africa.",
            "It grew in sub-Saharan Africa.",
        ),
        (
            "An ultra- efficient and short- and long-term plan.",
            "An ultra-efficient and short- and long-term plan.",
        ),
    ] {
        assert_eq!(between(glued), whole);
    }
}

#[test]
fn fused_headings_stand_alone() {
    for (glued, whole) in [
        (
            "About NordlichtNordlicht is a maker of lamps.",
            "About Nordlicht ¶ Nordlicht is a maker of lamps.",
        ),
        (
            "ABOUT NORDLICHT LAMPSNordlicht Lamps makes lamps.",
            "ABOUT NORDLICHT LAMPS ¶ Nordlicht Lamps makes lamps.",
        ),
        (
            "About nordlichtnordlicht is a maker of lamps.",
            "About nordlicht ¶ nordlicht is a maker of lamps.",
        ),
        (
            "It ended well. About Nordlicht Nordlicht is a maker of lamps.",
            "It ended well. ¶ About Nordlicht ¶ Nordlicht is a maker of lamps.",
        ),
        (
            "A Better PlanThe owners changed the plan.",
            "A Better Plan ¶ The owners changed the plan.",
        ),
        (
            "The trade grew by a third. A second chance for the town This is the third visit of the minister.",
            "The trade grew by a third. ¶ A second chance for the town ¶ This is the third visit of the minister.",
        ),
        (
            "The trade grew. https://example.org/news/p.html SOURCE Nordlicht",
            "The trade grew. ¶ https://example.org/news/p.html ¶ SOURCE Nordlicht",
        ),
    ] {
        assert_eq!(between(glued), whole);
    }
}

/// What parts headings from the head of their paragraphs: some shapes by themselves, others in company.
#[test]
fn headings_part_from_the_paragraphs_they_open() {
    for (glued, whole) in [
        (
            "How Does the Pump Save Water? The answer lies in a valve that the town had forgotten.",
            "How Does the Pump Save Water? ¶ The answer lies in a valve that the town had forgotten.",
        ),
        (
            "Main Features of the Valve: * Light as a feather and quick to mend.",
            "Main Features of the Valve: ¶ * Light as a feather and quick to mend.",
        ),
        (
            "Note to editors: The study was paid for by the town.",
            "Note to editors: ¶ The study was paid for by the town.",
        ),
        (
            "The town mends its pipes in spring, when the river is low and the fields are still dry, and it has done so for as long as anyone who works there can think back to. Nobody had counted what was lost on the way.\n\nHow it works Many towns struggle to find the water that they lose.\n\nA better way to mend and save For towns, the valve is a cheap way to keep what they have.\n\nWhat the owners learnt The valve was made for the towns that had no other way to save their water.",
            "The town mends its pipes in spring, when the river is low and the fields are still dry, and it has done so for as long as anyone who works there can think back to. Nobody had counted what was lost on the way. ¶ How it works ¶ Many towns struggle to find the water that they lose. ¶ A better way to mend and save ¶ For towns, the valve is a cheap way to keep what they have. ¶ What the owners learnt ¶ The valve was made for the towns that had no other way to save their water.",
        ),
        // One faint shape proves nothing.
        (
            "How it works Many towns struggle to find the water that they lose.",
            "How it works Many towns struggle to find the water that they lose.",
        ),
        (
            "The Better Plan Hamburg makes is good for the river and its towns.",
            "The Better Plan Hamburg makes is good for the river and its towns.",
        ),
        (
            "Who paid for it? The town did, and it paid in full.",
            "Who paid for it? The town did, and it paid in full.",
        ),
    ] {
        assert_eq!(between(glued), whole);
    }
}

#[test]
fn contact_blocks_come_apart() {
    for (glued, whole) in [
        (
            "Contact DetailsNordlicht Lamps",
            "Contact Details | Nordlicht Lamps",
        ),
        (
            "Company Websitehttps://example.org/",
            "Company Website | https://example.org/",
        ),
        (
            "Contacts:Ina Roth 617 555 0198ina@example.org",
            "Contacts: | Ina Roth 617 555 0198 | ina@example.org",
        ),
        (
            "Berlin, Texaswww.example.com512.555.7000 OfficeEditor@example.com",
            "Berlin, Texas | www.example.com | 512.555.7000 Office | Editor@example.com",
        ),
        (
            "1 Main Street, Austin, TX 77069United States",
            "1 Main Street, Austin, TX 77069 | United States",
        ),
        (
            "Ina RothEmail: ina@example.org",
            "Ina Roth | Email: ina@example.org",
        ),
        (
            "#OpenTradeThe issuer is solely responsible.",
            "#OpenTrade ¶ The issuer is solely responsible.",
        ),
    ] {
        assert_eq!(between(glued), whole);
    }
}

#[test]
fn what_may_be_meant_stays() {
    for meant in [
        "BlackRock, McDonald, PRNewswire, iPhone, LinkedIn, YouTube, eBay and the DataWorks team of PlanHub met.",
        "The 5G network, a 3D print, H2O, CO2, pH, mRNA, PhD, Cu(II), Fe(OH)3 and 401(k) plans are here.",
        "Write to JaneDoe@example.org or see https://example.org/The/PathToGo?x=1&y=2 and example.com.",
        "@NordlichtLamps and #NordlichtLamps are the handles of the company.",
        "Directors Helland, Appleby, Larson, Walther, Alanis and Masterson were there.",
        "In U.S. courts, Node.js and Yahoo! were named, e.g. by J.P. Morgan, at 10:30 a.m. (NYSE:RL).",
        "Der Vorstand undder Rat: Donaudampfschifffahrt, Straßenbahn und Rathaus.",
        "L'sBy, O'sBrien and the Novarethe, a lamp that the Novarethe team made, stay.",
        "The Wall Street Journal and The New York Times reported on The Home Depot.",
        "Bank of the West, In-N-Out and Toys for Tots gave the money.",
        "The old walkthrough shows hereinafter what thereunder is meant.",
        "The spill of oil led to a spillover and a voiceover of the voice that Ada Westover and Jonathan Bousaid gave.",
    ] {
        assert_eq!(between(meant), meant);
    }
}

#[test]
fn paragraphs_run_together_with_wide_gaps_part() {
    let read = "One plain sentence. And a second one. And a third.  A Heading Of Its Own  Here goes the next part. It has two.";
    assert_eq!(
        between(read),
        "One plain sentence. And a second one. And a third. ¶ A Heading Of Its Own ¶ Here goes the next part. It has two."
    );
    let typist = "One plain sentence.  And a second one.  And a third.  Here goes the next part.  It has two.";
    assert_eq!(between(typist), typist.replace("  ", " "));
}

#[test]
fn a_link_s_edge_speaks_for_glue() {
    let read = format!("{AROUND} See the lampwith a light. {AROUND}");
    let start = read.find("lamp").unwrap();
    let link = Markup {
        extent: Extent::new(start, start + "lamp".len()),
        kind: MarkupKind::Link("https://example.org".into()),
    };
    assert!(repair(&read, &[], &[]).text.contains("lampwith"));
    let outcome = repair(&read, &[link], &[]);
    assert!(
        outcome.text.contains("the lamp with a light"),
        "{}",
        outcome.text
    );
    assert_eq!(outcome.markup[0].extent.of(&outcome.text), "lamp");
}

/// Two megabytes that try to make each step slow.
#[test]
fn hostile_text_is_mended_in_linear_time() {
    let size = 2_000_000;
    for piece in [
        "a",
        "aA",
        "Ab ",
        "The the ",
        "About About ",
        ". A",
        "a.B",
        "(",
        "x@y.com",
        "\n",
        "a\n",
        "9",
        "\u{9D}",
        "\u{1B}[",
        "&amp;",
        "â",
        "Ã",
        "\u{301}",
        "About AAAB ",
        "The Hell of Helland ",
        "a- b ",
        "www.",
        "Contact:B ",
        "“",
        "  a",
    ] {
        let read = piece.repeat(size / piece.len());
        let start = std::time::Instant::now();
        repaired(&read);
        let seconds = start.elapsed().as_secs_f64();
        // Unoptimised, on a busy machine, with the checks of the outcome: a quadratic step would take minutes.
        assert!(seconds < 20.0, "{piece:?} took {seconds} s");
    }
}

/// Text as it may come: letters, blanks, controls, glue, entities, mojibake, long runs.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,9}",
        "[ \t\r\n\u{A0}\u{AD}\u{200B}\u{200D}\u{FEFF}]{1,4}",
        "[.,:;!?()“”’'\"#@/&-]{1,3}",
        r"[0-9]{1,5}",
        Just("&amp;".to_owned()),
        Just("&#8217;".to_owned()),
        Just("â€™".to_owned()),
        Just("\u{1B}[31m".to_owned()),
        Just("https://example.org/a".to_owned()),
        Just("press@example.org".to_owned()),
        Just("About AcmeAcme is".to_owned()),
        Just("Chinaand".to_owned()),
        Just("The end of the day. A new start This is".to_owned()),
        Just("e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}".to_owned()),
        any::<char>().prop_map(|c| c.to_string()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_all_gives_back_what_was_read(read in any_text()) {
        repaired(&read);
    }

    #[test]
    fn declining_all_can_be_undone_too(read in any_text()) {
        let declined: Vec<Declined> = repaired(&read)
            .repairs
            .into_iter()
            .map(|r| Declined { before: r.before, after: r.after })
            .collect();
        let outcome = repair(&read, &[], &declined);
        prop_assert_eq!(undo(&outcome.text, &outcome.repairs), read);
        prop_assert_eq!(sanitise(&outcome.text), outcome.text.as_str());
    }

    #[test]
    fn markup_stays_on_the_text(read in any_text(), at in 0_usize..60, length in 0_usize..30) {
        let extent = Extent::new(at.min(read.len()), (at + length).min(read.len()));
        let markup = [Markup { extent, kind: MarkupKind::Strong }];
        let outcome = repair(&read, &markup, &[]);
        prop_assert!(outcome.markup[0].extent.end <= outcome.text.len());
    }
}

#[test]
fn a_heading_that_touches_what_follows_is_parted_from_it() {
    for (read, whole) in [
        (
            "The town grew.\n\nWho is Acme Fencing?With over 30 years of experience, the firm builds fences.",
            "The town grew.\n\nWho is Acme Fencing?\n\nWith over 30 years of experience, the firm builds fences.",
        ),
        (
            "The tool was renewed by the firm that makes it, and it is the best of all that it has made.\n\nWhat’s New This Season* Deeper insight for writers.\n* A wider view.",
            "The tool was renewed by the firm that makes it, and it is the best of all that it has made.\n\nWhat’s New This Season\n\n* Deeper insight for writers.\n* A wider view.",
        ),
    ] {
        assert_eq!(repaired(read).text, whole);
    }
    // Questions inside a paragraph, emphasis, and what is no title stay.
    for whole in [
        "He asked whether it was so.Net? No. The answer is elsewhere.",
        "This Is *Strong* and it stays.\n\nThe next line.",
    ] {
        let text = repaired(whole).text;
        assert!(
            !text.contains("Strong\n") && !text.contains("Net?\n"),
            "{text}"
        );
    }
}

/// What a line of prose is repaired to, in a text that is English all around it.
fn in_prose(line: &str) -> String {
    let before = "The harbour board said on Monday that it will rebuild the older quays by the end of next year.";
    let after = "It is the first time that the board has borrowed money for this, and it will not be the last.";
    let text = repaired(&format!("{before}\n\n{line}\n\n{after}\n")).text;
    text.lines().nth(2).unwrap_or_default().to_owned()
}

#[test]
fn little_words_are_parted_from_the_words_that_they_touch() {
    for (read, whole) in [
        // Behind a word: after an ending that no other ending follows, or before words that make it sure.
        (
            "The board is not using a public facilityas the law wants it.",
            "The board is not using a public facility as the law wants it.",
        ),
        (
            "We are goingto have a new quay before the winter comes.",
            "We are going to have a new quay before the winter comes.",
        ),
        (
            "It is a debateover our harbour and the people in it.",
            "It is a debate over our harbour and the people in it.",
        ),
        (
            "There is a rule of lawand then there is the sea.",
            "There is a rule of law and then there is the sea.",
        ),
        (
            "Prices went up over 15 percentand one in ten ships stayed away.",
            "Prices went up over 15 percent and one in ten ships stayed away.",
        ),
        (
            "The plan is only a short term responseit provides no long term answer.",
            "The plan is only a short term response it provides no long term answer.",
        ),
        // Before a word.
        (
            "It works with its partners for thebenefit of all in the town.",
            "It works with its partners for the benefit of all in the town.",
        ),
        (
            "Many people want tocome to the town in the summer.",
            "Many people want to come to the town in the summer.",
        ),
        (
            "The town agrees with the goal ofreducing the traffic at the quays.",
            "The town agrees with the goal of reducing the traffic at the quays.",
        ),
        (
            "That is a problem for the town and wereally need to know more.",
            "That is a problem for the town and we really need to know more.",
        ),
    ] {
        assert_eq!(in_prose(read), whole);
    }
}

#[test]
fn words_that_only_look_like_two_stay_whole() {
    for line in [
        "The tormentor of the harbour was a requestor of more time.",
        "Add the leftover juices, and take the rest in the carryover spirit of todays dinner.",
        "They werent sure that the overbroad rule would forsake the town.",
        "Marcus Heyland, of Kirtland, met Jeff Bingaman and Janet Gleeson at Playas.",
        "The oncoming ship hit the inshore quay with an overburdened crew.",
    ] {
        assert_eq!(in_prose(line), line);
    }
}

#[test]
fn a_day_a_postcode_and_a_quotation_end_before_what_touches_them() {
    for (read, whole) in [
        (
            "FOR IMMEDIATE RELEASE October 17 2007Contact Jane Roe 202 555 0143",
            "FOR IMMEDIATE RELEASE October 17 2007\nContact Jane Roe 202 555 0143",
        ),
        (
            "810 Harbour Avenue, Leeds, DC 20420Dear Secretary Roe, I am writing to you.",
            "810 Harbour Avenue, Leeds, DC 20420\nDear Secretary Roe, I am writing to you.",
        ),
        (
            "\"We will build it at reasonable costs,\"said Roe.",
            "\"We will build it at reasonable costs,\" said Roe.",
        ),
        (
            "Specifically, the rule:Clarifies what the town may build there.",
            "Specifically, the rule: Clarifies what the town may build there.",
        ),
    ] {
        assert_eq!(repaired(read).text, whole);
    }
}
