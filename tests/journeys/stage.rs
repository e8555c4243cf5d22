//! The stage that journeys are played on: an app, and a library in memory that answers its effects at once.

use dateline::app::effect::{Effect, Filter, From, Scope, Sort, Ticket};
use dateline::app::key::{Key, KeyCode, Mouse, MouseKind};
use dateline::app::message::{Facet, Message, Opened, PassageRow};
use dateline::app::{App, Settings, parse_keys};
use dateline::entity::{
    Counted, Decision, Entity, EntityPage, JoinedForm, Kind, Layer, Mention, Recognition, Theme,
};
use dateline::query::Query;
use dateline::release::{
    AnchorStatus, CitationFacts, Following, Health, Incoming, Keepings, LibraryEntityId, Listing,
    Passage, PassageId, Quote, Release, ReleaseId, Repair, RepairKind, Section, SectionKind,
    SourceChoices, SourceGroup, SourceId, SourceListing, Standing, VersionChange,
};
use dateline::text::{Extent, SafeText};

/// 2026-03-19 12:00:00 UTC.
pub const NOON: i64 = 1_773_921_600;

/// The text of a release in memory. The marks say what is what; see [`understood`].
pub const WIND: &str = "\
Acme Power buys the Nordhavn wind farm

Deal adds 90 MW off the Danish coast

OSLO, March 19, 2026 /PR Newswire/ -- Acme Power ASA said on Thursday that it will buy the Nordhavn wind farm from \
Example Bank for $240 million. The deal adds 90 MW to its portfolio. It is the largest purchase in the company's \
history, and the third this year.

\"Wind is the cheapest power there is,\" said Ingrid Dahl, Chief Executive of Acme Power. \"We will build more of it.\"

A PLAN FOR THE COAST

Nordhavn has stood off Esbjerg since 2019. Its 24 turbines supply 80,000 homes. Acme Power will run it from Oslo and \
keep all 60 employees, Dahl said.

- Closing is expected in June.
- The purchase needs the consent of the Danish Energy Agency.

About Acme Power

Acme Power ASA builds and runs wind farms in the North Sea. It was founded in Oslo in 1998.

It has 400 employees.

Media contact:
Kari Nygaard
kari@acme.example
+47 555 01 234
";

/// One release of the library in memory.
#[derive(Clone)]
pub struct Held {
    pub listing: Listing,
    pub release: Release,
    pub recognition: Recognition,
    pub links: Vec<Option<(LibraryEntityId, u64)>>,
    pub keepings: Keepings,
    pub deleted: bool,
}

/// A library in memory.
#[derive(Default)]
pub struct Library {
    pub held: Vec<Held>,
    pub saved: Vec<Effect>,
    pub deleted_passages: Vec<Passage>,
    pub copied: Vec<SafeText>,
    pub decided: std::collections::BTreeMap<LibraryEntityId, Decision>,
    /// What the pages of teasers say.
    pub full_texts: std::collections::BTreeMap<ReleaseId, String>,
    /// What sources changed.
    pub changes: std::collections::BTreeMap<ReleaseId, Vec<VersionChange>>,
    /// Sources beside the samples.
    pub sources: Vec<SourceListing>,
    /// What unfollowed sources were.
    pub unfollowed: Vec<SourceListing>,
    /// What sources, names and facets are called, where it is not the usual.
    pub called: Option<SafeText>,
    /// Writes fail while this is set.
    pub broken: bool,
    /// Answers are kept back while this is set.
    pub slow: bool,
    pub waiting: Vec<Message>,
    next_passage: usize,
}

/// An app on its stage.
pub struct Stage {
    pub app: App,
    pub library: Library,
    /// All effects so far.
    pub effects: Vec<Effect>,
}

impl Stage {
    /// An app with `count` releases, told the time and a size, with all its first questions answered.
    pub fn new(count: usize, columns: u16, rows: u16) -> Self {
        Self::with(library(count), columns, rows)
    }

    pub fn with(library: Library, columns: u16, rows: u16) -> Self {
        let mut stage = Self {
            app: App::new(Settings {
                reports: Some(SafeText::clean_line("/data/panic.txt")),
                ..Settings::default()
            }),
            library,
            effects: Vec::new(),
        };
        stage.tell(Message::Clock { now: NOON });
        stage.tell(Message::Resize { columns, rows });
        stage
    }

