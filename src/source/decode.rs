//! Bytes to text, in whatever encoding they are. A byte order mark wins, then what the bytes are when they are valid
//! UTF-8, then what the document or its server declares, then what the bytes look like. It exists because wires still
//! send Windows-1252 declared as UTF-8; it never fails: what cannot be decoded becomes U+FFFD.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes the sniffer looks at.
const SNIFFED: usize = 64 << 10;

/// The text of `bytes`; `declared` is the label that the document or its server gives (`iso-8859-1`).
#[must_use]
pub fn decode(bytes: &[u8], declared: Option<&str>) -> String {
    let (encoding, mark) = encoding_of(bytes, declared);
    encoding
        .decode_without_bom_handling(bytes.get(mark..).unwrap_or_default())
        .0
        .into_owned()
}

/// The encoding of `bytes` and the length of their byte order mark.
fn encoding_of(bytes: &[u8], declared: Option<&str>) -> (&'static Encoding, usize) {
    if let Some(found) = Encoding::for_bom(bytes) {
        return found;
    }
    if let Some(found) = unmarked_utf16(bytes) {
        return (found, 0);
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let encoding = match declared {
        // ISO-2022-JP is valid UTF-8 as well, so its declaration counts first.
        Some(e) if e.is_ascii_compatible() && std::str::from_utf8(bytes).is_ok() => UTF_8,
        Some(e) if e != UTF_8 => e,
        // Declared as UTF-8, or not at all, and perhaps lying.
        _ if mostly_utf8(bytes) => UTF_8,
        _ => sniff(bytes),
    };
    (encoding, 0)
}

/// Whether `bytes` look like UTF-16 without a byte order mark.
pub fn is_utf16(bytes: &[u8]) -> bool {
    unmarked_utf16(bytes).is_some()
}

/// UTF-16 without a mark: one byte of nearly every pair is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(1024) & !1)?;
    if head.len() < 4 {
        return None;
    }
    let zeros = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = head.len() / 2;
    match () {
        () if odd * 10 >= pairs * 7 && even * 10 < pairs => Some(UTF_16LE),
        () if even * 10 >= pairs * 7 && odd * 10 < pairs => Some(UTF_16BE),
        () => None,
    }
}

/// Whether `bytes` are UTF-8 but for rare damage: a single bad byte must not turn a whole release to mojibake.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good > bad * 8
}

fn sniff(bytes: &[u8]) -> &'static Encoding {
    let head = bytes.get(..SNIFFED).unwrap_or(bytes);
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(head, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_encoding_the_words_come_out() {
        let utf16: Vec<u8> = "Grüße aus Köln"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let marked = [b"\xFF\xFE".as_slice(), &utf16].concat();
        let russian = encoding_rs::WINDOWS_1251
            .encode("Пресс-служба банка сообщает о результатах года")
            .0;
        let chinese = encoding_rs::GBK
            .encode("公司今日宣布与合作伙伴签署协议，双方将共同开发新产品")
            .0;
        let japanese = encoding_rs::SHIFT_JIS
            .encode("当社は本日、新製品を発表しました。")
            .0;
        for (bytes, declared, want) in [
            ("Grüße".as_bytes(), None, "Grüße"),
            ("Grüße".as_bytes(), Some("iso-8859-1"), "Grüße"),
            (
                b"Gr\xFC\xDFe \x96 \x93K\xF6ln\x94",
                Some("utf-8"),
                "Grüße – “Köln”",
            ),
            (b"Gr\xFC\xDFe", Some("ISO-8859-1"), "Grüße"),
            (&utf16, None, "Grüße aus Köln"),
            (&marked, Some("utf-8"), "Grüße aus Köln"),
            (
                &russian,
                None,
                "Пресс-служба банка сообщает о результатах года",
            ),
            (
                &chinese,
                None,
                "公司今日宣布与合作伙伴签署协议，双方将共同开发新产品",
            ),
            (
                &japanese,
                Some("shift_jis"),
                "当社は本日、新製品を発表しました。",
            ),
            (b"\xEF\xBB\xBFx", None, "x"),
            (b"", None, ""),
        ] {
            assert_eq!(decode(bytes, declared), want);
        }
    }

    #[test]
    fn one_bad_byte_spoils_one_character() {
        let mut bytes = "Zürich, Genève, Köln, Malmö, São Paulo, Łódź, Århus"
            .as_bytes()
            .to_vec();
        bytes.push(0xFF);
        assert!(decode(&bytes, None).ends_with("Århus\u{FFFD}"));
        assert!(decode(b"a\0b\xFFc", Some("utf-8")).starts_with('a'));
    }
}
