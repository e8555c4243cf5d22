//! How a text uses a name: how often, where, before and behind which words. It refuses pieces of words, and to say what
//! any of it means.

use super::index::Index;
use super::{abouts, names, people, quotes};
use crate::text;

/// What was counted of a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses {
    /// How often, up to 60.
    pub all: usize,
    /// Where first and last, as shares of the text.
    pub first: f32,
    pub last: f32,
    /// Before a possessive's ending.
    pub owning: usize,
    /// Before a verb in small letters.
    pub acting: usize,
    /// Behind `the`.
    pub article: usize,
    /// Before what opens a description: `is a`, `was founded`.
    pub defined: usize,
    /// Before an exchange and a ticker in brackets.
    pub listed: usize,
    /// Before a short form in brackets.
    pub shortened: usize,
    /// Before an officer's title.
    pub titled: usize,
    /// Before another capitalised word, and behind one.
    pub going_on: usize,
    pub gone_before: usize,
    /// Alone on a line, and at the beginning of one.
    pub alone: usize,
    pub opening: usize,
    /// Behind `at`, `by`, `from` and their like.
    pub by: usize,
    /// Where the speakers say `we` of it: `At Acme, we …`.
    pub we: usize,
    /// Behind the beginning of boilerplate and contact block.
    pub tail: usize,
    /// Behind an officer's title: `CEO of Acme`, `director at Acme`.
    pub officer: usize,
    /// Behind `with`, `in`, `on`, `to`: what something is done with.
    pub beside: usize,
    /// Before a short form of itself in brackets.
    pub initialled: usize,
}

impl Uses {
    /// Counts the uses of `name`; the release's tail begins at the byte `tail`.
    pub(super) fn of(index: &Index<'_>, name: &str, tail: usize) -> Self {
        let text = index.text;
        let mut uses = Self {
            first: 1.0,
            ..Self::default()
        };
        for at in index.places(name).take(60) {
            let (before, after) = (&text[..at], &text[at + name.len()..]);
            if after.starts_with(char::is_alphanumeric) {
                continue;
            }
            let place = super::features::share(at * 1000 / text.len().max(1), 1000);
            if uses.all == 0 {
                uses.first = place;
            }
            uses.last = place;
            uses.all += 1;
            uses.tail += usize::from(at >= tail);
            uses.look_ahead(name, after);
            uses.look_back(before);
            uses.look_around(before, after);
        }
        uses
    }

    fn look_ahead(&mut self, name: &str, after: &str) {
        self.owning += usize::from(after.starts_with("’s") || after.starts_with("'s"));
        let next = after.trim_start_matches([' ', '\u{A0}', '®', '™', ',']);
        let word = &next[..next.find([' ', '\n', ',', '.']).unwrap_or(next.len())];
        self.acting += usize::from(names::is_act(word));
        self.titled += usize::from(is_title(word));
        self.going_on +=
            usize::from(after.starts_with(' ') && word.starts_with(char::is_uppercase));
        self.defined += usize::from(defines(next));
        if let Some(inside) = next.strip_prefix('(') {
            let capitals = inside.bytes().take_while(u8::is_ascii_uppercase).count();
            let colon = inside
                .as_bytes()
                .get(capitals..)
                .is_some_and(|rest| rest.iter().take(12).any(|b| *b == b':'));
            let listed = capitals >= 3 && colon;
            self.listed += usize::from(listed);
            let short = names::head(inside, 20);
            let short = short.strip_prefix("the ").unwrap_or(short);
            let short = short.trim_start_matches(['“', '"', '‘']);
            let len = short.bytes().take_while(u8::is_ascii_uppercase).count();
            let own = !listed && len >= 2 && short[len..].starts_with([')', '”', '"', '’']);
            self.initialled += usize::from(own && abouts::initials(name, &short[..len]));
            self.shortened += usize::from(!listed && inside.starts_with(['“', '"', 't']));
        }
    }

    fn look_back(&mut self, before: &str) {
        self.article += usize::from(before.ends_with("the ") || before.ends_with("The "));
        let Some(before) = before.strip_suffix(' ') else {
            return;
        };
        let start = before.rfind([' ', '\n']).map_or(0, |at| at + 1);
        let word = &before[start..];
        let closed = word.ends_with(['.', ',', ':', ';', '!', '?']);
        self.gone_before += usize::from(
            !closed && word.starts_with(char::is_uppercase) && !people::is_opener(word),
        );
        self.beside += usize::from(matches!(
            word,
            "with" | "in" | "on" | "to" | "into" | "With" | "In"
        ));
        let article = word == "the" || word == "The";
        let ahead = if article {
            before[..start].trim_end()
        } else {
            before
        };
        let ahead = names::tail(ahead, 60);
        let joint = [" of", " at", " for", " with", ","]
            .iter()
            .find_map(|joint| ahead.strip_suffix(joint));
        self.officer += usize::from(joint.is_some_and(|ahead| {
            let mut last = ahead.rsplit(' ').take(3);
            last.any(|word| is_post(word.trim_end_matches(',')))
        }));
        self.by += usize::from(matches!(
            word,
            "at" | "by" | "from" | "with" | "At" | "By" | "From" | "With" | "join" | "joined"
        ));
    }

    fn look_around(&mut self, before: &str, after: &str) {
        let opening = before.is_empty() || before.ends_with('\n');
        self.opening += usize::from(opening);
        self.alone += usize::from(opening && (after.is_empty() || after.starts_with('\n')));
        let at = before.ends_with("At ") || before.ends_with("at ");
        self.we += usize::from(at && (after.starts_with(", we") || after.starts_with(", our")));
    }
}

