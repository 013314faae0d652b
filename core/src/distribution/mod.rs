//! How an amount is distributed: forms with their quantiles, read from what a source states, and never made up.
//!
//! `shape.rs` is a checked distribution of one amount and what a sampler needs of it; `beta.rs` the beta distribution
//! behind beta-PERT; `pedigree.rs` the named tables that turn scores into a spread; `stated.rs` the words in which a
//! person or a table says it, and `fault.rs` what can be wrong with them.

mod beta;
mod fault;
mod pedigree;
mod shape;
mod stated;

pub use fault::Fault;
pub use pedigree::Pedigree;
pub use shape::{Centre, Shape};
pub use stated::{Group, Stated};
