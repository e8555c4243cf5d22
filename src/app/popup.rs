//! Windows that float over the panes, one at a time: help, the palette, forms, a warning, what stood before a repair.

use crate::app::App;
use crate::app::action::Action;
use crate::app::card::{Card, Chooser};
use crate::app::changes::Changes;
use crate::app::field::Field;
use crate::app::keymap::{Keymap, Mode};
use crate::app::pick::Pick;
use crate::app::reading::Way;
use crate::entity::EntityPage;
use crate::release::{PassageId, ReleaseId, SourceId};
use crate::text::Extent;

/// A window that floats.
#[derive(Clone, Debug)]
pub enum Popup {
    /// The keys, with search.
    Help(Help),
    /// All commands, with fuzzy search.
    Palette(Palette),
    /// One or two fields to fill in.
    Form(Form),
    /// Something to confirm: Enter goes on, Esc does not.
    Warning(Warned),
    /// What stood at a repair: its number in `release.repairs`.
    Original(usize),
    /// What its source changed in a release.
    Changes(Box<Changes>),
    /// What the library knows of an entity.
    Entity(Box<Card>),
    /// A choice about an entity.
    Chooser(Box<Chooser>),
}

/// What a form is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Note and tags of a passage that is being bookmarked.
    Bookmark { release: ReleaseId, extent: Extent },
    /// Note and tags of a passage.
    Passage(PassageId),
    /// Tags of a release.
    Tags(ReleaseId),
    /// Another name for an entity.
    Name(Box<EntityPage>),
    /// Name, tags and interval of a source.
    Source(SourceId),
    /// Address or path of a new source, with name and tags.
    Follow,
    /// Where to export passages to; the format follows from the name's ending.
    Export,
}

/// A form: fields under a heading. Enter takes it as it is, so that nothing has to be filled in.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it is for.
    pub asked: Asked,
    /// Labels and fields.
    pub fields: Vec<(&'static str, Field)>,
    /// The field that is being typed into.
    pub field: usize,
}

/// What a warning warns of: an embargo that holds until then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warned {
    /// When the embargo lifts, seconds since the epoch, where the line says so.
    pub until: Option<i64>,
    /// What Enter does.
    pub action: Action,
}

/// One line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    /// A mode's heading.
    Heading(Mode),
    /// Keys and what they do.
    Key { keys: String, words: String },
}

/// The help: the key table, filtered by what is typed.
#[derive(Clone, Debug)]
pub struct Help {
    /// What is typed.
    pub field: Field,
    /// The lines that match.
    pub lines: Vec<HelpLine>,
    /// Which part of them is on the screen.
    pub pick: Pick,
}

/// One command of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it runs.
    pub action: Action,
    /// What it does.
    pub words: &'static str,
    /// Its keys where the palette was called, if it has any.
    pub keys: Option<String>,
    /// Bytes of `words` that match what is typed.
    pub matched: Vec<usize>,
}

/// The palette: all commands, those that match best first.
#[derive(Clone, Debug)]
pub struct Palette {
    /// What is typed.
    pub field: Field,
    /// The commands that match.
    pub choices: Vec<Choice>,
    /// Which of them is chosen.
    pub pick: Pick,
    /// The mode that it was called in.
    pub(super) mode: Mode,
}

impl Popup {
    /// Whether something is typed into it.
    #[must_use]
    pub fn types(&self) -> bool {
        matches!(
            self,
            Self::Help(_) | Self::Palette(_) | Self::Form(_) | Self::Chooser(_)
        )
    }

    /// The field that is being typed into.
    #[must_use]
    pub fn field(&self) -> Option<&Field> {
        match self {
            Self::Help(help) => Some(&help.field),
            Self::Palette(palette) => Some(&palette.field),
            Self::Form(form) => form.fields.get(form.field).map(|(_, field)| field),
            Self::Chooser(chooser) => Some(&chooser.field),
            Self::Warning(_) | Self::Original(_) | Self::Changes(_) | Self::Entity(_) => None,
        }
    }

