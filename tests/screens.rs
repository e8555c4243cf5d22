//! Golden screens: what the real app draws, as text small enough to read, kept in `tests/data/screens/`. Where a screen
//! is meant to change, `DATELINE_GOLDEN=write cargo test --test all screens::` writes them anew; read the difference.
//! `cargo test --test all screens::picture -- --ignored` draws the picture of the README.

pub(crate) mod hostile;

use std::path::Path;

use dateline::app::key::MouseKind;
use dateline::app::message::{Message, Progress};
use dateline::entity::{Reading, Recogniser};
use dateline::release::{Keepings, understand};
use dateline::source::SAMPLES;
use dateline::text::SafeText;
use dateline::ui::glyphs::{ASCII, Glyphs, UNICODE};
use dateline::ui::theme::{BUILT_IN, Depth, Role, Theme};
use dateline::ui::{Look, cursor, draw, svg};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::journeys::stage::{
    Held, Library, NOON, Stage, correction, groups, held, library, listing, sources,
};

fn look(theme: &str, glyphs: Glyphs) -> Look {
    Look {
        theme: Theme::built_in(theme).unwrap(),
        glyphs,
    }
}

fn drawn(stage: &Stage, look: &Look) -> Buffer {
    let geometry = stage.app.geometry();
    let mut buffer = Buffer::empty(Rect::new(0, 0, geometry.columns, geometry.rows));
    draw(&stage.app, look, &mut buffer);
    buffer
}

