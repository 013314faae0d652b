//! Factors ready for use: units resolved, gases characterised on demand, names indexed.

use super::pack::{self, Standby};
use super::{FactorKind, FactorRow, LoadedPack, Pack, Pin, Selection, TableHead, name_key};
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
    /// The position of its table among [`Factors::packs`].
    pub pack: usize,
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

    /// Whether it may not be passed on, by its table or by itself.
    pub fn closed(&self) -> bool {
        self.table.closed || self.row.closed
    }
}

/// All loaded factors, indexed by id and by every name.
#[derive(Clone, Debug, Default)]
pub struct Factors {
    packs: Vec<LoadedPack>,
    factors: Vec<Factor>,
    by_id: FxHashMap<String, FactorIndex>,
    by_name: FxHashMap<String, Vec<FactorIndex>>,
    standby_by_id: Standby,
    standby_by_name: Standby,
}

impl Factors {
    /// Indexes tables. A row that breaks a rule does not enter; it is reported with its table and id (`F401`). A second
    /// table of one id stands by for a pin (`F410`); the very same table again is one table.
    pub fn new(tables: impl IntoIterator<Item: Into<Pack>>, units: &UnitTable) -> (Self, Diagnostics) {
        let mut all = Self::default();
        let mut findings = Diagnostics::default();
        for Pack { document, sha256 } in tables.into_iter().map(Into::into) {
            let standby = match all.packs.iter().find(|known| known.table.id == document.table.id) {
                Some(known) if known.sha256 == sha256 => continue,
                Some(known) => {
                    findings.push(
                        Diagnostic::new(&catalogue::F410)
                            .with("id", &document.table.id)
                            .with("first", &known.sha256)
                            .with("second", &sha256),
                    );
                    true
                }
                None => false,
            };
            let pack = all.packs.len();
            let table = Arc::new(document.table);
            let before = all.factors.len();
            for row in document.rows {
                if let Err(finding) = all.enter(row, &table, pack, standby, units) {
                    findings.push(finding);
                }
            }
            let rows = all.factors.len() - before;
            all.packs.push(LoadedPack { table, sha256, rows, standby });
        }
        for position in 0..all.factors.len() {
            findings.extend(all.join_companions(position));
        }
        (all, findings)
    }

