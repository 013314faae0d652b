//! Zuji 足迹: the computation. Data in, data out; no file, clock, network, environment or global state.
//!
//! A reader walks the modules in this order; each names only those before it.

pub mod diagnostic;
pub mod factor;
pub mod impact;
pub mod math;
pub mod quantity;
pub mod method;
pub mod product;
