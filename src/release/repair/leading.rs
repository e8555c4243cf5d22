//! Headings that lost the line break after them at the head of a paragraph, with one blank left in its place
//! (`Why Rates Fell Traditional lenders look …`, `How it works Many buyers struggle …`). One such place proves
//! little: what is not sure by itself counts only where the same shape comes again in the same text. Where the text lost
//! its breaks altogether, such a heading stands behind a sentence in the middle of a line, and lost both its breaks. It
//! refuses names and titles that open a sentence, and leaves every text that is not English alone.

use super::fused::{self, gap_edit};
use super::glue;
use super::ledger::Edit;
use super::opening;
use super::token::{Gap, Tokens};
use super::words::{is_finite, is_function_word, is_person_title, opens_sentence};
use crate::release::RepairKind;

/// The most words a heading at the head of a paragraph may have.
const LONGEST: usize = 14;

/// What a place must weigh for `opening`: where the text has no other heading that lost its break in this way, one, and
/// more; and to speak for the others.
struct Limits {
    enough: [f32; 3],
    sure: f32,
}

/// Where a blank stands in place of the line break.
const PARTED: Limits = Limits {
    enough: [2.0, -0.5, -1.75],
    sure: 0.5,
};

/// Where nothing does: two words that touch leave fewer other readings.
const TOUCHING: Limits = Limits {
    enough: [0.0, -0.25, -0.5],
    sure: 0.5,
};

/// The same in the middle of a line, where a heading follows a sentence: there are many more sentences than headings.
const PARTED_INSIDE: Limits = Limits {
    enough: [0.0, -1.0, -1.75],
    sure: -0.5,
};

const TOUCHING_INSIDE: Limits = Limits {
    enough: [1.0, 0.0, -0.5],
    sure: 0.5,
};

impl Limits {
    fn of(split: &opening::Split) -> &'static Self {
        if split.touches { &TOUCHING } else { &PARTED }
    }

    fn inside(split: &opening::Split) -> &'static Self {
        if split.touches {
            &TOUCHING_INSIDE
        } else {
            &PARTED_INSIDE
        }
    }

    fn is_sure(split: &opening::Split) -> bool {
        split.weight >= Self::of(split).sure
    }
}

/// The edits that part headings from their paragraphs. `found` are the edits made for other reasons, in order: where
/// one of them parts a heading already, that counts as one of the same shape.
pub(super) fn edits(tokens: &Tokens<'_>, found: &[Edit]) -> Vec<Edit> {
    if !tokens.english {
        return Vec::new();
    }
    let mut places: Vec<(opening::Split, bool)> = Vec::new();
    let mut listed = Vec::new();
    // How many headings are parted: those with a blank in place of the line break, and those that touched.
    let mut parted = [0, 0];
    for (first, from) in after_breaks(tokens, found) {
        if heading_edit(tokens, (first, from), found).is_none()
            && let Some(split) = opening::best(tokens, (first, from))
        {
            places.push((split, false));
        }
    }
    for first in 0..tokens.all.len() {
        let gap = follows_wide_gap(tokens, first);
        if !gap && !opens_paragraph(tokens, first) {
            continue;
        }
        let first = if is_bullet(tokens.word(first)) {
            first + 1
        } else {
            first
        };
        let start = tokens.extent(first).start;
        if let Some(edit) = heading_edit(tokens, (first, start), found) {
            parted[usize::from(!edit.with.trim().is_empty())] += usize::from(!gap);
        } else if let Some(edit) = before_bullet(tokens, first, found).filter(|_| !gap) {
            listed.push(edit);
        } else if let Some(at) = marked(tokens, first) {
            parted[0] += usize::from(!gap);
            listed.push(gap_edit(tokens, at, RepairKind::Heading));
        } else if let Some(split) = opening::best(tokens, (first, start)) {
            places.push((split, gap));
        }
    }
    for (split, _) in &places {
        parted[usize::from(split.touches)] += usize::from(Limits::is_sure(split));
    }
    // A sure one and one that leans on it speak for each other, where the sentence of the sure one opens as most do.
    let leaning = |(split, gap): &&(opening::Split, bool)| {
        !gap && !split.touches && split.weight >= PARTED.enough[1]
    };
    let leaning = places.iter().filter(leaning).count();
    let spoken = |split: &opening::Split| {
        let word = tokens.word(split.token);
        leaning > 1 && !split.touches && word != "I" && opens_sentence(word)
    };
    let enough = |split: &opening::Split, gap: bool| {
        let kind = usize::from(split.touches);
        let sure = Limits::is_sure(split);
        let others = parted[kind] - usize::from(sure);
        let others = others.max(usize::from(sure && spoken(split)));
        split.weight >= Limits::of(split).enough[if gap { 0 } else { others.min(2) }]
    };
    let places = places.iter().filter(|(split, gap)| enough(split, *gap));
    listed.extend(places.filter_map(|(split, _)| parting(tokens, split, found)));
    listed.extend(inside(tokens, found, parted));
    listed.sort_by_key(|edit| edit.at);
    listed
}

