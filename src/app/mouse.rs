//! The mouse: the wheel scrolls what is under it, a click chooses (on the mark of a fold it folds), a double click opens
//! or takes a word, a triple click takes a paragraph, dragging selects text or moves the border of a pane.

use crate::app::effect::Effect;
use crate::app::key::{Mouse, MouseKind};
use crate::app::reading::{Unit, Way};
use crate::app::{Action, App, Left, Pane, Popup, SideLine, inside_window};
use crate::release::ReleaseId;

/// Lines that one notch of the wheel scrolls.
const NOTCH: usize = 3;
/// Columns before the words of a heading of the sources, where the mark of its fold stands: a click there folds.
const FOLD_MARK: u16 = 3;

/// What a pressed button holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// A byte of a release's text: dragging selects from here, as long as that release is open.
    Text(ReleaseId, usize),
    /// The border right of the left pane.
    LeftEdge,
    /// The border left of the side pane.
    SideEdge,
}

impl App {
    pub(super) fn mouse_event(&mut self, mouse: Mouse) -> Vec<Effect> {
        if !self.settings.mouse {
            return Vec::new();
        }
        match mouse.kind {
            MouseKind::WheelUp => self.wheel(mouse, Way::Back),
            MouseKind::WheelDown => self.wheel(mouse, Way::Forward),
            MouseKind::Press => self.click(mouse),
            MouseKind::Drag => self.drag(mouse),
            MouseKind::Release => {
                self.press = None;
                Vec::new()
            }
            MouseKind::Double => self.double(mouse),
            MouseKind::Triple => self.take_unit(mouse, Unit::Paragraph),
        }
    }

    fn wheel(&mut self, mouse: Mouse, way: Way) -> Vec<Effect> {
        if let Some(popup) = &mut self.popup {
            popup.wheel(way, NOTCH);
            return Vec::new();
        }
        match (self.geometry.pane_at(mouse.column, mouse.row), self.left) {
            (Some(Pane::Reading), _) => {
                if let Some(reading) = &mut self.reading {
                    reading.wheel(way, NOTCH);
                }
            }
            (Some(Pane::Side), _) => self.side.scroll(way, NOTCH),
            (Some(Pane::Left), Left::List) => self.list.scroll(way, NOTCH),
            (Some(Pane::Left), Left::Passages) => self.passages.pick_mut().scroll(way, 1),
            (Some(Pane::Left), Left::Sources) => self.sources.scroll(way, 1),
            (None, _) => {}
        }
        Vec::new()
    }

    fn click(&mut self, mouse: Mouse) -> Vec<Effect> {
        if self.popup.is_some() {
            return self.click_window(mouse);
        }
        if self.geometry.left_edge == Some(mouse.column) && self.in_the_middle(mouse) {
            self.press = Some(Press::LeftEdge);
            return Vec::new();
        }
        if self.geometry.side_edge == Some(mouse.column) && self.in_the_middle(mouse) {
            self.press = Some(Press::SideEdge);
            return Vec::new();
        }
        match self.geometry.pane_at(mouse.column, mouse.row) {
            Some(Pane::Left) => self.click_left(mouse),
            Some(Pane::Reading) => self.click_text(mouse),
            Some(Pane::Side) => self.click_side(mouse),
            None => Vec::new(),
        }
    }

    /// A click in a window chooses; one beside it closes it, unless something is typed there that would be lost.
    fn click_window(&mut self, mouse: Mouse) -> Vec<Effect> {
        let Some(area) = self.window() else {
            return Vec::new();
        };
        if !area.contains(mouse.column, mouse.row) {
            let form = matches!(self.popup, Some(Popup::Form(_)));
            return if form { Vec::new() } else { self.back() };
        }
        let line = self.window_line(mouse.column, mouse.row);
        let column = mouse.column.saturating_sub(inside_window(area).column);
        if let (Some(popup), Some(line)) = (&mut self.popup, line) {
            popup.click(line, usize::from(column));
        }
        Vec::new()
    }

    /// A double click in a window takes what it chose.
    fn double_window(&mut self, mouse: Mouse) -> Vec<Effect> {
        let column = self.window().map_or(0, |area| {
            mouse.column.saturating_sub(inside_window(area).column)
        });
        let line = self.window_line(mouse.column, mouse.row);
        let (Some(popup), Some(line)) = (&mut self.popup, line) else {
            return Vec::new();
        };
        if popup.click(line, usize::from(column)) {
            return self.accept();
        }
        Vec::new()
    }

    fn in_the_middle(&self, mouse: Mouse) -> bool {
        mouse.row > 0 && mouse.row + 1 < self.geometry.rows
    }

