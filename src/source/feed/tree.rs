//! A feed's elements as extents of its text, in order, with the namespaces resolved. It exists because half of all
//! broken feeds are broken in one place only: this reads tags as they come, closes what was left open, ignores what
//! was never opened, and so needs no second attempt. Entities of a DOCTYPE are not expanded and nothing is fetched,
//! which is why no bomb goes off here.

use std::ops::Range;

use crate::source::html::{Attributes, Lexer, Tag, Token};

/// Most elements that are kept; a feed at the limits of size and entries has far fewer.
const ELEMENTS: usize = 400_000;
/// Deepest nesting that is kept.
const DEPTH: usize = 64;

/// The vocabularies that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// RSS of any version, Atom of any version.
    Core,
    /// Dublin Core.
    Dc,
    /// Dublin Core terms.
    DcTerms,
    /// RSS 1.0's content module.
    Content,
    /// Podcasts.
    Itunes,
    /// Media RSS.
    Media,
    /// XHTML.
    Xhtml,
    /// PR Newswire's own.
    Prn,
    /// RDF.
    Rdf,
    /// Anything else.
    Other,
}

/// One element.
#[derive(Clone, Debug)]
pub struct Element<'a> {
    /// Its name without the prefix, as written.
    pub name: &'a str,
    /// Its vocabulary.
    pub space: Space,
    /// Its start tag.
    pub tag: Tag<'a>,
    /// The element that it stands in.
    pub parent: Option<usize>,
    /// Where its content stands in the text.
    pub inner: Range<usize>,
    /// Where it stands in the text, its tags included.
    pub outer: Range<usize>,
    /// One past its last descendant.
    pub end: usize,
}

impl Element<'_> {
    /// Whether it is called `name` in this vocabulary; names are compared without regard to case.
    pub fn is(&self, space: Space, name: &str) -> bool {
        self.space == space && self.name.eq_ignore_ascii_case(name)
    }
}

/// All elements of a feed.
#[derive(Debug)]
pub struct Tree<'a> {
    /// The text.
    pub text: &'a str,
    /// The elements, each before what it holds.
    pub elements: Vec<Element<'a>>,
    /// Something was left open, or the text ends before its end.
    pub faulty: bool,
}

impl<'a> Tree<'a> {
    /// Reads a text.
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        let mut reader = Reader {
            tree: Self {
                text,
                elements: Vec::new(),
                faulty: false,
            },
            open: Vec::new(),
            opaque: 0,
            names: Vec::new(),
        };
        let mut lexer = Lexer::xml(text);
        loop {
            let from = lexer.consumed();
            let Some(token) = lexer.next() else { break };
            match token {
                Token::Start(tag) => reader.start(tag, from, lexer.consumed()),
                Token::End(name) => reader.end(name, from, lexer.consumed()),
                _ => {}
            }
        }
        reader.tree.faulty |= !reader.open.is_empty();
        reader.close_from(0, text.len(), text.len());
        reader.tree
    }

    /// The elements directly within this one.
    pub fn children(&self, of: usize) -> impl Iterator<Item = &Element<'a>> {
        let end = self.elements.get(of).map_or(0, |e| e.end);
        let mut at = of + 1;
        std::iter::from_fn(move || {
            let element = self.elements.get(at).filter(|_| at < end)?;
            at = element.end;
            Some(element)
        })
    }

    /// The elements directly within `element`.
    pub fn children_of(&self, element: &Element<'a>) -> impl Iterator<Item = &Element<'a>> {
        // Elements stand in the order of their start tags.
        let at = self
            .elements
            .partition_point(|e| e.outer.start < element.outer.start);
        self.children(at)
    }

    /// The elements that hold this one, the nearest first, itself before them.
    pub fn upward<'t>(&'t self, from: &'t Element<'a>) -> impl Iterator<Item = &'t Element<'a>> {
        std::iter::successors(Some(from), |e| e.parent.and_then(|p| self.elements.get(p)))
    }

    /// The content of an element as it stands in the text.
    #[must_use]
    pub fn inner(&self, element: &Element<'a>) -> &'a str {
        self.text.get(element.inner.clone()).unwrap_or_default()
    }
}

struct Reader<'a> {
    tree: Tree<'a>,
    /// Indices of the open elements.
    open: Vec<usize>,
    /// How many elements of the innermost open one's name are open within it, where its content is no structure.
    opaque: usize,
    /// Namespaces in scope: how many elements were open, the prefix, the vocabulary.
    names: Vec<(usize, &'a str, Space)>,
}

