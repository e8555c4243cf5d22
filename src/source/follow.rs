//! When a source is to be asked again, as a state that a library can keep and a function of what the server said. Pure:
//! no clock but the one it is told, no network. It exists so that every rule of politeness (304, 410, 429, 503,
//! Retry-After, back-off, two permanent redirects) is one line that a test can read.

use serde::{Deserialize, Serialize};

use super::http::RetryAfter;

/// The usual time between two visits, in seconds.
pub const INTERVAL: i64 = 60 * 60;
/// Shortest and longest time between two visits after failures, in seconds.
const BACK_OFF: std::ops::RangeInclusive<i64> = 5 * 60..=24 * 60 * 60;
/// Longest time that a server can ask for, in seconds: an absurd wish must not end a subscription.
const LONGEST_WISH: i64 = 7 * 24 * 60 * 60;

/// What is known of a source between two visits. Times are seconds since the epoch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FollowState {
    /// `ETag` of the last answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last answer.
    pub last_modified: Option<String>,
    /// When the source was last asked.
    pub asked: Option<i64>,
    /// When it last gave a good answer.
    pub answered: Option<i64>,
    /// Not to be asked before.
    pub next_due: i64,
    /// The server itself asked to be left alone until `next_due`.
    pub asked_to_wait: bool,
    /// Failures in a row.
    pub failures: u32,
    /// Failing since.
    pub failing_since: Option<i64>,
    /// Why, in words.
    pub trouble: Option<String>,
    /// The source said that it is gone for good: it is not asked any more.
    pub gone: bool,
    /// Where it says it has moved, and how often in a row it said so.
    pub moving_to: Option<(String, u32)>,
    /// Where it was before it moved, for people to see.
    pub was_at: Option<String>,
    /// What is to be said of its last good answer beside what is in it.
    pub note: Option<String>,
    /// It was led to the host where it is now, and the user never typed that: it may not lead into the user's own network.
    pub led: bool,
}

/// What a visit brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A good answer.
    Fresh {
        /// Its `ETag`.
        etag: Option<String>,
        /// Its `Last-Modified`.
        last_modified: Option<String>,
        /// Where the source has moved for good.
        moved: Option<String>,
    },
    /// Nothing new since the last visit.
    Unchanged {
        /// A new `ETag`, where the answer has one.
        etag: Option<String>,
        /// Where the source has moved for good.
        moved: Option<String>,
    },
    /// The server wants to be left alone.
    Busy {
        /// Until when, where it says so.
        until: Option<RetryAfter>,
        /// Its status.
        status: u16,
    },
    /// Gone for good.
    Gone,
    /// No good answer, in words.
    Failed(String),
}

impl FollowState {
    /// Whether the source is to be asked at `now`. A clock that was set back does not silence it for longer than the
    /// longest wish.
    #[must_use]
    pub fn is_due(&self, now: i64) -> bool {
        !self.gone && (now >= self.next_due || self.next_due - now > LONGEST_WISH)
    }

    /// Whether the user may ask it at `now` out of turn: not where the server asked to be left alone.
    #[must_use]
    pub fn may_be_asked(&self, now: i64) -> bool {
        !self.asked_to_wait || self.is_due(now)
    }

    /// Takes note of a visit at `now`; `interval` is the usual time between two, in seconds. Gives the address that the
    /// source has moved to, once it has said so twice.
    pub fn visited(&mut self, outcome: Outcome, now: i64, interval: i64) -> Option<String> {
        self.asked = Some(now);
        self.asked_to_wait = false;
        match outcome {
            Outcome::Fresh {
                etag,
                last_modified,
                moved,
            } => {
                (self.etag, self.last_modified) = (etag, last_modified);
                self.well(now, interval);
                self.moves(moved)
            }
            Outcome::Unchanged { etag, moved } => {
                self.etag = etag.or(self.etag.take());
                self.well(now, interval);
                self.moves(moved)
            }
            Outcome::Busy { until, status } => {
                let wish = match until {
                    Some(RetryAfter::Seconds(seconds)) => seconds,
                    Some(RetryAfter::At(at)) => at.saturating_sub(now),
                    None => self.back_off(interval),
                };
                self.fails(now, format!("the server asks to wait (status {status})"));
                self.next_due = now + wish.clamp(*BACK_OFF.start(), LONGEST_WISH);
                self.asked_to_wait = true;
                None
            }
            Outcome::Gone => {
                self.fails(
                    now,
                    "gone for good, as its server says; what is here was kept".to_owned(),
                );
                self.gone = true;
                None
            }
            Outcome::Failed(words) => {
                self.next_due = now + self.back_off(interval);
                self.fails(now, words);
                None
            }
        }
    }

