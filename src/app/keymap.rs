//! Keys are data: a table says which keys run which action in which mode, and help, footer and menus are read off the
//! same table. The default table is `assets/keymap.toml`; the configuration adds to it. A key that is bound twice in one
//! mode, or that is both an action and the start of a sequence, is refused with the names of both.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

use crate::app::action::Action;
use crate::app::key::Key;
use crate::app::spelling::{parse, written};

/// The default table.
pub const DEFAULT: &str = include_str!("../../assets/keymap.toml");

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Wherever nothing is typed and no window floats.
    All,
    /// The list of releases has the focus.
    List,
    /// The release has the focus.
    Reading,
    /// Text is selected.
    Select,
    /// The sidebar has the focus.
    Side,
    /// The passages have the focus.
    Passages,
    /// The sources have the focus.
    Sources,
    /// A window floats.
    Popup,
    /// The card of an entity floats.
    Entity,
    /// Something is typed.
    Prompt,
}

impl Mode {
    /// All modes, in the order of the help.
    pub const ALL: [Self; 10] = [
        Self::All,
        Self::List,
        Self::Reading,
        Self::Select,
        Self::Side,
        Self::Passages,
        Self::Sources,
        Self::Popup,
        Self::Entity,
        Self::Prompt,
    ];

    /// Its name in the key table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::List => "list",
            Self::Reading => "reading",
            Self::Select => "select",
            Self::Side => "side",
            Self::Passages => "passages",
            Self::Sources => "sources",
            Self::Popup => "popup",
            Self::Entity => "entity",
            Self::Prompt => "prompt",
        }
    }

    /// Its heading in the help.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::All => "Everywhere",
            Self::List => "In the list",
            Self::Reading => "In the release",
            Self::Select => "While selecting",
            Self::Side => "In the sidebar",
            Self::Passages => "In the passages",
            Self::Sources => "In the sources",
            Self::Popup => "In windows",
            Self::Entity => "On an entity's card",
            Self::Prompt => "While typing",
        }
    }

    /// The modes that are looked at, in this order, for a key in this one.
    #[must_use]
    pub fn chain(self) -> &'static [Self] {
        match self {
            Self::All => &[Self::All],
            Self::List => &[Self::List, Self::All],
            Self::Reading => &[Self::Reading, Self::All],
            Self::Select => &[Self::Select, Self::Reading, Self::All],
            Self::Side => &[Self::Side, Self::All],
            Self::Passages => &[Self::Passages, Self::All],
            Self::Sources => &[Self::Sources, Self::All],
            Self::Popup => &[Self::Popup],
            Self::Entity => &[Self::Entity, Self::Popup],
            Self::Prompt => &[Self::Prompt],
        }
    }
}

/// A key table that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Conflict {
    /// The same keys run two actions.
    #[error("key {keys} is bound twice in mode {mode}: to {first} and to {second}")]
    Twice {
        mode: String,
        keys: String,
        first: String,
        second: String,
    },
    /// Keys run an action and also start a sequence that runs another.
    #[error(
        "key {keys} runs {first} in mode {mode}, but also starts {longer}, which runs {second}"
    )]
    Prefix {
        mode: String,
        keys: String,
        longer: String,
        first: String,
        second: String,
    },
    /// No action has this name.
    #[error("no action is called {run} (mode {mode}, key {keys})")]
    NoAction {
        mode: String,
        keys: String,
        run: String,
    },
    /// No key has this name.
    #[error("{keys} is no key (mode {mode}, action {run})")]
    NoKey {
        mode: String,
        keys: String,
        run: String,
    },
    /// No mode has this name.
    #[error("no mode is called {mode}")]
    NoMode { mode: String },
    /// The table is not TOML of the expected shape.
    #[error("the key table cannot be read: {problem}")]
    Unreadable { problem: String },
}

/// One binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The keys, one after the other.
    pub keys: Vec<Key>,
    /// What they run; `None` frees them.
    pub action: Option<Action>,
    /// What help calls it, where the table has better words than the action's own.
    pub desc: Option<String>,
}

impl Binding {
    /// What it does, in a few words.
    #[must_use]
    pub fn words(&self) -> &str {
        match (&self.desc, self.action) {
            (Some(desc), _) => desc,
            (None, Some(action)) => action.words(),
            (None, None) => "",
        }
    }
}

/// One line of help, palette or footer: keys and what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The keys as people write them: `j`, `Ctrl-d`, `z a`.
    pub keys: String,
    /// What they do.
    pub words: String,
    /// The action.
    pub action: Action,
}

/// What a key led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// It runs this.
    Run(Action),
    /// It starts a sequence.
    Prefix,
    /// It is not bound.
    Unbound,
}

/// The key table.
#[derive(Clone, Debug)]
pub struct Keymap {
    modes: BTreeMap<Mode, Vec<Binding>>,
}

/// One entry as it stands in a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    on: OneOrMore,
    run: String,
    #[serde(default)]
    desc: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl Default for Keymap {
    /// The default table.
    fn default() -> Self {
        Self::from_toml(DEFAULT, "").unwrap_or(Self {
            modes: BTreeMap::new(),
        })
    }
}