    /// Tells the app something, and goes on until nothing is asked any more.
    pub fn tell(&mut self, message: Message) {
        let mut queue = std::collections::VecDeque::from([message]);
        while let Some(message) = queue.pop_front() {
            for effect in self.app.apply(message) {
                let answers = self.library.answer(&effect);
                self.effects.push(effect);
                if self.library.slow {
                    self.library.waiting.extend(answers);
                } else {
                    queue.extend(answers);
                }
            }
        }
    }

    /// Presses keys, in the notation of the key table.
    pub fn press(&mut self, keys: &str) {
        for key in parse_keys(keys).unwrap_or_else(|| panic!("no keys: {keys}")) {
            self.tell(Message::Key(key));
        }
    }

    /// Types text.
    pub fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            self.tell(Message::Key(Key {
                code: KeyCode::Char(c),
                control: false,
                alt: false,
                shift: false,
            }));
        }
    }

    pub fn mouse(&mut self, kind: MouseKind, column: u16, row: u16) {
        self.tell(Message::Mouse(Mouse { column, row, kind }));
    }

    /// Lets the answers go that were kept back.
    pub fn answer(&mut self) {
        self.library.slow = false;
        for message in std::mem::take(&mut self.library.waiting) {
            self.tell(message);
        }
    }

    /// Headline of the chosen row.
    pub fn chosen(&self) -> String {
        self.app
            .list()
            .chosen()
            .map(|row| row.headline.to_string())
            .unwrap_or_default()
    }

    /// What the cursor is on.
    pub fn sentence(&self) -> String {
        let reading = self.app.reading().expect("a release is open");
        reading.sentence().of(reading.text()).to_owned()
    }

    /// What is selected.
    pub fn selected(&self) -> String {
        let reading = self.app.reading().expect("a release is open");
        let extent = reading.selection().map(|selection| selection.extent());
        extent
            .map(|extent| extent.of(reading.text()).to_owned())
            .unwrap_or_default()
    }

    /// The words of the notice.
    pub fn notice(&self) -> String {
        self.app
            .notice()
            .map(|notice| notice.text.to_string())
            .unwrap_or_default()
    }

    /// What the screen shows, as lines of plain text: enough to see whether two screens are the same.
    pub fn picture(&self) -> String {
        let app = &self.app;
        let mut out = format!(
            "{:?} {:?} {:?} {:?}\n",
            app.focus(),
            app.left(),
            app.geometry().fit,
            app.prompt().map(|prompt| prompt.field.text().to_owned())
        );
        for line in app.list().visible() {
            out.push_str(&format!("{line:?}\n"));
        }
        out.push_str(&format!(
            "{:?} {:?}\n",
            app.list().chosen().map(|row| &row.headline),
            app.list().scope()
        ));
        if let Some(reading) = app.reading() {
            for row in reading.visible() {
                out.push_str(&format!(
                    "{:?}|{}\n",
                    row.role,
                    reading.words(row.origin, row.extent)
                ));
                for run in reading.runs(row.extent) {
                    out.push_str(&format!("  {:?} {:?}\n", run.extent, run.tags));
                }
            }
            out.push_str(&format!(
                "{:?} {:?}\n",
                reading.cursor(),
                reading.selection()
            ));
        }
        out.push_str(&format!(
            "{:?} {:?} {:?}\n",
            app.side().view(),
            app.side().pick(),
            app.side().lines()
        ));
        out
    }
}

/// A library of `count` releases, one an hour; the newest is [`WIND`].
pub fn library(count: usize) -> Library {
    let mut held = Vec::new();
    for number in 0..count {
        let published = NOON - 3600 * (i64::try_from(number).unwrap() + 1);
        held.push(if number == 0 {
            wind(published)
        } else {
            plain(number, published)
        });
    }
    Library {
        held,
        ..Library::default()
    }
}

fn id(published: i64) -> ReleaseId {
    ReleaseId((published / 60) << 6)
}

fn safe(text: &str) -> SafeText {
    SafeText::clean(text)
}

