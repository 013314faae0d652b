//! What is uncertain in an inventory, as parts of its matrices.

use super::sampler::{Term, Terms};
use crate::diagnostic::Diagnostics;
use crate::distribution::{Fault, Pedigree, Shape};
use crate::footprint::linked::Solved;
use crate::inventory::{Inventory, NO_ORIGIN};
use crate::uncertainty::draw::ParameterId;
use std::collections::BTreeMap;

/// The terms of a system for one impact category, and what was found on the way.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// What is certain and what is not.
    pub terms: Terms,
    /// Exchanges that state an uncertainty and are in the system.
    pub stated: u32,
    /// Exchanges whose statement is no distribution of their amount: they are not sampled.
    pub refused: u32,
    /// Why, each with its exchange.
    pub findings: Diagnostics,
}

impl Gathered {
    /// Gathers what the exchanges of an inventory state. `table` reads those that state a pedigree alone. A category that
    /// does not exist has nothing uncertain.
    pub fn new(solved: &Solved, inventory: Option<&Inventory>, impact: u32, table: Pedigree) -> Self {
        let system = solved.system();
        let pattern = solved.technosphere().a().pattern();
        let mut found = Self::default();
        let mut reader = Reader { inventory, table, shapes: BTreeMap::new(), ids: BTreeMap::new() };
        found.terms.amounts = vec![0.0; pattern.indices().len()];
        found.terms.direct = vec![0.0; system.activities.len()];
        let origin = |origins: &[u32], at: usize| origins.get(at).copied().unwrap_or(NO_ORIGIN);
        for (at, (product, process, value)) in system.a.iter().enumerate() {
            let Some(entry) = pattern.position(product, process) else { continue };
            match reader.term(entry, origin(&system.a.origins, at), value) {
                Part::Certain(value) => found.terms.amounts[entry as usize] += value,
                Part::Uncertain(term) => found.terms.of_amounts.push(term),
            }
        }
        let mut factors = vec![0.0; system.flows.len()];
        for (_, flow, factor) in system.c.iter().filter(|(row, ..)| *row == impact) {
            factors[flow as usize] += factor;
        }
        for (at, (flow, process, value)) in system.b.iter().enumerate() {
            let factor = factors[flow as usize];
            // What does not count is not drawn; draws of others do not depend on it.
            if factor == 0.0 {
                continue;
            }
            match reader.term(process, origin(&system.b.origins, at), value * factor) {
                Part::Certain(value) => found.terms.direct[process as usize] += value,
                Part::Uncertain(term) => found.terms.of_direct.push(term),
            }
        }
        for (exchange, shape) in reader.shapes {
            found.stated += 1;
            if let Err(fault) = shape {
                found.refused += 1;
                found.findings.push(fault.finding(&name(inventory, exchange)));
            }
        }
        found
    }
}

/// A part of an entry.
enum Part {
    Certain(f64),
    Uncertain(Term),
}

struct Reader<'a> {
    inventory: Option<&'a Inventory>,
    table: Pedigree,
    /// Exchange → its distribution.
    shapes: BTreeMap<u32, Result<Shape, Fault>>,
    /// Exchange → what its draws go by.
    ids: BTreeMap<u32, ParameterId>,
}

impl Reader<'_> {
    fn term(&mut self, at: u32, exchange: u32, value: f64) -> Part {
        let Some(inventory) = self.inventory.filter(|_| exchange != NO_ORIGIN) else { return Part::Certain(value) };
        let Some(stated) = inventory.uncertainty(exchange as usize) else { return Part::Certain(value) };
        let amount = inventory.exchanges()[exchange as usize].amount;
        let table = self.table;
        let shape = self.shapes.entry(exchange).or_insert_with(|| {
            // Nothing of an amount of zero reaches the matrices, so no spread about it can.
            if amount == 0.0 { Err(Fault::AboutZero) } else { stated.shape(amount, table) }
        });
        let Ok(shape) = shape.clone() else { return Part::Certain(value) };
        if shape.is_certain() {
            return Part::Certain(value);
        }
        let id = self.id(inventory, exchange);
        Part::Uncertain(Term { at, id, shape, amount, factor: value / amount, source: exchange })
    }

    /// The name of an exchange that does not depend on what else is in the database: its process, flow and provider, and
    /// the how-manieth of its like it is.
    fn id(&mut self, inventory: &Inventory, exchange: u32) -> ParameterId {
        if let Some(&id) = self.ids.get(&exchange) {
            return id;
        }
        let process = &inventory.processes()[inventory.owner(exchange as usize)];
        let mut seen: BTreeMap<(u32, Option<u32>), u32> = BTreeMap::new();
        for at in process.exchanges() {
            let one = &inventory.exchanges()[at];
            let count = seen.entry((one.flow, one.provider())).or_default();
            *count += 1;
            if inventory.uncertainty(at).is_some() {
                let flow = &inventory.flows()[one.flow as usize].id;
                let provider = one.provider().map_or("", |at| &*inventory.processes()[at as usize].id);
                let names = ["exchange", &process.id, flow, provider, &count.to_string()];
                self.ids.insert(at as u32, ParameterId::of(&names));
            }
        }
        self.ids.get(&exchange).copied().unwrap_or(ParameterId(u64::from(exchange)))
    }
}

/// An exchange in words: process and flow.
fn name(inventory: Option<&Inventory>, exchange: u32) -> String {
    let Some(inventory) = inventory else { return exchange.to_string() };
    let process = &inventory.processes()[inventory.owner(exchange as usize)].name;
    let flow = &inventory.flows()[inventory.exchanges()[exchange as usize].flow as usize].name;
    format!("{process} · {flow}")
}
