//! The sources view: what the library follows, by group, and which line of it is chosen. Groups can be folded; folds are
//! kept by the groups' names while the program runs, as those of the text are. Lines are made when the rows or the folds
//! change, never to draw.

mod groups;
mod lines;
mod words;

use std::collections::BTreeSet;

pub use groups::SourceHeading;
pub use lines::SourceLine;
pub use words::{choices, facts, group_facts, group_words, standing};

use crate::app::effect::{Scope, Ticket};
use crate::app::reading::Way;
use crate::release::{SourceId, SourceListing};
use groups::{fails, key};
use lines::Lines;

/// What is done to a fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folding {
    /// Folds what is unfolded, unfolds what is folded.
    Toggle,
    Fold,
    Unfold,
}

/// The sources view.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    rows: Vec<SourceListing>,
    headings: Vec<SourceHeading>,
    lines: Lines,
    /// The groups that are folded, by their folded names. One that is gone for now is found folded when it is back.
    folded: BTreeSet<String>,
    loaded: bool,
    stale: bool,
    pub(super) waiting: Option<Ticket>,
    /// The source that is chosen as soon as it is listed.
    next: Option<SourceId>,
}

/// What keeps a line chosen while the rows change.
enum Chosen {
    Source(SourceId),
    Group(String),
}

impl Sources {
    /// The sources.
    #[must_use]
    pub fn rows(&self) -> &[SourceListing] {
        &self.rows
    }

    /// A heading by its number.
    #[must_use]
    pub fn heading(&self, number: usize) -> Option<&SourceHeading> {
        self.headings.get(number)
    }

    /// The lines that are on the screen: number, line, and the row of the pane on which it starts.
    pub fn shown(&self) -> impl Iterator<Item = (usize, SourceLine, usize)> {
        self.lines.shown()
    }

