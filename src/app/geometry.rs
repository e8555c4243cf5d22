//! Where everything is. Computed from the terminal's size before anything is drawn, so that drawing, scrolling and the
//! mouse speak of the same cells. It refuses to lay out what no one could read: below 20 columns or 5 rows the
//! window is too small, and says so.
//!
//! ```text
//! +----------------------------------------------------------+
//! | header                                                   |
//! +------------+------------------------------+--------------+
//! | left       | banner                       | side         |
//! | list,      |------------------------------| entities,    |
//! | passages,  | gutter | text                | quotes,      |
//! | sources    |        |                     | outline      |
//! +------------+------------------------------+--------------+
//! | footer                                                   |
//! +----------------------------------------------------------+
//! ```

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Left column.
    pub column: u16,
    /// Top row.
    pub row: u16,
    /// Width in cells.
    pub columns: u16,
    /// Height in rows.
    pub rows: u16,
}

impl Area {
    /// Whether a cell lies inside.
    #[must_use]
    pub fn contains(self, column: u16, row: u16) -> bool {
        self.column <= column
            && column < self.column.saturating_add(self.columns)
            && self.row <= row
            && row < self.row.saturating_add(self.rows)
    }

    /// Whether it has no cell.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.columns == 0 || self.rows == 0
    }
}

/// The three panes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The list of releases, or what stands in its place (passages, sources).
    #[default]
    Left,
    /// The release.
    Reading,
    /// The entities of the release, or what stands in their place (quotes, outline, contacts).
    Side,
}

/// How many panes the window has room for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// Too small for anything: only a line that says so.
    #[default]
    TooSmall,
    /// One pane at a time: the one with the focus.
    One,
    /// Two: list and text, or text and sidebar.
    Two,
    /// All three.
    Three,
}

/// Below this many columns the window is too small.
pub const LEAST_COLUMNS: u16 = 20;
/// Below this many rows the window is too small.
pub const LEAST_ROWS: u16 = 5;
/// From this many columns on there is room for two panes.
pub const TWO_FROM: u16 = 60;
/// From this many columns on there is room for three.
pub const THREE_FROM: u16 = 100;
/// From this many rows on a row is spent on air.
const AIR_FROM: u16 = 30;
/// Columns left of the text: one for the passage's bar, one for the cursor's.
pub const GUTTER: u16 = 3;
/// Columns of the paragraph numbers, where they are shown.
pub const NUMBERS: u16 = 5;
/// No pane is dragged narrower than this.
pub const NARROWEST: u16 = 16;

/// What the layout depends on beside the window's size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// The pane with the focus.
    pub focus: Pane,
    /// Whether the user asked for the sidebar (`Some(true)`), closed it (`Some(false)`) or left it to the room there is.
    pub side: Option<bool>,
    /// Width of the left pane that the user dragged it to.
    pub left_columns: Option<u16>,
    /// Width of the side pane that the user dragged it to.
    pub side_columns: Option<u16>,
    /// Longest row of text, in cells.
    pub measure: u16,
    /// Whether paragraphs are numbered in the margin.
    pub numbers: bool,
    /// Rows of banners over the text.
    pub banners: u16,
}

/// The layout of one size of window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Geometry {
    /// Columns of the window.
    pub columns: u16,
    /// Rows of the window.
    pub rows: u16,
    /// How many panes there is room for.
    pub fit: Fit,
    /// The line of chrome above (also the prompt's).
    pub header: Area,
    /// The line of chrome below.
    pub footer: Area,
    /// The left pane, where it is shown.
    pub left: Option<Area>,
    /// The reading pane, where it is shown: with gutter, banners and text.
    pub reading: Option<Area>,
    /// The side pane, where it is shown.
    pub side: Option<Area>,
    /// Column of the hairline right of the left pane.
    pub left_edge: Option<u16>,
    /// Column of the hairline left of the side pane.
    pub side_edge: Option<u16>,
    /// Banners at the top of the reading pane.
    pub banner: Area,
    /// Where the text itself stands: the measure, centred, without gutter and numbers. Kept (from the last layout
    /// with room for it) while the reading pane is hidden, so that the text is not wrapped anew for nothing.
    pub text: Area,
}

