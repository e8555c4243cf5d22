//! The card of an entity and the choices that its keys ask for: another entity to join it to, a joined name to take
//! apart, another kind. It holds what the jobs answered and what is chosen; what is decided goes the way of every
//! change of the user's.

mod rows;

pub use rows::{CardPiece, CardRow, LABELS, Opens, Tone};

use crate::app::field::Field;
use crate::app::pick::Pick;
use crate::entity::{Counted, Decision, EntityPage, Kind};
use crate::release::LibraryEntityId;
use crate::text::SafeText;

/// The card of an entity.
#[derive(Clone, Debug)]
pub struct Card {
    /// What is known of it.
    pub page: EntityPage,
    /// It in rows.
    pub rows: Vec<CardRow>,
    /// The first row on the screen.
    pub top: usize,
    /// How many rows fit on the screen.
    pub height: usize,
    /// Which of what it names is chosen.
    chosen: Option<usize>,
}

/// What a choice is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choosing {
    /// The entity that this one is joined to.
    Join,
    /// The joined name that is taken apart.
    Split,
    /// Its kind.
    Kind,
    /// Nothing yet: a name is looked up, hidden ones too, and its card opens.
    Look,
}

/// What can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its words.
    pub words: SafeText,
    /// The kind that is shown with it.
    pub kind: Kind,
    /// A count that is shown with it.
    pub count: Option<u64>,
    /// The entity, or the form of a name, that it stands for.
    pub entity: Option<LibraryEntityId>,
}

/// A choice about an entity, narrowed by what is typed.
#[derive(Clone, Debug)]
pub struct Chooser {
    /// What it is for.
    pub choosing: Choosing,
    /// The entity; none where one is looked up.
    pub page: Option<EntityPage>,
    /// What is typed.
    pub field: Field,
    /// What matches.
    pub options: Vec<Candidate>,
    /// Which of it is chosen.
    pub pick: Pick,
    /// The question for names that is not answered yet.
    pub(super) waiting: Option<crate::app::effect::Ticket>,
}

/// The kinds that an entity can be given, with their words.
pub const KINDS: [(Kind, &str); 11] = [
    (Kind::Person, "Person"),
    (Kind::Org, "Organisation"),
    (Kind::Gpe, "Country, region or city"),
    (Kind::Loc, "Other place"),
    (Kind::Fac, "Building or facility"),
    (Kind::Norp, "Nationality, party or faith"),
    (Kind::Product, "Product"),
    (Kind::Event, "Event"),
    (Kind::Law, "Law or treaty"),
    (Kind::WorkOfArt, "Work"),
    (Kind::Ticker, "Ticker"),
];

/// A kind in words.
#[must_use]
pub fn kind_words(kind: Kind) -> &'static str {
    let known = KINDS.iter().find(|(known, _)| *known == kind);
    known.map_or("Other", |(_, words)| words)
}

impl Chooser {
    pub(super) fn new(choosing: Choosing, page: Option<EntityPage>, height: usize) -> Self {
        let mut chooser = Self {
            choosing,
            page,
            field: Field::default(),
            options: Vec::new(),
            pick: Pick::default(),
            waiting: None,
        };
        chooser.pick.height = height;
        chooser.narrow();
        chooser
    }

    /// Matches anew what needs no question.
    pub(super) fn narrow(&mut self) {
        let typed = self.field.text().to_lowercase();
        let all: Vec<Candidate> = match self.choosing {
            Choosing::Join | Choosing::Look => return,
            Choosing::Split => {
                let page = self.page.iter();
                page.flat_map(|page| &page.joined).map(joined).collect()
            }
            Choosing::Kind => KINDS
                .iter()
                .map(|(kind, words)| kind_option(*kind, words))
                .collect(),
        };
        let matching = all
            .into_iter()
            .filter(|option| option.words.to_lowercase().contains(&typed));
        self.take(matching.collect());
    }

    /// Takes the names that were asked for; the entity itself is none of them.
    pub(super) fn take_names(&mut self, names: Vec<Counted>) {
        let own = self.page.as_ref().map(|page| page.id);
        let others = names.into_iter().filter(|name| Some(name.id) != own);
        self.take(others.map(named).collect());
    }

    fn take(&mut self, options: Vec<Candidate>) {
        self.options = options;
        self.pick.resize(self.options.len(), self.pick.height);
        self.pick.choose(0);
    }

    /// What is chosen.
    #[must_use]
    pub fn chosen(&self) -> Option<&Candidate> {
        self.options.get(self.pick.selected)
    }

    /// The entity to decide about and the decision, as it is chosen now.
    pub(super) fn decision(&self) -> Option<(LibraryEntityId, Decision, Decision)> {
        let chosen = self.chosen()?;
        let page = self.page.as_ref()?;
        Some(match self.choosing {
            Choosing::Look => return None,
            Choosing::Join => {
                let joined = crate::entity::Joined::Into(chosen.entity?);
                let after = Decision {
                    joined,
                    ..page.decision.clone()
                };
                (page.id, page.decision.clone(), after)
            }
            Choosing::Split => {
                let form = page
                    .joined
                    .iter()
                    .find(|form| Some(form.id) == chosen.entity)?;
                let after = Decision {
                    joined: crate::entity::Joined::Apart,
                    ..form.decision.clone()
                };
                (form.id, form.decision.clone(), after)
            }
            Choosing::Kind => {
                let after = Decision {
                    kind: Some(chosen.kind),
                    ..page.decision.clone()
                };
                (page.id, page.decision.clone(), after)
            }
        })
    }
}

fn joined(form: &crate::entity::JoinedForm) -> Candidate {
    Candidate {
        words: form.name.clone(),
        kind: form.kind,
        count: None,
        entity: Some(form.id),
    }
}

fn kind_option(kind: Kind, words: &str) -> Candidate {
    Candidate {
        words: SafeText::clean_line(words),
        kind,
        count: None,
        entity: None,
    }
}

fn named(name: Counted) -> Candidate {
    Candidate {
        words: name.name,
        kind: name.kind,
        count: Some(name.releases),
        entity: Some(name.id),
    }
}
