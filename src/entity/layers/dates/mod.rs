//! Calendar expressions that can be anchored: days, weekdays, months, quarters, halves, fiscal years, years, decades and
//! their spans, in the forms that releases print. Values are ISO dates, relative to the release's own date. It refuses
//! what has no anchor ("last year", "today"), ages, durations, clock times and recurring days ("every Tuesday").

mod calendar;
mod fiscal;
mod numeric;
mod parts;
mod years;

pub(super) use years::{ends_name, is_year};

use jiff::civil::Date;

use super::find::{Find, Rank};
use super::token::{Gap, Page, Shape};
use crate::entity::{Kind, Layer};
use calendar::Moment;
use parts::{Parsed, month, weekday};

/// All dates of the page, in order. `base` is the day that the release gives as its own.
pub(super) fn find(page: &Page<'_>, base: Option<Date>, finds: &mut Vec<Find>) {
    let reader = Reader { page };
    let mut at = 0;
    while at < page.len() {
        let token = page.token(at);
        let candidate = !token.masked
            && match token.shape {
                Shape::Number => true,
                Shape::Word if token.capital => parts::may_open_capital(page.low(at)),
                Shape::Word => parts::may_open(page.low(at)),
                _ => false,
            };
        match candidate.then(|| reader.read(at)).flatten() {
            Some(parsed) => {
                let next = parsed.next.max(at + 1);
                let value = parsed
                    .moment
                    .and_then(|moment| moment.value(base, reader.ahead(at)));
                finds.push(
                    Find::new(
                        page.extent(at, next - 1),
                        Kind::Date,
                        Layer::Pattern,
                        Rank::Sure,
                    )
                    .with_value(value),
                );
                at = next;
            }
            None => at += 1,
        }
    }
}

struct Reader<'p, 't> {
    page: &'p Page<'t>,
}

impl Reader<'_, '_> {
    /// The calendar expression that starts at token `at`.
    fn read(&self, at: usize) -> Option<Parsed> {
        numeric::numeric(self.page, at)
            .or_else(|| self.qualified(at))
            .or_else(|| self.with_weekday(at))
            .or_else(|| self.day_or_month(at))
            .or_else(|| fiscal::fiscal(self.page, at))
            .or_else(|| years::season(self.page, at))
            .or_else(|| self.years(at))
    }

    /// `early March`, `late 2025`, `mid-April`, `early Q4 2025`, `late summer 2025`, `end of June 2024`, `close of 2025`,
    /// `year-end 2023`.
    fn qualified(&self, at: usize) -> Option<Parsed> {
        let skip = match self.page.low(at) {
            "early" | "late" => 1,
            "mid" => 1 + usize::from(self.page.is_dash(at + 1)),
            "end" | "beginning" | "start" | "close" if self.page.low(at + 1) == "of" => 2,
            "year" if self.page.is_dash(at + 1) && self.page.low(at + 2) == "end" => 3,
            _ => return None,
        };
        let from = at + skip;
        let month = (skip < 3).then(|| self.named_month(from)).flatten();
        month
            .or_else(|| fiscal::dated_quarter(self.page, from))
            .or_else(|| years::season(self.page, from))
            .or_else(|| years::decade(self.page, from))
            .or_else(|| years::year(self.page, from))
            .filter(|_| self.page.token(from).gap <= Gap::Line)
    }

    /// `Wednesday, June 4, 2025`, and a weekday alone.
    fn with_weekday(&self, at: usize) -> Option<Parsed> {
        let page = self.page;
        let day = weekday(page.low(at))?;
        let point = usize::from(page.is_mark(at + 1, '.') && page.low(at).len() < 6);
        let comma = usize::from(page.is_mark(at + 1 + point, ','));
        let from = at + 1 + point + comma;
        // `Small Business Saturday, November 30`: the feast's name is no part of the date.
        if page.low_before(at, 1) == "business" {
            return None;
        }
        // `sábado 20 de junio`: written small, a weekday counts only before its day.
        if !page.token(at).capital {
            return self
                .day_named(from)
                .filter(|_| page.token(from).gap <= Gap::Line);
        }
        if page.token(from).gap <= Gap::Line {
            let full = self
                .named_day(from)
                .or_else(|| self.day_named(from))
                .or_else(|| numeric::numeric(page, from));
            if let Some(parsed) = full {
                return Some(parsed);
            }
        }
        let alone = page.low(at).len() >= 6 && self.single_weekday(at);
        alone.then(|| Parsed {
            next: at + 1,
            moment: Some(Moment::Weekday(day)),
        })
    }