    pub(super) fn field_mut(&mut self) -> Option<&mut Field> {
        match self {
            Self::Help(help) => Some(&mut help.field),
            Self::Palette(palette) => Some(&mut palette.field),
            Self::Form(form) => form.fields.get_mut(form.field).map(|(_, field)| field),
            Self::Chooser(chooser) => Some(&mut chooser.field),
            Self::Warning(_) | Self::Original(_) | Self::Changes(_) | Self::Entity(_) => None,
        }
    }

    pub(super) fn pick_mut(&mut self) -> Option<&mut Pick> {
        match self {
            Self::Help(help) => Some(&mut help.pick),
            Self::Palette(palette) => Some(&mut palette.pick),
            Self::Chooser(chooser) => Some(&mut chooser.pick),
            Self::Changes(changes) => Some(&mut changes.pick),
            _ => None,
        }
    }

    /// Moves the choice; what has none (help) scrolls.
    pub(super) fn step(&mut self, way: Way, count: usize) {
        match self {
            Self::Entity(card) => card.step(way, count),
            Self::Help(help) => {
                help.pick.scroll(way, count);
                help.pick.selected = help.pick.top;
            }
            Self::Changes(changes) => {
                changes.pick.scroll(way, count);
                changes.pick.selected = changes.pick.top;
            }
            Self::Form(form) => {
                let last = form.fields.len().saturating_sub(1);
                form.field = match way {
                    Way::Forward => form.field.saturating_add(count).min(last),
                    Way::Back => form.field.saturating_sub(count),
                };
            }
            other => {
                if let Some(pick) = other.pick_mut() {
                    pick.step(way, count);
                }
            }
        }
    }

    /// Moves by pages.
    pub(super) fn page(&mut self, way: Way, count: usize) {
        if let Self::Entity(card) = self {
            let page = card.height.saturating_sub(1).max(1);
            card.scroll(way, page.saturating_mul(count));
        } else {
            let page = self.pick_mut().map_or(1, |pick| pick.page());
            self.step(way, page.saturating_mul(count));
        }
    }

    /// Chooses what stands at a line of the window's list and a column of the window; whether something does.
    pub(super) fn click(&mut self, line: usize, column: usize) -> bool {
        match self {
            Self::Entity(card) => card.click(line, column),
            Self::Palette(Palette { pick, .. }) => choose_line(pick, line),
            Self::Chooser(chooser) => choose_line(&mut chooser.pick, line),
            Self::Form(form) if line.is_multiple_of(2) && line / 2 < form.fields.len() => {
                form.field = line / 2;
                false
            }
            _ => false,
        }
    }

    /// The wheel.
    pub(super) fn wheel(&mut self, way: Way, lines: usize) {
        match self {
            Self::Entity(card) => card.scroll(way, lines),
            other => other.step(way, lines),
        }
    }

    /// Takes the window's height; the lists leave room for frame and field.
    pub(super) fn resize(&mut self, rows: usize) {
        let height = list_rows(rows);
        if let Some(pick) = self.pick_mut() {
            pick.resize(pick.len, height);
        }
    }

    /// Matches anew after what is typed has changed.
    pub(super) fn refilter(&mut self, keymap: &Keymap) {
        match self {
            Self::Help(help) => {
                help.lines = help_lines(keymap, help.field.text());
                help.pick.resize(help.lines.len(), help.pick.height);
                help.pick.choose(0);
            }
            Self::Palette(palette) => {
                palette.choices = choices(keymap, palette.mode, palette.field.text());
                palette
                    .pick
                    .resize(palette.choices.len(), palette.pick.height);
                palette.pick.choose(0);
            }
            Self::Chooser(chooser) => chooser.narrow(),
            _ => {}
        }
    }
}

/// Chooses a line of the screen, where there is one.
fn choose_line(pick: &mut Pick, line: usize) -> bool {
    let at = pick.top + line;
    let there = line < pick.height && at < pick.len;
    if there {
        pick.choose(at);
    }
    there
}

/// Rows of a floating list in a window of `rows`.
pub(super) fn list_rows(rows: usize) -> usize {
    rows.saturating_sub(8).clamp(1, 24)
}

