//! Where a word without blanks is cut: marks before it, marks and units after it, hyphens and the like within it. These
//! are spaCy's English rules, written out by hand instead of as regular expressions: each question looks at a handful of
//! characters next to one place, so the whole is linear.

use std::collections::HashMap;

use crate::entity::network::ModelError;
use crate::entity::network::tables::{CharSet, Tables};
use crate::text::Extent;

/// The rules, with the character sets they speak of.
#[derive(Clone, Debug)]
pub(super) struct Affixes {
    prefix: CharSet,
    suffix: CharSet,
    icons: CharSet,
    letter: CharSet,
    upper: CharSet,
    before_dot: CharSet,
    dot_behind: CharSet,
    dot_ahead: CharSet,
    units: HashMap<char, Vec<&'static str>>,
}

/// Hyphens in the order in which the rule tries them: the first that fits wins, not the longest.
const HYPHENS: [&str; 7] = ["-", "–", "—", "--", "---", "——", "~"];

fn dots(text: &str) -> usize {
    text.len() - text.trim_start_matches('.').len()
}

impl Affixes {
    /// The rules over these tables.
    ///
    /// # Errors
    /// Where a character set is missing.
    pub fn new(tables: &mut Tables) -> Result<Self, ModelError> {
        Ok(Self {
            prefix: tables.set("prefix")?,
            suffix: tables.set("suffix")?,
            icons: tables.set("icons")?,
            letter: tables.set("letter")?,
            upper: tables.set("upper")?,
            before_dot: tables.set("before-dot")?,
            dot_behind: tables.set("dot-behind")?,
            dot_ahead: tables.set("dot-ahead")?,
            units: tables.units(),
        })
    }

    /// Bytes of the mark that opens `word`, 0 where none does.
    pub fn prefix(&self, word: &str) -> usize {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { return 0 };
        if self.prefix.has(first) {
            return first.len_utf8();
        }
        match first {
            '+' if !chars.next().is_some_and(|c| c.is_ascii_digit()) => 1,
            '.' => Some(dots(word)).filter(|&run| run >= 2).unwrap_or(0),
            'U' if word.starts_with("US$") => 3,
            'C' | 'A' if chars.next() == Some('$') => 2,
            _ => 0,
        }
    }

    /// Bytes of the longest mark or unit that closes `word`, 0 where none does.
    pub fn suffix(&self, word: &str) -> usize {
        let mut back = word.chars().rev();
        let Some(last) = back.next() else { return 0 };
        let before = back.next();
        let mut longest = 0;
        if self.suffix.has(last) || self.icons.has(last) {
            longest = last.len_utf8();
        }
        if let Some(before) = before {
            let pair = before.len_utf8() + last.len_utf8();
            let ellipses = before == '…' && last == '…';
            let genitive = matches!(before, '\'' | '’') && matches!(last, 's' | 'S');
            if ellipses || genitive {
                longest = longest.max(pair);
            }
            if last == '+' && before.is_ascii_digit() {
                longest = longest.max(1);
            }
            if last == '.' {
                longest = longest.max(self.final_dot(word, before, back.next()));
            }
        }
        longest.max(self.unit(word, last))
    }

    fn final_dot(&self, word: &str, before: char, second: Option<char>) -> usize {
        let run = word.len() - word.trim_end_matches('.').len();
        if run >= 2 {
            return run;
        }
        let degrees = second == Some('°') && "FfCcKk".contains(before);
        let initials = self.upper.has(before) && second.is_some_and(|c| self.upper.has(c));
        usize::from(self.before_dot.has(before) || degrees || initials)
    }

    fn unit(&self, word: &str, last: char) -> usize {
        let candidates = self.units.get(&last).map_or(&[][..], Vec::as_slice);
        candidates
            .iter()
            .filter(|unit| {
                word.strip_suffix(**unit)
                    .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
            })
            .map(|unit| unit.len())
            .max()
            .unwrap_or(0)
    }

