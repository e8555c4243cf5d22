//! See the issue: anatomy.
