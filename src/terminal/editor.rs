//! Editing text in the reader's own editor. The program is `$VISUAL`, else `$EDITOR`, else what the configuration
//! names; it is started by its words, never by a shell, on a file of its own that only the user can read.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::capability::Environment;

/// Notes longer than this are cut: a note is not a library.
const LIMIT: u64 = 1 << 20;

/// The editor's program and arguments; `None` where none is named.
#[must_use]
pub fn program(configured: Option<&str>, environment: Environment<'_>) -> Option<Vec<String>> {
    let named = configured
        .map(str::to_owned)
        .filter(|words| !words.trim().is_empty())
        .or_else(|| environment("VISUAL").filter(|words| !words.trim().is_empty()))
        .or_else(|| environment("EDITOR").filter(|words| !words.trim().is_empty()))?;
    Some(named.split_whitespace().map(str::to_owned).collect())
}

/// Lets the user edit `text`; `None` where it was left as it was.
///
/// # Errors
/// Where the file can't be written or read, or the program can't be started or reports failure.
pub fn edit(program: &[String], text: &str) -> io::Result<Option<String>> {
    let path = scratch(text)?;
    let result = run(program, &path).and_then(|()| read(&path));
    let _ = fs::remove_file(&path);
    let edited = result?;
    let edited = edited.strip_suffix('\n').unwrap_or(&edited);
    Ok((edited != text).then(|| edited.to_owned()))
}

/// A new file with `text` in it, in the directory for temporary files, readable by its owner only.
fn scratch(text: &str) -> io::Result<PathBuf> {
    use std::os::unix::fs::OpenOptionsExt;
    for number in 0..1000u32 {
        let name = format!("dateline-note-{}-{number}.md", std::process::id());
        let path = std::env::temp_dir().join(name);
        let file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path);
        match file {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                return Ok(path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn run(program: &[String], path: &Path) -> io::Result<()> {
    let Some((name, arguments)) = program.split_first() else {
        return Err(io::ErrorKind::NotFound.into());
    };
    let status = Command::new(name).args(arguments).arg(path).status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(format!("the editor ended with {status}")))
    }
}

fn read(path: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LIMIT).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_configuration_goes_before_visual_before_editor() {
        let both = |name: &str| match name {
            "VISUAL" => Some("code --wait".to_owned()),
            "EDITOR" => Some("vi".to_owned()),
            _ => None,
        };
        assert_eq!(program(None, &both), Some(words("code --wait")));
        assert_eq!(program(Some("hx"), &both), Some(words("hx")));
        assert_eq!(program(Some(" "), &|_| None), None);
    }

    #[test]
    fn an_edit_comes_back_and_none_is_none() {
        let dir = tempfile::tempdir().unwrap();
        let script = dir.path().join("new");
        fs::write(&script, "new words\n").unwrap();
        let copy = words(&format!("cp {}", script.display()));
        assert_eq!(edit(&copy, "old").unwrap().as_deref(), Some("new words"));
        assert_eq!(edit(&words("true"), "old").unwrap(), None);
        assert!(edit(&words("false"), "old").is_err());
        assert!(edit(&words("no-such-editor-here"), "old").is_err());
    }
}
