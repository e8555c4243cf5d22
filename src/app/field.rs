//! One line of typed text with a cursor: the search, the note, the palette. It takes printable characters only; what
//! is pasted loses its line feeds and everything a terminal could take for a command.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{SafeText, sanitise};

/// More than this is not typed by hand: a paste is cut there.
const LONGEST: usize = 4000;
/// A note is cut here.
const LONGEST_NOTE: usize = 100_000;

/// A line of typed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    cursor: usize,
}

impl Field {
    /// A field that holds `text`, the cursor at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut field = Self::default();
        field.insert(text);
        field
    }

    /// A field that holds `text` with its line feeds, as a note from an editor has them; the cursor at its end.
    #[must_use]
    pub fn lines(text: &str) -> Self {
        let room = crate::app::reading::floor(text, LONGEST_NOTE);
        let text = sanitise(&text[..room]).into_owned();
        Self {
            cursor: text.len(),
            text,
        }
    }

    /// What it holds.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it holds, for the screen.
    #[must_use]
    pub fn shown(&self) -> SafeText {
        SafeText::clean(&self.text)
    }

    /// Byte of the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Puts text at the cursor: cleaned, on one line.
    pub fn insert(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text.len());
        let raw = text
            .get(..crate::app::reading::floor(text, room))
            .unwrap_or("");
        let clean: String = sanitise(raw)
            .chars()
            .map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c })
            .collect();
        self.text.insert_str(self.cursor, &clean);
        self.cursor += clean.len();
    }

    /// Takes the cluster before the cursor away.
    pub fn delete_back(&mut self) {
        let start = self.before();
        self.text.drain(start..self.cursor);
        self.cursor = start;
    }

    /// Takes the cluster after the cursor away.
    pub fn delete_ahead(&mut self) {
        let end = self.after();
        self.text.drain(self.cursor..end);
    }

    /// Takes the word before the cursor away, with the white space after it.
    pub fn delete_word(&mut self) {
        let head = self.text[..self.cursor].trim_end();
        let start = head.rfind(char::is_whitespace).map_or(0, |at| {
            at + head[at..].chars().next().map_or(0, char::len_utf8)
        });
        self.text.drain(start..self.cursor);
        self.cursor = start;
    }

    /// Takes away all before the cursor.
    pub fn delete_line(&mut self) {
        self.text.drain(..self.cursor);
        self.cursor = 0;
    }

    /// One cluster to the left.
    pub fn left(&mut self) {
        self.cursor = self.before();
    }

    /// One cluster to the right.
    pub fn right(&mut self) {
        self.cursor = self.after();
    }

    /// To the start.
    pub fn home(&mut self) {
        self.cursor = 0;
    }

    /// To the end.
    pub fn end(&mut self) {
        self.cursor = self.text.len();
    }

    fn before(&self) -> usize {
        let head = &self.text[..self.cursor];
        self.cursor - head.graphemes(true).next_back().map_or(0, str::len)
    }

    fn after(&self) -> usize {
        let rest = &self.text[self.cursor..];
        self.cursor + rest.graphemes(true).next().map_or(0, str::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editing_by_clusters_and_words() {
        let mut field = Field::new("solar wind 👩‍🔬");
        field.delete_back();
        assert_eq!(field.text(), "solar wind ");
        field.delete_word();
        assert_eq!(field.text(), "solar ");
        field.left();
        field.left();
        field.delete_ahead();
        field.insert("é");
        assert_eq!(field.text(), "solaé ");
        field.delete_line();
        assert_eq!((field.text(), field.cursor()), (" ", 0));
        field.delete_back();
        field.end();
        field.right();
        assert_eq!(field.cursor(), 1);
    }

    #[test]
    fn pastes_are_cleaned_and_cut() {
        let field = Field::new("a\u{1B}[201~b\nc\u{202E}d");
        assert_eq!(field.text(), "ab cd");
        assert_eq!(Field::new(&"é".repeat(1_000_000)).text().len(), LONGEST);
        let mut note = Field::lines("one\ntwo\u{7}");
        note.insert("\nthree");
        assert_eq!(note.text(), "one\ntwo· three");
    }
}
