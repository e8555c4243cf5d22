//! The clipboard. First by OSC 52, which the terminal sets: it works over a network too, and starts no program. What
//! is sent is base64, so no text can end the sequence; within tmux it is sent a second time wrapped, for a tmux that
//! passes on what it does not take itself. No terminal says whether it took it, so on the user's own machine the
//! system's program is given the text too, where there is one. What is too long for both goes into a file of the
//! user's own.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::capability::Environment;
use crate::text::SafeText;

/// Terminals drop or cut longer sequences (xterm, tmux and iTerm2 take at least this much).
pub const LIMIT: usize = 74_994;

/// The sequence that puts `text` on the clipboard; `None` where it is too long for terminals to take.
#[must_use]
pub fn sequence(text: &SafeText) -> Option<String> {
    (text.len() <= LIMIT).then(|| format!("\x1b]52;c;{}\x1b\\", base64(text.as_bytes())))
}

/// The sequence as it goes out: within tmux also wrapped, so that it passes through.
#[must_use]
pub fn sent(sequence: &str, environment: Environment<'_>) -> String {
    if environment("TMUX").is_none() {
        return sequence.to_owned();
    }
    let wrapped = sequence.replace('\x1b', "\x1b\x1b");
    format!("{sequence}\x1bPtmux;{wrapped}\x1b\\")
}

/// The program that sets the system's clipboard, with its arguments; none over a network, where it would set another
/// machine's.
#[must_use]
pub fn program(environment: Environment<'_>) -> Option<(&'static str, &'static [&'static str])> {
    let set = |name: &str| environment(name).is_some_and(|value| !value.is_empty());
    if set("SSH_CONNECTION") || set("SSH_TTY") {
        return None;
    }
    let known: [(bool, &str, &[&str]); 4] = [
        (cfg!(target_os = "macos"), "pbcopy", &[]),
        (set("WAYLAND_DISPLAY"), "wl-copy", &[]),
        (set("DISPLAY"), "xclip", &["-selection", "clipboard"]),
        (set("DISPLAY"), "xsel", &["--clipboard", "--input"]),
    ];
    let path = environment("PATH").unwrap_or_default();
    let there = |program: &str| std::env::split_paths(&path).any(|dir| dir.join(program).is_file());
    let mut fitting = known.into_iter().filter(|(fits, ..)| *fits);
    fitting
        .find(|(_, program, _)| there(program))
        .map(|(_, program, arguments)| (program, arguments))
}

/// Gives `text` to the system's clipboard; the name of the program that took it. It is written to by a thread of its
/// own: a program that does not read keeps nobody waiting.
pub fn give(text: &SafeText, environment: Environment<'_>) -> Option<&'static str> {
    let (program, arguments) = program(environment)?;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let (input, text) = (child.stdin.take(), text.clone());
    std::thread::spawn(move || {
        // The program may end before it has read everything: there is nobody to tell then.
        if let Some(mut input) = input {
            let _ = input.write_all(text.as_bytes());
        }
        let _ = child.wait();
    });
    Some(program)
}

/// Writes `text` to a new file that only the user can read; where it is.
///
/// # Errors
/// Where no file could be written.
pub fn keep(text: &SafeText) -> std::io::Result<PathBuf> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let name = format!(
        "dateline-copied-{}-{}.txt",
        std::process::id(),
        now.map_or(0, |since| since.as_nanos())
    );
    let path = std::env::temp_dir().join(name);
    options.open(&path)?.write_all(text.as_bytes())?;
    Ok(path)
}

/// RFC 4648 §4.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let value = group
            .iter()
            .chain(&[0; 2])
            .take(3)
            .fold(0u32, |value, &byte| value << 8 | u32::from(byte));
        for place in 0..4 {
            if place <= group.len() {
                let digit = value >> (18 - 6 * place) & 63;
                out.push(char::from(DIGITS[digit as usize]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_the_rfc() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn tmux_gets_the_sequence_a_second_time_wrapped() {
        let sequence = sequence(&SafeText::clean("foo")).unwrap();
        assert_eq!(sent(&sequence, &|_| None), sequence);
        let within = |name: &str| (name == "TMUX").then(|| "/tmp/tmux".to_owned());
        assert_eq!(
            sent(&sequence, &within),
            "\x1b]52;c;Zm9v\x1b\\\x1bPtmux;\x1b\x1b]52;c;Zm9v\x1b\x1b\\\x1b\\"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_program_is_used_where_it_is_and_not_over_a_network() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("xsel"), "").unwrap();
        let path = dir.path().to_string_lossy().into_owned();
        let of = |more: &'static [&'static str]| {
            let path = path.clone();
            move |name: &str| match name {
                "PATH" => Some(path.clone()),
                name => more.contains(&name).then(|| "1".to_owned()),
            }
        };
        if cfg!(target_os = "macos") {
            return;
        }
        assert_eq!(
            program(&of(&["DISPLAY"])).map(|(name, _)| name),
            Some("xsel")
        );
        assert_eq!(program(&of(&[])), None);
        assert_eq!(program(&of(&["DISPLAY", "SSH_TTY"])), None);
    }

    #[test]
    fn what_is_too_long_is_kept_in_a_file() {
        let path = keep(&SafeText::clean("long")).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "long");
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn nothing_in_the_text_ends_the_sequence() {
        let text = SafeText::clean("a\u{1B}]52;c;x\u{07}b — “quote”");
        let sequence = sequence(&text).unwrap();
        let inside = &sequence["\x1b]52;c;".len()..sequence.len() - 2];
        assert!(
            inside
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
        );
        assert!(super::sequence(&SafeText::clean(&"x".repeat(LIMIT + 1))).is_none());
    }
}
