//! The list of releases.
//!
//! ```text
//!   TODAY
//! ▌● Headline over all the room there is
//! ▌  and over a second line where it needs …
//! ▌  Issuer · 2 h                    E ★ ❝2
//! ```
//! One column each for the cursor's bar and the dot of what is unread; the headline has a line or two to itself, and
//! the marks stand at the end of the last line, where they never push it aside. In a search a line between them shows
//! the words around the best hit.

use ratatui::style::Style;

use super::paint::{Pen, fitting, width};
use super::theme::Role;
use crate::app::{Area, Clock, Line, List, Shows, when};
use crate::release::{Listing, Snippet, Standing};
use crate::text::Extent;

/// Where the words of a row start: after the bar, the dot and a blank.
pub(super) const INDENT: u16 = 3;

/// Draws the lines of the list that are on the screen.
pub(super) fn draw(pen: &mut Pen<'_>, area: Area, list: &List, clock: &Clock, held: bool) {
    let visible = list.visible();
    let shown = &visible[..visible.len().min(usize::from(area.rows))];
    // A day's heading at the foot, with none of its releases under it, heads nothing.
    let shown = match shown {
        [above @ .., Line::Day(_)] if visible.len() >= usize::from(area.rows) => above,
        all => all,
    };
    for (row, line) in (area.row..).zip(shown) {
        match line {
            Line::Blank => {}
            Line::Day(day) => {
                let heading = when::heading(*day, clock.now, &clock.zone).to_uppercase();
                pen.clipped(
                    (area.column + INDENT, row),
                    area.columns.saturating_sub(INDENT + 1),
                    &heading,
                    Role::Day,
                );
            }
            Line::Release { index, part, shows } => {
                let Some(listing) = list.row(*index) else {
                    continue;
                };
                let strip = Area {
                    row,
                    rows: 1,
                    ..area
                };
                let chosen = *index == list.selected();
                Entry {
                    listing,
                    clock,
                    chosen,
                    held,
                    by_source: list.scope().story.is_some(),
                }
                .draw(pen, strip, *part, *shows);
            }
        }
    }
}

/// One release in the list.
struct Entry<'a> {
    listing: &'a Listing,
    clock: &'a Clock,
    chosen: bool,
    held: bool,
    /// The copies of one release are shown: what tells them apart is where they came from.
    by_source: bool,
}

impl Entry<'_> {
    /// Draws line `part` of the release.
    fn draw(&self, pen: &mut Pen<'_>, area: Area, part: usize, shows: Shows) {
        let words = Area {
            column: area.column + INDENT.min(area.columns),
            columns: area.columns.saturating_sub(INDENT + 1),
            ..area
        };
        if self.chosen {
            super::cursor_bar(pen, area, self.held);
        }
        match shows {
            Shows::Headline(extent) => self.headline(pen, area, words, (part == 0, extent)),
            Shows::Byline => self.byline(pen, words),
            Shows::Snippet => self.snippet(pen, words),
        }
    }

    /// One line of the headline; the first one has the dot of what is unread.
    fn headline(&self, pen: &mut Pen<'_>, area: Area, words: Area, (first, part): (bool, Extent)) {
        let role = if self.listing.read {
            Role::Read
        } else {
            Role::Unread
        };
        if first && !self.listing.read {
            pen.write(
                (area.column + 1, area.row),
                1,
                pen.glyphs().unread,
                Role::MarkUnread,
            );
        }
        let headline = if self.listing.headline.trim().is_empty() {
            "(no headline)"
        } else {
            part.of(&self.listing.headline)
        };
        pen.clipped((words.column, words.row), words.columns, headline, role);
    }

    /// Who and when, then the marks at the right.
    fn byline(&self, pen: &mut Pen<'_>, area: Area) {
        let end = self.marks(pen, area);
        let listing = self.listing;
        let ago = |timed| when::ago(listing.published, timed, self.clock.now, &self.clock.zone);
        let when = match listing.embargo {
            _ if listing.dated => ago(listing.timed),
            Some(until) if until > self.clock.now => "embargoed".to_owned(),
            // Nothing says when it was put out; when it came in is known to the second.
            _ => format!("seen {}", ago(true)),
        };
        let tail = format!(" {} {when}", pen.glyphs().dot);
        let room = end.saturating_sub(area.column);
        let who = listing
            .issuer
            .as_ref()
            .or(listing.wire.as_ref())
            .or(listing.source.as_ref());
        let who = if self.by_source {
            listing.sources()
        } else {
            who.map(ToString::to_string).unwrap_or_default()
        };
        if who.is_empty() {
            pen.clipped((area.column, area.row), room, &when, Role::Byline);
            return;
        }
        let tail_columns = u16::try_from(width(&tail)).unwrap_or(0);
        let used = pen.clipped(
            (area.column, area.row),
            room.saturating_sub(tail_columns),
            &who,
            Role::Byline,
        );
        let at = (area.column + used, area.row);
        pen.write(at, room.saturating_sub(used), &tail, Role::Byline);
    }

    /// Marks from the right: passages, star, copies, correction, embargo. Gives the column they start at.
    fn marks(&self, pen: &mut Pen<'_>, area: Area) -> u16 {
        let glyphs = pen.glyphs();
        let listing = self.listing;
        let mut marks: Vec<(String, Role)> = Vec::new();
        if listing.embargo.is_some_and(|until| until > self.clock.now) {
            marks.push((glyphs.embargo.to_owned(), Role::MarkEmbargo));
        }
        match listing.standing {
            Some(Standing::Correction) => marks.push(("C".to_owned(), Role::MarkStanding)),
            Some(Standing::Kill) => marks.push(("KILL".to_owned(), Role::MarkStanding)),
            Some(Standing::Advisory) => marks.push(("A".to_owned(), Role::Byline)),
            None => {}
        }
        if listing.copies > 1 {
            marks.push((format!("{}{}", listing.copies, glyphs.times), Role::Byline));
        }
        if listing.versions > 1 {
            marks.push((format!("v{}", listing.versions), Role::Byline));
        }
        if listing.starred {
            marks.push((glyphs.star.to_owned(), Role::MarkStar));
        }
        if listing.passages > 0 {
            marks.push((
                format!("{}{}", glyphs.quote, listing.passages),
                Role::MarkPassage,
            ));
        }
        let mut end = area.column + area.columns;
        for (mark, role) in marks.iter().rev() {
            if end < area.column + 8 {
                break;
            }
            end = pen.right(end, area.row, mark, *role).saturating_sub(1);
        }
        end
    }

    fn snippet(&self, pen: &mut Pen<'_>, area: Area) {
        if let Some(snippet) = &self.listing.snippet {
            draw_snippet(pen, area, snippet);
        }
    }
}

