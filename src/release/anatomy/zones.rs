//! Which part of a release each block belongs to: one walk down the blocks, from the head through the body to what
//! stands at the end. A label opens a part, and the part goes on until another label or a paragraph that cannot
//! belong to it. It refuses to reorder anything: parts come out as they stand.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::about;
use super::blocks::Block;
use super::dateline;
use super::foot;
use super::head::Head;
use super::labels::{self, Label};
use super::subhead;
use super::words;
use crate::release::{Section, SectionKind};
use crate::text::Extent;

/// The walk's result.
#[derive(Clone, Debug, Default)]
pub(super) struct Zones {
    /// What each block is.
    pub kinds: Vec<SectionKind>,
}

/// Walks down the blocks.
pub(super) fn walk(
    text: &str,
    blocks: &[Block],
    head: &Head,
    dateline: Option<&dateline::Read>,
) -> Zones {
    let labels: Vec<Option<Label>> = blocks
        .iter()
        .map(|block| labels::label(block.whole(text), block.inner(text)))
        .collect();
    let end = foot::content_end(text, blocks, &labels, head);
    let mut walk = Walk {
        text,
        blocks,
        labels: &labels,
        head,
        ahead: Ahead::read(text, blocks, &labels, end),
        end,
        state: SectionKind::Body,
        kinds: Vec::with_capacity(blocks.len()),
    };
    for index in 0..blocks.len() {
        let kind = walk.kind(index, dateline);
        walk.kinds.push(kind);
    }
    let mut kinds = walk.kinds;
    about::unlabelled(text, blocks, &mut kinds, head, end);
    lede(text, blocks, &mut kinds, head);
    Zones { kinds }
}

/// What lies ahead of each block, read once from the end.
struct Ahead {
    /// The next paragraph of prose at or after each block.
    prose: Vec<usize>,
    /// The next block that opens the tail: a boilerplate, a legal statement, a source line, an end mark.
    tail: Vec<usize>,
    /// The last block that heads a contact block, or is one without a heading.
    contact: usize,
    /// Blocks that open a contact block without a heading.
    bare: Vec<bool>,
}

impl Ahead {
    fn read(text: &str, blocks: &[Block], labels: &[Option<Label>], end: usize) -> Self {
        let mut ahead = Self {
            prose: vec![end; blocks.len() + 1],
            tail: vec![end; blocks.len() + 1],
            contact: 0,
            bare: bare_runs(text, blocks, end),
        };
        for index in (0..end).rev() {
            let inner = blocks[index].inner(text);
            let opens = matches!(
                labels[index],
                Some(Label::About | Label::Disclaimer(_) | Label::Source | Label::End)
            );
            ahead.tail[index] = if opens { index } else { ahead.tail[index + 1] };
            ahead.prose[index] = if words::is_prose(inner) {
                index
            } else {
                ahead.prose[index + 1]
            };
            let headed = labels[index] == Some(Label::Contact)
                && labels::is_contact_heading(inner)
                && words::count(inner, 20) <= 14;
            if ahead.contact == 0 && (headed || ahead.bare[index]) {
                ahead.contact = index;
            }
        }
        ahead
    }
}

struct Walk<'t> {
    text: &'t str,
    blocks: &'t [Block],
    labels: &'t [Option<Label>],
    head: &'t Head,
    ahead: Ahead,
    end: usize,
    /// The part that is open.
    state: SectionKind,
    kinds: Vec<SectionKind>,
}

