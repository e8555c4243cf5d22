//! The real binary on a real terminal: start, resize, signals, panics, what is no terminal. Every byte that leaves it
//! is held against a grammar of what it may send. Tests wait for what is on the screen, with a deadline, and never for
//! a time to pass.

mod hostile;
mod opener;
mod together;

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};

const BINARY: &str = env!("CARGO_BIN_EXE_dateline");
/// The program under test: the one of this build, or the one that DATELINE_SMOKE_BIN names (a release build).
fn binary() -> &'static str {
    static NAMED: std::sync::OnceLock<Option<String>> = std::sync::OnceLock::new();
    NAMED
        .get_or_init(|| std::env::var("DATELINE_SMOKE_BIN").ok())
        .as_deref()
        .unwrap_or(BINARY)
}

/// Nothing that these tests wait for takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program on a terminal of its own.
struct Session {
    master: Box<dyn MasterPty + Send>,
    slave: Option<Box<dyn portable_pty::SlavePty + Send>>,
    writer: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    exit: Receiver<portable_pty::ExitStatus>,
    pid: u32,
    screen: vt100::Parser,
    raw: Vec<u8>,
    _data: tempfile::TempDir,
}

/// How a session is started.
struct Start<'a> {
    program: &'a str,
    arguments: Vec<String>,
    environment: Vec<(&'a str, &'a str)>,
    size: (u16, u16),
}

impl Default for Start<'_> {
    fn default() -> Self {
        Self {
            program: binary(),
            arguments: Vec::new(),
            environment: Vec::new(),
            size: (100, 30),
        }
    }
}

impl Session {
    /// dateline on its samples.
    fn start() -> Self {
        Self::with(Start::default())
    }

    fn with(start: Start<'_>) -> Self {
        let data = tempfile::tempdir().unwrap();
        let (cols, rows) = start.size;
        let pair = native_pty_system().openpty(size(cols, rows)).unwrap();
        let mut command = CommandBuilder::new(start.program);
        for argument in &start.arguments {
            command.arg(argument.replace("{data}", &data.path().display().to_string()));
        }
        if start.program == binary() {
            command.args(["--data-dir", &data.path().display().to_string()]);
        }
        command.env_clear();
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("COLORTERM", "truecolor"),
            ("LANG", "C.UTF-8"),
            ("TZ", "UTC"),
            ("PATH", "/usr/bin:/bin"),
            ("PS1", "shell> "),
        ] {
            command.env(name, value);
        }
        command.env("HOME", data.path());
        for (name, value) in &start.environment {
            command.env(name, value);
        }
        let mut child = pair.slave.spawn_command(command).unwrap();
        let pid = child.process_id().unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let (ended, exit) = channel();
        std::thread::spawn(move || {
            if let Ok(status) = child.wait() {
                let _ = ended.send(status);
            }
        });
        Self {
            writer: pair.master.take_writer().unwrap(),
            master: pair.master,
            slave: Some(pair.slave),
            bytes,
            exit,
            pid,
            screen: vt100::Parser::new(at_least_one(rows), at_least_one(cols), 0),
            raw: Vec::new(),
            _data: data,
        }
    }

    /// Waits until the screen is as `wanted` says.
    fn until(&mut self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !wanted(self.screen.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.bytes.recv_timeout(left) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.raw.extend(bytes);
                }
                Err(_) => panic!(
                    "never saw {what}; the screen:\n{}",
                    self.screen.screen().contents()
                ),
            }
        }
    }

    fn until_text(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    /// Opens the help and closes it: keys are answered.
    fn help_and_back(&mut self) {
        self.keys("?");
        self.until_text("EVERYWHERE");
        self.keys("\x1b");
        // Half a repaint lacks the words, too: the line below comes last.
        self.until("the help is gone", |screen| {
            let contents = screen.contents();
            !contents.contains("EVERYWHERE") && contents.contains("? help")
        });
    }

    fn keys(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    fn resize(&mut self, cols: u16, rows: u16) {
        self.master.resize(size(cols, rows)).unwrap();
        self.screen
            .screen_mut()
            .set_size(at_least_one(rows), at_least_one(cols));
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.pid.to_string()])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Waits for the end; gives the exit code.
    fn ended(&mut self) -> u32 {
        let status = self
            .exit
            .recv_timeout(PATIENCE)
            .expect("the program does not end");
        // The reader ends with the last slave.
        self.slave = None;
        while let Ok(bytes) = self.bytes.recv_timeout(PATIENCE) {
            self.screen.process(&bytes);
            self.raw.extend(bytes);
        }
        status.exit_code()
    }

    /// The terminal is as a shell wants it, and nothing was sent that may not be.
    fn assert_restored(&mut self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "still in the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_allowed(&self.raw);
    }

    /// Whether the terminal edits lines and echoes, as before a program takes it.
    fn cooked(&self) -> bool {
        let modes = self.master.get_termios().expect("a terminal");
        let local = format!("{:?}", modes.local_flags);
        local.contains("ICANON") && local.contains("ECHO")
    }
}

