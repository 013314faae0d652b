//! A linked database as a factor table: λ of every product, gas by gas, and what its supply chain leaves open.
//!
//! One adjoint solve per gas gives the kilograms of it behind one unit of every product, so the factors can be
//! characterised with any set. The same solves carry what is *not* linked: kilograms, megajoules and tonne-kilometres of
//! inputs without a provider behind one unit. Their effect is unknown; a row states it as if they cost what the median
//! product of the database costs, and says so where that is much.

use crate::factor::{Emission, Quality};
use crate::impact::{Characterisation, Kind};
use crate::inventory::{Assembly, FlowKind, Inventory, InventorySystem, Measures, gas_of};
use crate::math::{Finite, Sum, significant};
use crate::matrix::Technosphere;
use crate::solve::linked::{Prepared, Unsolvable};
use std::collections::BTreeMap;

/// What the factors are made of.
#[derive(Clone, Copy, Debug)]
pub struct Background<'a> {
    /// The database.
    pub inventory: &'a Inventory,
    /// How it was put together.
    pub assembly: &'a Assembly,
    /// A and B.
    pub system: &'a InventorySystem,
    /// A with its reference flows.
    pub technosphere: &'a Technosphere,
    /// Ready to answer.
    pub prepared: &'a Prepared,
    /// Which gases there are, and what they weigh where effects are compared.
    pub set: &'a Characterisation,
}

/// What one unit of a product stands for.
#[derive(Clone, Debug)]
pub struct Burden {
    /// Kilograms by gas and kind; none is zero.
    pub emissions: Vec<Emission>,
    /// kg CO2e by the set.
    pub co2e: f64,
    /// Inputs without a provider behind it, per unit.
    pub open: Open,
}

/// Inputs without a provider, per unit of a product.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Open {
    /// Mass, kg.
    pub mass: f64,
    /// Energy, MJ.
    pub energy: f64,
    /// Transport, t·km.
    pub transport: f64,
    /// Whether there are others, in units that say nothing of their weight.
    pub others: bool,
    /// What the three would cost at the median of the database, kg CO2e.
    pub estimate: f64,
}

/// The units in which open inputs are counted.
const COUNTED: [&str; 3] = ["kg", "MJ", "t·km"];

