//! What can be wrong with a model file. Every reader of weights gives these instead of panicking; none of them repeats
//! a word of the file, so they are safe to print.

use thiserror::Error;

/// Why a model cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ModelError {
    /// The bytes end before what they announce.
    #[error("the model file ends early, while reading {0}")]
    Truncated(&'static str),
    /// It is not one of ours.
    #[error("this is no dateline model file")]
    Foreign,
    /// It is one of ours, of a format that this version does not know.
    #[error("the model file has format {0}, which this version does not read")]
    Version(u32),
    /// Its checksum does not fit its content.
    #[error("the model file is damaged: its checksum does not fit")]
    Checksum,
    /// It holds another network than the one asked for.
    #[error("the model file holds another kind of network")]
    Kind,
    /// A part that must be there is not.
    #[error("the model file has no part {0}")]
    Missing(&'static str),
    /// A part has another shape or encoding than the network needs.
    #[error("the model file's part {0} has the wrong shape")]
    Shape(&'static str),
    /// A weight is not a finite number.
    #[error("the model file's part {0} holds a number that is not finite")]
    NotFinite(&'static str),
    /// A part does not say what it should.
    #[error("the model file's part {0} cannot be read")]
    Malformed(&'static str),
    /// A pipeline that this network cannot stand in for.
    #[error("this pipeline cannot be imported: {0}")]
    Unsupported(&'static str),
    /// Values nest deeper than any pipeline's do.
    #[error("the model file nests its values too deeply")]
    Depth,
}
