//! Times as feeds, pages and mails write them: RFC 822 and its many dialects, ISO 8601 and its short forms, months in
//! words of several languages. Gives RFC 3339, or a plain date where no time of day is given; a time without a zone is
//! taken as UTC. It refuses what is no date: nothing is invented.

use jiff::civil::{Date, Time};

/// The instant (RFC 3339) or the day (`YYYY-MM-DD`) that `text` names.
#[must_use]
pub fn instant(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > 100 {
        return None;
    }
    iso::read(text)
        .or_else(|| words::read(text))
        .and_then(Moment::write)
}

/// A day, and perhaps a time of day with its offset in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    date: Date,
    time: Option<(Time, i32)>,
    /// The hour was 24: midnight at the day's end.
    next_day: bool,
}

impl Moment {
    fn write(self) -> Option<String> {
        let date = if self.next_day {
            self.date.tomorrow().ok()?
        } else {
            self.date
        };
        let day = date.to_string();
        let Some((time, offset)) = self.time else {
            return Some(day);
        };
        let clock = format!(
            "{day}T{:02}:{:02}:{:02}",
            time.hour(),
            time.minute(),
            time.second()
        );
        let sign = if offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
        Some(match offset {
            0 => format!("{clock}Z"),
            _ => format!("{clock}{sign}{hours:02}:{minutes:02}"),
        })
    }
}

fn date(year: i32, month: u32, day: u32) -> Option<Date> {
    let year = i16::try_from(year)
        .ok()
        .filter(|y| (1..=9999).contains(y))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `hh`, `hh:mm`, `hh:mm:ss`, `hh:mm:ss.fff`, `hhmm`, `hhmmss`; the second value is whether the hour was 24.
fn clock(text: &str) -> Option<(Time, bool)> {
    let text = text.split(['.', ',']).next()?;
    let parts: Vec<&str> = if text.contains(':') {
        text.split(':').collect()
    } else {
        (0..text.len())
            .step_by(2)
            .map(|i| text.get(i..i + 2).unwrap_or("x"))
            .collect()
    };
    let number = |i: usize| parts.get(i).map_or(Some(0), |p| small(p));
    if parts.len() > 3 || parts.is_empty() {
        return None;
    }
    let (hour, minute, second) = (number(0)?, number(1)?, number(2)?);
    let midnight = hour == 24 && minute == 0 && second == 0;
    let hour = if midnight { 0 } else { hour };
    // A leap second is the last second of its minute.
    let second = second.min(59 + u32::from(second > 60));
    let time = Time::new(
        i8::try_from(hour).ok()?,
        i8::try_from(minute).ok()?,
        i8::try_from(second).ok()?,
        0,
    );
    Some((time.ok()?, midnight))
}

/// A number of one or two digits.
fn small(text: &str) -> Option<u32> {
    let fits = matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

/// The offset of a zone, in minutes east of UTC.
fn offset(text: &str) -> Option<i32> {
    const ZONES: &[(&str, i32)] = &[
        ("Z", 0),
        ("UT", 0),
        ("UTC", 0),
        ("GMT", 0),
        ("ETC/GMT", 0),
        ("WET", 0),
        ("EST", -300),
        ("EDT", -240),
        ("ET", -300),
        ("CST", -360),
        ("CDT", -300),
        ("CT", -360),
        ("MST", -420),
        ("MDT", -360),
        ("MT", -420),
        ("PST", -480),
        ("PDT", -420),
        ("PT", -480),
        ("AST", -240),
        ("ADT", -180),
        ("NST", -210),
        ("AKST", -540),
        ("AKDT", -480),
        ("HST", -600),
        ("BST", 60),
        ("WEST", 60),
        ("CET", 60),
        ("MET", 60),
        ("CEST", 120),
        ("MEST", 120),
        ("MESZ", 120),
        ("MEZ", 60),
        ("EET", 120),
        ("EEST", 180),
        ("MSK", 180),
        ("IST", 330),
        ("SGT", 480),
        ("HKT", 480),
        ("AWST", 480),
        ("JST", 540),
        ("KST", 540),
        ("AEST", 600),
        ("AEDT", 660),
        ("NZST", 720),
        ("NZDT", 780),
    ];
    let upper = text.trim_matches(['(', ')']).to_ascii_uppercase();
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == upper) {
        return Some(*minutes);
    }
    let signed = ["GMT", "UTC", "UT"]
        .iter()
        .find_map(|p| upper.strip_prefix(p))
        .unwrap_or(&upper);
    let sign = match signed.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = &signed[1..];
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() <= 2 => (digits, "0"),
        None => digits.split_at_checked(digits.len() - 2)?,
    };
    let (hours, minutes) = (small(hours)?, small(minutes)?);
    (hours <= 18 && minutes < 60).then(|| sign * i32::try_from(hours * 60 + minutes).unwrap_or(0))
}

