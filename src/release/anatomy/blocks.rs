//! The pieces a release falls into before anything is known of them: lines, paragraphs, and what wide gaps part in
//! texts that lost their line breaks. Every later step reads these. It refuses to know what a piece means.

use crate::release::{Markup, MarkupKind};
use crate::text::Extent;

/// What stands before a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Two or more spaces on one line.
    Wide,
    /// A line feed.
    Line,
    /// A blank line, or the start of the text.
    Blank,
}

/// One piece of the text.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// All of it, without the white space around.
    pub extent: Extent,
    /// Without list bullets, heading marks and emphasis marks at its ends.
    pub inner: Extent,
    /// What parts it from the one before.
    pub gap: Gap,
    /// Heading level, where markup or a `#` says so.
    pub heading: Option<u8>,
    /// Item of a list.
    pub item: bool,
    /// Row of a table.
    pub row: bool,
    /// Inside a block quotation.
    pub quoted: bool,
    /// Inside what its page declared as furniture.
    pub furniture: bool,
    /// Wholly bold.
    pub strong: bool,
}

impl Block {
    /// Its words, without marks.
    pub fn inner<'t>(&self, text: &'t str) -> &'t str {
        self.inner.of(text)
    }

    /// Its words as they stand.
    pub fn whole<'t>(&self, text: &'t str) -> &'t str {
        self.extent.of(text)
    }
}

/// Cuts `text` into blocks, in order. Linear in the length of the text and the number of marks.
pub(super) fn blocks(text: &str, markup: &[Markup]) -> Vec<Block> {
    let cuts = heading_edges(markup);
    let mut cuts = cuts.iter().copied().peekable();
    let mut found = Vec::new();
    let mut gap = Gap::Blank;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if line.trim().is_empty() {
            gap = Gap::Blank;
        } else {
            let mut from = at;
            while let Some(cut) = cuts.next_if(|cut| *cut < end) {
                if cut > from && text.is_char_boundary(cut) {
                    gap = line_pieces(text, from, cut, gap, &mut found);
                    from = cut;
                }
            }
            gap = line_pieces(text, from, end, gap, &mut found).max(Gap::Line);
        }
        at = end;
    }
    join_wrapped(text, &mut found);
    mark(&mut found, markup);
    found
}

/// Where headings of the markup begin and end, in order: they part lines even where the line break was lost.
fn heading_edges(markup: &[Markup]) -> Vec<usize> {
    let mut edges: Vec<usize> = markup
        .iter()
        .filter(|mark| matches!(mark.kind, MarkupKind::Heading(_)))
        .flat_map(|mark| [mark.extent.start, mark.extent.end])
        .collect();
    edges.sort_unstable();
    edges
}

/// Cuts one line (or a part of one) at its wide gaps where these part paragraphs; gives the gap that follows.
fn line_pieces(text: &str, from: usize, end: usize, gap: Gap, found: &mut Vec<Block>) -> Gap {
    let line = &text[from..end];
    let mut gap = gap;
    let mut start = 0;
    if line.len() > 80 {
        let narrow = narrow_gaps_part(line);
        for (at, len, spaces) in gaps(line) {
            if (spaces >= 3 || narrow) && !line[start..at].trim().is_empty() {
                push(text, from + start, from + at, gap, found);
                gap = Gap::Wide;
                start = at + len;
            }
        }
    }
    push(text, from + start, end, gap, found);
    Gap::Wide
}

/// The runs of two and more blanks within a line: where, how many bytes, how many characters.
fn gaps(line: &str) -> impl Iterator<Item = (usize, usize, usize)> {
    let bytes = line.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let from = memchr::memchr3(b' ', 0xC2, b'\t', &bytes[at..])? + at;
            let (mut end, mut count) = (from, 0);
            loop {
                match bytes.get(end..) {
                    Some([b' ' | b'\t', ..]) => end += 1,
                    Some([0xC2, 0xA0, ..]) => end += 2,
                    _ => break,
                }
                count += 1;
            }
            at = end.max(from + 1);
            if count >= 2 && end < bytes.len() {
                return Some((from, end - from, count));
            }
        }
        None
    })
}

/// Whether two spaces part paragraphs in this line. Typists put two spaces after every sentence; where most sentences
/// are parted by one, two mean that a paragraph ended.
fn narrow_gaps_part(line: &str) -> bool {
    let (mut one, mut two) = (0, 0);
    let bytes = line.as_bytes();
    for (at, b) in bytes.iter().enumerate() {
        if *b == b'.' || *b == b'"' {
            match bytes.get(at + 1..at + 3) {
                Some([b' ', b' ']) => two += 1,
                Some([b' ', c]) if c.is_ascii_uppercase() => one += 1,
                _ => {}
            }
        }
    }
    two > 0 && one >= two / 2 && line.len() > 400
}

/// Adds the piece `start..end` unless it is blank.
fn push(text: &str, start: usize, end: usize, gap: Gap, found: &mut Vec<Block>) {
    let piece = &text[start..end];
    let kept = piece.trim();
    if kept.is_empty() {
        return;
    }
    let lead = piece.len() - piece.trim_start().len();
    let extent = Extent::new(start + lead, start + lead + kept.len());
    let (marks, heading, item, row) = leading_marks(kept);
    let body = &kept[marks..];
    let tail = body.len() - body.trim_end_matches(['*', '_', '#', ' ']).len();
    let strong = marks >= 2 && kept[..marks].ends_with("**") && tail >= 2;
    // A closing star belongs to the words unless an opening one was taken off.
    let tail = if kept[..marks].contains(['*', '_', '#']) && !item {
        tail
    } else {
        0
    };
    let inner = Extent::new(
        extent.start + marks,
        (extent.end - tail).max(extent.start + marks),
    );
    found.push(Block {
        extent,
        inner,
        gap,
        heading,
        item,
        row,
        quoted: kept.starts_with("> "),
        furniture: false,
        strong,
    });
}

