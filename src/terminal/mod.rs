//! The terminal: the only module that knows one. It takes and gives back the terminal, decodes keys, listens to
//! signals, runs the loop that applies messages and then draws once, and does what only a terminal can: the
//! clipboard by OSC 52, the editor, suspension.

pub mod capability;
pub mod clipboard;
pub mod decode;
pub mod editor;
pub mod guard;
pub mod input;
pub mod signals;
