//! The signs of a heading that a blank or nothing parts from its sentence: what its words look like, what the words
//! behind look like, how the two go together, and whether what touches may be one word. It refuses to weigh them.

use super::super::lexicon::look_up;
use super::super::token::Gap;
use super::super::words::{
    is_common, is_heading_word, is_person_title, is_word, may_open_sentence, opens_sentence,
};
use super::line::{AHEAD, CAPITAL, ENDS, FINITE, LITTLE, Line, SMALL, TITLE, VERB, Word};

/// How many signs there are.
pub(super) const FEATURES: usize = 116;

/// What was seen of the words of a heading, read one by one.
#[derive(Clone, Default)]
pub(super) struct Heading {
    /// How many words were read.
    words: usize,
    /// Words that do not stand as they do in titles.
    untitled: usize,
    /// Words of more than three letters; those of them that are common.
    long: usize,
    plain: usize,
    /// Words behind the first with a capital.
    capitals: usize,
    finite: bool,
    verb: bool,
    comma: bool,
    colon: bool,
    dash: bool,
    small: bool,
    /// Quotation marks and brackets that are open.
    open: i32,
}

impl Heading {
    /// Reads on until the first `words` of the line are the heading's.
    pub(super) fn read(&mut self, line: &Line<'_, '_>, words: usize) {
        let more = self.words..words.min(line.words.len());
        for number in more {
            self.push(&line.words[number]);
        }
    }

    /// Reads the next word.
    fn push(&mut self, word: &Word<'_>) {
        let number = self.words;
        self.words += 1;
        let titled = word.is(TITLE) || word.whole.ends_with([',', ':']) && word.is(CAPITAL);
        self.untitled += usize::from(!titled);
        if word.bare.len() > 3 {
            self.long += 1;
            let plain = word.bare.split(['-', '’', '\'']).next();
            self.plain += usize::from(plain.is_some_and(is_common));
        }
        self.capitals += usize::from(number > 0 && word.is(CAPITAL));
        self.finite |= word.is(FINITE);
        self.verb |= word.is(VERB);
        self.comma |= word.whole.ends_with([',', ';']);
        self.colon |= word.whole.ends_with(':');
        self.dash |= matches!(word.whole, "&" | "–" | "—" | "-" | "+" | "|" | "--");
        self.small |= word.bare.bytes().any(|b| b.is_ascii_lowercase());
        if word.bare.len() < word.whole.len() {
            for c in word.whole.chars() {
                self.open += match c {
                    '“' | '(' => 1,
                    '”' | ')' => -1,
                    _ => 0,
                };
            }
        }
    }

    /// Whether the words read so far open a quotation or a bracket and do not close it: no heading ends there.
    pub(super) fn is_torn(&self) -> bool {
        self.open > 0
    }

    /// Whether the words read so far stand as in a title, three of them or more longer than little words are.
    pub(super) fn is_long_title(&self) -> bool {
        self.untitled == 0 && self.long >= 3
    }

