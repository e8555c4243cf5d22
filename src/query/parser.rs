//! From pieces to a tree. OR binds closer than the space; nesting and the number of terms are bounded, because what is
//! pasted into a prompt may be anything.

use super::fold::fold;
use super::lexer::{Piece, Term, pieces};
use super::tokens::tokens;
use super::tree::{Bound, Day, Field, Naming, Node, Order, Query, State, Words};

/// Terms beyond this many are left out, with a hint.
pub const MOST_TERMS: usize = 64;

/// Parentheses deeper than this are read as if they were not there: the index's own parser has a small stack.
const DEEPEST: usize = 8;

impl Query {
    /// Reads a finished query.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Parser::new(text, false).query()
    }

    /// Reads a query that is being typed: its last word may be only the beginning of one.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        Parser::new(text, true).query()
    }

    /// Whether nothing was asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.root.is_none()
    }
}

struct Parser {
    pieces: std::iter::Peekable<std::vec::IntoIter<Piece>>,
    typing: bool,
    terms: usize,
    query: Query,
}

impl Parser {
    fn new(text: &str, typing: bool) -> Self {
        Self {
            pieces: pieces(text).into_iter().peekable(),
            typing,
            terms: 0,
            query: Query::default(),
        }
    }

    fn query(mut self) -> Query {
        let mut all = Vec::new();
        // A stray `)` ends nothing: what follows it counts as well.
        while self.pieces.peek().is_some() {
            all.extend(self.conjunction(0));
            self.pieces.next_if_eq(&Piece::Close);
        }
        self.query.root = join(all, Node::All);
        if self.terms > MOST_TERMS {
            self.query
                .hints
                .push(format!("only the first {MOST_TERMS} terms are used"));
        }
        self.query
    }

    /// Terms up to a closing parenthesis.
    fn conjunction(&mut self, depth: usize) -> Option<Node> {
        let mut all = Vec::new();
        while let Some(piece) = self.pieces.peek() {
            if *piece == Piece::Close {
                break;
            }
            all.extend(self.alternatives(depth));
        }
        join(all, Node::All)
    }

    /// `a OR b OR c`.
    fn alternatives(&mut self, depth: usize) -> Option<Node> {
        let mut any: Vec<Node> = self.operand(depth).into_iter().collect();
        while self.pieces.next_if_eq(&Piece::Or).is_some() {
            any.extend(self.operand(depth));
        }
        join(any, Node::Any)
    }

    /// A term, a group, or the opposite of one.
    fn operand(&mut self, depth: usize) -> Option<Node> {
        let mut opposite = false;
        while self.pieces.next_if_eq(&Piece::Not).is_some() {
            opposite = !opposite;
        }
        let node = match self.pieces.peek()? {
            Piece::Open => {
                self.pieces.next();
                if depth >= DEEPEST {
                    return None;
                }
                let inner = self.conjunction(depth + 1);
                self.pieces.next_if_eq(&Piece::Close);
                inner
            }
            Piece::Term(_) => match self.pieces.next() {
                Some(Piece::Term(term)) => self.term(term),
                _ => None,
            },
            Piece::Or | Piece::Not => {
                self.pieces.next();
                None
            }
            Piece::Close => None,
        }?;
        Some(if opposite {
            Node::Not(Box::new(node))
        } else {
            node
        })
    }

    fn term(&mut self, term: Term) -> Option<Node> {
        self.terms += 1;
        if self.terms > MOST_TERMS {
            return None;
        }
        let Some(key) = term.key.as_deref() else {
            return self.words(&term, Field::Any);
        };
        let values = || values(&term);
        let named = |naming| (!values().is_empty()).then(|| Node::Names(naming, values()));
        match key {
            "title" | "headline" => self.words(&term, Field::Title),
            "body" | "text" => self.words(&term, Field::Body),
            "person" => named(Naming::Person),
            "org" | "organisation" | "organization" => named(Naming::Organisation),
            "place" => named(Naming::Place),
            "product" => named(Naming::Product),
            "event" => named(Naming::Event),
            "ticker" => named(Naming::Ticker),
            "names" | "entity" => named(Naming::Any),
            "issuer" | "from" => some(values(), Node::Issuer),
            "wire" => some(values(), Node::Wire),
            "source" => some(values(), Node::Source),
            "lang" | "language" => some(values(), Node::Language),
            "tag" => some(values(), Node::Tag),
            "is" => self.state(&term),
            "has" => self.state(&term),
            "after" | "since" => self.dates(&term, |(from, _)| Bound {
                from: Some(from),
                until: None,
            }),
            "before" | "until" => self.dates(&term, |(from, _)| Bound {
                from: None,
                until: Some(from),
            }),
            "date" | "on" => self.dates(&term, |(from, until)| Bound {
                from: Some(from),
                until: Some(until),
            }),
            "sort" => {
                match term.value.to_lowercase().as_str() {
                    "date" | "newest" => self.query.order = Some(Order::Date),
                    "best" | "rank" => self.query.order = Some(Order::Best),
                    _ => self.hint("sort:date or sort:best"),
                }
                None
            }
            _ => {
                self.hint(&format!("{key}: is no operator; read as words"));
                let whole = Term {
                    value: format!("{key} {}", term.value),
                    ..term
                };
                self.words(&whole, Field::Any)
            }
        }
    }

