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
    if telling && part { heading } else { found }
}

fn incoming(head: &Head, title: &str, flowed: Flowed, address: Option<&Url>) -> Incoming {
    let mut title = Some(title.to_owned())
        .filter(|t| !t.is_empty())
        .or_else(|| head.card_title())
        .or_else(|| head.title.clone());
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