    /// Whether a weekday means one day and not every one of its name.
    fn single_weekday(&self, at: usize) -> bool {
        let page = self.page;
        let before = page.low_before(at, 1);
        let after = page.low(at + 1);
        let recurring = matches!(
            before,
            "every"
                | "each"
                | "black"
                | "cyber"
                | "good"
                | "easter"
                | "giving"
                | "super"
                | "bloody"
                | "palm"
                | "ash"
                | "holy"
                | "shrove"
                | "most"
                | "hot"
                | "happy"
        ) || matches!(
            after,
            "mornings"
                | "afternoons"
                | "evenings"
                | "nights"
                | "times"
                | "post"
                | "worship"
                | "services"
                | "school"
                | "mass"
        ) || after == "of" && !self.of_an_event(at + 1);
        let other = |at: usize| weekday(page.low(at)).is_some();
        let joins = |at: usize| {
            page.is_dash(at)
                || matches!(
                    page.low(at),
                    "to" | "through" | "and" | "thru" | "or" | "until" | "til"
                )
        };
        let list = joins(at + 1) && other(at + 2) || at >= 2 && joins(at - 1) && other(at - 2);
        let named = page.token(at + 1).capital
            && page.token(at + 1).shape == Shape::Word
            && page.token(at + 1).gap == Gap::Space
            && month(page.low(at + 1)).is_none()
            && !page.token(at).titled
            && !before.is_empty()
            && page.before(at, 1).capital
            && page.before(at, 1).shape == Shape::Word;
        let colon = page.is_mark(at + 1, ':');
        !recurring && !list && !named && !colon && !page.token(at).masked
    }

    /// Whether the `of` behind a weekday leads to what happens on it and not to the weeks or months that have one:
    /// `an audit Thursday of the entire primary`, and not `the first Thursday of each month`.
    fn of_an_event(&self, of: usize) -> bool {
        let page = self.page;
        page.low(of + 1) == "the"
            && page.token(of + 2).shape == Shape::Word
            && (2..5).all(|by| !matches!(page.low(of + by), "month" | "week" | "year" | "season"))
            && !matches!(
                page.low_before(of, 2),
                "first" | "second" | "third" | "fourth" | "last" | "the"
            )
    }

    fn day_or_month(&self, at: usize) -> Option<Parsed> {
        self.named_day(at)
            .or_else(|| self.day_named(at))
            .or_else(|| self.named_month(at).filter(|_| self.month_in_place(at)))
    }

    /// `March 19, 2024`, `Sept. 8–12`, `April 24 and 25, 2024`, `June 3 to July 4, 2025`.
    fn named_day(&self, at: usize) -> Option<Parsed> {
        let page = self.page;
        let (name, from) = self.month_token(at)?;
        let comma = usize::from(page.is_mark(from, ','));
        let (day, after) = parts::day(page, from + comma)?;
        // `February, 21st, 2025`: the year says that the figure behind the comma is a day.
        if comma == 1 && self.trailing_year(after).is_none() {
            return None;
        }
        let plain = Moment::Day {
            year: None,
            month: name,
            day,
        };
        if let Some(parsed) = self.span_of_days(name, day, after) {
            return Some(parsed);
        }
        match self.trailing_year(after) {
            Some((year, next)) => {
                let whole = Moment::Day {
                    year: Some(year),
                    month: name,
                    day,
                };
                Some(self.joined(whole, next))
            }
            None => Some(Parsed {
                next: after,
                moment: Some(plain),
            }),
        }
    }

    /// `, 2024` or ` 2024` behind a day.
    fn trailing_year(&self, at: usize) -> Option<(i16, usize)> {
        let comma = usize::from(self.page.is_mark(at, ','));
        let year = years::year_number(self.page, at + comma)?;
        (self.page.token(at + comma).gap <= Gap::Line).then_some((year, at + comma + 1))
    }

    /// The rest of `March 8–12, 2025` and `June 3 to July 4, 2025`.
    fn span_of_days(&self, first_month: u8, first: u8, at: usize) -> Option<Parsed> {
        let page = self.page;
        let pair = matches!(page.low(at), "and" | "&");
        let joins = page.is_dash(at) || matches!(page.low(at), "to" | "through" | "until" | "thru");
        if !(joins || pair) || page.token(at + 1).gap > Gap::Line {
            return None;
        }
        let (second_month, from) = self.month_token(at + 1).unwrap_or((first_month, at + 1));
        let (second, after) = parts::day(page, from)?;
        let (year, next) = self
            .trailing_year(after)
            .map_or((None, after), |(year, next)| (Some(year), next));
        // `June 3 and 4 people` and `May 5 and June 6, 2025` are not one expression.
        if pair && (year.is_none() || from != at + 1) {
            return None;
        }
        let moment = Moment::Days {
            year,
            from: (first_month, first),
            to: (second_month, second),
        };
        Some(Parsed {
            next,
            moment: Some(moment),
        })
    }

