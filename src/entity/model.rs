//! The shapes of what recognition finds. Their serialised form is the command line's contract.

use serde::{Deserialize, Serialize};

use crate::text::{Extent, SafeText};

/// What was recognised in one release.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recognition {
    /// The entities, by their first mention.
    pub entities: Vec<Entity>,
    /// Recurring phrases that are not names.
    pub themes: Vec<Theme>,
}

/// One thing that a release names, with all its mentions there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Unique within the release.
    pub id: u32,
    /// The fullest name.
    pub name: SafeText,
    /// What it is.
    pub kind: Kind,
    /// Other forms that the release uses.
    pub aliases: Vec<SafeText>,
    /// A figure's or a date's normalised value.
    pub value: Option<Value>,
    /// For a TICKER, the id of the company that it lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// Its mentions, in order.
    pub mentions: Vec<Mention>,
}

/// One occurrence of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Where it stands in the release's text.
    #[serde(flatten)]
    pub extent: Extent,
    /// Which layer found it.
    pub from: Layer,
    /// How sure that layer is, 0 to 1.
    pub score: f32,
}

/// The layers of recognition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// The neural network.
    Network,
    /// A pattern.
    Pattern,
    /// A list of names.
    Gazetteer,
    /// Another form of a name found elsewhere in the release.
    Alias,
}

/// The kinds of entities. Those of OntoNotes, as spaCy's English pipelines give them, and TICKER.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    Person,
    Org,
    Gpe,
    Loc,
    Norp,
    Fac,
    Money,
    Percent,
    Date,
    Time,
    Quantity,
    Product,
    Event,
    Law,
    WorkOfArt,
    Language,
    Ordinal,
    Cardinal,
    Ticker,
}

/// A normalised value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// An amount of money.
    Money {
        /// ISO 4217.
        currency: String,
        /// In whole units of the currency.
        amount: serde_json::Number,
    },
    /// A percentage.
    Percent {
        /// The number before the sign.
        percent: serde_json::Number,
    },
    /// A date: `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, or `YYYY-Qn`.
    Date {
        /// The date.
        date: String,
    },
    /// A span of dates.
    Period {
        /// Its first date.
        from: String,
        /// Its last date.
        to: String,
    },
    /// A symbol on an exchange.
    Ticker {
        /// The exchange as printed.
        exchange: String,
        /// The symbol.
        symbol: String,
    },
}

/// A recurring phrase that is not a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// The phrase as it first stands.
    pub text: SafeText,
    /// How often it stands.
    pub count: usize,
    /// Where.
    pub mentions: Vec<Extent>,
}
