//! The loop. It has two phases: apply messages until none waits, then draw once; and then it sleeps until a key, an
//! answer, a signal or the next turn of a shown time. Nothing that can block happens here but the drawing itself and,
//! at the reader's wish, the editor.

use std::io;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Select, unbounded};

use super::capability::{self, ColourChoice, Environment};
use super::decode::Input;
use super::guard::{self, Guard};
use super::input::InputThread;
use super::screen::{Screen, size};
use super::signals::{self, Signal};
use super::{clipboard, editor};
use crate::app::App;
use crate::app::effect::{Effect, Ticket};
use crate::app::key::Mouse;
use crate::app::message::{Gravity, Message};
use crate::text::SafeText;
use crate::ui::theme::{Depth, Ground, Theme};
use crate::ui::{Look, glyphs};

/// The first frame waits so long for the first rows.
const FIRST_ROWS: Duration = Duration::from_millis(40);
/// Messages are applied for so long before a frame is drawn in any case: a flood must not stop the screen.
const APPLYING: Duration = Duration::from_millis(8);

/// How the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The reader left.
    Quit,
    /// A signal, by its number.
    Signal(i32),
    /// The terminal is gone.
    Gone,
}

/// What the configuration decides about the screen.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// The theme that is named; `None`: dark or light, as the terminal's ground is.
    pub theme: Option<Theme>,
    /// Whether the terminal's own background stays.
    pub transparent: bool,
    /// Whether the marks are ASCII; `None`: as the locale says.
    pub ascii: Option<bool>,
    /// When to colour.
    pub colour: ColourChoice,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Whether the clipboard is set by OSC 52.
    pub clipboard: bool,
    /// The editor that the configuration names; empty for the environment's.
    pub editor: String,
}

/// How the screen is drawn, decided.
pub struct Setup {
    look: Look,
    /// The theme to take where the terminal says that its ground is the other one; `None`: the theme is fixed.
    other: Option<Theme>,
    mouse: bool,
    clipboard: bool,
    editor: String,
}

impl Setup {
    /// Decides by wishes and environment.
    #[must_use]
    pub fn new(wishes: Wishes, environment: Environment<'_>) -> Self {
        let depth = capability::depth(wishes.colour, environment);
        if depth > Depth::None {
            // crossterm drops colours by a variable of its own, which `--color always` overrules.
            crossterm::style::force_color_output(true);
        }
        let fit = |theme: Theme| {
            let theme = theme.reduced(depth);
            if wishes.transparent {
                theme.transparent()
            } else {
                theme
            }
        };
        let built_in = |name: &str| Theme::built_in(name).unwrap_or_default();
        let (theme, other) = match (wishes.theme, depth) {
            (Some(theme), _) => (fit(theme), None),
            (None, Depth::None | Depth::Sixteen) => (fit(built_in("terminal16")), None),
            (None, _) => {
                let (dark, light) = (fit(built_in("dark")), fit(built_in("light")));
                match capability::ground_told(environment) {
                    Some(Ground::Light) => (light, Some(dark)),
                    _ => (dark, Some(light)),
                }
            }
        };
        let ascii = wishes
            .ascii
            .unwrap_or_else(|| capability::narrow_locale(environment));
        Self {
            look: Look {
                theme,
                glyphs: if ascii {
                    glyphs::ASCII
                } else {
                    glyphs::UNICODE
                },
            },
            other,
            mouse: wishes.mouse,
            clipboard: wishes.clipboard,
            editor: wishes.editor,
        }
    }
}

/// A held terminal with its threads.
pub struct Session {
    setup: Setup,
    screen: Screen,
    size: (u16, u16),
    inputs: Receiver<Input>,
    signals: Receiver<Signal>,
    reader: InputThread,
    asked: Option<Instant>,
    _guard: Guard,
}

impl Session {
    /// Takes the terminal and starts to listen. Questions go out at once, so that their answers are there when the
    /// first frame is drawn.
    ///
    /// # Errors
    /// Where the terminal can't be set up; it is given back then.
    pub fn open(setup: Setup, environment: Environment<'_>) -> io::Result<Self> {
        let (signal_sender, signals) = unbounded();
        signals::listen(signal_sender)?;
        let guard = Guard::enter(setup.mouse)?;
        let asked = capability::answers(environment).then(Instant::now);
        if asked.is_some() {
            guard::send(capability::QUESTIONS)?;
        }
        let (input_sender, inputs) = unbounded();
        let patient = environment("SSH_TTY").or_else(|| environment("SSH_CONNECTION"));
        let reader = InputThread::start(input_sender, patient.is_some())?;
        let size = size();
        Ok(Self {
            screen: Screen::new(size)?,
            setup,
            size,
            inputs,
            signals,
            reader,
            asked,
            _guard: guard,
        })
    }

