//! A byte range of a text. It exists so that recognition, search, passages and drawing speak of the same places;
//! it refuses nothing but an end before its start.

use serde::{Deserialize, Serialize};

/// A half-open range of UTF-8 byte offsets, `start <= end`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Extent {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Extent {
    /// The extent from `start` to `end`.
    ///
    /// # Panics
    /// In debug builds, where `end < start`.
    #[must_use]
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(
            start <= end,
            "an extent ends before it starts: {start}..{end}"
        );
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    #[inline]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    #[must_use]
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte at `at` lies inside.
    #[must_use]
    #[inline]
    pub fn contains(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    #[inline]
    pub fn encloses(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    #[inline]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// What this extent covers of `text`; empty where the extent does not lie on the text's character boundaries.
    #[must_use]
    #[inline]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// This extent moved `by` bytes to the right.
    #[must_use]
    #[inline]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }
}

impl From<std::ops::Range<usize>> for Extent {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<Extent> for std::ops::Range<usize> {
    fn from(extent: Extent) -> Self {
        extent.start..extent.end
    }
}
