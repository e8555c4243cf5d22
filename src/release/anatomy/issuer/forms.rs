//! The form in which a release bears its issuer's name: with a senator's given name, without the year or the region of a
//! branch, with the article where the text prints it. It refuses a form that the text does not have.

use super::office;

/// A name as the release bears it.
pub(super) fn finished(text: &str, name: String) -> String {
    whole_house(text, &with_given_name(text, name))
}

/// The name of a senator's office, with the given name where the text has it.
fn with_given_name(text: &str, name: String) -> String {
    const OFFICE: &str = "Office of U.S. Senator ";
    let surname = name.strip_prefix(OFFICE);
    let surname = surname.filter(|surname| surname.len() > 2 && !surname.contains(' '));
    let full = surname.and_then(|surname| office::completed(text, surname));
    full.map_or(name, |full| format!("{OFFICE}{full}"))
}

/// A name as the text itself uses it: without the region of a branch where the text names the house alone, and with
/// the article where it prints that with a capital inside sentences.
fn whole_house(text: &str, name: &str) -> String {
    let name = undated(name);
    if let Some(office) = held(text, name) {
        return office;
    }
    let house = branch(name).filter(|house| stands_alone(text, house));
    let name = house.unwrap_or(name);
    if names_with_article(text, name) {
        format!("The {name}")
    } else {
        name.to_owned()
    }
}

/// A name without the year before it (`2025 Harbour Show`).
fn undated(name: &str) -> &str {
    let (year, rest) = name.split_once(' ').unwrap_or(("", name));
    let dated = year.len() == 4 && year.starts_with("20") && year.parse::<u16>().is_ok();
    if dated && rest.contains(' ') {
        rest
    } else {
        name
    }
}

/// The office whose holder `name` is by title (`Kings County State’s Attorney`), where the text names it.
fn held(text: &str, name: &str) -> Option<String> {
    let holder = [
        "Attorney",
        "Sheriff",
        "Prosecutor",
        "Comptroller",
        "Treasurer",
        "Auditor",
    ];
    if !holder.iter().any(|title| name.ends_with(title)) {
        return None;
    }
    let straight = name.replace('’', "'");
    if ["State's Attorney", "District Attorney", "County Attorney"]
        .iter()
        .any(|title| straight.ends_with(title))
    {
        return Some(format!("{name}’s Office"));
    }
    ["’s Office", "'s Office"].iter().find_map(|end| {
        let curly = straight.replace('\'', "’");
        [name, &straight, &curly]
            .iter()
            .map(|name| format!("{name}{end}"))
            .find(|office| text.contains(office.as_str()))
    })
}

/// What is left of the name of a branch without its region.
fn branch(name: &str) -> Option<&str> {
    [
        " North America",
        " United States",
        " UK Ltd",
        " UK",
        " Europe",
        " Asia Pacific",
        " Canada",
        " Australia",
    ]
    .iter()
    .find_map(|region| name.strip_suffix(region))
    .filter(|house| house.len() > 3)
}

/// Whether the text has `house` alone, where no name goes on with it: `Acme of` and not `Acme UK` or `Harbour Acme`.
fn stands_alone(text: &str, house: &str) -> bool {
    let mut places = memchr::memmem::find_iter(text.as_bytes(), house).take(80);
    places.any(|at| {
        let (before, after) = (text[..at].trim_end(), &text[at + house.len()..]);
        let last = before.rsplit([' ', '\n']).next().unwrap_or("");
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        let inside = text[..at].ends_with(' ') && !last.is_empty() && !capital(last);
        let next = after.strip_prefix(' ').unwrap_or("");
        let ended =
            !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '&'));
        inside && ended && !capital(next)
    })
}

/// Whether a name bears its article: inside sentences it stands behind `The`, hardly ever without it, and never behind
/// `the`.
fn names_with_article(text: &str, name: &str) -> bool {
    let (mut with, mut without) = (0, 0);
    for at in memchr::memmem::find_iter(text.as_bytes(), name).take(40) {
        let before = &text[..at];
        if before.ends_with("the ") {
            return false;
        }
        let capital = before.ends_with("The ");
        let before = before.strip_suffix("The ").unwrap_or(before);
        let inside = before.strip_suffix(' ').is_some_and(|before| {
            before.ends_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | '&'))
        });
        with += usize::from(inside && capital);
        without += usize::from(inside && !capital);
    }
    with >= 2 && with > 3 * without
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_bears_its_house_s_name() {
        let name = "Harbour Pumps Europe".to_owned();
        let text = "Jane Roe of Harbour Pumps spoke. Contact: Harbour Pumps Europe";
        assert_eq!(finished(text, name.clone()), "Harbour Pumps");
        let text = "Jane Roe of New Harbour Pumps Europe spoke for Harbour Pumps Europe";
        assert_eq!(finished(text, name.clone()), name);
    }
}
