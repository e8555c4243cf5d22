//! See the issue: journeys.
