//! The table of names: each wording once, with the evidence for its kinds and the places where it stands.

mod propagate;
mod weighing;

use foldhash::{HashMap, HashMapExt as _, HashSet};

use super::spans::Span;
use super::{Finds, Thing, cluster, is_name};
use crate::entity::Kind;
use crate::entity::layers::find::Rank;
use crate::entity::layers::token::{Page, Shape};
use crate::entity::layers::{gazetteer, words};
use crate::release::is_common_word;
use weighing::{Weighed, surroundings, winner, wording};

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
        let mut key = Vec::new();
        for span in chosen {
            let row = table.row(&span, &mut key);
            table.rows[row].spans.push(span);
        }
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
        if networked {
            table.claim_first_words();
        }
        table
    }

    /// The row of a span's wording. `key` is room to work in.
    fn row(&mut self, span: &Span, key: &mut Vec<u32>) -> usize {
        key.clear();
        key.extend(model(self.page, span).map(|at| self.page.token(at).word));
        if let Some(&row) = self.index.get(key) {
            return row;
        }
        let row = self.rows.len();
        let model: Vec<usize> = model(self.page, span).collect();
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
        self.index.insert(key.clone(), row);
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

    /// The first words of a firm's name, taken for somebody's (`Halden expects …` beside `Halden Wind Holdings, Inc.`),
    /// are the firm's where nobody bears them. A firm may be its founder's name with nothing but a legal form behind it:
    /// that says nothing.
    fn claim_first_words(&mut self) {
        let of = |kind: Kind| {
            let rows = self.rows.iter();
            rows.filter(move |row| row.kind() == Some(kind) && row.tokens.len() > 1)
        };
        let firms: Vec<Vec<&str>> = of(Kind::Org)
            .map(|row| cluster::bare(&row.tokens).to_vec())
            .collect();
        let begun = |row: &Row<'_>| {
            let begins =
                |firm: &Vec<&str>| firm.len() > row.tokens.len() && firm.starts_with(&row.tokens);
            firms.iter().any(begins)
        };
        // A person is named in full somewhere.
        let people: HashSet<&str> = of(Kind::Person)
            .filter(|row| !begun(row))
            .flat_map(|row| row.tokens.iter().copied())
            .collect();
        for at in 0..self.rows.len() {
            let row = &self.rows[at];
            let taken = row.kind() == Some(Kind::Person)
                && !gazetteer::given(row.tokens[0])
                && !people.contains(row.tokens[0]);
            if taken && begun(row) {
                let weight = 1.0 + row.votes.iter().map(|vote| vote.1).sum::<f32>();
                self.rows[at].vote(Kind::Org, weight);
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
        let page = self.page;
        let titled = |row: &Row<'_>| {
            let mut spans = row.spans.iter();
            row.tokens.len() > 1 && spans.all(|span| page.token(span.first).titled)
        };
        // Most releases have no title in their text.
        if !self.rows.iter().any(titled) {
            return;
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
            if !titled(row) {
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
