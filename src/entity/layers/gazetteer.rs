//! Names that are known beforehand: countries, states, cities, regions, peoples, public bodies, wires, platforms, given
//! names, and what is never a name. Compiled from `assets/gazetteer`, once per process, when first needed. One lookup a
//! token; it refuses to judge what an ambiguous name means in its place.

use std::sync::LazyLock;

use super::token::{Gap, Page, Shape};
use crate::entity::Kind;
use crate::release::is_given;
use crate::text::{Extent, WordSet};
use foldhash::{HashMap, HashMapExt as _, HashSet};

/// What a list says of a name. A name may be in several lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u16);

impl Class {
    pub const COUNTRY: Self = Self(1);
    pub const STATE: Self = Self(2);
    /// Abbreviated states: names only behind a city.
    pub const STATE_SHORT: Self = Self(4);
    pub const CITY: Self = Self(8);
    /// Cities that are also words or given names.
    pub const CITY_WEAK: Self = Self(16);
    pub const REGION: Self = Self(32);
    pub const PEOPLE: Self = Self(64);
    pub const BODY: Self = Self(128);
    pub const WIRE: Self = Self(256);
    pub const PLATFORM: Self = Self(512);
    pub const LAW: Self = Self(1024);

    /// Whether it is in any of these lists.
    pub fn is(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Both.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Any list of places but the abbreviations and the ambiguous ones.
pub(super) const PLACE: Class = Class::COUNTRY
    .or(Class::STATE)
    .or(Class::CITY)
    .or(Class::REGION);

/// A name that was found at a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// Its last token.
    pub last: usize,
    /// Its lists.
    pub class: Class,
}

struct Lists {
    names: HashMap<Box<str>, (Class, bool)>,
    /// The most tokens that a name with this first token has.
    longest: HashMap<Box<str>, u8>,
    given_weak: HashSet<&'static str>,
    stop: WordSet,
    /// The name that is used of a place or union, by the key of each of its forms.
    same: HashMap<String, &'static str>,
}

macro_rules! list {
    ($name:literal) => {
        include_str!(concat!("../../../assets/gazetteer/", $name, ".txt"))
    };
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let sources = [
        (list!("countries"), Class::COUNTRY),
        (list!("countries-other"), Class::COUNTRY),
        (list!("states"), Class::STATE),
        (list!("provinces"), Class::STATE),
        (list!("states-short"), Class::STATE_SHORT),
        (list!("cities"), Class::CITY),
        (list!("cities-weak"), Class::CITY_WEAK),
        (list!("regions"), Class::REGION),
        (list!("nationalities"), Class::PEOPLE),
        (list!("bodies"), Class::BODY),
        (list!("wires"), Class::WIRE),
        (list!("platforms"), Class::PLATFORM),
        (list!("laws"), Class::LAW),
    ];
    let mut lists = Lists {
        names: HashMap::with_capacity(8192),
        longest: HashMap::with_capacity(8192),
        given_weak: list!("given-weak").lines().collect(),
        stop: WordSet::new(&list!("stop").lines().collect::<Vec<_>>()),
        same: HashMap::new(),
    };
    for (source, class) in sources {
        source
            .lines()
            .filter(|line| !line.is_empty())
            .for_each(|line| lists.add(line, class));
    }
    for (name, forms) in list!("same")
        .lines()
        .filter_map(|line| line.split_once(" = "))
    {
        for form in forms.split(" | ").chain([name]) {
            lists.same.insert(key_of(form).0, name);
        }
    }
    lists
});

impl Lists {
    fn add(&mut self, name: &str, class: Class) {
        let (key, first, tokens) = key_of(name);
        let shouted = name.len() <= 6 && !name.chars().any(char::is_lowercase);
        let entry = self
            .names
            .entry(key.into_boxed_str())
            .or_insert((Class::default(), shouted));
        entry.0 = entry.0.or(class);
        let longest = self.longest.entry(first.into_boxed_str()).or_insert(0);
        *longest = (*longest).max(tokens);
    }
}

/// The key of a name, its first token and how many tokens it has.
fn key_of(name: &str) -> (String, String, u8) {
    if name.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ') {
        let key = name.to_ascii_lowercase();
        let first = key.split(' ').next().unwrap_or("").to_owned();
        let tokens = key.split(' ').count() as u8;
        return (key, first, tokens);
    }
    let page = Page::new(name, &[Extent::new(0, name.len())]);
    let mut key = String::new();
    for at in 0..page.len() {
        if at > 0 {
            key.push(' ');
        }
        key.push_str(page.low(at));
    }
    (key, page.low(0).to_owned(), page.len() as u8)
}

