//! What a publisher could put into every field, on every view: control sequences of sixty kinds, and text that is wide,
//! joined or without width. The screen of the real app is drawn into cells; the cells are looked at one by one.

use super::*;
use crate::journeys::stage::{WIND, held, library, listing};
use dateline::app::message::Gravity;
use dateline::entity::Kind;
use dateline::release::{Contact, Quote, Section, SectionKind, Snippet, Standing};
use dateline::text::{Extent, SafeText};

/// Sequences that do something to a terminal, in words that must not reach one. Each stands for what follows it too: a
/// string that is not ended, and the same sequence with the one-byte introducers of ISO 6429.
pub(crate) fn sequences() -> Vec<String> {
    let mut all = Vec::new();
    let strings = [
        "]0;title",
        "]2;title",
        "]4;1;?",
        "]7;file:///",
        "]8;;http://evil.example",
        "]9;note",
        "]10;?",
        "]52;c;eA==",
        "]52;c;?",
        "]104",
        "]777;notify;a;b",
        "]1337;File=:AAAA",
        "P$q m",
        "P+q544e",
        "_Gf=100;AAAA",
        "^private",
        "Xsos",
    ];
    for string in strings {
        for end in ["\x07", "\x1b\\", "\u{9c}"] {
            all.push(format!("\x1b{string}{end}"));
        }
    }
    for command in [
        "6n", "c", ">c", "21t", "2J", "?1049l", "31m", "5i", "!p", "?2004l", "200~", "201~",
    ] {
        all.push(format!("\x1b[{command}"));
        all.push(format!("\u{9b}{command}"));
    }
    for bare in [
        "\x1bc", "\x1b#8", "\x1b(0", "\x1b7", "\x07", "\x08\x08", "\x0e", "\x7f", "\x1b", "\u{85}",
        "\u{202e}", "\u{2066}",
    ] {
        all.push(bare.to_owned());
    }
    all
}

/// Two releases in which these words stand in every field.
fn library_of(words: &str) -> Library {
    let safe = |text: &str| SafeText::clean(text);
    let line = SafeText::clean_line(words);
    let text = format!("{line}\n\n{}\n\n{}\n", safe(words), WIND);
    let mut library = library(1);
    let mut row = listing(&line, NOON - 60);
    row.issuer = Some(line.clone());
    row.wire = Some(line.clone());
    row.source = Some(line.clone());
    row.copies = 3;
    row.versions = 2;
    row.standing = Some(Standing::Correction);
    row.embargo = Some(NOON + 86_400);
    let whole = SafeText::clean(&text);
    let first = Extent::new(0, line.len());
    row.snippet = Some(Snippet {
        text: line.clone(),
        hits: vec![first],
    });
    let mut hostile = held(&whole, row);
    let release = &mut hostile.release;
    release.headline = Some(line.clone());
    release.subhead = Some(line.clone());
    release.url = Some(line.clone());
    release.issuer = Some(line.clone());
    release.standing = Some(Standing::Correction);
    release.quotes = vec![Quote {
        extent: first,
        speaker: Some(line.clone()),
        speaker_title: Some(line.clone()),
        parts: Vec::new(),
    }];
    release.sections = vec![
        Section {
            kind: SectionKind::Headline,
            extent: first,
        },
        Section {
            kind: SectionKind::Subhead,
            extent: first,
        },
    ];
    release.contacts = vec![Contact {
        name: Some(line.clone()),
        email: Some(line.clone()),
        phone: Some(line.clone()),
        organization: Some(line.clone()),
    }];
    for entity in &mut hostile.recognition.entities {
        entity.name = line.clone();
    }
    let mut place = hostile.recognition.entities[0].clone();
    place.kind = Kind::Gpe;
    hostile.recognition.entities.push(place);
    hostile.links.push(None);
    hostile.keepings.tags = vec![words.to_owned()];
    library.held.insert(0, hostile);
    library.called = Some(line);
    library
}

/// The views, as keys from the start; what is typed into fields is pasted.
const VIEWS: [&str; 21] = [
    "",
    "enter",
    "enter v )",
    "enter e",
    "enter e I",
    "enter e I m",
    "enter e enter",
    "enter Q",
    "enter O",
    "enter c",
    "enter m",
    "enter m enter M",
    "enter y",
    "enter t",
    "/ P",
    "/ P enter",
    "enter f P",
    "S",
    "S h",
    "S enter",
    "? P",
];

/// Plays keys; `P` pastes the words.
fn play(stage: &mut Stage, keys: &str, words: &str) {
    for key in keys.split_whitespace() {
        if key == "P" {
            stage.tell(Message::Paste(words.to_owned()));
        } else {
            stage.press(key);
        }
    }
}

/// Fails where a cell holds what no terminal may get.
fn assert_plain(buffer: &Buffer, what: &str) {
    for cell in &buffer.content {
        let symbol = cell.symbol();
        let bad = symbol.chars().find(|c| {
            c.is_control()
                || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{200B}'
                    | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
        });
        assert!(bad.is_none(), "{what}: {symbol:?}");
        assert!(
            symbol.width() <= 2,
            "{what}: {symbol:?} is wider than two cells"
        );
    }
}

