//! From a database to its system: divide, link, convert, write down; what could not be counted is listed.

use super::allocate::{Division, allocate};
use super::link::{Column, Links, OpenBecause, link, needs, sign};
use super::measure::Measures;
use super::report::{Gap, GapKind, Report};
use super::system::{Activity, ElementaryFlow, InventorySystem};
use super::{Inventory, LinkingDocument};
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::math::Sum;
use crate::quantity::UnitTable;

/// A database with its system and everything that a reader of its results must know.
#[derive(Clone, Debug)]
pub struct Assembly {
    /// A, B and the index. C is empty: see [`InventorySystem::characterise`].
    pub system: InventorySystem,
    /// How each process was divided, by position of the process.
    pub divisions: Vec<Division>,
    /// Who provides what.
    pub links: Links,
    /// What is not in the system, in full.
    pub report: Report,
    /// What was found on the way.
    pub findings: Diagnostics,
}

impl Inventory {
    /// Puts the system together, with the decisions that have been made.
    pub fn assemble(&self, units: &UnitTable, decisions: &LinkingDocument) -> Assembly {
        let measures = Measures::new(self, units);
        let mut findings = Diagnostics::default();
        if !decisions.database.is_empty() && decisions.database.trim() != self.head.id.trim() {
            let found = Diagnostic::new(&catalogue::I404).with("own", &self.head.id);
            findings.push(found.with("other", &decisions.database));
        }
        let (divisions, found) = allocate(self, &measures, &decisions.allocation);
        findings.extend(found);
        let work = Work { inventory: self, measures: &measures, divisions: &divisions };
        for (number, process) in self.processes().iter().enumerate() {
            let Some(reference) = process.reference() else { continue };
            let amount = work.product(number, reference);
            if amount.is_none_or(|amount| amount == 0.0) {
                let flow = &self.flows()[self.exchanges()[reference].flow as usize].name;
                let found = Diagnostic::new(&catalogue::I601).with("process", &process.name).with("flow", flow);
                findings.push(found.at(self.place(number, Some(reference), "amount")));
            }
        }
        let usable = |column: &Column| {
            work.product(column.process as usize, column.exchange as usize).is_some_and(|amount| amount != 0.0)
        };
        let (links, found) = link(self, &divisions, usable, decisions);
        findings.extend(found);
        let (system, gaps) = work.write(&links);
        let report = Report::new(self, &measures, &divisions, &links, gaps);
        findings.extend(report.findings(self));
        Assembly { system, divisions, links, report, findings }
    }
}

struct Work<'a> {
    inventory: &'a Inventory,
    measures: &'a Measures<'a>,
    divisions: &'a [Division],
}

/// What becomes of an exchange in the system.
enum Place {
    A {
        row: u32,
        value: f64,
    },
    B {
        row: u32,
        value: f64,
    },
    /// It is not counted, or counts elsewhere.
    Nowhere,
}

