//! Taking an anchor from a text and finding it again in another version of that text.
