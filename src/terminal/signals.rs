//! Signals and the vanished window, each on a thread of its own that sleeps until something happens. The drawing
//! thread is told and acts; where it does not (it hangs), these threads restore the terminal and end the process.
//! Nothing here runs inside a signal's context.

use std::thread;
use std::time::Duration;

use crossbeam_channel::Sender;
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::guard;

/// The drawing thread has this long to act on a signal that ends the program: whoever closed the window waits no more
/// than two seconds for it.
const GRACE: Duration = Duration::from_millis(1_800);

/// What the outside did to the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// End, with this signal's number.
    End(i32),
    /// Stop until continued.
    Stop,
    /// Continued: the terminal may have been used by others.
    Continue,
    /// The window has another size.
    Resize,
    /// The terminal is gone.
    Gone,
}

/// Starts listening. Signals arrive on `sender` for as long as the process lives.
///
/// # Errors
/// Where the handlers can't be installed.
pub fn listen(sender: Sender<Signal>) -> std::io::Result<()> {
    // A file-size limit is an error of the write that met it, not the end of the process.
    signal_hook::flag::register(
        signal_hook::consts::signal::SIGXFSZ,
        std::sync::Arc::default(),
    )?;
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let watcher = sender.clone();
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for number in signals.forever() {
                let signal = match number {
                    SIGTSTP => Signal::Stop,
                    SIGCONT => Signal::Continue,
                    SIGWINCH => Signal::Resize,
                    _ => Signal::End(number),
                };
                if sender.send(signal).is_err() {
                    return;
                }
                if let Signal::End(number) = signal {
                    insist(128 + number);
                }
            }
        })?;
    thread::Builder::new()
        .name("window".to_owned())
        .spawn(move || {
            if vanished() && watcher.send(Signal::Gone).is_ok() {
                insist(128 + SIGHUP);
            }
        })?;
    Ok(())
}

/// Ends the process where the drawing thread has not done so in time.
fn insist(code: i32) {
    let _ = thread::Builder::new()
        .name("insist".to_owned())
        .spawn(move || {
            thread::sleep(GRACE);
            guard::leave();
            std::process::exit(code);
        });
}

/// Sleeps until the terminal hangs up. Asking for no event at all, `poll` wakes only for that.
fn vanished() -> bool {
    loop {
        let mut fds = [PollFd::from_borrowed_fd(
            rustix::stdio::stdout(),
            PollFlags::empty(),
        )];
        match poll(&mut fds, None) {
            Ok(_) => return fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR),
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return false,
        }
    }
}

/// Stops the process group, as Ctrl-Z does for programs that leave the key to the terminal; returns when it is
/// continued. `false`, and nothing done, where no shell stands above that could continue it.
#[must_use]
pub fn stop() -> bool {
    let (own, parent) = (
        rustix::process::getpid(),
        rustix::process::getppid().unwrap_or(rustix::process::Pid::INIT),
    );
    let session = rustix::process::getsid(None).ok();
    if session == Some(own) || rustix::process::getsid(Some(parent)).ok() != session {
        return false;
    }
    rustix::process::kill_current_process_group(rustix::process::Signal::STOP).is_ok()
}
