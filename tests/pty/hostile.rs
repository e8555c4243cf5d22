//! What a publisher, a kill and a disk that takes no more can do to the real binary: every byte that leaves it while
//! hostile releases are read in every view, what is on disk after a kill in the moment that the screen said so, and what
//! the screen says of what is not.

use super::*;
use crate::screens::hostile::sequences;

/// The binary on a library of a folder, on a terminal; `before` are commands of the shell that starts it.
pub(super) fn on(data: &Path, before: &str) -> Session {
    Session::with(Start {
        program: "bash",
        arguments: vec![
            "-c".into(),
            format!("{before} exec {BINARY} --data-dir {}", data.display()),
        ],
        size: (120, 36),
        ..Start::default()
    })
}

/// A subcommand on a library.
pub(super) fn command(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(BINARY);
    command
        .arg("--data-dir")
        .arg(data)
        .args(arguments)
        .stdin(Stdio::null());
    command
}

/// What a subcommand prints.
pub(super) fn printed(data: &Path, arguments: &[&str]) -> String {
    let output = command(data, arguments).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A file of releases with one of the sequences in each field.
fn hostile_file(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("hostile.jsonl");
    let lines: Vec<String> = sequences()
        .iter()
        .enumerate()
        .map(|(number, sequence)| {
            let words = format!("Quay{sequence}Nine {number}");
            let text = format!(
                "OSLO, March 19, 2026 /PR Newswire/ -- {words} opens.\n\n\"It is {words},\" said Ingrid{sequence}Dahl, \
                 Chief Executive of Acme{sequence}Power.\n\nA PLAN FOR {words}\n\nShips may berth.\n\nAbout {words}\n\n\
                 Acme is a firm.\n\nMedia contact:\nKari{sequence}Nygaard\nkari@acme{sequence}.example\n"
            );
            serde_json::json!({
                "headline": words, "text": text, "url": format!("https://example.com/{sequence}{number}"),
                "published": format!("2026-03-19T{:02}:{:02}:00Z", number / 60, number % 60),
                "source": words, "wire": words, "id": format!("{sequence}{number}"),
            })
            .to_string()
        })
        .collect();
    std::fs::write(&path, lines.join("\n")).unwrap();
    path
}

#[test]
fn hostile_releases_send_nothing_to_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let file = hostile_file(folder.path());
    let data = folder.path().join("data");
    let mut session = Session::with(Start {
        program: "bash",
        arguments: vec![
            "-c".into(),
            format!(
                "exec {BINARY} --data-dir {} {}",
                data.display(),
                file.display()
            ),
        ],
        size: (120, 36),
        ..Start::default()
    });
    let all = format!("of {}", sequences().len());
    session.until("all releases", |screen| screen.contents().contains(&all));
    for number in 0..sequences().len() {
        // In the list and beside it; every sixth in all views.
        session.keys("j");
        if number.is_multiple_of(6) {
            session.keys("\r");
            session.until_text("¶");
            session.keys("}mnote\r");
            session.until_text("Bookmarked");
            session.keys("QjOceI");
            // The card comes when the library has been asked; what is typed before is not meant for it.
            session.until("the card of a name, or why there is none", |screen| {
                let shown = screen.contents();
                shown.contains("since      ") || shown.contains("No name")
            });
            session.keys("\x1b\x1b\x1b\x1b\x1b");
            session.until("the list", |screen| {
                let shown = screen.contents();
                shown.contains(&all) && !shown.contains("since      ")
            });
        }
    }
    session.keys("/quay nine\r\x1b\x1b/no\x07such\x1bMSg");
    session.help_and_back();
    session.keys("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
    for arguments in [
        vec!["list", "--plain"],
        vec!["list", "--json"],
        vec!["search", "quay", "--plain"],
        vec!["search", "quay", "--json"],
        vec!["entities", "--plain"],
        vec!["passages", "--plain"],
        vec!["passages", "--json"],
        vec!["sources", "--plain"],
        vec!["list"],
        vec!["search", "quay"],
        vec!["sources"],
        vec!["entities", "--json"],
        vec!["export", "--format", "markdown"],
        vec!["export", "--format", "obsidian"],
        vec!["export", "--format", "jsonl"],
        vec!["export", "--format", "csl"],
        vec!["export", "--format", "bibtex"],
        vec!["export", "--format", "ris"],
        vec!["export", "--format", "readwise"],
        vec!["export", "--format", "csv"],
        vec!["export", "--releases", "quay"],
        vec!["opml", "export"],
        vec!["brief", "--since", "2020-01-01"],
        vec!["check", file.to_str().unwrap()],
        vec!["check", "--json", file.to_str().unwrap()],
        vec!["show", "no\x1b]0;such\x07release"],
        vec!["search", "\x1b[2Jnothing"],
    ] {
        let out = printed(&data, &arguments);
        assert_allowed_text(&out, &arguments);
        assert!(
            !out.contains("\\u001b") && !out.contains("\\u009b"),
            "{arguments:?}: {out}"
        );
    }
}

/// Text of a pipe: no control character at all but line ends and tabs.
fn assert_allowed_text(out: &str, what: &[&str]) {
    let bad = out.chars().find(|c| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    });
    assert!(bad.is_none(), "{what:?} printed {bad:?}");
}

/// Stars on the screen.
pub(super) fn stars(screen: &vt100::Screen) -> usize {
    screen.contents().matches('★').count()
}

