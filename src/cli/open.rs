//! `dateline [PATH|URL...]`: the reader itself. It opens the library, starts the jobs, takes the terminal and runs the
//! loop. It refuses to start where there is no terminal to draw on, and says which command to use instead.

use std::path::PathBuf;

use crossbeam_channel::unbounded;

use super::{ColorWhen, Done, Failure, Globals};
use crate::app::effect::Scope;
use crate::app::message::{Gravity, Message};
use crate::app::{App, DEFAULT_KEYS, Keymap, Settings};
use crate::config::{self, Config, Flags, GlyphChoice, Places, Problem};
use crate::jobs::following::{is_address, other_address};
use crate::jobs::gather::Place;
use crate::jobs::{self, Jobs};
use crate::release::SourceId;
use crate::store::{self, Origin};
use crate::terminal::{self, ColourChoice, End, Session, Setup, Wishes, environment};
use crate::text::SafeText;

/// Arguments of `open`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Releases to open: files, folders, addresses
    #[arg(value_name = "PATH|URL")]
    places: Vec<String>,
    /// The theme: auto, dark, light, terminal16, high-contrast, or one of your own
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
}

/// Runs the reader until the user leaves.
///
/// # Errors
/// Where there is no terminal, where the library can't be opened, where the terminal can't be written to.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    // What is wrong with the arguments is said before what is wrong with the terminal: a mistyped command gets here, too.
    let named = args.places.iter().map(|place| named(place));
    let wanted: Vec<Place> = named.collect::<Result<_, _>>()?;
    if let Err(reason) = terminal::check(&environment) {
        return Err(Failure::usage(format!("no screen can be drawn here: {reason}"))
            .hint("Without one: dateline list, dateline search QUERY, dateline show ID; dateline help lists all."));
    }
    let flags = Flags {
        config: globals.config.clone(),
        data_dir: globals.data_dir.clone(),
        theme: args.theme.clone(),
    };
    let (config, places, mut problems) = config::load(&flags, &environment);
    let opened = opened(wanted, &places)?;
    let (settings, more) = settings(&config, &places);
    problems.extend(more);
    let theme = config.theme(&places).unwrap_or_else(|problem| {
        problems.push(problem);
        None
    });
    let wishes = Wishes {
        theme,
        transparent: config.transparent,
        ascii: match config.glyphs {
            GlyphChoice::Auto => None,
            GlyphChoice::Unicode => Some(false),
            GlyphChoice::Ascii => Some(true),
        },
        colour: match globals.color {
            ColorWhen::Auto => ColourChoice::Auto,
            ColorWhen::Always => ColourChoice::Always,
            ColorWhen::Never => ColourChoice::Never,
        },
        mouse: config.mouse,
        clipboard: config.clipboard,
        editor: config.editor.clone(),
    };
    terminal::report_panics(places.reports());
    let mut session = Session::open(Setup::new(wishes, &environment), &environment)
        .map_err(|error| Failure::data(format!("the terminal can't be set up: {error}")))?;
    let (sender, messages) = unbounded();
    let model = config.model(&places).unwrap_or_else(|problem| {
        problems.push(problem);
        None
    });
    let workers = Jobs::start_with(&places.library(), model, sender.clone()).map_err(|error| {
        Failure::data(format!("the library can't be opened: {error}"))
            .hint("dateline doctor says what is wrong with it and mends what can be rebuilt.")
    })?;
    let mut app = App::new(settings);
    if let Some((source, wanted)) = opened {
        app = app.on(Scope {
            source: Some(source),
            ..Scope::default()
        });
        workers.open(wanted);
    }
    for problem in problems {
        let text = SafeText::clean_line(&problem.to_string());
        let _ = sender.send(Message::Notice {
            gravity: Gravity::Warning,
            text,
        });
    }
    let end = session.run(&mut app, &messages, &mut |effect| workers.run(effect));
    // What was asked to be saved is saved before the terminal is given back; the screen said nothing else.
    drop(workers);
    drop(session);
    ending(end)
}