    /// The signs of a heading of the words read so far, and a sentence that word `at` of the line opens behind them.
    /// `touch` is what was seen where the two touch.
    pub(super) fn row(
        &self,
        line: &Line<'_, '_>,
        at: usize,
        touch: Option<&Touch>,
    ) -> [bool; FEATURES] {
        let tokens = line.tokens;
        let cut = touch.is_some();
        let (last, last_whole) = (line.bare(at - 1), line.whole(at - 1));
        let last_small = last.to_lowercase();
        let first = line.bare(0);
        let titled = self.untitled == 0;
        let plain_all = self.plain == self.long && self.long > 0;
        let (word, whole) = (line.bare(at), line.whole(at));
        let lower = word.to_lowercase();
        let entry = look_up(word);
        let (common, name) = entry.map_or((false, false), |entry| (entry.common, entry.name));
        let next = line.whole(at + 1);
        let next_word = line.words.get(at + 1).copied();
        let next_is = |signs: u8| next_word.is_some_and(|next| next.is(signs));
        let next_bare = line.bare(at + 1);
        let ahead = Ahead::read(line, at);
        let opens = opens_sentence(word) || whole.starts_with("According");
        let may_open = may_open_sentence(word);
        let asks = matches!(first, "Why" | "How" | "What" | "Where" | "When" | "Who");
        let doing = first.len() > 5 && first.ends_with("ing") && is_common(first);
        let last_entry = look_up(last);
        let last_common = last_entry.is_some_and(|entry| entry.common);
        let last_name = !last_common || last_entry.is_some_and(|entry| entry.name);
        let last_capital = last.starts_with(char::is_uppercase);
        let small_next = next_is(SMALL) && next.starts_with(char::is_lowercase);
        let plain_next = small_next && !next_is(LITTLE);
        let known = tokens.count(&lower) > u32::from(!cut && lower == word);
        let again = tokens.count(word) > u32::from(!cut);
        let quote = whole.starts_with(['“', '"']);
        let digit = word.starts_with(|c: char| c.is_ascii_digit());
        let in_heading = word.len() > 3 && (0..at).any(|i| line.bare(i) == word);
        let pair_before = !opens && !cut && last_capital && line.is_pair(at - 1, cut);
        let pair_after = next_is(CAPITAL) && line.is_pair(at, cut);
        let ends_badly = line.words[at - 1].is(FINITE) || is_person_title(last);
        let opener = opens || may_open;
        let plain_word = common && !name;
        let verb_soon = ahead.verb <= 2;
        // What a body does comes behind its name: `Acme describes`, `Acme hopes`, `Acme added`.
        let acts =
            plain_next && (next_bare.ends_with('s') || next_bare.ends_with("ed")) || verb_soon;
        let shouted = !self.small && last.len() > 1;
        let alone = self.capitals == 0;
        let first_name = !is_common(first);
        let text = tokens.text.as_bytes();
        let gap = line.words[0].gap;
        let led = gap == Gap::Line && line.start > 0 && text[line.start - 1] == b' ';
        let asked = last_whole.ends_with(['?', '!']);
        let touch = touch.copied().unwrap_or_default();
        [
            true,
            at == 1,
            at == 2,
            (3..=4).contains(&at),
            (5..=7).contains(&at),
            at > 10,
            titled,
            titled && self.long > 1,
            titled && plain_all,
            shouted,
            last_common && !last_capital,
            last_common && last_capital && !last_name,
            !last_common,
            ends_badly,
            self.finite,
            self.verb,
            self.finite && asks,
            self.comma,
            self.colon,
            asks,
            matches!(first, "The" | "A" | "An"),
            doing,
            opens_sentence(first) && first != "The",
            may_open_sentence(first) && !asks,
            first_name,
            self.dash,
            last.ends_with(|c: char| c.is_ascii_digit()),
            self.plain == 0,
            plain_all,
            alone && !titled,
            alone && !titled && at > 2,
            opens,
            may_open,
            plain_word && !opener,
            common && name && !opener,
            name && !common,
            entry.is_none() && !digit,
            quote,
            digit,
            whole.ends_with(','),
            known,
            again,
            pair_before,
            pair_after,
            in_heading,
            in_heading && at > 2,
            plain_next,
            small_next && !plain_next,
            next_is(CAPITAL),
            next_is(FINITE | VERB),
            verb_soon,
            ahead.verb <= 6,
            ahead.runs_on,
            ahead.small >= 4,
            ahead.stops > 1,
            ahead.length < 12,
            gap == Gap::Wide,
            line.first > 0 && gap == Gap::Blank,
            led,
            line.first < 40,
            titled && opens && small_next,
            titled && may_open && small_next,
            titled && plain_next && plain_word,
            titled && plain_next && pair_after,
            titled && plain_next && !opener && known,
            titled && self.long > 1 && plain_next && verb_soon,
            !titled && opens && alone,
            !titled && plain_word && !opener && alone,
            !titled && name && !common,
            !titled && self.finite && !asks,
            !titled && opener && !self.finite && !self.verb,
            titled && asks,
            titled && opener && !self.finite && plain_all,
            titled && next_is(CAPITAL) && opens,
            quote && titled,
            !last_common && name && !common,
            !is_word(last) && !is_word(word),
            titled && plain_next && last_common && !last_name,
            titled && plain_next && at == 1,
            titled && self.long > 1 && next_is(LITTLE) && small_next && !opener,
            at == 1 && is_heading_word(last),
            acts,
            titled && again && acts,
            titled && again && acts && last_common,
            alone && !titled && again && acts,
            again && acts && last_common && !pair_before,
            last_common && tokens.count(&last_small) > 0 && last_capital,
            titled && last_common && tokens.count(last) == 1,
            titled && self.long > 1 && quote && ahead.runs_on,
            titled && last_common && name && plain_next && self.plain > 1,
            titled && ahead.capitals >= 1,
            titled && ahead.capitals >= 2,
            titled && ahead.capitals >= 4,
            titled && opener && ahead.capitals >= 2,
            titled && self.long > 1 && whole.ends_with(',') && small_next,
            titled && self.long > 1 && whole.ends_with(['’', 's']) && name && small_next,
            titled && self.long > 1 && !opener && small_next && last_common,
            !titled && ahead.capitals >= 2,
            asked,
            asked && titled,
            asked && asks,
            titled && self.long > 3,
            touch.meant,
            touch.joined,
            touch.inside,
            touch.marked,
            touch.digit,
            touch.capital,
            touch.short,
            touch.short && !opener,
            touch.rest,
            touch.known,
            touch.known && opener,
            touch.known && plain_word,
            touch.meant && opener,
            touch.capital && !opener,
        ]
    }
}