    /// Takes a row in.
    fn enter(
        &mut self,
        row: FactorRow,
        table: &Arc<TableHead>,
        pack: usize,
        standby: bool,
        units: &UnitTable,
    ) -> Result<(), Diagnostic> {
        let refuse = |rule: &'static str, cause: (String, String)| {
            Diagnostic::new(&catalogue::F401)
                .with("table", &table.id)
                .with("id", &row.id)
                .with("rule", rule)
                .with_words("cause", cause)
                .at(Place::field(&*row.id))
        };
        let Lookup::Unit(unit) = units.find(&row.unit) else {
            let unit = &row.unit;
            return Err(refuse("unit", (format!("unit \"{unit}\" is not known"), format!("未知单位“{unit}”"))));
        };
        let index = FactorIndex(self.factors.len() as u32);
        // A figure per money is never matched by a name (design §4); its id finds it, to be refused.
        let named = row.kind != FactorKind::Spend;
        let names = [&row.name_en, &row.name_zh].into_iter().chain(&row.synonyms).filter(|_| named);
        let names = names.map(|name| name_key(name));
        let (twice, by_name) = if standby {
            let known = self.standby_by_id.entry(row.id.clone()).or_default();
            let twice = known.iter().any(|known| self.factors[known.0 as usize].pack == pack);
            if !twice {
                known.push(index);
            }
            (twice, &mut self.standby_by_name)
        } else {
            let twice = self.by_id.contains_key(&row.id);
            if !twice {
                self.by_id.insert(row.id.clone(), index);
            }
            (twice, &mut self.by_name)
        };
        if twice {
            return Err(refuse("duplicate", ("the id stands twice".into(), "编号重复".into())));
        }
        for name in names {
            let entry = by_name.entry(name).or_default();
            if entry.last() != Some(&index) {
                entry.push(index);
            }
        }
        self.factors.push(Factor { row, unit, table: table.clone(), pack, companions: Vec::new() });
        Ok(())
    }

    /// Resolves the companions of a row, which must be there.
    fn join_companions(&mut self, position: usize) -> Diagnostics {
        let mut findings = Diagnostics::default();
        let factor = &self.factors[position];
        let mut companions = Vec::with_capacity(factor.row.companions.len());
        for id in &factor.row.companions {
            let among = self.standby_by_id.get(id).map_or(&[][..], Vec::as_slice);
            let beside = among.iter().copied().find(|index| self.get(*index).pack == factor.pack);
            let active = || self.by_id.get(id).copied().filter(|_| !self.packs[factor.pack].standby);
            match beside.or_else(active) {
                Some(index) => companions.push(index),
                None => findings.push(
                    Diagnostic::new(&catalogue::F401)
                        .with("table", &factor.table.id)
                        .with("id", &factor.row.id)
                        .with("rule", "companion")
                        .with_words("cause", (format!("companion \"{id}\" is not there"), format!("没有配套行“{id}”")))
                        .at(Place::field(&*factor.row.id)),
                ),
            }
        }
        self.factors[position].companions = companions;
        findings
    }

    /// A factor.
    pub fn get(&self, index: FactorIndex) -> &Factor {
        &self.factors[index.0 as usize]
    }

    /// The packs in the order in which they were loaded.
    pub fn packs(&self) -> &[LoadedPack] {
        &self.packs
    }

    /// The packs that pins name and no others; without pins all but those that stand by.
    ///
    /// # Errors
    /// The pins that cannot be met, each a finding.
    pub fn pinned(&self, pins: &[Pin]) -> Result<Selection, Diagnostics> {
        pack::select(&self.packs, pins)
    }

    /// All packs but those that stand by.
    pub fn all(&self) -> Selection {
        Selection::of_all(&self.packs)
    }

    /// A factor by its id.
    pub fn by_id(&self, id: &str) -> Option<FactorIndex> {
        self.by_id.get(id.trim()).copied()
    }

    /// A factor by its id among chosen packs.
    pub fn by_id_among(&self, id: &str, chosen: &Selection) -> Option<FactorIndex> {
        let allowed = |index: &FactorIndex| chosen.allows(self.get(*index).pack);
        let standby = || self.standby_by_id.get(id.trim())?.iter().copied().find(allowed);
        self.by_id(id).filter(allowed).or_else(standby)
    }

    /// All factors that carry a name exactly (width, case and blanks aside); none per money.
    pub fn by_name(&self, name: &str) -> &[FactorIndex] {
        self.by_name.get(&name_key(name)).map_or(&[], Vec::as_slice)
    }

    /// All factors that carry a name exactly, among chosen packs.
    pub fn by_name_among(&self, name: &str, chosen: &Selection) -> Vec<FactorIndex> {
        let standby = self.standby_by_name.get(&name_key(name)).map_or(&[][..], Vec::as_slice);
        let all = self.by_name(name).iter().chain(standby).copied();
        all.filter(|index| chosen.allows(self.get(*index).pack)).collect()
    }

    /// All factors in the order of their tables, without tables that stand by.
    pub fn iter(&self) -> impl Iterator<Item = (FactorIndex, &Factor)> {
        self.everything().filter(|(_, factor)| !self.packs[factor.pack].standby)
    }

    /// All factors of chosen packs in the order of their tables.
    pub fn iter_among<'a>(&'a self, chosen: &'a Selection) -> impl Iterator<Item = (FactorIndex, &'a Factor)> {
        self.everything().filter(|(_, factor)| chosen.allows(factor.pack))
    }

    fn everything(&self) -> impl Iterator<Item = (FactorIndex, &Factor)> {
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
    pub fn nearest(&self, name: &str, kinds: &[FactorKind], count: usize, chosen: &Selection) -> Vec<FactorIndex> {
        let mut ranked: Vec<(f64, FactorIndex)> = self
            .iter_among(chosen)
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
