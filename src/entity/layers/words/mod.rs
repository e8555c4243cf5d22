//! The words of the trade that tell names apart, by what they tell: bodies, things, persons, and the small words of
//! English. It refuses names: those are the gazetteer's.

mod bodies;
mod persons;
mod small;
mod things;

pub(super) use bodies::{legal_form, organisation, pointed_form, weak_form};
pub(super) use persons::{
    generation, honorific, office, office_before, particle, saying, strict_honorific,
};
pub(super) use small::{foreign_article, function, inner, nominal};
pub(super) use things::{event, law, place, political, product, street_short};
