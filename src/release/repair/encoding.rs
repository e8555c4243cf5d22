//! Characters that were read in the wrong encoding or escaped once too often: mojibake (`â€™` for ’, `Ã©` for é),
//! its stripped forms (`Nelsonâs`), character entities (`&amp;amp;`, `&#8217;`, `&nbsp;`) and apostrophes that were
//! lost (`men s`). It refuses to guess at a lone `â` in a text that is not plainly English.

use std::borrow::Cow;

use super::ledger::Edit;
use crate::release::RepairKind;

/// The edits that put wrongly read characters right.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut damage = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let edit = match byte {
            b'&' => entity(text, at),
            0xC3 => mojibake(text, at).or_else(|| {
                let here = text[at..].starts_with('â');
                (here && *damage.get_or_insert_with(|| is_stripped(text)))
                    .then(|| stripped(text, at))
                    .flatten()
            }),
            _ => None,
        };
        match edit {
            Some(edit) => {
                at = edit.at.end.max(at + 1);
                found.push(edit);
            }
            None => at += 1,
        }
    }
    found
}

/// The longest entity that is looked for, in bytes after its `&`.
const ENTITY_LIMIT: usize = 12;

/// The entity that begins at `at`, also one whose own `&` was escaped (`&amp;#8217;`).
fn entity(text: &str, at: usize) -> Option<Edit> {
    let mut end = at + 1;
    let mut ch = loop {
        let (ch, length) = entity_name(text.get(end..)?)?;
        end += length;
        // `&amp;amp;`: what was escaped may be an entity again.
        if ch != '&' || entity_name(&text[end..]).is_none() {
            break ch;
        }
    };
    if matches!(ch, '\u{80}'..='\u{9F}') {
        ch = windows_1252(ch);
    }
    let with = match ch {
        '\u{A0}' | '\n' | '\r' | '\t' => Cow::Borrowed(" "),
        _ if ch.is_control() => Cow::Borrowed(""),
        _ => Cow::Owned(ch.to_string()),
    };
    Some(Edit::new(at, end, with, RepairKind::Entity))
}

/// The character that a name and its semicolon at the head of `rest` stand for, and their length.
fn entity_name(rest: &str) -> Option<(char, usize)> {
    let length = rest.bytes().take(ENTITY_LIMIT).position(|b| b == b';')?;
    let name = &rest[..length];
    let ch = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((ch, length + 1))
}

