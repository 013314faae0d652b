//! Factors ready for use: units resolved, gases characterised on demand, names indexed.

use super::pack::{self, Standby};
use super::prepared::{PreparedTables, Shelf};
use super::{FactorKind, FactorRow, LoadedPack, Pack, Period, Pin, Selection, TableHead, name_key};
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

/// What a selection asks of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowHead<'a> {
    /// Its id.
    pub id: &'a str,
    /// What part of the life cycle it covers.
    pub kind: FactorKind,
    /// Where it stands for.
    pub geography: &'a str,
    /// When it stands for.
    pub period: Period,
    /// Whether it is a declared proxy.
    pub proxy: bool,
    /// See [`Factor::lacks_its_half`].
    pub lacks_its_half: bool,
}

/// All loaded factors, indexed by id and by every name: first those that came with the program, then others.
#[derive(Clone, Debug, Default)]
pub struct Factors {
    packs: Vec<LoadedPack>,
    prepared: Option<Shelf>,
    /// The factors after the prepared ones.
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
        let findings = all.add(tables, units);
        (all, findings)
    }

    /// The tables that were prepared when the program was built.
    ///
    /// # Errors
    /// When they are not what this version of the core reads: the build was mixed up.
    pub fn prepared(tables: PreparedTables, units: &Arc<UnitTable>) -> Result<Self, serde_json::Error> {
        let shelf = Shelf::new(tables, units.clone())?;
        Ok(Self { packs: shelf.packs().collect(), prepared: Some(shelf), ..Self::default() })
    }

    /// Adds tables, by the rules of [`Factors::new`].
    pub fn add(&mut self, tables: impl IntoIterator<Item: Into<Pack>>, units: &UnitTable) -> Diagnostics {
        let all = self;
        let mut findings = Diagnostics::default();
        let first = all.factors.len();
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
        for position in first..all.factors.len() {
            findings.extend(all.join_companions(position));
        }
        findings
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
        let index = FactorIndex(self.len() as u32);
        let names = [&row.name_en, &row.name_zh].into_iter().chain(&row.synonyms).filter(|_| row.kind.has_names());
        let names = names.map(|name| name_key(name));
        let (twice, by_name) = if standby {
            let known = self.standby_by_id.get(&row.id).map_or(&[][..], Vec::as_slice);
            let twice = known.iter().any(|&known| self.get(known).pack == pack);
            if !twice {
                self.standby_by_id.entry(row.id.clone()).or_default().push(index);
            }
            (twice, &mut self.standby_by_name)
        } else {
            let twice = self.by_id(&row.id).is_some();
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
            let active = || self.by_id(id).filter(|_| !self.packs[factor.pack].standby);
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

    fn shelved(&self) -> usize {
        self.prepared.as_ref().map_or(0, Shelf::len)
    }

    /// A factor.
    pub fn get(&self, index: FactorIndex) -> &Factor {
        match &self.prepared {
            Some(shelf) if (index.0 as usize) < shelf.len() => shelf.get(index.0),
            _ => &self.factors[index.0 as usize - self.shelved()],
        }
    }

    /// What a selection asks of a factor; for a prepared one its row need not be read.
    pub fn head(&self, index: FactorIndex) -> RowHead<'_> {
        if let Some(shelf) = self.prepared.as_ref().filter(|shelf| (index.0 as usize) < shelf.len()) {
            let row = &shelf.tables.rows[index.0 as usize];
            return RowHead {
                id: shelf.tables.id(index.0),
                kind: row.kind,
                geography: row.geography,
                period: row.period,
                proxy: row.proxy,
                lacks_its_half: row.lacks_its_half,
            };
        }
        let factor = self.get(index);
        RowHead {
            id: &factor.row.id,
            kind: factor.row.kind,
            geography: &factor.row.geography,
            period: factor.row.period,
            proxy: factor.row.proxy.is_some(),
            lacks_its_half: factor.lacks_its_half(),
        }
    }

    /// The position of a factor's pack among [`Factors::packs`].
    fn pack(&self, index: FactorIndex) -> usize {
        match &self.prepared {
            Some(shelf) if (index.0 as usize) < shelf.len() => usize::from(shelf.tables.rows[index.0 as usize].table),
            _ => self.get(index).pack,
        }
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
        let id = id.trim();
        let prepared = self.prepared.as_ref().and_then(|shelf| shelf.tables.find(id)).map(FactorIndex);
        prepared.or_else(|| self.by_id.get(id).copied())
    }

    /// A factor by its id among chosen packs.
    pub fn by_id_among(&self, id: &str, chosen: &Selection) -> Option<FactorIndex> {
        let allowed = |index: &FactorIndex| chosen.allows(self.pack(*index));
        let standby = || self.standby_by_id.get(id.trim())?.iter().copied().find(allowed);
        self.by_id(id).filter(allowed).or_else(standby)
    }

    /// All factors that carry a name exactly (width, case and blanks aside); none per money.
    pub fn by_name(&self, name: &str) -> Vec<FactorIndex> {
        let key = name_key(name);
        let prepared = self.prepared.iter().flat_map(|shelf| shelf.tables.named(&key)).map(FactorIndex);
        prepared.chain(self.by_name.get(&key).into_iter().flatten().copied()).collect()
    }

    /// All factors that carry a name exactly, among chosen packs.
    pub fn by_name_among(&self, name: &str, chosen: &Selection) -> Vec<FactorIndex> {
        let mut all = self.by_name(name);
        all.extend(self.standby_by_name.get(&name_key(name)).into_iter().flatten());
        all.retain(|&index| chosen.allows(self.pack(index)));
        all
    }

    /// All factors in the order of their tables, without tables that stand by.
    pub fn iter(&self) -> impl Iterator<Item = (FactorIndex, &Factor)> {
        self.everything().filter(|(_, factor)| !self.packs[factor.pack].standby)
    }

    /// All factors of chosen packs in the order of their tables.
    pub fn iter_among<'a>(&'a self, chosen: &'a Selection) -> impl Iterator<Item = (FactorIndex, &'a Factor)> {
        self.everything().filter(|(_, factor)| chosen.allows(factor.pack))
    }

    /// All factors of a kind of chosen packs.
    pub fn of_kind<'a>(
        &'a self,
        kind: FactorKind,
        chosen: &'a Selection,
    ) -> impl Iterator<Item = (FactorIndex, &'a Factor)> {
        let all = (0..self.len() as u32).map(FactorIndex);
        let wanted = move |index: &FactorIndex| self.head(*index).kind == kind && chosen.allows(self.pack(*index));
        all.filter(wanted).map(|index| (index, self.get(index)))
    }

    fn everything(&self) -> impl Iterator<Item = (FactorIndex, &Factor)> {
        (0..self.len() as u32).map(FactorIndex).map(|index| (index, self.get(index)))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.shelved() + self.factors.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
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
