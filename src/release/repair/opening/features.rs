//! The signs of a heading that a blank parts from its sentence: what its words look like, what the words behind look
//! like, and how the two go together. It refuses to weigh them.

use super::super::fused::{is_finite, is_person_title, is_title_word, runs_on};
use super::super::lexicon::look_up;
use super::super::token::{Gap, Tokens};
use super::super::words::{
    is_common, is_function_word, is_heading_word, is_plain_verb, is_small_in_title, is_word,
    may_open_sentence, opens_sentence,
};

use super::votes::Vote;

/// How many signs there are.
pub(super) const FEATURES: usize = 101;

/// The words of a heading, read one by one.
pub(super) struct Words<'t, 'a> {
    tokens: &'t Tokens<'a>,
    first: usize,
    /// One past the last word read.
    end: usize,
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
}

impl<'t, 'a> Words<'t, 'a> {
    /// A heading that opens at token `first`, no word of it read.
    pub(super) fn open(tokens: &'t Tokens<'a>, first: usize) -> Self {
        Self {
            tokens,
            first,
            end: first,
            untitled: 0,
            long: 0,
            plain: 0,
            capitals: 0,
            finite: false,
            verb: false,
            comma: false,
            colon: false,
            dash: false,
            small: false,
        }
    }

    /// The next word to be read.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// Reads one word more.
    pub(super) fn push(&mut self) {
        let word = self.tokens.word(self.end);
        let bare = self.tokens.bare(self.end);
        let titled = is_title_word(word) || word.ends_with([',', ':']) && is_capital(bare);
        self.untitled += usize::from(!titled);
        if bare.len() > 3 {
            self.long += 1;
            self.plain += usize::from(bare.split(['-', '’', '\'']).next().is_some_and(is_common));
        }
        self.capitals += usize::from(self.end > self.first && is_capital(bare));
        self.finite |= is_finite(bare);
        self.verb |= is_plain_verb(bare);
        self.comma |= word.ends_with([',', ';']);
        self.colon |= word.ends_with(':');
        self.dash |= matches!(word, "&" | "–" | "—" | "-" | "+" | "|" | "--");
        self.small |= word.bytes().any(|b| b.is_ascii_lowercase());
        self.end += 1;
    }