/// What was seen where a heading and its sentence touch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Touch {
    /// The text has the whole word elsewhere too.
    pub meant: bool,
    /// The two are one word of the language.
    pub joined: bool,
    /// The word before has a capital inside, as a brand has.
    pub inside: bool,
    /// A mark stands between them: `?`, `)`, `®`.
    pub marked: bool,
    /// The heading ends with a figure.
    pub digit: bool,
    /// The heading ends with a capital.
    pub capital: bool,
    /// What touches on either side has two letters or fewer.
    pub short: bool,
    /// There is another such place behind.
    pub rest: bool,
    /// The language, or the text, knows the word before the place.
    pub known: bool,
}

/// What a sentence looks like from its first word on.
struct Ahead {
    /// How many words stand before its first verb, as far as the verb is known.
    verb: usize,
    /// Words in small letters among the next ten, without those that titles write small.
    small: usize,
    /// Words with a capital that go on as in a title.
    capitals: usize,
    /// Sentence ends in the rest of the line, up to two.
    stops: usize,
    /// Words in the rest of the line, as far as it is read.
    length: usize,
    /// Whether it goes on to its end as a sentence does, with words in small letters.
    runs_on: bool,
}

impl Ahead {
    fn read(line: &Line<'_, '_>, at: usize) -> Self {
        let words = &line.words[at..];
        let behind = words.iter().skip(1).take(10);
        let small = |take: usize| {
            let plain = words.iter().take(take);
            plain
                .filter(|word| word.is(SMALL) && !word.is(LITTLE))
                .count()
        };
        let title = words.iter().skip(1).take_while(|word| word.is(TITLE));
        let open = !words[0].whole.ends_with(',');
        let end = words.iter().skip(3).position(|word| word.is(ENDS));
        let colon = words.last().is_some_and(|word| word.whole.ends_with(':'));
        Self {
            verb: behind
                .clone()
                .position(|word| word.is(FINITE | VERB) && word.bare != "that")
                .unwrap_or(usize::MAX),
            small: behind
                .filter(|word| word.is(SMALL) && !word.is(LITTLE))
                .count(),
            capitals: if open {
                title.filter(|word| word.is(CAPITAL)).count()
            } else {
                0
            },
            stops: words.iter().filter(|word| word.is(ENDS)).take(2).count(),
            length: words.len(),
            runs_on: small(9) > 1 && (end.is_some() || colon || words.len() >= AHEAD),
        }
    }
}