impl Geometry {
    /// Lays out a window.
    #[must_use]
    pub fn new(columns: u16, rows: u16, wishes: &Wishes, before: &Self) -> Self {
        let mut layout = Self {
            columns,
            rows,
            fit: fit(columns, rows),
            text: before.text,
            ..Self::default()
        };
        if layout.fit == Fit::TooSmall {
            return layout;
        }
        layout.header = Area {
            columns,
            rows: 1,
            ..Area::default()
        };
        layout.footer = Area {
            row: rows - 1,
            ..layout.header
        };
        layout.place_panes(wishes);
        // In a window for one pane the text is laid out for when its turn comes.
        let one = layout
            .left
            .or(layout.side)
            .filter(|_| layout.fit == Fit::One);
        if let Some(reading) = layout.reading.or(one) {
            layout.place_text(reading, wishes);
        }
        layout
    }

    /// Cuts the middle of the window into the panes that are shown.
    fn place_panes(&mut self, wishes: &Wishes) {
        let (left, side) = self.shown(wishes);
        // In a tall window a blank row parts the header from the panes.
        let row = 1 + u16::from(self.rows >= AIR_FROM);
        let middle = Area {
            column: 0,
            row,
            columns: self.columns,
            rows: self.rows - row - 1,
        };
        if self.fit == Fit::One {
            match wishes.focus {
                Pane::Left => self.left = Some(middle),
                Pane::Reading => self.reading = Some(middle),
                Pane::Side => self.side = Some(middle),
            }
            return;
        }
        let mut start = 0;
        let mut end = self.columns;
        if left {
            let width = self.pane_columns(wishes.left_columns, self.usual_left());
            self.left = Some(Area {
                columns: width,
                ..middle
            });
            self.left_edge = Some(width);
            start = width + 1;
        }
        if side {
            let width = self.pane_columns(wishes.side_columns, self.usual_side());
            end = self.columns - width - 1;
            self.side_edge = Some(end);
            self.side = Some(Area {
                column: end + 1,
                columns: width,
                ..middle
            });
        }
        self.reading = Some(Area {
            column: start,
            columns: end - start,
            ..middle
        });
    }

    /// Whether the left and the side pane are shown.
    fn shown(&self, wishes: &Wishes) -> (bool, bool) {
        match self.fit {
            Fit::Three => (true, wishes.side.unwrap_or(true)),
            _ => {
                let side = wishes.focus == Pane::Side
                    || (wishes.side == Some(true) && wishes.focus == Pane::Reading);
                (!side, side)
            }
        }
    }

    /// A pane's width: as wished, within what leaves room for the text.
    fn pane_columns(&self, wished: Option<u16>, usual: u16) -> u16 {
        let most = if self.fit == Fit::Three {
            self.columns / 3
        } else {
            self.columns / 2
        };
        wished
            .unwrap_or(usual)
            .clamp(NARROWEST, most.max(NARROWEST))
    }

    /// Width of the left pane as long as nobody dragged it.
    fn usual_left(&self) -> u16 {
        match self.fit {
            Fit::Three => (self.columns / 10 * 3).clamp(30, 52),
            _ => (self.columns / 5 * 2).clamp(24, 36),
        }
    }

    /// Width of the side pane as long as nobody dragged it.
    fn usual_side(&self) -> u16 {
        (self.columns / 5).clamp(24, 40)
    }

    /// Places banners and text inside the reading pane.
    fn place_text(&mut self, reading: Area, wishes: &Wishes) {
        let banners = wishes.banners.min(reading.rows / 3);
        self.banner = Area {
            rows: banners,
            ..reading
        };
        let margin = GUTTER + if wishes.numbers { NUMBERS } else { 0 };
        let room = reading.columns.saturating_sub(margin + 1).max(1);
        let columns = room.min(wishes.measure.max(1));
        self.text = Area {
            column: reading.column + margin.min(reading.columns - 1) + (room - columns) / 2,
            row: reading.row + banners,
            columns,
            rows: reading.rows - banners,
        };
    }

