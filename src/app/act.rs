//! What each key and each action does. One function turns a key into an action; one runs it.

use crate::app::change::Change;
use crate::app::effect::{Effect, Filter, Scope, Sort};
use crate::app::key::{Key, KeyCode};
use crate::app::keymap::Lookup;
use crate::app::message::Gravity;
use crate::app::popup::{Asked, Form, Popup};
use crate::app::prompt::PromptKind;
use crate::app::reading::{Unit, Walk, Way};
use crate::app::side::{SideLine, SideView, subhead_from};
use crate::app::update::Aim;
use crate::app::{Action, App, Field, Left, Mode, Pane, Reading};
use crate::release::{Listing, ReleaseId};
use crate::text::SafeText;

/// Counts are cut here: nobody means more.
const MOST: usize = 1_000_000;
/// The measure changes by this many columns at a time.
const MEASURE_STEP: u16 = 4;
/// A pane's width changes by this many columns at a time.
const PANE_STEP: u16 = 2;

impl App {
    /// A key.
    pub(super) fn key(&mut self, key: Key) -> Vec<Effect> {
        let mode = self.mode();
        let dismissed = self.dismiss_notice();
        if self.keys.is_empty() && self.takes_digit(mode, key) {
            return Vec::new();
        }
        self.keys.push(key);
        let found = self.settings.keymap.look_up(mode, &self.keys);
        if found == Lookup::Prefix {
            return Vec::new();
        }
        let sequence = std::mem::take(&mut self.keys);
        let count = self.count.take();
        match found {
            Lookup::Run(Action::Back) if sequence.len() > 1 || count.is_some() => Vec::new(),
            Lookup::Run(Action::Back)
                if dismissed && self.popup.is_none() && self.prompt.is_none() =>
            {
                Vec::new()
            }
            Lookup::Run(action) => self.run(action, count),
            _ if mode == Mode::Prompt && sequence.len() == 1 => self.type_key(key),
            _ => Vec::new(),
        }
    }

    /// Errors and warnings go with the next key. Whether one went.
    fn dismiss_notice(&mut self) -> bool {
        let lasting = self
            .notice
            .as_ref()
            .is_some_and(|notice| notice.until.is_none());
        if lasting {
            self.notice = None;
        }
        lasting
    }

    /// Takes a digit as part of a count.
    fn takes_digit(&mut self, mode: Mode, key: Key) -> bool {
        let KeyCode::Char(c) = key.code else {
            return false;
        };
        let typing = matches!(mode, Mode::Prompt | Mode::Popup);
        let Some(digit) = c
            .to_digit(10)
            .filter(|_| !typing && !key.control && !key.alt)
        else {
            return false;
        };
        if digit == 0 && self.count.is_none() {
            return false;
        }
        let count = self.count.unwrap_or(0) * 10 + digit as usize;
        self.count = Some(count.min(MOST));
        true
    }

    /// A key that is typed.
    fn type_key(&mut self, key: Key) -> Vec<Effect> {
        match key.code {
            KeyCode::Char(c) if !key.control && !key.alt => {
                let mut buffer = [0; 4];
                self.edit(|field| field.insert(c.encode_utf8(&mut buffer)))
            }
            _ => Vec::new(),
        }
    }

