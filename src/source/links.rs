//! What a page links to: its feeds, and the releases that it lists. A link looks like a release where it stays on the
//! host, leads below or beside the page, and reads like a headline. Nothing is fetched here.

use std::collections::HashSet;

use url::Url;

use super::html::{Head, flow};
use crate::release::{Format, Incoming, MarkupKind};

/// Most releases that one page can list.
const LISTED: usize = 200;

/// The feeds that a page names, with the names it gives them; those of what its readers say come last.
#[must_use]
pub fn feeds(html: &str, address: &Url) -> Vec<(Url, Option<String>)> {
    let head = Head::read(html);
    let base = head
        .base_address(Some(address))
        .unwrap_or_else(|| address.clone());
    let found = head.feeds.into_iter().filter_map(|link| {
        let address = base.join(&link.href).ok()?;
        matches!(address.scheme(), "http" | "https").then_some((address, link.title))
    });
    let mut found: Vec<(Url, Option<String>)> = found.collect();
    found.sort_by_key(|(address, title)| {
        let title = title.as_deref().unwrap_or_default();
        let of_readers = |text: &str| text.to_ascii_lowercase().contains("comment");
        of_readers(title) || of_readers(address.path())
    });
    found
}

/// The page's name, and the releases it links to, in its order. Their text is the headline: a teaser.
#[must_use]
pub fn releases(html: &str, address: &Url) -> (Option<String>, Vec<Incoming>) {
    let head = Head::read(html);
    let base = head
        .base_address(Some(address))
        .unwrap_or_else(|| address.clone());
    let flowed = flow(html, Some(&base));
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for mark in &flowed.markup {
        let MarkupKind::Link(target) = &mark.kind else {
            continue;
        };
        let words = one_line(mark.extent.of(&flowed.text));
        let Ok(mut target) = Url::parse(target) else {
            continue;
        };
        target.set_fragment(None);
        if !looks_like_release(&words, &target, address) || !seen.insert(target.clone()) {
            continue;
        }
        found.push(Incoming {
            guid: Some(target.to_string()),
            url: Some(target.into()),
            headline: Some(words.clone()),
            source: head.site().or_else(|| head.title.clone()),
            language: head.language(),
            text: words,
            format: Format::Html,
            ..Incoming::default()
        });
        if found.len() == LISTED {
            break;
        }
    }
    (head.site().or(head.title), found)
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.trim_start_matches("• ").split_whitespace().collect();
    words.join(" ")
}

fn looks_like_release(words: &str, target: &Url, page: &Url) -> bool {
    const WORDS: usize = 5;
    const CHARS: usize = 28;
    let web = matches!(target.scheme(), "http" | "https");
    let headline = words.split(' ').count() >= WORDS || unspaced(words);
    let same_host = target.host_str().map(bare) == page.host_str().map(bare);
    let elsewhere = target.path() != page.path() && target.path().len() > 1;
    let slug = target
        .path()
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let telling = slug.matches(['-', '_']).count() >= 2
        || slug.bytes().any(|b| b.is_ascii_digit())
        || target.query().is_some();
    web && same_host && elsewhere && headline && words.len() >= CHARS && telling
}

/// Scripts without spaces have headlines of one word.
fn unspaced(words: &str) -> bool {
    words
        .chars()
        .filter(|c| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}'))
        .count()
        >= 8
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><title>News</title><base href='/press/'>\
        <link rel='alternate' type='application/rss+xml' href='/comments/feed' title='Comments'>\
        <link rel='alternate' type='application/atom+xml' href='feed.atom' title='All'>\
        <link rel='alternate' type='application/rss+xml' href='javascript:x'></head>\
        <nav><a href='/about'>About Acme and all of its many brands</a><a href='#x'>Skip to the content of this page</a></nav>\
        <ul><li><a href='2026/acme-opens-plant-in-leeds'>Acme opens its third plant in Leeds, hires 400</a>\
        <li><a href='2026/acme-opens-plant-in-leeds#more'>Acme opens its third plant in Leeds, hires 400</a>\
        <li><a href='https://elsewhere.example/a-b-c'>Somebody else has something to say about this</a>\
        <li><a href='2026/q3-results'>Results</a></ul>";

    #[test]
    fn feeds_are_made_absolute_and_must_be_of_the_web() {
        let address = Url::parse("https://acme.example/news/index.html").expect("an address");
        let found = feeds(PAGE, &address);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].0.as_str(), "https://acme.example/press/feed.atom");
        assert_eq!(found[0].1.as_deref(), Some("All"));
    }

    #[test]
    fn a_page_lists_its_releases_once_and_nothing_else() {
        let address = Url::parse("https://www.acme.example/news/").expect("an address");
        let (title, found) = releases(PAGE, &address);
        assert_eq!(title.as_deref(), Some("News"));
        let addresses: Vec<_> = found.iter().filter_map(|r| r.url.as_deref()).collect();
        assert_eq!(
            addresses,
            ["https://www.acme.example/press/2026/acme-opens-plant-in-leeds"]
        );
    }
}