/// A listing of a release.
pub fn listing(headline: &str, published: i64) -> Listing {
    Listing {
        id: id(published),
        headline: safe(headline),
        issuer: Some(safe("Acme Power")),
        wire: Some(safe("PR Newswire")),
        source: Some(safe("Samples")),
        published,
        dated: true,
        timed: true,
        language: Some(safe("en")),
        read: false,
        starred: false,
        passages: 0,
        embargo: None,
        standing: None,
        versions: 1,
        copies: 1,
        also: Vec::new(),
        snippet: None,
    }
}

fn plain(number: usize, published: i64) -> Held {
    let headline = format!("Release {number} of the harbour authority");
    let kind = if number % 7 == 3 { "solar" } else { "harbour" };
    let text = format!(
        "{headline}\n\nThe {kind} authority said on Monday that quay {number} will open. Ships may berth from June.\n\n\
         Acme Power supplies the current. The work took {number} days.\n"
    );
    held(&text, listing(&headline, published))
}

/// A release that is only a headline and paragraphs, with Acme Power named in it.
pub fn held(text: &str, listing: Listing) -> Held {
    let release = understood(text);
    let recognition = named(text, &[("Acme Power", Kind::Org)]);
    Held {
        links: vec![Some((LibraryEntityId(1), 3)); recognition.entities.len()],
        listing,
        release,
        recognition,
        keepings: Keepings::default(),
        deleted: false,
    }
}

/// The newest release, with all parts that a release can have.
fn wind(published: i64) -> Held {
    let mut release = understood(WIND);
    let at = |words: &str| {
        let start = WIND.find(words).unwrap_or_else(|| panic!("{words}"));
        Extent::new(start, start + words.len())
    };
    let section = |kind, extent| Section { kind, extent };
    let from =
        |kind, start: &str, end: &str| section(kind, Extent::new(at(start).start, at(end).end));
    release.headline = Some(safe("Acme Power buys the Nordhavn wind farm"));
    release.subhead = Some(safe("Deal adds 90 MW off the Danish coast"));
    release.url = Some(safe("https://example.com/wind"));
    release.issuer = Some(safe("Acme Power ASA"));
    release.sections = vec![
        section(
            SectionKind::Headline,
            at("Acme Power buys the Nordhavn wind farm"),
        ),
        section(
            SectionKind::Subhead,
            at("Deal adds 90 MW off the Danish coast"),
        ),
        section(
            SectionKind::Dateline,
            at("OSLO, March 19, 2026 /PR Newswire/ --"),
        ),
        from(SectionKind::Lede, "Acme Power ASA said", "third this year."),
        from(SectionKind::Body, "\"Wind is", "more of it.\""),
        section(SectionKind::Subhead, at("A PLAN FOR THE COAST")),
        from(
            SectionKind::Body,
            "Nordhavn has stood",
            "employees, Dahl said.",
        ),
        from(SectionKind::List, "- Closing", "Energy Agency."),
        from(
            SectionKind::Boilerplate,
            "About Acme Power",
            "It has 400 employees.",
        ),
        from(SectionKind::Contact, "Media contact:", "+47 555 01 234"),
    ];
    release.quotes = vec![
        Quote {
            extent: at("Wind is the cheapest power there is,"),
            speaker: Some(safe("Ingrid Dahl")),
            speaker_title: Some(safe("Chief Executive of Acme Power")),
            parts: Vec::new(),
        },
        Quote {
            extent: at("We will build more of it."),
            speaker: Some(safe("Ingrid Dahl")),
            speaker_title: None,
            parts: Vec::new(),
        },
    ];
    release.repairs = vec![Repair {
        extent: at("24 turbines"),
        before: "24turbines".into(),
        after: "24 turbines".into(),
        kind: RepairKind::Split,
    }];
    let mut recognition = named(
        WIND,
        &[
            ("Acme Power", Kind::Org),
            ("Nordhavn", Kind::Fac),
            ("Dahl", Kind::Person),
            ("Example Bank", Kind::Org),
            ("$240 million", Kind::Money),
            ("Oslo", Kind::Gpe),
        ],
    );
    recognition.themes = vec![Theme {
        text: safe("wind farm"),
        count: 3,
        mentions: WIND
            .match_indices("wind farm")
            .map(|(at, word)| Extent::new(at, at + word.len()))
            .collect(),
    }];
    release.contacts = vec![dateline::release::Contact {
        name: Some(safe("Kari Nygaard")),
        email: Some(safe("kari@acme.example")),
        phone: Some(safe("+47 555 01 234")),
        organization: None,
    }];
    Held {
        links: (0..recognition.entities.len())
            .map(|number| {
                (number != 3).then_some((LibraryEntityId(i64::try_from(number).unwrap() + 1), 3))
            })
            .collect(),
        listing: listing("Acme Power buys the Nordhavn wind farm", published),
        release,
        recognition,
        keepings: Keepings::default(),
        deleted: false,
    }
}

