//! HTML as a run of tags and texts, without a tree. It exists because a tree costs the square of the nesting, and a
//! fragment of a feed or a mail needs none. It reads any input in linear time and never fails; what is no tag is text.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::entities::decode_attribute;
use crate::source::limits;

/// One piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Text whose character references are still to be resolved.
    Text(&'a str),
    /// Text without references: a script, a style, a CDATA section.
    Raw(&'a str),
    /// A start tag.
    Start(Tag<'a>),
    /// An end tag, by its name.
    End(&'a str),
    /// A comment, a declaration, a processing instruction.
    Other(&'a str),
}

/// A start tag as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Its name, in the case it has.
    pub name: &'a str,
    /// What stands between its name and its end.
    pub attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Whether it is called `name` (lower case).
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of the attribute `name` (lower case), its references resolved.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        Attributes::of(self)
            .take(limits::ATTRIBUTES)
            .find(|a| a.name.eq_ignore_ascii_case(name))
            .map(|a| decode_attribute(a.value))
    }
}

/// One attribute as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its value, references unresolved; empty where it has none.
    pub value: &'a str,
}

/// The attributes of a tag, in order.
#[derive(Clone, Copy, Debug)]
pub struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// Those of `tag`.
    #[must_use]
    pub fn of(tag: &Tag<'a>) -> Self {
        Self(tag.attributes)
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let blank = |c: char| c.is_ascii_whitespace() || c == '/';
        let rest = self.0.trim_start_matches(blank);
        // A name may start with '=' in broken tags; it must take at least one character.
        let first = rest.chars().next()?.len_utf8();
        let stop = |c: char| blank(c) || c == '=';
        let length = rest[first..].find(stop).map_or(rest.len(), |at| at + first);
        let (name, after) = rest.split_at(length);
        let trimmed = after.trim_start();
        let Some(value) = trimmed.strip_prefix('=') else {
            self.0 = after;
            return Some(Attribute { name, value: "" });
        };
        let (value, rest) = attribute_value(value.trim_start());
        self.0 = rest;
        Some(Attribute { name, value })
    }
}

/// The value that `text` starts with, and what follows.
fn attribute_value(text: &str) -> (&str, &str) {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(quote) => {
            let inner = &text[1..];
            match inner.split_once(quote) {
                Some((value, rest)) => (value, rest),
                None => (inner, ""),
            }
        }
        None => text.split_at(
            text.find(|c: char| c.is_ascii_whitespace())
                .unwrap_or(text.len()),
        ),
    }
}

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "xmp", "iframe", "noembed", "noframes"];
/// Elements whose content is text with references and no tags.
const TITLES: &[&str] = &["title", "textarea"];

/// Reads tokens off a text.
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// The element whose raw content comes next, and whether references count in it.
    raw: Option<(&'a str, bool)>,
    /// A quotation mark in a tag was never closed: from there on they mean nothing. Keeps reading linear.
    quotes_off: bool,
    /// A comment was never closed: from there on one ends at the next `>`.
    comments_off: bool,
    /// No `>` is left in the text.
    tags_off: bool,
    /// Which of the raw elements have no end tag left in the text, a bit each.
    unclosed: u8,
    /// The text is XML: no element has raw content by its name.
    xml: bool,
}

