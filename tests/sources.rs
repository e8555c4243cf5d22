//! See the issue: sources.
