//! Where paragraphs and sentences lie. They are the units that a reader moves, selects and cites by, so the same
//! function serves the cursor, the quotations and the repairs. It knows abbreviations, initials, numbered lists,
//! German ordinals, closing quotation marks and the full stops of Chinese and Japanese; it refuses to guess at markup
//! and never parts a word (`example.com`, `3.5`).

use super::Extent;

/// The paragraphs of `text`: runs of lines with something on them, parted by blank lines. White space at their ends
/// is left out.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Extent> {
    let mut found = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_end();
        if inner.trim_start().is_empty() {
            if let Some(start) = start.take() {
                found.push(Extent::new(start, end));
            }
        } else {
            let lead = inner.len() - inner.trim_start().len();
            start.get_or_insert(at + lead);
            end = at + inner.len();
        }
        at += line.len();
    }
    if let Some(start) = start {
        found.push(Extent::new(start, end));
    }
    found
}

/// The sentences of `text` within `within` (one paragraph or more), in order, without the white space between them.
/// A blank line ends a sentence; a single line feed does where the line does not look wrapped. Linear in the length.
#[must_use]
pub fn sentences(text: &str, within: Extent) -> Vec<Extent> {
    let inner = within.of(text);
    let mut found = Vec::new();
    let mut start = 0;
    let mut push = |start: usize, end: usize| {
        let piece = &inner[start..end];
        let kept = piece.trim();
        if !kept.is_empty() {
            let lead = piece.len() - piece.trim_start().len();
            let from = within.start + start + lead;
            found.push(Extent::new(from, from + kept.len()));
        }
    };
    let mut at = 0;
    while let Some((stop, c)) = next_stop(inner, at) {
        let end = match c {
            '\n' => line_ends_sentence(inner, start, stop).then_some(stop + 1),
            '。' | '！' | '？' | '｡' => Some(after_closers(inner, stop + c.len_utf8())),
            _ => latin_end(inner, start, stop),
        };
        if let Some(end) = end {
            push(start, end);
            start = end;
        }
        at = end.unwrap_or(stop + c.len_utf8());
    }
    push(start, inner.len());
    found
}

/// The next character at or after `from` that may end a sentence.
fn next_stop(text: &str, from: usize) -> Option<(usize, char)> {
    text[from..]
        .char_indices()
        .find(|(_, c)| matches!(c, '.' | '!' | '?' | '…' | '\n' | '。' | '！' | '？' | '｡'))
        .map(|(at, c)| (from + at, c))
}

/// Past the closing quotation marks and brackets, and further stops, that belong to a stop.
fn after_closers(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let kept = rest.trim_start_matches(|c| {
        matches!(
            c,
            '”' | '’'
                | '"'
                | '\''
                | ')'
                | ']'
                | '»'
                | '›'
                | '」'
                | '』'
                | '）'
                | '》'
                | '】'
                | '.'
                | '!'
                | '?'
                | '…'
                | '。'
                | '！'
                | '？'
        )
    });
    from + (rest.len() - kept.len())
}

/// Where the sentence from `start` ends, if the Latin stop at `stop` ends it.
fn latin_end(text: &str, start: usize, stop: usize) -> Option<usize> {
    let after = after_closers(text, stop + text[stop..].chars().next()?.len_utf8());
    let rest = &text[after..];
    if rest.is_empty() {
        return Some(after);
    }
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let next = rest.trim_start();
    if rest[..rest.len() - next.len()].contains('\n') {
        // The line feed is weighed on its own.
        return None;
    }
    if !may_open(next) {
        return None;
    }
    let run = &text[stop..after];
    let quoted = run.ends_with(['”', '"', '’', '»', '“']);
    if quoted && said_next(next) {
        return None;
    }
    if run.starts_with('.') && !run.starts_with("..") && abbreviated(text, start, stop, next) {
        return None;
    }
    Some(after)
}

/// Whether a sentence may open with what follows: not with a small letter, nor with a mark that goes on.
fn may_open(next: &str) -> bool {
    let mut rest = next.chars();
    let first = rest.next().unwrap_or(' ');
    if matches!(
        first,
        ',' | ';' | ':' | '-' | '–' | '—' | '/' | '&' | '%' | '=' | '|'
    ) {
        return false;
    }
    let letter = std::iter::once(first)
        .chain(rest.take(3))
        .find(|c| c.is_alphanumeric());
    // `iPhone` and its like open a sentence too.
    !letter.is_some_and(char::is_lowercase) || next.chars().nth(1).is_some_and(char::is_uppercase)
}

/// Whether a verb of speech comes within the next words, as in `“Never!” Jane Roe said`.
fn said_next(next: &str) -> bool {
    next.split(' ')
        .take(4)
        .map(|word| word.trim_end_matches([',', '.', ':']))
        .take_while(|word| !word.is_empty())
        .any(|word| {
            matches!(
                word,
                "said" | "says" | "added" | "adds" | "asked" | "noted" | "continued" | "explained"
            )
        })
}

