//! The brief: what has come since a moment, on one page of Markdown that can be read on a telephone and handed on. It
//! exists because a desk begins its day with one. First what must not be told yet, then what corrects or withdraws, then
//! the rest by source, and who is named most. It refuses to sum up in words of its own: what it says of a release is its
//! headline, its first sentence and who speaks in it.

use std::fmt::Write as _;

use jiff::{Timestamp, tz::TimeZone};

use super::prose::escaped;
use crate::release::{ReleaseId, Standing};
use crate::text::SafeText;

/// A release of a brief.
#[derive(Clone, Debug)]
pub struct BriefItem {
    /// The release.
    pub id: ReleaseId,
    /// Its headline.
    pub headline: SafeText,
    /// Who puts it out.
    pub issuer: Option<SafeText>,
    /// Its address.
    pub url: Option<SafeText>,
    /// The source's name.
    pub source: Option<SafeText>,
    /// When it was published, seconds since the epoch.
    pub published: i64,
    /// Whether the time of day is known.
    pub timed: bool,
    /// Correction, kill, advisory.
    pub standing: Option<Standing>,
    /// Until when nothing of it may be told, where that time has not come; seconds since the epoch.
    pub embargo: Option<i64>,
    /// How many releases of the library are the same story.
    pub copies: u32,
    /// Its first sentence.
    pub lede: Option<SafeText>,
    /// Who speaks in it, in order.
    pub speakers: Vec<SafeText>,
}

/// A brief.
#[derive(Clone, Debug)]
pub struct Brief {
    /// From when, seconds since the epoch.
    pub since: i64,
    /// When it was written, seconds since the epoch.
    pub now: i64,
    /// In which zone its times stand.
    pub zone: TimeZone,
    /// What it is about, in the search language; empty for everything.
    pub query: String,
    /// Its releases, newest first.
    pub items: Vec<BriefItem>,
    /// How many more there are.
    pub more: usize,
    /// Who and what they name most, with the number of releases.
    pub named: Vec<(SafeText, u64)>,
}

impl Brief {
    /// The brief as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("# Brief of {}\n\n", self.time(self.now, "%-d %B %Y, %H:%M"));
        let count = self.items.len() + self.more;
        let _ = write!(
            out,
            "{} since {}",
            match count {
                1 => "1 release".to_owned(),
                count => format!("{count} releases"),
            },
            self.time(self.since, "%-d %B %Y, %H:%M")
        );
        if !self.query.is_empty() {
            let _ = write!(out, ", of `{}`", self.query.replace('`', "'"));
        }
        out.push_str(".\n");
        if self.more > 0 {
            let _ = writeln!(out, "\nThe newest {} stand below.", self.items.len());
        }
        let (held, told): (Vec<&BriefItem>, Vec<&BriefItem>) =
            self.items.iter().partition(|item| item.embargo.is_some());
        self.section(&mut out, "Under embargo: not to be told yet", &held);
        let (notices, rest): (Vec<&BriefItem>, Vec<&BriefItem>) = told
            .into_iter()
            .partition(|item| matches!(item.standing, Some(Standing::Correction | Standing::Kill)));
        self.section(&mut out, "Corrected and withdrawn", &notices);
        for (source, items) in by_source(rest) {
            self.section(&mut out, source, &items);
        }
        if !self.named.is_empty() {
            let named: Vec<String> = self
                .named
                .iter()
                .map(|(name, count)| format!("{} ({count})", escaped(name)))
                .collect();
            let _ = write!(out, "\n## Named most\n\n{}\n", named.join(", "));
        }
        out
    }

    fn section(&self, out: &mut String, heading: &str, items: &[&BriefItem]) {
        if items.is_empty() {
            return;
        }
        let _ = write!(out, "\n## {}\n\n", escaped(heading));
        for item in items {
            self.item(out, item);
        }
    }

    fn item(&self, out: &mut String, item: &BriefItem) {
        out.push_str("- ");
        if let Some(until) = item.embargo {
            let _ = write!(out, "until {}: ", self.time(until, "%-d %B, %H:%M"));
        }
        match item.standing {
            Some(Standing::Correction) => out.push_str("Correction: "),
            Some(Standing::Kill) => out.push_str("Withdrawn: "),
            Some(Standing::Advisory) => out.push_str("Advisory: "),
            None => {}
        }
        if let Some(issuer) = &item.issuer {
            let _ = write!(out, "**{}**: ", escaped(issuer));
        }
        let headline = match item.headline.as_str() {
            "" => "(no headline)".to_owned(),
            headline => escaped(headline),
        };
        match &item.url {
            Some(url) => {
                let _ = write!(out, "[{headline}](<{}>)", address(url));
            }
            None => out.push_str(&headline),
        }
        let when = if item.timed {
            self.time(item.published, "%-d %B, %H:%M")
        } else {
            let day = Timestamp::from_second(item.published).unwrap_or(Timestamp::UNIX_EPOCH);
            let day = TimeZone::UTC.to_datetime(day);
            day.strftime("%-d %B").to_string()
        };
        let _ = write!(out, " ({when}; {}", item.id.0);
        if item.copies > 1 {
            let _ = write!(out, "; {} copies", item.copies);
        }
        out.push_str(")\n");
        if let Some(lede) = &item.lede {
            let _ = writeln!(out, "  {}", escaped(lede));
        }
        if !item.speakers.is_empty() {
            let names: Vec<String> = item.speakers.iter().map(|name| escaped(name)).collect();
            let _ = writeln!(out, "  Quoted: {}.", names.join(", "));
        }
    }

    fn time(&self, at: i64, form: &str) -> String {
        let instant = Timestamp::from_second(at).unwrap_or(Timestamp::UNIX_EPOCH);
        let time = self.zone.to_datetime(instant);
        time.strftime(form).to_string()
    }
}

