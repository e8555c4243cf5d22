//! What each sign of an issuer is worth. Made by `assets/issuer/train.py`, which says from what; it refuses to be
//! edited by hand.

use super::features::FEATURES;

/// The weights, in the order of the features.
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; FEATURES] = [
    0.000, // officer's or senator's title
    0.000, // office named
    0.000, // site
    0.000, // disclosure
    0.000, // source line
    0.000, // letterhead
    -0.061, // boilerplate chosen
    0.481, // name between strokes
    -0.339, // owner of the contact's address
    -0.191, // spoken for
    0.804, // office in the lede
    0.612, // office in the headline
    0.985, // office at the text's head
    -0.113, // surname of an office
    0.791, // hashtag
    0.569, // body that opens the lede
    0.099, // announcer
    0.000, // metadata
    -0.654, // contact
    -0.247, // subject of the lede
    0.025, // named often, a body
    -0.060, // name of the headline
    1.162, // first boilerplate
    0.261, // later boilerplate
    1.467, // officer's house
    0.882, // host
    -0.143, // copyright
    0.513, // run of the lede
    -0.999, // run of the headline
    0.422, // longer form
    -0.277, // piece
    0.056, // line of the contact block
    0.049, // named often
    1.985, // publisher
    0.410, // uses
    -1.113, // in the headline
    1.650, // opens the headline
    -0.061, // in the lede
    0.698, // opens the lede
    0.212, // person
    -0.312, // speaks
    0.780, // body
    -1.971, // place
    -0.626, // one word
    -0.390, // two words
    -0.019, // four words
    -0.010, // five and more
    1.800, // legal form
    1.599, // owns an address
    1.653, // votes
    0.462, // votes for its pieces
    0.038, // votes for longer forms
    -1.279, // joined
    -2.146, // with figures
    -1.001, // a word of the language
    0.391, // where first
    -0.040, // in the boilerplate
    1.556, // in the contact block
    0.812, // before possessives
    -0.467, // before verbs
    -0.068, // behind an article
    0.276, // shouted
    1.369, // not in the text
    -1.124, // once in the text
    1.650, // opens sentences
    -1.555, // constant
    1.802, // first to be named
    0.000, // first: officer's or senator's title
    0.000, // first: office named
    0.000, // first: site
    0.000, // first: disclosure
    0.000, // first: source line
    0.000, // first: letterhead
    -0.061, // first: boilerplate chosen
    0.770, // first: name between strokes
    0.129, // first: owner of the contact's address
    -0.356, // first: spoken for
    0.064, // first: office in the lede
    0.320, // first: office in the headline
    0.596, // first: office at the text's head
    0.000, // first: surname of an office
    0.780, // first: hashtag
    -0.722, // first: body that opens the lede
    1.193, // first: announcer
    0.000, // first: metadata
    0.866, // first: contact
    0.000, // first: subject of the lede
    -1.071, // first: named often, a body
    -0.708, // first: name of the headline
];
