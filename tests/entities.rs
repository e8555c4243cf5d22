//! See the issue: entities.