/// The edits that part headings which run into the middle of a line, behind a sentence, from what stands on either side.
/// `parted` is how many headings were parted where lines open.
fn inside(tokens: &Tokens<'_>, found: &[Edit], mut parted: [usize; 2]) -> Vec<Edit> {
    let mut places: Vec<(usize, opening::Split)> = Vec::new();
    let mut edits = Vec::new();
    for first in 0..tokens.all.len() {
        if !follows_sentence(tokens, first) {
            continue;
        }
        let start = tokens.extent(first).start;
        if let Some(at) = asked(tokens, first, found) {
            edits.push(gap_edit(tokens, first, RepairKind::Break));
            edits.push(gap_edit(tokens, at, RepairKind::Heading));
            parted[0] += 1;
            continue;
        }
        let Some(split) = opening::best_inside(tokens, first) else {
            continue;
        };
        let limits = Limits::inside(&split);
        if split.weight < limits.enough[2] {
            continue;
        }
        if let Some(edit) = heading_edit(tokens, (first, start), found) {
            // Another step parted this one already; `About …` stands in every release.
            let same = edit.at.start <= split.at && tokens.word(first) != "About";
            parted[usize::from(!edit.with.trim().is_empty())] += usize::from(same);
        } else if !is_taken(found, tokens.extent(first - 1).end, start) {
            parted[usize::from(split.touches)] += usize::from(split.weight >= limits.sure);
            places.push((first, split));
        }
    }
    for (first, split) in places {
        let limits = Limits::inside(&split);
        let sure = usize::from(split.weight >= limits.sure);
        let others = parted[usize::from(split.touches)] - sure;
        if split.weight >= limits.enough[others.min(2)]
            && let Some(edit) = parting(tokens, &split, found)
        {
            edits.push(gap_edit(tokens, first, RepairKind::Break));
            edits.push(edit);
        }
    }
    edits
}

/// The token behind a question in title case which token `first` opens in the middle of a line.
fn asked(tokens: &Tokens<'_>, first: usize, found: &[Edit]) -> Option<usize> {
    if !matches!(
        tokens.word(first),
        "Why" | "How" | "What" | "Where" | "When" | "Who"
    ) {
        return None;
    }
    let at = marked(tokens, first).filter(|at| tokens.word(at - 1).ends_with('?'))?;
    let free = |index: usize| {
        let end = tokens.extent(index - 1).end;
        !is_taken(found, end, tokens.extent(index).start)
    };
    (free(first) && free(at)).then_some(at)
}

/// Whether one of `found` changes something between `from` and `to`.
fn is_taken(found: &[Edit], from: usize, to: usize) -> bool {
    let near = found.partition_point(|edit| edit.at.end < from);
    found.get(near).is_some_and(|edit| edit.at.start <= to)
}

/// The edit that parts a heading from its sentence, where none of `found` stands in the way.
fn parting(tokens: &Tokens<'_>, split: &opening::Split, found: &[Edit]) -> Option<Edit> {
    if !split.touches {
        return Some(gap_edit(tokens, split.token, RepairKind::Heading));
    }
    let extent = tokens.extent(split.token);
    let near = found.partition_point(|edit| edit.at.end < extent.start);
    let taken = found
        .get(near)
        .is_some_and(|edit| edit.at.start <= extent.end);
    (!taken).then(|| glue::edit(tokens.text, extent, &[glue::Cut::heading(split.at)]))
}

