//! What a document says for and against a candidate: who names it, where it stands, how often, what it looks like, which
//! other names it is a piece of. It refuses to judge: what each of these is worth is `weights`' affair.

use super::candidates::{Candidate, PLACES, has_form};
use super::names;
use super::uses::Uses;
use super::witnesses::{SURE, WITNESSES};
use super::{Evidence, Facts, Index, abouts, addresses, common, cuts, people, speaks, words};
use crate::release::repair::is_common_word;
use crate::release::{SectionKind, is_given};
use crate::text;

/// How many features a candidate has.
pub(super) const FEATURES: usize = FIRST + 1 + WITNESSES.len();

/// Where the features begin that say which witness spoke first, and for this candidate.
const FIRST: usize = PLACES + TOLD;

/// How many features say what a name looks like and where it stands.
const TOLD: usize = 81;

/// What all candidates share: the texts that features look into.
struct Looked<'t> {
    index: &'t Index<'t>,
    /// The hosts that stand anywhere in the text.
    sites: &'t [String],
    abouts: usize,
    first_about: &'t str,
    boilerplates: String,
    sure: bool,
    headed: bool,
    dated: bool,
    headline: &'t str,
    lede: &'t str,
    /// The subject of the lede.
    subject: &'t str,
    contact: String,
    boilerplate: &'t str,
    /// The hosts of the contact block.
    hosts: &'t [String],
    /// How often the most used candidate is used, and how many votes the one with most has.
    most: usize,
    most_votes: usize,
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
    let tail = kinds()
        .find(|(kind, _)| matches!(kind, SectionKind::Boilerplate | SectionKind::Contact))
        .map_or(usize::MAX, |(_, block)| block.extent.start);
    let uses: Vec<Uses> = found
        .iter()
        .map(|own| Uses::of(&evidence.index, &own.name, tail))
        .collect();
    let votes = found.iter().map(Candidate::voices);
    let looked = Looked {
        most: uses.iter().map(|uses| uses.all).max().unwrap_or(0),
        most_votes: votes.max().unwrap_or(1),
        index: &evidence.index,
        sites: &facts.sites,
        abouts: facts.abouts.len(),
        first_about: facts.abouts.first().map_or("", String::as_str),
        boilerplates: kinds()
            .filter(|(kind, _)| **kind == SectionKind::Boilerplate)
            .take(12)
            .map(|(_, block)| names::head(block.inner(evidence.text), 120))
            .collect::<Vec<_>>()
            .join("\n"),
        sure: found.iter().any(|own| own.votes & ((1 << SURE) - 1) != 0),
        headed: evidence.head.headline.is_some(),
        dated: evidence.dateline.is_some(),
        headline: &facts.headline,
        lede,
        subject: names::subject(lede).unwrap_or(""),
        contact: contact.join("\n"),
        boilerplate: own.map_or("", |(_, block)| {
            names::head(block.inner(evidence.text), 300)
        }),
        hosts: &facts.hosts,
    };
    let first = (0..WITNESSES.len()).find_map(|witness| {
        let spoke = |candidate: &Candidate| candidate.votes & (1 << witness) != 0;
        Some((witness, found.iter().position(spoke)?))
    });
    let rows = found.iter().enumerate().map(|(number, candidate)| {
        let mut row = read(&looked, candidate, number, found, &uses);
        if let Some((witness, _)) = first.filter(|(_, own)| *own == number) {
            row[FIRST] = 1.0;
            row[FIRST + 1 + witness] = 1.0;
        }
        row
    });
    rows.collect()
}

