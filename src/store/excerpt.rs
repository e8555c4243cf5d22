//! A text as an excerpt of the bytes it was taken from, and those bytes as an excerpt of the text: what of the one stands
//! in the other is named by its place, in order, and only the rest is written out. It exists because a text and the markup
//! that it was read from are kept beside each other, and writing every word twice costs more than finding it. All ways take
//! linear time; it refuses what it did not write.

use memchr::memmem;

/// So many bytes of the text must stand in a place before it is looked at.
const KEY: usize = 16;

/// How far ahead a place is looked for: over tags, and over a summary that comes before the text.
const AHEAD: usize = 4096;

/// More than this does not come back, as of any other blob.
const LIMIT: usize = 64 << 20;

/// `text` as an excerpt of `whole`.
pub(super) fn excerpt(text: &str, whole: &[u8]) -> Vec<u8> {
    let text = text.as_bytes();
    let mut out = Vec::with_capacity(256);
    let (mut at, mut from, mut unwritten, mut misses) = (0, 0, 0, 0);
    while let Some(key) = text.get(at..at + KEY) {
        let ahead = &whole[from..whole.len().min(from + AHEAD)];
        match memmem::find(ahead, key) {
            Some(skipped) => {
                let same = common(&text[at..], &whole[from + skipped..]);
                piece(&mut out, &text[unwritten..at], skipped, same);
                at += same;
                from += skipped + same;
                (unwritten, misses) = (at, 0);
            }
            // Where nothing is found for long, steps grow, so that a text that stands nowhere costs little.
            None => {
                misses += 1;
                at += 1 + misses / 8;
            }
        }
    }
    piece(&mut out, &text[unwritten..], 0, 0);
    out
}

/// Markup as an excerpt of the text that was read from it; `None` where too little of it would be.
pub(super) fn around(markup: &[u8], text: &str) -> Option<Vec<u8>> {
    /// So many places in a row where the text does not go on are no longer its markup.
    const LOST: usize = 64;
    let whole = text.as_bytes();
    if markup.len() / 2 > whole.len() {
        return None;
    }
    let mut out = Vec::with_capacity(markup.len() / 4);
    // A summary may open as the text does, and stands before it.
    let mut at = memmem::find_iter(markup, whole.get(..KEY)?).last()?;
    let (mut from, mut unwritten, mut misses) = (0, 0, 0);
    while let Some(key) = markup.get(at..at + KEY) {
        match ahead(key, whole, from) {
            Some(skipped) => {
                let same = common(&markup[at..], &whole[from + skipped..]);
                piece(&mut out, &markup[unwritten..at], skipped, same);
                at += same;
                from += skipped + same;
                (unwritten, misses) = (at, 0);
            }
            None if misses == LOST => break,
            None => misses += 1,
        }
        // The text goes on behind a tag, an entity or a line feed.
        match memchr::memchr3(b'>', b';', b'\n', &markup[at..]) {
            Some(end) => at += end + 1,
            None => break,
        }
    }
    piece(&mut out, &markup[unwritten..], 0, 0);
    (out.len() < markup.len() / 2).then_some(out)
}

/// How far ahead of `from` a key stands in `whole`: nearly always there or behind the white space there.
fn ahead(key: &[u8], whole: &[u8], from: usize) -> Option<usize> {
    let rest = &whole[from..whole.len().min(from + AHEAD)];
    let blank = rest.iter().take_while(|b| b.is_ascii_whitespace()).count();
    if rest[blank..].starts_with(key) {
        return Some(blank);
    }
    memmem::find(rest, key)
}

/// The text that [`excerpt`] made this of; `None` where it did not.
pub(super) fn whole_text(excerpt: &[u8], whole: &[u8]) -> Option<String> {
    String::from_utf8(whole_bytes(excerpt, whole)?).ok()
}

/// The bytes that [`excerpt`] or [`around`] made this of; `None` where they did not.
pub(super) fn whole_bytes(excerpt: &[u8], whole: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::with_capacity(whole.len());
    let (mut rest, mut from) = (excerpt, 0_usize);
    while !rest.is_empty() {
        let written = number(&mut rest)?;
        text.extend_from_slice(rest.split_off(..written)?);
        from = from.checked_add(number(&mut rest)?)?;
        let end = from.checked_add(number(&mut rest)?)?;
        text.extend_from_slice(whole.get(from..end)?);
        from = end;
        if text.len() > LIMIT {
            return None;
        }
    }
    Some(text)
}

