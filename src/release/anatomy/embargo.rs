//! Embargo lines and the instant they mean. Several clocks on a line (`4 a.m. CT/5 a.m. ET`) must agree, or the later
//! one counts. Where a line leaves something open (the zone, the hour, the year), the latest plausible instant is
//! taken and said to be uncertain: waiting too long harms nobody. It refuses to find an embargo in a sentence about
//! one (`the oil embargo`).

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, ZonedDateTime};
use regex::Regex;

use super::blocks::Block;
use super::dates;
use crate::release::Embargo;
use crate::text::{Extent, SafeText};

static LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?:\b(?:strictly\s+|strict\s+|under\s+)?embargo(?:ed)?(?:\s+(?:news|copy|material|information|release|date|time))?\s*(?:[:\-–—]|\b(?:until|till|till?|to|for|date|lifts?|expires?|ends?)\b)|\b(?:is|are|was|strictly|under(?:\s+strict)?) embargo(?:ed)?\b[^.]{0,20}\buntil\b|",
        r"^\W*for use (?:at|on|after)\b|not for (?:release|publication|use|broadcast)[^.]{0,40}\b(?:before|until|prior to)\b|hold (?:for release )?until|for release (?:at|after|on)?\s*(?:\d|noon|midnight|12)|sperrfrist|sous embargo|embargo jusqu|embargado hasta|embargo hasta|embargo fino)"
    ))
    .ok()
});

/// What every match of [`LINE`] holds, in any case: finding one is far cheaper than asking [`LINE`] of every block.
static HINTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build([
            "embarg",
            "for use ",
            "not for ",
            "hold ",
            "for release ",
            "sperrfrist",
            // These two fold to `s` and `k`.
            "\u{17F}",
            "\u{212A}",
        ])
        .ok()
});

/// Clocks: hour, minutes, half of the day, zone. The zone may be spelt out, bracketed or follow after a stroke.
static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:(\d{4})\s*(?:hrs?\b|hours\b)?|(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*(a\.?\s?m\b\.?|p\.?\s?m\b\.?|uhr|hrs?\b|hours\b|noon\b|midnight\b|h\b)?|(noon|midnight|mittag|mitternacht))",
        r"[\s,]*(?:\(|\[)?\s*((?:us |u\.s\. |uk )?(?:eastern|central|mountain|pacific|atlantic|alaska|hawaii)(?:\s+(?:standard|daylight|european))*(?:\s+time)?|(?:local|london|uk|british summer|paris|berlin|brussels|beijing|china|hong kong|tokyo|japan|singapore|sydney|new york|geneva|india|indian standard|washington)\s+time|heure de paris|hora de [a-z]+|[a-z]+/[a-z_]+|[a-z]{2,4}\b)?"
    ))
    .ok()
});

/// Whether a line sets an embargo.
pub(super) fn is_line(inner: &str) -> bool {
    inner.len() <= 400
        && HINTS.as_ref().is_none_or(|hints| hints.is_match(inner))
        && LINE.as_ref().is_some_and(|line| line.is_match(inner))
}

/// Finds the embargo in the blocks above and at the start of the body. `fallback` is the document's own date.
pub(super) fn find(
    text: &str,
    blocks: &[Block],
    body: usize,
    fallback: Option<Date>,
) -> Option<Embargo> {
    let until = (body + 3).min(blocks.len());
    let index = blocks[..until]
        .iter()
        .position(|block| is_line(block.inner(text)) && !is_story(block.inner(text)))?;
    let block = &blocks[index];
    let own = parse(block.inner(text), fallback);
    // The date may stand on the next line.
    let dated = dates::find(block.inner(text)).is_some();
    let next = blocks.get(index + 1).filter(|next| {
        !dated && next.extent.len() < 120 && dates::find(next.inner(text)).is_some()
    });
    let (extent, (until, certain)) = match next {
        Some(next) => {
            let extent = Extent::new(block.inner.start, next.inner.end);
            (extent, parse(extent.of(text), fallback))
        }
        None => (block.inner, own),
    };
    Some(Embargo {
        extent,
        until: until.map(|instant| SafeText::clean_line(&rfc3339(&instant))),
        certain,
    })
}

