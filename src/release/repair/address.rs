//! Addresses of the web and of mail that a scraper glued to what stood before or after them
//! (`Websitehttps://…`, `Texaswww.acme.com512.354.7000`, `press@acme.comAbout`). It refuses to cut inside an address
//! but where another one, a telephone number or a word with a capital after the domain's ending begins.

use super::glue::Cut;
use super::junction::{ends_phone_with, has_phone};
use super::lexicon::look_up;
use super::token::Tokens;
use super::words::{MAILBOXES, ends_contact_line, is_domain_end, is_field_label, is_function_word};

/// Whether `piece` is, or is part of, an address: then nothing else looks into it.
pub(super) fn is_address(piece: &str) -> bool {
    piece.contains("//") || piece.contains("www.") || piece.contains('@')
}

/// The cuts at the edges of the addresses in token `index`.
pub(super) fn cuts(tokens: &Tokens<'_>, index: usize) -> Vec<Cut> {
    let word = tokens.word(index);
    let start = tokens.extent(index).start;
    let mut found = Vec::new();
    for scheme in ["http://", "https://", "www."] {
        for (at, _) in word.match_indices(scheme) {
            found.extend(before_web(word, at).map(|with| Cut {
                at: start + at,
                ..with
            }));
        }
    }
    for (at, _) in word.match_indices('@') {
        found.extend(mail(tokens, index, at));
    }
    found.extend(
        after_domain(word)
            .into_iter()
            .map(|at| Cut::lines(start + at)),
    );
    found.extend(after_web(tokens, index));
    found.sort_by_key(|cut| cut.at);
    found.dedup_by_key(|cut| cut.at);
    found.retain(|cut| cut.at > start && cut.at < start + word.len());
    found
}

/// What belongs before a web address that begins inside a token. The cut's place is the caller's to set.
fn before_web(word: &str, at: usize) -> Option<Cut> {
    let before = word[..at].chars().next_back()?;
    let inside = word[..at].contains("//") && before != ')';
    match before {
        _ if before.is_alphanumeric() && !(inside && word[at..].starts_with("www")) => {
            Some(Cut::lines(0))
        }
        ')' | '”' | '!' | '?' => Some(Cut::lines(0)),
        ':' if !inside
            && word[..at - 1]
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-')
            && at > 2 =>
        {
            Some(Cut {
                with: " ",
                ..Cut::lines(0)
            })
        }
        _ => None,
    }
}

/// The places after a domain's ending where a capital, a telephone number or a label begins.
fn after_domain(word: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for (dot, _) in word.match_indices('.') {
        let rest = &word[dot + 1..];
        let end = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        if !is_domain_end(&rest[..end]) || !host_before(word, dot) {
            continue;
        }
        let after = &rest[end..];
        let at = dot + 1 + end;
        let capital = after.starts_with(|c: char| c.is_ascii_uppercase());
        let phone = after.starts_with('(')
            && after[1..].bytes().take_while(u8::is_ascii_digit).count() == 3
            || after.starts_with('+')
            || after.starts_with(|c: char| c.is_ascii_digit()) && has_phone(after);
        // `forian.com.Cautionary`: a sentence's end after the address.
        let sentence = after.strip_prefix('.').is_some_and(|next| {
            let run = next
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(next.len());
            next.starts_with(|c: char| c.is_ascii_uppercase()) && look_up(&next[..run]).is_some()
        });
        if sentence {
            found.push(at + 1);
        } else if phone || capital && after.len() > 1 {
            found.push(at);
        }
    }
    found
}

/// Whether a host's name stands before the dot: letters or figures, and no path.
fn host_before(word: &str, dot: usize) -> bool {
    let before = &word[..dot];
    let host = before.rsplit(['/', '@']).next().unwrap_or_default();
    let path = before
        .rfind("//")
        .is_some_and(|slashes| before[slashes + 2..].contains('/'));
    host.ends_with(|c: char| c.is_alphanumeric()) && !path
}

