//! What a page says about itself beside its text: title, address, language, time, linked data, feeds. It is read off the
//! tokens, so that a page too deep for a tree still has its headline.

use serde_json::Value;
use url::Url;

use super::defuse::is_json_ld;
use super::entities::decode;
use super::flow::flow_line;
use super::lexer::{Lexer, Tag, Token};
use crate::source::time;

/// Most `meta` elements that are kept.
const METAS: usize = 400;
/// Most `<h1>` that are kept.
const HEADINGS: usize = 8;
/// So many printed dates are kept.
const DATES: usize = 64;
/// A page's own date stands at most so many bytes of its markup above its heading, or below it.
const ABOVE: usize = 1500;
const BELOW: usize = 4000;
/// Longest date that a page prints, in bytes.
const LONGEST_DATE: usize = 40;
/// Longest linked data that is read, in bytes.
const LINKED_DATA: usize = 1 << 20;

/// What a page says about itself.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// The text of `<title>`.
    pub title: Option<String>,
    /// The texts of the first few `<h1>` that have any.
    pub h1s: Vec<String>,
    /// `lang` of the page.
    pub language: Option<String>,
    /// The canonical address.
    pub canonical: Option<String>,
    /// `<base href>`.
    pub base: Option<String>,
    /// Feeds that the page links to.
    pub feeds: Vec<FeedLink>,
    metas: Vec<(String, String)>,
    linked: Vec<Value>,
    times: Vec<String>,
    /// Days that the page prints where it says that a date stands, and where that is, in bytes.
    printed: Vec<(usize, String)>,
    /// Where its `<h1>` stand, in bytes.
    headings: Vec<usize>,
}

/// A feed that a page links to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedLink {
    /// Its address as written.
    pub href: String,
    /// What the page calls it.
    pub title: Option<String>,
}

impl Head {
    /// Reads the tokens of a whole page.
    #[must_use]
    pub fn read(html: &str) -> Self {
        let mut head = Self::default();
        let mut lexer = Lexer::new(html);
        // Whether the last words said that a date comes next.
        let mut announced = false;
        while let Some(token) = lexer.next() {
            match token {
                Token::Start(tag) => {
                    head.tag(&tag, &mut lexer, html);
                    announced |= holds_date(&tag);
                }
                Token::Text(text) if !text.trim().is_empty() => {
                    if announced {
                        head.printed_date(text, lexer.consumed());
                    }
                    announced = announces_date(text);
                }
                _ => {}
            }
        }
        head
    }

    fn tag(&mut self, tag: &Tag<'_>, lexer: &mut Lexer<'_>, html: &str) {
        match tag.name.to_ascii_lowercase().as_str() {
            "html" => self.language = tag.attribute("lang").and_then(|l| filled(&l)),
            "base" if self.base.is_none() => {
                self.base = tag.attribute("href").and_then(|h| filled(&h))
            }
            "meta" => self.meta(tag),
            "link" => self.link(tag),
            "time" => {
                let time = tag.attribute("datetime").and_then(|t| time::instant(&t));
                // A marked time goes before the others.
                let marked = tag.attribute("pubdate").is_some()
                    || tag
                        .attribute("itemprop")
                        .is_some_and(|p| p.eq_ignore_ascii_case("datePublished"));
                self.times
                    .extend(time.filter(|_| marked || self.times.is_empty()));
            }
            "title" if self.title.is_none() => {
                if let Some(Token::Text(text)) = lexer.clone().next() {
                    self.title = filled(&decode(text));
                }
            }
            "script" if is_json_ld(tag) => {
                if let Some(Token::Raw(text)) = lexer.clone().next() {
                    self.linked_data(text);
                }
            }
            "h1" => {
                let at = lexer.consumed();
                self.headings.push(at);
                self.heading(&html[at..]);
            }
            _ => {}
        }
    }

    /// The day that the page prints beside its headline; anywhere, where it has no `<h1>`. Where it prints several
    /// there, one cannot tell which is its own; those further off are today's, and those of other releases.
    fn printed(&self) -> Option<&str> {
        let near = |at: usize| {
            self.headings.is_empty()
                || self
                    .headings
                    .iter()
                    .any(|h1| (*h1..h1 + BELOW).contains(&at) || (at..at + ABOVE).contains(h1))
        };
        let mut days = self
            .printed
            .iter()
            .filter(|(at, _)| near(*at))
            .map(|(_, day)| day.as_str());
        let first = days.next()?;
        days.all(|day| day == first).then_some(first)
    }

