//! Sub-headings of the body: marked ones, and short lines without a full stop that stand over prose or a list. It
//! refuses captions, bylines, addresses, lines that lead elsewhere, and pieces of sentences that lost their ends.

use super::blocks::{Block, Gap};
use super::labels::Label;
use super::{dateline, people, words};
use crate::text::Extent;

/// Whether block `index` is a sub-heading.
pub(super) fn is(
    text: &str,
    blocks: &[Block],
    index: usize,
    end: usize,
    labels: &[Option<Label>],
) -> bool {
    let block = &blocks[index];
    let inner = block.inner(text);
    // What only begins with the word About is a part of the story: who asks has seen that it is no boilerplate.
    let labelled = match labels[index] {
        None | Some(Label::About) => false,
        Some(label) => label != Label::Furniture || block.heading.is_none(),
    };
    if index + 1 >= end || labelled || inner.is_empty() {
        return false;
    }
    if block.heading.is_some() {
        return words::count(inner, 30) < 30;
    }
    if is_question(text, blocks, index) {
        return true;
    }
    if block.item && !parts_items(text, blocks, index, end)
        || block.row
        || block.quoted
        || !shaped(inner)
        || is_torn(inner)
        || is_field(inner)
        || is_sum(text, blocks, index)
        || goes_on_below(blocks[index + 1].inner(text))
        || block.gap == Gap::Wide && (!follows_stop(text, blocks, index) || lacks_stops(text))
        || goes_on_above(text, blocks, index)
        || is_address(text, blocks, index)
        || dateline::is_date_line(text, block)
        || is_turn(text, block)
    {
        return false;
    }
    let next = &blocks[index + 1];
    let below = next.inner(text);
    let picture =
        labels[index + 1] == Some(Label::Image) && below_prose(text, blocks, index + 2, end);
    let leads = below.ends_with(':')
        && words::count(below, 4) > 3
        && words::count(inner, 2) > 1
        && titled(inner, 6)
        && !below.starts_with("Dear ");
    let opens = running(below) || leads || next.item || next.heading.is_some() || picture;
    if is_fixed(inner) {
        return true;
    }
    let count = words::count(inner, 40);
    if inner.ends_with('?') {
        return opens && (2..=18).contains(&count) && !inner.contains(". ");
    }
    if inner.ends_with(':') {
        let titled = titled(inner, 9) || next.item && count <= 8 && asks(inner);
        return titled
            && count <= 10
            && !speaks(inner)
            && (opens || count <= 6 && words::count(below, 4) >= 3);
    }
    let single = count == 1 && (block.gap != Gap::Blank || people::is_opener(inner));
    if single && !block.strong {
        return false;
    }
    opens
        && !personal(inner, below)
        && (titled(inner, 6)
            || block.strong
            || block.item && count <= 12
            || count <= 9 && block.gap != Gap::Line)
}

/// What a sub-heading prints: its words, and the number it bears, which bullets and marks are not.
pub(super) fn extent(text: &str, block: &Block) -> Extent {
    let numbered = block.whole(text).starts_with(|c: char| c.is_ascii_digit());
    let start = if numbered {
        block.extent.start
    } else {
        block.inner.start
    };
    Extent::new(start, block.inner.end)
}

/// Whether an item stands over a paragraph of its own, and after one or at the head of its list: items with prose
/// between them are headings.
fn parts_items(text: &str, blocks: &[Block], index: usize, end: usize) -> bool {
    let prose = |at: usize| below_prose(text, blocks, at, end) && !blocks[at].item;
    let Some(above) = index.checked_sub(1).map(|above| &blocks[above]) else {
        return false;
    };
    // Below the points of the step before: `4. Transparency`. The last step of a list stands below another one.
    let numbered = |block: &Block| block.whole(text).starts_with(|c: char| c.is_ascii_digit());
    let step = numbered(&blocks[index]) && above.item && !numbered(above);
    let step = step && titled(blocks[index].inner(text), 9);
    let after = prose(index - 1) || above.inner(text).ends_with(':') || step;
    after && prose(index + 1)
}

/// Bytes of a text that tell whether it has sentence ends.
const BEGINNING: usize = 16 << 10;

/// Bytes around a line in which whoever speaks there speaks again.
const AROUND: usize = 8 << 10;

/// Whether the text lost its sentence ends: the wide gaps that stand in their place part nothing.
fn lacks_stops(text: &str) -> bool {
    // Its beginning tells; all of a long one would be read at every gap.
    let beginning = &text.as_bytes()[..text.len().min(BEGINNING)];
    let stops = memchr::memchr_iter(b'.', beginning).count();
    stops * 500 < beginning.len()
}