/// The cuts after a web address whose path runs on.
fn after_web(tokens: &Tokens<'_>, index: usize) -> Vec<Cut> {
    let word = tokens.word(index);
    let start = tokens.extent(index).start;
    let mut found = Vec::new();
    let Some(web) = word.find("//").or_else(|| word.find("www.")) else {
        return found;
    };
    // `https://acme.com/and follow us`.
    let last = word.rsplit('/').next().unwrap_or_default();
    let next = tokens.word_after(index);
    if last.len() > 1 && is_function_word(last) && next.starts_with(char::is_lowercase) {
        found.push(Cut {
            at: start + word.len() - last.len(),
            ..Cut::words(0)
        });
    }
    // `(https://acme.com/a)About`: the bracket closes the address.
    if word[..web].contains('(')
        && let Some(close) = word[web..].find(')').map(|at| web + at + 1)
        && word[close..].starts_with(char::is_alphabetic)
    {
        let capital = word[close..].starts_with(char::is_uppercase) || word[close..].contains(':');
        found.push(if capital {
            Cut::lines(start + close)
        } else {
            Cut::words(start + close)
        });
    }
    // `acme.com/events941-721-6800`.
    let tail = word.len()
        - word
            .bytes()
            .rev()
            .take_while(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'))
            .count();
    let groups: Vec<usize> = word[tail..].split(['-', '.']).map(str::len).collect();
    if groups == [3, 3, 4] && word[..tail].ends_with(|c: char| c.is_ascii_alphabetic()) {
        found.push(Cut::lines(start + tail));
    }
    // `twitter.com/acmeFacebook:`.
    if let Some(colon) = word.rfind(':').filter(|at| *at > web + 1) {
        let label = word[..colon].trim_end_matches(char::is_alphanumeric).len();
        let run = &word[label..colon];
        let hump = run
            .rfind(|c: char| c.is_uppercase())
            .filter(|at| is_field_label(&run[*at..]));
        found.extend(hump.map(|at| Cut::lines(start + label + at)));
    }
    found
}

/// The cut before the mail address whose `@` is at `at` of the token.
fn mail(tokens: &Tokens<'_>, index: usize, at: usize) -> Option<Cut> {
    let word = tokens.word(index);
    let start = tokens.extent(index).start;
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '%' | '+');
    let local_start = word[..at].trim_end_matches(is_local).len();
    let local = &word[local_start..at];
    if !word[at + 1..].contains('.') && !word[at + 1..].is_empty() || local.is_empty() {
        return None;
    }
    if let Some(inside) = local_part(tokens, index, local, &word[at + 1..], local_start > 0) {
        return Some(Cut::lines(start + local_start + inside));
    }
    match word[..local_start].chars().next_back()? {
        ':' => Some(Cut {
            with: " ",
            ..Cut::lines(start + local_start)
        }),
        ')' | '|' | ';' => Some(Cut::lines(start + local_start)),
        '/' => {
            let host = word[..local_start]
                .trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or_default();
            let domain = word[at + 1..]
                .split(|c: char| !is_local(c))
                .next()
                .unwrap_or_default();
            let same =
                !host.is_empty() && host.trim_start_matches("www.") == domain.trim_end_matches('.');
            let own_path = word[..local_start].contains("//") || host.contains('.');
            (same && own_path || domain.starts_with(host) && host.contains('.'))
                .then(|| Cut::lines(start + local_start))
        }
        _ => None,
    }
}

/// Where, inside `local`, the mail address really begins.
fn local_part(
    tokens: &Tokens<'_>,
    index: usize,
    local: &str,
    domain: &str,
    inside: bool,
) -> Option<usize> {
    let before = tokens.word_before(index);
    let in_line =
        before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '.' | ')')) || inside;
    if let Some(at) = after_phone(before, local) {
        return Some(at);
    }
    for firm in ["Ltd.", "Inc.", "Corp.", "Co.", "LLC.", "LLC", "Inc", "Ltd"] {
        if let Some(rest) = local.strip_prefix(firm)
            && rest.starts_with(|c: char| {
                c.is_ascii_lowercase() || firm.ends_with('.') && c.is_ascii_alphabetic()
            })
        {
            return Some(firm.len());
        }
    }
    let cut = (2..local.len())
        .filter(|at| local.is_char_boundary(*at))
        .find(|at| begins_at(tokens, &local[..*at], &local[*at..], before, domain));
    cut.filter(|_| in_line)
}

/// Whether a local part was cut off a telephone number right before it.
fn after_phone(before: &str, local: &str) -> Option<usize> {
    let figures = local
        .bytes()
        .take_while(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'))
        .count();
    let rest = &local[figures..];
    let letters = rest.starts_with(|c: char| c.is_ascii_alphabetic());
    (figures >= 4 && letters && ends_phone_with(&local[..figures], before)).then_some(figures)
}

/// Whether a line ends with `head` and an address begins with `tail`.
fn begins_at(tokens: &Tokens<'_>, head: &str, tail: &str, before: &str, domain: &str) -> bool {
    if !head.starts_with(|c: char| c.is_ascii_uppercase()) || tail.len() < 2 {
        return false;
    }
    let hump = tail.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
        && head.ends_with(|c: char| c.is_ascii_lowercase());
    let mailbox = MAILBOXES.contains(&tail);
    let dotted = tail
        .split_once('.')
        .is_some_and(|(first, last)| first.len() > 1 && last.len() > 1);
    let name = look_up(tail).is_some_and(|entry| entry.name);
    let named_before = before.starts_with(|c: char| c.is_ascii_uppercase());
    let bare = before.trim_matches(|c: char| !c.is_alphanumeric());
    let known = look_up(head).is_some() || tokens.count(head) > 0;
    if ends_contact_line(head) {
        return hump || mailbox || dotted || name || named_before;
    }
    if hump {
        // `HookHeather@` after `Heather`; `Phillips45Drives@` where the text has the second word.
        let repeats = tail.eq_ignore_ascii_case(bare);
        let elsewhere = tail.len() > 3 && tokens.count(tail) > 0;
        return known && (repeats || elsewhere) && named_before && head != bare;
    }
    let own = domain
        .to_ascii_lowercase()
        .starts_with(&head.to_ascii_lowercase())
        && tokens.count(head) > 0;
    known
        && tail.starts_with(|c: char| c.is_ascii_lowercase())
        && head.len() > 3
        && ((mailbox || dotted) && (named_before || own || before.ends_with(',')))
}
