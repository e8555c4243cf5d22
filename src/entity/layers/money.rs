//! Amounts of money: a currency's sign, code or name with a figure and its scale, in the order that the currency's
//! users write. Spans of amounts are one mention. It refuses sums without a figure ("millions of dollars").

use super::figures::{self, Read};
use super::find::{Find, Rank};
use super::token::{Gap, Page, Shape};
use crate::entity::{Kind, Layer, Value};

/// No code before a figure has more bytes: `u.s.`.
const LONGEST: usize = 4;

/// A sign or code before a figure: the currency and how many tokens it takes.
#[inline]
fn prefix(page: &Page<'_>, at: usize) -> Option<(&'static str, usize)> {
    let token = page.token(at);
    if token.masked {
        return None;
    }
    if token.shape == Shape::Mark {
        return sign(page.of(at)).map(|code| (code, 1));
    }
    let low = page.low(at);
    if low.len() > LONGEST || !token.capital && !token.upper && !matches!(low, "rs" | "rs." | "rm")
    {
        return None;
    }
    let next_is_dollar = page.is_mark(at + 1, '$') && page.token(at + 1).gap <= Gap::Space;
    let apart = page.token(at + 1).gap == Gap::Space && low.len() <= 2 && low != "us";
    if next_is_dollar && token.capital && !apart {
        let code = match low {
            "us" | "usd" | "u.s." | "u.s" => "USD",
            "c" | "cdn" | "ca" | "can" | "cad" => "CAD",
            "a" | "au" | "aud" => "AUD",
            "hk" | "hkd" => "HKD",
            "nt" | "ntd" => "TWD",
            "s" | "sg" | "sgd" => "SGD",
            "nz" | "nzd" => "NZD",
            "r" => "BRL",
            "mx" | "mex" => "MXN",
            "j" => "JMD",
            _ => return None,
        };
        return Some((code, 2));
    }
    if low == "rs" || low == "rs." {
        return Some(("INR", 1 + usize::from(page.is_mark(at + 1, '.'))));
    }
    (token.upper || low == "rm")
        .then(|| code(low))
        .flatten()
        .map(|code| (code, 1))
}

fn sign(mark: &str) -> Option<&'static str> {
    Some(match mark {
        "$" | "＄" => "USD",
        "€" => "EUR",
        "£" => "GBP",
        "¥" | "￥" => "JPY",
        "₹" => "INR",
        "₩" => "KRW",
        "₺" => "TRY",
        "₽" => "RUB",
        "₫" => "VND",
        "฿" => "THB",
        "₱" => "PHP",
        "₦" => "NGN",
        "₪" => "ILS",
        "₴" => "UAH",
        _ => return None,
    })
}

/// Codes of ISO 4217 that stand before or behind a figure, and what the trade writes for them.
fn code(low: &str) -> Option<&'static str> {
    const CODES: [&str; 40] = [
        "USD", "EUR", "GBP", "JPY", "CNY", "HKD", "TWD", "KRW", "INR", "SGD", "AUD", "NZD", "CAD",
        "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "TRY", "RUB", "UAH", "ILS", "AED",
        "SAR", "QAR", "KWD", "ZAR", "NGN", "KES", "EGP", "BRL", "MXN", "VND", "THB", "IDR", "MYR",
        "PHP",
    ];
    if matches!(low, "rmb" | "cnh") {
        return Some("CNY");
    }
    if low == "rm" {
        return Some("MYR");
    }
    CODES
        .iter()
        .find(|code| code.eq_ignore_ascii_case(low))
        .copied()
}

/// Whether these letters are a currency's code that a figure may be glued to (`VND3.5`).
pub(super) fn glued_code(letters: &str) -> bool {
    letters.bytes().all(|b| b.is_ascii_uppercase()) && code(&letters.to_ascii_lowercase()).is_some()
}

/// Coins whose amounts are quoted like money, by the symbols that the markets use.
const COINS: [&str; 8] = ["USDT", "USDC", "BTC", "ETH", "SOL", "BNB", "XRP", "TRX"];

