//! Reads a dateline from left to right, piece by piece, in whatever order a wire puts them. It refuses to judge whether
//! what it read is a dateline.

use super::super::{above, dates, places};
use super::Read;
use super::pieces::{bracketed, place_follows, place_len, split_region, time_len, wire_at};
use crate::text::Extent;

/// Reads segments from left to right.
pub(super) struct Scan<'t> {
    pub text: &'t str,
    pub at: usize,
    pub end: usize,
    /// End of the block the scan began in.
    pub own: usize,
    pub read: Read,
    /// A dash, a stroke or a bracket closed it.
    pub closed: bool,
    /// `and` or a comma promises another place.
    pub joined: bool,
    /// That was a dash with nothing else it could mean: `--`, `—` or one between blanks.
    pub strong: bool,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..self.end).unwrap_or("")
    }

    /// Scans from `from`; gives what was read, if anything.
    pub fn run(&mut self, from: usize) -> Option<Read> {
        let mut last = from;
        for _ in 0..16 {
            self.skip(|c| c.is_whitespace() || c == ',' || c == '\u{A0}');
            let before = self.at;
            if self.wire() || self.date() {
                last = self.at;
                continue;
            }
            if self.mark() {
                last = self.at;
                if self.done() {
                    break;
                }
                continue;
            }
            let full = self.closed && !self.read.places.is_empty() && !self.joined;
            if full || !self.place() {
                self.at = before;
                break;
            }
            last = self.at;
        }
        last = last.max(self.last_dash(last));
        let start = from
            + (self.text[from..].len()
                - self.text[from..]
                    .trim_start_matches(|c: char| c.is_whitespace())
                    .len());
        let trimmed = self.text[start..last.max(start)].trim_end();
        self.read.extent = Extent::new(start, start + trimmed.len());
        let something =
            self.read.wire.is_some() || self.read.date.is_some() || !self.read.places.is_empty();
        something.then(|| self.read.clone())
    }

    /// The end of a dash that follows the last bracket or stroke.
    fn last_dash(&self, last: usize) -> usize {
        let rest = self.text.get(last..self.end).unwrap_or("");
        let dash = rest.trim_start();
        let after = dash.trim_start_matches(['-', '–', '—', '―']);
        if after.len() < dash.len() && self.closed {
            last + rest.len() - after.len()
        } else {
            last
        }
    }

    fn skip(&mut self, what: impl Fn(char) -> bool) {
        let rest = self.rest();
        let kept = rest.trim_start_matches(what);
        self.at += rest.len() - kept.len();
    }

    /// Whether, after a mark, nothing that follows belongs to the dateline.
    fn done(&self) -> bool {
        let rest = self.rest().trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | ',')
        });
        if self.read.wire.is_none() && (wire_at(rest).is_some())
            || self.read.date.is_none() && dates::at_start(rest).is_some()
        {
            return false;
        }
        if self.read.places.is_empty() && (self.read.wire.is_some() || self.read.date.is_some()) {
            return !place_follows(rest);
        }
        let parted = self.text[..self.at].ends_with('/')
            && self.read.places.len() == 1
            && self.read.date.is_none()
            && self.read.wire.is_none();
        self.closed
            && !parted
            && !(rest.starts_with(['(', '['])
                && self.read.issuer.is_none()
                && self.read.wire.is_none())
    }

    /// A wire's name, in brackets, between strokes or bare.
    fn wire(&mut self) -> bool {
        if self.read.wire.is_some() {
            return false;
        }
        let Some((name, len)) = wire_at(self.rest()) else {
            return self.stroked();
        };
        self.read.wire = Some(name);
        self.at += len;
        self.closed = true;
        true
    }

    /// `/ Issuer /` after place and date, as some services print it.
    fn stroked(&mut self) -> bool {
        if self.read.places.is_empty() || self.read.date.is_none() || self.read.issuer.is_some() {
            return false;
        }
        let Some((name, len)) = self
            .rest()
            .starts_with('/')
            .then(|| bracketed(self.rest(), '/'))
            .flatten()
        else {
            return false;
        };
        let start = self.at + 1 + (name.len() - name.trim_start().len());
        let extent = Extent::new(start, start + name.trim().len());
        if extent.is_empty() || !name.trim().starts_with(char::is_alphanumeric) {
            return false;
        }
        self.at += len;
        self.read.issuer = Some(extent);
        self.closed = true;
        true
    }

    /// A date, with the time of day that may follow it.
    fn date(&mut self) -> bool {
        if self.read.date.is_some() {
            return false;
        }
        let rest = self.rest();
        let article = ["le ", "den ", "am ", "el ", "il "]
            .iter()
            .find(|word| rest.starts_with(**word));
        let skipped = article.map_or(0, |word| word.len());
        let Some(read) = dates::at_start(&rest[skipped..]) else {
            return false;
        };
        self.read.date = Some(read);
        self.at += read.len + skipped;
        self.at += time_len(self.rest());
        true
    }

    /// A dash, a stroke, a bracket, a colon.
    fn mark(&mut self) -> bool {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else {
            return false;
        };
        let spaced = self.text[..self.at].ends_with(|c: char| c.is_whitespace());
        let run = rest.len() - rest.trim_start_matches(['-', '–', '—', '―', '‒']).len();
        if run > 0 {
            self.strong |= run >= 2 || spaced;
            self.at += run;
            self.closed = true;
            return true;
        }
        let something =
            !self.read.places.is_empty() || self.read.date.is_some() || self.read.wire.is_some();
        if c == '/' && self.joins_places() {
            self.joined = true;
            self.at += 1;
            return true;
        }
        match c {
            '/' | '|' | ')' | ']' | '）' | '】' | '•' if something => self.closed = true,
            ':' if something && self.read.date.is_some() => self.closed = true,
            '.' if self.ends_with_day() => self.closed = true,
            '(' | '[' | '（' | '【' | '/' => {}
            _ => return false,
        }
        self.at += c.len_utf8();
        true
    }

    /// Whether a known place and a day with its year were read, which the point that comes next ends as a sentence of its
    /// own: `Berlin, 29. November 2022. Der Verband …`.
    fn ends_with_day(&self) -> bool {
        let places = &self.read.places;
        let known = self.read.region.is_some()
            || places
                .iter()
                .any(|place| places::is_city(place.of(self.text)));
        let behind = self.rest()[1..].trim_start();
        known
            && !places.is_empty()
            && self.read.date.is_some_and(|date| date.year.is_some())
            && self.text[..self.at].ends_with(|c: char| c.is_ascii_digit())
            && behind.len() + 1 < self.rest().len()
            && behind.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '„' | '"'))
    }

    /// One place, or the region after one.
    fn place(&mut self) -> bool {
        let Some(len) = place_len(self.rest()) else {
            return false;
        };
        let start = self.at;
        let segment = &self.text[start..start + len];
        // `2024-02-17 Press Release: …` labels a headline.
        if above::is_above(segment) {
            return false;
        }
        let after_comma = self.text[..start].trim_end().ends_with(',');
        let extent = Extent::new(start, start + len);
        let joined = std::mem::take(&mut self.joined);
        if !self.read.places.is_empty() && !joined && (after_comma || places::is_region(segment)) {
            let known = places::is_region(segment);
            if known
                || self.read.region.is_none()
                    && !places::is_city(segment)
                    && self.read.places.len() == 1
                    && !segment.contains(' ')
            {
                self.add_region(extent);
                self.at += len;
                self.joiner();
                // A region closes a place even where the dash was lost.
                self.closed |= known
                    && (self.gap_follows()
                        || self.shouted()
                            && self.rest().trim_start().starts_with(char::is_uppercase));
                return true;
            }
        }
        if self.read.places.len() >= 6 {
            return false;
        }
        // What was taken for a region is one of several places.
        if after_comma
            && !joined
            && let Some(region) = self
                .read
                .region
                .filter(|region| !places::is_region(region.of(self.text)))
        {
            self.read.region = None;
            self.read.places.push(region);
        }
        let (city, region) = split_region(segment);
        self.read.places.push(Extent::new(start, start + city));
        if let Some(region) = region {
            self.read.region = Some(Extent::new(start + region, start + len));
        }
        self.at += len;
        self.joiner();
        true
    }

    /// Sets the region, or adds the country to the state that was just read.
    fn add_region(&mut self, extent: Extent) {
        self.read.region = Some(match self.read.region {
            None => extent,
            Some(region)
                if self.text[region.end..extent.start]
                    .trim_matches([',', ' ', '.'])
                    .is_empty() =>
            {
                Extent::new(region.start, extent.end)
            }
            Some(region) => region,
        });
    }

    /// `and`, `&`, `et`, `und` between two places.
    fn joiner(&mut self) {
        let rest = self.rest();
        let trimmed = rest.trim_start();
        for word in ["and ", "& ", "et ", "und ", "y "] {
            if let Some(after) = trimmed.strip_prefix(word)
                && place_len(after.trim_start()).is_some()
            {
                self.at += rest.len() - after.len();
                self.joined = true;
                return;
            }
        }
    }

    /// Whether a stroke parts two places: `HONG KONG / PARIS`.
    fn joins_places(&self) -> bool {
        let after = self.rest()[1..].trim_start();
        let early = self.read.wire.is_none() && self.read.date.is_none() && !self.closed;
        early
            && !self.read.places.is_empty()
            && wire_at(after).is_none()
            && dates::at_start(after).is_none()
            && place_len(after).is_some()
    }

    /// Whether the first place is printed in capitals.
    fn shouted(&self) -> bool {
        self.read
            .places
            .first()
            .is_some_and(|place| !place.of(self.text).chars().any(char::is_lowercase))
    }

    /// Whether a wide gap or the end of the block follows.
    fn gap_follows(&self) -> bool {
        let rest = &self.text[self.at..self.end];
        let blanks = rest.chars().take_while(|c| c.is_whitespace()).count();
        blanks >= 2 || self.at >= self.own
    }
}