/// Words with a point that are always followed by what they belong to.
const LEADING: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "hon", "gov", "sen", "rep", "reps", "sens",
    "gen", "lt", "col", "maj", "capt", "cpl", "sgt", "adm", "cmdr", "pres", "supt", "insp", "st",
    "ste", "mt", "ft", "messrs", "mme", "mlle", "sr.a", "vs", "v", "cf", "e.g", "i.e", "approx",
    "ca", "fig", "figs", "vol", "art", "sec", "ext", "tel", "ph", "attn", "dept", "nr", "bzw",
    "z.b", "d.h", "u.a", "inkl", "ggf", "str", "sog", "hr", "fr", "dipl", "ing", "sra", "dra",
    "lic", "mgr", "resp", "av", "ave", "blvd", "rd", "gebr", "pp", "ed", "eds", "trans", "asst",
    "assoc", "bros",
];

/// Words with a point that may also stand at a sentence's end.
const EITHER: &[&str] = &[
    "inc", "corp", "co", "ltd", "llc", "llp", "lp", "plc", "cos", "s.a", "n.v", "b.v", "s.p.a",
    "s.r.l", "a.g", "bhd", "pty", "pvt", "pte", "cie", "jr", "sr", "esq", "etc", "al", "usw",
    "ph.d", "a.m", "p.m", "am", "pm", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat",
    "sun", "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan",
    "ky", "la", "md", "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore",
    "pa", "penn", "tenn", "tex", "va", "vt", "wash", "wis", "wyo", "ont", "que", "alta", "sask",
    "man", "est", "ext", "intl", "int'l", "dist", "univ", "mfg", "bldg", "mio", "mrd", "sq", "ft",
    "lbs", "oz", "min", "max", "incl", "excl", "yr", "yrs", "hrs",
];

/// Words that open sentences and hardly ever go on after an abbreviation.
const OPENERS: &[&str] = &[
    "The",
    "This",
    "These",
    "That",
    "Those",
    "It",
    "Its",
    "He",
    "She",
    "They",
    "We",
    "I",
    "Our",
    "His",
    "Her",
    "Their",
    "In",
    "On",
    "At",
    "For",
    "From",
    "With",
    "By",
    "As",
    "To",
    "An",
    "A",
    "If",
    "When",
    "While",
    "After",
    "Before",
    "Since",
    "Under",
    "During",
    "However",
    "And",
    "But",
    "Also",
    "All",
    "About",
    "According",
    "Additionally",
    "More",
    "There",
    "You",
    "Your",
    "What",
    "How",
    "Why",
    "Where",
    "Who",
    "Please",
    "No",
    "Not",
    "Both",
    "Each",
    "Many",
    "Most",
    "Founded",
    "Headquartered",
    "Based",
    "Der",
    "Die",
    "Das",
    "Ein",
    "Eine",
    "Wir",
    "Le",
    "Les",
    "Un",
    "Une",
    "El",
    "Los",
    "Las",
    "Una",
    "Nous",
    "Il",
    "Elle",
    "Sie",
    "Es",
    "Mit",
    "Im",
    "Am",
    "So",
    "Such",
    "Through",
    "Over",
];

/// Months as German ordinals stand before them.
const MONTHS: &[&str] = &[
    "Januar",
    "Jänner",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// Whether the point at `stop` belongs to the word before it rather than to the sentence.
fn abbreviated(text: &str, start: usize, stop: usize, next: &str) -> bool {
    let word = last_word(&text[start..stop]);
    let lead = next
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("");
    let opens = OPENERS.contains(&lead) || lead.is_empty();
    if word.is_empty() {
        return false;
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        let numbered = text[start..stop].trim_start() == word && word.len() <= 3;
        return numbered
            || (word.len() <= 2
                && (MONTHS.contains(&lead) || german_before(&text[start..stop - word.len()])));
    }
    let mut letters = word.chars();
    if let (Some(one), None) = (letters.next(), letters.next()) {
        return one.is_uppercase() && !(opens && one != 'I' && lead != "A");
    }
    let small = word.to_lowercase();
    if small == "no" || small == "nos" {
        return next.starts_with(|c: char| c.is_ascii_digit());
    }
    if LEADING.contains(&small.as_str()) {
        return true;
    }
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2);
    // `Acme Inc. (NASDAQ: ACME)`: what a bracket adds belongs to the name, unless a sentence stands in it.
    let added = next.strip_prefix('(').is_some_and(|inner| {
        let lead = inner.split(|c: char| !c.is_alphanumeric()).next();
        lead.is_some_and(|lead| !OPENERS.contains(&lead))
    });
    (dotted || EITHER.contains(&small.as_str())) && (!opens || added)
}