impl Background<'_> {
    /// The burden of every activity, in their order; of a treatment, of one unit treated (λ × sign of the reference).
    ///
    /// # Errors
    /// [`Unsolvable`], as the solver says.
    pub fn burdens(&self, measures: &Measures) -> Result<Vec<Burden>, Unsolvable> {
        self.burdens_in(measures, rounded)
    }

    /// The same with the digits of every gas as `digits` leaves them.
    pub(super) fn burdens_in(&self, measures: &Measures, digits: fn(f64) -> f64) -> Result<Vec<Burden>, Unsolvable> {
        let (gases, mut given) = self.gases(measures);
        given.extend(self.open(measures));
        let vectors: Vec<&[f64]> = given.iter().map(Vec::as_slice).collect();
        let solved = self.prepared.adjoint(&vectors)?;
        let mut burdens: Vec<Burden> = (0u32..)
            .zip(&self.system.reference)
            .map(|(process, &product)| {
                let sign = if self.technosphere.reference_amount(process) < 0.0 { -1.0 } else { 1.0 };
                let per_unit = |at: usize| sign * solved[at].values[product as usize];
                let (mut emissions, mut co2e) = (Vec::new(), Sum::default());
                for (at, (gas, kind)) in gases.iter().enumerate() {
                    let kilograms = digits(per_unit(at));
                    if kilograms == 0.0 {
                        continue;
                    }
                    co2e.add(kilograms * self.weight(gas, *kind));
                    let kg = Finite::new(kilograms).ok();
                    emissions.push(Emission { gas: gas.clone(), kind: *kind, kg, co2e: None });
                }
                let open = |at: usize| per_unit(gases.len() + at).max(0.0);
                let open =
                    Open { mass: open(0), energy: open(1), transport: open(2), others: open(3) > 0.0, estimate: 0.0 };
                Burden { emissions, co2e: co2e.value(), open }
            })
            .collect();
        let medians = COUNTED.map(|unit| self.median(&burdens, measures, unit));
        for burden in &mut burdens {
            let open = &mut burden.open;
            open.estimate = open.mass * medians[0] + open.energy * medians[1] + open.transport * medians[2];
        }
        Ok(burdens)
    }

    /// The gases of the database, and kilograms of each that every process emits itself.
    fn gases(&self, measures: &Measures) -> (Vec<(String, Kind)>, Vec<Vec<f64>>) {
        let mut of_flow: Vec<Option<(usize, f64)>> = vec![None; self.system.flows.len()];
        let mut places: BTreeMap<(String, Kind), Vec<(usize, f64)>> = BTreeMap::new();
        for (at, flow) in self.system.flows.iter().enumerate() {
            let Some(known) = flow.flow.map(|known| &self.inventory.flows()[known as usize]) else { continue };
            let Some(gas) = gas_of(known, self.set) else { continue };
            let Some(kilograms) = measures.flow_in(known, "kg") else { continue };
            // Under the 0/0 approach, carbon dioxide that grew counts nothing, taken up or given off.
            if flow.kind == FlowKind::Emission && self.weight(&gas.gas, gas.kind) != 0.0 {
                places.entry((gas.gas, gas.kind)).or_default().push((at, kilograms));
            }
        }
        for (number, flows) in places.values().enumerate() {
            flows.iter().for_each(|&(at, kilograms)| of_flow[at] = Some((number, kilograms)));
        }
        let mut sums = vec![vec![Sum::default(); self.system.activities.len()]; places.len()];
        for (flow, process, value) in self.system.b.iter() {
            if let Some((number, kilograms)) = of_flow[flow as usize] {
                sums[number][process as usize].add(value * kilograms);
            }
        }
        let vectors = sums.into_iter().map(|sums| sums.into_iter().map(|sum| sum.value()).collect()).collect();
        (places.into_keys().collect(), vectors)
    }

    fn weight(&self, gas: &str, kind: Kind) -> f64 {
        let found = match kind {
            Kind::Unspecified => self.set.factor_or_fossil(gas, kind),
            kind => self.set.factor(gas, kind),
        };
        found.map_or(0.0, |found| found.gwp)
    }

    /// Inputs without a provider of every column: kg, MJ, t·km, and the number of others.
    fn open(&self, measures: &Measures) -> [Vec<f64>; 4] {
        let mut sums = [(); 4].map(|()| vec![0.0; self.system.activities.len()]);
        let mut columns: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, column) in self.assembly.links.columns.iter().enumerate() {
            columns.entry(column.process).or_default().push(at);
        }
        for one in self.assembly.report.open.iter().filter(|one| one.is_unmet_need()) {
            let Some(process) = self.inventory.process(&one.process.id) else { continue };
            let at = self.inventory.processes()[process].exchanges().start + one.exchange as usize;
            let exchange = &self.inventory.exchanges()[at];
            let flow = &self.inventory.flows()[exchange.flow as usize];
            let amount = measures.of_exchange(at).map(|ratio| (exchange.amount * ratio).abs());
            let counted = amount.filter(|amount| amount.is_finite()).and_then(|amount| {
                let in_unit = |unit: &&str| measures.flow_in(flow, unit);
                COUNTED.iter().enumerate().find_map(|(lane, unit)| Some((lane, amount * in_unit(unit)?)))
            });
            let (lane, amount) = counted.unwrap_or((3, 1.0));
            for &column in columns.get(&(process as u32)).map_or(&[][..], Vec::as_slice) {
                let product = self.assembly.links.columns[column].product as usize;
                sums[lane][column] += amount * self.assembly.divisions[process].share(at as u32, product);
            }
        }
        sums
    }

    /// The median footprint of what the database has in a unit, kg CO2e per unit, of products that have one.
    fn median(&self, burdens: &[Burden], measures: &Measures, unit: &str) -> f64 {
        let mut values: Vec<f64> = self
            .assembly
            .links
            .columns
            .iter()
            .zip(burdens)
            .filter(|(_, burden)| burden.co2e > 0.0)
            .filter_map(|(column, burden)| {
                let flow = &self.inventory.flows()[column.flow as usize];
                measures.flow_in(flow, unit).map(|ratio| burden.co2e / ratio)
            })
            .collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    }
}

/// Shares of the estimate up to which a figure is called good and fair.
const GOOD: f64 = 0.05;
pub(super) const FAIR: f64 = 0.2;

impl Burden {
    /// The estimated effect of what is open, relative to the whole.
    pub fn open_share(&self) -> f64 {
        let whole = self.co2e + self.open.estimate;
        if whole > 0.0 { self.open.estimate / whole } else { 0.0 }
    }

    /// Good, fair, or a screening value, by what is open.
    pub fn quality(&self) -> Quality {
        let label = match self.open_share() {
            share if share <= GOOD => "good",
            share if share <= FAIR => "fair",
            _ => "screening",
        };
        Quality { label: Some(label.into()), evidence: Some("primary".into()), technology: None }
    }

    /// What is open, in words of both languages; empty where nothing is.
    pub fn note(&self, unit: &str) -> String {
        let open = &self.open;
        let parts = [(open.mass, "kg"), (open.energy, "MJ"), (open.transport, "t·km")];
        let named: Vec<String> = parts
            .iter()
            .filter(|(amount, _)| *amount > 0.0)
            .map(|(amount, unit)| format!("{} {unit}", significant(*amount, 2)))
            .collect();
        if named.is_empty() && !open.others {
            return String::new();
        }
        let named = if named.is_empty() { "–".to_string() } else { named.join(" + ") };
        let share = significant(self.open_share() * 100.0, 2);
        let poor = if self.open_share() > FAIR {
            ("覆盖不足，仅供筛查。", " Poor coverage: for screening only.")
        } else {
            ("", "")
        };
        let others = if open.others {
            ("，另有无法计量的投入", ", and others that cannot be weighed")
        } else {
            ("", "")
        };
        format!(
            "每{unit}上游有 {named} 的投入没有供应过程{}，未计入；按数据库中位数估计约占 {share} %。{} Per {unit}, {named} of inputs upstream \
             have no provider{} and are not counted; at the database's median they would be about {share} %.{}",
            others.0, poor.0, others.1, poor.1
        )
    }
}

/// Six significant digits: a database states no more, and the text of a table stays readable.
pub(super) fn rounded(value: f64) -> f64 {
    significant(value, 6).parse().unwrap_or(value)
}