    /// Runs the app until it ends. `perform` does what is not the terminal's to do; its answers come on `messages`.
    ///
    /// # Errors
    /// Where the terminal can't be written to.
    pub fn run(
        &mut self,
        app: &mut App,
        messages: &Receiver<Message>,
        perform: &mut dyn FnMut(Effect),
    ) -> io::Result<End> {
        let mut turn = Turn {
            session: self,
            app,
            perform,
            end: None,
            stale: false,
        };
        turn.start(messages)?;
        while turn.end.is_none() {
            turn.wait(messages);
            turn.drain(messages);
            turn.draw()?;
        }
        // However the reader leaves: where they were is remembered.
        turn.apply(Message::Focus(false));
        let end = turn.end.unwrap_or(End::Quit);
        self.swallow_answers();
        self.asked = None;
        // What is typed from here on is the shell's.
        if !matches!(end, End::Gone) {
            self.reader.rest();
        }
        Ok(end)
    }

    /// Waits a moment for answers that are still on their way, so that they are not typed into the shell.
    fn swallow_answers(&self) {
        let Some(asked) = self.asked else { return };
        if asked.elapsed() > Duration::from_secs(2) {
            return;
        }
        let deadline = Instant::now() + Duration::from_millis(100);
        while let Ok(input) = self.inputs.recv_deadline(deadline) {
            if input == Input::Attributes {
                return;
            }
        }
    }
}

/// Where nothing ever ran (the library could not be opened), the answers must not reach the shell either.
impl Drop for Session {
    fn drop(&mut self) {
        self.swallow_answers();
    }
}

/// One run of the loop.
struct Turn<'a> {
    session: &'a mut Session,
    app: &'a mut App,
    perform: &'a mut dyn FnMut(Effect),
    end: Option<End>,
    /// Whether the terminal shows something else than the last frame.
    stale: bool,
}