    /// Pasted text goes where something is typed, and nowhere else: it never runs keys.
    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        if self.mode() == Mode::Prompt {
            return self.edit(|field| field.insert(text));
        }
        Vec::new()
    }

    /// Changes what is typed, and does what follows from it.
    fn edit(&mut self, change: impl FnOnce(&mut Field)) -> Vec<Effect> {
        if let Some(popup) = &mut self.popup {
            if let Some(field) = popup.field_mut() {
                change(field);
            }
            popup.refilter(&self.settings.keymap);
            return Vec::new();
        }
        let Some(prompt) = &mut self.prompt else {
            return Vec::new();
        };
        let before = prompt.field.text().to_owned();
        change(&mut prompt.field);
        if prompt.field.text() == before {
            return Vec::new();
        }
        self.typed_in_prompt()
    }

    /// Runs an action `count` times (once where there is no count).
    pub(super) fn run(&mut self, action: Action, count: Option<usize>) -> Vec<Effect> {
        let times = count.unwrap_or(1).max(1);
        match action {
            Action::Down => self.step(Way::Forward, times),
            Action::Up => self.step(Way::Back, times),
            Action::HalfDown => self.page(Way::Forward, times, true),
            Action::HalfUp => self.page(Way::Back, times, true),
            Action::PageDown => self.page(Way::Forward, times, false),
            Action::PageUp => self.page(Way::Back, times, false),
            Action::First => self.end(Way::Back),
            Action::Last => self.end(Way::Forward),
            Action::PaneLeft => self.pane(Way::Back, false),
            Action::PaneRight => self.pane(Way::Forward, false),
            Action::PaneNext => self.pane(Way::Forward, true),
            Action::PaneBack => self.pane(Way::Back, true),
            Action::Open => self.open(),
            Action::Back => self.back(),
            Action::Quit => self.quit(),
            Action::Accept => self.accept(),
            _ => self.run_jump(action, times),
        }
    }

    /// Actions that jump.
    fn run_jump(&mut self, action: Action, times: usize) -> Vec<Effect> {
        match action {
            Action::NextHit => self.walk(Walk::Hits, Way::Forward, times),
            Action::LastHit => self.walk(Walk::Hits, Way::Back, times),
            Action::NextMention => self.walk(Walk::Mentions, Way::Forward, times),
            Action::LastMention => self.walk(Walk::Mentions, Way::Back, times),
            Action::NextQuote => self.walk(Walk::Quotes, Way::Forward, times),
            Action::LastQuote => self.walk(Walk::Quotes, Way::Back, times),
            Action::NextPassage => self.walk(Walk::Passages, Way::Forward, times),
            Action::LastPassage => self.walk(Walk::Passages, Way::Back, times),
            Action::NextRepair => self.walk(Walk::Repairs, Way::Forward, times),
            Action::LastRepair => self.walk(Walk::Repairs, Way::Back, times),
            Action::NextSubhead => self.subhead(Way::Forward, times),
            Action::LastSubhead => self.subhead(Way::Back, times),
            Action::NextSentence => self.move_cursor(Unit::Sentence, Way::Forward, times),
            Action::LastSentence => self.move_cursor(Unit::Sentence, Way::Back, times),
            Action::NextParagraph => self.move_cursor(Unit::Paragraph, Way::Forward, times),
            Action::LastParagraph => self.move_cursor(Unit::Paragraph, Way::Back, times),
            Action::WordNext => self.move_cursor(Unit::Word, Way::Forward, times),
            Action::WordBack => self.move_cursor(Unit::Word, Way::Back, times),
            Action::NextRelease => self.other_release(Way::Forward, times),
            Action::LastRelease => self.other_release(Way::Back, times),
            Action::NextUnread => self.next_unread(),
            Action::Corrected => self.corrected(),
            _ => self.run_text(action),
        }
    }

    /// Actions on the open release.
    fn run_text(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Select => self.with_reading(Reading::select),
            Action::SwapEnds => self.with_reading(Reading::swap_ends),
            Action::Fold => self.with_reading(|reading| {
                reading.toggle_fold();
            }),
            Action::FoldAll => self.with_reading(|reading| reading.fold_all(false)),
            Action::UnfoldAll => self.with_reading(|reading| reading.fold_all(true)),
            Action::CursorTop => self.with_reading(|reading| reading.cursor_to(0)),
            Action::CursorMiddle => self.with_reading(|reading| reading.cursor_to(1)),
            Action::CursorBottom => self.with_reading(|reading| reading.cursor_to(2)),
            Action::Bookmark => self.ask_bookmark(),
            Action::Copy | Action::CopyPlain => self.copy(action, false),
            Action::EditNote => self.ask_note(),
            Action::DeletePassage => self.delete_passage(),
            Action::Original => self.show_original(),
            Action::DeclineRepair => self.decline_repair(),
            Action::Browser => self.browser(),
            _ => self.run_library(action),
        }
    }

    /// Actions on releases and on what the list shows.
    fn run_library(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Star => self.star(),
            Action::ToggleRead => self.toggle_read(),
            Action::ReadAllLoaded => self.read_above(),
            Action::Tag => self.ask_tags(),
            Action::Delete => self.delete(),
            Action::Undo => self.undo(),
            Action::Export => self.ask_export(),
            Action::FilterAll => self.filter(Filter::All),
            Action::FilterUnread => self.filter(Filter::Unread),
            Action::FilterStarred => self.filter(Filter::Starred),
            Action::FilterPassages => self.filter(Filter::WithPassages),
            Action::FilterSource => self.filter_source(),
            Action::SortNext => self.sort(),
            _ => self.run_view(action),
        }
    }

    /// Actions that show something.
    fn run_view(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Search => self.open_search(),
            Action::Find => self.open_find(),
            Action::Entities => self.show_side(SideView::Entities),
            Action::Quotes => self.show_side(SideView::Quotes),
            Action::Outline => self.show_side(SideView::Outline),
            Action::Contacts => self.show_side(SideView::Contacts),
            Action::AboutEntity => self.about_entity(),
            Action::Passages => self.show_left(Left::Passages),
            Action::Sources => self.show_left(Left::Sources),
            Action::Wider => {
                self.settings.measure = self.settings.measure.saturating_add(MEASURE_STEP).min(200)
            }
            Action::Narrower => {
                self.settings.measure = self.settings.measure.saturating_sub(MEASURE_STEP).max(20);
            }
            Action::Numbers => self.settings.numbers = !self.settings.numbers,
            Action::ToggleSide => self.toggle_side(),
            Action::PaneGrow => self.resize_pane(true),
            Action::PaneShrink => self.resize_pane(false),
            Action::Help => self.open_help(),
            Action::Palette => self.open_palette(),
            Action::ToggleMouse => self.settings.mouse = !self.settings.mouse,
            Action::Suspend => return vec![Effect::Suspend],
            _ => return self.run_field(action),
        }
        Vec::new()
    }

    /// Actions on what is being typed.
    fn run_field(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::DeleteBack if self.prompt_is_empty() => self.back(),
            Action::DeleteBack => self.edit(Field::delete_back),
            Action::DeleteAhead => self.edit(Field::delete_ahead),
            Action::DeleteWord => self.edit(Field::delete_word),
            Action::DeleteLine => self.edit(Field::delete_line),
            Action::CursorLeft => self.edit(Field::left),
            Action::CursorRight => self.edit(Field::right),
            Action::CursorHome => self.edit(Field::home),
            Action::CursorEnd => self.edit(Field::end),
            Action::NextField => self.next_field(),
            Action::Editor => self.editor(),
            Action::Refresh => vec![Effect::Refresh {
                sources: Vec::new(),
            }],
            _ => Vec::new(),
        }
    }

    fn prompt_is_empty(&self) -> bool {
        self.popup.is_none()
            && self
                .prompt
                .as_ref()
                .is_some_and(|prompt| prompt.field.is_empty())
    }

    /// Does something with the open release.
    fn with_reading(&mut self, action: impl FnOnce(&mut Reading)) -> Vec<Effect> {
        match &mut self.reading {
            Some(reading) => {
                action(reading);
                if self.popup.is_none() && self.prompt.is_none() {
                    self.focus = Pane::Reading;
                }
            }
            None => self.say(Gravity::Plain, "Open a release first"),
        }
        Vec::new()
    }

    // ------------------------------------------------------------------ moving

    fn step(&mut self, way: Way, count: usize) -> Vec<Effect> {
        if let Some(popup) = &mut self.popup {
            if let Some(pick) = popup.pick_mut() {
                pick.step(way, count);
            }
            return Vec::new();
        }
        if let Some(prompt) = &self.prompt {
            if prompt.kind == PromptKind::Search {
                self.step_hits(way, count, false);
                return self.preview_hit();
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
            (Pane::Left, Left::Sources) => self.sources.pick_mut().step(way, count),
        }
        Vec::new()
    }

    fn page(&mut self, way: Way, count: usize, half: bool) -> Vec<Effect> {
        if let Some(popup) = &mut self.popup {
            if let Some(pick) = popup.pick_mut() {
                pick.step(way, pick.page().saturating_mul(count));
            }
            return Vec::new();
        }
        if self.prompt.is_some() {
            self.step_hits(way, count, true);
            return self.preview_hit();
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
                self.side.step(way, lines(height));
                self.follow_side();
            }
            (Pane::Left, Left::List) => self.list.page(way, count, half),
            (Pane::Left, Left::Passages) => {
                let height = self.passages.pick().height;
                self.passages.pick_mut().step(way, lines(height));
            }
            (Pane::Left, Left::Sources) => {
                let height = self.sources.pick().height;
                self.sources.pick_mut().step(way, lines(height));
            }
        }
        Vec::new()
    }

    fn end(&mut self, way: Way) -> Vec<Effect> {
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
            (Pane::Left, Left::Sources) => {
                let line = last(self.sources.rows().len());
                self.sources.pick_mut().choose(line);
            }
        }
        Vec::new()
    }

    /// To a neighbouring pane; `round` goes on from the last to the first.
    fn pane(&mut self, way: Way, round: bool) -> Vec<Effect> {
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
    pub(super) fn focus_on(&mut self, pane: Pane) -> Vec<Effect> {
        match pane {
            Pane::Left => self.focus = Pane::Left,
            Pane::Reading | Pane::Side if self.reading.is_none() => {
                let Some(chosen) = self.list.chosen().map(|row| row.id) else {
                    return Vec::new();
                };
                return self.open_release(chosen, Aim::Read);
            }
            Pane::Reading => {
                self.focus = Pane::Reading;
            }
            Pane::Side => {
                self.focus = Pane::Side;
                self.side
                    .show(self.side.view(), self.reading.as_ref(), true);
                self.follow_side();
            }
        }
        Vec::new()
    }

    /// The text follows the side pane's choice: mentions are lit, quotations and sub-headings shown.
    pub(super) fn follow_side(&mut self) {
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
            if let Some(place) = place {
                reading.go_to(place.start);
            }
        }
    }

    fn walk(&mut self, walk: Walk, way: Way, count: usize) -> Vec<Effect> {
        let Some(reading) = &mut self.reading else {
            return Vec::new();
        };
        let stand = reading.walk(walk, way, count);
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

    fn subhead(&mut self, way: Way, count: usize) -> Vec<Effect> {
        let outline = self.side.outline().to_vec();
        let Some(reading) = &mut self.reading else {
            return Vec::new();
        };
        for _ in 0..count.min(outline.len()) {
            if let Some(extent) = subhead_from(&outline, reading.cursor(), way) {
                reading.go_to(extent.start);
            }
        }
        if outline.is_empty() {
            self.say(Gravity::Plain, "No sub-headings in this release");
        }
        Vec::new()
    }

    fn move_cursor(&mut self, unit: Unit, way: Way, count: usize) -> Vec<Effect> {
        if let Some(reading) = &mut self.reading {
            reading.step(unit, way, count);
        }
        Vec::new()
    }

    /// Reads the next or last release of the list.
    fn other_release(&mut self, way: Way, count: usize) -> Vec<Effect> {
        self.list.step(way, count);
        if self.focus == Pane::Left {
            return Vec::new();
        }
        self.open_chosen()
    }

    fn next_unread(&mut self) -> Vec<Effect> {
        if !self.list.seek(Way::Forward, |row| !row.read) {
            self.say(Gravity::Plain, "No unread release below");
            return Vec::new();
        }
        if self.focus == Pane::Reading {
            return self.open_chosen();
        }
        Vec::new()
    }

    /// Searches for what a correction replaces: the same headline, earlier.
    fn corrected(&mut self) -> Vec<Effect> {
        let Some(reading) = &self.reading else {
            return Vec::new();
        };
        if reading.release().standing.is_none() {
            self.say(Gravity::Plain, "This release corrects nothing");
            return Vec::new();
        }
        let query = headline_query(&reading.opened().listing.headline);
        self.open_search();
        if let Some(prompt) = &mut self.prompt {
            prompt.field = Field::new(&query);
        }
        self.typed_in_prompt()
    }

    // ------------------------------------------------------------------ opening and going back

    fn open(&mut self) -> Vec<Effect> {
        match (self.focus, self.left) {
            (Pane::Left, Left::List) => self.open_chosen(),
            (Pane::Left, Left::Passages) => self.open_passage(),
            (Pane::Left, Left::Sources) => self.open_source(),
            (Pane::Reading, _) => {
                if let Some(reading) = &mut self.reading {
                    reading.open_fold();
                }
                Vec::new()
            }
            (Pane::Side, _) => self.open_side(),
        }
    }

    /// Reads the chosen release.
    pub(super) fn open_chosen(&mut self) -> Vec<Effect> {
        let Some(chosen) = self.list.chosen().map(|row| row.id) else {
            return Vec::new();
        };
        self.open_release(chosen, Aim::Read)
    }

    /// Previews the chosen hit while the search prompt is open.
    fn preview_hit(&mut self) -> Vec<Effect> {
        Vec::new()
    }

    fn open_passage(&mut self) -> Vec<Effect> {
        let Some(row) = self.passages.chosen() else {
            return Vec::new();
        };
        let id = row.passage.id.clone();
        match self.passage_place(&id) {
            Some((release, extent)) => self.open_release(release, Aim::At(extent)),
            None => Vec::new(),
        }
    }

    fn open_source(&mut self) -> Vec<Effect> {
        if let Some(source) = self.sources.chosen() {
            let (id, name) = (source.id, source.name.clone());
            let scope = Scope {
                source: Some(id),
                ..Scope::default()
            };
            self.show_scope(scope, Some(name));
        }
        Vec::new()
    }

    fn open_side(&mut self) -> Vec<Effect> {
        match self.side.chosen() {
            Some(SideLine::Entity(number)) => self.entity_releases(number),
            Some(SideLine::Theme(number)) => self.theme_releases(number),
            Some(SideLine::Facet(number)) => {
                let facet = self
                    .side
                    .facets()
                    .get(number)
                    .map(|facet| (facet.entity, facet.name.clone()));
                if let Some((entity, name)) = facet {
                    let scope = Scope {
                        entity: Some(entity),
                        ..self.list.scope().clone()
                    };
                    self.show_scope(scope, Some(name));
                }
            }
            Some(SideLine::Quote(_) | SideLine::Subhead(_)) => self.focus = Pane::Reading,
            Some(SideLine::Contact(..)) => return self.copy(Action::Copy, true),
            _ => {}
        }
        Vec::new()
    }

    /// Shows all releases that name an entity of the open release.
    fn entity_releases(&mut self, number: usize) {
        let Some(reading) = &self.reading else { return };
        let opened = reading.opened();
        let name = opened
            .recognition
            .entities
            .get(number)
            .map(|entity| entity.name.clone());
        let link = opened.links.get(number).copied().flatten();
        match (name, link) {
            (Some(name), Some((entity, _))) => self.list_entity(entity, name),
            (Some(name), None) => {
                self.say(
                    Gravity::Plain,
                    &format!("{name} stands in no other release so far"),
                );
            }
            _ => {}
        }
    }

    /// Shows all releases that hold a theme's words.
    fn theme_releases(&mut self, number: usize) {
        let theme = self
            .reading
            .as_ref()
            .and_then(|reading| reading.opened().recognition.themes.get(number))
            .map(|theme| theme.text.clone());
        if let Some(words) = theme {
            let scope = Scope {
                query: Some(format!("\"{}\"", words.replace('"', " "))),
                ..Scope::default()
            };
            self.show_scope(scope, Some(words));
        }
    }

    /// Shows all releases that name the entity under the cursor, or the one that is lit.
    fn about_entity(&mut self) {
        let Some(reading) = &self.reading else { return };
        let lit = match reading.lit() {
            Some(crate::app::Lit::Entity(number)) => Some(number),
            _ => reading.entity_here(),
        };
        match lit {
            Some(number) => self.entity_releases(number),
            None => self.say(Gravity::Plain, "No entity here: ] goes to the next one"),
        }
    }

    /// One step back.
    pub(super) fn back(&mut self) -> Vec<Effect> {
        if self.popup.take().is_some() {
            return Vec::new();
        }
        if let Some(prompt) = self.prompt.take() {
            match (prompt.kind, prompt.from) {
                (PromptKind::Find, Some((cursor, top))) => {
                    if let Some(reading) = &mut self.reading {
                        reading.set_hits(Vec::new());
                        reading.return_to(cursor, top);
                    }
                }
                _ => {
                    self.go_back();
                }
            }
            return Vec::new();
        }
        if self.focus == Pane::Side {
            if let Some(reading) = &mut self.reading {
                reading.light(None);
            }
            self.focus = Pane::Reading;
            return Vec::new();
        }
        if self.focus == Pane::Reading {
            return self.back_in_text();
        }
        if self.left != Left::List {
            self.left = Left::List;
        } else if !self.go_back() && self.list.scope().filter != Filter::All {
            self.filter(Filter::All);
        }
        Vec::new()
    }

    /// One step back within the text: selection, find's hits, lit mentions, then to the list.
    fn back_in_text(&mut self) -> Vec<Effect> {
        let searched = self.list.scope().query.is_some();
        if let Some(reading) = &mut self.reading {
            if reading.unselect() {
                return Vec::new();
            }
            if reading.hits() > 0 && !searched {
                reading.set_hits(Vec::new());
                return Vec::new();
            }
            if reading.lit().is_some() {
                reading.light(None);
                return Vec::new();
            }
        }
        self.focus = Pane::Left;
        self.save_position()
    }

    fn quit(&mut self) -> Vec<Effect> {
        self.leaving = true;
        let mut effects = self.save_position();
        effects.push(Effect::Quit);
        effects
    }

    /// Enter where something is typed or confirmed.
    fn accept(&mut self) -> Vec<Effect> {
        match self.popup.take() {
            Some(Popup::Palette(palette)) => {
                let chosen = palette
                    .choices
                    .get(palette.pick.selected)
                    .map(|choice| choice.action);
                return chosen
                    .map(|action| self.run(action, None))
                    .unwrap_or_default();
            }
            Some(Popup::Form(form)) => return self.take_form(form),
            Some(Popup::Warning(warned)) => return self.confirmed(warned.action),
            Some(Popup::Help(_) | Popup::Original(_)) => return Vec::new(),
            None => {}
        }
        let Some(prompt) = &self.prompt else {
            return Vec::new();
        };
        if prompt.kind == PromptKind::Search {
            return self.accept_search();
        }
        self.prompt = None;
        Vec::new()
    }

    fn confirmed(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Copy | Action::CopyPlain => self.copy(action, true),
            Action::Export => {
                self.open_export();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    // ------------------------------------------------------------------ what is shown

    fn show_side(&mut self, view: SideView) {
        if self.reading.is_none() {
            self.say(Gravity::Plain, "Open a release first");
            return;
        }
        if self.focus == Pane::Side && self.side.view() == view {
            self.back();
            return;
        }
        self.side.show(view, self.reading.as_ref(), true);
        self.focus = Pane::Side;
        if self.side_wish == Some(false) {
            self.side_wish = None;
        }
        self.follow_side();
    }

    fn show_left(&mut self, left: Left) {
        self.left = if self.left == left && self.focus == Pane::Left {
            Left::List
        } else {
            left
        };
        self.focus = Pane::Left;
        match left {
            Left::Passages => self.passages_stale = true,
            Left::Sources => self.sources = super::Sources::default(),
            Left::List => {}
        }
    }

    fn toggle_side(&mut self) {
        let shown = self.geometry.side.is_some();
        self.side_wish = Some(!shown);
        if shown && self.focus == Pane::Side {
            self.focus = Pane::Reading;
        } else if !shown && self.focus == Pane::Left && self.geometry.fit != super::Fit::Three {
            self.focus = if self.reading.is_some() {
                Pane::Reading
            } else {
                Pane::Left
            };
        }
    }

    fn resize_pane(&mut self, grow: bool) {
        let side = self.focus == Pane::Side;
        let area = if side {
            self.geometry.side
        } else {
            self.geometry.left
        };
        let Some(area) = area else { return };
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

    fn filter(&mut self, filter: Filter) -> Vec<Effect> {
        let scope = Scope {
            filter,
            ..self.list.scope().clone()
        };
        self.rescope(scope)
    }

    fn filter_source(&mut self) -> Vec<Effect> {
        if self.list.scope().source.is_some() {
            let scope = Scope {
                source: None,
                ..self.list.scope().clone()
            };
            return self.rescope(scope);
        }
        self.show_left(Left::Sources);
        Vec::new()
    }

    fn sort(&mut self) -> Vec<Effect> {
        let scope = self.list.scope().clone();
        let sort = match scope.sort {
            Sort::Newest => Sort::Oldest,
            Sort::Oldest if scope.query.is_some() => Sort::Best,
            _ => Sort::Newest,
        };
        self.rescope(Scope { sort, ..scope })
    }

    /// Shows another scope in the same list.
    fn rescope(&mut self, scope: Scope) -> Vec<Effect> {
        self.left = Left::List;
        self.focus = Pane::Left;
        if scope.query.is_some() {
            return self.search_scope(scope);
        }
        self.list = super::List::new(scope, self.geometry.pane_rows(Pane::Left));
        Vec::new()
    }

    // ------------------------------------------------------------------ the user's own

    /// The release that a key means: the open one in the text, else the chosen one.
    fn meant(&self) -> Option<Listing> {
        let open = || {
            self.reading
                .as_ref()
                .map(|reading| reading.opened().listing.clone())
        };
        match (self.focus, self.left) {
            (Pane::Left, Left::List) => self.list.chosen().cloned(),
            (Pane::Left, _) => None,
            _ => open(),
        }
    }

    fn star(&mut self) -> Vec<Effect> {
        let Some(row) = self.meant() else {
            return Vec::new();
        };
        let starred = !self.will_be(&row).1;
        let releases = vec![row.id];
        self.commit(Change::Star { releases, starred }, true)
    }

    fn toggle_read(&mut self) -> Vec<Effect> {
        let Some(row) = self.meant() else {
            return Vec::new();
        };
        let read = !self.will_be(&row).0;
        let releases = vec![row.id];
        self.commit(Change::Read { releases, read }, true)
    }

    fn read_above(&mut self) -> Vec<Effect> {
        let rows = self.list.rows().take(self.list.selected() + 1);
        let releases: Vec<ReleaseId> = rows.filter(|row| !row.read).map(|row| row.id).collect();
        if releases.is_empty() {
            return Vec::new();
        }
        self.commit(
            Change::Read {
                releases,
                read: true,
            },
            true,
        )
    }

    fn delete(&mut self) -> Vec<Effect> {
        let Some(row) = self.meant() else {
            return Vec::new();
        };
        let next = self.focus != Pane::Left;
        let releases = vec![row];
        let effects = self.commit(
            Change::Deleted {
                releases,
                deleted: true,
            },
            true,
        );
        if next {
            self.focus = Pane::Left;
        }
        effects
    }

    fn browser(&mut self) -> Vec<Effect> {
        let address = self
            .reading
            .as_ref()
            .and_then(|reading| reading.release().url.clone());
        match address {
            Some(address) => vec![Effect::OpenAddress {
                address: address.to_string(),
            }],
            None => {
                self.say(Gravity::Plain, "This release names no address");
                Vec::new()
            }
        }
    }

    fn ask_bookmark(&mut self) -> Vec<Effect> {
        let Some(reading) = &self.reading else {
            self.say(Gravity::Plain, "Open a release to bookmark a passage");
            return Vec::new();
        };
        let extent = reading.taken();
        if extent.is_empty() {
            return Vec::new();
        }
        let release = reading.id();
        self.form(
            Asked::Bookmark { release, extent },
            vec![("Note", Field::default()), ("Tags", Field::default())],
        )
    }

    fn form(&mut self, asked: Asked, fields: Vec<(&'static str, Field)>) -> Vec<Effect> {
        self.popup = Some(Popup::Form(Form {
            asked,
            fields,
            field: 0,
        }));
        Vec::new()
    }

    /// The passage that a key means: the chosen one of the view, else the one under the cursor.
    fn meant_passage(&self) -> Option<&crate::release::Passage> {
        if self.focus == Pane::Left && self.left == Left::Passages {
            return self.passages.chosen().map(|row| &row.passage);
        }
        self.reading.as_ref()?.passage_here()
    }

    fn ask_note(&mut self) -> Vec<Effect> {
        let Some(passage) = self.meant_passage() else {
            self.say(Gravity::Plain, "No passage here: m bookmarks one");
            return Vec::new();
        };
        let fields = vec![
            ("Note", Field::new(&passage.note)),
            ("Tags", Field::new(&passage.tags.join(", "))),
        ];
        let asked = Asked::Passage(passage.id.clone());
        self.form(asked, fields)
    }

    fn delete_passage(&mut self) -> Vec<Effect> {
        let Some(passage) = self.meant_passage().cloned() else {
            self.say(Gravity::Plain, "No passage here");
            return Vec::new();
        };
        let passage = Box::new(passage);
        self.commit(
            Change::PassageDeleted {
                passage,
                deleted: true,
            },
            true,
        )
    }

    fn ask_tags(&mut self) -> Vec<Effect> {
        let open = self
            .reading
            .as_ref()
            .map(|reading| (reading.id(), reading.opened().keepings.tags.join(", ")));
        let Some((release, tags)) = open else {
            self.say(Gravity::Plain, "Open a release to tag it");
            return Vec::new();
        };
        self.form(Asked::Tags(release), vec![("Tags", Field::new(&tags))])
    }

    fn ask_export(&mut self) -> Vec<Effect> {
        let until = self
            .reading
            .as_ref()
            .filter(|reading| reading.embargoed(self.clock.now));
        if let Some(reading) = until {
            self.popup = Some(Popup::Warning(crate::app::popup::Warned {
                until: reading.opened().listing.embargo,
                action: Action::Export,
            }));
            return Vec::new();
        }
        self.open_export();
        Vec::new()
    }

    fn open_export(&mut self) {
        self.form(Asked::Export, vec![("File", Field::new("passages.md"))]);
    }

    /// A form was accepted.
    fn take_form(&mut self, form: Form) -> Vec<Effect> {
        let text = |number: usize| {
            form.fields
                .get(number)
                .map_or("", |(_, field)| field.text())
                .trim()
                .to_owned()
        };
        let tags = |number: usize| tags(&text(number));
        match form.asked {
            Asked::Bookmark { release, extent } => {
                if let Some(reading) = &mut self.reading {
                    reading.unselect();
                }
                let (note, tags) = (text(0), tags(1));
                self.commit(
                    Change::Passage {
                        extent,
                        release,
                        note,
                        tags,
                    },
                    true,
                )
            }
            Asked::Passage(passage) => {
                let Some(old) = self.passage(&passage) else {
                    return Vec::new();
                };
                let before = (old.note.clone(), old.tags.clone());
                let after = (text(0), tags(1));
                if before == after {
                    return Vec::new();
                }
                self.commit(
                    Change::PassageEdited {
                        passage,
                        before,
                        after,
                    },
                    true,
                )
            }
            Asked::Tags(release) => {
                let open = self
                    .reading
                    .as_ref()
                    .filter(|reading| reading.id() == release);
                let before = open
                    .map(|reading| reading.opened().keepings.tags.clone())
                    .unwrap_or_default();
                let after = tags(0);
                if before == after {
                    return Vec::new();
                }
                self.commit(
                    Change::Tags {
                        release,
                        before,
                        after,
                    },
                    true,
                )
            }
            Asked::Export => export(&text(0)),
        }
    }

    fn next_field(&mut self) -> Vec<Effect> {
        if let Some(Popup::Form(form)) = &mut self.popup {
            form.field = (form.field + 1) % form.fields.len().max(1);
        }
        Vec::new()
    }

    /// Hands what is typed to the editor.
    fn editor(&mut self) -> Vec<Effect> {
        let Some(Popup::Form(_)) = &self.popup else {
            return Vec::new();
        };
        let text = self
            .popup
            .as_ref()
            .and_then(Popup::field)
            .map(|field| field.text().to_owned());
        let ticket = self.ticket();
        vec![Effect::EditText {
            ticket,
            text: text.unwrap_or_default(),
        }]
    }

    /// Text came back from the editor.
    pub(super) fn edited(&mut self, text: Option<&str>) {
        if let Some(text) = text
            && let Some(field) = self.popup.as_mut().and_then(Popup::field_mut)
        {
            *field = Field::new(text.trim());
        }
    }

    fn show_original(&mut self) -> Vec<Effect> {
        match self.reading.as_ref().and_then(Reading::repair_here) {
            Some(number) => self.popup = Some(Popup::Original(number)),
            None => self.say(Gravity::Plain, "Nothing was repaired in this sentence"),
        }
        Vec::new()
    }

    fn decline_repair(&mut self) -> Vec<Effect> {
        let shown = match self.popup.take() {
            Some(Popup::Original(number)) => Some(number),
            _ => self.reading.as_ref().and_then(Reading::repair_here),
        };
        let repair = shown
            .zip(self.reading.as_ref())
            .and_then(|(number, reading)| {
                let repair = reading.release().repairs.get(number)?;
                Some((reading.id(), repair.before.clone(), repair.after.clone()))
            });
        match repair {
            Some((release, before, after)) => self.commit(
                Change::Declined {
                    release,
                    before,
                    after,
                },
                true,
            ),
            None => {
                self.say(Gravity::Plain, "Nothing was repaired in this sentence");
                Vec::new()
            }
        }
    }
}

/// Tags as they are typed: parted by commas or spaces, each once.
fn tags(typed: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for tag in typed
        .split([',', ' '])
        .map(|tag| tag.trim().trim_start_matches('#'))
    {
        if !tag.is_empty() && found.iter().all(|other| other != tag) {
            found.push(tag.to_owned());
        }
    }
    found
}

/// Writes all passages to a file; its ending says in which form.
fn export(path: &str) -> Vec<Effect> {
    if path.is_empty() {
        return Vec::new();
    }
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let format = match ending {
        "json" => "csl",
        "jsonl" => "jsonl",
        "bib" => "bibtex",
        "ris" => "ris",
        "csv" => "csv",
        _ => "markdown",
    };
    vec![Effect::Export {
        path: path.into(),
        format: format.to_owned(),
        query: None,
    }]
}

/// The words of a headline that find the release it corrects.
fn headline_query(headline: &SafeText) -> String {
    let lower = headline.to_lowercase();
    let marks = [
        "/c o r r e c t i o n",
        "correction",
        "corrected",
        "correcting",
        "update",
        "replaces",
        "kill",
        "advisory",
    ];
    let rest = marks
        .iter()
        .fold(lower, |rest, mark| rest.replace(mark, " "));
    let words = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3);
    words.take(6).collect::<Vec<_>>().join(" ")
}