/// Whether a line opens or closes something that it does not close or open, or ends in the middle of a phrase: a piece
/// of a sentence (`The plan was heard by the 4th`, whose last letters stood above the line), not a heading.
fn is_torn(inner: &str) -> bool {
    let (mut quotes, mut brackets, mut marks) = (0_i32, 0_i32, 0_u32);
    let mut before = ' ';
    for c in inner.chars() {
        match c {
            '“' => quotes += 1,
            '”' => quotes -= 1,
            '(' => brackets += 1,
            ')' => brackets -= 1,
            // `12" pumps`: inches.
            '"' if !before.is_ascii_digit() => marks += 1,
            _ => {}
        }
        before = c;
    }
    // `a) Pumps` opens no bracket; `„Pumpen“` closes with the mark that opens elsewhere.
    let foreign = inner.contains(['„', '«']);
    if !foreign && quotes != 0 || brackets > 0 || marks % 2 == 1 {
        return true;
    }
    let mut words = inner.rsplit(' ');
    let last = words.next().unwrap_or(inner);
    let number = last.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ordinal = matches!(&last[number.len()..], "st" | "nd" | "rd" | "th");
    if ordinal && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) {
        return words
            .next()
            .is_none_or(|month| super::dates::month(month).is_none());
    }
    let asked = asks(inner);
    matches!(
        last,
        "of" | "the" | "a" | "an" | "and" | "or" | "by" | "their" | "its" | "his" | "her" | "our"
    ) || !asked
        && matches!(
            last,
            "to" | "from" | "at" | "on" | "with" | "for" | "is" | "are" | "was" | "were"
        )
}

/// Whether a line is one of several amounts and what each is for.
fn is_sum(text: &str, blocks: &[Block], index: usize) -> bool {
    let opens = |at: usize| {
        let block = blocks.get(at);
        block.is_some_and(|block| block.inner(text).starts_with(['$', '€', '£']))
    };
    opens(index) && (opens(index + 1) || index.checked_sub(1).is_some_and(opens))
}

/// Whether a line names who speaks next in a transcript: capitals and a colon that come again and again.
fn is_turn(text: &str, block: &Block) -> bool {
    let inner = block.inner(text);
    if !inner.ends_with(':') || !words::shouted(inner) || words::count(inner, 4) > 3 {
        return false;
    }
    // A part of the text only: all of it would be read for every such line.
    let from = block.extent.start.saturating_sub(AROUND);
    let until = text.len().min(block.extent.end.saturating_add(AROUND));
    let around = &text.as_bytes()[from..until];
    memchr::memmem::find_iter(around, inner.as_bytes())
        .take(3)
        .count()
        == 3
}

/// Whether a block goes on with a sentence that began above it.
fn goes_on_below(below: &str) -> bool {
    // `iPhone` opens a sentence.
    let mut letters = below.chars();
    let small = letters.next().is_some_and(char::is_lowercase)
        && letters.next().is_none_or(|c| !c.is_uppercase());
    (small || below.starts_with(['.', ',', ';', ')', '”']))
        && !below.starts_with("http")
        && !below.starts_with("www.")
        && words::count(below, 4) > 2
}

/// So many questions that stand over answers make an interview.
const INTERVIEW: usize = 3;

/// Whether a paragraph is one of several questions that stand over their answers, each alone: what an interviewer
/// asks heads the answer, however long it is.
fn is_question(text: &str, blocks: &[Block], index: usize) -> bool {
    let asks = |at: usize| {
        let block = &blocks[at];
        let inner = block.inner(text);
        let asked = inner.ends_with('?') && block.gap == Gap::Blank && !block.item && !block.quoted;
        let below = blocks.get(at + 1).map_or("", |next| next.inner(text));
        asked
            && words::count(inner, 71) <= 70
            && !inner.starts_with(['“', '"'])
            && words::is_prose(below)
            && !below.ends_with('?')
    };
    let near = index.saturating_sub(24)..blocks.len().min(index + 25);
    asks(index) && near.filter(|at| asks(*at)).take(INTERVIEW).count() == INTERVIEW
}

/// Whether what a wide gap parts from the block above follows a sentence's end or another heading.
fn follows_stop(text: &str, blocks: &[Block], index: usize) -> bool {
    let above = index
        .checked_sub(1)
        .map_or("", |above| blocks[above].inner(text));
    let asks = blocks[index].inner(text).ends_with('?');
    asks || words::ends_sentence(above) || above.ends_with(':') || words::count(above, 12) < 12
}

