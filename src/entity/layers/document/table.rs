//! The table of names: each wording once, with the evidence for its kinds and the places where it stands.

use std::collections::HashMap;

use super::super::find::Rank;
use super::super::names::Run;
use super::super::token::{Gap, Page, Shape};
use super::super::{gazetteer, places, words};
use super::spans::Span;
use super::{Finds, Thing, cluster, folded, stronger};
use crate::entity::{Kind, Layer};

/// One wording.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Its tokens in lower case, without articles, possessives and marks like ®.
    pub tokens: Vec<String>,
    /// Weight of the evidence for each kind.
    pub votes: Vec<(Kind, f32)>,
    /// Where it stands, as chosen.
    pub spans: Vec<Span>,
    /// The row that stands for the thing this one names.
    pub parent: usize,
}

impl Row {
    pub fn vote(&mut self, kind: Kind, weight: f32) {
        match self.votes.iter_mut().find(|(voted, _)| *voted == kind) {
            Some((_, sum)) => *sum += weight,
            None => self.votes.push((kind, weight)),
        }
    }

    /// The kind with most weight, places folded into one for the comparison.
    pub fn kind(&self) -> Option<Kind> {
        winner(&self.votes)
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

/// All wordings of a release.
pub(super) struct Table<'p, 't> {
    page: &'p Page<'t>,
    pub rows: Vec<Row>,
    index: HashMap<String, usize>,
    networked: bool,
}

impl<'p, 't> Table<'p, 't> {
    /// Gathers the chosen spans, and the evidence of all candidates.
    pub fn new(
        page: &'p Page<'t>,
        candidates: &[Span],
        chosen: Vec<Span>,
        finds: &Finds,
        networked: bool,
    ) -> Self {
        let mut table = Self {
            page,
            rows: Vec::new(),
            index: HashMap::new(),
            networked,
        };
        for span in chosen {
            let row = table.row(&span);
            table.rows[row].spans.push(span);
        }
        for candidate in candidates {
            if let Some(&row) = table.index.get(&key(page, candidate)) {
                let weight = match (candidate.rank, networked) {
                    (Rank::Sure, _) => 3.0,
                    (Rank::Seen, _) => candidate.score,
                    (Rank::Guess, true) => candidate.score * 0.6,
                    (Rank::Guess, false) => candidate.score,
                };
                table.rows[row].vote(candidate.kind, weight);
            }
        }
        table.weigh(finds);
        table
    }

    fn row(&mut self, span: &Span) -> usize {
        let key = key(self.page, span);
        if let Some(&row) = self.index.get(&key) {
            return row;
        }
        let row = self.rows.len();
        self.rows.push(Row {
            tokens: key.split(' ').map(str::to_owned).collect(),
            parent: row,
            ..Row::default()
        });
        self.index.insert(key, row);
        row
    }

    /// Evidence from the wording itself and from what stands around its places.
    fn weigh(&mut self, finds: &Finds) {
        for at in 0..self.rows.len() {
            let mut votes = wording(&self.rows[at].tokens);
            if finds
                .issuer
                .as_deref()
                .is_some_and(|issuer| issuer == self.rows[at].tokens.join(" "))
            {
                votes.push((Kind::Org, 1.5));
            }
            for span in &self.rows[at].spans {
                surroundings(self.page, span, &mut votes);
            }
            for (kind, weight) in votes {
                self.rows[at].vote(kind, weight);
            }
        }
        for listing in &finds.listings {
            let Some(company) = listing.company else {
                continue;
            };
            for row in &mut self.rows {
                if row
                    .spans
                    .iter()
                    .any(|span| span.first <= company && company <= span.last + 1)
                {
                    row.vote(Kind::Org, 3.0);
                }
            }
        }
    }

    /// Looks for every wording wherever else it stands.
    pub fn propagate(&mut self, runs: &[Run], owned: &[bool]) {
        let mut taken = owned.to_vec();
        for span in self.rows.iter().flat_map(|row| &row.spans) {
            taken[span.first..=span.last].fill(true);
        }
        let mut by_first: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            if self.spreads(row) {
                by_first.entry(row.tokens[0].as_str()).or_default().push(at);
            }
        }
        for rows in by_first.values_mut() {
            rows.sort_by_key(|&row| std::cmp::Reverse(self.rows[row].tokens.len()));
        }
        let mut found: Vec<(usize, Span)> = Vec::new();
        let mut at = 0;
        while at < self.page.len() {
            let hit = by_first.get(self.page.low(at)).and_then(|rows| {
                rows.iter()
                    .find_map(|&row| Some((row, self.stands(row, at, &taken)?)))
            });
            match hit {
                Some((row, span)) => {
                    at = span.last + 1;
                    found.push((row, span));
                }
                None => at += 1,
            }
        }
        let _ = runs;
        for (row, span) in found {
            self.rows[row].spans.push(span);
        }
        for row in &mut self.rows {
            row.spans.sort_by_key(|span| span.first);
        }
    }

    /// Whether a wording is looked for elsewhere: names that are words in small letters here are not.
    fn spreads(&self, row: &Row) -> bool {
        row.spans
            .iter()
            .any(|span| self.page.token(span.first).capital || self.page.token(span.last).capital)
    }

    /// The wording `row` at token `at`, written as a name and on free tokens.
    fn stands(&self, row: usize, at: usize, taken: &[bool]) -> Option<Span> {
        let row = &self.rows[row];
        let mut next = at;
        for (index, token) in row.tokens.iter().enumerate() {
            if self.page.low(next) != token || index > 0 && self.page.token(next).gap > Gap::Line {
                return None;
            }
            next += 1;
        }
        let last = next - 1;
        let written = (at..=last).all(|at| {
            let token = self.page.token(at);
            token.capital
                || token.shape != Shape::Word
                || words::inner(self.page.low(at))
                || !self.page.of(at).chars().any(char::is_alphabetic)
                || row_small(self.page, row, at)
        }) && !self.page.token(at).masked;
        let glued = self.page.token(next).gap == Gap::Glued
            && matches!(self.page.token(next).shape, Shape::Word | Shape::Number);
        if !written || glued || taken[at..=last].iter().any(|taken| *taken) {
            return None;
        }
        let kind = row.kind()?;
        Some(Span {
            first: at,
            last,
            kind,
            from: Layer::Alias,
            rank: Rank::Seen,
            score: 0.8,
        })
    }

    /// Joins the rows that name one thing.
    pub fn join(&mut self) {
        cluster::join(self.page, &mut self.rows);
    }

    pub fn root(&self, mut row: usize) -> usize {
        while self.rows[row].parent != row {
            row = self.rows[row].parent;
        }
        row
    }

    /// Gives each thing one kind.
    pub fn decide(&mut self) {
        let mut sums: HashMap<usize, Vec<(Kind, f32)>> = HashMap::new();
        for at in 0..self.rows.len() {
            let root = self.root(at);
            let sum = sums.entry(root).or_default();
            for &(kind, weight) in &self.rows[at].votes {
                match sum.iter_mut().find(|(voted, _)| *voted == kind) {
                    Some((_, total)) => *total += weight,
                    None => sum.push((kind, weight)),
                }
            }
        }
        for at in 0..self.rows.len() {
            let root = self.root(at);
            let Some(kind) = sums.get(&root).and_then(|votes| winner(votes)) else {
                continue;
            };
            self.rows[at]
                .spans
                .iter_mut()
                .for_each(|span| span.kind = kind);
        }
        let _ = self.networked;
    }

    /// The things, each with all its mentions.
    pub fn things(self) -> Vec<Thing> {
        let mut things: HashMap<usize, Vec<Span>> = HashMap::new();
        for at in 0..self.rows.len() {
            let root = self.root(at);
            things.entry(root).or_default().extend(&self.rows[at].spans);
        }
        let mut out: Vec<Thing> = things
            .into_values()
            .filter_map(|mut mentions| {
                mentions.sort_by_key(|span| span.first);
                let kind = mentions.first()?.kind;
                let fullest = (0..mentions.len()).max_by_key(|&at| {
                    (fullness(self.page, &mentions[at]), std::cmp::Reverse(at))
                })?;
                Some(Thing {
                    kind,
                    mentions,
                    fullest,
                    value: None,
                })
            })
            .collect();
        out.sort_by_key(|thing| thing.mentions[0].first);
        let _ = stronger;
        out
    }
}

/// How full a wording is: more words first, then mixed case before capitals.
fn fullness(page: &Page<'_>, span: &Span) -> (usize, bool) {
    let shouted = (span.first..=span.last)
        .all(|at| page.token(at).upper || page.token(at).shape != Shape::Word);
    (span.len(), !shouted)
}

/// Whether the row's own first place has a small letter at this position of the wording.
fn row_small(page: &Page<'_>, row: &Row, at: usize) -> bool {
    row.spans.first().is_some_and(|span| {
        (span.first..=span.last)
            .any(|own| page.low(own) == page.low(at) && !page.token(own).capital)
    })
}

/// The key of a span: its tokens in lower case, without articles, possessives and trade marks.
pub(super) fn key(page: &Page<'_>, span: &Span) -> String {
    let mut key = String::new();
    let mut first = span.first;
    if first < span.last && page.low(first) == "the" {
        first += 1;
    }
    for at in first..=span.last {
        let low = page.low(at);
        if matches!(low, "®" | "™" | "℠") {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(low);
    }
    key
}

/// What a wording says of its kind.
fn wording(tokens: &[String]) -> Vec<(Kind, f32)> {
    let mut votes = Vec::new();
    let Some(last) = tokens
        .iter()
        .rev()
        .find(|token| *token != "." && *token != ")")
    else {
        return votes;
    };
    if tokens.len() > 1 && words::legal_form(last) && !words::weak_form(last) {
        votes.push((Kind::Org, 3.0));
    } else if tokens.len() > 1 && words::organisation(last) {
        votes.push((Kind::Org, 0.8));
    }
    if tokens.len() > 1 && words::organisation(&tokens[0]) && tokens[1] == "of" {
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
    let class = gazetteer::class_of(&tokens.join(" "));
    if class.is(gazetteer::PLACE) {
        votes.push((places::kind_of(class), 1.0));
    }
    if class.is(gazetteer::Class::BODY) {
        votes.push((Kind::Org, 1.0));
    }
    if class.is(gazetteer::Class::PLATFORM) {
        votes.push((Kind::Product, 1.0));
    }
    votes
}

/// What stands around one place of a name.
fn surroundings(page: &Page<'_>, span: &Span, votes: &mut Vec<(Kind, f32)>) {
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
    if after == "," && words::office(page.low(span.last + 2)) && span.len() > 1 {
        votes.push((Kind::Person, 0.7));
    }
    if matches!(after, "®" | "™" | "℠") {
        votes.push((Kind::Product, 0.5));
    }
}