impl<'t> Walk<'t> {
    fn inner(&self, index: usize) -> &'t str {
        self.blocks[index].inner(self.text)
    }

    /// What block `index` is; opens and closes parts.
    fn kind(&mut self, index: usize, dateline: Option<&dateline::Read>) -> SectionKind {
        if let Some(kind) = self.above(index, dateline) {
            return kind;
        }
        if index >= self.end || self.blocks[index].furniture {
            return SectionKind::Furniture;
        }
        if let Some(kind) = self.labelled(index) {
            return kind;
        }
        self.unlabelled(index)
    }

    /// The head of the release.
    fn above(&self, index: usize, dateline: Option<&dateline::Read>) -> Option<SectionKind> {
        let within = |part: Option<(usize, usize)>| {
            part.is_some_and(|(first, end)| (first..end).contains(&index))
        };
        if within(self.head.headline) {
            return Some(SectionKind::Headline);
        }
        if within(self.head.deck) {
            // The deck belongs to the headline; the sub-headings are the body's.
            return Some(SectionKind::Headline);
        }
        if index >= self.head.body {
            return None;
        }
        if dateline.is_some_and(|read| read.block == index) || self.head.release_line == Some(index)
        {
            return Some(SectionKind::Dateline);
        }
        let inner = self.inner(index);
        if dateline::is_date_line(self.text, &self.blocks[index])
            || super::above::is_release_line(inner)
        {
            return Some(SectionKind::Dateline);
        }
        let menu = self.head.site.is_some() || index < self.head.start || self.head.body > 14;
        if self.labels[index] == Some(Label::Contact)
            && !menu
            && contact_near(self.text, self.blocks, index, 4)
        {
            return Some(SectionKind::Contact);
        }
        if self.blocks[index].item && self.head.headline.is_some_and(|(_, end)| index >= end) {
            return Some(SectionKind::List);
        }
        Some(SectionKind::Furniture)
    }

    /// A block that says what it is.
    fn labelled(&mut self, index: usize) -> Option<SectionKind> {
        let inner = self.inner(index);
        match self.labels[index]? {
            Label::Rule | Label::Image => Some(if self.labels[index] == Some(Label::Rule) {
                SectionKind::Furniture
            } else {
                SectionKind::Link
            }),
            Label::End => {
                if self.state == SectionKind::Body && self.blocks.len() > index + 1 {
                    // Notes to editors follow; what they are, their labels say.
                    return Some(SectionKind::Furniture);
                }
                Some(SectionKind::Furniture)
            }
            Label::Furniture => (words::count(inner, 61) <= 60
                && self.blocks[index].heading.is_none())
            .then_some(SectionKind::Furniture),
            Label::Source if self.past(index, 2) => {
                self.state = SectionKind::Body;
                Some(SectionKind::Source)
            }
            Label::Link => {
                (index > self.head.body || words::count(inner, 9) <= 8).then(|| self.link())
            }
            Label::About if about::opens(self.text, self.blocks, index, self.head, self.end) => {
                self.state = SectionKind::Boilerplate;
                Some(SectionKind::Boilerplate)
            }
            Label::Disclaimer(heading) if self.past(index, 2) => {
                self.state = SectionKind::Disclaimer;
                let bare = inner
                    .trim_end_matches(':')
                    .eq_ignore_ascii_case("disclaimer");
                if heading && !bare && !inner.contains("http") && index + 1 < self.end {
                    return Some(SectionKind::Subhead);
                }
                Some(SectionKind::Disclaimer)
            }
            Label::Contact if self.contact_opens(index) => {
                self.state = SectionKind::Contact;
                Some(SectionKind::Contact)
            }
            _ => None,
        }
    }

    /// A line that leads elsewhere belongs to the contact block it stands in.
    fn link(&self) -> SectionKind {
        if self.state == SectionKind::Contact {
            SectionKind::Contact
        } else {
            SectionKind::Link
        }
    }

    /// Whether at least `blocks` blocks of the body stand before `index`.
    fn past(&self, index: usize, blocks: usize) -> bool {
        index >= self.head.body + blocks
    }

    /// Whether a contact block opens here: it names one, or offers one with a number or an address, and not in the
    /// middle of the story.
    fn contact_opens(&self, index: usize) -> bool {
        let inner = self.inner(index);
        let words = words::count(inner, 80);
        let reachable = words::has_email(inner) || words::phone(inner).is_some();
        let late = index * 2 >= self.head.body + self.end || self.only_tail_follows(index);
        if labels::is_contact_heading(inner) {
            let heading = words <= 14 || reachable && words <= 60;
            return heading
                && contact_near(self.text, self.blocks, index, 8)
                && (late || words <= 8);
        }
        // An offer in a sentence counts only where no contact block follows.
        let headed = self.ahead.contact > index;
        reachable && words <= 60 && late && self.state != SectionKind::Disclaimer && !headed
    }

    /// Whether nothing of the story follows.
    fn only_tail_follows(&self, index: usize) -> bool {
        self.ahead.prose[index + 1] >= self.ahead.tail[index + 1]
    }

    /// A block without a label: it goes on with the open part, or is a piece of the body.
    fn unlabelled(&mut self, index: usize) -> SectionKind {
        match self.state {
            SectionKind::Contact if !self.stays_contact(index) => self.state = SectionKind::Body,
            SectionKind::Boilerplate | SectionKind::Disclaimer
                if subhead::is(self.text, self.blocks, index, self.end, self.labels)
                    && self.story_resumes(index) =>
            {
                self.state = SectionKind::Body;
            }
            _ => {}
        }
        if matches!(
            self.state,
            SectionKind::Boilerplate | SectionKind::Disclaimer | SectionKind::Contact
        ) {
            if self.state != SectionKind::Contact && self.ahead.bare[index] {
                self.state = SectionKind::Contact;
            }
            return self.state;
        }
        if self.past(index, 3) && self.ahead.bare[index] && self.only_tail_follows(index) {
            self.state = SectionKind::Contact;
            return SectionKind::Contact;
        }
        self.body(index)
    }

    /// A piece of the body.
    fn body(&self, index: usize) -> SectionKind {
        let block = &self.blocks[index];
        if foot::link_only(self.inner(index)) || bare_url(self.inner(index)) {
            SectionKind::Link
        } else if block.row {
            SectionKind::Table
        } else if subhead::is(self.text, self.blocks, index, self.end, self.labels) {
            SectionKind::Subhead
        } else if block.item {
            SectionKind::List
        } else if block.quoted {
            SectionKind::Quote
        } else {
            SectionKind::Body
        }
    }

    /// Whether a block can still belong to the contact block above it.
    fn stays_contact(&self, index: usize) -> bool {
        let inner = self.inner(index);
        let words = words::count(inner, 40);
        if subhead::is(self.text, self.blocks, index, self.end, self.labels)
            && self
                .blocks
                .get(index + 1)
                .is_some_and(|next| words::is_prose(next.inner(self.text)))
        {
            return false;
        }
        words <= 16 || (words < 40 && (words::has_email(inner) || words::phone(inner).is_some()))
    }

    /// Whether the story goes on after a boilerplate in its middle: a heading with two paragraphs and a quotation or
    /// a list below it.
    fn story_resumes(&self, index: usize) -> bool {
        let within = index + 1..self.end.min(index + 8).max(index + 1);
        let rest = self.blocks[within.clone()].iter();
        let prose = rest
            .zip(&self.labels[within])
            .take_while(|(_, label)| !matches!(label, Some(Label::About | Label::Disclaimer(_))))
            .map(|(block, _)| block)
            .filter(|block| words::is_prose(block.inner(self.text)) || block.item)
            .count();
        self.blocks[index].heading.is_some() && prose >= 1 || prose >= 3
    }
}