/// Whether a line goes on with the one above it, a long one that stops in the middle of a sentence: texts that came
/// from pages of paper keep their line breaks.
fn goes_on_above(text: &str, blocks: &[Block], index: usize) -> bool {
    let block = &blocks[index];
    let Some(above) = index.checked_sub(1).map(|above| blocks[above].inner(text)) else {
        return false;
    };
    let wrapped = block.gap == Gap::Line && above.len() >= 45 && !block.strong && !block.item;
    wrapped && !words::ends_sentence(above) && !above.ends_with(':')
}

/// Whether a line names a building: its street and its number stand below it, then where to call.
fn is_address(text: &str, blocks: &[Block], index: usize) -> bool {
    let below = &blocks[index + 1..blocks.len().min(index + 5)];
    let opens = below
        .first()
        .is_some_and(|next| next.inner(text).starts_with(|c: char| c.is_ascii_digit()));
    let short = |block: &&Block| words::count(block.inner(text), 9) <= 8;
    let mut lines = below.iter().take_while(short);
    opens && lines.any(|block| words::phone(block.inner(text)).is_some())
}

/// A row of a list of facts: what is counted and its amount, or a label and a figure.
fn is_field(inner: &str) -> bool {
    let last = inner
        .trim_end_matches(" million")
        .trim_end_matches(" billion");
    let last = last.rsplit(' ').next().unwrap_or(last);
    let amount = last.starts_with(['$', '€', '£']) && last.ends_with(|c: char| c.is_ascii_digit());
    let label = inner.split_once(": ").is_some_and(|(label, value)| {
        let place = matches!(
            label,
            "Date" | "Time" | "Location" | "Where" | "When" | "Venue"
        );
        let figure = value.starts_with(|c: char| c.is_ascii_digit()) && words::count(value, 4) <= 3;
        place || figure || value.contains(": ")
    });
    // A title may name its price; what is paid for in a list has a short name.
    amount && words::count(inner, 9) <= 8 || label
}

/// Headings that stand over short lines too.
fn is_fixed(inner: &str) -> bool {
    let small = inner.trim_end_matches(':').to_lowercase();
    matches!(
        small.as_str(),
        "notes to editors"
            | "note to editors"
            | "notes to editor"
            | "note to editor"
            | "references"
            | "editor's notes"
            | "editors' notes"
            | "anmerkungen für die redaktion"
    )
}

/// Whether a block reads as running text, even where it stops at a colon or without a stop.
fn running(below: &str) -> bool {
    let small = || {
        below
            .split_whitespace()
            .take(40)
            .filter(|word| word.starts_with(char::is_lowercase))
            .count()
    };
    words::is_prose(below) || words::count(below, 11) > 10 && small() >= 6
}

/// Whether prose stands at `index`.
fn below_prose(text: &str, blocks: &[Block], index: usize, end: usize) -> bool {
    index < end
        && blocks
            .get(index)
            .is_some_and(|block| words::is_prose(block.inner(text)))
}

/// Whether a line opens as a question does: `What’s new in May:`.
fn asks(inner: &str) -> bool {
    let first = inner.split([' ', '’', '\'']).next().unwrap_or(inner);
    matches!(first, "What" | "Who" | "Why" | "How" | "When" | "Where")
}

/// Whether a line that ends in a colon only introduces a quotation: `Roe said:`. `Highlights:` alone does not.
fn speaks(inner: &str) -> bool {
    let mut words = inner.trim_end_matches(':').rsplit(' ');
    let last = words.next().unwrap_or_default();
    // `Pool Details:` details nothing.
    let small = last.starts_with(char::is_lowercase);
    words.next().is_some() && small && super::quotes::is_speech(last)
}

