//! What stands in the left pane in place of the releases: the passages that were kept. (The sources have a file of
//! their own.)
//!
//! ```text
//! ▌▎ The words of the passage over two
//!  ▎ lines, then …
//!    Headline · 19 Mar 2024
//!    the note   #tag
//! ```

use super::list::INDENT;
use super::paint::{Pen, width};
use super::theme::Role;
use crate::app::message::PassageRow;
use crate::app::{App, Area, Pick, when};
use crate::release::AnchorStatus;

/// The line, in the pane, on which the chosen entry starts.
pub(super) fn line_of(pick: Pick, lines: usize) -> usize {
    pick.selected.saturating_sub(pick.top) * lines
}

/// The strips of the pane, one for each entry on the screen: entry number and area.
pub(super) fn strips(area: Area, pick: Pick, lines: usize) -> impl Iterator<Item = (usize, Area)> {
    let lines = u16::try_from(lines.max(1)).unwrap_or(1);
    let bottom = area.row + area.rows;
    pick.visible()
        .zip((area.row..bottom).step_by(usize::from(lines)))
        .map(move |(number, row)| {
            let strip = Area {
                row,
                rows: lines.min(bottom - row),
                ..area
            };
            (number, strip)
        })
}

/// The passages view.
pub(super) fn passages(pen: &mut Pen<'_>, area: Area, app: &App, held: bool) {
    let view = app.passages();
    if view.rows().is_empty() {
        if view.loaded() {
            super::empty::say(
                pen,
                area,
                "No passages yet.",
                "m in a release bookmarks the sentence under the cursor.",
            );
        }
        return;
    }
    for (number, strip) in strips(area, view.pick(), view.lines()) {
        let Some(row) = view.rows().get(number) else {
            continue;
        };
        if number == view.pick().selected {
            // The last line of an entry is white space.
            let rows = strip.rows.min(u16::try_from(view.lines() - 1).unwrap_or(1));
            for row in strip.row..strip.row + rows {
                super::cursor_bar(
                    pen,
                    Area {
                        row,
                        rows: 1,
                        ..strip
                    },
                    held,
                );
            }
        }
        passage(pen, strip, app, row);
    }
}

/// One passage: quote over two lines, where it is from, note and tags.
fn passage(pen: &mut Pen<'_>, area: Area, app: &App, row: &PassageRow) {
    let (column, room) = (
        area.column + INDENT,
        area.columns.saturating_sub(INDENT + 1),
    );
    let orphaned = row.passage.status == AnchorStatus::Orphaned;
    let dot = pen.glyphs().dot;
    let ends = |line: u16| area.row + line < area.row + area.rows;
    let quote = two_lines(&row.passage.anchor.exact, usize::from(room));
    for (line, words) in (0u16..).zip(&quote).filter(|(line, _)| ends(*line)) {
        pen.write(
            (area.column + 1, area.row + line),
            1,
            pen.glyphs().passage,
            Role::PassageBar,
        );
        pen.clipped((column, area.row + line), room, words, Role::Text);
    }
    let clock = app.clock();
    let date = when::ago(row.published, true, clock.now, &clock.zone);
    let lost = if orphaned {
        format!(" {dot} no longer in the text")
    } else {
        String::new()
    };
    let tail = format!(" {dot} {date}{lost}");
    let tail_columns = u16::try_from(width(&tail)).unwrap_or(0);
    let mut line = u16::try_from(quote.len()).unwrap_or(2);
    if ends(line) {
        let at = (column, area.row + line);
        let used = pen.clipped(
            at,
            room.saturating_sub(tail_columns),
            &row.headline,
            Role::Byline,
        );
        pen.write(
            (column + used, at.1),
            room.saturating_sub(used),
            &tail,
            Role::Byline,
        );
    }
    line += 1;
    if ends(line) && line < area.rows {
        let tags = row.passage.tags.iter().map(|tag| format!("#{tag}"));
        let tags = tags.collect::<Vec<_>>().join(" ");
        // The note gives way to the tags, but never by more than half.
        let least = usize::from(room / 2);
        let right = u16::try_from(width(&tags).min(least)).unwrap_or(0);
        let gap = if right > 0 && !row.passage.note.is_empty() {
            2
        } else {
            0
        };
        let note = room.saturating_sub(right + gap);
        let at = area.row + line;
        let used = pen.clipped((column, at), note, &row.passage.note, Role::Speaker);
        let column = column + used + if used > 0 { gap } else { 0 };
        pen.clipped(
            (column, at),
            room.saturating_sub(used + gap),
            &tags,
            Role::Byline,
        );
    }
}

/// Text over at most two lines; the second ends in an ellipsis where there is more (the pen sets it).
fn two_lines(text: &str, columns: usize) -> Vec<String> {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Two lines never need more than this, so a long passage costs no more than a short one.
    let head: String = text.chars().take(columns * 4 + 16).collect();
    let mut lines = textwrap::wrap(&head, columns.max(1))
        .into_iter()
        .map(std::borrow::Cow::into_owned);
    let Some(first) = lines.next() else {
        return Vec::new();
    };
    let rest: Vec<String> = lines.collect();
    if rest.is_empty() {
        vec![first]
    } else {
        vec![first, rest.join(" ")]
    }
}
