//! Listings: `(NASDAQ: AAPL)`, `(NYSE: TWO; TSX: TW)`, `(NYSE, Nasdaq: VZ)`, `HKEX: 0700`. The exchange is an
//! organisation, the symbol a TICKER with its exchange and symbol as value, and the name before the bracket is the
//! company that is listed. It refuses symbols without an exchange: `AI` and `ON` are tickers too.

use std::sync::LazyLock;

use super::find::{Find, Rank};
use super::token::{Gap, Page, Shape};
use crate::entity::{Kind, Layer, Value};
use crate::text::WordSet;

/// A listing: which token stands last before its bracket, and where its symbol is among the finds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listing {
    /// The last token of the company's name; nothing where the listing has no bracket.
    pub company: Option<usize>,
    /// First byte of the symbol.
    pub symbol: usize,
}

/// All listings of the page.
pub(super) fn find(page: &Page<'_>, finds: &mut Vec<Find>) -> Vec<Listing> {
    let mut listings = Vec::new();
    let mut bracket = None;
    let mut at = page.telling(0);
    while at < page.len() {
        if page.is_mark(at, '(') || page.is_mark(at, '[') {
            bracket = Some(at);
        } else if page.is_mark(at, ')') || page.is_mark(at, ']') || page.token(at).gap == Gap::Break
        {
            bracket = None;
        }
        match listing(page, at, finds) {
            Some((symbol, next)) => {
                let company = bracket.and_then(|bracket| bracket.checked_sub(1));
                listings.push(Listing { company, symbol });
                at = page.telling(next);
            }
            None => at = page.telling(at + 1),
        }
    }
    listings
}

/// The listing whose first exchange stands at `at`: the symbol's first byte and the token behind it.
fn listing(page: &Page<'_>, at: usize, finds: &mut Vec<Find>) -> Option<(usize, usize)> {
    // Before the list: at nearly every token there is no exchange, and a list is not made for nothing.
    let first = exchange(page, at)?;
    let mut exchanges = vec![(at, first)];
    let mut next = at + exchanges[0].1;
    while page.is_mark(next, ',')
        || page.is_mark(next, '/')
        || page.low(next) == "and"
        || page.is_mark(next, '&')
    {
        let Some(tokens) = exchange(page, next + 1) else {
            break;
        };
        exchanges.push((next + 1, tokens));
        next += 1 + tokens;
    }
    let colon = page.is_mark(next, ':') || page.is_dash(next) && page.is_mark(next + 1, ':');
    if !colon {
        return None;
    }
    let first = next + 1;
    let last = symbol(page, first)?;
    for &(from, tokens) in &exchanges {
        finds.push(Find::new(
            page.extent(from, from + tokens - 1),
            Kind::Org,
            Layer::Pattern,
            Rank::Sure,
        ));
    }
    let (from, tokens) = *exchanges.last()?;
    let extent = page.extent(first, last);
    let value = Value::Ticker {
        exchange: page
            .extent(from, from + tokens - 1)
            .of(page.text)
            .to_owned(),
        symbol: extent.of(page.text).to_owned(),
    };
    finds.push(Find::new(extent, Kind::Ticker, Layer::Pattern, Rank::Sure).with_value(Some(value)));
    Some((extent.start, last + 1))
}

/// The short names by which an exchange is known without a word behind them.
const ALONE: &[&str] = &[
    "nyse",
    "nasdaq",
    "amex",
    "tsx",
    "tsxv",
    "cse",
    "neo",
    "otc",
    "otcqb",
    "otcqx",
    "otcpk",
    "otcbb",
    "otcmkts",
    "otcid",
    "lse",
    "aim",
    "asx",
    "hkex",
    "hkse",
    "sehk",
    "sse",
    "szse",
    "fse",
    "fra",
    "frankfurt",
    "fwb",
    "xetra",
    "euronext",
    "epa",
    "bse",
    "nse",
    "jse",
    "krx",
    "kosdaq",
    "kospi",
    "tse",
    "tyo",
    "six",
    "bit",
    "bme",
    "omx",
    "ose",
    "sgx",
    "idx",
    "tase",
    "bmv",
    "b3",
    "pse",
    "twse",
    "tpex",
    "wse",
    "hose",
    "cboe",
    "nysemkt",
    "nyseamerican",
    "tadawul",
    "dfm",
    "adx",
    "nzx",
    "oslo",
    "etr",
    "spotlight",
];

/// The first words of the short names that have another one behind them.
const LED: &[&str] = &["pink", "borsa", "bursa", "deutsche", "wiener"];

/// What a short name of an exchange opens with.
static SHORT: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(&[ALONE, LED].concat()));

