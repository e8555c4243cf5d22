//! The value of an element of a feed that holds text: escaped HTML, XHTML, plain text or base64, by what its type and
//! mode say, and by what it looks like where they say nothing.

use url::Url;

use super::tree::{Element, Tree};
use crate::source::html::{Flowed, Lexer, Token, decode_references, flow, flow_line};
use crate::source::json::looks_like_html;

/// A text and whether it is HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Construct {
    value: String,
    html: bool,
}

impl Construct {
    /// The construct that an element holds; `plain` says that without a type it is plain text, as in Atom.
    pub fn read(tree: &Tree<'_>, element: &Element<'_>, plain: bool) -> Self {
        let kind = element
            .tag
            .attribute("type")
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        let mode = element
            .tag
            .attribute("mode")
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        let inner = tree.inner(element);
        if mode == "base64" || (mode.is_empty() && is_binary(&kind)) {
            let html = kind.contains("html");
            return Self {
                value: base64(&unescape(inner).0),
                html,
            };
        }
        let (text, tags) = unescape(inner);
        // Markup that stands unescaped is markup, whatever the type says.
        if tags {
            return Self {
                value: inner.to_owned(),
                html: true,
            };
        }
        let html = match kind.as_str() {
            "text" | "text/plain" | "plain" => false,
            "" if plain => false,
            "" => looks_like_markup(&text),
            _ if kind.contains("html") => true,
            _ => looks_like_markup(&text),
        };
        Self { value: text, html }
    }

    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        self.value.trim().is_empty()
    }

    /// As running text.
    pub fn flowed(&self, base: Option<&Url>) -> Flowed {
        if self.html {
            return flow(&self.value, base);
        }
        let lines: Vec<&str> = self.value.trim().lines().map(str::trim_end).collect();
        Flowed {
            text: lines.join("\n"),
            markup: Vec::new(),
        }
    }

    /// On one line.
    pub fn line(&self) -> String {
        if self.html {
            return flow_line(&self.value);
        }
        let words: Vec<&str> = self.value.split_whitespace().collect();
        words.join(" ")
    }
}

/// The text within an element, references resolved and CDATA opened, and whether tags stand in it.
fn unescape(inner: &str) -> (String, bool) {
    let mut text = String::with_capacity(inner.len());
    let mut tags = false;
    for token in Lexer::xml(inner) {
        match token {
            Token::Text(t) => text.push_str(&decode_references(t)),
            Token::Raw(t) => text.push_str(t),
            Token::Start(_) => tags = true,
            Token::End(_) | Token::Other(_) => {}
        }
    }
    (text, tags)
}

/// The plain text of an element, on one line.
pub fn line(tree: &Tree<'_>, element: &Element<'_>) -> Option<String> {
    let (text, _) = unescape(tree.inner(element));
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Whether a text without a type is HTML: tags or references in it.
fn looks_like_markup(text: &str) -> bool {
    let tag = text.match_indices('<').take(64).any(|(at, _)| {
        let next = text[at + 1..].chars().next();
        next.is_some_and(|c| c.is_ascii_alphabetic() || c == '/' || c == '!')
    });
    let reference = text.match_indices('&').take(64).any(|(at, _)| {
        text[at + 1..].split_once(';').is_some_and(|(name, _)| {
            (2..10).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
        })
    });
    tag || reference || looks_like_html(text)
}

/// Types of Atom content that are neither text nor XML come in base64.
fn is_binary(kind: &str) -> bool {
    kind.contains('/')
        && !kind.starts_with("text/")
        && !kind.contains("xml")
        && !kind.contains("html")
}

/// Base64, white space and padding passed over, as text; what is not base64 stays as it is.
fn base64(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for b in text
        .bytes()
        .filter(|b| !b.is_ascii_whitespace() && *b != b'=')
    {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return text.to_owned(),
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xFF).unwrap_or(0));
        }
    }
    // Words of four letters are base64 as well; what they stand for is no text.
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str, plain: bool) -> String {
        let tree = Tree::read(xml);
        let element = tree.elements.first().expect("an element");
        Construct::read(&tree, element, plain).flowed(None).text
    }

    #[test]
    fn by_type_by_mode_and_by_look() {
        for (xml, plain, want) in [
            (
                "<description>a &lt;b&gt;c&lt;/b&gt; &amp;amp; d</description>",
                false,
                "a c & d",
            ),
            (
                "<description><![CDATA[<p>a</p><p>b</p>]]></description>",
                false,
                "a\n\nb",
            ),
            (
                "<description>R&D and <i>more</i></description>",
                false,
                "R&D and more",
            ),
            ("<title>1 &lt; 2</title>", true, "1 < 2"),
            ("<title type='html'>a &lt;i>b&lt;/i></title>", true, "a b"),
            (
                "<content type='xhtml'><div><p>a</p>b</div></content>",
                true,
                "a\n\nb",
            ),
            (
                "<content mode='base64' type='text/html'>PHA+SGk8L3A+</content>",
                true,
                "Hi",
            ),
            (
                "<content type='text/plain'>a &lt;b> c</content>",
                false,
                "a <b> c",
            ),
            ("<summary>One\n two</summary>", true, "One\n two"),
        ] {
            assert_eq!(read(xml, plain), want, "{xml}");
        }
    }
}
