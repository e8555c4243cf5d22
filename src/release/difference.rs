//! What changed between two versions of a text, word by word, each change with the words around it. It exists because a
//! press office that corrects a figure seldom says which. White space is no change. It refuses to look for long: of
//! texts that have little in common it says that all was replaced.

use std::ops::Range;

use crate::text::SafeText;

/// Most words that are added or taken away before the whole middle counts as replaced.
const MOST: usize = 1_500;
/// Words in common between two changes that are too few to part them.
const TOO_FEW: usize = 3;
/// Words that are told before and behind a change.
const AROUND: usize = 8;

/// A place where two versions differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The words before it, in both; an ellipsis where more come before them.
    pub lead: SafeText,
    /// What stood there.
    pub removed: SafeText,
    /// What stands there.
    pub added: SafeText,
    /// The words behind it, in both; an ellipsis where more follow.
    pub rest: SafeText,
}

/// What made a version of a release out of the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionChange {
    /// The number of the version that came: 2 or higher.
    pub number: u32,
    /// When the version before it came, seconds since the epoch.
    pub before_seen: i64,
    /// The headline, where it was another one before: that one.
    pub headline: Option<SafeText>,
    /// What changed in the text.
    pub changes: Vec<Change>,
}

/// The places where `after` differs from `before`, in their order.
#[must_use]
pub fn changes(before: &str, after: &str) -> Vec<Change> {
    let (old, new): (Vec<&str>, Vec<&str>) = (
        before.split_whitespace().collect(),
        after.split_whitespace().collect(),
    );
    let change = |(from, to): (Range<usize>, Range<usize>)| {
        let lead = to.start.saturating_sub(AROUND);
        let rest = (to.end + AROUND).min(new.len());
        let ellipsis = |cut: bool| if cut { "…" } else { "" };
        let words = |words: &[&str]| SafeText::clean_line(&words.join(" "));
        Change {
            lead: words(&[&[ellipsis(lead > 0)], &new[lead..to.start]].concat()),
            removed: words(&old[from]),
            added: words(&new[to.clone()]),
            rest: words(&[&new[to.end..rest], &[ellipsis(rest < new.len())]].concat()),
        }
    };
    places(&old, &new).into_iter().map(change).collect()
}

/// The extents, in words, that differ: in the old text and in the new one.
fn places(old: &[&str], new: &[&str]) -> Vec<(Range<usize>, Range<usize>)> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let end = old[start..]
        .iter()
        .rev()
        .zip(new[start..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (from, to) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    let mut pairs = in_common(from, to);
    pairs.push((from.len(), to.len()));
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (x, y) in pairs {
        if x > a || y > b {
            let place = (start + a..start + x, start + b..start + y);
            match found.last_mut() {
                Some(last) if place.0.start - last.0.end < TOO_FEW => {
                    (last.0.end, last.1.end) = (place.0.end, place.1.end);
                }
                _ => found.push(place),
            }
        }
        (a, b) = (x + 1, y + 1);
    }
    found
}

/// The words that stand in both, as pairs of places, by the shortest way from one to the other (Myers 1986); none where
/// that way is too long.
fn in_common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let most = MOST.min(old.len() + new.len());
    // How far each diagonal has come; the diagonal `k` stands at `most + 1 + k`.
    let mut far = vec![0_usize; 2 * most + 3];
    let middle = most + 1;
    let mut ways: Vec<Vec<usize>> = Vec::new();
    for steps in 0..=most {
        ways.push(far[middle - steps..=middle + steps].to_vec());
        // Every other diagonal, from `-steps` to `steps`.
        for nth in 0..=steps {
            let place = middle - steps + 2 * nth;
            let down = nth == 0 || (nth < steps && far[place - 1] < far[place + 1]);
            let mut x = match steps {
                0 => 0,
                _ if down => far[place + 1],
                _ => far[place - 1] + 1,
            };
            // A diagonal that has left the square has no `y`.
            let Some(mut y) = (x + middle).checked_sub(place) else {
                continue;
            };
            while x < old.len() && y < new.len() && old[x] == new[y] {
                (x, y) = (x + 1, y + 1);
            }
            far[place] = x;
            if x >= old.len() && y >= new.len() {
                return back(&ways, steps, (old.len(), new.len()));
            }
        }
    }
    Vec::new()
}

