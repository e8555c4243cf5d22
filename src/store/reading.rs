//! The compact form of what was recognised in a release: lists without field names, mentions as distances. It exists
//! because a reading names a hundred places, and writing, deflating and parsing as many objects took longer than what they
//! say is worth; the command line's form (`entity::model`) stays readable. Readings that were stored in that form before
//! are still read. It refuses to lose anything: what comes back equals what went in.

use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::blob::{Deflater, inflate};
use crate::entity::{Entity, Kind, Layer, Mention, Recognition, Theme, Value};
use crate::text::{Extent, SafeText};

/// Entities and themes.
#[derive(Serialize, Deserialize)]
struct Stored(Vec<StoredEntity>, Vec<StoredTheme>);

/// Its id, name, kind, aliases, value, what it is a ticker of, and its mentions.
#[derive(Serialize, Deserialize)]
struct StoredEntity(
    u32,
    SafeText,
    Kind,
    Vec<SafeText>,
    Option<StoredValue>,
    Option<u32>,
    Vec<StoredMention>,
);

/// How far behind the start of the mention before it begins, its length in bytes, the number of its layer, its score.
/// Places are signed: nothing says that mentions stand in order.
#[derive(Serialize, Deserialize)]
struct StoredMention(i64, usize, u8, f32);

/// Its text, how often it stands, and where: how far behind the last start, and the length in bytes.
#[derive(Serialize, Deserialize)]
struct StoredTheme(SafeText, usize, Vec<(i64, usize)>);

/// A value under one letter.
#[derive(Serialize, Deserialize)]
enum StoredValue {
    #[serde(rename = "m")]
    Money(String, Number),
    #[serde(rename = "p")]
    Percent(Number),
    #[serde(rename = "d")]
    Date(String),
    #[serde(rename = "s")]
    Period(String, String),
    #[serde(rename = "t")]
    Ticker(String, String),
}

/// The layers by the numbers that are stored: append, never reorder.
const LAYERS: [Layer; 4] = [
    Layer::Network,
    Layer::Pattern,
    Layer::Gazetteer,
    Layer::Alias,
];

/// `recognition` as it is stored.
pub(super) fn deflated(deflater: &mut Deflater, recognition: &Recognition) -> Vec<u8> {
    let entities = recognition.entities.iter().map(stored_entity).collect();
    let themes = recognition.themes.iter().map(|theme| {
        let places = distances(theme.mentions.iter().copied());
        StoredTheme(theme.text.clone(), theme.count, places.collect())
    });
    deflater.json(&Stored(entities, themes.collect()))
}

/// What [`deflated`] made, or an earlier form of it; `None` where `blob` is something else.
pub(super) fn inflated(blob: &[u8]) -> Option<Recognition> {
    let json = inflate(blob)?;
    if json.first() != Some(&b'[') {
        return serde_json::from_slice(&json).ok();
    }
    let Stored(entities, themes) = serde_json::from_slice(&json).ok()?;
    Some(Recognition {
        entities: entities
            .into_iter()
            .map(entity)
            .collect::<Option<Vec<Entity>>>()?,
        themes: themes
            .into_iter()
            .map(theme)
            .collect::<Option<Vec<Theme>>>()?,
    })
}

fn stored_entity(entity: &Entity) -> StoredEntity {
    let places = distances(entity.mentions.iter().map(|mention| mention.extent));
    let mentions = places
        .zip(&entity.mentions)
        .map(|((behind, length), mention)| {
            let layer = LAYERS.iter().position(|layer| *layer == mention.from);
            let layer = layer.and_then(|number| u8::try_from(number).ok());
            StoredMention(behind, length, layer.unwrap_or(u8::MAX), mention.score)
        });
    let value = entity.value.as_ref().map(|value| match value.clone() {
        Value::Money { currency, amount } => StoredValue::Money(currency, amount),
        Value::Percent { percent } => StoredValue::Percent(percent),
        Value::Date { date } => StoredValue::Date(date),
        Value::Period { from, to } => StoredValue::Period(from, to),
        Value::Ticker { exchange, symbol } => StoredValue::Ticker(exchange, symbol),
    });
    StoredEntity(
        entity.id,
        entity.name.clone(),
        entity.kind,
        entity.aliases.clone(),
        value,
        entity.of,
        mentions.collect(),
    )
}

