//! Who puts a release out, in the document's own words: the source line, the boilerplate, the subject of the lede,
//! the contact block, the site a page belongs to. Where boilerplate and lede name the same body, the fuller name is
//! taken. It refuses to guess a name that stands nowhere; the one it makes is that of an office (`Office of U.S.
//! Senator …`), for members of a parliament sign with their own name only.

use super::blocks::Block;
use super::head::Head;
use super::zones::Zones;
use super::{dateline, dates, labels, words};
use crate::release::{Incoming, IssuerFrom, SectionKind};

/// What the search reads.
pub(super) struct Evidence<'t> {
    pub text: &'t str,
    pub blocks: &'t [Block],
    pub zones: &'t Zones,
    pub head: &'t Head,
    pub dateline: Option<&'t dateline::Read>,
    pub incoming: &'t Incoming,
    pub contact: Option<&'t str>,
}

/// The issuer and where it was read.
pub(super) fn find(evidence: &Evidence<'_>) -> Option<(String, IssuerFrom)> {
    let lede = lede_text(evidence);
    let subject = lede.and_then(subject).map(str::to_owned);
    if let Some(office) = lede.and_then(office) {
        return Some((office, IssuerFrom::Lede));
    }
    if let Some(source) = source_line(evidence) {
        return Some((source, IssuerFrom::SourceLine));
    }
    if let Some(stroked) = evidence.dateline.and_then(|read| read.issuer) {
        return Some((tidy(stroked.of(evidence.text)).to_owned(), IssuerFrom::Lede));
    }
    if let Some(site) = evidence
        .head
        .site
        .and_then(|site| site_name(site.of(evidence.text)))
    {
        return Some((site, IssuerFrom::Metadata));
    }
    let abouts = boilerplate_names(evidence);
    if let Some(name) = choose(evidence, &abouts, subject.as_deref(), lede.unwrap_or("")) {
        return Some((
            fuller(&name, lede.unwrap_or(""), subject.as_deref()),
            IssuerFrom::Boilerplate,
        ));
    }
    subject
        .map(|name| (name, IssuerFrom::Lede))
        .or_else(|| {
            evidence
                .contact
                .map(|name| (name.to_owned(), IssuerFrom::Contact))
        })
        .or_else(|| {
            evidence
                .incoming
                .issuer
                .as_deref()
                .map(|name| (tidy(name).to_owned(), IssuerFrom::Metadata))
        })
        .filter(|(name, _)| !name.is_empty())
}

/// The paragraph after the dateline.
fn lede_text<'t>(evidence: &Evidence<'t>) -> Option<&'t str> {
    let index = evidence
        .zones
        .kinds
        .iter()
        .position(|kind| *kind == SectionKind::Lede)?;
    let block = &evidence.blocks[index];
    let start = evidence
        .dateline
        .filter(|read| block.extent.contains(read.extent.start))
        .map_or(block.inner.start, |read| {
            read.extent.end.clamp(block.inner.start, block.inner.end)
        });
    Some(
        evidence.text[start..block.inner.end]
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':')),
    )
}

/// The last source line's name.
fn source_line(evidence: &Evidence<'_>) -> Option<String> {
    let index = evidence
        .zones
        .kinds
        .iter()
        .rposition(|kind| *kind == SectionKind::Source)?;
    let name = labels::source_name(evidence.blocks[index].inner(evidence.text))?;
    // Several sources stand side by side; the first is whose release it is.
    Some(tidy(name.split([';', '|']).next().unwrap_or(name)).to_owned())
}

/// What a page's title says after the headline, where it is a body rather than a label of the site.
fn site_name(site: &str) -> Option<String> {
    let name = tidy(site.trim());
    let small = name.to_lowercase();
    let label = [
        "news",
        "newscenter",
        "newsroom",
        "press",
        "releases",
        "home",
        "blog",
        "media",
    ]
    .iter()
    .any(|word| small.split(' ').any(|part| part == *word));
    (words::count(name, 9) >= 2 && words::count(name, 9) <= 8 && !label).then(|| name.to_owned())
}

/// The names that boilerplates give, in order.
fn boilerplate_names(evidence: &Evidence<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for (index, block) in evidence.blocks.iter().enumerate() {
        if evidence.zones.kinds[index] != SectionKind::Boilerplate {
            continue;
        }
        let inner = block.inner(evidence.text);
        let next = evidence
            .blocks
            .get(index + 1)
            .map_or("", |next| next.inner(evidence.text));
        let first = index == 0 || evidence.zones.kinds[index - 1] != SectionKind::Boilerplate;
        let name = match labels::about_len(inner) {
            Some(len) => about_name(&inner[len..], next),
            None if first => subject(inner).map(str::to_owned),
            None => None,
        };
        if let Some(name) = name.filter(|name| name.len() > 1 && !found.contains(name)) {
            found.push(name);
        }
    }
    found
}

