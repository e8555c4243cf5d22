//! `dateline brief [QUERY] --since WHEN`: what has come, as one page of Markdown. It exists for the start of a desk's day,
//! from cron as from a shell. It refuses to load more than a page can hold.

use super::shelf;
use super::{Done, Failure, Globals, Out, Talk};
use crate::citation::{Brief, BriefItem};
use crate::query::{Bound, Day, Node, Query};
use crate::release::{Listing, Release, SectionKind};
use crate::store::{Order, Reader, Selection, Start};
use crate::text::{Extent, SafeText, sentences};

/// How many are looked up at once.
const HANDFUL: usize = 200;

/// Characters of a first sentence.
const LEDE: usize = 280;

/// How many names stand at the end.
const NAMED: usize = 12;

/// Arguments of `brief`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Of which releases, in the search language; all where nothing is named
    query: Vec<String>,
    /// From when on they were published: a time of day (06:00), so long ago (12h, 3d, 1w), today, yesterday, a date, a time
    #[arg(long, value_name = "WHEN", default_value = "24h")]
    since: String,
    /// Show no more than this many
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
}

/// Writes the brief.
pub fn run(args: &Args, globals: &Globals) -> Result<Done, Failure> {
    let (now, zone) = (crate::jobs::now(), jiff::tz::TimeZone::system());
    let since = moment(&args.since, now, &zone).ok_or_else(|| {
        Failure::usage(format!("--since {}: no such time", args.since))
            .hint("06:00, 12h, 3d, 1w, today, yesterday, 2026-11-25, 2026-11-25T06:00:00Z")
    })?;
    let Some(reader) = shelf::reader(globals)? else {
        return Ok(shelf::no_library(globals));
    };
    let talk = Talk::new(globals);
    let words = args.query.join(" ");
    let (selection, hints) = since_day(&words, since);
    for hint in hints {
        talk.say(&format!("dateline: {hint}"));
    }
    let (rows, more) = rows(&reader, &selection, since, args.limit)?;
    let mut items = Vec::new();
    for row in &rows {
        items.push(item(row, &reader.release(row.id)?, now));
    }
    let facets = reader.facets(&selection, NAMED, shelf::today())?;
    let brief = Brief {
        since,
        now,
        zone,
        query: words,
        more,
        named: facets
            .into_iter()
            .filter(|facet| facet.3 > 1)
            .map(|(_, name, _, count)| (name, count))
            .collect(),
        items,
    };
    let mut out = Out::stdout();
    out.raw(brief.markdown().as_bytes())?;
    out.finish()?;
    Ok(shelf::found(brief.items.len(), globals))
}

/// The releases of a query that were published on the day of `since` or later.
fn since_day(words: &str, since: i64) -> (Selection, Vec<String>) {
    let mut query = Query::parse(words);
    let hints = std::mem::take(&mut query.hints);
    let days = since.div_euclid(86_400) - shelf::today();
    let from = Node::Published(Bound {
        from: Some(Day::Relative(i32::try_from(days).unwrap_or(i32::MIN))),
        until: None,
    });
    query.root = Some(match query.root.take() {
        Some(root) => Node::All(vec![root, from]),
        None => from,
    });
    let selection = Selection {
        query: Some(query),
        order: Order::Newest,
        ..Selection::default()
    };
    (selection, hints)
}

/// The first rows of a selection since a moment, and how many more there are. Where only the day is known, the day
/// counts.
fn rows(
    reader: &Reader,
    selection: &Selection,
    since: i64,
    limit: usize,
) -> Result<(Vec<Listing>, usize), Failure> {
    let (mut found, mut more): (Vec<Listing>, usize) = (Vec::new(), 0);
    let mut start = Start::First;
    loop {
        let page = reader.rows(selection, start, HANDFUL, shelf::today())?;
        let Some(last) = page.rows.last() else { break };
        start = Start::After(last.id);
        let came = |row: &Listing| {
            row.published >= since
                || !row.timed && row.published.div_euclid(86_400) >= since.div_euclid(86_400)
        };
        for row in page.rows.into_iter().filter(came) {
            if found.len() < limit {
                found.push(row);
            } else {
                more += 1;
            }
        }
        if page.at_end {
            break;
        }
    }
    Ok((found, more))
}