/// The features of one candidate.
fn read(
    looked: &Looked<'_>,
    own: &Candidate,
    number: usize,
    all: &[Candidate],
    counted: &[Uses],
) -> [f32; FEATURES] {
    let mut row = [0.0; FEATURES];
    for (place, value) in row.iter_mut().enumerate().take(PLACES) {
        *value = f32::from(u8::from(own.votes & (1 << place) != 0));
    }
    let name = own.name.as_str();
    let uses = &counted[number];
    let count = words::count(name, 9);
    let kin = Kin::of(own, all, counted);
    let form = has_form(name);
    let spoken = speaks(looked.index, name);
    let opening = text::first_piece(name);
    let given = opening.len() < name.len() && is_given(opening);
    let common_words = text::pieces(name).filter(|word| is_common(word)).count();
    let letters = words::letters(name);
    let about = own.is_about();
    let joined = [" and ", " & "]
        .iter()
        .any(|joint| text::find(name, joint).is_some());
    let offices = name.starts_with("Offices of ");
    let office = name.starts_with("Office of ");
    let person = people::is_person(name);
    // Initials that another candidate spells out.
    let capitals = name.len() <= 8 && name.bytes().all(|b| b.is_ascii_uppercase());
    let full = capitals && all.iter().any(|other| abouts::initials(&other.name, name));
    let lede = text::find(looked.lede, name);
    let lede_first = lede.map_or(0.0, |at| 1.0 - share(at.min(400), 400));
    let headline = text::find(looked.headline, name);
    let told = [
        log(uses.all),
        flag(headline.is_some()),
        flag(headline == Some(0)),
        flag(lede.is_some()),
        flag(looked.subject.starts_with(name)),
        flag(person),
        flag(spoken),
        flag(people::is_organisation(name)),
        flag(names::is_place(name)),
        flag(count == 1),
        flag(count == 2),
        flag(count == 4),
        flag(count >= 5),
        flag(form),
        flag(
            looked
                .hosts
                .iter()
                .any(|host| addresses::fits(&letters, host)),
        ),
        log(own.voices()) / 2.0,
        log(kin.inside) / 2.0,
        log(kin.outside) / 2.0,
        flag(joined),
        flag(name.contains(|c: char| c.is_ascii_digit())),
        flag(common(looked.index, name)),
        uses.first,
        flag(text::find(looked.boilerplate, name).is_some()),
        flag(text::find(&looked.contact, name).is_some()),
        share(uses.owning, uses.all),
        share(uses.acting, uses.all),
        share(uses.article, uses.all),
        flag(words::shouted(name) && count > 1),
        flag(uses.all == 0),
        flag(uses.all == 1),
        flag(people::is_opener(opening)),
        1.0,
        uses.last,
        log(uses.defined),
        flag(uses.listed > 0),
        flag(uses.shortened > 0),
        log(uses.titled),
        share(uses.going_on, uses.all),
        share(uses.gone_before, uses.all),
        log(uses.alone),
        log(uses.opening),
        share(uses.by, uses.all),
        flag(uses.we > 0),
        log(uses.tail),
        share(uses.tail, uses.all),
        flag(
            looked
                .sites
                .iter()
                .any(|host| addresses::fits(&letters, host)),
        ),
        flag(
            looked
                .hosts
                .iter()
                .any(|host| addresses::same(&letters, host)),
        ),
        flag(
            looked
                .sites
                .iter()
                .any(|host| addresses::same(&letters, host)),
        ),
        flag(given),
        share(common_words, count),
        flag(words::shouted(name) && count == 1),
        log(number),
        flag(about && given),
        flag(about && spoken),
        flag(given && spoken),
        flag(given && uses.tail > 0),
        share(uses.all, looked.most),
        share(own.voices(), looked.most_votes),
        share(kin.longest, uses.all).min(2.0),
        flag(kin.longest > 0),
        share(uses.all, kin.shortest).min(2.0),
        flag(kin.shortest > 0),
        flag(office),
        flag(offices),
        flag(uses.all == looked.most),
        flag(text::find(&looked.boilerplates, name).is_some()),
        flag(people::is_institution(name)),
        flag(about && headline.is_some()),
        flag(about && lede.is_some()),
        flag(looked.first_about.starts_with(name)),
        flag(looked.abouts == 0),
        flag(looked.abouts > 1),
        flag(looked.contact.is_empty()),
        flag(looked.sure),
        flag(!looked.headed && !looked.dated),
        log(uses.officer),
        share(uses.beside, uses.all),
        flag(uses.initialled > 0),
        flag(full),
        flag(cuts::before_deed(name).is_some()),
        lede_first,
    ];
    row[PLACES..FIRST].copy_from_slice(&told);
    row
}

/// Whether the lexicon has a word, in any case, as a common one. It looks words of ASCII up in any case itself.
fn is_common(word: &str) -> bool {
    if word.is_ascii() {
        return is_common_word(word);
    }
    is_common_word(&word.to_lowercase())
}

/// What the other candidates are to one.
#[derive(Debug, Default)]
struct Kin {
    /// The votes for those that it goes on from, and for those that go on from it.
    inside: usize,
    outside: usize,
    /// How often the most used is used that holds its words, and of which it holds the words.
    longest: usize,
    shortest: usize,
}

impl Kin {
    fn of(own: &Candidate, all: &[Candidate], counted: &[Uses]) -> Self {
        let mut kin = Self::default();
        for (other, uses) in all.iter().zip(counted) {
            if holds(&own.key, &other.key) {
                kin.shortest = kin.shortest.max(uses.all);
                if goes_on(&own.key, &other.key) {
                    kin.inside += other.voices();
                }
            } else if holds(&other.key, &own.key) {
                kin.longest = kin.longest.max(uses.all);
                if goes_on(&other.key, &own.key) {
                    kin.outside += other.voices();
                }
            }
        }
        kin
    }
}

/// Whether a folded name begins with the words of another.
fn goes_on(long: &str, short: &str) -> bool {
    let rest = long.strip_prefix(short);
    rest.is_some_and(|rest| rest.starts_with(' '))
}

/// Whether a folded name holds the words of a shorter one.
fn holds(long: &str, short: &str) -> bool {
    if long.len() <= short.len() {
        return false;
    }
    let bounded = |at: usize| {
        let (before, after) = (&long[..at], &long[at + short.len()..]);
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    };
    let first = short.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    while let Some(at) = text::find(&long[from..], short).map(|at| from + at) {
        if bounded(at) {
            return true;
        }
        from = at + first;
    }
    false
}

fn flag(said: bool) -> f32 {
    f32::from(u8::from(said))
}

/// The binary logarithm of one more than `count`.
fn log(count: usize) -> f32 {
    f32::from(u16::try_from(count + 1).unwrap_or(u16::MAX)).log2()
}

pub(super) fn share(part: usize, whole: usize) -> f32 {
    f32::from(u16::try_from(part).unwrap_or(u16::MAX))
        / f32::from(u16::try_from(whole.max(1)).unwrap_or(u16::MAX))
}
