//! Words that a scraper glued together, taken apart. A token that bears a sign of glue is looked at place by place;
//! each place is judged by the lexicon, the text's own other words, case, stops and the shape of the sentence. It
//! refuses what may be meant: a word the text uses as it is, hashtags, code, names in camel case.

use super::address;
use super::contact_words::{is_contact_opener, is_contact_word, is_field_label};
use super::fused;
use super::junction;
use super::ledger::Edit;
use super::small;
use super::stops;
use super::token::{ADDRESS, CAPITAL, DIGIT, Gap, OPENS, STOP, Tokens};
use super::words::{is_abbreviation, is_small_in_title};
use crate::release::RepairKind;
use crate::text::Extent;

/// A place inside a token where two words touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Where, in the text.
    pub at: usize,
    /// What belongs there.
    pub with: &'static str,
    /// What kind of damage it is.
    pub kind: RepairKind,
}

impl Cut {
    /// Two words of one sentence.
    pub(super) fn words(at: usize) -> Self {
        Self {
            at,
            with: " ",
            kind: RepairKind::Split,
        }
    }

    /// Two lines, as in a contact block.
    pub(super) fn lines(at: usize) -> Self {
        Self {
            at,
            with: "\n",
            kind: RepairKind::Break,
        }
    }

    /// Two paragraphs.
    pub(super) fn paragraphs(at: usize) -> Self {
        Self {
            at,
            with: "\n\n",
            kind: RepairKind::Break,
        }
    }

    /// A heading and what it heads.
    pub(super) fn heading(at: usize) -> Self {
        Self {
            at,
            with: "\n\n",
            kind: RepairKind::Heading,
        }
    }
}

/// Longer pieces are no words; to look at each place of theirs would not be linear.
const LONGEST: usize = 400;

/// Longer tokens are no addresses run together.
const LONGEST_ADDRESS: usize = 1500;

/// The edits that take glued words apart.
pub(super) fn edits(tokens: &Tokens<'_>) -> Vec<Edit> {
    let found = pass(tokens);
    let sure = found.iter().filter(|edit| edit.kind != RepairKind::Split);
    if sure.take(SURE).count() < SURE {
        return found;
    }
    // Where one line break was lost, others were: weaker evidence will do.
    tokens.glued.set(true);
    pass(tokens)
}

/// So many words after `About` may be its subject.
const SUBJECT: usize = 10;

/// So many lost line breaks make a text a glued one.
const SURE: usize = 2;

fn pass(tokens: &Tokens<'_>) -> Vec<Edit> {
    let mut found = Vec::new();
    let mut opened = 0;
    // Where the subject of the last `About …` may still be repeated.
    let mut about = 0;
    for (index, token) in tokens.all.iter().enumerate() {
        let extent = tokens.extent(index);
        if extent.len() > LONGEST_ADDRESS || extent.len() < 4 && token.signs & (STOP | OPENS) == 0 {
            continue;
        }
        let mut cuts = if token.signs & !CAPITAL == 0 {
            small::cuts(tokens, index)
        } else {
            cuts(tokens, index, opened)
        };
        if token.signs & CAPITAL != 0 || token.signs & STOP != 0 {
            let word = tokens.word(index);
            if word.ends_with(['t', 'T']) && (word.ends_with("About") || word.ends_with("ABOUT")) {
                about = index + SUBJECT;
            }
        }
        if cuts.is_empty() && index <= about {
            cuts.extend(small::repeated_subject(tokens, index, opened));
        }
        if !cuts.is_empty() {
            let first = cuts[0];
            if first.kind == RepairKind::Heading {
                let before = fused::before_heading(tokens, index + 1);
                found.extend(before.filter(|edit| edit.at.start >= opened));
            }
            let lines = cuts.iter().filter(|cut| cut.with.contains('\n'));
            opened = lines.map(|cut| cut.at).fold(opened, usize::max);
            found.push(edit(tokens.text, extent, &cuts));
        }
    }
    found
}

