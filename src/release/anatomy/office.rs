//! Offices that speak through a person: members of a parliament and prosecutors open their releases with their own
//! title and name, and the office's name stands nowhere else. It refuses titles inside a sentence.

use crate::text;

/// `Sen. Jane Roe today …` is the Office of U.S. Senator Jane Roe; `Kings County District Attorney Jane Roe …` the Kings
/// County District Attorney's Office.
pub(super) fn of(opening: &str) -> Option<String> {
    let opening = opening.trim_start_matches(|c: char| c.is_whitespace() || c == '“' || c == '"');
    senator(opening).or_else(|| prosecutor(opening))
}

/// The member of a parliament whom the first sentences of a lede name by title: where nothing else says who issues a
/// release, it is theirs.
pub(super) fn within(lede: &str) -> Option<String> {
    let mut end = lede.len().min(500);
    while !lede.is_char_boundary(end) {
        end -= 1;
    }
    let opening = &lede[..end];
    let titles = [
        "U.S. Senator ",
        "U S Senator ",
        "Senator ",
        "Senators ",
        "Sen. ",
    ];
    // Most ledes have no such title.
    text::find(opening, "Sen")?;
    let at = titles
        .iter()
        .filter_map(|title| opening.find(title))
        .min()?;
    senator(&opening[at..])
}

/// The member of a parliament whom a headline opens with, by title and surname (`SEN. ROE PAYS TRIBUTE`), by the full
/// name where the text has it.
pub(super) fn headed(headline: &str, text: &str) -> Option<String> {
    let titles = ["SEN. ", "SENATOR ", "Sen. ", "Senator ", "U.S. SENATOR "];
    let rest = titles
        .iter()
        .find_map(|title| headline.strip_prefix(title))?;
    let surname = rest.split([' ', ',', ':', '’', '\'']).next()?;
    let written = written(surname)?;
    let full = completed(text, &written).unwrap_or(written);
    Some(format!("Office of U.S. Senator {full}"))
}

/// A surname as sentences print it: `ROWE` is Rowe, `MCCONNELL` McConnell. Nothing where it may be any word.
fn written(surname: &str) -> Option<String> {
    let plain = surname.len() >= 4 && surname.chars().all(char::is_alphabetic);
    let mut letters = surname.chars();
    let first = letters.next().filter(|c| plain && c.is_uppercase())?;
    let scottish = surname.strip_prefix("MC").map(str::chars);
    Some(match scottish.map(|mut rest| (rest.next(), rest)) {
        Some((Some(capital), rest)) => format!("Mc{capital}{}", rest.as_str().to_lowercase()),
        _ => format!("{first}{}", letters.as_str().to_lowercase()),
    })
}

/// Whether a headline opens with several members of the Senate, whose release it is together.
fn joint(headline: &str) -> Option<&str> {
    ["SENS. ", "SENATORS ", "Sens. ", "Senators "]
        .iter()
        .find_map(|title| headline.strip_prefix(title))
}

/// The offices of the two members of the Senate whom a headline opens with (`SENS. ROWE, DOYLE PRAISE …`), both by the
/// full names that the text has. Of three and more it names none.
pub(super) fn paired(headline: &str, text: &str) -> Option<String> {
    let words = joint(headline)?.split(' ');
    let mut names = words.filter(|word| !matches!(*word, "AND" | "and" | "&"));
    let first = names.next()?;
    let second = names.next().filter(|word| !word.ends_with(','))?;
    let full = |name: &str| completed(text, &written(name.trim_end_matches(','))?);
    let (first, second) = (full(first)?, full(second)?);
    Some(format!("Offices of U.S. Senators {first} and {second}"))
}

/// What a joint release is where the headline names one member alone: that of the first whom the text names.
pub(super) fn sole(name: String, headline: &str) -> String {
    let many = name.strip_prefix("Offices of U.S. Senators ");
    let first = many.and_then(|many| many.split_once(" and "));
    match first.filter(|_| joint(headline).is_none()) {
        Some((first, _)) => format!("Office of U.S. Senator {first}"),
        None => name,
    }
}

/// The office of a member of the Senate whom the lede's subject names without the title, where the text gives the
/// title to the same surname.
pub(super) fn surnamed(text: &str, subject: &str) -> Option<String> {
    let last = subject.rsplit(' ').next().filter(|last| last.len() >= 4)?;
    let titled = ["Sen. ", "Senator ", "SEN. ", "SENATOR "]
        .iter()
        .any(|title| {
            let shouted = title.chars().nth(1).is_some_and(char::is_uppercase);
            let surname = if shouted {
                last.to_uppercase()
            } else {
                last.to_owned()
            };
            let places = memchr::memmem::find_iter(text.as_bytes(), title).take(20);
            places.into_iter().any(|at| {
                let rest = &text[at + title.len()..];
                let name = rest.split_whitespace().take(4);
                let mut bare = name.map(|word| word.trim_end_matches([',', '.', ':']));
                bare.any(|word| word.trim_end_matches("'s").trim_end_matches("’s") == surname)
            })
        });
    let named: Vec<&str> = subject.rsplitn(3, ' ').take(2).collect();
    let person = match named.as_slice() {
        [last, first] => format!("{first} {last}"),
        _ => last.to_owned(),
    };
    titled.then(|| format!("Office of U.S. Senator {person}"))
}

