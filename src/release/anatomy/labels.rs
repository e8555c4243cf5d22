//! What the first words of a block say it is: `About …`, `Media Contact`, `SOURCE …`, `Forward-Looking Statements`,
//! `###`, `The post … appeared first on …`. Reads one block at a time; it refuses to weigh a block's place in the
//! release, which is the business of `zones`.

use std::sync::LazyLock;

use regex::Regex;

use super::words;

/// What a block says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// Opens a description of the issuer.
    About,
    /// Opens a contact block.
    Contact,
    /// Names the issuer: `SOURCE Acme`.
    Source,
    /// Opens a legal statement; `true` where the block is only its heading.
    Disclaimer(bool),
    /// `###`, `-30-`, `[Ends]`.
    End,
    /// A line that leads elsewhere: the original, a picture, the version of another wire.
    Link,
    /// What a page or a syndicated copy added.
    Furniture,
    /// A horizontal rule.
    Rule,
    /// Only a picture.
    Image,
}

/// `About Acme`, `ABOUT OUR FIRM`, `About the author`, `Über Acme`, `À propos de Acme`, `关于…`.
const ABOUT_PATTERN: &str = r"^[\[*_]{0,4}(?:(?:More |Read more |Learn more )?(?:About|ABOUT|More about|More About)\b:?[\s\u{A0}]*[\[*_]{0,3}(?:(?:the|The|THE|our|Our|OUR|us|Us|US)\b[\s\u{A0}]*)?|(?:Über|ÜBER) |(?:À propos|A propos|À PROPOS) (?:de |d['’]|du |des )?|(?:Acerca|Sobre|SOBRE) (?:de |del |la |el )?|(?:Informazioni su|Chi è) |Over |Om |关于|關於|有关|會社概要|企業概要)";

static ABOUT: LazyLock<Regex> = LazyLock::new(|| regex(ABOUT_PATTERN));

/// Contact headings: any of the words that say whom a contact is for, then the word itself.
const CONTACT_PATTERN: &str = concat!(
    r"^[\[*_/\-–— ]{0,4}(?i:(?:for (?:interviews?|questions?|media|press|investor|public|general)[^.:]{0,40}:|",
    r"(?:for )?(?:(?:media|press|investor|investors|company|corporate|public|public relations|news|editorial|general|sales|pr|us|international|global|external|agency|partnership|business|marketing|communications?|ir|analyst|main|primary|official|project|event|issuer'?s?|author|expert|scientific|local|your|campaign|rsvp)(?:\s*(?:/|,|&|and|or)\s*|\s+))*",
    r"(?:contact(?:s|o|os|ez)?|inquir(?:y|ies)|enquir(?:y|ies)|relations? contacts?)\b(?:\s+(?:information|info|details|person|persons|us|data|name|and expert perspective|expert perspective|presse|médias?|media|de prensa|prensa))?)|",
    r"(?:presse|medien|investoren|rück)?(?:kontakte?|ansprechpartner(?:in)?|rückfragen|pressestelle|rückfragehinweis)\b|contatt[oi]\b|contato\b|contacto\b|para más información|pour (?:plus|de plus) d['’]information|corporate communications\b|corporate headquarters\b|company investor relations\b|email us here|get in touch)",
    r"|^(?:媒体联系|媒體聯絡|联系人|聯絡人|联系方式|お問い合わせ|問い合わせ先)"
);

static CONTACT: LazyLock<Regex> = LazyLock::new(|| regex(CONTACT_PATTERN));

/// A sentence that offers a contact.
const OFFER_PATTERN: &str = concat!(
    r"^(?i:for (?:more|further|additional|media|press|interview|any|general|all|investor|sales|booking|ticket|questions|inquiries|information|details|those)|to (?:learn|find out|schedule|arrange|request|book|get|register|speak|contact|reserve|inquire|enquire|rsvp|obtain|set up|discuss)|",
    r"please (?:contact|email|call|direct)|contact |get in touch|media (?:outlets|members|representatives|wishing|interested)|members of the (?:media|press)|interested (?:parties|media|readers)|(?:press|media) (?:interested|wishing)|reporters|journalists|anyone|if you (?:have|would|are)|(?:e-?mail|phone|tel|telephone|website|web)\s*:)"
);