    /// The signs of a heading of the words read so far, and a sentence that token `at` opens behind them.
    pub(super) fn row(&self, at: usize, vote: Option<Vote>) -> [f32; FEATURES] {
        let tokens = self.tokens;
        let count = at - self.first;
        let last = tokens.bare(at - 1);
        let last_small = last.to_lowercase();
        let first = tokens.bare(self.first);
        let titled = self.untitled == 0;
        let plain_all = self.plain == self.long && self.long > 0;
        let word = tokens.bare(at);
        let whole = tokens.word(at);
        let lower = word.to_lowercase();
        let entry = look_up(word);
        let (common, name) = entry.map_or((false, false), |entry| (entry.common, entry.name));
        let next = tokens.word_after(at);
        let next_bare = next.trim_matches(|c: char| !c.is_alphanumeric());
        let ahead = Ahead::read(tokens, at);
        let opens = opens_sentence(word) || whole.starts_with("According");
        let may_open = may_open_sentence(word);
        let asks = matches!(first, "Why" | "How" | "What" | "Where" | "When" | "Who");
        let doing = first.len() > 5 && first.ends_with("ing") && is_common(first);
        let last_common = is_common(&last_small);
        let last_name = !last_common || look_up(last).is_some_and(|entry| entry.name);
        let small_next = next.starts_with(char::is_lowercase);
        let plain_next = small_next && !is_small_in_title(next_bare);
        let known = tokens.count(&lower) > u32::from(lower == word);
        let again = tokens.count(word) > 1;
        let quote = whole.starts_with(['“', '"']);
        let digit = word.starts_with(|c: char| c.is_ascii_digit());
        let in_heading = (self.first..at).any(|i| tokens.bare(i) == word && word.len() > 3);
        let pair_before =
            !opens && count > 0 && is_capital(last) && tokens.repeats(self.span(at - 1, at));
        let pair_after = is_capital(next_bare) && tokens.repeats(self.span(at, at + 1));
        let ends_badly = is_function_word(&last_small)
            || is_finite(&last_small)
            || is_person_title(last)
            || last.ends_with("’s")
            || last.ends_with("'s");
        let opener = opens || may_open;
        let plain_word = common && !name;
        let verb_soon = ahead.verb <= 2;
        let sentence = runs_on(tokens, at);
        // What a body does comes behind its name: `Acme describes`, `Acme hopes`, `Acme added`.
        let acts =
            plain_next && (next_bare.ends_with('s') || next_bare.ends_with("ed")) || verb_soon;
        let shouted = !self.small && last.len() > 1;
        let alone = self.capitals == 0;
        let first_name = !is_common(first);
        let text = tokens.text.as_bytes();
        let start = tokens.extent(self.first).start;
        let led = start > 0 && text[start - 1] == b' ' && tokens.all[self.first].gap == Gap::Line;
        let item = self.first > 0 && tokens.all[self.first].gap == Gap::Blank;
        let wide = tokens.all[self.first].gap == Gap::Wide;
        let signs = [
            true,
            count == 1,
            count == 2,
            (3..=4).contains(&count),
            (5..=7).contains(&count),
            count > 10,
            titled,
            titled && self.long > 1,
            titled && plain_all,
            shouted,
            last_common && !is_capital(last),
            last_common && is_capital(last) && !last_name,
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
            alone && !titled && count > 2,
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
            in_heading && count > 2,
            plain_next,
            small_next && !plain_next,
            is_capital(next_bare),
            is_finite(next_bare) || is_plain_verb(next_bare),
            verb_soon,
            ahead.verb <= 6,
            sentence,
            ahead.small >= 4,
            ahead.stops > 1,
            ahead.length < 12,
            wide,
            item,
            led,
            self.first < 40,
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
            titled && is_capital(next_bare) && opens,
            quote && titled,
            !last_common && name && !common,
            !is_word(last) && !is_word(word),
            titled && plain_next && last_common && !last_name,
            titled && plain_next && count == 1,
            titled && self.long > 1 && is_small_in_title(next_bare) && small_next && !opener,
            count == 1 && is_heading_word(last),
            acts,
            titled && again && acts,
            titled && again && acts && last_common,
            alone && !titled && again && acts,
            again && acts && last_common && !pair_before,
            last_common && tokens.count(&last_small) > 0 && is_capital(last),
            titled && last_common && tokens.count(last) == 1,
            titled && self.long > 1 && quote && sentence,
            titled && last_common && name && plain_next && self.plain > 1,
            titled && ahead.capitals >= 1,
            titled && ahead.capitals >= 2,
            titled && ahead.capitals >= 4,
            titled && opener && ahead.capitals >= 2,
            titled && self.long > 1 && whole.ends_with(',') && small_next,
            titled && self.long > 1 && whole.ends_with(['’', 's']) && name && small_next,
            titled && self.long > 1 && !opener && small_next && last_common,
            !titled && ahead.capitals >= 2,
            vote == Some(Vote::Opener),
            vote == Some(Vote::Asked),
            vote == Some(Vote::Subject),
        ];
        signs.map(|sign| f32::from(u8::from(sign)))
    }

    /// The text from token `first` to token `last`, without the marks at its end.
    fn span(&self, first: usize, last: usize) -> &'a str {
        let (start, end) = (
            self.tokens.extent(first).start,
            self.tokens.extent(last).end,
        );
        self.tokens.text[start..end].trim_end_matches(|c: char| !c.is_alphanumeric())
    }
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
    /// Words in the rest of the line, up to sixty.
    length: usize,
}

impl Ahead {
    fn read(tokens: &Tokens<'_>, at: usize) -> Self {
        let mut ahead = Self {
            verb: usize::MAX,
            small: 0,
            capitals: 0,
            stops: 0,
            length: 1,
        };
        let mut index = at;
        let mut title = !tokens.word(at).ends_with(',');
        while let Some(next) = tokens.after(index).filter(|_| ahead.length < 60) {
            index = next;
            let word = tokens.bare(index);
            title = title && is_title_word(tokens.word(index));
            ahead.capitals += usize::from(title && is_capital(word));
            if ahead.length <= 10 {
                let small = word.starts_with(char::is_lowercase);
                ahead.small += usize::from(small && !is_small_in_title(word));
                let verb = is_finite(word) && word != "that" || is_plain_verb(word);
                if verb && ahead.verb == usize::MAX {
                    ahead.verb = ahead.length - 1;
                }
            }
            ahead.length += 1;
            ahead.stops += usize::from(ahead.stops < 2 && tokens.ends_sentence(index));
        }
        ahead
    }
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
