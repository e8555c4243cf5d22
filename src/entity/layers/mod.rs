//! What stands on top of the networks: patterns, lists of names, and the document as a whole. One pass cuts the text
//! into tokens; each rule reads the tokens once; then all finds are settled into the things that the release names.
//! Everything is linear in the length of the text. Furniture is neither recognised nor counted.

mod cues;
mod dates;
mod document;
mod figures;
mod find;
mod gazetteer;
mod laws;
mod marks;
mod money;
mod names;
mod organisations;
mod people;
mod percent;
mod places;
mod themes;
mod tickers;
mod token;
mod words;

use jiff::civil::Date;

use super::network::Sighting;
use super::{Entity, Kind, Layer, Mention, Recognition};
use crate::release::{Release, SectionKind};
use crate::text::{Extent, SafeText};
use document::{Finds, Thing};
use find::{Find, Rank};
use tickers::Listing;
use token::Page;

/// Joins the networks' sightings with patterns and lists, lets the document's own evidence overrule single sightings,
/// and resolves aliases.
#[must_use]
pub fn resolve(release: &Release, sightings: &[Sighting]) -> Recognition {
    let mut page = Page::new(&release.text, &zones(release));
    page.lost = lost_stops(release);
    let runs = names::runs(&page);
    let finds = gather(&page, &runs, release, sightings);
    let things = document::settle(&page, &finds);
    let themes = themes::find(&page, &named(&page, &things));
    let mut entities = entities(&page, &things);
    tie(&page, &finds.listings, &mut entities);
    Recognition { entities, themes }
}

/// The blanks where a stop was lost, in order: in a text that has next to no commas and had two blanks in many places,
/// those. Repair made them one and keeps what stood there.
fn lost_stops(release: &Release) -> Vec<usize> {
    const FEW: usize = 12;
    let wide = release.repairs.iter().filter(|repair| {
        let blank = |text: &str| text.bytes().all(|b| b == b' ');
        repair.after == " " && repair.before.len() > 1 && blank(&repair.before)
    });
    let places: Vec<usize> = wide.map(|repair| repair.extent.start).collect();
    let commas = memchr::memmem::find_iter(release.text.as_bytes(), ", ");
    let stripped = places.len() >= FEW && commas.take(places.len()).count() * FEW < places.len();
    if stripped { places } else { Vec::new() }
}

/// What is read of a release: its text without its furniture.
#[must_use]
pub fn zones(release: &Release) -> Vec<Extent> {
    let mut zones = Vec::new();
    let mut at = 0;
    for section in &release.sections {
        if section.kind == SectionKind::Furniture {
            if at < section.extent.start {
                zones.push(Extent::new(at, section.extent.start));
            }
            at = at.max(section.extent.end);
        }
    }
    if at < release.text.len() {
        zones.push(Extent::new(at, release.text.len()));
    }
    zones
}

/// Lets every rule find what it finds.
fn gather(
    page: &Page<'_>,
    runs: &[names::Run],
    release: &Release,
    sightings: &[Sighting],
) -> Finds {
    let mut figures = Vec::new();
    money::find(page, &mut figures);
    percent::find(page, &mut figures);
    let listings = tickers::find(page, &mut figures);
    dates::find(page, day(release), &mut figures);
    let mut names = Vec::new();
    let (exchanges, figures): (Vec<Find>, Vec<Find>) =
        figures.into_iter().partition(|find| find.kind == Kind::Org);
    names.extend(exchanges);
    places::dateline(page, release, &mut names);
    places::find(page, runs, &mut names);
    organisations::find(page, runs, &listings, &mut names);
    if let Some(issuer) = &release.issuer {
        organisations::issuer(page, issuer, &mut names);
    }
    people::find(page, runs, release, &mut names);
    marks::find(page, runs, &mut names);
    laws::find(page, runs, &mut names);
    let seen = sightings
        .iter()
        .flat_map(|sighting| {
            people::apart(&release.text, &page.lost, sighting.extent, sighting.kind)
                .into_iter()
                .map(move |extent| {
                    let mut find = Find::new(extent, sighting.kind, Layer::Network, Rank::Seen)
                        .scored(sighting.score);
                    find.rival = sighting.rival;
                    find
                })
        })
        .collect();
    let issuer = release.issuer.as_ref().map(|issuer| issuer.to_lowercase());
    Finds {
        figures,
        names,
        seen,
        listings,
        issuer,
    }
}

