//! Subtotals of assemblies, exact at every level.

use super::cells::{Cells, Standing};
use crate::matrix::System;
use crate::product::Activities;

/// Quanta of every process with all below it, over all its uses. Where an assembly is used in several places, its
/// quanta are divided among them by the units each needs, the last taking the rest, so that every level adds up.
pub(super) fn roll_up(activities: &Activities, system: &System, cells: &Cells) -> Vec<i64> {
    let mut subtotal = vec![0i64; system.len()];
    for (index, entry) in activities.entries.iter().enumerate() {
        if cells.standing[index] == Standing::Counted {
            subtotal[entry.node as usize] += cells.by_activity[index];
        }
    }
    // Units each process has given so far, to divide what is shared.
    let mut uses = vec![0u32; system.len()];
    let mut needed = vec![0.0f64; system.len()];
    let mut units = vec![0.0f64; system.len()];
    units[0] = 1.0;
    for edge in system.edges() {
        units[edge.child as usize] += units[edge.parent as usize] * edge.amount;
        uses[edge.child as usize] += 1;
        needed[edge.child as usize] += units[edge.parent as usize] * edge.amount;
    }
    let mut given = vec![0i64; system.len()];
    let mut first_share = vec![0.0f64; system.len()];
    for edge in system.edges().iter().rev() {
        let child = edge.child as usize;
        uses[child] -= 1;
        let part = if uses[child] == 0 {
            subtotal[child] - given[child]
        } else {
            first_share[child] = units[edge.parent as usize] * edge.amount;
            let share = if needed[child] != 0.0 { first_share[child] / needed[child] } else { 0.0 };
            let part = (subtotal[child] as f64 * share).round() as i64;
            given[child] += part;
            part
        };
        subtotal[edge.parent as usize] += part;
    }
    subtotal
}