/// Whether an e-mail address, a number or a web address stands in this block or one of the next `reach`.
pub(super) fn contact_near(text: &str, blocks: &[Block], index: usize, reach: usize) -> bool {
    blocks[index..].iter().take(reach + 1).any(|block| {
        let inner = block.inner(text);
        words::has_email(inner)
            || words::phone(inner).is_some()
            || inner.contains("www.")
            || inner.contains("http")
            || inner.contains("Email Us")
    })
}

/// A contact block without a heading: name, address, number and mail address run together on one line.
fn bare_contact(inner: &str) -> bool {
    !words::ends_sentence(inner)
        && words::has_email(inner)
        && words::phone(inner).is_some()
        && words::count(inner, 25) <= 24
}

/// Which blocks open a contact block that has no heading: a line with a number and a mail address, or the first of a
/// few short lines of which one is a mail address.
fn bare_runs(text: &str, blocks: &[Block], end: usize) -> Vec<bool> {
    let lines: Vec<ShortLine> = blocks[..end]
        .iter()
        .map(|block| ShortLine::read(block.inner(text)))
        .collect();
    let mut bare = vec![false; blocks.len() + 1];
    let mut index = 0;
    while index < end {
        let run = lines[index..end.min(index + 10)]
            .iter()
            .take_while(|line| line.short)
            .count();
        let run_lines = &lines[index..index + run];
        let mail = run_lines.iter().any(|line| line.mail);
        let phone = run_lines.iter().any(|line| line.phone);
        let first = blocks[index].inner(text);
        let opens = first.starts_with(char::is_uppercase) && !lines[index].mail;
        bare[index] = bare_contact(first) || (mail && opens && (phone || run <= 6) && run >= 3);
        index += if bare[index] { run.max(1) } else { 1 };
    }
    bare
}

