//! Holds the arrows of the house: reads `src/`, fails on a `use` that the table in `src/lib.rs` does not allow, and
//! prints how large files and functions are. It reads text, not syntax trees: comments and strings are taken off
//! first, and what is left is searched for `crate::MODULE` and for the crates that belong to one module alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Which modules each module may use. Every module may use itself and `text`.
const MAY_USE: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("release", &[]),
    ("entity", &["release"]),
    ("query", &[]),
    ("citation", &["release"]),
    ("source", &["release"]),
    ("store", &["release", "entity", "query"]),
    ("app", &["release", "entity", "query", "citation"]),
    ("ui", &["app", "release", "entity"]),
    (
        "jobs",
        &[
            "app", "source", "store", "entity", "release", "citation", "query",
        ],
    ),
    ("config", &["app", "ui"]),
    ("terminal", &["app", "ui", "jobs"]),
    (
        "cli",
        &[
            "release", "entity", "query", "citation", "source", "store", "app", "jobs", "config",
            "terminal",
        ],
    ),
];

/// Crates that only these modules may name.
const OWNED_CRATES: &[(&str, &[&str])] = &[
    ("crossterm", &["terminal"]),
    ("ratatui", &["ui", "terminal"]),
    ("rusqlite", &["store"]),
    ("ureq", &["source"]),
    ("clap", &["cli"]),
    ("directories", &["config"]),
    ("html5ever", &["source"]),
    ("dom_smoothie", &["source"]),
    ("quick_xml", &["source"]),
    ("rten_gemm", &["entity"]),
    ("rten_simd", &["entity"]),
    ("rten_tensor", &["entity"]),
    ("rayon_core", &["entity"]),
    // `cli` has a command of that name.
    ("open", &["jobs", "cli"]),
];

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(dir)
        .expect("src is readable")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// The code without comments, with the text of string literals blanked.
fn code_only(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '/' if rest.peek() == Some(&'/') => while rest.next_if(|&c| c != '\n').is_some() {},
            '/' if rest.peek() == Some(&'*') => {
                let mut before = ' ';
                for c in rest.by_ref() {
                    if before == '*' && c == '/' {
                        break;
                    }
                    before = c;
                }
            }
            'r' if rest.peek() == Some(&'"') || rest.peek() == Some(&'#') => {
                out.push('r');
                raw_string(&mut rest, &mut out);
            }
            '\'' => {
                // A character literal; a lifetime has no closing mark two or three characters on.
                let mut ahead = rest.clone();
                match (ahead.next(), ahead.next()) {
                    (Some('\\'), _) => {
                        rest.next();
                        rest.next();
                        while rest.next_if(|&c| c != '\'').is_some() {}
                        rest.next();
                    }
                    (Some(_), Some('\'')) => {
                        rest.next();
                        rest.next();
                    }
                    _ => out.push('\''),
                }
            }
            '"' => {
                out.push('"');
                while let Some(c) = rest.next() {
                    match c {
                        '\\' => {
                            rest.next();
                        }
                        '"' => break,
                        '\n' => out.push('\n'),
                        _ => {}
                    }
                }
                out.push('"');
            }
            _ => out.push(c),
        }
    }
    out
}

fn raw_string(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) {
    let mut ahead = rest.clone();
    let mut hashes = 0;
    while ahead.next_if_eq(&'#').is_some() {
        hashes += 1;
    }
    if ahead.next() != Some('"') {
        return; // a raw identifier
    }
    *rest = ahead;
    let mut run = None;
    for c in rest.by_ref() {
        match (c, run) {
            ('"', _) => run = Some(0),
            ('#', Some(n)) => run = Some(n + 1),
            _ => run = None,
        }
        if run == Some(hashes) {
            break;
        }
        if c == '\n' {
            out.push('\n');
        }
    }
    out.push_str("\"\"");
}

/// Every `path::` head after `prefix` in the code: `crate::store` gives `store`; `use crate::{a, b::c}` gives both.
fn crate_uses(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let boundary = code[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '$');
        if !boundary {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            let mut head = true;
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        found.push(std::mem::take(&mut word));
                        head = true;
                    }
                    c if depth == 0 && head && (c.is_alphanumeric() || c == '_') => word.push(c),
                    ':' if depth == 0 => head = false,
                    _ => {}
                }
            }
            found.push(word);
        } else {
            found.push(
                rest.chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(&format!("{name}::")).any(|(at, _)| {
        code[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
    })
}

fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix("src").expect("a path in src");
    let first = inside.iter().next().expect("a name");
    first.to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn the_arrows_point_only_the_way_the_table_says() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    assert!(files.len() > 20, "src is not where it was");
    let table: BTreeMap<_, _> = MAY_USE.iter().copied().collect();
    let mut wrong = Vec::new();
    for path in &files {
        let module = module_of(path);
        let code = code_only(&fs::read_to_string(path).expect("a readable file"));
        let Some(allowed) = table.get(module.as_str()) else {
            assert!(
                module == "lib" || module == "main",
                "{} stands in no room of the table",
                path.display()
            );
            continue;
        };
        for used in crate_uses(&code) {
            let known = table.contains_key(used.as_str());
            if known && used != module && used != "text" && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{}: {module} may not use {used}", path.display()));
            }
        }
        for (name, owners) in OWNED_CRATES {
            if !owners.contains(&module.as_str()) && names_crate(&code, name) {
                wrong.push(format!(
                    "{}: the crate {name} belongs to {}",
                    path.display(),
                    owners.join(" and ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let silent: Vec<_> = files
        .iter()
        .filter(|path| {
            !fs::read_to_string(path)
                .expect("a readable file")
                .starts_with("//!")
        })
        .collect();
    assert!(silent.is_empty(), "no opening paragraph: {silent:?}");
}

#[test]
fn nothing_is_left_to_do() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let left: Vec<_> = files
        .iter()
        .filter(|path| {
            let text = fs::read_to_string(path).expect("a readable file");
            ["todo!(", "unimplemented!(", concat!("TO", "DO")]
                .iter()
                .any(|mark| text.contains(mark))
        })
        .collect();
    assert!(left.is_empty(), "unfinished: {left:?}");
}

#[test]
fn sizes_are_printed_for_whoever_looks() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut lines: Vec<(usize, &PathBuf)> = Vec::new();
    let mut functions = Vec::new();
    for path in &files {
        let text = fs::read_to_string(path).expect("a readable file");
        lines.push((text.lines().count(), path));
        functions.extend(function_lengths(&text));
    }
    lines.sort_unstable_by(|a, b| b.cmp(a));
    functions.sort_unstable();
    let at = |share: f64| functions[(functions.len() as f64 * share) as usize];
    println!(
        "{} files, {} lines; functions: median {}, 90 % under {}",
        files.len(),
        lines.iter().map(|(n, _)| n).sum::<usize>(),
        at(0.5),
        at(0.9)
    );
    for (n, path) in lines.iter().take(10) {
        println!("{n:6} {}", path.display());
    }
    assert!(at(0.5) <= 15, "half of all functions are long: {}", at(0.5));
}

/// Lines from `fn` to the closing brace at the same indentation.
fn function_lengths(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let body = line.trim_start();
        if (body.starts_with("fn ") || body.contains(" fn ")) && body.ends_with('{') {
            open.push((indent, number));
        } else if body.starts_with('}') && open.last().is_some_and(|(at, _)| *at == indent) {
            let (_, start) = open.pop().expect("an open function");
            found.push(number - start + 1);
        }
    }
    found
}
