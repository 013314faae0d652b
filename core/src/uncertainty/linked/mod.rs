//! Monte Carlo through a whole linked inventory, and its variance without samples (methods and references:
//! `docs/uncertainty-linked.md`).
//!
//! `gather.rs` finds what is uncertain in an inventory, `sampler.rs` draws it as the solver asks for it, `monte_carlo.rs`
//! runs the samples and holds some against factors, `propagate.rs` does without samples and says what the variance comes
//! from, `summary.rs` makes a few numbers of many.

mod gather;
mod monte_carlo;
mod propagate;
mod sampler;
mod summary;
#[cfg(test)]
mod tests;

pub use gather::Gathered;
pub use monte_carlo::{Asked, Check, Course, Moments, MonteCarlo, Setting, monte_carlo};
pub use propagate::{Contribution, Propagated, propagate};
pub use sampler::{Sampler, Term, Terms};
pub use summary::{Quantile, Spread};

use serde::Serializer;

/// Numbers are written as plain decimal strings, as everywhere.
fn decimal<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&crate::math::plain(*value))
}