/// ISO 8601: `2026-03-04T05:06:07+01:00` down to `2026`, also packed, by ordinal day and by week.
mod iso {
    use super::{Moment, clock, date, offset};
    use jiff::ToSpan;
    use jiff::civil::Date;

    pub fn read(text: &str) -> Option<Moment> {
        let split = text.find(['T', 't', ' ']).unwrap_or(text.len());
        let (day, rest) = text.split_at(split);
        let date = day_of(day)?;
        let rest = rest.get(1..).unwrap_or_default().trim();
        if rest.is_empty() {
            return Some(Moment {
                date,
                time: None,
                next_day: false,
            });
        }
        let zone = rest
            .find(|c: char| !c.is_ascii_digit() && !":.,".contains(c))
            .unwrap_or(rest.len());
        let (hours, zone) = rest.split_at(zone);
        let (time, next_day) = clock(hours)?;
        let zone = zone.trim();
        let minutes = if zone.is_empty() { 0 } else { offset(zone)? };
        Some(Moment {
            date,
            time: Some((time, minutes)),
            next_day,
        })
    }

    fn number(text: &str) -> Option<u32> {
        let fits = !text.is_empty() && text.len() <= 8 && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse().ok()).flatten()
    }

    fn day_of(text: &str) -> Option<Date> {
        let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
        match parts.as_slice() {
            [year, week] if year.len() == 4 && week.starts_with('W') => {
                week_of(year, &week[1..], "1")
            }
            [year, week, day] if week.starts_with('W') => week_of(year, &week[1..], day),
            [year, month, day] if year.len() == 4 => date(
                i32::try_from(number(year)?).ok()?,
                number(month)?,
                number(day)?,
            ),
            [year, month, day] if year.len() == 2 && text.contains('-') => {
                date(century(number(year)?), number(month)?, number(day)?)
            }
            ["", month, day] => number(month).and(number(day)).and(None),
            [year, ordinal] if year.len() == 4 && ordinal.len() == 3 => day_of_year(year, ordinal),
            [year, month] if year.len() == 4 && month.len() <= 2 => {
                date(i32::try_from(number(year)?).ok()?, number(month)?, 1)
            }
            [packed] => packed_day(packed),
            _ => None,
        }
    }

    fn packed_day(text: &str) -> Option<Date> {
        number(text)?;
        let part = |from: usize, to: usize| text.get(from..to).and_then(number);
        let year = || part(0, 4).and_then(|y| i32::try_from(y).ok());
        match text.len() {
            8 => date(year()?, part(4, 6)?, part(6, 8)?),
            7 => day_of_year(&text[..4], &text[4..]),
            6 => date(century(part(0, 2)?), part(2, 4)?, part(4, 6)?),
            4 => date(year()?, 1, 1),
            _ => None,
        }
    }

    pub fn century(year: u32) -> i32 {
        i32::try_from(year).unwrap_or(0) + if year < 69 { 2000 } else { 1900 }
    }

    fn day_of_year(year: &str, day: &str) -> Option<Date> {
        let day = i64::from(number(day)?);
        let first = date(i32::try_from(number(year)?).ok()?, 1, 1)?;
        let found = first.checked_add((day - 1).days()).ok()?;
        (day > 0 && found.year() == first.year()).then_some(found)
    }

    fn week_of(year: &str, week: &str, day: &str) -> Option<Date> {
        let weekday =
            jiff::civil::Weekday::from_monday_one_offset(i8::try_from(number(day)?).ok()?).ok()?;
        let year = i16::try_from(number(year)?).ok()?;
        let week =
            jiff::civil::ISOWeekDate::new(year, i8::try_from(number(week)?).ok()?, weekday).ok()?;
        Some(week.date())
    }
}

/// Dates with words: `Thu, 01 Jan 2026 19:48:21 GMT`, `January 1, 2026`, `2026년 5월 28일 오후 1:31:15`.
mod words {
    use super::{Moment, clock, date, offset};
    use jiff::civil::Time;