impl<'a> Lexer<'a> {
    /// A lexer at the start of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            raw: None,
            quotes_off: false,
            comments_off: false,
            tags_off: false,
            unclosed: 0,
            xml: false,
        }
    }

    /// A lexer for XML, well formed or not.
    #[must_use]
    pub fn xml(text: &'a str) -> Self {
        Self {
            xml: true,
            ..Self::new(text)
        }
    }

    /// How many bytes were read.
    #[must_use]
    pub fn consumed(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Takes `length` bytes.
    fn take(&mut self, length: usize) -> &'a str {
        let taken = &self.text[self.at..self.at + length];
        self.at += length;
        taken
    }

    /// The content of a raw element, up to its end tag or the end.
    fn raw_content(&mut self, name: &'a str, references: bool) -> Option<Token<'a>> {
        let rest = self.rest();
        let end = end_tag(rest, name).unwrap_or(rest.len());
        if end == 0 {
            return None;
        }
        let content = self.take(end);
        Some(if references {
            Token::Text(content)
        } else {
            Token::Raw(content)
        })
    }

    /// The text up to the next thing that may be a tag.
    fn words(&mut self) -> Token<'a> {
        let rest = self.rest();
        // The first byte is text even where it is a '<' that opens nothing.
        let length = memchr(b'<', &rest.as_bytes()[1..]).map_or(rest.len(), |at| at + 1);
        Token::Text(self.take(length))
    }

    fn tag_or_words(&mut self) -> Token<'a> {
        let rest = self.rest();
        // Looked for once: without the flag, many `<` and no `>` would cost the square of their number.
        if self.tags_off || memchr(b'>', rest.as_bytes()).is_none() {
            self.tags_off = true;
            return self.words();
        }
        match rest.as_bytes().get(1) {
            Some(b'a'..=b'z' | b'A'..=b'Z') => self.start_tag().unwrap_or_else(|| self.words()),
            Some(b'/') if rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) => {
                self.end_tag().unwrap_or_else(|| self.words())
            }
            Some(b'!' | b'?' | b'/') => self.other(),
            _ => self.words(),
        }
    }

    fn start_tag(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let inner = &rest[1..self.tag_end(rest)?];
        self.at += inner.len() + 2;
        let length = inner
            .find(|c: char| c.is_ascii_whitespace() || c == '/')
            .unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(length);
        let tag = Tag { name, attributes };
        self.raw = self.content_of(&tag);
        Some(Token::Start(tag))
    }

    /// Whether what follows `tag` is raw, and whether references count in it. A frame that is never closed would hide
    /// the rest of the text, so it is none.
    fn content_of(&mut self, tag: &Tag<'a>) -> Option<(&'a str, bool)> {
        if self.xml {
            return None;
        }
        if TITLES.iter().any(|n| tag.is(n)) {
            return Some((tag.name, true));
        }
        let place = RAW.iter().position(|n| tag.is(n))?;
        let always = tag.is("script") || tag.is("style");
        let bit = 1 << place;
        if !always && self.unclosed & bit == 0 && end_tag(self.rest(), tag.name).is_none() {
            self.unclosed |= bit;
        }
        (self.unclosed & bit == 0).then_some((tag.name, false))
    }

    fn end_tag(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let inner = &rest[2..memchr(b'>', rest.as_bytes())?];
        self.at += inner.len() + 3;
        let length = inner
            .find(|c: char| c.is_ascii_whitespace() || c == '/')
            .unwrap_or(inner.len());
        Some(Token::End(&inner[..length]))
    }

    /// Where the tag that `rest` starts with ends: at the first `>` outside quotation marks.
    fn tag_end(&mut self, rest: &str) -> Option<usize> {
        let bytes = rest.as_bytes();
        let plain = memchr(b'>', bytes)?;
        if self.quotes_off || !bytes[..plain].contains(&b'=') {
            return Some(plain);
        }
        let end = quoted_end(bytes);
        self.quotes_off |= end.is_none();
        Some(end.unwrap_or(plain))
    }

    fn other(&mut self) -> Token<'a> {
        let rest = self.rest();
        if let Some(inner) = rest.strip_prefix("<![CDATA[") {
            let end = memmem::find(inner.as_bytes(), b"]]>");
            let length = end.unwrap_or(inner.len());
            self.at += 9 + length + if end.is_some() { 3 } else { 0 };
            return Token::Raw(&inner[..length]);
        }
        if rest.starts_with("<!--") && !self.comments_off {
            // `<!-->` is a whole comment.
            match memmem::find(&rest.as_bytes()[2..], b"-->") {
                Some(end) => return Token::Other(self.take(end + 5)),
                None => self.comments_off = true,
            }
        }
        let end = memchr(b'>', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        Token::Other(self.take(end))
    }
}

/// The first `>` outside quotation marks that follow a `=`.
fn quoted_end(bytes: &[u8]) -> Option<usize> {
    let mut after_equals = false;
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        match b {
            b'>' => return Some(at),
            b'"' | b'\'' if after_equals => at += 1 + memchr(b, bytes.get(at + 1..)?)?,
            _ => {}
        }
        after_equals = b == b'=' || (after_equals && b.is_ascii_whitespace());
        at += 1;
    }
    None
}

/// Where the end tag of `name` starts in `text`.
fn end_tag(text: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = memmem::find(&text.as_bytes()[from..], b"</").map(|at| at + from) {
        let after = text.get(at + 2..at + 2 + name.len());
        if after.is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return Some(at);
        }
        from = at + 2;
    }
    None
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some((name, references)) = self.raw.take()
            && let Some(token) = self.raw_content(name, references)
        {
            return Some(token);
        }
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        Some(if rest.starts_with('<') {
            self.tag_or_words()
        } else {
            self.words()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> String {
        let show = |t: Token<'_>| match t {
            Token::Text(t) => format!("[{t}]"),
            Token::Raw(t) => format!("raw[{t}]"),
            Token::Start(t) => format!("<{}>", t.name),
            Token::End(n) => format!("</{n}>"),
            Token::Other(_) => "!".to_owned(),
        };
        Lexer::new(html).map(show).collect()
    }

    #[test]
    fn tags_texts_and_what_only_looks_like_them() {
        for (html, tokens) in [
            ("<p>a<br/>b</p >", "<p>[a]<br>[b]</p>"),
            ("1 < 2 <3 <", "[1 ][< 2 ][<3 ][<]"),
            ("<a href='x>y'>z", "<a>[z]"),
            ("<a href=\"x>y</a><b>", "<a>[y]</a><b>"),
            (
                "<script>if (a<b) '</p>'</script>x",
                "<script>raw[if (a<b) '</p>']</script>[x]",
            ),
            ("<title>a <b> &amp;</title>", "<title>[a <b> &amp;]</title>"),
            ("<!-- a > b --><!-->x<!-- y > z", "!![x]![ z]"),
            ("<!DOCTYPE html><?xml?></>x", "!!![x]"),
            ("<![CDATA[a <b>]]>c", "raw[a <b>][c]"),
            ("<p", "[<p]"),
            ("<style></style><style>", "<style></style><style>"),
        ] {
            assert_eq!(read(html), tokens, "{html:?}");
        }
    }

    #[test]
    fn attributes_in_every_dress() {
        let Some(Token::Start(tag)) =
            Lexer::new("<A HREF = 'a&amp;b' rel=next disabled data-x=\"1\"/>").next()
        else {
            panic!("a start tag");
        };
        assert!(tag.is("a"));
        assert_eq!(tag.attribute("href").as_deref(), Some("a&b"));
        assert_eq!(tag.attribute("rel").as_deref(), Some("next"));
        assert_eq!(tag.attribute("disabled").as_deref(), Some(""));
        assert_eq!(tag.attribute("data-x").as_deref(), Some("1"));
        assert_eq!(tag.attribute("id"), None);
    }
}
