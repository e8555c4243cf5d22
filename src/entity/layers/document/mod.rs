//! The document as a whole: from single finds to the things a release names. Finds that overlap are settled by their
//! standing; then names are gathered, joined (short forms, acronyms, surnames), given one kind by the weight of all
//! evidence, and looked for wherever else they stand.

mod cluster;
mod spans;
mod table;

use foldhash::{HashMap, HashMapExt as _};

use super::find::Find;
use super::tickers::Listing;
use super::token::Page;
use crate::entity::{Kind, Value};

pub(super) use spans::Span;
use table::Table;

/// One entity before it is written out: its mentions as token spans, its kind and names.
#[derive(Debug)]
pub(super) struct Thing {
    /// What it is.
    pub kind: Kind,
    /// Its mentions, in order.
    pub mentions: Vec<Span>,
    /// The index of the mention with its fullest name.
    pub fullest: usize,
    /// A figure's value.
    pub value: Option<Value>,
}

/// What the rules found, for [`settle`].
pub(super) struct Finds {
    /// Dates, amounts, percentages, symbols.
    pub figures: Vec<Find>,
    /// Names by form and by list.
    pub names: Vec<Find>,
    /// What the network sees, names and figures.
    pub seen: Vec<Find>,
    /// Which names are listed where.
    pub listings: Vec<Listing>,
    /// The issuer's name, lower case, without its legal form.
    pub issuer: Option<String>,
}

/// Settles all finds into things, in the order of their first mention.
pub(super) fn settle(page: &Page<'_>, finds: &Finds) -> Vec<Thing> {
    let networked = !finds.seen.is_empty();
    let (figures, owned) = spans::figures(page, finds);
    let candidates = spans::candidates(page, finds);
    let chosen = spans::choose(&candidates, &owned, networked);
    let mut table = Table::new(page, &candidates, chosen, finds, networked);
    table.prune();
    table.propagate(&owned);
    table.join();
    table.decide();
    let mut things = table.things();
    things.extend(figure_things(page, figures));
    things.sort_by_key(|thing| thing.mentions.first().map_or(0, |mention| mention.first));
    things
}

/// Figures of one kind and one value (or, without a value, one wording) are one thing.
fn figure_things(page: &Page<'_>, figures: Vec<(Span, Option<Value>)>) -> Vec<Thing> {
    let mut things: Vec<Thing> = Vec::new();
    let mut by_value: HashMap<(Kind, Result<Value, String>), usize> = HashMap::new();
    for (span, value) in figures {
        let wording = || page.extent(span.first, span.last).of(page.text);
        let key = value.clone().ok_or_else(|| wording().to_lowercase());
        let at = *by_value.entry((span.kind, key)).or_insert(things.len());
        match things.get_mut(at) {
            Some(thing) => thing.mentions.push(span),
            None => things.push(Thing {
                kind: span.kind,
                mentions: vec![span],
                fullest: 0,
                value,
            }),
        }
    }
    things
}

/// Kinds that are one for the purpose of agreement: places.
fn folded(kind: Kind) -> Kind {
    match kind {
        Kind::Loc | Kind::Fac => Kind::Gpe,
        Kind::WorkOfArt => Kind::Product,
        other => other,
    }
}

/// Whether a kind names something (rather than giving a figure).
fn is_name(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Person
            | Kind::Org
            | Kind::Gpe
            | Kind::Loc
            | Kind::Norp
            | Kind::Fac
            | Kind::Product
            | Kind::Event
            | Kind::Law
            | Kind::WorkOfArt
            | Kind::Language
    )
}