    /// The first letters of months, in lower case; the longest that fits counts.
    const MONTHS: &[(&str, u32)] = &[
        ("jan", 1),
        ("feb", 2),
        ("fév", 2),
        ("fev", 2),
        ("mar", 3),
        ("mär", 3),
        ("mrz", 3),
        ("apr", 4),
        ("avr", 4),
        ("abr", 4),
        ("may", 5),
        ("mai", 5),
        ("maj", 5),
        ("mag", 5),
        ("jun", 6),
        ("juin", 6),
        ("giu", 6),
        ("jul", 7),
        ("juil", 7),
        ("lug", 7),
        ("aug", 8),
        ("aoû", 8),
        ("ago", 8),
        ("sep", 9),
        ("set", 9),
        ("oct", 10),
        ("okt", 10),
        ("ott", 10),
        ("out", 10),
        ("nov", 11),
        ("dec", 12),
        ("déc", 12),
        ("dez", 12),
        ("dic", 12),
        ("ene", 1),
        ("gen", 1),
        ("ιαν", 1),
        ("φεβ", 2),
        ("μάρ", 3),
        ("μαρ", 3),
        ("απρ", 4),
        ("μάι", 5),
        ("μαϊ", 5),
        ("μαι", 5),
        ("ιούν", 6),
        ("ιον", 6),
        ("ιούλ", 7),
        ("ιολ", 7),
        ("αύγ", 8),
        ("αυγ", 8),
        ("σεπ", 9),
        ("οκτ", 10),
        ("νοέ", 11),
        ("νοε", 11),
        ("δεκ", 12),
        ("január", 1),
        ("februári", 2),
        ("február", 2),
        ("március", 3),
        ("április", 4),
        ("máujus", 5),
        ("május", 5),
        ("június", 6),
        ("július", 7),
        ("augusztus", 8),
        ("szeptember", 9),
        ("október", 10),
        ("november", 11),
        ("december", 12),
    ];

    /// What the words said so far.
    #[derive(Default)]
    struct Seen {
        year: Option<u32>,
        month: Option<u32>,
        day: Option<u32>,
        clock: Option<(Time, bool)>,
        offset: Option<i32>,
        afternoon: Option<bool>,
    }

    pub fn read(text: &str) -> Option<Moment> {
        let spaced = respell(text);
        let mut seen = Seen::default();
        for word in spaced.split_whitespace().take(16) {
            seen.word(word)?;
        }
        seen.moment()
    }

