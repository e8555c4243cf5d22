//! What each sign of an issuer is worth. Made by `assets/issuer/train.py`, which says from what; it refuses to be
//! edited by hand.

use super::features::FEATURES;

/// The weights, in the order of the features.
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FEATURES] = [
    0.430, // officer's or senator's title
    0.961, // office named
    0.515, // site
    0.271, // disclosure
    0.192, // source line
    0.431, // letterhead
    -0.154, // boilerplate chosen
    0.253, // name between strokes
    -0.514, // owner of the contact's address
    -0.135, // spoken for
    0.273, // office in the lede
    0.237, // office in the headline
    0.240, // office at the text's head
    0.011, // surname of an office
    0.314, // hashtag
    0.135, // body that opens the lede
    0.008, // announcer
    0.000, // metadata
    -0.204, // contact
    0.054, // subject of the lede
    -0.350, // named often, a body
    0.017, // name of the headline
    0.345, // first boilerplate
    -0.396, // later boilerplate
    0.764, // officer's house
    0.240, // host
    -0.013, // copyright
    0.304, // run of the lede
    -0.598, // run of the headline
    0.168, // longer form
    0.495, // piece
    -0.190, // line of the contact block
    0.229, // named often
    0.421, // publisher
    0.262, // described at the end
    0.183, // letters of a site, found
    -0.043, // uses
    -0.858, // in the headline
    0.766, // opens the headline
    -0.217, // in the lede
    0.306, // opens the lede
    0.453, // person
    -0.010, // speaks
    0.708, // body
    -0.739, // place
    -0.215, // one word
    -0.112, // two words
    0.333, // four words
    0.066, // five and more
    1.119, // legal form
    0.615, // owns an address
    0.977, // votes
    0.131, // votes for its pieces
    -0.038, // votes for longer forms
    -0.561, // joined
    -0.912, // with figures
    -0.487, // a word of the language
    0.265, // where first
    -0.251, // in the boilerplate
    0.736, // in the contact block
    0.420, // before possessives
    -0.340, // before verbs
    0.196, // behind an article
    0.164, // shouted
    0.750, // not in the text
    -0.905, // once in the text
    0.728, // opens sentences
    0.212, // constant
    0.083, // where last
    0.072, // described
    0.228, // listed
    0.766, // shortened
    -0.307, // titled
    -0.045, // going on
    -0.089, // gone before
    0.537, // alone on a line
    0.083, // opens a line
    0.422, // behind at or by
    0.317, // we
    0.314, // in the tail
    -0.221, // share in the tail
    0.585, // owns a site
    -0.305, // letters of an address
    0.778, // letters of a site
    -0.413, // given name
    -0.451, // words of the language
    -0.245, // shouted word
    -0.384, // order
    -0.148, // boilerplate, given name
    -0.298, // boilerplate, speaks
    -0.421, // given name, speaks
    -0.080, // given name in the tail
    -0.126, // share of the most uses
    0.297, // share of the most votes
    -0.139, // longer form's uses
    -0.022, // has longer form
    -0.271, // share of shorter form's uses
    0.063, // has shorter form
    0.521, // office
    0.277, // offices
    0.140, // most used
    0.126, // in a boilerplate
    0.479, // institution
    0.061, // boilerplate and headline
    0.351, // boilerplate and lede
    -0.199, // begins first boilerplate
    -0.362, // no boilerplate
    0.102, // several boilerplates
    -0.170, // no contact block
    0.301, // sure witness spoke
    0.006, // no head
    0.436, // officers
    -0.342, // beside
    0.235, // before its initials
    -0.255, // initials of another
    -0.370, // runs into a verb
    0.103, // place in the lede
    1.474, // first to be named
    0.430, // first: officer's or senator's title
    0.337, // first: office named
    0.187, // first: site
    0.271, // first: disclosure
    0.192, // first: source line
    0.307, // first: letterhead
    -0.010, // first: boilerplate chosen
    0.246, // first: name between strokes
    -0.114, // first: owner of the contact's address
    -0.148, // first: spoken for
    0.200, // first: office in the lede
    0.062, // first: office in the headline
    -0.030, // first: office at the text's head
    0.000, // first: surname of an office
    0.293, // first: hashtag
    -0.240, // first: body that opens the lede
    0.323, // first: announcer
    0.000, // first: metadata
    0.150, // first: contact
    0.000, // first: subject of the lede
    -0.672, // first: named often, a body
    -0.307, // first: name of the headline
];