    /// Keeps the date that `text`, which ends at byte `at`, is, with or without a label before it.
    fn printed_date(&mut self, text: &str, at: usize) {
        let text = decode(text);
        let words = text
            .rsplit_once(": ")
            .map_or(&*text, |(_, behind)| behind)
            .trim();
        // `3/4/2024` may be a day of March or of April, and a year alone is no day.
        let numbers = words
            .split(|c: char| !c.is_ascii_digit())
            .filter(|number| !number.is_empty());
        let plain = (8..=LONGEST_DATE).contains(&words.len())
            && !words.contains('/')
            && numbers.count() > 1;
        if self.printed.len() < DATES
            && let Some(day) = time::instant(words).filter(|_| plain)
        {
            self.printed.push((at, day));
        }
    }

    fn meta(&mut self, tag: &Tag<'_>) {
        let name = ["property", "name", "itemprop"]
            .iter()
            .find_map(|a| tag.attribute(a));
        if let (Some(name), Some(content)) = (name, tag.attribute("content"))
            && self.metas.len() < METAS
            && let Some(content) = filled(&content)
        {
            // Some pages list several names at once.
            for name in name.split_whitespace() {
                self.metas
                    .push((name.to_ascii_lowercase(), content.clone()));
            }
        }
    }

    fn link(&mut self, tag: &Tag<'_>) {
        let rel = tag
            .attribute("rel")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let Some(href) = tag.attribute("href").and_then(|h| filled(&h)) else {
            return;
        };
        let has = |word: &str| rel.split_ascii_whitespace().any(|w| w == word);
        if has("canonical") {
            self.canonical.get_or_insert(href);
        } else if has("alternate") {
            let kind = tag
                .attribute("type")
                .unwrap_or_default()
                .to_ascii_lowercase();
            if ["rss+xml", "atom+xml", "feed+json", "rdf+xml"]
                .iter()
                .any(|k| kind.contains(k))
            {
                self.feeds.push(FeedLink {
                    href,
                    title: tag.attribute("title").and_then(|t| filled(&t)),
                });
            }
        }
    }

    /// The text of a heading that starts here, unless it is a whole page that never ends it.
    fn heading(&mut self, after: &str) {
        const LONGEST: usize = 4 << 10;
        let window = &after[..after.floor_char_boundary(LONGEST)];
        let lower = window.to_ascii_lowercase();
        let Some(end) = lower.find("</h1") else {
            return;
        };
        let text = flow_line(&window[..end]);
        if !text.is_empty() && self.h1s.len() < HEADINGS {
            self.h1s.push(text);
        }
    }

    fn linked_data(&mut self, text: &str) {
        if text.len() > LINKED_DATA {
            return;
        }
        let text = text
            .trim()
            .trim_start_matches("<![CDATA[")
            .trim_end_matches("]]>");
        if let Ok(value) = serde_json::from_str(text) {
            collect(value, &mut self.linked, 0);
        }
    }

