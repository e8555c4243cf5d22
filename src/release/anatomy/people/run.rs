//! The runs of words in a text that have the shape of a person's name: one pass from left to right, with titles taken
//! off and bodies and places left out. It refuses to say who the people are.

use super::super::places;
use super::lists::{OPENERS_SET, SMALL_TITLES_SET};
use super::{is_honorific, is_letters, is_name_word, is_organisation, is_particle};
use crate::text::words_between;

/// A run of words with the shape of a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct FoundName {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// A title stands before it.
    pub titled: bool,
    /// A description in commas follows it.
    pub described: bool,
    /// How many words it has.
    pub words: usize,
}

/// The runs of words in `text` that have the shape of a name: titles before it taken off, bodies left out.
pub(in super::super) fn names(text: &str) -> Vec<FoundName> {
    let mut reader = Names {
        text,
        run: Vec::new(),
        titled: false,
        employer: None,
        found: Vec::new(),
    };
    // Words stand between blanks and dashes.
    for (at, word) in words_between(text, |c| matches!(c, '—' | '–')) {
        reader.word(at, word);
    }
    reader.close();
    reader.found
}

/// Reads the names of a text from left to right.
struct Names<'t> {
    text: &'t str,
    /// The name words read so far.
    run: Vec<(usize, &'t str)>,
    /// A title stands before them.
    titled: bool,
    /// The name that ended where a title began (`Acme Foods CEO`): whom the bearer of the title works for.
    employer: Option<usize>,
    found: Vec<FoundName>,
}

impl<'t> Names<'t> {
    fn word(&mut self, at: usize, word: &'t str) {
        let small = word.starts_with(|c: char| c.is_ascii_lowercase());
        if small && self.run.is_empty() && !SMALL_TITLES_SET.has(word) {
            // Most words: they end a run, and none is open.
            self.titled = false;
            self.employer = None;
            return;
        }
        let bare = word.trim_start_matches(['“', '"', '‘', '(', '[']);
        let at = at + word.len() - bare.len();
        let bracketed = word.len() > bare.len();
        if bracketed && !self.run.is_empty() {
            if is_nickname(word) {
                self.run.push((at - (word.len() - bare.len()), word));
                return;
            }
            self.close();
        }
        let capital = bare.starts_with(char::is_uppercase);
        if capital && is_honorific(bare) || !capital && SMALL_TITLES_SET.has(bare) {
            self.ends_at_title();
            self.titled = !word.ends_with([',', ':', ';']);
            return;
        }
        let particle = !self.run.is_empty() && is_particle(bare);
        let opener = self.run.is_empty() && OPENERS_SET.has(bare.trim_end_matches([',', '.', ':']));
        if opener || !(particle || is_name_word(bare)) {
            self.close();
            self.titled = false;
            self.employer = None;
            return;
        }
        self.run.push((at, bare));
        let pointed = bare.ends_with('.')
            && bare.len() > 3
            && !is_letters(bare)
            && !bare.trim_end_matches('.').contains('.');
        let stops = bare.ends_with([',', ';', ':', ')', '”', '"', '?', '!'])
            || bare.ends_with("'s")
            || bare.ends_with("’s");
        if stops || pointed || self.run.len() >= 12 {
            self.close();
        }
    }

    /// Ends a run at a title. Between two titles stands a department (`Chief Product Officer`), before one a body.
    fn ends_at_title(&mut self) {
        if self.titled || self.run.len() == 1 {
            self.run.clear();
            return;
        }
        let before = self.found.len();
        self.close();
        if self.found.len() > before {
            self.employer = Some(before);
        }
    }

    /// Ends a run of name words: kept where it is two to four words, or one behind a title.
    fn close(&mut self) {
        let titled = std::mem::take(&mut self.titled);
        // One capitalised word, as every sentence opens with, is no name.
        if (self.run.len() >= 2 || titled)
            && let Some((start, end, words)) = self.named(titled)
        {
            let employed = self.employer.take_if(|_| titled);
            if employed.is_some_and(|employer| employer + 1 == self.found.len()) {
                self.found.pop();
            }
            let described = self.text[end..]
                .trim_start_matches(['’', '\'', 's'])
                .starts_with(", ");
            self.found.push(FoundName {
                start,
                end,
                titled,
                described,
                words,
            });
        }
        self.run.clear();
    }

    /// Where the name begins and ends that the run is, and how many words it has, particles and letters behind it aside.
    fn named(&mut self, titled: bool) -> Option<(usize, usize, usize)> {
        while self
            .run
            .last()
            .is_some_and(|(_, word)| is_particle(word) || is_letters(word.trim_matches(',')))
        {
            self.run.pop();
        }
        let (&(start, first), &(last, word)) = (self.run.first()?, self.run.last()?);
        let end = last + bare_end(word);
        let name = self.text.get(start..end).unwrap_or("");
        let plain = self
            .run
            .iter()
            .filter(|(_, word)| !is_particle(word) && !word.starts_with(['(', '“', '"']))
            .count();
        let full = self
            .run
            .iter()
            .filter(|(_, word)| word.chars().filter(|c| c.is_alphabetic()).nth(1).is_some())
            .count();
        let initialled = plain == 2 && full == 1 && first.chars().count() > 2;
        let shape = (2..=4).contains(&plain) && (full >= 2 || initialled)
            || titled && plain == 1 && first.len() > 2;
        let person = shape
            && !name.is_empty()
            && !is_organisation(name)
            && !places::is_region(name)
            && !places::is_city(name);
        person.then_some((start, end, plain))
    }
}

/// A nickname inside a name: `“Dick”`, `(Gio)`.
fn is_nickname(word: &str) -> bool {
    let closed =
        word.ends_with(['”', '"', ')', '’']) && !word.ends_with(".”") && !word.ends_with(",”");
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    let capital = inner.starts_with(char::is_uppercase);
    // Capitals alone in brackets are an abbreviation.
    let shouted = inner.chars().all(|c| !c.is_lowercase()) && inner.len() > 1;
    closed && capital && !shouted && (2..=12).contains(&inner.chars().count())
}

/// Length of a name's last word without marks, possessive and full stop.
fn bare_end(word: &str) -> usize {
    if word.starts_with(['(', '“', '"']) {
        return word.trim_end_matches([',', ';', ':']).len();
    }
    let bare = word.trim_end_matches([',', ';', ':', '?', '!', ')', '”', '"']);
    let bare = bare
        .strip_suffix("'s")
        .or_else(|| bare.strip_suffix("’s"))
        .unwrap_or(bare);
    if bare.chars().count() > 2 {
        bare.trim_end_matches('.').len()
    } else {
        bare.len()
    }
}