/// The cuts of a token that bears a sign of glue. `opened` is where the last line or paragraph was cut off.
fn cuts(tokens: &Tokens<'_>, index: usize, opened: usize) -> Vec<Cut> {
    let signs = tokens.all[index].signs;
    let extent = tokens.extent(index);
    let word = tokens.word(index);
    let mut cuts = Vec::new();
    if address::is_address(word) || address::is_domain(word) {
        cuts = address::cuts(tokens, index);
        cuts.extend(junction::label_before_domain(tokens, index, opened));
        cuts.sort_by_key(|cut| cut.at);
        cuts.dedup_by_key(|cut| cut.at);
        // What stands before the first cut or after the last is no address.
        let plain = |piece: &Extent| {
            let piece = piece.of(tokens.text);
            !address::is_address(piece) && !address::is_domain(piece)
        };
        for piece in pieces(extent, &cuts).into_iter().filter(plain) {
            look_through(tokens, index, piece, opened, &mut cuts);
        }
        cuts.sort_by_key(|cut| cut.at);
    } else if !word.contains(['{', '}', '\\', '<', '=']) {
        look_through(tokens, index, extent, opened, &mut cuts);
    }
    if cuts.is_empty() && signs & (STOP | DIGIT | OPENS | ADDRESS) == 0 {
        cuts = small::cuts(tokens, index);
    }
    cuts
}

/// The pieces of `extent` between `cuts`.
fn pieces(extent: Extent, cuts: &[Cut]) -> Vec<Extent> {
    let mut from = extent.start;
    let mut found = Vec::new();
    for at in cuts.iter().map(|cut| cut.at).chain([extent.end]) {
        found.push(Extent::new(from, at));
        from = at;
    }
    found
}

/// Looks at each place of `piece`, a token or a part of one, in order.
fn look_through(
    tokens: &Tokens<'_>,
    index: usize,
    piece: Extent,
    mut opened: usize,
    cuts: &mut Vec<Cut>,
) {
    if piece.start > tokens.extent(index).start {
        opened = piece.start;
    }
    if piece.len() > LONGEST {
        return;
    }
    let text = tokens.text;
    let mut from = piece.start;
    let chars: Vec<(usize, char)> = piece
        .of(text)
        .char_indices()
        .map(|(at, ch)| (piece.start + at, ch))
        .collect();
    for (number, pair) in chars.windows(2).enumerate() {
        let ((_, left), (at, right)) = (pair[0], pair[1]);
        let hump = (left.is_lowercase() && right.is_uppercase())
            || (left.is_uppercase()
                && right.is_uppercase()
                && number > 0
                && chars.get(number + 2).is_some_and(|(_, c)| c.is_lowercase()));
        let place = Place {
            tokens,
            index,
            from,
            opened,
            at,
            end: piece.end,
        };
        let cut = if hump {
            junction::judge_hump(place)
        } else if left.is_ascii_digit() && right.is_alphabetic() {
            junction::judge_after_digit(place)
        } else if left.is_alphabetic() && right.is_ascii_digit() {
            junction::judge_before_digit(place)
        } else if !left.is_alphanumeric() || !right.is_alphanumeric() {
            stops::judge(place, left, right)
        } else {
            None
        };
        if let Some(cut) = cut {
            from = cut.at;
            if cut.with.contains('\n') {
                opened = cut.at;
            }
            cuts.push(cut);
        }
    }
}

/// A place inside a token, with what is needed to judge it.
#[derive(Clone, Copy)]
pub(super) struct Place<'t, 'a> {
    /// The text.
    pub tokens: &'t Tokens<'a>,
    /// The token's number.
    pub index: usize,
    /// Where the piece of the token begins that has not been cut off yet.
    pub from: usize,
    /// Where the last line or paragraph was cut off, at or before the place.
    pub opened: usize,
    /// The place.
    pub at: usize,
    /// Where the token, or the part of it that is looked at, ends.
    pub end: usize,
}

