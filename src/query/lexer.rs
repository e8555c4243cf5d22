//! What is typed, in pieces. Quotes need no end, parentheses no partner.

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `OR`
    Or,
    /// `NOT`, or a `-` before something.
    Not,
    /// Something to look for.
    Term(Term),
}

/// `key:value`, `key:"value"`, a word or a phrase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Term {
    /// What stands before the colon, in lower case.
    pub key: Option<String>,
    /// The value as typed.
    pub value: String,
    /// Whether the value was in quotes.
    pub quoted: bool,
    /// The number after `~`.
    pub near: Option<u8>,
    /// Whether the typing ends in this term, so that its last word may go on.
    pub open: bool,
}

/// The pieces of `typed`.
pub(super) fn pieces(typed: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = typed;
    loop {
        rest = rest.trim_start();
        let Some(c) = rest.chars().next() else {
            return found;
        };
        match c {
            '(' => {
                found.push(Piece::Open);
                rest = &rest[1..];
            }
            ')' => {
                found.push(Piece::Close);
                rest = &rest[1..];
            }
            '-' if rest[1..].starts_with(|c: char| !c.is_whitespace() && c != '-' && c != ')') => {
                found.push(Piece::Not);
                rest = &rest[1..];
            }
            _ => rest = term(rest, &mut found),
        }
    }
}

/// Takes one term from the front of `rest`; gives what follows it.
fn term<'a>(rest: &'a str, found: &mut Vec<Piece>) -> &'a str {
    let mut term = Term::default();
    let mut rest = rest;
    if let Some((key, value)) = keyed(rest) {
        term.key = Some(key.to_lowercase());
        rest = value;
    }
    if let Some(quote) = rest.strip_prefix(['"', '“', '”', '„', '«']) {
        term.quoted = true;
        let end = quote.find(['"', '”', '“', '»']);
        let (value, after) = match end {
            Some(at) => (&quote[..at], skip_char(&quote[at..])),
            None => (quote, ""),
        };
        term.value = value.to_owned();
        term.open = end.is_none() && !value.ends_with(char::is_whitespace);
        rest = nearness(after, &mut term);
        found.push(Piece::Term(term));
        return rest;
    }
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '“' | '”'))
        .unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    match word {
        "OR" if term.key.is_none() => found.push(Piece::Or),
        "AND" if term.key.is_none() => {}
        "NOT" if term.key.is_none() => found.push(Piece::Not),
        _ => {
            term.value = word.to_owned();
            term.open = after.is_empty();
            found.push(Piece::Term(term));
        }
    }
    after
}

/// `key:rest`, where what stands before the colon could be an operator's name.
fn keyed(text: &str) -> Option<(&str, &str)> {
    let colon = text.find(|c: char| !c.is_ascii_alphabetic())?;
    let (key, rest) = text.split_at(colon);
    let value = rest.strip_prefix(':')?;
    (!key.is_empty() && !value.starts_with("//")).then_some((key, value))
}

/// Takes `~5` from the front of `rest`.
fn nearness<'a>(rest: &'a str, term: &mut Term) -> &'a str {
    let Some(after) = rest.strip_prefix('~') else {
        return rest;
    };
    let digits = after
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(after.len());
    term.near = Some(after[..digits].parse().unwrap_or(10));
    &after[digits..]
}

/// `text` without its first character.
fn skip_char(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
}
