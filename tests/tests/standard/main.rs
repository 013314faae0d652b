//! Demand standards through public doors: worked examples, every finding, hostile documents, properties.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test fails by panicking")]

mod acceptance;
mod findings;
mod hostile;
mod properties;
mod rules;
mod worked;

use zuji_core::diagnostic::Diagnostics;
use zuji_core::standard::{
    Assessment, BidOutcome, BidsDocument, Choice, Computations, Stage, Standard, StandardDocument,
};
use zuji_formats::{Limits, read_bids, read_standard};

/// A standard document from YAML.
pub fn document(text: &str) -> StandardDocument {
    read_standard(text.as_bytes(), "standard.yaml", &Limits::default()).map(|(document, _)| document).unwrap()
}

/// A standard that can be evaluated.
pub fn standard(text: &str) -> Standard {
    let (standard, found) = Standard::new(document(text));
    let codes: Vec<String> = found.iter().map(|finding| finding.found(zuji_core::diagnostic::Language::En)).collect();
    standard.unwrap_or_else(|| panic!("{codes:#?}"))
}

/// The codes that a broken standard gives.
pub fn broken(text: &str) -> Vec<&'static str> {
    let (standard, found) = Standard::new(document(text));
    assert!(standard.is_none());
    codes(&found)
}

/// Bids from YAML.
pub fn bids(text: &str) -> BidsDocument {
    read_bids(text.as_bytes(), "bids.yaml", &Limits::default()).map(|(document, _)| document).unwrap()
}

/// Scores with the bids' own date, at the stage of bidding.
pub fn score(standard: &Standard, bids: &BidsDocument) -> (Assessment, Diagnostics) {
    standard.evaluate(bids, &Computations::default(), &Choice::default()).unwrap()
}

/// Scores at a stage.
pub fn score_at(standard: &Standard, bids: &BidsDocument, stage: Stage) -> (Assessment, Diagnostics) {
    standard.evaluate(bids, &Computations::default(), &Choice { stage, as_of: None }).unwrap()
}

/// A bid of a result.
pub fn bid<'a>(result: &'a Assessment, id: &str) -> &'a BidOutcome {
    result.bids.iter().find(|bid| bid.id == id).unwrap()
}

/// The codes of findings.
pub fn codes(found: &Diagnostics) -> Vec<&'static str> {
    found.iter().map(zuji_core::diagnostic::Diagnostic::code).collect()
}

/// The worked example of the repository.
pub const DESKTOP: &str = include_str!("../../../examples/tender-desktop/standard.yaml");
/// Its bids.
pub const FOUR_BIDS: &str = include_str!("../../../examples/tender-desktop/bids.yaml");

/// The smallest standard: a limit of 30 kg and the lowest price.
pub fn small(more: &str) -> String {
    format!(
        "schema: zuji/standard@1\nid: small\nversion: 1.0.0\nstatus: draft\n\
         effective: {{from: 2025-01-01, date_rule: notice}}\npcf: {{unit: kgCO2e/unit}}\n\
         gates: [{{id: G, input: pcf, op: \"<=\", value: \"30\"}}]\nprice: {{method: lowest-evaluated}}\n{more}"
    )
}
