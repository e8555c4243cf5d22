//! The forms: note and tags of a passage, tags of a release, a file to export to. Enter takes a form as it is.

use crate::app::change::Change;
use crate::app::effect::Effect;
use crate::app::message::Gravity;
use crate::app::popup::{Asked, Form, Popup, Warned};
use crate::app::prompt::PromptKind;
use crate::app::reading::{Walk, Way};
use crate::app::{Action, App, Field};
use crate::release::{PassageId, ReleaseId};

impl Form {
    /// What stands in a field, without white space around it.
    pub(super) fn text(&self, number: usize) -> String {
        let field = self.fields.get(number);
        field
            .map_or("", |(_, field)| field.text())
            .trim()
            .to_owned()
    }
}

impl App {
    pub(super) fn ask_bookmark(&mut self) -> Vec<Effect> {
        let Some(reading) = self.meant_reading() else {
            self.say(Gravity::Plain, "Open a release to bookmark a passage");
            return Vec::new();
        };
        let extent = reading.taken();
        if extent.is_empty() {
            self.say(Gravity::Plain, "No sentence here to bookmark");
            return Vec::new();
        }
        let release = reading.id();
        self.form(
            Asked::Bookmark { release, extent },
            vec![("Note", Field::default()), ("Tags", Field::default())],
        )
    }

    pub(super) fn form(&mut self, asked: Asked, fields: Vec<(&'static str, Field)>) -> Vec<Effect> {
        self.popup = Some(Popup::Form(Form {
            asked,
            fields,
            field: 0,
        }));
        Vec::new()
    }

    pub(super) fn ask_note(&mut self) -> Vec<Effect> {
        let Some(passage) = self.meant_passage() else {
            self.say(Gravity::Plain, "No passage here: m bookmarks one");
            return Vec::new();
        };
        let fields = vec![
            ("Note", Field::lines(&passage.note)),
            ("Tags", Field::new(&passage.tags.join(", "))),
        ];
        let asked = Asked::Passage(passage.id.clone());
        self.form(asked, fields)
    }

    pub(super) fn ask_tags(&mut self) -> Vec<Effect> {
        let open = self.meant_reading();
        let open = open.map(|reading| (reading.id(), reading.opened().keepings.tags.join(", ")));
        let Some((release, tags)) = open else {
            self.say(Gravity::Plain, "Open a release to tag it");
            return Vec::new();
        };
        self.form(Asked::Tags(release), vec![("Tags", Field::new(&tags))])
    }

    pub(super) fn ask_export(&mut self) -> Vec<Effect> {
        if let Some(until) = self.embargo_of_export() {
            self.popup = Some(Popup::Warning(Warned {
                until,
                action: Action::Export,
            }));
            return Vec::new();
        }
        self.open_export();
        Vec::new()
    }

    /// The embargo that an export would break, as far as the open release and the passages on the screen tell.
    fn embargo_of_export(&self) -> Option<Option<i64>> {
        let now = self.clock.now;
        let open = self
            .reading
            .as_ref()
            .filter(|reading| reading.embargoed(now));
        let open = open.map(|reading| reading.opened().listing.embargo);
        let listed = self
            .passages
            .rows()
            .iter()
            .filter_map(|row| row.passage.citation.embargo);
        open.or_else(|| listed.filter(|until| *until > now).max().map(Some))
    }

    pub(super) fn open_export(&mut self) {
        self.form(Asked::Export, vec![("File", Field::new("passages.md"))]);
    }

    pub(super) fn next_field(&mut self) -> Vec<Effect> {
        if let Some(Popup::Form(form)) = &mut self.popup {
            form.field = (form.field + 1) % form.fields.len().max(1);
            return Vec::new();
        }
        match self.prompt.as_ref().map(|prompt| prompt.kind) {
            Some(PromptKind::Search) => self.leave_for_hits(),
            Some(PromptKind::Find) => return self.walk(Walk::Hits, Way::Forward, 1),
            None => {}
        }
        Vec::new()
    }

    /// Hands what is typed to the editor.
    pub(super) fn editor(&mut self) -> Vec<Effect> {
        let Some(Popup::Form(_)) = &self.popup else {
            self.say(Gravity::Plain, "The editor opens for notes, names and tags");
            return Vec::new();
        };
        let text = self
            .popup
            .as_ref()
            .and_then(Popup::field)
            .map(|field| field.text().to_owned());
        let ticket = self.ticket();
        vec![Effect::EditText {
            ticket,
            text: text.unwrap_or_default(),
        }]
    }

    /// Text came back from the editor.
    pub(in crate::app) fn edited(&mut self, text: Option<&str>) {
        if let Some(text) = text
            && let Some(field) = self.popup.as_mut().and_then(Popup::field_mut)
        {
            *field = Field::lines(text.trim());
        }
    }

    /// A form was accepted.
    pub(super) fn take_form(&mut self, form: &Form) -> Vec<Effect> {
        let change = match &form.asked {
            Asked::Bookmark { release, extent } => {
                if let Some(reading) = &mut self.reading {
                    reading.unselect();
                }
                Some(Change::Passage {
                    extent: *extent,
                    release: *release,
                    note: form.text(0),
                    tags: tags(&form.text(1)),
                })
            }
            Asked::Passage(passage) => self.edited_passage(passage, form),
            Asked::Tags(release) => self.edited_tags(*release, form),
            Asked::Name(page) => return self.renamed(page, &form.text(0)),
            Asked::Source(source) => return self.edited_source(*source, form),
            Asked::Follow => return self.follow_typed(form),
            Asked::Export => return export(&form.text(0)),
        };
        change
            .map(|change| self.commit(change, true))
            .unwrap_or_default()
    }

    /// A passage's note and tags as the form has them, where they differ.
    fn edited_passage(&self, passage: &PassageId, form: &Form) -> Option<Change> {
        let old = self.passage(passage)?;
        let before = (old.note.clone(), old.tags.clone());
        let after = (form.text(0), tags(&form.text(1)));
        let passage = passage.clone();
        (before != after).then_some(Change::PassageEdited {
            passage,
            before,
            after,
        })
    }

    /// A release's tags as the form has them, where they differ.
    fn edited_tags(&self, release: ReleaseId, form: &Form) -> Option<Change> {
        let open = self
            .reading
            .as_ref()
            .filter(|reading| reading.id() == release)?;
        let before = open.opened().keepings.tags.clone();
        let after = tags(&form.text(0));
        (before != after).then_some(Change::Tags {
            release,
            before,
            after,
        })
    }
}

/// Tags as they are typed: parted by commas or spaces, each once.
pub(super) fn tags(typed: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for tag in typed
        .split([',', ' '])
        .map(|tag| tag.trim().trim_start_matches('#'))
    {
        if !tag.is_empty() && found.iter().all(|other| other != tag) {
            found.push(tag.to_owned());
        }
    }
    found
}

/// Writes all passages to a file; its ending says in which form.
fn export(path: &str) -> Vec<Effect> {
    if path.is_empty() {
        return Vec::new();
    }
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let format = match ending {
        "json" => "csl",
        "jsonl" => "jsonl",
        "bib" => "bibtex",
        "ris" => "ris",
        "csv" => "csv",
        _ => "markdown",
    };
    vec![Effect::Export {
        path: path.into(),
        format: format.to_owned(),
        query: None,
    }]
}