impl Keymap {
    /// Reads a default table and one that adds to it.
    ///
    /// # Errors
    /// All conflicts that were found, in the order of the tables.
    pub fn from_toml(default: &str, overrides: &str) -> Result<Self, Vec<Conflict>> {
        let mut problems = Vec::new();
        let mut table = read(default, &mut problems);
        for (mode, bindings) in read(overrides, &mut problems) {
            let own = table.entry(mode).or_default();
            own.retain(|old| bindings.iter().all(|new| new.keys != old.keys));
            own.extend(bindings);
        }
        for (mode, bindings) in &mut table {
            bindings.retain(|binding| binding.action.is_some());
            prefixes(*mode, bindings, &mut problems);
        }
        if problems.is_empty() {
            Ok(Self { modes: table })
        } else {
            Err(problems)
        }
    }

    /// What a sequence of keys does in a mode.
    #[must_use]
    pub fn look_up(&self, mode: Mode, keys: &[Key]) -> Lookup {
        for mode in mode.chain() {
            let mut found = Lookup::Unbound;
            for binding in self.bindings(*mode) {
                if binding.keys == keys
                    && let Some(action) = binding.action
                {
                    return Lookup::Run(action);
                }
                if binding.keys.len() > keys.len() && binding.keys.starts_with(keys) {
                    found = Lookup::Prefix;
                }
            }
            if found != Lookup::Unbound {
                return found;
            }
        }
        Lookup::Unbound
    }

    /// What may follow these keys in a mode: the menu after a prefix key. Each hint names the keys that are left.
    #[must_use]
    pub fn after(&self, mode: Mode, keys: &[Key]) -> Vec<Hint> {
        let bindings = mode.chain().iter().flat_map(|mode| self.bindings(*mode));
        let longer = bindings
            .filter(|binding| binding.keys.len() > keys.len() && binding.keys.starts_with(keys));
        joined(longer.filter_map(|binding| hint(&binding.keys[keys.len()..], binding)))
    }

    /// The bindings of a mode alone.
    #[must_use]
    pub fn bindings(&self, mode: Mode) -> &[Binding] {
        self.modes.get(&mode).map_or(&[], Vec::as_slice)
    }

    /// The keys that run an action in a mode, as people write them; the first of the table comes first.
    #[must_use]
    pub fn keys_of(&self, mode: Mode, action: Action) -> Option<String> {
        let mut bindings = mode.chain().iter().flat_map(|mode| self.bindings(*mode));
        let found = bindings.find(|binding| binding.action == Some(action))?;
        Some(written(&found.keys))
    }

    /// The whole table for help: for each mode its heading and lines, alternatives joined.
    #[must_use]
    pub fn help(&self) -> Vec<(Mode, Vec<Hint>)> {
        let sections = Mode::ALL.into_iter().map(|mode| {
            let bindings = self.bindings(mode).iter();
            let hints = joined(bindings.filter_map(|binding| hint(&binding.keys, binding)));
            (mode, hints)
        });
        sections.filter(|(_, hints)| !hints.is_empty()).collect()
    }
}

/// Hints with the alternatives of one action joined.
fn joined(hints: impl Iterator<Item = Hint>) -> Vec<Hint> {
    let mut found: Vec<Hint> = Vec::new();
    for next in hints {
        match found.iter_mut().find(|other| other.action == next.action) {
            Some(other) => {
                other.keys.push_str(", ");
                other.keys.push_str(&next.keys);
            }
            None => found.push(next),
        }
    }
    found
}

fn hint(keys: &[Key], binding: &Binding) -> Option<Hint> {
    Some(Hint {
        keys: written(keys),
        words: binding.words().to_owned(),
        action: binding.action?,
    })
}

/// Reads one table; what is wrong in it goes to `problems`, the rest is kept.
fn read(table: &str, problems: &mut Vec<Conflict>) -> BTreeMap<Mode, Vec<Binding>> {
    let entries: BTreeMap<String, Vec<Entry>> = match toml::from_str(table) {
        Ok(entries) => entries,
        Err(problem) => {
            problems.push(Conflict::Unreadable {
                problem: problem.to_string(),
            });
            return BTreeMap::new();
        }
    };
    let mut modes = BTreeMap::new();
    for (name, entries) in entries {
        let Some(mode) = Mode::ALL.into_iter().find(|mode| mode.name() == name) else {
            problems.push(Conflict::NoMode { mode: name });
            continue;
        };
        let bindings: &mut Vec<Binding> = modes.entry(mode).or_default();
        for entry in entries {
            add(mode, &entry, bindings, problems);
        }
    }
    modes
}

