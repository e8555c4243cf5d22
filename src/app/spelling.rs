//! How keys are spelt: in the key table, in the configuration, in help. One key is a character or a name, with what is
//! held before it; keys of a sequence are parted by spaces.

use crate::app::key::{Key, KeyCode};

/// The names of keys that are no characters.
const NAMES: [(&str, KeyCode); 15] = [
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Escape),
    ("Tab", KeyCode::Tab),
    ("BackTab", KeyCode::BackTab),
    ("Space", KeyCode::Char(' ')),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PageUp", KeyCode::PageUp),
];

/// Reads a sequence of keys: `z a`, `ctrl-d`, `f1`. `None` where a key is not known.
#[must_use]
pub fn parse(keys: &str) -> Option<Vec<Key>> {
    let parsed: Option<Vec<Key>> = keys.split_whitespace().map(parse_one).collect();
    parsed.filter(|keys| !keys.is_empty())
}

fn parse_one(name: &str) -> Option<Key> {
    let mut key = Key {
        code: KeyCode::Escape,
        control: false,
        alt: false,
        shift: false,
    };
    let mut rest = name;
    loop {
        let lower = rest.to_ascii_lowercase();
        let (flag, len) = if lower.starts_with("ctrl-") {
            (&mut key.control, 5)
        } else if lower.starts_with("alt-") {
            (&mut key.alt, 4)
        } else if lower.starts_with("shift-") {
            (&mut key.shift, 6)
        } else {
            break;
        };
        if rest.len() == len {
            return None;
        }
        *flag = true;
        rest = &rest[len..];
    }
    key.code = code(rest)?;
    if let KeyCode::Char(c) = key.code
        && key.shift
    {
        key.code = KeyCode::Char(c.to_uppercase().next().unwrap_or(c));
        key.shift = false;
    }
    Some(key)
}

fn code(name: &str) -> Option<KeyCode> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Some(KeyCode::Char(c));
    }
    if name.eq_ignore_ascii_case("pagedown") {
        return Some(KeyCode::PageDown);
    }
    if let Some(number) = name
        .strip_prefix(['f', 'F'])
        .and_then(|number| number.parse().ok())
    {
        return (1..=12).contains(&number).then_some(KeyCode::F(number));
    }
    let found = NAMES
        .iter()
        .find(|(other, _)| name.eq_ignore_ascii_case(other));
    found.map(|(_, code)| *code)
}

/// Keys as people write them.
#[must_use]
pub fn written(keys: &[Key]) -> String {
    let names: Vec<String> = keys.iter().map(|key| written_one(*key)).collect();
    names.join(" ")
}

fn written_one(key: Key) -> String {
    let mut out = String::new();
    for (held, name) in [
        (key.control, "Ctrl-"),
        (key.alt, "Alt-"),
        (key.shift, "Shift-"),
    ] {
        if held {
            out.push_str(name);
        }
    }
    match key.code {
        KeyCode::PageDown => out.push_str("PageDown"),
        KeyCode::F(number) => out.push_str(&format!("F{number}")),
        code => match (NAMES.iter().find(|(_, other)| *other == code), code) {
            (Some((name, _)), _) => out.push_str(name),
            (None, KeyCode::Char(c)) => out.push(c),
            (None, _) => {}
        },
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_and_write() {
        for name in [
            "j",
            "G",
            "Ctrl-d",
            "Alt-x",
            "Space",
            "F12",
            "PageDown",
            "z a",
            "Ctrl-Left",
            "-",
            "Ctrl--",
        ] {
            assert_eq!(written(&parse(name).unwrap()), name);
        }
        assert_eq!(parse("shift-a"), parse("A"));
        for name in ["", "ctrl-", "f13", "nonsense"] {
            assert_eq!(parse(name), None, "{name:?}");
        }
    }
}
