//! Folders, mailboxes and files that are followed: what comes into them comes in, once; what has not changed is not
//! read again.

use std::path::Path;

use dateline::release::FullText;

use super::dateline;

fn count(data: &Path) -> usize {
    dateline(data, &["list", "--jsonl"]).1.lines().count()
}

fn mail(number: u32, words: &str) -> String {
    format!(
        "From: Press office <press@example.com>\r\nMessage-ID: <{number}@example.com>\r\nSubject: Mail {number}\r\n\
         Date: Tue, 03 Mar 2026 08:0{number}:00 +0000\r\nContent-Type: text/plain\r\n\r\n{words}\r\n"
    )
}

#[test]
fn what_comes_into_a_folder_comes_in() {
    let place = tempfile::tempdir().expect("a folder");
    let (press, data) = (place.path().join("press"), place.path().join("data"));
    std::fs::create_dir_all(press.join("2026")).expect("a folder");
    std::fs::write(
        press.join("one.txt"),
        "Quay nine opens\n\nThe port opened quay nine on Monday.\n",
    )
    .expect("a file");
    let named = press.to_string_lossy().into_owned();
    assert_eq!(dateline(&data, &["add", &named, "--tag", "port"]).0, 0);
    assert_eq!(count(&data), 1);
    // Not due, and asked for it brings nothing.
    assert_eq!(dateline(&data, &["refresh"]).0, 0);
    assert_eq!(dateline(&data, &["refresh", "press"]).0, 0);
    assert_eq!(count(&data), 1);
    // In the folder, below it, and moved there with an old date.
    std::fs::write(
        press.join("two.txt"),
        "Cranes arrive\n\nTwo cranes arrived at the port on Tuesday.\n",
    )
    .expect("a file");
    std::fs::write(
        press.join("2026/three.txt"),
        "Ferries return\n\nThe ferries will return to the old pier in May.\n",
    )
    .expect("a file");
    let moved = place.path().join("2025");
    std::fs::create_dir(&moved).expect("a folder");
    std::fs::write(
        moved.join("four.txt"),
        "Fish market closes\n\nThe fish market closes for the winter.\n",
    )
    .expect("a file");
    std::fs::rename(&moved, press.join("2025")).expect("moved");
    assert_eq!(dateline(&data, &["refresh", "press"]).0, 0);
    assert_eq!(count(&data), 4);
    // What is gone from the folder stays here.
    std::fs::remove_file(press.join("one.txt")).expect("removed");
    assert_eq!(dateline(&data, &["refresh", "press"]).0, 0);
    assert_eq!(count(&data), 4);
    std::fs::rename(&press, place.path().join("elsewhere")).expect("moved");
    let _ = dateline(&data, &["refresh", "press"]);
    let (_, out, _) = dateline(&data, &["sources", "--json"]);
    let sources: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let source = sources
        .as_array()
        .expect("sources")
        .iter()
        .find(|s| s["name"] == "press")
        .expect("it");
    assert_eq!(source["state"], "failing");
    assert!(
        source["trouble"]
            .as_str()
            .expect("why")
            .contains("no such file or folder")
    );
    assert_eq!(source["tags"], serde_json::json!(["port"]));
    assert_eq!(source["full_text"], serde_json::json!(FullText::Never));
    assert_eq!(count(&data), 4);
}

#[test]
fn a_mail_is_one_release_wherever_its_mailbox_puts_it() {
    let place = tempfile::tempdir().expect("a folder");
    let (post, data) = (place.path().join("Maildir"), place.path().join("data"));
    for folder in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(post.join(folder)).expect("a folder");
    }
    std::fs::write(
        post.join("new/1.host"),
        mail(1, "Quay nine opened on Monday."),
    )
    .expect("a file");
    std::fs::write(post.join("tmp/2.host"), "half a ma").expect("a file");
    assert_eq!(dateline(&data, &["add", &post.to_string_lossy()]).0, 0);
    assert_eq!(count(&data), 1);
    std::fs::rename(post.join("new/1.host"), post.join("cur/1.host:2,S")).expect("moved");
    std::fs::write(
        post.join("new/2.host"),
        mail(2, "Two cranes arrived on Tuesday."),
    )
    .expect("a file");
    assert_eq!(dateline(&data, &["refresh", "Maildir"]).0, 0);
    assert_eq!(count(&data), 2);
}

#[test]
fn mails_after_one_pattern_are_as_many_releases_as_mails() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, press) = (folder.path().join("data"), folder.path().join("press"));
    std::fs::create_dir(&press).expect("a folder");
    // With identifiers and without, in one mailbox; their words differ in a figure.
    let mut mailbox = String::new();
    for n in 1..=6 {
        let id = if n % 2 == 0 {
            format!("Message-ID: <{n}@acme.example>\n")
        } else {
            String::new()
        };
        mailbox.push_str(&format!(
            "From press@acme.example Tue Nov 24 10:00:00 2026\nFrom: Acme <press@acme.example>\nTo: a@b.example\n\
             Subject: Acme reports results for the quarter\nDate: Tue, 24 Nov 2026 1{n}:00:00 +0000\n{id}\n\
             LEEDS, Nov. 24, 2026 -- Acme reported revenue of {n} million euros for the quarter today.\n\n"
        ));
    }
    std::fs::write(press.join("box.mbox"), mailbox).expect("a file");
    assert_eq!(dateline(&data, &["add", &press.to_string_lossy()]).0, 0);
    assert_eq!(count(&data), 6);
    let (_, _, said) = dateline(&data, &["add", &press.to_string_lossy()]);
    assert!(said.contains("0 new, 0 changed, 6 known"), "{said}");
}

#[test]
fn what_is_appended_to_a_mailbox_comes_in() {
    let place = tempfile::tempdir().expect("a folder");
    let (post, data) = (place.path().join("press.mbox"), place.path().join("data"));
    let envelope = |number, words: &str| {
        let mail = mail(number, words).replace("\r\n", "\n");
        format!("From press@example.com Tue Mar  3 08:00:00 2026\n{mail}\n")
    };
    let first = envelope(1, "Quay nine opened on Monday.");
    let second = envelope(2, "Two cranes arrived at the harbour on Tuesday.");
    std::fs::write(&post, &first).expect("a file");
    assert_eq!(dateline(&data, &["add", &post.to_string_lossy()]).0, 0);
    assert_eq!(count(&data), 1);
    std::fs::write(&post, first + &second).expect("a file");
    assert_eq!(dateline(&data, &["refresh", "press.mbox"]).0, 0);
    assert_eq!(count(&data), 2);
}