fn understood(text: &str) -> Release {
    let incoming = Incoming {
        text: text.to_owned(),
        ..Incoming::default()
    };
    Release {
        text: safe(&incoming.text),
        ..Release::default()
    }
}

/// A recognition by plain search.
fn named(text: &str, names: &[(&str, Kind)]) -> Recognition {
    let entities = names.iter().zip(0..).map(|((name, kind), id)| Entity {
        mentions: text
            .match_indices(name)
            .map(|(at, word)| Mention {
                extent: Extent::new(at, at + word.len()),
                from: Layer::Pattern,
                score: 1.0,
            })
            .collect(),
        ..entity(id, name, *kind)
    });
    Recognition {
        entities: entities.collect(),
        themes: Vec::new(),
    }
}

fn entity(id: u32, name: &str, kind: Kind) -> Entity {
    // Fields that are added later are filled from an empty entity of JSON's.
    let json = serde_json::json!({
        "id": id, "name": name, "kind": kind, "aliases": [], "value": null, "mentions": []
    });
    serde_json::from_value(json).expect("an entity")
}

impl Library {
    /// The releases of a scope, in its order.
    fn of(&self, scope: &Scope) -> Vec<&Held> {
        let query = scope
            .query
            .as_deref()
            .map(|query| Query::typed(query).lights());
        let mut found: Vec<&Held> = self
            .held
            .iter()
            .filter(|held| !held.deleted)
            .filter(|held| match scope.filter {
                Filter::All => true,
                Filter::Unread => !held.listing.read,
                Filter::Starred => held.listing.starred,
                Filter::WithPassages => held.listing.passages > 0,
            })
            .filter(|held| {
                scope.entity.is_none_or(|entity| {
                    held.links.iter().flatten().any(|(link, _)| *link == entity)
                })
            })
            .filter(|held| {
                query
                    .as_ref()
                    .is_none_or(|lights| !lights.hits(&held.release.text).is_empty())
            })
            .collect();
        found.sort_by_key(|held| std::cmp::Reverse(held.listing.id));
        if scope.sort == Sort::Oldest {
            found.reverse();
        }
        found
    }

    fn one(&mut self, release: ReleaseId) -> Option<&mut Held> {
        self.held.iter_mut().find(|held| held.listing.id == release)
    }

    fn opened(&mut self, release: ReleaseId) -> Option<Box<Opened>> {
        let correction = self.correction(release);
        let held = self.one(release)?;
        Some(Box::new(Opened {
            correction,
            listing: held.listing.clone(),
            release: held.release.clone(),
            recognition: held.recognition.clone(),
            links: held.links.clone(),
            keepings: held.keepings.clone(),
        }))
    }

    fn rows(&self, scope: &Scope, from: From, limit: usize) -> (Vec<Listing>, bool, bool) {
        let all: Vec<Listing> = self
            .of(scope)
            .into_iter()
            .map(|held| held.listing.clone())
            .collect();
        let place = |release: ReleaseId| {
            all.iter()
                .position(|row| row.id == release)
                .unwrap_or_else(|| all.partition_point(|row| row.id > release))
        };
        let (start, end) = match from {
            From::Start => (0, limit),
            From::End => (all.len().saturating_sub(limit), all.len()),
            From::After(release) => (place(release) + 1, place(release) + 1 + limit),
            From::Before(release) => (place(release).saturating_sub(limit), place(release)),
            From::Around(release) => {
                let start = place(release).saturating_sub(limit / 2);
                (start, start + limit)
            }
        };
        let end = end.min(all.len());
        let start = start.min(end);
        (all[start..end].to_vec(), start == 0, end == all.len())
    }

