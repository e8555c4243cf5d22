//! Every name that may be the issuer's: what the witnesses say, the boilerplates, sentences about an officer's house or
//! a host, the lede, the headline, the contact block, what is named again and again, and pieces and longer forms of all
//! these. It refuses to name what the document does not print.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::names::{self, tidy};
use super::witnesses::{ABOUT, WITNESSES};
use super::{Evidence, Facts, Index, abouts, closings, cuts, dates, people, wires, words};
use crate::release::{IssuerFrom, SectionKind};
use crate::text;

/// More candidates than this are not weighed.
const MOST: usize = 40;

/// Where a candidate was found, beside the witnesses of the old order, which take the numbers below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// A boilerplate, the first.
    About = 22,
    /// A later boilerplate.
    LaterAbout,
    /// What an officer's title names: `CEO of Acme`.
    Officer,
    /// `hosted by Acme`.
    Host,
    /// `© 2024 Acme`.
    Copyright,
    /// A run of capitals in the lede.
    Lede,
    /// The headline's first name.
    Headline,
    /// A longer form of another candidate.
    Longer,
    /// A piece of another candidate.
    Piece,
    /// A line of the contact block.
    ContactLine,
    /// Named again and again.
    Often,
    /// `The post … appeared first on Acme`.
    Publisher,
    /// What a paragraph at the end describes.
    Closing,
    /// The letters of a site.
    Lettered,
}

/// How many places name candidates: the witnesses and those of [`Found`].
pub(super) const PLACES: usize = Found::Lettered as usize + 1;

/// The places follow the witnesses' numbers, and the weights both.
const _: () = assert!(Found::About as usize == WITNESSES.len());

/// A name that may be the issuer's.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// As the document prints it.
    pub name: String,
    /// For holding it against others.
    pub key: String,
    /// Which places name it, a bit each.
    pub votes: u64,
    /// Where it was read first.
    pub from: IssuerFrom,
}

impl Candidate {
    /// How many places name it.
    pub fn voices(&self) -> usize {
        self.votes.count_ones() as usize
    }

    /// Whether a boilerplate names it: the witness' own choice, the first, a later one.
    pub fn is_about(&self) -> bool {
        let places = [ABOUT, Found::About as usize, Found::LaterAbout as usize];
        places.iter().any(|place| self.votes & (1 << place) != 0)
    }
}

/// The candidates, in the order in which they were found.
pub(super) fn candidates(evidence: &Evidence<'_>, facts: &Facts<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (number, (from, read)) in WITNESSES.iter().enumerate() {
        if let Some(name) = read(evidence, facts) {
            add(&mut found, &name, number, *from);
        }
    }
    for (order, name) in facts.abouts.iter().enumerate() {
        let place = if order == 0 {
            Found::About
        } else {
            Found::LaterAbout
        };
        add(&mut found, name, place as usize, IssuerFrom::Boilerplate);
    }
    told(evidence, &mut found);
    for name in runs(names::head(facts.lede, 500)) {
        add(&mut found, name, Found::Lede as usize, IssuerFrom::Lede);
    }
    let headline = facts.headline.as_str();
    for name in runs(headline).into_iter().take(3) {
        add(&mut found, name, Found::Headline as usize, IssuerFrom::Lede);
    }
    contact_lines(evidence, &mut found);
    for name in closings::described(evidence) {
        add(
            &mut found,
            name,
            Found::Closing as usize,
            IssuerFrom::Boilerplate,
        );
    }
    for name in closings::lettered(&evidence.index, &facts.sites) {
        add(&mut found, name, Found::Lettered as usize, IssuerFrom::Lede);
    }
    // Who carries a release does not issue it, unless it speaks of itself.
    found.retain(|candidate| {
        wires::known(&candidate.name).is_none() || headline.contains(&candidate.name)
    });
    // Nor does the holder of an office, by title and name, nor what is no name at all.
    found.retain(|candidate| !is_holder(&candidate.name) && !is_no_name(&candidate.name));
    often(evidence, &mut found);
    pieces(&mut found);
    by_use(&evidence.index, &mut found);
    longer(&evidence.index, &mut found);
    found.truncate(MOST);
    found
}

/// Whether a name is that of a person behind a title: `Mayor Jane Roe`.
fn is_holder(name: &str) -> bool {
    let (title, person) = name.split_once(' ').unwrap_or(("", name));
    people::is_honorific(title) && people::is_person(person)
}

