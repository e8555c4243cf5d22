//! TODO(jobs): see lib.rs.
