//! Journeys through the real app: keys and mouse go in, jobs are answered from a library in memory, and what the
//! screen would show is looked at. No terminal, no SQL, no threads: what is tested is the state.

mod ahead;
mod entities;
mod groups;
mod keeping;
mod lists;
mod random;
mod sources;
pub(crate) mod stage;
mod text;
mod windows;
mod words;