fn item(row: &Listing, release: &Release, now: i64) -> BriefItem {
    let mut speakers: Vec<SafeText> = Vec::new();
    for speaker in release.quotes.iter().filter_map(|it| it.speaker.clone()) {
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    BriefItem {
        id: row.id,
        headline: row.headline.clone(),
        issuer: row.issuer.clone(),
        url: release.url.clone(),
        source: row.source.clone(),
        published: row.published,
        timed: row.timed,
        standing: row.standing,
        embargo: row.embargo.filter(|until| *until > now),
        copies: row.copies,
        lede: lede(release).filter(|lede| lede.as_str() != row.headline.as_str()),
        speakers,
    }
}

/// The first sentence behind the dateline.
fn lede(release: &Release) -> Option<SafeText> {
    let section = release
        .sections
        .iter()
        .find(|section| section.kind == SectionKind::Lede)?;
    let dateline = release
        .dateline
        .as_ref()
        .map(|dateline| dateline.extent.end);
    let start = dateline
        .filter(|end| section.extent.contains(*end))
        .unwrap_or(section.extent.start);
    let within = Extent::new(start, section.extent.end);
    let first = *sentences(&release.text, within).first()?;
    let line = SafeText::clean_line(first.of(&release.text));
    if line.chars().count() <= LEDE {
        return Some(line);
    }
    let cut: String = line.chars().take(LEDE).collect();
    let whole = cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]);
    Some(SafeText::clean_line(&format!("{whole} …")))
}

/// The moment that is meant, in seconds since the epoch.
fn moment(when: &str, now: i64, zone: &jiff::tz::TimeZone) -> Option<i64> {
    let when = when.trim();
    let clock = jiff::Timestamp::from_second(now).ok()?;
    let today = zone.to_datetime(clock).date();
    let midnight = |date: jiff::civil::Date| {
        let time = zone.to_timestamp(date.to_datetime(jiff::civil::Time::midnight()));
        time.ok().map(|time| time.as_second())
    };
    if let Some(amount) = when.get(..when.len().saturating_sub(1))
        && let Ok(amount) = amount.parse::<i64>()
    {
        let unit = match when.as_bytes()[when.len() - 1] {
            b'm' => 60,
            b'h' => 3_600,
            b'd' => 86_400,
            b'w' => 7 * 86_400,
            _ => return None,
        };
        return now.checked_sub(amount.checked_mul(unit)?);
    }
    match when {
        "today" => return midnight(today),
        "yesterday" => return midnight(today.yesterday().ok()?),
        _ => {}
    }
    if let Ok(time) = when.parse::<jiff::Timestamp>() {
        return Some(time.as_second());
    }
    if let Ok(date) = when.parse::<jiff::civil::Date>() {
        return midnight(date);
    }
    // A time of day is the last one.
    let time: jiff::civil::Time = when.parse().ok()?;
    let at = |date: jiff::civil::Date| {
        let time = zone.to_timestamp(date.to_datetime(time)).ok()?;
        Some(time.as_second())
    };
    at(today)
        .filter(|at| *at <= now)
        .or_else(|| at(today.yesterday().ok()?))
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn moments_are_read_as_people_write_them() {
        let oslo = jiff::tz::TimeZone::fixed(jiff::tz::offset(1));
        let read = |when: &str| {
            // 26 November 2026, 09:30 in Oslo.
            let now: jiff::Timestamp = "2026-11-26T08:30:00Z".parse().expect("a time");
            let at = moment(when, now.as_second(), &oslo)?;
            jiff::Timestamp::from_second(at)
                .ok()
                .map(|at| at.to_string())
        };
        for (when, at) in [
            ("06:00", "2026-11-26T05:00:00Z"),
            ("10:00", "2026-11-25T09:00:00Z"),
            ("12h", "2026-11-25T20:30:00Z"),
            ("3d", "2026-11-23T08:30:00Z"),
            ("1w", "2026-11-19T08:30:00Z"),
            ("today", "2026-11-25T23:00:00Z"),
            ("yesterday", "2026-11-24T23:00:00Z"),
            ("2026-11-01", "2026-10-31T23:00:00Z"),
            ("2026-11-25T06:00:00Z", "2026-11-25T06:00:00Z"),
        ] {
            assert_eq!(read(when).as_deref(), Some(at), "{when}");
        }
        for when in ["", "soon", "5", "5x", "25:00", "é"] {
            assert_eq!(read(when), None, "{when}");
        }
    }
}
