//! What is written about keys is true: the README and the guide name keys that exist.

use dateline::app::{Keymap, Lookup, Mode, parse_keys};

/// Whether `keys` runs something, or starts something, in the panes.
fn bound(keymap: &Keymap, keys: &str) -> bool {
    let Some(keys) = parse_keys(keys) else {
        return false;
    };
    let modes = [
        Mode::List,
        Mode::Reading,
        Mode::Select,
        Mode::Side,
        Mode::Passages,
    ];
    modes
        .iter()
        .any(|mode| keymap.look_up(*mode, &keys) != Lookup::Unbound)
}

/// What stands between backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn every_key_of_the_readme_is_bound() {
    let readme = include_str!("../../README.md");
    let table = readme
        .split("<!-- keys -->")
        .nth(1)
        .expect("the table of keys starts");
    let table = table
        .split("<!-- /keys -->")
        .next()
        .expect("the table of keys ends");
    let keymap = Keymap::default();
    let arrows = [("↓", "down"), ("↑", "up")];
    let mut seen = 0;
    for keys in quoted(table) {
        let named = arrows
            .iter()
            .find(|(arrow, _)| *arrow == keys)
            .map_or(keys, |(_, name)| name);
        assert!(
            bound(&keymap, named),
            "README.md names {keys}, which does nothing"
        );
        seen += 1;
    }
    assert!(seen > 20);
}

#[test]
fn every_key_of_the_guide_is_bound() {
    let guide = include_str!("../../assets/samples/00-start-here.md");
    let keymap = Keymap::default();
    let presses = guide.split("ress ").skip(1);
    let mut seen = 0;
    for keys in presses.filter_map(|rest| {
        rest.strip_prefix('`')
            .and_then(|rest| rest.split('`').next())
    }) {
        assert!(
            bound(&keymap, keys),
            "the guide names {keys}, which does nothing"
        );
        seen += 1;
    }
    assert!(seen > 8);
}