#[test]
fn what_the_screen_showed_as_saved_survives_a_kill() {
    let data = tempfile::tempdir().unwrap();
    for round in 0..3 {
        let mut session = on(data.path(), "");
        session.until_text("Start here");
        session.until("the stars of the rounds before", |screen| {
            stars(screen) == round
        });
        session.keys(&"j".repeat(round));
        session.keys("s");
        session.until("one star more", |screen| stars(screen) == round + 1);
        session.keys("\r}mkept\r");
        session.until_text("Bookmarked");
        session.signal("KILL");
        session.ended();
        let kept = printed(data.path(), &["passages", "--plain"]);
        assert_eq!(
            kept.matches("kept").count(),
            round + 1,
            "round {round}: {kept}"
        );
    }
    let found = printed(data.path(), &["doctor"]);
    assert!(!found.contains("damage"), "{found}");
}

#[test]
fn a_disk_that_takes_no_more_is_said_and_nothing_is_pretended() {
    let data = tempfile::tempdir().unwrap();
    let mut session = on(data.path(), "");
    session.until_text("Start here");
    session.keys("s");
    session.until("a star", |screen| stars(screen) == 1);
    session.keys("q");
    session.ended();
    // No file may grow any more.
    let mut session = on(data.path(), "ulimit -f 40;");
    session.until_text("Start here");
    session.keys("js");
    session.until("the refusal", |screen| {
        let shown = screen.contents();
        shown.contains("Not saved: ") && shown.contains("nothing that was saved before is lost")
    });
    assert_eq!(
        stars(session.screen.screen()),
        1,
        "a star that is on no disk"
    );
    session.keys("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
    let mut session = on(data.path(), "");
    session.until_text("Start here");
    session.until("the star that was saved", |screen| stars(screen) == 1);
    session.keys("q");
    assert_eq!(session.ended(), 0);
}

/// Where the reader cannot start, what the terminal answers to its questions is swallowed and not left to the shell.
#[test]
fn a_library_that_cannot_be_opened_is_told_on_a_clean_terminal() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("not-a-folder"), "").unwrap();
    let mut session = on(&folder.path().join("not-a-folder"), "");
    assert_ne!(session.ended(), 0);
    session.assert_restored();
    let told = session.screen.screen().contents();
    assert!(told.contains("not-a-folder"), "{told}");
}

/// The library alone is removed, and the folder with it; another library is put in its place.
#[test]
fn a_library_that_is_removed_under_the_reader_is_told_and_what_was_yours_is_kept() {
    let removals: [fn(&Path); 3] = [
        |data| {
            for end in ["", "-wal", "-shm"] {
                std::fs::remove_file(data.join(format!("library.db{end}"))).unwrap();
            }
        },
        |data| std::fs::remove_dir_all(data).unwrap(),
        |data| {
            std::fs::rename(data, data.with_extension("moved")).unwrap();
            std::fs::create_dir(data).unwrap();
            std::fs::write(data.join("library.db"), "another").unwrap();
        },
    ];
    for (number, remove) in removals.into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let kept = folder.path().join("kept");
        std::fs::create_dir(&kept).unwrap();
        let mut session = on(&data, &format!("export TMPDIR='{}';", kept.display()));
        session.until_text("Start here");
        session.keys("s");
        session.until("a star", |screen| stars(screen) == 1);
        remove(&data);
        session.keys("js");
        session.until("what happened, and where what was yours is", |screen| {
            let shown = screen.contents();
            shown.contains("removed or replaced") && shown.contains("kept in")
        });
        assert_eq!(
            stars(session.screen.screen()),
            1,
            "a star that is on no disk"
        );
        let mut copies: Vec<_> = std::fs::read_dir(&kept).unwrap().collect();
        let path = match copies.pop() {
            Some(copy) => copy.unwrap().path(),
            None => data.join("yours.jsonl"),
        };
        let copy = std::fs::read_to_string(&path).unwrap();
        assert!(copy.contains("\"starred\":true"), "{number}: {copy}");
        session.keys("q");
        session.ended();
        session.assert_restored();
        let there = std::fs::read(data.join("library.db")).ok();
        assert_eq!(
            there.as_deref(),
            (number == 2).then_some(&b"another"[..]),
            "what is not ours is untouched"
        );
    }
}

/// A headline of ten megabytes, one line of four, ten thousand marks on one letter: all is drawn, and keys go on.
#[test]
fn what_is_far_too_long_is_cut_on_the_screen_alone() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("long.jsonl");
    let marks = format!("e{}nd of the marks", "\u{301}".repeat(10_000));
    let release = serde_json::json!({
        "headline": "Quay ".repeat(2_000_000) + "ninth",
        "text": format!("OSLO, March 19, 2026 -- {marks}.\n\n{}", "a quay and ".repeat(360_000)),
        "published": "2026-03-19T10:00:00Z", "source": "Acme", "id": "long",
    });
    std::fs::write(&file, release.to_string()).unwrap();
    let library = data.path().join("data");
    let said = printed(&library, &["add", file.to_str().unwrap()]);
    assert!(said.contains("1 new"), "{said}");
    let mut session = on(&library, "");
    session.until_text("Quay Quay");
    session.keys("\r");
    session.until_text("a quay and a quay");
    session.keys("GggjjjG");
    session.keys("?");
    session.until_text("EVERYWHERE");
    session.keys("\x1b");
    session.until("the text again", |screen| {
        !screen.contents().contains("EVERYWHERE")
    });
    session.keys("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
    let row = printed(&library, &["list", "--plain"]);
    let id = row.split('\t').next().unwrap();
    let whole = printed(&library, &["show", id, "--original"]);
    assert!(whole.contains("ninth"), "nothing is cut from what came in");
}