    /// What the jobs would say.
    pub fn answer(&mut self, effect: &Effect) -> Vec<Message> {
        match effect.clone() {
            Effect::Rows {
                ticket,
                scope,
                from,
                limit,
            } => {
                let (rows, at_start, at_end) = self.rows(&scope, from, limit);
                vec![Message::Rows {
                    ticket,
                    scope,
                    rows,
                    at_start,
                    at_end,
                }]
            }
            Effect::Count { ticket, scope, at } => {
                let all = self.of(&scope);
                let before = at.and_then(|at| all.iter().position(|held| held.listing.id == at));
                vec![Message::Counted {
                    ticket,
                    total: all.len() as u64,
                    unread: all.iter().filter(|held| !held.listing.read).count() as u64,
                    before: before.map(|before| before as u64),
                    scope,
                }]
            }
            Effect::Search {
                ticket,
                scope,
                limit,
            } => self.search(ticket, &scope, limit),
            Effect::Open { ticket, release } => match self.opened(release) {
                Some(opened) => vec![Message::Opened { ticket, opened }],
                None => vec![Message::OpenFailed {
                    ticket,
                    release,
                    problem: safe("it is gone"),
                }],
            },
            Effect::Complete { release, .. } => match self.full_texts.remove(&release) {
                Some(text) => {
                    let held = self.one(release).expect("the release");
                    held.release = understood(&text);
                    vec![Message::Completed { release }]
                }
                None => Vec::new(),
            },
            Effect::Recognise { ticket, release } => match self.one(release) {
                Some(held) => vec![Message::Recognised {
                    ticket,
                    release,
                    recognition: held.recognition.clone(),
                    links: held.links.clone(),
                }],
                None => Vec::new(),
            },
            Effect::Passages { ticket, .. } => {
                let mut passages: Vec<PassageRow> = Vec::new();
                for held in &self.held {
                    passages.extend(held.keepings.passages.iter().map(|passage| PassageRow {
                        passage: passage.clone(),
                        headline: held.listing.headline.clone(),
                        published: held.listing.published,
                    }));
                }
                vec![Message::Passages { ticket, passages }]
            }
            Effect::Sources { ticket } => vec![Message::Sources {
                ticket,
                sources: self.sources(),
            }],
            Effect::Facets { ticket, .. } => vec![Message::Facets {
                ticket,
                facets: vec![Facet {
                    entity: LibraryEntityId(1),
                    name: self.called("Acme Power"),
                    kind: Kind::Org,
                    releases: 3,
                }],
            }],
            Effect::About { ticket, entity } => vec![Message::About {
                ticket,
                page: Box::new(self.page(entity)),
            }],
            Effect::Changes { ticket, release } => vec![Message::Changes {
                ticket,
                release,
                changes: self.changes.get(&release).cloned().unwrap_or_default(),
            }],
            Effect::Corrected { ticket, release } => vec![Message::Corrected {
                ticket,
                release,
                earlier: self.corrected(release),
            }],
            Effect::Names { ticket, typed, .. } => vec![Message::Names {
                ticket,
                names: self.names(&typed),
            }],
            Effect::Copy { text } => {
                self.copied.push(text);
                vec![Message::Copied { by: safe("OSC 52") }]
            }
            other => self.write(other),
        }
    }

    /// The later release that names this one by its headline.
    fn correction(&self, release: ReleaseId) -> Option<Listing> {
        let mut later = self.held.iter().filter(|held| held.listing.id > release);
        let found = later.find(|held| self.corrected(held.listing.id) == Some(release));
        found.map(|held| held.listing.clone())
    }

    /// The earlier release whose headline a correction names behind its mark.
    fn corrected(&self, release: ReleaseId) -> Option<ReleaseId> {
        let own = self.held.iter().find(|held| held.listing.id == release)?;
        let (_, headline) = own.listing.headline.split_once(": ")?;
        let earlier = self
            .held
            .iter()
            .filter(|held| held.listing.id < release && held.listing.headline.as_str() == headline);
        earlier.map(|held| held.listing.id).max()
    }

