//! From a buffer of cells to bytes: only what changed, one write a frame, between the marks of a synchronised update,
//! so that no terminal ever shows half a frame. The window's size is asked of the kernel alone; where it has none
//! (0 by 0), nothing is drawn.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::guard;

/// The screen as it stands in the terminal.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Collector>>,
    frame: Collector,
    /// What the terminal shows: cells and cursor. `None` until the first frame.
    shown: Option<(Buffer, Option<(u16, u16)>)>,
}

/// Bytes of the frame that is being drawn. Shared, for the terminal owns one end and the screen sends from the other.
#[derive(Clone, Debug, Default)]
struct Collector(Rc<RefCell<Vec<u8>>>);

impl Write for Collector {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Does nothing: a frame is sent whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The window's columns and rows, as the kernel knows them; both 0 where it does not.
#[must_use]
pub fn size() -> (u16, u16) {
    rustix::termios::tcgetwinsize(rustix::stdio::stdout())
        .map_or((0, 0), |size| (size.ws_col, size.ws_row))
}

impl Screen {
    /// A screen of this size, of which nothing is drawn yet.
    ///
    /// # Errors
    /// None that this backend makes: it writes to memory.
    pub fn new((columns, rows): (u16, u16)) -> io::Result<Self> {
        let frame = Collector::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
        let terminal = Terminal::with_options(
            CrosstermBackend::new(frame.clone()),
            TerminalOptions { viewport },
        )?;
        Ok(Self {
            terminal,
            frame,
            shown: None,
        })
    }

    /// Forgets what the terminal shows and takes this size; the next frame is drawn whole, on a cleared window.
    /// (ratatui's own way asks the terminal where its cursor is, and waits for an answer that may never come.)
    ///
    /// # Errors
    /// As [`Screen::new`].
    pub fn renew(&mut self, size: (u16, u16)) -> io::Result<()> {
        *self = Self::new(size)?;
        self.frame.write_all(b"\x1b[0m\x1b[2J")
    }

    /// Draws a frame and sends it. `cursor` is where the hardware cursor goes (screen readers follow it).
    ///
    /// # Errors
    /// Where the terminal can't be written to.
    pub fn draw(
        &mut self,
        cursor: Option<(u16, u16)>,
        draw: impl FnOnce(&mut Buffer),
    ) -> io::Result<()> {
        let buffer = self.terminal.current_buffer_mut();
        draw(buffer);
        // A late answer often changes nothing that is on the screen: then nothing is sent.
        if let Some((cells, at)) = &mut self.shown {
            if *at == cursor && *cells == *buffer {
                buffer.reset();
                return Ok(());
            }
            cells.clone_from(buffer);
            *at = cursor;
        } else {
            self.shown = Some((buffer.clone(), cursor));
        }
        let area = buffer.area;
        let cursor = cursor
            .map(Position::from)
            .filter(|position| area.contains(*position));
        self.terminal.apply_buffer_with_cursor(cursor)?;
        let bytes = std::mem::take(&mut *self.frame.0.borrow_mut());
        if bytes.is_empty() {
            return Ok(());
        }
        guard::send([b"\x1b[?2026h", bytes.as_slice(), b"\x1b[?2026l"].concat())
    }
}
