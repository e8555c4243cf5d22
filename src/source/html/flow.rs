//! HTML to running text with what the markup said about its parts. It exists because anatomy wants paragraphs, and
//! headings, lists, tables and links as extents, not tags. It reads tokens, builds no tree, takes linear time and
//! never fails; scripts, styles and drawings are no text.

use memchr::memchr;
use url::Url;

use super::entities::decode;
use super::lexer::{Lexer, Tag, Token};
use super::run::run;
use crate::release::{Markup, MarkupKind};
use crate::source::limits;
use crate::text::Extent;

/// Text and its markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flowed {
    /// The text: paragraphs parted by blank lines, rows and list items by line feeds, cells by tabs.
    pub text: String,
    /// What the markup said, in order of its start.
    pub markup: Vec<Markup>,
}

/// The text of a piece of HTML. `base` is the address that its links start from.
#[must_use]
pub fn flow(html: &str, base: Option<&Url>) -> Flowed {
    let mut flow = Flow::new(base);
    flow.out.reserve(html.len().min(limits::TEXT));
    for token in Lexer::new(html) {
        flow.token(token);
        if flow.out.len() > limits::TEXT {
            break;
        }
    }
    flow.finish()
}

/// The text alone, on one line.
#[must_use]
pub fn flow_line(html: &str) -> String {
    let flowed = flow(html, None);
    let words: Vec<&str> = flowed.text.split_whitespace().collect();
    words.join(" ")
}

/// The white space that is due before the next word; a greater one swallows a smaller one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    Nothing,
    /// One no-break space between two words stays one.
    NoBreak,
    Space,
    Cell,
    Line,
    Paragraph,
}

/// What an element does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flowing {
    Inline,
    Line,
    Paragraph,
    Cell,
    Row,
    Hidden,
}

/// An element that is open.
#[derive(Debug)]
struct Open<'a> {
    name: &'a str,
    flowing: Flowing,
    /// Where its first word stands; `None` before that.
    start: Option<usize>,
    kind: Option<MarkupKind>,
}

/// A list that is open: the number of its next item, or none for bullets.
type List = Option<usize>;

struct Flow<'a, 'u> {
    base: Option<&'u Url>,
    out: String,
    markup: Vec<Markup>,
    gap: Gap,
    open: Vec<Open<'a>>,
    /// How many of the open elements hide what is in them.
    hidden: usize,
    /// How many of the open elements keep their line feeds.
    preformatted: usize,
    lists: Vec<List>,
    /// A bullet or number that is due before the next word.
    bullet: Option<String>,
    /// The present cell has text.
    cell_filled: bool,
    /// The present row has text.
    row_filled: bool,
    /// The last tag opened a frame, whose raw content is no text.
    after_frame: bool,
}

impl<'a, 'u> Flow<'a, 'u> {
    fn new(base: Option<&'u Url>) -> Self {
        Self {
            base,
            out: String::new(),
            markup: Vec::new(),
            gap: Gap::Nothing,
            open: Vec::new(),
            hidden: 0,
            preformatted: 0,
            lists: Vec::new(),
            bullet: None,
            cell_filled: true,
            row_filled: false,
            after_frame: false,
        }
    }

    fn token(&mut self, token: Token<'a>) {
        let after_frame = std::mem::take(&mut self.after_frame);
        match token {
            Token::Text(text) if self.hidden == 0 => self.words(&decode(text)),
            // What is raw in a hidden element is a script; elsewhere it is a CDATA section.
            Token::Raw(text) if self.hidden == 0 && !after_frame => self.words(text),
            Token::Start(tag) => {
                self.after_frame = is_frame(tag.name);
                self.start(tag);
            }
            Token::End(name) => self.end(name),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if self.preformatted > 0 {
            return self.lines(text);
        }
        // A run of words at a time: what a word's first character does to the state, nothing behind it in the run does
        // again.
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if matches!(first, ' ' | '\t' | '\n' | '\r' | '\u{0C}' | '\u{A0}') {
                self.gap = match self.gap {
                    Gap::Nothing if first == '\u{A0}' => Gap::NoBreak,
                    gap => gap.max(Gap::Space),
                };
                rest = &rest[first.len_utf8()..];
                continue;
            }
            let (run, after) = rest.split_at(run(rest));
            self.close_gap();
            self.out.push_str(run);
            rest = after;
        }
    }

