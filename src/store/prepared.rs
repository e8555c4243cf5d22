//! All that can be done to a release before the library's one writer takes it: understanding, patterns, normalised
//! names, keys, deflating. It runs on as many threads as there are; each has a [`Preparer`] of its own.

use super::blob::Deflater;
use super::entities::{Named, names};
use super::identity::Keys;
use super::index::{Indexed, unsearched, without};
use super::reading;
use crate::entity::{Reading, Recogniser, Recognition};
use crate::release::story::{BANDS, sketch};
use crate::release::{Declined, Incoming, Release, ReleaseId, Standing, understand};
use crate::text::SafeText;

/// A release ready to be written.
pub struct Prepared {
    pub(super) release: Release,
    pub(super) keys: Keys,
    pub(super) source: Option<String>,
    pub(super) by_archive: bool,
    pub(super) published: Published,
    pub(super) embargo: Option<i64>,
    pub(super) indexed: Indexed,
    pub(super) unsearched: Option<Vec<u8>>,
    pub(super) parts: Vec<u8>,
    pub(super) format: String,
    pub(super) incoming: Vec<u8>,
    pub(super) read_text: Option<Vec<u8>>,
    pub(super) original: Option<Vec<u8>>,
    pub(super) reading: Reading,
    pub(super) recognition: Vec<u8>,
    pub(super) names: Vec<Option<Named>>,
    pub(super) path: Option<SafeText>,
    pub(super) url: Option<SafeText>,
    pub(super) guid: Option<SafeText>,
    pub(super) sketch: Option<[i64; BANDS]>,
    /// The release of the library that waits to be taken apart and of which this is what was found.
    pub(super) of: Option<ReleaseId>,
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prepared")
            .field("headline", &self.indexed.title)
            .finish_non_exhaustive()
    }
}

/// When a release was published, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Published {
    /// Seconds since the epoch; noon UTC where only the day is known.
    pub seconds: i64,
    /// Whether text or source say so.
    pub dated: bool,
    /// Whether they give the time of day.
    pub timed: bool,
}

/// Prepares releases; owns the recogniser and the deflater's tables.
pub struct Preparer {
    recogniser: Recogniser,
    deflater: Deflater,
}

impl Preparer {
    /// A preparer whose recogniser reads so carefully.
    #[must_use]
    pub fn new(reading: Reading) -> Self {
        Self {
            recogniser: Recogniser::new(reading),
            deflater: Deflater::default(),
        }
    }

    /// Understands `incoming` and readies it for the library. `seen` is the present time, seconds since the epoch.
    pub fn prepare(&mut self, incoming: Incoming, declined: &[Declined], seen: i64) -> Prepared {
        let mut release = understand(&incoming, declined);
        let recognition = self.recogniser.recognise(&release);
        let unsearched = unsearched(&release);
        let body = match &unsearched {
            Some(extents) => without(&release.text, extents),
            None => release.text.as_str().to_owned(),
        };
        let headline = release.headline.clone().unwrap_or_default();
        let deflater = &mut self.deflater;
        Prepared {
            keys: Keys::of(&incoming, &release),
            source: incoming
                .source
                .clone()
                .filter(|name| !name.trim().is_empty()),
            by_archive: incoming.format == crate::release::Format::Json,
            published: published(&release, &incoming, seen),
            embargo: embargo(&release),
            indexed: Indexed {
                unspaced: unspaced(&body),
                title: headline.as_str().to_owned(),
                body,
            },
            unsearched,
            parts: parts(deflater, &mut release),
            format: format_name(incoming.format),
            incoming: deflater.json(&incoming),
            read_text: (incoming.text != release.text.as_str())
                .then(|| deflater.beside(&incoming.text, &release.text)),
            original: (incoming.original != incoming.text.as_bytes())
                .then(|| deflater.around(&incoming.original, &incoming.text)),
            reading: self.recogniser.reading(),
            recognition: reading::deflated(deflater, &recognition),
            names: names(&recognition),
            path: incoming.path.as_deref().map(SafeText::clean_line),
            url: release
                .url
                .clone()
                .or_else(|| incoming.url.as_deref().map(SafeText::clean_line)),
            guid: incoming.guid.as_deref().map(SafeText::clean_line),
            sketch: sketch(&release),
            of: None,
            release,
        }
    }
}

impl Prepared {
    /// Says that this is what was found in the release `of` of the library, which waits to be taken apart.
    #[must_use]
    pub fn of(mut self, of: Option<ReleaseId>) -> Self {
        self.of = of;
        self
    }

    /// Whether this is what was found in a release of the library, which stands in the list already.
    #[must_use]
    pub fn is_of_the_library(&self) -> bool {
        self.of.is_some()
    }
}

