//! One entry of a feed to one release, across all dialects: what is its headline, its address, its time, its text, and
//! what wires add to it (issuer, language, tickers, ISIN, subjects).

use std::borrow::Cow;

use url::Url;

use super::construct::{Construct, line};
use super::tree::{Element, Space, Tree};
use crate::release::{Format, Incoming, Label, LabelScheme};
use crate::source::html::{Flowed, cut};
use crate::source::{limits, time};
use crate::text::SafeText;

/// What the feed says that its entries inherit.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The name of the feed.
    pub title: Option<String>,
    /// BCP 47 language.
    pub language: Option<String>,
    /// The address it was read from.
    pub address: Option<Url>,
    /// In Atom a text without a type is plain.
    pub atom: bool,
}

/// The release of the entry at `index`.
pub fn read(tree: &Tree<'_>, index: usize, about: &About) -> Incoming {
    let mut entry = Entry::new(tree, about);
    for element in tree.children(index) {
        entry.take(element);
    }
    let Some(element) = tree.elements.get(index) else {
        return Incoming::default();
    };
    entry.take_attributes(element);
    entry.finish(element)
}

/// What an entry has said so far.
struct Entry<'t, 'a> {
    tree: &'t Tree<'a>,
    about: &'t About,
    title: Option<Construct>,
    side_title: Option<Construct>,
    content: Option<(Construct, Option<Url>)>,
    summary: Option<(Construct, Option<Url>)>,
    link: Option<String>,
    other_link: Option<String>,
    guid: Option<String>,
    guid_link: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    contributor: Option<String>,
    publisher: Option<String>,
    language: Option<String>,
    labels: Vec<Label>,
}

impl<'t, 'a> Entry<'t, 'a> {
    fn new(tree: &'t Tree<'a>, about: &'t About) -> Self {
        Self {
            tree,
            about,
            title: None,
            side_title: None,
            content: None,
            summary: None,
            link: None,
            other_link: None,
            guid: None,
            guid_link: None,
            published: None,
            updated: None,
            contributor: None,
            publisher: None,
            language: None,
            labels: Vec::new(),
        }
    }

    fn take(&mut self, element: &Element<'a>) {
        let name = element.name.to_ascii_lowercase();
        match (element.space, name.as_str()) {
            (Space::Core, "title") => self.title = Some(self.construct(element)),
            (Space::Dc | Space::DcTerms | Space::Itunes | Space::Media, "title") => {
                self.side_title = Some(self.construct(element));
            }
            (Space::Core, "link") => self.take_link(element),
            (Space::Core, "guid" | "id") => self.take_guid(element),
            (Space::Core, "content" | "fullitem")
            | (Space::Content, "encoded")
            | (Space::Core, "body")
            | (Space::Xhtml, "body" | "div") => self.take_content(element),
            (Space::Core, "description" | "summary" | "abstract")
            | (Space::Dc | Space::DcTerms, "description" | "abstract")
            | (Space::Itunes, "summary") => self.take_summary(element),
            // Media RSS groups what other dialects give at once.
            (Space::Media, "description") => self.take_summary(element),
            (Space::Media, "group") => {
                for inner in self.tree.children_of(element) {
                    self.take(inner);
                }
            }
            (Space::Dc, "contributor") => self.contributor = line(self.tree, element),
            (Space::Dc, "publisher") => self.publisher = line(self.tree, element),
            (Space::Dc, "language") => self.language = line(self.tree, element),
            (space, name) => match label_scheme(space, name) {
                Some(scheme) => self.take_label(element, scheme),
                None => self.take_date(element, space, name),
            },
        }
    }

    fn construct(&self, element: &Element<'a>) -> Construct {
        Construct::read(self.tree, element, self.about.atom)
    }

    /// Where relative addresses within `element` start from.
    fn base(&self, element: &Element<'a>) -> Option<Url> {
        let mut written: Vec<String> = self
            .tree
            .upward(element)
            .filter_map(|e| e.tag.attribute("xml:base").or_else(|| channel_base(e)))
            .map(|b| b.trim().to_owned())
            .collect();
        let mut base = self.about.address.clone();
        while let Some(next) = written.pop() {
            base = match &base {
                Some(from) => from.join(&next).ok(),
                None => Url::parse(&next).ok(),
            }
            .or(base);
        }
        base
    }

