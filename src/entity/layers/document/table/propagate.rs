//! Every wording wherever else it stands, in its short forms too: surnames, firms without their legal form, acronyms. It
//! refuses what is an ordinary word there.

use foldhash::{HashSet, HashSetExt as _};

use super::{Row, Table};
use crate::entity::layers::document::cluster;
use crate::entity::layers::document::spans::{self, Span};
use crate::entity::layers::find::Rank;
use crate::entity::layers::token::{Gap, Shape};
use crate::entity::layers::{gazetteer, words};
use crate::entity::{Kind, Layer};
use crate::release::is_common_word;

/// Rows by the number of their first word.
struct ByFirst {
    /// The number of the first word and the row, by rising numbers.
    rows: Vec<(u32, usize)>,
    /// For each word, one more than where its rows begin; 0 where it has none.
    starts: Vec<u32>,
}

impl ByFirst {
    /// The rows that begin with a word.
    fn rows(&self, word: u32) -> &[(u32, usize)] {
        let Some(start) = self.starts[word as usize].checked_sub(1) else {
            return &[];
        };
        let from = &self.rows[start as usize..];
        let length = from.iter().take_while(|row| row.0 == word).count();
        &from[..length]
    }
}

impl<'p, 't> Table<'p, 't> {
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
            let rows = by_first.rows(self.page.token(at).word);
            let hit = rows
                .iter()
                .find_map(|&(_, row)| Some((row, self.stands(row, at, owned, &holders)?)));
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
        if self.index.contains_key(&key) || is_stopped(&tokens) {
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
    fn by_first(&self) -> ByFirst {
        let mut rows: Vec<(u32, usize)> = Vec::with_capacity(self.rows.len());
        for (at, row) in self.rows.iter().enumerate() {
            let grammar = row.tokens.len() == 1 && words::function(row.tokens[0]);
            let sought = !(row.spans.is_empty() && row.derived.is_none() || grammar);
            if let Some(&first) = row.model.first().filter(|_| sought) {
                rows.push((self.page.token(first).word, at));
            }
        }
        let length = |row: usize| std::cmp::Reverse(self.rows[row].tokens.len());
        rows.sort_by_key(|&(word, row)| (word, length(row)));
        let mut starts = vec![0; self.page.words()];
        for (at, (word, _)) in rows.iter().enumerate().rev() {
            starts[*word as usize] = at as u32 + 1;
        }
        ByFirst { rows, starts }
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
}

/// Whether the tokens with a blank between each two are on the list of what is never a name.
fn is_stopped(tokens: &[&str]) -> bool {
    match tokens {
        [token] => gazetteer::stopped(token),
        _ => gazetteer::stopped(&tokens.join(" ")),
    }
}
