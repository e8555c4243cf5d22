//! Whether a text is English beyond doubt. Most releases are, and telling languages apart by their threes of letters
//! takes longer than all else that is asked of a text; this takes one look at its small words. It says yes only where
//! they leave no doubt: a no means "ask somebody who knows languages".

use std::sync::LazyLock;

use super::WordSet;

/// Fewer words prove nothing.
const ENOUGH: usize = 60;

/// Of a hundred words of plain English twenty to forty are among [`SMALL`].
const SHARE: usize = 14;

/// Every run of so many words must have [`FEWEST`] small ones, so that no paragraph is in another language.
const RUN: usize = 40;
const FEWEST: usize = 3;

/// Whether `text` has as many of English's small words as only English has, and hardly a letter that English lacks.
#[must_use]
pub fn reads_as_english(text: &str) -> bool {
    let (mut words, mut small_words, mut foreign) = (0_usize, 0_usize, 0_usize);
    let mut before = 0;
    let mut rest = text;
    while let Some(word) = next_word(&mut rest) {
        words += 1;
        if !word.is_ascii() {
            foreign += 1;
        } else if SMALL.has_in_any_case(word) {
            small_words += 1;
        }
        if words.is_multiple_of(RUN) {
            if small_words - before < FEWEST {
                return false;
            }
            before = small_words;
        }
    }
    words >= ENOUGH && small_words * 100 >= words * SHARE && foreign * 25 <= words
}

/// The next run of letters of `rest`, which is taken off it.
fn next_word<'t>(rest: &mut &'t str) -> Option<&'t str> {
    // Nearly always one blank.
    let blank = usize::from(rest.starts_with(' '));
    let text = rest[blank..].trim_start_matches(|c: char| !c.is_alphabetic());
    let plain = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let len = if text.as_bytes().get(plain).is_none_or(u8::is_ascii) {
        plain
    } else {
        let end = text.find(|c: char| !c.is_alphabetic());
        end.unwrap_or(text.len())
    };
    *rest = &text[len..];
    (len > 0).then(|| &text[..len])
}

/// The commonest small words of English that are rare in the languages written with its letters.
static SMALL: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::new(&[
        "the", "and", "of", "to", "for", "with", "that", "from", "this", "which", "have", "has",
        "been", "will", "are", "its", "their", "by", "it",
    ])
});

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "The harbour board said on Monday that it will deepen the channel and rebuild the two older \
        quays by the end of next year, which will make room for ships that have been turned away. The work is paid for \
        with a loan from the regional bank and with the fees of those who use the port. It is the first time that the \
        board has borrowed for this.";
    const FRENCH: &str = "Le conseil du port a dit lundi qu'il approfondira le chenal et reconstruira les deux quais les \
        plus anciens avant la fin de l'année prochaine, pour faire place aux navires qui ont dû partir. Les travaux sont \
        payés par un prêt de la banque régionale et par les droits de ceux qui se servent du port. C'est la première fois.";
    const DUTCH: &str = "Het bestuur van de haven zei maandag dat het de vaargeul zal verdiepen en de twee oudere kades voor \
        het einde van het volgende jaar zal herbouwen, wat ruimte maakt voor schepen die werden geweigerd. Het werk wordt \
        betaald met een lening van de bank en met het geld van wie de haven gebruikt. Het is voor het eerst dat het leent.";

    #[test]
    fn only_english_reads_as_english() {
        assert!(reads_as_english(ENGLISH));
        for other in [FRENCH, DUTCH] {
            assert!(!reads_as_english(other));
            assert!(!reads_as_english(&format!("{other} {ENGLISH} {other}")));
        }
        assert!(!reads_as_english("The end of the year."));
        assert!(!reads_as_english(
            "港口董事会周一表示，将在明年年底前加深航道并重建两个旧码头。"
        ));
    }
}
