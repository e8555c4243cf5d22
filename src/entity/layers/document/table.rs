//! The table of names: each wording once, with the evidence for its kinds and the places where it stands.

use super::super::cues::{self, Tendency};
use super::super::find::Rank;
use super::super::token::{Gap, Page, Shape};
use super::super::{gazetteer, places, words};
use super::spans::{self, Span};
use super::{Finds, Thing, cluster, folded, is_name};
use crate::entity::{Kind, Layer};
use crate::release::is_common_word;
use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};

/// How far votes of patterns alone are trusted against what the surroundings of a name say. Where a network voted, it
/// has read the surroundings better.
const TRUST: f32 = 0.5;

/// How sure a network must be of a name in a title to keep its words together against what the body knows.
const SURE: f32 = 0.9;

/// One wording.
#[derive(Debug, Default)]
pub(super) struct Row<'p> {
    /// Its tokens in lower case, without articles, possessives and marks like ®.
    pub tokens: Vec<&'p str>,
    /// Weight of the evidence for each kind.
    pub votes: Vec<(Kind, f32)>,
    /// The tokens of the page where it first stands, one for each of `tokens`.
    pub model: Vec<usize>,
    /// Where it stands, as chosen.
    pub spans: Vec<Span>,
    /// The row that stands for the thing this one names.
    pub parent: usize,
    /// For a form that follows from a full name (a surname, an acronym), the row of that name.
    pub derived: Option<usize>,
}

