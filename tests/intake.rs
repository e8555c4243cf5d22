//! See the issue: intake.