    /// What is known of an entity: of the only one in memory its decision, and a name joined to it.
    fn page(&self, entity: LibraryEntityId) -> EntityPage {
        let decision = self.decided.get(&entity).cloned().unwrap_or_default();
        let joined = JoinedForm {
            id: LibraryEntityId(7),
            name: safe("AP"),
            kind: Kind::Org,
            decision: Decision::default(),
        };
        EntityPage {
            id: entity,
            printed: decision.name.as_ref().map(|_| safe("Acme Power")),
            name: self.called(decision.name.as_deref().unwrap_or("Acme Power")),
            kind: decision.kind.unwrap_or(Kind::Org),
            decision,
            releases: 3,
            mentions: 9,
            first: NOON - 86_400 * 90,
            last: NOON,
            aliases: vec![self.called("Acme")],
            joined: vec![joined],
            with: self.names("bank"),
            months: vec![(2025 * 12 + 11, 1), (2026 * 12 + 2, 4)],
            newest: vec![(
                ReleaseId(1),
                self.called("Acme Power buys a wind farm"),
                NOON,
            )],
        }
    }

    fn called(&self, usual: &str) -> SafeText {
        self.called.clone().unwrap_or_else(|| safe(usual))
    }

    /// Entities whose names hold what is typed.
    fn names(&self, typed: &str) -> Vec<Counted> {
        let all = [
            (1, "Acme Power"),
            (2, "Example Bank"),
            (3, "Danish Energy Agency"),
        ];
        let found = all
            .into_iter()
            .filter(|(_, name)| name.to_lowercase().contains(typed));
        let counted = found.map(|(id, name)| Counted {
            id: LibraryEntityId(id),
            name: self.called(name),
            kind: Kind::Org,
            releases: 5,
        });
        counted.collect()
    }

    /// The samples, which are not followed, and what was put among the sources.
    fn sources(&self) -> Vec<SourceListing> {
        let samples = SourceListing {
            id: SourceId(1),
            name: self.called("Samples"),
            group: SourceGroup::of(self.called.as_deref()),
            address: self.called.clone(),
            releases: self.held.len() as u64,
            unread: 0,
            following: None,
        };
        let mut all = vec![samples];
        all.extend(self.sources.iter().cloned());
        all
    }

    /// The choices about a source that is followed.
    fn source(&mut self, source: SourceId) -> &mut SourceListing {
        let found = self.sources.iter_mut().find(|row| row.id == source);
        found.expect("a source")
    }

    fn search(&mut self, ticket: Ticket, scope: &Scope, limit: usize) -> Vec<Message> {
        let all = self.of(scope);
        let rows: Vec<Listing> = all
            .iter()
            .take(limit)
            .map(|held| held.listing.clone())
            .collect();
        let page = |rows: Vec<Listing>, complete| Message::Found {
            ticket,
            rows,
            total: all.len() as u64,
            total_exact: complete,
            complete,
            millis: 1.0,
            hint: None,
        };
        vec![
            page(rows.iter().take(15).cloned().collect(), false),
            page(rows, true),
        ]
    }