impl<'a> Place<'_, 'a> {
    /// Whether markup began or ended at the place: there scrapers lose blanks.
    pub(super) fn at_edge(&self) -> bool {
        self.tokens.is_edge(self.at)
    }

    /// The piece before the place.
    pub(super) fn left(&self) -> &'a str {
        &self.tokens.text[self.from..self.at]
    }

    /// The rest of the token after the place.
    pub(super) fn right(&self) -> &'a str {
        &self.tokens.text[self.at..self.end]
    }

    /// The letters right before the place, from their last capital on (`Node` of `LightNode|`).
    pub(super) fn left_word(&self) -> &'a str {
        let left = self.left();
        let letters = left.trim_end_matches(char::is_alphanumeric).len();
        let run = &left[letters..];
        let hump = run
            .char_indices()
            .zip(run.chars().skip(1))
            .filter(|((_, a), b)| a.is_lowercase() && b.is_uppercase())
            .last();
        hump.map_or(run, |((at, a), _)| &run[at + a.len_utf8()..])
    }

    /// The letters right after the place, up to the next hump (`Developers` of `|DevelopersCan`).
    pub(super) fn right_word(&self) -> &'a str {
        let right = self.right();
        let run = &right[..right
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(right.len())];
        let chars: Vec<(usize, char)> = run.char_indices().collect();
        let hump = (1..chars.len()).find(|at| {
            let next_small = chars.get(at + 1).is_some_and(|(_, c)| c.is_lowercase());
            chars[*at].1.is_uppercase() && (chars[at - 1].1.is_lowercase() || next_small)
        });
        hump.map_or(run, |at| &run[..chars[at].0])
    }

    /// All letters before the place back to the last mark.
    pub(super) fn left_run(&self) -> &'a str {
        let left = self.left();
        &left[left.trim_end_matches(char::is_alphanumeric).len()..]
    }

    /// All letters after the place up to the next mark.
    pub(super) fn right_run(&self) -> &'a str {
        let right = self.right();
        &right[..right
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(right.len())]
    }

    /// The token after this one, where the piece reaches to this one's end; else the rest of the token.
    pub(super) fn next(&self) -> &'a str {
        let rest = &self.right()[self.right_word().len()..];
        let rest = rest.trim_start_matches(['.', ',', '’', '\'']);
        if rest.is_empty() {
            self.tokens.word_after(self.index)
        } else {
            rest
        }
    }

    /// Whether the letters around the place form a word that the text has elsewhere, or that an address of the text
    /// is made of: then it is meant.
    pub(super) fn is_meant(&self) -> bool {
        let text = self.tokens.text;
        let left = self.left();
        let from = self.from + left.trim_end_matches(char::is_alphanumeric).len();
        let to = self.at + self.right_run().len();
        let starts = humps(text, from, self.at);
        let ends = humps(text, self.at, to);
        starts.iter().rev().take(HUMPS).any(|start| {
            ends.iter()
                .skip(1)
                .chain([&to])
                .take(HUMPS)
                .any(|end| self.is_known_whole(&text[*start..*end]))
        })
    }

    /// As [`Place::is_meant`], where the second word opens a sentence: the same glue may stand in a text twice, so only
    /// an address speaks against it.
    pub(super) fn is_address_name(&self) -> bool {
        let pair = [self.left_word(), self.right_word()].concat();
        self.tokens.count(&pair.to_lowercase()) > 0 || is_field_label(&pair)
    }

    fn is_known_whole(&self, word: &str) -> bool {
        let own = self
            .tokens
            .word(self.index)
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| w == word);
        self.tokens.count(word) > u32::from(own)
            || self.tokens.count(&word.to_lowercase()) > 0
            || is_field_label(word)
    }

    /// The words from the last sentence's end (or the line's beginning) up to the place.
    pub(super) fn phrase(&self) -> Phrase<'a> {
        let mut first = self.index;
        let mut whole = false;
        while self.index - first < Phrase::LONGEST {
            let start = self.tokens.extent(first).start;
            let before = self.tokens.before(first);
            let ends = before.is_none_or(|before| self.tokens.ends_sentence(before));
            if ends || start <= self.opened || self.tokens.all[first].gap == Gap::Wide {
                whole = true;
                break;
            }
            first -= 1;
        }
        let start = self
            .tokens
            .extent(first)
            .start
            .max(self.opened)
            .min(self.at);
        let line = self.tokens.all[first].gap == Gap::Line || start == self.opened;
        Phrase {
            text: &self.tokens.text[start..self.at],
            whole,
            line: whole && line,
        }
    }
}

