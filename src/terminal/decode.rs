//! Bytes from a terminal to keys, mouse events, pastes and the terminal's answers. Written here, and not left to a
//! library, because three things must hold: a paste is only ever text, whatever it contains; an answer that comes
//! late is swallowed, never typed; and a lone Esc is a key at once. It refuses nothing: what it does not know it
//! drops whole, in linear time.

use crate::app::key::{Key, KeyCode, MouseKind};

/// What came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// The mouse, in cells from the top left corner; clicks are not yet counted.
    Mouse {
        /// Column, 0-based.
        column: u16,
        /// Row, 0-based.
        row: u16,
        /// What it did.
        kind: MouseKind,
    },
    /// Pasted text, as it came.
    Paste(String),
    /// The window gained or lost the focus.
    Focus(bool),
    /// The terminal's background colour, 8 bits a channel.
    Background([u8; 3]),
    /// The terminal knows kitty's keyboard protocol.
    Kitty,
    /// The terminal said what it is: all questions asked before are answered or will never be.
    Attributes,
}

/// A sequence longer than this is no key of any terminal.
const SEQUENCE_LIMIT: usize = 256;
/// More than this of one paste is dropped: no field of ours takes a book.
pub const PASTE_LIMIT: usize = 1 << 20;
const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// Turns bytes into [`Input`], keeping what is not yet whole.
#[derive(Debug, Default)]
pub struct Decoder {
    pending: Vec<u8>,
    paste: Option<Vec<u8>>,
}

/// What a step of decoding found at the head of the bytes.
enum Step {
    /// So many bytes made this, or nothing.
    Took(usize, Option<Input>),
    /// A paste starts after so many bytes.
    Paste(usize),
    /// More bytes are needed.
    Partial,
}

impl Decoder {
    /// Takes bytes and gives what became whole.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        let mut inputs = Vec::new();
        if self.paste.is_some() {
            self.feed_paste(bytes, &mut inputs);
        } else {
            self.pending.extend_from_slice(bytes);
            self.decode(&mut inputs);
        }
        inputs
    }

    /// Whether a paste has begun and not ended.
    #[must_use]
    pub fn pasting(&self) -> bool {
        self.paste.is_some()
    }

    /// Whether bytes wait for the rest of a sequence. A lone Esc is one byte.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.pending.len()
    }

    /// Nothing more came: a lone Esc is the key, `ESC [` is Alt-[, and the rest of what waits is dropped.
    pub fn settle(&mut self) -> Vec<Input> {
        let pending = std::mem::take(&mut self.pending);
        match pending.as_slice() {
            [0x1B] => vec![Input::Key(plain(KeyCode::Escape))],
            [0x1B, c @ (b'[' | b'O' | b']')] => vec![Input::Key(Key {
                alt: true,
                ..plain(KeyCode::Char(char::from(*c)))
            })],
            _ => Vec::new(),
        }
    }

    fn decode(&mut self, inputs: &mut Vec<Input>) {
        let pending = std::mem::take(&mut self.pending);
        let mut at = 0;
        while at < pending.len() {
            match step(&pending[at..]) {
                Step::Took(length, input) => {
                    at += length;
                    inputs.extend(input);
                }
                Step::Paste(length) => {
                    self.paste = Some(Vec::new());
                    self.feed_paste(&pending[at + length..], inputs);
                    return;
                }
                Step::Partial if pending.len() - at > SEQUENCE_LIMIT => at += 1,
                Step::Partial => {
                    self.pending = pending[at..].to_vec();
                    return;
                }
            }
        }
    }

    /// Collects a paste. Its end is the last end mark among the bytes at hand: one inside pasted text (which no
    /// honest terminal sends) must not turn the words after it into keys.
    fn feed_paste(&mut self, bytes: &[u8], inputs: &mut Vec<Input>) {
        let Some(mut paste) = self.paste.take() else {
            return;
        };
        // An end mark may be cut in two by a read.
        let from = paste.len().saturating_sub(PASTE_END.len() - 1);
        paste.extend_from_slice(bytes);
        let next = find(&paste[from..], PASTE_START).map_or(paste.len(), |at| from + at);
        match find_last(&paste[from..next], PASTE_END) {
            Some(at) => {
                let rest = paste.split_off(from + at + PASTE_END.len());
                paste.truncate(from + at);
                inputs.push(Input::Paste(pasted(&paste)));
                self.pending = rest;
                self.decode(inputs);
            }
            None => {
                // Keep the tail, where the end mark will show, and drop the middle of what is far too long.
                if paste.len() > 2 * PASTE_LIMIT {
                    let tail = paste.len() - (PASTE_END.len() - 1);
                    paste.drain(PASTE_LIMIT..tail);
                }
                self.paste = Some(paste);
            }
        }
    }
}

/// The text of a paste, cut to the limit, without any end mark that lay inside.
fn pasted(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(PASTE_LIMIT)]);
    text.replace("\x1b[201~", "")
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, needle)
}

