//! A and B as `nalgebra-sparse` matrices: for checks, other solvers and teaching. The kernels do not need them.

use super::{Columns, System};
use crate::product::Activities;
use nalgebra_sparse::{CooMatrix, CscMatrix};

/// The matrices of one product: the foreground processes first, then one column per recipe.
#[derive(Clone, Debug)]
pub struct Matrices {
    /// A, products × processes, signed: output +, input −.
    pub technosphere: CscMatrix<f64>,
    /// C B, flows × processes: kg CO2e per unit of a process, by gas and kind.
    pub characterised: CscMatrix<f64>,
    /// f, the final demand: one declared unit.
    pub demand: Vec<f64>,
}

impl Matrices {
    /// Writes the matrices out. Activities whose amount is unknown stay out, as in the total.
    pub fn new(activities: &Activities, system: &System, columns: &Columns) -> Self {
        let nodes = system.len();
        let size = nodes + activities.recipes.len();
        let mut a = CooMatrix::new(size, size);
        for process in 0..size {
            a.push(process, process, 1.0);
        }
        for edge in system.edges() {
            a.push(edge.child as usize, edge.parent as usize, -edge.amount);
        }
        for entry in activities.entries.iter().filter(|entry| entry.amount.is_finite()) {
            a.push(nodes + entry.recipe as usize, entry.node as usize, -entry.amount);
        }
        let mut b = CooMatrix::new(columns.flows.len(), size);
        for (recipe, column) in columns.columns.iter().enumerate() {
            for &(flow, amount) in &column.cells {
                b.push(flow as usize, nodes + recipe, amount);
            }
        }
        let mut demand = vec![0.0; size];
        demand[0] = 1.0;
        Self { technosphere: CscMatrix::from(&a), characterised: CscMatrix::from(&b), demand }
    }
}
