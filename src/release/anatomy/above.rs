//! Lines that stand above a headline and are none: who heads the paper, what kind of release it is, the line that frees
//! it, the name of a site's section. Each looks at one line; it refuses to know where the line stands.

use super::{embargo, people, words};

/// Lines that stand above a headline and are none: release lines, kickers, labels.
pub(super) fn is_above(inner: &str) -> bool {
    let small = inner.to_lowercase();
    let small = small.trim_matches(|c: char| !c.is_alphanumeric());
    is_release_line(inner)
        || matches!(
            small,
            "press release"
                | "news release"
                | "media release"
                | "news"
                | "press releases"
                | "news releases"
                | "statement"
                | "pressemitteilung"
                | "communiqué de presse"
                | "comunicado de prensa"
                | "latest news"
                | "press room"
                | "newsroom"
                | "medienmitteilung"
                | "health news"
                | "media advisory"
                | "media alert"
                | "news advisory"
                | "photo advisory"
                | "/"
                | "topics"
                | "share"
                | "print"
        )
        || small.ends_with(" press release") && small.len() < 40
        || small.ends_with(" press releases") && small.len() < 60
        || small.ends_with(" news releases") && small.len() < 60
        || small.starts_with("contact:")
        || small.starts_with("media contact")
}

/// A line that heads a list or a section of a site: nothing above it belongs to the headline.
pub(super) fn is_kicker(inner: &str) -> bool {
    matches!(
        inner.to_lowercase().trim(),
        "news releases"
            | "press releases"
            | "latest news"
            | "more news"
            | "newsroom"
            | "press room"
            | "news"
    )
}

/// FOR IMMEDIATE RELEASE and its like; embargo lines too, for they say when.
pub(super) fn is_release_line(inner: &str) -> bool {
    if inner.len() > 160 {
        return false;
    }
    let opening = inner.trim_start_matches(['*', '_', '[', '(', '/', '-', ' ']);
    let may_open = opening.starts_with(|c: char| "fFpPnNzZsS即立".contains(c));
    if !may_open && !names_embargo(opening) {
        return false;
    }
    let small = opening.to_lowercase();
    [
        "for immediate release",
        "for release",
        "public release",
        "for use at",
        "not for release before",
        "for immediate publication",
        "zur sofortigen veröffentlichung",
        "sperrfrist",
        "pour diffusion immédiate",
        "pour publication immédiate",
        "para publicación inmediata",
        "para su publicación inmediata",
        "即时发布",
        "立即发布",
    ]
    .iter()
    .any(|words| small.starts_with(words))
        || (small.contains("embargo") && embargo::is_line(inner))
}

/// Whether `line` has the word embargo, in whatever case.
fn names_embargo(line: &str) -> bool {
    let bytes = line.as_bytes();
    memchr::memchr2_iter(b'b', b'B', bytes).any(|at| {
        at >= 2
            && bytes[at - 2..]
                .get(..7)
                .is_some_and(|word| word.eq_ignore_ascii_case(b"embargo"))
    })
}

/// Whether a line is the name of a body that the text uses again: `Ministry of Transport`, `Marlowe Institute`.
pub(super) fn is_letterhead(text: &str, inner: &str) -> bool {
    let count = words::count(inner, 9);
    if !(2..=7).contains(&count) || inner.len() > 70 || inner.ends_with(['.', '?', '!', ':']) {
        return false;
    }
    let opens = [
        "Ministry of",
        "Department of",
        "Department for",
        "Office of",
        "Bank of",
        "City of",
        "University of",
        "Council of",
        "State of",
        "Government of",
        "Embassy of",
        "Ministère d",
    ];
    let named = opens.iter().any(|words| inner.starts_with(words))
        || inner
            .rsplit(' ')
            .next()
            .is_some_and(people::is_organisation);
    let small = inner
        .split(' ')
        .filter(|word| word.starts_with(char::is_lowercase))
        .all(|word| {
            matches!(
                word,
                "of" | "for" | "the" | "and" | "in" | "de" | "du" | "des"
            )
        });
    named && small && text.matches(inner).take(2).count() >= 2
}
