//! Stories: what is one row, what is not, and what stands behind the row.

use dateline::release::{ReleaseId, Standing};
use dateline::store::{Library, Selection, Show, Start};

use super::{Shelf, TODAY, incoming, shelf};

/// A release long enough to be known again.
fn plant(city: &str, wire: &str, jobs: &str, chief: &str, date: &str) -> String {
    format!(
        "{city}, March {date}, 2025 {wire} -- Norvik Cables AS today opened a cable plant that will make \
         submarine cables for wind farms in the open sea and for the islands behind them.\n\n\
         The plant in {city} has {jobs} places of work and took four years to build. Its hall is so long that a cable \
         can be tested in one piece before it is rolled up for the ship.\n\n\
         \"We waited long for this day, and the harbour waited with us,\" said {chief}, head of the works. \"Now the \
         ships can load where the cable is made, and nobody has to move it on the road.\"\n\n\
         The first cable leaves the quay in autumn. It goes to a wind farm whose owner ordered it two years ago, before \
         the foundations of the hall were dry.\n\n\
         About Norvik\n\nNorvik Cables AS makes cables.\n"
    )
}

fn quarter(name: &str, revenue: &str, income: &str, ships: &str) -> String {
    format!(
        "OSLO, Norway, May 2, 2025 /PRNewswire/ -- Norvik Cables AS today announced its results for the {name} quarter.\n\n\
         Revenue was NOK {revenue} million in the {name} quarter, as the yards loaded more cable than a year before.\n\n\
         Net income was NOK {income} million, after the costs of the new hall were taken in full by the end of it.\n\n\
         The company delivered cable to {ships} ships in the {name} quarter, and each of them sailed on its day.\n\n\
         \"Our people made this result, and they made it in a hard winter,\" said Kari Lund, chief executive.\n\n\
         The board will meet in the capital to speak about the dividend, as it does after every quarter of the year.\n"
    )
}

fn shown(shelf: &Shelf) -> Vec<(String, u32)> {
    let page = shelf
        .reader
        .rows(&Selection::default(), Start::First, 100, TODAY)
        .expect("rows");
    page.rows
        .into_iter()
        .map(|row| (row.headline.as_str().to_owned(), row.copies))
        .collect()
}

fn listed(shelf: &Shelf, selection: &Selection) -> Vec<ReleaseId> {
    let page = shelf
        .reader
        .rows(selection, Start::First, 100, TODAY)
        .expect("rows");
    page.rows.into_iter().map(|row| row.id).collect()
}

const HEADLINE: &str = "Norvik Opens Cable Plant by the Sea";

#[test]
fn the_same_release_on_two_wires_is_one_row_and_both_can_be_read() {
    let mut shelf = shelf();
    let first = plant("BERGEN", "/PRNewswire/", "ninety", "Ola Moe", "3");
    let second = plant("BERGEN", "(GLOBE NEWSWIRE)", "ninety", "Ola Moe", "3")
        .replace("Its hall is so long", "The hall is so long");
    let a = shelf.one(incoming(HEADLINE, "2025-03-03T08:00:00Z", &first));
    let b = shelf.one(incoming(
        "Norvik opens cable plant by the sea",
        "2025-03-03T08:05:00Z",
        &second,
    ));
    assert_eq!(shown(&shelf), [(HEADLINE.to_owned(), 2)]);
    assert_eq!(shelf.count(Show::All), 1);
    // A search shows every copy that it finds.
    assert_eq!(shelf.headlines("submarine").len(), 2);
    assert_eq!(
        shelf.headlines("\"The hall is so long\""),
        ["Norvik opens cable plant by the sea"]
    );
    let story = Selection {
        story: Some(a),
        ..Selection::default()
    };
    assert_eq!(listed(&shelf, &story), [b, a]);
    assert_eq!(shelf.reader.story(b).expect("a story"), [a, b]);

    shelf.library.set_read(&[a], true).expect("read");
    assert_eq!(shelf.count(Show::Unread), 0);
    shelf.library.set_deleted(&[a], true).expect("deleted");
    assert_eq!(shelf.count(Show::All), 0);
    shelf.library.set_deleted(&[a], false).expect("back");
    assert_eq!(shown(&shelf), [(HEADLINE.to_owned(), 2)]);
}

