//! Folders with all below them, in the order of their names. Hidden files, pictures and style sheets are passed over in
//! silence, since folders are full of them; links are not followed, so that no loop and no way out exists. A folder that
//! is followed is known again by a fingerprint of names, sizes and times, and of a changed one only what is new is read.

use std::fs::Metadata;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::file::{self, Place, words};
use super::{Problem, Read, Sink, limits};

/// Reads everything below `root`, or what has come, changed or been moved there since `since` (seconds since the epoch).
pub fn read(root: &Path, since: Option<i64>, sink: Sink<'_>) -> ControlFlow<()> {
    let source = root.file_name().map(|n| n.to_string_lossy().into_owned());
    // Whether all below a folder is read: all is, where no time is given or the folder itself may have been moved here.
    let mut waiting = vec![(root.to_path_buf(), 0, since.is_none())];
    while let Some((path, depth, all)) = waiting.pop() {
        let place = Place {
            path: path.to_string_lossy().into_owned(),
            source: source.clone(),
        };
        let about = match std::fs::symlink_metadata(&path) {
            Ok(about) => about,
            Err(error) => {
                sink(place.problem(&words(&error)))?;
                continue;
            }
        };
        if depth == 0 || about.is_dir() {
            if depth > limits::FOLDERS {
                sink(place.problem("too many folders within each other"))?;
                continue;
            }
            match children(&path) {
                // Reversed, since the last one pushed is the first one read.
                Ok(paths) => {
                    let all = all || (depth > 0 && !is_mailbox(&path) && is_newer(&about, since));
                    waiting.extend(paths.into_iter().rev().map(|p| (p, depth + 1, all)));
                }
                Err(error) => sink(Read::Problem(Problem::new(&place.path, &words(&error))))?,
            }
        } else if !all && !is_newer(&about, since) {
            // Read before.
        } else if about.is_symlink() {
            sink(place.problem("a symbolic link in a folder is not followed; name it to read it"))?;
        } else {
            file::file(&path, &place, sink)?;
        }
    }
    ControlFlow::Continue(())
}

/// Whether something came, was changed or was moved after `since`.
fn is_newer(about: &Metadata, since: Option<i64>) -> bool {
    #[cfg(unix)]
    let changed = std::os::unix::fs::MetadataExt::ctime(about);
    // Elsewhere nobody can say: it is read again.
    #[cfg(not(unix))]
    let changed = {
        let _ = about;
        i64::MAX
    };
    since.is_none_or(|since| changed >= since)
}

/// A Maildir's folders change with every mail and are never moved alone.
fn is_mailbox(folder: &Path) -> bool {
    folder
        .file_name()
        .is_some_and(|name| name == "new" || name == "cur")
}

/// What tells that a file, or a folder with all below it, is as it was: names, sizes and times. `None` where it is
/// not there.
pub fn fingerprint(root: &Path) -> Option<String> {
    let mut hasher = DefaultHasher::new();
    let mut waiting = vec![(root.to_path_buf(), 0)];
    let first = std::fs::metadata(root).ok()?;
    while let Some((path, depth)) = waiting.pop() {
        let about = match depth {
            0 => first.clone(),
            _ => match std::fs::symlink_metadata(&path) {
                Ok(about) => about,
                Err(_) => continue,
            },
        };
        path.hash(&mut hasher);
        if about.is_dir() {
            let below = if depth > limits::FOLDERS {
                Vec::new()
            } else {
                children(&path).unwrap_or_default()
            };
            waiting.extend(below.into_iter().map(|p| (p, depth + 1)));
        } else {
            (about.len(), about.modified().ok()).hash(&mut hasher);
        }
    }
    Some(format!("{:016x}", hasher.finish()))
}

/// What is in a folder and may hold releases, in the order of the names.
fn children(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| !passed_over(path))
        .collect();
    paths.sort();
    // A Maildir's `tmp` holds mails that are still being delivered.
    let has = |name: &str| {
        paths
            .iter()
            .any(|p| p.file_name().is_some_and(|n| n == name))
    };
    if has("cur") && has("new") {
        paths.retain(|p| p.file_name().is_none_or(|n| n != "tmp"));
    }
    Ok(paths)
}

fn passed_over(path: &Path) -> bool {
    const OTHER: &[&str] = &[
        "png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "bmp", "tif", "tiff", "css", "js",
        "mjs", "map", "woff", "woff2", "ttf", "eot", "mp3", "mp4", "m4a", "mov", "avi", "webm",
        "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "tsv", "csv", "toml", "yaml", "yml",
        "py", "sh", "rs", "log", "lock", "sqlite", "db",
    ];
    let hidden = path
        .file_name()
        .is_some_and(|n| n.to_string_lossy().starts_with('.'));
    let extension = path
        .extension()
        .map(|e| e.to_string_lossy().to_ascii_lowercase());
    hidden || extension.is_some_and(|e| OTHER.contains(&e.as_str()))
}
