//! Zuji 足迹: the computation. Data in, data out; no file, clock, network, environment or global state.
//!
//! The modules are a pipeline; a reader walks them in this order, and each names only those before it.

pub mod diagnostic;
pub mod math;
pub mod hash;
pub mod quantity;
pub mod distribution;
pub mod impact;
pub mod factor;
pub mod method;
pub mod inventory;
pub mod product;
pub mod matrix;
pub mod solve;
pub mod footprint;
pub mod uncertainty;
pub mod threshold;
pub mod record;
pub mod standard;