fn find_last(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::rfind(bytes, needle)
}

/// Decodes what stands at the head of `bytes` (not empty).
fn step(bytes: &[u8]) -> Step {
    match bytes[0] {
        0x1B => escape(bytes),
        byte @ ..0x20 | byte @ 0x7F => Step::Took(1, Some(Input::Key(control(byte)))),
        _ => character(bytes, false),
    }
}

/// A key without modifiers.
fn plain(code: KeyCode) -> Key {
    Key {
        code,
        control: false,
        alt: false,
        shift: false,
    }
}

/// A C0 byte or DEL as the key that sends it.
fn control(byte: u8) -> Key {
    let letter = |c: u8| Key {
        control: true,
        ..plain(KeyCode::Char(char::from(c)))
    };
    match byte {
        b'\r' => plain(KeyCode::Enter),
        b'\t' => plain(KeyCode::Tab),
        0x08 | 0x7F => plain(KeyCode::Backspace),
        0x00 => letter(b' '),
        0x1C..=0x1F => letter(byte - 0x1C + b'\\'),
        _ => letter(byte - 1 + b'a'),
    }
}

/// A character in UTF-8; bytes that are none are dropped one by one.
fn character(bytes: &[u8], alt: bool) -> Step {
    let length = match bytes[0] {
        ..0x80 => 1,
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return Step::Took(1, None),
    };
    let have = &bytes[..length.min(bytes.len())];
    match std::str::from_utf8(have) {
        Ok(text) => {
            let key = text.chars().next().filter(|c| !c.is_control()).map(|c| {
                Input::Key(Key {
                    alt,
                    ..plain(KeyCode::Char(c))
                })
            });
            Step::Took(length, key)
        }
        Err(error) if error.error_len().is_none() => Step::Partial,
        Err(_) => Step::Took(1, None),
    }
}

/// What follows an ESC.
fn escape(bytes: &[u8]) -> Step {
    let Some(&next) = bytes.get(1) else {
        return Step::Partial;
    };
    match next {
        b'[' => csi(bytes),
        b'O' => ss3(bytes),
        b']' | b'P' | b'X' | b'^' | b'_' => string(bytes),
        0x1B => Step::Took(1, Some(Input::Key(plain(KeyCode::Escape)))),
        ..0x20 | 0x7F => Step::Took(
            2,
            Some(Input::Key(Key {
                alt: true,
                ..control(next)
            })),
        ),
        _ => match character(&bytes[1..], true) {
            Step::Took(length, input) => Step::Took(length + 1, input),
            other => other,
        },
    }
}

/// `ESC O x`: cursor and function keys in application mode.
fn ss3(bytes: &[u8]) -> Step {
    let Some(&byte) = bytes.get(2) else {
        return Step::Partial;
    };
    let code = match byte {
        b'P'..=b'S' => Some(KeyCode::F(byte - b'P' + 1)),
        b'M' => Some(KeyCode::Enter),
        _ => letter_key(byte),
    };
    match (code, byte) {
        (None, ..0x20) => Step::Took(2, None),
        _ => Step::Took(3, code.map(|code| Input::Key(plain(code)))),
    }
}

/// The keys whose sequences end in a letter.
fn letter_key(byte: u8) -> Option<KeyCode> {
    Some(match byte {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => KeyCode::F(byte - b'P' + 1),
        b'Z' => KeyCode::BackTab,
        _ => return None,
    })
}

/// The keys whose sequences are a number and `~`.
fn number_key(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(u8::try_from(number - 10).ok()?),
        17..=21 => KeyCode::F(u8::try_from(number - 11).ok()?),
        23..=24 => KeyCode::F(u8::try_from(number - 12).ok()?),
        _ => return None,
    })
}

/// `ESC [ parameters final`.
fn csi(bytes: &[u8]) -> Step {
    let body = &bytes[2..];
    // The Linux console's F1 to F5.
    if body.first() == Some(&b'[') {
        return match body.get(1) {
            None => Step::Partial,
            Some(c @ b'A'..=b'E') => {
                Step::Took(4, Some(Input::Key(plain(KeyCode::F(c - b'A' + 1)))))
            }
            Some(_) => Step::Took(3, None),
        };
    }
    let Some(length) = body.iter().position(|b| !(0x20..0x40).contains(b)) else {
        return Step::Partial;
    };
    let (parameters, last) = (&body[..length], body[length]);
    let whole = 2 + length + 1;
    if !(0x40..0x7F).contains(&last) {
        // A broken sequence; the byte that broke it is looked at anew.
        return Step::Took(2 + length, None);
    }
    // The oldest mouse protocol, which we never ask for: three bytes follow.
    if last == b'M' && parameters.is_empty() {
        return if bytes.len() < whole + 3 {
            Step::Partial
        } else {
            Step::Took(whole + 3, None)
        };
    }
    if &bytes[..whole] == PASTE_START {
        return Step::Paste(whole);
    }
    Step::Took(whole, meaning(parameters, last))
}