/// A currency behind a figure: its code, its tokens, and the power of ten of its unit.
fn suffix(page: &Page<'_>, at: usize) -> Option<(&'static str, usize, i32)> {
    let token = page.token(at);
    if token.masked || token.gap > Gap::Line {
        return None;
    }
    if token.shape == Shape::Mark {
        // `15 €`; a dollar sign behind a figure belongs to the next one.
        let trailing = matches!(page.of(at), "€" | "₫" | "₽" | "zł");
        return trailing
            .then(|| sign(page.of(at)).map(|code| (code, 1, 0)))
            .flatten();
    }
    let low = page.low(at);
    // `84 millions d'euros`, `3 millones de dólares`: the unit behind its preposition.
    if matches!(low, "de" | "di") {
        let unit = page.token(at + 1).gap == Gap::Space;
        return united(page.low(at + 1))
            .filter(|_| unit)
            .map(|code| (code, 2, 0));
    }
    let country = match low {
        "us" | "u.s." => Some("USD"),
        "canadian" => Some("CAD"),
        "australian" => Some("AUD"),
        "singapore" => Some("SGD"),
        "hong" if page.low(at + 1) == "kong" => Some("HKD"),
        _ => None,
    };
    if let Some(code) = country {
        let skip = if code == "HKD" { 2 } else { 1 };
        return matches!(page.low(at + skip), "dollars" | "dollar").then_some((code, skip + 1, 0));
    }
    if matches!(low, "美" | "欧" | "歐" | "港" | "日" | "人") {
        return ideograph_suffix(page, at);
    }
    let named = match low {
        "dollars" | "dollar" => ("USD", 0),
        "cents" | "cent" => ("USD", -2),
        "euros" | "euro" | "d'euros" | "d'euro" => ("EUR", 0),
        "pounds" if page.low(at + 1) == "sterling" => return Some(("GBP", 2, 0)),
        "yuan" | "renminbi" | "元" => ("CNY", 0),
        "yen" | "円" => ("JPY", 0),
        "won" if page.low(at + 1) != "the" => ("KRW", 0),
        "rupees" => ("INR", 0),
        "rubles" | "roubles" => ("RUB", 0),
        "pesos" => ("MXN", 0),
        "dirhams" => ("AED", 0),
        "rand" => ("ZAR", 0),
        "reais" => ("BRL", 0),
        "francs" => ("CHF", 0),
        "zloty" => ("PLN", 0),
        "dong" => ("VND", 0),
        _ => {
            if !token.upper {
                return None;
            }
            let coin = COINS
                .iter()
                .find(|coin| coin.eq_ignore_ascii_case(low))
                .copied();
            return coin.or_else(|| code(low)).map(|code| (code, 1, 0));
        }
    };
    Some((named.0, 1, named.1))
}

/// The units that French, Spanish, Portuguese and Italian set behind `de` and `di`.
fn united(low: &str) -> Option<&'static str> {
    Some(match low {
        "euros" | "euro" => "EUR",
        "dollars" | "dólares" | "dollari" => "USD",
        "francs" => "CHF",
        "pesos" => "MXN",
        "reais" => "BRL",
        "yuans" | "yuanes" => "CNY",
        "yens" | "yenes" => "JPY",
        _ => return None,
    })
}

fn ideograph_suffix(page: &Page<'_>, at: usize) -> Option<(&'static str, usize, i32)> {
    let second = page.low(at + 1);
    let found = match (page.low(at), second) {
        ("美", "元") => ("USD", 2),
        ("欧" | "歐", "元") => ("EUR", 2),
        ("港", "元" | "币" | "幣") => ("HKD", 2),
        ("日", "元" | "圆") => ("JPY", 2),
        ("人", "民") => ("CNY", 3),
        _ => return None,
    };
    Some((found.0, found.1, 0))
}