    /// Line of a pane under the mouse.
    fn line(&self, pane: Pane, mouse: Mouse) -> usize {
        let area = match pane {
            Pane::Left => self.geometry.left,
            Pane::Reading => self.geometry.reading,
            Pane::Side => self.geometry.side,
        };
        usize::from(mouse.row.saturating_sub(area.unwrap_or_default().row))
    }

    fn click_left(&mut self, mouse: Mouse) -> Vec<Effect> {
        let line = self.line(Pane::Left, mouse);
        if self.prompt.is_none() {
            self.focus = Pane::Left;
        }
        match self.left {
            Left::List => {
                if let Some(index) = self.list.at_line(line) {
                    self.list.choose(index);
                }
            }
            Left::Passages => {
                let lines = self.passages.lines();
                let at = self.passages.pick().top + line / lines;
                if at < self.passages.rows().len() {
                    self.passages.pick_mut().choose(at);
                }
            }
            Left::Sources => {
                self.click_sources(mouse);
            }
        }
        Vec::new()
    }

    /// A click in the sources. Whether it folded or unfolded a group.
    fn click_sources(&mut self, mouse: Mouse) -> bool {
        let line = self.line(Pane::Left, mouse);
        let start = self.geometry.left.unwrap_or_default().column;
        self.sources.click(line, mouse.column < start + FOLD_MARK)
    }

    /// The byte of the text under the mouse; in the margins, that of the nearest column.
    fn text_byte(&self, mouse: Mouse) -> Option<usize> {
        let text = self.geometry.text;
        let column = mouse.column.saturating_sub(text.column);
        let row = mouse.row.checked_sub(text.row)?;
        self.reading.as_ref()?.byte_at(column, row)
    }

    fn click_text(&mut self, mouse: Mouse) -> Vec<Effect> {
        let at = self.text_byte(mouse);
        let effects = self.focus_on(Pane::Reading);
        if let (Some(reading), Some(at)) = (&mut self.reading, at) {
            reading.click(at);
            self.press = Some(Press::Text(reading.id(), at));
        }
        effects
    }

    fn click_side(&mut self, mouse: Mouse) -> Vec<Effect> {
        let line = self.side.pick().top + self.line(Pane::Side, mouse);
        let clicked = self.side.lines().get(line).copied();
        self.focus = Pane::Side;
        if clicked.is_some_and(|line| line.choosable() || line == SideLine::More) {
            self.side.choose_near(line, Way::Back);
            self.follow_side();
        }
        Vec::new()
    }

    fn drag(&mut self, mouse: Mouse) -> Vec<Effect> {
        match self.press {
            Some(Press::LeftEdge) => self.columns.0 = Some(mouse.column),
            Some(Press::SideEdge) => {
                self.columns.1 = Some(self.geometry.columns.saturating_sub(mouse.column + 1));
            }
            Some(Press::Text(release, from)) => {
                let text = self.geometry.text;
                let row = mouse
                    .row
                    .clamp(text.row, (text.row + text.rows).saturating_sub(1));
                let to = self.text_byte(Mouse { row, ..mouse });
                let reading = self.reading.as_mut();
                let reading = reading.filter(|reading| reading.id() == release);
                if let (Some(reading), Some(to)) = (reading, to) {
                    reading.drag(from, to);
                }
            }
            None => {}
        }
        Vec::new()
    }

    fn double(&mut self, mouse: Mouse) -> Vec<Effect> {
        if self.popup.is_some() {
            return self.double_window(mouse);
        }
        match self.geometry.pane_at(mouse.column, mouse.row) {
            Some(Pane::Reading) => self.take_unit(mouse, Unit::Word),
            // Clicks on the mark of a fold that follow quickly fold and unfold.
            Some(Pane::Left) if self.left == Left::Sources && self.click_sources(mouse) => {
                Vec::new()
            }
            Some(_) if self.prompt.is_none() => self.run(Action::Open, None),
            Some(Pane::Left) => self.accept_search(),
            _ => Vec::new(),
        }
    }

    fn take_unit(&mut self, mouse: Mouse, unit: Unit) -> Vec<Effect> {
        let in_text = self.geometry.pane_at(mouse.column, mouse.row) == Some(Pane::Reading);
        let at = self
            .text_byte(mouse)
            .filter(|_| in_text && self.popup.is_none());
        if let (Some(reading), Some(at)) = (&mut self.reading, at) {
            reading.select_unit(at, unit);
            self.focus = Pane::Reading;
        }
        Vec::new()
    }
}
