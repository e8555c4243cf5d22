//! Search as one types, as the eyes have it: the real binary on a pty of 120 by 36 cells, one key after the other, each
//! sent when the last was answered. Two times a key: until the list shows what it goes on to show, colours and all, and
//! until the last byte of what the key brought (the count above, the release that is chosen, its names). It refuses to
//! guess: a key after which the list stays as it was is reported apart, with its last byte.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const ROWS: NonZero<u16> = NonZero::new(36).unwrap();
const COLUMNS: NonZero<u16> = NonZero::new(120).unwrap();
/// Columns that belong to the list and nothing else.
const LIST: u16 = 40;
/// After so long without a byte a key is answered.
const QUIET: Duration = Duration::from_millis(60);
/// After so long the program is at rest.
const STILL: Duration = Duration::from_millis(500);
/// Nothing takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the keys took.
#[derive(Default)]
pub struct Typed {
    /// Until the list shows what it goes on to show.
    pub painted: Vec<Duration>,
    /// Until the last byte that the key brought.
    pub answered: Vec<Duration>,
    /// As `answered`, of keys that changed nothing in the list.
    pub unchanged: Vec<Duration>,
    /// Each key's time to paint, with what had been typed by then.
    pub keys: Vec<(Duration, String)>,
}

/// Types each of `queries` into the search of the library in `data`, key by key.
pub fn type_all(data: &Path, queries: &[&str]) -> Typed {
    let pair = native_pty_system()
        .openpty(PtySize {
            rows: ROWS.get(),
            cols: COLUMNS.get(),
            pixel_width: 0,
            pixel_height: 0,
        })
        .expect("a pty");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(["--data-dir", &data.display().to_string()]);
    command.env("TERM", "xterm-256color");
    command.env("COLORTERM", "truecolor");
    let mut child = pair.slave.spawn_command(command).expect("started");
    let mut output = pair.master.try_clone_reader().expect("its output");
    let (sender, bytes) = channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 1 << 16];
        while let Ok(count @ 1..) = output.read(&mut buffer) {
            if sender
                .send((Instant::now(), buffer[..count].to_vec()))
                .is_err()
            {
                break;
            }
        }
    });
    let mut terminal = Terminal {
        keys: pair.master.take_writer().expect("its input"),
        bytes,
        screen: vt100::Parser::new(ROWS, COLUMNS, 0),
    };
    terminal.settle(PATIENCE);
    let mut typed = Typed::default();
    for query in queries {
        terminal.press("/");
        for (at, key) in query.char_indices() {
            let so_far = &query[..at + key.len_utf8()];
            let answer = terminal.press(key.encode_utf8(&mut [0; 4]));
            typed.answered.push(answer.last);
            match answer.painted {
                Some(painted) => {
                    typed.painted.push(painted);
                    typed.keys.push((painted, so_far.to_owned()));
                }
                None => typed.unchanged.push(answer.last),
            }
        }
        terminal.press("\x1b");
        terminal.settle(STILL);
    }
    let _ = child.kill();
    let _ = child.wait();
    typed
}

struct Terminal {
    keys: Box<dyn Write + Send>,
    bytes: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
}

/// What a key brought.
struct Answer {
    /// Until the list showed what it went on to show; nothing where it stayed as it was.
    painted: Option<Duration>,
    /// Until the last byte.
    last: Duration,
}

impl Terminal {
    /// Waits until nothing more comes, for what comes first so long.
    fn settle(&mut self, mut wait: Duration) {
        while let Some((_, bytes)) = self.next(wait) {
            self.take(&bytes);
            wait = STILL;
        }
    }

    fn press(&mut self, key: &str) -> Answer {
        let before = self.list();
        let pressed = Instant::now();
        self.keys.write_all(key.as_bytes()).expect("typed");
        self.keys.flush().expect("typed");
        let (mut shown, mut since, mut last) = (before.clone(), None, Duration::ZERO);
        let mut wait = PATIENCE;
        while let Some((at, bytes)) = self.next(wait) {
            self.take(&bytes);
            last = at - pressed;
            let list = self.list();
            if list != shown {
                shown = list;
                since = Some(last);
            }
            wait = QUIET;
        }
        Answer {
            painted: since.filter(|_| shown != before),
            last,
        }
    }

    fn next(&self, wait: Duration) -> Option<(Instant, Vec<u8>)> {
        match self.bytes.recv_timeout(wait) {
            Ok(bytes) => Some(bytes),
            Err(RecvTimeoutError::Timeout) if wait < PATIENCE => None,
            Err(problem) => panic!("the program does not answer: {problem}"),
        }
    }

    /// Takes bytes in, and answers what a program asks of its terminal.
    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        for (question, answer) in [
            (&b"\x1b[6n"[..], &b"\x1b[1;1R"[..]),
            (b"\x1b[c", b"\x1b[?62;22c"),
        ] {
            if bytes.windows(question.len()).any(|some| some == question) {
                let _ = self.keys.write_all(answer);
            }
        }
    }

    /// The list's cells below the line in which one types, and above the footer: what they say and in which style.
    fn list(&self) -> Vec<(String, vt100::Color, bool)> {
        let screen = self.screen.screen();
        (1..ROWS.get() - 1)
            .flat_map(|row| (0..LIST).map(move |column| (row, column)))
            .filter_map(|(row, column)| screen.cell(row, column))
            .map(|cell| (cell.contents().to_owned(), cell.fgcolor(), cell.bold()))
            .collect()
    }
}
