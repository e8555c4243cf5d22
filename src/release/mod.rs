//! The domain, pure: what a release is, what its parts are, what was repaired in it, who is quoted in it, and what a
//! library keeps of it. No files, no SQL, no screen, no clock.

mod library;
mod model;

pub use library::*;
pub use model::*;