/// The full name of a person of whom a release first prints the surname alone, where its text has it.
pub(super) fn completed(text: &str, surname: &str) -> Option<String> {
    text.match_indices(surname).take(40).find_map(|(at, _)| {
        let before = text[..at].strip_suffix(' ')?;
        let mut words: Vec<&str> = before.rsplit([' ', '\n', '\u{A0}']).take(2).collect();
        let is_given = |word: &str| {
            let small = word.chars().skip(1).all(char::is_lowercase);
            word.len() > 2 && word.starts_with(char::is_uppercase) && small && !is_title(word)
        };
        let initial = |word: &str| {
            word.len() == 2 && word.ends_with('.') && word.starts_with(char::is_uppercase)
        };
        // A middle name or its letter stands between: `Jane Q. Roe`, `Jane Quinn Roe`.
        let middle = initial(words.first()?)
            || words.get(1).is_some_and(|word| {
                is_given(words[0])
                    && is_given(word)
                    && !crate::release::repair::is_never_a_name(word)
            });
        words.truncate(if middle { 2 } else { 1 });
        let given = words.last().filter(|word| is_given(word))?;
        let start = given.as_ptr() as usize - text.as_ptr() as usize;
        Some(text[start..at + surname.len()].to_owned())
    })
}

/// What stands before a surname and is no name.
fn is_title(word: &str) -> bool {
    matches!(
        word,
        "Senator"
            | "Senators"
            | "Chairman"
            | "Representative"
            | "Congressman"
            | "Congresswoman"
            | "The"
            | "And"
            | "With"
            | "Today"
            | "President"
            | "Secretary"
            | "Leader"
    )
}

/// A prosecutor's office that the text names in full, `Kings County District Attorney’s Office`, or by who holds it.
pub(super) fn named(text: &str) -> Option<String> {
    memchr::memmem::find(text.as_bytes(), b"Attorney")?;
    let offices = [
        "District Attorney’s Office",
        "District Attorney's Office",
        "Attorney General’s Office",
        "Attorney General's Office",
    ];
    let full = offices.iter().find_map(|office| {
        let mut starts = text.match_indices(office).take(8);
        starts.find_map(|(at, _)| {
            place_before(text, at).map(|start| format!("{}{office}", &text[start..at]))
        })
    });
    full.filter(|name| !name.contains("Deputy")).or_else(|| {
        let mut starts = text.match_indices("County District Attorney ").take(8);
        starts.find_map(|(at, _)| {
            let start = place_before(text, at)?;
            prosecutor(text[start..].lines().next().unwrap_or(""))
        })
    })
}

/// Where the capitalised words before `at` start.
fn place_before(text: &str, at: usize) -> Option<usize> {
    let mut start = at;
    for (taken, word) in text[..at]
        .trim_end()
        .rsplit([' ', '\n'])
        .take(4)
        .enumerate()
    {
        // A line of its own above the office's is another's name.
        if taken >= 2 && text[..start].ends_with('\n') {
            break;
        }
        if !word.starts_with(char::is_uppercase) || word == "The" || word.ends_with([',', '.']) {
            break;
        }
        start = word.as_ptr() as usize - text.as_ptr() as usize;
    }
    (start < at).then_some(start)
}

/// Members of the Senate and of the House.
fn senator(opening: &str) -> Option<String> {
    // Most ledes have no such title anywhere, and are not worth a copy.
    let has = |title: &&&str| memchr::memmem::find(opening.as_bytes(), title.as_bytes()).is_some();
    ["Sen", "Rep", "Congress"].iter().find(has)?;
    let spaced = opening.replace("U S  ", "U.S. ").replace("U S ", "U.S. ");
    let squeezed = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = squeezed
        .strip_prefix("U.S. ")
        .or_else(|| squeezed.strip_prefix("US "))
        .or_else(|| squeezed.strip_prefix("United States "))
        .unwrap_or(&squeezed);
    let (title, many, rest) = [
        ("Senators ", "Senator", true),
        ("Sens. ", "Senator", true),
        ("Senator ", "Senator", false),
        ("Sen. ", "Senator", false),
        ("Sen ", "Senator", false),
        ("Representative ", "Representative", false),
        ("Rep. ", "Representative", false),
        ("Congressman ", "Representative", false),
        ("Congresswoman ", "Representative", false),
    ]
    .iter()
    .find_map(|(prefix, title, many)| {
        bare.strip_prefix(prefix).map(|rest| (*title, *many, rest))
    })?;
    let first = person(rest)?;
    if many {
        let after = &rest[first.len()..];
        let after = after
            .find(" and ")
            .filter(|at| *at < 40)
            .map(|at| &after[at + 5..]);
        if let Some(second) = after.and_then(person) {
            return Some(format!("Offices of U.S. {title}s {first} and {second}"));
        }
    }
    Some(format!("Office of U.S. {title} {first}"))
}