    /// Words, or a phrase where the term has several.
    fn words(&mut self, term: &Term, field: Field) -> Option<Node> {
        let words: Vec<String> = tokens(&term.value)
            .map(|token| token.word)
            .filter(|word| !word.is_empty())
            .collect();
        if words.is_empty() {
            let goes_on = self.typing && term.open;
            if !goes_on && !term.value.trim().is_empty() {
                self.hint("signs alone cannot be searched");
            }
            return None;
        }
        let ends_in_word = term
            .value
            .ends_with(|c: char| c.is_alphanumeric() || super::fold::is_mark(c));
        let prefix = term.value.ends_with('*') || (self.typing && term.open && ends_in_word);
        Some(Node::Words(Words {
            field,
            words,
            prefix,
            near: term.near,
        }))
    }

    fn state(&mut self, term: &Term) -> Option<Node> {
        let state = match term.value.to_lowercase().trim_end_matches('s') {
            "unread" => State::Unread,
            "read" => State::Read,
            "starred" | "star" => State::Starred,
            "correction" | "corrected" => State::Correction,
            "passage" | "bookmark" => State::Passage,
            "note" => State::Note,
            "tag" => State::Tag,
            "embargo" | "embargoed" => State::Embargo,
            _ => {
                self.hint("is:unread, is:read, is:starred, is:correction, has:passage, has:note, has:tag, has:embargo");
                return None;
            }
        };
        Some(Node::Is(state))
    }

    /// A date or a span; `make` gets its first day and the first day after it.
    fn dates(&mut self, term: &Term, make: impl Fn((Day, Day)) -> Bound) -> Option<Node> {
        let value = term.value.trim().to_lowercase();
        let bound = match value.split_once("..") {
            Some((from, until)) => {
                let (from, until) = (span(from), span(until));
                (from.is_some() || until.is_some()).then(|| Bound {
                    from: from.map(|s| s.0),
                    until: until.map(|s| s.1),
                })
            }
            None => span(&value).map(make),
        };
        if bound.is_none() {
            self.hint(
                "a date: 2025, 2025-07, 2025-07-01, 2025-01..2025-03, today, yesterday, 7d, 2w",
            );
        }
        bound.map(Node::Published)
    }

    fn hint(&mut self, hint: &str) {
        if self.query.hints.len() < 4 && !self.query.hints.iter().any(|known| known == hint) {
            self.query.hints.push(hint.to_owned());
        }
    }
}

/// One node of several; `None` of none.
fn join(mut nodes: Vec<Node>, make: impl Fn(Vec<Node>) -> Node) -> Option<Node> {
    match nodes.len() {
        0 => None,
        1 => nodes.pop(),
        _ => Some(make(nodes)),
    }
}

/// `make(values)` where there are any.
fn some(values: Vec<String>, make: impl Fn(Vec<String>) -> Node) -> Option<Node> {
    (!values.is_empty()).then(|| make(values))
}

/// The values of a term, folded; a comma parts them unless they were in quotes.
fn values(term: &Term) -> Vec<String> {
    let parts: Vec<&str> = if term.quoted {
        vec![&term.value]
    } else {
        term.value.split(',').collect()
    };
    parts
        .into_iter()
        .map(|part| fold(part.trim()))
        .filter(|part| !part.is_empty())
        .collect()
}

