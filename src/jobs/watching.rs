//! Notices that the library's file is written, so that a change made by another instance shows without a poll: the
//! thread sleeps in the kernel until the write-ahead log changes or the end comes. Linux only; elsewhere the change
//! shows with the user's next one.

#[cfg(target_os = "linux")]
pub(super) use linux::{Watch, start};

#[cfg(target_os = "linux")]
mod linux {
    use std::mem::MaybeUninit;
    use std::os::fd::OwnedFd;
    use std::path::Path;
    use std::sync::Arc;
    use std::thread::JoinHandle;

    use crossbeam_channel::Sender;
    use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};
    use rustix::fs::inotify;

    use crate::jobs::writing::Yours;

    /// The watching thread. Dropping it ends it.
    pub struct Watch {
        end: Arc<OwnedFd>,
        thread: Option<JoinHandle<()>>,
    }

    impl Drop for Watch {
        fn drop(&mut self) {
            let _ = rustix::io::write(&self.end, &1_u64.to_ne_bytes());
            if let Some(thread) = self.thread.take() {
                let _ = thread.join();
            }
        }
    }

    /// Starts watching the library at `path`; `None` where the system does not let us (too many watches).
    pub fn start(path: &Path, yours: Sender<Yours>) -> Option<Watch> {
        let directory = path
            .parent()
            .filter(|d| !d.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let name = format!("{}-wal", path.file_name()?.to_string_lossy());
        let watch = inotify::init(inotify::CreateFlags::CLOEXEC).ok()?;
        inotify::add_watch(&watch, directory, inotify::WatchFlags::MODIFY).ok()?;
        let end = Arc::new(eventfd(0, EventfdFlags::CLOEXEC).ok()?);
        let ending = Arc::clone(&end);
        let thread = std::thread::Builder::new()
            .name("watching".to_owned())
            .spawn(move || run(&watch, &ending, &name, &yours))
            .ok()?;
        Some(Watch {
            end,
            thread: Some(thread),
        })
    }

    fn run(watch: &OwnedFd, end: &OwnedFd, name: &str, yours: &Sender<Yours>) {
        loop {
            let mut both = [
                PollFd::new(watch, PollFlags::IN),
                PollFd::new(end, PollFlags::IN),
            ];
            if poll(&mut both, None).is_err_and(|problem| problem != rustix::io::Errno::INTR) {
                return;
            }
            if !both[1].revents().is_empty() {
                return;
            }
            if both[0].revents().is_empty() {
                continue;
            }
            let mut buffer = [MaybeUninit::uninit(); 4096];
            let mut events = inotify::Reader::new(watch, &mut buffer);
            let mut written = false;
            while let Ok(event) = events.next() {
                written |= event
                    .file_name()
                    .is_some_and(|file| file.to_bytes() == name.as_bytes());
                if events.is_buffer_empty() {
                    break;
                }
            }
            // One look is enough for everything that was written before it.
            if written && yours.is_empty() && yours.send(Yours::Look).is_err() {
                return;
            }
        }
    }
}