/// Verbs of headlines, which stand with a capital behind the name.
fn is_deed(word: &str) -> bool {
    matches!(
        word,
        "Offers"
            | "Announces"
            | "Calls"
            | "Urges"
            | "Introduces"
            | "Applauds"
            | "Praises"
            | "Statement"
            | "Votes"
            | "Says"
            | "Say"
            | "Announce"
            | "Secures"
            | "Joins"
            | "Leads"
            | "Hails"
            | "Welcomes"
            | "Seeks"
            | "Opposes"
            | "Supports"
            | "Comments"
            | "Responds"
            | "Visits"
            | "Honors"
            | "Press"
            | "Statements"
            | "To"
            | "On"
    )
}

/// Whether a word is the name of a month or of a day (`May` may be a person's).
fn is_calendar(word: &str) -> bool {
    matches!(
        word,
        "January"
            | "February"
            | "March"
            | "April"
            | "June"
            | "July"
            | "August"
            | "September"
            | "October"
            | "November"
            | "December"
            | "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
    )
}

/// The person's name at the start of `rest`.
fn person(rest: &str) -> Option<&str> {
    let mut end = 0;
    let mut words = 0;
    let mut following = rest.split(' ').skip(1);
    for word in rest.split(' ').take(4) {
        // `Jane Roe R NH`: the party and the state.
        let after = following.next().unwrap_or_default();
        let state = after.trim_end_matches(',');
        let state = state.len() == 2 && state.bytes().all(|b| b.is_ascii_uppercase());
        if (state && words >= 1 || words >= 2) && matches!(word, "R" | "D" | "I") {
            break;
        }
        let bare = word.trim_end_matches(',');
        let initial = bare.len() <= 2 && bare.starts_with(char::is_uppercase);
        if words == 0 && is_deed(bare) {
            return None;
        }
        if !bare.starts_with(char::is_uppercase)
            || bare.chars().any(|c| c.is_ascii_digit())
            || words >= 1
                && (is_deed(bare)
                    || is_title(bare)
                    || is_calendar(bare)
                    || rest[..end].split(' ').any(|known| known == bare))
            || (bare.len() > 3 && bare.chars().all(char::is_uppercase))
        {
            break;
        }
        let plain = bare
            .strip_suffix("'s")
            .or_else(|| bare.strip_suffix("’s"))
            .unwrap_or(bare);
        end = plain.as_ptr() as usize - rest.as_ptr() as usize + plain.len();
        words += usize::from(!initial);
        if word.ends_with(',') || plain.len() < bare.len() {
            break;
        }
    }
    // A party's letter is no part of the name.
    let name = rest[..end].trim_end_matches('.');
    let lettered = name
        .rsplit_once(' ')
        .filter(|(before, last)| last.len() == 1 && before.contains(' '));
    let name = lettered.map_or(name, |(before, _)| before);
    (words >= 1 && end > 2).then_some(name)
}

