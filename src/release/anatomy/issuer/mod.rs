//! Who puts a release out, in the document's own words: the source line, the boilerplate, the subject of the lede,
//! the contact block, the site a page belongs to. Where boilerplate and lede name the same body, the fuller name is
//! taken. It refuses to guess a name that stands nowhere; the one it makes is that of an office (`Office of U.S.
//! Senator …`), for members of a parliament sign with their own name only.

mod abouts;
mod addresses;
mod ballot;
mod disclosure;
mod names;
mod weights;

use std::collections::HashMap;

use names::{organisation, tidy};

use super::blocks::Block;
use super::head::Head;
use super::zones::Zones;
use super::{dateline, dates, labels, office, people, wires, words};
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

/// What several witnesses read.
struct Facts<'t> {
    /// The paragraph after the dateline.
    lede: &'t str,
    /// Its subject.
    subject: Option<String>,
    /// The name in the issuer's own boilerplate.
    about: Option<String>,
    /// The names in all boilerplates, in order.
    abouts: Vec<String>,
}

/// One place where an issuer can be read.
type Witness = fn(&Evidence<'_>, &Facts<'_>) -> Option<String>;

/// The witnesses in the order of trust, of which the first few are believed at once: an office that speaks, the site,
/// a publisher's disclosure, the source line, the letterhead, the boilerplate; then the name that a wire prints in the
/// dateline, the owner of the contact's address, the contact block where the lede is about somebody else's officer,
/// the subject of the lede, and what is named again and again.
const WITNESSES: &[(IssuerFrom, Witness)] = &[
    (IssuerFrom::Lede, |_, facts| office(facts.lede)),
    (IssuerFrom::Lede, |evidence, _| office::named(evidence.text)),
    (IssuerFrom::Metadata, |evidence, _| site(evidence)),
    (IssuerFrom::Metadata, disclosed),
    (IssuerFrom::SourceLine, |evidence, _| {
        source_line(evidence).map(|name| grown(&name, evidence))
    }),
    (IssuerFrom::SourceLine, |evidence, _| kicker(evidence)),
    (IssuerFrom::Boilerplate, |_, facts| facts.about.clone()),
    (IssuerFrom::Lede, |evidence, _| stroked(evidence)),
    (IssuerFrom::Contact, |evidence, _| {
        addresses::named(evidence)
    }),
    (IssuerFrom::Contact, spoken_for),
    (IssuerFrom::Lede, |_, facts| office::within(facts.lede)),
    (IssuerFrom::Lede, |evidence, _| {
        office::headed(&abouts::headline(evidence), evidence.text)
    }),
    (IssuerFrom::Lede, |evidence, facts| {
        let early = facts.lede.is_empty() || !evidence.text.contains(". ");
        early.then(|| office::within(names::head(evidence.text, 900)))?
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

/// So many of the witnesses are believed without a look at the others.
const SURE: usize = 6;

/// The issuer and where it was read: what a sure witness says, else the name for which most speaks.
pub(super) fn find(evidence: &Evidence<'_>) -> Option<(String, IssuerFrom)> {
    let facts = facts(evidence);
    let (name, from) = sure(evidence, &facts).or_else(|| ballot::choose(evidence, &facts))?;
    Some((finished(evidence.text, name), from))
}

/// What speaks for each name that may be the issuer's; nothing where a sure witness names it.
pub(super) fn rows(evidence: &Evidence<'_>) -> Vec<(String, Vec<f32>)> {
    let facts = facts(evidence);
    if sure(evidence, &facts).is_some() {
        return Vec::new();
    }
    let rows = ballot::rows(evidence, &facts).into_iter();
    rows.map(|(name, row)| (name, row.to_vec())).collect()
}

/// What several witnesses read.
fn facts<'t>(evidence: &Evidence<'t>) -> Facts<'t> {
    let lede = lede_text(evidence).unwrap_or("");
    let subject = names::subject(lede)
        .and_then(|name| name.split("](").next())
        .filter(|name| !common(evidence.text, name))
        .map(|name| first_of_two(evidence.text, name).to_owned());
    let abouts = abouts::boilerplates(evidence);
    Facts {
        about: abouts::find(evidence, &abouts, subject.as_deref(), lede),
        abouts,
        lede,
        subject,
    }
}

/// What the first of the sure witnesses says that says anything.
fn sure(evidence: &Evidence<'_>, facts: &Facts<'_>) -> Option<(String, IssuerFrom)> {
    WITNESSES[..SURE].iter().find_map(|(from, read)| {
        let name = read(evidence, facts).filter(|name| name.len() > 1)?;
        Some((name, *from))
    })
}

/// A name as the release bears it.
fn finished(text: &str, name: String) -> String {
    whole_house(text, &with_given_name(text, name))
}

/// The name of a senator's office, with the given name where the text has it.
fn with_given_name(text: &str, name: String) -> String {
    const OFFICE: &str = "Office of U.S. Senator ";
    let surname = name.strip_prefix(OFFICE);
    let surname = surname.filter(|surname| surname.len() > 2 && !surname.contains(' '));
    let full = surname.and_then(|surname| office::completed(text, surname));
    full.map_or(name, |full| format!("{OFFICE}{full}"))
}

/// A name as the text itself uses it: without the region of a branch where the text names the house alone, and with
/// the article where it prints that with a capital inside sentences.
fn whole_house(text: &str, name: &str) -> String {
    let name = undated(name);
    if let Some(office) = held(text, name) {
        return office;
    }
    let house = branch(name).filter(|house| stands_alone(text, house, name));
    let name = house.unwrap_or(name);
    if names_with_article(text, name) {
        format!("The {name}")
    } else {
        name.to_owned()
    }
}

/// A name without the year before it (`2025 Harbour Show`).
fn undated(name: &str) -> &str {
    let (year, rest) = name.split_once(' ').unwrap_or(("", name));
    let dated = year.len() == 4 && year.starts_with("20") && year.parse::<u16>().is_ok();
    if dated && rest.contains(' ') {
        rest
    } else {
        name
    }
}

/// The office whose holder `name` is by title (`Kings County State’s Attorney`), where the text names it.
fn held(text: &str, name: &str) -> Option<String> {
    let holder = [
        "Attorney",
        "Sheriff",
        "Prosecutor",
        "Comptroller",
        "Treasurer",
        "Auditor",
    ];
    if !holder.iter().any(|title| name.ends_with(title)) {
        return None;
    }
    let straight = name.replace('’', "'");
    if ["State's Attorney", "District Attorney", "County Attorney"]
        .iter()
        .any(|title| straight.ends_with(title))
    {
        return Some(format!("{name}’s Office"));
    }
    ["’s Office", "'s Office"].iter().find_map(|end| {
        let curly = straight.replace('\'', "’");
        [name, &straight, &curly]
            .iter()
            .map(|name| format!("{name}{end}"))
            .find(|office| text.contains(office.as_str()))
    })
}

/// What is left of the name of a branch without its region.
fn branch(name: &str) -> Option<&str> {
    [
        " North America",
        " United States",
        " UK Ltd",
        " UK",
        " Europe",
        " Asia Pacific",
        " Canada",
        " Australia",
    ]
    .iter()
    .find_map(|region| name.strip_suffix(region))
    .filter(|house| house.len() > 3)
}

/// Whether the text has `house` three times and more where it is not the beginning of `name`, and oftener than `name`.
fn stands_alone(text: &str, house: &str, name: &str) -> bool {
    let full = text.matches(name).take(40).count();
    let all = text.matches(house).take(80).count();
    all >= full + 3 && all > 2 * full
}

/// Whether a name bears its article: inside sentences it stands behind `The`, hardly ever without it, and never behind
/// `the`.
fn names_with_article(text: &str, name: &str) -> bool {
    let (mut with, mut without) = (0, 0);
    for (at, _) in text.match_indices(name).take(40) {
        let before = &text[..at];
        if before.ends_with("the ") {
            return false;
        }
        let capital = before.ends_with("The ");
        let before = before.strip_suffix("The ").unwrap_or(before);
        let inside = before.strip_suffix(' ').is_some_and(|before| {
            before.ends_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | '&'))
        });
        with += usize::from(inside && capital);
        without += usize::from(inside && !capital);
    }
    with >= 2 && with > 3 * without
}

