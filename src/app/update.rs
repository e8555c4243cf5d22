//! [`App::apply`]: what each message does, and what is asked for after it.

use crate::app::change::Change;
use crate::app::effect::{Effect, From, Ticket};
use crate::app::message::{Gravity, Message, Opened};
use crate::app::side::SideView;
use crate::app::{App, Fit, Left, Pane, Reading, search};
use crate::release::{Listing, PassageId, ReleaseId};
use crate::text::Extent;

/// What is to be done with a release once it has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// Show it beside the list.
    Preview,
    /// Read it: it gets the focus and is marked as read.
    Read,
    /// Show it beside the passages, at this place.
    PreviewAt(Extent),
    /// Read it at this place.
    At(Extent),
}

impl App {
    /// Takes a message; gives back what is to be done. The only way in which the state changes.
    pub fn apply(&mut self, message: Message) -> Vec<Effect> {
        let mut effects = self.take(message);
        self.settle(&mut effects);
        while let Some(more) = self.catch_up() {
            effects.extend(more);
            self.settle(&mut effects);
        }
        effects
    }

    fn take(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) => return self.key(key),
            Message::Paste(text) => return self.paste(&text),
            Message::Mouse(mouse) => return self.mouse_event(mouse),
            Message::Resize { columns, rows } => self.lay_out(columns, rows),
            Message::Focus(focused) => {
                self.focused = focused;
                return self.save_position();
            }
            Message::Clock { now } => return self.tick(now),
            Message::Rows {
                ticket,
                rows,
                at_start,
                at_end,
                ..
            } => self.rows(ticket, rows, (at_start, at_end)),
            Message::Counted {
                ticket,
                total,
                unread,
                before,
                ..
            } => {
                if self.list.counting.is_some_and(|(asked, _)| asked == ticket) {
                    self.list.counted(total, unread, before);
                }
            }
            Message::Found {
                ticket,
                rows,
                total,
                total_exact,
                complete,
                millis,
                hint,
            } => {
                return self.found(search::Found {
                    ticket,
                    rows,
                    total,
                    exact: total_exact,
                    complete,
                    millis,
                    hint,
                });
            }
            Message::Opened { ticket, opened } => return self.opened(ticket, *opened),
            Message::OpenFailed {
                ticket, problem, ..
            } => self.open_failed(ticket, &problem),
            Message::Recognised {
                ticket,
                release,
                recognition,
                links,
            } => {
                self.recognised(ticket, release, recognition, links);
            }
            Message::Passages { ticket, passages } => {
                if self.passages.waiting == Some(ticket) {
                    self.passages.take(passages);
                }
            }
            Message::Sources { ticket, sources } => {
                if self.sources.waiting == Some(ticket) {
                    self.sources.take(sources);
                }
            }
            Message::Completed { release } => return self.completed(release),
            Message::Show { release } => {
                let busy =
                    self.focus != Pane::Left || self.popup.is_some() || self.prompt.is_some();
                if !busy {
                    return self.open_release(release, Aim::Read);
                }
            }
            Message::SourcesChanged => self.sources.spoil(),
            Message::Facets { ticket, facets } => self.take_facets(ticket, facets),
            Message::About { ticket, page } => return self.about(ticket, *page),
            Message::Names { ticket, names } => self.names(ticket, names),
            Message::Changes {
                ticket,
                release,
                changes,
            } => self.changed_since(ticket, release, &changes),
            Message::Corrected {
                ticket,
                release,
                earlier,
            } => return self.corrects(ticket, release, earlier),
            Message::Saved { ticket } => return self.saved(ticket),
            Message::Followed { ticket, source } => return self.followed(ticket, source),
            Message::PassageSaved { ticket, passage } => {
                return self.passage_saved(ticket, *passage);
            }
            Message::NotSaved { ticket, problem } => return self.not_saved(ticket, &problem),
            Message::LibraryChanged { added } => self.library_changed(added),
            Message::Known { release, alone } => return self.known(release, alone),
            Message::ReadOnly => self.read_only = true,
            Message::Progress(progress) if progress.finished => {
                self.progress.remove(&progress.job);
            }
            Message::Progress(progress) => {
                self.progress.insert(progress.job, progress);
            }
            Message::Copied { by } => self.say(Gravity::Good, &format!("Copied by {by}")),
            Message::Edited { text, .. } => self.edited(text.as_deref()),
            Message::Notice { gravity, text } => self.say(gravity, &text),
            Message::WorkerFailed { what } => {
                self.wait_no_more();
                let report = self.settings.reports.as_ref();
                let report = report.map_or_else(String::new, |file| format!(" (report: {file})"));
                self.say(
                    Gravity::Error,
                    &format!("{what} failed; the rest goes on{report}"),
                );
            }
        }
        Vec::new()
    }

    /// After every message: the layout follows the focus, the side pane follows the release, and what is missing is
    /// asked for.
    fn settle(&mut self, effects: &mut Vec<Effect>) {
        self.lay_out(self.geometry.columns, self.geometry.rows);
        if self.geometry.fit == Fit::TooSmall {
            return;
        }
        self.ask_rows(effects);
        self.ask_preview(effects);
        self.ask_views(effects);
    }

    /// Asks for the rows that the list will need, and for its count.
    fn ask_rows(&mut self, effects: &mut Vec<Effect>) {
        if let Some((from, limit)) = self.list.wanted() {
            self.ask_list(from, limit, effects);
        }
        let ticket = self.ticket();
        if let Some(at) = self.list.wants_count(ticket) {
            effects.push(Effect::Count {
                ticket,
                scope: self.list.scope().clone(),
                at,
            });
        }
    }

    /// Asks for rows.
    pub(super) fn ask_list(&mut self, from: From, limit: usize, effects: &mut Vec<Effect>) {
        let ticket = self.ticket();
        self.list.asked(ticket, from);
        effects.push(Effect::Rows {
            ticket,
            scope: self.list.scope().clone(),
            from,
            limit,
        });
    }

    /// Shows the chosen release beside the list, where both are on the screen.
    fn ask_preview(&mut self, effects: &mut Vec<Effect>) {
        let beside = self.geometry.left.is_some() && self.geometry.reading.is_some();
        // What is on its way to be read is not replaced by what is only shown.
        let reads = matches!(self.opening, Some((_, _, Aim::Read | Aim::At(_))));
        if !beside || reads || self.focus != Pane::Left || self.popup.is_some() {
            return;
        }
        if self.left != Left::Passages {
            self.shown_passage = None;
        }
        let (chosen, aim) = match self.left {
            Left::List if !self.list.stale() => {
                (self.list.chosen().map(|row| row.id), Aim::Preview)
            }
            Left::Passages => match self.passages.chosen().map(|row| &row.passage) {
                Some(passage) => {
                    let extent = passage.extent.unwrap_or_default();
                    (Some(passage.release), Aim::PreviewAt(extent))
                }
                None => return,
            },
            _ => return,
        };
        let Some(chosen) = chosen else { return };
        let shown = self.opening.map(|(_, release, _)| release);
        let shown = shown.or_else(|| self.reading.as_ref().map(Reading::id));
        let passage = self.passages.chosen().map(|row| &row.passage.id);
        let other = self.left == Left::Passages && self.shown_passage.as_ref() != passage;
        if self.left == Left::Passages {
            self.shown_passage = passage.cloned();
        }
        if shown != Some(chosen) || other {
            effects.extend(self.open_release(chosen, aim));
        }
    }

    /// Asks for what a view on the screen is missing.
    fn ask_views(&mut self, effects: &mut Vec<Effect>) {
        if self.left == Left::Passages
            && (self.passages_stale || !self.passages.loaded())
            && self.passages.waiting.is_none()
        {
            self.passages_stale = false;
            let ticket = self.ticket();
            self.passages.waiting = Some(ticket);
            effects.push(Effect::Passages {
                ticket,
                query: None,
            });
        }
        if self.left == Left::Sources && self.sources.wanted() {
            let ticket = self.ticket();
            self.sources.asked(ticket);
            effects.push(Effect::Sources { ticket });
        }
        self.ask_names_of_source(effects);
    }

    /// The clock.
    fn tick(&mut self, now: i64) -> Vec<Effect> {
        let zone = &self.clock.zone;
        let turned = super::when::date(now, zone) != super::when::date(self.clock.now, zone);
        self.clock.now = now;
        self.expire_notice();
        if turned {
            self.list.regroup(&self.clock);
            for before in &mut self.back {
                before.list.regroup(&self.clock);
            }
        }
        self.ask_facets()
    }

    /// Rows came.
    fn rows(&mut self, ticket: Ticket, rows: Vec<Listing>, edges: (bool, bool)) {
        let Some((_, from)) = self.list.waiting.filter(|(asked, _)| *asked == ticket) else {
            return;
        };
        self.list.take(rows, from, edges, &self.clock);
        if matches!(from, From::Start | From::End | From::Around(_)) {
            self.arrived = 0;
        }
    }

    /// Loads the list afresh without moving what is on the screen.
    pub(super) fn reload(&mut self, choose: Option<ReleaseId>) {
        self.list.reload(choose);
    }

    /// The library changed: the list is loaded afresh around what is on the screen. While something is typed it waits.
    fn library_changed(&mut self, added: u64) {
        self.arrived = self.arrived.saturating_add(added);
        self.sources.spoil();
        self.side.spoil_facets();
        self.passages_stale = true;
        if self.list.scope().query.is_none() {
            let importing = !self.progress.is_empty();
            self.list.reload_untouched(importing);
        }
    }

    /// Shows a release that was to be opened and is in the library already, wherever it came from.
    fn known(&mut self, release: ReleaseId, alone: bool) -> Vec<Effect> {
        if self.focus != Pane::Left || self.popup.is_some() || self.prompt.is_some() {
            return Vec::new();
        }
        if self.list.rows().all(|row| row.id != release) {
            let rows = self.geometry.pane_rows(Pane::Left);
            self.list = super::List::new(super::effect::Scope::default(), rows);
        }
        self.list.reload(Some(release));
        self.say(Gravity::Plain, "In the library already");
        let aim = if alone { Aim::Read } else { Aim::Preview };
        self.open_release(release, aim)
    }

    /// Opens a release.
    pub(super) fn open_release(&mut self, release: ReleaseId, aim: Aim) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(reading) = &self.reading
            && reading.id() == release
        {
            self.opening = None;
            effects.extend(self.arrive(aim));
            return effects;
        }
        let ticket = self.ticket();
        self.opening = Some((ticket, release, aim));
        effects.push(Effect::Open { ticket, release });
        effects
    }

    /// A release came.
    fn opened(&mut self, ticket: Ticket, opened: Opened) -> Vec<Effect> {
        if self.pending.contains_key(&ticket) {
            self.read_again(ticket, opened);
            return Vec::new();
        }
        if self.reopening == Some(ticket) {
            self.reopening = None;
            self.refresh_reading(opened);
            // Another text is to be read carefully, too, where it is read and not only shown.
            let read = self.reading.as_ref().is_some_and(Reading::entered);
            return if read {
                self.ask_recognition()
            } else {
                Vec::new()
            };
        }
        let Some((_, _, aim)) = self.opening.filter(|(asked, ..)| *asked == ticket) else {
            return Vec::new();
        };
        self.opening = None;
        let mut effects = self.save_position();
        let text = self.geometry.text;
        self.reading = Some(Reading::new(
            opened,
            text.columns.max(1),
            usize::from(text.rows),
        ));
        self.follow_release();
        self.light_hits();
        effects.extend(self.arrive(aim));
        effects
    }

    /// The open release again, with what belongs to it as it is now. The choice of the side pane stays where it can.
    fn refresh_reading(&mut self, opened: Opened) {
        let Some(reading) = &mut self.reading else {
            return;
        };
        if reading.id() != opened.listing.id {
            return;
        }
        reading.light(None);
        reading.replace(opened);
        if self.side.view() != SideView::Facets {
            self.side.show(self.side.view(), Some(reading), true);
            if self.focus == Pane::Side {
                self.follow_side();
            }
        }
    }

    /// A release was read again after the reader decided on a repair.
    fn read_again(&mut self, ticket: Ticket, opened: Opened) {
        let undone = self
            .pending
            .get(&ticket)
            .is_some_and(|pending| !pending.undoable);
        self.saved(ticket);
        if let Some(reading) = &mut self.reading
            && reading.id() == opened.listing.id
        {
            reading.replace(opened);
            self.follow_release();
        }
        if !undone {
            self.say(
                Gravity::Good,
                "Repair declined: the text stands as it was read",
            );
        }
    }

    /// Does what the open release was opened for.
    fn arrive(&mut self, aim: Aim) -> Vec<Effect> {
        match aim {
            Aim::Preview => return Vec::new(),
            Aim::PreviewAt(extent) => {
                if let Some(reading) = &mut self.reading {
                    reading.go_to(extent.start);
                }
                return Vec::new();
            }
            Aim::Read => self.focus = Pane::Reading,
            Aim::At(extent) => {
                self.focus = Pane::Reading;
                if let Some(reading) = &mut self.reading {
                    reading.go_to(extent.start);
                }
            }
        }
        if let Some(reading) = &mut self.reading {
            reading.enter();
        }
        if self.side.view() == SideView::Facets {
            self.side
                .show(SideView::Entities, self.reading.as_ref(), false);
        }
        let mut effects = self.ask_recognition();
        effects.extend(self.ask_full_text());
        effects.extend(self.mark_open_read());
        effects
    }

    /// Asks for the careful reading of the open release, once. What is only shown beside the list gets it in its turn.
    fn ask_recognition(&mut self) -> Vec<Effect> {
        let Some(release) = self.reading.as_mut().and_then(Reading::wants_recognition) else {
            return Vec::new();
        };
        let ticket = self.ticket();
        self.recognising = Some(ticket);
        vec![Effect::Recognise { ticket, release }]
    }

    /// Asks for the full text of the open release, once: whether it is a teaser whose page is wanted is for the jobs to
    /// know.
    fn ask_full_text(&mut self) -> Vec<Effect> {
        let Some(release) = self.reading.as_mut().and_then(Reading::wants_full_text) else {
            return Vec::new();
        };
        let ticket = self.ticket();
        vec![Effect::Complete { ticket, release }]
    }

    /// A full text came: the open release is read again, and stays where it stands.
    fn completed(&mut self, release: ReleaseId) -> Vec<Effect> {
        let Some(reading) = self.reading.as_mut().filter(|open| open.id() == release) else {
            return Vec::new();
        };
        reading.has_other_text();
        let ticket = self.ticket();
        self.reopening = Some(ticket);
        vec![Effect::Open { ticket, release }]
    }

    /// Marks the open release as read, without a place on the undo stack.
    fn mark_open_read(&mut self) -> Vec<Effect> {
        let Some(reading) = &self.reading else {
            return Vec::new();
        };
        let row = reading.opened().listing.clone();
        if self.read_only || self.will_be(&row).0 {
            return Vec::new();
        }
        let releases = vec![row.id];
        self.commit(
            Change::Read {
                releases,
                read: true,
            },
            false,
        )
    }

    /// The side pane follows the open release.
    pub(super) fn follow_release(&mut self) {
        let view = match self.side.view() {
            SideView::Facets if self.focus != Pane::Left => SideView::Entities,
            view => view,
        };
        self.side.show(view, self.reading.as_ref(), false);
    }

    /// Remembers where the reader is in the open release.
    pub(super) fn save_position(&mut self) -> Vec<Effect> {
        let Some(reading) = &mut self.reading else {
            return Vec::new();
        };
        let byte = reading.position();
        if !reading.entered() || byte == reading.opened().keepings.position {
            return Vec::new();
        }
        reading.update(|opened| opened.keepings.position = byte);
        vec![Effect::SavePosition {
            release: reading.id(),
            byte,
        }]
    }

    fn open_failed(&mut self, ticket: Ticket, problem: &str) {
        if self.opening.is_some_and(|(asked, ..)| asked == ticket) {
            self.opening = None;
            self.say(Gravity::Error, problem);
        }
    }

    fn recognised(
        &mut self,
        ticket: Ticket,
        release: ReleaseId,
        recognition: crate::entity::Recognition,
        links: Vec<Option<(crate::release::LibraryEntityId, u64)>>,
    ) {
        let open = self.reading.as_ref().map(Reading::id) == Some(release);
        if self.recognising != Some(ticket) || !open {
            return;
        }
        self.recognising = None;
        let chosen = self.side.lit();
        if let Some(reading) = &mut self.reading {
            let kept = reading.recognised(recognition, links, chosen);
            self.side.show(self.side.view(), Some(reading), true);
            if let Some(kept) = kept {
                self.side.choose_lit(kept);
            }
        }
    }

    /// The passage's extent in the present text.
    pub(super) fn passage_place(&self, id: &PassageId) -> Option<(ReleaseId, Extent)> {
        let passage = self.passage(id)?;
        let extent = passage.extent.unwrap_or_default();
        Some((passage.release, extent))
    }
}
