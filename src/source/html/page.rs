//! The release in a web page: the article without what surrounds it, and what the page says about it. The article is
//! found by dom_smoothie, a port of the reader view that browsers have; where it finds none, or the page nests too
//! deeply for a tree, the whole page is the text. Nothing is fetched.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_smoothie::{Article, Config, Readability};
use url::Url;

use super::defuse::defuse;
use super::flow::{Flowed, cut, flow};
use super::guard;
use super::head::Head;
use crate::release::{Format, Incoming};
use crate::source::limits;

/// The release in the page `html`, which was read from `address`.
#[must_use]
pub fn page(html: &str, address: Option<&Url>) -> Incoming {
    let html = defuse(html);
    let head = Head::read(&html);
    let base = head.base_address(address).or_else(|| head.address(address));
    let article = article(&html);
    let flowed = article
        .as_ref()
        .map(|a| flow(&a.content, base.as_ref()))
        .filter(|f| !f.text.trim().is_empty())
        .unwrap_or_else(|| flow(&html, base.as_ref()));
    let found = article.as_ref().map(|a| a.title.trim()).unwrap_or_default();
    incoming(&head, &title(&head, found), flowed, address)
}

/// The title that the extractor found, without the site's name where the page's own heading shows which part that is.
fn title<'a>(head: &'a Head, found: &'a str) -> Cow<'a, str> {
    const WORDS: usize = 4;
    let words = |heading: &str| heading.split(' ').count();
    let whole = without_hyphens(found);
    let part = head.h1s.iter().map(|heading| without_hyphens(heading));
    let mut part = part
        .filter(|heading| words(heading) >= WORDS)
        .filter(|heading| whole.starts_with(&**heading) || whole.ends_with(&**heading));
    if let Some(heading) = part.next() {
        return heading;
    }
    if says_nothing(found) {
        // One word is the site's name.
        let mut telling = head.h1s.iter();
        let telling = telling.find(|heading| words(heading) > 1 && !says_nothing(heading));
        return Cow::Borrowed(telling.map_or("", String::as_str));
    }
    Cow::Borrowed(found)
}

/// A title without the marks of where its words may be broken, which the title and the heading of a page need not
/// share.
fn without_hyphens(title: &str) -> Cow<'_, str> {
    if title.contains('\u{AD}') {
        Cow::Owned(title.replace('\u{AD}', ""))
    } else {
        Cow::Borrowed(title)
    }
}

/// Whether a title is one that programs give, or the name of the part of a site where releases stand: then the text's
/// own headline is better.
fn says_nothing(title: &str) -> bool {
    const GIVEN: &[&str] = &[
        "document",
        "untitled",
        "untitled document",
        "home",
        "index",
        "new page",
        "press release",
        "news release",
        "media release",
        "news",
        "newsroom",
        "press",
        "media",
        "default",
        "presse",
        "aktuelles",
        "pressemitteilung",
        "pressemeldung",
        "medienmitteilung",
        "presseinformation",
        "communiqué de presse",
        "actualités",
        "comunicado de prensa",
        "nota de prensa",
        "noticias",
        "comunicato stampa",
        "persbericht",
        "nieuws",
        "pressmeddelande",
        "pressemelding",
        "pressemeddelelse",
    ];
    // `Pressemeldungen des Verbands`: a part of a site, whoever's.
    const PARTS: &[&str] = &[
        "press releases",
        "news releases",
        "media releases",
        "latest news",
        "pressemitteilungen",
        "pressemeldungen",
        "medienmitteilungen",
        "presseinformationen",
        "communiqués de presse",
        "comunicados de prensa",
        "notas de prensa",
        "comunicati stampa",
        "persberichten",
        "pressmeddelanden",
        "pressemeldinger",
        "pressemeddelelser",
    ];
    const OF: &[&str] = &[
        "of", "from", "by", "des", "der", "von", "du", "de", "del", "di", "van", "från", "fra",
    ];
    let lower = title.to_lowercase();
    let file = [".htm", ".html", ".doc", ".docx", ".pdf", ".txt"]
        .iter()
        .any(|end| lower.ends_with(end));
    let part = PARTS.iter().any(|part| {
        let rest = lower.strip_prefix(part);
        rest.is_some_and(|rest| {
            let word = rest.split_whitespace().next().unwrap_or_default();
            rest.is_empty()
                || rest.starts_with(' ') && (OF.contains(&word) || word.parse::<u16>().is_ok())
        })
    });
    GIVEN.contains(&lower.as_str()) || file || part
}

fn incoming(head: &Head, title: &str, flowed: Flowed, address: Option<&Url>) -> Incoming {
    let mut title = Some(title.to_owned())
        .filter(|t| !t.is_empty())
        .or_else(|| head.card_title())
        .or_else(|| head.title.clone())
        .filter(|t| !says_nothing(t));
    if let Some(title) = &mut title {
        cut(title, limits::HEADLINE);
    }
    Incoming {
        url: head.address(address).map(String::from),
        headline: title,
        published: head.published(),
        issuer: head.issuer(),
        source: head.site(),
        language: head.language(),
        text: flowed.text,
        markup: flowed.markup,
        format: Format::Html,
        ..Incoming::default()
    }
}

/// The article of a page. The extractor is given what a reader could have written by hand; should it still fail on a
/// page, that page is read as a whole.
fn article(html: &str) -> Option<Article> {
    let document = guard::parse(html)?;
    let found = catch_unwind(AssertUnwindSafe(|| {
        let mut readability = Readability::with_document(document, None, Some(Config::default()));
        readability.as_mut().ok().and_then(|r| r.parse().ok())
    }));
    found.ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_a_program_gave_is_none() {
        let of = |title: &str, heading: &str| {
            let html = format!(
                "<title>{title}</title><h1>{heading}</h1><p>Acme opened a plant in Leeds today."
            );
            page(&html, None).headline
        };
        assert_eq!(of("Document", ""), None);
        assert_eq!(of("ex991.htm", "").as_deref(), None);
        assert_eq!(of("Document", "Acme opens").as_deref(), Some("Acme opens"));
        assert_eq!(
            of(
                "Acme opens a plant in Leeds | Acme",
                "Acme opens a plant in Leeds"
            )
            .as_deref(),
            Some("Acme opens a plant in Leeds")
        );
        assert_eq!(
            of("Acme opens a plant", "Newsroom").as_deref(),
            Some("Acme opens a plant")
        );
        // The name of the part of the site, or of the site alone, is no headline.
        let heading = "Verband wählt eine neue Leitung";
        for title in [
            "Pressemeldungen des Verbands",
            "Pressemitteilungen 2022",
            "Newsroom",
        ] {
            assert_eq!(of(title, heading).as_deref(), Some(heading), "{title}");
        }
        assert_eq!(of("acme-2004.html", "Acme"), None);
        let long = "Press releases no longer work, says Acme";
        assert_eq!(of(long, "Acme").as_deref(), Some(long));
    }

    #[test]
    fn the_heading_that_the_title_repeats_is_the_headline() {
        let html = "<title>BSA - Liste 2022 - Messengerdienste sind kein rechtsfreier Raum</title>\
                    <h1>Amt für Alles</h1>\
                    <h1>Mes\u{AD}sen\u{AD}ger\u{AD}diens\u{AD}te sind kein rechts\u{AD}frei\u{AD}er Raum</h1>\
                    <p>Das Amt hat heute davor gewarnt.";
        let headline = page(html, None).headline;
        assert_eq!(
            headline.as_deref(),
            Some("Messengerdienste sind kein rechtsfreier Raum")
        );
    }
}