/// Whether words with capitals are no name: `We’ve`, a count of something (`Rund 740’000 Personen`), a time of the year
/// (`Mitte November`).
fn is_no_name(name: &str) -> bool {
    const SAID: &[&str] = &["'ve", "’ve", "'re", "’re", "'ll", "’ll", "I'm", "I’m"];
    const TIMES: &[&str] = &[
        "Early", "Mid", "Late", "Since", "Until", "Anfang", "Mitte", "Ende", "Seit", "Début",
        "Fin", "Inizio", "Fine",
    ];
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    let grouped = |word: &str| {
        let mut groups = word.split([',', '.', '\'', '’']);
        let leads = groups
            .next()
            .is_some_and(|group| (1..=3).contains(&group.len()) && is_figure(group));
        let mut rest = groups.peekable();
        leads && rest.peek().is_some() && rest.all(|group| group.len() == 3 && is_figure(group))
    };
    let month = || dates::month(last).is_some_and(|(_, len)| len == last.len());
    SAID.iter().any(|end| first.ends_with(end))
        || TIMES.contains(&first) && month()
        || name.split(' ').any(grouped)
}

fn is_figure(group: &str) -> bool {
    group.bytes().all(|b| b.is_ascii_digit())
}

/// Adds a vote for `name`.
fn add(found: &mut Vec<Candidate>, name: &str, place: usize, from: IssuerFrom) {
    let name = tidy(name);
    let last = text::last_piece(name);
    let whole = name.ends_with("Company.") || name.ends_with("Corporation.");
    let abbreviated =
        has_form(name) && !whole || last.len() <= 3 || last.trim_end_matches('.').contains('.');
    let name = if abbreviated {
        name
    } else {
        name.trim_end_matches('.')
    };
    let name = closed(name);
    let key = key(name);
    let letters = name
        .bytes()
        .filter(|b| b.is_ascii_alphabetic() || *b >= 128);
    // What Markdown leaves of a link, and an address.
    let linked = || text::find(name, "](").is_some() || text::find(name, "://").is_some();
    if key.len() < 2 || name.len() > 120 || letters.take(2).count() < 2 || linked() {
        return;
    }
    match found.iter_mut().find(|candidate| candidate.key == key) {
        Some(same) => {
            same.votes |= 1 << place;
            // The fuller of two forms that differ in marks or in the legal form.
            if name.len() > same.name.len() && !words::shouted(name) {
                name.clone_into(&mut same.name);
            }
        }
        None => found.push(Candidate {
            name: name.to_owned(),
            key,
            votes: 1 << place,
            from,
        }),
    }
}

/// A name without the bracket at its end that closes nothing in it.
fn closed(name: &str) -> &str {
    if name.contains('(') {
        return name;
    }
    name.trim_end_matches([')', '”', '"', '’', ','])
}

/// The legal forms that a house is known without.
const FORMS: &[&str] = &[
    "inc",
    "llc",
    "ltd",
    "corp",
    "corporation",
    "co",
    "plc",
    "company",
];

/// A name's letters and figures, without its article and its legal form.
fn key(name: &str) -> String {
    let mut key = words::folded(name);
    let last = text::last_piece(&key);
    if last.len() < key.len() && FORMS.contains(&last) {
        key.truncate(key.len() - last.len() - 1);
    }
    if key.starts_with("the ") {
        key.drain(.."the ".len());
    }
    key
}

/// What stands before the name of a house, and what kind of place that is.
const LEADS: &[(&str, Found)] = &[
    ("CEO of ", Found::Officer),
    ("Executive Officer of ", Found::Officer),
    ("Executive of ", Found::Officer),
    ("resident of ", Found::Officer),
    ("ounder of ", Found::Officer),
    ("Chairman of ", Found::Officer),
    ("owner of ", Found::Officer),
    ("Owner of ", Found::Officer),
    ("Director of the ", Found::Officer),
    ("spokesperson for ", Found::Officer),
    ("osted by ", Found::Host),
    ("rganized by ", Found::Host),
    ("resented by ", Found::Host),
    ("team at ", Found::Host),
    ("Host: ", Found::Host),
    ("owned by ", Found::Host),
    ("ivision of ", Found::Host),
    ("ubsidiary of ", Found::Host),
    ("appeared first on ", Found::Publisher),
    ("© 2", Found::Copyright),
    ("Copyright 2", Found::Copyright),
];

/// Finds all of them in one pass.
static FINDER: OnceLock<Option<AhoCorasick>> = OnceLock::new();

