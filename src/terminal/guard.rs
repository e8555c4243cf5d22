//! Entering and leaving the terminal. What is entered here is left on every way out: the normal one, a panic, a
//! signal, a suspension. The state lives in two atomics because a panic hook and a signal thread must reach it. It
//! writes nothing but the fixed sequences below, and leaves at most once for each entering.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// Whether the terminal is ours now.
static HELD: AtomicBool = AtomicBool::new(false);
/// Whether kitty's keyboard flags were pushed and must be popped.
static KITTY: AtomicBool = AtomicBool::new(false);
/// Whether the mouse was asked for.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Alternate screen, no cursor, focus events, bracketed paste.
const ENTER: &str = "\x1b[?1049h\x1b[?25l\x1b[?1004h\x1b[?2004h";
/// Presses, drags and the wheel, in SGR form; no events for mere movement, so that an idle mouse wakes nobody.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// DISAMBIGUATE: Esc and Alt, Ctrl-I and Tab become different keys. No binding needs it.
const KITTY_ON: &str = "\x1b[>1u";
const KITTY_OFF: &str = "\x1b[<u";
/// An open synchronised update is closed first; then colours, paste, focus events, cursor, screen.
const LEAVE: &str = "\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?1004l\x1b[?25h\x1b[?1049l";

/// Takes the terminal: raw mode, alternate screen, and the mouse where it is wanted.
///
/// # Errors
/// Where the terminal's mode can't be set.
pub fn enter(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    HELD.store(true, Ordering::SeqCst);
    MOUSE.store(mouse, Ordering::SeqCst);
    let kitty = if KITTY.load(Ordering::SeqCst) {
        KITTY_ON
    } else {
        ""
    };
    send([ENTER, if mouse { MOUSE_ON } else { "" }, kitty].concat())
}

/// Pushes kitty's keyboard flags; the terminal has said that it knows them.
///
/// # Errors
/// Where the terminal can't be written to.
pub fn enable_kitty() -> io::Result<()> {
    if KITTY.swap(true, Ordering::SeqCst) {
        return Ok(());
    }
    send(KITTY_ON)
}

/// Switches the mouse on or off while the terminal is held.
///
/// # Errors
/// Where the terminal can't be written to.
pub fn set_mouse(on: bool) -> io::Result<()> {
    if MOUSE.swap(on, Ordering::SeqCst) == on {
        return Ok(());
    }
    send(if on { MOUSE_ON } else { MOUSE_OFF })
}

/// Gives the terminal back. Does nothing where it is not held; never fails, for there is nobody left to tell.
/// `kitty` remembers for the next entering whether the flags were on.
pub fn leave() {
    if !HELD.swap(false, Ordering::SeqCst) {
        return;
    }
    let kitty = if KITTY.load(Ordering::SeqCst) {
        KITTY_OFF
    } else {
        ""
    };
    let mouse = if MOUSE.load(Ordering::SeqCst) {
        MOUSE_OFF
    } else {
        ""
    };
    let _ = send([kitty, mouse, LEAVE].concat());
    let _ = disable_raw_mode();
}

/// Writes past the buffer of the standard library, whose lock a panicking thread may hold.
pub fn send(bytes: impl AsRef<[u8]>) -> io::Result<()> {
    let mut rest = bytes.as_ref();
    let out = rustix::stdio::stdout();
    while !rest.is_empty() {
        match rustix::io::write(out, rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => rest = &rest[count..],
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Holds the terminal until dropped, whatever ends the block it lives in.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal.
    ///
    /// # Errors
    /// Where the terminal's mode can't be set.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        enter(mouse)?;
        Ok(Self(()))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}
