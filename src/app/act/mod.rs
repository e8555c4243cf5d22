//! What each key and each action does. One function turns a key into an action; one runs it.

mod ahead;
mod entities;
mod folding;
mod forms;
mod moving;
mod opening;
mod own;
mod sources;
mod views;

use crate::app::effect::{Effect, Filter};
use crate::app::key::{Key, KeyCode};
use crate::app::keymap::Lookup;
use crate::app::message::Gravity;
use crate::app::reading::{Unit, Walk, Way};
use crate::app::side::SideView;
use crate::app::{Action, App, Field, Left, Mode, Pane, Reading};

pub(in crate::app) use ahead::Ahead;

/// Counts are cut here: nobody means more.
const MOST: usize = 1_000_000;
/// The measure changes by this many columns at a time.
const MEASURE_STEP: u16 = 4;

impl App {
    /// A key, which waits where it is typed ahead of what it is meant for.
    pub(in crate::app) fn key(&mut self, key: Key) -> Vec<Effect> {
        if self.keeps(key) {
            return Vec::new();
        }
        self.key_now(key)
    }

    /// A key. What was said before it goes where the key leads elsewhere: there are other hints to be seen.
    fn key_now(&mut self, key: Key) -> Vec<Effect> {
        let (mode, notice, meant) = (self.mode(), self.notice.clone(), self.meant_release());
        let effects = self.key_in(mode, key);
        let elsewhere = self.mode() != mode || self.meant_release() != meant;
        if elsewhere && self.notice == notice {
            self.notice = None;
        }
        effects
    }

    /// The release that is being opened, or is open.
    fn meant_release(&self) -> Option<crate::release::ReleaseId> {
        let opening = self.opening.map(|(_, release, _)| release);
        opening.or_else(|| self.reading.as_ref().map(crate::app::Reading::id))
    }

    /// A key in a mode.
    fn key_in(&mut self, mode: Mode, key: Key) -> Vec<Effect> {
        // A card that was asked for and has not come would take keys that are not meant for it.
        self.about = None;
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
            Lookup::Run(action) if self.defers(action, count) => Vec::new(),
            Lookup::Run(action) => self.run(action, count),
            _ if mode == Mode::Prompt && sequence.len() == 1 => self.type_key(key),
            // The key that goes a step back goes back from a sequence that was begun.
            _ if sequence.len() > 1
                && self.settings.keymap.look_up(mode, &[key]) == Lookup::Run(Action::Back) =>
            {
                Vec::new()
            }
            _ => {
                self.say_unbound(&sequence);
                Vec::new()
            }
        }
    }

    /// Says of keys that nothing is bound to them here.
    fn say_unbound(&mut self, keys: &[Key]) {
        let keys = crate::app::written(keys);
        let help = self.settings.keymap.keys_of(Mode::All, Action::Help);
        let words = match help.filter(|_| self.popup.is_none()) {
            Some(help) => format!("{keys} does nothing here; {help} shows the keys"),
            None => format!("{keys} does nothing here"),
        };
        self.say(Gravity::Plain, &words);
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
    pub(in crate::app) fn paste(&mut self, text: &str) -> Vec<Effect> {
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
            return self.ask_names();
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
    pub(in crate::app) fn run(&mut self, action: Action, count: Option<usize>) -> Vec<Effect> {
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
            Action::Fold
            | Action::FoldHere
            | Action::UnfoldHere
            | Action::FoldAll
            | Action::UnfoldAll => self.fold(action),
            Action::CursorTop => self.with_reading(|reading| reading.cursor_to(0)),
            Action::CursorMiddle => self.with_reading(|reading| reading.cursor_to(1)),
            Action::CursorBottom => self.with_reading(|reading| reading.cursor_to(2)),
            Action::Bookmark => self.ask_bookmark(),
            Action::Copy | Action::CopyPlain => self.copy(action, false),
            Action::EditNote => self.ask_note(),
            Action::DeletePassage => self.delete_passage(),
            Action::Original => self.show_original(),
            Action::Changes => self.show_changes(),
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
            Action::ReadAbove => self.read_above(),
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
            Action::Copies => self.copies(),
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
            Action::FindEntity => return self.find_entity(),
            Action::EntityCard
            | Action::EntityMerge
            | Action::EntitySplit
            | Action::EntityRename
            | Action::EntityKind
            | Action::EntityHide => return self.entity_action(action),
            Action::Passages => self.show_left(Left::Passages),
            Action::Sources => self.show_left(Left::Sources),
            Action::Wider => self.measure(self.settings.measure.saturating_add(MEASURE_STEP)),
            Action::Narrower => self.measure(self.settings.measure.saturating_sub(MEASURE_STEP)),
            Action::Numbers => self.settings.numbers = !self.settings.numbers,
            Action::ToggleSide => self.toggle_side(),
            Action::PaneGrow => self.resize_pane(true),
            Action::PaneShrink => self.resize_pane(false),
            Action::Help => self.open_help(),
            Action::Palette => self.open_palette(),
            Action::ToggleMouse => {
                self.settings.mouse = !self.settings.mouse;
                let words = if self.settings.mouse {
                    "The mouse is used; Shift selects as the terminal does"
                } else {
                    "The mouse is left to the terminal"
                };
                self.say(Gravity::Plain, words);
            }
            Action::Suspend => return vec![Effect::Suspend],
            _ => return self.run_field(action),
        }
        Vec::new()
    }

    /// Sets the measure, and says it: where the pane is narrower, the text does not show it.
    fn measure(&mut self, columns: u16) {
        self.settings.measure = columns.clamp(20, 200);
        let words = format!("Rows of {} columns at most", self.settings.measure);
        self.say(Gravity::Plain, &words);
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
            Action::Follow => self.ask_follow([""; 3]),
            Action::RefreshSource
            | Action::EditSource
            | Action::FullText
            | Action::PauseSource
            | Action::Unfollow => self.source_action(action),
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
    pub(super) fn with_reading(&mut self, action: impl FnOnce(&mut Reading)) -> Vec<Effect> {
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
}