#[test]
fn a_sentence_with_another_figure_is_the_same_story_only_while_it_is_news() {
    for (day, rows) in [("4", 1), ("24", 2)] {
        let mut shelf = shelf();
        let first = plant("BERGEN", "/PRNewswire/", "90", "Ola Moe", "3");
        let second = plant("BERGEN", "/PRNewswire/", "120", "Ola Moe", day);
        shelf.one(incoming(HEADLINE, "2025-03-03", &first));
        shelf.one(incoming(HEADLINE, &format!("2025-03-{day:0>2}"), &second));
        assert_eq!(shown(&shelf).len(), rows, "{day}");
    }
}

#[test]
fn one_form_for_two_places_is_two_stories() {
    let mut shelf = shelf();
    let first = plant("BERGEN", "/PRNewswire/", "90", "Ola Moe", "3");
    let second = plant("TROMSO", "/PRNewswire/", "75", "Anne Berg", "3");
    shelf.one(incoming(
        "Norvik Opens Cable Plant in Bergen",
        "2025-03-03",
        &first,
    ));
    shelf.one(incoming(
        "Norvik Opens Cable Plant in Tromso",
        "2025-03-03",
        &second,
    ));
    assert_eq!(shown(&shelf).len(), 2);
}

#[test]
fn two_quarters_of_one_company_are_two_stories_even_under_one_headline() {
    let mut shelf = shelf();
    let first = quarter("first", "412", "31", "nine");
    let second = quarter("second", "455", "36", "twelve");
    shelf.one(incoming(
        "Norvik Announces Its Results",
        "2025-05-02",
        &first,
    ));
    shelf.one(incoming(
        "Norvik Announces Its Results",
        "2025-05-02",
        &second,
    ));
    assert_eq!(shown(&shelf).len(), 2);
}

#[test]
fn a_correction_stands_before_what_it_corrects_and_hides_nothing_of_the_users() {
    for starred in [false, true] {
        let mut shelf = shelf();
        let first = plant("BERGEN", "/PRNewswire/", "90", "Ola Moe", "3");
        let second = format!(
            "/C O R R E C T I O N -- Norvik Cables AS/\n\nIn the release \"{HEADLINE}\", issued March 3, 2025, the second \
             paragraph should have read \"120\" rather than \"90\". The complete, corrected release follows:\n\n{}",
            first.replace("has 90 places", "has 120 places")
        );
        let a = shelf.one(incoming(HEADLINE, "2025-03-03", &first));
        shelf.library.set_starred(&[a], starred).expect("starred");
        let b = shelf.one(incoming(HEADLINE, "2025-03-05", &second));
        let expected = if starred { vec![b, a] } else { vec![b] };
        assert_eq!(listed(&shelf, &Selection::default()), expected);
        let mine = Selection {
            show: Show::Starred,
            ..Selection::default()
        };
        assert_eq!(listed(&shelf, &mine).contains(&a), starred);
        // The list hides it; the correction leads to it all the same.
        let corrected = |id| shelf.reader.corrected(id).expect("read");
        assert_eq!(corrected(b), Some(a));
        assert_eq!(corrected(a), None, "nothing came before it");
        // And what it corrects says so, by the same evidence.
        let opened = |id| shelf.reader.open_release(id).expect("opened").correction;
        assert_eq!(opened(a).map(|row| row.id), Some(b));
        assert_eq!(opened(b), None);
    }
}

#[test]
fn a_withdrawal_without_the_text_finds_what_it_withdraws_by_its_headline() {
    let mut shelf = shelf();
    let first = plant("BERGEN", "/PRNewswire/", "90", "Ola Moe", "3");
    let a = shelf.one(incoming(HEADLINE, "2025-03-03", &first));
    let quarry = shelf.one(incoming(
        "Norvik Closes a Quarry",
        "2025-03-04",
        "BERGEN, March 4, 2025 -- Norvik Cables AS today closed a quarry.\n",
    ));
    let kill = format!("KILL: {HEADLINE}");
    let b = shelf.one(incoming(
        &kill,
        "2025-03-06",
        "/PRNewswire/ -- We are advised by Norvik Cables AS that journalists and other readers should disregard \
         the news release.\n",
    ));
    assert_eq!(shelf.reader.corrected(b).expect("read"), Some(a));
    let withdrawal = |id| {
        let own = shelf.reader.open_release(id).expect("read").listing;
        let found = shelf.reader.correction(&own).expect("read");
        found.map(|row| (row.id, row.standing))
    };
    assert_eq!(withdrawal(a), Some((b, Some(Standing::Kill))));
    assert_eq!(withdrawal(b), None);
    assert_eq!(withdrawal(quarry), None, "its headline is another");
}