impl App {
    /// Opens the help.
    pub(super) fn open_help(&mut self) {
        let lines = help_lines(&self.settings.keymap, "");
        let mut pick = Pick::default();
        pick.resize(lines.len(), list_rows(usize::from(self.geometry.rows)));
        self.popup = Some(Popup::Help(Help {
            field: Field::default(),
            lines,
            pick,
        }));
    }

    /// Opens the palette.
    pub(super) fn open_palette(&mut self) {
        let mode = self.mode();
        let choices = choices(&self.settings.keymap, mode, "");
        let mut pick = Pick::default();
        pick.resize(choices.len(), list_rows(usize::from(self.geometry.rows)));
        self.popup = Some(Popup::Palette(Palette {
            field: Field::default(),
            choices,
            pick,
            mode,
        }));
    }
}

/// The key table as lines; of those that match what is typed, the headings stay.
fn help_lines(keymap: &Keymap, typed: &str) -> Vec<HelpLine> {
    let typed = typed.to_lowercase();
    let mut lines = Vec::new();
    for (mode, hints) in keymap.help() {
        let mut matching = hints
            .into_iter()
            .filter(|hint| {
                hint.words.to_lowercase().contains(&typed)
                    || hint.keys.to_lowercase().contains(&typed)
            })
            .peekable();
        if matching.peek().is_some() {
            lines.push(HelpLine::Heading(mode));
        }
        lines.extend(matching.map(|hint| HelpLine::Key {
            keys: hint.keys,
            words: hint.words,
        }));
    }
    lines
}

/// The commands that match what is typed, the best first; in the order of the help where nothing is typed.
fn choices(keymap: &Keymap, mode: Mode, typed: &str) -> Vec<Choice> {
    let mut found: Vec<(i32, Choice)> = Vec::new();
    let typing = keymap
        .bindings(Mode::Prompt)
        .iter()
        .filter_map(|binding| binding.action);
    let typing: Vec<Action> = typing.collect();
    for action in Action::ALL {
        let keys = keymap.keys_of(mode, *action);
        if (typing.contains(action) && keys.is_none()) || *action == Action::Palette {
            continue;
        }
        if let Some((score, matched)) = fuzzy(action.words(), typed) {
            found.push((
                score,
                Choice {
                    action: *action,
                    words: action.words(),
                    keys,
                    matched,
                },
            ));
        }
    }
    let moves = |choice: &Choice| typed.is_empty() && choice.action.moves();
    found.sort_by_key(|(score, choice)| (moves(choice), std::cmp::Reverse(*score)));
    found.into_iter().map(|(_, choice)| choice).collect()
}

/// Whether the letters of `typed` stand in `words` in that order, how well, and where. Letters at the start of a word
/// and letters that follow each other count more.
fn fuzzy(words: &str, typed: &str) -> Option<(i32, Vec<usize>)> {
    let mut score = 0;
    let mut matched = Vec::new();
    let mut rest = words.char_indices().peekable();
    let mut before = ' ';
    let mut run = false;
    for wanted in typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
    {
        loop {
            let (at, c) = rest.next()?;
            let starts = !before.is_alphanumeric();
            before = c;
            if c.to_lowercase().eq([wanted]) {
                score += 1 + if run { 4 } else { 0 } + if starts { 3 } else { 0 };
                matched.push(at);
                run = true;
                break;
            }
            run = false;
        }
    }
    let len = i32::try_from(words.len()).unwrap_or(i32::MAX);
    Some((
        score * 100 - if typed.is_empty() { 0 } else { len },
        matched,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fuzzy_prefers_starts_and_runs() {
        let keymap = Keymap::default();
        let best = |typed: &str| choices(&keymap, Mode::List, typed)[0].action;
        assert_eq!(best("undo"), Action::Undo);
        assert_eq!(best("next unr"), Action::NextUnread);
        assert_eq!(best("sh unr"), Action::FilterUnread);
        assert!(choices(&keymap, Mode::List, "xyzzy").is_empty());
    }

    #[test]
    fn help_filters_and_keeps_headings() {
        let keymap = Keymap::default();
        let lines = help_lines(&keymap, "paragraph");
        assert!(matches!(lines[0], HelpLine::Heading(_)));
        assert!(lines.len() < help_lines(&keymap, "").len());
        assert!(help_lines(&keymap, "xyzzy").is_empty());
    }
}
