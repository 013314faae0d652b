//! Factors ready for use: units resolved, gases characterised on demand, names indexed.

use super::{FactorKind, FactorRow, FactorsDocument, TableHead, name_key};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::quantity::{Lookup, Unit, UnitTable};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A factor's position in [`Factors`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactorIndex(pub u32);

/// A factor with its unit resolved and its table at hand.
#[derive(Clone, Debug)]
pub struct Factor {
    /// The row as it stands in its table.
    pub row: FactorRow,
    /// The reference unit.
    pub unit: Unit,
    /// The table it belongs to.
    pub table: Arc<TableHead>,
    /// The rows that make it whole.
    pub companions: Vec<FactorIndex>,
}

impl Factor {
    /// Whether it is one half of an activity and its table does not have the other: it cannot be counted.
    pub fn lacks_its_half(&self) -> bool {
        self.row.kind.needs_companion() && self.companions.is_empty()
    }

    /// The licence: the row's own, or its table's.
    pub fn licence(&self) -> &str {
        self.row.licence.as_deref().unwrap_or(&self.table.licence)
    }
}

/// All loaded factors, indexed by id and by every name.
#[derive(Clone, Debug, Default)]
pub struct Factors {
    factors: Vec<Factor>,
    by_id: FxHashMap<String, FactorIndex>,
    by_name: FxHashMap<String, Vec<FactorIndex>>,
}

impl Factors {
    /// Indexes tables. A row that breaks a rule does not enter; it is reported with its table and id (`F401`).
    pub fn new(documents: impl IntoIterator<Item = FactorsDocument>, units: &UnitTable) -> (Self, Diagnostics) {
        let mut all = Self::default();
        let mut findings = Diagnostics::default();
        for document in documents {
            let table = Arc::new(document.table);
            for row in document.rows {
                let refuse = |cause: String| {
                    Diagnostic::new(&catalogue::F401)
                        .with("table", &table.id)
                        .with("id", &row.id)
                        .with("cause", cause)
                        .at(Place::field(&*row.id))
                };
                let unit = match units.find(&row.unit) {
                    Lookup::Unit(unit) => unit,
                    _ => {
                        findings.push(refuse(format!("unit \"{}\" is not known", row.unit)));
                        continue;
                    }
                };
                if all.by_id.contains_key(&row.id) {
                    findings.push(refuse("the id stands twice".into()));
                    continue;
                }
                let index = FactorIndex(all.factors.len() as u32);
                all.by_id.insert(row.id.clone(), index);
                // A figure per money is never matched by a name (design §4); its id finds it, to be refused.
                let named = row.kind != FactorKind::Spend;
                let names = [&row.name_en, &row.name_zh].into_iter().chain(&row.synonyms);
                for name in names.filter(|_| named) {
                    let entry = all.by_name.entry(name_key(name)).or_default();
                    if entry.last() != Some(&index) {
                        entry.push(index);
                    }
                }
                all.factors.push(Factor { row, unit, table: table.clone(), companions: Vec::new() });
            }
        }
        for position in 0..all.factors.len() {
            let row = &all.factors[position].row;
            let found: Vec<_> = row.companions.iter().map(|id| (id, all.by_id.get(id).copied())).collect();
            for (id, index) in &found {
                if index.is_none() {
                    findings.push(
                        Diagnostic::new(&catalogue::F401)
                            .with("table", &all.factors[position].table.id)
                            .with("id", &row.id)
                            .with("cause", format!("companion \"{id}\" is not there"))
                            .at(Place::field(&*row.id)),
                    );
                }
            }
            let companions = found.into_iter().filter_map(|(_, index)| index).collect();
            all.factors[position].companions = companions;
        }
        (all, findings)
    }

    /// A factor.
    pub fn get(&self, index: FactorIndex) -> &Factor {
        &self.factors[index.0 as usize]
    }

    /// A factor by its id.
    pub fn by_id(&self, id: &str) -> Option<FactorIndex> {
        self.by_id.get(id.trim()).copied()
    }

    /// All factors that carry a name exactly (width, case and blanks aside); none per money.
    pub fn by_name(&self, name: &str) -> &[FactorIndex] {
        self.by_name.get(&name_key(name)).map_or(&[], Vec::as_slice)
    }

    /// All factors in the order of their tables.
    pub fn iter(&self) -> impl Iterator<Item = (FactorIndex, &Factor)> {
        self.factors.iter().enumerate().map(|(position, factor)| (FactorIndex(position as u32), factor))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.factors.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.factors.is_empty()
    }

    /// The nearest names to one that is not known, best first, for "did you mean": never used by themselves. What no line
    /// may use is not suggested.
    pub fn nearest(&self, name: &str, kinds: &[FactorKind], count: usize) -> Vec<FactorIndex> {
        let mut ranked: Vec<(f64, FactorIndex)> = self
            .iter()
            .filter(|(_, factor)| kinds.is_empty() || kinds.contains(&factor.row.kind))
            .filter(|(_, factor)| !factor.row.kind.serves_no_line() && !factor.lacks_its_half())
            .map(|(index, factor)| {
                let row = &factor.row;
                let best = [&row.name_en, &row.name_zh]
                    .into_iter()
                    .chain(&row.synonyms)
                    .map(|known| super::near(name, known))
                    .fold(0.0, f64::max);
                (best, index)
            })
            .filter(|(score, _)| *score > 0.45)
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(count);
        ranked.into_iter().map(|(_, index)| index).collect()
    }
}