/// A source to look at, and what is to be taken in under it.
type Wanted = (SourceId, Vec<Place>);

/// What the arguments name, to be taken in under the source "Opened"; `None` where they name nothing.
fn opened(wanted: Vec<Place>, places: &Places) -> Result<Option<Wanted>, Failure> {
    if wanted.is_empty() {
        return Ok(None);
    }
    let (mut library, _) = store::open_or_rescue(&places.library(), jobs::now())?;
    let source = library.follow(&Origin::opened(), jobs::now())?;
    Ok(Some((source, wanted)))
}

/// The file, folder or address that an argument names.
fn named(place: &str) -> Result<Place, Failure> {
    if is_address(place) {
        let address = url::Url::parse(place).map_err(|problem| {
            Failure::usage(format!("{place}: this is no address ({problem})"))
        })?;
        return Ok(Place::Address(address));
    }
    if let Some(why) = other_address(place) {
        return Err(Failure::usage(format!("{place}: {why}")));
    }
    let path = PathBuf::from(place);
    if !path.exists() {
        let problem = format!("{place}: no such file or folder, and no command");
        let tree = super::tree();
        let commands = tree.get_subcommands().map(clap::Command::get_name);
        return Err(match config::nearest(place, commands) {
            Some(near) => Failure::usage(problem).hint(format!("did you mean dateline {near}?")),
            None => Failure::data(problem).hint(
                "dateline help lists the commands; an address starts with https:// or http://.",
            ),
        });
    }
    Ok(Place::Path(path))
}

/// The exit code of an ended loop.
fn ending(end: std::io::Result<End>) -> Result<Done, Failure> {
    match end {
        Ok(End::Quit) => Ok(Done::All),
        Ok(End::Signal(number)) => std::process::exit(128 + number),
        Ok(End::Gone) => std::process::exit(129),
        Err(error) => Err(Failure::data(format!(
            "the terminal can't be written to: {error}"
        ))),
    }
}

/// Everything in the configuration that cannot be used, for the doctor; and where things are.
pub(super) fn mistakes(globals: &Globals) -> (Places, Vec<Problem>) {
    let flags = Flags {
        config: globals.config.clone(),
        data_dir: globals.data_dir.clone(),
        theme: None,
    };
    let (config, places, mut problems) = config::load(&flags, &environment);
    problems.extend(settings(&config, &places).1);
    problems.extend(config.theme(&places).err());
    problems.extend(config.model(&places).err());
    (places, problems)
}

/// What the configuration decides about the state. A key table that can't be used is told, and the default one taken.
fn settings(config: &Config, places: &Places) -> (Settings, Vec<Problem>) {
    let (keymap, problems) = match Keymap::from_toml(DEFAULT_KEYS, &config.keys) {
        Ok(keymap) => (keymap, Vec::new()),
        Err(conflicts) => {
            let told = conflicts.iter().map(|conflict| Problem {
                path: places.config.clone(),
                line: None,
                message: format!("{conflict}; the default keys hold"),
            });
            (Keymap::default(), told.collect())
        }
    };
    let settings = Settings {
        keymap,
        measure: config.measure,
        numbers: config.paragraph_numbers,
        side: config.sidebar,
        mouse: config.mouse,
        zone: jiff::tz::TimeZone::system(),
        reports: Some(SafeText::clean_line(
            &terminal::report_file(&places.reports())
                .display()
                .to_string(),
        )),
    };
    (settings, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_binding_is_told_and_the_default_keys_hold() {
        let places = config::places(Some(PathBuf::from("my.toml")));
        let config = Config {
            keys: r#"list = [{ on = "x", run = "delete" }, { on = "x", run = "star" }]"#.to_owned(),
            ..Config::default()
        };
        let (_, problems) = settings(&config, &places);
        let told = problems[0].to_string();
        for word in ["my.toml", "x", "delete", "star", "default keys hold"] {
            assert!(told.contains(word), "{told}");
        }
        assert_eq!(settings(&Config::default(), &places).1, []);
    }
}
