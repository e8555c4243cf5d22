//! Takes out of a page what no reader sees and what makes parsers slow: scripts, styles, pictures inside attributes,
//! attributes without number. It exists because the parser that follows compares every attribute of a tag with every
//! other; it changes no word of the text.

use std::borrow::Cow;

use super::lexer::{Attributes, Lexer, Tag, Token};
use crate::source::limits;

/// `html` without scripts (but JSON-LD), styles, over-long attribute values and attributes beyond the limit.
#[must_use]
pub fn defuse(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut kept = 0;
    let mut lexer = Lexer::new(html);
    let mut skipping = false;
    loop {
        let from = lexer.consumed();
        let Some(token) = lexer.next() else { break };
        let to = lexer.consumed();
        match token {
            Token::Start(tag) => {
                skipping = drops(&tag);
                if tame(&tag) {
                    continue;
                }
                out.push_str(&html[kept..from]);
                rewrite(&tag, &mut out);
                kept = to;
            }
            Token::Raw(_) if skipping => {
                out.push_str(&html[kept..from]);
                kept = to;
            }
            _ => {}
        }
    }
    if kept == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[kept..]);
    Cow::Owned(out)
}

/// Whether the raw content of `tag` is of no use.
fn drops(tag: &Tag<'_>) -> bool {
    tag.is("style") || (tag.is("script") && !is_json_ld(tag))
}

/// Whether `tag` is a script of linked data.
#[must_use]
pub fn is_json_ld(tag: &Tag<'_>) -> bool {
    tag.is("script")
        && tag
            .attribute("type")
            .is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json"))
}

/// Whether `tag` may stay as it is.
fn tame(tag: &Tag<'_>) -> bool {
    tag.attributes.len() <= limits::ATTRIBUTES
        || (tag.attributes.len() <= limits::ATTRIBUTE
            && Attributes::of(tag).take(limits::ATTRIBUTES + 1).count() <= limits::ATTRIBUTES)
}

/// Writes `tag` with the attributes that are within the limits.
fn rewrite(tag: &Tag<'_>, out: &mut String) {
    out.push('<');
    out.push_str(tag.name);
    for attribute in Attributes::of(tag)
        .take(limits::ATTRIBUTES)
        .filter(|a| a.value.len() <= limits::ATTRIBUTE && a.name.len() <= limits::ATTRIBUTES)
    {
        let quote = if attribute.value.contains('"') {
            '\''
        } else {
            '"'
        };
        out.push(' ');
        out.push_str(attribute.name);
        out.push('=');
        out.push(quote);
        out.push_str(attribute.value);
        out.push(quote);
    }
    out.push('>');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_reader_sees_goes_and_the_rest_stays() {
        let page = "<style>x{}</style><p id=a>One</p><script>bad()</script>\
                    <script type='application/ld+json'>{\"a\":1}</script>two";
        let left = defuse(page);
        assert_eq!(
            left,
            "<style></style><p id=a>One</p><script></script>\
             <script type='application/ld+json'>{\"a\":1}</script>two"
        );
        assert!(matches!(defuse("<p>plain</p>"), Cow::Borrowed(_)));
    }

    #[test]
    fn attributes_beyond_the_limit_go() {
        let many: String = (0..100_000).map(|i| format!(" a{i}=1")).collect();
        let picture = format!("<img src=\"data:{}\" alt='x'>", "A".repeat(1 << 20));
        let left = defuse(&format!("<p{many}>One</p>{picture}two")).into_owned();
        assert!(left.len() < 10_000, "{}", left.len());
        assert!(left.contains(">One</p><img alt=\"x\">two"), "{left}");
    }
}
