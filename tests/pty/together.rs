//! Several at one library: two readers, commands beside a reader, many writers at once, one that was killed. Nothing is
//! locked but for the moment of a write, so there is no lock that a dead process could leave behind; all of them work,
//! and what each of them saved is kept.

use super::hostile::{command, on, printed, stars};
use super::*;

/// What is in the library: stars, passages, and what the plain copy beside it holds of both.
fn kept(data: &Path) -> (usize, usize, usize, usize) {
    let lines = |arguments: &[&str]| printed(data, arguments).lines().count();
    let copy = std::fs::read_to_string(data.join("yours.jsonl")).unwrap_or_default();
    (
        lines(&["-q", "list", "--plain", "is:starred"]),
        lines(&["-q", "passages", "--plain"]),
        copy.matches("\"starred\":true").count(),
        copy.matches("\"exact\":").count(),
    )
}

/// The library is whole, and nothing but the library is in its folder.
fn assert_sound(data: &Path) {
    let said = printed(data, &["doctor", "--check"]);
    assert!(
        said.contains("file: sound") && said.contains("agrees"),
        "{said}"
    );
    for file in std::fs::read_dir(data).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let known = name.starts_with("library.db") || name == "yours.jsonl" || name == "news";
        assert!(known, "{name} is left");
    }
}

/// A folder with one release.
fn news(data: &Path, number: usize) -> String {
    let folder = data.join("news");
    std::fs::create_dir_all(&folder).unwrap();
    let text = format!(
        "Quay {number} opens early\n\nBERGEN, March 4, 2027 -- The port opened quay {number} on Wednesday.\n"
    );
    std::fs::write(folder.join(format!("{number}.txt")), text).unwrap();
    folder.to_str().unwrap().to_owned()
}

#[test]
fn two_readers_and_commands_on_one_library_keep_what_each_of_them_saved() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let mut one = on(data, "");
    one.until_text("Start here");
    let mut other = on(data, "");
    other.until_text("Start here");
    one.keys("s");
    one.until("its star", |screen| stars(screen) == 1);
    other.until("the other's star", |screen| stars(screen) == 1);
    other.keys("js");
    other.until("both stars", |screen| stars(screen) == 2);
    other.keys("\r}mkept\r");
    other.until_text("Bookmarked");
    one.until("both stars", |screen| stars(screen) == 2);
    one.keys("jjs");
    one.until("the third star", |screen| stars(screen) == 3);
    other.keys("\x1b");
    other.until("the third star", |screen| stars(screen) == 3);
    // A folder is followed, and refreshed, from outside while both are on the screen.
    let said = printed(data, &["add", &news(data, 1)]);
    assert!(said.contains("1 new"), "{said}");
    one.until_text("19 releases");
    news(data, 2);
    printed(data, &["refresh", "--all"]);
    one.until_text("20 releases");
    other.until_text("20 releases");
    for mut session in [one, other] {
        session.keys("q");
        assert_eq!(session.ended(), 0);
        session.assert_restored();
    }
    assert_eq!(kept(data), (3, 1, 3, 1));
    assert_sound(data);
}

#[test]
fn eight_writers_at_once_lose_nothing_of_each_other() {
    const WRITERS: usize = 8;
    const EACH: usize = 4;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    printed(data, &["add", &news(data, 1)]);
    let row = printed(data, &["list", "--plain"]);
    let release = row.split('\t').next().unwrap();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            scope.spawn(move || {
                for turn in 0..EACH {
                    let note = format!("note {writer}.{turn}");
                    let quote = [
                        "passage",
                        "add",
                        release,
                        "--quote",
                        "The port opened",
                        "--note",
                        &note,
                    ];
                    let status = command(data, &quote).status().unwrap();
                    assert!(status.success(), "{note}: {status}");
                }
            });
        }
    });
    let noted = printed(data, &["passages", "--plain"]);
    let copy = std::fs::read_to_string(data.join("yours.jsonl")).unwrap();
    for writer in 0..WRITERS {
        for turn in 0..EACH {
            let note = format!("note {writer}.{turn}");
            assert!(noted.contains(&note), "{note} is lost: {noted}");
            assert!(
                copy.contains(&format!("\"{note}\"")),
                "{note} is not in the copy"
            );
        }
    }
    assert_sound(data);
}

/// No process is asked after by its number, so neither a dead one nor another that has its number now is in the way.
#[test]
fn a_reader_that_was_killed_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let mut killed = on(data, "");
    killed.until_text("Start here");
    let mut other = on(data, "");
    other.until_text("Start here");
    killed.keys("s");
    killed.until("a star", |screen| stars(screen) == 1);
    killed.signal("KILL");
    killed.ended();
    other.until("its star", |screen| stars(screen) == 1);
    other.keys("js");
    other.until("one star more", |screen| stars(screen) == 2);
    other.signal("KILL");
    other.ended();
    let mut next = on(data, "");
    next.until("both stars and nothing to say", |screen| {
        let shown = screen.contents();
        stars(screen) == 2 && shown.contains("? help")
    });
    next.keys("q");
    assert_eq!(next.ended(), 0);
    let (starred, _, copied, _) = kept(data);
    assert_eq!((starred, copied), (2, 2));
    assert_sound(data);
}