fn entity(stored: StoredEntity) -> Option<Entity> {
    let StoredEntity(id, name, kind, aliases, value, of, mentions) = stored;
    let mut last = 0;
    let mentions = mentions.into_iter().map(|stored| {
        let StoredMention(behind, length, layer, score) = stored;
        Some(Mention {
            extent: place(&mut last, behind, length)?,
            from: *LAYERS.get(usize::from(layer))?,
            score,
        })
    });
    Some(Entity {
        id,
        name,
        kind,
        aliases,
        value: value.map(|value| match value {
            StoredValue::Money(currency, amount) => Value::Money { currency, amount },
            StoredValue::Percent(percent) => Value::Percent { percent },
            StoredValue::Date(date) => Value::Date { date },
            StoredValue::Period(from, to) => Value::Period { from, to },
            StoredValue::Ticker(exchange, symbol) => Value::Ticker { exchange, symbol },
        }),
        of,
        mentions: mentions.collect::<Option<Vec<Mention>>>()?,
    })
}

fn theme(stored: StoredTheme) -> Option<Theme> {
    let StoredTheme(text, count, mentions) = stored;
    let mut last = 0;
    let mentions = mentions
        .into_iter()
        .map(|(behind, length)| place(&mut last, behind, length));
    Some(Theme {
        text,
        count,
        mentions: mentions.collect::<Option<Vec<Extent>>>()?,
    })
}

/// How far each place begins behind the start of the one before it, and its length.
fn distances(places: impl Iterator<Item = Extent>) -> impl Iterator<Item = (i64, usize)> {
    let mut last = 0;
    places.map(move |place| {
        let start = i64::try_from(place.start).unwrap_or(i64::MAX);
        let behind = start - last;
        last = start;
        (behind, place.len())
    })
}

/// The place that begins `behind` bytes behind `last`, which becomes its start; `None` where there is none.
fn place(last: &mut i64, behind: i64, length: usize) -> Option<Extent> {
    *last = last.checked_add(behind)?;
    let start = usize::try_from(*last).ok()?;
    Some(Extent::new(start, start.checked_add(length)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(start: usize, end: usize, from: Layer, score: f32) -> Mention {
        Mention {
            extent: Extent::new(start, end),
            from,
            score,
        }
    }

    fn named(id: u32, name: &str, kind: Kind, value: Option<Value>) -> Entity {
        Entity {
            id,
            name: SafeText::clean(name),
            kind,
            aliases: vec![SafeText::clean("a “form”"), SafeText::clean("é")],
            value,
            of: (id == 5).then_some(0),
            mentions: vec![
                mention(70, 80, Layer::Network, 0.932_461_7),
                mention(3, 9, Layer::Alias, 0.8),
                mention(1_000, 1_000, Layer::Gazetteer, 1.0),
                mention(1_000, 1_007, Layer::Pattern, 0.0),
            ],
        }
    }

    fn recognition() -> Recognition {
        let text = str::to_owned;
        let values = [
            None,
            Some(Value::Money {
                currency: text("USD"),
                amount: Number::from_f64(1.5).unwrap(),
            }),
            Some(Value::Percent {
                percent: Number::from(68),
            }),
            Some(Value::Date {
                date: text("2024-05"),
            }),
            Some(Value::Period {
                from: text("2024-05-01"),
                to: text("2024-06-01"),
            }),
            Some(Value::Ticker {
                exchange: text("NYSE"),
                symbol: text("HPB"),
            }),
        ];
        let entities = (0..)
            .zip(values)
            .map(|(id, value)| named(id, "Harbour Pumps", Kind::WorkOfArt, value));
        Recognition {
            entities: entities.collect(),
            themes: vec![Theme {
                text: SafeText::clean("small pumps"),
                count: 2,
                mentions: vec![Extent::new(12, 23), Extent::new(40, 51)],
            }],
        }
    }

    #[test]
    fn a_reading_comes_back_as_it_was() {
        let mut deflater = Deflater::default();
        for recognition in [recognition(), Recognition::default()] {
            let blob = deflated(&mut deflater, &recognition);
            assert_eq!(inflated(&blob), Some(recognition));
        }
    }

    #[test]
    fn a_reading_in_the_earlier_form_is_read() {
        let blob = Deflater::default().json(&recognition());
        assert_eq!(inflated(&blob), Some(recognition()));
    }

    #[test]
    fn what_is_no_reading_is_refused() {
        let mut deflater = Deflater::default();
        for json in [
            "",
            "7",
            "[]",
            "[[[0,\"A\",\"ORG\",[],null,null,[[-1,2,1,0.8]]]],[]]",
            "[[[0,\"A\",\"ORG\",[],null,null,[[1,2,9,0.8]]]],[]]",
            "[[],[[\"a\",1,[[9223372036854775807,1],[1,1]]]]]",
        ] {
            assert_eq!(inflated(&deflater.bytes(json.as_bytes())), None, "{json}");
        }
        assert_eq!(inflated(b"\xff\xff"), None);
    }
}