/// The rows as text; the cell behind a wide character is left out.
fn text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for row in 0..buffer.area.height {
        let mut line = String::new();
        let mut column = 0;
        while column < buffer.area.width {
            let symbol = buffer[(column, row)].symbol();
            line.push_str(symbol);
            column += u16::try_from(symbol.width().max(1)).unwrap();
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Holds a screen against its golden file.
fn golden(name: &str, stage: &Stage) {
    let screen = text(&drawn(stage, &look("dark", UNICODE)));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/screens/{name}.txt"));
    if std::env::var_os("DATELINE_GOLDEN").is_some_and(|wish| wish == "write") {
        std::fs::write(&path, &screen).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        screen == kept,
        "{name} is not as it was; it is now:\n{screen}\nand was:\n{kept}"
    );
}

#[test]
fn three_panes() {
    golden("three_panes", &Stage::new(12, 110, 30));
}

#[test]
fn two_panes() {
    let mut stage = Stage::new(12, 80, 24);
    golden("list", &stage);
    stage.press("enter");
    golden("reading", &stage);
    stage.press("e");
    golden("side", &stage);
}

#[test]
fn who_speaks_on_in_the_next_row_is_named_once_beside_the_text() {
    let mut stage = Stage::new(1, 200, 40);
    stage.press("enter");
    let screen = text(&drawn(&stage, &look("dark", UNICODE)));
    let rows = |words: &str| -> Vec<usize> {
        let lines = screen.lines().enumerate();
        let rows = lines.filter(|(_, line)| line.contains(words));
        rows.map(|(row, _)| row).collect()
    };
    let (first, second) = (rows("\"Wind is the"), rows("\"We will"));
    assert_eq!(
        first[0] + 1,
        second[0],
        "the quotations begin one below the other\n{screen}"
    );
    // In the rows of the two quotations the name stands in the text once, and once beside it.
    let named = screen.lines().skip(first[0]).take(2);
    let named: usize = named.map(|line| line.matches("Ingrid Dahl").count()).sum();
    assert_eq!(named, 2, "{screen}");
}

#[test]
fn one_pane() {
    let mut stage = Stage::new(12, 50, 14);
    golden("one_pane_list", &stage);
    stage.press("enter");
    golden("one_pane_reading", &stage);
}

#[test]
fn search() {
    let mut stage = Stage::new(12, 100, 16);
    stage.press("/");
    stage.type_text("harb");
    golden("search", &stage);
    stage.press("enter");
    golden("search_opened", &stage);
}

#[test]
fn passages_and_their_form() {
    let mut stage = Stage::new(4, 80, 20);
    stage.press("enter } } m");
    golden("form", &stage);
    stage.type_text("the price");
    stage.press("enter M");
    golden("passages", &stage);
}

#[test]
fn sources_in_every_state() {
    let mut library = library(3);
    library.sources = sources();
    let mut stage = Stage::with(library, 80, 24);
    stage.press("S j j");
    golden("sources", &stage);
    stage.press("a");
    golden("source_form", &stage);
}

#[test]
fn sources_in_groups() {
    let mut library = library(3);
    library.sources = groups();
    let mut stage = Stage::with(library, 80, 24);
    stage.press("S");
    golden("source_groups", &stage);
    stage.press("3 j h");
    golden("source_groups_folded", &stage);
    let ascii = text(&drawn(&stage, &look("dark", ASCII)));
    assert!(
        ascii.contains("> PORT~") && ascii.contains("v ENERGY"),
        "{ascii}"
    );
    let dark = look("dark", UNICODE);
    let (told, ..) = style_of(&drawn(&stage, &dark), "2 failing  6 of");
    assert_eq!(Some(told), dark.theme.style(Role::Error).fg);
    stage.press("enter");
    golden("group_releases", &stage);
    stage.press("esc");
    stage.tell(Message::Resize {
        columns: 50,
        rows: 20,
    });
    golden("one_pane_source_groups", &stage);
}

#[test]
fn a_refresh_shows_its_progress() {
    let mut stage = Stage::new(3, 80, 24);
    stage.tell(Message::Progress(Progress {
        job: 0,
        label: "asking sources".to_owned(),
        done: 5,
        total: Some(12),
        finished: false,
    }));
    let screen = text(&drawn(&stage, &look("dark", UNICODE)));
    assert!(
        screen
            .lines()
            .next()
            .unwrap()
            .ends_with("asking sources 5 of 12"),
        "{screen}"
    );
    // What is asked by hand beside it comes before it, and leaves it in its place.
    let by_hand = |finished| {
        Message::Progress(Progress {
            job: 1,
            label: "asking one source".to_owned(),
            done: 0,
            total: Some(1),
            finished,
        })
    };
    stage.tell(by_hand(false));
    assert!(text(&drawn(&stage, &look("dark", UNICODE))).contains("asking one source 0"));
    stage.tell(by_hand(true));
    assert!(text(&drawn(&stage, &look("dark", UNICODE))).contains("asking sources 5"));
    stage.tell(Message::Progress(Progress {
        finished: true,
        ..Progress::default()
    }));
    assert!(!text(&drawn(&stage, &look("dark", UNICODE))).contains("asking"));
}

#[test]
fn the_copies_of_a_release_name_their_sources() {
    let mut held = library(3);
    let listing = &mut held.held[0].listing;
    (listing.copies, listing.also) = (2, vec![SafeText::clean("Harbour Wire")]);
    let mut stage = Stage::with(held, 80, 24);
    assert!(text(&drawn(&stage, &look("dark", UNICODE))).contains("2×"));
    stage.press("w");
    let screen = text(&drawn(&stage, &look("dark", UNICODE)));
    assert!(screen.contains("Samples, Harbour"), "{screen}");
    stage.press("w");
    let screen = text(&drawn(&stage, &look("dark", UNICODE)));
    assert!(!screen.contains("Samples, Harbour"), "{screen}");
}

#[test]
fn what_was_corrected_says_so_above_its_text() {
    let mut held = library(20);
    held.held.insert(0, correction());
    let mut stage = Stage::with(held, 100, 24);
    stage.press("enter ' c");
    let screen = text(&drawn(&stage, &look("dark", UNICODE)));
    assert!(screen.contains("Corrected · ' c opens it · "), "{screen}");
}

#[test]
fn windows_that_float() {
    let mut stage = Stage::new(4, 80, 20);
    stage.press("?");
    golden("help", &stage);
    stage.press("esc :");
    stage.type_text("star");
    golden("palette", &stage);
    stage.press("esc z");
    golden("menu", &stage);
}

#[test]
fn what_is_empty_says_what_to_do() {
    golden("empty", &Stage::new(0, 80, 12));
}

#[test]
fn ascii_marks_are_ascii() {
    let mut stage = Stage::new(6, 80, 20);
    stage.press("s enter } } m enter");
    let buffer = drawn(&stage, &look("dark", ASCII));
    let screen = text(&buffer).replace(['\u{201C}', '\u{201D}'], "\"");
    assert!(screen.is_ascii(), "{screen}");
}

/// The cells that show `words`, which stand on the screen once.
fn style_of(buffer: &Buffer, words: &str) -> (Color, Color, Modifier) {
    for row in 0..buffer.area.height {
        let line: Vec<&str> = (0..buffer.area.width)
            .map(|column| buffer[(column, row)].symbol())
            .collect();
        if let Some(at) = line.concat().find(words) {
            let column = line
                .iter()
                .scan(0, |bytes, symbol| {
                    *bytes += symbol.len();
                    Some(*bytes)
                })
                .position(|end| end > at)
                .unwrap();
            let cell = &buffer[(u16::try_from(column).unwrap(), row)];
            return (cell.fg, cell.bg, cell.modifier);
        }
    }
    panic!("{words} is not on the screen:\n{}", text(buffer));
}

#[test]
fn nothing_is_told_by_colour_alone() {
    let mut stage = Stage::new(6, 120, 30);
    stage.press("enter } } m enter");
    let plain = Look {
        theme: Theme::built_in("dark").unwrap().reduced(Depth::None),
        glyphs: UNICODE,
    };
    let buffer = drawn(&stage, &plain);
    for cell in &buffer.content {
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
    }
    // A headline by weight, a passage by underline and bar, a name by its own attribute and its letter.
    assert!(
        style_of(&buffer, "Acme Power buys")
            .2
            .contains(Modifier::BOLD)
    );
    assert!(
        style_of(&buffer, "said on Thursday")
            .2
            .contains(Modifier::UNDERLINED)
    );
    assert!(text(&buffer).contains("▎"));
    assert!(text(&buffer).contains("O Acme Power"));
}

#[test]
fn hits_stay_readable_where_the_cursor_is() {
    let mut stage = Stage::new(6, 120, 30);
    stage.press("/");
    stage.type_text("harbour");
    let buffer = drawn(&stage, &look("dark", UNICODE));
    let mut hits = 0;
    for cell in &buffer.content {
        if cell.fg == Color::Rgb(0x15, 0x17, 0x1C) && cell.symbol() != " " {
            assert_ne!(cell.bg, cell.fg);
            let Color::Rgb(red, _, _) = cell.bg else {
                panic!("a hit without a ground of its own")
            };
            assert!(red > 0x80, "dark on dark: {cell:?}");
            hits += 1;
        }
    }
    assert!(hits > 0);
}

/// In columns where they fit; where they do not, with a line between the cells of a row, so that nobody takes two
/// figures for one.
#[test]
fn the_cells_of_a_table_stay_apart() {
    use dateline::release::{Section, SectionKind};
    use dateline::text::Extent;
    let table = "Hole\tFrom (m)\tCopper (%)\tGold (g/t)\nLP-26-01\t112.0\t0.88\t0.21";
    let whole = format!("Drilling results\n\n{table}\n");
    let start = whole.find("Hole").unwrap();
    for (columns, row) in [
        (120, "LP-26-01  112.0     0.88        0.21"),
        (40, "LP-26-01│112.0│0.88│0.21"),
    ] {
        let mut release = held(&whole, listing("Drilling results", NOON - 60));
        release.release.sections = vec![Section {
            kind: SectionKind::Table,
            extent: Extent::new(start, start + table.len()),
        }];
        let mut library = library(1);
        library.held.insert(0, release);
        let mut stage = Stage::with(library, columns, 20);
        stage.press("enter");
        let shown = text(&drawn(&stage, &look("dark", UNICODE)));
        assert!(shown.contains(row), "at {columns}:\n{shown}");
    }
}

#[test]
fn wide_text_keeps_the_columns() {
    let mut library = library(1);
    let words = "测试新能源产业 👩\u{200D}🔬🏳\u{FE0F}\u{200D}🌈 한국어 e\u{301}te\u{301} ไทย हिन्दी 🇳🇴🇩🇰\n\n第二段 tab\there soft\u{AD}hyphen.\n";
    library.held[0] = held(
        words,
        listing(
            "测试 👩\u{200D}🔬 headline 한국어 and more of it than there is room",
            NOON - 60,
        ),
    );
    let stage = Stage::with(library, 100, 20);
    let buffer = drawn(&stage, &look("dark", UNICODE));
    let edge = stage.app.geometry().left_edge.unwrap();
    for row in 1..19 {
        assert_eq!(
            buffer[(edge, row)].symbol(),
            "│",
            "row {row}:\n{}",
            text(&buffer)
        );
        let columns: usize = (0..edge)
            .fold((0, 0), |(sum, skip), column| {
                let width = buffer[(column, row)].symbol().width();
                if skip > 0 {
                    (sum, skip - 1)
                } else {
                    (sum + width.max(1), width.saturating_sub(1))
                }
            })
            .0;
        assert_eq!(columns, usize::from(edge), "row {row}");
    }
}

#[test]
fn every_theme_draws_every_screen_at_any_size() {
    let looks: Vec<Look> = BUILT_IN
        .iter()
        .map(|(name, _)| look(name, UNICODE))
        .collect();
    let mut stage = Stage::new(30, 120, 36);
    let keys = [
        "j", "enter", "}", "v", "v", "m", "enter", "e", "j", "Q", "O", "c", "M", "esc", "S", "esc",
        "?", "esc", ":", "esc", "/", "w", "enter", "n", "f", "x", "esc", "F", "u", "z", "a", "\\",
        "#", "+", "t", "esc", "E", "esc", "esc",
    ];
    let sizes = [
        (120, 36),
        (1, 1),
        (20, 5),
        (21, 6),
        (59, 15),
        (80, 24),
        (100, 3),
        (300, 90),
        (0, 0),
        (60, 500),
    ];
    for (turn, key) in keys.iter().cycle().take(160).enumerate() {
        let (columns, rows) = sizes[turn % sizes.len()];
        stage.tell(Message::Resize { columns, rows });
        stage.press(key);
        stage.mouse(MouseKind::Press, columns / 2, rows / 2);
        let look = &looks[turn % looks.len()];
        let buffer = drawn(&stage, look);
        let clean = |symbol: &str| symbol.chars().all(|c| !c.is_control());
        assert!(buffer.content.iter().all(|cell| clean(cell.symbol())));
        if let Some((column, row)) = cursor(&stage.app) {
            assert!(
                column < columns && row < rows,
                "{key} at {columns}x{rows}: cursor {column},{row}"
            );
        }
        // A buffer of another size than the app was told: a window that has just changed.
        let mut other = Buffer::empty(Rect::new(0, 0, 40, 10));
        draw(&stage.app, look, &mut other);
    }
}

#[test]
fn the_cursor_stands_on_what_has_the_focus() {
    let mut stage = Stage::new(12, 120, 30);
    let symbol = |stage: &Stage| {
        let buffer = drawn(stage, &look("dark", UNICODE));
        let (column, row) = cursor(&stage.app).expect("a cursor");
        (column..column + 4)
            .map(|column| buffer[(column, row)].symbol().to_owned())
            .collect::<String>()
    };
    assert_eq!(symbol(&stage), "Acme");
    stage.press("j");
    assert_eq!(symbol(&stage), "Rele");
    stage.press("k enter");
    assert_eq!(symbol(&stage), "Acme");
    stage.press("/");
    stage.type_text("ab");
    let (column, row) = cursor(&stage.app).unwrap();
    assert_eq!((column, row), (5, 0));
}

/// The built-in samples that make a good picture, as they are understood; the first is the one to open.
fn samples() -> Library {
    let mut recogniser = Recogniser::new(Reading::Careful);
    let wanted = [
        "halden-business",
        "corvane-correction",
        "aldermoor",
        "central-bank",
        "lumenfold",
        "tamarack",
        "transport",
    ];
    let bytes = |wanted: &&str| SAMPLES.iter().position(|(name, _)| name.contains(*wanted));
    let chosen: Vec<&[u8]> = wanted
        .iter()
        .filter_map(bytes)
        .map(|at| SAMPLES[at].1)
        .collect();
    let mut incoming = dateline::source::samples();
    incoming.retain(|sample| chosen.contains(&&*sample.original));
    incoming.sort_by_key(|sample| chosen.iter().position(|bytes| *bytes == &*sample.original));
    let held = incoming.iter().enumerate().map(|(number, sample)| {
        let release = understand(sample, &[]);
        let recognition = recogniser.recognise(&release);
        let published = NOON - 2700 - 7300 * i64::try_from(number).unwrap();
        let mut row = listing(release.headline.as_deref().unwrap_or(""), published);
        row.issuer = release.issuer.clone();
        row.standing = release.standing;
        row.read = number > 2;
        Held {
            links: vec![None; recognition.entities.len()],
            listing: row,
            release,
            recognition,
            keepings: Keepings::default(),
            deleted: false,
        }
    });
    let mut library = Library::default();
    library.held = held.collect();
    library
}

/// Draws the picture of the README: a golden screen with its colours.
#[test]
#[ignore = "writes assets/screen.svg"]
fn picture() {
    let mut stage = Stage::with(samples(), 120, 34);
    stage.press("s enter } } m enter } e");
    stage.tell(Message::Clock { now: NOON + 60 });
    let look = look("dark", UNICODE);
    let buffer = drawn(&stage, &look);
    let title = "dateline: a list of releases, one of them open with its names marked, and the names by kind";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screen.svg");
    std::fs::write(path, svg(&buffer, &look, title)).unwrap();
}

/// What a reader can be in the midst of, as keys from the start.
const STATES: [&str; 10] = [
    "",
    "enter",
    "enter e",
    "enter } v )",
    "/",
    "M",
    "S",
    "?",
    ":",
    "enter e I",
];

/// Every state at every size, in the themes by turns: nothing panics, nothing is drawn past the edge, no control
/// character reaches a cell, and the hardware cursor lies on the screen.
#[test]
fn every_state_at_every_size() {
    let looks: Vec<Look> = BUILT_IN
        .iter()
        .flat_map(|(name, ..)| [look(name, UNICODE), look(name, ASCII)])
        .collect();
    let widths = [1, 2, 7, 20, 39, 59, 60, 80, 99, 100, 132, 240];
    let mut turn = 0;
    for keys in STATES {
        let mut stage = Stage::new(9, 120, 36);
        if !keys.is_empty() {
            stage.press(keys);
        }
        for columns in widths {
            for rows in [1, 3, 10, 24, 70] {
                stage.tell(Message::Resize { columns, rows });
                let look = &looks[turn % looks.len()];
                turn += 1;
                let buffer = drawn(&stage, look);
                assert_eq!((buffer.area.width, buffer.area.height), (columns, rows));
                for line in text(&buffer).lines() {
                    assert!(
                        line.width() <= usize::from(columns),
                        "{keys} {columns}x{rows}: {line}"
                    );
                    assert!(
                        !line.contains(char::is_control),
                        "{keys} {columns}x{rows}: {line}"
                    );
                }
                if let Some((column, row)) = cursor(&stage.app) {
                    assert!(
                        column <= columns && row < rows,
                        "{keys} {columns}x{rows}: {column},{row}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_card_of_an_entity() {
    let mut stage = Stage::new(6, 80, 24);
    stage.press("enter e I");
    golden("card", &stage);
    stage.press("m");
    golden("card_join", &stage);
}