/// How many bytes two texts begin with in common.
fn common(first: &[u8], second: &[u8]) -> usize {
    const STEP: usize = 32;
    let steps = first.chunks_exact(STEP).zip(second.chunks_exact(STEP));
    let coarse = STEP * steps.take_while(|(a, b)| a == b).count();
    let rest = first[coarse..].iter().zip(&second[coarse..]);
    coarse + rest.take_while(|(a, b)| a == b).count()
}

/// Bytes that are written out, how many are passed over in the whole, and how many are taken from there.
fn piece(out: &mut Vec<u8>, written: &[u8], skipped: usize, taken: usize) {
    put(out, written.len());
    out.extend_from_slice(written);
    put(out, skipped);
    put(out, taken);
}

/// A number in bytes of seven bits, the lowest first.
fn put(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn number(rest: &mut &[u8]) -> Option<usize> {
    let mut number = 0_usize;
    for shift in (0..35).step_by(7) {
        let byte = *rest.split_off_first()?;
        number |= usize::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_markup_is_not_written_again() {
        let whole = "<item><title>T</title><d><![CDATA[<p>The harbour authority opened quay 4 on Monday.</p>\
                     <p>Ships may berth from <b>June</b>, said Ingrid Dahl &amp; colleagues.</p>]]></d></item>";
        let text = "The harbour authority opened quay 4 on Monday.\n\nShips may berth from June, said Ingrid Dahl & \
                    colleagues.";
        let short = excerpt(text, whole.as_bytes());
        assert!(short.len() < text.len() / 2, "{}", short.len());
        assert_eq!(whole_text(&short, whole.as_bytes()).as_deref(), Some(text));
    }

    #[test]
    fn markup_comes_back_from_around_its_text() {
        let quay = |n| format!("Quay {n} of the harbour opened on Monday, said Ingrid Dahl. ");
        let (long, end): (String, String) =
            ((1..9).map(quay).collect(), (10..19).map(quay).collect());
        let text = format!("{long}\n\nShips & boats may berth there from June.\n\n{end}");
        let markup = format!(
            "<item><title>T</title><s>{}</s><d><p>{long}</p><p>Ships &amp; boats may berth there <b>from June</b>.\
             </p>\n<p>{end}</p></d></item>",
            &long[..80]
        );
        let short = around(markup.as_bytes(), &text).expect("short enough");
        assert!(short.len() < markup.len() / 4, "{}", short.len());
        assert_eq!(
            whole_bytes(&short, text.as_bytes()).as_deref(),
            Some(markup.as_bytes())
        );
        for other in [
            "",
            "short",
            "another text altogether, of some length",
            &*long,
        ] {
            if let Some(short) = around(markup.as_bytes(), other) {
                let back = whole_bytes(&short, other.as_bytes());
                assert_eq!(back.as_deref(), Some(markup.as_bytes()));
            }
        }
    }

    #[test]
    fn every_text_comes_back_whatever_it_is_taken_from() {
        let long = "word ".repeat(5_000);
        for (text, whole) in [
            ("", ""),
            ("short", ""),
            (
                "長沙在湖南，是一座城市。長沙在湖南。",
                "長沙在湖南，是一座城市。",
            ),
            (&*long, "word "),
            (
                "a text that stands nowhere in it at all, of any length",
                &*long,
            ),
            (&*long, &*long),
        ] {
            let short = excerpt(text, whole.as_bytes());
            assert_eq!(whole_text(&short, whole.as_bytes()).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_no_excerpt_gives_nothing() {
        for odd in [
            &b"\x05ab"[..],
            b"\x00\x09\x01",
            b"\xFF\xFF\xFF\xFF\xFF\xFF",
            b"\x01\xFF\x00\x00",
        ] {
            assert_eq!(whole_text(odd, b"abc"), None, "{odd:?}");
        }
    }
}
