//! Times as people read them: which day a release belongs to, how long ago it came, how long an embargo still holds,
//! and when the shortest of these turns over. Pure: the time and the zone are told.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

/// The heading that a release stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Day {
    /// Later than today: an embargo, or a clock that is wrong.
    Ahead(civil::Date),
    Today,
    Yesterday,
    /// Less than a week ago.
    ThisWeek(civil::Date),
    Earlier(civil::Date),
}

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// The civil date of an instant (seconds since the epoch). Instants that no calendar holds are taken as the epoch.
#[must_use]
pub fn date(at: i64, zone: &TimeZone) -> civil::Date {
    let instant = Timestamp::from_second(at).unwrap_or(Timestamp::UNIX_EPOCH);
    zone.to_datetime(instant).date()
}

/// The day an instant belongs to. A release whose time of day is unknown (`timed` false) keeps its own date in every
/// zone.
#[must_use]
pub fn day(at: i64, timed: bool, now: i64, zone: &TimeZone) -> Day {
    let own = if timed {
        date(at, zone)
    } else {
        date(at, &TimeZone::UTC)
    };
    let today = date(now, zone);
    let ago = (today - own).get_days();
    match ago {
        ..0 => Day::Ahead(own),
        0 => Day::Today,
        1 => Day::Yesterday,
        2..7 => Day::ThisWeek(own),
        _ => Day::Earlier(own),
    }
}

/// The heading in words: `Today`, `Monday 3 March`, `3 March 2024`.
#[must_use]
pub fn heading(day: Day, now: i64, zone: &TimeZone) -> String {
    match day {
        Day::Today => "Today".into(),
        Day::Yesterday => "Yesterday".into(),
        Day::ThisWeek(date) => date.strftime("%A %-d %B").to_string(),
        Day::Ahead(own) | Day::Earlier(own) if own.year() == date(now, zone).year() => {
            own.strftime("%A %-d %B").to_string()
        }
        Day::Ahead(own) | Day::Earlier(own) => own.strftime("%-d %B %Y").to_string(),
    }
}

/// How long ago, short: `now`, `5 min`, `2 h`, `yesterday`, `19 Mar`, `19 Mar 2024`. For a release without a time of
/// day: `today` instead of hours.
#[must_use]
pub fn ago(at: i64, timed: bool, now: i64, zone: &TimeZone) -> String {
    let passed = now - at;
    match day(at, timed, now, zone) {
        Day::Today if !timed => "today".into(),
        Day::Today | Day::Yesterday if timed && passed < MINUTE => "now".into(),
        Day::Today | Day::Yesterday if timed && passed < HOUR => format!("{} min", passed / MINUTE),
        Day::Today => format!("{} h", passed / HOUR),
        Day::Yesterday if timed && passed < DAY => format!("{} h", passed / HOUR),
        Day::Yesterday => "yesterday".into(),
        Day::ThisWeek(own) => own.strftime("%a %-d %b").to_string(),
        Day::Ahead(own) | Day::Earlier(own) if own.year() == date(now, zone).year() => {
            own.strftime("%-d %b").to_string()
        }
        Day::Ahead(own) | Day::Earlier(own) => own.strftime("%-d %b %Y").to_string(),
    }
}

/// A date in full: `19 March 2024`; with the time of day where it is known.
#[must_use]
pub fn full(at: i64, timed: bool, zone: &TimeZone) -> String {
    if !timed {
        return date(at, &TimeZone::UTC).strftime("%-d %B %Y").to_string();
    }
    let instant = Timestamp::from_second(at).unwrap_or(Timestamp::UNIX_EPOCH);
    zone.to_datetime(instant)
        .strftime("%-d %B %Y, %H:%M")
        .to_string()
}