/// The names that sentences tell: an officer's house, a host, the owner of the rights.
fn told(evidence: &Evidence<'_>, found: &mut Vec<Candidate>) {
    let finder = FINDER.get_or_init(|| {
        // No lead holds another's beginning: the leftmost are all, and those are found sixteen bytes at a time.
        let leads = LEADS.iter().map(|lead| lead.0);
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .build(leads);
        finder.ok()
    });
    let Some(finder) = finder else { return };
    let text = evidence.index.text;
    for hit in finder.find_iter(text).take(24) {
        let place = LEADS[hit.pattern().as_usize()].1;
        let mut rest = names::head(&text[hit.end()..], 160);
        if place == Found::Copyright {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == ',');
        }
        let rest = rest.strip_prefix("the ").unwrap_or(rest);
        let line = rest.split('\n').next().unwrap_or(rest);
        let (name, from) = if place == Found::Publisher {
            (line.trim_end_matches('.'), IssuerFrom::Metadata)
        } else {
            (&line[..names::name_len(line)], IssuerFrom::Lede)
        };
        if words::count(name, 9) <= 8 {
            add(found, name, place as usize, from);
        }
    }
}

/// The runs of capitalised words in a line, each as long as it goes.
fn runs(line: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some((from, word)) = text::telling_piece(line, at).filter(|_| found.len() < 8) {
        at = from;
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let opens = bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || text::has_inner_capital(bare);
        if !opens || people::is_opener(tidy(bare)) {
            at += word.len() + 1;
            continue;
        }
        let start = at + (word.len() - bare.len());
        let len = names::name_len(&line[start..]).max(bare.len().min(line.len() - start));
        found.push(tidy(&line[start..start + len]));
        at = start + len;
        at += text::first_piece(&line[at..]).len() + 1;
    }
    found
}

/// Lines of the contact block that may name a house.
fn contact_lines(evidence: &Evidence<'_>, found: &mut Vec<Candidate>) {
    let kinds = evidence.zones.kinds.iter().zip(evidence.blocks);
    let blocks = kinds.filter(|(kind, _)| **kind == SectionKind::Contact);
    for (_, block) in blocks.take(12) {
        let inner = names::head(block.inner(evidence.text), 300);
        for line in inner.split(['\n', '|', ';', ',']).take(6) {
            let line = line.trim();
            let plain = !line.contains(['@', ':', '/']) && words::phone(line).is_none();
            if plain
                && (1..=6).contains(&words::count(line, 8))
                && names::name_len(line) == line.len()
            {
                add(
                    found,
                    line,
                    Found::ContactLine as usize,
                    IssuerFrom::Contact,
                );
            }
        }
    }
}