/// Whether a line has the shape of a heading: short, opened by a capital or a figure, not closed by a stop.
fn shaped(inner: &str) -> bool {
    if inner.len() > 220 {
        return false;
    }
    let marks = |c: char| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '“' | '"' | '‘' | '\'' | '$' | '¿' | '¡' | '(')
    };
    let foreign =
        !inner.is_ascii() && inner.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    let opens = inner.starts_with(marks) || foreign;
    let closes =
        !inner.ends_with(['.', ',', ';', '…', '-', '–', '—', '&']) || inner.ends_with("...");
    if !(opens && closes) {
        return false;
    }
    let words = words::count(inner, 34);
    let most = if inner.ends_with('?') { 30 } else { 22 };
    if words == 0 || words > most {
        return false;
    }
    let reach = inner.contains("http")
        || inner.contains("www.")
        || inner.contains("](")
        || inner.contains(" | ")
        || inner.contains('@')
        || [".com", ".co", ".ee", ".org", ".io"]
            .iter()
            .any(|end| inner.ends_with(end))
        || words::has_email(inner)
        || words::phone(inner).is_some();
    let letters = inner.chars().filter(|c| c.is_alphabetic()).take(3).count() >= 3;
    let quoted = inner.ends_with(['”', '"']) && inner.starts_with(['“', '"']) && words > 10;
    let leads = [
        "Link to:",
        "By ",
        "Dear ",
        "Read More",
        "Read more",
        "Click ",
        "Visit ",
        "Source:",
        "Tags",
        "Disclaimer",
        "WHO:",
        "WHAT:",
        "WHEN:",
        "WHERE:",
        "WHY:",
        "HOW:",
        "Embargo",
        "EMBARGO",
        "Sincerely",
        "Presented by ",
        "Add us ",
    ]
    .iter()
    .any(|word| inner.starts_with(word));
    // `Read the full report here`, `Learn more »`, and what the menu of a site is called.
    let points = inner.trim_end_matches([':', '!']);
    let ends = |word: &str| {
        let tail = points.len().checked_sub(word.len());
        let tail = tail.and_then(|at| points.get(at..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(word))
    };
    let leads = leads
        || points.ends_with(['»', '›'])
        || ends(" here")
        || ends(" below")
        || matches!(
            inner,
            "Press" | "Latest Posts" | "Latest News" | "Recent News"
        );
    let picture = inner.starts_with("Photo") && !inner.ends_with(':');
    let path = words == 1 && inner.contains('/');
    !reach && letters && !quoted && !leads && !picture && !path
}

/// Whether at least `tenths` of ten words of some length open with a capital.
fn titled(inner: &str, tenths: usize) -> bool {
    let (mut long, mut capital) = (0, 0);
    for word in inner
        .split_whitespace()
        .filter(|word| word.chars().count() >= 4)
    {
        long += 1;
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let joins = matches!(
            bare,
            "with"
                | "from"
                | "into"
                | "over"
                | "than"
                | "your"
                | "that"
                | "upon"
                | "since"
                | "about"
        );
        capital += usize::from(
            joins || bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()),
        );
    }
    long > 0 && capital * 10 >= long * tenths || long == 0 && inner.starts_with(char::is_uppercase)
}

/// `Jane Roe, Title` or `— Name`: whoever speaks or is shown, not a heading; nor a sentence cut short.
fn personal(inner: &str, below: &str) -> bool {
    let name = inner.split(',').next().unwrap_or(inner);
    // `JANE ROE, CHIEF ENGINEER` over what she says.
    let speaker = name.len() < inner.len()
        && below.starts_with(['“', '"'])
        && words::shouted(inner)
        && (2..=3).contains(&words::count(name, 4))
        && !name
            .split(' ')
            .all(|word| crate::release::repair::is_never_a_name(&word.to_lowercase()));
    // `Supporting Canadian Clients, …`, `More Access, More Risk`: nobody is called that.
    let first = name.split(' ').next().unwrap_or(name);
    let plain = people::is_opener(first)
        || name.contains(':')
        || crate::release::repair::is_never_a_name(first);
    speaker
        || inner.starts_with(['–', '—', '-'])
        || name.len() < inner.len()
            && !plain
            && people::is_person(name.trim_start_matches("Dr ").trim_start_matches("Dr. "))
        || sentence_cut_short(inner)
}

/// Words that speak in the middle of small ones: a sentence without its end, not a heading.
fn sentence_cut_short(inner: &str) -> bool {
    let small = inner
        .split(' ')
        .skip(1)
        .filter(|word| word.starts_with(char::is_lowercase));
    // `Paid reports by severity`: what is reported, not who reports it.
    let mut next = small.clone().skip(1);
    let speaks = small.clone().any(|word| {
        let after = next.next();
        super::quotes::is_speech(word)
            && !matches!(after, Some("by" | "of" | "from" | "on" | "per"))
    });
    let last = inner.rsplit(' ').next().unwrap_or(inner);
    if last.starts_with(char::is_lowercase) && super::quotes::is_speech(last) {
        return true;
    }
    speaks && small.count() >= 2
}
