//! Markdown in: text without its signs, and what the signs said as markup. It exists for archives that are kept as
//! Markdown; it takes what press offices write, keeps every word, and leaves a sign that closes nothing as it is. Lines
//! stay lines: contact blocks depend on them.

mod front;
mod inline;

use crate::release::{Format, Incoming, Markup, MarkupKind};
use crate::text::Extent;

use inline::References;

/// A release of Markdown.
#[must_use]
pub fn read(text: &str) -> Incoming {
    let text = text.replace("\r\n", "\n");
    let (front, body) = front::split(&text);
    let mut incoming = Incoming {
        format: Format::Markdown,
        ..Incoming::default()
    };
    if let Some(front) = front {
        front::apply(front, &mut incoming);
    }
    let mut writer = Writer::new(References::read(body));
    let lines: Vec<&str> = body.lines().collect();
    writer.lines(&lines);
    incoming.text = writer.out;
    incoming.markup = writer.markup;
    incoming
        .markup
        .sort_by_key(|m| (m.extent.start, usize::MAX - m.extent.end));
    incoming
}

/// What a line is.
enum Line<'a> {
    Blank,
    Heading(u8, &'a str),
    Fence,
    Definition,
    Quote(&'a str),
    Bullet(&'a str),
    Number(&'a str, &'a str),
    Table(&'a str),
    Words(&'a str),
}

fn line(text: &str) -> Line<'_> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Line::Blank;
    }
    if let Some((level, words)) = heading(trimmed) {
        return Line::Heading(level, words);
    }
    if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
        return Line::Fence;
    }
    if inline::definition(trimmed).is_some() {
        return Line::Definition;
    }
    if let Some(rest) = trimmed.strip_prefix('>') {
        return Line::Quote(rest.trim_start_matches(['>', ' ']));
    }
    if let Some(rest) = ["- ", "* ", "+ "]
        .iter()
        .find_map(|b| trimmed.strip_prefix(b))
    {
        return Line::Bullet(rest.trim_start());
    }
    if let Some((number, rest)) = numbered(trimmed) {
        return Line::Number(number, rest);
    }
    if trimmed.starts_with('|') && trimmed.len() > 1 && trimmed.ends_with('|') {
        return Line::Table(&trimmed[1..trimmed.len() - 1]);
    }
    Line::Words(text)
}

/// `## Words`; a row of hashes without words is an end mark of the trade and no heading.
fn heading(line: &str) -> Option<(u8, &str)> {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let rest = line[level..].strip_prefix([' ', '\t'])?;
    let words = rest.trim().trim_end_matches('#').trim_end();
    let level = u8::try_from(level).ok().filter(|l| (1..=6).contains(l))?;
    (!words.is_empty()).then_some((level, words))
}

/// `3. Words`: the number as written, and the words.
fn numbered(line: &str) -> Option<(&str, &str)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line[digits..].strip_prefix(['.', ')'])?.strip_prefix(' ')?;
    (1..=3)
        .contains(&digits)
        .then(|| (&line[..digits], rest.trim_start()))
}

/// Whether a line under words makes a heading of them, and of which level.
fn underline(line: &str) -> Option<u8> {
    let line = line.trim();
    let all = |c: char| line.len() >= 3 && line.chars().all(|x| x == c);
    match () {
        () if all('=') => Some(1),
        () if all('-') => Some(2),
        () => None,
    }
}

/// `|---|:-:|`: the line under the head of a table.
fn is_table_rule(cells: &str) -> bool {
    cells.contains('-') && cells.chars().all(|c| matches!(c, '-' | ':' | '|' | ' '))
}

/// How the next words follow on the last ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Line,
    Paragraph,
}

struct Writer {
    out: String,
    markup: Vec<Markup>,
    references: References,
    gap: Gap,
    fenced: Option<usize>,
}

impl Writer {
    fn new(references: References) -> Self {
        Self {
            out: String::new(),
            markup: Vec::new(),
            references,
            gap: Gap::Line,
            fenced: None,
        }
    }

    fn lines(&mut self, lines: &[&str]) {
        let mut at = 0;
        let mut last = LastLine::Other;
        while let Some(text) = lines.get(at) {
            at += 1;
            if self.fenced.is_some() && !matches!(line(text), Line::Fence) {
                self.literal(text);
                continue;
            }
            let next = lines.get(at).and_then(|l| underline(l));
            last = match (line(text), next) {
                (Line::Words(words), Some(level))
                    if last != LastLine::Words && self.gap == Gap::Paragraph || level_one(next) =>
                {
                    at += 1;
                    self.heading(next.unwrap_or(level), words)
                }
                (kind, _) => self.line(kind, last),
            };
        }
        self.end_fence();
    }

    fn line(&mut self, kind: Line<'_>, last: LastLine) -> LastLine {
        match kind {
            Line::Blank => self.gap = Gap::Paragraph,
            Line::Definition => {}
            Line::Fence => match self.fenced {
                Some(_) => self.end_fence(),
                None => {
                    self.gap = Gap::Paragraph;
                    self.fenced = Some(usize::MAX);
                }
            },
            Line::Heading(level, words) => return self.heading(level, words),
            Line::Quote(words) => self.block(MarkupKind::BlockQuote, "", words),
            Line::Bullet(words) => return self.item("• ", words, last),
            Line::Number(number, words) => return self.item(&format!("{number}. "), words, last),
            Line::Table(cells) if is_table_rule(cells) => {}
            Line::Table(cells) => self.row(cells),
            Line::Words(words) => {
                if last == LastLine::Heading {
                    self.gap = Gap::Paragraph;
                }
                self.words(words);
                return if last == LastLine::Item {
                    LastLine::Item
                } else {
                    LastLine::Words
                };
            }
        }
        LastLine::Other
    }