/// The places that `opening` weighs: where each one's line opens, the heading before it, which weights are for it, and
/// the signs.
pub(super) fn rows(tokens: &Tokens<'_>) -> Vec<(usize, String, usize, Vec<f32>)> {
    if !tokens.english {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut take = |first: usize, inside: bool, rows: Vec<(opening::Split, Vec<f32>)>| {
        let start = tokens.extent(first).start;
        for (split, row) in rows {
            let heading = tokens.text[start..split.at].trim_end().to_owned();
            let weights = usize::from(split.touches) + 2 * usize::from(inside);
            found.push((start, heading, weights, row));
        }
    };
    for first in 0..tokens.all.len() {
        if follows_wide_gap(tokens, first) || opens_paragraph(tokens, first) {
            let first = first + usize::from(is_bullet(tokens.word(first)));
            if first < tokens.all.len() {
                let start = tokens.extent(first).start;
                take(first, false, opening::rows(tokens, (first, start)));
            }
        } else if follows_sentence(tokens, first) {
            take(first, true, opening::rows_inside(tokens, first));
        }
    }
    found
}

/// Whether token `first` follows a sentence on its line, as the next one does.
fn follows_sentence(tokens: &Tokens<'_>, first: usize) -> bool {
    first > 0 && tokens.all[first].gap == Gap::Blank && tokens.ends_sentence(first - 1)
}

/// The edit that parts a heading in title case from the bullet of its first item, which touches it
/// (`What’s New This Season* Deeper insight …`).
fn before_bullet(tokens: &Tokens<'_>, first: usize, found: &[Edit]) -> Option<Edit> {
    let mut last = first;
    for _ in 0..LONGEST {
        let word = tokens.word(last);
        if let Some(bare) = word.strip_suffix(['*', '•', '●', '▪']) {
            let item = tokens.after(last)?;
            let opens = tokens
                .word(item)
                .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            let heading = opens
                && tokens.all[item].gap == Gap::Blank
                && bare.ends_with(char::is_alphanumeric)
                && (first..=last).all(|at| fused::is_title_word(tokens.word(at)))
                && long(tokens, first, last + 1) >= 1;
            let at = tokens.extent(last).start + bare.len();
            let start = tokens.extent(last).start;
            let near = found.partition_point(|edit| edit.at.end < start);
            let taken = found.get(near).is_some_and(|edit| edit.at.start <= at);
            return (heading && !taken).then(|| Edit::new(at, at, "\n\n", RepairKind::Heading));
        }
        if word.contains('*') || tokens.ends_sentence(last) {
            return None;
        }
        last = tokens.after(last)?;
        if tokens.all[last].gap != Gap::Blank {
            return None;
        }
    }
    None
}

/// Where lines open inside tokens, behind the breaks that `found` puts there: the token and the place in the text.
fn after_breaks(tokens: &Tokens<'_>, found: &[Edit]) -> Vec<(usize, usize)> {
    let breaks = found.iter().filter_map(|edit| {
        let (_, behind) = edit.with.rsplit_once('\n')?;
        // What an edit changes too is not there yet.
        let from = tokens.text[..edit.at.end].strip_suffix(behind)?.len();
        let token = tokens.all.partition_point(|token| token.end() <= from);
        (token < tokens.all.len() && tokens.extent(token).start < from).then_some((token, from))
    });
    breaks.collect()
}

/// The edit that parts a heading among the first words of the line that opens at `start`, in token `first`.
fn heading_edit<'e>(
    tokens: &Tokens<'_>,
    (first, start): (usize, usize),
    found: &'e [Edit],
) -> Option<&'e Edit> {
    let mut last = first;
    for _ in 0..LONGEST + 2 {
        last = tokens.after(last).unwrap_or(last);
    }
    let end = tokens.extent(last).end;
    let from = found.partition_point(|edit| edit.at.start < start);
    found[from..]
        .iter()
        .take_while(|edit| edit.at.start < end)
        .find(|edit| edit.kind == RepairKind::Heading)
}

