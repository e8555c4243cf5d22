//! What the footer tells: for each thing that can have the focus, the actions that matter most there, in a word or two
//! each. The keys are read off the key table. The last hint of a line (help, or the way back) is never the one to go.

use crate::app::action::Action;
use crate::app::keymap::Hint;
use crate::app::popup::{Asked, Form, Popup};
use crate::app::prompt::PromptKind;
use crate::app::side::SideView;
use crate::app::{App, Left, Pane, Reading};

/// An action, and what the footer calls it.
type Told = (Action, &'static str);

const LIST: &[Told] = &[
    (Action::Open, "read"),
    (Action::Search, "search"),
    (Action::Star, "star"),
    (Action::ToggleRead, "read mark"),
    (Action::Delete, "delete"),
    (Action::Passages, "passages"),
    (Action::Help, "help"),
];
const NARROWED: &[Told] = &[
    (Action::Open, "read"),
    (Action::Back, "back"),
    (Action::SortNext, "order"),
    (Action::Search, "search"),
    (Action::Star, "star"),
    (Action::ToggleRead, "read mark"),
    (Action::Help, "help"),
];
const NOTHING: &[Told] = &[
    (Action::Sources, "sources"),
    (Action::Quit, "quit"),
    (Action::Help, "help"),
];
const EMPTY: &[Told] = &[
    (Action::Back, "back"),
    (Action::FilterAll, "show all"),
    (Action::Search, "search"),
    (Action::Sources, "sources"),
    (Action::Help, "help"),
];
const READING: &[Told] = &[
    (Action::NextSentence, "sentence"),
    (Action::Select, "select"),
    (Action::Bookmark, "bookmark"),
    (Action::Copy, "copy"),
    (Action::Entities, "entities"),
    (Action::Find, "find"),
    (Action::Back, "back"),
    (Action::Help, "help"),
];
const HITS: &[Told] = &[
    (Action::NextHit, "next hit"),
    (Action::LastHit, "previous"),
    (Action::Bookmark, "bookmark"),
    (Action::Back, "back"),
    (Action::Select, "select"),
    (Action::Copy, "copy"),
    (Action::Help, "help"),
];
const CORRECTING: &[Told] = &beside_another("what it corrects");
const CORRECTED: &[Told] = &beside_another("its correction");
const SELECT: &[Told] = &[
    (Action::WordNext, "word"),
    (Action::NextSentence, "sentence"),
    (Action::NextParagraph, "paragraph"),
    (Action::Bookmark, "bookmark"),
    (Action::Copy, "copy"),
    (Action::SwapEnds, "other end"),
    (Action::Back, "let go"),
];
const ENTITIES: &[Told] = &[
    (Action::Open, "releases"),
    (Action::EntityCard, "about"),
    (Action::NextMention, "mention"),
    (Action::Quotes, "quotes"),
    (Action::Back, "back"),
    (Action::Outline, "outline"),
    (Action::Contacts, "contacts"),
    (Action::Help, "help"),
];
const FACETS: &[Told] = &[
    (Action::Open, "only these"),
    (Action::EntityCard, "about"),
    (Action::Back, "back"),
    (Action::Help, "help"),
];
const PLACES: &[Told] = &[
    (Action::Open, "read there"),
    (Action::Down, "next"),
    (Action::Back, "back"),
    (Action::Entities, "entities"),
    (Action::Contacts, "contacts"),
    (Action::Help, "help"),
];
const CONTACTS: &[Told] = &[
    (Action::Open, "copy"),
    (Action::Down, "next"),
    (Action::Back, "back"),
    (Action::Entities, "entities"),
    (Action::Quotes, "quotes"),
    (Action::Help, "help"),
];
const PASSAGES: &[Told] = &[
    (Action::Open, "read there"),
    (Action::EditNote, "note"),
    (Action::Copy, "copy"),
    (Action::DeletePassage, "delete"),
    (Action::Export, "export"),
    (Action::Back, "back"),
    (Action::Help, "help"),
];
const NO_PASSAGES: &[Told] = &[
    (Action::Back, "back"),
    (Action::Search, "search"),
    (Action::Help, "help"),
];
const SOURCES: &[Told] = &[
    (Action::Open, "its releases"),
    (Action::Follow, "new"),
    (Action::RefreshSource, "refresh"),
    (Action::Refresh, "all"),
    (Action::EditSource, "edit"),
    (Action::FullText, "full text"),
    (Action::PauseSource, "pause"),
    (Action::Unfollow, "unfollow"),
    (Action::Back, "back"),
    (Action::Help, "help"),
];
const GROUP: &[Told] = &[
    (Action::Open, "its releases"),
    (Action::FoldHere, "fold"),
    (Action::RefreshSource, "refresh"),
    (Action::Follow, "new"),
    (Action::Refresh, "all"),
    (Action::FoldAll, "fold all"),
    (Action::Back, "back"),
    (Action::Help, "help"),
];
const FOLDED_GROUP: &[Told] = &[
    (Action::Open, "its releases"),
    (Action::UnfoldHere, "unfold"),
    (Action::RefreshSource, "refresh"),
    (Action::Follow, "new"),
    (Action::Refresh, "all"),
    (Action::UnfoldAll, "unfold all"),
    (Action::Back, "back"),
    (Action::Help, "help"),
];
const SEARCH: &[Told] = &[
    (Action::Accept, "read"),
    (Action::Down, "next"),
    (Action::NextField, "to the hits"),
    (Action::Back, "back"),
];
const NOTHING_FOUND: &[Told] = &[(Action::Back, "back")];
const FIND: &[Told] = &[
    (Action::Accept, "stay here"),
    (Action::Down, "next hit"),
    (Action::Up, "previous"),
    (Action::Back, "back"),
];
const HELP: &[Told] = &[
    (Action::Down, "scroll"),
    (Action::PageDown, "page"),
    (Action::Back, "close"),
];
const PALETTE: &[Told] = &[
    (Action::Accept, "run"),
    (Action::Down, "next"),
    (Action::Back, "close"),
];
const FIELD: &[Told] = &[(Action::Accept, "keep"), (Action::Back, "cancel")];
const FIELDS: &[Told] = &[
    (Action::Accept, "keep"),
    (Action::NextField, "next field"),
    (Action::Editor, "editor"),
    (Action::Back, "cancel"),
];
const WARNING: &[Told] = &[(Action::Accept, "all the same"), (Action::Back, "no")];
const ORIGINAL: &[Told] = &[
    (Action::DeclineRepair, "decline it"),
    (Action::Back, "close"),
];
const CARD: &[Told] = &[
    (Action::Accept, "releases"),
    (Action::EntityMerge, "join"),
    (Action::EntitySplit, "split"),
    (Action::EntityRename, "rename"),
    (Action::EntityKind, "kind"),
    (Action::EntityHide, "hide"),
    (Action::Back, "close"),
];
const CARD_OF_HIDDEN: &[Told] = &[
    (Action::EntityHide, "show again"),
    (Action::Accept, "releases"),
    (Action::EntityMerge, "join"),
    (Action::EntitySplit, "split"),
    (Action::EntityRename, "rename"),
    (Action::EntityKind, "kind"),
    (Action::Back, "close"),
];
const ON_THE_CARD: &[Told] = &[
    (Action::Accept, "open it"),
    (Action::Down, "next"),
    (Action::Up, "previous"),
    (Action::Back, "close"),
];
const CHOOSER: &[Told] = &[
    (Action::Accept, "choose"),
    (Action::Down, "next"),
    (Action::Back, "back"),
];

/// The keys of a release of which the library has another form, to which the first key leads.
const fn beside_another(form: &'static str) -> [Told; 8] {
    [
        (Action::Corrected, form),
        (Action::NextSentence, "sentence"),
        (Action::Select, "select"),
        (Action::Bookmark, "bookmark"),
        (Action::Copy, "copy"),
        (Action::Entities, "entities"),
        (Action::Back, "back"),
        (Action::Help, "help"),
    ]
}

impl App {
    /// The footer's hints for what has the focus, the most useful first and the one that always stands last.
    #[must_use]
    pub fn hints(&self) -> Vec<Hint> {
        let mode = self.mode();
        let keymap = &self.settings.keymap;
        let told = self.told().iter();
        let hints = told.filter_map(|(action, words)| {
            Some(Hint {
                keys: keymap.keys_of(mode, *action)?,
                words: (*words).to_owned(),
                action: *action,
            })
        });
        hints.collect()
    }

    fn told(&self) -> &'static [Told] {
        if let Some(popup) = &self.popup {
            return of_popup(popup);
        }
        if let Some(prompt) = &self.prompt {
            return match prompt.kind {
                PromptKind::Search if self.list.is_empty() => NOTHING_FOUND,
                PromptKind::Search => SEARCH,
                PromptKind::Find => FIND,
            };
        }
        match self.focus {
            Pane::Left => self.of_left(),
            Pane::Reading => self.of_text(),
            Pane::Side => match self.side.view() {
                SideView::Entities => ENTITIES,
                SideView::Facets => FACETS,
                SideView::Quotes | SideView::Outline => PLACES,
                SideView::Contacts => CONTACTS,
            },
        }
    }

    fn of_left(&self) -> &'static [Told] {
        match self.left {
            Left::Passages if self.passages.chosen().is_none() => NO_PASSAGES,
            Left::Passages => PASSAGES,
            Left::Sources => match self.sources.chosen_heading() {
                None => SOURCES,
                Some(heading) if heading.folded => FOLDED_GROUP,
                Some(_) => GROUP,
            },
            Left::List => {
                let narrow = self.list.scope().is_narrow();
                match (narrow, self.list.is_empty()) {
                    (true, true) => EMPTY,
                    (true, false) => NARROWED,
                    (false, true) => NOTHING,
                    (false, false) => LIST,
                }
            }
        }
    }

    fn of_text(&self) -> &'static [Told] {
        let reading = self.reading.as_ref();
        if reading.is_some_and(|reading| reading.selection().is_some()) {
            SELECT
        } else if reading.is_some_and(|reading| reading.hits() > 0) {
            HITS
        } else if reading.is_some_and(|reading| reading.replaced_by().is_some()) {
            CORRECTED
        } else if reading.is_some_and(Reading::replaces) {
            CORRECTING
        } else {
            READING
        }
    }
}

fn of_popup(popup: &Popup) -> &'static [Told] {
    match popup {
        Popup::Help(_) | Popup::Changes(_) => HELP,
        Popup::Palette(_) => PALETTE,
        Popup::Form(form) => of_form(form),
        Popup::Warning(_) => WARNING,
        Popup::Original(_) => ORIGINAL,
        Popup::Entity(card) if card.chosen().is_some() => ON_THE_CARD,
        Popup::Entity(card) if card.page.decision.hidden => CARD_OF_HIDDEN,
        Popup::Entity(_) => CARD,
        Popup::Chooser(_) => CHOOSER,
    }
}

fn of_form(form: &Form) -> &'static [Told] {
    match form.asked {
        Asked::Bookmark { .. } | Asked::Passage(_) | Asked::Source(_) | Asked::Follow => FIELDS,
        Asked::Tags(_) | Asked::Name(_) | Asked::Export => FIELD,
    }
}