/// Draws a snippet on one line, scrolled so that its first hit is seen.
pub(super) fn draw_snippet(pen: &mut Pen<'_>, area: Area, snippet: &Snippet) {
    let text = snippet.text.as_str();
    let plain = pen.style(Role::Muted);
    let hit = pen.style(Role::Hit);
    let from = shown_from(snippet, usize::from(area.columns));
    let mut at = from;
    let mut used = 0;
    if at > 0 {
        used += pen.text(
            (area.column, area.row),
            area.columns,
            pen.glyphs().ellipsis,
            plain,
        );
    }
    let mut piece = |pen: &mut Pen<'_>, words: Option<&str>, style: Style| {
        let left = area.columns.saturating_sub(used);
        used += pen.text(
            (area.column + used, area.row),
            left,
            words.unwrap_or(""),
            style,
        );
    };
    for extent in &snippet.hits {
        if extent.start >= at {
            piece(pen, text.get(at..extent.start), plain);
            piece(pen, text.get(extent.start..extent.end), hit);
            at = extent.end;
        }
    }
    piece(pen, text.get(at..), plain);
    let all = width(text.get(from..).unwrap_or("")) + usize::from(from > 0);
    if all > usize::from(area.columns) {
        let last = area.column + area.columns.saturating_sub(1);
        pen.text((last, area.row), 1, pen.glyphs().ellipsis, plain);
    }
}

/// From which byte a snippet is shown so that its first hit stands within the first two thirds of `columns`.
fn shown_from(snippet: &Snippet, columns: usize) -> usize {
    let text = snippet.text.as_str();
    let Some(before) = snippet.hits.first().and_then(|hit| text.get(..hit.start)) else {
        return 0;
    };
    let least = columns / 3;
    if width(before) <= columns * 2 / 3 {
        return 0;
    }
    let skip = width(before) - least;
    let cut = fitting(before, skip).len();
    // From the next word on, where one starts before the hit; a dash by itself is none.
    let Some(space) = before[cut..].find(' ') else {
        return cut;
    };
    let rest = &before[cut + space..];
    let word = rest.find(char::is_alphanumeric);
    let start = word
        .and_then(|word| rest[..word].rfind(' '))
        .or(rest.rfind(' '));
    cut + space + start.map_or(0, |start| start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SafeText;

    #[test]
    fn a_snippet_scrolls_to_its_hit() {
        let text = "the long way round to a loan of 240 million for the wind farm off Halden";
        let at = text.find("wind").unwrap();
        let snippet = Snippet {
            text: SafeText::clean(text),
            hits: vec![Extent::new(at, at + 4)],
        };
        assert_eq!(shown_from(&snippet, 80), 0);
        let from = shown_from(&snippet, 30);
        assert!(text[from..at].len() <= 20 && from > 0, "{}", &text[from..]);
        assert!(text[..from].ends_with(' '));
        for columns in 0..80 {
            assert!(shown_from(&snippet, columns) <= at);
        }
    }

    #[test]
    fn a_snippet_begins_with_a_word_and_not_with_a_dash() {
        let text = "HALDEN, Nov. 5, 2026 (GLOBE NEWSWIRE) -- Norvik Cables AS today said";
        let at = text.find("Norvik").unwrap();
        let snippet = Snippet {
            text: SafeText::clean(text),
            hits: vec![Extent::new(at, at + 6)],
        };
        for columns in 4..60 {
            let shown = &text[shown_from(&snippet, columns)..];
            assert!(!shown.starts_with('-'), "{columns}: {shown}");
        }
    }
}
