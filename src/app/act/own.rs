//! What is the user's own: marks, tags, passages, notes, deletions, decisions on repairs; and the forms that ask for
//! them.

use crate::app::change::Change;
use crate::app::effect::Effect;
use crate::app::message::Gravity;
use crate::app::popup::{Asked, Form, Popup};
use crate::app::prompt::PromptKind;
use crate::app::{Action, App, Field, Left, Pane, Reading};
use crate::release::{Listing, ReleaseId};

impl App {
    /// The release that a key means: the open one in the text, else the chosen one.
    pub(super) fn meant(&self) -> Option<Listing> {
        let open = || {
            self.reading
                .as_ref()
                .map(|reading| reading.opened().listing.clone())
        };
        match (self.focus, self.left) {
            (Pane::Left, Left::List) => self.list.chosen().cloned(),
            (Pane::Left, _) => None,
            _ => open(),
        }
    }

    pub(super) fn star(&mut self) -> Vec<Effect> {
        let Some(row) = self.meant() else {
            return Vec::new();
        };
        let starred = !self.will_be(&row).1;
        let releases = vec![row.id];
        self.commit(Change::Star { releases, starred }, true)
    }

    pub(super) fn toggle_read(&mut self) -> Vec<Effect> {
        let Some(row) = self.meant() else {
            return Vec::new();
        };
        let read = !self.will_be(&row).0;
        let releases = vec![row.id];
        self.commit(Change::Read { releases, read }, true)
    }

    pub(super) fn read_above(&mut self) -> Vec<Effect> {
        let rows = self.list.rows().take(self.list.selected() + 1);
        let releases: Vec<ReleaseId> = rows.filter(|row| !row.read).map(|row| row.id).collect();
        if releases.is_empty() {
            return Vec::new();
        }
        self.commit(
            Change::Read {
                releases,
                read: true,
            },
            true,
        )
    }

    pub(super) fn delete(&mut self) -> Vec<Effect> {
        let Some(row) = self.meant() else {
            return Vec::new();
        };
        let next = self.focus != Pane::Left;
        let releases = vec![row];
        let effects = self.commit(
            Change::Deleted {
                releases,
                deleted: true,
            },
            true,
        );
        if next {
            self.focus = Pane::Left;
        }
        effects
    }

    /// The open release, where it is the one that a key means.
    pub(super) fn meant_reading(&self) -> Option<&Reading> {
        let chosen = match (self.focus, self.left) {
            (Pane::Left, Left::List) => self.list.chosen().map(|row| row.id),
            _ => None,
        };
        let reading = self.reading.as_ref();
        reading.filter(|reading| chosen.is_none_or(|chosen| chosen == reading.id()))
    }

    pub(super) fn browser(&mut self) -> Vec<Effect> {
        let address = self
            .meant_reading()
            .and_then(|reading| reading.release().url.clone());
        match address {
            Some(address) => vec![Effect::OpenAddress {
                address: address.to_string(),
            }],
            None => {
                self.say(Gravity::Plain, "This release names no address");
                Vec::new()
            }
        }
    }