/// The items of each source, those with the most first, then by name.
fn by_source(items: Vec<&BriefItem>) -> Vec<(&str, Vec<&BriefItem>)> {
    let mut sources: Vec<(&str, Vec<&BriefItem>)> = Vec::new();
    for item in items {
        let name = item.source.as_ref().map_or("Opened", SafeText::as_str);
        match sources.iter_mut().find(|(known, _)| *known == name) {
            Some((_, there)) => there.push(item),
            None => sources.push((name, vec![item])),
        }
    }
    sources.sort_by(|(one, these), (other, those)| {
        those.len().cmp(&these.len()).then_with(|| one.cmp(other))
    });
    sources
}

/// An address between the angle brackets of a link.
fn address(url: &str) -> String {
    url.replace('<', "%3C")
        .replace('>', "%3E")
        .replace(char::is_whitespace, "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: i64, headline: &str, source: &str) -> BriefItem {
        BriefItem {
            id: ReleaseId(id),
            headline: SafeText::clean(headline),
            issuer: None,
            url: None,
            source: Some(SafeText::clean(source)),
            published: 1_780_000_000,
            timed: true,
            standing: None,
            embargo: None,
            copies: 1,
            lede: None,
            speakers: Vec::new(),
        }
    }

    #[test]
    fn what_must_not_be_told_stands_first_and_marks_are_kept_as_words() {
        let brief = Brief {
            since: 1_779_950_000,
            now: 1_780_003_600,
            zone: TimeZone::UTC,
            query: "quay".into(),
            items: vec![
                BriefItem {
                    issuer: Some(SafeText::clean("Port of Lisbon")),
                    url: Some(SafeText::clean("https://port.example/a b>c")),
                    lede: Some(SafeText::clean("The *quay* opened.")),
                    speakers: vec![SafeText::clean("Ana Costa")],
                    copies: 2,
                    ..item(1, "A quay [new] opens", "Ports")
                },
                BriefItem {
                    standing: Some(Standing::Correction),
                    timed: false,
                    ..item(2, "Quay 2 is longer", "Ports")
                },
                BriefItem {
                    embargo: Some(1_780_100_000),
                    ..item(3, "Quay 3 is sold", "Ports")
                },
                item(4, "Zoo", "Animals"),
                item(5, "Ape", "Animals"),
            ],
            more: 0,
            named: vec![(SafeText::clean("Ana Costa"), 3)],
        };
        let expected = "\
# Brief of 28 May 2026, 21:26

5 releases since 28 May 2026, 06:33, of `quay`.

## Under embargo: not to be told yet

- until 30 May, 00:13: Quay 3 is sold (28 May, 20:26; 3)

## Corrected and withdrawn

- Correction: Quay 2 is longer (28 May; 2)

## Animals

- Zoo (28 May, 20:26; 4)
- Ape (28 May, 20:26; 5)

## Ports

- **Port of Lisbon**: [A quay \\[new\\] opens](<https://port.example/a%20b%3Ec>) (28 May, 20:26; 1; 2 copies)
  The \\*quay\\* opened.
  Quoted: Ana Costa.

## Named most

Ana Costa (3)
";
        assert_eq!(brief.markdown(), expected);
    }
}
