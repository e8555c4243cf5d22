//! The issuer's name as boilerplates print it: `About Acme` on a line, run into the description, printed twice, in
//! capitals. Where a release carries several boilerplates, the issuer's own is told from its contact block and from the
//! story; where the lede prints a fuller form of the same name, that is taken.

use super::names::{self, organisation, tidy};
use super::{Evidence, addresses, labels, people, words};
use crate::release::SectionKind;

/// The issuer that the boilerplates name.
pub(super) fn find(
    evidence: &Evidence<'_>,
    abouts: &[String],
    hosts: &[String],
    subject: Option<&str>,
    lede: &str,
) -> Option<String> {
    let name = choose(evidence, abouts, hosts, subject, lede)?;
    Some(fuller(evidence, &name, lede, subject))
}

/// The names that boilerplates give, in order.
pub(super) fn boilerplates(evidence: &Evidence<'_>) -> Vec<String> {
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
            None if first => names::subject(inner)
                .filter(|name| !super::common(&evidence.index, name))
                .map(str::to_owned),
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
    let named_after = rest.split_once([' ', ':']).and_then(|(company, name)| {
        let name = name.trim_start().strip_prefix(['-', '–', '—', ':'])?;
        generic(company).then(|| name.trim_start())
    });
    let rest = before_seat(named_after.unwrap_or(rest));
    if rest.is_empty() || generic(rest) {
        return names::subject(if words::count(rest, 9) > 7 {
            rest
        } else {
            next
        })
        .map(str::to_owned);
    }
    if words::count(rest, 14) <= 12 && !words::ends_sentence(rest) {
        return Some(named(rest));
    }
    let colon = rest.split_once(':').filter(|(name, _)| {
        words::count(name, 9) <= 8 && !name.ends_with("http") && !name.ends_with("https")
    });
    if let Some((name, _)) = colon {
        return Some(named(name));
    }
    // The shorter of the two readings: neither may swallow the description.
    let cut = run_in(rest);
    let name = repeated(rest)
        .filter(|name| name.len() <= cut.len())
        .unwrap_or(cut);
    Some(named(name))
}

/// What stands before a seat or a distinction: `Acme` of `Acme Lyon-based maker of pumps`.
fn before_seat(rest: &str) -> &str {
    let seat = rest
        .split(' ')
        .take(12)
        .skip(1)
        .find(|word| word.ends_with("-based") || word.ends_with("-winning"));
    let end = seat.map_or(rest.len(), |word| {
        word.as_ptr() as usize - rest.as_ptr() as usize
    });
    rest[..end].trim_end()
}

/// The name at the start of a run-in boilerplate: up to a word that opens its first sentence, or to the name's own first
/// word again, whatever its case.
fn run_in(rest: &str) -> &str {
    let mut end = 0;
    let first = rest
        .split(' ')
        .next()
        .unwrap_or(rest)
        .trim_end_matches([',', '.']);
    for (count, word) in rest.split(' ').take(12).enumerate() {
        let bare = word.trim_end_matches([',', '.', ':']);
        let again = count > 0 && bare.len() > 2 && bare.eq_ignore_ascii_case(first);
        let opens = count > 0
            && (people::is_opener(bare) && bare != "Of"
                || matches!(
                    bare,
                    "Headquartered"
                        | "Established"
                        | "Serving"
                        | "Over"
                        | "Originally"
                        | "Located"
                        | "Across"
                ));
        let joins = matches!(
            word,
            "of" | "for" | "the" | "and" | "&" | "de" | "in" | "at"
        );
        let again = again || count > 0 && bare.len() > 2 && rest[..end].ends_with(bare);
        if again || opens || count > 0 && word.starts_with(char::is_lowercase) && !joins {
            break;
        }
        end = word.as_ptr() as usize - rest.as_ptr() as usize + word.len();
        // A name ends with its legal form.
        if matches!(
            bare,
            "Inc" | "LLC" | "Ltd" | "Corp" | "PLLC" | "LLP" | "GmbH"
        ) {
            break;
        }
    }
    rest[..end].trim_end_matches(" and").trim_end_matches(" &")
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
    let name = name.split('[').next().unwrap_or(name);
    let name = name
        .find('(')
        .filter(|at| *at > 2)
        .map_or(name, |at| &name[..at]);
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
        let same = again
            .get(..name.len())
            .is_some_and(|again| again.eq_ignore_ascii_case(name))
            || (again.starts_with(first) && first.len() >= 3 && name.split(' ').count() <= 8);
        (same && name.len() >= 2).then_some(name)
    })
}

