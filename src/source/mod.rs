//! TODO(source): see lib.rs.
