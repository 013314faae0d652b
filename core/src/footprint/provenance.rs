//! Which factor packs a result rests on, and how much of it on closed ones.

use super::compute::Footprint;
use crate::factor::FactorIndex;
use crate::math::{Sum, plain};
use crate::method::Module;
use serde::Serialize;
use std::collections::BTreeSet;

/// A factor pack whose rows were used.
#[derive(Clone, Debug, Serialize)]
pub struct UsedPack {
    /// Id.
    pub id: String,
    /// Version of its source.
    pub version: String,
    /// SHA-256 of the whole pack as canonical JSON.
    pub sha256: String,
    /// Whether it may not be passed on.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// Whether a pin chose it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
}

impl Footprint<'_> {
    /// The packs whose rows took part, in the order in which they were loaded.
    pub(super) fn used_packs(&self) -> Vec<UsedPack> {
        let factors = &self.library.factors;
        let used: BTreeSet<usize> = self.used().into_iter().map(|index| factors.get(index).pack).collect();
        used.into_iter()
            .map(|position| {
                let pack = &factors.packs()[position];
                UsedPack {
                    id: pack.table.id.clone(),
                    version: pack.table.version.clone(),
                    sha256: pack.sha256.clone(),
                    closed: pack.table.closed,
                    pinned: self.study.packs.pinned,
                }
            })
            .collect()
    }

    /// The closed factors that took part.
    pub(super) fn closed_factors(&self) -> Vec<FactorIndex> {
        self.used().into_iter().filter(|&index| self.library.factors.get(index).closed()).collect()
    }

    /// Percent of the total, to one decimal, that comes from closed packs and rows; `None` without any, or without a
    /// positive total.
    pub fn closed_share(&self) -> Option<String> {
        let closed = self.closed_factors();
        if closed.is_empty() || self.cells.total <= 0 {
            return None;
        }
        let values: Vec<(FactorIndex, f64)> =
            closed.into_iter().filter_map(|index| Some((index, self.characterised(index)?))).collect();
        // The part of each recipe that closed factors make up.
        let part = |recipe: usize| {
            let recipe_total = self.columns.columns[recipe].total;
            let mut sum = Sum::default();
            for input in &self.activities.recipes[recipe].inputs {
                if let Some((_, value)) = values.iter().find(|(index, _)| *index == input.factor) {
                    sum.add(input.coefficient * value);
                }
            }
            if recipe_total == 0.0 { 0.0 } else { sum.value() / recipe_total }
        };
        let parts: Vec<f64> = (0..self.activities.recipes.len())
            .map(|recipe| if self.activities.recipes[recipe].supplied.is_some() { 0.0 } else { part(recipe) })
            .collect();
        let mut sum = Sum::default();
        let of = |activity: usize| parts[self.activities.entries[activity].recipe as usize];
        for activity in (0..self.activities.entries.len()).filter(|&activity| self.counts(activity)) {
            sum.add(of(activity) * self.cells.by_activity[activity] as f64);
        }
        if self.study.boundary.modules.contains(&Module::B4) {
            for &(activity, quanta) in &self.cells.replaced {
                sum.add(of(activity as usize) * quanta as f64);
            }
        }
        let tenths = (sum.value() / self.cells.total as f64 * 1000.0).round();
        Some(plain(tenths / 10.0))
    }
}
