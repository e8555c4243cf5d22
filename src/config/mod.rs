//! The configuration: the embedded default (`config.example.toml`), the user's file over it, the environment over
//! that, the flags over all. What can be read is used and the rest is told with its line: a broken file never keeps
//! the program from starting, and is never written to.

mod file;
mod paths;

use std::fmt;
use std::path::{Path, PathBuf};

pub use file::nearest;
pub use paths::{Places, places};

use crate::ui::theme::Theme;

/// The default configuration, every key explained.
pub const DEFAULT: &str = include_str!("../../config.example.toml");

/// A file longer than this is not a configuration.
const LONGEST_FILE: u64 = 1 << 20;

/// The settings in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The theme's name; `auto` for dark or light by the terminal's background.
    pub theme: String,
    /// Whether the terminal's own background stays.
    pub transparent: bool,
    /// Which marks are drawn.
    pub glyphs: GlyphChoice,
    /// Longest row of text, in columns.
    pub measure: u16,
    /// Whether paragraphs are numbered.
    pub paragraph_numbers: bool,
    /// The sidebar: open, closed, or (`None`) by the room there is.
    pub sidebar: Option<bool>,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Whether the clipboard is set by OSC 52.
    pub clipboard: bool,
    /// The editor for notes with its arguments; empty for the environment's.
    pub editor: String,
    /// The imported model that finds names; empty for the built-in ones.
    pub model: String,
    /// Where the library is kept; `None` for the usual place.
    pub directory: Option<PathBuf>,
    /// The user's keys, as the TOML text of the tables under `[keys]`; empty where there are none.
    pub keys: String,
}

/// Which marks are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GlyphChoice {
    /// By the locale.
    #[default]
    Auto,
    /// Unicode's.
    Unicode,
    /// ASCII only.
    Ascii,
}

/// What the command line says about settings. `None`: nothing.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--data-dir`.
    pub data_dir: Option<PathBuf>,
    /// `--theme`.
    pub theme: Option<String>,
}

/// Something in a configuration that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, where it lies in one.
    pub path: Option<PathBuf>,
    /// 1-based line.
    pub line: Option<usize>,
    /// What is wrong, and what to write instead.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}:", path.display())?;
        }
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        if self.path.is_some() || self.line.is_some() {
            f.write_str(" ")?;
        }
        f.write_str(&self.message)
    }
}

impl Default for Config {
    /// What `config.example.toml` says.
    fn default() -> Self {
        let mut config = Self::blank();
        let problems = file::apply(&mut config, DEFAULT, Path::new("config.example.toml"));
        debug_assert!(problems.is_empty(), "{problems:?}");
        config
    }
}

impl Config {
    /// The state before the default file is read; every field is named there.
    fn blank() -> Self {
        Self {
            theme: "auto".to_owned(),
            transparent: false,
            glyphs: GlyphChoice::Auto,
            measure: 76,
            paragraph_numbers: false,
            sidebar: None,
            mouse: true,
            clipboard: true,
            editor: String::new(),
            model: String::new(),
            directory: None,
            keys: String::new(),
        }
    }

    /// The file of the model that is named; `None` for the built-in ones.
    ///
    /// # Errors
    /// Where there is no such model.
    pub fn model(&self, places: &Places) -> Result<Option<PathBuf>, Problem> {
        if self.model.is_empty() {
            return Ok(None);
        }
        let plain = !self.model.contains(['/', '\\']) && !self.model.starts_with('.');
        let path = places.models().join(format!("{}.model", self.model));
        if plain && path.is_file() {
            return Ok(Some(path));
        }
        Err(Problem {
            path: None,
            line: None,
            message: format!(
                "there is no model {:?}; dateline model list names them, and the built-in ones are used",
                self.model
            ),
        })
    }

