//! How sure is a footprint? Draws, Monte Carlo and what is decided by it.

pub mod draw;
pub mod linked;
