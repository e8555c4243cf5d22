//! The parts of a release.

use super::{Incoming, Release, Repaired};
use crate::text::SafeText;

/// Finds the parts of a repaired text. `incoming` gives what the source said apart from the text.
pub(super) fn dissect(incoming: &Incoming, repaired: Repaired) -> Release {
    Release {
        path: incoming.path.as_deref().map(SafeText::clean_line),
        headline: incoming.headline.as_deref().map(SafeText::clean_line),
        text: repaired.text,
        repairs: repaired.repairs,
        ..Release::default()
    }
}
