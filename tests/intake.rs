//! What goes in: files of every kind and encoding, folders, archives, and what must be refused at once. Samples are
//! written here or lie in `data/intake`; the large collection beside the repository is read where it exists.

use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use dateline::release::{Incoming, MarkupKind, understand};
use dateline::source::{Problem, Read, read_path};

/// Everything at a path.
fn read(path: &Path) -> (Vec<Incoming>, Vec<Problem>) {
    let (mut releases, mut problems) = (Vec::new(), Vec::new());
    read_path(path, &mut |read| {
        match read {
            Read::Release(incoming) => releases.push(*incoming),
            Read::Problem(problem) => problems.push(problem),
        }
        ControlFlow::Continue(())
    });
    (releases, problems)
}

/// A file of these bytes, and what is read from it.
fn of_bytes(name: &str, bytes: &[u8]) -> (Vec<Incoming>, Vec<Problem>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    read(&path)
}

/// The one release in a file of these bytes.
fn one(name: &str, bytes: &[u8]) -> Incoming {
    let (mut releases, problems) = of_bytes(name, bytes);
    assert!(problems.is_empty(), "{name}: {problems:?}");
    assert_eq!(releases.len(), 1, "{name}");
    releases.remove(0)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    to.write_all(bytes).expect("memory");
    to.finish().expect("memory")
}

#[test]
fn a_page_gives_its_release_and_what_it_says_of_itself() {
    let page = one("page.html", include_bytes!("data/intake/page.html"));
    assert_eq!(
        page.headline.as_deref(),
        Some("Lumenfold opens a laboratory in Leeds")
    );
    assert_eq!(
        page.url.as_deref(),
        Some("https://newsroom.lumenfold.example/2026/leeds")
    );
    assert_eq!(page.published.as_deref(), Some("2026-11-20T09:00:00Z"));
    assert_eq!(page.source.as_deref(), Some("Lumenfold Newsroom"));
    assert_eq!(page.language.as_deref(), Some("en-GB"));
    for kept in [
        "£14 million",
        "\n\nWhat will be made there\n\n",
        "• Lenses for surgical",
        "Year\tJobs\n2026\t60\n",
    ] {
        assert!(page.text.contains(kept), "{kept:?} in {}", page.text);
    }
    for gone in ["Careers", "Cookies", "document.write"] {
        assert!(!page.text.contains(gone), "{gone:?} in {}", page.text);
    }
    let of = |kind: &MarkupKind| {
        page.markup
            .iter()
            .find(|m| m.kind == *kind)
            .map(|m| m.extent.of(&page.text))
    };
    assert_eq!(of(&MarkupKind::Heading(2)), Some("What will be made there"));
    let link = MarkupKind::Link("https://newsroom.lumenfold.example/2026/optics".into());
    assert_eq!(of(&link), Some("folded optics"));
    assert!(page.original.starts_with(b"<!DOCTYPE html>"));
}

#[test]
fn whatever_the_encoding_the_words_are_the_same() {
    let text = "ZÜRICH, 24. November 2026 – Die Grüße aus Köln “kosten” 5 €.";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let latin = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    for (what, bytes) in [
        ("UTF-8", text.as_bytes()),
        ("marked", &marked),
        ("UTF-16", &utf16),
        ("1252", &latin),
    ] {
        assert_eq!(one("a.txt", bytes).text, text, "{what}");
    }
    let chinese = "<meta charset=gb2312><p>北京讯，公司今日宣布与合作伙伴签署协议。</p>";
    let page = one("a.html", &encoding_rs::GBK.encode(chinese).0);
    assert!(page.text.contains("公司今日宣布"), "{}", page.text);
}

