//! Markdown.

use crate::release::{Format, Incoming};

/// A release of Markdown.
#[must_use]
pub fn read(text: &str) -> Incoming {
    Incoming {
        text: text.to_owned(),
        format: Format::Markdown,
        ..Incoming::default()
    }
}
