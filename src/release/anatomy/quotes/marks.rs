//! Where quotation marks open and close. Typographic, straight, German, French, Swedish and CJK marks; single ones where
//! a text uses no others. Marks that were mistyped (a closing one that opens) are read as they were meant. A quotation
//! that its paragraph leaves open goes on where the next paragraph opens with a mark again. It refuses to decide
//! which quotations are spoken.

use crate::text::Extent;

/// What stands between two marks of one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// Between the marks.
    pub extent: Extent,
    /// Where the opening mark starts.
    pub open: usize,
    /// One past the closing mark; the end of the paragraph where there is none.
    pub close: usize,
    /// Whether a closing mark stands there.
    pub closed: bool,
}

/// The marks that a text opens its quotations with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Double ones of any kind.
    Double,
    /// `‘…’` alone.
    Single,
}

/// How the paragraphs of a text quote.
pub(super) fn style<'t>(paragraphs: impl Iterator<Item = &'t str>) -> Style {
    let mut single = false;
    for paragraph in paragraphs {
        if !may_quote(paragraph) {
            continue;
        }
        if paragraph.contains(['“', '"', '„', '«', '「', '”']) {
            return Style::Double;
        }
        single |= paragraph.contains('‘');
    }
    if single { Style::Single } else { Style::Double }
}

/// Whether a paragraph has a byte that a mark begins with: most have none.
fn may_quote(paragraph: &str) -> bool {
    let bytes = paragraph.as_bytes();
    memchr::memchr(b'"', bytes).is_some() || memchr::memchr3(0xC2, 0xE2, 0xE3, bytes).is_some()
}

/// The quotations of one paragraph, in order, the outermost only.
pub(super) fn spans(text: &str, within: Extent, style: Style) -> Vec<Span> {
    let inner = within.of(text);
    let mut found = Vec::new();
    if !may_quote(inner) {
        return found;
    }
    let mut open: Option<(usize, char)> = None;
    let mut depth = 0_u32;
    let mixed = !inner.contains('”');
    for here in marks(inner, mixed) {
        let (at, c) = (here.at, here.c);
        match open {
            None if here.opens(style) => {
                open = Some((at, c));
                depth = 0;
            }
            Some((_, mark)) if here.nests(mark) => depth += 1,
            Some((_, mark)) if here.closes(mark) && depth > 0 => depth -= 1,
            Some((from, mark)) if here.closes(mark) => {
                found.push(span(inner, within.start, from, mark, Some((at, c))));
                open = None;
            }
            // A second opening mark: the first one was never closed, or was a slip.
            Some((_, mark)) if c == mark && here.opens(style) && !mirrored(mark) => {
                open = Some((at, c))
            }
            _ => {}
        }
    }
    if let Some((from, mark)) = open {
        found.push(span(inner, within.start, from, mark, None));
    }
    found
}

/// The places of `inner` that may be marks: only straight ones and characters that begin as the others do.
fn marks(inner: &str, mixed: bool) -> impl Iterator<Item = Mark> {
    let places = inner
        .bytes()
        .enumerate()
        .filter(|(_, byte)| matches!(byte, b'"' | 0xC2 | 0xE2 | 0xE3));
    places.filter_map(move |(at, _)| {
        let mut rest = inner.get(at..)?.chars();
        Some(Mark {
            at,
            c: rest.next()?,
            before: inner[..at].chars().next_back().unwrap_or(' '),
            next: rest.next().unwrap_or(' '),
            mixed,
        })
    })
}

/// A span between the mark at `from` and the one that closes it, white space left out.
fn span(inner: &str, base: usize, from: usize, mark: char, close: Option<(usize, char)>) -> Span {
    let start = from + mark.len_utf8();
    let end = close.map_or(inner.len(), |(at, _)| at);
    let words = &inner[start..end];
    let lead = words.len() - words.trim_start().len();
    let kept = words.trim().len();
    Span {
        extent: Extent::new(base + start + lead, base + start + lead + kept),
        open: base + from,
        close: base + close.map_or(end, |(at, c)| at + c.len_utf8()),
        closed: close.is_some(),
    }
}

