//! See the issue: library.
