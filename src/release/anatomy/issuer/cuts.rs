//! Where a name that was read too long ends: before the verb of a headline (`Acme Pumps Joins …`), before an officer's
//! title (`Acme Pumps CEO`), behind what joins a post to a house (`Director of the Acme Institute`). It refuses to throw
//! the long reading away: `Acme Partners` may be a name.

use std::sync::LazyLock;

use crate::text::{self, WordSet};

/// What headlines say that a house does, in the third person.
static DEEDS_SET: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(DEEDS));

/// The list that the set is made of.
const DEEDS: &[&str] = &[
    "Accelerates",
    "Achieves",
    "Acquires",
    "Adds",
    "Advances",
    "Announces",
    "Applauds",
    "Appoints",
    "Asks",
    "Awards",
    "Becomes",
    "Begins",
    "Breaks",
    "Brings",
    "Builds",
    "Calls",
    "Celebrates",
    "Challenges",
    "Champions",
    "Closes",
    "Collaborates",
    "Commemorates",
    "Completes",
    "Continues",
    "Creates",
    "Debuts",
    "Declares",
    "Delivers",
    "Demonstrates",
    "Develops",
    "Donates",
    "Earns",
    "Elevates",
    "Empowers",
    "Enhances",
    "Enters",
    "Establishes",
    "Exceeds",
    "Expands",
    "Explores",
    "Extends",
    "Features",
    "Files",
    "Gains",
    "Gets",
    "Gives",
    "Goes",
    "Grants",
    "Grows",
    "Has",
    "Helps",
    "Highlights",
    "Hires",
    "Holds",
    "Honors",
    "Honours",
    "Hosts",
    "Integrates",
    "Introduces",
    "Invests",
    "Invites",
    "Is",
    "Issues",
    "Joins",
    "Kicks",
    "Launches",
    "Leads",
    "Makes",
    "Marks",
    "Merges",
    "Moves",
    "Named",
    "Names",
    "Offers",
    "Opens",
    "Partners",
    "Poses",
    "Positions",
    "Posts",
    "Prepares",
    "Presents",
    "Prices",
    "Promotes",
    "Provides",
    "Publishes",
    "Pushes",
    "Raises",
    "Ranks",
    "Reaches",
    "Receives",
    "Recognized",
    "Recognizes",
    "Redefines",
    "Releases",
    "Reports",
    "Responds",
    "Returns",
    "Reveals",
    "Rolls",
    "Says",
    "Secures",
    "Seeks",
    "Selects",
    "Sets",
    "Shares",
    "Showcases",
    "Signs",
    "Sponsors",
    "Starts",
    "Strengthens",
    "Supports",
    "Surpasses",
    "Takes",
    "Targets",
    "Teams",
    "To",
    "Transforms",
    "Unlocks",
    "Unveils",
    "Updates",
    "Urges",
    "Wants",
    "Warns",
    "Welcomes",
    "Will",
    "Wins",
    "Works",
];

/// The same of several houses, which need `and` before them: `Acme and Harbour Pumps Launch …`.
static JOINT_DEEDS_SET: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(JOINT_DEEDS));

/// The list that the set is made of.
const JOINT_DEEDS: &[&str] = &[
    "Announce",
    "Celebrate",
    "Collaborate",
    "Complete",
    "Debut",
    "Enter",
    "Expand",
    "Extend",
    "Form",
    "Host",
    "Introduce",
    "Join",
    "Launch",
    "Open",
    "Partner",
    "Present",
    "Release",
    "Sign",
    "Team",
    "Unite",
    "Unveil",
    "Welcome",
];

/// Titles and posts that stand behind the name of a house.
static POSTS_SET: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(POSTS));

/// The list that the set is made of.
const POSTS: &[&str] = &[
    "CEO",
    "CFO",
    "COO",
    "CTO",
    "CMO",
    "Chief",
    "President",
    "Founder",
    "Co-Founder",
    "Co-founder",
    "Chairman",
    "Chair",
    "Director",
    "Executive",
    "Manager",
    "Managing",
    "Marketing",
    "Senior",
    "Spokesperson",
    "Specialist",
    "Vice",
    "Team",
    "Professor",
    "Owner",
    "Partner",
    "Website",
    "Head",
];

/// How much of `name` stands before the verb of a headline, where there is one.
pub(super) fn before_deed(name: &str) -> Option<&str> {
    let mut joined = false;
    let mut last = 0;
    for (at, word) in words(name) {
        let deed = DEEDS_SET.has(word) || joined && JOINT_DEEDS_SET.has(word);
        if at > 0 && deed {
            return Some(&name[..last]).filter(|name| !name.is_empty());
        }
        joined |= matches!(word, "and" | "And" | "&");
        // `Acme Officially Joins`: the adverb goes with the verb.
        let adverb = at > 0 && word.len() > 5 && word.ends_with("ly");
        if !adverb {
            last = at + word.len();
        }
    }
    None
}

/// How much of `name` stands before an officer's title or a post, where there is one.
pub(super) fn before_post(name: &str) -> Option<&str> {
    let (at, _) = words(name).find(|(at, word)| *at > 0 && POSTS_SET.has(word))?;
    Some(name[..at].trim_end()).filter(|name| name.len() > 2)
}

/// The house behind a post or a department: `Director of the Acme Institute`, `Operations at Acme`.
pub(super) fn behind_post(name: &str) -> Option<&str> {
    let behind_joint = [" of the ", " at the ", " at ", " of The "]
        .iter()
        .find_map(|joint| behind(name, joint));
    let post = POSTS_SET.has(text::first_piece(name));
    let rest = behind_joint.or_else(|| behind(name, " of ").filter(|_| post));
    rest.filter(|rest| rest.starts_with(char::is_uppercase))
}

/// What stands behind the first `joint` of a name.
fn behind<'n>(name: &'n str, joint: &str) -> Option<&'n str> {
    text::find(name, joint).map(|at| &name[at + joint.len()..])
}

/// The words of a name and where they begin.
fn words(name: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = name.as_ptr() as usize;
    let place = move |word: &str| word.as_ptr() as usize - start;
    text::pieces(name).map(move |word| (place(word), word.trim_end_matches([',', ':', ';'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_go_on_with_a_verb() {
        for (name, house) in [
            ("Harbour Pumps Joins the Valley", Some("Harbour Pumps")),
            (
                "Harbour Pumps Officially Joins the Valley",
                Some("Harbour Pumps"),
            ),
            (
                "Acme and Harbour Pumps Launch Valley Stream",
                Some("Acme and Harbour Pumps"),
            ),
            ("Harbour Launch Services", None),
            ("Joins", None),
        ] {
            assert_eq!(before_deed(name), house, "{name}");
        }
    }

    #[test]
    fn posts_stand_behind_a_house_and_before_it() {
        assert_eq!(
            before_post("Harbour Pumps CEO Jane Roe"),
            Some("Harbour Pumps")
        );
        assert_eq!(before_post("Chief Pump"), None);
        let house = Some("Harbour Pump Institute");
        assert_eq!(
            behind_post("President of the Harbour Pump Institute"),
            house
        );
        assert_eq!(behind_post("Director of Harbour Pump Institute"), house);
        assert_eq!(behind_post("Valley Works at Harbour Pump Institute"), house);
        assert_eq!(behind_post("University of Leeds"), None);
    }
}
