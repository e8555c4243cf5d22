//! Folding: the form in which words are compared. Lower case, and Latin letters without their marks, as SQLite's
//! `unicode61 remove_diacritics 2` has them, so that what the index finds is what is lit in the text. It refuses to be
//! clever: no stems, no transliteration.

/// Latin letters with marks (decomposing to an ASCII letter and combining marks in Unicode), by their base letter.
const MARKED: &[(char, &str)] = &[
    ('a', "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
    ('b', "ḃḅḇ"),
    ('c', "çćĉċčḉ"),
    ('d', "ďḋḍḏḑḓ"),
    ('e', "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
    ('f', "ḟ"),
    ('g', "ĝğġģǧǵḡ"),
    ('h', "ĥȟḣḥḧḩḫẖ"),
    ('i', "ìíîïĩīĭįǐȉȋḭḯỉị"),
    ('j', "ĵǰ"),
    ('k', "ķǩḱḳḵ"),
    ('l', "ĺļľḷḹḻḽ"),
    ('m', "ḿṁṃ"),
    ('n', "ñńņňǹṅṇṉṋ"),
    ('o', "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"),
    ('p', "ṕṗ"),
    ('r', "ŕŗřȑȓṙṛṝṟ"),
    ('s', "śŝşšșṡṣṥṧṩ"),
    ('t', "ţťțṫṭṯṱẗ"),
    ('u', "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
    ('v', "ṽṿ"),
    ('w', "ŵẁẃẅẇẉẘ"),
    ('x', "ẋẍ"),
    ('y', "ýÿŷȳẏẙỳỵỷỹ"),
    ('z', "źżžẑẓẕ"),
];

/// The base letter of a lower-case Latin letter with marks; any other character as it is.
#[must_use]
pub fn base(c: char) -> char {
    if !('\u{C0}'..='\u{1EFF}').contains(&c) || ('\u{250}'..'\u{1E00}').contains(&c) {
        return c;
    }
    MARKED
        .iter()
        .find(|(_, letters)| letters.contains(c))
        .map_or(c, |(base, _)| *base)
}

/// Whether `c` is a combining mark that folding drops.
#[must_use]
pub fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// Appends the folded form of `c` to `out`.
pub fn push_folded(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else if !is_mark(c) {
        out.extend(c.to_lowercase().filter(|lower| !is_mark(*lower)).map(base));
    }
}

/// The folded form of `text`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push_folded(c, &mut out);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_go() {
        assert_eq!(
            fold("Zürich, SÃO Paulo, Việt Nam, e\u{301}t\u{E9}"),
            "zurich, sao paulo, viet nam, ete"
        );
        assert_eq!(fold("İstanbul Øre ß 湖南"), "istanbul øre ß 湖南");
    }
}
