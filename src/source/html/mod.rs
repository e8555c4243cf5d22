//! HTML in: pages and fragments to text with markup. [`flow`] reads any fragment; [`page`] finds the release in a whole
//! page. Nothing here fetches anything, and nothing here trusts what it reads to be well formed or small.

mod defuse;
mod entities;
mod flow;
mod guard;
mod head;
mod lexer;
mod page;
mod run;

pub use entities::decode as decode_references;
pub use flow::{Flowed, cut, flow, flow_line};
pub use head::{Head, charset};
pub use lexer::{Attributes, Lexer, Tag, Token};
pub use page::page;
