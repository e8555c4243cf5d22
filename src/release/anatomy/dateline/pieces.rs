//! The pieces of a dateline where they start: a wire's name, a place, a region split off, a time of day. Each looks at the
//! head of what is left of a line and says how long it is; it refuses to know what was read before.

use super::super::{above, dates, labels, places, wires};

/// A wire's name at the start of `rest`: its usual name, and how many bytes it takes.
pub(super) fn wire_at(rest: &str) -> Option<(String, usize)> {
    let open = rest.chars().next()?;
    if matches!(open, '/' | '(' | '[' | '（') {
        let (name, mut len) = bracketed(rest, open)?;
        if let Some(after) = rest[len..].strip_prefix('(').filter(|_| open == '[') {
            len += 1 + after.find(')')? + 1;
        }
        let usual = wires::known(name).map(str::to_owned);
        let dashed = rest[len..].trim_start().starts_with(['-', '–', '—']);
        let named = usual.or_else(|| {
            (wires::may_be_wire(name) && dashed && open != '/').then(|| name.trim().to_owned())
        });
        return named.map(|name| (name, len));
    }
    bare_wire(rest)
}

/// A wire's name without brackets, up to the next mark: `PR Karma /`, `ACCESSWIRE /`, `Qwoted Newswire –`, `新华社`.
fn bare_wire(rest: &str) -> Option<(String, usize)> {
    for han in ["新华社", "新華社", "美通社"] {
        if rest.starts_with(han) {
            return wires::known(han).map(|name| (name.to_owned(), han.len()));
        }
    }
    let stop = |c: char| {
        matches!(
            c,
            '/' | '-' | '–' | '—' | '(' | ')' | '|' | '\n' | ',' | ':' | '.'
        )
    };
    let mut len = rest
        .char_indices()
        .take(40)
        .find(|(_, c)| stop(*c))
        .map(|(at, _)| at)?;
    if rest[len..].starts_with(".ai") || rest[len..].starts_with("-7") {
        len += rest[len + 1..]
            .char_indices()
            .take(24)
            .find(|(_, c)| stop(*c) || *c == ' ')
            .map(|(at, _)| at)?
            + 1;
    }
    let name = rest[..len].trim_end();
    let usual = (name.len() > 4).then(|| wires::known(name)).flatten();
    let named = usual.map(str::to_owned).or_else(|| {
        (name.contains(' ')
            && name.starts_with(char::is_uppercase)
            && wires::sounds_like_wire(name))
        .then(|| name.to_owned())
    })?;
    let mut len = name.len();
    // `PRISM MediaWire (Press Release Service – Press Release Distribution) –`
    let after = rest[len..].trim_start();
    if after.starts_with('(')
        && let Some((_, more)) = bracketed(after, '(')
    {
        len = rest.len() - after.len() + more;
    }
    Some((named, len))
}

/// What stands between an opening bracket or stroke and its partner, and the length of it all. At most 80 bytes.
pub(super) fn bracketed(rest: &str, open: char) -> Option<(&str, usize)> {
    let close = match open {
        '(' => ')',
        '[' => ']',
        '（' => '）',
        other => other,
    };
    let from = open.len_utf8();
    let len = rest
        .get(from..)?
        .char_indices()
        .take_while(|(at, c)| *at < 80 && *c != '\n')
        .find(|(_, c)| *c == close)
        .map(|(at, _)| at)?;
    Some((&rest[from..from + len], from + len + close.len_utf8()))
}

/// Length of a time of day after a date: ` @ 9:00 AM America/Toronto`, ` 17:00`, ` at 8:30 a.m. ET`.
pub(super) fn time_len(rest: &str) -> usize {
    let trimmed = rest.trim_start_matches([' ', ',', '@', '\u{A0}']);
    let trimmed = trimmed.strip_prefix("at ").unwrap_or(trimmed);
    let mut at = rest.len() - trimmed.len();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) || !trimmed[digits..].starts_with(':') {
        return 0;
    }
    let minutes = trimmed[digits + 1..]
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count();
    at += digits + 1 + minutes;
    for _ in 0..3 {
        let word = rest[at..].trim_start();
        let len = word
            .find(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | ',' | ')'))
            .unwrap_or(word.len());
        let small = word[..len].to_lowercase();
        let zone = matches!(
            small.as_str(),
            "am" | "pm"
                | "a.m."
                | "p.m."
                | "et"
                | "est"
                | "edt"
                | "ct"
                | "cst"
                | "cdt"
                | "mt"
                | "mst"
                | "mdt"
                | "pt"
                | "pst"
                | "pdt"
                | "gmt"
                | "utc"
                | "bst"
                | "cet"
                | "cest"
                | "hkt"
                | "eastern"
                | "pacific"
                | "central"
                | "mountain"
                | "uhr"
        ) || (word[..len].contains('/') && word.starts_with(char::is_uppercase));
        if !zone {
            break;
        }
        at = rest.len() - word.len() + len;
    }
    at
}

