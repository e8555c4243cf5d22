//! What reaches the program that opens addresses. It is a stub here, the only one on the path, that says how it was
//! called: with one address of the web, written anew, or not at all.

use super::hostile::{on, printed};
use super::*;

/// Addresses that no browser may get, as a publisher could write them, and what is told of each.
const REFUSED: [(&str, &str); 11] = [
    ("javascript:alert(1)", "scheme javascript"),
    ("file:///etc/passwd", "scheme file"),
    ("data:text/html,<b>x", "scheme data"),
    ("mailto:a@example.com", "scheme mailto"),
    ("exec:ls", "scheme exec"),
    ("-flag", "no address"),
    ("--help", "no address"),
    ("$(id)", "no address"),
    ("`id`", "no address"),
    ("//example.com/x", "no address"),
    ("\"; rm -rf ~", "no address"),
];

/// Addresses of the web with what a shell would act on in them, and the one argument that each becomes.
const OPENED: [(&str, &str); 4] = [
    (
        "https://example.com/a\"; rm -rf ~",
        "https://example.com/a%22;%20rm%20-rf%20~",
    ),
    (
        "https://example.com/$(id)`id`?a=$HOME&b",
        "https://example.com/$(id)%60id%60?a=$HOME&b",
    ),
    ("http://example.com/\n--x", "http://example.com/%20--x"),
    ("HTTPS://EXAMPLE.com/'x' *", "https://example.com/'x'%20*"),
];

/// A library of one release an address, the first one on top.
fn library_of<'a>(data: &Path, addresses: impl Iterator<Item = &'a str>) {
    let lines: Vec<String> = addresses
        .enumerate()
        .map(|(number, url)| {
            serde_json::json!({
                "headline": format!("Quay {number}"), "text": format!("Quay {number} opens."), "url": url,
                "published": format!("2026-03-{:02}", 28 - number), "source": "Acme", "id": number.to_string(),
            })
            .to_string()
        })
        .collect();
    let file = data.join("addresses.jsonl");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let said = printed(data, &["add", file.to_str().unwrap()]);
    assert!(said.contains(&format!("{} new", lines.len())), "{said}");
}

/// A folder with the stub, and what it says when it is called: how many arguments, and each on a line.
fn stub(folder: &Path) -> Receiver<String> {
    use std::os::unix::fs::PermissionsExt as _;
    let pipe = folder.join("calls");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let script = format!(
        "#!/bin/sh\n{{ echo $#; printf '%s\\n' \"$@\"; }} > '{}'\n",
        pipe.display()
    );
    let program = folder.join("xdg-open");
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let (called, calls) = channel();
    std::thread::spawn(move || {
        while let Ok(call) = std::fs::read_to_string(&pipe) {
            if called.send(call).is_err() {
                break;
            }
        }
    });
    calls
}

#[cfg(target_os = "linux")]
#[test]
fn only_an_address_of_the_web_reaches_the_opener_and_the_rest_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (data, stubs) = (folder.path().join("data"), folder.path().join("stubs"));
    std::fs::create_dir(&data).unwrap();
    std::fs::create_dir(&stubs).unwrap();
    let addresses = REFUSED.iter().chain(&OPENED).map(|(address, _)| *address);
    library_of(&data, addresses);
    let calls = stub(&stubs);
    let path = format!("PATH='{}':/usr/bin:/bin;", stubs.display());
    let mut session = on(&data, &path);
    session.until_text("Quay 0");
    for (address, why) in REFUSED {
        session.keys("o");
        let told = |screen: &vt100::Screen| {
            let contents = screen.contents();
            let line = contents.lines().last().unwrap_or_default();
            line.contains("Not opened") && line.contains(why) && line.contains(address)
        };
        session.until(&format!("why {address} is not opened"), told);
        session.keys("j");
    }
    for (_, argument) in OPENED {
        session.keys("o");
        let call = calls.recv_timeout(PATIENCE).expect("the stub is called");
        assert_eq!(call, format!("1\n{argument}\n"));
        session.keys("j");
    }
    session.keys("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
    assert!(
        calls.try_recv().is_err(),
        "called once more than a key was pressed"
    );
}