#[test]
fn an_archive_is_read_line_by_line_and_a_bad_line_is_its_own_problem() {
    let archive = "{\"id\":\"7\",\"headline\":\"One\",\"text\":\"First.\",\"url\":\"https://a.example/1\",\
                   \"published\":\"2026-11-24\",\"source\":\"Acme\",\"wire\":\"Testwire\"}\n\
                   {\"title\":\"Two\",\"text\":\"<p>A</p><p>B</p>\"}\n\nnonsense\n{\"x\":1}\n{\"text\":\"Last\"}";
    for (name, bytes) in [
        ("a.jsonl", archive.as_bytes().to_vec()),
        ("a.jsonl.gz", gzip(archive.as_bytes())),
    ] {
        let (releases, problems) = of_bytes(name, &bytes);
        assert_eq!(releases.len(), 3, "{name}");
        let first = &releases[0];
        let fields = [
            &first.guid,
            &first.headline,
            &first.url,
            &first.published,
            &first.source,
            &first.wire,
        ];
        let want = [
            "7",
            "One",
            "https://a.example/1",
            "2026-11-24",
            "Acme",
            "Testwire",
        ];
        assert_eq!(fields.map(|f| f.as_deref().unwrap_or("")), want);
        assert_eq!(releases[1].text, "A\n\nB");
        assert_eq!(releases[2].text, "Last");
        let words: Vec<_> = problems.iter().map(|p| p.message.to_string()).collect();
        assert!(
            words[0].starts_with("line 4: not JSON") && words[1].starts_with("line 5: no text"),
            "{words:?}"
        );
    }
}

#[test]
fn mails_alone_and_by_the_box() {
    let mail = "From: Acme Press <press@acme.example>\r\nTo: desk@paper.example\r\nDate: Tue, 24 Nov 2026 07:30:00 +0100\r\n\
                Subject: =?utf-8?Q?FW:_Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <1@acme.example>\r\nMIME-Version: 1.0\r\n\
                Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=iso-8859-1\r\n\
                Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>K=F6ln w=E4chst</p><p>Mehr folgt.</p>\r\n--b\r\n\
                Content-Type: application/pdf; name=facts.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--b--\r\n";
    let read = one("a.eml", mail.as_bytes());
    assert_eq!(read.headline.as_deref(), Some("Grüße"));
    assert_eq!(read.published.as_deref(), Some("2026-11-24T07:30:00+01:00"));
    assert_eq!(read.source.as_deref(), Some("Acme Press"));
    assert_eq!(
        read.text,
        "Köln wächst\n\nMehr folgt.\n\n[Attachment not shown: facts.pdf]"
    );
    let message = |n: u8| {
        format!(
            "From x Tue Nov 24 07:30:00 2026\nFrom: a@b.example\nTo: c@d.example\nSubject: Mail {n}\n\n>From here on, words {n}\n\n"
        )
    };
    let (releases, problems) =
        of_bytes("a.mbox", (1..4).map(message).collect::<String>().as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    let headlines: Vec<_> = releases
        .iter()
        .filter_map(|r| r.headline.as_deref())
        .collect();
    assert_eq!(headlines, ["Mail 1", "Mail 2", "Mail 3"]);
    assert!(releases[0].text.starts_with("From here on"));
}

#[test]
fn mails_that_mean_harm_or_are_broken_are_still_read() {
    let nested = |depth: usize| {
        let opens: String = (0..depth)
            .map(|i| format!("Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n"))
            .collect();
        format!(
            "From: a@b.example\r\nTo: c\r\nSubject: Deep\r\n{opens}Content-Type: text/plain\r\n\r\nwords"
        )
    };
    let long = format!(
        "From: a@b.example\r\nTo: c\r\nSubject: Long\r\nX: {}\r\n\r\nwords",
        "x".repeat(1 << 20)
    );
    let broken = "From: a@b.example\r\nTo: c\r\nSubject: Broken\r\nContent-Type: text/plain; charset=klingon\r\n\
                  Content-Transfer-Encoding: base64\r\n\r\n!!!d29yZHM=";
    for (mail, subject) in [
        (nested(1000), "Deep"),
        (long, "Long"),
        (broken.to_owned(), "Broken"),
    ] {
        let (releases, _) = of_bytes("a.eml", mail.as_bytes());
        assert_eq!(
            releases.first().and_then(|r| r.headline.as_deref()),
            Some(subject)
        );
    }
}

#[test]
fn zips_are_read_within_limits() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in [
        ("../../escape.txt", b"BERLIN -- One.".to_vec()),
        ("a/two.md", b"# Two\n\nWords".to_vec()),
        ("__MACOSX/a/._two.md", b"x".to_vec()),
        (
            "three.jsonl.gz",
            gzip(b"{\"text\":\"Three\"}\n{\"text\":\"Four\"}\n"),
        ),
        ("huge.txt", vec![b'a'; 17 << 20]),
    ] {
        zip.start_file(name, options).expect("memory");
        zip.write_all(&bytes).expect("memory");
    }
    let bytes = zip.finish().expect("memory").into_inner();
    let (releases, problems) = of_bytes("all.zip", &bytes);
    let texts: Vec<_> = releases.iter().map(|r| r.text.as_str()).collect();
    assert_eq!(texts, ["BERLIN -- One.", "Two\n\nWords", "Three", "Four"]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.contains("too large"), "{problems:?}");
    assert!(
        !of_bytes("bad.zip", b"PK\x03\x04 and then nothing")
            .1
            .is_empty()
    );
}