/// The word that ends `text`: back to white space, a bracket, a dash or a quotation mark. Looks at 24 bytes at most,
/// for no abbreviation is longer.
fn last_word(text: &str) -> &str {
    let mut from = text.len().saturating_sub(24);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = &text[from..];
    let cut = tail
        .char_indices()
        .rev()
        .find(|(_, c)| {
            c.is_whitespace()
                || matches!(
                    c,
                    '(' | '[' | '“' | '"' | '‘' | '«' | '„' | '/' | '-' | '–' | '—' | '*'
                )
        })
        .map_or(0, |(at, c)| at + c.len_utf8());
    &tail[cut..]
}

/// Whether a German article or preposition stands before an ordinal.
fn german_before(before: &str) -> bool {
    matches!(
        last_word(before.trim_end()),
        "am" | "vom"
            | "zum"
            | "der"
            | "den"
            | "dem"
            | "des"
            | "das"
            | "die"
            | "im"
            | "beim"
            | "zur"
            | "seit"
    )
}

/// Whether the line feed at `stop` ends the sentence from `start`: always before a blank line; elsewhere unless the
/// line looks wrapped, that is, the next goes on with a small letter, or the line is as long as wrapped lines are and
/// ends in the middle of something.
fn line_ends_sentence(text: &str, start: usize, stop: usize) -> bool {
    let rest = &text[stop + 1..];
    let next = rest.split('\n').next().unwrap_or("").trim();
    if next.is_empty() {
        return true;
    }
    let line_start = text[start..stop]
        .rfind('\n')
        .map_or(start, |at| start + at + 1);
    let line = text[line_start..stop].trim();
    let closed = line.ends_with(['.', '!', '?', ':', '。', '！', '？', '”', '"', '»']);
    if closed || line.is_empty() {
        return true;
    }
    let first = next.chars().next().unwrap_or(' ');
    if matches!(first, '-' | '*' | '•' | '·' | '|' | '#') {
        return true;
    }
    let wrapped = (55..=100).contains(&line.len());
    !(first.is_lowercase() || wrapped || line.ends_with([',', ';']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, Extent::new(0, text.len()))
            .into_iter()
            .map(|sentence| sentence.of(text))
            .collect()
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        // A bar marks each end.
        for marked in [
            "Acme Inc. said so.|The U.S. Senate agreed.|It is done.",
            "Acme, Inc. (NASDAQ: ACME) grew at 3 p.m. (EST) today.|It paid Roe & Co.|(The sum is secret.)|Done.",
            "He joined Acme Corp.|The deal closed on Sept. 3.|Dr. J. F. Roe spoke at 3 p.m. Monday.",
            "Sales rose 3.5 percent to $1.2 million at example.com.|Next came No. 7.|No.|Never.",
            "“We won!” she said.|“It is ours.”|They left.",
            "“Never!” Jane Roe said.|Then silence.",
            "Wait ... what?|Well… yes.",
            "Am 3. Oktober trafen sich die Partner.|Die Firma z.B. wuchs.|Sie kommt.",
            "公司宣布了结果。|“我们很高兴。”|他说！",
            "1. First point stands here.|2. Second point.",
            "Acme S.A. of Lima grew.|Jan. 4 was late.|We met in Washington, D.C.|The end.",
            "Yahoo! is old.|Is it?|Yes, Vitamin C.|The rest…",
        ] {
            let plain = marked
                .replace('|', " ")
                .replace("。 ", "。")
                .replace("” 他", "”他");
            let want: Vec<&str> = marked.split('|').collect();
            assert_eq!(split(&plain), want, "{marked}");
        }
    }

    #[test]
    fn line_feeds_part_headings_but_not_wrapped_lines() {
        assert_eq!(
            split("A Short Heading\nThe text begins here.\nAnd goes on.\n\nNew paragraph"),
            [
                "A Short Heading",
                "The text begins here.",
                "And goes on.",
                "New paragraph"
            ]
        );
        let wrapped = "The line is wrapped at the place where mail programs wrap, after\nSeventy or so characters, and goes on\nbelow.";
        assert_eq!(split(wrapped), [wrapped]);
    }

    #[test]
    fn sentences_cover_the_text_in_order_within_their_extent() {
        let text = "One. Two. Three. Four.";
        let found = sentences(text, Extent::new(5, 16));
        assert_eq!(
            found.iter().map(|s| s.of(text)).collect::<Vec<_>>(),
            ["Two.", "Three."]
        );
    }

    #[test]
    fn hostile_text_is_read_in_linear_time() {
        for unit in [".", "\n", "a.", "! ", "A. ", "”", "a\n", ". \n", "。"] {
            let text = unit.repeat(400_000 / unit.len());
            let from = std::time::Instant::now();
            let _ = sentences(&text, Extent::new(0, text.len()));
            assert!(
                from.elapsed().as_secs() < 2,
                "{unit:?} took {:?}",
                from.elapsed()
            );
        }
    }
}
