//! How a source is followed: what the user chose about it, and how it stands. Plain data, shared by the store that
//! keeps it, the jobs that act on it and the screen that shows it; no network, no clock.

use serde::{Deserialize, Serialize};

use crate::text::SafeText;

/// When the full text of a teaser is fetched from the page that the source names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FullText {
    /// Never.
    #[default]
    Never,
    /// When the release is opened.
    OnOpen,
    /// When the release comes in.
    Always,
}

impl FullText {
    /// The next choice, from the last one on to the first.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Never => Self::OnOpen,
            Self::OnOpen => Self::Always,
            Self::Always => Self::Never,
        }
    }

    /// The choice in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::OnOpen => "on open",
            Self::Always => "always",
        }
    }
}

/// What the user chose about a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceChoices {
    /// What it is called.
    pub name: String,
    /// Its tags; the first one is its group.
    pub tags: Vec<String>,
    /// Seconds between two visits, where it is not the usual time.
    pub interval: Option<i64>,
    /// Whether teasers get their full text.
    pub full_text: FullText,
    /// It is not asked until the user says so.
    pub paused: bool,
}

/// How a source stands. Times are seconds since the epoch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Health {
    /// Never asked.
    #[default]
    New,
    /// The last answer was good.
    Fresh,
    /// No good answer since then.
    Failing {
        /// Since when.
        since: i64,
        /// Why, in plain words.
        why: SafeText,
    },
    /// Its server asks to be left alone until then.
    Waiting {
        /// Until when.
        until: i64,
    },
    /// Its server says that it is gone for good: it is asked no more.
    Gone {
        /// When it said so first.
        since: i64,
    },
    /// The user paused it.
    Paused,
}

impl Health {
    /// The state in one word, as it is printed for scripts.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Fresh => "fresh",
            Self::Failing { .. } => "failing",
            Self::Waiting { .. } => "waiting",
            Self::Gone { .. } => "gone",
            Self::Paused => "paused",
        }
    }
}

/// How a source is followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Following {
    /// What the user chose.
    pub choices: SourceChoices,
    /// How it stands.
    pub health: Health,
    /// When it last gave a good answer.
    pub answered: Option<i64>,
    /// When it is asked next; `None` where it is not.
    pub next_due: Option<i64>,
    /// The names of the headers that are sent to it.
    pub headers: Vec<SafeText>,
    /// What else is to be known of it, each in a few words: that its feed has errors, where it was before.
    pub notes: Vec<SafeText>,
}

/// Shortest and longest time between two visits that can be chosen, in seconds.
const INTERVALS: std::ops::RangeInclusive<i64> = 5 * 60..=30 * 86_400;

/// A time between two visits as people type it (`30 min`, `2 h`, `1 d`, a number of minutes), in seconds; `None` where
/// it is none. What is shorter than five minutes or longer than thirty days is taken as these.
#[must_use]
pub fn interval_of(typed: &str) -> Option<i64> {
    let typed = typed.trim().to_lowercase();
    let digits = typed.bytes().take_while(u8::is_ascii_digit).count();
    let number: i64 = typed[..digits].parse().ok().filter(|number| *number > 0)?;
    let unit = match typed[digits..].trim() {
        "" | "m" | "min" | "minute" | "minutes" => 60,
        "h" | "hour" | "hours" => 3600,
        "d" | "day" | "days" => 86_400,
        _ => return None,
    };
    interval_within(number.saturating_mul(unit))
}

/// A time between two visits, in seconds, within what can be chosen; `None` where it is none.
#[must_use]
pub fn interval_within(seconds: i64) -> Option<i64> {
    (seconds > 0).then(|| seconds.clamp(*INTERVALS.start(), *INTERVALS.end()))
}

/// A time between two visits in words that [`interval_of`] reads again.
#[must_use]
pub fn interval_words(seconds: i64) -> String {
    match seconds {
        days if days % 86_400 == 0 => format!("{} d", days / 86_400),
        hours if hours % 3600 == 0 => format!("{} h", hours / 3600),
        other => format!("{} min", other / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_typed_and_told() {
        for (typed, seconds, words) in [
            ("30 min", 1800, "30 min"),
            ("90", 5400, "90 min"),
            ("2h", 7200, "2 h"),
            (" 1 day ", 86_400, "1 d"),
            ("1", 300, "5 min"),
            ("99999999999 d", 2_592_000, "30 d"),
        ] {
            assert_eq!(interval_of(typed), Some(seconds), "{typed}");
            assert_eq!(interval_words(seconds), words);
            assert_eq!(interval_of(words), Some(seconds));
        }
        for nonsense in ["", "often", "0", "-5", "5 weeks", "h", "1.5 h", "９"] {
            assert_eq!(interval_of(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn the_choice_of_full_text_goes_round() {
        let start = FullText::default();
        assert_eq!(start.next().next().next(), start);
    }
}