/// All amounts of the page, in order.
pub(super) fn find(page: &Page<'_>, finds: &mut Vec<Find>) {
    let mut at = page.telling(0);
    while at < page.len() {
        match signed(page, at).or_else(|| named(page, at)) {
            Some((find, next)) => {
                finds.push(find);
                at = page.telling(next);
            }
            None => at = page.telling(at + 1),
        }
    }
}

/// Skips what may stand between sign and figure: `$(5.2)`, `$~5`, `RMB 5`.
fn skip_filler(page: &Page<'_>, at: usize) -> usize {
    let filler = page.token(at).gap == Gap::Glued
        && ["(", "~", "≈"]
            .iter()
            .any(|mark| page.is_mark(at, mark.chars().next().unwrap_or('~')));
    at + usize::from(filler)
}

fn signed(page: &Page<'_>, at: usize) -> Option<(Find, usize)> {
    let (mut currency, mut taken) = prefix(page, at)?;
    // `USD$5`, `US$`, `USD $5`
    if let Some((_, more)) =
        prefix(page, at + taken).filter(|_| currency == "USD" && page.is_mark(at + taken, '$'))
    {
        taken += more;
    }
    let from = skip_filler(page, at + taken);
    let near = page.token(from).gap <= Gap::Line;
    // `EUR -6.0 million`: a loss, whose value stays open as a value has no sign.
    let minus = usize::from(
        page.is_dash(from)
            && page.token(at).shape == Shape::Word
            && page.token(from).gap == Gap::Space
            && page.token(from + 1).gap == Gap::Glued,
    );
    let from = from + minus;
    let first =
        figures::read(page, from).filter(|_| near && page.token(from).shape == Shape::Number)?;
    let mut next = from + first.tokens;
    if from > at + taken + minus && page.is_mark(next, ')') {
        next += 1;
        next += figures::scale(page, next).map_or(0, |(_, tokens)| tokens);
    }
    if page.is_mark(at, '¥')
        && figures::scale(page, next - 1).is_some()
        && page.token(next - 1).shape == Shape::Ideograph
    {
        currency = "CNY";
    }
    // A name behind the figure says which dollar it is: `$5 million CAD`.
    if let Some((named, tokens, 0)) =
        suffix(page, next).filter(|found| page.token(next).upper && !COINS.contains(&found.0))
    {
        currency = named;
        next += tokens;
    }
    let (amount, next) = span(page, first, next);
    let amount = amount.filter(|_| minus == 0);
    Some((money(page, at, next, currency, amount), next))
}

/// `$5 – $7 million`, `$5 to 7 million`, `US$110-120M`: the second figure of a span whose first has no scale.
fn span(page: &Page<'_>, first: Read, next: usize) -> (Option<Read>, usize) {
    let joins = page.is_dash(next) || page.low(next) == "to" && page.token(next).gap == Gap::Space;
    if !joins || first.scaled {
        return (Some(first), next);
    }
    let sign = prefix(page, next + 1).map_or(0, |(_, tokens)| tokens);
    let after = next + 1 + sign;
    let near = page.token(after).gap <= Gap::Space;
    match figures::read(page, after) {
        Some(second)
            if near
                && page.token(after).shape == Shape::Number
                && !(page.is_dash(after + second.tokens)
                    && page.token(after + second.tokens).gap == Gap::Glued)
                && (second.scaled || sign == 0 && page.is_dash(next)) =>
        {
            (None, after + second.tokens)
        }
        _ => (Some(first), next),
    }
}

fn named(page: &Page<'_>, at: usize) -> Option<(Find, usize)> {
    let token = page.token(at);
    if !matches!(token.shape, Shape::Number | Shape::Word | Shape::Ideograph) {
        return None;
    }
    let read = figures::read(page, at)?;
    let (currency, tokens, power) = suffix(page, at + read.tokens)?;
    // "one dollar" and "the euro" are words; a figure is wanted.
    if token.shape == Shape::Word && !read.scaled && page.low(at) == "one" {
        return None;
    }
    let next = at + read.tokens + tokens;
    // `5 USDT presale`: coins count with a figure in digits only.
    if COINS.contains(&currency) && token.shape != Shape::Number {
        return None;
    }
    let amount = Read {
        figure: read.figure.scaled(power),
        ..read
    };
    Some((money(page, at, next, currency, Some(amount)), next))
}