#[test]
fn folders_are_read_in_order_without_what_is_no_release() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        ("b.txt", "B"),
        ("a/c.md", "# C"),
        ("a/.hidden", "x"),
        ("pic.png", "x"),
        ("a/style.css", "x"),
    ] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).expect("a link");
    let (releases, problems) = read(folder.path());
    let texts: Vec<_> = releases.iter().map(|r| r.text.as_str()).collect();
    assert_eq!(texts, ["C", "B"]);
    assert_eq!(problems.len(), 1, "the link: {problems:?}");
    let name = folder
        .path()
        .file_name()
        .map(|n| n.to_string_lossy().into_owned());
    assert_eq!(releases[0].source, name);
}

#[test]
fn what_is_no_file_is_refused_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    rustix::fs::mknodat(
        rustix::fs::CWD,
        at("pipe"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RWXU,
        0,
    )
    .expect("a pipe");
    let mut sparse = std::fs::File::create(at("sparse.txt")).expect("a file");
    sparse
        .write_all(&b"BERLIN -- words ".repeat(1024))
        .expect("a file");
    sparse.set_len(5 << 30).expect("a sparse file");
    std::fs::write(at("binary"), [0, 1, 2, 3, 4, 5, 6, 7]).expect("a file");
    std::fs::write(at("a.pdf"), b"%PDF-1.7 x").expect("a file");
    std::os::unix::fs::symlink(at("self"), at("self")).expect("a link");
    for (path, words) in [
        (at("pipe"), "not a regular file"),
        ("/dev/zero".into(), "not a regular file"),
        (at("sparse.txt"), "too large"),
        (at("binary"), "not text"),
        (at("a.pdf"), "a PDF file"),
        (at("self"), "symbolic links"),
        (at("absent"), "no such file"),
    ] {
        let begun = Instant::now();
        let (releases, problems) = read(&path);
        assert!(begun.elapsed() < Duration::from_secs(1), "{path:?}");
        assert!(releases.is_empty(), "{path:?}");
        assert!(
            problems[0].message.contains(words),
            "{path:?}: {problems:?}"
        );
    }
}

