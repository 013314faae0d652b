//! How sure is a footprint? Draws, Monte Carlo, and what may be decided by it.
//!
//! `draw.rs` are the random numbers, `sobol.rs` and `sampling.rs` how they are spread; `model.rs` makes a footprint a
//! polynomial of what is uncertain, `monte_carlo.rs` samples it and `analytic.rs` propagates it without samples;
//! `summary.rs`, `sensitivity.rs` and `decision.rs` say what comes of it, `report.rs` is all of it as a document.

mod analytic;
mod decision;
pub mod draw;
pub mod linked;
mod model;
mod monte_carlo;
mod report;
mod sampling;
mod sensitivity;
mod sobol;
mod summary;
mod svg;

pub use decision::{Comparison, Limit, Probability};
pub use model::{Model, Subject};
pub use monte_carlo::Sampler;
pub use report::{Propagated, Range, Standing, Uncertainty};
pub use sensitivity::{Sensitivities, Sensitivity};
pub use summary::{Estimate, Histogram, Quantile, Six, Sorted, Step};
