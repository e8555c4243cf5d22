//! Panics. One in the drawing thread gives the terminal back first and then says what happened; one in a worker says
//! nothing on a screen that others draw on, for the worker's owner turns it into a message. Both leave a report.

use std::backtrace::Backtrace;
use std::fs;
use std::io::Write;
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::thread;

use super::guard;
use crate::text::SafeText;

/// No more reports than this are kept in one file; an older file is replaced.
const LARGEST_REPORT: u64 = 1 << 20;

/// The file of the reports, in their folder.
pub const REPORT: &str = "panic.txt";

/// Installs the hook. The calling thread is the one that draws; reports go to a file in `folder`.
///
/// The terminal is given back before anything else is done: should the rest fail, the shell is usable all the same. A
/// worker says nothing whoever has the screen, for that may be the user's editor.
pub fn install(folder: PathBuf) {
    let drawing = thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        let draws = thread::current().id() == drawing;
        if draws {
            guard::leave();
        }
        let report = write_report(&folder.join(REPORT), panic);
        if draws {
            tell(panic, report.map(|()| folder.join(REPORT)).as_deref());
        }
    }));
}

/// Says on the restored terminal what happened.
fn tell(panic: &PanicHookInfo<'_>, report: Option<&Path>) {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(
        err,
        "dateline failed: {}. What you marked and noted is on disk.",
        message(panic)
    );
    if let Some(report) = report {
        let path = SafeText::clean_line(&report.display().to_string());
        let _ = writeln!(err, "A report is in {path}.");
    }
}

/// A panic's message and place, on one line and safe to show.
fn message(panic: &PanicHookInfo<'_>) -> SafeText {
    let words = panic.payload_as_str().unwrap_or("no message");
    let place = panic
        .location()
        .map(|place| format!(" ({}:{})", place.file(), place.line()));
    SafeText::clean_line(&format!("{words}{}", place.unwrap_or_default()))
}

/// Appends a report; `None` where it can't be written.
fn write_report(path: &Path, panic: &PanicHookInfo<'_>) -> Option<()> {
    fs::create_dir_all(path.parent()?).ok()?;
    if fs::metadata(path).is_ok_and(|file| file.len() > LARGEST_REPORT) {
        fs::rename(path, path.with_extension("old.txt")).ok()?;
    }
    let mut file = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .ok()?;
    writeln!(
        file,
        "dateline {} thread {}: {}\n{}",
        env!("CARGO_PKG_VERSION"),
        thread::current().name().unwrap_or("unnamed"),
        message(panic),
        Backtrace::force_capture()
    )
    .ok()
}
