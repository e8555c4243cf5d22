//! See the issue: command_line.
