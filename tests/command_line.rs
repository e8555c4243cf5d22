//! The command line as scripts meet it: what is printed where, in which form, with which exit code.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn dateline() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command
        .stdin(Stdio::null())
        .env("DATELINE_DATA_DIR", "/nonexistent/dateline");
    command
}

fn parse(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = dateline()
        .args(["parse", "--reading", "patterns"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut stdin = child.stdin.take().expect("a pipe");
    // The program may have refused its arguments and gone.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("an end")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

const RELEASE: &[u8] =
    b"Acme wins\n\nBERLIN, Nov. 24, 2026 /PRNewswire/ -- Acme \x1B[31mwon\x9b again.\n";

#[test]
fn a_program_that_reads_along_gets_json_without_asking() {
    let output = parse(&["-"], RELEASE);
    let asked = parse(&["--json", "-"], RELEASE);
    assert_eq!(code(&output), 0);
    assert_eq!(output.stdout, asked.stdout);
}

#[test]
fn json_is_an_array_and_json_lines_are_lines() {
    let output = parse(&["--json", "-"], RELEASE);
    assert_eq!(
        code(&output),
        0,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let value: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let release = &value[0];
    assert_eq!(release["path"], "-");
    assert_eq!(release["id"], Value::Null);
    for field in [
        "url",
        "language",
        "headline",
        "headline_from",
        "subhead",
        "dateline",
        "published",
        "release_line",
        "embargo",
        "issuer",
        "contacts",
        "text",
        "sections",
        "repairs",
        "quotes",
        "entities",
        "themes",
    ] {
        assert!(release.get(field).is_some(), "{field}");
    }
    let lines = parse(&["--jsonl", "-"], RELEASE);
    let text = String::from_utf8(lines.stdout).expect("UTF-8");
    assert_eq!(text.lines().count(), 1);
    assert_eq!(
        serde_json::from_str::<Value>(&text).expect("JSON"),
        *release
    );
}

#[test]
fn no_form_lets_a_control_character_out() {
    for form in ["--json", "--jsonl", "--plain"] {
        let output = parse(&[form, "-"], RELEASE);
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let raw: Vec<char> = text
            .chars()
            .filter(|c| c.is_control() && !matches!(c, '\n' | '\t'))
            .collect();
        assert!(raw.is_empty(), "{form}: {raw:?}");
    }
    let output = parse(&["/no\x1B[31m/such"], b"");
    assert!(!output.stderr.contains(&0x1B));
}

#[test]
fn exit_codes_say_how_it_went() {
    for (arguments, want, words) in [
        (&["-"][..], 0, ""),
        (&["/nonexistent", "-"], 1, "no such file"),
        (&["--json", "/nonexistent"], 3, "nothing could be read"),
        (&[], 2, "Usage"),
        (&["--json", "--plain", "-"], 2, "cannot be used with"),
    ] {
        let output = parse(arguments, RELEASE);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(code(&output), want, "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    let none = parse(&["--json", "/nonexistent"], b"");
    assert_eq!(
        serde_json::from_slice::<Value>(&none.stdout).expect("JSON"),
        Value::Array(Vec::new())
    );
}

#[test]
fn results_keep_the_order_of_the_inputs() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths: Vec<String> = (0..40)
        .map(|i| {
            let path = folder.path().join(format!("{i}.txt"));
            std::fs::write(
                &path,
                format!("Headline {i}\n\n{}", "Words. ".repeat(40 * (40 - i))),
            )
            .expect("a file");
            path.to_string_lossy().into_owned()
        })
        .collect();
    let arguments: Vec<&str> = ["--jsonl"]
        .into_iter()
        .chain(paths.iter().map(String::as_str))
        .collect();
    let output = parse(&arguments, b"");
    let read: Vec<String> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|l| {
            serde_json::from_str::<Value>(l).expect("JSON")["path"]
                .as_str()
                .expect("a path")
                .to_owned()
        })
        .collect();
    assert_eq!(read, paths);
}

#[test]
fn a_closed_pipe_is_no_error_and_a_full_disk_is_one() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("/dev/full");
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples");
    let mut command = dateline();
    command.args(["parse", "--jsonl", "--reading", "patterns", samples]);
    let output = command
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .expect("the program");
    assert_eq!(code(&output), 3);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("cannot write the output") && !said.contains("panicked"),
        "{said}"
    );
    let mut child = command.stdout(Stdio::piped()).spawn().expect("the program");
    drop(child.stdout.take());
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().expect("a pipe"), &mut said)
        .expect("text");
    assert_eq!(child.wait().expect("an end").code(), Some(0), "{said}");
    assert_eq!(said, "");
}

#[test]
fn help_completions_and_man_page_name_every_command() {
    let text = |arguments: &[&str]| {
        let output = dateline().args(arguments).output().expect("the program");
        assert_eq!(code(&output), 0, "{arguments:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let (help, bash, man) = (
        text(&["--help"]),
        text(&["completions", "bash"]),
        text(&["man"]),
    );
    for command in [
        "parse",
        "add",
        "sources",
        "remove",
        "refresh",
        "list",
        "search",
        "show",
        "entities",
        "passages",
        "passage",
        "export",
        "opml",
        "doctor",
        "completions",
        "man",
    ] {
        assert!(
            help.contains(command) && bash.contains(command) && man.contains(command),
            "{command}"
        );
    }
    assert_eq!(
        code(
            &dateline()
                .arg("--nonsense")
                .stderr(Stdio::null())
                .output()
                .expect("the program")
        ),
        2
    );
}

/// Runs the program with these arguments; exit code, standard output and standard error.
fn ran(arguments: &[&str]) -> (i32, String, String) {
    let output = dateline().args(arguments).output().expect("the program");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (code(&output), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_mistyped_command_is_no_path_and_the_near_one_is_named() {
    let (code, _, said) = ran(&["lst"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("did you mean dateline list?"), "{said}");
    let (code, _, said) = ran(&["no-such-release.txt"]);
    assert_eq!(code, 3, "{said}");
    assert!(
        said.contains("no such file") && said.contains("dateline help"),
        "{said}"
    );
}

#[test]
fn an_address_of_another_kind_is_told_as_one() {
    let (code, _, said) = ran(&["ftp://example.com/releases"]);
    assert_eq!(code, 2, "{said}");
    assert!(
        said.contains("only http and https") && said.contains("ftp"),
        "{said}"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_str().expect("UTF-8");
    let (code, _, said) = ran(&["--data-dir", data, "add", "gopher://example.com/"]);
    assert_eq!(code, 3, "{said}");
    assert!(
        said.contains("only http and https") && said.contains("not followed"),
        "{said}"
    );
}

#[test]
fn a_configuration_that_cannot_be_used_is_told_by_every_command_that_goes_by_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("config.toml");
    let text = "[screen]\nmesure = 60\n[keys]\nlist = [{ on = \"x\", run = \"delete\" }, { on = \"x\", run = \"star\" }]\n";
    std::fs::write(&path, text).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let (_, out, said) = ran(&["--config", path, "list"]);
    assert!(
        said.contains("config.toml:2: there is no setting mesure"),
        "{said}"
    );
    assert_eq!(out, "");
    let (_, _, said) = ran(&["--config", "/nonexistent.toml", "search", "quay"]);
    assert!(said.contains("/nonexistent.toml"), "{said}");
    let (code, out, said) = ran(&["--config", path, "doctor"]);
    assert_eq!((code, said.as_str()), (1, ""));
    for words in [
        "config.toml:2: there is no setting mesure",
        "delete",
        "star",
        "terminal: ",
        "library: ",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    assert_eq!(std::fs::read_to_string(path).expect("read"), text);
}

/// The one-byte introducers of ISO 6429 do in some terminals what ESC does, in whatever encoding they came.
#[test]
fn one_byte_introducers_of_any_encoding_are_words_or_nothing() {
    let latin = |charset: &str| {
        let mut page = format!(
            "<html><head><meta charset=\"{charset}\"><title>Quay nine</title></head><body><article><h1>Quay nine</h1><p>"
        );
        page.push_str(&"The port opens quay nine, and ships may berth from June on. ".repeat(8));
        let mut bytes = page.into_bytes();
        bytes.extend(
            b"caf\xE9 \x9b31mred\x9d0;title\x9c \x90$q m\x9c end</p></article></body></html>",
        );
        bytes
    };
    let utf8 =
        "Quay nine\n\nOSLO -- caf\u{e9} \u{9b}31mred\u{9d}0;title\u{9c} \u{90}$q m\u{9c} end.\n";
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(utf8.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let inputs = [
        ("UTF-8", utf8.as_bytes().to_vec()),
        ("UTF-16", utf16),
        ("Latin-1", latin("iso-8859-1")),
        ("ISO 8859-15", latin("iso-8859-15")),
    ];
    for (encoding, input) in inputs {
        for form in ["--json", "--plain"] {
            let output = parse(&[form, "-"], &input);
            let text = String::from_utf8(output.stdout).expect("UTF-8");
            assert!(text.contains("Quay nine"), "{encoding}: {text}");
            let bad = text
                .chars()
                .find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
            assert_eq!(bad, None, "{encoding} {form}");
        }
        let text = parse(&["--json", "-"], &input).stdout;
        let text = String::from_utf8(text).expect("UTF-8");
        assert!(text.contains("café"), "{encoding}: {text}");
    }
}