/// The name after the word About: all of a short line, or the words up to where the description begins.
fn about_name(rest: &str, next: &str) -> Option<String> {
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '[' | '*' | '_'));
    if rest.is_empty() || generic(rest) {
        return subject(if words::count(rest, 9) > 7 {
            rest
        } else {
            next
        })
        .map(str::to_owned);
    }
    if words::count(rest, 14) <= 12 && !words::ends_sentence(rest) {
        return Some(named(rest));
    }
    if let Some((name, _)) = rest
        .split_once(": ")
        .or_else(|| rest.split_once(":"))
        .filter(|(name, _)| words::count(name, 9) <= 8 && !name.contains("http"))
    {
        return Some(named(name));
    }
    Some(named(
        repeated(rest).unwrap_or_else(|| subject(rest).unwrap_or(rest)),
    ))
}

/// Names that stand for the issuer without naming it.
fn generic(rest: &str) -> bool {
    let small = rest.trim_end_matches(':').to_lowercase();
    matches!(
        small.as_str(),
        "us" | "our firm"
            | "firm"
            | "the firm"
            | "company"
            | "the company"
            | "our company"
            | "author"
            | "the author"
            | "artist"
            | "our story"
            | "the authors"
    ) || small.starts_with("our ")
        || small.starts_with("founded ")
}

/// A name without its link, its ticker and its mark.
fn named(name: &str) -> String {
    let name = name.split("](").next().unwrap_or(name);
    let name = name.split(" http").next().unwrap_or(name);
    let name = match name.find(" (").or_else(|| name.find('(')) {
        Some(at)
            if at > 2
                && (name[at..].contains(':')
                    || name[at..].contains(".HK")
                    || name[at..].len() <= 14
                    || name[at..].contains("f/k/a")) =>
        {
            &name[..at]
        }
        _ => name,
    };
    tidy(name).to_owned()
}

/// The name that a run-in boilerplate prints twice: `AcmeAcme is`, `Acme Inc. Acme Inc. (NYSE: …`.
fn repeated(rest: &str) -> Option<&str> {
    let limit = rest.len().min(120);
    let mut starts: Vec<usize> = rest
        .char_indices()
        .take_while(|(at, _)| *at < limit)
        .filter(|(at, c)| *at >= 2 && (c.is_uppercase() || c.is_ascii_digit() || *c == 'm'))
        .map(|(at, _)| at)
        .collect();
    starts.retain(|at| rest.is_char_boundary(*at));
    starts.into_iter().find_map(|at| {
        let name = rest[..at].trim_end();
        let again = rest[at..].trim_start();
        let first = name.split(' ').next().unwrap_or(name);
        let same = again.starts_with(name)
            || (again.starts_with(first) && first.len() >= 3 && name.split(' ').count() <= 8);
        (same && name.len() >= 2).then_some(name)
    })
}

/// Which of several boilerplates is the issuer's: the one whose contact it is, the one the story's first words name,
/// else the first.
fn choose(
    evidence: &Evidence<'_>,
    abouts: &[String],
    subject: Option<&str>,
    lede: &str,
) -> Option<String> {
    let first = abouts.first()?;
    let squeeze = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let contact: String = evidence
        .zones
        .kinds
        .iter()
        .zip(evidence.blocks)
        .filter(|(kind, _)| **kind == SectionKind::Contact)
        .take(3)
        .map(|(_, block)| squeeze(block.inner(evidence.text)))
        .collect();
    if abouts.len() > 1 {
        if let Some(own) = abouts
            .iter()
            .rev()
            .find(|name| squeeze(name).len() >= 4 && contact.starts_with(&squeeze(name)))
        {
            return Some(own.clone());
        }
        if let Some(subject) = subject {
            let subject = words::folded(subject);
            if let Some(own) = abouts
                .iter()
                .find(|name| akin(&words::folded(name), &subject))
            {
                return Some(own.clone());
            }
        }
        let lede = words::folded(lede);
        let named = abouts
            .iter()
            .filter_map(|name| lede.find(&words::folded(name)).map(|at| (at, name)))
            .min();
        if let Some((_, own)) = named {
            return Some(own.clone());
        }
    } else if let Some(subject) = subject.filter(|_| !evidence.contact_names(first)) {
        // A boilerplate about somebody else (a partner, an event) does not name the issuer.
        let (folded, own) = (words::folded(first), words::folded(subject));
        let text = words::folded(lede);
        if !akin(&folded, &own)
            && !text.contains(&folded)
            && organisation(subject)
            && !initials(subject, first)
        {
            return Some(subject.to_owned());
        }
    }
    Some(first.clone())
}