/// Sixty and more sequences, in every field, on every view: only printable text reaches the cells, the words around a
/// sequence are shown, and what it carried is not.
#[test]
fn no_sequence_in_any_field_reaches_any_view() {
    let sequences = sequences();
    assert!(sequences.len() >= 60, "{}", sequences.len());
    let look = look("dark", UNICODE);
    for (number, sequence) in sequences.iter().enumerate() {
        let words = format!("Quay{sequence}Nine");
        let mut stage = Stage::with(library_of(&words), 120, 36);
        let first = text(&drawn(&stage, &look));
        assert!(
            first.contains("Quay"),
            "{sequence:?}: the words are gone:\n{first}"
        );
        // Every view for one sequence in eight, by turns; the list, the text and two views for each.
        for (turn, view) in VIEWS.iter().enumerate() {
            if turn > 1 && turn % 8 != number % 8 {
                continue;
            }
            let mut stage = Stage::with(library_of(&words), 120, 36);
            play(&mut stage, view, &words);
            let buffer = drawn(&stage, &look);
            assert_plain(&buffer, &format!("{sequence:?} in {view:?}"));
            let shown = text(&buffer);
            for carried in ["eA==", "1337", "evil.example", "AAAA"] {
                assert!(
                    !shown.contains(carried),
                    "{sequence:?} in {view:?} shows {carried}"
                );
            }
        }
        stage.tell(Message::Notice {
            gravity: Gravity::Error,
            text: SafeText::clean_line(&words),
        });
        assert_plain(&drawn(&stage, &look), &format!("{sequence:?} in an error"));
    }
}

/// Text that is wide, joined or without width, in every field and on every view at three sizes: the rows are as wide as
/// the window, the hairlines stand where they should, and a wide character is never cut.
#[test]
fn wide_text_keeps_the_columns_in_every_view() {
    let words =
        "测试👩\u{200D}🔬🏳\u{FE0F}\u{200D}🌈한국어e\u{301}ไทยहिन्दी🇳🇴 x\ty so\u{AD}ft 第二段";
    let look = look("dark", UNICODE);
    for (columns, rows) in [(120, 36), (80, 24), (58, 20)] {
        for view in VIEWS {
            let mut stage = Stage::with(library_of(words), columns, rows);
            play(&mut stage, view, words);
            let buffer = drawn(&stage, &look);
            let what = format!("{view:?} at {columns}x{rows}");
            for row in 0..rows {
                let mut column = 0;
                while column < columns {
                    let wide =
                        u16::try_from(buffer[(column, row)].symbol().width().clamp(1, 2)).unwrap();
                    for covered in column + 1..column + wide {
                        let symbol = buffer[(covered, row)].symbol();
                        assert_eq!(symbol, " ", "{what}, row {row}: half a character");
                    }
                    column += wide;
                }
                assert_eq!(column, columns, "{what}, row {row}:\n{}", text(&buffer));
            }
            let geometry = stage.app.geometry();
            for edge in [geometry.left_edge, geometry.side_edge]
                .into_iter()
                .flatten()
            {
                if stage.app.popup().is_none() {
                    for row in geometry.header.rows + 1..rows - 1 {
                        assert_eq!(
                            buffer[(edge, row)].symbol(),
                            "│",
                            "{what}:\n{}",
                            text(&buffer)
                        );
                    }
                }
            }
        }
    }
}

/// Five thousand sizes at random in every view: nothing panics, and at the old size everything is as it was.
#[test]
fn random_sizes_in_every_view_bring_everything_back() {
    let look = look("dark", UNICODE);
    let mut dice: u64 = 0x5EED_1234;
    let mut roll = |sides: u64| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        u16::try_from(dice % sides).unwrap()
    };
    for view in VIEWS {
        let mut stage = Stage::new(40, 120, 36);
        play(&mut stage, view, "harbour");
        let state = |stage: &Stage| {
            let reading = stage.app.reading();
            (
                stage.app.focus(),
                stage.chosen(),
                stage.app.mode(),
                reading.map(|reading| (reading.cursor(), reading.selection())),
                stage.app.side().pick().selected,
                stage.app.passages().pick().selected,
            )
        };
        let before = state(&stage);
        for turn in 0..270 {
            let (columns, rows) = match turn % 9 {
                0 => (1, roll(600)),
                1 => (roll(600), 1),
                _ => (roll(260), roll(80)),
            };
            stage.tell(Message::Resize { columns, rows });
            if turn % 9 == 0 || columns < 130 && rows < 40 {
                drawn(&stage, &look);
            }
        }
        stage.tell(Message::Resize {
            columns: 120,
            rows: 36,
        });
        assert_eq!(state(&stage), before, "{view:?}");
    }
}
