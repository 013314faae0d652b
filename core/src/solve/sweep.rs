//! The sweep over an acyclic foreground.

use crate::matrix::System;

/// How many units of every process the demand needs.
#[derive(Clone, Debug)]
pub struct Scaling {
    /// Units per declared unit, once.
    pub units: Vec<f64>,
    /// Units that replacements during the service life need beside (B4).
    pub replaced: Vec<f64>,
    /// max |A s − f| relative to the largest amount.
    pub residual: f64,
}

/// Solves `A s = f` for a demand of one declared unit: in topological order every use adds to what it uses.
///
/// Replacements are a second demand on the same matrix: a part that is replaced n times is needed n times more, and
/// what it is made of with it.
pub fn scale(system: &System) -> Scaling {
    let mut units = vec![0.0; system.len()];
    let mut replaced = vec![0.0; system.len()];
    units[0] = 1.0;
    for edge in system.edges() {
        let (parent, child) = (edge.parent as usize, edge.child as usize);
        units[child] += units[parent] * edge.amount;
        replaced[child] += (replaced[parent] + edge.replacements * units[parent]) * edge.amount;
    }
    // The residual of what was just summed, by summing it again: A s − f.
    let mut balance = units.clone();
    balance[0] -= 1.0;
    let mut largest: f64 = 1.0;
    for edge in system.edges() {
        let used = units[edge.parent as usize] * edge.amount;
        balance[edge.child as usize] -= used;
        if used.abs() > largest {
            largest = used.abs();
        }
    }
    let residual =
        balance.iter().fold(0.0, |worst: f64, gap| if gap.abs() > worst { gap.abs() } else { worst }) / largest;
    Scaling { units, replaced, residual }
}

/// The adjoint sweep: from what each process emits itself to what one unit of it stands for with all below it.
pub fn adjoint(system: &System, own: &mut [f64]) {
    for edge in system.edges().iter().rev() {
        own[edge.parent as usize] += edge.amount * own[edge.child as usize];
    }
}

/// The adjoint sweep over one tree whose nodes stand in depth-first order (each after its parent): `parent[i]` and
/// `amount[i]` belong to node i + 1. One pass over memory, backwards.
///
/// # Panics
/// Never: sizes are cut to the shortest of the slices, and a parent that does not stand before its child is passed by.
pub fn roll_up(parent: &[u32], amount: &[f64], own: &mut [f64]) {
    let count = parent.len().min(amount.len()).min(own.len().saturating_sub(1));
    for index in (0..count).rev() {
        let value = own[index + 1] * amount[index];
        // Splitting tells the compiler that parents stand before their children.
        let (before, _) = own.split_at_mut(index + 1);
        if let Some(slot) = before.get_mut(parent[index] as usize) {
            *slot += value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::product::{Activities, Edge};
    use proptest::prelude::*;

    fn edge(parent: u32, child: u32, amount: f64) -> Edge {
        Edge { parent, child, amount, replacements: 0.0, line: 0 }
    }

    #[test]
    fn a_shared_assembly_counts_for_each_use() {
        // 1 product = 1 production; production uses 2 of a and 3 of b; b uses 5 of a.
        let edges = vec![edge(0, 1, 1.0), edge(1, 2, 2.0), edge(1, 3, 3.0), edge(3, 2, 5.0)];
        let system = System::new(&Activities { nodes: 4, edges, ..Activities::default() }).unwrap();
        assert_eq!(scale(&system).units, [1.0, 1.0, 17.0, 3.0]);
        let mut own = vec![0.0, 1.0, 10.0, 100.0];
        adjoint(&system, &mut own);
        assert_eq!(own, [471.0, 471.0, 10.0, 150.0]);
    }

    #[test]
    fn replacements_take_their_parts_with_them() {
        let mut edges = vec![edge(0, 1, 1.0), edge(1, 2, 2.0), edge(2, 3, 4.0)];
        edges[1].replacements = 3.0;
        let system = System::new(&Activities { nodes: 4, edges, ..Activities::default() }).unwrap();
        let scaling = scale(&system);
        assert_eq!(scaling.units, [1.0, 1.0, 2.0, 8.0]);
        assert_eq!(scaling.replaced, [0.0, 0.0, 6.0, 24.0]);
    }

    proptest! {
        #[test]
        fn forward_equals_adjoint(parents in proptest::collection::vec(any::<prop::sample::Index>(), 1..60), amounts in proptest::collection::vec(0.1f64..5.0, 60)) {
            let edges: Vec<Edge> = parents.iter().enumerate().map(|(at, parent)| edge(parent.index(at + 1) as u32, at as u32 + 1, amounts[at])).collect();
            let nodes = edges.len() + 1;
            let system = System::new(&Activities { nodes, edges: edges.clone(), ..Activities::default() }).unwrap();
            let own: Vec<f64> = (0..nodes).map(|node| 1.0 + node as f64).collect();
            let units = scale(&system).units;
            let forward: f64 = units.iter().zip(&own).map(|(units, own)| units * own).sum();
            let mut back = own.clone();
            adjoint(&system, &mut back);
            prop_assert!((back[0] - forward).abs() <= 1e-9 * forward);
            let mut tree = own.clone();
            let parent: Vec<u32> = edges.iter().map(|edge| edge.parent).collect();
            let amount: Vec<f64> = edges.iter().map(|edge| edge.amount).collect();
            roll_up(&parent, &amount, &mut tree);
            prop_assert!((tree[0] - forward).abs() <= 1e-9 * forward);
        }
    }
}