    /// The theme of this name: a built-in one, or a file beside the configuration. `None` for `auto`.
    ///
    /// # Errors
    /// Where there is no such theme or its file can't be read.
    pub fn theme(&self, places: &Places) -> Result<Option<Theme>, Problem> {
        if self.theme == "auto" {
            return Ok(None);
        }
        if let Some(theme) = Theme::built_in(&self.theme) {
            return Ok(Some(theme));
        }
        let plain = !self.theme.contains(['/', '\\']) && !self.theme.starts_with('.');
        let path = places.themes().join(format!("{}.toml", self.theme));
        let problem = |message: String| Problem {
            path: Some(path.clone()),
            line: None,
            message,
        };
        if !plain || !path.is_file() {
            let names: Vec<_> = crate::ui::theme::BUILT_IN.iter().map(|(n, _)| *n).collect();
            return Err(problem(format!(
                "there is no theme \"{}\"; built in are auto, {}",
                self.theme,
                names.join(", ")
            )));
        }
        let source = read(&path).map_err(problem)?;
        Theme::parse(&source)
            .map(Some)
            .map_err(|error| problem(error.to_string()))
    }
}

/// Reads everything that settings come from: default, file, environment, flags. `environment` gives a variable's
/// value.
#[must_use]
pub fn load(
    flags: &Flags,
    environment: &dyn Fn(&str) -> Option<String>,
) -> (Config, Places, Vec<Problem>) {
    let set = |name: &str| environment(name).filter(|value| !value.is_empty());
    let mut config = Config::default();
    let named = flags
        .config
        .clone()
        .or_else(|| set("DATELINE_CONFIG").map(PathBuf::from));
    let mut places = places(named.clone());
    let mut problems = Vec::new();
    if let Some(path) = places.config.clone() {
        // That the usual file is absent is the usual case; that a named one is absent is a mistake.
        if path.exists() || named.is_some() {
            match read(&path) {
                Ok(source) => problems.extend(file::apply(&mut config, &source, &path)),
                Err(message) => problems.push(Problem {
                    path: Some(path),
                    line: None,
                    message,
                }),
            }
        }
    }
    if let Some(theme) = flags.theme.clone().or_else(|| set("DATELINE_THEME")) {
        config.theme = theme;
    }
    let directory = flags
        .data_dir
        .clone()
        .or_else(|| set("DATELINE_DATA_DIR").map(PathBuf::from))
        .or_else(|| config.directory.clone());
    if let Some(directory) = directory {
        places.data = directory;
    }
    (config, places, problems)
}

