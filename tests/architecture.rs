//! Holds the arrows of the house: reads `src/` and fails on a forbidden `use`.