/// The emulator has no screen without cells.
fn at_least_one(cells: u16) -> std::num::NonZero<u16> {
    std::num::NonZero::new(cells).unwrap_or(std::num::NonZero::<u16>::MIN)
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// The sequences that dateline may send, beside printable text.
const ALLOWED: &str = concat!(
    r"\x1b\[\?(1049|25|1000|1002|1004|1006|2004|2026)[hl]", // screen, cursor, mouse, focus, paste, frames
    r"|\x1b\[[0-9;:]*m",                                    // colours and attributes
    r"|\x1b\[[0-9]*(;[0-9]*)?H",                            // to a cell
    r"|\x1b\[[0-2]?J",                                      // clear
    r"|\x1b\]11;\?\x1b\\|\x1b\[\?u|\x1b\[c",                // the three questions
    r"|\x1b\[>1u|\x1b\[<u",                                 // kitty's keyboard flags
    r"|\x1b\]52;c;[A-Za-z0-9+/=]*\x1b\\",                   // the clipboard
);

/// Fails on the first byte that is neither printable text nor an allowed sequence.
fn assert_allowed(raw: &[u8]) {
    let text = String::from_utf8_lossy(raw);
    let allowed = regex::Regex::new(ALLOWED).unwrap();
    let rest = allowed.replace_all(&text, "");
    let wrong = rest.char_indices().find(|(_, c)| {
        c.is_control() && !matches!(c, '\r' | '\n')
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}' | '\u{FFFD}')
    });
    if let Some((at, c)) = wrong {
        let near: String = rest[at..].chars().take(40).collect();
        panic!("{c:?} left the program: {near:?}");
    }
}

#[test]
fn the_grammar_knows_good_from_bad() {
    assert_allowed(
        "\x1b[?1049h\x1b[38;2;1;2;3mplain é 界\x1b[0m\x1b[3;4H\x1b]52;c;Zm9v\x1b\\\r\n".as_bytes(),
    );
    for bad in [
        "\x1b]0;title\x07",
        "\x1b]52;c;?\x1b\\",
        "\x1b[6n",
        "a\u{9b}b",
        "\x07",
        "\u{202e}",
        "\x1b]8;;x\x1b\\",
    ] {
        let caught = std::panic::catch_unwind(|| assert_allowed(bad.as_bytes()));
        assert!(caught.is_err(), "{bad:?} passed");
    }
}

