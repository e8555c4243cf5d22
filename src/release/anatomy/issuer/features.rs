//! What a document says for and against a candidate: who names it, where it stands, how often, what it looks like, which
//! other names it is a piece of. It refuses to judge: what each of these is worth is `weights`' affair.

use super::candidates::{Candidate, LOOKED_AT, PLACES, has_form};
use super::names;
use super::witnesses::{SURE, WITNESSES};
use super::{Evidence, Facts, abouts, addresses, common, people, speaks, words};
use crate::release::SectionKind;

/// How many features a candidate has.
pub(super) const FEATURES: usize = FIRST + 1 + WITNESSES.len();

/// Where the features begin that say which witness spoke first, and for this candidate.
const FIRST: usize = PLACES + 32;

/// What all candidates share: the texts that features look into.
struct Looked<'t> {
    text: &'t str,
    headline: String,
    lede: &'t str,
    /// The subject of the lede.
    subject: &'t str,
    contact: String,
    boilerplate: &'t str,
    hosts: Vec<String>,
}

/// The features of each of `found`.
pub(super) fn features(
    evidence: &Evidence<'_>,
    facts: &Facts<'_>,
    found: &[Candidate],
) -> Vec<[f32; FEATURES]> {
    let kinds = || evidence.zones.kinds.iter().zip(evidence.blocks);
    let contact = kinds().filter(|(kind, _)| **kind == SectionKind::Contact);
    let contact: Vec<&str> = contact
        .take(20)
        .map(|(_, block)| block.inner(evidence.text))
        .collect();
    let own = kinds().find(|(kind, _)| **kind == SectionKind::Boilerplate);
    let lede = names::head(facts.lede, 400);
    let looked = Looked {
        text: names::head(evidence.text, LOOKED_AT),
        headline: abouts::headline(evidence),
        lede,
        subject: names::subject(lede).unwrap_or(""),
        contact: contact.join("\n"),
        boilerplate: own.map_or("", |(_, block)| {
            names::head(block.inner(evidence.text), 300)
        }),
        hosts: addresses::hosts(evidence),
    };
    let first = (SURE..WITNESSES.len()).find_map(|witness| {
        let spoke = |candidate: &Candidate| candidate.votes & (1 << witness) != 0;
        Some((witness, found.iter().position(spoke)?))
    });
    let rows = found.iter().enumerate().map(|(number, candidate)| {
        let mut row = read(&looked, candidate, found);
        if let Some((witness, _)) = first.filter(|(_, own)| *own == number) {
            row[FIRST] = 1.0;
            row[FIRST + 1 + witness] = 1.0;
        }
        row
    });
    rows.collect()
}

/// The features of one candidate.
fn read(looked: &Looked<'_>, own: &Candidate, all: &[Candidate]) -> [f32; FEATURES] {
    let mut row = [0.0; FEATURES];
    for (place, value) in row.iter_mut().enumerate().take(PLACES) {
        *value = f32::from(u8::from(own.votes & (1 << place) != 0));
    }
    let name = own.name.as_str();
    let uses = Uses::of(looked.text, name);
    let count = words::count(name, 9);
    let akin = |longer: bool| {
        let akin = all.iter().filter(|other| {
            let (short, long) = if longer { (own, *other) } else { (*other, own) };
            long.key.len() > short.key.len()
                && long.key.starts_with(&short.key)
                && long.key[short.key.len()..].starts_with(' ')
        });
        akin.map(|other| other.votes.count_ones()).sum::<u32>()
    };
    let (inside, outside) = (akin(false), akin(true));
    let form = has_form(name);
    let person = people::is_person(name);
    let told = [
        log(uses.all),
        flag(looked.headline.contains(name)),
        flag(looked.headline.starts_with(name)),
        flag(looked.lede.contains(name)),
        flag(looked.subject.starts_with(name)),
        flag(person),
        flag(speaks(looked.text, name)),
        flag(people::is_organisation(name)),
        flag(names::is_place(name)),
        flag(count == 1),
        flag(count == 2),
        flag(count == 4),
        flag(count >= 5),
        flag(form),
        flag(looked.hosts.iter().any(|host| addresses::fits(name, host))),
        log(own.votes.count_ones() as usize) / 2.0,
        log(inside as usize) / 2.0,
        log(outside as usize) / 2.0,
        flag(name.contains(" and ") || name.contains(" & ")),
        flag(name.contains(|c: char| c.is_ascii_digit())),
        flag(common(looked.text, name)),
        uses.first,
        flag(looked.boilerplate.contains(name)),
        flag(looked.contact.contains(name)),
        share(uses.owning, uses.all),
        share(uses.acting, uses.all),
        share(uses.article, uses.all),
        flag(words::shouted(name) && count > 1),
        flag(uses.all == 0),
        flag(uses.all == 1),
        flag(people::is_opener(name.split(' ').next().unwrap_or(""))),
        1.0,
    ];
    row[PLACES..FIRST].copy_from_slice(&told);
    row
}

fn flag(said: bool) -> f32 {
    f32::from(u8::from(said))
}

/// The binary logarithm of one more than `count`.
fn log(count: usize) -> f32 {
    f32::from(u16::try_from(count + 1).unwrap_or(u16::MAX)).log2()
}

fn share(part: usize, whole: usize) -> f32 {
    f32::from(u16::try_from(part).unwrap_or(u16::MAX))
        / f32::from(u16::try_from(whole.max(1)).unwrap_or(u16::MAX))
}

/// How a text uses a name.
#[derive(Default)]
struct Uses {
    /// How often, up to 60.
    all: usize,
    /// Where first, as a share of the text.
    first: f32,
    /// Before a possessive's ending.
    owning: usize,
    /// Before a verb in small letters.
    acting: usize,
    /// Behind `the`.
    article: usize,
}

impl Uses {
    fn of(text: &str, name: &str) -> Self {
        let mut uses = Self {
            first: 1.0,
            ..Self::default()
        };
        for at in memchr::memmem::find_iter(text.as_bytes(), name.as_bytes()).take(60) {
            let (before, after) = (&text[..at], &text[at + name.len()..]);
            let inside =
                before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
            if inside {
                continue;
            }
            if uses.all == 0 {
                uses.first = share(at * 1000 / text.len().max(1), 1000);
            }
            uses.all += 1;
            uses.owning += usize::from(after.starts_with("’s") || after.starts_with("'s"));
            uses.article += usize::from(before.ends_with("the ") || before.ends_with("The "));
            let next = after.trim_start().split(' ').next().unwrap_or("");
            uses.acting += usize::from(names::is_act(next));
        }
        uses
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_count_whole_names_alone() {
        let uses = Uses::of(
            "Acme’s pump. The Acme team said that Acme has one. Acmeology.",
            "Acme",
        );
        assert_eq!(
            (uses.all, uses.owning, uses.article, uses.acting),
            (3, 1, 1, 1)
        );
    }
}
