//! Who puts a release out, in the document's own words: the source line, the boilerplate, the subject of the lede,
//! the contact block, the site a page belongs to. Where boilerplate and lede name the same body, the fuller name is
//! taken. It refuses to guess a name that stands nowhere; the one it makes is that of an office (`Office of U.S.
//! Senator …`), for members of a parliament sign with their own name only.

mod abouts;
mod addresses;
mod ballot;
mod bodies;
mod candidates;
mod closings;
mod cuts;
mod disclosure;
mod features;
mod forms;
mod index;
mod names;
mod uses;
mod weights;
mod witnesses;

use bodies::organisation;
pub(in crate::release::anatomy) use index::Index;
use uses::{common, speaks};

use super::blocks::Block;
use super::head::Head;
use super::zones::Zones;
use super::{above, dateline, dates, labels, office, people, quotes, wires, words};
use crate::release::{Incoming, IssuerFrom, SectionKind};

/// What the search reads.
pub(super) struct Evidence<'t> {
    pub text: &'t str,
    /// Where the words of `text` begin.
    pub index: Index<'t>,
    pub blocks: &'t [Block],
    pub zones: &'t Zones,
    pub head: &'t Head,
    pub dateline: Option<&'t dateline::Read>,
    pub incoming: &'t Incoming,
    pub contact: Option<&'t str>,
    /// Whether the text is in English.
    pub english: bool,
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
    headline: String,
    /// The hosts that stand anywhere in the text, and those of the contact block.
    sites: Vec<String>,
    hosts: Vec<String>,
}

/// The issuer and where it was read first: the name for which most speaks.
pub(super) fn find(evidence: &Evidence<'_>) -> Option<(String, IssuerFrom)> {
    let facts = facts(evidence);
    let chosen = ballot::choose(evidence, &facts);
    // The ballot learnt what a lede looks like from English ones. Elsewhere a page's own word goes before such a guess.
    let told = matches!(chosen, Some((_, from)) if from != IssuerFrom::Lede);
    if !told
        && !evidence.english
        && let Some(site) = site(evidence, &facts)
    {
        return Some((site.to_owned(), IssuerFrom::Metadata));
    }
    let (name, from) = chosen?;
    Some((forms::finished(evidence.text, name), from))
}

/// What the page calls its site, where the text prints that name too, and it is no wire's and no headline.
fn site<'t>(evidence: &Evidence<'t>, facts: &Facts<'_>) -> Option<&'t str> {
    let site = evidence.incoming.source.as_deref()?.trim();
    let address = site.contains('.') && !site.contains(' ');
    let named = (2..=80).contains(&site.len()) && site.starts_with(char::is_uppercase) && !address;
    let own = wires::known(site).is_none() && words::folded(site) != words::folded(&facts.headline);
    (named && own && evidence.index.count(site, 1) > 0).then_some(site)
}

/// What speaks for each name that may be the issuer’s.
pub(super) fn rows(evidence: &Evidence<'_>) -> Vec<(String, Vec<f32>)> {
    let facts = facts(evidence);
    let rows = ballot::rows(evidence, &facts).into_iter();
    rows.map(|(name, row)| (name, row.to_vec())).collect()
}

/// What several witnesses read.
fn facts<'t>(evidence: &Evidence<'t>) -> Facts<'t> {
    let lede = lede_text(evidence).unwrap_or("");
    let subject = names::subject(lede)
        .and_then(|name| name.split("](").next())
        .filter(|name| !common(&evidence.index, name))
        .map(|name| first_of_two(&evidence.index, name).to_owned());
    let abouts = abouts::boilerplates(evidence);
    let hosts = addresses::hosts(evidence);
    Facts {
        about: abouts::find(evidence, &abouts, &hosts, subject.as_deref(), lede),
        hosts,
        abouts,
        headline: abouts::headline(evidence),
        sites: addresses::sites(evidence.index.text),
        lede,
        subject,
    }
}

/// The first of two names that `and` joins, where the text uses it alone too.
fn first_of_two<'t>(index: &Index<'_>, name: &'t str) -> &'t str {
    let Some((first, second)) = name.split_once(" and ") else {
        return name;
    };
    let both = first.contains(' ') && second.starts_with(char::is_uppercase);
    if both && index.places(first).take(3).count() >= 2 {
        first
    } else {
        name
    }
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

#[cfg(test)]
mod tests {
    use crate::release::{Incoming, understand};

    /// The issuer of a page in German on a site of this name.
    fn issuer(site: &str) -> Option<String> {
        let text = "Impforte werden geschlossen\n\nRund 740’000 Personen im Kanton Muster sind geimpft. Die Direktion geht davon \
                    aus, dass viele von ihnen die Gelegenheit genutzt haben, und schliesst Mitte November drei Orte.\n\nDer \
                    Kanton wird die anderen Orte auch in Zukunft weiter betreiben, sagte die Direktion am Montag.\n";
        let incoming = Incoming {
            text: text.to_owned(),
            source: Some(site.to_owned()),
            ..Incoming::default()
        };
        let release = understand(&incoming, &[]);
        release.issuer.map(|name| name.to_string())
    }

    #[test]
    fn a_sites_own_name_goes_before_a_guess_where_the_text_prints_it() {
        assert_eq!(issuer("Kanton Muster").as_deref(), Some("Kanton Muster"));
        for site in [
            "Impforte werden geschlossen",
            "www.muster.example",
            "Amt für Alles",
        ] {
            let found = issuer(site);
            assert!(found.as_deref() != Some(site), "{site}");
            // A count of people is no name.
            assert!(found.is_none_or(|name| !name.contains("740")), "{site}");
        }
    }
}