    fn write(&mut self, effect: Effect) -> Vec<Message> {
        let failed = |ticket| {
            vec![Message::NotSaved {
                ticket,
                problem: safe("the disk is full"),
            }]
        };
        self.saved.push(effect.clone());
        match effect {
            Effect::SetRead { ticket, .. }
            | Effect::SetStar { ticket, .. }
            | Effect::SetTags { ticket, .. }
            | Effect::SetDeleted { ticket, .. }
            | Effect::AddPassage { ticket, .. }
            | Effect::EditPassage { ticket, .. }
            | Effect::SetPassageDeleted { ticket, .. }
            | Effect::SetSource { ticket, .. }
            | Effect::SetFollowed { ticket, .. }
            | Effect::Decide { ticket, .. }
                if self.broken =>
            {
                failed(ticket)
            }
            Effect::SetRead {
                ticket,
                releases,
                read,
            } => self.mark(ticket, &releases, |held| held.listing.read = read),
            Effect::SetStar {
                ticket,
                releases,
                starred,
            } => self.mark(ticket, &releases, |held| held.listing.starred = starred),
            Effect::SetDeleted {
                ticket,
                releases,
                deleted,
            } => self.mark(ticket, &releases, |held| held.deleted = deleted),
            Effect::Decide {
                ticket,
                entity,
                decision,
            } => {
                self.decided.insert(entity, decision);
                vec![Message::Saved { ticket }]
            }
            Effect::SetSource {
                ticket,
                source,
                choices,
            } => {
                let row = self.source(source);
                row.name = safe(&choices.name);
                row.group = group(&choices);
                let following = row.following.as_mut().expect("it is followed");
                following.health = if choices.paused {
                    Health::Paused
                } else {
                    Health::Fresh
                };
                following.choices = choices;
                vec![Message::Saved { ticket }]
            }
            Effect::Follow {
                ticket,
                place,
                name,
                tags,
            } => {
                if !place.contains('.') {
                    let problem = safe(&format!("{place} is no address"));
                    return vec![Message::NotSaved { ticket, problem }];
                }
                let id = 100 + self.sources.len() as i64;
                let name = if name.is_empty() { &place } else { &name };
                let row = source(id, name, (0, 0), Health::New);
                self.sources.push(tagged(row, tags));
                let source = SourceId(id);
                vec![Message::Followed { ticket, source }]
            }
            Effect::SetFollowed {
                ticket,
                source,
                followed,
            } => {
                let (from, to) = if followed {
                    (&mut self.unfollowed, &mut self.sources)
                } else {
                    (&mut self.sources, &mut self.unfollowed)
                };
                let at = from.iter().position(|row| row.id == source);
                to.push(from.remove(at.expect("a source")));
                to.sort_by_key(|row| row.id);
                vec![Message::Saved { ticket }]
            }
            Effect::SetTags {
                ticket,
                release,
                tags,
            } => self.mark(ticket, &[release], |held| {
                held.keepings.tags.clone_from(&tags)
            }),
            Effect::SavePosition { release, byte } => {
                self.mark(Ticket(0), &[release], |held| held.keepings.position = byte);
                Vec::new()
            }
            Effect::AddPassage {
                ticket,
                release,
                extent,
                anchor,
                note,
                tags,
            } => {
                self.next_passage += 1;
                let passage = Passage {
                    id: PassageId(format!("p{}", self.next_passage)),
                    release,
                    anchor,
                    extent: Some(extent),
                    status: AnchorStatus::Exact,
                    note,
                    tags,
                    created: NOON,
                    modified: NOON,
                    citation: CitationFacts::default(),
                };
                let saved = passage.clone();
                self.mark(ticket, &[release], |held| {
                    held.keepings.passages.push(saved.clone());
                    held.listing.passages += 1;
                });
                vec![Message::PassageSaved {
                    ticket,
                    passage: Box::new(passage),
                }]
            }
            Effect::EditPassage {
                ticket,
                passage,
                note,
                tags,
            } => {
                for held in &mut self.held {
                    for other in &mut held.keepings.passages {
                        if other.id == passage {
                            other.note.clone_from(&note);
                            other.tags.clone_from(&tags);
                        }
                    }
                }
                vec![Message::Saved { ticket }]
            }
            Effect::SetPassageDeleted {
                ticket,
                passage,
                deleted,
            } => {
                self.delete_passage(&passage, deleted);
                vec![Message::Saved { ticket }]
            }
            Effect::DeclineRepair {
                ticket,
                release,
                before,
                after,
                declined,
            } => {
                let held = self.one(release).expect("the release");
                let (from, to) = if declined {
                    (after, before)
                } else {
                    (before, after)
                };
                held.release.text = safe(&held.release.text.replace(&from, &to));
                held.release.repairs.clear();
                held.release.sections.clear();
                held.recognition = Recognition::default();
                let opened = self.opened(release).expect("the release");
                vec![Message::Opened { ticket, opened }]
            }
            _ => Vec::new(),
        }
    }

    fn mark(
        &mut self,
        ticket: Ticket,
        releases: &[ReleaseId],
        change: impl Fn(&mut Held),
    ) -> Vec<Message> {
        for held in &mut self.held {
            if releases.contains(&held.listing.id) {
                change(held);
            }
        }
        vec![Message::Saved { ticket }]
    }

