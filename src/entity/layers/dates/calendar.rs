//! What a calendar expression means: moments, with or without a year, and their ISO values relative to a release's own
//! day. Pure arithmetic; a day that no calendar has gives no value.

use jiff::civil::{Date, Weekday};

use crate::entity::Value;

/// A point or span of the calendar, as far as the text gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Weekday(Weekday),
    Day {
        year: Option<i16>,
        month: u8,
        day: u8,
    },
    /// From a (month, day) to another.
    Days {
        year: Option<i16>,
        from: (u8, u8),
        to: (u8, u8),
    },
    Month {
        year: Option<i16>,
        month: u8,
    },
    Months {
        year: Option<i16>,
        from: u8,
        to: u8,
    },
    Quarter {
        year: Option<i16>,
        quarter: u8,
    },
    Half {
        year: i16,
        half: u8,
    },
    Year(i16),
    Years(i16, i16),
    /// Two whole days of different years.
    Span((i16, u8, u8), (i16, u8, u8)),
}

impl Moment {
    /// The span from this whole day to another.
    pub fn until(self, other: Self) -> Option<Self> {
        let whole = |moment| match moment {
            Self::Day {
                year: Some(year),
                month,
                day,
            } => Some((year, month, day)),
            _ => None,
        };
        Some(Self::Span(whole(self)?, whole(other)?))
    }

    /// The ISO value. `base` is the release's day; `ahead` says that the text looks forward.
    pub fn value(self, base: Option<Date>, ahead: bool) -> Option<Value> {
        match self {
            Self::Weekday(day) => date(weekday(base?, day, ahead)?.to_string()),
            Self::Day { year, month, day } => date(iso(nearest(year, month, day, base)?)),
            Self::Days { year, from, to } => {
                let last = nearest(year, to.0, to.1, base)?;
                let year = if from.0 > to.0 {
                    last.year() - 1
                } else {
                    last.year()
                };
                period(
                    iso(Date::new(year, from.0 as i8, from.1 as i8).ok()?),
                    iso(last),
                )
            }
            Self::Month { year, month } => {
                let year = year.or_else(|| month_year(month, base?, ahead))?;
                date(format!("{year:04}-{month:02}"))
            }
            Self::Months { year, from, to } => {
                let year = year.or_else(|| month_year(to, base?, ahead))?;
                let first = if from > to { year - 1 } else { year };
                period(
                    format!("{first:04}-{from:02}"),
                    format!("{year:04}-{to:02}"),
                )
            }
            Self::Quarter { year, quarter } => date(format!("{:04}-Q{quarter}", year?)),
            Self::Half { year, half: 1 } => {
                period(format!("{year:04}-01"), format!("{year:04}-06"))
            }
            Self::Half { year, .. } => period(format!("{year:04}-07"), format!("{year:04}-12")),
            Self::Year(year) => date(format!("{year:04}")),
            Self::Years(from, to) => period(format!("{from:04}"), format!("{to:04}")),
            Self::Span(from, to) => {
                let day = |(year, month, day): (i16, u8, u8)| {
                    Date::new(year, month as i8, day as i8).ok()
                };
                period(iso(day(from)?), iso(day(to)?))
            }
        }
    }
}

fn date(date: String) -> Option<Value> {
    Some(Value::Date { date })
}

fn period(from: String, to: String) -> Option<Value> {
    Some(Value::Period { from, to })
}

fn iso(date: Date) -> String {
    date.to_string()
}

/// The last such weekday up to `base`, or the next one after it. A release speaks of the days around its own.
fn weekday(base: Date, day: Weekday, ahead: bool) -> Option<Date> {
    if base.weekday() == day {
        return Some(base);
    }
    base.nth_weekday(if ahead { 1 } else { -1 }, day).ok()
}

/// This day in its year; without a year, the one nearest to `base`.
fn nearest(year: Option<i16>, month: u8, day: u8, base: Option<Date>) -> Option<Date> {
    let on = |year| Date::new(year, month as i8, day as i8).ok();
    if let Some(year) = year {
        return on(year);
    }
    let base = base?;
    let away = |date: &Date| (base.until(*date).map_or(i32::MAX, |span| span.get_days())).abs();
    (-1..=1)
        .filter_map(|by| on(base.year() + by))
        .min_by_key(away)
}

/// The year of a month without one: the nearest such month, the one to come where the text looks ahead.
fn month_year(month: u8, base: Date, ahead: bool) -> Option<i16> {
    let distance = i16::from(month) - i16::from(base.month());
    let year = base.year();
    Some(match distance {
        ..=-7 => year + 1,
        -6..=-1 if ahead => year + 1,
        7.. if !ahead => year - 1,
        _ => year,
    })
}
