//! TODO(config): see lib.rs.