#[test]
fn of_two_releases_under_one_headline_a_correction_is_of_the_newer_one() {
    let mut shelf = shelf();
    let dividend = |date: &str, words: &str| {
        incoming(
            "Norvik Cables Declares Quarterly Dividend",
            date,
            &format!("OSLO, /PRNewswire/ -- Norvik Cables AS {words}\n"),
        )
    };
    let older = shelf.one(dividend("2023-02-03", "pays two kroner for the winter."));
    let newer = shelf.one(dividend(
        "2023-05-05",
        "pays three kroner, more than last time.",
    ));
    let correction = shelf.one(incoming(
        "CORRECTION: Norvik Cables Declares Quarterly Dividend",
        "2023-05-06",
        "OSLO, /PRNewswire/ -- The dividend of Norvik Cables AS is four kroner a share.\n",
    ));
    let by = |shelf: &Shelf, id| {
        let own = shelf.reader.open_release(id).expect("read").listing;
        let found = shelf.reader.correction(&own).expect("read");
        found.map(|row| row.id)
    };
    assert_eq!(by(&shelf, newer), Some(correction));
    assert_eq!(by(&shelf, older), None);
    // Years later the headline stands for another dividend.
    let late = shelf.one(incoming(
        "KILL: Norvik Cables Declares Quarterly Dividend",
        "2025-05-02",
        "OSLO, /PRNewswire/ -- Norvik Cables AS asks to disregard its release.\n",
    ));
    assert_eq!(by(&shelf, newer), Some(correction));
    assert_eq!(shelf.reader.corrected(late).expect("read"), None);
}

#[test]
fn a_form_sent_a_thousand_times_stays_cheap_and_apart() {
    let mut shelf = shelf();
    let batch: Vec<_> = (0..200)
        .map(|number| {
            let text = quarter(
                "first",
                &(400 + number).to_string(),
                &(30 + number).to_string(),
                "nine",
            )
            .replace("Norvik", &format!("Norvik{number}"));
            incoming(
                &format!("Norvik{number} Announces Its Results"),
                "2025-05-02",
                &text,
            )
        })
        .collect();
    shelf.take(batch);
    assert_eq!(shelf.count(Show::All), 200);
}

#[test]
fn a_library_from_before_there_were_stories_finds_its_copies_some_at_a_time() {
    let mut shelf = shelf();
    let first = plant("BERGEN", "/PRNewswire/", "ninety", "Ola Moe", "3");
    let again = |minute: &str, wire: &str| {
        let text = first.replace("/PRNewswire/", wire);
        incoming(HEADLINE, &format!("2025-03-03T08:{minute}:00Z"), &text)
    };
    let a = shelf.one(again("00", "/PRNewswire/"));
    let b = shelf.one(again("05", "(GLOBE NEWSWIRE)"));
    let starred = shelf.one(again("07", "--(BUSINESS WIRE)--"));
    shelf
        .library
        .set_starred(&[starred], true)
        .expect("starred");
    let deleted = shelf.one(again("09", "/ACCESSWIRE/"));
    let before = "DELETE FROM stories; DELETE FROM sketches; DROP TABLE uncompared; DROP TABLE carried; DROP INDEX replacing; PRAGMA user_version = 6";
    let old = rusqlite::Connection::open(&shelf.path).expect("the file");
    old.execute_batch(before).expect("an older library");
    drop(old);
    shelf.library = Library::open(&shelf.path).expect("brought up to date");
    shelf
        .library
        .set_deleted(&[deleted], true)
        .expect("deleted");
    assert_eq!(shown(&shelf).len(), 3);
    assert_eq!(shelf.reader.uncompared().expect("a count"), 4);
    while shelf.library.compare(2).expect("compared") > 0 {}
    assert_eq!(shelf.reader.uncompared().expect("a count"), 0);
    let all = Selection::default();
    assert_eq!(listed(&shelf, &all), [starred, a]);
    assert_eq!(shelf.reader.story(a).expect("a story"), [a, b, starred]);
}
