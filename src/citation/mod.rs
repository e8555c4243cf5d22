//! TODO(citation): see lib.rs.
