//! The result as a document: everything but the lines, which are written by the million.

use super::Quality;
use super::cells::Standing;
use super::compute::{Footprint, first_names};
use super::coverage::Coverage;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, catalogue};
use crate::factor::{FactorIndex, Inclusion, Period};
use crate::impact::Kind;
use crate::math::{Exact, Sum, largest_remainder, plain, significant};
use crate::method::Module;
use crate::product::{Options, Role};
use crate::solve::Certificate;
use rustc_hash::{FxHashMap, FxHasher};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;

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
    /// Units per declared unit.
    pub units: String,
    /// kg CO2e of one unit.
    pub per_unit: String,
    /// kg CO2e of all units: the exact sum of the lines below it.
    pub amount: Exact,
}

/// One set of characterisation factors with what it characterised.
#[derive(Clone, Debug, Serialize)]
pub struct SetShare {
    /// The set.
    pub set: String,
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

    fn method(&self) -> Method {
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
                .map(|((set, quanta), share)| SetShare { set, amount: self.cells.quantum.exact(quanta), share })
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
            .map(|node| Assembly {
                name: defined_by[node].map_or("", |line| self.bill.name(line)).to_string(),
                units: plain(self.scaling.units[node]),
                per_unit: significant(self.per_unit[node], 6),
                amount: self.cells.quantum.exact(self.subtotals[node]),
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

    fn dual_power(&self) -> Vec<DualPower> {
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
                    closed: factor.table.closed,
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
            sources: self.document.sources.clone(),
        }
    }
}

/// What a careful reader would say of the result as a whole.
pub(super) fn examine(footprint: &Footprint, options: &Options, found: &mut Diagnostics) -> Result<(), Diagnostic> {
    mixed_sets(footprint, options, found);
    origins(footprint, found);
    outside_boundary(footprint, found);
    mass_balance(footprint, found);
    duplicates(footprint, found);
    suppliers(footprint, found);
    cut_off(footprint, found);
    Ok(())
}

fn mixed_sets(footprint: &Footprint, options: &Options, found: &mut Diagnostics) {
    let method = footprint.method();
    let total = footprint.cells.total as f64;
    let share_of = |sets: &[&SetShare]| {
        let part: f64 = sets.iter().map(|set| set.amount.quanta() as f64).sum();
        if total != 0.0 { format!("{} %", significant(part / total * 100.0, 3)) } else { "–".into() }
    };
    let strictly = |finding: Diagnostic| if options.strict { finding.as_severity(Severity::Error) } else { finding };
    let others: Vec<&SetShare> = method.gwp.iter().skip(1).collect();
    let (silent, stated): (Vec<&SetShare>, Vec<&SetShare>) = others.iter().partition(|set| set.set == "not stated");
    if options.strict && !others.is_empty() {
        found.push(Diagnostic::new(&catalogue::P706).with("share", share_of(&others)));
    }
    if !stated.is_empty() {
        let list: Vec<String> = stated
            .iter()
            .map(|set| match &set.share {
                Some(share) => format!("{} {share} %", set.set),
                None => set.set.clone(),
            })
            .collect();
        found.push(strictly(
            Diagnostic::new(&catalogue::G202)
                .with("share", share_of(&stated))
                .with("set", footprint.study.set.id())
                .with("others", list.join(", ")),
        ));
    }
    if !silent.is_empty() {
        found.push(strictly(Diagnostic::new(&catalogue::G204).with("share", share_of(&silent))));
    }
}

/// Findings that concern many lines at once, by the recipes they share.
fn origins(footprint: &Footprint, found: &mut Diagnostics) {
    let recipes = &footprint.activities.recipes;
    let mut lines = vec![0usize; recipes.len()];
    let mut example = vec![u32::MAX; recipes.len()];
    for (index, entry) in footprint.activities.entries.iter().enumerate() {
        if footprint.cells.standing[index] != Standing::Unknown {
            let recipe = entry.recipe as usize;
            lines[recipe] += 1;
            if example[recipe] == u32::MAX {
                example[recipe] = entry.origin;
            }
        }
    }
    let used: Vec<usize> = (0..recipes.len()).filter(|&recipe| lines[recipe] > 0).collect();
    let factors = &footprint.library.factors;
    let ids = |chosen: &[usize]| {
        let mut ids: Vec<&str> = chosen
            .iter()
            .filter_map(|&recipe| recipes[recipe].inputs.first())
            .map(|input| factors.get(input.factor).row.id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        (ids.len(), first_names(ids.into_iter()))
    };
    let names = |chosen: &[usize]| {
        first_names(chosen.iter().map(|&recipe| footprint.activities.name(footprint.bill, example[recipe])))
    };
    let count = |chosen: &[usize]| chosen.iter().map(|&recipe| lines[recipe]).sum::<usize>();
    let pick = |condition: &dyn Fn(usize) -> bool| -> Vec<usize> {
        used.iter().copied().filter(|&recipe| condition(recipe)).collect()
    };

    let far = pick(&|recipe| {
        let first = recipes[recipe].inputs.first();
        let dated = first.is_some_and(|input| matches!(factors.get(input.factor).row.period, Period::Years(..)));
        recipes[recipe].supplied.is_none()
            && (recipes[recipe].scores[1] == 5
                || (recipes[recipe].scores[2] == 5 && dated && footprint.study.date.is_some()))
    });
    if !far.is_empty() {
        let (count, names) = ids(&far);
        found.push(Diagnostic::new(&catalogue::F320).with("count", count).with("names", names));
    }
    let proxies = pick(&|recipe| recipes[recipe].proxy);
    if !proxies.is_empty() {
        found.push(Diagnostic::new(&catalogue::F321).with("count", count(&proxies)).with("names", names(&proxies)));
    }
    let defaults = pick(&|recipe| recipes[recipe].inputs.first().is_some_and(|input| input.conversion.uses_default()));
    if !defaults.is_empty() {
        found.push(Diagnostic::new(&catalogue::U211).with("count", count(&defaults)));
    }
    let assumed = pick(&|recipe| recipes[recipe].assumed_stage);
    if !assumed.is_empty() {
        found.push(Diagnostic::new(&catalogue::F330).with("count", count(&assumed)).with("names", names(&assumed)));
    }
    // "Including forming" beside plant energy is a question, until it is answered.
    let energy = footprint.activities.entries.iter().enumerate().any(|(index, entry)| {
        entry.role == Role::Energy && footprint.counts(index) && recipes[entry.recipe as usize].module == Module::A3
    });
    if energy && footprint.document.forming.as_deref() != Some("bought") {
        let formed = pick(&|recipe| {
            recipes[recipe].module == Module::A1
                && recipes[recipe]
                    .inputs
                    .iter()
                    .any(|input| factors.get(input.factor).row.forming == Inclusion::Included)
        });
        if !formed.is_empty() {
            let (count, names) = ids(&formed);
            found.push(Diagnostic::new(&catalogue::F313).with("count", count).with("names", names));
        }
    }
    for power in footprint.dual_power() {
        found.push(
            Diagnostic::new(&catalogue::F324)
                .with("name", power.name)
                .with("location", power.location_based)
                .with("market", power.market_based)
                .with("geography", &footprint.study.geography),
        );
    }
}

fn outside_boundary(footprint: &Footprint, found: &mut Diagnostics) {
    let outside = footprint.cells.standing.iter().filter(|standing| **standing == Standing::Outside).count();
    if outside > 0 {
        let names: Vec<(&str, &str)> = Module::ALL
            .into_iter()
            .filter(|&module| footprint.cells.module_outside(module) != 0)
            .map(Module::name)
            .collect();
        let join = |pick: fn(&(&'static str, &'static str)) -> &'static str, with: &str| {
            names.iter().map(pick).collect::<Vec<_>>().join(with)
        };
        let boundary = footprint.study.boundary;
        found.push(
            Diagnostic::new(&catalogue::P702)
                .with("count", outside)
                .with_words("boundary", (&boundary.name_en, &boundary.name_zh))
                .with_words("stages", (join(|name| name.0, ", "), join(|name| name.1, "、"))),
        );
    }
}

/// The parts against the product's own mass: a slip between g and kg shows here.
fn mass_balance(footprint: &Footprint, found: &mut Diagnostics) {
    let Some(product) = footprint.study.mass else { return };
    let mut parts = Sum::default();
    let mut heaviest = (0.0, 0u32);
    for entry in footprint.activities.entries.iter().filter(|entry| entry.role == Role::Material) {
        let recipe = &footprint.activities.recipes[entry.recipe as usize];
        let Some(line) = footprint.bill.lines().get(entry.origin as usize) else { continue };
        let (Module::A1, Some(mass)) = (recipe.module, recipe.mass) else { continue };
        let mass = mass * line.quantity * footprint.scaling.units[entry.node as usize];
        if mass.is_finite() {
            parts.add(mass);
            if mass > heaviest.0 {
                heaviest = (mass, entry.origin);
            }
        }
    }
    // The production may be divided among co-products; the mass that counts here is divided with it.
    let parts = parts.value();
    let ratio = parts / product;
    let complete = footprint.coverage.is_complete();
    if parts == 0.0 || (ratio > 0.5 || !complete) && ratio < 2.0 {
        return;
    }
    let closes = |factor: f64| ((parts - heaviest.0 + heaviest.0 * factor) / product - 1.0).abs() < 0.05;
    let hint = if closes(0.001) {
        ("; in grams the heaviest line would close the balance", "；若最重一行以克计则质量平衡")
    } else {
        ("", "")
    };
    found.push(
        Diagnostic::new(&catalogue::Q301)
            .with("parts", significant(parts, 4))
            .with("product", plain(product))
            .with_words("hint", hint)
            .with("name", footprint.activities.name(footprint.bill, heaviest.1))
            .with("heaviest", significant(heaviest.0, 4))
            .at(footprint.activities.place(footprint.bill, heaviest.1)),
    );
}

/// Rows that are the same in everything, position included.
fn duplicates(footprint: &Footprint, found: &mut Diagnostics) {
    let bill = footprint.bill;
    let hash = |position: usize| {
        let line = &bill.lines()[position];
        let mut hasher = FxHasher::default();
        hasher.write(bill.name(line).as_bytes());
        hasher.write_u32(line.key().0);
        hasher.write_u32(line.node().0);
        hasher.write_u64(line.quantity.to_bits());
        hasher.finish()
    };
    let suspects = repeated(bill.lines().len(), hash);
    let mut groups: FxHashMap<(u64, String), Vec<u32>> = FxHashMap::default();
    for (hash, position) in suspects {
        let line = &bill.lines()[position as usize];
        let details = bill.details(line).map(|details| format!("{details:?}")).unwrap_or_default();
        let positions =
            groups.entry((hash, format!("{}|{:?}|{details}", bill.name(line), bill.code(line)))).or_default();
        if positions.len() < 10_000 {
            positions.push(position);
        }
    }
    let mut groups: Vec<Vec<u32>> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort();
    for group in groups {
        let line = &bill.lines()[group[0] as usize];
        found.push(
            Diagnostic::new(&catalogue::B204)
                .with("count", group.len())
                .with("name", bill.name(line))
                .with("amount", plain(line.quantity))
                .with("unit", &bill.key(line.key()).unit)
                .at_all(group.iter().map(|&position| bill.place(bill.lines()[position as usize].row, "quantity"))),
        );
    }
}

/// The positions whose hash occurs more than once, in order. A table of bits names the few that may, so that nothing is
/// sorted and the common case touches two megabytes.
fn repeated(count: usize, hash: impl Fn(usize) -> u64 + Sync) -> Vec<(u64, u32)> {
    let hashes = crate::math::map_blocks(count, &hash);
    let bits = (count.max(64) * 16).next_power_of_two();
    let mut seen = vec![0u64; bits / 64];
    let mut again = vec![0u64; bits / 64];
    for &hash in &hashes {
        let bit = hash as usize % bits;
        again[bit / 64] |= seen[bit / 64] & (1 << (bit % 64));
        seen[bit / 64] |= 1 << (bit % 64);
    }
    let mut times: FxHashMap<u64, u32> = FxHashMap::default();
    let suspect = |hash: u64| again[(hash as usize % bits) / 64] >> (hash as usize % bits % 64) & 1 == 1;
    let suspects: Vec<(u64, u32)> = hashes
        .iter()
        .enumerate()
        .filter(|(_, hash)| suspect(**hash))
        .map(|(position, &hash)| (hash, position as u32))
        .collect();
    for (hash, _) in &suspects {
        *times.entry(*hash).or_default() += 1;
    }
    suspects.into_iter().filter(|(hash, _)| times[hash] > 1).collect()
}

/// What a supplier's footprint changed against the average.
fn suppliers(footprint: &Footprint, found: &mut Diagnostics) {
    if !footprint.activities.recipes.iter().any(|recipe| recipe.supplied.is_some()) {
        return;
    }
    for (index, entry) in footprint.activities.entries.iter().enumerate() {
        let recipe = &footprint.activities.recipes[entry.recipe as usize];
        let Some(supplied) = recipe.supplied.as_ref().filter(|_| footprint.counts(index)) else { continue };
        let Some(average) = supplied.average.and_then(|factor| footprint.characterised(factor)) else { continue };
        let units = entry.amount * footprint.scaling.units[entry.node as usize];
        let average = average * supplied.average_coefficient * units;
        let own = supplied.co2e * units;
        found.push(
            Diagnostic::new(&catalogue::C412)
                .with("name", footprint.activities.name(footprint.bill, entry.origin))
                .with("average", significant(average, 4))
                .with("supplier", significant(own, 4))
                .with("delta", significant(own - average, 3))
                .at(footprint.activities.place(footprint.bill, entry.origin)),
        );
    }
}

/// Exclusions against the profile's cut-off criteria.
fn cut_off(footprint: &Footprint, found: &mut Diagnostics) {
    let Some(limit) = footprint.study.profile.cut_off_percent else { return };
    let mut excluded = Sum::default();
    for exclusion in &footprint.document.excluded {
        let Some(text) = &exclusion.estimate else { continue };
        match crate::quantity::read_number(&text.0) {
            Ok(estimate) => excluded.add(estimate.abs()),
            // An estimate that cannot be read must not pass the cut-off as nothing.
            Err(_) => found.push(
                Diagnostic::new(&catalogue::V106)
                    .with("field", "excluded.estimate")
                    .with("text", &text.0)
                    .with_words("range", ("kg CO2e per declared unit, a number", "每声明单位的 kg CO2e 数值"))
                    .at(crate::diagnostic::Place::field("excluded")),
            ),
        }
    }
    let total = footprint.total().to_f64() + excluded.value();
    if total > 0.0 && excluded.value() / total * 100.0 > limit.get() {
        found.push(
            Diagnostic::new(&catalogue::P705)
                .with("share", format!("{} %", significant(excluded.value() / total * 100.0, 3)))
                .with("profile", &footprint.study.profile.id)
                .with("limit", format!("{} %", plain(limit.get()))),
        );
    }
}
