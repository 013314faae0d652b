//! The matrices of life cycle assessment over one index (design §5): `A s = f`, `g = B s`, `h = C g`.
//!
//! A product's foreground is a directed acyclic graph of processes (the product, its production, its assemblies); the
//! recipes of its lines are aggregated columns of the background. So A needs no factorisation: one sweep in
//! topological order solves it.

mod column;
mod demand;
mod sparse;
mod system;
mod technosphere;
#[cfg(feature = "views")]
mod view;

pub use column::{Column, Columns, Flow};
pub use demand::{Demands, DemandsError};
pub use sparse::{Pattern, Sparse, SparseError};
pub use system::{Cycle, System};
pub use technosphere::{NO_REFERENCE, Problem, Technosphere};
#[cfg(feature = "views")]
pub use view::Matrices;