    fn delete_passage(&mut self, id: &PassageId, deleted: bool) {
        if deleted {
            for held in &mut self.held {
                if let Some(at) = held
                    .keepings
                    .passages
                    .iter()
                    .position(|passage| passage.id == *id)
                {
                    self.deleted_passages
                        .push(held.keepings.passages.remove(at));
                    held.listing.passages -= 1;
                }
            }
        } else if let Some(at) = self
            .deleted_passages
            .iter()
            .position(|passage| passage.id == *id)
        {
            let passage = self.deleted_passages.remove(at);
            if let Some(held) = self.one(passage.release) {
                held.listing.passages += 1;
                held.keepings.passages.push(passage);
            }
        }
    }
}

/// A source that is followed and stands like this.
pub fn source(id: i64, name: &str, counts: (u64, u64), health: Health) -> SourceListing {
    let answered = matches!(health, Health::Fresh | Health::Failing { .. });
    let asked = !matches!(health, Health::Gone { .. } | Health::Paused);
    SourceListing {
        id: SourceId(id),
        name: safe(name),
        group: SourceGroup::Untagged,
        address: Some(safe(&format!("https://www.source{id}.example/feed"))),
        releases: counts.0,
        unread: counts.1,
        following: Some(Following {
            choices: SourceChoices {
                name: name.to_owned(),
                ..SourceChoices::default()
            },
            health,
            answered: answered.then_some(NOON - 300),
            next_due: asked.then_some(NOON + 3300),
            headers: Vec::new(),
            notes: Vec::new(),
        }),
    }
}

/// The group of a source with these choices.
fn group(choices: &SourceChoices) -> SourceGroup {
    SourceGroup::of(choices.tags.first().map(String::as_str))
}

/// A source with these tags.
pub fn tagged(mut source: SourceListing, tags: Vec<String>) -> SourceListing {
    let following = source.following.as_mut().expect("it is followed");
    following.choices.tags = tags;
    source.group = group(&following.choices);
    source
}

/// Sources in two groups, and some in none.
pub fn groups() -> Vec<SourceListing> {
    let in_group = |source, tags: &[&str]| {
        let tags = tags.iter().map(|tag| (*tag).to_owned());
        tagged(source, tags.collect())
    };
    let why = safe("not found (status 404): has it moved? what is here was kept");
    let since = NOON - 3 * 86_400;
    let failing = Health::Failing { since, why };
    vec![
        in_group(
            source(2, "Acme Power newsroom", (340, 12), Health::Fresh),
            &["energy", "nordic"],
        ),
        in_group(
            source(3, "Grid Operators", (18, 0), Health::Paused),
            &["Energy"],
        ),
        in_group(
            source(4, "Harbour Wire", (1284, 4), failing),
            &["ports and shipping"],
        ),
        in_group(
            source(5, "Old Bulletin", (7, 0), Health::Gone { since }),
            &["ports and shipping"],
        ),
        in_group(
            source(6, "Pilots of the Sound", (29, 2), Health::Fresh),
            &["ports and shipping"],
        ),
        source(7, "Nordic Notices", (20, 3), Health::New),
    ]
}

/// Sources in every state, none in a group.
pub fn sources() -> Vec<SourceListing> {
    let why = safe("not found (status 404): has it moved? what is here was kept");
    let since = NOON - 3 * 86_400;
    let mut all = vec![
        source(2, "Acme Power newsroom", (340, 12), Health::Fresh),
        source(3, "Harbour Wire", (1284, 0), Health::Failing { since, why }),
        source(
            4,
            "Nordic Notices",
            (20, 3),
            Health::Waiting { until: NOON + 7200 },
        ),
        source(5, "Old Bulletin", (7, 0), Health::Gone { since }),
        source(
            6,
            "Press room of a ministry with a very long name",
            (0, 0),
            Health::New,
        ),
        source(7, "Quiet Quarterly", (5, 0), Health::Paused),
    ];
    if let Some(following) = &mut all[0].following {
        following.choices.interval = Some(7200);
    }
    all
}

/// A release that corrects another.
pub fn correction() -> Held {
    let headline = "Correction: Acme Power buys the Nordhavn wind farm";
    let mut held = held(
        &format!("{headline}\n\nThe price in the release of March 19 was wrong.\n"),
        listing(headline, NOON - 60),
    );
    held.release.standing = Some(Standing::Correction);
    held.listing.standing = Some(Standing::Correction);
    held
}
