//! The vectors of a standard: bids with the outcome that they must have. Without them nobody can check what a program
//! makes of the clauses.

use super::document::{Expectation, VectorDocument};
use super::evaluate::{Choice, Computations};
use super::evidence::Stage;
use super::outcome::{Assessment, BidOutcome};
use super::rules::Standard;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, catalogue};
use crate::math::{DecimalText, read_decimal};
use serde::Serialize;
use std::collections::BTreeMap;

/// One vector.
#[derive(Clone, Debug, Serialize)]
pub struct VectorOutcome {
    /// Id.
    pub id: String,
    /// How many figures were compared.
    pub compared: usize,
    /// Whether all are as expected.
    pub pass: bool,
}

/// What is compared, and what differs.
struct Comparison<'a> {
    vector: &'a str,
    path: String,
    compared: usize,
    found: Diagnostics,
}

impl Comparison<'_> {
    fn differs(&mut self, what: String, found: String, expected: &str) {
        let finding = Diagnostic::new(&catalogue::D117).with("vector", self.vector).with("what", what);
        let place = Place::field(self.path.clone());
        self.found.push(finding.with("found", found).with("expected", expected).at(place));
    }

    fn words(&mut self, what: &str, found: Option<&str>, expected: Option<&String>) {
        let Some(expected) = expected else { return };
        self.compared += 1;
        if found != Some(expected.as_str()) {
            self.differs(what.to_string(), found.unwrap_or("–").to_string(), expected);
        }
    }

    /// Decimals are compared by value: 10 is 10.00.
    fn decimal(&mut self, what: String, found: Option<&String>, expected: Option<&DecimalText>) {
        let Some(expected) = expected else { return };
        self.compared += 1;
        let value = found.and_then(|text| read_decimal(text).ok());
        if value.is_none() || value != expected.value().ok() {
            self.differs(what, found.cloned().unwrap_or_else(|| "–".into()), &expected.0);
        }
    }
}

impl Standard {
    /// Runs all vectors.
    pub fn run_vectors(&self) -> (Vec<VectorOutcome>, Diagnostics) {
        let mut found = Diagnostics::default();
        let mut outcomes = Vec::with_capacity(self.document.vectors.len());
        for (index, vector) in self.document.vectors.iter().enumerate() {
            let path = format!("vectors[{index}]");
            let mut comparison = Comparison { vector: &vector.id, path, compared: 0, found: Diagnostics::default() };
            self.one(vector, &mut comparison);
            let pass = comparison.found.is_empty() && comparison.compared > 0;
            if comparison.compared == 0 && comparison.found.is_empty() {
                comparison.differs("expect".into(), "–".into(), "…");
            }
            outcomes.push(VectorOutcome { id: vector.id.clone(), compared: comparison.compared, pass });
            found.extend(comparison.found);
        }
        (outcomes, found)
    }

    fn one(&self, vector: &VectorDocument, comparison: &mut Comparison) {
        let mut values = BTreeMap::new();
        for (name, text) in &vector.parameters {
            match text.value() {
                Ok(value) if self.parameters.contains_key(name) => {
                    values.insert(name.clone(), value);
                }
                _ => comparison.differs(format!("parameters.{name}"), text.0.clone(), "…"),
            }
        }
        let stage = vector.stage.as_deref().map_or(Some(Stage::Bid), Stage::named);
        let Some(stage) = stage else {
            return comparison.differs("stage".into(), vector.stage.clone().unwrap_or_default(), "bid");
        };
        let standard = self.with_parameters(&values);
        let choice = Choice { stage, as_of: None };
        match standard.evaluate(&vector.bids, &Computations::default(), &choice) {
            Ok((assessment, _)) => compare(vector, &assessment, comparison),
            Err(findings) => {
                let codes: Vec<&str> = findings.iter().map(Diagnostic::code).collect();
                comparison.differs("bids".into(), codes.join(", "), "–");
            }
        }
    }
}

fn compare(vector: &VectorDocument, assessment: &Assessment, comparison: &mut Comparison) {
    for (id, expected) in &vector.expect {
        match assessment.bids.iter().find(|bid| bid.id == *id) {
            Some(bid) => compare_bid(id, bid, expected, comparison),
            None => comparison.differs(id.clone(), "–".into(), "a bid"),
        }
    }
    comparison.words("winner", assessment.winner.as_deref(), vector.winner.as_ref());
    for guard in &vector.guards {
        comparison.compared += 1;
        if !assessment.guards.iter().any(|own| own.id == *guard && !own.pass) {
            comparison.differs("guards".into(), "–".into(), guard);
        }
    }
}

fn compare_bid(id: &str, bid: &BidOutcome, expected: &Expectation, comparison: &mut Comparison) {
    comparison.words(&format!("{id}.outcome"), Some(bid.outcome.name()), expected.outcome.as_ref());
    let assessed = bid.footprint.as_ref().and_then(|footprint| footprint.assessed.as_ref());
    comparison.decimal(format!("{id}.assessed"), assessed, expected.assessed.as_ref());
    for (gate, verdict) in &expected.gates {
        let own = bid.gates.iter().find(|own| own.id == *gate).map(|own| if own.pass { "pass" } else { "fail" });
        comparison.words(&format!("{id}.gates.{gate}"), own, Some(verdict));
    }
    for (indicator, points) in &expected.points {
        let own = bid.indicators.iter().find(|own| own.id == *indicator);
        let own = own.and_then(|own| own.points.as_ref().or(own.money.as_ref()));
        comparison.decimal(format!("{id}.points.{indicator}"), own, Some(points));
    }
    let price = bid.price.as_ref();
    let points = price.and_then(|price| price.points.as_ref());
    comparison.decimal(format!("{id}.price_points"), points, expected.price_points.as_ref());
    let evaluated = price.map(|price| &price.evaluated);
    comparison.decimal(format!("{id}.evaluated_price"), evaluated, expected.evaluated_price.as_ref());
    comparison.decimal(format!("{id}.total"), bid.total.as_ref(), expected.total.as_ref());
    if let Some(rank) = expected.rank {
        comparison.words(
            &format!("{id}.rank"),
            bid.rank.map(|own| own.to_string()).as_deref(),
            Some(&rank.to_string()),
        );
    }
}
