//! Folders with all below them, in the order of their names. Hidden files, pictures and style sheets are passed over in
//! silence, since folders are full of them; links are not followed, so that no loop and no way out exists.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::file::{self, Place, words};
use super::{Problem, Read, Sink, limits};

/// Reads everything below `root`.
pub fn read(root: &Path, sink: Sink<'_>) -> ControlFlow<()> {
    let source = root.file_name().map(|n| n.to_string_lossy().into_owned());
    let mut waiting = vec![(root.to_path_buf(), 0)];
    while let Some((path, depth)) = waiting.pop() {
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
                Ok(paths) => waiting.extend(paths.into_iter().rev().map(|p| (p, depth + 1))),
                Err(error) => sink(Read::Problem(Problem::new(&place.path, &words(&error))))?,
            }
        } else if about.is_symlink() {
            sink(place.problem("a symbolic link in a folder is not followed; name it to read it"))?;
        } else {
            file::file(&path, &place, sink)?;
        }
    }
    ControlFlow::Continue(())
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