    /// `…, 2024, to March 3, 2025` behind a whole day.
    fn joined(&self, first: Moment, at: usize) -> Parsed {
        let page = self.page;
        let comma = usize::from(page.is_mark(at, ','));
        let word = at + comma;
        let joins = matches!(page.low(word), "to" | "through")
            || comma == 0 && page.is_dash(word) && page.token(word).gap <= Gap::Space;
        let second = joins
            .then(|| self.month_token(word + 1))
            .flatten()
            .and_then(|(name, from)| {
                let (day, after) = parts::day(page, from)?;
                let (year, next) = self.trailing_year(after)?;
                Some((
                    Moment::Day {
                        year: Some(year),
                        month: name,
                        day,
                    },
                    next,
                ))
            });
        match second {
            Some((second, next)) => Parsed {
                next,
                moment: first.until(second),
            },
            None => Parsed {
                next: at,
                moment: Some(first),
            },
        }
    }

    /// `19 March 2024`, `19–20 May`, `19. März 2024`, `18 de junio de 2024`.
    fn day_named(&self, at: usize) -> Option<Parsed> {
        let page = self.page;
        let (first, mut after) = parts::day_first(page, at)?;
        // `Concerto No. 5`
        let point = usize::from(page.low_before(at, 1) == ".");
        if matches!(page.low_before(at, 1 + point), "no" | "nos") {
            return None;
        }
        let mut last = first;
        if page.is_dash(after) {
            (last, after) = parts::day(page, after + 1)?;
        }
        after += usize::from(page.is_mark(after, '.'));
        after += usize::from(matches!(page.low(after), "of" | "de"));
        let name = month(page.low(after))
            .filter(|_| page.token(after).gap <= Gap::Line && !page.token(after).masked)?;
        if page.low(after).len() == 3 && page.low(after) == "may" && !page.token(after).capital {
            return None;
        }
        after += 1 + usize::from(page.is_mark(after + 1, '.') && page.low(after).len() <= 4);
        let comma = usize::from(page.is_mark(after, ','));
        let of = usize::from(page.low(after) == "de");
        let year = years::year_number(page, after + comma + of)
            .filter(|_| page.token(after + comma + of).gap <= Gap::Line);
        let next = if year.is_some() {
            after + comma + of + 1
        } else {
            after
        };
        let moment = if first == last {
            Moment::Day {
                year,
                month: name,
                day: first,
            }
        } else {
            Moment::Days {
                year,
                from: (name, first),
                to: (name, last),
            }
        };
        Some(Parsed {
            next,
            moment: Some(moment),
        })
    }

    /// `junio de 2023`: a month written small counts only before its year.
    fn small_month(&self, at: usize) -> bool {
        let page = self.page;
        let of = usize::from(matches!(page.low(at + 1), "de" | "del"));
        parts::may_open(page.low(at))
            && years::year_number(page, at + 1 + of).is_some()
            && page.token(at + 1 + of).gap <= Gap::Line
    }

    /// The month at `at`, capitalised, and the token after it and its point.
    fn month_token(&self, at: usize) -> Option<(u8, usize)> {
        let token = self.page.token(at);
        let name = month(self.page.low(at))
            .filter(|_| (token.capital || self.small_month(at)) && !token.masked)?;
        let point = self.page.is_mark(at + 1, '.')
            && self.page.token(at + 1).gap == Gap::Glued
            && self.page.low(at).len() <= 4
            && !matches!(
                self.page.low(at),
                "may" | "june" | "july" | "mars" | "juin" | "juli" | "mai"
            );
        Some((name, at + 1 + usize::from(point)))
    }

    /// `March 2024`, `March of 2024`, `March and April 2024`, `June to August 2024`, `March`. Months that each have a year, or
    /// none, are two expressions: `July 2021 to June 2026`, `June and August`.
    fn named_month(&self, at: usize) -> Option<Parsed> {
        let page = self.page;
        let (name, from) = self.month_token(at)?;
        if let Some((year, next)) = self.month_year(from) {
            return Some(Parsed {
                next,
                moment: Some(Moment::Month {
                    year: Some(year),
                    month: name,
                }),
            });
        }
        let joins = page.is_dash(from) || matches!(page.low(from), "to" | "and" | "through");
        if let Some((second, after)) = joins.then(|| self.month_token(from + 1)).flatten() {
            // One year for both makes one expression of them: `March and April 2024`.
            if let Some((year, next)) = self.month_year(after) {
                let moment = Moment::Months {
                    year: Some(year),
                    from: name,
                    to: second,
                };
                return Some(Parsed {
                    next,
                    moment: Some(moment),
                });
            }
        }
        // `June–August`
        let dash = page.is_dash(from) && page.token(from).gap == Gap::Glued;
        if let Some((second, next)) = dash
            .then(|| self.month_token(from + 1))
            .flatten()
            .filter(|_| page.token(from + 1).gap == Gap::Glued)
        {
            return Some(Parsed {
                next,
                moment: Some(Moment::Months {
                    year: None,
                    from: name,
                    to: second,
                }),
            });
        }
        // An abbreviation alone is no month.
        let short = page.low(at).len() <= 3 && page.low(at) != "may";
        (!short).then_some(Parsed {
            next: from,
            moment: Some(Moment::Month {
                year: None,
                month: name,
            }),
        })
    }

