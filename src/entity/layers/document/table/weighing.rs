//! What speaks for the kind of a name: its wording, what stands around its places, the votes of finds and network. It
//! refuses to look beyond the release.

use super::Row;
use crate::entity::Kind;
use crate::entity::layers::cues::{self, Tendency};
use crate::entity::layers::document::folded;
use crate::entity::layers::document::spans::Span;
use crate::entity::layers::token::{Gap, Page, Shape};
use crate::entity::layers::{gazetteer, places, words};

/// How far votes of patterns alone are trusted against what the surroundings of a name say. Where a network voted, it
/// has read the surroundings better.
const TRUST: f32 = 0.5;

/// Evidence for the kind of one thing.
#[derive(Default)]
pub(super) struct Weighed {
    votes: Vec<(Kind, f32)>,
    tendency: Tendency,
    places: usize,
    /// A platform that the list knows: what stands around it (`Reddit Post`, `Follow us on X`) says nothing more.
    platform: bool,
}

/// More places of a name than this add nothing to what its surroundings say.
const ENOUGH: usize = 12;

impl Weighed {
    pub fn add(&mut self, page: &Page<'_>, row: &Row<'_>, networked: bool) {
        let class = gazetteer::class_of_all(&row.tokens);
        self.platform |= class == gazetteer::Class::PLATFORM;
        for &(kind, weight) in &row.votes {
            match self.votes.iter_mut().find(|(voted, _)| *voted == kind) {
                Some((_, total)) => *total += weight,
                None => self.votes.push((kind, weight)),
            }
        }
        // The signs around a name were learnt from scripts with spaces; of others they say nothing.
        let unspaced = row
            .spans
            .first()
            .is_some_and(|span| page.token(span.first).shape == Shape::Ideograph);
        // A form without votes was joined against its own kind: what stands around it speaks of the full name's no less.
        let read = if networked || unspaced || row.votes.is_empty() {
            0
        } else {
            ENOUGH
        };
        for span in row.spans.iter().take(read) {
            let here = cues::tendency(page, span);
            self.tendency
                .iter_mut()
                .zip(here)
                .for_each(|(sum, log)| *sum += log);
            self.places += 1;
        }
    }

    /// The kind with the best sum of log-shares of the votes and mean tendency.
    pub fn kind(&self, networked: bool) -> Option<Kind> {
        let total: f32 = self.votes.iter().map(|vote| vote.1).sum();
        let first = winner(&self.votes)?;
        if networked || self.platform || self.places == 0 || !cues::KINDS.contains(&folded(first)) {
            return Some(first);
        }
        let score = |at: usize| {
            let fold = cues::KINDS[at];
            let share: f32 = self
                .votes
                .iter()
                .filter(|(kind, _)| folded(*kind) == fold)
                .map(|vote| vote.1)
                .sum::<f32>()
                / total;
            (share + (1.0 - TRUST)).ln() + self.tendency[at] / self.places as f32
        };
        let best = (0..cues::KINDS.len()).max_by(|&a, &b| score(a).total_cmp(&score(b)))?;
        let fold = cues::KINDS[best];
        let within: Vec<(Kind, f32)> = self
            .votes
            .iter()
            .copied()
            .filter(|(kind, _)| folded(*kind) == fold)
            .collect();
        winner(&within).or(Some(fold))
    }
}

/// Endings of peoples in the plural: `Ohioans`, `Kentuckians`, `Texans`.
const DEMONYMS: [&str; 5] = ["oans", "ians", "xans", "gans", "eseans"];

/// What a wording says of its kind.
pub(super) fn wording(tokens: &[&str]) -> Vec<(Kind, f32)> {
    let mut votes = Vec::new();
    let Some(last) = tokens
        .iter()
        .rev()
        .find(|token| !matches!(**token, "." | ")"))
    else {
        return votes;
    };
    if tokens.len() > 1 && words::legal_form(last) && !words::weak_form(last) {
        votes.push((Kind::Org, 3.0));
    } else if tokens.len() > 1 && words::organisation(last) {
        votes.push((Kind::Org, 0.8));
    }
    if tokens.len() > 1 && words::organisation(tokens[0]) && tokens[1] == "of" {
        votes.push((Kind::Org, 0.8));
    }
    if tokens.len() > 1 && words::law(last) {
        votes.push((Kind::Law, 0.6));
    }
    if tokens.len() > 1 && words::event(last) {
        votes.push((Kind::Event, 0.4));
    }
    if tokens.len() > 1 && words::product(last) {
        votes.push((Kind::Product, 0.4));
    }
    if tokens.len() > 1 && words::place(last) {
        let kind = if words::political(last) {
            Kind::Gpe
        } else {
            Kind::Loc
        };
        votes.push((kind, 0.5));
    }
    if tokens
        .last()
        .is_some_and(|last| DEMONYMS.iter().any(|ending| last.ends_with(ending)))
        && tokens.len() <= 2
    {
        votes.push((Kind::Norp, 1.2));
    }
    let class = gazetteer::class_of_all(tokens);
    if class.is(gazetteer::PLACE) {
        votes.push((places::kind_of(class), 1.0));
    }
    if class.is(gazetteer::Class::BODY) {
        votes.push((Kind::Org, 1.0));
    }
    if class.is(gazetteer::Class::LAW) {
        votes.push((Kind::Law, 2.0));
    }
    if class.is(gazetteer::Class::PLATFORM) {
        votes.push((Kind::Product, 1.0));
    }
    votes
}

/// What stands around one place of a name.
pub(super) fn surroundings(page: &Page<'_>, span: &Span, votes: &mut Vec<(Kind, f32)>) {
    let after = page.low(span.last + 1);
    let before = page.low_before(span.first, 1);
    let dotted_title = before == "."
        && words::strict_honorific(page.low_before(span.first, 2))
        && page.before(span.first, 1).gap == Gap::Glued;
    if dotted_title
        || matches!(
            before,
            "mr" | "mrs" | "ms" | "dr" | "senator" | "governor" | "mayor"
        )
    {
        votes.push((Kind::Person, 1.5));
    }
    let full = (2..=4).contains(&span.len())
        && gazetteer::given(page.of(span.first))
        && !words::organisation(page.low(span.last));
    if after == "," && words::office(page.low(span.last + 2)) && span.len() > 1 {
        votes.push((Kind::Person, if full { 1.2 } else { 0.5 }));
    }
    if full && (words::saying(before) || words::saying(after)) {
        votes.push((Kind::Person, 1.0));
    }
    if matches!(after, "®" | "™" | "℠") {
        votes.push((Kind::Product, 0.5));
    }
}

/// The kind with most weight: first among the folded kinds, then within the winning fold.
pub(super) fn winner(votes: &[(Kind, f32)]) -> Option<Kind> {
    let weight_of = |fold: Kind| {
        votes
            .iter()
            .filter(|(kind, _)| folded(*kind) == fold)
            .map(|(_, weight)| weight)
            .sum::<f32>()
    };
    let (best, _) = votes.iter().max_by(|a, b| {
        weight_of(folded(a.0))
            .total_cmp(&weight_of(folded(b.0)))
            .then(b.0.cmp(&a.0))
    })?;
    let fold = folded(*best);
    votes
        .iter()
        .filter(|(kind, _)| folded(*kind) == fold)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(kind, _)| *kind)
}
