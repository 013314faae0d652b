//! Who computed what from what: the engine, the hashes of inputs and factors, the packs a result rests on, and how much
//! of it on closed ones.

use super::compute::Footprint;
use crate::factor::{FactorIndex, FactorRow};
use crate::hash::{canonical, sha256_hex};
use crate::math::{Sum, plain};
use crate::method::Module;
use crate::product::{SourceFile, normalised};
use serde::Serialize;
use std::collections::BTreeSet;

/// Who computed what from what.
#[derive(Clone, Debug, Serialize)]
pub struct Provenance {
    /// The engine.
    pub engine: Engine,
    /// SHA-256 of the input file; with several files of the list `sha256sum` prints for them.
    pub inputs_sha256: String,
    /// SHA-256 of the factor rows used, as canonical JSON.
    pub factors_sha256: String,
    /// The factor packs whose rows were used.
    pub packs: Vec<UsedPack>,
    /// Percent of the total that comes from closed packs and rows, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_share: Option<String>,
    /// The input files.
    pub sources: Vec<SourceFile>,
}

/// The engine by version and source digest.
#[derive(Clone, Debug, Serialize)]
pub struct Engine {
    /// Always `zuji`.
    pub name: &'static str,
    /// Version.
    pub version: &'static str,
    /// SHA-256 of its sources.
    pub source_sha256: &'static str,
}

impl Engine {
    /// This engine.
    pub const THIS: Engine =
        Engine { name: "zuji", version: env!("CARGO_PKG_VERSION"), source_sha256: env!("ZUJI_SOURCE_SHA256") };
}

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
    /// Who computed this from what.
    pub(super) fn provenance(&self) -> Provenance {
        Provenance {
            engine: Engine::THIS,
            inputs_sha256: self.inputs_sha256(),
            factors_sha256: self.factors_sha256(),
            packs: self.used_packs(),
            closed_share: self.closed_share(),
            sources: self.document.sources.clone(),
        }
    }

    /// The hash of the inputs: of the file itself where there is one; of the list that `sha256sum` prints where there are
    /// several; of the normalised document where it came from no file.
    fn inputs_sha256(&self) -> String {
        match self.document.sources.as_slice() {
            [] => sha256_hex(&canonical(&normalised(self.document, self.bill))),
            [one] => one.sha256.clone(),
            several => {
                let line = |source: &SourceFile| format!("{}  {}\n", source.sha256, source.name);
                sha256_hex(several.iter().map(line).collect::<String>().as_bytes())
            }
        }
    }

    /// The hash of the factor rows that took part, sorted by id, as canonical JSON.
    pub(crate) fn factors_sha256(&self) -> String {
        let mut rows: Vec<&FactorRow> =
            self.used().into_iter().map(|index| &self.library.factors.get(index).row).collect();
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        sha256_hex(&canonical(&rows))
    }

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