impl Work<'_> {
    /// The signed amount of a product over all exchanges that hand it out, in its reference unit; `None` where an
    /// amount or a unit is unknown.
    fn product(&self, process: usize, exchange: usize) -> Option<f64> {
        let flow = self.inventory.exchanges()[exchange].flow;
        let mut sum = Sum::default();
        for at in self.inventory.processes()[process].exchanges() {
            let one = &self.inventory.exchanges()[at];
            if one.flow == flow && (at == exchange || !needs(self.inventory, at)) {
                sum.add(sign(self.inventory, at) * one.amount * self.measures.of_exchange(at)?);
            }
        }
        Some(sum.value()).filter(|amount| amount.is_finite())
    }

    fn write(&self, links: &Links) -> (InventorySystem, Vec<Gap>) {
        let mut system = InventorySystem::default();
        for column in &links.columns {
            system.activities.push(self.activity(column));
        }
        system.reference = (0..links.columns.len() as u32).collect();
        let mut row_of = vec![u32::MAX; self.inventory.flows().len()];
        let mut gaps = Vec::new();
        let mut first = 0;
        for number in 0..self.inventory.processes().len() {
            let columns = links.columns[first..].iter().take_while(|one| one.process as usize == number).count();
            let own = first..first + columns;
            first += columns;
            if own.is_empty() {
                let lost = |at: &usize| {
                    let flow = self.inventory.exchanges()[*at].flow as usize;
                    self.inventory.flows()[flow].kind.is_elementary() || needs(self.inventory, *at)
                };
                let lost = self.inventory.processes()[number].exchanges().filter(lost);
                gaps.extend(lost.map(|at| Gap { exchange: at as u32, kind: GapKind::NoReference }));
                continue;
            }
            for at in self.inventory.processes()[number].exchanges() {
                let place = self.place(number, at, links, &mut system, &mut row_of, &mut gaps);
                for column in own.clone() {
                    let product = links.columns[column].product as usize;
                    let share = self.divisions[number].share(at as u32, product);
                    match place {
                        // A product of its own is not divided: it is its column's.
                        Place::A { row, value } if own.contains(&(row as usize)) && !needs(self.inventory, at) => {
                            if row as usize == column {
                                system.a.push(row, column as u32, value, at as u32);
                            }
                        }
                        Place::A { row, value } if share != 0.0 => {
                            system.a.push(row, column as u32, value * share, at as u32);
                        }
                        Place::B { row, value } if share != 0.0 => {
                            system.b.push(row, column as u32, value * share, at as u32);
                        }
                        Place::A { .. } | Place::B { .. } | Place::Nowhere => {}
                    }
                }
            }
        }
        (system, gaps)
    }

    fn activity(&self, column: &Column) -> Activity {
        let process = &self.inventory.processes()[column.process as usize];
        let flow = &self.inventory.flows()[column.flow as usize];
        let several = self.divisions[column.process as usize].products.len() > 1;
        Activity {
            id: if several { format!("{}/{}", process.id, flow.id).into() } else { process.id.clone() },
            name: process.name.clone(),
            product: flow.name.clone(),
            unit: flow.unit.clone(),
            location: process.location.clone(),
            category: process.category.clone(),
            process: Some(column.process),
        }
    }

    fn place(
        &self,
        number: usize,
        at: usize,
        links: &Links,
        system: &mut InventorySystem,
        row_of: &mut [u32],
        gaps: &mut Vec<Gap>,
    ) -> Place {
        let one = &self.inventory.exchanges()[at];
        let flow = &self.inventory.flows()[one.flow as usize];
        let division = &self.divisions[number];
        let mut gap = |kind: GapKind| {
            gaps.push(Gap { exchange: at as u32, kind });
            Place::Nowhere
        };
        if flow.kind.is_elementary() && !one.is_reference() {
            let Some(ratio) = self.measures.of_exchange(at) else { return gap(GapKind::Open(OpenBecause::Unit)) };
            let value = sign(self.inventory, at) * one.amount * ratio;
            if !value.is_finite() {
                return gap(GapKind::Open(OpenBecause::Amount));
            }
            let row = &mut row_of[one.flow as usize];
            if *row == u32::MAX {
                *row = system.flows.len() as u32;
                system.flows.push(ElementaryFlow {
                    id: flow.id.clone(),
                    name: flow.name.clone(),
                    category: flow.category.clone(),
                    unit: flow.unit.clone(),
                    kind: flow.kind,
                    flow: Some(one.flow),
                });
            }
            return Place::B { row: *row, value };
        }
        // A product of its own, or more of it.
        if let Some(column) = self.own_column(number, at, links) {
            let Some(ratio) = self.measures.of_exchange(at) else { return gap(GapKind::Open(OpenBecause::Unit)) };
            return Place::A { row: column, value: sign(self.inventory, at) * one.amount * ratio };
        }
        if !needs(self.inventory, at) && !division.rest.contains(&(at as u32)) {
            return Place::Nowhere;
        }
        if division.undecided && division.rest.contains(&(at as u32)) {
            return gap(GapKind::NotDivided);
        }
        let Some(row) = links.provider(at) else { return Place::Nowhere };
        let provided = &self.inventory.flows()[links.columns[row as usize].flow as usize];
        // By a decision the provider may make another flow; its unit counts.
        let ratio = match one.flow == links.columns[row as usize].flow {
            true => self.measures.of_exchange(at),
            false => self.measures.of_flow(provided, self.inventory.unit(at), self.inventory.property(at)),
        };
        let Some(ratio) = ratio else { return gap(GapKind::Open(OpenBecause::Unit)) };
        let value = sign(self.inventory, at) * one.amount * ratio;
        if !value.is_finite() {
            return gap(GapKind::Open(OpenBecause::Amount));
        }
        Place::A { row, value }
    }

    /// The column of a process whose product an exchange hands out.
    fn own_column(&self, number: usize, at: usize, links: &Links) -> Option<u32> {
        let flow = self.inventory.exchanges()[at].flow;
        if needs(self.inventory, at) || self.divisions[number].rest.contains(&(at as u32)) {
            return None;
        }
        let first = links.columns.partition_point(|column| (column.process as usize) < number);
        let own = links.columns[first..].iter().take_while(|column| column.process as usize == number);
        own.zip(first..).find(|(column, _)| column.flow == flow).map(|(_, at)| at as u32)
    }
}
