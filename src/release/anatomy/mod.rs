//! The parts of a release. [`dissect`] cuts the text into blocks, reads the head, walks down the blocks, and then asks
//! small questions of what it found: who issues it, whom to call, who is quoted. Every step is linear in the text.
//! It refuses to invent: what the text does not say stays empty.

mod about;
mod above;
mod blocks;
mod contacts;
mod dateline;
mod dates;
mod embargo;
mod foot;
mod head;
mod issuer;
mod labels;
mod office;
mod people;
mod places;
mod quotes;
mod stamps;
mod standing;
mod subhead;
mod title;
mod wires;
mod words;
mod zones;

use blocks::Block;
use head::Head;

use super::{HeadlineFrom, Incoming, Release, Repaired, SectionKind};
use crate::text::{Extent, SafeText};

pub(super) use quotes::quoted;

/// Finds the parts of a repaired text. `incoming` gives what the source said apart from the text.
pub(super) fn dissect(incoming: &Incoming, repaired: Repaired) -> Release {
    let text: &str = &repaired.text;
    let blocks = blocks::blocks(text, &repaired.markup, &repaired.repairs);
    let dateline = dateline::find(text, &blocks, 0);
    let head = head::read(
        text,
        &blocks,
        dateline.as_ref(),
        incoming.headline.as_deref(),
    );
    let zones = zones::walk(text, &blocks, &head, dateline.as_ref());
    let sections = zones::sections(text, &blocks, &zones, &head, dateline.as_ref());
    let contacts = contacts::read(text, &blocks, &zones.kinds);
    let url = incoming
        .url
        .as_deref()
        .or_else(|| title::canonical_url(text, &blocks, &zones.kinds));
    let (headline, headline_from) = headline(text, &blocks, &head, &zones, incoming, url);
    let year = incoming
        .published
        .as_deref()
        .and_then(|published| published.get(..4))
        .and_then(|year| year.parse().ok());
    let shape = dateline.as_ref().map(|read| read.shape(text, year));
    let own_date = shape
        .as_ref()
        .and_then(|shape| shape.date.as_deref())
        .map(str::to_owned);
    let fallback = own_date
        .as_deref()
        .or(incoming.published.as_deref())
        .and_then(|date| date.get(..10))
        .and_then(|date| date.parse().ok());
    let language = language(incoming, text);
    let issuer = issuer::find(&issuer::Evidence {
        text,
        index: issuer::Index::new(text),
        blocks: &blocks,
        zones: &zones,
        head: &head,
        dateline: dateline.as_ref(),
        incoming,
        contact: contacts::organisation(&contacts),
        english: is_english(language.as_deref()),
    });
    let line = |value: &str| SafeText::clean_line(value);
    Release {
        path: incoming.path.as_deref().map(line),
        url: url.map(line),
        language,
        standing: standing::find(text, &blocks, head.body, headline.as_deref()),
        embargo: embargo::find(text, &blocks, head.body, fallback),
        headline: headline.as_deref().map(line),
        headline_from,
        subhead: head
            .deck
            .map(|part| line(joined(text, &blocks, part).as_str())),
        published: published(own_date.as_deref(), incoming.published.as_deref()).map(line),
        dateline: shape.map(|mut shape| {
            shape.wire = shape.wire.or_else(|| incoming.wire.as_deref().map(line));
            shape
        }),
        release_line: head
            .release_line
            .map(|index| line(blocks[index].inner(text))),
        issuer_from: issuer.as_ref().map(|(_, from)| *from),
        issuer: issuer.map(|(name, _)| line(&name)),
        contacts,
        quotes: quotes::find(text, &blocks, &zones.kinds),
        sections,
        text: repaired.text.clone(),
        repairs: repaired.repairs,
        labels: incoming.labels.clone(),
    }
}

/// What speaks for each name that may be the issuer's.
pub(super) fn issuer_rows(incoming: &Incoming, repaired: &Repaired) -> Vec<(String, Vec<f32>)> {
    let text: &str = &repaired.text;
    let blocks = blocks::blocks(text, &repaired.markup, &repaired.repairs);
    let dateline = dateline::find(text, &blocks, 0);
    let given = incoming.headline.as_deref();
    let head = head::read(text, &blocks, dateline.as_ref(), given);
    let zones = zones::walk(text, &blocks, &head, dateline.as_ref());
    let contacts = contacts::read(text, &blocks, &zones.kinds);
    issuer::rows(&issuer::Evidence {
        text,
        index: issuer::Index::new(text),
        blocks: &blocks,
        zones: &zones,
        head: &head,
        dateline: dateline.as_ref(),
        incoming,
        contact: contacts::organisation(&contacts),
        english: is_english(language(incoming, text).as_deref()),
    })
}

/// The words of a run of blocks, on one line.
fn joined(text: &str, blocks: &[Block], (first, end): (usize, usize)) -> String {
    let lines: Vec<&str> = blocks[first..end]
        .iter()
        .map(|block| block.inner(text))
        .collect();
    lines.join(" ")
}