/// Whether a line tells of an embargo rather than setting one: a long sentence without a date or a clock.
fn is_story(inner: &str) -> bool {
    inner.len() > 60
        && dates::find(inner).is_none()
        && inner.ends_with('.')
        && !inner.contains([':', '/'])
}

/// RFC 3339 with the offset of the zone.
fn rfc3339(instant: &ZonedDateTime) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// The instant a line means, and whether the line fixes it.
fn parse(line: &str, fallback: Option<Date>) -> (Option<ZonedDateTime>, bool) {
    let printed = dates::find(line).or_else(|| yearless(line));
    let (date, mut certain) = match printed {
        Some((_, read)) if read.year.is_some() => (read.date(None), true),
        Some((_, read)) => (
            read.date(fallback.map(|date| date.year())),
            fallback.is_some(),
        ),
        None => (fallback, false),
    };
    let Some(date) = date else {
        return (None, false);
    };
    // The digits of the date are no clock.
    let mut rest = line.to_owned();
    if let Some((at, read)) = printed {
        rest.replace_range(at..at + read.len, &" ".repeat(read.len));
    }
    let mut instants = Vec::new();
    let mut zone = None;
    for clock in clocks(&rest).iter().rev() {
        zone = clock.zone.clone().or(zone);
        certain &= instant(date, clock, zone.as_deref(), &mut instants);
    }
    if instants.is_empty() {
        // A day without an hour: its end, in the last zone on earth.
        let end = date
            .checked_add(Span::new().days(1))
            .unwrap_or(date)
            .at(0, 0, 0, 0)
            .to_zoned_datetime(last_zone());
        return (end.ok(), false);
    }
    let (first, last) = (instants.iter().min(), instants.iter().max());
    certain &= first.map(ZonedDateTime::timestamp) == last.map(ZonedDateTime::timestamp);
    // Of equal instants, the one named last speaks.
    let latest = last.map(ZonedDateTime::timestamp);
    let named = instants
        .iter()
        .find(|instant| Some(instant.timestamp()) == latest)
        .cloned();
    (named, certain)
}

/// The first date without a year.
fn yearless(line: &str) -> Option<(usize, dates::ReadDate)> {
    let starts = line
        .char_indices()
        .filter(|(at, _)| *at == 0 || line[..*at].ends_with(|c: char| !c.is_alphanumeric()));
    starts
        .take(60)
        .find_map(|(at, _)| dates::at_start(&line[at..]).map(|read| (at, read)))
}

/// One clock of a line.
#[derive(Debug)]
struct Clock {
    hour: i8,
    minute: i8,
    /// The next day's start was meant: midnight at the end of a day.
    german: bool,
    zone: Option<String>,
}

/// The clocks of a line.
fn clocks(line: &str) -> Vec<Clock> {
    let Some(pattern) = CLOCK.as_ref() else {
        return Vec::new();
    };
    pattern
        .captures_iter(line)
        .take(8)
        .filter_map(|found| {
            let small = |group: usize| {
                found
                    .get(group)
                    .map(|part| part.as_str().to_lowercase().replace(['.', ' '], ""))
            };
            let half = small(4);
            let zone = found
                .get(6)
                .map(|zone| zone.as_str().to_lowercase())
                .filter(|zone| zone_named(zone).is_some());
            let (hour, minute) = match (found.get(2), small(5), found.get(1)) {
                (Some(hour), _, _) => {
                    let minute = found.get(3).map(|minute| minute.as_str());
                    let hour: i8 = hour.as_str().parse().ok()?;
                    if half.is_none() && minute.is_none() {
                        return None;
                    }
                    (
                        twelve(hour, half.as_deref())?,
                        minute.map_or(Ok(0), str::parse).ok()?,
                    )
                }
                (_, Some(word), _) => (
                    if word.starts_with("noon") || word == "mittag" {
                        12
                    } else {
                        0
                    },
                    0,
                ),
                (_, _, Some(four)) if zone.is_some() => (
                    four.as_str()[..2].parse().ok()?,
                    four.as_str()[2..].parse().ok()?,
                ),
                _ => return None,
            };
            let german = half.as_deref() == Some("uhr");
            ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(Clock {
                hour,
                minute,
                german,
                zone,
            })
        })
        .collect()
}