    /// An address as written, made absolute where that is possible.
    fn resolved(&self, element: &Element<'a>, written: &str) -> Option<String> {
        let written = written.trim();
        if written.is_empty() {
            return None;
        }
        match self.base(element) {
            Some(base) => Some(
                base.join(written)
                    .map_or_else(|_| written.to_owned(), String::from),
            ),
            None => Some(written.to_owned()),
        }
    }

    fn take_link(&mut self, element: &Element<'a>) {
        let href = element.tag.attribute("href");
        let Some(href) = href else {
            if let Some(text) = line(self.tree, element) {
                self.link = self.resolved(element, &text);
            }
            return;
        };
        let rel = element
            .tag
            .attribute("rel")
            .unwrap_or("alternate".into())
            .to_ascii_lowercase();
        let kind = element
            .tag
            .attribute("type")
            .unwrap_or("text/html".into())
            .to_ascii_lowercase();
        let page = kind.contains("html") || kind == "text";
        let address = self.resolved(element, &href);
        if rel.trim() == "alternate" && page {
            self.link = address;
        } else if rel.trim() == "alternate" {
            self.other_link = self.other_link.take().or(address);
        }
    }

    fn take_guid(&mut self, element: &Element<'a>) {
        let permalink = element.tag.attribute("isPermaLink");
        self.guid = line(self.tree, element);
        let guid = element.name.eq_ignore_ascii_case("guid");
        let permalink = guid && permalink.is_none_or(|p| p.eq_ignore_ascii_case("true"));
        let id = self.guid.as_deref().unwrap_or_default();
        self.guid_link = if permalink || (!guid && is_reference(id)) {
            self.resolved(element, id)
        } else {
            None
        };
    }

    fn take_content(&mut self, element: &Element<'a>) {
        let content = self.construct(element);
        let longer = self.content.as_ref().is_none_or(|(c, _)| c.is_empty());
        if !content.is_empty() && longer && element.tag.attribute("src").is_none() {
            self.content = Some((content, self.base(element)));
        }
    }

    /// A second summary that says more is the content, as some feeds give both.
    fn take_summary(&mut self, element: &Element<'a>) {
        let summary = self.construct(element);
        if summary.is_empty() {
            return;
        }
        let with_base = (summary, self.base(element));
        let plain = element.space == Space::Core;
        match &self.summary {
            Some(_) if !plain => {}
            _ => self.summary = Some(with_base),
        }
    }

    fn take_label(&mut self, element: &Element<'a>, scheme: LabelScheme) {
        const MOST: usize = 64;
        let of = |name: &str| element.tag.attribute(name).map(Cow::into_owned);
        let filed = of("domain")
            .or_else(|| of("scheme"))
            .unwrap_or_default()
            .to_ascii_lowercase();
        // Atom writes the term as an attribute, RSS as the content.
        let value = line(self.tree, element)
            .or_else(|| of("label"))
            .or_else(|| of("term"));
        let Some(value) = value.filter(|_| self.labels.len() < MOST) else {
            return;
        };
        let scheme = match scheme {
            LabelScheme::Subject if filed.ends_with("stock") || filed.ends_with("ticker") => {
                LabelScheme::Ticker
            }
            LabelScheme::Subject if filed.ends_with("isin") => LabelScheme::Isin,
            other => other,
        };
        let label = Label {
            scheme,
            value: SafeText::clean_line(&value),
        };
        if !label.value.is_empty() && !self.labels.contains(&label) {
            self.labels.push(label);
        }
    }

    fn take_date(&mut self, element: &Element<'a>, space: Space, name: &str) {
        let slot = match (space, name) {
            (Space::Core | Space::DcTerms, "pubdate" | "published" | "issued" | "created") => {
                &mut self.published
            }
            (Space::Core | Space::DcTerms, "updated" | "modified" | "lastbuilddate" | "date")
            | (Space::Dc, "date" | "modified" | "created") => &mut self.updated,
            _ => return,
        };
        // Of several the last one counts, as in every other reader; one that is no date does not.
        *slot = line(self.tree, element)
            .and_then(|t| time::instant(&t))
            .or(slot.take());
    }