/// A feed of a hundred thousand entries is read as far as its limit goes, and says so; fifty megabytes in one line are
/// refused, and the line after it is read.
#[test]
fn what_is_far_too_much_is_cut_or_refused_in_words() {
    let entry = |number: u32| {
        format!(
            "<item><title>Quay {number} opens</title><guid>{number}</guid><description>Ships may berth.</description></item>"
        )
    };
    let entries: String = (0..100_000).map(entry).collect();
    let feed =
        format!("<rss version=\"2.0\"><channel><title>Port</title>{entries}</channel></rss>");
    let (read, problems) = of_bytes("many.xml", feed.as_bytes());
    assert_eq!(read.len(), 2_000);
    assert!(
        problems[0]
            .message
            .contains("more than 2000 entries; the first 2000"),
        "{problems:?}"
    );
    let record = |id: &str, text: &str| {
        format!("{{\"headline\":\"Quay {id} opens\",\"text\":\"{text}\",\"id\":\"{id}\"}}\n")
    };
    let lines =
        record("eight", &"a quay and ".repeat(4_800_000)) + &record("nine", "Ships may berth.");
    let (read, problems) = of_bytes("long.jsonl", lines.as_bytes());
    let headlines: Vec<_> = read
        .iter()
        .map(|release| release.headline.as_deref())
        .collect();
    assert_eq!(headlines, [Some("Quay nine opens")]);
    assert!(
        problems[0].message.contains("line 1") && problems[0].message.contains("over 16 MiB"),
        "{problems:?}"
    );
}

#[test]
fn pages_that_mean_harm_give_their_text() {
    let deep = |open: &str, n: usize| {
        format!(
            "<title>T</title>{}<p>the text after the nest</p>",
            open.repeat(n)
        )
    };
    let script = format!(
        "<script>{}</script><style>{}</style>",
        "x".repeat(5 << 20),
        "y".repeat(1 << 20)
    );
    let picture = format!(
        "<p>the text after the nest</p><img src='data:image/png;base64,{}'>",
        "A".repeat(5 << 20)
    );
    let attributes: String = (0..100_000).map(|i| format!(" a{i}=b")).collect();
    for (what, page) in [
        ("div", deep("<div>", 64_000)),
        ("ul", deep("<ul><li>", 64_000)),
        ("b", deep("<b>", 64_000)),
        ("font", deep("<p><font size=1>", 8_000)),
        ("svg", deep("<svg><g></g></svg><i>", 8_000)),
        ("table", deep("<table><tr><td>", 8_000)),
        ("script", format!("{script}<p>the text after the nest</p>")),
        ("picture", picture),
        (
            "attributes",
            format!("<p{attributes}>the text after the nest</p>"),
        ),
        (
            "frameset",
            "<frameset><frame src=a></frameset><p>the text after the nest".to_owned(),
        ),
        (
            "plaintext",
            "<plaintext><p>the text after the nest".to_owned(),
        ),
    ] {
        let begun = Instant::now();
        // Workers have stacks of two megabytes; so has this.
        let handle = std::thread::Builder::new()
            .stack_size(2 << 20)
            .spawn(move || one("a.html", page.as_bytes()));
        let incoming = handle.expect("a thread").join().expect("no panic");
        assert!(
            incoming.text.contains("the text after the nest"),
            "{what}: {:.200}",
            incoming.text
        );
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "{what}: {:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn feeds_that_mean_harm_or_are_broken_give_what_is_in_them() {
    let laughs: String = (1..10)
        .map(|i| format!("<!ENTITY l{i} \"&l{};&l{};\">", i - 1, i - 1))
        .collect();
    let bomb = format!(
        "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY l0 'ha'>{laughs}<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\
                        <rss><channel><item><title>&l9; &x; end</title></item></channel></rss>"
    );
    let one_of = |text: &str| of_bytes("a.xml", text.as_bytes()).0;
    assert_eq!(one_of(&bomb)[0].headline.as_deref(), Some("&l9; &x; end"));
    let long = format!(
        "<rss><channel><item><title>{}</title></item></channel></rss>",
        "a ".repeat(5 << 20)
    );
    assert!(
        one_of(&long)[0]
            .headline
            .as_ref()
            .is_some_and(|h| h.len() <= 16 << 10)
    );
    let many = format!(
        "<rss><channel>{}</channel></rss>",
        "<item><title>x</title></item>".repeat(100_000)
    );
    let (releases, problems) = of_bytes("a.xml", many.as_bytes());
    assert_eq!((releases.len(), problems.len()), (2_000, 1));
    for (text, headlines) in [
        (
            "<rss><channel><item><title>B & C</title></item></channel></rss>",
            vec!["B & C"],
        ),
        (
            "<rss><item><title>no channel</title></item>",
            vec!["no channel"],
        ),
        (
            "<rss><channel><item><title>a]]>b\u{8}</title><item><title>c",
            vec!["a]]>b\u{8}", "c"],
        ),
        (
            "<feed><entry><title type=html>a &lt;b&gt;c&lt;/b&gt;</title></entry></feed>",
            vec!["a c"],
        ),
    ] {
        let read = one_of(text);
        let got: Vec<_> = read.iter().filter_map(|r| r.headline.as_deref()).collect();
        assert_eq!(got, headlines, "{text}");
    }
    assert!(
        !of_bytes("a.xml", b"<?xml version='1.0'?><other><x/></other>")
            .1
            .is_empty()
    );
}

#[test]
fn a_release_of_any_form_ends_in_text_for_readers() {
    let long = format!("BERLIN -- {}", "word ".repeat(2 << 20));
    for (name, text) in [
        ("a.txt", long.as_str()),
        ("a.md", "# T\n\nx\u{1B}[31m"),
        ("a.txt", "one stray\0 zero in a line of words"),
    ] {
        let (releases, _) = of_bytes(name, text.as_bytes());
        let release = understand(&releases[0], &[]);
        assert!(release.text.len() <= (2 << 20) + 64);
        assert!(!release.text.contains(['\u{1B}', '\0']));
    }
}

/// All real releases go in, where they are at hand.
#[test]
fn the_raw_collection_goes_in_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/releases/raw");
    if !folder.is_dir() {
        println!("absent: {}", folder.display());
        return;
    }
    let (releases, problems) = read(&folder);
    assert!(problems.is_empty(), "{problems:?}");
    let files = std::fs::read_dir(&folder).expect("a folder").count();
    assert_eq!(releases.len(), files);
    let empty: Vec<_> = releases
        .iter()
        .filter(|r| r.text.trim().len() < 100)
        .map(|r| &r.path)
        .collect();
    assert!(empty.is_empty(), "{empty:?}");
}