/// A new reading of a release that the library has.
#[derive(Debug)]
pub struct NewReading {
    pub(super) reading: Reading,
    pub(super) recognition: Vec<u8>,
    pub(super) names: Vec<Option<Named>>,
}

impl NewReading {
    /// Readies a reading for the library.
    #[must_use]
    pub fn new(reading: Reading, recognition: &Recognition) -> Self {
        Self {
            reading,
            recognition: reading::deflated(&mut Deflater::default(), recognition),
            names: names(recognition),
        }
    }
}

/// The understood parts as they are stored: the release without its text.
fn parts(deflater: &mut Deflater, release: &mut Release) -> Vec<u8> {
    let text = std::mem::take(&mut release.text);
    let parts = deflater.json(release);
    release.text = text;
    parts
}

/// The stored name of a format.
fn format_name(format: crate::release::Format) -> String {
    serde_json::to_value(format)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// When it was published: as the text says, else as its source says, else when it was first seen. A date in the
/// future (more than two days: zones, embargoes), the epoch itself and years before 1900 are no dates.
pub(super) fn published(release: &Release, incoming: &Incoming, seen: i64) -> Published {
    let sayings = [
        release.published.as_deref(),
        incoming.published.as_deref(),
        release.dateline.as_ref().and_then(|d| d.date.as_deref()),
    ];
    let credible = |(seconds, _): &(i64, bool)| {
        *seconds > EARLIEST && *seconds < seen + 2 * 86_400 && *seconds / 86_400 != 0
    };
    match sayings
        .into_iter()
        .flatten()
        .filter_map(instant)
        .find(credible)
    {
        Some((seconds, timed)) => Published {
            seconds,
            dated: true,
            timed,
        },
        None => Published {
            seconds: seen,
            dated: false,
            timed: true,
        },
    }
}

/// 1900-01-01.
const EARLIEST: i64 = -2_208_988_800;

/// Seconds since the epoch of an RFC 3339 time or of a plain date (its noon, UTC), and whether it had a time of day.
pub(super) fn instant(text: &str) -> Option<(i64, bool)> {
    let text = text.trim();
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return Some((time.as_second(), true));
    }
    let utc = jiff::tz::TimeZone::UTC;
    if let Ok(time) = text.parse::<jiff::civil::DateTime>()
        && text.len() > 10
    {
        return utc
            .to_timestamp(time)
            .ok()
            .map(|time| (time.as_second(), true));
    }
    let day = text.parse::<jiff::civil::Date>().ok()?;
    let noon = utc.to_timestamp(day.at(12, 0, 0, 0)).ok()?;
    Some((noon.as_second(), false))
}

/// When its embargo lifts.
fn embargo(release: &Release) -> Option<i64> {
    let until = release.embargo.as_ref()?.until.as_deref()?;
    instant(until).map(|(seconds, _)| seconds)
}

/// The stored number of a standing.
pub(super) fn standing_number(standing: Option<Standing>) -> Option<i64> {
    standing.map(|standing| match standing {
        Standing::Correction => 1,
        Standing::Kill => 2,
        Standing::Advisory => 3,
    })
}

/// Whether a text is in a script without spaces between words: one character in twenty or more.
fn unspaced(text: &str) -> bool {
    // No such script has characters of less than three bytes, nor of those that begin as typographic marks do.
    if !text.bytes().any(|byte| byte >= 0xE0 && byte != 0xE2) {
        return false;
    }
    let (mut all, mut without) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        without += usize::from(crate::query::unspaced(c));
    }
    without * 20 >= all && without > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_read() {
        assert_eq!(instant("2024-03-19"), Some((1_710_849_600, false)));
        assert_eq!(
            instant("2024-03-19T08:00:00-04:00"),
            Some((1_710_849_600, true))
        );
        assert_eq!(instant("2024-02-30"), None);
        assert_eq!(instant("soon"), None);
    }

    #[test]
    fn what_cannot_be_a_date_is_none() {
        let seen = 1_710_849_600;
        let at = |date: &str| {
            let incoming = Incoming {
                published: Some(date.into()),
                ..Incoming::default()
            };
            published(&Release::default(), &incoming, seen)
        };
        for odd in ["1970-01-01", "2099-01-01", "0000-01-01", "1899-12-31"] {
            assert_eq!(
                at(odd),
                Published {
                    seconds: seen,
                    dated: false,
                    timed: true
                },
                "{odd}"
            );
        }
        assert!(at("2024-03-20").dated && !at("2024-03-20").timed);
    }

    #[test]
    fn scripts_without_spaces_are_known() {
        assert!(unspaced("新质生产力 in Changsha"));
        assert!(!unspaced(
            "Changsha (长沙), the capital of Hunan, in central China, is a city of ten million people."
        ));
    }
}