/// The headline and where it was taken from.
fn headline(
    text: &str,
    blocks: &[Block],
    head: &Head,
    zones: &zones::Zones,
    incoming: &Incoming,
    url: Option<&str>,
) -> (Option<String>, Option<HeadlineFrom>) {
    // A feed's title and a page's heading are the headline, whatever the text opens with.
    let given = incoming
        .headline
        .as_deref()
        .filter(|given| !given.trim().is_empty());
    let printed = || {
        let part = head.headline?;
        // The page's title: the site's name behind it is not the headline's.
        let title = head
            .site
            .filter(|site| blocks[part.0].inner.contains(site.start));
        let words = match title {
            Some(site) => {
                let title = &text[blocks[part.0].inner.start..site.start];
                let end = title.trim_end().rfind(' ').unwrap_or(title.len());
                title[..end].trim_end().to_owned()
            }
            None => joined(text, blocks, part),
        };
        Some(without_label(&words).to_owned())
    };
    if let Some(headline) = given.map(str::to_owned).or_else(printed) {
        return (Some(headline), Some(HeadlineFrom::Document));
    }
    if let Some(words) = url.and_then(title::headline_from) {
        return (Some(title::cased(&words, text)), Some(HeadlineFrom::Url));
    }
    let lede = zones
        .kinds
        .iter()
        .position(|kind| *kind == SectionKind::Lede)
        .map(|index| blocks[index].inner);
    let start = |extent: Extent| {
        dateline::find(text, blocks, 0)
            .filter(|read| extent.contains(read.extent.start))
            .map_or(extent, |read| {
                Extent::new(read.extent.end.min(extent.end), extent.end)
            })
    };
    match lede
        .map(start)
        .and_then(|lede| title::from_lede(text, lede))
    {
        Some(words) => (Some(words), Some(HeadlineFrom::Lede)),
        None => (None, None),
    }
}

/// A headline without what only labels it: `Media Release: …`, `2024-02-17 Press Release: …`, the mark of a breadcrumb.
fn without_label(headline: &str) -> &str {
    let labels = [
        "Press Release:",
        "News Release:",
        "Media Release:",
        "PRESS RELEASE:",
        "NEWS RELEASE:",
        "MEDIA RELEASE:",
        "Pressemitteilung:",
    ];
    let headline = headline.trim_start_matches(['/', '|', '»', '›', '>', ' ']);
    let dated =
        dates::at_start(headline).map_or(headline, |date| headline[date.len..].trim_start());
    labels
        .iter()
        .find_map(|label| dated.strip_prefix(label))
        .map_or(headline, str::trim_start)
}

/// When it was published: the document's own day; the source's time of day where that is the same day.
fn published<'t>(own: Option<&'t str>, source: Option<&'t str>) -> Option<&'t str> {
    match (own, source) {
        (Some(own), Some(source)) if source.starts_with(own) => Some(source),
        (Some(own), _) => Some(own),
        (None, source) => source,
    }
}

/// Whether a language is English, or unknown.
fn is_english(language: Option<&str>) -> bool {
    language.is_none_or(|code| code.starts_with("en"))
}

/// The language: what the source says, else what the text reads like.
fn language(incoming: &Incoming, text: &str) -> Option<SafeText> {
    if let Some(said) = incoming
        .language
        .as_deref()
        .filter(|said| !said.trim().is_empty())
    {
        return Some(SafeText::clean_line(said));
    }
    let mut from = text.len().min(200);
    let mut end = text.len().min(2200);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = if text.len() > 600 {
        &text[from..end]
    } else {
        text
    };
    if crate::text::reads_as_english(sample) || super::repair::has_english_words(sample) {
        return Some(SafeText::clean_line("en"));
    }
    let found = whatlang::detect(sample)?;
    let code = match found.lang() {
        whatlang::Lang::Eng => "en",
        whatlang::Lang::Deu => "de",
        whatlang::Lang::Fra => "fr",
        whatlang::Lang::Spa => "es",
        whatlang::Lang::Por => "pt",
        whatlang::Lang::Ita => "it",
        whatlang::Lang::Nld => "nl",
        whatlang::Lang::Cmn => "zh",
        whatlang::Lang::Jpn => "ja",
        whatlang::Lang::Kor => "ko",
        whatlang::Lang::Rus => "ru",
        whatlang::Lang::Pol => "pl",
        whatlang::Lang::Swe => "sv",
        whatlang::Lang::Dan => "da",
        whatlang::Lang::Nob => "nb",
        whatlang::Lang::Fin => "fi",
        whatlang::Lang::Tur => "tr",
        whatlang::Lang::Ara => "ar",
        whatlang::Lang::Vie => "vi",
        other => other.code(),
    };
    found.is_reliable().then(|| SafeText::clean_line(code))
}