/// Which of several boilerplates is the issuer's: the one whose contact it is, the one the story's first words name,
/// else the first.
fn choose(
    evidence: &Evidence<'_>,
    abouts: &[String],
    hosts: &[String],
    subject: Option<&str>,
    lede: &str,
) -> Option<String> {
    let first = abouts.first()?;
    if abouts.len() > 1 {
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
        if let Some(own) = addresses::only_one(hosts, abouts) {
            return Some(own.clone());
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
        // A boilerplate about a body that the story never names (a list, a partner) does not name the issuer.
        let (folded, own) = (words::folded(first), words::folded(subject));
        if akin(&folded, &own) || !organisation(subject) || initials(subject, first) {
            return Some(first.clone());
        }
        let text = words::folded(&story(evidence, 8));
        let headline = words::folded(&headline(evidence));
        let heads = |name: &str| {
            name.split(' ')
                .next()
                .is_some_and(|first| first.len() >= 3 && headline.contains(first))
        };
        if !text.contains(&folded) || heads(&own) && !heads(&folded) {
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

/// The headline.
pub(super) fn headline(evidence: &Evidence<'_>) -> String {
    let (first, end) = evidence.head.headline.unwrap_or((0, 0));
    evidence.blocks[first..end]
        .iter()
        .map(|block| block.inner(evidence.text))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The headline and the first paragraphs, `most` blocks in all.
pub(super) fn story(evidence: &Evidence<'_>, most: usize) -> String {
    let kinds = evidence.zones.kinds.iter().zip(evidence.blocks);
    let story = kinds.filter(|(kind, _)| {
        matches!(
            kind,
            SectionKind::Headline | SectionKind::Lede | SectionKind::Body
        )
    });
    story
        .take(most)
        .map(|(_, block)| block.inner(evidence.text))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether one of two folded names begins with the other's first word, or holds the other.
fn akin(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let first = short.split(' ').next().unwrap_or(short);
    !short.is_empty()
        && (long.contains(short) || first.len() >= 4 && long.split(' ').next() == Some(first))
}

/// The fuller form that the story prints of the boilerplate's name: the lede's subject where it begins with the name or
/// is what its initials stand for; a name that is explained in brackets (`Acme Technologies Corp. (ATC)`); a name that
/// the lede goes on with (`Acme` in `Acme Capital Partners updates`).
fn fuller(evidence: &Evidence<'_>, name: &str, lede: &str, subject: Option<&str>) -> String {
    if let Some(subject) = subject {
        let (own, full) = (words::folded(name), words::folded(subject));
        if words::shouted(name) && !words::shouted(subject) && full == own {
            return subject.to_owned();
        }
        let squeezed = |text: &str| text.replace(' ', "");
        let longer = full.len() > own.len()
            && own.len() >= 3
            && squeezed(&full).starts_with(&squeezed(&own))
            && full.contains(' ');
        if longer && words::count(subject, 9) <= 7 || initials(subject, name) {
            return subject.to_owned();
        }
    }
    if let Some(full) = explained(evidence.text, name) {
        return full;
    }
    let Some(at) = lede.find(name).filter(|_| name.len() >= 4) else {
        return name.to_owned();
    };
    let rest = &lede[at..];
    let run = named(&rest[..names::name_len(rest)]);
    let goes_on =
        run.len() > name.len() && run.starts_with(name) && run[name.len()..].starts_with(' ');
    if goes_on && words::count(&run, 6) <= 4 {
        run
    } else {
        name.to_owned()
    }
}

/// The name that a short form in brackets stands for.
fn explained(story: &str, name: &str) -> Option<String> {
    if name.len() > 10 || name.contains(' ') {
        return None;
    }
    let small = story.to_lowercase();
    if small.len() != story.len() {
        return None;
    }
    let short = name.to_lowercase();
    let forms = [
        format!("({short})"),
        format!("(“{short}”)"),
        format!("(\"{short}\")"),
    ];
    let at = forms.iter().find_map(|form| small.find(form.as_str()))?;
    story.get(..at).and_then(names::before).map(str::to_owned)
}

/// Whether `short` is made of the initials of `full`.
pub(super) fn initials(full: &str, short: &str) -> bool {
    let letters: String = full
        .split([' ', '-'])
        .filter(|word| !matches!(*word, "of" | "for" | "the" | "and" | "&"))
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect();
    short.len() >= 2 && letters.starts_with(short) && letters.len() <= short.len() + 1
}
