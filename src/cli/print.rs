//! The one shape in which a release is printed as JSON, by `parse` as by `show`, and the writer of that JSON. It exists
//! so that scripts see the same object everywhere. It refuses to let a raw control character, a bidirectional mark or
//! anything else unprintable out: those leave as `\u` escapes.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, PrettyFormatter};

use super::{Failure, Out};
use crate::entity::{Entity, Kind, Recognition, Theme};
use crate::release::{
    Contact, Dateline, Embargo, HeadlineFrom, IssuerFrom, Label, Quote, Release, ReleaseId, Repair,
    Section, Standing,
};
use crate::text::{Extent, SafeText};

/// A release with its entities, as it is printed. Fields are those of [`Release`] and [`Recognition`].
#[derive(Debug, Serialize)]
pub struct Form<'a> {
    path: &'a Option<SafeText>,
    id: Option<ReleaseId>,
    url: &'a Option<SafeText>,
    language: &'a Option<SafeText>,
    headline: &'a Option<SafeText>,
    headline_from: &'a Option<HeadlineFrom>,
    subhead: &'a Option<SafeText>,
    dateline: &'a Option<Dateline>,
    published: &'a Option<SafeText>,
    release_line: &'a Option<SafeText>,
    embargo: &'a Option<Embargo>,
    issuer: &'a Option<SafeText>,
    issuer_from: &'a Option<IssuerFrom>,
    standing: &'a Option<Standing>,
    contacts: &'a [Contact],
    text: &'a SafeText,
    sections: &'a [Section],
    repairs: &'a [Repair],
    quotes: Vec<SpokenQuote<'a>>,
    entities: &'a [Entity],
    themes: &'a [Theme],
    labels: &'a [Label],
}

/// A quotation with the entity that speaks it.
#[derive(Debug, Serialize)]
struct SpokenQuote<'a> {
    #[serde(flatten)]
    extent: Extent,
    speaker: &'a Option<SafeText>,
    speaker_title: &'a Option<SafeText>,
    speaker_entity: Option<u32>,
}

impl<'a> Form<'a> {
    /// The form of a release; `id` where a library holds it.
    #[must_use]
    pub fn new(id: Option<ReleaseId>, release: &'a Release, recognition: &'a Recognition) -> Self {
        // Taken apart field by field, so that a new field of the release cannot be forgotten here.
        let Release {
            path,
            url,
            language,
            headline,
            headline_from,
            subhead,
            dateline,
            published,
            release_line,
            embargo,
            issuer,
            issuer_from,
            standing,
            contacts,
            text,
            sections,
            repairs,
            quotes,
            labels,
        } = release;
        let Recognition { entities, themes } = recognition;
        Self {
            path,
            id,
            url,
            language,
            headline,
            headline_from,
            subhead,
            dateline,
            published,
            release_line,
            embargo,
            issuer,
            issuer_from,
            standing,
            contacts,
            text,
            sections,
            repairs,
            quotes: quotes
                .iter()
                .map(|q| SpokenQuote::new(q, entities))
                .collect(),
            entities,
            themes,
            labels,
        }
    }
}

impl<'a> SpokenQuote<'a> {
    fn new(quote: &'a Quote, entities: &[Entity]) -> Self {
        Self {
            extent: quote.extent,
            speaker: &quote.speaker,
            speaker_title: &quote.speaker_title,
            speaker_entity: quote.speaker.as_ref().and_then(|s| speaker(s, entities)),
        }
    }
}

/// The entity that bears a speaker's name: a person before an organisation, a full name before an alias.
fn speaker(name: &SafeText, entities: &[Entity]) -> Option<u32> {
    let rank = |e: &Entity| {
        let kind = match e.kind {
            Kind::Person => 0,
            Kind::Org => 1,
            _ => return None,
        };
        let alias = e.name != *name;
        (!alias || e.aliases.contains(name)).then_some((kind, alias))
    };
    entities
        .iter()
        .filter_map(|e| rank(e).map(|r| (r, e.id)))
        .min()
        .map(|(_, id)| id)
}