/// Whether a place that closes a dateline stands at the start of `rest`.
pub(super) fn place_follows(rest: &str) -> bool {
    let Some(len) = place_len(rest) else {
        return false;
    };
    let name = &rest[..len];
    let shouted = !name.chars().any(char::is_lowercase) && name.len() >= 4;
    (shouted || places::is_city(name) || followed_by_region(rest, len)) && {
        let after = rest[len..].chars().take(60).collect::<String>();
        after.contains(['-', '–', '—', ':'])
    }
}

/// Whether `, Region` comes after the place of length `len`.
fn followed_by_region(rest: &str, len: usize) -> bool {
    let Some(after) = rest[len..].strip_prefix(',') else {
        return false;
    };
    let after = after.trim_start();
    place_len(after).is_some_and(|len| places::is_region(&after[..len]))
}

/// Length of the place name at the start of `rest`: words with capitals (or Chinese characters before a date), ended
/// by a mark, a date or a wire.
pub(super) fn place_len(rest: &str) -> Option<usize> {
    if above::is_release_line(rest.split('\n').next().unwrap_or(rest))
        || rest.starts_with(['C', 'M', 'P']) && labels::is_contact_heading(rest)
    {
        return None;
    }
    if rest.starts_with(|c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
        let len = rest
            .char_indices()
            .take(9)
            .find(|(_, c)| !('\u{4E00}'..='\u{9FFF}').contains(c))
            .map(|(at, _)| at)?;
        let after = rest[len..].trim_start();
        return (dates::at_start(after).is_some()
            || han_month(after)
            || after.starts_with(['-', '–', '—', '/', '，']))
        .then_some(len);
    }
    let mut at = 0;
    let mut words = 0;
    while words < 6 {
        let word = &rest[at..];
        let len = word
            .find(|c: char| {
                c.is_whitespace()
                    || matches!(
                        c,
                        ',' | '/'
                            | '('
                            | ')'
                            | '['
                            | '—'
                            | '–'
                            | ':'
                            | '&'
                            | '|'
                            | ';'
                            | '“'
                            | '"'
                            | '!'
                            | '?'
                            | '*'
                    )
            })
            .unwrap_or(word.len());
        let len = word[..len].find("--").unwrap_or(len);
        let token = &word[..len];
        let small = matches!(
            token,
            "of" | "de"
                | "la"
                | "del"
                | "du"
                | "and"
                | "the"
                | "upon"
                | "sur"
                | "am"
                | "do"
                | "da"
                | "dos"
                | "le"
                | "les"
                | "and/or"
                | "en"
        );
        let capital = token.starts_with(char::is_uppercase)
            || (words > 0 && token.bytes().all(|b| b.is_ascii_digit()) && !token.is_empty());
        let stop = token.ends_with('.') && token.len() > 5 && !places::is_region(token);
        if token.is_empty()
            || !(capital || (small && words > 0 && token != "and"))
            || stop
            || (words > 0 && dates::at_start(word).is_some())
        {
            break;
        }
        at += len;
        words += 1;
        let region = places::is_region(token) && token.len() <= 6 && token != "New";
        let blanks = rest[at..].len() - rest[at..].trim_start_matches([' ', '\u{A0}']).len();
        let next = &rest[at + blanks..];
        if region && words == 1
            || blanks >= 2 && !places::is_region(next.get(..3).unwrap_or("-"))
            || ends_place(next)
            || blanks == 0
        {
            break;
        }
        at += blanks;
    }
    let len = rest[..at].trim_end().len();
    let ended = ends_place(rest[len..].trim_start())
        || rest[len..].starts_with("  ")
        || places::is_region(&rest[..len])
        || dates::at_start(rest[len..].trim_start()).is_some();
    (words > 0 && len <= 48 && ended).then_some(len)
}

/// `9月2日`: a date without its year.
fn han_month(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && text[digits..].starts_with('月')
}

/// Whether what follows a place ends it.
fn ends_place(next: &str) -> bool {
    let joined = ["and ", "& ", "et ", "und "].iter().any(|word| {
        next.strip_prefix(word)
            .is_some_and(|after| after.starts_with(char::is_uppercase))
    });
    next.is_empty()
        || joined
        || next.starts_with([',', '/', '(', ')', '[', '-', '–', '—', ':', '|', '\n'])
            && !next.starts_with(", and ")
}

/// A region printed after a city without a comma: where the city ends and the region starts.
pub(super) fn split_region(segment: &str) -> (usize, Option<usize>) {
    for (at, _) in segment.match_indices(' ').take(4) {
        let region = &segment[at + 1..];
        if places::is_region(region) && !places::is_city(segment) && region != "City" && at > 2 {
            return (segment[..at].trim_end().len(), Some(at + 1));
        }
    }
    (segment.len(), None)
}
