//! The sources view: what the library follows, how each source stands in plain words, and what the user chose about it.

use crate::app::effect::Ticket;
use crate::app::list::Clock;
use crate::app::pick::Pick;
use crate::app::when;
use crate::release::{
    Following, FullText, Health, SourceChoices, SourceId, SourceListing, interval_words,
};

/// The sources view. One source takes two lines: name and counts, how it stands.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    rows: Vec<SourceListing>,
    pick: Pick,
    loaded: bool,
    stale: bool,
    pub(super) waiting: Option<Ticket>,
    /// The source that is chosen as soon as it is listed.
    next: Option<SourceId>,
}

impl Sources {
    /// The sources.
    #[must_use]
    pub fn rows(&self) -> &[SourceListing] {
        &self.rows
    }

    /// Which source is chosen and which are on the screen, counted in sources (each takes [`Sources::lines`]).
    #[must_use]
    pub fn pick(&self) -> Pick {
        self.pick
    }

    /// Lines that a source takes: name and counts, how it stands.
    #[must_use]
    pub fn lines(&self) -> usize {
        2
    }

    /// Whether the first answer has come.
    #[must_use]
    pub fn loaded(&self) -> bool {
        self.loaded
    }

    /// The chosen source.
    #[must_use]
    pub fn chosen(&self) -> Option<&SourceListing> {
        self.rows.get(self.pick.selected)
    }

    /// The source of this id.
    #[must_use]
    pub fn of(&self, source: SourceId) -> Option<&SourceListing> {
        self.rows.iter().find(|row| row.id == source)
    }

    /// How many of the sources are followed, and how many of these give no good answer.
    #[must_use]
    pub fn followed(&self) -> (u64, u64) {
        let followed = self.rows.iter().filter_map(|row| row.following.as_ref());
        followed.fold((0, 0), |(all, failing), following| {
            let fails = matches!(
                following.health,
                Health::Failing { .. } | Health::Gone { .. }
            );
            (all + 1, failing + u64::from(fails))
        })
    }

    pub(super) fn pick_mut(&mut self) -> &mut Pick {
        &mut self.pick
    }

    pub(super) fn resize(&mut self, rows: usize) {
        self.pick
            .resize(self.rows.len(), (rows / self.lines()).max(1));
    }

    /// What is shown may be old: it is asked for anew, and shown until the answer comes.
    pub(super) fn spoil(&mut self) {
        self.stale = true;
    }

    /// A source is new: it is asked for and then chosen.
    pub(super) fn choose_next(&mut self, source: SourceId) {
        self.next = Some(source);
        self.spoil();
    }

    /// Whether they are to be asked for.
    pub(super) fn wanted(&self) -> bool {
        (self.stale || !self.loaded) && self.waiting.is_none()
    }

    pub(super) fn asked(&mut self, ticket: Ticket) {
        self.waiting = Some(ticket);
        self.stale = false;
    }

    /// Takes the sources as they are now; the chosen one stays chosen.
    pub(super) fn take(&mut self, rows: Vec<SourceListing>) {
        let new = self
            .next
            .filter(|new| rows.iter().any(|row| row.id == *new));
        let chosen = new.or_else(|| self.chosen().map(|row| row.id));
        if new.is_some() {
            self.next = None;
        }
        self.rows = rows;
        self.loaded = true;
        self.waiting = None;
        self.pick.resize(self.rows.len(), self.pick.height);
        if let Some(at) = self.rows.iter().position(|row| Some(row.id) == chosen) {
            self.pick.choose(at);
        }
    }
}

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
    facts.push((
        "Releases",
        match row.unread {
            0 => row.releases.to_string(),
            unread => format!("{}, of these {unread} unread", row.releases),
        },
    ));
    let Some(following) = &row.following else {
        return facts;
    };
    let SourceChoices {
        tags,
        interval,
        full_text,
        ..
    } = &following.choices;
    let instant = |at: Option<i64>, none: &str| {
        at.filter(|at| *at > 0)
            .map_or_else(|| none.to_owned(), |at| instant(at, clock))
    };
    facts.push(("Answered", instant(following.answered, "not yet")));
    if let Some(due) = following.next_due {
        facts.push(("Next", instant(Some(due), "now")));
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
    facts
}

/// What the user chose about a source that is not as usual, in a few words each.
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
    let tags = choices.tags.iter().map(|tag| format!("#{tag}"));
    tags.chain(every).chain(full).collect()
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
            choices: SourceChoices::default(),
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
