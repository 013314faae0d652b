//! Linked inventories: systems with loops, from a handful of processes to a hundred thousand.
//!
//! A ladder of steps, each answer with its certificate (design §5; `docs/solvers.md` has the methods and references):
//! components in topological order → exact elimination → dense LU where little is left → Gauss–Seidel → BiCGSTAB →
//! sparse LU. Which step answers depends on what is found out about the system, never on what is installed.

mod accuracy;
mod bicgstab;
mod bound;
mod certificate;
mod compact;
mod components;
mod condense;
mod dense;
mod factor;
#[cfg(feature = "direct")]
mod fast;
mod gauss_seidel;
mod ladder;
mod loops;
mod network;
mod prepared;
mod stream;
#[cfg(test)]
mod tests;
mod what_if;

pub use certificate::{Basis, Certificate, Left, Measure, Reason, Solution, Step, Unsolvable};
pub use factor::Mode;
pub use prepared::{Demand, Prepared};
pub use stream::{Answer, Block, LANES, Lanes, Stream, Values};
pub use what_if::{Change, Refused, WhatIf};