    /// The content of the first of these `meta` names that the page has.
    #[must_use]
    pub fn meta_of(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let found = self.metas.iter().find(|(n, _)| n == name);
            found.map(|(_, content)| content.as_str())
        })
    }

    /// The object of the page's linked data that describes an article.
    fn article(&self) -> Option<&Value> {
        self.linked.iter().find(|v| {
            types(v).any(|t| {
                t.ends_with("Article")
                    || t.ends_with("Report")
                    || t == "BlogPosting"
                    || t == "PressRelease"
            })
        })
    }

    /// A text of the linked data's article.
    fn linked_text(&self, name: &str) -> Option<String> {
        let value = self.article()?.get(name)?;
        let text = match value {
            Value::Object(object) => object.get("name")?.as_str()?,
            other => other.as_str()?,
        };
        filled(&decode(text))
    }

    /// When the page was published.
    #[must_use]
    pub fn published(&self) -> Option<String> {
        const NAMES: &[&str] = &[
            "article:published_time",
            "og:published_time",
            "datepublished",
            "dcterms.issued",
            "dcterms.created",
            "dc.date.issued",
            "dc.date",
            "dcterms.date",
            "dc.date.created",
            "publish-date",
            "publish_date",
            "publication_date",
            "pubdate",
            "parsely-pub-date",
            "sailthru.date",
            "article.published",
            "citation_publication_date",
            "date",
        ];
        let meta = self.meta_of(NAMES).and_then(time::instant);
        meta.or_else(|| {
            self.linked_text("datePublished")
                .and_then(|t| time::instant(&t))
        })
        .or_else(|| self.times.last().cloned())
        .or_else(|| self.printed().map(str::to_owned))
    }

    /// The headline that the linked data or the page's card names.
    #[must_use]
    pub fn card_title(&self) -> Option<String> {
        self.meta_of(&["og:title", "twitter:title", "dc.title", "dcterms.title"])
            .map(str::to_owned)
            .or_else(|| self.linked_text("headline"))
    }

    /// Who puts it out, where the page says so of the release itself.
    #[must_use]
    pub fn issuer(&self) -> Option<String> {
        self.linked_text("sourceOrganization").or_else(|| {
            self.meta_of(&["dc.contributor", "dcterms.contributor"])
                .map(str::to_owned)
        })
    }

    /// The name of the site.
    #[must_use]
    pub fn site(&self) -> Option<String> {
        self.meta_of(&["og:site_name", "application-name"])
            .map(str::to_owned)
            .or_else(|| self.linked_text("publisher"))
    }

    /// The language, as the page declares it.
    #[must_use]
    pub fn language(&self) -> Option<String> {
        let declared = self.language.as_deref();
        declared
            .or_else(|| self.meta_of(&["og:locale", "dc.language", "dcterms.language"]))
            .map(|l| l.trim().replace('_', "-"))
            .filter(|l| l.len() >= 2 && l.len() <= 35)
    }

    /// The address of the page: the canonical one, the card's, or where it was read from.
    #[must_use]
    pub fn address(&self, read_from: Option<&Url>) -> Option<Url> {
        let written = self
            .canonical
            .as_deref()
            .or_else(|| self.meta_of(&["og:url"]));
        let resolve = |href: &str| match read_from {
            Some(base) => base.join(href).ok(),
            None => Url::parse(href).ok(),
        };
        written
            .and_then(resolve)
            .filter(|u| matches!(u.scheme(), "http" | "https"))
            .or_else(|| read_from.cloned())
    }

    /// Where relative addresses of the page start from.
    #[must_use]
    pub fn base_address(&self, read_from: Option<&Url>) -> Option<Url> {
        let address = self.address(read_from);
        let base = self.base.as_deref()?;
        match &address {
            Some(from) => from.join(base).ok(),
            None => Url::parse(base).ok(),
        }
        .or(address)
    }
}

/// Whether an element is there for a date, by what the page calls it.
fn holds_date(tag: &Tag<'_>) -> bool {
    const NAMES: &[&str] = &[
        "date",
        "datum",
        "fecha",
        "data",
        "pubdate",
        "published",
        "datetime",
        "timestamp",
        "datepublished",
    ];
    let time = tag.name.eq_ignore_ascii_case("time");
    time || ["class", "id", "itemprop"].iter().any(|name| {
        tag.attribute(name).is_some_and(|value| {
            let mut pieces = value.split(|c: char| !c.is_ascii_alphanumeric());
            pieces.any(|piece| NAMES.iter().any(|name| piece.eq_ignore_ascii_case(name)))
        })
    })
}

/// Whether words of a page say that its date comes next: `Datum:`.
fn announces_date(text: &str) -> bool {
    const LABELS: &[&str] = &[
        "date",
        "release date",
        "published",
        "publication date",
        "posted",
        "datum",
        "veröffentlicht",
        "erscheinungsdatum",
        "fecha",
        "data",
        "date de publication",
    ];
    let Some(label) = text.trim().strip_suffix(':') else {
        return false;
    };
    label.len() < LONGEST_DATE && LABELS.contains(&label.trim_end().to_lowercase().as_str())
}