/// Whether token `first` opens a paragraph or an item, not a line that goes on with the one before: one break behind a
/// sentence is a paragraph's end too, for lines that were broken to a width are whole again by now.
fn opens_paragraph(tokens: &Tokens<'_>, first: usize) -> bool {
    if tokens.all[first].gap != Gap::Line {
        return false;
    }
    let Some(last) = first.checked_sub(1) else {
        return true;
    };
    let between = &tokens.text[tokens.extent(last).end..tokens.extent(first).start];
    is_bullet(tokens.word(first))
        || between.bytes().filter(|b| *b == b'\n').count() > 1
        || tokens.ends_sentence(last)
}

/// Whether token `first` follows a sentence and a wide gap, which may be what is left of a paragraph's end.
fn follows_wide_gap(tokens: &Tokens<'_>, first: usize) -> bool {
    first > 0 && tokens.all[first].gap == Gap::Wide && tokens.ends_sentence(first - 1)
}

fn is_bullet(word: &str) -> bool {
    matches!(word, "*" | "•" | "-" | "–" | "●" | "▪")
}

/// The token behind a heading that opens a line at token `first` and has a mark at its end, or the first item of a list
/// behind it.
fn marked(tokens: &Tokens<'_>, first: usize) -> Option<usize> {
    let opening = tokens.word(first).trim_start_matches(['“', '"', '‘']);
    if !opening.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return None;
    }
    let mut at = first;
    for _ in 0..LONGEST {
        let last = at;
        at = tokens.after(at)?;
        let word = tokens.word(last);
        if tokens.all[at].gap != Gap::Blank {
            return None;
        }
        if word.ends_with('?') {
            return question(tokens, first, at).then_some(at);
        }
        if word.ends_with(':') && (is_mark(tokens.word(at)) || is_notes(tokens, first, at)) {
            return before_list(tokens, first, at).then_some(at);
        }
        if tokens.ends_sentence(last) {
            return None;
        }
        if tokens.word(at) == "1." && tokens.has("\n2. ") {
            return (before_list(tokens, first, at) && ends_phrase(word)).then_some(at);
        }
    }
    None
}

/// A question in title case is a heading: in prose, questions are not capitalised.
fn question(tokens: &Tokens<'_>, first: usize, at: usize) -> bool {
    let opens = tokens
        .word(at)
        .trim_start_matches(['“', '"'])
        .starts_with(char::is_uppercase);
    let small = (first..at).any(|i| tokens.bare(i).contains(char::is_lowercase));
    opens && small && at - first >= 3 && titled(tokens, first, at) && long(tokens, first, at) >= 3
}

/// What opens the first item of a list.
fn is_mark(word: &str) -> bool {
    is_bullet(word) || word == "1." || word == "1)"
}

/// `Notes to editors:` before the first note.
fn is_notes(tokens: &Tokens<'_>, first: usize, at: usize) -> bool {
    let words: Vec<String> = (first..at).map(|i| tokens.bare(i).to_lowercase()).collect();
    matches!(words.as_slice(), [a, b, c]
        if (a == "note" || a == "notes") && b == "to" && (c == "editor" || c == "editors"))
}

fn before_list(tokens: &Tokens<'_>, first: usize, at: usize) -> bool {
    at - first >= 2 && (titled(tokens, first, at) || is_notes(tokens, first, at))
}

/// Whether the words of a heading can end with `word`.
pub(super) fn ends_phrase(word: &str) -> bool {
    let small = word.to_lowercase();
    !is_function_word(&small)
        && !is_finite(word)
        && !is_person_title(word)
        && !matches!(
            small.as_str(),
            "says" | "said" | "adds" | "called" | "titled" | "magazine"
        )
}

/// Whether all words are written as in a title.
pub(super) fn titled(tokens: &Tokens<'_>, first: usize, end: usize) -> bool {
    (first..end).all(|i| {
        let word = tokens.word(i);
        fused::is_title_word(word)
            || i + 1 == end && word.ends_with([':', '?'])
            || word.ends_with(',') && word.starts_with(char::is_uppercase)
    })
}