impl Row<'_> {
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
    pub rows: Vec<Row<'p>>,
    /// The row of each wording, given as the numbers of its words.
    index: HashMap<Vec<u32>, usize>,
    /// How often each word, by its number, stands in small letters.
    small: Vec<usize>,
    /// How often each word, by its number, stands with a capital and in no longer name.
    large: Vec<usize>,
    /// Whether a network voted.
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
            small: small_words(page),
            large: large_words(page, &chosen),
            networked,
        };
        for span in chosen {
            let row = table.row(&span);
            table.rows[row].spans.push(span);
        }
        let mut key = Vec::new();
        for candidate in candidates {
            key.clear();
            key.extend(model(page, candidate).map(|at| page.token(at).word));
            if let Some(&row) = table.index.get(&key) {
                let weight = match (candidate.rank, networked) {
                    // The form proves it, whatever a network makes of the other places.
                    (Rank::Sure, _) => 3.0 + 0.3 * table.rows[row].spans.len() as f32,
                    (Rank::Seen, _) => candidate.score,
                    (Rank::Guess, true) => candidate.score * 0.6,
                    (Rank::Guess, false) => candidate.score,
                };
                table.rows[row].vote(candidate.kind, weight);
                if let Some((kind, weight)) = candidate.rival.filter(|rival| is_name(rival.0)) {
                    table.rows[row].vote(kind, weight);
                }
            }
        }
        table.weigh(finds);
        table
    }

    fn row(&mut self, span: &Span) -> usize {
        let model: Vec<usize> = model(self.page, span).collect();
        let key = self.key(&model);
        if let Some(&row) = self.index.get(&key) {
            return row;
        }
        let row = self.rows.len();
        let mut tokens: Vec<&str> = model.iter().map(|&at| self.page.low(at)).collect();
        if tokens.is_empty() {
            tokens.push("");
        }
        self.rows.push(Row {
            tokens,
            model,
            parent: row,
            ..Row::default()
        });
        self.index.insert(key, row);
        row
    }

    /// The numbers of the words at these tokens.
    fn key(&self, model: &[usize]) -> Vec<u32> {
        model.iter().map(|&at| self.page.token(at).word).collect()
    }

    /// What `counts` says of a row's first word.
    fn of_first(&self, counts: &[usize], row: &Row<'_>) -> usize {
        let first = row.model.first();
        first.map_or(0, |&at| counts[self.page.token(at).word as usize])
    }

    /// Evidence from the wording itself and from what stands around its places.
    fn weigh(&mut self, finds: &Finds) {
        for at in 0..self.rows.len() {
            let mut votes = wording(&self.rows[at].tokens);
            if finds
                .issuer
                .as_deref()
                .is_some_and(|issuer| is_joined(&self.rows[at].tokens, issuer))
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

    /// Lets go of wordings that only stand where capitals say nothing and that are common words here, and of spans in
    /// titles that are longer than what the body knows.
    pub fn prune(&mut self) {
        for row in 0..self.rows.len() {
            if self.is_word(row) {
                self.rows[row].spans.clear();
            }
        }
        let known: HashSet<String> = self
            .rows
            .iter()
            .filter(|row| {
                row.spans
                    .iter()
                    .any(|span| !self.page.token(span.first).titled)
            })
            .map(|row| row.tokens.join(" "))
            .collect();
        for row in &mut self.rows {
            let titled = row
                .spans
                .iter()
                .all(|span| self.page.token(span.first).titled);
            if !titled || row.tokens.len() < 2 {
                continue;
            }
            // The body goes on from there (`Zillow Group, Inc.`), or a network has read the title and is sure.
            let longer = format!("{} ", row.tokens.join(" "));
            let known_longer = known.iter().any(|other| other.starts_with(&longer));
            let sure = row
                .spans
                .iter()
                .any(|span| span.rank == Rank::Seen && span.score >= SURE);
            let kept = known_longer || sure;
            if !kept && overlong(&row.tokens, &known) {
                row.spans.clear();
            }
        }
    }

    /// Whether a wording of one token is an ordinary word that only place or sentence made a capital of.
    fn is_word(&self, row: usize) -> bool {
        let row = &self.rows[row];
        let [word] = row.tokens.as_slice() else {
            return false;
        };
        if row.spans.iter().any(|span| span.rank == Rank::Sure) || !is_common_word(word) {
            return false;
        }
        let body = gazetteer::class_of(word).is(gazetteer::Class::BODY);
        let nominal = words::nominal(word) && row.kind() == Some(Kind::Org) && !body;
        let uses = self.of_first(&self.small, row);
        let idle = |span: &Span| {
            let token = self.page.token(span.first);
            (token.opens || token.titled) && !token.upper
        };
        nominal || uses > 0 && row.spans.iter().all(idle)
    }

    /// Looks for every wording wherever else it stands, longest first; a longer name takes the place of shorter ones
    /// that were found inside it.
    pub fn propagate(&mut self, owned: &[bool]) {
        self.derive();
        let mut holders: Vec<Option<(usize, usize)>> = vec![None; self.page.len()];
        for (row, spans) in self.rows.iter().map(|row| &row.spans).enumerate() {
            for (at, span) in spans.iter().enumerate() {
                holders[span.first..=span.last].fill(Some((row, at)));
            }
        }
        let by_first = self.by_first();
        let mut found: Vec<(usize, Span)> = Vec::new();
        let mut gone: HashSet<(usize, usize)> = HashSet::new();
        let mut at = 0;
        while at < self.page.len() {
            let rows = &by_first[self.page.token(at).word as usize];
            let hit = rows
                .iter()
                .find_map(|&row| Some((row, self.stands(row, at, owned, &holders)?)));
            let Some((row, span)) = hit else {
                at += 1;
                continue;
            };
            gone.extend(holders[span.first..=span.last].iter().flatten());
            at = span.last + 1;
            found.push((row, span));
        }
        for (row, spans) in self.rows.iter_mut().map(|row| &mut row.spans).enumerate() {
            let mut index = 0;
            spans.retain(|_| {
                index += 1;
                !gone.contains(&(row, index - 1))
            });
        }
        for (row, span) in found {
            self.rows[row].spans.push(span);
        }
        for row in &mut self.rows {
            row.spans.sort_by_key(|span| span.first);
        }
    }

    /// Adds the short forms that follow from full names: a person's surname and given name, a firm's first word and its
    /// name without legal form, an acronym in brackets.
    fn derive(&mut self) {
        let full: Vec<usize> = (0..self.rows.len())
            .filter(|&row| self.rows[row].tokens.len() > 1 && !self.rows[row].spans.is_empty())
            .collect();
        for row in full {
            let Some(kind) = self.rows[row].kind() else {
                continue;
            };
            let forms = match kind {
                Kind::Person => self.person_forms(row),
                Kind::Org => self.firm_forms(row),
                _ => Vec::new(),
            };
            for model in forms.into_iter().chain(self.acronym(row)) {
                self.add_form(row, kind, model);
            }
        }
    }

    fn add_form(&mut self, of: usize, kind: Kind, model: Vec<usize>) {
        let tokens: Vec<&str> = model.iter().map(|&at| self.page.low(at)).collect();
        let key = self.key(&model);
        if self.index.contains_key(&key) || gazetteer::stopped(&tokens.join(" ")) {
            return;
        }
        let row = self.rows.len();
        self.index.insert(key, row);
        let form = Row {
            tokens,
            votes: vec![(kind, 0.3)],
            model,
            spans: Vec::new(),
            parent: row,
            derived: Some(of),
        };
        self.rows.push(form);
    }

    /// Surname and given name of a full name of two to four words.
    fn person_forms(&self, row: usize) -> Vec<Vec<usize>> {
        let model = &self.rows[row].model;
        let named = |at: &&usize| {
            let token = self.page.token(**at);
            token.shape == Shape::Word
                && token.capital
                && token.end - token.start > 2
                && !words::generation(self.page.low(**at))
        };
        if model.len() > 5 {
            return Vec::new();
        }
        let surname = model.iter().rev().find(named);
        let first = model
            .first()
            .filter(|at| named(at) && gazetteer::given(self.page.of(**at)));
        surname
            .into_iter()
            .chain(first)
            .map(|&at| vec![at])
            .collect()
    }

    /// A firm's name without its legal form, and its first word where that is a word of its own.
    fn firm_forms(&self, row: usize) -> Vec<Vec<usize>> {
        let Row {
            model,
            tokens,
            spans,
            ..
        } = &self.rows[row];
        let bare = cluster::bare(tokens).len();
        let mut forms = Vec::new();
        let legal = bare < tokens.len();
        if legal {
            forms.push(model[..bare].to_vec());
        }
        let word = self.page.of(model[0]);
        let low = tokens[0];
        let class = gazetteer::class_of(low);
        let own = low.len() > 3
            && self.page.token(model[0]).shape == Shape::Word
            && !is_common_word(low)
            && !gazetteer::given(word)
            && !gazetteer::given_weak(word)
            && !class.is(gazetteer::PLACE
                .or(gazetteer::Class::PEOPLE)
                .or(gazetteer::Class::CITY_WEAK));
        if own && bare > 1 && (legal || spans.len() > 1) {
            forms.push(vec![model[0]]);
        }
        forms
    }

    /// The acronym in brackets behind a full name.
    fn acronym(&self, row: usize) -> Option<Vec<usize>> {
        let row = &self.rows[row];
        row.spans.iter().find_map(|span| {
            let open = span.last + 1;
            let quote = usize::from(matches!(self.page.of(open + 1), "“" | "\"" | "‘"));
            let at = open + 1 + quote;
            let closed = self.page.is_mark(at + 1 + quote, ')');
            let token = self.page.token(at);
            let short =
                self.page.is_mark(open, '(') && closed && token.shape == Shape::Word && token.upper;
            (short && cluster::abbreviates(&[self.page.low(at)], &row.tokens)).then(|| vec![at])
        })
    }

    /// The rows that are looked for, by the number of their first word, longest first.
    fn by_first(&self) -> Vec<Vec<usize>> {
        let mut by_first = vec![Vec::new(); self.page.words()];
        for (at, row) in self.rows.iter().enumerate() {
            let grammar = row.tokens.len() == 1 && words::function(row.tokens[0]);
            let sought = !(row.spans.is_empty() && row.derived.is_none() || grammar);
            if let Some(&first) = row.model.first().filter(|_| sought) {
                by_first[self.page.token(first).word as usize].push(at);
            }
        }
        for rows in by_first.iter_mut().filter(|rows| rows.len() > 1) {
            rows.sort_by_key(|&row| std::cmp::Reverse(self.rows[row].tokens.len()));
        }
        by_first
    }

    /// The wording `row` at token `at`, written as a name, on tokens that are free or held by shorter names alone.
    fn stands(
        &self,
        row: usize,
        at: usize,
        owned: &[bool],
        holders: &[Option<(usize, usize)>],
    ) -> Option<Span> {
        let row = &self.rows[row];
        let last = at + row.tokens.len() - 1;
        if last >= self.page.len() || !self.same(row, at) {
            return None;
        }
        let next = self.page.token(last + 1);
        let glued = next.gap == Gap::Glued && matches!(next.shape, Shape::Word | Shape::Number);
        if glued
            || self.tagged(at)
            || self.page.token(at).masked
            || owned[at..=last].iter().any(|owned| *owned)
        {
            return None;
        }
        let inside = holders[at..=last].iter().flatten().all(|&(row, index)| {
            let held = &self.rows[row].spans[index];
            at <= held.first && held.last <= last && held.len() < last + 1 - at
        });
        if !inside || row.tokens.len() == 1 && !self.trusted(row, at) {
            return None;
        }
        let kind = row.kind()?;
        let mut span = Span {
            first: at,
            last,
            kind,
            from: Layer::Alias,
            rank: Rank::Seen,
            score: 0.8,
            rival: None,
        };
        // `Platinum Group Metals Ltd.` where the body says `Platinum Group Metals`.
        spans::complete(self.page, &mut span);
        let more = last + 1..span.last + 1;
        if more.end > self.page.len()
            || owned[more.clone()].iter().any(|owned| *owned)
            || holders[more].iter().any(Option::is_some)
        {
            span.last = last;
        }
        Some(span)
    }

    /// Whether token `at` hangs on a sign that makes it a tag, a symbol or a part of a telephone number: `#HKSTP`,
    /// `$TIPS`, `1-800-AHA-USA1`.
    fn tagged(&self, at: usize) -> bool {
        if at == 0 || self.page.token(at).gap > Gap::Glued {
            return false;
        }
        let number = self.page.before(at, 2).shape == Shape::Number
            && self.page.before(at, 1).gap == Gap::Glued;
        matches!(self.page.of(at - 1), "#" | "$" | "@") || self.page.is_dash(at - 1) && number
    }

    /// Whether the tokens from `at` on are the row's, with capitals wherever the row's own first place has them.
    fn same(&self, row: &Row<'_>, at: usize) -> bool {
        row.model.iter().enumerate().all(|(index, &model)| {
            let here = at + index;
            let token = self.page.token(here);
            token.word == self.page.token(model).word
                && (index == 0 || token.gap <= Gap::Line)
                && (token.capital
                    || !self.page.token(model).capital
                    || self.page.of(here) == self.page.of(model))
        })
    }

    /// Whether a single word at `at` can be taken for the name that the row holds.
    fn trusted(&self, row: &Row<'_>, at: usize) -> bool {
        let token = self.page.token(at);
        if !token.capital && self.page.token(row.model[0]).capital {
            return false;
        }
        let word = row.tokens[0];
        if row.derived.is_some() {
            let same = self.page.of(at) == self.page.of(row.model[0]) || token.upper;
            // The first word of a firm's name, which a network left alone time and again by itself, is an ordinary noun
            // (`FinOps Foundation` and FinOps).
            let noun = self.networked && !token.upper && row.kind() == Some(Kind::Org);
            if noun && self.of_first(&self.large, row) > 2 {
                return false;
            }
            return same && !((token.opens || token.titled) && is_common_word(word));
        }
        let seen = row.spans.len();
        let large = self.of_first(&self.large, row);
        let uses = self.of_first(&self.small, row);
        let common = is_common_word(word);
        // What the finders left alone more often than not is hardly a name.
        let rare = seen * if common || token.upper { 2 } else { 3 } < large;
        if rare && row.spans.iter().all(|span| span.rank < Rank::Sure) {
            return false;
        }
        uses == 0 || !common || !(token.opens || token.titled) && uses <= 3 * seen
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

    /// Gives each thing one kind: the evidence of finds and rules, and what the words in and around all its mentions
    /// speak for.
    pub fn decide(&mut self) {
        let mut things: HashMap<usize, Weighed> = HashMap::new();
        for at in 0..self.rows.len() {
            let weighed = things.entry(self.root(at)).or_default();
            weighed.add(self.page, &self.rows[at], self.networked);
        }
        for at in 0..self.rows.len() {
            let root = self.root(at);
            let Some(kind) = things
                .get(&root)
                .and_then(|weighed| weighed.kind(self.networked))
            else {
                continue;
            };
            self.rows[at]
                .spans
                .iter_mut()
                .for_each(|span| span.kind = kind);
        }
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
        out
    }
}

/// Evidence for the kind of one thing.
#[derive(Default)]
struct Weighed {
    votes: Vec<(Kind, f32)>,
    tendency: Tendency,
    places: usize,
}

/// More places of a name than this add nothing to what its surroundings say.
const ENOUGH: usize = 12;

impl Weighed {
    fn add(&mut self, page: &Page<'_>, row: &Row<'_>, networked: bool) {
        for &(kind, weight) in &row.votes {
            match self.votes.iter_mut().find(|(voted, _)| *voted == kind) {
                Some((_, total)) => *total += weight,
                None => self.votes.push((kind, weight)),
            }
        }
        let read = if networked { 0 } else { ENOUGH };
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
    fn kind(&self, networked: bool) -> Option<Kind> {
        let total: f32 = self.votes.iter().map(|vote| vote.1).sum();
        let first = winner(&self.votes)?;
        if networked || self.places == 0 || !cues::KINDS.contains(&folded(first)) {
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

/// How full a wording is: more words first, then mixed case before capitals.
fn fullness(page: &Page<'_>, span: &Span) -> (usize, bool) {
    let shouted = (span.first..=span.last)
        .all(|at| page.token(at).upper || page.token(at).shape != Shape::Word);
    (span.len(), !shouted)
}

/// How often each word, by its number, stands in small letters.
fn small_words(page: &Page<'_>) -> Vec<usize> {
    let mut small = vec![0; page.words()];
    for token in &page.tokens {
        if token.shape == Shape::Word && !token.capital && !token.masked {
            small[token.word as usize] += 1;
        }
    }
    small
}

/// How often each word, by its number, stands with a capital outside names of several words.
fn large_words(page: &Page<'_>, chosen: &[Span]) -> Vec<usize> {
    let mut large = vec![0; page.words()];
    let mut spans = chosen.iter().filter(|span| span.len() > 1).peekable();
    for (at, token) in page.tokens.iter().enumerate() {
        while spans.next_if(|span| span.last < at).is_some() {}
        let inside = spans.peek().is_some_and(|span| span.first <= at);
        if token.shape == Shape::Word && token.capital && !token.masked && !inside {
            large[token.word as usize] += 1;
        }
    }
    large
}

/// Whether a wording is a known name with common words before or behind it: what a title made of it.
fn overlong(tokens: &[&str], known: &HashSet<String>) -> bool {
    let common = |part: &[&str]| {
        part.iter()
            .all(|token| is_common_word(token) || !token.chars().any(char::is_alphabetic))
    };
    (1..tokens.len()).any(|cut| {
        let (head, tail) = tokens.split_at(cut);
        known.contains(&head.join(" ")) && common(tail)
            || known.contains(&tail.join(" ")) && common(head)
    })
}

/// The tokens that make a span's wording: without articles, possessives and trade marks.
fn model<'p>(page: &'p Page<'_>, span: &Span) -> impl Iterator<Item = usize> + 'p {
    let article = span.first < span.last && page.low(span.first) == "the";
    (span.first + usize::from(article)..=span.last)
        .filter(|&at| !matches!(page.low(at), "®" | "™" | "℠"))
}

/// Whether the tokens with a blank between each two are `name`.
fn is_joined(tokens: &[&str], name: &str) -> bool {
    let length = tokens.iter().map(|token| token.len() + 1).sum::<usize>();
    length == name.len() + 1 && tokens.join(" ") == name
}

/// Endings of peoples in the plural: `Ohioans`, `Kentuckians`, `Texans`.
const DEMONYMS: [&str; 5] = ["oans", "ians", "xans", "gans", "eseans"];

/// What a wording says of its kind.
fn wording(tokens: &[&str]) -> Vec<(Kind, f32)> {
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
    let class = gazetteer::class_of(&tokens.join(" "));
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