/// The named entities that turn up in releases.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("nbsp", '\u{A0}'),
    ("quot", '"'),
    ("apos", '\''),
    ("lt", '<'),
    ("gt", '>'),
    ("rsquo", '’'),
    ("lsquo", '‘'),
    ("rdquo", '”'),
    ("ldquo", '“'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("trade", '™'),
    ("reg", '®'),
    ("copy", '©'),
    ("shy", '\u{AD}'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("laquo", '«'),
    ("raquo", '»'),
    ("bdquo", '„'),
    ("sbquo", '‚'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("sect", '§'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("times", '×'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("micro", 'µ'),
    ("ordm", 'º'),
    ("ordf", 'ª'),
    ("iexcl", '¡'),
    ("iquest", '¿'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("aacute", 'á'),
    ("eacute", 'é'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
    ("Eacute", 'É'),
    ("agrave", 'à'),
    ("egrave", 'è'),
    ("ugrave", 'ù'),
    ("acirc", 'â'),
    ("ecirc", 'ê'),
    ("icirc", 'î'),
    ("ocirc", 'ô'),
    ("ucirc", 'û'),
    ("atilde", 'ã'),
    ("otilde", 'õ'),
    ("ntilde", 'ñ'),
    ("ccedil", 'ç'),
    ("aring", 'å'),
    ("oslash", 'ø'),
    ("aelig", 'æ'),
    ("euml", 'ë'),
    ("iuml", 'ï'),
];

/// UTF-8 that was read as Windows-1252 or Latin-1, beginning at `at`.
fn mojibake(text: &str, at: usize) -> Option<Edit> {
    let mut chars = text[at..].chars();
    let lead = chars.next()?;
    let length = match lead {
        'Â' | 'Ã' | 'Ä' | 'Å' => 2,
        'â' | 'ï' => 3,
        'ð' => 4,
        _ => return None,
    };
    let mut bytes = vec![u8::try_from(u32::from(lead)).ok()?];
    for ch in chars.by_ref().take(length - 1) {
        bytes.push(windows_1252_byte(ch).filter(|b| (0x80..0xC0).contains(b))?);
    }
    let meant = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    let plausible = match lead {
        // `É»` at the end of a quotation in capitals is meant.
        'Â' | 'Ã' => !(bytes[1] == 0xBB && text[..at].ends_with(char::is_uppercase)),
        'Ä' | 'Å' => meant.is_lowercase() && text[..at].ends_with(char::is_alphabetic),
        'â' => matches!(meant, '\u{2000}'..='\u{2BFF}'),
        'ï' => matches!(meant, '\u{FEFF}' | '\u{FB00}'..='\u{FB06}' | '\u{FFFD}'),
        _ => matches!(meant, '\u{1F000}'..='\u{1FAFF}'),
    };
    let end = text.len() - chars.as_str().len();
    let with = match meant {
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' => Cow::Borrowed(" "),
        '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{AD}' | '\u{2028}'..='\u{202E}' => {
            Cow::Borrowed("")
        }
        _ if meant.is_control() => return None,
        _ => Cow::Owned(meant.to_string()),
    };
    plausible.then(|| Edit::new(at, end, with, RepairKind::Encoding))
}

/// What a C1 control means where Windows-1252 was taken for Latin-1.
fn windows_1252(ch: char) -> char {
    let index = u32::from(ch).wrapping_sub(0x80) as usize;
    WINDOWS_1252.get(index).copied().unwrap_or(ch)
}

/// The byte that Windows-1252, or Latin-1 where it has none, reads as `ch`.
fn windows_1252_byte(ch: char) -> Option<u8> {
    match u8::try_from(u32::from(ch)) {
        Ok(byte) => Some(byte),
        Err(_) => {
            let index = WINDOWS_1252.iter().position(|c| *c == ch)?;
            u8::try_from(index + 0x80).ok()
        }
    }
}

/// Windows-1252 from 0x80 to 0x9F.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// Whether `text` is English whose typographic marks were all cut down to a lone `â`.
fn is_stripped(text: &str) -> bool {
    let sign = |(at, _): (usize, &str)| {
        let before = text[..at].chars().next_back();
        let after = &text[at + 'â'.len_utf8()..];
        let possessive = before.is_some_and(char::is_alphabetic)
            && ["s ", "s.", "s,", "t ", "re ", "ve ", "ll "]
                .iter()
                .any(|end| after.starts_with(end));
        possessive || (after.starts_with('?') && before.is_some_and(|c| c.is_ascii_punctuation()))
    };
    is_english(text) && text.match_indices('â').take(400).any(sign)
}

/// Whether English little words stand in `text` as often as they do in English prose. A text of a few lines needs
/// but one of them.
pub(super) fn is_english(text: &str) -> bool {
    let head = &text.as_bytes()[..floor(text, 60_000)];
    let words = [" the ", " and ", " of "];
    let wanted = head.len() / 8000 + 1;
    let has = |word: &&str| memchr::memmem::find_iter(head, word).take(wanted).count() == wanted;
    let found = words.iter().filter(|word| has(word)).count();
    found == words.len() || head.len() < 800 && found > 0
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|i| text.is_char_boundary(*i))
        .unwrap_or(0)
}

/// What a lone `â` at `at` was, by what stands around it.
fn stripped(text: &str, at: usize) -> Option<Edit> {
    let after_at = at + 'â'.len_utf8();
    let before = text[..at].chars().next_back().unwrap_or(' ');
    let after = text[after_at..].chars().next().unwrap_or(' ');
    let (length, meant) = match (before, after) {
        (b, '?') if b.is_ascii_punctuation() => (1, "”"),
        (b, a) if b.is_alphanumeric() && a.is_alphabetic() => (0, "’"),
        (b, a) if b.is_whitespace() && a.is_whitespace() => (0, "—"),
        (b, a) if (b.is_whitespace() || b == '(') && a.is_alphanumeric() => (0, "“"),
        (b, a) if b.is_ascii_punctuation() && a.is_whitespace() => (0, "”"),
        _ => return None,
    };
    Some(Edit::new(
        at,
        after_at + length,
        meant,
        RepairKind::Encoding,
    ))
}

/// The edits that put back apostrophes lost to blanks: `the Chairman s award`, `people won  t come`.
pub(super) fn apostrophes(text: &str) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for tail in [" s ", " t ", " ll ", " ve ", " re "] {
        for hit in memchr::memmem::find_iter(bytes, tail) {
            let blanks = bytes[..hit]
                .iter()
                .rev()
                .take(2)
                .take_while(|b| **b == b' ')
                .count();
            let start = hit - blanks;
            if is_lost_apostrophe(text, start, hit + 1, tail.trim()) {
                found.push(Edit::new(start, hit + 1, "’", RepairKind::Encoding));
            }
        }
    }
    found.sort_by_key(|edit| edit.at);
    found
}

/// Whether the blanks from `start` to `tail_at`, before `tail`, were an apostrophe.
fn is_lost_apostrophe(text: &str, start: usize, tail_at: usize, tail: &str) -> bool {
    let bytes = text.as_bytes();
    let letters = bytes[..start]
        .iter()
        .rev()
        .take(25)
        .take_while(|b| b.is_ascii_alphabetic())
        .count();
    if !(1..=24).contains(&letters) {
        return false;
    }
    let word = text[start - letters..start].to_ascii_lowercase();
    match tail {
        // `s` after a word and before one: no English word is a lone small s.
        "s" => {
            let after = bytes.get(tail_at + 2);
            letters > 1
                && bytes[start - 1].is_ascii_lowercase()
                && after.is_some_and(u8::is_ascii_alphabetic)
        }
        "t" => [
            "don", "won", "can", "isn", "doesn", "didn", "wasn", "aren", "couldn", "wouldn",
            "haven", "hasn", "shouldn", "weren",
        ]
        .contains(&word.as_str()),
        _ => ["we", "they", "you", "i"].contains(&word.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut ledger = super::super::ledger::Ledger::new(text);
        ledger.apply(&edits(text));
        let apostrophes = apostrophes(ledger.text());
        ledger.apply(&apostrophes);
        ledger.text().to_owned()
    }

    #[test]
    fn entities_are_read_however_often_they_were_escaped() {
        for (broken, whole) in [
            ("Safe &amp; sound", "Safe & sound"),
            ("R&amp;amp;D", "R&D"),
            (
                "it&#8217;s, it&amp;#8217;s, it&#x2019;s, it&#146;s",
                "it’s, it’s, it’s, it’s",
            ),
            ("a&nbsp;b", "a b"),
            ("AT&T; R&D; &unknown; & &;", "AT&T; R&D; &unknown; & &;"),
            ("&#27;[31m", "[31m"),
            ("&#xFFFFFFFF;", "&#xFFFFFFFF;"),
        ] {
            assert_eq!(mended(broken), whole);
        }
    }

    #[test]
    fn mojibake_is_read_again() {
        for (broken, whole) in [
            ("weâ€™re, â€œyesâ€\u{9d} â€“ cafÃ©", "we’re, “yes” – café"),
            ("weâ\u{80}\u{99}re", "we’re"),
            ("Â£5 Â© 2024", "£5 © 2024"),
            ("âge, âme, château, «CAFÉ»", "âge, âme, château, «CAFÉ»"),
            ("ï»¿Start", "Start"),
        ] {
            assert_eq!(mended(broken), whole);
        }
    }

    #[test]
    fn a_lone_circumflex_is_read_only_in_damaged_english() {
        let english = "The bill of the state and the rest of it: Utahâs share, âWell,â? he said, and the end of it.";
        assert_eq!(
            mended(english),
            "The bill of the state and the rest of it: Utah’s share, “Well,” he said, and the end of it."
        );
        assert_eq!(mended("un château âgé et lâche"), "un château âgé et lâche");
    }

    #[test]
    fn lost_apostrophes_come_back() {
        assert_eq!(
            mended("men s and women  s wear don t mix"),
            "men’s and women’s wear don’t mix"
        );
        assert_eq!(mended("class s1, plan S or"), "class s1, plan S or");
    }
}
