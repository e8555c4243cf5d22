//! What stands on top of the networks: patterns, gazetteer, and the document as a whole.

use super::Recognition;
use super::network::Sighting;
use crate::release::Release;

/// Joins the networks' sightings with patterns and gazetteer, lets the document's own evidence overrule single
/// sightings, and resolves aliases.
#[must_use]
pub fn resolve(_release: &Release, _sightings: &[Sighting]) -> Recognition {
    Recognition::default()
}
