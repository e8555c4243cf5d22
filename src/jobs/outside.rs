//! What leaves the program when the user presses the key for it: the browser with one address, a file with passages.
//! Only an absolute http or https address, written anew from its parsed form, ever reaches the opener, so it can be
//! neither an option nor a command; no shell is involved. An existing file is never overwritten.

use std::io::Write;
use std::path::Path;

use crossbeam_channel::Receiver;

use super::threads::Start;
use crate::app::effect::Effect;
use crate::app::message::Gravity;
use crate::citation::{self, Format};
use crate::release::Passage;
use crate::store::Reader;
use crate::text::{SafeText, sanitise};

/// Runs the thread to its end.
pub(super) fn run(library: &Path, requests: &Receiver<Effect>, start: &Start) {
    while let Ok(effect) = requests.recv() {
        start.guarded("opening", || {
            let said = match &effect {
                Effect::OpenAddress { address } => open_address(address),
                Effect::Export {
                    path,
                    format,
                    query,
                } => export(library, path, format, query.as_deref()),
                _ => return,
            };
            match said {
                Ok(words) => start.say(Gravity::Good, &words),
                Err(words) => start.say(Gravity::Warning, &words),
            }
        });
    }
}

fn open_address(address: &str) -> Result<String, String> {
    let address = openable(address)
        .map_err(|reason| format!("Not opened: {reason}: {}", shortened(address)))?;
    open::that_detached(&address)
        .map_err(|problem| format!("No browser could be started: {problem}"))?;
    Ok(format!("Opened {address}"))
}

/// Writes passages to a new file; what it says when it is done, or why it is not.
fn export(
    library: &Path,
    path: &Path,
    format: &str,
    query: Option<&str>,
) -> Result<String, String> {
    let format = Format::named(format).ok_or_else(|| {
        format!(
            "Not exported: {} is no format",
            SafeText::clean_line(format)
        )
    })?;
    let reader = Reader::open(library).map_err(|problem| format!("Not exported: {problem}"))?;
    let found = reader
        .passages(query)
        .map_err(|problem| format!("Not exported: {problem}"))?;
    let passages: Vec<Passage> = found.into_iter().map(|(passage, _)| passage).collect();
    if passages.is_empty() {
        return Err("Not exported: there are no passages yet; bookmark one first".to_owned());
    }
    let text = citation::write(format, &passages);
    write_new(path, sanitise(&text).as_bytes())?;
    let shown = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    Ok(format!(
        "{} passages written to {}",
        passages.len(),
        shown.display()
    ))
}

/// Writes a file that is not there yet: neither an existing file nor what a link points to is touched.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let failed = |problem: std::io::Error| match problem.kind() {
        std::io::ErrorKind::AlreadyExists => {
            format!(
                "Not exported: {} is there already; name another file",
                path.display()
            )
        }
        _ => format!("Not exported: {}: {problem}", path.display()),
    };
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(failed)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|problem| {
        // A torn file is worse than none; that it was ours we know, since it is new.
        let _ = std::fs::remove_file(path);
        failed(problem)
    })
}

/// The address as it may reach the opener, or why it may not.
///
/// # Errors
/// Where it is no absolute http or https address.
pub fn openable(address: &str) -> Result<String, String> {
    let parsed =
        url::Url::parse(address.trim()).map_err(|problem| format!("no address ({problem})"))?;
    match parsed.scheme() {
        "http" | "https" if parsed.has_host() => Ok(parsed.to_string()),
        other => Err(format!("scheme {other} is neither http nor https")),
    }
}

/// An address that is told and not opened; a `data:` one may be a whole picture.
fn shortened(address: &str) -> String {
    const MOST: usize = 60;
    match address.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &address[..end]),
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{openable, write_new};

    #[test]
    fn only_web_addresses_are_opened_and_never_as_options_or_commands() {
        for refused in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "-flag",
            "--help",
            "$(id)",
            "`id`",
            "",
            "mailto:a@example.com",
            "http://",
            "exec:ls",
            "//example.com",
        ] {
            assert!(openable(refused).is_err(), "{refused}");
        }
        for (typed, opened) in [
            (
                "HTTPS://Example.com/a b\"; rm -rf",
                "https://example.com/a%20b%22;%20rm%20-rf",
            ),
            ("http://example.com/\n--x", "http://example.com/--x"),
        ] {
            assert_eq!(openable(typed).as_deref(), Ok(opened));
        }
    }

    #[test]
    fn an_existing_file_and_a_links_target_are_never_overwritten() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("passages.md");
        write_new(&path, b"first").expect("written");
        assert!(write_new(&path, b"second").is_err());
        assert_eq!(std::fs::read(&path).expect("there"), b"first");
        #[cfg(unix)]
        {
            let link = directory.path().join("link.md");
            let target = directory.path().join("target.md");
            std::os::unix::fs::symlink(&target, &link).expect("a link");
            assert!(write_new(&link, b"third").is_err());
            assert!(!target.exists());
        }
        assert!(write_new(&directory.path().join("no/such/place.md"), b"x").is_err());
    }
}