/// The marks that open a line of Markdown or a typed list: their length, and what they say.
fn leading_marks(line: &str) -> (usize, Option<u8>, bool, bool) {
    let hashes = line.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && line[hashes..].starts_with([' ', '\u{A0}']) {
        let rest = line[hashes..].trim_start_matches([' ', '\u{A0}', '*']);
        return (
            line.len() - rest.len(),
            u8::try_from(hashes).ok(),
            false,
            false,
        );
    }
    if line.starts_with('|') && line.ends_with('|') && line.len() > 2 {
        return (0, None, false, true);
    }
    if let Some(rest) = line.strip_prefix("> ") {
        return (line.len() - rest.len(), None, false, false);
    }
    let bullet = line.chars().next().filter(|c| {
        matches!(
            c,
            '*' | '•'
                | '·'
                | '▪'
                | '●'
                | '○'
                | '◦'
                | '‣'
                | '–'
                | '-'
                | '➢'
                | '✓'
                | '✔'
                | '■'
        )
    });
    if let Some(bullet) = bullet {
        let rest = &line[bullet.len_utf8()..];
        let body = rest.trim_start();
        let dash = matches!(bullet, '-' | '–');
        if !body.is_empty()
            && (rest.len() > body.len() || !(dash || bullet == '*'))
            && !body.starts_with(['-', '–'])
        {
            return (line.len() - body.len(), None, true, false);
        }
    }
    if line.starts_with("**") || line.starts_with("__") {
        return (2, None, false, false);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits)
        && line[digits..].starts_with([')', '.'])
        && line[digits + 1..].starts_with([' ', '\t'])
    {
        let rest = line[digits + 1..].trim_start();
        return (line.len() - rest.len(), None, true, false);
    }
    (0, None, false, false)
}

/// Joins lines that were wrapped, or broken at the edges of links, to the block they belong to.
fn join_wrapped(text: &str, found: &mut Vec<Block>) {
    let hard = hard_wrapped(found);
    let mut kept: Vec<Block> = Vec::with_capacity(found.len());
    for block in found.drain(..) {
        if let Some(last) = kept.last_mut() {
            if block.gap == Gap::Line
                && block.heading.is_none()
                && !block.row
                && goes_on(text, last, &block, hard)
            {
                last.extent.end = block.extent.end;
                last.inner.end = block.inner.end;
                continue;
            }
        }
        kept.push(block);
    }
    *found = kept;
}

/// Whether most lines that a line follows have the length at which typewriters and mail programs wrap.
fn hard_wrapped(found: &[Block]) -> bool {
    let (mut lines, mut full) = (0, 0);
    for pair in found.windows(2) {
        if pair[1].gap == Gap::Line {
            lines += 1;
            full += usize::from((55..=90).contains(&pair[0].extent.len()));
        }
    }
    lines >= 6 && full * 10 >= lines * 7
}

/// Whether `next`, on the line after `last`, goes on with the same sentence.
fn goes_on(text: &str, last: &Block, next: &Block, hard: bool) -> bool {
    if last.heading.is_some() || last.row || next.item || next.quoted != last.quoted {
        return false;
    }
    let opening = next.whole(text).chars().next().unwrap_or(' ');
    let ending = text[..last.extent.end].chars().next_back().unwrap_or(' ');
    if matches!(opening, ',' | '.' | ';' | ')' | '’') && next.extent.len() > 1 && ending != '.' {
        return true;
    }
    let closed = matches!(ending, '.' | '!' | '?' | ':' | '”' | '"' | '»' | '。');
    if closed {
        return false;
    }
    let tail_start = last.extent.end.saturating_sub(100).max(last.extent.start);
    let long = last.extent.end - tail_start >= 45;
    (opening.is_lowercase() && (long || matches!(ending, ',' | ';' | '-'))) || (hard && long)
}

/// Puts what the markup says on the blocks it covers.
fn mark(found: &mut [Block], markup: &[Markup]) {
    let mut depth = vec![(0_i32, 0_i32, 0_i32); found.len() + 1];
    for mark in markup {
        let first = found.partition_point(|block| block.extent.end <= mark.extent.start);
        let last = found.partition_point(|block| block.extent.start < mark.extent.end);
        if first >= last {
            continue;
        }
        let block = &mut found[first];
        let covered = mark.extent.start <= block.inner.start && mark.extent.end >= block.inner.end;
        match mark.kind {
            MarkupKind::Heading(level) if covered => block.heading = Some(level),
            MarkupKind::ListItem => block.item |= mark.extent.start <= block.inner.start,
            MarkupKind::Strong => block.strong |= covered,
            MarkupKind::TableRow => {
                (depth[first].0, depth[last].0) = (depth[first].0 + 1, depth[last].0 - 1)
            }
            MarkupKind::BlockQuote => {
                (depth[first].1, depth[last].1) = (depth[first].1 + 1, depth[last].1 - 1)
            }
            MarkupKind::Furniture => {
                (depth[first].2, depth[last].2) = (depth[first].2 + 1, depth[last].2 - 1)
            }
            MarkupKind::Heading(_) | MarkupKind::Link(_) | MarkupKind::Preformatted => {}
        }
    }
    let mut now = (0, 0, 0);
    for (block, step) in found.iter_mut().zip(&depth) {
        now = (now.0 + step.0, now.1 + step.1, now.2 + step.2);
        block.row |= now.0 > 0;
        block.quoted |= now.1 > 0;
        block.furniture |= now.2 > 0;
    }
}