    pub(super) fn ask_bookmark(&mut self) -> Vec<Effect> {
        let Some(reading) = self.meant_reading() else {
            self.say(Gravity::Plain, "Open a release to bookmark a passage");
            return Vec::new();
        };
        let extent = reading.taken();
        if extent.is_empty() {
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

    /// The passage that a key means: the chosen one of the view, else the one under the cursor.
    pub(super) fn meant_passage(&self) -> Option<&crate::release::Passage> {
        if self.focus == Pane::Left && self.left == Left::Passages {
            return self.passages.chosen().map(|row| &row.passage);
        }
        self.reading.as_ref()?.passage_here()
    }

    pub(super) fn ask_note(&mut self) -> Vec<Effect> {
        let Some(passage) = self.meant_passage() else {
            self.say(Gravity::Plain, "No passage here: m bookmarks one");
            return Vec::new();
        };
        let fields = vec![
            ("Note", Field::new(&passage.note)),
            ("Tags", Field::new(&passage.tags.join(", "))),
        ];
        let asked = Asked::Passage(passage.id.clone());
        self.form(asked, fields)
    }

    pub(super) fn delete_passage(&mut self) -> Vec<Effect> {
        let Some(passage) = self.meant_passage().cloned() else {
            self.say(Gravity::Plain, "No passage here");
            return Vec::new();
        };
        let passage = Box::new(passage);
        self.commit(
            Change::PassageDeleted {
                passage,
                deleted: true,
            },
            true,
        )
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
        let until = self
            .reading
            .as_ref()
            .filter(|reading| reading.embargoed(self.clock.now));
        if let Some(reading) = until {
            self.popup = Some(Popup::Warning(crate::app::popup::Warned {
                until: reading.opened().listing.embargo,
                action: Action::Export,
            }));
            return Vec::new();
        }
        self.open_export();
        Vec::new()
    }

    pub(super) fn open_export(&mut self) {
        self.form(Asked::Export, vec![("File", Field::new("passages.md"))]);
    }

    /// A form was accepted.
    pub(super) fn take_form(&mut self, form: Form) -> Vec<Effect> {
        let text = |number: usize| {
            form.fields
                .get(number)
                .map_or("", |(_, field)| field.text())
                .trim()
                .to_owned()
        };
        let tags = |number: usize| tags(&text(number));
        match form.asked {
            Asked::Bookmark { release, extent } => {
                if let Some(reading) = &mut self.reading {
                    reading.unselect();
                }
                let (note, tags) = (text(0), tags(1));
                self.commit(
                    Change::Passage {
                        extent,
                        release,
                        note,
                        tags,
                    },
                    true,
                )
            }
            Asked::Passage(passage) => {
                let Some(old) = self.passage(&passage) else {
                    return Vec::new();
                };
                let before = (old.note.clone(), old.tags.clone());
                let after = (text(0), tags(1));
                if before == after {
                    return Vec::new();
                }
                self.commit(
                    Change::PassageEdited {
                        passage,
                        before,
                        after,
                    },
                    true,
                )
            }
            Asked::Tags(release) => {
                let open = self
                    .reading
                    .as_ref()
                    .filter(|reading| reading.id() == release);
                let before = open
                    .map(|reading| reading.opened().keepings.tags.clone())
                    .unwrap_or_default();
                let after = tags(0);
                if before == after {
                    return Vec::new();
                }
                self.commit(
                    Change::Tags {
                        release,
                        before,
                        after,
                    },
                    true,
                )
            }
            Asked::Export => export(&text(0)),
        }
    }

    pub(super) fn next_field(&mut self) -> Vec<Effect> {
        if let Some(Popup::Form(form)) = &mut self.popup {
            form.field = (form.field + 1) % form.fields.len().max(1);
        } else if self
            .prompt
            .as_ref()
            .is_some_and(|prompt| prompt.kind == PromptKind::Search)
        {
            self.leave_for_hits();
        }
        Vec::new()
    }

    /// Hands what is typed to the editor.
    pub(super) fn editor(&mut self) -> Vec<Effect> {
        let Some(Popup::Form(_)) = &self.popup else {
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
            *field = Field::new(text.trim());
        }
    }

    pub(super) fn show_original(&mut self) -> Vec<Effect> {
        match self.reading.as_ref().and_then(Reading::repair_here) {
            Some(number) => self.popup = Some(Popup::Original(number)),
            None => self.say(Gravity::Plain, "Nothing was repaired in this sentence"),
        }
        Vec::new()
    }

    pub(super) fn decline_repair(&mut self) -> Vec<Effect> {
        let shown = match self.popup.take() {
            Some(Popup::Original(number)) => Some(number),
            _ => self.reading.as_ref().and_then(Reading::repair_here),
        };
        let repair = shown
            .zip(self.reading.as_ref())
            .and_then(|(number, reading)| {
                let repair = reading.release().repairs.get(number)?;
                Some((reading.id(), repair.before.clone(), repair.after.clone()))
            });
        match repair {
            Some((release, before, after)) => self.commit(
                Change::Declined {
                    release,
                    before,
                    after,
                },
                true,
            ),
            None => {
                self.say(Gravity::Plain, "Nothing was repaired in this sentence");
                Vec::new()
            }
        }
    }
}

/// Tags as they are typed: parted by commas or spaces, each once.
fn tags(typed: &str) -> Vec<String> {
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
