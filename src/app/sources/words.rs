//! What the sources view says: how a source stands, the facts of a source and of a group, what the user chose about a
//! source. Words alone; where they stand is for drawing.

use super::groups::SourceHeading;
use crate::app::figures::grouped;
use crate::app::list::Clock;
use crate::app::when;
use crate::release::{
    Following, FullText, Health, SourceChoices, SourceGroup, SourceListing, interval_words,
};

/// How a source stands, in plain words.
#[must_use]
pub fn standing(following: &Following, clock: &Clock) -> String {
    let next = following
        .next_due
        .map(|due| due_words(due, clock))
        .unwrap_or_default();
    match &following.health {
        Health::New => format!("not asked yet{next}"),
        Health::Fresh => {
            let answered = following.answered.unwrap_or(clock.now);
            format!("fresh {}{next}", ago_words(answered, clock))
        }
        Health::Failing { since, why } => format!("failing since {}: {why}", day(*since, clock)),
        Health::Waiting { until } => {
            format!("asks to wait until {}", instant(*until, clock))
        }
        Health::Gone { since } => {
            let since = day(*since, clock);
            format!("gone for good since {since}; what is here was kept")
        }
        Health::Paused => "paused".to_owned(),
    }
}

/// The facts about a source, each with its name, for the card of the chosen one.
#[must_use]
pub fn facts(row: &SourceListing, clock: &Clock) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let Some(address) = &row.address {
        facts.push(("Address", address.to_string()));
    }
    facts.push(("Releases", of_these(row.releases, row.unread, "unread")));
    let Some(following) = &row.following else {
        return facts;
    };
    let SourceChoices {
        tags,
        interval,
        full_text,
        ..
    } = &following.choices;
    facts.push(("Answered", instant_or(following.answered, "not yet", clock)));
    if let Some(due) = following.next_due {
        facts.push(("Next", instant_or(Some(due), "now", clock)));
    }
    facts.push((
        "Asked",
        interval.map_or_else(
            || "as often as usual".to_owned(),
            |seconds| format!("every {}", interval_words(seconds)),
        ),
    ));
    facts.push(("Full text", full_text.words().to_owned()));
    if !tags.is_empty() {
        facts.push(("Tags", tags.join(", ")));
    }
    if !following.headers.is_empty() {
        let names: Vec<&str> = following.headers.iter().map(|name| &**name).collect();
        facts.push(("Headers", names.join(", ")));
    }
    facts
}

/// The facts about a group, each with its name, for the card of the chosen heading.
#[must_use]
pub fn group_facts(heading: &SourceHeading, clock: &Clock) -> Vec<(&'static str, String)> {
    let followed = of_these(heading.followed, heading.failing, "failing");
    vec![
        ("Sources", grouped(heading.sources.len() as u64)),
        ("Followed", followed),
        (
            "Releases",
            of_these(heading.releases, heading.unread, "unread"),
        ),
        ("Answered", instant_or(heading.answered, "not yet", clock)),
    ]
}

/// What a group is called.
#[must_use]
pub fn group_words(group: &SourceGroup) -> &str {
    match group {
        SourceGroup::Tagged(name) => name,
        SourceGroup::Untagged => "No group",
    }
}

/// A number, and how many of it are in a state.
fn of_these(all: u64, some: u64, state: &str) -> String {
    match some {
        0 => grouped(all),
        _ => format!("{}, of these {} {state}", grouped(all), grouped(some)),
    }
}

/// What the user chose about a source that is not as usual, in a few words each. Its group is not among it: the heading
/// says that.
#[must_use]
pub fn choices(following: &Following) -> Vec<String> {
    let choices = &following.choices;
    let every = choices
        .interval
        .map(|seconds| format!("every {}", interval_words(seconds)));
    let full = match choices.full_text {
        FullText::Never => None,
        other => Some(format!("full text {}", other.words())),
    };
    let tags = choices.tags.iter().skip(1).map(|tag| format!("#{tag}"));
    tags.chain(every).chain(full).collect()
}

/// A time, or other words where there is none.
fn instant_or(at: Option<i64>, none: &str, clock: &Clock) -> String {
    at.filter(|at| *at > 0)
        .map_or_else(|| none.to_owned(), |at| instant(at, clock))
}

fn ago_words(at: i64, clock: &Clock) -> String {
    let ago = when::ago(at, true, clock.now, &clock.zone);
    match ago.as_str() {
        "now" => "just now".to_owned(),
        short if short.ends_with(" min") || short.ends_with(" h") => format!("{short} ago"),
        _ => ago,
    }
}

/// When a source is asked next, after a comma.
fn due_words(due: i64, clock: &Clock) -> String {
    match due.saturating_sub(clock.now) {
        ..60 => ", due now".to_owned(),
        left @ 60..3600 => format!(", next in {} min", left / 60),
        left @ 3600..86_400 => format!(", next in {} h", left / 3600),
        _ => format!(", next {}", when::full(due, true, &clock.zone)),
    }
}

/// A time of today, else a day.
fn day(at: i64, clock: &Clock) -> String {
    if when::date(at, &clock.zone) == when::date(clock.now, &clock.zone) {
        return time_of_day(at, clock);
    }
    let (own, today) = (
        when::date(at, &clock.zone),
        when::date(clock.now, &clock.zone),
    );
    let form = if own.year() == today.year() {
        "%-d %B"
    } else {
        "%-d %B %Y"
    };
    own.strftime(form).to_string()
}

/// A time of today, else the day with the time.
fn instant(at: i64, clock: &Clock) -> String {
    if when::date(at, &clock.zone) == when::date(clock.now, &clock.zone) {
        return time_of_day(at, clock);
    }
    when::full(at, true, &clock.zone)
}

fn time_of_day(at: i64, clock: &Clock) -> String {
    let full = when::full(at, true, &clock.zone);
    full.rsplit(", ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SafeText;
    use jiff::tz::TimeZone;

    /// 2026-03-19 12:00:00 UTC.
    const NOON: i64 = 1_773_921_600;

    fn words(health: Health, next_due: Option<i64>) -> String {
        let clock = Clock {
            now: NOON,
            zone: TimeZone::UTC,
        };
        let following = Following {
            health,
            answered: Some(NOON - 300),
            next_due,
            ..Following::default()
        };
        standing(&following, &clock)
    }

    #[test]
    fn every_state_has_words() {
        let why = SafeText::clean_line("not found (status 404)");
        for (health, due, said) in [
            (Health::New, Some(0), "not asked yet, due now"),
            (
                Health::Fresh,
                Some(NOON + 3300),
                "fresh 5 min ago, next in 55 min",
            ),
            (
                Health::Fresh,
                Some(NOON + 90_000),
                "fresh 5 min ago, next 20 March 2026, 13:00",
            ),
            (
                Health::Failing {
                    since: NOON - 86_400,
                    why,
                },
                None,
                "failing since 18 March: not found (status 404)",
            ),
            (
                Health::Waiting { until: NOON + 7200 },
                None,
                "asks to wait until 14:00",
            ),
            (
                Health::Gone { since: NOON - 3600 },
                None,
                "gone for good since 11:00; what is here was kept",
            ),
            (Health::Paused, None, "paused"),
        ] {
            assert_eq!(words(health, due), said);
        }
    }
}
