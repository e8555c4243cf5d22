//! The library's commands, run as a script runs them.

use std::process::{Command, Output};

use super::*;

/// Runs the program on a data directory; its exit code, standard output and standard error.
fn run(data: &std::path::Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .arg("--data-dir")
        .arg(data)
        .args(arguments)
        .env_remove("DATELINE_CONFIG")
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn a_corrected_release_is_shown_with_what_corrects_it_and_the_other_way_round() {
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("data");
    let sample = |name: &str| format!("{}/assets/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    let original = sample("04-corvane-globenewswire.txt");
    let correction = sample("05-corvane-correction.txt");
    assert_eq!(run(&data, &["add", &original, &correction]).0, Some(0));
    let (_, listed, _) = run(&data, &["search", "corvane", "--jsonl"]);
    let mut ids: Vec<i64> = listed
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()?["id"].as_i64())
        .collect();
    ids.sort_unstable();
    let [earlier, later] = ids[..] else {
        panic!("two releases: {listed}");
    };
    let library = |id: i64| {
        let (_, shown, _) = run(&data, &["show", &id.to_string(), "--json"]);
        let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
        let library = &shown["library"];
        (
            library["corrects"].as_i64(),
            library["corrected_by"].as_i64(),
        )
    };
    assert_eq!(library(earlier), (None, Some(later)));
    assert_eq!(library(later), (Some(earlier), None));
    let (_, shown, _) = run(&data, &["show", &earlier.to_string()]);
    let first = shown.lines().next().unwrap_or_default();
    assert!(
        first.starts_with("Corrected 20") && first.contains(&format!(": {later} ")),
        "{first}"
    );
}

#[test]
fn a_release_is_added_found_shown_bookmarked_and_exported() {
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("data");
    let file = directory.path().join("quay.txt");
    std::fs::write(&file, format!("Lisbon opens a third quay\n\n{PORT}\n")).expect("written");
    let file = file.to_str().expect("UTF-8");

    assert_eq!(
        run(&data, &["list"]).0,
        Some(1),
        "nothing is there, and no library is made by looking"
    );
    assert!(!data.exists());
    let (code, _, said) = run(&data, &["add", file]);
    assert_eq!((code, said.contains("1 new")), (Some(0), true), "{said}");
    let (code, _, said) = run(&data, &["add", file, "/no/such/file"]);
    assert_eq!((code, said.contains("1 known")), (Some(1), true), "{said}");

    let (code, found, _) = run(&data, &["search", "container ships", "--jsonl"]);
    assert_eq!(code, Some(0));
    let row: serde_json::Value = serde_json::from_str(found.trim()).expect("one object");
    let id = row["id"].to_string();
    assert!(
        row["snippet"]["text"]
            .as_str()
            .is_some_and(|text| text.contains("container ships")),
        "{row}"
    );
    let (code, out, said) = run(&data, &["search", "zeppelin"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(said.contains("nothing found"), "{said}");
    assert_eq!(run(&data, &["-q", "search", "zeppelin"]).2, "");

    let (_, shown, _) = run(&data, &["show", &id, "--json"]);
    let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    assert_eq!(
        (&shown["id"], &shown["library"]["read"]),
        (&row["id"], &serde_json::Value::Bool(false))
    );
    assert!(
        shown["text"]
            .as_str()
            .is_some_and(|text| text.contains("Ana Costa"))
    );
    assert_eq!(run(&data, &["show", "12345"]).0, Some(3));

    let quote = "the quay would serve container ships";
    let (code, pid, _) = run(
        &data,
        &[
            "passage", "add", &id, "--quote", quote, "--note", "ask her", "--tag", "port",
        ],
    );
    assert_eq!(code, Some(0));
    assert_eq!(
        run(&data, &["passage", "add", &id, "--quote", "no such words"]).0,
        Some(3)
    );
    let (_, passages, _) = run(&data, &["passages", "contain", "--json"]);
    assert!(
        passages.contains(quote) && passages.contains("ask her"),
        "{passages}"
    );
    let (code, exported, _) = run(&data, &["export", "--format", "csv"]);
    assert!(code == Some(0) && exported.contains(quote), "{exported}");
    let (code, whole, _) = run(&data, &["export", "--releases", "quay"]);
    assert!(code == Some(0) && whole.lines().count() == 1 && whole.contains("Ana Costa"));
    assert_eq!(run(&data, &["passage", "remove", pid.trim()]).0, Some(0));
    assert_eq!(run(&data, &["passages"]).0, Some(1));

    let (code, sources, _) = run(&data, &["sources", "--plain"]);
    assert!(code == Some(0) && sources.contains("quay.txt"), "{sources}");
    for command in ["remove", "refresh"] {
        let (code, _, said) = run(&data, &[command, "no such source"]);
        assert_eq!(code, Some(3), "{said}");
        assert!(said.contains("dateline sources"), "{said}");
    }
    let (code, _, said) = run(&data, &["opml", "import", file]);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("quay.txt: no subscription"), "{said}");
    assert_eq!(run(&data, &["remove", "quay.txt"]).0, Some(0));
    assert_eq!(
        run(&data, &["list", "--plain"]).1.lines().count(),
        1,
        "its release stays"
    );
    let (code, said, _) = run(&data, &["doctor"]);
    assert!(code == Some(0) && said.contains("sound"), "{said}");
}

#[test]
fn every_quotation_of_a_draft_is_held_against_the_library() {
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("data");
    let write = |name: &str, text: &str| {
        let path = directory.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let draft = write(
        "draft.md",
        "# The quay\n\n\"We have hired 12,000 dockers for the new quay,\" said Ana\nCosta, and spoke of a \"boom\".\n\n\
         “We have hired more than 12,000 people for the … quay,” said Ana Costa.\n\n\
         “Traffic has doubled since the spring,” Ana Costa said.\n\n\
         “Nobody asked the fishermen whether they wanted it,” said Rui Lopes.\n",
    );
    assert_eq!(run(&data, &["check", &draft]).0, Some(1), "no library yet");
    assert!(!data.exists(), "and none is made by looking");
    let release = write(
        "quay.txt",
        "Lisbon opens a third quay\n\nLISBON, June 2, 2026 — The port of Lisbon opened a third quay today.\n\n\
         “We have hired more than 12,000 dockers for the new quay,” said Ana Costa, harbour master of Lisbon.\n\n\
         “Traffic has doubled since the spring,” said Rui Lopes, head of planning.\n",
    );
    assert_eq!(run(&data, &["add", &release]).0, Some(0));

    let (code, out, said) = run(&data, &["check", "--jsonl", &draft]);
    assert_eq!(code, Some(1), "{said}");
    let checked: Vec<serde_json::Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let told: Vec<_> = checked
        .iter()
        .map(|one| (one["line"].as_u64(), one["verdict"].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (Some(3), Some("differs")),
            (Some(6), Some("differs")),
            (Some(8), Some("other-speaker")),
            (Some(10), Some("not-found")),
        ]
    );
    assert_eq!(
        checked[0]["changes"],
        serde_json::json!([{"draft": "", "release": "more than"}])
    );
    assert_eq!(
        checked[1]["changes"],
        serde_json::json!([{"draft": "people", "release": "dockers"}])
    );
    assert_eq!(checked[0]["found"]["speaker"], "Ana Costa");
    assert_eq!(checked[2]["found"]["speaker"], "Rui Lopes");
    assert!(said.contains("1 of fewer than 3 words"), "{said}");

    let (_, out, _) = run(&data, &["check", &draft]);
    for words in [
        "draft.md:3  “We have hired 12,000",
        "the draft leaves out “more than”",
        "said by Rui Lopes, head of planning; in the draft Ana Costa",
        "not found",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let right = write(
        "right.txt",
        "She said: \"we have hired more than 12,000 dockers for the new quay\".\n",
    );
    let (code, out, said) = run(&data, &["check", &right]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        out.contains("exact: ") && out.contains("2026-06-02"),
        "{out}"
    );
    let (code, _, said) = run(&data, &["check", &right, "/no/such/draft"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("/no/such/draft"), "{said}");
}

#[test]
fn a_brief_tells_what_has_come_since_a_moment() {
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("data");
    let hours_ago = |hours: i64| {
        let now = jiff::Timestamp::now();
        (now - jiff::SignedDuration::from_hours(hours)).to_string()
    };
    let lines: String = [
        (2, "Lisbon opens a third quay", "LISBON, Portugal — The port of Lisbon opened a third quay today. It is long.\n\n“It is long,” said Ana Costa, harbour master of Lisbon."),
        (30, "Zoo closes", "The zoo of Porto closes for the winter, its keepers said."),
    ]
    .iter()
    .map(|(hours, headline, text)| {
        let release = serde_json::json!({"headline": headline, "text": text, "published": hours_ago(*hours), "source": "Archive"});
        format!("{release}\n")
    })
    .collect();
    let archive = directory.path().join("archive.jsonl");
    std::fs::write(&archive, lines).expect("written");
    assert_eq!(run(&data, &["brief"]).0, Some(1), "no library yet");
    let archive = archive.to_str().expect("UTF-8");
    assert_eq!(run(&data, &["add", archive]).0, Some(0));

    let (code, day, said) = run(&data, &["brief"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        day.starts_with("# Brief of ") && day.contains("\n1 release since "),
        "{day}"
    );
    for words in [
        "\n## Archive\n\n- ",
        "Lisbon opens a third quay",
        "\n  The port of Lisbon opened a third quay today.\n",
        "\n  Quoted: Ana Costa.\n",
    ] {
        assert!(day.contains(words), "{words:?}: {day}");
    }
    assert!(!day.contains("Zoo"), "{day}");
    let (_, week, _) = run(&data, &["brief", "--since", "1w", "--limit", "1"]);
    assert!(
        week.contains("2 releases") && week.contains("newest 1"),
        "{week}"
    );
    let (_, zoo, _) = run(&data, &["brief", "zoo", "--since", "1w"]);
    assert!(
        zoo.contains("Zoo closes") && !zoo.contains("Lisbon"),
        "{zoo}"
    );
    assert_eq!(run(&data, &["brief", "zoo"]).0, Some(1));
    let (code, _, said) = run(&data, &["brief", "--since", "soon"]);
    assert!(code == Some(2) && said.contains("no such time"), "{said}");
}

#[test]
fn a_file_that_is_no_database_is_set_aside_by_the_doctor() {
    let directory = tempfile::tempdir().expect("a directory");
    std::fs::write(
        directory.path().join("library.db"),
        "no database at all ".repeat(100),
    )
    .expect("written");
    let (code, said, _) = run(directory.path(), &["doctor"]);
    assert!(code == Some(1) && said.contains("set aside"), "{said}");
    assert_eq!(run(directory.path(), &["doctor"]).0, Some(0));
}

/// An archive of so many releases, as JSON Lines.
fn archive(directory: &std::path::Path, count: usize) -> PathBuf {
    let lines: String = (0..count)
        .map(|n| {
            let text = format!("{PORT}\n\nThis is release number {n} of the archive, and it says {}.", "more ".repeat(n % 50));
            let release = serde_json::json!({"headline": format!("Quay report {n}"), "text": text, "id": n.to_string(),
                "published": "2025-05-30", "source": "Archive"});
            format!("{release}\n")
        })
        .collect();
    let path = directory.join("archive.jsonl");
    std::fs::write(&path, lines).expect("written");
    path
}

fn releases(library: &std::path::Path) -> u64 {
    let Ok(reader) = Reader::open(library) else {
        return 0;
    };
    reader
        .count(&Selection::default(), None, TODAY)
        .map_or(0, |counted| counted.total)
}

#[test]
fn an_import_that_is_killed_leaves_a_sound_library_and_the_next_one_completes_it() {
    const COUNT: usize = 500;
    for wanted in [1, 200] {
        let directory = tempfile::tempdir().expect("a directory");
        let (data, file) = (
            directory.path().join("data"),
            archive(directory.path(), COUNT),
        );
        let library = data.join("library.db");
        let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args([
                "--data-dir".as_ref(),
                data.as_os_str(),
                "add".as_ref(),
                file.as_os_str(),
            ])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("started");
        // Killed as soon as so many are in, or at its end.
        while releases(&library) < wanted && child.try_wait().expect("asked").is_none() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().expect("ended");
        let sound = Library::open(&library)
            .expect("opened")
            .check()
            .expect("checked");
        assert!(sound.is_sound(), "{sound:?}");
        let file = file.to_str().expect("UTF-8");
        assert_eq!(run(&data, &["add", file]).0, Some(0));
        assert_eq!(releases(&library), COUNT as u64);
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("data");
    let file = directory.path().join("quay.txt");
    std::fs::write(&file, format!("Lisbon opens a third quay\n\n{PORT}\n")).expect("written");
    assert_eq!(
        run(&data, &["add", file.to_str().expect("UTF-8")]).0,
        Some(0)
    );
    let big = archive(directory.path(), 1_500);
    // No file may grow beyond some hundred kilobytes: what a full disk is to one that writes.
    let script = format!(
        "ulimit -f 800; exec '{}' --data-dir '{}' add '{}'",
        env!("CARGO_BIN_EXE_dateline"),
        data.display(),
        big.display()
    );
    let output = Command::new("sh")
        .arg("-c")
        .arg(script)
        .output()
        .expect("the shell runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("while "), "{said}");
    let library = Library::open(&data.join("library.db")).expect("opened");
    assert!(library.check().expect("checked").is_sound());
    let (code, found, _) = run(&data, &["list", "--plain", "title:third"]);
    assert!(
        code == Some(0) && found.contains("Lisbon opens a third quay"),
        "{found}"
    );
}

#[test]
fn a_library_of_an_older_dateline_is_brought_up_to_date_by_whoever_reads_it_first() {
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("data");
    let file = directory.path().join("quay.txt");
    std::fs::write(&file, format!("Lisbon opens a third quay\n\n{PORT}\n")).expect("written");
    run(&data, &["add", file.to_str().expect("UTF-8")]);
    let old = rusqlite::Connection::open(data.join("library.db")).expect("the file");
    old.execute_batch(
        "DROP TABLE uncompared; DROP TABLE carried; DROP INDEX replacing; PRAGMA user_version = 6",
    )
    .expect("an older library");
    drop(old);
    let copy = |number: u32| data.join(format!("library.before-{number}.db"));
    for earlier in [2, 3, 5, 6] {
        std::fs::write(copy(earlier), "an earlier copy").expect("written");
    }
    let (code, rows, said) = run(&data, &["list", "--plain"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(rows.contains("Lisbon opens a third quay"), "{rows}");
    let kept: Vec<u32> = (1..9).filter(|number| copy(*number).exists()).collect();
    assert_eq!(kept, [5, 6, 7], "a copy as it was, and two earlier ones");
}

#[test]
fn a_file_where_the_data_directory_should_be_is_named() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("notes");
    std::fs::write(&file, "mine").expect("written");
    for command in [&["list"][..], &["search", "quay"], &["passages"]] {
        let (code, _, said) = run(&file, command);
        assert_eq!(code, Some(3), "{said}");
        assert!(
            said.contains("notes") && said.contains("--data-dir"),
            "{said}"
        );
    }
    assert_eq!(std::fs::read_to_string(&file).expect("read"), "mine");
}

/// What hides within a word, or turns its letters round, is in no index: the word is found as it is read.
#[test]
fn a_word_with_invisible_characters_in_it_is_found() {
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("data");
    let file = directory.path().join("hidden.jsonl");
    let release = |id: &str, word: &str| {
        let text = format!("OSLO, March 19, 2026 -- The firm {word} opens quay {id}.");
        serde_json::json!({"headline": format!("Quay {id}"), "text": text, "id": id}).to_string()
    };
    let hidden = [
        "Pay\u{200B}pal",
        "Pay\u{200D}pal",
        "\u{202E}Paypal\u{202C}",
        "Pay\u{2060}pal",
        "Pay\u{FEFF}pal",
        "Pay\u{E0041}pal",
        "Pay\u{AD}pal",
    ];
    let lines: Vec<String> = hidden
        .iter()
        .enumerate()
        .map(|(number, word)| release(&number.to_string(), word))
        .collect();
    std::fs::write(&file, lines.join("\n")).expect("written");
    run(&data, &["add", file.to_str().expect("UTF-8")]);
    let (code, rows, said) = run(&data, &["search", "paypal", "--plain"]);
    assert_eq!(
        (code, rows.lines().count()),
        (Some(0), hidden.len()),
        "{rows}{said}"
    );
}

/// A library that another owns: it is read, what is wrong is said with its path, and nothing is written.
#[cfg(target_os = "linux")]
#[test]
fn a_library_that_may_not_be_written_is_read_and_what_cannot_be_done_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = tempfile::tempdir().expect("a directory");
    let data = directory.path().join("data");
    let file = directory.path().join("quay.txt");
    std::fs::write(&file, format!("Lisbon opens a third quay\n\n{PORT}\n")).expect("written");
    run(&data, &["add", file.to_str().expect("UTF-8")]);
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("a mode");
    };
    mode(directory.path(), 0o755);
    for file in std::fs::read_dir(&data).expect("files") {
        mode(&file.expect("a file").path(), 0o444);
    }
    mode(&data, 0o555);
    // Modes say nothing to root, so another does it for him.
    let root = rustix::process::geteuid().is_root();
    let as_another = |arguments: &[&str]| {
        let program = env!("CARGO_BIN_EXE_dateline");
        let mut command = Command::new(if root { "setpriv" } else { program });
        if root {
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups", program]);
        }
        let output = command
            .arg("--data-dir")
            .arg(&data)
            .args(arguments)
            .stdin(std::process::Stdio::null())
            .output()
            .expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    if as_another(&["--version"]).0 != Some(0) {
        // The program lies where only root may look.
        return;
    }
    let (code, rows, said) = as_another(&["list", "--plain"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(rows.contains("Lisbon opens a third quay"), "{rows}");
    let id = rows.split('\t').next().expect("a number");
    let before = std::fs::read(data.join("library.db")).expect("read");
    for arguments in [
        &["passage", "add", id, "--quote", "container ships"][..],
        &["add", file.to_str().expect("UTF-8")],
    ] {
        let (code, _, said) = as_another(arguments);
        assert_eq!(code, Some(3), "{said}");
        assert!(
            said.contains("library.db") || said.contains("read"),
            "{said}"
        );
    }
    assert_eq!(
        std::fs::read(data.join("library.db")).expect("read"),
        before
    );
    // Without this the folder cannot be removed.
    mode(&data, 0o755);
}