/// Whether a word is the post of somebody who speaks for a house.
fn is_post(word: &str) -> bool {
    is_title(word)
        || matches!(
            word,
            "Officer"
                | "Manager"
                | "Head"
                | "head"
                | "director"
                | "manager"
                | "chairman"
                | "chair"
                | "chief"
                | "officer"
                | "Counsel"
                | "Spokesperson"
                | "Coordinator"
                | "Specialist"
                | "professor"
                | "Professor"
                | "partner"
                | "principal"
                | "Principal"
                | "Superintendent"
                | "Secretary"
                | "Commissioner"
                | "Lead"
                | "Strategist"
                | "Analyst"
                | "analyst"
        )
}

/// Whether a description opens here.
pub(super) fn defines(next: &str) -> bool {
    DEFINING.iter().any(|opening| next.starts_with(opening))
}

/// What opens a description.
const DEFINING: &[&str] = &[
    "is a ",
    "is an ",
    "is the ",
    "is one ",
    "was founded",
    "was established",
    "provides ",
    "offers ",
    "specializes ",
    "helps ",
    "has been ",
    "is committed",
    "is dedicated",
    "are ",
];

/// Whether a word is the title of an officer or what speaks for a house.
fn is_title(word: &str) -> bool {
    matches!(
        word,
        "CEO"
            | "CFO"
            | "CTO"
            | "COO"
            | "CMO"
            | "President"
            | "Founder"
            | "Co-Founder"
            | "Cofounder"
            | "Chairman"
            | "Chair"
            | "Chief"
            | "Director"
            | "Executive"
            | "Managing"
            | "Vice"
            | "founder"
            | "co-founder"
            | "president"
            | "spokesperson"
            | "spokesman"
            | "spokeswoman"
            | "team"
            | "Team"
            | "Owner"
            | "owner"
            | "Partner"
    )
}

/// Whether a word alone is one of the language rather than a name: the text prints it in small letters too.
pub(super) fn common(index: &Index<'_>, name: &str) -> bool {
    if name.contains(' ') || !name.starts_with(char::is_uppercase) {
        return false;
    }
    // `NTX` and `DavidDrill` are no words, though an address prints them in small letters.
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    if capitals > 1 && (name.len() <= 5 || name.contains(char::is_lowercase)) {
        return false;
    }
    let text = index.text;
    let small = name.to_lowercase();
    let bounded = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + small.len()..].chars().next();
        !before.is_some_and(|c| matches!(c, '.' | '@' | '/' | '-' | '_'))
            && !after.is_some_and(|c| c.is_alphanumeric() || c == '@')
    };
    index
        .places(&small)
        .take(12)
        .any(|at| text[at + small.len()..].get(..4) != Some(".com") && bounded(at))
}

/// Whether the text lets the bearer of a name speak under the last word of it, as people do.
pub(super) fn speaks(index: &Index<'_>, name: &str) -> bool {
    let last = text::last_piece(name);
    if last.len() < 3 {
        return false;
    }
    let body = index.text;
    index.places(last).take(40).any(|at| {
        let after = body[at + last.len()..].trim_start();
        let after = text::first_piece(after);
        let before = text::last_piece(body[..at].trim_end());
        let spoken = |word: &str| {
            word.starts_with(char::is_lowercase)
                && quotes::is_speech(word)
                && !matches!(word, "announced" | "announces" | "so")
        };
        spoken(after) || matches!(before, "said" | "says" | "Mr." | "Ms." | "Mrs.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(text: &str) -> Uses {
        Uses::of(&Index::new(text), "Acme", text.len() / 2)
    }

    #[test]
    fn uses_count_whole_names_alone() {
        let uses = uses("Acme’s pump. The Acme team said that Acme has one. Acmeology.");
        let counted = (uses.all, uses.owning, uses.article, uses.acting);
        assert_eq!(counted, (3, 1, 1, 1));
        assert_eq!((uses.titled, uses.tail), (1, 1));
    }

    #[test]
    fn uses_say_what_stands_around_a_name() {
        let uses = uses(
            "Acme\nAcme is a maker. At Acme, we pump with Acme (NYSE: ACM) or Acme (“A”).\nBlue Acme Pump",
        );
        assert_eq!((uses.alone, uses.opening, uses.defined), (1, 2, 1));
        assert_eq!(
            (uses.we, uses.by, uses.listed, uses.shortened),
            (1, 2, 1, 1)
        );
        assert_eq!((uses.going_on, uses.gone_before), (1, 1));
    }

    #[test]
    fn officers_and_initials_point_at_a_name() {
        let text = "Jane Roe, CEO of Acme, and a director at the Acme work with Acme.";
        let found = uses(text);
        assert_eq!((found.officer, found.beside), (2, 1));
        let text =
            "Harbour Pump Association (HPA) and Harbour Pump Association (“HPA”) and (NYSE: HPA)";
        let found = Uses::of(&Index::new(text), "Harbour Pump Association", 0);
        assert_eq!(found.initialled, 2);
    }

    #[test]
    fn words_of_the_language_are_printed_small() {
        let index = Index::new("Pumps fail. Some pumps do not. See acme.com and ntx.");
        assert!(common(&index, "Pumps"));
        assert!(!common(&index, "Acme") && !common(&index, "NTX"));
    }

    #[test]
    fn people_speak_by_their_surname() {
        let index = Index::new("“Yes,” said Roe. Acme announced a pump.");
        assert!(speaks(&index, "Jane Roe") && !speaks(&index, "Acme"));
    }
}