/// `Place District Attorney Name`, `Acting …` left out; `Place Attorney General Name`.
fn prosecutor(opening: &str) -> Option<String> {
    // Most ledes have no such title.
    text::find(opening, "Attorney")?;
    [
        ("District Attorney", "District Attorney's Office"),
        ("County Attorney", "County Attorney's Office"),
        ("State's Attorney", "State's Attorney's Office"),
        ("Attorney General", "Attorney General's Office"),
    ]
    .iter()
    .find_map(|(title, office)| {
        let at = opening.find(title).filter(|at| *at < 60)?;
        let before = opening[..at]
            .trim()
            .trim_end_matches(" Acting")
            .trim_end_matches(" Chief")
            .trim_end_matches(" Interim");
        let before = before
            .strip_prefix("Acting ")
            .or_else(|| before.strip_prefix("Today, "))
            .unwrap_or(before)
            .trim_end_matches(" Acting");
        let named = !before.is_empty()
            && before.split(' ').count() <= 4
            && before
                .split(' ')
                .all(|word| word.starts_with(char::is_uppercase) && !word.ends_with([',', '.']));
        let person = opening[at + title.len()..]
            .trim_start()
            .starts_with(char::is_uppercase);
        let deputy = ["Deputy", "Assistant", "Chief"]
            .iter()
            .any(|word| before.contains(word));
        (named && person && !deputy).then(|| format!("{before} {office}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_on_the_line_above_is_not_the_office_s() {
        let text = "Contact: Jane Roe\nKings County District Attorney’s Office\n555-0100";
        let office = "Kings County District Attorney’s Office";
        assert_eq!(named(text).as_deref(), Some(office));
        let wrapped = "He works at the Kings\nCounty District Attorney’s Office";
        let office = "Kings\nCounty District Attorney’s Office";
        assert_eq!(named(wrapped).as_deref(), Some(office));
    }

    #[test]
    fn a_headline_names_a_senator_by_surname() {
        let text = "SEN. ROE PAYS TRIBUTE\n\nSenator Jane Q. Roe spoke.";
        let office = Some("Office of U.S. Senator Jane Q. Roe".to_owned());
        assert_eq!(
            headed("SEN. ROE PAYS TRIBUTE", text),
            None,
            "three letters may be any word"
        );
        let text = text.replace("ROE", "ROWE").replace("Roe", "Rowe");
        let office = office.map(|office| office.replace("Roe", "Rowe"));
        assert_eq!(headed("SEN. ROWE PAYS TRIBUTE", &text), office);
        assert_eq!(headed("Senators agree on pumps", &text), None);
    }

    #[test]
    fn two_senators_issue_together_what_the_headline_gives_to_both() {
        let text = "Sen. Jane Rowe spoke. Sen. John Q. Doyle agreed.";
        let both = "Offices of U.S. Senators Jane Rowe and John Q. Doyle";
        for (headline, offices) in [
            ("SENS. ROWE, DOYLE PRAISE PUMPS", Some(both)),
            ("Sens. Rowe and Doyle praise pumps", Some(both)),
            ("SENS. ROWE, DOYLE, KOWALSKI PRAISE PUMPS", None),
            ("SENS. ROWE PRAISES PUMPS", None),
            ("SEN. ROWE PRAISES PUMPS", None),
        ] {
            assert_eq!(paired(headline, text).as_deref(), offices, "{headline}");
        }
        let first = "Office of U.S. Senator Jane Rowe";
        assert_eq!(sole(both.to_owned(), "PUMPS FOR THE VALLEY"), first);
        assert_eq!(
            sole(both.to_owned(), "SENS. ROWE, DOYLE PRAISE PUMPS"),
            both
        );
        assert_eq!(sole(first.to_owned(), "PUMPS FOR THE VALLEY"), first);
    }

    #[test]
    fn days_and_repeated_names_are_no_surnames() {
        let opening = "Senator Jane Rowe Thursday said";
        assert_eq!(
            of(opening).as_deref(),
            Some("Office of U.S. Senator Jane Rowe")
        );
        let opening = "Senator Jane Rowe Jane Rowe said";
        assert_eq!(
            of(opening).as_deref(),
            Some("Office of U.S. Senator Jane Rowe")
        );
    }

    #[test]
    fn a_surname_is_completed_by_the_text() {
        let text = "Senator Roe spoke. Then Senator Jane Q. Roe left with Mr. Roe.";
        assert_eq!(completed(text, "Roe"), Some("Jane Q. Roe".to_owned()));
        let text = "Senator Roe spoke. Jane Quinn Roe is a senator.";
        assert_eq!(completed(text, "Roe"), Some("Jane Quinn Roe".to_owned()));
        assert_eq!(completed("Senator Roe spoke to Sen. Roe.", "Roe"), None);
    }

    #[test]
    fn offices_are_named_after_who_speaks() {
        for (opening, office) in [
            (
                "U.S. Senator Jane Q. Roe (R-TX) today announced",
                Some("Office of U.S. Senator Jane Q. Roe"),
            ),
            (
                "Sen. John Doe's bill passed",
                Some("Office of U.S. Senator John Doe"),
            ),
            (
                "Sens. Jane Roe, R-Ga., and John Doe, R-Ga., today urged",
                Some("Offices of U.S. Senators Jane Roe and John Doe"),
            ),
            (
                "Acting Kings District Attorney Jane Roe today announced",
                Some("Kings District Attorney's Office"),
            ),
            (
                "U S  Senator Jane Roe  R NH  today introduced",
                Some("Office of U.S. Senator Jane Roe"),
            ),
            ("The district attorney said", None),
            ("Acme today announced", None),
        ] {
            assert_eq!(of(opening).as_deref(), office, "{opening}");
        }
    }
}
