//! Quotations and who speaks them. Marks are paired ([`marks`]), what is spoken is told from titles and scare quotes
//! here, the words beside a quotation name its speaker ([`attribution`]), and bare surnames and pronouns are resolved
//! over the whole release ([`registry`]). One pass down the paragraphs. It refuses to give a quotation to somebody whom
//! the text does not name.

mod attribution;
mod marks;
mod registry;
mod verbs;

use std::cell::OnceCell;

use attribution::Who;
use marks::Span;
use registry::Registry;
pub(super) use verbs::is_speech;

use super::blocks::Block;
use super::words;
use crate::release::{Quote, SectionKind};
use crate::text::{Extent, SafeText, paragraphs, sentences};

/// The quotations of the story, in order.
pub(super) fn find(text: &str, blocks: &[Block], kinds: &[SectionKind]) -> Vec<Quote> {
    let story: Vec<&Block> = blocks
        .iter()
        .zip(kinds)
        .filter(|(_, kind)| is_story(**kind))
        .map(|(block, _)| block)
        .collect();
    let style = marks::style(story.iter().map(|block| block.inner(text)));
    let people = || people(text, blocks, kinds);
    let mut reader = Reader {
        text,
        people: &people,
        registry: OnceCell::new(),
        found: Vec::new(),
        last: None,
        told_of: None,
        told: Vec::new(),
        open: false,
        carried: None,
        presented: presented(text, blocks, kinds),
    };
    for (index, block) in story.iter().enumerate() {
        let next = story.get(index + 1).map(|next| next.inner(text));
        reader.paragraph(block.inner, marks::spans(text, block.inner, style), next);
    }
    reader.found
}

/// What stands between quotation marks, paragraph by paragraph.
pub(in crate::release) fn quoted(text: &str) -> Vec<Extent> {
    let paragraphs = paragraphs(text);
    let style = marks::style(paragraphs.iter().map(|paragraph| paragraph.of(text)));
    let spans = paragraphs
        .iter()
        .flat_map(|paragraph| marks::spans(text, *paragraph, style));
    spans.map(|span| span.extent).collect()
}

/// The people that the story, its headline and its boilerplates name.
fn people(text: &str, blocks: &[Block], kinds: &[SectionKind]) -> Registry {
    let mut registry = Registry::default();
    for (block, kind) in blocks.iter().zip(kinds) {
        if is_story(*kind) || matches!(kind, SectionKind::Headline | SectionKind::Boilerplate) {
            registry.add(block.inner(text));
        }
    }
    registry
}

/// The person whom a headline presents: `Meet Foreman Jane Roe`, `Q&A with John Doe`.
fn presented(text: &str, blocks: &[Block], kinds: &[SectionKind]) -> Option<String> {
    let index = kinds
        .iter()
        .position(|kind| *kind == SectionKind::Headline)?;
    let headline = blocks[index].inner(text);
    let presents = headline.starts_with("Meet ")
        || headline.contains(" with ")
        || headline.contains("nterview");
    if !presents {
        return None;
    }
    let name = super::people::names(headline)
        .into_iter()
        .rfind(|name| name.titled || name.words >= 2)?;
    Some(headline[name.start..name.end].to_owned())
}

/// Parts of a release in which people speak.
fn is_story(kind: SectionKind) -> bool {
    matches!(
        kind,
        SectionKind::Lede | SectionKind::Body | SectionKind::Quote | SectionKind::List
    )
}

struct Reader<'t> {
    text: &'t str,
    people: &'t dyn Fn() -> Registry,
    /// The people, once somebody was asked for: most releases quote nobody.
    registry: OnceCell<Registry>,
    found: Vec<Quote>,
    /// Who spoke last, by full name.
    last: Option<String>,
    /// Of whom a sentence told since then: `he` in the next paragraph is this one.
    told_of: Option<String>,
    /// What was told since then and not looked through yet: few quotations are a pronoun's.
    told: Vec<Extent>,
    /// The last paragraph left its quotation open.
    open: bool,
    /// Whom the last paragraph introduced at its end, with a colon.
    carried: Option<Who>,
    /// Whom the headline of an interview or a portrait presents.
    presented: Option<String>,
}

