//! TODO(terminal): see lib.rs.