/// A mark and what stands beside it.
struct Mark {
    /// Where it stands in its paragraph.
    at: usize,
    c: char,
    before: char,
    next: char,
    /// No typographic closing mark stands in the paragraph: a straight one may stand for it.
    mixed: bool,
}

impl Mark {
    /// Whether it opens a quotation where none is open.
    fn opens(&self, style: Style) -> bool {
        let free = !self.before.is_alphanumeric();
        let words = !self.next.is_whitespace() && !matches!(self.next, ',' | '.' | ';' | ')');
        match self.c {
            '“' | '„' | '«' | '「' | '『' | '‟' => true,
            '”' | '»' => {
                free && self.next.is_alphanumeric()
                    && (self.before.is_whitespace() || self.before == '(')
            }
            '"' => words && (free || self.next.is_uppercase() && !self.before.is_ascii_digit()),
            '‘' => style == Style::Single && free && words,
            _ => false,
        }
    }

    /// Whether it closes what `open` opened.
    fn closes(&self, open: char) -> bool {
        let after_word = !self.before.is_whitespace();
        match (open, self.c) {
            ('“' | '”' | '‟', '”')
            | ('„', '“' | '”')
            | ('«', '»')
            | ('»', '«')
            | ('「', '」')
            | ('『', '』') => true,
            // Mistyped: an opening mark where a closing one was meant, or the other kind of mark.
            ('“' | '”', '“') => after_word && (self.next.is_whitespace() || self.next == ','),
            ('“' | '”' | '„', '"') => self.mixed && (after_word || self.next.is_whitespace()),
            ('"', '”' | '“') => after_word || self.next.is_whitespace(),
            ('"', '"') => after_word || self.next.is_whitespace() && !self.before.is_whitespace(),
            ('‘', '’') => {
                !self.next.is_alphanumeric() && matches!(self.before, ',' | '.' | '!' | '?' | '…')
            }
            _ => false,
        }
    }

    /// Whether it opens a quotation of the same kind inside another.
    fn nests(&self, open: char) -> bool {
        matches!((open, self.c), ('「', '「') | ('『', '『') | ('«', '«'))
    }
}

/// Marks that look the same at both ends.
fn mirrored(mark: char) -> bool {
    mark == '"'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<&str> {
        let style = style(std::iter::once(text));
        spans(text, Extent::new(0, text.len()), style)
            .into_iter()
            .map(|span| span.extent.of(text))
            .collect()
    }

    #[test]
    fn marks_of_all_kinds_pair() {
        for (text, inside) in [
            ("“We won,” she said. “Twice.”", vec!["We won,", "Twice."]),
            (
                "\"We won,\" she said. \"Twice.\"",
                vec!["We won,", "Twice."],
            ),
            (
                "Er sagte: „Wir wachsen.“ Dann ging er.",
                vec!["Wir wachsen."],
            ),
            (
                "Elle a dit : « Nous sommes ravis ». Fin.",
                vec!["Nous sommes ravis"],
            ),
            ("»Wir wachsen«, sagte sie.", vec!["Wir wachsen"]),
            ("他说：“我们很高兴。”", vec!["我们很高兴。"]),
            (
                "彼は「嬉しい「とても」です」と述べた。",
                vec!["嬉しい「とても」です"],
            ),
            (
                "‘We don’t know the patients’ names,’ he said.",
                vec!["We don’t know the patients’ names,"],
            ),
            (
                "“The 'inner' one and \"others\", too,” he said.",
                vec!["The 'inner' one and \"others\", too,"],
            ),
            ("“Left open at the end", vec!["Left open at the end"]),
            ("the 5\" screen and a 12\" disc", vec![]),
        ] {
            assert_eq!(read(text), inside, "{text}");
        }
    }
}
