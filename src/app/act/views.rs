//! What the panes show: views, filters, order, widths.

use crate::app::effect::{Effect, Filter, Scope, Sort};
use crate::app::message::Gravity;
use crate::app::side::SideView;
use crate::app::{App, Left, Pane};

/// A pane's width changes by this many columns at a time.
const PANE_STEP: u16 = 2;

impl App {
    pub(super) fn show_side(&mut self, view: SideView) {
        if self.reading.is_none() {
            self.say(Gravity::Plain, "Open a release first");
            return;
        }
        if self.focus == Pane::Side && self.side.view() == view {
            self.back();
            return;
        }
        self.lead();
        self.side.show(view, self.reading.as_ref(), true);
        self.focus = Pane::Side;
        if self.side_wish == Some(false) {
            self.side_wish = None;
        }
        self.follow_side();
    }

    pub(super) fn show_left(&mut self, left: Left) {
        self.left = if self.left == left && self.focus == Pane::Left {
            Left::List
        } else {
            left
        };
        self.focus = Pane::Left;
        match left {
            Left::Passages => self.passages_stale = true,
            Left::Sources => self.sources.spoil(),
            Left::List => {}
        }
    }

    pub(super) fn toggle_side(&mut self) {
        if self.geometry.fit == crate::app::Fit::One {
            self.say(
                Gravity::Plain,
                "No room for a sidebar: e shows who is named",
            );
            return;
        }
        let shown = self.geometry.side.is_some();
        self.side_wish = Some(!shown);
        if shown && self.focus == Pane::Side {
            self.focus = Pane::Reading;
        } else if !shown && self.focus == Pane::Left && self.geometry.fit != crate::app::Fit::Three
        {
            self.focus = if self.reading.is_some() {
                Pane::Reading
            } else {
                Pane::Left
            };
        }
    }

    pub(super) fn resize_pane(&mut self, grow: bool) {
        let side = self.focus == Pane::Side;
        let area = if side {
            self.geometry.side
        } else {
            self.geometry.left
        };
        let Some(area) = area.filter(|_| self.geometry.fit != crate::app::Fit::One) else {
            self.say(Gravity::Plain, "No border to move here");
            return;
        };
        let columns = if grow {
            area.columns.saturating_add(PANE_STEP)
        } else {
            area.columns.saturating_sub(PANE_STEP)
        };
        if side {
            self.columns.1 = Some(columns);
        } else {
            self.columns.0 = Some(columns);
        }
    }

    pub(super) fn filter(&mut self, filter: Filter) -> Vec<Effect> {
        let scope = Scope {
            filter,
            ..self.list.scope().clone()
        };
        self.rescope(scope)
    }

    pub(super) fn filter_source(&mut self) -> Vec<Effect> {
        let scope = self.list.scope();
        if scope.source.is_some() || scope.group.is_some() {
            let scope = Scope {
                source: None,
                group: None,
                ..scope.clone()
            };
            return self.rescope(scope);
        }
        self.show_left(Left::Sources);
        Vec::new()
    }

    /// Shows a story's releases, one a wire, as they were put out; again: back.
    pub(super) fn copies(&mut self) -> Vec<Effect> {
        if self.list.scope().story.is_some() {
            self.go_back();
            return Vec::new();
        }
        let open = self.reading.as_ref().filter(|_| self.focus != Pane::Left);
        let listing = open.map(|reading| &reading.opened().listing);
        let Some(listing) = listing.or_else(|| self.list.chosen()) else {
            self.say(Gravity::Plain, "Choose a release first");
            return Vec::new();
        };
        if listing.copies < 2 {
            self.say(Gravity::Plain, "This release came once, from one source");
            return Vec::new();
        }
        let (release, name) = (listing.id, listing.headline.clone());
        let scope = Scope {
            story: Some(release),
            sort: Sort::Oldest,
            ..Scope::default()
        };
        self.show_scope(scope, Some(name));
        Vec::new()
    }

    pub(super) fn sort(&mut self) -> Vec<Effect> {
        let scope = self.list.scope().clone();
        let sort = match scope.sort {
            Sort::Newest => Sort::Oldest,
            Sort::Oldest if scope.query.is_some() => Sort::Best,
            _ => Sort::Newest,
        };
        self.rescope(Scope { sort, ..scope })
    }

    /// Shows another scope in the same list.
    pub(super) fn rescope(&mut self, scope: Scope) -> Vec<Effect> {
        self.left = Left::List;
        self.focus = Pane::Left;
        if scope.query.is_some() {
            return self.search_scope(scope);
        }
        self.list = crate::app::List::new(scope, self.geometry.pane_rows(Pane::Left));
        Vec::new()
    }
}
