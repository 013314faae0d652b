//! A, B and C over one index, as lists of entries that know where they come from.
//!
//! Whatever a database was read from, it ends here: the solvers and the contributions look at nothing else. Entries at
//! the same place are added up by whoever compresses them; they stay apart here so that each keeps its origin.

use super::FlowKind;
use std::sync::Arc;

/// No origin: an entry that no single exchange made.
pub const NO_ORIGIN: u32 = u32::MAX;

/// Entries of a matrix: row, column, value and origin, in parallel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entries {
    /// Rows.
    pub rows: Vec<u32>,
    /// Columns.
    pub columns: Vec<u32>,
    /// Values.
    pub values: Vec<f64>,
    /// The exchange that each came from, or [`NO_ORIGIN`]. Empty where no entry has one.
    pub origins: Vec<u32>,
}

impl Entries {
    /// Adds one. Zeros stay: where a flow is named, it has its place.
    pub fn push(&mut self, row: u32, column: u32, value: f64, origin: u32) {
        self.rows.push(row);
        self.columns.push(column);
        self.values.push(value);
        self.origins.push(origin);
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// All, as (row, column, value).
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        self.rows.iter().zip(&self.columns).zip(&self.values).map(|((row, column), value)| (*row, *column, *value))
    }
}

/// A column of A and B: one product of one process.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// Id of the process; with several products, followed by `/` and the id of the product's flow.
    pub id: Arc<str>,
    /// Name of the process.
    pub name: Arc<str>,
    /// Name of the product, which is the row.
    pub product: Arc<str>,
    /// The unit in which the row counts.
    pub unit: Arc<str>,
    /// Where.
    pub location: Option<Arc<str>>,
    /// Class of the process.
    pub category: Arc<str>,
    /// Position of the process in its inventory; `None` where the matrices came without one.
    pub process: Option<u32>,
}

/// A row of B.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementaryFlow {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// Compartment.
    pub category: Arc<str>,
    /// The unit in which the row counts.
    pub unit: Arc<str>,
    /// Into the environment or out of it.
    pub kind: FlowKind,
    /// Position of the flow in its inventory.
    pub flow: Option<u32>,
}

/// A row of C.
#[derive(Clone, Debug, PartialEq)]
pub struct Impact {
    /// Its id.
    pub id: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// The unit of its result.
    pub unit: Arc<str>,
}

/// A linked inventory, ready to solve: `A s = f`, `g = B s`, `h = C g`.
///
/// Signs: in A an output is + and an input −, so a treatment has a negative reference flow; in B an emission is + and an
/// extraction or uptake −. C holds for what B counts: the factor of a resource, which is per unit extracted, stands
/// with a minus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InventorySystem {
    /// Columns of A and B. Row i of A is the product of the column whose reference is i.
    pub activities: Vec<Activity>,
    /// The row of each column's reference flow.
    pub reference: Vec<u32>,
    /// Rows of B.
    pub flows: Vec<ElementaryFlow>,
    /// Rows of C.
    pub impacts: Vec<Impact>,
    /// Products × processes.
    pub a: Entries,
    /// Elementary flows × processes.
    pub b: Entries,
    /// Impacts × elementary flows.
    pub c: Entries,
}

impl InventorySystem {
    /// Position of an activity by its id.
    pub fn activity(&self, id: &str) -> Option<usize> {
        self.activities.iter().position(|one| &*one.id == id)
    }
}
