//! See the issue: screens.
