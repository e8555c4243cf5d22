//! What leaves the program when the user presses the key for it: the browser with one address, a file with passages.
//! Only an absolute http or https address, written anew from its parsed form, ever reaches the opener, so it can be
//! neither an option nor a command; no shell is involved. An existing file is never overwritten.

use std::path::Path;

use crossbeam_channel::{Receiver, Sender};

use super::threads::Start;
use crate::app::effect::Effect;
use crate::app::message::{Gravity, Message};

/// Runs the thread to its end.
pub(super) fn run(
    _library: &Path,
    requests: &Receiver<Effect>,
    _messages: &Sender<Message>,
    start: &Start,
) {
    while let Ok(effect) = requests.recv() {
        start.guarded("opening", || match &effect {
            Effect::OpenAddress { address } => match openable(address) {
                Ok(address) => match open::that_detached(&address) {
                    Ok(()) => start.say(Gravity::Good, &format!("opened {address}")),
                    Err(problem) => start.say(
                        Gravity::Error,
                        &format!("no browser could be started: {problem}"),
                    ),
                },
                Err(reason) => start.say(Gravity::Warning, &format!("not opened: {reason}")),
            },
            Effect::Export { .. } => start.say(Gravity::Warning, "exporting is not possible yet"),
            _ => {}
        });
    }
}

/// The address as it may reach the opener, or why it may not.
///
/// # Errors
/// Where it is no absolute http or https address.
pub fn openable(address: &str) -> Result<String, String> {
    let parsed = url::Url::parse(address.trim())
        .map_err(|problem| format!("this is no address ({problem})"))?;
    match parsed.scheme() {
        "http" | "https" if parsed.has_host() => Ok(parsed.to_string()),
        other => Err(format!("addresses of the kind {other}: are not opened")),
    }
}

#[cfg(test)]
mod tests {
    use super::openable;

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
}