impl Reader<'_> {
    /// The people of the release.
    fn registry(&self) -> &Registry {
        self.registry.get_or_init(self.people)
    }

    /// Reads one paragraph.
    fn paragraph(&mut self, within: Extent, spans: Vec<Span>, next: Option<&str>) {
        let inner = within.of(self.text);
        let opens = spans
            .first()
            .is_some_and(|span| self.text[within.start..span.open].trim().is_empty());
        let mut previous: Option<Span> = None;
        for (index, span) in spans.iter().enumerate() {
            if index == 0 && opens && self.open && self.goes_on(span) {
                previous = Some(*span);
                continue;
            }
            let from = previous.map_or(within.start, |span| span.close);
            let before = &self.text[from..span.open];
            let after = &self.text[span.close..within.end];
            let spoken = self.spoken(span, before, after, index == 0 && opens);
            if let Some(last) = previous.filter(|_| spoken && self.continues(before)) {
                let _ = last;
                self.extend(span.extent);
                previous = Some(*span);
                continue;
            }
            if spoken {
                self.enter(span, before, after, within, next, previous.is_some());
                previous = Some(*span);
            }
        }
        self.open = spans
            .last()
            .is_some_and(|span| !span.closed && words::count(span.extent.of(self.text), 7) >= 6);
        let rest = previous.map_or(within.start, |span| span.close);
        self.told
            .push(Extent::new(rest.min(within.end), within.end));
        self.carried = None;
        if spans.is_empty() && inner.trim_end().ends_with([':', '：']) {
            self.carried = attribution::before(inner, |word| self.registry().knows(word));
        }
    }

    /// Adds a paragraph to the quotation that the last one left open.
    fn goes_on(&mut self, span: &Span) -> bool {
        if self.found.is_empty() {
            return false;
        }
        self.extend(span.extent);
        true
    }

    /// Lengthens the last quotation.
    fn extend(&mut self, part: Extent) {
        if let Some(last) = self.found.last_mut() {
            last.extent.end = last.extent.end.max(part.end);
            last.parts.push(part);
        }
    }

    /// Whether the words between two spans break one quotation off and take it up again.
    fn continues(&self, between: &str) -> bool {
        let bare = between.trim();
        let short = words::count(bare, 40) < 40;
        let introduces = bare.ends_with([':', ',']) && bare.contains(". ");
        !bare.is_empty()
            && short
            && attribution::speaks(bare)
            && !introduces
            && !self.found.is_empty()
    }

    /// Whether a span is spoken rather than a title or a term in quotation marks.
    fn spoken(&self, span: &Span, before: &str, after: &str, opens: bool) -> bool {
        let inner = span.extent.of(self.text);
        let han = inner
            .chars()
            .filter(|c| ('\u{3040}'..='\u{9FFF}').contains(c))
            .count();
        let count = if han > 4 {
            han / 2
        } else {
            words::count(inner, 30)
        };
        if count < 2 {
            return false;
        }
        let sentence = inner.ends_with(['.', ',', '!', '?', '。', '！', '？', '…']);
        let (close_before, close_after) = (tail(before, 160), head(after, 160));
        let said_after = span.closed
            && attribution::after(close_after, inner.ends_with('.'), |word| {
                self.registry().knows(word)
            })
            .is_some();
        let led = close_before.trim_end().ends_with([':', ',', '：'])
            || close_before.trim_end().ends_with(" that");
        let said_before = attribution::speaks(attribution_tail(close_before));
        let ended = inner.ends_with(['.', '!', '?', '。', '！', '？', '…']);
        let title = is_title(inner) && !ended;
        if title {
            return false;
        }
        let speech =
            (said_after && (sentence || count >= 6)) || (said_before && (led || count >= 6));
        match count {
            0..=3 => speech && sentence && (said_after || led),
            4..=7 => speech || (opens && sentence && span.closed && after.trim().is_empty()),
            _ => speech || sentence || opens || count >= 12 && inner.contains(' '),
        }
    }

    /// Enters a quotation and finds its speaker.
    fn enter(
        &mut self,
        span: &Span,
        before: &str,
        after: &str,
        within: Extent,
        next: Option<&str>,
        second: bool,
    ) {
        let inner = span.extent.of(self.text);
        let knows = |word: &str| self.registry().knows(word);
        let ended = inner.ends_with(['.', '。']);
        let beside_after = if span.closed {
            attribution::after(head(after, 480), ended, knows)
        } else {
            None
        };
        let beside_before = attribution::before(tail(before, 560), knows);
        let who = match (beside_after, beside_before) {
            (Some(Who::Unnamed), Some(name @ Who::Name(..))) => Some(name),
            (Some(who), _) => Some(who),
            (None, who) => who,
        };
        let who = match who {
            Some(who @ (Who::Name(..) | Who::Pronoun)) => Some(who),
            weak => self.signed(span, within, next).or(weak),
        };
        let who = who
            .or_else(|| self.carried.clone())
            .or_else(|| self.inferred(before, second));
        let (speaker, title) = match who {
            Some(Who::Name(name, title)) => (Some(self.registry().full(&name).to_owned()), title),
            Some(Who::Pronoun) => {
                let own = Extent::new(span.open - before.len(), span.open);
                let told_of = self.told_of(own).or_else(|| self.told_before());
                let last = told_of.or_else(|| self.last.clone());
                (last.or_else(|| self.nearest(within, span)), None)
            }
            Some(Who::Unnamed) | None => (None, None),
        };
        if speaker.is_some() {
            self.last.clone_from(&speaker);
            self.told_of = None;
            self.told.clear();
        }
        self.found.push(Quote {
            extent: span.extent,
            parts: vec![span.extent],
            speaker: speaker.map(|name| SafeText::clean_line(&name)),
            speaker_title: title.map(|title| SafeText::clean_line(&title)),
        });
    }

    /// A name that signs the quotation on the next line.
    fn signed(&self, span: &Span, within: Extent, next: Option<&str>) -> Option<Who> {
        let ends = self.text[span.close..within.end].trim().is_empty();
        let next = next.filter(|next| ends && words::count(next, 20) < 20)?;
        attribution::signature(next).or_else(|| {
            let name = next.split(',').next().unwrap_or(next).trim();
            (super::people::is_person(name) && next.contains(','))
                .then(|| Who::Name(name.to_owned(), None))
        })
    }

    /// A speaker that the story implies: the one whom the sentence before names, who spoke the paragraph before, or whom
    /// an interview's headline presents.
    fn inferred(&self, before: &str, second: bool) -> Option<Who> {
        let before = tail(before, 400);
        let named = super::people::names(before)
            .into_iter()
            .rfind(|name| name.words >= 2 || name.titled);
        if let Some(name) = named {
            return Some(Who::Name(before[name.start..name.end].to_owned(), None));
        }
        if !(second || before.trim().is_empty()) {
            return None;
        }
        let known = self.last.as_ref().or(self.presented.as_ref());
        known.map(|name| Who::Name(name.clone(), None))
    }

    /// The person of whom the last sentence tells that has one for its subject: `Finance chief Jane Roe told …`.
    fn told_of(&self, within: Extent) -> Option<String> {
        let sentences = sentences(self.text, within);
        sentences.iter().rev().find_map(|sentence| {
            let sentence = sentence.of(self.text);
            let name = attribution::opening_person(sentence, |word| self.registry().knows(word))?;
            self.registry().person(name).map(str::to_owned)
        })
    }

    /// The person of whom the last of the paragraphs before tells that tells of one.
    fn told_before(&mut self) -> Option<String> {
        let told = std::mem::take(&mut self.told);
        let latest = told.into_iter().rev().find_map(|part| self.told_of(part));
        self.told_of = latest.or_else(|| self.told_of.take());
        self.told_of.clone()
    }

    /// The last person named before the quotation in its paragraph.
    fn nearest(&self, within: Extent, span: &Span) -> Option<String> {
        let before = tail(&self.text[within.start..span.open], 600);
        super::people::names(before).last().map(|name| {
            self.registry()
                .full(&before[name.start..name.end])
                .to_owned()
        })
    }
}

/// The last `most` bytes of `text`, from a character's start.
fn tail(text: &str, most: usize) -> &str {
    let mut from = text.len() - text.len().min(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// The first `most` bytes of `text`.
fn head(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The part of the words before a quotation that belongs to its own sentence.
fn attribution_tail(before: &str) -> &str {
    let cut = before.rfind(". ").map_or(0, |at| at + 2);
    &before[cut..]
}

/// Whether most words are capitalised, as in the title of a work.
fn is_title(inner: &str) -> bool {
    let (mut long, mut capital) = (0, 0);
    for word in inner
        .split_whitespace()
        .filter(|word| word.chars().count() >= 4)
        .take(30)
    {
        long += 1;
        capital += usize::from(word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    }
    long > 0 && capital * 10 >= long * 7
}
