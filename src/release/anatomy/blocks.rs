//! The pieces a release falls into before anything is known of them: lines, paragraphs, and what wide gaps part in
//! texts that lost their line breaks. Every later step reads these. It refuses to know what a piece means.

use super::dates;
use super::stamps;
use crate::release::{Markup, MarkupKind, Repair};
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
    /// Wholly a link.
    pub link: bool,
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

/// Cuts `text` into blocks, in order. Linear in the length of the text and the number of marks. `repairs` remember
/// wide gaps that cleaning closed.
pub(super) fn blocks(text: &str, markup: &[Markup], repairs: &[Repair]) -> Vec<Block> {
    let cuts = heading_edges(markup);
    let mut cuts = cuts.iter().copied().peekable();
    let wide = wide_gaps(text, repairs);
    let gaps = Gaps {
        narrow: narrow_gaps_part(text, &wide),
        wide,
    };
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
                    gap = line_pieces(text, from, cut, gap, &gaps, &mut found);
                    from = cut;
                }
            }
            gap = line_pieces(text, from, end, gap, &gaps, &mut found).max(Gap::Line);
        }
        at = end;
    }
    join_wrapped(text, &mut found);
    stamps::part(text, &mut found, |at| gaps.wide_at(at));
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

/// A run of blanks that was wider than one when it was read.
#[derive(Clone, Copy, Debug)]
struct Wide {
    /// Where it stands now.
    at: usize,
    /// One past its last byte.
    end: usize,
    /// How many blanks were read there.
    blanks: usize,
}

/// The wide gaps of a text, in order: those that stand in it, and those that cleaning closed.
fn wide_gaps(text: &str, repairs: &[Repair]) -> Vec<Wide> {
    let closed = repairs.iter().filter_map(|repair| {
        let blank = repair
            .before
            .chars()
            .all(|c| c != '\n' && c != '\r' && c.is_whitespace());
        let blanks = repair.before.chars().count();
        (blank && blanks >= 2 && repair.after == " ").then_some(Wide {
            at: repair.extent.start,
            end: repair.extent.end,
            blanks,
        })
    });
    let mut found: Vec<Wide> = closed.collect();
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(&text.as_bytes()[from..], b"  ").map(|at| from + at) {
        let blanks = text.as_bytes()[at..]
            .iter()
            .take_while(|b| **b == b' ')
            .count();
        found.push(Wide {
            at,
            end: at + blanks,
            blanks,
        });
        from = at + blanks;
    }
    found.sort_unstable_by_key(|gap| gap.at);
    found
}

/// The wide gaps of a text and what they part.
struct Gaps {
    wide: Vec<Wide>,
    /// Two blanks part paragraphs; else three and more.
    narrow: bool,
}

impl Gaps {
    /// Whether a wide gap was read at `at`.
    fn wide_at(&self, at: usize) -> bool {
        self.wide.binary_search_by_key(&at, |gap| gap.at).is_ok()
    }
}

/// Cuts one line (or a part of one) at its wide gaps where these part paragraphs; gives the gap that follows.
fn line_pieces(
    text: &str,
    from: usize,
    end: usize,
    gap: Gap,
    gaps: &Gaps,
    found: &mut Vec<Block>,
) -> Gap {
    let first = gaps.wide.partition_point(|gap| gap.at < from);
    let last = gaps.wide.partition_point(|gap| gap.at < end);
    let mut gap = gap;
    let mut start = from;
    for cut in &gaps.wide[first..last] {
        let wide = cut.blanks >= 3 && end - from > 80;
        let parts = wide || (gaps.narrow && opens_paragraph(&text[cut.end..end]));
        if parts && cut.at > start && !text[start..cut.at].trim().is_empty() {
            push(text, start, cut.at, gap, found);
            gap = Gap::Wide;
            start = cut.end;
        }
    }
    push(text, start, end, gap, found);
    Gap::Wide
}

/// Whether a paragraph can open with what follows a gap of two blanks: not with a figure that goes on (`Feb.  19`).
fn opens_paragraph(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits == 0 && !rest.starts_with('(') || rest[digits..].starts_with([')', '.'])
}

/// Whether two blanks part paragraphs in this text. Typists put two after every sentence; where a good part of the
/// sentences are parted by one, or two stand behind words that end no sentence, a paragraph ended there. A text that
/// lost its stops has blanks in their place, which part nothing.
fn narrow_gaps_part(text: &str, wide: &[Wide]) -> bool {
    let bytes = text.as_bytes();
    let stops = memchr::memchr_iter(b'.', bytes).count();
    if wide.is_empty() || stops * 500 < bytes.len() {
        return false;
    }
    let before = |gap: &Wide| bytes[..gap.at].last().copied().unwrap_or(b' ');
    let two = wide
        .iter()
        .filter(|gap| gap.blanks == 2 && matches!(before(gap), b'.' | b'"'))
        .count();
    let headings = wide
        .iter()
        .filter(|gap| gap.blanks == 2 && before(gap).is_ascii_alphanumeric())
        .count();
    let all = memchr::memchr_iter(b' ', bytes)
        .filter(|at| {
            *at > 0
                && matches!(bytes[at - 1], b'.' | b'"')
                && bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase)
        })
        .count();
    (two > 0 && all.saturating_sub(two) * 5 >= two) || headings >= 2
}

/// Adds the piece `start..end`, pictures and empty links at its start as blocks of their own.
fn push(text: &str, start: usize, end: usize, gap: Gap, found: &mut Vec<Block>) {
    let mut start = start;
    let mut gap = gap;
    loop {
        let piece = &text[start..end];
        let lead = piece.len() - piece.trim_start().len();
        let picture = picture_len(piece.trim_start());
        if picture == 0 || lead + picture >= piece.trim_end().len() {
            break;
        }
        push_one(text, start, start + lead + picture, gap, found);
        gap = Gap::Line;
        start += lead + picture;
    }
    push_one(text, start, end, gap, found);
}

/// Length of a Markdown picture or an empty link at the start of `piece`; 0 where there is none.
fn picture_len(piece: &str) -> usize {
    if !(piece.starts_with("![") || piece.starts_with("[](")) {
        return 0;
    }
    let Some(middle) = piece.find("](").filter(|at| *at < 400) else {
        return 0;
    };
    piece[middle..]
        .find(')')
        .filter(|len| *len < 2000)
        .map_or(0, |len| middle + len + 1)
}

/// Adds the piece `start..end` unless it is blank.
fn push_one(text: &str, start: usize, end: usize, gap: Gap, found: &mut Vec<Block>) {
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
        link: false,
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
        // `29. November 2022` is a day in German and its neighbours, not the twenty-ninth item of a list.
        && dates::at_start(line).is_none_or(|date| date.year.is_none())
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
        if let Some(last) = kept.last_mut()
            && block.gap == Gap::Line
            && block.heading.is_none()
            && !block.row
            && goes_on(text, last, &block, hard)
        {
            last.extent.end = block.extent.end;
            last.inner.end = block.inner.end;
            continue;
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
            MarkupKind::Link(_) => block.link |= covered,
            MarkupKind::TableRow => {
                (depth[first].0, depth[last].0) = (depth[first].0 + 1, depth[last].0 - 1)
            }
            MarkupKind::BlockQuote => {
                (depth[first].1, depth[last].1) = (depth[first].1 + 1, depth[last].1 - 1)
            }
            MarkupKind::Furniture => {
                (depth[first].2, depth[last].2) = (depth[first].2 + 1, depth[last].2 - 1)
            }
            MarkupKind::Heading(_) | MarkupKind::Preformatted => {}
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