/// How many words of more than three letters there are.
pub(super) fn long(tokens: &Tokens<'_>, first: usize, end: usize) -> usize {
    (first..end).filter(|i| tokens.bare(*i).len() > 3).count()
}

#[cfg(test)]
mod tests {
    use crate::release::{RepairKind, repair};

    const BEFORE: &str = "The plant in Leeds makes pumps for homes and for farms, and has done so for many years. It sells \
        them to owners in twelve counties, and to a few beyond the sea. It will now make them for boats as well, and the \
        town is glad of it.";

    /// The lines of a text whose body stands on one line: what opens it, `body`, and a sentence.
    fn lines(body: &str) -> Vec<String> {
        let text = format!("{BEFORE} {body} The plant is large, and it makes many pumps.");
        let repaired = repair(&text, &[], &[]);
        let lines = repaired.text.lines().filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    }

    #[test]
    fn a_heading_in_the_middle_of_a_line_loses_its_sentences() {
        for (heading, joint, sentence) in [
            (
                "Growing With the County",
                " ",
                "As the county grows, the plant will need more engineers and more land.",
            ),
            (
                "What Will the Pumps of the Harbour Cost?",
                " ",
                "The price has not been set yet, and the owners wait.",
            ),
            (
                "Partners from three countries",
                "",
                "The National University of Leeds will send doctoral students.",
            ),
            (
                "A Second Plant for Larger Pumps",
                "",
                "Engineers expect the second plant to open in spring.",
            ),
        ] {
            let found = lines(&[heading, joint, sentence].concat());
            let rest = format!("{sentence} The plant is large, and it makes many pumps.");
            assert_eq!(found, [BEFORE, heading, rest.as_str()]);
        }
    }

    #[test]
    fn both_breaks_of_a_heading_are_undone_together() {
        let body =
            "Growing With the County As the county grows, the plant will need more engineers.";
        let text = format!("{BEFORE} {body} The plant is large, and it makes many pumps.");
        let repaired = repair(&text, &[], &[]);
        let kinds: Vec<_> = repaired.repairs.iter().map(|r| r.kind).collect();
        assert_eq!(kinds, [RepairKind::Break, RepairKind::Heading]);
        assert_eq!(
            crate::release::undo(&repaired.text, &repaired.repairs),
            text
        );
    }

    #[test]
    fn names_titles_and_brands_in_running_text_stay() {
        for sentence in [
            "Chief Engineer Jane Roe said that the plant will need more people than it has now.",
            "The Harbour Pumps Board of Directors In Leeds voted for the plan on Monday.",
            "President of the National Pump Council John Doe welcomed the plan and its costs.",
            "Last year The Leeds Post called the plant a wonder of the county.",
            "Major buyers like SilverRock are heavily engaged in pumps, and so are their owners.",
            "Armed with proprietary ClearBridge pumps and many engineers, the plant goes on.",
            "Awards at InfoPump events in Leeds and York were given to the plant again.",
            "Army Chief of Staff Douglas MacArthur gave the plant its name many years ago.",
        ] {
            assert_eq!(lines(sentence).len(), 1, "{sentence}");
        }
    }

    #[test]
    fn two_headings_that_open_lines_speak_for_each_other() {
        let text = "LEEDS, Oct. 14, 2026 /PRNewswire/ -- Harbour Pumps, a maker of pumps for farms, today opened a plant \
            and said it would hire 200 engineers there by the end of next year.\n\
            Working with the people next door Engineers at the plant talk to the farms around it every week.\n\
            Partners from three countries The National University of Leeds will send doctoral students, and a bank \
            will lend the money. Results will be published in spring.\n";
        let repaired = repair(text, &[], &[]);
        for heading in [
            "Working with the people next door",
            "Partners from three countries",
        ] {
            assert!(
                repaired.text.lines().any(|line| line == heading),
                "{}",
                repaired.text.as_str()
            );
        }
    }
}