/// What a block is as a line of a contact block; read once, for the runs overlap.
#[derive(Clone, Copy)]
struct ShortLine {
    short: bool,
    mail: bool,
    phone: bool,
}

impl ShortLine {
    fn read(inner: &str) -> Self {
        let short = short_line(inner);
        Self {
            short,
            mail: short && words::has_email(inner),
            phone: short && words::phone(inner).is_some(),
        }
    }
}

/// A line of a contact block: a few words, no sentence, no address of a social network.
fn short_line(inner: &str) -> bool {
    if words::count(inner, 8) > 7 || inner.starts_with('#') {
        return false;
    }
    let sentence = words::ends_sentence(inner) && words::count(inner, 4) > 3;
    !sentence && !SOCIAL.as_ref().is_some_and(|social| social.is_match(inner))
}

/// What stands in the addresses of social networks.
static SOCIAL: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let names = [
        "witter", "elegram", "outube", "ouTube", "acebook", "nstagram", "inkedIn", "iscord",
        "t.me/", "ebsite:", "x.com/",
    ];
    AhoCorasick::new(names).ok()
});

/// A web address alone on its line.
fn bare_url(inner: &str) -> bool {
    (inner.starts_with("http://") || inner.starts_with("https://") || inner.starts_with("www."))
        && !inner.contains(char::is_whitespace)
}

/// Marks the first paragraph of the body as the lede.
fn lede(text: &str, blocks: &[Block], kinds: &mut [SectionKind], head: &Head) {
    let found = kinds
        .iter()
        .enumerate()
        .skip(head.body)
        .find(|(index, kind)| {
            matches!(kind, SectionKind::Body)
                && (words::count(blocks[*index].inner(text), 5) > 4
                    || words::is_prose(blocks[*index].inner(text)))
        });
    if let Some((index, _)) = found {
        kinds[index] = SectionKind::Lede;
    }
}

/// Turns blocks into sections: neighbours of a kind that belongs together become one.
pub(super) fn sections(
    text: &str,
    blocks: &[Block],
    zones: &Zones,
    head: &Head,
    dateline: Option<&dateline::Read>,
) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::with_capacity(blocks.len());
    let starts_deck = |index: usize| head.deck.is_some_and(|(first, _)| first == index);
    for (index, (block, kind)) in blocks.iter().zip(&zones.kinds).enumerate() {
        let mut extent = match kind {
            SectionKind::Headline => block.inner,
            SectionKind::Subhead => subhead::extent(text, block),
            _ => block.extent,
        };
        if let Some(read) =
            dateline.filter(|read| read.block == index && *kind != SectionKind::Dateline)
            && (block.extent.encloses(read.extent)
                || read.extent.start >= block.extent.start && read.extent.start < block.extent.end)
        {
            found.push(Section {
                kind: SectionKind::Dateline,
                extent: read.extent,
            });
            let start = read.extent.end.min(extent.end).max(extent.start);
            let rest = &text[start..extent.end.max(start)];
            let lead = rest.len() - rest.trim_start().len();
            extent = Extent::new(start + lead, extent.end.max(start + lead));
        }
        if extent.is_empty() {
            continue;
        }
        match found.last_mut() {
            Some(last)
                if last.kind == *kind
                    && grows(*kind)
                    && !starts_deck(index)
                    && last.extent.end <= extent.start =>
            {
                last.extent.end = extent.end
            }
            Some(last) if last.extent.end > extent.start => {}
            _ => found.push(Section {
                kind: *kind,
                extent,
            }),
        }
    }
    found
}

/// Kinds whose neighbouring blocks are one section. A new `About` opens a new boilerplate, which is told apart by its
/// label before this.
fn grows(kind: SectionKind) -> bool {
    matches!(
        kind,
        SectionKind::Headline
            | SectionKind::Contact
            | SectionKind::Furniture
            | SectionKind::List
            | SectionKind::Table
    )
}
