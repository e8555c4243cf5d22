//! Plain text as it is.

use crate::release::{Format, Incoming};

/// A release of plain text.
#[must_use]
pub fn read(text: String) -> Incoming {
    Incoming {
        text,
        format: Format::Plain,
        ..Incoming::default()
    }
}
