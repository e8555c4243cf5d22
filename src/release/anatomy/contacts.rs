//! Whom to call: the people, mail addresses, numbers and organisations of the contact blocks. Lines that were run
//! together are taken apart at the seams a reader sees. It refuses to pair what stands in different entries.

use super::blocks::Block;
use super::{labels, people, words};
use crate::release::{Contact, SectionKind};
use crate::text::SafeText;

/// More contacts than this are a directory, not a contact block.
const MOST: usize = 24;

/// One contact while it is read.
#[derive(Clone, Debug, Default)]
struct Draft {
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    organization: Option<String>,
}

impl Draft {
    fn is_empty(&self) -> bool {
        self.name.is_none() && self.email.is_none() && self.phone.is_none()
    }

    fn shape(self) -> Contact {
        let safe = |value: Option<String>| value.map(|value| SafeText::clean_line(&value));
        Contact {
            name: safe(self.name),
            email: safe(self.email),
            phone: safe(self.phone),
            organization: safe(self.organization),
        }
    }
}

/// The contacts of the blocks that `kinds` call contact.
pub(super) fn read(text: &str, blocks: &[Block], kinds: &[SectionKind]) -> Vec<Contact> {
    let mut found = Vec::new();
    let mut draft = Draft::default();
    for (block, kind) in blocks.iter().zip(kinds) {
        if *kind != SectionKind::Contact {
            close(&mut draft, &mut found);
            continue;
        }
        for piece in pieces(block.inner(text)) {
            take(&piece, &mut draft, &mut found);
        }
    }
    close(&mut draft, &mut found);
    found.truncate(MOST);
    found.into_iter().map(Draft::shape).collect()
}

/// Ends an entry. One without a way to reach anybody is only kept where it names a person.
fn close(draft: &mut Draft, found: &mut Vec<Draft>) {
    let done = std::mem::take(draft);
    if !done.is_empty() && found.len() < MOST {
        found.push(done);
    }
}

/// Adds a piece to the entry it belongs to.
fn take(piece: &str, draft: &mut Draft, found: &mut Vec<Draft>) {
    let mut rest = piece.trim();
    if let Some(len) = labels::contact_len(rest) {
        if !draft.is_empty() {
            close(draft, found);
        }
        rest = rest[len.min(rest.len())..]
            .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '(');
    }
    if let Some((start, end)) = email_at(rest) {
        if draft.email.is_some() {
            let kept = draft.organization.clone();
            close(draft, found);
            draft.organization = kept;
        }
        draft.email = Some(rest[start..end].to_owned());
        let other = format!("{} {}", &rest[..start], &rest[end..]);
        return leftover(&other, draft, found);
    }
    leftover(rest, draft, found);
}

/// What is left of a piece once its address is taken: a number, a name, an organisation.
fn leftover(rest: &str, draft: &mut Draft, found: &mut Vec<Draft>) {
    if let Some((start, end)) = words::phone(rest) {
        if draft.phone.is_none() {
            draft.phone = Some(rest[start..end].trim().to_owned());
        }
        let before = rest[..start].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
        let before = [
            "Phone",
            "Tel",
            "Telephone",
            "Ph",
            "Call",
            "Mobile",
            "Cell",
            "Office",
            "T",
            "P",
            "M",
            "or call",
            "at",
            "phone",
        ]
        .iter()
        .find_map(|word| before.strip_suffix(word))
        .unwrap_or(before);
        return named(before, draft, found);
    }
    named(rest, draft, found);
}

/// A name or an organisation.
fn named(rest: &str, draft: &mut Draft, found: &mut Vec<Draft>) {
    let rest = rest.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ':' | ',' | ';' | '-' | '–' | '—' | '|' | '*' | '(' | ')' | '.' | '/'
            )
    });
    let rest = [
        "Name:",
        "Contact:",
        "Company Name:",
        "Company:",
        "Organization:",
        "Email:",
        "E-mail:",
        "email",
    ]
    .iter()
    .find_map(|label| words::after_prefix(rest, label))
    .map_or(rest, str::trim);
    if rest.len() < 3
        || rest.contains("http")
        || rest.contains("www.")
        || words::count(rest, 12) > 9
        || rest.contains('@')
    {
        return;
    }
    let bare = rest
        .trim_start_matches("Dr. ")
        .trim_start_matches("Mr. ")
        .trim_start_matches("Ms. ")
        .trim_start_matches("Mrs. ");
    if people::is_person(bare) {
        // A second name before any number or address is that of the firm.
        if draft.name.is_some()
            && draft.email.is_none()
            && draft.phone.is_none()
            && draft.organization.is_none()
        {
            draft.organization = Some(bare.to_owned());
            return;
        }
        if draft.name.is_some() {
            let kept = draft.organization.clone();
            close(draft, found);
            draft.organization = kept;
        }
        draft.name = Some(bare.to_owned());
        return;
    }
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    let titled = rest.split(' ').any(people::is_honorific) && !people::is_organisation(rest);
    if draft.organization.is_none()
        && rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && digits <= 2
        && !titled
        && words::count(rest, 8) <= 7
        && !super::places::is_region(rest)
        && !is_label(rest)
        && !is_post(rest)
    {
        draft.organization = Some(rest.to_owned());
    }
}