/// The day that the release gives as its own: its dateline's, else its publication's.
fn day(release: &Release) -> Option<Date> {
    let printed = release
        .dateline
        .as_ref()
        .and_then(|dateline| dateline.date.as_deref());
    let published = release.published.as_deref();
    printed
        .into_iter()
        .chain(published)
        .find_map(|date| date.get(..10)?.parse().ok())
}

/// Which tokens belong to a thing.
fn named(page: &Page<'_>, things: &[Thing]) -> Vec<bool> {
    let mut named = vec![false; page.len()];
    for span in things.iter().flat_map(|thing| &thing.mentions) {
        named[span.first..=span.last].fill(true);
    }
    named
}

/// Ties each symbol to the company named before it.
fn tie(page: &Page<'_>, listings: &[Listing], entities: &mut [Entity]) {
    for listing in listings {
        let Some(company) = listing.company else {
            continue;
        };
        let at = page.token(company).start;
        let covers = |mention: &Mention| mention.extent.contains(at) || mention.extent.end == at;
        let owner = entities
            .iter()
            .find(|entity| entity.kind == Kind::Org && entity.mentions.iter().any(covers))
            .map(|entity| entity.id);
        let symbol = entities.iter_mut().find(|entity| {
            entity.kind == Kind::Ticker
                && entity
                    .mentions
                    .iter()
                    .any(|mention| mention.extent.start == listing.symbol)
        });
        if let Some(symbol) = symbol {
            symbol.of = symbol.of.or(owner);
        }
    }
}

/// The things, written out.
fn entities(page: &Page<'_>, things: &[Thing]) -> Vec<Entity> {
    let shown = things
        .iter()
        .filter(|thing| !matches!(thing.kind, Kind::Cardinal | Kind::Ordinal));
    shown
        .enumerate()
        .map(|(id, thing)| entity(page, thing, id as u32))
        .collect()
}

/// The name by which everybody knows a place or union: that of `U.S.` is United States in every release.
fn standard(page: &Page<'_>, kind: Kind, span: &document::Span) -> Option<&'static str> {
    if !matches!(kind, Kind::Gpe | Kind::Loc | Kind::Org) {
        return None;
    }
    let key: Vec<&str> = (span.first..=span.last).map(|at| page.low(at)).collect();
    gazetteer::standard_of_all(&key, kind)
}

fn entity(page: &Page<'_>, thing: &Thing, id: u32) -> Entity {
    let printed = |at: usize| {
        let span = &thing.mentions[at];
        page.extent(span.first, span.last).of(page.text)
    };
    let wording = |at: usize| SafeText::clean_line(printed(at));
    let fullest = &thing.mentions[thing.fullest];
    let name = match standard(page, thing.kind, fullest) {
        Some(name) => SafeText::clean_line(name),
        None => match places::spoken(page, thing.kind, fullest.first, fullest.last) {
            Some(name) => SafeText::clean_line(&name),
            None => wording(thing.fullest),
        },
    };
    let mut aliases: Vec<SafeText> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for at in 0..thing.mentions.len() {
        // Most mentions are printed as one before them.
        let printed = printed(at);
        if seen.contains(&printed) {
            continue;
        }
        seen.push(printed);
        let alias = wording(at);
        if alias != name && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    let mentions = thing
        .mentions
        .iter()
        .map(|span| Mention {
            extent: page.extent(span.first, span.last),
            from: span.from,
            score: span.score,
        })
        .collect();
    Entity {
        id,
        name,
        kind: thing.kind,
        aliases,
        value: thing.value.clone(),
        of: None,
        mentions,
    }
}