    /// Writes the white space that is due.
    fn start(&mut self) -> usize {
        if !self.out.is_empty() {
            self.out.push_str(if self.gap == Gap::Paragraph {
                "\n\n"
            } else {
                "\n"
            });
        }
        self.gap = Gap::Line;
        self.out.len()
    }

    fn words(&mut self, words: &str) {
        let before = self.out.len();
        let at = self.start();
        inline::write(words, &self.references, &mut self.out, &mut self.markup);
        // A line that held a picture alone leaves nothing.
        if self.out[at..].trim().is_empty() {
            self.out.truncate(before);
            self.gap = Gap::Paragraph;
        }
    }

    fn heading(&mut self, level: u8, words: &str) -> LastLine {
        self.gap = Gap::Paragraph;
        self.block(MarkupKind::Heading(level), "", words.trim());
        self.gap = Gap::Paragraph;
        LastLine::Heading
    }

    fn item(&mut self, sign: &str, words: &str, last: LastLine) -> LastLine {
        if last != LastLine::Item && !self.out.is_empty() {
            self.gap = Gap::Paragraph;
        }
        self.block(MarkupKind::ListItem, sign, words);
        LastLine::Item
    }

    fn block(&mut self, kind: MarkupKind, sign: &str, words: &str) {
        let at = self.start();
        self.out.push_str(sign);
        inline::write(words, &self.references, &mut self.out, &mut self.markup);
        self.mark(at, kind);
    }

    fn row(&mut self, cells: &str) {
        let at = self.start();
        for (number, cell) in cells.split('|').enumerate() {
            if number > 0 {
                self.out.push('\t');
            }
            inline::write(
                cell.trim(),
                &self.references,
                &mut self.out,
                &mut self.markup,
            );
        }
        self.mark(at, MarkupKind::TableRow);
    }

    fn mark(&mut self, start: usize, kind: MarkupKind) {
        if start < self.out.len() {
            self.markup.push(Markup {
                extent: Extent::new(start, self.out.len()),
                kind,
            });
        }
    }

    fn literal(&mut self, text: &str) {
        let at = self.start();
        if self.fenced == Some(usize::MAX) {
            self.fenced = Some(at);
        }
        self.out.push_str(text);
    }

    fn end_fence(&mut self) {
        if let Some(start) = self.fenced.take().filter(|s| *s != usize::MAX) {
            self.mark(start, MarkupKind::Preformatted);
        }
        self.gap = Gap::Paragraph;
    }
}

/// What the line before was, as far as the next one cares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LastLine {
    Heading,
    Item,
    Words,
    Other,
}

/// A row of equal signs makes a heading of any line above; one of hyphens may be a rule.
fn level_one(level: Option<u8>) -> bool {
    level == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> (String, Vec<(String, MarkupKind)>) {
        let incoming = read(text);
        let marks = incoming
            .markup
            .iter()
            .map(|m| (m.extent.of(&incoming.text).to_owned(), m.kind.clone()))
            .collect();
        (incoming.text, marks)
    }

    #[test]
    fn signs_go_and_words_stay() {
        for (markdown, want) in [
            ("# One\nTwo", "One\n\nTwo"),
            ("One\nTwo\n\n\n\nThree", "One\nTwo\n\nThree"),
            ("a **b** c *d* _e_ `f` \\*g\\*", "a b c d e f *g*"),
            (
                "snake_case and 2*3*4 stay; **this too",
                "snake_case and 2*3*4 stay; **this too",
            ),
            (
                "[Acme](https://acme.example \"t\") ![pic](a.png) <https://b.example>",
                "Acme  https://b.example",
            ),
            (
                "x\n- One\n- Two\n\n3) Three",
                "x\n\n• One\n• Two\n\n3. Three",
            ),
            ("| A | B |\n|---|--:|\n| 1 | 2 |", "A\tB\n1\t2"),
            ("Head\n====\nx\n\nSub\n---\ny", "Head\n\nx\n\nSub\n\ny"),
            ("x\n\n###\n\n---", "x\n\n###\n\n---"),
            ("```\na  *b*\n```\nc", "a  *b*\n\nc"),
            ("AT&amp;T a<br>b", "AT&T a\nb"),
            ("[Acme][1] wins\n\n[1]: https://acme.example", "Acme wins"),
            ("x\n\n![](https://a.example/x.jpg)\n\ny", "x\n\ny"),
        ] {
            assert_eq!(seen(markdown).0, want, "{markdown:?}");
        }
    }

    #[test]
    fn what_the_signs_said() {
        let (_, marks) = seen("## Head\n\n- a [b](https://c.example)\n\n> **Q**\n\n| x | y |");
        let want = [
            ("Head", MarkupKind::Heading(2)),
            ("• a b", MarkupKind::ListItem),
            ("b", MarkupKind::Link("https://c.example".into())),
            ("Q", MarkupKind::BlockQuote),
            ("Q", MarkupKind::Strong),
            ("x\ty", MarkupKind::TableRow),
        ];
        let marks: Vec<_> = marks.iter().map(|(t, k)| (t.as_str(), k.clone())).collect();
        // Marks of one extent may come in either order.
        assert_eq!(marks.len(), want.len());
        assert!(want.iter().all(|w| marks.contains(w)), "{marks:?}");
    }

    #[test]
    fn signs_without_end_cost_no_more_than_their_length() {
        for sign in ["[", "**", "`", "![", "<", "_a", "[]("] {
            let text = sign.repeat(200_000);
            let _ = read(&text);
        }
    }
}
