//! What HTML flows into: paragraphs, lists, links. It refuses whole pages; those are tests of the extractor.

use super::*;

fn text(html: &str) -> String {
    flow(html, None).text
}

#[test]
fn blocks_become_paragraphs_and_words_stay_whole() {
    for (html, want) in [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One<p>Two<div>Three</div>", "One\n\nTwo\n\nThree"),
        ("a<b>b</b>c <i> d</i>\n e", "abc d e"),
        ("One<br>Two<br><br>Three<br/>", "One\nTwo\n\nThree"),
        ("a&nbsp;b &nbsp; c<p>&nbsp;</p>d", "a\u{A0}b c\n\nd"),
        ("x<script>alert(1)</script><style>p{}</style>y", "xy"),
        ("<pre>a\n  b\n\nc</pre>d", "a\n  b\n\nc\n\nd"),
        ("a</p>b</div>c", "a\n\nbc"),
        ("1 < 2 &amp; 3", "1 < 2 & 3"),
        (
            "a<iframe src=x><p>no frames</p></iframe>b<![CDATA[c]]>",
            "abc",
        ),
        ("a <iframe src=x> b <object>c", "a b c"),
    ] {
        assert_eq!(text(html), want, "{html:?}");
    }
}

#[test]
fn lists_and_tables_keep_their_rows() {
    for (html, want) in [
        ("a<ul><li>One<li>Two</ul>b", "a\n\n• One\n• Two\n\nb"),
        ("<ol start=3><li>x</li><li>y</li></ol>", "3. x\n4. y"),
        (
            "<ul><li><p>One</p><p>More</p></li><li>Two</li></ul>",
            "• One\n\nMore\n\n• Two",
        ),
        (
            "<table><tr><th>A<th>B</tr><tr><td><p>1</p></td><td><p>2</p></td></tr></table>x",
            "A\tB\n1\t2\n\nx",
        ),
        (
            "<table><tr><td><p>One</p><p>Two</p></td></tr><tr><td>Three</td></tr></table>",
            "One\n\nTwo\n\nThree",
        ),
    ] {
        assert_eq!(text(html), want, "{html:?}");
    }
}

#[test]
fn markup_lies_where_its_words_lie() {
    let base = Url::parse("https://acme.example/news/").expect("an address");
    let flowed = flow(
        "<h2> Big <a href='x?a=1&amp;b=2'>news</a></h2><ul><li><b>One</b></li></ul>\
         <table><tr><td>a</td><td>b</td></tr></table><blockquote><p>Q</p></blockquote>",
        Some(&base),
    );
    let seen: Vec<_> = flowed
        .markup
        .iter()
        .map(|m| (m.extent.of(&flowed.text), m.kind.clone()))
        .collect();
    assert_eq!(
        seen,
        [
            ("Big news", MarkupKind::Heading(2)),
            (
                "news",
                MarkupKind::Link("https://acme.example/news/x?a=1&b=2".into())
            ),
            ("• One", MarkupKind::ListItem),
            ("• One", MarkupKind::Strong),
            ("a\tb", MarkupKind::TableRow),
            ("Q", MarkupKind::BlockQuote),
        ]
    );
}

#[test]
fn nesting_without_end_costs_no_more_than_its_length() {
    let deep = format!(
        "{}One{}<p>Two",
        "<div>".repeat(200_000),
        "</div>".repeat(200_000)
    );
    assert_eq!(text(&deep), "One\n\nTwo");
    let items = format!("{}x", "<ul><li>".repeat(100_000));
    assert!(text(&items).ends_with('x'));
    let open = "<b".repeat(300_000);
    assert_eq!(text(&open).len(), open.len());
    let wide = "<p><b>".repeat(100_000);
    assert_eq!(text(&wide), "");
}
