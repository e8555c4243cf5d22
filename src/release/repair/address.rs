//! Addresses of the web and of mail that a scraper glued to what stood before or after them
//! (`Websitehttps://…`, `Texaswww.acme.com512.354.7000`, `press@acme.comAbout`). It refuses to cut inside an address
//! but where another one, a telephone number or a word with a capital after the domain's ending begins.

use super::contact_words::{MAILBOXES, ends_contact_line, is_domain_end, is_field_label};
use super::glue::Cut;
use super::junction::{ends_phone_with, has_phone};
use super::lexicon::look_up;
use super::token::Tokens;
use super::words::{is_function_word, opens_sentence};

/// Whether `piece` is, or is part of, an address: then nothing else looks into it.
pub(super) fn is_address(piece: &str) -> bool {
    piece.contains("//") || piece.contains("www.") || piece.contains('@')
}

/// Whether `piece` is a bare domain (`Acme.com`, `Acme.org.`).
pub(super) fn is_domain(piece: &str) -> bool {
    let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
    bare.rsplit_once('.').is_some_and(|(host, end)| {
        is_domain_end(end)
            && host
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
    })
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
    let domains = after_domain(word);
    let mut from = 0;
    for (at, _) in word.match_indices('@') {
        let begun = domains
            .iter()
            .filter(|end| **end < at)
            .max()
            .map_or(0, |end| *end)
            .max(from);
        found.extend(mail(tokens, index, begun, at));
        from = at + 1;
    }
    found.extend(domains.into_iter().map(|at| Cut::lines(start + at)));
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
        _ if before.is_lowercase() && is_function_word(&word[..at]) => Some(Cut::words(0)),
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
        let mut end = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        // `press@acme.comacme.com`: the host follows once more.
        let host = word[..dot]
            .rsplit(['/', '@', '.'])
            .next()
            .unwrap_or_default();
        if host.len() > 3
            && let Some(again) = rest[..end]
                .find(host)
                .filter(|at| is_domain_end(&rest[..*at]))
        {
            end = again;
        }
        // After an `@`, small letters before a capital are the domain's end, whichever it is.
        let mailed = word[..dot]
            .rfind('@')
            .is_some_and(|at| !word[at..dot].contains(['/', ',', ';']))
            && end > 1;
        let known_end = is_domain_end(&rest[..end])
            || mailed && rest[end..].starts_with(|c: char| c.is_ascii_uppercase());
        if !known_end || !host_before(word, dot) {
            continue;
        }
        let after = &rest[end..];
        let at = dot + 1 + end;
        let capital = after.starts_with(|c: char| c.is_ascii_uppercase())
            || host.len() > 3 && after.starts_with(host)
            || after.starts_with(|c: char| matches!(c, '\u{1F000}'..='\u{1FAFF}'));
        let phone = after.starts_with('(')
            && after[1..].bytes().take_while(u8::is_ascii_digit).count() == 3
            || after.starts_with('+')
            || after.starts_with(|c: char| c.is_ascii_digit()) && has_phone(figures_of(after));
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

/// The figures, with their dashes and stops, that `text` begins with.
fn figures_of(text: &str) -> &str {
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.')))
        .unwrap_or(text.len());
    &text[..end]
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
    for (open, _) in word.match_indices("](").chain(word.match_indices("(http")) {
        let Some(close) = word[open..].find(')').map(|at| open + at + 1) else {
            break;
        };
        let after = &word[close..];
        if after.starts_with(char::is_alphabetic) {
            let capital = after.starts_with(char::is_uppercase) || after.contains(':');
            found.push(if capital {
                Cut::lines(start + close)
            } else {
                Cut::words(start + close)
            });
        }
    }
    // A path that ends in a bracket whose other half is not in it.
    if let Some(close) = word[web..]
        .rfind(')')
        .map(|at| web + at + 1)
        .filter(|_| !word.contains('('))
    {
        let after = &word[close..];
        if opens_sentence(after) && next.starts_with(char::is_lowercase) || after == "About" {
            found.push(Cut::paragraphs(start + close));
        }
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

/// The cuts before the mail address whose `@` is at `at` of the token, and that does not begin before `begun`.
fn mail(tokens: &Tokens<'_>, index: usize, begun: usize, at: usize) -> Vec<Cut> {
    let word = tokens.word(index);
    let start = tokens.extent(index).start;
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '%' | '+');
    let local_start = begun + word[begun..at].trim_end_matches(is_local).len();
    let local = &word[local_start..at];
    if !word[at + 1..].contains('.') && !word[at + 1..].is_empty() || local.is_empty() {
        return Vec::new();
    }
    let before = if local_start > 0 {
        &word[..local_start]
    } else {
        tokens.word_before(index)
    };
    if let Some((phone, end)) = phone_in(local, before) {
        let lines = [phone, end].into_iter().filter(|at| *at > 0);
        return lines
            .map(|inside| Cut::lines(start + local_start + inside))
            .collect();
    }
    let domain = word[at + 1..]
        .split(|c: char| !is_local(c))
        .next()
        .unwrap_or_default();
    if let Some(inside) = local_part(tokens, index, local, domain, local_start > 0) {
        return vec![Cut::lines(start + local_start + inside)];
    }
    let place = start + local_start;
    match word[..local_start].chars().next_back() {
        Some(':') if !word[..local_start].ends_with("mailto:") => vec![Cut {
            with: " ",
            ..Cut::lines(place)
        }],
        Some(')' | '|' | ';') => vec![Cut::lines(place)],
        Some('/') => {
            let inside = path_then_mail(&word[..local_start], local, domain);
            inside
                .map(|at| Cut::lines(place + at))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Where in `local` a mail address begins that was glued to the path of an address of its own host
/// (`acme.com/press@acme.com`).
fn path_then_mail(before: &str, local: &str, domain: &str) -> Option<usize> {
    let path = before.split("//").last().unwrap_or_default();
    let host = path.split('/').next().unwrap_or_default();
    let host = host.rsplit([':']).next().unwrap_or_default();
    let host = host.rsplit("www.").next().unwrap_or_default();
    if host.is_empty() || !domain.starts_with(host) {
        return None;
    }
    let heads = MAILBOXES
        .iter()
        .filter_map(|mailbox| local.strip_suffix(mailbox));
    Some(
        heads
            .filter(|head| look_up(head).is_some())
            .map(str::len)
            .max()
            .unwrap_or(0),
    )
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
    for firm in ["Ltd.", "Inc.", "Corp.", "Co.", "LLC.", "LLC", "Inc", "Ltd"] {
        if let Some(rest) = local.strip_prefix(firm)
            && rest.starts_with(|c: char| {
                c.is_ascii_lowercase() || firm.ends_with('.') && c.is_ascii_alphabetic()
            })
        {
            return Some(firm.len());
        }
    }
    let fits = |at: &usize| begins_at(tokens, &local[..*at], &local[*at..], before, domain, inside);
    let hump = |at: &usize| {
        let bytes = local.as_bytes();
        bytes[*at - 1].is_ascii_lowercase() && !bytes[*at].is_ascii_lowercase()
    };
    let places = 2..local.len();
    let cut = places
        .clone()
        .filter(hump)
        .find(fits)
        .or_else(|| places.rev().filter(|at| !hump(at)).find(fits));
    cut.filter(|_| in_line)
}

/// A telephone number at the head of `local` or inside it: where it begins and ends.
fn phone_in(local: &str, before: &str) -> Option<(usize, usize)> {
    let figure = |b: &u8| b.is_ascii_digit() || matches!(b, b'-' | b'.');
    let start = local.bytes().position(|b| b.is_ascii_digit())?;
    let end = start + local.bytes().skip(start).take_while(figure).count();
    let letters = local[end..].starts_with(|c: char| c.is_ascii_alphabetic());
    let figures = &local[start..end];
    let own = figures.split(['-', '.']).count() > 2 || figures.len() == 10;
    // `PA 19087info@`: a postcode after a state.
    let state = before.len() == 2 && before.bytes().all(|b| b.is_ascii_uppercase());
    if start == 0 && figures.len() == 5 && letters && state {
        return Some((start, end));
    }
    if letters && figures.len() == 10 && figures.bytes().all(|b| b.is_ascii_digit()) {
        return Some((start, end));
    }
    (figures.len() >= 4 && letters && (start == 0 || own) && ends_phone_with(figures, before))
        .then_some((start, end))
}

/// Whether a line ends with `head` and an address begins with `tail`.
fn begins_at(
    tokens: &Tokens<'_>,
    head: &str,
    tail: &str,
    before: &str,
    domain: &str,
    inside: bool,
) -> bool {
    if !head.starts_with(|c: char| c.is_ascii_uppercase()) || tail.len() < 2 {
        return false;
    }
    let domain = domain.to_ascii_lowercase();
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
    let own = domain.starts_with(&head.to_ascii_lowercase()) && (mailbox || tokens.count(head) > 0);
    let known = known || own;
    let small = tail.bytes().all(|b| !b.is_ascii_uppercase())
        && tail.starts_with(|c: char| c.is_ascii_lowercase());
    // `MilotteBrett.Milotte@`: the address is made of the name before it.
    let made_of_name = tail
        .split(['.', '_'])
        .any(|part| part.eq_ignore_ascii_case(head) || part.eq_ignore_ascii_case(bare));
    if hump && named_before && head.len() > 2 && made_of_name && head != bare {
        return true;
    }
    // `Lampscla@`: an initial and the beginning of the name; `Acmeliz@acme.com`: the firm of the address.
    let initial = bare.chars().next().map_or(' ', |c| c.to_ascii_lowercase());
    let abbreviated = tail.len() > 2
        && tail
            .strip_prefix(initial)
            .is_some_and(|rest| head.to_ascii_lowercase().starts_with(rest));
    let firm = head.len() > 3
        && domain
            .split('.')
            .next()
            .is_some_and(|host| host.eq_ignore_ascii_case(head));
    if small && head.len() > 3 && (abbreviated && named_before || firm && (named_before || inside))
    {
        return true;
    }
    // `Greenmgreen@`: the address repeats the name; `Starmanmedia@`: a plain mailbox after a name.
    let repeats = head.len() > 2 && tail.ends_with(&head.to_ascii_lowercase());
    let whole = [head, tail].concat().to_ascii_lowercase();
    if small
        && named_before
        && head.len() > 2
        && (repeats || mailbox && tail.len() > 3 && !domain.starts_with(&whole))
    {
        return true;
    }
    known
        && tail.starts_with(|c: char| c.is_ascii_lowercase())
        && head.len() > 3
        && ((mailbox || dotted)
            && (named_before || own && before.is_empty() || before.ends_with(',')))
}