/// The hour of a day of 24, from a clock of 12 or 24.
fn twelve(hour: i8, half: Option<&str>) -> Option<i8> {
    match half {
        Some("am") => (1..=12).contains(&hour).then_some(hour % 12),
        Some("pm") => (1..=12).contains(&hour).then_some(hour % 12 + 12),
        Some("noon") => Some(12),
        Some("midnight") => Some(0),
        _ => (0..=24).contains(&hour).then_some(hour % 24),
    }
}

/// Adds the instants that a clock can mean; gives whether it can mean only one.
fn instant(
    date: Date,
    clock: &Clock,
    zone: Option<&str>,
    instants: &mut Vec<ZonedDateTime>,
) -> bool {
    let local = date.at(clock.hour, clock.minute, 0, 0);
    let zones = match zone.and_then(zone_named) {
        Some(zones) => zones.to_vec(),
        None if clock.german => vec!["Europe/Berlin"],
        None => {
            instants.extend(local.to_zoned_datetime(last_zone()));
            return false;
        }
    };
    let mut found: Vec<ZonedDateTime> = zones
        .iter()
        .filter_map(|name| local.in_tz(name).ok())
        .collect();
    if let Some(fixed) = zone.and_then(fixed_offset) {
        found.extend(local.to_zoned_datetime(TimeZone::fixed(fixed)));
    }
    let latest = found.iter().max().cloned();
    let one = found
        .iter()
        .all(|instant| Some(instant.timestamp()) == latest.as_ref().map(ZonedDateTime::timestamp));
    // The named zone's own offset is printed where it says the same.
    let first = found
        .into_iter()
        .next()
        .filter(|first| Some(first.timestamp()) == latest.as_ref().map(ZonedDateTime::timestamp));
    instants.extend(first.or(latest));
    one && zone.is_some()
}

/// The zone in which every instant comes last.
fn last_zone() -> TimeZone {
    TimeZone::fixed(Offset::constant(-12))
}

/// The zones of the tz database that a name can mean.
fn zone_named(name: &str) -> Option<&'static [&'static str]> {
    let bare = name
        .trim_start_matches("us ")
        .trim_start_matches("u.s. ")
        .trim_end_matches(" time")
        .trim_end_matches(" standard")
        .trim_end_matches(" daylight");
    Some(match bare {
        "et" | "est" | "edt" | "eastern" | "new york" | "washington" | "america/new_york"
        | "us/eastern" => &["America/New_York"],
        "ct" | "cdt" | "central" | "america/chicago" | "us/central" => &["America/Chicago"],
        "cst" => &["America/Chicago", "Asia/Shanghai"],
        "mt" | "mst" | "mdt" | "mountain" | "america/denver" => &["America/Denver"],
        "pt" | "pst" | "pdt" | "pacific" | "america/los_angeles" => &["America/Los_Angeles"],
        "at" | "ast" | "adt" | "atlantic" => &["America/Halifax"],
        "akst" | "akdt" | "alaska" => &["America/Anchorage"],
        "hst" | "hawaii" => &["Pacific/Honolulu"],
        "gmt" | "utc" | "z" => &["UTC"],
        "bst" | "london" | "uk" | "british summer" | "europe/london" => &["Europe/London"],
        "cet" | "cest" | "mez" | "mesz" | "paris" | "berlin" | "brussels" | "geneva"
        | "central european" | "heure de paris" | "europe/berlin" | "europe/paris" => {
            &["Europe/Berlin"]
        }
        "eet" | "eest" => &["Europe/Helsinki"],
        "msk" => &["Europe/Moscow"],
        "ist" | "india" | "indian" => &["Asia/Kolkata"],
        "sgt" | "singapore" => &["Asia/Singapore"],
        "hkt" | "hong kong" => &["Asia/Hong_Kong"],
        "beijing" | "china" => &["Asia/Shanghai"],
        "jst" | "japan" | "tokyo" => &["Asia/Tokyo"],
        "kst" => &["Asia/Seoul"],
        "aest" | "aedt" | "aet" | "sydney" => &["Australia/Sydney"],
        "awst" => &["Australia/Perth"],
        "nzst" | "nzdt" | "nzt" => &["Pacific/Auckland"],
        "sast" => &["Africa/Johannesburg"],
        "wat" => &["Africa/Lagos"],
        "eat" => &["Africa/Nairobi"],
        "gst" => &["Asia/Dubai"],
        _ => return None,
    })
}

