//! Releases broken at random: characters dropped, doubled, put in the wrong place, in every alphabet and every kind of
//! mark. Whatever comes out is understood without a panic, its extents lie on characters, and undoing the repairs gives
//! back what was read. The figures of a failing round are in the message; `DATELINE_ROUNDS=100000` looks longer.

use dateline::entity::{Reading, Recogniser};
use dateline::release::{Incoming, understand, undo};
use dateline::source::samples;
use dateline::text::{Extent, SafeText, sanitise};

/// What breaks programs that cut texts: marks of two to four bytes beside letters, halves of pairs, joined characters.
const FRAGMENTS: &[&str] = &[
    "’",
    "'",
    "”",
    "“",
    "\"",
    "'s",
    "’S",
    "’”",
    "'”",
    "™",
    "®",
    "é",
    "ß",
    "İ",
    "ı",
    "ŉ",
    "ﬁ",
    "Å",
    "中",
    "文。",
    "万",
    "亿元",
    "🚢",
    "👩‍🚒",
    "\u{301}",
    "\u{200d}",
    "\u{ad}",
    "\u{a0}",
    "\u{3000}",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    ".",
    "...",
    "…",
    ",",
    ";",
    ":",
    "://",
    "http://x",
    "@",
    "a@b.c",
    "(",
    ")",
    "[",
    "](",
    "*",
    "**",
    "# ",
    "- ",
    "--",
    "–",
    "—",
    "/",
    "//",
    "%",
    "$",
    "€",
    "£1",
    "¥",
    "½",
    "²",
    "0",
    "9",
    "1,000",
    "2.5",
    "Q3’24",
    "Jan.",
    "Inc.",
    "Co., Ltd.",
    "(NYSE: ",
    "NASDAQ",
    "About ",
    "SOURCE ",
    "###",
    "-30-",
    "Contact:",
    "said",
    "“We",
    "St.",
    "U.S.",
    "A",
    "I",
    "de ",
    "von ",
    "О",
    "Ж",
    "ا",
    "ב",
    "ไ",
    "ー",
    "&amp;",
    "&#8217;",
    "â€™",
    "Ã©",
    "<b>",
    "</",
    "\u{feff}",
];

/// A small generator of numbers, so that a failure can be played again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((x ^ (x >> 31)) % sides.max(1) as u64) as usize
    }
}

/// A stretch of `text`, broken in several places.
fn broken(text: &str, dice: &mut Dice) -> String {
    let letters: Vec<char> = text.chars().collect();
    let from = dice.roll(letters.len());
    let until = (from + 40 + dice.roll(600)).min(letters.len());
    let mut out = String::new();
    let rate = 3 + dice.roll(40);
    for letter in &letters[from..until] {
        match dice.roll(rate * 4) {
            0 => out.push_str(FRAGMENTS[dice.roll(FRAGMENTS.len())]),
            1 => {}
            2 => out.extend([*letter, *letter]),
            3 => out.extend(letter.to_uppercase()),
            _ => {
                if dice.roll(rate) == 0 && letter.is_whitespace() {
                    out.push_str(FRAGMENTS[dice.roll(FRAGMENTS.len())]);
                } else {
                    out.push(*letter);
                }
            }
        }
    }
    out
}

fn lies_on_characters(text: &str, extent: Extent) -> bool {
    text.get(extent.start..extent.end).is_some()
}

fn check(recogniser: &mut Recogniser, text: &str, round: usize) {
    let incoming = Incoming {
        text: text.to_owned(),
        ..Incoming::default()
    };
    let release = understand(&incoming, &[]);
    let recognition = recogniser.recognise(&release);
    let clean = release.text.as_str();
    assert_eq!(
        undo(clean, &release.repairs),
        sanitise(text),
        "round {round}: {text:?}"
    );
    let mut extents: Vec<Extent> = release.sections.iter().map(|s| s.extent).collect();
    extents.extend(release.quotes.iter().map(|q| q.extent));
    let mentions = recognition.entities.iter().flat_map(|e| &e.mentions);
    extents.extend(mentions.map(|m| m.extent));
    for extent in extents {
        assert!(
            lies_on_characters(clean, extent),
            "round {round}, {extent:?}: {text:?}"
        );
    }
}

#[test]
fn releases_broken_at_random_are_understood_without_harm() {
    let rounds = std::env::var("DATELINE_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(1_500);
    let first = std::env::var("DATELINE_ROUND")
        .ok()
        .and_then(|round| round.parse().ok())
        .unwrap_or(0);
    let texts: Vec<String> = samples().into_iter().map(|sample| sample.text).collect();
    let mut recogniser = Recogniser::new(Reading::Patterns);
    for (round, text) in ["a'” b", "a’“", "x'”", "it’”s", "'’"].iter().enumerate() {
        check(&mut recogniser, text, round);
    }
    for round in first..first + rounds {
        let mut dice = Dice(round as u64);
        let which = dice.roll(texts.len());
        let text = broken(&texts[which], &mut dice);
        let text = SafeText::clean(&text);
        check(&mut recogniser, text.as_str(), round);
    }
}