/// The pairs on the way that was found, from its end back to its start. `ways[s]` is how far the diagonals `-s` to `s`
/// had come before step `s`.
fn back(ways: &[Vec<usize>], steps: usize, end: (usize, usize)) -> Vec<(usize, usize)> {
    let (mut x, mut y) = end;
    let mut pairs = Vec::new();
    for step in (0..=steps).rev() {
        let far = &ways[step];
        let (from, from_y) = if step == 0 {
            (0, 0)
        } else {
            let place = x + step - y;
            let down = place == 0 || (place < 2 * step && far[place - 1] < far[place + 1]);
            let place = if down { place + 1 } else { place - 1 };
            (far[place], far[place] + step - place)
        };
        while x > from && y > from_y {
            (x, y) = (x - 1, y - 1);
            pairs.push((x, y));
        }
        (x, y) = (from, from_y);
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The changes in one line each, what was removed in brackets and what was added in braces.
    fn told(before: &str, after: &str) -> Vec<String> {
        changes(before, after)
            .iter()
            .map(|c| format!("{} [{}] {{{}}} {}", c.lead, c.removed, c.added, c.rest))
            .collect()
    }

    #[test]
    fn a_figure_that_was_corrected_is_found_with_its_sentence() {
        let before = "One two three four five six seven eight nine. The centre employs 180 people. It opened on Monday.";
        let after = before.replace("180", "210");
        assert_eq!(
            told(before, &after),
            [
                "… four five six seven eight nine. The centre employs".replace("four five", "five")
                    + " [180] {210} people. It opened on Monday."
            ]
        );
    }

    #[test]
    fn additions_removals_and_replacements_are_told_apart() {
        let base = "a b c d e f g h i j k l m n o p q r s t";
        assert!(told(base, &base.replace(' ', "\n\n")).is_empty());
        for (after, removed, added) in [
            ("X a b c d e f g h i j k l m n o p q r s t", "", "X"),
            ("a b c d e f g h i j k l m n o p q r s t X Y", "", "X Y"),
            ("a b c d e f g i j k l m n o p q r s t", "h", ""),
            ("", base, ""),
        ] {
            let found = changes(base, after);
            assert_eq!(found.len(), 1, "{after}");
            assert_eq!((&*found[0].removed, &*found[0].added), (removed, added));
        }
        let two = changes(base, "a X c d e f g h i j k l m n o p q r Y t");
        let two: Vec<_> = two.iter().map(|c| (&*c.removed, &*c.added)).collect();
        assert_eq!(two, [("b", "X"), ("s", "Y")]);
        let near = changes(base, "a X c Y e f g h i j k l m n o p q r s t");
        assert_eq!(near.len(), 1, "what stands between is too little");
        assert_eq!(&*near[0].removed, "b c d");
    }

    #[test]
    fn what_is_put_together_again_is_the_new_text() {
        // All texts of up to five words of two kinds, against each other.
        let texts: Vec<Vec<&str>> = (1..=5_usize)
            .flat_map(|n| {
                (0..1_usize << n)
                    .map(move |bits| (0..n).map(|i| ["a", "b"][bits >> i & 1]).collect())
            })
            .collect();
        for old in &texts {
            for new in &texts {
                let (mut made, mut at) = (Vec::<&str>::new(), 0);
                for (from, to) in places(old, new) {
                    made.extend(&old[at..from.start]);
                    made.extend(&new[to]);
                    at = from.end;
                }
                made.extend(&old[at..]);
                assert_eq!(&made, new, "{old:?}");
            }
        }
    }

    #[test]
    fn texts_with_nothing_in_common_are_no_long_search() {
        let long = |sign: &str| {
            let words: Vec<String> = (0..100_000).map(|n| format!("{sign}{n}")).collect();
            words.join(" ")
        };
        assert_eq!(changes(&long("a"), &long("b")).len(), 1);
    }
}
