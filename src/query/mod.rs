//! TODO(query): see lib.rs.
