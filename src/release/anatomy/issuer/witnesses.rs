//! The witnesses: each place where a document says whose release it is, in the order of trust. They refuse to weigh:
//! each has a vote, and whether one of the surest (`SURE`) spoke is a sign of its own.

use super::names::{self, tidy};
use super::{
    Evidence, Facts, abouts, above, addresses, bodies, common, disclosure, labels, office,
    organisation, people, speaks, words,
};
use crate::release::{IssuerFrom, SectionKind};
use crate::text;
use foldhash::{HashMap, HashMapExt as _};

/// One place where an issuer can be read.
pub(super) type Witness = fn(&Evidence<'_>, &Facts<'_>) -> Option<String>;

/// The witnesses in the order of trust, of which the first few are the surest: an office that speaks, the site,
/// a publisher's disclosure, the source line, the letterhead, the boilerplate; then the name that a wire prints in the
/// dateline, the owner of the contact's address, the contact block where the lede is about somebody else's officer,
/// the subject of the lede, and what is named again and again.
pub(super) const WITNESSES: &[(IssuerFrom, Witness)] = &[
    (IssuerFrom::Lede, |evidence, facts| {
        let alone = || office(facts.lede).map(|name| office::sole(name, &facts.headline));
        office::paired(&facts.headline, evidence.text).or_else(alone)
    }),
    (IssuerFrom::Lede, |evidence, _| office::named(evidence.text)),
    (IssuerFrom::Metadata, |evidence, _| site(evidence)),
    (IssuerFrom::Metadata, disclosed),
    (IssuerFrom::SourceLine, |evidence, _| {
        source_line(evidence).map(|name| grown(&name, evidence))
    }),
    (IssuerFrom::SourceLine, |evidence, _| kicker(evidence)),
    (IssuerFrom::Boilerplate, |_, facts| facts.about.clone()),
    (IssuerFrom::Lede, |evidence, _| stroked(evidence)),
    (IssuerFrom::Contact, |evidence, facts| {
        addresses::named(evidence, &facts.hosts)
    }),
    (IssuerFrom::Contact, spoken_for),
    (IssuerFrom::Lede, |_, facts| {
        let name = office::within(facts.lede)?;
        Some(office::sole(name, &facts.headline))
    }),
    (IssuerFrom::Lede, |evidence, facts| {
        office::headed(&facts.headline, evidence.text)
    }),
    (IssuerFrom::Lede, |evidence, facts| {
        let early = facts.lede.is_empty() || !evidence.text.contains(". ");
        let name = early.then(|| office::within(names::head(evidence.text, 900)))??;
        Some(office::sole(name, &facts.headline))
    }),
    (IssuerFrom::Lede, |evidence, facts| {
        office::surnamed(evidence.text, facts.subject.as_deref()?)
    }),
    (IssuerFrom::Lede, |evidence, _| tagged(evidence)),
    (IssuerFrom::Lede, |evidence, facts| {
        facts.subject.clone().filter(|name| is_body(evidence, name))
    }),
    (IssuerFrom::Lede, |evidence, facts| {
        let name = names::announcer(facts.lede)?;
        is_body(evidence, name).then(|| name.to_owned())
    }),
    (IssuerFrom::Metadata, |evidence, _| {
        let issuer = evidence.incoming.issuer.as_deref();
        issuer.map(|name| tidy(name).to_owned())
    }),
    (IssuerFrom::Contact, |evidence, _| contact(evidence)),
    (IssuerFrom::Lede, |_, facts| facts.subject.clone()),
    (IssuerFrom::Lede, |evidence, _| frequent(evidence)),
    (IssuerFrom::Lede, |evidence, _| headline_name(evidence)),
];

/// The number of the witness that chooses among the boilerplates.
pub(super) const ABOUT: usize = 6;

/// So many of the witnesses are the surest.
pub(super) const SURE: usize = 6;

/// The publisher of a commissioned text, by the fuller name where the boilerplate is its own.
fn disclosed(evidence: &Evidence<'_>, facts: &Facts<'_>) -> Option<String> {
    let name = disclosure::publisher(evidence)?;
    let own = facts.about.as_deref();
    let own = own.filter(|about| about.starts_with(&name));
    Some(own.map_or(name.clone(), str::to_owned))
}

/// The organisation of the contact block.
fn contact(evidence: &Evidence<'_>) -> Option<String> {
    let name = tidy(evidence.contact?);
    let address = name.contains(['.', '_']) && !name.contains(' ');
    if name.is_empty() || address || words::count(name, 9) > 7 {
        return None;
    }
    // A piece that was cut out of a word is no name.
    let places = memchr::memmem::find_iter(evidence.text.as_bytes(), name);
    let whole = places
        .take(8)
        .any(|at| !evidence.text[at + name.len()..].starts_with(char::is_alphanumeric));
    whole.then(|| name.to_owned())
}

