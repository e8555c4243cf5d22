//! Pure text: byte extents, the safe-text door, sentences and paragraphs, layers of highlights, wrapping.
//!
//! Everything above speaks byte extents of one cleaned text. This module knows nothing of releases, of files or of
//! screens; it does no input and no output.

mod english;
mod extent;
pub mod layers;
mod safe;
mod sentence;
mod word_set;
mod words;
pub mod wrap;

pub use english::reads_as_english;
pub use extent::Extent;
pub use safe::{SafeText, impurities, sanitise};
pub use sentence::{paragraphs, sentences};
pub use word_set::{WordMap, WordSet};
pub use words::{
    find, first_piece, has_inner_capital, last_piece, pieces, telling_piece, telling_word, words,
    words_between,
};
