//! Whether a release corrects, withdraws or only announces: `/C O R R E C T I O N/`, `CORRECTING and REPLACING`,
//! `/KILL/`, `MEDIA ADVISORY`. Reads the head alone; a release that writes about corrections is none.

use super::blocks::Block;
use super::words;
use crate::release::Standing;
use crate::text;

/// What the words above and at the start of the body say the release is.
pub(super) fn find(
    text: &str,
    blocks: &[Block],
    body: usize,
    headline: Option<&str>,
) -> Option<Standing> {
    let lines = blocks
        .iter()
        .take((body + 1).min(blocks.len()))
        .take(40)
        .map(|block| block.inner(text));
    headline.into_iter().chain(lines).find_map(of_line)
}

/// What one line says.
fn of_line(line: &str) -> Option<Standing> {
    let mut end = line.len().min(240);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let line = unspaced(&line[..end]);
    let small = line.to_lowercase();
    let opening = small.trim_start_matches(['/', '*', '-', '–', '—', '[', '(', ' ', ':']);
    let first = opening.bytes().next();
    let starts = |words: &[&str]| {
        let mut likely = words.iter().filter(|word| word.bytes().next() == first);
        likely.any(|word| opening.starts_with(word))
    };
    let stroke = small.contains('/');
    let struck = |words: &[&str]| {
        stroke
            && words.iter().any(|word| {
                small.contains(&format!("/{word}")) || small.contains(&format!("{word}/"))
            })
    };
    if starts(&[
        "correcting and replacing",
        "correction:",
        "correction -",
        "correction –",
        "correction —",
        "correction/",
        "corrected:",
        "corrected version",
        "berichtigung",
        "korrektur",
        "rectificatif",
        "corrección",
        "update:",
        "update -",
        "update –",
        "update --",
        "updated:",
        "updating and replacing",
        "replacement",
        "this release replaces",
        "this replaces",
        "更正",
    ]) || struck(&["correction", "repeat and correction", "update", "corrected"])
        || text::find(&small, "correcting and replacing").is_some()
        || (words::shouted(&line) && starts(&["correction", "update"]) && line.len() < 30)
        || small.starts_with("in the news release") && small.contains("issued")
    {
        return Some(Standing::Correction);
    }
    if struck(&["kill", "killed", "withdrawn"])
        || starts(&[
            "kill:",
            "kill release",
            "mandatory kill",
            "withdrawal:",
            "withdrawn:",
            "release withdrawn",
            "press release withdrawn",
            "please disregard",
            "disregard release",
            "retraction:",
            "rückzug:",
            "retrait:",
            "撤回",
        ])
        || line.trim() == "KILL"
    {
        return Some(Standing::Kill);
    }
    let advisory = starts(&[
        "media advisory",
        "media alert",
        "news advisory",
        "press advisory",
        "photo advisory",
        "advisory:",
        "medienhinweis",
        "presseeinladung",
        "terminhinweis",
        "invitation presse",
        "avis aux médias",
        "convocatoria",
    ]) || struck(&["advisory", "media advisory"]);
    advisory.then_some(Standing::Advisory)
}

/// Letters parted by blanks drawn together: `C O R R E C T I O N` becomes `CORRECTION`.
fn unspaced(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let single = |word: &str| {
        let mut letters = word.trim_matches('/').chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    let mut after_single = false;
    for (at, word) in text::pieces(line).enumerate() {
        let single = single(word);
        if at > 0 && !(single && after_single) {
            out.push(' ');
        }
        out.push_str(word);
        after_single = single;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_say_what_a_release_is() {
        for (line, standing) in [
            (
                "/C O R R E C T I O N -- Acme Corp./",
                Some(Standing::Correction),
            ),
            (
                "CORRECTING and REPLACING Acme Reports Results",
                Some(Standing::Correction),
            ),
            ("UPDATE: Acme Reports Results", Some(Standing::Correction)),
            ("/R E P E A T -- Acme/", None),
            ("/K I L L/ -- Acme Corp.", Some(Standing::Kill)),
            (
                "MEDIA ADVISORY: Mayor to open bridge",
                Some(Standing::Advisory),
            ),
            ("/ADVISORY/ Acme to speak", Some(Standing::Advisory)),
            ("Acme updates its correction tape", None),
        ] {
            assert_eq!(of_line(line), standing, "{line}");
        }
    }
}
