//! The release in a web page: the article without what surrounds it, and what the page says about it. The article is
//! found by dom_smoothie, a port of the reader view that browsers have; where it finds none, or the page nests too
//! deeply for a tree, the whole page is the text. Nothing is fetched.

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
    incoming(&head, title(&head, found), flowed, address)
}

/// The title that the extractor found, without the site's name where the page's own heading shows which part that is.
fn title<'a>(head: &'a Head, found: &'a str) -> &'a str {
    const WORDS: usize = 4;
    let heading = head.h1.as_deref().unwrap_or_default();
    let telling = head.h1s == 1 && heading.split(' ').count() >= WORDS;
    let part = found.starts_with(heading) || found.ends_with(heading);
    match () {
        () if telling && part => heading,
        () if says_nothing(found) => heading,
        () => found,
    }
}

/// Whether a title is one that programs give: then the text's own headline is better.
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
        "news",
        "default",
    ];
    let lower = title.to_lowercase();
    let file = [".htm", ".html", ".doc", ".docx", ".pdf", ".txt"]
        .iter()
        .any(|end| lower.ends_with(end));
    GIVEN.contains(&lower.as_str()) || file
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
    }
}