    /// Text that keeps its line feeds and spaces.
    fn lines(&mut self, text: &str) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                let blank = self.gap >= Gap::Line;
                self.gap = if blank { Gap::Paragraph } else { Gap::Line };
            }
            let line = line.trim_end_matches('\r');
            if !line.trim().is_empty() {
                self.close_gap();
                self.out.push_str(line);
            }
        }
    }

    /// Writes the white space that is due, and takes note of what starts here.
    fn close_gap(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if !self.out.is_empty() {
            self.out.push_str(match gap {
                Gap::Nothing => "",
                Gap::NoBreak => "\u{A0}",
                Gap::Space => " ",
                Gap::Cell => "\t",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.cell_filled = true;
        if !self.row_filled {
            self.row_filled = true;
        }
        let at = self.out.len();
        if let Some(bullet) = self.bullet.take() {
            self.out.push_str(&bullet);
        }
        // Those that have started lie below those that have not, so this costs each element one visit.
        for open in self.open.iter_mut().rev().take_while(|o| o.start.is_none()) {
            open.start = Some(at);
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        let flowing = flowing(tag.name);
        self.imply_ends(tag);
        match flowing {
            Flowing::Paragraph => self.part(Gap::Paragraph),
            Flowing::Line => self.part(Gap::Line),
            Flowing::Cell => self.start_cell(),
            Flowing::Row => self.start_row(),
            Flowing::Hidden | Flowing::Inline => {}
        }
        if tag.is("br") {
            let again = self.gap == Gap::Line;
            self.part(if again { Gap::Paragraph } else { Gap::Line });
        }
        if is_void(tag.name) {
            return;
        }
        self.hidden += usize::from(flowing == Flowing::Hidden);
        self.preformatted += usize::from(tag.is("pre"));
        let kind = self.kind(&tag);
        self.start_list(&tag);
        if self.open.len() < limits::DEPTH as usize {
            self.open.push(Open {
                name: tag.name,
                flowing,
                start: None,
                kind,
            });
        } else {
            self.hidden -= usize::from(flowing == Flowing::Hidden);
            self.preformatted -= usize::from(tag.is("pre"));
        }
    }

    /// A break before the next word; at the start of a cell there is none, the cell's own gap is enough.
    fn part(&mut self, gap: Gap) {
        if self.cell_filled {
            self.gap = self.gap.max(gap);
        }
    }

    fn start_cell(&mut self) {
        let gap = if self.row_filled { Gap::Cell } else { self.gap };
        // Whatever blocks ended in the cell before, the cells stand on one line.
        self.gap = gap;
        self.cell_filled = false;
    }

    fn start_row(&mut self) {
        self.gap = self.gap.max(Gap::Line);
        self.row_filled = false;
        self.cell_filled = true;
    }

    fn end_row(&mut self, start: Option<usize>) {
        self.cell_filled = true;
        let Some(start) = start.filter(|_| self.row_filled) else {
            return;
        };
        let tall = self.out[start.min(self.out.len())..].contains("\n\n");
        self.gap = if tall { Gap::Paragraph } else { Gap::Line };
        self.row_filled = false;
    }

    fn start_list(&mut self, tag: &Tag<'_>) {
        if tag.is("ul") || tag.is("menu") {
            self.lists.push(None);
        } else if tag.is("ol") {
            let first = tag.attribute("start").and_then(|s| s.trim().parse().ok());
            self.lists.push(Some(first.unwrap_or(1)));
        } else if tag.is("li") {
            self.bullet = Some(match self.lists.last_mut() {
                Some(Some(number)) => {
                    *number = number.saturating_add(1);
                    format!("{}. ", number.saturating_sub(1))
                }
                _ => "• ".to_owned(),
            });
        }
    }

    fn kind(&self, tag: &Tag<'_>) -> Option<MarkupKind> {
        let lower = tag.name.to_ascii_lowercase();
        match lower.as_bytes() {
            [b'h', digit @ b'1'..=b'6'] => Some(MarkupKind::Heading(digit - b'0')),
            b"li" => Some(MarkupKind::ListItem),
            b"tr" => Some(MarkupKind::TableRow),
            b"blockquote" => Some(MarkupKind::BlockQuote),
            b"b" | b"strong" => Some(MarkupKind::Strong),
            b"pre" => Some(MarkupKind::Preformatted),
            b"a" => self.link(tag).map(MarkupKind::Link),
            _ => None,
        }
    }

    fn link(&self, tag: &Tag<'_>) -> Option<String> {
        let href = tag.attribute("href")?;
        let href = href.trim();
        if href.is_empty() || href.starts_with('#') {
            return None;
        }
        let resolved = match self.base {
            Some(base) => base.join(href).ok(),
            None => Url::parse(href).ok(),
        };
        Some(resolved.map_or_else(|| href.to_owned(), String::from))
    }

    /// Ends what the start of `tag` ends without a word: an item before an item, a cell before a cell.
    fn imply_ends(&mut self, tag: Tag<'a>) {
        let (ended, within): (&[&str], &[&str]) = match () {
            () if tag.is("li") => (&["li"], &["ul", "ol", "menu"]),
            () if tag.is("td") || tag.is("th") => (&["td", "th"], &["tr", "table"]),
            () if tag.is("tr") => (&["tr"], &["table"]),
            () if tag.is("dt") || tag.is("dd") => (&["dt", "dd"], &["dl"]),
            () if flowing(tag.name) == Flowing::Paragraph => (&["p"], &["td", "th", "li", "div"]),
            () => return,
        };
        let is =
            |names: &[&str], o: &Open<'_>| names.iter().any(|n| o.name.eq_ignore_ascii_case(n));
        let found = self
            .open
            .iter()
            .rev()
            .take_while(|o| !is(within, o))
            .find(|o| is(ended, o))
            .map(|o| o.name);
        if let Some(name) = found {
            self.end(name);
        }
    }

    fn end(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("br") {
            return self.part(Gap::Line);
        }
        if name.eq_ignore_ascii_case("p") && self.innermost("p").is_none() {
            return self.part(Gap::Paragraph);
        }
        let Some(at) = self.innermost(name) else {
            return;
        };
        while self.open.len() > at {
            let Some(open) = self.open.pop() else { return };
            self.close(open);
        }
    }

    /// The place of the innermost open element of this name. An inline end tag does not reach out of its block.
    fn innermost(&self, name: &str) -> Option<usize> {
        let inline = flowing(name) == Flowing::Inline;
        let wall = |o: &Open<'_>| {
            matches!(o.flowing, Flowing::Cell) || (inline && o.flowing == Flowing::Paragraph)
        };
        let table = matches!(flowing(name), Flowing::Cell | Flowing::Row)
            || name.eq_ignore_ascii_case("table")
            || name.eq_ignore_ascii_case("tbody");
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.name.eq_ignore_ascii_case(name) {
                return Some(at);
            }
            if wall(open) && !table {
                return None;
            }
        }
        None
    }

    fn close(&mut self, open: Open<'a>) {
        match open.flowing {
            Flowing::Hidden => self.hidden -= 1,
            Flowing::Paragraph => self.part(Gap::Paragraph),
            Flowing::Line => self.part(Gap::Line),
            Flowing::Cell => self.cell_filled = true,
            Flowing::Row => self.end_row(open.start),
            Flowing::Inline => {}
        }
        if open.name.eq_ignore_ascii_case("pre") {
            self.preformatted -= 1;
        }
        if ["ul", "ol", "menu"]
            .iter()
            .any(|n| open.name.eq_ignore_ascii_case(n))
        {
            self.lists.pop();
        }
        if open.name.eq_ignore_ascii_case("li") {
            self.bullet = None;
        }
        if let (Some(start), Some(kind)) = (open.start, open.kind) {
            let extent = Extent::new(start, self.out.len().max(start));
            let empty = extent.is_empty();
            // A row is one only where it has cells side by side.
            let lone = kind == MarkupKind::TableRow
                && memchr(b'\t', extent.of(&self.out).as_bytes()).is_none();
            if !empty && !lone {
                self.markup.push(Markup { extent, kind });
            }
        }
    }

    fn finish(mut self) -> Flowed {
        while let Some(open) = self.open.pop() {
            self.close(open);
        }
        if self.out.len() > limits::TEXT {
            cut(&mut self.out, limits::TEXT);
            let end = self.out.len();
            self.markup.retain_mut(|m| {
                m.extent.end = m.extent.end.min(end);
                m.extent.start < m.extent.end
            });
        }
        // Outer before inner where both cover the same words: the outer one was closed last.
        self.markup.reverse();
        self.markup
            .sort_by_key(|m| (m.extent.start, usize::MAX - m.extent.end));
        Flowed {
            text: self.out,
            markup: self.markup,
        }
    }
}

/// Cuts `text` to at most `length` bytes, an ellipsis included.
pub fn cut(text: &mut String, length: usize) {
    if text.len() <= length {
        return;
    }
    let mark = "…";
    text.truncate(text.floor_char_boundary(length.saturating_sub(mark.len())));
    text.push_str(mark);
}

fn is_frame(name: &str) -> bool {
    ["iframe", "noframes", "noembed", "xmp"]
        .iter()
        .any(|n| name.eq_ignore_ascii_case(n))
}

fn is_void(name: &str) -> bool {
    const VOID: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    ];
    VOID.iter().any(|n| name.eq_ignore_ascii_case(n))
}

fn flowing(name: &str) -> Flowing {
    const PARAGRAPH: &[&str] = &[
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "menu",
        "table",
        "blockquote",
        "pre",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "figure",
        "figcaption",
        "dl",
        "hr",
        "address",
        "form",
        "fieldset",
        "details",
        "summary",
        "center",
        "caption",
        "body",
        "html",
        "hgroup",
        "legend",
        "dialog",
        "search",
    ];
    const LINE: &[&str] = &["li", "dt", "dd", "option"];
    // What stands in other embedded things is there for those who cannot see them.
    const HIDDEN: &[&str] = &[
        "script", "style", "svg", "template", "noscript", "head", "canvas", "audio", "video",
    ];
    let is = |names: &[&str]| names.iter().any(|n| name.eq_ignore_ascii_case(n));
    match () {
        () if is(PARAGRAPH) => Flowing::Paragraph,
        () if is(LINE) => Flowing::Line,
        () if is(&["td", "th"]) => Flowing::Cell,
        () if is(&["tr"]) => Flowing::Row,
        () if is(HIDDEN) => Flowing::Hidden,
        () => Flowing::Inline,
    }
}

#[cfg(test)]
mod tests;
