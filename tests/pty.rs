//! See the issue: pty.