    /// The pane under a cell.
    #[must_use]
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        let under = |area: Option<Area>| area.is_some_and(|area| area.contains(column, row));
        if under(self.left) {
            Some(Pane::Left)
        } else if under(self.reading) {
            Some(Pane::Reading)
        } else if under(self.side) {
            Some(Pane::Side)
        } else {
            None
        }
    }

    /// Rows of the pane (0 where it is hidden).
    #[must_use]
    pub fn pane_rows(&self, pane: Pane) -> usize {
        let area = match pane {
            Pane::Left => self.left,
            Pane::Reading => return usize::from(self.text.rows),
            Pane::Side => self.side,
        };
        area.map_or(0, |area| usize::from(area.rows))
    }
}

/// How many panes a window has room for.
fn fit(columns: u16, rows: u16) -> Fit {
    if columns < LEAST_COLUMNS || rows < LEAST_ROWS {
        Fit::TooSmall
    } else if columns < TWO_FROM {
        Fit::One
    } else if columns < THREE_FROM {
        Fit::Two
    } else {
        Fit::Three
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishes(focus: Pane) -> Wishes {
        Wishes {
            focus,
            side: None,
            left_columns: None,
            side_columns: None,
            measure: 76,
            numbers: false,
            banners: 0,
        }
    }

    #[test]
    fn panes_tile_the_window() {
        for columns in [60, 80, 99, 100, 120, 200, 500] {
            let layout = Geometry::new(columns, 36, &wishes(Pane::Left), &Geometry::default());
            let panes = [layout.left, layout.reading, layout.side];
            let shown: Vec<Area> = panes.into_iter().flatten().collect();
            let cells: u16 = shown.iter().map(|area| area.columns).sum();
            assert_eq!(cells + u16::try_from(shown.len()).unwrap() - 1, columns);
            assert!(shown.iter().all(|area| area.rows == 33 && area.row == 2));
        }
    }

    #[test]
    fn narrow_windows_show_the_focus() {
        let layout = Geometry::new(50, 20, &wishes(Pane::Reading), &Geometry::default());
        assert_eq!((layout.left, layout.side), (None, None));
        assert_eq!(layout.fit, Fit::One);
        assert_eq!(layout.text.columns, 46);
        let layout = Geometry::new(80, 24, &wishes(Pane::Side), &Geometry::default());
        assert!(layout.left.is_none() && layout.side.is_some());
    }

    #[test]
    fn text_is_centred_within_the_measure() {
        let layout = Geometry::new(200, 60, &wishes(Pane::Reading), &Geometry::default());
        let reading = layout.reading.unwrap();
        assert_eq!(layout.text.columns, 76);
        let left = layout.text.column - reading.column;
        let right = reading.columns - left - 76;
        assert!(left.abs_diff(right) <= GUTTER, "{left} {right}");
    }

    #[test]
    fn no_size_panics_and_the_text_survives_a_tiny_window() {
        let mut layout = Geometry::default();
        for columns in (0..130).chain([500, u16::MAX]) {
            for rows in [0, 1, 4, 5, 6, 24, 500, u16::MAX] {
                for pane in [Pane::Left, Pane::Reading, Pane::Side] {
                    let mut wish = wishes(pane);
                    wish.banners = 3;
                    wish.numbers = true;
                    wish.side = Some(true);
                    wish.left_columns = Some(u16::MAX);
                    layout = Geometry::new(columns, rows, &wish, &layout);
                    if layout.fit != Fit::TooSmall {
                        assert!(layout.text.columns > 0);
                    }
                }
            }
        }
        let roomy = Geometry::new(120, 36, &wishes(Pane::Left), &layout);
        let tiny = Geometry::new(1, 1, &wishes(Pane::Left), &roomy);
        assert_eq!(tiny.text, roomy.text);
        assert_eq!(tiny.fit, Fit::TooSmall);
    }
}
