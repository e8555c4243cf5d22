//! Paragraphs that a syndicated copy ran together on one line, with several blanks left between them, and lists run
//! together with their bullets left inside the line. It refuses texts whose writer puts two blanks after every
//! sentence: there a wide gap says nothing.

use super::fused::gap_edit;
use super::ledger::Edit;
use super::token::{Gap, Tokens};
use crate::release::RepairKind;

/// The edits that put paragraphs and items of lists on lines of their own.
pub(super) fn edits(tokens: &Tokens<'_>) -> Vec<Edit> {
    let wide = wide_gaps_part(tokens);
    let mut found = Vec::new();
    // All bullets but one are beyond ASCII: most texts cannot have any.
    if !wide && tokens.text.is_ascii() && !tokens.text.as_bytes().contains(&b'*') {
        return found;
    }
    let mut line = 0;
    // How many bullets the line has, once one was met.
    let mut bullets = None;
    for (index, token) in tokens.all.iter().enumerate() {
        if token.gap == Gap::Line {
            line = index;
            bullets = None;
            continue;
        }
        let word = tokens.word(index);
        if is_bullet(word) && *bullets.get_or_insert_with(|| bullets_of_line(tokens, line)) > 1 {
            let extent = tokens.extent(index);
            found.push(Edit::new(
                tokens.extent(index - 1).end,
                extent.start,
                "\n",
                RepairKind::Break,
            ));
        } else if wide && token.gap == Gap::Wide && parts(tokens, index, line) {
            found.push(gap_edit(tokens, index, RepairKind::Break));
        }
    }
    found
}

/// Whether wide gaps part paragraphs in this text: most of its sentences are parted by one blank.
fn wide_gaps_part(tokens: &Tokens<'_>) -> bool {
    if tokens.all.iter().all(|token| token.gap != Gap::Wide) {
        return false;
    }
    let (mut wide, mut single) = (0_usize, 0_usize);
    for (index, token) in tokens.all.iter().enumerate() {
        if token.gap == Gap::Line || !opens(tokens.word(index)) || !tokens.ends_sentence(index - 1)
        {
            continue;
        }
        match token.gap {
            Gap::Wide => wide += 1,
            _ => single += 1,
        }
    }
    wide > 0 && single > wide
}

/// Whether a word can open a paragraph.
fn opens(word: &str) -> bool {
    let mark = |c: char| matches!(c, '"' | '“' | '(' | '‘' | '[');
    word.trim_start_matches(mark)
        .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '$')
}

/// Whether the wide gap before token `index` parts paragraphs: a sentence, a label or a heading ends before it.
fn parts(tokens: &Tokens<'_>, index: usize, line: usize) -> bool {
    if !opens(tokens.word(index)) {
        return false;
    }
    let last = tokens.word(index - 1);
    if tokens.ends_sentence(index - 1) || last.ends_with(':') {
        return true;
    }
    // A heading: few words between two wide gaps, the first with a capital.
    let first = (line..index)
        .rev()
        .take(16)
        .find(|at| *at == line || tokens.all[*at].gap == Gap::Wide);
    let heading = first.is_some_and(|first| opens(tokens.word(first)) && index - first > 1);
    heading && !last.ends_with([',', ';', '-', '–', '—'])
}

fn is_bullet(word: &str) -> bool {
    let short = word.len() < 4
        && !word
            .as_bytes()
            .first()
            .is_some_and(u8::is_ascii_alphanumeric);
    short
        && matches!(
            word,
            "•" | "●" | "▪" | "■" | "►" | "✓" | "✔" | "*" | "·" | "➢"
        )
}

/// How many bullets stand in the line that token `line` opens; lone stars count only where a colon comes before one.
fn bullets_of_line(tokens: &Tokens<'_>, line: usize) -> usize {
    let mut count = 0;
    let mut at = line;
    let mut stars = false;
    while let Some(next) = tokens.after(at) {
        let word = tokens.word(next);
        stars = stars || word == "*" && tokens.word(at).ends_with(':');
        count += usize::from(is_bullet(word) && (stars || !matches!(word, "*" | "·")));
        at = next;
    }
    count
}