/// Whether a name is that of a body: the text lets no such person speak.
fn is_body(evidence: &Evidence<'_>, name: &str) -> bool {
    organisation(name) || !speaks(evidence.text, name)
}

/// The publisher of a commissioned text, by the fuller name where the boilerplate is its own.
fn disclosed(evidence: &Evidence<'_>, facts: &Facts<'_>) -> Option<String> {
    let name = disclosure::publisher(evidence)?;
    let own = facts.about.as_deref();
    let own = own.filter(|about| about.starts_with(&name));
    Some(own.map_or(name.clone(), str::to_owned))
}

/// Whether a word alone is one of the language rather than a name: the text prints it in small letters too.
fn common(text: &str, name: &str) -> bool {
    if name.contains(' ') || !name.starts_with(char::is_uppercase) {
        return false;
    }
    // `NTX` and `DavidDrill` are no words, though an address prints them in small letters.
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    if capitals > 1 && (name.len() <= 5 || name.contains(char::is_lowercase)) {
        return false;
    }
    let small = name.to_lowercase();
    let bounded = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + small.len()..].chars().next();
        let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '@' | '/' | '-' | '_');
        !before.is_some_and(inside) && !after.is_some_and(|c| c.is_alphanumeric() || c == '@')
    };
    memchr::memmem::find_iter(text.as_bytes(), small.as_bytes())
        .take(12)
        .any(|at| text[at + small.len()..].get(..4) != Some(".com") && bounded(at))
}