    /// The number of the chosen line.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.lines.selected()
    }

    /// The row of the pane on which the chosen line starts.
    #[must_use]
    pub fn chosen_row(&self) -> usize {
        self.lines.chosen_row()
    }

    /// Whether the first answer has come.
    #[must_use]
    pub fn loaded(&self) -> bool {
        self.loaded
    }

    /// The chosen source; `None` on a heading.
    #[must_use]
    pub fn chosen(&self) -> Option<&SourceListing> {
        match self.lines.chosen()? {
            SourceLine::Source(number) => self.rows.get(number),
            SourceLine::Heading(_) => None,
        }
    }

    /// The chosen heading; `None` on a source.
    #[must_use]
    pub fn chosen_heading(&self) -> Option<&SourceHeading> {
        match self.lines.chosen()? {
            SourceLine::Heading(number) => self.headings.get(number),
            SourceLine::Source(_) => None,
        }
    }

    /// The releases of the chosen source or group.
    #[must_use]
    pub fn scope(&self) -> Option<Scope> {
        let group = self.chosen_heading().map(|heading| heading.group.clone());
        let source = self.chosen().map(|row| row.id);
        (group.is_some() || source.is_some()).then(|| Scope {
            source,
            group,
            ..Scope::default()
        })
    }

    /// The source of this id.
    #[must_use]
    pub fn of(&self, source: SourceId) -> Option<&SourceListing> {
        self.rows.iter().find(|row| row.id == source)
    }

    /// How many of the sources are followed, and how many of these give no good answer.
    #[must_use]
    pub fn followed(&self) -> (u64, u64) {
        let followed = self.rows.iter().filter(|row| row.following.is_some());
        followed.fold((0, 0), |(all, failing), row| {
            (all + 1, failing + u64::from(fails(row)))
        })
    }

    pub(super) fn step(&mut self, way: Way, count: usize) {
        self.lines.step(way, count);
    }

    pub(super) fn page(&mut self, way: Way, count: usize, half: bool) {
        self.lines.page(way, count, half);
    }

    pub(super) fn end(&mut self, way: Way) {
        self.lines.end(way);
    }

    pub(super) fn scroll(&mut self, way: Way, count: usize) {
        self.lines.scroll(way, count);
    }

    pub(super) fn resize(&mut self, rows: usize) {
        self.lines.resize(rows);
    }

    /// A click on a row of the pane chooses what stands there; on a heading's mark it folds or unfolds the group, too.
    /// Whether it did that.
    pub(super) fn click(&mut self, row: usize, on_mark: bool) -> bool {
        let Some(line) = self.lines.under(row) else {
            return false;
        };
        self.lines.choose(line);
        on_mark && self.chosen_heading().is_some() && self.fold(Folding::Toggle)
    }

    /// Folds or unfolds the group of the chosen line, whose heading is then chosen. Whether anything changed.
    pub(super) fn fold(&mut self, folding: Folding) -> bool {
        let Some(heading) = self.heading_here() else {
            return false;
        };
        let folded = self.headings[heading].folded;
        let wanted = match folding {
            Folding::Toggle => !folded,
            Folding::Fold => true,
            Folding::Unfold => false,
        };
        if wanted == folded {
            return false;
        }
        self.set_fold(heading, wanted);
        self.lay_out();
        if let Some(line) = self.lines.find(SourceLine::Heading(heading)) {
            self.lines.choose(line);
        }
        true
    }

    /// Folds or unfolds all groups; false where there are none.
    pub(super) fn fold_all(&mut self, folded: bool) -> bool {
        let chosen = self.lines.chosen();
        let heading = self.heading_here();
        for heading in 0..self.headings.len() {
            self.set_fold(heading, folded);
        }
        self.lay_out();
        let line = chosen.and_then(|line| self.lines.find(line));
        let heading = || self.lines.find(SourceLine::Heading(heading?));
        if let Some(line) = line.or_else(heading) {
            self.lines.choose(line);
        }
        !self.headings.is_empty()
    }

    /// The heading of the group that the chosen line belongs to.
    fn heading_here(&self) -> Option<usize> {
        match self.lines.chosen()? {
            SourceLine::Heading(number) => Some(number),
            SourceLine::Source(number) => {
                let mut headings = self.headings.iter();
                headings.position(|heading| heading.sources.contains(&number))
            }
        }
    }

    fn set_fold(&mut self, heading: usize, folded: bool) {
        let heading = &mut self.headings[heading];
        heading.folded = folded;
        let key = key(&heading.group);
        if folded {
            self.folded.insert(key);
        } else {
            self.folded.remove(&key);
        }
    }

    fn lay_out(&mut self) {
        self.lines
            .set(groups::lines(&self.headings, self.rows.len()));
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

    /// Takes the sources as they are now; the chosen line stays chosen.
    pub(super) fn take(&mut self, rows: Vec<SourceListing>) {
        let new = self
            .next
            .take_if(|new| rows.iter().any(|row| row.id == *new));
        let chosen = new.map(Chosen::Source).or_else(|| self.choice());
        self.rows = rows;
        self.loaded = true;
        self.waiting = None;
        if let Some(Chosen::Source(source)) = chosen
            && let Some(row) = self.of(source)
        {
            // It may have come to a folded group: what is chosen is seen.
            self.folded.remove(&key(&row.group));
        }
        self.headings = groups::headings(&self.rows, &self.folded);
        self.lay_out();
        if let Some(line) = chosen.and_then(|chosen| self.line_of(&chosen)) {
            self.lines.choose(line);
        }
    }

    /// What the chosen line is, whatever its number will be.
    fn choice(&self) -> Option<Chosen> {
        let heading = || self.chosen_heading().map(|heading| key(&heading.group));
        let source = self.chosen().map(|row| Chosen::Source(row.id));
        source.or_else(|| heading().map(Chosen::Group))
    }

    fn line_of(&self, chosen: &Chosen) -> Option<usize> {
        let line = match chosen {
            Chosen::Source(source) => {
                let mut rows = self.rows.iter();
                SourceLine::Source(rows.position(|row| row.id == *source)?)
            }
            Chosen::Group(wanted) => {
                let mut headings = self.headings.iter();
                SourceLine::Heading(headings.position(|heading| key(&heading.group) == *wanted)?)
            }
        };
        self.lines.find(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Following, Health, SourceGroup};
    use crate::text::SafeText;

    fn row(id: i64, group: &str) -> SourceListing {
        let health = match id {
            3 => Health::Gone { since: 0 },
            _ => Health::Fresh,
        };
        SourceListing {
            id: SourceId(id),
            name: SafeText::clean_line(&format!("Source {id}")),
            group: SourceGroup::of(Some(group)),
            address: None,
            releases: 10,
            unread: 1,
            following: (id != 4).then(|| Following {
                health,
                answered: Some(id * 100),
                ..Following::default()
            }),
        }
    }

    /// Sources on a screen of twelve rows.
    fn view(rows: &[(i64, &str)]) -> Sources {
        let mut view = Sources::default();
        view.resize(12);
        view.take(rows.iter().map(|(id, group)| row(*id, group)).collect());
        view
    }

    /// The lines from the first one on: the names of headings, `+` before one that is folded, and the ids of sources.
    fn lines(view: &mut Sources) -> String {
        view.resize(1000);
        let shown: Vec<String> = view
            .shown()
            .map(|(_, line, _)| match line {
                SourceLine::Source(number) => view.rows()[number].id.0.to_string(),
                SourceLine::Heading(number) => {
                    let heading = view.heading(number).unwrap();
                    let fold = if heading.folded { "+" } else { "" };
                    format!("{fold}{}", group_words(&heading.group))
                }
            })
            .collect();
        shown.join(" ")
    }

    const THREE: [(i64, &str); 5] = [(1, ""), (2, "wind"), (3, "Wind"), (4, "wind"), (5, "sea")];

    #[test]
    fn no_group_is_no_heading() {
        let mut none = view(&[]);
        assert_eq!(lines(&mut none), "");
        assert!(none.chosen().is_none() && none.chosen_heading().is_none());
        none.step(Way::Forward, 3);
        none.page(Way::Back, 3, true);
        none.click(0, true);
        assert!(!none.fold(Folding::Toggle) && !none.fold_all(true));
        let mut plain = view(&[(1, ""), (2, " ")]);
        assert_eq!(lines(&mut plain), "1 2");
        assert!(!plain.fold(Folding::Fold) && !plain.fold_all(true));
    }

    #[test]
    fn a_group_gathers_its_sources_and_the_rest_comes_last() {
        let mut all = view(&THREE);
        assert_eq!(lines(&mut all), "wind 2 3 4 sea 5 No group 1");
        let wind = all.heading(0).unwrap();
        assert_eq!((wind.releases, wind.unread), (30, 3));
        assert_eq!((wind.followed, wind.failing), (2, 1));
        assert_eq!(wind.answered, Some(300));
    }

    #[test]
    fn folds_are_of_the_group_of_the_chosen_line() {
        let mut all = view(&THREE);
        all.step(Way::Forward, 2);
        assert!(all.fold(Folding::Fold) && !all.fold(Folding::Fold));
        assert_eq!(all.selected(), 0);
        assert_eq!(lines(&mut all), "+wind sea 5 No group 1");
        assert!(all.fold(Folding::Toggle) && !all.fold(Folding::Unfold));
        all.step(Way::Forward, 99);
        assert!(all.fold_all(true));
        assert_eq!(lines(&mut all), "+wind +sea +No group");
        assert_eq!(all.selected(), 2);
        assert!(all.fold_all(false));
        assert_eq!(lines(&mut all), "wind 2 3 4 sea 5 No group 1");
        assert_eq!(all.chosen_heading().unwrap().sources, [0]);
    }

    #[test]
    fn the_chosen_line_and_the_folds_outlast_what_comes() {
        let mut all = view(&THREE);
        all.step(Way::Forward, 4);
        all.fold(Folding::Fold);
        let more = [(9, "air"), (5, "SEA"), (6, "sea"), (2, "wind"), (1, "")];
        all.take(more.map(|(id, group)| row(id, group)).to_vec());
        assert_eq!(lines(&mut all), "air 9 +SEA wind 2 No group 1");
        assert_eq!(all.selected(), 2, "a heading by its name");
        all.step(Way::Forward, 2);
        all.take(vec![row(2, "sea"), row(5, "sea")]);
        assert_eq!(lines(&mut all), "sea 2 5", "what is chosen is seen");
        assert_eq!(all.chosen().unwrap().id, SourceId(2));
        all.take(vec![row(5, "")]);
        assert_eq!(lines(&mut all), "5", "the last group went");
        assert_eq!(all.chosen().unwrap().id, SourceId(5));
        all.take(Vec::new());
        assert!(all.chosen().is_none());
    }

    #[test]
    fn what_is_new_is_chosen_once_it_comes() {
        let mut all = view(&THREE);
        all.fold_all(true);
        all.choose_next(SourceId(7));
        all.take(vec![row(1, ""), row(5, "sea")]);
        assert_eq!(all.selected(), 0);
        all.take(vec![row(1, ""), row(5, "sea"), row(7, "sea")]);
        assert_eq!(all.chosen().unwrap().id, SourceId(7));
    }
}