#[test]
fn items_of_the_press_councils_json_and_of_json_feeds() {
    let ninjs = r#"{"uri":"urn:1","type":"text","language":"en","versionCreated":"2026-11-24T07:30:00Z",
        "headlines":[{"role":"short","value":"Short"},{"role":"main","value":"Halden raises guidance"}],
        "bodies":[{"role":"main","contentType":"text/html","value":"<p>HALDEN, Norway</p><p>More.</p>"}],
        "subjects":[{"name":"mining"}],
        "organisations":[{"name":"Halden","symbols":[{"symbol":"HALD","exchange":"XOSL"}]}]}"#;
    let item = one("a.json", ninjs.as_bytes());
    assert_eq!(item.headline.as_deref(), Some("Halden raises guidance"));
    assert_eq!(
        (item.guid.as_deref(), item.published.as_deref()),
        (Some("urn:1"), Some("2026-11-24T07:30:00Z"))
    );
    assert_eq!(item.text, "HALDEN, Norway\n\nMore.");
    let labels: Vec<_> = item.labels.iter().map(|l| l.value.as_str()).collect();
    assert_eq!(labels, ["mining", "XOSL:HALD"]);
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Wire","items":[
        {"id":"1","url":"https://a.example/1","title":"One","content_html":"<p>A</p>","date_published":"2026-11-24T07:30:00+01:00"},
        {"id":"2","content_text":"B only"}]}"#;
    let (items, problems) = of_bytes("feed.json", feed.as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    let seen: Vec<_> = items
        .iter()
        .map(|i| (i.headline.as_deref(), i.text.as_str(), i.source.as_deref()))
        .collect();
    assert_eq!(
        seen,
        [
            (Some("One"), "A", Some("Wire")),
            (None, "B only", Some("Wire"))
        ]
    );
}
