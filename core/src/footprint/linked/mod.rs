//! What the score of a linked inventory is made of (formulas and references: `docs/contributions.md`).
//!
//! Adjoint first: `solved.rs` solves once per impact category for λ, what one unit of every product stands for; a demand
//! takes one forward solve for s. Everything else is products of entries with λ and s, without recursion and without a
//! solve per node: `contributions.rs` ranks tables (`table.rs`) by process, flow, place and the user's own exchanges;
//! `tree.rs` opens the upstream tree, largest first; `paths.rs` finds the chains that emit most; `sankey.rs` makes nodes
//! and edges that balance, `layers.rs` orders them and `svg.rs` draws them.

mod contributions;
mod layers;
mod paths;
mod sankey;
mod solved;
mod svg;
mod table;
#[cfg(test)]
mod tests;
mod tree;

pub use contributions::Order;
pub use paths::{Path, PathLimits, Paths};
pub use sankey::{Edge, Node, NodeKind, Sankey, SankeyLimits};
pub use solved::{Analysis, NotSolved, Score, Solved, Supply};
pub use svg::SankeyWords;
pub(crate) use svg::escaped;
pub use table::{Cut, Remainder, Row, Table, What};
pub use tree::{Opened, Tree, TreeLimits, TreeNode};

use serde::Serializer;

/// Numbers are written as plain decimal strings, as everywhere.
fn decimal<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&crate::math::plain(*value))
}

fn decimal_if<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => decimal(value, serializer),
        None => serializer.serialize_none(),
    }
}

/// A share of a total; a share of zero or of a net credit has no meaning.
fn of_total(amount: f64, total: f64) -> Option<f64> {
    (total > 0.0).then(|| amount / total)
}

/// A share of a sum of absolute values; nothing of nothing is nothing.
fn of_absolute(amount: f64, absolute: f64) -> f64 {
    if absolute > 0.0 { amount / absolute } else { 0.0 }
}
