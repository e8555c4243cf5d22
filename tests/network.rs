//! See the issue: network.
