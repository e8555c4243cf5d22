//! Whether a word is a given name: a closed list, which anatomy asks about issuers and the recogniser about people. The
//! table of it is made once, when it is first asked for. It refuses names that are common words too.

use std::sync::LazyLock;

use foldhash::{HashSet, HashSetExt as _};

/// Given names that are hardly anything else, a line each.
const GIVEN: &str = include_str!("../../assets/gazetteer/given.txt");

static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    // A line has seven bytes and more.
    let mut set = HashSet::with_capacity(GIVEN.len() / 7);
    set.extend(GIVEN.lines());
    set
});

/// Whether `word`, as it is written, is a given name.
pub(crate) fn is_given(word: &str) -> bool {
    SET.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        assert!(GIVEN.lines().all(is_given));
        assert!(!is_given("Acme") && !is_given("") && !is_given("\n"));
    }
}