    /// The cuts inside `word`, left to right, none overlapping.
    pub fn infixes(&self, word: &str) -> Vec<Extent> {
        let mut found = Vec::new();
        let mut at = 0;
        let mut before = None;
        while let Some(next) = word[at..].chars().next() {
            let length = self.infix(&word[at..], before, next);
            let step = if length > 0 { length } else { next.len_utf8() };
            if length > 0 {
                found.push(Extent::new(at, at + length));
            }
            before = word[at..at + step].chars().next_back();
            at += step;
        }
        found
    }

    /// Bytes of the cut that starts `rest`, which `before` precedes; 0 where none does.
    fn infix(&self, rest: &str, before: Option<char>, first: char) -> usize {
        let second = rest[first.len_utf8()..].chars().next();
        let behind = |set: &CharSet| before.is_some_and(|c| set.has(c));
        let ahead = |set: &CharSet| second.is_some_and(|c| set.has(c));
        let digit_behind = before.is_some_and(|c| c.is_ascii_digit());
        let word_behind = behind(&self.letter) || digit_behind;
        if first == '.' {
            let run = dots(rest);
            let sentence = behind(&self.dot_behind) && ahead(&self.dot_ahead);
            return if run >= 2 { run } else { usize::from(sentence) };
        }
        if first == '…' || self.icons.has(first) {
            return first.len_utf8();
        }
        let operand = second.is_some_and(|c| c.is_ascii_digit() || c == '-');
        if matches!(first, '+' | '-' | '*' | '^') && digit_behind && operand {
            return 1;
        }
        match first {
            ',' if behind(&self.letter) && ahead(&self.letter) => 1,
            ':' | '<' | '>' | '=' | '/' if word_behind && ahead(&self.letter) => 1,
            '-' | '–' | '—' | '~' if word_behind => self.hyphen(rest),
            _ => 0,
        }
    }

    fn hyphen(&self, rest: &str) -> usize {
        let joins = |hyphen: &&&str| {
            rest.strip_prefix(**hyphen)
                .and_then(|after| after.chars().next())
                .is_some_and(|c| self.letter.has(c))
        };
        HYPHENS.iter().find(joins).map_or(0, |hyphen| hyphen.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Affixes {
        Affixes::new(&mut Tables::read().unwrap()).unwrap()
    }

    #[test]
    fn marks_before_a_word() {
        let rules = rules();
        for (word, length) in [
            ("(word", 1),
            ("US$3", 3),
            ("A$5", 2),
            ("...and", 3),
            (".and", 0),
            ("+5", 0),
            ("+a", 1),
            ("-a", 0),
            ("€5", 3),
            ("", 0),
        ] {
            assert_eq!(rules.prefix(word), length, "{word}");
        }
    }

    #[test]
    fn marks_and_units_after_a_word() {
        let rules = rules();
        for (word, length) in [
            ("word)", 1),
            ("10km", 2),
            ("km", 0),
            ("Zürich’s", 4),
            ("end.", 1),
            ("U.S.", 0),
            ("USA.", 1),
            ("so...", 3),
            ("5+", 1),
            ("20°C.", 1),
            ("……", 6),
            ("", 0),
        ] {
            assert_eq!(rules.suffix(word), length, "{word}");
        }
    }

    #[test]
    fn cuts_within_a_word() {
        let rules = rules();
        let cut = |word: &str| -> Vec<String> {
            let found = rules.infixes(word);
            found.iter().map(|e| e.of(word).to_owned()).collect()
        };
        assert_eq!(cut("end.Start"), ["."]);
        assert_eq!(cut("well-known—or"), ["-", "—"]);
        assert_eq!(cut("3-4"), ["-"]);
        assert_eq!(cut("and/or"), ["/"]);
        assert_eq!(cut("3.4bn"), [""; 0]);
    }
}