/// The first day of what `text` names and the first day after it.
fn span(text: &str) -> Option<(Day, Day)> {
    match text {
        "today" => return Some((Day::Relative(0), Day::Relative(1))),
        "yesterday" => return Some((Day::Relative(-1), Day::Relative(0))),
        _ => {}
    }
    if let Some((number, unit)) = text
        .char_indices()
        .last()
        .map(|(at, unit)| (&text[..at], unit))
        && let Ok(number) = number.parse::<u16>()
    {
        let days = match unit {
            'd' => 1,
            'w' => 7,
            'm' => 30,
            'y' => 365,
            _ => 0,
        };
        if days > 0 {
            let back = i32::from(number) * days;
            return Some((Day::Relative(-back), Day::Relative(1)));
        }
    }
    let parts: Vec<&str> = text.split('-').collect();
    let year = parts
        .first()
        .filter(|y| y.len() == 4)?
        .parse::<i32>()
        .ok()?;
    let number = |at: usize, most: u32| -> Option<u32> {
        parts
            .get(at)?
            .parse()
            .ok()
            .filter(|n| (1..=most).contains(n))
    };
    // While a date is typed (`2025-`, `2025-0`) it means what is there already.
    match (number(1, 12), number(2, 31)) {
        (Some(month), Some(day)) => Some((
            Day::Fixed(year, month, day),
            Day::Fixed(year, month, day + 1),
        )),
        (Some(month), None) => {
            let next = if month == 12 {
                Day::Fixed(year + 1, 1, 1)
            } else {
                Day::Fixed(year, month + 1, 1)
            };
            Some((Day::Fixed(year, month, 1), next))
        }
        (None, _) => Some((Day::Fixed(year, 1, 1), Day::Fixed(year + 1, 1, 1))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[&str]) -> Node {
        Node::Words(Words {
            field: Field::Any,
            words: list.iter().map(|w| (*w).to_owned()).collect(),
            prefix: false,
            near: None,
        })
    }

    #[test]
    fn or_binds_closer_than_the_space() {
        let query = Query::parse("solar OR wind org:bank -coal");
        let names = Node::Names(Naming::Organisation, vec!["bank".into()]);
        assert_eq!(
            query.root,
            Some(Node::All(vec![
                Node::Any(vec![words(&["solar"]), words(&["wind"])]),
                names,
                Node::Not(Box::new(words(&["coal"]))),
            ]))
        );
        assert!(query.hints.is_empty());
    }

    #[test]
    fn a_quote_runs_to_its_end_or_to_the_end() {
        for text in [
            "\"climate report\"",
            "\"climate report",
            "“climate report”",
            "climate-report",
        ] {
            assert_eq!(
                Query::parse(text).root,
                Some(words(&["climate", "report"])),
                "{text}"
            );
        }
        let near = Query::parse("\"bank rescue\"~5").root;
        assert!(
            matches!(near, Some(Node::Words(Words { near: Some(5), .. }))),
            "{near:?}"
        );
    }

    #[test]
    fn the_last_word_typed_is_a_beginning() {
        let prefix = |query: Query| match query.root {
            Some(Node::Words(words)) => words.prefix,
            Some(Node::All(all)) => matches!(all.last(), Some(Node::Words(w)) if w.prefix),
            _ => false,
        };
        assert!(
            prefix(Query::typed("clim"))
                && prefix(Query::typed("a \"clim"))
                && prefix(Query::parse("clim*"))
        );
        assert!(
            !prefix(Query::typed("clim "))
                && !prefix(Query::parse("clim"))
                && !prefix(Query::typed("\"clim\""))
        );
    }

    #[test]
    fn dates_are_half_open() {
        let bound = |text: &str| match Query::parse(text).root {
            Some(Node::Published(bound)) => bound,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(bound("before:2025-07").until, Some(Day::Fixed(2025, 7, 1)));
        assert_eq!(bound("after:2025-01-01").from, Some(Day::Fixed(2025, 1, 1)));
        assert_eq!(bound("date:2025-12").until, Some(Day::Fixed(2026, 1, 1)));
        assert_eq!(
            bound("date:2025-01..2025-03").until,
            Some(Day::Fixed(2025, 4, 1))
        );
        assert_eq!(bound("after:7d").from, Some(Day::Relative(-7)));
        assert_eq!(bound("date:today").until, Some(Day::Relative(1)));
        assert!(!Query::parse("after:soon").hints.is_empty());
    }

    #[test]
    fn what_is_no_operator_is_words_with_a_hint() {
        let query = Query::parse("foo:bar");
        assert_eq!(query.root, Some(words(&["foo", "bar"])));
        assert_eq!(query.hints.len(), 1);
        assert_eq!(
            Query::parse("https://example.com").root,
            Some(words(&["https", "example", "com"]))
        );
        assert_eq!(Query::parse("- AND ( ) OR").root, None);
    }

    proptest::proptest! {
        #[test]
        fn anything_typed_is_a_query(text in "[ a-z\"()*:~,.é湖🙂-]{0,60}|(NOT |OR |AND |\\(){0,80}|\\PC{0,60}") {
            let _ = Query::parse(&text);
            let _ = Query::typed(&text);
        }
    }

    #[test]
    fn a_pasted_book_is_bounded() {
        let query = Query::parse(&"word ".repeat(10_000));
        assert!(matches!(&query.root, Some(Node::All(all)) if all.len() == MOST_TERMS));
        let _ = Query::parse(&"(".repeat(100_000));
    }
}