impl<'a> Reader<'a> {
    fn start(&mut self, tag: Tag<'a>, from: usize, to: usize) {
        let closed = tag.attributes.trim_end().ends_with('/');
        self.end_title(tag.name, from);
        if let Some(top) = self.top() {
            let same = top.tag.name == tag.name;
            if is_opaque(top) && (is_xhtml_like(top) || !is_entry(tag.name)) {
                self.opaque += usize::from(same && !closed);
                return;
            }
        }
        self.end_entry(tag.name, from);
        if self.open.len() >= DEPTH || self.tree.elements.len() >= ELEMENTS {
            return;
        }
        self.declare(&tag);
        let (prefix, name) = tag.name.split_once(':').unwrap_or(("", tag.name));
        let index = self.tree.elements.len();
        self.tree.elements.push(Element {
            name,
            space: self.space(prefix),
            tag,
            parent: self.open.last().copied(),
            inner: to..to,
            outer: from..to,
            end: index + 1,
        });
        self.open.push(index);
        if closed {
            self.close_from(self.open.len() - 1, to, to);
        }
    }

    fn top(&self) -> Option<&Element<'a>> {
        self.tree.elements.get(*self.open.last()?)
    }

    /// A title holds no elements of a feed: one that was left open ends where the next of these starts.
    fn end_title(&mut self, name: &str, at: usize) {
        const NEXT: &[&str] = &[
            "link",
            "guid",
            "id",
            "pubdate",
            "description",
            "published",
            "updated",
            "summary",
            "content",
            "category",
        ];
        let title = self
            .top()
            .is_some_and(|t| t.space == Space::Core && t.name.eq_ignore_ascii_case("title"));
        if title && NEXT.iter().any(|n| name.eq_ignore_ascii_case(n)) {
            self.tree.faulty = true;
            self.close_from(self.open.len() - 1, at, at);
        }
    }

    /// An entry does not stand in an entry: one that was left open ends where the next starts.
    fn end_entry(&mut self, name: &str, at: usize) {
        if !is_entry(name) {
            return;
        }
        let of = |index: &usize| {
            self.tree.elements[*index]
                .tag
                .name
                .eq_ignore_ascii_case(name)
        };
        if let Some(place) = self.open.iter().position(of) {
            self.tree.faulty = true;
            self.close_from(place, at, at);
        }
    }

    fn end(&mut self, name: &str, from: usize, to: usize) {
        let Some(top) = self.top() else { return };
        let opaque = is_opaque(top);
        if opaque && top.tag.name == name && self.opaque > 0 {
            self.opaque -= 1;
            return;
        }
        // Within text only its own end counts, or the end of what holds the entry.
        if opaque && top.tag.name != name && !is_structure(name) {
            return;
        }
        let of = |index: &usize| {
            self.tree.elements[*index]
                .tag
                .name
                .eq_ignore_ascii_case(name)
        };
        if let Some(place) = self.open.iter().rposition(of) {
            self.tree.faulty |= place + 1 < self.open.len();
            self.close_from(place, from, to);
        }
    }

    /// Closes the open elements from `place` on; the content ends at `inner`, the outermost one at `outer`.
    fn close_from(&mut self, place: usize, inner: usize, outer: usize) {
        self.opaque = 0;
        let end = self.tree.elements.len();
        for (depth, index) in self.open.drain(place..).enumerate() {
            let element = &mut self.tree.elements[index];
            element.inner.end = inner.max(element.inner.start);
            element.outer.end = if depth == 0 { outer } else { inner }.max(element.outer.end);
            element.end = end;
        }
        self.names.retain(|(open, _, _)| *open < place + 1);
    }

    /// Takes note of the namespaces that a tag declares.
    fn declare(&mut self, tag: &Tag<'a>) {
        const DECLARED: usize = 64;
        if !tag.attributes.contains("xmlns") || self.names.len() > DECLARED * 4 {
            return;
        }
        let declared = Attributes::of(tag).take(DECLARED).filter_map(|a| {
            let prefix = match a.name.strip_prefix("xmlns")? {
                "" => "",
                rest => rest.strip_prefix(':')?,
            };
            Some((prefix, space_of(a.value, prefix)))
        });
        let depth = self.open.len() + 1;
        self.names
            .extend(declared.map(|(prefix, space)| (depth, prefix, space)));
    }

    fn space(&self, prefix: &str) -> Space {
        let declared = self.names.iter().rev().find(|(_, p, _)| *p == prefix);
        declared.map_or_else(|| by_prefix(prefix), |(_, _, space)| *space)
    }
}

/// Elements whose content is text for readers and no structure of the feed.
fn is_opaque(element: &Element<'_>) -> bool {
    const NAMES: &[&str] = &[
        "title",
        "description",
        "summary",
        "encoded",
        "tagline",
        "subtitle",
        "info",
        "rights",
        "copyright",
        "fullitem",
        "abstract",
        "body",
        "div",
    ];
    match element.space {
        Space::Media | Space::Other | Space::Prn | Space::Rdf => false,
        _ if element.name.eq_ignore_ascii_case("content") => true,
        _ => NAMES.iter().any(|n| element.name.eq_ignore_ascii_case(n)),
    }
}

/// Whether the content of an opaque element may rightly hold elements called `item` or `entry`.
fn is_xhtml_like(element: &Element<'_>) -> bool {
    element.name.eq_ignore_ascii_case("content") || element.space == Space::Xhtml
}

