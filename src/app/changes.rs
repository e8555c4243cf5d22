//! The window of what a source changed in a release since it came: version by version, the last change first, each
//! change with the words around it on lines of its own. Lines alone; drawing gives them their colours.

use super::effect::{Effect, Ticket};
use super::list::Clock;
use super::pick::Pick;
use super::popup::{Popup, list_rows};
use super::when;
use super::window::inner_columns;
use super::{App, Reading};
use crate::app::message::Gravity;
use crate::release::{ReleaseId, VersionChange};
use crate::text::Extent;
use crate::text::wrap::wrap;

/// Columns of the window.
pub const COLUMNS: u16 = 76;

/// One line of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeLine {
    /// A version, and when the one before it came.
    Heading(String),
    /// What stands in both.
    Same(String),
    /// What stood there before.
    Removed(String),
    /// What stands there now.
    Added(String),
    /// Nothing.
    Blank,
}

/// The window.
#[derive(Clone, Debug)]
pub struct Changes {
    /// Its lines.
    pub lines: Vec<ChangeLine>,
    /// Which part of them is on the screen.
    pub pick: Pick,
}

impl Changes {
    fn new(versions: &[VersionChange], columns: usize, height: usize, clock: &Clock) -> Self {
        let mut lines = Vec::new();
        for version in versions {
            let before = when::full(version.before_seen, true, &clock.zone);
            let heading = format!("Version {}, after the one of {before}", version.number);
            lines.extend([ChangeLine::Heading(heading), ChangeLine::Blank]);
            if let Some(headline) = &version.headline {
                let before = format!("Headline before: {headline}");
                lines.extend(wrapped(&before, columns).map(ChangeLine::Removed));
                lines.push(ChangeLine::Blank);
            }
            for change in &version.changes {
                lines.extend(wrapped(&change.lead, columns).map(ChangeLine::Same));
                lines.extend(wrapped(&change.removed, columns).map(ChangeLine::Removed));
                lines.extend(wrapped(&change.added, columns).map(ChangeLine::Added));
                lines.extend(wrapped(&change.rest, columns).map(ChangeLine::Same));
                lines.push(ChangeLine::Blank);
            }
        }
        lines.pop();
        let mut pick = Pick::default();
        pick.resize(lines.len(), height);
        Self { lines, pick }
    }
}

/// Words as lines of so many cells, none where there are no words.
fn wrapped(words: &str, columns: usize) -> impl Iterator<Item = String> {
    let extent = Extent {
        start: 0,
        end: words.len(),
    };
    let rows = if words.is_empty() {
        Vec::new()
    } else {
        // A sign and a blank stand before each.
        wrap(words, extent, columns.saturating_sub(2).max(1))
    };
    rows.into_iter().map(|row| row.of(words).to_owned())
}

impl App {
    /// Asks for what its source changed in the open release: to compare versions takes time, and few are looked at.
    pub(super) fn show_changes(&mut self) -> Vec<Effect> {
        let Some(release) = self.reading.as_ref().map(Reading::id) else {
            return self.say_open();
        };
        let ticket = self.ticket();
        self.comparing = Some(ticket);
        vec![Effect::Changes { ticket, release }]
    }

    /// What was changed came: the window opens, unless the reader has gone on.
    pub(super) fn changed_since(
        &mut self,
        ticket: Ticket,
        release: ReleaseId,
        versions: &[VersionChange],
    ) {
        if self.comparing != Some(ticket) {
            return;
        }
        self.comparing = None;
        let open = self.reading.as_ref().map(Reading::id);
        if open != Some(release) || self.prompt.is_some() || self.popup.is_some() {
            return;
        }
        if versions.is_empty() {
            self.say(
                Gravity::Plain,
                "Its source has changed nothing in it since it came",
            );
            return;
        }
        let columns = inner_columns(COLUMNS, self.geometry.columns);
        let height = list_rows(usize::from(self.geometry.rows));
        let changes = Changes::new(versions, usize::from(columns), height, &self.clock);
        self.popup = Some(Popup::Changes(Box::new(changes)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::changes;
    use jiff::tz::TimeZone;

    #[test]
    fn a_change_stands_between_the_words_around_it() {
        let clock = Clock {
            now: 0,
            zone: TimeZone::UTC,
        };
        let version = VersionChange {
            number: 2,
            before_seen: 1_773_921_600,
            headline: None,
            changes: changes(
                "The centre in Augsburg employs 180 people.",
                "The centre in Augsburg employs 210 people.",
            ),
        };
        let shown = Changes::new(&[version], 20, 10, &clock);
        assert_eq!(
            shown.lines,
            [
                ChangeLine::Heading("Version 2, after the one of 19 March 2026, 12:00".into()),
                ChangeLine::Blank,
                ChangeLine::Same("The centre in".into()),
                ChangeLine::Same("Augsburg employs".into()),
                ChangeLine::Removed("180".into()),
                ChangeLine::Added("210".into()),
                ChangeLine::Same("people.".into()),
            ]
        );
    }
}