impl Evidence<'_> {
    /// Whether the contact block's organisation is `name`.
    fn contact_names(&self, name: &str) -> bool {
        self.contact
            .is_some_and(|contact| akin(&words::folded(contact), &words::folded(name)))
    }
}

/// Whether one of two folded names begins with the other's first word, or holds the other.
fn akin(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let first = short.split(' ').next().unwrap_or(short);
    !short.is_empty()
        && (long.contains(short) || first.len() >= 4 && long.split(' ').next() == Some(first))
}

/// The fuller form that the lede prints of the boilerplate's name: one that begins with it, or whose initials it is.
fn fuller(name: &str, lede: &str, subject: Option<&str>) -> String {
    if let Some(subject) = subject {
        let (own, full) = (words::folded(name), words::folded(subject));
        let longer =
            full.len() > own.len() && full.starts_with(&own) && full[own.len()..].starts_with(' ');
        if longer && words::count(subject, 9) <= 7 || initials(subject, name) {
            return subject.to_owned();
        }
    }
    // `Hispanic Public Relations Association (HPRA)`
    if name.len() <= 8
        && !name.contains(' ')
        && let Some(at) = lede
            .find(&format!("({name})"))
            .or_else(|| lede.find(&format!("(“{name}”)")))
        && let Some(full) = name_before(&lede[..at])
    {
        return full.to_owned();
    }
    name.to_owned()
}

/// Whether `short` is made of the initials of `full`.
fn initials(full: &str, short: &str) -> bool {
    let letters: String = full
        .split([' ', '-'])
        .filter(|word| !matches!(*word, "of" | "for" | "the" | "and" | "&"))
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect();
    short.len() >= 2 && letters.starts_with(short) && letters.len() <= short.len() + 1
}

/// The run of capitalised words that ends `before`.
fn name_before(before: &str) -> Option<&str> {
    let before = before.trim_end();
    let mut start = before.len();
    for word in before.rsplit(' ').take(9) {
        let joins = matches!(word, "of" | "for" | "and" | "&" | "the" | "in");
        if !(word.starts_with(char::is_uppercase) || joins) || matches!(word, "Today," | "The") {
            break;
        }
        start = word.as_ptr() as usize - before.as_ptr() as usize;
    }
    let name = before[start..]
        .trim_start_matches("of ")
        .trim_start_matches("the ")
        .trim_start_matches("and ");
    (words::count(name, 2) >= 2).then_some(name)
}

/// The name that opens a sentence: lead-ins (`Today, …`), articles and descriptions in small letters left out.
pub(super) fn subject(sentence: &str) -> Option<&str> {
    let mut rest = sentence.trim_start_matches(['"', '“', '*', '[', '_', ' ', '\u{A0}']);
    for _ in 0..3 {
        rest = lead_in(rest).unwrap_or(rest);
    }
    for article in ["The ", "the ", "THE "] {
        rest = rest.strip_prefix(article).unwrap_or(rest);
    }
    let len = name_len(rest);
    let name = tidy(&rest[..len]);
    let word = name.split(' ').next().unwrap_or("");
    (name.len() >= 2 && !opener(word)).then_some(name)
}

/// What follows `Today,`, `On Tuesday, July 15th,` and other times that open a sentence.
fn lead_in(rest: &str) -> Option<&str> {
    let (first, after) = rest.split_once(", ")?;
    let word = first.split(' ').next().unwrap_or("");
    let short = first.len() < 90 && words::count(first, 15) <= 14;
    let time = matches!(
        word,
        "Today"
            | "Yesterday"
            | "Recently"
            | "On"
            | "In"
            | "For"
            | "As"
            | "After"
            | "Following"
            | "With"
            | "This"
            | "Effective"
            | "Earlier"
            | "At"
            | "By"
            | "To"
            | "Since"
            | "Ahead"
            | "During"
            | "From"
            | "Founded"
            | "Through"
    ) || dates::at_start(first).is_some();
    (short && time).then_some(after)
}