/// The longest listed name that starts at token `at`, written as names are.
pub(super) fn longest(page: &Page<'_>, at: usize, scratch: &mut String) -> Option<Known> {
    let token = page.token(at);
    if !token.capital || token.masked || token.shape == Shape::Mark {
        return None;
    }
    let most = usize::from(*LISTS.longest.get(page.low(at))?);
    let mut best = None;
    scratch.clear();
    let mut shouted = true;
    for last in at..at + most {
        if last > at {
            if page.token(last).gap > Gap::Line || page.token(last).shape == Shape::Nothing {
                break;
            }
            scratch.push(' ');
        }
        scratch.push_str(page.low(last));
        shouted &= page.token(last).upper || page.token(last).shape != Shape::Word;
        if let Some((class, wants_shouting)) = LISTS.names.get(scratch.as_str()) {
            let ends =
                page.token(last + 1).gap > Gap::Glued || page.token(last + 1).shape != Shape::Word;
            if ends && (shouted || !wants_shouting) {
                best = Some(Known {
                    last,
                    class: *class,
                });
            }
        }
    }
    best
}

/// What the lists say of a name, given as its key.
pub(super) fn class_of(key: &str) -> Class {
    LISTS
        .names
        .get(key)
        .map_or(Class::default(), |entry| entry.0)
}

/// The same of a name given as its tokens in lower case.
pub(super) fn class_of_all(tokens: &[&str]) -> Class {
    match tokens {
        [] => Class::default(),
        [token] => class_of(token),
        [first, ..] => {
            let longest = LISTS.longest.get(*first);
            if longest.is_some_and(|longest| usize::from(*longest) >= tokens.len()) {
                class_of(&tokens.join(" "))
            } else {
                Class::default()
            }
        }
    }
}

/// The name of which tokens in lower case are a form, as in [`standard`].
pub(super) fn standard_of_all(tokens: &[&str], kind: Kind) -> Option<&'static str> {
    match tokens {
        [token] => standard(token, kind),
        _ if matches!(kind, Kind::Gpe | Kind::Loc)
            || kind == Kind::Org && class_of_all(tokens).is(Class::BODY) =>
        {
            LISTS.same.get(&tokens.join(" ")).copied()
        }
        _ => None,
    }
}

/// The name of which a key is a form: `u.s.` of the United States. Names that mean two places (New York, Washington) have
/// no such forms.
pub(super) fn standard(key: &str, kind: Kind) -> Option<&'static str> {
    let fits = match kind {
        Kind::Gpe | Kind::Loc => true,
        Kind::Org => class_of(key).is(Class::BODY),
        _ => false,
    };
    LISTS.same.get(key).copied().filter(|_| fits)
}

/// Whether a word, as written or shouted, is a given name and hardly anything else.
pub(super) fn given(word: &str) -> bool {
    in_title_case(word, is_given)
}

/// Whether a word is a given name that is also a common word.
pub(super) fn given_weak(word: &str) -> bool {
    in_title_case(word, |word| LISTS.given_weak.contains(word))
}

fn in_title_case(word: &str, known: impl Fn(&str) -> bool) -> bool {
    if known(word) {
        return true;
    }
    if word.len() < 3 || word.chars().any(char::is_lowercase) {
        return false;
    }
    let mut chars = word.chars();
    let first = chars.next().into_iter();
    let title: String = first.chain(chars.flat_map(char::to_lowercase)).collect();
    known(&title)
}

/// Whether a key is on the list of what is never a name.
pub(super) fn stopped(key: &str) -> bool {
    LISTS.stop.has(key)
}

/// Whether the list of what is never a name may have a key of which `first` are the first two bytes or more. A no is
/// certain.
pub(super) fn may_be_stopped(first: &str) -> bool {
    LISTS.stop.may_begin(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<(String, Class)> {
        let page = Page::new(text, &[Extent::new(0, text.len())]);
        let known = longest(&page, 0, &mut String::new())?;
        Some((page.extent(0, known.last).of(text).to_owned(), known.class))
    }

    #[test]
    fn the_longest_name_wins_and_capitals_count() {
        let (name, class) = first("New York City is").expect("a city");
        assert_eq!(name, "New York City");
        assert!(class.is(Class::CITY));
        assert_eq!(
            first("U.S. exports").map(|found| found.0).as_deref(),
            Some("U.S.")
        );
        assert_eq!(
            first("BEIJING, March").map(|found| found.0).as_deref(),
            Some("BEIJING")
        );
        assert!(first("Us too").is_none(), "the pronoun is no country");
        assert!(first("beijing").is_none());
        assert!(given("Brian") && given("BRIAN") && !given("Company"));
    }
}
