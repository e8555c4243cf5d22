//! Selecting: by words, rows, sentences, paragraphs.

use crate::app::page::{Origin, Role, Row};
use crate::text::wrap::width;
use crate::text::{Extent, sentences};

use super::words::{byte_at_column, floor, skip_white, skip_white_back, word_at, word_edge};
use super::{Reading, Selection, Unit, Way};

impl Reading {
    /// Starts a selection on the cursor's sentence; with one, grows it to whole sentences, then to whole paragraphs.
    pub(in crate::app) fn select(&mut self) {
        self.unfold_at(self.cursor);
        let Some(selection) = self.selection else {
            self.selection = Some(Selection {
                anchor: self.sentence.start,
                head: self.sentence.end,
            });
            return;
        };
        let now = selection.extent();
        let sentences = self.cover(now, Unit::Sentence);
        let grown = if sentences == now {
            self.cover(now, Unit::Paragraph)
        } else {
            sentences
        };
        self.selection = Some(Selection {
            anchor: grown.start,
            head: grown.end,
        });
    }

    /// The whole words, sentences or paragraphs that an extent touches.
    pub(super) fn cover(&self, extent: Extent, unit: Unit) -> Extent {
        let last = extent.end.saturating_sub(1).max(extent.start);
        let start = self.unit_at(extent.start, unit).start;
        let end = self.unit_at(floor(self.text(), last), unit).end;
        Extent::new(start.min(extent.start), end.max(extent.end))
    }

    /// The sentence of a paragraph that holds a byte, or the last one before it. Those of the cursor's paragraph are
    /// cut already.
    fn sentence_at(&self, paragraph: usize, at: usize) -> Option<Extent> {
        let cut;
        let all = if paragraph == self.paragraph {
            &*self.sentences
        } else {
            cut = sentences(self.text(), *self.page.paragraphs.get(paragraph)?);
            &cut
        };
        let next = all.partition_point(|sentence| sentence.start <= at);
        all.get(next.checked_sub(1)?).copied()
    }

    /// The word, sentence, paragraph or row that holds a byte.
    pub(super) fn unit_at(&self, at: usize, unit: Unit) -> Extent {
        let number = self.page.paragraph_at(at).saturating_sub(1);
        let paragraph = self
            .page
            .paragraphs
            .get(number)
            .copied()
            .unwrap_or_default();
        match unit {
            Unit::Paragraph => paragraph,
            Unit::Sentence => self.sentence_at(number, at).unwrap_or(paragraph),
            Unit::Word => word_at(self.text(), at),
            Unit::Row => {
                let row = self.page.rows.get(self.page.row_of(at));
                row.map_or(paragraph, |row| row.extent)
            }
        }
    }

    /// Lets the selection go.
    pub(in crate::app) fn unselect(&mut self) -> bool {
        self.selection.take().is_some()
    }

    /// Exchanges the ends of the selection.
    pub(in crate::app) fn swap_ends(&mut self) {
        if let Some(selection) = &mut self.selection {
            std::mem::swap(&mut selection.anchor, &mut selection.head);
            let head = selection.head;
            self.place(head.min(self.text().len()));
            self.show_cursor();
        }
    }

    /// Moves the head of the selection by one unit.
    pub(super) fn grow(&mut self, selection: Selection, unit: Unit, way: Way) {
        let text = self.text();
        let head = match unit {
            Unit::Word => word_edge(text, selection.head, way),
            Unit::Row => self.row_edge(selection.head, way),
            Unit::Sentence | Unit::Paragraph => self.unit_edge(selection, unit, way),
        };
        self.selection = Some(Selection { head, ..selection });
        self.place_head(head);
    }

    /// Keeps the cursor on the sentence of the selection's head.
    pub(super) fn place_head(&mut self, head: usize) {
        let ahead = self
            .selection
            .is_some_and(|selection| selection.head > selection.anchor);
        let at = if ahead { head.saturating_sub(1) } else { head };
        self.place(floor(self.text(), at));
    }

    /// The edge of the next sentence or paragraph: the end of one ahead of the anchor, the start of one behind it.
    pub(super) fn unit_edge(&self, selection: Selection, unit: Unit, way: Way) -> usize {
        let text = self.text();
        let head = selection.head;
        match way {
            Way::Forward => {
                let next = skip_white(text, head);
                let found = self.unit_at(next, unit);
                if head < selection.anchor {
                    // Shrinking from above: to the start of the next unit, or onto the anchor.
                    skip_white(text, found.end).min(selection.anchor)
                } else {
                    found.end.max(head)
                }
            }
            Way::Back => {
                let last = skip_white_back(text, head);
                let found = self.unit_at(floor(text, last.saturating_sub(1)), unit);
                if head > selection.anchor && found.start > selection.anchor {
                    skip_white_back(text, found.start)
                } else if head > selection.anchor && found.start == selection.anchor {
                    head
                } else {
                    found.start.min(head)
                }
            }
        }
    }

    /// The same column one row further.
    pub(super) fn row_edge(&self, head: usize, way: Way) -> usize {
        let number = self.page.row_of(head);
        let column = self.page.rows.get(number).map_or(0, |row| {
            width(
                Extent::new(
                    row.extent.start,
                    head.clamp(row.extent.start, row.extent.end),
                )
                .of(self.text()),
            )
        });
        let shown = |row: &&Row| {
            row.origin == Origin::Text && row.role != Role::Blank && row.role != Role::Folded
        };
        let target = match way {
            Way::Forward => self.page.rows.iter().skip(number + 1).find(shown),
            Way::Back => self.page.rows.iter().take(number).rev().find(shown),
        };
        target.map_or(head, |row| byte_at_column(self.text(), row.extent, column))
    }
}
