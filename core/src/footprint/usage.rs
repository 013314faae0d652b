//! What the lines of every recipe come to, in one walk: lines come by the million, recipes by the hundred, and much of
//! what is said of a result needs no more than this.

use super::cells::{Cells, Standing};
use crate::product::{Activities, Role};

/// What one recipe is to the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// How many activities have it, known or not.
    pub activities: u32,
    /// How many of them are known, inside or outside the boundary.
    pub known: u32,
    /// What the first known one comes from; `u32::MAX` where there is none.
    pub first: u32,
    /// Σ of the absolute quanta that count.
    pub weight: i64,
    /// Whether one that counts is energy.
    pub energy: bool,
}

/// The use of every recipe.
pub(super) fn of_recipes(activities: &Activities, cells: &Cells) -> Vec<Use> {
    let none = Use { activities: 0, known: 0, first: u32::MAX, weight: 0, energy: false };
    let mut uses = vec![none; activities.recipes.len()];
    let figures = cells.standing.iter().zip(&cells.by_activity);
    for (entry, (standing, quanta)) in activities.entries.iter().zip(figures) {
        let usage = &mut uses[entry.recipe as usize];
        usage.activities += 1;
        if *standing == Standing::Unknown {
            continue;
        }
        usage.known += 1;
        if usage.first == u32::MAX {
            usage.first = entry.origin;
        }
        if *standing == Standing::Counted {
            usage.weight += quanta.abs();
            usage.energy |= entry.role == Role::Energy;
        }
    }
    uses
}
