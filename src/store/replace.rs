//! Putting a whole file in place of another: whoever reads it sees the old one or the new one, and never a part. Several
//! processes may do it at once; each writes beside the target under a name of its own, so none tears what another writes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

/// No process writes at one file for so long: what is older was left by one that was killed.
const ABANDONED: Duration = Duration::from_hours(1);

/// A file that is written and synced, and stands beside its target until it is put in its place.
pub(super) struct Beside<'a> {
    path: PathBuf,
    target: &'a Path,
    /// What was written, to be compared with another's.
    pub digest: [u8; 32],
}

impl<'a> Beside<'a> {
    /// Writes what `write` writes beside `target`, readable by its owner alone.
    ///
    /// # Errors
    /// Where it could not be written: nothing is left beside the target then.
    pub fn written(
        target: &'a Path,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> std::io::Result<Self> {
        let path = target.with_extension(format!("{}.new", std::process::id()));
        let digest = written(&path, write).inspect_err(|_| {
            // A torn file beside the whole one is of no use to anybody.
            let _ = std::fs::remove_file(&path);
        })?;
        Ok(Self {
            path,
            target,
            digest,
        })
    }

    /// Puts it in the target's place.
    ///
    /// # Errors
    /// Where the target could not be replaced: it is untouched then.
    pub fn put(self) -> std::io::Result<()> {
        std::fs::rename(&self.path, self.target)?;
        clear(self.target);
        if let Some(directory) = self.target.parent().filter(|d| !d.as_os_str().is_empty()) {
            // Where a directory cannot be synced (some file systems), the rename is as durable as it gets.
            let _ = std::fs::File::open(directory).and_then(|directory| directory.sync_all());
        }
        Ok(())
    }

    /// Leaves the target as it is.
    pub fn drop_it(self) {
        let _ = std::fs::remove_file(self.path);
    }
}

/// Takes away what killed processes left beside `target`. What cannot be looked at or taken away stays: it harms nobody.
fn clear(target: &Path) {
    let (Some(directory), Some(stem)) = (target.parent(), target.file_stem()) else {
        return;
    };
    let directory = if directory.as_os_str().is_empty() {
        Path::new(".")
    } else {
        directory
    };
    let Ok(entries) = std::fs::read_dir(directory) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| {
            name.strip_prefix(stem.to_str()?)?
                .strip_prefix('.')?
                .strip_suffix(".new")
        });
        let ours =
            process.is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()));
        let old = || {
            let written = entry.metadata().and_then(|data| data.modified()).ok()?;
            SystemTime::now().duration_since(written).ok()
        };
        if ours && old().is_some_and(|age| age > ABANDONED) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn written(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> std::io::Result<[u8; 32]> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = Digesting {
        file: std::io::BufWriter::new(options.open(path)?),
        digest: Sha256::new(),
    };
    write(&mut out)?;
    let Digesting { file, digest } = out;
    file.into_inner()
        .map_err(std::io::IntoInnerError::into_error)?
        .sync_all()?;
    Ok(digest.finalize().into())
}

/// A writer that takes the digest of what goes through it.
struct Digesting {
    file: std::io::BufWriter<std::fs::File>,
    digest: Sha256,
}

impl Write for Digesting {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.digest.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_process_left_is_cleared_and_what_another_writes_is_not() {
        let directory = tempfile::tempdir().expect("a directory");
        let beside = |name: &str, hours: u64| {
            let path = directory.path().join(name);
            let file = std::fs::File::create(&path).expect("made");
            let then = SystemTime::now() - Duration::from_hours(hours);
            file.set_modified(then).expect("dated");
            path
        };
        let left = beside("yours.4711.new", 2);
        let stays = [
            beside("yours.4712.new", 0),
            beside("yours.new", 2),
            beside("yours.jsonl.4713.new", 2),
            beside("theirs.4714.new", 2),
        ];
        let target = directory.path().join("yours.jsonl");
        let one = Beside::written(&target, |out| out.write_all(b"new")).expect("written");
        one.put().expect("put");
        assert!(!left.exists());
        assert!(stays.iter().all(|path| path.exists()));
    }

    #[test]
    fn the_old_file_stands_until_the_new_one_is_whole() {
        let directory = tempfile::tempdir().expect("a directory");
        let target = directory.path().join("yours.jsonl");
        std::fs::write(&target, "old").expect("written");
        let failed = Beside::written(&target, |out| {
            out.write_all(b"half")?;
            Err(std::io::Error::other("no more"))
        });
        assert!(failed.is_err());
        assert_eq!(std::fs::read(&target).expect("there"), b"old");
        let one = Beside::written(&target, |out| out.write_all(b"new")).expect("written");
        let digest = one.digest;
        assert_eq!(std::fs::read(&target).expect("there"), b"old");
        one.put().expect("put");
        assert_eq!(std::fs::read(&target).expect("there"), b"new");
        let same = Beside::written(&target, |out| out.write_all(b"new")).expect("written");
        assert_eq!(same.digest, digest);
        same.drop_it();
        let left = std::fs::read_dir(directory.path()).expect("listed").count();
        assert_eq!(left, 1, "nothing stays beside it");
    }
}