fn money(page: &Page<'_>, first: usize, next: usize, currency: &str, amount: Option<Read>) -> Find {
    let value = amount
        .and_then(|read| read.figure.number())
        .map(|amount| Value::Money {
            currency: currency.to_owned(),
            amount,
        });
    Find::new(
        page.extent(first, next - 1),
        Kind::Money,
        Layer::Pattern,
        Rank::Sure,
    )
    .with_value(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Extent;

    #[test]
    fn amounts_with_their_values() {
        for (text, found, value) in [
            (
                "exceeded 5 trillion yuan ($0.69 trillion)",
                "5 trillion yuan",
                "CNY 5000000000000",
            ),
            ("paid US$15.5 million in", "US$15.5 million", "USD 15500000"),
            ("about €2.3bn of", "€2.3bn", "EUR 2300000000"),
            ("raised Rs 500 crore", "Rs 500 crore", "INR 5000000000"),
            ("共3.2亿美元。", "3.2亿美元", "USD 320000000"),
            ("投资5000万元", "5000万元", "CNY 50000000"),
            ("a $3.2M round", "$3.2M", "USD 3200000"),
            ("HK$5 billion", "HK$5 billion", "HKD 5000000000"),
            ("of USD$3.9 billion", "USD$3.9 billion", "USD 3900000000"),
            ("VND3.5 trillion", "VND3.5 trillion", "VND 3500000000000"),
            ("win 5,000 USDT now", "5,000 USDT", "USDT 5000"),
            ("of 15.5 cents per", "15.5 cents", "USD 0.155"),
            (
                "rund 1,5 Milliarden Euro",
                "1,5 Milliarden Euro",
                "EUR 1500000000",
            ),
            ("rund 7,6 Mio. Euro.", "7,6 Mio. Euro", "EUR 7600000"),
            (
                "un montant de 84 millions d’euros.",
                "84 millions d’euros",
                "EUR 84000000",
            ),
            (
                "por 3,5 millones de dólares en",
                "3,5 millones de dólares",
                "USD 3500000",
            ),
            ("C$20 each", "C$20", "CAD 20"),
            ("a $500,000 grant", "$500,000", "USD 500000"),
            ("Month: US$14.95 - 3-Month: US$29", "US$14.95", "USD 14.95"),
        ] {
            let page = Page::new(text, &[Extent::new(0, text.len())]);
            let mut finds = Vec::new();
            find(&page, &mut finds);
            let first = finds.first().unwrap_or_else(|| panic!("nothing in {text}"));
            assert_eq!(first.extent.of(text), found);
            let Some(Value::Money { currency, amount }) = &first.value else {
                panic!("no value in {text}")
            };
            assert_eq!(format!("{currency} {amount}"), value);
        }
    }

    #[test]
    fn spans_are_one_mention_and_sums_without_figures_are_none() {
        for (text, found) in [
            ("between $5 – $7 million", vec!["$5 – $7 million"]),
            ("of US$110-120M", vec!["US$110-120M"]),
            ("from $1.5 to $2.5 million", vec!["$1.5 to $2.5 million"]),
            (
                "from $1 million to $2 million",
                vec!["$1 million", "$2 million"],
            ),
            ("hundreds of millions of dollars", vec![]),
            ("des millions d’euros", vec![]),
            ("buy $BRETT today", vec![]),
            ("improved (EUR -6.0 million)", vec!["EUR -6.0 million"]),
        ] {
            let page = Page::new(text, &[Extent::new(0, text.len())]);
            let mut finds = Vec::new();
            super::find(&page, &mut finds);
            assert_eq!(
                finds
                    .iter()
                    .map(|find| find.extent.of(text))
                    .collect::<Vec<_>>(),
                found
            );
        }
    }
}