/// Words that open a sentence and no name.
fn opener(word: &str) -> bool {
    matches!(
        word,
        "In" | "On"
            | "At"
            | "For"
            | "As"
            | "A"
            | "An"
            | "With"
            | "This"
            | "These"
            | "There"
            | "It"
            | "We"
            | "Our"
            | "If"
            | "When"
            | "While"
            | "After"
            | "By"
            | "To"
            | "From"
            | "Today"
            | "More"
            | "Many"
            | "Most"
            | "New"
            | "What"
            | "How"
            | "Why"
            | "Over"
            | "Nearly"
            | "Some"
            | "All"
            | "Every"
            | "Since"
            | "He"
            | "She"
            | "They"
            | "His"
            | "Her"
            | "Their"
            | "Now"
            | "Recently"
            | "Researchers"
            | "Scientists"
            | "Patients"
            | "People"
            | "One"
            | "Two"
            | "Three"
            | "I"
            | "You"
            | "Amid"
            | "Following"
            | "Despite"
            | "During"
            | "According"
            | "Although"
            | "Just"
            | "Not"
            | "Here"
            | "Set"
            | "Even"
            | "Its"
            | "That"
            | "Those"
            | "Through"
            | "Under"
            | "Until"
            | "Whether"
            | "Where"
            | "Who"
            | "Your"
    )
}

/// Length of the name at the start of `rest`: capitalised words and what joins them.
fn name_len(rest: &str) -> usize {
    let mut end = 0;
    let mut at = 0;
    for word in rest.split(' ').take(12) {
        let bare = word.trim_end_matches([',', ':', ';', '.']);
        let joins = matches!(
            word,
            "of" | "for"
                | "the"
                | "and"
                | "&"
                | "de"
                | "la"
                | "del"
                | "des"
                | "du"
                | "van"
                | "von"
                | "der"
                | "in"
                | "at"
                | "+"
                | "et"
                | "und"
                | "y"
        );
        let capital = bare.starts_with(|c: char| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '$' | '@')
        }) || bare.chars().skip(1).any(char::is_uppercase)
            || bare.contains('.') && bare.len() > 4;
        if !(capital || joins && end > 0)
            || word.starts_with('(')
            || at > 0 && dates::at_start(word).is_some_and(|read| read.len > 3)
        {
            break;
        }
        at += word.len() + 1;
        if capital {
            end = at - 1;
        }
        let form = matches!(
            bare,
            "Inc"
                | "LLC"
                | "Ltd"
                | "Corp"
                | "Co"
                | "Company"
                | "L.L.C"
                | "PLC"
                | "plc"
                | "AG"
                | "P.C"
                | "LLP"
                | "S.A"
        );
        let next_form = rest.get(at..).is_some_and(|next| {
            [
                "Inc", "LLC", "Ltd", "Corp", "L.P", "LP", "P.C", "LLP", "S.A", "PLC", "Limited",
            ]
            .iter()
            .any(|form| next.starts_with(form))
        });
        let stopped = word.ends_with([',', ':', ';', '—']) && !next_form;
        if stopped
            || (word.ends_with('.')
                && !form
                && !word.trim_end_matches('.').contains('.')
                && word.len() > 4)
        {
            break;
        }
    }
    let name = &rest[..end.min(rest.len())];

    ["—", "–(", "--", " - ", "–"]
        .iter()
        .filter_map(|mark| name.find(mark))
        .min()
        .unwrap_or(name.len())
}

/// A name without white space, marks and commas at its ends.
fn tidy(name: &str) -> &str {
    let name = name.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ':'
                    | ';'
                    | '*'
                    | '_'
                    | '['
                    | ']'
                    | '"'
                    | '“'
                    | '”'
                    | '-'
                    | '–'
                    | '—'
                    | '|'
                    | '®'
                    | '™'
                    | '/'
            )
    });
    let name = name
        .strip_prefix("The ")
        .or_else(|| name.strip_prefix("the "))
        .unwrap_or(name);
    let name = name
        .strip_suffix("'s")
        .or_else(|| name.strip_suffix("’s"))
        .unwrap_or(name);
    name.trim_end_matches(['®', '™', ' ', ','])
}

/// Whether a name is that of a body rather than of a person: more than a first and last name, or a word that bodies
/// have.
fn organisation(name: &str) -> bool {
    let parts: Vec<&str> = name.split(' ').collect();
    parts.len() == 1
        || parts.len() >= 4
        || parts
            .iter()
            .any(|word| word.chars().skip(1).any(char::is_uppercase))
        || super::people::is_organisation(name)
}

/// The office of a member of a parliament or of a prosecutor whose name opens the lede.
fn office(lede: &str) -> Option<String> {
    let opening: &str = lede.get(
        ..lede
            .char_indices()
            .nth(220)
            .map_or(lede.len(), |(at, _)| at),
    )?;
    let opening = lead_in(opening).unwrap_or(opening);
    super::office::of(opening)
}