/// What a whole control sequence means.
fn meaning(parameters: &[u8], last: u8) -> Option<Input> {
    match (parameters.first(), last) {
        (Some(b'<'), b'M' | b'm') => mouse(&parameters[1..], last == b'm'),
        (Some(b'?'), b'u') => Some(Input::Kitty),
        (Some(b'?'), b'c') => Some(Input::Attributes),
        (Some(b'<' | b'>' | b'?' | b'='), _) => None,
        (None, b'I') => Some(Input::Focus(true)),
        (None, b'O') => Some(Input::Focus(false)),
        _ => key(parameters, last).map(Input::Key),
    }
}

/// A key with modifiers: `1;5A`, `3;2~`, `97;5u`, `97;5:3u`.
fn key(parameters: &[u8], last: u8) -> Option<Key> {
    let text = std::str::from_utf8(parameters).ok()?;
    let mut fields = text.split(';').map(|field| field.split(':'));
    let first = fields.next().and_then(|mut f| f.next()).unwrap_or("");
    let mut second = fields.next();
    let mut next = || {
        second
            .as_mut()
            .and_then(Iterator::next)
            .and_then(|f| f.parse::<u32>().ok())
    };
    let bits = next().unwrap_or(1).saturating_sub(1);
    // An event type of 3 is a key let go; super, hyper and meta are the window manager's.
    if next() == Some(3) || bits & 0b11_1000 != 0 {
        return None;
    }
    let (shift, alt, control) = (bits & 1 != 0, bits & 2 != 0, bits & 4 != 0);
    let code = match last {
        b'~' => number_key(first.parse().ok()?)?,
        b'u' => unicode_key(first.parse().ok()?, shift)?,
        _ => letter_key(last)?,
    };
    let code = if code == KeyCode::Tab && shift {
        KeyCode::BackTab
    } else {
        code
    };
    Some(Key {
        code,
        control,
        alt,
        shift: shift && !matches!(code, KeyCode::Char(_) | KeyCode::BackTab),
    })
}

/// A key of kitty's protocol.
fn unicode_key(number: u32, shift: bool) -> Option<KeyCode> {
    Some(match number {
        9 => KeyCode::Tab,
        13 | 57_414 => KeyCode::Enter,
        27 => KeyCode::Escape,
        8 | 127 => KeyCode::Backspace,
        // The digits of the key pad.
        57_399..=57_408 => KeyCode::Char(char::from_digit(number - 57_399, 10)?),
        // Other private numbers are keys we have no use for (media, locks, modifiers alone).
        57_344..=63_743 => return None,
        _ => {
            let c = char::from_u32(number).filter(|c| !c.is_control())?;
            let upper = c.to_uppercase().next().filter(|_| shift);
            KeyCode::Char(upper.unwrap_or(c))
        }
    })
}

/// SGR mouse: `button;column;row`, 1-based.
fn mouse(parameters: &[u8], released: bool) -> Option<Input> {
    let text = std::str::from_utf8(parameters).ok()?;
    let mut numbers = text.split(';').map(|n| n.parse::<u16>().ok());
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let kind = match (button & !0b1_1100, released) {
        (0, true) => MouseKind::Release,
        (0, false) => MouseKind::Press,
        (32, _) => MouseKind::Drag,
        (64, _) => MouseKind::WheelUp,
        (65, _) => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Input::Mouse {
        column: column.checked_sub(1)?,
        row: row.checked_sub(1)?,
        kind,
    })
}

/// A control string up to BEL or ST.
fn string(bytes: &[u8]) -> Step {
    let limit = bytes.len().min(SEQUENCE_LIMIT);
    for at in 2..limit {
        let end = match bytes[at] {
            0x07 => at + 1,
            0x1B if bytes.get(at + 1) == Some(&b'\\') => at + 2,
            0x1B if at + 1 == bytes.len() => return Step::Partial,
            0x1B => at,
            _ => continue,
        };
        return Step::Took(end, background(&bytes[1..at]));
    }
    Step::Partial
}

/// `]11;rgb:RRRR/GGGG/BBBB`, with one to four hexadecimal digits a channel.
fn background(string: &[u8]) -> Option<Input> {
    let text = std::str::from_utf8(string).ok()?;
    let channels = text.strip_prefix("]11;")?;
    let channels = channels
        .strip_prefix("rgb:")
        .or_else(|| channels.strip_prefix("rgba:"))?;
    let mut values = channels.split('/').map(|digits| {
        let value = u32::from_str_radix(digits, 16).ok()?;
        let full = 16u32.checked_pow(u32::try_from(digits.len()).ok()?)? - 1;
        (digits.len() <= 4).then(|| u8::try_from(value * 255 / full).unwrap_or(255))
    });
    Some(Input::Background([
        values.next()??,
        values.next()??,
        values.next()??,
    ]))
}

#[cfg(test)]
mod tests;