/// Whether the text lets the bearer of a name speak under the last word of it, as people do.
fn speaks(text: &str, name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    if last.len() < 3 {
        return false;
    }
    let mut places = memchr::memmem::find_iter(text.as_bytes(), last).take(40);
    places.any(|at| {
        let after = text[at + last.len()..]
            .trim_start()
            .split(' ')
            .next()
            .unwrap_or("");
        let before = text[..at].trim_end().rsplit(' ').next().unwrap_or("");
        let spoken = |word: &str| {
            word.starts_with(char::is_lowercase)
                && super::quotes::is_speech(word)
                && !matches!(word, "announced" | "announces" | "so")
        };
        spoken(after) || matches!(before, "said" | "says" | "Mr." | "Ms." | "Mrs.")
    })
}

/// The first of two names that `and` joins, where the text uses it alone too.
fn first_of_two<'t>(text: &str, name: &'t str) -> &'t str {
    let Some((first, second)) = name.split_once(" and ") else {
        return name;
    };
    let both = first.contains(' ') && second.starts_with(char::is_uppercase);
    if both && text.matches(first).take(3).count() >= 2 {
        first
    } else {
        name
    }
}

/// The organisation of the contact block.
fn contact(evidence: &Evidence<'_>) -> Option<String> {
    let name = tidy(evidence.contact?);
    // A piece that was cut out of a word is no name.
    let whole = evidence.text.match_indices(name).take(8).any(|(at, _)| {
        let after = evidence.text[at + name.len()..].chars().next();
        !after.is_some_and(char::is_alphanumeric)
    });
    let address = name.contains(['.', '_']) && !name.contains(' ');
    (words::count(name, 9) <= 7 && whole && !address).then(|| name.to_owned())
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
    let officer = titles.iter().any(|title| opening.contains(title));
    contact(evidence).filter(|_| officer)
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
            let letterhead = super::head::is_letterhead(evidence.text, line).then_some(line);
            let named = press
                .or(issued)
                .or(letterhead)
                .map(tidy)
                .filter(|name| name.len() > 2 && words::count(name, 9) <= 6);
            let institution = words::shouted(line)
                && !super::head::is_above(line)
                && (2..=6).contains(&words::count(line, 9))
                && people::is_institution(line);
            named
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
    let words: Vec<&str> = opening
        .split(' ')
        .filter(|word| !word.is_empty())
        .take(12)
        .collect();
    let mut best: Option<(usize, String)> = None;
    for from in 0..words.len() {
        if people::is_opener(words[from]) {
            continue;
        }
        for len in 1..=4.min(words.len() - from) {
            let joined = words[from..from + len].join(" ");
            let name = tidy(&joined);
            if name.len() < 4 || !name.starts_with(char::is_uppercase) {
                continue;
            }
            let uses = memchr::memmem::find_iter(evidence.text.as_bytes(), name);
            let uses = uses.take(12).count();
            let score = uses + name.len() / 3;
            if uses < 4 || best.as_ref().is_some_and(|(most, _)| score <= *most) {
                continue;
            }
            let next = words.get(from + len);
            let within_place =
                || next.is_some_and(|next| names::is_place(tidy(&format!("{joined} {next}"))));
            if !common(evidence.text, name) && !names::is_place(name) && !within_place() {
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
    let story = kinds.filter(|(kind, _)| matches!(kind, SectionKind::Headline | SectionKind::Lede));
    let story = story
        .map(|(_, block)| block.inner(evidence.text))
        .collect::<Vec<_>>()
        .join(" ");
    let words: Vec<&str> = story.split_whitespace().take(400).collect();
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
        for name in names::bodies(block.inner(evidence.text)) {
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
    let longer = text.match_indices(bare).take(12).find_map(|(at, _)| {
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
fn office(lede: &str) -> Option<String> {
    let opening: &str = lede.get(
        ..lede
            .char_indices()
            .nth(220)
            .map_or(lede.len(), |(at, _)| at),
    )?;
    let opening = names::lead_in(opening).unwrap_or(opening);
    office::of(opening)
}
