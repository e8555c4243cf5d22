//! What each sign of an issuer is worth. Made by `assets/issuer/train.py`, which says from what; it refuses to be
//! edited by hand.

use super::features::FEATURES;

/// The weights, in the order of the features.
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FEATURES] = [
    0.377, // officer's or senator's title
    0.902, // office named
    0.500, // site
    0.196, // disclosure
    0.171, // source line
    0.407, // letterhead
    -0.085, // boilerplate chosen
    0.247, // name between strokes
    -0.468, // owner of the contact's address
    -0.177, // spoken for
    0.267, // office in the lede
    0.230, // office in the headline
    0.236, // office at the text's head
    0.017, // surname of an office
    0.276, // hashtag
    0.209, // body that opens the lede
    -0.011, // announcer
    0.000, // metadata
    -0.229, // contact
    0.127, // subject of the lede
    -0.284, // named often, a body
    0.057, // name of the headline
    0.360, // first boilerplate
    -0.326, // later boilerplate
    0.772, // officer's house
    0.240, // host
    -0.011, // copyright
    0.367, // run of the lede
    -0.511, // run of the headline
    0.247, // longer form
    0.539, // piece
    -0.195, // line of the contact block
    0.233, // named often
    0.421, // publisher
    0.000, // described at the end
    0.000, // letters of a site, found
    0.001, // uses
    -0.832, // in the headline
    0.764, // opens the headline
    -0.174, // in the lede
    0.366, // opens the lede
    0.361, // person
    0.003, // speaks
    0.748, // body
    -0.697, // place
    -0.170, // one word
    -0.141, // two words
    0.376, // four words
    0.084, // five and more
    1.128, // legal form
    0.616, // owns an address
    0.980, // votes
    0.176, // votes for its pieces
    -0.047, // votes for longer forms
    -0.539, // joined
    -0.866, // with figures
    -0.454, // a word of the language
    0.251, // where first
    -0.223, // in the boilerplate
    0.675, // in the contact block
    0.408, // before possessives
    -0.309, // before verbs
    0.155, // behind an article
    0.155, // shouted
    0.724, // not in the text
    -0.959, // once in the text
    0.713, // opens sentences
    0.215, // constant
    0.076, // where last
    0.106, // described
    0.268, // listed
    0.724, // shortened
    -0.307, // titled
    -0.078, // going on
    -0.061, // gone before
    0.520, // alone on a line
    0.085, // opens a line
    0.458, // behind at or by
    0.306, // we
    0.330, // in the tail
    -0.201, // share in the tail
    0.636, // owns a site
    -0.299, // letters of an address
    0.816, // letters of a site
    -0.398, // given name
    -0.433, // words of the language
    -0.228, // shouted word
    -0.292, // order
    -0.141, // boilerplate, given name
    -0.283, // boilerplate, speaks
    -0.392, // given name, speaks
    -0.072, // given name in the tail
    -0.111, // share of the most uses
    0.331, // share of the most votes
    -0.124, // longer form's uses
    -0.008, // has longer form
    -0.236, // share of shorter form's uses
    0.063, // has shorter form
    0.518, // office
    0.259, // offices
    0.109, // most used
    0.204, // in a boilerplate
    0.497, // institution
    0.049, // boilerplate and headline
    0.326, // boilerplate and lede
    -0.155, // begins first boilerplate
    -0.322, // no boilerplate
    0.096, // several boilerplates
    -0.148, // no contact block
    0.274, // sure witness spoke
    0.006, // no head
    1.319, // first to be named
    0.377, // first: officer's or senator's title
    0.304, // first: office named
    0.187, // first: site
    0.196, // first: disclosure
    0.171, // first: source line
    0.283, // first: letterhead
    0.035, // first: boilerplate chosen
    0.243, // first: name between strokes
    -0.109, // first: owner of the contact's address
    -0.189, // first: spoken for
    0.196, // first: office in the lede
    0.060, // first: office in the headline
    -0.033, // first: office at the text's head
    0.000, // first: surname of an office
    0.258, // first: hashtag
    -0.247, // first: body that opens the lede
    0.313, // first: announcer
    0.000, // first: metadata
    0.150, // first: contact
    0.000, // first: subject of the lede
    -0.586, // first: named often, a body
    -0.289, // first: name of the headline
];