static OFFER: LazyLock<Regex> = LazyLock::new(|| regex(OFFER_PATTERN));

/// Legal statements: their headings and their first words.
const LEGAL_PATTERN: &str = concat!(
    r"^[\[*_\-–— ]{0,4}(?i:(?:(?:legal|important|regulatory|special|other|additional|general|further)\s+)?(?:(?:cautionary|legal|safe|special)\s+)?(?:notice|note|statements?|language|disclosures?|information|disclaimers?|warnings?|caution)?\s*(?:and\s+|regarding\s+|concerning\s+|about\s+|on\s+|as to\s+|relating to\s+|related to\s+|under\s+|for\s+|of\s+|with respect to\s+|disclaimer\s+|legal\s+|:\s*)*(?:forward[- ]looking|safe harbou?r)|",
    r"safe harbou?r|forward[- ]looking|cautionary (?:statement|note|language)|the following forward|legal (?:disclaimer|notice)|(?:important |general |investment |risk )?disclaimers?\b|disclosures?\b\s*(?::|$)|important (?:information|notice|note)|risk (?:warning|disclosure|factors)|no offer|non-gaap|use of non-gaap|",
    r"(?:certain|some) (?:of the )?(?:statements|matters|information)[^.]{0,60} in (?:this|the)|(?:this|the) (?:press|news|media)?\s*(?:release|announcement|communication|document|article|statement|content)[^.]{0,80}(?:forward[- ]looking|does not constitute|is not (?:an offer|intended|financial|investment)|is for informational|is provided for|should not be)|",
    r"statements (?:in|contained in|made in) this|except for (?:the )?historical|not for (?:distribution|release|publication)|the issuer is solely responsible|neither the |all statements[^.]{0,40} other than|the information (?:provided|contained) (?:in|herein)|(?:please )?see full terms of use|please see full terms|",
    r"individuals or companies mentioned|private securities litigation|zukunftsgerichtete|haftungsausschluss|rechtlicher hinweis|déclarations? prospectives?|avertissement|aviso legal|declaraciones prospectivas|notice$|n\s?o\s?t\s?i\s?c\s?e$)",
    r"|^(?:免责声明|免責聲明|前瞻性)"
);

static LEGAL: LazyLock<Regex> = LazyLock::new(|| regex(LEGAL_PATTERN));

/// Lines that lead elsewhere.
const LINK_PATTERN: &str = concat!(
    r"^[\[*_\-–— ]{0,4}(?i:view (?:the )?(?:original|source|full|multimedia|additional)|(?:see|read) (?:the )?(?:original|source|more at)|original (?:content|release|source|article|publication)|source version|multimedia (?:is )?(?:available|release)|(?:photo|logo|video|image|infographic|attachment|photos|images)s?\s*(?:-|–|—|:|available)|",
    r"photos? accompanying|a photo accompanying|an infographic accompanying|a video accompanying|distributed by|cision view|to view (?:the|this)|download(?:able)? |(?:link to|company website|website|web|visit our website|visit us|social media|related links?|follow (?:us|on))\b.{0,12}$|company website)"
);

static LINK: LazyLock<Regex> = LazyLock::new(|| regex(LINK_PATTERN));

/// What pages and syndicated copies add. No `\b` stands in it: at the first letter outside ASCII that would cost the
/// fast automaton, and this is asked of every block. What may stand behind any words is [`LATE_PATTERN`].
const FURNITURE_PATTERN: &str = concat!(
    r"^[\[*_\-–—• ]{0,4}(?i:the post .{3,400}(?:appeared|first appeared)|this (?:article|post|story|press release|content|release) (?:has been amplified|was (?:originally )?(?:published|posted|distributed)|originally appeared|first appeared)|read (?:full story|more>>|the full story|more\s*(?:>|»|…|\.\.\.))|",
    r"hashtags?\s*:|skip to (?:main )?content|you are here|share (?:this|on|via)|share$|print$|print\s+e-?mail|e-?mail$|tweet$|follow us on|subscribe|sign up for|newsletter|©|\(c\) |copyright|all rights reserved|privacy policy|terms (?:of|and)|cookie|scroll to top|related (?:posts|articles|news|stories|content)|you (?:may|might) also like|previous (?:post|article)|next (?:post|article)|",
    r"back to (?:top|news)|pickup -|\[?original/source press release|posted in|tags?:|filed under|categories:|leave a (?:comment|reply)|comments? (?:are )?(?:closed|off)|powered by|blockchain registration|\[reddit post|advertisement$|loading(?:\W|$)|menu$|search$|close$|home$)"
);

