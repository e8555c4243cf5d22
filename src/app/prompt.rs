//! What is typed in the header line: a search over the library, or words to find in the open release.

use crate::app::field::Field;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptKind {
    /// A search: results come as it is typed.
    Search,
    /// Words in the open release.
    Find,
}

/// The header line while something is typed into it.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What is asked for.
    pub kind: PromptKind,
    /// What is typed.
    pub field: Field,
    /// How many the search found, whether that is the exact number, and how long it took.
    pub found: Option<(u64, bool, f32)>,
    /// What the search language made of the query, where it needs saying.
    pub hint: Option<crate::text::SafeText>,
    /// For `Find`: where the reader was before.
    pub(super) from: Option<(usize, usize)>,
}

impl Prompt {
    pub(super) fn new(kind: PromptKind, text: &str) -> Self {
        Self {
            kind,
            field: Field::new(text),
            found: None,
            hint: None,
            from: None,
        }
    }
}
