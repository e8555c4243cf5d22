//! The ballot on whose release it is: what each name weighs, by the votes for it and by what it looks like. What each
//! of these is worth was learnt from releases whose issuer people had named (`weights`). It refuses a name that weighs
//! too little.

use super::candidates::candidates;
use super::features::{FEATURES, features};
use super::weights::WEIGHTS;
use super::{Evidence, Facts};
use crate::release::IssuerFrom;

/// The vote of what the source says beside the text: no release that the weights were learnt from had it.
const GIVEN: usize = 17;

/// What it is worth beside the learnt ones.
const GIVEN_WEIGHT: f32 = 4.0;

/// The least that a name must weigh.
const ENOUGH: f32 = 0.0;

/// The name for which most speaks, and where it was read first.
pub(super) fn choose(evidence: &Evidence<'_>, facts: &Facts<'_>) -> Option<(String, IssuerFrom)> {
    let found = candidates(evidence, facts);
    let rows = features(evidence, facts, &found);
    let weigh = |row: &[f32; FEATURES]| -> f32 {
        let learnt: f32 = row
            .iter()
            .zip(&WEIGHTS)
            .map(|(value, weight)| value * weight)
            .sum();
        learnt + row[GIVEN] * GIVEN_WEIGHT
    };
    let weighed = found.into_iter().zip(rows.iter().map(weigh));
    let best = weighed.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.filter(|(_, weight)| *weight >= ENOUGH)
        .map(|(candidate, _)| (candidate.name, candidate.from))
}

/// The candidates by the name that the release would bear, with their features: what `weights` are learnt from.
pub(super) fn rows(evidence: &Evidence<'_>, facts: &Facts<'_>) -> Vec<(String, [f32; FEATURES])> {
    let found = candidates(evidence, facts);
    let rows = features(evidence, facts, &found);
    let names = found
        .iter()
        .map(|candidate| super::forms::finished(evidence.text, candidate.name.clone()));
    names.zip(rows).collect()
}
