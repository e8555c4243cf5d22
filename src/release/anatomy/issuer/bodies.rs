//! Which names are those of bodies rather than of people, by their words. It refuses to say of what kind a body is.

use super::names::{is_place, occasion, tidy};
use super::people;
use crate::text;

/// The runs of two and more capitalised words in `line` that hold a word which bodies have.
pub(super) fn named(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    let mut end = 0;
    let mut push = |start: Option<usize>, end: usize| {
        // One capitalised word, as every sentence opens with, is no body's name.
        let name = start.and_then(|start| line.get(start..end));
        if let Some(name) = name.filter(|name| name.as_bytes().contains(&b' ')) {
            let name = tidy(name.split(['’', '\'']).next().unwrap_or(name));
            if name.as_bytes().contains(&b' ')
                && people::is_organisation(name)
                && !name.contains(['&', '@', '/'])
                && !occasion(name)
                && !is_place(name)
            {
                found.push(name);
            }
        }
    };
    let mut from = 0;
    loop {
        if start.is_none() {
            // Most words: small ones, and no run is open.
            let Some(next) = text::telling_word(line, from) else {
                break;
            };
            from = next;
        }
        let Some((blank, word)) = text::words(&line[from..]).next() else {
            break;
        };
        let at = from + blank;
        from = at + word.len();
        let bare = word.trim_end_matches([',', '.', ';', ':', ')', '”', '"', '?', '!']);
        let joins = matches!(word, "of" | "for" | "and" | "the" | "&");
        let capital =
            bare.starts_with(char::is_uppercase) && !(start.is_none() && people::is_opener(bare));
        if !(capital || joins && start.is_some()) {
            push(start.take(), end);
            continue;
        }
        if capital {
            start.get_or_insert(at);
            end = at + bare.len();
        }
        if bare.len() < word.len() {
            push(start.take(), end);
        }
    }
    push(start, end);
    found
}

/// Whether a name is that of a body rather than of a person: more than a first and last name, or a word that bodies
/// have.
pub(super) fn organisation(name: &str) -> bool {
    let parts = text::pieces(name).count();
    parts == 1
        || parts >= 4
        || text::pieces(name).any(text::has_inner_capital)
        || people::is_organisation(name)
}