static FURNITURE: LazyLock<Regex> = LazyLock::new(|| regex(FURNITURE_PATTERN));

/// What pages add behind words of any kind: the rest of [`FURNITURE_PATTERN`], which would have every automaton that it
/// is a part of read on to the end.
const LATE_PATTERN: &str = r"^[\[*_\-–—• ]{0,4}(?i:.{2,40} is powered by|.{0,30}tldr\])";

static LATE: LazyLock<Regex> = LazyLock::new(|| regex(LATE_PATTERN));

/// Whether any of the above may say something of a block: nearly no block has a label, and one look tells. It says yes
/// too often and never too seldom, for it has no `\b`, which would cost the fast automaton outside ASCII.
static ANY: LazyLock<Regex> = LazyLock::new(|| {
    let patterns = [
        FURNITURE_PATTERN,
        LINK_PATTERN,
        ABOUT_PATTERN,
        LEGAL_PATTERN,
        CONTACT_PATTERN,
        OFFER_PATTERN,
    ];
    // Counted runs of anything would take an automaton of thousands of states.
    let counts = regex(r"\{[0-9]+,[0-9]{2,}\}");
    let any = patterns.map(|pattern| {
        let loose = pattern.replace(r"\b", "");
        format!("(?:{})", counts.replace_all(&loose, "*"))
    });
    regex(&any.join("|"))
});

/// A regular expression of ours, known to be right.
fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

/// What `inner` (a block without its marks) says it is.
pub(super) fn label(whole: &str, inner: &str) -> Option<Label> {
    let first = whole.chars().next()?;
    if matches!(
        first,
        '-' | '*' | '_' | '=' | '#' | '–' | '—' | '~' | '[' | '(' | '•' | '‐'
    ) && let Some(label) = mark_line(whole)
    {
        return Some(label);
    }
    if is_end_word(inner) {
        return Some(Label::End);
    }
    let head = head(inner);
    let any = ANY.is_match(head);
    if any && FURNITURE.is_match(head)
        || may_be_late(head) && LATE.is_match(head)
        || only_hashtags(inner)
    {
        return Some(Label::Furniture);
    }
    if is_source(inner) {
        return Some(Label::Source);
    }
    if let Some(label) = any.then(|| worded(head, inner)).flatten() {
        return Some(label);
    }
    (whole.starts_with("![") || whole.starts_with("[!")).then_some(Label::Image)
}

/// Whether [`LATE`] may match: all that it matches has one of these.
fn may_be_late(head: &str) -> bool {
    let bytes = head.as_bytes();
    let powered = |at: usize| {
        let word = bytes.get(at.wrapping_sub(2)..at + 8);
        word.is_some_and(|word| word.eq_ignore_ascii_case(b"powered by"))
    };
    memchr::memchr2_iter(b'w', b'W', bytes).any(powered) || memchr::memchr(b']', bytes).is_some()
}

/// What the first words, `head`, of `inner` say.
fn worded(head: &str, inner: &str) -> Option<Label> {
    if LINK.is_match(head) && words::count(inner, 61) <= 60 {
        return Some(Label::Link);
    }
    if ABOUT.is_match(head) {
        return Some(Label::About);
    }
    if LEGAL.is_match(head) {
        return Some(Label::Disclaimer(
            words::count(inner, 13) <= 12 && !words::ends_sentence(inner),
        ));
    }
    (CONTACT.is_match(head) || OFFER.is_match(head)).then_some(Label::Contact)
}

