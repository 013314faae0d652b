//! C: what an elementary flow counts in an impact category.

use super::gas::gas_of;
use super::measure::Measures;
use super::system::{Impact, InventorySystem, NO_ORIGIN};
use super::{FlowKind, Inventory};
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::impact::{Characterisation, Kind};
use crate::math::Finite;
use crate::quantity::UnitTable;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// An elementary flow without a factor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Uncharacterised {
    /// Id of the impact category.
    pub impact: String,
    /// Id of the flow.
    pub flow: String,
    /// Its name.
    pub name: String,
    /// Its compartment.
    pub category: String,
    /// Its unit.
    pub unit: String,
    /// How many entries of B it has.
    pub entries: u64,
    /// Σ|b| over them, in its unit: a measure of its weight in the database, not of any product.
    pub amount: Finite,
    /// Whether it may have an effect in this category: a gas of the set without a value, or a factor in a unit that does
    /// not convert. The others are most likely without effect.
    pub likely: bool,
}

/// Adds a category for a set of GWP values: kg CO2e by gas.
///
/// A methane or CO2 of unstated origin counts as fossil where the set has no value of its own for it: that is the higher.
pub fn characterise_set(
    system: &mut InventorySystem,
    inventory: &Inventory,
    units: &UnitTable,
    set: &Characterisation,
) -> (Vec<Uncharacterised>, Diagnostics) {
    let measures = Measures::new(inventory, units);
    let factor = |at: usize| {
        let flow = &inventory.flows()[at];
        let Some(gas) = gas_of(flow, set) else { return Factor::None };
        // Under the 0/0 approach the carbon that grows and the carbon that burns again count nothing.
        let value = match gas.kind {
            Kind::Unspecified => set.factor_or_fossil(&gas.gas, gas.kind),
            kind => set.factor(&gas.gas, kind),
        };
        match value.zip(measures.flow_in(flow, "kg")) {
            Some((value, kilograms)) => Factor::Value(value.gwp * kilograms),
            None => Factor::Missing,
        }
    };
    let impact = Impact { id: set.id().into(), name: set.document().name_en.as_str().into(), unit: "kg CO2e".into() };
    add(system, inventory, impact, factor)
}

/// Adds the categories that the database brings.
pub fn characterise_own(
    system: &mut InventorySystem,
    inventory: &Inventory,
    units: &UnitTable,
) -> (Vec<Uncharacterised>, Diagnostics) {
    let measures = Measures::new(inventory, units);
    let (mut missing, mut found) = (Vec::new(), Diagnostics::default());
    for own in &inventory.impacts {
        let mut factors: FxHashMap<usize, Factor> = FxHashMap::default();
        for one in &own.factors {
            let Some(at) = inventory.flow(one.flow.trim()) else { continue };
            let flow = &inventory.flows()[at];
            // A factor per gram counts a thousand times per kilogram.
            let ratio = measures.of_flow(flow, one.unit.as_deref().unwrap_or(""), None);
            let value = ratio.filter(|ratio| *ratio > 0.0).map(|ratio| one.amount.get() / ratio);
            factors.insert(at, value.map_or(Factor::Missing, Factor::Value));
        }
        let impact = Impact { id: own.id.trim().into(), name: own.name.trim().into(), unit: own.unit.trim().into() };
        let (more, findings) = add(system, inventory, impact, |at| factors.get(&at).copied().unwrap_or(Factor::None));
        missing.extend(more);
        found.extend(findings);
    }
    (missing, found)
}

#[derive(Clone, Copy)]
enum Factor {
    Value(f64),
    /// It should have one.
    Missing,
    /// It has none, and need not.
    None,
}

fn add(
    system: &mut InventorySystem,
    inventory: &Inventory,
    impact: Impact,
    factor: impl Fn(usize) -> Factor,
) -> (Vec<Uncharacterised>, Diagnostics) {
    let row = system.impacts.len() as u32;
    let mut weight = vec![(0u64, 0.0f64); system.flows.len()];
    for (flow, _, value) in system.b.iter() {
        weight[flow as usize].0 += 1;
        weight[flow as usize].1 += value.abs();
    }
    let mut missing = Vec::new();
    for (at, flow) in system.flows.iter().enumerate() {
        let Some(known) = flow.flow else { continue };
        let likely = match factor(known as usize) {
            Factor::Value(value) => {
                // B counts an extraction −, its factor is per unit extracted.
                let sign = if flow.kind == FlowKind::Resource { -1.0 } else { 1.0 };
                system.c.push(row, at as u32, sign * value + 0.0, NO_ORIGIN);
                continue;
            }
            Factor::Missing => true,
            Factor::None => false,
        };
        let own = &inventory.flows()[known as usize];
        missing.push(Uncharacterised {
            impact: impact.id.to_string(),
            flow: own.id.to_string(),
            name: own.name.to_string(),
            category: own.category.to_string(),
            unit: own.unit.to_string(),
            entries: weight[at].0,
            amount: Finite::new(weight[at].1).unwrap_or(Finite::ZERO),
            likely,
        });
    }
    let mut found = Diagnostics::default();
    if let Some(first) = missing.iter().find(|one| one.likely).or(missing.first()) {
        let likely = missing.iter().filter(|one| one.likely).count();
        let finding = Diagnostic::new(&catalogue::I412).with("count", missing.len()).with("likely", likely);
        found.push(finding.with("impact", &impact.name).with("example", &first.name));
    }
    system.impacts.push(impact);
    (missing, found)
}
