//! The thread that reads the terminal. It sleeps in `poll` until a byte comes, decodes and sends. It can be told to
//! keep its hands off the terminal while another program (an editor) has it. It ends when the terminal is gone; it
//! never spins on a dead one.

use std::io::{self, PipeReader, PipeWriter};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::decode::{Decoder, Input};
use crate::app::key::MouseKind;

/// How long the rest of a sequence may take where it has begun: a slow line, not a slow finger.
const SEQUENCE_WAIT: Duration = Duration::from_millis(25);
/// Two presses on one cell within this are a double click.
const CLICK_WAIT: Duration = Duration::from_millis(400);
/// So much is read before anything is decoded, where a paste is under way.
const BATCH: usize = 1 << 22;

/// The reading thread, from outside.
#[derive(Debug)]
pub struct InputThread {
    orders: PipeWriter,
    resting: Receiver<()>,
}

impl InputThread {
    /// Starts reading standard input, which must be a terminal. `patient`: over a network a lone Esc byte may be
    /// the head of a sequence, so it waits a moment.
    ///
    /// # Errors
    /// Where neither a pipe nor a thread can be made.
    pub fn start(sender: Sender<Input>, patient: bool) -> io::Result<Self> {
        let (theirs, orders) = io::pipe()?;
        let (rested, resting) = bounded(1);
        thread::Builder::new()
            .name("input".to_owned())
            .spawn(move || {
                Reader {
                    sender,
                    orders: theirs,
                    rested,
                    patient,
                    decoder: Decoder::default(),
                    clicks: Clicks::default(),
                }
                .run();
            })?;
        Ok(Self { orders, resting })
    }

    /// Takes the thread's hands off the terminal; returns when they are.
    pub fn rest(&self) {
        if rustix::io::write(&self.orders, b"-").is_ok() {
            let _ = self.resting.recv_timeout(Duration::from_secs(1));
        }
    }

    /// Lets it read again.
    pub fn resume(&self) {
        let _ = rustix::io::write(&self.orders, b"+");
    }
}

struct Reader {
    sender: Sender<Input>,
    orders: PipeReader,
    rested: Sender<()>,
    patient: bool,
    decoder: Decoder,
    clicks: Clicks,
}

/// What woke the reader.
enum Woken {
    Bytes,
    Order,
    Nothing,
    Gone,
}

impl Reader {
    fn run(&mut self) {
        let mut bytes = vec![0; 1 << 16];
        loop {
            let wait = (self.decoder.waiting() > 0).then_some(SEQUENCE_WAIT);
            let inputs = match self.wait(wait) {
                Woken::Gone => return,
                Woken::Order if self.obey() => continue,
                Woken::Order => return,
                Woken::Nothing => self.decoder.settle(),
                Woken::Bytes => match self.read(&mut bytes) {
                    Some(inputs) => inputs,
                    None => return,
                },
            };
            for input in inputs {
                let input = self.clicks.count(input, Instant::now());
                if self.sender.send(input).is_err() {
                    return;
                }
            }
        }
    }

    fn wait(&self, limit: Option<Duration>) -> Woken {
        let mut fds = [
            PollFd::from_borrowed_fd(rustix::stdio::stdin(), PollFlags::IN),
            PollFd::new(&self.orders, PollFlags::IN),
        ];
        let timeout = limit.and_then(|limit| Timespec::try_from(limit).ok());
        match poll(&mut fds, timeout.as_ref()) {
            Ok(0) => Woken::Nothing,
            Ok(_) if fds[1].revents().contains(PollFlags::IN) => Woken::Order,
            Ok(_) if fds[0].revents().contains(PollFlags::IN) => Woken::Bytes,
            Ok(_) => Woken::Gone,
            Err(rustix::io::Errno::INTR) => self.wait(limit),
            Err(_) => Woken::Gone,
        }
    }

    /// Rests until told to go on; `false` where the other side is gone.
    fn obey(&mut self) -> bool {
        let mut order = [0];
        if !matches!(rustix::io::read(&self.orders, &mut order), Ok(1)) {
            return false;
        }
        if order == *b"-" {
            self.decoder = Decoder::default();
            let _ = self.rested.send(());
            while order != *b"+" {
                if !matches!(rustix::io::read(&self.orders, &mut order), Ok(1)) {
                    return false;
                }
            }
        }
        true
    }

    /// Reads what is there and decodes it; a paste is read until it pauses, so that its true end is known.
    fn read(&mut self, bytes: &mut [u8]) -> Option<Vec<Input>> {
        let mut count = read_some(bytes)?;
        let paste =
            self.decoder.pasting() || memchr::memmem::find(&bytes[..count], b"\x1b[200~").is_some();
        if paste {
            let mut batch = bytes[..count].to_vec();
            while batch.len() < BATCH
                && matches!(self.wait(Some(Duration::from_millis(5))), Woken::Bytes)
            {
                count = read_some(bytes)?;
                batch.extend_from_slice(&bytes[..count]);
            }
            return Some(self.decoder.feed(&batch));
        }
        let mut inputs = self.decoder.feed(&bytes[..count]);
        if !self.patient && self.decoder.waiting() == 1 && bytes[count - 1] == 0x1B {
            inputs.extend(self.decoder.settle());
        }
        Some(inputs)
    }
}

/// Reads once; `None` where the terminal is gone.
fn read_some(bytes: &mut [u8]) -> Option<usize> {
    loop {
        match rustix::io::read(rustix::stdio::stdin(), &mut *bytes) {
            Ok(0) => return None,
            Ok(count) => return Some(count),
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Err(_) => return None,
        }
    }
}

/// Counts presses on one cell.
#[derive(Debug, Default)]
struct Clicks {
    last: Option<(u16, u16, Instant)>,
    count: u8,
}

impl Clicks {
    fn count(&mut self, input: Input, now: Instant) -> Input {
        let Input::Mouse {
            column,
            row,
            kind: MouseKind::Press,
        } = input
        else {
            return input;
        };
        let again = self
            .last
            .is_some_and(|(x, y, then)| (x, y) == (column, row) && now - then < CLICK_WAIT);
        self.count = if again { self.count % 3 + 1 } else { 1 };
        self.last = Some((column, row, now));
        let kind = match self.count {
            1 => MouseKind::Press,
            2 => MouseKind::Double,
            _ => MouseKind::Triple,
        };
        Input::Mouse { column, row, kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clicks_are_counted_on_one_cell_within_a_moment() {
        let mut clicks = Clicks::default();
        let start = Instant::now();
        let mut press = |column, after: u64| {
            let input = Input::Mouse {
                column,
                row: 1,
                kind: MouseKind::Press,
            };
            let Input::Mouse { kind, .. } =
                clicks.count(input, start + Duration::from_millis(after))
            else {
                unreachable!("a press stays a mouse event")
            };
            kind
        };
        assert_eq!(press(1, 0), MouseKind::Press);
        assert_eq!(press(1, 100), MouseKind::Double);
        assert_eq!(press(1, 200), MouseKind::Triple);
        assert_eq!(press(1, 300), MouseKind::Press);
        assert_eq!(press(1, 900), MouseKind::Press);
        assert_eq!(press(2, 950), MouseKind::Press);
    }
}