/// The site that a saved page belongs to.
fn site(evidence: &Evidence<'_>) -> Option<String> {
    site_name(evidence.head.site?.of(evidence.text))
}

/// The name between strokes in the dateline, without what a directory adds to it.
fn stroked(evidence: &Evidence<'_>) -> Option<String> {
    let name = evidence.dateline?.issuer?.of(evidence.text);
    let name = name.split(": ").next().unwrap_or(name);
    let name = name.split(" - ").next().unwrap_or(name);
    Some(tidy(name).to_owned())
}

/// Where the lede opens with somebody's officer (`Acme CEO Jane Roe joined …`), the contact block says whose release
/// it is.
fn spoken_for(evidence: &Evidence<'_>, facts: &Facts<'_>) -> Option<String> {
    let opening = names::head(facts.lede, 120);
    let titles = [
        " CEO ",
        " Chairman ",
        " President ",
        " Chief Executive Officer ",
        " Chief Executive ",
        " CFO ",
    ];
    let mut titles = titles.iter();
    let officer = titles.any(|title| text::find(opening, title).is_some());
    officer.then(|| contact(evidence))?
}

/// A line in capitals between headline and text that names the institution, and `The X Press Release` above it.
fn kicker(evidence: &Evidence<'_>) -> Option<String> {
    let above = evidence.blocks.iter().zip(&evidence.zones.kinds);
    above
        .take(evidence.head.body.min(12))
        .filter(|(_, kind)| **kind != SectionKind::Headline)
        .map(|(block, _)| block.inner(evidence.text))
        .find_map(|line| {
            let bare = line.trim_end_matches(|c: char| !c.is_alphabetic());
            let press = [
                "Press Release",
                "PRESS RELEASE",
                "News Release",
                "Media Release",
            ]
            .iter()
            .find_map(|end| bare.strip_suffix(end));
            let issued = words::after_prefix(line, "Issued by ").and_then(|rest| {
                rest.split(" Press Office")
                    .next()
                    .filter(|name| name.len() < rest.len())
            });
            let letterhead = above::is_letterhead(evidence.text, line).then_some(line);
            let named = press
                .or(issued)
                .or(letterhead)
                .map(tidy)
                .filter(|name| name.len() > 2 && words::count(name, 9) <= 6);
            let institution = words::shouted(line)
                && !above::is_above(line)
                && (2..=6).contains(&words::count(line, 9))
                && people::is_institution(line);
            // `Office of the Sheriff`, on a line of its own, perhaps with its district on the next.
            let first = line.split('\n').next().unwrap_or(line).trim();
            let office = first.starts_with("Office of ")
                && (3..=8).contains(&words::count(first, 9))
                && evidence.head.headline.is_some()
                && !words::ends_sentence(first);
            named
                .or_else(|| office.then_some(first))
                .or_else(|| (institution && evidence.head.headline.is_some()).then_some(line))
                .filter(|name| !is_section(name))
                .map(str::to_owned)
        })
}

/// A name of the headline that the text uses again and again.
fn headline_name(evidence: &Evidence<'_>) -> Option<String> {
    let (first, end) = evidence.head.headline?;
    let lines: Vec<&str> = evidence.blocks[first..end]
        .iter()
        .map(|block| block.inner(evidence.text))
        .collect();
    let line = lines.join(" ");
    let opening = &line[..line.find([':', '—', '–']).unwrap_or(line.len())];
    let words = text::pieces(opening).filter(|word| !word.is_empty());
    let opening = words.take(12).collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = text::pieces(&opening).collect();
    let at = |word: &str| word.as_ptr() as usize - opening.as_ptr() as usize;
    let mut best: Option<(usize, String)> = None;
    for from in 0..words.len() {
        if people::is_opener(words[from]) {
            continue;
        }
        for len in 1..=4.min(words.len() - from) {
            let last = words[from + len - 1];
            let joined = &opening[at(words[from])..at(last) + last.len()];
            let name = tidy(joined);
            if name.len() < 4 || !name.starts_with(char::is_uppercase) {
                continue;
            }
            let uses = evidence.index.places(name).take(12).count();
            let score = uses + name.len() / 3;
            if uses < 4 || best.as_ref().is_some_and(|(most, _)| score <= *most) {
                continue;
            }
            let next = words.get(from + len);
            let within_place =
                || next.is_some_and(|next| names::is_place(tidy(&format!("{joined} {next}"))));
            if !common(&evidence.index, name) && !names::is_place(name) && !within_place() {
                best = Some((score, name.to_owned()));
            }
        }
    }
    best.map(|(_, name)| name)
}