#[test]
fn starts_on_the_samples_and_quits() {
    let mut session = Session::start();
    session.until_text("Start here");
    assert!(session.screen.screen().alternate_screen());
    assert!(!session.cooked());
    session.keys("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
}

#[test]
fn any_size_and_back() {
    let mut session = Session::start();
    session.until_text("Start here");
    for (cols, rows) in [
        (1, 1),
        (0, 0),
        (1, 500),
        (500, 1),
        (2, 2),
        (59, 15),
        (300, 100),
    ] {
        session.resize(cols, rows);
        session.keys("kk");
    }
    session.resize(30, 3);
    session.until_text("window too small");
    session.resize(100, 30);
    session.until("the list, its cursor where it was", |screen| {
        let shown = screen.contents();
        shown.contains("Start here") && shown.contains(" of 18") && shown.contains("▌●")
    });
    session.keys("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
}

#[test]
fn signals_that_end_it_restore_the_terminal() {
    for (name, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let mut session = Session::start();
        session.until_text("Start here");
        session.signal(name);
        assert_eq!(session.ended(), code, "{name}");
        session.assert_restored();
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_says_where_the_report_is() {
    let mut session = Session::with(Start {
        environment: vec![("DATELINE_TEST_PANIC", "ui")],
        ..Start::default()
    });
    assert_eq!(session.ended(), 101);
    session.assert_restored();
    let told = session.screen.screen().contents().replace('\n', "");
    assert!(
        told.contains("dateline failed") && told.contains("panic.txt"),
        "{told}"
    );
    assert!(session._data.path().join("reports/panic.txt").is_file());
}

/// One panic on the way out of another ends the process at once: what was to be undone in between was undone before.
#[test]
fn a_panic_while_a_panic_unwinds_leaves_a_usable_shell_all_the_same() {
    let mut session = Session::with(Start {
        environment: vec![("DATELINE_TEST_PANIC", "ui twice")],
        ..Start::default()
    });
    assert_ne!(session.ended(), 0);
    session.assert_restored();
    assert!(session.cooked(), "the shell gets lines, and echoes them");
    let report = session._data.path().join("reports/panic.txt");
    let report = std::fs::read_to_string(report).unwrap();
    assert!(
        report.contains("asked for by") && report.contains("asked for again"),
        "{report}"
    );
}

/// The terminal is the editor's when it happens.
#[test]
fn a_panic_beside_the_editor_says_where_the_report_is() {
    let mut session = Session::with(Start {
        environment: vec![("DATELINE_TEST_PANIC", "editor"), ("EDITOR", "true")],
        ..Start::default()
    });
    session.until_text("Start here");
    session.keys("\rm");
    session.until_text("Note");
    session.keys("\x0f");
    assert_eq!(session.ended(), 101);
    session.assert_restored();
    let told = session.screen.screen().contents().replace('\n', "");
    assert!(told.contains("panic.txt"), "{told}");
}

#[test]
fn a_panic_in_a_worker_leaves_the_screen_alone() {
    let mut session = Session::with(Start {
        environment: vec![("DATELINE_TEST_PANIC", "worker")],
        ..Start::default()
    });
    session.until("the list and the failure", |screen| {
        let shown = screen.contents();
        shown.contains("Start here") && shown.contains("outside: asked for")
    });
    let report = session._data.path().join("reports/panic.txt");
    let report = std::fs::read_to_string(report).unwrap();
    assert!(report.contains("thread outside"), "{report}");
    // The screen goes on: it answers a key.
    session.help_and_back();
    session.keys("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
}

/// dateline under a shell with job control.
fn under_a_shell() -> Session {
    let mut session = Session::with(Start {
        program: "bash",
        arguments: vec!["--norc".into(), "--noprofile".into(), "-i".into()],
        ..Start::default()
    });
    session.until_text("shell> ");
    let data = session._data.path().join("library");
    session.keys(&format!("{BINARY} --data-dir {}\n", data.display()));
    session.until("the list", |screen| {
        screen.alternate_screen() && screen.contents().contains("Start here")
    });
    session
}

#[test]
fn suspends_and_comes_back_at_the_new_size() {
    let mut session = under_a_shell();
    session.keys("\x1a");
    session.until("the shell", |screen| !screen.alternate_screen());
    session.until("the cursor", |screen| !screen.hide_cursor());
    session.until_text("Stopped");
    session.keys("echo so\"ber\"\n");
    session.until_text("sober");
    session.resize(120, 36);
    session.keys("fg\n");
    session.until("the list again", |screen| {
        screen.alternate_screen() && screen.contents().contains("Start here")
    });
    session.help_and_back();
    session.keys("q");
    session.until("the shell after it", |screen| {
        !screen.alternate_screen() && screen.contents().trim_end().ends_with("shell>")
    });
    session.keys("exit\n");
    session.ended();
    assert_allowed_after_shell(&session.raw);
}

/// What the shell itself sends (bracketed paste, its prompt's bell) is not ours to judge.
fn assert_allowed_after_shell(raw: &[u8]) {
    let text = String::from_utf8_lossy(raw)
        .replace('\u{7}', "")
        .replace("\u{1b}[K", "");
    assert_allowed(text.as_bytes());
}

#[test]
fn a_stop_from_outside_is_a_suspension() {
    let mut session = under_a_shell();
    let dateline = children(session.pid);
    let kill = |name: &str, pid: &str| Command::new("kill").args([name, pid]).status().unwrap();
    assert!(kill("-TSTP", &dateline).success());
    session.until("the shell", |screen| !screen.alternate_screen());
    session.until_text("Stopped");
    // The shell continues it. (Continued in the background it would be stopped again for touching the terminal, and
    // whether `fg` comes before or after the shell has noticed is a race of the shell's.)
    session.keys("fg\n");
    session.until("the list again", |screen| {
        screen.alternate_screen() && screen.contents().contains("Start here")
    });
    session.keys("q");
    session.until("the shell after it", |screen| {
        !screen.alternate_screen() && screen.contents().trim_end().ends_with("shell>")
    });
    session.keys("exit\n");
    session.ended();
}

/// The process that a shell has started.
fn children(shell: u32) -> String {
    let path = format!("/proc/{shell}/task/{shell}/children");
    let children = std::fs::read_to_string(path).unwrap();
    children
        .split_whitespace()
        .next()
        .expect("a child")
        .to_owned()
}

#[test]
fn a_window_that_vanishes_ends_it() {
    let mut session = Session::start();
    session.until_text("Start here");
    let exit = session.exit;
    // Both ends of the terminal go away, as when a terminal's window is killed.
    drop((session.slave, session.writer, session.master, session.bytes));
    let status = exit
        .recv_timeout(PATIENCE)
        .expect("the program outlived its window");
    assert_ne!(status.exit_code(), 0);
}

#[test]
fn a_window_that_vanishes_under_a_shell_that_ignores_it() {
    // The shell leads the session and ignores the hang-up, so that dateline gets no signal at all: it must see for
    // itself that its terminal is gone. (Reading from a dead terminal without looking would spin for ever.)
    let mut session = Session::with(Start {
        program: "bash",
        arguments: vec![
            "-c".into(),
            format!("trap '' HUP; {BINARY} --data-dir {{data}}/library; exit 3"),
        ],
        ..Start::default()
    });
    session.until_text("Start here");
    let exit = session.exit;
    let gone = Instant::now();
    drop((session.slave, session.writer, session.master, session.bytes));
    let status = exit
        .recv_timeout(PATIENCE)
        .expect("the program outlived its window");
    assert_eq!(status.exit_code(), 3);
    // Two seconds are promised; what runs beside a test has the rest.
    assert!(gone.elapsed() < Duration::from_secs(6));
}

#[test]
fn a_file_is_opened_and_shown() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("note.txt");
    std::fs::write(
        &path,
        "Quay opens early\n\nBERGEN, March 4, 2026 -- The port opened quay nine on Wednesday.\n",
    )
    .unwrap();
    let mut session = Session::with(Start {
        arguments: vec![path.display().to_string()],
        ..Start::default()
    });
    session.until("the release under Opened", |screen| {
        let shown = screen.contents();
        shown.contains("Opened")
            && shown.contains("Quay opens early")
            && shown.contains("quay nine")
    });
    session.keys("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
}

#[test]
fn an_address_is_read_once_and_opened() {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (asked, requests) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            let read = stream.read(&mut head).unwrap_or(0);
            let _ = asked.send(String::from_utf8_lossy(&head[..read]).into_owned());
            let page = include_str!("data/intake/page.html");
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
                page.len()
            );
        }
    });
    let mut session = Session::with(Start {
        arguments: vec![format!("http://ann:secret@{address}/leeds")],
        ..Start::default()
    });
    session.until("the page, opened", |screen| {
        let shown = screen.contents();
        shown.contains("14 million") && shown.contains("¶") && !shown.contains("secret")
    });
    session.keys("q");
    session.keys("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
    let first = requests.try_recv().expect("one request");
    assert!(first.starts_with("GET /leeds "), "{first}");
    assert!(requests.try_recv().is_err(), "nothing else is asked");
}

#[test]
fn an_address_that_does_not_answer_is_told() {
    // A port that was free a moment ago.
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let mut session = Session::with(Start {
        arguments: vec![format!("http://{closed}/x")],
        ..Start::default()
    });
    session.until("why", |screen| screen.contents().contains("cannot connect"));
    session.keys("q");
    session.keys("q");
    assert_eq!(session.ended(), 0);
}

#[test]
fn a_file_that_is_in_the_library_already_is_shown_there() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("releases");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("note.txt");
    std::fs::write(
        &path,
        "Quay opens early\n\nBERGEN, March 4, 2026 -- The port opened quay nine on Wednesday.\n",
    )
    .unwrap();
    let data = dir.path().join("data");
    let added = Command::new(BINARY)
        .arg("--data-dir")
        .arg(&data)
        .arg("add")
        .arg(&folder)
        .output();
    assert!(added.unwrap().status.success());
    let mut session = Session::with(Start {
        program: "bash",
        arguments: vec![
            "-c".into(),
            format!(
                "exec {BINARY} --data-dir {} {}",
                data.display(),
                path.display()
            ),
        ],
        ..Start::default()
    });
    session.until("the release where it stands", |screen| {
        let shown = screen.contents();
        shown.contains("All") && shown.contains("¶ 1 of") && shown.contains("quay nine")
    });
    session.keys("q");
    assert_eq!(session.ended(), 0);
}

#[test]
fn a_file_that_is_not_there_is_told_before_anything_is_drawn() {
    let mut session = Session::with(Start {
        arguments: vec!["/no/such/release.txt".into()],
        ..Start::default()
    });
    assert_eq!(session.ended(), 3);
    let told = session.screen.screen().contents();
    assert!(told.contains("no such file"), "{told}");
    assert!(!session.raw.contains(&0x1B));
}

#[test]
fn a_paste_is_text_and_runs_no_key() {
    let mut session = Session::start();
    session.until_text("Start here");
    // Outside a field a paste does nothing, whatever it says; q would quit.
    session.keys("\x1b[200~qqq\x1b[201~qq\x1b[201~");
    session.keys("/");
    session.keys("\x1b[200~zeb\x1b]52;c;eA==\x07ra\nqq\x1b[201~");
    session.until_text("zebra qq");
    session.keys("\x1b");
    session.until("the prompt is gone", |screen| {
        !screen.contents().contains("zebra")
    });
    // Garbage from a mouse and half a character are no keys either.
    session
        .writer
        .write_all(b"\x1b[<999;999;999M\x1b[M!!!\xc3\x1b[<0;1\x07\xff")
        .unwrap();
    session.keys("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
}

#[test]
fn a_great_paste_does_not_hold_the_keys_up() {
    let mut session = Session::start();
    session.until_text("Start here");
    session.keys("/");
    let mut paste = "\x1b[200~".to_owned();
    paste.push_str(&"lorem ipsum ".repeat(90_000));
    paste.push_str("\x1b[201~");
    session.keys(&paste);
    session.until_text("lorem ipsum");
    session.keys("\x1b");
    session.until("the prompt is gone", |screen| {
        !screen.contents().contains("lorem")
    });
    session.keys("q");
    assert_eq!(session.ended(), 0);
}

/// The binary without a terminal: exit code, standard output, standard error.
fn without_a_terminal(environment: &[(&str, &str)], input: Stdio) -> (i32, String, String) {
    let data = tempfile::tempdir().unwrap();
    let out = Command::new(BINARY)
        .arg("--data-dir")
        .arg(data.path())
        .env_remove("TERM")
        .envs(environment.iter().copied())
        .stdin(input)
        .output()
        .unwrap();
    (
        out.status.code().unwrap_or(-1),
        String::from_utf8_lossy(&out.stdout).into_owned(),
        String::from_utf8_lossy(&out.stderr).into_owned(),
    )
}

#[test]
fn without_a_terminal_it_says_what_to_do_instead() {
    let (code, out, err) = without_a_terminal(&[("TERM", "xterm")], Stdio::null());
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("dateline list"), "{err}");
    assert!(!err.contains('\u{1B}'), "{err:?}");
}

#[test]
fn a_terminal_that_places_no_text_is_refused() {
    let mut session = Session::with(Start {
        environment: vec![("TERM", "dumb")],
        ..Start::default()
    });
    assert_eq!(session.ended(), 2);
    let told = session.screen.screen().contents();
    assert!(told.contains("dateline list"), "{told}");
    assert!(!session.raw.contains(&0x1B));
}

#[test]
fn without_colour_nothing_is_coloured() {
    let mut session = Session::with(Start {
        environment: vec![("NO_COLOR", "1")],
        ..Start::default()
    });
    session.until_text("Start here");
    session.keys("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
    let text = String::from_utf8_lossy(&session.raw).into_owned();
    let coloured =
        regex::Regex::new(r"\x1b\[([0-9;]*;)?(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;[0-9;]*)?m").unwrap();
    assert!(!coloured.is_match(&text));
    assert!(text.contains("\x1b[1m"), "weight must remain");
}

#[test]
fn a_broken_configuration_is_told_and_does_not_stop_it() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("config.toml");
    std::fs::write(&path, "[screen]\nmesure = 60\n").unwrap();
    let mut session = Session::with(Start {
        arguments: vec!["--config".into(), path.display().to_string()],
        size: (140, 30),
        ..Start::default()
    });
    session.until_text("Start here");
    session.until_text("config.toml:2");
    session.keys("q");
    session.keys("q");
    assert_eq!(session.ended(), 0);
    assert_eq!(
        std::fs::read_to_string(Path::new(&path)).unwrap(),
        "[screen]\nmesure = 60\n"
    );
}

#[test]
fn it_sleeps_when_nothing_happens() {
    let mut session = Session::start();
    session.until_text("Start here");
    session.keys("j");
    let ticks = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", session.pid)).unwrap();
        let after: Vec<_> = stat[stat.rfind(')').unwrap() + 2..].split(' ').collect();
        after[11].parse::<u64>().unwrap() + after[12].parse::<u64>().unwrap()
    };
    // Background work of the first start ends; then a second without a byte costs no more than a tick.
    let quiet = |session: &Session| session.bytes.recv_timeout(Duration::from_secs(1)).is_err();
    let deadline = Instant::now() + PATIENCE;
    loop {
        let before = ticks();
        if quiet(&session) && ticks() - before <= 1 {
            break;
        }
        assert!(Instant::now() < deadline, "it never comes to rest");
    }
    session.keys("q");
    assert_eq!(session.ended(), 0);
}
