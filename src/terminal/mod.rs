//! The terminal: the only module that knows one. It takes and gives back the terminal, decodes keys, listens to
//! signals, runs the loop that applies messages and then draws once, and does what only a terminal can: the
//! clipboard by OSC 52, the editor, suspension.

pub mod capability;
mod clipboard;
mod decode;
mod editor;
mod failure;
mod guard;
mod input;
mod screen;
mod session;
mod signals;

use std::path::PathBuf;

use crate::ui::theme::Depth;

pub use capability::{ColourChoice, environment};
pub use session::{End, Session, Setup, Wishes};

/// Whether standard input and output are a terminal on which a screen can be drawn.
///
/// # Errors
/// A sentence for people that says why not.
pub fn check(environment: capability::Environment<'_>) -> Result<(), &'static str> {
    let (stdin, stdout) = (rustix::stdio::stdin(), rustix::stdio::stdout());
    if !rustix::termios::isatty(stdin) {
        return Err("standard input is not a terminal");
    }
    if !rustix::termios::isatty(stdout) {
        return Err("standard output is not a terminal");
    }
    capability::drawable(environment)
}

/// What is known of the terminal, in words: its name and colours, how marks are drawn; or why no screen can be drawn.
#[must_use]
pub fn told(environment: capability::Environment<'_>) -> String {
    if let Err(reason) = check(environment) {
        return format!("no screen can be drawn here: {reason}");
    }
    let colours = match capability::depth(ColourChoice::Auto, environment) {
        Depth::None => "no colours",
        Depth::Sixteen => "16 colours",
        Depth::Cube => "256 colours",
        Depth::True => "16 million colours",
    };
    let marks = if capability::narrow_locale(environment) {
        "marks in ASCII, since the locale is not UTF-8"
    } else {
        "marks in Unicode"
    };
    let name = environment("TERM").unwrap_or_default();
    format!("{name}, {colours}, {marks}")
}

/// The file in `folder` to which [`report_panics`] writes.
#[must_use]
pub fn report_file(folder: &std::path::Path) -> PathBuf {
    folder.join(failure::REPORT)
}

/// From here on a panic gives the terminal back first and leaves a report in `folder`. To be called on the thread
/// that draws.
pub fn report_panics(folder: PathBuf) {
    failure::install(folder);
}

/// Panics where `DATELINE_TEST_PANIC` names this point, and once more on the way out where it names it `twice`; in debug
/// builds only, for the tests of what happens then.
fn test_panic(point: &str) {
    struct Again;
    impl Drop for Again {
        fn drop(&mut self) {
            panic!("asked for again by DATELINE_TEST_PANIC");
        }
    }
    if !cfg!(debug_assertions) {
        return;
    }
    let Some(asked) = environment("DATELINE_TEST_PANIC") else {
        return;
    };
    let _again = (asked.strip_suffix(" twice") == Some(point)).then(|| Again);
    if asked.split(' ').next() == Some(point) {
        panic!("asked for by DATELINE_TEST_PANIC");
    }
}
