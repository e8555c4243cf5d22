//! dateline, the terminal reader for press releases.
//!
//! The modules in reading order, each with what it may use (`tests/architecture.rs` holds the arrows):
//!
//! | module | what it is | may use |
//! |---|---|---|
//! | [`text`] | pure text: extents, the safe-text door, markup to text, layers, wrapping | Unicode crates |
//! | [`release`] | the domain: a release, its anatomy, its repairs, its quotes; library records, passages and anchors | text |
//! | [`entity`] | text to entities: tokenizer, network, patterns, gazetteer, aliases | release, text |
//! | [`query`] | the search language | std |
//! | [`citation`] | a passage and its release to citation formats; a quotation held against the text it is from; the brief | release, text |
//! | [`source`] | the outside world in: files, pages, feeds, mail; the only network code | release, text |
//! | [`store`] | SQLite: schema, releases, mentions, passages, search | release, entity, query, text |
//! | [`app`] | state: `App`, `Action`, `Keymap`, `Message`, `Effect` | release, entity, query, citation (what `y` copies), text |
//! | [`ui`] | drawing `&App` | app, release, entity, text |
//! | [`jobs`] | background work: takes effects, sends messages, owns the threads | app, source, store, entity, release, citation, query |
//! | [`config`] | raw serde shape to validated settings; paths | app, ui's theme |
//! | [`terminal`] | the only crossterm: guard, keys, the loop | app, ui, jobs |
//! | [`cli`] | one file per subcommand | everything but ui |
//!
//! # The one way through
//! `KeyEvent → (terminal) Key → (keymap) Action → Message → App::apply → Effects → (jobs) → Message → … ; ui draws &App.`
//!
//! # Invariants
//! 1. Only `App::apply(Message) -> Vec<Effect>` changes the state; drawing takes `&App` and gives nothing back.
//! 2. `Message` and `Effect` are closed enums. No callbacks into state, no shared mutable state, no async runtime.
//! 3. Nothing that can block happens on the thread that draws.
//! 4. A request carries a ticket; an answer whose ticket is old is dropped.
//! 5. Text is cleaned once, at the door ([`text::SafeText`]). Everything after speaks byte extents of that one text;
//!    cells and code points are computed where they are needed and never stored. The original bytes are kept beside it.
//! 6. What is the user's own is on disk before the screen says so.
//! 7. Keys are data; help, footer hints and the palette come from the one table.
//! 8. Code names roles; a theme maps roles to colours.

pub mod app;
pub mod citation;
pub mod cli;
pub mod config;
pub mod entity;
pub mod jobs;
pub mod query;
pub mod release;
pub mod source;
pub mod store;
pub mod terminal;
pub mod text;
pub mod ui;