/// The name in a line of hashtags, where it holds no more than two and the headline or the lede prints the first.
fn tagged(evidence: &Evidence<'_>) -> Option<String> {
    let last = evidence.blocks.iter().rev().take(30);
    let line = last
        .map(|block| block.inner(evidence.text))
        .find_map(|line| words::after_prefix(line, "Hashtag:"))?;
    let tags: Vec<&str> = line.split('#').skip(1).collect();
    let tag: String = tags
        .first()?
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .collect();
    if tags.len() > 2 || !(3..=16).contains(&tag.len()) {
        return None;
    }
    let kinds = evidence.zones.kinds.iter().zip(evidence.blocks);
    let story = kinds.filter(|(kind, _)| {
        matches!(
            kind,
            SectionKind::Headline | SectionKind::Lede | SectionKind::Body
        )
    });
    let story = story
        .map(|(_, block)| block.inner(evidence.text))
        .collect::<Vec<_>>()
        .join(" ");
    let words: Vec<&str> = story.split_whitespace().take(900).collect();
    let spans = (0..words.len())
        .flat_map(|from| (1..=3.min(words.len() - from)).map(move |len| (from, len)));
    let squeezed = |name: &str| {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    spans
        .map(|(from, len)| tidy(&words[from..from + len].join(" ")).to_owned())
        .find(|name| squeezed(name) == tag)
}

/// The body that the story names most often, twice or more: capitalised words of which one is a word that bodies have.
fn frequent(evidence: &Evidence<'_>) -> Option<String> {
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    let kinds = evidence.zones.kinds.iter().zip(evidence.blocks);
    let story = kinds.filter(|(kind, _)| {
        matches!(
            kind,
            SectionKind::Headline | SectionKind::Lede | SectionKind::Body | SectionKind::Contact
        )
    });
    for (order, (_, block)) in story.enumerate().take(80) {
        for name in bodies::named(block.inner(evidence.text)) {
            // A university is named before its departments.
            let weight = if name.contains("Universit") { 2 } else { 1 };
            counts.entry(name).or_insert((0, order)).0 += weight;
        }
    }
    // What neither the headline nor the first paragraphs name is quoted, not the issuer.
    let opening = abouts::story(evidence, 4);
    let often = counts
        .into_iter()
        .filter(|(name, (count, _))| *count >= 2 && opening.contains(name));
    let best =
        often.max_by_key(|(name, (count, order))| (*count, usize::MAX - order, name.len(), *name));
    best.map(|(name, _)| tidy(name).to_owned())
}

/// A source line's name as the text spells it out: `Acme, Inc.` becomes `Acme Capital Partners`.
fn grown(name: &str, evidence: &Evidence<'_>) -> String {
    let text = evidence.text;
    let bare = name
        .trim_end_matches('.')
        .trim_end_matches(" Inc")
        .trim_end_matches(" LLC")
        .trim_end_matches(" Ltd")
        .trim_end_matches(',');
    if bare.len() == name.len() || bare.len() < 4 {
        return name.to_owned();
    }
    let headline = |at: usize| {
        let kinds = evidence.zones.kinds.iter().zip(evidence.blocks);
        let mut above = kinds.take(evidence.head.body);
        above.any(|(kind, block)| *kind == SectionKind::Headline && block.extent.contains(at))
    };
    let mut places = memchr::memmem::find_iter(text.as_bytes(), bare).take(12);
    let longer = places.find_map(|at| {
        if headline(at) {
            return None;
        }
        let rest = text[at..].lines().next().unwrap_or("");
        let len = names::name_len(rest);
        let full = tidy(&rest[..len]);
        let ended = rest[len..].trim_start().starts_with(char::is_lowercase);
        (ended && !full.contains(". ") && full.len() > name.len() && words::count(full, 6) <= 4)
            .then(|| full.to_owned())
    });
    longer.unwrap_or_else(|| name.to_owned())
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
    (words::count(name, 9) >= 2 && words::count(name, 9) <= 8 && !is_section(name))
        .then(|| name.to_owned())
}

/// Whether a name is that of a section of a site rather than of a body.
fn is_section(name: &str) -> bool {
    let small = name.to_lowercase();
    let labels = [
        "news",
        "newscenter",
        "newsroom",
        "press",
        "releases",
        "home",
        "blog",
        "media",
    ];
    labels
        .iter()
        .any(|word| small.split(' ').any(|part| part == *word))
}

/// The office of a member of a parliament or of a prosecutor whose name opens the lede.
pub(super) fn office(lede: &str) -> Option<String> {
    let opening: &str = lede.get(
        ..lede
            .char_indices()
            .nth(220)
            .map_or(lede.len(), |(at, _)| at),
    )?;
    let opening = names::lead_in(opening).unwrap_or(opening);
    office::of(opening)
}

/// Whether a name is that of a body: the text lets no such person speak.
fn is_body(evidence: &Evidence<'_>, name: &str) -> bool {
    organisation(name) || !speaks(&evidence.index, name)
}
