//! Releases set as rows: parts, folds, lists, tables, and that no word is lost.

use super::*;
use crate::release::Section;
use crate::text::SafeText;

/// A release whose sections are given by their words.
fn release(text: &str, sections: &[(SectionKind, &str)]) -> Release {
    let section = |(kind, words): &(SectionKind, &str)| {
        let start = text.find(words).expect("the words stand in the text");
        Section {
            kind: *kind,
            extent: Extent::new(start, start + words.len()),
        }
    };
    Release {
        text: SafeText::clean(text),
        sections: sections.iter().map(section).collect(),
        ..Release::default()
    }
}

fn page(release: &Release, columns: u16) -> Page {
    Page::new(release, columns, &BTreeSet::new())
}

/// The rows as text: role, indent, words.
fn drawn(release: &Release, page: &Page) -> Vec<String> {
    let rows = page.rows.iter().map(|row| {
        let words = match row.origin {
            Origin::Text => row.extent.of(&release.text),
            Origin::Headline => row.extent.of(release.headline.as_deref().unwrap_or("")),
            Origin::Deck => row.extent.of(release.subhead.as_deref().unwrap_or("")),
            Origin::Nothing => "",
        };
        format!("{:?} {}{}", row.role, " ".repeat(row.indent.into()), words)
    });
    rows.collect()
}

#[test]
fn a_headline_that_is_not_in_the_text_stands_over_it_with_the_facts() {
    let mut release = release("OSLO -- One.\n\nTwo.\n", &[]);
    release.headline = Some(SafeText::clean("A headline"));
    let page = page(&release, 40);
    assert_eq!(
        drawn(&release, &page),
        [
            "Headline A headline",
            "Facts ",
            "Blank ",
            "Lede OSLO -- One.",
            "Blank ",
            "Body Two."
        ]
    );
    assert_eq!(page.rows[3].paragraph, Some(1));
    assert_eq!((page.row_of(0), page.row_of(15)), (3, 5));
}

#[test]
fn a_headline_without_end_leaves_room_for_the_text() {
    let mut release = Release {
        text: SafeText::clean("OSLO -- One.\n"),
        ..Release::default()
    };
    release.headline = Some(SafeText::clean_line(&"Quay ".repeat(100_000)));
    let page = Page::new(&release, 40, &BTreeSet::new());
    let heads: Vec<&Row> = page
        .rows
        .iter()
        .filter(|row| row.role == Role::Headline)
        .collect();
    assert_eq!(heads.len(), 8);
    let last = heads[7]
        .extent
        .of(release.headline.as_deref().unwrap_or(""));
    assert!(last.len() > 40 && last.len() < 2_000, "the screen cuts it");
    assert!(page.rows.iter().any(|row| row.origin == Origin::Text));
}

#[test]
fn facts_follow_the_headline_where_it_stands() {
    let text = "FOR IMMEDIATE RELEASE\n\nA headline\n\nA deck\n\nOSLO -- One.\n";
    let release = release(
        text,
        &[
            (SectionKind::Headline, "A headline"),
            (SectionKind::Subhead, "A deck"),
            (SectionKind::Dateline, "OSLO --"),
            (SectionKind::Lede, "One."),
        ],
    );
    assert_eq!(
        drawn(&release, &page(&release, 40)),
        [
            "ReleaseLine FOR IMMEDIATE RELEASE",
            "Blank ",
            "Headline A headline",
            "Deck A deck",
            "Facts ",
            "Blank ",
            "Lede OSLO -- One."
        ]
    );
}

#[test]
fn parts_fold_to_one_row_and_open() {
    let text = "One.\n\nAbout Acme\n\nIt makes things.\n\nIt is old.\n\nContact\nA. Person\n";
    let release = release(
        text,
        &[
            (SectionKind::Lede, "One."),
            (SectionKind::Boilerplate, "About Acme\n\nIt makes things."),
            (SectionKind::Boilerplate, "It is old."),
            (SectionKind::Contact, "Contact\nA. Person"),
        ],
    );
    let folded = page(&release, 40);
    assert_eq!(
        drawn(&release, &folded)[2..],
        ["Lede One.", "Blank ", "Folded About Acme", "Folded Contact"]
    );
    assert_eq!(
        (
            folded.folds.len(),
            folded.folds[0].rows,
            folded.folds[0].open
        ),
        (2, 5, false)
    );
    let inside = text.find("It is old").unwrap();
    assert_eq!(
        (folded.fold_at(inside), folded.row_of(inside)),
        (Some(0), 4)
    );
    let open = Page::new(
        &release,
        40,
        &BTreeSet::from([folded.folds[0].extent.start]),
    );
    assert_eq!(open.rows.len(), 4 + 5 + 2);
    assert!(open.folds[0].open && open.rows.iter().any(|row| row.role == Role::Boilerplate));
}