/// The names that the story's beginning prints again and again.
fn often(evidence: &Evidence<'_>, found: &mut Vec<Candidate>) {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    let kinds = evidence.zones.kinds.iter().zip(evidence.blocks);
    let story = kinds.filter(|(kind, _)| {
        matches!(
            kind,
            SectionKind::Headline | SectionKind::Lede | SectionKind::Body
        )
    });
    for (_, block) in story.take(12) {
        for name in runs(names::head(block.inner(evidence.text), 1200)) {
            if let Some(known) = counts.iter_mut().find(|(known, _)| *known == name) {
                known.1 += 1;
            } else if counts.len() < 60 {
                counts.push((name, 1));
            }
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (name, count) in counts.into_iter().take(3) {
        if count >= 3 {
            add(found, name, Found::Often as usize, IssuerFrom::Lede);
        }
    }
}

/// Pieces of the candidates: what stands before `and`, before a possessive, after a year.
fn pieces(found: &mut Vec<Candidate>) {
    let mut name = String::new();
    for index in 0..found.len() {
        let from = found[index].from;
        name.clone_from(&found[index].name);
        let owner = [
            "’s ", "'s ", "‘s ", " and ", " & ", " + ", ": ", " - ", " – ", "/",
        ]
        .iter()
        .filter_map(|joint| text::find(&name, joint))
        .min();
        if let Some(at) = owner.filter(|at| *at >= 3) {
            add(found, &name[..at], Found::Piece as usize, from);
        }
        let cut = [
            cuts::before_deed(&name),
            cuts::before_post(&name),
            cuts::behind_post(&name),
        ];
        for piece in cut.into_iter().flatten() {
            add(found, piece, Found::Piece as usize, from);
        }
        let dated = name
            .split_once(' ')
            .filter(|(year, _)| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
        if let Some((_, rest)) = dated {
            add(found, rest, Found::Piece as usize, from);
        }
    }
}

/// Beginnings and ends of the candidates that the text uses much oftener than the whole, and names of sites without
/// their ending.
fn by_use(index: &Index<'_>, found: &mut Vec<Candidate>) {
    let mut name = String::new();
    for number in 0..found.len().min(24) {
        let from = found[number].from;
        name.clone_from(&found[number].name);
        let site = [".com", ".io", ".org", ".net", ".ai", ".co"];
        if let Some(bare) = site.iter().find_map(|end| name.strip_suffix(end)) {
            add(found, bare, Found::Piece as usize, from);
        }
        if !name.as_bytes().contains(&b' ') {
            continue;
        }
        let blanks: Vec<usize> = name.match_indices(' ').map(|(at, _)| at).take(7).collect();
        let whole = index.count(&name, 20);
        let much = |piece: &str| piece.len() > 2 && index.count(piece, 20) >= whole + 2;
        let starts = blanks.iter().map(|at| &name[..*at]);
        let ends = blanks.iter().map(|at| &name[at + 1..]);
        let longest = starts.rev().find(|piece| much(piece));
        let latest = ends
            .clone()
            .find(|piece| piece.contains(' ') && much(piece));
        for piece in [longest, latest].into_iter().flatten() {
            let joins = |word: Option<&str>| {
                word.is_none_or(|word| word.starts_with(char::is_lowercase) || word == "&")
            };
            if !joins(piece.split(' ').next()) && !joins(piece.rsplit(' ').next()) {
                add(found, piece, Found::Piece as usize, from);
            }
        }
    }
}

/// Longer forms of the candidates that the text prints.
fn longer(index: &Index<'_>, found: &mut Vec<Candidate>) {
    let text = index.text;
    let mut name = String::new();
    for number in 0..found.len().min(16) {
        let from = found[number].from;
        name.clone_from(&found[number].name);
        if let Some(full) = spelt_out(text, &name) {
            add(found, full, Found::Longer as usize, from);
        }
        if name.len() < 4 {
            continue;
        }
        let mut known = 0;
        for at in index.places(&name).take(12) {
            let line = names::head(&text[at..], 120);
            let line = line.split('\n').next().unwrap_or(line);
            let len = names::name_len(line);
            let full = tidy(&line[..len]);
            let goes_on = full.len() > name.len() && full[name.len()..].starts_with([' ', ',']);
            if goes_on && words::count(full, 9) <= words::count(&name, 9) + 4 && known < 3 {
                known += 1;
                add(found, full, Found::Longer as usize, from);
            }
        }
    }
}

/// What initials stand for, where the text spells them out in brackets: `ATC (Acme Technologies Corp.)`.
fn spelt_out<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    if !(2..=8).contains(&name.len()) || !name.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let at = text.find(&format!("{name} ("))? + name.len() + 2;
    let inside = names::head(&text[at..], 120);
    let full = &inside[..inside.find(')')?];
    abouts::initials(full, name).then_some(full)
}

/// Whether a name ends with a legal form.
pub(super) fn has_form(name: &str) -> bool {
    let last = text::last_piece(name).trim_end_matches('.');
    matches!(
        last,
        "Inc"
            | "LLC"
            | "Ltd"
            | "Corp"
            | "Corporation"
            | "Co"
            | "PLC"
            | "plc"
            | "PLLC"
            | "LLP"
            | "Company"
            | "GmbH"
            | "AG"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_name_are_one_candidate() {
        assert_eq!(key("The Acme Company"), key("Acme"));
        assert_eq!(key("Acme, Inc."), key("ACME"));
        assert_ne!(key("Acme Pumps"), key("Acme"));
    }

    #[test]
    fn runs_go_as_far_as_their_capitals() {
        let found = runs("Today Harbour Pumps of Leeds and its partner Acme Inc. said so");
        assert_eq!(found, ["Harbour Pumps of Leeds", "Acme Inc."]);
    }

    #[test]
    fn brackets_spell_initials_out() {
        let text = "HPA (Harbour Pump Association) met. XYZ (a pump) did not.";
        assert_eq!(spelt_out(text, "HPA"), Some("Harbour Pump Association"));
        assert_eq!(spelt_out(text, "XYZ"), None);
    }

    #[test]
    fn candidates_break_into_pieces_and_grow() {
        let mut found = Vec::new();
        add(&mut found, "Acme’s Blue Pump", 6, IssuerFrom::Lede);
        add(&mut found, "2025 Harbour Show", 6, IssuerFrom::Lede);
        pieces(&mut found);
        longer(&Index::new("The Harbour Show Trust runs it."), &mut found);
        let names: Vec<&str> = found.iter().map(|found| found.name.as_str()).collect();
        for name in ["Acme", "Harbour Show", "Harbour Show Trust"] {
            assert!(names.contains(&name), "{name}: {names:?}");
        }
    }
}