    fn month_year(&self, at: usize) -> Option<(i16, usize)> {
        let skip = usize::from(
            self.page.is_mark(at, ',') || matches!(self.page.low(at), "of" | "de" | "del"),
        );
        let year = years::year_number(self.page, at + skip)?;
        (self.page.token(at + skip).gap <= Gap::Line).then_some((year, at + skip + 1))
    }

    /// Whether a month without day and year is one: months are also names (April, June) and words (May, March).
    fn month_in_place(&self, at: usize) -> bool {
        let page = self.page;
        if self
            .month_token(at)
            .is_some_and(|(_, from)| self.month_year(from).is_some())
        {
            return true;
        }
        let before = page.low_before(at, 1);
        let led = matches!(
            before,
            "in" | "since"
                | "by"
                | "until"
                | "till"
                | "through"
                | "from"
                | "during"
                | "between"
                | "this"
                | "last"
                | "next"
                | "before"
                | "after"
                | "starting"
                | "beginning"
                | "every"
                | "end"
                | "for"
                | "throughout"
                | "come"
        ) || before == "of"
            && !matches!(
                page.low_before(at, 2),
                "month" | "tuesday" | "monday" | "ides"
            );
        // May and March are words, and all months open sentences that speak of every such month.
        let word = matches!(page.low(at), "may" | "march" | "mars" | "mai")
            || page.token(at).opens
            || before == "of";
        // A word that takes no part in a name may open the sentence: `A December poll`, `Unlike October’s list`.
        let small = matches!(
            before,
            "a" | "an" | "the" | "our" | "its" | "their" | "his" | "her" | "unlike"
        );
        let named = page.before(at, 1).capital && page.token(at).gap <= Gap::Space && !small;
        // `the March forecast`, `its May meeting`; and not `the March for Our Lives`.
        let noun = page.token(at + 1);
        let of_month = matches!(page.low(at), "may" | "march")
            && small
            && noun.shape == Shape::Word
            && noun.gap == Gap::Space
            && !noun.capital
            && noun.end - noun.start > 3;
        // Every month of its name is none.
        let plain = of_month || !(word || named || before == "each");
        let led = led || plain;
        let second = matches!(before, "and" | "to" | "-" | "–")
            && page.before(at, 2).shape == Shape::Word
            && month(page.low_before(at, 2)).is_some();
        // In a line whose words all have capitals, only words that lead to nothing but a time tell a month from a name.
        let headed = matches!(
            before,
            "in" | "since" | "until" | "during" | "before" | "after" | "this" | "last" | "next"
        );
        let follows_name = page.token(at + 1).capital
            && page.token(at + 1).gap <= Gap::Space
            && page.token(at + 1).shape == Shape::Word;
        (led || second)
            && !follows_name
            && page.token(at).gap <= Gap::Line
            && (!page.token(at).titled || headed)
    }

    /// Years, their spans, decades.
    fn years(&self, at: usize) -> Option<Parsed> {
        years::decade(self.page, at).or_else(|| {
            let span = years::year_span(self.page, at);
            let alone = || years::year(self.page, at).filter(|_| !years::ends_name(self.page, at));
            span.or_else(alone)
                .filter(|parsed| years::year_in_place(self.page, at, parsed.next))
        })
    }

    /// Whether the sentence around token `at` looks ahead (`will`, `next`, `upcoming`), so that a weekday or month
    /// without a year is the one to come.
    fn ahead(&self, at: usize) -> bool {
        let page = self.page;
        for back in 1..14 {
            let token = page.before(at, back);
            if token.shape == Shape::Nothing
                || page.is_mark(at - back, '.')
                || token.gap == Gap::Break
            {
                return false;
            }
            if matches!(
                page.low_before(at, back),
                "will"
                    | "next"
                    | "upcoming"
                    | "until"
                    | "deadline"
                    | "scheduled"
                    | "ahead"
                    | "expires"
                    | "expected"
            ) {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests;
