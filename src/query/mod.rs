//! The search language, from what is typed to a tree. It exists apart from the store so that the screen can read a
//! query, light its words and explain it without a database. It refuses nothing: whatever is typed is a query, an
//! unclosed quote runs to the end, an unknown operator is text with a hint.
//!
//! | written | means |
//! |---|---|
//! | `climate report` | both words |
//! | `"climate report"`, `"bank rescue"~5` | the phrase; the words at most five apart |
//! | `clim*` | words that begin so; while typing, the last word always does |
//! | `-energy`, `NOT energy` | without it |
//! | `solar OR wind power` | one of the two, and `power`: OR binds closer than the space, as mail programs have it |
//! | `( … )` | grouping |
//! | `title:`, `body:` | only there |
//! | `person:merkel`, `org:"Example Bank"`, `place:lisbon,porto` | names it; a comma means or. Also `names:` (any kind), `product:`, `event:`, `ticker:` |
//! | `issuer:`, `wire:`, `source:`, `lang:`, `tag:` | of these |
//! | `after:2025-01-01`, `before:2025-07`, `date:2025-01..2025-03`, `after:7d`, `date:today` | published then; half-open: `before:2025-07` leaves July out, `after:2025-01-01` lets that day in |
//! | `is:unread`, `is:read`, `is:starred`, `is:correction`, `has:passage`, `has:note`, `has:tag`, `has:embargo` | in that state |
//! | `sort:date`, `sort:best` | the order |

pub mod fold;
mod hits;
mod lexer;
mod parser;
mod tokens;
mod tree;

pub use hits::Lights;
pub use parser::MOST_TERMS;
pub use tokens::{Token, tokens, unspaced};
pub use tree::{Bound, Day, Field, Naming, Node, Order, Query, State, Words};
