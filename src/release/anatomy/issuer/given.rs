//! Whether a word is a given name, by the list that the recogniser has. It refuses to make a table of it: few words are
//! looked up, and the list is in order.

/// Given names that are hardly anything else, a line each, in the order of their bytes.
const GIVEN: &str = include_str!("../../../../assets/gazetteer/given.txt");

/// Whether `word` is a given name.
pub(super) fn is_given(word: &str) -> bool {
    if word.is_empty() || word.contains('\n') {
        return false;
    }
    let bytes = GIVEN.as_bytes();
    let (mut from, mut to) = (0, bytes.len());
    while from < to {
        let middle = usize::midpoint(from, to);
        let start = memchr::memrchr(b'\n', &bytes[from..middle]).map_or(from, |at| from + at + 1);
        let end = memchr::memchr(b'\n', &bytes[middle..to]).map_or(to, |at| middle + at);
        match bytes[start..end].cmp(word.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => from = (end + 1).min(to),
            std::cmp::Ordering::Greater => to = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let lines: Vec<&str> = GIVEN.lines().collect();
        assert!(lines.iter().all(|name| is_given(name)));
        assert!(!is_given("Acme") && !is_given("") && !is_given("\n"));
    }
}
