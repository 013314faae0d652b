//! Monte Carlo through a whole linked inventory, and what its variance comes from.

mod sampler;

pub use sampler::{Sampler, Term, Terms};