/// Whether a line says what post somebody holds (`Press Officer`, `Head of Communications`) rather than where.
fn is_post(rest: &str) -> bool {
    let posts = [
        "Officer",
        "Manager",
        "Director",
        "Specialist",
        "Coordinator",
        "Editor",
        "Lead",
        "Associate",
        "Assistant",
        "Executive",
        "President",
        "Founder",
        "CEO",
        "Spokesperson",
        "Secretary",
        "Representative",
        "Strategist",
        "Publicist",
        "Consultant",
        "Advisor",
    ];
    let last = rest.rsplit(' ').next().unwrap_or(rest);
    posts.contains(&last)
        || [
            "Head of",
            "Director of",
            "Director,",
            "Manager of",
            "Vice President",
            "Chief ",
            "VP",
        ]
        .iter()
        .any(|post| rest.starts_with(post))
}

/// Words that label a line and name nobody.
fn is_label(rest: &str) -> bool {
    let small = rest.to_lowercase();
    matches!(
        small.as_str(),
        "email"
            | "e-mail"
            | "phone"
            | "tel"
            | "website"
            | "web"
            | "address"
            | "email us here"
            | "visit our website"
            | "company website"
            | "united states"
            | "canada"
            | "united kingdom"
            | "facebook"
            | "linkedin"
            | "instagram"
            | "twitter"
            | "x"
            | "youtube"
            | "media inquiries"
    ) || small.starts_with("visit us")
        || small.starts_with("email ")
        || small.starts_with("on behalf")
        || small.starts_with("for more")
        || matches!(
            small.as_str(),
            "tél" | "telefon" | "mobile" | "fax" | "e" | "t" | "m" | "teléfono" | "courriel"
        )
        || super::places::is_region(rest.rsplit(", ").next().unwrap_or(rest)) && rest.contains(", ")
}

/// Where the first mail address stands.
fn email_at(text: &str) -> Option<(usize, usize)> {
    if let Some(at) = text.find("[email protected]") {
        let _ = at;
        return None;
    }
    memchr::memchr_iter(b'@', text.as_bytes()).find_map(|at| {
        let local =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%' | '\'');
        let start = text[..at]
            .char_indices()
            .rev()
            .take_while(|(_, c)| local(*c))
            .last()
            .map(|(start, _)| start)?;
        let host = &text[at + 1..];
        let len = host
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
            .unwrap_or(host.len());
        let end = at + 1 + domain_len(&host[..len]);
        text[at + 1..end].contains('.').then_some((start, end))
    })
}

/// Length of a domain without what was glued to its end: `example.comWebsite`, `example.com.`
fn domain_len(host: &str) -> usize {
    let host = host.trim_end_matches(['.', '-']);
    let last = host.rfind('.').map_or(0, |at| at + 1);
    let tail = &host[last..];
    let seam = tail
        .char_indices()
        .skip(1)
        .find(|(_, c)| c.is_uppercase() || c.is_ascii_digit())
        .map_or(tail.len(), |(at, _)| at);
    if tail.chars().all(|c| c.is_uppercase()) {
        host.len()
    } else {
        last + seam
    }
}

/// The pieces of a line: at bars, semicolons, bullets, line feeds, commas and wide gaps, and where a small letter, a
/// bracket or a figure runs into a capital.
fn pieces(line: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let chars: Vec<char> = line.chars().take(4000).collect();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map_or(' ', |at| chars[at]);
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        let seam = c.is_uppercase()
            && (before.is_lowercase() && next.is_lowercase()
                || before.is_ascii_digit() && next.is_lowercase())
            && !run_is_address(&chars, at);
        let mark = matches!(c, '|' | ';' | '\n' | '•' | '·')
            || *c == ',' && next == ' '
            || (matches!(c, '–' | '—' | '-') && before == ' ' && next == ' ')
            || (*c == '/' && before == ' ' && next == ' ')
            || (c.is_whitespace() && next.is_whitespace());
        if mark || seam && !mac(&chars, at) {
            found.push(String::new());
        }
        if !mark && let Some(last) = found.last_mut() {
            last.push(*c);
        }
    }
    found.retain(|piece| !piece.trim().is_empty());
    found
}

/// Whether the capital at `at` stands inside a web or mail address.
fn run_is_address(chars: &[char], at: usize) -> bool {
    let start = chars[..at]
        .iter()
        .rposition(|c| c.is_whitespace())
        .map_or(0, |at| at + 1)
        .max(at.saturating_sub(64));
    let end = chars[at..]
        .iter()
        .take(64)
        .position(|c| c.is_whitespace())
        .map_or(chars.len().min(at + 64), |len| at + len);
    let mail = chars[at..end]
        .iter()
        .position(|c| *c == '@')
        .is_some_and(|mark| mark < 40);
    mail || chars[start..at].iter().collect::<String>().contains("://")
}

/// `McDonald`, `MacArthur`, `DeVore`: a capital inside a name.
fn mac(chars: &[char], at: usize) -> bool {
    let ends = |prefix: &str| {
        let len = prefix.chars().count();
        at >= len
            && chars[at - len..at].iter().collect::<String>() == prefix
            && (at == len || !chars[at - len - 1].is_alphanumeric())
    };
    [
        "Mc", "Mac", "De", "Di", "Le", "La", "O’", "O'", "Fitz", "Van",
    ]
    .iter()
    .any(|prefix| ends(prefix))
}

/// The organisation that the contact block names first.
pub(super) fn organisation(contacts: &[Contact]) -> Option<&str> {
    contacts
        .iter()
        .find_map(|contact| contact.organization.as_deref())
}
