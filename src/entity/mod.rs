//! From text to entities: tokenizer, neural network, patterns, gazetteer, and the resolution of aliases within one
//! release. Pure: text in, entities out.

mod model;

pub use model::*;
