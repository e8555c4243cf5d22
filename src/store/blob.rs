//! Compact forms of what the store keeps beside its columns: deflated bytes, deflated JSON, lists of numbers. JSON,
//! because fields may be added to the domain's shapes without a migration; deflated, because it repeats itself. What is
//! small stays as it is.
//! Reading refuses what is not such a form, and more than [`LIMIT`] bytes of it.

use std::io::Read;

use flate2::{Compress, Compression, FlushCompress, Status};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::excerpt::{around, excerpt, whole_bytes};

/// The most that a stored blob may inflate to: 64 MiB, more than any text the doors let in.
const LIMIT: u64 = 64 << 20;

/// What bytes begin with that are kept as an excerpt of a text: no deflated piece begins so.
const BESIDE: u8 = 7;

/// What bytes begin with that are kept as they are: no deflated piece begins so.
const PLAIN: u8 = 15;

/// Smaller pieces are kept as they are: of such there is little to save, and the tables are as large as ever.
const SMALL: usize = 512;

/// Deflates, and keeps its tables from one piece to the next (they are larger than most releases).
pub(super) struct Deflater {
    state: Compress,
    json: Vec<u8>,
}

impl Default for Deflater {
    fn default() -> Self {
        Self {
            state: Compress::new(Compression::fast(), false),
            json: Vec::new(),
        }
    }
}

impl Deflater {
    /// `bytes`, deflated where there is something to save.
    pub fn bytes(&mut self, bytes: &[u8]) -> Vec<u8> {
        if bytes.len() < SMALL {
            return [&[PLAIN], bytes].concat();
        }
        self.state.reset();
        let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
        loop {
            let consumed = usize::try_from(self.state.total_in()).unwrap_or(usize::MAX);
            let rest = bytes.get(consumed..).unwrap_or_default();
            match self
                .state
                .compress_vec(rest, &mut out, FlushCompress::Finish)
            {
                Ok(Status::StreamEnd) | Err(_) => return out,
                Ok(Status::Ok | Status::BufError) => out.reserve(out.capacity().max(256)),
            }
        }
    }

    /// `text` beside `other`, which holds most of it: as an excerpt of it where that is short, else deflated.
    pub fn beside(&mut self, text: &str, other: &str) -> Vec<u8> {
        let excerpt = excerpt(text, other.as_bytes());
        if excerpt.len() > 64 + text.len() / 8 {
            return self.bytes(text.as_bytes());
        }
        [&[BESIDE], excerpt.as_slice()].concat()
    }

    /// What a text was read from, beside it: what surrounds the text in it where that is short, else deflated.
    pub fn around(&mut self, markup: &[u8], text: &str) -> Vec<u8> {
        match around(markup, text) {
            Some(excerpt) => [&[BESIDE], excerpt.as_slice()].concat(),
            None => self.bytes(markup),
        }
    }

    /// `value` as JSON, deflated.
    pub fn json(&mut self, value: &impl Serialize) -> Vec<u8> {
        let mut json = std::mem::take(&mut self.json);
        json.clear();
        // Our own shapes have string keys and finite numbers: JSON can hold them.
        let written = serde_json::to_writer(&mut json, value);
        debug_assert!(written.is_ok(), "{written:?}");
        let deflated = self.bytes(&json);
        self.json = json;
        deflated
    }
}

/// What [`Deflater::bytes`] deflated; `None` where `blob` is something else.
pub(super) fn inflate(blob: &[u8]) -> Option<Vec<u8>> {
    if let Some((&PLAIN, bytes)) = blob.split_first() {
        return Some(bytes.to_owned());
    }
    let mut out = Vec::with_capacity(blob.len() * 3);
    flate2::read::DeflateDecoder::new(blob)
        .take(LIMIT)
        .read_to_end(&mut out)
        .ok()?;
    Some(out)
}

/// The text that [`Deflater::beside`] made `blob` of.
pub(super) fn beside(blob: &[u8], other: &str) -> Option<String> {
    String::from_utf8(surrounded(blob, other)?).ok()
}

/// The bytes that [`Deflater::around`] made `blob` of.
pub(super) fn surrounded(blob: &[u8], text: &str) -> Option<Vec<u8>> {
    match blob.split_first() {
        Some((&BESIDE, excerpt)) => whole_bytes(excerpt, text.as_bytes()),
        _ => inflate(blob),
    }
}

/// What [`Deflater::bytes`] deflated, as text.
pub(super) fn inflate_text(blob: &[u8]) -> Option<String> {
    String::from_utf8(inflate(blob)?).ok()
}

/// What [`Deflater::json`] made.
pub(super) fn inflate_json<T: DeserializeOwned>(blob: &[u8]) -> Option<T> {
    serde_json::from_slice(&inflate(blob)?).ok()
}

/// JSON that is not deflated.
pub(super) fn json<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_slice(bytes).ok()
}

/// Numbers as little-endian bytes.
pub(super) fn from_ids(ids: &[i64]) -> Vec<u8> {
    ids.iter().flat_map(|id| id.to_le_bytes()).collect()
}

/// What [`from_ids`] made; a torn end is left out.
pub(super) fn to_ids(blob: &[u8]) -> Vec<i64> {
    blob.chunks_exact(8)
        .filter_map(|bytes| bytes.try_into().ok().map(i64::from_le_bytes))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_deflated_comes_back() {
        let mut deflater = Deflater::default();
        let noise: Vec<u8> = (0..100_000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
            .collect();
        let many = [b'a'; 2 * SMALL];
        for bytes in [&b""[..], b"a", &many[..SMALL - 1], &many, &noise] {
            let deflated = deflater.bytes(bytes);
            assert_eq!(inflate(&deflated).as_deref(), Some(bytes));
        }
        assert_eq!(
            inflate_json::<Vec<u8>>(&deflater.json(&vec![1_u8, 2])),
            Some(vec![1, 2])
        );
        assert_eq!(inflate_json::<Vec<u8>>(b"\xff\xff\xff"), None);
    }

    #[test]
    fn a_text_comes_back_from_beside_another() {
        let mut deflater = Deflater::default();
        let clean =
            "The harbour board opened quay 4 on Monday.\n\nShips may berth from June.".repeat(8);
        let read = clean.replace(".\n\n", ". \n \n");
        let blob = deflater.beside(&read, &clean);
        assert!(blob.len() < read.len() / 6, "{}", blob.len());
        assert_eq!(beside(&blob, &clean).as_deref(), Some(&*read));
        for other in ["", "something else"] {
            let blob = deflater.beside(&read, other);
            assert_eq!(beside(&blob, other).as_deref(), Some(&*read));
        }
        let markup = format!("<p>{}</p>", clean.replace("\n\n", "</p>\n<p>"));
        for other in [&*clean, "", "something else"] {
            let blob = deflater.around(markup.as_bytes(), other);
            let back = surrounded(&blob, other);
            assert_eq!(back.as_deref(), Some(markup.as_bytes()));
        }
        assert_eq!(beside(&[BESIDE, 9, 1], &clean), None);
    }

    #[test]
    fn ids_come_back() {
        let ids = [0, -1, i64::MAX, 27_000_000 << 6];
        assert_eq!(to_ids(&from_ids(&ids)), ids);
        assert_eq!(to_ids(&[1, 2, 3]), Vec::<i64>::new());
    }
}
