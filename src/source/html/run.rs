//! Runs of words in the text of markup that go over into the plain text as they stand. It exists because most of a page is
//! such runs, and taking its words over one by one costs more than all tags; it refuses to know what white space means.

/// How many bytes at the start of `text` are words with one space between each two.
pub(super) fn run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_blank = |at: usize| match bytes.get(at) {
        None | Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0C) => true,
        // The no-break space.
        Some(0xC2) => bytes.get(at + 1) == Some(&0xA0),
        Some(_) => false,
    };
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let plain = !MAY_BE_BLANK[usize::from(*byte)];
        let between = || *byte == b' ' && !is_blank(at + 1);
        if !(plain || between() || !is_blank(at)) {
            break;
        }
        at += 1;
    }
    at
}

/// First bytes of white space.
static MAY_BE_BLANK: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(byte as u8, b' ' | b'\t' | b'\n' | b'\r' | 0x0C | 0xC2);
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_before_white_space_that_is_more_than_a_space() {
        for (text, length) in [
            ("one two three", 13),
            ("one two ", 7),
            ("one  two", 3),
            ("one \ntwo", 3),
            ("one\ttwo", 3),
            ("one\u{A0}two", 3),
            ("one \u{A0}two", 3),
            ("© one ® two", 13),
            ("", 0),
        ] {
            assert_eq!(run(text), length, "{text:?}");
        }
    }
}