fn is_entry(name: &str) -> bool {
    name.eq_ignore_ascii_case("item") || name.eq_ignore_ascii_case("entry")
}

fn is_structure(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or(name);
    ["item", "entry", "channel", "feed", "rss", "rdf"]
        .iter()
        .any(|n| local.eq_ignore_ascii_case(n))
}

/// The vocabulary of an address; where it is unknown, the prefix decides, since many get the address wrong.
fn space_of(address: &str, prefix: &str) -> Space {
    let address = address.trim().to_ascii_lowercase();
    const CORE: &[&str] = &[
        "http://www.w3.org/2005/atom",
        "http://purl.org/atom/",
        "http://purl.org/rss/1.0/",
        "http://purl.org/echo/",
        "http://purl.org/pie/",
        "http://example.com/necho",
        "http://example.com/newformat",
        "uri/of/echo/namespace",
        "http://my.netscape.com/rdf/simple/",
        "http://backend.userland.com/",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://purl.org/net/rss1.1",
        "http://channel.netscape.com/rdf/simple/",
        "http://my.netscape.com/publish/formats/",
        "https://www.w3.org/2005/atom",
        "http://cyber.law.harvard.edu/rss",
    ];
    match () {
        () if address.contains("modules/content") => Space::Content,
        () if address.starts_with("http://purl.org/dc/terms") => Space::DcTerms,
        () if address.starts_with("http://purl.org/dc/elements")
            || address.contains("dublincore.org") =>
        {
            Space::Dc
        }
        () if address.contains("podcast-1.0.dtd") => Space::Itunes,
        () if address.contains("search.yahoo.com/mrss") => Space::Media,
        () if address.contains("/1999/xhtml") => Space::Xhtml,
        () if address.contains("prnewswire.com/ns") => Space::Prn,
        () if address.contains("22-rdf-syntax-ns") => Space::Rdf,
        () if address.contains("/modules/") => Space::Other,
        () if CORE.iter().any(|c| address.starts_with(c)) => Space::Core,
        () => by_prefix(prefix),
    }
}

fn by_prefix(prefix: &str) -> Space {
    match prefix.to_ascii_lowercase().as_str() {
        "" | "atom" | "a" | "rss" | "a10" | "atom10" | "atom03" => Space::Core,
        "dc" => Space::Dc,
        "dcterms" => Space::DcTerms,
        "content" => Space::Content,
        "itunes" => Space::Itunes,
        "media" => Space::Media,
        "xhtml" | "html" => Space::Xhtml,
        "prn" => Space::Prn,
        "rdf" => Space::Rdf,
        _ => Space::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(tree: &Tree<'_>, element: &Element<'_>) -> String {
        let depth = std::iter::successors(element.parent, |p| tree.elements[*p].parent).count();
        format!(
            "{}{}={}",
            "-".repeat(depth),
            element.name,
            &tree.text[element.inner.clone()]
        )
    }

    fn names(text: &str) -> Vec<String> {
        let tree = Tree::read(text);
        tree.elements.iter().map(|e| show(&tree, e)).collect()
    }

    #[test]
    fn what_was_left_open_is_closed_and_what_was_never_opened_is_ignored() {
        let got = names(
            "<rss><channel><item><title>A & <b>B</title></x><link>l</item><item><title>C</rss>",
        );
        assert_eq!(
            got,
            [
                "rss=<channel><item><title>A & <b>B</title></x><link>l</item><item><title>C",
                "-channel=<item><title>A & <b>B</title></x><link>l</item><item><title>C",
                "--item=<title>A & <b>B</title></x><link>l",
                "---title=A & <b>B",
                "---link=l",
                "--item=<title>C",
                "---title=C",
            ]
        );
    }

    #[test]
    fn namespaces_go_by_address_before_prefix() {
        let tree = Tree::read(
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xmlns:x='http://purl.org/dc/elements/1.1/'>\
             <x:date/><dc:creator/><a:entry><content xmlns='http://www.w3.org/1999/xhtml'/></a:entry></a:feed>",
        );
        let spaces: Vec<_> = tree.elements.iter().map(|e| e.space).collect();
        use Space::{Core, Dc, Xhtml};
        assert_eq!(spaces, [Core, Dc, Dc, Core, Xhtml]);
    }

    #[test]
    fn nesting_and_numbers_are_bounded() {
        assert_eq!(Tree::read(&"<a>".repeat(100_000)).elements.len(), DEPTH);
        assert_eq!(
            Tree::read(&"<a/>".repeat(ELEMENTS + 9)).elements.len(),
            ELEMENTS
        );
        let declared: String = (0..50_000).map(|i| format!(" xmlns:p{i}='u'")).collect();
        assert_eq!(
            Tree::read(&format!("<a{declared}><b/></a>")).elements.len(),
            2
        );
    }
}