/// Trimmed, on one line, and `None` where nothing is left.
fn filled(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The types of an object of linked data.
fn types(value: &Value) -> impl Iterator<Item = &str> {
    let kind = value.get("@type");
    let one = kind.and_then(Value::as_str);
    let many = kind.and_then(Value::as_array);
    one.into_iter()
        .chain(many.into_iter().flatten().filter_map(Value::as_str))
}

/// The objects of linked data, lists and graphs opened.
fn collect(value: Value, into: &mut Vec<Value>, depth: usize) {
    if depth > 4 {
        return;
    }
    match value {
        Value::Array(values) => values.into_iter().for_each(|v| collect(v, into, depth + 1)),
        Value::Object(mut object) => {
            if let Some(graph) = object.remove("@graph") {
                collect(graph, into, depth + 1);
            }
            into.push(Value::Object(object));
        }
        _ => {}
    }
}

/// The encoding that a page declares in its first kilobytes.
#[must_use]
pub fn charset(bytes: &[u8]) -> Option<String> {
    const LOOKED_AT: usize = 4 << 10;
    let head =
        String::from_utf8_lossy(bytes.get(..LOOKED_AT).unwrap_or(bytes)).to_ascii_lowercase();
    let declared = if head.trim_start().starts_with("<?xml") {
        head.find("encoding=").map(|at| at + 9)
    } else {
        None
    };
    let at = declared.or_else(|| head.find("charset=").map(|at| at + 8))?;
    let value = head[at..].trim_start_matches(['"', '\'', ' ']);
    let end = value
        .find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c))
        .unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_speaks_of_itself() {
        let head = Head::read(
            "<html lang='en_GB'><head><title>Acme &amp; Co | News</title>\
             <meta property='og:title' content='Acme wins'><link rel=canonical href='/n/1'>\
             <link rel=alternate type='application/rss+xml' title='All' href='/feed'>\
             <script type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\",\
             \"datePublished\":\"2026-03-04T05:06:07+01:00\",\"sourceOrganization\":{\"name\":\"Acme\"}}]}</script>\
             </head><body><h1><a>Acme <b>wins</b></a></h1>",
        );
        assert_eq!(head.title.as_deref(), Some("Acme & Co | News"));
        assert_eq!(head.card_title().as_deref(), Some("Acme wins"));
        assert_eq!(head.h1s, ["Acme wins"]);
        assert_eq!(head.language().as_deref(), Some("en-GB"));
        assert_eq!(
            head.published().as_deref(),
            Some("2026-03-04T05:06:07+01:00")
        );
        assert_eq!(head.issuer().as_deref(), Some("Acme"));
        assert_eq!(head.feeds[0].href, "/feed");
        let from = Url::parse("https://acme.example/x").expect("an address");
        let address = head.address(Some(&from)).map(String::from);
        assert_eq!(address.as_deref(), Some("https://acme.example/n/1"));
    }

    #[test]
    fn declared_encodings() {
        for (page, label) in [
            ("<meta charset=\"ISO-8859-1\">", Some("iso-8859-1")),
            ("<meta content='text/html; charset=gbk'>", Some("gbk")),
            (
                "<?xml version='1.0' encoding='windows-1252'?>",
                Some("windows-1252"),
            ),
            ("<p>none", None),
        ] {
            assert_eq!(charset(page.as_bytes()).as_deref(), label, "{page}");
        }
    }

    #[test]
    fn a_day_that_a_page_prints_is_its_own_where_it_prints_no_other() {
        let published = |page: &str| Head::read(page).published();
        let day = Some("2022-01-26".to_owned());
        for page in [
            "<ul class=info><li><span>Datum:</span>26. Januar 2022</li><li><span>Jahr:</span>2022</li></ul>",
            "<h1>Acme wins</h1><span class='headline-date'>26. Januar 2022</span><p>Acme won.",
            "<p class=date>Published: January 26, 2022</p><p class=date>January 26, 2022</p>",
            "<h1>Acme wins</h1><time>26 January 2022</time>",
            &format!(
                "<p class=date>January 30, 2022</p>{0}<p class=date>January 26, 2022</p><h1>Acme wins</h1>{0}{0}\
                 <p class=date>January 3, 2022</p>",
                "<p>Acme</p>".repeat(250)
            ),
        ] {
            assert_eq!(published(page), day, "{page}");
        }
        for page in [
            "<p class=date>January 26, 2022</p><p class=date>January 27, 2022</p>",
            "<p class=date>2022</p>",
            "<p class=date>3/4/2022</p>",
            "<p class=update>January 26, 2022</p>",
        ] {
            assert_eq!(published(page), None, "{page}");
        }
    }
}
