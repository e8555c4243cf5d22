//! The library: one SQLite file that holds releases, what is understood of them, and what the user put on them.
//!
//! [`Library`] is the one writer of a process, [`Reader`] a read-only connection; both are owned by one thread each.
//! Everything that SQL knows stays in this module. It refuses a file made by a newer program, a database that is not a
//! library, and to call anything saved before it is committed.
//!
//! Two kinds of data: what is the user's own (marks, tags, passages, sources, deletions) is committed with
//! `synchronous=FULL`; what could be read again (texts, indexes, readings) with `NORMAL`.

mod about;
mod acquaintance;
mod blob;
mod carried;
mod comparing;
mod corrected;
mod decisions;
mod doctor;
mod entities;
mod excerpt;
mod facets;
mod failure;
mod full_text;
mod identity;
mod index;
mod intake;
mod kept;
mod learning;
mod library;
mod listing;
mod marks;
mod mirror;
mod opening;
mod passages;
mod prepared;
mod reader;
mod reading;
mod replace;
mod rescue;
mod resolve;
mod rows;
mod schema;
mod search;
mod sources;
mod stories;
mod uuid;

pub use carried::Carrier;
pub use doctor::Findings;
pub use facets::EntityListing;
pub use failure::StoreError;
pub use full_text::Sent;
pub use intake::Intake;
pub use kept::{Arrival, Arrivals, Kept};
pub use library::{Library, log_path};
pub use mirror::{Restored, mirror_path};
pub use opening::{Held, Version};
pub use passages::NewPassage;
pub use prepared::{NewReading, Prepared, Preparer};
pub use reader::{Counted, Gate, Page, Reader, Start};
pub use rescue::{Rescue, open_or_rescue, rescue};
pub use rows::{Order, Selection, Show};
pub use search::Found;
pub use sources::{Followed, Header, Origin};
