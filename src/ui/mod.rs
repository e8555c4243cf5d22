//! TODO(ui): see lib.rs.
