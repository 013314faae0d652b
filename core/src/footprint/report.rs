//! The result as a document: everything but the lines, which are written by the million.

use super::Quality;
use super::compute::Footprint;
use super::coverage::Coverage;
use super::packs::UsedPack;
use crate::factor::FactorIndex;
use crate::impact::Kind;
use crate::math::{Exact, largest_remainder, plain, significant};
use crate::method::Module;
use crate::solve::Certificate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The two totals.
#[derive(Clone, Debug, Serialize)]
pub struct Total {
    /// Excluding biogenic uptake (0/0).
    pub excluding_biogenic_uptake: Exact,
    /// Including it; null where a bio-based line does not know its carbon.
    pub including_biogenic_uptake: Option<Exact>,
    /// Always `kg CO2e`.
    pub unit: &'static str,
    /// Counted plus a conservative estimate of the missing; null where no estimate is possible.
    pub upper_bound: Option<Exact>,
    /// Published total minus unrounded total.
    pub rounding_gap: String,
}

/// One part of a breakdown.
#[derive(Clone, Debug, Serialize)]
pub struct Breakdown {
    /// Identifier.
    pub id: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// kg CO2e.
    pub amount: Exact,
    /// Percent of the total; the shares of a breakdown sum to 100. Null where the total is not positive.
    pub share: Option<String>,
    /// The parts of this part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub modules: Vec<Breakdown>,
}

/// One assembly.
#[derive(Clone, Debug, Serialize)]
pub struct Assembly {
    /// Its name or code.
    pub name: String,
    /// Units per declared unit; null where unknown.
    pub units: Option<String>,
    /// kg CO2e of one unit; null where the number of units is unknown.
    pub per_unit: Option<String>,
    /// kg CO2e of all units: the exact sum of the lines below it; null likewise.
    pub amount: Option<Exact>,
}

/// One set of characterisation factors with what it characterised.
#[derive(Clone, Debug, Serialize)]
pub struct SetShare {
    /// The set.
    pub set: String,
    /// Its time horizon in years; null where the source states no set.
    pub horizon: Option<u16>,
    /// kg CO2e.
    pub amount: Exact,
    /// Percent of the total.
    pub share: Option<String>,
}

/// How the result was computed.
#[derive(Clone, Debug, Serialize)]
pub struct Method {
    /// The profile's id.
    pub profile: String,
    /// Its version.
    pub version: String,
    /// Its hash.
    pub sha256: String,
    /// Its name.
    pub name_en: String,
    /// Its Chinese name.
    pub name_zh: String,
    /// The boundary.
    pub boundary: String,
    /// The approach to biogenic carbon.
    pub biogenic: String,
    /// The sets of characterisation factors in the total; the chosen one first.
    pub gwp: Vec<SetShare>,
    /// What the profile leaves out of a footprint.
    pub excluded_activities: Vec<String>,
}

/// Figures that are part of the total and shown apart, never added.
#[derive(Clone, Debug, Serialize)]
pub struct OfWhich {
    /// Packaging.
    pub packaging: Exact,
    /// Air transport, without radiative forcing.
    pub aircraft: Exact,
}

/// Carbon from living matter in the product at the gate.
#[derive(Clone, Debug, Serialize)]
pub struct Biogenic {
    /// kg C; null where unknown.
    pub carbon_content: Option<String>,
    /// kg C in the packaging; null where unknown.
    pub packaging_carbon_content: Option<String>,
    /// −44/12 × carbon content, kg CO2.
    pub uptake: Option<Exact>,
}

/// A factor that took part.
#[derive(Clone, Debug, Serialize)]
pub struct UsedFactor {
    /// Id.
    pub id: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Its kind.
    pub kind: &'static str,
    /// kg CO2e per unit as characterised here.
    pub value: String,
    /// Unit.
    pub unit: String,
    /// Geography.
    pub geography: String,
    /// Years, or `not stated`.
    pub period: String,
    /// Boundary.
    pub boundary: String,
    /// Set of the source, where it gives CO2e.
    pub gwp: Option<String>,
    /// Source.
    pub source: String,
    /// Licence.
    pub licence: String,
    /// Table and version.
    pub table: String,
    /// What it stands in for, where it is a declared proxy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proxy_for: Option<String>,
    /// Whether the table may not be passed on.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

/// Green power beside the grid.
#[derive(Clone, Debug, Serialize)]
pub struct DualPower {
    /// The user's name.
    pub name: String,
    /// Location-based, kg CO2e: what counts.
    pub location_based: String,
    /// Market-based, kg CO2e: beside it.
    pub market_based: String,
}

/// A division of one production.
#[derive(Clone, Debug, Serialize)]
pub struct Allocation {
    /// What was divided.
    pub what: String,
    /// By what.
    pub key: &'static str,
    /// The shares by output.
    pub shares: BTreeMap<String, String>,
}

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
    pub sources: Vec<crate::product::SourceFile>,
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

/// The result without its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Always `zuji/footprint@1`.
    pub schema: &'static str,
    /// The product.
    pub product: crate::product::ProductHead,
    /// What the figures are for.
    pub declared_unit: crate::product::DeclaredUnit,
    /// What the product does.
    pub functional_unit: Option<String>,
    /// Net mass of a declared unit, kg.
    pub mass: Option<String>,
    /// The totals.
    pub total: Total,
    /// By stage of the profile, with its modules.
    pub by_stage: Vec<Breakdown>,
    /// By gas.
    pub by_gas: Vec<Breakdown>,
    /// By kind.
    pub by_kind: Vec<Breakdown>,
    /// Parts of the total that are shown apart.
    pub of_which: OfWhich,
    /// Known, but outside the boundary or reported separately.
    pub outside_total: Vec<Breakdown>,
    /// Subtotals of assemblies.
    pub assemblies: Vec<Assembly>,
    /// Biogenic carbon.
    pub biogenic: Biogenic,
    /// What is known and missing.
    pub coverage: Coverage,
    /// How it was computed.
    pub method: Method,
    /// Data quality.
    pub data_quality: Quality,
    /// Divisions of one production.
    pub allocation: Vec<Allocation>,
    /// Green power beside the grid.
    pub electricity: Vec<DualPower>,
    /// What was left out under the cut-off criteria.
    pub excluded: Vec<crate::product::ExclusionDocument>,
    /// The factors that took part.
    pub factors: Vec<UsedFactor>,
    /// How well it was solved.
    pub certificate: Certificate,
    /// Who computed what from what.
    pub provenance: Provenance,
}

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
        let mut recipes = vec![false; self.activities.recipes.len()];
        for entry in &self.activities.entries {
            recipes[entry.recipe as usize] = true;
        }
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

    fn provenance(&self) -> Provenance {
        Provenance {
            engine: Engine::THIS,
            inputs_sha256: crate::record::inputs_sha256(self.document, self.bill),
            factors_sha256: crate::record::factors_sha256(self),
            packs: self.used_packs(),
            closed_share: self.closed_share(),
            sources: self.document.sources.clone(),
        }
    }
}
