//! The one test harness. Each file below is a room of its own.
