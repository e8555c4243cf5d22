//! See the issue: repairs.