    /// What old dialects write as attributes of the entry.
    fn take_attributes(&mut self, element: &Element<'a>) {
        if let Some(about) = element.tag.attribute("rdf:about") {
            let address = about.contains("://").then(|| about.into_owned());
            self.guid = self.guid.take().or_else(|| address.clone());
            self.other_link = self.other_link.take().or(address);
        }
        if let Some(href) = element.tag.attribute("href") {
            self.link = self.link.take().or_else(|| self.resolved(element, &href));
        }
        if let Some(modified) = element.tag.attribute("lastmod") {
            self.updated = self.updated.take().or_else(|| time::instant(&modified));
        }
    }

    fn finish(mut self, element: &Element<'a>) -> Incoming {
        let Flowed { mut text, markup } = self.text();
        cut(&mut text, limits::TEXT);
        let title = [&self.title, &self.side_title]
            .into_iter()
            .flatten()
            .map(Construct::line)
            .find(|t| !t.is_empty())
            .map(|mut t| {
                cut(&mut t, limits::HEADLINE);
                t
            });
        let url = self
            .link
            .take()
            .or(self.other_link.take())
            .or(self.guid_link.take());
        // Wires name themselves as the publisher and the issuer as the contributor; elsewhere the publisher is anybody.
        let wire = self
            .publisher
            .filter(|p| self.contributor.as_ref().is_some_and(|c| c != p));
        Incoming {
            guid: self.guid,
            url,
            headline: title,
            published: self.published.or(self.updated),
            issuer: self.contributor,
            wire,
            source: self.about.title.clone(),
            language: self
                .language
                .or_else(|| language(self.tree, element))
                .or_else(|| self.about.language.clone()),
            labels: self.labels,
            text,
            markup,
            original: self
                .tree
                .text
                .get(element.outer.clone())
                .unwrap_or_default()
                .as_bytes()
                .to_vec(),
            format: Format::Feed,
            path: None,
        }
    }

    /// The content, or the summary where there is none.
    fn text(&self) -> Flowed {
        let of = |part: &Option<(Construct, Option<Url>)>| {
            part.as_ref()
                .map(|(construct, base)| construct.flowed(base.as_ref()))
                .filter(|f| !f.text.trim().is_empty())
        };
        of(&self.content)
            .or_else(|| of(&self.summary))
            .unwrap_or_default()
    }
}

/// The kind of label that an element holds.
fn label_scheme(space: Space, name: &str) -> Option<LabelScheme> {
    Some(match (space, name) {
        (Space::Core, "category") | (Space::Dc | Space::DcTerms | Space::Prn, "subject") => {
            LabelScheme::Subject
        }
        (Space::Dc, "keyword") => LabelScheme::Keyword,
        (Space::Dc | Space::DcTerms, "identifier") => LabelScheme::Identifier,
        (Space::Prn, "industry") => LabelScheme::Industry,
        _ => return None,
    })
}

/// The base that a CDF channel declares.
fn channel_base<'a>(element: &Element<'a>) -> Option<Cow<'a, str>> {
    let channel = element.name.eq_ignore_ascii_case("channel");
    channel.then(|| element.tag.attribute("base")).flatten()
}

/// Whether an entry's id can stand for its address where it gives none: a web address or a reference, and no name of
/// another scheme.
fn is_reference(id: &str) -> bool {
    let lower = id.to_ascii_lowercase();
    let web = lower.starts_with("http://") || lower.starts_with("https://");
    !id.is_empty() && !id.contains(char::is_whitespace) && (web || !id.contains(':'))
}

/// The language that an element or one that holds it declares.
pub fn language(tree: &Tree<'_>, element: &Element<'_>) -> Option<String> {
    let declared = tree
        .upward(element)
        .find_map(|e| e.tag.attribute("xml:lang"))?;
    Some(declared.trim().replace('_', "-")).filter(|l| (2..=35).contains(&l.len()))
}