/// A release as people read it on a terminal: what is known about it, its text, its entities.
#[must_use]
pub fn for_people(release: &Release, recognition: &Recognition) -> String {
    let mut lines = Vec::new();
    let facts = [
        &release.headline,
        &release.subhead,
        &release.published,
        &release.issuer,
        &release.url,
        &release.path,
    ];
    lines.extend(facts.into_iter().flatten().map(|f| f.to_string()));
    lines.push(String::new());
    lines.push(release.text.trim_end().to_owned());
    lines.push(String::new());
    for entity in &recognition.entities {
        lines.push(format!(
            "{}\t{}\t{}",
            kind_name(entity.kind),
            entity.name,
            entity.mentions.len()
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A kind as the contract writes it.
pub(super) fn kind_name(kind: Kind) -> String {
    serde_json::to_value(kind)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Writes `value` as one line of JSON, or indented where `pretty`.
///
/// # Errors
/// Where standard output takes no more.
pub fn write_json(out: &mut Out, value: &impl Serialize, pretty: bool) -> Result<(), Failure> {
    out.raw(&to_json(value, pretty))
}

/// The JSON of `value`, in which every character that draws nothing is escaped.
#[must_use]
pub fn to_json(value: &impl Serialize, pretty: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory fails only where a value refuses to be serialised; ours have no such values.
    let result = if pretty {
        let mut ser =
            serde_json::Serializer::with_formatter(&mut bytes, Escaping(PrettyFormatter::new()));
        value.serialize(&mut ser)
    } else {
        let mut ser =
            serde_json::Serializer::with_formatter(&mut bytes, Escaping(CompactFormatter));
        value.serialize(&mut ser)
    };
    if result.is_err() {
        return b"null".to_vec();
    }
    bytes
}

/// A formatter that escapes what serde_json lets through.
struct Escaping<F>(F);

/// Hands a method on to the wrapped formatter.
macro_rules! forward {
    ($($name:ident($($arg:ident: $ty:ty),*);)*) => {$(
        fn $name<W: ?Sized + Write>(&mut self, w: &mut W $(, $arg: $ty)*) -> io::Result<()> {
            self.0.$name(w $(, $arg)*)
        }
    )*};
}

impl<F: Formatter> Formatter for Escaping<F> {
    forward! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
        write_char_escape(escape: CharEscape);
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        w: &mut W,
        text: &str,
    ) -> io::Result<()> {
        let mut from = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| unprintable(*c)) {
            w.write_all(&text.as_bytes()[from..at])?;
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(w, "\\u{unit:04x}")?;
            }
            from = at + c.len_utf8();
        }
        w.write_all(&text.as_bytes()[from..])
    }
}

/// Characters that a terminal obeys, or that draw nothing: controls, bidirectional marks, zero-width and tag
/// characters, line separators, private use and non-characters.
fn unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}'
            | '\u{E0000}'..='\u{E007F}' | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;

    fn entity(id: u32, name: &str, kind: Kind, alias: &str) -> Entity {
        Entity {
            id,
            name: SafeText::clean(name),
            kind,
            aliases: vec![SafeText::clean(alias)],
            value: None,
            of: None,
            mentions: Vec::new(),
        }
    }

    #[test]
    fn nothing_unprintable_leaves_raw_and_nothing_is_lost() {
        let raw = "a\u{1B}[31m\u{9B}\u{7F}\u{202E}b\u{200B}\u{E0041}\u{2028}c é 漢 👩";
        for pretty in [false, true] {
            let bytes = to_json(&raw, pretty);
            let text = String::from_utf8(bytes).expect("JSON is UTF-8");
            assert!(!text.chars().any(unprintable), "{text:?}");
            assert_eq!(serde_json::from_str::<String>(&text).expect("JSON"), raw);
        }
    }

    #[test]
    fn a_speaker_is_a_person_before_an_organisation() {
        let entities = [
            entity(1, "Reed", Kind::Org, "x"),
            entity(2, "Ann Reed", Kind::Person, "Reed"),
            entity(3, "Reed", Kind::Gpe, "x"),
        ];
        assert_eq!(speaker(&SafeText::clean("Reed"), &entities), Some(2));
        assert_eq!(speaker(&SafeText::clean("Ann Reed"), &entities), Some(2));
        assert_eq!(speaker(&SafeText::clean("Ann"), &entities), None);
    }
}
