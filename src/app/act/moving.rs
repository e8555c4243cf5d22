//! Moving: in lists, in the text, from pane to pane, along what is marked.

use crate::app::effect::{Effect, Ticket};
use crate::app::message::Gravity;
use crate::app::prompt::PromptKind;
use crate::app::reading::{Unit, Walk, Way};
use crate::app::side::{SideLine, subhead_from};
use crate::app::update::Aim;
use crate::app::{App, Left, Pane};
use crate::release::ReleaseId;

impl App {
    pub(super) fn step(&mut self, way: Way, count: usize) -> Vec<Effect> {
        if let Some(popup) = &mut self.popup {
            popup.step(way, count);
            return Vec::new();
        }
        if let Some(prompt) = &self.prompt {
            if prompt.kind == PromptKind::Search {
                self.step_hits(way, count, false);
                return Vec::new();
            }
            return self.walk(Walk::Hits, way, count);
        }
        match (self.focus, self.left) {
            (Pane::Reading, _) => {
                if let Some(reading) = &mut self.reading {
                    if reading.selection().is_some() {
                        reading.step(Unit::Row, way, count);
                    } else {
                        reading.scroll(way, count);
                    }
                }
            }
            (Pane::Side, _) => {
                self.side.step(way, count);
                self.follow_side();
            }
            (Pane::Left, Left::List) => self.list.step(way, count),
            (Pane::Left, Left::Passages) => self.passages.pick_mut().step(way, count),
            (Pane::Left, Left::Sources) => self.sources.step(way, count),
        }
        Vec::new()
    }

    pub(super) fn page(&mut self, way: Way, count: usize, half: bool) -> Vec<Effect> {
        if let Some(popup) = &mut self.popup {
            popup.page(way, count);
            return Vec::new();
        }
        match self.prompt.as_ref().map(|prompt| prompt.kind) {
            Some(PromptKind::Search) => {
                self.step_hits(way, count, true);
                return Vec::new();
            }
            Some(PromptKind::Find) => return self.walk(Walk::Hits, way, count),
            None => {}
        }
        let lines = |height: usize| {
            let page = if half {
                height / 2
            } else {
                height.saturating_sub(2)
            };
            page.max(1).saturating_mul(count)
        };
        match (self.focus, self.left) {
            (Pane::Reading, _) => {
                let rows = lines(usize::from(self.geometry.text.rows));
                if let Some(reading) = &mut self.reading {
                    if reading.selection().is_some() {
                        reading.step(Unit::Row, way, rows);
                    } else {
                        reading.scroll(way, rows);
                    }
                }
            }
            (Pane::Side, _) => {
                let height = self.side.pick().height;
                self.side.page(way, lines(height));
                self.follow_side();
            }
            (Pane::Left, Left::List) => self.list.page(way, count, half),
            (Pane::Left, Left::Passages) => {
                let height = self.passages.pick().height;
                self.passages.pick_mut().step(way, lines(height));
            }
            (Pane::Left, Left::Sources) => self.sources.page(way, count, half),
        }
        Vec::new()
    }

    pub(super) fn end(&mut self, way: Way) -> Vec<Effect> {
        let last = |len: usize| {
            if way == Way::Forward {
                len.saturating_sub(1)
            } else {
                0
            }
        };
        match (self.focus, self.left) {
            (Pane::Reading, _) => {
                if let Some(reading) = &mut self.reading {
                    reading.end(way);
                }
            }
            (Pane::Side, _) => {
                self.side.end(way);
                self.follow_side();
            }
            (Pane::Left, Left::List) => {
                if let Some(from) = self.list.end(way) {
                    self.list.reload_from(from);
                }
            }
            (Pane::Left, Left::Passages) => {
                let line = last(self.passages.rows().len());
                self.passages.pick_mut().choose(line);
            }
            (Pane::Left, Left::Sources) => self.sources.end(way),
        }
        Vec::new()
    }

    /// To a neighbouring pane; `round` goes on from the last to the first.
    pub(super) fn pane(&mut self, way: Way, round: bool) -> Vec<Effect> {
        let order = [Pane::Left, Pane::Reading, Pane::Side];
        let here = order
            .iter()
            .position(|pane| *pane == self.focus)
            .unwrap_or(0);
        let next = match (way, here) {
            (Way::Forward, 2) if round => 0,
            (Way::Back, 0) if round => 2,
            (Way::Forward, here) => (here + 1).min(2),
            (Way::Back, here) => here.saturating_sub(1),
        };
        self.focus_on(order[next])
    }

    /// Gives a pane the focus. The text gets it only where there is a text.
    pub(in crate::app) fn focus_on(&mut self, pane: Pane) -> Vec<Effect> {
        match pane {
            Pane::Left => self.focus = Pane::Left,
            Pane::Reading | Pane::Side if self.reading.is_none() => {
                let Some(chosen) = self.list.chosen().map(|row| row.id) else {
                    return Vec::new();
                };
                return self.open_release(chosen, Aim::Read);
            }
            Pane::Reading if self.focus == Pane::Left && self.left == Left::List => {
                return self.open_chosen();
            }
            Pane::Reading => self.focus = Pane::Reading,
            Pane::Side => {
                self.lead();
                self.focus = Pane::Side;
                self.side
                    .show(self.side.view(), self.reading.as_ref(), true);
                self.follow_side();
            }
        }
        Vec::new()
    }

