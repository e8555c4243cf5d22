//! Where words that are looked for stand in a text.

use crate::text::Extent;

/// All places where `wanted` stands in `text`, in order. Capitals matter only where `wanted` has some. White space
/// matches any run of it, so that a phrase is found over a row's end. Linear in the text.
#[must_use]
pub fn find(text: &str, wanted: &str) -> Vec<Extent> {
    let words: Vec<String> = wanted.split_whitespace().map(regex::escape).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let exact = wanted.chars().any(char::is_uppercase);
    let pattern = regex::RegexBuilder::new(&words.join(r"\s+"))
        .case_insensitive(!exact)
        .build();
    match pattern {
        Ok(pattern) => pattern
            .find_iter(text)
            .map(|found| Extent::new(found.start(), found.end()))
            .collect(),
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_matter_where_they_are_typed() {
        let text = "Wind and wind\nfarm; WIND.";
        assert_eq!(find(text, "wind").len(), 3);
        assert_eq!(find(text, "Wind").len(), 1);
        assert_eq!(find(text, "wind farm")[0], Extent::new(9, 18));
        assert!(find(text, " ").is_empty());
        assert!(find(text, "(").is_empty());
    }
}
