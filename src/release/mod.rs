//! The domain, pure: what a release is, what its parts are, what was repaired in it, who is quoted in it, and what a
//! library keeps of it. No files, no SQL, no screen, no clock.

mod anatomy;
mod anchor;
mod difference;
mod following;
mod given;
mod library;
mod model;
mod repair;
pub mod story;

pub use difference::{Change, VersionChange, changes};
pub use following::*;
pub(crate) use given::is_given;
pub use library::*;
pub use model::*;
pub use repair::{Declined, Repaired, is_common_word, repair, undo};

use crate::text::Extent;

/// Takes a release apart: cleans and repairs its text, finds its parts, its quotations and who speaks them.
/// `declined` are the repairs that the user does not want in this release.
#[must_use]
pub fn understand(incoming: &Incoming, declined: &[Declined]) -> Release {
    let repaired = repair(&incoming.text, &incoming.markup, declined);
    anatomy::dissect(incoming, repaired)
}

/// What stands between quotation marks in a text, spoken or not, in order; the outermost only, and each paragraph's part
/// of a quotation that runs over several.
#[must_use]
pub fn quoted(text: &str) -> Vec<Extent> {
    anatomy::quoted(text)
}

/// The places in a release where a heading may have lost the line break after it: where its line opens, the
/// heading, which of the weights are for it, and its signs. What the weights in `repair/opening/weights.rs` are learnt from.
#[doc(hidden)]
#[must_use]
pub fn heading_rows(incoming: &Incoming) -> Vec<(usize, String, usize, Vec<f32>)> {
    repair::heading_rows(&incoming.text, &incoming.markup)
}

/// The names that may be a release's issuer, each as the release would bear it, and what speaks for it: what the
/// weights in `anatomy/issuer/weights.rs` are learnt from. Empty where a sure witness names the issuer.
#[doc(hidden)]
#[must_use]
pub fn issuer_rows(incoming: &Incoming) -> Vec<(String, Vec<f32>)> {
    let repaired = repair(&incoming.text, &incoming.markup, &[]);
    anatomy::issuer_rows(incoming, &repaired)
}
