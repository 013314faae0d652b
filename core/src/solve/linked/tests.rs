//! Across the steps.
