//! Feeds in: RSS of every version, Atom of every version, RDF, and what calls itself so. Every entry becomes a release;
//! an entry without a title, an address or a date is one all the same. It refuses what has no entries and is no feed.

mod construct;
mod entry;
mod tree;

use std::ops::ControlFlow;

use url::Url;

use super::file::Place;
use super::{Read, Sink, decode, html, limits};
use crate::release::Incoming;
use entry::About;
use tree::{Element, Space, Tree};

/// A feed as it was read.
#[derive(Debug, Default)]
pub struct Feed {
    /// Its name.
    pub title: Option<String>,
    /// Its entries, in its order, up to the limit.
    pub entries: Vec<Incoming>,
    /// It has more entries than those.
    pub more: bool,
    /// It is not well formed: what could be read of it is here.
    pub faulty: bool,
}

impl Feed {
    /// What is to be said of it beside what is in it.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        if self.more {
            let read = limits::ENTRIES;
            return Some(format!(
                "more than {read} entries; the first {read} were read"
            ));
        }
        self.faulty
            .then(|| "its feed has errors; what can be read of it is here".to_owned())
    }
}

/// Reads a feed; `address` is where it was fetched from, `declared` the encoding that its server declares. `None`
/// where it is no feed.
#[must_use]
pub fn parse(bytes: &[u8], declared: Option<&str>, address: Option<&Url>) -> Option<Feed> {
    let own = html::charset(bytes);
    let text = decode(bytes, declared.or(own.as_deref()));
    let tree = Tree::read(&text);
    let root = tree.elements.first()?;
    let head = tree.elements.iter().position(is_head).unwrap_or(0);
    let entries: Vec<usize> = (0..tree.elements.len())
        .filter(|i| is_entry(&tree, *i))
        .collect();
    if entries.is_empty()
        && !tree.elements.iter().take(20).any(is_head)
        && !root.name.eq_ignore_ascii_case("rss")
    {
        return None;
    }
    let mut about = about(&tree, head);
    about.address = address.cloned();
    Some(Feed {
        title: about.title.clone(),
        more: entries.len() > limits::ENTRIES,
        faulty: tree.faulty,
        entries: entries
            .iter()
            .take(limits::ENTRIES)
            .map(|index| entry::read(&tree, *index, &about))
            .collect(),
    })
}

/// Reads a feed from a file.
pub fn read(place: &Place, bytes: &[u8], sink: Sink<'_>) -> ControlFlow<()> {
    let Some(feed) = parse(bytes, None, None) else {
        return sink(place.problem("not a feed, though it is XML"));
    };
    let cut = feed.note().filter(|_| feed.more);
    for mut incoming in feed.entries {
        incoming.path = Some(place.path.clone());
        sink(Read::Release(Box::new(incoming)))?;
    }
    match cut {
        Some(words) => sink(place.problem(&words)),
        None => ControlFlow::Continue(()),
    }
}

/// Whether an element speaks for the whole feed.
fn is_head(element: &Element<'_>) -> bool {
    ["channel", "feed"]
        .iter()
        .any(|n| element.name.eq_ignore_ascii_case(n))
}

/// Whether the element at `index` is an entry: not one of another vocabulary, and not one within an entry.
fn is_entry(tree: &Tree<'_>, index: usize) -> bool {
    let element = &tree.elements[index];
    let named = |e: &Element<'_>| {
        ["item", "entry"]
            .iter()
            .any(|n| e.name.eq_ignore_ascii_case(n))
            && !matches!(e.space, Space::Media | Space::Rdf)
    };
    named(element) && !tree.upward(element).skip(1).any(named)
}

fn about(tree: &Tree<'_>, head: usize) -> About {
    let root = tree.elements.first();
    let atom = root.is_some_and(|r| {
        r.name.eq_ignore_ascii_case("feed") || r.name.eq_ignore_ascii_case("entry")
    });
    let first = |space: Space, name: &str| tree.children(head).find(|e| e.is(space, name));
    let title = first(Space::Core, "title").or_else(|| first(Space::Dc, "title"));
    let title = title.map(|e| construct::Construct::read(tree, e, atom).line());
    let language = first(Space::Core, "language").or_else(|| first(Space::Dc, "language"));
    let language = language.and_then(|e| construct::line(tree, e)).or_else(|| {
        let head = tree.elements.get(head)?;
        entry::language(tree, head)
    });
    About {
        title: title.filter(|t| !t.is_empty()),
        language,
        address: None,
        atom,
    }
}