/// Reads a configuration's text: a regular file of sensible size, in UTF-8.
fn read(path: &Path) -> Result<String, String> {
    use std::io::Read;
    let metadata = std::fs::metadata(path).map_err(|error| format!("can't be read: {error}"))?;
    if !metadata.is_file() {
        return Err("is not a regular file".to_owned());
    }
    if metadata.len() > LONGEST_FILE {
        return Err(format!(
            "is too large for a configuration: {} bytes, at most {LONGEST_FILE}",
            metadata.len()
        ));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(LONGEST_FILE).read_to_end(&mut bytes))
        .map_err(|error| format!("can't be read: {error}"))?;
    String::from_utf8(bytes).map_err(|_| "is not text in UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(_: &str) -> Option<String> {
        None
    }

    /// A configuration file and what loading it gives.
    fn loaded(bytes: &[u8]) -> (Config, Vec<String>) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config.toml");
        std::fs::write(&path, bytes).unwrap();
        let flags = Flags {
            config: Some(path.clone()),
            ..Flags::default()
        };
        let (config, _, problems) = load(&flags, &none);
        assert_eq!(
            std::fs::read(&path).unwrap(),
            bytes,
            "the file is never written"
        );
        let name = format!("{}:", path.display());
        let said = problems
            .iter()
            .map(|problem| problem.to_string().replace(&name, ""))
            .collect();
        (config, said)
    }

    #[test]
    fn the_example_is_the_default_and_names_every_setting() {
        let mut config = Config::blank();
        let problems = file::apply(&mut config, DEFAULT, Path::new("config.example.toml"));
        assert_eq!(problems, []);
        assert_eq!(config, Config::default());
        let document: toml::Table = DEFAULT.parse().unwrap();
        for (section, key) in file::names() {
            assert!(
                document[section].get(key).is_some(),
                "[{section}] {key} is not explained"
            );
        }
    }

    #[test]
    fn a_mistake_is_named_with_its_line_and_the_rest_is_used() {
        let (config, said) = loaded(
            b"[screen]\ntheme = \"light\"\nmesure = 60\nmeasure = 300\nmouse = \"no\"\n\n[scren]\nx = 1\n",
        );
        assert_eq!(config.theme, "light");
        assert_eq!(config.measure, 76);
        assert!(config.mouse);
        assert_eq!(
            said,
            [
                "4: measure is a whole number from 20 to 200",
                "3: there is no setting mesure in [screen]; did you mean measure?",
                "5: mouse is true or false",
                "7: there is no section [scren]; did you mean [screen]?",
            ]
        );
    }

    #[test]
    fn broken_files_leave_the_defaults() {
        let (config, said) = loaded(b"[screen\nmeasure = 60\n");
        assert_eq!(config.glyphs, GlyphChoice::Auto);
        assert!(said[0].starts_with("1: "), "{said:?}");
        let (config, said) = loaded(b"\xff\xfe\x00binary\x00");
        assert_eq!(config, Config::default());
        assert_eq!(said, [" is not text in UTF-8"]);
        let (config, said) = loaded(&vec![b'#'; (1 << 20) + 1]);
        assert_eq!(config, Config::default());
        assert!(said[0].starts_with(" is too large"), "{said:?}");
    }

    #[test]
    fn a_named_file_that_is_absent_is_told() {
        let flags = Flags {
            config: Some(PathBuf::from("/no/such/config.toml")),
            ..Flags::default()
        };
        let (config, _, problems) = load(&flags, &none);
        assert_eq!(config, Config::default());
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn flags_before_environment_before_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config.toml");
        std::fs::write(
            &path,
            "[screen]\ntheme = \"light\"\n[library]\ndirectory = \"/from/file\"\n",
        )
        .unwrap();
        let from_file = Flags {
            config: Some(path),
            ..Flags::default()
        };
        let environment = |name: &str| match name {
            "DATELINE_THEME" => Some("terminal16".to_owned()),
            "DATELINE_DATA_DIR" => Some("/from/environment".to_owned()),
            _ => None,
        };
        let (config, places, _) = load(&from_file, &none);
        assert_eq!(
            (config.theme.as_str(), places.data.to_str()),
            ("light", Some("/from/file"))
        );
        let (config, places, _) = load(&from_file, &environment);
        assert_eq!(
            (config.theme.as_str(), places.data.to_str()),
            ("terminal16", Some("/from/environment"))
        );
        let flags = Flags {
            theme: Some("dark".to_owned()),
            data_dir: Some(PathBuf::from("/from/flag")),
            ..from_file
        };
        let (config, places, _) = load(&flags, &environment);
        assert_eq!(
            (config.theme.as_str(), places.data.to_str()),
            ("dark", Some("/from/flag"))
        );
    }

    #[test]
    fn themes_by_name() {
        let dir = tempfile::tempdir().unwrap();
        let places = places(Some(dir.path().join("config.toml")));
        std::fs::create_dir(places.themes()).unwrap();
        std::fs::write(
            places.themes().join("mine.toml"),
            "[roles]\ntext = \"red\"\n",
        )
        .unwrap();
        std::fs::write(places.themes().join("bad.toml"), "[roles]\ntxt = \"red\"\n").unwrap();
        let named = |name: &str| {
            let config = Config {
                theme: name.to_owned(),
                ..Config::default()
            };
            config.theme(&places).map(|theme| theme.is_some())
        };
        assert_eq!(named("auto"), Ok(false));
        assert_eq!(named("light"), Ok(true));
        assert_eq!(named("mine"), Ok(true));
        assert!(named("bad").unwrap_err().to_string().contains("line 2"));
        assert!(named("../mine").is_err());
    }
}
