//! Numbers as releases print them: digits with either kind of separators, number words, scales (`million`, `bn`, `万`,
//! `crore`). The arithmetic is decimal and exact: a figure keeps the digits it was printed with.

use serde_json::Number;

use super::token::{Gap, Page, Shape};

/// A decimal figure: `digits` times ten to the power of `exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    digits: u64,
    exponent: i32,
}

impl Figure {
    /// A whole number.
    pub fn whole(digits: u64) -> Self {
        Self {
            digits,
            exponent: 0,
        }
    }

    /// This figure times ten to the power of `power`.
    pub fn scaled(self, power: i32) -> Self {
        Self {
            digits: self.digits,
            exponent: self.exponent + power,
        }
    }

    /// The figure as JSON prints it: an integer where it is one.
    pub fn number(self) -> Option<Number> {
        let (mut digits, mut exponent) = (self.digits, self.exponent);
        while exponent < 0 && digits.is_multiple_of(10) && digits > 0 {
            digits /= 10;
            exponent += 1;
        }
        if digits == 0 {
            return Some(Number::from(0));
        }
        if exponent >= 0 {
            let whole = 10u64
                .checked_pow(exponent as u32)
                .and_then(|ten| digits.checked_mul(ten));
            if let Some(whole) = whole {
                return Some(Number::from(whole));
            }
        }
        format!("{digits}e{exponent}")
            .parse::<f64>()
            .ok()
            .and_then(Number::from_f64)
    }
}

/// The figure that digits print: `1,234.5`, `1.234,5`, `15.5`, `0,69`.
pub(super) fn digits(printed: &str) -> Option<Figure> {
    let decimal = decimal_point(printed);
    let (mut value, mut exponent) = (0u64, 0);
    for (at, b) in printed.bytes().enumerate() {
        if b.is_ascii_digit() {
            value = value.checked_mul(10)?.checked_add(u64::from(b - b'0'))?;
            exponent -= i32::from(decimal.is_some_and(|point| at > point));
        }
    }
    Some(Figure {
        digits: value,
        exponent,
    })
}

/// Where the decimal separator of a number stands. A lone comma before three digits parts thousands, as English has
/// it; before one or two digits it is a decimal comma. Of two kinds of separators, the last is the decimal one.
fn decimal_point(printed: &str) -> Option<usize> {
    let last = printed.rfind([',', '.'])?;
    let kind = printed.as_bytes()[last];
    let others = printed[..last].contains([',', '.']);
    let same = printed.as_bytes()[..last].contains(&kind);
    let tail = printed.len() - last - 1;
    match kind {
        _ if others && same => None,
        b',' if others => Some(last),
        b',' => (tail != 3).then_some(last),
        _ => Some(last),
    }
}

/// A number that starts at a token: its value and how many tokens it takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read {
    /// The value.
    pub figure: Figure,
    /// Tokens.
    pub tokens: usize,
    /// Whether a scale word (`million`) was part of it.
    pub scaled: bool,
}

/// Reads the number at token `at` with its scale, if there is one.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<Read> {
    let plain = plain(page, at)?;
    let next = at + plain.tokens;
    // `$5-million`
    let hyphen = usize::from(page.is_mark(next, '-') && page.token(next).gap == Gap::Glued);
    match scale(page, next + hyphen) {
        Some((power, tokens)) => Some(Read {
            figure: plain.figure.scaled(power),
            tokens: plain.tokens + hyphen + tokens,
            scaled: true,
        }),
        None => Some(plain),
    }
}

/// Reads the number at token `at` without a scale: digits, or number words.
#[inline]
pub(super) fn plain(page: &Page<'_>, at: usize) -> Option<Read> {
    let token = page.token(at);
    if token.masked {
        return None;
    }
    match token.shape {
        Shape::Number => Some(Read {
            figure: digits(page.of(at))?,
            tokens: 1,
            scaled: false,
        }),
        // Nearly no word is a number.
        Shape::Word if page.number(at).is_some() => words(page, at),
        Shape::Ideograph => ideographs(page, at),
        _ => None,
    }
}

/// Number words: `five`, `twenty-one`, `five thousand`, `one hundred`.
fn words(page: &Page<'_>, at: usize) -> Option<Read> {
    let mut value = 0u64;
    let mut tokens = 0;
    loop {
        let mut next = at + tokens;
        if tokens > 0 && page.is_mark(next, '-') {
            next += 1;
        }
        let gap_ok = tokens == 0 || page.token(next).gap <= Gap::Line;
        match page.number(next) {
            Some(number) if gap_ok && (tokens == 0 || value.is_multiple_of(10) && number < 10) => {
                value += number
            }
            _ if gap_ok && tokens > 0 && page.low(next) == "hundred" && value < 100 => value *= 100,
            _ if gap_ok && tokens > 0 && page.low(next) == "thousand" && value < 1000 => {
                value *= 1000
            }
            _ => break,
        }
        tokens = next - at + 1;
    }
    (tokens > 0).then_some(Read {
        figure: Figure::whole(value),
        tokens,
        scaled: false,
    })
}

