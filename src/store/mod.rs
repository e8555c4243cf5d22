//! TODO(store): see lib.rs.