/// The first 200 bytes: no label is longer.
fn head(text: &str) -> &str {
    let mut end = text.len().min(200);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether the words name a contact, and not only offer one.
pub(super) fn is_contact_heading(inner: &str) -> bool {
    CONTACT.is_match(head(inner))
}

/// How many bytes of `inner` the word About and its article take.
pub(super) fn about_len(inner: &str) -> Option<usize> {
    ABOUT.find(head(inner)).map(|found| found.end())
}

/// How many bytes of `inner` a contact heading takes.
pub(super) fn contact_len(inner: &str) -> Option<usize> {
    CONTACT.find(head(inner)).map(|found| found.end())
}

/// Lines of marks: rules, end marks, pictures.
fn mark_line(whole: &str) -> Option<Label> {
    let squeezed: String = whole
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(16)
        .collect();
    let only = |set: &str| squeezed.chars().all(|c| set.contains(c));
    if squeezed.len() < 16 && only("#") {
        return Some(Label::End);
    }
    if squeezed.len() >= 3
        && (only("-") || only("_") || only("=") || only("–") || only("—") || only("~"))
        && words::count(whole, 3) < 3
    {
        return Some(Label::Rule);
    }
    if only("*") {
        return Some(if squeezed.len() >= 3 {
            Label::End
        } else {
            Label::Rule
        });
    }
    let bare = squeezed
        .trim_matches(['-', '–', '—', '[', ']', '(', ')', '*', '#', '~', '‐', '.'])
        .to_lowercase();
    if squeezed.len() < 16 && matches!(bare.as_str(), "30" | "ends" | "end" | "ende" | "fin" | "完")
    {
        return Some(Label::End);
    }
    if whole.starts_with("![") && whole.ends_with(')')
        || whole.starts_with("[](")
        || whole.starts_with("[![")
    {
        return Some(Label::Image);
    }
    None
}

/// `ENDS`, `Ende`, `（完）` standing alone.
fn is_end_word(inner: &str) -> bool {
    matches!(
        inner.trim_end_matches(['.', ':']),
        "ENDS" | "Ends" | "END" | "Ende" | "ENDE" | "-ENDS-" | "（完）" | "(完)" | "XXX"
    )
}

/// Whether a line is only hashtags.
fn only_hashtags(inner: &str) -> bool {
    inner.starts_with('#')
        && inner.len() > 2
        && inner
            .split_whitespace()
            .all(|word| word.starts_with('#') && word.len() > 1)
}

/// `SOURCE Acme`, `Source: Acme`, `Quelle: Acme`.
fn is_source(inner: &str) -> bool {
    source_name(inner).is_some()
}

/// The name after the word SOURCE.
pub(super) fn source_name(inner: &str) -> Option<&str> {
    if !inner.starts_with(['S', 'Q', 'F', '消', '来']) {
        return None;
    }
    let rest = [
        "SOURCE:",
        "SOURCE ",
        "Source: ",
        "Source:",
        "Source ",
        "Quelle:",
        "Fuente:",
        "FUENTE ",
        "Fonte:",
        "消息来源",
        "消息來源",
        "来源：",
        "SOURCE\u{A0}",
    ]
    .iter()
    .find_map(|word| inner.strip_prefix(word).map(|rest| (word, rest)))
    .and_then(|(word, rest)| {
        // "Source protection laws …" is no source line; a name follows.
        let named = word.ends_with(':')
            || word.starts_with("SOURCE")
            || rest
                .trim_start()
                .starts_with(|c: char| c.is_uppercase() || !c.is_ascii());
        named.then_some(rest.trim_matches([' ', '\u{A0}', ':', '：']))
    })?;
    let sound = !rest.is_empty()
        && rest.len() <= 120
        && words::count(rest, 15) <= 14
        && !(rest.ends_with('.') && words::count(rest, 9) > 8);
    sound.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::string::string_regex;

    /// Texts that match a label's expression, made from the expression itself.
    fn matching(label: &Regex) -> impl Strategy<Value = String> + use<> {
        let pattern = label.as_str().trim_start_matches('^');
        let pattern = pattern
            .replace("|^", "|")
            .replace(r"\b", "")
            .replace('$', "");
        string_regex(&pattern).expect("the expression generates")
    }

    proptest! {
        #[test]
        fn the_first_look_loses_no_label(
            furniture in matching(&FURNITURE), link in matching(&LINK), about in matching(&ABOUT),
            legal in matching(&LEGAL), contact in matching(&CONTACT), offer in matching(&OFFER),
        ) {
            for (label, text) in [
                (&FURNITURE, furniture), (&LINK, link), (&ABOUT, about),
                (&LEGAL, legal), (&CONTACT, contact), (&OFFER, offer),
            ] {
                let head = head(&text);
                prop_assert!(!label.is_match(head) || ANY.is_match(head), "{head:?}");
            }
        }
    }
}