/// How long until, short: `3 d 4 h`, `2 h 15 min`, `4 min 10 s`; `now` where it has passed.
#[must_use]
pub fn until(at: i64, now: i64) -> String {
    let left = at - now;
    match left {
        ..=0 => "now".into(),
        1..MINUTE => format!("{left} s"),
        MINUTE..HOUR => format!("{} min {} s", left / MINUTE, left % MINUTE),
        HOUR..DAY => format!("{} h {} min", left / HOUR, left % HOUR / MINUTE),
        _ => format!("{} d {} h", left / DAY, left % DAY / HOUR),
    }
}

/// When the words of [`ago`] or [`heading`] change next, at the earliest.
#[must_use]
pub fn ago_turns(at: i64, timed: bool, now: i64, zone: &TimeZone) -> i64 {
    let midnight = date(now, zone)
        .tomorrow()
        .ok()
        .and_then(|next| zone.to_timestamp(next.at(0, 0, 0, 0)).ok())
        .map_or(now + DAY, |next| next.as_second());
    let passed = now - at;
    let turn = match passed {
        _ if !timed => midnight,
        ..0 => at,
        0..HOUR => now + MINUTE - passed % MINUTE,
        HOUR..DAY => now + HOUR - passed % HOUR,
        _ => midnight,
    };
    turn.min(midnight).max(now + 1)
}

/// When the words of [`until`] change next.
#[must_use]
pub fn until_turns(at: i64, now: i64) -> Option<i64> {
    let left = at - now;
    match left {
        ..=0 => None,
        1..HOUR => Some(now + 1),
        HOUR..DAY => Some(now + left % MINUTE + 1),
        _ => Some(now + left % HOUR + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-03-19 12:00:00 UTC, a Thursday.
    const NOON: i64 = 1_773_921_600;

    #[test]
    fn days_and_headings() {
        let utc = TimeZone::UTC;
        for (hours, day, words) in [
            (2, "Today", "2 h"),
            (13, "Yesterday", "13 h"),
            (30, "Yesterday", "yesterday"),
            (3 * 24, "Monday 16 March", "Mon 16 Mar"),
            (20 * 24, "Friday 27 February", "27 Feb"),
            (400 * 24, "12 February 2025", "12 Feb 2025"),
        ] {
            let at = NOON - hours * HOUR;
            let found = super::day(at, true, NOON, &utc);
            assert_eq!(heading(found, NOON, &utc), day);
            assert_eq!(ago(at, true, NOON, &utc), words);
        }
        assert_eq!(ago(NOON - 30, true, NOON, &utc), "now");
        assert_eq!(ago(NOON - 300, true, NOON, &utc), "5 min");
        assert_eq!(ago(NOON - 300, false, NOON, &utc), "today");
    }

    #[test]
    fn a_date_without_a_time_is_the_same_day_in_every_zone() {
        let auckland = TimeZone::fixed(jiff::tz::offset(12));
        assert_eq!(day(NOON, false, NOON + 3 * HOUR, &auckland), Day::Yesterday);
        assert_eq!(full(NOON, false, &auckland), "19 March 2026");
        assert_eq!(full(NOON, true, &auckland), "20 March 2026, 00:00");
    }

    #[test]
    fn countdown_and_turns() {
        assert_eq!(until(NOON + 3 * DAY + 4 * HOUR, NOON), "3 d 4 h");
        assert_eq!(until(NOON + 90, NOON), "1 min 30 s");
        assert_eq!(until(NOON, NOON), "now");
        assert_eq!(ago_turns(NOON - 90, true, NOON, &TimeZone::UTC), NOON + 30);
        assert_eq!(
            ago_turns(NOON - 90, false, NOON, &TimeZone::UTC),
            NOON + 12 * HOUR
        );
        assert_eq!(until_turns(NOON, NOON), None);
        for at in [i64::MIN / 4, -1, 0, i64::MAX / 4] {
            let _ = (
                ago(at, true, NOON, &TimeZone::UTC),
                until(at, NOON),
                full(at, true, &TimeZone::UTC),
            );
        }
    }
}