#[test]
fn items_hang_and_lines_filled_to_a_column_are_joined() {
    let text = "- a point that is long enough to wrap\n- another\n";
    let list = release(text, &[(SectionKind::List, text.trim_end())]);
    assert_eq!(
        drawn(&list, &page(&list, 20))[2..],
        [
            "ListItem - a point that is",
            "ListItem   long enough to",
            "ListItem   wrap",
            "ListItem - another"
        ]
    );
    let text = "This paragraph was broken at a column by a mail\nprogram long ago, so that its lines are all about\nas long as each other.\n";
    let prose = release(text, &[]);
    let rows = drawn(&prose, &page(&prose, 60));
    assert_eq!(
        rows[2],
        "Lede This paragraph was broken at a column by a mail\nprogram long"
    );
    let address = release("Acme Ltd.\n1 Road\nTown\n", &[]);
    assert_eq!(drawn(&address, &page(&address, 60)).len(), 5);
}

#[test]
fn tables_stand_in_columns_where_they_fit() {
    let text = "Item\tQ1\tQ2\nSales\t1,200\t900\n";
    let release = release(text, &[(SectionKind::Table, text.trim_end())]);
    for (room, starts) in [
        (40, [0, 7, 14]),
        (17, [0, 7, 14]),
        (16, [0, 6, 12]),
        (15, [0, 6, 12]),
    ] {
        let fits = page(&release, room);
        let cells: Vec<Vec<u16>> = fits
            .rows
            .iter()
            .filter(|row| row.role == Role::TableRow)
            .map(|row| row.cells.iter().map(|cell| cell.column).collect())
            .collect();
        assert_eq!(cells, [starts, starts], "in {room} columns");
    }
    let narrow = page(&release, 10);
    assert!(narrow.rows.iter().all(|row| row.cells.is_empty()));
}

proptest::proptest! {
    #[test]
    fn every_word_is_on_a_row_or_in_a_fold(
        text in "([a-z ]{0,9}[新é•|\t.-]{0,2}\n{0,2}){0,12}",
        cuts in proptest::collection::vec((0usize..90, 0usize..60, 0usize..14), 0..5),
        columns in 1u16..50,
    ) {
        let kinds = [
            SectionKind::Headline, SectionKind::Dateline, SectionKind::Lede, SectionKind::Body,
            SectionKind::Subhead, SectionKind::Quote, SectionKind::List, SectionKind::Table,
            SectionKind::Boilerplate, SectionKind::Disclaimer, SectionKind::Contact, SectionKind::Source,
            SectionKind::Link, SectionKind::Furniture,
        ];
        let mut sections = Vec::new();
        let mut at = 0;
        for (gap, len, kind) in cuts {
            let start = crate::app::reading::floor(&text, at + gap);
            let end = crate::app::reading::floor(&text, start + len);
            sections.push(Section { kind: kinds[kind], extent: Extent::new(start, end) });
            at = end;
        }
        let release = Release { text: SafeText::clean(&text), sections, ..Release::default() };
        let page = page(&release, columns);
        let mut last = 0;
        let mut shown = String::new();
        for row in &page.rows {
            assert!(row.at >= last, "rows go forward");
            last = row.at;
            if row.role == Role::Folded {
                let fold = &page.folds[row.fold.unwrap()];
                shown.push_str(fold.extent.of(&release.text));
            } else if row.origin == Origin::Text && row.cells.is_empty() {
                shown.push_str(row.extent.of(&release.text));
            } else {
                row.cells.iter().for_each(|cell| shown.push_str(cell.extent.of(&release.text)));
            }
        }
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        assert_eq!(letters(&shown), letters(&release.text));
    }
}