/// Adds an entry's bindings to those of its mode.
fn add(mode: Mode, entry: &Entry, bindings: &mut Vec<Binding>, problems: &mut Vec<Conflict>) {
    let alternatives = match &entry.on {
        OneOrMore::One(keys) => std::slice::from_ref(keys),
        OneOrMore::More(keys) => keys,
    };
    for keys in alternatives {
        match binding(mode, entry, keys, bindings) {
            Ok(binding) => bindings.push(binding),
            Err(problem) => problems.push(problem),
        }
    }
}

/// One binding of an entry, where nothing speaks against it.
fn binding(mode: Mode, entry: &Entry, keys: &str, others: &[Binding]) -> Result<Binding, Conflict> {
    let (mode, run) = (mode.name().to_owned(), entry.run.clone());
    let action = Action::named(&run);
    let Some(read) = parse(keys) else {
        let keys = keys.to_owned();
        return Err(Conflict::NoKey { mode, keys, run });
    };
    if action.is_none() && run != "none" {
        let keys = keys.to_owned();
        return Err(Conflict::NoAction { mode, keys, run });
    }
    if let Some(other) = others.iter().find(|other| other.keys == read) {
        return Err(Conflict::Twice {
            mode,
            keys: written(&read),
            first: other.action.map_or("none", Action::name).to_owned(),
            second: run,
        });
    }
    Ok(Binding {
        keys: read,
        action,
        desc: entry.desc.clone(),
    })
}

/// Finds keys that both run an action and start a longer sequence.
fn prefixes(mode: Mode, bindings: &[Binding], problems: &mut Vec<Conflict>) {
    for short in bindings {
        for long in bindings {
            if long.keys.len() > short.keys.len()
                && long.keys.starts_with(&short.keys)
                && let (Some(first), Some(second)) = (short.action, long.action)
            {
                problems.push(Conflict::Prefix {
                    mode: mode.name().to_owned(),
                    keys: written(&short.keys),
                    longer: written(&long.keys),
                    first: first.name().to_owned(),
                    second: second.name().to_owned(),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        parse(name).unwrap()[0]
    }

    #[test]
    fn the_default_table_is_sound() {
        let keymap =
            Keymap::from_toml(DEFAULT, "").unwrap_or_else(|problems| panic!("{problems:?}"));
        assert_eq!(
            keymap.look_up(Mode::List, &[key("j")]),
            Lookup::Run(Action::Down)
        );
        assert_eq!(keymap.look_up(Mode::Reading, &[key("z")]), Lookup::Prefix);
        assert_eq!(
            keymap.look_up(Mode::Reading, &[key("z"), key("a")]),
            Lookup::Run(Action::Fold)
        );
        assert_eq!(
            keymap.look_up(Mode::Select, &[key("b")]),
            Lookup::Run(Action::WordBack)
        );
        assert_eq!(keymap.look_up(Mode::Prompt, &[key("j")]), Lookup::Unbound);
        assert!(!keymap.help().is_empty());
        for action in Action::ALL {
            let bound = Mode::ALL
                .iter()
                .any(|mode| keymap.keys_of(*mode, *action).is_some());
            assert!(
                bound || *action == Action::ToggleMouse,
                "{} has no key",
                action.name()
            );
        }
    }

    #[test]
    fn a_double_binding_names_both() {
        let twice = r#"all = [{ on = "x", run = "star" }, { on = ["p", "x"], run = "delete" }]"#;
        let problems = Keymap::from_toml(DEFAULT, twice).unwrap_err();
        let words = problems[0].to_string();
        assert!(
            words.contains("star") && words.contains("delete") && words.contains('x'),
            "{words}"
        );
        let prefix = r#"all = [{ on = "z", run = "star" }]"#;
        let problems = Keymap::from_toml(DEFAULT, prefix).unwrap_err();
        assert!(
            matches!(problems[0], Conflict::Prefix { .. }),
            "{problems:?}"
        );
    }

    #[test]
    fn the_configuration_takes_the_place_of_defaults() {
        let own = r#"
            all = [{ on = "s", run = "search" }, { on = "/", run = "none" }]
            list = [{ on = "j", run = "up", desc = "Up, for once" }]
        "#;
        let keymap = Keymap::from_toml(DEFAULT, own).unwrap();
        assert_eq!(
            keymap.look_up(Mode::List, &[key("s")]),
            Lookup::Run(Action::Search)
        );
        assert_eq!(keymap.look_up(Mode::List, &[key("/")]), Lookup::Unbound);
        assert_eq!(
            keymap.look_up(Mode::List, &[key("j")]),
            Lookup::Run(Action::Up)
        );
        assert_eq!(
            keymap.look_up(Mode::Side, &[key("j")]),
            Lookup::Run(Action::Down)
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (table, words) in [
            (r#"all = [{ on = "x", run = "fly" }]"#, "fly"),
            (r#"all = [{ on = "hyper-x", run = "star" }]"#, "hyper-x"),
            (r#"lost = [{ on = "x", run = "star" }]"#, "lost"),
            ("all = 3", "cannot be read"),
        ] {
            let problems = Keymap::from_toml(DEFAULT, table).unwrap_err();
            assert!(problems[0].to_string().contains(words), "{problems:?}");
        }
    }
}