/// The number that a word of up to two digits says.
pub(super) fn small(word: &str) -> Option<u8> {
    // Most words are none of these and need no comparing.
    if !(3..=9).contains(&word.len()) || !word.starts_with(['z', 'o', 't', 'f', 's', 'e', 'n']) {
        return None;
    }
    Some(match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// Chinese and Japanese digits, one after another: `五`, `二十` is not read.
fn ideographs(page: &Page<'_>, at: usize) -> Option<Read> {
    let digit = "零一二三四五六七八九"
        .chars()
        .position(|c| page.of(at).starts_with(c))?;
    Some(Read {
        figure: Figure::whole(digit as u64),
        tokens: 1,
        scaled: false,
    })
}

/// The scale at token `at`: the power of ten, and its tokens.
pub(super) fn scale(page: &Page<'_>, at: usize) -> Option<(i32, usize)> {
    let token = page.token(at);
    if token.gap > Gap::Line || token.masked {
        return None;
    }
    let glued = token.gap == Gap::Glued;
    let power = match page.low(at) {
        "thousand" | "千" | "mille" | "mil" if !glued || token.shape == Shape::Ideograph => 3,
        "k" if glued => 3,
        "万" | "萬" => 4,
        "lakh" | "lakhs" => 5,
        "million" | "millions" | "mn" | "mio" | "mio." | "millionen" | "millones" | "milioni"
        | "milhões" | "mln" => 6,
        "m" | "mm" => 6,
        "crore" | "crores" | "cr" => 7,
        "亿" | "億" => 8,
        "billion" | "billions" | "bn" | "milliarden" | "mrd" | "mrd." | "milliard"
        | "milliards" | "miliardi" => 9,
        "b" if glued || token.capital => 9,
        "trillion" | "trillions" | "trn" | "tn" | "tr" => 12,
        "t" if glued && token.capital => 12,
        "兆" => 12,
        _ => return None,
    };
    // 万亿 is ten to the twelfth.
    if power == 4 && matches!(page.low(at + 1), "亿" | "億") {
        return Some((12, 2));
    }
    // A bare letter apart from its digits is a scale only where nothing is glued to it.
    if page.low(at).len() == 1 && page.low(at).is_ascii() && page.token(at + 1).gap == Gap::Glued {
        let next = page.token(at + 1);
        if matches!(next.shape, Shape::Word | Shape::Number) {
            return None;
        }
    }
    // `38 Mio. Euro`: the point of the abbreviation, where a unit follows it and no sentence ends.
    let pointed = matches!(page.low(at), "mio" | "mrd")
        && page.is_mark(at + 1, '.')
        && page.token(at + 1).gap == Gap::Glued
        && page.token(at + 2).gap == Gap::Space
        && matches!(
            page.low(at + 2),
            "euro" | "€" | "eur" | "dollar" | "us" | "franken" | "chf" | "usd"
        );
    Some((power, 1 + usize::from(pointed)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Extent;

    #[test]
    fn separators_of_both_kinds() {
        for (printed, json) in [
            ("1,234.5", "1234.5"),
            ("1.234,5", "1234.5"),
            ("1,234,567", "1234567"),
            ("1.234.567", "1234567"),
            ("15.5", "15.5"),
            ("0,69", "0.69"),
            ("5,000", "5000"),
            ("0.10", "0.1"),
        ] {
            let number = digits(printed).and_then(Figure::number);
            assert_eq!(
                number.map(|number| number.to_string()).as_deref(),
                Some(json),
                "{printed}"
            );
        }
    }

    #[test]
    fn scales_and_words() {
        for (text, json) in [
            ("15.5 million", "15500000"),
            ("2.3bn", "2300000000"),
            ("3万亿", "3000000000000"),
            ("5亿", "500000000"),
            ("500 crore", "5000000000"),
            ("five thousand", "5000"),
            ("twenty-one", "21"),
            ("0.69 trillion", "690000000000"),
            ("5-million", "5000000"),
        ] {
            let page = Page::new(text, &[Extent::new(0, text.len())]);
            let number = read(&page, 0).and_then(|read| read.figure.number());
            assert_eq!(
                number.map(|number| number.to_string()).as_deref(),
                Some(json),
                "{text}"
            );
        }
    }
}
