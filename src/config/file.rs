//! One configuration file over settings that stand. Each key has its entry in one table, which says how its value is
//! read; a key without an entry is a mistake with a line and, where one is near, the name that was meant.

use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::{Config, GlyphChoice, Problem};

/// How one value is read; the error says what it should be.
type Read = fn(&mut Config, &DeValue<'_>) -> Result<(), &'static str>;

/// Every setting: section, key, reader.
const SETTINGS: &[(&str, &str, Read)] = &[
    ("screen", "theme", |config, value| {
        config.theme = text(value, "the name of a theme, in quotation marks")?;
        Ok(())
    }),
    ("screen", "transparent", |config, value| {
        config.transparent = truth(value)?;
        Ok(())
    }),
    ("screen", "glyphs", |config, value| {
        config.glyphs = match value.as_str() {
            Some("auto") => GlyphChoice::Auto,
            Some("unicode") => GlyphChoice::Unicode,
            Some("ascii") => GlyphChoice::Ascii,
            _ => return Err("\"auto\", \"unicode\" or \"ascii\""),
        };
        Ok(())
    }),
    ("screen", "measure", |config, value| {
        config.measure = value
            .as_integer()
            .and_then(|number| u16::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|measure| (20..=200).contains(measure))
            .ok_or("a whole number from 20 to 200")?;
        Ok(())
    }),
    ("screen", "paragraph_numbers", |config, value| {
        config.paragraph_numbers = truth(value)?;
        Ok(())
    }),
    ("screen", "sidebar", |config, value| {
        config.sidebar = match value.as_str() {
            Some("auto") => None,
            Some("open") => Some(true),
            Some("closed") => Some(false),
            _ => return Err("\"auto\", \"open\" or \"closed\""),
        };
        Ok(())
    }),
    ("screen", "mouse", |config, value| {
        config.mouse = truth(value)?;
        Ok(())
    }),
    ("screen", "clipboard", |config, value| {
        config.clipboard = match value.as_str() {
            Some("osc52") => true,
            Some("off") => false,
            _ => return Err("\"osc52\" or \"off\""),
        };
        Ok(())
    }),
    ("programs", "editor", |config, value| {
        config.editor = text(value, "a program with its arguments, in quotation marks")?;
        Ok(())
    }),
    ("recogniser", "model", |config, value| {
        config.model = text(value, "the name of an imported model, in quotation marks")?;
        Ok(())
    }),
    ("library", "directory", |config, value| {
        let directory = text(value, "a path, in quotation marks")?;
        config.directory = (!directory.is_empty()).then(|| PathBuf::from(directory));
        Ok(())
    }),
];

fn text(value: &DeValue<'_>, wanted: &'static str) -> Result<String, &'static str> {
    value.as_str().map(str::to_owned).ok_or(wanted)
}

fn truth(value: &DeValue<'_>) -> Result<bool, &'static str> {
    value.as_bool().ok_or("true or false")
}

/// Section and key of every setting.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    SETTINGS.iter().map(|(section, key, _)| (*section, *key))
}

/// Puts what `source` says over `config`; gives what could not be used.
pub(super) fn apply(config: &mut Config, source: &str, path: &Path) -> Vec<Problem> {
    let (document, errors) = DeTable::parse_recoverable(source);
    let mut problems = Problems {
        source,
        path,
        found: Vec::new(),
    };
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        problems.add(at, error.message().to_owned());
    }
    for (section, table) in document.get_ref() {
        let name = section.get_ref().as_ref();
        let at = section.span().start;
        match table.get_ref().as_table() {
            Some(keys) if name == "keys" => config.keys = key_text(keys),
            Some(settings) if SETTINGS.iter().any(|(known, ..)| *known == name) => {
                apply_section(config, name, settings, &mut problems);
            }
            Some(_) => {
                let near = nearest(name, SETTINGS.iter().map(|(section, ..)| *section));
                let hint = near.map_or(String::new(), |near| format!("; did you mean [{near}]?"));
                problems.add(at, format!("there is no section [{name}]{hint}"));
            }
            None => problems.add(at, format!("{name} stands outside of any section")),
        }
    }
    problems.found
}

fn apply_section(
    config: &mut Config,
    section: &str,
    settings: &DeTable<'_>,
    problems: &mut Problems<'_>,
) {
    let known = || SETTINGS.iter().filter(|(known, ..)| *known == section);
    for (key, value) in settings {
        let name = key.get_ref().as_ref();
        let at = key.span().start;
        let Some((.., read)) = known().find(|(_, known, _)| *known == name) else {
            let near = nearest(name, known().map(|(_, key, _)| *key));
            let hint = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
            problems.add(
                at,
                format!("there is no setting {name} in [{section}]{hint}"),
            );
            continue;
        };
        if let Err(wanted) = read(config, value.get_ref()) {
            problems.add(at, format!("{name} is {wanted}"));
        }
    }
}

/// The tables under `[keys]` as TOML text of their own, for the key table to read.
fn key_text(keys: &DeTable<'_>) -> String {
    let mut out = toml::Table::new();
    for (key, value) in keys {
        out.insert(key.get_ref().to_string(), plain(value.get_ref()));
    }
    toml::to_string(&out).unwrap_or_default()
}

/// A spanned value without its spans.
fn plain(value: &DeValue<'_>) -> toml::Value {
    match value {
        DeValue::Boolean(truth) => toml::Value::Boolean(*truth),
        DeValue::Array(values) => {
            toml::Value::Array(values.iter().map(|value| plain(value.get_ref())).collect())
        }
        DeValue::Table(table) => toml::Value::Table(
            table
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref())))
                .collect(),
        ),
        DeValue::String(text) => toml::Value::String(text.to_string()),
        DeValue::Integer(number) => {
            toml::Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).unwrap_or(0))
        }
        DeValue::Float(number) => toml::Value::String(number.as_str().to_owned()),
        DeValue::Datetime(time) => toml::Value::String(time.to_string()),
    }
}

/// Collects problems with their lines.
struct Problems<'a> {
    source: &'a str,
    path: &'a Path,
    found: Vec<Problem>,
}

impl Problems<'_> {
    fn add(&mut self, at: usize, message: String) {
        let before = &self.source.as_bytes()[..at.min(self.source.len())];
        self.found.push(Problem {
            path: Some(self.path.to_owned()),
            line: Some(1 + memchr::memchr_iter(b'\n', before).count()),
            message,
        });
    }
}

/// The known name that is at most two edits away.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|known| (distance(name, known), known))
        .filter(|(distance, _)| *distance <= 2)
        .min()
        .map(|(_, known)| known)
}

/// Levenshtein's distance; names are short.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().take(64).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let change = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}
