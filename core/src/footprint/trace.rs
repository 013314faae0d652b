//! The trace of a number: BOM line → activity datum → factor → rule (design §4.9).

use super::compute::Footprint;
use crate::diagnostic::Place;
use crate::factor::FactorIndex;
use crate::math::{Exact, plain, twelve_digits};
use crate::product::{RecipeState, Role};

/// Where the figure of one activity comes from.
#[derive(Clone, Debug)]
pub struct LineTrace {
    /// The user's name.
    pub name: String,
    /// Its place.
    pub place: Place,
    /// What of the line it is.
    pub role: Role,
    /// The module.
    pub module: &'static str,
    /// Whether it is resolved.
    pub state: RecipeState,
    /// The code of the finding where it is not.
    pub reason: Option<&'static str>,
    /// Whether it is in the total.
    pub counted: bool,
    /// Units of the line per unit of its assembly.
    pub amount: String,
    /// Units of its assembly per declared unit.
    pub units: String,
    /// Unit of the line.
    pub unit: String,
    /// kg CO2e.
    pub total: Exact,
    /// Factors with their conversions.
    pub inputs: Vec<TraceInput>,
    /// Emissions by rule: kg of gas per unit, gas, English and Chinese rule.
    pub direct: Vec<(String, String, &'static str, &'static str)>,
    /// The supplier's document and kg CO2e per unit of the line.
    pub supplied: Option<(String, String)>,
    /// The fallback order that was walked.
    pub order: String,
    /// Data quality: technology, geography, time.
    pub scores: [u8; 3],
}

/// One factor of a trace.
#[derive(Clone, Debug)]
pub struct TraceInput {
    /// The factor.
    pub factor: FactorIndex,
    /// kg CO2e per its unit.
    pub value: Option<f64>,
    /// The conversion as a sentence, in English and Chinese; empty where the units are the same.
    pub conversion: (String, String),
    /// Units of the factor.
    pub amount: f64,
}

impl Footprint<'_> {
    /// Traces everything that comes from the lines at a row of the input.
    pub fn trace_row(&self, row: u32) -> Vec<LineTrace> {
        let entries = self.activities.entries.iter().enumerate();
        entries
            .filter(|(_, entry)| {
                let place = self.activities.place(self.bill, entry.origin);
                place.line == Some(row) && !place.in_document
            })
            .map(|(index, _)| self.trace(index))
            .collect()
    }

    /// Traces everything whose line has a name or part number.
    pub fn trace_name(&self, name: &str) -> Vec<LineTrace> {
        let key = crate::factor::name_key(name);
        let is = |origin: u32| {
            let by_code = self.bill.lines().get(origin as usize).and_then(|line| self.bill.code(line));
            by_code.is_some_and(|code| crate::factor::name_key(code) == key)
                || crate::factor::name_key(self.activities.name(self.bill, origin)) == key
        };
        let entries = self.activities.entries.iter().enumerate();
        entries.filter(|(_, entry)| is(entry.origin)).map(|(index, _)| self.trace(index)).collect()
    }

    /// Traces one activity.
    pub fn trace(&self, index: usize) -> LineTrace {
        let entry = &self.activities.entries[index];
        let recipe = &self.activities.recipes[entry.recipe as usize];
        let units = self.scaling.units[entry.node as usize];
        let total = entry.amount * units;
        let inputs = recipe
            .inputs
            .iter()
            .map(|input| {
                let factor = self.library.factors.get(input.factor);
                let sentence = |chinese| match (&recipe.unit, input.conversion.steps.is_empty()) {
                    (Some(from), false) => input.conversion.sentence(total, from, &factor.unit, chinese),
                    _ => String::new(),
                };
                TraceInput {
                    factor: input.factor,
                    value: self.characterised(input.factor),
                    conversion: (sentence(false), sentence(true)),
                    amount: total * input.coefficient,
                }
            })
            .collect();
        LineTrace {
            name: self.activities.name(self.bill, entry.origin).to_string(),
            place: self.activities.place(self.bill, entry.origin),
            role: entry.role,
            module: recipe.module.id(),
            state: recipe.state,
            reason: recipe.reason,
            counted: self.counts(index),
            amount: plain(twelve_digits(entry.amount)),
            units: plain(twelve_digits(units)),
            unit: recipe.unit.as_ref().map_or(String::new(), |unit| unit.symbol().to_string()),
            total: self.cells.quantum.exact(self.cells.by_activity[index]),
            inputs,
            direct: recipe
                .direct
                .iter()
                .map(|direct| (plain(direct.kg), direct.gas.clone(), direct.rule.0, direct.rule.1))
                .collect(),
            supplied: recipe.supplied.as_ref().map(|supplied| (supplied.source.clone(), plain(supplied.co2e))),
            order: recipe.order.clone(),
            scores: recipe.scores,
        }
    }
}