    /// The text follows the side pane's choice: mentions are lit, quotations and sub-headings shown.
    pub(in crate::app) fn follow_side(&mut self) {
        let lit = self.side.lit();
        let place = match self.side.chosen() {
            Some(SideLine::Quote(number)) => {
                let quotes = self
                    .reading
                    .as_ref()
                    .map(|reading| &reading.release().quotes);
                quotes
                    .and_then(|quotes| quotes.get(number))
                    .map(|quote| quote.extent)
            }
            Some(SideLine::Subhead(number)) => self.side.outline().get(number).copied(),
            _ => None,
        };
        if let Some(reading) = &mut self.reading {
            reading.light(lit);
            reading.show_lit();
            if let Some(place) = place {
                reading.go_to(place.start);
            }
        }
    }

    pub(in crate::app) fn say_open(&mut self) -> Vec<Effect> {
        self.say(Gravity::Plain, "Open a release first");
        Vec::new()
    }

    /// Notes where the reader is before the side pane leads through the text: Esc goes back there.
    pub(super) fn lead(&mut self) {
        if self.focus != Pane::Side {
            let reading = self.reading.as_ref();
            self.led_from = reading.map(|reading| (reading.id(), reading.cursor(), reading.top()));
        }
    }

    pub(super) fn walk(&mut self, walk: Walk, way: Way, count: usize) -> Vec<Effect> {
        let Some(reading) = &mut self.reading else {
            return self.say_open();
        };
        self.led_from = None;
        let before = reading.stand(walk);
        let stand = reading.walk(walk, way, count);
        if let Some(stand) = stand
            && stand.of == 1
            && before == Some(stand)
        {
            self.say(Gravity::Plain, only(walk));
        }
        match stand {
            Some(_) if self.prompt.is_none() && self.focus == Pane::Left => {
                self.focus = Pane::Reading
            }
            Some(_) => {}
            None => {
                let what = match walk {
                    Walk::Hits => "No hits: / searches the library, f finds in this release",
                    Walk::Mentions => "No entities in this release",
                    Walk::Passages => "No passages in this release: m bookmarks one",
                    Walk::Repairs => "Nothing was repaired in this release",
                    Walk::Quotes => "Nobody is quoted in this release",
                };
                self.say(Gravity::Plain, what);
            }
        }
        Vec::new()
    }

    pub(super) fn subhead(&mut self, way: Way, count: usize) -> Vec<Effect> {
        let outline = self.side.outline().to_vec();
        let Some(reading) = &mut self.reading else {
            return self.say_open();
        };
        let start = reading.cursor();
        for _ in 0..count.min(outline.len()) {
            if let Some(extent) = subhead_from(&outline, reading.cursor(), way) {
                reading.go_to(extent.start);
            }
        }
        if reading.cursor() == start {
            let words = match (reading.has_subheads(), way) {
                (false, _) => "No sub-headings in this release",
                (true, Way::Forward) => "No sub-heading below",
                (true, Way::Back) => "No sub-heading above",
            };
            self.say(Gravity::Plain, words);
        }
        Vec::new()
    }

    pub(super) fn move_cursor(&mut self, unit: Unit, way: Way, count: usize) -> Vec<Effect> {
        if let Some(reading) = &mut self.reading {
            reading.step(unit, way, count);
        }
        Vec::new()
    }

    /// Reads the next or last release of the list.
    pub(super) fn other_release(&mut self, way: Way, count: usize) -> Vec<Effect> {
        self.list.step(way, count);
        if self.focus == Pane::Left {
            return Vec::new();
        }
        self.open_chosen()
    }

    pub(super) fn next_unread(&mut self) -> Vec<Effect> {
        if !self.list.seek(Way::Forward, |row| !row.read) {
            self.say(Gravity::Plain, "No unread release below");
            return Vec::new();
        }
        if self.focus == Pane::Reading {
            return self.open_chosen();
        }
        Vec::new()
    }

    /// Opens what corrects or withdraws the open release; else asks for what it corrects or withdraws itself.
    pub(super) fn corrected(&mut self) -> Vec<Effect> {
        let Some(reading) = &self.reading else {
            return self.say_open();
        };
        let release = reading.id();
        if let Some(correction) = reading.replaced_by() {
            self.led_by = Some((correction, release));
            self.say(Gravity::Plain, "This is what corrects it; Esc leads back");
            return self.open_release(correction, Aim::Read);
        }
        if !reading.replaces() {
            self.say(
                Gravity::Plain,
                "This release corrects nothing, and nothing here corrects it",
            );
            return Vec::new();
        }
        let ticket = self.ticket();
        self.correcting = Some(ticket);
        vec![Effect::Corrected { ticket, release }]
    }

    /// What the open release corrects came: it is opened, and Esc leads back from it.
    pub(in crate::app) fn corrects(
        &mut self,
        ticket: Ticket,
        release: ReleaseId,
        earlier: Option<ReleaseId>,
    ) -> Vec<Effect> {
        if self.correcting != Some(ticket) {
            return Vec::new();
        }
        self.correcting = None;
        let still = self
            .reading
            .as_ref()
            .is_some_and(|open| open.id() == release);
        if !still || self.prompt.is_some() || self.popup.is_some() {
            return Vec::new();
        }
        let Some(earlier) = earlier else {
            self.say(
                Gravity::Plain,
                "What it corrects is not in the library: nothing earlier has its headline",
            );
            return Vec::new();
        };
        self.led_by = Some((earlier, release));
        self.say(Gravity::Plain, "This is what it corrects; Esc leads back");
        self.open_release(earlier, Aim::Read)
    }
}

/// Says of a walk that stays where it is why it does.
fn only(walk: Walk) -> &'static str {
    match walk {
        Walk::Hits => "This is the only hit in this release",
        Walk::Mentions => "This is the only mention in this release",
        Walk::Passages => "This is the only passage in this release",
        Walk::Repairs => "This is the only repair in this release",
        Walk::Quotes => "This is the only quotation in this release",
    }
}
