//! Bytes as terminals send them, and the keys they mean, whole and in pieces. It refuses a terminal.

use super::*;
use proptest::prelude::*;

fn all(bytes: &[u8]) -> Vec<Input> {
    let mut decoder = Decoder::default();
    let mut inputs = decoder.feed(bytes);
    inputs.extend(decoder.settle());
    inputs
}

/// A key in the notation of the tests: `C-x`, `A-x`, `S-Up`.
fn named(input: &Input) -> String {
    let Input::Key(key) = input else {
        return format!("{input:?}");
    };
    let code = match key.code {
        KeyCode::Char(c) => c.to_string(),
        code => format!("{code:?}"),
    };
    let mark = |on: bool, mark: &'static str| if on { mark } else { "" };
    format!(
        "{}{}{}{code}",
        mark(key.control, "C-"),
        mark(key.alt, "A-"),
        mark(key.shift, "S-")
    )
}

#[test]
fn keys_of_every_spelling() {
    for (bytes, names) in [
        ("jG/é界", "j G / é 界"),
        (
            "\r\t\x7f\x08\x01\x1a\x00",
            "Enter Tab Backspace Backspace C-a C-z C- ",
        ),
        ("\x1b[A\x1bOB\x1b[1;5C\x1b[1;2D", "Up Down C-Right S-Left"),
        (
            "\x1b[H\x1b[4~\x1b[5~\x1b[6;3~\x1b[3~",
            "Home End PageUp A-PageDown Delete",
        ),
        (
            "\x1b[Z\x1b[9;2u\x1b[27u\x1b[97;5u\x1b[97;6u",
            "BackTab BackTab Escape C-a C-A",
        ),
        ("\x1bOP\x1b[15~\x1b[24~\x1b[[A", "F(1) F(5) F(12) F(1)"),
        ("\x1bx\x1b\r\x1bé", "A-x A-Enter A-é"),
        ("\x1b[97;1:3u\x1b[97;9ux", "x"),
        ("\x1b\x1b", "Escape Escape"),
        ("\x1b[", "A-["),
    ] {
        let got: Vec<_> = all(bytes.as_bytes()).iter().map(named).collect();
        assert_eq!(got.join(" "), names, "{bytes:?}");
    }
}

#[test]
fn the_mouse_and_the_terminals_answers() {
    assert_eq!(
        all(b"\x1b[<0;1;1M\x1b[<32;5;6M\x1b[<0;5;6m\x1b[<64;3;4M\x1b[<2;1;1M"),
        [
            (0, 0, MouseKind::Press),
            (4, 5, MouseKind::Drag),
            (4, 5, MouseKind::Release),
            (2, 3, MouseKind::WheelUp),
        ]
        .map(|(column, row, kind)| Input::Mouse { column, row, kind })
    );
    assert_eq!(
        all(b"\x1b]11;rgb:1515/17FF/1c1c\x1b\\\x1b[?1u\x1b[?62;22c\x1b[I\x1b[O"),
        [
            Input::Background([0x15, 0x17, 0x1C]),
            Input::Kitty,
            Input::Attributes,
            Input::Focus(true),
            Input::Focus(false)
        ]
    );
    assert_eq!(all(b"\x1b]11;rgb:f/f/f\x07q").len(), 2);
    assert_eq!(all(b"\x1b]11;rgb:zz/f/f\x07"), []);
}

#[test]
fn a_paste_is_only_text() {
    let inside = all(b"\x1b[200~one\x1b[201~dq\x1b[201~j");
    assert_eq!(inside[0], Input::Paste("onedq".to_owned()));
    assert_eq!(named(&inside[1]), "j");
    let mut decoder = Decoder::default();
    let mut inputs = Vec::new();
    for byte in b"\x1b[200~two\r\nlines\x1b[201~k" {
        inputs.extend(decoder.feed(&[*byte]));
    }
    assert_eq!(inputs[0], Input::Paste("two\r\nlines".to_owned()));
    assert_eq!(named(&inputs[1]), "k");
    let two = all(b"\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~");
    assert_eq!(two, ["a", "b"].map(|t| Input::Paste(t.to_owned())));
}

#[test]
fn a_great_paste_is_cut_and_its_end_is_seen() {
    let mut decoder = Decoder::default();
    let mut inputs = decoder.feed(PASTE_START);
    for _ in 0..50 {
        inputs.extend(decoder.feed(&[b'x'; 1 << 16]));
    }
    inputs.extend(decoder.feed(PASTE_END));
    inputs.extend(decoder.feed(b"j"));
    assert!(matches!(&inputs[0], Input::Paste(text) if text.len() == PASTE_LIMIT));
    assert_eq!(named(&inputs[1]), "j");
}

#[test]
fn sequences_may_arrive_in_pieces() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.feed(b"\x1b"), []);
    assert_eq!(decoder.waiting(), 1);
    assert_eq!(decoder.feed(b"[1;"), []);
    assert_eq!(named(&decoder.feed(b"5A")[0]), "C-Up");
    assert_eq!(decoder.feed(&"é".as_bytes()[..1]), []);
    assert_eq!(named(&decoder.feed(&"é".as_bytes()[1..])[0]), "é");
}

proptest! {
    /// Garbage ends: after it, a key is a key again.
    #[test]
    fn any_bytes_decode(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let mut decoder = Decoder::default();
        for piece in bytes.chunks(7) {
            decoder.feed(piece);
        }
        decoder.settle();
        if !decoder.pasting() {
            prop_assert_eq!(named(&decoder.feed(b"j")[0]), "j");
        }
    }

    /// How the bytes are cut makes no difference.
    #[test]
    fn cuts_do_not_matter(cut in 1usize..9) {
        let bytes = "a\x1b[1;5Aé\x1b[<0;10;20M\x1b]11;rgb:ff/ff/ff\x1b\\\x1b[200~pä\x1b[201~z".as_bytes();
        let mut decoder = Decoder::default();
        let mut pieces = Vec::new();
        for piece in bytes.chunks(cut) {
            pieces.extend(decoder.feed(piece));
        }
        prop_assert_eq!(pieces, all(bytes));
    }
}
