//! The two ways out of a command: [`Out`] for data on standard output, [`Talk`] for words on standard error. They exist
//! so that a closed pipe and a full disk end a command quietly or with one sentence, never with a panic; nothing else in
//! this module writes.

use std::io::{self, BufWriter, IsTerminal, Write};

use super::{Failure, Globals};
use crate::source::Problem;
use crate::text::sanitise;

/// Standard output, buffered. What is still in the buffer at the end is lost without [`Out::finish`].
pub struct Out(BufWriter<Box<dyn Write>>);

impl Out {
    /// Standard output.
    #[must_use]
    pub fn stdout() -> Self {
        Self(BufWriter::with_capacity(
            1 << 16,
            Box::new(io::stdout().lock()),
        ))
    }

    /// Whether people look at standard output.
    #[must_use]
    pub fn is_terminal() -> bool {
        io::stdout().is_terminal()
    }

    /// Writes one line.
    ///
    /// # Errors
    /// Where standard output takes no more.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        let text = sanitise(text);
        self.raw(text.as_bytes())?;
        self.raw(b"\n")
    }

    /// Writes bytes that are safe already (JSON of [`super::write_json`], completions, the man page).
    ///
    /// # Errors
    /// Where standard output takes no more.
    pub fn raw(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.0.write_all(bytes).map_err(|e| Failure::output(&e))
    }

    /// Writes what is buffered. Without it a full disk would pass for success.
    ///
    /// # Errors
    /// Where standard output takes no more.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.0.flush().map_err(|e| Failure::output(&e))
    }
}

/// Standard error.
#[derive(Clone, Copy, Debug)]
pub struct Talk {
    quiet: bool,
}

impl Talk {
    /// As the options want it.
    #[must_use]
    pub fn new(globals: &Globals) -> Self {
        Self {
            quiet: globals.quiet,
        }
    }

    /// Says something that `--quiet` silences.
    pub fn say(self, words: &str) {
        if !self.quiet {
            Self::write(words);
        }
    }

    /// Says something on the line where the last such thing stood, which it writes over.
    pub fn over(self, words: &str) {
        if !self.quiet {
            let mut stderr = io::stderr().lock();
            let _ = write!(stderr, "\r\x1b[K{}", sanitise(words)).and_then(|()| stderr.flush());
        }
    }

    /// Says what could not be read.
    pub fn problem(self, problem: &Problem) {
        Self::write(&format!("dateline: {}: {}", problem.place, problem.message));
    }

    /// Says what of the configuration could not be used.
    pub fn mistake(self, mistake: &crate::config::Problem) {
        Self::write(&format!("dateline: {mistake}"));
    }

    /// Says why the command failed.
    pub fn failure(self, failure: &Failure) {
        if let Some(words) = failure.words() {
            Self::write(&format!("dateline: {words}"));
        }
    }

    /// Where standard error is closed there is nobody to tell.
    fn write(words: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", sanitise(words));
    }
}
