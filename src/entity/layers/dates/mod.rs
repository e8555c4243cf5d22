//! Calendar expressions that can be anchored: days, weekdays, months, quarters, halves, fiscal years, years, decades and
//! their spans, in the forms that releases print. Values are ISO dates, relative to the release's own date. It refuses
//! what has no anchor ("last year", "today"), ages, durations, clock times and recurring days ("every Tuesday").

mod calendar;
mod parts;

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
                Shape::Word => token.capital || parts::may_open(page.low(at)),
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
        parts::numeric(self.page, at)
            .or_else(|| self.qualified(at))
            .or_else(|| self.with_weekday(at))
            .or_else(|| self.day_or_month(at))
            .or_else(|| parts::fiscal(self.page, at))
            .or_else(|| parts::season(self.page, at))
            .or_else(|| self.years(at))
    }

    /// `early March`, `late 2025`, `mid-April`, `end of 2025`.
    fn qualified(&self, at: usize) -> Option<Parsed> {
        let skip = match self.page.low(at) {
            "early" | "late" => 1,
            "mid" => 1 + usize::from(self.page.is_dash(at + 1)),
            "end" | "beginning" | "start" if self.page.low(at + 1) == "of" => 2,
            _ => return None,
        };
        let from = at + skip;
        let month = (skip == 1 || self.page.is_dash(at + 1)).then(|| self.named_month(from));
        month
            .flatten()
            .or_else(|| parts::decade(self.page, from))
            .or_else(|| parts::year(self.page, from))
            .filter(|_| self.page.token(from).gap <= Gap::Line)
    }

    /// `Wednesday, June 4, 2025`, and a weekday alone.
    fn with_weekday(&self, at: usize) -> Option<Parsed> {
        let page = self.page;
        let day = weekday(page.low(at)).filter(|_| page.token(at).capital)?;
        let point = usize::from(page.is_mark(at + 1, '.') && page.low(at).len() < 6);
        let comma = usize::from(page.is_mark(at + 1 + point, ','));
        let from = at + 1 + point + comma;
        if page.token(from).gap <= Gap::Line {
            let full = self
                .named_day(from)
                .or_else(|| self.day_named(from))
                .or_else(|| parts::numeric(page, from));
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
            "mornings" | "afternoons" | "evenings" | "nights" | "of" | "times" | "post"
        ) || matches!(before, "first" | "second" | "third" | "fourth" | "last")
            && after == "of";
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

    fn day_or_month(&self, at: usize) -> Option<Parsed> {
        self.named_day(at)
            .or_else(|| self.day_named(at))
            .or_else(|| self.named_month(at).filter(|_| self.month_in_place(at)))
    }

    /// `March 19, 2024`, `Sept. 8–12`, `June 3 to July 4, 2025`.
    fn named_day(&self, at: usize) -> Option<Parsed> {
        let page = self.page;
        let (name, from) = self.month_token(at)?;
        let (day, after) = parts::day(page, from)?;
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
        let year = parts::year_number(self.page, at + comma)?;
        (self.page.token(at + comma).gap <= Gap::Line).then_some((year, at + comma + 1))
    }

    /// The rest of `March 8–12, 2025` and `June 3 to July 4, 2025`.
    fn span_of_days(&self, first_month: u8, first: u8, at: usize) -> Option<Parsed> {
        let page = self.page;
        let joins = page.is_dash(at) || matches!(page.low(at), "to" | "through" | "until" | "thru");
        if !joins || page.token(at + 1).gap > Gap::Line {
            return None;
        }
        let (second_month, from) = self.month_token(at + 1).unwrap_or((first_month, at + 1));
        let (second, after) = parts::day(page, from)?;
        let (year, next) = self
            .trailing_year(after)
            .map_or((None, after), |(year, next)| (Some(year), next));
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
        let year = parts::year_number(page, after + comma + of)
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

    /// The month at `at`, capitalised, and the token after it and its point.
    fn month_token(&self, at: usize) -> Option<(u8, usize)> {
        let token = self.page.token(at);
        let name = month(self.page.low(at)).filter(|_| token.capital && !token.masked)?;
        let point = self.page.is_mark(at + 1, '.')
            && self.page.token(at + 1).gap == Gap::Glued
            && self.page.low(at).len() <= 4
            && !matches!(
                self.page.low(at),
                "may" | "june" | "july" | "mars" | "juin" | "juli" | "mai"
            );
        Some((name, at + 1 + usize::from(point)))
    }

    /// `March 2024`, `March of 2024`, `March and April 2024`, `June to August 2024`, `March`.
    fn named_month(&self, at: usize) -> Option<Parsed> {
        let page = self.page;
        let (name, from) = self.month_token(at)?;
        if let Some((year, next)) = self.month_year(from) {
            if let Some(parsed) = self.until_month((year, name), next) {
                return Some(parsed);
            }
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
            let (year, next) = self
                .month_year(after)
                .map_or((None, after), |(year, next)| (Some(year), next));
            // `May and June 5`: the second has a day of its own.
            if year.is_some() || parts::day(page, after).is_none() {
                let moment = Moment::Months {
                    year,
                    from: name,
                    to: second,
                };
                return Some(Parsed {
                    next,
                    moment: Some(moment),
                });
            }
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

    /// The rest of `July 2021 to June 2026` and `Nov. 2024–Jan. 2025`.
    fn until_month(&self, first: (i16, u8), at: usize) -> Option<Parsed> {
        let joins =
            self.page.is_dash(at) || matches!(self.page.low(at), "to" | "through" | "until");
        let (second, from) = joins.then(|| self.month_token(at + 1)).flatten()?;
        let (year, next) = self.month_year(from)?;
        (first < (year, second) && self.page.token(at + 1).gap <= Gap::Line).then_some(Parsed {
            next,
            moment: Some(Moment::MonthsOfYears(first, (year, second))),
        })
    }

    fn month_year(&self, at: usize) -> Option<(i16, usize)> {
        let skip = usize::from(
            self.page.is_mark(at, ',') || self.page.low(at) == "of" || self.page.low(at) == "de",
        );
        let year = parts::year_number(self.page, at + skip)?;
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
        let plain = !(word || page.before(at, 1).capital && page.token(at).gap <= Gap::Space);
        let led = led || plain;
        let second = matches!(before, "and" | "to" | "-" | "–")
            && page.before(at, 2).shape == Shape::Word
            && month(page.low_before(at, 2)).is_some();
        let follows_name = page.token(at + 1).capital
            && page.token(at + 1).gap <= Gap::Space
            && page.token(at + 1).shape == Shape::Word;
        (led || second)
            && !follows_name
            && page.token(at).gap <= Gap::Line
            && !page.token(at).titled
    }

    /// Years, their spans, decades.
    fn years(&self, at: usize) -> Option<Parsed> {
        parts::decade(self.page, at).or_else(|| {
            let span = parts::year_span(self.page, at);
            span.or_else(|| parts::year(self.page, at))
                .filter(|parsed| parts::year_in_place(self.page, at, parsed.next))
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
mod tests {
    use super::*;
    use crate::text::Extent;

    fn dates(text: &str) -> Vec<(String, String)> {
        let page = Page::new(text, &[Extent::new(0, text.len())]);
        let mut finds = Vec::new();
        find(&page, Some(Date::constant(2024, 3, 19)), &mut finds);
        let show = |find: &Find| {
            find.value
                .as_ref()
                .map_or(String::new(), |value| match value {
                    crate::entity::Value::Date { date } => date.clone(),
                    crate::entity::Value::Period { from, to } => format!("{from}/{to}"),
                    _ => String::from("?"),
                })
        };
        finds
            .iter()
            .map(|find| (find.extent.of(text).to_owned(), show(find)))
            .collect()
    }

    #[test]
    fn anchored_expressions_and_their_values() {
        for (text, found, value) in [
            ("BEIJING, March 19, 2024 /", "March 19, 2024", "2024-03-19"),
            ("inspected Hunan Province Monday.", "Monday", "2024-03-18"),
            ("in early March, during", "early March", "2024-03"),
            (
                "its 14th Five-Year Plan (2021-2025).",
                "2021-2025",
                "2021/2025",
            ),
            (
                "on Wednesday, June 4, 2025 at",
                "Wednesday, June 4, 2025",
                "2025-06-04",
            ),
            (
                "from September 8–12 in",
                "September 8–12",
                "2024-09-08/2024-09-12",
            ),
            (
                "in the first quarter of 2025,",
                "first quarter of 2025",
                "2025-Q1",
            ),
            ("Q3 2025 results", "Q3 2025", "2025-Q3"),
            ("for fiscal 2024 the", "fiscal 2024", "2024"),
            ("FY25 guidance", "FY25", "2025"),
            ("am 19. März 2024 in", "19. März 2024", "2024-03-19"),
            (
                "el 18 de junio de 2024",
                "18 de junio de 2024",
                "2024-06-18",
            ),
            ("the 1990s were", "1990s", "1990/1999"),
            ("It will open on Friday.", "Friday", "2024-03-22"),
            ("on 17/01/2017 the", "17/01/2017", "2017-01-17"),
            ("dated 2024-03-19.", "2024-03-19", "2024-03-19"),
            (
                "the first half of 2025",
                "first half of 2025",
                "2025-01/2025-06",
            ),
            ("in 2024 alone", "2024", "2024"),
            ("spring 2025", "spring 2025", "2025"),
            (
                "May 3, 2024, to June 4, 2025",
                "May 3, 2024, to June 4, 2025",
                "2024-05-03/2025-06-04",
            ),
            ("Sept. 5 meeting", "Sept. 5", "2024-09-05"),
            ("in the 2015/16 season", "2015/16", "2015/2016"),
            ("treated in 2011-14 and", "2011-14", "2011/2014"),
            ("based on 1Q 2024 data", "1Q 2024", "2024-Q1"),
            ("in Q3’24 alone", "Q3’24", "2024-Q3"),
            (
                "from July 2021 to June 2026,",
                "July 2021 to June 2026",
                "2021-07/2026-06",
            ),
        ] {
            assert_eq!(
                dates(text),
                [(found.to_owned(), value.to_owned())],
                "{text}"
            );
        }
    }

    #[test]
    fn what_has_no_anchor_is_left_alone() {
        for text in [
            "last year and today",
            "every Tuesday",
            "open Monday to Saturday",
            "on Friday nights",
            "more than 2000 people",
            "You May think so",
            "for 30 years, aged 45",
            "call +27 21 300 2055 now",
            "by April Smith",
            "DOI 10.1016/j.2024",
            "ranked at No. 1924 of all",
        ] {
            assert_eq!(dates(text), [], "{text}");
        }
    }
}