/// How many humps on each side of a place are tried together.
pub(super) const HUMPS: usize = 4;

/// The beginnings of the humps of `text[from..to]`, the first at `from`.
pub(super) fn humps(text: &str, from: usize, to: usize) -> Vec<usize> {
    let mut found = vec![from];
    let mut last = ' ';
    for (at, ch) in text[from..to].char_indices() {
        if at > 0 && ch.is_uppercase() && !last.is_uppercase() {
            found.push(from + at);
        }
        last = ch;
    }
    found
}

/// The words before a place, back to the last end of a sentence or line.
#[derive(Clone, Copy)]
pub(super) struct Phrase<'a> {
    /// The words.
    pub text: &'a str,
    /// Whether the beginning was reached.
    pub whole: bool,
    /// Whether it opens a line.
    pub line: bool,
}

impl<'a> Phrase<'a> {
    /// The most words that are looked back over.
    pub(super) const LONGEST: usize = 18;

    /// The words, one by one.
    pub(super) fn words(&self) -> impl Iterator<Item = &'a str> + Clone {
        self.text.split_ascii_whitespace()
    }

    /// What follows `About ` where the phrase begins with it.
    pub(super) fn subject(&self) -> Option<&'a str> {
        let start = self.text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let rest = ["About ", "ABOUT ", "Über ", "À propos de "]
            .iter()
            .find_map(|about| start.strip_prefix(about))?;
        (self.whole && rest.split_ascii_whitespace().count() <= 14).then_some(rest)
    }

    /// Whether it is a label over or inside a contact block: `Media Contact`, `Contact Details`, `Company Website`.
    pub(super) fn is_contact_label(&self) -> bool {
        let mut words = self.words().collect::<Vec<_>>();
        // The label may follow other words of the block; only its own words count.
        let Some(last) = words.pop() else {
            return false;
        };
        let openers = words
            .iter()
            .rev()
            .take_while(|w| is_contact_opener(w))
            .count();
        is_contact_word(last)
            && (openers > 0 || words.is_empty())
            && (self.whole || openers > 0)
            && { openers == words.len() || words[..words.len() - openers].len() <= 2 }
    }

    /// Whether it reads like a heading: few words, capitalised but for the little ones, no stop inside.
    pub(super) fn is_title(&self) -> bool {
        let mut count = 0;
        let mut capitals = 0;
        for word in self.words() {
            count += 1;
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            // `Maps + Plans`, `Local, and All - in One`.
            if bare.is_empty() && matches!(word, "+" | "-" | "–" | "—" | "&" | "/" | "|") {
                continue;
            }
            let capital = bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            capitals += usize::from(capital);
            let stop = word.ends_with([';', '.']) && !is_abbreviation(word);
            if count > 20 || stop || !(capital || is_small_in_title(word)) {
                return false;
            }
        }
        self.whole && capitals > 0
    }

    /// Whether it is a line or the head of one that could stand alone: short, and begun with a capital.
    pub(super) fn is_short(&self) -> bool {
        let begins = self
            .text
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '“' || c == '"');
        self.whole && begins && self.words().count() <= 10 && !self.text.contains([',', ';'])
    }
}

/// The edit that makes `cuts`, in order and at least one, in the token at `extent`: it covers the words at the cuts
/// whole.
pub(super) fn edit(text: &str, extent: Extent, cuts: &[Cut]) -> Edit {
    let mark = |c: char| !c.is_alphanumeric();
    let (first, last) = (cuts[0].at, cuts[cuts.len() - 1].at);
    let head = &text[extent.start..first];
    let start = if head.contains(char::is_alphanumeric) {
        first - head.trim_start_matches(mark).len()
    } else {
        first
    };
    let end = last + text[last..extent.end].trim_end_matches(mark).len();
    let mut with = String::with_capacity(end - start + 2 * cuts.len());
    let mut at = start;
    for cut in cuts {
        with.push_str(&text[at..cut.at]);
        with.push_str(cut.with);
        at = cut.at;
    }
    with.push_str(&text[at..end]);
    Edit::new(start, end, with, cuts[0].kind)
}
