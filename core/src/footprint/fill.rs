//! Fills the document of a result from what was computed.

use super::compute::Footprint;
use super::report::{
    Allocation, Assembly, Biogenic, Breakdown, DualPower, Method, OfWhich, Report, SetShare, Total, UsedFactor,
};
use crate::factor::FactorIndex;
use crate::impact::Kind;
use crate::math::{largest_remainder, plain, significant};
use crate::method::Module;
use std::collections::{BTreeMap, BTreeSet};

/// Shares in percent with one decimal that sum to 100.
fn shares(quanta: &[i64]) -> Vec<Option<String>> {
    match largest_remainder(quanta, 1000) {
        None => vec![None; quanta.len()],
        Some(shares) => shares.into_iter().map(|tenths| Some(percent(tenths))).collect(),
    }
}

fn percent(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    match tenths.abs() % 10 {
        0 => format!("{sign}{}", tenths.abs() / 10),
        rest => format!("{sign}{}.{rest}", tenths.abs() / 10),
    }
}

impl Footprint<'_> {
    /// The result without its lines.
    pub fn report(&self) -> Report {
        let document = self.document;
        let exact = |quanta| self.cells.quantum.exact(quanta);
        let default_unit = crate::product::DeclaredUnit {
            amount: crate::product::Scalar("1".into()),
            unit: self.study.declared_unit.clone(),
        };
        let carbon = |kg: Option<f64>| kg.map(|kg| significant(kg, 6));
        Report {
            schema: "zuji/footprint@1",
            product: document.product.clone(),
            declared_unit: document.declared_unit.clone().unwrap_or(default_unit),
            functional_unit: document.functional_unit.clone(),
            mass: self.study.mass.map(plain),
            total: Total {
                excluding_biogenic_uptake: self.total(),
                including_biogenic_uptake: self.total_including_uptake(),
                unit: "kg CO2e",
                upper_bound: self.upper_bound(),
                rounding_gap: self.rounding_gap(),
            },
            by_stage: self.by_stage(),
            by_gas: self.by_gas(),
            by_kind: self.by_kind(),
            of_which: OfWhich {
                packaging: exact(self.cells.module(Module::Packaging)),
                aircraft: exact(self.aircraft()),
            },
            outside_total: self.outside(),
            assemblies: self.assemblies(),
            biogenic: Biogenic {
                carbon_content: carbon(self.biogenic_carbon),
                packaging_carbon_content: carbon(self.packaging_biogenic_carbon),
                uptake: self.uptake().map(exact),
            },
            coverage: self.coverage.clone(),
            method: self.method(),
            data_quality: self.quality.clone(),
            allocation: self.allocations(),
            electricity: self.dual_power(),
            excluded: document.excluded.clone(),
            factors: self.used_factors(),
            certificate: self.certificate.clone(),
            provenance: self.provenance(),
        }
    }

    fn by_stage(&self) -> Vec<Breakdown> {
        let boundary = &self.study.boundary.modules;
        let stages: Vec<_> = self
            .study
            .profile
            .stages
            .iter()
            .filter(|stage| stage.modules.iter().any(|module| boundary.contains(module)))
            .collect();
        let sum = |modules: &[Module]| -> i64 { modules.iter().map(|&module| self.cells.module(module)).sum() };
        let quanta: Vec<i64> = stages.iter().map(|stage| sum(&stage.modules)).collect();
        let modules: Vec<Module> = stages.iter().flat_map(|stage| stage.modules.iter().copied()).collect();
        let module_quanta: Vec<i64> = modules.iter().map(|&module| self.cells.module(module)).collect();
        let module_shares: BTreeMap<Module, Option<String>> =
            modules.iter().copied().zip(shares(&module_quanta)).collect();
        stages
            .iter()
            .zip(&quanta)
            .zip(shares(&quanta))
            .map(|((stage, &quanta), share)| Breakdown {
                id: stage.id.clone(),
                name_en: stage.name_en.clone(),
                name_zh: stage.name_zh.clone(),
                amount: self.cells.quantum.exact(quanta),
                share,
                modules: stage
                    .modules
                    .iter()
                    .filter(|module| self.cells.module(**module) != 0 || matches!(module, Module::A1 | Module::A3))
                    .map(|&module| {
                        let (name_en, name_zh) = module.name();
                        let amount = self.cells.quantum.exact(self.cells.module(module));
                        Breakdown {
                            id: module.id().into(),
                            name_en: name_en.into(),
                            name_zh: name_zh.into(),
                            amount,
                            share: module_shares.get(&module).cloned().flatten(),
                            modules: vec![],
                        }
                    })
                    .collect(),
            })
            .collect()
    }

    fn breakdown<K: Ord + Clone>(
        &self,
        key: impl Fn(usize) -> K,
        words: impl Fn(&K) -> (String, String, String),
    ) -> Vec<Breakdown> {
        let mut order: Vec<K> = Vec::new();
        let mut sums: BTreeMap<K, i64> = BTreeMap::new();
        for flow in 0..self.columns.flows.len() {
            let key = key(flow);
            if !sums.contains_key(&key) {
                order.push(key.clone());
            }
            *sums.entry(key).or_default() += self.cells.flow(flow);
        }
        let used: BTreeSet<K> = (0..self.columns.flows.len())
            .filter(|&flow| {
                (0..Module::ALL.len()).any(|module| self.cells.by_module_flow[module * self.cells.flows + flow] != 0)
            })
            .map(&key)
            .collect();
        order.retain(|key| used.contains(key));
        let quanta: Vec<i64> = order.iter().map(|key| sums[key]).collect();
        order
            .iter()
            .zip(&quanta)
            .zip(shares(&quanta))
            .map(|((key, &quanta), share)| {
                let (id, name_en, name_zh) = words(key);
                Breakdown { id, name_en, name_zh, amount: self.cells.quantum.exact(quanta), share, modules: vec![] }
            })
            .collect()
    }

    fn by_gas(&self) -> Vec<Breakdown> {
        self.breakdown(
            |flow| self.columns.flows[flow].gas.clone(),
            |gas| match gas.as_str() {
                "CO2e" => (gas.clone(), "CO2e not split by gas".into(), "来源未分气体的CO2e".into()),
                gas => (gas.to_string(), gas.to_string(), gas.to_string()),
            },
        )
    }

    fn by_kind(&self) -> Vec<Breakdown> {
        self.breakdown(
            |flow| self.columns.flows[flow].kind,
            |kind: &Kind| (kind.id().into(), kind.name().0.into(), kind.name().1.into()),
        )
    }

    /// kg CO2e by set of characterisation factors, the chosen one first.
    fn sets(&self) -> Vec<(String, i64)> {
        let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
        for (flow, described) in self.columns.flows.iter().enumerate() {
            *sums.entry(&described.set).or_default() += self.cells.flow(flow);
        }
        let mut sets: Vec<(String, i64)> = sums
            .into_iter()
            .filter(|(_, quanta)| *quanta != 0)
            .map(|(set, quanta)| (set.to_string(), quanta))
            .collect();
        let chosen = self.study.set.id();
        if !sets.iter().any(|(set, _)| set == chosen) {
            sets.push((chosen.to_string(), 0));
        }
        sets.sort_by_key(|(set, quanta)| (set != chosen, std::cmp::Reverse(*quanta)));
        sets
    }

    pub(super) fn method(&self) -> Method {
        let profile = self.study.profile;
        let sets = self.sets();
        let shares = shares(&sets.iter().map(|(_, quanta)| *quanta).collect::<Vec<_>>());
        Method {
            profile: profile.id.clone(),
            version: profile.version.clone(),
            sha256: profile.sha256(),
            name_en: profile.name_en.clone(),
            name_zh: profile.name_zh.clone(),
            boundary: self.study.boundary.id.clone(),
            biogenic: profile.biogenic.clone(),
            gwp: sets
                .into_iter()
                .zip(shares)
                .map(|((set, quanta), share)| SetShare {
                    horizon: self.library.sets.find(&set).map(|known| known.document().horizon),
                    amount: self.cells.quantum.exact(quanta),
                    set,
                    share,
                })
                .collect(),
            excluded_activities: profile.excluded_activities.clone(),
        }
    }

    fn aircraft(&self) -> i64 {
        if !self.activities.recipes.iter().any(|recipe| recipe.aircraft) {
            return 0;
        }
        let entries = self.activities.entries.iter().enumerate();
        entries
            .filter(|(index, entry)| self.counts(*index) && self.activities.recipes[entry.recipe as usize].aircraft)
            .map(|(index, _)| self.cells.by_activity[index])
            .sum()
    }

    fn outside(&self) -> Vec<Breakdown> {
        Module::ALL
            .into_iter()
            .filter(|&module| self.cells.module_outside(module) != 0)
            .map(|module| {
                let (name_en, name_zh) = module.name();
                let amount = self.cells.quantum.exact(self.cells.module_outside(module));
                Breakdown {
                    id: module.id().into(),
                    name_en: name_en.into(),
                    name_zh: name_zh.into(),
                    amount,
                    share: None,
                    modules: vec![],
                }
            })
            .collect()
    }

    fn assemblies(&self) -> Vec<Assembly> {
        let mut defined_by = vec![None; self.system.len()];
        for edge in self.system.edges() {
            let line = self.bill.lines().get(edge.line as usize);
            let slot = &mut defined_by[edge.child as usize];
            *slot = slot.or(line);
        }
        (2..self.system.len())
            .filter(|&node| self.system.reaches(node as u32))
            .filter_map(|node| {
                // A parent that has no line is reported, not listed.
                let line = defined_by[node]?;
                let known = Some(self.scaling.units[node]).filter(|units| units.is_finite());
                Some(Assembly {
                    name: self.bill.name(line).to_string(),
                    units: known.map(plain),
                    per_unit: known.map(|_| significant(self.per_unit[node], 6)),
                    amount: known.map(|_| self.cells.quantum.exact(self.subtotals[node])),
                })
            })
            .collect()
    }

    fn allocations(&self) -> Vec<Allocation> {
        self.activities
            .allocations
            .iter()
            .map(|applied| Allocation {
                what: applied.what.clone(),
                key: applied.key.name().0,
                shares: applied.shares.iter().map(|share| (share.name.clone(), significant(share.share, 6))).collect(),
            })
            .collect()
    }

    pub(super) fn dual_power(&self) -> Vec<DualPower> {
        self.activities
            .market
            .iter()
            .map(|&(activity, market)| {
                let entry = &self.activities.entries[activity as usize];
                let units = entry.amount * self.scaling.units[entry.node as usize];
                let figure = |recipe: u32| significant(units * self.columns.columns[recipe as usize].total, 6);
                DualPower {
                    name: self.activities.name(self.bill, entry.origin).to_string(),
                    location_based: figure(entry.recipe),
                    market_based: figure(market),
                }
            })
            .collect()
    }

    /// The factors that took part, by id.
    pub fn used(&self) -> BTreeSet<FactorIndex> {
        let mut recipes: Vec<bool> = self.uses.iter().map(|usage| usage.activities > 0).collect();
        for &(_, recipe) in &self.activities.market {
            recipes[recipe as usize] = true;
        }
        self.activities
            .recipes
            .iter()
            .zip(recipes)
            .filter(|(_, used)| *used)
            .flat_map(|(recipe, _)| {
                let average = recipe.supplied.as_ref().and_then(|supplied| supplied.average);
                recipe.inputs.iter().map(|input| input.factor).chain(average)
            })
            .collect()
    }

    fn used_factors(&self) -> Vec<UsedFactor> {
        let mut used: Vec<UsedFactor> = self
            .used()
            .into_iter()
            .map(|index| {
                let factor = self.library.factors.get(index);
                let row = &factor.row;
                UsedFactor {
                    id: row.id.clone(),
                    name_en: row.name_en.clone(),
                    name_zh: row.name_zh.clone(),
                    kind: row.kind.id(),
                    value: self.characterised(index).map_or("–".into(), |value| significant(value, 6)),
                    unit: row.unit.clone(),
                    geography: row.geography.clone(),
                    period: row.period.to_string(),
                    boundary: row.boundary.clone(),
                    gwp: row.gwp.clone(),
                    source: row.source.clone(),
                    licence: factor.licence().to_string(),
                    table: format!("{} {}", factor.table.id, factor.table.version),
                    proxy_for: row.proxy.as_ref().map(|proxy| proxy.stands_for.clone()),
                    closed: factor.closed(),
                }
            })
            .collect();
        used.sort_by(|a, b| a.id.cmp(&b.id));
        used
    }

    /// kg CO2e per unit of a factor, as characterised with this result's set.
    pub fn characterised(&self, index: FactorIndex) -> Option<f64> {
        let mut recipe = crate::product::Recipe::empty(crate::product::RecipeState::Counted, Module::A1);
        let conversion = crate::quantity::Conversion { factor: 1.0, steps: Vec::new() };
        recipe.inputs.push(crate::product::Input { factor: index, coefficient: 1.0, conversion });
        let (columns, _) =
            crate::matrix::Columns::new(&[recipe], &self.library.factors, self.study.set, &self.library.sets);
        columns.columns.first().filter(|column| !column.incomplete).map(|column| column.total)
    }
}