/// The offset that a zone's short name fixes to the letter, whatever the season.
fn fixed_offset(name: &str) -> Option<Offset> {
    Some(Offset::constant(match name {
        "est" => -5,
        "edt" | "ast" => -4,
        "cst" | "mdt" => -6,
        "cdt" => -5,
        "mst" | "pdt" => -7,
        "pst" => -8,
        "bst" | "cet" | "mez" => 1,
        "cest" | "mesz" => 2,
        "aest" => 10,
        "aedt" => 11,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> (String, bool) {
        assert!(is_line(line), "no embargo line: {line}");
        let (until, certain) = parse(line, Date::new(2025, 3, 4).ok());
        (
            until.map(|until| rfc3339(&until)).unwrap_or_default(),
            certain,
        )
    }

    #[test]
    fn lines_fix_their_instant() {
        for (line, until) in [
            (
                "EMBARGOED UNTIL 6:30 a.m. CT/7:30 a.m. ET Tuesday, March 4, 2025",
                "2025-03-04T07:30:00-05:00",
            ),
            (
                "Embargoed until 10 a.m. ET, Wednesday, July 9, 2025",
                "2025-07-09T10:00:00-04:00",
            ),
            (
                "FOR USE AT 11:00 AM, EST, JANUARY 5, 1998",
                "1998-01-05T11:00:00-05:00",
            ),
            (
                "Transmission of material in this release is embargoed until 8:30 a.m. (ET) Friday, May 2, 2025",
                "2025-05-02T08:30:00-04:00",
            ),
            (
                "Strictly embargoed until 00:01 GMT, 12 January 2025",
                "2025-01-12T00:01:00+00:00",
            ),
            (
                "Embargo: 0001 BST Monday 2 June 2025",
                "2025-06-02T00:01:00+01:00",
            ),
            (
                "Under embargo until 16:00 London time (15:00 UTC), 3 June 2025",
                "2025-06-03T15:00:00+00:00",
            ),
            (
                "Embargoed until noon Beijing time, 5 May 2025",
                "2025-05-05T12:00:00+08:00",
            ),
            (
                "Sperrfrist: 12. März 2025, 10:00 Uhr MEZ",
                "2025-03-12T10:00:00+01:00",
            ),
            (
                "Sous embargo jusqu'au 12 mars 2025, 10h00 CET",
                "2025-03-12T10:00:00+01:00",
            ),
        ] {
            assert_eq!(read(line), (until.to_owned(), true), "{line}");
        }
    }

    #[test]
    fn what_a_line_leaves_open_is_taken_late_and_said() {
        for (line, until) in [
            (
                "Embargoed until 9 a.m., June 3, 2025",
                "2025-06-03T09:00:00-12:00",
            ),
            ("EMBARGOED UNTIL JUNE 3, 2025", "2025-06-04T00:00:00-12:00"),
            ("Embargoed until 9 a.m. ET", "2025-03-04T09:00:00-05:00"),
            (
                "Embargoed until 9 a.m. EST, July 3, 2025",
                "2025-07-03T09:00:00-05:00",
            ),
            (
                "Embargoed until 9 a.m. CT/9 a.m. ET, July 3, 2025",
                "2025-07-03T09:00:00-05:00",
            ),
        ] {
            assert_eq!(read(line), (until.to_owned(), false), "{line}");
        }
        assert!(!is_line("The oil embargo of 1973 changed the industry."));
    }
}