    /// Korean and Chinese counters, and the hyphens and slashes of dates, as spaces.
    fn respell(text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 8);
        let chars: Vec<char> = text.chars().collect();
        for (i, c) in chars.iter().enumerate() {
            let before = i.checked_sub(1).and_then(|b| chars.get(b));
            let after = chars.get(i + 1);
            match c {
                '년' | '年' => out.push_str("y "),
                '월' | '月' => out.push_str("m "),
                '일' | '日' => out.push_str("d "),
                ',' => out.push(' '),
                // 13-Jan-2026, 2006/09/15, 2004-július-13T9:15
                '-' | '/'
                    if before.is_some_and(|c| c.is_alphabetic())
                        && after.is_some_and(char::is_ascii_digit) =>
                {
                    out.push(' ');
                }
                '-' if after.is_some_and(|c| c.is_alphabetic()) => out.push(' '),
                'T' if before.is_some_and(char::is_ascii_digit)
                    && after.is_some_and(char::is_ascii_digit) =>
                {
                    out.push(' ');
                }
                c => out.push(*c),
            }
        }
        out
    }

    impl Seen {
        /// Takes note of one word; `None` where it makes the whole no date.
        fn word(&mut self, word: &str) -> Option<()> {
            if let Some(count) = word
                .strip_suffix(['y', 'm', 'd'])
                .and_then(|n| n.parse::<u32>().ok())
            {
                let place = match word.as_bytes().last() {
                    Some(b'y') => &mut self.year,
                    Some(b'm') => &mut self.month,
                    _ => &mut self.day,
                };
                place.get_or_insert(count);
                return Some(());
            }
            if word.starts_with(|c: char| c.is_ascii_digit()) {
                return self.figure(word);
            }
            match word.to_lowercase().trim_end_matches('.') {
                "am" | "a.m" | "오전" | "上午" => self.afternoon = Some(false),
                "pm" | "p.m" | "오후" | "下午" => self.afternoon = Some(true),
                lower => self.name(word, lower),
            }
            Some(())
        }

        fn name(&mut self, word: &str, lower: &str) {
            let found = MONTHS
                .iter()
                .filter(|(name, _)| lower.starts_with(name))
                .max_by_key(|(name, _)| name.len());
            // "Mar" is a month, "Martes" a day: a day of the week stands before any figure.
            let early = self.day.is_none()
                && self.year.is_none()
                && lower.starts_with("mar")
                && lower.len() > 5;
            match found {
                Some((_, month)) if self.month.is_none() && !early => self.month = Some(*month),
                _ => {
                    if let Some(minutes) = offset(word) {
                        self.offset.get_or_insert(minutes);
                    }
                }
            }
        }

        fn figure(&mut self, word: &str) -> Option<()> {
            if word.contains(':') {
                let end = word
                    .find(|c: char| !c.is_ascii_digit() && !":.".contains(c))
                    .unwrap_or(word.len());
                let (hours, rest) = word.split_at(end);
                self.clock = Some(clock(hours)?);
                match rest.to_ascii_lowercase().as_str() {
                    "" => {}
                    "am" => self.afternoon = Some(false),
                    "pm" => self.afternoon = Some(true),
                    zone => self.offset = Some(offset(zone)?),
                }
                return Some(());
            }
            let parts: Vec<&str> = word
                .split(['/', '-', '.'])
                .filter(|p| !p.is_empty())
                .collect();
            if let [a, b, c] = parts.as_slice() {
                return self.figures(a, b, c);
            }
            let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
            let number: u32 = digits.parse().ok()?;
            match digits.len() {
                1 | 2 if self.day.is_none() => self.day = Some(number),
                2 if self.year.is_none() => {
                    self.year = u32::try_from(super::iso::century(number)).ok()
                }
                3.. if self.year.is_none() => self.year = Some(number),
                _ => return None,
            }
            Some(())
        }

        /// `2006/09/15` or `09/15/2006`; where both readings are dates, the American one is too unsure to take.
        fn figures(&mut self, a: &str, b: &str, c: &str) -> Option<()> {
            let number = |t: &str| t.parse::<u32>().ok();
            let (year, month, day) = match (a.len(), c.len()) {
                (4, _) => (number(a)?, number(b)?, number(c)?),
                (_, 4) if number(b)? > 12 => (number(c)?, number(a)?, number(b)?),
                (_, 4) if number(a)? > 12 || a == b => (number(c)?, number(b)?, number(a)?),
                _ => return None,
            };
            (self.year, self.month, self.day) = (Some(year), Some(month), Some(day));
            Some(())
        }

        fn moment(self) -> Option<Moment> {
            let date = date(
                i32::try_from(self.year?).ok()?,
                self.month?,
                self.day.unwrap_or(1),
            )?;
            let time = match self.clock {
                None => None,
                Some((time, _)) => {
                    let hour = match (self.afternoon, time.hour()) {
                        (Some(true), h) if h < 12 => h + 12,
                        (Some(false), 12) => 0,
                        (_, h) => h,
                    };
                    Some((
                        time.with().hour(hour).build().ok()?,
                        self.offset.unwrap_or(0),
                    ))
                }
            };
            let next_day = self.clock.is_some_and(|(_, midnight)| midnight);
            Some(Moment {
                date,
                time,
                next_day,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_the_world_writes_them() {
        for (text, read) in [
            ("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"),
            ("Thu, 1 Jan 04 19:48 EST", "2004-01-01T19:48:00-05:00"),
            ("01 Jan 2004 19:48:21 +0530", "2004-01-01T19:48:21+05:30"),
            ("Thu Jan 01 19:48:21 2004", "2004-01-01T19:48:21Z"),
            ("13-Jan-2026 08:00 PST", "2026-01-13T08:00:00-08:00"),
            ("2003-12-31T10:14:55-08:00", "2003-12-31T10:14:55-08:00"),
            ("2003-12-31T10:14:55.123Z", "2003-12-31T10:14:55Z"),
            ("20031231T101455Z", "2003-12-31T10:14:55Z"),
            ("2003-12-31 10:14", "2003-12-31T10:14:00Z"),
            ("2003-12-31", "2003-12-31"),
            ("2003-365", "2003-12-31"),
            ("2004-W01-1", "2003-12-29"),
            ("2003-12", "2003-12-01"),
            ("2003", "2003-01-01"),
            ("December 31, 2003", "2003-12-31"),
            ("31 décembre 2003", "2003-12-31"),
            ("2004년 05월 28일  01:31:15", "2004-05-28T01:31:15Z"),
            ("2004-05-25 오후 11:23:17", "2004-05-25T23:23:17Z"),
            ("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T08:19:53-04:00"),
            ("03/14/2026 2:05 PM", "2026-03-14T14:05:00Z"),
            ("2003-12-31T24:00:00Z", "2004-01-01T00:00:00Z"),
        ] {
            assert_eq!(instant(text).as_deref(), Some(read), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_gives_none() {
        for text in [
            "",
            "yesterday",
            "30 Feb 2026",
            "2026-13-01",
            "0000-01-01",
            "12",
            "3/4/2026",
            "Thu, 99 Jan 2004 19:48:21 GMT",
            "10:00",
            "last changed on a fine day in June of that year",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
    }
}