impl Turn<'_> {
    /// The first frame: as soon as the first rows are there.
    fn start(&mut self, messages: &Receiver<Message>) -> io::Result<()> {
        self.clock();
        let (columns, rows) = self.session.size;
        self.apply(Message::Resize { columns, rows });
        let deadline = Instant::now() + FIRST_ROWS;
        while let Ok(message) = messages.recv_deadline(deadline) {
            let rows = matches!(message, Message::Rows { .. });
            self.apply(message);
            if rows {
                break;
            }
        }
        self.drain(messages);
        self.draw()?;
        super::test_panic("ui");
        Ok(())
    }

    /// Sleeps until something happens, and applies it.
    fn wait(&mut self, messages: &Receiver<Message>) {
        let (inputs, signals) = (self.session.inputs.clone(), self.session.signals.clone());
        let mut select = Select::new();
        select.recv(messages);
        select.recv(&inputs);
        select.recv(&signals);
        match self.app.next_turn().map(until) {
            Some(wait) => {
                if select.ready_timeout(wait).is_err() {
                    self.clock();
                }
            }
            None => {
                select.ready();
            }
        }
    }

    /// Applies all that waits.
    fn drain(&mut self, messages: &Receiver<Message>) {
        let start = Instant::now();
        let mut told = false;
        while self.end.is_none() && start.elapsed() < APPLYING {
            if let Ok(signal) = self.session.signals.try_recv() {
                self.signal(signal);
            } else if let Ok(input) = self.session.inputs.try_recv() {
                if !std::mem::replace(&mut told, true) {
                    self.clock();
                }
                self.input(input);
            } else if let Ok(message) = messages.try_recv() {
                self.apply(message);
            } else {
                return;
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.end.is_some() {
            return Ok(());
        }
        guard::set_mouse(self.app.mouse())?;
        if std::mem::take(&mut self.stale) {
            self.session.screen.renew(self.session.size)?;
        }
        let (app, look) = (&*self.app, &self.session.setup.look);
        self.session.screen.draw(crate::ui::cursor(app), |buffer| {
            crate::ui::draw(app, look, buffer)
        })
    }

    /// Tells the app the time.
    fn clock(&mut self) {
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0));
        self.apply(Message::Clock { now });
    }

    fn apply(&mut self, message: Message) {
        for effect in self.app.apply(message) {
            self.effect(effect);
        }
        if self.app.leaving() {
            self.end.get_or_insert(End::Quit);
        }
    }

    /// Does what is the terminal's to do, and hands on the rest.
    fn effect(&mut self, effect: Effect) {
        match effect {
            Effect::Quit => self.end = Some(End::Quit),
            Effect::Suspend => self.suspend(),
            Effect::Copy { text } => self.copy(&text),
            Effect::EditText { ticket, text } => self.edit(ticket, &text),
            other => (self.perform)(other),
        }
    }

    fn input(&mut self, input: Input) {
        match input {
            Input::Key(key) => self.apply(Message::Key(key)),
            Input::Mouse { column, row, kind } => {
                self.apply(Message::Mouse(Mouse { column, row, kind }));
            }
            Input::Paste(text) => {
                let text = crate::text::sanitise(&text).into_owned();
                self.apply(Message::Paste(text));
            }
            Input::Focus(held) => self.apply(Message::Focus(held)),
            Input::Background(colour) => self.ground(capability::ground_of(colour)),
            Input::Kitty => drop(guard::enable_kitty()),
            Input::Attributes => self.session.asked = None,
        }
    }

    /// Takes the theme for the terminal's ground.
    fn ground(&mut self, ground: Ground) {
        let setup = &mut self.session.setup;
        if let Some(other) = &mut setup.other
            && other.ground() == ground
            && setup.look.theme.ground() != ground
        {
            std::mem::swap(&mut setup.look.theme, other);
        }
    }

    fn signal(&mut self, signal: Signal) {
        match signal {
            Signal::End(number) => self.end = Some(End::Signal(number)),
            Signal::Gone => self.end = Some(End::Gone),
            Signal::Stop => self.suspend(),
            Signal::Resize => self.resize(),
            Signal::Continue => self.return_to_terminal(),
        }
    }

    fn resize(&mut self) {
        let size = size();
        if size == self.session.size {
            return;
        }
        self.session.size = size;
        self.stale = true;
        let (columns, rows) = size;
        self.apply(Message::Resize { columns, rows });
    }

    /// Gives the terminal to the shell until the process is continued.
    fn suspend(&mut self) {
        self.session.reader.rest();
        guard::leave();
        let stopped = signals::stop();
        self.session.reader.resume();
        self.return_to_terminal();
        if !stopped {
            self.say(Gravity::Plain, "There is no shell to go back to.");
        }
    }

    /// Takes the terminal again, whatever was done to it.
    fn return_to_terminal(&mut self) {
        if guard::enter(self.app.mouse()).is_err() {
            self.end = Some(End::Gone);
            return;
        }
        self.stale = true;
        self.resize();
        self.clock();
    }

    fn copy(&mut self, text: &SafeText) {
        if !self.session.setup.clipboard {
            let words = "Not copied: the configuration says clipboard = \"off\".";
            return self.say(Gravity::Warning, words);
        }
        let environment = &capability::environment;
        let asked = clipboard::sequence(text)
            .is_some_and(|sequence| guard::send(clipboard::sent(&sequence, environment)).is_ok());
        let by = match (asked, clipboard::give(text, environment)) {
            (true, Some(program)) => format!("OSC 52 and {program}"),
            (true, None) => "OSC 52".to_owned(),
            (false, Some(program)) => program.to_owned(),
            (false, None) => return self.keep_copy(text),
        };
        let by = SafeText::clean(&by);
        self.apply(Message::Copied { by });
    }

    /// What no clipboard takes is put into a file.
    fn keep_copy(&mut self, text: &SafeText) {
        match clipboard::keep(text) {
            Ok(path) => {
                let words = format!("No clipboard takes this much; it is in {}", path.display());
                self.say(Gravity::Warning, &words);
            }
            Err(problem) => self.say(Gravity::Error, &format!("Not copied: {problem}.")),
        }
    }

    fn edit(&mut self, ticket: Ticket, text: &str) {
        let configured = Some(self.session.setup.editor.as_str());
        let Some(program) = editor::program(configured, &capability::environment) else {
            self.say(
                Gravity::Warning,
                "No editor: set EDITOR, or editor in [programs] of the configuration.",
            );
            return self.apply(Message::Edited { ticket, text: None });
        };
        self.session.reader.rest();
        guard::leave();
        super::test_panic("editor");
        let edited = editor::edit(&program, text);
        self.session.reader.resume();
        self.return_to_terminal();
        let text = match edited {
            Ok(text) => text,
            Err(error) => {
                self.say(Gravity::Error, &format!("The note is as it was: {error}."));
                None
            }
        };
        self.apply(Message::Edited { ticket, text });
    }

    fn say(&mut self, gravity: Gravity, words: &str) {
        let text = SafeText::clean_line(words);
        self.apply(Message::Notice { gravity, text });
    }
}

/// How long until this second of the clock begins.
fn until(second: i64) -> Duration {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let then = Duration::from_secs(u64::try_from(second).unwrap_or(0));
    then.saturating_sub(now).max(Duration::from_millis(1))
}