/// How many tokens the exchange at `at` takes.
fn exchange(page: &Page<'_>, at: usize) -> Option<usize> {
    let token = page.token(at);
    if token.masked || !token.capital || token.shape != Shape::Word {
        return None;
    }
    // Nearly every capital opens something else.
    if !SHORT.has(page.low(at)) {
        return full_exchange(page, at);
    }
    let second = page.low(at + 1);
    let tokens = match page.low(at) {
        "nyse" if matches!(second, "american" | "arca" | "mkt" | "amex" | "texas") => 2,
        "nasdaq"
            if matches!(
                second,
                "gs" | "gm"
                    | "cm"
                    | "capital"
                    | "global"
                    | "stockholm"
                    | "copenhagen"
                    | "helsinki"
                    | "first"
            ) =>
        {
            2 + usize::from(second == "global" && page.low(at + 2) == "select")
                + usize::from(matches!(page.low(at + 2), "market"))
        }
        "euronext" if page.token(at + 1).capital && page.token(at + 1).shape == Shape::Word => 2,
        "otc" if matches!(second, "pink" | "markets" | "qb" | "qx" | "bb" | "pk") => 2,
        "pink" if second == "sheets" => 2,
        "tsx" if second == "venture" => 2 + usize::from(page.low(at + 2) == "exchange"),
        "tsx" if page.is_dash(at + 1) && page.low(at + 2) == "v" => 3,
        "borsa" if second == "italiana" => 2,
        "bursa" if second == "malaysia" => 2,
        "oslo" if matches!(second, "børs" | "bors") => 2,
        "deutsche" | "wiener" if matches!(second, "börse" | "boerse") => 2,
        low if ALONE.contains(&low) => 1,
        _ => return full_exchange(page, at),
    };
    Some(tokens)
}

/// An exchange by its full name: `London Stock Exchange`, `Hong Kong Stock Exchange`, `TSX Venture Exchange`.
fn full_exchange(page: &Page<'_>, at: usize) -> Option<usize> {
    let joined = |by: usize| page.token(at + by).gap == Gap::Space && page.token(at + by).capital;
    let head = (1..=2).find(|by| {
        matches!(page.low(at + by), "stock" | "securities" | "venture")
            && page.low(at + by + 1) == "exchange"
    })?;
    (1..=head + 1).all(joined).then_some(head + 2)
}

/// The last token of the symbol at `at`: capitals, digits, and a suffix behind a point.
fn symbol(page: &Page<'_>, at: usize) -> Option<usize> {
    let token = page.token(at);
    let length = token.end - token.start;
    let written = match token.shape {
        Shape::Word => {
            token.capital
                && length <= 8
                && (token.upper
                    || length == 1
                    || page
                        .of(at)
                        .bytes()
                        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()))
        }
        Shape::Number => length <= 6,
        _ => false,
    };
    if !written || token.gap > Gap::Space || token.masked {
        return None;
    }
    let suffixed = page.is_mark(at + 1, '.')
        && page.token(at + 2).gap == Gap::Glued
        && page.token(at + 2).capital;
    Some(if suffixed { at + 2 } else { at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Extent;

    fn tickers(text: &str) -> Vec<String> {
        let page = Page::new(text, &[Extent::new(0, text.len())]);
        let mut finds = Vec::new();
        find(&page, &mut finds);
        finds
            .iter()
            .filter_map(|find| match &find.value {
                Some(Value::Ticker { exchange, symbol }) => Some(format!("{exchange}={symbol}")),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn listings_of_all_forms() {
        assert_eq!(tickers("Acme Inc. (NASDAQ: AAPL) said"), ["NASDAQ=AAPL"]);
        assert_eq!(tickers("Two (NYSE: TWO; TSX: TW)"), ["NYSE=TWO", "TSX=TW"]);
        assert_eq!(tickers("V (NYSE, Nasdaq: VZ)"), ["Nasdaq=VZ"]);
        assert_eq!(
            tickers("T (HKEX: 0700) and B (NYSE: BRK.B)"),
            ["HKEX=0700", "NYSE=BRK.B"]
        );
        assert_eq!(tickers("B (Euronext Lisbon:BCP)"), ["Euronext Lisbon=BCP"]);
        assert_eq!(tickers("N (Oslo Børs: NFA)"), ["Oslo Børs=NFA"]);
        assert_eq!(
            tickers("H (Hong Kong Stock Exchange: 2015) L (London Stock Exchange: BP)"),
            ["Hong Kong Stock Exchange=2015", "London Stock Exchange=BP"]
        );
        assert!(tickers("our goal: AI and ON").is_empty());
    }
}
