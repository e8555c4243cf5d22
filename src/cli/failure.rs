//! How a command ends: [`Done`], or a [`Failure`] of one kind with a hint. It exists so that exit codes are decided in
//! one place; it refuses raw text: what a failure says is [`SafeText`], since paths and servers' words are in it.

use std::process::ExitCode;

use crate::text::SafeText;

/// How a command ended that did what it could.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// All of it.
    All,
    /// It found nothing.
    Nothing,
    /// Some inputs failed; the rest was done.
    Partly,
}

impl Done {
    /// The exit code.
    #[must_use]
    pub fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::All => 0,
            Self::Nothing | Self::Partly => 1,
        })
    }
}

/// The kinds of failure, each with its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Usage,
    Data,
    Network,
    Quiet,
}

/// Why a command could not do its work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    sort: Sort,
    message: SafeText,
    hint: Option<SafeText>,
}

impl Failure {
    fn new(sort: Sort, message: &str) -> Self {
        Self {
            sort,
            message: SafeText::clean_line(message),
            hint: None,
        }
    }

    /// The arguments make no sense together. Exit code 2.
    #[must_use]
    pub fn usage(message: impl AsRef<str>) -> Self {
        Self::new(Sort::Usage, message.as_ref())
    }

    /// Data could not be read or written. Exit code 3.
    #[must_use]
    pub fn data(message: impl AsRef<str>) -> Self {
        Self::new(Sort::Data, message.as_ref())
    }

    /// The network failed. Exit code 4.
    #[must_use]
    pub fn network(message: impl AsRef<str>) -> Self {
        Self::new(Sort::Network, message.as_ref())
    }

    /// Output could not be written. Whoever closed the pipe has what he wanted: that one is quiet, with exit code 0.
    #[must_use]
    pub fn output(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::new(Sort::Quiet, "");
        }
        Self::data(format!("cannot write the output: {error}"))
    }

    /// What the user can do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl AsRef<str>) -> Self {
        self.hint = Some(SafeText::clean_line(hint.as_ref()));
        self
    }

    /// What is said on standard error; `None` where there is nothing to say.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        match (&self.hint, self.sort) {
            (_, Sort::Quiet) => None,
            (Some(hint), _) => Some(format!("{}\n  {hint}", self.message)),
            (None, _) => Some(self.message.to_string()),
        }
    }

    /// The exit code.
    #[must_use]
    pub fn code(&self) -> ExitCode {
        ExitCode::from(match self.sort {
            Sort::Quiet => 0,
            Sort::Usage => 2,
            Sort::Data => 3,
            Sort::Network => 4,
        })
    }
}