    fn well(&mut self, now: i64, interval: i64) {
        self.answered = Some(now);
        self.next_due = now + interval.max(*BACK_OFF.start());
        self.failures = 0;
        self.failing_since = None;
        self.trouble = None;
    }

    fn fails(&mut self, now: i64, words: String) {
        self.failures = self.failures.saturating_add(1);
        self.failing_since.get_or_insert(now);
        self.trouble = Some(words);
    }

    /// The usual interval, doubled with every failure in a row.
    fn back_off(&self, interval: i64) -> i64 {
        let doubled = interval.max(1).saturating_mul(1 << self.failures.min(16));
        doubled.clamp(*BACK_OFF.start(), *BACK_OFF.end())
    }

    /// One permanent redirect may be a slip; the second one in a row to the same place is believed.
    fn moves(&mut self, moved: Option<String>) -> Option<String> {
        let before = self.moving_to.take();
        let to = moved?;
        let said = match before {
            Some((known, said)) if known == to => said + 1,
            _ => 1,
        };
        if said >= 2 {
            return Some(to);
        }
        self.moving_to = Some((to, said));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn fresh(moved: Option<&str>) -> Outcome {
        Outcome::Fresh {
            etag: Some("\"1\"".into()),
            last_modified: None,
            moved: moved.map(str::to_owned),
        }
    }

    #[test]
    fn failures_back_off_and_a_good_answer_forgives() {
        let mut state = FollowState::default();
        let mut waits = Vec::new();
        for _ in 0..8 {
            state.visited(Outcome::Failed("x".into()), NOW, INTERVAL);
            waits.push((state.next_due - NOW) / INTERVAL);
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 24, 24, 24]);
        assert_eq!((state.failures, state.failing_since), (8, Some(NOW)));
        state.visited(fresh(None), NOW + 5, INTERVAL);
        assert_eq!(
            (state.failures, state.trouble.clone(), state.next_due),
            (0, None, NOW + 5 + INTERVAL)
        );
    }

    #[test]
    fn a_server_that_asks_to_wait_is_left_alone() {
        for (until, wait) in [
            (Some(RetryAfter::Seconds(7200)), 7200),
            (Some(RetryAfter::At(NOW + 900)), 900),
            (Some(RetryAfter::Seconds(i64::MAX)), LONGEST_WISH),
            (Some(RetryAfter::At(NOW - 900)), 300),
            (None, INTERVAL),
        ] {
            let mut state = FollowState::default();
            state.visited(Outcome::Busy { until, status: 429 }, NOW, INTERVAL);
            assert_eq!(state.next_due, NOW + wait, "{until:?}");
            // The state is kept across restarts.
            let kept: FollowState =
                serde_json::from_str(&serde_json::to_string(&state).expect("JSON"))
                    .expect("a state");
            assert!(!kept.is_due(NOW + wait - 1) && !kept.may_be_asked(NOW + wait - 1));
            assert!(kept.is_due(NOW + wait));
        }
    }

    #[test]
    fn gone_is_gone_and_moves_are_believed_the_second_time() {
        let mut state = FollowState::default();
        assert_eq!(state.visited(fresh(Some("b")), NOW, INTERVAL), None);
        assert_eq!(state.visited(fresh(Some("c")), NOW, INTERVAL), None);
        assert_eq!(state.visited(fresh(None), NOW, INTERVAL), None);
        assert_eq!(
            state.visited(fresh(Some("c")), NOW, INTERVAL),
            None,
            "not in a row"
        );
        assert_eq!(
            state.visited(fresh(Some("c")), NOW, INTERVAL).as_deref(),
            Some("c")
        );
        state.visited(Outcome::Gone, NOW, INTERVAL);
        assert!(!state.is_due(i64::MAX));
    }

    #[test]
    fn a_clock_that_jumps_does_not_silence_a_source() {
        let mut state = FollowState::default();
        state.visited(fresh(None), NOW, INTERVAL);
        let ten_years = 10 * 365 * 86_400;
        assert!(state.is_due(NOW - ten_years) && state.is_due(NOW + ten_years));
        state.visited(
            Outcome::Unchanged {
                etag: None,
                moved: None,
            },
            NOW,
            INTERVAL,
        );
        assert_eq!(
            state.etag.as_deref(),
            Some("\"1\""),
            "a 304 without an ETag keeps the one that is known"
        );
    }
}
